//! Where labels go so that none lies on another. Pure: it knows boxes and ranks, neither words nor drawing.

/// Labels beside one another stand so far apart, that two are not read as one.
const APART: f64 = 6.0;

/// A box, in CSS pixels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Box4 {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Box4 {
    /// A box by its corner and its size.
    pub fn at(left: f64, top: f64, wide: f64, high: f64) -> Self {
        Box4 { left, top, right: left + wide, bottom: top + high }
    }

    /// Do two boxes share more than an edge?
    pub fn meets(&self, other: &Box4) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Would words in the one be read as going on in the other?
    fn crowds(&self, other: &Box4) -> bool {
        Box4 { left: self.left - APART, right: self.right + APART, ..*self }.meets(other)
    }

    fn within(&self, outer: &Box4) -> bool {
        self.left >= outer.left
            && self.right <= outer.right
            && self.top >= outer.top
            && self.bottom <= outer.bottom
    }
}

/// A label that wants a place.
#[derive(Clone, PartialEq, Debug)]
pub struct Wanted {
    /// Lower ranks choose first; among equals whoever comes first.
    pub rank: u8,
    /// Places that would do, the best first.
    pub places: Vec<Box4>,
}

/// Gives each label the first of its places that is free, not close beside another, and inside `bounds`; `None` to those that
/// find no room. `taken` is where nothing may lie.
pub fn place(wanted: &[Wanted], taken: &[Box4], bounds: Box4) -> Vec<Option<Box4>> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    muster_core::process::few::sort_by_key(&mut order, |index| (wanted[*index].rank, *index));
    let mut given = vec![None; wanted.len()];
    let mut full: Vec<Box4> = Vec::new();
    for index in order {
        let is_free = |place: &&Box4| {
            place.within(&bounds)
                && !taken.iter().any(|other| other.meets(place))
                && !full.iter().any(|other| other.crowds(place))
        };
        let free = wanted[index].places.iter().find(is_free).copied();
        full.extend(free);
        given[index] = free;
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Box4 = Box4 { left: 0.0, top: 0.0, right: 400.0, bottom: 120.0 };

    /// Numbers that look drawn by lot, the same on every run.
    fn numbers(seed: u64) -> impl FnMut(f64) -> f64 {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        move |below| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as f64 / (1u64 << 53) as f64 * below
        }
    }

    fn crowd(seed: u64) -> (Vec<Wanted>, Vec<Box4>) {
        let mut number = numbers(seed);
        let mut any =
            || Box4::at(number(420.0) - 10.0, number(130.0) - 5.0, 1.0 + number(90.0), 1.0 + number(16.0));
        let taken = (0..12).map(|_| any()).collect();
        let wanted =
            (0..90u32).map(|n| Wanted { rank: (n % 5) as u8, places: (0..4).map(|_| any()).collect() });
        (wanted.collect(), taken)
    }

    #[test]
    fn no_two_labels_lie_on_one_another_nor_on_what_is_taken() {
        for seed in 1..200 {
            let (wanted, taken) = crowd(seed);
            let given = place(&wanted, &taken, ROOM);
            let placed: Vec<Box4> = given.iter().flatten().copied().collect();
            assert!(placed.len() > 5, "{} of {}", placed.len(), wanted.len());
            for (index, one) in placed.iter().enumerate() {
                assert!(one.within(&ROOM) && !taken.iter().any(|taken| taken.meets(one)));
                assert!(placed[index + 1..].iter().all(|other| !other.crowds(one)), "seed {seed}");
            }
        }
    }

    #[test]
    fn whoever_is_left_out_would_have_lain_on_another_at_each_of_its_places() {
        for seed in 1..100 {
            let (wanted, taken) = crowd(seed);
            let given = place(&wanted, &taken, ROOM);
            let full: Vec<Box4> = given.iter().flatten().copied().collect();
            for (wanted, given) in wanted.iter().zip(&given) {
                let free = |place: &Box4| {
                    place.within(&ROOM)
                        && !taken.iter().any(|other| other.meets(place))
                        && !full.iter().any(|other| other.crowds(place))
                };
                assert!(given.is_some() || !wanted.places.iter().any(free), "seed {seed}");
            }
        }
    }

    #[test]
    fn what_matters_more_chooses_first() {
        let spot = Box4::at(10.0, 10.0, 50.0, 12.0);
        let other = Box4::at(10.0, 40.0, 50.0, 12.0);
        let wanted = [Wanted { rank: 3, places: vec![spot, other] }, Wanted { rank: 0, places: vec![spot] }];
        assert_eq!(place(&wanted, &[], ROOM), [Some(other), Some(spot)]);
    }
}

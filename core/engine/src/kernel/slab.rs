//! Numbered places that are used again, each thing with a generation, so that an old handle to a place is known to be old.
//!
//! The lowest free place is taken first and generations count on over all places: what a slab does next depends on nothing
//! but what it holds and how much it has held. So a copy leaves out the free places at the end, and a crowd of long ago
//! does not weigh on every later checkpoint.

/// A slab.
#[derive(Debug)]
pub(crate) struct Slab<T> {
    places: Vec<Place<T>>,
    /// A bit for each free place.
    free: Vec<u64>,
    /// No word before this one has a bit.
    hint: usize,
    len: usize,
    /// The generation of the next thing.
    next: u32,
}

#[derive(Clone, Debug)]
struct Place<T> {
    generation: u32,
    thing: Option<T>,
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Slab { places: Vec::new(), free: Vec::new(), hint: 0, len: 0, next: 0 }
    }
}

impl<T: Clone> Clone for Slab<T> {
    fn clone(&self) -> Self {
        let held = self.places.iter().rposition(|place| place.thing.is_some()).map_or(0, |last| last + 1);
        let mut free = self.free[..held.div_ceil(WORD)].to_vec();
        if let Some(last) = free.last_mut()
            && held % WORD > 0
        {
            *last &= (1 << (held % WORD)) - 1;
        }
        Slab { places: self.places[..held].to_vec(), free, ..*self }
    }
}

/// Places in a word.
const WORD: usize = u64::BITS as usize;

impl<T> Slab<T> {
    /// How many things it holds.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Puts a thing in; gives its place and generation.
    #[inline]
    pub(crate) fn insert(&mut self, thing: T) -> (u32, u32) {
        let generation = self.next;
        self.next = self.next.wrapping_add(1);
        self.len += 1;
        let place = Place { generation, thing: Some(thing) };
        while let Some(word) = self.free.get_mut(self.hint) {
            if *word != 0 {
                let index = self.hint * WORD + word.trailing_zeros() as usize;
                *word &= *word - 1;
                let free = std::mem::replace(&mut self.places[index], place);
                std::mem::forget(free); // it holds nothing; a drop would look, out of line
                return (index as u32, generation);
            }
            self.hint += 1;
        }
        let index = self.places.len();
        self.places.push(place);
        if index / WORD == self.free.len() {
            self.free.push(0);
        }
        self.hint = index / WORD;
        (index as u32, generation)
    }

    #[inline]
    fn release(&mut self, index: usize) {
        self.len -= 1;
        self.free[index / WORD] |= 1 << (index % WORD);
        self.hint = self.hint.min(index / WORD);
    }

    /// The thing at a place.
    #[inline]
    pub(crate) fn get(&self, index: u32) -> Option<&T> {
        self.places.get(index as usize)?.thing.as_ref()
    }

    /// The thing at a place.
    #[inline]
    pub(crate) fn get_mut(&mut self, index: u32) -> Option<&mut T> {
        self.places.get_mut(index as usize)?.thing.as_mut()
    }

    /// The generation of a place.
    #[inline]
    pub(crate) fn generation(&self, index: u32) -> u32 {
        self.places.get(index as usize).map_or(0, |place| place.generation)
    }

    /// Is a handle of this generation still good?
    #[inline]
    pub(crate) fn is_good(&self, index: u32, generation: u32) -> bool {
        self.places
            .get(index as usize)
            .is_some_and(|place| place.generation == generation && place.thing.is_some())
    }

    /// Takes the thing out and makes every handle to it old.
    #[inline]
    pub(crate) fn remove(&mut self, index: u32) -> Option<T> {
        let place = self.places.get_mut(index as usize)?;
        let thing = place.thing.take()?;
        self.release(index as usize);
        Some(thing)
    }

    /// Leaves the thing but makes every handle to it old; gives the new generation.
    pub(crate) fn renew(&mut self, index: u32) -> u32 {
        let Some(place) = self.places.get_mut(index as usize) else { return 0 };
        place.generation = self.next;
        self.next = self.next.wrapping_add(1);
        place.generation
    }

    /// All things with their places, in order of place.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        self.places
            .iter()
            .enumerate()
            .filter_map(|(index, place)| place.thing.as_ref().map(|thing| (index as u32, thing)))
    }

    /// All things, to be changed, in order of place.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.places.iter_mut().filter_map(|place| place.thing.as_mut())
    }

    /// Bytes it holds on the heap, without what the things hold.
    pub(crate) fn heap_estimate(&self) -> usize {
        self.places.capacity() * size_of::<Place<T>>() + self.free.capacity() * size_of::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever went in and out, a copy goes on exactly as the slab itself, and takes no room for free places at its end.
        #[test]
        fn a_copy_goes_on_as_the_slab_does(before in prop::collection::vec(0u32..200, 0..400), after in prop::collection::vec(0u32..200, 0..100)) {
            let mut slab = Slab::default();
            let turn = |slab: &mut Slab<u32>, what: u32| match what {
                0..100 => Some(slab.insert(what)),
                _ => slab.remove(what - 100).map(|thing| (thing, 0)),
            };
            for what in before {
                turn(&mut slab, what);
            }
            let mut copy = slab.clone();
            prop_assert_eq!(copy.places.last().is_none_or(|place| place.thing.is_some()), true);
            for what in after {
                prop_assert_eq!(turn(&mut slab, what), turn(&mut copy, what));
                prop_assert_eq!(slab.iter().collect::<Vec<_>>(), copy.iter().collect::<Vec<_>>());
                prop_assert_eq!((slab.len(), slab.iter().count()), (copy.len(), copy.len()));
            }
        }
    }

    #[test]
    fn a_handle_to_what_was_removed_is_old_even_when_the_place_is_used_again() {
        let mut slab = Slab::default();
        let (index, generation) = slab.insert('a');
        assert!(slab.is_good(index, generation));
        assert_eq!(slab.remove(index), Some('a'));
        let (again, newer) = slab.insert('b');
        assert_eq!(again, index);
        assert!(!slab.is_good(index, generation));
        assert!(slab.is_good(index, newer));
        assert_eq!(slab.len(), 1);
    }

    #[test]
    fn a_renewed_thing_is_known_by_its_new_generation_only() {
        let mut slab = Slab::default();
        let (index, generation) = slab.insert('a');
        let newer = slab.renew(index);
        assert!(!slab.is_good(index, generation) && slab.is_good(index, newer));
    }
}

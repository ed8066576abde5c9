//! Numbered places that are used again, each with a generation, so that an old handle to a place is known to be old.

/// A slab.
#[derive(Clone, Debug)]
pub(crate) struct Slab<T> {
    places: Vec<Place<T>>,
    free: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Place<T> {
    generation: u32,
    thing: Option<T>,
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Slab { places: Vec::new(), free: Vec::new() }
    }
}

impl<T> Slab<T> {
    /// How many things it holds.
    pub(crate) fn len(&self) -> usize {
        self.places.len() - self.free.len()
    }

    /// Puts a thing in; gives its place and generation.
    #[inline]
    pub(crate) fn insert(&mut self, thing: T) -> (u32, u32) {
        if let Some(index) = self.free.pop() {
            let place = &mut self.places[index as usize];
            place.thing = Some(thing);
            (index, place.generation)
        } else {
            let index = self.places.len() as u32;
            self.places.push(Place { generation: 0, thing: Some(thing) });
            (index, 0)
        }
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
        place.generation = place.generation.wrapping_add(1);
        self.free.push(index);
        Some(thing)
    }

    /// The same, without moving the thing.
    #[inline]
    pub(crate) fn clear(&mut self, index: u32) {
        if let Some(place) = self.places.get_mut(index as usize)
            && place.thing.is_some()
        {
            place.thing = None;
            place.generation = place.generation.wrapping_add(1);
            self.free.push(index);
        }
    }

    /// Leaves the thing but makes every handle to it old; gives the new generation.
    pub(crate) fn renew(&mut self, index: u32) -> u32 {
        match self.places.get_mut(index as usize) {
            Some(place) => {
                place.generation = place.generation.wrapping_add(1);
                place.generation
            }
            None => 0,
        }
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
        self.places.capacity() * size_of::<Place<T>>() + self.free.capacity() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

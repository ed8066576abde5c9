//! A few things in order, a few hundred as a rule: std's sort and its trees are three kilobytes of the page for every type
//! they hold.

/// Sorts: in no time what is nearly in order, in time that grows with the square what is not.
#[inline]
pub fn sort<T: Ord>(items: &mut [T]) {
    for next in 1..items.len() {
        let mut at = next;
        while at > 0 && items[at - 1] > items[at] {
            items.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// Sorts by a key; what has the same key keeps its order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    for next in 1..items.len() {
        let mut at = next;
        while at > 0 && key(&items[at - 1]) > key(&items[at]) {
            items.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// A set as a sorted list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set<T>(Vec<T>);

impl<T> Default for Set<T> {
    fn default() -> Self {
        Set(Vec::new())
    }
}

impl<T: Ord> Set<T> {
    /// Adds it; says whether it was not there yet.
    pub fn insert(&mut self, item: T) -> bool {
        match self.0.binary_search(&item) {
            Ok(_) => false,
            Err(at) => {
                self.0.insert(at, item);
                true
            }
        }
    }
    /// Is it there?
    pub fn contains(&self, item: &T) -> bool {
        self.0.binary_search(item).is_ok()
    }
}

impl<T> std::ops::Deref for Set<T> {
    type Target = [T];
    /// All of them in order.
    fn deref(&self) -> &[T] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_sorts_as_a_stable_sort_does(mut items in proptest::collection::vec((0u8..9, any::<u8>()), 0..60)) {
            let mut sorted = items.clone();
            sorted.sort_by_key(|(key, _)| *key);
            super::sort_by_key(&mut items, |(key, _)| *key);
            prop_assert_eq!(items, sorted);
        }
    }
}

//! A few things in order, a few hundred as a rule: std's sort and its trees are three kilobytes of the page for every type
//! they hold.

/// Sorts: by insertion what is short or in order, else by a heap, since a file may hold ten thousands in any order.
#[inline]
pub fn sort<T: Ord>(items: &mut [T]) {
    const SHORT: usize = 20;
    if items.len() > SHORT && !items.is_sorted() {
        return by_heap(items);
    }
    for next in 1..items.len() {
        let mut at = next;
        while at > 0 && items[at - 1] > items[at] {
            items.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// Williams' heapsort: the greatest at the root, taken to the end one by one.
#[cold]
fn by_heap<T: Ord>(items: &mut [T]) {
    for root in (0..items.len() / 2).rev() {
        sink(items, root);
    }
    for end in (1..items.len()).rev() {
        items.swap(0, end);
        sink(&mut items[..end], 0);
    }
}

fn sink<T: Ord>(heap: &mut [T], mut at: usize) {
    loop {
        let mut child = 2 * at + 1;
        if child >= heap.len() {
            return;
        }
        if child + 1 < heap.len() && heap[child] < heap[child + 1] {
            child += 1;
        }
        if heap[at] >= heap[child] {
            return;
        }
        heap.swap(at, child);
        at = child;
    }
}

/// Sorts a few hundred at most by a key; what has the same key keeps its order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    for next in 1..items.len() {
        let mut at = next;
        while at > 0 && key(&items[at - 1]) > key(&items[at]) {
            items.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// The value that would stand at a place, from 0, if all were sorted; `u64::MAX` where there is none.
pub fn smallest(values: &[u64], place: usize) -> u64 {
    let (mut low, mut high) = (0, u64::MAX);
    while low < high {
        let middle = low + (high - low) / 2;
        if values.iter().filter(|value| **value <= middle).count() > place {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
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
    /// All of these, however many: one by one they would move each other along.
    pub fn of(mut items: Vec<T>) -> Self {
        sort(&mut items);
        items.dedup();
        Set(items)
    }
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
        fn it_sorts(mut items in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut sorted = items.clone();
            sorted.sort_unstable();
            super::sort(&mut items);
            prop_assert_eq!(&items, &sorted);
            sorted.dedup();
            prop_assert_eq!(&*super::Set::of(items), &*sorted);
        }

        #[test]
        fn it_sorts_as_a_stable_sort_does(mut items in proptest::collection::vec((0u8..9, any::<u8>()), 0..60)) {
            let mut sorted = items.clone();
            sorted.sort_by_key(|(key, _)| *key);
            super::sort_by_key(&mut items, |(key, _)| *key);
            prop_assert_eq!(items, sorted);
        }

        #[test]
        fn the_value_at_a_place_is_the_one_a_sort_puts_there(values in proptest::collection::vec(any::<u64>(), 1..60), at in 0usize..60) {
            let mut sorted = values.clone();
            sorted.sort_unstable();
            let at = at % values.len();
            prop_assert_eq!(super::smallest(&values, at), sorted[at]);
        }
    }
}

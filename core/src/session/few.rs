//! Putting a few things in order, a few hundred at most: std's sort is three kilobytes of the page for every type it sorts.

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

//! The store's map, in order of keys. It lies in short pages that copies share: a snapshot or a checkpoint copies the list of
//! pages, and a write after it one page.

use super::store::Versioned;
use std::sync::Arc;

/// A page that would hold more is split in two.
const PAGE: usize = 32;

type Pair = (Arc<str>, Versioned);

#[derive(Clone, Debug, Default)]
pub(super) struct Map {
    /// None is empty.
    pages: Vec<Arc<Vec<Pair>>>,
    len: usize,
}

impl Map {
    pub fn len(&self) -> usize {
        self.len
    }

    /// The page on which a key stands or would stand, and its place there.
    fn find(&self, key: &str) -> (usize, Result<usize, usize>) {
        let begins_later = self.pages.partition_point(|page| *page[0].0 <= *key);
        let page = begins_later.saturating_sub(1);
        let place = |page: &Arc<Vec<Pair>>| page.binary_search_by(|(known, _)| (**known).cmp(key));
        (page, self.pages.get(page).map_or(Err(0), place))
    }

    pub fn get(&self, key: &str) -> Option<&Versioned> {
        let (page, Ok(at)) = self.find(key) else { return None };
        Some(&self.pages[page][at].1)
    }

    pub fn insert(&mut self, key: &Arc<str>, value: Versioned) {
        let (page, place) = self.find(key);
        if self.pages.is_empty() {
            self.pages.push(Arc::default());
        }
        let pairs = Arc::make_mut(&mut self.pages[page]);
        match place {
            Ok(at) => pairs[at].1 = value,
            Err(at) => {
                pairs.insert(at, (key.clone(), value));
                self.len += 1;
            }
        }
        if pairs.len() > PAGE {
            let later = pairs.split_off(PAGE / 2);
            self.pages.insert(page + 1, Arc::new(later));
        }
    }

    /// Takes a key away; says whether it was there.
    pub fn remove(&mut self, key: &str) -> bool {
        let (page, Ok(at)) = self.find(key) else { return false };
        let pairs = Arc::make_mut(&mut self.pages[page]);
        pairs.remove(at);
        if pairs.is_empty() {
            self.pages.remove(page);
        }
        self.len -= 1;
        true
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Versioned)> {
        self.pages.iter().flat_map(|page| page.iter()).map(|(key, value)| (key, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn it_behaves_as_a_tree_and_leaves_copies_alone(
            steps in prop::collection::vec((0u32..150, prop::bool::weighted(0.7)), 0..600)
        ) {
            let (mut map, mut tree) = (Map::default(), BTreeMap::new());
            let mut copies = Vec::new();
            for (step, (key, put)) in steps.into_iter().enumerate() {
                let key: Arc<str> = format!("k{key}").into();
                if put {
                    let value = Versioned { value: "v".into(), revision: step as u64 };
                    map.insert(&key, value.clone());
                    tree.insert(key.clone(), value);
                } else {
                    prop_assert_eq!(map.remove(&key), tree.remove(&key).is_some());
                }
                prop_assert_eq!(map.get(&key), tree.get(&key));
                if step % 100 == 0 {
                    copies.push((map.clone(), tree.clone()));
                }
            }
            copies.push((map, tree));
            for (map, tree) in copies {
                prop_assert_eq!(map.len(), tree.len());
                prop_assert!(map.iter().eq(tree.iter()));
                prop_assert!(map.pages.iter().all(|page| (1..=PAGE).contains(&page.len())));
            }
        }
    }
}

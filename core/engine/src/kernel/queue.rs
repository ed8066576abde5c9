//! What is due, in order of (time, tie).
//!
//! A four-ary heap of 24-byte entries: the time, a tie-break that depends only on whose entry it is (never on the order
//! of insertion), and a small handle to what is due. It deliberately knows nothing of what the handles mean, nor
//! whether they are still good: whoever takes one out checks its generation.

/// What an entry stands for. The number of variants is bounded by the bits of [`Item`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A message or a connection's control segment arrives; the index is the flight's.
    Flight = 0,
    /// A timer fires; the index is process slot × 16 + timer slot.
    Timer = 1,
    /// A disk sync completes; the index is the persist's.
    Sync = 2,
    /// Something rare: a start, a command, a stop; the index is the errand's.
    Errand = 3,
    /// A connection has waited long enough; the index is the connection's.
    Patience = 4,
}

/// A handle to what is due: kind, index and generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    packed: u32,
    /// Must equal the generation of what it points at.
    pub(crate) generation: u32,
}

impl Item {
    /// The largest index that fits.
    pub(crate) const MAX_INDEX: u32 = (1 << 28) - 1;

    /// A handle.
    #[inline]
    pub(crate) fn new(kind: Kind, index: u32, generation: u32) -> Self {
        Item { packed: (kind as u32) << 28 | (index & Self::MAX_INDEX), generation }
    }
    /// What kind of thing it points at.
    #[inline]
    pub(crate) fn kind(self) -> Kind {
        match self.packed >> 28 {
            0 => Kind::Flight,
            1 => Kind::Timer,
            2 => Kind::Sync,
            3 => Kind::Errand,
            _ => Kind::Patience,
        }
    }
    /// Where it is.
    #[inline]
    pub(crate) fn index(self) -> u32 {
        self.packed & Self::MAX_INDEX
    }
}

/// An entry of the queue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    /// When it is due, in nanoseconds.
    pub(crate) at: u64,
    /// Who goes first of those due at the same time: see [`tie`].
    pub(crate) tie: u64,
    /// What is due.
    pub(crate) item: Item,
}

impl Entry {
    #[inline]
    fn key(&self) -> u128 {
        u128::from(self.at) << 64 | u128::from(self.tie)
    }
}

/// Classes of entries due at the same instant, first to last: what the world itself does, then what arrives, then what
/// times out. So a message that arrives at the very instant of a timeout is taken before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Starts, stops, disks.
    World = 0,
    /// Arrivals.
    Network = 1,
    /// Timers.
    Timer = 2,
}

/// A stable tie-break: the class, then the owner's number, then the owner's own counter. One more client or fault
/// changes no other owner's number or counter, so it does not change who goes first among the rest.
#[inline]
pub(crate) fn tie(class: Class, owner: u32, counter: u64) -> u64 {
    (class as u64) << 62 | u64::from(owner) << 30 | (counter & ((1 << 30) - 1))
}

/// The heap. Taking the first entry leaves a hole that the next push fills: an event that schedules another, as most
/// do, then sifts once instead of twice.
#[derive(Clone, Debug, Default)]
pub(crate) struct Queue {
    heap: Vec<Entry>,
    hole: bool,
}

const ARITY: usize = 4;

impl Queue {
    /// How many entries it holds, good and stale.
    #[cfg(test)]
    fn len(&self) -> usize {
        self.heap.len() - usize::from(self.hole)
    }

    /// The first entry, if there is no hole; call [`Queue::close`] first.
    #[inline]
    pub(crate) fn head(&self) -> Option<&Entry> {
        debug_assert!(!self.hole);
        self.heap.first()
    }

    /// Adds an entry.
    #[inline]
    pub(crate) fn push(&mut self, entry: Entry) {
        if self.hole {
            self.hole = false;
            self.sift_down(entry);
        } else {
            self.sift_up(entry);
        }
    }

    /// Takes the first entry and leaves a hole.
    #[inline]
    pub(crate) fn take(&mut self) -> Option<Entry> {
        self.close();
        let first = self.heap.first().copied()?;
        self.hole = true;
        Some(first)
    }

    /// Fills the hole that [`Queue::take`] left.
    #[inline]
    pub(crate) fn close(&mut self) {
        if self.hole {
            self.hole = false;
            if let Some(last) = self.heap.pop()
                && !self.heap.is_empty()
            {
                self.sift_down(last);
            }
        }
    }

    /// Adds `entry` behind the others and puts it where it belongs.
    #[inline(never)]
    fn sift_up(&mut self, entry: Entry) {
        self.heap.push(entry);
        let key = entry.key();
        let mut at = self.heap.len() - 1;
        while at > 0 {
            let parent = (at - 1) / ARITY;
            if self.heap[parent].key() <= key {
                break;
            }
            self.heap[at] = self.heap[parent];
            at = parent;
        }
        self.heap[at] = entry;
    }

    /// Puts `entry`, which stands for the first place, where it belongs.
    #[inline(never)]
    fn sift_down(&mut self, entry: Entry) {
        let key = entry.key();
        let heap = self.heap.as_mut_slice();
        let mut at = 0;
        loop {
            let first = at * ARITY + 1;
            if first >= heap.len() {
                break;
            }
            let children = &heap[first..heap.len().min(first + ARITY)];
            let (mut least, mut least_key) = (0, children[0].key());
            for (offset, child) in children.iter().enumerate().skip(1) {
                let child_key = child.key();
                if child_key < least_key {
                    (least, least_key) = (offset, child_key);
                }
            }
            if key <= least_key {
                break;
            }
            heap[at] = heap[first + least];
            at = first + least;
        }
        heap[at] = entry;
    }

    /// Bytes it holds on the heap.
    pub(crate) fn heap_estimate(&self) -> usize {
        self.heap.capacity() * size_of::<Entry>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn entries_are_24_bytes() {
        assert_eq!(size_of::<Entry>(), 24);
    }

    #[test]
    fn ties_order_by_class_then_owner_then_counter() {
        assert!(tie(Class::World, u32::MAX, 5) < tie(Class::Network, 0, 0));
        assert!(tie(Class::Network, 1, 9) < tie(Class::Network, 2, 0));
        assert!(tie(Class::Network, 2, 0) < tie(Class::Network, 2, 1));
        assert!(tie(Class::Network, u32::MAX, u64::MAX) < tie(Class::Timer, 0, 0));
    }

    #[test]
    fn a_handle_comes_back_as_it_was() {
        for kind in [Kind::Flight, Kind::Timer, Kind::Sync, Kind::Errand, Kind::Patience] {
            let item = Item::new(kind, 12_345, 7);
            assert_eq!((item.kind(), item.index(), item.generation), (kind, 12_345, 7));
        }
    }

    proptest! {
        /// Against a sorted list: any mix of pushes and takes gives the same order.
        #[test]
        fn takes_in_order_of_time_then_tie(ops in prop::collection::vec((0u64..20, 0u64..50, any::<bool>()), 1..200)) {
            let mut queue = Queue::default();
            let mut model: Vec<(u64, u64)> = Vec::new();
            for (at, tie, take) in ops {
                if take {
                    model.sort_unstable();
                    let want = if model.is_empty() { None } else { Some(model.remove(0)) };
                    prop_assert_eq!(queue.take().map(|entry| (entry.at, entry.tie)), want);
                } else {
                    queue.push(Entry { at, tie, item: Item::new(Kind::Flight, 0, 0) });
                    model.push((at, tie));
                }
                prop_assert_eq!(queue.len(), model.len());
            }
        }
    }
}

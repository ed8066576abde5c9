//! Walks without time: over the driver [`Untimed`], by lot, any message on its way arrives, is lost or doubled, however old it is, any
//! timer goes off, any write is done, anybody crashes. What a simulated network brings about once in a million seeds is here a matter of a
//! few hundred steps. Only safety can be asked of it: nothing here is ever late.
//!
//! A protocol gives its group, what is asked of it, and what its members must agree on. It knows no protocol.

use super::kv::{self, Op};
use super::rules::Named;
use crate::process::untimed::{Choice, Faults, Untimed};
use crate::process::{Digest, Fold, Image, Payload, ProcessId};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A group that walks.
pub(super) struct Walk {
    pub world: Untimed,
    /// The number it is drawn from.
    pub seed: u64,
    luck: Xoshiro256PlusPlus,
    asked: u64,
    /// The timer by which a member stands. It goes off rarely: else nobody comes to do anything.
    stands: u8,
    /// Ways that are cut, each in one direction, by [`way`]. They stay so for a while, as no loss by lot would.
    cut: u64,
    /// By position in the common history: what somebody came to there.
    history: BTreeMap<u64, u128>,
}

/// Most messages on their way: of more, some are lost.
const CROWD: usize = 40;

/// No member: who asks.
const CLIENT: ProcessId = ProcessId(100);

/// The way from one member to another among 64; none for who is no member.
fn way(from: ProcessId, to: ProcessId) -> u64 {
    if from.0 > 8 || to.0 > 8 { 0 } else { 1 << ((from.0 - 1) * 8 + (to.0 - 1)) }
}

impl Walk {
    pub fn new(seed: u64, stands: u8, images: impl IntoIterator<Item = Arc<dyn Image>>) -> Walk {
        let mut world = Untimed::new();
        for (id, image) in (1..).zip(images) {
            world.add(ProcessId(id), image);
        }
        let luck = Xoshiro256PlusPlus::seed_from_u64(seed);
        Walk { world, seed, luck, asked: 0, stands, cut: 0, history: BTreeMap::new() }
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.luck.next_u64() % n.max(1) as u64) as usize
    }

    /// Somebody.
    pub fn member(&mut self) -> ProcessId {
        let most = self.world.ids().count();
        ProcessId(self.below(most) as u32 + 1)
    }

    /// One of those that may happen, if any may.
    fn one_of(&mut self, fits: impl Fn(&Choice) -> bool) {
        let faults = Faults { drop: true, duplicate: true, crash: true, fail: false };
        let all: Vec<Choice> = self.world.choices(faults).into_iter().filter(fits).collect();
        let at = self.below(all.len());
        if let Some(choice) = all.get(at) {
            self.world.apply(*choice);
        }
    }

    /// Something happens; `ask` puts something to the group.
    pub fn step(&mut self, ask: impl FnOnce(&mut Walk)) {
        while self.world.transit().len() > CROWD {
            let at = self.below(CROWD);
            self.world.apply(Choice::Drop(at));
        }
        let stands = self.stands;
        let cut = |walk: &Walk, at: usize| {
            walk.world.transit().get(at).is_some_and(|it| walk.cut & way(it.from, it.to) != 0)
        };
        while let Some(at) = (0..self.world.transit().len()).find(|at| cut(self, *at)) {
            self.world.apply(Choice::Drop(at));
        }
        match self.below(1_000) {
            0..4 => {
                self.cut =
                    [0, self.luck.next_u64(), self.luck.next_u64() & self.luck.next_u64()][self.below(3)]
            }
            4..600 => self.one_of(|choice| matches!(choice, Choice::Deliver(_))),
            600..630 => self.one_of(|choice| matches!(choice, Choice::Drop(_))),
            630..650 => self.one_of(|choice| matches!(choice, Choice::Duplicate(_))),
            650..850 => self.one_of(|choice| matches!(choice, Choice::Sync(_))),
            850..930 => self.one_of(|choice| matches!(choice, Choice::Fire(_, timer) if *timer != stands)),
            930..940 => self.one_of(|choice| matches!(choice, Choice::Fire(_, timer) if *timer == stands)),
            940..985 => ask(self),
            985..988 => self.one_of(|choice| matches!(choice, Choice::Crash(_) | Choice::CrashTorn(..))),
            _ => self.one_of(|choice| matches!(choice, Choice::Restart(_))),
        }
    }

    /// A number that was not given before.
    pub fn next(&mut self) -> u64 {
        self.asked += 1;
        self.asked
    }

    /// A client asks somebody to write what nobody else writes.
    pub fn put(&mut self) {
        self.next();
        let (to, key) = (self.member(), format!("k{}", self.below(3)).into());
        let op = Op::Put { key, value: self.asked.to_string().into() };
        let request = kv::Message::Request { session: 0, seq: self.asked, first_unacked: 1, op };
        self.say(to, Arc::new(request));
    }

    /// A client says this.
    pub fn say(&mut self, to: ProcessId, what: Arc<dyn Payload>) {
        self.world.send(CLIENT, to, what);
    }

    /// Somebody has come to a place of the common history. Has nobody else come to something other there?
    pub fn agrees(&mut self, place: u64, state: &impl Fold) -> bool {
        let mut digest = Digest::new();
        state.fold(&mut digest);
        *self.history.entry(place).or_insert(digest.value()) == digest.value()
    }

    /// In how many places anybody was.
    pub fn places(&self) -> u64 {
        self.history.len() as u64
    }
}

/// Walks of so many steps by many seeds: in which do members disagree first? And in how many places were they, all together.
pub(super) fn walks(
    seeds: u64,
    steps: u32,
    start: impl Fn(u64) -> Walk,
    turn: impl Fn(&mut Walk) -> bool,
) -> (Option<u64>, u64) {
    let mut far = 0;
    for seed in 1..=seeds {
        let mut walk = start(seed);
        for _ in 0..steps {
            if !turn(&mut walk) {
                return (Some(seed), far);
            }
        }
        far += walk.places();
    }
    (None, far)
}

/// So many walks, unless `MUSTER_WALKS` says otherwise.
pub(super) fn so_many(usual: u64) -> u64 {
    std::env::var("MUSTER_WALKS").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// Each rule's absence is found within so many walks.
pub(super) fn all_found<R: Named>(table: &[(R, u64)], walked: impl Fn(R, u64) -> (Option<u64>, u64)) {
    for (rule, seeds) in table {
        let (broken, _) = walked(*rule, *seeds);
        println!("{:24} {broken:?}", rule.name());
        assert!(broken.is_some(), "{}", rule.name());
    }
}

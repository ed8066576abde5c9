//! What a client asks next: a stream of operations that depends on nothing but its seed and its name.

use super::settings::{Load, Mix, Settings};
use crate::consensus::kv::{Op, Outcome};
use crate::process::{ProcessId, Span};
use std::collections::VecDeque;
use std::sync::Arc;

/// Values a client remembers having seen, for compare-and-set.
const REMEMBERED: usize = 8;

/// So many keys' names are made once; the rest each time.
const NAMED: u64 = 64;

/// By it the gaps of a schedule are drawn apart from its operations.
const GAPS: u64 = 0x6761_7073_6f66_6974;

/// A stream of operations, and of a schedule's instants.
#[derive(Clone, Debug)]
pub struct Workload {
    me: ProcessId,
    life: u64,
    mix: Mix,
    keys: u64,
    names: Arc<[Arc<str>]>,
    seed: u64,
    drawn: u64,
    values: u64,
    seen: VecDeque<(Arc<str>, Option<Arc<str>>)>,
    load: Load,
    times: Arc<[Span]>,
    most: u64,
    arrived: u64,
    at: Span,
}

impl Workload {
    /// The stream of this client in this life, counted from 1.
    pub fn new(settings: &Settings, me: ProcessId, life: u64) -> Workload {
        let seed = mix64(settings.seed ^ mix64(u64::from(me.0) ^ life << 32));
        Workload {
            me,
            life,
            mix: settings.mix,
            keys: u64::from(settings.keys),
            names: (0..NAMED.min(u64::from(settings.keys))).map(named).collect(),
            seed,
            drawn: 0,
            values: 0,
            seen: VecDeque::new(),
            load: settings.load,
            times: settings.times.clone(),
            // Which instants of a schedule another life has used up is not known: each is used by the first one alone.
            most: if life == 1 { settings.most_operations.unwrap_or(u64::MAX) } else { 0 },
            arrived: 0,
            at: settings.start_after,
        }
    }

    /// When the next operation of a schedule comes, counted from the start; `None` if there is no schedule or it has ended.
    pub fn next_arrival(&mut self) -> Option<Span> {
        if self.arrived >= self.most {
            return None;
        }
        let nth = self.arrived;
        let at = match self.load {
            Load::Drawn { gap: (low, high) } => {
                let word = mix64(self.seed ^ mix64(GAPS ^ nth));
                let range = u128::from((high.0 - low.0).saturating_add(1));
                let drawn = ((u128::from(word) * range) >> 64) as u64;
                Span(self.at.0.saturating_add(low.0).saturating_add(drawn))
            }
            Load::Listed => *self.times.get(usize::try_from(nth).ok()?)?,
            Load::Open { .. } | Load::Closed { .. } | Load::Idle => return None,
        };
        (self.arrived, self.at) = (nth + 1, at);
        Some(at)
    }

    /// How many numbers it has drawn.
    pub fn drawn(&self) -> u64 {
        self.drawn
    }

    /// A number below `n`, by the high half of a product (Lemire): the bias is below n / 2⁶⁴.
    fn below(&mut self, n: u64) -> u64 {
        self.drawn += 1;
        let word = mix64(self.seed.wrapping_add(self.drawn.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        ((u128::from(word) * u128::from(n)) >> 64) as u64
    }

    /// The next operation. Every value written is written by nobody else, ever.
    pub fn next_op(&mut self) -> Op {
        let kind = self.below(self.mix.total());
        let key = self.below(self.keys);
        let key = self.names.get(key as usize).cloned().unwrap_or_else(|| named(key));
        let Mix { get, put, cas, append, .. } = self.mix;
        let upto = |weights: &[u32]| weights.iter().map(|&weight| u64::from(weight)).sum::<u64>();
        if kind < upto(&[get]) {
            Op::Get { key }
        } else if kind < upto(&[get, put]) {
            let value = self.value();
            Op::Put { key, value }
        } else if kind < upto(&[get, put, cas]) {
            let expect = self.seen.iter().find(|(seen, _)| *seen == key).and_then(|(_, value)| value.clone());
            let value = self.value();
            Op::Cas { key, expect, value }
        } else if kind < upto(&[get, put, cas, append]) {
            let value = self.value();
            Op::Append { key, value }
        } else {
            Op::Delete { key }
        }
    }

    fn value(&mut self) -> Arc<str> {
        self.values += 1;
        match self.life {
            1 => format!("{}.{}", self.me.0, self.values).into(),
            life => format!("{}.{life}.{}", self.me.0, self.values).into(),
        }
    }

    /// Remembers what an answer told of a key; a schedule asks the same whatever is answered.
    pub fn saw(&mut self, op: &Op, outcome: &Outcome) {
        if self.load.is_scheduled() {
            return;
        }
        let value = match (op, outcome) {
            (_, Outcome::Value(found)) => found.as_ref().map(|found| found.value.clone()),
            (Op::Put { value, .. } | Op::Cas { value, .. }, Outcome::Written) => Some(value.clone()),
            (_, Outcome::Differs(found)) => found.clone(),
            (_, Outcome::Deleted(_)) => None,
            _ => return,
        };
        let key = op.key().clone();
        self.seen.retain(|(seen, _)| *seen != key);
        self.seen.push_front((key, value));
        self.seen.truncate(REMEMBERED);
    }
}

fn named(key: u64) -> Arc<str> {
    format!("k{key}").into()
}

/// The finalizer of SplitMix64 (Steele, Lea and Flood).
fn mix64(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

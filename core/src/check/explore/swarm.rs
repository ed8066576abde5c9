//! What one seed does to its cluster: which families of faults, how often, for how long. Swarm testing (Groce et al.,
//! *Swarm Testing*, ISSTA 2012): each seed leaves most families out, so that those it has are not drowned by the others.

use crate::kernel::luck::{Stream, mix, name_key};
use crate::process::Span;

/// A family of faults: what it is called, how likely a seed has it in percent, the least and greatest mean time between
/// two of them, and the shortest and longest that one lasts, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Family {
    pub name: &'static str,
    pub likely: u64,
    pub gap: (u64, u64),
    pub lasts: (u64, u64),
}

const fn family(name: &'static str, likely: u64, gap: (u64, u64), lasts: (u64, u64)) -> Family {
    Family { name, likely, gap, lasts }
}

pub(super) const CRASH: Family = family("crash", 70, (800, 8_000), (50, 5_000));
pub(super) const BLACKOUT: Family = family("blackout", 15, (6_000, 20_000), (50, 2_000));
pub(super) const KILL: Family = family("kill", 35, (1_000, 8_000), (20, 3_000));
pub(super) const PAUSE: Family = family("pause", 40, (1_000, 8_000), (30, 3_000));
pub(super) const PARTITION: Family = family("partition", 60, (1_500, 10_000), (200, 6_000));
pub(super) const CUT: Family = family("cut", 40, (1_500, 10_000), (200, 6_000));
pub(super) const LOSS: Family = family("loss", 50, (2_000, 10_000), (500, 8_000));
pub(super) const DUPLICATE: Family = family("duplicate", 40, (2_000, 10_000), (500, 10_000));
pub(super) const REORDER: Family = family("reorder", 40, (2_000, 10_000), (500, 10_000));
pub(super) const DELAY: Family = family("delay", 35, (2_000, 10_000), (200, 5_000));
pub(super) const CLOG: Family = family("clog", 30, (2_000, 10_000), (100, 3_000));
pub(super) const DRIFT: Family = family("drift", 40, (3_000, 15_000), (0, 0));
pub(super) const STEP_CLOCK: Family = family("stepClock", 20, (3_000, 15_000), (0, 0));
pub(super) const DISK: Family = family("disk", 50, (1_500, 8_000), (100, 4_000));
pub(super) const MEMBERS: Family = family("members", 45, (800, 6_000), (0, 0));
pub(super) const TRANSFER: Family = family("transfer", 40, (700, 6_000), (0, 0));
pub(super) const TIME_OUT: Family = family("timeOut", 30, (500, 6_000), (0, 0));
pub(super) const PROPOSE: Family = family("propose", 100, (500, 8_000), (0, 0));
pub(super) const SUBMIT: Family = family("submit", 100, (1_000, 10_000), (0, 0));
pub(super) const SNAPSHOT: Family = family("snapshot", 30, (1_000, 8_000), (0, 0));

/// One fault of a family: when it begins, when it ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bout {
    pub from: Span,
    pub to: Span,
}

impl Family {
    /// The luck of this family under a seed: another family more or less does not shift it.
    pub(super) fn luck(self, seed: u64) -> Stream {
        Stream::new(mix(seed).wrapping_add(name_key(self.name)))
    }

    /// When faults of this family strike before `end`; none, if the seed leaves it out.
    pub(super) fn bouts(self, luck: &mut Stream, end: Span) -> Vec<Bout> {
        let mut bouts = Vec::new();
        if luck.below(100) >= self.likely {
            return bouts;
        }
        let mean = skewed(luck, self.gap).0;
        let mut at = luck.within(0, 2 * mean);
        while at < end.0 {
            let lasts = skewed(luck, self.lasts).0;
            bouts.push(Bout { from: Span(at), to: Span((at + lasts).min(end.0)) });
            at += luck.within(mean / 10, 2 * mean);
        }
        bouts
    }
}

/// From a range in milliseconds, short ones as likely as long ones: uniform below a uniform bound.
fn skewed(luck: &mut Stream, (low, high): (u64, u64)) -> Span {
    let (low, high) = (Span::millis(low).0, Span::millis(high).0);
    let bound = luck.within(low, high);
    Span(luck.within(low, bound))
}

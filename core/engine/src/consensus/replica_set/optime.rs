//! When an operation happened, as members compare it: a BSON timestamp, and the term of the primary that wrote it (the
//! oplog's `ts` and `t`). It knows no log.

use crate::process::{Arg, Digest, Fold, Phrase};
use crate::words::replset::ReplSetKey;

/// A BSON timestamp: seconds, and an ordinal within the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp {
    /// Seconds since 1970 on the wall clock of the primary that wrote it.
    pub secs: u32,
    /// Counted from 1 within the second.
    pub inc: u32,
}

impl Timestamp {
    /// As one number in the same order, as BSON stores it.
    pub const fn word(self) -> u64 {
        (self.secs as u64) << 32 | self.inc as u64
    }
    /// The first one that a primary whose wall clock shows these seconds may give after this one: never an earlier one,
    /// however its clock was set.
    pub fn next(self, secs: u32) -> Timestamp {
        if secs > self.secs {
            return Timestamp { secs, inc: 1 };
        }
        match self.inc.checked_add(1) {
            Some(inc) => Timestamp { secs: self.secs, inc },
            None => Timestamp { secs: self.secs.saturating_add(1), inc: 1 },
        }
    }
}

/// An operation's place in history: by term, then by timestamp.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpTime {
    /// The term of the primary that wrote it.
    pub term: u64,
    /// When.
    pub ts: Timestamp,
}

impl OpTime {
    /// Before every operation.
    pub const NONE: OpTime = OpTime { term: 0, ts: Timestamp { secs: 0, inc: 0 } };

    /// As an argument of a phrase.
    pub fn arg(self) -> Arg {
        let args = [
            Arg::Number(u64::from(self.ts.secs)),
            Arg::Number(u64::from(self.ts.inc)),
            Arg::Epoch(self.term),
        ];
        Arg::Phrase(Box::new(Phrase::new(ReplSetKey::OpTime, args)))
    }
}

impl Fold for OpTime {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.term);
        digest.word(self.ts.word());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ts(secs: u32, inc: u32) -> Timestamp {
        Timestamp { secs, inc }
    }

    #[test]
    fn a_later_term_is_later_whatever_its_clock_says() {
        let old = OpTime { term: 1, ts: ts(9, 9) };
        let new = OpTime { term: 2, ts: ts(3, 1) };
        assert!(OpTime::NONE < old && old < new);
    }

    #[test]
    fn timestamps_never_go_back_though_clocks_do() {
        assert_eq!(ts(5, 3).next(6), ts(6, 1));
        assert_eq!(ts(5, 3).next(5), ts(5, 4));
        assert_eq!(ts(5, 3).next(2), ts(5, 4));
        assert_eq!(ts(5, u32::MAX).next(5), ts(6, 1));
        assert!(ts(5, 9).word() < ts(6, 1).word());
    }
}

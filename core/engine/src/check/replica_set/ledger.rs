//! What is known of a set's history, and the invariants over it. Pure: it is told facts and knows no world.
//!
//! What is committed it counts itself: an operation of a term that a write majority of the voters have had on disk while they
//! were in that term. It remembers the latest 64 terms, 256 acknowledgements and 4,096 committed operations, so its memory is
//! bounded: what is older has been overtaken by all.

use crate::check::Invariant;
use crate::check::table::{self, Table};
use crate::consensus::replica_set::{Config, Entry, Kind, OpTime, Oplog, RolledBack};
use crate::process::{Arg, ProcessId};
use crate::words::check::CheckKey as K;
use std::collections::VecDeque;
use std::sync::Arc;

const TERMS: usize = 64;
const PROMISES: usize = 256;
const COMMITTED: usize = 4_096;
const QUESTIONS: usize = 1_024;
const KEYS: usize = 4_096;

/// The invariants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// At most one primary in a term.
    OnePrimary,
    /// One vote of a member in a term.
    OneVote,
    /// What `w: "majority"` acknowledged is in every later primary's oplog.
    MajorityWrites,
    /// What a read with concern majority saw is, too.
    MajorityReads,
    /// Nobody rolls back what it acknowledged and a majority has. (What it never acknowledged in the term in which that came to
    /// be committed it may: syncing from one that is behind it can lose it and get it again.)
    Rollback,
    /// Oplogs agree up to the commit point.
    OplogsAgree,
    /// A linearizable read sees all that was acknowledged before.
    Linearizable,
    /// A retried write is in the history once.
    Once,
}

impl Table for Which {
    fn all() -> Vec<(Self, Invariant)> {
        let one = |which, name, title: K| (which, Invariant { name, title: title.into() });
        vec![
            one(Which::OnePrimary, "onePrimaryPerTerm", K::SetOnePrimary),
            one(Which::OneVote, "oneVotePerTerm", K::SetOneVote),
            one(Which::MajorityWrites, "majorityWritesSurvive", K::SetMajorityWrites),
            one(Which::MajorityReads, "majorityReadsStay", K::SetMajorityReads),
            one(Which::Rollback, "onlyUncommittedRolledBack", K::SetRollback),
            one(Which::OplogsAgree, "oplogsAgree", K::SetOplogsAgree),
            one(Which::Linearizable, "linearizableReads", K::SetLinearizable),
            one(Which::Once, "retriedOnce", K::SetOnce),
        ]
    }
}

/// A member and which of its lives: one that led, crashed and leads the same term again is as bad as two.
type Life = (ProcessId, u32);

/// A broken invariant.
pub type Broken = table::Broken<Which>;

/// Something a client was told that no later primary may lack.
#[derive(Clone, Debug)]
struct Promise {
    at: OpTime,
    /// The term in which it was given.
    term: u64,
    by: ProcessId,
    read: bool,
}

/// A client's question.
#[derive(Clone, Debug)]
struct Question {
    client: ProcessId,
    seq: u64,
    key: Arc<str>,
    /// The newest write of this key that was acknowledged by a majority before it was asked.
    floor: OpTime,
}

/// The facts.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// Terms and who was primary in them, in which of its lives, the latest last.
    primaries: VecDeque<(u64, Life)>,
    /// Each voter's votes.
    votes: VecDeque<(u64, ProcessId, ProcessId)>,
    /// How far each member's disk has come in its term.
    on_disk: Vec<(ProcessId, OpTime)>,
    promises: VecDeque<Promise>,
    /// What is committed, in order, and the term in which that was counted.
    committed: VecDeque<(Arc<Entry>, u64)>,
    questions: VecDeque<Question>,
    /// The newest acknowledged write of each key.
    acknowledged: VecDeque<(Arc<str>, OpTime)>,
}

fn keep<T>(list: &mut VecDeque<T>, item: T, most: usize) {
    list.push_back(item);
    if list.len() > most {
        list.pop_front();
    }
}

impl Ledger {
    /// The last operation that is committed, as it was counted.
    pub fn commit(&self) -> OpTime {
        self.committed.back().map_or(OpTime::NONE, |(entry, _)| entry.at)
    }

    /// Somebody takes itself for the primary of this term, with this oplog.
    pub fn leads(&mut self, (id, life): Life, term: u64, oplog: &Oplog) -> Vec<Broken> {
        let mut found = Vec::new();
        match self.primaries.iter().find(|(known, _)| *known == term) {
            Some((_, (other, _))) if *other != id => {
                let args = [Arg::Process(id), Arg::Epoch(term), Arg::Process(*other)];
                found.push(Broken::new(Which::OnePrimary, K::SetTwoPrimaries, args, [id, *other]));
            }
            Some((_, (_, other))) if *other != life => {
                let args = [Arg::Process(id), Arg::Epoch(term)];
                found.push(Broken::new(Which::OnePrimary, K::SetPrimaryTwice, args, [id]));
            }
            Some(_) => {}
            None => keep(&mut self.primaries, (term, (id, life)), TERMS),
        }
        for promise in self.promises.iter().filter(|promise| promise.term < term) {
            found.extend(lacks(promise, id, term, oplog));
        }
        found
    }

    /// A member has given its vote.
    pub fn voted(&mut self, voter: ProcessId, term: u64, candidate: ProcessId) -> Option<Broken> {
        let same = |vote: &&(u64, ProcessId, ProcessId)| vote.0 == term && vote.1 == voter;
        match self.votes.iter().find(same) {
            Some((.., other)) if *other != candidate => {
                let args =
                    [Arg::Process(voter), Arg::Epoch(term), Arg::Process(candidate), Arg::Process(*other)];
                Some(Broken::new(Which::OneVote, K::SetTwoVotes, args, [voter, candidate, *other]))
            }
            Some(_) => None,
            None => {
                keep(&mut self.votes, (term, voter, candidate), TERMS * 8);
                None
            }
        }
    }

    /// A member's disk holds this oplog, and the member is in the term of its last entry: so it counts for that term. What comes to
    /// be committed by that is read off the oplog that goes back furthest, of it and the other disks': that of a member which has
    /// just copied its data begins in the middle.
    pub fn is_on_disk<'a>(
        &mut self,
        id: ProcessId,
        oplog: &'a Oplog,
        config: &Config,
        others: impl Iterator<Item = &'a Oplog>,
    ) -> Vec<Broken> {
        let last = oplog.last();
        match self.on_disk.iter_mut().find(|(known, _)| *known == id) {
            Some((_, at)) => *at = last,
            None => self.on_disk.push((id, last)),
        }
        let mut places: Vec<OpTime> = config
            .voters()
            .filter(|member| member.bears_data())
            .map(|member| self.on_disk.iter().find(|(known, _)| *known == member.host))
            .map(|known| known.map_or(OpTime::NONE, |(_, at)| *at))
            .filter(|at| at.term == last.term)
            .collect();
        places.sort_unstable_by(|one, two| two.cmp(one));
        let reached = config.write_majority().checked_sub(1).and_then(|nth| places.get(nth)).copied();
        match reached {
            Some(reached) if reached > self.commit() && reached.term > 0 => {
                let upto = reached.min(last);
                let longer = others.filter(|other| other.has(upto)).chain([oplog]);
                self.is_committed(upto, longer.min_by_key(|known| known.first()).unwrap_or(oplog))
            }
            _ => Vec::new(),
        }
    }

    /// All of this oplog up to here is committed.
    fn is_committed(&mut self, upto: OpTime, oplog: &Oplog) -> Vec<Broken> {
        let mut found = Vec::new();
        let (from, to) = (oplog.upto(self.commit().ts), oplog.upto(upto.ts));
        for entry in oplog.iter_from(from).take(to.saturating_sub(from)) {
            if let Kind::Write(command) = &entry.kind
                && command.session != 0
                && let Some(first) =
                    self.committed.iter().find(|(known, _)| is_of(known, command.session, command.seq))
            {
                let args = [
                    Arg::Number(command.session),
                    Arg::Number(command.seq),
                    first.0.at.arg(),
                    entry.at.arg(),
                ];
                found.push(Broken::new(Which::Once, K::SetWrittenTwice, args, [command.client]));
            }
            keep(&mut self.committed, (entry.clone(), upto.term), COMMITTED);
        }
        found
    }

    /// A member takes all of its oplog up to here for committed: what was before it had checked before.
    pub fn takes_for_committed(
        &self,
        id: ProcessId,
        from: OpTime,
        upto: OpTime,
        oplog: &Oplog,
    ) -> Option<Broken> {
        let (first, last) = (self.committed.front()?.0.at, self.commit());
        let (begin, end) = (oplog.upto(from.ts), oplog.upto(upto.min(last).ts));
        oplog.iter_from(begin).take(end.saturating_sub(begin)).find_map(|entry| {
            if entry.at.ts < first.ts || entry.at.ts > last.ts {
                return None;
            }
            let at = self.committed.partition_point(|(known, _)| known.at.ts < entry.at.ts);
            let (known, _) = self.committed.get(at)?;
            (known.fingerprint() != entry.fingerprint()).then(|| {
                let args = [Arg::Process(id), entry.at.arg(), known.at.arg()];
                Broken::new(Which::OplogsAgree, K::SetOplogDiffers, args, [id])
            })
        })
    }

    /// A member has rolled this back.
    pub fn rolled_back(&self, id: ProcessId, rollback: &RolledBack) -> Option<Broken> {
        let acknowledged = self.on_disk.iter().find(|(known, _)| *known == id).map(|(_, at)| *at)?;
        let is_committed = |entry: &&Arc<Entry>| {
            let at = self.committed.partition_point(|(known, _)| known.at.ts < entry.at.ts);
            self.committed.get(at).is_some_and(|(known, term)| {
                known.fingerprint() == entry.fingerprint()
                    && acknowledged.term >= *term
                    && acknowledged >= entry.at
            })
        };
        let entry = rollback.entries.iter().find(is_committed)?;
        let args = [Arg::Process(id), entry.at.arg(), Arg::Process(rollback.source)];
        Some(Broken::new(Which::Rollback, K::SetRolledBackCommitted, args, [id, rollback.source]))
    }

    /// A client was told that a majority has this, by a member in this term; primaries of later terms must have it. Those that
    /// lead now are given.
    pub fn promised<'a>(
        &mut self,
        by: ProcessId,
        term: u64,
        at: OpTime,
        read: bool,
        leading: impl Iterator<Item = (ProcessId, u64, &'a Oplog)>,
    ) -> Vec<Broken> {
        if at == OpTime::NONE || self.promises.back().is_some_and(|last| last.at == at && last.read == read) {
            return Vec::new();
        }
        let promise = Promise { at, term, by, read };
        let late = leading.filter(|(_, later, _)| *later > term);
        let found = late.filter_map(|(id, later, oplog)| lacks(&promise, id, later, oplog)).collect();
        keep(&mut self.promises, promise, PROMISES);
        found
    }

    /// A client asks for a key.
    pub fn asked(&mut self, client: ProcessId, seq: u64, key: &Arc<str>) {
        if self.questions.iter().any(|asked| asked.client == client && asked.seq == seq) {
            return;
        }
        let floor =
            self.acknowledged.iter().find(|(known, _)| known == key).map_or(OpTime::NONE, |(_, at)| *at);
        keep(&mut self.questions, Question { client, seq, key: key.clone(), floor }, QUESTIONS);
    }

    /// A client hears that a majority has its write.
    pub fn heard_written(&mut self, client: ProcessId, seq: u64, at: OpTime) {
        let Some(asked) = self.questions.iter().find(|asked| asked.client == client && asked.seq == seq)
        else {
            return;
        };
        let key = asked.key.clone();
        match self.acknowledged.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => *known = at.max(*known),
            None => keep(&mut self.acknowledged, (key, at), KEYS),
        }
    }

    /// A client hears what a linearizable read saw.
    pub fn heard_linearizable(
        &self,
        client: ProcessId,
        seq: u64,
        at: OpTime,
        by: ProcessId,
    ) -> Option<Broken> {
        let asked = self.questions.iter().find(|asked| asked.client == client && asked.seq == seq)?;
        (at < asked.floor).then(|| {
            let args = [Arg::Process(by), Arg::Text(asked.key.clone()), at.arg(), asked.floor.arg()];
            Broken::new(Which::Linearizable, K::SetStaleRead, args, [by, client])
        })
    }

    /// About how many bytes a copy holds.
    pub fn weight(&self) -> usize {
        size_of::<Self>()
            + self.committed.len() * size_of::<(Arc<Entry>, u64)>()
            + self.promises.len() * size_of::<Promise>()
            + self.questions.len() * size_of::<Question>()
            + (self.acknowledged.len() + self.votes.len()) * 32
    }
}

fn is_of(entry: &Entry, session: u64, txn: u64) -> bool {
    matches!(&entry.kind, Kind::Write(command) if command.session == session && command.seq == txn)
}

/// Does a primary of a later term lack what was promised?
fn lacks(promise: &Promise, id: ProcessId, term: u64, oplog: &Oplog) -> Option<Broken> {
    if oplog.has(promise.at) || promise.at.ts < oplog.first().ts {
        return None;
    }
    let args = [
        Arg::Process(id),
        Arg::Epoch(term),
        promise.at.arg(),
        Arg::Process(promise.by),
        Arg::Epoch(promise.term),
    ];
    let (which, key) = if promise.read {
        (Which::MajorityReads, K::SetReadLost)
    } else {
        (Which::MajorityWrites, K::SetWriteLost)
    };
    Some(Broken::new(which, key, args, [id, promise.by]))
}

//! Why an operation is committed or not, why a driver waits, why a member is behind, and what rollbacks took back.

use super::{Asked, K, R, number, who};
use crate::consensus::replica_set::{Config, Entry, Member, OpTime, Rule, State, W, Waiting};
use crate::kernel::world::World;
use crate::process::{Arg, Phrase, ProcessId, Span, Time};
use crate::system::reach::trouble;
use crate::systems::replica_set::facts::newest_primary;
use crate::systems::replica_set::places::{Places, commit, oplog};
use crate::systems::replica_set::{ReplicaSet, rule_view};
use crate::view::Reason;
use crate::words::replset_view::ReplSetViewKey as V;
use crate::words::stage::StageKey as S;
use std::sync::Arc;

/// The entry that a member has at a place.
fn at(world: &World, number: u16, id: ProcessId, place: u64) -> Option<&Arc<Entry>> {
    let log = oplog(world, id)?;
    let last = Places::of(world, number).last(log);
    let back = usize::try_from(last.checked_sub(place)?).ok()?;
    log.get(log.len().checked_sub(back + 1)?)
}

/// Does a member know what it has at a place to be committed?
pub(super) fn is_committed(world: &World, number: u16, id: ProcessId, place: u64) -> bool {
    at(world, number, id, place).is_some_and(|entry| entry.at <= commit(world, id))
}

impl Asked<'_> {
    /// An entry of a member.
    pub(super) fn entry(&mut self, id: ProcessId, place: u64) -> Vec<Reason> {
        let Some(entry) = at(self.world, self.number, id, place) else {
            return vec![Reason::not(Phrase::new(K::NoEntry, [Arg::Process(id), Arg::Number(place)]))];
        };
        let here = entry.at;
        if here <= commit(self.world, id) {
            return self.committed(here);
        }
        let primary = newest_primary(self.world, self.number);
        match primary {
            Some(primary) if primary.oplog().has(here) => {
                if primary.last_committed() >= here && primary.id() != id {
                    let args = [Arg::Process(id), Arg::Process(primary.id())];
                    let mut reasons = vec![Reason::not(Phrase::new(K::NotToldYet, args))];
                    reasons.extend(self.silent(primary.id(), id));
                    return reasons;
                }
                self.too_few(primary, here)
            }
            Some(primary) => {
                let args = [Arg::Process(primary.id()), Arg::Process(id)];
                let reason = Reason::not(Phrase::new(K::PrimaryLacks, args));
                let mut reasons = vec![reason.by(rule_view(Rule::RollbackToCommonPoint))];
                reasons.extend(self.silent(primary.id(), id));
                reasons
            }
            None => vec![
                Reason::not(Phrase::bare(K::NobodyCounts))
                    .then([self.ask(crate::view::Subject::Group(self.number))]),
            ],
        }
    }

    fn committed(&self, here: OpTime) -> Vec<Reason> {
        let all = ReplicaSet::processes(self.world, self.number);
        let holders: Vec<ProcessId> =
            all.filter(|id| oplog(self.world, *id).is_some_and(|log| log.has(here))).collect();
        let args = [here.arg(), number(holders.len()), who(&holders)];
        let held = Reason::so(Phrase::new(K::Held, args)).by(rule_view(Rule::CommitOnlyOwnTerm));
        let lacks = |primary: &&Member| {
            let log = primary.oplog();
            primary.is_writable() && here >= log.first() && !log.has(here)
        };
        match newest_primary(self.world, self.number).filter(lacks) {
            Some(primary) => {
                let lacks = Reason::not(Phrase::new(K::NewestLacks, [Arg::Process(primary.id())]));
                [vec![held, lacks], self.off_in_set()].concat()
            }
            None => [vec![held], self.promise(K::NeverTakenBack)].concat(),
        }
    }

    /// Why a primary's newest operation is not committed.
    pub(super) fn commit_point(&mut self, id: ProcessId) -> Vec<Reason> {
        let Some(member) = self.member(id) else { return Vec::new() };
        if member.is_writable() {
            return self.too_few(member, member.last_applied());
        }
        match newest_primary(self.world, self.number) {
            Some(primary) => {
                let args = [Arg::Process(id), Arg::Process(primary.id())];
                vec![
                    Reason::so(Phrase::new(K::LearnsCommit, args))
                        .then([self.ask_field(primary.id(), V::CommitPoint)]),
                ]
            }
            None => vec![Reason::not(Phrase::bare(K::NobodyCounts))],
        }
    }

    /// Who has an operation of a primary's, and why the others have not.
    fn too_few(&mut self, primary: &Member, here: OpTime) -> Vec<Reason> {
        let Some(config) = primary.config() else { return Vec::new() };
        if primary.last_committed() >= here {
            return self.committed(here);
        }
        let bearing: Vec<ProcessId> =
            config.voters().filter(|voter| voter.bears_data()).map(|voter| voter.host).collect();
        let journal = config.majority_journal;
        let (have, lack) = self.parted(primary, &bearing, here, journal);
        let need = config.write_majority();
        let args = [here.arg(), number(have.len()), number(bearing.len()), who(&have), number(need)];
        let mut reasons = vec![Reason::not(Phrase::new(K::TooFewHold, args))];
        let first = primary.lead().map_or(OpTime::NONE, |lead| lead.first);
        if have.len() >= need && here < first {
            let reason = Reason::not(Phrase::new(K::OldTerm, [Arg::Process(primary.id())]));
            reasons.push(reason.by(rule_view(Rule::CommitOnlyOwnTerm)));
        }
        self.arbiters(config, &mut reasons);
        for id in lack {
            reasons.push(self.lacks(id, primary));
        }
        reasons
    }

    /// Who has reached an operation, as a primary knows it, and who has not.
    fn parted(
        &self,
        primary: &Member,
        of: &[ProcessId],
        here: OpTime,
        journal: bool,
    ) -> (Vec<ProcessId>, Vec<ProcessId>) {
        let has = |id: &ProcessId| match primary.seen().iter().find(|seen| seen.id == *id) {
            _ if *id == primary.id() => !journal || primary.last_durable() >= here,
            Some(seen) => (if journal { seen.durable } else { seen.applied }) >= here,
            None => false,
        };
        of.iter().copied().partition(|id| has(id))
    }

    /// Arbiters count in the majority and hold nothing: with one down, what is left may be too little.
    fn arbiters(&self, config: &Config, reasons: &mut Vec<Reason>) {
        let arbiters: Vec<ProcessId> =
            config.voters().filter(|voter| voter.arbiter_only).map(|voter| voter.host).collect();
        if !arbiters.is_empty() {
            reasons.push(Reason::not(Phrase::new(K::ArbitersHoldNothing, [who(&arbiters)])));
        }
    }

    /// Why a member has not got an operation of the primary's.
    fn lacks(&self, id: ProcessId, primary: &Member) -> Reason {
        if let Some(silent) = self.silent(id, primary.id()) {
            return silent;
        }
        let me = Arg::Process(id);
        let Some(member) = self.member(id) else {
            return Reason::not(Phrase::new(K::SilentDown, [me]));
        };
        let delay = member.my_config().map_or(0, |mine| mine.delay_secs);
        let reason = match (member.state(), delay) {
            (State::Startup2, _) => Reason::not(Phrase::new(K::IsCopying, [me])),
            (State::Rollback, _) => Reason::not(Phrase::new(K::IsRollingBack, [me])),
            (_, delay @ 1..) => Reason::not(Phrase::new(K::IsDelayed, [me, Arg::For(Span::secs(delay))])),
            _ if id == primary.id() => {
                let reason = Reason::not(Phrase::new(K::NotInJournal, [me]));
                reason.by(rule_view(Rule::JournalBeforeMajority))
            }
            _ => match member.sync_source() {
                Some(source) => Reason::not(Phrase::new(K::SoonThere, [me, Arg::Process(source)])),
                None => Reason::not(Phrase::new(K::HasNoSource, [me])),
            },
        };
        reason.then([self.ask_field(id, V::SourceField)])
    }

    /// A driver's operation that a primary has taken in and not answered.
    pub(super) fn operation(&mut self, client: ProcessId, seq: u64) -> Vec<Reason> {
        let waits = |member: &Member| {
            let waiting = &member.lead()?.waiting;
            waiting.iter().find(|waiting| waiting.client == client && waiting.seq == seq).cloned()
        };
        let found =
            ReplicaSet::primaries(self.world, self.number).find_map(|member| Some((member, waits(member)?)));
        match found {
            Some((primary, waiting)) => self.waits(primary, &waiting),
            None => Vec::new(),
        }
    }

    fn waits(&mut self, primary: &Member, waiting: &Waiting) -> Vec<Reason> {
        let Some(config) = primary.config() else { return Vec::new() };
        let (need, of): (usize, Vec<ProcessId>) = match waiting.w {
            W::Majority => (
                config.write_majority(),
                config.voters().filter(|voter| voter.bears_data()).map(|voter| voter.host).collect(),
            ),
            W::Members(n) => (
                n.max(1) as usize,
                config
                    .members
                    .iter()
                    .filter(|member| member.bears_data())
                    .map(|member| member.host)
                    .collect(),
            ),
        };
        let (have, lack) = self.parted(primary, &of, waiting.at, waiting.journal);
        let args =
            [Arg::Process(primary.id()), waiting.at.arg(), number(have.len()), number(need), who(&have)];
        let event = self.event(primary.id(), waiting.event);
        let mut reasons = vec![Reason::not(Phrase::new(K::WaitsForMembers, args)).from(event)];
        self.arbiters(config, &mut reasons);
        for id in lack {
            reasons.push(self.lacks(id, primary));
        }
        reasons.extend(self.times_out(primary.id(), waiting.until));
        reasons
    }

    /// When a write's wait ends, unless the primary's host is paused: then it does not.
    fn times_out(&self, primary: ProcessId, until: Option<Time>) -> Option<Reason> {
        let Some(until) = until else { return Some(Reason::so(Phrase::bare(K::NoTimeout))) };
        let host = self.world.process(primary).and_then(|process| self.world.host(process.host))?;
        let runs = trouble(self.world, primary, primary).is_none();
        runs.then(|| Reason::so(Phrase::new(K::TimesOutIn, [Arg::For(until - host.clock.monotonic)])))
    }

    /// Why reads of a member are stale.
    pub(super) fn stale(&mut self, id: ProcessId) -> Vec<Reason> {
        let (Some(member), Some(primary)) = (self.member(id), newest_primary(self.world, self.number)) else {
            return Vec::new();
        };
        let places = Places::of(self.world, self.number);
        let behind = places.last(primary.oplog()).saturating_sub(places.last(member.oplog()));
        let args = [Arg::Process(id), Arg::Number(behind), Arg::Process(primary.id())];
        let mut reasons = vec![Reason::not(Phrase::new(K::Behind, args)), self.lacks(id, primary)];
        if let Some(source) = member.sync_source() {
            reasons.extend(self.silent(source, id));
        }
        let stable = member.durable().stable_at;
        if stable < member.last_applied() {
            let reason = Reason::so(Phrase::new(K::MajorityReadsAt, [Arg::Process(id), stable.arg()]));
            reasons.push(reason.by(rule_view(Rule::MajoritySnapshot)));
        }
        reasons.push(Reason::so(Phrase::bare(K::ReadFromPrimary)));
        reasons
    }

    /// From whom a member syncs, and why not from somebody else.
    pub(super) fn source(&mut self, id: ProcessId) -> Vec<Reason> {
        let Some(member) = self.member(id) else { return Vec::new() };
        let chosen = self.noted(id, &[R::ChoosesSource, R::WillSyncFrom]);
        let left = self.noted(id, &[R::LeavesSource, R::SeeksSource]);
        let mut reasons: Vec<Reason> = match member.sync_source() {
            Some(source) => {
                let args = [Arg::Process(id), Arg::Process(source)];
                let fetches = Reason::so(Phrase::new(K::Fetches, args));
                chosen.into_iter().chain([fetches]).chain(self.silent(source, id)).collect()
            }
            None => {
                let me = Arg::Process(id);
                left.into_iter().chain([Reason::not(Phrase::new(K::HasNoSource, [me]))]).collect()
            }
        };
        let source = member.sync_source().filter(|source| Some(*source) != member.primary());
        if let Some(source) = source {
            let chains = Reason::so(Phrase::new(K::Chains, [Arg::Process(id), Arg::Process(source)]));
            reasons.push(chains.then([self.ask_field(source, V::SourceField)]));
        }
        reasons
    }

    /// What a member took back, and why.
    pub(super) fn rolled_back(&mut self, id: ProcessId) -> Vec<Reason> {
        let last = self.durable(id).and_then(|durable| durable.rolled_back.last());
        let Some(last) = last else { return Vec::new() };
        let args = [Arg::Process(id), Arg::Number(last.count), last.common.arg(), Arg::Process(last.source)];
        let taken = Reason::so(Phrase::new(K::TookBack, args)).by(rule_view(Rule::RollbackToCommonPoint));
        let mut reasons = vec![taken];
        reasons.extend(self.noted(id, &[R::FindsDiverged]));
        reasons.extend(self.promise(K::NoMajorityHadIt));
        reasons.push(Reason::so(Phrase::new(K::KeptAside, [Arg::Process(id)])));
        let primary = newest_primary(self.world, self.number).map(Member::id);
        let next = primary.map(|id| self.ask_field(id, S::Role));
        if self.off_in_set().is_empty() {
            reasons.extend(self.promise(K::AskMajority));
        }
        if let Some(last) = reasons.pop() {
            reasons.push(last.then(next));
        }
        reasons
    }
}

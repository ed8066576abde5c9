//! Replication: members "copy the oplog from the source member and apply these operations in an asynchronous process" (*Replica
//! Set Data Synchronization*). A `find` with the last operation it has, then `getMore`s that wait at the source for more; and
//! back up the chain, how far everybody is (`replSetUpdatePosition`).

use super::config::ConfigId;
use super::message::{Batch, Fetch, Found, Message, Position};
use super::oplog::{Entry, Kind};
use super::optime::OpTime;
use super::rules::Rule;
use super::state::State;
use super::{Member, Timer};
use crate::consensus::notes::{Because, did, refused};
use crate::process::{Arg, Delay, Digest, Effects, Fold, ProcessId, Span, Time};
use crate::words::replset::ReplSetKey as K;
use std::collections::VecDeque;
use std::sync::Arc;

/// Beyond the time a source may wait for more, so long its answer may take (`oplogNetworkTimeoutBufferSeconds`, here shorter:
/// there is no connection whose end would tell earlier).
const ANSWER_WITHIN: Span = Span::secs(2);
/// Of so many full batches a delayed member holds what is not due; then it fetches no more for a while.
const BATCHES_HELD: usize = 4;

/// What it asks its source for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Stage {
    /// Nothing: it has none.
    #[default]
    Idle,
    /// `find`: does it have my last operation?
    Finding,
    /// `getMore`.
    Tailing,
    /// Nothing: a delayed member holds enough that is not due.
    Paused,
    /// Rollback: where do we still agree? Before this timestamp.
    Searching(OpTime),
    /// Initial sync: the next piece of its data.
    Cloning,
}

/// How it syncs.
#[derive(Clone, Debug, Default)]
pub struct Sync {
    /// What it asks for.
    pub stage: Stage,
    /// From whom it syncs.
    pub source: Option<ProcessId>,
    /// Numbers its questions; an answer to an older one is void.
    pub seq: u64,
    /// Fetched and not yet due, at a delayed member.
    pub buffer: VecDeque<Arc<Entry>>,
    /// Sources that are left alone until then.
    pub denied: Vec<(ProcessId, Time)>,
    /// `replSetSyncFrom`.
    pub forced: Option<ProcessId>,
    /// Changes for a nearer source, and since when they are counted.
    pub changes: u32,
    /// See `changes`.
    pub counted_since: Time,
    /// Initial sync: where its oplog will begin, and the last key it has.
    pub begins: OpTime,
    /// See `begins`.
    pub cloned_to: Option<Arc<str>>,
    /// Initial sync: it must reach this operation before its data make sense.
    pub until: OpTime,
    /// Positions are to be told at the end of this step.
    pub report: bool,
    /// The input in which the source was chosen, or asked last.
    pub event: u64,
}

impl Fold for Sync {
    fn fold(&self, digest: &mut Digest) {
        match self.stage {
            Stage::Idle => digest.word(0),
            Stage::Finding => digest.word(1),
            Stage::Tailing => digest.word(2),
            Stage::Paused => digest.word(3),
            Stage::Searching(before) => before.fold(digest),
            Stage::Cloning => digest.word(5),
        }
        self.source.fold(digest);
        digest.word(self.seq);
        digest.word(self.buffer.len() as u64);
        self.denied.fold(digest);
        self.forced.fold(digest);
        digest.word(u64::from(self.changes) << 1 | u64::from(self.report));
        self.counted_since.fold(digest);
        self.begins.fold(digest);
        self.cloned_to.fold(digest);
        self.until.fold(digest);
    }
}

impl Member {
    /// `lastApplied`: the last operation of its oplog.
    pub(super) fn applied(&self) -> OpTime {
        self.durable.oplog.last()
    }
    /// The last operation it has fetched.
    fn fetched(&self) -> OpTime {
        self.sync.buffer.back().map_or(self.applied(), |entry| entry.at)
    }

    /// How long a source may let a question wait: half an election timeout.
    pub(super) fn await_for(&self) -> Span {
        self.config().map_or(Span::ZERO, |config| Span(config.settings.election_timeout.nanos() / 2))
    }

    /// Waits for its source to answer.
    pub(super) fn arm_fetch(&self, out: &mut Effects<'_, Self>) {
        out.set_timer(Timer::Fetch, Delay::Fixed(self.await_for() + ANSWER_WITHIN));
    }

    /// "The find command … has a greater than or equal predicate on the timestamp of the last oplog entry it has fetched."
    pub(super) fn find(&mut self, out: &mut Effects<'_, Self>) {
        self.sync.stage = Stage::Finding;
        self.ask_oplog(false, out);
    }

    fn ask_oplog(&mut self, more: bool, out: &mut Effects<'_, Self>) {
        let Some(source) = self.sync.source else { return };
        self.sync.seq += 1;
        let (seq, after, term) = (self.sync.seq, self.fetched(), self.term);
        out.send_now(source, Message::Fetch(Fetch { seq, more, after, term, commit: self.commit }));
        self.arm_fetch(out);
    }

    pub(super) fn on_batch(&mut self, from: ProcessId, batch: Batch, out: &mut Effects<'_, Self>) {
        self.learn_term(batch.term, from, out);
        let asked = matches!(self.sync.stage, Stage::Finding | Stage::Tailing);
        if self.sync.source != Some(from) || self.sync.seq != batch.seq || !asked {
            return;
        }
        if batch.after != self.fetched() {
            return; // asked for in an earlier life
        }
        let (now, event) = (self.now, self.event);
        self.sync.event = event;
        if let Some(seen) = self.seen_mut(from) {
            seen.heard = now;
            seen.is_at(batch.applied, OpTime::NONE);
        }
        match batch.found {
            Found::Here => self.take_batch(from, batch, out),
            _ if !self.durable.is_consistent() => self.deny_source(K::LeaveUnreadable, out), // it begins anew
            Found::Behind if self.rules.has(Rule::SyncFromNotBehind) => self.deny_source(K::LeaveBehind, out),
            Found::Behind | Found::Unreadable => self.deny_source(K::LeaveUnreadable, out),
            Found::TooOld if self.state == State::Startup2 => self.copies_anew(out),
            Found::TooOld => self.is_too_stale(out),
            Found::Diverged if batch.applied < self.applied() => self.deny_source(K::LeaveBehind, out),
            Found::Diverged if self.rules.has(Rule::RollbackToCommonPoint) => {
                self.begin_rollback(from, out);
            }
            Found::Diverged => self.go_on_diverged(from, batch, out),
        }
    }

    fn take_batch(&mut self, from: ProcessId, batch: Batch, out: &mut Effects<'_, Self>) {
        if batch.term == self.term && batch.primary.is_some() && self.lead.is_none() {
            self.arm_election(out); // "if the metadata says there is still a primary"
        }
        for entry in
            batch.entries.iter().filter(|entry| entry.at > self.fetched()).cloned().collect::<Vec<_>>()
        {
            self.sync.buffer.push_back(entry);
        }
        self.apply_due(out);
        // Its own oplog is a beginning of the source's: so what the source knows to be committed and it has is.
        self.commit = self.commit.max(batch.commit.min(self.applied()));
        self.look_whether_recovered(out);
        self.look_whether_caught_up(out);
        if self.sync.source != Some(from) {
            return; // it takes writes now, or syncs from somebody else
        }
        if let Some(why) = self.should_leave(&batch).filter(|_| self.durable.is_consistent()) {
            return self.deny_source(why, out);
        }
        self.fetch_more(out);
    }

    fn fetch_more(&mut self, out: &mut Effects<'_, Self>) {
        let most = self.program.settings().batch_entries as usize * BATCHES_HELD;
        if self.sync.buffer.len() >= most {
            self.sync.stage = Stage::Paused;
            return out.cancel_timer(Timer::Fetch);
        }
        self.sync.stage = Stage::Tailing;
        self.ask_oplog(true, out);
    }

    /// Applies what is due: all, but at a delayed member ("a delayed member's data set reflects an earlier, or delayed, state of
    /// the set", *Delayed Replica Set Members*).
    pub(super) fn apply_due(&mut self, out: &mut Effects<'_, Self>) {
        let delay = self.my_config().map_or(0, |member| member.delay_secs);
        let (mut applied, wall) = (0u64, u64::from(self.wall_secs));
        while let Some(entry) = self.sync.buffer.front() {
            let due = u64::from(entry.at.ts.secs).saturating_add(delay);
            // What an initial sync needs is not held back.
            if delay > 0 && due > wall && self.state == State::Secondary {
                let wait = Span::secs((due - wall).min(86_400));
                out.set_timer(Timer::Delay, Delay::Fixed(wait));
                break;
            }
            let Some(entry) = self.sync.buffer.pop_front() else { break };
            self.apply(entry);
            applied += 1;
        }
        if applied > 0 {
            let (last, event) = (self.applied(), self.sync.event);
            out.note(|| did(K::Applies, [Arg::Number(applied), last.arg()]).because([event]));
            self.sync.report = true;
            let journals = self.config().is_some_and(|config| config.majority_journal);
            self.disk.flush |= journals;
        }
        if self.sync.stage == Stage::Paused && self.sync.buffer.is_empty() {
            self.fetch_more(out);
        }
    }

    /// Takes an operation into its oplog and its data.
    pub(super) fn apply(&mut self, entry: Arc<Entry>) {
        let sessions = self.program.settings().sessions as usize;
        if let Kind::Write(command) = &entry.kind {
            self.store.replay(entry.at.ts.word(), command, sessions);
        }
        let at = entry.at;
        self.durable.oplog.push(entry);
        if self.durable.syncing && at == self.sync.until {
            self.becomes_consistent();
        }
    }

    /// The rule that diverged histories are joined is off: it takes what is newer on top of what it has.
    fn go_on_diverged(&mut self, from: ProcessId, batch: Batch, out: &mut Effects<'_, Self>) {
        out.note(|| refused(Rule::RollbackToCommonPoint, K::GoesOnDiverged, [Arg::Process(from)]));
        let last = self.applied();
        let newer: Vec<Arc<Entry>> =
            batch.entries.iter().filter(|entry| entry.at > last && entry.at.ts > last.ts).cloned().collect();
        if newer.is_empty() {
            return self.deny_source(K::LeaveBehind, out);
        }
        let entries = newer.into();
        self.take_batch(from, Batch { entries, found: Found::Here, ..batch }, out);
    }

    /// Everybody's oplog begins after its last operation: a stale member must be resynced (*Resync a Member of a Self-Managed
    /// Replica Set*).
    pub(super) fn is_too_stale(&mut self, out: &mut Effects<'_, Self>) {
        let last = self.applied();
        out.note(|| did(K::TooStale, [last.arg()]));
        if matches!(self.state, State::Secondary | State::Rollback) {
            self.state = State::Recovering;
        }
        self.deny_source(K::LeaveTooOld, out);
    }

    /// It can be read from once what it has makes sense.
    pub(super) fn look_whether_recovered(&mut self, out: &mut Effects<'_, Self>) {
        if !self.durable.is_consistent() {
            return;
        }
        if self.state == State::Startup2 {
            return self.ends_sync(out);
        }
        if matches!(self.state, State::Recovering | State::Rollback) {
            self.state = State::Secondary;
            out.note(|| did(K::BecomesSecondary, []));
            self.arm_election(out);
        }
    }

    /// The data as of what a majority has: what reads with concern majority see, and where a rollback begins.
    pub(super) fn advance_stable(&mut self) {
        self.look_whether_copy_stays();
        let upto = self.commit.min(self.applied());
        if upto <= self.durable.stable_at || self.durable.syncing {
            return;
        }
        let sessions = self.program.settings().sessions as usize;
        if upto == self.applied() {
            self.durable.stable = self.store.clone();
        } else {
            let (from, to) =
                (self.durable.oplog.upto(self.durable.stable_at.ts), self.durable.oplog.upto(upto.ts));
            for entry in self.durable.oplog.iter_from(from).take(to.saturating_sub(from)) {
                if let Kind::Write(command) = &entry.kind {
                    self.durable.stable.replay(entry.at.ts.word(), command, sessions);
                }
            }
        }
        self.durable.stable_at = upto;
        let most = self.program.settings().oplog_entries as usize;
        self.durable.oplog.cap(most, upto.ts);
    }

    /// The data as of its last operation, from the stable ones and the oplog after them.
    pub(super) fn recover_store(&mut self) {
        let sessions = self.program.settings().sessions as usize;
        self.store = self.durable.stable.clone();
        for entry in self.durable.oplog.iter_from(self.durable.oplog.upto(self.durable.stable_at.ts)) {
            if let Kind::Write(command) = &entry.kind {
                self.store.replay(entry.at.ts.word(), command, sessions);
            }
        }
    }

    /// Tells its source how far it and those below it are, if anything is new.
    pub(super) fn report_position(&mut self, out: &mut Effects<'_, Self>) {
        let Some(source) = self.sync.source.filter(|_| self.sync.report) else { return };
        self.sync.report = false;
        if !self.durable.is_consistent() {
            return;
        }
        let (applied, durable) = self.position();
        let own = Position { member: self.me, applied, durable };
        let others = self
            .other_bearers()
            .filter(|seen| seen.is_up() && seen.id != source)
            .map(|seen| Position { member: seen.id, applied: seen.applied, durable: seen.durable });
        let positions = std::iter::once(own).chain(others).collect();
        let (term, config) = (self.term, self.config_id());
        out.send_now(source, Message::UpdatePosition { term, config, positions });
    }

    pub(super) fn arm_keep_alive(&self, out: &mut Effects<'_, Self>) {
        out.set_timer(Timer::KeepAlive, Delay::Fixed(self.await_for()));
    }

    /// "This command keeps getting sent every keepAliveInterval milliseconds (electionTimeout / 2)."
    pub(super) fn on_keep_alive(&mut self, out: &mut Effects<'_, Self>) {
        self.sync.report = true;
        self.arm_keep_alive(out);
    }

    /// Positions from below. "If something has changed and the receiving node itself has a sync source, it forwards its new
    /// information to its own sync source."
    pub(super) fn on_positions(
        &mut self,
        from: ProcessId,
        term: u64,
        config: ConfigId,
        positions: &[Position],
        out: &mut Effects<'_, Self>,
    ) {
        self.learn_term(term, from, out);
        if config != self.config_id() {
            return;
        }
        let (now, event) = (self.now, self.event);
        for position in positions {
            if let Some(seen) = self.seen_mut(position.member) {
                seen.heard = now;
                seen.event = event;
                let news = seen.is_at(position.applied, position.durable);
                self.sync.report |= news;
            }
        }
    }
}

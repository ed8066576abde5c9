//! What a primary does: it catches up, writes the first operation of its term, and finds what a majority has (*Replica Set
//! Protocol Version*; `src/mongo/db/repl/README.md`, *Transitioning to PRIMARY*, *Commit Point Propagation*).

use super::config::Config;
use super::oplog::{Entry, Kind, NoOp};
use super::optime::OpTime;
use super::rules::Rule;
use super::state::State;
use super::writes::Waiting;
use super::{Member, Timer};
use crate::consensus::notes::{Because, by, did};
use crate::process::{Arg, Delay, Digest, Effects, Fold, ProcessId, Span, Time};
use crate::words::replset::ReplSetKey as K;
use std::collections::VecDeque;
use std::sync::Arc;

/// What a primary does at present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It fetches what others have, up to this operation, once all that answered lately have told how far they are.
    CatchingUp(Option<OpTime>),
    /// It takes writes.
    Writable,
}

/// A step-down under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stepping {
    /// It is given up then, or forced.
    pub until: Time,
    /// Until then it does not stand. "The stepdown period starts from the time that the mongod receives the command"
    /// (*replSetStepDown*).
    pub rests_until: Time,
    /// Also if nobody has caught up.
    pub force: bool,
    /// The order.
    pub event: u64,
}

/// A reconfiguration that waits for the present configuration to be committed.
#[derive(Clone, Debug)]
pub struct Planned {
    /// What is to be installed; its version and term are given then.
    pub config: Config,
    /// The order, or the heartbeat that brought it about.
    pub event: u64,
}

/// What a primary knows as such.
#[derive(Clone, Debug)]
pub struct Lead {
    /// In which term.
    pub term: u64,
    /// What it does.
    pub mode: Mode,
    /// Whose heartbeats it waits for before it knows up to where to catch up.
    pub awaited: Vec<ProcessId>,
    /// The first operation of its term, once it is written.
    pub first: OpTime,
    /// Writes and linearizable reads that wait for others.
    pub waiting: VecDeque<Waiting>,
    /// It is to step down.
    pub stepping: Option<Stepping>,
    /// It is to change the configuration.
    pub planned: Option<Planned>,
    /// What a majority of the configuration before had when the present one was installed.
    pub committed_before: OpTime,
    /// The input that elected it.
    pub event: u64,
}

impl Lead {
    pub(super) fn weight(&self) -> usize {
        self.waiting.len() * size_of::<Waiting>()
    }
    /// Does it take writes?
    pub fn is_writable(&self) -> bool {
        self.mode == Mode::Writable
    }
}

impl Fold for Lead {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.term);
        match self.mode {
            Mode::CatchingUp(target) => target.fold(digest),
            Mode::Writable => digest.word(2),
        }
        self.awaited.fold(digest);
        self.first.fold(digest);
        digest.word(self.waiting.len() as u64);
        for waiting in &self.waiting {
            waiting.fold(digest);
        }
        digest.word(self.stepping.map_or(0, |stepping| stepping.until.nanos()));
        digest.word(u64::from(self.planned.is_some()));
        if let Some(planned) = &self.planned {
            planned.config.fold(digest);
        }
        self.committed_before.fold(digest);
    }
}

impl Member {
    /// It has won: it tells everybody by a round of heartbeats, and learns from the answers who is ahead of it.
    pub(super) fn become_primary(&mut self, out: &mut Effects<'_, Self>) {
        let Some(config) = self.durable.config.clone() else { return };
        self.election.phase = super::Phase::Idle;
        out.cancel_timer(Timer::Votes);
        out.cancel_timer(Timer::Election);
        self.cancel_takeovers(out);
        self.drop_source(out);
        self.state = State::Primary;
        self.primary = Some(self.me);
        let now = self.now;
        let lately = Span(config.settings.heartbeat_interval.nanos().saturating_mul(2));
        let mut awaited = Vec::new();
        for seen in &mut self.seen {
            seen.heard = now;
            let bears = config.member(seen.id).is_some_and(|member| member.bears_data());
            if bears && seen.is_up() && seen.answered.is_some_and(|at| now - at <= lately) {
                awaited.push(seen.id);
            }
        }
        self.lead = Some(Lead {
            term: self.term,
            mode: Mode::CatchingUp(None),
            awaited,
            first: OpTime::NONE,
            waiting: VecDeque::new(),
            stepping: None,
            planned: None,
            committed_before: OpTime::NONE,
            event: self.event,
        });
        self.beat(out);
        self.arm_liveness(out);
        if !self.rules.has(Rule::CatchUp) || config.settings.catch_up_timeout == Some(Span::ZERO) {
            return self.begin_writing(out);
        }
        if let Some(limit) = config.settings.catch_up_timeout {
            out.set_timer(Timer::CatchUp, Delay::Fixed(limit));
        }
        self.aim(out);
    }

    /// An answer to the heartbeats it sent when it was elected.
    pub(super) fn count_for_catch_up(&mut self, from: ProcessId, out: &mut Effects<'_, Self>) {
        if let Some(lead) = &mut self.lead
            && lead.mode == Mode::CatchingUp(None)
        {
            lead.awaited.retain(|id| *id != from);
            self.aim(out);
        }
    }

    /// A round of heartbeats later it waits no longer for answers to the first one; and who is down by now, it need not catch up
    /// with.
    pub(super) fn stop_awaiting(&mut self, out: &mut Effects<'_, Self>) {
        if let Some(lead) = &mut self.lead
            && !lead.is_writable()
        {
            lead.awaited.clear();
            self.aim(out);
        }
    }

    /// All have told: "if the primary-elect's last applied OpTime is less than the newest last applied OpTime it sees, it will
    /// set that as its target".
    fn aim(&mut self, out: &mut Effects<'_, Self>) {
        let ready = self.lead.as_ref().is_some_and(|lead| lead.awaited.is_empty());
        if !ready {
            return;
        }
        let newest = self.other_bearers().filter(|seen| seen.is_up()).map(|seen| seen.applied).max();
        let target = newest.unwrap_or(OpTime::NONE);
        let before =
            self.lead.as_mut().map(|lead| std::mem::replace(&mut lead.mode, Mode::CatchingUp(Some(target))));
        if target > self.applied() && before != Some(Mode::CatchingUp(Some(target))) {
            let mine = self.applied();
            out.note(|| by(Rule::CatchUp, K::CatchesUp, [mine.arg(), target.arg()]));
            self.seek_source(out);
        }
        self.look_whether_caught_up(out);
    }

    /// Has it reached what it aimed at?
    pub(super) fn look_whether_caught_up(&mut self, out: &mut Effects<'_, Self>) {
        if let Some(lead) = &self.lead
            && let Mode::CatchingUp(Some(target)) = lead.mode
            && self.applied() >= target
        {
            self.begin_writing(out);
        }
    }

    /// "Since catchup is best-effort, it could time out before the node has applied operations through the target OpTime.
    /// Even if this happens, the primary-elect will not step down."
    pub(super) fn on_catch_up_timer(&mut self, out: &mut Effects<'_, Self>) {
        if self.lead.as_ref().is_some_and(|lead| !lead.is_writable()) {
            out.note(|| by(Rule::CatchUp, K::CatchUpEnds, []));
            self.begin_writing(out);
        }
    }

    /// "The node writes a 'new primary' noop oplog entry so that it can commit older writes as soon as possible." The
    /// configuration gets the new term: "when the new primary steps up, it increments the term field" (*replSetReconfig*).
    pub(super) fn begin_writing(&mut self, out: &mut Effects<'_, Self>) {
        self.drop_source(out);
        out.cancel_timer(Timer::CatchUp);
        out.cancel_timer(Timer::Fetch);
        let first = self.append(Kind::NoOp(NoOp::NewPrimary), out);
        let Some(lead) = &mut self.lead else { return };
        lead.mode = Mode::Writable;
        lead.first = first;
        let (term, event) = (lead.term, lead.event);
        self.disk.flush = true;
        out.note(|| did(K::TakesWrites, [Arg::Epoch(term), first.arg()]).because([event]));
        self.arm_no_op(out);
        self.config_of_new_term(out);
    }

    fn arm_no_op(&self, out: &mut Effects<'_, Self>) {
        out.set_timer(Timer::NoOp, Delay::Fixed(self.program.settings().no_op_interval));
    }

    /// So that members that are read from know how far they are, a primary without writes writes a no-op now and then
    /// (`periodicNoopIntervalSecs`).
    pub(super) fn on_no_op_timer(&mut self, out: &mut Effects<'_, Self>) {
        if self.lead.as_ref().is_some_and(Lead::is_writable) {
            self.append(Kind::NoOp(NoOp::Periodic), out);
            self.disk.flush = true;
            self.arm_no_op(out);
        }
    }

    /// Writes to its own oplog and applies it at once.
    pub(super) fn append(&mut self, kind: Kind, out: &mut Effects<'_, Self>) -> OpTime {
        let ts = self.applied().ts.next(self.wall_secs);
        let at = OpTime { term: self.lead.as_ref().map_or(self.term, |lead| lead.term), ts };
        self.apply(Arc::new(Entry::new(at, kind)));
        if self.lead.as_ref().is_some_and(Lead::is_writable) {
            self.arm_no_op(out);
        }
        at
    }

    /// The last operation that so many of the data-bearing voters have: in their journals, if the configuration asks for it.
    pub(super) fn reached_by_majority(&self, config: &Config) -> Option<OpTime> {
        let journal = config.majority_journal && self.rules.has(Rule::JournalBeforeMajority);
        let of = |applied: OpTime, durable: OpTime| if journal { durable } else { applied };
        let mut places: Vec<OpTime> = self
            .other_voters()
            .filter(|seen| config.member(seen.id).is_some_and(|member| member.bears_data()))
            .map(|seen| of(seen.applied, seen.durable))
            .collect();
        if self.is_voter() {
            places.push(of(self.applied(), self.disk.journaled));
        }
        places.sort_unstable_by(|one, two| two.cmp(one));
        places.get(config.write_majority().checked_sub(1)?).copied()
    }

    /// "We cannot update the commit point to reflect oplog entries from previous terms until the commit point is updated to
    /// reflect an oplog entry in the current term."
    pub(super) fn advance_commit(&mut self, out: &mut Effects<'_, Self>) {
        let Some(lead) = &self.lead else { return };
        let (first, term, writable) = (lead.first, lead.term, lead.is_writable());
        let Some(config) = self.durable.config.as_ref() else { return };
        let Some(reached) = self.reached_by_majority(config) else { return };
        let reached = reached.min(self.applied());
        if reached <= self.commit {
            return;
        }
        let own_term = writable && reached >= first && reached.term == term;
        if !own_term && self.rules.has(Rule::CommitOnlyOwnTerm) {
            return;
        }
        self.commit = reached;
        let seen = &self.seen;
        out.note(|| {
            let events = seen.iter().map(|seen| seen.event);
            by(Rule::CommitOnlyOwnTerm, K::Commits, [reached.arg()]).because(events)
        });
    }
}

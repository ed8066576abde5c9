//! Takeovers: a member that should rather be primary calls an election while there is one (*Replica Set Elections*, *Member
//! Priority*; *Replica Set Configuration*, `catchUpTakeoverDelayMillis`).

use super::election::{Why, with_offset};
use super::rules::Rule;
use super::state::State;
use super::{Member, Timer};
use crate::consensus::notes::{Because, by, did, waits};
use crate::process::{Arg, Delay, Effects, ProcessId, Span};
use crate::words::replset::ReplSetKey as K;

/// `priorityTakeoverFreshnessWindowSeconds`: who takes over by priority is at most so far behind the primary.
const FRESHNESS_SECS: u32 = 2;

impl Member {
    /// The primary, if its priority is below its own.
    fn lesser_primary(&self) -> Option<ProcessId> {
        let config = self.durable.config.as_ref()?;
        let me = config.member(self.me)?;
        let primary = self.primary.filter(|primary| *primary != self.me)?;
        let its = config.member(primary)?.priority;
        (me.is_electable() && me.priority > its && self.state == State::Secondary).then_some(primary)
    }

    /// Is it ahead of a primary that has not yet written anything in its term?
    fn is_ahead_of(&self, primary: ProcessId) -> bool {
        let Some(seen) = self.seen.iter().find(|seen| seen.id == primary) else { return false };
        let catches_up = seen.applied.term != seen.term;
        seen.state == State::Primary && catches_up && self.applied() > seen.applied
    }

    /// After a heartbeat of the primary: shall it take over, and when? "The timeout is simply: (election timeout) * (priority
    /// rank + 1)."
    pub(super) fn consider_takeover(&mut self, from: ProcessId, out: &mut Effects<'_, Self>) {
        if self.primary != Some(from) || self.lead.is_some() {
            return;
        }
        let Some(config) = self.durable.config.clone() else { return };
        if !self.election.takeover[0]
            && self.lesser_primary().is_some()
            && self.rules.has(Rule::PriorityTakeover)
        {
            let timeout = config.settings.election_timeout;
            let mine = config.member(self.me).map_or(0, |me| config.priority_rank(me.priority));
            let wait = Span(timeout.nanos().saturating_mul(mine + 1));
            self.election.takeover[0] = true;
            out.note(|| waits(Rule::PriorityTakeover, K::WillTakeOver, [Arg::Process(from), Arg::For(wait)]));
            out.set_timer(Timer::PriorityTakeover, with_offset(wait, timeout));
        }
        let electable = config.member(self.me).is_some_and(|me| me.is_electable());
        let no_catch_up = config.settings.catch_up_timeout == Some(Span::ZERO);
        if let Some(delay) = config.settings.catch_up_takeover_delay
            && electable
            && !no_catch_up
            && !self.election.takeover[1]
            && self.is_ahead_of(from)
        {
            self.election.takeover[1] = true;
            out.note(|| did(K::IsAhead, [Arg::Process(from), Arg::For(delay)]));
            out.set_timer(Timer::CatchUpTakeover, Delay::Fixed(delay));
        }
    }

    /// Another primary, or none: what was planned is void.
    pub(super) fn cancel_takeovers(&mut self, out: &mut Effects<'_, Self>) {
        let planned = std::mem::take(&mut self.election.takeover);
        if planned[0] {
            out.cancel_timer(Timer::PriorityTakeover);
        }
        if planned[1] {
            out.cancel_timer(Timer::CatchUpTakeover);
        }
    }

    pub(super) fn on_priority_takeover(&mut self, out: &mut Effects<'_, Self>) {
        self.election.takeover[0] = false;
        let Some(primary) = self.lesser_primary() else { return };
        let Some(seen) = self.seen.iter().find(|seen| seen.id == primary) else { return };
        let (mine, its, event) = (self.applied(), seen.applied, seen.event);
        if mine.ts.secs.saturating_add(FRESHNESS_SECS) < its.ts.secs {
            out.note(|| {
                waits(Rule::PriorityTakeover, K::TooFarBehind, [mine.arg(), its.arg()]).because([event])
            });
            return; // the next heartbeat of the primary sets the timer anew
        }
        out.note(|| by(Rule::PriorityTakeover, K::TakesOver, [Arg::Process(primary)]).because([event]));
        self.stand(Why::Priority, out);
    }

    /// "1. It is still ahead of the current primary, 2. It is the most up-to-date node among all available nodes, 3. The
    /// current primary is currently catching up to it."
    pub(super) fn on_catch_up_takeover(&mut self, out: &mut Effects<'_, Self>) {
        self.election.takeover[1] = false;
        let ahead = self.primary.is_some_and(|primary| self.is_ahead_of(primary));
        let newest = self.seen.iter().filter(|seen| seen.is_up()).all(|seen| seen.applied <= self.applied());
        if ahead && newest {
            self.stand(Why::CatchUp, out);
        }
    }
}

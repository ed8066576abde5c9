//! Ceasing to be primary: because it is told to (*replSetStepDown*), because it sees no majority, or because there is a later
//! term (*Replica Set Elections*, *Network Partition*).

use super::lead::{Lead, Stepping};
use super::message::Message;
use super::optime::OpTime;
use super::rules::Rule;
use super::{Member, Timer};
use crate::consensus::notes::{Because, by, did, refused};
use crate::process::{Arg, Delay, Effects, Note, Phrase, ProcessId, Span, Time};
use crate::words::replset::ReplSetKey as K;

impl Member {
    /// When it will have heard of no majority for an election timeout, itself counted; `None` if it needs nobody else.
    fn majority_expires(&self) -> Option<Time> {
        let config = self.durable.config.as_ref()?;
        let others = config.majority_votes().checked_sub(usize::from(self.is_voter()))?;
        let mut heard: Vec<Time> = self.other_voters().map(|seen| seen.heard).collect();
        heard.sort_unstable_by(|one, two| two.cmp(one));
        let last = heard.get(others.checked_sub(1)?).copied()?;
        Some(last + config.settings.election_timeout)
    }

    pub(super) fn arm_liveness(&self, out: &mut Effects<'_, Self>) {
        match self.majority_expires() {
            Some(at) => out.set_timer(Timer::Liveness, Delay::Fixed(at - self.now)),
            None => out.cancel_timer(Timer::Liveness),
        }
    }

    /// "When the primary detects that it can only see a minority of voting nodes in the replica set, the primary steps down and
    /// becomes a secondary" (*Replica Set Elections*). What comes up the chain counts as seen.
    pub(super) fn on_liveness_timer(&mut self, out: &mut Effects<'_, Self>) {
        if self.lead.is_none() {
            return;
        }
        let expired = self.majority_expires().is_some_and(|at| at <= self.now);
        if !expired || !self.rules.has(Rule::StepDownWithoutMajority) {
            let Some(config) = self.durable.config.as_ref() else { return };
            let again = config.settings.election_timeout;
            return if expired {
                out.set_timer(Timer::Liveness, Delay::Fixed(again));
            } else {
                self.arm_liveness(out);
            };
        }
        let since = self.durable.config.as_ref().map_or(Span::ZERO, |c| c.settings.election_timeout);
        let (events, seen) = (self.seen.iter().map(|s| s.event).collect::<Vec<_>>(), self.sees());
        let args = [Arg::Number(seen as u64), Arg::For(since)];
        let note = by(Rule::StepDownWithoutMajority, K::StepsDownAlone, args).because(events);
        self.step_down(note, Span::ZERO, out);
    }

    /// How many voters it has heard of within an election timeout, itself included.
    fn sees(&self) -> usize {
        let Some(config) = self.durable.config.as_ref() else { return 0 };
        let timeout = config.settings.election_timeout;
        let fresh = |at: Time| self.now - at < timeout;
        self.other_voters().filter(|seen| fresh(seen.heard)).count() + usize::from(self.is_voter())
    }

    /// It is a secondary from now on, and does not stand for so long.
    pub(super) fn step_down(&mut self, why: Note, rest: Span, out: &mut Effects<'_, Self>) {
        let Some(lead) = self.lead.take() else { return };
        out.note(|| why);
        self.primary = None;
        self.state = self.resting_state();
        self.election.frozen_until = self.election.frozen_until.max(self.now + rest);
        for timer in [Timer::Liveness, Timer::CatchUp, Timer::StepDown, Timer::WriteTimeout, Timer::NoOp] {
            out.cancel_timer(timer);
        }
        self.interrupt(lead, out);
        self.arm_election(out);
        self.drop_source(out);
        self.seek_source(out);
    }

    /// Writes that wait are answered at once: "writes that were in progress are killed".
    fn interrupt(&mut self, lead: Lead, out: &mut Effects<'_, Self>) {
        let n = lead.waiting.len() as u64;
        if n > 0 {
            out.note(|| did(K::Interrupts, [Arg::Number(n)]));
        }
        for waiting in lead.waiting {
            self.answer_interrupted(waiting, out);
        }
    }

    /// `replSetStepDown`: it waits for `secondaryCatchUpPeriodSecs` at most "for a secondary to become up-to-date with the
    /// primary", and then does not stand until `replSetStepDown` seconds from now are over.
    pub(super) fn order_step_down(
        &mut self,
        rest: Span,
        catch_up: Span,
        force: bool,
        out: &mut Effects<'_, Self>,
    ) -> Result<Phrase, Phrase> {
        let until = self.now + catch_up;
        let Some(lead) = self.lead.as_mut() else { return Err(Phrase::bare(K::NotPrimary)) };
        if lead.stepping.is_some() {
            return Err(Phrase::bare(K::StepsDownAlready));
        }
        if rest < catch_up {
            return Err(Phrase::bare(K::StepDownTooShort));
        }
        lead.stepping = Some(Stepping { until, rests_until: self.now + rest, force, event: self.event });
        out.set_timer(Timer::StepDown, Delay::Fixed(catch_up));
        Ok(Phrase::new(K::WillStepDown, [Arg::For(catch_up)]))
    }

    /// The secondary that should be primary next: electable, answering and with all the primary has.
    fn successor(&self, last: OpTime) -> Option<ProcessId> {
        let config = self.durable.config.as_ref()?;
        let fits = self.seen.iter().filter(|seen| {
            seen.is_up()
                && seen.applied >= last
                && config.member(seen.id).is_some_and(|member| member.is_electable())
        });
        // The first of those with the highest priority.
        let mut best: Option<ProcessId> = None;
        let priority = |id| config.member(id).map(|member| member.priority);
        for seen in fits {
            if best.is_none_or(|best| priority(seen.id) > priority(best)) {
                best = Some(seen.id);
            }
        }
        best
    }

    /// "The lastApplied OpTime of the primary must be replicated to a majority of the nodes", and "at least one of the
    /// up-to-date secondaries must also be electable".
    pub(super) fn go_on_stepping_down(&mut self, out: &mut Effects<'_, Self>) {
        let Some(stepping) = self.lead.as_ref().and_then(|lead| lead.stepping) else { return };
        let (last, Some(config)) = (self.applied(), self.durable.config.as_ref()) else { return };
        if self.voters_at(|applied, _| applied >= last) >= config.write_majority()
            && let Some(next) = self.successor(last)
        {
            self.hand_over(stepping, Some(next), out);
        }
    }

    fn hand_over(&mut self, stepping: Stepping, next: Option<ProcessId>, out: &mut Effects<'_, Self>) {
        let rest = Span(stepping.rests_until.0.saturating_sub(self.now.0));
        let note = did(K::StepsDownOnOrder, [Arg::For(rest)]).because([stepping.event]);
        self.step_down(note, rest, out);
        if let Some(next) = next.filter(|_| self.rules.has(Rule::ElectionHandoff)) {
            out.note(|| by(Rule::ElectionHandoff, K::HandsOver, [Arg::Process(next)]));
            out.send_now(next, Message::StepUp { term: self.term });
        }
    }

    pub(super) fn on_step_down_timer(&mut self, out: &mut Effects<'_, Self>) {
        let Some(lead) = self.lead.as_mut() else { return };
        let Some(stepping) = lead.stepping.take() else { return };
        if stepping.force {
            self.hand_over(stepping, None, out);
        } else {
            out.note(|| refused(Rule::ElectionHandoff, K::NobodyCaughtUp, []).because([stepping.event]));
        }
    }
}

//! Heartbeats: "Replica set members send heartbeats (pings) to each other every two seconds. If a heartbeat does not return
//! within 10 seconds, the other members mark the delinquent member as inaccessible" (*Replica Set Elections*, *Heartbeats*).

use super::config::ConfigId;
use super::message::{Message, Pulse};
use super::optime::OpTime;
use super::rules::Rule;
use super::state::State;
use super::{Member, Timer, state_arg};
use crate::consensus::notes::{Because, by, did};
use crate::process::{Arg, Delay, Effects, ProcessId, Span, Time};
use crate::words::replset::ReplSetKey as K;

/// A longer round trip is one of an earlier life's clock.
const LONGEST_PING: Span = Span::secs(60);

impl Member {
    /// Sends a heartbeat to every other member, now. One that was removed sends none: it hears of it if it is added again.
    pub(super) fn beat(&mut self, out: &mut Effects<'_, Self>) {
        let Some(config) = self.durable.config.clone() else { return };
        if config.member(self.me).is_none() {
            return out.cancel_timer(Timer::Heartbeat);
        }
        for member in config.others(self.me) {
            self.beat_one(member.host, out);
        }
        out.set_timer(Timer::Heartbeat, Delay::Fixed(config.settings.heartbeat_interval));
    }

    fn beat_one(&self, to: ProcessId, out: &mut Effects<'_, Self>) {
        let (term, config, sent) = (self.term, self.config_id(), self.now);
        out.send_now(to, Message::Heartbeat { term, config, sent });
    }

    pub(super) fn on_heartbeat_timer(&mut self, out: &mut Effects<'_, Self>) {
        self.mark_down(out);
        self.stop_awaiting(out);
        self.beat(out);
    }

    /// Who has not answered for `heartbeatTimeoutSecs` is down.
    fn mark_down(&mut self, out: &mut Effects<'_, Self>) {
        let Some(config) = self.durable.config.clone() else { return };
        let timeout = config.settings.heartbeat_timeout;
        let now = self.now;
        for seen in self.seen.iter_mut().filter(|seen| seen.is_up()) {
            if seen.answered.is_none_or(|at| now - at > timeout) {
                seen.state = State::Down;
                let (id, event) = (seen.id, seen.event);
                out.note(|| did(K::MarksDown, [Arg::Process(id), Arg::For(timeout)]).because([event]));
                if self.primary == Some(id) {
                    self.primary = None;
                }
            }
        }
    }

    /// It answers with what it is and which configuration its disk holds, and with its configuration where the other's is older. A
    /// newer one it fetches by a heartbeat of its own.
    pub(super) fn on_heartbeat(
        &mut self,
        from: ProcessId,
        term: u64,
        config: ConfigId,
        sent: Time,
        out: &mut Effects<'_, Self>,
    ) {
        self.learn_term(term, from, out);
        let (now, event) = (self.now, self.event);
        if let Some(seen) = self.seen_mut(from) {
            seen.heard = now;
            seen.event = event;
        }
        let mine = self.config_id();
        let newer = self.durable.config.clone().filter(|_| mine.is_newer_than(config));
        if config.is_newer_than(mine) {
            self.beat_one(from, out);
        }
        let (applied, durable) = self.position();
        let pulse = Pulse {
            term: self.term,
            config: self.durable_config(),
            newer,
            state: self.state,
            applied,
            durable,
            commit: self.commit,
            primary: self.primary,
            source: self.sync.source,
            sent,
        };
        out.send_now(from, Message::HeartbeatReply(Box::new(pulse)));
    }

    pub(super) fn on_pulse(&mut self, from: ProcessId, pulse: Pulse, out: &mut Effects<'_, Self>) {
        self.learn_term(pulse.term, from, out);
        if let Some(newer) = pulse.newer.clone() {
            self.learn_config(from, newer, out);
        }
        let (now, event) = (self.now, self.event);
        let Some(seen) = self.seen_mut(from) else { return };
        let was = seen.state;
        seen.answered = Some(now);
        seen.heard = now;
        seen.event = event;
        seen.state = pulse.state;
        seen.term = pulse.term;
        seen.config = pulse.config;
        seen.source = pulse.source;
        (seen.applied, seen.durable) = (pulse.applied, pulse.durable);
        let round_trip = now - pulse.sent;
        if pulse.sent <= now && round_trip < LONGEST_PING {
            seen.measured(round_trip);
        }
        if was != pulse.state {
            let state = pulse.state;
            out.note(|| did(K::SeesState, [Arg::Process(from), state_arg(state)]));
        }
        self.see_primary(from, &pulse, out);
        self.learn_commit_by_heartbeat(pulse.term, pulse.commit);
        self.consider_takeover(from, out);
        self.consider_new_member(from, &pulse, out);
        self.count_for_catch_up(from, out);
        self.reconsider_source(from, out);
    }

    /// Is that one the primary of its term?
    fn see_primary(&mut self, from: ProcessId, pulse: &Pulse, out: &mut Effects<'_, Self>) {
        if self.lead.is_some() {
            return;
        }
        if pulse.state == State::Primary && pulse.term == self.term {
            if self.primary != Some(from) {
                self.primary = Some(from);
                let term = self.term;
                out.note(|| did(K::SeesPrimary, [Arg::Process(from), Arg::Epoch(term)]));
                self.cancel_takeovers(out);
            }
            self.arm_election(out);
        } else if self.primary == Some(from) {
            self.primary = None;
        }
    }

    /// "If a primary learns of a higher term" it steps down, and everybody takes it over.
    pub(super) fn learn_term(&mut self, term: u64, from: ProcessId, out: &mut Effects<'_, Self>) {
        if term <= self.term {
            return;
        }
        if self.lead.is_some() && !self.rules.has(Rule::StepDownOnHigherTerm) {
            return;
        }
        let old = self.term;
        self.term = term;
        self.primary = None;
        out.note(|| did(K::LearnsTerm, [Arg::Epoch(term), Arg::Process(from), Arg::Epoch(old)]));
        self.give_up_standing(out);
        if self.lead.is_some() {
            let args = [Arg::Epoch(term), Arg::Process(from)];
            let note = by(Rule::StepDownOnHigherTerm, K::StepsDownForTerm, args);
            self.step_down(note, Span::ZERO, out);
        }
    }

    /// "Secondaries advance their commit point via heartbeats by checking if the commit point is in the same term as their
    /// lastApplied": only then they are surely on the same branch of history.
    fn learn_commit_by_heartbeat(&mut self, term: u64, commit: OpTime) {
        if self.lead.is_none() && term == self.term && commit.term == self.applied().term {
            self.commit = self.commit.max(commit.min(self.applied()));
        }
    }
}

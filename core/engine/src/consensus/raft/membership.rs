//! Cluster membership changes (chapter 4): the configuration in force, catching up before voting (§4.2.1), joint
//! consensus (§4.3), removal of the leader (§4.2.2).

use super::config::{Configuration, MAX_MEMBERS, Program};
use super::durable::Durable;
use super::log::Kind;
use super::progress::Peer;
use super::rules::Rule;
use super::{Member, Role, Timer};
use crate::consensus::notes::{by, did, refused};
use crate::process::few;
use crate::process::{Answer, Arg, Digest, Effects, Fold, Moment, Phrase, ProcessId, Span, Time};
use crate::words::raft::RaftKey;
use std::sync::Arc;

/// Rounds a newcomer gets to catch up (§4.2.1 suggests 10).
const ROUNDS: u32 = 10;
/// Longest wait for one round, in election timeouts: a newcomer that is not there must not block changes for ever.
const PATIENCE: u64 = 10;

/// The configurations in the log, by where they stand, and which is in force. The first one stands where the snapshot or
/// the beginning is.
#[derive(Clone, Debug)]
pub(super) struct Membership {
    known: Vec<(u64, Arc<Configuration>)>,
    in_force: usize,
}

impl Membership {
    /// As disk and program have it.
    pub fn of(program: &Program, durable: &Durable) -> Membership {
        let first = match &durable.snapshot {
            Some(snapshot) => (snapshot.index, snapshot.configuration.clone()),
            None => (0, program.first_configuration().clone()),
        };
        let mut known = vec![first];
        for (index, entry) in durable.log.iter_from(known[0].0 + 1) {
            if let Kind::Configuration(configuration) = &entry.kind {
                known.push((index, configuration.clone()));
            }
        }
        Membership { in_force: known.len() - 1, known }
    }
    /// The configuration in force.
    pub fn in_force(&self) -> &Arc<Configuration> {
        &self.known[self.in_force].1
    }
    /// Where it stands in the log.
    pub fn index(&self) -> u64 {
        self.known[self.in_force].0
    }
    /// The latest one in the log, committed or not.
    pub fn latest(&self) -> &(u64, Arc<Configuration>) {
        &self.known[self.known.len() - 1]
    }
    /// The one that holds at an index.
    pub fn at(&self, index: u64) -> &Arc<Configuration> {
        let after = self.known.partition_point(|(at, _)| *at <= index);
        &self.known[after.saturating_sub(1)].1
    }
    /// Voters stand for election. So does a server "that is not part of its own latest configuration", as long as it does
    /// not know that configuration to be committed: "it might still be needed until the C_new entry is committed" (§4.2.2).
    /// Its own vote is not among those it counts then.
    pub fn may_stand(&self, me: ProcessId, committed: u64) -> bool {
        let in_doubt = self.index() > committed;
        self.in_force().is_voter(me) || in_doubt && self.known.iter().any(|(_, known)| known.is_voter(me))
    }
    /// One was appended.
    pub fn add(&mut self, index: u64, configuration: Arc<Configuration>) {
        self.known.push((index, configuration));
    }
    /// The log was cut; says whether a configuration went with it.
    pub fn cut(&mut self, from: u64) -> bool {
        let before = self.known.len();
        let keep = self.known.partition_point(|(at, _)| *at < from).max(1);
        self.known.truncate(keep);
        self.in_force = self.in_force.min(keep - 1);
        keep < before
    }
    /// Forgets configurations that a later committed one has replaced. Bounds the list.
    fn prune(&mut self, committed: u64) {
        let stale = self.known.partition_point(|(at, _)| *at <= committed).saturating_sub(1);
        self.known.drain(..stale);
        self.in_force = self.in_force.saturating_sub(stale);
    }
    fn settle(&mut self, when_appended: bool, committed: u64) {
        self.in_force = if when_appended {
            self.known.len() - 1
        } else {
            self.known.partition_point(|(at, _)| *at <= committed).saturating_sub(1)
        };
    }
}

impl Fold for Membership {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.known.len() as u64);
        for (index, configuration) in &self.known {
            digest.word(*index);
            configuration.fold(digest);
        }
        digest.word(self.in_force as u64);
    }
}

/// A change of configuration under way at a leader.
#[derive(Clone, Debug)]
pub struct Change {
    /// Where it leads.
    pub target: Arc<Configuration>,
    /// Newcomers that are still catching up; empty once the new configuration is in the log.
    pub catching_up: Vec<CatchUp>,
}

/// A newcomer's present round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CatchUp {
    /// Who.
    pub id: ProcessId,
    /// Which round, from 1.
    pub round: u32,
    /// The round ends when it holds this.
    pub until: u64,
    began: Time,
}

impl Fold for Change {
    fn fold(&self, digest: &mut Digest) {
        self.target.fold(digest);
        digest.word(self.catching_up.len() as u64);
        for c in &self.catching_up {
            c.id.fold(digest);
            digest.word(u64::from(c.round));
            digest.word(c.until);
            c.began.fold(digest);
        }
    }
}

impl Member {
    /// "Servers always use the latest configuration in their log, regardless of whether it has been committed" (§4.1).
    pub(super) fn refresh_configuration(&mut self, out: &mut Effects<'_, Self>) {
        let before = (self.membership.index(), self.membership.in_force().clone());
        let when_appended = self.rules.has(Rule::ConfigInForceWhenAppended);
        self.membership.settle(when_appended, self.commit_index);
        let index = self.membership.index();
        if (index, self.membership.in_force()) != (before.0, &before.1) {
            let configuration = self.membership.in_force().clone();
            out.note(|| {
                by(Rule::ConfigInForceWhenAppended, key_of(&configuration), args_of(index, &configuration))
            });
        }
        self.refresh_standing(out);
        if self.role == Role::Leader {
            self.refresh_peers();
        }
    }

    /// Whether this member may stand for election has changed with the configuration, or with what is known to be
    /// committed of it.
    pub(super) fn refresh_standing(&mut self, out: &mut Effects<'_, Self>) {
        let may_stand = self.membership.may_stand(self.me, self.commit_index);
        if may_stand == self.may_stand {
            return;
        }
        self.may_stand = may_stand;
        match (may_stand, self.role) {
            (_, Role::Leader) => {}
            (true, _) => self.arm_election(out),
            (false, _) => {
                out.cancel_timer(Timer::Election);
                self.become_follower(out);
            }
        }
    }

    /// The leader follows the members of the configuration in force, and those that leave until they can know.
    pub(super) fn refresh_peers(&mut self) {
        let configuration = self.membership.in_force().clone();
        let next = self.durable.log.last() + 1;
        for id in configuration.members() {
            if id != self.me && self.lead.find(id).is_none() {
                let place = self.lead.peers.partition_point(|peer| peer.id < id);
                self.lead.peers.insert(place, Peer::new(id, next));
            }
        }
        for peer in &mut self.lead.peers {
            peer.votes = (configuration.voters.contains(&peer.id), configuration.outgoing.contains(&peer.id));
            peer.leaving = !configuration.is_member(peer.id);
            peer.farewell = peer.farewell.filter(|_| peer.leaving);
        }
        self.lead.votes =
            (configuration.voters.contains(&self.me), configuration.outgoing.contains(&self.me));
    }

    /// An operator asks for other members.
    pub(super) fn on_change_membership(
        &mut self,
        now: Moment,
        target: Configuration,
        ticket: u64,
        out: &mut Effects<'_, Self>,
    ) {
        if let Some(phrase) = self.refuses_change(&target) {
            out.note(|| {
                refused(
                    Rule::OneChangeAtATime,
                    RaftKey::ChangeRefused,
                    [Arg::Phrase(Box::new(phrase.clone()))],
                )
            });
            return out.reply(ticket, Answer { accepted: false, phrase });
        }
        let args = args_of(self.durable.log.last() + 1, &target);
        out.reply(ticket, Answer { accepted: true, phrase: Phrase::new(RaftKey::ChangeBegins, args) });
        let current = self.membership.in_force().clone();
        let newcomers: Vec<ProcessId> =
            target.voters.iter().copied().filter(|id| !current.voters.contains(id)).collect();
        let target = Arc::new(target);
        self.lead.change = Some(Change { target: target.clone(), catching_up: Vec::new() });
        if current.voters == target.voters {
            self.propose(now, Kind::Configuration(target), out); // learners only: no quorum changes
        } else if newcomers.is_empty() || !self.rules.has(Rule::CatchUpBeforeVoting) {
            self.enter_joint(now, out);
        } else {
            self.begin_catch_up(now, &current, newcomers, out);
        }
    }

    fn refuses_change(&self, target: &Configuration) -> Option<Phrase> {
        let current = self.membership.in_force();
        if self.role != Role::Leader {
            return Some(Phrase::bare(RaftKey::ChangeNotLeader));
        }
        if target.voters.is_empty() {
            return Some(Phrase::bare(RaftKey::ChangeNoVoters));
        }
        if target.voters.len() + target.learners.len() > MAX_MEMBERS {
            return Some(Phrase::new(RaftKey::ChangeTooMany, [Arg::Number(MAX_MEMBERS as u64)]));
        }
        if **current == *target {
            return Some(Phrase::bare(RaftKey::ChangeAlreadySo));
        }
        if !self.rules.has(Rule::OneChangeAtATime) {
            return None;
        }
        if self.lead.change.is_some() || current.is_joint() || self.membership.latest().0 > self.commit_index
        {
            return Some(Phrase::new(RaftKey::ChangeUnderWay, [Arg::Number(self.membership.latest().0)]));
        }
        if !self.own_term_committed() {
            return Some(Phrase::new(RaftKey::ChangeTooEarly, [Arg::Epoch(self.durable.term)]));
        }
        None
    }

    /// "The new server joins the cluster as a non-voting member" and catches up in rounds (§4.2.1).
    fn begin_catch_up(
        &mut self,
        now: Moment,
        current: &Configuration,
        newcomers: Vec<ProcessId>,
        out: &mut Effects<'_, Self>,
    ) {
        let mut with_learners = current.clone();
        with_learners.learners.extend(newcomers.iter().filter(|id| !current.is_member(**id)));
        few::sort(&mut with_learners.learners);
        if with_learners != *current {
            self.propose(now, Kind::Configuration(Arc::new(with_learners)), out);
        }
        let until = self.durable.log.last();
        let start = |id| CatchUp { id, round: 1, until, began: now.monotonic };
        out.note(|| {
            let who = Arg::List(newcomers.iter().map(|&id| Arg::Process(id)).collect());
            by(Rule::CatchUpBeforeVoting, RaftKey::CatchUpBegins, [who, Arg::Number(until)])
        });
        if let Some(change) = &mut self.lead.change {
            change.catching_up = newcomers.iter().copied().map(start).collect();
        }
    }

    /// A follower holds more than before: a newcomer's round may have ended, or a successor be ready.
    pub(super) fn on_caught_up(&mut self, i: usize, now: Moment, out: &mut Effects<'_, Self>) {
        if self.lead.transfer.is_some() {
            self.hand_over_when_ready(out);
        }
        if self.lead.change.is_some() {
            let (id, matched) = (self.lead.peers[i].id, self.lead.peers[i].matched);
            self.end_round(id, matched, now, out);
        }
    }

    /// "If the last round lasts less than an election timeout, then the leader adds the new server to the cluster"; else it
    /// gives up after a fixed number of rounds (§4.2.1).
    fn end_round(&mut self, id: ProcessId, matched: u64, now: Moment, out: &mut Effects<'_, Self>) {
        let (timeout, last) = (self.program.settings().election_timeout.0, self.durable.log.last());
        let Some(change) = &mut self.lead.change else { return };
        let Some(at) = change.catching_up.iter().position(|c| c.id == id && matched >= c.until) else {
            return;
        };
        let round = change.catching_up[at];
        let took = now.monotonic - round.began;
        if took < timeout {
            change.catching_up.remove(at);
            out.note(|| {
                let args = [Arg::Process(id), Arg::Number(u64::from(round.round)), Arg::For(took)];
                by(Rule::CatchUpBeforeVoting, RaftKey::CaughtUp, args)
            });
            if change.catching_up.is_empty() {
                self.enter_joint(now, out);
            }
        } else if round.round == ROUNDS {
            self.abandon_change(id, out);
        } else {
            change.catching_up[at] =
                CatchUp { id, round: round.round + 1, until: last, began: now.monotonic };
        }
    }

    /// Gives up on newcomers that are not heard of. Called when the quorum is checked.
    pub(super) fn check_catch_up(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        let patience = self.patience();
        let slow = self.lead.change.as_ref().and_then(|change| {
            change.catching_up.iter().find(|c| now.monotonic - c.began > patience).map(|c| c.id)
        });
        if let Some(id) = slow {
            self.abandon_change(id, out);
        }
    }

    fn abandon_change(&mut self, id: ProcessId, out: &mut Effects<'_, Self>) {
        self.lead.change = None;
        out.note(|| refused(Rule::CatchUpBeforeVoting, RaftKey::CatchUpAbandoned, [Arg::Process(id)]));
    }

    /// "The leader stores the configuration for joint consensus (C_old,new) as a log entry" (§4.3). Without the rule, it
    /// goes straight to the new one.
    fn enter_joint(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        let Some(change) = &self.lead.change else { return };
        let current = self.membership.in_force().clone();
        let next = if self.rules.has(Rule::JointConsensus) {
            Arc::new(current.joint_with(&change.target))
        } else {
            change.target.clone()
        };
        self.propose(now, Kind::Configuration(next), out);
    }

    /// What a leader does when its commit index has moved: "once C_old,new has been committed, … the leader can create a log
    /// entry describing C_new"; once C_new is, a leader that is not in it steps down (§4.3, §4.2.2).
    pub(super) fn after_commit(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        self.release_early_reads(now, out);
        let (index, latest) = self.membership.latest().clone();
        if index > self.commit_index || self.membership.index() != index {
            return;
        }
        if latest.is_joint() {
            let settled = Arc::new(latest.settled());
            out.note(|| did(RaftKey::LeavesJoint, args_of(self.durable.log.last() + 1, &settled)));
            self.propose(now, Kind::Configuration(settled), out);
            return;
        }
        let done = self
            .lead
            .change
            .as_ref()
            .is_some_and(|change| change.catching_up.is_empty() && *change.target == *latest);
        if done {
            self.lead.change = None;
            out.note(|| did(RaftKey::ChangeDone, args_of(index, &latest)));
        }
        if self.lead.parting.is_none() && self.lead.peers.iter().any(|peer| peer.leaving) {
            self.lead.parting = Some(now.monotonic);
            self.start_round(now, out); // a last word to those who leave: the new configuration is committed
        }
        if !latest.is_voter(self.me) {
            out.note(|| by(Rule::RemovedLeaderNotCounted, RaftKey::StepsDownRemoved, [Arg::Number(index)]));
            self.become_follower(out);
        }
    }

    /// A heartbeat to this peer that leaves says that the configuration without it is committed: its log reaches so far.
    pub(super) fn has_left(&self, peer: &Peer) -> bool {
        let (index, latest) = self.membership.latest();
        *index <= self.commit_index && !latest.is_joint() && peer.matched >= *index
    }

    /// Those who left and have confirmed it are followed no longer, nor those who have been silent for long. Until it knows
    /// that it is out, a removed server stands for election: "it might still be needed" (§4.2.2).
    pub(super) fn let_go(&mut self, now: Moment) {
        let Some(since) = self.lead.parting else { return };
        let late = now.monotonic - since > self.patience();
        let committed = self.membership.latest().0 <= self.commit_index;
        self.lead.peers.retain(|peer| {
            !peer.leaving || !(late && committed || peer.farewell.is_some_and(|round| peer.round >= round))
        });
        if !self.lead.peers.iter().any(|peer| peer.leaving) {
            self.lead.parting = None;
        }
    }

    /// How long a leader waits for somebody outside the quorum.
    fn patience(&self) -> Span {
        Span(self.program.settings().election_timeout.1.nanos().saturating_mul(PATIENCE))
    }

    /// Drops what is known of configurations long replaced.
    pub(super) fn prune_configurations(&mut self) {
        self.membership.prune(self.commit_index.min(self.snapshot_index().max(self.durable.log.base())));
    }
}

fn key_of(configuration: &Configuration) -> RaftKey {
    if configuration.is_joint() { RaftKey::JointInForce } else { RaftKey::ConfigurationInForce }
}

fn args_of(index: u64, configuration: &Configuration) -> Vec<Arg> {
    let list = |ids: &[ProcessId]| Arg::List(ids.iter().map(|&id| Arg::Process(id)).collect());
    vec![
        Arg::Number(index),
        list(&configuration.voters),
        list(&configuration.learners),
        list(&configuration.outgoing),
    ]
}

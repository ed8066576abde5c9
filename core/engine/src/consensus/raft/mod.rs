//! Raft, from Ongaro's dissertation, *Consensus: Bridging Theory and Practice* (Stanford 2014): each file a chapter or
//! section, each function a rule, named as the dissertation names it.
//!
//! * `election` (§3.4, §3.6.1, §4.2.3, §9.6), `replication` (§3.5, §3.6.2), `durable` (§3.8, §10.2.1);
//! * `membership` and `config` (chapter 4), `snapshot` (chapter 5), `requests` and `reads` (chapter 6), `transfer` (§3.10);
//! * `rules`: every rule by name, to be switched off; `view`: what observers may look at.
//!
//! A member knows no network, disk or clock but through its inputs. Numbers of inputs are kept only to name causes.

mod config;
mod durable;
mod election;
mod log;
mod membership;
mod message;
mod progress;
mod reads;
mod replication;
mod requests;
mod rules;
mod snapshot;
#[cfg(test)]
mod tests;
mod transfer;
mod view;

pub use crate::consensus::rules::Guards;
pub use config::{
    Compaction, Configuration, Initial, MAX_MEMBERS, Program, ReadMode, Settings, SettingsError,
};
pub use durable::Durable;
pub use election::{Ballot, Poll};
pub use log::{Entry, Kind, Log};
pub use membership::{CatchUp, Change};
pub use message::{
    Append, Appended, InstallSnapshot, Message, Mismatch, PeerMessage, Piece, RequestVote, SnapshotReceived,
    Vote,
};
pub use progress::{Flow, Peer, Proposal, Sending};
pub use reads::Read;
pub use rules::{Rule, Rules};
pub use snapshot::{Incoming, Snapshot};
pub use transfer::Transfer;

use crate::consensus::kv::Store;
use crate::consensus::notes::{Because, by, did};
use crate::process::{
    Answer, Arg, Digest, Effects, Fold, Input, Machine, Moment, Phrase, ProcessId, Time, TimerName,
};
use crate::words::Key;
use crate::words::raft::RaftKey;
use durable::Disk;
use membership::Membership;
use progress::Lead;

/// What a member is at the moment (§3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Passive: answers leaders and candidates.
    Follower,
    /// Asks whether it would win an election (§9.6).
    PreCandidate,
    /// Asks for votes.
    Candidate,
    /// Handles all requests.
    Leader,
}

/// A member's timers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// No leader was heard.
    Election,
    /// The leader's next heartbeat.
    Heartbeat,
    /// The leader counts whom it has heard (§6.2).
    QuorumCheck,
    /// A handover took too long (§3.10).
    Transfer,
}

impl TimerName for Timer {
    fn slot(self) -> u8 {
        self as u8
    }
    fn from_slot(slot: u8) -> Option<Self> {
        [Timer::Election, Timer::Heartbeat, Timer::QuorumCheck, Timer::Transfer]
            .get(usize::from(slot))
            .copied()
    }
    fn label(self) -> Key {
        match self {
            Timer::Election => RaftKey::ElectionTimer,
            Timer::Heartbeat => RaftKey::HeartbeatTimer,
            Timer::QuorumCheck => RaftKey::QuorumTimer,
            Timer::Transfer => RaftKey::TransferTimer,
        }
        .into()
    }
}

/// What an operator can ask of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Behave as if the election timer had gone off.
    TimeoutNow,
    /// Hand the leadership over (§3.10).
    TransferLeadership {
        /// To this voter.
        to: ProcessId,
    },
    /// Change the members (chapter 4).
    ChangeMembership {
        /// The voters wanted.
        voters: Vec<ProcessId>,
        /// The learners wanted.
        learners: Vec<ProcessId>,
    },
    /// Add a learner: a member without a vote (§4.2.1).
    AddLearner {
        /// Who.
        id: ProcessId,
    },
    /// Take a snapshot now (chapter 5).
    TakeSnapshot,
    /// Switch a rule of this member on or off, also for its later incarnations.
    SwitchRule {
        /// Which.
        rule: Rule,
        /// In force?
        on: bool,
    },
}

impl Fold for Command {
    fn fold(&self, digest: &mut Digest) {
        match self {
            Command::TimeoutNow => digest.word(1),
            Command::TransferLeadership { to } => {
                digest.word(2);
                to.fold(digest);
            }
            Command::ChangeMembership { voters, learners } => {
                digest.word(3);
                voters.fold(digest);
                learners.fold(digest);
            }
            Command::AddLearner { id } => {
                digest.word(4);
                id.fold(digest);
            }
            Command::TakeSnapshot => digest.word(5),
            Command::SwitchRule { rule, on } => {
                digest.word(6);
                rule.fold(digest);
                on.fold(digest);
            }
        }
    }
}

/// A member of a group.
#[derive(Clone)]
pub struct Member {
    me: ProcessId,
    program: Program,
    rules: Rules,
    /// What the disk holds once all writes are done; what it is known to hold is in `disk`.
    durable: Durable,
    disk: Disk,
    role: Role,
    leader: Option<ProcessId>,
    commit_index: u64,
    last_applied: u64,
    store: Store,
    membership: Membership,
    /// It is a voter, or may still be needed as one: it runs an election timer.
    may_stand: bool,
    /// When a leader was last heard.
    last_heard: Option<Time>,
    /// Begun from a disk, not from nothing.
    restarted: bool,
    poll: Poll,
    lead: Lead,
    incoming: Option<Incoming>,
    halted: bool,
    /// The present input, and earlier ones that are named as causes.
    event: u64,
    heard_event: u64,
    voted_event: u64,
}

impl Machine for Member {
    type Program = Program;
    type Message = Message;
    type Timer = Timer;
    type Durable = Durable;
    type Command = Command;

    fn boot(program: &Program, me: ProcessId, stored: Option<&Durable>) -> Self {
        let durable = stored.cloned().unwrap_or_else(|| Durable::first(program));
        let membership = Membership::of(program, &durable);
        let snapshot = durable.snapshot.clone();
        let applied = snapshot.as_ref().map_or(0, |snapshot| snapshot.index);
        let may_stand = membership.may_stand(me, applied);
        Member {
            me,
            program: program.clone(),
            rules: durable.rules.unwrap_or(program.settings().rules),
            disk: Disk::holding(&durable),
            durable,
            role: Role::Follower,
            leader: None,
            commit_index: applied,
            last_applied: applied,
            store: snapshot.map(|snapshot| snapshot.store.clone()).unwrap_or_default(),
            membership,
            may_stand,
            last_heard: None,
            restarted: stored.is_some(),
            poll: Poll::default(),
            lead: Lead::default(),
            incoming: None,
            halted: false,
            event: 0,
            heard_event: 0,
            voted_event: 0,
        }
    }

    fn step(&mut self, now: Moment, input: Input<Self>, out: &mut Effects<'_, Self>) {
        if self.halted {
            return;
        }
        self.event = now.event;
        self.disk.asked_now = false;
        match input {
            Input::Message { from, message: Message::Peer(message) } => self.on_peer(now, from, message, out),
            Input::Message { from, message: Message::Kv(message) } => self.on_client(now, from, message, out),
            Input::Timer(Timer::Election) => self.on_election_timeout(now, out),
            Input::Timer(Timer::Heartbeat) => self.on_heartbeat_timer(now, out),
            Input::Timer(Timer::QuorumCheck) => self.on_quorum_check(now, out),
            Input::Timer(Timer::Transfer) => self.on_transfer_timer(out),
            Input::Persisted(token) => self.on_persisted(now, token, out),
            Input::PersistFailed(_, error) => self.on_persist_failed(error, out),
            Input::Command { ticket, command } => self.on_command(now, ticket, command, out),
            Input::Start => self.on_start(now, out),
            // Raft needs no connections: members speak datagrams.
            Input::Opened(_)
            | Input::Refused { .. }
            | Input::Accepted { .. }
            | Input::Received { .. }
            | Input::Closed { .. } => {}
        }
        self.save(out);
    }

    fn fold(&self, digest: &mut Digest) {
        self.durable.fold(digest);
        self.rules.fold(digest);
        digest.word(self.disk.synced_term);
        self.disk.synced_vote.fold(digest);
        digest.word(self.disk.synced_last);
        digest.word(self.disk.pending.len() as u64);
        digest.word(self.disk.held.len() as u64);
        digest.word(self.role as u64 | u64::from(self.may_stand) << 8 | u64::from(self.halted) << 9);
        self.leader.fold(digest);
        digest.word(self.commit_index);
        digest.word(self.last_applied);
        self.store.fold(digest);
        self.membership.fold(digest);
        self.last_heard.fold(digest);
        if matches!(self.role, Role::PreCandidate | Role::Candidate) {
            digest.word(self.poll.asked);
            for ballot in &self.poll.ballots {
                ballot.voter.fold(digest);
                ballot.granted.fold(digest);
            }
        }
        if self.role == Role::Leader {
            self.lead.fold(digest);
        }
        self.incoming.fold(digest);
    }
    /// An entry is held once by all that replicate it; the log's pages, the store and the sessions by each, and twice
    /// where a snapshot was taken since.
    fn weight(&self) -> usize {
        let (page, entry, key, session, store) = (10, 150, 48, 240, 2_048); // bytes, measured on a long run
        let members = self.program.settings().voters.len().max(1);
        let entries = (self.durable.log.last() - self.durable.log.base()) as usize;
        size_of::<Self>()
            + 1_024 // its disk's journal, its peers, its names
            + entries * (page + entry / members)
            + store
            + self.store.len() * key
            + self.store.session_count() * 2 * session
    }
}

impl Member {
    /// Servers "start up as followers" (§3.4). Where leases are used, one that comes back may have promised a leader its
    /// silence: it keeps it.
    fn on_start(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        let leases = self.program.settings().reads == ReadMode::Lease;
        if self.restarted && leases && self.rules.has(Rule::QuietAfterRestart) {
            self.last_heard = Some(now.monotonic);
        }
        if !self.restarted
            && let Some(initial) = &self.program.settings().initial
        {
            let commit = initial.commit;
            self.disk.dirty = true;
            self.commit_to(now, commit, out);
        }
        let (term, last) = (self.durable.term, self.durable.log.last());
        out.note(|| did(RaftKey::StartsAsFollower, [Arg::Epoch(term), Arg::Number(last)]));
        self.arm_election(out);
    }

    #[inline]
    fn on_peer(&mut self, now: Moment, from: ProcessId, message: PeerMessage, out: &mut Effects<'_, Self>) {
        match message {
            PeerMessage::Append(m) => self.on_append(now, from, &m, out),
            PeerMessage::Appended(m) => self.on_appended(now, from, &m, out),
            PeerMessage::RequestVote(m) => self.on_request_vote(now, from, &m, out),
            PeerMessage::Vote(m) => self.on_vote(now, from, &m, out),
            PeerMessage::InstallSnapshot(m) => self.on_install_snapshot(now, from, &m, out),
            PeerMessage::SnapshotReceived(m) => self.on_snapshot_received(now, from, &m, out),
            PeerMessage::TimeoutNow { term } => self.on_timeout_now(now, from, term, out),
        }
    }

    /// "A leader steps down if an election timeout elapses without a successful round of heartbeats to a majority of its
    /// cluster" (§6.2).
    fn on_quorum_check(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        if self.role != Role::Leader {
            return;
        }
        out.set_timer(
            Timer::QuorumCheck,
            crate::process::Delay::Fixed(self.program.settings().election_timeout.1),
        );
        let heard = self.quorum_of(1, |peer| u64::from(peer.active)) > 0;
        if !heard && self.rules.has(Rule::CheckQuorum) {
            let silent: Vec<Arg> = self
                .lead
                .peers
                .iter()
                .filter(|peer| !peer.active)
                .map(|peer| Arg::Process(peer.id))
                .collect();
            out.note(|| {
                by(Rule::CheckQuorum, RaftKey::StepsDownNoQuorum, [Arg::List(silent)])
                    .because(self.lead.confirmations_of(1))
            });
            return self.become_follower(out);
        }
        self.lead.peers.iter_mut().for_each(|peer| peer.active = false);
        self.check_catch_up(now, out);
    }

    /// Ends a leadership.
    fn stop_leading(&mut self, out: &mut Effects<'_, Self>) {
        out.cancel_timer(Timer::Heartbeat);
        out.cancel_timer(Timer::QuorumCheck);
        out.cancel_timer(Timer::Transfer);
        self.dismiss_clients(out);
        self.lead = Lead::default();
    }

    fn on_command(&mut self, now: Moment, ticket: u64, command: Command, out: &mut Effects<'_, Self>) {
        match command {
            Command::TimeoutNow => self.on_operators_timeout(now, ticket, out),
            Command::TransferLeadership { to } => self.on_transfer(now, to, ticket, out),
            Command::ChangeMembership { voters, learners } => {
                self.on_change_membership(now, Configuration::of(voters, learners), ticket, out);
            }
            Command::AddLearner { id } => {
                let current = self.membership.in_force();
                let learners = current.learners.iter().copied().chain([id]);
                let target = Configuration::of(current.voters.clone(), learners);
                self.on_change_membership(now, target, ticket, out);
            }
            Command::TakeSnapshot => {
                let before = self.snapshot_index();
                self.take_snapshot(self.program.settings().compaction.map_or(0, |c| c.keep), out);
                let (accepted, key) = match self.snapshot_index() > before {
                    true => (true, RaftKey::SnapshotTaken),
                    false => (false, RaftKey::SnapshotNothingNew),
                };
                let phrase = Phrase::new(key, [Arg::Number(self.snapshot_index())]);
                out.reply(ticket, Answer { accepted, phrase });
            }
            Command::SwitchRule { rule, on } => {
                self.rules = if on { self.rules.with(rule) } else { self.rules.without(rule) };
                self.durable.rules = Some(self.rules);
                self.disk.dirty = true;
                let key = if on { RaftKey::RuleOn } else { RaftKey::RuleOff };
                let phrase = Phrase::new(key, [Arg::Name(rule.name().into())]);
                out.reply(ticket, Answer { accepted: true, phrase });
            }
        }
    }

    fn on_operators_timeout(&mut self, now: Moment, ticket: u64, out: &mut Effects<'_, Self>) {
        let (accepted, key) = if self.role == Role::Leader {
            (false, RaftKey::TimeoutLeads)
        } else if !self.may_stand {
            (false, RaftKey::TimeoutNoVoter)
        } else {
            (true, RaftKey::TimeoutTaken)
        };
        out.reply(ticket, Answer { accepted, phrase: Phrase::bare(key) });
        if accepted {
            self.on_election_timeout(now, out);
        }
    }
}

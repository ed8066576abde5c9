//! Multi-Paxos: a log of commands, each chosen by Paxos, under a leader that does the first phase once for all. From Lamport's *Paxos
//! Made Simple* (2001, §3), van Renesse and Altinbuken's *Paxos Made Moderately Complex* (2015), Chandra, Griesemer and Redstone's
//! *Paxos Made Live* (2007), and *Flexible Paxos* (Howard, Malkhi, Spiegelman, 2016).
//!
//! * `acceptor` and `election`: the two phases over all slots; `leader`: proposing, counting, telling; `learner`: executing in order,
//!   and catching up; `log` and `durable`: what is accepted, and what a disk holds;
//! * `membership`: who accepts in which slot; `snapshot`: what is collected; `lease` and `requests`: reads and clients;
//! * `rules`: every rule by name, to be switched off; `view`: what observers may look at.
//!
//! Every member plays every role. It knows no network, disk or clock but through its inputs. Numbers of inputs are kept only to name
//! causes.

mod acceptor;
mod config;
mod durable;
mod election;
mod leader;
mod learner;
mod lease;
mod log;
mod membership;
mod message;
mod requests;
mod rules;
mod snapshot;
#[cfg(test)]
mod tests;
mod view;

pub use crate::consensus::ballot::Ballot;
pub use config::{
    Compaction, Configuration, Initial, MAX_MEMBERS, Program, ReadMode, Settings, SettingsError,
};
pub use durable::Durable;
pub use election::{Promised, Reported};
pub use leader::{Asker, Hindrance, Pending, Request};
pub use lease::Grant;
pub use log::{Accepted, Entry, Kind, Log};
pub use message::{Message, PeerMessage, Piece, Report};
pub use rules::{Rule, Rules};
pub use snapshot::{Incoming, Snapshot};

use crate::consensus::kv::Store;
use crate::consensus::notes::did;
use crate::process::{
    Answer, Arg, Digest, Effects, Fold, Input, Machine, Moment, Phrase, ProcessId, TimerName,
};
use crate::words::Key;
use crate::words::multi_paxos::MultiPaxosKey as K;
use durable::Disk;
use election::Stand;
use leader::Lead;
use learner::{Doing, Learner};
use membership::Membership;
use message::number;

/// What a member is at the moment, besides an acceptor and a learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It follows a leader, or waits for one.
    Follower,
    /// It does the first phase.
    Candidate,
    /// It proposes.
    Leader,
}

/// A member's timers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// No leader was heard, or no quorum.
    Election,
    /// The leader's next heartbeat.
    Heartbeat,
    /// A candidate that was refused has waited long enough.
    BackOff,
    /// A member that lacks something asks.
    CatchUp,
}

impl TimerName for Timer {
    fn slot(self) -> u8 {
        self as u8
    }
    fn from_slot(slot: u8) -> Option<Self> {
        [Timer::Election, Timer::Heartbeat, Timer::BackOff, Timer::CatchUp].get(usize::from(slot)).copied()
    }
    fn label(self) -> Key {
        match self {
            Timer::Election => K::ElectionTimer,
            Timer::Heartbeat => K::HeartbeatTimer,
            Timer::BackOff => K::BackOffTimer,
            Timer::CatchUp => K::CatchUpTimer,
        }
        .into()
    }
}

/// What an operator can ask of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Stand now, as if no leader had been heard.
    Campaign,
    /// Have these members, from alpha slots after the change on.
    ChangeMembership {
        /// All of them.
        members: Vec<ProcessId>,
    },
    /// Add a member.
    AddMember {
        /// Who.
        id: ProcessId,
    },
    /// Remove a member.
    RemoveMember {
        /// Who.
        id: ProcessId,
    },
    /// Put one member in another's place, in one change.
    ReplaceMember {
        /// Who goes.
        old: ProcessId,
        /// Who comes.
        new: ProcessId,
    },
    /// Take a snapshot now.
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
            Command::Campaign => digest.word(1),
            Command::ChangeMembership { members } => {
                digest.word(2);
                members.fold(digest);
            }
            Command::AddMember { id } => {
                digest.word(3);
                id.fold(digest);
            }
            Command::RemoveMember { id } => {
                digest.word(4);
                id.fold(digest);
            }
            Command::ReplaceMember { old, new } => {
                digest.word(5);
                old.fold(digest);
                new.fold(digest);
            }
            Command::TakeSnapshot => digest.word(6),
            Command::SwitchRule { rule, on } => {
                digest.word(7);
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
    /// What the disk holds once all writes are done.
    durable: Durable,
    disk: Disk,
    role: Role,
    leader: Option<ProcessId>,
    /// All slots up to here are executed.
    executed: u64,
    store: Store,
    membership: Membership,
    /// It is a member in the next slot: it runs an election timer.
    may_stand: bool,
    stand: Stand,
    lead: Lead,
    learner: Learner,
    granted: Option<Grant>,
    /// Who gets a snapshot in pieces, and which.
    served: Vec<(ProcessId, std::sync::Arc<Snapshot>)>,
    /// Begun from a disk, not from nothing.
    restarted: bool,
    halted: bool,
    /// For observers: what it does in the present step.
    doing: Doing,
    /// The present input, and earlier ones that are named as causes.
    event: u64,
    heard_event: u64,
    promised_event: u64,
    accepted_event: u64,
}

impl Machine for Member {
    type Program = Program;
    type Message = Message;
    type Timer = Timer;
    type Durable = Durable;
    type Command = Command;

    fn boot(program: &Program, me: ProcessId, stored: Option<&Durable>) -> Self {
        let durable = stored.cloned().unwrap_or_else(|| Durable::first(program));
        let snapshot = durable.snapshot.clone();
        Member {
            me,
            program: program.clone(),
            rules: durable.rules.unwrap_or(program.settings().rules),
            membership: Membership::of(program, &durable),
            executed: durable.snapshot_slot(),
            doing: Doing { after: durable.snapshot_slot(), dropped: Vec::new() },
            durable,
            disk: Disk::default(),
            role: Role::Follower,
            leader: None,
            store: snapshot.map(|snapshot| snapshot.store.clone()).unwrap_or_default(),
            may_stand: false,
            stand: Stand::default(),
            lead: Lead::default(),
            learner: Learner::default(),
            granted: None,
            served: Vec::new(),
            restarted: stored.is_some(),
            halted: false,
            event: 0,
            heard_event: 0,
            promised_event: 0,
            accepted_event: 0,
        }
    }

    fn step(&mut self, now: Moment, input: Input<Self>, out: &mut Effects<'_, Self>) {
        if self.halted {
            return;
        }
        self.event = now.event;
        self.disk.asked_now = false;
        self.doing.begin(self.executed);
        match input {
            Input::Message { from, message: Message::Peer(message) } => self.on_peer(now, from, message, out),
            Input::Message { from, message: Message::Kv(message) } => self.on_client(now, from, message, out),
            Input::Message { from, message: Message::Shared(message) } => {
                self.on_peer(now, from, (*message).clone(), out);
            }
            Input::Timer(Timer::Election) => self.on_election_timeout(now, out),
            Input::Timer(Timer::Heartbeat) => self.on_heartbeat_timer(now, out),
            Input::Timer(Timer::BackOff) => self.on_back_off(now, out),
            Input::Timer(Timer::CatchUp) => self.on_catch_up_timer(out),
            Input::Persisted(token) => self.on_persisted(token, out),
            Input::PersistFailed(..) => return self.halt(out),
            Input::Command { ticket, command } => self.on_command(now, ticket, command, out),
            Input::Start => self.on_start(now, out),
            // Members speak datagrams: no connections.
            Input::Opened(_)
            | Input::Refused { .. }
            | Input::Accepted { .. }
            | Input::Received { .. }
            | Input::Closed { .. } => {}
        }
        while let Some(message) = self.disk.next_own() {
            self.on_peer(now, self.me, message, out);
        }
        self.save(out);
    }

    fn fold(&self, digest: &mut Digest) {
        self.durable.fold(digest);
        self.rules.fold(digest);
        self.disk.fold(digest);
        digest.word(self.role as u64 | u64::from(self.may_stand) << 8 | u64::from(self.halted) << 9);
        self.leader.fold(digest);
        digest.word(self.executed);
        self.store.fold(digest);
        self.membership.fold(digest);
        self.stand.fold(digest);
        if self.role == Role::Leader {
            self.lead.fold(digest);
        }
        self.learner.fold(digest);
        self.granted.fold(digest);
        for (id, snapshot) in &self.served {
            id.fold(digest);
            digest.word(snapshot.slot);
        }
    }

    /// An entry is held once by all that accept it; its slot, the store and the sessions by each, and twice where a snapshot was
    /// taken since.
    fn weight(&self) -> usize {
        let (slot, entry, key, session, store) = (40, 150, 48, 240, 2_048);
        let members = self.program.settings().members.len().max(1);
        let slots = (self.durable.log.last() - self.durable.log.base()).min(1 << 20) as usize;
        size_of::<Self>()
            + 1_024 // its disk's journal, its names
            + slots * (slot + entry / members)
            + self.doing.dropped.len() * (slot + entry)
            + store
            + self.store.len() * key
            + self.store.session_count() * 2 * session
    }
}

impl Member {
    /// It executes again what its disk knows to be chosen.
    fn on_start(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        while self.executed < self.durable.chosen {
            let before = self.executed;
            self.execute(out);
            if self.executed == before {
                break;
            }
        }
        self.learner.known = self.executed;
        if !self.restarted && self.program.settings().initial.is_some() {
            self.disk.dirty = true;
        }
        self.start_quiet(now);
        let (promised, executed, last) = (self.durable.promised, self.executed, self.durable.log.last());
        out.note(|| match promised.is_none() {
            true => did(K::StartsEmpty, []),
            false => did(K::Starts, [number(promised), Arg::Number(executed), Arg::Number(last)]),
        });
        self.refresh_standing(out);
        self.arm_telling(out);
    }

    #[inline]
    fn on_peer(&mut self, now: Moment, from: ProcessId, message: PeerMessage, out: &mut Effects<'_, Self>) {
        match message {
            PeerMessage::Heartbeat { ballot, chosen, round } => {
                self.on_heartbeat(now, from, ballot, (chosen, round), out);
            }
            PeerMessage::Accept { ballot, slot, entries, chosen } => {
                self.on_accept(now, from, ballot, (slot, &entries, chosen), out);
            }
            PeerMessage::Accepted { ballot, slot, count } => {
                self.on_accepted(now, from, (ballot, slot, count), out);
            }
            PeerMessage::Prepare { ballot, from: slot } => self.on_prepare(now, from, ballot, slot, out),
            PeerMessage::Promise { ballot, report } => self.on_promise(now, from, (ballot, &report), out),
            PeerMessage::Refused { ballot, promised, .. } => {
                self.on_refused(now, from, (ballot, promised), out)
            }
            PeerMessage::Alive { ballot, round } => self.on_alive(from, ballot, round, out),
            PeerMessage::Ask { from: slot, has } => self.on_ask(from, (slot, has), out),
            PeerMessage::Chosen { slot, entries, chosen } => {
                self.on_chosen(now, from, (slot, &entries, chosen), out);
            }
            PeerMessage::Snapshot { piece, chosen } => self.on_snapshot(now, from, (&piece, chosen), out),
        }
    }

    fn on_command(&mut self, now: Moment, ticket: u64, command: Command, out: &mut Effects<'_, Self>) {
        let current = || self.membership.latest().1.members.iter().copied();
        let target = match command {
            Command::ChangeMembership { members } => Configuration::of(members),
            Command::AddMember { id } => Configuration::of(current().chain([id])),
            Command::RemoveMember { id } => Configuration::of(current().filter(|member| *member != id)),
            // It would be the removal of the old one.
            Command::ReplaceMember { new, .. } if current().any(|member| member == new) => {
                let phrase = Phrase::new(K::ReplacesByMember, [Arg::Process(new)]);
                return out.reply(ticket, Answer { accepted: false, phrase });
            }
            Command::ReplaceMember { old, new } => {
                Configuration::of(current().map(|member| if member == old { new } else { member }))
            }
            Command::Campaign => return self.on_campaign(now, ticket, out),
            Command::TakeSnapshot => {
                let before = self.durable.snapshot_slot();
                self.take_snapshot(self.program.settings().compaction.map_or(0, |it| it.keep), out);
                let slot = self.durable.snapshot_slot();
                let accepted = slot > before;
                let key = if accepted { K::SnapshotTaken } else { K::SnapshotNothingNew };
                return out.reply(ticket, Answer { accepted, phrase: Phrase::new(key, [Arg::Number(slot)]) });
            }
            Command::SwitchRule { rule, on } => {
                self.rules = if on { self.rules.with(rule) } else { self.rules.without(rule) };
                self.durable.rules = Some(self.rules);
                self.disk.dirty = true;
                let key = if on { K::RuleOn } else { K::RuleOff };
                let phrase = Phrase::new(key, [Arg::Name(rule.name().into())]);
                return out.reply(ticket, Answer { accepted: true, phrase });
            }
        };
        self.on_change(target, ticket, out);
    }

    fn on_campaign(&mut self, now: Moment, ticket: u64, out: &mut Effects<'_, Self>) {
        let refusal = match self.role {
            Role::Leader => Some(K::LeadsAlready),
            _ if !self.may_stand => Some(K::CannotStand),
            _ => None,
        };
        let (accepted, key) = refusal.map_or((true, K::WillStand), |key| (false, key));
        out.reply(ticket, Answer { accepted, phrase: Phrase::bare(key) });
        if accepted {
            self.stand.backs_off = false;
            self.stand(now, out);
        }
    }
}

/// What stands in a slot, in a few words.
pub fn describe(entry: &Entry) -> Arg {
    let phrase = match &entry.kind {
        Kind::NoOp => Phrase::bare(K::EntryNoOp),
        Kind::Command(command) => command.op.phrase(),
        Kind::Register { .. } => Phrase::bare(K::EntryRegister),
        Kind::Members(configuration) => {
            let who = configuration.members.iter().map(|id| Arg::Process(*id)).collect();
            Phrase::new(K::EntryMembers, [Arg::List(who)])
        }
    };
    Arg::Phrase(Box::new(phrase))
}

//! Paxos for one value, from Lamport's *Paxos Made Simple* (2001), with the quorums of *Flexible Paxos* (Howard, Malkhi,
//! Spiegelman, 2016): each file a role or a section, each function a rule, named as the papers name it.
//!
//! * `proposer` and `acceptor` (§2.2), `learner` (§2.3), `durable` (§2.5); `quorum`: quorums;
//! * `rules`: every rule by name, to be switched off; `view`: what observers may look at.
//!
//! "In our implementation, a single process may play multiple roles" (§2.5): a [`Peer`] plays those its program gives it,
//! and what it says to itself takes no network, but does wait for the disk. It knows no network, disk or clock but through
//! its inputs. Numbers of inputs are kept only to name causes.

mod acceptor;
mod config;
mod durable;
mod learner;
mod message;
mod proposer;
mod quorum;
mod rules;
#[cfg(test)]
mod tests;
mod view;

pub use crate::consensus::ballot::Ballot;
pub use config::{MAX_MEMBERS, MAX_SETS, MAX_VALUE, Program, Settings, SettingsError, Telling};
pub use durable::Durable;
pub use learner::Accepted;
pub use message::PeerMessage;
pub use proposer::{Phase, Reply};
pub use quorum::Quorum;
pub use rules::{Rule, Rules};

use crate::consensus::notes::{did, refused};
use crate::process::{
    Answer, Arg, Digest, Effects, Fold, Input, Machine, Moment, Phrase, ProcessId, TimerName,
};
use crate::words::Key;
use crate::words::paxos::PaxosKey;
use durable::Disk;
use learner::Learner;
use proposer::Proposer;
use std::sync::Arc;

/// What is agreed on.
pub type Value = Arc<str>;

/// A process' timers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// A proposer has no quorum yet.
    Round,
    /// A proposer that was refused has waited long enough.
    BackOff,
    /// A learner that has not learned asks.
    Ask,
}

impl TimerName for Timer {
    fn slot(self) -> u8 {
        self as u8
    }
    fn from_slot(slot: u8) -> Option<Self> {
        [Timer::Round, Timer::BackOff, Timer::Ask].get(usize::from(slot)).copied()
    }
    fn label(self) -> Key {
        match self {
            Timer::Round => PaxosKey::RoundTimer,
            Timer::BackOff => PaxosKey::BackOffTimer,
            Timer::Ask => PaxosKey::AskTimer,
        }
        .into()
    }
}

/// What an operator can ask of a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Propose this value.
    Propose {
        /// The value.
        value: Value,
    },
    /// Ask at once what is chosen.
    Ask,
    /// Switch a rule of this process on or off, also for its later incarnations.
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
            Command::Propose { value } => {
                digest.word(1);
                value.fold(digest);
            }
            Command::Ask => digest.word(2),
            Command::SwitchRule { rule, on } => {
                digest.word(3);
                rule.fold(digest);
                on.fold(digest);
            }
        }
    }
}

/// A process: proposer, acceptor, learner, or several of them.
#[derive(Clone)]
pub struct Peer {
    me: ProcessId,
    program: Program,
    rules: Rules,
    /// What the disk holds once all writes are done.
    durable: Durable,
    disk: Disk,
    proposer: Proposer,
    learner: Learner,
    halted: bool,
    /// The present input, and earlier ones that are named as causes.
    event: u64,
    promised_event: u64,
    accepted_event: u64,
    /// For observers: the last numbers of which it took its own promise and its own acceptance.
    told_itself: [Ballot; 2],
}

impl Machine for Peer {
    type Program = Program;
    type Message = PeerMessage;
    type Timer = Timer;
    type Durable = Durable;
    type Command = Command;

    fn boot(program: &Program, me: ProcessId, stored: Option<&Durable>) -> Self {
        let durable = stored.cloned().unwrap_or_default();
        Peer {
            me,
            program: program.clone(),
            rules: durable.rules.unwrap_or(program.settings().rules),
            durable,
            disk: Disk::default(),
            proposer: Proposer::default(),
            learner: Learner::default(),
            halted: false,
            event: 0,
            promised_event: 0,
            accepted_event: 0,
            told_itself: [Ballot::NONE; 2],
        }
    }

    fn step(&mut self, now: Moment, input: Input<Self>, out: &mut Effects<'_, Self>) {
        if self.halted {
            return;
        }
        self.event = now.event;
        self.disk.asked_now = false;
        match input {
            Input::Start => self.on_start(out),
            Input::Message { from, message } => self.on_message(from, message, out),
            Input::Timer(Timer::Round) => self.on_round_timeout(out),
            Input::Timer(Timer::BackOff) => self.on_back_off(out),
            Input::Timer(Timer::Ask) => self.on_ask_timer(out),
            Input::Persisted(token) => self.disk.done = token,
            Input::PersistFailed(..) => return self.halt(out),
            Input::Command { ticket, command } => self.on_command(ticket, command, out),
            // Paxos needs no connections: its processes speak datagrams.
            Input::Opened(_)
            | Input::Refused { .. }
            | Input::Accepted { .. }
            | Input::Received { .. }
            | Input::Closed { .. } => {}
        }
        while let Some(message) = self.disk.next_own() {
            match &message {
                PeerMessage::Promise { ballot, .. } => self.told_itself[0] = *ballot,
                PeerMessage::Accepted { ballot, .. } => self.told_itself[1] = *ballot,
                _ => {}
            }
            self.on_message(self.me, message, out);
        }
        self.save(out);
    }

    fn fold(&self, digest: &mut Digest) {
        self.durable.fold(digest);
        self.rules.fold(digest);
        self.disk.fold(digest);
        self.proposer.fold(digest);
        self.learner.fold(digest);
        digest.word(u64::from(self.halted));
    }
}

impl Peer {
    fn on_start(&mut self, out: &mut Effects<'_, Self>) {
        let (promised, accepted) = (self.durable.promised, self.durable.accepted.clone());
        out.note(|| match accepted {
            Some((ballot, value)) => {
                did(PaxosKey::StartsWith, [number(promised), number(ballot), Arg::Text(value)])
            }
            None if !promised.is_none() => did(PaxosKey::StartsPromised, [number(promised)]),
            None => did(PaxosKey::StartsEmpty, []),
        });
        self.arm_ask(out);
    }

    fn on_message(&mut self, from: ProcessId, message: PeerMessage, out: &mut Effects<'_, Self>) {
        match message {
            PeerMessage::Prepare { ballot } => self.on_prepare(from, ballot, out),
            PeerMessage::Accept { ballot, value } => self.on_accept(from, ballot, value, out),
            PeerMessage::Promise { ballot, accepted } => self.on_promise(from, ballot, accepted, out),
            PeerMessage::Accepted { ballot, value } => self.on_accepted(from, ballot, value, out),
            PeerMessage::Refused { ballot, promised, .. } => self.on_refused(from, ballot, promised, out),
            PeerMessage::Chosen { ballot, value } => self.learn(ballot, value, Some(from), out),
            PeerMessage::Ask => self.on_ask(from, out),
        }
    }

    fn on_command(&mut self, ticket: u64, command: Command, out: &mut Effects<'_, Self>) {
        let (accepted, phrase) = match command {
            Command::Propose { .. } if !self.is_proposer() => (false, Phrase::bare(PaxosKey::NoProposer)),
            Command::Propose { value } if value.len() > MAX_VALUE => {
                (false, Phrase::new(PaxosKey::ValueTooLong, [Arg::Number(MAX_VALUE as u64)]))
            }
            Command::Propose { value } => match &self.learner.learned {
                Some((_, chosen)) => {
                    (false, Phrase::new(PaxosKey::ChosenAlready, [Arg::Text(chosen.clone())]))
                }
                None => {
                    let phrase = self.promises_to_propose(&value);
                    self.propose(value, out);
                    (true, phrase)
                }
            },
            Command::Ask => {
                self.ask(out);
                (true, Phrase::bare(PaxosKey::AsksNow))
            }
            Command::SwitchRule { rule, on } => {
                self.rules = if on { self.rules.with(rule) } else { self.rules.without(rule) };
                self.durable.rules = Some(self.rules);
                self.disk.dirty = true;
                if rule == Rule::AskAgain {
                    self.arm_ask(out);
                }
                let key = if on { PaxosKey::RuleOn } else { PaxosKey::RuleOff };
                (true, Phrase::new(key, [Arg::Name(rule.name().into())]))
            }
        };
        out.reply(ticket, Answer { accepted, phrase });
    }

    /// A disk that failed may not be relied on: what it was told to remember, it may have forgotten.
    fn halt(&mut self, out: &mut Effects<'_, Self>) {
        self.halted = true;
        out.note(|| refused(Rule::DurableAccept, PaxosKey::DiskFailed, []));
        out.stop(self.me);
    }
}

/// A proposal's number as an argument of a phrase.
fn number(ballot: Ballot) -> Arg {
    Arg::Ballot(ballot.round, ballot.owner)
}

//! A replica set as MongoDB 8.0 runs it, by protocol version 1: each file a chapter of the manual, each rule named with its page.
//!
//! * `config`, `settings`, `concern`: what a set is told; `optime`, `oplog`: history; `state`: what a member can be;
//! * `heartbeat`, `election`, `takeover`, `step_down`: who is primary; `lead`: what a primary does;
//! * `source`, `fetch`, `serve`, `rollback`, `initial_sync`: how operations reach the others; `durable`: what a disk keeps;
//! * `writes`, `reads`: what clients get; `reconfig`: how the set changes; `rules`: every rule by name, to be switched off;
//! * `driver`: the clients' side; `view`: what observers may look at.
//!
//! A [`Member`] is one `mongod`. It knows no network, disk or clock but through its inputs; connections are not modelled, so a
//! lost question is asked again. In 8.0 an operation is first written to a secondary's oplog and then applied; here both are
//! one step (`lastWritten` is `lastApplied`). Numbers of inputs are kept only to name causes.

mod client_message;
mod command;
mod concern;
mod config;
pub mod driver;
mod durable;
mod election;
mod fetch;
mod heartbeat;
mod initial_sync;
mod lead;
mod message;
mod oplog;
mod optime;
mod reads;
mod reconfig;
mod rollback;
mod rules;
mod seen;
mod serve;
mod settings;
mod source;
mod state;
mod step_down;
mod takeover;
#[cfg(test)]
mod tests;
mod view;
mod wire;
mod writes;

pub use client_message::{Ask, Greeting, Reply};
pub use command::Command;
pub use concern::{ReadConcern, W, WriteConcern};
pub use config::{
    Config, ConfigError, ConfigId, MAX_DELAY, MAX_MEMBERS, MAX_TAG, MAX_TAGS, MAX_VOTERS, MemberConfig,
    Priority, SetSettings,
};
pub use durable::{Durable, LastVote, RolledBack};
pub use election::{Ballot, Election, Phase, Why};
pub use fetch::{Stage, Sync};
pub use lead::{Lead, Mode};
pub use message::{Batch, Fetch, Found, Message, Piece, Position, Pulse};
pub use oplog::{Entries, Entry, Kind, NoOp, Oplog};
pub use optime::{OpTime, Timestamp};
pub use rules::{Rule, Rules};
pub use seen::Seen;
pub use settings::{MAX_SESSIONS, Program, Settings, SettingsError};
pub use state::State;
pub use writes::Waiting;

use crate::consensus::kv::Store;
use crate::consensus::notes::{did, refused};
use crate::process::{Digest, Effects, Fold, Input, Machine, Moment, ProcessId, Time, TimerName};
use crate::words::Key;
use crate::words::replset::ReplSetKey as K;
use durable::Disk;
use serve::Poll;

/// A member's timers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// No primary was heard of for `electionTimeoutMillis` and a random offset.
    Election,
    /// The next round of heartbeats.
    Heartbeat,
    /// A candidate has waited long enough for votes.
    Votes,
    /// A primary looks whether it still sees a majority.
    Liveness,
    /// A member of higher priority has waited long enough.
    PriorityTakeover,
    /// A member that is ahead of a primary that catches up has waited long enough.
    CatchUpTakeover,
    /// `catchUpTimeoutMillis` is over.
    CatchUp,
    /// `secondaryCatchUpPeriodSecs` is over.
    StepDown,
    /// The journal's next write.
    Journal,
    /// A sync source has not answered, or there is none yet.
    Fetch,
    /// Somebody has waited for new oplog entries long enough.
    Await,
    /// The next entry of a delayed member is due.
    Delay,
    /// The first `wtimeout` is over.
    WriteTimeout,
    /// Positions are told again, though nothing is new.
    KeepAlive,
    /// A primary without writes writes a no-op.
    NoOp,
}

impl Timer {
    const ALL: [Timer; 15] = [
        Timer::Election,
        Timer::Heartbeat,
        Timer::Votes,
        Timer::Liveness,
        Timer::PriorityTakeover,
        Timer::CatchUpTakeover,
        Timer::CatchUp,
        Timer::StepDown,
        Timer::Journal,
        Timer::Fetch,
        Timer::Await,
        Timer::Delay,
        Timer::WriteTimeout,
        Timer::KeepAlive,
        Timer::NoOp,
    ];
}

impl TimerName for Timer {
    fn slot(self) -> u8 {
        self as u8
    }
    fn from_slot(slot: u8) -> Option<Self> {
        Timer::ALL.get(usize::from(slot)).copied()
    }
    fn label(self) -> Key {
        match self {
            Timer::Election => K::ElectionTimer,
            Timer::Heartbeat => K::HeartbeatTimer,
            Timer::Votes => K::VotesTimer,
            Timer::Liveness => K::LivenessTimer,
            Timer::PriorityTakeover => K::PriorityTakeoverTimer,
            Timer::CatchUpTakeover => K::CatchUpTakeoverTimer,
            Timer::CatchUp => K::CatchUpTimer,
            Timer::StepDown => K::StepDownTimer,
            Timer::Journal => K::JournalTimer,
            Timer::Fetch => K::FetchTimer,
            Timer::Await => K::AwaitTimer,
            Timer::Delay => K::DelayTimer,
            Timer::WriteTimeout => K::WriteTimeoutTimer,
            Timer::KeepAlive => K::KeepAliveTimer,
            Timer::NoOp => K::NoOpTimer,
        }
        .into()
    }
}

/// A member of a replica set: one `mongod`.
#[derive(Clone)]
pub struct Member {
    me: ProcessId,
    program: Program,
    rules: Rules,
    /// What the disk holds once all writes are done, and the journal has caught up.
    durable: Durable,
    disk: Disk,
    term: u64,
    state: State,
    /// The data as of the last applied operation.
    store: Store,
    /// The last operation it knows a majority to have.
    commit: OpTime,
    /// What it knows of the others, in the order of the configuration.
    seen: Vec<Seen>,
    /// Whom it takes for the primary.
    primary: Option<ProcessId>,
    election: Election,
    lead: Option<Lead>,
    sync: Sync,
    /// Who waits for new oplog entries.
    polls: Vec<Poll>,
    halted: bool,
    /// The present readings of its clocks, and the present input.
    now: Time,
    wall_secs: u32,
    event: u64,
}

impl Machine for Member {
    type Program = Program;
    type Message = Message;
    type Timer = Timer;
    type Durable = Durable;
    type Command = Command;

    fn installed(program: &Program, me: ProcessId) -> Option<Durable> {
        Durable::initiated(program, me)
    }

    fn boot(program: &Program, me: ProcessId, stored: Option<&Durable>) -> Self {
        let durable = stored.cloned().unwrap_or_else(Durable::empty);
        let mut member = Member {
            me,
            program: program.clone(),
            rules: durable.rules.unwrap_or(program.settings().rules),
            disk: Disk { journaled: durable.oplog.last(), ..Disk::default() },
            term: durable.term(),
            state: State::Startup,
            store: Store::default(),
            // Nobody has said yet that a majority has what an initial sync copied.
            commit: if durable.syncing { OpTime::NONE } else { durable.stable_at },
            seen: Vec::new(),
            primary: None,
            election: Election::default(),
            lead: None,
            sync: Sync::default(),
            polls: Vec::new(),
            halted: false,
            now: Time::ZERO,
            wall_secs: 0,
            event: 0,
            durable,
        };
        member.recover_store();
        member.look_around();
        member.state = member.resting_state();
        member
    }

    fn step(&mut self, now: Moment, input: Input<Self>, out: &mut Effects<'_, Self>) {
        if self.halted {
            return;
        }
        self.now = now.monotonic;
        self.wall_secs = u32::try_from(now.wall.nanos() / 1_000_000_000).unwrap_or(u32::MAX);
        self.event = now.event;
        self.disk.asked_now = false;
        match input {
            Input::Start => self.on_start(out),
            Input::Message { from, message } => self.on_message(from, message, out),
            Input::Timer(timer) => self.on_timer(timer, out),
            Input::Persisted(token) => self.on_persisted(token, out),
            Input::PersistFailed(..) => return self.halt(Rule::DurableVote, K::DiskFailed, out),
            Input::Command { ticket, command } => self.on_command(ticket, command, out),
            // Members speak datagrams.
            Input::Opened(_)
            | Input::Refused { .. }
            | Input::Accepted { .. }
            | Input::Received { .. }
            | Input::Closed { .. } => {}
        }
        if !self.halted {
            self.settle(out);
        }
    }

    fn fold(&self, digest: &mut Digest) {
        self.durable.fold(digest);
        self.disk.fold(digest);
        self.rules.fold(digest);
        digest.word(self.term);
        digest.word(self.state as u64 | u64::from(self.halted) << 8);
        self.store.fold(digest);
        self.commit.fold(digest);
        self.seen.fold(digest);
        self.primary.fold(digest);
        self.election.fold(digest);
        self.lead.fold(digest);
        self.sync.fold(digest);
        self.polls.fold(digest);
    }

    fn weight(&self) -> usize {
        let lists = self.seen.len() * size_of::<Seen>() + self.durable.oplog.len() / 8;
        size_of::<Self>() + lists + self.lead.as_ref().map_or(0, Lead::weight) + 4_096
    }
}

impl Member {
    fn on_start(&mut self, out: &mut Effects<'_, Self>) {
        let (state, last) = (self.state, self.applied());
        out.note(|| did(K::Starts, [state_arg(state), last.arg()]));
        self.arm_all(out);
    }

    /// Sets the timers of its state.
    fn arm_all(&mut self, out: &mut Effects<'_, Self>) {
        if self.config().is_none() {
            return;
        }
        self.beat(out);
        self.arm_election(out);
        self.arm_keep_alive(out);
        self.seek_source(out);
    }

    fn on_message(&mut self, from: ProcessId, message: Message, out: &mut Effects<'_, Self>) {
        match message {
            Message::Heartbeat { term, config, sent } => self.on_heartbeat(from, term, config, sent, out),
            Message::HeartbeatReply(pulse) => self.on_pulse(from, *pulse, out),
            Message::RequestVotes { term, dry_run, config, last } => {
                self.on_request_votes(from, term, dry_run, config, last, out);
            }
            Message::Vote { term, asked, dry_run, granted } => {
                self.on_vote(from, term, asked, dry_run, granted, out);
            }
            Message::StepUp { term } => self.on_step_up(from, term, out),
            Message::Fetch(fetch) => self.on_fetch(from, fetch, out),
            Message::Batch(batch) => self.on_batch(from, *batch, out),
            Message::FindBack { seq, before } => self.on_find_back(from, seq, before, out),
            Message::Back { seq, before, places, end } => {
                self.on_back(from, (seq, before), &places, end, out);
            }
            Message::UpdatePosition { term, config, positions } => {
                self.on_positions(from, term, config, &positions, out);
            }
            Message::Clone { seq, after } => self.on_clone(from, seq, after, out),
            Message::Piece(piece) => self.on_piece(from, *piece, out),
            Message::Hello { seq } => self.on_hello(from, seq, out),
            Message::Request { seq, ask } => self.on_request(from, seq, ask, out),
            Message::Greeting(_) | Message::Response { .. } => {} // for drivers
        }
    }

    fn on_timer(&mut self, timer: Timer, out: &mut Effects<'_, Self>) {
        match timer {
            Timer::Election => self.on_election_timer(out),
            Timer::Heartbeat => self.on_heartbeat_timer(out),
            Timer::Votes => self.on_votes_timer(out),
            Timer::Liveness => self.on_liveness_timer(out),
            Timer::PriorityTakeover => self.on_priority_takeover(out),
            Timer::CatchUpTakeover => self.on_catch_up_takeover(out),
            Timer::CatchUp => self.on_catch_up_timer(out),
            Timer::StepDown => self.on_step_down_timer(out),
            Timer::Journal => self.on_journal_timer(),
            Timer::Fetch => self.on_fetch_timer(out),
            Timer::Await => self.on_await_timer(out),
            Timer::Delay => self.apply_due(out),
            Timer::WriteTimeout => self.on_write_timeout(out),
            Timer::KeepAlive => self.on_keep_alive(out),
            Timer::NoOp => self.on_no_op_timer(out),
        }
    }

    /// What follows from a step, whatever it was.
    fn settle(&mut self, out: &mut Effects<'_, Self>) {
        self.advance_commit(out);
        self.advance_stable();
        self.answer_waiting(out);
        self.go_on_stepping_down(out);
        self.go_on_reconfiguring(out);
        self.answer_polls(out);
        self.report_position(out);
        self.save(out);
    }

    /// A disk that failed may not be relied on; nor may data that cannot be reconciled.
    fn halt(&mut self, rule: Rule, why: K, out: &mut Effects<'_, Self>) {
        self.halted = true;
        out.note(|| refused(rule, why, []));
        out.stop(self.me);
    }
}

/// A state as an argument of a phrase.
fn state_arg(state: State) -> crate::process::Arg {
    crate::process::Arg::Name(state.name().into())
}

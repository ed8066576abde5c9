//! The clients' side of a replica set: what a MongoDB driver does. It finds out who is who, sends writes to the primary and reads
//! by its preference, and retries a retryable operation once. It deliberately knows nothing of how members agree.

mod command;
mod settings;
mod topology;

pub use command::{Command, Wishes};
pub use settings::{Program, ReadPreference, Settings, SettingsError};
pub use topology::Server;

use crate::consensus::client::{Counts, Ended, Ending, Lives, Load, Workload};
use crate::consensus::kv::{Op, Outcome, Versioned};
use crate::consensus::notes::did;
use crate::consensus::replica_set::{Ask, ConfigId, Message, Reply};
use crate::process::{
    Answer, Arg, Delay, Digest, Effects, Fold, Input, Machine, Moment, Phrase, ProcessId, Span, Time,
    TimerName,
};
use crate::words::Key;
use crate::words::replset::ReplSetKey as K;
use std::collections::VecDeque;

/// A driver's timers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// Ask the members who they are.
    Hello,
    /// The next operation of the load.
    Next,
    /// An answer is overdue, or no member was found in time.
    Due,
}

impl TimerName for Timer {
    fn slot(self) -> u8 {
        self as u8
    }
    fn from_slot(slot: u8) -> Option<Self> {
        [Timer::Hello, Timer::Next, Timer::Due].get(usize::from(slot)).copied()
    }
    fn label(self) -> Key {
        match self {
            Timer::Hello => K::DriverHelloTimer,
            Timer::Next => K::DriverNextTimer,
            Timer::Due => K::DriverDueTimer,
        }
        .into()
    }
}

/// An operation under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outstanding {
    /// Its number.
    pub seq: u64,
    /// What it is.
    pub op: Op,
    /// A write's session and transaction number; 0 without one.
    pub session: u64,
    /// See `session`.
    pub txn: u64,
    /// When it was taken up, on the driver's own clock.
    pub invoked: Time,
    /// How often it was sent.
    pub sent: u32,
    /// To whom last; `None` while it waits for a member.
    pub to: Option<ProcessId>,
    /// What is asked for it alone, beyond the settings.
    pub wishes: Wishes,
    due: Time,
}

/// A driver with its load.
#[derive(Clone)]
pub struct Driver {
    me: ProcessId,
    program: Program,
    life: u64,
    workload: Workload,
    servers: Vec<Server>,
    newest: topology::Newest,
    hello: u64,
    turn: u64,
    next_seq: u64,
    /// The transaction number each session has reached. As many sessions as operations at once: a session's numbers come one
    /// after the other.
    sessions: Vec<(u64, bool)>,
    outstanding: VecDeque<Outstanding>,
    counts: Counts,
    recent: VecDeque<Ended>,
    /// When it was started, on its own clock: a schedule counts from there.
    started: Time,
    now: Time,
}

impl Machine for Driver {
    type Program = Program;
    type Message = Message;
    type Timer = Timer;
    type Durable = Lives;
    type Command = Command;

    fn boot(program: &Program, me: ProcessId, stored: Option<&Lives>) -> Self {
        let life = stored.map_or(0, |lives| lives.0) + 1;
        let load = &program.settings().load;
        Driver {
            me,
            program: program.clone(),
            life,
            workload: Workload::new(load, me, life),
            servers: load.members.iter().map(|id| Server::new(*id)).collect(),
            newest: (0, ConfigId::default()),
            hello: 0,
            turn: 0,
            next_seq: 1,
            sessions: Vec::new(),
            outstanding: VecDeque::new(),
            counts: Counts::default(),
            recent: VecDeque::new(),
            started: Time::ZERO,
            now: Time::ZERO,
        }
    }

    fn step(&mut self, now: Moment, input: Input<Self>, out: &mut Effects<'_, Self>) {
        self.now = now.monotonic;
        match input {
            // A value must never be written by two lives, nor a session be used by two.
            Input::Start => {
                self.started = self.now;
                out.persist(1, Lives(self.life));
            }
            Input::Persisted(_) => self.begin(out),
            Input::PersistFailed(..) => out.stop(self.me),
            Input::Timer(Timer::Hello) => self.say_hello(out),
            Input::Timer(Timer::Next) => self.on_next(out),
            Input::Timer(Timer::Due) => self.on_due(out),
            Input::Message { from, message: Message::Greeting(greeting) } => {
                self.on_greeting(from, &greeting, out);
                self.send_waiting(out);
                self.say_hello(out); // to members it has just heard of
            }
            Input::Message { from, message: Message::Response { seq, reply } } => {
                self.on_response(from, seq, reply, out);
            }
            Input::Command { ticket, command: Command::Issue { op, wishes } } => {
                self.on_issue(ticket, op, wishes, out);
            }
            _ => {}
        }
    }

    fn fold(&self, digest: &mut Digest) {
        digest.word(self.life);
        self.servers.fold(digest);
        digest.word(self.newest.0);
        self.sessions.fold(digest);
        [self.hello, self.turn, self.next_seq, self.workload.drawn()].iter().for_each(|&n| digest.word(n));
        digest.word(self.outstanding.len() as u64);
        for op in &self.outstanding {
            digest.word(op.seq);
            op.op.fold(digest);
            digest.word(op.txn);
            digest.word(u64::from(op.sent));
            op.to.fold(digest);
            op.wishes.fold(digest);
            op.due.fold(digest);
        }
        let c = &self.counts;
        [c.issued, c.answered, c.refused, c.unknown].iter().for_each(|&count| digest.word(count));
    }

    fn weight(&self) -> usize {
        let lists =
            self.outstanding.len() * size_of::<Outstanding>() + self.recent.len() * size_of::<Ended>();
        size_of::<Self>() + lists + self.servers.len() * size_of::<Server>() + 1_024
    }
}

impl Driver {
    fn begin(&mut self, out: &mut Effects<'_, Self>) {
        self.say_hello(out);
        match self.program.settings().load.load {
            Load::Open { gap } | Load::Closed { think: gap } => {
                let begin = self.program.settings().load.start_after;
                out.set_timer(Timer::Next, Delay::Uniform(begin + gap.0, begin + gap.1));
            }
            Load::Drawn { .. } | Load::Listed => self.await_arrival(out),
            Load::Idle => {}
        }
    }

    /// Sets the timer for the next instant of the schedule, if there is one.
    fn await_arrival(&mut self, out: &mut Effects<'_, Self>) {
        if let Some(at) = self.workload.next_arrival() {
            let due = self.started + at;
            out.set_timer(Timer::Next, Delay::Fixed(Span(due.0.saturating_sub(self.now.0))));
        }
    }

    fn on_next(&mut self, out: &mut Effects<'_, Self>) {
        let program = self.program.clone();
        let load = &program.settings().load;
        // One of a schedule is drawn even if there is no room for it: those after it stay the same.
        let scheduled = load.load.is_scheduled().then(|| self.workload.next_op());
        if scheduled.is_some() {
            self.await_arrival(out);
        } else if load.most_operations.is_some_and(|most| self.counts.issued >= most) {
            return;
        }
        if let Load::Open { gap } = load.load {
            out.set_timer(Timer::Next, Delay::Uniform(gap.0, gap.1));
        }
        let under_way = self.outstanding.len();
        if under_way >= load.window as usize {
            self.counts.skipped += 1;
            out.note(|| did(K::DriverBusy, [Arg::Number(under_way as u64)]));
            return;
        }
        let op = scheduled.unwrap_or_else(|| self.workload.next_op());
        self.issue(op, Wishes::default(), out);
    }

    fn on_issue(&mut self, ticket: u64, op: Op, wishes: Wishes, out: &mut Effects<'_, Self>) {
        if !op.fits() || self.outstanding.len() >= crate::consensus::client::MAX_WINDOW as usize {
            let key = if op.fits() { K::ReplyBusy } else { K::ReplyTooLarge };
            return out.reply(ticket, Answer { accepted: false, phrase: Phrase::bare(key) });
        }
        let args = [Arg::Number(self.next_seq), Arg::Phrase(Box::new(op.phrase()))];
        out.reply(ticket, Answer { accepted: true, phrase: Phrase::new(K::DriverIssued, args) });
        self.issue(op, wishes, out);
    }

    fn issue(&mut self, op: Op, wishes: Wishes, out: &mut Effects<'_, Self>) {
        self.counts.issued += 1;
        let seq = self.next_seq;
        self.next_seq += 1;
        let retryable = !op.is_read() && self.program.settings().retry_writes;
        let (session, txn) = if retryable { self.take_session() } else { (0, 0) };
        let due = self.now + self.program.settings().selection_timeout;
        self.outstanding.push_back(Outstanding {
            seq,
            op,
            session,
            txn,
            invoked: self.now,
            sent: 0,
            to: None,
            wishes,
            due,
        });
        self.send_waiting(out);
    }

    /// A session that no operation uses, and its next number.
    fn take_session(&mut self) -> (u64, u64) {
        let free = self.sessions.iter().position(|(_, busy)| !busy);
        let at = free.unwrap_or_else(|| {
            self.sessions.push((0, false));
            self.sessions.len() - 1
        });
        let (txn, busy) = &mut self.sessions[at];
        *txn += 1;
        *busy = true;
        (u64::from(self.me.0) << 32 | (self.life & 0xff_ffff) << 8 | (at as u64 + 1), *txn)
    }

    fn free_session(&mut self, session: u64) {
        if let Some(at) = (session & 0xff).checked_sub(1)
            && let Some((_, busy)) = self.sessions.get_mut(at as usize)
        {
            *busy = false;
        }
    }

    /// Sends what waits for a member, if there is one.
    fn send_waiting(&mut self, out: &mut Effects<'_, Self>) {
        for at in 0..self.outstanding.len() {
            if self.outstanding[at].to.is_none() {
                self.send(at, out);
            }
        }
        self.arm_due(out);
    }

    fn send(&mut self, at: usize, out: &mut Effects<'_, Self>) {
        let (now, settings) = (self.now, self.program.settings().clone());
        let wishes = self.outstanding[at].wishes;
        let preference = wishes.read_preference.unwrap_or(settings.read_preference);
        let first = wishes.to.filter(|_| self.outstanding[at].sent == 0);
        let to = match (first, self.outstanding[at].op.is_read()) {
            (Some(first), _) => Some(first),
            (None, true) => self.for_read(preference),
            (None, false) => self.primary(),
        };
        let op = &mut self.outstanding[at];
        let Some(to) = to else {
            let seq = op.seq;
            out.note(|| did(K::DriverSelects, [Arg::Number(seq)]));
            return self.say_hello(out);
        };
        op.to = Some(to);
        op.sent += 1;
        op.due = now + settings.load.timeout;
        let (seq, sent, phrase) = (op.seq, op.sent, op.op.phrase());
        out.note(|| match sent {
            1 => did(K::DriverSends, [Arg::Number(seq), Arg::Phrase(Box::new(phrase)), Arg::Process(to)]),
            _ => did(K::DriverRetries, [Arg::Number(seq), Arg::Process(to)]),
        });
        let ask = match &op.op {
            Op::Get { key } => Ask::Read {
                key: key.clone(),
                concern: wishes.read_concern.unwrap_or(settings.read_concern),
                // Who speaks with one member directly reads whatever that is.
                secondary_ok: preference != ReadPreference::Primary || first.is_some(),
            },
            write => Ask::Write {
                session: op.session,
                txn: op.txn,
                op: write.clone(),
                concern: wishes.write_concern.or(settings.write_concern),
            },
        };
        if sent > 1 {
            self.counts.retries += 1;
        }
        out.send_now(to, Message::Request { seq, ask });
    }

    fn arm_due(&self, out: &mut Effects<'_, Self>) {
        match self.outstanding.iter().map(|op| op.due).min() {
            Some(due) => out.set_timer(Timer::Due, Delay::Fixed(due - self.now)),
            None => out.cancel_timer(Timer::Due),
        }
    }

    /// No answer, or no member in time.
    fn on_due(&mut self, out: &mut Effects<'_, Self>) {
        let now = self.now;
        while let Some(at) = self.outstanding.iter().position(|op| op.due <= now) {
            match self.outstanding[at].to {
                Some(asked) => {
                    self.forget(asked, out);
                    self.retry_or_fail(at, true, out);
                }
                None => {
                    let ending =
                        if self.outstanding[at].sent == 0 { Ending::Refused } else { Ending::Unknown };
                    self.end(at, ending, out);
                }
            }
        }
        self.arm_due(out);
    }

    /// Drivers "retry specific write operations once after network errors or if they cannot find a healthy primary" (*Retryable
    /// Writes*).
    fn retry_or_fail(&mut self, at: usize, may_be_done: bool, out: &mut Effects<'_, Self>) {
        let settings = self.program.settings();
        let op = &mut self.outstanding[at];
        let retries = if op.op.is_read() { settings.retry_reads } else { settings.retry_writes };
        if retries && op.sent < 2 {
            op.to = None;
            op.due = self.now + settings.selection_timeout;
            return self.send(at, out);
        }
        let unknown = !op.op.is_read() && (may_be_done || op.sent > 1);
        self.end(at, if unknown { Ending::Unknown } else { Ending::Refused }, out);
    }

    fn on_response(&mut self, from: ProcessId, seq: u64, reply: Reply, out: &mut Effects<'_, Self>) {
        let Some(at) = self.outstanding.iter().position(|op| op.seq == seq) else { return };
        match reply {
            Reply::Written { outcome, at: place, .. } => {
                self.end(at, Ending::Answered { revision: place.ts.word(), outcome }, out);
            }
            Reply::Read { found, at: place, .. } => {
                let outcome = Outcome::Value(found as Option<Versioned>);
                self.end(at, Ending::Answered { revision: place.ts.word(), outcome }, out);
            }
            Reply::Unacknowledged { .. } | Reply::Unsatisfiable | Reply::TooOld => {
                self.end(at, Ending::Unknown, out);
            }
            Reply::Busy | Reply::TooLarge => self.end(at, Ending::Refused, out),
            Reply::NotPrimary { .. } | Reply::NotReadable | Reply::Interrupted => {
                if self.outstanding[at].to != Some(from) {
                    return; // an answer to the first try, and the second is under way
                }
                self.forget(from, out);
                self.retry_or_fail(at, reply == Reply::Interrupted, out);
            }
        }
        self.arm_due(out);
    }

    fn end(&mut self, at: usize, ending: Ending, out: &mut Effects<'_, Self>) {
        let Some(done) = self.outstanding.remove(at) else { return };
        let seq = done.seq;
        match &ending {
            Ending::Answered { outcome, .. } => {
                self.counts.answered += 1;
                self.counts.writes += u64::from(matches!(outcome, Outcome::Written | Outcome::Deleted(true)));
                self.workload.saw(&done.op, outcome);
                let phrase = outcome.phrase();
                out.note(|| did(K::DriverDone, [Arg::Number(seq), Arg::Phrase(Box::new(phrase))]));
            }
            Ending::Refused => self.counts.refused += 1,
            Ending::Unknown => self.counts.unknown += 1,
        }
        if !matches!(ending, Ending::Answered { .. }) {
            out.note(|| did(K::DriverFails, [Arg::Number(seq)]));
        }
        self.free_session(done.session);
        let (session, op, sent) = (done.session, done.op, done.sent);
        let (invoked, ended) = (done.invoked, self.now);
        self.recent.push_back(Ended { seq, session, op, invoked, ended, sent, ending });
        if self.recent.len() > self.program.settings().load.history as usize {
            self.recent.pop_front();
        }
        if let Load::Closed { think } = self.program.settings().load.load {
            out.set_timer(Timer::Next, Delay::Uniform(think.0, think.1));
        }
    }

    /// Who it is.
    pub fn id(&self) -> ProcessId {
        self.me
    }
    /// What it was started from.
    pub fn program(&self) -> &Program {
        &self.program
    }
    /// What it knows of the members.
    pub fn servers(&self) -> &[Server] {
        &self.servers
    }
    /// What it has counted in this life.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }
    /// Operations under way, oldest first.
    pub fn outstanding(&self) -> impl ExactSizeIterator<Item = &Outstanding> {
        self.outstanding.iter()
    }
    /// The last operations that ended, oldest first.
    pub fn recent(&self) -> impl DoubleEndedIterator<Item = &Ended> {
        self.recent.iter()
    }
}

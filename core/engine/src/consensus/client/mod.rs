//! A client of a replicated key-value store: it numbers its operations in a session, follows redirects, repeats what is
//! not answered, and says so when an outcome stays unknown. It speaks `kv` and deliberately knows no protocol behind it.

mod settings;
#[cfg(test)]
mod tests;
mod workload;

pub use settings::{Load, MAX_MEMBERS, MAX_TIMES, MAX_WINDOW, Mix, Program, Settings, SettingsError};
pub use workload::Workload;

use crate::consensus::kv::{Message, Op, Outcome, Reply};
use crate::process::{
    Answer, Arg, Delay, Digest, Durable, Effects, Fold, Input, Machine, Moment, Note, Phrase, ProcessId,
    Span, Time, TimerName, Verdict,
};
use crate::words::Key;
use crate::words::kv::KvKey;
use std::collections::VecDeque;

/// A client's timers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// Its next operation is due.
    Next,
    /// An answer is overdue.
    Retry,
}

impl TimerName for Timer {
    fn slot(self) -> u8 {
        self as u8
    }
    fn from_slot(slot: u8) -> Option<Self> {
        [Timer::Next, Timer::Retry].get(usize::from(slot)).copied()
    }
    fn label(self) -> Key {
        match self {
            Timer::Next => KvKey::NextTimer.into(),
            Timer::Retry => KvKey::RetryTimer.into(),
        }
    }
}

/// What an operator can ask of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Do this operation.
    Issue {
        /// Which.
        op: Op,
        /// Ask this member first.
        to: Option<ProcessId>,
    },
}

impl Fold for Command {
    fn fold(&self, digest: &mut Digest) {
        let Command::Issue { op, to } = self;
        op.fold(digest);
        to.fold(digest);
    }
}

/// What a client's disk holds: how many lives it has had, so that values of one are never those of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lives(pub u64);

impl Fold for Lives {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.0);
    }
}

impl Durable for Lives {
    fn torn(older: Option<&Self>, _newer: &Self, _kept: u32) -> Option<Self> {
        older.copied()
    }
}

/// An operation under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outstanding {
    /// Its number; a registration has one too.
    pub seq: u64,
    /// What it is; `None` opens a session.
    pub op: Option<Op>,
    /// When it was taken up, on the client's own monotonic clock.
    pub invoked: Time,
    /// How many times it was sent; 0 while it waits for a session.
    pub sent: u32,
    /// To whom last.
    pub to: Option<ProcessId>,
    due: Time,
}

/// How an operation ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With an answer.
    Answered {
        /// See [`Reply::Done`].
        revision: u64,
        /// What it came to.
        outcome: Outcome,
    },
    /// It was refused for good and did not take effect.
    Refused,
    /// Whether it took effect will never be known.
    Unknown,
}

/// An operation that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Its number.
    pub seq: u64,
    /// The session it was numbered in; 0 if it was never sent.
    pub session: u64,
    /// What it was.
    pub op: Op,
    /// When it was taken up, on the client's own monotonic clock.
    pub invoked: Time,
    /// When it ended, likewise.
    pub ended: Time,
    /// How many times it was sent.
    pub sent: u32,
    /// How.
    pub ending: Ending,
}

/// What a client has counted in this life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Operations taken up.
    pub issued: u64,
    /// Answered.
    pub answered: u64,
    /// Answered, and a write that took effect.
    pub writes: u64,
    /// Refused for good.
    pub refused: u64,
    /// Ended with the outcome unknown.
    pub unknown: u64,
    /// Sent again.
    pub retries: u64,
    /// Redirects followed.
    pub redirects: u64,
    /// Not taken up, because too many were under way.
    pub skipped: u64,
}

/// A client.
#[derive(Clone)]
pub struct Client {
    me: ProcessId,
    life: u64,
    program: Program,
    workload: Workload,
    members: Vec<ProcessId>,
    target: usize,
    /// Whom it asked last of its own accord, not because it was sent there: members that have left and send each other's
    /// way must not keep it from asking the rest.
    turn: usize,
    session: u64,
    next_seq: u64,
    outstanding: VecDeque<Outstanding>,
    /// When it was started, on its own monotonic clock: a schedule counts from there.
    started: Time,
    counts: Counts,
    recent: VecDeque<Ended>,
    /// The operation the retry timer was set for: it is due when the timer fires, whatever the clock says.
    armed_for: Option<u64>,
}

impl Machine for Client {
    type Program = Program;
    type Message = Message;
    type Timer = Timer;
    type Durable = Lives;
    type Command = Command;

    fn boot(program: &Program, me: ProcessId, stored: Option<&Lives>) -> Self {
        let settings = program.settings();
        let life = stored.map_or(1, |lives| lives.0 + 1);
        Client {
            me,
            life,
            workload: Workload::new(settings, me, life),
            members: settings.members.clone(),
            target: me.0 as usize % settings.members.len().max(1),
            turn: me.0 as usize % settings.members.len().max(1),
            program: program.clone(),
            session: 0,
            next_seq: 1,
            outstanding: VecDeque::new(),
            started: Time::ZERO,
            counts: Counts::default(),
            recent: VecDeque::new(),
            armed_for: None,
        }
    }

    fn step(&mut self, now: Moment, input: Input<Self>, out: &mut Effects<'_, Self>) {
        match input {
            Input::Start => self.on_start(now, out),
            Input::Persisted(_) => self.register(now, out),
            Input::PersistFailed(..) => out.stop(self.me),
            Input::Timer(Timer::Next) => self.on_next(now, out),
            Input::Timer(Timer::Retry) => self.on_retry(now, out),
            Input::Message { from, message: Message::Response { session, seq, reply } } => {
                self.on_response(now, from, session, seq, reply, out);
            }
            Input::Command { ticket, command: Command::Issue { op, to } } => {
                self.on_issue(now, ticket, op, to, out);
            }
            _ => {}
        }
    }

    fn fold(&self, digest: &mut Digest) {
        digest.word(self.life);
        self.members.fold(digest);
        digest.word(self.target as u64);
        digest.word(self.turn as u64);
        digest.word(self.session);
        digest.word(self.next_seq);
        digest.word(self.workload.drawn());
        digest.word(self.outstanding.len() as u64);
        for op in &self.outstanding {
            digest.word(op.seq);
            op.op.fold(digest);
            op.invoked.fold(digest);
            digest.word(u64::from(op.sent));
            op.to.fold(digest);
            op.due.fold(digest);
        }
        let c = &self.counts;
        [c.issued, c.answered, c.refused, c.unknown].iter().for_each(|&count| digest.word(count));
    }

    fn weight(&self) -> usize {
        let lists =
            self.outstanding.len() * size_of::<Outstanding>() + self.recent.len() * size_of::<Ended>();
        size_of::<Self>() + lists + 1_024 // its workload's keys, its names
    }
}

fn note(verdict: Verdict, key: KvKey, args: impl Into<Vec<Arg>>) -> Note {
    Note { rule: None, verdict, phrase: Phrase::new(key, args), because: Default::default() }
}

impl Client {
    /// Nothing is said before the disk knows of this life: a value must never be written by two lives.
    fn on_start(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        self.started = now.monotonic;
        out.persist(1, Lives(self.life));
        match self.program.settings().load {
            Load::Open { gap } | Load::Closed { think: gap } => {
                let begin = self.program.settings().start_after;
                out.set_timer(Timer::Next, Delay::Uniform(begin + gap.0, begin + gap.1));
            }
            Load::Drawn { .. } | Load::Listed => self.await_arrival(now, out),
            Load::Idle => {}
        }
    }

    /// Sets the timer for the next instant of the schedule, if there is one.
    fn await_arrival(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        if let Some(at) = self.workload.next_arrival() {
            let due = self.started + at;
            out.set_timer(Timer::Next, Delay::Fixed(Span(due.0.saturating_sub(now.monotonic.0))));
        }
    }

    /// Time for the next operation of the load. One of a schedule is drawn even if there is no room for it: those after it
    /// stay the same.
    fn on_next(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        let program = self.program.clone();
        let settings = program.settings();
        let scheduled = settings.load.is_scheduled().then(|| self.workload.next_op());
        if scheduled.is_some() {
            self.await_arrival(now, out);
        } else if settings.most_operations.is_some_and(|most| self.counts.issued >= most) {
            return;
        }
        if let Load::Open { gap } = settings.load {
            out.set_timer(Timer::Next, Delay::Uniform(gap.0, gap.1));
        }
        let under_way = self.outstanding.iter().filter(|o| o.op.is_some()).count();
        if under_way >= settings.window as usize {
            self.counts.skipped += 1;
            out.note(|| note(Verdict::Refused, KvKey::ClientBusy, [Arg::Number(under_way as u64)]));
            return;
        }
        let op = scheduled.unwrap_or_else(|| self.workload.next_op());
        self.issue(now, op, None, out);
    }

    fn on_issue(
        &mut self,
        now: Moment,
        ticket: u64,
        op: Op,
        to: Option<ProcessId>,
        out: &mut Effects<'_, Self>,
    ) {
        if !op.fits() || self.outstanding.len() >= settings::MAX_WINDOW as usize {
            let key = if op.fits() { KvKey::Unavailable } else { KvKey::TooLarge };
            return out.reply(ticket, Answer { accepted: false, phrase: Phrase::bare(key) });
        }
        let args = [Arg::Number(self.next_seq), Arg::Phrase(Box::new(op.phrase()))];
        out.reply(ticket, Answer { accepted: true, phrase: Phrase::new(KvKey::ClientIssued, args) });
        self.issue(now, op, to, out);
    }

    fn issue(&mut self, now: Moment, op: Op, to: Option<ProcessId>, out: &mut Effects<'_, Self>) {
        self.counts.issued += 1;
        self.take_up(now, Some(op), out);
        if self.session != 0 {
            let at = self.outstanding.len() - 1;
            self.send(now, at, to, out);
        } else if let Some(last) = self.outstanding.back_mut() {
            last.to = to;
        }
        self.arm(now, out);
    }

    fn take_up(&mut self, now: Moment, op: Option<Op>, _out: &mut Effects<'_, Self>) {
        let (seq, invoked) = (self.next_seq, now.monotonic);
        self.next_seq += 1;
        self.outstanding.push_back(Outstanding { seq, op, invoked, sent: 0, to: None, due: Time::MAX });
    }

    /// Opens a session.
    fn register(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        self.session = 0;
        if self.outstanding.iter().any(|o| o.op.is_none()) {
            return;
        }
        self.take_up(now, None, out);
        let at = self.outstanding.len() - 1;
        self.send(now, at, None, out);
        self.arm(now, out);
    }

    /// Sends, or sends again, one of the outstanding operations.
    fn send(&mut self, now: Moment, at: usize, to: Option<ProcessId>, out: &mut Effects<'_, Self>) {
        let Some(target) = to.or_else(|| self.members.get(self.target).copied()) else { return };
        let first_unacked = self.outstanding.front().map_or(self.next_seq, |o| o.seq);
        let settings = self.program.settings();
        let op = &mut self.outstanding[at];
        op.sent += 1;
        op.to = Some(target);
        let patience = settings.timeout.nanos() << (op.sent - 1).min(4);
        op.due = now.monotonic + Span(patience.min(settings.longest_timeout.nanos()));
        let (seq, sent) = (op.seq, op.sent);
        if sent > 1 {
            self.counts.retries += 1;
            let args = [Arg::Number(seq), Arg::Process(target), Arg::Number(u64::from(sent))];
            out.note(|| note(Verdict::Did, KvKey::ClientRetries, args));
        }
        let message = match &op.op {
            None => Message::Register { seq },
            Some(op) => {
                if sent == 1 {
                    let args = [Arg::Number(seq), Arg::Phrase(Box::new(op.phrase())), Arg::Process(target)];
                    out.note(|| note(Verdict::Did, KvKey::ClientSends, args));
                }
                Message::Request { session: self.session, seq, first_unacked, op: op.clone() }
            }
        };
        out.send_now(target, message);
    }

    /// Sets the retry timer for the first that falls due.
    fn arm(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        let first = self.outstanding.iter().filter(|o| o.due < Time::MAX).min_by_key(|o| (o.due, o.seq));
        match first {
            Some(op) => {
                self.armed_for = Some(op.seq);
                out.set_timer(Timer::Retry, Delay::Fixed(op.due - now.monotonic));
            }
            None if self.armed_for.take().is_some() => out.cancel_timer(Timer::Retry),
            None => {}
        }
    }

    /// Answers are overdue: ask somebody else.
    fn on_retry(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        let armed = self.armed_for.take();
        let due: Vec<u64> = self
            .outstanding
            .iter()
            .filter(|o| o.due <= now.monotonic || Some(o.seq) == armed)
            .map(|o| o.seq)
            .collect();
        let asked = self.members.get(self.target).copied();
        for seq in due {
            let Some(at) = self.outstanding.iter().position(|o| o.seq == seq) else { continue };
            if self.outstanding[at].to == asked && self.members.get(self.target).copied() == asked {
                self.turn_to_next(out);
            }
            self.try_again(now, at, out);
        }
        self.arm(now, out);
    }

    /// Sends once more, or gives up. A registration is never given up.
    fn try_again(&mut self, now: Moment, at: usize, out: &mut Effects<'_, Self>) {
        let op = &self.outstanding[at];
        if op.op.is_some() && op.sent >= self.program.settings().attempts {
            let args = [Arg::Number(op.seq), Arg::Number(u64::from(op.sent))];
            out.note(|| note(Verdict::Did, KvKey::ClientGivesUp, args));
            return self.end(now, at, Ending::Unknown, out);
        }
        self.send(now, at, None, out);
    }

    fn turn_to_next(&mut self, out: &mut Effects<'_, Self>) {
        self.turn = (self.turn + 1) % self.members.len().max(1);
        self.target = self.turn;
        if let Some(&member) = self.members.get(self.target) {
            out.note(|| note(Verdict::Did, KvKey::ClientTurnsTo, [Arg::Process(member)]));
        }
    }

    /// Turns to a member, perhaps one it has not known.
    fn turn_to(&mut self, leader: ProcessId, out: &mut Effects<'_, Self>) {
        self.target = match self.members.iter().position(|&id| id == leader) {
            Some(at) => at,
            None => {
                self.members.push(leader);
                if self.members.len() > settings::MAX_MEMBERS {
                    self.members.remove(0);
                }
                self.members.len() - 1
            }
        };
        out.note(|| note(Verdict::Did, KvKey::ClientTurnsTo, [Arg::Process(leader)]));
    }

    fn on_response(
        &mut self,
        now: Moment,
        from: ProcessId,
        session: u64,
        seq: u64,
        reply: Reply,
        out: &mut Effects<'_, Self>,
    ) {
        let Some(at) = self.outstanding.iter().position(|o| o.seq == seq) else { return };
        let current = if self.outstanding[at].op.is_some() { self.session } else { 0 };
        if session != current {
            return;
        }
        match reply {
            Reply::Done { revision, outcome } => {
                self.end(now, at, Ending::Answered { revision, outcome }, out);
            }
            Reply::Registered { session } => self.begin_session(now, from, at, session, out),
            Reply::Redirect { leader } | Reply::LostLeadership { leader } => {
                self.on_redirect(now, at, from, leader, out);
            }
            Reply::Unavailable => self.wait_a_little(now, at),
            Reply::SessionExpired => self.on_expired(now, out),
            Reply::Superseded => self.end(now, at, Ending::Unknown, out),
            Reply::TooLarge => self.end(now, at, Ending::Refused, out),
        }
        self.arm(now, out);
    }

    fn begin_session(
        &mut self,
        now: Moment,
        from: ProcessId,
        at: usize,
        session: u64,
        out: &mut Effects<'_, Self>,
    ) {
        if self.outstanding[at].op.is_some() {
            return;
        }
        self.outstanding.remove(at);
        self.session = session;
        out.note(|| note(Verdict::Did, KvKey::ClientReady, [Arg::Number(session), Arg::Process(from)]));
        for at in 0..self.outstanding.len() {
            let to = self.outstanding[at].to;
            self.send(now, at, to, out);
        }
    }

    /// "Followers redirect": the leader that is named is asked at once; where none is known, somebody else after a pause.
    fn on_redirect(
        &mut self,
        now: Moment,
        at: usize,
        from: ProcessId,
        leader: Option<ProcessId>,
        out: &mut Effects<'_, Self>,
    ) {
        self.counts.redirects += 1;
        if self.outstanding[at].to != Some(from) {
            return; // an answer to an earlier try; the later one is under way
        }
        match leader {
            Some(leader) if leader != from => {
                if self.members.get(self.target) != Some(&leader) {
                    self.turn_to(leader, out);
                }
                self.try_again(now, at, out);
            }
            _ => {
                if self.members.get(self.target) == Some(&from) {
                    self.turn_to_next(out);
                }
                self.wait_a_little(now, at);
            }
        }
    }

    fn wait_a_little(&mut self, now: Moment, at: usize) {
        let pause = Span(self.program.settings().timeout.nanos() / 4);
        self.outstanding[at].due = now.monotonic + pause;
    }

    /// The session is gone: what was sent in it stays unknown, what was not waits for the next.
    fn on_expired(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        while let Some(at) = self.outstanding.iter().position(|o| o.op.is_some() && o.sent > 0) {
            let seq = self.outstanding[at].seq;
            out.note(|| note(Verdict::Did, KvKey::ClientExpired, [Arg::Number(seq)]));
            self.end(now, at, Ending::Unknown, out);
        }
        self.register(now, out);
    }

    fn end(&mut self, now: Moment, at: usize, ending: Ending, out: &mut Effects<'_, Self>) {
        let Some(done) = self.outstanding.remove(at) else { return };
        let Some(op) = done.op else { return };
        match &ending {
            Ending::Answered { outcome, .. } => {
                self.counts.answered += 1;
                self.counts.writes += u64::from(matches!(outcome, Outcome::Written | Outcome::Deleted(true)));
                self.workload.saw(&op, outcome);
                let args = [Arg::Number(done.seq), Arg::Phrase(Box::new(outcome.phrase()))];
                out.note(|| note(Verdict::Did, KvKey::ClientDone, args));
            }
            Ending::Refused => self.counts.refused += 1,
            Ending::Unknown => self.counts.unknown += 1,
        }
        let (seq, session, sent) = (done.seq, self.session, done.sent);
        let (invoked, ended) = (done.invoked, now.monotonic);
        self.recent.push_back(Ended { seq, session, op, invoked, ended, sent, ending });
        if self.recent.len() > self.program.settings().history as usize {
            self.recent.pop_front();
        }
        if let Load::Closed { think } = self.program.settings().load {
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
    /// Its session; 0 while it has none.
    pub fn session(&self) -> u64 {
        self.session
    }
    /// Whom it asks.
    pub fn target(&self) -> Option<ProcessId> {
        self.members.get(self.target).copied()
    }
    /// What it has counted in this life.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }
    /// Operations under way, oldest first.
    pub fn outstanding(&self) -> impl ExactSizeIterator<Item = &Outstanding> {
        self.outstanding.iter()
    }
    /// The last operations that ended, oldest first; as many as the settings say.
    pub fn recent(&self) -> impl DoubleEndedIterator<Item = &Ended> {
        self.recent.iter()
    }
}

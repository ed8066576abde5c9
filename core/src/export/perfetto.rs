//! Chrome trace JSON (Google, "Trace Event Format"), which Perfetto and `chrome://tracing` open.
//!
//! A host is their process and a process their thread. On its row lies a slice for each stretch in which role, term
//! and status stayed the same, and in it a short slice for each event, with causes and notes as arguments; arrows bind
//! the sending event to the receiving one; what the operator did, and what broke, is an instant. Times are virtual, in
//! microseconds with three decimals, which is nanoseconds: written as digits, never through a float.
//!
//! An event takes no virtual time, but an arrow needs a slice to bind to: events are drawn a microsecond long, or up to
//! the next event of the same row. So records wait here until that is known; there are never more than a few.

use super::json::{Json, object};
use super::record::{Happened, Record, Sending, Shift, status};
use super::{About, Break, Cast, Ending, InFlight, Rim, Writer, jsonl};
use crate::kernel::Fate;
use crate::process::{Arg, MessageId, Phrase, ProcessId, Time};
use crate::words::export::ExportKey;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;

/// How long an event is drawn, in nanoseconds.
const DRAWN: u64 = 1_000;
/// The most records that wait. More than this within a microsecond are drawn shorter.
const MOST_WAITING: usize = 4_096;

/// Writes Chrome trace JSON; holds the last microsecond and each row's open slice.
#[derive(Default)]
pub struct Perfetto {
    /// Written lines, in order, each with the row and instant of the event slice it belongs to.
    waiting: VecDeque<Waiting>,
    open: BTreeMap<ProcessId, Time>,
    /// Messages whose arrow began while they waited to leave; they are told again when they do.
    begun: BTreeSet<MessageId>,
    rows: usize,
    first: bool,
}

struct Waiting {
    at: Time,
    /// Its row, and where it ends once that is known.
    slice: Option<(ProcessId, Option<Time>)>,
    line: Json,
}

/// The row's process and thread number. Perfetto takes a thread whose number is its process' for a main thread, hence
/// the distance.
fn row(process: ProcessId, cast: &Cast) -> (usize, usize) {
    let host = cast.who(process).map_or(0, |who| {
        // The first process of a host names it.
        cast.everybody().position(|other| other.host == who.host).unwrap_or(0)
    });
    (host + 1, cast.place(process).unwrap_or(0) + 1_000_001)
}

/// Microseconds as digits: exact, never through a float.
fn micros(nanos: u64) -> String {
    format!("{}.{:03}", nanos / 1_000, nanos % 1_000)
}

impl Perfetto {
    /// One object. `ts` and `dur` are put in as digits.
    fn write(&mut self, line: Json, at: Time, length: Option<u64>, out: &mut dyn fmt::Write) -> fmt::Result {
        out.write_str(if std::mem::replace(&mut self.first, false) { "\n" } else { ",\n" })?;
        let text = line.to_string();
        let body = text.strip_suffix('}').ok_or(fmt::Error)?;
        write!(out, "{body},\"ts\":{}", micros(at.0))?;
        if let Some(length) = length {
            write!(out, ",\"dur\":{}", micros(length))?;
        }
        out.write_str("}")
    }

    /// Names for rows that are new.
    fn name_rows(&mut self, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        let fresh: Vec<_> = rim.cast.everybody().skip(self.rows).cloned().collect();
        for who in fresh {
            let (pid, tid) = row(who.id, rim.cast);
            let name = |what: &'static str, name: &str| {
                object([
                    ("ph", "M".into()),
                    ("pid", pid.into()),
                    ("tid", tid.into()),
                    ("name", what.into()),
                    ("args", object([("name", name.to_owned().into())])),
                ])
            };
            let host = rim.cast.host_name(who.host);
            self.write(name("process_name", &host), Time::ZERO, None, out)?;
            self.write(name("thread_name", &who.name), Time::ZERO, None, out)?;
            let sort = object([
                ("ph", "M".into()),
                ("pid", pid.into()),
                ("tid", tid.into()),
                ("name", "process_sort_index".into()),
                ("args", object([("sort_index", pid.into())])),
            ]);
            self.write(sort, Time::ZERO, None, out)?;
            self.rows += 1;
        }
        Ok(())
    }

    /// Writes what waits and can no longer be shortened.
    fn flush(&mut self, now: Time, all: bool, out: &mut dyn fmt::Write) -> fmt::Result {
        while let Some(front) = self.waiting.front() {
            let over = front.at.0.saturating_add(DRAWN) <= now.0;
            if !(over || all || self.waiting.len() > MOST_WAITING) {
                break;
            }
            let Some(Waiting { at, slice, line }) = self.waiting.pop_front() else { break };
            let length = slice.map(|(_, until)| until.map_or(DRAWN, |until| (until - at).0).min(DRAWN));
            self.write(line, at, length, out)?;
        }
        Ok(())
    }

    /// Ends this row's waiting event slices here at the latest; also those of this instant if a stretch ends with them,
    /// for slices of a row must nest.
    fn shorten(&mut self, process: ProcessId, at: Time, inner: bool) {
        for waiting in &mut self.waiting {
            if let Some((whose, until @ None)) = &mut waiting.slice
                && *whose == process
                && (waiting.at < at || inner)
            {
                *until = Some(at);
            }
        }
    }

    fn wait(&mut self, at: Time, slice: Option<ProcessId>, line: Json) {
        self.waiting.push_back(Waiting { at, slice: slice.map(|process| (process, None)), line });
    }

    /// Ends the row's stretch, and begins the next.
    fn shift(&mut self, at: Time, shift: &Shift, rim: &Rim<'_>) {
        self.shorten(shift.process, at, true);
        let (pid, tid) = row(shift.process, rim.cast);
        if self.open.remove(&shift.process).is_some() {
            self.wait(at, None, object([("ph", "E".into()), ("pid", pid.into()), ("tid", tid.into())]));
        }
        let name = rim.standing(shift).unwrap_or_else(|| rim.words(&Phrase::bare(ExportKey::Up)));
        let role = shift.role.map(|role| role.as_str());
        let args = object([
            ("role", role.into()),
            ("epoch", shift.epoch.into()),
            ("status", status(shift.status).into()),
        ]);
        let line = object([
            ("ph", "B".into()),
            ("cat", "role".into()),
            ("pid", pid.into()),
            ("tid", tid.into()),
            ("name", name.into()),
            ("args", args),
        ]);
        self.wait(at, None, line);
        self.open.insert(shift.process, at);
    }

    /// Does an arrow begin with this? What waits is told again when it leaves.
    fn leaves(&mut self, sending: &Sending) -> bool {
        match sending.fate {
            Fate::Gated | Fate::Waits => self.begun.insert(sending.message),
            Fate::Arrives(_) => !self.begun.remove(&sending.message),
            Fate::Lost(_) => {
                self.begun.remove(&sending.message);
                false
            }
        }
    }

    fn arrow(
        &mut self,
        begins: bool,
        message: MessageId,
        name: &'static str,
        (at, row): (Time, (usize, usize)),
        cast: &Cast,
    ) {
        let (pid, tid) = row;
        let mut line = object([
            ("ph", (if begins { "s" } else { "f" }).into()),
            ("cat", "message".into()),
            ("name", name.into()),
            ("id", cast.message(message).into()),
            ("pid", pid.into()),
            ("tid", tid.into()),
        ]);
        if !begins {
            line.set("bp", "e");
        }
        self.wait(at, None, line);
    }
}

fn event_name(record: &Record, rim: &Rim<'_>) -> String {
    match &record.what {
        Happened::Timer(_, Some(label)) => rim.words(&Phrase::bare(*label)),
        Happened::Done { action, .. } => (*action).into(),
        other => match other.message() {
            Some((_, card, true)) => rim.words(&card.label),
            Some((_, card, false)) => {
                rim.words(&Phrase::new(ExportKey::Missed, [Arg::Phrase(Box::new(card.label.clone()))]))
            }
            None => other.kind().into(),
        },
    }
}

fn arguments(record: &Record, cast: &Cast) -> Json {
    let causes: Json = record.causes.iter().map(|id| cast.event(*id)).collect();
    let mut args = object([
        ("event", cast.event(record.event).into()),
        ("ordinal", record.ordinal.into()),
        ("causes", causes),
    ]);
    if let Some((message, ..)) = record.what.message() {
        args.set("message", cast.message(message));
    }
    if !record.notes.is_empty() {
        args.set("notes", record.notes.iter().map(|note| jsonl::note(note, cast)).collect::<Json>());
    }
    if let Some(action) = jsonl::action(&record.what, cast) {
        args.set("action", action);
    }
    args
}

impl Writer for Perfetto {
    fn begin(&mut self, about: &About, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        let about = object([
            ("scenario", (&about.scenario).into()),
            ("seed", about.seed.to_string().into()),
            ("engine", about.engine.into()),
        ]);
        self.first = true;
        write!(out, "{{\"displayTimeUnit\":\"ns\",\"otherData\":{about},\"traceEvents\":[")?;
        self.name_rows(rim, out)
    }

    fn record(&mut self, record: &Record, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        let (at, process) = (record.at, record.event.process);
        self.name_rows(rim, out)?;
        self.flush(at, false, out)?;
        self.shorten(process, at, false);
        for shift in &record.shifts {
            self.shift(at, shift, rim);
        }
        let place @ (pid, tid) = row(process, rim.cast);
        let (name, args) = (event_name(record, rim), arguments(record, rim.cast));
        let kind = record.what.kind();
        if matches!(record.what, Happened::Done { .. }) {
            let line = object([
                ("ph", "i".into()),
                ("s", "g".into()),
                ("cat", kind.into()),
                ("pid", pid.into()),
                ("tid", tid.into()),
                ("name", name.clone().into()),
            ]);
            self.wait(at, None, line);
        }
        let line = object([
            ("ph", "X".into()),
            ("cat", kind.into()),
            ("pid", pid.into()),
            ("tid", tid.into()),
            ("name", name.into()),
            ("args", args),
        ]);
        self.wait(at, Some(process), line);
        if let Some((message, card, true)) = record.what.message() {
            self.arrow(false, message, card.kind.as_str(), (at, place), rim.cast);
        }
        for sending in &record.sent {
            if self.leaves(sending) {
                self.arrow(true, sending.message, sending.card.kind.as_str(), (at, place), rim.cast);
            }
        }
        for (message, _) in &record.lost {
            self.begun.remove(message);
        }
        Ok(())
    }

    fn broke(&mut self, broken: &Break, rim: &Rim<'_>, _out: &mut dyn fmt::Write) -> fmt::Result {
        let (pid, tid) = row(broken.event.process, rim.cast);
        let args = object([
            ("event", rim.cast.event(broken.event).into()),
            ("words", rim.words(&broken.phrase).into()),
            ("expected", broken.expected.into()),
        ]);
        let line = object([
            ("ph", "i".into()),
            ("s", "g".into()),
            ("cat", "violation".into()),
            ("pid", pid.into()),
            ("tid", tid.into()),
            ("name", (&broken.name).into()),
            ("args", args),
        ]);
        self.wait(broken.at, None, line);
        Ok(())
    }

    fn end(&mut self, ending: &Ending, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        for process in std::mem::take(&mut self.open).into_keys() {
            let (pid, tid) = row(process, rim.cast);
            self.shorten(process, ending.at, true);
            self.wait(
                ending.at,
                None,
                object([("ph", "E".into()), ("pid", pid.into()), ("tid", tid.into())]),
            );
        }
        self.flush(ending.at, true, out)?;
        let digest = jsonl::digest(ending.digest);
        let events = ending.events;
        writeln!(out, "\n],\"metadata\":{{\"events\":{events},\"digest\":\"{digest}\"}}}}")
    }

    fn remembered(&self) -> usize {
        self.begun.len()
    }

    fn forget(&mut self, in_flight: &InFlight) {
        self.begun.retain(|message| in_flight.messages.contains(&MessageId { copy: 0, ..*message }));
    }
}

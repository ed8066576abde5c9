//! A ShiViz log: each event with its vector clock, so that the tool draws who could know what.
//!
//! ShiViz takes the first line of a file as the regular expression to read it with, the second as the separator of
//! several runs (empty: there is one), and then the log: `host clock`, and the event's text on the next line. A
//! process' own entry counts its events in the log from 1 without gaps, as ShiViz asks (its wiki, "Log format").
//!
//! Clocks here are by process, not by machine, and the operator is one of them: what was done to the world happened
//! before what came of it. Clocks are kept of each process' last events and of those from which something is in flight.

use super::record::{Happened, Record};
use super::{About, Break, Ending, InFlight, Rim, Writer};
use crate::kernel::Fate;
use crate::process::{EventId, MessageId, ProcessId};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::sync::Arc;

/// The regular expression for the log, as its first line says.
pub const PATTERN: &str = r"(?<host>\S*) (?<clock>{.*})\n(?<event>.*)";

/// What each process had seen of each.
type Clock = BTreeMap<ProcessId, u64>;

/// How many clocks of a process' last events are kept: for causes that are no message's, such as the opening of a
/// connection.
const KEPT: usize = 64;

/// Writes a ShiViz log; holds clocks of each process' last events and of those with something in flight.
#[derive(Default)]
pub struct Shiviz {
    last: BTreeMap<ProcessId, VecDeque<(EventId, Arc<Clock>)>>,
    sent: BTreeMap<EventId, Arc<Clock>>,
    /// By which events a message (copies aside) was sent, or let go after it had waited.
    senders: BTreeMap<MessageId, Vec<EventId>>,
    broken: u64,
}

/// The host that stands for the checks.
const CHECKS: &str = "(checks)";

/// Copies of a message have the original's senders.
fn original(message: MessageId) -> MessageId {
    MessageId { copy: 0, ..message }
}

impl Shiviz {
    /// The clock of a process' last event.
    fn now(&self, process: ProcessId) -> Option<&Arc<Clock>> {
        self.last.get(&process)?.back().map(|(_, clock)| clock)
    }

    fn known(&self, event: EventId) -> Option<&Arc<Clock>> {
        let last = || self.last.get(&event.process)?.iter().rev().find(|(last, _)| *last == event);
        self.sent.get(&event).or_else(|| last().map(|(_, clock)| clock))
    }

    /// The clock of an event: what its process had seen, what its causes had, and itself.
    fn tick(&mut self, record: &Record) -> Arc<Clock> {
        let me = record.event.process;
        let mut clock = self.now(me).map(|clock| (**clock).clone()).unwrap_or_default();
        for cause in record.causes.iter().filter(|cause| cause.process != me) {
            for (process, number) in self.known(*cause).into_iter().flat_map(|seen| seen.iter()) {
                let known = clock.entry(*process).or_default();
                *known = (*known).max(*number);
            }
        }
        *clock.entry(me).or_default() += 1;
        let clock = Arc::new(clock);
        let last = self.last.entry(me).or_default();
        last.push_back((record.event, clock.clone()));
        if last.len() > KEPT {
            last.pop_front();
        }
        for sending in record.sent.iter().filter(|sending| !matches!(sending.fate, Fate::Lost(_))) {
            self.sent.insert(record.event, clock.clone());
            self.senders.entry(original(sending.message)).or_default().push(record.event);
        }
        clock
    }
}

fn named(clock: &Clock, rim: &Rim<'_>) -> serde_json::Map<String, serde_json::Value> {
    clock.iter().map(|(id, number)| (host(&rim.cast.name(*id)), (*number).into())).collect()
}

/// A host name for the pattern's `\S*`.
fn host(name: &str) -> String {
    name.replace(char::is_whitespace, "_")
}

fn text(record: &Record, rim: &Rim<'_>) -> String {
    let cast = rim.cast;
    let mut parts = vec![match &record.what {
        Happened::Timer(_, Some(label)) => {
            format!("timer {}", rim.words(&crate::process::Phrase::bare(*label)))
        }
        Happened::Done { action, hosts, processes, refused, .. } => {
            let hosts = hosts.iter().map(|id| cast.host_name(*id));
            let whom: Vec<_> = hosts.chain(processes.iter().map(|id| cast.name(*id))).collect();
            let refused = refused.as_ref().map(|why| format!(": {}", rim.words(why))).unwrap_or_default();
            format!("{action} {}{refused}", whom.join(" "))
        }
        other => match other.message() {
            Some((id, card, _)) => {
                format!("{} {}: {}", other.kind(), cast.message(id), rim.words(&card.label))
            }
            None => other.kind().to_string(),
        },
    }];
    for shift in &record.shifts {
        let words = rim.standing(shift).map(|words| format!("[{} {words}]", cast.name(shift.process)));
        parts.extend(words);
    }
    let sent = record.sent.iter().map(|sending| format!("-> {}", cast.message(sending.message)));
    let notes = record.notes.iter().map(|note| rim.words(&note.phrase));
    parts.extend(sent.chain(notes));
    format!("{:?} {}", record.at, parts.join("; "))
}

impl Writer for Shiviz {
    fn begin(&mut self, _about: &About, _rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        writeln!(out, "{PATTERN}\n")
    }

    fn record(&mut self, record: &Record, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        let clock = self.tick(record);
        let named = serde_json::to_string(&named(&clock, rim)).map_err(|_| fmt::Error)?;
        writeln!(out, "{} {named}", host(&rim.cast.name(record.event.process)))?;
        writeln!(out, "{}", text(record, rim))
    }

    /// The checks are one more host, which sees the event that broke one.
    fn broke(&mut self, broken: &Break, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        self.broken += 1;
        let seen = self.known(broken.event).map(|clock| (**clock).clone()).unwrap_or_default();
        let mut named = named(&seen, rim);
        named.insert(CHECKS.into(), self.broken.into());
        let clock = serde_json::to_string(&named).map_err(|_| fmt::Error)?;
        writeln!(out, "{CHECKS} {clock}")?;
        writeln!(out, "{:?} {}: {}", broken.at, broken.name, rim.words(&broken.phrase))
    }

    fn end(&mut self, _ending: &Ending, _rim: &Rim<'_>, _out: &mut dyn fmt::Write) -> fmt::Result {
        Ok(())
    }

    fn remembered(&self) -> usize {
        self.sent.len()
    }

    fn forget(&mut self, in_flight: &InFlight) {
        self.senders.retain(|message, _| in_flight.messages.contains(message));
        let senders: BTreeSet<_> = self.senders.values().flatten().chain(&in_flight.causes).collect();
        self.sent.retain(|event, _| senders.contains(event));
    }
}

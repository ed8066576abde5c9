//! Watches a world and makes records of its events.

use super::record::{Happened, Noted, Record, Sending, Shift};
use super::{Break, Cast, Ending, InFlight, Rim, Writer};
use crate::kernel::world::{HostStatus, ProcessRef};
use crate::kernel::{Action, Event, Observer, Sent, What, World};
use crate::process::{EventId, HostId, MessageId, Phrase, ProcessId, Time};
use crate::system::Group;
use crate::view::{Standing, Status};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// Says of an event what happened, and whether it stands out.
pub type Tell = fn(&[Arc<dyn Group>], &World, &Event<'_>) -> (Phrase, bool);

/// Watches a world. What it saw waits in [`Recorder::take`] until somebody writes it: take after every step, so that no
/// more than one step's records are held.
pub struct Recorder {
    groups: Vec<Arc<dyn Group>>,
    tell: Tell,
    cast: Cast,
    known: BTreeMap<ProcessId, (Standing, Status)>,
    fallen: BTreeSet<ProcessId>,
    records: Vec<Record>,
}

impl Recorder {
    /// Watches a world in which these groups live, by their numbers; `tell` has the sentences.
    pub fn new(world: &World, groups: Vec<Arc<dyn Group>>, tell: Tell) -> Self {
        let (known, fallen) = (BTreeMap::new(), BTreeSet::new());
        let mut recorder =
            Recorder { groups, tell, cast: Cast::default(), known, fallen, records: Vec::new() };
        recorder.meet(world);
        recorder
    }

    /// Who is who so far.
    pub fn cast(&self) -> &Cast {
        &self.cast
    }

    /// What was seen since the last time.
    pub fn take(&mut self) -> Vec<Record> {
        std::mem::take(&mut self.records)
    }

    fn meet(&mut self, world: &World) {
        self.cast.meet(world);
    }

    fn status(&self, world: &World, process: &ProcessRef<'_>) -> Status {
        match world.host(process.host).map(|host| host.status) {
            Some(HostStatus::Down) => Status::Crashed,
            Some(HostStatus::Paused) => Status::Paused,
            _ if process.running => Status::Up,
            _ if self.fallen.contains(&process.id) => Status::Crashed,
            _ => Status::Stopped,
        }
    }

    /// Is this process another than before?
    fn shift(&mut self, world: &World, process: &ProcessRef<'_>) -> Option<Shift> {
        if process.incarnation == 0 {
            return None;
        }
        let status = self.status(world, process);
        let group = self.groups.get(usize::from(process.group)).filter(|_| process.running);
        let standing = group.map(|group| group.standing(world, process.id)).unwrap_or_default();
        let role = standing.role.map(|role| role.key);
        let shift =
            Shift { process: process.id, role, epoch: standing.epoch.map(|epoch| epoch.number), status };
        let before = self.known.insert(process.id, (standing, status));
        (before != Some((standing, status))).then_some(shift)
    }

    fn shifts(&mut self, world: &World, event: &Event<'_>) -> Vec<Shift> {
        if let What::Done { crashed, .. } = event.what {
            self.fallen.extend(crashed);
        }
        if matches!(event.what, What::Started) {
            self.fallen.remove(&event.id.process);
        }
        match event.what {
            What::Done { .. } | What::Stopped => {
                world.processes().filter_map(|process| self.shift(world, &process)).collect()
            }
            _ => world
                .process(event.id.process)
                .and_then(|process| self.shift(world, &process))
                .into_iter()
                .collect(),
        }
    }
}

impl Observer for Recorder {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        let spawned = !self.cast.knows(event.id.process) || matches!(event.what, What::Done { .. });
        if spawned || event.sent.iter().any(|sent| !self.cast.knows(sent.message.to)) {
            self.meet(world);
        }
        let shifts = self.shifts(world, event);
        let id = event.id;
        let done = matches!(event.what, What::Done { .. });
        // A leader is one at each of its events; what stands out is where it became one.
        let (sentence, marked) = (self.tell)(&self.groups, world, event);
        let local = |number: &u64| EventId { number: *number, ..id };
        let notes = event.notes.iter().map(|note| Noted {
            rule: note.rule,
            verdict: note.verdict,
            phrase: note.phrase.clone(),
            because: note
                .because
                .iter()
                .map(|n| world.event_of(id.process, *n).unwrap_or(local(n)))
                .collect(),
        });
        self.records.push(Record {
            event: id,
            ordinal: event.ordinal,
            at: event.at,
            what: happened(world, event),
            causes: event.causes.to_vec(),
            sent: event.sent.iter().map(sending).collect(),
            lost: event.lost.to_vec(),
            notes: notes.collect(),
            answers: event.answers.to_vec(),
            sentence,
            marked: marked && (done || !shifts.is_empty()),
            shifts,
        });
    }

    fn wants_notes(&self) -> bool {
        true
    }
}

fn sending(sent: &Sent) -> Sending {
    Sending { message: sent.message, card: sent.payload.card(), fate: sent.fate }
}

fn happened(world: &World, event: &Event<'_>) -> Happened {
    match &event.what {
        What::Started => Happened::Started,
        What::Delivered { message, payload, sent_at } => {
            Happened::Delivered(*message, payload.card(), *sent_at)
        }
        What::Missed { message, payload } => Happened::Missed(*message, payload.card()),
        What::Timer { slot, .. } => {
            let label = world.running(event.id.process).and_then(|process| process.timer_label(*slot));
            Happened::Timer(*slot, label)
        }
        What::Commanded { ticket } => Happened::Commanded(*ticket),
        What::Persisted { token } => Happened::Persisted(*token),
        What::PersistFailed { token, error } => Happened::PersistFailed(*token, *error),
        What::Opened(connection) => Happened::Opened(*connection),
        What::Accepted(connection) => Happened::Accepted(*connection),
        What::Refused(connection, why) => Happened::Refused(*connection, *why),
        What::Received { connection, message, payload } => {
            Happened::Received(*connection, *message, payload.card())
        }
        What::Closed(connection, why) => Happened::Closed(*connection, *why),
        What::Done { action, crashed, refused } => {
            let (hosts, processes) = whom(action);
            let refused = refused.map(|refusal| refusal.phrase());
            Happened::Done { action: action.name(), processes, hosts, crashed: crashed.to_vec(), refused }
        }
        What::Stopped => Happened::Stopped,
    }
}

/// The hosts and processes an action names.
fn whom(action: &Action) -> (Vec<HostId>, Vec<ProcessId>) {
    match action {
        Action::CrashHost(host)
        | Action::StartHost(host)
        | Action::Pause(host)
        | Action::Resume(host)
        | Action::RemoveHost(host)
        | Action::AddProcess { host, .. }
        | Action::Disk(host, _)
        | Action::Drift(host, _)
        | Action::StepWall(host, _) => (vec![*host], Vec::new()),
        Action::CrashProcess(process)
        | Action::StartProcess(process)
        | Action::FireTimer(process, _)
        | Action::Operate(process, _) => (Vec::new(), vec![*process]),
        Action::Block { scope, .. }
        | Action::Shape { scope, .. }
        | Action::Unshape(scope)
        | Action::Clog(scope)
        | Action::Unclog(scope)
        | Action::Hold(scope)
        | Action::Release(scope) => (scope.from.iter().chain(&scope.to).copied().collect(), Vec::new()),
        Action::Partition { groups, .. } => (groups.concat(), Vec::new()),
        Action::DeliverNow(message)
        | Action::DelayMessage(message, _)
        | Action::DropMessage(message)
        | Action::CopyMessage(message) => (Vec::new(), vec![message.from, message.to]),
        Action::ResetConnection(connection) => (Vec::new(), vec![connection.opener]),
        Action::AddHost { .. } | Action::Unblock { .. } | Action::HealAll | Action::Reluck(_) => {
            Default::default()
        }
    }
}

/// How many causes a writer may remember before those of what has arrived are looked for and forgotten.
const FORGET_ABOVE: usize = 1_024;

/// A trace being written: a recorder, a writer, and the part of the run that is wanted.
pub struct Trace {
    recorder: Recorder,
    writer: Box<dyn Writer>,
    from: Time,
    forget_above: usize,
}

impl Trace {
    /// A trace of what happens from `from` on.
    pub fn new(recorder: Recorder, writer: Box<dyn Writer>, from: Time) -> Self {
        Trace { recorder, writer, from, forget_above: FORGET_ABOVE }
    }
    /// The observer to give to a step.
    pub fn recorder(&mut self) -> &mut Recorder {
        &mut self.recorder
    }
    /// Who is who so far.
    pub fn cast(&self) -> &Cast {
        &self.recorder.cast
    }
    /// It takes no more.
    pub fn full(&self) -> bool {
        self.writer.full()
    }
    /// Writes what comes first.
    pub fn begin(
        &mut self,
        about: &super::About,
        say: &dyn super::Say,
        out: &mut dyn fmt::Write,
    ) -> fmt::Result {
        self.writer.begin(about, &Rim { cast: &self.recorder.cast, say }, out)
    }
    /// Writes what the recorder saw.
    pub fn write(&mut self, world: &World, say: &dyn super::Say, out: &mut dyn fmt::Write) -> fmt::Result {
        let records = self.recorder.take();
        let rim = Rim { cast: &self.recorder.cast, say };
        for record in records.iter().filter(|record| record.at >= self.from) {
            self.writer.record(record, &rim, out)?;
        }
        if self.writer.remembered() > self.forget_above {
            let original = |message: MessageId| MessageId { copy: 0, ..message };
            self.writer.forget(&InFlight {
                messages: world.in_flight().map(|flight| original(flight.message)).collect(),
                causes: world.in_flight().map(|flight| flight.cause).collect(),
            });
            // What is truly in flight may be more than that; looking must stay rare beside writing.
            self.forget_above = FORGET_ABOVE.max(self.writer.remembered() * 2);
        }
        Ok(())
    }
    /// Writes that a check broke.
    pub fn broke(&mut self, broken: &Break, say: &dyn super::Say, out: &mut dyn fmt::Write) -> fmt::Result {
        if broken.at < self.from {
            return Ok(());
        }
        self.writer.broke(broken, &Rim { cast: &self.recorder.cast, say }, out)
    }
    /// Writes what comes last.
    pub fn end(&mut self, ending: &Ending, say: &dyn super::Say, out: &mut dyn fmt::Write) -> fmt::Result {
        self.writer.end(ending, &Rim { cast: &self.recorder.cast, say }, out)
    }
}

//! Why did it happen? An event, and the events that led to it, found again wherever in the history they lie.
//!
//! Causes that are no longer kept in full are looked for by their identity: every checkpoint says how many events each
//! process has had, so the stretch between two checkpoints in which an event lies is known before it is replayed.

use super::history::{Replay, Target};
use super::playing::Playing;
use super::tell::{Groups, line};
use super::trace::{Trace, Tracer};
use crate::kernel::world::World;
use crate::kernel::{Event, Observer};
use crate::process::{Arg, EventId, Phrase, ProcessId, few};
use crate::scenario::Run;
use crate::view::EventLine;
use crate::words::session::SessionKey as K;
use litemap::LiteMap;

/// Most steps back.
const DEEPEST: u32 = 12;
/// Most lines of an explanation.
const LINES: usize = 48;
/// Most stretches replayed for one explanation.
const REPLAYS: u32 = 8;
/// Most events remembered from earlier explanations.
const REMEMBERED: usize = 512;

impl Playing {
    /// The event's line, and the lines of its causes and theirs, nearest first.
    pub fn explain(&mut self, event: EventId, depth: u32) -> Result<Vec<EventLine>, Phrase> {
        let mut replays = REPLAYS;
        let mut lines: Vec<EventLine> = Vec::new();
        let mut seen = few::Set::default();
        let mut level = vec![event];
        for _ in 0..=depth.min(DEEPEST) {
            level.retain(|event| seen.insert((event.process, event.number)));
            level.truncate(LINES.saturating_sub(lines.len()));
            if level.is_empty() {
                break;
            }
            self.find(&level, &mut replays);
            let mut found: Vec<EventLine> = level.iter().filter_map(|event| self.known(*event)).collect();
            few::sort_by_key(&mut found, |line| std::cmp::Reverse(line.place.ordinal));
            level = found.iter().flat_map(causes).collect();
            lines.extend(found);
        }
        if lines.is_empty() {
            let args = [Arg::Process(event.process), Arg::Number(event.number)];
            return Err(Phrase::new(K::NoSuchEvent, args));
        }
        Ok(lines)
    }

    pub(super) fn known(&self, event: EventId) -> Option<EventLine> {
        let traced = if self.trace.branch == self.branch { self.trace.find(event) } else { None };
        traced.map(|record| &record.line).or_else(|| self.found.get(&(event.process, event.number))).cloned()
    }

    /// Brings these events' lines back, as far as the number of replays allows.
    pub(super) fn find(&mut self, events: &[EventId], replays: &mut u32) {
        if self.found.len() > REMEMBERED {
            self.found.clear();
        }
        let mut stretches: LiteMap<u64, Vec<EventId>> = LiteMap::new();
        for event in events.iter().filter(|event| self.known(**event).is_none()) {
            if let Some(from) = self.stretch(*event) {
                stretches.entry(from).or_default().push(*event);
            }
        }
        // The nearest first: what is far may be left out.
        for (from, events) in stretches.into_iter().rev() {
            if *replays == 0 {
                return;
            }
            *replays -= 1;
            self.replay(from, &events);
        }
    }

    /// After which checkpoint an event lies, by the checkpoint's ordinal.
    fn stretch(&self, event: EventId) -> Option<u64> {
        let checkpoints = self.history.checkpoints(self.branch);
        let before = |run: &&Run| match event.process {
            ProcessId::OPERATOR => {
                self.chronicle().act(event.number).is_some_and(|at| run.place().ordinal <= at)
            }
            process => run.world().process(process).map_or(0, |process| process.events) < event.number,
        };
        let after = checkpoints.partition_point(before);
        after.checked_sub(1).and_then(|last| checkpoints.get(last)).map(|run| run.place().ordinal)
    }

    /// This branch before one of its events, derived anew.
    pub(super) fn just_before(&mut self, ordinal: u64) -> Option<Run> {
        let before = Target::Ordinal(ordinal.checked_sub(1)?);
        let mut run = self.recalled_before(self.branch, before)?;
        self.history.go(self.branch, &mut run, before, &mut u64::MAX.clone(), &mut [], &mut |_| false);
        Some(run)
    }

    /// One event of this branch, by its place, derived anew.
    pub(super) fn derived(&mut self, ordinal: u64) -> Option<EventLine> {
        let mut run = self.just_before(ordinal)?;
        let mut trace = Trace::new(self.branch, 1);
        let mut tracer = Tracer { trace: &mut trace, groups: &self.groups };
        let observers: &mut [&mut dyn Observer] = &mut [&mut tracer];
        let target = Target::Ordinal(ordinal);
        self.history.go(self.branch, &mut run, target, &mut u64::MAX.clone(), observers, &mut |_| false);
        trace.at(ordinal).map(|record| record.line.clone())
    }

    fn replay(&mut self, from: u64, events: &[EventId]) {
        let checkpoints = self.history.checkpoints(self.branch);
        let Some(start) = checkpoints.iter().position(|run| run.place().ordinal == from) else { return };
        let mut run = checkpoints[start].clone();
        let to = checkpoints.get(start + 1).map_or(self.head().ordinal, |next| next.place().ordinal);
        let wanted = events.iter().map(|event| (event.process, event.number)).collect();
        let mut finder = Finder { groups: &self.groups, wanted, found: Vec::new() };
        // In short pieces, so that it ends soon after the last one is found.
        while !finder.wanted.is_empty() && run.place().ordinal < to {
            let target = Target::Ordinal((run.place().ordinal + 1_000).min(to));
            let before = run.place().ordinal;
            let observers: &mut [&mut dyn Observer] = &mut [&mut finder];
            self.history.go(self.branch, &mut run, target, &mut u64::MAX.clone(), observers, &mut |_| false);
            if Replay::place(&run).ordinal == before {
                break;
            }
        }
        for line in finder.found {
            self.found.insert((line.event.process, line.event.number), line);
        }
    }
}

/// What led to an event: its causes, and what its notes name.
fn causes(line: &EventLine) -> Vec<EventId> {
    let mut causes = line.causes.clone();
    causes.extend(line.notes.iter().flat_map(|note| note.because.iter().copied()));
    causes
}

/// Keeps the lines of the events it is looking for.
struct Finder<'a> {
    groups: &'a Groups,
    /// Each once, and few.
    wanted: Vec<(ProcessId, u64)>,
    found: Vec<EventLine>,
}

impl Observer for Finder<'_> {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        let is_it = |wanted: &(ProcessId, u64)| *wanted == (event.id.process, event.id.number);
        if let Some(at) = self.wanted.iter().position(is_it) {
            self.wanted.swap_remove(at);
            self.found.push(line(self.groups, world, event));
        }
    }
    fn wants_notes(&self) -> bool {
        true
    }
}

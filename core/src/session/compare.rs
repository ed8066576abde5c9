//! Two branches beside each other: where their histories first differ and by what, and the other one's stage at the time shown.
//!
//! Events are compared by their stable identity: each process' own, one by one, by when they came and what they were. What the
//! operator did is left out of that: it is what parted the two, not what came of it. The run shown is not touched; the
//! other one is a run of its own that follows at whatever time is asked for.

use super::commands::{CommandView, Fate};
use super::history::{History, Reached, Target};
use super::imperative;
use super::playing::{MOST_EVENTS, Playing, WINDOW};
use super::tell::{Groups, line};
use super::trace::Trace;
use crate::kernel::world::World;
use crate::kernel::{Event, Observer, What};
use crate::process::{Arg, Digest, Phrase, ProcessId, Time};
use crate::scenario::Run;
use crate::view::{EventLine, Frame, Place};
use crate::words::session::SessionKey as K;
use litemap::LiteMap;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::sync::Arc;

/// Most events that are compared for one answer, of both branches together.
const MOST_COMPARED: u64 = 400_000;
/// How many events one of the two goes on before the other one follows.
const STRIDE: u64 = 128;

/// How two branches compare. Where there are two of anything, the first is the branch shown's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The branch shown, and the other one.
    pub branches: [u32; 2],
    /// Where they part: up to here they are one.
    pub fork: Place,
    /// The first command that each has of its own after that, and the other has not.
    pub parted: [Option<CommandView>; 2],
    /// The first event that differs, of the same process on both; `None` where nothing of the kind happened.
    pub first: [Option<EventLine>; 2],
    /// Up to when they are the same.
    pub same_until: Time,
    /// No difference was found, and only as far as both were simulated, or as one answer may take, was it looked for.
    pub same: bool,
}

/// The other branch at the time asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OtherView {
    /// Which branch.
    pub branch: u32,
    /// Its stage.
    pub frame: Frame,
    /// Its digest, upper 64 bits.
    pub digest: u64,
    /// It has not come to the time asked for within its budget: ask again.
    pub more: bool,
    /// Processes that are not the same on both at this moment: their state, what is on their disk, or whether they run.
    pub differ: Vec<ProcessId>,
    /// Names of its processes, for phrases.
    pub names: Vec<(ProcessId, Arc<str>)>,
}

/// The other branch, as it goes along.
pub struct Beside {
    branch: u32,
    run: Run,
    trace: Trace,
}

impl Playing {
    /// Where the branch shown and another first differ.
    pub(super) fn compare(&mut self, other: u32) -> Result<Comparison, Phrase> {
        self.another(other)?;
        self.catch_up(other);
        let ids = [self.branch, other];
        let fork = self.parting(ids);
        let heads = ids.map(|id| self.history.branch(id).map_or(fork, |branch| branch.head));
        let until = heads[0].at.min(heads[1].at);
        let parted = self.parted(ids, fork);
        let target = Target::Place(fork);
        let [Some(one), Some(two)] = ids.map(|id| self.recalled_before(id, target)) else {
            return Err(Phrase::new(K::NoSuchBranch, [Arg::Number(u64::from(other) + 1)]));
        };
        let Playing { history, groups, .. } = self;
        let mut sides = [(ids[0], one), (ids[1], two)].map(|(id, run)| Side::new(id, run));
        for side in &mut sides {
            history.go(side.id, &mut side.run, target, &mut u64::MAX.clone(), &mut [], &mut |_| false);
        }
        let mut search = Search { sides, until, pending: LiteMap::new() };
        let found = search.first(history, groups);
        let same = found.is_none();
        let first = found.unwrap_or_default();
        let at = first.iter().flatten().map(|line| line.place.at).min();
        let same_until = at.unwrap_or_else(|| search.seen()).max(fork.at);
        Ok(Comparison { branches: ids, fork, parted, first, same_until, same })
    }

    /// A living branch other than the one shown.
    fn another(&self, id: u32) -> Result<(), Phrase> {
        let known = self.history.living(id).is_some() && id != self.branch;
        let unknown = || Phrase::new(K::NoSuchBranch, [Arg::Number(u64::from(id) + 1)]);
        known.then_some(()).ok_or_else(unknown)
    }

    /// Up to where two branches are one.
    fn parting(&self, ids: [u32; 2]) -> Place {
        let end = Place { ordinal: u64::MAX, at: Time::MAX };
        let [one, two] = ids.map(|id| {
            let mut way = vec![(id, end)];
            while let Some(&(id, limit)) = way.last()
                && let Some((off, place)) = self.history.branch(id).and_then(|branch| branch.off)
            {
                way.push((off, place.min(limit)));
            }
            way
        });
        let common = one.iter().find_map(|(id, limit)| {
            let (_, other) = two.iter().find(|(other, _)| other == id)?;
            Some((*limit).min(*other))
        });
        common.unwrap_or_default()
    }

    /// The first command of each that the other has not.
    fn parted(&self, ids: [u32; 2], fork: Place) -> [Option<CommandView>; 2] {
        let own = ids.map(|id| {
            let commands = self.history.branch(id).map_or(&[][..], |branch| &branch.commands);
            &commands[commands.partition_point(|command| command.place.ordinal < fork.ordinal)..]
        });
        let same = own[0].iter().zip(own[1]).take_while(|(one, two)| one == two).count();
        own.map(|own| {
            let first = own.get(same)?;
            Some(CommandView {
                place: first.place,
                text: first.command.to_string().into(),
                sentence: imperative::sentence(&first.command),
                inherited: false,
                fate: Fate::Done,
            })
        })
    }

    /// The other branch at a time, going on from where it was if that is nearer than any checkpoint.
    pub(super) fn other(&mut self, id: u32, at: Time, budget: u64) -> Result<OtherView, Phrase> {
        self.another(id)?;
        self.catch_up(id);
        let beside = self.beside.take().filter(|beside| beside.branch == id);
        let beside = match beside {
            Some(beside) => beside,
            None => {
                let run = self.history.before(id, Target::Time(Time::ZERO));
                let unknown = || Phrase::new(K::NoSuchBranch, [Arg::Number(u64::from(id) + 1)]);
                Beside { branch: id, run: run.ok_or_else(unknown)?, trace: Trace::new(id, WINDOW) }
            }
        };
        self.beside = Some(beside);
        // Where the two are still one they stand at the same event; after that, at the same time.
        let (here, fork) = (self.place(), self.parting([self.branch, id]));
        let together = here.at == at && here.ordinal <= fork.ordinal;
        let target = if together { Target::Place(here) } else { Target::Time(at) };
        self.swap();
        let more = self.follow(target, budget.min(MOST_EVENTS));
        let (frame, digest) = (self.frame(), (self.run.digest() >> 64) as u64);
        let names = self.run.world().process_names().map(|(id, name, _)| (id, name.clone()));
        let names = names.collect();
        self.swap();
        let differ = self.beside.as_ref().map_or(Vec::new(), |beside| {
            let (shown, other) = (self.run.world(), beside.run.world());
            let mut all: Vec<ProcessId> = shown.processes().map(|process| process.id).collect();
            all.extend(other.processes().map(|process| process.id).filter(|id| shown.process(*id).is_none()));
            all.retain(|id| state(shown, *id) != state(other, *id));
            all
        });
        Ok(OtherView { branch: id, frame, digest, more, differ, names })
    }

    /// What is shown and what is beside it change places.
    fn swap(&mut self) {
        if let Some(beside) = &mut self.beside {
            std::mem::swap(&mut self.branch, &mut beside.branch);
            std::mem::swap(&mut self.run, &mut beside.run);
            std::mem::swap(&mut self.trace, &mut beside.trace);
        }
    }

    /// Back or on, within a budget for new ground; whether there is more to go.
    pub(super) fn follow(&mut self, target: Target, mut budget: u64) -> bool {
        let (nearest, here) = (self.nearest(target), self.place());
        let before = match target {
            Target::Time(at) => here.at < at,
            Target::Place(Place { ordinal, .. }) | Target::Ordinal(ordinal) => here.ordinal < ordinal,
        };
        if let Some(run) = nearest.filter(|run| !before || run.place() > here) {
            self.run = run;
        }
        let mut known = u64::MAX;
        let budget = if self.is_known(target) { &mut known } else { &mut budget };
        let reached = self.go(target, budget, true, &mut |_| false);
        self.settle();
        reached == Reached::Budget
    }
}

/// All that a process is, as one number; `None` if there is none.
fn state(world: &World, id: ProcessId) -> Option<u128> {
    let process = world.process(id)?;
    let mut digest = Digest::new();
    digest.word(u64::from(process.running));
    digest.word(world.host(process.host).map_or(0, |host| host.status as u64));
    if let Some(running) = world.running(id) {
        running.fold(&mut digest);
    }
    if let Some(stored) = world.stored_any(id) {
        stored.fold(&mut digest);
    }
    Some(digest.value())
}

/// One of the two histories, on its way.
struct Side {
    id: u32,
    run: Run,
    ended: bool,
}

impl Side {
    fn new(id: u32, run: Run) -> Self {
        Side { id, run, ended: false }
    }

    /// Everything up to here was seen.
    fn seen(&self) -> Time {
        if self.ended { Time::MAX } else { self.run.place().at }
    }
}

/// An event of one of the two, and what it carried.
type Told = (EventLine, u128);

/// The search for the first event that differs.
struct Search {
    sides: [Side; 2],
    until: Time,
    /// Of each process, what has not met its like on the other side.
    pending: LiteMap<ProcessId, [VecDeque<Told>; 2]>,
}

impl Search {
    fn seen(&self) -> Time {
        self.sides[0].seen().min(self.sides[1].seen()).min(self.until)
    }

    fn first(&mut self, history: &mut History<Run>, groups: &Groups) -> Option<[Option<EventLine>; 2]> {
        let mut budget = MOST_COMPARED;
        loop {
            if let Some(found) = self.difference() {
                return Some(found);
            }
            if budget < STRIDE || self.sides.iter().all(|side| side.ended) {
                return None;
            }
            // The one that is behind goes on, so that neither keeps more than the other has to catch up with.
            let behind = usize::from(self.sides[1].seen() < self.sides[0].seen());
            let side = &mut self.sides[behind];
            let mut collector = Collector { groups, told: Vec::new() };
            let mut stride = STRIDE;
            let target = Target::Time(self.until);
            let observers: &mut [&mut dyn Observer] = &mut [&mut collector];
            let reached = history.go(side.id, &mut side.run, target, &mut stride, observers, &mut |_| false);
            side.ended = reached != Reached::Budget;
            budget -= STRIDE - stride;
            for told in collector.told {
                let process = told.0.event.process;
                self.pending.entry(process).or_default()[behind].push_back(told);
            }
        }
    }

    /// Lets go of what is the same on both, and finds the earliest that is not, if nothing earlier can still come.
    fn difference(&mut self) -> Option<[Option<EventLine>; 2]> {
        let mut earliest: Option<(Time, ProcessId)> = None;
        for (process, [one, two]) in self.pending.iter_mut() {
            while let (Some(first), Some(second)) = (one.front(), two.front())
                && same(first, second)
            {
                one.pop_front();
                two.pop_front();
            }
            let times = [one.front(), two.front()].into_iter().flatten().map(|told| told.0.place.at);
            if let Some(at) = times.min()
                && earliest.is_none_or(|(other, _)| at < other)
            {
                earliest = Some((at, *process));
            }
        }
        let (at, process) = earliest?;
        if self.sides.iter().any(|side| side.seen() <= at) {
            return None;
        }
        let both = self.pending.get_mut(&process)?;
        Some([both[0].pop_front().map(|told| told.0), both[1].pop_front().map(|told| told.0)])
    }
}

fn same((one, carried): &Told, (two, other): &Told) -> bool {
    let what = |line: &EventLine| (line.event, line.place.at, line.kind);
    what(one) == what(two) && carried == other && one.sentence == two.sentence
}

/// Tells the events of processes, the operator's left out.
struct Collector<'a> {
    groups: &'a Groups,
    told: Vec<Told>,
}

impl Observer for Collector<'_> {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        if event.id.process == ProcessId::OPERATOR || matches!(event.what, What::Done { .. }) {
            return;
        }
        let mut digest = Digest::new();
        if let What::Delivered { payload, .. }
        | What::Received { payload, .. }
        | What::Missed { payload, .. } = &event.what
        {
            payload.fold(&mut digest);
        }
        self.told.push((line(self.groups, world, event), digest.value()));
    }
}

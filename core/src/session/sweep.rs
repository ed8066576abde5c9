//! One seed of many, with what is counted in it.
//!
//! A sweep keeps no marks and writes no trace: beside the checks only a counter watches. Whoever has threads gives each seed
//! to one of them; a run never leaves its thread.

use super::headless::{Prepared, Report, report, run_with};
use crate::kernel::{Action, Event, Fate, Observer, What, World};
use crate::process::ProcessId;
use crate::system::Group;
use crate::view::Epoch;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What happened in one seed, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    counts: BTreeMap<Arc<str>, u64>,
}

impl Tally {
    /// Each number by its name; the same names for every seed of a scenario.
    pub fn counters(&self) -> impl Iterator<Item = (&Arc<str>, u64)> {
        self.counts.iter().map(|(name, number)| (name, *number))
    }
}

/// Counts what any system does.
#[derive(Default)]
struct Counter {
    groups: Vec<Arc<dyn Group>>,
    elections: u64,
    /// The last term (ballot, version) in which each was seen to lead.
    led: BTreeMap<ProcessId, Epoch>,
    delivered: u64,
    missed: u64,
    lost: u64,
    crashes: u64,
    starts: u64,
    faults: u64,
    disk_errors: u64,
}

impl Observer for Counter {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        self.lost += event.lost.len() as u64;
        self.lost += event.sent.iter().filter(|sent| matches!(sent.fate, Fate::Lost(_))).count() as u64;
        match &event.what {
            What::Delivered { .. } | What::Received { .. } => self.delivered += 1,
            What::Missed { .. } => self.missed += 1,
            What::Started => self.starts += 1,
            What::PersistFailed { .. } => self.disk_errors += 1,
            What::Done { action, crashed, refused: None } => {
                self.crashes += crashed.len() as u64;
                self.faults += u64::from(!matches!(action, Action::Operate(..)));
            }
            _ => {}
        }
        let group =
            world.process(event.id.process).and_then(|process| self.groups.get(usize::from(process.group)));
        if let Some((who, epoch, _)) = group.and_then(|group| group.elected(world, event)) {
            self.elections += u64::from(self.led.insert(who, epoch) != Some(epoch));
        }
    }
}

/// Runs one seed to its end.
pub fn seed(prepared: &Prepared, seed: u64) -> (Report, Tally) {
    let scenario = prepared.with_seed(seed).effective();
    let groups = scenario.systems.iter().map(|system| system.group.clone()).collect();
    let mut counter = Counter { groups, ..Counter::default() };
    let mut meters: Vec<_> = (0u16..)
        .zip(&scenario.systems)
        .filter_map(|(number, system)| Some((system.name.clone(), system.group.meter(number)?)))
        .collect();
    let mut observers: Vec<&mut dyn Observer> = vec![&mut counter];
    observers.extend(meters.iter_mut().map(|(_, meter)| &mut **meter as &mut dyn Observer));
    let (run, step) = run_with(scenario, &mut observers);
    let mut counts: BTreeMap<Arc<str>, u64> = BTreeMap::new();
    let generic = [
        ("elections", counter.elections),
        ("messagesDelivered", counter.delivered),
        ("messagesMissed", counter.missed),
        ("messagesLost", counter.lost),
        ("crashes", counter.crashes),
        ("starts", counter.starts),
        ("faults", counter.faults),
        ("commandsRefused", run.remarks().len() as u64),
        ("diskErrors", counter.disk_errors),
        ("events", run.place().ordinal),
    ];
    counts.extend(generic.map(|(name, number)| (name.into(), number)));
    for (system, meter) in &meters {
        let named = |(name, number): (&str, u64)| (format!("{system}/{name}").into(), number);
        counts.extend(meter.counts().into_iter().map(named));
    }
    for (number, system) in (0u16..).zip(&run.scenario().systems).filter(|(_, system)| !system.implicit) {
        for name in system.group.facts() {
            if let Some(value) = run.fact(number, name, None) {
                counts.insert(format!("{}/{name}", system.name).into(), value);
            }
        }
    }
    (report(&run, step), Tally { counts })
}

//! A cluster in one hand: on the driver without time ([`Steps`]), and in a small world with a network, disks and clocks
//! ([`Cluster`]), where every event is checked.

use crate::check::workers::{Reach, Reached, WorkersCheck};
use crate::check::{Check, Watching};
use crate::kernel::{
    Action, DiskFault, Event, HostSpec, LatencyLaw, LinkScope, LinkSpec, Observer, World, WorldSpec,
};
use crate::process::payload::peek;
use crate::process::untimed::{Choice, Freight, Transit, Untimed};
use crate::process::{Note, ProcessId, Span, Time, TimerName, Verdict};
use crate::words::Key;
use crate::workers::*;
use std::collections::BTreeSet;
use std::sync::Arc;

pub const SCHEDULER: u32 = 1;
pub const STORE: u32 = 2;

pub fn p(n: u32) -> ProcessId {
    ProcessId(n)
}
pub fn ms(n: u64) -> Span {
    Span::millis(n)
}
pub fn at(n: u64) -> Time {
    Time::millis(n)
}

/// Four tasks, workers with two slots.
pub fn settings() -> Settings {
    Settings { tasks: 4, ..Settings::default() }
}

fn image(program: &Program, n: u32) -> Arc<dyn crate::process::Image> {
    match n {
        SCHEDULER => program.scheduler(),
        STORE => program.store(),
        _ => program.worker(),
    }
}

/// Without time: messages lie until they are delivered, disks are done at once.
pub struct Steps {
    pub world: Untimed,
    ticket: u64,
}

impl Steps {
    /// With so many workers: 3 and up.
    pub fn new(workers: u32, settings: Settings) -> Steps {
        let program = Program::new(settings).expect("settings");
        let mut world = Untimed::new();
        world.keep_notes();
        for n in 1..=workers + 2 {
            world.add(p(n), image(&program, n));
        }
        let mut steps = Steps { world, ticket: 0 };
        steps.sync();
        steps
    }
    pub fn scheduler(&self) -> &Scheduler {
        self.world.machine(p(SCHEDULER)).expect("it runs")
    }
    pub fn store(&self) -> &Store {
        self.world.machine(p(STORE)).expect("it runs")
    }
    pub fn worker(&self, n: u32) -> &Worker {
        self.world.machine(p(n)).expect("it runs")
    }
    /// The tasks that a worker has at work.
    pub fn at_work(&self, n: u32) -> Vec<u64> {
        self.worker(n).runs().iter().map(|run| run.task.0).collect()
    }
    pub fn sync(&mut self) {
        for id in self.world.ids().collect::<Vec<_>>() {
            while self.world.apply(Choice::Sync(id)) {}
        }
    }
    pub fn order(&mut self, n: u32, command: Command) -> bool {
        self.ticket += 1;
        self.world.order(p(n), self.ticket, Arc::new(command));
        self.sync();
        let ticket = self.ticket;
        let mut answers = self.world.answers().iter();
        answers.any(|(_, answered, answer)| *answered == ticket && answer.accepted)
    }
    pub fn flights(&self) -> impl Iterator<Item = (ProcessId, ProcessId, &Message)> {
        self.world.transit().iter().filter_map(said)
    }
    pub fn count(&self, fits: impl Fn(&Message) -> bool) -> usize {
        self.flights().filter(|(_, _, message)| fits(message)).count()
    }
    fn find(&self, fits: impl Fn(ProcessId, ProcessId, &Message) -> bool) -> Option<usize> {
        let fit = |item: &Transit| said(item).is_some_and(|(from, to, message)| fits(from, to, message));
        self.world.transit().iter().position(fit)
    }
    /// Delivers the oldest that fits; was there one?
    pub fn deliver_one(&mut self, fits: impl Fn(ProcessId, ProcessId, &Message) -> bool) -> bool {
        let found = self.find(fits);
        let there = found.is_some_and(|item| self.world.apply(Choice::Deliver(item)));
        self.sync();
        there
    }
    /// Delivers all that fit, also what they bring about.
    pub fn deliver(&mut self, fits: impl Fn(ProcessId, ProcessId, &Message) -> bool) {
        for _ in 0..10_000 {
            if !self.deliver_one(&fits) {
                return;
            }
        }
        panic!("it goes on for ever");
    }
    pub fn deliver_all(&mut self) {
        self.deliver(|_, _, _| true);
    }
    /// Loses all that fit.
    pub fn lose(&mut self, fits: impl Fn(ProcessId, ProcessId, &Message) -> bool) {
        while let Some(item) = self.find(&fits) {
            self.world.apply(Choice::Drop(item));
        }
    }
    /// Doubles the oldest that fits.
    pub fn double(&mut self, fits: impl Fn(ProcessId, ProcessId, &Message) -> bool) {
        let item = self.find(fits).expect("it is on its way");
        assert!(self.world.apply(Choice::Duplicate(item)));
    }
    pub fn put_on_its_way(&mut self, from: u32, to: u32, message: Message) {
        self.world.send(p(from), p(to), Arc::new(message));
    }
    pub fn fire(&mut self, n: u32, timer: Timer) -> bool {
        let there = self.world.apply(Choice::Fire(p(n), timer.slot()));
        self.sync();
        there
    }
    pub fn crash(&mut self, n: u32) {
        assert!(self.world.apply(Choice::Crash(p(n))));
    }
    pub fn restart(&mut self, n: u32) {
        assert!(self.world.apply(Choice::Restart(p(n))));
        self.sync();
    }
    /// What a process decided by a rule.
    pub fn noted(&self, n: u32, verdict: Verdict, rule: Rule) -> bool {
        let fits = |note: &Note| note.verdict == verdict && note.rule == Some(rule.name());
        self.world.notes().iter().any(|(who, note)| *who == p(n) && fits(note))
    }
}

fn said(item: &Transit) -> Option<(ProcessId, ProcessId, &Message)> {
    let Freight::Datagram(payload) = &item.what else { return None };
    Some((item.from, item.to, peek::<Message>(&**payload)?))
}

/// What was said, if somebody listens.
#[derive(Default)]
pub struct Heard {
    pub listens: bool,
    pub keys: BTreeSet<Key>,
}

impl Observer for Heard {
    fn saw(&mut self, _world: &World, event: &Event<'_>) {
        self.keys.extend(event.notes.iter().map(|note| note.phrase.key));
    }
    fn wants_notes(&self) -> bool {
        self.listens
    }
}

/// A small world: process `n` on host `n`.
pub struct Cluster {
    pub world: World,
    pub watching: Watching,
    pub reached: Reached,
    pub heard: Heard,
    barriers: u32,
}

impl Cluster {
    /// With so many workers: 3 and up.
    pub fn new(workers: u32, settings: Settings, seed: u64) -> Cluster {
        Cluster::with_drifts(workers, settings, seed, |_| 0)
    }
    /// The same, with clocks that run too fast by so many parts per million.
    pub fn with_drifts(workers: u32, settings: Settings, seed: u64, drift: impl Fn(u32) -> i32) -> Cluster {
        let program = Program::new(settings).expect("settings");
        let latency = LatencyLaw::Uniform(ms(1), ms(5));
        let default_link = LinkSpec { latency, ..LinkSpec::default() };
        let mut world = World::new(WorldSpec { seed, default_link, ..WorldSpec::default() });
        for n in 1..=workers + 2 {
            let spec = HostSpec { drift_ppm: drift(n), ..HostSpec::default() };
            let host = world.add_host(&format!("h{n}"), spec).expect("a host");
            world.add_process(host, &format!("p{n}"), 0, image(&program, n)).expect("a process");
        }
        let check: Box<dyn Check> = Box::new(WorkersCheck::new(0));
        Cluster {
            world,
            watching: Watching::new([check]),
            reached: Reached::new(0),
            heard: Heard::default(),
            barriers: 0,
        }
    }
    pub fn host(&self, n: u32) -> crate::process::HostId {
        self.world.process(p(n)).expect("a process").host
    }
    pub fn run_to(&mut self, time: Time) {
        while self.world.step_until(time, &mut [&mut self.watching, &mut self.reached, &mut self.heard]) {}
        self.world.advance_to(time);
    }
    pub fn run_for(&mut self, span: Span) {
        self.run_to(self.world.now() + span);
    }
    /// Runs until it is so, at most to this time; is it?
    pub fn run_until(&mut self, limit: Time, mut is_so: impl FnMut(&World) -> bool) -> bool {
        while !is_so(&self.world) {
            if !self.world.step_until(limit, &mut [&mut self.watching, &mut self.reached, &mut self.heard]) {
                return false;
            }
        }
        true
    }
    /// When the job is done, if it is until then.
    pub fn done_by(&mut self, limit: Time) -> Option<Time> {
        self.run_until(limit, is_done).then(|| self.world.now())
    }
    pub fn act(&mut self, action: Action) {
        self.world.act(&action, &mut [&mut self.watching, &mut self.reached, &mut self.heard]).expect("done");
    }
    pub fn crash(&mut self, n: u32) {
        self.act(Action::CrashProcess(p(n)));
    }
    pub fn start(&mut self, n: u32) {
        self.act(Action::StartProcess(p(n)));
    }
    pub fn pause(&mut self, n: u32) {
        self.act(Action::Pause(self.host(n)));
    }
    pub fn resume(&mut self, n: u32) {
        self.act(Action::Resume(self.host(n)));
    }
    pub fn disk(&mut self, n: u32, fault: DiskFault) {
        self.act(Action::Disk(self.host(n), fault));
    }
    /// Its process crashes, and starts at once from an empty disk, with its wall clock set back so far.
    pub fn replace_disk(&mut self, n: u32, back: impl Fn(Time) -> Span) {
        self.crash(n);
        self.disk(n, DiskFault::Wipe);
        let back = i64::try_from(back(self.world.now()).0).expect("not so far");
        self.act(Action::StepWall(self.host(n), -back));
        self.start(n);
    }
    /// Nothing passes between these two, either way.
    pub fn cut(&mut self, a: u32, b: u32) {
        self.barriers += 1;
        let scope = LinkScope { from: vec![self.host(a)], to: vec![self.host(b)], both: true };
        self.act(Action::Block { barrier: self.barriers, scope });
    }
    pub fn heal(&mut self) {
        self.act(Action::HealAll);
    }
    /// From one to the other, messages take this long.
    pub fn slow(&mut self, from: u32, to: u32, latency: Span) {
        let scope = LinkScope { from: vec![self.host(from)], to: vec![self.host(to)], both: false };
        let latency = Some(LatencyLaw::Constant(latency));
        let (loss, duplicate, reorder, bandwidth) = (None, None, None, None);
        self.act(Action::Shape { scope, loss, duplicate, reorder, latency, bandwidth });
    }
    pub fn scheduler(&self) -> &Scheduler {
        self.world.machine(p(SCHEDULER)).expect("it runs")
    }
    pub fn store(&self) -> &Store {
        self.world.machine(p(STORE)).expect("it runs")
    }
    pub fn worker(&self, n: u32) -> &Worker {
        self.world.machine(p(n)).expect("it runs")
    }
    /// Is this worker at work?
    pub fn works(world: &World, n: u32) -> bool {
        world.machine::<Worker>(p(n)).is_some_and(|worker| !worker.runs().is_empty())
    }
    /// Runs until this worker is at work.
    pub fn until_works(&mut self, n: u32) {
        assert!(self.run_until(at(60_000), |world| Cluster::works(world, n)), "p{n} gets no work");
    }
    /// Runs until this worker has finished a task, by the scheduler's journal.
    pub fn until_finished_by(&mut self, n: u32) {
        let by = |finished: &Finished| finished.worker == p(n);
        let has = |scheduler: &Scheduler| scheduler.journal().finished.iter().any(by);
        assert!(
            self.run_until(at(60_000), |world| { world.machine::<Scheduler>(p(SCHEDULER)).is_some_and(has) })
        );
    }
    pub fn reach(&self) -> Reach {
        self.reached.reach
    }
    pub fn facts(&self) -> Facts {
        self.scheduler().facts()
    }
    /// The names of what broke.
    pub fn broken(&self) -> Vec<&'static str> {
        self.watching.broken.iter().map(|violation| violation.check).collect()
    }
    pub fn assert_whole(&self) {
        assert!(self.watching.broken.is_empty(), "{:?}", self.watching.broken);
    }
}

/// Is every task finished or given up, by the scheduler's book?
pub fn is_done(world: &World) -> bool {
    world.machine::<Scheduler>(p(SCHEDULER)).is_some_and(|scheduler| {
        scheduler.is_ready() && scheduler.tasks().iter().all(|row| row.finished.is_some())
    })
}

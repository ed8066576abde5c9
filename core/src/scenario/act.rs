//! Commands carried out: whom they mean at this moment, and the actions that they come to.
//!
//! A refused command changes nothing. One that means several hosts does what can be done and is refused only if nothing
//! can.

use super::command::{
    AddMember, Command, Cut, DelayMessage, DiskTrouble, Joining, Links, OpName, OrderCommand, Others,
    Partition, Request,
};
use super::target::{Select, Target};
use super::whom::{Eyes, name};
use super::{Scenario, System};
use crate::kernel::world::{HostStatus, World};
use crate::kernel::{Action, DiskFault, HostSpec, LinkScope, Observer};
use crate::process::{Arg, EventId, HostId, Phrase, ProcessId};
use crate::system::Given;
use crate::system::orders::Said;
use crate::words::hands::HandsKey;
use crate::words::scenario::ScenarioKey as K;
use litemap::LiteMap;
use std::sync::Arc;

/// How a fault in force is ended.
#[derive(Clone, Debug)]
pub struct Undo {
    /// What ends it.
    pub actions: Vec<Action>,
    /// The barrier it put up, if it did.
    pub barrier: Option<u32>,
    /// A partition's groups; a cut's two sides.
    pub groups: Vec<Vec<HostId>>,
    /// Only from the first group to the second.
    pub one_way: bool,
}

/// Faults in force, by the id they are healed by.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    named: LiteMap<Arc<str>, Undo>,
    barriers: u32,
}

impl Faults {
    /// Each with its id.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Undo)> {
        self.named.iter()
    }
    /// The id of the fault that put up a barrier.
    pub fn of_barrier(&self, barrier: u32) -> Option<&Arc<str>> {
        self.named.iter().find(|(_, undo)| undo.barrier == Some(barrier)).map(|(id, _)| id)
    }
    fn fresh(&self, kind: &str) -> Arc<str> {
        let mut number = 1;
        loop {
            let id: Arc<str> = format!("{kind}-{number}").into();
            if !self.named.contains_key(&id) {
                return id;
            }
            number += 1;
        }
    }
}

/// A step of carrying out a command.
enum Task {
    /// One of several of which at least one must be possible.
    Any(Action),
    /// This must be possible.
    Must(Action),
    /// A process on a host that an earlier task brings along.
    Process { host: Arc<str>, name: Arc<str>, group: u16, image: Arc<dyn crate::process::Image> },
    /// Let processes of these names begin, then give the system its command.
    Order { group: u16, verb: Arc<str>, given: Vec<(String, Given)>, newcomers: Vec<Arc<str>> },
}

/// What a command comes to at this moment.
pub(super) struct Intent {
    tasks: Vec<Task>,
    undo: Option<Undo>,
    heals: Option<Arc<str>>,
}

impl Intent {
    fn of(tasks: Vec<Task>) -> Self {
        Intent { tasks, undo: None, heals: None }
    }
    /// Each where it can be done.
    fn each(actions: Vec<Action>) -> Self {
        Intent::of(actions.into_iter().map(Task::Any).collect())
    }
    fn one(action: Action) -> Self {
        Intent::of(vec![Task::Must(action)])
    }
    fn undone_by(mut self, actions: Vec<Action>) -> Self {
        self.undo = Some(Undo { actions, barrier: None, groups: Vec::new(), one_way: false });
        self
    }
}

/// The same done to each.
fn to_each<T: Copy>(all: &[T], action: &dyn Fn(T) -> Action) -> Vec<Action> {
    all.iter().map(|one| action(*one)).collect()
}

impl<'a> Eyes<'a> {
    /// What a command comes to now.
    pub fn intent(self, command: &Command) -> Result<Intent, Phrase> {
        let each_host = |target: &Target, action: &dyn Fn(HostId) -> Action| -> Result<Vec<Action>, Phrase> {
            Ok(to_each(&self.hosts(target)?, action))
        };
        Ok(match command {
            Command::Crash(target) => Intent::each(each_host(target, &Action::CrashHost)?)
                .undone_by(each_host(target, &Action::StartHost)?),
            Command::Kill(target) => {
                let who = self.processes(target)?;
                Intent::each(to_each(&who, &Action::CrashProcess))
                    .undone_by(to_each(&who, &Action::StartProcess))
            }
            Command::Start(target) => self.start(target)?,
            Command::Pause(target) => Intent::each(each_host(target, &Action::Pause)?)
                .undone_by(each_host(target, &Action::Resume)?),
            Command::Resume(target) => Intent::each(each_host(target, &Action::Resume)?),
            Command::Partition(partition) => self.partition(partition)?,
            Command::Cut(cut) => self.cut(cut)?,
            Command::Heal(id) => self.heal(id)?,
            Command::Restore(links) => Intent::one(Action::Unshape(self.scope(links)?)),
            Command::Clog(links) => {
                let scope = self.scope(links)?;
                Intent::one(Action::Clog(scope.clone())).undone_by(vec![Action::Unclog(scope)])
            }
            Command::Unclog(links) => Intent::one(Action::Unclog(self.scope(links)?)),
            Command::Hold(links) => {
                let scope = self.scope(links)?;
                Intent::one(Action::Hold(scope.clone())).undone_by(vec![Action::Release(scope)])
            }
            Command::Release(links) => Intent::one(Action::Release(self.scope(links)?)),
            Command::Deliver(message) => Intent::one(Action::DeliverNow(self.message(message)?)),
            Command::Drop(message) => Intent::one(Action::DropMessage(self.message(message)?)),
            Command::Copy(message) => Intent::one(Action::CopyMessage(self.message(message)?)),
            Command::DelayMessage(DelayMessage { message, by }) => {
                Intent::one(Action::DelayMessage(self.message(message)?, by.0))
            }
            Command::Disk(disk) => {
                let (hosts, fault) = (self.hosts(&disk.host)?, kernel_fault(disk.fault));
                let all = |fault| to_each(&hosts, &|id| Action::Disk(id, fault));
                Intent::each(all(fault)).undone_by(all(DiskFault::Healthy))
            }
            Command::Drift(drift) => {
                let hosts = self.hosts(&drift.host)?;
                let was = |id| self.world.host(id).map_or(0, |host| host.clock.drift_ppm);
                let back = to_each(&hosts, &|id| Action::Drift(id, was(id)));
                let drifts = to_each(&hosts, &|id| Action::Drift(id, drift.ppm));
                Intent::of(drifts.into_iter().map(Task::Must).collect()).undone_by(back)
            }
            Command::StepClock(step) => {
                Intent::each(each_host(&step.host, &|id| Action::StepWall(id, step.by.0))?)
            }
            Command::RemoveHost(target) => Intent::each(each_host(target, &Action::RemoveHost)?),
            Command::AddHost(add) => Intent::one(Action::AddHost {
                name: add.name.clone(),
                spec: self.new_host(add.zone.as_ref()),
            }),
            Command::Reluck(salt) => Intent::one(Action::Reluck(*salt)),
            Command::Loss(c) => self.shape(&c.links(), &|shape| shape.loss = Some(c.chance.chance()))?,
            Command::Duplicate(c) => {
                self.shape(&c.links(), &|shape| shape.duplicate = Some(c.chance.chance()))?
            }
            Command::Reorder(c) => {
                self.shape(&c.links(), &|shape| shape.reorder = Some(c.chance.chance()))?
            }
            Command::Delay(c) => self.shape(&c.links(), &|shape| shape.latency = Some(c.latency.kernel()))?,
            Command::Bandwidth(c) => {
                self.shape(&c.links(), &|shape| shape.bandwidth = Some(c.rate.bytes_per_second))?
            }
            Command::TimeOut(time_out) => self.time_out(&time_out.member, time_out.timer.as_deref())?,
            other => self.order(other)?,
        })
    }

    /// Hosts that are down come up; processes that died alone begin again.
    fn start(self, target: &Target) -> Result<Intent, Phrase> {
        let mut actions = Vec::new();
        for host in self.hosts(target)? {
            let down = self.world.host(host).is_some_and(|host| host.status == HostStatus::Down);
            let dead = self.world.processes().filter(|process| process.host == host && !process.running);
            if down {
                actions.push(Action::StartHost(host));
            } else {
                actions.extend(dead.map(|process| Action::StartProcess(process.id)));
            }
            if actions.is_empty() {
                actions.push(Action::StartHost(host)); // to be refused in the world's own words
            }
        }
        Ok(Intent::each(actions))
    }

    fn partition(self, partition: &Partition) -> Result<Intent, Phrase> {
        let mut groups = Vec::new();
        for group in &partition.groups {
            groups.push(self.hosts(group)?);
        }
        let usual = if groups.len() == 1 { Others::Together } else { Others::ReachAll };
        let others = partition.others.unwrap_or(usual);
        if others == Others::Together {
            let rest: Vec<HostId> = self
                .world
                .hosts()
                .map(|host| host.id)
                .filter(|id| !groups.iter().flatten().any(|in_one| in_one == id))
                .collect();
            if !rest.is_empty() {
                groups.push(rest);
            }
        }
        let barrier = self.faults.barriers + 1;
        let others_reach_all = others == Others::ReachAll;
        let intent = Intent::one(Action::Partition { barrier, groups: groups.clone(), others_reach_all });
        let actions = vec![Action::Unblock { barrier }];
        Ok(Intent { undo: Some(Undo { actions, barrier: Some(barrier), groups, one_way: false }), ..intent })
    }

    fn cut(self, cut: &Cut) -> Result<Intent, Phrase> {
        let barrier = self.faults.barriers + 1;
        let (from, to) = (self.hosts(&cut.from)?, self.hosts(&cut.to)?);
        let groups = vec![from.clone(), to.clone()];
        let intent =
            Intent::one(Action::Block { barrier, scope: LinkScope { from, to, both: !cut.one_way } });
        let actions = vec![Action::Unblock { barrier }];
        let undo = Undo { actions, barrier: Some(barrier), groups, one_way: cut.one_way };
        Ok(Intent { undo: Some(undo), ..intent })
    }

    fn heal(self, id: &Arc<str>) -> Result<Intent, Phrase> {
        if &**id == "all" {
            return Ok(Intent { heals: Some(id.clone()), ..Intent::one(Action::HealAll) });
        }
        let undo = self.faults.named.get(id).ok_or_else(|| Phrase::new(K::NothingToHeal, [name(id)]))?;
        Ok(Intent { heals: Some(id.clone()), ..Intent::each(undo.actions.clone()) })
    }

    fn shape(self, links: &Links, set: &dyn Fn(&mut Shaped)) -> Result<Intent, Phrase> {
        let scope = self.scope(links)?;
        let mut shaped = Shaped::default();
        set(&mut shaped);
        let Shaped { loss, duplicate, reorder, latency, bandwidth } = shaped;
        let action = Action::Shape { scope: scope.clone(), loss, duplicate, reorder, latency, bandwidth };
        Ok(Intent::one(action).undone_by(vec![Action::Unshape(scope)]))
    }

    fn time_out(self, member: &Target, timer: Option<&str>) -> Result<Intent, Phrase> {
        let mut actions = Vec::new();
        for process in self.processes(member)? {
            let group = self.world.process(process).map_or(0, |process| process.group);
            let timers = self.scenario.group(group).map_or(&[][..], |system| system.group.timers());
            let slot = match timer {
                None => timers.first(),
                Some(timer) => timers.iter().find(|(name, _)| *name == timer),
            };
            let none = || Phrase::new(K::NoTimer, [Arg::Process(process)]);
            actions.push(Action::FireTimer(process, slot.ok_or_else(none)?.1));
        }
        Ok(Intent::each(actions))
    }

    fn new_host(self, zone: Option<&Arc<str>>) -> HostSpec {
        let zone = zone.cloned().unwrap_or_default();
        HostSpec { zone, disk: self.scenario.disk.clone(), ..HostSpec::default() }
    }

    /// The system that knows a verb.
    fn knowing(self, verb: &str, of: Option<&Arc<str>>) -> Result<(u16, &'a System), Phrase> {
        let knows = |system: &System| system.group.orders().iter().any(|(name, _)| *name == verb);
        let found = match of {
            Some(of) => self.scenario.system(of).filter(|(_, system)| knows(system)),
            None => (0u16..).zip(&self.scenario.systems).find(|(_, system)| knows(system)),
        };
        found.ok_or_else(|| Phrase::new(K::NoSystemFor, [name(verb)]))
    }

    /// Commands that only a system understands.
    fn order(self, command: &Command) -> Result<Intent, Phrase> {
        let mut given: Vec<(String, Given)> = Vec::new();
        let members = |target: &Target| self.processes(target).map(Given::Members);
        let (verb, of): (&str, Option<&Arc<str>>) = match command {
            Command::Request(request) => return self.request(request),
            Command::AddMember(add) => return self.add_member(add),
            Command::Propose(propose) => {
                given.push(("by".into(), members(&propose.by)?));
                given.push(("value".into(), Given::Text(propose.value.clone())));
                ("propose", propose.of.as_ref())
            }
            Command::Transfer(transfer) => {
                if let Some(to) = &transfer.to {
                    given.push(("to".into(), members(to)?));
                }
                ("transfer", transfer.of.as_ref())
            }
            Command::Members(change) => {
                given.push(("voters".into(), members(&change.voters)?));
                given.push(("learners".into(), members(&change.learners)?));
                ("members", change.of.as_ref())
            }
            Command::RemoveMember(remove) => {
                given.push(("members".into(), members(&remove.members)?));
                ("removeMember", remove.of.as_ref())
            }
            Command::Snapshot(target) => {
                let who = self.processes(target)?;
                let group =
                    who.first().and_then(|id| self.world.process(*id)).map_or(0, |process| process.group);
                given.push(("members".into(), Given::Members(who)));
                self.heard(group, "snapshot", &given)?;
                return Ok(ordered(group, "snapshot", given));
            }
            Command::SwitchRule(switch) => {
                given.push(("rule".into(), Given::Text(switch.rule.clone())));
                given.push(("on".into(), Given::Flag(switch.on)));
                ("switchRule", switch.of.as_ref())
            }
            Command::Order(order) => {
                given = self.given(order)?;
                (&order.verb, order.of.as_ref())
            }
            other => return Err(Phrase::new(K::NoSystemFor, [name(&other.name())])),
        };
        if let Command::Order(order) = command
            && self.asks_console(order)
        {
            return self.through_console(of, given);
        }
        let (group, _) = self.knowing(verb, of)?;
        self.heard(group, verb, &given)?;
        Ok(ordered(group, verb, given))
    }

    /// Is there anybody who could do what a system is ordered?
    fn heard(self, group: u16, verb: &str, given: &[(String, Given)]) -> Result<(), Phrase> {
        let Some(system) = self.scenario.group(group) else { return Ok(()) };
        let args: Vec<(&str, Given)> =
            given.iter().map(|(name, given)| (name.as_str(), given.clone())).collect();
        let mut why = Phrase::bare(HandsKey::NobodyHears);
        for deed in system.group.order(self.world, group, verb, &args)? {
            match self.world.preview(&Action::Operate(deed.to, deed.order)) {
                Ok(()) => return Ok(()),
                Err(refusal) => why = refusal.phrase(),
            }
        }
        Err(why)
    }

    /// A request goes through the system's console: a client that starts at its first use.
    fn request(self, request: &Request) -> Result<Intent, Phrase> {
        OpName::fit(&Said(&|called| request.says(called))).map_err(|(_, phrase)| phrase)?;
        let op = Given::Text(request.op_name().into());
        let mut given = vec![("op".into(), op), ("key".into(), Given::Text(request.key.clone()))];
        for (argument, value) in [("value", &request.value), ("expect", &request.expect)] {
            given.extend(value.iter().map(|value| (argument.into(), Given::Text(value.clone()))));
        }
        if let Some(to) = &request.to {
            given.push(("to".into(), Given::Members(self.processes(to)?)));
        }
        self.through_console(request.of.as_ref(), given)
    }

    /// Does this order ask a system's console to put a request?
    fn asks_console(self, order: &OrderCommand) -> bool {
        let takes = |system: &System| system.group.console().is_some();
        let asked = match &order.of {
            Some(of) => self.scenario.system(of).is_some_and(|(_, system)| takes(system)),
            None => self.scenario.systems.iter().any(takes),
        };
        &*order.verb == "request" && asked && order.arguments.get("by").is_none()
    }

    fn through_console(
        self,
        of: Option<&Arc<str>>,
        mut given: Vec<(String, Given)>,
    ) -> Result<Intent, Phrase> {
        let takes = |system: &System| system.group.console().is_some();
        let (asked, system) = match of {
            Some(of) => self.scenario.system(of).filter(|(_, system)| takes(system)),
            None => (0u16..).zip(&self.scenario.systems).find(|(_, system)| takes(system)),
        }
        .ok_or_else(|| Phrase::new(K::NoSystemFor, [name("request")]))?;
        let mut numbered = (0u16..).zip(&self.scenario.systems);
        let console = numbered.find(|(_, system)| system.implicit && system.target == Some(asked));
        let (group, console) = console.ok_or_else(|| Phrase::new(K::NoRequests, [name(&system.name)]))?;
        let mut tasks = Vec::new();
        let mut newcomers = Vec::new();
        if self.world.process_named(&console.name).is_none() {
            let image =
                console.group.recruit().ok_or_else(|| Phrase::new(K::NoRequests, [name(&system.name)]))?;
            let spec = self.new_host(None);
            tasks.push(Task::Must(Action::AddHost { name: console.name.clone(), spec }));
            let (host, called) = (console.name.clone(), console.name.clone());
            tasks.push(Task::Process { host, name: called, group, image });
            newcomers.push(console.name.clone());
        }
        given.insert(0, ("by".into(), Given::Text(console.name.clone())));
        tasks.push(Task::Order { group, verb: "request".into(), given, newcomers });
        Ok(Intent::of(tasks))
    }

    fn add_member(self, add: &AddMember) -> Result<Intent, Phrase> {
        let (group, system) = self.knowing("addMember", add.of.as_ref())?;
        let cannot = || Phrase::new(K::CannotAdd, [name(&system.name)]);
        let image = system.group.recruit().ok_or_else(cannot)?;
        // Whoever has a leader is joined through it. A system that has none takes in whoever announces itself.
        if add.joining != Joining::Started && system.group.selectors().contains(&"leader") {
            self.select(&Select { select: "leader".into(), of: Some(system.name.clone()) })?;
        }
        if add.joining == Joining::Learner {
            // Where there are none it is said before anybody is started.
            system.group.order(self.world, group, "addMember", &[("learner", Given::Flag(true))])?;
        }
        let mut tasks = Vec::new();
        for called in &add.names {
            let spec = self.new_host(add.zone.as_ref());
            tasks.push(Task::Must(Action::AddHost { name: called.clone(), spec }));
            let (host, called, image) = (called.clone(), called.clone(), image.clone());
            tasks.push(Task::Process { host, name: called, group, image });
        }
        if add.joining != Joining::Started {
            let learner = add.joining == Joining::Learner;
            let given = vec![("learner".into(), Given::Flag(learner))];
            tasks.push(Task::Order { group, verb: "addMember".into(), given, newcomers: add.names.clone() });
        }
        Ok(Intent::of(tasks))
    }
}

fn ordered(group: u16, verb: &str, given: Vec<(String, Given)>) -> Intent {
    Intent::of(vec![Task::Order { group, verb: verb.into(), given, newcomers: Vec::new() }])
}

/// Parts of a link's law that a command overrides.
#[derive(Default)]
struct Shaped {
    loss: Option<crate::kernel::Chance>,
    duplicate: Option<crate::kernel::Chance>,
    reorder: Option<crate::kernel::Chance>,
    latency: Option<crate::kernel::LatencyLaw>,
    bandwidth: Option<Option<u64>>,
}

fn kernel_fault(trouble: DiskTrouble) -> DiskFault {
    match trouble {
        DiskTrouble::Healthy => DiskFault::Healthy,
        DiskTrouble::TornTail => DiskFault::TornTail,
        DiskTrouble::Stall => DiskFault::Stall,
        DiskTrouble::Full => DiskFault::Full,
        DiskTrouble::IoError => DiskFault::IoError,
        DiskTrouble::Slow(by) => DiskFault::Slow(by.0),
        DiskTrouble::Wipe => DiskFault::Wipe,
        DiskTrouble::Lying => DiskFault::Lying,
    }
}

impl Intent {
    /// Would it be refused? What a newcomer will be told cannot be known before it is there.
    pub fn preview(&self, world: &World) -> Result<(), Phrase> {
        let mut first = None;
        let mut possible = 0;
        for task in &self.tasks {
            match task {
                Task::Must(action) => {
                    world.preview(action).map_err(|refusal| refusal.phrase())?;
                    possible += 1;
                }
                Task::Any(action) => match world.preview(action) {
                    Ok(()) => possible += 1,
                    Err(refusal) => {
                        first.get_or_insert_with(|| refusal.phrase());
                    }
                },
                Task::Process { .. } | Task::Order { .. } => possible += 1,
            }
        }
        match first {
            Some(phrase) if possible == 0 => Err(phrase),
            _ => Ok(()),
        }
    }

    /// Carries it out. The last event is its answer.
    pub fn carry_out(
        self,
        scenario: &Scenario,
        world: &mut World,
        faults: &mut Faults,
        label: (Option<Arc<str>>, &str),
        observers: &mut [&mut dyn Observer],
    ) -> Result<EventId, Phrase> {
        self.preview(world)?;
        let mut last = None;
        for task in self.tasks {
            match task {
                Task::Must(action) => last = Some(world.act(&action, observers).map_err(|r| r.phrase())?),
                Task::Any(action) => last = world.act(&action, observers).ok().or(last),
                Task::Process { host, name: called, group, image } => {
                    let host =
                        world.host_named(&host).ok_or_else(|| Phrase::new(K::NoSuchName, [name(&host)]))?;
                    let action = Action::AddProcess { host, name: called, group, image };
                    last = Some(world.act(&action, observers).map_err(|refusal| refusal.phrase())?);
                }
                Task::Order { group, verb, given, newcomers } => {
                    await_start(world, &newcomers, observers);
                    last = give(scenario, world, group, &verb, given, &newcomers, observers)?.or(last);
                }
            }
        }
        if let Some(undo) = self.undo {
            faults.barriers = faults.barriers.max(undo.barrier.unwrap_or(0));
            let id = label.0.unwrap_or_else(|| faults.fresh(label.1));
            faults.named.insert(id, undo);
        }
        match self.heals {
            Some(id) if &*id == "all" => faults.named.retain(|_, undo| !ends_with_all(undo)),
            Some(id) => drop(faults.named.remove(&id)),
            None => {}
        }
        // What was ended by another command (a start, a resume) is not in force any more, however long the run.
        let in_force = |undo: &Undo| undo.actions.iter().any(|action| world.preview(action).is_ok());
        faults.named.retain(|_, undo| in_force(undo));
        last.ok_or_else(|| Phrase::bare(K::NothingExpected))
    }
}

/// "Heal all" ends faults of links and disks; the dead stay dead, the paused paused, clocks as they are.
fn ends_with_all(undo: &Undo) -> bool {
    !undo.actions.iter().any(|action| {
        matches!(
            action,
            Action::StartHost(_) | Action::StartProcess(_) | Action::Resume(_) | Action::Drift(..)
        )
    })
}

/// Newcomers begin before they are told anything; their first event is due at once.
fn await_start(world: &mut World, newcomers: &[Arc<str>], observers: &mut [&mut dyn Observer]) {
    let now = world.now();
    let begun = |world: &World| {
        let running = |called: &Arc<str>| {
            world
                .process_named(called)
                .and_then(|id| world.process(id))
                .is_some_and(|process| process.running)
        };
        newcomers.iter().all(running)
    };
    while !begun(world) && world.step_until(now, observers) {}
}

fn give(
    scenario: &Scenario,
    world: &mut World,
    group: u16,
    verb: &str,
    given: Vec<(String, Given)>,
    newcomers: &[Arc<str>],
    observers: &mut [&mut dyn Observer],
) -> Result<Option<EventId>, Phrase> {
    let Some(system) = scenario.group(group) else { return Ok(None) };
    let mut args: Vec<(&str, Given)> =
        given.iter().map(|(name, given)| (name.as_str(), given.clone())).collect();
    let joined: Vec<ProcessId> = newcomers.iter().filter_map(|called| world.process_named(called)).collect();
    if verb != "request" && !joined.is_empty() {
        args.push(("members", Given::Members(joined)));
    }
    let mut last = None;
    for deed in system.group.order(world, group, verb, &args)? {
        let action = Action::Operate(deed.to, deed.order);
        last = Some(world.act(&action, observers).map_err(|refusal| refusal.phrase())?);
    }
    Ok(last)
}

//! A world with whoever carries out a plan's commands in it.
#![allow(dead_code)]

use crate::cluster::{self, Cluster, GROUP};
use muster_core::check::explore::{Cast, Move, Stage};
use muster_core::consensus::raft::{self, Member};
use muster_core::kernel::world::HostStatus;
use muster_core::kernel::{Action, DiskFault, HostSpec, LinkScope, Observer, World};
use muster_core::process::hosted::{MachineImage, Order};
use muster_core::process::{HostId, Image, ProcessId, Time};
use muster_core::scenario::Command;
use muster_core::scenario::command::{DiskTrouble, Joining, Links, Others};
use muster_core::scenario::target::{Target, Who};
use std::collections::BTreeMap;
use std::sync::Arc;

pub struct Play {
    pub world: World,
    image: Arc<dyn Image>,
    healing: BTreeMap<Arc<str>, Action>,
    barriers: u32,
}

/// Five members and two spares.
pub fn cast() -> Cast {
    let names = |range: std::ops::RangeInclusive<u32>| range.map(|n| format!("n{n}").into()).collect();
    Cast { system: "kv".into(), members: names(1..=5), spares: names(6..=7) }
}

impl Play {
    pub fn new(cluster: &Cluster) -> Self {
        let world = cluster.build();
        let voters = (1..=cluster.members).map(ProcessId).collect();
        let settings = raft::Settings { voters, ..cluster.raft.clone() };
        let program = raft::Program::new(settings).expect("good settings");
        let image = Arc::new(MachineImage::<Member>(program));
        Play { world, image, healing: BTreeMap::new(), barriers: 0 }
    }

    fn members(&self) -> impl Iterator<Item = ProcessId> {
        let ours = self.world.processes().filter(|process| process.group == GROUP);
        ours.map(|process| process.id)
    }

    fn processes(&self, target: &Target) -> Vec<ProcessId> {
        let mut all = Vec::new();
        for who in &target.0 {
            match who {
                Who::Name(name) => all.extend(self.world.process_named(name)),
                Who::Select(select) => all.extend(self.select(&select.select)),
            }
        }
        all.dedup();
        all
    }

    fn select(&self, selector: &str) -> Vec<ProcessId> {
        let leader = cluster::leader(&self.world);
        let running = |id: &ProcessId| self.world.machine::<Member>(*id).is_some();
        let host =
            |id: &ProcessId| self.world.host(cluster::host_of(&self.world, *id)).expect("it is there").status;
        match selector {
            "leader" => leader.into_iter().collect(),
            "followers" => self.members().filter(|id| running(id) && Some(*id) != leader).collect(),
            "crashed" => self.members().filter(|id| !running(id)).collect(),
            "paused" => self.members().filter(|id| host(id) == HostStatus::Paused).collect(),
            "all" => self.members().collect(),
            other => panic!("no selector {other}"),
        }
    }

    fn hosts(&self, target: &Target) -> Vec<HostId> {
        self.processes(target).into_iter().map(|id| cluster::host_of(&self.world, id)).collect()
    }

    fn scope(&self, from: &Option<Target>, to: &Option<Target>, one_way: bool) -> Option<LinkScope> {
        let side = |target: &Option<Target>| match target {
            None => Some(vec![]),
            Some(target) => Some(self.hosts(target)).filter(|hosts| !hosts.is_empty()),
        };
        Some(LinkScope { from: side(from)?, to: side(to)?, both: !one_way })
    }

    fn links(&self, links: &Links) -> Option<LinkScope> {
        self.scope(&links.from, &links.to, links.one_way)
    }

    fn order(&self, process: Option<ProcessId>, order: raft::Command) -> Vec<Action> {
        let order: Arc<dyn Order> = Arc::new(order);
        process.map(|id| Action::Operate(id, order)).into_iter().collect()
    }

    /// What a command means now, and what would end it.
    fn mean(&mut self, command: &Command) -> (Vec<Action>, Option<Action>) {
        let all =
            |hosts: Vec<HostId>, act: fn(HostId) -> Action| hosts.into_iter().map(act).collect::<Vec<_>>();
        let plain = |actions: Vec<Action>| (actions, None);
        let bend = |scope: Option<LinkScope>, act: &dyn Fn(LinkScope) -> Action| match scope {
            Some(scope) => (vec![act(scope.clone())], Some(Action::Unshape(scope))),
            None => (vec![], None),
        };
        let shape = |scope| Action::Shape {
            scope,
            loss: None,
            duplicate: None,
            reorder: None,
            latency: None,
            bandwidth: None,
        };
        match command {
            Command::Crash(target) => plain(all(self.hosts(target), Action::CrashHost)),
            Command::Kill(target) => {
                plain(self.processes(target).into_iter().map(Action::CrashProcess).collect())
            }
            Command::Start(target) => plain(self.start(target)),
            Command::Pause(target) => plain(all(self.hosts(target), Action::Pause)),
            Command::Resume(target) => plain(all(self.hosts(target), Action::Resume)),
            Command::Partition(partition) => {
                self.barriers += 1;
                let barrier = self.barriers;
                let mut groups: Vec<_> = partition.groups.iter().map(|group| self.hosts(group)).collect();
                let rest: Vec<_> = self.world.hosts().map(|host| host.id).collect();
                let rest = rest.into_iter().filter(|id| !groups.iter().flatten().any(|other| other == id));
                if partition.others == Some(Others::Together) {
                    groups.push(rest.collect());
                }
                let others_reach_all = partition.others != Some(Others::Isolated);
                let act = Action::Partition { barrier, groups, others_reach_all };
                (vec![act], Some(Action::Unblock { barrier }))
            }
            Command::Cut(cut) => {
                self.barriers += 1;
                let barrier = self.barriers;
                let scope = self.scope(&Some(cut.from.clone()), &Some(cut.to.clone()), cut.one_way);
                let act = scope.map(|scope| Action::Block { barrier, scope });
                (act.into_iter().collect(), Some(Action::Unblock { barrier }))
            }
            Command::Heal(id) if &**id == "all" => plain(vec![Action::HealAll]),
            Command::Heal(id) => plain(self.healing.remove(id).into_iter().collect()),
            Command::Loss(c) => bend(self.links(&c.links()), &|scope| match shape(scope) {
                Action::Shape { scope, duplicate, reorder, latency, bandwidth, .. } => Action::Shape {
                    scope,
                    loss: Some(c.chance.chance()),
                    duplicate,
                    reorder,
                    latency,
                    bandwidth,
                },
                other => other,
            }),
            Command::Duplicate(c) => bend(self.links(&c.links()), &|scope| Action::Shape {
                scope,
                loss: None,
                duplicate: Some(c.chance.chance()),
                reorder: None,
                latency: None,
                bandwidth: None,
            }),
            Command::Reorder(c) => bend(self.links(&c.links()), &|scope| Action::Shape {
                scope,
                loss: None,
                duplicate: None,
                reorder: Some(c.chance.chance()),
                latency: None,
                bandwidth: None,
            }),
            Command::Delay(c) => bend(self.links(&c.links()), &|scope| Action::Shape {
                scope,
                loss: None,
                duplicate: None,
                reorder: None,
                latency: Some(c.latency.kernel()),
                bandwidth: None,
            }),
            Command::Restore(links) => plain(self.links(links).map(Action::Unshape).into_iter().collect()),
            Command::Clog(links) => plain(self.links(links).map(Action::Clog).into_iter().collect()),
            Command::Unclog(links) => plain(self.links(links).map(Action::Unclog).into_iter().collect()),
            Command::Disk(disk) => {
                let fault = match disk.fault {
                    DiskTrouble::Healthy => DiskFault::Healthy,
                    DiskTrouble::TornTail => DiskFault::TornTail,
                    DiskTrouble::Stall => DiskFault::Stall,
                    DiskTrouble::Full => DiskFault::Full,
                    DiskTrouble::IoError => DiskFault::IoError,
                    DiskTrouble::Slow(span) => DiskFault::Slow(span.0),
                    DiskTrouble::Wipe => DiskFault::Wipe,
                    DiskTrouble::Lying => DiskFault::Lying,
                };
                plain(self.hosts(&disk.host).into_iter().map(|host| Action::Disk(host, fault)).collect())
            }
            Command::Drift(c) => {
                plain(self.hosts(&c.host).into_iter().map(|host| Action::Drift(host, c.ppm)).collect())
            }
            Command::StepClock(c) => {
                plain(self.hosts(&c.host).into_iter().map(|host| Action::StepWall(host, c.by.0)).collect())
            }
            Command::TimeOut(c) => {
                let members = self.processes(&c.member);
                plain(
                    members
                        .into_iter()
                        .flat_map(|id| self.order(Some(id), raft::Command::TimeoutNow))
                        .collect(),
                )
            }
            Command::Transfer(c) => {
                let leader = cluster::leader(&self.world);
                let to = match &c.to {
                    Some(target) => self.processes(target).first().copied(),
                    None => self.select("followers").first().copied(),
                };
                plain(to.map_or(vec![], |to| self.order(leader, raft::Command::TransferLeadership { to })))
            }
            Command::Members(c) => {
                let (voters, learners) = (self.processes(&c.voters), self.processes(&c.learners));
                let order = raft::Command::ChangeMembership { voters, learners };
                plain(self.order(cluster::leader(&self.world), order))
            }
            Command::Snapshot(target) => {
                let members = self.processes(target);
                plain(
                    members
                        .into_iter()
                        .flat_map(|id| self.order(Some(id), raft::Command::TakeSnapshot))
                        .collect(),
                )
            }
            other => panic!("a plan has no {other}"),
        }
    }

    fn start(&self, target: &Target) -> Vec<Action> {
        let mut actions = Vec::new();
        for id in self.processes(target) {
            let host = cluster::host_of(&self.world, id);
            let down = self.world.host(host).is_some_and(|host| host.status == HostStatus::Down);
            actions.push(if down { Action::StartHost(host) } else { Action::StartProcess(id) });
        }
        actions
    }

    fn join(&mut self, names: &[Arc<str>], observer: &mut dyn Observer) {
        for name in names {
            let spec = HostSpec::default();
            let _ = self.world.act(&Action::AddHost { name: name.clone(), spec }, &mut [observer]);
            let Some(host) = self.world.host_named(name) else { continue };
            let (name, image) = (name.clone(), self.image.clone());
            let _ = self.world.act(&Action::AddProcess { host, name, group: GROUP, image }, &mut [observer]);
        }
    }
}

impl Stage for Play {
    fn world(&self) -> &World {
        &self.world
    }

    fn step(&mut self, limit: Time, observer: &mut dyn Observer) -> bool {
        self.world.step_until(limit, &mut [observer])
    }

    fn act(&mut self, line: &Move, observer: &mut dyn Observer) {
        self.world.advance_to(line.at);
        if let Command::AddMember(c) = &line.command {
            assert_eq!(c.joining, Joining::Started);
            return self.join(&c.names.clone(), observer);
        }
        let (actions, undo) = self.mean(&line.command);
        for action in &actions {
            let _ = self.world.act(action, &mut [observer]); // refused: there is nothing to do it to
        }
        if let (Some(id), Some(undo)) = (&line.id, undo) {
            self.healing.insert(id.clone(), undo);
        }
    }
}

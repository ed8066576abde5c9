//! A group and its clients in a world.

use crate::check::multi_paxos::{MultiPaxosCheck, Reach, Reached};
use crate::check::{Check, Watching};
use crate::consensus::client::{self, Client};
use crate::consensus::multi_paxos::*;
use crate::kernel::{Action, Chance, HostSpec, LinkSpec, World, WorldSpec};
use crate::process::{HostId, Image, ProcessId, Span, Time};
use std::sync::Arc;

/// A small generator for the faults alone (SplitMix64).
pub struct Luck(pub u64);

impl Luck {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }
    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }
}

/// What a world is built from.
#[derive(Clone)]
pub struct Plan {
    pub seed: u64,
    pub members: u32,
    /// Processes that are no members yet.
    pub spare: u32,
    pub clients: u32,
    pub link: LinkSpec,
    /// Each host's clock may run so much faster or slower.
    pub drift_ppm: i32,
    pub settings: Settings,
    pub load: client::Settings,
}

impl Plan {
    pub fn calm(members: u32) -> Plan {
        Plan {
            seed: 1,
            members,
            spare: 0,
            clients: 0,
            link: LinkSpec::default(),
            drift_ppm: 0,
            settings: Settings::default(),
            load: client::Settings { timeout: Span::millis(200), ..client::Settings::default() },
        }
    }
}

/// A world, watched.
pub struct Lab {
    pub world: World,
    pub watching: Watching,
    pub reached: Reached,
}

impl Lab {
    pub fn new(plan: Plan) -> Lab {
        let spec = WorldSpec { seed: plan.seed, default_link: plan.link.clone(), ..WorldSpec::default() };
        let mut world = World::new(spec);
        let ids: Vec<ProcessId> = (0..plan.members).map(|nth| world.next_process_id(nth)).collect();
        let program =
            Program::new(Settings { members: ids.clone(), ..plan.settings.clone() }).expect("settings");
        let mut luck = Luck(plan.seed);
        let mut add = |name: String, group, image: Arc<dyn Image>| {
            let range = 2 * u64::from(plan.drift_ppm.unsigned_abs()) + 1;
            let drift_ppm = luck.below(range) as i32 - plan.drift_ppm;
            let host = world.add_host(&name, HostSpec { drift_ppm, ..HostSpec::default() }).expect("a host");
            world.add_process(host, &name, group, image).expect("a process");
        };
        for n in 1..=plan.members + plan.spare {
            add(format!("n{n}"), 0, program.image());
        }
        let load = client::Settings { members: ids, ..plan.load.clone() };
        let clients = client::Program::new(load).expect("settings");
        for n in 1..=plan.clients {
            add(format!("c{n}"), 1, clients.image());
        }
        let watching = Watching::new([Box::new(MultiPaxosCheck::new(0)) as Box<dyn Check>]);
        Lab { world, watching, reached: Reached::new(0) }
    }
    pub fn reach(&self) -> Reach {
        self.reached.reach
    }
    /// Runs until a time, or until something breaks.
    pub fn until(&mut self, time: Time) {
        while self.watching.broken.is_empty()
            && self.world.step_until(time, &mut [&mut self.watching, &mut self.reached])
        {}
    }
    pub fn run_for(&mut self, span: Span) {
        self.until(self.world.now() + span);
    }
    /// Does what can be done.
    pub fn act(&mut self, action: Action) -> bool {
        self.world.act(&action, &mut [&mut self.watching, &mut self.reached]).is_ok()
    }
    pub fn order(&mut self, id: ProcessId, command: Command) -> bool {
        self.act(Action::Operate(id, Arc::new(command)))
    }
    pub fn everybody(&self) -> Vec<ProcessId> {
        self.world.processes().filter(|process| process.group == 0).map(|process| process.id).collect()
    }
    pub fn host(&self, id: ProcessId) -> HostId {
        self.world.process(id).expect("it is there").host
    }
    pub fn m(&self, id: ProcessId) -> Option<&Member> {
        self.world.machine::<Member>(id)
    }
    /// Who leads, in the highest ballot.
    pub fn leader(&self) -> Option<ProcessId> {
        let leads = |id: &ProcessId| self.m(*id).filter(|it| it.role() == Role::Leader).map(Member::ballot);
        self.everybody().into_iter().filter(|id| leads(id).is_some()).max_by_key(leads)
    }
    /// Operations that clients had answered.
    pub fn answered(&self) -> u64 {
        let clients = self.world.processes().filter(|process| process.group == 1);
        clients.filter_map(|it| self.world.machine::<Client>(it.id)).map(|it| it.counts().answered).sum()
    }
    pub fn broken(&self) -> Vec<&'static str> {
        self.watching.broken.iter().map(|violation| violation.check).collect()
    }
    /// Cuts these hosts off from all others.
    pub fn cut_off(&mut self, barrier: u32, hosts: Vec<HostId>) -> bool {
        self.act(Action::Partition { barrier, groups: vec![hosts], others_reach_all: false })
    }
}

/// A network that loses, doubles and reorders.
pub fn bad_link() -> LinkSpec {
    LinkSpec {
        loss: Chance::per_million(15_000),
        duplicate: Chance::per_million(20_000),
        reorder: Chance::per_million(50_000),
        ..LinkSpec::default()
    }
}

//! A Raft group with clients in a world, for the tests of the whole: one host for each member and each client.
#![allow(dead_code)] // each test uses its part

use muster_core::check::Watching;
use muster_core::check::raft::RaftCheck;
use muster_core::consensus::raft::{Compaction, Member, Program, Role, Settings};
use muster_core::consensus::{client, client::Client};
use muster_core::kernel::{HostSpec, World, WorldSpec};
use muster_core::process::hosted::MachineImage;
use muster_core::process::{HostId, ProcessId, Time};
use std::sync::Arc;

/// The group's number in the world, and its clients'.
pub const GROUP: u16 = 0;
pub const CLIENTS: u16 = 1;

/// What a cluster is built from.
#[derive(Clone)]
pub struct Cluster {
    pub members: u32,
    pub clients: u32,
    pub world: WorldSpec,
    pub raft: Settings,
    pub client: client::Settings,
}

impl Default for Cluster {
    fn default() -> Self {
        Cluster {
            members: 5,
            clients: 3,
            world: WorldSpec::default(),
            raft: Settings { compaction: Some(Compaction { every: 200, keep: 50 }), ..Settings::default() },
            client: client::Settings {
                mix: client::Mix { get: 40, put: 30, cas: 10, append: 15, delete: 5 },
                ..client::Settings::default()
            },
        }
    }
}

impl Cluster {
    pub fn seeded(seed: u64) -> Self {
        let mut cluster = Cluster::default();
        cluster.world.seed = seed;
        cluster.client.seed = seed;
        cluster
    }

    /// Members are processes 1.., on hosts 1..; then come the clients.
    pub fn build(&self) -> World {
        let mut world = World::new(self.world.clone());
        let members: Vec<ProcessId> = (0..self.members).map(|nth| world.next_process_id(nth)).collect();
        let raft =
            Program::new(Settings { voters: members.clone(), ..self.raft.clone() }).expect("good settings");
        for n in 1..=self.members {
            let image = Arc::new(MachineImage::<Member>(raft.clone()));
            add(&mut world, &format!("n{n}"), GROUP, image);
        }
        let settings = client::Settings { members, ..self.client.clone() };
        let client = client::Program::new(settings).expect("good settings");
        for n in 1..=self.clients {
            let image = Arc::new(MachineImage::<Client>(client.clone()));
            add(&mut world, &format!("c{n}"), CLIENTS, image);
        }
        world
    }
}

fn add(world: &mut World, name: &str, group: u16, image: Arc<dyn muster_core::process::Image>) {
    let host = world.add_host(name, HostSpec::default()).expect("a new name");
    world.add_process(host, name, group, image).expect("a new name");
}

/// All of Raft's invariants, as an observer.
pub fn watching() -> Watching {
    Watching::new([Box::new(RaftCheck::new(GROUP)) as Box<dyn muster_core::check::Check>])
}

/// Runs until this time.
pub fn run(world: &mut World, until: Time, watching: &mut Watching) {
    while world.step_until(until, &mut [watching]) {}
    world.advance_to(until);
}

/// Whoever leads in the latest term.
pub fn leader(world: &World) -> Option<ProcessId> {
    let leads =
        |id: &ProcessId| world.machine::<Member>(*id).is_some_and(|member| member.role() == Role::Leader);
    let ids = world.processes().map(|process| process.id).filter(leads);
    ids.max_by_key(|id| world.machine::<Member>(*id).map(Member::term))
}

/// A member's host.
pub fn host_of(world: &World, process: ProcessId) -> HostId {
    world.process(process).expect("it is there").host
}

/// Answers all clients had.
pub fn answered(world: &World) -> u64 {
    let clients = world.processes().filter_map(|process| world.machine::<Client>(process.id));
    clients.map(|client| client.counts().answered).sum()
}

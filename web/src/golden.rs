//! What is asked to hold this module against the native engine: its version, the digests of the whole library, the loop
//! that benches/raft.rs measures.

use muster_core::consensus::raft::{Compaction, Member, Program, Settings};
use muster_core::kernel::{Event, HostSpec, Observer, What, World, WorldSpec};
use muster_core::process::hosted::MachineImage;
use muster_core::process::{ProcessId, Time};
use muster_core::session::golden;
use muster_core::systems;
use std::sync::Arc;
use wasm_bindgen::prelude::*;

/// Every scenario's name and digest, one a line, as `muster run --all --digest` prints them.
#[wasm_bindgen]
pub fn golden() -> String {
    golden::listing(systems::all())
}

/// The version of the sources this module was built from.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Lets an idle Raft group of five run for so many virtual seconds; how many messages were delivered. The second run of a
/// length only runs: the first counts.
#[wasm_bindgen]
pub fn idle_group(seconds: u32) -> Option<f64> {
    thread_local!(static COUNTED: std::cell::Cell<(u32, u32)> = const { std::cell::Cell::new((0, 0)) });
    let to = Time::secs(u64::from(seconds));
    let (length, delivered) = COUNTED.get();
    let mut world = group()?;
    if length == seconds {
        while world.step_until(to, &mut []) {}
        return Some(f64::from(delivered));
    }
    let mut count = Delivered(0);
    while world.step_until(to, &mut [&mut count]) {}
    COUNTED.set((seconds, count.0));
    Some(f64::from(count.0))
}

/// Five members with one leader to be, heartbeats every 50 ms, latency uniform in 1..10 ms, as benches/raft.rs has them.
fn group() -> Option<World> {
    let mut world = World::new(WorldSpec::default());
    let voters: Vec<ProcessId> = (0..5).map(|nth| world.next_process_id(nth)).collect();
    let compaction = Some(Compaction { every: 1000, keep: 200 });
    let program = Program::new(Settings { voters, compaction, ..Settings::default() }).ok()?;
    for n in 1..=5 {
        let host = world.add_host(&format!("n{n}"), HostSpec::default()).ok()?;
        world
            .add_process(host, &format!("n{n}"), 0, Arc::new(MachineImage::<Member>(program.clone())))
            .ok()?;
    }
    Some(world)
}

/// Counts deliveries.
struct Delivered(u32);

impl Observer for Delivered {
    fn saw(&mut self, _world: &World, event: &Event<'_>) {
        self.0 += u32::from(matches!(event.what, What::Delivered { .. }));
    }
}

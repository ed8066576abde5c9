//! An idle group alone in a world: the loop by which the engine's speed is measured, natively and in Wasm (DESIGN §9). Five
//! members, one leader to be, heartbeats every 50 ms, latency uniform in 1..10 ms; nobody asks them anything.

use crate::consensus::raft::{Program, Settings};
use crate::kernel::{Event, HostSpec, Observer, What, World, WorldSpec};
use crate::process::{ProcessId, Time};

/// The world before its first event; `None` if it could not be made.
fn world() -> Option<World> {
    let mut world = World::new(WorldSpec::default());
    let voters: Vec<ProcessId> = (0..5).map(|nth| world.next_process_id(nth)).collect();
    let program = Program::new(Settings { voters, ..Settings::default() }).ok()?;
    for n in 1..=5 {
        let host = world.add_host(&format!("n{n}"), HostSpec::default()).ok()?;
        world.add_process(host, &format!("n{n}"), 0, program.image()).ok()?;
    }
    Some(world)
}

/// Lets it run for so many virtual seconds with nobody watching; gives the number of events.
pub fn run(seconds: u32) -> Option<u64> {
    let mut world = world()?;
    while world.step_until(Time::secs(u64::from(seconds)), &mut []) {}
    Some(world.ordinal())
}

/// How many messages are delivered in so many virtual seconds.
pub fn delivered(seconds: u32) -> Option<u64> {
    struct Delivered(u64);
    impl Observer for Delivered {
        fn saw(&mut self, _world: &World, event: &Event<'_>) {
            self.0 += u64::from(matches!(event.what, What::Delivered { .. }));
        }
    }
    let (mut world, mut count) = (world()?, Delivered(0));
    while world.step_until(Time::secs(u64::from(seconds)), &mut [&mut count]) {}
    Some(count.0)
}

#[cfg(test)]
mod tests {
    #[test]
    fn heartbeats_and_their_answers_are_all_there_is() {
        // Twenty rounds a second of four heartbeats and four answers, but for the first election.
        let delivered = super::delivered(10).expect("a group");
        assert!((1_400..=1_600).contains(&delivered), "{delivered}");
        assert!(super::run(10).expect("a group") > delivered);
    }
}

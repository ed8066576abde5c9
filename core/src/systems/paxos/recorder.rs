//! What was ever chosen. Acceptors keep the last proposal that they accepted alone: where the rules are off, a value may have been
//! chosen, be known to nobody, and have been replaced since on some disks. Whoever watched the whole run still knows of it.

use super::{PaxosGroup, Recorder};
use crate::consensus::paxos::{Ballot, Peer, Program, Value};
use crate::kernel::Event;
use crate::kernel::world::World;
use crate::process::ProcessId;
use litemap::LiteMap;

/// Most values that are remembered; a second one is a disaster already.
const MOST: usize = 64;

/// The values of a group that were chosen at some moment.
#[derive(Clone)]
pub(super) struct EverChosen {
    program: Program,
    number: u16,
    /// What each process had accepted last, and whether it knew what is chosen. A number alone would not do: without its rule it may
    /// stand for two values.
    seen: LiteMap<ProcessId, (Option<(Ballot, Value)>, bool)>,
    values: Vec<Value>,
}

impl EverChosen {
    pub fn new(program: Program, number: u16) -> Self {
        EverChosen { program, number, seen: LiteMap::new(), values: Vec::new() }
    }
}

impl Recorder for EverChosen {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        let id = event.id.process;
        if world.process(id).is_none_or(|process| process.group != self.number) {
            return;
        }
        let accepted = PaxosGroup::accepted(world, id);
        let knows = world.machine::<Peer>(id).is_some_and(|peer| peer.learned().is_some());
        if self.seen.get(&id).is_some_and(|(had, knew)| had.as_ref() == accepted && *knew == knows) {
            return;
        }
        self.seen.insert(id, (accepted.cloned(), knows));
        for value in PaxosGroup::chosen_now(&self.program, world, self.number) {
            if self.values.len() < MOST && !self.values.contains(&value) {
                self.values.push(value);
            }
        }
    }
    fn copy(&self) -> Box<dyn Recorder> {
        Box::new(self.clone())
    }
    fn fact(&self, name: &str) -> Option<u64> {
        (name == "chosen").then_some(self.values.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use crate::process::Time;
    use crate::scenario::{Run, Scenario};
    use crate::systems;
    use std::sync::Arc;

    /// Blue is accepted by all three, and its proposer dies before it hears of it. Promises report nothing, so green follows on two
    /// of the disks, and no two hold blue any more.
    const FORGOTTEN: &str = "apiVersion: muster.dev/v1
kind: Scenario
metadata: { name: forgotten }
seed: 1
until: 1s
systems:
  - name: synod
    kind: Paxos
    members: [p1, p2, a1, a2, a3]
    spec: { proposers: [p1, p2], acceptors: [a1, a2, a3], learners: [p1, p2], askEvery: 1min }
    without: [reportAccepted]
network: { latency: 10ms }
timeline:
  - { at: 10ms, do: { propose: { by: p1, value: blue } } }
  - { at: 46ms, do: { crash: [p1, a1] } }
  - { at: 100ms, do: { propose: { by: p2, value: green } } }
expect:
  - violated: synod/p2c
";

    /// Red and then blue are accepted by all three with one number, and both proposers die before they hear of it.
    const ONE_NUMBER: &str = "apiVersion: muster.dev/v1
kind: Scenario
metadata: { name: one-number }
seed: 1
until: 1s
systems:
  - name: synod
    kind: Paxos
    members: [p1, p2, a1, a2, a3]
    spec: { proposers: [p1, p2], acceptors: [a1, a2, a3], learners: [p1, p2], askEvery: 1min }
    without: [uniqueBallots]
network: { latency: 10ms }
timeline:
  - { at: 10ms, do: { propose: { by: p1, value: red } } }
  - { at: 15ms, do: { propose: { by: p2, value: blue } } }
  - { at: 45ms, do: { crash: p1 } }
  - { at: 50ms, do: { crash: p2 } }
expect:
  - violated: synod/oneValuePerBallot
";

    #[test]
    fn two_values_chosen_with_one_number_are_both_counted() {
        let scenario = Arc::new(Scenario::read(ONE_NUMBER.as_bytes(), systems::all()).expect("a scenario"));
        let mut run = Run::with(scenario.clone(), None, false);
        run.finish(&mut []);
        let now = scenario.systems[0].group.fact(run.world(), 0, "chosen", None);
        assert_eq!((run.fact(0, "chosen", None), now), (Some(2), Some(1)));
    }

    #[test]
    fn a_value_that_was_chosen_is_counted_when_no_quorum_holds_it_any_more() {
        let scenario = Arc::new(Scenario::read(FORGOTTEN.as_bytes(), systems::all()).expect("a scenario"));
        // Also where no check is asked: known ground is played again without them.
        for checks in [true, false] {
            let mut run = Run::with(scenario.clone(), None, checks);
            while run.next_time().is_some_and(|due| due <= Time::millis(90)) {
                run.step(&mut []);
            }
            assert_eq!(run.fact(0, "chosen", None), Some(1));
            let mut copy = run.clone();
            copy.finish(&mut []);
            let now = scenario.systems[0].group.fact(copy.world(), 0, "chosen", None);
            assert_eq!((copy.fact(0, "chosen", None), now), (Some(2), Some(1)));
            assert_eq!(run.fact(0, "chosen", None), Some(1), "the checkpoint knows of its own past alone");
        }
    }
}

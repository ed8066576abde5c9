//! Histories of a toy whose whole state is a number: every place is checked against a straight run from the start.

use super::*;
use crate::words::session::SessionKey;
use proptest::prelude::*;

/// Each event comes 1 to 8 ms after the one before and stirs the state.
#[derive(Clone, Debug, PartialEq)]
struct Toy {
    place: Place,
    last: Time,
    state: u64,
}

impl Toy {
    fn new() -> Self {
        Toy { place: Place::default(), last: Time::ZERO, state: 1 }
    }
    fn next_time(&self) -> Time {
        Time(self.last.0 + Time::millis(1 + self.state % 8).0)
    }
    fn step(&mut self) {
        assert!(self.step_until(Time::MAX, &mut []), "always another");
    }
    fn stir(&mut self, with: u64) {
        self.place.ordinal += 1;
        self.last = self.place.at;
        self.state = (self.state ^ with).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31);
    }
}

impl Replay for Toy {
    type Command = u64;
    fn place(&self) -> Place {
        self.place
    }
    fn step_until(&mut self, limit: Time, _: &mut [&mut dyn Observer]) -> bool {
        let next = self.next_time().max(self.place.at);
        if next > limit {
            return false;
        }
        self.place.at = next;
        self.stir(0);
        true
    }
    fn advance_to(&mut self, at: Time) {
        self.place.at = self.place.at.max(at.min(self.next_time()));
    }
    fn act(&mut self, command: &u64, _: &mut [&mut dyn Observer]) -> Result<(), Phrase> {
        if *command == 13 {
            return Err(Phrase::bare(SessionKey::Branch));
        }
        self.stir(*command);
        Ok(())
    }
    fn weight(&self) -> u64 {
        100
    }
}

/// What a branch's place is, from its commands alone.
fn straight(commands: &[Anchored<u64>], place: Place) -> Toy {
    let mut toy = Toy::new();
    for command in commands.iter().filter(|command| command.place.ordinal < place.ordinal) {
        while toy.place.ordinal < command.place.ordinal {
            toy.step();
        }
        toy.advance_to(command.place.at);
        toy.act(&command.command, &mut []).expect("accepted before");
    }
    while toy.place.ordinal < place.ordinal {
        toy.step();
    }
    toy.advance_to(place.at);
    toy
}

const BOUNDS: Bounds = Bounds { checkpoints: 12, bytes: 1_000, spacing: 20, branches: 9 };

fn go(history: &mut History<Toy>, id: u32, run: &mut Toy, target: Target) -> Reached {
    history.go(id, run, target, &mut 100_000, &mut [], &mut |_| false)
}

fn sought(history: &mut History<Toy>, id: u32, target: Target) -> Toy {
    let mut run = history.before(id, target).expect("there is always the start");
    go(history, id, &mut run, target);
    run
}

#[derive(Clone, Debug)]
enum Op {
    Play(u64),
    Act(u64),
    SeekEvent(u32),
    SeekTime(u32),
    Fork,
    Switch(u32),
}

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let op = prop_oneof![
        3 => (1u64..400).prop_map(Op::Play),
        2 => (0u64..20).prop_map(Op::Act),
        3 => any::<u32>().prop_map(Op::SeekEvent),
        2 => any::<u32>().prop_map(Op::SeekTime),
        1 => Just(Op::Fork),
        2 => any::<u32>().prop_map(Op::Switch),
    ];
    proptest::collection::vec(op, 1..60)
}

proptest! {
    /// Whatever was done, every branch is at every place what its commands alone make of it, and the bounds hold.
    #[test]
    fn any_place_of_any_branch_is_what_a_straight_run_makes_of_it(ops in ops()) {
        let mut run = Toy::new();
        let mut history = History::new(&run, BOUNDS);
        let mut id = 0;
        for op in ops {
            let head = history.branch(id).expect("the branch shown").head;
            match op {
                Op::Play(ms) => {
                    let target = Target::Time(run.place.at + crate::process::Span::millis(ms));
                    go(&mut history, id, &mut run, target);
                }
                Op::Act(command) => id = history.act(id, &mut run, command, &mut []).unwrap_or(id),
                Op::SeekEvent(to) => {
                    let ordinal = u64::from(to) % (head.ordinal + 1);
                    run = sought(&mut history, id, Target::Ordinal(ordinal));
                    prop_assert_eq!(run.place.ordinal, ordinal);
                }
                Op::SeekTime(to) => {
                    let at = Time(u64::from(to) * 1_000 % (head.at.0 + 1));
                    run = sought(&mut history, id, Target::Time(at));
                    prop_assert_eq!(run.place.at, at);
                }
                Op::Fork => id = history.fork(id, &run, None).unwrap_or(id),
                Op::Switch(to) => {
                    id = to % history.branches().len() as u32;
                    let head = history.branch(id).expect("counted").head;
                    let target = Target::Time(run.place.at.min(head.at));
                    run = sought(&mut history, id, target);
                }
            }
            let branch = history.branch(id).expect("the branch shown");
            prop_assert!(branch.head >= run.place);
            prop_assert_eq!(&run, &straight(&branch.commands, run.place));
            let (count, bytes) = history.kept();
            prop_assert!(count <= BOUNDS.checkpoints.max(2 * BOUNDS.branches) && bytes <= 2 * BOUNDS.bytes);
        }
        for id in 0..history.branches().len() as u32 {
            let head = history.branch(id).expect("counted").head;
            let end = sought(&mut history, id, Target::Place(head));
            prop_assert_eq!(&end, &straight(&history.branch(id).expect("counted").commands, head));
        }
    }
}

#[test]
fn checkpoints_stay_even_as_the_run_grows() {
    let mut run = Toy::new();
    let mut history = History::new(&run, BOUNDS);
    for thousand in 1..=20 {
        go(&mut history, 0, &mut run, Target::Ordinal(thousand * 1_000));
        let places: Vec<u64> = history.checkpoints(0).iter().map(|run| run.place.ordinal).collect();
        assert!(places.len() <= 10, "10 of 100 bytes each fit: {places:?}");
        let widest = places.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(0);
        let widest = widest.max(run.place.ordinal - places.last().expect("one"));
        assert!(widest <= thousand * 1_000 / 4, "after {thousand},000 events a gap of {widest}: {places:?}");
    }
}

#[test]
fn acting_in_the_past_leaves_the_old_future_as_it_was() {
    let mut run = Toy::new();
    let mut history = History::new(&run, BOUNDS);
    go(&mut history, 0, &mut run, Target::Ordinal(500));
    let old = run.clone();
    run = sought(&mut history, 0, Target::Ordinal(200));
    let id = history.act(0, &mut run, 7, &mut []).expect("accepted");
    assert_eq!((id, history.branches()[1].off.map(|(off, _)| off)), (1, Some(0)));
    go(&mut history, id, &mut run, Target::Ordinal(500));
    assert_ne!(run.state, old.state);
    assert_eq!(sought(&mut history, 0, Target::Place(old.place)), old);
    // At the end of a branch a command stays on it; a refused one leaves no trace.
    assert_eq!(history.act(id, &mut run, 9, &mut []), Ok(id));
    let before = run.clone();
    assert!(history.act(id, &mut run, 13, &mut []).is_err());
    assert_eq!((run, history.branches()[1].commands.len()), (before, 2));
}

#[test]
fn commands_to_come_are_carried_out_when_their_anchor_is_reached() {
    let mut run = Toy::new();
    let mut history = History::new(&run, BOUNDS);
    let anchor = straight(&[], Place { ordinal: 50, at: Time::ZERO }).place;
    let refused = straight(&[], Place { ordinal: 20, at: Time::ZERO }).place;
    let commands = vec![Anchored { place: refused, command: 13 }, Anchored { place: anchor, command: 5 }];
    history.foresee(vec![Foreseen {
        name: None,
        off: None,
        commands,
        far: Place::default(),
        plan: Vec::new(),
    }]);
    go(&mut history, 0, &mut run, Target::Ordinal(80));
    assert_eq!(
        history.branches()[0].commands,
        [Anchored { place: anchor, command: 5 }],
        "the refused one is none of them"
    );
    let unfit = Unfit { place: refused, command: 13, reason: Phrase::bare(SessionKey::Branch) };
    assert_eq!(history.branches()[0].unfit, [unfit], "and is kept with its reason");
    assert_eq!(run, straight(&[Anchored { place: anchor, command: 5 }], run.place));
}

#[test]
fn what_is_planned_is_carried_out_at_its_instant_or_kept_with_its_reason() {
    let mut run = Toy::new();
    let mut history = History::new(&run, BOUNDS);
    go(&mut history, 0, &mut run, Target::Ordinal(100));
    let place = run.place;
    assert_eq!(history.events_of_instant(0, place), 1, "the event the clock stands at");
    let begin = sought(&mut history, 0, Target::Ordinal(40));
    let id = history.fork(0, &begin, None).expect("room");
    let plan = [(0, 7), (1, 13), (1, 8)].map(|(ms, command)| Planned {
        at: Time(place.at.0 + Time::millis(ms).0),
        after: 1 - u64::from(ms > 0),
        command,
    });
    history.plan(id, plan.to_vec());
    let mut run = begin;
    go(&mut history, id, &mut run, Target::Time(Time(place.at.0 - 1)));
    assert_eq!(history.branches()[1].plan.len(), 3, "not yet");
    go(&mut history, id, &mut run, Target::Ordinal(150));
    let branch = &history.branches()[1];
    let done: Vec<_> = branch.commands.iter().map(|done| (done.place.at, done.command)).collect();
    assert_eq!(done, [(plan[0].at, 7), (plan[2].at, 8)]);
    assert_eq!(branch.commands[0].place, place, "after the same event as before");
    assert_eq!((branch.plan.len(), branch.replayed, branch.unfit[0].command), (0, 2, 13));
    assert_eq!(run, straight(&branch.commands.clone(), run.place));
}

/// A plan names instants of another run: here something else may be due in just that instant. The command comes before it, and does so
/// again whenever its place is sought, whatever is sought.
#[test]
fn what_is_planned_where_an_event_is_due_comes_before_it_every_time() {
    let mut run = Toy::new();
    let mut history = History::new(&run, BOUNDS);
    go(&mut history, 0, &mut run, Target::Ordinal(40));
    let (begin, at) = (run.clone(), run.next_time());
    let id = history.fork(0, &begin, None).expect("room");
    history.plan(id, vec![Planned { at, after: 0, command: 7 }]);
    go(&mut history, id, &mut run, Target::Ordinal(80));
    let place = Place { ordinal: 40, at };
    let done = [Anchored { place, command: 7 }];
    assert_eq!(history.branches()[1].commands, done);
    assert_eq!(run, straight(&done, run.place));
    let before = sought(&mut history, id, Target::Place(place));
    assert_eq!(
        (before.place, before.state),
        (place, begin.state),
        "the command and the event are still to come"
    );
    for target in [Target::Ordinal(41), Target::Time(at), Target::Place(run.place), Target::Ordinal(80)] {
        let mut again = begin.clone();
        go(&mut history, id, &mut again, target);
        assert_eq!(again, straight(&done, again.place), "{target:?}");
    }
    let branch = &history.branches()[1];
    assert_eq!((branch.commands.as_slice(), branch.unfit.len()), (done.as_slice(), 0), "and is not refused");
    // Nor is it elsewhere, in a session that opens it from a link.
    let mut run = Toy::new();
    let mut elsewhere = History::new(&run, BOUNDS);
    let (commands, far) = (done.to_vec(), Place::default());
    elsewhere.foresee(vec![Foreseen { name: None, off: None, commands, far, plan: Vec::new() }]);
    go(&mut elsewhere, 0, &mut run, Target::Ordinal(80));
    assert_eq!((run.state, elsewhere.branches()[0].unfit.len()), (straight(&done, run.place).state, 0));
}

#[test]
fn going_stops_at_the_budget_and_where_the_watcher_says() {
    let mut run = Toy::new();
    let mut history = History::new(&run, BOUNDS);
    let mut budget = 30;
    let reached = history.go(0, &mut run, Target::Ordinal(99), &mut budget, &mut [], &mut |_| false);
    assert_eq!((reached, run.place.ordinal), (Reached::Budget, 30));
    let mut watch = |run: &Toy| run.place.ordinal == 42;
    let reached = history.go(0, &mut run, Target::Ordinal(99), &mut 1_000, &mut [], &mut watch);
    assert_eq!((reached, run.place.ordinal), (Reached::Watched, 42));
}

#[test]
fn a_branch_whose_clock_is_taken_back_before_its_beginning_begins_there() {
    let mut run = Toy::new();
    let mut history = History::new(&run, BOUNDS);
    go(&mut history, 0, &mut run, Target::Time(Time::millis(1)));
    let id = history.fork(0, &run, None).expect("room");
    let id = history.fork(id, &run, None).expect("room");
    run = sought(&mut history, id, Target::Ordinal(0));
    assert_eq!(run.place, Place::default(), "before the clock went on");
    assert_eq!(history.act(id, &mut run, 7, &mut []), Ok(id), "nothing happened after it: no fork");
    assert_eq!(sought(&mut history, id, Target::Place(run.place)), run);
}

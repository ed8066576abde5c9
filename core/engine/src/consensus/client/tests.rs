//! A client alone, and what it does with every answer.

use super::*;
use crate::process::hosted::stored_as;
use crate::process::payload::peek;
use crate::process::{Act, Outbox};
use std::collections::BTreeSet;

struct Desk {
    client: Client,
    sent: Vec<(ProcessId, Message)>,
    timers: [Option<Delay>; 2],
    now: Time,
    disk: Option<Lives>,
}

fn p(n: u32) -> ProcessId {
    ProcessId(n)
}

fn idle() -> Settings {
    Settings { members: vec![p(1), p(2), p(3)], load: Load::Idle, attempts: 3, ..Settings::default() }
}

impl Desk {
    fn new(settings: Settings) -> Desk {
        let program = Program::new(settings).expect("settings");
        let client = Client::boot(&program, p(9), None);
        let mut desk = Desk { client, sent: Vec::new(), timers: [None; 2], now: Time::secs(1), disk: None };
        desk.input(Input::Start);
        desk
    }
    fn input(&mut self, input: Input<Client>) {
        let mut outbox = Outbox { noting: true, me: Some(p(9)), ..Outbox::default() };
        let now = Moment { monotonic: self.now, wall: self.now, event: 1 };
        self.client.step(now, input, &mut Effects::over(&mut outbox));
        let mut persisted = None;
        for act in outbox.acts {
            match act {
                Act::Send { to, payload, .. } => {
                    self.sent.push((to, peek::<Message>(&*payload).expect("kv").clone()));
                }
                Act::SetTimer { slot, delay } => self.timers[usize::from(slot)] = Some(delay),
                Act::CancelTimer { slot } => self.timers[usize::from(slot)] = None,
                Act::Persist { token, stored } => {
                    self.disk = stored_as::<Lives>(&*stored).copied();
                    persisted = Some(token);
                }
                Act::Note(_) | Act::Reply { .. } => {}
                _ => panic!("unexpected effect"),
            }
        }
        if let Some(token) = persisted {
            self.input(Input::Persisted(token));
        }
    }
    fn answer(&mut self, from: u32, session: u64, seq: u64, reply: Reply) {
        self.input(Input::Message { from: p(from), message: Message::Response { session, seq, reply } });
    }
    /// Opens session 5 with whomever it asked.
    fn ready(settings: Settings) -> Desk {
        let mut desk = Desk::new(settings);
        let (to, message) = desk.sent.remove(0);
        let Message::Register { seq } = message else { panic!("{message:?}") };
        desk.answer(to.0, 0, seq, Reply::Registered { session: 5 });
        desk
    }
    fn issue(&mut self, value: &str) -> u64 {
        let op = Op::Put { key: "a".into(), value: value.into() };
        self.input(Input::Command { ticket: 1, command: Command::Issue { op, to: None } });
        match self.sent.last() {
            Some((_, Message::Request { seq, .. })) => *seq,
            other => panic!("{other:?}"),
        }
    }
    fn overdue(&mut self) {
        self.now += Span::secs(10);
        self.input(Input::Timer(Timer::Retry));
    }
}

fn done() -> Reply {
    Reply::Done { revision: 7, outcome: Outcome::Written }
}

#[test]
fn it_opens_a_session_before_anything_else_and_keeps_asking() {
    let mut desk = Desk::new(idle());
    assert!(matches!(desk.sent[..], [(_, Message::Register { .. })]));
    for _ in 0..20 {
        desk.overdue();
    }
    let asked: BTreeSet<ProcessId> = desk.sent.iter().map(|(to, _)| *to).collect();
    assert_eq!(asked.len(), 3, "it asks around, and never gives up");
}

#[test]
fn an_answered_operation_is_counted_and_remembered() {
    let mut desk = Desk::ready(idle());
    let seq = desk.issue("x");
    desk.answer(1, 5, seq, done());
    desk.answer(1, 5, seq, done()); // a copy of the answer changes nothing
    assert_eq!((desk.client.counts().answered, desk.client.counts().writes), (1, 1));
    let ended = desk.client.recent().next().expect("remembered");
    assert_eq!(ended.ending, Ending::Answered { revision: 7, outcome: Outcome::Written });
    assert!(desk.timers[1].is_none(), "nothing is overdue any more");
}

#[test]
fn a_redirect_is_followed_even_to_a_member_it_has_not_known() {
    let mut desk = Desk::ready(idle());
    let seq = desk.issue("x");
    let first = desk.sent.last().expect("sent").0;
    desk.answer(first.0, 5, seq, Reply::Redirect { leader: Some(p(7)) });
    assert!(
        matches!(desk.sent.last(), Some((to, Message::Request { seq: again, .. })) if *to == p(7) && *again == seq)
    );
    assert_eq!(desk.client.target(), Some(p(7)));
}

#[test]
fn a_retry_repeats_the_number_and_goes_to_somebody_else() {
    let mut desk = Desk::ready(idle());
    let seq = desk.issue("x");
    let first = desk.sent.last().expect("sent").0;
    desk.overdue();
    let (to, message) = desk.sent.last().expect("sent again");
    assert_ne!(*to, first);
    assert!(matches!(message, Message::Request { seq: again, session: 5, .. } if *again == seq));
}

#[test]
fn after_its_last_try_the_outcome_stays_unknown() {
    let mut desk = Desk::ready(idle());
    let seq = desk.issue("x");
    for _ in 0..3 {
        desk.overdue();
    }
    assert_eq!(desk.client.counts().unknown, 1);
    assert_eq!(desk.client.recent().next().map(|e| (e.seq, e.ending.clone())), Some((seq, Ending::Unknown)));
    desk.answer(1, 5, seq, done());
    assert_eq!(desk.client.counts().answered, 0, "a late answer does not change that");
}

#[test]
fn it_says_which_answers_it_no_longer_needs() {
    let mut desk = Desk::ready(idle());
    let (first, second) = (desk.issue("x"), desk.issue("y"));
    desk.answer(1, 5, second, done());
    desk.issue("z");
    let unacked = |desk: &Desk| match desk.sent.last() {
        Some((_, Message::Request { first_unacked, .. })) => *first_unacked,
        other => panic!("{other:?}"),
    };
    assert_eq!(unacked(&desk), first);
    desk.answer(1, 5, first, done());
    let last = desk.issue("w");
    assert!(unacked(&desk) > first && unacked(&desk) <= last);
}

#[test]
fn an_expired_session_leaves_what_was_sent_unknown_and_opens_another() {
    let mut desk = Desk::ready(idle());
    let (first, _second) = (desk.issue("x"), desk.issue("y"));
    desk.answer(1, 5, first, Reply::SessionExpired);
    assert_eq!((desk.client.counts().unknown, desk.client.session()), (2, 0));
    assert!(matches!(desk.sent.last(), Some((_, Message::Register { .. }))));
}

#[test]
fn an_open_load_goes_on_whether_or_not_it_is_answered_up_to_its_window() {
    let gap = (Span::millis(5), Span::millis(9));
    let mut desk = Desk::ready(Settings { load: Load::Open { gap }, window: 4, ..idle() });
    assert_eq!(desk.timers[0], Some(Delay::Uniform(gap.0, gap.1)));
    for _ in 0..6 {
        desk.input(Input::Timer(Timer::Next));
    }
    assert_eq!((desk.client.counts().issued, desk.client.counts().skipped), (4, 2));
}

#[test]
fn a_closed_load_waits_for_the_answer() {
    let think = (Span::millis(1), Span::millis(1));
    let mut desk = Desk::ready(Settings { load: Load::Closed { think }, ..idle() });
    desk.timers[0] = None;
    desk.input(Input::Timer(Timer::Next));
    assert!(desk.timers[0].is_none());
    let Some((_, Message::Request { seq, .. })) = desk.sent.last().cloned() else {
        panic!("{:?}", desk.sent)
    };
    desk.answer(1, 5, seq, done());
    assert!(desk.timers[0].is_some());
}

#[test]
fn the_stream_of_operations_depends_on_seed_name_and_life_alone_and_repeats_no_value() {
    let ops = |seed, me, life| {
        let settings = Settings { seed, mix: Mix { get: 1, put: 1, cas: 1, append: 1, delete: 1 }, ..idle() };
        let mut workload = Workload::new(&settings, p(me), life);
        (0..200).map(|_| workload.next_op()).collect::<Vec<_>>()
    };
    assert_eq!(ops(1, 9, 1), ops(1, 9, 1));
    assert_ne!(ops(1, 9, 1), ops(2, 9, 1));
    let all: Vec<Op> = [ops(1, 9, 1), ops(1, 9, 2), ops(1, 8, 1)].concat();
    let values: Vec<_> = all.iter().filter_map(Op::value).collect();
    assert_eq!(values.iter().collect::<BTreeSet<_>>().len(), values.len());
    assert!(
        ["get", "put", "cas", "append", "delete"].iter().all(|name| all.iter().any(|op| op.name() == *name))
    );
}

#[test]
fn settings_that_cannot_work_are_refused() {
    let cases = [
        (Settings { members: vec![], ..idle() }, SettingsError::NoMembers),
        (
            Settings { mix: Mix { get: 0, put: 0, cas: 0, append: 0, delete: 0 }, ..idle() },
            SettingsError::EmptyMix,
        ),
        (Settings { window: 129, ..idle() }, SettingsError::OutOfRange("window", 128)),
        (Settings { load: Load::Open { gap: (Span::ZERO, Span::ZERO) }, ..idle() }, SettingsError::NoGap),
    ];
    for (settings, error) in cases {
        assert_eq!(Program::new(settings).err(), Some(error));
    }
}

fn scheduled() -> Settings {
    let gap = (Span::millis(10), Span::millis(50));
    let mix = Mix { get: 1, put: 2, cas: 0, append: 1, delete: 1 };
    Settings { load: Load::Drawn { gap }, seed: 4, start_after: Span::secs(2), mix, ..idle() }
}

impl Desk {
    /// Lets the next operation of a schedule come: when, counted from the start, and what, if there was room for it.
    fn arrive(&mut self) -> Option<(Span, Option<Op>)> {
        let Some(Delay::Fixed(wait)) = self.timers[0].take() else { return None };
        self.now += wait;
        let before = self.sent.len();
        self.input(Input::Timer(Timer::Next));
        let op = self.sent[before..].iter().find_map(|(_, message)| match message {
            Message::Request { op, .. } => Some(op.clone()),
            _ => None,
        });
        Some((self.now - Time::secs(1), op))
    }
}

#[test]
fn a_schedule_is_the_same_whatever_is_answered() {
    let (mut answered, mut ignored) = (Desk::ready(scheduled()), Desk::ready(scheduled()));
    let mut last = Span::secs(2);
    for _ in 0..40 {
        let (at, op) = answered.arrive().expect("there is no end");
        let gap = Span(at.nanos() - last.nanos());
        assert!((Span::millis(10)..=Span::millis(50)).contains(&gap), "{gap:?}");
        last = at;
        let seq = answered.client.outstanding().last().expect("it was sent").seq;
        answered.answer(1, 5, seq, done());
        let (then, same) = ignored.arrive().expect("there is no end");
        assert_eq!(at, then);
        // What finds no room is not sent; what comes after it is the same all the same.
        assert!(same.is_none() || same == op, "{same:?} {op:?}");
    }
    assert_eq!(answered.client.counts().skipped, 0);
    assert_eq!((ignored.client.counts().skipped, ignored.client.counts().issued), (24, 16));
    let late = ignored.client.outstanding().next().map(|open| open.seq).expect("under way");
    ignored.answer(1, 5, late, done());
    assert_eq!(ignored.arrive(), answered.arrive(), "the forty-first, of both");
}

#[test]
fn a_schedule_depends_on_its_number_and_on_who_carries_it_out() {
    let times = |seed: u64, me: u32| {
        let mut workload = Workload::new(&Settings { seed, ..scheduled() }, p(me), 1);
        (0..50).map(|_| workload.next_arrival().expect("there is no end")).collect::<Vec<_>>()
    };
    assert_eq!(times(4, 9), times(4, 9));
    assert_ne!(times(4, 9), times(5, 9));
    assert_ne!(times(4, 9), times(4, 8));
    assert!(times(4, 9).is_sorted());
    // Drawing an operation moves no instant, and the other way round.
    let (mut one, mut two) = (Workload::new(&scheduled(), p(9), 1), Workload::new(&scheduled(), p(9), 1));
    let _ = one.next_op();
    assert_eq!(one.next_arrival(), two.next_arrival());
    let _ = two.next_op();
    assert_eq!(one.next_op(), two.next_op());
    // Another life knows nothing of what the first has asked already.
    assert_eq!(Workload::new(&scheduled(), p(9), 2).next_arrival(), None);
    let mut few = Workload::new(&Settings { most_operations: Some(2), ..scheduled() }, p(9), 1);
    assert_eq!([(); 3].map(|()| few.next_arrival().is_some()), [true, true, false]);
}

#[test]
fn a_listed_schedule_comes_as_listed_and_ends() {
    let times: std::sync::Arc<[Span]> = [500, 500, 1_700].map(Span::millis).into();
    let mut desk = Desk::ready(Settings { load: Load::Listed, times: times.clone(), ..scheduled() });
    for time in times.iter() {
        assert_eq!(desk.arrive().map(|(at, _)| at), Some(*time));
    }
    assert_eq!(desk.arrive(), None);
    for times in [vec![], vec![Span::millis(2), Span::millis(1)], vec![Span::ZERO; MAX_TIMES + 1]] {
        let settings = Settings { load: Load::Listed, times: times.into(), ..scheduled() };
        assert_eq!(Program::new(settings).err(), Some(SettingsError::Times));
    }
}

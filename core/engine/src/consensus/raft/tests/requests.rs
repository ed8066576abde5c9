//! Chapter 6: clients.

use super::harness::*;
use crate::consensus::kv::{self, Op, Outcome, Reply};
use crate::consensus::raft::*;
use crate::process::Input;

#[test]
fn a_server_that_is_not_leader_names_the_leader() {
    let mut group = Group::plain(3);
    let early = group.ask(2, put("a", "1"));
    assert_eq!(group.reply(early), Some(&Reply::Redirect { leader: None }));
    group.elect(1);
    let late = group.ask(2, put("a", "1"));
    assert_eq!(group.reply(late), Some(&Reply::Redirect { leader: Some(p(1)) }));
}

#[test]
fn a_command_repeated_in_a_session_takes_effect_once_and_gets_the_same_answer() {
    for (on, expected) in [(true, "x"), (false, "xx")] {
        let rules = if on { settings(3).rules } else { settings(3).rules.without(Rule::ClientSessions) };
        let mut group = Group::of(3, |_| Settings { rules, ..settings(3) });
        group.elect(1);
        let session = group.register(1);
        let append = Op::Append { key: "a".into(), value: "x".into() };
        group.request(1, session, 1, append.clone());
        group.settle();
        let first = group.reply(1).cloned();
        group.request(1, session, 1, append);
        group.settle();
        assert_eq!(&*group.m(1).get("a").expect("written").value, expected);
        assert_eq!(on, group.reply(1) == first.as_ref());
    }
}

#[test]
fn sessions_survive_a_change_of_leader_and_a_snapshot() {
    for (on, known) in [(true, true), (false, false)] {
        let rules = if on { settings(3).rules } else { settings(3).rules.without(Rule::SessionInSnapshot) };
        let compaction = Some(Compaction { every: 3, keep: 0 });
        let mut group = Group::of(3, |_| Settings { rules, compaction, ..settings(3) });
        group.elect(1);
        let session = group.register(1);
        group.request(1, session, 1, Op::Append { key: "a".into(), value: "x".into() });
        group.settle();
        group.beat(1);
        group.crash(2);
        group.restart(2); // from its snapshot
        group.elect_among(2, &[2, 3]);
        group.request(2, session, 1, Op::Append { key: "a".into(), value: "x".into() });
        group.settle_among(&[2, 3]);
        assert_eq!(matches!(group.reply(1), Some(Reply::Done { .. })), known);
    }
}

#[test]
fn a_request_without_its_session_is_told_that_it_has_expired() {
    let mut group = Group::of(3, |_| Settings { sessions: 2, ..settings(3) });
    group.elect(1);
    let sessions = [0; 3].map(|_| group.register(1));
    group.request(1, sessions[0], 1, put("a", "1"));
    group.settle();
    assert_eq!(group.reply(1), Some(&Reply::SessionExpired), "the least recently used of three");
    assert!(group.m(1).get("a").is_none());
}

#[test]
fn a_client_that_no_longer_needs_answers_frees_them_and_stale_repeats_do_nothing() {
    let mut group = Group::plain(3);
    group.elect(1);
    let session = group.register(1);
    let ask = |group: &mut Group, seq, first_unacked, value: &str| {
        let message = kv::Message::Request { session, seq, first_unacked, op: put("a", value) };
        group.input(p(1), Input::Message { from: CLIENT, message: Message::Kv(message) });
        group.settle();
    };
    ask(&mut group, 1, 1, "1");
    ask(&mut group, 2, 2, "2");
    assert_eq!(group.m(1).store().session(session).expect("open").answers.len(), 1);
    ask(&mut group, 1, 1, "1");
    assert_eq!(group.reply(1), Some(&Reply::Superseded));
    assert_eq!(&*group.m(1).get("a").expect("written").value, "2");
}

#[test]
fn a_leader_that_is_deposed_tells_its_clients_that_the_outcome_is_unknown() {
    let mut group = Group::plain(3);
    group.elect(1);
    let write = group.ask(1, put("a", "1"));
    group.drop_all();
    group.say(2, 1, PeerMessage::Appended(Appended { term: 5, round: 1, result: Ok(0) }));
    assert!(matches!(group.reply(write), Some(Reply::LostLeadership { .. })));
}

#[test]
fn a_leader_bounds_what_it_takes_in() {
    let mut group = Group::of(3, |_| Settings { backlog: 4, ..settings(3) });
    group.elect(1);
    let asked: Vec<u64> = (0..6).map(|i| group.ask(1, put("a", &i.to_string()))).collect();
    assert_eq!(group.reply(asked[3]), None);
    assert_eq!(group.reply(asked[4]), Some(&Reply::Unavailable));
    let long = "x".repeat(kv::MAX_VALUE + 1);
    let too_long = group.ask(1, put("a", &long));
    assert_eq!(group.reply(too_long), Some(&Reply::TooLarge));
}

#[test]
fn every_operation_does_what_it_says() {
    let mut group = Group::plain(1);
    group.elect(1);
    let key = || "a".into();
    let cas = |expect: Option<&str>, value: &str| Op::Cas {
        key: key(),
        expect: expect.map(Into::into),
        value: value.into(),
    };
    let append = |value: &str| Op::Append { key: key(), value: value.into() };
    let steps = [
        (cas(Some("1"), "2"), Outcome::Differs(None), None),
        (cas(None, "1"), Outcome::Written, Some("1")),
        (cas(None, "2"), Outcome::Differs(Some("1".into())), Some("1")),
        (append("2"), Outcome::Written, Some("12")),
        (Op::Delete { key: key() }, Outcome::Deleted(true), None),
        (Op::Delete { key: key() }, Outcome::Deleted(false), None),
        (append("3"), Outcome::Written, Some("3")),
        (append(&"x".repeat(kv::MAX_VALUE)), Outcome::Full, Some("3")),
    ];
    for (op, expected, after) in steps {
        let seq = group.ask(1, op);
        let Some(Reply::Done { outcome, revision }) = group.reply(seq) else {
            panic!("{:?}", group.reply(seq))
        };
        assert_eq!(*outcome, expected);
        assert_eq!(*revision, group.m(1).log().last());
        assert_eq!(group.m(1).get("a").map(|found| &*found.value), after);
    }
}

#[test]
fn a_rule_switched_off_by_hand_stays_off_after_a_restart() {
    let mut group = Group::plain(3);
    assert!(group.command(2, Command::SwitchRule { rule: Rule::OneVotePerTerm, on: false }).accepted);
    group.crash(2);
    group.restart(2);
    assert!(!group.m(2).rules().has(Rule::OneVotePerTerm));
}

#[test]
fn notes_change_nothing() {
    // The harness listens; here nobody does, and the state is the same.
    use crate::process::{Digest, Effects, Machine, Moment, Outbox, Time};
    let run = |noting: bool| {
        let program = Program::new(settings(1)).expect("settings");
        let mut member = Member::boot(&program, p(1), None);
        let mut outbox = Outbox { noting, ..Outbox::default() };
        let inputs = [Input::Start, Input::Timer(Timer::Election), Input::Persisted(1), Input::Persisted(2)];
        for (i, input) in inputs.into_iter().enumerate() {
            let now = Moment { monotonic: Time::secs(1), wall: Time::ZERO, event: i as u64 + 1 };
            member.step(now, input, &mut Effects::over(&mut outbox));
        }
        let mut digest = Digest::new();
        member.fold(&mut digest);
        assert_eq!(member.role(), Role::Leader);
        digest.value()
    };
    assert_eq!(run(true), run(false));
}

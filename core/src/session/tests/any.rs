//! Any requests in any order are answered, and the end can be shared.

use super::*;
use proptest::prelude::*;

pub fn requests() -> impl Strategy<Value = Vec<Request>> {
    let command = prop_oneof![
        Just("crash: n1"),
        Just("start: n1"),
        Just("pause: n2"),
        Just("resume: n2"),
        Just("partition: { groups: [[n1], [n2, n3]] }"),
        Just("heal: all"),
        Just("timeOut: n3"),
        Just("reluck: 5"),
        Just("removeHost: n3"),
        Just("addHost: { name: m1 }"),
        Just("crash: [n1, n2, n3]"),
        Just("gibberish"),
    ];
    let edited = (Just("crash: n1"), Just("crash: n2"), 0u64..4_000);
    let event = (0u32..5, 0u64..300).prop_map(|(process, number)| EventId {
        process: ProcessId(process),
        incarnation: 1,
        number,
    });
    let message = (0u32..5, 0u32..5, 0u64..50).prop_map(|(from, to, number)| MessageId {
        from: ProcessId(from),
        to: ProcessId(to),
        number,
        copy: 0,
    });
    let one = prop_oneof![
        4 => (0u64..4_000).prop_map(|ms| Request::PlayTo { at: Time::millis(ms), budget: 5_000 }),
        2 => Just(Request::Step),
        2 => Just(Request::StepBack),
        2 => (0u64..3_000).prop_map(|ordinal| Request::Seek(SeekTo::Ordinal(ordinal))),
        2 => (0u64..4_000).prop_map(|ms| Request::Seek(SeekTo::Time(Time::millis(ms)))),
        1 => any::<bool>().prop_map(|back| Request::Seek(SeekTo::Mark { back })),
        1 => Just(Request::Seek(SeekTo::End)),
        2 => (0usize..5, any::<bool>()).prop_map(|(which, back)| {
            let mark = Wanted::Mark(Some(MarkKind::Repair));
            let kind = Wanted::Kind(K::KindTimer.into());
            let all = [Wanted::Same, Wanted::Message, kind, Wanted::Of(ProcessId(2)), mark];
            Request::SeekNext { wanted: all[which], back, limit: Span::secs(1), budget: 900 }
        }),
        1 => Just(Request::StopAt(vec!["at: 1700ms".into(), "noLeader: ring".into()])),
        1 => Just(Request::Kinds),
        4 => command.prop_map(|line| Request::Act(line.into())),
        2 => Just(Request::Undo),
        2 => Just(Request::Redo),
        2 => (0u32..4, edited).prop_map(|(index, (was, text, ms))| Request::EditCommand(Edit {
            index,
            was: was.into(),
            text: text.into(),
            at: Time::millis(ms),
        })),
        1 => (0u32..4, Just("crash: n1")).prop_map(|(index, was)| Request::DeleteCommand { index, was: was.into() }),
        1 => Just(Request::Fork { name: Some("mine".into()) }),
        2 => (0u32..6).prop_map(|branch| Request::Switch { branch }),
        1 => (0u32..6).prop_map(|branch| Request::Delete { branch }),
        1 => (0u32..6).prop_map(|other| Request::Compare { other }),
        1 => (0u32..6, 0u64..4_000).prop_map(|(branch, ms)| Request::Other {
            branch,
            at: Time::millis(ms),
            budget: 500,
        }),
        1 => (0u32..4, 0u64..2, 0u64..4_000).prop_map(|(which, ordinal, ms)| Request::Side {
            which,
            at: Place { ordinal, at: Time::millis(ms) },
            budget: 500,
        }),
        1 => Just(Request::Figures),
        1 => (0u32..6).prop_map(|branch| Request::Restore { branch }),
        1 => (0u32..6).prop_map(|branch| Request::Rename { branch, name: "ours".into() }),
        1 => Just(Request::SaveRun { view: "here".into() }),
        1 => (0u32..6).prop_map(|id| Request::Inspect(ProcessId(id))),
        1 => (0u64..4_000, 0u64..4_000).prop_map(|(from, to)| Request::Window {
            from: Time::millis(from),
            to: Time::millis(to),
            arrows: 50,
            dots: 20,
            without: Vec::new(),
        }),
        1 => (0u64..3_000).prop_map(|until| Request::Events { until, count: 20 }),
        1 => event.prop_map(|event| Request::Explain { event, depth: 3 }),
        1 => message.prop_map(Request::InspectMessage),
        1 => Just(Request::Share),
        1 => Just(Request::SaveScenario),
        1 => Just(Request::Continue { budget: 0 }),
        1 => Just(Request::Logs { group: 0, first: None, columns: 9 }),
        1 => Just(Request::RunUntil {
            predicate: "checks: all".into(),
            limit: Span::millis(10),
            budget: 100,
        }),
    ];
    proptest::collection::vec(one, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Any requests in any order are answered, and what is shown at the end is what a link of it makes in a fresh session.
    #[test]
    fn any_requests_are_answered_and_the_end_can_be_shared(requests in requests()) {
        let mut session = session();
        for request in requests {
            let sent = transport::decode_request(&transport::encode_request(&request)).expect("it crosses");
            let reply = session.handle(sent);
            let back = transport::decode_reply(&transport::encode_reply(&reply)).expect("it crosses");
            prop_assert_eq!(back, reply);
        }
        let text = link_of(&mut session);
        let (mut fresh, loaded) = open(&text);
        prop_assert_eq!(loaded.differs, None);
        // A longer run's tape is coarser; all else is the same.
        let (one, other) = (link::decode(&text), link::decode(&link_of(&mut fresh)));
        let bare = |link: link::Link| link::Link { tape: Tape::default(), ..link };
        prop_assert_eq!(one.map(bare), other.map(bare));
    }
}

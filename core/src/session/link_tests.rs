//! What travels in a link, and what does not get in.

use super::*;
use proptest::prelude::*;

fn library_link(commands: usize) -> Link {
    let command = |n: usize| LinkCommand {
        place: Place { ordinal: 517 * n as u64, at: Time::millis(371 * n as u64 + 13) },
        text: match n % 4 {
            0 => format!("{{crash: n{}}}", n % 5 + 1),
            1 => format!("{{start: n{}}}", n % 5 + 1),
            2 => "{partition: {groups: [[n1, n2], [n3, n4, n5]], others: reachAll}}".to_owned(),
            _ => format!("{{request: {{from: load-{}, put: {{key: k{n}, value: v{n}}}}}}}", n % 3 + 1),
        }
        .into(),
    };
    let mut tape = Tape::default();
    let mut digest = Digest::new();
    for _ in 0..12_345 / 64 {
        digest.word(tape.wants());
        tape.take(digest.short());
    }
    Link {
        engine: "0.1.0".into(),
        scenario: LinkScenario::Library { name: "leader-crash".into(), hash: 0x1234_5678_9abc_def0 },
        seed: 0xfeed_beef_0bad_cafe,
        tree: Tree {
            branches: vec![Twig { commands: (0..commands).map(command).collect(), ..Twig::default() }],
            branch: 0,
            shown: Place { ordinal: 12_345, at: Time::millis(9_876) },
            digest: 0x0123_4567_89ab_cdef,
        },
        tape,
        view: "".into(),
    }
}

/// The same with a branch off the first, after its third command.
fn forked_link(commands: usize) -> Link {
    let mut link = library_link(commands);
    let place = link.tree.branches[0].commands[2].place;
    let own = LinkCommand { place, text: "crash: n5".into() };
    let far = Place { ordinal: 20_000, at: Time::secs(12) };
    let name = Some("n5 crashed too".into());
    let plan = vec![super::LinkPlan { at: Time::secs(30), after: 2, text: "heal: all".into() }];
    link.tree.branches.push(Twig { name, off: Some((0, place)), far, commands: vec![own], plan });
    (link.tree.branch, link.view) = (1, "tab=logs".into());
    link
}

#[test]
fn a_link_says_the_same_after_a_journey() {
    let link = library_link(20);
    assert_eq!(decode(&encode(&link).unwrap()), Ok(link.clone()));
    let forked = forked_link(20);
    assert_eq!(decode(&encode(&forked).unwrap()), Ok(forked));
    let inline = Link { scenario: LinkScenario::Inline("kind: Scenario\nseed: 7\n".into()), ..link };
    assert_eq!(decode(&format!(" {}\n", encode(&inline).unwrap())), Ok(inline));
}

#[test]
fn a_library_scenario_with_twenty_commands_fits_into_2_kb() {
    let text = encode(&library_link(20)).unwrap();
    assert!(text.len() <= 2_048, "{} bytes", text.len());
}

#[test]
fn a_link_of_the_first_format_is_opened_still() {
    let link = library_link(20);
    let tree = &link.tree;
    let first = First {
        engine: link.engine.clone(),
        scenario: link.scenario.clone(),
        seed: link.seed,
        commands: steps(&tree.branches[0].commands),
        shown: (tree.shown.ordinal, tree.shown.at.0),
        digest: tree.digest,
        tape: link.tape.clone(),
    };
    let mut bytes = vec![FIRST_FORMAT];
    bytes.extend(compress_to_vec(&postcard::to_allocvec(&first).unwrap(), 9));
    assert_eq!(decode(&BASE64URL_NOPAD.encode(&bytes)), Ok(link));
}

#[test]
fn the_branch_shown_alone_has_all_its_past() {
    let link = forked_link(20);
    let alone = link.tree.alone();
    let lines: Vec<_> = alone.branches[0].commands.iter().map(|command| command.place.ordinal).collect();
    assert_eq!((lines, alone.branch, alone.branches.len()), (vec![0, 517, 1_034], 0, 1));
    assert_eq!(&*alone.branches[0].commands[2].text, "crash: n5");
    assert_eq!(alone.check(), Ok(()));
}

#[test]
fn what_is_no_link_is_refused_by_kind() {
    let raw = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
    let packed = |record: &[u8]| {
        let mut bytes = vec![FORMAT];
        bytes.extend(compress_to_vec(record, 9));
        raw(&bytes)
    };
    let good = encode(&library_link(3)).unwrap();
    assert_eq!(decode(""), Err(LinkError::Empty));
    assert_eq!(decode("n1 crashed"), Err(LinkError::NotText));
    assert_eq!(decode(&"A".repeat(LONGEST_TEXT + 1)), Err(LinkError::TooLong(LONGEST_TEXT + 1)));
    assert_eq!(decode(&raw(&[9, 1, 2])), Err(LinkError::Format(9)));
    assert_eq!(decode(&good[..good.len() / 8 * 4]), Err(LinkError::Damaged));
    assert_eq!(decode(&packed(&[0xff; 40])), Err(LinkError::Damaged));
    assert_eq!(decode(&packed(&vec![0; 64 << 20])), Err(LinkError::TooLarge));
    let mut unordered = library_link(2);
    unordered.tree.branches[0].commands.swap(0, 1);
    assert_eq!(encode(&unordered), Err(LinkError::Order));
    let mut orphan = forked_link(3);
    orphan.tree.branches[1].off = Some((1, Place::default()));
    assert_eq!(encode(&orphan), Err(LinkError::Order), "a branch cannot leave itself");
    let mut early = forked_link(3);
    early.tree.branches[1].commands[0].place = Place::default();
    assert_eq!(encode(&early), Err(LinkError::Order), "a command before the branch left");
    let mut nowhere = forked_link(3);
    nowhere.tree.branch = 2;
    assert_eq!(encode(&nowhere), Err(LinkError::Order), "no such branch is shown");
    let mut named = forked_link(3);
    named.tree.branches[1].name = Some("a\nb".into());
    assert_eq!(encode(&named), Err(LinkError::Bounds));
    let viewed = Link { view: "x".repeat(LONGEST_VIEW + 1).into(), ..forked_link(3) };
    assert_eq!(encode(&viewed), Err(LinkError::Bounds));
    let mut many = forked_link(3);
    many.tree.branches.extend(vec![many.tree.branches[1].clone(); crate::session::tree::MOST_BRANCHES]);
    assert_eq!(encode(&many), Err(LinkError::Bounds));
    let crowded = library_link(MOST_COMMANDS + 1);
    assert_eq!(encode(&crowded), Err(LinkError::Bounds));
}

#[test]
fn one_that_inflates_a_thousandfold_is_refused_before_it_does() {
    let mut bytes = vec![FORMAT];
    bytes.extend(compress_to_vec(&vec![0; 90 << 20], 9));
    let text = BASE64URL_NOPAD.encode(&bytes);
    assert!(text.len() <= LONGEST_TEXT, "it is a text that might be a link: {}", text.len());
    // Refused once 512 KB have come out, of the 90 MB that would.
    assert_eq!(decode(&text), Err(LinkError::TooLarge));
}

#[test]
fn a_declared_length_beyond_the_record_allocates_nothing() {
    // engine "", library "", hash 0, seed 0, then 2^60 commands.
    let mut record = vec![0, 0, 0, 0, 0];
    record.extend([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10]);
    let mut bytes = vec![FORMAT];
    bytes.extend(compress_to_vec(&record, 9));
    assert_eq!(decode(&BASE64URL_NOPAD.encode(&bytes)), Err(LinkError::Damaged));
}

proptest! {
    #[test]
    fn any_text_is_answered(text in ".{0,200}") {
        let _ = decode(&text);
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200), format in 1u8..3) {
        let mut record = vec![format];
        record.extend(compress_to_vec(&bytes, 1));
        if let Ok(link) = decode(&BASE64URL_NOPAD.encode(&record)) {
            prop_assert_eq!(decode(&encode(&link).unwrap()), Ok(link));
        }
    }

    #[test]
    fn a_damaged_link_is_answered(at in 0usize..400, with in "[A-Za-z0-9_-]") {
        let mut text = encode(&forked_link(5)).unwrap();
        let at = at % text.len();
        text.replace_range(at..=at, &with);
        let _ = decode(&text);
    }
}

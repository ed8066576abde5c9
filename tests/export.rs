//! What the page exports is what the command writes: the same writers, to the byte, in both languages.

use muster_core::process::Time;
use muster_core::session::api::{Export, Failure, Format, Reply, Request, Stopped};
use muster_core::session::{LIBRARY, Session};
use muster_core::systems;
use muster_core::words::Key;
use muster_core::words::export::ExportKey;
use std::process::Command;

const SCENARIO: &str = "minority-leader";

fn command(scenario: &str, format: Format, more: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_muster"))
        .args(["trace", scenario, "--to", format.name()])
        .args(more)
        .output()
        .expect("it starts");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// A session that has played a scenario of the library to its end.
fn played(scenario: &str) -> Session {
    let mut session = Session::new(systems::all(), LIBRARY).speaking(muster_words::voice);
    let loaded = session.handle(Request::LoadLibrary { name: scenario.into(), seed: None });
    assert!(matches!(loaded, Reply::Loaded(_)), "{loaded:?}");
    loop {
        match session.handle(Request::PlayTo { at: Time::MAX, budget: 100_000 }) {
            Reply::Shown(shown) if shown.stopped == Some(Stopped::End) => return session,
            Reply::Shown(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

/// All pieces of an export, and how many there were.
fn exported(session: &mut Session, what: &Export, budget: u64) -> (String, usize) {
    let (mut text, mut pieces) = (String::new(), 0);
    loop {
        let request = Request::Export { what: what.clone(), written: text.len() as u64, budget };
        let Reply::Exported(piece) = session.handle(request) else { panic!("no piece") };
        text.push_str(&piece.text);
        pieces += 1;
        if !piece.more {
            return (text, pieces);
        }
    }
}

fn whole(format: Format, lang: &str) -> Export {
    Export { format, from: Time::ZERO, to: None, lang: lang.into() }
}

fn same(own: &str, other: &str, said: &str) {
    let differs = own.lines().zip(other.lines()).find(|(own, other)| own != other);
    assert_eq!(differs, None, "{said}");
    assert_eq!(own.len(), other.len(), "{said}");
}

#[test]
fn a_page_writes_every_format_as_the_command_does() {
    let mut session = played(SCENARIO);
    for format in Format::ALL {
        for lang in ["en", "zh"] {
            let (own, pieces) = exported(&mut session, &whole(*format, lang), 60);
            let said = format!("{} in {lang}", format.name());
            same(&own, &command(SCENARIO, *format, &["--lang", lang]), &said);
            assert!(pieces > 1 && own.len() > 200, "{said}: {pieces} pieces, {} bytes", own.len());
        }
    }
}

#[test]
fn a_part_begins_where_it_is_asked_to_and_the_run_shown_stays_where_it_is() {
    let mut session = played(SCENARIO);
    let second = Time(2_000_000_000);
    session.handle(Request::Seek(muster_core::session::api::SeekTo::Time(second)));
    let digest = |session: &mut Session| match session.handle(Request::PlayTo { at: Time::ZERO, budget: 1 }) {
        Reply::Shown(shown) => (shown.frame.place, shown.digest),
        other => panic!("{other:?}"),
    };
    let before = digest(&mut session);
    let from = Export { from: second, to: Some(Time::MAX), ..whole(Format::Jsonl, "en") };
    let (own, _) = exported(&mut session, &from, 500);
    same(&own, &command(SCENARIO, Format::Jsonl, &["--from", "2s"]), "from 2 s");
    let until = Export { to: Some(second), ..whole(Format::Transcript, "en") };
    let (here, _) = exported(&mut session, &until, 500);
    let (shown, _) = exported(&mut session, &whole(Format::Transcript, "en"), 500);
    assert_eq!(here, shown, "the place shown is that time");
    let (all, _) = exported(&mut session, &Export { to: Some(Time::MAX), ..until }, 500);
    let lines = here.lines().count();
    let last = here.lines().last().expect("a line");
    assert!(lines > 20 && all.lines().take(lines - 1).eq(here.lines().take(lines - 1)), "a beginning of it");
    assert!(last.contains(&format!("{} events", before.0.ordinal)), "{last}");
    assert_eq!(digest(&mut session), before);
}

#[test]
fn highlights_are_lines_of_the_transcript() {
    let mut session = played(SCENARIO);
    let (all, _) = exported(&mut session, &whole(Format::Transcript, "zh"), 900);
    let (few, _) = exported(&mut session, &whole(Format::Highlights, "zh"), 900);
    assert!(few.lines().count() < all.lines().count() / 10);
    assert!(few.lines().count() > 5, "{few}");
    for line in few.lines() {
        assert!(all.contains(line), "{line}");
    }
}

#[test]
fn what_does_not_follow_and_what_ends_before_it_begins_is_refused() {
    let mut session = played(SCENARIO);
    let refused = |reply: Reply| match reply {
        Reply::Failed(Failure::Refused(phrase)) => phrase.key,
        other => panic!("{other:?}"),
    };
    let ask = |what: &Export, written| Request::Export { what: what.clone(), written, budget: 100 };
    let jsonl = whole(Format::Jsonl, "en");
    assert_eq!(refused(session.handle(ask(&jsonl, 7))), Key::Export(ExportKey::Interrupted));
    let Reply::Exported(piece) = session.handle(ask(&jsonl, 0)) else { panic!("no piece") };
    assert!(piece.more && piece.at.ordinal == 100, "{:?}", piece.at);
    let other = whole(Format::Csv, "en");
    let written = piece.text.len() as u64;
    assert_eq!(refused(session.handle(ask(&other, written))), Key::Export(ExportKey::Interrupted));
    let backwards = Export { from: Time(2), to: Some(Time(1)), ..jsonl };
    assert_eq!(refused(session.handle(ask(&backwards, 0))), Key::Export(ExportKey::Backwards));
    let beyond = Export { from: Time(3_600_000_000_000), to: None, ..backwards };
    assert_eq!(refused(session.handle(ask(&beyond, 0))), Key::Export(ExportKey::Backwards), "up to here");
}

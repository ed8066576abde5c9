//! From a phrase to pieces of text.

use crate::{Lang, template, units};
use muster_core::export::Cast;
use muster_core::process::{Arg, HostId, Phrase, ProcessId, Time};

/// Whoever knows what processes and hosts are called.
pub trait Names {
    /// A process' name.
    fn process(&self, id: ProcessId) -> Option<&str>;
    /// A host's name.
    fn host(&self, id: HostId) -> Option<&str>;
}

/// Names of a run, as the core keeps them.
impl Names for Cast {
    fn process(&self, id: ProcessId) -> Option<&str> {
        self.who(id).map(|who| &*who.name)
    }
    fn host(&self, id: HostId) -> Option<&str> {
        self.host_named(id)
    }
}

/// Knows no name: processes are shown by their numbers.
pub struct NoNames;

impl Names for NoNames {
    fn process(&self, _id: ProcessId) -> Option<&str> {
        None
    }
    fn host(&self, _id: HostId) -> Option<&str> {
        None
    }
}

/// A piece of a sentence, for whoever draws it to colour or to link.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Plain words.
    Text(String),
    /// A process, by name.
    Process(ProcessId, String),
    /// A host, by name.
    Host(HostId, String),
    /// A term, ballot or version: its number.
    Epoch(u64),
    /// A ballot: its number, whose it is, and that one's name; without one if it is nobody's.
    Ballot(u64, ProcessId, Option<String>),
    /// A plain number.
    Number(u64),
    /// An instant, with its words.
    At(Time, String),
    /// A name as it is written in a scenario: a rule, a check, a system.
    Name(String),
    /// A user's own text.
    Quote(String),
}

impl Piece {
    fn push_to(&self, text: &mut String) {
        use std::fmt::Write;
        match self {
            Piece::Epoch(number) | Piece::Number(number) => {
                let _ = write!(text, "{number}"); // writing to a String cannot fail
            }
            Piece::Ballot(number, _, None) => {
                let _ = write!(text, "{number}");
            }
            Piece::Ballot(number, _, Some(name)) => {
                let _ = write!(text, "{number}.{name}");
            }
            Piece::Text(words)
            | Piece::Process(_, words)
            | Piece::Host(_, words)
            | Piece::At(_, words)
            | Piece::Name(words)
            | Piece::Quote(words) => text.push_str(words),
        }
    }
}

/// A phrase in words, in pieces; neighbouring plain words are one piece.
pub fn say(phrase: &Phrase, names: &dyn Names, lang: Lang) -> Vec<Piece> {
    let mut speaker = Speaker { names, lang, pieces: Vec::new() };
    speaker.phrase(phrase, 0);
    speaker.pieces
}

/// A phrase in words.
pub fn text(phrase: &Phrase, names: &dyn Names, lang: Lang) -> String {
    let mut text = String::new();
    for piece in say(phrase, names, lang) {
        piece.push_to(&mut text);
    }
    text
}

/// Phrases within phrases beyond this depth are left out: nobody can follow such a sentence, and a file can ask for it.
const DEEPEST: u32 = 64;

struct Speaker<'a> {
    names: &'a dyn Names,
    lang: Lang,
    pieces: Vec<Piece>,
}

impl Speaker<'_> {
    fn words(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        if let Some(Piece::Text(last)) = self.pieces.last_mut() {
            last.push_str(words);
        } else {
            self.pieces.push(Piece::Text(words.to_owned()));
        }
    }

    fn phrase(&mut self, phrase: &Phrase, depth: u32) {
        if depth > DEEPEST {
            return self.words("…");
        }
        for part in parts(template(phrase.key, self.lang)) {
            match part {
                Part::Words(words) => self.words(words),
                Part::Place(index) => match phrase.args.get(index) {
                    Some(arg) => self.arg(arg, depth),
                    None => self.words("…"),
                },
                Part::Choice(index, one, other) => {
                    let single = matches!(phrase.args.get(index), Some(Arg::Number(1) | Arg::Epoch(1)));
                    self.words(if single { one } else { other });
                }
            }
        }
    }

    fn arg(&mut self, arg: &Arg, depth: u32) {
        match arg {
            Arg::Process(id) => {
                let name = match self.names.process(*id) {
                    Some(name) => name.to_owned(),
                    None if *id == ProcessId::OPERATOR => self.operator().to_owned(),
                    None => format!("{id:?}"),
                };
                self.pieces.push(Piece::Process(*id, name));
            }
            Arg::Host(id) => {
                let name = self.names.host(*id).map_or_else(|| format!("{id:?}"), str::to_owned);
                self.pieces.push(Piece::Host(*id, name));
            }
            Arg::Epoch(number) => self.pieces.push(Piece::Epoch(*number)),
            Arg::Ballot(number, owner) => {
                let named = (*owner != ProcessId::OPERATOR).then(|| match self.names.process(*owner) {
                    Some(name) => name.to_owned(),
                    None => format!("{owner:?}"),
                });
                self.pieces.push(Piece::Ballot(*number, *owner, named));
            }
            Arg::Number(number) => self.pieces.push(Piece::Number(*number)),
            Arg::At(at) => self.pieces.push(Piece::At(*at, units::instant(*at, self.lang))),
            Arg::For(span) => self.words(&units::span(*span, self.lang)),
            Arg::Name(name) => self.pieces.push(Piece::Name(name.to_string())),
            Arg::Text(text) => self.pieces.push(Piece::Quote(text.to_string())),
            Arg::Phrase(phrase) => self.phrase(phrase, depth + 1),
            Arg::List(items) => self.list(items, depth),
        }
    }

    fn list(&mut self, items: &[Arg], depth: u32) {
        if depth > DEEPEST {
            return self.words("…");
        }
        let (none, comma) = match self.lang {
            Lang::En => ("none", ", "),
            Lang::Zh => ("无", "、"),
        };
        if items.is_empty() {
            self.words(none);
        }
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.words(comma);
            }
            self.arg(item, depth + 1);
        }
    }

    fn operator(&self) -> &'static str {
        match self.lang {
            Lang::En => "the operator",
            Lang::Zh => "操作者",
        }
    }
}

#[derive(Debug, PartialEq)]
enum Part {
    Words(&'static str),
    Place(usize),
    Choice(usize, &'static str, &'static str),
}

/// A template in parts. What is no well-formed place is taken as words; a test keeps such out of the tables.
fn parts(template: &'static str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find(['{', '}']) {
        if open > 0 {
            parts.push(Part::Words(&rest[..open]));
        }
        let after = &rest[open + 1..];
        if rest.as_bytes().get(open) == rest.as_bytes().get(open + 1) {
            parts.push(Part::Words(&rest[open..=open]));
            rest = &after[1..];
            continue;
        }
        match after.split_once('}').and_then(|(inside, after)| Some((place(inside)?, after))) {
            Some((part, after)) => {
                parts.push(part);
                rest = after;
            }
            None => {
                parts.push(Part::Words(&rest[open..=open]));
                rest = after;
            }
        }
    }
    if !rest.is_empty() {
        parts.push(Part::Words(rest));
    }
    parts
}

fn place(inside: &'static str) -> Option<Part> {
    let mut fields = inside.split('|');
    let index = fields.next()?.parse().ok()?;
    match (fields.next(), fields.next(), fields.next()) {
        (None, None, None) => Some(Part::Place(index)),
        (Some(one), Some(other), None) => Some(Part::Choice(index, one, other)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use muster_core::process::Span;
    use muster_core::words::Key;
    use muster_core::words::kernel::KernelKey;
    use std::collections::BTreeSet;

    struct Members;
    impl Names for Members {
        fn process(&self, id: ProcessId) -> Option<&str> {
            ["n1", "n2", "n3"].get(id.0.checked_sub(1)? as usize).copied()
        }
        fn host(&self, _: HostId) -> Option<&str> {
            Some("h")
        }
    }

    fn places(template: &'static str) -> BTreeSet<usize> {
        let index = |part| match part {
            Part::Words(_) => None,
            Part::Place(index) | Part::Choice(index, ..) => Some(index),
        };
        parts(template).into_iter().filter_map(index).collect()
    }

    #[test]
    fn every_key_has_words_with_the_same_places_in_both_languages() {
        for key in Key::all() {
            let (en, zh) = (template(key, Lang::En), template(key, Lang::Zh));
            for words in [en, zh] {
                assert!(!words.trim().is_empty(), "{} has no words", key.as_str());
                let stray = parts(words).iter().any(|part| matches!(part, Part::Words("{" | "}")));
                assert!(!stray || words.contains("{{") || words.contains("}}"), "{}: {words}", key.as_str());
            }
            assert_eq!(places(en), places(zh), "{}: places differ: {en} / {zh}", key.as_str());
            let count = places(en).len();
            assert_eq!(places(en), (0..count).collect(), "{}: a place is skipped: {en}", key.as_str());
        }
    }

    #[test]
    fn stable_names_are_unique() {
        let mut seen = BTreeSet::new();
        for key in Key::all() {
            assert!(seen.insert(key.as_str()), "{} is the name of two keys", key.as_str());
        }
    }

    #[test]
    fn a_process_is_a_piece_of_its_own() {
        let phrase = Phrase::new(KernelKey::Started, [Arg::Process(ProcessId(3))]);
        let pieces = say(&phrase, &Members, Lang::En);
        assert_eq!(pieces[0], Piece::Process(ProcessId(3), "n3".into()));
        assert_eq!(text(&phrase, &Members, Lang::En), "n3 started.");
        assert_eq!(text(&phrase, &Members, Lang::Zh), "n3 启动了。");
    }

    #[test]
    fn a_number_chooses_its_word() {
        assert_eq!(
            parts("{0} {0|vote|votes} of {{1}}"),
            [
                Part::Place(0),
                Part::Words(" "),
                Part::Choice(0, "vote", "votes"),
                Part::Words(" of "),
                Part::Words("{"),
                Part::Words("1"),
                Part::Words("}"),
            ]
        );
    }

    #[test]
    fn lists_times_and_missing_arguments_are_said() {
        let mut speaker = Speaker { names: &Members, lang: Lang::En, pieces: Vec::new() };
        speaker.arg(&Arg::List(vec![Arg::For(Span::millis(214)), Arg::Number(7)]), 0);
        speaker.arg(&Arg::List(vec![]), 0);
        assert_eq!(
            speaker.pieces,
            [Piece::Text("214 ms, ".into()), Piece::Number(7), Piece::Text("none".into())]
        );
        assert_eq!(text(&Phrase::bare(KernelKey::Started), &NoNames, Lang::En), "… started.");
    }

    #[test]
    fn a_phrase_nested_without_end_ends() {
        let mut phrase = Phrase::bare(KernelKey::Started);
        for _ in 0..10_000 {
            phrase = Phrase::new(KernelKey::Started, [Arg::Phrase(Box::new(phrase))]);
        }
        assert!(text(&phrase, &NoNames, Lang::En).starts_with('…'));
        // Its drop would be as deep as it is: taken apart by hand.
        while let Some(Arg::Phrase(inner)) = phrase.args.pop() {
            phrase = *inner;
        }
    }
}

//! What may stand at a place of a scenario's text. A word that nothing is called is put there, and the reader that refuses it says
//! what it would have taken: so there is no second list of what is valid, and none to fall behind.
//!
//! A text that is being written is seldom whole, so the rest of the line, and then all that follows, is left out where
//! it keeps the reader from getting there. It does not know what was typed of the word: whoever asks picks what fits.

use super::read::{self, Kinds};
use crate::process::{Arg, Phrase, few};
use crate::text::Doc;
use crate::words::scenario::ScenarioKey as K;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// In longer texts nothing is looked for: every answer takes some readings of the whole text.
const LONGEST: usize = 100_000;
/// In longer texts nothing is said about what is offered: that takes a reading each.
const LONGEST_TOLD: usize = 20_000;
/// Most offers.
const MOST: usize = 100;
/// Most brackets that are open at a place; the reader takes no more levels.
const DEEPEST: usize = crate::text::doc::MAX_DEPTH as usize;

/// What may stand at a place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Completion {
    /// How many characters before the place belong to the word there.
    pub typed: u32,
    /// The names that are valid, in the order of the reader's own lists.
    pub offers: Vec<Offer>,
    /// What is expected where no name is: "a duration such as 150ms".
    pub expected: Option<Phrase>,
}

/// A name that is valid at a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// The name.
    pub name: Arc<str>,
    /// What to write: with a colon behind a key, in braces where a value has to follow.
    pub text: Arc<str>,
    /// What is expected behind it.
    pub about: Option<Phrase>,
}

/// What may stand at a place of a text: a line and a column in characters, both from 1. Beyond the text it is its end.
pub fn complete(text: &str, line: u32, column: u32, kinds: Kinds) -> Completion {
    if text.len() > LONGEST {
        return Completion::default();
    }
    let place = Place::of(text, line, column);
    let asker = Asker { kinds, sought: [place.within, &stranger(text)].concat() };
    let mut completion = Completion { typed: place.typed, ..Completion::default() };
    let Some((mut form, answer)) = asker.first(&place) else { return completion };
    // In braces a word alone is a key.
    form.key |= answer.key;
    completion.expected = answer.expected;
    let told = text.len() <= LONGEST_TOLD;
    let offer = |name: &Arc<str>| asker.offer(&place, form, name, told);
    completion.offers = answer.names.iter().take(MOST).filter_map(offer).collect();
    completion
}

/// A short name that does not occur in a text: one with a number that none of its like has there.
fn stranger(text: &str) -> String {
    let digits = |rest: &str| rest.split(|c: char| !c.is_ascii_digit()).next().and_then(|it| it.parse().ok());
    let mut taken: Vec<u32> = text.split("sought").skip(1).filter_map(digits).collect();
    few::sort(&mut taken);
    let free = taken.into_iter().fold(0, |free, number| if number == free { free + 1 } else { free });
    format!("sought{free}x")
}

/// A place in a text, taken apart.
struct Place<'t> {
    /// All before the word that is there.
    head: &'t str,
    /// All behind it.
    tail: &'t str,
    /// The lines below.
    below: &'t str,
    /// What the word begins with as the name of something within something: `kv/`.
    within: &'t str,
    /// Characters of the word before the place.
    typed: u32,
    /// A colon follows the word already.
    colon: bool,
    /// What closes the brackets that are open before it.
    closers: String,
}

fn of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '/')
}

impl<'t> Place<'t> {
    fn of(text: &'t str, line: u32, column: u32) -> Self {
        let lines = text.split_inclusive('\n');
        let start: usize = lines.take(line.saturating_sub(1) as usize).map(str::len).sum();
        let row = text[start..].split(['\n', '\r']).next().unwrap_or_default();
        let within =
            row.char_indices().nth(column.saturating_sub(1) as usize).map_or(row.len(), |(at, _)| at);
        let before = row[..within].trim_end_matches(of_word);
        let after = row[within..].trim_start_matches(of_word);
        let typed = &row[before.len()..within];
        let head = &text[..start + before.len()];
        let tail = &text[start + row.len() - after.len()..];
        Place {
            head,
            tail,
            below: &text[start + row.len()..],
            within: typed.rfind('/').map_or("", |slash| &typed[..=slash]),
            typed: typed.chars().count() as u32,
            colon: after.trim_start().starts_with(':'),
            closers: closers(head),
        }
    }

    /// The text with something instead of the word.
    fn with(&self, word: &str, form: Form) -> String {
        let colon = if form.key && !(self.colon && form.rest == Rest::All) { ":" } else { "" };
        match form.rest {
            Rest::All => [self.head, word, colon, self.tail].concat(),
            Rest::Below => [self.head, word, colon, &self.closers, self.below].concat(),
            Rest::Nothing => [self.head, word, colon, &self.closers].concat(),
        }
    }
}

/// What of the text behind the word is kept.
#[derive(Clone, Copy, PartialEq)]
enum Rest {
    All,
    Below,
    Nothing,
}

/// How the text is made whole around the word.
#[derive(Clone, Copy)]
struct Form {
    rest: Rest,
    key: bool,
}

/// What closes the brackets that are open at the end of a text: approximately, as in prose brackets come in pairs.
fn closers(text: &str) -> String {
    let mut open: Vec<char> = Vec::new();
    let (mut quote, mut before) = (None, '\n');
    let mut comment = false;
    for c in text.chars() {
        let fresh = before.is_whitespace() || matches!(before, '{' | '[' | ',' | ':');
        match (c, quote) {
            ('\n', _) => comment = false,
            _ if comment => {}
            (c, Some(mark)) if c == mark && before != '\\' => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) if fresh => quote = Some(c),
            ('#', None) if before.is_whitespace() => comment = true,
            ('{', None) if fresh => open.push('}'),
            ('[', None) if fresh => open.push(']'),
            ('}' | ']', None) if open.last() == Some(&c) => drop(open.pop()),
            _ => {}
        }
        before = c;
    }
    open.truncate(DEEPEST);
    let closing = open.iter().rev();
    if open.is_empty() { String::new() } else { std::iter::once(&' ').chain(closing).collect() }
}

/// What the reader said of the word.
#[derive(Default)]
struct Answer {
    /// The word is a key.
    key: bool,
    names: Vec<Arc<str>>,
    expected: Option<Phrase>,
    /// It is a name that needs a value behind it.
    needs_value: bool,
    /// It is a key that is there already.
    twice: bool,
}

/// Asks the reader.
struct Asker {
    kinds: Kinds,
    sought: String,
}

impl Asker {
    /// The first way to make the text whole in which the reader knows names; without one, in which it knows what it expects.
    fn first(&self, place: &Place<'_>) -> Option<(Form, Answer)> {
        let mut first = None;
        for rest in [Rest::All, Rest::Below, Rest::Nothing] {
            for key in [false, true] {
                // With a colon behind it the word is a key whatever is said.
                if key && place.colon && rest == Rest::All {
                    continue;
                }
                let form = Form { rest, key: key || (place.colon && rest == Rest::All) };
                match self.ask(&place.with(&self.sought, form), &self.sought) {
                    Ok(()) => return first,
                    Err(Some(answer)) if !answer.names.is_empty() => return Some((form, answer)),
                    Err(Some(answer)) if first.is_none() && answer.expected.is_some() => {
                        first = Some((form, answer));
                    }
                    Err(_) => {}
                }
            }
        }
        first
    }

    /// What the reader says about a word in a text: nothing if the text is in order, `None` if it is not and it does not come to the
    /// word.
    fn ask(&self, text: &str, word: &str) -> Result<(), Option<Answer>> {
        let doc = Doc::seeking(text, &self.sought).map_err(|problem| answer(&problem.phrase, word))?;
        let key = doc.seeks_key();
        let problems = match read::read(text, doc, self.kinds) {
            Ok(scenario) if scenario.warnings.is_empty() => return Ok(()),
            Ok(scenario) => scenario.warnings,
            Err(problems) => problems,
        };
        let answer = problems.iter().find_map(|problem| answer(&problem.phrase, word));
        Err(answer.map(|answer| Answer { key, ..answer }))
    }

    /// A name as it is offered; `None` if it is there already.
    fn offer(&self, place: &Place<'_>, form: Form, name: &Arc<str>, told: bool) -> Option<Offer> {
        let plain = |text: Arc<str>, about| Some(Offer { name: Arc::clone(name), text, about });
        let expected = |text: &str| match self.ask(text, &self.sought) {
            Err(Some(answer)) => answer.expected,
            _ => None,
        };
        if form.key {
            let text: Arc<str> = if place.colon { Arc::clone(name) } else { [name, ": "].concat().into() };
            if !told {
                return plain(text, None);
            }
            let rest = Form { rest: if place.colon { Rest::Below } else { form.rest }, key: false };
            let with = place.with(&[name, ": ", &self.sought].concat(), rest);
            if let Err(Some(answer)) = self.ask(&with, name)
                && answer.twice
            {
                return None;
            }
            return plain(text, expected(&with));
        }
        let asked = if told { self.ask(&place.with(name, form), name) } else { Ok(()) };
        match asked {
            Err(Some(answer)) if answer.needs_value => {
                let with = place.with(&["{ ", name, ": ", &self.sought, " }"].concat(), form);
                plain(["{ ", name, ": }"].concat().into(), expected(&with))
            }
            _ => plain(Arc::clone(name), None),
        }
    }
}

/// What a problem says about a word, if it is about that.
fn answer(phrase: &Phrase, word: &str) -> Option<Answer> {
    if !names(phrase.args.first()?, word) {
        return None;
    }
    let key = |key: K| phrase.key == key.into();
    let text = |arg: &Arg| match arg {
        Arg::Name(text) | Arg::Text(text) => Some(Arc::clone(text)),
        _ => None,
    };
    let mut answer =
        Answer { needs_value: key(K::NeedsValue), twice: key(K::DuplicateKey), ..Answer::default() };
    match phrase.args.last() {
        Some(Arg::List(names)) => answer.names = names.iter().filter_map(text).collect(),
        Some(Arg::Phrase(expected)) if key(K::WrongType) => answer.expected = Some((**expected).clone()),
        Some(only) if key(K::ApiVersion) => answer.names.extend(text(only)),
        _ => answer.expected = unit(phrase).map(Phrase::bare),
    }
    Some(answer)
}

/// What was expected where a number with a unit was not found.
fn unit(phrase: &Phrase) -> Option<K> {
    let of = [
        (K::NotADuration, K::ExpectDuration),
        (K::NotARate, K::ExpectRate),
        (K::NotAProbability, K::ExpectProbability),
        (K::NotASize, K::ExpectSize),
        (K::NotANumber, K::ExpectNumber),
    ];
    let example = |text: &str| phrase.args.contains(&Arg::Text(text.into()));
    match of.iter().find(|(wrong, _)| phrase.key == (*wrong).into()) {
        Some((_, expected)) => Some(*expected),
        None if phrase.key != K::NoUnit.into() => None,
        None if example("20/s") => Some(K::ExpectRate),
        None if example("1MB/s") => Some(K::ExpectBandwidth),
        None => Some(K::ExpectDuration),
    }
}

fn names(arg: &Arg, word: &str) -> bool {
    match arg {
        Arg::Name(text) | Arg::Text(text) => **text == *word,
        Arg::Phrase(phrase) => phrase.args.first().is_some_and(|arg| names(arg, word)),
        _ => false,
    }
}

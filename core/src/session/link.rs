//! The share codec: a run as a short text for the end of an address.
//!
//! A link carries what a run is made from, not what it became: the scenario (a library one by name and hash, any other
//! as its text), the seed, and the tree of branches, each with its commands at their anchors; beside it, which event was shown, what
//! else the page showed (in the page's own words), and a few digests along the way, so that whoever opens it with another
//! version of the engine is told from which event on the histories differ. Bytes: one for the format, then a raw deflate stream
//! (RFC 1951) of a postcard record, all in base64url without padding (RFC 4648 §5).
//!
//! Format 1 had one branch and nothing of the page; its links are opened still.
//!
//! Both functions are pure. [`decode`] takes text from anybody: it bounds every length before it allocates.

use super::tape::Tape;
use super::tree::{LONGEST_VIEW, LinkPlan, Tree, Twig};
use crate::process::{Arg, Digest, Phrase, Time};
use crate::view::Place;
use crate::words::session::SessionKey;
use data_encoding::BASE64URL_NOPAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The format this engine writes.
pub const FORMAT: u8 = 2;
/// The format before, which it reads too.
pub const FIRST_FORMAT: u8 = 1;
/// Longest text of a link, in bytes.
pub const LONGEST_TEXT: usize = 128 << 10;
/// Most bytes a link may inflate to.
pub const LARGEST: usize = 512 << 10;
/// Most commands in a link, on all its branches together.
pub const MOST_COMMANDS: usize = 2_000;
/// Longest command, in bytes.
pub const LONGEST_COMMAND: usize = 4 << 10;
/// Longest name, in bytes.
pub const LONGEST_NAME: usize = 128;

/// What a link says.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Version of the engine that wrote it.
    pub engine: Arc<str>,
    /// What is run.
    pub scenario: LinkScenario,
    /// The seed in force.
    pub seed: u64,
    /// Its branches, and the place that was shown.
    pub tree: Tree,
    /// Digests along the way, up to the event shown.
    pub tape: Tape,
    /// What else the page showed, in the page's own words.
    pub view: Arc<str>,
}

/// What is run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LinkScenario {
    /// A library scenario, if its text still has this hash (see [`text_hash`]).
    Library {
        /// Its name.
        name: Arc<str>,
        /// The text's hash when the link was made.
        hash: u64,
    },
    /// Any other, as its text.
    Inline(Arc<str>),
}

/// A command given by hand, at its anchor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkCommand {
    /// After which event and when.
    pub place: Place,
    /// Scenario text in one line.
    pub text: Arc<str>,
}

/// The hash by which a link knows a library scenario's text again.
pub fn text_hash(text: &str) -> u64 {
    let mut digest = Digest::new();
    digest.bytes(text.as_bytes());
    digest.short()
}

/// Why a text is no link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// Nothing is there.
    Empty,
    /// Longer than any link: this many bytes.
    TooLong(usize),
    /// Not base64url.
    NotText,
    /// Written in a format this engine does not know.
    Format(u8),
    /// Inflates to more than [`LARGEST`] bytes.
    TooLarge,
    /// Cut off or changed on its way.
    Damaged,
    /// More commands, or longer ones, than a run can have.
    Bounds,
    /// Its commands are not in the order of their anchors.
    Order,
}

impl From<LinkError> for Phrase {
    fn from(error: LinkError) -> Phrase {
        let number = |n: usize| Arg::Number(n as u64);
        match error {
            LinkError::Empty => Phrase::bare(SessionKey::LinkEmpty),
            LinkError::TooLong(length) => {
                Phrase::new(SessionKey::LinkTooLong, [number(length), number(LONGEST_TEXT)])
            }
            LinkError::NotText => Phrase::bare(SessionKey::LinkNotText),
            LinkError::Format(found) => {
                Phrase::new(SessionKey::LinkFormat, [number(found.into()), number(FORMAT.into())])
            }
            LinkError::TooLarge => Phrase::new(SessionKey::LinkTooLarge, [number(LARGEST)]),
            LinkError::Damaged => Phrase::bare(SessionKey::LinkDamaged),
            LinkError::Bounds => Phrase::bare(SessionKey::LinkBounds),
            LinkError::Order => Phrase::bare(SessionKey::LinkOrder),
        }
    }
}

/// A link as text. Fails with [`LinkError::Bounds`] or [`LinkError::TooLarge`] where [`decode`] would.
pub fn encode(link: &Link) -> Result<String, LinkError> {
    check(link)?;
    let record = postcard::to_allocvec(&Packed::from(link)).map_err(|_| LinkError::Bounds)?;
    if record.len() > LARGEST {
        return Err(LinkError::TooLarge);
    }
    let mut bytes = vec![FORMAT];
    bytes.extend(compress_to_vec(&record, 9));
    let text = BASE64URL_NOPAD.encode(&bytes);
    if text.len() > LONGEST_TEXT { Err(LinkError::TooLong(text.len())) } else { Ok(text) }
}

/// A text as a link; blanks around it are ignored.
pub fn decode(text: &str) -> Result<Link, LinkError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(LinkError::Empty);
    }
    if text.len() > LONGEST_TEXT {
        return Err(LinkError::TooLong(text.len()));
    }
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| LinkError::NotText)?;
    let (format, rest) = bytes.split_first().ok_or(LinkError::Damaged)?;
    if ![FORMAT, FIRST_FORMAT].contains(format) {
        return Err(LinkError::Format(*format));
    }
    let record = decompress_to_vec_with_limit(rest, LARGEST).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => LinkError::TooLarge,
        _ => LinkError::Damaged,
    })?;
    let link = if *format == FORMAT {
        read::<Packed>(&record)?.unpack()?
    } else {
        read::<First>(&record)?.unpack()?
    };
    check(&link)?;
    Ok(link)
}

fn read<'a, T: Deserialize<'a>>(record: &'a [u8]) -> Result<T, LinkError> {
    match postcard::take_from_bytes::<T>(record) {
        Ok((packed, [])) => Ok(packed),
        _ => Err(LinkError::Damaged),
    }
}

fn check(link: &Link) -> Result<(), LinkError> {
    let long = |text: &str, most: usize| text.len() > most;
    let name = matches!(&link.scenario, LinkScenario::Library { name, .. } if long(name, LONGEST_NAME));
    if name || long(&link.engine, LONGEST_NAME) || long(&link.view, LONGEST_VIEW) || !link.tape.sound() {
        return Err(LinkError::Bounds);
    }
    link.tree.check()
}

/// Commands on the wire: anchors as distances from the one before, which are short.
type Steps = Vec<(u64, u64, Arc<str>)>;
/// A place on the wire: after how many events, and when.
type At = (u64, u64);

/// The record on the wire.
#[derive(Serialize, Deserialize)]
struct Packed {
    engine: Arc<str>,
    scenario: LinkScenario,
    seed: u64,
    branches: Vec<PackedTwig>,
    branch: u32,
    shown: At,
    digest: u64,
    tape: Tape,
    view: Arc<str>,
}

/// A branch on the wire: its name, off which and where, how far, its own commands, and those to come: when, after how many
/// events of that instant, what.
type PackedTwig = (Option<Arc<str>>, Option<(u32, u64, u64)>, At, Steps, Steps);

/// The record of format 1: one branch, without the page's view.
#[derive(Serialize, Deserialize)]
struct First {
    engine: Arc<str>,
    scenario: LinkScenario,
    seed: u64,
    commands: Steps,
    shown: At,
    digest: u64,
    tape: Tape,
}

fn steps(commands: &[LinkCommand]) -> Steps {
    let mut before = Place::default();
    let step = |command: &LinkCommand| {
        let (place, last) = (command.place, std::mem::replace(&mut before, command.place));
        (place.ordinal - last.ordinal, place.at.0 - last.at.0, command.text.clone())
    };
    commands.iter().map(step).collect()
}

fn commands(steps: Steps) -> Result<Vec<LinkCommand>, LinkError> {
    let mut place = Place::default();
    let mut commands = Vec::new();
    for (events, nanos, text) in steps {
        place.ordinal = place.ordinal.checked_add(events).ok_or(LinkError::Damaged)?;
        place.at = Time(place.at.0.checked_add(nanos).ok_or(LinkError::Damaged)?);
        commands.push(LinkCommand { place, text });
    }
    Ok(commands)
}

fn place((ordinal, at): At) -> Place {
    Place { ordinal, at: Time(at) }
}

impl From<&Link> for Packed {
    fn from(link: &Link) -> Self {
        let at = |place: Place| (place.ordinal, place.at.0);
        let twig = |twig: &Twig| {
            let off = twig.off.map(|(off, place)| (off, place.ordinal, place.at.0));
            let plan = twig.plan.iter().map(|plan| (plan.at.0, plan.after, plan.text.clone()));
            (twig.name.clone(), off, at(twig.far), steps(&twig.commands), plan.collect())
        };
        let tree = &link.tree;
        Packed {
            engine: link.engine.clone(),
            scenario: link.scenario.clone(),
            seed: link.seed,
            branches: tree.branches.iter().map(twig).collect(),
            branch: tree.branch,
            shown: at(tree.shown),
            digest: tree.digest,
            tape: link.tape.clone(),
            view: link.view.clone(),
        }
    }
}

impl Packed {
    fn unpack(self) -> Result<Link, LinkError> {
        let twig = |(name, off, far, steps, plan): PackedTwig| {
            let off = off.map(|(off, ordinal, at)| (off, place((ordinal, at))));
            let plan = plan.into_iter().map(|(at, after, text)| LinkPlan { at: Time(at), after, text });
            Ok(Twig { name, off, far: place(far), commands: commands(steps)?, plan: plan.collect() })
        };
        let branches = self.branches.into_iter().map(twig).collect::<Result<_, _>>()?;
        let (branch, shown, digest) = (self.branch, place(self.shown), self.digest);
        let tree = Tree { branches, branch, shown, digest };
        let (engine, scenario, seed) = (self.engine, self.scenario, self.seed);
        Ok(Link { engine, scenario, seed, tree, tape: self.tape, view: self.view })
    }
}

impl First {
    fn unpack(self) -> Result<Link, LinkError> {
        let twig = Twig { commands: commands(self.commands)?, ..Twig::default() };
        let (branch, shown, digest) = (0, place(self.shown), self.digest);
        let tree = Tree { branches: vec![twig], branch, shown, digest };
        let (engine, scenario, seed) = (self.engine, self.scenario, self.seed);
        Ok(Link { engine, scenario, seed, tree, tape: self.tape, view: "".into() })
    }
}

#[cfg(test)]
#[path = "link_tests.rs"]
mod tests;

//! The share codec: a run as a short text for the end of an address.
//!
//! A link carries what a run is made from, not what it became: the scenario (a library one by name and hash, any other
//! as its text), the seed, and the commands with their anchors; beside it, which event was shown and a few digests along
//! the way, so that whoever opens it with another version of the engine is told from which event on the histories
//! differ. Bytes: one for the format, then a raw deflate stream (RFC 1951) of a postcard record, all in base64url without
//! padding (RFC 4648 §5).
//!
//! Both functions are pure. [`decode`] takes text from anybody: it bounds every length before it allocates.

use super::tape::Tape;
use crate::process::{Arg, Digest, Phrase, Time};
use crate::view::Place;
use crate::words::session::SessionKey;
use data_encoding::BASE64URL_NOPAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The format this engine writes, and the only one it reads.
pub const FORMAT: u8 = 1;
/// Longest text of a link, in bytes.
pub const LONGEST_TEXT: usize = 128 << 10;
/// Most bytes a link may inflate to.
pub const LARGEST: usize = 512 << 10;
/// Most commands in a link.
pub const MOST_COMMANDS: usize = 2_000;
/// Longest command, in bytes.
pub const LONGEST_COMMAND: usize = 4 << 10;
/// Longest name, in bytes.
pub const LONGEST_NAME: usize = 128;

/// What a link says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Version of the engine that wrote it.
    pub engine: Arc<str>,
    /// What is run.
    pub scenario: LinkScenario,
    /// The seed in force.
    pub seed: u64,
    /// Commands given by hand, in order.
    pub commands: Vec<LinkCommand>,
    /// The place that was shown.
    pub shown: Place,
    /// The digest there, its upper 64 bits.
    pub digest: u64,
    /// Digests along the way, up to the event shown.
    pub tape: Tape,
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
    if *format != FORMAT {
        return Err(LinkError::Format(*format));
    }
    let record = decompress_to_vec_with_limit(rest, LARGEST).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => LinkError::TooLarge,
        _ => LinkError::Damaged,
    })?;
    let (packed, rest) = postcard::take_from_bytes::<Packed>(&record).map_err(|_| LinkError::Damaged)?;
    if !rest.is_empty() {
        return Err(LinkError::Damaged);
    }
    let link = packed.unpack()?;
    check(&link)?;
    Ok(link)
}

fn check(link: &Link) -> Result<(), LinkError> {
    let long = |text: &str, most: usize| text.len() > most;
    let name = matches!(&link.scenario, LinkScenario::Library { name, .. } if long(name, LONGEST_NAME));
    if name
        || long(&link.engine, LONGEST_NAME)
        || link.commands.len() > MOST_COMMANDS
        || !link.tape.sound()
        || link.commands.iter().any(|command| long(&command.text, LONGEST_COMMAND))
    {
        return Err(LinkError::Bounds);
    }
    let follows = |pair: &[LinkCommand]| {
        pair[0].place.ordinal < pair[1].place.ordinal && pair[0].place.at <= pair[1].place.at
    };
    let commands = link.commands.windows(2).all(follows);
    if commands { Ok(()) } else { Err(LinkError::Order) }
}

/// The record on the wire: anchors as distances from the one before, which are short.
#[derive(Serialize, Deserialize)]
struct Packed {
    engine: Arc<str>,
    scenario: LinkScenario,
    seed: u64,
    commands: Vec<(u64, u64, Arc<str>)>,
    shown: (u64, u64),
    digest: u64,
    tape: Tape,
}

impl From<&Link> for Packed {
    fn from(link: &Link) -> Self {
        let (mut ordinal, mut at) = (0, 0);
        let mut commands = Vec::with_capacity(link.commands.len());
        for command in &link.commands {
            let place = command.place;
            commands.push((place.ordinal - ordinal, place.at.0 - at, command.text.clone()));
            (ordinal, at) = (place.ordinal, place.at.0);
        }
        Packed {
            engine: link.engine.clone(),
            scenario: link.scenario.clone(),
            seed: link.seed,
            commands,
            shown: (link.shown.ordinal, link.shown.at.0),
            digest: link.digest,
            tape: link.tape.clone(),
        }
    }
}

impl Packed {
    fn unpack(self) -> Result<Link, LinkError> {
        let mut place = Place::default();
        let mut commands = Vec::new();
        for (events, nanos, text) in self.commands {
            place.ordinal = place.ordinal.checked_add(events).ok_or(LinkError::Damaged)?;
            place.at = Time(place.at.0.checked_add(nanos).ok_or(LinkError::Damaged)?);
            commands.push(LinkCommand { place, text });
        }
        Ok(Link {
            engine: self.engine,
            scenario: self.scenario,
            seed: self.seed,
            commands,
            shown: Place { ordinal: self.shown.0, at: Time(self.shown.1) },
            digest: self.digest,
            tape: self.tape,
        })
    }
}

#[cfg(test)]
mod tests {
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
            commands: (0..commands).map(command).collect(),
            shown: Place { ordinal: 12_345, at: Time::millis(9_876) },
            digest: 0x0123_4567_89ab_cdef,
            tape,
        }
    }

    #[test]
    fn a_link_says_the_same_after_a_journey() {
        let link = library_link(20);
        assert_eq!(decode(&encode(&link).unwrap()), Ok(link.clone()));
        let inline = Link { scenario: LinkScenario::Inline("kind: Scenario\nseed: 7\n".into()), ..link };
        assert_eq!(decode(&format!(" {}\n", encode(&inline).unwrap())), Ok(inline));
    }

    #[test]
    fn a_library_scenario_with_twenty_commands_fits_into_2_kb() {
        let text = encode(&library_link(20)).unwrap();
        assert!(text.len() <= 2_048, "{} bytes", text.len());
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
        unordered.commands.swap(0, 1);
        assert_eq!(encode(&unordered), Err(LinkError::Order));
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
        fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut record = vec![FORMAT];
            record.extend(compress_to_vec(&bytes, 1));
            if let Ok(link) = decode(&BASE64URL_NOPAD.encode(&record)) {
                prop_assert_eq!(decode(&encode(&link).unwrap()), Ok(link));
            }
        }

        #[test]
        fn a_damaged_link_is_answered(at in 0usize..400, with in "[A-Za-z0-9_-]") {
            let mut text = encode(&library_link(5)).unwrap();
            let at = at % text.len();
            text.replace_range(at..=at, &with);
            let _ = decode(&text);
        }
    }
}

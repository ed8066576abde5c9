//! Comma-separated values (RFC 4180), one event a row, for spreadsheets and data frames.
//!
//! Lists within a field (causes, messages sent) are separated by spaces; names hold none.

use super::record::{Happened, Record};
use super::{About, Break, Ending, Rim, Writer};
use std::fmt;

/// The columns, as in the first row.
pub const COLUMNS: &[&str] = &[
    "ordinal",
    "at_ns",
    "event",
    "process",
    "host",
    "incarnation",
    "kind",
    "detail",
    "message",
    "from",
    "to",
    "message_kind",
    "epoch",
    "sent_at_ns",
    "causes",
    "sent",
    "note",
];

/// Writes CSV; holds nothing.
pub struct Csv;

/// A field, quoted where RFC 4180 asks for it.
fn field(text: &str, out: &mut dyn fmt::Write) -> fmt::Result {
    if !text.contains([',', '"', '\n', '\r']) {
        return out.write_str(text);
    }
    write!(out, "\"{}\"", text.replace('"', "\"\""))
}

fn row<'a>(fields: impl IntoIterator<Item = &'a str>, out: &mut dyn fmt::Write) -> fmt::Result {
    for (number, text) in fields.into_iter().enumerate() {
        if number > 0 {
            out.write_str(",")?;
        }
        field(text, out)?;
    }
    out.write_str("\r\n")
}

/// What a kind leaves open, in one word.
fn detail(record: &Record, rim: &Rim<'_>) -> String {
    match &record.what {
        Happened::Timer(slot, label) => label.map_or_else(|| slot.to_string(), |key| key.as_str().into()),
        Happened::Persisted(number) | Happened::Commanded(number) => number.to_string(),
        Happened::Done { action, refused: None, .. } => (*action).into(),
        Happened::Done { action, refused: Some(why), .. } => format!("{action}: {}", rim.words(why)),
        other => {
            let connection = other.connection().map(|id| rim.cast.connection(id));
            connection.into_iter().chain(other.reason().map(String::from)).collect::<Vec<_>>().join(" ")
        }
    }
}

fn joined(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

impl Writer for Csv {
    fn begin(&mut self, _about: &About, _rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        row(COLUMNS.iter().copied(), out)
    }

    fn record(&mut self, record: &Record, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        let (cast, id) = (rim.cast, record.event);
        let message = record.what.message();
        let about = |text: fn(&Rim<'_>, crate::process::MessageId) -> String| {
            message.map(|(id, ..)| text(rim, id)).unwrap_or_default()
        };
        let host = cast.who(id.process).map(|who| cast.host_name(who.host)).unwrap_or_default();
        let sent_at =
            if let Happened::Delivered(_, _, at) = record.what { at.0.to_string() } else { String::new() };
        let epoch = message.and_then(|(_, card, _)| card.epoch).map(|epoch| epoch.to_string());
        let fields = [
            record.ordinal.to_string(),
            record.at.0.to_string(),
            cast.event(id),
            cast.name(id.process).to_string(),
            host.to_string(),
            id.incarnation.to_string(),
            record.what.kind().to_string(),
            detail(record, rim),
            about(|rim, id| rim.cast.message(id)),
            about(|rim, id| rim.cast.name(id.from).to_string()),
            about(|rim, id| rim.cast.name(id.to).to_string()),
            message.map(|(_, card, _)| card.kind.as_str().to_string()).unwrap_or_default(),
            epoch.unwrap_or_default(),
            sent_at,
            joined(record.causes.iter().map(|id| cast.event(*id))),
            joined(record.sent.iter().map(|sending| cast.message(sending.message))),
            record.notes.iter().map(|note| rim.words(&note.phrase)).collect::<Vec<_>>().join("; "),
        ];
        row(fields.iter().map(String::as_str), out)
    }

    fn broke(&mut self, broken: &Break, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        let at = broken.at.0.to_string();
        let event = rim.cast.event(broken.event);
        let phrase = rim.words(&broken.phrase);
        let mut fields = vec![""; COLUMNS.len()];
        (fields[1], fields[2], fields[6], fields[7]) = (&at, &event, "violation", &broken.name);
        fields[COLUMNS.len() - 1] = &phrase;
        row(fields, out)
    }

    fn end(&mut self, _ending: &Ending, _rim: &Rim<'_>, _out: &mut dyn fmt::Write) -> fmt::Result {
        Ok(())
    }
}

//! JSON Lines: one object a line, for scripts.
//!
//! The first line has `"type":"trace"`, then one `"type":"event"` for each event, `"type":"violation"` behind an event
//! that broke a check, and `"type":"end"` last. Instants, spans, seeds and digests are strings (JavaScript's numbers
//! end at 2^53): nanoseconds and decimal digits, the digest in hexadecimal. Phrases are keys with arguments, so that
//! no line depends on a language.

use super::record::{Happened, Noted, Record, Sending, lost_by, status, verdict};
use super::{About, Break, Cast, Ending, Rim, Writer};
use crate::kernel::Fate;
use crate::process::{Answer, Arg, Card, MessageId, Phrase, Time};
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt;
use std::sync::Arc;

/// The version of the lines' shape, in the first line.
pub const VERSION: u32 = 1;

/// Writes JSON Lines; holds nothing.
pub struct Jsonl;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EventLine {
    #[serde(rename = "type")]
    line: &'static str,
    ordinal: u64,
    at: Time,
    event: String,
    process: Arc<str>,
    host: Arc<str>,
    incarnation: u32,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<MessageLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    connection: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timer: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<Value>,
    causes: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sent: Vec<MessageLine>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lost: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    answers: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    became: Vec<Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MessageLine {
    id: String,
    from: Arc<str>,
    to: Arc<str>,
    kind: &'static str,
    answer: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    epoch: Option<u64>,
    label: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    sent_at: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fate: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arrives_at: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lost_by: Option<&'static str>,
}

/// A phrase as its key and arguments.
pub fn phrase(phrase: &Phrase, cast: &Cast) -> Value {
    let args: Vec<Value> = phrase.args.iter().map(|a| arg(a, cast)).collect();
    json!({ "key": phrase.key.as_str(), "args": args })
}

fn arg(arg: &Arg, cast: &Cast) -> Value {
    match arg {
        Arg::Process(id) => json!({ "process": cast.name(*id) }),
        Arg::Host(id) => json!({ "host": cast.host_name(*id) }),
        Arg::Epoch(epoch) => json!({ "epoch": epoch }),
        Arg::Number(number) => json!({ "number": number }),
        Arg::At(time) => json!({ "at": time }),
        Arg::For(span) => json!({ "for": span }),
        Arg::Name(name) => json!({ "name": name }),
        Arg::Text(text) => json!({ "text": text }),
        Arg::Phrase(inner) => json!({ "phrase": phrase(inner, cast) }),
        Arg::List(args) => json!({ "list": args.iter().map(|a| self::arg(a, cast)).collect::<Vec<_>>() }),
    }
}

fn message(id: MessageId, card: &Card, cast: &Cast) -> MessageLine {
    MessageLine {
        id: cast.message(id),
        from: cast.name(id.from),
        to: cast.name(id.to),
        kind: card.kind.as_str(),
        answer: card.answer,
        verdict: card.verdict,
        epoch: card.epoch,
        label: phrase(&card.label, cast),
        sent_at: None,
        fate: None,
        arrives_at: None,
        lost_by: None,
    }
}

fn sending(sending: &Sending, cast: &Cast) -> MessageLine {
    let mut line = message(sending.message, &sending.card, cast);
    match sending.fate {
        Fate::Arrives(at) => (line.fate, line.arrives_at) = (Some("arrives"), Some(at)),
        Fate::Waits => line.fate = Some("waits"),
        Fate::Lost(why) => (line.fate, line.lost_by) = (Some("lost"), Some(lost_by(why))),
    }
    line
}

/// A decision as an object.
pub(super) fn note(note: &Noted, cast: &Cast) -> Value {
    let mut value = phrase(&note.phrase, cast);
    value["verdict"] = verdict(note.verdict).into();
    if let Some(rule) = note.rule {
        value["rule"] = rule.into();
    }
    if !note.because.is_empty() {
        value["because"] = note.because.iter().map(|id| cast.event(*id)).collect();
    }
    value
}

fn answer(ticket: u64, answer: &Answer, cast: &Cast) -> Value {
    let mut value = phrase(&answer.phrase, cast);
    value["ticket"] = ticket.into();
    value["accepted"] = answer.accepted.into();
    value
}

/// What was done to the world, as an object.
pub(super) fn action(what: &Happened, cast: &Cast) -> Option<Value> {
    let Happened::Done { action, processes, hosts, crashed, refused } = what else { return None };
    let names = |ids: &[crate::process::ProcessId]| -> Value {
        ids.iter().map(|id| cast.name(*id).to_string()).collect()
    };
    let hosts: Value = hosts.iter().map(|id| cast.host_name(*id).to_string()).collect();
    let mut value =
        json!({ "name": action, "processes": names(processes), "hosts": hosts, "crashed": names(crashed) });
    if let Some(why) = refused {
        value["refused"] = phrase(why, cast);
    }
    Some(value)
}

fn event(record: &Record, cast: &Cast) -> EventLine {
    let id = record.event;
    let host = cast.who(id.process).map_or_else(|| "".into(), |who| cast.host_name(who.host));
    let what = &record.what;
    EventLine {
        line: "event",
        ordinal: record.ordinal,
        at: record.at,
        event: cast.event(id),
        process: cast.name(id.process),
        host,
        incarnation: id.incarnation,
        kind: what.kind(),
        message: what.message().map(|(id, card, _)| MessageLine {
            sent_at: if let Happened::Delivered(_, _, sent_at) = what { Some(*sent_at) } else { None },
            ..message(id, card, cast)
        }),
        connection: what.connection().map(|id| cast.connection(id)),
        reason: what.reason(),
        timer: match what {
            Happened::Timer(slot, label) => {
                Some(json!({ "slot": slot, "key": label.map(|key| key.as_str()) }))
            }
            _ => None,
        },
        token: match what {
            Happened::Persisted(token) | Happened::PersistFailed(token, _) => Some(*token),
            _ => None,
        },
        ticket: if let Happened::Commanded(ticket) = what { Some(*ticket) } else { None },
        action: action(what, cast),
        causes: record.causes.iter().map(|id| cast.event(*id)).collect(),
        sent: record.sent.iter().map(|s| sending(s, cast)).collect(),
        lost: record
            .lost
            .iter()
            .map(|(id, why)| json!({ "id": cast.message(*id), "lostBy": lost_by(*why) }))
            .collect(),
        notes: record.notes.iter().map(|n| note(n, cast)).collect(),
        answers: record.answers.iter().map(|(ticket, a)| answer(*ticket, a, cast)).collect(),
        became: record.shifts.iter().map(|shift| became(shift, cast)).collect(),
    }
}

fn became(shift: &super::Shift, cast: &Cast) -> Value {
    json!({
        "process": cast.name(shift.process),
        "role": shift.role.map(|role| role.as_str()),
        "epoch": shift.epoch,
        "status": status(shift.status),
    })
}

fn line(value: &impl Serialize, out: &mut dyn fmt::Write) -> fmt::Result {
    out.write_str(&serde_json::to_string(value).map_err(|_| fmt::Error)?)?;
    out.write_str("\n")
}

/// 32 hexadecimal digits, as the command prints a digest.
pub fn digest(digest: u128) -> String {
    format!("{digest:032x}")
}

impl Writer for Jsonl {
    fn begin(&mut self, about: &About, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        let names = |who: &super::Who| json!({ "process": who.name, "host": rim.cast.host_name(who.host) });
        let processes: Vec<Value> = rim.cast.everybody().map(names).collect();
        let seed = about.seed.to_string();
        line(
            &json!({ "type": "trace", "version": VERSION, "engine": about.engine, "scenario": about.scenario,
                     "seed": seed, "processes": processes }),
            out,
        )
    }

    fn record(&mut self, record: &Record, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        line(&event(record, rim.cast), out)
    }

    fn broke(&mut self, broken: &Break, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        let mut value = phrase(&broken.phrase, rim.cast);
        value["type"] = "violation".into();
        value["check"] = (*broken.name).into();
        value["at"] = broken.at.0.to_string().into();
        value["event"] = rim.cast.event(broken.event).into();
        value["expected"] = broken.expected.into();
        line(&value, out)
    }

    fn end(&mut self, ending: &Ending, _rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        let (events, digest) = (ending.events, digest(ending.digest));
        line(&json!({ "type": "end", "at": ending.at, "events": events, "digest": digest }), out)
    }
}

//! JSON Lines: one object a line, for scripts.
//!
//! The first line has `"type":"trace"`, then one `"type":"event"` for each event, `"type":"violation"` behind an event
//! that broke a check, and `"type":"end"` last. Instants, spans, seeds and digests are strings (JavaScript's numbers
//! end at 2^53): nanoseconds and decimal digits, the digest in hexadecimal. Phrases are keys with arguments, so that
//! no line depends on a language.

use super::json::{Json, object};
use super::record::{Happened, Noted, Record, Sending, lost_by, status, verdict};
use super::{About, Break, Cast, Ending, Rim, Writer};
use crate::kernel::Fate;
use crate::process::{Answer, Arg, Card, MessageId, Phrase, ProcessId};
use std::fmt;

/// The version of the lines' shape, in the first line.
pub const VERSION: u32 = 1;

/// Writes JSON Lines; holds nothing.
pub struct Jsonl;

/// A phrase as its key and arguments.
pub fn phrase(phrase: &Phrase, cast: &Cast) -> Json {
    let args: Json = phrase.args.iter().map(|a| arg(a, cast)).collect();
    object([("key", phrase.key.as_str().into()), ("args", args)])
}

fn arg(arg: &Arg, cast: &Cast) -> Json {
    let (name, value): (_, Json) = match arg {
        Arg::Process(id) => ("process", cast.name(*id).into()),
        Arg::Host(id) => ("host", cast.host_name(*id).into()),
        Arg::Epoch(epoch) => ("epoch", (*epoch).into()),
        Arg::Ballot(number, owner) => {
            ("ballot", object([("round", (*number).into()), ("owner", cast.name(*owner).into())]))
        }
        Arg::Number(number) => ("number", (*number).into()),
        Arg::At(time) => ("at", (*time).into()),
        Arg::For(span) => ("for", (*span).into()),
        Arg::Name(name) => ("name", name.into()),
        Arg::Text(text) => ("text", text.into()),
        Arg::Phrase(inner) => ("phrase", phrase(inner, cast)),
        Arg::List(args) => ("list", args.iter().map(|a| self::arg(a, cast)).collect()),
    };
    object([(name, value)])
}

fn message(id: MessageId, card: &Card, cast: &Cast) -> Json {
    let mut line = Json::Object(Vec::new());
    line.push("id", Some(cast.message(id)));
    line.push("from", Some(cast.name(id.from)));
    line.push("to", Some(cast.name(id.to)));
    line.push("kind", Some(card.kind.as_str()));
    line.push("answer", Some(card.answer));
    line.push("verdict", card.verdict);
    line.push("epoch", card.epoch);
    line.push("label", Some(phrase(&card.label, cast)));
    line
}

fn sending(sending: &Sending, cast: &Cast) -> Json {
    let mut line = message(sending.message, &sending.card, cast);
    let (fate, arrives_at, why) = match sending.fate {
        Fate::Arrives(at) => ("arrives", Some(at), None),
        Fate::Gated | Fate::Waits => ("waits", None, None),
        Fate::Lost(why) => ("lost", None, Some(lost_by(why))),
    };
    line.push("fate", Some(fate));
    line.push("arrivesAt", arrives_at);
    line.push("lostBy", why);
    line
}

/// A decision as an object.
pub(super) fn note(note: &Noted, cast: &Cast) -> Json {
    let mut value = phrase(&note.phrase, cast);
    value.set("verdict", verdict(note.verdict));
    if let Some(rule) = note.rule {
        value.set("rule", rule);
    }
    if !note.because.is_empty() {
        value.set("because", note.because.iter().map(|id| cast.event(*id)).collect::<Json>());
    }
    value
}

fn answer(ticket: u64, answer: &Answer, cast: &Cast) -> Json {
    let mut value = phrase(&answer.phrase, cast);
    value.set("ticket", ticket);
    value.set("accepted", answer.accepted);
    value
}

/// What was done to the world, as an object.
pub(super) fn action(what: &Happened, cast: &Cast) -> Option<Json> {
    let Happened::Done { action, processes, hosts, crashed, refused } = what else { return None };
    let names = |ids: &[ProcessId]| -> Json { ids.iter().map(|id| cast.name(*id)).collect() };
    let hosts: Json = hosts.iter().map(|id| cast.host_name(*id)).collect();
    let mut value = object([
        ("name", (*action).into()),
        ("processes", names(processes)),
        ("hosts", hosts),
        ("crashed", names(crashed)),
    ]);
    if let Some(why) = refused {
        value.set("refused", phrase(why, cast));
    }
    Some(value)
}

fn event(record: &Record, cast: &Cast) -> Json {
    let (id, what) = (record.event, &record.what);
    let host = cast.who(id.process).map_or_else(|| "".into(), |who| cast.host_name(who.host));
    let mut line = Json::Object(Vec::with_capacity(16));
    line.push("type", Some("event"));
    line.push("ordinal", Some(record.ordinal));
    line.push("at", Some(record.at));
    line.push("event", Some(cast.event(id)));
    line.push("process", Some(cast.name(id.process)));
    line.push("host", Some(host));
    line.push("incarnation", Some(id.incarnation));
    line.push("kind", Some(what.kind()));
    line.push(
        "message",
        what.message().map(|(id, card, _)| {
            let mut line = message(id, card, cast);
            line.push(
                "sentAt",
                if let Happened::Delivered(_, _, sent_at) = what { Some(*sent_at) } else { None },
            );
            line
        }),
    );
    line.push("connection", what.connection().map(|id| cast.connection(id)));
    line.push("reason", what.reason());
    let timer = |slot: u8, key: Option<&'static str>| object([("slot", slot.into()), ("key", key.into())]);
    match what {
        Happened::Timer(slot, label) => {
            line.push("timer", Some(timer(*slot, label.map(|key| key.as_str()))));
        }
        Happened::Persisted(token) | Happened::PersistFailed(token, _) => line.push("token", Some(*token)),
        Happened::Commanded(ticket) => line.push("ticket", Some(*ticket)),
        _ => {}
    }
    line.push("action", action(what, cast));
    line.push("causes", Some(record.causes.iter().map(|id| cast.event(*id)).collect::<Json>()));
    let lost = |(id, why): &(MessageId, _)| {
        object([("id", cast.message(*id).into()), ("lostBy", lost_by(*why).into())])
    };
    line.push_some("sent", record.sent.iter().map(|s| sending(s, cast)).collect());
    line.push_some("lost", record.lost.iter().map(lost).collect());
    line.push_some("notes", record.notes.iter().map(|n| note(n, cast)).collect());
    line.push_some("answers", record.answers.iter().map(|(ticket, a)| answer(*ticket, a, cast)).collect());
    line.push_some("became", record.shifts.iter().map(|shift| became(shift, cast)).collect());
    line
}

fn became(shift: &super::Shift, cast: &Cast) -> Json {
    object([
        ("process", cast.name(shift.process).into()),
        ("role", shift.role.map(|role| role.as_str()).into()),
        ("epoch", shift.epoch.into()),
        ("status", status(shift.status).into()),
    ])
}

fn line(value: &Json, out: &mut dyn fmt::Write) -> fmt::Result {
    writeln!(out, "{value}")
}

/// 32 hexadecimal digits, as the command prints a digest.
pub fn digest(digest: u128) -> String {
    format!("{digest:032x}")
}

impl Writer for Jsonl {
    fn begin(&mut self, about: &About, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        let names = |who: &super::Who| {
            object([("process", (&who.name).into()), ("host", rim.cast.host_name(who.host).into())])
        };
        let about = object([
            ("type", "trace".into()),
            ("version", VERSION.into()),
            ("engine", about.engine.into()),
            ("scenario", (&about.scenario).into()),
            ("seed", about.seed.to_string().into()),
            ("processes", rim.cast.everybody().map(names).collect()),
        ]);
        line(&about, out)
    }

    fn record(&mut self, record: &Record, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        line(&event(record, rim.cast), out)
    }

    fn broke(&mut self, broken: &Break, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        let mut value = phrase(&broken.phrase, rim.cast);
        value.set("type", "violation");
        value.set("check", &broken.name);
        value.set("at", broken.at);
        value.set("event", rim.cast.event(broken.event));
        value.set("expected", broken.expected);
        line(&value, out)
    }

    fn end(&mut self, ending: &Ending, _rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        let end = object([
            ("type", "end".into()),
            ("at", ending.at.into()),
            ("events", ending.events.into()),
            ("digest", digest(ending.digest).into()),
        ]);
        line(&end, out)
    }
}

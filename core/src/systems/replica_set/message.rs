//! What a message of the set says, field by field, by the names of the manual and of the wire.

use super::inspect::optime;
use super::places::entry_text;
use crate::consensus::replica_set::{
    Ask, Batch, Entries, Fetch, Found, Greeting, Message, OpTime, Piece, Position, Pulse, ReadConcern, Reply,
    W, WriteConcern,
};
use crate::process::payload::peek;
use crate::process::{Arg, Payload, Phrase, ProcessId};
use crate::view::{Field, Value};
use crate::words::Key;
use crate::words::replset_view::ReplSetViewKey as K;
use crate::words::stage::StageKey as S;

/// Most entries, members or places that are listed.
const LISTED: usize = 6;

/// What it says.
pub(in crate::systems) fn said(payload: &dyn Payload) -> Vec<Field> {
    let Some(message) = peek::<Message>(payload) else { return Vec::new() };
    match message {
        Message::Heartbeat { term: of, config, .. } => {
            vec![term(S::Term, *of), version(config.version)]
        }
        Message::HeartbeatReply(pulse) => heartbeat_reply(pulse),
        Message::RequestVotes { term: of, dry_run, config, last } => {
            let asks = if *dry_run { K::AsksDryRun } else { K::AsksVote };
            vec![
                words(S::AsksFor, asks),
                term(S::InTerm, *of),
                version(config.version),
                optime(K::LastApplied, *last),
            ]
        }
        Message::Vote { term: own, asked, dry_run, granted } => {
            let answer = match (granted, dry_run) {
                (true, true) => K::AnswersWould,
                (true, false) => K::AnswersAye,
                (false, _) => K::AnswersNay,
            };
            vec![words(S::AnswerField, answer), term(S::InTerm, *asked), term(S::OwnTerm, *own)]
        }
        Message::StepUp { term: of } => vec![words(S::AsksFor, K::AsksToStand), term(S::Term, *of)],
        Message::Fetch(fetch) => fetched(fetch),
        Message::Batch(batch) => batched(batch),
        Message::FindBack { .. } => vec![words(S::AsksFor, K::AsksBack)],
        Message::Back { places, end, .. } => {
            let shown = places.iter().take(LISTED).map(|place| place.arg());
            let mut fields = vec![list(K::PlacesField, shown, places.len())];
            if *end {
                fields.push(words(S::AnswerField, K::AnswersBeginning));
            }
            fields
        }
        Message::UpdatePosition { term: of, positions, .. } => {
            vec![
                term(S::Term, *of),
                list(K::PositionsField, positions.iter().take(LISTED).map(position), positions.len()),
            ]
        }
        Message::Clone { after, .. } => {
            let after = after.clone().map_or(Value::None, |after| Value::Arg(Arg::Text(after)));
            vec![words(S::AsksFor, K::AsksClone), Field::new(K::AfterKey, after)]
        }
        Message::Piece(piece) => cloned(piece),
        Message::Hello { .. } => vec![words(S::AsksFor, K::AsksHello)],
        Message::Greeting(greeting) => greeted(greeting),
        Message::Request { seq, ask } => asked(*seq, ask),
        Message::Response { seq, reply } => answered(*seq, reply),
    }
}

fn words(label: S, words: K) -> Field {
    Field::new(label, Value::Phrase(Phrase::bare(words)))
}

fn term(label: S, term: u64) -> Field {
    Field::new(label, Value::Arg(Arg::Epoch(term)))
}

fn version(version: u64) -> Field {
    Field::number(K::ConfigVersion, version)
}

fn who(label: impl Into<Key>, id: Option<ProcessId>) -> Field {
    Field::new(label, id.map_or(Value::None, |id| Value::Arg(Arg::Process(id))))
}

/// The first few, and how many more there are.
fn list(label: K, shown: impl Iterator<Item = Arg>, all: usize) -> Field {
    let mut said: Vec<Arg> = shown.collect();
    if said.is_empty() {
        return Field::new(label, Value::None);
    }
    if all > said.len() {
        let more = Arg::Number((all - said.len()) as u64);
        said.push(Arg::Phrase(Box::new(Phrase::new(K::AndMore, [more]))));
    }
    Field::new(label, Value::Arg(Arg::List(said)))
}

fn entries(entries: &Entries) -> Field {
    let shown = entries.iter().take(LISTED).map(|entry| Arg::Phrase(Box::new(entry_text(entry))));
    list(K::EntriesField, shown, entries.len())
}

fn position(position: &Position) -> Arg {
    let args = [Arg::Process(position.member), position.applied.arg(), position.durable.arg()];
    Arg::Phrase(Box::new(Phrase::new(K::PositionIs, args)))
}

fn heartbeat_reply(pulse: &Pulse) -> Vec<Field> {
    let state = Value::Arg(Arg::Name(pulse.state.name().into()));
    let mut fields = vec![
        Field::new(K::StateField, state),
        term(S::Term, pulse.term),
        version(pulse.config.version),
        optime(K::LastApplied, pulse.applied),
        optime(K::LastDurable, pulse.durable),
        who(K::PrimaryField, pulse.primary),
        who(K::SourceField, pulse.source),
    ];
    if let Some(newer) = &pulse.newer {
        fields.push(Field::number(K::NewerConfig, newer.id.version));
    }
    fields
}

fn fetched(fetch: &Fetch) -> Vec<Field> {
    vec![
        words(S::AsksFor, if fetch.more { K::AsksMore } else { K::AsksFind }),
        optime(K::AfterField, fetch.after),
        optime(K::CommitPoint, fetch.commit),
        term(S::Term, fetch.term),
    ]
}

fn batched(batch: &Batch) -> Vec<Field> {
    let found = match batch.found {
        Found::Here => K::FoundHere,
        Found::Behind => K::FoundBehind,
        Found::Diverged => K::FoundDiverged,
        Found::TooOld => K::FoundTooOld,
        Found::Unreadable => K::FoundUnreadable,
    };
    let mut fields = vec![words(S::AnswerField, found)];
    if batch.found == Found::Here {
        fields.push(entries(&batch.entries));
    }
    fields.extend([
        optime(K::LastApplied, batch.applied),
        optime(K::CommitPoint, batch.commit),
        who(K::PrimaryField, batch.primary),
        term(S::Term, batch.term),
    ]);
    fields
}

fn cloned(piece: &Piece) -> Vec<Field> {
    let last = piece.last.as_ref().map_or(OpTime::NONE, |entry| entry.at);
    let mut fields =
        vec![Field::number(K::DocumentsField, piece.items.len() as u64), optime(K::LastApplied, last)];
    if piece.end {
        fields.push(words(S::AnswerField, K::AnswersLastPiece));
    }
    fields
}

fn greeted(greeting: &Greeting) -> Vec<Field> {
    let hosts = greeting.hosts.iter().take(LISTED).map(|host| Arg::Process(*host));
    vec![
        Field::new(K::StateField, Value::Arg(Arg::Name(greeting.state.name().into()))),
        who(K::PrimaryField, greeting.primary),
        list(K::HostsField, hosts, greeting.hosts.len()),
        term(S::Term, greeting.term),
        version(greeting.config.version),
        optime(K::LastWrite, greeting.last),
    ]
}

/// A write concern in a few words.
pub(super) fn concern_text(concern: &WriteConcern) -> Phrase {
    let w = match concern.w {
        W::Majority => Arg::Name("majority".into()),
        W::Members(members) => Arg::Number(u64::from(members)),
    };
    match (concern.journal, concern.timeout) {
        (None, None) => Phrase::new(K::ConcernW, [w]),
        (Some(j), None) => Phrase::new(K::ConcernJ, [w, flag(j)]),
        (None, Some(timeout)) => Phrase::new(K::ConcernTimeout, [w, Arg::For(timeout)]),
        (Some(j), Some(timeout)) => Phrase::new(K::ConcernBoth, [w, flag(j), Arg::For(timeout)]),
    }
}

fn flag(flag: bool) -> Arg {
    Arg::Name(if flag { "true" } else { "false" }.into())
}

fn read_concern(concern: ReadConcern) -> Field {
    Field::new(K::ReadConcernField, Value::Arg(Arg::Name(concern.name().into())))
}

fn asked(seq: u64, ask: &Ask) -> Vec<Field> {
    match ask {
        Ask::Write { session, txn, op, concern } => {
            let concern = concern.as_ref().map_or(Value::None, |known| Value::Phrase(concern_text(known)));
            let mut fields = vec![
                Field::new(S::OperationField, Value::Phrase(op.phrase())),
                Field::new(K::WriteConcernField, concern),
                Field::number(S::RequestNumber, seq),
            ];
            if *session > 0 {
                fields.push(Field::number(K::TxnField, *txn));
            }
            fields
        }
        Ask::Read { key, concern, secondary_ok } => {
            let may = if *secondary_ok { K::FromSecondaries } else { K::FromPrimary };
            vec![
                Field::new(K::ReadField, Value::Arg(Arg::Text(key.clone()))),
                read_concern(*concern),
                Field::new(K::ReadFromField, Value::Phrase(Phrase::bare(may))),
                Field::number(S::RequestNumber, seq),
            ]
        }
    }
}

fn answered(seq: u64, reply: &Reply) -> Vec<Field> {
    let mut fields = vec![Field::new(S::AnswerField, Value::Phrase(reply.phrase()))];
    match reply {
        Reply::Written { at, majority, .. } => {
            fields.push(optime(K::OperationTime, *at));
            let by = if *majority { K::ByMajority } else { K::ByFewer };
            fields.push(Field::new(K::AcknowledgedField, Value::Phrase(Phrase::bare(by))));
        }
        Reply::Unacknowledged { at, .. } => fields.push(optime(K::OperationTime, *at)),
        Reply::Read { at, concern, .. } => {
            fields.extend([optime(K::OperationTime, *at), read_concern(*concern)])
        }
        _ => {}
    }
    fields.push(Field::number(S::ToRequest, seq));
    fields
}

//! What a message of the group says, field by field: the arguments of the dissertation's RPCs, by the field's own names.
//! What only the machines need (the round of heartbeats that an answer confirms) is left out.

use super::view::{entry_text, list};
use crate::consensus::kv;
use crate::consensus::raft::{
    Append, Appended, Entry, InstallSnapshot, Kind, PeerMessage, RequestVote, SnapshotReceived, Vote,
};
use crate::process::payload::peek;
use crate::process::{Arg, Payload, Phrase};
use crate::systems::kv as store;
use crate::view::{Field, Value};
use crate::words::stage::StageKey as K;
use std::sync::Arc;

/// Most entries that are listed.
const ENTRIES: usize = 6;

/// What it says.
pub(super) fn said(payload: &dyn Payload) -> Vec<Field> {
    if let Some(message) = peek::<kv::Message>(payload) {
        return store::said(message);
    }
    match peek::<PeerMessage>(payload) {
        Some(PeerMessage::RequestVote(ask)) => request_vote(ask),
        Some(PeerMessage::Vote(vote)) => answer_to_vote(vote),
        Some(PeerMessage::Append(append)) => append_entries(append),
        Some(PeerMessage::Appended(appended)) => answer_to_append(appended),
        Some(PeerMessage::InstallSnapshot(install)) => install_snapshot(install),
        Some(PeerMessage::SnapshotReceived(received)) => answer_to_snapshot(received),
        Some(PeerMessage::TimeoutNow { term: of }) => {
            vec![term(K::Term, *of), words(K::AsksFor, K::AsksToStand)]
        }
        None => Vec::new(),
    }
}

fn term(label: K, term: u64) -> Field {
    Field::new(label, Value::Arg(Arg::Epoch(term)))
}

fn words(label: K, words: K) -> Field {
    Field::new(label, Value::Phrase(Phrase::bare(words)))
}

/// An entry by its index and term; before the first there is none.
fn entry(label: K, index: u64, of: u64) -> Field {
    let place = || Value::Phrase(Phrase::new(K::EntryOfTerm, [Arg::Number(index), Arg::Epoch(of)]));
    Field::new(label, if index == 0 { Value::None } else { place() })
}

fn request_vote(ask: &RequestVote) -> Vec<Field> {
    let what = match (ask.pre, ask.transfer) {
        (true, _) => K::AsksPreVote,
        (false, true) => K::AsksVoteTransfer,
        (false, false) => K::AsksVote,
    };
    vec![words(K::AsksFor, what), term(K::InTerm, ask.term), entry(K::LastEntry, ask.last, ask.last_term)]
}

fn answer_to_vote(vote: &Vote) -> Vec<Field> {
    let answer = match (vote.granted, vote.pre) {
        (true, false) => K::AnswersVote,
        (false, false) => K::AnswersNoVote,
        (true, true) => K::AnswersPreVote,
        (false, true) => K::AnswersNoPreVote,
    };
    vec![words(K::AnswerField, answer), term(K::InTerm, vote.asked), term(K::OwnTerm, vote.term)]
}

fn append_entries(append: &Append) -> Vec<Field> {
    vec![
        term(K::Term, append.term),
        entry(K::EntryBefore, append.prev, append.prev_term),
        Field::new(K::EntriesField, entries(append)),
        Field::number(K::LeadersCommit, append.commit),
    ]
}

/// The first entries and how many more there are.
fn entries(append: &Append) -> Value {
    let said = |(index, entry): (u64, &Arc<Entry>)| {
        let what = match &entry.kind {
            Kind::Command(command) => command.op.phrase(),
            _ => entry_text(entry),
        };
        let args = [Arg::Number(index), Arg::Epoch(entry.term), Arg::Phrase(Box::new(what))];
        Arg::Phrase(Box::new(Phrase::new(K::EntryCarried, args)))
    };
    let all = append.entries();
    let mut shown: Vec<Arg> = (append.prev + 1..).zip(all).take(ENTRIES).map(said).collect();
    if let more @ 1.. = all.len().saturating_sub(ENTRIES) {
        shown.push(Arg::Phrase(Box::new(Phrase::new(K::MoreEntries, [Arg::Number(more as u64)]))));
    }
    Value::Arg(Arg::List(shown))
}

fn answer_to_append(appended: &Appended) -> Vec<Field> {
    let mut fields = match appended.result {
        Ok(matched) => vec![words(K::AnswerField, K::AnswersMatch), Field::number(K::MatchesTo, matched)],
        // Who knows of a newer term answers as one whose log ends just before: the answer alone does not tell which.
        Err(at) if at.term == 0 && at.index == at.prev => {
            vec![words(K::AnswerField, K::AnswersRefusal), Field::number(K::EntryBefore, at.prev)]
        }
        // "… the term of the conflicting entry and the first index it stores for that term" (§3.5).
        Err(at) => vec![
            words(K::AnswerField, K::AnswersMismatch),
            Field::number(K::MismatchAt, at.prev),
            match at.term {
                0 => Field::number(K::LogEnd, at.index.saturating_sub(1)),
                there => Field::new(
                    K::HasInstead,
                    Value::Phrase(Phrase::new(K::TermFrom, [Arg::Epoch(there), Arg::Number(at.index)])),
                ),
            },
        ],
    };
    fields.push(term(K::Term, appended.term));
    fields
}

fn install_snapshot(install: &InstallSnapshot) -> Vec<Field> {
    let piece = &install.piece;
    let upto = piece.offset + piece.items.len() as u64;
    let args = [piece.offset + 1, upto, piece.total].map(Arg::Number);
    let items = match piece.items.is_empty() {
        true => Value::None,
        false => Value::Phrase(Phrase::new(K::PieceOf, args)),
    };
    vec![
        term(K::Term, install.term),
        entry(K::SnapshotField, install.index, install.index_term),
        Field::new(K::PieceField, items),
        list(K::VotersField, &piece.configuration.voters),
    ]
}

fn answer_to_snapshot(received: &SnapshotReceived) -> Vec<Field> {
    vec![
        Field::number(K::SnapshotField, received.index),
        Field::number(K::PiecesReceived, received.items),
        term(K::OwnTerm, received.term),
    ]
}

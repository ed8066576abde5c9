//! What a message of the group says, field by field. What only the machines need is left out.

use super::view::{entry_text, list};
use crate::consensus::kv;
use crate::consensus::multi_paxos::{Accepted, Ballot, Entry, PeerMessage, Piece, Report};
use crate::process::payload::peek;
use crate::process::{Arg, Payload, Phrase};
use crate::systems::kv as store;
use crate::view::{Field, Value};
use crate::words::Key;
use crate::words::multi_paxos_view::MultiPaxosViewKey as K;
use crate::words::paxos_view::PaxosViewKey as P;
use crate::words::stage::StageKey as S;

/// Most slots that are listed.
const SLOTS: usize = 6;

/// What it says.
pub(super) fn said(payload: &dyn Payload) -> Vec<Field> {
    if let Some(message) = peek::<kv::Message>(payload) {
        return store::said(message);
    }
    let asks = |what: Key| words(S::AsksFor, what);
    let answers = |what: Key| words(S::AnswerField, what);
    match peek::<PeerMessage>(payload) {
        Some(PeerMessage::Prepare { ballot, from }) => {
            vec![
                asks(P::AsksPromise.into()),
                number(P::BallotField, *ballot),
                Field::number(K::FromSlot, *from),
            ]
        }
        Some(PeerMessage::Promise { ballot, report }) => promise(*ballot, report),
        Some(PeerMessage::Accept { ballot, slot, entries, chosen }) => vec![
            asks(P::AsksAccept.into()),
            number(P::BallotField, *ballot),
            slots((*slot..).zip(entries.iter().map(|entry| (None, &**entry)))),
            Field::number(K::ChosenUpTo, *chosen),
        ],
        Some(PeerMessage::Accepted { ballot, slot, count }) => vec![
            answers(P::AnswersAccepted.into()),
            number(P::BallotField, *ballot),
            Field::new(K::SlotsField, Value::Phrase(range(*slot, *count))),
        ],
        Some(PeerMessage::Refused { ballot, promised, .. }) if promised > ballot => vec![
            answers(P::AnswersRefused.into()),
            number(P::BallotField, *ballot),
            number(P::PromisedField, *promised),
        ],
        Some(PeerMessage::Refused { ballot, .. }) => {
            vec![answers(K::AnswersLeased.into()), number(P::BallotField, *ballot)]
        }
        Some(PeerMessage::Heartbeat { ballot, chosen, .. }) => {
            vec![number(P::BallotField, *ballot), Field::number(K::ChosenUpTo, *chosen)]
        }
        Some(PeerMessage::Alive { ballot, .. }) => {
            vec![answers(K::AnswersLease.into()), number(P::BallotField, *ballot)]
        }
        Some(PeerMessage::Ask { from, .. }) => {
            vec![asks(P::AsksChosen.into()), Field::number(K::FromSlot, *from)]
        }
        Some(PeerMessage::Chosen { slot, entries, chosen }) => {
            vec![slots((*slot..).zip(entries.iter().map(held))), Field::number(K::ChosenUpTo, *chosen)]
        }
        Some(PeerMessage::Snapshot { piece, chosen }) => snapshot(piece, *chosen),
        None => Vec::new(),
    }
}

fn promise(ballot: Ballot, report: &Report) -> Vec<Field> {
    let mut fields = vec![
        words(S::AnswerField, P::AnswersPromise.into()),
        number(P::BallotField, ballot),
        slots(report.accepted.iter().map(|(slot, accepted)| (*slot, held(accepted)))),
        Field::number(K::ChosenUpTo, report.chosen),
    ];
    if report.collected > 0 {
        fields.push(Field::number(S::SnapshotField, report.collected));
    }
    fields
}

fn snapshot(piece: &Piece, chosen: u64) -> Vec<Field> {
    let upto = piece.offset + piece.items.len() as u64;
    let args = [piece.offset + 1, upto, piece.total].map(Arg::Number);
    let items = match piece.items.is_empty() {
        true => Value::None,
        false => Value::Phrase(Phrase::new(S::PieceOf, args)),
    };
    let mut fields = vec![Field::number(S::SnapshotField, piece.slot), Field::new(S::PieceField, items)];
    if let Some((_, configuration)) = piece.configurations.last() {
        fields.push(list(K::MembersField, &configuration.members));
    }
    fields.push(Field::number(K::ChosenUpTo, chosen));
    fields
}

fn words(label: S, words: Key) -> Field {
    Field::new(label, Value::Phrase(Phrase::bare(words)))
}

/// A ballot; before every ballot there is none.
pub(super) fn number(label: impl Into<Key>, ballot: Ballot) -> Field {
    let shown = || Value::Arg(Arg::Ballot(ballot.round, ballot.owner));
    Field::new(label, if ballot.is_none() { Value::None } else { shown() })
}

fn held(accepted: &Accepted) -> (Option<Ballot>, &Entry) {
    (Some(accepted.ballot), &accepted.entry)
}

/// One slot, or the first and the last of several.
pub(super) fn range(first: u64, count: u64) -> Phrase {
    match count {
        0 | 1 => Phrase::new(K::OneSlot, [Arg::Number(first)]),
        _ => Phrase::new(K::SlotRange, [Arg::Number(first), Arg::Number(first + count - 1)]),
    }
}

/// The first slots with what stands there, and how many more there are.
fn slots<'a>(all: impl Iterator<Item = (u64, (Option<Ballot>, &'a Entry))>) -> Field {
    let mut all: Vec<_> = all.collect();
    let more = all.len().saturating_sub(SLOTS);
    all.truncate(SLOTS);
    let one = |(slot, (ballot, entry)): &(u64, (Option<Ballot>, &Entry))| {
        let text = Arg::Phrase(Box::new(entry_text(entry)));
        let phrase = match ballot {
            Some(ballot) => {
                Phrase::new(K::SlotHeld, [Arg::Number(*slot), Arg::Ballot(ballot.round, ballot.owner), text])
            }
            None => Phrase::new(K::SlotIs, [Arg::Number(*slot), text]),
        };
        Arg::Phrase(Box::new(phrase))
    };
    let mut shown: Vec<Arg> = all.iter().map(one).collect();
    if more > 0 {
        shown.push(Arg::Phrase(Box::new(Phrase::new(S::MoreEntries, [Arg::Number(more as u64)]))));
    }
    Field::new(K::SlotsField, if shown.is_empty() { Value::None } else { Value::Arg(Arg::List(shown)) })
}

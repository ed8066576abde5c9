//! What a message of the group says, field by field.

use crate::consensus::paxos::{Ballot, PeerMessage};
use crate::process::payload::peek;
use crate::process::{Arg, Payload, Phrase};
use crate::view::{Field, Value};
use crate::words::paxos_view::PaxosViewKey as K;
use crate::words::stage::StageKey as S;

/// What it says.
pub(super) fn said(payload: &dyn Payload) -> Vec<Field> {
    match peek::<PeerMessage>(payload) {
        Some(PeerMessage::Prepare { ballot }) => {
            vec![words(S::AsksFor, K::AsksPromise), number(K::BallotField, *ballot)]
        }
        Some(PeerMessage::Promise { ballot, accepted }) => vec![
            words(S::AnswerField, K::AnswersPromise),
            number(K::BallotField, *ballot),
            proposal(K::AcceptedBefore, accepted.as_ref()),
        ],
        Some(PeerMessage::Accept { ballot, value }) => {
            vec![
                words(S::AsksFor, K::AsksAccept),
                number(K::BallotField, *ballot),
                text(K::ProposedField, value),
            ]
        }
        Some(PeerMessage::Accepted { ballot, value }) => {
            vec![
                words(S::AnswerField, K::AnswersAccepted),
                proposal(K::AcceptedField, Some(&(*ballot, value.clone()))),
            ]
        }
        Some(PeerMessage::Refused { ballot, promised, .. }) => vec![
            words(S::AnswerField, K::AnswersRefused),
            number(K::BallotField, *ballot),
            number(K::PromisedField, *promised),
        ],
        Some(PeerMessage::Chosen { ballot, value }) => {
            vec![proposal(K::ChosenField, Some(&(*ballot, value.clone())))]
        }
        Some(PeerMessage::Ask) => vec![words(S::AsksFor, K::AsksChosen)],
        None => Vec::new(),
    }
}

fn words(label: S, words: K) -> Field {
    Field::new(label, Value::Phrase(Phrase::bare(words)))
}

fn text(label: K, value: &crate::consensus::paxos::Value) -> Field {
    Field::new(label, Value::Arg(Arg::Text(value.clone())))
}

/// A proposal's number; before every proposal there is none.
pub(super) fn number(label: K, ballot: Ballot) -> Field {
    let shown = || Value::Arg(Arg::Ballot(ballot.round, ballot.owner));
    Field::new(label, if ballot.is_none() { Value::None } else { shown() })
}

/// A proposal with its value.
pub(super) fn proposal(label: K, proposal: Option<&(Ballot, crate::consensus::paxos::Value)>) -> Field {
    let shown = |(ballot, value): &(Ballot, crate::consensus::paxos::Value)| {
        let args = [Arg::Ballot(ballot.round, ballot.owner), Arg::Text(value.clone())];
        Value::Phrase(Phrase::new(K::ProposalIs, args))
    };
    Field::new(label, proposal.map_or(Value::None, shown))
}

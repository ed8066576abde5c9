//! What clients and members of a replicated store say to each other, field by field: for every system that speaks it.

use crate::consensus::kv::{Message, Reply};
use crate::process::{Arg, Phrase};
use crate::view::{Field, Value};
use crate::words::Key;
use crate::words::stage::StageKey as K;

/// What a message says.
pub(super) fn said(message: &Message) -> Vec<Field> {
    match message {
        Message::Register { seq } => vec![number(K::RequestNumber, *seq)],
        Message::Request { session, seq, op, .. } => {
            vec![phrase(K::OperationField, op.phrase()), number(K::RequestNumber, *seq), named(*session)]
        }
        Message::Response { session, seq, reply } => {
            let mut fields = vec![phrase(K::AnswerField, reply.phrase())];
            if let Reply::Done { revision, .. } = reply {
                fields.push(number(K::Revision, *revision));
            }
            fields.push(number(K::ToRequest, *seq));
            // The answer to a registration names the session it opened.
            if !matches!(reply, Reply::Registered { .. }) {
                fields.push(named(*session));
            }
            fields
        }
    }
}

fn field(label: impl Into<Key>, value: Value) -> Field {
    Field { label: label.into(), value }
}

fn number(label: K, number: u64) -> Field {
    field(label, Value::Arg(Arg::Number(number)))
}

fn phrase(label: K, phrase: Phrase) -> Field {
    field(label, Value::Phrase(phrase))
}

/// The session; 0 is none.
fn named(session: u64) -> Field {
    match session {
        0 => field(K::Session, Value::None),
        session => number(K::Session, session),
    }
}

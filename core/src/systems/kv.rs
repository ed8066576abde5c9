//! What clients and members of a replicated store say to each other, field by field: for every system that speaks it.

use crate::consensus::kv::{Message, Reply};
use crate::process::Phrase;
use crate::view::{Field, Value};
use crate::words::stage::StageKey as K;

/// What a message says.
pub(super) fn said(message: &Message) -> Vec<Field> {
    match message {
        Message::Register { seq } => vec![Field::number(K::RequestNumber, *seq)],
        Message::Request { session, seq, op, .. } => {
            vec![
                phrase(K::OperationField, op.phrase()),
                Field::number(K::RequestNumber, *seq),
                named(*session),
            ]
        }
        Message::Response { session, seq, reply } => {
            let mut fields = vec![phrase(K::AnswerField, reply.phrase())];
            if let Reply::Done { revision, .. } = reply {
                fields.push(Field::number(K::Revision, *revision));
            }
            fields.push(Field::number(K::ToRequest, *seq));
            // The answer to a registration names the session it opened.
            if !matches!(reply, Reply::Registered { .. }) {
                fields.push(named(*session));
            }
            fields
        }
    }
}

fn phrase(label: K, phrase: Phrase) -> Field {
    Field::new(label, Value::Phrase(phrase))
}

/// The session; 0 is none.
fn named(session: u64) -> Field {
    match session {
        0 => Field::new(K::Session, Value::None),
        session => Field::number(K::Session, session),
    }
}

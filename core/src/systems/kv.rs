//! What clients and members of a replicated store say to each other, field by field, and how an operation is written in a
//! cell of a log: for every system that speaks it.

use crate::consensus::kv::{Message, Op, Reply};
use crate::process::{Arg, Phrase};
use crate::view::{Field, Value};
use crate::words::stage::StageKey as K;
use std::sync::Arc;

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

/// An operation, as short as a cell of a log.
pub(super) fn op_text(op: &Op) -> Phrase {
    let text = |text: &Arc<str>| Arg::Text(text.clone());
    match op {
        Op::Get { key } => Phrase::new(K::OpGet, [text(key)]),
        Op::Put { key, value } => Phrase::new(K::OpPut, [text(key), text(value)]),
        Op::Append { key, value } => Phrase::new(K::OpAppend, [text(key), text(value)]),
        Op::Delete { key } => Phrase::new(K::OpDelete, [text(key)]),
        Op::Cas { key, expect: Some(expect), value } => {
            Phrase::new(K::OpCas, [text(key), text(expect), text(value)])
        }
        Op::Cas { key, expect: None, value } => Phrase::new(K::OpCasAbsent, [text(key), text(value)]),
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

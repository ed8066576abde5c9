//! What a message of the cluster says, field by field.

use super::view::{attempt, attempt_field, disk_field, life_fields};
use crate::process::payload::peek;
use crate::process::{Arg, Payload, Phrase};
use crate::view::{Field, Value};
use crate::words::workers_view::WorkersViewKey as K;
use crate::workers::{Attempt, Hold, Message, TaskId};

/// What it says.
pub(super) fn said(payload: &dyn Payload) -> Vec<Field> {
    let Some(message) = peek::<Message>(payload) else { return Vec::new() };
    let mut fields = Vec::new();
    if let Some((task, attempt)) = message.about() {
        fields.extend(about(task, attempt));
    }
    match message {
        Message::Beat { life, at, slots, holds } => {
            fields.extend(life_fields(*life));
            fields.push(Field::new(K::ClockField, Value::Arg(Arg::At(*at))));
            fields.push(Field::number(K::SlotsField, (*slots).into()));
            fields.push(held(holds));
        }
        Message::Grant { epoch, life, since, renewed } => {
            fields.push(epoch_field(*epoch));
            fields.extend(life_fields(*life));
            fields.push(Field::new(K::SinceField, Value::Arg(Arg::At(*since))));
            let all = renewed.iter().map(|one| attempt(*one)).collect();
            fields.push(listed(K::RenewedField, all));
        }
        Message::Assign { fence, life, since, .. } => {
            fields.push(attempt_field(K::GenerationField, *fence));
            fields.extend(life_fields(*life));
            fields.push(Field::new(K::SinceField, Value::Arg(Arg::At(*since))));
        }
        Message::Stop { epoch, .. } | Message::Recorded { epoch, .. } => fields.push(epoch_field(*epoch)),
        Message::Done { disk, failed, .. } => {
            fields.push(disk_field(*disk));
            let outcome = if *failed { K::OutcomeFailed } else { K::OutcomeDone };
            fields.push(Field::new(K::OutcomeField, Value::Phrase(Phrase::bare(outcome))));
        }
        Message::Open { fence, .. } | Message::Commit { fence, .. } | Message::Fenced { fence, .. } => {
            fields.push(attempt_field(K::GenerationField, *fence));
        }
        Message::Committed { by, .. } => fields.push(attempt_field(K::WhoseField, *by)),
        Message::Declined { .. } => {}
    }
    fields
}

fn about(task: TaskId, attempt: Attempt) -> [Field; 2] {
    [Field::number(K::TaskField, task.0), attempt_field(K::AttemptField, attempt)]
}

fn epoch_field(epoch: u64) -> Field {
    Field::new(K::EpochField, Value::Arg(Arg::Epoch(epoch)))
}

/// Attempts with their tasks.
fn held(holds: &[Hold]) -> Field {
    let one = |hold: &Hold| {
        let args = [Arg::Number(hold.task.0), attempt(hold.attempt)];
        Arg::Phrase(Box::new(Phrase::new(K::RunIs, args)))
    };
    listed(K::HoldsField, holds.iter().map(one).collect())
}

/// Several, or none.
pub(super) fn listed(label: K, all: Vec<Arg>) -> Field {
    Field::new(label, if all.is_empty() { Value::None } else { Value::Arg(Arg::List(all)) })
}

//! What clients of any kind of store do alike for whoever measures them: a schedule as fields of their `spec`, and operations
//! as they have come.

use crate::consensus::client::{Ended, Ending, MAX_WINDOW};
use crate::consensus::kv::{Op, Outcome};
use crate::process::Span;
use crate::system::measured::{Came, Dealing, End, Schedule};
use crate::text::{Duration, Rate};

/// The fields of a `spec` that make it this schedule; Clients and Drivers name them alike.
pub(super) fn fields(schedule: &Schedule) -> Vec<(&'static str, String)> {
    let length = |span: Span| Duration(span).to_string();
    let [get, put, append, delete] = schedule.mix;
    let mut fields = vec![
        ("schedule", schedule.draw.to_string()),
        ("mix", format!("{{ get: {get}, put: {put}, append: {append}, delete: {delete} }}")),
        ("window", schedule.window.unwrap_or(MAX_WINDOW).to_string()),
    ];
    match schedule.millirate {
        Some(rate) => {
            fields.push(("rate", Rate { milli_per_second: rate }.to_string()));
            fields.push(("start", length(schedule.start)));
        }
        None => {
            let times: Vec<String> = schedule.times.iter().map(|time| length(*time)).collect();
            fields.push(("times", format!("[{}]", times.join(", "))));
        }
    }
    fields.extend(schedule.keys.map(|keys| ("keys", keys.to_string())));
    fields.extend(schedule.operations.map(|most| ("operations", most.to_string())));
    fields.extend(schedule.timeout.map(|timeout| ("timeout", length(timeout))));
    fields
}

/// An operation under way.
pub(super) fn open(seq: u64, op: &Op) -> Dealing<'_> {
    Dealing { seq, write: !op.is_read(), key: op.key(), value: op.value(), end: None }
}

/// One that has ended.
pub(super) fn ended(ended: &Ended) -> Dealing<'_> {
    let (came, effect, revision) = match &ended.ending {
        Ending::Answered { revision, outcome } => {
            let effect = matches!(outcome, Outcome::Written | Outcome::Deleted(true));
            (Came::Acknowledged, effect, *revision)
        }
        Ending::Refused => (Came::Refused, false, 0),
        Ending::Unknown => (Came::Unknown, false, 0),
    };
    let end = End { came, effect, session: ended.session, revision };
    Dealing { end: Some(end), ..open(ended.seq, &ended.op) }
}

//! What is under the pointer or the keys, in words.

use super::front::Hit;
use super::rows::Rows;
use super::state::Pointed;
use crate::desk::Desk;
use muster_core::process::Time;
use muster_core::view::{Arrow, Dot, Status, Window};

/// What a point of the diagram is on, in words.
pub fn of(desk: &Desk, window: Option<&Window>, rows: &Rows, hit: &Hit<'_>, at: Time) -> String {
    match hit {
        Hit::Mark(mark) => format!("{} · {}", desk.instant(mark.place.at), desk.say(&mark.phrase)),
        Hit::Arrow(found) => arrow(desk, rows, found),
        Hit::Dot(found) => dot(desk, found),
        Hit::Row(row) => lane(desk, window, rows, *row, at),
    }
}

/// A message in words: from whom to whom, what it is, when it left and what became of it.
fn arrow(desk: &Desk, rows: &Rows, arrow: &Arrow) -> String {
    let t = desk.t;
    let name = |id| match rows.of(id) {
        Some(_) => desk.names.of_process(id),
        None => t.hidden_one.replace("{0}", &desk.names.of_process(id)),
    };
    let (from, to) = (name(arrow.message.from), name(arrow.message.to));
    let mut parts = vec![format!("{from} → {to}"), desk.say(&arrow.card.label)];
    parts.push(format!("{} {}", t.sent, desk.instant(arrow.sent_at)));
    parts.push(match () {
        () if arrow.lost => t.lost.to_owned(),
        () if arrow.ends_at == Time::MAX => t.waits.to_owned(),
        () if arrow.delivery.is_some() => format!("{} {}", t.arrived, desk.instant(arrow.ends_at)),
        () => format!("{} {}", t.arrives, desk.instant(arrow.ends_at)),
    });
    parts.join(" · ")
}

/// An event in words.
pub fn dot(desk: &Desk, dot: &Dot) -> String {
    format!("{} · {}", desk.instant(dot.place.at), desk.say(&dot.sentence))
}

/// An event as something pointed at.
pub fn pointed(dot: &Dot) -> Pointed {
    Pointed { event: Some(dot.event), message: dot.message, ..Pointed::default() }
}

/// What a lane was at an instant, and what was wrong there.
fn lane(desk: &Desk, window: Option<&Window>, rows: &Rows, row: usize, at: Time) -> String {
    let (Some(window), Some(row)) = (window, rows.all.get(row)) else { return String::new() };
    let t = desk.t;
    if row.ids.len() > 1 {
        let names: Vec<String> = row.ids.iter().map(|id| desk.names.of_process(*id)).collect();
        return names.join(", ");
    }
    let Some(id) = row.ids.first().copied() else { return String::new() };
    let mut parts = vec![format!("{} · {}", desk.names.of_process(id), desk.instant(at))];
    let lane = window.lanes.iter().find(|lane| lane.id == id);
    let within = |from: Time, to: Time| from <= at && at <= to;
    if let Some(segment) = lane.and_then(|lane| lane.segments.iter().find(|s| within(s.from, s.to))) {
        match segment.status {
            Status::Up => {
                parts.extend(segment.role.map(|role| desk.word(role.key)));
                parts.extend(segment.epoch.map(|epoch| desk.say(&epoch.phrase())));
            }
            Status::Crashed => parts.push(t.crashed.to_owned()),
            Status::Paused => parts.push(t.paused.to_owned()),
            Status::Stopped => parts.push(t.stopped.to_owned()),
            Status::Unstarted => parts.push(t.unstarted.to_owned()),
        }
    }
    let bands = window.bands.iter().filter(|band| within(band.from, band.to));
    let here = bands.filter(|band| band.sides.iter().flatten().any(|other| *other == id));
    parts.extend(here.map(|band| desk.say(&band.phrase)));
    parts.join(" · ")
}

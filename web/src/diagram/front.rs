//! What of the diagram is drawn anew for every frame: ruler, lanes, the veil over what lies ahead, the playhead, and what is
//! pointed at, selected or lit up; and what a point of it is on.

use super::label::Written;
use super::layer::{Plot, STRIP, TOP, head};
use super::rows::{Course, course};
use super::state::{Diagram, Pointed};
use crate::number::fixed;
use crate::panel::time;
use muster_core::process::{ProcessId, Time};
use muster_core::view::{Arrow, CheckView, Dot, Lane, Look, Mark, Segment, Status, Window};

/// Where the ruler ends and the strip begins.
const RULER: f64 = 16.0;
/// How much of what lies ahead shows through.
const VEIL: f64 = 0.62;
/// At most so many messages are emphasised that carry an entry.
const EMPHASISED: usize = 60;

/// The lanes, from nothing on.
pub fn under(plot: &Plot<'_>, window: Option<&Window>, now: f64, at_head: bool) {
    ruler(plot);
    let Some(window) = window else { return };
    for lane in &window.lanes {
        let Some(row) = plot.rows.of(lane.id) else { continue };
        lane_of(plot, lane, row, at_head.then_some(now));
    }
}

fn ruler(plot: &Plot<'_>) {
    let (canvas, view) = (plot.canvas, plot.view);
    let right = plot.left + plot.size.0;
    let tick = view.tick((plot.size.0 / 110.0).clamp(2.0, 12.0));
    let mut at = (view.from / tick).ceil() * tick;
    plot.font(11.0, 400);
    plot.ink.thick(canvas, 1.0);
    canvas.set_stroke_style_str(&plot.ink.line);
    canvas.set_fill_style_str(&plot.ink.soft);
    while at <= view.to() {
        let x = plot.x(at).round() + 0.5;
        plot.line(x, RULER, x, plot.size.1);
        // The last label is left out where it would be cut off.
        if x + 44.0 < right {
            let _ = canvas.fill_text(&ruler_words(at, tick), x + 4.0, 12.0);
        }
        at += tick;
    }
}

/// A lane; of several in one row each is a thinner stripe. At the end of what was simulated it goes on with the playhead.
fn lane_of(plot: &Plot<'_>, lane: &Lane, row: usize, goes_on: Option<f64>) {
    let fellows = &plot.rows.all[row].ids;
    let place = fellows.iter().position(|id| *id == lane.id).unwrap_or(0) as f64;
    let count = fellows.len() as f64;
    let step = (plot.high * 0.7 / count).min(6.0);
    let y = plot.y(row) + if count > 1.0 { (place - (count - 1.0) / 2.0) * step } else { 0.0 };
    let most = if count > 1.0 { (step - 1.0).max(1.0) } else { 10.0 };
    for (index, segment) in lane.segments.iter().enumerate() {
        let last = index + 1 == lane.segments.len();
        let from = segment.from.nanos() as f64;
        let to = (segment.to.nanos() as f64).max(goes_on.filter(|_| last).unwrap_or(0.0));
        if to >= plot.view.from && from <= plot.view.to() && to > from {
            stretch(plot, segment, y, most, (from, to));
        }
    }
}

fn stretch(plot: &Plot<'_>, segment: &Segment, y: f64, most: f64, (from, to): (f64, f64)) {
    let canvas = plot.canvas;
    let (left, right) = (plot.x(from).max(plot.left - 8.0), plot.x(to).min(plot.left + plot.size.0 + 8.0));
    if segment.status != Status::Up {
        let crashed = segment.status == Status::Crashed;
        canvas.set_stroke_style_str(if crashed { &plot.ink.bad } else { &plot.ink.soft });
        plot.ink.thick(canvas, 2.0);
        plot.dash(&[3.0, 5.0]);
        plot.line(left, y, right, y);
        return plot.dash(&[]);
    }
    let look = segment.role.map(|role| role.look);
    let thick: f64 = match look {
        Some(Look::Leader) => 10.0,
        Some(Look::Learner | Look::Client | Look::Plain) | None => 4.0,
        _ => 6.0,
    };
    let thick = thick.min(most);
    let hue = plot.ink.epoch(segment.epoch);
    canvas.set_global_alpha(if look == Some(Look::Leader) { 0.95 } else { 0.55 });
    if look == Some(Look::Candidate) {
        canvas.set_stroke_style_str(hue);
        plot.ink.thick(canvas, thick);
        plot.dash(&[7.0, 4.0]);
        plot.line(left, y, right, y);
        plot.dash(&[]);
    } else {
        canvas.set_fill_style_str(hue);
        canvas.fill_rect(left, y - thick / 2.0, right - left, thick);
    }
    canvas.set_global_alpha(1.0);
}

/// What is pointed at, selected, lit up or ahead, and the playhead.
pub struct Over<'a> {
    /// Lanes, arrows and dots.
    pub window: Option<&'a Window>,
    /// Checks, for the event at which one broke.
    pub checks: &'a [CheckView],
    /// The diagram's state.
    pub diagram: &'a Diagram,
    /// What is selected, as something pointed at.
    pub selected: Option<Pointed>,
    /// The playhead.
    pub now: f64,
    /// The words on the strip, and how far to the right it lies.
    pub words: (&'a [Written], f64),
}

/// Draws it over the strip.
pub fn over(plot: &Plot<'_>, over: &Over<'_>) {
    let canvas = plot.canvas;
    let right = plot.left + plot.size.0;
    waiting(plot, over);
    let x = plot.x(over.now).max(plot.left);
    if x < right {
        canvas.set_global_alpha(VEIL);
        canvas.set_fill_style_str(&plot.ink.panel);
        canvas.fill_rect(x, RULER, right - x, plot.size.1);
        canvas.set_global_alpha(1.0);
    }
    for written in over.words.0 {
        written.unveil(plot, over.words.1, over.now);
    }
    for violation in over.checks.iter().filter_map(|check| check.violation.as_ref()) {
        let x = plot.x(violation.place.at.nanos() as f64);
        canvas.set_stroke_style_str(&plot.ink.bad);
        plot.ink.thick(canvas, 2.0);
        plot.dash(&[6.0, 3.0]);
        plot.line(x, RULER, x, plot.size.1);
        plot.dash(&[]);
    }
    if let Some(window) = over.window {
        for pointed in [over.selected, over.diagram.pointed].into_iter().flatten() {
            emphasise(plot, window, &pointed);
        }
        for arrow in &window.arrows {
            if let Some(number) = over.diagram.lit_as(Some(arrow.message), None) {
                strong(plot, arrow);
                numbered(
                    plot,
                    plot.ends(arrow).map(|(x0, y0, x1, y1)| ((x0 + x1) / 2.0, (y0 + y1) / 2.0)),
                    number,
                );
            }
        }
        for dot in &window.dots {
            if let Some(number) = over.diagram.lit_as(None, Some(dot.event)) {
                numbered(plot, spot(plot, dot), number);
            }
        }
    }
    playhead(plot, over.now);
}

/// Messages that wait to leave, or at a door, reach as far as the playhead.
fn waiting(plot: &Plot<'_>, over: &Over<'_>) {
    let arrows = over.window.iter().flat_map(|window| &window.arrows);
    for arrow in arrows.filter(|arrow| arrow.ends_at == Time::MAX && !arrow.lost) {
        let Course::Whole(from, to) = course(plot.rows, arrow.message) else { continue };
        let sent = arrow.sent_at.nanos() as f64;
        if sent > over.now {
            continue;
        }
        let (x0, y0, x1) = (plot.x(sent), plot.y(from), plot.x(over.now));
        let y1 = y0 + (plot.y(to) - y0) * 0.35;
        plot.canvas.set_stroke_style_str(plot.ink.shape(arrow.card.shape));
        plot.ink.thick(plot.canvas, 1.2);
        plot.dash(&[4.0, 3.0]);
        plot.line(x0, y0, x1, y1);
        plot.dash(&[]);
    }
}

fn spot(plot: &Plot<'_>, dot: &Dot) -> Option<(f64, f64)> {
    let row = plot.rows.of(dot.event.process);
    let y = row.map(|row| plot.y(row)).or((dot.event.process == ProcessId::OPERATOR).then_some(STRIP))?;
    Some((plot.x(dot.place.at.nanos() as f64), y))
}

fn emphasise(plot: &Plot<'_>, window: &Window, pointed: &Pointed) {
    if let Some(row) = pointed.process.filter(|_| pointed.entries.is_none()).and_then(|id| plot.rows.of(id)) {
        plot.canvas.set_global_alpha(0.1);
        plot.canvas.set_fill_style_str(&plot.ink.accent);
        plot.canvas.fill_rect(plot.left, plot.y(row) - plot.high / 2.0, plot.size.0, plot.high);
        plot.canvas.set_global_alpha(1.0);
    }
    let carries = |arrow: &Arrow| {
        let (Some((first, last)), Some((from, to))) = (pointed.entries, arrow.card.carries) else {
            return false;
        };
        let ends = pointed.process.is_some_and(|id| arrow.message.from == id || arrow.message.to == id);
        ends && from <= last && first <= to
    };
    let meant = |arrow: &&Arrow| {
        pointed.is_message(arrow.message)
            || arrow.delivery.is_some_and(|delivery| pointed.is_event(delivery))
            || carries(arrow)
    };
    for arrow in window.arrows.iter().filter(meant).take(EMPHASISED) {
        strong(plot, arrow);
    }
    if let Some(dot) = window.dots.iter().find(|dot| pointed.is_event(dot.event)) {
        ring(plot, spot(plot, dot));
    }
}

/// A message drawn so that it stands out: thick, on a halo, its head larger.
fn strong(plot: &Plot<'_>, arrow: &Arrow) {
    let Some((x0, y0, x1, y1)) = plot.ends(arrow) else { return };
    let (canvas, hue) = (plot.canvas, plot.ink.shape(arrow.card.shape));
    for (width, hue) in [(6.0, &*plot.ink.panel), (3.0, if arrow.lost { &*plot.ink.bad } else { hue })] {
        plot.ink.thick(canvas, width);
        canvas.set_stroke_style_str(hue);
        plot.line(x0, y0, x1, y1);
    }
    if !arrow.lost {
        plot.ink.thick(canvas, 2.0);
        canvas.set_fill_style_str(if arrow.card.answer { &plot.ink.panel } else { hue });
        canvas.begin_path();
        head(canvas, arrow.card.shape, x1, y1, 0.85);
        canvas.fill();
        canvas.stroke();
    }
}

fn ring(plot: &Plot<'_>, at: Option<(f64, f64)>) {
    let Some((x, y)) = at else { return };
    plot.canvas.set_stroke_style_str(&plot.ink.accent);
    plot.ink.thick(plot.canvas, 2.5);
    plot.canvas.begin_path();
    let _ = plot.canvas.arc(x, y, 7.5, 0.0, std::f64::consts::TAU);
    plot.canvas.stroke();
}

/// What an explanation lights up: a ring with its number in the order told.
fn numbered(plot: &Plot<'_>, at: Option<(f64, f64)>, number: usize) {
    let Some((x, y)) = at else { return };
    let canvas = plot.canvas;
    canvas.set_fill_style_str(&plot.ink.panel);
    canvas.set_stroke_style_str(&plot.ink.accent);
    plot.ink.thick(canvas, 2.5);
    canvas.begin_path();
    let _ = canvas.arc(x, y, 8.5, 0.0, std::f64::consts::TAU);
    canvas.fill();
    canvas.stroke();
    plot.font(11.0, 700);
    canvas.set_fill_style_str(&plot.ink.ink);
    let words = number.to_string();
    let _ = canvas.fill_text(&words, x - 3.2 * words.len() as f64, y + 4.0);
}

fn playhead(plot: &Plot<'_>, now: f64) {
    let x = plot.x(now);
    let canvas = plot.canvas;
    canvas.set_stroke_style_str(&plot.ink.accent);
    canvas.set_fill_style_str(&plot.ink.accent);
    plot.ink.thick(canvas, 2.0);
    plot.line(x, 2.0, x, plot.size.1);
    canvas.begin_path();
    canvas.move_to(x - 7.0, 0.0);
    canvas.line_to(x + 7.0, 0.0);
    canvas.line_to(x, 9.0);
    canvas.close_path();
    canvas.fill();
}

/// What a point of the diagram is on.
pub enum Hit<'a> {
    /// A mark.
    Mark(&'a Mark),
    /// A message.
    Arrow(&'a Arrow),
    /// An event.
    Dot(&'a Dot),
    /// A row's lanes.
    Row(usize),
}

/// What a point is on: the nearest of what is small, else its row.
pub fn hit<'a>(
    plot: &Plot<'_>,
    window: Option<&'a Window>,
    marks: &'a [Mark],
    (x, y): (f64, f64),
) -> Option<Hit<'a>> {
    let mut best: Option<(f64, Hit<'a>)> = None;
    let mut offer = |distance: f64, reach: f64, hit: Hit<'a>| {
        if distance < reach && best.as_ref().is_none_or(|(least, _)| distance < *least) {
            best = Some((distance, hit));
        }
    };
    for mark in marks {
        let row = mark.lane.and_then(|id| plot.rows.of(id));
        let at = row.map_or(STRIP, |row| plot.y(row));
        offer((plot.x(mark.place.at.nanos() as f64) - x).hypot((at - y) * 0.7), 9.0, Hit::Mark(mark));
    }
    for arrow in window.iter().flat_map(|window| &window.arrows) {
        if let Some(ends) = plot.ends(arrow) {
            // A message's line is thinner than a dot: what is equally near is the dot.
            offer(distance(ends, (x, y)) + 1.5, 6.5, Hit::Arrow(arrow));
        }
    }
    for dot in window.iter().flat_map(|window| &window.dots).filter(|dot| dot.message.is_none()) {
        if let Some((at_x, at_y)) = spot(plot, dot).filter(|(_, at)| *at != STRIP) {
            offer((at_x - x).hypot(at_y - y), 6.0, Hit::Dot(dot));
        }
    }
    if let Some((_, hit)) = best {
        return Some(hit);
    }
    let row = ((y - TOP) / plot.high).floor();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and few")]
    let row = (row >= 0.0).then_some(row as usize).filter(|row| *row < plot.rows.all.len())?;
    Some(Hit::Row(row))
}

/// How far a point is from a stroke.
fn distance((x0, y0, x1, y1): super::layer::Ends, (x, y): (f64, f64)) -> f64 {
    let (dx, dy) = (x1 - x0, y1 - y0);
    let part = (((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy).max(1e-9)).clamp(0.0, 1.0);
    (x0 + dx * part - x).hypot(y0 + dy * part - y)
}

/// An instant on the ruler: seconds with as many places as the ticks need.
fn ruler_words(at: f64, tick: f64) -> String {
    let units = std::iter::successors(Some(1e9), |unit: &f64| Some(unit / 10.0));
    let places = units.take(9).take_while(|unit| tick < *unit).count();
    let nanos = time(at).nanos();
    if nanos >= 60_000_000_000 && tick >= 1e9 {
        let seconds = nanos / 1_000_000_000;
        return format!("{}:{:02}", seconds / 60, seconds % 60);
    }
    format!("{} s", fixed(at / 1e9, places))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_to_a_stroke_is_to_its_nearest_point() {
        assert_eq!(distance((0.0, 0.0, 10.0, 0.0), (5.0, 3.0)), 3.0);
        assert_eq!(distance((0.0, 0.0, 10.0, 0.0), (14.0, 3.0)), 5.0);
        assert_eq!(distance((2.0, 2.0, 2.0, 2.0), (2.0, 6.0)), 4.0);
    }
}

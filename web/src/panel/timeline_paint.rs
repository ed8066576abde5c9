//! How the timeline is drawn. What lies ahead of the playhead is pale.

use super::view::{View, time};
use crate::desk::Desk;
use crate::number::{fixed, px};
use crate::stage::paint::Ink;
use litemap::LiteMap;
use muster_core::process::ProcessId;
use muster_core::view::{Arrow, CheckView, Lane, Look, Mark, MarkKind, Segment, Status, Window};
use web_sys::CanvasRenderingContext2d;

/// Height of what stands above the lanes: the ruler, and a strip for marks that belong to no lane.
pub const TOP: f64 = 32.0;
/// Where the ruler ends and the strip begins.
const RULER: f64 = 16.0;
/// A mark that belongs to no lane stands here.
const STRIP: f64 = 24.0;
/// Lanes at least so high have room for words.
const ROOMY: f64 = 17.0;
/// What lies ahead is drawn this strongly.
const AHEAD: f64 = 0.32;

/// What is drawn.
pub struct Scene<'a> {
    /// Lanes and arrows.
    pub window: Option<&'a Window>,
    /// Marks of the branch.
    pub marks: &'a [Mark],
    /// Checks, for the event at which one broke.
    pub checks: &'a [CheckView],
    /// The stretch of time.
    pub view: View,
    /// The canvas' size.
    pub size: (f64, f64),
    /// The playhead.
    pub now: f64,
    /// The playhead is where the simulation has got to.
    pub at_head: bool,
    /// The mark that the pointer is on.
    pub hover: Option<usize>,
}

/// Where the lanes begin: right of their names.
pub fn left_of(width: f64) -> f64 {
    if width < 520.0 { 46.0 } else { 76.0 }
}

/// A lane's height: they share the room, within reason.
pub fn lane_height(height: f64, lanes: usize) -> f64 {
    ((height - TOP - 8.0) / lanes.max(1) as f64).clamp(15.0, 34.0)
}

/// The mark under a point.
pub fn mark_at(
    marks: &[Mark],
    view: View,
    left: f64,
    size: (f64, f64),
    lanes: Vec<ProcessId>,
    (x, y): (f64, f64),
) -> Option<usize> {
    let high = lane_height(size.1, lanes.len());
    let near = |mark: &Mark| {
        let mark_x = left + view.part(mark.place.at.nanos() as f64) * (size.0 - left);
        let lane = mark.lane.and_then(|id| lanes.iter().position(|lane| *lane == id));
        let mark_y = lane.map_or(STRIP, |lane| TOP + high * (lane as f64 + 0.5));
        (mark_x - x).hypot((mark_y - y) * 0.7)
    };
    let best = marks.iter().enumerate().map(|(index, mark)| (near(mark), index));
    best.min_by(|a, b| a.0.total_cmp(&b.0)).filter(|(distance, _)| *distance < 9.0).map(|(_, index)| index)
}

struct Painter<'a> {
    canvas: &'a CanvasRenderingContext2d,
    scene: &'a Scene<'a>,
    ink: &'a Ink,
    desk: &'a Desk,
    left: f64,
    high: f64,
    rows: LiteMap<ProcessId, usize>,
    /// How strongly arrows are drawn: less where they are many.
    strength: f64,
}

/// So many arrows are drawn in full strength on a screen's width.
const FEW: f64 = 120.0;

/// Draws the timeline.
pub fn paint(canvas: &CanvasRenderingContext2d, scene: &Scene<'_>, ink: &Ink, desk: &Desk) {
    let lanes: &[Lane] = scene.window.map_or(&[], |window| &window.lanes);
    let mut rows = LiteMap::new();
    for (row, lane) in lanes.iter().enumerate() {
        rows.insert(lane.id, row);
    }
    let painter = Painter {
        canvas,
        scene,
        ink,
        desk,
        left: left_of(scene.size.0),
        high: lane_height(scene.size.1, lanes.len()),
        rows,
        strength: strength(scene),
    };
    canvas.clear_rect(0.0, 0.0, scene.size.0, scene.size.1);
    canvas.set_line_cap("butt");
    painter.ruler();
    canvas.save();
    canvas.begin_path();
    canvas.rect(painter.left - 4.0, 0.0, scene.size.0, scene.size.1);
    canvas.clip();
    for lane in lanes {
        painter.lane(lane);
    }
    for arrow in scene.window.iter().flat_map(|window| &window.arrows) {
        painter.arrow(arrow);
    }
    painter.marks();
    painter.playhead();
    canvas.restore();
    painter.names(lanes);
}

/// Less where there are more arrows in the stretch that is shown.
fn strength(scene: &Scene<'_>) -> f64 {
    let seen = |arrow: &&Arrow| {
        let (from, to) = (arrow.sent_at.nanos() as f64, arrow.ends_at.nanos() as f64);
        to >= scene.view.from && from <= scene.view.to()
    };
    let count = scene.window.map_or(0, |window| window.arrows.iter().filter(seen).count());
    (FEW / (count as f64).max(1.0)).sqrt().clamp(0.3, 1.0)
}

impl Painter<'_> {
    fn x(&self, nanos: f64) -> f64 {
        self.left + self.scene.view.part(nanos) * (self.scene.size.0 - self.left)
    }

    fn y(&self, row: usize) -> f64 {
        TOP + self.high * (row as f64 + 0.5)
    }

    fn font(&self, size: f64, weight: u32) {
        self.canvas.set_font(&format!("{weight} {}px {}", px(size), self.ink.font));
    }

    fn ruler(&self) {
        let (canvas, view) = (self.canvas, self.scene.view);
        let count = ((self.scene.size.0 - self.left) / 110.0).clamp(2.0, 12.0);
        let tick = view.tick(count);
        let mut at = (view.from / tick).ceil() * tick;
        self.font(11.0, 400);
        canvas.set_line_width(1.0);
        while at <= view.to() {
            let x = self.x(at).round() + 0.5;
            canvas.set_stroke_style_str(&self.ink.line);
            self.line(x, RULER, x, self.scene.size.1);
            canvas.set_fill_style_str(&self.ink.soft);
            let words = ruler_words(at, tick);
            // The last label is left out where it would be cut off.
            if x + 44.0 < self.scene.size.0 {
                let _ = canvas.fill_text(&words, x + 4.0, 12.0);
            }
            at += tick;
        }
    }

    fn names(&self, lanes: &[Lane]) {
        self.canvas.set_fill_style_str(&self.ink.ink);
        self.font(if self.high < 20.0 { 11.0 } else { 13.0 }, 600);
        for (row, lane) in lanes.iter().enumerate() {
            let _ =
                self.canvas.fill_text_with_max_width(&lane.name, 10.0, self.y(row) + 4.0, self.left - 18.0);
        }
    }

    fn lane(&self, lane: &Lane) {
        let row = self.rows[&lane.id];
        let count = lane.segments.len();
        let mut labelled = f64::MIN;
        for (index, segment) in lane.segments.iter().enumerate() {
            let from = segment.from.nanos() as f64;
            let mut to = segment.to.nanos() as f64;
            if index + 1 == count && self.scene.at_head {
                to = to.max(self.scene.now);
            }
            if to < self.scene.view.from || from > self.scene.view.to() {
                continue;
            }
            let now = self.scene.now.max(from).min(to);
            self.segment(segment, row, (from, now), 1.0);
            self.segment(segment, row, (now, to), AHEAD);
            self.number(segment, row, (from, to), &mut labelled);
        }
    }

    fn segment(&self, segment: &Segment, row: usize, (from, to): (f64, f64), strength: f64) {
        if to <= from {
            return;
        }
        let (left, right) = (self.x(from).max(self.left - 8.0), self.x(to).min(self.scene.size.0 + 8.0));
        let (canvas, y) = (self.canvas, self.y(row));
        if segment.status != Status::Up {
            canvas.set_global_alpha(strength);
            canvas.set_stroke_style_str(if segment.status == Status::Crashed {
                &self.ink.bad
            } else {
                &self.ink.soft
            });
            canvas.set_line_width(2.0);
            self.dash(&[3.0, 5.0]);
            self.line(left, y, right, y);
            self.dash(&[]);
            canvas.set_global_alpha(1.0);
            return;
        }
        let look = segment.role.map(|role| role.look);
        let thick = match look {
            Some(Look::Leader) => 10.0,
            Some(Look::Learner | Look::Client | Look::Plain) | None => 4.0,
            _ => 6.0,
        };
        canvas.set_fill_style_str(self.ink.epoch(segment.epoch));
        canvas.set_global_alpha(strength * if look == Some(Look::Leader) { 0.95 } else { 0.55 });
        if look == Some(Look::Candidate) {
            canvas.set_stroke_style_str(self.ink.epoch(segment.epoch));
            canvas.set_line_width(thick);
            self.dash(&[7.0, 4.0]);
            self.line(left, y, right, y);
            self.dash(&[]);
        } else {
            canvas.fill_rect(left, y - thick / 2.0, right - left, thick);
        }
        canvas.set_global_alpha(1.0);
    }

    /// The term's number, where its colour begins.
    fn number(&self, segment: &Segment, row: usize, (from, to): (f64, f64), labelled: &mut f64) {
        let Some(epoch) = segment.epoch.filter(|_| segment.status == Status::Up && self.high >= ROOMY) else {
            return;
        };
        let (left, right) = (self.x(from).max(self.left + 2.0), self.x(to).min(self.scene.size.0));
        let words = epoch.to_string();
        let wide = 7.0 * words.len() as f64 + 6.0;
        if right - left < wide + 6.0 || left < *labelled + 60.0 {
            return;
        }
        *labelled = left;
        let (canvas, y) = (self.canvas, self.y(row));
        canvas.set_global_alpha(if from > self.scene.now { AHEAD + 0.25 } else { 1.0 });
        canvas.set_fill_style_str(&self.ink.panel);
        canvas.fill_rect(left + 1.0, y - 7.0, wide, 14.0);
        canvas.set_fill_style_str(self.ink.epoch(Some(epoch)));
        self.font(11.0, 700);
        let _ = canvas.fill_text(&words, left + 4.0, y + 4.0);
        canvas.set_global_alpha(1.0);
    }

    fn arrow(&self, arrow: &Arrow) {
        let (Some(from), Some(to)) = (self.rows.get(&arrow.message.from), self.rows.get(&arrow.message.to))
        else {
            return;
        };
        let (sent, ends) = (arrow.sent_at.nanos() as f64, arrow.ends_at.nanos() as f64);
        let view = self.scene.view;
        if ends < view.from || sent > view.to() {
            return;
        }
        let (canvas, hue) = (self.canvas, self.ink.shape(arrow.card.shape));
        let (x0, y0) = (self.x(sent), self.y(*from));
        let (mut x1, mut y1) = (self.x(ends), self.y(*to));
        if arrow.lost {
            // It ends half-way, at a cross.
            (x1, y1) = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
        }
        let strength = if arrow.lost { self.strength.max(0.7) } else { self.strength };
        canvas.set_global_alpha(if ends > self.scene.now { AHEAD * strength } else { 0.9 * strength });
        canvas.set_stroke_style_str(if arrow.lost { &self.ink.bad } else { hue });
        canvas.set_line_width(if arrow.card.answer || strength < 0.7 { 1.0 } else { 1.4 });
        if arrow.lost {
            self.dash(&[3.0, 3.0]);
        }
        self.line(x0, y0, x1, y1);
        if arrow.lost {
            self.dash(&[]);
            self.line(x1 - 3.0, y1 - 3.0, x1 + 3.0, y1 + 3.0);
            self.line(x1 - 3.0, y1 + 3.0, x1 + 3.0, y1 - 3.0);
        } else {
            canvas.begin_path();
            let _ = canvas.arc(x1, y1, 1.4 + self.strength, 0.0, std::f64::consts::TAU);
            canvas.set_fill_style_str(if arrow.card.answer { &self.ink.panel } else { hue });
            canvas.fill();
            canvas.stroke();
        }
        canvas.set_global_alpha(1.0);
    }

    /// Marks with their words, which give way to one another; a broken check is a line through all lanes.
    fn marks(&self) {
        let mut taken: Vec<(f64, f64, f64)> = Vec::new();
        for check in self.scene.checks {
            if let Some(violation) = &check.violation {
                let x = self.x(violation.place.at.nanos() as f64);
                self.canvas.set_stroke_style_str(&self.ink.bad);
                self.canvas.set_line_width(2.0);
                self.dash(&[6.0, 3.0]);
                self.line(x, RULER, x, self.scene.size.1);
                self.dash(&[]);
            }
        }
        for (index, mark) in self.scene.marks.iter().enumerate().rev() {
            let x = self.x(mark.place.at.nanos() as f64);
            if x < self.left - 10.0 || x > self.scene.size.0 + 10.0 {
                continue;
            }
            let row = mark.lane.and_then(|id| self.rows.get(&id));
            let y = row.map_or(STRIP, |row| self.y(*row));
            let hue = match mark.kind {
                MarkKind::Fault | MarkKind::Violation => &self.ink.bad,
                MarkKind::Repair => &self.ink.ok,
                MarkKind::Election => &self.ink.ink,
                MarkKind::Step => &self.ink.accent,
            };
            let ahead = mark.place.at.nanos() as f64 > self.scene.now;
            self.canvas.set_global_alpha(if ahead { 0.5 } else { 1.0 });
            self.sign(mark.kind, (x, y), hue);
            self.words(mark, (x, y), hue, self.scene.hover == Some(index), &mut taken);
            self.canvas.set_global_alpha(1.0);
        }
    }

    fn sign(&self, kind: MarkKind, (x, y): (f64, f64), hue: &str) {
        let canvas = self.canvas;
        canvas.set_stroke_style_str(hue);
        canvas.set_fill_style_str(hue);
        canvas.set_line_width(2.0);
        match kind {
            MarkKind::Fault | MarkKind::Violation => {
                self.line(x - 4.0, y - 4.0, x + 4.0, y + 4.0);
                self.line(x - 4.0, y + 4.0, x + 4.0, y - 4.0);
            }
            MarkKind::Repair => {
                self.line(x - 5.0, y, x + 5.0, y);
                self.line(x, y - 5.0, x, y + 5.0);
            }
            MarkKind::Election => {
                canvas.begin_path();
                for (dx, dy) in [
                    (-6.0, 4.0),
                    (-6.0, -4.0),
                    (-2.5, -0.5),
                    (0.0, -6.0),
                    (2.5, -0.5),
                    (6.0, -4.0),
                    (6.0, 4.0),
                ] {
                    canvas.line_to(x + dx, y + dy);
                }
                canvas.close_path();
                canvas.fill();
            }
            MarkKind::Step => {
                canvas.begin_path();
                let _ = canvas.arc(x, y, 3.5, 0.0, std::f64::consts::TAU);
                canvas.fill();
            }
        }
    }

    fn words(
        &self,
        mark: &Mark,
        (x, y): (f64, f64),
        hue: &str,
        hover: bool,
        taken: &mut Vec<(f64, f64, f64)>,
    ) {
        if self.high < ROOMY && !hover {
            return;
        }
        let canvas = self.canvas;
        self.font(11.0, if hover { 600 } else { 400 });
        let words = shorten(&self.desk.say(&mark.phrase), if hover { 90 } else { 38 });
        let wide = canvas.measure_text(&words).map_or(80.0, |text| text.width());
        let left = if x + 9.0 + wide > self.scene.size.0 { x - 9.0 - wide } else { x + 9.0 };
        // In the strip beside its sign, in a lane above it.
        let base = if y < TOP { y + 4.0 } else { y - 6.0 };
        let free = taken
            .iter()
            .all(|(l, r, at)| (at - base).abs() > 12.0 || left > *r + 6.0 || left + wide + 6.0 < *l);
        if !free && !hover {
            return;
        }
        taken.push((left, left + wide, base));
        canvas.set_line_width(3.0);
        canvas.set_stroke_style_str(&self.ink.panel);
        let _ = canvas.stroke_text(&words, left, base);
        canvas.set_fill_style_str(hue);
        let _ = canvas.fill_text(&words, left, base);
    }

    fn playhead(&self) {
        let x = self.x(self.scene.now);
        let canvas = self.canvas;
        canvas.set_stroke_style_str(&self.ink.accent);
        canvas.set_fill_style_str(&self.ink.accent);
        canvas.set_line_width(2.0);
        self.line(x, 2.0, x, self.scene.size.1);
        canvas.begin_path();
        canvas.move_to(x - 7.0, 0.0);
        canvas.line_to(x + 7.0, 0.0);
        canvas.line_to(x, 9.0);
        canvas.close_path();
        canvas.fill();
    }

    fn line(&self, x0: f64, y0: f64, x1: f64, y1: f64) {
        self.canvas.begin_path();
        self.canvas.move_to(x0, y0);
        self.canvas.line_to(x1, y1);
        self.canvas.stroke();
    }

    fn dash(&self, lengths: &[f64]) {
        let dashes =
            lengths.iter().map(|length| wasm_bindgen::JsValue::from_f64(*length)).collect::<js_sys::Array>();
        let _ = self.canvas.set_line_dash(&dashes);
    }
}

fn shorten(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    words.chars().take(most - 1).chain(['…']).collect()
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

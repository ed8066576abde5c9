//! What of the diagram does not depend on the playhead: bands, messages, events, marks and their words. It is drawn once on
//! a strip wider than what is seen; panning and playing only move it. What lies ahead is veiled later, by whoever shows it.

use super::label::{Ground, Label, Written, measure, shorten};
use super::place::{Box4, Wanted, place};
use super::rows::{Course, Rows, course, passed_on};
use crate::desk::Desk;
use crate::panel::View;
use crate::stage::paint::Ink;
use muster_core::process::{Shape, few};
use muster_core::view::{Arrow, Band, BandKind, Mark, MarkKind, Segment, Status, Window};
use web_sys::CanvasRenderingContext2d;

/// Height of what stands above the lanes: the ruler, and a strip for marks that belong to no lane.
pub const TOP: f64 = 32.0;
/// A mark that belongs to no lane stands here.
pub const STRIP: f64 = 24.0;
/// Rows at least so high have room for words.
const ROOMY: f64 = 17.0;
/// So many arrows are drawn in full strength on a screen's width.
const FEW: f64 = 120.0;
/// With at most so many arrows in view each says what it is, where there is room.
const WORDED: f64 = 72.0;
/// Numbers of long stretches stand this far from one another, in pixels, so that one is always in view.
const AGAIN: f64 = 260.0;
/// The words of long bands do, which are longer; closer where less is seen at a time.
const WORDS_AGAIN: f64 = 720.0;
/// Most letters of a mark's words, and fewer of them where the room is less.
const MARK_WORDS: usize = 60;
const FEWER_WORDS: usize = 38;

const SHAPES: [Shape; 5] = [Shape::Circle, Shape::Triangle, Shape::Square, Shape::Diamond, Shape::Hexagon];

/// Where things are: rows by height, instants by width.
#[derive(Clone, Copy)]
pub struct Plot<'a> {
    /// Where to draw.
    pub canvas: &'a CanvasRenderingContext2d,
    /// The colours.
    pub ink: &'a Ink,
    /// The words.
    pub desk: &'a Desk,
    /// Which lanes.
    pub rows: &'a Rows,
    /// A row's height.
    pub high: f64,
    /// Where the stretch begins, from the left.
    pub left: f64,
    /// The stretch drawn.
    pub view: View,
    /// Its width and the canvas' height.
    pub size: (f64, f64),
}

impl Plot<'_> {
    /// Where an instant is.
    pub fn x(&self, nanos: f64) -> f64 {
        self.left + self.view.part(nanos) * self.size.0
    }

    /// Where a row is.
    pub fn y(&self, row: usize) -> f64 {
        TOP + self.high * (row as f64 + 0.5)
    }

    /// Is any of these instants in the stretch?
    pub fn is_seen(&self, from: f64, to: f64) -> bool {
        to >= self.view.from && from <= self.view.to()
    }

    /// A font of this size and weight.
    pub fn font(&self, size: f64, weight: u32) {
        self.ink.font(self.canvas, size, weight);
    }

    /// A line.
    pub fn line(&self, x0: f64, y0: f64, x1: f64, y1: f64) {
        self.canvas.begin_path();
        self.canvas.move_to(x0, y0);
        self.canvas.line_to(x1, y1);
        self.canvas.stroke();
    }

    /// Strokes from here on are dashed so, or solid.
    pub fn dash(&self, lengths: &[f64]) {
        let dashes =
            lengths.iter().map(|length| wasm_bindgen::JsValue::from_f64(*length)).collect::<js_sys::Array>();
        let _ = self.canvas.set_line_dash(&dashes);
    }

    /// Where an arrow begins and ends; `None` if it is not drawn.
    pub fn ends(&self, arrow: &Arrow) -> Option<Ends> {
        let (sent, ends) = (arrow.sent_at.nanos() as f64, arrow.ends_at.nanos() as f64);
        let (x0, x1) = (self.x(sent), self.x(ends.min(self.view.to() + self.view.span)));
        let message = arrow.message;
        let down = |above: bool| if above { 1.0 } else { -1.0 };
        Some(match course(self.rows, message) {
            Course::Whole(from, to) => {
                let (y0, y1) = (self.y(from), self.y(to));
                if arrow.lost { (x0, y0, (x0 + x1) / 2.0, (y0 + y1) / 2.0) } else { (x0, y0, x1, y1) }
            }
            Course::Leaves(row) => {
                let way = down(self.rows.is_above(message.from, message.to));
                (x0, self.y(row), x0 + 7.0, self.y(row) + way * self.high * 0.45)
            }
            Course::Comes(row) => {
                let way = down(self.rows.is_above(message.from, message.to));
                (x1 - 7.0, self.y(row) - way * self.high * 0.45, x1, self.y(row))
            }
            Course::Inside => return None,
        })
    }
}

/// From where to where.
pub type Ends = (f64, f64, f64, f64);

/// Draws the strip. The words on it.
pub fn paint(
    plot: &Plot<'_>,
    window: Option<&Window>,
    marks: &[Mark],
    (first, seen): (f64, f64),
) -> Vec<Written> {
    // No words across the edges of what is seen: they would be cut off there.
    let edge = |x: f64| Box4::at(x - 0.5, 0.0, 1.0, plot.size.1);
    let mut painter = Painter {
        plot,
        wanted: Vec::new(),
        labels: Vec::new(),
        taken: vec![edge(first), edge(first + seen)],
        roomy: plot.high >= ROOMY,
        seen,
    };
    let (width, height) = plot.size;
    plot.canvas.clear_rect(0.0, 0.0, width, height);
    if let Some(window) = window {
        for band in &window.bands {
            painter.band(band);
        }
        for lane in &window.lanes {
            let Some(row) = plot.rows.of(lane.id) else { continue };
            let alone = plot.rows.all[row].ids.len() == 1;
            for segment in &lane.segments {
                painter.segment(segment, row, alone);
            }
        }
        let part = seen / width.max(1.0);
        painter.arrows(&window.arrows, part);
        painter.dots(window);
    }
    painter.marks(marks);
    painter.write()
}

struct Painter<'a> {
    plot: &'a Plot<'a>,
    wanted: Vec<Wanted>,
    labels: Vec<Label>,
    taken: Vec<Box4>,
    roomy: bool,
    /// How much of the strip's width is seen at a time.
    seen: f64,
}

impl Painter<'_> {
    /// Words, and where they may stand: from the left, from above, how wide.
    fn want(&mut self, rank: u8, label: Label, places: impl IntoIterator<Item = (f64, f64, f64)>) {
        let high = if label.ground == Ground::Boxed { 14.0 } else { 13.0 };
        let places = places.into_iter().map(|(left, top, wide)| Box4::at(left, top, wide, high)).collect();
        self.wanted.push(Wanted { rank, places });
        self.labels.push(label);
    }

    /// Where words stand again and again in a stretch: at the same instants however the diagram is moved.
    fn again(&self, from: f64, to: f64, first: bool, every: f64) -> Vec<f64> {
        let period = every * self.plot.view.span / self.plot.size.0.max(1.0);
        let left = self.plot.view.from.max(from);
        let mut at = (left / period).ceil() * period;
        let mut all = Vec::new();
        if first {
            all.push(from);
        }
        while at < to.min(self.plot.view.to()) {
            if at - from > period * 0.3 {
                all.push(at);
            }
            at += period;
        }
        all
    }

    /// Something wrong: a tint over each lane it concerns, hatched along one edge; the sides of a wall along different ones.
    fn band(&mut self, band: &Band) {
        let plot = self.plot;
        let (from, to) = (band.from.nanos() as f64, band.to.nanos() as f64);
        if !plot.is_seen(from, to) {
            return;
        }
        let (left, right) = (plot.x(from).max(-8.0), plot.x(to).min(plot.size.0 + 8.0));
        let hue = match band.kind {
            BandKind::Wall | BandKind::OneWay => &plot.ink.bad,
            _ => &plot.ink.warn,
        };
        let canvas = plot.canvas;
        canvas.set_fill_style_str(hue);
        canvas.set_stroke_style_str(hue);
        plot.ink.thick(canvas, 1.0);
        let mut first = None;
        let mut drawn: Vec<usize> = Vec::new();
        canvas.begin_path();
        for (side, ids) in band.sides.iter().enumerate() {
            for row in ids.iter().filter_map(|id| plot.rows.of(*id)) {
                if drawn.contains(&row) {
                    continue;
                }
                drawn.push(row);
                first = first.or(Some(row));
                let top = plot.y(row) - plot.high / 2.0 + 1.0;
                canvas.set_global_alpha(0.06);
                canvas.fill_rect(left, top, right - left, plot.high - 2.0);
                let edge = if side % 2 == 0 { top } else { top + plot.high - 6.0 };
                hatch(canvas, (left, right), edge, band.kind);
            }
        }
        canvas.set_global_alpha(0.7);
        canvas.stroke();
        canvas.set_global_alpha(1.0);
        let Some(row) = first.filter(|_| self.roomy) else { return };
        let words = shorten(&plot.desk.say(&band.phrase), 44);
        let hue = hue.clone();
        plot.font(10.5, 400);
        let wide = measure(canvas, &words);
        for at in self.again(from, to, true, WORDS_AGAIN.min(self.seen * 0.6)) {
            let (x, y) = (plot.x(at), plot.y(row) - plot.high / 2.0);
            let places = [0.0, 40.0, 160.0].map(|on| (x + 8.0 + on, y - 6.0, wide));
            let label = Label {
                words: words.clone(),
                short: None,
                wide,
                hue: hue.clone(),
                size: 10.5,
                weight: 400,
                ground: Ground::Cleared,
                at,
            };
            self.want(3, label, places);
        }
    }

    /// A lane's number, where its colour begins and again; and why it stands still, if it does.
    fn segment(&mut self, segment: &Segment, row: usize, alone: bool) {
        let plot = self.plot;
        let (from, to) = (segment.from.nanos() as f64, segment.to.nanos() as f64);
        if !plot.is_seen(from, to) {
            return;
        }
        let y = plot.y(row);
        let t = plot.desk.t;
        let (words, hue) = match segment.status {
            Status::Up => {
                let Some(epoch) = segment.epoch.filter(|_| alone) else { return };
                (plot.desk.mark(epoch), plot.ink.epoch(Some(epoch)).to_owned())
            }
            Status::Crashed => (t.crashed.to_owned(), plot.ink.bad.clone()),
            Status::Paused => (t.paused.to_owned(), plot.ink.soft.clone()),
            Status::Stopped | Status::Unstarted => return,
        };
        if segment.status != Status::Up {
            let (left, right) = (plot.x(from).max(-8.0), plot.x(to).min(plot.size.0 + 8.0));
            plot.canvas.set_global_alpha(0.08);
            plot.canvas.set_fill_style_str(&hue);
            plot.canvas.fill_rect(left, y - plot.high / 2.0 + 1.0, right - left, plot.high - 2.0);
            plot.canvas.set_global_alpha(1.0);
        }
        if !self.roomy {
            return;
        }
        plot.font(11.0, 700);
        let wide = measure(plot.canvas, &words) + 6.0;
        let end = plot.x(to) - 3.0;
        for at in self.again(from, to, segment.status == Status::Up, AGAIN) {
            let x = plot.x(at) + 1.0;
            let places = (0..4).map(|n| (x + 12.0 * f64::from(n), y - 7.0, wide));
            let label = Label {
                words: words.clone(),
                short: None,
                wide,
                hue: hue.clone(),
                size: 11.0,
                weight: 700,
                ground: Ground::Boxed,
                at,
            };
            self.want(2, label, places.filter(|(x, ..)| x + wide < end));
        }
    }

    fn arrows(&mut self, arrows: &[Arrow], part: f64) {
        let plot = self.plot;
        let canvas = plot.canvas;
        let seen = |arrow: &&Arrow| plot.is_seen(arrow.sent_at.nanos() as f64, arrow.ends_at.nanos() as f64);
        let count = arrows.iter().filter(seen).count() as f64 * part;
        let strength = (FEW / count.max(1.0)).sqrt().clamp(0.3, 1.0);
        let scale = (strength * 0.62).max(0.3) * (plot.high / 26.0).clamp(0.7, 1.1);
        let mut kinds: [Vec<Ends>; 10] = Default::default();
        let (mut lost, mut stubs) = (Vec::new(), Vec::new());
        for arrow in arrows.iter().filter(seen) {
            let Some(ends) = plot.ends(arrow) else { continue };
            match course(plot.rows, arrow.message) {
                Course::Leaves(_) | Course::Comes(_) => stubs.push(ends),
                _ if arrow.lost => lost.push(ends),
                // What waits to leave is drawn by whoever knows where the playhead is.
                _ if arrow.ends_at == muster_core::process::Time::MAX => {}
                _ => {
                    let shape = SHAPES.iter().position(|shape| *shape == arrow.card.shape).unwrap_or(0);
                    kinds[shape * 2 + usize::from(arrow.card.answer)].push(ends);
                    if count <= WORDED && self.roomy {
                        self.card(arrow, ends);
                    }
                }
            }
        }
        canvas.set_line_cap("butt");
        for (index, kind) in kinds.iter().enumerate().filter(|(_, kind)| !kind.is_empty()) {
            let (shape, answer) = (SHAPES[index / 2], index % 2 == 1);
            let hue = plot.ink.shape(shape);
            canvas.set_global_alpha(0.9 * strength);
            canvas.set_stroke_style_str(hue);
            plot.ink.thick(canvas, if answer || strength < 0.7 { 1.0 } else { 1.4 });
            strokes(canvas, kind);
            canvas.set_global_alpha(strength.max(0.55));
            canvas.set_fill_style_str(if answer { &plot.ink.panel } else { hue });
            plot.ink.thick(canvas, 1.2);
            canvas.begin_path();
            for (_, _, x, y) in kind {
                head(canvas, shape, *x, *y, scale);
            }
            canvas.fill();
            canvas.stroke();
        }
        self.ended(&lost, &stubs, arrows, strength);
    }

    /// Messages that were lost end at a cross, those of hidden lanes at a stub with an open ring; what a hidden lane passes on
    /// is a dotted line.
    fn ended(&self, lost: &[Ends], stubs: &[Ends], arrows: &[Arrow], strength: f64) {
        let (plot, canvas) = (self.plot, self.plot.canvas);
        canvas.set_global_alpha(strength.max(0.7));
        canvas.set_stroke_style_str(&plot.ink.bad);
        plot.ink.thick(canvas, 1.2);
        plot.dash(&[3.0, 3.0]);
        strokes(canvas, lost);
        plot.dash(&[]);
        canvas.begin_path();
        for (_, _, x, y) in lost {
            canvas.move_to(x - 3.0, y - 3.0);
            canvas.line_to(x + 3.0, y + 3.0);
            canvas.move_to(x - 3.0, y + 3.0);
            canvas.line_to(x + 3.0, y - 3.0);
        }
        canvas.stroke();
        canvas.set_stroke_style_str(&plot.ink.soft);
        plot.ink.thick(canvas, 1.0);
        strokes(canvas, stubs);
        canvas.begin_path();
        for (x0, y0, x1, y1) in stubs {
            // The open end is the one away from its lane.
            let lane = |y: f64| ((y - TOP) / plot.high - 0.5).fract().abs();
            let (x, y) = if lane(*y0) < 0.01 || lane(*y0) > 0.99 { (*x1, *y1) } else { (*x0, *y0) };
            canvas.move_to(x + 2.4, y);
            let _ = canvas.arc(x, y, 2.4, 0.0, std::f64::consts::TAU);
        }
        canvas.stroke();
        let passed: Vec<Ends> = passed_on(plot.rows, arrows)
            .into_iter()
            .filter_map(|(first, last)| {
                let from = plot.rows.of(arrows[first].message.from)?;
                let to = plot.rows.of(arrows[last].message.to)?;
                let (sent, ends) =
                    (arrows[first].sent_at.nanos() as f64, arrows[last].ends_at.nanos() as f64);
                Some((plot.x(sent), plot.y(from), plot.x(ends), plot.y(to)))
            })
            .collect();
        plot.dash(&[1.5, 3.5]);
        strokes(canvas, &passed);
        plot.dash(&[]);
        canvas.set_global_alpha(1.0);
    }

    /// A message's words, along its way.
    fn card(&mut self, arrow: &Arrow, (x0, y0, x1, y1): Ends) {
        let plot = self.plot;
        plot.font(10.5, 400);
        let words = shorten(&plot.desk.say(&arrow.card.label), 30);
        let wide = measure(plot.canvas, &words);
        // Between two lanes, where it hides no lane and no event; in the middle of its way before elsewhere.
        let gaps = ((y1 - y0).abs() / plot.high).round().max(1.0);
        let mut parts: Vec<f64> = (0..gaps as u32)
            .flat_map(|gap| [0.5, 0.38, 0.62].map(|part| (f64::from(gap) + part) / gaps))
            .collect();
        few::sort_by_key(&mut parts, |part| ((part - 0.5).abs() * 1e6) as u32);
        let places: Vec<_> = parts
            .into_iter()
            .flat_map(|part| {
                let (x, y) = (x0 + (x1 - x0) * part, y0 + (y1 - y0) * part);
                [(x + 5.0, y - 6.5, wide), (x - 5.0 - wide, y - 6.5, wide)]
            })
            .collect();
        let hue = plot.ink.shape(arrow.card.shape).to_owned();
        let at = arrow.sent_at.nanos() as f64;
        let label = Label { words, short: None, wide, hue, size: 10.5, weight: 400, ground: Ground::Any, at };
        self.want(4, label, places);
    }

    /// Events that are no message's end, as small dots on their lanes.
    fn dots(&mut self, window: &Window) {
        let (plot, canvas) = (self.plot, self.plot.canvas);
        let small = if window.dots.len() > 300 { 1.3 } else { 2.2 };
        canvas.set_fill_style_str(&plot.ink.ink);
        canvas.set_stroke_style_str(&plot.ink.panel);
        plot.ink.thick(canvas, 1.0);
        canvas.begin_path();
        for dot in window.dots.iter().filter(|dot| dot.message.is_none()) {
            let Some(row) = plot.rows.of(dot.event.process) else { continue };
            let (x, y) = (plot.x(dot.place.at.nanos() as f64), plot.y(row));
            canvas.move_to(x + small, y);
            let _ = canvas.arc(x, y, small, 0.0, std::f64::consts::TAU);
        }
        canvas.stroke();
        canvas.fill();
    }

    /// Marks, the newest first; what is broken before all else.
    fn marks(&mut self, marks: &[Mark]) {
        let plot = self.plot;
        for mark in marks.iter().rev() {
            let x = plot.x(mark.place.at.nanos() as f64);
            if x < -10.0 || x > plot.size.0 + 10.0 {
                continue;
            }
            let row = match mark.lane {
                Some(id) => plot.rows.of(id),
                None => None,
            };
            // Of a lane that is not drawn.
            if mark.lane.is_some_and(|id| plot.rows.hidden.contains(&id)) {
                continue;
            }
            let y = row.map_or(STRIP, |row| plot.y(row));
            let hue = hue_of(plot.ink, mark.kind).to_owned();
            sign(plot, mark.kind, (x, y), &hue);
            self.taken.push(Box4::at(x - 6.5, y - 6.5, 13.0, 13.0));
            if !self.roomy {
                continue;
            }
            plot.font(11.0, 400);
            let words = shorten(&plot.desk.say(&mark.phrase), MARK_WORDS);
            let short = Some(shorten(&words, FEWER_WORDS)).filter(|short| *short != words);
            let wide = measure(plot.canvas, &words);
            let tops: &[f64] = if row.is_none() { &[-6.5] } else { &[-17.0, 5.0] };
            let beside = |wide: f64| {
                tops.iter().flat_map(move |top| [(x + 9.0, y + top, wide), (x - 9.0 - wide, y + top, wide)])
            };
            let places =
                beside(wide).chain(short.iter().flat_map(|short| beside(measure(plot.canvas, short))));
            let places: Vec<_> = places.collect();
            let rank = if mark.kind == MarkKind::Violation { 0 } else { 1 };
            let at = mark.place.at.nanos() as f64;
            let label = Label { words, short, wide, hue, size: 11.0, weight: 400, ground: Ground::Any, at };
            self.want(rank, label, places);
        }
    }

    /// Writes what finds room.
    fn write(self) -> Vec<Written> {
        let (plot, Painter { wanted, labels, taken, .. }) = (self.plot, self);
        let bounds = Box4::at(0.0, 14.0, plot.size.0, plot.size.1 - 14.0);
        let given = labels.into_iter().zip(place(&wanted, &taken, bounds));
        let all: Vec<Written> = given.filter_map(|(label, given)| Some(Written::at(label, given?))).collect();
        for written in &all {
            written.write(plot, 0.0);
        }
        all
    }
}

/// The colour of a mark; its shape says the same.
pub fn hue_of(ink: &Ink, kind: MarkKind) -> &str {
    match kind {
        MarkKind::Fault | MarkKind::Violation => &ink.bad,
        MarkKind::Repair => &ink.ok,
        MarkKind::Election => &ink.ink,
        MarkKind::Step | MarkKind::Milestone | MarkKind::Command => &ink.accent,
    }
}

fn strokes(canvas: &CanvasRenderingContext2d, all: &[Ends]) {
    if all.is_empty() {
        return;
    }
    canvas.begin_path();
    for (x0, y0, x1, y1) in all {
        canvas.move_to(*x0, *y0);
        canvas.line_to(*x1, *y1);
    }
    canvas.stroke();
}

/// Adds a message's head to the path: its kind's shape, `scale` times as large as on the stage.
pub fn head(canvas: &CanvasRenderingContext2d, shape: Shape, x: f64, y: f64, scale: f64) {
    if shape == Shape::Circle {
        canvas.move_to(x + 6.0 * scale, y);
        let _ = canvas.arc(x, y, 6.0 * scale, 0.0, std::f64::consts::TAU);
        return;
    }
    for (index, (dx, dy)) in crate::stage::paint::corners(shape).iter().enumerate() {
        let (x, y) = (x + dx * scale, y + dy * scale);
        if index == 0 { canvas.move_to(x, y) } else { canvas.line_to(x, y) }
    }
    canvas.close_path();
}

/// Adds the edge of a band to the path: each kind has strokes of its own.
fn hatch(canvas: &CanvasRenderingContext2d, (left, right): (f64, f64), top: f64, kind: BandKind) {
    let (step, lean, high) = match kind {
        BandKind::Wall => (7.0, 5.0, 5.0),
        BandKind::OneWay => (12.0, 5.0, 5.0),
        BandKind::Link => (9.0, 0.0, 3.0),
        BandKind::Waits => (6.0, 0.0, 5.0),
        BandKind::Disk => (10.0, -5.0, 5.0),
        BandKind::Clock => (16.0, -5.0, 5.0),
    };
    let mut x = (left / step).floor() * step;
    while x < right {
        if x >= left {
            canvas.move_to(x, top + high);
            canvas.line_to(x + lean, top);
        }
        x += step;
    }
    canvas.move_to(left, top);
    canvas.line_to(right, top);
}

/// A mark's sign.
fn sign(plot: &Plot<'_>, kind: MarkKind, (x, y): (f64, f64), hue: &str) {
    let canvas = plot.canvas;
    canvas.set_stroke_style_str(hue);
    canvas.set_fill_style_str(hue);
    plot.ink.thick(canvas, 2.0);
    match kind {
        MarkKind::Fault | MarkKind::Violation => {
            plot.line(x - 4.0, y - 4.0, x + 4.0, y + 4.0);
            plot.line(x - 4.0, y + 4.0, x + 4.0, y - 4.0);
        }
        MarkKind::Repair => {
            plot.line(x - 5.0, y, x + 5.0, y);
            plot.line(x, y - 5.0, x, y + 5.0);
        }
        MarkKind::Election => {
            canvas.begin_path();
            for (dx, dy) in
                [(-6.0, 4.0), (-6.0, -4.0), (-2.5, -0.5), (0.0, -6.0), (2.5, -0.5), (6.0, -4.0), (6.0, 4.0)]
            {
                canvas.line_to(x + dx, y + dy);
            }
            canvas.close_path();
            canvas.fill();
        }
        MarkKind::Step | MarkKind::Milestone => {
            canvas.begin_path();
            let _ = canvas.arc(x, y, 3.5, 0.0, std::f64::consts::TAU);
            canvas.fill();
        }
        MarkKind::Command => {
            canvas.begin_path();
            for (dx, dy) in [(-3.5, -4.5), (4.5, 0.0), (-3.5, 4.5)] {
                canvas.line_to(x + dx, y + dy);
            }
            canvas.close_path();
            canvas.fill();
        }
    }
}

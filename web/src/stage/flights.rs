//! Messages on their way, on one canvas over the stage: where each is drawn is a function of the time shown. It lies over links and
//! words, which would strike out or cut what moves; messages begin and end at the members' rims.

use super::layout::{Layout, Spot};
use super::paint::{Ink, trace};
use super::tags::{Tag, write};
use crate::canvas::fit;
use crate::desk::{Desk, use_desk};
use crate::diagram::Pointed;
use crate::hooks::use_frames;
use crate::look::Worn;
use crate::number::px;
use crate::player::Shown;
use crate::same::Same;
use crate::state::Selection;
use muster_core::process::MessageId;
use muster_core::view::{Flight, Frame};
use std::cell::Cell;
use std::rc::Rc;
use web_sys::CanvasRenderingContext2d;
use yew::prelude::*;

/// How near a pointer must be to mean a message, in CSS pixels.
const REACH: f64 = 16.0;
/// With at most this many on their way, and time standing still, each says what it is.
const LABELLED_UP_TO: usize = 8;

#[derive(Properties, PartialEq)]
pub struct FlightsProps {
    /// The moment.
    pub frame: Same<Frame>,
    /// Where things stand.
    pub layout: Same<Layout>,
    /// The canvas' size.
    pub size: (f64, f64),
    /// Time stands still.
    pub still: bool,
    /// What the page is painted in.
    pub worn: Worn,
    /// The time drawn.
    pub shown: Shown,
    /// What the pointer is on.
    pub hover: Hover,
    /// What is pointed at elsewhere, selected or lit up.
    pub meant: Same<Meant>,
}

/// Messages that stand out.
#[derive(PartialEq, Default)]
pub struct Meant {
    /// Pointed at or selected.
    pub ringed: Vec<MessageId>,
    /// Lit up by an explanation, with their numbers.
    pub lit: Vec<(MessageId, usize)>,
    /// Entries of a process' log that are pointed at: whatever carries one is ringed.
    pub entry: Option<Pointed>,
}

impl Meant {
    fn rings(&self, flight: &Flight) -> bool {
        let carried = |pointed: Pointed| {
            let (first, last) = flight.card.carries.unwrap_or((1, 0));
            let ends = [flight.message.from, flight.message.to];
            (first..=last).any(|index| ends.iter().any(|id| pointed.is_entry(*id, index)))
        };
        self.ringed.contains(&flight.message) || self.entry.is_some_and(carried)
    }
}

/// The message that the pointer is on.
#[derive(Clone, Default)]
pub struct Hover(Rc<Cell<Option<MessageId>>>);

impl Hover {
    /// Which, if any.
    pub fn get(&self) -> Option<MessageId> {
        self.0.get()
    }
    /// Now this one.
    pub fn set(&self, message: Option<MessageId>) {
        self.0.set(message);
    }
}

impl PartialEq for Hover {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What a drawing of messages depends on.
#[derive(PartialEq, Clone)]
pub struct Drawn {
    /// The moment.
    pub frame: Same<Frame>,
    /// Where things stand.
    pub layout: Same<Layout>,
    /// The canvas' size.
    pub size: (f64, f64),
    /// Time stands still.
    pub still: bool,
    /// What the page is painted in.
    pub worn: Worn,
    /// The time drawn, in nanoseconds.
    pub at: f64,
    /// What the pointer is on.
    pub hover: Option<MessageId>,
    /// What stands out.
    pub meant: Same<Meant>,
    /// The language of the words.
    pub lang: muster_words::Lang,
}

/// Messages on their way.
#[component]
pub fn Flights(props: &FlightsProps) -> Html {
    let desk = use_desk();
    let node = use_node_ref();
    let last = use_mut_ref(|| None::<(Drawn, Ink)>);
    {
        let FlightsProps { frame, layout, size, still, worn, shown, hover, meant } = props;
        let meant = meant.clone();
        let (frame, layout, size, still, worn) = (frame.clone(), layout.clone(), *size, *still, *worn);
        let (shown, node, hover, desk) = (shown.clone(), node.clone(), hover.clone(), desk.clone());
        use_frames(move |_| {
            let drawn = Drawn {
                frame: frame.clone(),
                layout: layout.clone(),
                size,
                still,
                worn,
                at: shown.nanos(),
                hover: hover.get(),
                meant: meant.clone(),
                lang: desk.lang,
            };
            let mut last = last.borrow_mut();
            let ink = match &*last {
                Some((old, _)) if *old == drawn => return,
                Some((old, ink)) if old.worn == worn => ink.clone(),
                _ => Ink::read(),
            };
            let Some(canvas) = node.cast().as_ref().and_then(|canvas| fit(canvas, size)) else { return };
            draw(&canvas, &drawn, &ink, &desk);
            *last = Some((drawn, ink));
        });
    }
    html! { <canvas class="flights" ref={node} aria-hidden="true"></canvas> }
}

impl Drawn {
    /// Do all messages say what they are?
    fn is_worded(&self) -> bool {
        let seen = |flight: &&Flight| position(flight, &self.layout, self.at).is_some();
        self.still && self.frame.flights.iter().filter(seen).count() <= LABELLED_UP_TO
    }

    /// Messages between their ends, and where.
    fn flights(&self) -> impl Iterator<Item = (&Flight, (Spot, Spot, f64))> {
        let place = |flight| position(flight, &self.layout, self.at).map(|place| (flight, place));
        self.frame.flights.iter().filter_map(place)
    }
}

/// Where a flight is drawn, from its sender's rim to its receiver's, and how far it has come; `None` before it left and
/// after it arrived.
fn position(flight: &Flight, layout: &Layout, at: f64) -> Option<(Spot, Spot, f64)> {
    let from = layout.spots.get(&flight.message.from)?;
    let to = layout.spots.get(&flight.message.to)?;
    let sent = flight.sent_at.nanos() as f64;
    let part = match flight.arrives_at {
        _ if flight.held => 0.97,
        Some(arrives) => {
            let whole = (arrives.nanos() as f64 - sent).max(1.0);
            let part = (at - sent) / whole;
            if !(-0.001..1.0).contains(&part) {
                return None;
            }
            part.max(0.0)
        }
        None => 0.03,
    };
    Some((*from, *to, part))
}

fn point(from: Spot, to: Spot, part: f64) -> (f64, f64) {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = dx.hypot(dy).max(1.0);
    let start = (from.r + 6.0) / length;
    let end = 1.0 - (to.r + 6.0) / length;
    let part = start + (end - start).max(0.0) * part;
    (from.x + dx * part, from.y + dy * part)
}

/// Messages on their way as things that can have the focus, where time stands still; they are drawn on the canvas.
pub fn stops(desk: &Desk, frame: &Frame, layout: &Layout, selection: Option<Selection>) -> Html {
    #[expect(clippy::cast_precision_loss, reason = "only to draw")]
    let at = frame.place.at.nanos() as f64;
    let one = |flight: &Flight| {
        let (from, to, part) = position(flight, layout, at)?;
        let (x, y) = point(from, to, part);
        let MessageId { from, to, number, copy } = flight.message;
        let ends = format!("{} → {}", desk.names.of_process(from), desk.names.of_process(to));
        let on = selection == Some(Selection::Message(flight.message));
        Some(html! {
            <g class={classes!("flight", on.then_some("on"))} key={format!("{}-{}-{number}-{copy}", from.0, to.0)} tabindex="-1" role="button" aria-haspopup="menu"
                aria-label={format!("{ends}: {}", desk.say(&flight.card.label))} aria-pressed={on.to_string()}
                data-from={from.0.to_string()} data-to={to.0.to_string()} data-number={number.to_string()} data-copy={copy.to_string()}
                transform={format!("translate({} {})", px(x), px(y))}><circle r="13" /></g>
        })
    };
    html! { <g class="stops">{ for frame.flights.iter().filter_map(one) }</g> }
}

/// The message nearest to a point of the stage, within reach.
pub fn nearest(frame: &Frame, layout: &Layout, at: f64, (x, y): (f64, f64)) -> Option<MessageId> {
    let mut best = None;
    for flight in &frame.flights {
        let Some((from, to, part)) = position(flight, layout, at) else { continue };
        let (fx, fy) = point(from, to, part);
        let distance = (fx - x).hypot(fy - y);
        if distance < REACH && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, flight.message));
        }
    }
    best.map(|(_, message)| message)
}

/// Draws messages on their way.
pub fn draw(canvas: &CanvasRenderingContext2d, drawn: &Drawn, ink: &Ink, desk: &Desk) {
    let (width, height) = drawn.size;
    canvas.clear_rect(0.0, 0.0, width, height);
    canvas.set_line_join("round");
    canvas.set_line_cap("round");
    let scale = if width < 480.0 { 0.8 } else { 1.0 } * ink.scale;
    for (flight, (from, to, part)) in drawn.flights() {
        let at = point(from, to, part);
        let tail = point(from, to, (part - 0.13).max(0.0));
        one(canvas, ink, flight, at, tail, scale);
        if drawn.meant.rings(flight) {
            ring(canvas, ink, at, 13.0 * scale);
        }
    }
    if !drawn.meant.lit.is_empty() {
        ink.font(canvas, 12.0, 700);
    }
    for (message, number) in &drawn.meant.lit {
        let found = drawn.flights().find(|(flight, _)| flight.message == *message);
        let Some((_, (from, to, part))) = found else { continue };
        let (x, y) = point(from, to, part);
        ring(canvas, ink, (x, y), 13.0 * scale);
        canvas.set_fill_style_str(&ink.accent);
        let _ = canvas.fill_text(&number.to_string(), x + 12.0 * scale, y - 10.0 * scale);
    }
    write(canvas, ink, &drawn.layout, drawn.size, said(drawn, desk));
}

/// What messages are: all of them where they are few and stand still, the one that is pointed at always.
fn said(drawn: &Drawn, desk: &Desk) -> Vec<Tag> {
    let few = drawn.is_worded();
    if !few && drawn.hover.is_none() {
        return Vec::new();
    }
    let one = |(flight, (from, to, part)): (&Flight, _)| {
        let must = drawn.hover == Some(flight.message);
        let words = (few || must).then(|| desk.say(&flight.card.label));
        Tag { at: point(from, to, part), words, must }
    };
    drawn.flights().map(one).collect()
}

fn one(
    canvas: &CanvasRenderingContext2d,
    ink: &Ink,
    flight: &Flight,
    (x, y): (f64, f64),
    tail: (f64, f64),
    scale: f64,
) {
    let hue = ink.shape(flight.card.shape);
    canvas.set_stroke_style_str(hue);
    canvas.set_global_alpha(0.35);
    ink.thick(canvas, 2.5);
    canvas.begin_path();
    canvas.move_to(tail.0, tail.1);
    canvas.line_to(x, y);
    canvas.stroke();
    canvas.set_global_alpha(1.0);
    ink.thick(canvas, 2.0);
    trace(canvas, flight.card.shape, x, y, scale);
    canvas.set_fill_style_str(if flight.card.answer { &ink.panel } else { hue });
    canvas.fill();
    canvas.stroke();
    if let Some(yes) = flight.card.verdict {
        sign(canvas, ink, (x, y), yes, scale);
    }
    if flight.held || flight.arrives_at.is_none() {
        // What is held back is a fault; waiting for the sender's disk is not.
        canvas.set_stroke_style_str(if flight.held { &ink.bad } else { &ink.soft });
        ink.thick(canvas, 1.5);
        canvas.begin_path();
        let _ = canvas.arc(x, y, 11.0 * scale, 0.0, std::f64::consts::TAU);
        canvas.stroke();
    }
}

/// What stands out has a ring.
fn ring(canvas: &CanvasRenderingContext2d, ink: &Ink, (x, y): (f64, f64), r: f64) {
    canvas.set_stroke_style_str(&ink.accent);
    ink.thick(canvas, 2.5);
    canvas.begin_path();
    let _ = canvas.arc(x, y, r, 0.0, std::f64::consts::TAU);
    canvas.stroke();
}

/// Yes or no, inside an answer.
fn sign(canvas: &CanvasRenderingContext2d, ink: &Ink, (x, y): (f64, f64), yes: bool, scale: f64) {
    let reach = 2.6 * scale;
    ink.thick(canvas, 1.5);
    canvas.begin_path();
    canvas.move_to(x - reach, y + 0.8);
    canvas.line_to(x + reach, y + 0.8);
    if yes {
        canvas.move_to(x, y + 0.8 - reach);
        canvas.line_to(x, y + 0.8 + reach);
    }
    canvas.stroke();
}

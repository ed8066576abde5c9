//! When the diagram is drawn anew, and how: a strip wider than what is seen, moved as the stretch moves, and on it what depends on
//! the playhead.

use super::front::{Over, over, under};
use super::label::Written;
use super::lanes::At;
use super::layer::{self, Plot};
use super::rows::Rows;
use super::state::{Lit, Pointed, chosen};
use crate::canvas::{fit, ratio};
use crate::look::Worn;
use crate::panel::View;
use crate::same::Same;
use crate::stage::paint::{Ink, theme_of};
use muster_core::view::{Mark, Place, Window};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// What a frame depends on.
#[derive(Clone, PartialEq)]
struct Drawn {
    strip: Strip,
    view: View,
    now: f64,
    head: Place,
    pointed: Option<Pointed>,
    selected: Option<Pointed>,
    lit: Vec<Lit>,
}

/// What the strip depends on, but for where it begins.
#[derive(Clone, PartialEq)]
struct Strip {
    window: Option<Same<Window>>,
    marks: Same<Vec<Mark>>,
    rows: Rc<Rows>,
    span: f64,
    size: (f64, f64),
    theme: (Worn, &'static str),
}

/// The strip, and what was drawn last.
#[derive(Default)]
pub(super) struct Memory {
    canvas: Option<HtmlCanvasElement>,
    strip: Option<(Strip, View)>,
    words: Vec<Written>,
    last: Option<Drawn>,
    pub(super) ink: Option<((Worn, &'static str), Ink)>,
}

impl At {
    pub(super) fn plot<'a>(&'a self, canvas: &'a CanvasRenderingContext2d, ink: &'a Ink) -> Plot<'a> {
        let size = (self.width(), self.size.1);
        let (desk, rows, high, left, view) = (&self.desk, &*self.rows, self.high, self.left(), self.view());
        Plot { canvas, ink, desk, rows, high, left, view, size }
    }

    /// Draws what has changed since the last frame.
    pub(super) fn draw(&self) {
        let now = self.shown.nanos();
        let theme = theme_of(&self.page.look);
        let strip = Strip {
            window: self.page.window.clone(),
            marks: self.page.marks.clone(),
            rows: self.rows.clone(),
            span: self.view().span,
            size: self.size,
            theme,
        };
        let drawn = Drawn {
            strip,
            view: self.view(),
            now,
            head: self.page.head,
            pointed: self.page.diagram.pointed,
            selected: chosen(&self.page),
            lit: self.page.diagram.lit.clone(),
        };
        let memory = &mut *self.memory.borrow_mut();
        if memory.last.as_ref() == Some(&drawn) {
            return;
        }
        if memory.ink.as_ref().is_none_or(|(worn, _)| *worn != theme) {
            memory.ink = Some((theme, Ink::read()));
        }
        let Some((_, ink)) = memory.ink.clone() else { return };
        let canvas = self.node.cast::<HtmlCanvasElement>();
        let Some(canvas) = canvas.as_ref().and_then(|canvas| fit(canvas, self.size)) else { return };
        self.strip(memory, &drawn, &ink);
        let plot = self.plot(&canvas, &ink);
        canvas.clear_rect(0.0, 0.0, self.size.0, self.size.1);
        canvas.set_line_cap("butt");
        canvas.save();
        canvas.begin_path();
        canvas.rect(plot.left - 4.0, 0.0, self.size.0, self.size.1);
        canvas.clip();
        let at_head = self.page.frame.as_ref().is_some_and(|frame| frame.place == self.page.head);
        under(&plot, self.window(), now, at_head);
        let mut x = 0.0;
        if let (Some(strip), Some((_, from))) = (&memory.canvas, &memory.strip) {
            // As large as it is, pixel by pixel: anything else is a picture to be scaled.
            let ratio = ratio();
            x = plot.left + (from.from - drawn.view.from) / drawn.view.span * self.width();
            x = (x * ratio).round() / ratio;
            let _ = canvas.draw_image_with_html_canvas_element_and_dw_and_dh(
                strip,
                x,
                0.0,
                f64::from(strip.width()) / ratio,
                f64::from(strip.height()) / ratio,
            );
        }
        let look = Over {
            window: self.window(),
            checks: &self.page.checks,
            diagram: &self.page.diagram,
            selected: drawn.selected,
            now,
            words: (&memory.words, x),
        };
        over(&plot, &look);
        canvas.restore();
        memory.last = Some(drawn);
    }

    /// Draws the strip, if it shows something else or not all of what is in view.
    fn strip(&self, memory: &mut Memory, drawn: &Drawn, ink: &Ink) {
        let view = drawn.view;
        let holds = |strip: &View| strip.from <= view.from && strip.to() >= view.to();
        if memory.strip.as_ref().is_some_and(|(strip, from)| *strip == drawn.strip && holds(from)) {
            return;
        }
        let beside = if view.follows { 0.25 } else { 0.5 } * view.span;
        let from = (view.from - beside).max(0.0);
        let wider = View { from, span: view.to() + beside - from, follows: false };
        let width = wider.span / view.span * self.width();
        if memory.canvas.is_none() {
            let document = web_sys::window().and_then(|window| window.document());
            let canvas = document.and_then(|document| document.create_element("canvas").ok());
            memory.canvas = canvas.and_then(|canvas| canvas.dyn_into().ok());
        }
        let Some(canvas) = memory.canvas.as_ref().and_then(|canvas| fit(canvas, (width, self.size.1))) else {
            return;
        };
        let seen = ((view.from - from) / view.span * self.width(), self.width());
        let plot = Plot {
            canvas: &canvas,
            left: 0.0,
            view: wider,
            size: (width, self.size.1),
            ..self.plot(&canvas, ink)
        };
        memory.words = layer::paint(&plot, self.window(), &self.page.marks, seen);
        memory.strip = Some((drawn.strip.clone(), wider));
    }
}

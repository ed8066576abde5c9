//! Shapes and colours for what is drawn on a canvas: messages on the stage and arrows on the timeline.

use crate::look::{Look, Worn};
use crate::number::px;
use muster_core::process::Shape;
use muster_core::view::{Epoch, hue};
use web_sys::CanvasRenderingContext2d;

/// A shape as an SVG path around the origin, 6.5 units in radius.
pub fn shape_path(shape: Shape) -> &'static str {
    match shape {
        Shape::Circle => "M-6.5 0A6.5 6.5 0 1 0 6.5 0A6.5 6.5 0 1 0 -6.5 0z",
        Shape::Triangle => "M0 -7.5L7.5 6H-7.5z",
        Shape::Square => "M-6 -6H6V6H-6z",
        Shape::Diamond => "M0 -7.8L7.8 0L0 7.8L-7.8 0z",
        Shape::Hexagon => "M-7 0L-3.5 -6.1H3.5L7 0L3.5 6.1H-3.5z",
    }
}

/// A shape's corners around the origin, as in [`shape_path`]; a circle has none.
pub fn corners(shape: Shape) -> &'static [(f64, f64)] {
    match shape {
        Shape::Circle => &[],
        Shape::Triangle => &[(0.0, -7.5), (7.5, 6.0), (-7.5, 6.0)],
        Shape::Square => &[(-6.0, -6.0), (6.0, -6.0), (6.0, 6.0), (-6.0, 6.0)],
        Shape::Diamond => &[(0.0, -7.8), (7.8, 0.0), (0.0, 7.8), (-7.8, 0.0)],
        Shape::Hexagon => &[(-7.0, 0.0), (-3.5, -6.1), (3.5, -6.1), (7.0, 0.0), (3.5, 6.1), (-3.5, 6.1)],
    }
}

/// Traces a shape around a point, `scale` times the size of [`shape_path`].
pub fn trace(canvas: &CanvasRenderingContext2d, shape: Shape, x: f64, y: f64, scale: f64) {
    canvas.begin_path();
    if shape == Shape::Circle {
        let _ = canvas.arc(x, y, 6.0 * scale, 0.0, std::f64::consts::TAU);
        return;
    }
    for (dx, dy) in corners(shape) {
        canvas.line_to(x + dx * scale, y + dy * scale);
    }
    canvas.close_path();
}

/// The page's colours, as a canvas needs them: read from the style sheet, so that they are said once.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Ink {
    /// Terms, from 1; 0 is none.
    pub epochs: [String; 7],
    /// Message kinds: circle, triangle, square, diamond, hexagon.
    pub shapes: [String; 5],
    /// Text.
    pub ink: String,
    /// Quiet text.
    pub soft: String,
    /// Thin lines.
    pub line: String,
    /// What lies below.
    pub panel: String,
    /// What lies below the stage.
    pub stage: String,
    /// The playhead.
    pub accent: String,
    /// Faults.
    pub bad: String,
    /// Repairs.
    pub ok: String,
    /// What is not as it should be.
    pub warn: String,
    /// The font.
    pub font: String,
    /// How many times as large as usual type is, and as thick strokes are.
    pub scale: f64,
}

impl Ink {
    /// Reads the colours of the theme that is worn.
    pub fn read() -> Self {
        let style = web_sys::window().and_then(|window| {
            let root = window.document()?.document_element()?;
            window.get_computed_style(&root).ok().flatten()
        });
        let get = |name: &str| {
            style
                .as_ref()
                .and_then(|style| style.get_property_value(name).ok())
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        Ink {
            epochs: ["--soft", "--t1", "--t2", "--t3", "--t4", "--t5", "--t6"].map(get),
            shapes: ["--m-circle", "--m-triangle", "--m-square", "--m-diamond", "--m-hexagon"].map(get),
            ink: get("--ink"),
            soft: get("--soft"),
            line: get("--line"),
            panel: get("--panel"),
            stage: get("--stage"),
            accent: get("--accent"),
            bad: get("--bad"),
            ok: get("--ok"),
            warn: get("--warn"),
            font: get("--font"),
            scale: get("--scale").parse().unwrap_or(1.0),
        }
    }

    /// Strokes this thick, in CSS pixels as they usually are.
    pub fn thick(&self, canvas: &CanvasRenderingContext2d, width: f64) {
        canvas.set_line_width(width * self.scale);
    }

    /// Type of this size, in CSS pixels as it usually is.
    pub fn font(&self, canvas: &CanvasRenderingContext2d, size: f64, weight: u32) {
        canvas.set_font(&format!("{weight} {}px {}", px(size * self.scale), self.font));
    }

    /// The colour of a term.
    pub fn epoch(&self, epoch: Option<Epoch>) -> &str {
        &self.epochs[epoch.map_or(0, |epoch| hue(epoch.number, epoch.owner)) as usize % 7]
    }

    /// The hue of a message kind.
    pub fn shape(&self, shape: Shape) -> &str {
        match shape {
            Shape::Circle => &self.shapes[0],
            Shape::Triangle => &self.shapes[1],
            Shape::Square => &self.shapes[2],
            Shape::Diamond => &self.shapes[3],
            Shape::Hexagon => &self.shapes[4],
        }
    }
}

/// What a canvas must be drawn anew for, besides its data.
pub fn theme_of(look: &Look) -> (Worn, &'static str) {
    (look.worn(), look.lang.tag())
}

//! Words of the diagram: how they are written once they have a place, and again where the veil over what lies ahead would
//! dim words of what has already happened.

use super::layer::Plot;
use super::place::Box4;
use web_sys::CanvasRenderingContext2d;

/// Words that want a place.
#[derive(Clone)]
pub struct Label {
    /// The words.
    pub words: String,
    /// Fewer of them, for places with less room: as wide as this; none, if these are short.
    pub short: Option<String>,
    /// How wide all of them are.
    pub wide: f64,
    /// Their colour.
    pub hue: String,
    /// Their size.
    pub size: f64,
    /// Their weight.
    pub weight: u32,
    /// What they stand on.
    pub ground: Ground,
    /// When that happens which they tell, in nanoseconds.
    pub at: f64,
}

/// What words stand on.
#[derive(Clone, Copy, PartialEq)]
pub enum Ground {
    /// What is there, kept off the letters.
    Any,
    /// A field of their own, with a margin.
    Boxed,
    /// A field of their own: there is a hatch.
    Cleared,
}

/// Words at their place.
#[derive(Clone)]
pub struct Written {
    label: Label,
    place: Box4,
}

impl Written {
    /// These words here, on the strip.
    pub fn at(label: Label, place: Box4) -> Self {
        Written { label, place }
    }

    /// Writes them, `dx` further to the right.
    pub fn write(&self, plot: &Plot<'_>, dx: f64) {
        let (canvas, label) = (plot.canvas, &self.label);
        let Box4 { left, top, right, .. } = self.place;
        let (left, right) = (left + dx, right + dx);
        let words = match &label.short {
            Some(short) if right - left < label.wide - 0.5 => short,
            _ => &label.words,
        };
        plot.font(label.size, label.weight);
        canvas.set_fill_style_str(&plot.ink.panel);
        match label.ground {
            Ground::Boxed => {
                canvas.fill_rect(left, top, right - left, 14.0);
                canvas.set_fill_style_str(&label.hue);
                let _ = canvas.fill_text(words, left + 3.0, top + 11.0);
                return;
            }
            Ground::Cleared => canvas.fill_rect(left - 2.0, top, right - left + 4.0, 13.0),
            Ground::Any => {}
        }
        plot.ink.thick(canvas, 3.0);
        canvas.set_stroke_style_str(&plot.ink.panel);
        let _ = canvas.stroke_text(words, left, top + 10.5);
        canvas.set_fill_style_str(&label.hue);
        let _ = canvas.fill_text(words, left, top + 10.5);
    }

    /// Writes them again if they tell what has happened and reach over the playhead: the veil lies on their end.
    pub fn unveil(&self, plot: &Plot<'_>, dx: f64, now: f64) {
        let head = plot.x(now);
        if self.label.at <= now
            && self.place.right + dx > head
            && self.place.left + dx < plot.left + plot.size.0
        {
            self.write(plot, dx);
        }
    }
}

/// How wide words are in the canvas' font.
pub fn measure(canvas: &CanvasRenderingContext2d, words: &str) -> f64 {
    canvas.measure_text(words).map_or(80.0, |text| text.width())
}

/// At most so many characters.
pub fn shorten(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    words.chars().take(most - 1).chain(['…']).collect()
}

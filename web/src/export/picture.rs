//! What is shown as a picture to keep: the stage or the diagram, with the run's name, seed and instant above, so that it can
//! be cited, and what its signs mean below. The drawing itself is the stage's and the diagram's own.

use super::pen::{Pen, attribute, escape};
use crate::desk::Desk;
use crate::number::{fixed, px};
use crate::panel::View;
use crate::stage::paint::{Ink, trace};
use crate::state::Page;
use crate::{diagram, stage};
use muster_core::process::Shape;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

/// Left and right of words, in pixels.
const EDGE: f64 = 14.0;
/// So many pixels of a PNG for each of a picture.
const SHARP: f64 = 2.0;

/// What it is a picture of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Of {
    /// The stage.
    Stage,
    /// The stretch of the diagram that is in view.
    Diagram,
}

/// What a sign means: a message's kind, or an event's; an answer's is hollow.
pub struct Sign {
    /// The shape; of an event none.
    pub shape: Option<(Shape, bool)>,
    /// What it means.
    pub words: String,
}

/// A drawing with what belongs below it.
pub struct Drawing {
    /// Its size in pixels.
    pub size: (f64, f64),
    /// What its signs mean.
    pub signs: Vec<Sign>,
    /// What is to be said of it.
    pub said: Vec<String>,
}

/// A picture.
pub struct Picture {
    /// As SVG.
    pub svg: String,
    size: (f64, f64),
}

/// What is shown, as a picture; `None` while it is not there.
pub fn picture(desk: &Desk, page: &Page, view: View, of: Of) -> Option<Picture> {
    let (pen, ink) = (Pen::new()?, Ink::read());
    let sheet = Sheet { pen: &pen, ink: &ink };
    let drawing = match of {
        Of::Stage => stage::picture(&pen, &ink, desk, page)?,
        Of::Diagram => diagram::picture(&pen, &ink, desk, page, view)?,
    };
    let inside = pen.take();
    let (width, high) = drawing.size;
    let info = page.info.as_ref()?;
    let (seed, at) = (info.seed.to_string(), desk.instant(page.now()));
    let ordinal = page.frame.as_ref()?.place.ordinal.to_string();
    let cited = [desk.t.seed, " ", &seed, " · ", &at, " · ", desk.t.event, " ", &ordinal].concat();
    let top = sheet.words(&info.name, EDGE, (14.0, 700, &ink.ink), width);
    let top = sheet.words(&cited, top, (12.0, 400, &ink.soft), width) + 8.0;
    pen.write("<g transform=\"translate(0 ");
    pen.write(&px(top));
    pen.write(")\">");
    pen.write(&inside);
    pen.write("</g>");
    let mut low = sheet.signs(&drawing.signs, top + high + 4.0, width);
    for words in &drawing.said {
        low = sheet.words(words, low, (12.5, 400, &ink.ink), width);
    }
    let size = (width.round(), (low + EDGE).round());
    let svg = framed(&ink, size, &[&*info.name, ", ", &cited].concat(), &pen.take());
    Some(Picture { svg, size })
}

/// A document of its own, on the page's ground.
fn framed(ink: &Ink, (width, height): (f64, f64), title: &str, inside: &str) -> String {
    let mut svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"".to_owned();
    let (width, height) = (fixed(width, 0), fixed(height, 0));
    attribute(&mut svg, "width", &width);
    attribute(&mut svg, "height", &height);
    attribute(&mut svg, "viewBox", &["0 0 ", &width, " ", &height].concat());
    attribute(&mut svg, "font-family", &ink.font);
    svg.push_str("><title>");
    escape(&mut svg, title);
    svg.push_str("</title><rect width=\"100%\" height=\"100%\"");
    attribute(&mut svg, "fill", &ink.panel);
    for part in ["/>", inside, "</svg>\n"] {
        svg.push_str(part);
    }
    svg
}

/// Words around a drawing.
struct Sheet<'a> {
    pen: &'a Pen,
    ink: &'a Ink,
}

impl Sheet<'_> {
    fn canvas(&self) -> &CanvasRenderingContext2d {
        self.pen.context()
    }

    fn wide(&self, words: &str) -> f64 {
        self.canvas().measure_text(words).map_or(80.0, |text| text.width())
    }

    /// Writes words in as many lines as they need, and says where the next ones stand.
    fn words(&self, words: &str, mut top: f64, (size, weight, hue): (f64, u32, &str), width: f64) -> f64 {
        self.ink.font(self.canvas(), size, weight);
        self.canvas().set_fill_style_str(hue);
        let mut rest = words;
        while !rest.is_empty() {
            let (line, next) = self.line(rest, width - 2.0 * EDGE);
            top += size * self.ink.scale * 1.4;
            let _ = self.canvas().fill_text(line, EDGE, top);
            rest = next;
        }
        top
    }

    /// As much as has room, broken between words where it can be.
    fn line<'w>(&self, words: &'w str, room: f64) -> (&'w str, &'w str) {
        if self.wide(words) <= room {
            return (words, "");
        }
        let mut end = 0;
        for (at, letter) in words.char_indices() {
            let next = at + letter.len_utf8();
            if end > 0 && self.wide(&words[..next]) > room {
                break;
            }
            end = next;
        }
        let end = words[..end].rfind(' ').map_or(end, |space| space + 1);
        (words[..end].trim_end(), &words[end..])
    }

    /// Writes what signs mean, and says where the next words stand.
    fn signs(&self, signs: &[Sign], mut top: f64, width: f64) -> f64 {
        if signs.is_empty() {
            return top;
        }
        let (canvas, ink) = (self.canvas(), self.ink);
        let line = 20.0 * ink.scale;
        let mut left = EDGE;
        for sign in signs {
            ink.font(canvas, 12.0, 400);
            let wide = self.wide(&sign.words) + 18.0 * ink.scale;
            if left > EDGE && left + wide > width - EDGE {
                (left, top) = (EDGE, top + line);
            }
            let (x, y) = (left + 6.0, top + 12.0 * ink.scale);
            let (shape, answer) = sign.shape.unwrap_or((Shape::Circle, false));
            let hue = sign.shape.map_or(&*ink.ink, |(shape, _)| ink.shape(shape));
            canvas.set_fill_style_str(if answer { &ink.panel } else { hue });
            canvas.set_stroke_style_str(hue);
            ink.thick(canvas, 1.5);
            trace(canvas, shape, x, y, if sign.shape.is_some() { 0.75 } else { 0.4 });
            canvas.fill();
            canvas.stroke();
            canvas.set_fill_style_str(&ink.soft);
            let _ = canvas.fill_text(&sign.words, left + 18.0 * ink.scale, y + 4.0 * ink.scale);
            left += wide + 14.0;
        }
        top + line
    }
}

/// The same as a PNG, given to whoever waits for it; `None` where the browser makes none.
pub fn png(picture: &Picture, then: impl FnOnce(Option<Blob>) + 'static) {
    let Ok(image) = HtmlImageElement::new() else { return then(None) };
    let address = String::from(js_sys::encode_uri_component(&picture.svg));
    let (drawn, size) = (image.clone(), picture.size);
    // One of two is called, once.
    let then = std::rc::Rc::new(std::cell::Cell::new(Some(then)));
    let failed = then.clone();
    let came = Closure::once_into_js(move || {
        let Some(then) = then.take() else { return };
        let given = then;
        let Some(canvas) = raster(&drawn, size) else { return given(None) };
        let take = Closure::once_into_js(move |blob: Option<Blob>| given(blob));
        let _ = canvas.to_blob(take.unchecked_ref());
    });
    let went = Closure::once_into_js(move || {
        if let Some(then) = failed.take() {
            then(None);
        }
    });
    image.set_onload(Some(came.unchecked_ref()));
    image.set_onerror(Some(went.unchecked_ref()));
    image.set_src(&["data:image/svg+xml,", &address].concat());
}

fn raster(image: &HtmlImageElement, (width, height): (f64, f64)) -> Option<HtmlCanvasElement> {
    let canvas = web_sys::window()?.document()?.create_element("canvas").ok()?;
    let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
    let (wide, high) = (width * SHARP, height * SHARP);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "twice the size of a screen")]
    let (across, down) = (wide as u32, high as u32);
    canvas.set_width(across);
    canvas.set_height(down);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok().flatten()?.dyn_into().ok()?;
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, wide, high).ok()?;
    Some(canvas)
}

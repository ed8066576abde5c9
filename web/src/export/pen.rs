//! A pen that writes SVG: it takes the calls of a canvas that the page's painters make, so that a picture to keep is drawn by
//! the same code as the screen. It knows no painter; of the canvas it takes what they use.

use crate::number::{fixed, px};
use js_sys::{Array, Function, Object, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// The calls that painters make.
const CALLS: [&str; 13] = [
    "beginPath",
    "moveTo",
    "lineTo",
    "closePath",
    "arc",
    "fill",
    "stroke",
    "fillRect",
    "clearRect",
    "fillText",
    "strokeText",
    "measureText",
    "setLineDash",
];

/// Which call, and with what.
type Call = Closure<dyn Fn(String, JsValue, JsValue, JsValue, JsValue) -> JsValue>;

/// A pen.
pub struct Pen {
    context: CanvasRenderingContext2d,
    drawn: Rc<RefCell<Drawn>>,
    /// It lives as long as somebody draws with the pen.
    _call: Call,
}

impl Pen {
    /// A pen; `None` where there is no canvas to measure words with.
    pub fn new() -> Option<Self> {
        let canvas = web_sys::window()?.document()?.create_element("canvas").ok()?;
        let canvas = canvas.dyn_into::<HtmlCanvasElement>().ok()?;
        let real = canvas.get_context("2d").ok().flatten()?.dyn_into().ok()?;
        let context: CanvasRenderingContext2d = Object::new().unchecked_into();
        let drawn = Rc::new(RefCell::new(Drawn {
            real,
            own: context.clone(),
            svg: String::new(),
            path: String::new(),
            dashes: String::new(),
        }));
        let pen = drawn.clone();
        let call: Call =
            Closure::new(move |name: String, a, b, c, d| pen.borrow_mut().call(&name, &[a, b, c, d]));
        context.set_global_alpha(1.0);
        context.set_line_width(1.0);
        for name in CALLS {
            let one = call.as_ref().unchecked_ref::<Function>().bind1(&JsValue::NULL, &name.into());
            let _ = Reflect::set(&context, &name.into(), &one);
        }
        Some(Pen { context, drawn, _call: call })
    }

    /// What painters draw on.
    pub fn context(&self) -> &CanvasRenderingContext2d {
        &self.context
    }

    /// Puts this between what was drawn and what will be.
    pub fn write(&self, svg: &str) {
        self.drawn.borrow_mut().svg.push_str(svg);
    }

    /// What was drawn.
    pub fn take(&self) -> String {
        std::mem::take(&mut self.drawn.borrow_mut().svg)
    }
}

/// What was drawn so far.
struct Drawn {
    /// Measures words.
    real: CanvasRenderingContext2d,
    /// What painters draw on: it holds colours, widths and the font.
    own: CanvasRenderingContext2d,
    svg: String,
    path: String,
    dashes: String,
}

impl Drawn {
    fn call(&mut self, name: &str, args: &[JsValue; 4]) -> JsValue {
        let [a, b, c, d] = [0, 1, 2, 3].map(|at| args[at].as_f64().unwrap_or(0.0));
        match name {
            "beginPath" => self.path.clear(),
            "moveTo" => self.go('M', a, b),
            "lineTo" => self.go(if self.path.is_empty() { 'M' } else { 'L' }, a, b),
            "closePath" => self.path.push('Z'),
            // Painters draw whole circles alone.
            "arc" => {
                self.go('M', a - c, b);
                for end in [a + c, a - c] {
                    for part in ["A", &px(c), " ", &px(c), " 0 1 1 ", &px(end), " ", &px(b)] {
                        self.path.push_str(part);
                    }
                }
            }
            "fill" | "stroke" if !self.path.is_empty() => {
                self.svg.push_str("<path");
                attribute(&mut self.svg, "d", &self.path);
                self.paint(name);
                self.svg.push_str("/>");
            }
            "fillRect" => {
                self.svg.push_str("<rect");
                let (x, wide) = if c < 0.0 { (a + c, -c) } else { (a, c) };
                for (name, value) in [("x", x), ("y", b), ("width", wide), ("height", d.abs())] {
                    attribute(&mut self.svg, name, &px(value));
                }
                self.paint("fill");
                self.svg.push_str("/>");
            }
            "fillText" | "strokeText" => {
                self.svg.push_str("<text");
                attribute(&mut self.svg, "x", &px(b));
                attribute(&mut self.svg, "y", &px(c));
                let font = self.text_of("font");
                let (weight, size) = weight_and_size(&font);
                attribute(&mut self.svg, "font-size", size);
                attribute(&mut self.svg, "font-weight", weight);
                self.paint(name.trim_end_matches("Text"));
                self.svg.push('>');
                escape(&mut self.svg, &args[0].as_string().unwrap_or_default());
                self.svg.push_str("</text>");
            }
            "measureText" => {
                self.real.set_font(&self.text_of("font"));
                let words = args[0].as_string().unwrap_or_default();
                return self.real.measure_text(&words).map_or(JsValue::NULL, Into::into);
            }
            "setLineDash" => {
                let lengths: Vec<String> =
                    Array::from(&args[0]).iter().filter_map(|one| one.as_f64().map(px)).collect();
                self.dashes = lengths.join(" ");
            }
            _ => {}
        }
        JsValue::UNDEFINED
    }

    fn go(&mut self, how: char, x: f64, y: f64) {
        self.path.push(how);
        self.path.push_str(&px(x));
        self.path.push(' ');
        self.path.push_str(&px(y));
    }

    /// How it is filled or stroked.
    fn paint(&mut self, how: &str) {
        let alpha = self.own.global_alpha();
        if how == "fill" {
            let hue = self.text_of("fillStyle");
            return paint(&mut self.svg, "fill", &hue, alpha);
        }
        attribute(&mut self.svg, "fill", "none");
        let hue = self.text_of("strokeStyle");
        paint(&mut self.svg, "stroke", &hue, alpha);
        attribute(&mut self.svg, "stroke-width", &px(self.own.line_width()));
        for (name, written) in [("lineCap", "stroke-linecap"), ("lineJoin", "stroke-linejoin")] {
            let value = self.text_of(name);
            if !value.is_empty() {
                attribute(&mut self.svg, written, &value);
            }
        }
        if !self.dashes.is_empty() {
            attribute(&mut self.svg, "stroke-dasharray", &self.dashes);
        }
    }

    fn text_of(&self, name: &str) -> String {
        Reflect::get(&self.own, &name.into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
    }
}

/// Writes an attribute.
pub fn attribute(svg: &mut String, name: &str, value: &str) {
    svg.push(' ');
    svg.push_str(name);
    svg.push_str("=\"");
    escape(svg, value);
    svg.push('"');
}

/// Writes with what something is filled or stroked: a colour of a style sheet, this opaque.
pub fn paint(svg: &mut String, which: &str, css: &str, alpha: f64) {
    let (hue, own) = colour(css);
    attribute(svg, which, &hue);
    let alpha = alpha * own;
    if alpha < 1.0 {
        attribute(svg, if which == "fill" { "fill-opacity" } else { "stroke-opacity" }, &fixed(alpha, 3));
    }
}

/// A colour as any reader of SVG takes it, and how opaque it is.
pub fn colour(css: &str) -> (String, f64) {
    let css = css.trim();
    let Some((kind, rest)) = css.split_once('(') else { return (css.to_owned(), 1.0) };
    // `rgb(1, 2, 3)`, `rgba(1, 2, 3, 0.4)`, `color(srgb 0.1 0.2 0.3 / 0.4)`
    let scale = if kind == "color" { 255.0 } else { 1.0 };
    let parts: Vec<f64> =
        rest.split([' ', ',', '/', ')']).filter_map(|part| part.parse::<f64>().ok()).collect();
    let [red, green, blue, alpha @ ..] = &*parts else { return ("none".to_owned(), 1.0) };
    let alpha = alpha.first().copied().unwrap_or(1.0);
    if alpha <= 0.0 {
        return ("none".to_owned(), 1.0);
    }
    let mut hue = String::from("#");
    for part in [red, green, blue] {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within a byte")]
        let byte = (part * scale).clamp(0.0, 255.0).round() as u8;
        for digit in [byte >> 4, byte & 15] {
            hue.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
        }
    }
    (hue, alpha)
}

/// Writes text so that it is nothing but text.
pub fn escape(svg: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => svg.push_str("&amp;"),
            '<' => svg.push_str("&lt;"),
            '>' => svg.push_str("&gt;"),
            '"' => svg.push_str("&quot;"),
            // XML has no way to write these.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => svg.push(' '),
            c => svg.push(c),
        }
    }
}

/// Of a canvas' font, such as `700 11px Inter, sans-serif`. The family is said once, for the whole picture.
fn weight_and_size(font: &str) -> (&str, &str) {
    let before = font.split_once("px").map_or("12", |(before, _)| before);
    before.split_once(' ').unwrap_or(("400", before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_way_to_write_a_colour_becomes_one_that_all_read() {
        let plain = |css| colour(css).0;
        assert_eq!(colour(" #fff"), ("#fff".to_owned(), 1.0));
        assert_eq!(plain("rgb(28, 35, 48)"), "#1c2330");
        assert_eq!(colour("rgba(255, 0, 16, 0.25)"), ("#ff0010".to_owned(), 0.25));
        assert_eq!(colour("color(srgb 1 0.5 0 / 0.1)"), ("#ff8000".to_owned(), 0.1));
        assert_eq!(plain("color(srgb 0.2 0.2 0.2)"), "#333333");
        assert_eq!((plain("rgba(0, 0, 0, 0)"), plain("none")), ("none".to_owned(), "none".to_owned()));
    }

    #[test]
    fn text_stays_text() {
        let mut svg = String::new();
        attribute(&mut svg, "d", "a\"><script>&\u{1}");
        assert_eq!(svg, " d=\"a&quot;&gt;&lt;script&gt;&amp; \"");
        assert_eq!(weight_and_size("700 10.5px system-ui, \"Noto Sans\""), ("700", "10.5"));
    }
}

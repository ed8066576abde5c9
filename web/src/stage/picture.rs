//! The stage as a picture to keep: its drawing with the style it wears, and the messages by their own painter.

use super::flights::{Drawn, draw};
use super::layout::lay_out;
use super::legend::words_of;
use super::meant_of;
use super::paint::Ink;
use crate::desk::Desk;
use crate::export::{Drawing, Pen, Sign, inside};
use crate::same::Same;
use crate::state::Page;

/// Draws what is on the stage.
pub fn picture(pen: &Pen, ink: &Ink, desk: &Desk, page: &Page) -> Option<Drawing> {
    let frame = page.frame.clone()?;
    let ring = web_sys::window()?.document()?.get_element_by_id("ring")?;
    let length = |name: &str| ring.get_attribute(name)?.parse::<f64>().ok();
    let size = (length("width")?, length("height")?);
    pen.context().set_fill_style_str(&ink.stage);
    pen.context().fill_rect(0.0, 0.0, size.0, size.1);
    let mut signs: Vec<Sign> = Vec::new();
    for flight in &frame.flights {
        let shape = Some((flight.card.shape, flight.card.answer));
        if signs.iter().all(|sign| sign.shape != shape) {
            let (kind, t) = (words_of(desk, page.info.as_deref(), flight.card.shape), desk.t);
            let way = if flight.card.answer { t.hollow } else { t.filled };
            signs.push(Sign { shape, words: [&kind, t.comma, way].concat() });
        }
    }
    let at = frame.place.at.nanos() as f64;
    let drawn = Drawn {
        layout: Same::new(lay_out(&frame.actors, &frame.barriers, size, ink.scale)),
        frame: frame.clone(),
        size,
        still: true,
        worn: page.look.worn(),
        at,
        hover: None,
        meant: Same::new(meant_of(page)),
        lang: desk.lang,
    };
    let mut stage = String::new();
    inside(&mut stage, &ring);
    pen.write(&stage);
    draw(pen.context(), &drawn, ink, desk);
    Some(Drawing { size, signs, said: vec![desk.say(&frame.sentence)] })
}

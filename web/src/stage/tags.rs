//! The words beside messages: each stands where it is plain whose they are, or is left out. Pure but for the writing: it knows
//! points and boxes, not messages.

use super::layout::{Layout, Spot};
use super::paint::Ink;
use web_sys::CanvasRenderingContext2d;

/// What lies at one point within so many pixels is read as one.
const TOGETHER: f64 = 9.0;
/// A message's own room, half its width: words of another one keep out of it.
const ROOM: f64 = 17.0;

/// Half as wide as what is written below a member may be.
const WRITTEN: f64 = 55.0;

/// A message, and what is to be said of it.
#[derive(Clone)]
pub struct Tag {
    /// Where it is.
    pub at: (f64, f64),
    /// What it is, if that is to be said.
    pub words: Option<String>,
    /// It is said in any case.
    pub must: bool,
}

/// Left, top, right, bottom.
type Box4 = (f64, f64, f64, f64);

/// Writes them. Messages that lie on one another say what they are in one line.
pub fn write(
    canvas: &CanvasRenderingContext2d,
    ink: &Ink,
    layout: &Layout,
    size: (f64, f64),
    tags: Vec<Tag>,
) {
    if tags.is_empty() {
        return;
    }
    ink.font(canvas, 12.0, 400);
    let tags = joined(tags);
    let mut taken = taken(layout, ink.scale);
    for (index, tag) in tags.iter().enumerate() {
        let Some(words) = &tag.words else { continue };
        let wide = canvas.measure_text(words).map_or(60.0, |text| text.width());
        let others: Vec<Box4> = tags
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
            .map(|(_, tag)| room(tag.at))
            .collect();
        let is_free = |place: &(f64, f64)| {
            let place = covers(*place, wide);
            place.0 >= 0.0
                && place.2 <= size.0
                && place.3 <= size.1
                && !taken.iter().chain(&others).any(|other| meets(place, *other))
        };
        let places = beside(tag.at, wide, 15.0 * ink.scale);
        let Some((left, base)) = places.into_iter().find(is_free).or(tag.must.then_some(places[0])) else {
            continue;
        };
        let left = left.min(size.0 - wide - 2.0).max(2.0);
        taken.push(covers((left, base), wide));
        ink.thick(canvas, 4.0);
        canvas.set_stroke_style_str(&ink.stage);
        canvas.set_fill_style_str(if tag.must { &ink.ink } else { &ink.soft });
        let _ = canvas.stroke_text(words, left, base);
        let _ = canvas.fill_text(words, left, base);
    }
}

/// Those at one point as one.
fn joined(tags: Vec<Tag>) -> Vec<Tag> {
    let mut all: Vec<Tag> = Vec::new();
    for tag in tags {
        let near = |other: &&mut Tag| (other.at.0 - tag.at.0).hypot(other.at.1 - tag.at.1) < TOGETHER;
        let Some(one) = all.iter_mut().find(near) else {
            all.push(tag);
            continue;
        };
        one.must |= tag.must;
        match (&mut one.words, tag.words) {
            (Some(words), Some(more)) if words.split(" · ").all(|one| one != more) => {
                words.push_str(" · ");
                words.push_str(&more);
            }
            (words @ None, more) => *words = more,
            _ => {}
        }
    }
    all
}

/// Where words may stand, by their left end and their base line, the best first.
fn beside((x, y): (f64, f64), wide: f64, off: f64) -> [(f64, f64); 6] {
    let (right, left, middle) = (x + off, x - off - wide, x - wide / 2.0);
    [
        (right, y - 7.0),
        (right, y + 16.0),
        (left, y - 7.0),
        (left, y + 16.0),
        (middle, y - off),
        (middle, y + off + 10.0),
    ]
}

/// What words cover.
fn covers((left, base): (f64, f64), wide: f64) -> Box4 {
    (left, base - 12.0, left + wide, base + 4.0)
}

fn room((x, y): (f64, f64)) -> Box4 {
    (x - ROOM, y - ROOM, x + ROOM, y + ROOM)
}

/// The legend, members and what is written below them.
fn taken(layout: &Layout, scale: f64) -> Vec<Box4> {
    let around = |spot: &Spot| {
        let (wide, low) = (spot.r + 10.0, spot.y + spot.r + 8.0);
        let body = (spot.x - wide, spot.y - wide, spot.x + wide, low);
        let words = wide.max(WRITTEN * scale);
        [body, (spot.x - words, low, spot.x + words, low + 34.0 * scale)]
    };
    let (wide, high) = layout.legend;
    layout.spots.values().flat_map(around).chain([(0.0, 0.0, wide, high)]).collect()
}

fn meets(one: Box4, other: Box4) -> bool {
    one.0 < other.2 && one.2 > other.0 && one.1 < other.3 && one.3 > other.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(x: f64, words: &str) -> Tag {
        Tag { at: (x, 50.0), words: Some(words.into()), must: false }
    }

    #[test]
    fn what_lies_on_one_another_is_said_in_one_line() {
        let tags =
            joined(vec![tag(10.0, "no"), tag(60.0, "append 3"), tag(14.0, "matches"), tag(12.0, "no")]);
        let words: Vec<_> = tags.iter().map(|tag| tag.words.as_deref().unwrap_or_default()).collect();
        assert_eq!(words, ["no · matches", "append 3"]);
    }

    #[test]
    fn words_keep_out_of_the_room_of_another_message() {
        for (x, y) in [(40.0, 40.0), (70.0, 50.0)] {
            for place in beside((x, y), 60.0, 15.0) {
                let (left, top, right, bottom) = covers(place, 60.0);
                assert!(!(left < x && x < right && top < y && y < bottom), "on its own message: {place:?}");
            }
        }
        assert!(meets(covers(beside((0.0, 0.0), 60.0, 15.0)[0], 60.0), room((50.0, 0.0))));
    }
}

//! A partition drawn as a line across the stage: who stands on which of its sides, and how that looks while it is drawn.

use crate::desk::Desk;
use crate::number::px;
use crate::stage::Layout;
use muster_core::process::Phrase;
use muster_core::view::{Actor, Frame, Ring};
use muster_core::words::hands::HandsKey;
use yew::prelude::*;

/// A line shorter than this, in CSS pixels, is a press.
pub const LEAST: f64 = 8.0;
/// Beyond any stage.
const FAR: f64 = 6_000.0;

/// A line from where the pointer was pressed to where it is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stroke {
    /// From.
    pub from: (f64, f64),
    /// To.
    pub to: (f64, f64),
}

impl Stroke {
    fn along(&self) -> (f64, f64) {
        (self.to.0 - self.from.0, self.to.1 - self.from.1)
    }

    /// How far a point lies on one side of the whole line (less than 0: on the other).
    fn aside(&self, (x, y): (f64, f64)) -> f64 {
        let (dx, dy) = self.along();
        (dx * (y - self.from.1) - dy * (x - self.from.0)) / dx.hypot(dy).max(1.0)
    }

    /// Does the line as it was drawn pass between two points?
    fn parts(&self, a: (f64, f64), b: (f64, f64)) -> bool {
        let (there, back) = (self.aside(a), self.aside(b));
        if (there > 0.0) == (back > 0.0) {
            return false;
        }
        let share = there / (there - back);
        let at = (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share);
        let (dx, dy) = self.along();
        let part = ((at.0 - self.from.0) * dx + (at.1 - self.from.1) * dy) / (dx * dx + dy * dy).max(1.0);
        (0.0..=1.0).contains(&part)
    }

    /// Everybody on each of its sides. Members always are on one; clients and the like only where it is drawn between them,
    /// else they reach both.
    pub fn sides<'a>(&self, actors: &'a [Actor], layout: &Layout) -> [Vec<&'a Actor>; 2] {
        let at = |actor: &Actor| layout.spots.get(&actor.id).map(|spot| (spot.x, spot.y));
        let outer: Vec<_> = actors.iter().filter(|actor| actor.ring == Ring::Outer).filter_map(at).collect();
        let crossed = outer.iter().any(|a| outer.iter().any(|b| self.parts(*a, *b)));
        let mut sides = [Vec::new(), Vec::new()];
        for actor in actors.iter().filter(|actor| actor.ring == Ring::Inner || crossed) {
            if let Some(place) = at(actor) {
                sides[usize::from(self.aside(place) > 0.0)].push(actor);
            }
        }
        sides
    }

    /// The command that parts the two sides; `None` if it separates no members.
    pub fn command(&self, desk: &Desk, frame: &Frame, layout: &Layout) -> Option<String> {
        let sides = self.sides(&frame.actors, layout);
        let inner = |side: &Vec<&Actor>| side.iter().any(|actor| actor.ring == Ring::Inner);
        if !sides.iter().all(inner) {
            return None;
        }
        let mut taken = Vec::new();
        let sides = sides.map(|side| {
            let mut names = Vec::new();
            for actor in side {
                if !taken.contains(&actor.host) {
                    taken.push(actor.host);
                    names.push(desk.names.of_host(actor.host));
                }
            }
            format!("[{}]", names.join(", "))
        });
        Some(format!("partition: {{ groups: [{}] }}", sides.join(", ")))
    }

    /// What is said of a line that separates nobody.
    pub fn parts_nobody() -> Phrase {
        Phrase::bare(HandsKey::LinePartsNobody)
    }

    /// The line, its two sides, and everybody's letter.
    pub fn draw(&self, frame: &Frame, layout: &Layout) -> Html {
        let (dx, dy) = self.along();
        let length = dx.hypot(dy).max(1.0);
        let (ux, uy) = (dx / length * FAR, dy / length * FAR);
        let half = |to: f64| {
            let corner = |along: f64, aside: f64| {
                format!(
                    "{} {}",
                    px(self.from.0 + ux * along - uy * aside),
                    px(self.from.1 + uy * along + ux * aside)
                )
            };
            format!("M{}L{}L{}L{}z", corner(-1.0, 0.0), corner(1.0, 0.0), corner(1.0, to), corner(-1.0, to))
        };
        let sides = self.sides(&frame.actors, layout);
        let letter = |side: usize, actor: &&Actor| {
            let spot = layout.spots.get(&actor.id)?;
            let (x, y) = (spot.x + spot.r * 0.8, spot.y - spot.r * 0.8);
            let (class, words) = if side == 0 { ("side-a", "A") } else { ("side-b", "B") };
            Some(html! {
                <g class={classes!("side", class)} data-side={words} data-of={actor.name.to_string()} transform={format!("translate({} {})", px(x), px(y))}>
                    <circle r="9" /><text y="4">{words}</text>
                </g>
            })
        };
        html! {
            <g class="stroke" aria-hidden="true">
                <path class="half half-a" d={half(-1.0)} />
                <path class="half half-b" d={half(1.0)} />
                <line class="drawn" x1={px(self.from.0)} y1={px(self.from.1)} x2={px(self.to.0)} y2={px(self.to.1)} />
                { for sides.iter().enumerate().flat_map(|(number, side)| side.iter().filter_map(move |actor| letter(number, actor))) }
            </g>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_parts_what_lies_beside_it_and_not_beyond_its_ends() {
        let line = Stroke { from: (0.0, 0.0), to: (100.0, 0.0) };
        assert!(line.parts((50.0, -10.0), (50.0, 10.0)));
        assert!(!line.parts((150.0, -10.0), (150.0, 10.0)), "beyond its end");
        assert!(!line.parts((20.0, 10.0), (80.0, 10.0)), "on one side");
        assert!(line.aside((500.0, 3.0)) > 0.0 && line.aside((-500.0, -3.0)) < 0.0);
    }
}

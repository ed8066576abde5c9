//! Partitions as walls between their sides.

use super::layout::{Layout, Wall};
use crate::desk::use_desk;
use crate::number::px;
use crate::same::Same;
use muster_core::view::BarrierView;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct WallsProps {
    /// Where things stand.
    pub layout: Same<Layout>,
    /// Partitions in force.
    pub barriers: Vec<BarrierView>,
}

/// As far as this from everybody words stand well.
const ENOUGH: f64 = 8.0;

/// A place for words at a wall's end.
struct Place {
    /// How much room they have there, [`ENOUGH`] at most.
    room: f64,
    /// To which side they go.
    class: &'static str,
    x: f64,
    y: f64,
}

/// Where the words may stand at a wall's end, beside it or beyond it, the best first if all have room.
fn places(layout: &Layout, wall: &Wall, words: &str) -> Vec<Place> {
    let long: f64 = words.chars().map(|letter| if letter.is_ascii() { 7.2 } else { 13.0 }).sum();
    let (x, y) = wall.to;
    let right = ("wall-words", x + 8.0, x + 8.0);
    let left = ("wall-words left", x - 8.0, x - 8.0 - long);
    let sides = if x >= wall.from.0 { [right, left] } else { [left, right] };
    let beside = sides.into_iter().flat_map(|side| [4.0, -10.0, 18.0].map(|below| (side, y + below)));
    let beyond =
        (("wall-words middle", x, x - long / 2.0), if y >= wall.from.1 { y + 16.0 } else { y - 8.0 });
    let all = beside.chain([beyond]);
    all.map(|((class, x, begin), y)| {
        // On the stage, if that can be.
        let off = begin.min(layout.width - begin - long).min(0.0);
        let room = layout.room_of((begin, y - 10.0, begin + long, y + 3.0)) + 100.0 * off;
        Place { room: room.min(ENOUGH), class, x, y }
    })
    .collect()
}

/// Partitions as walls.
#[component]
pub fn Walls(WallsProps { layout, barriers }: &WallsProps) -> Html {
    let desk = use_desk();
    let named = barriers.iter().enumerate().filter_map(|(number, barrier)| {
        let words = if barrier.one_way { desk.t.one_way } else { desk.t.partition };
        let walls = layout.walls.iter().filter(|wall| wall.barrier == number);
        let places = walls.flat_map(|wall| places(layout, wall, words));
        let Place { class, x, y, .. } =
            places.reduce(|best, place| if place.room > best.room { place } else { best })?;
        Some(html! { <text class={class} x={px(x)} y={px(y)}>{words}</text> })
    });
    html! {
        <g class="walls">
            { for layout.walls.iter().map(|wall| html! {
                <g class="wall-stop" tabindex="-1" role="button" aria-haspopup="menu" data-barrier={wall.barrier.to_string()}
                    aria-label={format!("{}: {}", desk.t.wall, barriers.get(wall.barrier).map(|barrier| barrier.id.to_string()).unwrap_or_default())}>
                    <line class="hit" x1={px(wall.from.0)} y1={px(wall.from.1)} x2={px(wall.to.0)} y2={px(wall.to.1)} />
                    <line class="wall" x1={px(wall.from.0)} y1={px(wall.from.1)} x2={px(wall.to.0)} y2={px(wall.to.1)} />
                    <line class="wall-hatch" x1={px(wall.from.0)} y1={px(wall.from.1)} x2={px(wall.to.0)} y2={px(wall.to.1)} />
                </g>
            }) }
            { for named }
        </g>
    }
}

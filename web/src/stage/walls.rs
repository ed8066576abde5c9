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

/// Partitions as walls.
#[component]
pub fn Walls(WallsProps { layout, barriers }: &WallsProps) -> Html {
    let desk = use_desk();
    let named = barriers.iter().enumerate().filter_map(|(number, barrier)| {
        let walls = layout.walls.iter().filter(|wall| wall.barrier == number);
        // On the stage, and beside nobody if that can be.
        let room = |wall: &&Wall| {
            let edge = wall.to.0.min(layout.width - wall.to.0);
            layout.room_at(wall.to) - if edge < 90.0 { 1_000.0 } else { 0.0 }
        };
        let wall = walls.max_by(|a, b| room(a).total_cmp(&room(b)))?;
        let words = if barrier.one_way { desk.t.one_way } else { desk.t.partition };
        let (x, y) = wall.to;
        let (side, x) = if x >= wall.from.0 { ("wall-words", x + 8.0) } else { ("wall-words left", x - 8.0) };
        Some(html! { <text class={side} x={px(x)} y={px(y + 4.0)}>{words}</text> })
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

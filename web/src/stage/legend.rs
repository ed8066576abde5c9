//! What the shapes mean: those that are in the picture.

use super::paint::shape_path;
use crate::desk::use_desk;
use crate::same::Same;
use crate::texts::Texts;
use muster_core::process::Shape;
use muster_core::view::Frame;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct LegendProps {
    /// The moment.
    pub frame: Same<Frame>,
}

/// What the shapes mean. A shape once seen stays.
#[component]
pub fn Legend(LegendProps { frame }: &LegendProps) -> Html {
    let desk = use_desk();
    let seen = use_mut_ref(Vec::<Shape>::new);
    {
        let mut seen = seen.borrow_mut();
        for flight in &frame.flights {
            if !seen.contains(&flight.card.shape) {
                seen.push(flight.card.shape);
            }
        }
    }
    let entry = |shape: Shape| {
        let words = words_of(desk.t, shape);
        html! {
            <li>
                <svg class={class_of(shape)} viewBox="-9 -9 18 18" width="13" height="13" aria-hidden="true">
                    <path d={shape_path(shape)} />
                </svg>
                {words}
            </li>
        }
    };
    let seen = seen.borrow();
    if seen.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="legend" aria-label={desk.t.legend}>
            { for seen.iter().map(|shape| entry(*shape)) }
            <li class="fill">
                <svg viewBox="-9 -9 18 18" width="13" height="13" aria-hidden="true"><path class="filled" d={shape_path(Shape::Circle)} /></svg>
                {desk.t.filled}
            </li>
            <li class="fill">
                <svg viewBox="-9 -9 18 18" width="13" height="13" aria-hidden="true"><path class="hollow" d={shape_path(Shape::Circle)} /></svg>
                {desk.t.hollow}
            </li>
        </ul>
    }
}

/// What a shape means.
pub fn words_of(t: &'static Texts, shape: Shape) -> &'static str {
    match shape {
        Shape::Circle => t.shape_circle,
        Shape::Triangle => t.shape_triangle,
        Shape::Square => t.shape_square,
        Shape::Diamond => t.shape_diamond,
        Shape::Hexagon => t.shape_hexagon,
    }
}

/// The class that carries a shape's hue.
pub fn class_of(shape: Shape) -> &'static str {
    match shape {
        Shape::Circle => "m-circle",
        Shape::Triangle => "m-triangle",
        Shape::Square => "m-square",
        Shape::Diamond => "m-diamond",
        Shape::Hexagon => "m-hexagon",
    }
}

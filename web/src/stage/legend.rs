//! What the shapes mean: those that are in the picture.

use super::paint::shape_path;
use crate::desk::{Desk, use_desk};
use crate::same::Same;
use muster_core::process::Shape;
use muster_core::session::api::ScenarioInfo;
use muster_core::view::Frame;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct LegendProps {
    /// The moment.
    pub frame: Same<Frame>,
    /// The scenario, which names the shapes.
    pub info: Option<Same<ScenarioInfo>>,
}

/// What the shapes mean, and then what filled, hollow and ringed ones do. What was once seen stays.
#[component]
pub fn Legend(LegendProps { frame, info }: &LegendProps) -> Html {
    let desk = use_desk();
    let seen = use_mut_ref(|| (Vec::<Shape>::new(), false));
    {
        let (shapes, waited) = &mut *seen.borrow_mut();
        for flight in &frame.flights {
            if !shapes.contains(&flight.card.shape) {
                shapes.push(flight.card.shape);
            }
            *waited |= flight.held || flight.arrives_at.is_none();
        }
    }
    let entry = |shape: Shape| {
        let words = words_of(&desk, info.as_deref(), shape);
        html! {
            <li>
                <svg class={class_of(shape)} viewBox="-9 -9 18 18" width="13" height="13" aria-hidden="true">
                    <path d={shape_path(shape)} />
                </svg>
                {words}
            </li>
        }
    };
    let (shapes, waited) = &*seen.borrow();
    if shapes.is_empty() {
        return Html::default();
    }
    let drawn = |class: &'static str, words: &'static str| {
        let path = if class == "waits" { RING } else { shape_path(Shape::Circle) };
        html! {
            <li class="fill">
                <svg viewBox="-9 -9 18 18" width="13" height="13" aria-hidden="true"><path {class} d={path} /></svg>
                {words}
            </li>
        }
    };
    html! {
        <ul class="legend" aria-label={desk.t.legend}>
            { for shapes.iter().map(|shape| entry(*shape)) }
            { drawn("filled", desk.t.filled) }
            { drawn("hollow", desk.t.hollow) }
            if *waited { { drawn("waits", desk.t.ringed) } }
        </ul>
    }
}

/// What waits has a ring around it.
const RING: &str = "M-8 0a8 8 0 1 1 0 .01M-3 0a3 3 0 1 1 0 .01";

/// What a shape means.
pub fn words_of(desk: &Desk, info: Option<&ScenarioInfo>, shape: Shape) -> String {
    let named = info.and_then(|info| info.shapes.iter().find(|(known, _)| *known == shape));
    named.map_or_else(String::new, |(_, key)| desk.word(*key))
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

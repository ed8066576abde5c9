//! A drawing of the page as it looks there: its elements, with the style they have written into them, so that the file looks
//! the same without the page. It knows neither the stage nor what is drawn on it.

use super::pen::{attribute, colour, escape, paint};
use web_sys::{CssStyleDeclaration, Element};

/// Where an element of a drawing is. Nothing else of what it says about itself is taken along.
const PLACES: [&str; 15] =
    ["transform", "d", "x", "y", "dy", "cx", "cy", "r", "rx", "x1", "y1", "x2", "y2", "width", "height"];

/// Writes what is inside an element of a drawing.
pub fn inside(svg: &mut String, element: &Element) {
    let mut next = element.first_element_child();
    while let Some(child) = next {
        one(svg, &child);
        next = child.next_element_sibling();
    }
}

/// An element and what is in it; nothing if nothing of it is seen.
fn one(svg: &mut String, element: &Element) {
    let style = web_sys::window().and_then(|window| window.get_computed_style(element).ok().flatten());
    let Some(style) = style else { return };
    let get = |name: &str| style.get_property_value(name).unwrap_or_default();
    if get("display") == "none" || get("visibility") == "hidden" {
        return;
    }
    let name = element.local_name();
    let begun = svg.len();
    svg.push('<');
    svg.push_str(&name);
    for place in PLACES {
        if let Some(value) = element.get_attribute(place) {
            attribute(svg, place, &value);
        }
    }
    let opacity = get("opacity");
    if opacity != "1" {
        attribute(svg, "opacity", &opacity);
    }
    if name == "g" {
        svg.push('>');
        let empty = svg.len();
        inside(svg, element);
        if svg.len() == empty {
            return svg.truncate(begun);
        }
        return svg.push_str("</g>");
    }
    let is_seen = matches!(&*name, "path" | "circle" | "rect" | "line" | "text") && worn(svg, &style);
    if !is_seen {
        return svg.truncate(begun);
    }
    if name != "text" {
        return svg.push_str("/>");
    }
    for (which, usual) in [("font-size", ""), ("font-weight", "400"), ("text-anchor", "start")] {
        let value = get(which);
        if value != usual {
            attribute(svg, which, &value);
        }
    }
    svg.push('>');
    escape(svg, &element.text_content().unwrap_or_default());
    svg.push_str("</text>");
}

/// Writes how it is painted; whether it is at all.
fn worn(svg: &mut String, style: &CssStyleDeclaration) -> bool {
    let get = |name: &str| style.get_property_value(name).unwrap_or_default();
    let (fill, stroke) = (get("fill"), get("stroke"));
    let drawn = colour(&stroke).0 != "none" && get("stroke-width") != "0px";
    paint(svg, "fill", &fill, 1.0);
    if !drawn {
        return colour(&fill).0 != "none";
    }
    paint(svg, "stroke", &stroke, 1.0);
    let usual = [
        ("stroke-width", ""),
        ("stroke-dasharray", "none"),
        ("stroke-linecap", "butt"),
        ("stroke-linejoin", "miter"),
        ("paint-order", "normal"),
    ];
    for (which, usual) in usual {
        let value = get(which);
        if value != usual {
            attribute(svg, which, &value);
        }
    }
    true
}

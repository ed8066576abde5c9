//! The links between members: thin where nothing is wrong, marked by stroke and sign where something is.

use super::layout::Layout;
use crate::desk::{Desk, use_desk};
use crate::number::{percent, px};
use crate::same::Same;
use litemap::LiteMap;
use muster_core::process::{HostId, ProcessId};
use muster_core::view::{Actor, Frame, LinkView, Ring};
use yew::prelude::*;

/// Beyond this many members the mesh would be a grey blot: only links with something to tell are drawn.
const MESH_UP_TO: usize = 11;

#[derive(Properties, PartialEq)]
pub struct LinksProps {
    /// The moment.
    pub frame: Same<Frame>,
    /// Where things stand.
    pub layout: Same<Layout>,
}

/// The links between members.
#[component]
pub fn Links(LinksProps { frame, layout }: &LinksProps) -> Html {
    let desk = use_desk();
    let mut odd: LiteMap<(HostId, HostId), &LinkView> = LiteMap::new();
    for link in &frame.links {
        odd.insert((link.from, link.to), link);
    }
    let inner: Vec<&Actor> = frame.actors.iter().filter(|actor| actor.ring == Ring::Inner).collect();
    let mut drawn = Vec::new();
    for (index, a) in frame.actors.iter().enumerate() {
        for b in &frame.actors[index + 1..] {
            let (there, back) = (odd.get(&(a.host, b.host)), odd.get(&(b.host, a.host)));
            let members = a.ring == Ring::Inner && b.ring == Ring::Inner && a.group == b.group;
            let mesh = members && inner.len() <= MESH_UP_TO;
            let told = there.is_some() || back.is_some();
            // A client's links are many: only a link of a member's own is drawn when it is shut.
            if a.host == b.host || !(mesh || told && (members || odd.len() <= 24)) {
                continue;
            }
            let (Some(from), Some(to)) = (layout.spots.get(&a.id), layout.spots.get(&b.id)) else { continue };
            let ends = Ends { from: (from.x, from.y), to: (to.x, to.y), radii: (from.r, to.r) };
            drawn.push(one(&desk, (a, b), ends, there.copied(), back.copied()));
        }
    }
    html! { <g class="links">{ for drawn }</g> }
}

struct Ends {
    from: (f64, f64),
    to: (f64, f64),
    radii: (f64, f64),
}

fn one(
    desk: &Desk,
    (a, b): (&Actor, &Actor),
    ends: Ends,
    there: Option<&LinkView>,
    back: Option<&LinkView>,
) -> Html {
    let Ends { from, to, radii } = ends;
    let shut = |link: Option<&LinkView>| link.is_some_and(|link| link.blocked);
    let class = match (shut(there), shut(back)) {
        (true, true) => "link shut",
        (true, false) | (false, true) => "link half",
        (false, false) if there.is_some() || back.is_some() => "link odd",
        (false, false) => "link",
    };
    let middle = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
    let line = |class: &'static str| {
        html! {
            <line {class} x1={px(from.0)} y1={px(from.1)} x2={px(to.0)} y2={px(to.1)} />
        }
    };
    html! {
        <g class={class} tabindex="-1" role="button" aria-haspopup="menu" aria-label={title(desk, a.id, b.id, there, back)} key={format!("{}-{}", a.id.0, b.id.0)} data-from={a.id.0.to_string()} data-to={b.id.0.to_string()}>
            <title>{ title(desk, a.id, b.id, there, back) }</title>
            { line("hit") }
            { line("wire") }
            { match class {
                "link shut" => cross(middle),
                "link half" => {
                    let (start, end) = if shut(there) { (from, to) } else { (to, from) };
                    half(start, end, if shut(there) { radii.1 } else { radii.0 })
                }
                "link odd" => sign(middle, there, back),
                _ => Html::default(),
            } }
        </g>
    }
}

fn cross((x, y): (f64, f64)) -> Html {
    html! { <path class="sign" d={format!("M{} {}l10 10m0-10l-10 10", px(x - 5.0), px(y - 5.0))} /> }
}

/// One way only is shut: an arrow that ends at a bar.
fn half(from: (f64, f64), to: (f64, f64), r: f64) -> Html {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1.0);
    let (ux, uy) = (dx / length, dy / length);
    let (x, y) = (to.0 - ux * (r + 24.0), to.1 - uy * (r + 24.0));
    let place = |x, y| format!("{} {}", px(x), px(y));
    let bar = [place(x - uy * 9.0, y + ux * 9.0), place(x + uy * 9.0, y - ux * 9.0)].join("L");
    let (bx, by) = (x - ux * 5.0, y - uy * 5.0);
    let head = [
        place(bx - ux * 8.0 - uy * 5.0, by - uy * 8.0 + ux * 5.0),
        place(bx, by),
        place(bx - ux * 8.0 + uy * 5.0, by - uy * 8.0 - ux * 5.0),
    ]
    .join("L");
    html! { <path class="sign" d={format!("M{bar}M{head}")} /> }
}

fn sign((x, y): (f64, f64), there: Option<&LinkView>, back: Option<&LinkView>) -> Html {
    let any = |test: fn(&LinkView) -> bool| there.is_some_and(test) || back.is_some_and(test);
    let loss = there.map_or(0, |link| link.loss_ppm).max(back.map_or(0, |link| link.loss_ppm));
    let words = if any(|link| link.held) {
        "⏸".to_owned()
    } else if loss > 0 {
        format!("{}%", percent(loss, 4))
    } else if any(|link| link.clogged) {
        "…".to_owned()
    } else {
        let (x, hand, rim) = (px(x), px(y - 4.0), px(y - 7.0));
        return html! { <path class="sign" d={format!("M{x} {hand}v4.5l3 2M{x} {rim}a7 7 0 1 0 .01 0")} /> };
    };
    html! { <text class="sign-words" x={px(x)} y={px(y + 4.0)}>{words}</text> }
}

fn title(
    desk: &Desk,
    a: ProcessId,
    b: ProcessId,
    there: Option<&LinkView>,
    back: Option<&LinkView>,
) -> String {
    let (a, b) = (desk.names.of_process(a), desk.names.of_process(b));
    let mut lines = vec![format!("{a} – {b}")];
    for (from, to, link) in [(&a, &b, there), (&b, &a, back)] {
        let Some(link) = link else { continue };
        let mut states = Vec::new();
        if link.blocked {
            states.push(desk.t.link_cut.to_owned());
        }
        if link.clogged {
            states.push(desk.t.link_clogged.to_owned());
        }
        if link.held {
            states.push(desk.t.link_held.to_owned());
        }
        if link.loss_ppm > 0 {
            states.push(desk.t.link_loss.replace("{0}", &percent(link.loss_ppm, 4)));
        }
        if link.shaped {
            states.push(desk.t.link_shaped.to_owned());
        }
        lines.push(format!("{from} → {to}: {}", states.join(", ")));
    }
    lines.join("\n")
}

//! One actor on the stage. What it is shows by outline, word and number, never by colour alone.

use super::layout::{ARC_GAP, Spot};
use super::pointer::LONG_PRESS_MS;
use crate::desk::{Desk, use_desk};
use crate::diagram::Pointed;
use crate::hooks::target;
use crate::number::{fixed, px, sin_cos};
use crate::say::epoch_class;
use crate::state::{About, Menu, Selection};
use gloo_timers::callback::Timeout;
use muster_core::process::Time;
use muster_core::view::{Actor, ArcView, Ballot, Look, Ring, Status, Tally};
use std::f64::consts::TAU;
use yew::prelude::*;

/// A member at least this large has room for a third line of words before the next one begins.
const LARGE: f64 = 36.0;

/// One smaller than this has room for its name alone.
const SMALL: f64 = 24.0;

/// So far beyond its outline an actor can be pressed.
const REACH: f64 = 14.0;

#[derive(Properties, PartialEq)]
pub struct ActorProps {
    /// Who.
    pub actor: Actor,
    /// Where.
    pub spot: Spot,
    /// The time shown.
    pub now: Time,
    /// It is looked at more closely.
    pub selected: bool,
    /// It is the first: the tabulator key comes to it first.
    pub first: bool,
    /// It is pointed at elsewhere on the page.
    pub pointed: bool,
    /// Under which number an explanation lights it up.
    pub lit: Option<usize>,
    /// There is room for a second line of words.
    pub roomy: bool,
    /// There is room for so many letters below a client; none if clients have no words there.
    pub letters: usize,
}

/// One actor on the stage.
#[component]
pub fn ActorView(props: &ActorProps) -> Html {
    let ActorProps { actor, spot, now, selected, first, pointed, lit, roomy, letters } = props;
    let desk = use_desk();
    let pressed = use_mut_ref(|| None::<Timeout>);
    let down = use_mut_ref(|| false);
    let id = actor.id;
    let choose = desk.clone();
    let onclick = move |event: MouseEvent| {
        event.stop_propagation();
        choose.select(Selection::Process(id));
    };
    let choose = desk.clone();
    let onkeydown = move |event: KeyboardEvent| {
        if event.key() == " " {
            event.prevent_default();
            event.stop_propagation();
            choose.select(Selection::Process(id));
        }
    };
    let opener = desk.clone();
    let oncontextmenu = move |event: MouseEvent| {
        event.prevent_default();
        event.stop_propagation();
        let (x, y) = point(&event);
        open_menu(&opener, id, x, y);
    };
    let (press, opener, began) = (pressed.clone(), desk.clone(), down.clone());
    let onpointerdown = move |event: PointerEvent| {
        began.replace(event.button() == 0);
        if event.pointer_type() == "touch" {
            let opener = opener.clone();
            let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
            *press.borrow_mut() = Some(Timeout::new(LONG_PRESS_MS, move || open_menu(&opener, id, x, y)));
        }
    };
    let (enter, leave) = (desk.clone(), desk.clone());
    let onpointerenter = move |_: PointerEvent| enter.point(Some(Pointed::process(id)));
    let (off, gone) = (pressed.clone(), down.clone());
    let onpointerleave = move |_: PointerEvent| {
        drop(off.borrow_mut().take());
        gone.replace(false);
        leave.point(None);
    };
    let (off, ends) = (pressed.clone(), down.clone());
    let onpointercancel = move |_: PointerEvent| {
        drop(off.borrow_mut().take());
        ends.replace(false);
    };
    // Where an actor is drawn anew between press and release, the browser makes no click of them.
    let choose = desk.clone();
    let onpointerup = move |_: PointerEvent| {
        drop(pressed.borrow_mut().take());
        if down.replace(false) {
            choose.select(Selection::Process(id));
        }
    };
    let classes = classes!(
        "actor",
        epoch_class(actor.epoch),
        status_class(actor.status),
        look_class(actor),
        selected.then_some("selected"),
        pointed.then_some("pointed"),
        lit.map(|_| "lit"),
        (actor.ring == Ring::Outer).then_some("outer"),
    );
    html! {
        <g class={classes} data-name={actor.name.to_string()} transform={format!("translate({} {})", px(spot.x), px(spot.y))}
            data-id={id.0.to_string()} tabindex={if *first { "0" } else { "-1" }} role="button" aria-haspopup="menu" aria-pressed={selected.to_string()} aria-label={label(&desk, actor)}
            {onclick} {onkeydown} {oncontextmenu} {onpointerdown} {onpointerenter}
            {onpointerup} {onpointercancel} {onpointerleave}>
            // A finger, or a pointer on the ring or between circle and words, means the actor too.
            <circle class="reach" r={px(spot.r + REACH)} />
            { actor.arc.filter(|_| actor.status == Status::Up).map(|timer| arc(spot.r + ARC_GAP, &timer, *now)).unwrap_or_default() }
            { body(actor, spot.r) }
            { name(actor, spot.r) }
            { lit.map(|number| html! {
                <g class="lit-number" transform={format!("translate({} {})", px(spot.r * 0.9), px(-spot.r * 0.9))}><circle r="9" /><text y="4">{number}</text></g>
            }).unwrap_or_default() }
            if *letters > 0 || actor.ring == Ring::Inner { { words(&desk, actor, spot.r, (*roomy, *letters)) } }
        </g>
    }
}

fn open_menu(desk: &Desk, id: muster_core::process::ProcessId, x: f64, y: f64) {
    desk.select(Selection::Process(id));
    desk.menu(Menu { about: About::Process(id), x, y });
}

/// Where a menu is to open: at the pointer, or beside what has the focus if it was asked for by a key.
fn point(event: &MouseEvent) -> (f64, f64) {
    if event.client_x() != 0 || event.client_y() != 0 {
        return (f64::from(event.client_x()), f64::from(event.client_y()));
    }
    target(event, ".actor")
        .map(|element| element.get_bounding_client_rect())
        .map_or((0.0, 0.0), |rect| (rect.x() + rect.width() / 2.0, rect.y() + rect.height() / 2.0))
}

fn status_class(status: Status) -> &'static str {
    match status {
        Status::Unstarted => "unstarted",
        Status::Up => "up",
        Status::Crashed => "crashed",
        Status::Paused => "paused",
        Status::Stopped => "stopped",
    }
}

fn look_class(actor: &Actor) -> &'static str {
    match actor.role.map(|role| role.look) {
        _ if actor.status != Status::Up => "plain",
        Some(Look::Leader) => "leader",
        Some(Look::Candidate) => "candidate",
        Some(Look::Follower) => "follower",
        Some(Look::Learner) => "learner",
        Some(Look::Client) => "client",
        Some(Look::Plain) | None => "plain",
    }
}

/// A timer: a track and what is left of the time, shrinking.
fn arc(r: f64, timer: &ArcView, now: Time) -> Html {
    let whole = (timer.fires_at - timer.set_at).nanos().max(1) as f64;
    let left = ((timer.fires_at - now).nanos() as f64 / whole).clamp(0.0, 0.9999);
    let (sin, cos) = sin_cos(TAU * left);
    let large = u8::from(left > 0.5);
    let fine = |value| fixed(value, 2);
    let (top, reach, x, y) = (fine(-r), fine(r), fine(r * sin), fine(-r * cos));
    let path = format!("M0 {top}A{reach} {reach} 0 {large} 1 {x} {y}");
    html! {
        <>
            <circle class="arc-track" r={px(r)} />
            <path class="arc" d={path} />
        </>
    }
}

fn body(actor: &Actor, r: f64) -> Html {
    if actor.ring == Ring::Outer {
        let (w, h) = (r * 2.3, r * 1.6);
        return html! {
            <>
                <rect class="halo" x={px(-w / 2.0 - 5.0)} y={px(-h / 2.0 - 5.0)}
                    width={px(w + 10.0)} height={px(h + 10.0)} rx="11" />
                <rect class="body" x={px(-w / 2.0)} y={px(-h / 2.0)}
                    width={px(w)} height={px(h)} rx="7" />
            </>
        };
    }
    let leader = look_class(actor) == "leader";
    html! {
        <>
            <circle class="halo" r={px(r + ARC_GAP + 5.0)} />
            <circle class="body" r={px(r)} />
            if leader {
                // On the rim, where a follower has its timer: inside, a small member has room for its name alone.
                <path class="crown" d="M-9 0h18M-8.5-3-9-10l5 3.6L0-13l4 6.6L9-10l-.5 7z"
                    transform={format!("translate(0 {}) scale({})", px(-r - 3.0), fixed((r / 32.0).clamp(0.7, 1.1), 2))} />
            }
        </>
    }
}

fn name(actor: &Actor, r: f64) -> Html {
    let outer = actor.ring == Ring::Outer;
    let name = &*actor.name;
    let room = if outer { r * 2.1 } else { r * 1.7 };
    let wide = name.chars().count() as f64 * 0.6;
    // A small member has its name alone inside.
    let part = match (outer, r < SMALL) {
        (true, _) => 0.72,
        (false, true) => 0.9,
        (false, false) => 0.58,
    };
    let size = (room / wide.max(1.0)).min(r * part).clamp(7.0, 22.0);
    let y = if outer || r < SMALL { size * 0.35 } else { 0.0 };
    html! { <text class="name" y={px(y)} font-size={px(size)}>{name}</text> }
}

/// The term inside, the role below it, and a caption where there is room.
fn words(desk: &Desk, actor: &Actor, r: f64, (roomy, letters): (bool, usize)) -> Html {
    let status = match actor.status {
        Status::Up => None,
        Status::Unstarted => Some(desk.t.unstarted),
        Status::Crashed => Some(desk.t.crashed),
        Status::Paused => Some(desk.t.paused),
        Status::Stopped => Some(desk.t.stopped),
    };
    let outer = actor.ring == Ring::Outer;
    let leader = look_class(actor) == "leader";
    let small = (r * 0.31).clamp(9.5, 13.5);
    // Its line is below the middle, where the circle is narrower than its diameter.
    let fits = |words: &str| width(words) * small * 0.56 < r * 1.7;
    let inside = match (status, actor.epoch) {
        (Some(status), _) if !outer && r >= SMALL && fits(status) => Some(status.to_owned()),
        // Whose it is says enough beside its number.
        (None, Some(epoch)) if !outer && r >= SMALL && epoch.owner.is_some() => Some(desk.mark(epoch)),
        (None, Some(epoch)) if !outer && r >= SMALL => Some(desk.say(&epoch.phrase())),
        _ => None,
    };
    let mut lines: Vec<(String, &'static str)> = Vec::new();
    let role = actor.role.filter(|_| status.is_none()).map(|role| desk.word(role.key));
    match (role, &actor.tally) {
        (Some(role), Some(tally)) if status.is_none() => {
            let count = desk.t.of_needed.replace("{0}", &tally.have.to_string());
            lines
                .push((format!("{role} · {}", count.replace("{1}", &tally.need.to_string())), "role strong"));
        }
        // A small member has no room for its term inside.
        (Some(role), _) if !outer && r < SMALL => {
            let epoch = actor.epoch.map_or_else(String::new, |epoch| format!(" · {}", desk.mark(epoch)));
            lines.push((format!("{role}{epoch}"), if leader { "role strong" } else { "role" }));
        }
        (Some(role), _) => lines.push((role, if leader { "role strong" } else { "role" })),
        (None, _) if inside.is_none() => lines.extend(status.map(|status| (status.to_owned(), "role"))),
        (None, _) => {}
    }
    if let Some(caption) = actor.caption.as_ref()
        && (roomy || outer)
    {
        lines.push((desk.say(caption), "role"));
    }
    lines.extend(
        actor
            .badges
            .iter()
            .take(1)
            .map(|badge| (desk.say(&badge.phrase), if badge.warn { "role warn" } else { "role" })),
    );
    let shown = match roomy {
        true if r >= LARGE => 3,
        true => 2,
        false => 1,
    };
    let dots = actor.tally.as_ref().filter(|_| status.is_none());
    let arc = if actor.arc.is_some() && status.is_none() { ARC_GAP } else { 2.0 };
    let top = match (outer, dots.is_some()) {
        (true, _) => r * 0.8 + 2.0,
        (false, true) => r + ARC_GAP + 20.0,
        (false, false) => r + arc + 4.0,
    };
    let size = if r < 22.0 { 10.5 } else { 12.0 };
    html! {
        <>
            { for inside.map(|words| html! {
                <text class="inside" y={px(r * 0.44)} font-size={px(small)}>{words}</text>
            }) }
            { for dots.map(|tally| vote_dots(tally, r + ARC_GAP + 12.0)) }
            { for lines.into_iter().take(shown).enumerate().map(|(line, (words, class))| html! {
                <text {class} y={px(top)} dy={em(1.0 + line as f64 * 1.2)} font-size={em(size)}>
                    { shorten(&words, if outer { letters } else { 30 }) }
                </text>
            }) }
        </>
    }
}

/// So many times the drawing's unit of type, which a theme may make larger, or the element's own.
fn em(value: f64) -> String {
    px(value) + "em"
}

fn vote_dots(tally: &Tally, y: f64) -> Html {
    let count = tally.ballots.len() as f64;
    tally
        .ballots
        .iter()
        .enumerate()
        .map(|(index, (_, ballot))| {
            let class = match ballot {
                Ballot::Yes => "vote yes",
                Ballot::No => "vote no",
                Ballot::Waiting => "vote waiting",
            };
            let x = (index as f64 - (count - 1.0) / 2.0) * 13.0;
            html! { <circle {class} cx={px(x)} cy={px(y)} r="4.4" /> }
        })
        .collect()
}

/// How wide a letter is: Chinese ones count twice.
fn wide(letter: char) -> usize {
    if letter.is_ascii() { 1 } else { 2 }
}

fn width(words: &str) -> f64 {
    words.chars().map(wide).sum::<usize>() as f64
}

/// At most this many letters' width.
fn shorten(words: &str, most: usize) -> String {
    let mut room = most;
    let mut short = String::new();
    for letter in words.chars() {
        let wide = wide(letter);
        if room < wide {
            short.push('…');
            return short;
        }
        room -= wide;
        short.push(letter);
    }
    short
}

/// What it is, in words.
pub fn label(desk: &Desk, actor: &Actor) -> String {
    let mut parts = vec![actor.name.to_string()];
    match actor.status {
        Status::Up => parts.extend(actor.role.map(|role| desk.word(role.key))),
        Status::Unstarted => parts.push(desk.t.unstarted.to_owned()),
        Status::Crashed => parts.push(desk.t.crashed.to_owned()),
        Status::Paused => parts.push(desk.t.paused.to_owned()),
        Status::Stopped => parts.push(desk.t.stopped.to_owned()),
    }
    parts.extend(actor.epoch.map(|epoch| desk.say(&epoch.phrase())));
    parts.extend(actor.caption.as_ref().map(|caption| desk.say(caption)));
    parts.join(", ")
}

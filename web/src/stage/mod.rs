//! The stage: members, links, walls and messages on their way; verbs above, one sentence below.

mod actor;
mod beside;
mod caption;
mod flights;
mod layout;
mod legend;
pub use legend::class_of;
mod links;
pub mod paint;
mod picture;
pub use picture::picture;
mod pointer;
mod tags;
mod toolbar;
mod walls;

use crate::desk::use_desk;
use crate::diagram::{Lit, Pointed};
use crate::hands::{Stroke, focus};
use crate::hooks::{use_size, use_window_event};
use crate::look::Worn;
use crate::number::px;
use crate::part::{part, part_by_key};
use crate::player::Shown;
use crate::same::Same;
use crate::sides::{Sides, SidesProps, named};
use crate::state::{Page, Selection};
use actor::{ActorProps, ActorView};
use beside::{Beside, BesideProps};
pub use beside::{Other, OtherProps};
use caption::{Caption, CaptionProps};
use flights::{Flights, FlightsProps, Hover, Meant, stops};
pub use layout::Layout;
use layout::lay_out;
use legend::{Legend, LegendProps};
use links::{Links, LinksProps};
use muster_core::process::ProcessId;
use muster_core::view::{Actor, BarrierView, Frame};
use paint::Ink;
use pointer::{Pointer, Press};
use std::cell::RefCell;
use std::rc::Rc;
use toolbar::{Toolbar, ToolbarProps};
pub use toolbar::{is_common, members};
use walls::{Walls, WallsProps};
use wasm_bindgen::JsCast;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct StageProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
    /// The time drawn.
    pub shown: Shown,
}

/// The stage; empty until there is a moment to show.
#[component]
pub fn Stage(StageProps { page, shown }: &StageProps) -> Html {
    let desk = use_desk();
    let other = page.branching.beside.as_ref().map(|other| {
        part::<Beside>(BesideProps { page: page.clone(), other: other.clone(), shown: shown.clone() })
    });
    match &page.frame {
        Some(frame) => {
            let moment = MomentProps { page: page.clone(), frame: frame.clone(), shown: shown.clone() };
            // One child whether it is there or not: else the stage before it would be made anew.
            let sides = page
                .has_sides()
                .then(|| part::<Sides>(SidesProps { page: page.clone(), shown: shown.clone() }));
            html! { <>{ part::<Moment>(moment) }{ other.or(sides).unwrap_or_default() }</> }
        }
        None => html! { <section class="stage" aria-label={desk.t.stage}></section> },
    }
}

#[derive(Properties, PartialEq)]
struct MomentProps {
    page: UseReducerHandle<Page>,
    frame: Same<Frame>,
    shown: Shown,
}

#[component]
fn Moment(MomentProps { page, frame, shown }: &MomentProps) -> Html {
    let desk = use_desk();
    let picture = use_node_ref();
    let size = use_size(&picture);
    let hover = (*use_memo((), |()| Hover::default())).clone();
    let last = use_mut_ref(|| None::<(LayoutKey, Same<Layout>)>);
    let layout = layout_of(&mut last.borrow_mut(), frame, (size, page.look.worn()));
    let stroke = use_state_eq(|| None::<Stroke>);
    let press: Rc<RefCell<Press>> = use_mut_ref(Press::default);
    let pointer = Pointer {
        desk: desk.clone(),
        frame: frame.clone(),
        layout: layout.clone(),
        shown: shown.clone(),
        hover: hover.clone(),
        stroke: stroke.setter(),
        press,
    };
    let drawing = pointer.clone();
    use_window_event("keydown", move |event| {
        let key = event.dyn_ref::<web_sys::KeyboardEvent>().map(web_sys::KeyboardEvent::key);
        if key.as_deref() == Some("Escape") && drawing.gives_up() {
            event.prevent_default();
        }
    });
    {
        // A message that was stepped to by key gets the focus, once time stands still and it is there to have it.
        let picture = picture.clone();
        use_effect_with(page.hands.stepped, move |_| {
            let picture = picture.cast::<web_sys::Element>();
            if let Some(message) =
                picture.and_then(|picture| picture.query_selector(".flight.on").ok().flatten())
            {
                focus(&message);
            }
        });
    }
    let selected = match page.selection {
        Some(Selection::Process(id)) => Some(id),
        _ => None,
    };
    let still = !page.playing && page.until.is_none();
    let meant = use_mut_ref(Same::<Meant>::default);
    meant.borrow_mut().put(meant_of(page));
    let meant = meant.borrow().clone();
    html! {
        <section class="stage" aria-label={desk.t.stage}>
            { if page.has_sides() { named(page) } else { beside::named(&desk, page) } }
            { part::<Toolbar>(ToolbarProps { verbs: page.verbs.clone(), frame: frame.clone() }) }
            <div class="picture" ref={picture} onpointerdown={pointer.presses()} onpointermove={pointer.moves()}
                onpointerup={pointer.lifts()} onpointercancel={pointer.cancels()} onpointerleave={pointer.leaves()}
                onclick={pointer.clicks()} oncontextmenu={pointer.asks()} onkeydown={pointer.walks()} onfocusin={pointer.focuses()}>
                <svg id="ring" width={px(size.0)} height={px(size.1)} role="group"
                    aria-label={desk.t.cluster}>
                    { part::<Links>(LinksProps { frame: frame.clone(), layout: layout.clone() }) }
                    { part::<Walls>(WallsProps { layout: layout.clone(), barriers: frame.barriers.clone() }) }
                    if still { { stops(&desk, frame, &layout, page.selection) } }
                    { for frame.actors.iter().enumerate().filter_map(|(index, actor)| {
                        let spot = *layout.spots.get(&actor.id)?;
                        Some(part_by_key::<ActorView>(actor.id.0, ActorProps {
                            actor: actor.clone(),
                            spot,
                            now: frame.place.at,
                            selected: selected == Some(actor.id),
                            pointed: page.diagram.pointed.is_some_and(|pointed| points_to(&pointed, actor.id)),
                            lit: lit_as(page, actor.id),
                            first: index == 0,
                            roomy: layout.roomy,
                            letters: layout.letters,
                        }))
                    }) }
                    { stroke.map(|stroke| stroke.draw(frame, &layout)).unwrap_or_default() }
                    { page.branching.beside.as_ref().map(|other| beside::differing(&desk, &layout, &other.differ)).unwrap_or_default() }
                </svg>
                { part::<Flights>(FlightsProps {
                    frame: frame.clone(),
                    layout: layout.clone(),
                    size,
                    still,
                    worn: page.look.worn(),
                    shown: shown.clone(),
                    hover,
                    meant: Same::clone(&meant),
                }) }
                { part::<Legend>(LegendProps { frame: frame.clone(), info: page.info.clone() }) }
            </div>
            { part::<Caption>(CaptionProps {
                sentence: frame.sentence.clone(),
                place: frame.place,
                marks: page.marks.clone(),
                playing: !still,
                event: frame.event,
                ended: page.ended,
            }) }
        </section>
    }
}

/// Messages that stand out because they are pointed at elsewhere, selected or lit up.
fn meant_of(page: &Page) -> Meant {
    let diagram = &page.diagram;
    let selected = match page.selection {
        Some(Selection::Message(id)) => Some(id),
        _ => None,
    };
    let pointed = diagram.pointed.and_then(|pointed| pointed.message);
    let lit = diagram.lit.iter().enumerate().filter_map(|(at, lit)| match lit {
        Lit::Message(id) => Some((*id, at + 1)),
        Lit::Event(_) => None,
    });
    Meant {
        ringed: selected.into_iter().chain(pointed).collect(),
        lit: lit.collect(),
        entry: diagram.pointed.filter(|pointed| pointed.entries.is_some()),
    }
}

/// Does what is pointed at happen at this process?
fn points_to(pointed: &Pointed, id: ProcessId) -> bool {
    pointed.process == Some(id) || pointed.event.is_some_and(|event| event.process == id)
}

/// Under which number of an explanation an event of this process is lit up first.
fn lit_as(page: &Page, id: ProcessId) -> Option<usize> {
    let own = |lit: &Lit| matches!(lit, Lit::Event(event) if event.process == id);
    page.diagram.lit.iter().position(own).map(|at| at + 1)
}

/// The layout, made again only if who is on the stage, a partition, the size or the theme changed.
fn layout_of(
    last: &mut Option<(LayoutKey, Same<Layout>)>,
    frame: &Frame,
    (size, worn): ((f64, f64), Worn),
) -> Same<Layout> {
    let key = LayoutKey::of(frame, size, worn);
    match last {
        Some((old, layout)) if *old == key => layout.clone(),
        _ => {
            let layout = Same::new(lay_out(&frame.actors, &frame.barriers, size, Ink::read().scale));
            *last = Some((key, layout.clone()));
            layout
        }
    }
}

#[derive(PartialEq)]
struct LayoutKey {
    who: Vec<(u32, u16, bool)>,
    barriers: Rc<[BarrierView]>,
    size: (f64, f64),
    worn: Worn,
}

impl LayoutKey {
    fn of(frame: &Frame, size: (f64, f64), worn: Worn) -> Self {
        let inner = |actor: &Actor| actor.ring == muster_core::view::Ring::Inner;
        let who = frame.actors.iter().map(|actor| (actor.id.0, actor.group, inner(actor))).collect();
        LayoutKey { who, barriers: frame.barriers.clone().into(), size, worn }
    }
}

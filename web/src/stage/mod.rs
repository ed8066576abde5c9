//! The stage: members, links, walls and messages on their way; verbs above, one sentence below.

mod actor;
mod caption;
mod flights;
mod layout;
mod legend;
mod links;
pub mod paint;
mod pointer;
mod toolbar;
mod walls;

use crate::desk::use_desk;
use crate::hands::{Stroke, focus};
use crate::hooks::{use_size, use_window_event};
use crate::number::px;
use crate::part::{part, part_by_key};
use crate::player::Shown;
use crate::same::Same;
use crate::state::{Page, Selection};
use actor::{ActorProps, ActorView};
use caption::{Caption, CaptionProps};
use flights::{Flights, FlightsProps, Hover, stops};
pub use layout::Layout;
use layout::lay_out;
use legend::{Legend, LegendProps};
use links::{Links, LinksProps};
use muster_core::view::{Actor, BarrierView, Frame};
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
    match &page.frame {
        Some(frame) => {
            part::<Moment>(MomentProps { page: page.clone(), frame: frame.clone(), shown: shown.clone() })
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
    let layout = layout_of(&mut last.borrow_mut(), frame, size);
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
    html! {
        <section class="stage" aria-label={desk.t.stage}>
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
                            first: index == 0,
                            roomy: layout.roomy,
                            beside: layout.beside,
                        }))
                    }) }
                    { for stroke.map(|stroke| stroke.draw(frame, &layout)) }
                </svg>
                { part::<Flights>(FlightsProps {
                    frame: frame.clone(),
                    layout: layout.clone(),
                    size,
                    still,
                    dark: page.look.dark(),
                    shown: shown.clone(),
                    hover,
                }) }
                { part::<Legend>(LegendProps { frame: frame.clone() }) }
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

/// The layout, made again only if who is on the stage, a partition or the size changed.
fn layout_of(last: &mut Option<(LayoutKey, Same<Layout>)>, frame: &Frame, size: (f64, f64)) -> Same<Layout> {
    let key = LayoutKey::of(frame, size);
    match last {
        Some((old, layout)) if *old == key => layout.clone(),
        _ => {
            let layout = Same::new(lay_out(&frame.actors, &frame.barriers, size));
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
}

impl LayoutKey {
    fn of(frame: &Frame, size: (f64, f64)) -> Self {
        let inner = |actor: &Actor| actor.ring == muster_core::view::Ring::Inner;
        let who = frame.actors.iter().map(|actor| (actor.id.0, actor.group, inner(actor))).collect();
        LayoutKey { who, barriers: frame.barriers.clone().into(), size }
    }
}

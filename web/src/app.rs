//! The page's root: its state, its worker, and where everything is.

use crate::branches::keep::{self, use_keep};
use crate::branches::{Tree, TreeProps, Versus, VersusProps, use_versus};
use crate::bridge::Bridge;
use crate::desk::Desk;
use crate::dialogs::{Dialogs, DialogsProps};
use crate::header::{Header, HeaderProps};
use crate::hooks::use_window_event;
use crate::inspector::{Inspect, InspectProps};
use crate::keys::{use_keys, use_look};
use crate::lesson::{LessonPanel, LessonProps};
use crate::link::{Wanted, show, wanted};
use crate::look::{Look, prefers, system_dark};
use crate::menu::{PointMenu, PointMenuProps};
use crate::notice::{NoticeBar, NoticeProps};
use crate::panel::{Panel, PanelProps, View};
use crate::part::part;
use crate::player::use_player;
use crate::refresh::{Wishes, use_refresh};
use crate::sides::use_sides;
use crate::stage::{Stage, StageProps};
use crate::state::{Asked, Happened, Page, Tab};
use crate::story::{Story, StoryProps};
use crate::tour::{Tour, TourProps};
use crate::transport::{Transport, TransportProps};
use crate::why::WhyHappened;
use crate::writing::Drop;
use muster_core::session::api::{Request, SeekTo};
use yew::prelude::*;

/// What a reader sees who asked for nothing.
const FIRST: &str = "leader-crash";

/// Puts the page into the document and takes the loading screen away.
pub fn mount() {
    let document = web_sys::window().and_then(|window| window.document()).expect("a page has a document");
    let root = document.get_element_by_id("app").expect("index.html has #app");
    yew::Renderer::<App>::with_root(root).render();
    if let Some(loading) = document.get_element_by_id("loading") {
        loading.remove();
    }
}

#[component]
fn App() -> Html {
    let page = use_reducer(first_page);
    let bridge = use_memo((), |()| Bridge::new(page.dispatcher()));
    let wishes = (*use_memo((), |()| Wishes::default())).clone();
    let ask = {
        let bridge = (*bridge).clone();
        use_callback((), move |(request, asked): (Request, Asked), ()| {
            bridge.trust_again();
            bridge.ask(&with_view(&bridge, request), asked);
        })
    };
    let desk = Desk::new(page.look.lang, page.names.clone(), page.dispatcher(), ask);
    let shown = use_player(&bridge, &page);
    use_refresh(&bridge, &page, &wishes);
    use_keep(&bridge, &page, &wishes);
    use_versus(&bridge, &page);
    use_sides(&bridge, &page);
    use_provoked(&bridge);
    use_keys(&desk, &page);
    use_look(&page.look);
    use_address(&bridge, &page, &desk);
    use_system(&page);
    use_going(&page, &desk);
    use_stretch(&page, &desk, &wishes);
    use_stops(&bridge, &page);
    use_effect_with(page.menu.is_none() && page.dialog.is_none(), |free| {
        if *free {
            crate::hands::give_focus_back();
        }
    });
    html! {
        <ContextProvider<Desk> context={desk.clone()}>
            { part::<Header>(HeaderProps { page: page.clone() }) }
            // One child whether it is there or not, here and below: else all that stands before it would be made anew.
            { page.tour.map(|step| part::<Tour>(TourProps { step })).unwrap_or_default() }
            <main class={main_class(&page)}>
                if page.branching.other.is_some() { { part::<Versus>(VersusProps { page: page.clone() }) } }
                { beside(&page, &desk) }
                { part::<Stage>(StageProps { page: page.clone(), shown: shown.clone() }) }
                { part::<Inspect>(InspectProps { page: page.clone() }) }
            </main>
            <section class="time">
                { for page.notice.clone().map(|notice| part::<NoticeBar>(NoticeProps { notice })) }
                { part::<Panel>(PanelProps { page: page.clone(), shown: shown.clone(), wishes: wishes.clone() }) }
                { part::<Tree>(TreeProps { page: page.clone(), shown }) }
                { part::<Transport>(TransportProps { page: page.clone() }) }
            </section>
            { part::<Drop>(()) }
            { part::<Dialogs>(DialogsProps { page: page.clone(), wishes }) }
            { page.menu.map(|menu| part::<PointMenu>(PointMenuProps { page: page.clone(), menu })).unwrap_or_default() }
        </ContextProvider<Desk>>
    }
}

/// How many stages stand beside one another.
fn main_class(page: &Page) -> Classes {
    let sides = page.info.as_ref().map_or(0, |info| info.sides.len());
    match (page.branching.other, page.has_sides()) {
        (Some(_), _) => classes!("comparing"),
        (None, true) => classes!("comparing", "sides", if sides > 2 { "three" } else { "two" }),
        (None, false) => Classes::new(),
    }
}

/// What stands beside the stage: a lesson's step, or the scenario's story; above several stages, what is compared.
fn beside(page: &Page, desk: &Desk) -> Html {
    let (library, untouched) = (page.library.clone(), page.commands.is_empty());
    match &page.info {
        Some(info) if page.has_sides() => crate::sides::about(desk, info),
        Some(info) if !info.lesson.is_empty() => part::<LessonPanel>(LessonProps {
            info: info.clone(),
            lesson: page.lesson.clone(),
            running: page.playing || page.until.is_some(),
            touched: !untouched,
            library,
        }),
        info => part::<Story>(StoryProps {
            info: info.clone(),
            expectations: page.expectations.clone(),
            library,
            untouched: untouched && page.tour.is_none(),
        }),
    }
}

/// The example runs from the first moment, unless the reader asked for less motion or came by a link.
fn first_page() -> Page {
    let linked = matches!(wanted(), Some(Wanted::Link(_)));
    let playing = !linked && !prefers("(prefers-reduced-motion: reduce)");
    let look = Look::remembered();
    Page { tour: (!look.toured).then_some(0), look, playing, ..Page::default() }
}

/// Opens what the address asks for, now and when it changes, and keeps it telling what is shown.
#[hook]
fn use_address(bridge: &Bridge, page: &UseReducerHandle<Page>, desk: &Desk) {
    let opener = bridge.clone();
    use_effect_with((), move |()| {
        opener.ask(&Request::Library, Asked::Look);
        match keep::kept() {
            Some(kept) => opener.ask(&Request::Load { text: kept.text.into(), seed: None }, Asked::Kept),
            None => open(&opener, wanted()),
        }
    });
    let opener = bridge.clone();
    use_effect_with(page.branching.refused, move |refused| {
        if *refused {
            keep::forget();
            open(&opener, wanted());
        }
    });
    // Where the address leads nowhere, the page is not left empty.
    let opener = bridge.clone();
    use_effect_with(page.nowhere, move |nowhere| {
        if *nowhere {
            open(&opener, None);
        }
    });
    let opener = bridge.clone();
    use_effect_with(page.tries, move |tries| {
        if *tries > 0 {
            opener.try_again();
        }
    });
    let (opener, teller) = (bridge.clone(), desk.clone());
    use_window_event("hashchange", move |_| {
        if let Some(wanted) = wanted() {
            teller.tell(Happened::Play(false));
            open(&opener, Some(wanted));
        }
    });
    let info = page.info.clone().filter(|_| !page.linked);
    // Also where the address asked in vain for something else.
    let keeper = bridge.keeper();
    use_effect_with((page.loads, page.refusals, info), move |(_, _, info)| {
        match info {
            Some(info) if info.library => show(&format!("#scenario={}&seed={}", info.name, info.seed)),
            // A text of the reader's own has no address but a link.
            Some(_) => show("#"),
            None => {}
        }
        keeper.stands_here();
    });
}

/// A link and a file carry what the page shows beside the run.
fn with_view(bridge: &Bridge, request: Request) -> Request {
    match request {
        Request::ShareAll { .. } => Request::ShareAll { view: bridge.keeper().view() },
        Request::SaveRun { .. } => Request::SaveRun { view: bridge.keeper().view() },
        request => request,
    }
}

/// In a page whose address says `?provoke`, an event lets the worker or the page panic: to see what comes of it.
#[hook]
fn use_provoked(bridge: &Bridge) {
    fn asked() -> bool {
        let search = web_sys::window().and_then(|window| window.location().search().ok());
        search.is_some_and(|search| search.contains("provoke"))
    }
    use_window_event("provoke-page", move |_| {
        assert!(!asked(), "a panic was provoked, to see what comes of it")
    });
    let bridge = bridge.clone();
    use_window_event("provoke-worker", move |_| {
        if asked() {
            bridge.provoke();
        }
    });
}

fn open(bridge: &Bridge, wanted: Option<Wanted>) {
    match wanted {
        Some(Wanted::Link(link)) => bridge.ask(&Request::Open(link.into()), Asked::Open),
        Some(Wanted::Scenario(name, seed)) => {
            bridge.ask(&Request::LoadLibrary { name: name.into(), seed }, Asked::Jump);
        }
        None => bridge.ask(&Request::LoadLibrary { name: FIRST.into(), seed: None }, Asked::Jump),
    }
}

/// Goes where the page's state wants to go.
#[hook]
fn use_going(page: &UseReducerHandle<Page>, desk: &Desk) {
    let desk = desk.clone();
    use_effect_with(page.go_to, move |go_to| {
        if let Some(place) = go_to {
            desk.tell(Happened::Went);
            desk.ask(Request::Seek(SeekTo::Ordinal(place.ordinal)));
        }
    });
}

/// The session stops where the reader wants it to: told anew when that changes, and after another run or worker began.
#[hook]
fn use_stops(bridge: &Bridge, page: &UseReducerHandle<Page>) {
    let (bridge, stops) = (bridge.clone(), page.going.in_force());
    let told = use_mut_ref(|| 0usize);
    use_effect_with((page.loads, page.lives, stops), move |(loads, _, stops)| {
        let before = told.replace(stops.len());
        if *loads > 0 && (before > 0 || !stops.is_empty()) {
            bridge.ask(&Request::StopAt(stops.clone()), Asked::Look);
        }
    });
}

/// Shows on the timeline all that an answer names.
#[hook]
fn use_stretch(page: &UseReducerHandle<Page>, desk: &Desk, wishes: &Wishes) {
    let (desk, wishes) = (desk.clone(), wishes.clone());
    use_effect_with(page.why.stretch, move |stretch| {
        if let Some((from, to)) = stretch {
            wishes.set_view(View::over(*from, *to));
            desk.tell(Happened::Tab(Tab::Timeline));
            desk.why_tell(WhyHappened::Showed);
        }
    });
}

/// When the system turns dark or light, what is drawn on canvases must follow.
#[hook]
fn use_system(page: &UseReducerHandle<Page>) {
    let page = page.dispatcher();
    use_effect_with((), move |()| {
        let list = web_sys::window()
            .and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok().flatten());
        let listener = list.map(|list| {
            gloo_events::EventListener::new(&list, "change", move |_| {
                page.dispatch(Happened::System(system_dark()));
            })
        });
        move || drop(listener)
    });
}

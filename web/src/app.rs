//! The page's root component.

use crate::worker::Worker;
use yew::prelude::*;

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
    let answer = use_state(|| None::<String>);
    {
        let answer = answer.clone();
        use_effect_with((), move |()| {
            let worker = Worker::start(move |text| answer.set(Some(text)));
            worker.send("ping");
            move || drop(worker)
        });
    }
    let state = if answer.is_some() { "ready" } else { "starting" };
    html! {
        <main>
            <h1>{ "Muster" }</h1>
            <p id="tagline">{ "A simulator of how clusters agree." }</p>
            <p id="worker" data-state={state}>{ answer.as_deref().unwrap_or("The worker starts…").to_owned() }</p>
        </main>
    }
}

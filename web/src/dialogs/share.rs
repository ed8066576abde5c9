//! The link to this run: opened anywhere, it shows the same event.

use super::modal::modal;
use crate::desk::{Desk, use_desk};
use crate::icons::Icon;
use crate::link::address;
use crate::state::{Asked, Dialog};
use muster_core::session::api::Request;
use std::sync::Arc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Makes a link to what is shown, and shows it.
pub fn share(desk: &Desk) {
    desk.open(Dialog::Share);
    desk.ask_as(Request::ShareAll { view: "".into() }, Asked::Look);
}

#[derive(Properties, PartialEq)]
pub struct ShareProps {
    /// The link's text, once it has come.
    pub link: Option<Arc<str>>,
}

/// The link to this run.
#[component]
pub fn ShareDialog(ShareProps { link }: &ShareProps) -> Html {
    let desk = use_desk();
    let copied = use_state(|| false);
    let node = use_node_ref();
    let address = link.as_ref().map(|link| address(link)).unwrap_or_default();
    {
        // Once it has come it only needs to be copied.
        let field = node.clone();
        use_effect_with(address.clone(), move |_| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                field.select();
            }
        });
    }
    let (text, set, field) = (address.clone(), copied.setter(), node.clone());
    let onclick = move |_| {
        if let Some(field) = field.cast::<HtmlInputElement>() {
            field.select();
        }
        if let Some(window) = web_sys::window() {
            // Without a secure context there is no clipboard: the selected text can be copied by hand.
            let clipboard = js_sys::Reflect::get(&window.navigator(), &"clipboard".into());
            if clipboard.is_ok_and(|clipboard| !clipboard.is_undefined()) {
                let _ = window.navigator().clipboard().write_text(&text);
                set.set(true);
            }
        }
    };
    let inside = html! {
        <>
            <p>{desk.t.share_words}</p>
            <div class="share">
                <input id="link" ref={node} type="text" readonly=true autofocus=true value={address.clone()} aria-label={desk.t.share} />
                <button type="button" class="primary" disabled={address.is_empty()} {onclick}>{Icon::Copy.html()}{desk.t.copy}</button>
            </div>
            <p class="muted small" aria-live="polite">
                { if *copied { desk.t.copied.to_owned() } else if address.is_empty() { desk.t.share_wait.to_owned() } else { String::new() } }
            </p>
        </>
    };
    modal(desk.t.share.into(), inside)
}

//! A dialog's frame: the browser's own, which keeps the focus inside and closes on Escape.

use crate::desk::use_desk;
use crate::icons::Icon;
use crate::state::Happened;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ModalProps {
    /// What it is about.
    pub title: AttrValue,
    /// What is in it.
    pub children: Html,
}

/// A dialog's frame.
#[component]
pub fn Modal(ModalProps { title, children }: &ModalProps) -> Html {
    let desk = use_desk();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                let _ = dialog.show_modal(); // fails only if it is open already
            }
        });
    }
    let (closed, close) = (desk.clone(), desk.clone());
    html! {
        <dialog ref={node} aria-label={title.clone()} onclose={move |_| closed.tell(Happened::Dialog(None))}
            onkeydown={|event: KeyboardEvent| event.stop_propagation()}>
            <header>
                <h2>{title}</h2>
                <button class="ghost small" type="button" aria-label={desk.t.close}
                    onclick={move |_| close.tell(Happened::Dialog(None))}>{Icon::Close.html()}</button>
            </header>
            {children.clone()}
        </dialog>
    }
}

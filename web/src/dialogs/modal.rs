//! A dialog's frame: the browser's own, which keeps the focus inside and closes on Escape.

use crate::desk::use_desk;
use crate::icons::Icon;
use crate::part::part_by_key;
use crate::state::Happened;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// A dialog's frame: what it is about, and what is in it.
pub fn modal(title: AttrValue, inside: Html) -> Html {
    // One dialog after another is a frame of its own: it opens anew and takes the focus.
    part_by_key::<Modal>(title.to_string(), ModalProps { title, inside })
}

#[derive(Properties, PartialEq)]
struct ModalProps {
    title: AttrValue,
    inside: Html,
}

#[component]
fn Modal(ModalProps { title, inside }: &ModalProps) -> Html {
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
            {inside.clone()}
        </dialog>
    }
}

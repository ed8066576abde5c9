//! What a branch is to be called, and whether it is to be deleted.

use super::{Asking, Turn, name};
use crate::desk::use_desk;
use crate::dialogs::modal;
use crate::same::Same;
use crate::state::Happened;
use muster_core::session::api::{BranchView, Request};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct BranchDialogProps {
    /// What for.
    pub asking: Asking,
    /// All branches.
    pub branches: Same<Vec<BranchView>>,
}

/// The dialog about a branch.
#[component]
pub fn BranchDialog(BranchDialogProps { asking, branches }: &BranchDialogProps) -> Html {
    let desk = use_desk();
    let field = use_node_ref();
    let (Asking::Name(id) | Asking::Delete(id)) = *asking;
    let Some(branch) = branches.iter().find(|branch| branch.id == id) else { return Html::default() };
    let (called, naming) = (name(&desk, branch), matches!(asking, Asking::Name(_)));
    let (act, source, lost) = (desk.clone(), field.clone(), called.clone());
    let onsubmit = move |event: SubmitEvent| {
        event.prevent_default();
        act.tell(Happened::Dialog(None));
        if !naming {
            act.ask(Request::Delete { branch: id });
            act.tell(Happened::Branch(Turn::Delete(id, lost.clone())));
        } else if let Some(field) = source.cast::<HtmlInputElement>() {
            act.ask(Request::Rename { branch: id, name: field.value().into() });
        }
    };
    let cancel = desk.clone();
    let (title, go) = match naming {
        true => (desk.t.rename_branch, desk.t.rename),
        false => (desk.t.delete_branch, desk.t.delete_it),
    };
    let inside = html! {
        <form {onsubmit}>
            if naming {
                <label class="field"><span>{desk.t.branch_name}</span>
                    <input id="branch-name" ref={field} type="text" autofocus=true maxlength="100" autocomplete="off"
                        value={branch.name.as_ref().map(|name| name.to_string()).unwrap_or_default()} placeholder={called} />
                </label>
                <p class="muted small">{desk.t.branch_name_words}</p>
            } else {
                <p>{desk.t.delete_branch_words.replace("{0}", &called)}</p>
            }
            <footer>
                <button type="button" class="ghost" onclick={move |_| cancel.tell(Happened::Dialog(None))}>{desk.t.cancel}</button>
                <button type="submit" class="primary" id="branch-go">{go}</button>
            </footer>
        </form>
    };
    modal(title.into(), inside)
}

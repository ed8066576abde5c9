//! Dialogs in front of the page. Time stands still while one is open.

mod answer;
mod ask;
mod fields;
mod keys;
mod modal;
mod share;

use crate::state::{Dialog, Page};
use ask::AskDialog;
use keys::KeysDialog;
use share::ShareDialog;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct DialogsProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
}

/// The dialog in front, if there is one.
#[component]
pub fn Dialogs(DialogsProps { page }: &DialogsProps) -> Html {
    match &page.dialog {
        None => Html::default(),
        Some(Dialog::Ask(verb, given)) => {
            html! { <AskDialog verb={(**verb).clone()} given={given.clone()} /> }
        }
        Some(Dialog::Keys) => html! { <KeysDialog look={page.look.clone()} /> },
        Some(Dialog::Share) => html! { <ShareDialog link={page.link.clone()} /> },
    }
}

//! Dialogs in front of the page. Time stands still while one is open.

mod answer;
mod ask;
mod conditions;
mod fields;
mod keys;
mod modal;
mod scenario;
mod share;

pub use modal::modal;

use crate::branches::{BranchDialog, BranchDialogProps};
use crate::export::{ExportDialog, ExportProps};
use crate::find::{FindDialog, FindProps};
use crate::part::part;
use crate::refresh::Wishes;
use crate::state::{Dialog, Page};
use ask::{AskDialog, AskProps};
use conditions::{ConditionsDialog, ConditionsProps};
use keys::{KeysDialog, KeysProps};
use scenario::{ScenarioDialog, ScenarioProps};
pub use share::share;
use share::{ShareDialog, ShareProps};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct DialogsProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
    /// The stretch of time shown.
    pub wishes: Wishes,
}

/// The dialog in front, if there is one.
#[component]
pub fn Dialogs(DialogsProps { page, wishes }: &DialogsProps) -> Html {
    match &page.dialog {
        None => Html::default(),
        Some(Dialog::Ask(verb, given)) => {
            part::<AskDialog>(AskProps { verb: (**verb).clone(), given: given.clone() })
        }
        Some(Dialog::Branch(asking)) => {
            part::<BranchDialog>(BranchDialogProps { asking: *asking, branches: page.branches.clone() })
        }
        Some(Dialog::Export) => {
            part::<ExportDialog>(ExportProps { page: page.clone(), wishes: wishes.clone() })
        }
        Some(Dialog::Find) => part::<FindDialog>(FindProps { page: page.clone() }),
        Some(Dialog::Keys) => part::<KeysDialog>(KeysProps { look: page.look.clone() }),
        Some(Dialog::Scenario) => part::<ScenarioDialog>(ScenarioProps {
            text: page.hands.scenario.clone(),
            name: page.info.as_ref().map_or_else(|| "run".to_owned(), |info| info.name.to_string()),
        }),
        Some(Dialog::Conditions) => part::<ConditionsDialog>(ConditionsProps {
            goals: page.info.as_ref().map(|info| info.goals.clone()).unwrap_or_default(),
            going: page.going.clone(),
        }),
        Some(Dialog::Share) => part::<ShareDialog>(ShareProps { link: page.link.clone() }),
    }
}

//! The run as a scenario's text: the file with what was done by hand in its timeline, to be copied or kept as a file.

use super::modal::modal;
use crate::desk::use_desk;
use crate::icons::Icon;
use std::sync::Arc;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ScenarioProps {
    /// The text, once it has come.
    pub text: Option<Arc<str>>,
    /// What the scenario is called.
    pub name: String,
}

/// The run as a scenario's text.
#[component]
pub fn ScenarioDialog(ScenarioProps { text, name }: &ScenarioProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    let said = use_state_eq(|| "");
    let field = use_node_ref();
    let words = text.as_ref().map(ToString::to_string).unwrap_or_default();
    let (node, copy, set) = (field.clone(), words.clone(), said.setter());
    let oncopy = move |_| {
        if let Some(field) = node.cast::<HtmlTextAreaElement>() {
            field.select();
        }
        if let Some(window) = web_sys::window() {
            // Without a secure context there is no clipboard: the selected text can be copied by hand.
            let clipboard = js_sys::Reflect::get(&window.navigator(), &"clipboard".into());
            if clipboard.is_ok_and(|clipboard| !clipboard.is_undefined()) {
                let _ = window.navigator().clipboard().write_text(&copy);
                set.set(t.copied);
            }
        }
    };
    let (kept, file, set) = (words.clone(), format!("{name}.yaml"), said.setter());
    let onsave = move |_| set.set(if keep(&kept, &file).is_some() { t.saved_file } else { t.not_saved });
    let none = text.is_none();
    let inside = html! {
        <>
            <p>{t.scenario_words}</p>
            <textarea ref={field} id="saved-text" class="saved" readonly=true spellcheck="false" aria-label={t.save_scenario} value={words} />
            <footer>
                <span class="muted small grow" aria-live="polite">{*said}</span>
                <button type="button" class="ghost" id="copy-scenario" disabled={none} onclick={oncopy}>{Icon::Copy.html()}{t.copy}</button>
                <button type="button" class="primary" id="keep-scenario" disabled={none} onclick={onsave}>{Icon::Disk.html()}{t.save_file}</button>
            </footer>
        </>
    };
    modal(t.save_scenario.into(), inside)
}

/// Gives a text to the browser as a file to keep.
pub fn keep(text: &str, name: &str) -> Option<()> {
    crate::export::file::keep(&[text.to_owned()], "application/yaml", name)
}

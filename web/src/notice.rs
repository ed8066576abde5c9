//! What is said once, over the panel, until it is dismissed: refusals, a worker that died, a check that broke.

use crate::desk::{Desk, use_desk};
use crate::export::file::keep;
use crate::icons::Icon;
use crate::say::say;
use crate::state::Happened;
use crate::writing::{Refused, files};
use muster_core::process::Phrase;
use muster_core::view::ViolationView;
use std::rc::Rc;
use std::sync::Arc;
use yew::prelude::*;

/// Something said once, above the page, until it is dismissed.
#[derive(Clone, PartialEq, Debug)]
pub enum Notice {
    /// The session refused something.
    Refused(Phrase),
    /// A link could not be opened.
    Link(Phrase),
    /// A link's history differs from what this version makes of it.
    Differs(Phrase),
    /// The module that has the systems of what is to be opened is on its way.
    Coming,
    /// That takes long; whether nothing is shown.
    Lasts {
        /// Nothing is shown so far.
        empty: bool,
    },
    /// It could not be had: what was said, and whether nothing is shown.
    Unreached {
        /// What was said.
        why: String,
        /// Nothing is shown so far.
        empty: bool,
    },
    /// The run that the browser had kept was opened.
    Kept,
    /// The run that the browser had kept cannot be opened: why, and its text.
    Lost(Phrase, Arc<str>),
    /// The browser does not keep the run.
    Unkept,
    /// The worker stopped and was started again; what it said.
    Restarted(String),
    /// The worker stopped again and again.
    Gone(String),
    /// A check broke.
    Violation(Rc<ViolationView>),
    /// A breakpoint came true.
    Breakpoint(Phrase),
    /// There is no event as was wanted.
    NotFound,
    /// A file of this name was not opened.
    File(Arc<str>, Refused),
    /// The browser was handed a file of this name.
    Saved(String),
    /// There is no file of this name: the run was not written, or the browser did not take it.
    Unsaved(String),
}

#[derive(Properties, PartialEq)]
pub struct NoticeProps {
    /// What is said.
    pub notice: Notice,
}

/// What is said once.
#[component]
pub fn NoticeBar(NoticeProps { notice }: &NoticeProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    let (class, title) = match notice {
        Notice::Refused(_) => ("notice", t.refused),
        Notice::Link(_) => ("notice bad", t.link_failed),
        Notice::Differs(_) => ("notice warn", t.differs),
        Notice::Coming => ("notice told", t.coming),
        Notice::Lasts { .. } => ("notice warn", t.lasts),
        Notice::Unreached { .. } => ("notice bad", t.unreached),
        Notice::Kept => ("notice", t.kept),
        Notice::Lost(..) => ("notice warn", t.kept_lost),
        Notice::Unkept => ("notice warn", t.unkept),
        Notice::Restarted(_) => ("notice warn", t.restarted),
        Notice::Gone(_) => ("notice bad", t.gone),
        Notice::Violation(violation) if violation.expected => ("notice warn", t.violation_expected),
        Notice::Violation(_) => ("notice bad", t.violation),
        Notice::Breakpoint(_) => ("notice told", t.breakpoint_hit),
        Notice::NotFound => ("notice told", t.not_found),
        Notice::File(_, Refused::Laid(_)) => ("notice bad", t.file_laid),
        Notice::File(..) => ("notice bad", t.file_refused),
        Notice::Saved(_) => ("notice told", t.saved_file),
        Notice::Unsaved(_) => ("notice bad", t.unsaved_file),
    };
    let detail = match notice {
        Notice::Refused(phrase)
        | Notice::Link(phrase)
        | Notice::Differs(phrase)
        | Notice::Breakpoint(phrase) => say(phrase),
        Notice::NotFound => Html::default(),
        Notice::File(name, why) => {
            html! { <><code>{name.to_string()}</code>{" "}{files::why(&desk, why)}</> }
        }
        Notice::Saved(name) | Notice::Unsaved(name) => html! { <code>{name.clone()}</code> },
        Notice::Kept => {
            let afresh = desk.clone();
            html! { <button class="linky" id="afresh" onclick={move |_| afresh.tell(Happened::Afresh)}>{t.afresh}</button> }
        }
        Notice::Lost(why, text) => {
            let text = text.to_string();
            let onclick = move |_| {
                let _ = keep(std::slice::from_ref(&text), "application/yaml", "muster-kept-run.yaml");
            };
            html! { <>{ say(why) }{" "}<button class="linky" id="keep-lost" {onclick}>{t.save_file}</button></> }
        }
        Notice::Unkept | Notice::Coming => Html::default(),
        Notice::Lasts { empty } => {
            let again = desk.clone();
            html! {
                <>
                    <button class="linky" id="again" onclick={move |_| again.tell(Happened::TryAgain)}>{t.try_again}</button>
                    if *empty { {" "}{ example(&desk) } }
                </>
            }
        }
        Notice::Unreached { why, empty } => {
            let again = |_| {
                let _ = web_sys::window().map(|window| window.location().reload());
            };
            html! {
                <>
                    if *empty {
                        <button class="linky" id="again" onclick={again}>{t.try_again}</button>{" "}{ example(&desk) }
                    } else { {t.what_was_shown} }
                    {" "}<code class="muted small">{why.chars().take(200).collect::<String>()}</code>
                </>
            }
        }
        Notice::Restarted(why) | Notice::Gone(why) => {
            html! { <code class="small">{why.chars().take(300).collect::<String>()}</code> }
        }
        Notice::Violation(violation) => {
            html! { <>{ say(&violation.phrase) }{" "}<code class="muted">{violation.check.to_string()}</code></> }
        }
    };
    let close = desk.clone();
    html! {
        <div {class} id="notice" role="alert">
            <p><b>{title}</b>{" "}{detail}</p>
            <button class="ghost small" aria-label={t.close} title={t.close} onclick={move |_| close.tell(Happened::Dismiss)}>{Icon::Close.html()}</button>
        </div>
    }
}

/// Shows the example, where there is nothing else to show.
fn example(desk: &Desk) -> Html {
    let (words, desk) = (desk.t.show_example, desk.clone());
    html! { <button class="linky" id="example" onclick={move |_| desk.tell(Happened::Nowhere)}>{words}</button> }
}

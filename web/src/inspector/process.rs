//! A process, looked into: what it would keep and what it would lose in a crash, its log, its timers, what it decided.

use super::strip::{StripProps, StripView};
use super::value::fields;
use super::why::{Notes, NotesProps};
use crate::desk::{Desk, use_desk};
use crate::part::part;
use crate::same::Same;
use crate::say::epoch_class;
use crate::state::Happened;
use crate::verbs::{VerbButton, VerbButtonProps};
use crate::why::{asks, first};
use muster_core::process::Time;
use muster_core::view::{Actor, ArcView, Inspector, Status, Subject};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ProcessProps {
    /// Who.
    pub actor: Actor,
    /// What the session says of it, once it has.
    pub inspector: Option<Same<Inspector>>,
    /// The time shown.
    pub now: Time,
}

/// A process, looked into.
#[component]
pub fn ProcessInspector(ProcessProps { actor, inspector, now }: &ProcessProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    let close = desk.clone();
    html! {
        <>
            <div class="head">
                <span class={classes!("dot", epoch_class(actor.epoch))}></span>
                <h2 id="who">{actor.name.to_string()}</h2>
                { tag(&desk, actor) }
                <span class="grow"></span>
                { inspector.as_ref().and_then(|inspector| first(&inspector.questions)).map(|subject| why_button(&desk, subject)).unwrap_or_default() }
                <button class="ghost small" aria-label={t.close} title={t.close} onclick={move |_| close.tell(Happened::Select(None))}>
                    {crate::icons::Icon::Close.html()}
                </button>
            </div>
            { inspector.as_ref().map(|inspector| html! {
                <>
                    { asks(&inspector.questions) }
                    { fields(&desk, &inspector.volatile, *now, &inspector.questions) }
                    { timers(&desk, &inspector.timers, *now) }
                    { inspector.strip.as_ref().map(|strip| html! {
                        <>
                            <h3>{t.log}{" "}<span class="muted">{t.solid_dashed}</span></h3>
                            { part::<StripView>(StripProps { strip: strip.clone() }) }
                        </>
                    }).unwrap_or_default() }
                    if !inspector.durable.is_empty() {
                        <h3>{t.survives}</h3>
                        { fields(&desk, &inspector.durable, *now, &inspector.questions) }
                    }
                    <h3>{t.verbs}</h3>
                    <div class="verbs">
                        { for inspector.verbs.iter().map(|verb| part::<VerbButton>(VerbButtonProps { about: Some(Subject::Verb(Some(inspector.id), verb.name.clone())), ..VerbButtonProps::of(verb) })) }
                    </div>
                    { part::<Notes>(NotesProps { notes: inspector.notes.clone() }) }
                </>
            }).unwrap_or_default() }
        </>
    }
}

fn tag(desk: &Desk, actor: &Actor) -> Html {
    let (words, class) = match actor.status {
        Status::Unstarted => (desk.t.unstarted.to_owned(), "tag dotted"),
        Status::Crashed => (desk.t.crashed.to_owned(), "tag dotted"),
        Status::Paused => (desk.t.paused.to_owned(), "tag dotted"),
        Status::Stopped => (desk.t.stopped.to_owned(), "tag dotted"),
        Status::Up => match actor.role {
            Some(role) => (desk.word(role.key), if actor.tally.is_some() { "tag dashed" } else { "tag" }),
            None => return Html::default(),
        },
    };
    html! { <span {class}>{words}</span> }
}

fn why_button(desk: &Desk, subject: Subject) -> Html {
    let act = desk.clone();
    let onclick = move |_| act.why(subject.clone());
    html! { <button class="ghost small" id="why" {onclick}>{desk.t.why}</button> }
}

fn timers(desk: &Desk, timers: &[ArcView], now: Time) -> Html {
    if timers.is_empty() {
        return Html::default();
    }
    html! {
        <dl>
            { for timers.iter().map(|timer| {
                let whole = desk.span(timer.fires_at - timer.set_at);
                let left = desk.span(timer.fires_at - now);
                html! {
                    <>
                        <dt>{desk.word(timer.label)}</dt>
                        <dd>{desk.t.timer.replace("{0}", &whole).replace("{1}", &left)}</dd>
                    </>
                }
            }) }
        </dl>
    }
}

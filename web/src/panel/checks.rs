//! What is checked at every event, and what the scenario expects.

use crate::desk::{Desk, use_desk};
use crate::icons::Icon;
use crate::same::Same;
use crate::say::say;
use muster_core::session::api::{ExpectationView, Outcome};
use muster_core::view::{CheckView, Place, Subject};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ChecksProps {
    /// Checks.
    pub checks: Same<Vec<CheckView>>,
    /// Expectations.
    pub expectations: Same<Vec<ExpectationView>>,
}

/// What is checked, and what is expected.
#[component]
pub fn Checks(ChecksProps { checks, expectations }: &ChecksProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    html! {
        <div class="checks">
            <section>
                <h3>{t.checks_at_every_event}</h3>
                <ul>
                    { for checks.iter().map(|check| html! {
                        <li class={match &check.violation { None => "ok", Some(violation) if violation.expected => "warn", Some(_) => "bad" }}>
                            { if check.violation.is_none() { Icon::Tick.html() } else { Icon::Cross.html() } }
                            <div>
                                <span>{desk.word(check.title)}</span>{" "}<code class="muted">{check.name.to_string()}</code>
                                {" "}{ why(&desk, Subject::Check(check.name.clone())) }
                                { for check.violation.as_ref().map(|violation| html! {
                                    <p>{ say(&violation.phrase) }{" "}
                                        if violation.expected { <span class="muted">{t.expected_to_break}</span>{" "} }
                                        { go(&desk, violation.place) }
                                    </p>
                                }) }
                            </div>
                        </li>
                    }) }
                </ul>
            </section>
            if !expectations.is_empty() {
                <section>
                    <h3>{t.expected}</h3>
                    <ul>
                        { for expectations.iter().zip(0..).map(|(expectation, at)| {
                            let (class, icon, words) = match expectation.standing {
                                Outcome::Met => ("ok", Icon::Tick.html(), t.met),
                                Outcome::Broken => ("bad", Icon::Cross.html(), t.broken),
                                Outcome::Open => ("open", Html::default(), t.open),
                            };
                            html! {
                                <li {class}>{icon}<div><span title={expectation.text.to_string()}>{ say(&expectation.claim) }</span>{" "}<span class="muted">{words}</span>{" "}
                                    { for expectation.at.map(|place| go(&desk, place)) }
                                    {" "}{ why(&desk, Subject::Expectation(at)) }
                                </div></li>
                            }
                        }) }
                    </ul>
                </section>
            }
        </div>
    }
}

fn why(desk: &Desk, subject: Subject) -> Html {
    let act = desk.clone();
    html! { <button class="linky" onclick={move |_| act.why(subject.clone())}>{desk.t.why}</button> }
}

fn go(desk: &Desk, place: Place) -> Html {
    let act = desk.clone();
    html! { <button class="linky" onclick={move |_| act.go(place)}>{desk.t.go_to.replace("{0}", &desk.instant(place.at))}</button> }
}

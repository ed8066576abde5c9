//! What a verb must know before it can be carried out.

use super::answer;
use super::fields::{Field, FieldProps};
use super::modal::modal;
use crate::desk::use_desk;
use crate::part::part_by_key;
use crate::state::{Given, Happened};
use muster_core::view::{Ask, AskKind, Verb};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct AskProps {
    /// The verb.
    pub verb: Verb,
    /// Answers that are known.
    pub given: Given,
}

/// What a verb must know.
#[component]
pub fn AskDialog(AskProps { verb, given }: &AskProps) -> Html {
    let desk = use_desk();
    let answers = use_state(|| first_answers(verb, given));
    let command = fill(&verb.command, &verb.asks, &answers);
    let (act, text) = (desk.clone(), command.clone());
    let onsubmit = move |event: SubmitEvent| {
        event.prevent_default();
        act.tell(Happened::Dialog(None));
        act.act(&text);
    };
    let cancel = desk.clone();
    let inside = html! {
        <form {onsubmit}>
            // By their names: a choice that brings another field keeps the focus.
            <>{ for verb.asks.iter().enumerate().filter(|(_, ask)| is_asked(&verb.command, &verb.asks, &answers, ask)).map(|(index, ask)| {
                let (all, setter) = ((*answers).clone(), answers.setter());
                let onchange = Callback::from(move |answer: String| {
                    let mut all = all.clone();
                    all[index] = answer;
                    setter.set(all);
                });
                part_by_key::<Field>(ask.name.to_string(), FieldProps { ask: ask.clone(), answer: answers[index].clone(), first: index == 0, onchange })
            }) }</>
            <p class="command"><span class="muted">{desk.t.as_in_file}</span><code>{command}</code></p>
            <footer>
                <button type="button" class="ghost" onclick={move |_| cancel.tell(Happened::Dialog(None))}>{desk.t.cancel}</button>
                <button type="submit" class="primary">{desk.word(verb.label)}</button>
            </footer>
        </form>
    };
    modal(desk.word(verb.label).into(), inside)
}

fn first_answers(verb: &Verb, given: &Given) -> Vec<String> {
    verb.asks.iter().map(|ask| first_answer(ask, given)).collect()
}

fn first_answer(ask: &Ask, given: &Given) -> String {
    let given = given.iter().find(|(name, _)| **name == *ask.name).map(|(_, given)| given);
    match (&ask.kind, given) {
        (AskKind::One(names), Some(given)) if names.contains(given) => given.to_string(),
        (AskKind::Some(names), Some(given)) if names.contains(given) => {
            answer::write_names(&[given.to_string()])
        }
        _ => ask.default.to_string(),
    }
}

/// A text with what was chosen, which may hold places of other questions.
fn chosen(text: &str, asks: &[Ask], answers: &[String]) -> String {
    let choices = asks.iter().zip(answers).filter(|(ask, _)| matches!(ask.kind, AskKind::Choice(_)));
    choices.fold(text.to_owned(), |line, (ask, answer)| line.replace(&place(ask), answer))
}

fn place(ask: &Ask) -> String {
    format!("{{{}}}", ask.name)
}

/// Is there a place for the answer, with what was chosen?
fn is_asked(text: &str, asks: &[Ask], answers: &[String], ask: &Ask) -> bool {
    matches!(ask.kind, AskKind::Choice(_)) || chosen(text, asks, answers).contains(&place(ask))
}

/// A text with its places filled by the answers to what is asked.
pub fn fill(text: &str, asks: &[Ask], answers: &[String]) -> String {
    let mut command = String::new();
    let line = chosen(text, asks, answers);
    let mut rest = &*line;
    // Places are filled in one pass, so that an answer that looks like a place stays what it is.
    while let Some(open) = rest.find('{') {
        let found = asks.iter().zip(answers).find(|(ask, _)| {
            rest[open + 1..].strip_prefix(&*ask.name).is_some_and(|after| after.starts_with('}'))
        });
        command.push_str(&rest[..open]);
        match found {
            Some((ask, answer)) => {
                command.push_str(answer);
                rest = &rest[open + ask.name.len() + 2..];
            }
            None => {
                command.push('{');
                rest = &rest[open + 1..];
            }
        }
    }
    command.push_str(rest);
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use muster_core::process::Phrase;
    use muster_core::words::Key;
    use muster_core::words::session::SessionKey;

    #[test]
    fn answers_go_where_they_are_named_and_nowhere_else() {
        let ask = |name: &str| Ask {
            name: name.into(),
            label: Key::from(SessionKey::ALL[0]),
            kind: AskKind::Text,
            default: "".into(),
        };
        let verb = Verb {
            name: "put".into(),
            label: Key::from(SessionKey::ALL[0]),
            command: "{ put: { key: {key}, value: {value} } }".into(),
            asks: vec![ask("key"), ask("value")],
            disabled: None,
        };
        let choice = vec![("key: {key}".into(), Phrase::bare(SessionKey::ALL[0]))];
        let one = Ask { kind: AskKind::Choice(choice), ..ask("op") };
        let asks = [one, ask("key"), ask("value")];
        let answers = ["key: {key}".to_owned(), "{op}".to_owned(), "7".to_owned()];
        let text = "get: { {op} }";
        assert_eq!(fill(text, &asks, &answers), "get: { key: {op} }");
        assert!(is_asked(text, &asks, &answers, &asks[1]) && !is_asked(text, &asks, &answers, &asks[2]));
        let filled = fill(&verb.command, &verb.asks, &["{value}".to_owned(), "7".to_owned()]);
        assert_eq!(filled, "{ put: { key: {value}, value: 7 } }");
    }
}

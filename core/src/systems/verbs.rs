//! What people can be offered to do, as every system offers it: a command's text with places for what is asked first.

use crate::process::{Arg, Phrase};
use crate::view::{Ask, AskKind, Verb};
use crate::words::Key;
use crate::words::hands::HandsKey as H;
use crate::words::stage::StageKey as K;
use std::sync::Arc;

/// Something to be asked first.
pub(super) fn ask(name: &str, label: impl Into<Key>, kind: AskKind, default: &str) -> Ask {
    Ask { name: name.into(), label: label.into(), kind, default: default.into() }
}

/// A verb that can be done.
pub(super) fn verb(name: &str, label: impl Into<Key>, command: String, asks: Vec<Ask>) -> Verb {
    Verb { name: name.into(), label: label.into(), command: command.into(), asks, disabled: None }
}

/// A request to a replicated store, whatever the operation.
pub(super) fn request(system: &str) -> Verb {
    let ops = [
        ("op: put, key: {key}, value: {value}", H::OpPut),
        ("op: get, key: {key}", H::OpGet),
        ("op: cas, key: {key}, expect: {expect}, value: {value}", H::OpCas),
        ("op: append, key: {key}, value: {value}", H::OpAppend),
        ("op: delete, key: {key}", H::OpDelete),
    ];
    let choices = ops.map(|(text, words)| (Arc::from(text), Phrase::bare(words))).to_vec();
    let op = ask("op", H::AskOp, AskKind::Choice(choices), ops[0].0);
    let expect = ask("expect", H::AskExpect, AskKind::Text, "1");
    let key = ask("key", K::AskKey, AskKind::Text, "x");
    let value = ask("value", K::AskValue, AskKind::Text, "1");
    let command = format!("request: {{ {{op}}, of: {system} }}");
    verb("request", K::VerbRequest, command, vec![op, key, expect, value])
}

/// Every rule of a system (its name as it stands in a file), to be switched off, and on again where `is_off` says that
/// nobody follows it.
pub(super) fn switch_rule(
    system: &str,
    rules: impl Iterator<Item = &'static str>,
    is_off: impl Fn(&str) -> bool,
) -> Verb {
    let choice = |rule: &'static str| {
        let on = is_off(rule);
        let words = Phrase::new(if on { H::RuleOn } else { H::RuleOff }, [Arg::Name(rule.into())]);
        (Arc::from(format!("rule: {rule}, on: {on}")), words)
    };
    let choices: Vec<(Arc<str>, Phrase)> = rules.map(choice).collect();
    let default = choices.first().map_or_else(|| "".into(), |(text, _)| text.clone());
    let rule = Ask { name: "rule".into(), label: K::AskRule.into(), kind: AskKind::Choice(choices), default };
    verb("switchRule", K::VerbRule, format!("switchRule: {{ {{rule}}, of: {system} }}"), vec![rule])
}

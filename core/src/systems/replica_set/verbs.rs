//! What people can do to a set and its members, and what they may want to run until.

use super::ReplicaSet;
use crate::consensus::replica_set::{Command, Member, Phase, Rule, Rules};
use crate::kernel::world::World;
use crate::process::{Arg, Phrase, ProcessId};
use crate::systems::verbs::{self, ask, verb};
use crate::text::flow;
use crate::view::{Ask, AskKind, Goal, Verb};
use crate::words::hands::HandsKey as H;
use crate::words::replset::ReplSetKey as R;
use crate::words::replset_view::ReplSetViewKey as K;
use crate::words::stage::StageKey as S;
use std::any::Any;
use std::sync::Arc;

/// To a member, or, for the operator, to the set.
pub(super) fn verbs(name: &str, world: &World, number: u16, process: ProcessId) -> Vec<Verb> {
    let name = flow::line(name);
    if process == ProcessId::OPERATOR {
        return of_set(&name, world, number);
    }
    let Some(known) = world.process(process) else { return Vec::new() };
    let others = ReplicaSet::processes(world, number).filter(|id| *id != process);
    let others = others.filter_map(|id| world.process(id).map(|process| process.name.clone())).collect();
    of_member(&name, &flow::line(&**known.name), world.machine::<Member>(process), others)
}

fn of_member(name: &str, called: &str, member: Option<&Member>, others: Vec<Arc<str>>) -> Vec<Verb> {
    let order = |verb: &str, with: &str| format!("order: {{ verb: {verb}, with: {{ {with} }}, of: {name} }}");
    let refused = |why: R| Some(Phrase::bare(why));
    let leads = member.is_some_and(Member::is_primary);
    let stands = member.is_some_and(|member| member.election().phase != Phase::Idle);
    let electable = member.and_then(Member::my_config).is_some_and(|me| me.is_electable());
    // What the protocol would answer, said before it is asked.
    let not_primary = (!leads).then(|| refused(R::NotPrimary)).flatten();
    let is_primary = leads.then(|| refused(R::IsPrimary)).flatten();
    let no_step_up = match (leads, electable && !stands) {
        (true, _) => refused(R::IsPrimary),
        (false, false) => refused(R::CannotStand),
        (false, true) => None,
    };
    let secs = |default: &str| ask("secs", K::AskSecs, AskKind::Number, default);
    let plain = |verb_name: &str, label: K, command: String, asks: Vec<Ask>, disabled: Option<Phrase>| Verb {
        disabled,
        ..verb(verb_name, label, command, asks)
    };
    let by = format!("by: {called}");
    let down = order("stepDown", &format!("{by}, secs: {{secs}}"));
    let freeze = order("freeze", &format!("{by}, secs: {{secs}}"));
    let sync = order("syncFrom", &format!("{by}, source: {{source}}"));
    let priority = order("reconfig", &format!("member: {called}, priority: {{priority}}"));
    let first = others.first().cloned().unwrap_or_default();
    let source = ask("source", K::AskSource, AskKind::One(others), &first);
    let remove = format!("removeMember: {{ members: {called}, of: {name} }}");
    vec![
        plain("stepDown", K::VerbStepDown, down, vec![secs("60")], not_primary),
        plain("stepUp", K::VerbStepUp, order("stepUp", &by), vec![], no_step_up),
        plain("freeze", K::VerbFreeze, freeze, vec![secs("60")], is_primary.clone()),
        plain("syncFrom", K::VerbSyncFrom, sync, vec![source], is_primary),
        plain(
            "reconfig",
            K::VerbPriority,
            priority,
            vec![ask("priority", K::AskPriority, AskKind::Number, "2")],
            None,
        ),
        plain("removeMember", K::VerbRemove, remove, vec![], None),
    ]
}

fn of_set(name: &str, world: &World, number: u16) -> Vec<Verb> {
    let ops = [
        ("op: put, key: {key}, value: {value}", H::OpPut),
        ("op: get, key: {key}", H::OpGet),
        ("op: cas, key: {key}, expect: {expect}, value: {value}", H::OpCas),
        ("op: append, key: {key}, value: {value}", H::OpAppend),
        ("op: delete, key: {key}", H::OpDelete),
    ];
    let choices = ops.map(|(text, words)| (Arc::from(text), Phrase::bare(words))).to_vec();
    let op = Ask {
        name: "op".into(),
        label: H::AskOp.into(),
        kind: AskKind::Choice(choices),
        default: ops[0].0.into(),
    };
    let key = || ask("key", S::AskKey, AskKind::Text, "x");
    let value = || ask("value", S::AskValue, AskKind::Text, "1");
    let expect = ask("expect", H::AskExpect, AskKind::Text, "1");
    let names = |all: &[&str]| all.iter().map(|name| Arc::from(*name)).collect::<Vec<Arc<str>>>();
    let one = |name: &str, label: K, all: &[&str]| ask(name, label, AskKind::One(names(all)), all[0]);
    let w = one("w", K::AskW, &["majority", "1", "2", "3"]);
    let concern = one("readConcern", K::AskReadConcern, &["local", "majority", "linearizable"]);
    let preferences = ["primary", "primaryPreferred", "secondary", "secondaryPreferred", "nearest"];
    let preference = one("readPreference", K::AskReadPreference, &preferences);
    let order = |with: &str| format!("order: {{ verb: request, with: {{ {with} }}, of: {name} }}");
    let write = order("op: put, key: {key}, value: {value}, w: {w}");
    let read = order("op: get, key: {key}, readConcern: {readConcern}, readPreference: {readPreference}");
    let add = format!("addMember: {{ names: [{{name}}], of: {name} }}");
    vec![
        verb(
            "request",
            S::VerbRequest,
            format!("request: {{ {{op}}, of: {name} }}"),
            vec![op, key(), expect, value()],
        ),
        verb("write", K::VerbWrite, write, vec![key(), value(), w]),
        verb("read", K::VerbRead, read, vec![key(), concern, preference]),
        verb("addMember", S::VerbAdd, add, vec![ask("name", S::AskName, AskKind::Text, "new1")]),
        switch_rule(name, world, number),
    ]
}

/// A member's rules, and those that it has been told and takes in next.
fn rules_of(world: &World, member: &Member) -> Rules {
    let told = world.ordered().filter(|(to, _)| *to == member.id());
    told.fold(member.rules(), |rules, (_, order)| match (order as &dyn Any).downcast_ref() {
        Some(Command::SwitchRule { rule, on }) if *on => rules.with(*rule),
        Some(Command::SwitchRule { rule, .. }) => rules.without(*rule),
        _ => rules,
    })
}

fn switch_rule(name: &str, world: &World, number: u16) -> Verb {
    let all: Vec<Rules> = ReplicaSet::running(world, number).map(|member| rules_of(world, member)).collect();
    let off = |name: &str| {
        let off = |rules: &Rules| Rule::named(name).is_some_and(|rule| !rules.has(rule));
        !all.is_empty() && all.iter().all(off)
    };
    verbs::switch_rule(name, Rule::ALL.iter().map(|rule| rule.name()), off)
}

/// What one may want to run until; `members` are those it began with.
pub(super) fn goals(name: &str, members: Vec<Arc<str>>) -> Vec<Goal> {
    let line = flow::line(name);
    let goal = |key: K, predicate: String, asks| Goal {
        label: Phrase::new(key, [Arg::Name(name.into())]),
        predicate: predicate.into(),
        asks,
    };
    let first = members.first().cloned().unwrap_or_default();
    let who = || ask("member", S::AskMember, AskKind::One(members.clone()), &first);
    let count =
        |select: &str, least: u32| format!("count: {{ select: {select}, of: {line}, atLeast: {least} }}");
    let fact = |name: &str, rest: &str| format!("fact: {{ of: {line}, name: {name}, {rest} }}");
    let value = format!("value: {{ of: {line}, key: {{key}}, is: {{value}} }}");
    let asked =
        vec![ask("key", S::AskKey, AskKind::Text, "x"), ask("value", S::AskValue, AskKind::Text, "1")];
    vec![
        goal(K::GoalPrimary, count("writable", 1), Vec::new()),
        goal(K::GoalPrimaryIs, format!("leader: {{ of: {line}, is: {{member}} }}"), vec![who()]),
        goal(K::GoalNoPrimary, format!("noLeader: {line}"), Vec::new()),
        goal(K::GoalTwoPrimaries, count("primaries", 2), Vec::new()),
        goal(K::GoalCandidate, count("candidates", 1), Vec::new()),
        goal(K::GoalRollback, fact("rolledBack", "atLeast: 1"), Vec::new()),
        goal(K::GoalSyncs, count("syncing", 1), Vec::new()),
        goal(K::GoalAllAgree, fact("agreeing", &format!("atLeast: {}", members.len())), Vec::new()),
        goal(K::GoalValue, value, asked),
        goal(K::GoalViolation, format!("not: {{ checks: {line} }}"), Vec::new()),
    ]
}

//! A process as people see it: the roles it plays, its ballot, the quorum that fills, what it has promised and accepted, what
//! it knows to be chosen.
//!
//! It only looks. What a running process says of itself comes from its machine, what a crashed one left from its disk.

use super::PaxosGroup;
use super::message::{number, proposal};
use crate::consensus::paxos::{Ballot, Command, Durable, Peer, Phase, Rule, Rules, Timer};
use crate::kernel::world::World;
use crate::process::{Arg, Phrase, ProcessId, TimerName};
use crate::systems::verbs::{self, ask, verb};
use crate::text::flow;
use crate::view::{
    Actor, ArcView, AskKind, Badge, Cell, Epoch, Field, Goal, Inspector, LogTable, Look, Ring, Role,
    Standing, Strip, Tally, Value, Verb,
};
use crate::words::paxos::PaxosKey;
use crate::words::paxos_view::PaxosViewKey as K;
use crate::words::stage::StageKey as S;
use std::any::Any;
use std::sync::Arc;

/// Role, ballot, arc, tally and caption of a process.
pub(super) fn actor(world: &World, actor: &mut Actor) {
    actor.ring = Ring::Inner;
    let Standing { role, epoch } = standing(world, actor.id);
    (actor.role, actor.epoch) = (role, epoch);
    let Some(peer) = world.machine::<Peer>(actor.id) else {
        let durable = world.stored::<Durable>(actor.id);
        actor.caption = durable.and_then(holds);
        return;
    };
    let shown = match peer.phase() {
        Phase::BackingOff => Some(Timer::BackOff),
        Phase::Preparing | Phase::Accepting => Some(Timer::Round),
        Phase::Idle => None,
    };
    actor.arc = shown.and_then(|shown| {
        let timer = world.timers(actor.id).find(|timer| timer.slot == shown.slot())?;
        let (label, slot, set_at, fires_at) = (timer.label, timer.slot, timer.set_at, timer.fires_at);
        Some(ArcView { label, slot, set_at, fires_at })
    });
    actor.tally = tally(peer);
    actor.caption = caption(peer);
    if let Some((_, value)) = peer.learned() {
        let phrase = Phrase::new(K::Knows, [Arg::Text(value.clone())]);
        actor.badges.push(Badge { phrase, warn: false });
    }
}

/// What it is about and its ballot; an acceptor's ballot is what it has promised.
pub(super) fn standing(world: &World, id: ProcessId) -> Standing {
    let epoch = |ballot: Ballot| (!ballot.is_none()).then(|| Epoch::ballot(ballot.round, ballot.owner));
    match world.machine::<Peer>(id) {
        Some(peer) => {
            let learned = peer.learned().map_or(Ballot::NONE, |(ballot, _)| *ballot);
            let shown = match peer.phase() {
                Phase::Idle if peer.is_acceptor() => peer.promised(),
                Phase::Idle => learned,
                _ => peer.ballot(),
            };
            Standing { role: Some(role(peer)), epoch: epoch(shown) }
        }
        None => Standing {
            role: None,
            epoch: world.stored::<Durable>(id).and_then(|durable| epoch(durable.promised)),
        },
    }
}

fn role(peer: &Peer) -> Role {
    let (key, look) = match peer.phase() {
        Phase::Preparing => (PaxosKey::Preparing, Look::Candidate),
        Phase::Accepting => (PaxosKey::Accepting, Look::Candidate),
        Phase::BackingOff => (PaxosKey::BackingOff, Look::Plain),
        Phase::Idle if peer.is_acceptor() => (PaxosKey::Acceptor, Look::Follower),
        Phase::Idle if peer.is_proposer() => (PaxosKey::Proposer, Look::Plain),
        Phase::Idle => (PaxosKey::Learner, Look::Learner),
    };
    Role { key: key.into(), look }
}

/// The quorum that a proposer waits for.
pub(super) fn tally(peer: &Peer) -> Option<Tally> {
    let program = peer.program();
    let quorum = match peer.phase() {
        Phase::Preparing => program.promises(),
        Phase::Accepting => program.acceptances(),
        Phase::Idle | Phase::BackingOff => return None,
    };
    let acceptors = &program.settings().acceptors;
    let said = |id: ProcessId| peer.replies().iter().any(|reply| reply.acceptor == id);
    let (have, need) = quorum.nearest(said, acceptors);
    let answer = |id: &ProcessId| {
        let yes = said(*id);
        (*id, if yes { crate::view::Ballot::Yes } else { crate::view::Ballot::Waiting })
    };
    Some(Tally { ballots: acceptors.iter().map(answer).collect(), have: have as u32, need: need as u32 })
}

/// What an acceptor has promised and accepted; of one who only proposes, what it wants.
fn caption(peer: &Peer) -> Option<Phrase> {
    if peer.is_acceptor() {
        return holds(peer.durable());
    }
    match (peer.proposes(), peer.wish()) {
        (Some(value), _) if peer.phase() == Phase::Accepting => {
            Some(Phrase::new(K::Proposes, [Arg::Text(value.clone())]))
        }
        (_, Some(wish)) => Some(Phrase::new(K::Wants, [Arg::Text(wish.clone())])),
        (_, None) => None,
    }
}

fn holds(durable: &Durable) -> Option<Phrase> {
    let promised = durable.promised;
    match &durable.accepted {
        Some((ballot, value)) if *ballot == promised => {
            let args = [Arg::Ballot(ballot.round, ballot.owner), Arg::Text(value.clone())];
            Some(Phrase::new(K::HasAccepted, args))
        }
        Some((ballot, value)) => {
            let args = [
                Arg::Ballot(promised.round, promised.owner),
                Arg::Ballot(ballot.round, ballot.owner),
                Arg::Text(value.clone()),
            ];
            Some(Phrase::new(K::HasBoth, args))
        }
        None if !promised.is_none() => {
            Some(Phrase::new(K::HasPromised, [Arg::Ballot(promised.round, promised.owner)]))
        }
        None => None,
    }
}

/// A process looked into.
pub(super) fn inspect(world: &World, id: ProcessId) -> Option<Inspector> {
    let peer = world.machine::<Peer>(id);
    let durable = world.stored::<Durable>(id);
    if peer.is_none() && durable.is_none() {
        return None;
    }
    Some(Inspector {
        id,
        volatile: peer.map(volatile).unwrap_or_default(),
        durable: durable.map(kept).unwrap_or_default(),
        strip: None,
        timers: Vec::new(),
        verbs: Vec::new(),
        notes: Vec::new(),
        why: None,
        questions: Vec::new(),
    })
}

fn volatile(peer: &Peer) -> Vec<Field> {
    let plays = [
        (peer.is_proposer(), PaxosKey::Proposer),
        (peer.is_acceptor(), PaxosKey::Acceptor),
        (peer.is_learner(), PaxosKey::Learner),
    ];
    let plays = plays.into_iter().filter(|(does, _)| *does);
    let plays: Vec<Arg> = plays.map(|(_, key)| Arg::Phrase(Box::new(Phrase::bare(key)))).collect();
    let mut fields = vec![Field::new(S::Role, Value::Phrase(Phrase::bare(role(peer).key)))];
    if plays.len() > 1 {
        fields.push(Field::new(K::PlaysField, Value::Arg(Arg::List(plays))));
    }
    if peer.is_proposer() {
        let wish = peer.wish().map_or(Value::None, |wish| Value::Arg(Arg::Text(wish.clone())));
        fields.push(Field::new(K::WishField, wish));
        fields.push(number(K::BallotField, peer.ballot()));
        if let Some(value) = peer.proposes() {
            fields.push(Field::new(K::ProposedField, Value::Arg(Arg::Text(value.clone()))));
        }
    }
    if let Some(tally) = tally(peer) {
        let label = if peer.phase() == Phase::Preparing { K::PromisesField } else { K::AcceptancesField };
        fields.push(Field::new(label, Value::Tally(tally)));
    }
    if peer.is_acceptor() {
        fields.push(number(K::PromisedField, peer.promised()));
        fields.push(proposal(K::AcceptedField, peer.accepted()));
    }
    fields.push(proposal(K::ChosenField, peer.learned()));
    if !peer.heard().is_empty() {
        let heard = peer.heard().iter().map(|heard| {
            let args = [
                Arg::Process(heard.acceptor),
                Arg::Ballot(heard.ballot.round, heard.ballot.owner),
                Arg::Text(heard.value.clone()),
            ];
            Arg::Phrase(Box::new(Phrase::new(K::HeardOne, args)))
        });
        fields.push(Field::new(K::HeardField, Value::Arg(Arg::List(heard.collect()))));
    }
    if peer.writes_under_way() > 0 {
        fields.push(Field::number(S::WaitingWrites, peer.writes_under_way()));
    }
    fields
}

/// What its disk holds: what a crash now would keep.
fn kept(durable: &Durable) -> Vec<Field> {
    vec![
        Field::number(K::TriedField, durable.tried),
        number(K::PromisedField, durable.promised),
        proposal(K::AcceptedField, durable.accepted.as_ref()),
    ]
}

/// What every acceptor has accepted, side by side: a log of one place.
pub(super) fn decree(group: &PaxosGroup, world: &World, number: u16) -> Option<LogTable> {
    let chosen = group.chosen(world, number);
    let row = |id: &ProcessId| {
        world.process(*id)?;
        let peer = world.machine::<Peer>(*id);
        let cell = |(ballot, value): &(Ballot, Arc<str>)| Cell {
            index: 1,
            epoch: Epoch::ballot(ballot.round, ballot.owner),
            text: Phrase::new(K::ValueIs, [Arg::Text(value.clone())]),
            committed: chosen.contains(value),
            synced: world
                .stored::<Durable>(*id)
                .is_some_and(|durable| durable.accepted.as_ref().is_some_and(|(there, _)| there == ballot)),
            conflict: chosen.iter().any(|other| other != value),
        };
        let held = peer.map_or_else(|| PaxosGroup::accepted(world, *id), Peer::accepted);
        Some(Strip { id: *id, base: 0, cells: held.map(cell).into_iter().collect(), marks: Vec::new() })
    };
    let rows: Vec<Strip> = group.program.settings().acceptors.iter().filter_map(row).collect();
    Some(LogTable { group: number, first: 1, last: 1, rows })
}

/// What people can do: to a process, or, for the operator, to the group.
pub(super) fn verbs(group: &PaxosGroup, world: &World, number: u16, process: ProcessId) -> Vec<Verb> {
    let name = flow::line(&*group.name);
    let value = || ask("value", S::AskValue, AskKind::Text, "blue");
    if process == ProcessId::OPERATOR {
        let settings = group.program.settings();
        let called = |id: &ProcessId| world.process(*id).map(|process| process.name.clone());
        let who: Vec<Arc<str>> = settings.proposers.iter().filter_map(called).collect();
        let first = who.first().cloned().unwrap_or_default();
        let by = ask("by", K::AskBy, AskKind::One(who), &first);
        let command = format!("propose: {{ by: {{by}}, value: {{value}}, of: {name} }}");
        return vec![
            verb("propose", K::VerbPropose, command, vec![by, value()]),
            rules(&name, world, number),
        ];
    }
    let Some(known) = world.process(process) else { return Vec::new() };
    let member = flow::line(&**known.name);
    let peer = world.machine::<Peer>(process);
    let mut all = Vec::new();
    if group.program.settings().proposers.contains(&process) {
        let command = format!("propose: {{ by: {member}, value: {{value}}, of: {name} }}");
        let propose = verb("propose", K::VerbPropose, command, vec![value()]);
        // What the protocol would answer, said before it is asked.
        let chosen = peer.and_then(Peer::learned);
        let disabled =
            chosen.map(|(_, value)| Phrase::new(PaxosKey::ChosenAlready, [Arg::Text(value.clone())]));
        all.push(Verb { disabled, ..propose });
    }
    let asks = format!("order: {{ verb: ask, with: {{ by: {member} }}, of: {name} }}");
    all.push(verb("ask", K::VerbAsk, asks, vec![]));
    all
}

/// A process' rules, and those that it has been told and takes in next.
fn rules_of(world: &World, peer: &Peer) -> Rules {
    let told = world.ordered().filter(|(to, _)| *to == peer.id());
    told.fold(peer.rules(), |rules, (_, order)| match (order as &dyn Any).downcast_ref() {
        Some(Command::SwitchRule { rule, on }) if *on => rules.with(*rule),
        Some(Command::SwitchRule { rule, .. }) => rules.without(*rule),
        _ => rules,
    })
}

fn rules(name: &str, world: &World, number: u16) -> Verb {
    let all: Vec<Rules> = PaxosGroup::running(world, number).map(|peer| rules_of(world, peer)).collect();
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
    let who = ask("member", S::AskMember, AskKind::One(members), &first);
    let count =
        |select: &str, least: u32| format!("count: {{ select: {select}, of: {line}, atLeast: {least} }}");
    let fact = |name: &str, least: u32| format!("fact: {{ of: {line}, name: {name}, atLeast: {least} }}");
    let value = ask("value", S::AskValue, AskKind::Text, "blue");
    vec![
        goal(K::GoalChosen, fact("chosen", 1), Vec::new()),
        goal(K::GoalChosenIs, format!("chosen: {{ of: {line}, is: {{value}} }}"), vec![value]),
        goal(K::GoalLearns, format!("chosen: {{ of: {line}, member: {{member}} }}"), vec![who]),
        goal(K::GoalAllKnow, format!("count: {{ select: uninformed, of: {line}, is: 0 }}"), Vec::new()),
        goal(K::GoalPreparing, count("inPhase1", 1), Vec::new()),
        goal(K::GoalDuel, count("active", 2), Vec::new()),
        goal(K::GoalTwoChosen, fact("chosen", 2), Vec::new()),
        goal(K::GoalViolation, format!("not: {{ checks: {line} }}"), Vec::new()),
    ]
}

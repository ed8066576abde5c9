//! A member as people see it: role, ballot, election arc, promises, what it holds volatile and durable, its slots.
//!
//! It only looks. What a running member says of itself comes from its machine, what a crashed one left from its disk.

use super::MultiPaxosGroup;
use super::message::number;
use crate::consensus::multi_paxos::{
    Ballot, Command, Durable, Entry, Kind, Log, Member, ReadMode, Role, Rule, Rules, Timer,
};
use crate::kernel::world::World;
use crate::process::{Arg, Phrase, ProcessId, Time, TimerName};
use crate::systems::kv::op_text;
use crate::systems::verbs::{self, ask, verb};
use crate::text::flow;
use crate::view::{
    Actor, ArcView, AskKind, Badge, Cell, Epoch, Field, Goal, Inspector, LogTable, Look, Ring, Standing,
    Strip, Tally, Value, Verb,
};
use crate::words::Key;
use crate::words::multi_paxos::MultiPaxosKey;
use crate::words::multi_paxos_view::MultiPaxosViewKey as K;
use crate::words::paxos_view::PaxosViewKey as P;
use crate::words::stage::StageKey as S;
use std::any::Any;
use std::sync::Arc;

/// How many of the last slots an inspector shows.
const STRIP: u64 = 24;

/// Role, ballot, arc, tally, caption and badges of a member.
pub(super) fn actor(world: &World, actor: &mut Actor) {
    actor.ring = Ring::Inner;
    let Standing { role, epoch } = standing(world, actor.id);
    (actor.role, actor.epoch) = (role, epoch);
    let Some(member) = world.machine::<Member>(actor.id) else { return };
    let shown = if member.backs_off() { Timer::BackOff } else { Timer::Election };
    if member.role() != Role::Leader {
        let timer = world.timers(actor.id).find(|timer| timer.slot == shown.slot());
        actor.arc = timer.map(|timer| ArcView {
            label: timer.label,
            slot: timer.slot,
            set_at: timer.set_at,
            fires_at: timer.fires_at,
        });
    }
    if member.role() == Role::Candidate {
        actor.tally = promises(member);
    }
    actor.caption = caption(member);
    let (executed, known) = (member.executed(), member.known_chosen());
    let mut badge = |phrase: Phrase, warn: bool| actor.badges.push(Badge { phrase, warn });
    if member.is_halted() {
        badge(Phrase::bare(S::Halted), true);
    }
    if executed < known {
        badge(Phrase::new(K::Behind, [Arg::Number(executed + 1), Arg::Number(known)]), false);
    }
    if holds_lease(world, member) {
        badge(Phrase::bare(K::HasLease), false);
    }
}

/// Its host's monotonic clock.
fn clock(world: &World, id: ProcessId) -> Option<Time> {
    Some(world.host(world.process(id)?.host)?.clock.monotonic)
}

/// Does a leader's lease hold now, as it counts it?
pub(super) fn holds_lease(world: &World, member: &Member) -> bool {
    let leads = member.role() == Role::Leader && member.program().settings().reads == ReadMode::Lease;
    let lease = if leads { member.lease() } else { None };
    lease.zip(clock(world, member.id())).is_some_and(|((since, length), now)| now - since < length)
}

/// Role and ballot: of a follower the one it has promised, of a crashed member the one its disk has.
pub(super) fn standing(world: &World, id: ProcessId) -> Standing {
    let epoch = |ballot: Ballot| (!ballot.is_none()).then(|| Epoch::ballot(ballot.round, ballot.owner));
    match world.machine::<Member>(id) {
        Some(member) => Standing { role: Some(role(member)), epoch: epoch(member.ballot()) },
        None => Standing {
            role: None,
            epoch: world.stored::<Durable>(id).and_then(|durable| epoch(durable.promised)),
        },
    }
}

fn role(member: &Member) -> crate::view::Role {
    let (key, look) = match member.role() {
        Role::Leader => (MultiPaxosKey::Leader, Look::Leader),
        Role::Candidate => (MultiPaxosKey::Candidate, Look::Candidate),
        Role::Follower if member.backs_off() => (MultiPaxosKey::BackingOff, Look::Plain),
        Role::Follower if member.is_member() => (MultiPaxosKey::Follower, Look::Follower),
        Role::Follower => (MultiPaxosKey::NonMember, Look::Plain),
    };
    crate::view::Role { key: key.into(), look }
}

fn tally(members: &[ProcessId], has: impl Fn(ProcessId) -> bool, need: usize) -> Tally {
    use crate::view::Ballot::{Waiting, Yes};
    let ballots: Vec<_> = members.iter().map(|id| (*id, if has(*id) { Yes } else { Waiting })).collect();
    let have = ballots.iter().filter(|(_, said)| *said == Yes).count() as u32;
    Tally { ballots, have, need: need as u32 }
}

/// Who has promised a candidate or a leader.
pub(super) fn promises(member: &Member) -> Option<Tally> {
    if member.role() == Role::Follower {
        return None;
    }
    let (members, need) = member.promises_needed();
    let promised = |id: ProcessId| member.promises().iter().any(|promise| promise.member == id);
    Some(tally(members, promised, need))
}

/// The quorum of the first slot a leader waits for.
fn acceptances(member: &Member) -> Option<Tally> {
    let pending = member.pending().find(|pending| !pending.chosen)?;
    let (members, need) = member.acceptances_needed(pending.slot);
    Some(tally(members, |id| pending.acks.iter().any(|(acked, _)| *acked == id), need))
}

/// What a few words say beside its role; of a candidate the promises say all.
fn caption(member: &Member) -> Option<Phrase> {
    match member.role() {
        Role::Candidate => None,
        Role::Leader => Some(Phrase::new(K::ChosenTo, [Arg::Number(member.executed())])),
        Role::Follower => Some(match (member.leader_hint(), member.promised()) {
            (Some(leader), _) => Phrase::new(S::FollowsLeader, [Arg::Process(leader)]),
            (None, promised) if !promised.is_none() => {
                Phrase::new(P::HasPromised, [Arg::Ballot(promised.round, promised.owner)])
            }
            (None, _) => Phrase::bare(S::HearsNobody),
        }),
    }
}

pub(super) fn list(label: impl Into<Key>, ids: &[ProcessId]) -> Field {
    Field::new(label, Value::Arg(Arg::List(ids.iter().map(|id| Arg::Process(*id)).collect())))
}

/// A member looked into.
pub(super) fn inspect(world: &World, id: ProcessId) -> Option<Inspector> {
    let member = world.machine::<Member>(id);
    let durable = world.stored::<Durable>(id);
    let log = member.map(Member::log).or(durable.map(|durable| &durable.log))?;
    let first = (log.last() + 1).saturating_sub(STRIP).max(log.first());
    let knowing = knowing(world, world.process(id)?.group);
    Some(Inspector {
        id,
        volatile: member.map(|member| volatile(world, member)).unwrap_or_default(),
        durable: durable.map(kept).unwrap_or_default(),
        strip: Some(strip(world, id, log, (first, log.last()), knowing)),
        timers: Vec::new(),
        verbs: Vec::new(),
        notes: Vec::new(),
        why: None,
        questions: Vec::new(),
    })
}

fn volatile(world: &World, member: &Member) -> Vec<Field> {
    let leader = member.leader_hint().map_or(Value::None, |id| Value::Arg(Arg::Process(id)));
    let mut fields = vec![
        Field::new(S::Role, Value::Phrase(Phrase::bare(role(member).key))),
        number(P::BallotField, member.ballot()),
        number(P::PromisedField, member.promised()),
        Field::new(S::LeaderField, leader),
        Field::number(K::Executed, member.executed()),
        Field::number(K::ChosenUpTo, member.known_chosen()),
        Field::number(K::LastSlot, member.log().last()),
    ];
    if let Some(promises) = promises(member) {
        fields.push(Field::new(P::PromisesField, Value::Tally(promises)));
    }
    if let Some(acceptances) = acceptances(member) {
        fields.push(Field::new(K::NextSlot, Value::Tally(acceptances)));
    }
    let reported: Vec<Arg> = member.reported().map(|(slot, _)| Arg::Number(slot)).take(8).collect();
    if member.role() != Role::Follower && !reported.is_empty() {
        fields.push(Field::new(K::Reported, Value::Arg(Arg::List(reported))));
    }
    if member.program().settings().reads == ReadMode::Lease {
        let granted = clock(world, member.id()).and_then(|now| member.granted(now)).and_then(|it| it.to);
        let granted = granted.map_or(Value::None, |id| Value::Arg(Arg::Process(id)));
        fields.push(Field::new(K::LeaseTo, granted));
    }
    for (label, count) in [
        (Key::from(K::OpenSlots), member.pending().len() as u64),
        (K::WaitingForSlot.into(), member.waiting().len() as u64),
        (S::WaitingWrites.into(), member.writes_pending()),
    ] {
        if count > 0 {
            fields.push(Field::number(label, count));
        }
    }
    fields.push(list(K::MembersField, &member.configuration().members));
    if let [_, .., (from, next)] = member.configurations() {
        let who = next.members.iter().map(|id| Arg::Process(*id)).collect();
        let phrase = Phrase::new(K::MembersFrom, [Arg::Number(*from), Arg::List(who)]);
        fields.push(Field::new(K::MembersToCome, Value::Phrase(phrase)));
    }
    fields.push(Field::number(S::Keys, member.store().len() as u64));
    fields
}

/// What its disk holds: what a crash now would keep.
fn kept(durable: &Durable) -> Vec<Field> {
    let snapshot =
        durable.snapshot.as_ref().map_or(Value::None, |snapshot| Value::Arg(Arg::Number(snapshot.slot)));
    vec![
        Field::number(P::TriedField, durable.tried),
        number(P::PromisedField, durable.promised),
        Field::number(K::LastSlot, durable.log.last()),
        Field::number(K::ChosenUpTo, durable.chosen),
        Field::new(S::SnapshotField, snapshot),
    ]
}

/// The running member that has executed most.
pub(super) fn knowing(world: &World, number: u16) -> Option<&Member> {
    MultiPaxosGroup::running(world, number).max_by_key(|member| member.executed())
}

/// What a member has accepted; a slot in which it has accepted nothing has no cell. Chosen is what it has executed, or counted.
fn strip(
    world: &World,
    id: ProcessId,
    log: &Log,
    (first, last): (u64, u64),
    knowing: Option<&Member>,
) -> Strip {
    let member = world.machine::<Member>(id);
    let disk = world.stored::<Durable>(id);
    let counted = |slot: u64| {
        member.is_some_and(|member| member.pending().any(|pending| pending.slot == slot && pending.chosen))
    };
    let executed = member.map_or_else(|| disk.map_or(0, |disk| disk.chosen), Member::executed);
    let other = |slot: u64, entry: &Arc<Entry>| {
        let known = knowing.filter(|known| slot <= known.executed());
        known.and_then(|known| known.log().get(slot)).is_some_and(|there| there.entry != *entry)
    };
    let within = log.iter_from(first.max(log.first())).take_while(|(slot, _)| *slot <= last);
    let cells = within.map(|(slot, accepted)| Cell {
        index: slot,
        epoch: Epoch::ballot(accepted.ballot.round, accepted.ballot.owner),
        text: entry_text(&accepted.entry),
        committed: slot <= executed || counted(slot),
        synced: disk.is_some_and(|disk| disk.log.get(slot) == Some(accepted)),
        conflict: other(slot, &accepted.entry),
    });
    Strip { id, base: log.base(), cells: cells.collect(), marks: Vec::new() }
}

/// What an entry says, short.
pub(super) fn entry_text(entry: &Entry) -> Phrase {
    match &entry.kind {
        Kind::NoOp => Phrase::bare(S::NoOp),
        Kind::Register { client, .. } => Phrase::new(S::OpensSession, [Arg::Process(*client)]),
        Kind::Members(configuration) => {
            let ids = configuration.members.iter().map(|id| Arg::Process(*id)).collect();
            Phrase::new(S::ConfigurationEntry, [Arg::List(ids)])
        }
        Kind::Command(command) => op_text(&command.op),
    }
}

/// The slots of all members side by side.
pub(super) fn logs(world: &World, group: u16, first: Option<u64>, columns: u32) -> Option<LogTable> {
    let members: Vec<ProcessId> = MultiPaxosGroup::processes(world, group).collect();
    let log = |id: ProcessId| match world.machine::<Member>(id) {
        Some(member) => Some(member.log()),
        None => world.stored::<Durable>(id).map(|durable| &durable.log),
    };
    let last = members.iter().filter_map(|id| log(*id)).map(Log::last).max()?;
    let columns = u64::from(columns.max(1));
    let first = first.unwrap_or((last + 1).saturating_sub(columns)).max(1);
    let knowing = knowing(world, group);
    let row = |id: &ProcessId| {
        let end = first.saturating_add(columns - 1);
        Some(strip(world, *id, log(*id)?, (first, end), knowing))
    };
    Some(LogTable { group, first, last, rows: members.iter().filter_map(row).collect() })
}

/// What a group's people can do: to a member, or, for the operator, to the group.
pub(super) fn verbs(name: &str, world: &World, number: u16, process: ProcessId) -> Vec<Verb> {
    let name = flow::line(name);
    if process == ProcessId::OPERATOR {
        let add = format!("addMember: {{ names: [{{name}}], of: {name} }}");
        return vec![
            verbs::request(&name),
            verb("addMember", S::VerbAdd, add, vec![ask("name", S::AskName, AskKind::Text, "new1")]),
            switch_rule(&name, world, number),
        ];
    }
    let Some(known) = world.process(process) else { return Vec::new() };
    let member = flow::line(&**known.name);
    let of_member = |name: &str, label: Key, command: String| verb(name, label, command, vec![]);
    let campaign = format!("order: {{ verb: campaign, with: {{ by: {member} }}, of: {name} }}");
    let campaign = of_member("campaign", K::VerbCampaign.into(), campaign);
    // What the protocol would answer, said before it is asked.
    let disabled = world.machine::<Member>(process).and_then(|member| match member.role() {
        Role::Leader => Some(Phrase::bare(MultiPaxosKey::LeadsAlready)),
        _ if !member.may_stand() => Some(Phrase::bare(MultiPaxosKey::CannotStand)),
        _ => None,
    });
    let remove = format!("removeMember: {{ members: {member}, of: {name} }}");
    vec![
        Verb { disabled, ..campaign },
        of_member("snapshot", S::VerbSnapshot.into(), format!("snapshot: {member}")),
        of_member("removeMember", S::VerbRemove.into(), remove),
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

/// Every rule, to be switched off where a member still follows it, and on again where none does.
fn switch_rule(name: &str, world: &World, number: u16) -> Verb {
    let running = MultiPaxosGroup::running(world, number);
    let members: Vec<Rules> = running.map(|member| rules_of(world, member)).collect();
    let off = |name: &str| {
        let off = |rules: &Rules| Rule::named(name).is_some_and(|rule| !rules.has(rule));
        !members.is_empty() && members.iter().all(off)
    };
    verbs::switch_rule(name, Rule::ALL.iter().map(|rule| rule.name()), off)
}

/// What one may want to run until; `members` are those it began with.
pub(super) fn goals(name: &str, members: Vec<Arc<str>>) -> Vec<Goal> {
    let line = flow::line(name);
    let goal = |key: Key, predicate: String, asks| Goal {
        label: Phrase::new(key, [Arg::Name(name.into())]),
        predicate: predicate.into(),
        asks,
    };
    let first = members.first().cloned().unwrap_or_default();
    let who = || ask("member", S::AskMember, AskKind::One(members.clone()), &first);
    let number = |label: K, default: &str| ask("number", label, AskKind::Number, default);
    let count =
        |select: &str, least: u32| format!("count: {{ select: {select}, of: {line}, atLeast: {least} }}");
    let fact =
        |fact: &str| format!("fact: {{ of: {line}, name: {fact}, member: {{member}}, atLeast: {{number}} }}");
    let value = format!("value: {{ of: {line}, key: {{key}}, is: {{value}} }}");
    let key = ask("key", S::AskKey, AskKind::Text, "x");
    vec![
        goal(S::GoalLeader.into(), format!("leader: {line}"), Vec::new()),
        goal(S::GoalLeaderIs.into(), format!("leader: {{ of: {line}, is: {{member}} }}"), vec![who()]),
        goal(S::GoalNoLeader.into(), format!("noLeader: {line}"), Vec::new()),
        goal(S::GoalTwoLeaders.into(), count("leaders", 2), Vec::new()),
        goal(S::GoalCandidate.into(), count("candidates", 1), Vec::new()),
        goal(K::GoalExecuted.into(), fact("executed"), vec![who(), number(K::Executed, "5")]),
        goal(K::GoalNoOp.into(), format!("fact: {{ of: {line}, name: noOps, atLeast: 1 }}"), Vec::new()),
        goal(K::GoalLate.into(), count("late", 1), Vec::new()),
        goal(S::GoalValue.into(), value, vec![key, ask("value", S::AskValue, AskKind::Text, "1")]),
        goal(S::GoalViolation.into(), format!("not: {{ checks: {line} }}"), Vec::new()),
    ]
}

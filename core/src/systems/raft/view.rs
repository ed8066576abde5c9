//! A member as people see it: role, term, election arc, votes, what it holds volatile and durable, its log.
//!
//! It only looks. What a running member says of itself comes from its machine, what a crashed one left from its disk.

use crate::consensus::raft::{
    Command, Configuration, Durable, Entry, Kind, Log, Member, Role, Rule, Rules, Timer,
};
use crate::kernel::Event;
use crate::kernel::world::World;
use crate::process::{Arg, EventId, Phrase, ProcessId, TimerName};
use crate::systems::kv::op_text;
use crate::systems::verbs::{self, ask, verb};
use crate::text::flow;
use crate::view::{
    Actor, ArcView, AskKind, Badge, Ballot, Cell, Epoch, Field, Goal, Inspector, LogTable, Look, Ring,
    Standing, Strip, Tally, Value, Verb,
};
use crate::words::Key;
use crate::words::raft::RaftKey;
use crate::words::stage::StageKey as K;
use std::any::Any;
use std::sync::Arc;

/// How many of the last entries an inspector shows.
const STRIP: u64 = 24;

/// Role, term, arc, tally and caption of a member.
pub fn actor(world: &World, actor: &mut Actor) {
    actor.ring = Ring::Inner;
    let Standing { role, epoch } = standing(world, actor.id);
    (actor.role, actor.epoch) = (role, epoch);
    let Some(member) = world.machine::<Member>(actor.id) else { return };
    if member.role() != Role::Leader {
        let election = world.timers(actor.id).find(|timer| timer.slot == Timer::Election.slot());
        actor.arc = election.map(|timer| ArcView {
            label: timer.label,
            slot: timer.slot,
            set_at: timer.set_at,
            fires_at: timer.fires_at,
        });
    }
    actor.tally = votes(member);
    actor.caption = caption(member);
    if member.is_halted() {
        actor.badges.push(Badge { phrase: Phrase::bare(K::Halted), warn: true });
    }
}

/// Role and term: of a crashed member, the term its disk holds.
pub fn standing(world: &World, id: ProcessId) -> Standing {
    match world.machine::<Member>(id) {
        Some(member) => Standing { role: Some(role(member)), epoch: Some(Epoch::term(member.term())) },
        None => Standing {
            role: None,
            epoch: world.stored::<Durable>(id).map(|durable| Epoch::term(durable.term)),
        },
    }
}

fn role(member: &Member) -> crate::view::Role {
    let configuration = member.configuration().1;
    let (key, look) = match member.role() {
        Role::Leader => (RaftKey::Leader, Look::Leader),
        Role::Candidate => (RaftKey::Candidate, Look::Candidate),
        Role::PreCandidate => (RaftKey::PreCandidate, Look::Candidate),
        Role::Follower if member.is_voter() => (RaftKey::Follower, Look::Follower),
        Role::Follower if configuration.is_member(member.id()) => (RaftKey::Learner, Look::Learner),
        Role::Follower => (RaftKey::NonMember, Look::Plain),
    };
    crate::view::Role { key: key.into(), look }
}

/// How many of these voters are a majority.
fn majority(voters: &[ProcessId]) -> u32 {
    voters.len() as u32 / 2 + 1
}

/// A candidate's votes. While the configuration is joint two majorities are needed; the harder one is counted.
pub(super) fn votes(member: &Member) -> Option<Tally> {
    let poll = member.poll()?;
    let configuration = member.configuration().1;
    let of = |id: ProcessId| {
        let ballot = poll.ballots().iter().find(|ballot| ballot.voter == id);
        match ballot.and_then(|ballot| ballot.granted) {
            Some(true) => Ballot::Yes,
            Some(false) => Ballot::No,
            None => Ballot::Waiting,
        }
    };
    let count = |voters: &[ProcessId]| {
        let have = voters.iter().filter(|id| of(**id) == Ballot::Yes).count() as u32;
        (have, majority(voters))
    };
    let missing = |(have, need): &(u32, u32)| need.saturating_sub(*have);
    let halves = [&configuration.voters, &configuration.outgoing];
    let halves = halves.into_iter().filter(|voters| !voters.is_empty()).map(|voters| count(voters));
    let (have, need) = halves.max_by_key(missing)?;
    let voters = configuration.members().into_iter().filter(|id| configuration.is_voter(*id));
    Some(Tally { ballots: voters.map(|id| (id, of(id))).collect(), have, need })
}

/// The quorum of the next entry a leader wants to commit.
fn holders(member: &Member) -> Option<(u64, Tally)> {
    let next = member.commit_index() + 1;
    if member.role() != Role::Leader || next > member.log().last() {
        return None;
    }
    let configuration = member.configuration().1;
    let holds = |id: ProcessId| match member.peers().iter().find(|peer| peer.id == id) {
        _ if id == member.id() => member.synced_last() >= next,
        Some(peer) => peer.matched >= next,
        None => false,
    };
    let ballot = |id: &ProcessId| (*id, if holds(*id) { Ballot::Yes } else { Ballot::Waiting });
    let ballots: Vec<_> = configuration.voters.iter().map(ballot).collect();
    let have = ballots.iter().filter(|(_, ballot)| *ballot == Ballot::Yes).count() as u32;
    Some((next, Tally { ballots, have, need: majority(&configuration.voters) }))
}

/// What a few words say beside its role; of a candidate the votes say all.
fn caption(member: &Member) -> Option<Phrase> {
    match member.role() {
        Role::Candidate | Role::PreCandidate => None,
        Role::Leader => Some(match member.transfer() {
            Some(transfer) => Phrase::new(K::HandsOver, [Arg::Process(transfer.to)]),
            None => Phrase::new(K::CommittedTo, [Arg::Number(member.commit_index())]),
        }),
        Role::Follower => Some(match (member.leader_hint(), member.voted_for()) {
            (Some(leader), _) => Phrase::new(K::FollowsLeader, [Arg::Process(leader)]),
            (None, Some(candidate)) => Phrase::new(K::VotedFor, [Arg::Process(candidate)]),
            (None, None) => Phrase::bare(K::HearsNobody),
        }),
    }
}

fn who(label: impl Into<Key>, id: Option<ProcessId>) -> Field {
    Field::new(label, id.map_or(Value::None, |id| Value::Arg(Arg::Process(id))))
}

pub(super) fn list(label: impl Into<Key>, ids: &[ProcessId]) -> Field {
    Field::new(label, Value::Arg(Arg::List(ids.iter().map(|id| Arg::Process(*id)).collect())))
}

/// A member looked into.
pub fn inspect(world: &World, id: ProcessId) -> Option<Inspector> {
    let member = world.machine::<Member>(id);
    let durable = world.stored::<Durable>(id);
    if member.is_none() && durable.is_none() {
        return None;
    }
    let log = member.map(Member::log).or(durable.map(|durable| &durable.log))?;
    let first = (log.last() + 1).saturating_sub(STRIP).max(log.first());
    let committed = Committed::of(world, world.process(id)?.group);
    Some(Inspector {
        id,
        volatile: member.map(|member| volatile(world, member)).unwrap_or_default(),
        durable: durable.map(kept).unwrap_or_default(),
        strip: Some(strip(id, member, log, first, log.last(), &committed)),
        timers: Vec::new(),
        verbs: Vec::new(),
        notes: Vec::new(),
        why: None,
        questions: Vec::new(),
    })
}

fn volatile(world: &World, member: &Member) -> Vec<Field> {
    let role_key = role(member).key;
    let mut fields = vec![
        Field::new(K::Role, Value::Phrase(Phrase::bare(role_key))),
        Field::new(K::Term, Value::Arg(Arg::Epoch(member.term()))),
        who(K::LeaderField, member.leader_hint()),
        Field::number(K::CommitIndex, member.commit_index()),
        Field::number(K::LastApplied, member.last_applied()),
        Field::number(K::LogEnd, member.log().last()),
    ];
    if let Some(votes) = votes(member) {
        fields.push(Field::new(K::VotesField, Value::Tally(votes)));
    }
    if let Some((_, tally)) = holders(member) {
        fields.push(Field::new(K::NextEntry, Value::Tally(tally)));
    }
    if let (Some(heard), Some(process)) = (member.last_heard(), world.process(member.id()))
        && member.role() != Role::Leader
        && let Some(host) = world.host(process.host)
    {
        let ago = Phrase::new(K::Ago, [Arg::For(host.clock.monotonic - heard)]);
        fields.push(Field::new(K::LastHeard, Value::Phrase(ago)));
    }
    if let Some(transfer) = member.transfer() {
        fields.push(who(K::TransferField, Some(transfer.to)));
    }
    for (label, count) in [
        (K::Waiting, member.proposals().len()),
        (K::WaitingReads, member.reads().len()),
        (K::WaitingWrites, member.writes_pending()),
    ] {
        if count > 0 {
            fields.push(Field::number(label, count as u64));
        }
    }
    let configuration: &Configuration = member.configuration().1;
    fields.push(list(K::VotersField, &configuration.voters));
    if configuration.is_joint() {
        fields.push(list(K::VotersBefore, &configuration.outgoing));
    }
    if !configuration.learners.is_empty() {
        fields.push(list(K::LearnersField, &configuration.learners));
    }
    fields.push(Field::number(K::Keys, member.store().len() as u64));
    fields
}

/// What its disk holds: what a crash now would keep.
fn kept(durable: &Durable) -> Vec<Field> {
    vec![
        Field::new(K::Term, Value::Arg(Arg::Epoch(durable.term))),
        who(K::VotedForField, durable.voted_for),
        Field::number(K::SyncedTo, durable.log.last()),
        Field::new(
            K::SnapshotField,
            durable.snapshot.as_ref().map_or(Value::None, |snapshot| Value::Arg(Arg::Number(snapshot.index))),
        ),
    ]
}

/// What is committed, by the member that knows most of it.
struct Committed<'a>(Option<&'a Member>);

impl<'a> Committed<'a> {
    fn of(world: &'a World, group: u16) -> Self {
        let members = world.processes().filter(|process| process.group == group);
        let members = members.filter_map(|process| world.machine::<Member>(process.id));
        Committed(members.max_by_key(|member| member.commit_index()))
    }
    /// Does an entry of this term stand where another is committed?
    fn contradicts(&self, index: u64, term: u64) -> bool {
        self.0.is_some_and(|member| {
            index <= member.commit_index() && member.log().term_at(index).is_some_and(|there| there != term)
        })
    }
}

fn strip(
    id: ProcessId,
    member: Option<&Member>,
    log: &Log,
    first: u64,
    last: u64,
    committed: &Committed<'_>,
) -> Strip {
    // A crashed member's disk does not say what is committed, but for what its snapshot covers, which is in no cell.
    let commit = member.map_or(log.base(), Member::commit_index);
    let synced = member.map_or(log.last(), Member::synced_last);
    let cell = |(index, entry): (u64, &Arc<Entry>)| Cell {
        index,
        epoch: Epoch::term(entry.term),
        text: entry_text(entry),
        committed: index <= commit,
        synced: index <= synced,
        conflict: committed.contradicts(index, entry.term),
    };
    let within = log.iter_from(first.max(log.first())).take_while(|(index, _)| *index <= last);
    let peers = member.filter(|member| member.role() == Role::Leader).map_or(&[][..], Member::peers);
    Strip {
        id,
        base: log.base(),
        cells: within.map(cell).collect(),
        marks: peers.iter().map(|peer| (peer.id, peer.matched, peer.next)).collect(),
    }
}

/// What an entry says, short.
pub(super) fn entry_text(entry: &Entry) -> Phrase {
    let ids = |ids: &[ProcessId]| Arg::List(ids.iter().map(|id| Arg::Process(*id)).collect());
    match &entry.kind {
        Kind::NoOp => Phrase::bare(K::NoOp),
        Kind::Register { client, .. } => Phrase::new(K::OpensSession, [Arg::Process(*client)]),
        Kind::Configuration(configuration) if configuration.is_joint() => {
            Phrase::new(K::JointEntry, [ids(&configuration.voters), ids(&configuration.outgoing)])
        }
        Kind::Configuration(configuration) => {
            Phrase::new(K::ConfigurationEntry, [ids(&configuration.voters)])
        }
        Kind::Command(command) => op_text(&command.op),
    }
}

/// The logs of all members side by side.
pub fn logs(world: &World, group: u16, first: Option<u64>, columns: u32) -> Option<LogTable> {
    let members: Vec<ProcessId> =
        world.processes().filter(|process| process.group == group).map(|process| process.id).collect();
    let log = |id: ProcessId| match world.machine::<Member>(id) {
        Some(member) => Some(member.log()),
        None => world.stored::<Durable>(id).map(|durable| &durable.log),
    };
    let last = members.iter().filter_map(|id| log(*id)).map(Log::last).max()?;
    let columns = u64::from(columns.max(1));
    let first = first.unwrap_or((last + 1).saturating_sub(columns)).max(1);
    let committed = Committed::of(world, group);
    let row = |id: &ProcessId| {
        let end = first.saturating_add(columns - 1);
        Some(strip(*id, world.machine::<Member>(*id), log(*id)?, first, end, &committed))
    };
    Some(LogTable { group, first, last, rows: members.iter().filter_map(row).collect() })
}

/// What a group's people can do: to a member, or, for the operator, to the group.
pub fn verbs(name: &str, world: &World, number: u16, process: ProcessId) -> Vec<Verb> {
    let name = flow::line(name);
    if process == ProcessId::OPERATOR {
        return group_verbs(&name, world, number);
    }
    let Some(known) = world.process(process) else { return Vec::new() };
    let member = flow::line(&**known.name);
    let of_member = |name: &str, label: K, command: String| verb(name, label, command, vec![]);
    let no = |key: RaftKey| Phrase::new(key, [Arg::Process(process)]);
    let leads = world.machine::<Member>(process).is_some_and(|member| member.role() == Role::Leader);
    let votes = world.machine::<Member>(process).is_some_and(Member::is_voter);
    // What the protocol would answer, said before it is asked.
    let no_transfer = match (leads, votes) {
        (true, _) => Some(no(RaftKey::TransferToSelf)),
        (false, false) => Some(no(RaftKey::TransferNoVoter)),
        (false, true) => None,
    };
    let transfer =
        of_member("transfer", K::VerbTransfer, format!("transfer: {{ to: {member}, of: {name} }}"));
    vec![
        Verb { disabled: no_transfer, ..transfer },
        of_member("snapshot", K::VerbSnapshot, format!("snapshot: {member}")),
        of_member(
            "removeMember",
            K::VerbRemove,
            format!("removeMember: {{ members: {member}, of: {name} }}"),
        ),
    ]
}

fn group_verbs(name: &str, world: &World, number: u16) -> Vec<Verb> {
    let add = format!("addMember: {{ names: [{{name}}], of: {name} }}");
    vec![
        verbs::request(name),
        verb("addMember", K::VerbAdd, add, vec![ask("name", K::AskName, AskKind::Text, "new1")]),
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

/// Every rule, to be switched off where a member still follows it, and on again where none does.
fn switch_rule(name: &str, world: &World, number: u16) -> Verb {
    let running = super::RaftGroup::running(world, number);
    let members: Vec<Rules> = running.map(|member| rules_of(world, member)).collect();
    let off = |name: &str| {
        let off = |rules: &Rules| Rule::named(name).is_some_and(|rule| !rules.has(rule));
        !members.is_empty() && members.iter().all(off)
    };
    verbs::switch_rule(name, Rule::ALL.iter().map(|rule| rule.name()), off)
}

/// What one may want to run until; `members` are those it began with.
pub fn goals(name: &str, members: Vec<Arc<str>>) -> Vec<Goal> {
    let line = flow::line(name);
    let goal = |key: K, predicate: String, asks| Goal {
        label: Phrase::new(key, [Arg::Name(name.into())]),
        predicate: predicate.into(),
        asks,
    };
    let first = members.first().cloned().unwrap_or_default();
    let who = || ask("member", K::AskMember, AskKind::One(members.clone()), &first);
    let number = |label: K, default: &str| ask("number", label, AskKind::Number, default);
    let count =
        |select: &str, least: u32| format!("count: {{ select: {select}, of: {line}, atLeast: {least} }}");
    let fact =
        |fact: &str| format!("fact: {{ of: {line}, name: {fact}, member: {{member}}, atLeast: {{number}} }}");
    let value = format!("value: {{ of: {line}, key: {{key}}, is: {{value}} }}");
    let key = ask("key", K::AskKey, AskKind::Text, "x");
    vec![
        goal(K::GoalLeader, format!("leader: {line}"), Vec::new()),
        goal(K::GoalLeaderIs, format!("leader: {{ of: {line}, is: {{member}} }}"), vec![who()]),
        goal(K::GoalNoLeader, format!("noLeader: {line}"), Vec::new()),
        goal(K::GoalTwoLeaders, count("leaders", 2), Vec::new()),
        goal(K::GoalCandidate, count("candidates", 1), Vec::new()),
        goal(K::GoalTerm, fact("term"), vec![who(), number(K::Term, "2")]),
        goal(K::GoalCommit, fact("commitIndex"), vec![who(), number(K::CommitIndex, "5")]),
        goal(K::GoalValue, value, vec![key, ask("value", K::AskValue, AskKind::Text, "1")]),
        goal(K::GoalViolation, format!("not: {{ checks: {line} }}"), Vec::new()),
    ]
}

/// Did the member whose event this is come to lead in it? Then its log ends with the first entry of its term, and what
/// left with the event is its first word as a leader.
pub fn elected(world: &World, event: &Event<'_>) -> Option<(ProcessId, Epoch, EventId)> {
    use crate::kernel::What;
    let member = world.machine::<Member>(event.id.process)?;
    let could = matches!(event.what, What::Delivered { .. } | What::Timer { .. } | What::Persisted { .. });
    let fresh = member.role() == Role::Leader && member.log().last() == member.term_start();
    let alone = member.peers().is_empty();
    (could && fresh && (alone || super::tell::leads(event))).then_some((
        event.id.process,
        Epoch::term(member.term()),
        event.id,
    ))
}

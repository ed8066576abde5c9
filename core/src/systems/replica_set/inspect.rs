//! A member looked into: what `rs.status()` says of it, what its disk holds, and what it took back in rollbacks.

use super::places::{Places, commit, entry_text, oplog};
use super::view::{holders, role, votes};
use crate::consensus::replica_set::{Config, Durable, Member, OpTime, RolledBack, Waiting};
use crate::kernel::world::World;
use crate::process::{Arg, Phrase, ProcessId, Span};
use crate::view::{Field, Inspector, Value};
use crate::words::Key;
use crate::words::replset_view::ReplSetViewKey as K;
use crate::words::stage::StageKey as S;

/// How many of the last entries an inspector shows, of rollbacks, and of entries of one.
const STRIP: u64 = 24;
const ROLLBACKS: usize = 3;
const TAKEN_BACK: usize = 6;

/// A member looked into.
pub(super) fn inspect(world: &World, id: ProcessId) -> Option<Inspector> {
    let member = world.machine::<Member>(id);
    let durable = world.stored::<Durable>(id);
    if member.is_none() && durable.is_none() {
        return None;
    }
    let places = Places::of(world, world.process(id)?.group);
    let last = oplog(world, id).map_or(0, |log| places.last(log));
    let strip = (last > 0).then(|| places.strip(id, (last + 1).saturating_sub(STRIP).max(1), last)).flatten();
    Some(Inspector {
        id,
        volatile: member.map(|member| status(world, member)).unwrap_or_default(),
        durable: durable.map(|durable| kept(world, id, durable)).unwrap_or_default(),
        strip,
        timers: Vec::new(),
        verbs: Vec::new(),
        notes: Vec::new(),
        why: None,
        questions: Vec::new(),
    })
}

fn who(label: impl Into<Key>, id: Option<ProcessId>) -> Field {
    Field::new(label, id.map_or(Value::None, |id| Value::Arg(Arg::Process(id))))
}

/// An optime; before every operation there is none.
pub(super) fn optime(label: impl Into<Key>, at: OpTime) -> Field {
    Field::new(label, if at == OpTime::NONE { Value::None } else { Value::Arg(at.arg()) })
}

fn list(label: K, items: Vec<Arg>) -> Option<Field> {
    (!items.is_empty()).then(|| Field::new(label, Value::Arg(Arg::List(items))))
}

/// `rs.status()`, as far as there is something to say.
fn status(world: &World, member: &Member) -> Vec<Field> {
    let mut fields = vec![
        Field::new(S::Role, Value::Phrase(Phrase::bare(role(member).key))),
        Field::new(S::Term, Value::Arg(Arg::Epoch(member.term()))),
        who(K::PrimaryField, member.primary()),
        who(K::SourceField, member.sync_source()),
        optime(K::LastApplied, member.last_applied()),
        optime(K::LastDurable, member.last_durable()),
        optime(K::CommitPoint, member.last_committed()),
    ];
    if let Some(votes) = votes(member) {
        fields.push(Field::new(S::VotesField, Value::Tally(votes)));
    }
    if let Some(holders) = holders(member) {
        fields.push(Field::new(K::NewestField, Value::Tally(holders)));
    }
    if let Some(lead) = member.lead() {
        fields.extend(list(K::WaitingClients, lead.waiting.iter().take(TAKEN_BACK).map(waiting).collect()));
    }
    fields.extend(list(K::SeenField, seen(world, member)));
    if let Some(config) = member.config() {
        fields.extend(configuration(config));
    }
    fields.push(Field::number(S::Keys, member.store().len() as u64));
    if member.writes_under_way() > 0 {
        fields.push(Field::number(S::WaitingWrites, member.writes_under_way()));
    }
    fields
}

fn phrase(key: K, args: Vec<Arg>) -> Arg {
    Arg::Phrase(Box::new(Phrase::new(key, args)))
}

fn waiting(waiting: &Waiting) -> Arg {
    phrase(K::WaitsFor, vec![Arg::Process(waiting.client), waiting.at.arg()])
}

/// What it knows of the others: their states, and when it last heard of them.
fn seen(world: &World, member: &Member) -> Vec<Arg> {
    let clock = world.process(member.id()).and_then(|process| world.host(process.host));
    let now = clock.map(|host| host.clock.monotonic);
    let line = |seen: &crate::consensus::replica_set::Seen| {
        let ago = now.map_or(Span::ZERO, |now| now - seen.heard);
        phrase(K::SeenOne, vec![Arg::Process(seen.id), Arg::Name(seen.state.name().into()), Arg::For(ago)])
    };
    member.seen().iter().map(line).collect()
}

fn configuration(config: &Config) -> Vec<Field> {
    let version = match config.id.term {
        Some(term) => phrase(K::ConfigIs, vec![Arg::Number(config.id.version), Arg::Epoch(term)]),
        None => phrase(K::ConfigForced, vec![Arg::Number(config.id.version)]),
    };
    let hosts = config.members.iter().map(|member| Arg::Process(member.host)).collect();
    let voters = config.voters().map(|member| Arg::Process(member.host)).collect();
    let mut fields = vec![
        Field::new(K::ConfigVersion, Value::Arg(version)),
        Field::new(K::MembersField, Value::Arg(Arg::List(hosts))),
        Field::new(K::VotersField, Value::Arg(Arg::List(voters))),
        Field::number(K::MajorityVotes, config.majority_votes() as u64),
        Field::number(K::WriteMajority, config.write_majority() as u64),
    ];
    let priorities = config.members.iter().filter(|member| member.priority.0 != 1_000 && member.bears_data());
    let one = |member: &crate::consensus::replica_set::MemberConfig| {
        let (whole, part) = (member.priority.0 / 1_000, member.priority.0 % 1_000);
        let text = if part == 0 { whole.to_string() } else { format!("{whole}.{part:03}") };
        let text = if part == 0 { text } else { text.trim_end_matches('0').to_string() };
        phrase(K::PriorityOf, vec![Arg::Process(member.host), Arg::Name(text.into())])
    };
    fields.extend(list(K::PrioritiesField, priorities.map(one).collect()));
    fields
}

/// What its disk holds: what a crash now would keep, and what rollbacks took back.
fn kept(world: &World, id: ProcessId, durable: &Durable) -> Vec<Field> {
    let vote = durable
        .vote
        .map(|vote| Value::Arg(phrase(K::VoteIs, vec![Arg::Process(vote.candidate), Arg::Epoch(vote.term)])));
    let mut fields = vec![
        Field::new(S::VotedForField, vote.unwrap_or(Value::None)),
        optime(K::JournalField, durable.oplog.last()),
        Field::number(K::OplogLength, durable.oplog.len() as u64),
        optime(K::StableField, durable.stable_at),
    ];
    if world.machine::<Member>(id).is_none() {
        fields.push(optime(K::CommitPoint, commit(world, id)));
    }
    let rollbacks = durable.rolled_back.iter().rev().take(ROLLBACKS);
    fields.extend(rollbacks.map(|rollback| Field::new(K::RolledBackField, rolled_back(rollback))));
    fields
}

fn rolled_back(rollback: &RolledBack) -> Value {
    let mut said: Vec<Arg> = rollback
        .entries
        .iter()
        .take(TAKEN_BACK)
        .map(|entry| {
            Arg::Phrase(Box::new(Phrase::new(
                K::EntryAt,
                [Arg::Phrase(Box::new(entry_text(entry))), entry.at.arg()],
            )))
        })
        .collect();
    let more = rollback.count.saturating_sub(said.len() as u64);
    if more > 0 {
        said.push(phrase(K::AndMore, vec![Arg::Number(more)]));
    }
    let args = [rollback.common.arg(), Arg::Process(rollback.source), Arg::List(said)];
    Value::Phrase(Phrase::new(K::RollbackIs, args))
}

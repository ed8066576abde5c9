//! Whom selectors mean and what predicates can ask of a set: numbers of a member, or of all.

use super::ReplicaSet;
use super::places::{Places, commit, oplog};
use crate::consensus::replica_set::{Durable, Member, Oplog, Phase, State};
use crate::kernel::world::World;
use crate::process::ProcessId;
use crate::words::Key;
use crate::words::replset_view::ReplSetViewKey as K;
use crate::words::stage::StageKey as S;

/// `leader` and `leaders` are what other systems call a primary.
pub(super) const SELECTORS: &[&str] = &[
    "primary",
    "primaries",
    "leader",
    "leaders",
    "newestPrimary",
    "stalePrimaries",
    "writable",
    "secondaries",
    "arbiters",
    "hidden",
    "delayed",
    "candidates",
    "voters",
    "syncing",
    "rollingBack",
    "outside",
];

/// Selectors that mean one.
pub(super) const SINGULAR: &[&str] = &["primary", "leader", "newestPrimary"];

/// Whom it means now.
pub(super) fn select(world: &World, number: u16, selector: &str) -> Option<Vec<ProcessId>> {
    let newest = || ReplicaSet::primaries(world, number).map(Member::term).max();
    let of = |right: &dyn Fn(&Member) -> bool| {
        ReplicaSet::running(world, number).filter(|member| right(member)).map(Member::id).collect()
    };
    let mine = |right: fn(&crate::consensus::replica_set::MemberConfig) -> bool| {
        of(&|member| member.my_config().is_some_and(right))
    };
    Some(match selector {
        "primary" | "primaries" | "leader" | "leaders" => of(&Member::is_primary),
        "newestPrimary" => of(&|member| member.is_primary() && Some(member.term()) == newest()),
        "stalePrimaries" => of(&|member| member.is_primary() && Some(member.term()) < newest()),
        "writable" => of(&Member::is_writable),
        "secondaries" => of(&|member| member.state() == State::Secondary),
        "arbiters" => of(&|member| member.state() == State::Arbiter),
        "hidden" => mine(|me| me.hidden),
        "delayed" => mine(|me| me.delay_secs > 0),
        "candidates" => of(&|member| member.election().phase != Phase::Idle),
        "voters" => mine(|me| me.is_voter()),
        "syncing" => of(&|member| member.state() == State::Startup2),
        "rollingBack" => of(&|member| member.state() == State::Rollback),
        "outside" => of(&|member| member.my_config().is_none()),
        _ => return None,
    })
}

/// What can be asked.
pub(super) const FACTS: &[&str] = &[
    "term",
    "configVersion",
    "oplogLength",
    "lastApplied",
    "lastDurable",
    "commitPoint",
    "lag",
    "lagSecs",
    "rollbacks",
    "rolledBack",
    "members",
    "voters",
    "waiting",
    "agreeing",
];

/// A fact in words.
pub(super) fn title(name: &str) -> Option<Key> {
    Some(match name {
        "term" => S::Term.into(),
        "configVersion" => K::ConfigVersion.into(),
        "oplogLength" => K::OplogLength.into(),
        "lastApplied" => K::LastApplied.into(),
        "lastDurable" => K::LastDurable.into(),
        "commitPoint" => K::CommitPoint.into(),
        "lag" => K::Lag.into(),
        "lagSecs" => K::LagSecs.into(),
        "rollbacks" => K::Rollbacks.into(),
        "rolledBack" => K::RolledBackEntries.into(),
        "members" => K::MembersField.into(),
        "voters" => K::VotersField.into(),
        "waiting" => K::WaitingClients.into(),
        "agreeing" => K::Agreeing.into(),
        _ => return None,
    })
}

/// A fact of a member, running or not; of all the largest, but how many agree.
pub(super) fn fact(world: &World, number: u16, name: &str, member: Option<ProcessId>) -> Option<u64> {
    if name == "agreeing" {
        return Some(agreeing(world, number));
    }
    match member {
        Some(id) => fact_of(world, number, id, name),
        None => {
            let running = ReplicaSet::running(world, number);
            running.filter_map(|member| fact_of(world, number, member.id(), name)).max()
        }
    }
}

fn fact_of(world: &World, number: u16, id: ProcessId, name: &str) -> Option<u64> {
    let member = world.machine::<Member>(id);
    let durable = match member {
        Some(member) => member.durable(),
        None => world.stored::<Durable>(id)?,
    };
    let place = |at| Places::of(world, number).upto(&durable.oplog, at);
    let config = durable.config.as_ref();
    Some(match name {
        "term" => member.map_or(durable.term(), Member::term),
        "configVersion" => config.map_or(0, |config| config.id.version),
        "oplogLength" => durable.oplog.len() as u64,
        "lastApplied" => place(durable.oplog.last()),
        "lastDurable" => place(member.map_or(durable.oplog.last(), Member::last_durable)),
        "commitPoint" => place(commit(world, id).min(durable.oplog.last())),
        "lag" => lag(world, number, &durable.oplog),
        "lagSecs" => lag_secs(world, number, &durable.oplog),
        "rollbacks" => durable.rollback_id,
        "rolledBack" => durable.rolled_back.iter().map(|rollback| rollback.count).sum(),
        "members" => config.map_or(0, |config| config.members.len() as u64),
        "voters" => config.map_or(0, |config| config.voters().count() as u64),
        "waiting" => member?.lead().map_or(0, |lead| lead.waiting.len() as u64),
        _ => return None,
    })
}

/// The primary of the newest term, if there is one.
pub(super) fn newest_primary(world: &World, number: u16) -> Option<&Member> {
    ReplicaSet::primaries(world, number).max_by_key(|member| member.term())
}

/// By how many entries an oplog is behind the primary's.
fn lag(world: &World, number: u16, log: &Oplog) -> u64 {
    let Some(primary) = newest_primary(world, number) else { return 0 };
    let places = Places::of(world, number);
    places.last(primary.oplog()).saturating_sub(places.last(log))
}

/// By how many seconds, as `rs.printSecondaryReplicationInfo()` counts them.
fn lag_secs(world: &World, number: u16, log: &Oplog) -> u64 {
    let Some(primary) = newest_primary(world, number) else { return 0 };
    u64::from(primary.last_applied().ts.secs.saturating_sub(log.last().ts.secs))
}

/// How many oplogs end as the primary's does, its own included; 0 without a primary.
fn agreeing(world: &World, number: u16) -> u64 {
    let Some(primary) = newest_primary(world, number) else { return 0 };
    let same = |id: &ProcessId| oplog(world, *id).is_some_and(|log| log.last() == primary.last_applied());
    ReplicaSet::processes(world, number).filter(same).count() as u64
}

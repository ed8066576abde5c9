//! A member as people see it: its state and term, the timer that matters, votes and majorities that fill, from whom it syncs,
//! what it has rolled back. It only looks.

use crate::consensus::replica_set::{Durable, LastVote, Member, Mode, Phase, State, Timer};
use crate::kernel::world::World;
use crate::kernel::{Event, What};
use crate::process::{Arg, EventId, Phrase, ProcessId, Span, TimerName};
use crate::view::{Actor, ArcView, Badge, Ballot, Epoch, Look, Ring, Role, Standing, Tally};
use crate::words::replset_view::ReplSetViewKey as K;
use crate::words::stage::StageKey as S;

/// Role, term, arc, tally, caption and badges of a member.
pub(super) fn actor(world: &World, actor: &mut Actor) {
    actor.ring = Ring::Inner;
    let Standing { role, epoch } = standing(world, actor.id);
    (actor.role, actor.epoch) = (role, epoch);
    let Some(member) = world.machine::<Member>(actor.id) else {
        actor.badges.extend(world.stored::<Durable>(actor.id).and_then(taken_back));
        return;
    };
    actor.arc = arc(world, member);
    actor.tally = votes(member).or_else(|| holders(member));
    actor.caption = Some(caption(member));
    actor.badges.extend(badges(member));
}

/// State and term: of a crashed member, the term its disk holds.
pub(super) fn standing(world: &World, id: ProcessId) -> Standing {
    match world.machine::<Member>(id) {
        Some(member) => Standing { role: Some(role(member)), epoch: Some(Epoch::term(member.term())) },
        None => Standing {
            role: None,
            epoch: world.stored::<Durable>(id).map(|durable| Epoch::term(durable.term())),
        },
    }
}

pub(super) fn role(member: &Member) -> Role {
    let votes = member.my_config().is_some_and(|me| me.is_voter());
    let look = match (member.state(), member.election().phase) {
        (State::Primary, _) => Look::Leader,
        (_, Phase::DryRun) => return Role { key: K::DryRuns.into(), look: Look::Candidate },
        (_, Phase::Standing) => return Role { key: K::Candidate.into(), look: Look::Candidate },
        (State::Arbiter, _) => Look::Learner,
        (State::Secondary, _) if votes => Look::Follower,
        (State::Secondary, _) => Look::Learner,
        _ => Look::Plain,
    };
    Role { key: member.state().title().into(), look }
}

/// The timer that says what comes next.
fn arc(world: &World, member: &Member) -> Option<ArcView> {
    let wanted = match (member.is_primary(), member.election().phase) {
        (true, _) => [Timer::StepDown, Timer::CatchUp, Timer::WriteTimeout],
        (false, Phase::Idle) => [Timer::PriorityTakeover, Timer::CatchUpTakeover, Timer::Election],
        (false, _) => [Timer::Votes; 3],
    };
    let set = |timer: Timer| world.timers(member.id()).find(|set| set.slot == timer.slot());
    let timer = wanted.into_iter().find_map(set)?;
    Some(ArcView { label: timer.label, slot: timer.slot, set_at: timer.set_at, fires_at: timer.fires_at })
}

/// A candidate's votes.
pub(super) fn votes(member: &Member) -> Option<Tally> {
    let election = member.election();
    let config = member.config().filter(|_| election.phase != Phase::Idle)?;
    let ballot = |id: ProcessId| {
        let ballot = election.ballots.iter().find(|ballot| ballot.voter == id);
        match ballot.map(|ballot| ballot.granted) {
            Some(true) => Ballot::Yes,
            Some(false) => Ballot::No,
            None => Ballot::Waiting,
        }
    };
    let ballots: Vec<_> = config.voters().map(|voter| (voter.host, ballot(voter.host))).collect();
    let have = ballots.iter().filter(|(_, ballot)| *ballot == Ballot::Yes).count() as u32;
    Some(Tally { ballots, have, need: config.majority_votes() as u32 })
}

/// Who has a primary's newest operation, while a majority of the data-bearing voting members has not.
pub(super) fn holders(member: &Member) -> Option<Tally> {
    let config = member.config().filter(|_| member.is_writable())?;
    let newest = member.last_applied();
    if member.last_committed() >= newest {
        return None;
    }
    let journal = config.majority_journal;
    let has = |id: ProcessId| match member.seen().iter().find(|seen| seen.id == id) {
        _ if id == member.id() => !journal || member.last_durable() >= newest,
        Some(seen) => (if journal { seen.durable } else { seen.applied }) >= newest,
        None => false,
    };
    let bearing = config.voters().filter(|voter| voter.bears_data());
    let ballot = |id| (id, if has(id) { Ballot::Yes } else { Ballot::Waiting });
    let ballots: Vec<_> = bearing.map(|voter| ballot(voter.host)).collect();
    let have = ballots.iter().filter(|(_, ballot)| *ballot == Ballot::Yes).count() as u32;
    Some(Tally { ballots, have, need: config.write_majority() as u32 })
}

/// A few words beside its state.
fn caption(member: &Member) -> Phrase {
    let process = |key: K, id: ProcessId| Phrase::new(key, [Arg::Process(id)]);
    if let Some(lead) = member.lead() {
        return match (lead.mode, &lead.stepping) {
            (_, Some(_)) => Phrase::bare(K::StepsDown),
            (Mode::CatchingUp(_), None) => Phrase::bare(K::CatchesUp),
            (Mode::Writable, None) if lead.waiting.is_empty() => Phrase::bare(K::TakesWrites),
            (Mode::Writable, None) => Phrase::new(K::ClientsWait, [Arg::Number(lead.waiting.len() as u64)]),
        };
    }
    match (member.state(), member.sync_source(), member.primary(), member.durable().vote) {
        (State::Rollback, Some(source), ..) => process(K::ComparesWith, source),
        (State::Startup2, Some(source), ..) => process(K::CopiesFrom, source),
        (_, Some(source), ..) => process(K::SyncsFrom, source),
        (State::Arbiter, None, Some(primary), _) => process(K::SeesPrimary, primary),
        (_, None, None, Some(LastVote { candidate, term })) if term == member.term() => {
            process(K::VotedFor, candidate)
        }
        (State::Removed | State::Startup, ..) => Phrase::bare(K::WaitsOutside),
        (_, None, Some(_), _) => Phrase::bare(K::SeeksSource),
        (_, None, None, _) => Phrase::bare(K::SeesNobody),
    }
}

fn taken_back(durable: &Durable) -> Option<Badge> {
    let count: u64 = durable.rolled_back.iter().map(|rollback| rollback.count).sum();
    let phrase = Phrase::new(K::BadgeRolledBack, [Arg::Number(count)]);
    (count > 0).then_some(Badge { phrase, warn: true })
}

fn badges(member: &Member) -> Vec<Badge> {
    let mut all: Vec<Badge> = taken_back(member.durable()).into_iter().collect();
    let mut add = |key: K, args: Vec<Arg>, warn: bool| {
        all.push(Badge { phrase: Phrase::new(key, args), warn });
    };
    if let Some(me) = member.my_config() {
        if me.delay_secs > 0 {
            add(K::BadgeDelayed, vec![Arg::For(Span::secs(me.delay_secs))], false);
        } else if me.hidden {
            add(K::BadgeHidden, vec![], false);
        }
        if me.newly_added {
            add(K::BadgeNewlyAdded, vec![], false);
        } else if !me.votes {
            add(K::BadgeNoVote, vec![], false);
        }
    }
    if member.is_halted() {
        all.push(Badge { phrase: Phrase::bare(S::Halted), warn: true });
    }
    all
}

/// Did the member whose event this is win in it?
pub(super) fn elected(world: &World, event: &Event<'_>) -> Option<(ProcessId, Epoch, EventId)> {
    if !matches!(event.what, What::Delivered { .. } | What::Timer { .. } | What::Commanded { .. }) {
        return None;
    }
    let member = world.machine::<Member>(event.id.process)?;
    let lead = member.lead()?;
    let won = world.event_of(member.id(), lead.event) == Some(event.id);
    won.then_some((member.id(), Epoch::term(lead.term), event.id))
}

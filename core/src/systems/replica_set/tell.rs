//! What just happened to a member, in a sentence that a newcomer understands: what arrived, and, where somebody listened to
//! its notes, what it decided. Whoever it happens to is the subject.

use crate::consensus::replica_set::{Durable, Found, Member, Message, Phase, Timer};
use crate::kernel::world::World;
use crate::kernel::{Event, What};
use crate::process::payload::peek;
use crate::process::{Arg, Payload, Phrase, ProcessId, TimerName};
use crate::systems::sentence::{decided, with_notes};
use crate::words::replset_view::ReplSetViewKey as K;
use crate::words::stage::StageKey as S;

/// The sentence, if it is an event of a member.
pub(super) fn tell(world: &World, event: &Event<'_>) -> Option<Phrase> {
    let id = event.id.process;
    let me = Arg::Process(id);
    match &event.what {
        What::Started => {
            let decided = decided(event)?;
            Some(Phrase::new(S::Does, [me, Arg::Phrase(Box::new(decided))]))
        }
        What::Delivered { message, payload, .. } => {
            let member = world.machine::<Member>(id)?;
            delivered(member, event, message.from, &***payload)
        }
        What::Timer { slot, .. } => {
            let member = world.machine::<Member>(id)?;
            timer(member, event, Timer::from_slot(*slot)?)
        }
        What::Persisted { .. } => {
            let durable = world.stored::<Durable>(id)?;
            let base = Phrase::new(K::DiskHas, [me, durable.oplog.last().arg()]);
            Some(with_notes(event, base))
        }
        What::Commanded { .. } => Some(with_notes(event, Phrase::new(S::OperatorAsks, [me]))),
        _ => None,
    }
}

fn timer(member: &Member, event: &Event<'_>, timer: Timer) -> Option<Phrase> {
    let me = Arg::Process(member.id());
    let key = match timer {
        Timer::Election => K::TimedOut,
        Timer::Heartbeat => return Some(with_notes(event, Phrase::new(K::Beats, [me]))),
        Timer::Votes => K::VotesEnd,
        Timer::Liveness if member.is_primary() => K::CountsSeen,
        Timer::Liveness => K::CountedSeen,
        Timer::PriorityTakeover => K::PriorityWaited,
        Timer::CatchUpTakeover => K::CatchUpWaited,
        Timer::CatchUp => K::CatchUpEnds,
        Timer::StepDown => K::StepDownEnds,
        Timer::Journal => K::JournalDue,
        Timer::Fetch if member.sync_source().is_some() => K::SourceAsked,
        Timer::Fetch => K::SourceSought,
        Timer::Await => K::AwaitEnds,
        Timer::Delay => K::DelayDue,
        Timer::WriteTimeout => K::WriteTimeoutEnds,
        Timer::KeepAlive => K::TellsPosition,
        Timer::NoOp => K::NoOpDue,
    };
    Some(with_notes(event, Phrase::new(key, [me])))
}

fn delivered(member: &Member, event: &Event<'_>, from: ProcessId, payload: &dyn Payload) -> Option<Phrase> {
    let (me, from) = (Arg::Process(member.id()), Arg::Process(from));
    let count = |n: usize| Arg::Number(n as u64);
    let base = match peek::<Message>(payload)? {
        Message::Heartbeat { .. } => Phrase::new(K::GetsHeartbeat, [me, from]),
        Message::HeartbeatReply(pulse) => {
            let state = Arg::Name(pulse.state.name().into());
            Phrase::new(K::GetsPulse, [me, from, state, pulse.applied.arg()])
        }
        Message::RequestVotes { term, dry_run, .. } => {
            let key = if *dry_run { K::AskedDryRun } else { K::AskedVote };
            Phrase::new(key, [me, from, Arg::Epoch(*term)])
        }
        Message::Vote { asked, dry_run, granted, .. } => {
            return Some(counted(member, event, from, *asked, *dry_run, *granted));
        }
        Message::StepUp { .. } => Phrase::new(K::ToldToStand, [me, from]),
        Message::Fetch(fetch) if fetch.more => Phrase::new(K::AskedMore, [me, from, fetch.after.arg()]),
        Message::Fetch(fetch) => Phrase::new(K::AskedFind, [me, from, fetch.after.arg()]),
        Message::Batch(batch) => match (batch.found, batch.entries.len()) {
            (Found::Here, 0) => Phrase::new(K::GetsNothing, [me, from]),
            (Found::Here, n) => Phrase::new(K::GetsEntries, [me, from, count(n)]),
            (Found::Behind, _) => Phrase::new(K::GetsBehind, [me, from]),
            (Found::Diverged, _) => Phrase::new(K::GetsDiverged, [me, from]),
            (Found::TooOld, _) => Phrase::new(K::GetsTooOld, [me, from]),
            (Found::Unreadable, _) => Phrase::new(K::GetsUnreadable, [me, from]),
        },
        Message::FindBack { .. } => Phrase::new(K::AskedBack, [me, from]),
        Message::Back { places, .. } => Phrase::new(K::GetsBack, [me, from, count(places.len())]),
        Message::UpdatePosition { positions, .. } => {
            Phrase::new(K::GetsPositions, [me, from, count(positions.len())])
        }
        Message::Clone { .. } => Phrase::new(K::AskedClone, [me, from]),
        Message::Piece(piece) => Phrase::new(K::GetsPiece, [me, from, count(piece.items.len())]),
        Message::Hello { .. } => Phrase::new(K::AskedHello, [me, from]),
        Message::Request { ask, .. } => {
            Phrase::new(K::AskedOperation, [me, from, Arg::Phrase(Box::new(ask.phrase()))])
        }
        Message::Greeting(_) | Message::Response { .. } => return None,
    };
    Some(with_notes(event, base))
}

/// A vote, and how the count stands with it.
fn counted(
    member: &Member,
    event: &Event<'_>,
    from: Arg,
    asked: u64,
    dry_run: bool,
    granted: bool,
) -> Phrase {
    let me = Arg::Process(member.id());
    let election = member.election();
    let phase = if dry_run { Phase::DryRun } else { Phase::Standing };
    let counts = election.phase == phase && election.term == asked;
    let key = match (granted, dry_run) {
        (false, _) => K::GetsNay,
        (true, true) => K::GetsWould,
        (true, false) => K::GetsAye,
    };
    let tally = super::view::votes(member).filter(|_| counts && granted);
    let base = match tally {
        Some(tally) => {
            let key = if dry_run { K::GetsWouldCounted } else { K::GetsAyeCounted };
            Phrase::new(key, [me, from, Arg::Number(tally.have.into()), Arg::Number(tally.need.into())])
        }
        None => Phrase::new(key, [me, from, Arg::Epoch(asked)]),
    };
    with_notes(event, base)
}

/// What a message between drivers and members asks or answers, in a few words.
pub(in crate::systems) fn card(payload: &dyn Payload) -> Option<Phrase> {
    peek::<Message>(payload).map(|message| message.card().label)
}

//! What just happened to a process, in a sentence that a newcomer understands: what arrived, and, where somebody listened to
//! its notes, what it decided. Whoever took it in is the sentence's subject, since the decisions that follow are its own.

use super::view::attempt;
use crate::kernel::world::World;
use crate::kernel::{Event, What};
use crate::process::payload::peek;
use crate::process::{Arg, Payload, Phrase, ProcessId, TimerName};
use crate::systems::sentence::{decided, with_notes};
use crate::words::stage::StageKey as S;
use crate::words::workers_view::WorkersViewKey as K;
use crate::workers::{Journal, Kept, Message, Stored, Timer, Worker};

/// The sentence, if it is an event of one of the cluster's.
pub(super) fn tell(world: &World, event: &Event<'_>) -> Option<Phrase> {
    let id = event.id.process;
    let me = Arg::Process(id);
    match &event.what {
        What::Started => {
            let decided = decided(event)?;
            Some(Phrase::new(S::Does, [me, Arg::Phrase(Box::new(decided))]))
        }
        What::Delivered { message, payload, .. } => delivered(event, me, message.from, &***payload),
        What::Timer { slot, .. } => {
            let key = match Timer::from_slot(*slot)? {
                Timer::Work(_) => K::WorkEnds,
                Timer::Heartbeat => K::GivesSign,
                Timer::LeaseEnd => K::LeaseEnds,
                // Its first question may have been answered while the timer ran.
                Timer::Resend if event.notes.is_empty() && has_nothing_to_say(world, id) => {
                    K::NothingToRepeat
                }
                Timer::Resend => K::NoAnswerYet,
                Timer::Check => K::LooksAround,
            };
            Some(with_notes(event, Phrase::new(key, [me])))
        }
        What::Persisted { .. } => Some(with_notes(event, disk_has(world, id)?)),
        What::Commanded { .. } => Some(with_notes(event, Phrase::new(S::OperatorAsks, [me]))),
        _ => None,
    }
}

fn has_nothing_to_say(world: &World, id: ProcessId) -> bool {
    world.machine::<Worker>(id).is_none_or(|worker| worker.outcomes().is_empty())
}

/// What the disk of a process has now, whichever part it plays.
fn disk_has(world: &World, id: ProcessId) -> Option<Phrase> {
    let (me, count) = (Arg::Process(id), |all: usize| Arg::Number(all as u64));
    if let Some(journal) = world.stored::<Journal>(id) {
        let args = [me, Arg::Epoch(journal.epoch), count(journal.finished.len())];
        return Some(Phrase::new(K::DiskJournal, args));
    }
    if let Some(kept) = world.stored::<Kept>(id) {
        return Some(Phrase::new(
            K::DiskLife,
            [me, Arg::Number(kept.life.number), count(kept.outputs.len())],
        ));
    }
    let stored = world.stored::<Stored>(id)?;
    Some(Phrase::new(K::DiskOutputs, [me, count(stored.effects.len())]))
}

fn delivered(event: &Event<'_>, me: Arg, from: ProcessId, payload: &dyn Payload) -> Option<Phrase> {
    let from = Arg::Process(from);
    let base = match peek::<Message>(payload)? {
        Message::Beat { holds, .. } => Phrase::new(K::GetsBeat, [me, from, Arg::Number(holds.len() as u64)]),
        Message::Grant { renewed, .. } => {
            Phrase::new(K::GetsGrant, [me, from, Arg::Number(renewed.len() as u64)])
        }
        message => {
            let (key, shown) = match message {
                Message::Assign { attempt, .. } => (K::GetsAssign, *attempt),
                Message::Stop { attempt, .. } => (K::GetsStop, *attempt),
                Message::Declined { attempt, .. } => (K::GetsDeclined, *attempt),
                Message::Done { attempt, failed: false, .. } => (K::GetsDone, *attempt),
                Message::Done { attempt, .. } => (K::GetsFailed, *attempt),
                Message::Recorded { attempt, .. } => (K::GetsRecorded, *attempt),
                Message::Open { attempt, .. } => (K::GetsOpen, *attempt),
                Message::Commit { attempt, .. } => (K::GetsCommit, *attempt),
                Message::Committed { by, .. } => (K::GetsCommitted, *by),
                Message::Fenced { fence, .. } => (K::GetsFenced, *fence),
                Message::Beat { .. } | Message::Grant { .. } => return None,
            };
            let (task, _) = message.about()?;
            Phrase::new(key, [me, from, Arg::Number(task.0), attempt(shown)])
        }
    };
    Some(with_notes(event, base))
}

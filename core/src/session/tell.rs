//! One sentence for any event: the system's own where it has one, else what the kernel alone can say.

use super::deeds;
use super::look::shorten;
use crate::kernel::world::World;
use crate::kernel::{Action, Event, What};
use crate::process::{
    Arg, CloseReason, DiskError, EventId, MessageId, Note, Payload, Phrase, ProcessId, Verdict,
};
use crate::system::Group;
use crate::view::{EventLine, NoteView, Place};
use crate::words::Key;
use crate::words::kernel::KernelKey;
use crate::words::session::SessionKey as K;
use std::sync::Arc;

/// The groups of a scenario, by their number in the world.
pub type Groups = [Arc<dyn Group>];

/// The group a process belongs to.
pub fn group_of<'a>(groups: &'a Groups, world: &World, process: ProcessId) -> Option<&'a Arc<dyn Group>> {
    groups.get(usize::from(world.process(process)?.group))
}

/// What happened, in one sentence.
pub fn sentence(groups: &Groups, world: &World, event: &Event<'_>) -> Phrase {
    let own = group_of(groups, world, event.id.process).and_then(|group| group.tell(world, event));
    own.unwrap_or_else(|| plain(groups, world, event))
}

/// What happened, in one sentence, and whether it stands out: a fault, a repair, a request by hand, an election.
pub fn told(groups: &Groups, world: &World, event: &Event<'_>) -> (Phrase, bool) {
    let marked = match &event.what {
        What::Done { action, refused, .. } => refused.is_none() && deeds::mark(action).is_some(),
        _ => {
            let group = group_of(groups, world, event.id.process);
            group.and_then(|group| group.elected(world, event)).is_some()
        }
    };
    (sentence(groups, world, event), marked)
}

/// What was done, in a sentence: of an order, what its system says it asks for.
pub fn deed(groups: &Groups, world: &World, action: &Action) -> Phrase {
    let own = match action {
        Action::Operate(to, order) => {
            group_of(groups, world, *to).and_then(|group| group.ordered(*to, &**order))
        }
        _ => None,
    };
    let mut said = own.unwrap_or_else(|| deeds::sentence(action));
    // A mark goes with every answer.
    said.args.iter_mut().for_each(shorten);
    said
}

/// The same for any system.
fn plain(groups: &Groups, world: &World, event: &Event<'_>) -> Phrase {
    let who = event.id.process;
    let one = |key: Key| Phrase::new(key, [Arg::Process(who)]);
    let with =
        |key: K, more: K| Phrase::new(key, [Arg::Process(who), Arg::Phrase(Box::new(Phrase::bare(more)))]);
    match &event.what {
        What::Started => one(KernelKey::Started.into()),
        What::Delivered { message, payload, .. } | What::Received { message, payload, .. } => {
            carried(K::Received, message, payload)
        }
        What::Missed { message, payload } => carried(K::Missed, message, payload),
        What::Timer { slot, .. } => {
            let label = world.running(who).and_then(|process| process.timer_label(*slot));
            let label = label.unwrap_or(K::KindTimer.into());
            Phrase::new(K::TimerFired, [Arg::Process(who), Arg::Phrase(Box::new(Phrase::bare(label)))])
        }
        What::Commanded { .. } => one(K::Commanded.into()),
        What::Persisted { .. } => one(K::Persisted.into()),
        What::PersistFailed { error, .. } => with(
            K::PersistFailed,
            match error {
                DiskError::Full => K::DiskFull,
                DiskError::Io => K::DiskIo,
            },
        ),
        What::Opened(_) => one(K::Opened.into()),
        What::Accepted(id) => Phrase::new(K::Accepted, [Arg::Process(who), Arg::Process(id.opener)]),
        What::Refused(_, why) => with(K::Refused, closed(*why)),
        What::Closed(_, why) => with(K::Closed, closed(*why)),
        What::Done { action, refused: None, .. } => deed(groups, world, action),
        What::Done { action, refused: Some(refusal), .. } => {
            let said = |phrase| Arg::Phrase(Box::new(phrase));
            Phrase::new(K::NotDone, [said(deed(groups, world, action)), said(refusal.phrase())])
        }
        What::Stopped => one(K::Stopped.into()),
    }
}

fn carried(key: K, message: &MessageId, payload: &Arc<dyn Payload>) -> Phrase {
    let label = Arg::Phrase(Box::new(payload.card().label));
    Phrase::new(key, [Arg::Process(message.to), Arg::Process(message.from), label])
}

fn closed(why: CloseReason) -> K {
    match why {
        CloseReason::Peer => K::ClosedByPeer,
        CloseReason::Reset => K::ClosedByReset,
        CloseReason::TimedOut => K::ClosedByTimeout,
    }
}

/// An event's stable kind, to filter by: a message's own, else what the kernel calls it.
pub fn kind(event: &Event<'_>) -> Key {
    let kind = match &event.what {
        What::Delivered { payload, .. } | What::Received { payload, .. } => return payload.card().kind,
        What::Started => K::KindStarted,
        What::Missed { .. } => K::KindMissed,
        What::Timer { .. } => K::KindTimer,
        What::Commanded { .. } => K::KindCommanded,
        What::Persisted { .. } => K::KindPersisted,
        What::PersistFailed { .. } => K::KindPersistFailed,
        What::Opened(_) | What::Accepted(_) | What::Refused(..) | What::Closed(..) => K::KindConnection,
        What::Done { .. } => K::KindDeed,
        What::Stopped => K::KindStopped,
    };
    kind.into()
}

/// An event as a line of the event list.
pub fn line(groups: &Groups, world: &World, event: &Event<'_>) -> EventLine {
    let place = Place { ordinal: event.ordinal, at: event.at };
    let notes = event.notes.iter().map(|note| note_view(world, event.id, place, note)).collect();
    EventLine {
        event: event.id,
        place,
        sentence: sentence(groups, world, event),
        kind: kind(event),
        causes: event.causes.to_vec(),
        message: message(event),
        notes,
    }
}

/// The message whose end an event is.
fn message(event: &Event<'_>) -> Option<MessageId> {
    match &event.what {
        What::Delivered { message, .. } | What::Received { message, .. } | What::Missed { message, .. } => {
            Some(*message)
        }
        _ => None,
    }
}

/// A note as it is shown.
fn note_view(world: &World, event: EventId, place: Place, note: &Note) -> NoteView {
    let earlier = |number: &u64| {
        let same_life = EventId { number: *number, ..event };
        world.event_of(event.process, *number).unwrap_or(same_life)
    };
    NoteView {
        event,
        place,
        rule: note.rule.map(Arc::from),
        refused: note.verdict != Verdict::Did,
        phrase: note.phrase.clone(),
        because: note.because.iter().map(earlier).collect(),
    }
}

//! What just happened to a process, in a sentence that a newcomer understands: what arrived, and, where somebody listened to
//! its notes, what it decided.

use crate::consensus::paxos::{Ballot, Durable, Peer, PeerMessage, Timer};
use crate::kernel::world::World;
use crate::kernel::{Event, What};
use crate::process::payload::peek;
use crate::process::{Arg, Payload, Phrase, ProcessId, TimerName};
use crate::systems::sentence::{decided, with_notes};
use crate::words::paxos_view::PaxosViewKey as K;
use crate::words::stage::StageKey as S;

/// The sentence, if it is an event of one of the group's.
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
            let peer = world.machine::<Peer>(id)?;
            let base = match Timer::from_slot(*slot)? {
                Timer::Round => Phrase::new(K::RoundEnds, [me]),
                Timer::BackOff => Phrase::new(K::HasWaited, [me]),
                Timer::Ask if peer.learned().is_none() => Phrase::new(K::WondersStill, [me]),
                Timer::Ask => return None,
            };
            Some(with_notes(event, base))
        }
        What::Persisted { .. } => Some(with_notes(event, disk_has(world.stored::<Durable>(id)?, me))),
        What::Commanded { .. } => Some(with_notes(event, Phrase::new(S::OperatorAsks, [me]))),
        _ => None,
    }
}

fn disk_has(durable: &Durable, me: Arg) -> Phrase {
    match (&durable.accepted, durable.promised) {
        (Some((ballot, value)), promised) => {
            Phrase::new(K::DiskAccepted, [me, number(promised), number(*ballot), Arg::Text(value.clone())])
        }
        (None, promised) if !promised.is_none() => Phrase::new(K::DiskPromised, [me, number(promised)]),
        (None, _) => Phrase::new(K::DiskTried, [me, Arg::Number(durable.tried)]),
    }
}

fn number(ballot: Ballot) -> Arg {
    Arg::Ballot(ballot.round, ballot.owner)
}

fn delivered(event: &Event<'_>, me: Arg, from: ProcessId, payload: &dyn Payload) -> Option<Phrase> {
    let from = Arg::Process(from);
    let text = |value: &std::sync::Arc<str>| Arg::Text(value.clone());
    let base = match peek::<PeerMessage>(payload)? {
        PeerMessage::Prepare { ballot } => Phrase::new(K::GetsPrepare, [me, from, number(*ballot)]),
        PeerMessage::Promise { ballot, accepted: None } => {
            Phrase::new(K::GetsPromise, [me, from, number(*ballot)])
        }
        PeerMessage::Promise { ballot, accepted: Some((had, value)) } => {
            Phrase::new(K::GetsPromiseHaving, [me, from, number(*ballot), number(*had), text(value)])
        }
        PeerMessage::Accept { ballot, value } => {
            Phrase::new(K::GetsAccept, [me, from, number(*ballot), text(value)])
        }
        PeerMessage::Accepted { ballot, value } => {
            Phrase::new(K::GetsAccepted, [me, from, number(*ballot), text(value)])
        }
        PeerMessage::Refused { ballot, promised, .. } => {
            Phrase::new(K::GetsRefused, [me, from, number(*ballot), number(*promised)])
        }
        PeerMessage::Chosen { value, .. } => Phrase::new(K::GetsChosen, [me, from, text(value)]),
        PeerMessage::Ask => Phrase::new(K::GetsAsk, [me, from]),
    };
    Some(with_notes(event, base))
}

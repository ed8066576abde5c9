//! What just happened to a member, in a sentence that a newcomer understands: what arrived, and, where somebody listened to
//! its notes, what it decided.

use super::message::range;
use crate::consensus::kv;
use crate::consensus::multi_paxos::{Ballot, Durable, Member, PeerMessage, Role, Timer};
use crate::kernel::world::World;
use crate::kernel::{Event, What};
use crate::process::payload::peek;
use crate::process::{Arg, Payload, Phrase, ProcessId, Span, TimerName};
use crate::systems::sentence::{decided, with_notes};
use crate::view::Epoch;
use crate::words::multi_paxos_view::MultiPaxosViewKey as K;
use crate::words::paxos_view::PaxosViewKey as P;
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
        What::Delivered { message, payload, .. } => delivered(event, me, message.from, &***payload),
        What::Timer { slot, set_at } => {
            let member = world.machine::<Member>(id)?;
            let silent = || Arg::For(set_at.map_or(Span::ZERO, |set_at| event.at - set_at));
            let base = match Timer::from_slot(*slot)? {
                Timer::Election => Phrase::new(K::TimesOut, [me, silent()]),
                Timer::Heartbeat if member.role() == Role::Leader => {
                    Phrase::new(K::Beats, [me, number(member.ballot())])
                }
                Timer::Heartbeat if event.notes.is_empty() => return None,
                Timer::Heartbeat => Phrase::new(K::Ticks, [me]),
                Timer::BackOff => Phrase::new(P::HasWaited, [me]),
                Timer::CatchUp if !member.may_stand() && member.executed() >= member.known_chosen() => {
                    Phrase::new(P::HasWaited, [me])
                }
                Timer::CatchUp => Phrase::new(K::StillLacks, [me, Arg::Number(member.executed() + 1)]),
            };
            Some(with_notes(event, base))
        }
        What::Persisted { .. } => {
            let durable = world.stored::<Durable>(id)?;
            let args = [me, number(durable.promised), Arg::Number(durable.log.last())];
            Some(with_notes(event, Phrase::new(K::DiskHas, args)))
        }
        What::Commanded { .. } => Some(with_notes(event, Phrase::new(S::OperatorAsks, [me]))),
        _ => None,
    }
}

fn number(ballot: Ballot) -> Arg {
    Arg::Ballot(ballot.round, ballot.owner)
}

fn delivered(event: &Event<'_>, me: Arg, from: ProcessId, payload: &dyn Payload) -> Option<Phrase> {
    let from = Arg::Process(from);
    if let Some(message) = peek::<kv::Message>(payload) {
        let request = Arg::Phrase(Box::new(message.card().label));
        return Some(match decided(event) {
            None => Phrase::new(S::Asked, [me, from, request]),
            Some(decided) => Phrase::new(S::AskedAnd, [me, from, request, Arg::Phrase(Box::new(decided))]),
        });
    }
    let slots = |first: u64, count: u64| Arg::Phrase(Box::new(range(first, count)));
    let base = match peek::<PeerMessage>(payload)? {
        PeerMessage::Prepare { ballot, from: slot } => {
            Phrase::new(K::GetsPrepare, [me, from, number(*ballot), Arg::Number(*slot)])
        }
        PeerMessage::Promise { ballot, report } => match report.accepted.len() as u64 {
            0 => Phrase::new(P::GetsPromise, [me, from, number(*ballot)]),
            count => Phrase::new(K::GetsPromiseHaving, [me, from, number(*ballot), Arg::Number(count)]),
        },
        PeerMessage::Accept { ballot, slot, entries, .. } => {
            Phrase::new(K::GetsAccept, [me, from, number(*ballot), slots(*slot, entries.len() as u64)])
        }
        PeerMessage::Accepted { ballot, slot, count } => {
            Phrase::new(K::GetsAccepted, [me, from, number(*ballot), slots(*slot, *count)])
        }
        PeerMessage::Refused { ballot, promised, .. } if promised > ballot => {
            Phrase::new(P::GetsRefused, [me, from, number(*ballot), number(*promised)])
        }
        PeerMessage::Refused { ballot, .. } => Phrase::new(K::GetsLeased, [me, from, number(*ballot)]),
        PeerMessage::Heartbeat { ballot, .. } => Phrase::new(K::HearsBeat, [me, from, number(*ballot)]),
        PeerMessage::Alive { .. } => Phrase::new(K::GetsAlive, [me, from]),
        PeerMessage::Ask { from: slot, .. } => Phrase::new(K::GetsAsk, [me, from, Arg::Number(*slot)]),
        PeerMessage::Chosen { entries, chosen, .. } if entries.is_empty() => {
            Phrase::new(K::GetsHowFar, [me, from, Arg::Number(*chosen)])
        }
        PeerMessage::Chosen { slot, entries, .. } => {
            Phrase::new(K::GetsChosen, [me, from, slots(*slot, entries.len() as u64)])
        }
        PeerMessage::Snapshot { piece, .. } => {
            Phrase::new(S::GetsSnapshot, [me, from, Arg::Number(piece.slot)])
        }
    };
    Some(with_notes(event, base))
}

/// Did the member whose event this is come to lead in it? Then this very input brought the last promise that it needed; where a
/// rule lets it lead with fewer, what left with it is a leader's first heartbeat.
pub(super) fn elected(
    world: &World,
    event: &Event<'_>,
) -> Option<(ProcessId, Epoch, crate::process::EventId)> {
    let could = matches!(event.what, What::Delivered { .. } | What::Timer { .. } | What::Persisted { .. });
    let member =
        world.machine::<Member>(event.id.process).filter(|member| could && member.role() == Role::Leader)?;
    let brought = |number: u64| number == event.id.number;
    let now = member.promises().iter().any(|promise| brought(promise.event));
    let beats = || {
        let mut sent = event.sent.iter();
        sent.any(|sent| matches!(peek(&*sent.payload), Some(PeerMessage::Heartbeat { .. })))
    };
    let alone = || member.promises_needed().0.len() < 2;
    let Ballot { round, owner } = member.ballot();
    (now && (alone() || beats())).then(|| (event.id.process, Epoch::ballot(round, owner), event.id))
}

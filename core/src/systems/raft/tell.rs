//! What just happened to a member, in a sentence that a newcomer understands: what arrived, and, where somebody listened to
//! its notes, what it decided.

use crate::consensus::kv;
use crate::consensus::raft::{Durable, Member, PeerMessage, Role, Timer, Vote};
use crate::kernel::world::World;
use crate::kernel::{Event, What};
use crate::process::payload::peek;
use crate::process::{Arg, MessageId, Payload, Phrase, ProcessId, Span, Time, TimerName};
use crate::systems::sentence::{decided, with_notes};
use crate::words::raft::RaftKey;
use crate::words::stage::StageKey as K;
use std::sync::Arc;

/// The sentence, if it is an event of a member.
pub fn tell(world: &World, event: &Event<'_>) -> Option<Phrase> {
    let me = Arg::Process(event.id.process);
    let member = world.machine::<Member>(event.id.process);
    match &event.what {
        What::Started => {
            let member = member?;
            let (term, last) = (Arg::Epoch(member.term()), Arg::Number(member.log().last()));
            Some(Phrase::new(K::Begins, [me, term, last]))
        }
        What::Delivered { message, payload, .. } => delivered(member?, event, *message, &***payload),
        What::Timer { slot, set_at } => timer(member?, event, Timer::from_slot(*slot)?, *set_at),
        What::Persisted { .. } => {
            let durable = world.stored::<Durable>(event.id.process)?;
            let (term, last) = (Arg::Epoch(durable.term), Arg::Number(durable.log.last()));
            Some(with_notes(event, Phrase::new(K::DiskHas, [me, term, last])))
        }
        What::Commanded { .. } => Some(with_notes(event, Phrase::new(K::OperatorAsks, [me]))),
        _ => None,
    }
}

fn timer(member: &Member, event: &Event<'_>, timer: Timer, set_at: Option<Time>) -> Option<Phrase> {
    let (me, term) = (Arg::Process(member.id()), Arg::Epoch(member.term()));
    match timer {
        Timer::Election => Some(timed_out(member, event, set_at)),
        Timer::Heartbeat if member.role() == Role::Leader => Some(Phrase::new(K::Beats, [me, term])),
        Timer::Heartbeat => None,
        Timer::QuorumCheck => Some(with_notes(event, Phrase::new(K::CountsHeard, [me]))),
        Timer::Transfer => Some(with_notes(event, Phrase::new(K::TransferTimesOut, [me]))),
    }
}

/// "If a follower receives no communication over a period of time called the election timeout …" (§3.4). Hearing a leader
/// sets the timer anew, so it ran as long as the silence lasted.
fn timed_out(member: &Member, event: &Event<'_>, set_at: Option<Time>) -> Phrase {
    let (me, term) = (Arg::Process(member.id()), Arg::Epoch(member.term()));
    let silent = Arg::For(set_at.map_or(Span::ZERO, |set_at| event.at - set_at));
    // Whoever knew a leader says whom it no longer hears; without notes it cannot be told from a second attempt.
    let again = event.notes.iter().any(|note| note.phrase.key == RaftKey::NobodyLeads.into());
    match member.role() {
        Role::Candidate if again => Phrase::new(K::TimedOutAgain, [me, silent, term]),
        Role::Candidate => Phrase::new(K::TimedOut, [me, silent, term]),
        Role::PreCandidate => {
            let asked = Arg::Epoch(member.poll().map_or(member.term() + 1, |poll| poll.term()));
            let key = if again { K::TimedOutPreAgain } else { K::TimedOutPre };
            Phrase::new(key, [me, silent, asked])
        }
        Role::Leader => Phrase::new(K::TimedOutLeads, [me, term]),
        Role::Follower => Phrase::new(K::TimedOutIdle, [me]),
    }
}

fn delivered(member: &Member, event: &Event<'_>, id: MessageId, payload: &dyn Payload) -> Option<Phrase> {
    if let Some(message) = peek::<kv::Message>(payload) {
        return Some(asked(event, id, message));
    }
    let message = peek::<PeerMessage>(payload)?;
    let (me, from) = (Arg::Process(id.to), Arg::Process(id.from));
    let base = match message {
        PeerMessage::RequestVote(ask) => {
            let key = if ask.pre { K::AskedForPreVote } else { K::AskedForVote };
            Phrase::new(key, [me, from, Arg::Epoch(ask.term)])
        }
        PeerMessage::Vote(vote) => return Some(counted(member, event, id.from, vote)),
        PeerMessage::Append(append) => match (append.prev + 1, append.entries().len() as u64) {
            (_, 0) => Phrase::new(K::HearsBeat, [me, from, Arg::Epoch(append.term)]),
            (first, 1) => Phrase::new(K::GetsEntry, [me, from, Arg::Number(first)]),
            (first, count) => {
                let (first, last) = (Arg::Number(first), Arg::Number(first + count - 1));
                Phrase::new(K::GetsEntries, [me, from, first, last])
            }
        },
        PeerMessage::Appended(appended) => match appended.result {
            Ok(matched) => Phrase::new(K::HeardBy, [me, from, Arg::Number(matched)]),
            Err(mismatch) => Phrase::new(K::NotMatched, [me, from, Arg::Number(mismatch.prev)]),
        },
        PeerMessage::InstallSnapshot(piece) => {
            Phrase::new(K::GetsSnapshot, [me, from, Arg::Number(piece.index)])
        }
        PeerMessage::SnapshotReceived(_) => Phrase::new(K::SnapshotGoesOn, [me, from]),
        PeerMessage::TimeoutNow { .. } => Phrase::new(K::ToldToStand, [me, from]),
    };
    Some(with_notes(event, base))
}

/// A vote, and how the poll stands with it.
fn counted(member: &Member, event: &Event<'_>, voter: ProcessId, vote: &Vote) -> Phrase {
    let (me, voter, asked) = (Arg::Process(member.id()), Arg::Process(voter), Arg::Epoch(vote.asked));
    let polled = |pre: bool| {
        let role = if pre { Role::PreCandidate } else { Role::Candidate };
        member.role() == role && member.poll().is_some_and(|poll| poll.term() == vote.asked)
    };
    if !vote.pre && member.role() == Role::Leader && member.term() == vote.asked && leads(event) {
        return Phrase::new(K::WinsVote, [me, voter, asked]);
    }
    if vote.pre && vote.granted && polled(false) && asks_votes(event) {
        return Phrase::new(K::WinsPreVote, [me, voter, asked]);
    }
    let tally = super::view::votes(member).filter(|_| polled(vote.pre));
    let base = match tally {
        Some(tally) if vote.granted => {
            let (have, need) = (Arg::Number(tally.have.into()), Arg::Number(tally.need.into()));
            Phrase::new(if vote.pre { K::GetsPreVote } else { K::GetsVote }, [me, voter, have, need])
        }
        Some(_) => Phrase::new(if vote.pre { K::GetsPreNo } else { K::GetsNo }, [me, voter]),
        None => Phrase::new(K::LateVote, [me, voter]),
    };
    with_notes(event, base)
}

/// Did it ask for votes in this event?
fn asks_votes(event: &Event<'_>) -> bool {
    let real = |payload: &Arc<dyn Payload>| matches!(peek::<PeerMessage>(&**payload), Some(PeerMessage::RequestVote(ask)) if !ask.pre);
    event.sent.iter().any(|sent| real(&sent.payload))
}

/// Did it speak as a leader in this event?
pub fn leads(event: &Event<'_>) -> bool {
    let append = |payload: &Arc<dyn Payload>| {
        matches!(
            peek::<PeerMessage>(&**payload),
            Some(PeerMessage::Append(_) | PeerMessage::InstallSnapshot(_))
        )
    };
    event.sent.iter().any(|sent| append(&sent.payload))
}

fn asked(event: &Event<'_>, id: MessageId, message: &kv::Message) -> Phrase {
    let (me, from) = (Arg::Process(id.to), Arg::Process(id.from));
    let request = Arg::Phrase(Box::new(message.card().label));
    match decided(event) {
        None => Phrase::new(K::Asked, [me, from, request]),
        Some(decided) => Phrase::new(K::AskedAnd, [me, from, request, Arg::Phrase(Box::new(decided))]),
    }
}

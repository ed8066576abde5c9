//! What just happened to a member, in a sentence that a newcomer understands: what arrived, and, where somebody listened to
//! its notes, what it decided.

use crate::consensus::kv;
use crate::consensus::raft::{Durable, Member, PeerMessage, Role, Timer};
use crate::kernel::world::World;
use crate::kernel::{Event, What};
use crate::process::payload::peek;
use crate::process::{Arg, MessageId, Payload, Phrase, ProcessId, TimerName};
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
        What::Timer { slot } => timer(world, member?, event, Timer::from_slot(*slot)?),
        What::Persisted { .. } => {
            let durable = world.stored::<Durable>(event.id.process)?;
            let (term, last) = (Arg::Epoch(durable.term), Arg::Number(durable.log.last()));
            Some(with_notes(event, Phrase::new(K::DiskHas, [me, term, last])))
        }
        What::Commanded { .. } => Some(with_notes(event, Phrase::new(K::OperatorAsks, [me]))),
        _ => None,
    }
}

/// A sentence without its end, and what was decided.
fn with_notes(event: &Event<'_>, base: Phrase) -> Phrase {
    let base = Arg::Phrase(Box::new(base));
    match event.notes {
        [] => Phrase::new(K::Sentence, [base]),
        notes => {
            let said = notes.iter().map(|note| Arg::Phrase(Box::new(note.phrase.clone())));
            Phrase::new(K::And, [base, Arg::List(said.collect())])
        }
    }
}

fn timer(world: &World, member: &Member, event: &Event<'_>, timer: Timer) -> Option<Phrase> {
    let (me, term) = (Arg::Process(member.id()), Arg::Epoch(member.term()));
    match timer {
        Timer::Election => Some(timed_out(world, member)),
        Timer::Heartbeat if member.role() == Role::Leader => Some(Phrase::new(K::Beats, [me, term])),
        Timer::Heartbeat => None,
        Timer::QuorumCheck => Some(with_notes(event, Phrase::new(K::CountsHeard, [me]))),
        Timer::Transfer => Some(with_notes(event, Phrase::new(K::TransferTimesOut, [me]))),
    }
}

/// "If a follower receives no communication over a period of time called the election timeout …" (§3.4), in the member's
/// own time.
fn timed_out(world: &World, member: &Member) -> Phrase {
    let (me, term) = (Arg::Process(member.id()), Arg::Epoch(member.term()));
    let host = world.process(member.id()).and_then(|process| world.host(process.host));
    let silent = member.last_heard().and_then(|heard| Some(host?.clock.monotonic - heard)).map(Arg::For);
    match (member.role(), silent) {
        (Role::Candidate, Some(silent)) => Phrase::new(K::TimedOut, [me, silent, term]),
        (Role::Candidate, None) => Phrase::new(K::TimedOutUnheard, [me, term]),
        (Role::PreCandidate, silent) => {
            let asked = Arg::Epoch(member.poll().map_or(member.term() + 1, |poll| poll.term()));
            match silent {
                Some(silent) => Phrase::new(K::TimedOutPre, [me, silent, asked]),
                None => Phrase::new(K::TimedOutPreUnheard, [me, asked]),
            }
        }
        (Role::Leader, _) => Phrase::new(K::TimedOutLeads, [me, term]),
        (Role::Follower, _) => Phrase::new(K::TimedOutIdle, [me]),
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
        PeerMessage::Vote(vote) => return Some(counted(member, event, id.from, vote.granted, vote.asked)),
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
fn counted(member: &Member, event: &Event<'_>, voter: ProcessId, granted: bool, asked: u64) -> Phrase {
    let (me, voter) = (Arg::Process(member.id()), Arg::Process(voter));
    if member.role() == Role::Leader && member.term() == asked && leads(event) {
        return Phrase::new(K::WinsVote, [me, voter, Arg::Epoch(asked)]);
    }
    match super::view::votes(member) {
        Some(tally) if granted && member.poll().is_some_and(|poll| poll.term() == asked) => {
            let (have, need) = (Arg::Number(tally.have.into()), Arg::Number(tally.need.into()));
            with_notes(event, Phrase::new(K::GetsVote, [me, voter, have, need]))
        }
        Some(_) if !granted => with_notes(event, Phrase::new(K::GetsNo, [me, voter])),
        _ => with_notes(event, Phrase::new(K::LateVote, [me, voter])),
    }
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
    let notes: Vec<Arg> = event.notes.iter().map(|note| Arg::Phrase(Box::new(note.phrase.clone()))).collect();
    match notes.is_empty() {
        true => Phrase::new(K::Asked, [me, from, request]),
        false => Phrase::new(K::AskedAnd, [me, from, request, Arg::List(notes)]),
    }
}

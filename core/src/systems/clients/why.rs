//! Why a client has no answer yet: what it knows of that itself. What became of its request at whoever took it in, that
//! system says.

use crate::consensus::client::{Client, Outstanding};
use crate::consensus::kv::Message;
use crate::kernel::world::World;
use crate::process::payload::peek;
use crate::process::{Arg, Phrase, ProcessId};
use crate::system::reach::{Trouble, cut, further, trouble};
use crate::view::{Explanation, Question, Reason, Subject};
use crate::words::raft_why::RaftWhyKey as K;
use crate::words::why::WhyKey;

/// Most operations that are asked about.
const MOST: usize = 3;

fn question(client: ProcessId, operation: &Outstanding) -> Phrase {
    match &operation.op {
        Some(op) => {
            Phrase::new(WhyKey::AskOperation, [Arg::Process(client), Arg::Phrase(Box::new(op.phrase()))])
        }
        None => Phrase::new(K::AskRequest, [Arg::Process(client)]),
    }
}

/// What can be asked about a client.
pub(super) fn questions(world: &World, id: ProcessId) -> Vec<Question> {
    let Some(client) = world.machine::<Client>(id) else { return Vec::new() };
    let ask = |operation: &Outstanding| Question {
        phrase: question(id, operation),
        subject: Subject::Operation(id, operation.seq),
    };
    client.outstanding().take(MOST).map(ask).collect()
}

/// Why an operation has no answer yet.
pub(super) fn operation(world: &World, id: ProcessId, seq: u64) -> Option<Explanation> {
    let client = world.machine::<Client>(id)?;
    let operation = client.outstanding().find(|operation| operation.seq == seq)?;
    let me = Arg::Process(id);
    let mut reasons = Vec::new();
    match operation.to.filter(|_| operation.sent > 0) {
        None => reasons.push(Reason::not(Phrase::new(K::WaitsForSession, [me]))),
        Some(to) => {
            reasons.extend(under_way(world, id, seq, to));
            let trouble = trouble(world, id, to);
            if let Some(trouble) = trouble {
                let key = match trouble {
                    Trouble::Down => K::TargetDown,
                    Trouble::Paused => K::SilentPaused,
                    Trouble::CutOut | Trouble::CutBack => K::TargetCut,
                };
                let reason = Reason::not(Phrase::new(key, cut(id, to, trouble)));
                reasons.push(reason.then([further(id, to, trouble)]));
            }
            let times = Arg::Number(u64::from(operation.sent));
            reasons.push(Reason::so(Phrase::new(K::SentTo, [Arg::Process(to), times])));
            if trouble.is_none() {
                reasons.push(Reason::so(Phrase::bare(K::AsksAgain)));
            }
        }
    }
    Some(Explanation { question: question(id, operation), reasons })
}

/// Its request, or the answer, on the way.
fn under_way(world: &World, id: ProcessId, seq: u64, to: ProcessId) -> Option<Reason> {
    let (request, flight) = world.in_flight().find_map(|flight| {
        let message = peek::<Message>(&**flight.payload)?;
        let way = (flight.message.from, flight.message.to);
        match message {
            Message::Register { seq: its } | Message::Request { seq: its, .. } => {
                (way == (id, to) && *its == seq).then_some((true, flight))
            }
            Message::Response { seq: its, .. } => (way.1 == id && *its == seq).then_some((false, flight)),
        }
    })?;
    let key = if request { K::RequestOnWay } else { K::AnswerOnWay };
    let label = Arg::Phrase(Box::new(flight.payload.card().label));
    let args = [Arg::Process(flight.message.from), Arg::Process(flight.message.to), label];
    let phrase = Phrase::new(WhyKey::AskMessage, args);
    let next = Question { phrase, subject: Subject::Message(flight.message) };
    let other = if request { to } else { flight.message.from };
    Some(Reason::so(Phrase::new(key, [Arg::Process(id), Arg::Process(other)])).then([next]))
}

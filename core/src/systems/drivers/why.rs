//! Why a driver has no answer yet: what it knows of that itself. What became of its operation at the member that took it in, the
//! set says.

use crate::consensus::replica_set::driver::{Driver, Outstanding};
use crate::consensus::replica_set::{Message, State};
use crate::kernel::world::World;
use crate::process::payload::peek;
use crate::process::{Arg, Phrase, ProcessId};
use crate::system::reach::{Trouble, cut, further, trouble};
use crate::view::{Explanation, Question, Reason, Subject};
use crate::words::replset_why::ReplSetWhyKey as K;
use crate::words::why::WhyKey;

/// Most operations that are asked about.
const MOST: usize = 3;

fn question(driver: ProcessId, operation: &Outstanding) -> Phrase {
    let op = Arg::Phrase(Box::new(operation.op.phrase()));
    Phrase::new(WhyKey::AskOperation, [Arg::Process(driver), op])
}

/// What can be asked about a driver.
pub(super) fn questions(world: &World, id: ProcessId) -> Vec<Question> {
    let Some(driver) = world.machine::<Driver>(id) else { return Vec::new() };
    let ask = |operation: &Outstanding| Question {
        phrase: question(id, operation),
        subject: Subject::Operation(id, operation.seq),
    };
    driver.outstanding().take(MOST).map(ask).collect()
}

/// Why an operation has no answer yet.
pub(super) fn operation(world: &World, id: ProcessId, seq: u64) -> Option<Explanation> {
    let driver = world.machine::<Driver>(id)?;
    let operation = driver.outstanding().find(|operation| operation.seq == seq)?;
    let me = Arg::Process(id);
    let mut reasons = Vec::new();
    match operation.to {
        None => {
            let key = if operation.op.is_read() { K::NoMemberForRead } else { K::NoPrimaryKnown };
            reasons.push(Reason::not(Phrase::new(key, [me.clone()])));
            let unknown = driver.servers().iter().filter(|server| server.state == State::Unknown);
            let silent = unknown.filter_map(|server| Some((server.id, trouble(world, id, server.id)?)));
            reasons.extend(silent.map(|(to, trouble)| unreached(id, to, trouble)));
        }
        Some(to) => {
            reasons.extend(under_way(world, id, seq, to));
            let trouble = trouble(world, id, to);
            reasons.extend(trouble.map(|trouble| unreached(id, to, trouble)));
            let settings = driver.program().settings();
            let again = if operation.op.is_read() { settings.retry_reads } else { settings.retry_writes };
            let tries = [u64::from(operation.sent), 1 + u64::from(again)].map(Arg::Number);
            let args = [vec![me, Arg::Process(to)], tries.into()].concat();
            reasons.push(Reason::so(Phrase::new(K::SentTo, args)));
        }
    }
    Some(Explanation { question: question(id, operation), reasons })
}

fn unreached(id: ProcessId, to: ProcessId, trouble: Trouble) -> Reason {
    let key = match trouble {
        Trouble::Down => K::SilentDown,
        Trouble::Paused => K::SilentPaused,
        Trouble::CutOut | Trouble::CutBack => K::SilentCut,
    };
    Reason::not(Phrase::new(key, cut(id, to, trouble))).then([further(id, to, trouble)])
}

/// Its request, or the answer, on the way.
fn under_way(world: &World, id: ProcessId, seq: u64, to: ProcessId) -> Option<Reason> {
    let (request, flight) = world.in_flight().find_map(|flight| {
        let way = (flight.message.from, flight.message.to);
        match peek::<Message>(&**flight.payload)? {
            Message::Request { seq: its, .. } => (way == (id, to) && *its == seq).then_some((true, flight)),
            Message::Response { seq: its, .. } => (way.1 == id && *its == seq).then_some((false, flight)),
            _ => None,
        }
    })?;
    let key = if request { K::RequestOnWay } else { K::AnswerOnWay };
    let label = Arg::Phrase(Box::new(flight.payload.card().label));
    let args = [Arg::Process(flight.message.from), Arg::Process(flight.message.to), label];
    let phrase = Phrase::new(WhyKey::AskMessage, args);
    let next = Question { phrase, subject: Subject::Message(flight.message) };
    let other = if request { to } else { flight.message.from };
    Some(Reason::so(Phrase::new(key, [Arg::Process(other)])).then([next]))
}

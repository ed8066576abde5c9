//! Who can speak with whom, and what stands between them: for any system that says why somebody has not answered.

use crate::kernel::world::{HostStatus, World};
use crate::process::{Arg, HostId, Phrase, ProcessId};
use crate::view::{Question, Subject};
use crate::words::why::WhyKey;

/// What stands between two processes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// The other does not run.
    Down,
    /// The other's host is paused.
    Paused,
    /// Nothing passes from the first to the other.
    CutOut,
    /// Nothing passes back.
    CutBack,
}

fn host(world: &World, id: ProcessId) -> Option<HostId> {
    world.process(id).map(|process| process.host)
}

fn passes(world: &World, from: ProcessId, to: ProcessId) -> bool {
    match (host(world, from), host(world, to)) {
        (Some(a), Some(b)) if a != b => world.link(a, b).is_none_or(|link| !link.blocked),
        _ => true,
    }
}

/// What keeps a member's questions from another, or the answers from coming back.
pub fn trouble(world: &World, from: ProcessId, to: ProcessId) -> Option<Trouble> {
    let process = world.process(to);
    let status = process.and_then(|process| world.host(process.host)).map(|host| host.status);
    match (process.map(|process| process.running), status) {
        (Some(true), Some(HostStatus::Paused)) => Some(Trouble::Paused),
        (Some(true), _) if !passes(world, from, to) => Some(Trouble::CutOut),
        (Some(true), _) if !passes(world, to, from) => Some(Trouble::CutBack),
        (Some(true), _) => None,
        _ => Some(Trouble::Down),
    }
}

/// Can the two speak with each other?
pub fn meets(world: &World, one: ProcessId, other: ProcessId) -> bool {
    one == other || trouble(world, one, other).is_none()
}

/// Those of some processes that one can speak with, itself included if it is one.
pub fn met(world: &World, by: ProcessId, all: &[ProcessId]) -> Vec<ProcessId> {
    all.iter().copied().filter(|id| meets(world, by, *id)).collect()
}

/// Somebody who cannot be spoken with, and from whom to whom nothing passes; where neither way is open, the way there.
pub fn cut(from: ProcessId, to: ProcessId, trouble: Trouble) -> [Arg; 3] {
    let (here, there) = if trouble == Trouble::CutBack { (to, from) } else { (from, to) };
    [to, here, there].map(Arg::Process)
}

/// What to ask next about whatever stands between two.
pub fn further(from: ProcessId, to: ProcessId, trouble: Trouble) -> Question {
    let (key, args, subject) = match trouble {
        Trouble::Down => (WhyKey::AskDown, vec![Arg::Process(to)], Subject::Status(to)),
        Trouble::Paused => (WhyKey::AskPaused, vec![Arg::Process(to)], Subject::Status(to)),
        Trouble::CutOut => {
            (WhyKey::AskLink, vec![Arg::Process(from), Arg::Process(to)], Subject::Link(from, to))
        }
        Trouble::CutBack => {
            (WhyKey::AskLink, vec![Arg::Process(to), Arg::Process(from)], Subject::Link(to, from))
        }
    };
    Question { phrase: Phrase::new(key, args), subject }
}

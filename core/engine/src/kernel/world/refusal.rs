//! Why something was not done: typed, with what is needed to say it in words.

use crate::kernel::law::LawError;
use crate::process::{Arg, ConnectionId, HostId, MessageId, Phrase, ProcessId};
use crate::words::kernel::KernelKey;
use std::sync::Arc;

/// What there was too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Hosts.
    Hosts,
    /// Processes.
    Processes,
    /// Messages in flight.
    InFlight,
    /// Barriers and overrides of links.
    Rules,
    /// Bytes of a name; an empty one is refused as well.
    Name,
}

/// Why an action was not carried out. Nothing was changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// No such host.
    UnknownHost(HostId),
    /// No such process.
    UnknownProcess(ProcessId),
    /// It is down already.
    AlreadyDown,
    /// It is up already.
    AlreadyUp,
    /// It is not paused.
    NotPaused,
    /// It is paused already.
    AlreadyPaused,
    /// Its host is down.
    HostDown(HostId),
    /// The process is not running.
    NotRunning(ProcessId),
    /// The name is in use, or was.
    NameTaken(Arc<str>),
    /// No such message is in flight.
    NoSuchMessage(MessageId),
    /// No such connection is open.
    NoSuchConnection(ConnectionId),
    /// No such barrier stands.
    NoSuchBarrier(u32),
    /// A barrier of that number stands already.
    BarrierTaken(u32),
    /// A host is in two groups of a partition.
    InTwoGroups(HostId),
    /// The process has no such timer.
    NoSuchTimer(u8),
    /// The process has no such command.
    NotUnderstood,
    /// What travels on a connection arrives once and in order.
    OnConnection(MessageId),
    /// It has not left yet: it waits for a disk, a clog or a partition.
    NotOnItsWay(MessageId),
    /// A law that nothing can be drawn from.
    BadLaw(LawError),
    /// More than a world may hold.
    OutOfBounds {
        /// Of what.
        what: Bound,
        /// How much it may hold.
        limit: u32,
    },
}

impl Refusal {
    /// In words.
    pub fn phrase(&self) -> Phrase {
        use KernelKey as K;
        let message =
            |id: &MessageId| vec![Arg::Process(id.from), Arg::Process(id.to), Arg::Number(id.number)];
        match self {
            Refusal::UnknownHost(id) => Phrase::new(K::RefusedUnknownHost, vec![Arg::Host(*id)]),
            Refusal::UnknownProcess(id) => Phrase::new(K::RefusedUnknownProcess, vec![Arg::Process(*id)]),
            Refusal::AlreadyDown => Phrase::bare(K::RefusedAlreadyDown),
            Refusal::AlreadyUp => Phrase::bare(K::RefusedAlreadyUp),
            Refusal::NotPaused => Phrase::bare(K::RefusedNotPaused),
            Refusal::AlreadyPaused => Phrase::bare(K::RefusedAlreadyPaused),
            Refusal::HostDown(id) => Phrase::new(K::RefusedHostDown, vec![Arg::Host(*id)]),
            Refusal::NotRunning(id) => Phrase::new(K::RefusedNotRunning, vec![Arg::Process(*id)]),
            Refusal::NameTaken(name) => Phrase::new(K::RefusedNameTaken, vec![Arg::Text(name.clone())]),
            Refusal::NoSuchMessage(id) => Phrase::new(K::RefusedNoSuchMessage, message(id)),
            Refusal::NoSuchConnection(id) => Phrase::new(
                K::RefusedNoSuchConnection,
                vec![Arg::Process(id.opener), Arg::Number(u64::from(id.number))],
            ),
            Refusal::NoSuchBarrier(number) => {
                Phrase::new(K::RefusedNoSuchBarrier, vec![Arg::Number(u64::from(*number))])
            }
            Refusal::BarrierTaken(number) => {
                Phrase::new(K::RefusedBarrierTaken, vec![Arg::Number(u64::from(*number))])
            }
            Refusal::InTwoGroups(id) => Phrase::new(K::RefusedInTwoGroups, vec![Arg::Host(*id)]),
            Refusal::NoSuchTimer(slot) => {
                Phrase::new(K::RefusedNoSuchTimer, vec![Arg::Number(u64::from(*slot))])
            }
            Refusal::NotUnderstood => Phrase::bare(K::RefusedNotUnderstood),
            Refusal::OnConnection(id) => Phrase::new(K::RefusedOnConnection, message(id)),
            Refusal::NotOnItsWay(id) => Phrase::new(K::RefusedNotOnItsWay, message(id)),
            Refusal::BadLaw(error) => Phrase::bare(match error {
                LawError::Reversed => K::LawReversed,
                LawError::NotSorted => K::LawNotSorted,
                LawError::Empty => K::LawEmpty,
                LawError::TooLong => K::LawTooLong,
                LawError::NoShape => K::LawNoShape,
                LawError::NoBandwidth => K::LawNoBandwidth,
                LawError::TooMuchDrift => K::LawTooMuchDrift,
            }),
            Refusal::OutOfBounds { what, limit } => {
                let key = match what {
                    Bound::Hosts => K::BoundHosts,
                    Bound::Processes => K::BoundProcesses,
                    Bound::InFlight => K::BoundInFlight,
                    Bound::Rules => K::BoundRules,
                    Bound::Name => K::BoundName,
                };
                Phrase::new(key, vec![Arg::Number(u64::from(*limit))])
            }
        }
    }
}

//! A machine with its types rubbed off, so that processes of different systems share a world.

use super::digest::{Digest, Fold};
use super::effects::{Effects, Outbox};
use super::ids::{ConnectionId, ProcessId};
use super::payload::{Payload, Wire};
use super::{CloseReason, DiskError, Durable, Input, Machine, Moment, TimerName};
use crate::words::Key;
use std::any::Any;
use std::sync::Arc;

/// An input before the machine's own types are known.
#[derive(Clone, Debug)]
pub enum RawInput {
    /// See [`Input::Start`].
    Start,
    /// See [`Input::Message`].
    Message(ProcessId, Arc<dyn Payload>),
    /// See [`Input::Timer`], by slot.
    Timer(u8),
    /// See [`Input::Command`].
    Command(u64, Arc<dyn Order>),
    /// See [`Input::Persisted`].
    Persisted(u64),
    /// See [`Input::PersistFailed`].
    PersistFailed(u64, DiskError),
    /// See [`Input::Opened`].
    Opened(ConnectionId),
    /// See [`Input::Refused`].
    Refused(ConnectionId, ProcessId, CloseReason),
    /// See [`Input::Accepted`].
    Accepted(ConnectionId, ProcessId),
    /// See [`Input::Received`].
    Received(ConnectionId, Arc<dyn Payload>),
    /// See [`Input::Closed`].
    Closed(ConnectionId, CloseReason),
}

/// An operator's command with its type rubbed off.
pub trait Order: Any + std::fmt::Debug + Send + Sync {
    /// Adds it to a digest.
    fn fold(&self, digest: &mut Digest);
}

impl<T: Fold + std::fmt::Debug + Send + Sync + 'static> Order for T {
    fn fold(&self, digest: &mut Digest) {
        Fold::fold(self, digest);
    }
}

/// What a disk holds, with its type rubbed off.
pub trait Stored: Any + Send + Sync {
    /// Adds it to a digest.
    fn fold(&self, digest: &mut Digest);
    /// What a crash in the middle of writing `self` over `older` may leave (see [`Durable::torn`]).
    fn torn(&self, older: Option<&Arc<dyn Stored>>, kept: u32) -> Option<Arc<dyn Stored>>;
}

impl<T: Durable> Stored for T {
    fn fold(&self, digest: &mut Digest) {
        Fold::fold(self, digest);
    }
    fn torn(&self, older: Option<&Arc<dyn Stored>>, kept: u32) -> Option<Arc<dyn Stored>> {
        let older = older.and_then(|older| stored_as::<T>(&**older));
        T::torn(older, self, kept).map(|durable| Arc::new(durable) as Arc<dyn Stored>)
    }
}

/// What a disk holds, as a `T`.
pub fn stored_as<T: Durable>(stored: &dyn Stored) -> Option<&T> {
    (stored as &dyn Any).downcast_ref()
}

/// A running process, whatever it runs.
pub trait Process: Any + Send + Sync {
    /// Takes one input. An input that this machine has no type for is dropped; `false` says so.
    fn step(&mut self, now: Moment, input: RawInput, out: &mut Outbox) -> bool;
    /// Is this one of its operator's commands?
    fn understands(&self, order: &dyn Order) -> bool;
    /// A copy for a checkpoint.
    fn copy(&self) -> Box<dyn Process>;
    /// Adds its volatile state to a digest.
    fn fold(&self, digest: &mut Digest);
    /// What people call its timer.
    fn timer_label(&self, slot: u8) -> Option<Key>;
    /// See [`Machine::weight`].
    fn weight(&self) -> usize;
}

/// What a process is started from: a program and its configuration, the same for every incarnation.
pub trait Image: Send + Sync {
    /// See [`Machine::installed`].
    fn installed(&self, me: ProcessId) -> Option<Arc<dyn Stored>>;
    /// A new incarnation from what the disk held.
    fn boot(&self, me: ProcessId, stored: Option<&Arc<dyn Stored>>) -> Box<dyn Process>;
}

/// A typed machine as a [`Process`].
#[derive(Clone)]
pub struct Hosted<M>(pub M);

impl<M: Machine> Process for Hosted<M> {
    fn step(&mut self, now: Moment, input: RawInput, out: &mut Outbox) -> bool {
        let Some(input) = typed::<M>(input) else { return false };
        self.0.step(now, input, &mut Effects::over(out));
        true
    }
    fn understands(&self, order: &dyn Order) -> bool {
        (order as &dyn Any).is::<M::Command>()
    }
    fn copy(&self) -> Box<dyn Process> {
        Box::new(self.clone())
    }
    fn fold(&self, digest: &mut Digest) {
        self.0.fold(digest);
    }
    fn timer_label(&self, slot: u8) -> Option<Key> {
        M::Timer::from_slot(slot).map(TimerName::label)
    }
    fn weight(&self) -> usize {
        self.0.weight()
    }
}

#[inline]
fn typed<M: Machine>(input: RawInput) -> Option<Input<M>> {
    Some(match input {
        RawInput::Start => Input::Start,
        RawInput::Message(from, payload) => Input::Message { from, message: M::Message::unwrap(payload)? },
        RawInput::Timer(slot) => Input::Timer(M::Timer::from_slot(slot)?),
        RawInput::Command(ticket, order) => {
            let command = (&*order as &dyn Any).downcast_ref::<M::Command>()?.clone();
            Input::Command { ticket, command }
        }
        RawInput::Persisted(token) => Input::Persisted(token),
        RawInput::PersistFailed(token, error) => Input::PersistFailed(token, error),
        RawInput::Opened(connection) => Input::Opened(connection),
        RawInput::Refused(connection, peer, why) => Input::Refused { connection, peer, why },
        RawInput::Accepted(connection, from) => Input::Accepted { connection, from },
        RawInput::Received(connection, payload) => {
            Input::Received { connection, message: M::Message::unwrap(payload)? }
        }
        RawInput::Closed(connection, why) => Input::Closed { connection, why },
    })
}

/// The image of a typed machine.
pub struct MachineImage<M: Machine>(pub M::Program);

impl<M: Machine> Image for MachineImage<M> {
    fn installed(&self, me: ProcessId) -> Option<Arc<dyn Stored>> {
        M::installed(&self.0, me).map(|durable| Arc::new(durable) as Arc<dyn Stored>)
    }
    fn boot(&self, me: ProcessId, stored: Option<&Arc<dyn Stored>>) -> Box<dyn Process> {
        let stored = stored.and_then(|stored| stored_as::<M::Durable>(&**stored));
        Box::new(Hosted(M::boot(&self.0, me, stored)))
    }
}

/// A process as the machine it runs, for observers and views.
pub fn machine_of<M: Machine>(process: &dyn Process) -> Option<&M> {
    (process as &dyn Any).downcast_ref::<Hosted<M>>().map(|hosted| &hosted.0)
}

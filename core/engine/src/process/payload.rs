//! Typed envelopes: what travels between processes of any systems.

use super::digest::Digest;
use super::note::Phrase;
use crate::words::Key;
use serde::{Deserialize, Serialize};
use std::any::Any;
use std::sync::Arc;

/// What a message carries, as the network sees it: opaque, but for its size, its place in a digest and its card.
pub trait Payload: Any + std::fmt::Debug + Send + Sync {
    /// Adds it to a digest: first a word naming the variant, then its fields.
    fn fold(&self, digest: &mut Digest);
    /// Bytes on the wire, for links with a bandwidth. Headers included.
    fn size(&self) -> u32;
    /// How people see it. Called for views and traces only.
    fn card(&self) -> Card;
}

/// How a message is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// What kind of message it is: a stable name to filter by.
    pub kind: Key,
    /// Its shape on the stage.
    pub shape: Shape,
    /// An answer is drawn hollow, a request filled.
    pub answer: bool,
    /// For an answer: yes or no, where it is one of the two.
    pub verdict: Option<bool>,
    /// The term, ballot or version it speaks for.
    pub epoch: Option<u64>,
    /// The entries of a log that it carries, by index: the first and the last.
    pub carries: Option<(u64, u64)>,
    /// A few words: "vote? term 4".
    pub label: Phrase,
}

/// Shapes of message kinds; hues other than the terms' go with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// Replication: append, accept, heartbeat.
    Circle,
    /// Elections: vote, prepare.
    Triangle,
    /// State in bulk: snapshots, initial sync.
    Square,
    /// Clients' traffic.
    Diamond,
    /// Control: leadership transfer, membership.
    Hexagon,
}

/// What a machine sends and receives, to and from the envelope. A type that is a [`Payload`] is its own envelope; a
/// machine that speaks several protocols writes an enum over them and unwraps each by its own type.
pub trait Wire: Clone + std::fmt::Debug + Send + Sync + 'static {
    /// Into the envelope.
    fn wrap(self) -> Arc<dyn Payload>;
    /// Out of it; `None` if it is not a message this machine understands.
    fn unwrap(payload: Arc<dyn Payload>) -> Option<Self>;
}

impl<T: Payload + Clone> Wire for T {
    fn wrap(self) -> Arc<dyn Payload> {
        Arc::new(self)
    }
    fn unwrap(payload: Arc<dyn Payload>) -> Option<Self> {
        take(payload).ok()
    }
}

/// The payload as a `T`, moved out where nobody else holds it; itself if it is none.
#[inline]
pub fn take<T: Payload + Clone>(
    payload: Arc<dyn Any + Send + Sync>,
) -> Result<T, Arc<dyn Any + Send + Sync>> {
    payload.downcast::<T>().map(Arc::unwrap_or_clone)
}

/// The payload as a `&T`, for observers.
pub fn peek<T: Payload>(payload: &dyn Payload) -> Option<&T> {
    (payload as &dyn Any).downcast_ref()
}

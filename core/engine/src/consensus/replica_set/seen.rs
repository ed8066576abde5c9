//! What a member knows of another one: from heartbeats, and from positions that come up the chain.

use super::Member;
use super::config::ConfigId;
use super::optime::OpTime;
use super::state::State;
use crate::process::{Digest, Fold, ProcessId, Span, Time};

/// What a member knows of another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Who.
    pub id: ProcessId,
    /// Its state, as far as it is known: `UNKNOWN` at first, `DOWN` once it does not answer.
    pub state: State,
    /// When it last answered a heartbeat.
    pub answered: Option<Time>,
    /// When anything was last heard of it, also through others.
    pub heard: Time,
    /// Its term.
    pub term: u64,
    /// Its last applied operation.
    pub applied: OpTime,
    /// Its last journaled operation.
    pub durable: OpTime,
    /// The configuration on its disk.
    pub config: ConfigId,
    /// From whom it syncs.
    pub source: Option<ProcessId>,
    /// The round trip to it, smoothed.
    pub ping: Option<Span>,
    /// The input that told it last.
    pub event: u64,
}

impl Seen {
    fn new(id: ProcessId) -> Seen {
        Seen {
            id,
            state: State::Unknown,
            answered: None,
            heard: Time::ZERO,
            term: 0,
            applied: OpTime::NONE,
            durable: OpTime::NONE,
            config: ConfigId::default(),
            source: None,
            ping: None,
            event: 0,
        }
    }
    /// Does it answer?
    pub fn is_up(&self) -> bool {
        !matches!(self.state, State::Down | State::Unknown)
    }
    /// A round trip was measured: old ones count for four fifths.
    pub(super) fn measured(&mut self, round_trip: Span) {
        let smooth = |old: Span| Span(old.nanos() / 5 * 4 + round_trip.nanos() / 5);
        self.ping = Some(self.ping.map_or(round_trip, smooth));
    }
    /// Its position came up the chain.
    pub(super) fn is_at(&mut self, applied: OpTime, durable: OpTime) -> bool {
        let news = applied > self.applied || durable > self.durable;
        self.applied = self.applied.max(applied);
        self.durable = self.durable.max(durable);
        news
    }
}

impl Fold for Seen {
    fn fold(&self, digest: &mut Digest) {
        self.id.fold(digest);
        digest.word(self.state as u64);
        self.answered.fold(digest);
        self.heard.fold(digest);
        digest.word(self.term);
        self.applied.fold(digest);
        self.durable.fold(digest);
        self.config.fold(digest);
        self.source.fold(digest);
        self.ping.fold(digest);
    }
}

impl Member {
    /// Makes the list of the others anew, keeping what is known of those that stay.
    pub(super) fn look_around(&mut self) {
        let known = std::mem::take(&mut self.seen);
        let Some(config) = self.durable.config.clone() else { return };
        let find = |id| known.iter().find(|seen| seen.id == id).cloned();
        self.seen =
            config.others(self.me).map(|m| find(m.host).unwrap_or_else(|| Seen::new(m.host))).collect();
    }
    /// What it knows of that one.
    pub(super) fn seen_mut(&mut self, id: ProcessId) -> Option<&mut Seen> {
        self.seen.iter_mut().find(|seen| seen.id == id)
    }
    /// The other voters, and what is known of them.
    pub(super) fn other_voters(&self) -> impl Iterator<Item = &Seen> {
        let config = self.durable.config.as_ref();
        self.seen
            .iter()
            .filter(move |seen| config.and_then(|c| c.member(seen.id)).is_some_and(|m| m.is_voter()))
    }
    /// The other members that hold data, and what is known of them.
    pub(super) fn other_bearers(&self) -> impl Iterator<Item = &Seen> {
        let config = self.durable.config.as_ref();
        self.seen
            .iter()
            .filter(move |seen| config.and_then(|c| c.member(seen.id)).is_some_and(|m| m.bears_data()))
    }
    /// Does it vote itself?
    pub(super) fn is_voter(&self) -> bool {
        self.my_config().is_some_and(|member| member.is_voter())
    }
}

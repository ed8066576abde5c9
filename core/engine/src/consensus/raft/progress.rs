//! What a leader keeps of each follower, and for how long it has been followed: matched and next index, the flow of
//! appends, the rounds of heartbeats that are confirmed.

use super::Member;
use super::membership::Change;
use super::reads::Read;
use super::rules::Rule;
use super::snapshot::Snapshot;
use super::transfer::Transfer;
use crate::consensus::quorum::{Values, reached};
use crate::process::{Digest, Effects, Fold};
use crate::process::{Moment, ProcessId, Time};
use std::collections::VecDeque;
use std::sync::Arc;

/// How appends flow to a follower.
#[derive(Clone, Debug)]
pub enum Flow {
    /// It is not known what it holds: one append at a time.
    Probe {
        /// One is under way; the next heartbeat sends another.
        sent: bool,
    },
    /// It follows: appends stream ahead of their answers.
    Replicate,
    /// It is so far behind that it gets a snapshot.
    Snapshot(Sending),
}

/// A snapshot on its way to a follower.
#[derive(Clone, Debug)]
pub struct Sending {
    /// Which.
    pub snapshot: Arc<Snapshot>,
    /// Items it has received.
    pub items: u64,
    pub(super) round: u64,
}

/// What a leader keeps of another member.
#[derive(Clone, Debug)]
pub struct Peer {
    /// Who.
    pub id: ProcessId,
    /// The highest index known to be in its log as in the leader's, and on its disk.
    pub matched: u64,
    /// The next index to send.
    pub next: u64,
    /// How appends flow.
    pub flow: Flow,
    /// Appends under way: last index, and the leader's round when each was sent.
    pub inflight: VecDeque<(u64, u64)>,
    /// It has answered since the quorum was last checked.
    pub active: bool,
    /// The last round it has confirmed.
    pub round: u64,
    /// Does it count among the voters, and among those that were, while the configuration is joint?
    pub votes: (bool, bool),
    /// It is not a member any more, and is still told so.
    pub leaving: bool,
    /// The first round in which it was told that the configuration without it is committed.
    pub farewell: Option<u64>,
    pub(super) ack_event: u64,
    pub(super) heard_event: u64,
}

impl Peer {
    pub(super) fn new(id: ProcessId, next: u64) -> Peer {
        Peer {
            id,
            matched: 0,
            next,
            flow: Flow::Probe { sent: false },
            inflight: VecDeque::new(),
            active: true,
            round: 0,
            votes: (false, false),
            leaving: false,
            farewell: None,
            ack_event: 0,
            heard_event: 0,
        }
    }

    /// Back to one at a time, from here.
    pub(super) fn probe_from(&mut self, next: u64) {
        self.flow = Flow::Probe { sent: false };
        self.next = next;
        self.inflight.clear();
    }

    /// It holds everything up to `matched`: the stream may flow.
    #[inline]
    pub(super) fn acknowledged(&mut self, first: u64) {
        match self.flow {
            Flow::Replicate => {}
            Flow::Probe { .. } => {
                self.flow = Flow::Replicate;
                self.next = self.matched + 1;
            }
            // It has the snapshot that was being sent: the stream, or a newer one where the log begins later by now.
            Flow::Snapshot(ref sending)
                if self.matched + 1 >= first || self.matched >= sending.snapshot.index =>
            {
                self.flow = Flow::Replicate;
                self.next = self.matched + 1;
            }
            Flow::Snapshot(_) => return,
        }
        self.next = self.next.max(self.matched + 1);
        while self.inflight.front().is_some_and(|&(last, _)| last <= self.matched) {
            self.inflight.pop_front();
        }
    }

    /// Is a mismatch at `prev` about something settled since?
    pub(super) fn is_old_news(&self, prev: u64) -> bool {
        match self.flow {
            Flow::Replicate => prev <= self.matched,
            Flow::Probe { .. } => prev <= self.matched || prev + 1 != self.next,
            Flow::Snapshot(_) => true,
        }
    }

    /// It has answered what was sent a whole heartbeat after this, and not this.
    pub(super) fn seems_lost(&self, before: u64, last_beat: u64) -> bool {
        let sent = match &self.flow {
            Flow::Probe { .. } => None,
            Flow::Replicate => self.inflight.front().map(|&(_, round)| round),
            Flow::Snapshot(sending) => Some(sending.round),
        };
        self.round >= last_beat && sent.is_some_and(|round| round < before)
    }
}

impl Fold for Peer {
    fn fold(&self, digest: &mut Digest) {
        self.id.fold(digest);
        digest.word(self.matched);
        digest.word(self.next);
        match &self.flow {
            Flow::Probe { sent } => digest.word(1 | u64::from(*sent) << 8),
            Flow::Replicate => digest.word(2),
            Flow::Snapshot(sending) => {
                digest.word(3);
                digest.word(sending.snapshot.index);
                digest.word(sending.items);
                digest.word(sending.round);
            }
        }
        digest.word(self.inflight.len() as u64);
        for (last, round) in &self.inflight {
            digest.word(*last);
            digest.word(*round);
        }
        digest.word(
            u64::from(self.active)
                | u64::from(self.votes.0) << 1
                | u64::from(self.votes.1) << 2
                | u64::from(self.leaving) << 3,
        );
        digest.word(self.round);
        self.farewell.fold(digest);
    }
}

/// A client's request in the log, to be answered when it is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Where it stands.
    pub index: u64,
    /// Who asked.
    pub client: ProcessId,
    /// The client's session; 0 for a registration or none.
    pub session: u64,
    /// The request's number.
    pub seq: u64,
}

/// What only a leader keeps.
#[derive(Clone, Debug, Default)]
pub(super) struct Lead {
    /// The others, in order.
    pub peers: Vec<Peer>,
    /// Does this member count among the voters, and among those that were?
    pub votes: (bool, bool),
    /// The first index of this leader's term.
    pub term_start: u64,
    /// Rounds of heartbeats so far.
    pub round: u64,
    /// Open rounds and when each began.
    pub opened: VecDeque<(u64, Time)>,
    /// The rounds at the last two ticks of the heartbeat timer.
    pub beats: (u64, u64),
    /// The last round a majority has confirmed, and when it began.
    pub quorum_round: u64,
    pub quorum_time: Option<Time>,
    /// Requests to be answered.
    pub proposals: VecDeque<Proposal>,
    /// Reads to be answered.
    pub reads: VecDeque<Read>,
    /// The round that reads wait for, if one was started for them.
    pub read_round: u64,
    /// Leadership is being handed over.
    pub transfer: Option<Transfer>,
    /// A lease may not be relied on any more in this term.
    pub lease_forfeited: bool,
    /// A change of configuration is under way.
    pub change: Option<Change>,
    /// Since when those who left are told so.
    pub parting: Option<Time>,
    pub own_event: u64,
}

/// Rounds whose beginnings are remembered.
const OPEN_ROUNDS: usize = 64;

impl Lead {
    #[inline]
    pub fn find(&self, id: ProcessId) -> Option<usize> {
        self.peers.iter().position(|peer| peer.id == id)
    }

    pub fn open_round(&mut self, now: Moment) {
        self.round += 1;
        if self.opened.len() == OPEN_ROUNDS {
            self.opened.pop_front();
        }
        self.opened.push_back((self.round, now.monotonic));
    }

    /// The inputs that said that an entry is held.
    pub fn acks_of(&self, index: u64) -> Vec<u64> {
        self.peers.iter().filter(|peer| peer.matched >= index).map(|peer| peer.ack_event).collect()
    }

    /// The inputs that confirmed a round.
    pub fn confirmations_of(&self, round: u64) -> Vec<u64> {
        self.peers.iter().filter(|peer| peer.round >= round).map(|peer| peer.heard_event).collect()
    }
}

impl Fold for Lead {
    fn fold(&self, digest: &mut Digest) {
        self.peers.fold(digest);
        digest.word(self.term_start);
        digest.word(self.round);
        digest.word(self.opened.len() as u64);
        for (round, at) in &self.opened {
            digest.word(*round);
            at.fold(digest);
        }
        digest.word(self.beats.0);
        digest.word(self.beats.1);
        digest.word(self.quorum_round);
        self.quorum_time.fold(digest);
        digest.word(self.proposals.len() as u64);
        for p in &self.proposals {
            digest.word(p.index);
            p.client.fold(digest);
            digest.word(p.session);
            digest.word(p.seq);
        }
        digest.word(self.reads.len() as u64);
        self.reads.iter().for_each(|read| read.fold(digest));
        digest.word(self.read_round);
        self.transfer.fold(digest);
        self.lease_forfeited.fold(digest);
        self.change.fold(digest);
        self.parting.fold(digest);
    }
}

impl Member {
    /// The largest value that a quorum of the configuration in force has reached: of both majorities while it is joint
    /// (§4.3). A leader that is not a voter does not count itself (§4.2.2).
    #[inline]
    pub(super) fn quorum_of(&self, mine: u64, of: impl Fn(&Peer) -> u64) -> u64 {
        let among = |votes: fn(&(bool, bool)) -> bool, own: bool| {
            let mut values: Values =
                self.lead.peers.iter().filter(|peer| votes(&peer.votes)).map(&of).collect();
            if own {
                values.push(mine);
            }
            reached(&mut values)
        };
        let counts_itself = !self.rules.has(Rule::RemovedLeaderNotCounted);
        let new = among(|votes| votes.0, self.lead.votes.0 || counts_itself);
        if self.membership.in_force().is_joint() {
            new.min(among(|votes| votes.1, self.lead.votes.1))
        } else {
            new
        }
    }

    /// A follower has answered: it confirms the round its answer belongs to.
    #[inline]
    pub(super) fn heard_from(&mut self, i: usize, round: u64, now: Moment, out: &mut Effects<'_, Self>) {
        let peer = &mut self.lead.peers[i];
        peer.active = true;
        if round > peer.round && round <= self.lead.round {
            peer.round = round;
            peer.heard_event = now.event;
            if round > self.lead.quorum_round {
                self.confirm_rounds(now, out);
            }
        }
    }

    /// A majority has confirmed this leader after a round began: reads that came before may be answered, and the lease
    /// runs from the round's beginning (§6.4, §6.4.1).
    #[inline(never)]
    pub(super) fn confirm_rounds(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        let round = self.quorum_of(self.lead.round, |peer| peer.round).min(self.lead.round);
        if round <= self.lead.quorum_round {
            return;
        }
        self.lead.quorum_round = round;
        while let Some(&(opened, at)) = self.lead.opened.front() {
            if opened > round {
                break;
            }
            self.lead.quorum_time = Some(at);
            self.lead.opened.pop_front();
        }
        self.answer_reads(now, out);
    }
}

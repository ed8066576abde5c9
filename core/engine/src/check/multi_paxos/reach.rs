//! What a run came by, so that "nothing broke" means something, and whether the group came back after healing.

use crate::check::{Back, Meter};
use crate::consensus::kv::{self, Outcome, Reply};
use crate::consensus::multi_paxos::{Kind, Member, PeerMessage, Role};
use crate::kernel::{Event, Observer, What, World};
use crate::process::payload::peek;
use crate::process::{ProcessId, Span, Time};
use litemap::LiteMap;

/// Counts of what a run came by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Members that came to lead.
    pub leader_changes: u64,
    /// Requests to accept that left, repeats included, and answers to them.
    pub replications: u64,
    /// Slots that were executed as gaps.
    pub no_ops: u64,
    /// Changes of members that were executed somewhere first.
    pub changes: u64,
    /// Refusals of promises and acceptances.
    pub refusals: u64,
    /// Answers to members that lacked slots.
    pub catch_ups: u64,
    /// Snapshots that were taken in.
    pub snapshots: u64,
    /// Answers that clients heard to writes.
    pub acked_writes: u64,
    /// Answers that clients heard to reads.
    pub answered_reads: u64,
}

impl Reach {
    /// Each count by its name.
    pub fn counts(&self) -> [(&'static str, u64); 9] {
        [
            ("leaderChanges", self.leader_changes),
            ("replications", self.replications),
            ("noOps", self.no_ops),
            ("memberChanges", self.changes),
            ("refusals", self.refusals),
            ("catchUps", self.catch_ups),
            ("snapshotsInstalled", self.snapshots),
            ("ackedWrites", self.acked_writes),
            ("answeredReads", self.answered_reads),
        ]
    }
}

/// Counts what a group comes by.
pub struct Reached {
    group: u16,
    /// Of each member: whether it led, and how far it had executed.
    members: LiteMap<ProcessId, (bool, u64)>,
    /// The highest slot executed anywhere.
    frontier: u64,
    /// So far.
    pub reach: Reach,
}

impl Reached {
    /// By the group of this number in the world. It must see the run from its first event on.
    pub fn new(group: u16) -> Self {
        Reached { group, members: LiteMap::new(), frontier: 0, reach: Reach::default() }
    }

    fn look(&mut self, id: ProcessId, member: &Member) {
        let is = (member.role() == Role::Leader, member.executed());
        let (led, executed) = self.members.insert(id, is).unwrap_or_default();
        self.reach.leader_changes += u64::from(is.0 && !led);
        if is.1 > executed && member.log().base() > executed && executed > 0 {
            self.reach.snapshots += 1;
        }
        if is.1 > self.frontier {
            let fresh = member.log().iter_from(self.frontier + 1).take_while(|(slot, _)| *slot <= is.1);
            for (_, accepted) in fresh {
                match accepted.entry.kind {
                    Kind::NoOp => self.reach.no_ops += 1,
                    Kind::Members(_) => self.reach.changes += 1,
                    Kind::Command(_) | Kind::Register { .. } => {}
                }
            }
            self.frontier = is.1;
        }
    }
}

impl Observer for Reached {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        let id = event.id.process;
        if world.process(id).is_some_and(|process| process.group == self.group)
            && let Some(member) = world.machine::<Member>(id)
        {
            self.look(id, member);
            for sent in event.sent.iter().filter(|sent| sent.message.from == id) {
                match peek::<PeerMessage>(sent.payload.as_ref()) {
                    Some(message) if message.replicates() => self.reach.replications += 1,
                    Some(PeerMessage::Chosen { .. } | PeerMessage::Snapshot { .. }) => {
                        self.reach.catch_ups += 1
                    }
                    Some(PeerMessage::Refused { .. }) => self.reach.refusals += 1,
                    _ => {}
                }
            }
        } else if let What::Delivered { payload, .. } = &event.what
            && let Some(kv::Message::Response { reply: Reply::Done { outcome, .. }, .. }) =
                peek(payload.as_ref())
        {
            match outcome {
                Outcome::Value(_) => self.reach.answered_reads += 1,
                Outcome::Written | Outcome::Deleted(true) => self.reach.acked_writes += 1,
                _ => {}
            }
        }
    }
}

impl Meter for Reached {
    fn counts(&self) -> Vec<(&'static str, u64)> {
        self.reach.counts().to_vec()
    }
}

/// When a group came back to work after healing: when a client was told that something is done that it asked since.
pub struct Recovery {
    group: u16,
    healed: Time,
    /// Asked since everything was healed: by whom, in which session, by which number.
    asked: LiteMap<(ProcessId, u64, u64), ()>,
    after: Option<Span>,
}

impl Recovery {
    /// Watches a group of which everything was healed at a time.
    pub fn new(group: u16, healed: Time) -> Self {
        Recovery { group, healed, asked: LiteMap::new(), after: None }
    }
}

impl Observer for Recovery {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        if self.after.is_some() || event.at < self.healed {
            return;
        }
        let ours = |id: ProcessId| world.process(id).is_some_and(|process| process.group == self.group);
        for sent in event.sent.iter().filter(|sent| sent.message.from == event.id.process) {
            if let Some(kv::Message::Request { session, seq, .. }) = peek(sent.payload.as_ref())
                && ours(sent.message.to)
            {
                self.asked.insert((sent.message.from, *session, *seq), ());
            }
        }
        if let What::Delivered { message, payload, .. } = &event.what
            && let Some(kv::Message::Response { session, seq, reply: Reply::Done { .. } }) =
                peek(payload.as_ref())
            && ours(message.from)
            && self.asked.contains_key(&(message.to, *session, *seq))
        {
            self.after = Some(event.at - self.healed);
        }
    }
}

impl Back for Recovery {
    fn after(&self) -> Option<Span> {
        self.after
    }
}

//! What a run came by, so that "nothing broke" means something, and whether the group came back after healing.

use crate::check::raft::{Changes, Said, Scene, Talk, Watch};
use crate::check::{Back, Meter};
use crate::consensus::kv::{Outcome, Reply};
use crate::consensus::raft::{Member, PeerMessage};
use crate::kernel::{Event, Observer, World};
use crate::process::payload::peek;
use crate::process::{ProcessId, Span, Time};
use litemap::LiteMap;

/// Counts of what a run came by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Members that came to lead.
    pub leader_changes: u64,
    /// Logs that lost entries to a leader's.
    pub truncations: u64,
    /// Snapshots that began to be sent.
    pub snapshots_sent: u64,
    /// Members that went down.
    pub crashes: u64,
    /// Those that went down while somebody was in a joint configuration.
    pub joint_crashes: u64,
    /// Writes a client heard to have taken effect.
    pub acked_writes: u64,
    /// Reads a client had answered.
    pub answered_reads: u64,
}

impl Reach {
    /// Each count by its name.
    pub fn counts(&self) -> [(&'static str, u64); 7] {
        [
            ("leaderChanges", self.leader_changes),
            ("logTruncations", self.truncations),
            ("snapshotsSent", self.snapshots_sent),
            ("crashes", self.crashes),
            ("crashesInJoint", self.joint_crashes),
            ("ackedWrites", self.acked_writes),
            ("answeredReads", self.answered_reads),
        ]
    }
}

/// Counts what a group comes by.
pub struct Reached {
    watch: Watch,
    /// Asked and not answered yet: an answer that comes twice counts once.
    asked: LiteMap<(ProcessId, u64, u64), ()>,
    /// The last snapshot that one sent to another, by term and index: pieces of it that are sent again are the same.
    sending: LiteMap<(ProcessId, ProcessId), (u64, u64)>,
    /// So far.
    pub reach: Reach,
}

impl Reached {
    /// By the group of this number in the world. It must see the run from its first event on.
    pub fn new(group: u16) -> Self {
        Reached {
            watch: Watch::new(group),
            asked: LiteMap::new(),
            sending: LiteMap::new(),
            reach: Reach::default(),
        }
    }
}

impl Observer for Reached {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        let Reached { watch, asked, sending, reach } = self;
        watch.look(world, event, &mut |scene| {
            count(scene, world, reach);
            if let Some(talk) = &scene.talk {
                count_talk(talk, asked, reach);
            }
        });
        let from = event.id.process;
        if !watch.has(from) {
            return;
        }
        for sent in event.sent.iter().filter(|sent| sent.message.from == from) {
            if let Some(PeerMessage::InstallSnapshot(install)) = peek(sent.payload.as_ref()) {
                let this = (install.term, install.index);
                reach.snapshots_sent +=
                    u64::from(sending.insert((from, sent.message.to), this) != Some(this));
            }
        }
    }
}

impl Meter for Reached {
    fn counts(&self) -> Vec<(&'static str, u64)> {
        self.reach.counts().to_vec()
    }
}

/// Whether a group came back to work after healing.
pub struct Recovery {
    watch: Watch,
    healed: Time,
    /// Asked since everything was healed.
    asked: LiteMap<(ProcessId, u64, u64), ()>,
    /// How long after healing a client had an answer to what it asked since.
    after: Option<Span>,
}

impl Recovery {
    /// Watches a group of which everything was healed at a time.
    pub fn new(group: u16, healed: Time) -> Self {
        Recovery { watch: Watch::new(group), healed, asked: LiteMap::new(), after: None }
    }
}

impl Observer for Recovery {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        let Recovery { watch, healed, asked, after } = self;
        watch.look(world, event, &mut |scene| {
            if event.at >= *healed && recovers(scene, asked) {
                after.get_or_insert(event.at - *healed);
            }
        });
    }
}

impl Back for Recovery {
    fn after(&self) -> Option<Span> {
        self.after
    }
}

fn count(scene: &Scene<'_>, world: &World, reach: &mut Reach) {
    let (was, is) = (scene.actor().was, scene.actor().is);
    if scene.changes.any(Changes::LEADS) && is.leads {
        reach.leader_changes += 1;
    }
    if scene.changes.any(Changes::LOG) && was.up && was.last > is.base {
        let there = scene.log().and_then(|log| log.term_at(was.last));
        reach.truncations += u64::from(there != Some(was.last_term));
    }
    if scene.changes.any(Changes::DOWN) {
        reach.crashes += 1;
        let mut members = scene.members.iter().filter_map(|member| world.machine::<Member>(member.id));
        reach.joint_crashes += u64::from(members.any(|member| member.configuration().1.is_joint()));
    }
}

/// Writes and reads that a client heard to be done.
fn count_talk(talk: &Talk<'_>, asked: &mut LiteMap<(ProcessId, u64, u64), ()>, reach: &mut Reach) {
    let (client, session) = (talk.client, talk.session);
    match talk.said {
        Said::Asks { first_unacked, .. } => {
            let first = asked.find_index(&(client, 0, 0)).unwrap_or_else(|next| next);
            while let Some((&given_up, ())) = asked.get_indexed(first)
                && given_up < (client, session, first_unacked)
            {
                asked.remove(&given_up);
            }
            asked.insert((client, session, talk.seq), ());
        }
        Said::Hears(Reply::Done { outcome, .. }) if asked.remove(&(client, session, talk.seq)).is_some() => {
            match outcome {
                Outcome::Written | Outcome::Deleted(true) => reach.acked_writes += 1,
                Outcome::Value(_) => reach.answered_reads += 1,
                _ => {}
            }
        }
        Said::Hears(_) => {}
    }
}

/// Is this an answer to what was asked since?
fn recovers(scene: &Scene<'_>, asked: &mut LiteMap<(ProcessId, u64, u64), ()>) -> bool {
    let Some(talk) = &scene.talk else { return false };
    let name = (talk.client, talk.session, talk.seq);
    match talk.said {
        Said::Asks { .. } => {
            asked.insert(name, ());
            false
        }
        Said::Hears(reply) => matches!(reply, Reply::Done { .. }) && asked.contains_key(&name),
    }
}

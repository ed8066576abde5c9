//! What a run came by, so that "nothing broke" means something.

use crate::check::{Back, Meter};
use crate::consensus::replica_set::{Ask, Member, Message, Reply, State};
use crate::kernel::world::World;
use crate::kernel::{Event, Observer, What};
use crate::process::payload::peek;
use crate::process::{ProcessId, Span, Time};

/// Counts of what a run came by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Members that came to take writes as primary.
    pub elections: u64,
    /// Primaries that stepped down and live on.
    pub step_downs: u64,
    /// Rollbacks.
    pub rollbacks: u64,
    /// Initial syncs that were finished.
    pub initial_syncs: u64,
    /// Configurations that a member took over.
    pub reconfigurations: u64,
    /// Changes from one sync source to another.
    pub source_changes: u64,
    /// Members that went down.
    pub crashes: u64,
    /// Answers to writes that a majority acknowledged.
    pub majority_writes: u64,
    /// Answers to reads.
    pub answered_reads: u64,
}

/// What of a member was seen last.
#[derive(Clone, Copy, Debug, Default)]
struct Glance {
    leads: bool,
    rollbacks: u64,
    state: State,
    version: u64,
    source: Option<ProcessId>,
}

/// Counts what a set comes by.
pub struct Reached {
    group: u16,
    glances: Vec<(ProcessId, Glance)>,
    /// So far.
    pub reach: Reach,
}

impl Reached {
    /// By the set of this number in the world. It must see the run from its first event on.
    pub fn new(group: u16) -> Self {
        Reached { group, glances: Vec::new(), reach: Reach::default() }
    }

    fn look_at(&mut self, member: &Member) {
        let is = Glance {
            leads: member.is_writable(),
            rollbacks: member.durable().rollback_id,
            state: member.state(),
            version: member.config().map_or(0, |config| config.id.version),
            source: member.sync_source(),
        };
        let Some((_, glance)) = self.glances.iter_mut().find(|(id, _)| *id == member.id()) else {
            self.glances.push((member.id(), is));
            return;
        };
        let was = std::mem::replace(glance, is);
        let reach = &mut self.reach;
        reach.elections += u64::from(is.leads && !was.leads);
        reach.step_downs += u64::from(was.leads && !is.leads);
        reach.rollbacks += is.rollbacks.saturating_sub(was.rollbacks);
        reach.initial_syncs += u64::from(was.state == State::Startup2 && is.state == State::Secondary);
        reach.reconfigurations += u64::from(is.version > was.version);
        reach.source_changes +=
            u64::from(was.source.is_some() && is.source.is_some() && was.source != is.source);
    }

    fn went_down(&mut self, id: ProcessId) {
        if let Some((_, glance)) = self.glances.iter_mut().find(|(known, _)| *known == id) {
            self.reach.crashes += 1;
            (glance.leads, glance.source) = (false, None);
        }
    }
}

impl Observer for Reached {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        match &event.what {
            What::Done { crashed, refused: None, .. } => crashed.iter().for_each(|id| self.went_down(*id)),
            What::Delivered { payload, .. } => match peek::<Message>(payload.as_ref()) {
                Some(Message::Response { reply: Reply::Written { majority: true, .. }, .. }) => {
                    self.reach.majority_writes += 1;
                }
                Some(Message::Response { reply: Reply::Read { .. }, .. }) => self.reach.answered_reads += 1,
                _ => {}
            },
            _ => {}
        }
        let id = event.id.process;
        if world.process(id).is_some_and(|process| process.group == self.group)
            && let Some(member) = world.machine::<Member>(id)
        {
            self.look_at(member);
        }
    }
}

impl Meter for Reached {
    fn counts(&self) -> Vec<(&'static str, u64)> {
        let reach = &self.reach;
        vec![
            ("elections", reach.elections),
            ("stepDowns", reach.step_downs),
            ("rollbacks", reach.rollbacks),
            ("initialSyncs", reach.initial_syncs),
            ("reconfigurations", reach.reconfigurations),
            ("sourceChanges", reach.source_changes),
            ("crashes", reach.crashes),
            ("majorityWrites", reach.majority_writes),
            ("answeredReads", reach.answered_reads),
        ]
    }
}

/// Writes that are remembered while an answer is awaited.
const ASKED: usize = 4_096;

/// Whether the set takes writes again: a driver asked for one after everything was healed, and heard that it was done.
pub struct Recovery {
    group: u16,
    healed: Time,
    asked: Vec<(ProcessId, u64)>,
    after: Option<Span>,
}

impl Recovery {
    /// Watches a set of which everything was healed at a time.
    pub fn new(group: u16, healed: Time) -> Self {
        Recovery { group, healed, asked: Vec::new(), after: None }
    }
}

impl Observer for Recovery {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        if self.after.is_some() || event.at < self.healed {
            return;
        }
        for sent in event.sent {
            let ours = world.process(sent.message.to).is_some_and(|process| process.group == self.group);
            if let Some(Message::Request { seq, ask: Ask::Write { .. } }) = peek(sent.payload.as_ref())
                && ours
                && self.asked.len() < ASKED
            {
                self.asked.push((sent.message.from, *seq));
            }
        }
        if let What::Delivered { message, payload, .. } = &event.what
            && let Some(Message::Response { seq, reply: Reply::Written { .. } }) = peek(payload.as_ref())
            && self.asked.contains(&(message.to, *seq))
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

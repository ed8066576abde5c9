//! What scheduler, workers and store say to each other. Datagrams all: any may be lost, doubled or overtaken.

use super::{Attempt, DiskName, Life, TaskId, attempt_arg, task_arg};
use crate::process::{Arg, Card, Digest, Fold, Payload, Phrase, Shape, Time};
use crate::words::workers::WorkersKey as K;
use std::sync::Arc;

/// An attempt that a worker has in its hands: at work, or done and not yet recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Of which task.
    pub task: TaskId,
    /// Which.
    pub attempt: Attempt,
}

impl Fold for Hold {
    fn fold(&self, digest: &mut Digest) {
        self.task.fold(digest);
        self.attempt.fold(digest);
    }
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Worker to scheduler: it lives. The first of a life registers it.
    Beat {
        /// Which of its lives.
        life: Life,
        /// What its own clock shows: leases granted in answer count from here.
        at: Time,
        /// How many tasks it takes at once.
        slots: u8,
        /// What it has in its hands.
        holds: Arc<[Hold]>,
    },
    /// Scheduler to worker: heard; these leases are renewed.
    Grant {
        /// The scheduler's epoch.
        epoch: u64,
        /// The worker's life.
        life: Life,
        /// The worker's own clock at its request: they last from then.
        since: Time,
        /// The attempts that may go on.
        renewed: Arc<[Attempt]>,
    },
    /// Scheduler to worker: carry this out, under a lease.
    Assign {
        /// Which task.
        task: TaskId,
        /// As which attempt; its epoch is the scheduler's.
        attempt: Attempt,
        /// The first attempt of its generation: all before it are superseded. A backup has that of what it backs up.
        fence: Attempt,
        /// The worker's life.
        life: Life,
        /// The worker's own clock at its last request: the lease lasts from then.
        since: Time,
    },
    /// Scheduler to worker: stop this attempt, it is not needed.
    Stop {
        /// The scheduler's epoch.
        epoch: u64,
        /// Of which task.
        task: TaskId,
        /// Which.
        attempt: Attempt,
    },
    /// Worker to scheduler: it does not carry this out.
    Declined {
        /// Of which task.
        task: TaskId,
        /// Which.
        attempt: Attempt,
    },
    /// Worker to scheduler: done. Repeated until it is recorded.
    Done {
        /// Which task.
        task: TaskId,
        /// Which attempt of it.
        attempt: Attempt,
        /// The disk where its output lies, if outputs are local.
        disk: DiskName,
        /// It failed and has no output.
        failed: bool,
    },
    /// Scheduler to worker: the report is written down.
    Recorded {
        /// The scheduler's epoch.
        epoch: u64,
        /// Which task.
        task: TaskId,
        /// Which attempt of it.
        attempt: Attempt,
    },
    /// Worker to store: an attempt begins its private output.
    Open {
        /// Which task.
        task: TaskId,
        /// Which attempt of it.
        attempt: Attempt,
        /// The first attempt of its generation.
        fence: Attempt,
    },
    /// Worker to store: make the private output the task's output.
    Commit {
        /// Which task.
        task: TaskId,
        /// Which attempt of it.
        attempt: Attempt,
        /// The first attempt of its generation.
        fence: Attempt,
    },
    /// Store to worker: the task has its output.
    Committed {
        /// Which task.
        task: TaskId,
        /// Which attempt asked.
        attempt: Attempt,
        /// Whose output it is.
        by: Attempt,
    },
    /// Store to worker: the attempt is superseded, its output is refused.
    Fenced {
        /// Which task.
        task: TaskId,
        /// Which attempt asked.
        attempt: Attempt,
        /// All before this one are refused.
        fence: Attempt,
    },
}

impl Message {
    /// The scheduler's epoch it speaks for, if the scheduler sent it.
    pub fn epoch(&self) -> Option<u64> {
        match self {
            Message::Grant { epoch, .. } | Message::Stop { epoch, .. } | Message::Recorded { epoch, .. } => {
                Some(*epoch)
            }
            Message::Assign { attempt, .. } => Some(attempt.epoch),
            _ => None,
        }
    }
    /// The task and the attempt it is about, if it is about one.
    pub fn about(&self) -> Option<(TaskId, Attempt)> {
        match self {
            Message::Beat { .. } | Message::Grant { .. } => None,
            Message::Assign { task, attempt, .. }
            | Message::Stop { task, attempt, .. }
            | Message::Declined { task, attempt }
            | Message::Done { task, attempt, .. }
            | Message::Recorded { task, attempt, .. }
            | Message::Open { task, attempt, .. }
            | Message::Commit { task, attempt, .. }
            | Message::Committed { task, attempt, .. }
            | Message::Fenced { task, attempt, .. } => Some((*task, *attempt)),
        }
    }

    fn tag(&self) -> u64 {
        match self {
            Message::Beat { .. } => 0x3001,
            Message::Grant { .. } => 0x3002,
            Message::Assign { .. } => 0x3003,
            Message::Stop { .. } => 0x3004,
            Message::Declined { .. } => 0x3005,
            Message::Done { failed, .. } => 0x3006 | u64::from(*failed) << 16,
            Message::Recorded { .. } => 0x3007,
            Message::Open { .. } => 0x3008,
            Message::Commit { .. } => 0x3009,
            Message::Committed { .. } => 0x300a,
            Message::Fenced { .. } => 0x300b,
        }
    }

    fn kind(&self) -> (K, Shape, Option<bool>) {
        match self {
            Message::Beat { .. } => (K::KindBeat, Shape::Triangle, None),
            Message::Grant { .. } => (K::KindGrant, Shape::Triangle, Some(true)),
            Message::Assign { .. } => (K::KindAssign, Shape::Circle, None),
            Message::Stop { .. } => (K::KindStop, Shape::Hexagon, None),
            Message::Declined { .. } => (K::KindDeclined, Shape::Circle, Some(false)),
            Message::Done { failed, .. } => (K::KindDone, Shape::Diamond, Some(!failed)),
            Message::Recorded { .. } => (K::KindRecorded, Shape::Diamond, Some(true)),
            Message::Open { .. } => (K::KindOpen, Shape::Square, None),
            Message::Commit { .. } => (K::KindCommit, Shape::Square, None),
            Message::Committed { .. } => (K::KindCommitted, Shape::Square, Some(true)),
            Message::Fenced { .. } => (K::KindFenced, Shape::Square, Some(false)),
        }
    }

    fn label(&self) -> Phrase {
        let of = |key: K, task: &TaskId, attempt: &Attempt| {
            Phrase::new(key, [task_arg(*task), attempt_arg(*attempt)])
        };
        match self {
            Message::Beat { holds, .. } => Phrase::new(K::CardBeat, [Arg::Number(holds.len() as u64)]),
            Message::Grant { renewed, .. } => Phrase::new(K::CardGrant, [Arg::Number(renewed.len() as u64)]),
            Message::Assign { task, attempt, .. } => of(K::CardAssign, task, attempt),
            Message::Stop { task, attempt, .. } => of(K::CardStop, task, attempt),
            Message::Declined { task, attempt } => of(K::CardDeclined, task, attempt),
            Message::Done { task, attempt, failed: false, .. } => of(K::CardDone, task, attempt),
            Message::Done { task, attempt, failed: true, .. } => of(K::CardFailed, task, attempt),
            Message::Recorded { task, attempt, .. } => of(K::CardRecorded, task, attempt),
            Message::Open { task, attempt, .. } => of(K::CardOpen, task, attempt),
            Message::Commit { task, attempt, .. } => of(K::CardCommit, task, attempt),
            Message::Committed { task, by, .. } => of(K::CardCommitted, task, by),
            Message::Fenced { task, fence, .. } => of(K::CardFenced, task, fence),
        }
    }
}

impl Payload for Message {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.tag());
        if let Some((task, attempt)) = self.about() {
            task.fold(digest);
            attempt.fold(digest);
        }
        match self {
            Message::Beat { life, at, slots, holds } => {
                life.fold(digest);
                at.fold(digest);
                slots.fold(digest);
                holds.fold(digest);
            }
            Message::Grant { epoch, life, since, renewed } => {
                digest.word(*epoch);
                life.fold(digest);
                since.fold(digest);
                renewed.fold(digest);
            }
            Message::Assign { fence, life, since, .. } => {
                fence.fold(digest);
                life.fold(digest);
                since.fold(digest);
            }
            Message::Stop { epoch, .. } | Message::Recorded { epoch, .. } => digest.word(*epoch),
            Message::Open { fence, .. } | Message::Commit { fence, .. } | Message::Fenced { fence, .. } => {
                fence.fold(digest);
            }
            Message::Committed { by, .. } => by.fold(digest),
            Message::Done { disk, .. } => disk.fold(digest),
            Message::Declined { .. } => {}
        }
    }

    fn size(&self) -> u32 {
        const HEADERS: u32 = 40;
        const ATTEMPT: u32 = 16;
        const HOLD: u32 = 24;
        const DISK: u32 = 16;
        const LIFE: u32 = DISK + 8;
        HEADERS
            + match self {
                Message::Beat { holds, .. } => LIFE + 9 + HOLD * holds.len() as u32,
                Message::Grant { renewed, .. } => LIFE + 16 + ATTEMPT * renewed.len() as u32,
                Message::Assign { .. } => HOLD + ATTEMPT + LIFE + 8,
                Message::Stop { .. } | Message::Recorded { .. } => HOLD + 8,
                Message::Declined { .. } => HOLD,
                Message::Done { .. } => HOLD + DISK + 1,
                Message::Open { .. }
                | Message::Commit { .. }
                | Message::Committed { .. }
                | Message::Fenced { .. } => HOLD + ATTEMPT,
            }
    }

    fn card(&self) -> Card {
        let (kind, shape, verdict) = self.kind();
        Card {
            kind: kind.into(),
            shape,
            answer: verdict.is_some(),
            verdict,
            epoch: self.epoch(),
            carries: None,
            label: self.label(),
        }
    }
}

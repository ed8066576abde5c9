//! What is on its way to a process' disk, and answers that wait for it. It knows no part of the cluster.

use super::Message;
use crate::process::{Digest, Effects, Fold, Machine, ProcessId};

/// How far a process' writes are.
#[derive(Clone, Debug, Default)]
pub(super) struct Disk {
    /// Something changed since the last write was asked for.
    pub dirty: bool,
    /// A write was asked for in this very step: a plain send of the same batch waits for it, and for all before.
    asked_now: bool,
    /// The last write asked for, and the last one done.
    asked: u64,
    done: u64,
}

impl Disk {
    /// A step begins.
    pub fn begin(&mut self) {
        self.asked_now = false;
    }
    /// A write is done.
    pub fn is_done(&mut self, token: u64) {
        self.done = self.done.max(token);
    }
    /// Writes asked for and not yet done.
    pub fn under_way(&self) -> u64 {
        self.asked - self.done
    }
    /// The last write asked for.
    pub fn last(&self) -> u64 {
        self.asked
    }

    fn write<M: Machine>(&mut self, durable: M::Durable, out: &mut Effects<'_, M>) {
        self.dirty = false;
        self.asked_now = true;
        self.asked += 1;
        out.persist(self.asked, durable);
    }

    /// Asks for what changed to be written.
    pub fn save<M: Machine>(&mut self, durable: impl FnOnce() -> M::Durable, out: &mut Effects<'_, M>) {
        if self.dirty {
            self.write(durable(), out);
        }
    }

    /// Sends what speaks for the disk as soon as the disk holds it; or, where it need not wait, at once.
    pub fn answer<M: Machine<Message = Message>>(
        &mut self,
        waits: bool,
        to: ProcessId,
        message: Message,
        durable: impl FnOnce() -> M::Durable,
        out: &mut Effects<'_, M>,
    ) {
        if waits && (self.dirty || self.under_way() > 0 && !self.asked_now) {
            self.write(durable(), out); // behind those of earlier steps: writes are done in order
        }
        if waits { out.send(to, message) } else { out.send_now(to, message) }
    }
}

impl Fold for Disk {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.under_way() << 1 | u64::from(self.dirty));
    }
}

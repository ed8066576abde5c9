//! What machines ask for, carried out in order.

use super::World;
use super::parts::{TIMERS, Timer};
use crate::kernel::luck::{Luck, Purpose};
use crate::process::{Act, Delay, When};

impl World {
    /// Carries out the batch in the outbox, on behalf of the process that has just taken an input.
    #[inline]
    pub(super) fn carry_out(&mut self, slot: u32) {
        let mut acts = std::mem::take(&mut self.scratch.outbox.acts);
        // The persist that sends of this batch wait for.
        let mut gate = None;
        for act in acts.drain(..) {
            match act {
                Act::Send { to, payload, when } => {
                    let gate = if when == When::AfterPersist { gate } else { None };
                    self.send(slot, to, payload, gate);
                }
                Act::SetTimer { slot: timer, delay } => self.set_timer(slot, timer, delay),
                Act::CancelTimer { slot: timer } => self.cancel_timer(slot, timer),
                Act::Persist { token, stored } => gate = Some(self.persist(slot, token, stored)),
                Act::Connect { connection, to } => self.connect(slot, connection, to),
                Act::Transmit { connection, payload, when } => {
                    let gate = if when == When::AfterPersist { gate } else { None };
                    self.transmit(slot, connection, payload, gate);
                }
                Act::Close { connection } => self.close(slot, connection),
                Act::Reply { ticket, answer } => {
                    if self.scratch.watched {
                        self.scratch.answers.push((ticket, answer));
                    }
                }
                Act::Spawn(spawn) => self.spawn(slot, spawn),
                Act::Stop(process) => {
                    self.stop(slot, process);
                    if self.processes[slot as usize].running.is_none() {
                        break; // it stopped itself: the rest of the batch dies with it
                    }
                }
                Act::Note(note) => {
                    if self.scratch.watched {
                        self.scratch.notes.push(*note);
                    }
                }
            }
        }
        let empty = std::mem::replace(&mut self.scratch.outbox.acts, acts);
        debug_assert_eq!(empty.capacity(), 0, "nobody acts while acts are carried out");
        std::mem::forget(empty); // a drop would look, out of line
    }

    /// Sets a timer, for a length on the host's own clock. One that is moved later keeps its entry in the queue, which
    /// is put right when it comes out: setting costs no push and leaves nothing behind.
    #[inline]
    fn set_timer(&mut self, slot: u32, timer_slot: u8, delay: Delay) {
        if timer_slot >= TIMERS {
            return;
        }
        let process = &mut self.processes[slot as usize];
        if process.running.is_none() {
            return;
        }
        let index = usize::from(timer_slot);
        if process.timers.len() <= index {
            process.timers.resize(index + 1, Timer::NEW);
        }
        let timer = &mut process.timers[index];
        let length = match delay {
            Delay::Fixed(length) => length.0,
            Delay::Uniform(low, high) => {
                timer.draws = timer.draws.wrapping_add(1);
                let nth = u64::from(timer_slot) << 32 | u64::from(timer.draws);
                Luck::of(process.timer_luck, nth, 0).stream(Purpose::Latency).within(low.0, high.0)
            }
        };
        let clock = &self.hosts[process.host as usize].clock;
        timer.local = clock.monotonic(self.now).saturating_add(length);
        timer.fires_at = clock.when(timer.local, self.now).min(Timer::OFF - 1);
        timer.set_at = self.now;
        timer.set_by = process.number;
        self.queue_timer(slot, timer_slot);
    }

    /// Takes a timer back. Its entry in the queue stays and is cleared away when it comes out.
    fn cancel_timer(&mut self, slot: u32, timer_slot: u8) {
        if let Some(timer) = self.processes[slot as usize].timers.get_mut(usize::from(timer_slot)) {
            timer.fires_at = Timer::OFF;
        }
    }
}

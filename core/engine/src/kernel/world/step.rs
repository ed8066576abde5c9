//! One event after another.
//!
//! What is due is either in `ready` (due now, in that order) or in the queue. The head of both is kept *live*: stale
//! entries are cleared away as soon as they come to the head, and a timer that was moved later is queued again there.
//! So the time of the next event is known without looking further.

use super::World;
use super::parts::{Errand, HostStatus, Timer, at};
use crate::kernel::event::{Event, Observer, What};
use crate::kernel::queue::{Class, Entry, Item, Kind, tie};
use crate::process::hosted::RawInput;
use crate::process::{CloseReason, EventId, Moment, ProcessId, Time};

/// Words that begin an event in the history's digest.
#[derive(Clone, Copy)]
pub(super) enum Code {
    Started = 1,
    Delivered,
    Missed,
    Timer,
    Persisted,
    PersistFailed,
    Commanded,
    Stopped,
    Done,
    Opened,
    Accepted,
    Refused,
    Received,
    Closed,
}

impl World {
    /// When something is due next. The next event is not earlier; it may be later where what is due concerns the
    /// network alone (a message comes to a paused host's door).
    #[inline]
    pub fn next_time(&self) -> Option<Time> {
        if self.ready.is_empty() {
            self.queue.head().map(|entry| Time(entry.at))
        } else {
            Some(Time(self.now))
        }
    }

    /// Takes one event; `false` if nothing is due any more.
    pub fn step(&mut self, observers: &mut [&mut dyn Observer]) -> bool {
        self.step_until(Time::MAX, observers)
    }

    /// Takes one event that is due not later than `limit`; `false` if there is none.
    pub fn step_until(&mut self, limit: Time, observers: &mut [&mut dyn Observer]) -> bool {
        self.begun = true;
        loop {
            let item = if self.ready.is_empty() {
                match self.queue.head() {
                    Some(head) if head.at <= limit.0 => {
                        debug_assert!(head.at >= self.now, "time goes forward");
                        self.now = head.at;
                    }
                    _ => return false,
                }
                let Some(entry) = self.queue.take() else { return false };
                entry.item
            } else {
                if self.now > limit.0 {
                    return false;
                }
                let Some(item) = self.ready.pop_front() else { return false };
                item
            };
            let happened = self.perform(item, observers);
            self.settle();
            if happened {
                return true;
            }
        }
    }

    /// Moves the clock to `to`, if nothing is due before and it does not go back.
    pub fn advance_to(&mut self, to: Time) {
        let due = self.next_time().unwrap_or(Time::MAX);
        self.now = self.now.max(to.min(due).0);
    }

    /// Clears stale entries from both heads.
    #[inline]
    pub(super) fn settle(&mut self) {
        while let Some(&item) = self.ready.front() {
            if self.is_live(item) {
                break;
            }
            self.ready.pop_front();
        }
        self.queue.close();
        while let Some(&head) = self.queue.head() {
            match head.item.kind() {
                Kind::Timer => {
                    if self.settle_timer(head) {
                        break;
                    }
                }
                Kind::Patience => {
                    if self.settle_patience(head) {
                        break;
                    }
                }
                _ if self.is_live(head.item) => break,
                _ => {
                    self.queue.take();
                    self.queue.close();
                }
            }
        }
    }

    /// A timer's entry is at the head: is it due then? If not, it is taken out, and queued again if it was moved.
    #[inline]
    fn settle_timer(&mut self, head: Entry) -> bool {
        let index = head.item.index();
        let timer = self
            .processes
            .get_mut((index >> 4) as usize)
            .and_then(|process| process.timers.get_mut((index & 15) as usize));
        match timer {
            Some(timer) if timer.generation == head.item.generation => {
                if timer.fires_at == head.at {
                    return true;
                }
                self.queue.take();
                timer.queued = timer.fires_at;
                if timer.fires_at != Timer::OFF {
                    self.queue.push(Entry { at: timer.fires_at, ..head });
                }
            }
            _ => {
                self.queue.take();
            }
        }
        self.queue.close();
        false
    }

    /// Does a handle that is due, or lies in a backlog, still mean something?
    #[inline]
    pub(super) fn is_live(&self, item: Item) -> bool {
        match item.kind() {
            Kind::Flight => self.flights.is_good(item.index(), item.generation),
            _ => self.is_live_here(item),
        }
    }

    /// The same of what lies on a host rather than on the network.
    #[inline(never)]
    fn is_live_here(&self, item: Item) -> bool {
        let index = item.index();
        match item.kind() {
            Kind::Flight => false,
            Kind::Timer => self
                .processes
                .get((index >> 4) as usize)
                .and_then(|process| process.timers.get((index & 15) as usize))
                .is_some_and(|timer| timer.generation == item.generation && timer.fires_at != Timer::OFF),
            Kind::Sync => self.persists.is_good(index, item.generation),
            Kind::Errand => self.errands.is_good(index, item.generation),
            Kind::Patience => self.is_overdue(index, item.generation),
        }
    }

    /// Carries out what is due. `false` if no process and no observer can tell.
    fn perform(&mut self, item: Item, observers: &mut [&mut dyn Observer]) -> bool {
        self.scratch.watched = !observers.is_empty();
        match item.kind() {
            Kind::Flight => self.arrive(item, observers),
            Kind::Timer => self.fire(item, observers),
            Kind::Sync => self.synced(item, observers),
            Kind::Errand => self.run_errand(item, observers),
            Kind::Patience => self.lose_patience(item, observers),
        }
    }

    /// A timer is due.
    #[inline]
    fn fire(&mut self, item: Item, observers: &mut [&mut dyn Observer]) -> bool {
        let (slot, timer_slot) = (item.index() >> 4, (item.index() & 15) as u8);
        let process = &mut self.processes[slot as usize];
        let host = &mut self.hosts[process.host as usize];
        let Some(timer) = process.timers.get_mut(usize::from(timer_slot)) else { return false };
        timer.queued = Timer::OFF;
        timer.generation = timer.generation.wrapping_add(1);
        if host.status == HostStatus::Paused {
            host.backlog.push_back(Item::new(Kind::Timer, item.index(), timer.generation));
            return false;
        }
        timer.fires_at = Timer::OFF;
        let set_at = Some(at(timer.set_at));
        let cause = EventId { process: process.id, incarnation: process.incarnation, number: timer.set_by };
        let id = self.begin(slot, Code::Timer);
        self.history.word(u64::from(timer_slot));
        self.run(slot, RawInput::Timer(timer_slot), observers);
        self.show(observers, id, What::Timer { slot: timer_slot, set_at }, &[cause]);
        true
    }

    /// Something rare is due.
    fn run_errand(&mut self, item: Item, observers: &mut [&mut dyn Observer]) -> bool {
        let Some(errand) = self.errands.get(item.index()) else { return false };
        let slot = errand.process();
        let host = &mut self.hosts[self.processes[slot as usize].host as usize];
        let paused = host.status == HostStatus::Paused && !matches!(errand, Errand::Stopped { .. });
        if paused {
            host.backlog.push_back(item);
            return false;
        }
        let Some(errand) = self.errands.remove(item.index()) else { return false };
        match errand {
            Errand::Start { cause, .. } => self.start_now(slot, cause, observers),
            Errand::Stopped { cause, .. } => {
                let id = self.begin(slot, Code::Stopped);
                self.show(observers, id, What::Stopped, &[cause]);
                true
            }
            Errand::Command { ticket, order, cause, .. } => {
                let id = self.begin(slot, Code::Commanded);
                self.history.word(ticket);
                self.run(slot, RawInput::Command(ticket, order), observers);
                self.show(observers, id, What::Commanded { ticket }, &[cause]);
                true
            }
            Errand::Fire { slot: timer_slot, cause, .. } => {
                let mut set_at = None;
                if let Some(timer) = self.processes[slot as usize].timers.get_mut(usize::from(timer_slot)) {
                    set_at = (timer.fires_at != Timer::OFF).then(|| at(timer.set_at));
                    timer.fires_at = Timer::OFF;
                }
                let id = self.begin(slot, Code::Timer);
                self.history.word(u64::from(timer_slot));
                self.run(slot, RawInput::Timer(timer_slot), observers);
                self.show(observers, id, What::Timer { slot: timer_slot, set_at }, &[cause]);
                true
            }
            Errand::Refused { connection, peer, cause, .. } => {
                self.tell_refused(slot, connection, peer, CloseReason::Reset, cause, observers)
            }
            Errand::Reset { connection, cause, .. } => {
                self.tell_closed(slot, connection, CloseReason::Reset, cause, observers)
            }
        }
    }

    /// Does it now, before anything that is in the queue.
    pub(super) fn soon(&mut self, errand: Errand) {
        let (index, generation) = self.errands.insert(errand);
        self.ready.push_back(Item::new(Kind::Errand, index, generation));
    }

    /// A new event of a process: numbers it and begins it in the history's digest.
    #[inline]
    pub(super) fn begin(&mut self, slot: u32, code: Code) -> EventId {
        let process = &mut self.processes[slot as usize];
        process.number += 1;
        self.ordinal += 1;
        let id = process.event();
        self.cause = id;
        self.history.word(self.now);
        self.history
            .word(u64::from(id.process.0) << 32 | u64::from(id.incarnation & 0xff_ffff) << 8 | code as u64);
        self.history.word(id.number);
        id
    }

    /// A new event of the operator.
    pub(super) fn begin_act(&mut self) -> EventId {
        self.operator += 1;
        self.ordinal += 1;
        self.history.word(self.now);
        self.history.word(Code::Done as u64);
        self.history.word(self.operator);
        self.cause = EventId { process: ProcessId::OPERATOR, incarnation: 1, number: self.operator };
        self.cause
    }

    /// Gives a running process its input and carries out what it asks for.
    #[inline]
    pub(super) fn run(&mut self, slot: u32, input: RawInput, observers: &[&mut dyn Observer]) {
        let process = &mut self.processes[slot as usize];
        let host = &self.hosts[process.host as usize];
        let monotonic = host.clock.monotonic(self.now);
        let moment = Moment {
            monotonic: at(monotonic),
            wall: host.clock.wall(monotonic, self.spec.epoch),
            event: process.number,
        };
        let Some(running) = process.running.as_mut() else { return };
        let out = &mut self.scratch.outbox;
        out.me = Some(process.id);
        out.connections = process.connections;
        out.noting = observers.iter().any(|observer| observer.wants_notes());
        running.0.step(moment, input, out);
        process.connections = out.connections;
        if !out.acts.is_empty() {
            self.carry_out(slot);
        }
    }

    /// Shows an event to whoever watches, then forgets what was gathered for it.
    #[inline]
    pub(super) fn show(
        &mut self,
        observers: &mut [&mut dyn Observer],
        id: EventId,
        what: What<'_>,
        causes: &[EventId],
    ) {
        if observers.is_empty() {
            return;
        }
        let (world, seen) = (&*self, &self.scratch);
        let event = Event {
            id,
            ordinal: world.ordinal,
            at: at(world.now),
            what,
            causes,
            sent: &seen.sent,
            lost: &seen.lost,
            notes: &seen.notes,
            answers: &seen.answers,
        };
        for observer in observers.iter_mut() {
            observer.saw(world, &event);
        }
        let seen = &mut self.scratch;
        seen.sent.clear();
        seen.lost.clear();
        seen.notes.clear();
        seen.answers.clear();
    }

    /// Sets a timer's entry in order, after its time was set.
    #[inline]
    pub(super) fn queue_timer(&mut self, slot: u32, timer_slot: u8) {
        let process = &mut self.processes[slot as usize];
        let Some(timer) = process.timers.get_mut(usize::from(timer_slot)) else { return };
        // A good entry not later than the new time will see to it when it comes out.
        if timer.fires_at == Timer::OFF || (timer.queued <= timer.fires_at && timer.queued != Timer::OFF) {
            return;
        }
        timer.generation = timer.generation.wrapping_add(1);
        timer.queued = timer.fires_at;
        let item = Item::new(Kind::Timer, slot << 4 | u32::from(timer_slot), timer.generation);
        let tie = tie(Class::Timer, process.id.0, u64::from(timer_slot));
        self.queue.push(Entry { at: timer.fires_at, tie, item });
    }
}

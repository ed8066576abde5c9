//! What is kept of a whole branch, however long: who was what from when to when, what is worth a mark, and where the
//! operator acted. All of it is bounded; the rest is derived anew when it is looked at.

use super::bands::Bands;
use super::deeds;
use super::going::Told;
use super::tape::Tape;
use super::tell::{self, Groups, group_of};
use crate::kernel::world::World;
use crate::kernel::{Action, Event, Observer, What};
use crate::process::{EventId, MessageId, ProcessId, Time};
use crate::scenario::Broken;
use crate::view::{Lane, Look, Mark, MarkKind, Place, Role, Segment, Standing, Status};
use crate::words::session::SessionKey;
use litemap::LiteMap;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

/// Most stretches kept of one lane; the shortest goes first.
const MOST_STRETCHES: usize = 1_024;
/// Most marks kept; of the least important kind, the most crowded goes first.
const MOST_MARKS: usize = 300;
/// Most of the operator's events kept, for finding one by its number; the oldest go first.
const MOST_ACTS: usize = 4_096;
/// Most deeds to the network kept, for saying what a message met on its way; the oldest go first.
const MOST_MEDDLED: usize = 512;

/// One branch's chronicle.
#[derive(Clone, Debug, Default)]
pub struct Chronicle {
    upto: u64,
    lanes: LiteMap<ProcessId, (Arc<str>, Vec<Stretch>)>,
    marks: Vec<Mark>,
    /// The last mark that was made, by its event, whether or not there was room to keep it.
    newest: Option<(u64, MarkKind)>,
    acts: Vec<(u64, u64)>,
    meddled: Vec<(EventId, u64, Arc<Action>)>,
    /// What is wrong for a while.
    pub bands: Bands,
    /// Digests along the way.
    pub tape: Tape,
    /// Every check that has broken, in order. Each breaks once at most.
    pub broken: Arc<[Broken]>,
}

/// From here on, until the next.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    from: Place,
    by: EventId,
    standing: Standing,
    status: Status,
}

impl Chronicle {
    /// The chronicle up to a place: what a branch begins with that leaves here.
    pub fn until(&self, place: Place) -> Chronicle {
        let mut cut = self.clone();
        cut.upto = cut.upto.min(place.ordinal);
        cut.tape = cut.tape.until(place.ordinal);
        cut.bands = cut.bands.until(place);
        cut.marks.retain(|mark| mark.place.ordinal <= place.ordinal);
        cut.broken =
            cut.broken.iter().take_while(|broken| broken.place.ordinal <= place.ordinal).cloned().collect();
        cut.acts.retain(|(_, ordinal)| *ordinal <= place.ordinal);
        cut.meddled.retain(|(_, ordinal, _)| *ordinal <= place.ordinal);
        for (id, (name, mut stretches)) in std::mem::take(&mut cut.lanes) {
            stretches.retain(|stretch| stretch.from.ordinal <= place.ordinal);
            if !stretches.is_empty() {
                cut.lanes.insert(id, (name, stretches));
            }
        }
        cut
    }

    /// Marks of the whole branch, ascending.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// After which event of this branch the operator's event of this number was the next.
    pub fn act(&self, number: u64) -> Option<u64> {
        let at = self.acts.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        self.acts.get(at).map(|(_, ordinal)| ordinal.saturating_sub(1))
    }

    /// The event by which a process became what it is at a place.
    pub fn why(&self, process: ProcessId, place: Place) -> Option<EventId> {
        let (_, stretches) = self.lanes.get(&process)?;
        let after = stretches.partition_point(|stretch| stretch.from.ordinal <= place.ordinal);
        after.checked_sub(1).and_then(|last| stretches.get(last)).map(|stretch| stretch.by)
    }

    /// How a process is at a place, and the event since which it has been so.
    pub fn status_since(&self, process: ProcessId, place: Place) -> Option<(Status, EventId)> {
        let (_, stretches) = self.lanes.get(&process)?;
        let after = stretches.partition_point(|stretch| stretch.from.ordinal <= place.ordinal);
        let now = stretches.get(after.checked_sub(1)?)?;
        let same = stretches[..after].iter().rev().take_while(|stretch| stretch.status == now.status);
        same.last().map(|first| (now.status, first.by))
    }

    /// The event since which a process has been in its term, ballot or version.
    pub fn epoch_since(&self, process: ProcessId, place: Place) -> Option<EventId> {
        let (_, stretches) = self.lanes.get(&process)?;
        let after = stretches.partition_point(|stretch| stretch.from.ordinal <= place.ordinal);
        let now = stretches.get(after.checked_sub(1)?)?.standing.epoch;
        let same = stretches[..after].iter().rev().take_while(|stretch| stretch.standing.epoch == now);
        same.last().map(|first| first.by)
    }

    /// The event by which a process that led does no more, and as what it led.
    pub fn ceased(&self, process: ProcessId, place: Place) -> Option<(Role, EventId)> {
        let (_, stretches) = self.lanes.get(&process)?;
        let after = stretches.partition_point(|stretch| stretch.from.ordinal <= place.ordinal);
        let led = |stretch: &Stretch| stretch.standing.role.filter(|role| role.look == Look::Leader);
        let past = stretches[..after].windows(2).rev();
        let mut ends = past.filter_map(|pair| {
            led(&pair[0]).filter(|_| led(&pair[1]).is_none()).map(|role| (role, pair[1].by))
        });
        stretches[..after].last().filter(|now| led(now).is_none()).and_then(|_| ends.next())
    }

    /// What was done to links and messages, ascending: the event, after how many events, what.
    pub fn meddled(&self) -> &[(EventId, u64, Arc<Action>)] {
        &self.meddled
    }

    /// The command that delayed a message last.
    pub fn delayed(&self, message: MessageId) -> Option<EventId> {
        let delays = |action: &Action| matches!(action, Action::DelayMessage(id, _) if *id == message);
        self.meddled.iter().rev().find(|(.., action)| delays(action)).map(|(event, ..)| *event)
    }

    /// Every lane between two instants, and no further than `head`.
    pub fn lanes(&self, from: Time, to: Time, head: Time) -> Vec<Lane> {
        let to = to.min(head);
        let lane = |(id, (name, stretches)): (&ProcessId, &(Arc<str>, Vec<Stretch>))| {
            let ends = stretches.iter().skip(1).map(|next| next.from.at).chain([Time::MAX]);
            let within =
                stretches.iter().zip(ends).filter(|(stretch, end)| *end > from && stretch.from.at <= to);
            let segments = within.map(|(stretch, end)| Segment {
                from: stretch.from.at.max(from),
                to: end.min(to),
                epoch: stretch.standing.epoch,
                role: stretch.standing.role,
                status: stretch.status,
            });
            Lane { id: *id, name: name.clone(), segments: segments.collect() }
        };
        self.lanes.iter().map(lane).filter(|lane| !lane.segments.is_empty()).collect()
    }

    /// Adds a mark that no event of the world makes: a broken check, an expectation met.
    pub fn mark(&mut self, mark: Mark) {
        self.newest = Some((mark.place.ordinal, mark.kind));
        let at = self.marks.partition_point(|earlier| earlier.place <= mark.place);
        self.marks.insert(at, mark);
        if self.marks.len() > MOST_MARKS {
            self.thin_marks();
        }
    }

    fn thin_marks(&mut self) {
        // From least to most important; what is most frequent in it is least missed.
        let order = [
            MarkKind::Command,
            MarkKind::Milestone,
            MarkKind::Repair,
            MarkKind::Fault,
            MarkKind::Election,
            MarkKind::Step,
            MarkKind::Violation,
        ];
        let count = |kind| self.marks.iter().filter(|mark| mark.kind == kind).count();
        let few = MOST_MARKS / order.len();
        let kind = order.into_iter().find(|kind| count(*kind) > few).unwrap_or(MarkKind::Repair);
        let places: Vec<(usize, u64)> = self
            .marks
            .iter()
            .enumerate()
            .filter(|(_, mark)| mark.kind == kind)
            .map(|(index, mark)| (index, mark.place.at.0))
            .collect();
        let nearest = places.windows(3).min_by_key(|three| three[2].1 - three[0].1);
        if let Some(index) = nearest.map(|three| three[1].0).or(places.last().map(|last| last.0)) {
            self.marks.remove(index);
        }
    }

    fn look(&mut self, groups: &Groups, world: &World, event: &Event<'_>, id: ProcessId) {
        let Some(process) = world.process(id) else { return self.gone(event, id) };
        let standing = match groups.get(usize::from(process.group)) {
            Some(group) if process.running => group.standing(world, id),
            _ => Standing::default(),
        };
        let status = status(world, id, matches!(event.what, What::Stopped));
        let (_, stretches) = self.lanes.entry(id).or_insert_with(|| (process.name.clone(), Vec::new()));
        if let Some(last) = stretches.last()
            && last.standing == standing
            && (last.status == status || (last.status == Status::Stopped && status == Status::Crashed))
        {
            return;
        }
        let changed = stretches.last().is_none_or(|last| last.standing != standing);
        let from = Place { ordinal: event.ordinal, at: event.at };
        stretches.push(Stretch { from, by: event.id, standing, status });
        if stretches.len() > MOST_STRETCHES {
            thin_stretches(stretches);
        }
        if changed && event.id.process == id {
            self.elected(groups, world, event, id);
        }
    }

    /// It was removed for good: its lane ends.
    fn gone(&mut self, event: &Event<'_>, id: ProcessId) {
        let Some((_, stretches)) = self.lanes.get_mut(&id) else { return };
        if stretches.last().is_some_and(|last| last.status != Status::Stopped) {
            let from = Place { ordinal: event.ordinal, at: event.at };
            let (standing, status) = (Standing::default(), Status::Stopped);
            stretches.push(Stretch { from, by: event.id, standing, status });
        }
    }

    fn elected(&mut self, groups: &Groups, world: &World, event: &Event<'_>, id: ProcessId) {
        let elected = group_of(groups, world, id).and_then(|group| group.elected(world, event));
        if let Some((who, epoch, _)) = elected {
            use crate::process::{Arg, Phrase};
            let phrase = Phrase::new(SessionKey::Elected, [Arg::Process(who), epoch.arg()]);
            let place = Place { ordinal: event.ordinal, at: event.at };
            self.mark(Mark { place, kind: MarkKind::Election, lane: Some(who), phrase });
        }
    }

    fn done(&mut self, groups: &Groups, world: &World, event: &Event<'_>) {
        let What::Done { action, refused, .. } = &event.what else { return };
        if self.acts.len() >= MOST_ACTS {
            self.acts.remove(0);
        }
        self.acts.push((event.id.number, event.ordinal));
        if refused.is_none() && meddles(action) {
            if self.meddled.len() >= MOST_MEDDLED {
                self.meddled.remove(0);
            }
            self.meddled.push((event.id, event.ordinal, Arc::new((*action).clone())));
        }
        if refused.is_none()
            && let Some(kind) = deeds::mark(action)
        {
            let place = Place { ordinal: event.ordinal, at: event.at };
            let (lane, phrase) = (deeds::lane(action, world), tell::deed(groups, world, action));
            self.mark(Mark { place, kind, lane, phrase });
            self.bands.done(world, event, action);
        }
        let mut all: Vec<ProcessId> = world.processes().map(|process| process.id).collect();
        all.extend(self.lanes.keys().filter(|id| world.process(**id).is_none()));
        for id in all {
            self.look(groups, world, event, id);
        }
    }
}

/// Is it done to links, or to a message's time?
fn meddles(action: &Action) -> bool {
    use Action as A;
    matches!(
        action,
        A::Block { .. }
            | A::Partition { .. }
            | A::Unblock { .. }
            | A::HealAll
            | A::Shape { .. }
            | A::Unshape(_)
            | A::Clog(_)
            | A::Unclog(_)
            | A::Hold(_)
            | A::Release(_)
            | A::DelayMessage(..)
    )
}

/// Without the shortest but the last, whose end is not known yet.
fn thin_stretches(stretches: &mut Vec<Stretch>) {
    let lengths = stretches.windows(2).map(|pair| pair[1].from.at.0 - pair[0].from.at.0);
    if let Some((shortest, _)) = lengths.enumerate().min_by_key(|(_, length)| *length) {
        stretches.remove(shortest);
    }
}

/// How a process is now.
pub fn status(world: &World, id: ProcessId, stopped: bool) -> Status {
    use crate::kernel::world::HostStatus;
    let Some(process) = world.process(id) else { return Status::Stopped };
    match world.host(process.host).map(|host| host.status) {
        Some(HostStatus::Paused) if process.running => Status::Paused,
        _ if process.running => Status::Up,
        _ if process.incarnation == 0 => Status::Unstarted,
        _ if stopped => Status::Stopped,
        _ => Status::Crashed,
    }
}

/// Writes a chronicle as events come; what it has already is not written twice.
pub struct Scribe<'a> {
    /// Where to.
    pub chronicle: &'a mut Chronicle,
    /// The groups.
    pub groups: &'a Groups,
    /// Who is told of new marks.
    pub marked: Option<Told<'a>>,
}

impl Observer for Scribe<'_> {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        if event.ordinal <= self.chronicle.upto {
            return;
        }
        self.chronicle.upto = event.ordinal;
        if event.ordinal == self.chronicle.tape.wants() {
            self.chronicle.tape.take((world.digest() >> 64) as u64);
        }
        match event.what {
            What::Done { .. } => self.chronicle.done(self.groups, world, event),
            _ => self.chronicle.look(self.groups, world, event, event.id.process),
        }
        if let (Some(told), Some((ordinal, kind))) = (self.marked, self.chronicle.newest)
            && ordinal == event.ordinal
            && told.kind.is_none_or(|wanted| wanted == kind)
        {
            told.found.store(ordinal, Relaxed);
        }
    }
}

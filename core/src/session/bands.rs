//! What is wrong, from the command that made it so to the one that mended it: barriers, links and disks and clocks that are
//! not as declared. Kept of a whole branch, bounded. That a host is down or paused its lane says itself.
//!
//! It compares the world before and after a command and knows neither the command nor why: so a fault that several commands
//! mend bit by bit has as many bands, each for exactly as long as what it names was wrong.

use super::deeds;
use super::frame::links;
use crate::kernel::world::{DiskState, World};
use crate::kernel::{Action, Event};
use crate::process::{EventId, HostId, Phrase, ProcessId, Time};
use crate::view::{Band, BandKind, Place};

/// Most bands kept; the shortest of those that are over goes first.
const MOST: usize = 300;

/// What is wrong on one branch, and what was.
#[derive(Clone, Debug, Default)]
pub struct Bands(Vec<Kept>);

#[derive(Clone, Debug)]
struct Kept {
    troubles: Vec<Trouble>,
    kind: BandKind,
    from: Place,
    until: Option<Place>,
    by: EventId,
    sides: Vec<Vec<ProcessId>>,
    phrase: Phrase,
}

/// One thing that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    /// A barrier, by its number, whether it lets one direction through.
    Barrier(u32, bool),
    /// A direction of a link; what of it, and how much is lost.
    Link(HostId, HostId, Wrong, u32),
    /// A disk.
    Disk(HostId, DiskState),
    /// A clock, by how much it drifts.
    Clock(HostId, i32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    Shaped,
    Clogged,
    Held,
}

impl Trouble {
    fn kind(self) -> BandKind {
        match self {
            Trouble::Barrier(_, false) => BandKind::Wall,
            Trouble::Barrier(_, true) => BandKind::OneWay,
            Trouble::Link(_, _, Wrong::Shaped, _) => BandKind::Link,
            Trouble::Link(..) => BandKind::Waits,
            Trouble::Disk(..) => BandKind::Disk,
            Trouble::Clock(..) => BandKind::Clock,
        }
    }
}

impl Bands {
    /// Up to a place: what a branch begins with that leaves here.
    pub fn until(&self, place: Place) -> Self {
        let mut cut = self.0.clone();
        cut.retain(|band| band.from.ordinal <= place.ordinal);
        for band in &mut cut {
            band.until = band.until.filter(|until| until.ordinal <= place.ordinal);
        }
        Bands(cut)
    }

    /// A command was carried out.
    pub fn done(&mut self, world: &World, event: &Event<'_>, action: &Action) {
        let now = troubles(world);
        let place = Place { ordinal: event.ordinal, at: event.at };
        let mut rest = Vec::new();
        for band in self.0.iter_mut().filter(|band| band.until.is_none()) {
            if band.troubles.iter().all(|trouble| now.contains(trouble)) {
                continue;
            }
            band.until = Some(place);
            let mut left = band.clone();
            left.troubles.retain(|trouble| now.contains(trouble));
            (left.from, left.until) = (place, None);
            if !left.troubles.is_empty() {
                left.sides = sides(world, &left.troubles);
                rest.push(left);
            }
        }
        self.0.extend(rest);
        self.begin(world, place, event.id, action, now);
        while self.0.len() > MOST {
            self.thin();
        }
    }

    /// What was not wrong before is by this command.
    fn begin(&mut self, world: &World, place: Place, by: EventId, action: &Action, mut now: Vec<Trouble>) {
        let open = self.0.iter().filter(|band| band.until.is_none());
        let known: Vec<Trouble> = open.flat_map(|band| band.troubles.iter().copied()).collect();
        now.retain(|trouble| !known.contains(trouble));
        while let Some(kind) = now.first().map(|trouble| trouble.kind()) {
            let (troubles, others) = now.into_iter().partition(|trouble| trouble.kind() == kind);
            now = others;
            let (sides, phrase) = (sides(world, &troubles), deeds::sentence(action));
            self.0.push(Kept { troubles, kind, from: place, until: None, by, sides, phrase });
        }
    }

    fn thin(&mut self) {
        let over = self.0.iter().enumerate();
        let lengths = over.filter_map(|(index, band)| Some((band.until?.at - band.from.at, index)));
        let shortest = lengths.min().map_or(0, |(_, index)| index);
        self.0.remove(shortest);
    }

    /// Those that lie between two instants, and no further than `head`.
    pub fn between(&self, from: Time, to: Time, head: Time) -> Vec<Band> {
        let to = to.min(head);
        let within = |kept: &&Kept| kept.from.at <= to && kept.until.is_none_or(|until| until.at >= from);
        let band = |kept: &Kept| Band {
            kind: kept.kind,
            from: kept.from.at,
            to: kept.until.map_or(head, |until| until.at),
            lasts: kept.until.is_none(),
            sides: kept.sides.clone(),
            phrase: kept.phrase.clone(),
            by: kept.by,
        };
        self.0.iter().filter(within).map(band).collect()
    }
}

/// All that is wrong now.
fn troubles(world: &World) -> Vec<Trouble> {
    let mut found: Vec<Trouble> = world
        .barriers()
        .map(|barrier| {
            let back = |&(from, to): &(HostId, HostId)| barrier.pairs.contains(&(to, from));
            Trouble::Barrier(barrier.number, !barrier.pairs.iter().any(back))
        })
        .collect();
    for link in links(world) {
        let trouble = |wrong, loss| Trouble::Link(link.from, link.to, wrong, loss);
        found.extend(link.shaped.then(|| trouble(Wrong::Shaped, link.loss_ppm)));
        found.extend(link.clogged.then(|| trouble(Wrong::Clogged, 0)));
        found.extend(link.held.then(|| trouble(Wrong::Held, 0)));
    }
    for host in world.hosts() {
        let disk = (host.disk != DiskState::default()).then_some(Trouble::Disk(host.id, host.disk));
        found.extend(disk);
        let drift = host.clock.drift_ppm;
        found.extend((drift != 0).then_some(Trouble::Clock(host.id, drift)));
    }
    found
}

/// Whom it concerns: of a barrier its sides, else all on one.
fn sides(world: &World, troubles: &[Trouble]) -> Vec<Vec<ProcessId>> {
    let on = |hosts: &[HostId]| -> Vec<ProcessId> {
        let there = world.processes().filter(|process| hosts.contains(&process.host));
        there.map(|process| process.id).collect()
    };
    if let [Trouble::Barrier(number, _)] = troubles
        && let Some(barrier) = world.barriers().find(|barrier| barrier.number == *number)
    {
        return super::frame::barrier_view(&barrier, "".into())
            .groups
            .iter()
            .map(|group| on(group))
            .collect();
    }
    let mut hosts = Vec::new();
    for trouble in troubles {
        match *trouble {
            Trouble::Barrier(number, _) => {
                let barriers = world.barriers().filter(|barrier| barrier.number == number);
                hosts.extend(barriers.flat_map(|barrier| barrier.pairs).flat_map(|(a, b)| [a, b]));
            }
            Trouble::Link(from, to, ..) => hosts.extend([from, to]),
            Trouble::Disk(host, _) | Trouble::Clock(host, _) => hosts.push(host),
        }
    }
    vec![on(&hosts)]
}

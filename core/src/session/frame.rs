//! The stage of one moment, from the world and the groups' own views. Names no system: what a process is, its group says.

use super::chronicle::status;
use super::deeds::percent;
use super::tell::{Groups, group_of};
use crate::kernel::Chance;
use crate::kernel::world::{BarrierRef, FlightRef, HostRef, HostStatus, ProcessRef, World};
use crate::process::few;
use crate::process::{Arg, Digest, EventId, Fold, HostId, MessageId, Phrase};
use crate::view::{Actor, Badge, BarrierView, Flight, Frame, HostView, LinkView, Place, Ring, Status};
use crate::words::session::SessionKey as K;
use litemap::LiteMap;
use std::sync::Arc;

/// Most messages drawn on their way.
const MOST_FLIGHTS: usize = 200;
/// Among more hosts than this, links that differ are not listed one by one: their number grows with the square.
pub const MOST_LINKED: usize = 64;

/// What a frame says that the world does not know.
pub struct Said {
    /// What just happened.
    pub sentence: Phrase,
    /// By which event.
    pub event: Option<EventId>,
}

/// The frame of a moment. `name_of` gives the id by which a barrier is healed.
pub fn frame(
    world: &World,
    groups: &Groups,
    place: Place,
    said: Said,
    name_of: &dyn Fn(u32) -> Arc<str>,
) -> Frame {
    // In declared order within a ring.
    let (inner, outer): (Vec<_>, Vec<_>) =
        world.processes().partition(|process| ring(process) == Ring::Inner);
    let actors = inner.iter().chain(&outer).map(|process| actor(world, groups, process)).collect();
    let (flights, flights_left_out) = flights(world);
    let left = world.host_names().filter(|(id, _)| world.host(*id).is_none());
    Frame {
        place,
        actors,
        hosts: world.hosts().map(|host| host_view(&host)).collect(),
        left: left.map(|(id, name)| (id, name.clone())).collect(),
        links: links(world),
        barriers: world.barriers().map(|barrier| barrier_view(&barrier, name_of(barrier.number))).collect(),
        flights,
        flights_left_out,
        sentence: said.sentence,
        event: said.event,
    }
}

fn actor(world: &World, groups: &Groups, process: &ProcessRef<'_>) -> Actor {
    let mut actor = Actor {
        id: process.id,
        name: process.name.clone(),
        host: process.host,
        group: process.group,
        ring: ring(process),
        status: status(world, process.id, process.incarnation > 0 && host_is_up(world, process.host)),
        role: None,
        epoch: None,
        arc: None,
        tally: None,
        caption: None,
        badges: Vec::new(),
    };
    if let Some(group) = group_of(groups, world, process.id) {
        group.actor(world, &mut actor);
    }
    badges(world, process, &mut actor.badges);
    actor
}

fn ring(process: &ProcessRef<'_>) -> Ring {
    if process.parent.is_some() { Ring::Outer } else { Ring::Inner }
}

fn host_is_up(world: &World, host: HostId) -> bool {
    world.host(host).is_some_and(|host| host.status != HostStatus::Down)
}

/// What troubles a process from outside: its disk, its clock, what waits for it.
fn badges(world: &World, process: &ProcessRef<'_>, badges: &mut Vec<Badge>) {
    let mut push = |phrase, warn| badges.push(Badge { phrase, warn });
    let unsynced = world.unsynced(process.id);
    if unsynced > 0 && process.running {
        push(Phrase::new(K::BadgeUnsynced, [Arg::Number(u64::from(unsynced))]), false);
    }
    let Some(host) = world.host(process.host) else { return };
    for (wrong, key) in [
        (host.disk.stalled, K::BadgeDiskStalled),
        (host.disk.full, K::BadgeDiskFull),
        (host.disk.io_error, K::BadgeDiskErrors),
        (host.disk.lying, K::BadgeDiskLies),
        (host.disk.slow.0 > 0, K::BadgeDiskSlow),
        (host.disk.torn_tail, K::BadgeDiskTears),
    ] {
        if wrong {
            push(Phrase::bare(key), true);
        }
    }
    if host.clock.drift_ppm != 0 {
        let (key, ppm) = match host.clock.drift_ppm {
            fast if fast > 0 => (K::BadgeClockFast, fast),
            slow => (K::BadgeClockSlow, slow),
        };
        push(Phrase::new(key, [percent(Chance::per_million(ppm.unsigned_abs()))]), true);
    }
    if host.backlog > 0 {
        push(Phrase::new(K::BadgeBacklog, [Arg::Number(u64::from(host.backlog))]), false);
    }
}

fn host_view(host: &HostRef<'_>) -> HostView {
    let status = match host.status {
        HostStatus::Up => Status::Up,
        HostStatus::Down => Status::Crashed,
        HostStatus::Paused => Status::Paused,
    };
    HostView { id: host.id, name: host.name.clone(), zone: host.zone.clone(), status }
}

/// Is there nothing that healing would mend: no barrier, no link or disk that is not as declared?
pub fn is_whole(world: &World) -> bool {
    let healthy = crate::kernel::world::DiskState::default();
    world.barriers().next().is_none()
        && world.hosts().all(|host| host.disk == healthy)
        && links(world).is_empty()
}

/// Links that are not as declared, in each direction. Of very many hosts none are listed.
pub fn links(world: &World) -> Vec<LinkView> {
    let hosts: Vec<HostId> = world.hosts().map(|host| host.id).collect();
    if hosts.len() > MOST_LINKED {
        return Vec::new();
    }
    let mut links = Vec::new();
    for &from in &hosts {
        for &to in hosts.iter().filter(|&&to| to != from) {
            let Some(link) = world.link(from, to) else { continue };
            if link.blocked || link.clogged || link.held || link.overridden {
                // Parts of 2^32 to parts of a million, rounded.
                let loss_ppm = (u64::from(link.law.loss.0) * 1_000_000 + (1 << 31)) >> 32;
                links.push(LinkView {
                    from,
                    to,
                    blocked: link.blocked,
                    clogged: link.clogged,
                    held: link.held,
                    loss_ppm: loss_ppm as u32,
                    shaped: link.overridden,
                });
            }
        }
    }
    links
}

/// Hosts that a barrier cuts off from the same others, in the same directions, are one group.
pub fn barrier_view(barrier: &BarrierRef, id: Arc<str>) -> BarrierView {
    let mut cut: LiteMap<HostId, (few::Set<HostId>, few::Set<HostId>)> = LiteMap::new();
    for &(from, to) in &barrier.pairs {
        cut.entry(from).or_default().0.insert(to);
        cut.entry(to).or_default().1.insert(from);
    }
    let one_way = !barrier.pairs.is_empty()
        && barrier
            .pairs
            .iter()
            .all(|&(from, to)| cut.get(&to).is_none_or(|(outward, _)| !outward.contains(&from)));
    let mut groups: Vec<(_, Vec<HostId>)> = Vec::new();
    for (host, sides) in cut {
        // Whether it can reach its own fellows says nothing about being cut off alike: two hosts that are cut off from each
        // other have different sides anyway.
        match groups.iter_mut().find(|(known, _)| *known == sides) {
            Some((_, hosts)) => hosts.push(host),
            None => groups.push((sides, vec![host])),
        }
    }
    let (receivers, senders): (Vec<_>, Vec<_>) =
        groups.into_iter().partition(|((outward, _), _)| one_way && outward.is_empty());
    let groups = senders.into_iter().chain(receivers).map(|(_, hosts)| hosts).collect();
    BarrierView { id, groups, one_way }
}

fn flights(world: &World) -> (Vec<Flight>, u32) {
    let mut all: Vec<FlightRef<'_>> = world.in_flight().collect();
    let count = all.len();
    if count > MOST_FLIGHTS {
        // The same ones as long as they fly: chosen by their identity.
        let lots: Vec<u64> = all.iter().map(|flight| lot(flight.message)).collect();
        let last = few::smallest(&lots, MOST_FLIGHTS);
        all.retain(|flight| lot(flight.message) < last);
    }
    few::sort_by_key(&mut all, |flight| (flight.sent_at, flight.message));
    let left_out = u32::try_from(count - all.len()).unwrap_or(u32::MAX);
    let flight = |flight: FlightRef<'_>| Flight {
        message: flight.message,
        card: flight.payload.card(),
        sent_at: flight.sent_at,
        arrives_at: flight.arrives_at,
        held: flight.held,
        connection: flight.connection,
    };
    (all.into_iter().map(flight).collect(), left_out)
}

/// Which messages are shown where not all can be: the same on every look.
pub fn lot(message: MessageId) -> u64 {
    let mut digest = Digest::new();
    message.fold(&mut digest);
    digest.short()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(pairs: &[(u32, u32)]) -> (Vec<Vec<u32>>, bool) {
        let pairs = pairs.iter().map(|&(from, to)| (HostId(from), HostId(to))).collect();
        let view = barrier_view(&BarrierRef { number: 1, pairs }, "cut1".into());
        let groups = view.groups.iter().map(|group| group.iter().map(|host| host.0).collect()).collect();
        (groups, view.one_way)
    }

    #[test]
    fn a_partition_is_seen_as_its_groups() {
        let mut pairs = Vec::new();
        for minority in [1, 2] {
            for majority in [3, 4, 5] {
                pairs.extend([(minority, majority), (majority, minority)]);
            }
        }
        assert_eq!(view(&pairs), (vec![vec![1, 2], vec![3, 4, 5]], false));
        assert_eq!(view(&[(1, 2), (2, 1), (1, 3), (3, 1), (2, 3), (3, 2)]).0.len(), 3);
    }

    #[test]
    fn a_one_way_cut_names_its_senders_first() {
        assert_eq!(view(&[(4, 1), (4, 2)]), (vec![vec![4], vec![1, 2]], true));
    }
}

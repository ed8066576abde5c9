//! Links that are cut, bent, clogged and held, and mended again.
//!
//! A barrier is a predicate over pairs of hosts, so that a host added later falls under it too; a link caches whether
//! any barrier stands on it. Overrides, clogs and holds are rules kept in order, from which a link that is first used
//! later learns what it missed. The way between processes of one host is not part of the network.

use super::World;
use super::parts::{Body, Flight, Law, Link, Phase};
use super::refusal::{Bound, Refusal};
use crate::kernel::action::LinkScope;
use crate::kernel::event::{Fate, LossReason};
use crate::kernel::law::{Chance, LatencyLaw, LinkSpec};
use crate::kernel::queue::{Item, Kind};
use crate::process::few;
use crate::process::{HostId, Time};
use litemap::LiteMap;
use std::sync::Arc;

/// How many barriers, and how many rules, a world may hold.
const MOST_RULES: u32 = 4_096;

/// Directed pairs of hosts. Lists are sorted; an empty one means all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scope {
    from: Vec<HostId>,
    to: Vec<HostId>,
    both: bool,
}

impl Scope {
    fn new(scope: &LinkScope) -> Self {
        let sorted = |list: &[HostId]| {
            let mut list = list.to_vec();
            few::sort(&mut list);
            list.dedup();
            list
        };
        Scope { from: sorted(&scope.from), to: sorted(&scope.to), both: scope.both }
    }

    fn is_everything(&self) -> bool {
        self.from.is_empty() && self.to.is_empty()
    }

    fn covers(&self, from: HostId, to: HostId) -> bool {
        let has = |list: &[HostId], id| list.is_empty() || list.binary_search(&id).is_ok();
        (has(&self.from, from) && has(&self.to, to))
            || (self.both && has(&self.from, to) && has(&self.to, from))
    }
}

/// What stands between hosts.
#[derive(Debug)]
pub(super) enum Barrier {
    /// These links are cut.
    Links(Scope),
    /// These groups cannot reach each other.
    Groups { group_of: LiteMap<HostId, u32>, others_reach_all: bool },
}

impl Barrier {
    pub(super) fn links(scope: &LinkScope) -> Self {
        Barrier::Links(Scope::new(scope))
    }
    pub(super) fn stops(&self, from: HostId, to: HostId) -> bool {
        match self {
            Barrier::Links(scope) => scope.covers(from, to),
            Barrier::Groups { group_of, others_reach_all } => {
                match (group_of.get(&from), group_of.get(&to)) {
                    (Some(a), Some(b)) => a != b,
                    _ => !others_reach_all,
                }
            }
        }
    }
}

/// What links were told beyond their own laws.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    scope: Scope,
    change: Change,
}

/// What a rule changes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Change {
    Shape(Patch),
    Unshape,
    Clog(bool),
    Hold(bool),
}

impl Change {
    /// Rules of one category with one scope replace each other.
    fn category(&self) -> u8 {
        match self {
            Change::Shape(_) | Change::Unshape => 0,
            Change::Clog(_) => 1,
            Change::Hold(_) => 2,
        }
    }
    /// Does it bring links back to what they are without any rule?
    fn restores(&self) -> bool {
        matches!(self, Change::Unshape | Change::Clog(false) | Change::Hold(false))
    }
}

/// Parts of a link's law, as overridden.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Patch {
    pub loss: Option<Chance>,
    pub duplicate: Option<Chance>,
    pub reorder: Option<Chance>,
    pub latency: Option<LatencyLaw>,
    pub bandwidth: Option<Option<u64>>,
}

impl Patch {
    /// Does it say something of every part that `other` does?
    fn says_all_of(&self, other: &Patch) -> bool {
        self.loss.is_some() >= other.loss.is_some()
            && self.duplicate.is_some() >= other.duplicate.is_some()
            && self.reorder.is_some() >= other.reorder.is_some()
            && self.latency.is_some() >= other.latency.is_some()
            && self.bandwidth.is_some() >= other.bandwidth.is_some()
    }
    /// A law with these parts replaced.
    pub(super) fn over(&self, spec: &LinkSpec) -> LinkSpec {
        LinkSpec {
            latency: self.latency.clone().unwrap_or_else(|| spec.latency.clone()),
            loss: self.loss.unwrap_or(spec.loss),
            duplicate: self.duplicate.unwrap_or(spec.duplicate),
            reorder: self.reorder.unwrap_or(spec.reorder),
            bandwidth: self.bandwidth.unwrap_or(spec.bandwidth),
        }
    }
}

/// Is nothing left of `old` once `new` has been said? Keeps the rules as few as what they amount to.
fn supersedes(new: &Rule, old: &Rule) -> bool {
    let all_links = new.scope.is_everything() || new.scope == old.scope;
    all_links
        && new.change.category() == old.change.category()
        && match (&new.change, &old.change) {
            (Change::Shape(new), Change::Shape(old)) => new.says_all_of(old),
            (Change::Shape(_), _) => false,
            _ => true,
        }
}

impl World {
    /// The link from one host to another, if it was ever used.
    pub(super) fn way(&self, from: u32, to: u32) -> Option<u32> {
        self.ways.get(from as usize)?.get(&to).copied()
    }

    /// The link from one host to another, made if it is used for the first time.
    pub(super) fn link_between(&mut self, from: u32, to: u32) -> u32 {
        if let Some(link) = self.way(from, to) {
            return link;
        }
        let index = self.links.len() as u32;
        self.links.push(self.link_as_it_would_be(from, to));
        let ways = Arc::make_mut(&mut self.ways);
        ways.resize_with(ways.len().max(from as usize + 1), LiteMap::new);
        ways[from as usize].insert(to, index);
        index
    }

    /// A link as its law, the barriers and the rules make it.
    pub(super) fn link_as_it_would_be(&self, from: u32, to: u32) -> Link {
        let mut link = Link {
            law: self.own_law(from, to),
            from,
            to,
            free_at: 0,
            blocked: self.is_blocked(from, to),
            clogged: false,
            held: false,
            overridden: false,
        };
        for rule in &self.rules {
            self.bend(&mut link, rule);
        }
        link
    }

    fn own_law(&self, from: u32, to: u32) -> Arc<Law> {
        if from == to {
            return self.laws.local.clone();
        }
        let zones = (self.hosts[from as usize].zone.clone(), self.hosts[to as usize].zone.clone());
        self.laws.zones.get(&zones).unwrap_or(&self.laws.default).clone()
    }

    fn is_blocked(&self, from: u32, to: u32) -> bool {
        let (from_id, to_id) = (self.hosts[from as usize].id, self.hosts[to as usize].id);
        from != to && self.barriers.values().any(|barrier| barrier.stops(from_id, to_id))
    }

    fn bend(&self, link: &mut Link, rule: &Rule) {
        let (from, to) = (self.hosts[link.from as usize].id, self.hosts[link.to as usize].id);
        if link.from == link.to || !rule.scope.covers(from, to) {
            return;
        }
        match &rule.change {
            Change::Shape(patch) => {
                link.law = Law::new(patch.over(&link.law.spec));
                link.overridden = true;
            }
            Change::Unshape => {
                link.law = self.own_law(link.from, link.to);
                link.overridden = false;
            }
            Change::Clog(clogged) => link.clogged = *clogged,
            Change::Hold(held) => link.held = *held,
        }
    }

    /// May another rule or barrier be added?
    pub(super) fn may_add_rule(&self) -> Result<(), Refusal> {
        if self.rules.len().max(self.barriers.len()) >= MOST_RULES as usize {
            return Err(Refusal::OutOfBounds { what: Bound::Rules, limit: MOST_RULES });
        }
        Ok(())
    }

    /// Puts up a barrier. What was on its way across it is lost; what travels on connections will be sent again.
    pub(super) fn put_barrier(&mut self, number: u32, barrier: Barrier) {
        self.barriers.insert(number, Arc::new(barrier));
        self.mark_blocked();
        let cut: Vec<u32> = self
            .flights
            .iter()
            .filter(|(_, flight)| flight.phase == Phase::Moving && self.links[flight.link as usize].blocked)
            .map(|(index, _)| index)
            .collect();
        for index in cut {
            match self.flights.get(index).map(|flight| flight.body) {
                Some(Body::Datagram) => self.lose(index, LossReason::Blocked),
                _ => self.stall(index),
            }
        }
    }

    /// Takes a barrier away.
    pub(super) fn lift_barrier(&mut self, number: u32) {
        self.barriers.remove(&number);
        self.mark_blocked();
        self.go_on();
    }

    fn mark_blocked(&mut self) {
        for index in 0..self.links.len() {
            let (from, to) = (self.links[index].from, self.links[index].to);
            self.links[index].blocked = self.is_blocked(from, to);
        }
    }

    /// Adds a rule and applies it to every link that is there.
    pub(super) fn add_rule(&mut self, scope: &LinkScope, change: Change) {
        let rule = Rule { scope: Scope::new(scope), change };
        for index in 0..self.links.len() {
            let mut link = self.links[index].clone();
            self.bend(&mut link, &rule);
            self.links[index] = link;
        }
        self.go_on();
        self.rules.retain(|old| !supersedes(&rule, old));
        self.rules.push(Arc::new(rule));
        // A rule that restores what no rule before it has changed says nothing.
        let mut changed = [false; 3];
        self.rules.retain(|rule| {
            let changed = &mut changed[usize::from(rule.change.category())];
            *changed |= !rule.change.restores();
            *changed
        });
    }

    /// What waited behind clogs that are no more leaves, in order, and arrives in order.
    pub(super) fn unclog(&mut self) {
        for (link, waiting) in std::mem::take(&mut self.clogged) {
            if self.links[link as usize].clogged {
                self.clogged.insert(link, waiting);
                continue;
            }
            let mut last = 0;
            let mut streams = Vec::new();
            for index in waiting {
                match self.flights.get_mut(index) {
                    Some(Flight { body: Body::Segment { connection, back, .. }, phase, .. }) => {
                        *phase = Phase::Stalled;
                        streams.push((*connection, usize::from(*back)));
                    }
                    Some(_) => last = self.leave_in_order(index, last),
                    None => {}
                }
            }
            streams.dedup();
            for (connection, side) in streams {
                self.pump(connection, side, self.now);
            }
        }
    }

    /// A datagram leaves, and does not arrive before `last`. Says when it does.
    fn leave_in_order(&mut self, index: u32, last: u64) -> u64 {
        let mut fate = self.depart(index);
        let mut arrives = last;
        if let (Fate::Arrives(_), Some(flight)) = (fate, self.flights.get_mut(index)) {
            arrives = flight.arrives.max(last);
            if flight.arrives < arrives {
                flight.arrives = arrives;
                self.requeue(index);
            }
            fate = Fate::Arrives(Time(arrives));
        }
        self.tell_sent(index, fate);
        arrives
    }

    /// What was held at doors that are open again is let in now, in the order it came.
    pub(super) fn open_doors(&mut self) {
        for index in std::mem::take(&mut self.door) {
            let Some(flight) = self.flights.get_mut(index) else { continue };
            if self.links[flight.link as usize].held {
                self.door.push(index);
            } else {
                self.let_in(index);
            }
        }
    }

    /// A flight arrives now, wherever it was, ahead of what is in the queue.
    pub(super) fn let_in(&mut self, index: u32) {
        let generation = self.flights.renew(index);
        let Some(flight) = self.flights.get_mut(index) else { return };
        flight.phase = Phase::Parked; // past the door
        flight.arrives = self.now;
        self.ready.push_back(Item::new(Kind::Flight, index, generation));
    }

    /// A flight's time of arrival has changed.
    pub(super) fn requeue(&mut self, index: u32) {
        self.flights.renew(index);
        if let Some(flight) = self.flights.get(index) {
            let (at, tie) = (flight.arrives, flight.tie);
            self.queue_flight(index, at, tie);
        }
    }

    /// Everything that faults did to links and disks is undone; hosts and processes stay as they are.
    pub(super) fn heal_all(&mut self) {
        self.barriers.clear();
        self.mark_blocked();
        let everything = LinkScope { from: Vec::new(), to: Vec::new(), both: true };
        for change in [Change::Unshape, Change::Clog(false), Change::Hold(false)] {
            self.add_rule(&everything, change);
        }
        self.unclog();
        self.open_doors();
        self.go_on();
        for host in 0..self.hosts.len() as u32 {
            self.heal_disk(host);
        }
    }
}

//! Whom names and selectors mean at a moment: processes, hosts, links, messages.
//!
//! Selectors that mean one process (`leader`) are refused, in so many words, where there is none or more than one.

use super::act::Faults;
use super::command::{Links, MessageName};
use super::names::SELECTORS;
use super::target::{Select, Target, Who};
use super::{Scenario, System};
use crate::kernel::LinkScope;
use crate::kernel::world::{HostStatus, World};
use crate::process::few;
use crate::process::{Arg, HostId, MessageId, Phrase, ProcessId};
use crate::words::scenario::ScenarioKey as K;
use std::sync::Arc;

/// Whoever looks at a world with a scenario's eyes.
#[derive(Clone, Copy)]
pub(super) struct Eyes<'a> {
    pub scenario: &'a Scenario,
    pub world: &'a World,
    pub faults: &'a Faults,
}

pub(super) fn name(name: &str) -> Arg {
    Arg::Name(name.into())
}

impl<'a> Eyes<'a> {
    fn generic(self, selector: &str, group: Option<u16>) -> Vec<ProcessId> {
        let status = |host| self.world.host(host).map(|host| host.status);
        let all = self.world.processes().filter(|process| group.is_none_or(|group| process.group == group));
        all.filter(|process| match selector {
            "running" => process.running && status(process.host) == Some(HostStatus::Up),
            "crashed" => !process.running,
            "paused" => status(process.host) == Some(HostStatus::Paused),
            _ => true,
        })
        .map(|process| process.id)
        .collect()
    }

    /// Whom a selector means now, and of which system; nobody is an answer here.
    pub fn selected(
        self,
        selector: &str,
        of: Option<&Arc<str>>,
    ) -> Option<(Vec<ProcessId>, Option<&'a System>)> {
        let named = match of {
            Some(of) => Some(self.scenario.system(of)?),
            None => None,
        };
        if SELECTORS.contains(&selector) {
            return Some((self.generic(selector, named.map(|(number, _)| number)), named.map(|(_, s)| s)));
        }
        let (number, system) = named.or_else(|| {
            let mut numbered = (0u16..).zip(&self.scenario.systems);
            numbered.find(|(_, system)| system.group.selectors().contains(&selector))
        })?;
        Some((system.group.select(self.world, number, selector)?, Some(system)))
    }

    pub fn select(self, select: &Select) -> Result<Vec<ProcessId>, Phrase> {
        let Select { select: selector, of } = select;
        let Some((who, system)) = self.selected(selector, of.as_ref()) else {
            return Err(Phrase::new(K::UnknownSelector, [name(selector), Arg::List(Vec::new())]));
        };
        let of = name(system.map_or("all", |system| &*system.name));
        let singular = system.is_some_and(|system| system.group.singular().contains(&&**selector));
        match who.as_slice() {
            [] => Err(Phrase::new(K::NobodySelected, [name(selector), of])),
            [_, _, ..] if singular => {
                let list = Arg::List(who.iter().map(|id| Arg::Process(*id)).collect());
                Err(Phrase::new(K::SeveralSelected, [name(selector), of, list]))
            }
            _ => Ok(who),
        }
    }

    /// The processes a target means: a host's name means those on it.
    pub fn processes(self, target: &Target) -> Result<Vec<ProcessId>, Phrase> {
        let mut all = Vec::new();
        for who in &target.0 {
            match who {
                Who::Select(select) => all.extend(self.select(select)?),
                Who::Name(called) => {
                    match (self.world.process_named(called), self.world.host_named(called)) {
                        (Some(process), _) => all.push(process),
                        (None, Some(host)) => {
                            let on = self.world.processes().filter(|process| process.host == host);
                            all.extend(on.map(|process| process.id));
                        }
                        (None, None) => return Err(Phrase::new(K::NoSuchName, [name(called)])),
                    }
                }
            }
        }
        dedup(&mut all);
        Ok(all)
    }

    /// The hosts a target means: a process' name means the one it runs on.
    pub fn hosts(self, target: &Target) -> Result<Vec<HostId>, Phrase> {
        let host_of = |process: ProcessId| self.world.process(process).map(|process| process.host);
        let mut all = Vec::new();
        for who in &target.0 {
            match who {
                Who::Select(select) => all.extend(self.select(select)?.into_iter().filter_map(host_of)),
                Who::Name(called) => {
                    let by_process = || self.world.process_named(called).and_then(host_of);
                    let host = self.world.host_named(called).or_else(by_process);
                    all.push(host.ok_or_else(|| Phrase::new(K::NoSuchName, [name(called)]))?);
                }
            }
        }
        dedup(&mut all);
        Ok(all)
    }

    pub fn scope(self, links: &Links) -> Result<LinkScope, Phrase> {
        let side =
            |target: &Option<Target>| target.as_ref().map_or(Ok(Vec::new()), |target| self.hosts(target));
        Ok(LinkScope { from: side(&links.from)?, to: side(&links.to)?, both: !links.one_way })
    }

    pub fn message(self, message: &MessageName) -> Result<MessageId, Phrase> {
        let named = |called: &Arc<str>| {
            self.world.process_named(called).ok_or_else(|| Phrase::new(K::NoSuchName, [name(called)]))
        };
        let (from, to) = (named(&message.from)?, named(&message.to)?);
        Ok(MessageId { from, to, number: message.number, copy: message.copy })
    }
}

fn dedup<T: Ord + Copy>(all: &mut Vec<T>) {
    let mut seen = few::Set::default();
    all.retain(|one| seen.insert(*one));
}

//! What processes and hosts of the run are called.

use litemap::LiteMap;
use muster_core::process::{HostId, ProcessId};
use muster_core::view::Frame;
use std::sync::Arc;

/// Names by id.
#[derive(Clone, Default, PartialEq)]
pub struct Names {
    processes: LiteMap<ProcessId, Arc<str>>,
    hosts: LiteMap<HostId, Arc<str>>,
}

impl Names {
    /// Names of processes.
    pub fn of(processes: &[(ProcessId, Arc<str>)]) -> Self {
        let mut names = Names { processes: LiteMap::new(), hosts: LiteMap::new() };
        names.add(processes);
        names
    }

    /// With what is new; `None` if nothing is.
    pub fn learn(&self, processes: &[(ProcessId, Arc<str>)], frame: &Frame) -> Option<Self> {
        let there = frame.hosts.iter().map(|host| (host.id, &host.name));
        let hosts = || there.clone().chain(frame.left.iter().map(|(id, name)| (*id, name)));
        let known = processes.iter().all(|(id, name)| self.processes.get(id) == Some(name))
            && hosts().all(|(id, name)| self.hosts.get(&id) == Some(name));
        if known {
            return None;
        }
        let mut names = self.clone();
        names.add(processes);
        for (id, name) in hosts() {
            names.hosts.insert(id, Arc::clone(name));
        }
        Some(names)
    }

    fn add(&mut self, processes: &[(ProcessId, Arc<str>)]) {
        for (id, name) in processes {
            self.processes.insert(*id, Arc::clone(name));
        }
    }

    /// The process of a name.
    pub fn process(&self, name: &str) -> Option<ProcessId> {
        self.processes.iter().find(|(_, known)| ***known == *name).map(|(id, _)| *id)
    }

    /// A process' name, or its number.
    pub fn of_process(&self, id: ProcessId) -> String {
        self.processes.get(&id).map_or_else(|| format!("{id:?}"), |name| name.to_string())
    }

    /// A host's name, or its number.
    pub fn of_host(&self, id: HostId) -> String {
        self.hosts.get(&id).map_or_else(|| format!("{id:?}"), |name| name.to_string())
    }
}

impl muster_words::Names for Names {
    fn process(&self, id: ProcessId) -> Option<&str> {
        self.processes.get(&id).map(|name| &**name)
    }
    fn host(&self, id: HostId) -> Option<&str> {
        self.hosts.get(&id).map(|name| &**name)
    }
}

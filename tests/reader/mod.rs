//! Somebody who reads a session over real systems: it knows the names that the session has told.

use muster_core::process::{HostId, ProcessId};
use muster_core::scenario::library::LIBRARY;
use muster_core::session::Session;
use muster_core::session::api::{Loaded, Reply, Request, Shown};
use muster_core::systems;
use muster_words::Names;
use std::collections::BTreeMap;

/// A session and the names it has told.
pub struct Reader {
    /// The session.
    pub session: Session,
    /// Processes.
    pub names: BTreeMap<ProcessId, String>,
    hosts: BTreeMap<HostId, String>,
}

impl Names for Reader {
    fn process(&self, id: ProcessId) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }
    fn host(&self, id: HostId) -> Option<&str> {
        self.hosts.get(&id).map(String::as_str)
    }
}

impl Reader {
    /// A scenario of the library, at its beginning.
    pub fn opens(name: &str) -> (Self, Loaded) {
        Reader::loads(Request::LoadLibrary { name: name.into(), seed: None })
    }

    /// What is loaded, at its beginning.
    pub fn loads(what: Request) -> (Self, Loaded) {
        let session = Session::new(systems::all(), LIBRARY);
        let mut reader = Reader { session, names: BTreeMap::new(), hosts: BTreeMap::new() };
        let loaded = match reader.session.handle(what) {
            Reply::Loaded(loaded) => *loaded,
            other => panic!("{other:?}"),
        };
        reader.hears(&loaded);
        (reader, loaded)
    }

    /// Names of a run.
    fn hears(&mut self, loaded: &Loaded) {
        let names = loaded.scenario.names.iter().map(|(id, name)| (*id, name.to_string()));
        self.names.extend(names);
        self.sees(&loaded.shown);
    }

    /// Names of hosts, there or gone.
    fn sees(&mut self, shown: &Shown) {
        let frame = &shown.frame;
        self.hosts.extend(frame.hosts.iter().map(|host| (host.id, host.name.to_string())));
        self.hosts.extend(frame.left.iter().map(|(id, name)| (*id, name.to_string())));
    }

    /// What is shown after a request.
    pub fn ask(&mut self, request: Request) -> Shown {
        match self.session.handle(request) {
            Reply::Shown(shown) => {
                self.names.extend(shown.names.iter().map(|(id, name)| (*id, name.to_string())));
                self.sees(&shown);
                *shown
            }
            other => panic!("{other:?}"),
        }
    }
}

//! The session over real systems: what a newcomer reads when a leader crashes, why a leader leads, and that a shared run is
//! the same run.

use muster_core::process::{HostId, ProcessId, Time};
use muster_core::scenario::library::LIBRARY;
use muster_core::session::Session;
use muster_core::session::api::{Loaded, Reply, Request, SeekTo, Shown};
use muster_core::systems;
use muster_core::view::{Inspector, Look, MarkKind, Ring};
use muster_words::{Lang, Names};
use std::collections::BTreeMap;

/// A session and the names it has told.
struct Reader {
    session: Session,
    names: BTreeMap<ProcessId, String>,
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
    fn opens(name: &str) -> (Self, Loaded) {
        let session = Session::new(systems::all(), LIBRARY);
        let mut reader = Reader { session, names: BTreeMap::new(), hosts: BTreeMap::new() };
        let loaded = match reader.session.handle(Request::LoadLibrary { name: name.into(), seed: None }) {
            Reply::Loaded(loaded) => *loaded,
            other => panic!("{other:?}"),
        };
        reader.hears(&loaded);
        (reader, loaded)
    }

    fn hears(&mut self, loaded: &Loaded) {
        let names = loaded.scenario.names.iter().map(|(id, name)| (*id, name.to_string()));
        self.names.extend(names);
        self.hosts.extend(loaded.shown.frame.hosts.iter().map(|host| (host.id, host.name.to_string())));
    }

    fn ask(&mut self, request: Request) -> Shown {
        match self.session.handle(request) {
            Reply::Shown(shown) => {
                self.names.extend(shown.names.iter().map(|(id, name)| (*id, name.to_string())));
                *shown
            }
            other => panic!("{other:?}"),
        }
    }

    fn play(&mut self, ms: u64) -> Shown {
        self.ask(Request::PlayTo { at: Time::millis(ms), budget: 1_000_000 })
    }

    fn sentences(&mut self, until: u64, count: u32, lang: Lang) -> Vec<String> {
        match self.session.handle(Request::Events { until, count }) {
            Reply::Events(lines) => {
                lines.iter().map(|line| muster_words::text(&line.sentence, self, lang)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    fn inspect(&mut self, id: ProcessId) -> Inspector {
        match self.session.handle(Request::Inspect(id)) {
            Reply::Inspector(inspector) => *inspector,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn scratch() {
    let (mut reader, _) = Reader::opens("leader-crash");
    let shown = reader.play(3_000);
    for line in reader.sentences(shown.frame.place.ordinal, 1000, Lang::En) {
        println!("{line}");
    }
    for line in reader.sentences(shown.frame.place.ordinal, 60, Lang::Zh) {
        println!("{line}");
    }
    println!("{:#?}", shown.frame.actors.first());
    for mark in &shown.marks {
        println!("{:?} {}", mark.place, muster_words::text(&mark.phrase, &reader, Lang::En));
    }
    let leader =
        shown.frame.actors.iter().find(|a| a.role.is_some_and(|r| r.look == Look::Leader)).unwrap().id;
    let i = reader.inspect(leader);
    println!("{i:#?}");
}

//! No stale linearizable read: a read returns a value at least as new as any that some client had in hand, by a write or a
//! read that was answered, when it was asked (§6.4).
//!
//! It remembers for each key the newest revision answered, and for each request under way what that was when it was first
//! asked (4,096 of each at most, the oldest are forgotten first).

use super::scene::{Said, Talk};
use super::{Broken, Changes, Observes, Scene};
use crate::check::Invariant;
use crate::consensus::kv::{Op, Outcome, Reply};
use crate::process::{Arg, ProcessId};
use crate::words::check::CheckKey;
use litemap::LiteMap;
use std::sync::Arc;

const KEYS: usize = 4096;
const REQUESTS: usize = 4096;

#[derive(Clone, Default)]
pub(in crate::check) struct NoStaleRead {
    floors: LiteMap<Arc<str>, Floor>,
    asked: LiteMap<(ProcessId, u64, u64), Asked>,
    count: u64,
}

/// What is known of a key from answers.
#[derive(Clone, Copy, Debug, Default)]
struct Floor {
    /// A write of it, or its deletion, of this revision was answered or read.
    written: u64,
    /// It was read as absent as of this revision.
    absent: u64,
}

#[derive(Clone)]
struct Asked {
    key: Arc<str>,
    read: bool,
    floor: Floor,
    order: u64,
}

impl Observes for NoStaleRead {
    fn invariant(&self) -> Invariant {
        Invariant { name: "noStaleRead", title: CheckKey::NoStaleRead.into() }
    }

    fn wants(&self) -> Changes {
        Changes::ASKED.and(Changes::ANSWERED)
    }

    fn saw(&mut self, scene: &Scene<'_>) -> Option<Broken> {
        let talk = scene.talk.as_ref()?;
        match talk.said {
            Said::Asks { op, first_unacked } => {
                self.ask(talk, op, first_unacked);
                None
            }
            Said::Hears(reply) => self.hear(talk, reply, scene.actor().id),
        }
    }

    fn copy(&self) -> Box<dyn Observes> {
        Box::new(self.clone())
    }

    fn weight(&self) -> usize {
        self.floors.len() * size_of::<(Arc<str>, Floor)>()
            + self.asked.len() * size_of::<((ProcessId, u64, u64), Asked)>()
    }
}

impl NoStaleRead {
    /// A client asks, perhaps again.
    pub(in crate::check) fn ask(&mut self, talk: &Talk<'_>, op: &Op, first_unacked: u64) {
        let name = (talk.client, talk.session, talk.seq);
        if self.asked.contains_key(&name) {
            return; // asked again: what counts is when it was asked first
        }
        // What the client has given up, or had an answer to, will not be answered to it any more.
        let (client, session, _) = name;
        let first = self.asked.find_index(&(client, session, 0)).unwrap_or_else(|next| next);
        while let Some((&old, _)) = self.asked.get_indexed(first)
            && old < (client, session, first_unacked)
        {
            self.asked.remove(&old);
        }
        self.count += 1;
        let floor = self.floors.get(op.key()).copied().unwrap_or_default();
        let asked = Asked { key: op.key().clone(), read: op.is_read(), floor, order: self.count };
        self.asked.insert(name, asked);
        if self.asked.len() > REQUESTS
            && let Some(oldest) =
                self.asked.iter().min_by_key(|(_, asked)| asked.order).map(|(name, _)| *name)
        {
            self.asked.remove(&oldest);
        }
    }

    /// A client hears from a member.
    pub(in crate::check) fn hear(
        &mut self,
        talk: &Talk<'_>,
        reply: &Reply,
        member: ProcessId,
    ) -> Option<Broken> {
        if !reply.is_final() {
            return None;
        }
        let asked = self.asked.remove(&(talk.client, talk.session, talk.seq))?;
        let Reply::Done { revision, outcome } = reply else { return None };
        let known = self.floors.get(&asked.key).copied().unwrap_or_default();
        let (next, saw) = match outcome {
            Outcome::Written | Outcome::Deleted(true) => {
                (Floor { written: known.written.max(*revision), ..known }, None)
            }
            Outcome::Value(Some(found)) => {
                let next = Floor { written: known.written.max(found.revision), ..known };
                // An absence seen as of a revision means that what was written before it was deleted.
                let stale = found.revision < asked.floor.written || found.revision <= asked.floor.absent;
                (next, stale.then_some(found.revision))
            }
            Outcome::Value(None) => {
                let next = Floor { absent: known.absent.max(*revision), ..known };
                (next, (*revision < asked.floor.written).then_some(*revision))
            }
            _ => (known, None),
        };
        self.raise(&asked.key, next);
        let saw = saw.filter(|_| asked.read)?;
        let floor = asked.floor.written.max(asked.floor.absent);
        let args = [Arg::Process(talk.client), Arg::Text(asked.key), Arg::Number(saw), Arg::Number(floor)];
        Some(Broken::new(CheckKey::StaleRead, args, [talk.client, member]))
    }

    fn raise(&mut self, key: &Arc<str>, floor: Floor) {
        if floor.written == 0 && floor.absent == 0 {
            return;
        }
        self.floors.insert(key.clone(), floor);
        if self.floors.len() > KEYS {
            let lowest = self.floors.iter().min_by_key(|(_, floor)| floor.written.max(floor.absent));
            if let Some(lowest) = lowest.map(|(key, _)| key.clone()) {
                self.floors.remove(&lowest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::hand_made::Group;
    use super::*;
    use crate::consensus::kv::Versioned;

    fn get() -> Op {
        Op::Get { key: "x".into() }
    }
    fn put() -> Op {
        Op::Put { key: "x".into(), value: "v".into() }
    }
    fn written(revision: u64) -> Reply {
        Reply::Done { revision, outcome: Outcome::Written }
    }
    fn read(revision: u64, as_of: u64) -> Reply {
        let value = Some(Versioned { value: "v".into(), revision });
        Reply::Done { revision: as_of, outcome: Outcome::Value(value) }
    }
    fn absent(as_of: u64) -> Reply {
        Reply::Done { revision: as_of, outcome: Outcome::Value(None) }
    }

    #[test]
    fn a_read_asked_after_an_answered_write_must_see_it() {
        let mut group = Group::of(1);
        let mut check = NoStaleRead::default();
        group.ask(1, put(), &mut check);
        group.hear(1, written(7), &mut check);
        group.ask(2, get(), &mut check);
        let broken = group.hear(2, read(3, 3), &mut check).expect("revision 7 was answered");
        assert_eq!(broken.phrase.args[2..], [Arg::Number(3), Arg::Number(7)]);
    }

    #[test]
    fn a_read_asked_before_the_write_was_answered_may_miss_it() {
        let mut group = Group::of(1);
        let mut check = NoStaleRead::default();
        group.ask(1, put(), &mut check);
        group.ask(2, get(), &mut check);
        group.hear(1, written(7), &mut check);
        group.ask(2, get(), &mut check); // sent again: it was asked before
        assert_eq!(group.hear(2, read(3, 3), &mut check), None);
    }

    #[test]
    fn a_read_must_see_what_an_earlier_read_saw() {
        let mut group = Group::of(1);
        let mut check = NoStaleRead::default();
        group.ask(1, get(), &mut check);
        group.hear(1, read(7, 9), &mut check);
        group.ask(2, get(), &mut check);
        assert_eq!(group.hear(2, read(7, 7), &mut check), None, "the key was last written at 7");
        group.ask(3, get(), &mut check);
        assert!(group.hear(3, read(6, 6), &mut check).is_some());
    }

    #[test]
    fn a_key_seen_absent_must_not_come_back_as_it_was() {
        let mut group = Group::of(1);
        let mut check = NoStaleRead::default();
        group.ask(1, get(), &mut check);
        group.hear(1, absent(9), &mut check);
        group.ask(2, get(), &mut check);
        assert_eq!(group.hear(2, read(10, 10), &mut check), None, "written since");
        group.ask(3, get(), &mut check);
        assert_eq!(group.hear(3, absent(12), &mut check), None, "deleted since");
        group.ask(4, get(), &mut check);
        assert!(group.hear(4, read(10, 14), &mut check).is_some(), "it was deleted by 12");
    }

    #[test]
    fn a_key_read_absent_as_of_before_its_write_breaks_it() {
        let mut group = Group::of(1);
        let mut check = NoStaleRead::default();
        group.ask(1, put(), &mut check);
        group.hear(1, written(7), &mut check);
        group.ask(2, get(), &mut check);
        assert!(group.hear(2, absent(5), &mut check).is_some());
    }

    #[test]
    fn memory_is_bounded() {
        let mut group = Group::of(1);
        let mut check = NoStaleRead::default();
        for n in 1..10_000 {
            group.ask(n, Op::Put { key: format!("k{n}").into(), value: "v".into() }, &mut check);
            if n % 2 == 0 {
                group.hear(n, written(n), &mut check);
            }
        }
        assert!(check.asked.len() <= REQUESTS);
        assert!(check.floors.len() <= KEYS);
    }
}

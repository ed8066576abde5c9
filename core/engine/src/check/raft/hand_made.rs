//! Groups made by hand, good and bad, for the tests of the invariants: no world, no protocol, just logs, stores and disks
//! put as a test wants them, each step shown to one invariant.

use super::scene::{Said, Talk};
use super::{Broken, Changes, Glance, Member, Observes, Scene, Sight};
use crate::consensus::kv::{Command, Op, Outcome, Reply, Store};
use crate::consensus::raft::{Entry, Kind, Log};
use crate::process::ProcessId;

/// The client that does all the talking.
const CLIENT: ProcessId = ProcessId(99);

pub(super) struct Group {
    members: Vec<Member>,
    sights: Vec<Seen>,
    once: bool,
}

#[derive(Clone, Default)]
struct Seen {
    log: Log,
    store: Store,
    snapshot: Option<Store>,
    durable_term: Option<u64>,
}

impl Sight for Vec<Seen> {
    fn log(&self, member: usize) -> Option<&Log> {
        Some(&self[member].log)
    }
    fn store(&self, member: usize) -> Option<&Store> {
        Some(&self[member].store)
    }
    fn snapshot(&self, member: usize) -> Option<&Store> {
        self[member].snapshot.as_ref()
    }
    fn durable_term(&self, member: usize) -> Option<u64> {
        self[member].durable_term
    }
}

/// An entry that writes `key`, of session 1.
pub(super) fn put(term: u64, seq: u64, key: &str, value: &str) -> Entry {
    put_of(1, term, seq, key, value)
}

/// An entry that writes `key`, of any session.
pub(super) fn put_of(session: u64, term: u64, seq: u64, key: &str, value: &str) -> Entry {
    command(session, term, seq, Op::Put { key: key.into(), value: value.into() })
}

/// An entry that appends to `key`, of session 1.
pub(super) fn append(term: u64, seq: u64, key: &str, value: &str) -> Entry {
    command(1, term, seq, Op::Append { key: key.into(), value: value.into() })
}

fn command(session: u64, term: u64, seq: u64, op: Op) -> Entry {
    let command = Command { client: CLIENT, session, seq, first_unacked: 0, op };
    Entry::new(term, Kind::Command(command))
}

impl Group {
    /// So many members, running, empty.
    pub(super) fn of(members: u32) -> Self {
        let is = Glance { incarnation: 1, up: true, ..Glance::default() };
        let member = |n| Member { id: ProcessId(n), was: is, is };
        Group {
            members: (1..=members).map(member).collect(),
            sights: vec![Seen::default(); members as usize],
            once: true,
        }
    }

    pub(super) fn id(&self, who: usize) -> ProcessId {
        self.members[who].id
    }

    /// Writes take effect whenever they are applied, repeated or not.
    pub(super) fn without_sessions(&mut self) {
        self.once = false;
    }

    pub(super) fn lead(&mut self, who: usize, term: u64, check: &mut dyn Observes) -> Option<Broken> {
        self.change(who, Changes::LEADS, |is| (is.leads, is.term) = (true, term), check)
    }

    pub(super) fn follow(&mut self, who: usize, term: u64, check: &mut dyn Observes) -> Option<Broken> {
        self.change(who, Changes::LEADS, |is| (is.leads, is.term) = (false, term), check)
    }

    pub(super) fn commit(&mut self, who: usize, index: u64, check: &mut dyn Observes) -> Option<Broken> {
        self.change(who, Changes::COMMIT, |is| is.commit = index, check)
    }

    /// Empty entries of these terms.
    pub(super) fn set_log(&mut self, who: usize, terms: &[u64], check: &mut dyn Observes) -> Option<Broken> {
        let entries: Vec<_> = terms.iter().map(|&term| Entry::new(term, Kind::NoOp)).collect();
        self.set_entries(who, &entries, check)
    }

    pub(super) fn set_entries(
        &mut self,
        who: usize,
        entries: &[Entry],
        check: &mut dyn Observes,
    ) -> Option<Broken> {
        let mut log = Log::default();
        for entry in entries {
            log.push(entry.clone());
        }
        self.sights[who].log = log;
        self.log_changed(who, check)
    }

    /// Comes to lead, and has another log, in one event.
    pub(super) fn lead_with_log(
        &mut self,
        who: usize,
        term: u64,
        terms: &[u64],
        check: &mut dyn Observes,
    ) -> Option<Broken> {
        self.members[who].is = Glance { leads: true, term, ..self.members[who].is };
        self.set_log(who, terms, check)
    }

    pub(super) fn compact(&mut self, who: usize, upto: u64, check: &mut dyn Observes) -> Option<Broken> {
        self.sights[who].log.compact_to(upto);
        self.log_changed(who, check)
    }

    fn log_changed(&mut self, who: usize, check: &mut dyn Observes) -> Option<Broken> {
        let log = &self.sights[who].log;
        let (last, last_term, base) = (log.last(), log.last_term(), log.base());
        let set = |is: &mut Glance| (is.last, is.last_term, is.base) = (last, last_term, base);
        self.change(who, Changes::LOG, set, check)
    }

    /// Applies its log up to an index.
    pub(super) fn apply(&mut self, who: usize, upto: u64, check: &mut dyn Observes) -> Option<Broken> {
        let Seen { log, store, .. } = &mut self.sights[who];
        for index in self.members[who].is.applied + 1..=upto {
            if let Some(Kind::Command(command)) = log.entry(index).map(|entry| &entry.kind) {
                store.apply(index, command, self.once);
            }
        }
        self.change(who, Changes::APPLIED, |is| is.applied = upto, check)
    }

    /// Receives a snapshot up to an index in place of what it had, and keeps the entries after it.
    pub(super) fn install(&mut self, who: usize, index: u64, check: &mut dyn Observes) -> Option<Broken> {
        let seen = &mut self.sights[who];
        seen.log.compact_to(index);
        seen.snapshot = None;
        let set =
            |is: &mut Glance| (is.base, is.applied, is.commit, is.snapshot) = (index, index, index, index);
        let changes = Changes::LOG.and(Changes::APPLIED).and(Changes::SNAPSHOT);
        self.change(who, changes, set, check)
    }

    pub(super) fn take_snapshot(&mut self, who: usize, check: &mut dyn Observes) -> Option<Broken> {
        self.sights[who].snapshot = Some(self.sights[who].store.clone());
        self.change(who, Changes::SNAPSHOT, |is| is.snapshot = is.applied, check)
    }

    /// Something gets into its store that no entry wrote.
    pub(super) fn spoil_store(&mut self, who: usize) {
        self.write(who, "spoilt", "spoilt", 0);
    }

    pub(super) fn write(&mut self, who: usize, key: &str, value: &str, revision: u64) {
        let op = Op::Put { key: key.into(), value: value.into() };
        let command = Command { client: CLIENT, session: 0, seq: 0, first_unacked: 0, op };
        self.sights[who].store.apply(revision, &command, true);
    }

    /// Opens the session that all commands are of.
    pub(super) fn register(&mut self, who: usize, session: u64) {
        self.sights[who].store.register(session, 10);
    }

    pub(super) fn sync(&mut self, who: usize, term: u64, check: &mut dyn Observes) -> Option<Broken> {
        self.sights[who].durable_term = Some(term);
        self.change(who, Changes::DISK, |_| {}, check)
    }

    pub(super) fn wipe(&mut self, who: usize, check: &mut dyn Observes) -> Option<Broken> {
        self.sights[who].durable_term = None;
        self.change(who, Changes::DISK, |_| {}, check)
    }

    /// Crashes; its disk had everything.
    pub(super) fn crash(&mut self, who: usize, check: &mut dyn Observes) -> Option<Broken> {
        self.change(who, Changes::DOWN, |is| is.up = false, check)
    }

    pub(super) fn boot(&mut self, who: usize, check: &mut dyn Observes) -> Option<Broken> {
        let set = |is: &mut Glance| {
            let fresh = Glance { incarnation: is.incarnation + 1, up: true, leads: false, commit: 0, ..*is };
            *is = Glance { applied: 0, ..fresh };
        };
        self.sights[who].store = Store::default();
        self.change(who, Changes::BOOTED, set, check)
    }

    /// The client asks the first member.
    pub(super) fn ask(&mut self, seq: u64, op: Op, check: &mut dyn Observes) {
        let said = Said::Asks { op: &op, first_unacked: 0 };
        assert_eq!(self.talk(0, seq, said, Changes::ASKED, check), None);
    }

    /// The client hears from the first member.
    pub(super) fn hear(&mut self, seq: u64, reply: Reply, check: &mut dyn Observes) -> Option<Broken> {
        self.talk(0, seq, Said::Hears(&reply), Changes::ANSWERED, check)
    }

    /// The client hears that its write of this number stands at this index.
    pub(super) fn hear_written(
        &mut self,
        who: usize,
        seq: u64,
        index: u64,
        check: &mut dyn Observes,
    ) -> Option<Broken> {
        let reply = Reply::Done { revision: index, outcome: Outcome::Written };
        self.talk(who, seq, Said::Hears(&reply), Changes::ANSWERED, check)
    }

    fn talk(
        &mut self,
        who: usize,
        seq: u64,
        said: Said<'_>,
        changes: Changes,
        check: &mut dyn Observes,
    ) -> Option<Broken> {
        let talk = Some(Talk { client: CLIENT, session: 1, seq, said });
        self.show(who, changes, talk, check)
    }

    fn change(
        &mut self,
        who: usize,
        changes: Changes,
        change: impl FnOnce(&mut Glance),
        check: &mut dyn Observes,
    ) -> Option<Broken> {
        let member = &mut self.members[who];
        member.was = member.is;
        change(&mut member.is);
        self.show(who, changes, None, check)
    }

    fn show(
        &self,
        who: usize,
        changes: Changes,
        talk: Option<Talk<'_>>,
        check: &mut dyn Observes,
    ) -> Option<Broken> {
        if !changes.any(check.wants()) {
            return None;
        }
        check.saw(&Scene { changes, members: &self.members, who, touched: 1, talk, sight: &self.sights })
    }
}

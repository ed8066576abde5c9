//! The store itself: a map, and the sessions that keep a repeated write from being applied twice. A pure function of
//! the writes applied to it, so that replicas that apply the same log are the same.

use super::map::Map;
use super::{Command, MAX_UNACKED, MAX_VALUE, Op, Outcome, Reply};
use crate::process::{Digest, Fold};
use litemap::LiteMap;
use std::sync::Arc;

/// A value and the log index that wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versioned {
    /// What the key holds.
    pub value: Arc<str>,
    /// The index of the log entry that last wrote it.
    pub revision: u64,
}

impl Fold for Versioned {
    fn fold(&self, digest: &mut Digest) {
        self.value.fold(digest);
        digest.word(self.revision);
    }
}

/// What the store remembers of one client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// The log index of its last command: the least recently used session is the first to expire.
    pub last_used: u64,
    /// The client needs no answer below this number any more.
    pub first_unacked: u64,
    /// Answers it may still ask for again, in order of number.
    pub answers: Vec<Given>,
}

/// An answer that was given. Every member keeps them for every session, so they are small: nearly all say that a write took
/// place, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The command's number.
    pub seq: u64,
    /// The index of the log entry that took effect.
    pub revision: u64,
    /// `None`: a write took place.
    other: Option<Box<Outcome>>,
}

impl Given {
    fn new(seq: u64, revision: u64, outcome: &Outcome) -> Given {
        let other = (*outcome != Outcome::Written).then(|| Box::new(outcome.clone()));
        Given { seq, revision, other }
    }
    /// What it came to.
    pub fn outcome(&self) -> &Outcome {
        self.other.as_deref().unwrap_or(&Outcome::Written)
    }
}

/// A list with room for more than so many times what it holds gives the room back.
const ROOMY: usize = 4;

impl Fold for Session {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.last_used);
        digest.word(self.first_unacked);
        digest.word(self.answers.len() as u64);
        for given in &self.answers {
            digest.word(given.seq);
            digest.word(given.revision);
            given.outcome().fold(digest);
        }
    }
}

/// One piece of a store, for snapshots sent in chunks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A key and its value.
    Pair(Arc<str>, Versioned),
    /// A session.
    Session(u64, Arc<Session>),
}

impl Item {
    /// Bytes on the wire.
    pub fn size(&self) -> u32 {
        match self {
            Item::Pair(key, value) => (16 + key.len() + value.value.len()) as u32,
            Item::Session(_, session) => 24 + 24 * session.answers.len() as u32,
        }
    }
}

impl Fold for Item {
    fn fold(&self, digest: &mut Digest) {
        match self {
            Item::Pair(key, value) => {
                digest.word(1);
                key.fold(digest);
                value.fold(digest);
            }
            Item::Session(id, session) => {
                digest.word(2);
                digest.word(*id);
                session.fold(digest);
            }
        }
    }
}

/// What became of a command handed to [`Store::apply`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It took effect now.
    Fresh(Reply),
    /// It had taken effect before; this is the answer of then.
    Repeated(Reply),
    /// It was refused: its session is unknown, or its answer was given and acknowledged long ago.
    Refused(Reply),
}

impl Applied {
    /// What to tell the client.
    pub fn reply(&self) -> &Reply {
        match self {
            Applied::Fresh(reply) | Applied::Repeated(reply) | Applied::Refused(reply) => reply,
        }
    }
}

/// The replicated state. Cloning shares the pages of the map and the sessions; only the lists of them are copied, which are short.
#[derive(Clone, Debug, Default)]
pub struct Store {
    map: Map,
    sessions: LiteMap<u64, Arc<Session>>,
}

impl Store {
    /// What a key holds.
    pub fn get(&self, key: &str) -> Option<&Versioned> {
        self.map.get(key)
    }
    /// Keys and values in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&Arc<str>, &Versioned)> {
        self.map.iter()
    }
    /// How many keys it holds.
    pub fn len(&self) -> usize {
        self.map.len()
    }
    /// Does it hold no key?
    pub fn is_empty(&self) -> bool {
        self.map.len() == 0
    }
    /// Its sessions in order.
    pub fn sessions(&self) -> impl Iterator<Item = (u64, &Session)> {
        self.sessions.iter().map(|(id, session)| (*id, &**session))
    }
    /// Its sessions in order, shared.
    pub fn sessions_shared(&self) -> impl Iterator<Item = (u64, Arc<Session>)> {
        self.sessions.iter().map(|(id, session)| (*id, session.clone()))
    }
    /// One session.
    pub fn session(&self, id: u64) -> Option<&Session> {
        self.sessions.get(&id).map(|session| &**session)
    }
    /// How many sessions it holds.
    pub fn session_count(&self) -> usize {
        self.sessions.len()
    }

    /// Opens a session named by the log index that opened it; beyond `most` the least recently used one expires. All
    /// by log position, so that replicas agree without clocks (§6.3).
    pub fn register(&mut self, index: u64, most: usize) -> Option<u64> {
        self.sessions
            .insert(index, Arc::new(Session { last_used: index, first_unacked: 1, answers: Vec::new() }));
        if self.sessions.len() <= most.max(1) {
            return None;
        }
        let oldest = self.sessions.iter().map(|(id, session)| (session.last_used, *id)).min()?.1;
        self.sessions.remove(&oldest);
        Some(oldest)
    }

    /// Applies a write that stands at `index` of the log. `once`: a number already applied in its session is only
    /// answered again; without it (a rule switched off) every copy takes effect.
    pub fn apply(&mut self, index: u64, command: &Command, once: bool) -> Applied {
        if command.session == 0 || !once {
            let outcome = self.run(index, &command.op);
            return Applied::Fresh(Reply::Done { revision: index, outcome });
        }
        let Some(session) = self.sessions.get(&command.session) else {
            return Applied::Refused(Reply::SessionExpired);
        };
        if let Ok(at) = session.answers.binary_search_by_key(&command.seq, |given| given.seq) {
            let given = &session.answers[at];
            let (revision, outcome) = (given.revision, given.outcome().clone());
            return Applied::Repeated(Reply::Done { revision, outcome });
        }
        let floor = session.first_unacked;
        if command.seq < floor || command.seq >= floor.max(command.first_unacked) + MAX_UNACKED {
            return Applied::Refused(Reply::Superseded);
        }
        let outcome = self.run(index, &command.op);
        self.remember(index, command, &outcome);
        Applied::Fresh(Reply::Done { revision: index, outcome })
    }

    /// Applies a write that was decided elsewhere, whatever its session says: it may be applied again on top of later ones, as
    /// long as all later ones are applied again too. A session that is not known is opened; beyond `most` the least recently
    /// used one expires.
    pub fn replay(&mut self, index: u64, command: &Command, most: usize) {
        let outcome = self.run(index, &command.op);
        if command.session == 0 {
            return;
        }
        if self.sessions.get(&command.session).is_none() {
            self.sessions
                .insert(command.session, Arc::new(Session { last_used: index, ..Session::default() }));
            if self.sessions.len() > most.max(1) {
                let others = self.sessions.iter().filter(|(id, _)| **id != command.session);
                let oldest = others.map(|(id, session)| (session.last_used, *id)).min();
                if let Some((_, oldest)) = oldest {
                    self.sessions.remove(&oldest);
                }
            }
        }
        self.remember(index, command, &outcome);
    }

    fn remember(&mut self, index: u64, command: &Command, outcome: &Outcome) {
        let Some(session) = self.sessions.get_mut(&command.session) else { return };
        let floor = session.first_unacked.max(command.first_unacked);
        if Arc::get_mut(session).is_none() {
            // A snapshot shares it: what is forgotten at once need not be copied first.
            let kept = session.answers.iter().filter(|given| given.seq >= floor).cloned();
            *session = Arc::new(Session { answers: kept.collect(), ..**session });
        }
        let session = Arc::make_mut(session);
        (session.last_used, session.first_unacked) = (index, floor);
        session.answers.retain(|given| given.seq >= floor);
        let given = Given::new(command.seq, index, outcome);
        match session.answers.binary_search_by_key(&command.seq, |given| given.seq) {
            Ok(at) => session.answers[at] = given,
            Err(at) => session.answers.insert(at, given),
        }
        if session.answers.capacity() > ROOMY * session.answers.len() {
            session.answers.shrink_to_fit();
        }
    }

    fn run(&mut self, index: u64, op: &Op) -> Outcome {
        match op {
            Op::Get { key } => Outcome::Value(self.get(key).cloned()),
            Op::Put { key, value } => self.write(index, key, value.clone()),
            Op::Cas { key, expect, value } => {
                let found = self.get(key).map(|v| &v.value);
                if found == expect.as_ref() {
                    self.write(index, key, value.clone())
                } else {
                    Outcome::Differs(found.cloned())
                }
            }
            Op::Append { key, value } => {
                let old = self.get(key).map_or("", |v| &v.value);
                if old.len() + value.len() > MAX_VALUE {
                    return Outcome::Full;
                }
                let new: Arc<str> = [old, value].concat().into();
                self.write(index, key, new)
            }
            Op::Delete { key } => Outcome::Deleted(self.map.remove(key)),
        }
    }

    fn write(&mut self, index: u64, key: &Arc<str>, value: Arc<str>) -> Outcome {
        self.map.insert(key, Versioned { value, revision: index });
        Outcome::Written
    }

    /// How many pieces it has.
    pub fn items(&self) -> u64 {
        (self.map.len() + self.sessions.len()) as u64
    }

    /// Pieces from the `from`-th on, as many as fit in `bytes`, one at least: keys in order, then sessions.
    pub fn chunk(&self, from: u64, bytes: u32) -> Vec<Item> {
        let pairs = self.map.iter().map(|(key, value)| Item::Pair(key.clone(), value.clone()));
        let sessions = self.sessions.iter().map(|(id, session)| Item::Session(*id, session.clone()));
        let mut chunk = Vec::new();
        let mut size = 0u32;
        for item in pairs.chain(sessions).skip(from as usize) {
            size = size.saturating_add(item.size());
            if size > bytes && !chunk.is_empty() {
                break;
            }
            chunk.push(item);
        }
        chunk
    }

    /// Adds a piece of another store.
    pub fn add(&mut self, item: &Item) {
        match item {
            Item::Pair(key, value) => {
                self.map.insert(key, value.clone());
            }
            Item::Session(id, session) => {
                self.sessions.insert(*id, session.clone());
            }
        }
    }

    /// Forgets all sessions: what a snapshot without them would restore.
    pub fn forget_sessions(&mut self) {
        self.sessions = LiteMap::new();
    }
}

impl Fold for Store {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.map.len() as u64);
        for (key, value) in self.map.iter() {
            key.fold(digest);
            value.fold(digest);
        }
        digest.word(self.sessions.len() as u64);
        for (id, session) in self.sessions.iter() {
            digest.word(*id);
            session.fold(digest);
        }
    }
}

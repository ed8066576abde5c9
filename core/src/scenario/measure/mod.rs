//! What one side of a comparison costs and how it serves, measured as it happens.
//!
//! An observer over the kernel's events: it sees who sends what to whom, and asks the groups, through the seam, what clients
//! have asked and which messages are only signs of life. It names no protocol. Its state is part of a run and so of every
//! checkpoint, so that the figures at a place are the same however one came there; [`figures`] says what is made of it.

mod chain;
pub mod figures;

use crate::kernel::world::World;
use crate::kernel::{Event, Fate, Observer, What};
use crate::process::{EventId, MessageId, Payload, ProcessId, Shape, Time};
use crate::system::Group;
use crate::system::measured::{Came, Dealing, End};
use crate::words::Key;
use chain::{Chain, Hop};
use litemap::LiteMap;
use std::sync::Arc;

/// Writes that have ended are kept in pages of so many, which copies share.
const PAGE: usize = 128;
/// Most messages that wait to leave and are remembered.
const MOST_WAITING: usize = 4_096;

/// A write under way.
#[derive(Clone, Debug)]
struct Open {
    client: ProcessId,
    seq: u64,
    asked: Time,
    /// The event in which its client took it up.
    by: EventId,
}

/// A write that has ended.
#[derive(Clone, Debug, PartialEq)]
struct Ended {
    client: ProcessId,
    seq: u64,
    key: Arc<str>,
    value: Option<Arc<str>>,
    asked: Time,
    at: Time,
    end: End,
    /// Ways between members on the chain from its answer back to its request, and ways to its client and back.
    hops: [u16; 2],
}

/// How often messages were sent since the first write was asked.
#[derive(Clone, Debug, Default)]
struct Traffic {
    members: u64,
    idle: u64,
    clients: u64,
    kinds: LiteMap<Key, u64>,
}

/// A message that was told of and has not left, or has been counted and will be told of again.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    idle: bool,
    counted: bool,
}

/// Measures.
#[derive(Clone)]
pub struct Measure {
    numbers: [u16; 2],
    groups: [Arc<dyn Group>; 2],
    /// The last number that each client has used, in its present life.
    last: LiteMap<ProcessId, u64>,
    open: Vec<Open>,
    full: Vec<Arc<Vec<Ended>>>,
    page: Vec<Ended>,
    began: Option<Time>,
    traffic: Traffic,
    waiting: LiteMap<MessageId, Waiting>,
    chain: Chain,
    /// Since when a write has been waiting without any being acknowledged.
    since: Option<Time>,
    /// The longest such stretch that has ended.
    longest: Option<(Time, Time)>,
}

impl Measure {
    /// Measures the group of the first number by what the clients of the second ask of it.
    pub(super) fn new(numbers: [u16; 2], groups: [Arc<dyn Group>; 2]) -> Measure {
        Measure {
            numbers,
            groups,
            last: LiteMap::new(),
            open: Vec::new(),
            full: Vec::new(),
            page: Vec::new(),
            began: None,
            traffic: Traffic::default(),
            waiting: LiteMap::new(),
            chain: Chain::default(),
            since: None,
            longest: None,
        }
    }

    /// About how many bytes a copy holds.
    pub(super) fn weight(&self) -> usize {
        self.page.len() * size_of::<Ended>()
            + self.full.len() * size_of::<usize>()
            + self.open.len() * size_of::<Open>()
            + self.waiting.len() * size_of::<(MessageId, Waiting)>()
            + self.chain.weight()
    }

    fn ended(&self) -> impl Iterator<Item = &Ended> {
        self.full.iter().flat_map(|page| page.iter()).chain(&self.page)
    }

    /// Is it a member (0) or a client (1) of what is measured?
    fn part(&self, world: &World, process: ProcessId) -> Option<usize> {
        let group = world.process(process)?.group;
        self.numbers.iter().position(|number| *number == group)
    }

    fn hop(&self, world: &World, message: &MessageId) -> Option<Hop> {
        match (self.part(world, message.from)?, self.part(world, message.to)?) {
            (0, 0) if message.from == message.to => None,
            (0, 0) => Some(Hop::Members),
            _ => Some(Hop::Client(None)),
        }
    }

    /// The way on which something has come here, and what a client asks for by it.
    fn came(&self, world: &World, event: &Event<'_>) -> Option<Hop> {
        let (What::Delivered { message, payload, .. } | What::Received { message, payload, .. }) =
            &event.what
        else {
            return None;
        };
        let hop = self.hop(world, message)?;
        let asks = || self.groups[1].asks(&***payload);
        Some(if hop == Hop::Members { hop } else { Hop::Client(asks()) })
    }

    /// Counts what left in an event. What waits for its sender's disk has not been said yet; what is told of again when it
    /// leaves is counted once.
    fn count(&mut self, world: &World, event: &Event<'_>) {
        for (message, _) in event.lost {
            self.waiting.remove(message);
        }
        if self.began.is_none() && self.open.is_empty() {
            return;
        }
        let took_idle = match &event.what {
            What::Delivered { payload, message, .. } | What::Received { payload, message, .. } => {
                self.hop(world, message) == Some(Hop::Members) && self.groups[0].idle(&***payload)
            }
            _ => false,
        };
        for sent in event.sent.iter().filter(|sent| sent.message.copy == 0) {
            let Some(hop) = self.hop(world, &sent.message) else { continue };
            let known = self.waiting.get(&sent.message).copied();
            if known.is_some_and(|known| known.counted) {
                self.waiting.remove(&sent.message);
                continue;
            }
            let idle = match known {
                Some(known) => known.idle,
                None => hop == Hop::Members && self.is_idle(&*sent.payload, took_idle),
            };
            let counted = sent.fate != Fate::Gated;
            match sent.fate {
                Fate::Gated | Fate::Waits if self.waiting.len() < MOST_WAITING => {
                    self.waiting.insert(sent.message, Waiting { idle, counted });
                }
                _ => {
                    self.waiting.remove(&sent.message);
                }
            }
            if counted {
                self.traffic.count(hop, idle, sent.payload.card().kind);
            }
        }
    }

    fn is_idle(&self, payload: &dyn Payload, took_idle: bool) -> bool {
        if self.groups[0].idle(payload) {
            return true;
        }
        // What a sign of life calls forth is one too, unless it carries something or begins an election.
        let card = payload.card();
        took_idle && card.carries.is_none() && card.shape == Shape::Circle
    }

    /// What a client has asked since its last event, and what has ended.
    fn deal(&mut self, world: &World, event: &Event<'_>) {
        let client = event.id.process;
        let last = self.last.get(&client).copied().unwrap_or(0);
        let (mut newest, mut asked, mut came) = (last, Vec::new(), Vec::new());
        let known: Vec<u64> =
            self.open.iter().filter(|open| open.client == client).map(|open| open.seq).collect();
        let mut under_way = 0;
        let mut tell = |dealing: Dealing<'_>| {
            newest = newest.max(dealing.seq);
            let fresh = dealing.seq > last;
            match dealing.end {
                None => {
                    under_way += usize::from(dealing.write && !fresh);
                    if fresh && dealing.write {
                        asked.push(dealing.seq);
                    }
                    true
                }
                Some(end) => {
                    if dealing.write && (fresh || known.contains(&dealing.seq)) {
                        let value = dealing.value.cloned();
                        came.push((dealing.seq, dealing.key.clone(), value, end));
                    }
                    // The newest first: those before the oldest that can have ended now are known.
                    let gone = came.iter().filter(|(seq, ..)| *seq <= last).count();
                    fresh || under_way + gone < known.len()
                }
            }
        };
        self.groups[1].dealings(world, client, &mut tell);
        self.last.insert(client, newest);
        // In the order in which they came.
        for seq in asked {
            self.ask(event, seq);
        }
        for (seq, key, value, end) in came.into_iter().rev() {
            self.ask_unknown(event, seq);
            self.end(event, (client, seq), (key, value), end);
        }
    }

    fn ask(&mut self, event: &Event<'_>, seq: u64) {
        self.began.get_or_insert(event.at);
        self.since.get_or_insert(event.at);
        self.open.push(Open { client: event.id.process, seq, asked: event.at, by: event.id });
    }

    /// One that was asked and ended in one event.
    fn ask_unknown(&mut self, event: &Event<'_>, seq: u64) {
        if !self.open.iter().any(|open| (open.client, open.seq) == (event.id.process, seq)) {
            self.ask(event, seq);
        }
    }

    fn end(
        &mut self,
        event: &Event<'_>,
        (client, seq): (ProcessId, u64),
        (key, value): (Arc<str>, Option<Arc<str>>),
        end: End,
    ) {
        let Some(at) = self.open.iter().position(|open| (open.client, open.seq) == (client, seq)) else {
            return;
        };
        let open = self.open.remove(at);
        let mut hops = [0; 2];
        if end.came == Came::Acknowledged {
            hops = self.chain.ways(event.id, seq, open.by);
            self.serve(event.at);
        }
        self.keep(Ended { client, seq, key, value, asked: open.asked, at: event.at, end, hops });
    }

    /// A write was acknowledged.
    fn serve(&mut self, at: Time) {
        let began = self.since.take();
        if let Some(stretch) = began.map(|began| (began, at))
            && self.longest.is_none_or(|(from, to)| at - stretch.0 > to - from)
        {
            self.longest = Some(stretch);
        }
        self.since = (!self.open.is_empty()).then_some(at);
    }

    fn keep(&mut self, ended: Ended) {
        self.page.push(ended);
        if self.page.len() == PAGE {
            self.full.push(Arc::new(std::mem::take(&mut self.page)));
        }
    }

    /// A client has died: what it was waiting for it will never know.
    fn bury(&mut self, client: ProcessId, at: Time) {
        self.last.remove(&client);
        while let Some(found) = self.open.iter().position(|open| open.client == client) {
            let Open { client, seq, asked, .. } = self.open.remove(found);
            let end = End { came: Came::Unknown, effect: false, session: 0, revision: 0 };
            self.keep(Ended { client, seq, key: "".into(), value: None, asked, at, end, hops: [0; 2] });
        }
    }
}

impl Traffic {
    fn count(&mut self, hop: Hop, idle: bool, kind: Key) {
        let of = match hop {
            Hop::Client(_) => &mut self.clients,
            Hop::Members if idle => &mut self.idle,
            Hop::Members => &mut self.members,
        };
        *of += 1;
        if hop == Hop::Members && !idle {
            let before = self.kinds.get(&kind).copied().unwrap_or(0);
            self.kinds.insert(kind, before + 1);
        }
    }
}

impl Observer for Measure {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        if let What::Done { crashed, .. } = &event.what {
            crashed.iter().for_each(|process| self.bury(*process, event.at));
        }
        let of_client = self.part(world, event.id.process) == Some(1);
        if of_client && matches!(event.what, What::Stopped) {
            self.bury(event.id.process, event.at);
        }
        if !self.open.is_empty() {
            let hop = self.came(world, event);
            self.chain.add(event.id, event.at, event.causes, hop);
        }
        if of_client {
            self.deal(world, event);
            self.chain.forget_before(self.open.iter().map(|open| open.asked).min());
        }
        self.count(world, event);
    }
}

/// An event and what led to it, for whoever asks about a chain.
type Causes = smallvec::SmallVec<[EventId; 2]>;

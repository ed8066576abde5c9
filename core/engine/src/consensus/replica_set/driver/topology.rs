//! Who is who, as a driver knows it (*Server Discovery and Monitoring*), and whom it sends an operation to (*Server Selection
//! Algorithm*).

use super::{Driver, ReadPreference, Timer};
use crate::consensus::notes::did;
use crate::consensus::replica_set::{ConfigId, Greeting, Message, OpTime, State};
use crate::process::{Arg, Delay, Digest, Effects, Fold, ProcessId, Span, Time};
use crate::words::replset::ReplSetKey as K;

/// `minHeartbeatFrequencyMS` (*Server Monitoring*): a member is not asked again sooner after its previous check ended.
const SOON: Span = Span::millis(500);
/// Members a driver remembers.
const MAX_SERVERS: usize = 64;

/// A member as a driver knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Who.
    pub id: ProcessId,
    /// Its state; `UNKNOWN` until it says, and after an error.
    pub state: State,
    /// Its last write.
    pub last: OpTime,
    /// When that was told.
    pub told: Time,
    /// The round trip to it, smoothed.
    pub round_trip: Option<Span>,
    /// The check in progress: when it was asked, and with which number.
    pub(super) asked: Option<(u64, Time)>,
    /// When the previous check ended.
    pub(super) checked: Option<Time>,
    /// An immediate check is requested.
    pub(super) soon: bool,
}

impl Server {
    pub(super) fn new(id: ProcessId) -> Server {
        let (state, last, told) = (State::Unknown, OpTime::NONE, Time::ZERO);
        Server { id, state, last, told, round_trip: None, asked: None, checked: None, soon: false }
    }

    /// When its next check begins; while one is in progress, when that has failed.
    fn next_check(&self, patience: Span, often: Span) -> Time {
        let often = if self.soon { SOON } else { often };
        match (self.asked, self.checked) {
            (Some((_, at)), _) => at + patience,
            (None, Some(ended)) => ended + often,
            (None, None) => Time::ZERO,
        }
    }
}

impl Fold for Server {
    fn fold(&self, digest: &mut Digest) {
        self.id.fold(digest);
        digest.word(self.state as u64);
        self.last.fold(digest);
        self.told.fold(digest);
        self.round_trip.fold(digest);
        digest.word(self.asked.map_or(0, |(seq, _)| seq) << 1 | u64::from(self.soon));
        self.checked.fold(digest);
    }
}

impl Driver {
    /// Asks every member whose check is due, and waits for the next. Of one that has not answered nothing is known any more;
    /// one that was known is asked again at once.
    pub(super) fn say_hello(&mut self, out: &mut Effects<'_, Self>) {
        let (now, patience, often) = (self.now, self.patience(), self.often());
        for server in &mut self.servers {
            if let Some((_, at)) = server.asked.filter(|(_, at)| now - *at >= patience) {
                (server.asked, server.checked) = (None, Some(at + patience));
                if server.state != State::Unknown {
                    (server.state, server.checked) = (State::Unknown, None);
                    let id = server.id;
                    out.note(|| did(K::DriverForgets, [Arg::Process(id)]));
                }
            }
            if server.next_check(patience, often) > now {
                continue;
            }
            self.hello += 1;
            (server.asked, server.soon) = (Some((self.hello, now)), false);
            out.send_now(server.id, Message::Hello { seq: self.hello });
        }
        if let Some(next) = self.servers.iter().map(|server| server.next_check(patience, often)).min() {
            out.set_timer(Timer::Hello, Delay::Fixed(next - now));
        }
    }

    /// How long a check may take.
    fn patience(&self) -> Span {
        self.program.settings().load.timeout
    }

    /// How long after a check the next begins: soon, while an operation waits for a member.
    fn often(&self) -> Span {
        let waits = self.outstanding.iter().any(|op| op.to.is_none());
        if waits { SOON } else { self.heartbeat_frequency() }
    }

    fn heartbeat_frequency(&self) -> Span {
        self.program.settings().heartbeat_frequency.max(SOON)
    }

    /// An answer to hello. A primary of an older term than one that was seen is none.
    pub(super) fn on_greeting(&mut self, from: ProcessId, greeting: &Greeting, out: &mut Effects<'_, Self>) {
        let now = self.now;
        let newest = self.newest;
        let Some(server) = self.servers.iter_mut().find(|server| server.id == from) else { return };
        if let Some((seq, at)) = server.asked
            && seq == greeting.seq
        {
            let trip = now - at;
            let smooth = |old: Span| Span(old.nanos() / 5 * 4 + trip.nanos() / 5);
            server.round_trip = Some(server.round_trip.map_or(trip, smooth));
            (server.asked, server.checked) = (None, Some(now));
        }
        let hidden = greeting.hidden && greeting.state == State::Secondary;
        let mut state = if hidden { State::Unknown } else { greeting.state };
        if state == State::Primary && greeting.term < newest.0 {
            let term = greeting.term;
            out.note(|| did(K::DriverStale, [Arg::Process(from), Arg::Epoch(term), Arg::Epoch(newest.0)]));
            state = State::Unknown;
        }
        if server.state != state {
            out.note(|| did(K::DriverSees, [Arg::Process(from), Arg::Name(state.name().into())]));
        }
        (server.state, server.last, server.told) = (state, greeting.last, now);
        if state == State::Primary {
            self.newest = (greeting.term, greeting.config);
            for other in self.servers.iter_mut().filter(|other| other.id != from) {
                if other.state == State::Primary {
                    other.state = State::Unknown;
                }
            }
            // Only a primary's word says who is not in the set any more.
            self.servers.retain(|server| greeting.hosts.contains(&server.id));
        }
        for host in greeting.hosts.iter() {
            if self.servers.len() < MAX_SERVERS && self.servers.iter().all(|server| server.id != *host) {
                self.servers.push(Server::new(*host));
            }
        }
    }

    /// After an error nothing is known of a member until it says hello again, which it is asked for soon.
    pub(super) fn forget(&mut self, id: ProcessId, out: &mut Effects<'_, Self>) {
        if let Some(server) = self.servers.iter_mut().find(|server| server.id == id)
            && server.state != State::Unknown
        {
            // A check in progress will do.
            (server.state, server.soon) = (State::Unknown, server.asked.is_none());
            out.note(|| did(K::DriverForgets, [Arg::Process(id)]));
            self.say_hello(out);
        }
    }

    /// Whom a write goes to.
    pub(super) fn primary(&self) -> Option<ProcessId> {
        self.servers.iter().find(|server| server.state == State::Primary).map(|server| server.id)
    }

    /// Whom a read goes to, by its preference.
    pub(super) fn for_read(&mut self, preference: ReadPreference) -> Option<ProcessId> {
        let secondaries = self.secondaries();
        let primary: Vec<ProcessId> = self.primary().into_iter().collect();
        let or = |one: Vec<ProcessId>, other: Vec<ProcessId>| if one.is_empty() { other } else { one };
        let eligible = match preference {
            ReadPreference::Primary => primary,
            ReadPreference::PrimaryPreferred => or(primary, secondaries),
            ReadPreference::Secondary => secondaries,
            ReadPreference::SecondaryPreferred => or(secondaries, primary),
            ReadPreference::Nearest => [primary, secondaries].concat(),
        };
        self.near(&eligible)
    }

    /// Secondaries that are not too stale.
    fn secondaries(&self) -> Vec<ProcessId> {
        let of = |state: State| self.servers.iter().filter(move |server| server.state == state);
        let most = self.program.settings().max_staleness;
        let frequency = self.heartbeat_frequency();
        let behind = |server: &Server| {
            let written = |server: &Server| Span::secs(u64::from(server.last.ts.secs)).nanos();
            match of(State::Primary).next() {
                // How much older its last write was, when it told, than the primary's when that told.
                Some(primary) => (server.told.nanos() + written(primary))
                    .saturating_sub(primary.told.nanos() + written(server)),
                None => {
                    let newest = of(State::Secondary).map(written).max().unwrap_or(0);
                    newest.saturating_sub(written(server))
                }
            }
        };
        let fresh = |server: &&Server| {
            most.is_none_or(|most| behind(server).saturating_add(frequency.nanos()) <= most.nanos())
        };
        of(State::Secondary).filter(fresh).map(|server| server.id).collect()
    }

    /// One of those within `localThresholdMS` of the nearest, in turn.
    fn near(&mut self, eligible: &[ProcessId]) -> Option<ProcessId> {
        let trip = |id: &ProcessId| {
            let server = self.servers.iter().find(|server| server.id == *id);
            server.and_then(|server| server.round_trip).unwrap_or(Span::MAX)
        };
        let nearest = eligible.iter().map(trip).min()?;
        let limit = nearest + self.program.settings().local_threshold;
        let near: Vec<ProcessId> = eligible.iter().copied().filter(|id| trip(id) <= limit).collect();
        self.turn += 1;
        near.get((self.turn % near.len().max(1) as u64) as usize).copied()
    }
}

/// The newest primary that was seen: its term (`electionId`) and its configuration (`setVersion`).
pub(super) type Newest = (u64, ConfigId);

//! The proxy: passes requests on to a server that it starts itself, when the first comes and whenever it is gone.

use super::{Server, Web};
use crate::process::hosted::MachineImage;
use crate::process::{
    CloseReason, ConnectionId, Delay, Digest, Effects, Fold, HostId, Input, Machine, Moment, Note, Phrase,
    ProcessId, Span, Spawn, TimerName, Verdict,
};
use crate::words::Key;
use crate::words::traffic::TrafficKey;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// Requests beyond so many are answered "unavailable" at once.
const MOST_WAITING: usize = 64;
/// How long it waits before it tries a server again that refused.
const PAUSE: Span = Span::millis(200);

/// What it is started from.
#[derive(Clone, Debug, Default)]
pub struct ProxyProgram {
    /// Where its server runs; `None` is its own host.
    pub server_host: Option<HostId>,
}

/// What an operator can ask of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxyCommand {
    /// Stops its server; the next request starts it again.
    StopServer,
}

impl Fold for ProxyCommand {
    fn fold(&self, digest: &mut Digest) {
        digest.word(0);
    }
}

/// Its one timer: to try its server again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProxyTimer;

impl TimerName for ProxyTimer {
    fn slot(self) -> u8 {
        0
    }
    fn from_slot(slot: u8) -> Option<Self> {
        (slot == 0).then_some(ProxyTimer)
    }
    fn label(self) -> Key {
        TrafficKey::Retry.into()
    }
}

/// A request as its client sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Asked {
    by: ConnectionId,
    request: u64,
}

/// How it stands with its server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Upstream {
    None,
    Opening(ConnectionId),
    Open(ConnectionId),
}

/// The proxy. All its state is volatile.
#[derive(Clone, Debug)]
pub struct Proxy {
    program: ProxyProgram,
    me: ProcessId,
    upstream: Upstream,
    /// The last number it gave a request of its own.
    serial: u64,
    /// Passed on and not answered, by its own number.
    passed: BTreeMap<u64, Asked>,
    waiting: VecDeque<Asked>,
    /// How often it has started a server.
    pub starts: u64,
}

impl Machine for Proxy {
    type Program = ProxyProgram;
    type Message = Web;
    type Timer = ProxyTimer;
    type Durable = ();
    type Command = ProxyCommand;

    fn boot(program: &ProxyProgram, me: ProcessId, _stored: Option<&()>) -> Self {
        let (passed, waiting) = (BTreeMap::new(), VecDeque::new());
        Proxy {
            program: program.clone(),
            me,
            upstream: Upstream::None,
            serial: 0,
            passed,
            waiting,
            starts: 0,
        }
    }

    fn step(&mut self, now: Moment, input: Input<Self>, out: &mut Effects<'_, Self>) {
        match input {
            Input::Received { connection, message: Web::Get { request } } => {
                self.asked(now, Asked { by: connection, request }, out);
            }
            Input::Received { message, .. } => self.answered(message, out),
            Input::Opened(connection) if self.upstream == Upstream::Opening(connection) => {
                self.upstream = Upstream::Open(connection);
                for asked in std::mem::take(&mut self.waiting) {
                    self.pass_on(connection, asked, out);
                }
            }
            Input::Refused { connection, .. } if self.upstream == Upstream::Opening(connection) => {
                self.upstream = Upstream::None;
                out.set_timer(ProxyTimer, Delay::Fixed(PAUSE));
            }
            Input::Timer(ProxyTimer) if self.upstream == Upstream::None && !self.waiting.is_empty() => {
                self.start_server(now, out);
            }
            Input::Closed { connection, why } => self.closed(connection, why, out),
            Input::Command { command: ProxyCommand::StopServer, .. } => {
                out.stop(ProcessId::child_of(self.me, SERVER));
            }
            _ => {}
        }
    }

    fn fold(&self, digest: &mut Digest) {
        digest.word(self.serial);
        digest.word(self.starts);
        digest.word(self.passed.len() as u64);
        digest.word(self.waiting.len() as u64);
    }
}

/// What its server is called below it.
const SERVER: &str = "server";

impl Proxy {
    /// A request comes: it is passed on, or waits for the server to be there.
    fn asked(&mut self, now: Moment, asked: Asked, out: &mut Effects<'_, Self>) {
        match self.upstream {
            Upstream::Open(connection) => self.pass_on(connection, asked, out),
            _ if self.waiting.len() >= MOST_WAITING => {
                out.transmit(asked.by, Web::Unavailable { request: asked.request });
            }
            Upstream::Opening(_) => self.waiting.push_back(asked),
            Upstream::None => {
                self.waiting.push_back(asked);
                self.start_server(now, out);
            }
        }
    }

    fn pass_on(&mut self, connection: ConnectionId, asked: Asked, out: &mut Effects<'_, Self>) {
        self.serial += 1;
        self.passed.insert(self.serial, asked);
        out.transmit(connection, Web::Get { request: self.serial });
    }

    /// The server answered: so does it.
    fn answered(&mut self, message: Web, out: &mut Effects<'_, Self>) {
        let (Web::Page { request, .. } | Web::Unavailable { request } | Web::Get { request }) = message;
        let Some(asked) = self.passed.remove(&request) else { return };
        out.transmit(
            asked.by,
            match message {
                Web::Page { visits, .. } => Web::Page { request: asked.request, visits },
                _ => Web::Unavailable { request: asked.request },
            },
        );
    }

    /// Starts its server, if it is not running, and connects to it.
    fn start_server(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        self.starts += 1;
        let image = Arc::new(MachineImage::<Server>(()));
        let server = out.spawn(Spawn { host: self.program.server_host, name: SERVER.into(), image });
        self.upstream = Upstream::Opening(out.connect(server));
        out.note(|| Note {
            rule: None,
            verdict: Verdict::Did,
            phrase: Phrase::bare(TrafficKey::StartsServer),
            because: [now.event].as_slice().into(),
        });
    }

    /// A connection ended. If it was the server's, what it had not answered it never will.
    fn closed(&mut self, connection: ConnectionId, _why: CloseReason, out: &mut Effects<'_, Self>) {
        if self.upstream == Upstream::Open(connection) || self.upstream == Upstream::Opening(connection) {
            self.upstream = Upstream::None;
            for asked in std::mem::take(&mut self.passed).into_values() {
                out.transmit(asked.by, Web::Unavailable { request: asked.request });
            }
        } else {
            self.waiting.retain(|asked| asked.by != connection);
            self.passed.retain(|_, asked| asked.by != connection);
        }
    }
}

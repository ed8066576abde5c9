//! What the kernel costs, in B (see `base`): a world of five processes of which each, every 50 ms, pings the four
//! others, which answer; one-way latency uniform 1 to 10 ms; links, disks, faults, connections and causes all there,
//! none of them at work; nobody watching. Timers are included in the cost of a delivered message, eight to a timer.

mod base;

use base::{b, cpu, median_of_five};
use muster_core::kernel::{Event, HostSpec, Observer, World, WorldSpec};
use muster_core::process::hosted::MachineImage;
use muster_core::process::{
    Card, Delay, Digest, Effects, Input, Machine, Moment, Payload, Phrase, ProcessId, Shape, Span, Time,
    TimerName,
};
use muster_core::words::Key;
use muster_core::words::kernel::KernelKey;
use std::hint::black_box;
use std::sync::Arc;

#[derive(Clone, Copy, Debug)]
enum Beat {
    Ping(u64),
    Pong(u64),
}

impl Payload for Beat {
    fn fold(&self, digest: &mut Digest) {
        let (kind, n) = match self {
            Beat::Ping(n) => (0, *n),
            Beat::Pong(n) => (1, *n),
        };
        digest.word(kind);
        digest.word(n);
    }
    fn size(&self) -> u32 {
        64
    }
    fn card(&self) -> Card {
        let label = Phrase::bare(KernelKey::Beginning);
        let answer = matches!(self, Beat::Pong(_));
        Card {
            kind: KernelKey::Beginning.into(),
            shape: Shape::Circle,
            answer,
            verdict: None,
            carries: None,
            epoch: None,
            label,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tick;

impl TimerName for Tick {
    fn slot(self) -> u8 {
        0
    }
    fn from_slot(slot: u8) -> Option<Self> {
        (slot == 0).then_some(Tick)
    }
    fn label(self) -> Key {
        KernelKey::Beginning.into()
    }
}

#[derive(Clone)]
struct Heart {
    peers: Arc<[ProcessId]>,
    beats: u64,
    answers: u64,
}

const EVERY: Delay = Delay::Fixed(Span::millis(50));

impl Machine for Heart {
    type Program = Arc<[ProcessId]>;
    type Message = Beat;
    type Timer = Tick;
    type Durable = ();
    type Command = ();

    fn boot(program: &Self::Program, me: ProcessId, _stored: Option<&()>) -> Self {
        let peers = program.iter().copied().filter(|&peer| peer != me).collect();
        Heart { peers, beats: 0, answers: 0 }
    }
    fn step(&mut self, _now: Moment, input: Input<Self>, out: &mut Effects<'_, Self>) {
        match input {
            Input::Start => out.set_timer(Tick, EVERY),
            Input::Timer(Tick) => {
                self.beats += 1;
                for &peer in &*self.peers {
                    out.send(peer, Beat::Ping(self.beats));
                }
                out.set_timer(Tick, EVERY);
            }
            Input::Message { from, message: Beat::Ping(n) } => out.send(from, Beat::Pong(n)),
            Input::Message { message: Beat::Pong(_), .. } => self.answers += 1,
            _ => {}
        }
    }
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.beats);
    }
}

/// `n` hearts; each beats for `fan` others.
fn hearts(n: u32, fan: u32) -> World {
    let mut world = World::new(WorldSpec::default());
    for me in 1..=n {
        let peers: Arc<[ProcessId]> = (1..=fan).map(|k| ProcessId((me - 1 + k) % n + 1)).collect();
        let host = world.add_host(&format!("h{me}"), HostSpec::default()).expect("a host");
        let image = Arc::new(MachineImage::<Heart>(peers));
        world.add_process(host, &format!("p{me}"), 0, image).expect("a process");
    }
    world
}

struct Counting(u64);

impl Observer for Counting {
    fn saw(&mut self, _world: &World, event: &Event<'_>) {
        self.0 += event.sent.len() as u64;
    }
}

/// Nanoseconds for each delivered message over so many virtual seconds.
fn per_message(n: u32, fan: u32, seconds: u64, watched: bool) -> f64 {
    let mut world = hearts(n, fan);
    while world.step_until(Time::secs(1), &mut []) {}
    let mut counting = Counting(0);
    let (before, events) = (cpu(), world.ordinal());
    let until = Time::secs(1 + seconds);
    if watched {
        while world.step_until(until, &mut [&mut counting]) {}
    } else {
        while world.step_until(until, &mut []) {}
    }
    let (took, events) = (cpu() - before, world.ordinal() - events);
    black_box((world.digest(), counting.0));
    let messages = events * u64::from(2 * fan) / u64::from(2 * fan + 1);
    took as f64 / messages as f64
}

fn main() {
    let row =
        |name: &str, nanos: f64, base: f64| println!("{name:<64} {nanos:>9.1} ns {:>8.2} B", nanos / base);
    let base = b();
    println!("{:<64} {base:>9.1} ns", "B: pop, draw, push on BinaryHeap, 1,024 entries of 24 bytes");
    let five = median_of_five(|| per_message(5, 4, 1_000, false));
    row("a delivered message, 5 processes, timers included", five, base);
    row("the same, one observer", median_of_five(|| per_message(5, 4, 500, true)), base);
    row(
        "a delivered message, 1,000 processes, 4 peers each",
        median_of_five(|| per_message(1_000, 4, 2, false)),
        base,
    );
    let mut world = hearts(5, 4);
    while world.step_until(Time::secs(1), &mut []) {}
    let checkpoint = median_of_five(|| {
        let before = cpu();
        for _ in 0..10_000 {
            black_box(world.clone());
        }
        (cpu() - before) as f64 / 10_000.0
    });
    row("a checkpoint, 5 processes", checkpoint, base);
    println!("{:<64} {:>9} bytes", "a checkpoint's size, roughly", world.heap_estimate());
    println!("{:<64} {:>9.1} ns", "B again", b());
}

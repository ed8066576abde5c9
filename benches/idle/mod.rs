//! What an idle group costs: nanoseconds for a delivered message over a thousand seconds, its timers included. Nothing here
//! knows a protocol; whoever measures one brings its world and its checks.

use crate::base::{cpu, median_of_five};
use muster_core::check::Watching;
use muster_core::kernel::{Event, HostSpec, Observer, What, World};
use muster_core::process::{Image, Time};
use std::hint::black_box;
use std::sync::Arc;

/// A process on a host of its own.
pub fn add(world: &mut World, name: &str, group: u16, image: Arc<dyn Image>) {
    let host = world.add_host(name, HostSpec::default()).expect("a host");
    world.add_process(host, name, group, image).expect("a process");
}

/// Runs on, watched or not.
pub fn until(world: &mut World, time: Time, watching: Option<&mut Watching>) {
    match watching {
        Some(watching) => while world.step_until(time, &mut [watching]) {},
        None => while world.step_until(time, &mut []) {},
    }
}

/// Counts deliveries, to know what the others are divided by.
#[derive(Default)]
struct Delivered(u64);

impl Observer for Delivered {
    fn saw(&mut self, _world: &World, event: &Event<'_>) {
        self.0 += u64::from(matches!(event.what, What::Delivered { .. }));
    }
}

/// Nanoseconds for a delivered message of a group over a thousand seconds, once it has come to rest.
pub fn idle(group: impl Fn() -> World, watching: impl Fn() -> Option<Watching>) -> f64 {
    let (from, to) = (Time::secs(5), Time::secs(1_005));
    let mut delivered = Delivered::default();
    let mut counted = group();
    until(&mut counted, from, None);
    while counted.step_until(to, &mut [&mut delivered]) {}
    median_of_five(|| {
        let (mut world, mut watching) = (group(), watching());
        until(&mut world, from, watching.as_mut());
        let before = cpu();
        until(&mut world, to, watching.as_mut());
        let took = cpu() - before;
        assert!(watching.is_none_or(|watching| watching.broken.is_empty()));
        black_box(world.digest());
        took as f64 / delivered.0 as f64
    })
}

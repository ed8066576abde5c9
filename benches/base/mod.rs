//! The yardstick of DESIGN §9: B, one "hold" operation (pop the least, one xoshiro256++ draw, push) on std's
//! `BinaryHeap` holding 1,024 entries of 24 bytes, by process CPU time, the median of five.

#![allow(dead_code)] // each user takes its part
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::hint::black_box;

/// CPU time of this process, in nanoseconds.
pub fn cpu() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

/// The median of five measurements of `work`, after one to warm up; each says how many nanoseconds one unit took.
pub fn median_of_five(mut work: impl FnMut() -> f64) -> f64 {
    work();
    let mut times: Vec<f64> = (0..5).map(|_| work()).collect();
    times.sort_by(f64::total_cmp);
    times[2]
}

/// B in nanoseconds.
pub fn b() -> f64 {
    const HOLDS: u64 = 4_000_000;
    median_of_five(|| {
        let mut luck = Xoshiro256PlusPlus::seed_from_u64(1);
        let mut heap: BinaryHeap<Reverse<(u64, [u64; 2])>> =
            (0..1024).map(|n| Reverse((luck.next_u64() >> 34, [n, n]))).collect();
        let before = cpu();
        for _ in 0..HOLDS {
            if let Some(Reverse((at, payload))) = heap.pop() {
                heap.push(Reverse((at + (luck.next_u64() >> 34), black_box(payload))));
            }
        }
        (cpu() - before) as f64 / HOLDS as f64
    })
}

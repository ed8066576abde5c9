//! How long a thread has worked: what else the machine does meanwhile does not count, so that a bound on it holds beside anything.

use rustix::time::{ClockId, clock_gettime};
use std::time::Duration;

/// What came of the work, and the processor's time that it took of the thread that asks.
pub fn worked<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let now =
        || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).expect("a time since the thread began");
    let begun = now();
    let came = work();
    (came, now() - begun)
}

//! The glue by itself: the pasted configuration, and timers by name.

mod paste;

use super::TIMERS;
use crate::consensus::replica_set::Timer;
use crate::process::TimerName;

/// Timers are named by slots that the machine agrees to.
#[test]
fn timers_by_name_are_the_machines_own() {
    for (at, (name, slot)) in TIMERS.iter().enumerate() {
        assert!(Timer::from_slot(*slot).is_some(), "{name}");
        assert!(TIMERS[..at].iter().all(|(other, theirs)| other != name && theirs != slot), "{name}");
    }
}

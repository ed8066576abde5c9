//! Settings that make no sense are refused with what is wrong.

use super::harness::*;
use crate::process::{Span, TimerName};
use crate::workers::*;

fn refused(settings: Settings) -> SettingsError {
    Program::new(settings).expect_err("no sense")
}

#[test]
fn what_makes_no_sense_is_refused() {
    let base = settings;
    assert_eq!(refused(Settings { store: None, ..base() }), SettingsError::NoStore);
    assert!(Program::new(Settings { store: None, outputs: Outputs::Local, ..base() }).is_ok());
    assert_eq!(refused(Settings { store: Some(p(1)), ..base() }), SettingsError::TwoParts(p(1)));
    assert_eq!(refused(Settings { tasks: MAX_TASKS + 1, ..base() }), SettingsError::TooManyTasks);
    assert_eq!(refused(Settings { slots: 0, ..base() }), SettingsError::Slots);
    assert_eq!(refused(Settings { slots: MAX_SLOTS + 1, ..base() }), SettingsError::Slots);
    assert_eq!(refused(Settings { duration: (ms(2), ms(1)), ..base() }), SettingsError::NoTime("duration"));
    assert_eq!(refused(Settings { resend: Span::ZERO, ..base() }), SettingsError::NoTime("resend"));
    assert_eq!(refused(Settings { lease: ms(400), ..base() }), SettingsError::LeaseTooShort);
    assert_eq!(refused(Settings { drift_bound_ppm: MAX_DRIFT_PPM, ..base() }), SettingsError::DriftBound);
    assert_eq!(refused(Settings { backups_from: 101, ..base() }), SettingsError::Percent("backupsFrom"));
    assert_eq!(refused(Settings { most_failures: 0, ..base() }), SettingsError::NoFailures);
    let failing = |tasks: [u64; 2]| refused(Settings { failing: tasks.map(TaskId).into(), ..base() });
    assert_eq!(failing([0, 1]), SettingsError::NoTask(0));
    assert_eq!(failing([1, MAX_TASKS + 1]), SettingsError::NoTask(1));
    let slow = |id, percent| Settings { stragglers: vec![(p(id), percent)], ..base() };
    assert_eq!(refused(slow(1, 300)), SettingsError::Straggler(p(1)));
    assert_eq!(refused(slow(3, 0)), SettingsError::Straggler(p(3)));
    assert!(Program::new(slow(3, 300)).is_ok());
}

/// A lease of 1 s on a clock slow by 10 % lasts 10/9 s; a clock fast by 10 % shows 11/9 s by then.
#[test]
fn a_lease_is_certainly_over_when_the_fastest_clock_shows_what_the_slowest_needs() {
    let program = Program::new(Settings { lease: ms(900), drift_bound_ppm: 100_000, ..settings() });
    assert_eq!(program.expect("settings").certain_lease(), ms(1_100));
}

#[test]
fn a_straggler_takes_so_many_percent_of_the_time() {
    let settings = Settings { duration: (ms(100), ms(200)), stragglers: vec![(p(4), 300)], ..settings() };
    let program = Program::new(settings).expect("settings");
    assert_eq!(program.duration_of(p(3)), (ms(100), ms(200)));
    assert_eq!(program.duration_of(p(4)), (ms(300), ms(600)));
}

#[test]
fn timers_know_their_slots() {
    for slot in 0..16 {
        if let Some(timer) = Timer::from_slot(slot) {
            assert_eq!(timer.slot(), slot);
        }
    }
    assert_eq!(Timer::from_slot(MAX_SLOTS + 4), None);
    let named = |timer: Timer| TIMERS.iter().find(|(_, slot)| *slot == timer.slot()).map(|(name, _)| *name);
    let all = [Timer::Work(0), Timer::Heartbeat, Timer::LeaseEnd, Timer::Resend, Timer::Check];
    let names = ["work", "heartbeat", "leaseEnd", "resend", "check"].map(Some);
    assert_eq!(all.map(named), names);
    for rule in Rule::ALL {
        assert!(!rule.source().is_empty() && !rule.reason().as_str().is_empty());
    }
}

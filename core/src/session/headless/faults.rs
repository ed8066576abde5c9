//! Faults drawn from the seed, as lines of a timeline beside those of the file.

use crate::check::explore::{self, Cast};
use crate::process::Span;
use crate::scenario::{Command, Moment, Scenario};
use std::sync::Arc;

/// A fault's id, by the system it was drawn for: two systems draw the same ids.
fn own(system: &str, id: &str) -> Arc<str> {
    format!("{system}-{id}").into()
}

/// How long a group is left alone before the end, so that it can show that it comes back to work.
const RECOVERY: Span = Span::secs(10);

/// The scenario with faults for every system for which plans are made: the same faults for the same seed. They end, and
/// everything is healed, 10 s before the run does, or after three quarters of a run too short for that.
pub(super) fn add(scenario: &Scenario) -> Scenario {
    let length = Span(scenario.until.0);
    let faults = Span(length.0.saturating_sub(RECOVERY.0).max(length.0 / 4 * 3));
    let recovery = Span(length.0 - faults.0);
    let mut with = scenario.clone();
    for system in scenario.systems.iter().filter(|system| !system.members.is_empty()) {
        let spares = (1..=2).map(|number| format!("{}-spare-{number}", system.name).into()).collect();
        let Some(cast) = Cast::of(system, spares) else { continue };
        let plan = explore::plan(&cast, scenario.seed, faults, recovery);
        with.timeline.extend(plan.moves.into_iter().map(|line| Moment {
            at: line.at,
            id: line.id.map(|id| own(&system.name, &id)),
            command: match line.command {
                Command::Heal(id) if &*id != "all" => Command::Heal(own(&system.name, &id)),
                other => other,
            },
            line: 0,
        }));
    }
    // Stable: what the file says at an instant goes first.
    with.timeline.sort_by_key(|moment| moment.at);
    with
}

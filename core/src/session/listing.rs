//! What there is, from the registries the program itself uses.

use super::api::LibraryEntry;
use super::headless::{Kinds, library_entries, library_names, library_text};
use crate::scenario::Scenario;
use crate::system::{Group, Rule};
use crate::words::Key;
use std::sync::Arc;

/// All that can be listed.
#[derive(Clone, Debug)]
pub struct Listing {
    /// Scenarios of the library.
    pub scenarios: Vec<LibraryEntry>,
    /// Kinds of systems.
    pub systems: Vec<SystemListing>,
    /// Commands of a timeline, by any system and by one.
    pub commands: Vec<CommandListing>,
}

/// A kind of system.
#[derive(Clone, Debug)]
pub struct SystemListing {
    /// As in `kind:`.
    pub kind: &'static str,
    /// Members, at least and at most.
    pub members: (u32, u32),
    /// The kinds it works on.
    pub targets: &'static [&'static str],
    /// Rules that can be switched off.
    pub rules: Vec<Rule>,
    /// Its checks: name, and what it holds.
    pub checks: Vec<(&'static str, Key)>,
    /// Its selectors.
    pub selectors: Vec<&'static str>,
    /// Its facts.
    pub facts: Vec<&'static str>,
}

/// A command of a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandListing {
    /// As in `do:`.
    pub name: String,
    /// The kind of system it belongs to; `None` if to the world.
    pub system: Option<&'static str>,
    /// What it does, or what it takes.
    pub about: String,
}

/// Everything. A kind's checks, selectors and facts are asked of one in the library: they are a system's, not a kind's.
pub fn listing(kinds: Kinds) -> Listing {
    let groups = one_of_each(kinds);
    let of = |kind: &str| groups.iter().find(|group| group.kind() == kind);
    let systems = kinds.iter().map(|kind| {
        let (group, members) = (of(kind.kind()), kind.members());
        let checks = group.map(|group| group.checks(0)).unwrap_or_default();
        let invariants = checks.iter().flat_map(|check| check.invariants());
        SystemListing {
            kind: kind.kind(),
            members: (members.least, members.most),
            targets: kind.targets(),
            rules: kind.rules(),
            checks: invariants.map(|invariant| (invariant.name, invariant.title)).collect(),
            selectors: group.map(|group| group.selectors().to_vec()).unwrap_or_default(),
            facts: group.map(|group| group.facts().to_vec()).unwrap_or_default(),
        }
    });
    let mut commands = super::schema::commands();
    for group in &groups {
        commands.extend(group.orders().iter().map(|(name, args)| CommandListing {
            name: (*name).into(),
            system: Some(group.kind()),
            about: args.names().collect::<Vec<_>>().join(", "),
        }));
    }
    Listing { scenarios: library_entries(kinds), systems: systems.collect(), commands }
}

fn one_of_each(kinds: Kinds) -> Vec<Arc<dyn Group>> {
    let mut found: Vec<Arc<dyn Group>> = Vec::new();
    for text in library_names().filter_map(library_text) {
        let Ok(scenario) = Scenario::read(text.as_bytes(), kinds) else { continue };
        for system in &scenario.systems {
            if found.iter().all(|group| group.kind() != system.kind) {
                found.push(system.group.clone());
            }
        }
    }
    found
}

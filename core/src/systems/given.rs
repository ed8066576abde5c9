//! What an operator's command was given, by the names of its arguments: for every system that takes commands.

use crate::process::ProcessId;
use crate::system::Given;
use std::sync::Arc;

/// The arguments of a command; one that is missing, or is something else, is as if nothing was said.
pub(super) struct Args<'a>(pub &'a [(&'a str, Given)]);

impl<'a> Args<'a> {
    fn get(&self, name: &str) -> Option<&'a Given> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, given)| given)
    }
    /// Processes.
    pub fn members(&self, name: &str) -> &'a [ProcessId] {
        match self.get(name) {
            Some(Given::Members(members)) => members,
            _ => &[],
        }
    }
    /// Yes or no.
    pub fn flag(&self, name: &str) -> bool {
        match self.get(name) {
            Some(Given::Flag(flag)) => *flag,
            Some(Given::Text(text)) => &**text == "true",
            _ => false,
        }
    }
    /// A user's own text.
    pub fn text(&self, name: &str) -> Option<&'a Arc<str>> {
        match self.get(name) {
            Some(Given::Text(text)) => Some(text),
            _ => None,
        }
    }
}

//! Names of a system's own members in its part of the file.

use crate::process::{Arg, Phrase, ProcessId};
use crate::system::Declared;
use crate::text::{NodeId, Problem, nearest};
use crate::words::scenario::ScenarioKey as K;
use std::sync::Arc;

/// The member of this name. What is wrong stands at the name, or at `node` if it is a key; `below` is the path to it.
pub(super) fn member(
    declared: &Declared<'_>,
    node: NodeId,
    below: &str,
    name: &str,
) -> Result<ProcessId, Vec<Problem>> {
    if let Some(member) = declared.members.iter().find(|member| &*member.name == name) {
        return Ok(member.process);
    }
    let (node, found) = declared.doc.find(node, name).unwrap_or((node, String::new()));
    let near = nearest(name, declared.members.iter().map(|member| &*member.name));
    let phrase = Phrase::new(K::UnknownMember, [Arg::Name(name.into()), Arg::Name(declared.name.clone())]);
    Err(vec![declared.problem(node, &format!("{}.{below}{found}", declared.path), phrase, near)])
}

/// The members of these names, in the order of the file, each once.
pub(super) fn members(
    declared: &Declared<'_>,
    node: NodeId,
    below: &str,
    names: &[Arc<str>],
) -> Result<Vec<ProcessId>, Vec<Problem>> {
    let mut all = Vec::new();
    for name in names {
        let id = member(declared, node, below, name)?;
        if !all.contains(&id) {
            all.push(id);
        }
    }
    Ok(all)
}

//! Orders that only a system understands: the declaration by which their arguments are read, in a file and by hand. It names no
//! system and no verb.

use super::System;
use super::command::OrderCommand;
use super::target::Who;
use super::whom::{Eyes, name};
use crate::process::{Arg, Phrase};
use crate::system::Given;
use crate::system::orders::{Arguments, Takes};
use crate::text::clipped;
use crate::text::typed::Found;
use crate::words::scenario::ScenarioKey as K;

/// The system that an order is for, as far as that can be said without its moment, and the arguments that it declares.
pub(super) fn declared<'s>(systems: &'s [System], order: &OrderCommand) -> Option<(&'s System, Arguments)> {
    let meant = systems.iter().filter(|system| order.of.as_ref().is_none_or(|of| *of == system.name));
    meant.into_iter().find_map(|system| {
        let (_, arguments) = system.group.orders().iter().find(|(verb, _)| **verb == *order.verb)?;
        Some((system, *arguments))
    })
}

/// What one of these arguments takes.
pub(super) fn takes(arguments: Arguments, called: &str) -> Option<Takes> {
    arguments.iter().find(|(known, _)| *known == called).map(|(_, takes)| *takes)
}

/// An argument that is no process as the system gets it. Fails with what was found and what is expected.
pub(super) fn constant(given: &[Who], takes: Takes, rules: &[&'static str]) -> Result<Given, Phrase> {
    match given {
        [Who::Name(text)] => takes.read(text, rules),
        [] => Err(Found::Nothing.instead_of(takes.expected(rules))),
        [Who::Select(_)] => Err(Found::Map(&[]).instead_of(takes.expected(rules))),
        _ => Err(Found::List(&[]).instead_of(takes.expected(rules))),
    }
}

impl Eyes<'_> {
    /// What an order was given, its names resolved.
    pub fn given(self, order: &OrderCommand) -> Result<Vec<(String, Given)>, Phrase> {
        let nobody = || Phrase::new(K::NoSystemFor, [name(&order.verb)]);
        let (system, arguments) = declared(&self.scenario.systems, order).ok_or_else(nobody)?;
        let unknown = |called: &str| {
            let known = arguments.iter().map(|(known, _)| Arg::Name((*known).into())).collect();
            Phrase::new(K::UnknownArgument, [clipped(called), Arg::List(known)])
        };
        let mut given = Vec::new();
        for (called, argument) in &order.arguments {
            let value = match takes(arguments, called).ok_or_else(|| unknown(called))? {
                Takes::Members => Given::Members(self.processes(&argument.0)?),
                takes => constant(&argument.0.0, takes, &system.rules)?,
            };
            given.push((called.to_string(), value));
        }
        Ok(given)
    }
}

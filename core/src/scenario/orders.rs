//! Orders that only a system understands: the declaration by which their arguments are read, in a file and by hand. It names no
//! system and no verb.

use super::System;
use super::command::OrderCommand;
use super::target::Who;
use super::whom::{Eyes, name};
use crate::process::{Arg, Phrase};
use crate::system::Given;
use crate::system::orders::{Arguments, Said, Takes};
use crate::text::clipped;
use crate::text::typed::Found;
use crate::words::scenario::ScenarioKey as K;

impl System {
    /// The arguments of one of its commands; `None` if it does not know it.
    pub(super) fn arguments(&self, verb: &str) -> Option<Arguments> {
        self.group.orders().iter().find(|(known, _)| *known == verb).map(|(_, arguments)| *arguments)
    }
}

/// The system that an order is for, as far as that can be said without its moment, and the arguments that it declares.
pub(super) fn declared<'s>(systems: &'s [System], order: &OrderCommand) -> Option<(&'s System, Arguments)> {
    let meant = systems.iter().filter(|system| order.of.as_ref().is_none_or(|of| *of == system.name));
    meant.into_iter().find_map(|system| Some((system, system.arguments(&order.verb)?)))
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

/// What is wrong with an order as a whole: with the argument at which it is, if it is at one that is there.
pub(super) fn unfit(arguments: Arguments, order: &OrderCommand) -> Vec<(&'static str, Phrase)> {
    let text = |called: &str| {
        let argument = order.arguments.get(called)?;
        Some(match argument.0.0.as_slice() {
            [Who::Name(text)] => &**text,
            _ => "",
        })
    };
    let said = Said(&text);
    let needs = |what| (what, Phrase::new(K::NeedsArgument, [clipped(&order.verb), name(what)]));
    arguments.missing(&said).map(needs).chain(arguments.wrong(&said)).collect()
}

impl Eyes<'_> {
    /// What an order was given, its names resolved.
    pub fn given(self, order: &OrderCommand) -> Result<Vec<(String, Given)>, Phrase> {
        let nobody = || Phrase::new(K::NoSystemFor, [name(&order.verb)]);
        let (system, arguments) = declared(&self.scenario.systems, order).ok_or_else(nobody)?;
        let unknown = |called: &str| {
            let known = arguments.names().map(name).collect();
            Phrase::new(K::UnknownArgument, [clipped(called), Arg::List(known)])
        };
        let mut given = Vec::new();
        for (called, argument) in &order.arguments {
            let value = match arguments.takes(called).ok_or_else(|| unknown(called))? {
                Takes::Members => Given::Members(self.processes(&argument.0)?),
                takes @ Takes::Member => match self.processes(&argument.0)? {
                    several if several.len() > 1 => {
                        return Err(Found::items_instead_of(several.len(), takes.expected(&[])));
                    }
                    one => Given::Members(one),
                },
                takes => constant(&argument.0.0, takes, &system.rules)?,
            };
            given.push((called.to_string(), value));
        }
        match unfit(arguments, order).into_iter().next() {
            Some((_, phrase)) => Err(phrase),
            None => Ok(given),
        }
    }
}

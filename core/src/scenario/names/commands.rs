//! What is wrong with a command whatever the moment: whom it names, what it is given and what it leaves out.

use super::super::command::{
    AddMember, Command, Drift, Joining, Members, OpName, OrderCommand, Request, SwitchRule, TimeOut,
};
use super::super::model::Step;
use super::super::orders;
use super::super::read::{is_name, list, problem};
use super::super::target::{Argument, Target, Who};
use super::super::{System, names::SELECTORS};
use super::{Names, distinct};
use crate::kernel::law::MOST_DRIFT_PPM;
use crate::process::{Arg, Phrase};
use crate::system::orders::{Arguments, Said, Takes};
use crate::text::typed::{At, Found};
use crate::text::{NodeId, clipped, nearest};
use crate::words::scenario::ScenarioKey as K;
use std::sync::Arc;

impl<'a> Names<'a> {
    pub(in super::super) fn command(&mut self, step: &At<Step>, path: &str) {
        self.done_at(&step.command, step.at.0.0, &format!("{path}.do"));
    }

    /// A command that somebody may give at any time.
    pub(in super::super) fn carried_out(&mut self, command: &At<Command>, path: &str) {
        self.done_at(command, u64::MAX, path);
    }

    fn done_at(&mut self, command: &At<Command>, at: u64, path: &str) {
        if self.problems.is_full() {
            return;
        }
        (self.node, self.path) = (command.node, path.to_owned());
        let command = &command.value;
        self.whom(command);
        match command {
            Command::Partition(partition) => self.partition(partition),
            Command::Loss(c) => self.links(&c.links()),
            Command::Delay(c) => self.links(&c.links()),
            Command::Duplicate(c) => self.links(&c.links()),
            Command::Reorder(c) => self.links(&c.links()),
            Command::Bandwidth(c) => self.links(&c.links()),
            Command::Restore(links)
            | Command::Clog(links)
            | Command::Unclog(links)
            | Command::Hold(links)
            | Command::Release(links) => self.links(links),
            Command::Heal(id) if &**id != "all" => self.heal(id, at),
            Command::Deliver(m) | Command::Drop(m) | Command::Copy(m) => {
                self.name(&m.from);
                self.name(&m.to);
            }
            Command::DelayMessage(delay) => {
                self.name(&delay.message.from);
                self.name(&delay.message.to);
            }
            Command::Drift(drift) => self.drift(drift),
            Command::TimeOut(time_out) => self.timer(time_out),
            Command::Request(request) => self.request(request),
            Command::Snapshot(target) => self.snapshot(target),
            Command::SwitchRule(switch) => self.switch(switch),
            Command::AddMember(add) => self.newcomers(add),
            Command::AddHost(add) => self.newcomer(&add.name, &["addHost", "name"]),
            Command::Members(members) => self.learners(members),
            Command::Order(order) => {
                self.verb(&order.verb, order.of.as_ref());
                self.order(order);
            }
            _ => {}
        }
        if let Some((verb, of)) = command.verb() {
            self.verb(verb, of);
        }
    }

    /// As far down from the command as the file says it, and the path to there.
    fn below(&self, fields: &[&str]) -> (NodeId, String) {
        self.doc.below(self.node, &self.path, fields)
    }

    fn flaw_below(&mut self, fields: &[&str], phrase: Phrase) {
        let (node, path) = self.below(fields);
        self.wrong_at(node, &path, phrase);
    }

    /// Whom a command names: somebody, and one where only one can be meant.
    fn whom(&mut self, command: &Command) {
        let one = matches!(command, Command::Transfer(_) | Command::Request(_));
        for (field, target) in command.targets() {
            self.target(target);
            let many = target.0.len();
            // To have no learners is what a group may be told.
            if (many == 0 && field != Some("learners")) || (many > 1 && one) {
                let takes = if one { Takes::Member } else { Takes::Members };
                let name = command.name();
                let fields: Vec<&str> = std::iter::once(name.as_str()).chain(field).collect();
                self.flaw_below(&fields, Found::items_instead_of(many, takes.expected(&[])));
            }
        }
    }

    fn drift(&mut self, drift: &Drift) {
        if drift.ppm.unsigned_abs() > MOST_DRIFT_PPM.unsigned_abs() {
            let number = |n: i32| Arg::Text(n.to_string().into());
            let args = [drift.ppm, -MOST_DRIFT_PPM, MOST_DRIFT_PPM].map(number);
            self.flaw_below(&["drift", "ppm"], Phrase::new(K::OutOfBounds, args));
        }
    }

    /// The systems of which somebody is named, as far as names and selectors say.
    fn systems_of(&self, target: &Target) -> Vec<&'a System> {
        let is = |system: &System, who: &Who| match who {
            Who::Name(name) => system.members.iter().any(|member| member.name == *name),
            Who::Select(select) => match &select.of {
                Some(of) => *of == system.name,
                None => {
                    !SELECTORS.contains(&&*select.select)
                        && system.group.selectors().contains(&&*select.select)
                }
            },
        };
        self.systems.iter().filter(|system| target.0.iter().any(|who| is(system, who))).collect()
    }

    fn timer(&mut self, time_out: &TimeOut) {
        let Some(timer) = &time_out.timer else { return };
        let mut systems = self.systems_of(&time_out.member);
        if systems.is_empty() {
            systems = self.systems.iter().collect();
        }
        let known: Vec<&str> =
            systems.iter().flat_map(|system| system.group.timers()).map(|(name, _)| *name).collect();
        if !known.contains(&&**timer) {
            self.wrong(timer, K::UnknownTimer, Some(distinct(known)));
        }
    }

    fn request(&mut self, request: &Request) {
        let said = |called: &str| request.says(called);
        if let Err((at, phrase)) = OpName::fit(&Said(&said)) {
            self.flaw_below(&["request", at], phrase);
        }
        let takes = |system: &&System| system.group.console().is_some();
        match &request.of {
            Some(of) => {
                if let Some(system) = self.system(of)
                    && !takes(&system)
                {
                    self.wrong_of(of, K::NoRequests);
                }
            }
            None => {
                let systems: Vec<&str> =
                    self.systems.iter().filter(takes).map(|system| &*system.name).collect();
                match systems.len() {
                    1 => {}
                    0 => self.flaw(Phrase::new(K::NoSystemFor, [Arg::Name("request".into())])),
                    _ => {
                        let args = [Arg::Name("request".into()), list(systems)];
                        self.flaw(Phrase::new(K::WhichSystem, args));
                    }
                }
            }
        }
    }

    /// Whoever is named knows what a snapshot is.
    fn snapshot(&mut self, target: &Target) {
        let knows = |system: &System| system.arguments("snapshot").is_some();
        if !self.systems.iter().any(knows) {
            self.flaw(Phrase::new(K::NoSystemFor, [Arg::Name("snapshot".into())]));
            return;
        }
        if let Some(system) = self.systems_of(target).into_iter().find(|system| !knows(system)) {
            let known = system.group.orders().iter().map(|(verb, _)| *verb);
            let args = [Arg::Name("snapshot".into()), list(known)];
            self.flaw_below(&["snapshot"], Phrase::new(K::UnknownOrder, args));
        }
    }

    fn switch(&mut self, switch: &SwitchRule) {
        let systems = self.systems.iter().filter(|s| switch.of.as_ref().is_none_or(|of| *of == s.name));
        let rules: Vec<&str> = systems.flat_map(|system| system.rules.iter().copied()).collect();
        if !rules.is_empty() && !rules.contains(&&*switch.rule) {
            self.wrong(&switch.rule, K::UnknownRule, Some(distinct(rules)));
        }
    }

    /// Names for those who come: such as can be names, and nobody's yet.
    fn newcomers(&mut self, add: &AddMember) {
        if add.names.is_empty() {
            let bound = Phrase::new(K::TooFew, [Arg::Number(0), Arg::Number(1)]);
            self.flaw_below(&["addMember", "names"], bound);
        }
        for (at, name) in add.names.iter().enumerate() {
            if self.problems.is_full() {
                return;
            }
            if add.names[..at].contains(name) {
                let phrase = Phrase::new(K::NameTaken, [clipped(name)]);
                self.flaw_below(&["addMember", "names", &at.to_string()], phrase);
            } else {
                self.newcomer(name, &["addMember", "names"]);
            }
        }
        if add.joining == Joining::Learner {
            self.knows_learners("addMember", add.of.as_ref(), ["learner", "as"]);
        }
    }

    fn newcomer(&mut self, name: &Arc<str>, fields: &[&str]) {
        let key = match (is_name(name), self.taken.contains(name)) {
            (false, _) => K::BadName,
            (true, true) => K::NameTaken,
            (true, false) => return,
        };
        let (node, path) = self.below(fields);
        let (node, rest) = self.doc.find(node, name).unwrap_or((node, String::new()));
        self.wrong_at(node, &format!("{path}{rest}"), Phrase::new(key, [clipped(name)]));
    }

    fn learners(&mut self, members: &Members) {
        if !members.learners.0.is_empty() {
            self.knows_learners("members", members.of.as_ref(), ["learners", "learners"]);
        }
    }

    /// Only a system whose command of this name says so has members that only receive.
    fn knows_learners(&mut self, verb: &str, of: Option<&Arc<str>>, [argument, field]: [&str; 2]) {
        let systems = self.systems.iter().filter(|system| of.is_none_or(|of| *of == system.name));
        let mut knowing = systems.filter_map(|system| Some((system, system.arguments(verb)?)));
        let (Some((system, arguments)), None) = (knowing.next(), knowing.next()) else { return };
        if arguments.takes(argument).is_none() {
            self.flaw_below(&[verb, field], Phrase::new(K::NoLearners, [clipped(&system.name)]));
        }
    }

    fn verb(&mut self, verb: &str, of: Option<&Arc<str>>) {
        match of {
            Some(of) => {
                let Some(system) = self.system(of) else { return };
                if system.arguments(verb).is_none() {
                    let known: Vec<&str> = system.group.orders().iter().map(|(name, _)| *name).collect();
                    self.wrong(verb, K::UnknownOrder, Some(known));
                }
            }
            None => {
                let all = self.systems.iter().filter(|system| !system.implicit);
                let knowing: Vec<&str> =
                    all.filter(|s| s.arguments(verb).is_some()).map(|system| &*system.name).collect();
                match knowing.len() {
                    1 => {}
                    0 => self.flaw(Phrase::new(K::NoSystemFor, [Arg::Name(verb.into())])),
                    _ => {
                        let args = [Arg::Name(verb.into()), list(knowing)];
                        self.flaw(Phrase::new(K::WhichSystem, args));
                    }
                }
            }
        }
    }

    /// What an order is given, and what it leaves out, by the declaration of its system.
    fn order(&mut self, order: &OrderCommand) {
        let declared_by = self.systems.iter().filter(|system| !system.implicit);
        let declared_by = declared_by.filter(|system| system.arguments(&order.verb).is_some()).count();
        if order.of.is_none() && declared_by > 1 {
            return; // whose it is was asked already
        }
        let Some((system, declared)) = orders::declared(self.systems, order) else { return };
        let known = || declared.names().collect();
        for (called, argument) in &order.arguments {
            if self.problems.is_full() {
                return;
            }
            match declared.takes(called) {
                None => self.wrong(called, K::UnknownArgument, Some(known())),
                Some(takes) if takes.is_somebody() => self.somebody(called, argument, takes, declared),
                Some(takes) => self.constant(called, argument, takes, system),
            }
        }
        for (at, phrase) in orders::unfit(declared, order) {
            match order.arguments.get(at) {
                Some(_) => self.flaw_below(&["order", "with", at], phrase),
                None => self.flaw_below(&["order", "verb"], phrase),
            }
        }
    }

    /// Whom an argument means is known at its moment; that somebody could be meant is known now.
    fn somebody(&mut self, called: &str, argument: &Argument, takes: Takes, declared: Arguments) {
        let (node, path) = self.below(&["order", "with", called]);
        let many = argument.0.0.len();
        if self.doc.is_null(node) {
            self.wrong_at(node, &path, Found::Nothing.instead_of(takes.expected(&[])));
        } else if (many == 0 && declared.needed(called)) || (many > 1 && matches!(takes, Takes::Member)) {
            self.wrong_at(node, &path, Found::items_instead_of(many, takes.expected(&[])));
        }
        let whole = (self.node, std::mem::replace(&mut self.path, path));
        self.node = node;
        self.target(&argument.0);
        (self.node, self.path) = whole;
    }

    fn constant(&mut self, called: &str, argument: &Argument, takes: Takes, system: &System) {
        let Err(mut phrase) = orders::constant(&argument.0.0, takes, &system.rules) else { return };
        let (node, path) = self.below(&["order", "with", called]);
        let names = takes.names(&system.rules);
        let text = self.doc.text(node).map_or("", |text| text);
        // Who asks what may stand here is told the names.
        if self.doc.seeks(node) && !names.is_empty() {
            phrase = Phrase::new(K::UnknownName, [clipped(text), list(names.iter().copied())]);
        }
        let near = nearest(text, names.iter().copied());
        self.problems.add(problem(self.doc, node, &path, phrase, near));
    }
}

//! An operator's commands to a set, and to which of its members each goes. They are the shell's: `rs.stepDown(60, 10)` is
//! `order: { verb: stepDown, with: { secs: 60, catchUpSecs: 10 } }`.

use super::ReplicaSet;
use super::facts::newest_primary;
use crate::consensus::replica_set::{Command, Config, Member, MemberConfig, Priority, Rule};
use crate::kernel::world::World;
use crate::process::hosted::Order;
use crate::process::{Arg, Phrase, ProcessId, Span};
use crate::system::orders::{Arguments, Orders, Said, Takes, takes};
use crate::system::{Deed, Given};
use crate::systems::given::Args;
use crate::text::{Milli, clipped};
use crate::words::replset_view::ReplSetViewKey as V;
use crate::words::scenario::ScenarioKey as K;
use std::any::Any;
use std::sync::Arc;

/// Each with what its arguments take.
pub(super) const ORDERS: Orders = &[
    ("stepDown", STEP_DOWN),
    ("stepUp", takes(&[("by", Takes::Members)]).needs(&["by"])),
    ("freeze", takes(&[("by", Takes::Members), ("secs", SECS)]).needs(&["by", "secs"])),
    ("abortCatchUp", takes(&[("by", Takes::Member)])),
    ("syncFrom", takes(&[("by", Takes::Members), ("source", Takes::Member)]).needs(&["by", "source"])),
    ("reconfig", RECONFIG),
    ("transfer", takes(&[("to", Takes::Member)])),
    ("addMember", takes(&[("members", Takes::Members), ("learner", Takes::Flag)]).needs(&["members"])),
    ("removeMember", takes(&[("members", Takes::Members)]).needs(&["members"])),
    ("switchRule", takes(&[("rule", Takes::Rule), ("on", Takes::Flag)]).needs(&["rule", "on"])),
    ("request", crate::systems::drivers::ASKED),
];

const STEP_DOWN: Arguments =
    takes(&[("by", Takes::Member), ("secs", SECS), ("catchUpSecs", SECS), ("force", Takes::Flag)])
        .fit(long_enough);

const RECONFIG: Arguments = takes(&[
    ("member", Takes::Member),
    ("priority", PRIORITY),
    ("votes", Takes::Whole(0, 1)),
    ("hidden", Takes::Flag),
    ("secondaryDelaySecs", SECS),
    ("force", Takes::Flag),
    ("by", Takes::Member),
])
.needs(&["member"]);

/// A priority: "a number between 0 and 1000".
const PRIORITY: Takes = Takes::Own {
    check: |text| {
        if Milli::read(text)?.thousandths > Priority::MOST.0 {
            let bounds = [0, u64::from(Priority::MOST.0 / 1_000)].map(Arg::Number);
            return Err(Phrase::new(
                K::OutOfBounds,
                [clipped(text)].into_iter().chain(bounds).collect::<Vec<_>>(),
            ));
        }
        Ok(())
    },
    names: &[],
    expected: K::ExpectNumber,
};

/// Whoever is primary refuses to rest for less time than it waits for others to catch up.
fn long_enough(said: &Said<'_>) -> Result<(), (&'static str, Phrase)> {
    let usual = if said.text("force") == Some("true") { 0 } else { CATCH_UP_SECS };
    let rest = said.number("secs").unwrap_or(STEP_DOWN_SECS);
    let waits = said.number("catchUpSecs").unwrap_or(usual);
    if rest < waits {
        let at = if said.has("secs") { "secs" } else { "catchUpSecs" };
        return Err((at, Phrase::new(V::RestsTooShort, [rest, waits].map(Arg::Number))));
    }
    Ok(())
}

/// "If not specified, 60 seconds" (*replSetStepDown*).
const STEP_DOWN_SECS: u64 = 60;

/// "either 10 seconds or if force: true, 0 seconds" (*replSetStepDown*).
const CATCH_UP_SECS: u64 = 10;

/// Seconds, as the shell takes them.
const SECS: Takes = Takes::Whole(0, LONGEST);

/// The longest time that an order takes, in seconds: a year.
const LONGEST: u64 = 366 * 24 * 3600;

/// What somebody orders, with its arguments.
struct Ordered<'a> {
    set: &'a ReplicaSet,
    world: &'a World,
    number: u16,
    verb: &'a str,
    args: Args<'a>,
}

/// Whom to tell what.
pub(super) fn order(
    set: &ReplicaSet,
    world: &World,
    number: u16,
    verb: &str,
    args: &[(&str, Given)],
) -> Result<Vec<Deed>, Phrase> {
    let ordered = Ordered { set, world, number, verb, args: Args(args) };
    match verb {
        "stepDown" => ordered.step_down(),
        "stepUp" => ordered.each("by", |_| Ok(Command::StepUp)),
        "freeze" => {
            let secs = ordered.secs("secs")?.ok_or_else(|| ordered.needs("secs"))?;
            ordered.each("by", |_| Ok(Command::Freeze { secs }))
        }
        "abortCatchUp" => ordered.to_primary(Command::AbortCatchUp),
        "syncFrom" => {
            let source = ordered.one("source")?.ok_or_else(|| ordered.needs("source"))?;
            ordered.each("by", |_| Ok(Command::SyncFrom { source }))
        }
        "reconfig" => ordered.reconfig(),
        "transfer" => match ordered.one("to")? {
            Some(to) => Ok(vec![tell(to, Command::StepUp)]),
            None => ordered.hand_over(),
        },
        "addMember" => ordered.add(),
        "removeMember" => {
            let leave = ordered.args.members("members").iter();
            let primary = ordered.primary()?;
            Ok(leave.map(|host| tell(primary.id(), Command::Remove { host: *host })).collect())
        }
        "switchRule" => ordered.switch_rule(),
        other => Err(Phrase::new(K::NoSystemFor, [Arg::Name(other.into())])),
    }
}

fn tell(to: ProcessId, command: Command) -> Deed {
    Deed { to, order: Arc::new(command) }
}

impl<'a> Ordered<'a> {
    fn needs(&self, what: &str) -> Phrase {
        Phrase::new(K::NeedsArgument, [self.verb, what].map(|name| Arg::Name(name.into())))
    }

    /// A whole number; none if nothing is said.
    fn whole(&self, name: &str, most: u64) -> Result<Option<u64>, Phrase> {
        let Some(text) = self.args.text(name) else { return Ok(None) };
        match text.parse() {
            Ok(number) if number <= most => Ok(Some(number)),
            _ => {
                let args = [Arg::Name(name.into()), Arg::Number(0), Arg::Number(most)];
                Err(Phrase::new(K::SettingRange, args))
            }
        }
    }

    fn secs(&self, name: &str) -> Result<Option<Span>, Phrase> {
        self.whole(name, LONGEST).map(|secs| secs.map(Span::secs))
    }

    /// A member of the set; none if nothing is said.
    fn one(&self, name: &str) -> Result<Option<ProcessId>, Phrase> {
        if let Some(text) = self.args.text(name) {
            return Err(Phrase::new(K::NoSuchName, [Arg::Name(text.clone())]));
        }
        self.args.members(name).first().map(|id| self.ours(*id)).transpose()
    }

    /// Only its own processes understand its commands.
    fn ours(&self, id: ProcessId) -> Result<ProcessId, Phrase> {
        let known = self.world.process(id).filter(|process| process.group == self.number);
        known.map(|process| process.id).ok_or_else(|| {
            let called = self.world.process(id).map_or_else(|| "".into(), |process| process.name.clone());
            Phrase::new(K::UnknownMember, [Arg::Name(called), Arg::Name(self.set.name.clone())])
        })
    }

    /// To each of the members that are named.
    fn each(
        &self,
        name: &str,
        command: impl Fn(ProcessId) -> Result<Command, Phrase>,
    ) -> Result<Vec<Deed>, Phrase> {
        match self.args.members(name) {
            [] => Err(self.needs(name)),
            who => who.iter().map(|id| Ok(tell(self.ours(*id)?, command(*id)?))).collect(),
        }
    }

    /// The one primary; of several, the newest.
    fn primary(&self) -> Result<&'a Member, Phrase> {
        let nobody = || {
            Phrase::new(K::NobodySelected, [Arg::Name("primary".into()), Arg::Name(self.set.name.clone())])
        };
        newest_primary(self.world, self.number).ok_or_else(nobody)
    }

    /// To whoever is named, or else to the primary.
    fn to_primary(&self, command: Command) -> Result<Vec<Deed>, Phrase> {
        let to = match self.one("by")? {
            Some(by) => by,
            None => self.primary()?.id(),
        };
        Ok(vec![tell(to, command)])
    }

    fn step_down(&self) -> Result<Vec<Deed>, Phrase> {
        let secs = self.secs("secs")?.unwrap_or(Span::secs(STEP_DOWN_SECS));
        let force = self.args.flag("force");
        let usual = if force { Span::ZERO } else { Span::secs(CATCH_UP_SECS) };
        let catch_up = self.secs("catchUpSecs")?.unwrap_or(usual);
        self.to_primary(Command::StepDown { secs, catch_up, force })
    }

    /// The primary steps down, and rests for an election timeout: long enough for whoever it asks to stand.
    fn hand_over(&self) -> Result<Vec<Deed>, Phrase> {
        let primary = self.primary()?;
        let usual = Span::secs(10);
        let rest = primary.config().map_or(usual, |config| config.settings.election_timeout);
        let command = Command::StepDown { secs: rest, catch_up: Span(rest.nanos() / 2), force: false };
        Ok(vec![tell(primary.id(), command)])
    }

    /// The configuration in force, with another description of one member.
    fn reconfig(&self) -> Result<Vec<Deed>, Phrase> {
        let host = self.one("member")?.ok_or_else(|| self.needs("member"))?;
        let force = self.args.flag("force");
        let by = match self.one("by")? {
            Some(by) => by,
            None => self.primary()?.id(),
        };
        let config = self.world.machine::<Member>(by).and_then(Member::config);
        let unknown = || {
            let called = self.world.process(host).map_or_else(|| "".into(), |process| process.name.clone());
            Phrase::new(K::UnknownMember, [Arg::Name(called), Arg::Name(self.set.name.clone())])
        };
        let mut config = Config::clone(config.ok_or_else(unknown)?);
        let member = config.members.iter_mut().find(|member| member.host == host).ok_or_else(unknown)?;
        if let Some(text) = self.args.text("priority") {
            member.priority = Priority(Milli::read(text)?.thousandths);
        }
        if let Some(votes) = self.whole("votes", 1)? {
            member.votes = votes == 1;
        }
        if let Some(hidden) = self.args.said("hidden") {
            member.hidden = hidden;
        }
        if let Some(delay) = self.whole("secondaryDelaySecs", LONGEST)? {
            member.delay_secs = delay;
        }
        Ok(vec![tell(by, Command::Reconfig { config: Box::new(config), force })])
    }

    fn add(&self) -> Result<Vec<Deed>, Phrase> {
        let primary = self.primary()?;
        let known = primary.config().map_or(&[][..], |config| &config.members);
        // "_id … must be unique": a number that nobody has.
        let next = known.iter().map(|member| u32::from(member.id) + 1).max().unwrap_or(0);
        let numbered = (next..).zip(self.args.members("members"));
        let deed = |(id, host): (u32, &ProcessId)| {
            let mut member = MemberConfig::new(u8::try_from(id).unwrap_or(u8::MAX), *host);
            if self.args.flag("learner") {
                (member.votes, member.priority) = (false, Priority::ZERO);
            }
            tell(primary.id(), Command::Add { member: Box::new(member) })
        };
        Ok(numbered.map(deed).collect())
    }

    fn switch_rule(&self) -> Result<Vec<Deed>, Phrase> {
        let (name, on) = (self.args.text("rule").map_or("", |name| &**name), self.args.flag("on"));
        let unknown = || {
            let all = Rule::ALL.iter().map(|rule| Arg::Name(rule.name().into())).collect();
            Phrase::new(K::UnknownRule, [Arg::Name(name.into()), Arg::List(all)])
        };
        let rule = Rule::named(name).ok_or_else(unknown)?;
        let told = |member: &Member| tell(member.id(), Command::SwitchRule { rule, on });
        Ok(ReplicaSet::running(self.world, self.number).map(told).collect())
    }
}

/// What an order asks for.
pub(super) fn ordered(to: ProcessId, order: &dyn Order) -> Option<Phrase> {
    let me = Arg::Process(to);
    Some(match (order as &dyn Any).downcast_ref()? {
        Command::StepDown { secs, .. } => Phrase::new(V::SayStepDown, [me, Arg::For(*secs)]),
        Command::StepUp => Phrase::new(V::SayStepUp, [me]),
        Command::Freeze { secs } => Phrase::new(V::SayFreeze, [me, Arg::For(*secs)]),
        Command::AbortCatchUp => Phrase::new(V::SayAbortCatchUp, [me]),
        Command::SyncFrom { source } => Phrase::new(V::SaySyncFrom, [me, Arg::Process(*source)]),
        Command::Reconfig { .. } => Phrase::new(V::SayReconfig, [me]),
        Command::Add { member } => Phrase::new(V::SayAdd, [me, Arg::Process(member.host)]),
        Command::Remove { host } => Phrase::new(V::SayRemove, [me, Arg::Process(*host)]),
        Command::SwitchRule { .. } => return None,
    })
}

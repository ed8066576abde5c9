//! Commands: all that a person does, in a file's timeline, by a click, or typed as one line (DESIGN, law 4).
//!
//! A command is plain data. [`Command::parse`] reads one line of YAML (`crash: n1`), its `Display` writes one back; links,
//! undo and saved scenarios hold nothing else. Whom it means is resolved when it is carried out ([`super::act`]).

use super::target::{Argument, Target};
use crate::process::{Arg, Phrase};
use crate::system::orders::Said;
use crate::text::law::Law;
use crate::text::typed::{Fault, FromDoc, Node, Variants, typed};
use crate::text::{Bandwidth, Doc, Duration, Probability, Problem, SignedDuration, flow};
use crate::words::scenario::ScenarioKey as K;
use litemap::LiteMap;
use muster_derive::FromDoc;
use serde::Serialize;
use std::fmt;
use std::sync::Arc;

/// Something done to the cluster.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Command {
    /// Hosts lose power: their processes die at once, what was not synced is lost.
    Crash(Target),
    /// Processes die; their hosts stay up, so that peers are refused at once.
    Kill(Target),
    /// Crashed hosts come up; dead processes start again from their disks.
    Start(Target),
    /// Hosts stop doing anything and do not know it.
    Pause(Target),
    /// They go on.
    Resume(Target),
    /// Groups that cannot reach each other.
    Partition(Partition),
    /// Nothing passes from some hosts to others.
    Cut(Cut),
    /// Ends a fault by the id of the command that made it, or `all`.
    Heal(Arc<str>),
    /// Datagrams get lost.
    Loss(Loss),
    /// Links take another time.
    Delay(Delay),
    /// Datagrams arrive twice.
    Duplicate(Duplicate),
    /// Later datagrams overtake earlier ones.
    Reorder(Reorder),
    /// Links carry only so much.
    Bandwidth(Narrow),
    /// Links get their own laws back.
    Restore(Links),
    /// What is sent waits and none of it moves.
    Clog(Links),
    /// It moves again, in order.
    Unclog(Links),
    /// What would arrive is held at the receiver's door.
    Hold(Links),
    /// It may come in, in order.
    Release(Links),
    /// A message on its way arrives now.
    Deliver(MessageName),
    /// A message on its way is lost.
    Drop(MessageName),
    /// A message on its way arrives twice.
    Copy(MessageName),
    /// A message on its way takes longer.
    DelayMessage(DelayMessage),
    /// A disk begins, or ceases, to misbehave.
    Disk(DiskCommand),
    /// A host's clocks run at another rate.
    Drift(Drift),
    /// A host's wall clock jumps.
    StepClock(StepClock),
    /// A timer fires now.
    TimeOut(TimeOut),
    /// A client's request from the console.
    Request(Request),
    /// Somebody shall get a value chosen.
    Propose(Propose),
    /// The leader hands over.
    Transfer(Transfer),
    /// The group's members shall be these.
    Members(Members),
    /// New members join.
    AddMember(AddMember),
    /// Members leave; their processes go on.
    RemoveMember(RemoveMember),
    /// Members take a snapshot now.
    Snapshot(Target),
    /// A host joins the cluster.
    AddHost(AddHost),
    /// Hosts leave for good, with their processes and disks.
    RemoveHost(Target),
    /// A rule of a system is switched on or off.
    SwitchRule(SwitchRule),
    /// Other luck from here.
    Reluck(u64),
    /// Any other command a system knows, by name.
    Order(OrderCommand),
}

/// Groups that cannot reach each other.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Partition {
    /// The groups, disjoint.
    pub groups: Vec<Target>,
    /// What becomes of everybody else; `together` if there is one group, else `reachAll`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub others: Option<Others>,
}

/// What becomes of hosts in no group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Others {
    /// They reach every group.
    ReachAll,
    /// They reach nobody.
    Isolated,
    /// They are one more group.
    Together,
}

/// Nothing passes from some hosts to others.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Cut {
    /// Senders.
    pub from: Target,
    /// Receivers.
    pub to: Target,
    /// Only in this direction.
    #[serde(default, skip_serializing_if = "is_false")]
    pub one_way: bool,
}

/// Links between hosts; all, where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Links {
    /// Senders; all, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Target>,
    /// Receivers; all, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Target>,
    /// Only in this direction.
    #[serde(default, skip_serializing_if = "is_false")]
    pub one_way: bool,
}

fn is_false(value: &bool) -> bool {
    !value
}

macro_rules! on_links {
    ($($(#[$doc:meta])* $name:ident { $field:ident: $type:ty = $example:literal } )*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields, rename_all = "camelCase")]
        pub struct $name {
            #[doc = $example]
            pub $field: $type,
            /// Senders; all, if left out.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub from: Option<Target>,
            /// Receivers; all, if left out.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub to: Option<Target>,
            /// Only in this direction.
            #[serde(default, skip_serializing_if = "is_false")]
            pub one_way: bool,
        }
        impl $name {
            /// On which links.
            pub fn links(&self) -> Links {
                Links { from: self.from.clone(), to: self.to.clone(), one_way: self.one_way }
            }
        }
    )* };
}

on_links! {
    /// Datagrams get lost.
    Loss { chance: Probability = "How likely: `10%`." }
    /// Links take another time.
    Delay { latency: Law = "How long: `50ms`, or a law." }
    /// Datagrams arrive twice.
    Duplicate { chance: Probability = "How likely: `10%`." }
    /// Datagrams take a second latency on top.
    Reorder { chance: Probability = "How likely: `10%`." }
    /// Links carry only so much.
    Narrow { rate: Bandwidth = "How much: `1MB/s`, or `unlimited`." }
}

/// A message, by its identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MessageName {
    /// The sending process.
    pub from: Arc<str>,
    /// The receiving process.
    pub to: Arc<str>,
    /// The how-manieth from the one to the other.
    pub number: u64,
    /// 0 for the original.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub copy: u32,
}

fn is_zero(value: &u32) -> bool {
    *value == 0
}

/// A message takes longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DelayMessage {
    /// Which.
    pub message: MessageName,
    /// By so much.
    pub by: Duration,
}

/// A disk begins, or ceases, to misbehave.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DiskCommand {
    /// Whose.
    pub host: Target,
    /// How.
    pub fault: DiskTrouble,
}

/// Ways for a disk to fail. All but the last two are within what Raft promises to survive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum DiskTrouble {
    /// It is itself again.
    Healthy,
    /// A crash may leave a torn piece of what was not synced.
    TornTail,
    /// Syncs do not complete.
    Stall,
    /// No space left.
    Full,
    /// Input/output errors.
    IoError,
    /// Syncs take so much longer.
    Slow(Duration),
    /// What was synced is gone.
    Wipe,
    /// It says synced and is not.
    Lying,
}

/// A host's clocks run at another rate.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Drift {
    /// Whose.
    pub host: Target,
    /// Parts per million too fast; negative: too slow.
    pub ppm: i32,
}

/// A host's wall clock jumps.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StepClock {
    /// Whose.
    pub host: Target,
    /// By so much, either way.
    pub by: SignedDuration,
}

/// A timer fires now: `timeOut: n2`, or `timeOut: { member: n2, timer: election }`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimeOut {
    /// Whose.
    pub member: Target,
    /// Which; the system's first, if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timer: Option<Arc<str>>,
}

impl FromDoc for TimeOut {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        #[derive(FromDoc)]
        #[serde(deny_unknown_fields)]
        struct Body {
            member: Target,
            timer: Option<Arc<str>>,
        }
        let name = |text: &str| TimeOut { member: Target::name(text), timer: None };
        let body = |body: Body| TimeOut { member: body.member, timer: body.timer };
        node.text_or_mapping(K::ExpectTarget, name, body)
    }
}

/// A client's request.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// What is asked.
    pub op: OpName,
    /// Of which key.
    pub key: Arc<str>,
    /// The value to write (put, cas, append).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Arc<str>>,
    /// What must be there for a cas; left out: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect: Option<Arc<str>>,
    /// Whom to ask first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Target>,
    /// Of which system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Arc<str>>,
}

/// Operations of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum OpName {
    /// Read.
    Get,
    /// Write.
    Put,
    /// Write if it is what is expected.
    Cas,
    /// Write behind what is there.
    Append,
    /// Remove.
    Delete,
}

impl OpName {
    /// A value is for operations that write one, and what is expected for the one that compares. Fails with the argument at which
    /// that is wrong.
    pub fn fit(said: &Said<'_>) -> Result<(), (&'static str, Phrase)> {
        let Some(op) = said.text("op").filter(|op| OpName::NAMES.contains(op)) else { return Ok(()) };
        let writes = matches!(op, "put" | "cas" | "append");
        if writes && !said.has("value") {
            let args = [op, "value"].map(|name| Arg::Name(name.into()));
            return Err(("op", Phrase::new(K::NeedsArgument, args)));
        }
        for (name, used) in [("value", writes), ("expect", op == "cas")] {
            if !used && said.has(name) {
                return Err((name, Self::does_nothing(name, op)));
            }
        }
        Ok(())
    }

    /// That an operation has no use for an argument.
    pub fn does_nothing(argument: &str, op: &str) -> Phrase {
        Phrase::new(K::DoesNothing, [argument, op].map(|name| Arg::Name(name.into())))
    }
}

impl Request {
    /// Its operation by name.
    pub(super) fn op_name(&self) -> &'static str {
        OpName::NAMES[self.op as usize]
    }
    /// What it says, as an order says it.
    pub(super) fn says(&self, called: &str) -> Option<&str> {
        match called {
            "op" => Some(self.op_name()),
            "value" => self.value.as_deref(),
            "expect" => self.expect.as_deref(),
            _ => None,
        }
    }
}

/// Somebody shall get a value chosen.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Propose {
    /// Who.
    pub by: Target,
    /// Which value.
    pub value: Arc<str>,
    /// Of which system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Arc<str>>,
}

/// The leader hands over.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// To whom; whom it likes, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Target>,
    /// Of which system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Arc<str>>,
}

/// The group's members shall be these.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Members {
    /// Who votes.
    pub voters: Target,
    /// Who only receives.
    #[serde(default, skip_serializing_if = "no_target")]
    pub learners: Target,
    /// Of which system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Arc<str>>,
}

fn no_target(target: &Target) -> bool {
    target.0.is_empty()
}

/// New members join, each on a new host of its name.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AddMember {
    /// Their names, not in use.
    pub names: Vec<Arc<str>>,
    /// Their zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Arc<str>>,
    /// Voters or learners; or only started, not yet asked into the group. Workers join as soon as they are started.
    #[serde(default, rename = "as", skip_serializing_if = "Joining::is_voter")]
    pub joining: Joining,
    /// Of which system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Arc<str>>,
}

/// What a new member becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Joining {
    /// A voter.
    #[default]
    Voter,
    /// A learner.
    Learner,
    /// Nothing yet: it is only started.
    Started,
}

impl Joining {
    fn is_voter(&self) -> bool {
        *self == Joining::Voter
    }
}

/// Members leave.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RemoveMember {
    /// Who.
    pub members: Target,
    /// Of which system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Arc<str>>,
}

/// A host joins the cluster.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AddHost {
    /// Its name, not in use.
    pub name: Arc<str>,
    /// Its zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Arc<str>>,
}

/// A rule is switched on or off.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SwitchRule {
    /// Its name, as in `without:`.
    pub rule: Arc<str>,
    /// In force?
    pub on: bool,
    /// Of which system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Arc<str>>,
}

/// Any other command a system knows.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OrderCommand {
    /// Its name.
    pub verb: Arc<str>,
    /// Its arguments.
    #[serde(default, rename = "with", skip_serializing_if = "LiteMap::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<Arc<str>, Argument>"))]
    pub arguments: LiteMap<Arc<str>, Argument>,
    /// Of which system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Arc<str>>,
}

impl Command {
    /// Whom it names directly (links and messages aside), each with the field that says it; none if it says nothing else.
    pub(super) fn targets(&self) -> Vec<(Option<&'static str>, &Target)> {
        match self {
            Command::Crash(t)
            | Command::Kill(t)
            | Command::Start(t)
            | Command::Pause(t)
            | Command::Resume(t)
            | Command::Snapshot(t)
            | Command::RemoveHost(t) => vec![(None, t)],
            Command::Cut(cut) => vec![(Some("from"), &cut.from), (Some("to"), &cut.to)],
            Command::Disk(disk) => vec![(Some("host"), &disk.host)],
            Command::Drift(drift) => vec![(Some("host"), &drift.host)],
            Command::StepClock(step) => vec![(Some("host"), &step.host)],
            Command::TimeOut(time_out) => vec![(Some("member"), &time_out.member)],
            Command::Request(request) => request.to.iter().map(|to| (Some("to"), to)).collect(),
            Command::Propose(propose) => vec![(Some("by"), &propose.by)],
            Command::Transfer(transfer) => transfer.to.iter().map(|to| (Some("to"), to)).collect(),
            Command::Members(members) => {
                vec![(Some("voters"), &members.voters), (Some("learners"), &members.learners)]
            }
            Command::RemoveMember(remove) => vec![(Some("members"), &remove.members)],
            _ => Vec::new(),
        }
    }

    /// The system's own command it needs, by name, and of which system.
    pub(super) fn verb(&self) -> Option<(&'static str, Option<&Arc<str>>)> {
        Some(match self {
            Command::Propose(c) => ("propose", c.of.as_ref()),
            Command::Transfer(c) => ("transfer", c.of.as_ref()),
            Command::Members(c) => ("members", c.of.as_ref()),
            Command::AddMember(c) => ("addMember", c.of.as_ref()),
            Command::RemoveMember(c) => ("removeMember", c.of.as_ref()),
            Command::SwitchRule(c) => ("switchRule", c.of.as_ref()),
            _ => return None,
        })
    }

    /// Hosts and processes it brings along.
    pub(super) fn newcomers(&self) -> &[Arc<str>] {
        match self {
            Command::AddMember(add) => &add.names,
            Command::AddHost(add) => std::slice::from_ref(&add.name),
            _ => &[],
        }
    }

    /// Does it make something that can be healed?
    pub fn is_fault(&self) -> bool {
        matches!(
            self,
            Command::Crash(_)
                | Command::Kill(_)
                | Command::Pause(_)
                | Command::Partition(_)
                | Command::Cut(_)
                | Command::Loss(_)
                | Command::Delay(_)
                | Command::Duplicate(_)
                | Command::Reorder(_)
                | Command::Bandwidth(_)
                | Command::Clog(_)
                | Command::Hold(_)
                | Command::Disk(_)
                | Command::Drift(_)
        )
    }

    /// Does it mean the same to every system: something done to hosts, links, disks, clocks or luck? What is done to one message
    /// or timer, and what only some system understands, does not.
    pub fn is_for_all(&self) -> bool {
        let own = matches!(
            self,
            Command::Deliver(_)
                | Command::Drop(_)
                | Command::Copy(_)
                | Command::DelayMessage(_)
                | Command::TimeOut(_)
                | Command::Request(_)
                | Command::Snapshot(_)
                | Command::Order(_)
        );
        !own && self.verb().is_none()
    }

    /// Its name, as in `do:`.
    pub fn name(&self) -> String {
        let line = self.to_string();
        line.split(':').next().unwrap_or("").trim().to_owned()
    }

    /// Reads one line: `crash: n1`, or `{ crash: { select: leader, of: kv } }`.
    pub fn parse(line: &str) -> Result<Command, Problem> {
        let doc = Doc::line(line)?;
        match doc.roots() {
            [root] => typed(&doc, *root, ""),
            roots => Err(Problem::whole(Phrase::new(K::OneKeyOnly, [Arg::Number(roots.len() as u64)]))),
        }
    }
}

/// One line, the same for equal commands.
impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&flow::line(self))
    }
}

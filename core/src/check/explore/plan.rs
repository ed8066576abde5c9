//! A seed's plan: timed commands, the same that a scenario's timeline holds, so that a seed that fails can be written down
//! as a scenario. Commands that find nobody to do it to are refused when their time comes, and that is all.

use super::at as when;
use super::swarm::{self, Bout, Family};
use crate::kernel::luck::Stream;
use crate::process::{Span, Time};
use crate::scenario::command::{
    AddMember, Command as Do, Cut, Delay, DiskCommand, DiskTrouble, Drift, Duplicate, Joining, Links, Loss,
    Members, OpName, OrderCommand, Others, Partition, Propose, RemoveMember, Reorder, Request, StepClock,
    TimeOut, Transfer,
};
use crate::scenario::{Argument, Moment, System, Target, Who};
use crate::text::law::{Drawn, Law};
use crate::text::{Duration, Probability, SignedDuration};
use std::sync::Arc;

/// Who takes part.
#[derive(Clone, Debug)]
pub struct Cast {
    /// The group under test.
    pub system: Arc<str>,
    /// Its members at the start, each on a host of its name.
    pub members: Vec<Arc<str>>,
    /// Those of them that can be asked to get a value chosen.
    pub proposers: Vec<Arc<str>>,
    /// Names of members that may join.
    pub spares: Vec<Arc<str>>,
    /// Selectors of the group: who matters most at a moment, and who else there is.
    pub struck: [&'static str; 2],
    /// The commands that the group knows.
    pub verbs: Vec<&'static str>,
    /// Does it know members that only learn?
    pub learners: bool,
    /// Does it take requests, from a console of its own?
    pub asked: bool,
}

impl Cast {
    /// The cast of a system with these spares; `None` if no plans are made for it.
    pub fn of(system: &System, spares: Vec<Arc<str>>) -> Option<Cast> {
        let members: Vec<Arc<str>> = system.members.iter().map(|member| member.name.clone()).collect();
        Some(Cast {
            system: system.name.clone(),
            proposers: system.group.proposers().unwrap_or_else(|| members.clone()),
            members,
            spares,
            struck: system.group.struck()?,
            verbs: system.group.orders().iter().map(|(verb, _)| *verb).collect(),
            learners: system.group.selectors().contains(&"learners"),
            asked: system.group.console().is_some(),
        })
    }

    fn knows(&self, verb: &str) -> bool {
        self.verbs.contains(&verb)
    }
}

/// What a seed does.
#[derive(Clone, Debug)]
pub struct Plan {
    /// In order of time.
    pub moves: Vec<Moment>,
    /// When all is healed: from here on the group must come back to work.
    pub healed: Time,
    /// By when.
    pub end: Time,
}

/// The plan of a seed: faults for `faults`, then everything is healed and the group has `recovery` to elect a leader and
/// answer a client.
pub fn plan(cast: &Cast, seed: u64, faults: Span, recovery: Span) -> Plan {
    let mut draft = Draft { cast, seed, end: faults, moves: Vec::new(), ids: 0 };
    draft.crashes();
    draft.pauses();
    draft.walls();
    draft.links();
    draft.clocks();
    draft.disks();
    draft.membership();
    draft.operators();
    draft.proposals();
    draft.submissions();
    draft.request();
    draft.heal();
    let healed = when(faults);
    draft.moves.sort_by_key(|line| line.at);
    Plan { moves: draft.moves, healed, end: healed + recovery }
}

struct Draft<'a> {
    cast: &'a Cast,
    seed: u64,
    end: Span,
    moves: Vec<Moment>,
    ids: u32,
}

impl Draft<'_> {
    fn put(&mut self, at: Span, command: Do) {
        self.moves.push(Moment { at: when(at), id: None, command, line: 0 });
    }

    /// A fault that ends by its id.
    fn put_until(&mut self, bout: Bout, command: Do) {
        self.ids += 1;
        let id: Arc<str> = format!("f{}", self.ids).into();
        self.moves.push(Moment { at: when(bout.from), id: Some(id.clone()), command, line: 0 });
        self.put(bout.to, Do::Heal(id));
    }

    /// Draws the faults of a family and has each put down.
    fn each(&mut self, family: Family, mut put: impl FnMut(&mut Self, &mut Stream, Bout)) {
        let mut luck = family.luck(self.seed);
        for bout in family.bouts(&mut luck, self.end) {
            put(self, &mut luck, bout);
        }
    }

    fn select(&self, selector: &str) -> Target {
        Target::select(selector, Some(&self.cast.system))
    }

    /// Whoever matters most at that moment: who leads, who proposes.
    fn head(&self) -> Target {
        self.select(self.cast.struck[0])
    }

    fn others(&self) -> Target {
        self.select(self.cast.struck[1])
    }

    fn someone(&self, luck: &mut Stream) -> Target {
        Target::name(&self.cast.members[luck.below(self.cast.members.len() as u64) as usize])
    }

    /// A member, or whoever leads.
    fn victim(&self, luck: &mut Stream) -> Target {
        if luck.below(3) == 0 { self.head() } else { self.someone(luck) }
    }

    fn crashes(&mut self) {
        for (family, hard) in [(swarm::CRASH, true), (swarm::KILL, false)] {
            self.each(family, |draft, luck, bout| {
                let (victim, someone) = (draft.victim(luck), draft.someone(luck));
                draft.put(bout.from, if hard { Do::Crash(victim.clone()) } else { Do::Kill(victim.clone()) });
                let by_name = matches!(victim.0[..], [Who::Name(_)]);
                let back = if by_name { victim } else { draft.select("crashed") };
                draft.put(bout.to, Do::Start(back));
                // Two at once now and then.
                if luck.below(4) == 0 {
                    draft.put(bout.from, Do::Crash(someone.clone()));
                    draft.put(bout.to, Do::Start(someone));
                }
            });
        }
        self.each(swarm::BLACKOUT, |draft, _, bout| {
            draft.put(bout.from, Do::Crash(draft.select("all")));
            draft.put(bout.to, Do::Start(draft.select("crashed")));
        });
    }

    fn pauses(&mut self) {
        self.each(swarm::PAUSE, |draft, luck, bout| {
            draft.put(bout.from, Do::Pause(draft.victim(luck)));
            draft.put(bout.to, Do::Resume(draft.select("paused")));
        });
    }

    fn walls(&mut self) {
        self.each(swarm::PARTITION, |draft, luck, bout| {
            let command = draft.partition(luck);
            draft.put_until(bout, command);
        });
        self.each(swarm::CUT, |draft, luck, bout| {
            let (from, to) = match luck.below(4) {
                0 => (draft.head(), draft.others()),
                1 => (draft.others(), draft.head()),
                _ => (draft.someone(luck), draft.some(luck)),
            };
            let one_way = luck.below(4) != 0;
            draft.put_until(bout, Do::Cut(Cut { from, to, one_way }));
        });
    }

    fn partition(&self, luck: &mut Stream) -> Do {
        let (groups, others) = match luck.below(5) {
            // The leader alone, or with one companion.
            0 => (vec![self.head()], Others::Together),
            1 => {
                let Target(mut pair) = self.head();
                pair.extend(self.someone(luck).0);
                (vec![Target(pair)], Others::Together)
            }
            // Partial: two sides, and a bridge that reaches both.
            2 => {
                let mut names = self.shuffled(luck);
                names.pop();
                let other = names.split_off(names.len() / 2);
                (vec![named(&names), named(&other)], Others::ReachAll)
            }
            // Three parts.
            3 => {
                let mut names = self.shuffled(luck);
                let mut second = names.split_off(names.len() / 3);
                let third = second.split_off(second.len() / 2);
                (vec![named(&names), named(&second), named(&third)], Others::ReachAll)
            }
            _ => {
                let mut names = self.shuffled(luck);
                let at = luck.within(1, names.len() as u64 - 1) as usize;
                let other = names.split_off(at);
                // Clients are in no group: they reach every side, or only those who are left.
                let others = if luck.below(2) == 0 { Others::ReachAll } else { Others::Isolated };
                (vec![named(&names), named(&other)], others)
            }
        };
        Do::Partition(Partition { groups, others: Some(others) })
    }

    fn shuffled(&self, luck: &mut Stream) -> Vec<Arc<str>> {
        let mut names = self.cast.members.clone();
        for i in (1..names.len()).rev() {
            names.swap(i, luck.below(i as u64 + 1) as usize);
        }
        names
    }

    /// Some members, one at least.
    fn some(&self, luck: &mut Stream) -> Target {
        let mut names = self.shuffled(luck);
        names.truncate(luck.within(1, names.len() as u64 - 1) as usize);
        named(&names)
    }

    /// Some links: all, or those of a few.
    fn some_links(&self, luck: &mut Stream) -> Links {
        match luck.below(3) {
            0 => Links::default(),
            1 => Links { from: Some(self.some(luck)), to: None, one_way: luck.below(2) == 0 },
            _ => Links {
                from: Some(self.someone(luck)),
                to: Some(self.some(luck)),
                one_way: luck.below(2) == 0,
            },
        }
    }

    fn links(&mut self) {
        let chance = |luck: &mut Stream, most: u64| Probability {
            billionths: luck.within(1, most) as u32 * 10_000_000,
        };
        self.each(swarm::LOSS, |draft, luck, bout| {
            let Links { from, to, one_way } = draft.some_links(luck);
            draft.put_until(bout, Do::Loss(Loss { chance: chance(luck, 40), from, to, one_way }));
        });
        self.each(swarm::DUPLICATE, |draft, luck, bout| {
            let Links { from, to, one_way } = draft.some_links(luck);
            draft.put_until(bout, Do::Duplicate(Duplicate { chance: chance(luck, 60), from, to, one_way }));
        });
        self.each(swarm::REORDER, |draft, luck, bout| {
            let Links { from, to, one_way } = draft.some_links(luck);
            draft.put_until(bout, Do::Reorder(Reorder { chance: chance(luck, 60), from, to, one_way }));
        });
        self.each(swarm::DELAY, |draft, luck, bout| {
            let Links { from, to, one_way } = draft.some_links(luck);
            let range = [1, luck.within(20, 400)].map(|ms| Duration(Span::millis(ms)));
            let latency = Law::Drawn(Drawn::Uniform(range));
            draft.put_until(bout, Do::Delay(Delay { latency, from, to, one_way }));
        });
        self.each(swarm::CLOG, |draft, luck, bout| {
            let links = draft.some_links(luck);
            draft.put(bout.from, Do::Clog(links.clone()));
            draft.put(bout.to, Do::Unclog(links));
        });
    }

    /// Rates within half of the bound that leases assume, either way; wall clocks as wrong as can be.
    fn clocks(&mut self) {
        self.each(swarm::DRIFT, |draft, luck, bout| {
            let ppm = luck.within(0, 9_000) as i32 - 4_500;
            draft.put(bout.from, Do::Drift(Drift { host: draft.someone(luck), ppm }));
        });
        self.each(swarm::STEP_CLOCK, |draft, luck, bout| {
            let by = SignedDuration(luck.within(0, 20_000) as i64 * 1_000_000 - 10_000_000_000);
            draft.put(bout.from, Do::StepClock(StepClock { host: draft.someone(luck), by }));
        });
    }

    fn disks(&mut self) {
        self.each(swarm::DISK, |draft, luck, bout| {
            let host = draft.victim(luck);
            let fault = match luck.below(6) {
                0 | 1 => DiskTrouble::TornTail,
                2 => DiskTrouble::Stall,
                3 => DiskTrouble::Full,
                4 => DiskTrouble::IoError,
                _ => DiskTrouble::Slow(Duration(Span::millis(luck.within(1, 200)))),
            };
            draft.put(bout.from, Do::Disk(DiskCommand { host: host.clone(), fault }));
            // What a fault does to un-synced writes shows in a crash.
            if matches!(fault, DiskTrouble::TornTail | DiskTrouble::Stall | DiskTrouble::Slow(_))
                && luck.below(3) != 0
            {
                draft.put(bout.to, Do::Crash(host.clone()));
            }
            let back = Span::millis(luck.within(10, 1_500));
            draft.put(
                bout.to,
                Do::Disk(DiskCommand { host: draft.select("all"), fault: DiskTrouble::Healthy }),
            );
            draft.put((bout.to + back).min(draft.end), Do::Start(draft.select("crashed")));
        });
    }

    fn membership(&mut self) {
        if !self.cast.knows("members") {
            return self.one_by_one();
        }
        let cast = self.cast;
        let mut joined = false;
        self.each(swarm::MEMBERS, |draft, luck, bout| {
            if !joined && !cast.spares.is_empty() {
                joined = true;
                let (names, of) = (cast.spares.clone(), Some(cast.system.clone()));
                let joining = AddMember { names, zone: None, joining: Joining::Started, of };
                draft.put(bout.from, Do::AddMember(joining));
            }
            let command = draft.other_members(luck);
            draft.put(bout.from, command);
            draft.disturb(luck, bout.from);
        });
    }

    /// Where members come and go one at a time: a spare joins, or somebody leaves. No more leave than spares could join.
    fn one_by_one(&mut self) {
        let cast = self.cast;
        if !cast.knows("addMember") || !cast.knows("removeMember") {
            return;
        }
        let of = Some(cast.system.clone());
        let (mut spares, mut leave) = (cast.spares.iter(), cast.spares.len());
        self.each(swarm::MEMBERS, |draft, luck, bout| {
            let joins = if luck.below(2) == 0 { spares.next() } else { None };
            let command = match joins {
                Some(name) => {
                    let (names, joining) = (vec![name.clone()], Joining::Voter);
                    Do::AddMember(AddMember { names, zone: None, joining, of: of.clone() })
                }
                None if leave == 0 => return,
                None => {
                    leave -= 1;
                    Do::RemoveMember(RemoveMember { members: draft.someone(luck), of: of.clone() })
                }
            };
            draft.put(bout.from, command);
            draft.disturb(luck, bout.from);
        });
    }

    fn other_members(&self, luck: &mut Stream) -> Do {
        let cast = self.cast;
        let mut names: Vec<_> = cast.members.iter().chain(&cast.spares).cloned().collect();
        for i in (1..names.len()).rev() {
            names.swap(i, luck.below(i as u64 + 1) as usize);
        }
        // One voter is left whom clients know: nobody tells them of a group of strangers.
        if let Some(known) = names.iter().position(|name| cast.members.contains(name)) {
            names.swap(0, known);
        }
        let voters = luck.within(2, 5) as usize;
        let learners = luck.below(2) as usize;
        let (voters, rest) = names.split_at(voters.min(names.len()));
        let learners = if cast.learners { &rest[..learners.min(rest.len())] } else { &[] };
        Do::Members(Members {
            voters: named(voters),
            learners: named(learners),
            of: Some(cast.system.clone()),
        })
    }

    /// A change of members takes a few round trips: what happens to them at any time seldom happens in it. So something
    /// follows half of the changes closely: a crash, a wall, or another change.
    fn disturb(&mut self, luck: &mut Stream, change: Span) {
        let from = (change + Span::millis(luck.within(1, 120))).min(self.end);
        let to = (from + Span::millis(luck.within(50, 2_000))).min(self.end);
        match luck.below(8) {
            0 => {
                self.put(from, Do::Crash(self.head()));
                self.put(to, Do::Start(self.select("crashed")));
            }
            1 => {
                let someone = self.someone(luck);
                self.put(from, Do::Crash(someone.clone()));
                self.put(to, Do::Start(someone));
            }
            2 => {
                let command = self.partition(luck);
                self.put_until(Bout { from, to }, command);
            }
            3 if self.cast.knows("members") => {
                let command = self.other_members(luck);
                self.put(from, command);
            }
            _ => {}
        }
    }

    fn operators(&mut self) {
        if self.cast.knows("transfer") {
            self.transfers();
        }
        self.each(swarm::TIME_OUT, |draft, luck, bout| {
            let member = draft.someone(luck);
            draft.put(bout.from, Do::TimeOut(TimeOut { member, timer: None }));
        });
        if self.cast.knows("snapshot") {
            self.each(swarm::SNAPSHOT, |draft, luck, bout| {
                let who = if luck.below(2) == 0 { draft.someone(luck) } else { draft.select("all") };
                draft.put(bout.from, Do::Snapshot(who));
            });
        }
    }

    fn transfers(&mut self) {
        let of = Some(self.cast.system.clone());
        self.each(swarm::TRANSFER, |draft, luck, bout| {
            let to = (luck.below(2) == 0).then(|| draft.someone(luck));
            draft.put(bout.from, Do::Transfer(Transfer { to, of: of.clone() }));
            // Now and then the old leader does not hear of the new one.
            if luck.below(4) == 0 {
                let from = (bout.from + Span::millis(luck.within(0, 20))).min(draft.end);
                let to = (from + Span::millis(luck.within(50, 500))).min(draft.end);
                let (others, leader) = (draft.others(), draft.head());
                draft.put_until(Bout { from, to }, Do::Cut(Cut { from: others, to: leader, one_way: true }));
            }
        });
    }

    /// Values to agree on, from any proposer, often from two at once; and one after everything is healed.
    fn proposals(&mut self) {
        if !self.cast.knows("propose") {
            return;
        }
        let cast = self.cast;
        let proposer = |luck: &mut Stream| {
            Target::name(&cast.proposers[luck.below(cast.proposers.len() as u64) as usize])
        };
        let mut values = 0;
        let of = Some(self.cast.system.clone());
        let mut propose = |draft: &mut Self, at: Span, by: Target| {
            values += 1;
            let value = format!("v{values}").into();
            draft.put(at, Do::Propose(Propose { by, value, of: of.clone() }));
        };
        self.each(swarm::PROPOSE, |draft, luck, bout| {
            let by = proposer(luck);
            propose(draft, bout.from, by);
            if luck.below(2) == 0 {
                let rival = proposer(luck);
                let soon = bout.from + Span::millis(luck.within(0, 30));
                propose(draft, soon.min(draft.end), rival);
            }
        });
        let last = Target::name(&cast.proposers[0]);
        propose(self, self.end + Span::millis(1), last);
    }

    /// An order that only the group understands, with one argument.
    fn order(&self, verb: &str, argument: &str, target: Target) -> Do {
        let arguments = [(Arc::from(argument), Argument(target))].into_iter().collect();
        Do::Order(OrderCommand { verb: verb.into(), arguments, of: Some(self.cast.system.clone()) })
    }

    /// Tasks to carry out, now and then, and a few after everything is healed.
    fn submissions(&mut self) {
        if !self.cast.knows("submit") {
            return;
        }
        let tasks = |luck: &mut Stream, most: u64| Target::name(&luck.within(1, most).to_string());
        self.each(swarm::SUBMIT, |draft, luck, bout| {
            let command = draft.order("submit", "tasks", tasks(luck, 6));
            draft.put(bout.from, command);
        });
        let last = self.order("submit", "tasks", Target::name("4"));
        self.put(self.end + Span::millis(1), last);
    }

    /// One request after everything is healed, of somebody who comes then: clients that were cut off for long ask again only after
    /// seconds, and nobody would see that the group is back at work.
    fn request(&mut self) {
        if self.cast.asked {
            let (key, value) = ("healed".into(), Some("1".into()));
            let of = Some(self.cast.system.clone());
            let request = Request { op: OpName::Put, key, value, expect: None, to: None, of };
            self.put(self.end + Span::millis(1), Do::Request(request));
        }
    }

    /// Everything works again: links, disks, clocks, hosts.
    fn heal(&mut self) {
        let end = self.end;
        self.put(end, Do::Heal("all".into()));
        self.put(end, Do::Restore(Links::default()));
        self.put(end, Do::Unclog(Links::default()));
        self.put(end, Do::Disk(DiskCommand { host: self.select("all"), fault: DiskTrouble::Healthy }));
        self.put(end, Do::Resume(self.select("paused")));
        self.put(end, Do::Start(self.select("crashed")));
        for name in &self.cast.members.clone() {
            self.put(end, Do::Drift(Drift { host: Target::name(name), ppm: 0 }));
        }
    }
}

fn named(names: &[Arc<str>]) -> Target {
    Target(names.iter().cloned().map(Who::Name).collect())
}

/// The plan as the lines of a scenario's timeline.
impl std::fmt::Display for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "timeline:")?;
        for Moment { at, id, command, .. } in &self.moves {
            let id = id.as_ref().map(|id| format!(", id: {id}")).unwrap_or_default();
            writeln!(f, "  - {{ at: {}ns{id}, do: {{ {command} }} }}", at.0)?;
        }
        Ok(())
    }
}

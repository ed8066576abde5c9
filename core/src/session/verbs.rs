//! What a person can do to a process, a message or the whole cluster, whatever runs there: each verb with its command as
//! one line of scenario text, what is to be asked first, and why it would do nothing now.

use super::frame::{MOST_LINKED, is_whole, links};
use super::imperative;
use crate::kernel::world::{DiskState, HostStatus, World};
use crate::process::{Arg, HostId, MessageId, Phrase, ProcessId, Span};
use crate::scenario::command::{Command, DiskTrouble};
use crate::system::Group;
use crate::text::Duration;
use crate::text::flow;
use crate::view::{Ask, AskKind, LinkView, Verb};
use crate::words::Key;
use crate::words::hands::HandsKey as H;
use crate::words::session::SessionKey as K;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What can be done to the link between the hosts of two processes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkVerbs {
    /// One.
    pub from: ProcessId,
    /// The other.
    pub to: ProcessId,
    /// The verbs.
    pub verbs: Vec<Verb>,
}

/// Says why a command would be refused now.
pub type Preview<'a> = &'a dyn Fn(&Command) -> Result<(), Phrase>;

/// Verbs for one process: the kernel's, then its system's.
pub fn of_process(
    world: &World,
    group: Option<(&Arc<dyn Group>, u16)>,
    process: ProcessId,
    preview: Preview<'_>,
) -> Vec<Verb> {
    let Some(known) = world.process(process) else { return Vec::new() };
    let host = world.host(known.host);
    let name = flow::line(&**known.name);
    let host_name = host.as_ref().map_or_else(|| name.clone(), |host| flow::line(&**host.name));
    let mut verbs = Vec::new();
    let mut push =
        |verb: &str, label: Key, line: String, asks| verbs.push(verb_of(verb, label, line, asks, preview));
    match host.as_ref().map(|host| host.status) {
        Some(HostStatus::Down) => push("start", K::VerbStart.into(), format!("start: {host_name}"), vec![]),
        _ if !known.running => push("start", K::VerbStart.into(), format!("start: {name}"), vec![]),
        _ => push("crash", K::VerbCrash.into(), format!("crash: {host_name}"), vec![]),
    }
    match host.as_ref().map(|host| host.status) {
        Some(HostStatus::Paused) => {
            push("resume", K::VerbResume.into(), format!("resume: {host_name}"), vec![])
        }
        _ => push("pause", K::VerbPause.into(), format!("pause: {host_name}"), vec![]),
    }
    let timers = group.map_or(&[][..], |(group, _)| group.timers());
    match timers {
        [] => {}
        [_] => push("timeOut", K::VerbTimeOut.into(), format!("timeOut: {name}"), vec![]),
        [(first, _), ..] => {
            let label = |slot| world.running(process).and_then(|running| running.timer_label(slot));
            let words = |timer: &str, slot| match label(slot) {
                Some(label) => Phrase::bare(label),
                None => Phrase::new(H::Named, [Arg::Name(timer.into())]),
            };
            let choices =
                timers.iter().map(|(timer, slot)| (Arc::from(*timer), words(timer, *slot))).collect();
            let ask = ask("timer", K::AskTimer, AskKind::Choice(choices), first);
            let line = format!("timeOut: {{ member: {name}, timer: {{timer}} }}");
            push("timeOut", K::VerbTimeOut.into(), line, vec![ask]);
        }
    }
    push("partition", K::VerbIsolate.into(), format!("partition: {{ groups: [[{host_name}]] }}"), vec![]);
    push("kill", K::VerbKill.into(), format!("kill: {name}"), vec![]);
    let fault = ask("fault", K::AskFault, AskKind::Choice(disk_faults()), "stall");
    push("disk", K::VerbDisk.into(), format!("disk: {{ host: {host_name}, fault: {{fault}} }}"), vec![fault]);
    push(
        "mendDisk",
        H::VerbMendDisk.into(),
        format!("disk: {{ host: {host_name}, fault: healthy }}"),
        vec![],
    );
    let ppm = ask("ppm", K::AskPpm, AskKind::Number, "100000");
    push("drift", H::VerbDrift.into(), format!("drift: {{ host: {host_name}, ppm: {{ppm}} }}"), vec![ppm]);
    let by = ask("by", H::AskStep, AskKind::Span, "5s");
    push(
        "stepClock",
        H::VerbStepClock.into(),
        format!("stepClock: {{ host: {host_name}, by: {{by}} }}"),
        vec![by],
    );
    if let Some(host) = &host {
        let fine = host.disk == DiskState::default();
        without_effect(&mut verbs, "mendDisk", fine, Phrase::new(H::DiskIsFine, [Arg::Host(host.id)]));
        let mut others = world.hosts().filter(|other| other.id != host.id);
        let cut = |from, to| world.link(from, to).is_some_and(|link| link.blocked);
        let alone = others.all(|other| cut(host.id, other.id) && cut(other.id, host.id));
        without_effect(&mut verbs, "partition", alone, Phrase::bare(H::AllCut));
    }
    if let Some((group, number)) = group {
        verbs.extend(group.verbs(world, number, process).into_iter().map(|verb| judged(verb, preview)));
    }
    verbs
}

/// Verbs over the stage: the network's, then each system's own for the system as a whole.
pub fn of_stage(world: &World, groups: &[Arc<dyn Group>], preview: Preview<'_>) -> Vec<Verb> {
    let names: Vec<Arc<str>> = world.hosts().map(|host| host.name.clone()).collect();
    let some = |first: usize, count: usize| {
        let some: Vec<&str> = names.iter().skip(first).take(count).map(|name| &**name).collect();
        flow::line(&some)
    };
    let from = |default: &str| ask("from", K::AskFrom, AskKind::Some(names.clone()), default);
    let to = |default: &str| ask("to", K::AskTo, AskKind::Some(names.clone()), default);
    let (all, first, others) = (some(0, names.len()), some(0, 1), some(1, names.len()));
    let mut verbs = Vec::new();
    let mut push = |verb: &str, label: K, line: &str, asks| {
        verbs.push(verb_of(verb, label, line.to_owned(), asks, preview));
    };
    if names.len() > 1 {
        let default = sides(world);
        let groups = ask("groups", K::AskGroups, AskKind::Groups(names.clone()), &default);
        push("partition", K::VerbPartition, "partition: { groups: {groups} }", vec![groups]);
        let ways = [("", H::BothWays), (", oneWay: true", H::OneWay)];
        let ways = ways.map(|(text, words)| (Arc::from(text), Phrase::bare(words))).to_vec();
        let way = ask("way", H::AskWay, AskKind::Choice(ways), "");
        let asks = vec![from(&first), to(&others), way];
        push("cut", K::VerbCut, "cut: { from: {from}, to: {to}{way} }", asks);
    }
    push("heal", K::VerbHealAll, "heal: all", vec![]);
    let chance = ask("chance", K::AskChance, AskKind::Percent, "10%");
    let asks = vec![chance, from(&all), to(&all)];
    push("loss", K::VerbLoss, "loss: { chance: {chance}, from: {from}, to: {to} }", asks);
    let latency = ask("latency", K::AskLatency, AskKind::Span, "100ms");
    let asks = vec![latency, from(&all), to(&all)];
    push("delay", K::VerbDelay, "delay: { latency: {latency}, from: {from}, to: {to} }", asks);
    push("restore", K::VerbRestore, "restore: { from: {from}, to: {to} }", vec![from(&all), to(&all)]);
    push("hold", K::VerbHold, "hold: { from: {from}, to: {to} }", vec![from(&all), to(&all)]);
    push("release", K::VerbRelease, "release: { from: {from}, to: {to} }", vec![from(&all), to(&all)]);
    push("clog", K::VerbClog, "clog: { from: {from}, to: {to} }", vec![from(&all), to(&all)]);
    push("unclog", K::VerbUnclog, "unclog: { from: {from}, to: {to} }", vec![from(&all), to(&all)]);
    let seed = ask("seed", K::AskSeed, AskKind::Number, "1");
    push("reluck", K::VerbReluck, "reluck: {seed}", vec![seed]);
    without_effect(&mut verbs, "heal", is_whole(world), Phrase::bare(K::NothingToHeal));
    if names.len() <= MOST_LINKED {
        let odd = links(world);
        let every = names.len() * names.len().saturating_sub(1);
        let count = |test: fn(&LinkView) -> bool| odd.iter().filter(|link| test(link)).count();
        let (held, clogged, shaped) =
            (count(|link| link.held), count(|link| link.clogged), count(|link| link.shaped));
        without_effect(&mut verbs, "hold", held == every, Phrase::bare(H::AllHeld));
        without_effect(&mut verbs, "release", held == 0, Phrase::bare(H::NoneHeld));
        without_effect(&mut verbs, "clog", clogged == every, Phrase::bare(H::AllClogged));
        without_effect(&mut verbs, "unclog", clogged == 0, Phrase::bare(H::NoneClogged));
        without_effect(&mut verbs, "restore", shaped == 0, Phrase::bare(H::NoneShaped));
    }
    for (number, group) in (0u16..).zip(groups) {
        let own = group.verbs(world, number, ProcessId::OPERATOR);
        verbs.extend(own.into_iter().map(|verb| judged(verb, preview)));
    }
    verbs
}

/// Verbs for the link between two hosts. `fault` gives the id by which a barrier is healed.
pub fn of_link(
    world: &World,
    (from, to): (HostId, HostId),
    fault: &dyn Fn(u32) -> Option<Arc<str>>,
    preview: Preview<'_>,
) -> Vec<Verb> {
    let name = |id| world.host(id).map(|host| flow::line(&**host.name));
    let (Some(a), Some(b)) = (name(from), name(to)) else { return Vec::new() };
    let both = [world.link(from, to), world.link(to, from)];
    let ways = [
        format!("from: {a}, to: {b}"),
        format!("from: {a}, to: {b}, oneWay: true"),
        format!("from: {b}, to: {a}, oneWay: true"),
    ];
    let words = [(H::WayBoth, from, to), (H::WayOne, from, to), (H::WayOne, to, from)];
    let words = words.map(|(key, from, to)| Phrase::new(key, [Arg::Host(from), Arg::Host(to)]));
    let choices: Vec<(Arc<str>, Phrase)> = ways.iter().map(|way| way.as_str().into()).zip(words).collect();
    let ends = || ask("ends", H::AskWay, AskKind::Choice(choices.clone()), &ways[0]);
    let mut verbs = Vec::new();
    let mut push = |verb: &str, label: Key, line: &str, asks| {
        verbs.push(verb_of(verb, label, line.to_owned(), asks, preview));
    };
    push("cut", H::VerbCutThis.into(), "cut: { {ends} }", vec![ends()]);
    let crosses = |pair: &(HostId, HostId)| *pair == (from, to) || *pair == (to, from);
    let barriers = world.barriers().filter(|barrier| barrier.pairs.iter().any(crosses));
    let ids: Vec<String> = barriers
        .map(|barrier| fault(barrier.number).map_or("all".to_owned(), |id| flow::line(&*id)))
        .collect();
    for id in &ids {
        push("heal", H::VerbHealThis.into(), &format!("heal: {id}"), vec![]);
    }
    if ids.is_empty() {
        push("heal", H::VerbHealThis.into(), "heal: all", vec![]);
    }
    let chance = ask("chance", K::AskChance, AskKind::Percent, "10%");
    push("loss", K::VerbLoss.into(), "loss: { chance: {chance}, {ends} }", vec![chance, ends()]);
    let latency = ask("latency", K::AskLatency, AskKind::Span, "100ms");
    push("delay", K::VerbDelay.into(), "delay: { latency: {latency}, {ends} }", vec![latency, ends()]);
    let whole = |verb: &str| format!("{verb}: {{ {} }}", ways[0]);
    push("restore", H::VerbMend.into(), &whole("restore"), vec![]);
    push("hold", K::VerbHold.into(), "hold: { {ends} }", vec![ends()]);
    push("release", K::VerbRelease.into(), &whole("release"), vec![]);
    push("clog", K::VerbClog.into(), "clog: { {ends} }", vec![ends()]);
    push("unclog", K::VerbUnclog.into(), &whole("unclog"), vec![]);
    let (mut cut, mut held, mut clogged, mut shaped) = (0, 0, 0, 0);
    for link in both.iter().flatten() {
        cut += usize::from(link.blocked);
        held += usize::from(link.held);
        clogged += usize::from(link.clogged);
        shaped += usize::from(link.overridden);
    }
    for (verb, none, key) in [
        ("cut", cut == 2, H::AllCut),
        ("heal", ids.is_empty(), H::NoneCut),
        ("restore", shaped == 0, H::NoneShaped),
        ("hold", held == 2, H::AllHeld),
        ("release", held == 0, H::NoneHeld),
        ("clog", clogged == 2, H::AllClogged),
        ("unclog", clogged == 0, H::NoneClogged),
    ] {
        without_effect(&mut verbs, verb, none, Phrase::bare(key));
    }
    verbs
}

/// A verb of this name would do nothing, and says so.
fn without_effect(verbs: &mut [Verb], name: &str, none: bool, why: Phrase) {
    let verb = verbs.iter_mut().find(|verb| &*verb.name == name && verb.disabled.is_none());
    if let Some(verb) = verb.filter(|_| none) {
        verb.disabled = Some(why);
    }
}

/// Every way for a disk to fail.
fn disk_faults() -> Vec<(Arc<str>, Phrase)> {
    let slow = DiskTrouble::Slow(Duration(Span::millis(50)));
    let all = [
        DiskTrouble::Stall,
        slow,
        DiskTrouble::Full,
        DiskTrouble::IoError,
        DiskTrouble::TornTail,
        DiskTrouble::Lying,
        DiskTrouble::Wipe,
    ];
    let text = |fault: &DiskTrouble| match flow::line(fault) {
        line if line.contains(':') => format!("{{ {line} }}"),
        line => line,
    };
    all.iter().map(|fault| (text(fault).into(), imperative::trouble(*fault))).collect()
}

/// The first system's hosts, split into a minority and a majority; whoever is on no side reaches both.
fn sides(world: &World) -> String {
    let of_first =
        |host: &HostId| world.processes().any(|process| process.host == *host && process.group == 0);
    let named = |host: &HostId| world.host(*host).map(|host| host.name.clone());
    let hosts: Vec<HostId> = world.hosts().map(|host| host.id).filter(of_first).collect();
    let names: Vec<Arc<str>> = hosts.iter().filter_map(named).collect();
    let (few, many) = names.split_at(names.len() / 2);
    let side = |names: &[Arc<str>]| flow::line(&names.iter().map(|name| &**name).collect::<Vec<&str>>());
    format!("[{}, {}]", side(few), side(many))
}

/// Verbs for a message on its way.
pub fn of_message(world: &World, message: MessageId, preview: Preview<'_>) -> Vec<Verb> {
    let name = |id| world.process(id).map(|process| flow::line(&**process.name));
    let (Some(from), Some(to)) = (name(message.from), name(message.to)) else { return Vec::new() };
    let copy = if message.copy > 0 { format!(", copy: {}", message.copy) } else { String::new() };
    let body = format!("{{ from: {from}, to: {to}, number: {}{copy} }}", message.number);
    let by = ask("by", K::AskBy, AskKind::Span, "100ms");
    let delayed = format!("delayMessage: {{ message: {body}, by: {{by}} }}");
    vec![
        verb_of("deliver", K::VerbDeliver, format!("deliver: {body}"), vec![], preview),
        verb_of("drop", K::VerbDrop, format!("drop: {body}"), vec![], preview),
        verb_of("copy", K::VerbCopy, format!("copy: {body}"), vec![], preview),
        verb_of("delayMessage", K::VerbDelayMessage, delayed, vec![by], preview),
    ]
}

fn ask(name: &str, label: impl Into<Key>, kind: AskKind, default: &str) -> Ask {
    Ask { name: name.into(), label: label.into(), kind, default: default.into() }
}

fn verb_of(name: &str, label: impl Into<Key>, command: String, asks: Vec<Ask>, preview: Preview<'_>) -> Verb {
    let verb = Verb { name: name.into(), label: label.into(), command: command.into(), asks, disabled: None };
    judged(verb, preview)
}

/// The verb with the reason why it would do nothing now, if it would be refused with what is meant by default.
fn judged(mut verb: Verb, preview: Preview<'_>) -> Verb {
    if verb.disabled.is_none() {
        let line = answered(&verb);
        verb.disabled = match Command::parse(&line) {
            Ok(command) => preview(&command).err(),
            Err(problem) => Some(problem.phrase),
        };
    }
    verb
}

/// A verb's command with everything it asks answered by default.
pub fn answered(verb: &Verb) -> String {
    let answer = |line: String, ask: &Ask| line.replace(&format!("{{{}}}", ask.name), &ask.default);
    verb.asks.iter().fold(verb.command.to_string(), answer)
}

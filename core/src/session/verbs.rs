//! What a person can do to a process, a message or the whole cluster, whatever runs there: each verb with its command as
//! one line of scenario text, what is to be asked first, and why it would do nothing now.

use super::frame::is_whole;
use crate::kernel::world::{HostStatus, World};
use crate::process::{HostId, MessageId, Phrase, ProcessId};
use crate::scenario::command::Command;
use crate::system::Group;
use crate::text::flow;
use crate::view::{Ask, AskKind, Verb};
use crate::words::session::SessionKey as K;
use std::sync::Arc;

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
    let host_name = host.map_or_else(|| name.clone(), |host| flow::line(&**host.name));
    let mut verbs = Vec::new();
    let mut push =
        |verb: &str, label, line: String, asks| verbs.push(verb_of(verb, label, line, asks, preview));
    match host.map(|host| host.status) {
        Some(HostStatus::Down) => push("start", K::VerbStart, format!("start: {host_name}"), vec![]),
        _ if !known.running => push("start", K::VerbStart, format!("start: {name}"), vec![]),
        _ => push("crash", K::VerbCrash, format!("crash: {host_name}"), vec![]),
    }
    match host.map(|host| host.status) {
        Some(HostStatus::Paused) => push("resume", K::VerbResume, format!("resume: {host_name}"), vec![]),
        _ => push("pause", K::VerbPause, format!("pause: {host_name}"), vec![]),
    }
    let timers = group.map_or(&[][..], |(group, _)| group.timers());
    match timers {
        [] => {}
        [_] => push("timeOut", K::VerbTimeOut, format!("timeOut: {name}"), vec![]),
        [(first, _), ..] => {
            let names = timers.iter().map(|(timer, _)| Arc::from(*timer)).collect();
            let ask = ask("timer", K::AskTimer, AskKind::One(names), first);
            let line = format!("timeOut: {{ member: {name}, timer: {{timer}} }}");
            push("timeOut", K::VerbTimeOut, line, vec![ask]);
        }
    }
    push("partition", K::VerbIsolate, format!("partition: {{ groups: [[{host_name}]] }}"), vec![]);
    push("kill", K::VerbKill, format!("kill: {name}"), vec![]);
    let faults = ["healthy", "stall", "slow: 50ms", "full", "ioError", "tornTail", "lying", "wipe"];
    let faults = faults.iter().map(|fault| match fault.contains(' ') {
        true => format!("{{ {fault} }}").into(),
        false => Arc::from(*fault),
    });
    let fault = ask("fault", K::AskFault, AskKind::One(faults.collect()), "stall");
    push("disk", K::VerbDisk, format!("disk: {{ host: {host_name}, fault: {{fault}} }}"), vec![fault]);
    let ppm = ask("ppm", K::AskPpm, AskKind::Number, "100000");
    push("drift", K::VerbClock, format!("drift: {{ host: {host_name}, ppm: {{ppm}} }}"), vec![ppm]);
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
    let mut push = |verb: &str, label, line: &str, asks| {
        verbs.push(verb_of(verb, label, line.to_owned(), asks, preview));
    };
    if names.len() > 1 {
        let default = sides(world);
        let groups = ask("groups", K::AskGroups, AskKind::Groups(names.clone()), &default);
        push("partition", K::VerbPartition, "partition: { groups: {groups} }", vec![groups]);
        push("cut", K::VerbCut, "cut: { from: {from}, to: {to} }", vec![from(&first), to(&others)]);
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
    if is_whole(world)
        && let Some(heal) = verbs.iter_mut().find(|verb| &*verb.name == "heal")
    {
        heal.disabled = Some(Phrase::bare(K::NothingToHeal));
    }
    for (number, group) in (0u16..).zip(groups) {
        let own = group.verbs(world, number, ProcessId::OPERATOR);
        verbs.extend(own.into_iter().map(|verb| judged(verb, preview)));
    }
    verbs
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

fn ask(name: &str, label: K, kind: AskKind, default: &str) -> Ask {
    Ask { name: name.into(), label: label.into(), kind, default: default.into() }
}

fn verb_of(name: &str, label: K, command: String, asks: Vec<Ask>, preview: Preview<'_>) -> Verb {
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

//! Commands as sentences: what one line of scenario text asks for, whatever comes of it. Knows every command and no run.

use crate::process::{Arg, Phrase};
use crate::scenario::command::{
    Command, DiskTrouble, Links, MessageName, OpName, Others, Partition, Request,
};
use crate::scenario::target::{Select, Target, Who};
use crate::text::flow;
use crate::words::hands::HandsKey as K;
use serde::Serialize;

/// What a command asks for, as a sentence without its subject.
pub fn sentence(command: &Command) -> Phrase {
    let whom = |key: K, target: &Target| Phrase::new(key, [all(target)]);
    let on = |key: K, links: &Links| Phrase::new(key, [links_of(links)]);
    let much = |key: K, links: &Links, much: Arg| Phrase::new(key, [links_of(links), much]);
    match command {
        Command::Crash(target) => whom(K::SayCrash, target),
        Command::Kill(target) => whom(K::SayKill, target),
        Command::Start(target) => whom(K::SayStart, target),
        Command::Pause(target) => whom(K::SayPause, target),
        Command::Resume(target) => whom(K::SayResume, target),
        Command::Partition(partition) => parted(partition),
        Command::Cut(cut) => {
            let (from, to) = (Some(cut.from.clone()), Some(cut.to.clone()));
            on(K::SayCut, &Links { from, to, one_way: cut.one_way })
        }
        Command::Heal(id) if &**id == "all" => Phrase::bare(K::SayHealAll),
        Command::Heal(id) => Phrase::new(K::SayHeal, [Arg::Name(id.clone())]),
        Command::Loss(c) => much(K::SayLoss, &c.links(), text(&c.chance)),
        Command::Delay(c) => much(K::SayDelay, &c.links(), text(&c.latency)),
        Command::Duplicate(c) => much(K::SayDuplicate, &c.links(), text(&c.chance)),
        Command::Reorder(c) => much(K::SayReorder, &c.links(), text(&c.chance)),
        Command::Bandwidth(c) => much(K::SayBandwidth, &c.links(), text(&c.rate)),
        Command::Restore(links) => on(K::SayRestore, links),
        Command::Clog(links) => on(K::SayClog, links),
        Command::Unclog(links) => on(K::SayUnclog, links),
        Command::Hold(links) => on(K::SayHold, links),
        Command::Release(links) => on(K::SayRelease, links),
        Command::Deliver(message) => Phrase::new(K::SayDeliver, ends(message)),
        Command::Drop(message) => Phrase::new(K::SayDrop, ends(message)),
        Command::Copy(message) => Phrase::new(K::SayCopy, ends(message)),
        Command::DelayMessage(delay) => {
            let [from, to, number] = ends(&delay.message);
            Phrase::new(K::SayDelayMessage, [from, to, number, Arg::For(delay.by.0)])
        }
        Command::Disk(disk) => {
            Phrase::new(K::SayDisk, [all(&disk.host), Arg::Phrase(Box::new(trouble(disk.fault)))])
        }
        Command::Drift(drift) => {
            Phrase::new(K::SayDrift, [all(&drift.host), Arg::Text(drift.ppm.to_string().into())])
        }
        Command::StepClock(step) => Phrase::new(K::SayStepClock, [all(&step.host), text(&step.by)]),
        Command::TimeOut(time_out) => match &time_out.timer {
            Some(timer) => Phrase::new(K::SayTimeOutOf, [all(&time_out.member), Arg::Name(timer.clone())]),
            None => whom(K::SayTimeOut, &time_out.member),
        },
        other => of_system(other),
    }
}

/// What systems are asked for.
fn of_system(command: &Command) -> Phrase {
    let whom = |key: K, target: &Target| Phrase::new(key, [all(target)]);
    match command {
        Command::Request(request) => requested(request),
        Command::Propose(propose) => {
            Phrase::new(K::SayPropose, [all(&propose.by), Arg::Text(propose.value.clone())])
        }
        Command::Transfer(transfer) => match &transfer.to {
            Some(to) => whom(K::SayTransfer, to),
            None => Phrase::bare(K::SayTransferAny),
        },
        Command::Members(members) => whom(K::SayMembers, &members.voters),
        Command::AddMember(add) => {
            let names = add.names.iter().map(|name| Arg::Name(name.clone())).collect();
            Phrase::new(K::SayAddMember, [Arg::List(names)])
        }
        Command::RemoveMember(remove) => whom(K::SayRemoveMember, &remove.members),
        Command::Snapshot(target) => whom(K::SaySnapshot, target),
        Command::AddHost(add) => Phrase::new(K::SayAddHost, [Arg::Name(add.name.clone())]),
        Command::RemoveHost(target) => whom(K::SayRemoveHost, target),
        Command::SwitchRule(switch) => {
            let key = if switch.on { K::SayRuleOn } else { K::SayRuleOff };
            Phrase::new(key, [Arg::Name(switch.rule.clone())])
        }
        Command::Reluck(salt) => Phrase::new(K::SayReluck, [Arg::Number(*salt)]),
        Command::Order(order) => Phrase::new(K::SayOrder, [Arg::Name(order.verb.clone())]),
        other => Phrase::new(K::SayOrder, [Arg::Name(other.name().into())]),
    }
}

fn requested(request: &Request) -> Phrase {
    let word = |word: &Option<std::sync::Arc<str>>| Arg::Text(word.clone().unwrap_or_default());
    let key = Arg::Name(request.key.clone());
    match (request.op, &request.expect) {
        (OpName::Get, _) => Phrase::new(K::SayGet, [key]),
        (OpName::Put, _) => Phrase::new(K::SayPut, [key, word(&request.value)]),
        (OpName::Cas, Some(_)) => Phrase::new(K::SayCas, [key, word(&request.value), word(&request.expect)]),
        (OpName::Cas, None) => Phrase::new(K::SayCasNew, [key, word(&request.value)]),
        (OpName::Append, _) => Phrase::new(K::SayAppend, [key, word(&request.value)]),
        (OpName::Delete, _) => Phrase::new(K::SayDelete, [key]),
    }
}

fn parted(partition: &Partition) -> Phrase {
    let side = |side: Arg| Arg::Phrase(Box::new(Phrase::new(K::Side, [side])));
    let mut sides: Vec<Arg> = partition.groups.iter().map(|group| side(all(group))).collect();
    if let ([_], None | Some(Others::Together)) = (&partition.groups[..], partition.others) {
        sides.push(side(Arg::Phrase(Box::new(Phrase::bare(K::Everybody)))));
    }
    Phrase::new(K::SayPartition, [Arg::List(sides)])
}

/// How a disk is, or fails.
pub fn trouble(trouble: DiskTrouble) -> Phrase {
    Phrase::bare(match trouble {
        DiskTrouble::Healthy => K::DiskHealthy,
        DiskTrouble::TornTail => K::DiskTornTail,
        DiskTrouble::Stall => K::DiskStall,
        DiskTrouble::Full => K::DiskFull,
        DiskTrouble::IoError => K::DiskIoError,
        DiskTrouble::Slow(by) => return Phrase::new(K::DiskSlow, [Arg::For(by.0)]),
        DiskTrouble::Wipe => K::DiskWipe,
        DiskTrouble::Lying => K::DiskLying,
    })
}

fn ends(message: &MessageName) -> [Arg; 3] {
    let name = |name: &std::sync::Arc<str>| Arg::Name(name.clone());
    [name(&message.from), name(&message.to), Arg::Number(message.number)]
}

fn links_of(links: &Links) -> Arg {
    let phrase = match (&links.from, &links.to) {
        (None, None) => Phrase::bare(K::OnAll),
        (Some(some), None) | (None, Some(some)) => Phrase::new(K::OnOf, [all(some)]),
        (Some(from), Some(to)) => {
            Phrase::new(if links.one_way { K::OnFromTo } else { K::OnBetween }, [all(from), all(to)])
        }
    };
    Arg::Phrase(Box::new(phrase))
}

/// Everybody whom a target names.
fn all(target: &Target) -> Arg {
    let one = |who: &Who| match who {
        Who::Name(name) => Arg::Name(name.clone()),
        Who::Select(Select { select, of: Some(of) }) => {
            let args = [Arg::Text(select.clone()), Arg::Name(of.clone())];
            Arg::Phrase(Box::new(Phrase::new(K::SelectOf, args)))
        }
        Who::Select(Select { select, of: None }) => {
            Arg::Phrase(Box::new(Phrase::new(K::SelectAny, [Arg::Text(select.clone())])))
        }
    };
    match target.0.as_slice() {
        [who] => one(who),
        some => Arg::List(some.iter().map(one).collect()),
    }
}

/// A value as it is written in a scenario.
fn text<T: Serialize>(value: &T) -> Arg {
    Arg::Text(flow::line(value).into())
}

//! Looks at an event once for all invariants: whose it was, and what of that member is not as it was. Most events of an
//! idle group end here, after a handful of comparisons.

use super::scene::{Changes, Glance, Member, Said, Scene, Sight, Talk};
use crate::consensus::kv::{self, Store};
use crate::consensus::raft::{Durable, Log, Member as Machine, PeerMessage, Role};
use crate::kernel::world::World;
use crate::kernel::{Action, Event, What};
use crate::process::payload::peek;
use crate::process::{HostId, Payload, ProcessId};

/// What it knows of the members of one group.
#[derive(Clone)]
pub(crate) struct Watch {
    group: u16,
    members: Vec<Member>,
}

type Show<'a> = &'a mut dyn FnMut(&Scene<'_>);

impl Watch {
    pub(crate) fn new(group: u16) -> Self {
        Watch { group, members: Vec::new() }
    }

    /// Takes one event and shows what it changed, in as many scenes as it takes.
    #[inline]
    pub(crate) fn look(&mut self, world: &World, event: &Event<'_>, show: Show<'_>) {
        let id = event.id.process;
        match self.members.iter().position(|member| member.id == id) {
            Some(who) => self.member_acted(world, event, who, show),
            None => self.other_acted(world, event, show),
        }
    }

    fn member_acted(&mut self, world: &World, event: &Event<'_>, who: usize, show: Show<'_>) {
        let Some(machine) = world.machine::<Machine>(event.id.process) else {
            return self.went_down(world, who, show);
        };
        let was = self.members[who].is;
        let is = glance(machine, event.id.incarnation);
        let taken = entries_taken(&event.what);
        let booted = was.incarnation != is.incarnation || !was.up;
        let disk = matches!(event.what, What::Persisted { .. } | What::PersistFailed { .. });
        if is == was && taken.is_none() && !disk {
            return;
        }
        let log = (is.last, is.last_term, is.base) != (was.last, was.last_term, was.base);
        let leads = is.leads != was.leads || is.leads && is.term != was.term;
        let changes = Changes::NONE
            .with_if(booted, Changes::BOOTED)
            .with_if(leads, Changes::LEADS)
            .with_if(log || taken.is_some(), Changes::LOG)
            .with_if(is.commit != was.commit, Changes::COMMIT)
            .with_if(is.applied != was.applied, Changes::APPLIED)
            .with_if(is.snapshot != was.snapshot, Changes::SNAPSHOT)
            .with_if(disk, Changes::DISK);
        // A restart brings back what was seen before, or a beginning of it: its last entry stands for all.
        let appended = if booted { is.last } else { was.last + 1 };
        let touched = taken.map_or(appended, |first| first.min(appended));
        let member = &mut self.members[who];
        (member.was, member.is) = (was, is);
        self.show(world, who, changes, touched, None, show);
    }

    /// A client, the operator, or a member not seen before.
    fn other_acted(&mut self, world: &World, event: &Event<'_>, show: Show<'_>) {
        match &event.what {
            What::Done { action, crashed, refused: None } => self.done(world, action, crashed, show),
            What::Started => self.started(world, event, show),
            What::Delivered { message, payload, .. } | What::Received { message, payload, .. } => {
                self.heard(world, message.from, message.to, payload.as_ref(), show);
            }
            _ => {}
        }
        // What an operator's action lets go again was sent before, and told then.
        for sent in event.sent.iter().filter(|sent| sent.message.from == event.id.process) {
            if let Some(kv::Message::Request { session, seq, first_unacked, op }) =
                peek(sent.payload.as_ref())
                && let Some(who) = self.place(sent.message.to)
            {
                let said = Said::Asks { op, first_unacked: *first_unacked };
                let talk = Talk { client: sent.message.from, session: *session, seq: *seq, said };
                self.show(world, who, Changes::ASKED, u64::MAX, Some(talk), show);
            }
        }
    }

    fn heard(
        &self,
        world: &World,
        from: ProcessId,
        client: ProcessId,
        payload: &dyn Payload,
        show: Show<'_>,
    ) {
        if let Some(kv::Message::Response { session, seq, reply }) = peek(payload)
            && let Some(who) = self.place(from)
        {
            let talk = Talk { client, session: *session, seq: *seq, said: Said::Hears(reply) };
            self.show(world, who, Changes::ANSWERED, u64::MAX, Some(talk), show);
        }
    }

    fn started(&mut self, world: &World, event: &Event<'_>, show: Show<'_>) {
        let id = event.id.process;
        let ours = world.process(id).is_some_and(|process| process.group == self.group);
        if ours && world.machine::<Machine>(id).is_some() {
            let nothing = Glance::default();
            self.members.push(Member { id, was: nothing, is: nothing });
            self.member_acted(world, event, self.members.len() - 1, show);
        }
    }

    fn done(&mut self, world: &World, action: &Action, crashed: &[ProcessId], show: Show<'_>) {
        for process in crashed {
            if let Some(who) = self.place(*process) {
                self.went_down(world, who, show);
            }
        }
        if let Action::Disk(host, _) = action {
            self.disk_changed(world, *host, show);
        }
    }

    fn went_down(&mut self, world: &World, who: usize, show: Show<'_>) {
        let member = &mut self.members[who];
        if !member.is.up {
            return;
        }
        member.was = member.is;
        (member.is.up, member.is.leads) = (false, false);
        // What can be seen of its log now is what its disk holds.
        if let Some(disk) = world.stored::<Durable>(member.id) {
            (member.is.last, member.is.last_term) = (disk.log.last(), disk.log.last_term());
        }
        // Who left for good took its disk along: nothing is on it, and nothing is forgotten by anybody who could vote again.
        let changes = Changes::DOWN.with_if(world.process(member.id).is_some(), Changes::DISK);
        self.show(world, who, changes, u64::MAX, None, show);
    }

    fn disk_changed(&self, world: &World, host: HostId, show: Show<'_>) {
        for (who, member) in self.members.iter().enumerate() {
            if world.process(member.id).is_some_and(|process| process.host == host) {
                self.show(world, who, Changes::DISK, u64::MAX, None, show);
            }
        }
    }

    /// Is it a member of this group?
    pub(crate) fn has(&self, process: ProcessId) -> bool {
        self.place(process).is_some()
    }

    #[inline]
    fn place(&self, process: ProcessId) -> Option<usize> {
        self.members.iter().position(|member| member.id == process)
    }

    fn show(
        &self,
        world: &World,
        who: usize,
        changes: Changes,
        touched: u64,
        talk: Option<Talk<'_>>,
        show: Show<'_>,
    ) {
        let sight = InWorld { world, members: &self.members };
        show(&Scene { changes, members: &self.members, who, touched, talk, sight: &sight });
    }
}

#[inline]
fn glance(machine: &Machine, incarnation: u32) -> Glance {
    let durable = machine.durable();
    Glance {
        incarnation,
        up: true,
        leads: machine.role() == Role::Leader,
        term: durable.term,
        last: durable.log.last(),
        last_term: durable.log.last_term(),
        base: durable.log.base(),
        commit: machine.commit_index(),
        applied: machine.last_applied(),
        snapshot: durable.snapshot.as_ref().map_or(0, |snapshot| snapshot.index),
    }
}

/// The index of the first entry that came with this message.
#[inline]
fn entries_taken(what: &What<'_>) -> Option<u64> {
    let What::Delivered { payload, .. } = what else { return None };
    match peek(payload.as_ref())? {
        PeerMessage::Append(append) if !append.entries().is_empty() => Some(append.prev + 1),
        _ => None,
    }
}

struct InWorld<'a> {
    world: &'a World,
    members: &'a [Member],
}

impl InWorld<'_> {
    #[inline]
    fn machine(&self, member: usize) -> Option<&Machine> {
        self.world.machine(self.members.get(member)?.id)
    }
}

impl Sight for InWorld<'_> {
    fn log(&self, member: usize) -> Option<&Log> {
        match self.machine(member) {
            Some(machine) => Some(&machine.durable().log),
            None => self.world.stored::<Durable>(self.members.get(member)?.id).map(|durable| &durable.log),
        }
    }
    fn store(&self, member: usize) -> Option<&Store> {
        self.machine(member).map(Machine::store)
    }
    fn snapshot(&self, member: usize) -> Option<&Store> {
        self.machine(member)?.durable().snapshot.as_ref().map(|snapshot| &snapshot.store)
    }
    fn durable_term(&self, member: usize) -> Option<u64> {
        self.world.stored::<Durable>(self.members.get(member)?.id).map(|durable| durable.term)
    }
}

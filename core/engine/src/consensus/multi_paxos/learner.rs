//! What is chosen, and what is done about it: slots are executed in order, "since the commands are executed in the order of their
//! instances" every member comes to the same state (*Paxos Made Simple* §3); who lacks something asks (*Paxos Made Live* §5.5).

use super::log::{Accepted, Entry, Kind, Log};
use super::message::{Message, PeerMessage, number};
use super::rules::Rule;
use super::snapshot::Incoming;
use super::{Ballot, Member, Role, Timer};
use crate::consensus::kv::{Applied, Reply};
use crate::consensus::notes::{by, did, waits};
use crate::process::{Arg, Delay, Digest, Effects, Fold, Moment, ProcessId};
use crate::words::multi_paxos::MultiPaxosKey as K;
use std::sync::Arc;

/// What it has heard to be chosen.
#[derive(Clone, Debug, Default)]
pub(super) struct Learner {
    /// All slots up to here are, whether it has them or not.
    pub known: u64,
    /// Who told.
    pub source: Option<ProcessId>,
    /// How often it has asked in vain: whom it asks next.
    pub turn: u64,
    /// Its timer runs.
    pub waits: bool,
    /// A snapshot on its way in.
    pub incoming: Option<Incoming>,
}

impl Learner {
    #[inline]
    pub fn hear(&mut self, from: ProcessId, chosen: u64) {
        if chosen > self.known {
            self.known = chosen;
            self.source = Some(from);
        }
    }
}

impl Fold for Learner {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.known);
        self.source.fold(digest);
        digest.word(self.turn << 1 | u64::from(self.waits));
        self.incoming.fold(digest);
    }
}

/// What it executes in one step, for observers, who come after it: what it drops in the same step they would not find in its log. Nothing
/// that it does depends on this.
#[derive(Clone, Debug, Default)]
pub(super) struct Doing {
    /// It executes slots after this one.
    pub after: u64,
    /// The first of them, as far as they are collected already.
    pub dropped: Vec<(u64, Accepted)>,
}

impl Doing {
    #[inline]
    pub fn begin(&mut self, executed: u64) {
        self.after = executed;
        if !self.dropped.is_empty() {
            self.dropped = Vec::new();
        }
    }

    /// Slots up to this one are about to be collected.
    pub fn drops(&mut self, log: &Log, upto: u64) {
        let gone = log.iter_from(self.after + 1).take_while(|(slot, _)| *slot <= upto);
        self.dropped.extend(gone.map(|(slot, accepted)| (slot, accepted.clone())));
    }
}

impl Member {
    /// A leader says how far slots are chosen. What this member has accepted in that leader's own ballot is then what is chosen; of
    /// what it has accepted in another it cannot know.
    #[inline]
    pub(super) fn hear_chosen(
        &mut self,
        now: Moment,
        from: ProcessId,
        ballot: Ballot,
        chosen: u64,
        out: &mut Effects<'_, Self>,
    ) {
        self.learner.hear(from, chosen);
        if self.executed < chosen {
            self.take_chosen(now, from, ballot, chosen, out);
        }
    }

    #[inline(never)]
    fn take_chosen(
        &mut self,
        now: Moment,
        from: ProcessId,
        ballot: Ballot,
        chosen: u64,
        out: &mut Effects<'_, Self>,
    ) {
        let before = self.executed;
        let any = !self.rules.has(Rule::LearnSameBallot);
        while self.executed < chosen
            && self.durable.log.get(self.executed + 1).is_some_and(|it| any || it.ballot == ballot)
        {
            self.execute(out);
        }
        let (upto, known) = (self.executed, self.learner.known);
        if upto > before {
            out.note(|| did(K::LearnsUpto, [Arg::Number(upto), Arg::Process(from)]));
            self.after_execution(now, out);
        } else if !self.learner.waits {
            out.note(|| waits(Rule::CatchUp, K::Lacks, [Arg::Number(upto + 1), Arg::Number(known)]));
        }
        self.arm_catch_up(out);
    }

    /// This is chosen there.
    pub(super) fn learn(&mut self, slot: u64, accepted: Accepted) {
        let newer = |had: &Accepted| had.ballot < accepted.ballot || had.entry != accepted.entry;
        if self.durable.log.get(slot).is_none_or(newer) {
            self.durable.log.set(slot, accepted);
            self.disk.dirty = true;
        }
    }

    /// Executes the next slot, which holds what is chosen there.
    pub(super) fn execute(&mut self, out: &mut Effects<'_, Self>) {
        let slot = self.executed + 1;
        let Some(Accepted { ballot, entry }) = self.durable.log.get(slot).cloned() else { return };
        self.executed = slot;
        self.durable.chosen = self.durable.chosen.max(slot);
        let mine = self.lead.find(slot).map(|at| &self.lead.pending[at]);
        let early = mine.is_some_and(|mine| mine.early);
        if ballot > self.lead.ballot || mine.is_some_and(|mine| mine.entry != entry) {
            self.is_overtaken(slot);
        }
        if !early {
            self.apply(slot, &entry, out);
        }
        self.compact_if_due(out);
    }

    /// In this slot a leader of a higher ballot got something chosen. Members that have accepted another command here in this
    /// leader's ballot would take "chosen up to here" for that one: it must not say so.
    pub(super) fn is_overtaken(&mut self, slot: u64) {
        if self.role == Role::Leader && self.rules.has(Rule::StopWhenOvertaken) {
            self.lead.overtaken = Some(slot);
        }
    }

    /// What a command does, and what its client hears of it.
    pub(super) fn apply(&mut self, slot: u64, entry: &Arc<Entry>, out: &mut Effects<'_, Self>) {
        let reply = match &entry.kind {
            Kind::NoOp => return,
            Kind::Members(configuration) => return self.change_members(slot, configuration, out),
            Kind::Register { .. } => {
                let most = self.program.settings().sessions as usize;
                if let Some(expired) = self.store.register(slot, most) {
                    out.note(|| did(K::SessionExpires, [Arg::Number(expired)]));
                }
                Reply::Registered { session: slot }
            }
            Kind::Command(command) => {
                let applied = self.store.apply(slot, command, self.rules.has(Rule::ClientSessions));
                if let Applied::Repeated(_) = &applied {
                    let args = [Arg::Number(slot), Arg::Number(command.session), Arg::Number(command.seq)];
                    out.note(|| by(Rule::ClientSessions, K::NotAppliedTwice, args));
                }
                applied.reply().clone()
            }
        };
        if let Some(at) = self.lead.find(slot)
            && let Some(client) = self.lead.pending[at].client.take()
        {
            // It may have learned from others that in this slot another command was chosen than the one it proposed.
            let same = self.lead.pending[at].entry == *entry;
            self.respond(&client, if same { reply } else { Reply::LostLeadership { leader: None } }, out);
        }
    }

    /// After one slot or several were executed.
    pub(super) fn after_execution(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        if let Some(slot) = self.lead.overtaken.take() {
            let ballot = self.lead.ballot;
            out.note(|| by(Rule::StopWhenOvertaken, K::Overtaken, [number(ballot), Arg::Number(slot)]));
            self.become_follower(out);
        }
        self.refresh_standing(out);
        self.learner.turn = 0;
        if self.learner.waits && self.executed >= self.learner.known {
            self.learner.waits = false;
            self.learner.incoming = None;
            out.cancel_timer(Timer::CatchUp);
            self.arm_telling(out);
        }
        if self.role == Role::Leader {
            self.lead.moved_at = self.lead.ticks;
            if self.lead.pending.front().is_some_and(|front| front.slot <= self.executed + 1) {
                self.advance(now, out);
            }
            self.pump(out);
        }
    }

    /// A message may yet come that was overtaken: it waits a little before it asks.
    fn arm_catch_up(&mut self, out: &mut Effects<'_, Self>) {
        let lacks = self.executed < self.learner.known;
        if lacks && !self.learner.waits && self.rules.has(Rule::CatchUp) {
            self.learner.waits = true;
            out.set_timer(Timer::CatchUp, Delay::Fixed(self.program.settings().ask_every));
        }
    }

    /// It still lacks something: it asks who told, then the others in turn.
    pub(super) fn on_catch_up_timer(&mut self, out: &mut Effects<'_, Self>) {
        self.learner.waits = false;
        if self.executed >= self.learner.known {
            if !self.may_stand {
                self.tell_successors(out);
            }
            return;
        }
        let others = self.others();
        let first = self.learner.source.or(self.leader).filter(|_| self.learner.turn == 0);
        let place = (self.learner.turn % others.len().max(1) as u64) as usize;
        self.learner.turn += 1;
        match first.or_else(|| others.get(place).copied()).filter(|id| *id != self.me) {
            Some(to) => self.ask(to, out),
            None => self.arm_catch_up(out),
        }
    }

    /// Asks for the next slots, or for the next piece of a snapshot.
    pub(super) fn ask(&mut self, to: ProcessId, out: &mut Effects<'_, Self>) {
        if !self.rules.has(Rule::CatchUp) {
            return;
        }
        let from = self.executed + 1;
        let incoming = self.learner.incoming.as_ref().filter(|incoming| incoming.from == to);
        let has = incoming.map(|incoming| (incoming.slot, incoming.items));
        out.note(|| by(Rule::CatchUp, K::Asks, [Arg::Process(to), Arg::Number(from)]));
        out.send_now(to, Message::Peer(PeerMessage::Ask { from, has }));
        self.learner.waits = true;
        out.set_timer(Timer::CatchUp, Delay::Fixed(self.program.settings().ask_every));
    }

    /// Another lacks what this member has: slots as far as one message may hold, or a piece of a snapshot.
    pub(super) fn on_ask(
        &mut self,
        from: ProcessId,
        (slot, has): (u64, Option<(u64, u64)>),
        out: &mut Effects<'_, Self>,
    ) {
        self.heard_successor(from, out);
        if slot > self.executed || slot == 0 {
            return;
        }
        if slot <= self.durable.log.base() {
            return self.send_piece(from, has, out);
        }
        let settings = self.program.settings();
        let mut bytes = 0u32;
        let held = self.durable.log.iter_from(slot).take_while(|(at, _)| *at <= self.executed);
        let fits = |(nth, (_, it)): &(usize, (u64, &Accepted))| {
            bytes = bytes.saturating_add(it.entry.size());
            *nth == 0 || bytes <= settings.chunk_bytes
        };
        let some = held.enumerate().take_while(fits).take(settings.batch as usize);
        let entries: Arc<[Accepted]> = some.map(|(_, (_, it))| it.clone()).collect();
        let last = slot + entries.len() as u64 - 1;
        out.note(|| match Arg::Process(from) {
            who if slot == last => did(K::TellsOne, [who, Arg::Number(slot)]),
            who => did(K::Tells, [who, Arg::Number(slot), Arg::Number(last)]),
        });
        out.send_now(from, Message::Peer(PeerMessage::Chosen { slot, entries, chosen: self.executed }));
    }

    /// Tells a process that it has been left behind: it will ask.
    pub(super) fn tell_how_far(&self, to: ProcessId, out: &mut Effects<'_, Self>) {
        let nothing =
            PeerMessage::Chosen { slot: self.executed + 1, entries: Arc::from([]), chosen: self.executed };
        out.send_now(to, Message::Peer(nothing));
    }

    /// What it asked for.
    pub(super) fn on_chosen(
        &mut self,
        now: Moment,
        from: ProcessId,
        (slot, entries, chosen): (u64, &[Accepted], u64),
        out: &mut Effects<'_, Self>,
    ) {
        if chosen >= self.executed {
            self.heard_successor(from, out); // who is behind does not know that it comes after
        }
        if entries.is_empty() && self.answers_telling(from, slot, chosen) {
            self.tell_how_far(from, out);
        }
        self.learner.hear(from, chosen);
        let before = self.executed;
        for (at, accepted) in (slot..).zip(entries) {
            if at == self.executed + 1 {
                self.learn(at, accepted.clone());
                self.execute(out);
            }
        }
        let upto = self.executed;
        if upto > before {
            out.note(|| match (Arg::Process(from), before + 1) {
                (who, first) if first == upto => did(K::LearnsOne, [who, Arg::Number(first)]),
                (who, first) => did(K::LearnsPiece, [who, Arg::Number(first), Arg::Number(upto)]),
            });
            self.after_execution(now, out);
            if self.executed < self.learner.known {
                self.ask(from, out);
            }
        }
        self.arm_catch_up(out);
    }
}

//! Why a slot is chosen or not, why a member has not executed it, and what clients wait for.

use super::{Asked, K, M, P, Trouble, ballot, cut, further, leaders, number, rule_view, trouble, who};
use crate::consensus::multi_paxos::{Hindrance, Member, Rule};
use crate::kernel::world::World;
use crate::process::{Arg, Phrase, ProcessId};
use crate::systems::multi_paxos::MultiPaxosGroup;
use crate::view::{NoteView, Reason, Subject};

/// How a slot stands for a member.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    /// It has executed it, or counted it as chosen.
    Known,
    /// Somebody has, and it has not.
    NotExecuted,
    /// Nobody running knows it to be chosen.
    NotChosen,
}

/// A running member that knows a slot to be chosen.
fn knowing(world: &World, group: u16, slot: u64) -> Option<&Member> {
    let counted = |member: &Member| member.pending().any(|pending| pending.slot == slot && pending.chosen);
    MultiPaxosGroup::running(world, group).find(|member| slot <= member.executed() || counted(member))
}

pub(super) fn state(world: &World, group: u16, id: ProcessId, slot: u64) -> State {
    if world.machine::<Member>(id).is_some_and(|member| slot <= member.executed()) {
        return State::Known;
    }
    if knowing(world, group, slot).is_some() { State::NotExecuted } else { State::NotChosen }
}

impl<'a> Asked<'a> {
    /// A slot of a member.
    pub(super) fn slot(&mut self, id: ProcessId, slot: u64) -> Vec<Reason> {
        let Some(log) = self.log(id) else { return Vec::new() };
        if slot <= log.base() {
            let args = [Arg::Number(slot), Arg::Number(log.base())];
            return vec![Reason::so(Phrase::new(K::SlotCollected, args))];
        }
        match state(self.world, self.number, id, slot) {
            State::Known => self.chosen(id, slot),
            State::NotExecuted => self.not_executed(id, slot),
            State::NotChosen => self.not_chosen(id, slot),
        }
    }

    /// It is chosen, as this member knows.
    fn chosen(&mut self, id: ProcessId, slot: u64) -> Vec<Reason> {
        let about = |note: &NoteView| {
            let upto =
                [M::LearnsUpto, M::InstallsSnapshot].iter().any(|key| note.phrase.key == (*key).into());
            match note.phrase.args.as_slice() {
                [Arg::Number(at), ..] if note.phrase.key == M::IsChosen.into() => *at == slot,
                [Arg::Number(at), ..] if upto => *at >= slot,
                [_, Arg::Number(first), Arg::Number(last)] if note.phrase.key == M::LearnsPiece.into() => {
                    (*first..=*last).contains(&slot)
                }
                [_, Arg::Number(at)] if note.phrase.key == M::LearnsOne.into() => *at == slot,
                _ => false,
            }
        };
        let mut reasons = Vec::new();
        if let Some(note) = self.past.first_note(id, &about) {
            let said = Phrase::new(P::Noted, [Arg::Process(id), Arg::Phrase(Box::new(note.phrase))]);
            let events = note.because.into_iter().chain([note.event]);
            reasons.push(Reason::so(said).from(events));
        }
        let own = self.log(id).and_then(|log| log.get(slot)).map(|accepted| &accepted.entry);
        if let (Some(own), Some(member)) = (own, self.member(id)) {
            let (members, need) = member.acceptances_needed(slot);
            let has = |id: &ProcessId| {
                let log = self.log(*id);
                log.is_some_and(|log| slot <= log.base() || log.get(slot).is_some_and(|it| it.entry == *own))
            };
            let holders: Vec<ProcessId> = members.iter().copied().filter(has).collect();
            let args = [
                Arg::Number(slot),
                number(holders.len()),
                number(members.len()),
                who(&holders),
                number(need),
            ];
            reasons.push(Reason::so(Phrase::new(K::Holders, args)).by(rule_view(Rule::ChosenByQuorum)));
        }
        reasons
    }

    /// Somebody knows it to be chosen, and this member has not executed it.
    fn not_executed(&mut self, id: ProcessId, slot: u64) -> Vec<Reason> {
        let Some(known) = knowing(self.world, self.number, slot) else { return Vec::new() };
        let args = [Arg::Number(slot), Arg::Process(known.id())];
        let next = (known.id() != id).then(|| self.ask(Subject::Entry(known.id(), slot)));
        let mut reasons = vec![Reason::so(Phrase::new(K::KnownBy, args)).then(next)];
        let Some(member) = self.member(id) else {
            reasons.push(Reason::not(Phrase::new(P::SilentDown, [Arg::Process(id)])));
            return reasons;
        };
        if let Some(said) = member.why_not_executed(slot) {
            let args = [Arg::Process(id), Arg::Phrase(Box::new(said))];
            let reason = Reason::not(Phrase::new(K::OwnWords, args));
            let before = member.executed() + 1;
            reasons.push(match slot > before {
                true => {
                    reason.by(rule_view(Rule::ExecuteInOrder)).then([self.ask(Subject::Entry(id, before))])
                }
                false => reason,
            });
        }
        if let Some(leader) = leaders(self.world, self.number).first().map(|leader| leader.id())
            && leader != id
        {
            reasons.push(match trouble(self.world, leader, id) {
                Some(way @ (Trouble::CutOut | Trouble::Paused)) => {
                    let key = if way == Trouble::Paused { P::SilentPaused } else { P::SilentCut };
                    let args = cut(leader, id, way).to_vec();
                    Reason::not(Phrase::new(key, args)).then([further(leader, id, way)])
                }
                _ => {
                    let args = [Arg::Process(id), Arg::Process(leader)];
                    let ballot = self.member(leader).map(Member::ballot);
                    let accepted = member.log().get(slot).map(|accepted| accepted.ballot);
                    match accepted.is_some() && accepted == ballot {
                        true => {
                            Reason::so(Phrase::new(K::TellsNext, args)).by(rule_view(Rule::LearnSameBallot))
                        }
                        false => Reason::so(Phrase::new(K::AsksFor, args)).by(rule_view(Rule::CatchUp)),
                    }
                }
            });
        }
        reasons
    }

    /// Nobody that runs knows it to be chosen.
    fn not_chosen(&mut self, id: ProcessId, slot: u64) -> Vec<Reason> {
        let all = leaders(self.world, self.number);
        let Some(leader) = all.iter().find(|leader| leader.id() == id).or(all.first()) else {
            let reason = Reason::not(Phrase::new(K::NobodyCounts, [Arg::Number(slot)]));
            return vec![reason.then([self.ask(Subject::Group(self.number))])];
        };
        let mut reasons = Vec::new();
        if leader.id() != id {
            let next = self.ask_role(leader.id());
            reasons.push(Reason::so(Phrase::new(K::LeaderCounts, [Arg::Process(leader.id())])).then([next]));
        }
        let Some(pending) = leader.pending().find(|pending| pending.slot == slot) else {
            reasons.extend(hindered(leader, slot));
            return reasons;
        };
        let (members, need) = leader.acceptances_needed(slot);
        let have: Vec<ProcessId> = pending.acks.iter().map(|(id, _)| *id).collect();
        let args = [
            Arg::Number(slot),
            ballot(leader.ballot()),
            number(have.len()),
            number(members.len()),
            who(&have),
            number(need),
        ];
        let events: Vec<_> =
            pending.acks.iter().filter_map(|(_, event)| self.event(leader.id(), *event)).collect();
        let reason = Reason::not(Phrase::new(K::TooFewAccepted, args)).by(rule_view(Rule::ChosenByQuorum));
        reasons.push(reason.from(events));
        if members.contains(&leader.id()) && !have.contains(&leader.id()) {
            reasons.push(Reason::not(Phrase::new(K::OwnDisk, [Arg::Process(leader.id())])));
        }
        for other in members.iter().filter(|other| !have.contains(other) && **other != leader.id()) {
            reasons.push(self.silent(*other, leader.id(), leader.ballot()));
        }
        reasons
    }

    /// What comes after the last executed slot.
    pub(super) fn executed(&mut self, id: ProcessId) -> Vec<Reason> {
        let Some(member) = self.member(id) else { return Vec::new() };
        let next = member.executed() + 1;
        if next <= member.log().last().max(member.known_chosen()) {
            return self.slot(id, next);
        }
        let args = [Arg::Process(id), Arg::Number(member.executed())];
        vec![Reason::so(Phrase::new(K::EndOfLog, args))]
    }

    /// A client's request, if a leader has taken it in.
    pub(super) fn operation(&mut self, client: ProcessId, seq: u64) -> Vec<Reason> {
        let mut reasons = Vec::new();
        for leader in leaders(self.world, self.number) {
            let asks = |asker: &Option<crate::consensus::multi_paxos::Asker>| {
                asker.is_some_and(|asker| (asker.client, asker.seq) == (client, seq))
            };
            if let Some(pending) = leader.pending().find(|pending| asks(&pending.client)) {
                let args = [Arg::Process(leader.id()), Arg::Number(pending.slot), Arg::Process(client)];
                reasons.push(Reason::so(Phrase::new(K::InSlot, args)));
                reasons.extend(match pending.chosen {
                    true => self.not_executed(leader.id(), pending.slot),
                    false => self.not_chosen(leader.id(), pending.slot),
                });
            } else if let Some(request) = leader.waiting().find(|request| asks(&request.client)) {
                let slot = leader.next_slot();
                let args = [Arg::Process(leader.id()), Arg::Number(slot)];
                let brought = self.event(leader.id(), request.event);
                reasons.push(Reason::not(Phrase::new(K::WaitsForSlot, args)).from(brought));
                reasons.extend(hindered(leader, slot));
            }
        }
        if reasons.is_empty() && leaders(self.world, self.number).is_empty() {
            reasons = self.group();
        }
        reasons
    }
}

/// Why a leader may not propose in a slot yet.
fn hindered(leader: &Member, slot: u64) -> Option<Reason> {
    let me = Arg::Process(leader.id());
    let (key, args, rule) = match leader.hindrance(slot)? {
        Hindrance::CatchesUp => (K::MayCatchUp, vec![me], Some(Rule::CatchUp)),
        Hindrance::Window => (K::MayWindow, vec![me], None),
        Hindrance::Alpha => (K::MayAlpha, vec![me], Some(Rule::AlphaWindow)),
        Hindrance::Promises(missing) => {
            (K::MayPromises, vec![me, number(missing)], Some(Rule::PromisesOfSlot))
        }
        Hindrance::Leaving => (K::MayLeaving, vec![me], None),
    };
    let reason = Reason::not(Phrase::new(key, args));
    Some(match rule {
        Some(rule) => reason.by(rule_view(rule)),
        None => reason,
    })
}

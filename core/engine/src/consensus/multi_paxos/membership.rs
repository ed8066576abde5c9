//! Who accepts in which slot. "The set of servers that execute the i-th instance of the consensus algorithm [is] specified by the
//! state after execution of the (i − α)-th state machine command" (*Paxos Made Simple* §3): a change is a command like any other, and
//! holds from alpha slots later on.

use super::config::{Configuration, MAX_MEMBERS, Program};
use super::durable::Durable;
use super::leader::Request;
use super::log::{Entry, Kind};
use super::rules::Rule;
use super::{Member, Role, Timer};
use crate::consensus::notes::{by, did};
use crate::process::{Answer, Arg, Delay, Digest, Effects, Fold, Phrase, ProcessId};
use crate::words::multi_paxos::MultiPaxosKey as K;
use std::sync::Arc;

/// Configurations by the slots from which they hold, in order; the first holds for the next slot to be executed.
#[derive(Clone, Debug)]
pub(super) struct Membership {
    known: Vec<(u64, Arc<Configuration>)>,
}

impl Membership {
    /// As the snapshot on disk has it, or the program.
    pub fn of(program: &Program, durable: &Durable) -> Membership {
        let known = match &durable.snapshot {
            Some(snapshot) if !snapshot.configurations.is_empty() => snapshot.configurations.clone(),
            _ => vec![(1, program.first_configuration().clone())],
        };
        Membership { known }
    }
    /// All that may still matter.
    pub fn known(&self) -> &[(u64, Arc<Configuration>)] {
        &self.known
    }
    /// Who accepts in a slot, as far as it is known.
    #[inline]
    pub fn at(&self, slot: u64) -> &Arc<Configuration> {
        let after = self.known.partition_point(|(from, _)| *from <= slot);
        &self.known[after.saturating_sub(1)].1
    }
    /// The one of a slot, and all after it.
    pub fn from(&self, slot: u64) -> impl Iterator<Item = &Arc<Configuration>> {
        let after = self.known.partition_point(|(from, _)| *from <= slot);
        self.known[after.saturating_sub(1)..].iter().map(|(_, configuration)| configuration)
    }
    /// The last one known, and from where on it holds.
    pub fn latest(&self) -> &(u64, Arc<Configuration>) {
        &self.known[self.known.len() - 1]
    }
    pub fn add(&mut self, from: u64, configuration: Arc<Configuration>) {
        self.known.retain(|(known, _)| *known < from);
        self.known.push((from, configuration));
    }
    /// Forgets what no slot after this one needs.
    pub fn prune(&mut self, executed: u64) {
        let stale = self.known.partition_point(|(from, _)| *from <= executed + 1).saturating_sub(1);
        self.known.drain(..stale);
    }
}

impl Fold for Membership {
    fn fold(&self, digest: &mut Digest) {
        self.known.fold(digest);
    }
}

impl Member {
    /// Is this process of no configuration that any slot still needs, and behind this member? It need not lead, and is better told
    /// what it missed.
    pub(super) fn is_removed(&self, id: ProcessId, from: u64) -> bool {
        id != self.me
            && self.executed + 1 >= from
            && !self.membership.from(self.executed + 1).any(|configuration| configuration.has(id))
    }

    /// All who accept in the next slot or a later one, but for this member.
    pub(super) fn others(&self) -> Vec<ProcessId> {
        let all = self.membership.from(self.executed + 1).flat_map(|configuration| &configuration.members);
        let all = Configuration::of(all.copied().filter(|id| *id != self.me));
        all.members
    }

    /// A change of members was executed.
    pub(super) fn change_members(
        &mut self,
        slot: u64,
        configuration: &Arc<Configuration>,
        out: &mut Effects<'_, Self>,
    ) {
        let from = slot + u64::from(self.program.settings().alpha);
        self.membership.add(from, configuration.clone());
        out.note(|| {
            let who = configuration.members.iter().map(|id| Arg::Process(*id)).collect();
            did(K::MembersFrom, [Arg::Number(slot), Arg::Number(from), Arg::List(who)])
        });
        if self.role == Role::Leader {
            self.prepare_newcomers(out);
        }
    }

    /// What was executed may have made it a member, or another group's past.
    pub(super) fn refresh_standing(&mut self, out: &mut Effects<'_, Self>) {
        let before = self.membership.known().len();
        self.membership.prune(self.executed);
        if self.role == Role::Leader && self.membership.known().len() != before {
            self.lead.peers = self.others().into();
        }
        let may_stand = self.membership.at(self.executed + 1).has(self.me);
        if may_stand && !self.may_stand {
            self.may_stand = true;
            self.arm_election(out);
        } else if !may_stand && self.may_stand {
            self.leave(out);
        }
    }

    /// It is a member no more: it neither leads nor stands.
    pub(super) fn leave(&mut self, out: &mut Effects<'_, Self>) {
        self.may_stand = false;
        self.stand.backs_off = false;
        out.cancel_timer(Timer::Election);
        out.cancel_timer(Timer::BackOff);
        if self.role == Role::Leader {
            self.beat(out); // so that the others hear how far it came
        }
        if self.role != Role::Follower {
            out.note(|| did(K::StepsDownRemoved, [Arg::Number(self.executed)]));
            self.become_follower(out);
        }
        self.arm_telling(out);
    }

    /// Those who come after may not know that they do: all that told them may have been lost, and whoever is no member stands no
    /// more and sends no heartbeats. So it tells them how far slots are chosen, once an election timeout, one small message each, until
    /// one of them is heard that knows as much, or that asks for what it lacks. Whoever gets the message answers: by asking for what it lacks, or, where it lacks
    /// nothing, by saying how far it is. So it ends as soon as a message passes either way; while none does it goes on, as an election
    /// does, and keeps nothing.
    pub(super) fn arm_telling(&self, out: &mut Effects<'_, Self>) {
        let lacks = self.executed < self.learner.known;
        if !self.may_stand && !lacks && self.executed > 0 && self.rules.has(Rule::CatchUp) {
            let (low, high) = self.program.settings().election_timeout;
            out.set_timer(Timer::CatchUp, Delay::Uniform(low, high));
        }
    }

    /// None of those who come after was heard.
    pub(super) fn tell_successors(&self, out: &mut Effects<'_, Self>) {
        let successors = self.others();
        out.note(|| {
            let who = successors.iter().map(|id| Arg::Process(*id)).collect();
            by(Rule::CatchUp, K::TellsSuccessors, [Arg::List(who), Arg::Number(self.executed)])
        });
        successors.iter().for_each(|id| self.tell_how_far(*id, out));
        self.arm_telling(out);
    }

    /// Is an answer due to who told how far it is? To who leads or stands no more, so that it need not tell any more; and to whoever is
    /// behind: it may hold a past configuration for the present one, wait for those of it, and be one of those who come after itself.
    pub(super) fn answers_telling(&self, from: ProcessId, slot: u64, chosen: u64) -> bool {
        chosen < self.executed || self.may_stand && self.is_removed(from, slot)
    }

    /// One of those who come after is heard: they know.
    pub(super) fn heard_successor(&self, from: ProcessId, out: &mut Effects<'_, Self>) {
        let tells = !self.may_stand && !self.learner.waits;
        if tells && self.membership.from(self.executed + 1).any(|it| it.has(from)) {
            out.cancel_timer(Timer::CatchUp);
        }
    }

    /// An operator wants other members.
    pub(super) fn on_change(&mut self, target: Configuration, ticket: u64, out: &mut Effects<'_, Self>) {
        let refusal = if self.role != Role::Leader {
            Some(match self.leader {
                Some(leader) => Phrase::new(K::NotLeaderBut, [Arg::Process(leader)]),
                None => Phrase::bare(K::NotLeader),
            })
        } else if target.members.is_empty() || target.members.len() > MAX_MEMBERS {
            Some(Phrase::new(K::ChangeSize, [Arg::Number(MAX_MEMBERS as u64)]))
        } else if self.changes() {
            Some(Phrase::bare(K::ChangeUnderWay))
        } else if *self.membership.latest().1 == target {
            Some(Phrase::bare(K::ChangeSame))
        } else {
            None
        };
        if let Some(phrase) = refusal {
            return out.reply(ticket, Answer { accepted: false, phrase });
        }
        let who = target.members.iter().map(|id| Arg::Process(*id)).collect();
        let alpha = Arg::Number(self.program.settings().alpha.into());
        out.reply(
            ticket,
            Answer { accepted: true, phrase: Phrase::new(K::WillChange, [Arg::List(who), alpha]) },
        );
        let entry = Arc::new(Entry::new(Kind::Members(Arc::new(target))));
        self.lead.waiting.push_back(Request { entry, client: None, event: self.event });
        self.pump(out);
    }

    /// Is a change of members under way?
    fn changes(&self) -> bool {
        let is_change = |entry: &Entry| matches!(entry.kind, Kind::Members(_));
        self.membership.latest().0 > self.executed + 1
            || self.lead.waiting.iter().any(|request| is_change(&request.entry))
            || self.lead.pending.iter().any(|pending| is_change(&pending.entry))
    }

    /// Have enough of a slot's members promised this leader?
    pub(super) fn has_promises_for(&self, slot: u64) -> bool {
        self.promises_missing(slot) == 0
    }

    /// How many more promises it needs for a slot.
    pub(super) fn promises_missing(&self, slot: u64) -> usize {
        let members = &self.membership.at(slot).members;
        let meet = self.rules.has(Rule::QuorumsMeet);
        let (needed, _) = self.program.settings().quorums(members.len(), meet);
        needed.saturating_sub(members.iter().filter(|id| self.stand.has_promise(**id)).count())
    }
}

//! What a leader does (*Paxos Made Simple* §3): it gives each command a slot, has it accepted, counts, and tells. In calm it takes one
//! round trip and two messages for each other member; that a slot is chosen rides on the next message.

use super::log::{Accepted, Entry, Kind};
use super::message::{PeerMessage, number};
use super::rules::Rule;
use super::{Ballot, Member, Role, Timer, describe};
use crate::consensus::notes::{Because, by, did};
use crate::process::{Arg, Delay, Digest, Effects, Fold, Moment, ProcessId, Time};
use crate::words::multi_paxos::MultiPaxosKey as K;
use smallvec::SmallVec;
use std::collections::VecDeque;
use std::sync::Arc;

/// A client to be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asker {
    /// Who asked.
    pub client: ProcessId,
    /// Its session; 0 for a registration or none.
    pub session: u64,
    /// The request's number.
    pub seq: u64,
}

/// What waits for a slot.
#[derive(Clone, Debug)]
pub struct Request {
    /// What is to stand there.
    pub entry: Arc<Entry>,
    /// Who is to be answered.
    pub client: Option<Asker>,
    /// The input that brought it.
    pub event: u64,
}

/// A slot a leader has proposed in and not yet executed.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Which.
    pub slot: u64,
    /// What it proposed.
    pub entry: Arc<Entry>,
    /// Who is to be answered.
    pub client: Option<Asker>,
    /// Who has accepted, and the inputs that told.
    pub acks: SmallVec<[(ProcessId, u64); 4]>,
    /// A quorum has.
    pub chosen: bool,
    /// It was executed before its turn; only where the rule against that is off.
    pub(super) early: bool,
    pub(super) sent_at: u64,
    /// The tick at which it was proposed.
    pub(super) since: u64,
}

/// What only a leader keeps.
#[derive(Clone, Debug, Default)]
pub(super) struct Lead {
    /// In which it leads.
    pub ballot: Ballot,
    /// The next slot to propose in.
    pub next: u64,
    /// The others it speaks to.
    pub peers: Arc<[ProcessId]>,
    /// Proposed and not executed, in order of slots.
    pub pending: VecDeque<Pending>,
    /// What waits for a slot.
    pub waiting: VecDeque<Request>,
    /// A slot that was decided without it, between learning of it and giving up: never from one input to the next.
    pub overtaken: Option<u64>,
    /// Ticks of the heartbeat timer, and how many they were when it last executed anything.
    pub ticks: u64,
    pub moved_at: u64,
    /// The last heartbeat, sent again as long as it says the same.
    pub heartbeat: Option<Arc<PeerMessage>>,
    /// Rounds of heartbeats that ask for a lease; the open ones, and when each began.
    pub round: u64,
    pub opened: VecDeque<(u64, Time)>,
    /// The last round each other member has answered, and the input that told.
    pub confirmed: SmallVec<[(ProcessId, u64, u64); 8]>,
    /// The last round a quorum has confirmed, and when it began.
    pub quorum_round: u64,
    pub quorum_time: Option<Time>,
}

impl Lead {
    pub fn find(&self, slot: u64) -> Option<usize> {
        self.pending.binary_search_by_key(&slot, |pending| pending.slot).ok()
    }
}

impl Fold for Lead {
    fn fold(&self, digest: &mut Digest) {
        self.ballot.fold(digest);
        [self.next, self.ticks, self.moved_at, self.round, self.quorum_round]
            .iter()
            .for_each(|&n| digest.word(n));
        digest.word(self.pending.len() as u64);
        for pending in &self.pending {
            digest.word(pending.slot);
            pending.entry.fold(digest);
            digest.word(u64::from(pending.chosen) | u64::from(pending.client.is_some()) << 1);
            digest.word(pending.sent_at);
            digest.word(pending.since);
            pending.acks.iter().for_each(|(id, _)| id.fold(digest));
        }
        digest.word(self.waiting.len() as u64);
        self.waiting.iter().for_each(|request| request.entry.fold(digest));
        digest.word(self.opened.len() as u64);
        self.opened.iter().for_each(|(_, at)| at.fold(digest));
        for (id, round, _) in &self.confirmed {
            id.fold(digest);
            digest.word(*round);
        }
        self.quorum_time.fold(digest);
    }
}

/// Why a leader may not propose in a slot yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// It has not executed what is known to be chosen before.
    CatchesUp,
    /// As many slots as its window holds are not executed yet.
    Window,
    /// Who accepts there is not known yet.
    Alpha,
    /// So many members of that slot have not promised.
    Promises(usize),
    /// It is not a member there.
    Leaving,
}

impl Member {
    /// Why it may not propose in this slot, if it may not.
    pub fn hindrance(&self, slot: u64) -> Option<Hindrance> {
        let settings = self.program.settings();
        let ahead = slot.saturating_sub(self.executed);
        let wide = |most: u32| ahead > u64::from(most);
        if wide(settings.alpha) && self.rules.has(Rule::AlphaWindow) || wide(settings.window) {
            return Some(match self.executed < self.stand.floor {
                true => Hindrance::CatchesUp,
                false if wide(settings.window) => Hindrance::Window,
                false => Hindrance::Alpha,
            });
        }
        if !self.membership.at(slot).has(self.me) {
            return Some(Hindrance::Leaving);
        }
        let missing = self.promises_missing(slot);
        (missing > 0 && self.rules.has(Rule::PromisesOfSlot) && self.rules.has(Rule::WaitForPromises))
            .then_some(Hindrance::Promises(missing))
    }

    /// Proposes in all slots it may: what was reported, what fills gaps, what waits.
    pub(super) fn pump(&mut self, out: &mut Effects<'_, Self>) {
        let most = self.program.settings().batch as usize;
        self.lead.next = self.lead.next.max(self.first_open()); // what it has learned, or must learn, it need not propose
        while let Some((&slot, _)) = self.stand.reported.first()
            && slot < self.lead.next
        {
            self.stand.reported.remove(&slot);
        }
        while self.role == Role::Leader && self.hindrance(self.lead.next).is_none() {
            let first = self.lead.next;
            let mut proposed: SmallVec<[Request; 1]> = SmallVec::new();
            while proposed.len() < most {
                let slot = first + proposed.len() as u64;
                let same = Arc::ptr_eq(self.membership.at(first), self.membership.at(slot));
                if !same || self.hindrance(slot).is_some() || self.leaves_open(slot) {
                    break;
                }
                let Some(request) = self.filling(slot, out) else { break };
                proposed.push(request);
            }
            if !proposed.is_empty() {
                self.propose(first, proposed, out);
            } else if self.leaves_open(first) {
                self.lead.next += 1;
            } else {
                return;
            }
        }
    }

    /// A gap that is not filled, since the rule is off.
    fn leaves_open(&self, slot: u64) -> bool {
        slot <= self.stand.top && !self.rules.has(Rule::FillGaps) && !self.stand.reported.contains_key(&slot)
    }

    /// What comes into a slot. "It proposes … a special 'no-op' command that leaves the state unchanged" where nothing was reported
    /// and something was after (§3).
    fn filling(&mut self, slot: u64, out: &mut Effects<'_, Self>) -> Option<Request> {
        let no_op = |event| Request { entry: Arc::new(Entry::new(Kind::NoOp)), client: None, event };
        if let Some(reported) = self.stand.reported.remove(&slot)
            && self.rules.has(Rule::AdoptReported)
        {
            let Accepted { ballot, entry } = reported.accepted;
            out.note(|| {
                let args = [Arg::Number(slot), describe(&entry), number(ballot), Arg::Process(reported.by)];
                by(Rule::AdoptReported, K::Adopts, args).because([reported.event])
            });
            return Some(Request { entry, client: None, event: reported.event });
        }
        if slot <= self.stand.top {
            let promises = self.stand.promises.iter().map(|promise| promise.event);
            let top = Arg::Number(self.stand.top);
            out.note(|| by(Rule::FillGaps, K::FillsGap, [Arg::Number(slot), top]).because(promises));
            return Some(no_op(self.event));
        }
        if let Some(request) = self.lead.waiting.pop_front() {
            out.note(|| {
                did(K::Proposes, [Arg::Number(slot), describe(&request.entry)]).because([request.event])
            });
            return Some(request);
        }
        let from = self.membership.latest().0;
        (slot < from && self.rules.has(Rule::HastenChange)).then(|| {
            out.note(|| by(Rule::HastenChange, K::Hastens, [Arg::Number(slot), Arg::Number(from)]));
            no_op(self.event)
        })
    }

    /// Phase 2 (a), for slots one after the other: to all members of those slots, itself among them.
    fn propose(&mut self, first: u64, proposed: SmallVec<[Request; 1]>, out: &mut Effects<'_, Self>) {
        let (ballot, count) = (self.lead.ballot, proposed.len() as u64);
        let entries: Arc<[Arc<Entry>]> = proposed.iter().map(|request| request.entry.clone()).collect();
        let members = self.membership.at(first).clone();
        let accepts = ballot >= self.durable.promised || !self.rules.has(Rule::KeepPromise);
        for (slot, request) in (first..).zip(proposed) {
            if accepts {
                self.accept(slot, ballot, &request.entry);
            }
            let Request { entry, client, .. } = request;
            let sent_at = self.lead.ticks;
            let acks = SmallVec::new();
            self.lead.pending.push_back(Pending {
                slot,
                entry,
                client,
                acks,
                chosen: false,
                early: false,
                sent_at,
                since: sent_at,
            });
        }
        self.lead.next = first + count;
        let accept = PeerMessage::Accept { ballot, slot: first, entries, chosen: self.executed };
        self.to_all(&members.members, &Arc::new(accept), out);
        if accepts {
            self.send(
                self.me,
                PeerMessage::Accepted { ballot, slot: first, count },
                Rule::DurableAccept,
                out,
            );
        }
    }

    /// A member has accepted.
    pub(super) fn on_accepted(
        &mut self,
        now: Moment,
        from: ProcessId,
        (ballot, slot, count): (Ballot, u64, u64),
        out: &mut Effects<'_, Self>,
    ) {
        let same = ballot == self.lead.ballot || !self.rules.has(Rule::CountOneBallot);
        if self.role != Role::Leader || !same {
            return;
        }
        let begin = self.lead.pending.partition_point(|pending| pending.slot < slot);
        let end = self.lead.pending.partition_point(|pending| pending.slot < slot.saturating_add(count));
        for at in begin..end {
            self.count(at, from, out);
        }
        self.advance(now, out);
    }

    /// "A value is chosen when a large enough set of acceptors have accepted it" (§2.1).
    fn count(&mut self, at: usize, from: ProcessId, out: &mut Effects<'_, Self>) {
        let Some(pending) = self.lead.pending.get_mut(at) else { return };
        let slot = pending.slot;
        let members = self.membership.at(slot);
        if pending.acks.iter().any(|(id, _)| *id == from) || !members.has(from) {
            return;
        }
        pending.acks.push((from, self.event));
        if pending.chosen {
            return;
        }
        let (_, needed) = self.program.settings().quorums(members.members.len(), true);
        let missing = needed.saturating_sub(pending.acks.len());
        if missing > 0 && self.rules.has(Rule::ChosenByQuorum) {
            let args = [Arg::Process(from), Arg::Number(slot), Arg::Number(missing as u64)];
            return out.note(|| did(K::AcceptanceCounted, args));
        }
        pending.chosen = true;
        let (entry, acks) = (&pending.entry, &pending.acks);
        let ballot = self.lead.ballot;
        out.note(|| {
            let args = [Arg::Number(slot), describe(entry), number(ballot)];
            did(K::IsChosen, args).because(acks.iter().map(|(_, event)| *event))
        });
        if !self.rules.has(Rule::ExecuteInOrder) && slot > self.executed + 1 {
            pending.early = true;
            let entry = entry.clone();
            self.apply(slot, &entry, out);
        }
    }

    /// Executes what is chosen and next in turn.
    pub(super) fn advance(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        let before = self.executed;
        while let Some(front) = self.lead.pending.front() {
            if front.slot == self.executed + 1 && front.chosen {
                let (slot, accepted) =
                    (front.slot, Accepted { ballot: self.lead.ballot, entry: front.entry.clone() });
                self.learn(slot, accepted);
                self.execute(out);
            } else if front.slot > self.executed {
                break;
            }
            self.lead.pending.pop_front();
        }
        if self.executed > before {
            self.after_execution(now, out);
        }
    }

    /// The leader's clock ticked: what seems lost is sent again, and everybody hears from it.
    pub(super) fn on_heartbeat_timer(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        if self.role != Role::Leader {
            return;
        }
        out.set_timer(Timer::Heartbeat, Delay::Fixed(self.program.settings().heartbeat));
        self.lead.ticks += 1;
        if self.cannot_catch_up() {
            out.note(|| by(Rule::CatchUp, K::StandsAgain, [Arg::Number(self.stand.floor)]));
            self.become_follower(out);
            return self.stand(now, out);
        }
        if let Some(slot) = self.waits_in_vain()
            && self.rules.has(Rule::StepDownWithoutQuorum)
        {
            let ballot = self.lead.ballot;
            out.note(|| {
                by(Rule::StepDownWithoutQuorum, K::StepsDownAlone, [number(ballot), Arg::Number(slot)])
            });
            return self.become_follower(out);
        }
        if self.rules.has(Rule::Resend) {
            self.send_again(out);
        }
        self.start_round(now, out);
    }

    /// Two long election timeouts, in ticks.
    fn patience(&self) -> u64 {
        let settings = self.program.settings();
        2 * settings.election_timeout.1.nanos() / settings.heartbeat.nanos().max(1)
    }

    /// Who had collected what it lacks may be gone: the others' reports may then tell, of a new ballot.
    fn cannot_catch_up(&self) -> bool {
        self.executed < self.stand.floor && self.lead.ticks - self.lead.moved_at > self.patience()
    }

    /// The slot for which it has waited too long, while nothing else was chosen either.
    fn waits_in_vain(&self) -> Option<u64> {
        let first = self.lead.pending.front().filter(|pending| !pending.chosen)?;
        let since = first.since.max(self.lead.moved_at);
        (self.lead.ticks - since > self.patience()).then_some(first.slot)
    }

    /// Messages may be lost: a leader asks again who has not accepted a slot two heartbeats after.
    fn send_again(&mut self, out: &mut Effects<'_, Self>) {
        let (ballot, ticks, chosen) = (self.lead.ballot, self.lead.ticks, self.executed);
        for pending in self.lead.pending.iter_mut().filter(|it| !it.chosen && it.sent_at + 2 <= ticks) {
            pending.sent_at = ticks;
            let has = |id: &ProcessId| pending.acks.iter().any(|(acked, _)| acked == id);
            let members = &self.membership.at(pending.slot).members;
            let lacking: SmallVec<[ProcessId; 8]> =
                members.iter().copied().filter(|id| *id != self.me && !has(id)).collect();
            let entries: Arc<[Arc<Entry>]> = [pending.entry.clone()].into();
            let again = Arc::new(PeerMessage::Accept { ballot, slot: pending.slot, entries, chosen });
            out.note(|| {
                let who = lacking.iter().map(|id| Arg::Process(*id)).collect();
                by(Rule::Resend, K::SendsAgain, [Arg::Number(pending.slot), Arg::List(who)])
            });
            for to in lacking {
                out.send_now(to, super::Message::Shared(again.clone()));
            }
        }
        if self.membership.known().iter().any(|(slot, _)| !self.has_promises_for((*slot).max(chosen + 1))) {
            self.prepare_newcomers(out);
        }
    }

    /// Tells everybody that it leads, and how far slots are chosen. The same message serves again while it says the same: an idle
    /// group makes none.
    #[inline]
    pub(super) fn beat(&mut self, out: &mut Effects<'_, Self>) {
        let (ballot, chosen, round) = (self.lead.ballot, self.executed, self.lead.round);
        let beat = PeerMessage::Heartbeat { ballot, chosen, round };
        let heartbeat = match &self.lead.heartbeat {
            Some(last) if **last == beat => last.clone(),
            _ => Arc::new(beat),
        };
        self.to_all(&self.lead.peers, &heartbeat, out);
        self.lead.heartbeat = Some(heartbeat);
    }
}

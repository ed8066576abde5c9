//! Why a message has not arrived, or was lost, and what stands on a link: with the command that put it there.

use super::{K, Playing, Told, ask, no_such};
use crate::kernel::world::World;
use crate::kernel::{Action, Fate, LossReason};
use crate::process::{Arg, EventId, HostId, MessageId, Phrase, ProcessId};
use crate::session::chronicle::Chronicle;
use crate::session::deeds::percent;
use crate::view::{Explanation, Question, Reason, Subject};
use crate::words::session::SessionKey;

/// What can be done to a link so that messages fare otherwise.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hindrance {
    Wall,
    Clog,
    Hold,
    Loss,
    Delay,
}

/// The command that hindered messages from one host to another at a place, if one still did.
fn hindered(chronicle: &Chronicle, what: Hindrance, way: (HostId, HostId), upto: u64) -> Option<EventId> {
    let mut standing: Vec<(u32, EventId)> = Vec::new();
    for (event, ordinal, action) in chronicle.meddled() {
        if *ordinal > upto {
            break;
        }
        match (&**action, what) {
            (Action::Block { barrier, scope }, Hindrance::Wall) if scope.covers(way) => {
                standing.push((*barrier, *event));
            }
            (Action::Partition { barrier, groups, others_reach_all }, Hindrance::Wall)
                if apart(groups, *others_reach_all, way) =>
            {
                standing.push((*barrier, *event));
            }
            (Action::Unblock { barrier }, Hindrance::Wall) => standing.retain(|(known, _)| known != barrier),
            (Action::Clog(scope), Hindrance::Clog)
            | (Action::Hold(scope), Hindrance::Hold)
            | (Action::Shape { scope, loss: Some(_), .. }, Hindrance::Loss)
            | (Action::Shape { scope, latency: Some(_), .. }, Hindrance::Delay)
            | (Action::Shape { scope, reorder: Some(_), .. }, Hindrance::Delay)
            | (Action::Shape { scope, bandwidth: Some(_), .. }, Hindrance::Delay)
                if scope.covers(way) =>
            {
                standing.push((0, *event));
            }
            (Action::Unclog(scope), Hindrance::Clog)
            | (Action::Release(scope), Hindrance::Hold)
            | (Action::Unshape(scope), Hindrance::Loss | Hindrance::Delay)
                if scope.covers(way) =>
            {
                standing.clear();
            }
            (Action::HealAll, _) => standing.clear(),
            _ => {}
        }
    }
    standing.last().map(|(_, event)| *event)
}

/// Does a partition stand between two hosts?
fn apart(groups: &[Vec<HostId>], others_reach_all: bool, (from, to): (HostId, HostId)) -> bool {
    let side = |host: HostId| groups.iter().position(|group| group.contains(&host));
    match (side(from), side(to)) {
        (Some(one), Some(other)) => one != other,
        _ => !others_reach_all,
    }
}

fn hosts(world: &World, from: ProcessId, to: ProcessId) -> Option<(HostId, HostId)> {
    Some((world.process(from)?.host, world.process(to)?.host))
}

impl Playing {
    /// Where a message is, or what became of it.
    pub(super) fn why_message(&mut self, world: &World, id: MessageId) -> Result<Told, Phrase> {
        let place = self.place();
        let here = |explanation| Told { place, event: None, explanation };
        if let Some(told) = self.under_way(world, id) {
            return Ok(here(told));
        }
        let (from, to) = (Arg::Process(id.from), Arg::Process(id.to));
        let gone = || Phrase::new(SessionKey::NoSuchMessage, [from.clone(), to.clone()]);
        let fate = self.trace.fate(id).ok_or_else(gone)?;
        let label = fate.label.map(|label| Arg::Phrase(Box::new(label)));
        let (key, mut reason) = match (fate.delivered, fate.lost) {
            (Some(event), _) => {
                (K::AskGone, Reason::so(Phrase::new(K::Delivered, [to.clone()])).from([event]))
            }
            (None, Some((why, event, ordinal))) => {
                let sent = fate.sent == Some(event);
                (K::AskLost, self.loss(world, id, why, (event, ordinal, sent)))
            }
            (None, None) => (K::AskGone, Reason::not(Phrase::bare(K::NotKnown))),
        };
        reason.events.extend(fate.sent);
        let (key, args) = match label {
            Some(label) if key == K::AskLost => (key, vec![from, to, label]),
            _ => (K::AskGone, vec![from, to]),
        };
        Ok(here(Explanation { question: Phrase::new(key, args), reasons: vec![reason] }))
    }

    /// A message that has not arrived yet.
    fn under_way(&self, world: &World, id: MessageId) -> Option<Explanation> {
        let flight = world.in_flight().find(|flight| flight.message == id)?;
        let (from, to) = (Arg::Process(id.from), Arg::Process(id.to));
        let way = hosts(world, id.from, id.to);
        let link = way.and_then(|(a, b)| world.link(a, b));
        let by = |what| way.and_then(|way| hindered(self.chronicle(), what, way, self.place().ordinal));
        let reason = match flight.arrives_at {
            Some(at) => {
                let left = Arg::For(at - world.now());
                let shaped = link.as_ref().filter(|link| link.overridden).and_then(|_| by(Hindrance::Delay));
                let reason = Reason::not(Phrase::new(K::Moving, [Arg::At(flight.sent_at), left]));
                reason.from(shaped).from(self.chronicle().delayed(id))
            }
            None if flight.held => {
                Reason::not(Phrase::new(K::HeldAtDoor, [to.clone()])).from(by(Hindrance::Hold))
            }
            None if link.is_some_and(|link| link.clogged) => {
                Reason::not(Phrase::new(K::WaitsClogged, [from.clone(), to.clone()]))
                    .from(by(Hindrance::Clog))
            }
            None => Reason::not(Phrase::new(K::WaitsDisk, [from.clone()])),
        };
        let label = Arg::Phrase(Box::new(flight.payload.card().label));
        let question = Phrase::new(K::AskMessage, [from, to, label]);
        Some(Explanation { question, reasons: vec![reason.from([flight.cause])] })
    }

    /// Why it was lost, in which event, and whether that was the one that sent it.
    fn loss(
        &mut self,
        world: &World,
        id: MessageId,
        why: LossReason,
        (event, ordinal, sent): (EventId, u64, bool),
    ) -> Reason {
        let (from, to) = (Arg::Process(id.from), Arg::Process(id.to));
        let both = || [from.clone(), to.clone()];
        let way = hosts(world, id.from, id.to);
        // The link may be another by now.
        let then = if why == LossReason::Chance { self.just_before(ordinal) } else { None };
        let by = |what| way.and_then(|way| hindered(self.chronicle(), what, way, ordinal));
        let not = |key: K, args: Vec<Arg>| Reason::not(Phrase::new(key, args)).from([event]);
        match why {
            LossReason::Chance => {
                let link = way.zip(then.as_ref()).and_then(|((a, b), run)| run.world().link(a, b));
                let loss = link.map(|link| link.law.loss);
                let share = loss.map_or(Arg::Number(0), percent);
                not(K::LostChance, vec![from.clone(), to.clone(), share]).from(by(Hindrance::Loss))
            }
            LossReason::Blocked => {
                let key = if sent { K::LostBlocked } else { K::LostOnTheWay };
                not(key, both().to_vec()).from(by(Hindrance::Wall))
            }
            LossReason::SenderDied => not(K::LostSenderDied, vec![from.clone()]),
            LossReason::PersistFailed => not(K::LostPersist, vec![from.clone()]),
            LossReason::ConnectionEnded => not(K::LostConnection, vec![]),
            LossReason::Overflow => not(K::LostOverflow, vec![]),
            LossReason::ByHand => not(K::LostByHand, vec![]),
            LossReason::NoSuchProcess => not(K::LostNobody, vec![to.clone()]),
            LossReason::ReceiverDown(_) => {
                let down = ask(K::AskDown, [to.clone()], Subject::Status(id.to));
                let up = world.process(id.to).is_some_and(|process| process.running);
                let next: Option<Question> = (!up).then_some(down);
                not(K::LostReceiverDown, vec![to.clone()]).then(next)
            }
        }
    }

    /// What stands on a link now.
    pub(super) fn why_link(
        &mut self,
        world: &World,
        from: ProcessId,
        to: ProcessId,
    ) -> Result<Explanation, Phrase> {
        let way = hosts(world, from, to).ok_or_else(|| no_such(to))?;
        let both = || vec![Arg::Process(from), Arg::Process(to)];
        let by = |what| hindered(self.chronicle(), what, way, self.place().ordinal);
        let link = world.link(way.0, way.1).filter(|_| way.0 != way.1);
        let (mut reasons, mut question) = (Vec::new(), K::AskLinkSlow);
        if let Some(link) = link {
            if link.blocked {
                question = K::AskLink;
                reasons.push(Reason::not(Phrase::new(K::LinkBlocked, both())).from(by(Hindrance::Wall)));
            }
            if link.clogged {
                reasons.push(Reason::not(Phrase::new(K::LinkClogged, both())).from(by(Hindrance::Clog)));
            }
            if link.held {
                let args = [Arg::Process(to)];
                reasons.push(Reason::not(Phrase::new(K::LinkHeld, args)).from(by(Hindrance::Hold)));
            }
            if link.law.loss.0 > 0 {
                let args = [Arg::Process(from), Arg::Process(to), percent(link.law.loss)];
                reasons.push(Reason::not(Phrase::new(K::LinkLossy, args)).from(by(Hindrance::Loss)));
            }
        }
        if reasons.is_empty() {
            reasons.push(Reason::so(Phrase::new(K::LinkFree, both())));
        }
        Ok(Explanation { question: Phrase::new(question, both()), reasons })
    }
}

/// What the trace knows of a message.
pub(in crate::session) struct FateOf {
    /// What it says.
    pub label: Option<Phrase>,
    /// The event that sent it.
    pub sent: Option<EventId>,
    /// The event of its delivery.
    pub delivered: Option<EventId>,
    /// Why it was lost, in which event, and after how many events.
    pub lost: Option<(LossReason, EventId, u64)>,
}

/// What becomes of what was sent, if that was its loss.
pub(in crate::session) fn lost(fate: &Fate) -> Option<LossReason> {
    match fate {
        Fate::Lost(why) => Some(*why),
        Fate::Arrives(_) | Fate::Gated | Fate::Waits => None,
    }
}

//! Why a group is as it is, and why not otherwise: from its processes' own state at the moment that is asked about, and from
//! what they noted on the way there.
//!
//! It decides nothing that the protocol decides: where a rule refused, the protocol's own note is what is said.

use super::{PaxosGroup, rule_view};
use crate::consensus::paxos::{Ballot, Durable, Peer, Phase, Rule, Value};
use crate::consensus::rules::Guards;
use crate::kernel::world::World;
use crate::process::{Arg, EventId, Phrase, ProcessId, few};
use crate::system::Past;
use crate::system::reach::{Trouble, cut, further, trouble};
use crate::view::{Explanation, NoteView, Question, Reason, Subject};
use crate::words::Key;
use crate::words::paxos::PaxosKey;
use crate::words::paxos_view::PaxosViewKey as V;
use crate::words::paxos_why::PaxosWhyKey as K;
use crate::words::stage::StageKey;

/// Most reasons of one answer.
const MOST: usize = 12;

/// A group at a moment, and what led there.
struct Asked<'a> {
    group: &'a PaxosGroup,
    world: &'a World,
    number: u16,
    past: &'a mut dyn Past,
}

/// What a group can say of a subject.
pub(super) fn why(
    group: &PaxosGroup,
    world: &World,
    number: u16,
    subject: &Subject,
    past: &mut dyn Past,
) -> Option<Explanation> {
    let mut asked = Asked { group, world, number, past };
    let question = question(group, world, number, subject);
    let mut reasons = match subject {
        Subject::Group(_) => asked.whole(),
        Subject::Field(id, Key::Stage(StageKey::Role)) => asked.role(*id),
        Subject::Field(id, Key::PaxosView(V::PromisedField)) => asked.promised(*id),
        Subject::Field(id, Key::PaxosView(V::AcceptedField)) => asked.accepted(*id),
        Subject::Field(id, Key::PaxosView(V::ProposedField)) => asked.proposes(*id),
        Subject::Field(id, Key::PaxosView(V::ChosenField)) => asked.learned(*id),
        _ => Vec::new(),
    };
    reasons.truncate(MOST);
    (!reasons.is_empty()).then_some(Explanation { question, reasons })
}

/// The question about a subject, as it is to be asked now.
fn question(group: &PaxosGroup, world: &World, number: u16, subject: &Subject) -> Phrase {
    let ask = |key: K, args: Vec<Arg>| Phrase::new(key, args);
    let Subject::Field(id, field) = subject else {
        return match group.chosen(world, number).as_slice() {
            [] => ask(K::AskNothingChosen, vec![]),
            [one] => ask(K::AskChosen, vec![text(one)]),
            several => ask(K::AskTwoChosen, vec![Arg::List(several.iter().map(text).collect())]),
        };
    };
    let (peer, me) = (world.machine::<Peer>(*id), Arg::Process(*id));
    let durable = peer.map(Peer::durable).or_else(|| world.stored::<Durable>(*id));
    match field {
        Key::PaxosView(V::PromisedField) => match durable.map(|durable| durable.promised) {
            Some(promised) if !promised.is_none() => ask(K::AskPromised, vec![me, ballot(promised)]),
            _ => ask(K::AskNotPromised, vec![me]),
        },
        Key::PaxosView(V::AcceptedField) => match durable.and_then(|durable| durable.accepted.as_ref()) {
            Some((number, value)) => ask(K::AskAccepted, vec![me, ballot(*number), text(value)]),
            None => ask(K::AskNotAccepted, vec![me]),
        },
        Key::PaxosView(V::ProposedField) => match peer.and_then(Peer::proposes) {
            Some(value) => ask(K::AskProposes, vec![me, text(value)]),
            None => ask(K::AskProposesNothing, vec![me]),
        },
        Key::PaxosView(V::ChosenField) => match peer.and_then(Peer::learned) {
            Some((_, value)) => ask(K::AskKnows, vec![me, text(value)]),
            None => ask(K::AskKnowsNot, vec![me]),
        },
        _ => match peer.map(Peer::phase) {
            Some(Phase::Preparing) => ask(K::AskPreparing, vec![me]),
            Some(Phase::Accepting) => ask(K::AskAccepting, vec![me]),
            Some(Phase::BackingOff) => ask(K::AskBackingOff, vec![me]),
            Some(Phase::Idle) | None => ask(K::AskIdle, vec![me]),
        },
    }
}

/// What can be asked about a process, or about the group.
pub(super) fn questions(
    group: &PaxosGroup,
    world: &World,
    number: u16,
    of: Option<ProcessId>,
) -> Vec<Question> {
    let about = |subject: Subject| Question { phrase: question(group, world, number, &subject), subject };
    let Some(id) = of else { return vec![about(Subject::Group(number))] };
    let field = |key: Key| about(Subject::Field(id, key));
    let Some(peer) = world.machine::<Peer>(id) else { return Vec::new() };
    let mut all = Vec::new();
    if peer.is_proposer() {
        all.push(field(StageKey::Role.into()));
        if peer.proposes().is_some() {
            all.push(field(V::ProposedField.into()));
        }
    }
    if peer.is_acceptor() {
        all.push(field(V::PromisedField.into()));
        all.push(field(V::AcceptedField.into()));
    }
    all.push(field(V::ChosenField.into()));
    all
}

fn text(value: &Value) -> Arg {
    Arg::Text(value.clone())
}

fn ballot(ballot: Ballot) -> Arg {
    Arg::Ballot(ballot.round, ballot.owner)
}

fn who(ids: &[ProcessId]) -> Arg {
    Arg::List(ids.iter().map(|id| Arg::Process(*id)).collect())
}

fn number(count: usize) -> Arg {
    Arg::Number(count as u64)
}

impl<'a> Asked<'a> {
    fn peer(&self, id: ProcessId) -> Option<&'a Peer> {
        self.world.machine::<Peer>(id)
    }

    fn durable(&self, id: ProcessId) -> Option<&'a Durable> {
        self.peer(id).map(Peer::durable).or_else(|| self.world.stored::<Durable>(id))
    }

    fn acceptors(&self) -> &'a [ProcessId] {
        &self.group.program.settings().acceptors
    }

    fn ask(&self, subject: Subject) -> Question {
        Question { phrase: question(self.group, self.world, self.number, &subject), subject }
    }

    fn ask_field(&self, id: ProcessId, key: impl Into<Key>) -> Question {
        self.ask(Subject::Field(id, key.into()))
    }

    /// The full name of a process' own input.
    fn event(&self, of: ProcessId, number: u64) -> Option<EventId> {
        (number > 0).then(|| self.world.event_of(of, number)).flatten()
    }

    /// What a process noted last with one of these keys, as a reason.
    fn noted(&mut self, of: ProcessId, keys: &[PaxosKey]) -> Option<Reason> {
        let is_it = |note: &NoteView| keys.iter().any(|key| note.phrase.key == (*key).into());
        let note = self.past.last_note(of, &is_it)?;
        let said = Phrase::new(K::Noted, [Arg::Process(of), Arg::Phrase(Box::new(note.phrase.clone()))]);
        let rule = note.rule.as_deref().and_then(Rule::named).map(rule_view);
        let events = note.because.into_iter().chain([note.event]);
        Some(Reason { rule, refused: note.refused, ..Reason::so(said) }.from(events))
    }

    /// Who holds an acceptance of this value, by the number that most hold.
    fn holders(&self, value: &Value) -> Option<(Ballot, Vec<ProcessId>)> {
        let held = |id: &ProcessId| {
            let (number, there) = self.durable(*id)?.accepted.as_ref()?;
            (there == value).then_some((*number, *id))
        };
        let held: Vec<(Ballot, ProcessId)> = self.acceptors().iter().filter_map(held).collect();
        let of = |wanted: Ballot| held.iter().filter(move |(number, _)| *number == wanted);
        let most =
            held.iter().map(|(number, _)| *number).max_by_key(|number| (of(*number).count(), *number))?;
        Some((most, of(most).map(|(_, id)| *id).collect()))
    }

    fn whole(&mut self) -> Vec<Reason> {
        let chosen = self.group.chosen(self.world, self.number);
        if chosen.is_empty() {
            return self.nothing_chosen();
        }
        let mut reasons: Vec<Reason> = chosen.iter().filter_map(|value| self.is_chosen(value)).collect();
        let rules = self.unsafe_rules();
        match (chosen.as_slice(), rules.is_empty()) {
            ([_], true) => {
                reasons.push(Reason::so(Phrase::bare(K::StaysChosen)).by(rule_view(Rule::AdoptReported)));
            }
            ([_], false) => {}
            (_, true) => reasons.push(Reason::not(Phrase::bare(K::DiskForgot))),
            (_, false) => {
                let off = |rule: Rule| Reason::not(Phrase::bare(K::RuleIsOff)).by(rule_view(rule));
                reasons.extend(rules.into_iter().map(off));
            }
        }
        reasons
    }

    /// Rules of safety that somebody does not follow.
    fn unsafe_rules(&self) -> Vec<Rule> {
        let off = |peer: &Peer| peer.rules().switched_off().collect::<Vec<_>>();
        let mut rules: Vec<Rule> = PaxosGroup::running(self.world, self.number).flat_map(off).collect();
        rules.retain(|rule| rule.guards() == Guards::Safety);
        few::sort(&mut rules);
        rules.dedup();
        rules
    }

    fn is_chosen(&self, value: &Value) -> Option<Reason> {
        let (number_of, holders) = self.holders(value)?;
        let args = [
            text(value),
            ballot(number_of),
            number(holders.len()),
            number(self.acceptors().len()),
            who(&holders),
        ];
        let next = holders.iter().map(|id| self.ask_field(*id, V::AcceptedField)).take(3).collect::<Vec<_>>();
        let holds = |id: ProcessId| holders.contains(&id);
        if self.group.program.acceptances().is_met(holds, self.acceptors()) {
            return Some(Reason::so(Phrase::new(K::Holders, args)).then(next));
        }
        // Acceptors may have accepted something else since; who came to know it still does.
        let knows = |peer: &&Peer| peer.learned().is_some_and(|(_, known)| known == value);
        let knowing = PaxosGroup::running(self.world, self.number).find(knows)?;
        let reason = Reason::so(Phrase::new(K::WasChosen, [text(value), Arg::Process(knowing.id())]));
        Some(reason.then([self.ask_field(knowing.id(), V::ChosenField)]))
    }

    fn nothing_chosen(&mut self) -> Vec<Reason> {
        let proposing: Vec<&Peer> =
            PaxosGroup::running(self.world, self.number).filter(|peer| peer.phase() != Phase::Idle).collect();
        let mut reasons: Vec<Reason> = self.too_few_up().into_iter().collect();
        if proposing.is_empty() {
            reasons.push(Reason::not(Phrase::bare(K::NobodyProposes)));
        }
        if proposing.len() > 1 {
            let ids: Vec<ProcessId> = proposing.iter().map(|peer| peer.id()).collect();
            reasons.push(Reason::not(Phrase::new(K::TheyDuel, [who(&ids)])));
            let waits = proposing.iter().all(|peer| peer.rules().has(Rule::BackOff));
            let key = if waits { K::WaitsByLot } else { K::NobodyWaits };
            reasons.push(
                Reason { refused: !waits, ..Reason::so(Phrase::bare(key)) }.by(rule_view(Rule::BackOff)),
            );
        }
        for peer in proposing {
            let reason = self.progress(peer);
            reasons.push(reason.then([self.ask_field(peer.id(), StageKey::Role)]));
        }
        reasons
    }

    /// Too few acceptors run for any quorum of one of the phases.
    fn too_few_up(&self) -> Option<Reason> {
        let up = |id: ProcessId| trouble(self.world, id, id).is_none();
        let program = &self.group.program;
        let quorums = [program.promises(), program.acceptances()];
        let unmet = quorums.into_iter().find(|quorum| !quorum.is_met(up, self.acceptors()))?;
        let down: Vec<ProcessId> = self.acceptors().iter().copied().filter(|id| !up(*id)).collect();
        let args = [who(&down), number(self.acceptors().len() - down.len()), number(unmet.least())];
        let next = down.iter().filter_map(|id| Some(further(*id, *id, trouble(self.world, *id, *id)?)));
        Some(Reason::not(Phrase::new(K::FewUp, args)).then(next))
    }

    /// How far a proposal is.
    fn progress(&self, peer: &Peer) -> Reason {
        let me = Arg::Process(peer.id());
        let Some(tally) = super::view::tally(peer) else {
            let args = [me, ballot(peer.ballot())];
            return Reason::not(Phrase::new(K::Waits, args));
        };
        let answered: Vec<ProcessId> = peer.replies().iter().map(|reply| reply.acceptor).collect();
        let key = if peer.phase() == Phase::Preparing { K::HasPromises } else { K::HasAcceptances };
        let args = [
            me,
            ballot(peer.ballot()),
            Arg::Number(tally.have.into()),
            Arg::Number(tally.need.into()),
            who(&answered),
        ];
        let events = peer.replies().iter().filter_map(|reply| self.event(peer.id(), reply.event));
        Reason::not(Phrase::new(key, args)).from(events.collect::<Vec<_>>())
    }

    fn role(&mut self, id: ProcessId) -> Vec<Reason> {
        let Some(peer) = self.peer(id) else { return Vec::new() };
        match peer.phase() {
            Phase::Preparing | Phase::Accepting => {
                let mut reasons = vec![self.progress(peer)];
                let silent = self.acceptors().iter().copied();
                let silent = silent.filter(|from| peer.replies().iter().all(|reply| reply.acceptor != *from));
                reasons.extend(silent.map(|from| self.silent(from, id, peer)));
                reasons.extend(self.noted(id, &[PaxosKey::RoundTimesOut]));
                reasons
            }
            Phase::BackingOff => {
                let mut reasons: Vec<Reason> =
                    self.noted(id, &[PaxosKey::Abandons, PaxosKey::RoundTimesOut]).into_iter().collect();
                reasons.push(Reason::so(Phrase::bare(K::BacksOff)).by(rule_view(Rule::BackOff)));
                reasons
            }
            Phase::Idle if peer.learned().is_some() => {
                let reason = Reason::so(Phrase::new(K::NothingLeft, [Arg::Process(id)]));
                vec![reason.then([self.ask_field(id, V::ChosenField)])]
            }
            Phase::Idle => vec![Reason::so(Phrase::new(K::NobodyAsked, [Arg::Process(id)]))],
        }
    }

    /// Why an acceptor has not answered a proposer.
    fn silent(&self, acceptor: ProcessId, by: ProcessId, peer: &Peer) -> Reason {
        if let Some(trouble) = trouble(self.world, by, acceptor) {
            let key = match trouble {
                Trouble::Down => K::SilentDown,
                Trouble::Paused => K::SilentPaused,
                Trouble::CutOut | Trouble::CutBack => K::SilentCut,
            };
            let reason = Reason::not(Phrase::new(key, cut(by, acceptor, trouble)));
            return reason.then([further(by, acceptor, trouble)]);
        }
        let promised = self.durable(acceptor).map(|durable| durable.promised).unwrap_or_default();
        if promised > peer.ballot() {
            let args = [Arg::Process(acceptor), ballot(promised), ballot(peer.ballot())];
            let rule = match peer.phase() {
                Phase::Preparing => Rule::PromiseOnlyHigher,
                _ => Rule::KeepPromise,
            };
            let reason = Reason::not(Phrase::new(K::PromisedMore, args)).by(rule_view(rule));
            return reason.then([self.ask_field(acceptor, V::PromisedField)]);
        }
        Reason::not(Phrase::new(K::SilentYet, [Arg::Process(acceptor), Arg::Process(by)]))
    }

    /// What it once said, where its disk knows nothing of it any more.
    fn forgot(&mut self, id: ProcessId, said: &[PaxosKey]) -> Option<Reason> {
        let is_it = |note: &NoteView| said.iter().any(|key| note.phrase.key == (*key).into());
        let note = self.past.last_note(id, &is_it)?;
        let args = [Arg::Process(id), Arg::Phrase(Box::new(note.phrase.clone()))];
        Some(Reason::not(Phrase::new(K::Forgot, args)).from([note.event]))
    }

    fn promised(&mut self, id: ProcessId) -> Vec<Reason> {
        let Some(durable) = self.durable(id) else { return Vec::new() };
        let said = [PaxosKey::Promises, PaxosKey::PromisesHaving, PaxosKey::Accepts];
        if durable.promised.is_none() {
            return vec![
                self.forgot(id, &said)
                    .unwrap_or_else(|| Reason::not(Phrase::new(K::NobodyAskedIt, [Arg::Process(id)]))),
            ];
        }
        let mut reasons: Vec<Reason> = self.noted(id, &said).into_iter().collect();
        if reasons.is_empty() {
            reasons.extend(self.noted(id, &[PaxosKey::StartsWith, PaxosKey::StartsPromised]));
        }
        let args = [Arg::Process(id), ballot(durable.promised)];
        reasons.push(Reason::so(Phrase::new(K::PromiseMeans, args)).by(rule_view(Rule::KeepPromise)));
        reasons
    }

    fn accepted(&mut self, id: ProcessId) -> Vec<Reason> {
        let Some(durable) = self.durable(id) else { return Vec::new() };
        if durable.accepted.is_some() {
            return self.noted(id, &[PaxosKey::Accepts, PaxosKey::StartsWith]).into_iter().collect();
        }
        let forgot = self.forgot(id, &[PaxosKey::Accepts]);
        let refused = forgot.or_else(|| self.noted(id, &[PaxosKey::RefusesAccept]));
        let never = || Reason::not(Phrase::new(K::NobodyAskedToAccept, [Arg::Process(id)]));
        vec![refused.unwrap_or_else(never)]
    }

    fn proposes(&mut self, id: ProcessId) -> Vec<Reason> {
        let mut reasons: Vec<Reason> =
            self.noted(id, &[PaxosKey::Adopts, PaxosKey::ProposesOwn]).into_iter().collect();
        if let (Some(peer), [_, ..]) = (self.peer(id), reasons.as_slice())
            && let (Some(wish), Some(value)) = (peer.wish(), peer.proposes())
            && wish != value
        {
            let args = [Arg::Process(id), text(wish), text(value)];
            reasons.push(Reason::so(Phrase::new(K::NotItsOwn, args)));
        }
        reasons
    }

    fn learned(&mut self, id: ProcessId) -> Vec<Reason> {
        let Some(peer) = self.peer(id) else { return Vec::new() };
        if peer.learned().is_some() {
            return self.noted(id, &[PaxosKey::IsChosen, PaxosKey::Learns]).into_iter().collect();
        }
        let chosen = self.group.chosen(self.world, self.number);
        let Some(value) = chosen.first() else {
            let reason = Reason::not(Phrase::bare(K::NothingToKnow));
            return vec![reason.then([self.ask(Subject::Group(self.number))])];
        };
        let knowing = PaxosGroup::running(self.world, self.number).find(|peer| peer.learned().is_some());
        let mut reasons = vec![match knowing {
            Some(knowing) => {
                let args = [Arg::Process(id), text(value), Arg::Process(knowing.id())];
                let trouble = trouble(self.world, knowing.id(), id);
                let next = trouble.map(|trouble| further(knowing.id(), id, trouble));
                Reason::not(Phrase::new(K::NotTold, args)).then(next)
            }
            None => Reason::not(Phrase::new(K::NobodyKnows, [text(value)])),
        }];
        let asks = peer.is_learner() && peer.rules().has(Rule::AskAgain);
        let key = if asks { K::WillAsk } else { K::WillNotAsk };
        reasons.push(Reason::so(Phrase::new(key, [Arg::Process(id)])).by(rule_view(Rule::AskAgain)));
        reasons
    }
}

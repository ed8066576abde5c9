//! Why a group is as it is, and why not otherwise: from its members' own state at the moment that is asked about, and from
//! what they noted on the way there.
//!
//! It decides nothing that the protocol decides: where a rule refused, the protocol's own note is what is said.

mod slots;

use super::{MultiPaxosGroup, rule_view};
use crate::consensus::multi_paxos::{Ballot, Durable, Log, Member, Role, Rule, Timer};
use crate::kernel::world::{TimerRef, World};
use crate::process::{Arg, EventId, Phrase, ProcessId, TimerName};
use crate::system::Past;
use crate::system::reach::{Trouble, cut, further, met, trouble};
use crate::view::{Explanation, NoteView, Question, Reason, Subject};
use crate::words::Key;
use crate::words::multi_paxos::MultiPaxosKey as M;
use crate::words::multi_paxos_view::MultiPaxosViewKey as V;
use crate::words::multi_paxos_why::MultiPaxosWhyKey as K;
use crate::words::paxos_view::PaxosViewKey;
use crate::words::paxos_why::PaxosWhyKey as P;
use crate::words::raft_why::RaftWhyKey as R;
use crate::words::stage::StageKey;

/// Most reasons of one answer.
const MOST: usize = 12;

/// A group at a moment, and what led there.
struct Asked<'a> {
    world: &'a World,
    number: u16,
    past: &'a mut dyn Past,
}

/// What a group can say of a subject.
pub(super) fn why(world: &World, number: u16, subject: &Subject, past: &mut dyn Past) -> Option<Explanation> {
    let mut asked = Asked { world, number, past };
    let question = question(world, number, subject);
    let mut reasons = match subject {
        Subject::Group(_) => asked.group(),
        Subject::Entry(id, slot) => asked.slot(*id, *slot),
        Subject::Operation(client, seq) => asked.operation(*client, *seq),
        Subject::Field(id, Key::Stage(StageKey::Role)) => asked.role(*id),
        Subject::Field(id, Key::Stage(StageKey::LeaderField)) => asked.leader(*id),
        Subject::Field(id, Key::PaxosView(PaxosViewKey::PromisedField)) => asked.promised(*id),
        Subject::Field(id, Key::MultiPaxosView(V::Executed)) => asked.executed(*id),
        _ => Vec::new(),
    };
    reasons.truncate(MOST);
    (!reasons.is_empty()).then_some(Explanation { question, reasons })
}

/// The question about a subject, as it is to be asked now.
fn question(world: &World, number: u16, subject: &Subject) -> Phrase {
    let ask = |key: Key, args: Vec<Arg>| Phrase::new(key, args);
    match subject {
        Subject::Field(id, field) => {
            let (member, me) = (world.machine::<Member>(*id), Arg::Process(*id));
            match (field, member) {
                (Key::MultiPaxosView(V::Executed), Some(member)) => {
                    ask(K::AskExecutes.into(), vec![me, Arg::Number(member.executed())])
                }
                (Key::PaxosView(PaxosViewKey::PromisedField), _) => {
                    let durable = member.map(Member::durable).or_else(|| world.stored::<Durable>(*id));
                    match durable.map(|durable| durable.promised) {
                        Some(promised) if !promised.is_none() => {
                            ask(P::AskPromised.into(), vec![me, ballot(promised)])
                        }
                        _ => ask(P::AskNotPromised.into(), vec![me]),
                    }
                }
                (Key::Stage(StageKey::LeaderField), Some(member)) => match member.leader_hint() {
                    Some(leader) if leader != *id => {
                        ask(R::AskFollows.into(), vec![me, Arg::Process(leader)])
                    }
                    Some(_) => ask(R::AskLeads.into(), vec![me]),
                    None => ask(R::AskKnowsNobody.into(), vec![me]),
                },
                _ => ask(role_question(world, number, *id), vec![me]),
            }
        }
        Subject::Entry(id, slot) => {
            let key = match slots::state(world, number, *id, *slot) {
                slots::State::Known => K::AskSlotChosen,
                slots::State::NotExecuted => K::AskSlotNotExecuted,
                slots::State::NotChosen => K::AskSlotNotChosen,
            };
            ask(key.into(), vec![Arg::Number(*slot), Arg::Process(*id)])
        }
        Subject::Operation(client, _) => ask(R::AskRequest.into(), vec![Arg::Process(*client)]),
        _ => match leaders(world, number).as_slice() {
            [] => ask(R::AskNobodyLeads.into(), vec![]),
            [one] => ask(R::AskLeads.into(), vec![Arg::Process(one.id())]),
            several => ask(R::AskSeveralLead.into(), vec![Arg::Number(several.len() as u64)]),
        },
    }
}

fn role_question(world: &World, number: u16, id: ProcessId) -> Key {
    let newest = leaders(world, number).first().map(|leader| leader.ballot());
    match world.machine::<Member>(id) {
        Some(member) if member.role() == Role::Leader && Some(member.ballot()) < newest => {
            R::AskBelieves.into()
        }
        Some(member) if member.role() == Role::Leader => R::AskLeads.into(),
        Some(member) if member.role() == Role::Candidate => K::AskNotPromisedBy.into(),
        Some(member) if member.backs_off() => P::AskBackingOff.into(),
        _ => R::AskNotLeads.into(),
    }
}

/// What can be asked about a member, or about the group.
pub(super) fn questions(world: &World, number: u16, of: Option<ProcessId>) -> Vec<Question> {
    let about = |subject: Subject| Question { phrase: question(world, number, &subject), subject };
    // What comes next and is not executed yet.
    let next = |member: &Member| {
        let next = member.executed() + 1;
        let waits = next <= member.log().last().max(member.known_chosen());
        waits.then(|| about(Subject::Entry(member.id(), next)))
    };
    let Some(id) = of else {
        let newest = leaders(world, number).first().and_then(|leader| next(leader));
        return [about(Subject::Group(number))].into_iter().chain(newest).collect();
    };
    let field = |key: Key| about(Subject::Field(id, key));
    let Some(member) = world.machine::<Member>(id) else { return Vec::new() };
    let mut all = vec![field(StageKey::Role.into())];
    all.extend(next(member));
    if member.role() != Role::Leader {
        all.push(field(StageKey::LeaderField.into()));
    }
    all.push(field(PaxosViewKey::PromisedField.into()));
    all
}

/// Running leaders, the newest ballot first.
fn leaders(world: &World, number: u16) -> Vec<&Member> {
    let mut leaders: Vec<&Member> = MultiPaxosGroup::leaders(world, number).collect();
    crate::process::few::sort_by_key(&mut leaders, |leader| std::cmp::Reverse(leader.ballot()));
    leaders
}

fn who(ids: &[ProcessId]) -> Arg {
    Arg::List(ids.iter().map(|id| Arg::Process(*id)).collect())
}

fn number(count: usize) -> Arg {
    Arg::Number(count as u64)
}

fn ballot(ballot: Ballot) -> Arg {
    Arg::Ballot(ballot.round, ballot.owner)
}

/// What a member noted, as a reason.
fn said(of: ProcessId, note: NoteView) -> Reason {
    let said = Phrase::new(P::Noted, [Arg::Process(of), Arg::Phrase(Box::new(note.phrase))]);
    let rule = note.rule.as_deref().and_then(Rule::named).map(rule_view);
    let events = note.because.into_iter().chain([note.event]);
    Reason { rule, refused: note.refused, ..Reason::so(said) }.from(events)
}

impl<'a> Asked<'a> {
    fn member(&self, id: ProcessId) -> Option<&'a Member> {
        self.world.machine::<Member>(id)
    }

    fn log(&self, id: ProcessId) -> Option<&'a Log> {
        let durable = || self.world.stored::<Durable>(id).map(|durable| &durable.log);
        self.member(id).map(Member::log).or_else(durable)
    }

    fn ask(&self, subject: Subject) -> Question {
        Question { phrase: question(self.world, self.number, &subject), subject }
    }

    fn ask_role(&self, id: ProcessId) -> Question {
        self.ask(Subject::Field(id, StageKey::Role.into()))
    }

    /// The full name of a member's own input.
    fn event(&self, of: ProcessId, number: u64) -> Option<EventId> {
        (number > 0).then(|| self.world.event_of(of, number)).flatten()
    }

    /// What a member noted last with one of these keys, as a reason.
    fn noted(&mut self, of: ProcessId, keys: &[M]) -> Option<Reason> {
        let is_it = |note: &NoteView| keys.iter().any(|key| note.phrase.key == (*key).into());
        self.past.last_note(of, &is_it).map(|note| said(of, note))
    }

    fn group(&mut self) -> Vec<Reason> {
        let leaders = leaders(self.world, self.number);
        let Some((newest, stale)) = leaders.split_first() else { return self.nobody_leads() };
        let mut reasons: Vec<Reason> = stale.iter().map(|stale| self.stale(stale, newest)).collect();
        reasons.extend(self.leads(newest));
        reasons
    }

    fn role(&mut self, id: ProcessId) -> Vec<Reason> {
        let Some(member) = self.member(id) else { return Vec::new() };
        match member.role() {
            Role::Leader => {
                let newest = leaders(self.world, self.number)[0];
                if newest.ballot() > member.ballot() {
                    return vec![self.stale(member, newest)];
                }
                self.leads(member)
            }
            Role::Candidate => self.standing(member),
            Role::Follower if member.backs_off() => {
                let mut reasons: Vec<Reason> = self.noted(id, &[M::Abandons]).into_iter().collect();
                reasons.push(Reason::not(Phrase::bare(P::BacksOff)).by(rule_view(Rule::BackOff)));
                reasons
            }
            Role::Follower => self.following(member),
        }
    }

    /// It has its promises.
    fn leads(&mut self, member: &Member) -> Vec<Reason> {
        let id = member.id();
        let (members, need) = member.promises_needed();
        let have: Vec<ProcessId> = member.promises().iter().map(|promise| promise.member).collect();
        let have: Vec<ProcessId> = have.into_iter().filter(|id| members.contains(id)).collect();
        let args = [
            Arg::Process(id),
            ballot(member.ballot()),
            number(have.len()),
            number(members.len()),
            who(&have),
            number(need),
        ];
        let events: Vec<_> =
            member.promises().iter().filter_map(|promise| self.event(id, promise.event)).collect();
        let mut reasons = vec![Reason::so(Phrase::new(K::Promised, args)).from(events)];
        // What made it stand in the first place.
        reasons.extend(self.noted(id, &[M::LeaderSilent, M::NobodyLeads, M::NoQuorumInTime]));
        reasons
    }

    /// It leads, and another leads in a higher ballot.
    fn stale(&self, member: &Member, newest: &Member) -> Reason {
        let args = [
            Arg::Process(member.id()),
            ballot(member.ballot()),
            Arg::Process(newest.id()),
            ballot(newest.ballot()),
        ];
        let between = trouble(self.world, newest.id(), member.id());
        let between = between.map(|trouble| further(newest.id(), member.id(), trouble));
        let reason = Reason::so(Phrase::new(K::OlderBallot, args)).by(rule_view(Rule::KeepPromise));
        reason.then([self.ask_role(newest.id())]).then(between)
    }

    /// It asks for promises.
    fn standing(&mut self, member: &Member) -> Vec<Reason> {
        let id = member.id();
        let (members, need) = member.promises_needed();
        let has = |id: &ProcessId| member.promises().iter().any(|promise| promise.member == *id);
        let have = members.iter().filter(|id| has(id)).count();
        let args =
            [Arg::Process(id), ballot(member.ballot()), number(have), number(members.len()), number(need)];
        let reason = Reason::not(Phrase::new(K::TooFewPromises, args)).by(rule_view(Rule::WaitForPromises));
        let mut reasons = vec![reason];
        if members.contains(&id) && !has(&id) {
            reasons.push(Reason::not(Phrase::new(K::OwnDisk, [Arg::Process(id)])));
        }
        for other in members.iter().filter(|other| !has(other) && **other != id) {
            reasons.push(self.silent(*other, id, member.ballot()));
        }
        reasons
    }

    /// Why somebody has not answered somebody's question.
    fn silent(&self, other: ProcessId, by: ProcessId, asked: Ballot) -> Reason {
        let trouble = trouble(self.world, by, other);
        let promised = self.member(other).map(Member::promised).filter(|promised| *promised > asked);
        let (key, args) = match (trouble, promised) {
            (Some(Trouble::Down), _) => (P::SilentDown, vec![Arg::Process(other)]),
            (Some(Trouble::Paused), _) => (P::SilentPaused, vec![Arg::Process(other)]),
            (Some(way), _) => (P::SilentCut, cut(by, other, way).to_vec()),
            (None, Some(promised)) => {
                (P::PromisedMore, vec![Arg::Process(other), ballot(promised), ballot(asked)])
            }
            (None, None) => (P::SilentYet, vec![Arg::Process(other), Arg::Process(by)]),
        };
        Reason::not(Phrase::new(key, args)).then(trouble.map(|trouble| further(by, other, trouble)))
    }

    /// It neither leads nor stands.
    fn following(&mut self, member: &Member) -> Vec<Reason> {
        let id = member.id();
        if member.is_halted() {
            return vec![Reason::not(Phrase::new(R::Halted, [Arg::Process(id)]))];
        }
        if !member.is_member() {
            let args = [Arg::Process(id), who(&member.configuration().members)];
            return vec![Reason::not(Phrase::new(K::NotMember, args))];
        }
        let mut reasons = Vec::new();
        if let Some(leader) = member.leader_hint() {
            let args = [Arg::Process(id), Arg::Process(leader), ballot(member.promised())];
            let next = self.member(leader).map(|_| self.ask_role(leader));
            let heard = self.event(id, member.events().0);
            reasons.push(Reason::not(Phrase::new(K::HearsLeader, args)).from(heard).then(next));
        }
        let gave_up =
            [M::StepsDown, M::StepsDownAlone, M::Overtaken, M::Yields, M::Abandons, M::StepsDownRemoved];
        reasons.extend(self.noted(id, &gave_up));
        if member.leader_hint().is_none() {
            // It wanted to stand, and its own grant of a lease forbade it.
            reasons.extend(self.noted(id, &[M::OwnLease, M::OwnQuiet]));
        }
        if let Some(timer) = self.election_timer(id) {
            let left = Arg::For(timer.fires_at - self.world.now());
            let whole = Arg::For(timer.fires_at - timer.set_at);
            reasons.push(Reason::not(Phrase::new(R::TimerLeft, [left, whole])));
        }
        if member.leader_hint().is_none() {
            reasons.extend(self.no_quorum());
        }
        reasons
    }

    /// Its election timer, unless its host is paused: then it does not run out.
    fn election_timer(&self, id: ProcessId) -> Option<TimerRef> {
        let mut timers = self.world.timers(id).filter(|timer| timer.slot == Timer::Election.slot());
        timers.next().filter(|_| trouble(self.world, id, id).is_none())
    }

    fn nobody_leads(&mut self) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = self.no_quorum().into_iter().collect();
        let members: Vec<&'a Member> = MultiPaxosGroup::running(self.world, self.number).collect();
        for candidate in members.iter().filter(|member| member.role() == Role::Candidate) {
            let mut own = self.standing(candidate);
            own.truncate(4);
            reasons.extend(own);
        }
        let timers = members.iter().filter_map(|member| {
            let timer = self.election_timer(member.id())?;
            Some((timer.fires_at, member.id()))
        });
        if let Some((fires_at, id)) = timers.min() {
            let args = [Arg::Process(id), Arg::For(fires_at - self.world.now())];
            reasons.push(Reason::so(Phrase::new(R::FirstTimer, args)));
        }
        reasons
    }

    /// Can nobody come to lead, because too few run or can speak with each other?
    fn no_quorum(&self) -> Option<Reason> {
        let knowing = super::view::knowing(self.world, self.number)?;
        let (members, settings) = (&knowing.configuration().members, knowing.program().settings());
        let need = settings.quorums(members.len(), knowing.rules().has(Rule::QuorumsMeet)).0;
        let down: Vec<ProcessId> =
            members.iter().copied().filter(|id| trouble(self.world, *id, *id).is_some()).collect();
        let up = members.len() - down.len();
        if up < need {
            let args = [number(up), number(members.len()), who(&down), number(need)];
            let next = down.iter().filter_map(|id| Some(further(*id, *id, trouble(self.world, *id, *id)?)));
            return Some(Reason::not(Phrase::new(K::FewUp, args)).then(next));
        }
        let running = members.iter().filter(|id| self.member(**id).is_some());
        let most = running.map(|id| met(self.world, *id, members).len()).max().unwrap_or(0);
        let args = [number(most), number(members.len()), number(need)];
        (most < need).then(|| Reason::not(Phrase::new(K::NoQuorumMeets, args)))
    }

    /// Whom it follows, or why nobody.
    fn leader(&mut self, id: ProcessId) -> Vec<Reason> {
        let Some(member) = self.member(id) else { return Vec::new() };
        let Some(leader) = member.leader_hint().filter(|leader| *leader != id) else { return self.role(id) };
        let args = [Arg::Process(id), Arg::Process(leader), ballot(member.promised())];
        let follows = |note: &NoteView| note.phrase.key == M::Follows.into();
        let noted = self.past.last_note(id, &follows).map(|note| note.event);
        let events = noted.or_else(|| self.event(id, member.events().0));
        let next = self.member(leader).map(|_| self.ask_role(leader));
        vec![Reason::so(Phrase::new(K::FollowsSince, args)).from(events).then(next)]
    }

    fn promised(&mut self, id: ProcessId) -> Vec<Reason> {
        let durable = self.member(id).map(Member::durable).or_else(|| self.world.stored::<Durable>(id));
        let Some(promised) = durable.map(|durable| durable.promised) else { return Vec::new() };
        if promised.is_none() {
            return vec![Reason::not(Phrase::new(P::NobodyAskedIt, [Arg::Process(id)]))];
        }
        // The note of this very promise, not of what the member heard from that leader since.
        let own = |note: &NoteView| {
            let said = [M::Promises, M::PromisesHaving, M::Follows];
            let about = |arg: &Arg| *arg == ballot(promised);
            said.iter().any(|key| note.phrase.key == (*key).into()) && note.phrase.args.iter().any(about)
        };
        let noted = self.past.first_note(id, &own);
        let mut reasons: Vec<Reason> = match noted {
            Some(note) => vec![said(id, note)],
            None => self.noted(id, &[M::Starts]).into_iter().collect(),
        };
        let args = [Arg::Process(id), ballot(promised)];
        reasons.push(Reason::so(Phrase::new(P::PromiseMeans, args)).by(rule_view(Rule::KeepPromise)));
        reasons
    }
}

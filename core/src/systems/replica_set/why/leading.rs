//! Why somebody is primary, is not, or has not won; and why nobody is.

use super::{Asked, K, R, number, primaries, who};
use crate::consensus::replica_set::{Config, Member, Mode, Phase, Rule, Timer};
use crate::process::{Arg, Phrase, ProcessId, Span, TimerName};
use crate::system::reach::{further, met, trouble};
use crate::systems::replica_set::view::votes;
use crate::systems::replica_set::{ReplicaSet, rule_view};
use crate::view::{Ballot, Reason};
use crate::words::stage::StageKey as S;

impl Asked<'_> {
    /// Of the set: who is primary, or why nobody is.
    pub(super) fn whole(&mut self) -> Vec<Reason> {
        let primaries = primaries(self.world, self.number);
        match primaries.as_slice() {
            [] => self.nobody(),
            [one] => self.leads(one),
            [newest, older @ ..] => {
                let mut reasons = self.leads(newest);
                for member in older {
                    reasons.extend(self.believes(member, newest));
                }
                reasons
            }
        }
    }

    /// Of a member.
    pub(super) fn role(&mut self, id: ProcessId) -> Vec<Reason> {
        let Some(member) = self.member(id) else {
            return trouble(self.world, id, id).map_or(Vec::new(), |trouble| {
                let reason = Reason::not(Phrase::new(K::SilentDown, [Arg::Process(id)]));
                vec![reason.then([further(id, id, trouble)])]
            });
        };
        let paused = self.silent(id, id);
        let reasons = self.role_of(member);
        paused.into_iter().chain(reasons).collect()
    }

    fn role_of(&mut self, member: &Member) -> Vec<Reason> {
        let id = member.id();
        let all = primaries(self.world, self.number);
        match all.first().copied() {
            Some(newest) if member.is_primary() && newest.id() != id => self.believes(member, newest),
            _ if member.is_primary() => self.leads(member),
            _ if member.election().phase != Phase::Idle => self.stands(member),
            primary => self.follows(member, primary),
        }
    }

    fn leads(&mut self, member: &Member) -> Vec<Reason> {
        let (id, me) = (member.id(), Arg::Process(member.id()));
        let mut reasons: Vec<Reason> = self.noted(id, &[R::Wins]).into_iter().collect();
        if let Some(won) = reasons.first_mut() {
            won.rule = won.rule.take().or(Some(rule_view(Rule::MajorityToElect)));
        }
        reasons.extend(self.noted(id, &[R::TakesOver, R::DryRunTimeout, R::AskedToStepUp]));
        reasons.extend(self.off(member, &[Rule::MajorityToElect, Rule::OneVotePerTerm]));
        if let Some(lead) = member.lead() {
            let events = self.event(id, lead.event);
            match lead.mode {
                Mode::Writable => {
                    let args = [me, Arg::Epoch(lead.term), lead.first.arg()];
                    reasons.push(Reason::so(Phrase::new(K::TakesWrites, args)).from(events));
                }
                Mode::CatchingUp(_) => {
                    let reason = Reason::not(Phrase::new(K::StillCatchesUp, [me]));
                    reasons.push(reason.by(rule_view(Rule::CatchUp)).from(events));
                }
            }
        }
        reasons
    }

    /// An older primary that does not know of the newer one.
    fn believes(&mut self, member: &Member, newest: &Member) -> Vec<Reason> {
        let me = Arg::Process(member.id());
        let args =
            [me.clone(), Arg::Epoch(member.term()), Arg::Process(newest.id()), Arg::Epoch(newest.term())];
        let mut reasons = vec![Reason::not(Phrase::new(K::NotHeard, args))];
        reasons.extend(self.silent(newest.id(), member.id()));
        reasons.extend(self.off(member, &[Rule::StepDownWithoutMajority, Rule::StepDownOnHigherTerm]));
        if let Some(left) = self.left(member, Timer::Liveness) {
            let reason = Reason::so(Phrase::new(K::WillCount, [me, Arg::For(left)]));
            reasons.push(reason.by(rule_view(Rule::StepDownWithoutMajority)));
        }
        reasons.extend(self.promise(K::NoMajorityAcknowledges));
        reasons
    }

    /// How long a timer still runs, unless its host is paused: then it does not run out.
    fn left(&self, member: &Member, timer: Timer) -> Option<Span> {
        if trouble(self.world, member.id(), member.id()).is_some() {
            return None;
        }
        let set = self.world.timers(member.id()).find(|set| set.slot == timer.slot())?;
        Some(set.fires_at - self.world.now())
    }

    /// A candidate.
    fn stands(&mut self, member: &Member) -> Vec<Reason> {
        let id = member.id();
        let mut reasons = Vec::new();
        if let Some(tally) = votes(member) {
            let key = if member.election().phase == Phase::DryRun { K::WouldSoFar } else { K::VotesSoFar };
            let args = [
                Arg::Process(id),
                Arg::Number(tally.have.into()),
                number(tally.ballots.len()),
                Arg::Number(tally.need.into()),
                Arg::Epoch(member.election().term),
            ];
            let events = member.election().ballots.iter().filter_map(|ballot| self.event(id, ballot.event));
            let events: Vec<_> = events.collect();
            reasons.push(Reason::not(Phrase::new(key, args)).from(events));
            for (voter, ballot) in &tally.ballots {
                match ballot {
                    Ballot::Yes => {}
                    Ballot::No => reasons.push(self.refusal(*voter, member)),
                    Ballot::Waiting => reasons.extend(self.silent(*voter, id)),
                }
            }
        }
        reasons.extend(self.noted(id, &[R::DryRunTimeout, R::DryRunPriority, R::DryRunCatchUp]));
        reasons
    }

    /// What a voter that refused its vote to this candidate in this term noted.
    fn refusal(&mut self, voter: ProcessId, candidate: &Member) -> Reason {
        const REFUSALS: &[R] = &[
            R::NayOldTerm,
            R::NayNoConfig,
            R::NayState,
            R::NayOldConfig,
            R::NayBehind,
            R::NayVoted,
            R::NayArbiter,
        ];
        let to = [Arg::Process(candidate.id()), Arg::Epoch(candidate.election().term)];
        let noted = self.noted_if(voter, REFUSALS, &|note| note.phrase.args.starts_with(&to));
        noted.unwrap_or_else(|| Reason::not(Phrase::new(K::SaidNo, [Arg::Process(voter)])))
    }

    /// Neither primary nor candidate.
    fn follows(&mut self, member: &Member, primary: Option<&Member>) -> Vec<Reason> {
        let (id, me) = (member.id(), Arg::Process(member.id()));
        let mut reasons: Vec<Reason> = self.other_state(member).into_iter().collect();
        match (member.primary().filter(|known| *known != id), primary) {
            (Some(known), _) => {
                let args = [me.clone(), Arg::Process(known), Arg::Epoch(member.term())];
                let next = self.ask_field(known, S::Role);
                reasons.push(Reason::so(Phrase::new(K::SeesPrimary, args)).then([next]));
            }
            (None, Some(primary)) => {
                let args = [me.clone(), Arg::Process(primary.id())];
                reasons.push(Reason::not(Phrase::new(K::NotSeenPrimary, args)));
                reasons.extend(self.silent(primary.id(), id));
            }
            (None, None) => reasons.push(Reason::not(Phrase::new(K::SeesNobody, [me.clone()]))),
        }
        if let Some(mine) = member.my_config()
            && mine.bears_data()
        {
            if mine.priority.0 == 0 {
                reasons.push(Reason::not(Phrase::new(K::NeverPrimary, [me.clone()])));
            } else if mine.newly_added {
                let reason = Reason::not(Phrase::new(K::NewlyAdded, [me.clone()]));
                reasons.push(reason.by(rule_view(Rule::VotesOnceSecondary)));
            }
        }
        let clock = self.world.process(id).and_then(|process| self.world.host(process.host));
        if let Some(now) = clock.map(|host| host.clock.monotonic)
            && member.election().frozen_until > now
        {
            let left = member.election().frozen_until - now;
            reasons.push(Reason::not(Phrase::new(K::IsFrozen, [me.clone(), Arg::For(left)])));
        }
        if let Some(left) = self.left(member, Timer::Election) {
            reasons.push(Reason::so(Phrase::new(K::WillStand, [me, Arg::For(left)])));
        }
        reasons.extend(self.noted(id, &[R::DoesNotStand, R::LosesDryRun, R::LosesElection]));
        reasons
    }

    /// The configuration that most members have of those that run, or that a disk holds.
    fn config(&self) -> Option<&Config> {
        let durable = ReplicaSet::processes(self.world, self.number).filter_map(|id| self.durable(id));
        let configs = durable.filter_map(|durable| durable.config.as_deref());
        configs.max_by_key(|config| (config.id.term, config.id.version))
    }

    fn nobody(&mut self) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = self.few_up().into_iter().collect();
        let all: Vec<&Member> = ReplicaSet::running(self.world, self.number).collect();
        if let Some(config) = self.config() {
            let up = |id: ProcessId| trouble(self.world, id, id).is_none();
            if !config.members.iter().any(|member| member.is_electable() && up(member.host)) {
                reasons.push(Reason::not(Phrase::bare(K::NobodyElectable)));
            }
        }
        for member in &all {
            if member.election().phase != Phase::Idle {
                let stands = self.stands(member).into_iter().take(1);
                let next = self.ask_field(member.id(), S::Role);
                reasons.extend(stands.map(|reason| reason.then([next.clone()])));
            }
        }
        let left = |member: &&Member| Some((self.left(member, Timer::Election)?, member.id()));
        if let Some((left, id)) = all.iter().filter_map(left).min() {
            reasons.push(Reason::so(Phrase::new(K::WillStand, [Arg::Process(id), Arg::For(left)])));
        }
        for member in all {
            reasons.extend(self.noted(member.id(), &[R::DoesNotStand, R::LosesDryRun, R::LosesElection]));
        }
        reasons
    }

    /// Too few voters run, or can speak with each other.
    fn few_up(&self) -> Option<Reason> {
        let config = self.config()?;
        let voters: Vec<ProcessId> = config.voters().map(|voter| voter.host).collect();
        let need = config.majority_votes();
        let down: Vec<ProcessId> =
            voters.iter().copied().filter(|id| trouble(self.world, *id, *id).is_some()).collect();
        let up = voters.len() - down.len();
        if up < need {
            let args = [number(up), number(voters.len()), who(&down), number(need)];
            let next = down.iter().filter_map(|id| Some(further(*id, *id, trouble(self.world, *id, *id)?)));
            let reason = Reason::not(Phrase::new(K::FewUp, args)).by(rule_view(Rule::MajorityToElect));
            return Some(reason.then(next));
        }
        let runs = voters.iter().filter(|id| self.member(**id).is_some());
        let most = runs.map(|id| met(self.world, *id, &voters).len()).max().unwrap_or(0);
        let args = [number(most), number(voters.len()), number(need)];
        (most < need).then(|| Reason::not(Phrase::new(K::NoMajorityMeets, args)))
    }
}

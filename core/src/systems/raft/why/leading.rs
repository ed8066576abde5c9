//! Why a member leads, still believes that it leads, does not lead; whom it follows, whom it voted for, in which term it is.

use super::{Asked, K, harder, number, rule_view, who};
use crate::consensus::quorum::majority;
use crate::consensus::raft::{Durable, Member, Poll, ReadMode, Role, Rule, Timer};
use crate::kernel::world::TimerRef;
use crate::process::{Arg, Phrase, ProcessId, TimerName};
use crate::system::reach::{further, meets, met, trouble};
use crate::systems::raft::view::votes;
use crate::view::{NoteView, Reason};
use crate::words::raft::RaftKey;
use crate::words::why::WhyKey as W;

/// Most voters of whom each is spoken for by itself.
const VOTERS: usize = 9;

impl<'a> Asked<'a> {
    /// The group: who leads, or why nobody does, or why several believe so.
    pub(super) fn group(&mut self) -> Vec<Reason> {
        let leaders = self.leaders();
        if leaders.is_empty() {
            return self.nobody_leads();
        }
        let mut reasons = Vec::new();
        for stale in &leaders[1..] {
            reasons.extend(self.stale(stale, leaders[0]));
        }
        reasons.extend(self.leads(leaders[0]));
        reasons
    }

    pub(super) fn role(&mut self, id: ProcessId) -> Vec<Reason> {
        let Some(member) = self.member(id) else { return Vec::new() };
        let leaders = self.leaders();
        if member.role() == Role::Leader {
            let newest = leaders[0];
            if newest.term() > member.term() {
                return self.stale(member, newest);
            }
            let mut reasons = self.leads(member);
            for stale in leaders.iter().filter(|stale| stale.term() < member.term()) {
                let args = [Arg::Process(stale.id()), Arg::Epoch(stale.term())];
                let reason = Reason::so(Phrase::new(K::AlsoLeads, args));
                reasons.push(reason.then([self.ask_role(stale.id())]));
            }
            return reasons;
        }
        match member.role() {
            Role::Candidate | Role::PreCandidate => self.standing(member),
            _ => self.following(member),
        }
    }

    /// It won its votes.
    fn leads(&mut self, member: &Member) -> Vec<Reason> {
        let id = member.id();
        let votes = member.won().map(|poll| ballots(poll, Some(true))).unwrap_or_default();
        let Some(poll) = member.won().filter(|_| !votes.is_empty()) else {
            let args = [Arg::Process(id), Arg::Epoch(member.term())];
            return vec![Reason::so(Phrase::new(K::BegunLeading, args))];
        };
        let all = poll.ballots().len();
        let args = [
            Arg::Process(id),
            Arg::Epoch(member.term()),
            number(votes.len()),
            number(all),
            who(&votes),
            number(majority(all)),
        ];
        let granted = poll.ballots().iter().filter(|ballot| ballot.granted == Some(true));
        let events: Vec<_> = granted.filter_map(|ballot| self.event(id, ballot.event)).collect();
        let mut reasons = vec![Reason::so(Phrase::new(K::WonVotes, args)).from(events)];
        // What made it stand in the first place.
        let stood = [RaftKey::LeaderSilent, RaftKey::ToldToStand, RaftKey::NobodyLeads];
        reasons.extend(self.noted(K::StoodBecause, id, &stood));
        reasons
    }

    /// It believes that it leads, and another leads a newer term.
    fn stale(&mut self, member: &Member, newest: &Member) -> Vec<Reason> {
        let id = member.id();
        let args = [
            Arg::Process(id),
            Arg::Epoch(member.term()),
            Arg::Process(newest.id()),
            Arg::Epoch(newest.term()),
        ];
        let mut reasons = vec![Reason::so(Phrase::new(K::NotHeard, args)).then([self.ask_role(newest.id())])];
        reasons.push(self.harm(member, newest));
        reasons.push(reads(member));
        let timer = self.world.timers(id).find(|timer| timer.slot == Timer::QuorumCheck.slot());
        let rules = member.rules();
        if !rules.has(Rule::CheckQuorum) {
            let args = [Arg::Process(id), Arg::Epoch(newest.term())];
            reasons.push(Reason::not(Phrase::new(K::CannotCount, args)).by(rule_view(Rule::CheckQuorum)));
        } else if let Some(timer) = timer {
            let args = [Arg::Process(id), Arg::For(timer.fires_at - self.world.now())];
            reasons.push(Reason::so(Phrase::new(K::WillCount, args)).by(rule_view(Rule::CheckQuorum)));
        }
        reasons
    }

    /// Can what an outdated leader does become anything?
    fn harm(&self, member: &Member, newest: &Member) -> Reason {
        let id = member.id();
        let voters = harder(member.configuration().1, |other| meets(self.world, id, *other));
        let (heard, need) = (met(self.world, id, voters), majority(voters.len()));
        let between = voters.iter().find_map(|other| Some((*other, trouble(self.world, id, *other)?)));
        let next = between.map(|(other, trouble)| further(id, other, trouble));
        if heard.len() < need {
            let args =
                [Arg::Process(id), number(heard.len()), number(voters.len()), who(&heard), number(need)];
            return Reason::not(Phrase::new(K::Harmless, args)).then(next);
        }
        let args = [
            Arg::Process(id),
            number(heard.len()),
            number(voters.len()),
            Arg::Epoch(newest.term()),
            number(need),
        ];
        Reason::so(Phrase::new(K::SoonTold, args)).then(next)
    }

    /// It asks for votes.
    fn standing(&mut self, member: &Member) -> Vec<Reason> {
        let (Some(poll), Some(tally)) = (member.poll(), votes(member)) else { return Vec::new() };
        let (id, all) = (member.id(), poll.ballots().len());
        let key = if member.role() == Role::Candidate { K::VotesSoFar } else { K::PreVotesSoFar };
        let args = [
            Arg::Process(id),
            Arg::Number(tally.have.into()),
            number(all),
            Arg::Number(tally.need.into()),
            Arg::Epoch(poll.term()),
        ];
        let mut reasons = vec![Reason::not(Phrase::new(key, args))];
        let open = poll.ballots().iter().filter(|ballot| ballot.granted != Some(true) && ballot.voter != id);
        for ballot in open.take(VOTERS) {
            let reason = match ballot.granted {
                Some(_) => self.refusal(id, ballot.voter, ballot.event),
                None => self.silent(ballot.voter, id),
            };
            reasons.push(reason);
        }
        reasons
    }

    /// A vote that was refused: what its voter noted when it did.
    fn refusal(&mut self, asked: ProcessId, voter: ProcessId, answer: u64) -> Reason {
        let answer = self.event(asked, answer);
        let sent = answer.and_then(|event| self.past.line(event)).map(|line| line.causes);
        let sent = sent.into_iter().flatten().find(|cause| cause.process == voter);
        let line = sent.and_then(|event| self.past.line(event));
        let note = line.and_then(|line| line.notes.into_iter().find(|note| note.refused));
        let Some(NoteView { event, rule, phrase, .. }) = note else {
            return Reason::not(Phrase::new(K::SaidNo, [Arg::Process(voter)])).from(answer);
        };
        let args = [Arg::Process(voter), Arg::Phrase(Box::new(phrase))];
        let rule = rule.as_deref().and_then(Rule::named).map(rule_view);
        Reason { rule, ..Reason::not(Phrase::new(W::Does, args)) }.from([event])
    }

    /// It neither leads nor stands.
    fn following(&mut self, member: &Member) -> Vec<Reason> {
        let (id, configuration) = (member.id(), member.configuration().1);
        if member.is_halted() {
            return vec![Reason::not(Phrase::new(K::Halted, [Arg::Process(id)]))];
        }
        if !member.is_voter() {
            return vec![match configuration.is_member(id) {
                true => Reason::not(Phrase::new(K::IsLearner, [Arg::Process(id)])),
                false => {
                    let args = [Arg::Process(id), who(&configuration.voters)];
                    Reason::not(Phrase::new(K::NotMember, args))
                }
            }];
        }
        let mut reasons = Vec::new();
        if let Some(leader) = member.leader_hint() {
            let args = [Arg::Process(id), Arg::Process(leader), Arg::Epoch(member.term())];
            let reason = Reason::not(Phrase::new(K::HearsLeader, args));
            let next = self.member(leader).map(|_| self.ask_role(leader));
            let between = trouble(self.world, id, leader).map(|trouble| further(id, leader, trouble));
            reasons.push(reason.from(self.event(id, member.heard_event())).then(next).then(between));
        }
        let tried = [RaftKey::PreVoteLost, RaftKey::ElectionLost];
        let down = [RaftKey::StepsDownHigherTerm, RaftKey::StepsDownNoQuorum, RaftKey::StepsDownRemoved];
        reasons.extend(self.noted(K::LastTry, id, &tried));
        reasons.extend(self.noted(W::Does, id, &down));
        reasons.extend(self.timer(id));
        if member.leader_hint().is_none() {
            reasons.extend(self.no_majority());
        }
        reasons
    }

    /// Its election timer, unless its host is paused: then it does not run out.
    fn election_timer(&self, id: ProcessId) -> Option<TimerRef> {
        let mut timers = self.world.timers(id).filter(|timer| timer.slot == Timer::Election.slot());
        timers.next().filter(|_| trouble(self.world, id, id).is_none())
    }

    fn timer(&self, id: ProcessId) -> Option<Reason> {
        let timer = self.election_timer(id)?;
        let left = Arg::For(timer.fires_at - self.world.now());
        let whole = Arg::For(timer.fires_at - timer.set_at);
        Some(Reason::not(Phrase::new(K::TimerLeft, [left, whole])))
    }

    fn nobody_leads(&mut self) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = self.no_majority().into_iter().collect();
        let members: Vec<&'a Member> = super::RaftGroup::running(self.world, self.number).collect();
        let candidates = members.iter().filter(|m| matches!(m.role(), Role::Candidate | Role::PreCandidate));
        for candidate in candidates {
            let next = self.ask_role(candidate.id());
            let mut own = self.standing(candidate);
            own.truncate(4);
            if let Some(first) = own.first_mut() {
                first.next.push(next);
            }
            reasons.extend(own);
        }
        let timers = members.iter().filter_map(|member| {
            let timer = self.election_timer(member.id())?;
            Some((timer.fires_at, member.id()))
        });
        if let Some((fires_at, id)) = timers.min() {
            let args = [Arg::Process(id), Arg::For(fires_at - self.world.now())];
            reasons.push(Reason::so(Phrase::new(K::FirstTimer, args)));
        }
        reasons
    }

    /// Whom it follows, or why nobody.
    pub(super) fn leader(&mut self, id: ProcessId) -> Vec<Reason> {
        let Some(member) = self.member(id) else { return Vec::new() };
        let Some(leader) = member.leader_hint().filter(|leader| *leader != id) else { return self.role(id) };
        let args = [Arg::Process(id), Arg::Process(leader), Arg::Epoch(member.term())];
        let follows = |note: &NoteView| note.phrase.key == RaftKey::Follows.into();
        let noted = self.past.last_note(id, &follows).map(|note| note.event);
        let events = noted.or_else(|| self.event(id, member.heard_event()));
        let next = self.member(leader).map(|_| self.ask_role(leader));
        vec![Reason::so(Phrase::new(K::FollowsSince, args)).from(events).then(next)]
    }

    /// Its vote.
    pub(super) fn vote(&mut self, id: ProcessId) -> Vec<Reason> {
        let member = self.member(id);
        let durable = member.map(Member::durable).or_else(|| self.world.stored::<Durable>(id));
        let Some(durable) = durable else { return Vec::new() };
        let term = Arg::Epoch(durable.term);
        let refused = |note: &NoteView| {
            let refusals = [
                RaftKey::VoteRefusedHeard,
                RaftKey::VoteRefusedLeads,
                RaftKey::VoteRefusedLog,
                RaftKey::VoteRefusedOldTerm,
                RaftKey::VoteRefusedRestarted,
            ];
            refusals.iter().any(|key| note.phrase.key == (*key).into())
        };
        match durable.voted_for {
            Some(own) if own == id => {
                let stands = |note: &NoteView| note.phrase.key == RaftKey::Stands.into();
                let event = self.past.last_note(id, &stands).map(|note| note.event);
                vec![Reason::so(Phrase::new(K::OwnVote, [Arg::Process(id), term])).from(event)]
            }
            Some(to) => {
                let event = member.and_then(|member| self.event(id, member.voted_event()));
                let args = [Arg::Process(id), Arg::Process(to), term];
                let rule = rule_view(Rule::OneVotePerTerm);
                vec![Reason::so(Phrase::new(K::FirstToAsk, args)).by(rule).from(event)]
            }
            None => {
                let args = [Arg::Process(id), term];
                let mut reasons = vec![Reason::not(Phrase::new(K::NobodyAsked, args))];
                if let Some(note) = self.past.last_note(id, &refused) {
                    let said = [Arg::Process(id), Arg::Phrase(Box::new(note.phrase))];
                    let rule = note.rule.as_deref().and_then(Rule::named).map(rule_view);
                    let reason = Reason { rule, ..Reason::not(Phrase::new(W::Does, said)) };
                    reasons.push(reason.from([note.event]));
                }
                reasons
            }
        }
    }

    /// Its term: the note by which it moved there.
    pub(super) fn term(&mut self, id: ProcessId) -> Vec<Reason> {
        let Some(term) = self.member(id).map(Member::term) else { return Vec::new() };
        let moved = |note: &NoteView| {
            note.phrase.key == RaftKey::NewTerm.into() && note.phrase.args.get(1) == Some(&Arg::Epoch(term))
        };
        let Some(note) = self.past.last_note(id, &moved) else {
            return vec![match self.past.epoch_since(id) {
                Some(event) => Reason::so(Phrase::bare(W::SinceThen)).from([event]),
                None => Reason::so(Phrase::new(W::NotBegun, [Arg::Process(id)])),
            }];
        };
        let stood = |note: &NoteView| note.phrase.key == RaftKey::Stands.into();
        let stood = self.past.last_note(id, &stood).is_some_and(|stood| stood.event == note.event);
        let key = if stood { K::MovedStanding } else { K::MovedHearing };
        let from = note.phrase.args.first().cloned().unwrap_or(Arg::Epoch(0));
        let args = [Arg::Process(id), from, Arg::Epoch(term)];
        vec![Reason::so(Phrase::new(key, args)).from([note.event])]
    }
}

/// What comes of reads that an outdated leader is asked for.
fn reads(member: &Member) -> Reason {
    let me = [Arg::Process(member.id())];
    match member.program().settings().reads {
        ReadMode::Local => Reason::so(Phrase::new(K::ReadsOld, me)),
        ReadMode::ReadIndex | ReadMode::Lease if !member.rules().has(Rule::ReadIndexQuorum) => {
            Reason::so(Phrase::new(K::ReadsOld, me)).by(rule_view(Rule::ReadIndexQuorum))
        }
        ReadMode::Lease => Reason::so(Phrase::new(K::ReadsLease, me)).by(rule_view(Rule::LeaseDriftBound)),
        ReadMode::Log | ReadMode::ReadIndex => {
            Reason::so(Phrase::new(K::ReadsWait, me)).by(rule_view(Rule::ReadIndexQuorum))
        }
    }
}

/// Who answered so.
fn ballots(poll: &Poll, granted: Option<bool>) -> Vec<ProcessId> {
    poll.ballots().iter().filter(|ballot| ballot.granted == granted).map(|ballot| ballot.voter).collect()
}

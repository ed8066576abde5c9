//! Elections by protocol version 1 (*Replica Set Elections*; `src/mongo/db/repl/README.md`, *Elections*).

use super::config::{Config, ConfigId};
use super::message::Message;
use super::optime::OpTime;
use super::rules::Rule;
use super::state::State;
use super::{LastVote, Member, Timer, state_arg};
use crate::consensus::notes::{Because, by, did, refused, waits};
use crate::consensus::quorum::{Tally, majority, tally};
use crate::process::{Arg, Delay, Digest, Effects, Fold, Note, Phrase, ProcessId, Span, Time};
use crate::words::replset::ReplSetKey as K;

/// `electionTimeoutOffsetLimitFraction`: the random offset is at most 15 hundredths of the timeout.
const OFFSET_PERCENT: u64 = 15;

/// Why a member stands for election.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Why {
    /// It heard of no primary for the election timeout.
    #[default]
    Timeout,
    /// Its priority is above the primary's.
    Priority,
    /// It is ahead of a primary that does not catch up.
    CatchUp,
    /// A primary that steps down asked it, or an operator (`replSetStepUp`).
    StepUp,
}

/// How far an election of its own is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Phase {
    /// It does not stand.
    #[default]
    Idle,
    /// It asks whether it would win.
    DryRun,
    /// It stands.
    Standing,
}

/// A voter's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// Whose.
    pub voter: ProcessId,
    /// Aye or nay.
    pub granted: bool,
    /// The input that brought it.
    pub event: u64,
}

/// A member's part in elections.
#[derive(Clone, Debug, Default)]
pub struct Election {
    /// How far its own is.
    pub phase: Phase,
    /// Why it stands, or stood last.
    pub why: Why,
    /// The term that is asked for.
    pub term: u64,
    /// Who has answered, itself included.
    pub ballots: Vec<Ballot>,
    /// It does not stand before then (`replSetStepDown`, `replSetFreeze`).
    pub frozen_until: Time,
    /// It waits for a takeover, by priority or because it is ahead.
    pub takeover: [bool; 2],
    /// The input in which it last voted.
    pub voted_event: u64,
    /// The write that will hold its last vote, until it is done.
    pub(super) vote_write: Option<u64>,
}

impl Fold for Election {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.phase as u64 | (self.why as u64) << 8);
        digest.word(self.term);
        digest.word(self.ballots.len() as u64);
        for ballot in &self.ballots {
            ballot.voter.fold(digest);
            ballot.granted.fold(digest);
        }
        self.frozen_until.fold(digest);
        let flags = [self.takeover[0], self.takeover[1], self.vote_write.is_some()];
        digest.word(flags.iter().rev().fold(0, |word, flag| word << 1 | u64::from(*flag)));
    }
}

/// A time as long as a fraction of the election timeout more, drawn by lot.
pub(super) fn with_offset(base: Span, timeout: Span) -> Delay {
    Delay::Uniform(base, Span(base.nanos().saturating_add(timeout.nanos() / 100 * OFFSET_PERCENT)))
}

impl Member {
    /// Waits anew for `electionTimeoutMillis`, "plus a random offset".
    pub(super) fn arm_election(&self, out: &mut Effects<'_, Self>) {
        let Some(config) = self.durable.config.as_ref() else { return };
        if self.lead.is_some() || !self.my_config().is_some_and(|member| member.is_electable()) {
            return out.cancel_timer(Timer::Election);
        }
        let timeout = config.settings.election_timeout;
        out.set_timer(Timer::Election, with_offset(timeout, timeout));
    }

    pub(super) fn on_election_timer(&mut self, out: &mut Effects<'_, Self>) {
        self.arm_election(out);
        self.stand(Why::Timeout, out);
    }

    /// What keeps it from standing, in words.
    fn cannot_stand(&self, config: &Config) -> Option<Phrase> {
        let me = config.member(self.me)?;
        if !me.is_electable() {
            return Some(Phrase::bare(K::NotElectable));
        }
        if self.state != State::Secondary {
            return Some(Phrase::new(K::NotSecondary, [state_arg(self.state)]));
        }
        if self.now < self.election.frozen_until {
            return Some(Phrase::new(K::Frozen, [Arg::For(self.election.frozen_until - self.now)]));
        }
        let up = self.other_voters().filter(|seen| seen.is_up()).count() + 1;
        let (needed, all) = (config.majority_votes(), config.voters().count());
        (up < needed && self.rules.has(Rule::MajorityToElect))
            .then(|| Phrase::new(K::SeesNoMajority, [Arg::Number(up as u64), Arg::Number(all as u64)]))
    }

    /// Stands for election: "a candidate node first runs a dry-run election", unless it was asked to step up.
    pub(super) fn stand(&mut self, why: Why, out: &mut Effects<'_, Self>) {
        let Some(config) = self.durable.config.clone() else { return };
        if self.lead.is_some() || self.election.phase != Phase::Idle {
            return;
        }
        if let Some(reason) = self.cannot_stand(&config) {
            out.note(|| waits(Rule::MajorityToElect, K::DoesNotStand, [Arg::Phrase(Box::new(reason))]));
            return;
        }
        self.election.why = why;
        if self.rules.has(Rule::DryRun) && why != Why::StepUp {
            let (term, timeout) = (self.term, config.settings.election_timeout);
            out.note(|| match why {
                Why::Timeout => by(Rule::DryRun, K::DryRunTimeout, [Arg::For(timeout), Arg::Epoch(term)]),
                Why::Priority => by(Rule::PriorityTakeover, K::DryRunPriority, [Arg::Epoch(term)]),
                Why::CatchUp | Why::StepUp => by(Rule::DryRun, K::DryRunCatchUp, [Arg::Epoch(term)]),
            });
            self.ask_votes(Phase::DryRun, self.term, &config, out);
        } else {
            self.stand_for_real(&config, out);
        }
    }

    /// "In the real election, the node first increments its term and votes for itself."
    fn stand_for_real(&mut self, config: &Config, out: &mut Effects<'_, Self>) {
        let because: Vec<u64> = self.election.ballots.iter().map(|ballot| ballot.event).collect();
        self.term += 1;
        self.primary = None;
        self.vote_for(self.me);
        let term = self.term;
        out.note(|| did(K::Stands, [Arg::Epoch(term)]).because(because));
        self.ask_votes(Phase::Standing, term, config, out);
    }

    fn vote_for(&mut self, candidate: ProcessId) {
        self.durable.vote = Some(LastVote { term: self.term, candidate });
        self.disk.dirty = true;
        self.election.voted_event = self.event;
        self.election.vote_write = Some(self.disk.asked + 1);
    }

    fn ask_votes(&mut self, phase: Phase, term: u64, config: &Config, out: &mut Effects<'_, Self>) {
        self.election.phase = phase;
        self.election.term = term;
        self.election.ballots = vec![Ballot { voter: self.me, granted: true, event: self.event }];
        let dry_run = phase == Phase::DryRun;
        let (id, last) = (config.id, self.applied());
        for voter in config.others(self.me).filter(|member| member.is_voter()) {
            let request = Message::RequestVotes { term, dry_run, config: id, last };
            if dry_run {
                out.send_now(voter.host, request)
            } else {
                self.send_durably(voter.host, request, out)
            }
        }
        out.set_timer(Timer::Votes, Delay::Fixed(config.settings.election_timeout));
        self.count_votes(config, out);
    }

    pub(super) fn on_votes_timer(&mut self, out: &mut Effects<'_, Self>) {
        if self.election.phase != Phase::Idle {
            self.lose(out);
        }
    }

    fn lose(&mut self, out: &mut Effects<'_, Self>) {
        let (term, dry_run) = (self.election.term, self.election.phase == Phase::DryRun);
        let nays: Vec<u64> = self.election.ballots.iter().map(|ballot| ballot.event).collect();
        let key = if dry_run { K::LosesDryRun } else { K::LosesElection };
        out.note(|| did(key, [Arg::Epoch(term)]).because(nays));
        self.give_up_standing(out);
    }

    /// It does not stand any more.
    pub(super) fn give_up_standing(&mut self, out: &mut Effects<'_, Self>) {
        if self.election.phase != Phase::Idle {
            self.election.phase = Phase::Idle;
            self.election.ballots.clear();
            out.cancel_timer(Timer::Votes);
            self.arm_election(out);
        }
    }

    /// Why a voter says nay, if it does.
    fn says_nay(
        &self,
        from: ProcessId,
        term: u64,
        dry_run: bool,
        id: ConfigId,
        last: OpTime,
    ) -> Option<Note> {
        let nay = |rule: Rule, key: K, args: Vec<Arg>| {
            let args: Vec<Arg> = [vec![Arg::Process(from), Arg::Epoch(term)], args].concat();
            Some(refused(rule, key, args))
        };
        if term < self.term {
            return nay(Rule::OneVotePerTerm, K::NayOldTerm, vec![Arg::Epoch(self.term)]);
        }
        let Some(config) = self.durable.config.as_ref() else {
            return nay(Rule::VoteOnlyNewConfig, K::NayNoConfig, vec![]);
        };
        if !self.state.may_vote() {
            return nay(Rule::VoteOnlyNewConfig, K::NayState, vec![state_arg(self.state)]);
        }
        if config.id.is_newer_than(id) && self.rules.has(Rule::VoteOnlyNewConfig) {
            return nay(Rule::VoteOnlyNewConfig, K::NayOldConfig, vec![Arg::Number(config.id.version)]);
        }
        let mine = self.applied().max(self.durable.reached);
        if last < mine && self.rules.has(Rule::VoteOnlyUpToDate) {
            return nay(Rule::VoteOnlyUpToDate, K::NayBehind, vec![last.arg(), mine.arg()]);
        }
        let voted = self.durable.vote.filter(|vote| vote.term == term && vote.candidate != from);
        if let Some(vote) = voted
            && !dry_run
            && self.rules.has(Rule::OneVotePerTerm)
        {
            let note = nay(Rule::OneVotePerTerm, K::NayVoted, vec![Arg::Process(vote.candidate)]);
            return note.map(|note| note.because([self.election.voted_event]));
        }
        let primary = self.primary.filter(|primary| *primary != from)?;
        let priority = |id| config.member(id).map(|member| member.priority);
        let keeps = self.state == State::Arbiter && priority(primary) >= priority(from);
        if keeps && self.rules.has(Rule::ArbiterKeepsPrimary) {
            return nay(Rule::ArbiterKeepsPrimary, K::NayArbiter, vec![Arg::Process(primary)]);
        }
        None
    }

    /// A voter "first checks if the term is up to date and updates its own term accordingly"; then it decides. A vote is on
    /// disk before it is given.
    pub(super) fn on_request_votes(
        &mut self,
        from: ProcessId,
        term: u64,
        dry_run: bool,
        config: ConfigId,
        last: OpTime,
        out: &mut Effects<'_, Self>,
    ) {
        // Whom an arbiter saw as primary still counts when the request itself brings a new term.
        let primary = self.primary;
        let nay = self.says_nay(from, term, dry_run, config, last);
        self.learn_term(term, from, out);
        if nay.is_some() && self.state == State::Arbiter {
            self.primary = self.primary.or(primary);
        }
        // A primary that does not step down for a later term (a rule switched off) has no vote in it either.
        let granted = nay.is_none() && self.term >= term;
        let answer = Message::Vote { term: self.term, asked: term, dry_run, granted };
        match nay {
            Some(note) => out.note(|| note),
            None if dry_run => out.note(|| did(K::WouldVote, [Arg::Process(from), Arg::Epoch(term)])),
            None if !granted => {}
            None => {
                self.vote_for(from);
                out.note(|| did(K::Votes, [Arg::Process(from), Arg::Epoch(term)]));
                self.arm_election(out);
            }
        }
        if granted && !dry_run {
            self.send_durably(from, answer, out);
        } else {
            out.send_now(from, answer);
        }
    }

    pub(super) fn on_vote(
        &mut self,
        from: ProcessId,
        term: u64,
        asked: u64,
        dry_run: bool,
        granted: bool,
        out: &mut Effects<'_, Self>,
    ) {
        self.learn_term(term, from, out);
        let phase = if dry_run { Phase::DryRun } else { Phase::Standing };
        if self.election.phase != phase || self.election.term != asked {
            return;
        }
        let Some(config) = self.durable.config.clone() else { return };
        let is_voter = config.member(from).is_some_and(|member| member.is_voter());
        if !is_voter || self.election.ballots.iter().any(|ballot| ballot.voter == from) {
            return;
        }
        self.election.ballots.push(Ballot { voter: from, granted, event: self.event });
        self.count_votes(&config, out);
    }

    fn ayes(&self) -> usize {
        self.election.ballots.iter().filter(|ballot| ballot.granted).count()
    }

    fn verdict(&self, config: &Config) -> Tally {
        let (ayes, asked) = (self.ayes(), self.election.ballots.len());
        if !self.rules.has(Rule::MajorityToElect) {
            return Tally::Won;
        }
        tally(config.voters().count(), ayes, asked - ayes)
    }

    /// "If the candidate received votes from a majority of nodes, including itself, the candidate wins the election."
    fn count_votes(&mut self, config: &Config, out: &mut Effects<'_, Self>) {
        let (ayes, voters) = (self.ayes(), config.voters().count());
        match self.verdict(config) {
            Tally::Won if self.election.phase == Phase::DryRun => self.stand_for_real(config, out),
            Tally::Won if !self.own_vote_is_kept() => {
                out.note(|| waits(Rule::DurableVote, K::KeepsOwnVote, [Arg::Epoch(self.term)]));
            }
            Tally::Won => {
                let events: Vec<u64> = self.election.ballots.iter().map(|ballot| ballot.event).collect();
                let args = [Arg::Epoch(self.term), Arg::Number(ayes as u64), Arg::Number(voters as u64)];
                out.note(|| by(Rule::MajorityToElect, K::Wins, args).because(events));
                self.become_primary(out);
            }
            Tally::Lost => self.lose(out),
            Tally::Open => {
                let args = [Arg::Number(ayes as u64), Arg::Number(majority(voters) as u64)];
                out.note(|| waits(Rule::MajorityToElect, K::HasVotes, args));
            }
        }
    }

    /// Does the disk hold the vote that it gave itself? Where others vote too, they are asked only then; one that votes alone
    /// would lead the same term twice if it crashed before.
    fn own_vote_is_kept(&self) -> bool {
        self.election.vote_write.is_none() || !self.rules.has(Rule::DurableVote)
    }

    /// The disk has written: if that was the vote that it waited for, it has won.
    pub(super) fn count_own_vote(&mut self, out: &mut Effects<'_, Self>) {
        let done = self.disk.done;
        if self.election.vote_write.take_if(|write| *write <= done).is_none() {
            return;
        }
        let Some(config) = self.durable.config.clone() else { return };
        if self.election.phase == Phase::Standing && matches!(self.verdict(&config), Tally::Won) {
            self.count_votes(&config, out);
        }
    }

    /// `replSetStepUp`: it "will skip the dry-run and immediately call for a real election".
    pub(super) fn on_step_up(&mut self, from: ProcessId, term: u64, out: &mut Effects<'_, Self>) {
        self.learn_term(term, from, out);
        if term >= self.term {
            out.note(|| by(Rule::ElectionHandoff, K::AskedToStepUp, [Arg::Process(from)]));
            self.stand(Why::StepUp, out);
        }
    }
}

//! Leader election (§3.4), the restriction on who may win it (§3.6.1), pre-vote (§9.6) and the protection of a leader
//! that is heard (§4.2.3).

use super::durable::Needs;
use super::message::{Message, PeerMessage, RequestVote, Vote};
use super::rules::Rule;
use super::{Member, Role, Timer};
use crate::consensus::notes::{Because, by, did, refused};
use crate::consensus::quorum::Tally;
use crate::process::{Arg, Delay, Effects, Moment, ProcessId};
use crate::words::raft::RaftKey;

/// A poll: who has answered what.
#[derive(Clone, Debug, Default)]
pub struct Poll {
    pub(super) asked: u64,
    pub(super) ballots: Vec<Ballot>,
}

/// One voter's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// Whose.
    pub voter: ProcessId,
    /// Yes, no, or nothing yet.
    pub granted: Option<bool>,
    /// The input that brought it; 0 for none.
    pub event: u64,
}

impl Poll {
    /// The term it is about.
    pub fn term(&self) -> u64 {
        self.asked
    }
    /// Every voter's answer.
    pub fn ballots(&self) -> &[Ballot] {
        &self.ballots
    }
    fn of(&self, voter: ProcessId) -> Option<bool> {
        self.ballots.iter().find(|ballot| ballot.voter == voter)?.granted
    }
    fn events(&self, granted: bool) -> impl Iterator<Item = u64> {
        self.ballots.iter().filter(move |b| b.granted == Some(granted)).map(|b| b.event)
    }
}

impl Member {
    /// Sets the election timer anew, for whoever may stand (§3.4: "election timeouts are chosen randomly from a fixed
    /// interval").
    #[inline]
    pub(super) fn arm_election(&self, out: &mut Effects<'_, Self>) {
        if !self.may_stand {
            return;
        }
        let (low, high) = self.program.settings().election_timeout;
        let delay = if self.rules.has(Rule::RandomisedTimeouts) {
            Delay::Uniform(low, high)
        } else {
            Delay::Fixed(low)
        };
        out.set_timer(Timer::Election, delay);
    }

    /// "If a follower receives no communication over a period of time called the election timeout, then it assumes
    /// there is no viable leader and begins an election" (§3.4).
    pub(super) fn on_election_timeout(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        if self.role == Role::Leader || !self.may_stand {
            return;
        }
        let heard = self.heard_event;
        let silent = self.leader.take();
        self.last_heard = None;
        out.note(|| match silent {
            Some(leader) => did(RaftKey::LeaderSilent, [Arg::Process(leader)]).because([heard]),
            None => did(RaftKey::NobodyLeads, []),
        });
        if self.rules.has(Rule::PreVote) {
            self.become_pre_candidate(now, out);
        } else {
            self.become_candidate(now, false, out);
        }
    }

    /// Asks whether it would win before it disturbs anybody (§9.6).
    fn become_pre_candidate(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        self.role = Role::PreCandidate;
        let asked = self.durable.term + 1;
        self.open_poll(asked);
        self.arm_election(out);
        out.note(|| did(RaftKey::AsksPreVotes, [Arg::Epoch(asked)]));
        self.ask_for_votes(asked, true, false, out);
        self.record(self.me, true, now, out);
    }

    /// "To begin an election, a follower increments its current term and transitions to candidate state. It then votes
    /// for itself and issues RequestVote RPCs in parallel to each of the other servers in the cluster" (§3.4).
    pub(super) fn become_candidate(&mut self, now: Moment, transfer: bool, out: &mut Effects<'_, Self>) {
        let polled: Vec<u64> = if self.role == Role::PreCandidate && self.poll.asked == self.durable.term + 1
        {
            self.poll.events(true).collect()
        } else {
            Vec::new()
        };
        let term = self.durable.term + 1;
        self.set_term(term, out);
        self.durable.voted_for = Some(self.me);
        self.role = Role::Candidate;
        self.leader = None;
        self.open_poll(term);
        self.arm_election(out);
        out.note(|| did(RaftKey::Stands, [Arg::Epoch(term)]).because(polled));
        self.ask_for_votes(term, false, transfer, out);
        self.save(out);
        self.count_own_vote(now, out);
    }

    fn open_poll(&mut self, asked: u64) {
        let config = self.membership.in_force();
        let mut voters = config.voters.clone();
        voters.extend(config.outgoing.iter().filter(|id| !config.voters.contains(id)));
        let ballots = voters.into_iter().map(|voter| Ballot { voter, granted: None, event: 0 }).collect();
        self.poll = Poll { asked, ballots };
    }

    fn ask_for_votes(&mut self, term: u64, pre: bool, transfer: bool, out: &mut Effects<'_, Self>) {
        let (last, last_term) = (self.durable.log.last(), self.durable.log.last_term());
        let voters: Vec<ProcessId> = self.poll.ballots.iter().map(|ballot| ballot.voter).collect();
        let me = self.me;
        for to in voters.into_iter().filter(|&id| id != me) {
            let request = PeerMessage::RequestVote(RequestVote { term, last, last_term, pre, transfer });
            if pre {
                out.send_now(to, Message::Peer(request)); // promises nothing
            } else {
                self.answer(to, request, Needs::Vote, out);
            }
        }
    }

    /// A candidate's own vote counts when its disk has it, as every other vote does (§3.8).
    pub(super) fn count_own_vote(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        let disk = &self.disk;
        let synced = disk.synced_term == self.durable.term && disk.synced_vote == Some(self.me);
        let counted = self.poll.of(self.me).is_some();
        if !counted && (synced || !self.rules.has(Rule::DurableVote)) {
            self.record(self.me, true, now, out);
        }
    }

    /// RequestVote, the receiver's side (figure 3.1).
    pub(super) fn on_request_vote(
        &mut self,
        now: Moment,
        from: ProcessId,
        m: &RequestVote,
        out: &mut Effects<'_, Self>,
    ) {
        if m.term < self.durable.term {
            let mine = self.durable.term;
            out.note(|| {
                let args = [Arg::Process(from), Arg::Epoch(m.term), Arg::Epoch(mine)];
                refused(Rule::RefuseStaleTerm, RaftKey::VoteRefusedOldTerm, args)
            });
            return self.answer_vote(from, m, false, out);
        }
        if self.protects_leader(now, from, m, out) {
            return self.answer_vote(from, m, false, out);
        }
        if !m.pre && m.term > self.durable.term {
            self.step_down_to(m.term, from, out);
        }
        let granted = self.may_vote(from, m, out) && self.up_to_date(from, m, out);
        if granted && !m.pre {
            self.vote_for(from, out);
        }
        if granted {
            out.note(|| {
                let key = if m.pre { RaftKey::PreVoteGranted } else { RaftKey::VoteGranted };
                did(key, [Arg::Process(from), Arg::Epoch(m.term)])
            });
        }
        self.answer_vote(from, m, granted, out);
    }

    /// "If a server receives a RequestVote request within the minimum election timeout of hearing from a current leader,
    /// it does not update its term or grant its vote" (§4.2.3), unless the leader itself wants this election (§3.10).
    fn protects_leader(
        &self,
        now: Moment,
        from: ProcessId,
        m: &RequestVote,
        out: &mut Effects<'_, Self>,
    ) -> bool {
        if !self.rules.has(Rule::LeaderStickiness) || m.transfer || !self.heard_recently(now) {
            return false;
        }
        out.note(|| {
            let args = match self.leader {
                Some(leader) => vec![Arg::Process(from), Arg::Process(leader)],
                None => vec![Arg::Process(from)],
            };
            let key = match (self.role, self.leader) {
                (Role::Leader, _) => RaftKey::VoteRefusedLeads,
                (_, Some(_)) => RaftKey::VoteRefusedHeard,
                (_, None) => RaftKey::VoteRefusedRestarted,
            };
            refused(Rule::LeaderStickiness, key, args).because([self.heard_event])
        });
        true
    }

    /// Has a leader been heard within the minimum election timeout? A leader hears itself through its majority.
    pub(super) fn heard_recently(&self, now: Moment) -> bool {
        let heard = match self.role {
            Role::Leader => self.lead.quorum_time,
            _ => self.last_heard,
        };
        heard.is_some_and(|at| now.monotonic - at < self.program.settings().election_timeout.0)
    }

    /// "Each server will vote for at most one candidate in a given term, on a first-come-first-served basis" (§3.4).
    fn may_vote(&self, from: ProcessId, m: &RequestVote, out: &mut Effects<'_, Self>) -> bool {
        let taken = match self.durable.voted_for {
            Some(other) if m.term == self.durable.term && other != from => other,
            _ => return true,
        };
        if !self.rules.has(Rule::OneVotePerTerm) {
            return true;
        }
        out.note(|| {
            let args = [Arg::Process(from), Arg::Process(taken), Arg::Epoch(m.term)];
            refused(Rule::OneVotePerTerm, RaftKey::VoteRefusedTaken, args).because([self.voted_event])
        });
        false
    }

    /// "The voter denies its vote if its own log is more up-to-date than that of the candidate" (§3.6.1).
    fn up_to_date(&self, from: ProcessId, m: &RequestVote, out: &mut Effects<'_, Self>) -> bool {
        let (last, last_term) = (self.durable.log.last(), self.durable.log.last_term());
        if (m.last_term, m.last) >= (last_term, last) || !self.rules.has(Rule::ElectionRestriction) {
            return true;
        }
        out.note(|| {
            let args = [
                Arg::Process(from),
                Arg::Number(m.last),
                Arg::Epoch(m.last_term),
                Arg::Number(last),
                Arg::Epoch(last_term),
            ];
            refused(Rule::ElectionRestriction, RaftKey::VoteRefusedLog, args)
        });
        false
    }

    /// Gives its vote; "granting vote to candidate" sets the election timer anew (figure 3.1, followers).
    fn vote_for(&mut self, candidate: ProcessId, out: &mut Effects<'_, Self>) {
        if self.durable.voted_for != Some(candidate) {
            self.durable.voted_for = Some(candidate);
            self.disk.dirty = true;
        }
        self.voted_event = self.event;
        if self.role != Role::Leader {
            self.arm_election(out);
        }
    }

    fn answer_vote(&mut self, to: ProcessId, m: &RequestVote, granted: bool, out: &mut Effects<'_, Self>) {
        let vote = Vote { term: self.durable.term, asked: m.term, granted, pre: m.pre };
        let needs = if granted && !m.pre { Needs::Vote } else { Needs::Term };
        self.answer(to, PeerMessage::Vote(vote), needs, out);
    }

    /// A vote came in. What answers an older question is nothing to this one.
    pub(super) fn on_vote(&mut self, now: Moment, from: ProcessId, m: &Vote, out: &mut Effects<'_, Self>) {
        if m.term > self.durable.term {
            return self.step_down_to(m.term, from, out);
        }
        let asking = match self.role {
            Role::PreCandidate => m.pre,
            Role::Candidate => !m.pre,
            Role::Follower | Role::Leader => false,
        };
        if asking && m.asked == self.poll.asked {
            self.record(from, m.granted, now, out);
        }
    }

    /// Counts an answer: a majority wins the poll (of both sets of voters, while the configuration is joint: §4.3).
    fn record(&mut self, voter: ProcessId, granted: bool, now: Moment, out: &mut Effects<'_, Self>) {
        let Some(ballot) = self.poll.ballots.iter_mut().find(|ballot| ballot.voter == voter) else { return };
        if ballot.granted == Some(true) {
            return;
        }
        (ballot.granted, ballot.event) = (Some(granted), now.event);
        match self.membership.in_force().tally(|id| self.poll.of(id)) {
            Tally::Open => {}
            Tally::Won if self.role == Role::PreCandidate => self.become_candidate(now, false, out),
            Tally::Won => self.become_leader(now, out),
            Tally::Lost => {
                let (asked, pre) = (self.poll.asked, self.role == Role::PreCandidate);
                out.note(|| {
                    let key = if pre { RaftKey::PreVoteLost } else { RaftKey::ElectionLost };
                    did(key, [Arg::Epoch(asked)]).because(self.poll.events(false))
                });
                if pre {
                    self.role = Role::Follower;
                }
            }
        }
    }

    /// "A candidate wins an election if it receives votes from a majority of the servers in the full cluster for the
    /// same term" (§3.4); it then "sends heartbeat messages to all of the other servers to establish its authority".
    fn become_leader(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        let term = self.durable.term;
        out.note(|| did(RaftKey::Elected, [Arg::Epoch(term)]).because(self.poll.events(true)));
        self.role = Role::Leader;
        self.leader = Some(self.me);
        self.last_heard = None;
        out.cancel_timer(Timer::Election);
        self.begin_leading(now, out);
    }

    /// "If one server's current term is smaller than the other's, then it updates its current term to the larger value.
    /// If a candidate or leader discovers that its term is out of date, it immediately reverts to follower state" (§3.3).
    pub(super) fn step_down_to(&mut self, term: u64, from: ProcessId, out: &mut Effects<'_, Self>) {
        let old = self.durable.term;
        self.set_term(term, out);
        if self.role == Role::Leader && self.rules.has(Rule::StepDownOnHigherTerm) {
            out.note(|| {
                let args = [Arg::Process(from), Arg::Epoch(term), Arg::Epoch(old)];
                by(Rule::StepDownOnHigherTerm, RaftKey::StepsDownHigherTerm, args)
            });
        }
        if self.rules.has(Rule::StepDownOnHigherTerm) {
            self.become_follower(out);
            self.leader = None;
        }
    }

    /// Gives up leading or standing; whatever it had taken in as a leader is for others to finish.
    pub(super) fn become_follower(&mut self, out: &mut Effects<'_, Self>) {
        match self.role {
            Role::Follower => return,
            Role::PreCandidate | Role::Candidate => self.poll.ballots.clear(),
            Role::Leader => {
                self.stop_leading(out);
            }
        }
        let led = self.role == Role::Leader;
        self.role = Role::Follower;
        if led {
            self.leader = None;
            self.arm_election(out);
        }
    }
}

//! Why an entry is committed or not, what each member lacks of it, and what clients wait for.

use super::{Asked, K, harder, number, rule_view, who};
use crate::consensus::quorum::majority;
use crate::consensus::raft::{Flow, Member, Peer, PeerMessage, Role, Rule};
use crate::kernel::world::World;
use crate::process::payload::peek;
use crate::process::{Arg, Phrase, ProcessId};
use crate::system::reach::{Trouble, cut, further, trouble};
use crate::view::{NoteView, Reason, Subject};
use crate::words::raft::RaftKey;
use crate::words::why::WhyKey as W;

/// The highest index that any running member knows to be committed, and the member.
fn knowing(world: &World, number: u16) -> Option<&Member> {
    super::RaftGroup::running(world, number).max_by_key(|member| member.commit_index())
}

/// How to ask about an entry of a member.
pub(super) fn asked(world: &World, number: u16, id: ProcessId, index: u64) -> K {
    let member = world.machine::<Member>(id);
    let log = member.map(Member::log);
    let log = log.or_else(|| world.stored::<crate::consensus::raft::Durable>(id).map(|durable| &durable.log));
    let Some(log) = log else { return K::AskNoEntry };
    let own = if index <= log.base() { Some(0) } else { log.term_at(index) };
    let committed = knowing(world, number).filter(|known| index <= known.commit_index());
    let there = committed.and_then(|known| known.log().term_at(index));
    match own {
        None => K::AskNoEntry,
        _ if index <= log.base() || member.is_some_and(|member| index <= member.commit_index()) => {
            K::AskCommitted
        }
        Some(own) if committed.is_some() && there.is_none_or(|there| there == own) => K::AskNotKnown,
        Some(_) => K::AskNotCommitted,
    }
}

impl<'a> Asked<'a> {
    /// An entry of a member's log.
    pub(super) fn entry(&mut self, id: ProcessId, index: u64) -> Vec<Reason> {
        let Some(log) = self.log(id) else { return Vec::new() };
        if index <= log.base() {
            let args = [Arg::Number(index), Arg::Number(log.base())];
            return vec![Reason::so(Phrase::new(K::InSnapshot, args))];
        }
        let Some(own) = log.term_at(index) else { return self.absent(id, index, log.last()) };
        let member = self.member(id);
        if let Some(member) = member.filter(|member| index <= member.commit_index()) {
            return self.committed(member, index);
        }
        let known = knowing(self.world, self.number).filter(|known| index <= known.commit_index());
        if let Some(known) = known {
            return self.unknown(id, index, own, known);
        }
        let Some(leader) = self.leaders().first().copied() else {
            let args = [Arg::Number(index)];
            let reason = Reason::not(Phrase::new(K::NoLeaderCounts, args));
            return vec![reason.then([self.ask(Subject::Group(self.number))])];
        };
        if leader.id() == id {
            return self.uncommitted(leader, index);
        }
        if leader.log().term_at(index) != Some(own) {
            let reason = self.lacks_at(leader, index, own, id);
            return vec![reason];
        }
        let args = [Arg::Process(id), Arg::Process(leader.id())];
        let mut reasons = self.uncommitted(leader, index);
        if member.is_some_and(|member| member.role() == Role::Follower && member.leader_hint().is_some()) {
            reasons.insert(0, Reason::so(Phrase::new(K::OnlyLeader, args)));
        }
        reasons
    }

    /// The leader has something else there, or nothing.
    fn lacks_at(&self, leader: &Member, index: u64, own: u64, id: ProcessId) -> Reason {
        match leader.log().term_at(index) {
            Some(term) => {
                let args = [Arg::Number(index), Arg::Epoch(term), Arg::Epoch(own), Arg::Process(id)];
                Reason::not(Phrase::new(K::OtherHere, args))
            }
            None => {
                let args = [Arg::Number(index), Arg::Process(leader.id()), Arg::Number(leader.log().last())];
                Reason::not(Phrase::new(K::LeaderLacks, args))
            }
        }
        .then([self.ask_role(leader.id())])
    }

    fn absent(&mut self, id: ProcessId, index: u64, last: u64) -> Vec<Reason> {
        let args = [Arg::Process(id), Arg::Number(last)];
        let mut reasons = vec![Reason::not(match last {
            0 => Phrase::new(K::LogEmpty, [Arg::Process(id)]),
            _ => Phrase::new(K::LogEnds, args),
        })];
        let leader = self.leaders().first().copied();
        let peer = leader.and_then(|leader| leader.peers().iter().find(|peer| peer.id == id));
        if let (Some(leader), Some(peer)) = (leader, peer)
            && leader.log().last() >= index
        {
            reasons.push(self.lacks(leader, peer, index));
        }
        reasons
    }

    /// It is committed, as this member knows.
    fn committed(&mut self, member: &Member, index: u64) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let upto = |note: &NoteView| {
            let keys = [RaftKey::Commits, RaftKey::FollowerCommits];
            let commits = keys.iter().any(|key| note.phrase.key == (*key).into());
            match note.phrase.args.first() {
                Some(Arg::Number(upto)) if commits => Some(*upto),
                _ => None,
            }
        };
        let id = member.id();
        let covers = self.past.first_note(id, &|note| upto(note).is_some_and(|upto| upto >= index));
        // Where the beginning is not known any more, the first note that is may be a later one.
        let before = |asked: &mut Self| asked.past.first_note(id, &|note| upto(note).is_some());
        let covers = covers.filter(|note| {
            self.past.is_whole() || before(self).is_some_and(|first| first.event != note.event)
        });
        if let Some(note) = covers {
            let said = Arg::Phrase(Box::new(note.phrase));
            let reason = Reason::so(Phrase::new(W::Said, [Arg::Process(id), said]));
            let events = note.because.into_iter().chain([note.event]);
            reasons.push(reason.from(events));
        }
        if let Some(configuration) = self.configuration() {
            let own = member.log().term_at(index);
            let voters = &configuration.voters;
            let has = |id: &ProcessId| {
                let log = self.log(*id);
                log.is_some_and(|log| index <= log.base() || own.is_some() && log.term_at(index) == own)
            };
            let holders: Vec<ProcessId> = voters.iter().copied().filter(has).collect();
            let args = [
                Arg::Number(index),
                number(holders.len()),
                number(voters.len()),
                who(&holders),
                number(majority(voters.len())),
            ];
            reasons.push(Reason::so(Phrase::new(K::Holders, args)));
        }
        reasons
    }

    /// It, or another in its place, is committed, but this member does not know.
    fn unknown(&mut self, id: ProcessId, index: u64, own: u64, known: &Member) -> Vec<Reason> {
        if let Some(there) = known.log().term_at(index).filter(|there| *there != own) {
            let args = [Arg::Number(index), Arg::Epoch(there), Arg::Epoch(own), Arg::Process(id)];
            let next = self.ask(Subject::Entry(known.id(), index));
            return vec![Reason::not(Phrase::new(K::OtherThere, args)).then([next])];
        }
        let next = self.ask(Subject::Entry(known.id(), index));
        if self.member(id).is_none() {
            let reason = Reason::not(Phrase::new(K::ForgotCommit, [Arg::Process(id)]));
            return vec![reason.then([further(id, id, Trouble::Down), next])];
        }
        let by = self.leaders().first().map_or(known.id(), |leader| leader.id());
        let args = [Arg::Process(id), Arg::Process(by), Arg::Number(index)];
        let trouble = trouble(self.world, by, id);
        let (key, trouble) = match trouble {
            Some(Trouble::Paused) => (K::LacksPaused, trouble),
            Some(Trouble::Down | Trouble::CutOut) => (K::CannotBeTold, trouble),
            // That no answer comes back keeps nothing from it.
            Some(Trouble::CutBack) | None => (K::ToldNext, None),
        };
        let cut = trouble.map(|trouble| further(by, id, trouble));
        vec![Reason::not(Phrase::new(key, args)).then(cut).then([next])]
    }

    /// The leader does not count it as committed.
    fn uncommitted(&mut self, leader: &Member, index: u64) -> Vec<Reason> {
        let configuration = leader.configuration().1;
        let has = |id: &ProcessId| match leader.peers().iter().find(|peer| peer.id == *id) {
            Some(peer) => peer.matched >= index,
            None => *id == leader.id() && leader.synced_last() >= index,
        };
        let holders = |voters: &[ProcessId]| voters.iter().copied().filter(has).collect::<Vec<_>>();
        // While the configuration is joint, the old members must be a majority too (§4.3).
        let sets = [&configuration.voters, &configuration.outgoing];
        let sets = sets.into_iter().filter(|voters| !voters.is_empty());
        let sets = sets.map(|voters| (voters.as_slice(), holders(voters)));
        let (short, enough): (Vec<_>, Vec<_>) =
            sets.partition(|(voters, holders)| holders.len() < majority(voters.len()));
        let of = leader.log().term_at(index).unwrap_or(0);
        let mut reasons = Vec::new();
        if of != leader.term() && leader.rules().has(Rule::CommitOnlyOwnTerm) {
            let args =
                [Arg::Number(index), Arg::Epoch(of), Arg::Process(leader.id()), Arg::Epoch(leader.term())];
            let reason = Reason::not(Phrase::new(K::OldTerm, args)).by(rule_view(Rule::CommitOnlyOwnTerm));
            let waits = |note: &NoteView| {
                let about = note.phrase.args.first() == Some(&Arg::Number(index));
                note.phrase.key == RaftKey::NotCommittedOldTerm.into() && about
            };
            let noted = self.past.last_note(leader.id(), &waits);
            reasons.push(reason.from(noted.into_iter().flat_map(|note| note.because)));
            if let (Some((_, holders)), true) = (enough.first(), short.is_empty()) {
                let args = [Arg::Number(index), Arg::Epoch(leader.term()), number(holders.len())];
                reasons.push(Reason::not(Phrase::new(K::OldTermEnough, args)));
            }
        }
        for (voters, holders) in short {
            reasons.extend(self.too_few(leader, index, voters, &holders));
        }
        reasons
    }

    /// Too few of these voters hold an entry, as the leader knows.
    fn too_few(
        &self,
        leader: &Member,
        index: u64,
        voters: &[ProcessId],
        holders: &[ProcessId],
    ) -> Vec<Reason> {
        let args = [
            Arg::Number(index),
            number(holders.len()),
            number(voters.len()),
            who(holders),
            number(majority(voters.len())),
            Arg::Process(leader.id()),
        ];
        let acks = leader.peers().iter().filter(|peer| holders.contains(&peer.id));
        let events: Vec<_> =
            acks.filter_map(|peer| self.event(leader.id(), leader.answers_of(peer).0)).collect();
        let mut reasons = vec![Reason::not(Phrase::new(K::TooFewHold, args)).from(events)];
        if !holders.contains(&leader.id()) && voters.contains(&leader.id()) {
            let me = Arg::Process(leader.id());
            reasons.push(Reason::not(Phrase::new(K::LacksDisk, [me.clone(), me])));
        }
        let without = leader.peers().iter().filter(|peer| voters.contains(&peer.id));
        let without = without.filter(|peer| !holders.contains(&peer.id));
        reasons.extend(without.map(|peer| self.lacks(leader, peer, index)));
        reasons
    }

    /// Why a member does not count as a holder of an entry.
    fn lacks(&self, leader: &Member, peer: &Peer, index: u64) -> Reason {
        let (id, by) = (peer.id, leader.id());
        let args = vec![Arg::Process(id), Arg::Process(by)];
        let not = |key: K| Reason::not(Phrase::new(key, args.clone()));
        if let Some(trouble) = trouble(self.world, by, id) {
            let key = match trouble {
                Trouble::Down => K::LacksDown,
                Trouble::Paused => K::LacksPaused,
                Trouble::CutOut | Trouble::CutBack => K::LacksCut,
            };
            return Reason::not(Phrase::new(key, cut(by, id, trouble))).then([further(by, id, trouble)]);
        }
        let of = leader.log().term_at(index);
        let member = self.member(id);
        if member.is_some_and(|member| of.is_some() && member.log().term_at(index) == of) {
            let synced = member.is_some_and(|member| member.synced_last() >= index);
            return not(if synced { K::LacksAnswer } else { K::LacksDisk });
        }
        if matches!(peer.flow, Flow::Snapshot(_)) {
            return not(K::LacksSnapshot);
        }
        let mut flights = self.world.in_flight();
        let carrying = flights.find(|flight| {
            let way = (flight.message.from, flight.message.to) == (by, id);
            way && carries(&**flight.payload, index)
        });
        if let Some(flight) = carrying {
            let subject = Subject::Message(flight.message);
            let label = Arg::Phrase(Box::new(flight.payload.card().label));
            let args = [Arg::Process(by), Arg::Process(id), label];
            let phrase = Phrase::new(crate::words::why::WhyKey::AskMessage, args);
            return not(K::LacksOnWay).then([crate::view::Question { phrase, subject }]);
        }
        let args = [Arg::Process(id), Arg::Process(by), Arg::Number(peer.matched)];
        Reason::not(Phrase::new(K::LacksBehind, args))
    }

    /// What comes after the last committed entry.
    pub(super) fn commit_index(&mut self, id: ProcessId) -> Vec<Reason> {
        let Some(member) = self.member(id) else { return Vec::new() };
        let next = member.commit_index() + 1;
        if next <= member.log().last() {
            return self.entry(id, next);
        }
        let args = [Arg::Process(id), Arg::Number(member.log().last())];
        vec![Reason::so(Phrase::new(K::EndOfLog, args))]
    }

    /// The reads that wait at a leader.
    pub(super) fn reads(&mut self, id: ProcessId) -> Vec<Reason> {
        let Some(member) = self.member(id) else { return Vec::new() };
        match member.reads().next() {
            Some(read) => self.read(member, read.round, read.event()),
            None => vec![Reason::so(Phrase::new(K::NothingWaits, [Arg::Process(id)]))],
        }
    }

    fn read(&mut self, leader: &Member, round: Option<u64>, event: u64) -> Vec<Reason> {
        let (id, brought) = (leader.id(), self.event(leader.id(), event));
        let Some(round) = round else {
            let args = [Arg::Process(id), Arg::Epoch(leader.term())];
            let reason =
                Reason::not(Phrase::new(K::ReadTerm, args)).by(rule_view(Rule::ReadIndexOwnTermCommit));
            let next = self.ask(Subject::Field(id, crate::words::stage::StageKey::CommitIndex.into()));
            return vec![reason.from(brought).then([next])];
        };
        let confirmed = |id: &ProcessId| {
            let peer = leader.peers().iter().find(|peer| peer.id == *id);
            peer.map_or(*id == leader.id(), |peer| peer.round >= round)
        };
        let voters = harder(leader.configuration().1, confirmed);
        let have = voters.iter().filter(|id| confirmed(id)).count();
        let args = [Arg::Process(id), number(have), number(voters.len()), number(majority(voters.len()))];
        let reason = Reason::not(Phrase::new(K::ReadRound, args)).by(rule_view(Rule::ReadIndexQuorum));
        let mut reasons = vec![reason.from(brought)];
        let silent = voters.iter().filter(|voter| !confirmed(voter));
        reasons.extend(silent.map(|voter| self.silent(*voter, id)));
        reasons
    }

    /// A client's request, if a member has taken it in.
    pub(super) fn operation(&mut self, client: ProcessId, seq: u64) -> Vec<Reason> {
        let members: Vec<&'a Member> = super::RaftGroup::running(self.world, self.number).collect();
        let mut reasons = Vec::new();
        for member in members.iter().filter(|member| member.role() == Role::Leader) {
            if let Some(read) = member.reads().find(|read| (read.client, read.seq) == (client, seq)) {
                reasons.extend(self.read(member, read.round, read.event()));
            }
            let proposal = member.proposals().find(|taken| (taken.client, taken.seq) == (client, seq));
            if let Some(proposal) = proposal {
                let args = [Arg::Process(member.id()), Arg::Number(proposal.index), Arg::Process(client)];
                reasons.push(Reason::so(Phrase::new(K::InLog, args)));
                reasons.extend(self.entry(member.id(), proposal.index));
            }
            let newest = self.leaders().first().map(|leader| leader.term());
            if !reasons.is_empty() && Some(member.term()) < newest {
                let next = self.ask_role(member.id());
                if let Some(last) = reasons.last_mut() {
                    last.next.push(next);
                }
            }
        }
        if reasons.is_empty() && self.leaders().is_empty() {
            reasons = self.group();
        }
        reasons
    }
}

/// Does a message bring this entry along?
fn carries(payload: &dyn crate::process::Payload, index: u64) -> bool {
    match peek::<PeerMessage>(payload) {
        Some(PeerMessage::Append(append)) => {
            append.prev < index && index <= append.prev + append.entries().len() as u64
        }
        _ => false,
    }
}

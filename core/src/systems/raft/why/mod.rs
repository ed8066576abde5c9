//! Why a group is as it is, and why not otherwise: from its members' own state at the moment that is asked about, and from
//! what they noted on the way there. `leading` answers for roles, terms and votes, `entries` for the log and for what clients
//! wait for; `reach` says who can hear whom.
//!
//! It decides nothing that the protocol decides: where a rule refused, the protocol's own note is what is said.

mod entries;
mod leading;
mod reach;

use super::RaftGroup;
use crate::consensus::quorum::majority;
use crate::consensus::raft::{Configuration, Durable, Kind, Log, Member, Role, Rule};
use crate::kernel::world::World;
use crate::process::{Arg, EventId, Phrase, ProcessId};
use crate::system::Past;
use crate::systems::sentence::rule_view;
use crate::view::{Explanation, Question, Reason, Subject};
use crate::words::Key;
use crate::words::raft_why::RaftWhyKey as K;
use crate::words::stage::StageKey;
use std::sync::Arc;

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
        Subject::Entry(id, index) => asked.entry(*id, *index),
        Subject::Operation(client, seq) => asked.operation(*client, *seq),
        Subject::Field(id, Key::Stage(StageKey::CommitIndex)) => asked.commit_index(*id),
        Subject::Field(id, Key::Stage(StageKey::WaitingReads)) => asked.reads(*id),
        Subject::Field(id, Key::Stage(StageKey::Role)) => asked.role(*id),
        Subject::Field(id, Key::Stage(StageKey::LeaderField)) => asked.leader(*id),
        Subject::Field(id, Key::Stage(StageKey::VotedForField)) => asked.vote(*id),
        Subject::Field(id, Key::Stage(StageKey::Term)) => asked.term(*id),
        _ => Vec::new(),
    };
    reasons.truncate(MOST);
    (!reasons.is_empty()).then_some(Explanation { question, reasons })
}

/// The question about a subject, as it is to be asked now.
pub(super) fn question(world: &World, number: u16, subject: &Subject) -> Phrase {
    let ask = |key: K, args: Vec<Arg>| Phrase::new(key, args);
    match subject {
        Subject::Field(id, Key::Stage(key)) => {
            let (member, me) = (world.machine::<Member>(*id), Arg::Process(*id));
            match (key, member) {
                (StageKey::CommitIndex, Some(member)) => {
                    ask(K::AskCommitIndex, vec![me, Arg::Number(member.commit_index())])
                }
                (StageKey::WaitingReads, _) => ask(K::AskReads, vec![me]),
                (StageKey::LeaderField, Some(member)) => match member.leader_hint() {
                    Some(leader) if leader != *id => ask(K::AskFollows, vec![me, Arg::Process(leader)]),
                    Some(_) => ask(K::AskLeads, vec![me]),
                    None => ask(K::AskKnowsNobody, vec![me]),
                },
                (StageKey::VotedForField, _) => {
                    let vote = member.map(Member::durable).or_else(|| world.stored::<Durable>(*id));
                    match vote.map(|durable| (durable.voted_for, durable.term)) {
                        Some((Some(to), _)) => ask(K::AskVote, vec![me, Arg::Process(to)]),
                        Some((None, term)) => ask(K::AskNoVote, vec![me, Arg::Epoch(term)]),
                        None => ask(K::AskNotLeads, vec![me]),
                    }
                }
                (StageKey::Term, Some(member)) => ask(K::AskTerm, vec![me, Arg::Epoch(member.term())]),
                _ => ask(role_question(world, number, *id), vec![me]),
            }
        }
        Subject::Entry(id, index) => {
            let args = vec![Arg::Number(*index), Arg::Process(*id)];
            ask(entries::asked(world, number, *id, *index), args)
        }
        Subject::Operation(client, _) => ask(K::AskRequest, vec![Arg::Process(*client)]),
        _ => match leaders(world, number).as_slice() {
            [] => ask(K::AskNobodyLeads, vec![]),
            [one] => ask(K::AskLeads, vec![Arg::Process(one.id())]),
            several => ask(K::AskSeveralLead, vec![Arg::Number(several.len() as u64)]),
        },
    }
}

fn role_question(world: &World, number: u16, id: ProcessId) -> K {
    let newest = leaders(world, number).first().map(|leader| leader.term());
    match world.machine::<Member>(id) {
        Some(member) if member.role() == Role::Leader && Some(member.term()) < newest => K::AskBelieves,
        Some(member) => match member.role() {
            Role::Leader => K::AskLeads,
            Role::Candidate | Role::PreCandidate => K::AskNotWon,
            Role::Follower => K::AskNotLeads,
        },
        None => K::AskNotLeads,
    }
}

/// What can be asked about a member, or about the group.
pub(super) fn questions(world: &World, number: u16, of: Option<ProcessId>) -> Vec<Question> {
    let about = |subject: Subject| Question { phrase: question(world, number, &subject), subject };
    // What comes next and is not committed yet.
    let waiting = |member: &Member| {
        let next = member.commit_index() + 1;
        (next <= member.log().last()).then(|| about(Subject::Entry(member.id(), next)))
    };
    let Some(id) = of else {
        let newest = leaders(world, number).first().and_then(|leader| waiting(leader));
        return [about(Subject::Group(number))].into_iter().chain(newest).collect();
    };
    let field = |key: StageKey| about(Subject::Field(id, key.into()));
    let Some(member) = world.machine::<Member>(id) else { return Vec::new() };
    let mut all = vec![field(StageKey::Role)];
    all.extend(waiting(member));
    if member.role() != Role::Leader {
        all.push(field(StageKey::LeaderField));
    }
    if member.reads().len() > 0 {
        all.push(field(StageKey::WaitingReads));
    }
    all.push(field(StageKey::VotedForField));
    all.push(field(StageKey::Term));
    all
}

/// Running leaders, the newest term first.
fn leaders(world: &World, number: u16) -> Vec<&Member> {
    let mut leaders: Vec<&Member> = RaftGroup::leaders(world, number).collect();
    crate::process::few::sort_by_key(&mut leaders, |leader| std::cmp::Reverse(leader.term()));
    leaders
}

/// Of a configuration's voters those who lack most to a majority: while it is joint, both sets need one (§4.3).
fn harder(configuration: &Configuration, has: impl Fn(&ProcessId) -> bool) -> &[ProcessId] {
    let lacking = |voters: &&[ProcessId]| {
        majority(voters.len()).saturating_sub(voters.iter().filter(|id| has(id)).count())
    };
    let Configuration { voters, outgoing, .. } = configuration;
    let both = [outgoing.as_slice(), voters].into_iter().filter(|voters| !voters.is_empty());
    both.max_by_key(lacking).unwrap_or_default()
}

fn who(ids: &[ProcessId]) -> Arg {
    Arg::List(ids.iter().map(|id| Arg::Process(*id)).collect())
}

fn number(count: usize) -> Arg {
    Arg::Number(count as u64)
}

impl<'a> Asked<'a> {
    fn member(&self, id: ProcessId) -> Option<&'a Member> {
        self.world.machine::<Member>(id)
    }

    /// The log of a member that runs, or what the disk of one holds that does not.
    fn log(&self, id: ProcessId) -> Option<&'a Log> {
        let durable = || self.world.stored::<Durable>(id).map(|durable| &durable.log);
        self.member(id).map(Member::log).or_else(durable)
    }

    fn leaders(&self) -> Vec<&'a Member> {
        leaders(self.world, self.number)
    }

    /// The configuration that whoever leads goes by, or else the one that was in force last.
    fn configuration(&self) -> Option<&'a Arc<Configuration>> {
        let newest = || RaftGroup::running(self.world, self.number).max_by_key(|m| m.configuration().0);
        let member = self.leaders().first().copied().or_else(newest);
        member.map(|member| member.configuration().1)
    }

    /// The voters of the newest configuration on any disk, for a group of which nobody runs; where none says, all members.
    fn kept(&self) -> Vec<ProcessId> {
        let members = || RaftGroup::processes(self.world, self.number);
        let newest = |id| {
            let durable = self.world.stored::<Durable>(id)?;
            let in_log = durable.log.iter_from(durable.log.first()).filter_map(|(index, entry)| {
                let Kind::Configuration(configuration) = &entry.kind else { return None };
                Some((index, configuration))
            });
            let snapshot = durable.snapshot.as_ref().map(|known| (known.index, &known.configuration));
            in_log.last().or(snapshot)
        };
        let known = members().filter_map(newest).max_by_key(|(index, _)| *index);
        known.map_or_else(|| members().collect(), |(_, configuration)| configuration.voters.clone())
    }

    /// The full name of a member's own input.
    fn event(&self, of: ProcessId, number: u64) -> Option<EventId> {
        (number > 0).then(|| self.world.event_of(of, number)).flatten()
    }

    fn ask(&self, subject: Subject) -> Question {
        Question { phrase: question(self.world, self.number, &subject), subject }
    }

    fn ask_role(&self, id: ProcessId) -> Question {
        self.ask(Subject::Field(id, StageKey::Role.into()))
    }

    /// What a member noted, as a reason.
    fn noted(
        &mut self,
        key: impl Into<Key>,
        of: ProcessId,
        keys: &[crate::words::raft::RaftKey],
    ) -> Option<Reason> {
        let is_it = |note: &crate::view::NoteView| keys.iter().any(|key| note.phrase.key == (*key).into());
        let note = self.past.last_note(of, &is_it)?;
        let said = Phrase::new(key, [Arg::Process(of), Arg::Phrase(Box::new(note.phrase.clone()))]);
        let rule = note.rule.as_deref().and_then(Rule::named).map(rule_view);
        Some(Reason { rule, refused: note.refused, ..Reason::so(said) }.from([note.event]))
    }
}

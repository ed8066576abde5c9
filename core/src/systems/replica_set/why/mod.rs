//! Why a set is as it is, and why not otherwise: from its members' own state at the moment that is asked about, and from what
//! they noted on the way there. `leading` answers for states, votes and primaries, `entries` for the commit point, writes that
//! wait, stale reads and rollbacks.
//!
//! It decides nothing that the protocol decides: where a rule refused, the protocol's own note is what is said.

mod entries;
mod leading;

use super::facts::newest_primary;
use super::{ReplicaSet, rule_view};
use crate::consensus::replica_set::{Durable, Member, Phase, Rule, State};
use crate::kernel::world::World;
use crate::process::{Arg, EventId, Phrase, ProcessId};
use crate::system::Past;
use crate::system::reach::{Trouble, cut, further, trouble};
use crate::view::{Explanation, NoteView, Question, Reason, Subject};
use crate::words::Key;
use crate::words::replset::ReplSetKey as R;
use crate::words::replset_view::ReplSetViewKey as V;
use crate::words::replset_why::ReplSetWhyKey as K;
use crate::words::stage::StageKey as S;

/// Most reasons of one answer.
const MOST: usize = 12;

/// Rules that keep what a majority has acknowledged.
const KEEPS_MAJORITY_WRITES: &[Rule] = &[
    Rule::OneVotePerTerm,
    Rule::DurableVote,
    Rule::VoteOnlyUpToDate,
    Rule::VoteOnlyNewConfig,
    Rule::MajorityToElect,
    Rule::CommitOnlyOwnTerm,
    Rule::JournalBeforeMajority,
    Rule::RollbackToCommonPoint,
    Rule::SingleVoterReconfig,
    Rule::ConfigCommittedFirst,
    Rule::VotesOnceSecondary,
];

/// A set at a moment, and what led there.
struct Asked<'a> {
    world: &'a World,
    number: u16,
    past: &'a mut dyn Past,
}

/// What a set can say of a subject.
pub(super) fn why(world: &World, number: u16, subject: &Subject, past: &mut dyn Past) -> Option<Explanation> {
    let mut asked = Asked { world, number, past };
    let question = question(world, number, subject);
    let mut reasons = match subject {
        Subject::Group(_) => asked.whole(),
        Subject::Entry(id, place) => asked.entry(*id, *place),
        Subject::Operation(client, seq) => asked.operation(*client, *seq),
        Subject::Field(id, Key::Stage(S::Role)) => asked.role(*id),
        Subject::Field(id, Key::ReplSetView(V::CommitPoint)) => asked.commit_point(*id),
        Subject::Field(id, Key::ReplSetView(V::SourceField)) => asked.source(*id),
        Subject::Field(id, Key::ReplSetView(V::LastApplied)) => asked.stale(*id),
        Subject::Field(id, Key::ReplSetView(V::RolledBackField)) => asked.rolled_back(*id),
        _ => Vec::new(),
    };
    reasons.truncate(MOST);
    (!reasons.is_empty()).then_some(Explanation { question, reasons })
}

/// The question about a subject, as it is to be asked now.
fn question(world: &World, number: u16, subject: &Subject) -> Phrase {
    let ask = |key: K, args: Vec<Arg>| Phrase::new(key, args);
    match subject {
        Subject::Field(id, field) => {
            let (member, me) = (world.machine::<Member>(*id), Arg::Process(*id));
            match (field, member) {
                (Key::ReplSetView(V::CommitPoint), _) => ask(K::AskCommitPoint, vec![me]),
                (Key::ReplSetView(V::SourceField), Some(member)) => match member.sync_source() {
                    Some(source) => ask(K::AskSource, vec![me, Arg::Process(source)]),
                    None => ask(K::AskNoSource, vec![me]),
                },
                (Key::ReplSetView(V::LastApplied), _) => ask(K::AskStale, vec![me]),
                (Key::ReplSetView(V::RolledBackField), _) => ask(K::AskRolledBack, vec![me]),
                _ => ask(role_question(world, number, *id), vec![me]),
            }
        }
        Subject::Entry(id, place) => {
            let key = if entries::is_committed(world, number, *id, *place) {
                K::AskCommitted
            } else {
                K::AskNotCommitted
            };
            ask(key, vec![Arg::Number(*place), Arg::Process(*id)])
        }
        Subject::Operation(client, _) => ask(K::AskNotAcknowledged, vec![Arg::Process(*client)]),
        _ => match primaries(world, number).as_slice() {
            [] => ask(K::AskNoPrimary, vec![]),
            [one] => ask(K::AskPrimary, vec![Arg::Process(one.id())]),
            several => ask(K::AskSeveralPrimaries, vec![Arg::Number(several.len() as u64)]),
        },
    }
}

fn role_question(world: &World, number: u16, id: ProcessId) -> K {
    let newest = newest_primary(world, number).map(Member::term);
    match world.machine::<Member>(id) {
        Some(member) if member.is_primary() && Some(member.term()) < newest => K::AskBelieves,
        Some(member) if member.is_primary() => K::AskPrimary,
        Some(member) if member.election().phase != Phase::Idle => K::AskNotWon,
        _ => K::AskNotPrimary,
    }
}

/// What can be asked about a member, or about the set.
pub(super) fn questions(world: &World, number: u16, of: Option<ProcessId>) -> Vec<Question> {
    let about = |subject: Subject| Question { phrase: question(world, number, &subject), subject };
    let Some(id) = of else { return vec![about(Subject::Group(number))] };
    let field = |key: Key| about(Subject::Field(id, key));
    let Some(member) = world.machine::<Member>(id) else { return Vec::new() };
    let mut all = vec![field(S::Role.into())];
    let bears = member.my_config().is_some_and(|me| me.bears_data());
    if member.is_writable() && member.last_committed() < member.last_applied() {
        all.push(field(V::CommitPoint.into()));
    }
    if bears && !member.is_primary() {
        all.push(field(V::SourceField.into()));
        if newest_primary(world, number).is_some_and(|primary| primary.last_applied() > member.last_applied())
        {
            all.push(field(V::LastApplied.into()));
        }
    }
    if !member.rolled_back().is_empty() {
        all.push(field(V::RolledBackField.into()));
    }
    all
}

/// Running primaries, the newest term first.
fn primaries(world: &World, number: u16) -> Vec<&Member> {
    let mut all: Vec<&Member> = ReplicaSet::primaries(world, number).collect();
    crate::process::few::sort_by_key(&mut all, |member| std::cmp::Reverse(member.term()));
    all
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

    fn durable(&self, id: ProcessId) -> Option<&'a Durable> {
        self.member(id).map(Member::durable).or_else(|| self.world.stored::<Durable>(id))
    }

    /// The full name of a member's own input.
    fn event(&self, of: ProcessId, number: u64) -> Option<EventId> {
        (number > 0).then(|| self.world.event_of(of, number)).flatten()
    }

    fn ask(&self, subject: Subject) -> Question {
        Question { phrase: question(self.world, self.number, &subject), subject }
    }

    fn ask_field(&self, id: ProcessId, key: impl Into<Key>) -> Question {
        self.ask(Subject::Field(id, key.into()))
    }

    /// What a member noted last with one of these keys, as a reason.
    fn noted(&mut self, of: ProcessId, keys: &[R]) -> Option<Reason> {
        self.noted_if(of, keys, &|_| true)
    }

    /// The last such note that is the right one.
    fn noted_if(&mut self, of: ProcessId, keys: &[R], right: &dyn Fn(&NoteView) -> bool) -> Option<Reason> {
        let is_it = |note: &NoteView| keys.iter().any(|key| note.phrase.key == (*key).into()) && right(note);
        let note = self.past.last_note(of, &is_it)?;
        let said = Phrase::new(K::Noted, [Arg::Process(of), Arg::Phrase(Box::new(note.phrase.clone()))]);
        let rule = note.rule.as_deref().and_then(Rule::named).map(rule_view);
        let events = note.because.into_iter().chain([note.event]);
        Some(Reason { rule, refused: note.refused, ..Reason::so(said) }.from(events))
    }

    /// What stands between two, if anything does.
    fn silent(&self, of: ProcessId, by: ProcessId) -> Option<Reason> {
        let trouble = trouble(self.world, by, of)?;
        let key = match trouble {
            Trouble::Down => K::SilentDown,
            Trouble::Paused => K::SilentPaused,
            Trouble::CutOut | Trouble::CutBack => K::SilentCut,
        };
        Some(Reason::not(Phrase::new(key, cut(by, of, trouble))).then([further(by, of, trouble)]))
    }

    /// Rules that a member does not follow, of these.
    fn off(&self, member: &Member, rules: &[Rule]) -> Vec<Reason> {
        let off = rules.iter().filter(|rule| !member.rules().has(**rule));
        off.map(|rule| Reason::not(Phrase::bare(K::RuleIsOff)).by(rule_view(*rule))).collect()
    }

    /// Rules without which what a majority acknowledged may be lost: those of them that somebody in the set does not follow.
    fn off_in_set(&self) -> Vec<Reason> {
        let off =
            |rule: &&Rule| ReplicaSet::running(self.world, self.number).any(|it| !it.rules().has(**rule));
        let named = |rule: &Rule| Reason::not(Phrase::bare(K::RuleIsOff)).by(rule_view(*rule));
        KEEPS_MAJORITY_WRITES.iter().filter(off).map(named).collect()
    }

    /// What holds of all that a majority acknowledges, if nothing is switched off that it rests on; else what is.
    fn promise(&self, key: K) -> Vec<Reason> {
        let off = self.off_in_set();
        if !off.is_empty() {
            return off;
        }
        let in_memory = |it: &Member| it.config().is_some_and(|config| !config.majority_journal);
        if ReplicaSet::running(self.world, self.number).any(in_memory) {
            return Vec::new(); // a majority that forgets may lose what it acknowledged
        }
        vec![Reason::so(Phrase::bare(key))]
    }

    /// The state a member is in, where it is neither primary nor secondary.
    fn other_state(&self, member: &Member) -> Option<Reason> {
        let me = Arg::Process(member.id());
        let key = match member.state() {
            State::Primary | State::Secondary => return None,
            State::Arbiter => K::IsArbiter,
            State::Startup2 => K::IsCopying,
            State::Rollback => K::IsRollingBack,
            State::Removed | State::Startup => K::IsOutside,
            _ => K::IsRecovering,
        };
        Some(Reason::not(Phrase::new(key, [me])))
    }
}

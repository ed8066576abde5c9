//! Why, and why not: what is asked about a subject is answered from the moment shown. What any world has (an event, a
//! crashed process, a lost message, a check) is answered here; what only a system knows, the system says
//! ([`Group::why`](crate::system::Group::why)).
//!
//! Every answer rests on events that lie before the moment it speaks of. Those that are not kept in full any more are found
//! again between two checkpoints, for a bounded number of stretches an answer; whoever walks further asks about the event.

pub(super) mod way;

use super::playing::Playing;
use super::tell::group_of;
use super::verbs;
use crate::kernel::world::World;
use crate::process::{Arg, EventId, Phrase, ProcessId, few};
use crate::scenario::Outcome;
use crate::system::Past;
use crate::view::{
    Answer, EventLine, Explanation, NoteView, Place, Question, Reason, RuleView, Status, Subject,
};
use crate::words::session::SessionKey;
use crate::words::why::WhyKey as K;
use std::sync::Arc;

/// How far back notes are looked for, in events.
const NOTES_WITHIN: u64 = 2_048;
/// Most stretches replayed for one answer.
const REPLAYS: u32 = 6;
/// Most reasons of an answer, and most events of a reason.
const REASONS: usize = 24;
const EVENTS: usize = 12;

/// What came to be known up to a place.
struct Memory<'a> {
    playing: &'a mut Playing,
    place: Place,
    replays: u32,
}

impl Past for Memory<'_> {
    fn line(&mut self, event: EventId) -> Option<EventLine> {
        self.playing.find(&[event], &mut self.replays);
        self.playing.known(event).filter(|line| line.place.ordinal <= self.place.ordinal)
    }
    fn last_note(&mut self, of: ProcessId, is_it: &dyn Fn(&NoteView) -> bool) -> Option<NoteView> {
        self.playing.trace.noted(of, self.place.ordinal).rfind(|note| is_it(note)).cloned()
    }
    fn epoch_since(&mut self, of: ProcessId) -> Option<EventId> {
        self.playing.chronicle().epoch_since(of, self.place)
    }
    fn first_note(&mut self, of: ProcessId, is_it: &dyn Fn(&NoteView) -> bool) -> Option<NoteView> {
        self.playing.trace.noted(of, self.place.ordinal).find(|note| is_it(note)).cloned()
    }
    fn is_whole(&self) -> bool {
        self.playing.trace.holds(0, self.place.ordinal)
    }
}

fn ask(key: K, args: impl Into<Vec<Arg>>, subject: Subject) -> Question {
    Question { phrase: Phrase::new(key, args), subject }
}

/// An answer, but for the lines of the events it names.
struct Told {
    place: Place,
    event: Option<EventLine>,
    explanation: Explanation,
}

impl Playing {
    /// Answers a question about a subject, as of the place shown.
    pub fn why(&mut self, subject: Subject) -> Result<Answer, Phrase> {
        let place = self.place();
        self.ensure_traced(place.ordinal.saturating_sub(NOTES_WITHIN), place.ordinal);
        let run = self.run.clone(); // as a checkpoint: what it shares with the run shown it does not copy
        let world = run.world();
        let here = |explanation| Told { place, event: None, explanation };
        let told = match &subject {
            Subject::Event(id) => self.why_event(*id)?,
            Subject::Status(id) => here(self.why_status(world, *id)?),
            Subject::Field(id, _) => here(self.why_field(world, *id, &subject)?),
            Subject::Entry(id, _) | Subject::Operation(id, _) => {
                here(self.of_systems(world, *id, &subject).ok_or_else(|| no_such(*id))?)
            }
            Subject::Group(number) => here(self.of_group(world, *number, &subject).ok_or_else(nothing)?),
            Subject::Message(id) => self.why_message(world, *id)?,
            Subject::Link(from, to) => here(self.why_link(world, *from, *to)?),
            Subject::Check(name) => here(self.why_check(name).ok_or_else(nothing)?),
            Subject::Expectation(at) => here(self.why_expected(*at as usize).ok_or_else(nothing)?),
            Subject::Verb(of, name) => here(self.why_not_done(world, *of, name).ok_or_else(nothing)?),
        };
        Ok(self.with_lines(subject, told))
    }

    /// What can be asked about a process, the most telling first.
    pub(super) fn questions(&self, id: ProcessId) -> Vec<Question> {
        let (world, place) = (self.run.world(), self.place());
        let mut all = Vec::new();
        let Some(process) = world.process(id) else { return all };
        let status = super::chronicle::status(world, id, false);
        if status != Status::Up {
            all.push(ask(status_question(status), [Arg::Process(id)], Subject::Status(id)));
        }
        let group = group_of(self.groups(), world, id);
        all.extend(group.into_iter().flat_map(|group| group.questions(world, process.group, Some(id))));
        if let Some((role, event)) = self.chronicle().ceased(id, place) {
            let was = Arg::Phrase(Box::new(Phrase::bare(role.key)));
            all.push(ask(K::AskCeased, [Arg::Process(id), was], Subject::Event(event)));
        }
        if status == Status::Up {
            all.push(ask(K::AskStatus, [Arg::Process(id)], Subject::Status(id)));
        }
        all
    }

    /// What can be asked about the systems as they stand.
    pub(super) fn questions_of_all(&self) -> Vec<Question> {
        let groups = (0u16..).zip(self.groups());
        groups.flat_map(|(number, group)| group.questions(self.run.world(), number, None)).collect()
    }

    fn memory(&mut self, place: Place) -> Memory<'_> {
        Memory { playing: self, place, replays: REPLAYS }
    }

    /// The rule of a name, as its system tells of it.
    fn rule(&self, of: ProcessId, name: &Arc<str>) -> RuleView {
        let group = group_of(self.groups(), self.run.world(), of);
        let plain = || RuleView { name: name.clone(), reason: None, source: "".into() };
        group.and_then(|group| group.rule(name)).unwrap_or_else(plain)
    }

    /// What happened: what was decided in it, and what led to it.
    fn why_event(&mut self, id: EventId) -> Result<Told, Phrase> {
        let anywhere = Place { ordinal: u64::MAX, at: crate::process::Time::MAX };
        let none =
            || Phrase::new(SessionKey::NoSuchEvent, [Arg::Process(id.process), Arg::Number(id.number)]);
        let line = self.memory(anywhere).line(id).ok_or_else(none)?;
        let mut reasons = Vec::new();
        let named = |event: &EventId| line.notes.iter().any(|note| note.because.contains(event));
        let causes: Vec<EventId> = line.causes.iter().copied().filter(|cause| !named(cause)).collect();
        if !causes.is_empty() {
            reasons.push(Reason::so(Phrase::bare(K::Followed)).from(causes));
        }
        for note in &line.notes {
            let said = Arg::Phrase(Box::new(note.phrase.clone()));
            let phrase = Phrase::new(K::Said, [Arg::Process(id.process), said]);
            let rule = note.rule.as_ref().map(|name| self.rule(id.process, name));
            let reason = Reason { rule, refused: note.refused, ..Reason::so(phrase) };
            reasons.push(reason.from(note.because.iter().copied()));
        }
        if line.causes.is_empty() {
            let key = if id.process == ProcessId::OPERATOR { K::ByCommand } else { K::NoCause };
            reasons.insert(0, Reason::so(Phrase::bare(key)));
        }
        let explanation = Explanation { question: Phrase::bare(K::AskEvent), reasons };
        Ok(Told { place: line.place, event: Some(line), explanation })
    }

    /// How a process is, and since which event.
    fn why_status(&mut self, world: &World, id: ProcessId) -> Result<Explanation, Phrase> {
        world.process(id).ok_or_else(|| no_such(id))?;
        let place = self.place();
        let known = self.chronicle().status_since(id, place);
        let status = known.map_or(Status::Unstarted, |(status, _)| status);
        let me = Arg::Process(id);
        let reason = match known {
            Some((_, event)) => Reason::so(Phrase::bare(K::SinceThen)).from([event]),
            None => Reason::so(Phrase::new(K::NotBegun, [me.clone()])),
        };
        let question = Phrase::new(status_question(status), [me]);
        Ok(Explanation { question, reasons: vec![reason] })
    }

    /// A value of a process: what its system says, or how a process is that does not run.
    fn why_field(&mut self, world: &World, id: ProcessId, subject: &Subject) -> Result<Explanation, Phrase> {
        world.process(id).ok_or_else(|| no_such(id))?;
        if let Some(explanation) = self.of_systems(world, id, subject) {
            return Ok(explanation);
        }
        let status = super::chronicle::status(world, id, false);
        if status != Status::Up {
            return self.why_status(world, id);
        }
        Err(Phrase::bare(K::NoAnswer))
    }

    /// What a process' own system says, and, of what one client waits for, every system that has taken it in.
    fn of_systems(&mut self, world: &World, id: ProcessId, subject: &Subject) -> Option<Explanation> {
        let own = world.process(id)?.group;
        let mut said = self.of_group(world, own, subject);
        if !matches!(subject, Subject::Operation(..)) {
            return said;
        }
        for number in (0..self.groups().len() as u16).filter(|number| *number != own) {
            let Some(other) = self.of_group(world, number, subject) else { continue };
            match &mut said {
                Some(said) => said.reasons.splice(0..0, other.reasons).for_each(drop),
                None => said = Some(other),
            }
        }
        said
    }

    fn of_group(&mut self, world: &World, number: u16, subject: &Subject) -> Option<Explanation> {
        let group = self.groups().get(usize::from(number))?.clone();
        let place = self.place();
        group.why(world, number, subject, &mut self.memory(place))
    }

    fn why_check(&mut self, name: &str) -> Option<Explanation> {
        let title = self.run.checks().iter().find(|check| &*check.name == name)?.title;
        let title = Arg::Phrase(Box::new(Phrase::bare(title)));
        let Some(broken) = self.run.all_broken().iter().find(|broken| &*broken.name == name) else {
            let reasons = vec![Reason::so(Phrase::bare(K::CheckHolds))];
            return Some(Explanation { question: Phrase::new(K::AskHolds, [title]), reasons });
        };
        let said = Arg::Phrase(Box::new(broken.violation.phrase.clone()));
        let reason = Reason::not(Phrase::new(K::CheckBroke, [said])).from([broken.violation.event]);
        let involved = broken.violation.involved.iter().take(3);
        let next: Vec<Question> = involved.filter_map(|id| self.questions(*id).into_iter().next()).collect();
        let mut reasons = vec![reason.then(next)];
        if self.run.all_broken().iter().any(|broken| &*broken.name == name && broken.expected) {
            reasons.push(Reason::so(Phrase::bare(K::CheckMeant)));
        }
        Some(Explanation { question: Phrase::new(K::AskBroken, [title]), reasons })
    }

    fn why_expected(&mut self, at: usize) -> Option<Explanation> {
        let standing = self.run.expectations().into_iter().nth(at)?;
        let claim = Arg::Phrase(Box::new(standing.claim.clone()));
        let when = Arg::At(standing.at.map_or(self.place().at, |place| place.at));
        let decided = when.clone();
        let (question, reason) = match standing.outcome {
            Outcome::Met => (K::AskExpected, Reason::so(Phrase::new(K::ExpectMet, [when]))),
            Outcome::Broken(why) => (K::AskUnmet, Reason::not(why)),
            Outcome::Open => (K::AskOpen, Reason::not(Phrase::bare(K::ExpectOpen))),
        };
        let event = standing.at.and_then(|place| self.event_at(place.ordinal));
        let next = self.questions_of_all();
        let mut reasons = vec![reason.from(event).then(next)];
        if question == K::AskUnmet {
            reasons.push(Reason::not(Phrase::new(K::ExpectBroken, [decided])));
        }
        Some(Explanation { question: Phrase::new(question, [claim]), reasons })
    }

    /// The event at a place of this branch, derived anew if need be.
    fn event_at(&mut self, ordinal: u64) -> Option<EventId> {
        if self.trace.branch == self.branch
            && let Some(record) = self.trace.at(ordinal)
        {
            return Some(record.line.event);
        }
        let line = self.derived(ordinal)?;
        let event = line.event;
        self.found.insert((event.process, event.number), line);
        Some(event)
    }

    /// A verb that is disabled.
    fn why_not_done(&mut self, world: &World, of: Option<ProcessId>, name: &str) -> Option<Explanation> {
        let preview = |command: &_| self.run.preview(command);
        let all = match of {
            Some(id) => {
                let group = group_of(self.groups(), world, id);
                let number = world.process(id)?.group;
                verbs::of_process(world, group.map(|group| (group, number)), id, &preview)
            }
            None => verbs::of_stage(world, self.groups(), &preview),
        };
        let verb = all.into_iter().find(|verb| &*verb.name == name)?;
        let label = Arg::Phrase(Box::new(Phrase::bare(verb.label)));
        let next = of.and_then(|id| self.questions(id).into_iter().next());
        let reason = verb.disabled.map_or_else(|| Reason::so(Phrase::bare(K::VerbFree)), Reason::not);
        let reasons = vec![reason.then(next)];
        Some(Explanation { question: Phrase::new(K::AskVerb, [label]), reasons })
    }

    /// Bounds an answer, drops what would lie after its place, and brings the lines of the events it names.
    fn with_lines(&mut self, subject: Subject, told: Told) -> Answer {
        let Told { place, event, explanation: Explanation { question, mut reasons } } = told;
        reasons.truncate(REASONS);
        let mut wanted: Vec<EventId> = Vec::new();
        for reason in &mut reasons {
            few::sort(&mut reason.events);
            reason.events.dedup();
            reason.events.truncate(EVENTS);
            wanted.extend(&reason.events);
        }
        few::sort(&mut wanted);
        wanted.dedup();
        let mut replays = REPLAYS;
        self.find(&wanted, &mut replays);
        let mut lines: Vec<EventLine> = wanted.iter().filter_map(|event| self.known(*event)).collect();
        lines.retain(|line| line.place.ordinal <= place.ordinal);
        few::sort_by_key(&mut lines, |line| line.place.ordinal);
        let later =
            |event: &EventId| self.known(*event).is_some_and(|line| line.place.ordinal > place.ordinal);
        for reason in &mut reasons {
            reason.events.retain(|event| !later(event));
        }
        Answer { subject, question, place, event, reasons, lines }
    }
}

fn status_question(status: Status) -> K {
    match status {
        Status::Unstarted => K::AskUnstarted,
        Status::Up => K::AskStatus,
        Status::Crashed | Status::Stopped => K::AskDown,
        Status::Paused => K::AskPaused,
    }
}

fn no_such(id: ProcessId) -> Phrase {
    Phrase::new(SessionKey::NoSuchProcess, [Arg::Process(id)])
}

fn nothing() -> Phrase {
    Phrase::bare(K::NoAnswer)
}

//! Going to the next event of a kind or the one before, and stopping where a condition comes true.
//!
//! What lies ahead is simulated, what lies behind is looked through from checkpoint to checkpoint; both within the budget of a
//! request, so that the same request asked again goes on where it was. It knows no kind of event by name.

use super::api::{ConditionView, Stopped, Wanted};
use super::history::{Reached, Replay, Target};
use super::lesson::begins;
use super::link::LONGEST_COMMAND;
use super::playing::{KEPT, MOST_EVENTS, Playing, breaks};
use super::tell;
use crate::kernel::world::World;
use crate::kernel::{Event, Observer, What};
use crate::process::{Arg, Phrase, ProcessId, Span, Time, few};
use crate::scenario::condition::Condition;
use crate::scenario::predicate::Predicate;
use crate::scenario::{Run, Scenario};
use crate::text::Problem;
use crate::view::{Ask, AskKind, Goal, Mark, MarkKind, Place};
use crate::words::Key;
use crate::words::session::SessionKey as K;
use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Most breakpoints: each is judged after every event.
pub const MOST_BREAKPOINTS: usize = 20;
/// So many events before the place shown are asked for their kinds.
const RECENT: u64 = 2_000;
/// Fewest events looked through at once on the way back.
const STRETCH: u64 = 2_000;

/// What is seen on the way, beside what is kept.
#[derive(Default)]
pub struct Seen<'a> {
    /// Sees every event.
    pub looker: Option<&'a mut dyn Observer>,
    /// Told of new marks.
    pub marked: Option<Told<'a>>,
}

/// Who is told of new marks.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// Of this kind, or of any.
    pub kind: Option<MarkKind>,
    /// Where the event's ordinal goes.
    pub found: &'a AtomicU64,
}

/// Where looking back had got to when its budget was spent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Search {
    wanted: Wanted,
    from: Place,
    below: u64,
}

/// What one may want to run until in any scenario.
pub fn goals() -> [Goal; 2] {
    let at = Ask { name: "time".into(), label: K::AskAt.into(), kind: AskKind::Span, default: "5s".into() };
    let goal =
        |key: K, predicate: &str, asks| Goal { label: Phrase::bare(key), predicate: predicate.into(), asks };
    [goal(K::GoalAt, "at: {time}", vec![at]), goal(K::GoalAnyViolation, "not: { checks: all }", Vec::new())]
}

/// A breakpoint in force.
#[derive(Clone, Debug)]
pub struct Breakpoint {
    text: Arc<str>,
    condition: Condition,
}

/// Which breakpoints held a moment ago: one stops only where it comes true, not as long as it is.
pub struct Edges<'a> {
    stops: &'a [Breakpoint],
    held: Vec<bool>,
    hit: &'a Cell<Option<usize>>,
}

impl<'a> Edges<'a> {
    /// Begins at a run's place.
    pub fn new(stops: &'a [Breakpoint], run: &Run, hit: &'a Cell<Option<usize>>) -> Self {
        let held = stops.iter().map(|stop| holds(run, stop)).collect();
        Edges { stops, held, hit }
    }

    /// Has one come true in the last event?
    pub fn crossed(&mut self, run: &Run) -> bool {
        let mut crossed = false;
        for (at, stop) in self.stops.iter().enumerate() {
            let now = holds(run, stop);
            if now && !self.held[at] && !crossed {
                crossed = true;
                self.hit.set(Some(at));
            }
            self.held[at] = now;
        }
        crossed
    }
}

fn holds(run: &Run, stop: &Breakpoint) -> bool {
    run.holds(&stop.condition.predicate) == Ok(true)
}

impl Breakpoint {
    /// As the reason why playing stopped.
    pub fn stopped(&self) -> Stopped {
        Stopped::Breakpoint { text: self.text.clone(), claim: self.condition.claim.clone() }
    }
}

/// An event that is looked for, as far as the event itself shows it.
#[derive(Clone, Copy)]
enum Look {
    Any,
    Message,
    Kind(Key),
    Of(ProcessId),
}

impl Look {
    fn fits(self, event: &Event<'_>) -> bool {
        match self {
            Look::Any => true,
            Look::Message => matches!(event.what, What::Delivered { .. } | What::Received { .. }),
            Look::Kind(kind) => tell::kind(event) == kind,
            Look::Of(process) => event.id.process == process,
        }
    }
}

/// Notes the last event that fits.
struct Looker<'a> {
    look: Look,
    found: &'a AtomicU64,
}

impl Observer for Looker<'_> {
    fn saw(&mut self, _: &World, event: &Event<'_>) {
        if self.look.fits(event) {
            self.found.store(event.ordinal, Relaxed);
        }
    }
}

impl Playing {
    /// Plays on until a time.
    pub fn play_to(&mut self, at: Time, budget: u64) -> Option<Stopped> {
        let mut budget = budget.min(MOST_EVENTS);
        let until = self.horizon(at);
        let broken = self.run.all_broken().len();
        let (stops, hit) = (self.stops.clone(), Cell::new(None));
        let mut edges = Edges::new(&stops, &self.run, &hit);
        let (mut breaks, mut begins) = (breaks(broken), begins(&self.run));
        let mut watch = |run: &Run| edges.crossed(run) || breaks(run) || begins(run);
        let mut reached = Reached::Target;
        if let Some(near) = self.leap(until) {
            reached = self.go(Target::Time(near), &mut budget, false, &mut watch);
        }
        if reached == Reached::Target {
            reached = self.go(Target::Time(until), &mut budget, true, &mut watch);
        }
        self.settle();
        let arrived = if until < at { Stopped::End } else { Stopped::Time };
        match self.halted_by(self.stopped(reached, broken, Some(arrived)), hit.get()) {
            Some(Stopped::Predicate) => Some(Stopped::Step), // nothing else is watched for
            stopped => stopped,
        }
    }

    /// Where a breakpoint came true, that is why.
    fn halted_by(&self, stopped: Option<Stopped>, hit: Option<usize>) -> Option<Stopped> {
        match (stopped, hit.and_then(|hit| self.stops.get(hit))) {
            (Some(Stopped::Predicate), Some(stop)) => Some(stop.stopped()),
            (stopped, _) => stopped,
        }
    }

    /// Up to when nothing needs to be kept in full on the way to a time, by how dense events have been so far.
    pub(super) fn leap(&self, to: Time) -> Option<Time> {
        let (here, head) = (self.place(), self.head());
        let each = head.at.0 / head.ordinal.max(1);
        let near = Time(to.0.saturating_sub(each.saturating_mul(2 * KEPT)));
        (near > here.at).then_some(near)
    }

    /// Runs on until a predicate holds.
    pub fn run_until(
        &mut self,
        predicate: &str,
        limit: Span,
        budget: u64,
    ) -> Result<Option<Stopped>, Phrase> {
        let predicate = Predicate::parse(predicate).map_err(|problem| problem.phrase)?;
        self.run.holds(&predicate)?;
        let (stops, hit, met) = (self.stops.clone(), Cell::new(None), Cell::new(false));
        let mut edges = Edges::new(&stops, &self.run, &hit);
        let wanted = self.place().at + limit;
        let until = self.horizon(wanted);
        let broken = self.run.all_broken().len();
        let mut breaks = breaks(broken);
        let mut budget = budget.min(MOST_EVENTS);
        let mut begins = begins(&self.run);
        let mut watch = |run: &Run| {
            met.set(run.holds(&predicate) == Ok(true));
            edges.crossed(run) || met.get() || breaks(run) || begins(run)
        };
        let reached = self.go(Target::Time(until), &mut budget, false, &mut watch);
        self.settle();
        let arrived = if until < wanted { Stopped::End } else { Stopped::Time };
        let hit = hit.get().filter(|_| !met.get());
        Ok(match self.halted_by(self.stopped(reached, broken, Some(arrived)), hit) {
            Some(Stopped::Predicate) if !met.get() => Some(Stopped::Step),
            stopped => stopped,
        })
    }

    /// What one line says as a condition.
    fn condition(&self, line: &str) -> Result<Condition, Problem> {
        super::bounded(line, LONGEST_COMMAND).map_err(Problem::whole)?;
        let scenario: &Scenario = &self.scenario;
        let joined = self.run.world().processes().map(|process| process.name.clone());
        Condition::read(line, scenario, joined)
    }

    /// What one line says as a condition, and whether it holds at the place shown.
    pub fn judge(&self, line: &Arc<str>) -> ConditionView {
        let condition = self.condition(line);
        let holds = condition.as_ref().is_ok_and(|it| self.run.holds(&it.predicate) == Ok(true));
        ConditionView { text: line.clone(), said: condition.map(|it| it.claim), holds }
    }

    /// From now on playing stops where one of these comes true. Those that say nothing here are left out and say why.
    pub fn stop_at(&mut self, lines: &[Arc<str>]) -> Result<Vec<ConditionView>, Phrase> {
        if lines.len() > MOST_BREAKPOINTS {
            return Err(Phrase::new(K::TooManyBreakpoints, [Arg::Number(MOST_BREAKPOINTS as u64)]));
        }
        let views: Vec<ConditionView> = lines.iter().map(|line| self.judge(line)).collect();
        let read = |line: &Arc<str>| {
            let condition = self.condition(line).ok()?;
            Some(Breakpoint { text: line.clone(), condition })
        };
        self.stops = lines.iter().filter_map(read).collect();
        Ok(views)
    }

    /// The kinds of the last events up to the place shown, the most frequent first, and how many there are of each.
    pub fn kinds(&mut self) -> Vec<(Key, u32)> {
        let to = self.place().ordinal;
        let from = to.saturating_sub(RECENT);
        self.ensure_traced(from, to);
        let mut kinds: Vec<(Key, u32)> = Vec::new();
        for record in self.trace.between(from, to) {
            match kinds.iter_mut().find(|(kind, _)| *kind == record.line.kind) {
                Some((_, count)) => *count += 1,
                None => kinds.push((record.line.kind, 1)),
            }
        }
        few::sort_by_key(&mut kinds, |(_, count)| std::cmp::Reverse(*count));
        kinds
    }

    /// To the next event that is wanted, or the one before the place shown; ahead for at most so much virtual time.
    pub fn seek_next(&mut self, wanted: Wanted, back: bool, limit: Span, budget: u64) -> Option<Stopped> {
        let look = match wanted {
            Wanted::Mark(kind) => return self.seek_mark(kind, back, limit, budget),
            Wanted::Same => match self.trace.at(self.place().ordinal) {
                Some(record) => Look::Kind(record.line.kind),
                None => Look::Any,
            },
            Wanted::Message => Look::Message,
            Wanted::Kind(kind) => Look::Kind(kind),
            Wanted::Of(process) => Look::Of(process),
        };
        match back {
            true => self.look_back(wanted, look, budget),
            false => {
                let found = AtomicU64::new(0);
                let mut looker = Looker { look, found: &found };
                let seen = Seen { looker: Some(&mut looker), marked: None };
                self.go_on_until(seen, &found, limit, budget)
            }
        }
    }

    /// Simulates on until an observer has seen what it looks for.
    fn go_on_until(
        &mut self,
        seen: Seen<'_>,
        found: &AtomicU64,
        limit: Span,
        budget: u64,
    ) -> Option<Stopped> {
        let wanted = self.place().at + limit;
        let until = self.horizon(wanted);
        let broken = self.run.all_broken().len();
        let mut breaks = super::playing::breaks(broken);
        let mut watch = |run: &Run| found.load(Relaxed) > 0 || breaks(run);
        let mut budget = budget.min(MOST_EVENTS);
        let reached = self.go_seen(Target::Time(until), &mut budget, false, seen, &mut watch);
        self.settle();
        let arrived = if until < wanted { Stopped::End } else { Stopped::Time };
        self.stopped(reached, broken, Some(arrived))
    }

    /// To the last event before the place shown that fits. Where there is none, one stays.
    fn look_back(&mut self, wanted: Wanted, look: Look, budget: u64) -> Option<Stopped> {
        let here = self.place();
        let asked_again = self.search.take().filter(|search| search.wanted == wanted && search.from == here);
        let mut below = asked_again.map_or(here.ordinal, |search| search.below);
        let mut budget = budget.min(MOST_EVENTS);
        while below > 1 {
            if budget == 0 {
                self.search = Some(Search { wanted, from: here, below });
                return Some(Stopped::More);
            }
            let (start, found) = self.last_between(look, below)?;
            budget = budget.saturating_sub(below - start);
            below = found.unwrap_or(start + 1);
            if found.is_some_and(|ordinal| self.came_before(ordinal, here)) {
                return Some(Stopped::Predicate);
            }
        }
        Some(Stopped::NotFound)
    }

    /// Looks through a stretch that ends before an event: where it begins, and the last event in it that fits.
    fn last_between(&mut self, look: Look, below: u64) -> Option<(u64, Option<u64>)> {
        let start = Target::Ordinal(below.saturating_sub(STRETCH + 1));
        let mut run = self.recalled_before(self.branch, start)?;
        let from = Replay::place(&run).ordinal;
        let found = AtomicU64::new(0);
        let mut looker = Looker { look, found: &found };
        let to = Target::Ordinal(below - 1);
        let observers: &mut [&mut dyn Observer] = &mut [&mut looker];
        let all = &mut u64::MAX.clone();
        let reached = self.history.go(self.branch, &mut run, to, all, observers, &mut |_| false);
        (reached == Reached::Target)
            .then_some((from, Some(found.load(Relaxed)).filter(|ordinal| *ordinal > from)))
    }

    /// To the next mark of a kind, or of any; those behind the head are known.
    fn seek_mark(&mut self, kind: Option<MarkKind>, back: bool, limit: Span, budget: u64) -> Option<Stopped> {
        if self.seek_known_mark(kind, back) {
            return Some(Stopped::Predicate);
        }
        if back {
            return Some(Stopped::NotFound);
        }
        self.seek_place(self.head());
        let found = AtomicU64::new(0);
        let seen = Seen { looker: None, marked: Some(Told { kind, found: &found }) };
        self.go_on_until(seen, &found, limit, budget)
    }

    /// To the next mark, of a kind if one is given, in what was simulated, or the one before. `false` if there is none.
    pub(super) fn seek_known_mark(&mut self, kind: Option<MarkKind>, back: bool) -> bool {
        let (here, head) = (self.place(), self.head());
        let wanted = |mark: &&Mark| kind.is_none_or(|kind| mark.kind == kind);
        let marks = self.chronicle().marks().iter().filter(wanted).map(|mark| mark.place.ordinal);
        if back {
            let before: Vec<u64> = marks.filter(|ordinal| *ordinal < here.ordinal).collect();
            return before.into_iter().rev().any(|ordinal| self.came_before(ordinal, here));
        }
        let next = marks.filter(|ordinal| *ordinal > here.ordinal).min();
        if let Some(ordinal) = next {
            self.seek_event(ordinal.min(head.ordinal));
        }
        next.is_some()
    }

    /// Goes to an event behind a place. A command may come as several events, and nobody stands between them: if this one is
    /// of such and the place right after it, one would be where one was.
    fn came_before(&mut self, ordinal: u64, here: Place) -> bool {
        self.seek_event(ordinal);
        if self.place().ordinal < here.ordinal {
            return true;
        }
        self.seek_place(here);
        false
    }
}

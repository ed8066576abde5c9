//! The session without a page: a whole run from a file's text to its verdict, for the command and for tests.
//!
//! What a page asks for bit by bit, a command wants in one go, with nothing kept that it does not print: here are a run
//! from start to end ([`run`]), the same run written as it happens ([`trace`]), and what a run came to ([`Report`]).
//! It knows no file, terminal or thread, names no system (the kinds come in as a list), and prints nothing.

pub mod compare;
mod faults;
mod library;
mod set;
mod witness;

pub use crate::export::{Cast, Format, Say, Who};
pub use crate::scenario::Kinds;
pub use crate::text::doc::MAX_BYTES as MOST_BYTES;
pub use library::{is_name, library_entries, library_names, library_text, nearest_scenario};

use super::tell;
use crate::export::{About, Break, Ending, Recorder, Trace};
use crate::kernel::{Observer, World};
use crate::process::{Arg, Phrase, Time};
use crate::scenario::{self, Broken, Outcome as Came, Run, Scenario, Step};
use crate::session::api::{Bilingual, ExpectationView, Outcome, Problem, Stopped};
use crate::text::typed::typed;
use crate::text::{Doc, Duration};
use crate::view::{CheckView, Mark, ViolationView};
use crate::words::command::CommandKey as K;
use std::fmt;
use std::sync::Arc;
use witness::Witness;

/// What to change about a file before it runs.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Another seed.
    pub seed: Option<u64>,
    /// Another end, as a scenario writes a length of time.
    pub until: Option<Arc<str>>,
    /// `path=value`, in order.
    pub set: Vec<Arc<str>>,
    /// Faults drawn from the seed, beside those of the file.
    pub random_faults: bool,
}

/// A scenario that has been read and validated. Cheap to clone; runs are started from it.
#[derive(Clone)]
pub struct Prepared {
    scenario: Arc<Scenario>,
    random_faults: bool,
}

impl Prepared {
    /// Reads a file's text. What is wrong with it comes with its place; what a change makes wrong, with its path.
    pub fn read(bytes: &[u8], changes: &Changes, kinds: Kinds) -> Result<Prepared, Vec<Problem>> {
        let mut scenario = Scenario::read(bytes, kinds)?;
        if !changes.set.is_empty() {
            let text = set::apply(bytes, &changes.set).map_err(|problem| vec![problem])?;
            scenario = Scenario::read(text.as_bytes(), kinds).map_err(placeless)?;
        }
        if let Some(until) = &changes.until {
            let end = time(until)
                .map_err(|phrase| vec![Problem { path: "--until".into(), ..Problem::whole(phrase) }])?;
            scenario.end_at(end);
        }
        if let Some(seed) = changes.seed {
            scenario.reseed(seed);
        }
        Ok(Prepared { scenario: Arc::new(scenario), random_faults: changes.random_faults })
    }

    /// The same with another seed.
    pub fn with_seed(&self, seed: u64) -> Prepared {
        let mut scenario = (*self.scenario).clone();
        scenario.reseed(seed);
        Prepared { scenario: Arc::new(scenario), ..*self }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.scenario.name
    }
    /// Its title.
    pub fn title(&self) -> &Bilingual {
        &self.scenario.title
    }
    /// Its story.
    pub fn story(&self) -> &Bilingual {
        &self.scenario.story
    }
    /// The seed in force.
    pub fn seed(&self) -> u64 {
        self.scenario.seed
    }
    /// Warnings about the text.
    pub fn warnings(&self) -> &[Problem] {
        &self.scenario.warnings
    }
    /// The scenario a run is made of: with the faults that the seed draws, if they are wanted.
    pub(crate) fn effective(&self) -> Arc<Scenario> {
        if self.random_faults { Arc::new(faults::add(&self.scenario)) } else { self.scenario.clone() }
    }
}

/// An instant or length of time as a scenario writes it: `1500ms`, `30s`, `2min`.
pub fn time(text: &str) -> Result<Time, Phrase> {
    let doc = Doc::read(text.as_bytes()).map_err(|problem| problem.phrase)?;
    let Some(root) = doc.roots().first() else {
        return Err(Phrase::bare(crate::words::scenario::ScenarioKey::Empty));
    };
    let span = typed::<Duration>(&doc, *root, "").map_err(|problem| problem.phrase)?;
    Ok(Time::ZERO + span.0)
}

/// What was found in a text that nobody wrote has no place anyone could look at.
fn placeless(found: Vec<Problem>) -> Vec<Problem> {
    found.into_iter().map(|problem| Problem { line: 0, column: 0, ..problem }).collect()
}

/// How a run came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every expectation was met, and nothing broke that was not expected to.
    AsExpected,
    /// An expectation was not met, or a check broke.
    Failed,
    /// It was stopped by its budget of events before anything could be said.
    Limit,
}

/// What a run came to.
#[derive(Clone, Debug)]
pub struct Report {
    /// The scenario's name.
    pub scenario: Arc<str>,
    /// The seed it ran with.
    pub seed: u64,
    /// How it came out.
    pub verdict: Verdict,
    /// Why it ended.
    pub stopped: Stopped,
    /// What failed, each in a sentence; empty if nothing did.
    pub failures: Vec<Phrase>,
    /// Every check.
    pub checks: Vec<CheckView>,
    /// Every expectation.
    pub expectations: Vec<ExpectationView>,
    /// Events taken.
    pub events: u64,
    /// Virtual time reached.
    pub at: Time,
    /// The digest of the whole history.
    pub digest: u128,
    /// Who is who.
    pub cast: Cast,
}

/// Runs to the end; `watch` is told each notable moment as it happens and says whether to go on telling.
pub fn run(prepared: &Prepared, watch: &mut dyn FnMut(&Mark, &Cast) -> bool) -> Report {
    let mut run = Run::new(prepared.effective());
    let mut witness = Witness::new(&run);
    let mut telling = true;
    let step = loop {
        let step = if telling { run.step(&mut [&mut witness]) } else { run.step(&mut []) };
        if telling {
            witness.look(&run);
            telling = witness.take().iter().all(|mark| watch(mark, witness.cast()));
        }
        if !matches!(step, Step::Event) {
            break step;
        }
    };
    report(&run, step)
}

/// Runs to the end with these observers beside the checks, and nothing told.
pub(crate) fn run_with(scenario: Arc<Scenario>, observers: &mut [&mut dyn Observer]) -> (Run, Step) {
    let mut run = Run::new(scenario);
    let step = run.finish(observers);
    (run, step)
}

/// What to write of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tracing {
    /// In which format.
    pub format: Format,
    /// From when on.
    pub from: Time,
}

/// Runs to the end and writes it as it happens, in bounded memory. `None` where nobody reads on, or where the format takes
/// no more: then the run was not taken to its end.
pub fn trace(
    prepared: &Prepared,
    tracing: &Tracing,
    say: &dyn Say,
    out: &mut dyn fmt::Write,
) -> Option<Verdict> {
    let mut run = Run::new(prepared.effective());
    let groups = run.scenario().systems.iter().map(|system| system.group.clone()).collect();
    let mut trace =
        Trace::new(Recorder::new(run.world(), groups, tell::told), tracing.format.writer(), tracing.from);
    let about =
        About { scenario: prepared.scenario.name.clone(), seed: prepared.seed(), engine: super::ENGINE };
    trace.begin(&about, say, out).ok()?;
    let mut told = 0;
    let step = loop {
        let step = run.step(&mut [trace.recorder()]);
        trace.write(run.world(), say, out).ok()?;
        for broken in &run.all_broken()[told..] {
            trace.broke(&breaks(broken), say, out).ok()?;
        }
        told = run.all_broken().len();
        if !matches!(step, Step::Event) || trace.full() {
            break step;
        }
    };
    let ending = Ending { at: run.place().at, events: run.place().ordinal, digest: run.digest() };
    trace.end(&ending, say, out).ok()?;
    (!matches!(step, Step::Event)).then(|| report(&run, step).verdict)
}

/// A broken check, for a trace.
pub(crate) fn breaks(broken: &Broken) -> Break {
    Break {
        name: broken.name.clone(),
        at: broken.place.at,
        event: broken.violation.event,
        phrase: broken.violation.phrase.clone(),
        expected: broken.expected,
    }
}

/// Names of everybody in a world, and of who has left it.
pub(crate) fn cast(world: &World) -> Cast {
    let mut cast = Cast::default();
    cast.meet(world);
    cast
}

fn violation(broken: &Broken) -> ViolationView {
    ViolationView {
        check: broken.name.clone(),
        place: broken.place,
        event: broken.violation.event,
        phrase: broken.violation.phrase.clone(),
        involved: broken.violation.involved.clone(),
        expected: broken.expected,
    }
}

/// What a run came to that ended with this step.
pub(crate) fn report(run: &Run, step: Step) -> Report {
    let standings = run.expectations();
    let mut failures: Vec<Phrase> =
        run.all_broken().iter().filter(|broken| !broken.expected).map(broke).collect();
    let ended = !matches!(step, Step::Budget | Step::Violation(_));
    failures.extend(standings.iter().filter_map(|standing| unmet(standing, ended)));
    let verdict = match step {
        _ if !failures.is_empty() => Verdict::Failed,
        Step::Budget => Verdict::Limit,
        _ => Verdict::AsExpected,
    };
    let of = |name: &Arc<str>| run.all_broken().iter().find(|broken| broken.name == *name).map(violation);
    let checks = run.checks().iter().map(|check| CheckView {
        name: check.name.clone(),
        title: check.title,
        violation: of(&check.name),
    });
    let expectations = standings.iter().map(|standing| ExpectationView {
        text: standing.text.clone(),
        claim: standing.claim.clone(),
        standing: match standing.outcome {
            Came::Met => Outcome::Met,
            Came::Broken(_) => Outcome::Broken,
            Came::Open => Outcome::Open,
        },
        at: standing.at,
    });
    let stopped = match step {
        Step::Violation(broken) => Stopped::Violation(violation(&broken)),
        Step::Quiet => Stopped::Quiet,
        Step::Budget => Stopped::Budget,
        Step::End | Step::Event | Step::Later => Stopped::End,
    };
    Report {
        scenario: run.scenario().name.clone(),
        seed: run.scenario().seed,
        verdict,
        stopped,
        failures,
        checks: checks.collect(),
        expectations: expectations.collect(),
        events: run.place().ordinal,
        at: run.place().at,
        digest: run.digest(),
        cast: cast(run.world()),
    }
}

fn broke(broken: &Broken) -> Phrase {
    let phrase = Box::new(broken.violation.phrase.clone());
    Phrase::new(
        K::CheckBroke,
        [Arg::Name(broken.name.clone()), Arg::Phrase(phrase), Arg::At(broken.place.at)],
    )
}

/// An expectation that failed, in a sentence. One that is open failed only if the run came to its end.
fn unmet(standing: &scenario::Standing, ended: bool) -> Option<Phrase> {
    let text = Arg::Text(standing.text.clone());
    match &standing.outcome {
        Came::Met => None,
        Came::Broken(why) => {
            Some(Phrase::new(K::ExpectationBroken, [text, Arg::Phrase(Box::new(why.clone()))]))
        }
        Came::Open => ended.then(|| Phrase::new(K::ExpectationOpen, [text])),
    }
}

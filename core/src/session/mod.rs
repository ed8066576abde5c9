//! The session: one run, played, stepped back, sought through, forked, explained and shared.
//!
//! Page and command know the core only through it. It names no system and knows no thread, clock or file; what it
//! takes and gives ([`api`]) is plain data that can cross a worker's boundary ([`transport`]).
//!
//! `history` keeps branches, commands and checkpoints; `chronicle` what is kept of a whole branch; `trace` the last events in
//! full; `playing` and `going` go about in them. `shown`, `frame`, `look`, `verbs`, `tell` and `deeds` say what there is to see;
//! `lesson` how far its reader has come; `explain` and `why` why; `export` writes it for other tools; `compare` lays two branches
//! beside each other, `sides` the systems of a comparison; `tree`, `share`, `link`, `file` and `tape` carry a run elsewhere.

pub mod api;
mod bands;
mod chronicle;
pub mod commands;
pub mod compare;
mod deeds;
mod explain;
pub mod export;
mod file;
mod frame;
mod going;
pub mod golden;
pub mod headless;
pub mod history;
mod imperative;
mod lesson;
pub mod link;
#[cfg(feature = "schema")]
pub mod listing;
mod look;
mod playing;
#[cfg(feature = "schema")]
pub mod schema;
mod share;
mod shown;
pub mod sides;
pub mod sweep;
pub mod tape;
mod tell;
mod trace;
pub mod transport;
pub mod tree;
mod verbs;
mod why;

#[cfg(test)]
mod tests;

/// The scenarios that come with Muster.
pub use crate::scenario::library::{FIRST, LIBRARY, Library};

use crate::export::Say as _;
use crate::export::cast::Keys;
use crate::process::{Arg, Phrase};
use crate::scenario::complete::complete;
use crate::scenario::library::Carried;
use crate::scenario::{Head, Kinds, Scenario};
use crate::text::Problem;
use crate::words::Key;
use crate::words::scenario::ScenarioKey;
use crate::words::session::SessionKey as K;
use api::{Failure, LibraryEntry, Loaded, Reply, Request, Stopped};
use playing::{Origin, Playing};
use std::sync::Arc;

/// The engine's version, as links name it.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// Most events taken for a request that does not say how many.
const USUAL: u64 = 1_000_000;

/// A session.
pub struct Session {
    kinds: Kinds,
    library: Library,
    playing: Option<Box<Playing>>,
    voice: export::Voice,
    part: bool,
}

impl Session {
    /// A session in which nothing is played yet, over these kinds of systems and this library.
    pub fn new(kinds: Kinds, library: impl Into<Library>) -> Self {
        let voice: export::Voice = |_, phrase, cast| Keys.say(phrase, cast);
        Session { kinds, library: library.into(), playing: None, voice, part: false }
    }

    /// The same with a voice for what is written in words; without one they are keys.
    pub fn speaking(self, voice: export::Voice) -> Self {
        Session { voice, ..self }
    }

    /// The same, knowing that these are not all kinds there are: what it makes nothing of it leaves to a session over all of them
    /// ([`Reply::Elsewhere`]), for only that one can say what is wrong.
    pub fn part(self) -> Self {
        Session { part: true, ..self }
    }

    /// How many checkpoints are kept, and their bytes by the session's own estimate.
    pub fn checkpoints(&self) -> (usize, u64) {
        self.playing.as_deref().map_or((0, 0), |playing| playing.history.kept())
    }

    /// Answers a request. A failure changes nothing.
    pub fn handle(&mut self, request: Request) -> Reply {
        let elsewhere = self.part && request.reads();
        let reply = self.answer(request).unwrap_or_else(Reply::Failed);
        if elsewhere { left(reply) } else { reply }
    }

    fn answer(&mut self, request: Request) -> Result<Reply, Failure> {
        match request {
            Request::Load { text, seed } if file::holds_run(&text) => {
                self.open_run(&text, seed).map(|loaded| Reply::Loaded(Box::new(loaded)))
            }
            Request::Load { text, seed } => {
                let scenario = self.read(&text, seed).map_err(Failure::Text)?;
                let known = self.library.name_of(&text);
                let origin = known.map_or(Origin::Text, |name| Origin::Library(name.into()));
                Ok(self.loaded(Playing::new(scenario, origin)))
            }
            Request::LoadLibrary { name, seed } => {
                let unknown = || Phrase::new(K::NotInLibrary, [Arg::Name(name.clone())]);
                let text = self.library.text_of(&name).ok_or_else(unknown).map_err(Failure::Refused)?;
                let scenario = self.read(text, seed).map_err(Failure::Text)?;
                Ok(self.loaded(Playing::new(scenario, Origin::Library(name))))
            }
            Request::Library => Ok(Reply::Library(self.entries())),
            Request::Check(text) => self.check(&text).map(Reply::Checked),
            Request::Complete { text, line, column } => {
                Ok(Reply::Completed(Box::new(complete(&text, line, column, self.kinds))))
            }
            Request::Open(text) => self.open(&text).map(|loaded| Reply::Loaded(Box::new(loaded))),
            request => {
                let nothing = || Failure::Refused(Phrase::bare(K::NothingLoaded));
                let playing = self.playing.as_deref_mut().ok_or_else(nothing)?;
                if let Request::Export { what, written, budget } = &request {
                    let exported = playing.export(what, *written, *budget, self.voice);
                    return exported.map(|it| Reply::Exported(Box::new(it))).map_err(Failure::Refused);
                }
                if let Request::EditCommand(_) | Request::DeleteCommand { .. } = request {
                    return edited(playing, request);
                }
                played(playing, request).map_err(Failure::Refused)
            }
        }
    }

    fn read(&self, text: &str, seed: Option<u64>) -> Result<Scenario, Vec<Problem>> {
        let mut scenario = Scenario::read(text.as_bytes(), self.kinds)?;
        if let Some(seed) = seed {
            scenario.reseed(seed);
        }
        Ok(scenario)
    }

    /// What is wrong with a text.
    fn check(&self, text: &str) -> Result<Vec<Problem>, Failure> {
        let read = if file::holds_run(text) {
            self.read_run(text, None).map(|_| Vec::new())
        } else {
            self.read(text, None).map(|scenario| scenario.warnings).map_err(Failure::Text)
        };
        match read {
            Err(Failure::Text(problems)) => Ok(problems),
            read => read,
        }
    }

    fn loaded(&mut self, playing: Playing) -> Reply {
        Reply::Loaded(Box::new(self.begin(playing, None, None, "".into())))
    }

    /// Plays this from now on.
    fn begin(
        &mut self,
        mut playing: Playing,
        stopped: Option<Stopped>,
        differs: Option<Phrase>,
        view: Arc<str>,
    ) -> Loaded {
        let loaded = Loaded { scenario: playing.info(), shown: playing.shown(stopped), differs, view };
        self.playing = Some(Box::new(playing));
        loaded
    }

    fn entries(&self) -> Vec<LibraryEntry> {
        let entry = |carried: Carried| {
            let Head { title, story, kinds, steps, sides } = carried.head()?;
            Some(LibraryEntry { name: carried.name.into(), title, story, kinds, steps, sides })
        };
        self.library.carried().into_iter().filter_map(entry).collect()
    }
}

/// Answers a request about what is played.
fn played(playing: &mut Playing, request: Request) -> Result<Reply, Phrase> {
    // Whoever goes elsewhere does not want to arrive where a link was leading any more.
    if goes(&request) {
        playing.opening = None;
    }
    let stopped = match request {
        Request::PlayTo { at, budget } => playing.play_to(at, budget),
        Request::Step => playing.step(),
        Request::StepBack => {
            playing.step_back();
            None
        }
        Request::Seek(to) => {
            playing.seek(to);
            None
        }
        Request::RunUntil { predicate, limit, budget } => {
            bounded(&predicate, link::LONGEST_COMMAND)?;
            playing.run_until(&predicate, limit, budget)?
        }
        Request::SeekNext { wanted, back, limit, budget } => playing.seek_next(wanted, back, limit, budget),
        Request::Act(line) => {
            playing.act(&line)?;
            None
        }
        Request::Undo => {
            playing.undo()?;
            None
        }
        Request::Redo => {
            playing.redo()?;
            None
        }
        Request::Fork { name } => {
            playing.fork(name)?;
            None
        }
        Request::Switch { branch } => {
            playing.switch(branch)?;
            playing.hands.forget_undone();
            None
        }
        Request::Rename { branch, name } => {
            playing.rename_branch(branch, &name)?;
            None
        }
        Request::Delete { branch } => {
            playing.delete_branch(branch)?;
            None
        }
        Request::Restore { branch } => {
            playing.restore_branch(branch)?;
            None
        }
        Request::Continue { budget } => {
            if playing.opening.is_none() {
                return Err(Phrase::bare(K::NothingToContinue));
            }
            playing.go_on(if budget == 0 { USUAL } else { budget })
        }
        request => return looked(playing, request),
    };
    Ok(Reply::Shown(Box::new(playing.shown(stopped))))
}

/// Answers a request that changes the list of commands.
fn edited(playing: &mut Playing, request: Request) -> Result<Reply, Failure> {
    playing.opening = None;
    match request {
        Request::EditCommand(edit) => playing.edit(&edit)?,
        Request::DeleteCommand { index, was } => playing.delete(index, &was)?,
        _ => {}
    }
    Ok(Reply::Shown(Box::new(playing.shown(None))))
}

/// Does the request go to another place?
fn goes(request: &Request) -> bool {
    use Request as R;
    matches!(
        request,
        R::PlayTo { .. }
            | R::Step
            | R::StepBack
            | R::Seek(_)
            | R::RunUntil { .. }
            | R::Act(_)
            | R::Undo
            | R::Redo
    ) || matches!(request, R::SeekNext { .. } | R::Fork { .. } | R::Switch { .. } | R::Delete { .. })
}

/// Answers a request that only looks.
fn looked(playing: &mut Playing, request: Request) -> Result<Reply, Phrase> {
    Ok(match request {
        Request::Inspect(process) => Reply::Inspector(Box::new(playing.inspect(process)?)),
        Request::Logs { group, first, columns } => Reply::Logs(playing.logs(group, first, columns)?),
        Request::Window { from, to, arrows, dots, without } => {
            Reply::Window(Box::new(playing.window(from, to, (arrows, dots), &without)))
        }
        Request::Events { until, count } => Reply::Events(playing.events(until, count)),
        Request::Why(subject) => Reply::Why(Box::new(playing.why(subject)?)),
        Request::Explain { event, depth } => Reply::Explained(playing.explain(event, depth)?),
        Request::InspectMessage(message) => Reply::Message(Box::new(playing.message(message)?)),
        Request::StopAt(lines) => Reply::StopsAt(playing.stop_at(&lines)?),
        Request::Judge(line) => Reply::Judged(Box::new(playing.judge(&line))),
        Request::Kinds => Reply::Kinds(playing.kinds()),
        Request::Share => Reply::Link(playing.share(false, "")?.into()),
        Request::ShareAll { view } => Reply::Link(playing.share(true, &view)?.into()),
        Request::Compare { other } => Reply::Compared(Box::new(playing.compare(other)?)),
        Request::Other { branch, at, budget } => Reply::Other(Box::new(playing.other(branch, at, budget)?)),
        Request::Side { which, at, budget } => Reply::Side(Box::new(playing.side(which, at, budget)?)),
        Request::Figures => Reply::Figures(playing.figures()?),
        Request::SaveRun { view } => Reply::Run(playing.save_run(&view)?),
        Request::LinkVerbs { from, to } => Reply::LinkVerbs(Box::new(playing.link_verbs(from, to)?)),
        _ => Reply::Text(playing.save()),
    })
}

/// What a session over a part of the kinds answers where this is its own answer. What is wrong with a text is left to the whole; it
/// may be said by the part if no kind is missing in it; so may what is wrong with a link before its scenario is looked for.
fn left(reply: Reply) -> Reply {
    let is_kind = |problem: &Problem| {
        [ScenarioKey::UnknownKind, ScenarioKey::NotComparable]
            .map(Key::Scenario)
            .contains(&problem.phrase.key)
    };
    let may_say = match &reply {
        Reply::Completed(_) => true,
        Reply::Checked(problems) if problems.iter().all(|problem| problem.warning) => return reply,
        Reply::Checked(problems) | Reply::Failed(Failure::Text(problems)) => !problems.iter().any(is_kind),
        Reply::Failed(Failure::Link(phrase)) => {
            ![K::LinkScenarioGone, K::LinkScenarioBad].map(Key::Session).contains(&phrase.key)
        }
        Reply::Failed(Failure::Refused(phrase)) => phrase.key != Key::Session(K::NotInLibrary),
        Reply::Failed(_) => false,
        _ => return reply,
    };
    Reply::Elsewhere(may_say.then(|| Box::new(reply)))
}

/// A text from outside that is not longer than it may be.
fn bounded(text: &str, most: usize) -> Result<(), Phrase> {
    if text.len() <= most {
        return Ok(());
    }
    Err(Phrase::new(K::TooLongText, [Arg::Number(text.len() as u64), Arg::Number(most as u64)]))
}

//! The branch shown in another tool's format, in pieces: it is taken again from its beginning, with the writers that the command
//! has, so that both say the same to the byte. What plays meanwhile is not touched; the language's words come from the rim.

use super::api::{Export, Exported};
use super::headless::breaks;
use super::history::{Reached, Target};
use super::playing::{MOST_EVENTS, Playing};
use super::{ENGINE, bounded, tell};
use crate::export::{About, Cast, Ending, Recorder, Trace};
use crate::kernel::Observer;
use crate::process::{Arg, Phrase};
use crate::scenario::Run;
use crate::view::Place;
use crate::words::export::ExportKey as K;
use std::fmt;

/// Makes words of a phrase in the language of a tag (BCP 47).
pub type Voice = fn(&str, &Phrase, &Cast) -> String;

/// Most megabytes that are written.
pub const MOST_MEGABYTES: u64 = 64;
/// A piece ends after so many bytes.
const PIECE: usize = 1 << 20;
/// Longest tag of a language (BCP 47, section 4.4.1).
const LONGEST_TAG: usize = 35;

/// An export on its way.
pub struct Exporting {
    what: Export,
    branch: u32,
    run: Run,
    to: Target,
    trace: Trace,
    told: usize,
    bytes: u64,
}

impl Playing {
    /// The next piece of an export, or the first.
    pub(super) fn export(
        &mut self,
        what: &Export,
        written: u64,
        budget: u64,
        voice: Voice,
    ) -> Result<Exported, Phrase> {
        bounded(&what.lang, LONGEST_TAG)?;
        let on_the_way = self.exporting.take().filter(|known| written > 0 && known.what == *what);
        let mut exporting = match on_the_way {
            Some(known) if known.bytes == written => known,
            _ if written > 0 => return Err(Phrase::bare(K::Interrupted)),
            _ => Box::new(self.begin_export(what)?),
        };
        let mut text = String::new();
        let done = exporting
            .go_on(self, budget.clamp(1, MOST_EVENTS), voice, &mut text)
            .map_err(|fmt::Error| Phrase::bare(K::Interrupted))?;
        exporting.bytes += text.len() as u64;
        if exporting.bytes > MOST_MEGABYTES << 20 {
            return Err(Phrase::new(K::TooMuch, [Arg::Number(MOST_MEGABYTES)]));
        }
        let at = exporting.run.place();
        self.exporting = (!done).then_some(exporting);
        Ok(Exported { text, at, more: !done })
    }

    fn begin_export(&self, what: &Export) -> Result<Exporting, Phrase> {
        let (head, here) = (self.head(), self.place());
        if what.to.unwrap_or(here.at) < what.from {
            return Err(Phrase::bare(K::Backwards));
        }
        let to = match what.to {
            None => Target::Place(here),
            Some(to) if to >= head.at => Target::Place(head),
            Some(to) => Target::Time(to),
        };
        let first = self.history.before(self.branch, Target::Ordinal(0));
        let run = first.ok_or(Phrase::bare(K::Interrupted))?;
        let recorder = Recorder::new(run.world(), self.groups.clone(), tell::told);
        let trace = Trace::new(recorder, what.format.writer(), what.from);
        Ok(Exporting { what: what.clone(), branch: self.branch, run, to, trace, told: 0, bytes: 0 })
    }
}

impl Exporting {
    /// Takes events and writes them, as long as the budget lasts. Is all of it written?
    fn go_on(
        &mut self,
        playing: &mut Playing,
        mut budget: u64,
        voice: Voice,
        text: &mut String,
    ) -> Result<bool, fmt::Error> {
        let lang = self.what.lang.clone();
        let say = move |phrase: &Phrase, cast: &Cast| voice(&lang, phrase, cast);
        if self.bytes == 0 {
            let (scenario, seed) = (playing.scenario.name.clone(), playing.scenario.seed);
            self.trace.begin(&About { scenario, seed, engine: ENGINE }, &say, text)?;
        }
        while budget > 0 && text.len() < PIECE {
            budget -= 1;
            let went_on = self.step(playing);
            self.trace.write(self.run.world(), &say, text)?;
            for broken in &self.run.all_broken()[self.told..] {
                self.trace.broke(&breaks(broken), &say, text)?;
            }
            self.told = self.run.all_broken().len();
            if !went_on || self.trace.full() {
                let Place { at, ordinal: events } = self.run.place();
                let ending = Ending { at, events, digest: self.run.digest() };
                self.trace.end(&ending, &say, text)?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// One event of known ground, or the clock's last stretch; `false` at the end.
    fn step(&mut self, playing: &mut Playing) -> bool {
        let next = match self.to {
            Target::Place(to) if self.run.place().ordinal < to.ordinal => {
                Target::Ordinal(self.run.place().ordinal + 1)
            }
            to => to,
        };
        let observers: &mut [&mut dyn Observer] = &mut [self.trace.recorder()];
        let reached = playing.history.go(self.branch, &mut self.run, next, &mut 1, observers, &mut |_| false);
        match reached {
            Reached::Target => next != self.to,
            Reached::Budget => true,
            Reached::Halted | Reached::Watched => false,
        }
    }
}

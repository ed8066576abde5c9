//! The sides of a comparison: the first is played as any scenario, and the others follow it in time.
//!
//! Each of the others is a run of its own with its own history. What is done by hand on the branch shown strikes it at the same
//! virtual time, as long as it means the same to every system; where the list of what was done has changed, the side goes back to
//! before the first difference and comes on again. So where a side stands depends on that list and the place, and on nothing else.

use super::commands::{CommandView, Fate};
use super::history::{Bounds, Planned, Target};
use super::imperative;
use super::playing::{MOST_EVENTS, Origin, Playing};
use super::shown::checks;
use crate::process::{Arg, Phrase, ProcessId, Time};
use crate::scenario::Scenario;
use crate::scenario::command::Command;
pub use crate::scenario::measure::figures::{Latency, Loss, Measured, Outage};
use crate::view::{CheckView, Frame, Mark, NoteView, Place};
use crate::words::session::SessionKey as K;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Most events that a side takes in new ground for its figures to come to the time shown.
const FOR_FIGURES: u64 = 20_000;

/// A side of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SideInfo {
    /// What it is called.
    pub name: Arc<str>,
    /// The kind of system.
    pub kind: Arc<str>,
    /// Its scenario's text, as it would be written alone.
    pub text: Arc<str>,
}

/// Another side at the place asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SideView {
    /// Which; the first one, which is shown, is 0.
    pub which: u32,
    /// What it is called.
    pub name: Arc<str>,
    /// The kind of system.
    pub kind: Arc<str>,
    /// Its stage.
    pub frame: Frame,
    /// Its digest, upper 64 bits.
    pub digest: u64,
    /// It has not come there within its budget: ask again.
    pub more: bool,
    /// Names of its processes, for phrases.
    pub names: Vec<(ProcessId, Arc<str>)>,
    /// Every check of this side.
    pub checks: Vec<CheckView>,
    /// Marks of its whole history, thinned.
    pub marks: Vec<Mark>,
    /// Answers and refusals of commands on this side, newest last: also of those of the common timeline.
    pub remarks: Vec<NoteView>,
    /// What was done by hand on the branch shown and not on this side: it is of the first system alone, or was refused here.
    pub apart: Vec<CommandView>,
}

/// What one side costs and how it serves, up to a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Which side.
    pub which: u32,
    /// What it is called.
    pub name: Arc<str>,
    /// The kind of system.
    pub kind: Arc<str>,
    /// Up to where.
    pub place: Place,
    /// It has not come to the time shown yet: ask again.
    pub more: bool,
    /// The figures.
    pub measured: Measured,
}

/// Another side, as it goes along.
pub struct Aside {
    name: Arc<str>,
    kind: Arc<str>,
    playing: Box<Playing>,
    /// What it was given by hand, and when.
    given: Vec<(Time, Arc<Command>)>,
}

/// Where so many sides share what one run may keep.
pub(super) fn bounds(sides: usize) -> Bounds {
    let (usual, share) = (Bounds::default(), sides.max(1));
    Bounds { checkpoints: usual.checkpoints / share, bytes: usual.bytes / share as u64, ..usual }
}

/// The other sides of a comparison, at their beginning.
pub(super) fn asides(scenario: &Scenario) -> Vec<Aside> {
    let bounds = bounds(scenario.sides.len());
    let others = scenario.sides.iter().skip(1);
    others
        .map(|side| Aside {
            name: side.name.clone(),
            kind: side.kind.clone(),
            playing: Box::new(Playing::alone(side.scenario.clone(), Origin::Text, bounds)),
            given: Vec::new(),
        })
        .collect()
}

/// The sides, for people.
pub(super) fn infos(scenario: &Scenario) -> Vec<SideInfo> {
    let info = |side: &crate::scenario::comparison::Side| SideInfo {
        name: side.name.clone(),
        kind: side.kind.clone(),
        text: side.scenario.text.clone(),
    };
    scenario.sides.iter().map(info).collect()
}

impl Aside {
    /// Is given these commands by hand and no others. What it has been through with others is forgotten.
    fn give(&mut self, wanted: &[(Time, Arc<Command>)]) {
        if self.given == wanted {
            return;
        }
        let same = self.given.iter().zip(wanted).take_while(|(one, two)| one == two).count();
        let differ = [self.given.get(same), wanted.get(same)].into_iter().flatten().map(|(at, _)| *at).min();
        let from = differ.unwrap_or(Time::ZERO);
        self.given = wanted.to_vec();
        let playing = &mut *self.playing;
        if playing.head().at >= from
            && let Some(run) = playing.history.rewind(0, from)
        {
            playing.forget_from(run);
        }
        // What was given so far was carried out, or refused.
        let known = playing.history.branch(0).map_or(0, |branch| branch.commands.len() + branch.unfit.len());
        // As by hand: after all events of its instant, and one right after the other.
        let with =
            |before: Option<&(Time, Arc<Command>)>, at: Time| before.is_some_and(|(last, _)| *last == at);
        let plan = (known..wanted.len()).map(|nth| {
            let (at, command) = wanted[nth].clone();
            let before = nth.checked_sub(1).and_then(|before| wanted.get(before));
            Planned { at, after: if with(before, at) { 0 } else { u64::MAX }, command }
        });
        playing.history.plan(0, plan.collect());
    }

    /// Comes beside a place of the first side, within a budget for new ground; whether there is more to go.
    ///
    /// Events of two systems have nothing but their times in common. Only at the beginning is it known that nothing has happened on
    /// either, though its time is that of the first events too.
    fn come(&mut self, beside: Place, budget: u64) -> bool {
        let beginning = Place::default();
        let target = if beside == beginning { Target::Place(beginning) } else { Target::Time(beside.at) };
        self.playing.follow(target, budget.min(MOST_EVENTS))
    }
}

impl Playing {
    /// What was done by hand on the branch shown, and is for every side.
    fn for_all(&self) -> Vec<(Time, Arc<Command>)> {
        let all = self.by_hand().into_iter();
        all.filter(|(_, command)| command.is_for_all()).collect()
    }

    /// Another side beside a place of the branch shown.
    pub(super) fn side(&mut self, which: u32, at: Place, budget: u64) -> Result<SideView, Phrase> {
        if self.asides.is_empty() {
            return Err(Phrase::bare(K::NoSides));
        }
        let wanted = self.for_all();
        let unknown = || Phrase::new(K::NoSuchSide, [Arg::Number(u64::from(which) + 1)]);
        let place = (which as usize).checked_sub(1).ok_or_else(unknown)?;
        let aside = self.asides.get_mut(place).ok_or_else(unknown)?;
        aside.give(&wanted);
        let more = aside.come(at, budget);
        let aside = &self.asides[place];
        let playing = &aside.playing;
        let names = playing.run.world().process_names().map(|(id, name, _)| (id, name.clone()));
        Ok(SideView {
            which,
            name: aside.name.clone(),
            kind: aside.kind.clone(),
            frame: playing.frame(),
            digest: (playing.run.digest() >> 64) as u64,
            more,
            names: names.collect(),
            checks: checks(&playing.run),
            marks: playing.chronicle().marks().to_vec(),
            remarks: playing.remarks(),
            apart: self.apart(aside),
        })
    }

    /// What was done by hand on the branch shown and not on a side, as far as the side stands: what it would refuse later it may have
    /// found out already, or not.
    fn apart(&self, aside: &Aside) -> Vec<CommandView> {
        let view = |place: Place, command: &Command, reason: Phrase| CommandView {
            place,
            text: command.to_string().into(),
            sentence: imperative::sentence(command),
            inherited: false,
            fate: Fate::Refused(reason),
        };
        let own = self.by_hand().into_iter().filter(|(_, command)| !command.is_for_all());
        let own = own
            .map(|(at, command)| view(Place { ordinal: 0, at }, &command, Phrase::bare(K::FirstSideAlone)));
        let branch = aside.playing.history.branch(0);
        let stands = aside.playing.run.place();
        let unfit = branch.into_iter().flat_map(|branch| &branch.unfit);
        let unfit = unfit.filter(|unfit| unfit.place <= stands);
        let unfit = unfit.map(|unfit| view(unfit.place, &unfit.command, unfit.reason.clone()));
        let mut all: Vec<CommandView> = own.chain(unfit).collect();
        all.sort_by_key(|command| command.place.at);
        all
    }

    /// The figures of every side at the time shown, or as far as the side has come.
    pub(super) fn figures(&mut self) -> Result<Vec<Figures>, Phrase> {
        let own = self.run.figures().filter(|_| !self.asides.is_empty());
        let own = own.ok_or_else(|| Phrase::bare(K::NoSides))?;
        let (wanted, at) = (self.for_all(), self.place());
        let first = self.scenario.sides.first().map(|side| (side.name.clone(), side.kind.clone()));
        let (name, kind) = first.unwrap_or_default();
        let mut all = vec![Figures { which: 0, name, kind, place: self.place(), more: false, measured: own }];
        for (which, aside) in (1..).zip(&mut self.asides) {
            aside.give(&wanted);
            let more = aside.come(at, FOR_FIGURES);
            let run = &aside.playing.run;
            let (name, kind, place) = (aside.name.clone(), aside.kind.clone(), run.place());
            let measured = run.figures().unwrap_or_default();
            all.push(Figures { which, name, kind, place, more, measured });
        }
        Ok(all)
    }
}

//! A run as a link, a link as a run, and a run as a scenario file.

use super::api::{Failure, Loaded, Stopped};
use super::history::{Reached, Target};
use super::link::{Link, LinkScenario, decode, encode, text_hash};
use super::playing::{Origin, Playing};
use super::tape::Tape;
use super::tree::{LONGEST_VIEW, Tree};
use super::{ENGINE, Session};
use crate::process::{Arg, Phrase};
use crate::scenario::{Command, Scenario};
use crate::view::Place;
use crate::words::session::SessionKey as K;
use std::sync::Arc;

/// Most events taken before the first answer to a link.
const FIRST: u64 = 100_000;

/// A run from elsewhere on its way to the place it shows.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The place it shows, on the branch shown.
    pub(super) shown: Place,
    /// The digest there, its upper 64 bits.
    pub(super) digest: u64,
    /// Nothing is said of the digest: the file was written by hand.
    unknown: bool,
    /// Digests along the way.
    tape: Tape,
    /// Version of the engine that wrote it.
    engine: Arc<str>,
    /// The library's text is another than the link's.
    changed: Option<Phrase>,
}

impl Playing {
    /// The run as a link: with all branches, if that is wanted and they fit, or else with the one shown.
    pub fn share(&self, all: bool, view: &str) -> Result<String, Phrase> {
        super::bounded(view, LONGEST_VIEW)?;
        let scenario = match &self.origin {
            Origin::Library(name) => {
                LinkScenario::Library { name: name.clone(), hash: text_hash(&self.scenario.text) }
            }
            Origin::Text => LinkScenario::Inline(self.scenario.text.clone()),
        };
        let tree = self.tree();
        let tape = match &self.opening {
            Some(opening) => opening.tape.clone(),
            None => self.chronicle().tape.until(tree.shown.ordinal),
        };
        let (engine, seed) = (ENGINE.into(), self.scenario.seed);
        let mut link = Link { engine, scenario, seed, tree, tape, view: view.into() };
        if all && let Ok(text) = encode(&link) {
            return Ok(text);
        }
        link.tree = link.tree.alone();
        encode(&link).map_err(Phrase::from)
    }

    /// A run that is made from this tree, still at its beginning; [`Playing::go_on`] brings it to the place shown.
    pub(super) fn of_tree(
        scenario: Scenario,
        origin: Origin,
        tree: &Tree,
        engine: Arc<str>,
        tape: Tape,
        changed: Option<Phrase>,
    ) -> Result<Playing, Phrase> {
        let branches = tree.foreseen()?;
        let mut playing = Playing::new(scenario, origin);
        playing.chronicles.resize_with(branches.len().max(1), Default::default);
        playing.history.foresee(branches);
        playing.show_branch(tree.branch);
        let (shown, digest) = (tree.shown, tree.digest);
        playing.opening = Some(Opening { shown, digest, unknown: false, tape, engine, changed });
        Ok(playing)
    }

    /// Where it is going nobody knows the digest, so that no other can differ.
    pub(super) fn says_no_digest(&mut self) {
        if let Some(opening) = &mut self.opening {
            opening.unknown = true;
        }
    }

    /// Goes on towards the place a link shows. `None` if no link is being opened.
    pub fn go_on(&mut self, budget: u64) -> Option<Stopped> {
        let opening = self.opening.clone()?;
        let mut budget = budget.min(super::playing::MOST_EVENTS);
        let shown = opening.shown;
        let shown = Place { at: shown.at.min(self.scenario.until), ..shown };
        let reached = self.go(Target::Place(shown), &mut budget, false, &mut |_| false);
        self.settle();
        if reached == Reached::Budget {
            return Some(Stopped::More);
        }
        self.opening = None;
        if let Some(phrase) = self.differs(&opening) {
            return Some(Stopped::Differs(phrase));
        }
        match reached {
            Reached::Halted => Some(self.halted()),
            _ => None,
        }
    }

    /// Where this run differs from the one that was shared.
    fn differs(&self, opening: &Opening) -> Option<Phrase> {
        let place = self.place();
        let same =
            place.ordinal == opening.shown.ordinal && (self.run.digest() >> 64) as u64 == opening.digest;
        if same || opening.unknown {
            return None;
        }
        let said = |key, from: u64, to: u64| {
            let engines = [Arg::Text(opening.engine.clone()), Arg::Text(ENGINE.into())];
            let mut args = vec![Arg::Number(from), Arg::Number(to)];
            args.extend(engines);
            Phrase::new(key, args)
        };
        let tape = &self.chronicle().tape.until(place.ordinal);
        let between = tape.differs(&opening.tape).map(|(from, to)| said(K::DiffersBetween, from, to));
        let short = (place.ordinal < opening.shown.ordinal)
            .then(|| said(K::DiffersShort, place.ordinal, opening.shown.ordinal));
        let after = || said(K::DiffersAfter, tape.last().min(opening.tape.last()), opening.shown.ordinal);
        // That the file has changed says more than where it shows.
        opening.changed.clone().or(between).or(short).or_else(|| Some(after()))
    }

    /// The scenario's text with the commands given by hand in its timeline.
    pub fn save(&self) -> Arc<str> {
        let mut lines = String::new();
        // A comparison's timeline has what is for all its sides, and nothing else.
        let whole = self.scenario.sides.is_empty();
        let fits = |text: &str| whole || Command::parse(text).is_ok_and(|command| command.is_for_all());
        for (place, text) in self.commands().into_iter().filter(|(_, text)| fits(text)) {
            // A file's commands come before everything else of their instant, and this one came after an event: a nanosecond
            // later there is room.
            let at = place.at.0.saturating_add(1);
            lines.push_str(&format!("- {{ at: {at}ns, do: {} }}\n", braced(&text)));
        }
        with_timeline(&self.scenario.text, &lines, self.scenario.seed).into()
    }
}

/// A command's line as a value within braces.
pub(super) fn braced(line: &str) -> String {
    if line.starts_with('{') { line.to_owned() } else { format!("{{ {line} }}") }
}

/// A scenario's text with more lines at the end of its timeline, and another seed.
fn with_timeline(text: &str, steps: &str, seed: u64) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let of_scenario = |lines: &[String], key: &str| lines.iter().position(|line| line.starts_with(key));
    match of_scenario(&lines, "seed:") {
        Some(at) => lines[at] = format!("seed: {seed}"),
        None => {
            let at = of_scenario(&lines, "kind: Scenario").map_or(lines.len(), |at| at + 1);
            lines.insert(at, format!("seed: {seed}"));
        }
    }
    if steps.is_empty() {
        return lines.join("\n") + "\n";
    }
    match of_scenario(&lines, "timeline:") {
        Some(at) => {
            let own = |line: &&String| line.starts_with([' ', '-', '#']) || line.trim().is_empty();
            let count = lines[at + 1..].iter().take_while(own).count();
            let block = &lines[at + 1..at + 1 + count];
            let last = block.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
            let item = block.iter().find(|line| line.trim_start().starts_with("- "));
            let indent = item.map_or(2, |line| line.len() - line.trim_start().len());
            if lines[at].trim_end() != "timeline:" {
                // Written in braces on its own line: empty, or it would have lines of its own.
                lines[at] = "timeline:".to_owned();
            }
            let steps = steps.lines().map(|step| format!("{:indent$}{step}", ""));
            let steps: Vec<String> = steps.collect();
            let end = at + 1 + last;
            lines.splice(end..end, steps);
        }
        None => {
            let end = of_scenario(&lines, "---").filter(|at| *at > 0).unwrap_or(lines.len());
            let mut block = vec!["timeline:".to_owned()];
            block.extend(steps.lines().map(|step| format!("  {step}")));
            lines.splice(end..end, block);
        }
    }
    lines.join("\n") + "\n"
}

impl Session {
    /// Opens a link's text. What is played stays as it is if that fails.
    pub(super) fn open(&mut self, text: &str) -> Result<Loaded, Failure> {
        let bad = |phrase| Failure::Link(phrase);
        let link = decode(text).map_err(|error| bad(error.into()))?;
        let (source, origin, changed) = self.source(&link).map_err(bad)?;
        let scenario = self.read(&source, Some(link.seed)).map_err(|problems| {
            let first = problems.into_iter().next().map(|problem| problem.phrase);
            let first = first.unwrap_or(Phrase::bare(K::LinkDamaged));
            bad(Phrase::new(K::LinkScenarioBad, [Arg::Phrase(Box::new(first))]))
        })?;
        let Link { engine, tape, tree, view, .. } = link;
        let playing = Playing::of_tree(scenario, origin, &tree, engine, tape, changed).map_err(bad)?;
        Ok(self.set_out(playing, view))
    }

    /// Plays a run from elsewhere, as far on its way to the place it shows as the first answer may take.
    pub(super) fn set_out(&mut self, mut playing: Playing, view: Arc<str>) -> Loaded {
        let stopped = playing.go_on(FIRST);
        let differs = match &stopped {
            Some(Stopped::Differs(phrase)) => Some(phrase.clone()),
            _ => None,
        };
        self.begin(playing, stopped, differs, view)
    }

    /// The text of a link's scenario, and what to say if the library's is another than it was.
    fn source(&self, link: &Link) -> Result<(Arc<str>, Origin, Option<Phrase>), Phrase> {
        match &link.scenario {
            LinkScenario::Inline(text) => Ok((text.clone(), Origin::Text, None)),
            LinkScenario::Library { name, hash } => {
                let gone = || Phrase::new(K::LinkScenarioGone, [Arg::Name(name.clone())]);
                let text = self.library.text_of(name).ok_or_else(gone)?;
                let args = [Arg::Name(name.clone()), Arg::Text(link.engine.clone())];
                let changed = (text_hash(text) != *hash).then(|| Phrase::new(K::DiffersScenario, args));
                Ok((text.into(), Origin::Library(name.clone()), changed))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: &str = "- { at: 2000000001ns, do: { crash: n1 } }\n";

    #[test]
    fn commands_go_to_the_end_of_the_timeline() {
        let text = "kind: Scenario\nseed: 7\ntimeline:\n  - { at: 1s, do: { crash: n1 } }\n\nexpect: []\n";
        let saved = with_timeline(text, STEP, 9);
        assert_eq!(
            saved,
            "kind: Scenario\nseed: 9\ntimeline:\n  - { at: 1s, do: { crash: n1 } }\n  - { at: 2000000001ns, do: { crash: n1 } }\n\nexpect: []\n"
        );
    }

    #[test]
    fn a_text_without_timeline_or_seed_gets_them() {
        let saved = with_timeline("kind: Scenario\nsystems: []\n---\nkind: Service\n", STEP, 9);
        assert_eq!(
            saved,
            "kind: Scenario\nseed: 9\nsystems: []\ntimeline:\n  - { at: 2000000001ns, do: { crash: n1 } }\n---\nkind: Service\n"
        );
        assert_eq!(
            with_timeline("kind: Scenario\nseed: 1\ntimeline: []\n", STEP, 1),
            "kind: Scenario\nseed: 1\ntimeline:\n  - { at: 2000000001ns, do: { crash: n1 } }\n"
        );
    }
}

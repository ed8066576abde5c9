//! The stages of a comparison as they are read from the page, and what the command `muster` says of the same comparison. It knows
//! nothing of what a test does on the page.

use super::muster;
use crate::{Page, Result};
use serde::Deserialize;
use serde_json::Value;

/// What stands on one of the stages beside one another.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Stage {
    /// What is written above it: the side's name and its kind.
    pub title: [String; 2],
    /// The number of its event.
    pub ordinal: u64,
    /// The upper half of its digest.
    pub digest: String,
    /// Who is on it, and how they are.
    pub actors: Vec<String>,
}

/// Reads all stages.
const STAGES: &str = "
  const of = (stage, ordinal, digest) => ({
    title: [stage.querySelector('.stage-name b').innerText, stage.querySelector('.stage-name .eyebrow').textContent],
    ordinal: Number(ordinal),
    digest,
    actors: [...stage.querySelectorAll('.actor')].map(one => `${one.dataset.name} ${[...one.classList].filter(name => !['actor', 'selected', 'pointed'].includes(name)).sort().join(' ')}`),
  });
  const [played, ...others] = document.querySelectorAll('.stage');
  return [of(played, document.querySelector('#ordinal').textContent, document.querySelector('[data-digest]').dataset.digest),
    ...others.map(stage => of(stage, stage.dataset.ordinal, stage.dataset.digestOf))];";

/// All stages, once the page rests, the one that is played first.
pub async fn stages(page: &Page) -> Result<Vec<Stage>> {
    page.rest().await?;
    Ok(serde_json::from_value(page.js(STAGES).await?)?)
}

/// A comparison as the command knows it.
pub struct Known {
    /// Each side as a scenario of its own.
    pub texts: Vec<String>,
}

impl Known {
    /// Its sides, as the command writes each of them down.
    pub fn of(comparison: &str) -> Result<Self> {
        let side = |name: &&str| muster(&["compare", comparison, "--side", name], "");
        Ok(Known { texts: ["raft", "multi-paxos", "replica-set"].iter().map(side).collect::<Result<_>>()? })
    }

    /// The upper halves of the digests that the sides have at a time, each run alone.
    pub fn digests(&self, nanos: u64) -> Result<Vec<String>> {
        let digest = |text: &String| -> Result<String> {
            let said = muster(&["run", "-", "--until", &format!("{nanos}ns"), "--digest"], text)?;
            let digest = said.split_whitespace().last().and_then(|digest| digest.get(..16));
            Ok(digest.ok_or("no digest")?.to_owned())
        };
        self.texts.iter().map(digest).collect()
    }

    /// All stages stand at the time of the event that the first one shows: each of the others after all of its own up to then, and the
    /// first as well, unless it is shown between two of one instant. At event 0 nothing has happened on any.
    pub fn is_shown(&self, there: &[Stage], times: &[u64]) -> Result {
        let event = there[0].ordinal as usize;
        if event == 0 {
            assert!(there.iter().all(|stage| stage.ordinal == 0), "{there:?}");
            return Ok(());
        }
        let at = times[event];
        let mut alone = self.digests(at)?;
        if times.get(event + 1) == Some(&at) {
            alone[0].clone_from(&there[0].digest);
        }
        assert_eq!(digests(there), alone, "at event {event}, {at} ns");
        Ok(())
    }

    /// When each event of the first side happens.
    pub fn times(&self) -> Result<Vec<u64>> {
        let trace = muster(&["trace", "-", "--to", "jsonl"], &self.texts[0])?;
        let mut times = vec![0];
        for line in trace.lines() {
            let line: Value = serde_json::from_str(line)?;
            if let (Some(ordinal), Some(at)) = (line["ordinal"].as_u64(), line["at"].as_str()) {
                times.resize(times.len().max(ordinal as usize + 1), 0);
                times[ordinal as usize] = at.parse()?;
            }
        }
        Ok(times)
    }
}

/// The digests of all stages.
pub fn digests(stages: &[Stage]) -> Vec<String> {
    stages.iter().map(|stage| stage.digest.clone()).collect()
}

/// What is written above each.
pub fn titles(stages: &[Stage]) -> Vec<String> {
    stages.iter().map(|stage| stage.title.join(" ")).collect()
}

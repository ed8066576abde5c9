//! Who of a group can hear whom: what that means for votes and answers.

use super::{Asked, K};
use crate::consensus::quorum::majority;
use crate::process::{Arg, Phrase, ProcessId};
use crate::system::reach::{Trouble, cut, further, met, trouble};
use crate::view::Reason;

impl Asked<'_> {
    /// Why somebody has not answered somebody's question.
    pub(super) fn silent(&self, voter: ProcessId, by: ProcessId) -> Reason {
        let trouble = trouble(self.world, by, voter);
        let key = match trouble {
            Some(Trouble::Down) => K::SilentDown,
            Some(Trouble::Paused) => K::SilentPaused,
            Some(Trouble::CutOut | Trouble::CutBack) => K::SilentCut,
            None => K::SilentYet,
        };
        let args = match trouble {
            Some(trouble) => cut(by, voter, trouble).to_vec(),
            None => vec![Arg::Process(voter), Arg::Process(by)],
        };
        let reason = Reason::not(Phrase::new(key, args));
        reason.then(trouble.map(|trouble| further(by, voter, trouble)))
    }

    /// The largest number of voters that one of them can speak with.
    pub(super) fn most_that_meet(&self, voters: &[ProcessId]) -> usize {
        let up = |id: &&ProcessId| self.member(**id).is_some();
        voters.iter().filter(up).map(|id| met(self.world, *id, voters).len()).max().unwrap_or(0)
    }

    /// Can nobody be elected, because too few run or can speak with each other?
    pub(super) fn no_majority(&self) -> Option<Reason> {
        let voters = &self.configuration().map_or_else(|| self.kept(), |known| known.voters.clone());
        let need = majority(voters.len());
        let down: Vec<ProcessId> =
            voters.iter().copied().filter(|id| trouble(self.world, *id, *id).is_some()).collect();
        let up = voters.len() - down.len();
        let count = super::number;
        if up < need {
            let args = [count(up), count(voters.len()), super::who(&down), count(need)];
            let next = down.iter().filter_map(|id| Some(further(*id, *id, trouble(self.world, *id, *id)?)));
            return Some(Reason::not(Phrase::new(K::FewUp, args)).then(next));
        }
        let most = self.most_that_meet(voters);
        if most >= need {
            return None;
        }
        let pairs = || voters.iter().flat_map(|a| voters.iter().map(move |b| (*a, *b)));
        let cut = pairs().find_map(|(a, b)| {
            let trouble = trouble(self.world, a, b)?;
            (trouble == Trouble::CutOut).then(|| further(a, b, trouble))
        });
        let args = [count(most), count(voters.len()), count(need)];
        Some(Reason::not(Phrase::new(K::NoMajorityMeets, args)).then(cut))
    }
}

//! The durable term never goes back: a member that forgot a term could vote in it again (§3.8).
//!
//! It remembers one number a member: the term its disk held when it was last looked at.

use super::{Broken, Changes, Observes, Scene};
use crate::check::Invariant;
use crate::process::Arg;
use crate::words::check::CheckKey;

#[derive(Clone, Default)]
pub(super) struct DurableTermMonotonic {
    /// By the members' places.
    terms: Vec<u64>,
}

impl Observes for DurableTermMonotonic {
    fn invariant(&self) -> Invariant {
        Invariant { name: "durableTermMonotonic", title: CheckKey::DurableTermMonotonic.into() }
    }

    fn wants(&self) -> Changes {
        Changes::DISK.and(Changes::BOOTED)
    }

    fn saw(&mut self, scene: &Scene<'_>) -> Option<Broken> {
        if self.terms.len() <= scene.who {
            self.terms.resize(scene.who + 1, 0);
        }
        let now = scene.sight.durable_term(scene.who).unwrap_or(0);
        let before = std::mem::replace(&mut self.terms[scene.who], now);
        let id = scene.actor().id;
        (now < before).then(|| {
            let args = [Arg::Process(id), Arg::Epoch(before), Arg::Epoch(now)];
            Broken::new(CheckKey::TermWentBack, args, [id])
        })
    }

    fn copy(&self) -> Box<dyn Observes> {
        Box::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::hand_made::Group;
    use super::*;

    #[test]
    fn a_term_that_goes_back_on_a_disk_breaks_it() {
        let mut group = Group::of(2);
        let mut check = DurableTermMonotonic::default();
        assert_eq!(group.sync(0, 3, &mut check), None);
        assert_eq!(group.sync(1, 1, &mut check), None, "another member's");
        assert_eq!(group.sync(0, 3, &mut check), None);
        assert!(group.sync(0, 2, &mut check).is_some());
    }

    #[test]
    fn a_wiped_disk_breaks_it() {
        let mut group = Group::of(2);
        let mut check = DurableTermMonotonic::default();
        group.sync(0, 3, &mut check);
        assert!(group.wipe(0, &mut check).is_some());
    }
}

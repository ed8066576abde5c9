//! The commit index never goes back within an incarnation: what was known to be committed stays so.
//!
//! It remembers nothing: the watch knows what the commit index was.

use super::{Broken, Changes, Observes, Scene};
use crate::check::Invariant;
use crate::process::Arg;
use crate::words::check::CheckKey;

#[derive(Clone, Default)]
pub(super) struct CommitIndexMonotonic;

impl Observes for CommitIndexMonotonic {
    fn invariant(&self) -> Invariant {
        Invariant { name: "commitIndexMonotonic", title: CheckKey::CommitIndexMonotonic.into() }
    }

    fn wants(&self) -> Changes {
        Changes::COMMIT
    }

    fn saw(&mut self, scene: &Scene<'_>) -> Option<Broken> {
        let actor = scene.actor();
        let went_back = actor.was.up
            && actor.was.incarnation == actor.is.incarnation
            && actor.is.commit < actor.was.commit;
        went_back.then(|| {
            let args = [Arg::Process(actor.id), Arg::Number(actor.was.commit), Arg::Number(actor.is.commit)];
            Broken::new(CheckKey::CommitWentBack, args, [actor.id])
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
    fn going_back_breaks_it_and_a_restart_does_not() {
        let mut group = Group::of(2);
        let mut check = CommitIndexMonotonic;
        group.set_log(0, &[1, 1, 1], &mut check);
        assert_eq!(group.commit(0, 3, &mut check), None);
        group.crash(0, &mut check);
        assert_eq!(group.boot(0, &mut check), None, "a new incarnation begins at 0");
        assert_eq!(group.commit(0, 2, &mut check), None);
        assert!(group.commit(0, 1, &mut check).is_some());
    }
}

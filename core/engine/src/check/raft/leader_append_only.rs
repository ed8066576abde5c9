//! Leader Append-Only: a leader never overwrites or deletes entries in its log; it only appends new entries (§3.5).
//!
//! It remembers nothing: the watch knows where the log ended before the event. An event in which a member comes to lead
//! brings it a vote, never entries, and so counts too.

use super::{Broken, Changes, Observes, Scene};
use crate::check::Invariant;
use crate::process::Arg;
use crate::words::check::CheckKey;

#[derive(Clone, Default)]
pub(super) struct LeaderAppendOnly;

impl Observes for LeaderAppendOnly {
    fn invariant(&self) -> Invariant {
        Invariant { name: "leaderAppendOnly", title: CheckKey::LeaderAppendOnly.into() }
    }

    fn wants(&self) -> Changes {
        Changes::LOG
    }

    fn saw(&mut self, scene: &Scene<'_>) -> Option<Broken> {
        let actor = scene.actor();
        let (was, is) = (actor.was, actor.is);
        if !is.leads || !was.up || was.incarnation != is.incarnation {
            return None;
        }
        let args = |rest: [u64; 2]| {
            let [a, b] = rest.map(Arg::Number);
            vec![Arg::Process(actor.id), Arg::Epoch(is.term), Arg::Number(was.last), a, b]
        };
        if is.last < was.last {
            return Some(Broken::new(CheckKey::LeaderDeleted, args([was.last_term, is.last]), [actor.id]));
        }
        match scene.log()?.term_at(was.last) {
            Some(now) if now != was.last_term => {
                Some(Broken::new(CheckKey::LeaderOverwrote, args([was.last_term, now]), [actor.id]))
            }
            _ => None,
        }
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
    fn a_leader_that_deletes_or_overwrites_breaks_it() {
        let mut check = LeaderAppendOnly;
        for (after, key) in
            [(&[1, 2][..], CheckKey::LeaderDeleted), (&[1, 2, 1, 3], CheckKey::LeaderOverwrote)]
        {
            let mut group = Group::of(3);
            group.lead(0, 3, &mut check);
            assert_eq!(group.set_log(0, &[1, 2, 3], &mut check), None, "appending is allowed");
            let broken = group.set_log(0, after, &mut check).expect("it was the leader");
            assert_eq!(broken.phrase.key, key.into());
        }
    }

    #[test]
    fn deleting_while_it_comes_to_lead_breaks_it_too() {
        let mut check = LeaderAppendOnly;
        let mut group = Group::of(3);
        group.set_log(0, &[1, 2, 2], &mut check);
        assert!(group.lead_with_log(0, 3, &[1, 3], &mut check).is_some());
    }

    #[test]
    fn a_follower_may_delete() {
        let mut check = LeaderAppendOnly;
        let mut group = Group::of(3);
        group.lead(0, 3, &mut check);
        group.set_log(0, &[1, 2, 3], &mut check);
        group.follow(0, 4, &mut check);
        assert_eq!(group.set_log(0, &[1, 4], &mut check), None);
    }

    #[test]
    fn a_leader_may_compact() {
        let mut check = LeaderAppendOnly;
        let mut group = Group::of(3);
        group.lead(0, 3, &mut check);
        group.set_log(0, &[1, 2, 3], &mut check);
        assert_eq!(group.compact(0, 3, &mut check), None);
    }
}

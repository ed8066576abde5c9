//! Messages as the network and people see them.

use super::harness::p;
use crate::process::{Digest, Payload, Time};
use crate::workers::*;

fn one_of_each() -> Vec<Message> {
    let (task, attempt) = (TaskId(7), Attempt { epoch: 2, number: 5 });
    let fence = Attempt { epoch: 2, number: 4 };
    let since = Time::secs(3);
    let disk = DiskName { wall: Time::secs(2), monotonic: Time::secs(1) };
    let life = Life { disk, number: 1 };
    let other = Life { disk: DiskName { wall: Time::secs(1), monotonic: Time::secs(2) }, number: 1 };
    vec![
        Message::Beat { life, at: since, slots: 2, holds: [Hold { task, attempt }].into() },
        Message::Beat { life, at: since, slots: 2, holds: [].into() },
        Message::Grant { epoch: 2, life, since, renewed: [attempt].into() },
        Message::Assign { task, attempt, fence, life, since },
        Message::Assign { task, attempt, fence: attempt, life, since },
        Message::Stop { epoch: 2, task, attempt },
        Message::Declined { task, attempt },
        Message::Beat { life: other, at: since, slots: 2, holds: [].into() },
        Message::Done { task, attempt, disk, failed: false },
        Message::Done { task, attempt, disk: other.disk, failed: false },
        Message::Done { task, attempt, disk, failed: true },
        Message::Recorded { epoch: 2, task, attempt },
        Message::Recorded { epoch: 3, task, attempt },
        Message::Open { task, attempt, fence },
        Message::Commit { task, attempt, fence },
        Message::Committed { task, attempt, by: fence },
        Message::Committed { task, attempt, by: attempt },
        Message::Fenced { task, attempt, fence },
    ]
}

#[test]
fn no_two_messages_have_the_same_place_in_a_digest() {
    let mut digests: Vec<u128> = one_of_each()
        .iter()
        .map(|message| {
            let mut digest = Digest::new();
            message.fold(&mut digest);
            digest.value()
        })
        .collect();
    let all = digests.len();
    digests.sort_unstable();
    digests.dedup();
    assert_eq!(digests.len(), all);
}

#[test]
fn what_the_scheduler_says_speaks_for_its_epoch_and_nothing_else_does() {
    for message in one_of_each() {
        let by_scheduler = matches!(
            message,
            Message::Grant { .. } | Message::Assign { .. } | Message::Stop { .. } | Message::Recorded { .. }
        );
        let card = message.card();
        assert_eq!(card.epoch.is_some(), by_scheduler, "{message:?}");
        assert_eq!(card.answer, card.verdict.is_some());
        assert!(message.size() > 40);
    }
}

#[test]
fn attempts_are_ordered_by_epoch_before_number() {
    let attempt = |epoch, number| Attempt { epoch, number };
    assert!(Attempt::NONE < attempt(1, 1));
    assert!(attempt(1, 9) < attempt(2, 1), "a new scheduler counts from 1 and supersedes all the same");
}

/// What another than the scheduler says in its name is not obeyed, and what nobody could say breaks nothing.
#[test]
fn nobody_else_speaks_for_the_scheduler() {
    use super::harness::{SCHEDULER, STORE, Steps, settings};
    let mut steps = Steps::new(1, settings());
    steps.lose(|_, _, _| true);
    for message in one_of_each() {
        for to in [SCHEDULER, STORE, 3] {
            steps.put_on_its_way(9, to, message.clone());
        }
    }
    steps.deliver(|from, _, _| from == p(9));
    assert!(steps.at_work(3).is_empty());
    assert_eq!(steps.scheduler().facts().done, 0);
    let odd = Attempt { epoch: u64::MAX, number: u64::MAX };
    for task in [TaskId(0), TaskId(u64::MAX)] {
        for to in [SCHEDULER, STORE, 3] {
            for message in [
                Message::Done { task, attempt: odd, disk: DiskName::default(), failed: false },
                Message::Commit { task, attempt: odd, fence: odd },
                Message::Declined { task, attempt: odd },
                Message::Beat {
                    life: Life { number: 1, ..Life::default() },
                    at: Time::MAX,
                    slots: 255,
                    holds: vec![Hold { task, attempt: odd }; 1_000].into(),
                },
            ] {
                steps.put_on_its_way(9, to, message);
            }
        }
    }
    steps.deliver(|from, _, _| from == p(9));
    assert_eq!(steps.store().effects().len(), 1, "only the one that could be");
    assert_eq!(steps.store().fence(TaskId(0)), Attempt::NONE);
}

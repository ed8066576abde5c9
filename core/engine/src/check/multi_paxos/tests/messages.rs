//! What a write costs in calm.

use super::world::{Lab, Plan};
use crate::consensus::client::{self, Load, Mix};
use crate::consensus::kv::{self, Reply};
use crate::consensus::multi_paxos::{Compaction, PeerMessage};
use crate::kernel::{Action, DiskFault, Event, Fate, Observer, What, World};
use crate::process::payload::peek;
use crate::process::{Span, Time};

/// Messages between members, by what they are for, and writes answered.
#[derive(Default)]
struct Counted {
    accepts: u64,
    accepteds: u64,
    notices: u64,
    other: u64,
    answers: u64,
}

impl Observer for Counted {
    fn saw(&mut self, _world: &World, event: &Event<'_>) {
        for sent in event.sent.iter().filter(|sent| sent.fate != Fate::Gated) {
            match peek::<PeerMessage>(sent.payload.as_ref()) {
                Some(PeerMessage::Accept { .. }) => self.accepts += 1,
                Some(PeerMessage::Accepted { .. }) => self.accepteds += 1,
                Some(PeerMessage::Heartbeat { .. }) => self.notices += 1,
                Some(_) => self.other += 1,
                None => {}
            }
        }
        if let What::Delivered { payload, .. } = &event.what {
            let response = peek::<kv::Message>(payload.as_ref());
            self.answers +=
                u64::from(matches!(response, Some(kv::Message::Response { reply: Reply::Done { .. }, .. })));
        }
    }
}

/// One round trip between the leader and the others: n − 1 requests and n − 1 answers a write, whatever the network's luck. That a slot is
/// chosen costs no message of its own: it rides on the next request, or on a heartbeat that is sent anyway.
#[test]
fn a_write_takes_two_messages_for_each_other_member() {
    for members in [3u32, 5, 7] {
        let mut plan = Plan { clients: 1, ..Plan::calm(members) };
        plan.load = client::Settings {
            load: Load::Closed { think: (Span::millis(5), Span::millis(60)) },
            mix: Mix { get: 0, put: 100, cas: 0, append: 0, delete: 0 },
            start_after: Span::secs(2),
            most_operations: Some(100),
            ..plan.load
        };
        let mut lab = Lab::new(plan);
        lab.until(Time::millis(1_900));
        assert!(lab.leader().is_some());
        let mut counted = Counted::default();
        while lab.world.step_until(Time::secs(30), &mut [&mut lab.watching, &mut counted]) {}
        let others = u64::from(members) - 1;
        assert_eq!(counted.answers, 100, "of {members}");
        assert_eq!((counted.accepts, counted.accepteds), (100 * others, 100 * others), "of {members}");
        assert_eq!(counted.other, 0, "of {members}");
        let beats = (30_000 - 1_900) / 50;
        assert!(
            counted.notices.abs_diff(beats * others) <= others,
            "heartbeats alone tell: {}",
            counted.notices
        );
        assert!(lab.broken().is_empty());
        // The client's session was a command too.
        let far =
            lab.everybody().iter().filter(|id| lab.m(**id).is_some_and(|it| it.executed() == 101)).count();
        assert_eq!(far as u32, members);
    }
}

/// An idle group only hears from its leader.
#[test]
fn an_idle_group_sends_heartbeats_and_nothing_else() {
    let mut lab = Lab::new(Plan::calm(5));
    lab.until(Time::secs(2));
    let mut counted = Counted::default();
    while lab.world.step_until(Time::secs(12), &mut [&mut lab.watching, &mut counted]) {}
    assert_eq!((counted.accepts, counted.accepteds, counted.other), (0, 0, 0));
    assert_eq!(counted.notices, 4 * 200);
}

/// A leader whose disk is the last to have a command knows it to be chosen, executes it, and perhaps takes a snapshot and collects it, all
/// in one step: that it had accepted it itself is then said by its disk alone (campaign, seeds 7327 and 8899).
#[test]
fn what_is_collected_as_soon_as_it_is_chosen_is_counted_as_chosen() {
    let mut plan = Plan { clients: 1, ..Plan::calm(3) };
    plan.settings.compaction = Some(Compaction { every: 1, keep: 0 });
    plan.load = client::Settings {
        mix: Mix { get: 0, put: 100, cas: 0, append: 0, delete: 0 },
        start_after: Span::secs(2),
        most_operations: Some(20),
        ..plan.load
    };
    let mut lab = Lab::new(plan);
    lab.until(Time::millis(1_900));
    let leader = lab.leader().expect("somebody leads");
    let other = lab.everybody().into_iter().find(|id| *id != leader).expect("three");
    assert!(lab.act(Action::CrashHost(lab.host(other))));
    assert!(lab.act(Action::Disk(lab.host(leader), DiskFault::Slow(Span::millis(40)))));
    lab.until(Time::secs(10));
    assert_eq!(lab.broken(), [""; 0]);
    assert_eq!(lab.answered(), 20);
    assert_eq!(lab.m(leader).map(|it| it.log().held()), Some(0));
}

//! Reconfiguration.

use super::harness::*;
use crate::consensus::replica_set::*;
use crate::kernel::{Action, DiskFault};
use crate::process::{HostId, Span, Verdict};

/// *replSetReconfig*: "Reconfiguration Can Add or Remove No More than One Voting Member at a Time".
#[test]
fn at_most_one_voting_member_changes_at_a_time() {
    for (rule, taken) in [(Rule::RetryOnce, false), (Rule::SingleVoterReconfig, true)] {
        let settings = Settings { rules: Rules::ALL.without(rule), ..Settings::of(config(members(3))) };
        let mut set = Set::built(settings, 2, 1);
        set.elect(1);
        set.secs(5);
        let wanted = Box::new(config(members(5)));
        assert_eq!(set.order(1, Command::Reconfig { config: wanted, force: false }), taken, "{rule:?}");
        assert!(taken || set.refused(1, Rule::SingleVoterReconfig));
    }
}

/// *replSetReconfig*: "Wait for the current configuration to be committed before installing the new configuration."
#[test]
fn a_configuration_waits_until_the_present_one_is_committed() {
    for (rule, waits) in [(Rule::RetryOnce, true), (Rule::ConfigCommittedFirst, false)] {
        let settings = Settings { rules: Rules::ALL.without(rule), ..Settings::of(config(members(3))) };
        let mut set = Set::built(settings, 1, 1);
        set.elect(1);
        set.secs(5);
        let barrier = set.part(&[1]);
        let version = set.m(1).config().expect("it has one").id.version;
        assert!(set.order(1, Command::Remove { host: p(3) }), "the first is installed at once");
        assert_eq!(set.m(1).config().expect("it has one").id.version, version + 1);
        assert!(set.order(1, Command::Remove { host: p(2) }));
        set.secs(1);
        assert_eq!(set.m(1).config().expect("it has one").id.version == version + 1, waits, "{rule:?}");
        set.heal(barrier);
        set.secs(6);
        assert_eq!(set.m(1).config().expect("it has one").id.version, version + 2);
    }
}

/// *replSetReconfig*: "All writes which were "majority" committed in the previous configuration have also replicated to a
/// majority in the current configuration." As `writeConcernMajorityJournalDefault` has it, in their journals. Three of n1,
/// n2, n3 and n5 have the write in theirs; without n5, n3 is needed, whose disk stalls. If n2 went too, n3 could lose the
/// write and be elected by the arbiter.
#[test]
fn what_was_committed_is_in_a_majority_of_journals_before_the_next_configuration() {
    for (rule, waits) in [(Rule::RetryOnce, true), (Rule::JournalBeforeMajority, false)] {
        let mut list = members(5);
        list[3] = MemberConfig::arbiter(4, p(4));
        let mut set = Set::without(config(list), rule);
        set.elect(1);
        set.secs(5);
        set.act(&Action::Disk(HostId(3), DiskFault::Stall));
        assert!(written(&set.write(1, "x", "1", WriteConcern::MAJORITY)), "{rule:?}");
        let version = set.m(1).config().expect("it has one").id.version;
        let gone = |set: &Set| set.m(1).config().expect("it has one").id.version - version;
        assert!(set.order(1, Command::Remove { host: p(5) }));
        set.secs(5);
        assert_eq!(gone(&set), 1, "{rule:?}: by n1, n2 and n5");
        assert_eq!(set.m(3).last_applied(), set.m(1).last_applied(), "n3 has it, but not in its journal");
        assert!(set.m(3).last_durable() < set.m(1).last_durable());
        assert!(set.order(1, Command::Remove { host: p(2) }));
        set.secs(5);
        assert_eq!(gone(&set) == 1, waits, "{rule:?}");
        assert_eq!(set.verdict(1, Rule::ConfigCommittedFirst, Verdict::Waits), waits);
        set.act(&Action::Disk(HostId(3), DiskFault::Healthy));
        set.secs(5);
        assert_eq!(gone(&set), 2, "{rule:?}: once n3 has journaled it");
    }
}

/// *replSetReconfig*: "A majority of voting replica set members have installed the current configuration": on their disks,
/// for what is not there is lost in a crash, and the member is back in the configuration before.
#[test]
fn a_configuration_is_installed_where_the_disk_holds_it() {
    for stalled in [[2, 3], [1, 3]] {
        let mut set = Set::new(3);
        set.elect(1);
        set.secs(5);
        let version = |set: &Set| set.m(1).config().expect("it has one").id.version;
        let before = version(&set);
        let reconfigure = |set: &mut Set, thousandths: u32| {
            let mut list = set.m(1).config().expect("it has one").members.clone();
            list[2].priority = Priority(thousandths);
            set.order(1, Command::Reconfig { config: Box::new(config(list)), force: false })
        };
        for host in stalled {
            set.act(&Action::Disk(HostId(host), DiskFault::Stall));
        }
        assert!(reconfigure(&mut set, 900));
        set.secs(8);
        assert_eq!(version(&set), before + 1);
        assert_eq!(set.m(2).config().expect("it has one").id.version, before + 1, "all use it");
        assert!(reconfigure(&mut set, 800));
        set.secs(8);
        assert_eq!(version(&set), before + 1, "{stalled:?}: only one disk of three holds it");
        set.act(&Action::Disk(HostId(stalled[0]), DiskFault::Healthy));
        set.secs(8);
        assert_eq!(version(&set), before + 2, "{stalled:?}: two do");
    }
}

/// *replSetReconfig*: "Replica set members propagate their replica configuration via heartbeats."
#[test]
fn members_learn_a_configuration_by_heartbeats() {
    let mut set = Set::new(3);
    set.elect(1);
    set.secs(5);
    let mut wanted = Config::clone(set.m(1).config().expect("it has one"));
    wanted.members[1].priority = Priority::whole(3);
    assert!(set.order(1, Command::Reconfig { config: Box::new(wanted), force: false }));
    set.secs(5);
    let ids: Vec<ConfigId> = (1..=3).map(|n| set.m(n).config().expect("it has one").id).collect();
    assert!(ids.iter().all(|id| *id == ids[0] && id.version == 2), "{ids:?}");
}

/// *replSetReconfig*: "When the new primary steps up, it increments the term field to distinguish configuration changes made
/// on the new primary from changes made on the previous primary." And *Self-Managed Replica Set Configuration*: "the
/// configuration document with a larger term is considered the "newest". If term is the same or absent, the configuration
/// document with the larger version is considered "newest"."
#[test]
fn a_new_primary_gives_the_configuration_its_term() {
    let mut set = Set::new(3);
    set.elect(1);
    let id = set.m(1).config().expect("it has one").id;
    assert_eq!((id.term, id.version), (Some(set.m(1).term()), 1));
    set.elect(2);
    set.secs(5);
    let next = set.m(2).config().expect("it has one").id;
    assert_eq!((next.term, next.version), (Some(set.m(2).term()), 1));
    assert!(next.term > id.term, "{next:?} after {id:?}");
    assert_eq!(set.m(1).config().expect("it has one").id, next);
    let newer = |term, version| ConfigId { term, version };
    assert!(newer(Some(2), 1).is_newer_than(newer(Some(1), 9)), "by term, then by version");
    assert!(newer(None, 9).is_newer_than(newer(Some(7), 8)), "one that was forced by its version alone");
}

/// *replSetReconfig*: "Specify true to force the available replica set members to accept the new configuration." By a
/// minority too.
#[test]
fn a_forced_configuration_needs_no_majority() {
    let mut set = Set::new(3);
    set.elect(1);
    set.secs(5);
    set.crash(1);
    set.crash(2);
    set.secs(12);
    let alone = Box::new(config(vec![members(3)[2].clone()]));
    assert!(!set.order(3, Command::Reconfig { config: alone.clone(), force: false }));
    assert!(set.order(3, Command::Reconfig { config: alone, force: true }));
    let id = set.m(3).config().expect("it has one").id;
    assert!(id.term.is_none() && id.version > 10_000, "{id:?}");
    set.until(20, |set| set.m(3).is_writable()).expect("it is primary of a set of its own");
    assert!(written(&set.write(3, "x", "1", WriteConcern::MAJORITY)));
}

/// *Replica Set Member States*, REMOVED: "This member was once in a replica set but was subsequently removed."
#[test]
fn a_removed_member_learns_it_and_stands_no_more() {
    let mut set = Set::new(4);
    set.elect(1);
    set.secs(5);
    assert!(set.order(1, Command::Remove { host: p(4) }));
    set.secs(5);
    assert_eq!(set.m(4).state(), State::Removed);
    assert!(set.m(1).seen().iter().all(|seen| seen.id != p(4)));
    set.fire(4, Timer::Election);
    set.secs(20);
    assert_eq!(set.m(4).state(), State::Removed);
    assert!(set.order(1, Command::Add { member: Box::new(MemberConfig::new(4, p(4))) }), "it may come back");
    set.secs(20);
    assert_eq!(set.m(4).state(), State::Secondary);
}

/// A vote is given only to a candidate whose configuration is not older, by term and then by version (*Replication
/// Internals*).
#[test]
fn a_candidate_with_an_older_configuration_gets_no_vote() {
    for (rule, wins) in [(Rule::RetryOnce, false), (Rule::VoteOnlyNewConfig, true)] {
        let mut set = Set::without(config(members(3)), rule);
        set.elect(1);
        set.secs(5);
        let barrier = set.part(&[3]);
        let mut wanted = Config::clone(set.m(1).config().expect("it has one"));
        wanted.settings.heartbeat_timeout = Span::secs(9);
        assert!(set.order(1, Command::Reconfig { config: Box::new(wanted), force: false }));
        set.secs(3);
        set.crash(1);
        // n2 lacks nothing that n3 has, but for the configuration.
        set.heal(barrier);
        set.fire(3, Timer::Election);
        set.run(Span::millis(40));
        let refused = set.refused(2, Rule::VoteOnlyNewConfig) || set.refused(2, Rule::VoteOnlyUpToDate);
        assert_eq!(set.m(3).is_primary(), wins && !refused, "{rule:?}");
        assert_eq!(set.refused(2, Rule::VoteOnlyNewConfig), !wins, "{rule:?}");
    }
}

/// *Replica Set Elections*: "a replica set can have up to 50 members, but only 7 voting members"; and the limits of the
/// configuration's fields, each with its error.
#[test]
fn a_configuration_within_the_limits_is_taken_and_every_other_named() {
    let with = |change: &dyn Fn(&mut Vec<MemberConfig>)| {
        let mut list = members(3);
        change(&mut list);
        config(list).validate()
    };
    assert_eq!(with(&|_| {}), Ok(()));
    assert_eq!(with(&|list| list.clear()), Err(ConfigError::NoMembers));
    let many = |n: u32| {
        members(n).into_iter().enumerate().map(|(at, member)| match at {
            0..7 => member,
            _ => MemberConfig { votes: false, priority: Priority::ZERO, ..member },
        })
    };
    assert_eq!(config(many(50).collect()).validate(), Ok(()));
    assert_eq!(config(many(51).collect()).validate(), Err(ConfigError::TooManyMembers(51)));
    assert_eq!(config(members(8)).validate(), Err(ConfigError::TooManyVoters(8)));
    assert_eq!(with(&|list| list[1].id = 1), Err(ConfigError::SameId(1)));
    assert_eq!(with(&|list| list[1].host = p(1)), Err(ConfigError::SameHost(p(1))));
    assert_eq!(with(&|list| list[0].priority = Priority::whole(1001)), Err(ConfigError::PriorityRange(p(1))));
    assert_eq!(with(&|list| list[0].votes = false), Err(ConfigError::PriorityWithoutVote(p(1))));
    assert_eq!(with(&|list| list[0].hidden = true), Err(ConfigError::HiddenPriority(p(1))));
    assert_eq!(with(&|list| list[0].delay_secs = 60), Err(ConfigError::DelayedPriority(p(1))));
    assert_eq!(with(&|list| list[0].arbiter_only = true), Err(ConfigError::ArbiterPriority(p(1))));
    let late = |list: &mut Vec<MemberConfig>, secs: u64, arbiter_only: bool| {
        list[0].priority = Priority::ZERO;
        (list[0].delay_secs, list[0].arbiter_only) = (secs, arbiter_only);
    };
    assert_eq!(with(&|list| late(list, 1, true)), Err(ConfigError::ArbiterDelay(p(1))));
    assert_eq!(with(&|list| late(list, MAX_DELAY, false)), Ok(()));
    assert_eq!(with(&|list| late(list, MAX_DELAY + 1, false)), Err(ConfigError::Delay(p(1))));
    let nobody = |list: &mut Vec<MemberConfig>| list.iter_mut().for_each(|m| m.priority = Priority::ZERO);
    assert_eq!(with(&nobody), Err(ConfigError::NoElectable));
    let mut no_time = config(members(3));
    no_time.settings.election_timeout = Span::ZERO;
    assert_eq!(no_time.validate(), Err(ConfigError::NoTime("electionTimeoutMillis")));
}

/// A version that no server gives out does not come around to 0.
#[test]
fn the_highest_version_stays_the_highest() {
    let top = ConfigId { term: Some(0), version: u64::MAX };
    let first = Config { id: top, ..config(members(3)) };
    let mut set = Set::of(first.clone());
    set.elect(1);
    set.secs(5);
    for force in [false, true] {
        assert!(set.order(1, Command::Reconfig { config: Box::new(first.clone()), force }));
        set.secs(5);
        assert_eq!(set.m(1).config().expect("it has one").id.version, u64::MAX, "forced: {force}");
    }
}

//! An operator's commands to a group, and to which of its members each goes.

use super::RaftGroup;
use crate::consensus::raft::{Command, Member, Role, Rule};
use crate::kernel::world::World;
use crate::process::{Arg, Phrase, ProcessId};
use crate::system::orders::{Orders, Takes, takes};
use crate::system::{Deed, Given};
use crate::systems::given::Args;
use crate::words::scenario::ScenarioKey as K;
use std::sync::Arc;

/// Each with what its arguments take.
pub(super) const ORDERS: Orders = &[
    ("transfer", takes(&[("to", Takes::Member)])),
    ("members", takes(&[("voters", Takes::Members), ("learners", Takes::Members)]).needs(&["voters"])),
    ("addMember", takes(&[("members", Takes::Members), ("learner", Takes::Flag)]).needs(&["members"])),
    ("removeMember", takes(&[("members", Takes::Members)]).needs(&["members"])),
    ("snapshot", takes(&[("members", Takes::Members)]).needs(&["members"])),
    ("switchRule", takes(&[("rule", Takes::Rule), ("on", Takes::Flag)]).needs(&["rule", "on"])),
];

/// Whom to tell what.
pub(super) fn order(
    group: &RaftGroup,
    world: &World,
    number: u16,
    verb: &str,
    args: &[(&str, Given)],
) -> Result<Vec<Deed>, Phrase> {
    let args = Args(args);
    let tell = |to: ProcessId, command: Command| vec![Deed { to, order: Arc::new(command) }];
    Ok(match verb {
        "transfer" => {
            let leader = leader(group, world, number)?;
            let to = args.members("to").first().copied().or_else(|| successor(leader));
            let to = to.ok_or_else(|| nobody("successor", group))?;
            tell(leader.id(), Command::TransferLeadership { to })
        }
        "members" => {
            let (voters, learners) = (args.members("voters").to_vec(), args.members("learners").to_vec());
            tell(leader(group, world, number)?.id(), Command::ChangeMembership { voters, learners })
        }
        "addMember" => {
            let leader = leader(group, world, number)?;
            let now = leader.configuration().1;
            let (mut voters, mut learners) = (now.voters.clone(), now.learners.clone());
            let new = args.members("members");
            if args.flag("learner") { &mut learners } else { &mut voters }.extend(new);
            if !args.flag("learner") {
                learners.retain(|id| !new.contains(id));
            }
            tell(leader.id(), Command::ChangeMembership { voters, learners })
        }
        "removeMember" => {
            let leader = leader(group, world, number)?;
            let gone = args.members("members");
            let stays = |ids: &[ProcessId]| ids.iter().copied().filter(|id| !gone.contains(id)).collect();
            let now = leader.configuration().1;
            let (voters, learners) = (stays(&now.voters), stays(&now.learners));
            tell(leader.id(), Command::ChangeMembership { voters, learners })
        }
        "snapshot" => {
            let told = |id: &ProcessId| Deed { to: *id, order: Arc::new(Command::TakeSnapshot) };
            args.members("members").iter().map(told).collect()
        }
        "switchRule" => {
            let (name, on) = (args.text("rule").map_or("", |name| &**name), args.flag("on"));
            let unknown = || {
                let all = Rule::ALL.iter().map(|rule| Arg::Name(rule.name().into())).collect();
                Phrase::new(K::UnknownRule, [Arg::Name(name.into()), Arg::List(all)])
            };
            let rule = Rule::named(name).ok_or_else(unknown)?;
            let told =
                |member: &Member| Deed { to: member.id(), order: Arc::new(Command::SwitchRule { rule, on }) };
            RaftGroup::running(world, number).map(told).collect()
        }
        other => return Err(Phrase::new(K::NoSystemFor, [Arg::Name(other.into())])),
    })
}

fn nobody(what: &str, group: &RaftGroup) -> Phrase {
    Phrase::new(K::NobodySelected, [Arg::Name(what.into()), Arg::Name(group.name.clone())])
}

/// The one leader.
fn leader<'a>(group: &RaftGroup, world: &'a World, number: u16) -> Result<&'a Member, Phrase> {
    let all: Vec<&Member> = RaftGroup::leaders(world, number).collect();
    match all.as_slice() {
        [] => Err(nobody("leader", group)),
        [one] => Ok(one),
        several => {
            let who = several.iter().map(|member| Arg::Process(member.id())).collect();
            let args = [Arg::Name("leader".into()), Arg::Name(group.name.clone()), Arg::List(who)];
            Err(Phrase::new(K::SeveralSelected, args))
        }
    }
}

/// The voter that is furthest, by what the leader knows; of equals the first.
fn successor(leader: &Member) -> Option<ProcessId> {
    debug_assert_eq!(leader.role(), Role::Leader);
    let voters = &leader.configuration().1.voters;
    let others = leader.peers().iter().filter(|peer| voters.contains(&peer.id));
    others.max_by_key(|peer| (peer.matched, std::cmp::Reverse(peer.id))).map(|peer| peer.id)
}

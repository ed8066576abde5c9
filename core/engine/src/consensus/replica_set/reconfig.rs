//! Changing the set (*replSetReconfig*): one voting member at a time, each configuration committed before the next, passed on by
//! heartbeats, compared by term and version.

use super::config::{Config, ConfigId, MemberConfig};
use super::lead::Planned;
use super::message::Pulse;
use super::oplog::{Kind, NoOp};
use super::optime::OpTime;
use super::rules::Rule;
use super::state::State;
use super::{Member, Timer};
use crate::consensus::notes::{Because, by, did, refused, waits};
use crate::process::{Arg, Digest, Effects, Fold, Phrase, ProcessId, Span};
use crate::words::replset::ReplSetKey as K;
use std::sync::Arc;

/// A forced configuration's version is greater by this and up to so many more: "a large, random number".
const FORCED_STEP: u64 = 10_000;
const FORCED_RANGE: u64 = 90_000;

impl Member {
    /// Its configuration, if it has one.
    pub fn config(&self) -> Option<&Arc<Config>> {
        self.durable.config.as_ref()
    }
    /// Itself in it.
    pub fn my_config(&self) -> Option<&MemberConfig> {
        self.config().and_then(|config| config.member(self.me))
    }
    pub(super) fn config_id(&self) -> ConfigId {
        self.config().map_or(ConfigId::default(), |config| config.id)
    }

    /// The state it is in when nothing else is the matter.
    pub(super) fn resting_state(&self) -> State {
        match self.my_config() {
            None if self.config().is_none() => State::Startup,
            None => State::Removed,
            Some(member) if member.arbiter_only => State::Arbiter,
            Some(_) if !self.durable.is_consistent() || self.durable.oplog.is_empty() => State::Startup2,
            Some(_) => State::Secondary,
        }
    }

    pub(super) fn order_add(
        &mut self,
        member: MemberConfig,
        out: &mut Effects<'_, Self>,
    ) -> Result<Phrase, Phrase> {
        let mut config = self.to_change()?;
        config.members.push(member);
        self.order_reconfig(config, false, out)
    }

    pub(super) fn order_remove(
        &mut self,
        host: ProcessId,
        out: &mut Effects<'_, Self>,
    ) -> Result<Phrase, Phrase> {
        let mut config = self.to_change()?;
        let before = config.members.len();
        config.members.retain(|member| member.host != host);
        if config.members.len() == before {
            return Err(Phrase::new(K::NoSuchMember, [Arg::Process(host)]));
        }
        self.order_reconfig(config, false, out)
    }

    fn to_change(&self) -> Result<Config, Phrase> {
        self.config().map(|config| Config::clone(config)).ok_or_else(|| Phrase::bare(K::NotPrimary))
    }

    /// `replSetReconfig`. Forced, it is installed at once, on whatever member; else only a primary takes it, and it waits until
    /// the present configuration is committed.
    pub(super) fn order_reconfig(
        &mut self,
        mut config: Config,
        force: bool,
        out: &mut Effects<'_, Self>,
    ) -> Result<Phrase, Phrase> {
        let Some(present) = self.config().cloned() else { return Err(Phrase::bare(K::NotPrimary)) };
        for member in &mut config.members {
            // Only the primary says who is newly added.
            let known = present.members.iter().find(|old| old.host == member.host && old.id == member.id);
            member.newly_added = known.is_some_and(|old| old.newly_added);
            let fresh = known.is_none() && member.votes && member.bears_data();
            member.newly_added |= fresh && !force && self.rules.has(Rule::VotesOnceSecondary);
        }
        config.validate().map_err(|error| error.phrase())?;
        if force {
            let mut digest = Digest::new();
            config.fold(&mut digest);
            let step = FORCED_STEP + digest.short() % FORCED_RANGE;
            let version = present.id.version.saturating_add(step);
            config.id = ConfigId { term: None, version };
            out.note(|| did(K::ForcesConfig, [Arg::Number(version)]));
            self.install(Arc::new(config), out);
            return Ok(Phrase::new(K::ConfigForced, [Arg::Number(version)]));
        }
        let rules = self.rules;
        let event = self.event;
        let Some(lead) = self.lead.as_mut().filter(|lead| lead.is_writable()) else {
            return Err(Phrase::bare(K::NotPrimary));
        };
        if lead.planned.is_some() {
            return Err(Phrase::bare(K::ReconfigUnderWay));
        }
        if config.members.iter().all(|member| member.host != self.me || !member.is_electable()) {
            return Err(Phrase::bare(K::PrimaryMustStay));
        }
        let changed = config.voters_changed(&present);
        if changed > 1 && rules.has(Rule::SingleVoterReconfig) {
            out.note(|| refused(Rule::SingleVoterReconfig, K::TooManyChanges, [Arg::Number(changed as u64)]));
            return Err(Phrase::new(K::TooManyChanges, [Arg::Number(changed as u64)]));
        }
        lead.planned = Some(Planned { config, event });
        if !self.config_is_committed() {
            out.note(|| waits(Rule::ConfigCommittedFirst, K::ReconfigWaits, []));
        }
        Ok(Phrase::bare(K::ReconfigTaken))
    }

    /// Is the present configuration committed? "A majority of voting replica set members have installed the current
    /// configuration, and all writes which were "majority" committed in the previous configuration have also replicated to a
    /// majority in the current configuration" (*replSetReconfig*): as a majority's acknowledgement counts, in journals if the
    /// configuration asks for them. What a member has only applied, it loses in a crash; so it does a configuration that its disk
    /// does not hold.
    pub(super) fn config_is_committed(&self) -> bool {
        let (Some(config), Some(lead)) = (self.config(), &self.lead) else { return false };
        let installed = self.other_voters().filter(|seen| seen.config == config.id).count();
        let own = self.is_voter() && self.durable_config() == config.id;
        if installed + usize::from(own) < config.majority_votes() {
            return false;
        }
        let floor = lead.committed_before.max(lead.first);
        self.commit >= floor && self.reached_by_majority(config).is_some_and(|reached| reached >= floor)
    }

    /// Installs what is planned once it may.
    pub(super) fn go_on_reconfiguring(&mut self, out: &mut Effects<'_, Self>) {
        if self.lead.as_ref().is_none_or(|lead| lead.planned.is_none()) {
            return;
        }
        if !self.config_is_committed() && self.rules.has(Rule::ConfigCommittedFirst) {
            return;
        }
        let Some(planned) = self.lead.as_mut().and_then(|lead| lead.planned.take()) else { return };
        let Some(present) = self.config().cloned() else { return };
        let version = present.id.version.saturating_add(1);
        let id = ConfigId { term: Some(self.term), version };
        out.note(|| {
            by(Rule::ConfigCommittedFirst, K::Reconfigures, [Arg::Number(version), Arg::Epoch(self.term)])
                .because([planned.event])
        });
        let commit = self.commit;
        if let Some(lead) = &mut self.lead {
            lead.committed_before = commit;
        }
        self.install(Arc::new(Config { id, ..planned.config }), out);
        if self.is_writable() {
            self.append(Kind::NoOp(NoOp::Reconfig), out);
            self.disk.flush = true;
        }
    }

    /// A new primary gives its configuration its term, so that it is newer than what an earlier primary may still install.
    pub(super) fn config_of_new_term(&mut self, out: &mut Effects<'_, Self>) {
        let Some(present) = self.config().cloned() else { return };
        let id = ConfigId { term: Some(self.term), ..present.id };
        self.install(Arc::new(Config { id, ..Config::clone(&present) }), out);
    }

    /// A configuration came with a heartbeat's answer.
    pub(super) fn learn_config(&mut self, from: ProcessId, newer: Arc<Config>, out: &mut Effects<'_, Self>) {
        let mine = self.config_id();
        if !newer.id.is_newer_than(mine) || newer.validate().is_err() {
            return;
        }
        if self.config().is_none() && newer.member(self.me).is_none() {
            return; // it was never in this set, and is not to be
        }
        out.note(|| did(K::LearnsConfig, [Arg::Number(newer.id.version), Arg::Process(from)]));
        self.install(newer, out);
    }

    /// Uses it from now on.
    fn install(&mut self, config: Arc<Config>, out: &mut Effects<'_, Self>) {
        let was = self.state;
        self.disk.config = Some(self.durable_config());
        self.durable.config = Some(config.clone());
        self.disk.dirty = true;
        self.look_around();
        self.give_up_standing(out);
        let present = config.member(self.me);
        if self.lead.is_some() && present.is_none_or(|member| !member.is_electable()) {
            self.step_down(did(K::StepsDownRemoved, []), Span::ZERO, out);
        }
        self.sees_removal(&config);
        if present.is_none() {
            self.leave_set(was, out);
        } else if matches!(was, State::Startup | State::Removed) {
            self.state = self.resting_state();
            self.durable.syncing |= self.state == State::Startup2;
            let state = self.state;
            out.note(|| did(K::JoinsSet, [super::state_arg(state)]));
            self.arm_keep_alive(out);
        }
        self.beat(out);
        self.arm_election(out);
        if self.lead.is_some() {
            self.arm_liveness(out);
        }
        self.seek_source(out);
    }

    fn sees_removal(&mut self, config: &Config) {
        if self.primary.is_some_and(|primary| config.member(primary).is_none()) {
            self.primary = None;
        }
        self.polls.retain(|poll| config.member(poll.asker()).is_some());
    }

    /// "This member was once in a replica set but was subsequently removed" (*Replica Set Member States*).
    fn leave_set(&mut self, was: State, out: &mut Effects<'_, Self>) {
        self.state = State::Removed;
        self.primary = None;
        self.drop_source(out);
        self.cancel_takeovers(out);
        for timer in [Timer::Election, Timer::Fetch, Timer::Delay, Timer::KeepAlive] {
            out.cancel_timer(timer);
        }
        if was != State::Removed {
            out.note(|| did(K::IsRemoved, []));
        }
    }

    /// "Automatic reconfig": the primary has seen a newly added member in state SECONDARY, and gives it its vote.
    pub(super) fn consider_new_member(
        &mut self,
        from: ProcessId,
        pulse: &Pulse,
        out: &mut Effects<'_, Self>,
    ) {
        let Some(present) = self.config().cloned() else { return };
        let waits_for_vote = present.member(from).is_some_and(|member| member.newly_added);
        let ready = pulse.state == State::Secondary && pulse.applied > OpTime::NONE;
        let event = self.event;
        let Some(lead) = self.lead.as_mut().filter(|lead| lead.is_writable()) else { return };
        if !waits_for_vote || !ready || lead.planned.is_some() {
            return;
        }
        let mut config = Config::clone(&present);
        for member in config.members.iter_mut().filter(|member| member.host == from) {
            member.newly_added = false;
        }
        if config.validate().is_ok() {
            lead.planned = Some(Planned { config, event });
            out.note(|| by(Rule::VotesOnceSecondary, K::GivesVote, [Arg::Process(from)]));
        }
    }
}

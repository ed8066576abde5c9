//! Whom to sync from (*Replica Set Data Synchronization*, *Replication Sync Source Selection*): "Members performing replication
//! source member selection make two passes through the list of all replica set members".

use super::config::{Config, MemberConfig};
use super::fetch::Stage;
use super::message::Batch;
use super::optime::OpTime;
use super::rules::Rule;
use super::seen::Seen;
use super::state::State;
use super::{Member, Timer};
use crate::consensus::notes::{Because, did, waits};
use crate::process::{Arg, Delay, Effects, Phrase, ProcessId, Span};
use crate::words::replset::ReplSetKey as K;

/// "If the destination member cannot select a source member after two passes, it logs an error and waits 1 second".
const SELECT_AGAIN: Span = Span::secs(1);
/// A source that did not answer, or could not serve, is left alone so long.
const DENIED: Span = Span::secs(10);
/// Most sources that are left alone at once.
const MOST_DENIED: usize = 64;
/// `changeSyncSourceThresholdMillis`: another source must be nearer by so much.
const NEARER: Span = Span::millis(5);
/// `maxNumSyncSourceChangesPerHour`.
const CHANGES_AN_HOUR: u32 = 3;
const HOUR: Span = Span::secs(3600);

impl Member {
    /// Does it fetch, as it stands?
    pub(super) fn fetches(&self) -> bool {
        let catching_up = self.lead.as_ref().is_some_and(|lead| !lead.is_writable());
        match self.state {
            State::Secondary | State::Recovering | State::Rollback | State::Startup2 => true,
            State::Primary => catching_up,
            _ => false,
        }
    }

    /// Looks for a source, and asks it.
    pub(super) fn seek_source(&mut self, out: &mut Effects<'_, Self>) {
        if !self.fetches() || self.sync.stage != Stage::Idle {
            return;
        }
        let Some((source, why)) = self.choose_source() else {
            out.set_timer(Timer::Fetch, Delay::Fixed(SELECT_AGAIN));
            return;
        };
        let event = self.seen.iter().find(|seen| seen.id == source).map_or(0, |seen| seen.event);
        out.note(|| {
            did(K::ChoosesSource, [Arg::Process(source), Arg::Phrase(Box::new(why))]).because([event])
        });
        self.sync.source = Some(source);
        self.sync.report = true;
        self.sync.event = self.event;
        if self.durable.is_consistent() { self.find(out) } else { self.begin_clone(out) }
    }

    /// Whom it chooses, and why.
    fn choose_source(&mut self) -> Option<(ProcessId, Phrase)> {
        let config = self.durable.config.clone()?;
        let now = self.now;
        self.sync.denied.retain(|(_, until)| *until > now);
        if let Some(asked) = self.sync.forced.take() {
            return Some((asked, Phrase::bare(K::SourceForced)));
        }
        let up = |id: ProcessId| {
            let denied = self.sync.denied.iter().any(|(denied, _)| *denied == id);
            !denied && self.seen.iter().any(|seen| seen.id == id && seen.state.is_readable())
        };
        let primary = self.primary.filter(|primary| *primary != self.me);
        // Catching up, a new primary takes whom it gets: "we will ignore whether or not chaining is enabled".
        let chains = config.settings.chaining_allowed || self.lead.is_some();
        if !self.durable.is_consistent() && self.is_voter_to_be() && primary.is_some_and(up) {
            return Some((primary?, Phrase::bare(K::SourcePrimary)));
        }
        if !chains {
            return primary.filter(|id| up(*id)).map(|id| (id, Phrase::bare(K::SourceNoChaining)));
        }
        for strict in [true, false] {
            let fits =
                self.seen.iter().filter(|seen| up(seen.id) && self.may_sync_from(seen, &config, strict));
            if let Some(nearest) = fits.min_by_key(|seen| (seen.ping.unwrap_or(Span::MAX), seen.id)) {
                let key = if strict { K::SourceNearest } else { K::SourceSecondPass };
                return Some((nearest.id, Phrase::bare(key)));
            }
        }
        None
    }

    /// Will it have a vote, though it is newly added?
    fn is_voter_to_be(&self) -> bool {
        self.my_config().is_some_and(|member| member.votes)
    }

    /// The criteria of the first pass, or those that are left in the second.
    fn may_sync_from(&self, seen: &Seen, config: &Config, strict: bool) -> bool {
        // Where it has to copy, whoever is as far as it was is ahead.
        let (mine, copies) = (self.applied().max(self.durable.reached), !self.durable.is_consistent());
        let ahead = seen.applied > mine || copies && seen.applied >= self.durable.reached;
        if !ahead && self.rules.has(Rule::SyncFromNotBehind) {
            return false;
        }
        let bears = config.member(seen.id).is_some_and(|it| it.bears_data());
        if strict { self.fits(seen, config) } else { bears && seen.state.is_readable() }
    }

    /// The criteria of the first pass but for being ahead.
    fn fits(&self, seen: &Seen, config: &Config) -> bool {
        let (Some(me), Some(it)) = (config.member(self.me), config.member(seen.id)) else { return false };
        if !seen.state.is_readable() || !it.bears_data() {
            return false;
        }
        let fits =
            !it.hidden && (!me.votes || it.is_voter()) && delays_fit(me, it) && !self.lags(seen.applied);
        fits || !self.rules.has(Rule::SyncFromVisible)
    }

    /// "The source member must be within 30 seconds of the newest oplog entry on the primary."
    fn lags(&self, applied: OpTime) -> bool {
        let primary = self.seen.iter().find(|seen| Some(seen.id) == self.primary);
        let most = self.program.settings().max_source_lag.nanos() / 1_000_000_000;
        primary.is_some_and(|primary| u64::from(applied.ts.secs) + most < u64::from(primary.applied.ts.secs))
    }

    /// Leaves a source alone for a while, and looks for another.
    pub(super) fn deny_source(&mut self, why: K, out: &mut Effects<'_, Self>) {
        if let Some(source) = self.sync.source {
            let event = self.sync.event;
            out.note(|| {
                did(K::LeavesSource, [Arg::Process(source), Arg::Phrase(Box::new(Phrase::bare(why)))])
                    .because([event])
            });
            if self.sync.denied.len() == MOST_DENIED {
                self.sync.denied.remove(0);
            }
            self.sync.denied.push((source, self.now + DENIED));
        }
        self.change_source(out);
    }

    pub(super) fn change_source(&mut self, out: &mut Effects<'_, Self>) {
        self.drop_source(out);
        self.seek_source(out);
    }

    /// It has no source any more, and what was asked is void. So is a rollback whose common point was not found: nothing is cut yet.
    pub(super) fn drop_source(&mut self, out: &mut Effects<'_, Self>) {
        self.leave_rollback(out);
        self.sync.source = None;
        self.sync.stage = Stage::Idle;
        self.sync.buffer.clear();
        self.sync.seq += 1;
    }

    /// After a batch: "to check if it should change sync sources".
    pub(super) fn should_leave(&self, batch: &Batch) -> Option<K> {
        let config = self.durable.config.as_ref()?;
        let source = self.sync.source?;
        let Some(it) = config.member(source) else { return Some(K::LeaveRemoved) };
        let primary = self.primary.filter(|primary| *primary != self.me);
        if !config.settings.chaining_allowed && self.lead.is_none() && primary.is_some_and(|id| id != source)
        {
            return Some(K::LeaveNotPrimary);
        }
        let best = self.seen.iter().filter(|seen| seen.state.is_readable()).map(|seen| seen.applied.ts.secs);
        let most = self.program.settings().max_source_lag.nanos() / 1_000_000_000;
        let newest = best.max().unwrap_or(0);
        let me = config.member(self.me)?;
        if me.delay_secs == 0 && u64::from(batch.applied.ts.secs) + most < u64::from(newest) {
            return Some(K::LeaveLags);
        }
        // One that syncs from nobody and is not ahead will not be.
        let idle = batch.source.is_none() && primary != Some(source) && batch.applied <= self.applied();
        if idle && !it.arbiter_only && self.rules.has(Rule::SyncFromNotBehind) {
            return Some(K::LeaveIdle);
        }
        None
    }

    /// Members "automatically change their source member as needed based on changes in the ping time": when another
    /// answers a heartbeat, since then it is known how far that one is.
    pub(super) fn reconsider_source(&mut self, other: ProcessId, out: &mut Effects<'_, Self>) {
        let (Some(config), Some(source)) = (self.durable.config.clone(), self.sync.source) else { return };
        if self.sync.stage != Stage::Tailing
            || !self.durable.is_consistent()
            || !config.settings.chaining_allowed
            || self.lead.is_some()
        {
            return;
        }
        let Some(present) = self.seen.iter().find(|seen| seen.id == source).and_then(|seen| seen.ping) else {
            return;
        };
        let nearer = |seen: &&Seen| {
            // One that is level will do, unless it would go round in a circle.
            seen.id == other
                && seen.ping.is_some_and(|ping| ping + NEARER < present)
                && seen.applied >= self.applied()
                && seen.source != Some(self.me)
                && self.fits(seen, &config)
                && !self.sync.denied.iter().any(|(id, _)| *id == seen.id)
        };
        let Some(better) = self.seen.iter().find(nearer) else {
            return;
        };
        if self.now - self.sync.counted_since > HOUR {
            (self.sync.counted_since, self.sync.changes) = (self.now, 0);
        }
        if self.sync.changes >= CHANGES_AN_HOUR {
            return;
        }
        self.sync.changes += 1;
        let (id, old) = (better.id, source);
        out.note(|| did(K::FindsNearer, [Arg::Process(id), Arg::Process(old)]));
        self.change_source(out);
    }

    /// `replSetSyncFrom`. "If `settings.chainingAllowed` is set to false, `replSetSyncFrom` returns ok:1 but does not set the sync
    /// target" (MongoDB 8.0 manual, replSetSyncFrom): it says so, and goes on as it was.
    pub(super) fn order_sync_from(
        &mut self,
        source: ProcessId,
        out: &mut Effects<'_, Self>,
    ) -> Result<Phrase, Phrase> {
        let bears = self.config().and_then(|config| config.member(source)).is_some_and(|m| m.bears_data());
        if source == self.me || !bears {
            return Err(Phrase::new(K::CannotSyncFrom, [Arg::Process(source)]));
        }
        if self.lead.is_some() || !self.fetches() {
            return Err(Phrase::bare(K::DoesNotSync));
        }
        if self.config().is_some_and(|config| !config.settings.chaining_allowed) {
            return Ok(Phrase::new(K::SourceNotSet, [Arg::Process(source)]));
        }
        self.sync.forced = Some(source);
        self.change_source(out);
        Ok(Phrase::new(K::WillSyncFrom, [Arg::Process(source)]))
    }

    /// It looks again for a source, or its source has not answered.
    pub(super) fn on_fetch_timer(&mut self, out: &mut Effects<'_, Self>) {
        match self.sync.stage {
            Stage::Idle => {
                if self.fetches() {
                    out.note(|| waits(Rule::SyncFromNotBehind, K::SeeksSource, []));
                }
                self.seek_source(out);
            }
            Stage::Paused => {}
            Stage::Finding | Stage::Tailing | Stage::Searching(_) | Stage::Cloning => {
                self.deny_source(K::LeaveSilent, out);
            }
        }
    }
}

/// "If the member is not a delayed member, the source member must not be delayed. If the member is a delayed member, the source
/// member must have a shorter configured delay."
fn delays_fit(me: &MemberConfig, it: &MemberConfig) -> bool {
    if me.delay_secs == 0 { it.delay_secs == 0 } else { it.delay_secs < me.delay_secs }
}

//! Rollback: "A rollback reverts write operations on a former primary when the member rejoins its replica set after a failover"
//! (*Rollbacks During Replica Set Failover*). It finds the last operation that its oplog and its source's share, keeps what it
//! takes back beside the data, goes to its stable data and on from there.

use super::Member;
use super::fetch::Stage;
use super::message::Message;
use super::optime::{OpTime, Timestamp};
use super::rules::Rule;
use super::state::State;
use crate::consensus::notes::{Because, by, did};
use crate::process::{Arg, Effects, ProcessId};
use crate::words::replset::ReplSetKey as K;

impl Member {
    /// "If … the first document returned does not match the last entry in B's oplog, that means that B's oplog has diverged
    /// from A's and it should go into ROLLBACK." Whether anything is taken back is decided once it knows what both have.
    pub(super) fn begin_rollback(&mut self, source: ProcessId, out: &mut Effects<'_, Self>) {
        let (last, event) = (self.applied(), self.sync.event);
        let args = [last.arg(), Arg::Process(source)];
        out.note(|| by(Rule::RollbackToCommonPoint, K::FindsDiverged, args).because([event]));
        if self.lead.is_some() {
            return self.begin_writing(out); // one that was elected does not give up what it has
        }
        self.give_up_standing(out);
        self.cancel_takeovers(out);
        self.state = State::Rollback;
        self.sync.buffer.clear();
        self.search_before(last, out);
    }

    fn search_before(&mut self, before: OpTime, out: &mut Effects<'_, Self>) {
        let Some(source) = self.sync.source else { return };
        self.sync.stage = Stage::Searching(before);
        self.sync.seq += 1;
        out.send_now(source, Message::FindBack { seq: self.sync.seq, before: before.ts });
        self.arm_fetch(out);
    }

    pub(super) fn on_back(
        &mut self,
        from: ProcessId,
        (seq, before): (u64, Timestamp),
        places: &[OpTime],
        end: bool,
        out: &mut Effects<'_, Self>,
    ) {
        let searching = matches!(self.sync.stage, Stage::Searching(from) if from.ts == before);
        if self.sync.source != Some(from) || self.sync.seq != seq || !searching {
            return;
        }
        self.sync.event = self.event;
        if let Some(common) = places.iter().find(|place| self.durable.oplog.has(**place)) {
            return self.roll_back_to(*common, from, out);
        }
        match places.last() {
            Some(oldest) if !end => {
                let before = OpTime { ts: earlier(*oldest), ..*oldest };
                self.search_before(before, out);
            }
            // Nothing that the source still has is shared.
            _ if self.durable.syncing => self.copies_anew(out),
            _ => self.is_too_stale(out),
        }
    }

    /// Goes back to the last operation that both have. What a majority has is never taken back: if it were, this member or the
    /// set is not to be trusted, and it stops ("rollback … common point … before the commit point").
    fn roll_back_to(&mut self, common: OpTime, source: ProcessId, out: &mut Effects<'_, Self>) {
        if self.durable.syncing && common < self.durable.stable_at {
            return self.copies_anew(out);
        }
        if common < self.durable.stable_at || common < self.commit {
            return self.halt(Rule::RollbackToCommonPoint, K::RollbackTooFar, out);
        }
        let keep = self.durable.oplog.upto(common.ts);
        let cut = self.durable.oplog.truncate(keep);
        let (n, event) = (cut.len() as u64, self.sync.event);
        let args = [Arg::Number(n), common.arg(), Arg::Process(source)];
        out.note(|| by(Rule::RollbackToCommonPoint, K::RolledBack, args).because([event]));
        self.durable.keep_rolled_back(common, source, cut);
        self.durable.rollback_id += 1;
        self.recover_store();
        self.disk.journaled = self.disk.journaled.min(common);
        for (_, upto, _) in &mut self.disk.under_way {
            *upto = (*upto).min(common);
        }
        self.disk.dirty = true;
        self.leave_rollback(out);
        self.sync.report = true;
        self.find(out);
    }

    /// "After successfully transitioning to the ROLLBACK state, we must always transition back to SECONDARY, even if we fail at any
    /// point during the rollback process" (MongoDB, `rollback_impl.cpp`): while it is in ROLLBACK it cannot stand, and perhaps nobody
    /// else is as far as it is.
    pub(super) fn leave_rollback(&mut self, out: &mut Effects<'_, Self>) {
        if self.state == State::Rollback {
            self.state = State::Secondary;
            out.note(|| did(K::BecomesSecondary, []));
            self.arm_election(out);
        }
    }
}

/// The timestamp just before.
fn earlier(place: OpTime) -> Timestamp {
    let mut ts = place.ts;
    if ts.inc > 0 {
        ts.inc -= 1;
    } else {
        ts.secs = ts.secs.saturating_sub(1);
        ts.inc = u32::MAX;
    }
    ts
}

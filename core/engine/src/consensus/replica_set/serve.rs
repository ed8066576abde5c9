//! A sync source's side: it answers questions to its oplog, and lets those wait that would get nothing (`awaitData`).

use super::message::{Batch, Fetch, Found, Message};
use super::optime::{OpTime, Timestamp};
use super::{Member, Timer};
use crate::process::{Delay, Digest, Effects, Fold, ProcessId, Time};

/// Places in one answer to a member that looks for the last operation it shares.
const PLACES: usize = 100;

/// A question that waits.
#[derive(Clone, Debug)]
pub(super) struct Poll {
    from: ProcessId,
    fetch: Fetch,
    until: Time,
}

impl Fold for Poll {
    fn fold(&self, digest: &mut Digest) {
        self.from.fold(digest);
        digest.word(self.fetch.seq);
        self.fetch.after.fold(digest);
        self.fetch.commit.fold(digest);
        self.until.fold(digest);
    }
}

impl Poll {
    /// Who waits.
    pub fn asker(&self) -> ProcessId {
        self.from
    }
}

impl Member {
    /// What it finds after an operation.
    fn look_up(&self, after: OpTime) -> Found {
        let oplog = &self.durable.oplog;
        if !self.state.is_readable() || !self.durable.is_consistent() {
            Found::Unreadable
        } else if oplog.has(after) {
            Found::Here
        } else if oplog.last() < after {
            Found::Behind
        } else if after.ts < oplog.first().ts {
            Found::TooOld
        } else {
            Found::Diverged
        }
    }

    pub(super) fn on_fetch(&mut self, from: ProcessId, fetch: Fetch, out: &mut Effects<'_, Self>) {
        self.learn_term(fetch.term, from, out);
        let now = self.now;
        if let Some(seen) = self.seen_mut(from) {
            seen.heard = now;
        }
        self.polls.retain(|poll| poll.from != from);
        let known = self.config().is_some_and(|config| config.member(from).is_some());
        let nothing = self.look_up(fetch.after) == Found::Here && fetch.after == self.applied();
        if fetch.more && nothing && fetch.commit >= self.commit && known {
            let until = self.now + self.await_for();
            self.polls.push(Poll { from, fetch, until });
            return self.arm_await(out);
        }
        self.answer_fetch(from, &fetch, out);
    }

    fn answer_fetch(&self, to: ProcessId, fetch: &Fetch, out: &mut Effects<'_, Self>) {
        let found = self.look_up(fetch.after);
        let serves = matches!(found, Found::Here | Found::Diverged);
        let most = if serves { self.program.settings().batch_entries as usize } else { 0 };
        let batch = Batch {
            seq: fetch.seq,
            after: fetch.after,
            found,
            entries: self.durable.oplog.after(fetch.after.ts, most),
            term: self.term,
            applied: self.position().0,
            commit: self.commit,
            primary: self.primary,
            source: self.sync.source,
        };
        out.send_now(to, Message::Batch(Box::new(batch)));
    }

    fn arm_await(&self, out: &mut Effects<'_, Self>) {
        match self.polls.iter().map(|poll| poll.until).min() {
            Some(until) => out.set_timer(Timer::Await, Delay::Fixed(until - self.now)),
            None => out.cancel_timer(Timer::Await),
        }
    }

    /// "If there is no data to return at the end of maxTimeMS", they get an empty batch.
    pub(super) fn on_await_timer(&mut self, out: &mut Effects<'_, Self>) {
        let now = self.now;
        let over = |poll: &Poll| poll.until <= now;
        let (over, rest): (Vec<Poll>, Vec<Poll>) =
            std::mem::take(&mut self.polls).into_iter().partition(over);
        self.polls = rest;
        for Poll { from, fetch, .. } in over {
            self.answer_fetch(from, &fetch, out);
        }
        if !self.polls.is_empty() {
            self.arm_await(out);
        }
    }

    /// There is more now, or more of it is committed, or it cannot be read from any more.
    pub(super) fn answer_polls(&mut self, out: &mut Effects<'_, Self>) {
        if self.polls.is_empty() {
            return;
        }
        let (last, commit, readable) = (self.applied(), self.commit, self.state.is_readable());
        let due = |poll: &Poll| poll.fetch.after != last || poll.fetch.commit < commit || !readable;
        let (news, rest): (Vec<Poll>, Vec<Poll>) = std::mem::take(&mut self.polls).into_iter().partition(due);
        self.polls = rest;
        for Poll { from, fetch, .. } in news {
            self.answer_fetch(from, &fetch, out);
        }
    }

    /// The places of its oplog before a timestamp, newest first.
    pub(super) fn on_find_back(
        &mut self,
        from: ProcessId,
        seq: u64,
        before: Timestamp,
        out: &mut Effects<'_, Self>,
    ) {
        let oplog = &self.durable.oplog;
        if !self.state.is_readable() || !self.durable.is_consistent() {
            return; // it will ask somebody else
        }
        let upto = oplog.upto(before);
        let begin = upto.saturating_sub(PLACES);
        let places = (begin..upto).rev().filter_map(|at| oplog.get(at)).map(|entry| entry.at).collect();
        out.send_now(from, Message::Back { seq, before, places, end: begin == 0 });
    }
}

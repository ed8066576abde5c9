//! What an operator can ask of a member.

use super::config::{Config, MemberConfig};
use super::rules::{Rule, Rules};
use super::{Member, Why};
use crate::process::{Answer, Arg, Digest, Effects, Fold, Phrase, ProcessId, Span};
use crate::words::replset::ReplSetKey as K;

/// An operator's command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// `replSetStepDown`: cease to be primary.
    StepDown {
        /// Do not stand for so long; 60 s, if nothing is said.
        secs: Span,
        /// `secondaryCatchUpPeriodSecs`: wait so long for a secondary to catch up; 10 s, if nothing is said.
        catch_up: Span,
        /// Also if none has.
        force: bool,
    },
    /// `replSetStepUp`: stand at once.
    StepUp,
    /// `replSetFreeze`: do not stand for so long; zero ends it.
    Freeze {
        /// How long.
        secs: Span,
    },
    /// `replSetAbortPrimaryCatchUp`.
    AbortCatchUp,
    /// `replSetSyncFrom`: sync from this member.
    SyncFrom {
        /// From whom.
        source: ProcessId,
    },
    /// `replSetReconfig`. Version and term are given by the member.
    Reconfig {
        /// What shall be.
        config: Box<Config>,
        /// Without asking a majority, and on any member.
        force: bool,
    },
    /// `rs.add()`.
    Add {
        /// Whom, and as what.
        member: Box<MemberConfig>,
    },
    /// `rs.remove()`.
    Remove {
        /// Whom.
        host: ProcessId,
    },
    /// Switch a rule of this member on or off, also for its later incarnations.
    SwitchRule {
        /// Which.
        rule: Rule,
        /// In force?
        on: bool,
    },
}

impl Fold for Command {
    fn fold(&self, digest: &mut Digest) {
        match self {
            Command::StepDown { secs, catch_up, force } => {
                digest.word(1 | u64::from(*force) << 8);
                secs.fold(digest);
                catch_up.fold(digest);
            }
            Command::StepUp => digest.word(2),
            Command::Freeze { secs } => {
                digest.word(3);
                secs.fold(digest);
            }
            Command::AbortCatchUp => digest.word(4),
            Command::SyncFrom { source } => {
                digest.word(5);
                source.fold(digest);
            }
            Command::Reconfig { config, force } => {
                digest.word(6 | u64::from(*force) << 8);
                config.fold(digest);
            }
            Command::Add { member } => {
                digest.word(7);
                member.fold(digest);
            }
            Command::Remove { host } => {
                digest.word(8);
                host.fold(digest);
            }
            Command::SwitchRule { rule, on } => {
                digest.word(9);
                rule.fold(digest);
                on.fold(digest);
            }
        }
    }
}

impl Member {
    pub(super) fn on_command(&mut self, ticket: u64, command: Command, out: &mut Effects<'_, Self>) {
        let answer = match command {
            Command::StepDown { secs, catch_up, force } => self.order_step_down(secs, catch_up, force, out),
            Command::StepUp => self.order_step_up(out),
            Command::Freeze { secs } => self.order_freeze(secs),
            Command::AbortCatchUp => self.order_abort_catch_up(out),
            Command::SyncFrom { source } => self.order_sync_from(source, out),
            Command::Reconfig { config, force } => self.order_reconfig(*config, force, out),
            Command::Add { member } => self.order_add(*member, out),
            Command::Remove { host } => self.order_remove(host, out),
            Command::SwitchRule { rule, on } => Ok(self.switch_rule(rule, on)),
        };
        let (accepted, phrase) = match answer {
            Ok(phrase) => (true, phrase),
            Err(phrase) => (false, phrase),
        };
        out.reply(ticket, Answer { accepted, phrase });
    }

    fn order_step_up(&mut self, out: &mut Effects<'_, Self>) -> Result<Phrase, Phrase> {
        if self.lead.is_some() {
            return Err(Phrase::bare(K::IsPrimary));
        }
        self.stand(Why::StepUp, out);
        if self.election.phase == super::Phase::Idle && self.lead.is_none() {
            return Err(Phrase::bare(K::CannotStand));
        }
        Ok(Phrase::bare(K::WillStand))
    }

    fn order_freeze(&mut self, secs: Span) -> Result<Phrase, Phrase> {
        if self.lead.is_some() {
            return Err(Phrase::bare(K::IsPrimary));
        }
        self.election.frozen_until = self.now + secs;
        Ok(Phrase::new(K::IsFrozen, [Arg::For(secs)]))
    }

    fn order_abort_catch_up(&mut self, out: &mut Effects<'_, Self>) -> Result<Phrase, Phrase> {
        if self.lead.as_ref().is_none_or(|lead| lead.is_writable()) {
            return Err(Phrase::bare(K::NotCatchingUp));
        }
        self.begin_writing(out);
        Ok(Phrase::bare(K::CatchUpAborted))
    }

    fn switch_rule(&mut self, rule: Rule, on: bool) -> Phrase {
        let rules: Rules = if on { self.rules.with(rule) } else { self.rules.without(rule) };
        self.rules = rules;
        self.durable.rules = Some(rules);
        self.disk.dirty = true;
        Phrase::new(if on { K::RuleOn } else { K::RuleOff }, [Arg::Name(rule.name().into())])
    }
}

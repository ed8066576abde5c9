//! Notes what a reader of the run would want to know: what was done to the cluster, what was answered to orders, who came
//! to lead, what came of it, what broke.

use super::{Cast, cast};
use crate::kernel::{Event, Observer, What, World};
use crate::process::{Arg, Phrase, ProcessId};
use crate::scenario::command::DiskTrouble;
use crate::scenario::{Command, Moment, Run};
use crate::session::{deeds, tell};
use crate::system::Group;
use crate::view::{Epoch, Mark, MarkKind, Place};
use crate::words::command::CommandKey as K;
use crate::words::session::SessionKey;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Watches a run; what it noted waits in [`Witness::take`].
pub(super) struct Witness {
    groups: Vec<Arc<dyn Group>>,
    cast: Cast,
    marks: Vec<Mark>,
    /// The last term (ballot, version) in which each was seen to lead: a leader is told once, not at each event.
    led: BTreeMap<ProcessId, Epoch>,
    cursor: usize,
    remarks: usize,
    broken: usize,
}

impl Witness {
    pub fn new(run: &Run) -> Self {
        let groups = run.scenario().systems.iter().map(|system| system.group.clone()).collect();
        let led = BTreeMap::new();
        Witness { groups, cast: cast(run.world()), marks: Vec::new(), led, cursor: 0, remarks: 0, broken: 0 }
    }
    pub fn cast(&self) -> &Cast {
        &self.cast
    }
    pub fn take(&mut self) -> Vec<Mark> {
        std::mem::take(&mut self.marks)
    }

    /// What the step just taken came to: a command of the timeline carried out or refused, checks broken.
    pub fn look(&mut self, run: &Run) {
        let refused = |at: usize| run.remarks().iter().skip(self.remarks).find(|remark| remark.moment == at);
        for (at, moment) in run.scenario().timeline.iter().enumerate().take(run.cursor()).skip(self.cursor) {
            let text = Arg::Text(line(moment).into());
            let phrase = match refused(at) {
                Some(remark) => {
                    Phrase::new(K::CommandRefused, [text, Arg::Phrase(Box::new(remark.phrase.clone()))])
                }
                None => Phrase::new(K::CommandTaken, [text]),
            };
            // A step takes one command; what it came to was seen during the step, and is told after it.
            self.marks
                .insert(0, Mark { place: run.place(), kind: kind(&moment.command), lane: None, phrase });
        }
        self.cursor = run.cursor();
        self.remarks = run.remarks().len();
        for broken in run.all_broken().iter().skip(self.broken) {
            let phrase = super::broke(broken);
            let lane = broken.violation.involved.first().copied();
            self.marks.push(Mark { place: broken.place, kind: MarkKind::Violation, lane, phrase });
        }
        self.broken = run.all_broken().len();
    }
}

impl Observer for Witness {
    fn wants_notes(&self) -> bool {
        true
    }
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        let place = Place { ordinal: event.ordinal, at: event.at };
        if let What::Done { action, refused, .. } = &event.what {
            self.cast = cast(world);
            if let (None, Some(kind)) = (refused, deeds::mark(action)) {
                let (lane, phrase) = (deeds::lane(action, world), tell::deed(&self.groups, world, action));
                self.marks.push(Mark { place, kind, lane, phrase });
            }
        }
        let who = event.id.process;
        self.marks.extend(event.answers.iter().map(|(_, answer)| {
            let phrase = answer.told(who);
            Mark { place, kind: MarkKind::Command, lane: Some(who), phrase }
        }));
        let group = world.process(who).and_then(|process| self.groups.get(usize::from(process.group)));
        let told = group.map_or(&[][..], |group| group.milestones());
        let notes = event.notes.iter().filter(|note| told.contains(&note.phrase.key));
        self.marks.extend(notes.map(|note| {
            let args = [Arg::Process(who), Arg::Phrase(Box::new(note.phrase.clone()))];
            Mark {
                place,
                kind: MarkKind::Milestone,
                lane: Some(who),
                phrase: Phrase::new(K::Milestone, args),
            }
        }));
        if let Some((who, epoch, _)) = group.and_then(|group| group.elected(world, event))
            && self.led.insert(who, epoch) != Some(epoch)
        {
            let phrase = Phrase::new(SessionKey::Elected, [Arg::Process(who), epoch.arg()]);
            self.marks.push(Mark { place, kind: MarkKind::Election, lane: Some(who), phrase });
        }
    }
}

/// As it stands in the file, its id first.
fn line(moment: &Moment) -> String {
    moment.id.as_ref().map(|id| format!("{id}: ")).unwrap_or_default() + &moment.command.to_string()
}

/// Does it harm, mend, or ask for something?
fn kind(command: &Command) -> MarkKind {
    match command {
        Command::Start(_)
        | Command::Resume(_)
        | Command::Heal(_)
        | Command::Restore(_)
        | Command::Unclog(_)
        | Command::Release(_) => MarkKind::Repair,
        Command::Disk(disk) if disk.fault == DiskTrouble::Healthy => MarkKind::Repair,
        Command::Request(_)
        | Command::Propose(_)
        | Command::Transfer(_)
        | Command::Members(_)
        | Command::AddMember(_)
        | Command::RemoveMember(_)
        | Command::Snapshot(_)
        | Command::AddHost(_)
        | Command::TimeOut(_)
        | Command::Reluck(_)
        | Command::Order(_) => MarkKind::Command,
        _ => MarkKind::Fault,
    }
}

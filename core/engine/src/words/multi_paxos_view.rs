//! Keys of what a Multi-Paxos group shows of itself.

keys! {
    /// What a Multi-Paxos group shows of itself.
    MultiPaxosViewKey in MultiPaxosView {
        /// A caption. Args: slot.
        ChosenTo = "multiPaxos.view.chosenTo",
        /// A badge. Args: first slot, last slot.
        Behind = "multiPaxos.view.behind",
        /// A badge.
        HasLease = "multiPaxos.view.hasLease",
        /// A label.
        Executed = "multiPaxos.field.executed",
        /// A label.
        ChosenUpTo = "multiPaxos.field.chosenUpTo",
        /// A label.
        LastSlot = "multiPaxos.field.lastSlot",
        /// A label.
        NextSlot = "multiPaxos.field.nextSlot",
        /// A label.
        Reported = "multiPaxos.field.reported",
        /// A label.
        LeaseTo = "multiPaxos.field.leaseTo",
        /// A label.
        OpenSlots = "multiPaxos.field.openSlots",
        /// A label.
        WaitingForSlot = "multiPaxos.field.waitingForSlot",
        /// A label.
        MembersField = "multiPaxos.field.members",
        /// A label.
        MembersToCome = "multiPaxos.field.membersToCome",
        /// Args: slot, list.
        MembersFrom = "multiPaxos.view.membersFrom",
        /// A label.
        FromSlot = "multiPaxos.field.fromSlot",
        /// A label.
        SlotsField = "multiPaxos.field.slots",
        /// Args: slot.
        OneSlot = "multiPaxos.view.oneSlot",
        /// Args: first slot, last.
        SlotRange = "multiPaxos.view.slotRange",
        /// Args: slot, what stands there.
        SlotIs = "multiPaxos.view.slotIs",
        /// Args: slot, ballot, what stands there.
        SlotHeld = "multiPaxos.view.slotHeld",
        /// What a message answers.
        AnswersLeased = "multiPaxos.view.answersLeased",
        /// What a message answers.
        AnswersLease = "multiPaxos.view.answersLease",
        /// A fact.
        NoOps = "multiPaxos.fact.noOps",
        /// A fact.
        CaughtUp = "multiPaxos.fact.caughtUp",
        /// A sentence. Args: member, how long.
        TimesOut = "multiPaxos.tell.timesOut",
        /// A sentence. Args: leader, ballot.
        Beats = "multiPaxos.tell.beats",
        /// A sentence. Args: member.
        Ticks = "multiPaxos.tell.ticks",
        /// A sentence. Args: member, slot.
        StillLacks = "multiPaxos.tell.stillLacks",
        /// A sentence. Args: member, ballot promised, last slot.
        DiskHas = "multiPaxos.tell.diskHas",
        /// A sentence. Args: who, from whom, ballot, slot.
        GetsPrepare = "multiPaxos.tell.getsPrepare",
        /// A sentence. Args: who, from whom, ballot, how many slots.
        GetsPromiseHaving = "multiPaxos.tell.getsPromiseHaving",
        /// A sentence. Args: who, from whom, ballot, slots.
        GetsAccept = "multiPaxos.tell.getsAccept",
        /// A sentence. Args: who, from whom, ballot, slots.
        GetsAccepted = "multiPaxos.tell.getsAccepted",
        /// A sentence. Args: who, from whom, ballot.
        GetsLeased = "multiPaxos.tell.getsLeased",
        /// A sentence. Args: who, leader, ballot.
        HearsBeat = "multiPaxos.tell.hearsBeat",
        /// A sentence. Args: who, from whom.
        GetsAlive = "multiPaxos.tell.getsAlive",
        /// A sentence. Args: who, from whom, slot.
        GetsAsk = "multiPaxos.tell.getsAsk",
        /// A sentence. Args: who, from whom, slot.
        GetsHowFar = "multiPaxos.tell.getsHowFar",
        /// A sentence. Args: who, from whom, slots.
        GetsChosen = "multiPaxos.tell.getsChosen",
        /// A verb's label.
        VerbCampaign = "multiPaxos.verb.campaign",
        /// What one may run until. Args: system.
        GoalExecuted = "multiPaxos.goal.executed",
        /// What one may run until. Args: system.
        GoalNoOp = "multiPaxos.goal.noOp",
        /// What one may run until. Args: system.
        GoalLate = "multiPaxos.goal.late",
    }
}

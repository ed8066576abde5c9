//! Keys of Multi-Paxos.

keys! {
    /// What Multi-Paxos says.
    MultiPaxosKey in MultiPaxos {
        /// The wait for a leader.
        ElectionTimer = "multiPaxos.timer.election",
        /// A leader's next heartbeat.
        HeartbeatTimer = "multiPaxos.timer.heartbeat",
        /// The wait after a refusal.
        BackOffTimer = "multiPaxos.timer.backOff",
        /// When a member that lacks something asks.
        CatchUpTimer = "multiPaxos.timer.catchUp",
        /// A role.
        Follower = "multiPaxos.role.follower",
        /// A role.
        Candidate = "multiPaxos.role.candidate",
        /// A role.
        Leader = "multiPaxos.role.leader",
        /// A role: a candidate that waits.
        BackingOff = "multiPaxos.role.backingOff",
        /// A role.
        NonMember = "multiPaxos.role.nonMember",
        /// A kind of message.
        KindPrepare = "multiPaxos.message.prepare",
        /// A kind of message.
        KindPromise = "multiPaxos.message.promise",
        /// A kind of message.
        KindAccept = "multiPaxos.message.accept",
        /// A kind of message.
        KindAccepted = "multiPaxos.message.accepted",
        /// A kind of message.
        KindRefused = "multiPaxos.message.refused",
        /// A kind of message.
        KindHeartbeat = "multiPaxos.message.heartbeat",
        /// A kind of message.
        KindAlive = "multiPaxos.message.alive",
        /// A kind of message.
        KindAsk = "multiPaxos.message.ask",
        /// A kind of message.
        KindChosen = "multiPaxos.message.chosen",
        /// A kind of message.
        KindSnapshot = "multiPaxos.message.snapshot",
        /// Args: ballot, first slot.
        CardPrepare = "multiPaxos.card.prepare",
        /// Args: ballot, how many slots it tells of.
        CardPromise = "multiPaxos.card.promise",
        /// Args: slot.
        CardAcceptOne = "multiPaxos.card.acceptOne",
        /// Args: first slot, last.
        CardAccept = "multiPaxos.card.accept",
        /// Args: slot.
        CardAcceptedOne = "multiPaxos.card.acceptedOne",
        /// Args: first slot, last.
        CardAccepted = "multiPaxos.card.accepted",
        /// Args: ballot, ballot promised.
        CardRefused = "multiPaxos.card.refused",
        /// Args: ballot.
        CardLeased = "multiPaxos.card.leased",
        /// Args: chosen up to.
        CardHeartbeat = "multiPaxos.card.heartbeat",
        /// Args: round.
        CardAlive = "multiPaxos.card.alive",
        /// Args: first slot.
        CardAsk = "multiPaxos.card.ask",
        /// Args: slot.
        CardChosenOne = "multiPaxos.card.chosenOne",
        /// Args: first slot, last.
        CardChosen = "multiPaxos.card.chosen",
        /// Args: slot, items sent, items in all.
        CardSnapshot = "multiPaxos.card.snapshot",
        /// An entry that does nothing.
        EntryNoOp = "multiPaxos.entry.noOp",
        /// An entry that opens a session.
        EntryRegister = "multiPaxos.entry.register",
        /// An entry that changes the members. Args: list.
        EntryMembers = "multiPaxos.entry.members",
        /// No args.
        StartsEmpty = "multiPaxos.startsEmpty",
        /// Args: ballot promised, executed slot, last accepted slot.
        Starts = "multiPaxos.starts",
        /// Args: leader.
        LeaderSilent = "multiPaxos.leaderSilent",
        /// No args.
        NobodyLeads = "multiPaxos.nobodyLeads",
        /// Args: ballot.
        NoQuorumInTime = "multiPaxos.noQuorumInTime",
        /// Args: ballot, first slot.
        Stands = "multiPaxos.stands",
        /// Args: ballot, candidate, first slot.
        Promises = "multiPaxos.promises",
        /// Args: ballot, candidate, how many slots, the last of them.
        PromisesHaving = "multiPaxos.promisesHaving",
        /// Args: ballot, candidate, ballot promised.
        RefusesPrepare = "multiPaxos.refusesPrepare",
        /// Args: candidate, leader.
        RefusesLeased = "multiPaxos.refusesLeased",
        /// Args: candidate.
        RefusesQuiet = "multiPaxos.refusesQuiet",
        /// Args: to whom the lease was granted.
        OwnLease = "multiPaxos.ownLease",
        /// No args.
        OwnQuiet = "multiPaxos.ownQuiet",
        /// Args: ballot, candidate.
        RefusesRemoved = "multiPaxos.refusesRemoved",
        /// Args: ballot, leader, slot, ballot promised.
        RefusesAccept = "multiPaxos.refusesAccept",
        /// Args: ballot, leader, ballot promised.
        RefusesLeader = "multiPaxos.refusesLeader",
        /// Args: ballot, slot, entry.
        AcceptsOne = "multiPaxos.acceptsOne",
        /// Args: ballot, first slot, last.
        Accepts = "multiPaxos.accepts",
        /// Args: leader, ballot.
        Follows = "multiPaxos.follows",
        /// Args: member, how many are missing.
        PromiseCounted = "multiPaxos.promiseCounted",
        /// Args: member, next slot.
        ReportsMore = "multiPaxos.reportsMore",
        /// Args: ballot, first slot.
        Leads = "multiPaxos.leads",
        /// Args: member, ballot.
        PreparesNewcomer = "multiPaxos.preparesNewcomer",
        /// Args: slot, entry, ballot, who told.
        Adopts = "multiPaxos.adopts",
        /// Args: slot, last slot reported.
        FillsGap = "multiPaxos.fillsGap",
        /// Args: slot, slot from which new members hold.
        Hastens = "multiPaxos.hastens",
        /// Args: slot, entry.
        Proposes = "multiPaxos.proposes",
        /// Args: member, slot, how many are missing.
        AcceptanceCounted = "multiPaxos.acceptanceCounted",
        /// Args: slot, entry, ballot.
        IsChosen = "multiPaxos.isChosen",
        /// Args: slot.
        StandsAgain = "multiPaxos.standsAgain",
        /// Args: ballot, member, ballot promised.
        StepsDown = "multiPaxos.stepsDown",
        /// Args: ballot, member, ballot promised.
        Abandons = "multiPaxos.abandons",
        /// Args: its ballot, who, their ballot.
        Yields = "multiPaxos.yields",
        /// Args: ballot, slot.
        StepsDownAlone = "multiPaxos.stepsDownAlone",
        /// Args: ballot, slot.
        Overtaken = "multiPaxos.overtaken",
        /// Args: member.
        ReplacesByMember = "multiPaxos.replacesByMember",
        /// Args: last slot.
        StepsDownRemoved = "multiPaxos.stepsDownRemoved",
        /// Args: member, ballot.
        LeaseElsewhere = "multiPaxos.leaseElsewhere",
        /// Args: slot, leader.
        LearnsUpto = "multiPaxos.learnsUpto",
        /// Args: first slot it lacks, slot known to be chosen.
        Lacks = "multiPaxos.lacks",
        /// Args: from whom, slot.
        LearnsOne = "multiPaxos.learnsOne",
        /// Args: from whom, first slot, last.
        LearnsPiece = "multiPaxos.learnsPiece",
        /// Args: whom, first slot.
        Asks = "multiPaxos.asks",
        /// Args: whom, slot.
        TellsOne = "multiPaxos.tellsOne",
        /// Args: whom, first slot, last.
        Tells = "multiPaxos.tells",
        /// Args: whom, slot.
        TellsSuccessors = "multiPaxos.tellsSuccessors",
        /// Args: whom, slot.
        TellsSnapshot = "multiPaxos.tellsSnapshot",
        /// Args: slot, from whom.
        InstallsSnapshot = "multiPaxos.installsSnapshot",
        /// Args: slot, last slot dropped.
        TakesSnapshot = "multiPaxos.takesSnapshot",
        /// Args: slot, slot from which they hold, list.
        MembersFrom = "multiPaxos.membersFrom",
        /// Args: session.
        SessionExpires = "multiPaxos.sessionExpires",
        /// Args: slot, session, number.
        NotAppliedTwice = "multiPaxos.notAppliedTwice",
        /// Args: leader, how long.
        GrantsLease = "multiPaxos.grantsLease",
        /// Args: ballot.
        HasLease = "multiPaxos.hasLease",
        /// Args: client, slot.
        ReadByLease = "multiPaxos.readByLease",
        /// Args: client.
        ReadWithoutLease = "multiPaxos.readWithoutLease",
        /// Args: client, slot.
        ReadNotRecovered = "multiPaxos.readNotRecovered",
        /// Args: client, reply.
        RequestRefused = "multiPaxos.requestRefused",
        /// Args: client, slot.
        WaitsForCatchUp = "multiPaxos.waitsForCatchUp",
        /// Args: client, slot.
        WaitsForWindow = "multiPaxos.waitsForWindow",
        /// Args: client, slot.
        WaitsForAlpha = "multiPaxos.waitsForAlpha",
        /// Args: client, slot, how many.
        WaitsForPromises = "multiPaxos.waitsForPromises",
        /// Args: client, slot.
        WaitsLeaving = "multiPaxos.waitsLeaving",
        /// Args: slot, list.
        SendsAgain = "multiPaxos.sendsAgain",
        /// Args: slot, slot before.
        NotExecutedGap = "multiPaxos.notExecutedGap",
        /// Args: slot, who has accepted, how many are needed.
        NotChosenMinority = "multiPaxos.notChosenMinority",
        /// Args: slot.
        NotExecutedAbsent = "multiPaxos.notExecutedAbsent",
        /// Args: slot, ballot.
        NotExecutedOtherBallot = "multiPaxos.notExecutedOtherBallot",
        /// Args: slot, ballot.
        NotKnownChosen = "multiPaxos.notKnownChosen",
        /// No args.
        DiskFailed = "multiPaxos.diskFailed",
        /// No args.
        NotLeader = "multiPaxos.notLeader",
        /// Args: leader.
        NotLeaderBut = "multiPaxos.notLeaderBut",
        /// Args: most members.
        ChangeSize = "multiPaxos.changeSize",
        /// No args.
        ChangeUnderWay = "multiPaxos.changeUnderWay",
        /// No args.
        ChangeSame = "multiPaxos.changeSame",
        /// Args: list, how many slots later.
        WillChange = "multiPaxos.willChange",
        /// No args.
        LeadsAlready = "multiPaxos.leadsAlready",
        /// No args.
        CannotStand = "multiPaxos.cannotStand",
        /// No args.
        WillStand = "multiPaxos.willStand",
        /// Args: slot.
        SnapshotTaken = "multiPaxos.snapshotTaken",
        /// Args: slot.
        SnapshotNothingNew = "multiPaxos.snapshotNothingNew",
        /// Args: rule.
        RuleOn = "multiPaxos.ruleOn",
        /// Args: rule.
        RuleOff = "multiPaxos.ruleOff",
    }
}

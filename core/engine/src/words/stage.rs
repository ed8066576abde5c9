//! Keys of the stage: what members of a consensus group, clients and servers show of themselves.

keys! {
    /// What systems show of themselves.
    StageKey in Stage {
        /// A sentence with what was decided in it. Args: the sentence without its end, the decisions.
        And = "stage.and",
        /// A sentence. Args: it, without its end.
        Sentence = "stage.sentence",
        /// An election timer fired; a leader had been heard before. Args: member, how long ago, term.
        TimedOut = "stage.timedOut",
        /// An election timer fired; no leader was known. Args: member, how long it ran, term.
        TimedOutAgain = "stage.timedOutAgain",
        /// An election timer fired, with pre-vote. Args: member, how long ago, the term it would stand in.
        TimedOutPre = "stage.timedOutPre",
        /// An election timer fired, with pre-vote; no leader was known. Args: member, how long it ran, the term it would stand in.
        TimedOutPreAgain = "stage.timedOutPreAgain",
        /// Two decisions, one after the other. Args: both.
        Then = "stage.then",
        /// What a client does. Args: client, what it decided.
        Does = "stage.does",
        /// A pre-vote arrives. Args: member, voter, how many it has, how many it needs.
        GetsPreVote = "stage.getsPreVote",
        /// A pre-vote arrives that is enough. Args: member, voter, term.
        WinsPreVote = "stage.winsPreVote",
        /// A pre-vote is refused. Args: member, voter.
        GetsPreNo = "stage.getsPreNo",
        /// An election timer fired, and it leads at once. Args: member, term.
        TimedOutLeads = "stage.timedOutLeads",
        /// An election timer fired without effect. Args: member.
        TimedOutIdle = "stage.timedOutIdle",
        /// A heartbeat timer fired. Args: leader, term.
        Beats = "stage.beats",
        /// A leader counts whom it has heard. Args: leader.
        CountsHeard = "stage.countsHeard",
        /// A handover took too long. Args: leader.
        TransferTimesOut = "stage.transferTimesOut",
        /// RequestVote arrives. Args: member, candidate, term.
        AskedForVote = "stage.askedForVote",
        /// A pre-vote request arrives. Args: member, candidate, term.
        AskedForPreVote = "stage.askedForPreVote",
        /// A vote arrives. Args: candidate, voter, votes it has, votes it needs.
        GetsVote = "stage.getsVote",
        /// A vote arrives that wins. Args: candidate, voter, term.
        WinsVote = "stage.winsVote",
        /// A vote is refused. Args: candidate, voter.
        GetsNo = "stage.getsNo",
        /// A vote that no longer matters arrives. Args: member, voter.
        LateVote = "stage.lateVote",
        /// A heartbeat arrives. Args: member, leader, term.
        HearsBeat = "stage.hearsBeat",
        /// AppendEntries with one entry arrives. Args: member, leader, index.
        GetsEntry = "stage.getsEntry",
        /// AppendEntries arrives. Args: member, leader, first index, last index.
        GetsEntries = "stage.getsEntries",
        /// A follower holds what the leader has sent. Args: leader, follower, index.
        HeardBy = "stage.heardBy",
        /// A follower's log does not match. Args: leader, follower, index.
        NotMatched = "stage.notMatched",
        /// A piece of a snapshot arrives. Args: member, leader, index.
        GetsSnapshot = "stage.getsSnapshot",
        /// A piece of a snapshot was received. Args: leader, follower.
        SnapshotGoesOn = "stage.snapshotGoesOn",
        /// TimeoutNow arrives. Args: member, leader.
        ToldToStand = "stage.toldToStand",
        /// A client's request arrives. Args: member, client, the request.
        Asked = "stage.asked",
        /// A client's request arrives. Args: member, client, the request, what was decided.
        AskedAnd = "stage.askedAnd",
        /// A write is safe. Args: member, term, last index on disk.
        DiskHas = "stage.diskHas",
        /// A member starts. Args: member, term, last index.
        Begins = "stage.begins",
        /// A member takes an operator's command. Args: member.
        OperatorAsks = "stage.operatorAsks",
        /// Whom it voted for. Args: member.
        VotedFor = "stage.votedFor",
        /// Args: leader.
        FollowsLeader = "stage.followsLeader",
        /// Knows no leader.
        HearsNobody = "stage.hearsNobody",
        /// A leader hands over. Args: to whom.
        HandsOver = "stage.handsOver",
        /// Args: index.
        CommittedTo = "stage.committedTo",
        /// A member that stopped after a failed write.
        Halted = "stage.halted",
        /// A field of an inspector.
        Term = "stage.field.term",
        /// A field of an inspector.
        VotedForField = "stage.field.votedForField",
        /// A field of an inspector.
        Role = "stage.field.role",
        /// A field of an inspector.
        LeaderField = "stage.field.leaderField",
        /// A field of an inspector.
        VotesField = "stage.field.votesField",
        /// A field of an inspector.
        CommitIndex = "stage.field.commitIndex",
        /// A field of an inspector.
        LastApplied = "stage.field.lastApplied",
        /// A field of an inspector.
        LogEnd = "stage.field.logEnd",
        /// A field of an inspector.
        SyncedTo = "stage.field.syncedTo",
        /// A field of an inspector.
        SnapshotField = "stage.field.snapshotField",
        /// A field of an inspector.
        VotersField = "stage.field.votersField",
        /// A field of an inspector.
        VotersBefore = "stage.field.votersBefore",
        /// A field of an inspector.
        LearnersField = "stage.field.learnersField",
        /// A field of an inspector.
        LastHeard = "stage.field.lastHeard",
        /// A field of an inspector.
        Waiting = "stage.field.waiting",
        /// A field of an inspector.
        WaitingReads = "stage.field.waitingReads",
        /// A field of an inspector.
        WaitingWrites = "stage.field.waitingWrites",
        /// A field of an inspector.
        NextEntry = "stage.field.nextEntry",
        /// A field of an inspector.
        TransferField = "stage.field.transferField",
        /// A field of an inspector.
        Keys = "stage.field.keys",
        /// A field of an inspector.
        Session = "stage.field.session",
        /// A field of an inspector.
        UnderWay = "stage.field.underWay",
        /// A field of an inspector.
        Issued = "stage.field.issued",
        /// A field of an inspector.
        Answered = "stage.field.answered",
        /// A field of an inspector.
        Unknown = "stage.field.unknown",
        /// A field of an inspector.
        Retries = "stage.field.retries",
        /// A field of an inspector.
        Redirects = "stage.field.redirects",
        /// A field of an inspector.
        RefusedField = "stage.field.refusedField",
        /// A field of an inspector.
        LivesField = "stage.field.livesField",
        /// A field of an inspector.
        LastOps = "stage.field.lastOps",
        /// A field of an inspector.
        Target = "stage.field.target",
        /// Args: a length of time.
        Ago = "stage.ago",
        /// Who holds an entry. Args: index.
        HeldBy = "stage.heldBy",
        /// A leader's first entry.
        NoOp = "stage.noOp",
        /// An entry that opens a client's session. Args: client.
        OpensSession = "stage.opensSession",
        /// An entry with the members. Args: voters.
        ConfigurationEntry = "stage.configurationEntry",
        /// An entry with a joint configuration. Args: voters to come, voters before.
        JointEntry = "stage.jointEntry",
        /// A write in a log cell. Args: key, value.
        OpPut = "stage.opPut",
        /// An append in a log cell. Args: key, value.
        OpAppend = "stage.opAppend",
        /// A compare-and-set in a log cell. Args: key, expected, value.
        OpCas = "stage.opCas",
        /// A compare-and-set of an absent key in a log cell. Args: key, value.
        OpCasAbsent = "stage.opCasAbsent",
        /// A removal in a log cell. Args: key.
        OpDelete = "stage.opDelete",
        /// A read in a log cell. Args: key.
        OpGet = "stage.opGet",
        /// Nothing is under way.
        ClientIdle = "stage.clientIdle",
        /// Args: how many operations, for whom the first waits.
        ClientWaits = "stage.clientWaits",
        /// Args: client, member, the answer.
        ClientAnswered = "stage.clientAnswered",
        /// Operations whose outcome is unknown. Args: number.
        BadgeUnknown = "stage.badgeUnknown",
        /// A goal. Args: the system's name.
        GoalLeader = "stage.goal.leader",
        /// A goal. Args: the system's name.
        GoalNoLeader = "stage.goal.noLeader",
        /// A goal. Args: the system's name.
        GoalViolation = "stage.goal.violation",
        /// What one may run until: somebody asked for leads. Args: system.
        GoalLeaderIs = "stage.goal.leaderIs",
        /// What one may run until: two believe that they lead. Args: system.
        GoalTwoLeaders = "stage.goal.twoLeaders",
        /// What one may run until: somebody stands for election. Args: system.
        GoalCandidate = "stage.goal.candidate",
        /// What one may run until: a member's term reaches a number. Args: system.
        GoalTerm = "stage.goal.term",
        /// What one may run until: a member's commit index reaches a number. Args: system.
        GoalCommit = "stage.goal.commit",
        /// What one may run until: a key has a value. Args: system.
        GoalValue = "stage.goal.value",
        /// A verb's label.
        VerbTransfer = "stage.verb.transfer",
        /// A verb's label.
        VerbSnapshot = "stage.verb.snapshot",
        /// A verb's label.
        VerbRemove = "stage.verb.remove",
        /// A verb's label.
        VerbAdd = "stage.verb.add",
        /// A verb's label.
        VerbRequest = "stage.verb.request",
        /// A verb's label.
        VerbRule = "stage.verb.rule",
        /// What a verb or a goal asks.
        AskMember = "stage.ask.member",
        /// What a verb asks.
        AskKey = "stage.ask.key",
        /// What a verb asks.
        AskValue = "stage.ask.value",
        /// What a verb asks.
        AskName = "stage.ask.name",
        /// What a verb asks.
        AskRule = "stage.ask.rule",
        /// A number that predicates ask for.
        LastIndex = "stage.fact.lastIndex",
        /// A number that predicates ask for.
        LastTerm = "stage.fact.lastTerm",
        /// A number that predicates ask for.
        SnapshotIndex = "stage.fact.snapshotIndex",
        /// How many members' logs are the leader's, its own included.
        Agreeing = "stage.fact.agreeing",
        /// Operations whose client knows no outcome.
        UnknownOutcomes = "stage.fact.unknown",
        /// A field of a message.
        AsksFor = "stage.field.asksFor",
        /// What a candidate asks for.
        AsksVote = "stage.asksVote",
        /// What a candidate asks for whom the leader told to stand.
        AsksVoteTransfer = "stage.asksVoteTransfer",
        /// What a candidate asks before it stands.
        AsksPreVote = "stage.asksPreVote",
        /// What a leader asks that hands over.
        AsksToStand = "stage.asksToStand",
        /// A field of a message: the term that a vote is asked in.
        InTerm = "stage.field.inTerm",
        /// A field of an answer: the term of who answers.
        OwnTerm = "stage.field.ownTerm",
        /// A field of a message.
        LastEntry = "stage.field.lastEntry",
        /// A field of an answer.
        AnswerField = "stage.field.answer",
        /// An answer.
        AnswersVote = "stage.answersVote",
        /// An answer.
        AnswersNoVote = "stage.answersNoVote",
        /// An answer.
        AnswersPreVote = "stage.answersPreVote",
        /// An answer.
        AnswersNoPreVote = "stage.answersNoPreVote",
        /// An answer.
        AnswersMatch = "stage.answersMatch",
        /// An answer.
        AnswersMismatch = "stage.answersMismatch",
        /// No arguments.
        AnswersRefusal = "stage.answersRefusal",
        /// A field of an answer: an index.
        MatchesTo = "stage.field.matchesTo",
        /// A field of an answer: an index.
        MismatchAt = "stage.field.mismatchAt",
        /// A field of an answer.
        HasInstead = "stage.field.hasInstead",
        /// What a log has of a term. Args: the term, its first index.
        TermFrom = "stage.termFrom",
        /// A field of a message.
        EntryBefore = "stage.field.entryBefore",
        /// What a shape stands for.
        ShapeLog = "stage.shape.log",
        /// What a shape stands for.
        ShapeVote = "stage.shape.vote",
        /// What a shape stands for.
        ShapeSnapshot = "stage.shape.snapshot",
        /// What a shape stands for.
        ShapeClient = "stage.shape.client",
        /// What a shape stands for.
        ShapeControl = "stage.shape.control",
        /// A member's term. Args: term.
        TermIs = "stage.termIs",
        /// A proposer's or an acceptor's ballot. Args: ballot.
        BallotIs = "stage.ballotIs",
        /// An entry. Args: index, term.
        EntryOfTerm = "stage.entryOfTerm",
        /// A field of a message.
        EntriesField = "stage.field.entries",
        /// An entry in a message. Args: index, term, what it says.
        EntryCarried = "stage.entryCarried",
        /// Args: how many.
        MoreEntries = "stage.moreEntries",
        /// A field of a message.
        LeadersCommit = "stage.field.leadersCommit",
        /// A field of a message.
        PieceField = "stage.field.piece",
        /// Args: the first item, the last item, how many there are in all.
        PieceOf = "stage.pieceOf",
        /// A field of an answer.
        PiecesReceived = "stage.field.piecesReceived",
        /// A field of a request.
        OperationField = "stage.field.operation",
        /// A field of a request.
        RequestNumber = "stage.field.requestNumber",
        /// A field of an answer.
        ToRequest = "stage.field.toRequest",
        /// A field of an answer.
        Revision = "stage.field.revision",
        /// A request by hand. Args: client, operation.
        RequestBy = "stage.requestBy",
    }
}

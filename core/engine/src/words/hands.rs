//! Keys of what people do by hand: commands as sentences, what a verb offers to choose from, and why it would do nothing.

keys! {
    /// What is said of commands given by hand.
    HandsKey in Hands {
        /// A command of a link or an edited history is due at a place that this history does not have.
        PlaceGone = "hands.placeGone",
        /// The list of commands has changed since it was shown.
        CommandGone = "hands.commandGone",
        /// A command is moved beyond the end of the run. Args: the latest instant.
        TooLate = "hands.tooLate",
        /// Nothing was undone.
        NothingToRedo = "hands.nothingToRedo",
        /// A command was changed. Args: what it was (phrase), what it is (phrase).
        DidEdit = "hands.did.edit",
        /// A command was removed. Args: the command (phrase).
        DidDelete = "hands.did.delete",
        /// The one of a system that a selector means. Args: selector, system.
        SelectOf = "hands.select.of",
        /// Whom a selector means, of whatever system. Args: selector.
        SelectAny = "hands.select.any",
        /// Everywhere in the network.
        OnAll = "hands.on.all",
        /// Between some and others, both ways. Args: some, others.
        OnBetween = "hands.on.between",
        /// From some to others. Args: some, others.
        OnFromTo = "hands.on.fromTo",
        /// On every link that leaves or reaches some. Args: some.
        OnOf = "hands.on.of",
        /// Everybody.
        Everybody = "hands.everybody",
        /// A side of a partition. Args: its members.
        Side = "hands.side",
        /// A command as a sentence. Args: whom.
        SayCrash = "hands.say.crash",
        /// A command as a sentence. Args: whom.
        SayKill = "hands.say.kill",
        /// A command as a sentence. Args: whom.
        SayStart = "hands.say.start",
        /// A command as a sentence. Args: whom.
        SayPause = "hands.say.pause",
        /// A command as a sentence. Args: whom.
        SayResume = "hands.say.resume",
        /// A command as a sentence. Args: a list of sides.
        SayPartition = "hands.say.partition",
        /// A command as a sentence. Args: where.
        SayCut = "hands.say.cut",
        /// A command as a sentence.
        SayHealAll = "hands.say.healAll",
        /// A command as a sentence. Args: the fault's name.
        SayHeal = "hands.say.heal",
        /// A command as a sentence. Args: where, how much.
        SayLoss = "hands.say.loss",
        /// A command as a sentence. Args: where, how long.
        SayDelay = "hands.say.delay",
        /// A command as a sentence. Args: where, how much.
        SayDuplicate = "hands.say.duplicate",
        /// A command as a sentence. Args: where, how much.
        SayReorder = "hands.say.reorder",
        /// A command as a sentence. Args: where, how much.
        SayBandwidth = "hands.say.bandwidth",
        /// A command as a sentence. Args: where.
        SayRestore = "hands.say.restore",
        /// A command as a sentence. Args: where.
        SayClog = "hands.say.clog",
        /// A command as a sentence. Args: where.
        SayUnclog = "hands.say.unclog",
        /// A command as a sentence. Args: where.
        SayHold = "hands.say.hold",
        /// A command as a sentence. Args: where.
        SayRelease = "hands.say.release",
        /// A command as a sentence. Args: sender, receiver, the message's number.
        SayDeliver = "hands.say.deliver",
        /// A command as a sentence. Args: sender, receiver, the message's number.
        SayDrop = "hands.say.drop",
        /// A command as a sentence. Args: sender, receiver, the message's number.
        SayCopy = "hands.say.copy",
        /// A command as a sentence. Args: sender, receiver, the message's number, by how long.
        SayDelayMessage = "hands.say.delayMessage",
        /// A command as a sentence. Args: whose, how (phrase).
        SayDisk = "hands.say.disk",
        /// A command as a sentence. Args: whose, parts per million.
        SayDrift = "hands.say.drift",
        /// A command as a sentence. Args: whose, by how long.
        SayStepClock = "hands.say.stepClock",
        /// A command as a sentence. Args: whose.
        SayTimeOut = "hands.say.timeOut",
        /// A command as a sentence. Args: whose, which timer.
        SayTimeOutOf = "hands.say.timeOutOf",
        /// A command as a sentence. Args: key.
        SayGet = "hands.say.get",
        /// A command as a sentence. Args: key, value.
        SayPut = "hands.say.put",
        /// A command as a sentence. Args: key, value, what is expected.
        SayCas = "hands.say.cas",
        /// A command as a sentence. Args: key, value.
        SayCasNew = "hands.say.casNew",
        /// A command as a sentence. Args: key, value.
        SayAppend = "hands.say.append",
        /// A command as a sentence. Args: key.
        SayDelete = "hands.say.delete",
        /// A command as a sentence. Args: to whom.
        SayTransfer = "hands.say.transfer",
        /// A command as a sentence.
        SayTransferAny = "hands.say.transferAny",
        /// A command as a sentence. Args: who votes.
        SayMembers = "hands.say.members",
        /// A command as a sentence. Args: names.
        SayAddMember = "hands.say.addMember",
        /// A command as a sentence. Args: whom, value.
        SayPropose = "hands.say.propose",
        /// What an order asks for. Args: who, value.
        SayProposes = "hands.say.proposes",
        /// A command as a sentence. Args: whom.
        SayRemoveMember = "hands.say.removeMember",
        /// A command as a sentence. Args: whom.
        SaySnapshot = "hands.say.snapshot",
        /// A command as a sentence. Args: name.
        SayAddHost = "hands.say.addHost",
        /// A command as a sentence. Args: whom.
        SayRemoveHost = "hands.say.removeHost",
        /// A command as a sentence. Args: rule.
        SayRuleOff = "hands.say.ruleOff",
        /// A command as a sentence. Args: rule.
        SayRuleOn = "hands.say.ruleOn",
        /// A command as a sentence. Args: the number luck is drawn by.
        SayReluck = "hands.say.reluck",
        /// A command as a sentence. Args: its name.
        SayOrder = "hands.say.order",
        /// How a disk is.
        DiskHealthy = "hands.disk.healthy",
        /// How a disk fails.
        DiskTornTail = "hands.disk.tornTail",
        /// How a disk fails.
        DiskStall = "hands.disk.stall",
        /// How a disk fails.
        DiskFull = "hands.disk.full",
        /// How a disk fails.
        DiskIoError = "hands.disk.ioError",
        /// How a disk fails. Args: by how much it is slower.
        DiskSlow = "hands.disk.slow",
        /// How a disk fails.
        DiskWipe = "hands.disk.wipe",
        /// How a disk fails.
        DiskLying = "hands.disk.lying",
        /// A choice: both ways.
        BothWays = "hands.way.both",
        /// A choice: one way only, from the first named to the second.
        OneWay = "hands.way.one",
        /// A choice: both ways between two. Args: one, the other.
        WayBoth = "hands.way.between",
        /// A choice: one way only. Args: from, to.
        WayOne = "hands.way.fromTo",
        /// A choice: a request.
        OpGet = "hands.op.get",
        /// A choice: a request.
        OpPut = "hands.op.put",
        /// A choice: a request.
        OpCas = "hands.op.cas",
        /// A choice: a request.
        OpAppend = "hands.op.append",
        /// A choice: a request.
        OpDelete = "hands.op.delete",
        /// A choice: a rule in force, to be switched off. Args: rule.
        RuleOff = "hands.rule.off",
        /// A choice: a rule that is off, to be switched on again. Args: rule.
        RuleOn = "hands.rule.on",
        /// A choice that is a name by itself. Args: the name.
        Named = "hands.named",
        /// A verb's label.
        VerbMendDisk = "hands.verb.mendDisk",
        /// A verb's label.
        VerbStepClock = "hands.verb.stepClock",
        /// A verb's label.
        VerbDrift = "hands.verb.drift",
        /// A verb's label.
        VerbMend = "hands.verb.mend",
        /// A verb's label.
        VerbCutThis = "hands.verb.cutThis",
        /// A verb's label.
        VerbHealThis = "hands.verb.healThis",
        /// What a verb asks.
        AskWay = "hands.ask.way",
        /// What a verb asks.
        AskOp = "hands.ask.op",
        /// What a verb asks.
        AskExpect = "hands.ask.expect",
        /// What a verb asks.
        AskStep = "hands.ask.step",
        /// A line drawn across the stage has everybody on one side.
        LinePartsNobody = "hands.linePartsNobody",
        /// Why a verb would do nothing.
        NoneHeld = "hands.no.held",
        /// Why a verb would do nothing.
        NoneClogged = "hands.no.clogged",
        /// Why a verb would do nothing.
        NoneShaped = "hands.no.shaped",
        /// Why a verb would do nothing.
        NoneCut = "hands.no.cut",
        /// Why a verb would do nothing.
        AllHeld = "hands.no.notHeld",
        /// Why a verb would do nothing.
        AllClogged = "hands.no.notClogged",
        /// Why a verb would do nothing.
        AllCut = "hands.no.notCut",
        /// Why a verb would do nothing. Args: host.
        DiskIsFine = "hands.no.diskFault",
        /// Why a command would do nothing: nobody who could hear it is running.
        NobodyHears = "hands.no.hearer",
        /// The page asked for a link between two that are not both there.
        NoSuchLink = "hands.noSuchLink",
        /// No partition or cut of this name is in force. Args: its name.
        NoSuchBarrier = "hands.noSuchBarrier",
    }
}

//! Keys of the world: hosts, links, disks, clocks, faults.

keys! {
    /// What the world itself says.
    KernelKey in Kernel {
        /// Nothing has happened yet.
        Beginning = "kernel.beginning",
        /// A process started. Args: process.
        Started = "kernel.started",
        /// No such host. Args: host.
        RefusedUnknownHost = "kernel.refused.unknownHost",
        /// No such process. Args: process.
        RefusedUnknownProcess = "kernel.refused.unknownProcess",
        /// It is down already.
        RefusedAlreadyDown = "kernel.refused.alreadyDown",
        /// It is up already.
        RefusedAlreadyUp = "kernel.refused.alreadyUp",
        /// It is not paused.
        RefusedNotPaused = "kernel.refused.notPaused",
        /// It is paused already.
        RefusedAlreadyPaused = "kernel.refused.alreadyPaused",
        /// Its host is down. Args: host.
        RefusedHostDown = "kernel.refused.hostDown",
        /// It is not running. Args: process.
        RefusedNotRunning = "kernel.refused.notRunning",
        /// The name is in use, or was. Args: text.
        RefusedNameTaken = "kernel.refused.nameTaken",
        /// No such message in flight. Args: sender, receiver, number.
        RefusedNoSuchMessage = "kernel.refused.noSuchMessage",
        /// No such connection. Args: opener, number.
        RefusedNoSuchConnection = "kernel.refused.noSuchConnection",
        /// No such barrier. Args: number.
        RefusedNoSuchBarrier = "kernel.refused.noSuchBarrier",
        /// A barrier of that number stands already. Args: number.
        RefusedBarrierTaken = "kernel.refused.barrierTaken",
        /// A host is in two groups. Args: host.
        RefusedInTwoGroups = "kernel.refused.inTwoGroups",
        /// No such timer. Args: number.
        RefusedNoSuchTimer = "kernel.refused.noSuchTimer",
        /// The process has no such command.
        RefusedNotUnderstood = "kernel.refused.notUnderstood",
        /// A process takes up what an operator orders. Args: process, its answer (phrase).
        AnswerYes = "kernel.answer.yes",
        /// A process refuses what an operator orders. Args: process, why (phrase).
        AnswerNo = "kernel.answer.no",
        /// A connection delivers once and in order. Args: sender, receiver, number.
        RefusedOnConnection = "kernel.refused.onConnection",
        /// It has not left yet, or has arrived. Args: sender, receiver, number.
        RefusedNotOnItsWay = "kernel.refused.notOnItsWay",
        /// A range that ends before it begins.
        LawReversed = "kernel.law.reversed",
        /// Measured times that are not sorted.
        LawNotSorted = "kernel.law.notSorted",
        /// No measured times.
        LawEmpty = "kernel.law.empty",
        /// Longer than a day.
        LawTooLong = "kernel.law.tooLong",
        /// A Pareto shape of zero.
        LawNoShape = "kernel.law.noShape",
        /// A bandwidth of zero.
        LawNoBandwidth = "kernel.law.noBandwidth",
        /// A clock too far off.
        LawTooMuchDrift = "kernel.law.tooMuchDrift",
        /// Too many hosts. Args: limit.
        BoundHosts = "kernel.bound.hosts",
        /// Too many processes. Args: limit.
        BoundProcesses = "kernel.bound.processes",
        /// Too many messages in flight. Args: limit.
        BoundInFlight = "kernel.bound.inFlight",
        /// Too many barriers and overrides. Args: limit.
        BoundRules = "kernel.bound.rules",
        /// An empty or too long name. Args: limit in bytes.
        BoundName = "kernel.bound.name",
    }
}

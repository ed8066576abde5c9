//! Keys of the key-value store and its clients.

keys! {
    /// What the store and its clients say.
    KvKey in Kv {
        /// A message opening a session.
        KindRegister = "kv.message.register",
        /// A message asking for an operation.
        KindRequest = "kv.message.request",
        /// A message answering it.
        KindResponse = "kv.message.response",
        /// Args: key.
        Get = "kv.op.get",
        /// Args: key, value.
        Put = "kv.op.put",
        /// Args: key, expected value, new value.
        Cas = "kv.op.cas",
        /// A compare-and-set that expects nothing there. Args: key, new value.
        CasAbsent = "kv.op.casAbsent",
        /// Args: key, what is added.
        Append = "kv.op.append",
        /// Args: key.
        Delete = "kv.op.delete",
        /// Args: value, revision.
        Value = "kv.outcome.value",
        /// The key holds nothing.
        Absent = "kv.outcome.absent",
        /// A write took place.
        Written = "kv.outcome.written",
        /// A compare-and-set found something else. Args: what it found.
        Differs = "kv.outcome.differs",
        /// A compare-and-set found nothing.
        DiffersAbsent = "kv.outcome.differsAbsent",
        /// A key was removed.
        Deleted = "kv.outcome.deleted",
        /// There was nothing to remove.
        NothingToDelete = "kv.outcome.nothingToDelete",
        /// An append would have passed the bound on values.
        Full = "kv.outcome.full",
        /// A session was opened. Args: its name.
        Registered = "kv.reply.registered",
        /// Args: who may lead.
        AskLeader = "kv.reply.askLeader",
        /// No leader is known.
        NoLeader = "kv.reply.noLeader",
        /// Whoever took it in lost the leadership. Args: who may lead now.
        LostTo = "kv.reply.lostTo",
        /// The same, and no leader is known.
        LostLeadership = "kv.reply.lostLeadership",
        /// Not now.
        Unavailable = "kv.reply.unavailable",
        /// The session is unknown.
        SessionExpired = "kv.reply.sessionExpired",
        /// Answered and acknowledged before.
        Superseded = "kv.reply.superseded",
        /// Over the bounds.
        TooLarge = "kv.reply.tooLarge",
        /// A client's timer for its next operation.
        NextTimer = "kv.timer.next",
        /// A client's timer for answers that do not come.
        RetryTimer = "kv.timer.retry",
        /// A client opened its session. Args: its name, the member that answered.
        ClientReady = "kv.client.ready",
        /// An operation is sent. Args: its number, the operation, to whom.
        ClientSends = "kv.client.sends",
        /// An operation is sent again. Args: its number, to whom, how many times it has been sent.
        ClientRetries = "kv.client.retries",
        /// An operation is done. Args: its number, the outcome.
        ClientDone = "kv.client.done",
        /// An operation was given up; whether it took effect is unknown. Args: its number, how many times it was sent.
        ClientGivesUp = "kv.client.givesUp",
        /// An operation's session expired; whether it took effect is unknown. Args: its number.
        ClientExpired = "kv.client.expired",
        /// An operation was not taken up because too many are under way. Args: how many.
        ClientBusy = "kv.client.busy",
        /// An operator's operation was taken up. Args: its number, the operation.
        ClientIssued = "kv.client.issued",
        /// A client asks another member. Args: who.
        ClientTurnsTo = "kv.client.turnsTo",
    }
}

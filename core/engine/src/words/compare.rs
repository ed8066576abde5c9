//! Keys of comparisons: what is measured of each side, as rows of a table, and what exactly is meant by each.

keys! {
    /// What a comparison's table says.
    CompareKey in Compare {
        /// Writes asked.
        Asked = "compare.asked",
        /// Writes acknowledged.
        Acknowledged = "compare.acknowledged",
        /// Writes refused.
        Refused = "compare.refused",
        /// Writes of unknown outcome.
        Unknown = "compare.unknown",
        /// Writes under way.
        Waiting = "compare.waiting",
        /// Operations not sent.
        Skipped = "compare.skipped",
        /// Messages a write.
        MessagesAWrite = "compare.messagesAWrite",
        /// What is meant by it.
        MessagesAWriteAbout = "compare.messagesAWrite.about",
        /// Messages between members.
        Messages = "compare.messages",
        /// Signs of life.
        Idle = "compare.idle",
        /// What is meant by it.
        IdleAbout = "compare.idle.about",
        /// Messages with clients.
        ClientMessages = "compare.clientMessages",
        /// Round trips between members.
        RoundTrips = "compare.roundTrips",
        /// What is meant by it.
        RoundTripsAbout = "compare.roundTrips.about",
        /// Round trips with the client.
        ClientRoundTrips = "compare.clientRoundTrips",
        /// What is meant by it.
        ClientRoundTripsAbout = "compare.clientRoundTrips.about",
        /// A median and the most. Args: both, as text.
        MedianAndMost = "compare.medianAndMost",
        /// Half of the latencies are no longer.
        P50 = "compare.p50",
        /// Nine of ten.
        P90 = "compare.p90",
        /// Ninety-nine of a hundred.
        P99 = "compare.p99",
        /// The longest.
        Max = "compare.max",
        /// What is meant by latency.
        LatencyAbout = "compare.latency.about",
        /// The longest time without service.
        Outage = "compare.outage",
        /// What is meant by it.
        OutageAbout = "compare.outage.about",
        /// From when to when. Args: instants.
        OutageWhen = "compare.outage.when",
        /// It has not ended. Args: since when.
        OutageOpen = "compare.outage.open",
        /// Writes lost.
        Lost = "compare.lost",
        /// What is meant by it.
        LostAbout = "compare.lost.about",
        /// One of them. Args: key, value, client, instant.
        LostWrite = "compare.lost.write",
        /// One that wrote no value. Args: key, client, instant.
        LostDelete = "compare.lost.delete",
        /// So many more. Args: number.
        LostMore = "compare.lost.more",
    }
}

//! Keys of clients and of what serves them without consensus.

keys! {
    /// What clients, proxies and servers say.
    TrafficKey in Traffic {
        /// A client, as a role.
        Client = "traffic.client",
        /// Asks for a page. Args: number of the request.
        Get = "traffic.get",
        /// A page. Args: visits so far.
        Page = "traffic.page",
        /// No page. Args: number of the request.
        Unavailable = "traffic.unavailable",
        /// How many visits a server has counted. Args: number.
        Visits = "traffic.visits",
        /// A proxy's timer: to try its server again.
        Retry = "traffic.timer.retry",
        /// A caller's timer: its next request.
        NextRequest = "traffic.timer.nextRequest",
        /// A proxy starts its server, because a request came and there is none.
        StartsServer = "traffic.note.startsServer",
    }
}

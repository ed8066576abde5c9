//! Keys of clients and of what serves them without consensus.

keys! {
    /// What clients, proxies and servers say.
    TrafficKey in Traffic {
        /// A client, as a role.
        Client = "traffic.client",
    }
}

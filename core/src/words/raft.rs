//! Keys of Raft.

keys! {
    /// What Raft says.
    RaftKey in Raft {
        /// The election timer.
        ElectionTimer = "raft.timer.election",
    }
}

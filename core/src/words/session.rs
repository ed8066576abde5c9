//! Keys of the session: transport, branches, links, verbs, and what is shown of any system.

keys! {
    /// What the session says.
    SessionKey in Session {
        /// A branch without a name of its own. Args: number.
        Branch = "session.branch",
    }
}

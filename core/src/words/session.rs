//! Keys of the session: transport, branches, links, verbs, and what is shown of any system.

keys! {
    /// What the session says.
    SessionKey in Session {
        /// A branch without a name of its own. Args: number.
        Branch = "session.branch",
        /// There is no link.
        LinkEmpty = "session.link.empty",
        /// A link's text is too long. Args: its bytes, the most.
        LinkTooLong = "session.link.tooLong",
        /// Not base64url.
        LinkNotText = "session.link.notText",
        /// Another format. Args: its number, ours.
        LinkFormat = "session.link.format",
        /// It inflates beyond the bound. Args: the most bytes.
        LinkTooLarge = "session.link.tooLarge",
        /// Cut off or changed.
        LinkDamaged = "session.link.damaged",
        /// Too many or too long commands.
        LinkBounds = "session.link.bounds",
        /// Commands out of order.
        LinkOrder = "session.link.order",
        /// No room for another branch. Args: the most.
        TooManyBranches = "session.tooManyBranches",
    }
}

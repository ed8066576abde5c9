//! Keys of the checks: what each holds, and how it broke.

keys! {
    /// What checks say.
    CheckKey in Check {
        /// Election Safety, as a title.
        ElectionSafety = "check.electionSafety",
    }
}

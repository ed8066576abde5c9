//! Keys of scenario files: what is wrong with a text, what a command did or could not do.

keys! {
    /// What a scenario's reader and runner say.
    ScenarioKey in Scenario {
        /// The text has nothing in it.
        Empty = "scenario.empty",
    }
}

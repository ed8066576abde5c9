//! Keys of exported traces: the few words a diagram needs beyond the run's own.

keys! {
    /// What a trace says of itself.
    ExportKey in Export {
        /// It has never run.
        Unstarted = "export.unstarted",
        /// Runs and can be reached.
        Up = "export.up",
        /// Its host is down, or it crashed.
        Crashed = "export.crashed",
        /// Its host is paused.
        Paused = "export.paused",
        /// It stopped itself or was stopped.
        Stopped = "export.stopped",
        /// A message that came to nobody. Args: its label.
        Missed = "export.missed",
        /// The diagram ends here. Args: instant, most lines, most characters.
        CutHere = "export.cutHere",
    }
}

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
        /// An instant alone. Args: it.
        At = "export.at",
        /// What a transcript is of. Args: scenario, seed, engine.
        TranscriptOf = "export.transcriptOf",
        /// The end of a transcript. Args: events of the whole run, digest.
        TranscriptEnds = "export.transcriptEnds",
        /// A check broke. Args: its name, what broke it.
        Broke = "export.broke",
        /// A check broke as the scenario said. Args: its name, what broke it.
        BrokeAsExpected = "export.brokeAsExpected",
        /// Asked to write more than it may. Args: most megabytes.
        TooMuch = "export.tooMuch",
        /// A piece was asked for that does not follow the last one.
        Interrupted = "export.interrupted",
        /// The stretch asked for ends before it begins.
        Backwards = "export.backwards",
        /// The diagram ends here. Args: instant, most lines, most characters.
        CutHere = "export.cutHere",
    }
}

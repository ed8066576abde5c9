//! Keys of the world: hosts, links, disks, clocks, faults.

keys! {
    /// What the world itself says.
    KernelKey in Kernel {
        /// Nothing has happened yet.
        Beginning = "kernel.beginning",
        /// A process started. Args: process.
        Started = "kernel.started",
    }
}

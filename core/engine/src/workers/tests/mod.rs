//! The cluster, tested: settings; steps on the driver without time; small worlds where time matters; each rule switched off
//! once, and caught; seeds upon seeds of faults.

mod failures;
mod harness;
mod leases;
mod messages;
mod mutants;
mod settings;
mod steps;
mod sweep;

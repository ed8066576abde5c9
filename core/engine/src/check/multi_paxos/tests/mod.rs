//! Groups in small worlds, with a network, disks and clocks that may fail, under all of Multi-Paxos' checks.

mod collected;
mod leases;
mod messages;
mod mutants;
mod sweep;
mod world;

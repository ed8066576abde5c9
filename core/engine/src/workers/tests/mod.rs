//! The cluster, tested.

//! The rim's word tables.

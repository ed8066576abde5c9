//! The dissertation, sentence by sentence.

mod harness;
mod smoke;

//! The space-time diagram: members as lanes, messages as arrows, faults and terms as bands, events as dots; and what it shares
//! with stage, event list and log table: what is pointed at and what is lit up. It knows no system and decides nothing about
//! the run.

mod inspect;
#[allow(dead_code, reason = "what lights up and sifts comes next")]
mod state;

pub use inspect::{arrived, event};
#[allow(unused_imports, reason = "as above")]
pub use state::{Diagram, DiagramHappened, Lit, Pointed, Sieve, way};

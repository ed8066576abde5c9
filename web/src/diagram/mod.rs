//! The space-time diagram: members as lanes, messages as arrows, faults and terms as bands, events as dots; and what it shares
//! with stage, event list and log table: what is pointed at and what is lit up. It knows no system and decides nothing about
//! the run.
//!
//! `rows` says which lanes are drawn, `layer` draws what does not depend on the playhead, `place` finds room for its words,
//! `front` draws the rest and tells what a point is on, `lanes` hears pointers and keys.

mod bar;
mod drawing;
mod front;
mod heads;
mod inspect;
mod label;
mod lanes;
mod layer;
mod picture;
mod place;
mod rows;
mod state;
mod words;

pub use bar::bar;
use bar::left_out;
pub use heads::lane_menu;
pub use inspect::{arrived, event};
pub use lanes::{Timeline, TimelineProps, capture};
pub use picture::picture;
pub use state::{Diagram, DiagramHappened, Lit, Pointed, Sieve, way};

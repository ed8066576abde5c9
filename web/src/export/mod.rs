//! The run taken elsewhere: as a trace for another tool, as a transcript, as a picture. Traces are written by the session,
//! piece by piece; the dialog gathers the pieces while it is open and gives them to the browser. Pictures are drawn by those
//! who draw the screen, with a pen that writes SVG.

mod dialog;
pub mod file;
mod pen;
mod picture;
mod styled;

pub use dialog::{ExportDialog, ExportProps};
pub use pen::Pen;
pub use picture::{Drawing, Sign};
pub use styled::inside;

use crate::same::Same;
use muster_core::process::Phrase;
use muster_core::session::api::{Exported, Failure};

/// What came of an export.
#[derive(Clone, PartialEq, Default)]
pub struct Exporting {
    /// The last piece, and how many bytes came before it.
    pub came: Option<(u64, Same<Exported>)>,
    /// Why there is no more.
    pub refused: Option<Same<Phrase>>,
}

impl Exporting {
    /// A piece came.
    pub fn piece(&mut self, written: u64, piece: Exported) {
        (self.came, self.refused) = (Some((written, Same::new(piece))), None);
    }

    /// There is none.
    pub fn failed(&mut self, failure: Failure) {
        if let Failure::Refused(phrase) | Failure::Link(phrase) = failure {
            self.refused = Some(Same::new(phrase));
        }
    }
}

//! A scenario file: any bytes are read or refused, and what is refused names a place inside the text. What is wrong, or what is
//! expected of the run, can be said.

use muster_core::process::Phrase;
use muster_core::scenario::Scenario;
use muster_words::{Lang, NoNames};

fn main() {
    afl::fuzz!(|bytes: &[u8]| {
        match Scenario::read(bytes, muster_core::systems::all()) {
            Ok(scenario) => scenario.expectations.iter().for_each(|expected| said(&expected.claim)),
            Err(problems) => {
                assert!(!problems.is_empty(), "refused without a reason");
                // YAML ends a line at a carriage return too.
                let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
                assert!(
                    problems.iter().all(|problem| problem.line as usize <= lines + 1),
                    "a place beyond the text"
                );
                problems.iter().for_each(|problem| said(&problem.phrase));
            }
        }
    });
}

fn said(phrase: &Phrase) {
    for lang in Lang::ALL {
        assert!(!muster_words::text(phrase, &NoNames, *lang).is_empty(), "nothing is said");
    }
}

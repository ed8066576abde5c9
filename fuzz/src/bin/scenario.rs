//! A scenario file: any bytes are read or refused, and what is refused names a place inside the text.

use muster_core::scenario::Scenario;

fn main() {
    afl::fuzz!(|bytes: &[u8]| {
        if let Err(problems) = Scenario::read(bytes, muster_core::systems::all()) {
            assert!(!problems.is_empty(), "refused without a reason");
            // YAML ends a line at a carriage return too.
            let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
            assert!(problems.iter().all(|problem| problem.line as usize <= lines + 1), "a place beyond the text");
        }
    });
}

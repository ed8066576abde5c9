//! A command or predicate in one line, as the page sends it: what can be read prints back to a line that reads the same.

use muster_core::scenario::{Command, Predicate};

fn main() {
    afl::fuzz!(|bytes: &[u8]| {
        let Ok(line) = std::str::from_utf8(bytes) else { return };
        if let Ok(command) = Command::parse(line) {
            let printed = command.to_string();
            assert_eq!(Command::parse(&printed).as_ref(), Ok(&command), "{printed}");
        }
        if let Ok(predicate) = Predicate::parse(line) {
            let printed = predicate.to_string();
            assert_eq!(Predicate::parse(&printed).as_ref(), Ok(&predicate), "{printed}");
        }
    });
}

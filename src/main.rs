//! The `muster` command. (Its subcommands stand beside this file; they are joined when a scenario can be run.)
fn main() {}

//! The page in a browser: all tests but `smooth.rs` are one program, so that they run beside one another to the last, whatever file
//! they stand in.
//! One file alone: `cargo test --manifest-path tests/browser/Cargo.toml --test page sides::`.

mod around;
mod axe;
mod branches;
mod diagram;
mod editor;
mod everyone;
mod export;
mod files;
mod find;
mod frames;
mod hands;
mod hour;
mod lessons;
mod mended;
mod offline;
mod pan;
mod run;
mod sides;
mod start;
mod time;
mod tryouts;
mod walk;
mod whole;
mod why;

//! Sets with clients in a world: nothing breaks while hosts crash, links fail, primaries step down and members come and go; and
//! what must break with a rule switched off does, by name.

mod harness;
mod ledger;
mod mutants;
mod sweep;

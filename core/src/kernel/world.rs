//! The world. (Its first slice is being written; the types that others name stand here already.)

/// A virtual cluster and everything in it. `Clone` is a checkpoint.
#[derive(Clone, Debug)]
pub struct World;

/// Why an action was not carried out.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal;

//! The rooms of the core that run for every event: the kernel, the processes' side of it, the protocols and the checks.
//!
//! They are a package of their own so that the page can have them as fast as they get and all else as small as it gets. Whoever
//! uses the core finds them in `muster_core` under the same names, and needs not know of this package.

pub mod check;
pub mod consensus;
pub mod kernel;
pub mod process;
pub mod words;
pub mod workers;

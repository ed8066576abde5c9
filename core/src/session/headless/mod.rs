//! The session without a page: a whole run from a file's text to its verdict, for the command and for tests.

mod set;

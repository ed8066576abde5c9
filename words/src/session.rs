//! The session's words: transport, branches, links, verbs.

use super::Pair;
use muster_core::words::session::SessionKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::Branch => ("branch {0}", "分支 {0}"),
    }
}

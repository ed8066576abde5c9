//! The words of the checks.

use super::Pair;
use muster_core::words::check::CheckKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::ElectionSafety => ("at most one leader in a term", "每个任期至多一个领导者"),
    }
}

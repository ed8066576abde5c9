//! The words of scenario files: errors, commands, expectations.

use super::Pair;
use muster_core::words::scenario::ScenarioKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::Empty => ("The file is empty.", "文件是空的。"),
    }
}

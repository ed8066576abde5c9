//! Raft's words.

use super::Pair;
use muster_core::words::raft::RaftKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::ElectionTimer => ("election timeout", "选举超时"),
    }
}

//! The words of clients and of what serves them without consensus.

use super::Pair;
use muster_core::words::traffic::TrafficKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::Client => ("client", "客户端"),
    }
}

//! The world's words: hosts, links, disks, clocks, faults.

use super::Pair;
use muster_core::words::kernel::KernelKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::Beginning => ("Nothing has happened yet.", "还没有发生任何事。"),
        K::Started => ("{0} started.", "{0} 启动了。"),
    }
}

//! The words of exported traces.

use super::Pair;
use muster_core::words::export::ExportKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::Up => ("running", "运行中"),
        K::Unstarted => ("not started", "尚未启动"),
        K::Crashed => ("crashed", "已崩溃"),
        K::Paused => ("paused", "已暂停"),
        K::Stopped => ("stopped", "已停止"),
        K::Missed => ("came to nobody: {0}", "无人接收：{0}"),
        K::CutHere => (
            "Cut here, at {0}: a diagram takes {1} lines or {2} characters. Choose another part of the run.",
            "在 {0} 处截断：一张图最多 {1} 行或 {2} 个字符。请另选运行中的一段。",
        ),
    }
}

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
        K::At => ("{0}", "{0}"),
        K::TranscriptOf => ("{0}, seed {1} (Muster {2})", "{0}，种子 {1}（Muster {2}）"),
        K::TranscriptEnds => ("{0} {0|event|events} in all, digest {1}", "共 {0} 个事件，摘要 {1}"),
        K::Broke => ("check broken: {0}: {1}", "检查被违反：{0}：{1}"),
        K::BrokeAsExpected => {
            ("check broken, as this scenario says: {0}: {1}", "检查被违反（场景预期如此）：{0}：{1}")
        }
        K::TooMuch => (
            "This would be more than {0} MB. Choose a shorter stretch of the run, or the command `muster trace`.",
            "内容会超过 {0} MB。请选较短的一段，或使用命令 `muster trace`。",
        ),
        K::Interrupted => ("The export was interrupted: start it again.", "导出被中断：请重新开始。"),
        K::Backwards => ("The stretch must end after it begins.", "这一段的结束必须晚于开始。"),
        K::CutHere => (
            "Cut here, at {0}: a diagram takes {1} lines or {2} characters. Choose another part of the run.",
            "在 {0} 处截断：一张图最多 {1} 行或 {2} 个字符。请另选运行中的一段。",
        ),
    }
}

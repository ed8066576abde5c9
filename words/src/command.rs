//! The words of the headless session.

use super::Pair;
use muster_core::words::command::CommandKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::SetNoEquals => {
            ("`{0}` is no change: write it as path=value.", "`{0}` 不是一处修改：请写成 路径=值。")
        }
        K::SetBadPath => (
            "`{0}` is no path: write it as in systems[0].spec.heartbeat.",
            "`{0}` 不是路径：请写成 systems[0].spec.heartbeat 这样。",
        ),
        K::SetNoPlace => ("the file has no place `{0}`", "文件中没有 `{0}` 这个位置"),
        K::SetNoScenario => ("no document of the file is a Scenario", "文件中没有 Scenario 文档"),
        K::CheckBroke => ("{0} broke at {2}: {1}", "{0} 在 {2} 被违反：{1}"),
        K::ExpectationBroken => ("expected, but not so: {0} ({1})", "预期未实现：{0}（{1}）"),
        K::ExpectationOpen => ("expected, but not seen before the end: {0}", "预期在结束前没有出现：{0}"),
        K::BudgetSpent => (
            "stopped after {0} events, the most this run may take",
            "在 {0} 个事件后停止，这是本次运行的上限",
        ),
        K::CommandTaken => ("{0}", "{0}"),
        K::Milestone => ("{0}: {1}.", "{0}：{1}。"),
        K::CommandRefused => ("{0} was refused: {1}", "{0} 被拒绝：{1}"),
    }
}

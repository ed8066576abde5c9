//! The words of the cluster's checks.

use crate::Pair;
use muster_core::words::workers_check::WorkersCheckKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::ExactlyOnce => ("every task takes effect at most once", "每个任务至多生效一次"),
        K::EffectsStay => ("an output that the store has told of stays", "存储答复过的输出不会消失"),
        K::SupersededStaysOut => (
            "no attempt takes effect once the store has heard of a later generation",
            "存储得知后一代尝试后，前代不再生效",
        ),
        K::FinishedStays => {
            ("a task that was recorded as finished stays finished", "记录为完成的任务始终是完成的")
        }
        K::OneHolder => (
            "no two workers hold a task at a time, backups aside",
            "除后备外，一个任务同时只由一个工作节点持有",
        ),
        K::BegunOnce => ("no attempt is begun twice", "任何尝试只开始一次"),
        K::EpochGrows => {
            ("every life of the scheduler speaks for a higher epoch", "调度器每次运行的纪元都更高")
        }
        K::OldEpochRefused => {
            ("nobody obeys an older epoch than it has heard of", "无人听从比已知更旧的纪元")
        }
        K::CompleteIsDone => {
            ("when the job is called complete, every task has its output", "宣告作业完成时，每个任务都有输出")
        }
        K::OutputReachable => (
            "what counts as finished does not lie with a worker that is taken for failed and is down",
            "算作完成的输出不在已认定失效且停机的节点上",
        ),
        K::TookEffectTwice => (
            "task {0} took effect again, by {1} of {2}; {3} was there already",
            "任务 {0} 再次生效（{2} 的 {1}）；已有 {3}",
        ),
        K::EffectGone => (
            "{0} has no output of task {1} any more, though it said that it has that of {2}",
            "{0} 曾答复有任务 {1} 的输出（{2}），现在却没有了",
        ),
        K::SupersededTookEffect => (
            "{1} of task {0}, by {2}, took effect though the store had heard of {3}",
            "存储已得知 {3}，任务 {0} 的 {1}（{2}）却仍然生效",
        ),
        K::FinishedForgotten => (
            "{0} in epoch {1} does not know that task {2} is finished, though {3} was told that it is recorded",
            "{0} 在纪元 {1} 不知道任务 {2} 已完成，而 {3} 曾被告知已记录",
        ),
        K::TwoHolders => (
            "task {0} is held by {1} ({2}) and by {3} ({4}), and neither backs the other up",
            "任务 {0} 同时由 {1}（{2}）和 {3}（{4}）持有，且互非后备",
        ),
        K::BegunTwice => ("{0} began {2} of task {1} twice", "{0} 两次开始任务 {1} 的尝试 {2}"),
        K::EpochAgain => (
            "{0} speaks for epoch {1}, and spoke for {2} in an earlier life",
            "{0} 以纪元 {1} 发言，而前一次运行已用过 {2}",
        ),
        K::ObeyedOld => (
            "{0} began {2} of task {1} though it had heard of epoch {3}",
            "{0} 已知纪元 {3}，却开始了任务 {1} 的 {2}",
        ),
        K::CompleteTooEarly => (
            "{0} calls the job complete, and task {1} has no output",
            "{0} 宣告作业完成，而任务 {1} 没有输出",
        ),
        K::OutputUnreachable => (
            "{0} counts task {1} as finished; its output is on the disk of {2}, which is down",
            "{0} 把任务 {1} 计为完成，而其输出在已停机的 {2} 的磁盘上",
        ),
    }
}

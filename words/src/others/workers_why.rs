//! Words of questions and answers about scheduler and workers.

use crate::Pair;
use muster_core::words::workers_why::WorkersWhyKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::AskNotDone => {
            ("Why is the job not done, with {0} {0|task|tasks} to go?", "为什么还有 {0} 个任务没有完成？")
        }
        K::AskDone => ("Why is the job complete?", "作业为什么算完成？"),
        K::AskNoTasks => ("Why is there nothing to do?", "为什么无事可做？"),
        K::AskNoScheduler => ("Why is nothing given out?", "为什么没有分派任务？"),
        K::AskDoubled => ("How can a task take effect twice?", "任务怎么会生效两次？"),
        K::AskWaits => ("Why does nobody work at task {0}?", "为什么没有人执行任务 {0}？"),
        K::AskRuns => ("Why is task {0} still with {1}?", "任务 {0} 为什么还在 {1} 手中？"),
        K::AskFinished => ("Why is task {0} done?", "任务 {0} 为什么算完成？"),
        K::AskGivenUp => ("Why is task {0} given up?", "任务 {0} 为什么被放弃？"),
        K::AskNoTask => ("Why is there no task {0}?", "为什么没有任务 {0}？"),
        K::AskIdle => ("Why does {0} do nothing?", "{0} 为什么闲着？"),
        K::AskBusy => ("Why does {0} work at {1}?", "{0} 为什么在执行{1}？"),
        K::AskEpoch => ("Why is {0} in epoch {1}?", "{0} 为什么处于纪元 {1}？"),
        K::AskOutputs => ("Why does {0} have {1} {1|output|outputs}?", "{0} 为什么有 {1} 份输出？"),
        K::AskResults => ("Why are the results of {0} not recorded?", "{0} 的结果为什么没有记录？"),
        K::Noted => ("{0}: {1}.", "{0}：{1}。"),
        K::SchedulerDown => (
            "{0}, the scheduler, does not run: nothing is given out, and no result is recorded.",
            "调度器 {0} 没有在运行：不分派任务，也不记录结果。",
        ),
        K::SchedulerPaused => ("{0}, the scheduler, is paused.", "调度器 {0} 已暂停。"),
        K::SchedulerNotReady => {
            ("{0} does not speak before its disk has epoch {1}.", "在磁盘记下纪元 {1} 之前，{0} 不会发言。")
        }
        K::WaitsOldLeases => (
            "{0} has begun again and gives nothing out for {1} more: what its earlier life gave out may still be at work.",
            "{0} 重新启动后，还有 {1} 不分派任务：前一次运行分派的任务可能仍在执行。",
        ),
        K::NobodyHeard => ("{0} hears no worker.", "{0} 听不到任何工作节点。"),
        K::NobodyFree => (
            "{0} {0|task waits|tasks wait}: every slot of {1} is taken.",
            "{0} 个任务在等待：{1} 的槽位都已占用。",
        ),
        K::AllDrained => (
            "Every worker that is heard is drained, and gets nothing new: {0}.",
            "有消息的工作节点都已停止接新任务：{0}。",
        ),
        K::FailedBefore => (
            "Task {0} has failed {1} {1|time|times}: it is not tried again for {2}.",
            "任务 {0} 已失败 {1} 次：{2} 内不再尝试。",
        ),
        K::SoonGivenOut => (
            "Task {0} waits and a worker is free: it is given out with the next thing that {1} hears.",
            "任务 {0} 在等待，也有空闲节点：{1} 下次收到消息时就会分派。",
        ),
        K::HasIt => ("{0} has task {1} ({2}) and works at it.", "{0} 正在执行任务 {1}（{2}）。"),
        K::BacksUp => (
            "{0} has task {1} too ({2}), as a backup: whoever is done first counts.",
            "{0} 也在执行任务 {1}（{2}），作为后备：先做完者算数。",
        ),
        K::HasResult => (
            "{0} has carried task {1} out ({2}); that is not recorded yet.",
            "{0} 已做完任务 {1}（{2}），但尚未记录。",
        ),
        K::NotArrived => (
            "Task {1} ({2}) was given to {0}, and no word that it has it has come yet.",
            "任务 {1}（{2}）已分派给 {0}，还没有收到它的确认。",
        ),
        K::NoLongerHas => (
            "{0} had task {1} ({2}), and does not have it any more.",
            "{0} 曾持有任务 {1}（{2}），现已不再持有。",
        ),
        K::HolderDown => ("{0}, which has it, does not run.", "持有者 {0} 没有在运行。"),
        K::HolderPaused => ("{0}, which has it, is paused.", "持有者 {0} 已暂停。"),
        K::HolderCut => {
            ("{0} has it, and nothing passes from {1} to {2}.", "{0} 持有该任务，但从 {1} 到 {2} 不通。")
        }
        K::LeaseLasts => (
            "It is not given to another before the lease of {0} is over: {1} more.",
            "在 {0} 的租约到期之前不会转交他人：还有 {1}。",
        ),
        K::WouldNotGive => (
            "What was lost is not given out again: the rule is switched off.",
            "丢失的任务不会重新分派：规则已关闭。",
        ),
        K::NoBackup => ("Nobody backs it up: the rule is switched off.", "没有后备执行：规则已关闭。"),
        K::Straggles => (
            "{0} is slow: a task takes it {1} percent of the usual time.",
            "{0} 很慢：执行一个任务需要通常时间的百分之 {1}。",
        ),
        K::AllRecorded => (
            "All tasks are written down as done or given up: {0} of them.",
            "全部 {0} 个都已记为完成或放弃。",
        ),
        K::NothingSubmitted => ("No task was submitted.", "没有提交任何任务。"),
        K::OnlySoMany => ("{0} {0|task was|tasks were} submitted.", "一共提交了 {0} 个任务。"),
        K::WroteDown => (
            "The journal says that task {0} is finished, by {1} ({2}).",
            "日志记载任务 {0} 已完成，由 {1} 执行（{2}）。",
        ),
        K::TookTwice => ("Task {0} has several outputs, from {1}.", "任务 {0} 有几份输出，来自 {1}。"),
        K::RuleIsOff => {
            ("This must not happen. A rule is switched off:", "这本不该发生。有一条规则被关闭了：")
        }
        K::WorkerDrained => ("{0} is drained: it gets nothing new.", "{0} 已停止接新任务。"),
        K::WorkerUnknown => ("{1} has not heard {0} in this life.", "{1} 在这次运行中还没有听到过 {0}。"),
        K::WorkerSilent => {
            ("{1} takes {0} for failed: it was silent for too long.", "{1} 认定 {0} 已失效：沉默太久。")
        }
        K::CannotMeet => (
            "Nothing passes from {1} to {2}, so {0} cannot be spoken with.",
            "从 {1} 到 {2} 不通，所以无法与 {0} 通信。",
        ),
        K::NothingWaits => (
            "No task waits: other workers have the {0} that {0|is|are} unfinished.",
            "没有任务在等待：未完成的 {0} 个都在别的节点手中。",
        ),
        K::NothingLeft => ("Every task is done or given up.", "所有任务都已完成或放弃。"),
        K::WorksUnder => (
            "{0} may work at task {1} for {2} more by its lease, if it is not renewed.",
            "若不续租，{0} 凭租约还可执行任务 {1} {2}。",
        ),
        K::EachLife => (
            "Every life of {0} begins a new epoch, so that what an earlier one said can be told apart.",
            "{0} 的每次运行都开始一个新纪元，以便分辨前一次运行说过的话。",
        ),
        K::FirstOnes => {
            ("The store takes one output a task: {0} so far.", "存储对每个任务只接收一份输出：至今 {0} 份。")
        }
        K::NotAnswered => (
            "{0} has not had an answer of {1}; it says it again.",
            "{0} 还没有得到 {1} 的答复；它会再说一次。",
        ),
    }
}

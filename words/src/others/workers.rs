//! The words of the cluster of a scheduler and its workers.

use crate::Pair;
use muster_core::words::workers::WorkersKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::WorkTimer => ("task at work", "任务执行"),
        K::HeartbeatTimer => ("heartbeat", "心跳"),
        K::LeaseTimer => ("lease", "租约"),
        K::ResendTimer => ("say again", "重发"),
        K::CheckTimer => ("look around", "巡检"),
        K::Scheduler => ("scheduler", "调度器"),
        K::Worker => ("worker", "工作节点"),
        K::StorePart => ("store", "输出存储"),
        K::TaskIdle => ("waiting", "等待"),
        K::TaskInProgress => ("in progress", "进行中"),
        K::TaskFinished => ("finished", "已完成"),
        K::TaskGivenUp => ("given up", "已放弃"),
        K::AttemptNamed => ("{0}.{1}", "{0}.{1}"),
        K::KindBeat => ("heartbeat", "心跳"),
        K::KindGrant => ("renewal", "续租"),
        K::KindAssign => ("assignment", "分派"),
        K::KindStop => ("stop", "停止"),
        K::KindDeclined => ("declined", "谢绝"),
        K::KindDone => ("report", "报告"),
        K::KindRecorded => ("recorded", "已记录"),
        K::KindOpen => ("begin output", "开始输出"),
        K::KindCommit => ("commit", "提交"),
        K::KindCommitted => ("committed", "已提交"),
        K::KindFenced => ("fenced off", "已隔离"),
        K::CardBeat => ("alive, has {0}", "存活，持有 {0}"),
        K::CardGrant => ("renew {0}", "续租 {0}"),
        K::CardAssign => ("do task {0} ({1})", "执行任务 {0}（{1}）"),
        K::CardStop => ("stop task {0} ({1})", "停止任务 {0}（{1}）"),
        K::CardDeclined => ("not task {0} ({1})", "不做任务 {0}（{1}）"),
        K::CardDone => ("task {0} done ({1})", "任务 {0} 完成（{1}）"),
        K::CardFailed => ("task {0} failed ({1})", "任务 {0} 失败（{1}）"),
        K::CardRecorded => ("task {0} recorded", "任务 {0} 已记录"),
        K::CardOpen => ("begin {0} ({1})", "开始 {0}（{1}）"),
        K::CardCommit => ("commit {0} ({1})", "提交 {0}（{1}）"),
        K::CardCommitted => ("{0} is committed ({1})", "{0} 已提交（{1}）"),
        K::CardFenced => ("{0}: only from {1} on", "{0}：仅限 {1} 及之后"),
        K::SchedulerStarts => (
            "starts epoch {0} with {1} {1|task|tasks}, none finished",
            "启动第 {0} 纪元：{1} 个任务，均未完成",
        ),
        K::SchedulerResumes => (
            "starts epoch {0}; its journal says that {1} of {2} tasks are finished",
            "启动第 {0} 纪元；日志记载 {2} 个任务中已完成 {1} 个",
        ),
        K::WaitsOldLeases => (
            "gives out nothing for {0}: leases of its earlier lives may last so long",
            "{0} 内不分派任务：前世授出的租约可能尚未到期",
        ),
        K::Registers => (
            "hears {0} for the first time: it takes {1} {1|task|tasks} at once",
            "首次听到 {0}：可同时执行 {1} 个任务",
        ),
        K::Returns => ("hears {0} again, which it had taken for failed", "再次听到 {0}，此前以为它已失效"),
        K::NewLife => (
            "hears that {0} has started anew: what it had is lost",
            "得知 {0} 已重新启动：它手中的任务都丢失了",
        ),
        K::Adopts => (
            "finds task {0} with {2}, given out as {1}, and lets it go on",
            "发现任务 {0} 在 {2} 手中（尝试 {1}），让它继续",
        ),
        K::Assigns => {
            ("gives task {0} to {2}, the freest worker, as {1}", "把任务 {0} 分派给最空闲的 {2}（尝试 {1}）")
        }
        K::AssignsAgain => (
            "gives task {0} out again, now to {2} as {1}: time number {3}",
            "再次分派任务 {0}，这次给 {2}（尝试 {1}）：第 {3} 次",
        ),
        K::AssignsBackup => (
            "gives task {0} to {2} as well ({1}), to back up {3}: the job is nearly done",
            "任务 {0} 也交给 {2}（尝试 {1}），作为 {3} 的后备：作业将近完成",
        ),
        K::Repeats => (
            "says again that {2} is to do task {0} ({1}): it does not know of it",
            "再次要求 {2} 执行任务 {0}（{1}）：它尚不知情",
        ),
        K::TellsStop => (
            "tells {2} to stop {1} of task {0}: it is not wanted any more",
            "让 {2} 停止任务 {0} 的尝试 {1}：已不再需要",
        ),
        K::StopsOther => {
            ("tells {2} to stop {1}: task {0} is finished", "让 {2} 停止尝试 {1}：任务 {0} 已完成")
        }
        K::WorkerFails => ("takes {0} for failed: it was silent for {1}", "认为 {0} 已失效：静默了 {1}"),
        K::WaitsForLease => (
            "keeps task {0} for {1}: its lease may last another {2}",
            "任务 {0} 仍归 {1}：其租约可能还有 {2}",
        ),
        K::LeaseOver => (
            "puts task {0} back: the lease of {1} on it ({2}) is certainly over",
            "收回任务 {0}：{1} 的租约（{2}）必已到期",
        ),
        K::LostWithSilence => (
            "puts task {0} back from {1} ({2}), without waiting for its lease",
            "收回 {1} 的任务 {0}（{2}），不等租约到期",
        ),
        K::LostWithLife => (
            "puts task {0} back: {1} had it ({2}) in an earlier life",
            "收回任务 {0}：{1} 在前世持有它（{2}）",
        ),
        K::Dropped => {
            ("puts task {0} back: {1} does not carry it out ({2})", "收回任务 {0}：{1} 不执行它（{2}）")
        }
        K::OutputLost => (
            "has task {0} done again: its output lies on the disk of {1}, which failed",
            "任务 {0} 需重做：其输出在已失效的 {1} 的磁盘上",
        ),
        K::OutputGone => (
            "has task {0} done again: its output lay on a disk that {1} has no more",
            "任务 {0} 需重做：其输出在 {1} 已失去的磁盘上",
        ),
        K::OutputElsewhere => (
            "does not count the report of {1} about task {0}: its output does not lie on the disk from which {1} was heard last",
            "不计入 {1} 对任务 {0} 的报告：其输出不在 {1} 最近一次报到所用的磁盘上",
        ),
        K::OutputOutOfReach => (
            "does not count the report of {1} about task {0}: its output lies there, and {1} is taken for failed",
            "不计入 {1} 对任务 {0} 的报告：输出在该节点上，而 {1} 已被认为失效",
        ),
        K::Finishes => {
            ("writes down that task {0} is finished, by {2} ({1})", "记下任务 {0} 已完成，由 {2} 执行（{1}）")
        }
        K::IgnoresReport => {
            ("ignores the report of {1}: task {0} is finished already", "忽略 {1} 的报告：任务 {0} 已完成")
        }
        K::CountsAgain => {
            ("counts task {0} once more for the report of {1}", "因 {1} 的报告又把任务 {0} 计了一次")
        }
        K::FailsAgain => (
            "hears that task {0} failed at {1}: {2} {2|failure|failures}; it waits {3}",
            "得知任务 {0} 在 {1} 失败：共 {2} 次；等待 {3}",
        ),
        K::GivesUp => ("gives task {0} up: it has failed {1} {1|time|times}", "放弃任务 {0}：已失败 {1} 次"),
        K::JobComplete => ("calls the job complete: {0} {0|task|tasks}", "宣告作业完成：{0} 个任务"),
        K::Submitted => ("{0} {0|task|tasks} submitted; there are {1}", "已提交 {0} 个任务；共 {1} 个"),
        K::TooManyTasks => (
            "a job has at least one task and at most {0}; there are {1}",
            "作业至少一个任务，至多 {0} 个；现有 {1} 个",
        ),
        K::Drains => ("{0} gets nothing new", "{0} 不再接新任务"),
        K::Undrains => ("{0} gets tasks again", "{0} 重新接任务"),
        K::NoSuchWorker => ("the scheduler has not heard {0}", "调度器没有听到过 {0}"),
        K::NotTheScheduler => ("it is not the scheduler", "它不是调度器"),
        K::Busy => ("too many commands wait for the disk", "等待磁盘的命令过多"),
        K::RuleOn => ("{0} is in force", "{0} 生效"),
        K::RuleOff => ("{0} is off", "{0} 已关闭"),
        K::DiskFailed => (
            "stops: its disk failed, and what it has said may be lost with it",
            "停止：磁盘失败，它说过的话可能已丢失",
        ),
        K::WorkerStarts => {
            ("starts its life number {0}, with nothing in its hands", "开始第 {0} 次运行，手中没有任务")
        }
        K::LivesForgotten => (
            "learns that it has had more lives than its disk knows of, and begins number {0}",
            "得知自己运行的次数多于磁盘所记，开始第 {0} 次运行",
        ),
        K::Begins => ("begins task {0} ({1})", "开始任务 {0}（{1}）"),
        K::LeaseWasOver => (
            "does not begin task {0} ({1}): its lease is over already, it came too late",
            "不开始任务 {0}（{1}）：来得太迟，租约已到期",
        ),
        K::NoSlot => {
            ("does not begin task {0} ({1}): it has no free slot", "不开始任务 {0}（{1}）：没有空闲槽位")
        }
        K::HasSeen => (
            "does not begin task {0} again: it was assigned {1} before",
            "不再开始任务 {0}：此前已被分派过 {1}",
        ),
        K::RefusesEpoch => {
            ("does not obey epoch {0}: it has heard of epoch {1}", "不听从纪元 {0}：已知有纪元 {1}")
        }
        K::HearsEpoch => ("hears the scheduler of epoch {0}", "听到纪元 {0} 的调度器"),
        K::StopsAtLeaseEnd => ("stops task {0} ({1}): its lease is over", "停止任务 {0}（{1}）：租约已到期"),
        K::Stops => ("stops task {0} ({1}), as it was told", "按要求停止任务 {0}（{1}）"),
        K::AsksToCommit => (
            "has carried out task {0} and asks the store to take the output of {1}",
            "已执行任务 {0}，请存储接收 {1} 的输出",
        ),
        K::KeepsOutput => (
            "has carried out task {0} ({1}); the output lies on its own disk",
            "已执行任务 {0}（{1}）；输出在自己的磁盘上",
        ),
        K::FailsAt => ("fails at task {0} ({1})", "任务 {0} 执行失败（{1}）"),
        K::RepeatsReport => (
            "says again what it has to say of task {0} ({1}): nobody has answered",
            "再次报告任务 {0}（{1}）：尚无答复",
        ),
        K::IsCommitted => (
            "knows that the store has the output of task {0} ({1}), and reports",
            "知道存储已有任务 {0} 的输出（{1}），现报告",
        ),
        K::OtherCommitted => (
            "learns that {2} was first with task {0}, before its own {1}, and reports that it is done",
            "得知任务 {0} 由 {2} 先提交，早于自己的 {1}；报告任务已完成",
        ),
        K::WasFenced => (
            "throws its output of task {0} away: {1} is superseded by {2}",
            "丢弃任务 {0} 的输出：{1} 已被 {2} 取代",
        ),
        K::IsRecorded => ("is done with task {0}: {1} has written it down", "任务 {0} 了结：{1} 已记录"),
        K::StoreStarts => ("starts with {0} {0|output|outputs} on its disk", "启动：磁盘上有 {0} 份输出"),
        K::RaisesFence => (
            "hears of {1} of task {0}: attempts before {2} are superseded",
            "得知任务 {0} 的尝试 {1}：{2} 之前的尝试已被取代",
        ),
        K::Commits => {
            ("takes the output of task {0}, brought by {2} ({1})", "接收任务 {0} 的输出，来自 {2}（{1}）")
        }
        K::CommitsAgain => (
            "takes one more output of task {0}, brought by {2} ({1})",
            "又接收一份任务 {0} 的输出，来自 {2}（{1}）",
        ),
        K::HasAlready => (
            "does not take {1} of task {0}: it has the output of {2}",
            "不接收任务 {0} 的 {1}：已有 {2} 的输出",
        ),
        K::RefusesSuperseded => (
            "does not take {1} of task {0}: attempts before {2} are superseded",
            "不接收任务 {0} 的 {1}：{2} 之前的尝试已被取代",
        ),
    }
}

//! Words of what a cluster of scheduler and workers shows of itself.

use crate::Pair;
use muster_core::words::workers_view::WorkersViewKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::EpochIs => ("epoch {0}", "纪元 {0}"),
        K::DoneOf => ("{0} of {1} {1|task|tasks} done", "{1} 个任务中已完成 {0} 个"),
        K::InHand => ("{0}", "{0}"),
        K::TaskNamed => ("task {0}", "任务 {0}"),
        K::TaskReported => ("task {0} (done)", "任务 {0}（已做完）"),
        K::HasOutputs => ("{0} {0|output|outputs}", "{0} 份输出"),
        K::Drained => ("drained", "不接新任务"),
        K::Doubled => ("{0} double", "重复 {0} 份"),
        K::NotReady => ("waits for its disk", "等待磁盘"),
        K::WaitsForLeases => ("waits for old leases", "等待旧租约到期"),
        K::TakenForFailed => ("silent: {0}", "失联：{0}"),
        K::EpochField => ("epoch", "纪元"),
        K::TasksField => ("tasks", "任务数"),
        K::DoneField => ("done", "已完成"),
        K::RunningField => ("in progress", "进行中"),
        K::WaitingField => ("waiting", "等待中"),
        K::GivenUpField => ("given up", "已放弃"),
        K::AliveField => ("workers heard", "听到的工作节点"),
        K::SilentField => ("taken for failed", "认定失效"),
        K::AssignedField => ("given out", "已分派"),
        K::ReexecutedField => ("executed again", "重新执行"),
        K::BackupsField => ("backups given out", "已分派的后备"),
        K::DuplicatesField => ("duplicate reports", "重复的报告"),
        K::FailuresField => ("failures of tasks", "任务失败次数"),
        K::WorkersFailedField => ("times a worker was taken for failed", "认定节点失效的次数"),
        K::CompleteField => ("job complete", "作业完成"),
        K::FinishedField => ("finished tasks written down", "已记下的完成任务"),
        K::SubmittedField => ("tasks submitted", "已提交的任务"),
        K::DrainedField => ("drained", "不接新任务的节点"),
        K::LifeField => ("life", "第几次运行"),
        K::DiskField => ("disk first used at", "磁盘启用时刻"),
        K::HeardEpochField => ("newest epoch heard", "听到的最新纪元"),
        K::AtWorkField => ("at work", "正在执行"),
        K::LeaseField => ("next lease ends", "最近的租约到期"),
        K::ResultsField => ("results not recorded yet", "尚未记录的结果"),
        K::OutputsField => ("outputs", "输出"),
        K::DoublesField => ("outputs beyond the first of a task", "同一任务多出的输出"),
        K::TaskField => ("task", "任务"),
        K::AttemptField => ("attempt", "尝试"),
        K::GenerationField => ("supersedes all before", "取代此前所有尝试"),
        K::HoldsField => ("has in its hands", "手中持有"),
        K::RenewedField => ("leases renewed", "续租"),
        K::SinceField => ("lease counted from", "租约起算时刻"),
        K::SlotsField => ("takes at once", "可同时执行"),
        K::ClockField => ("its clock", "自己的时钟"),
        K::WhoseField => ("output of", "输出来自"),
        K::OutcomeField => ("outcome", "结果"),
        K::OutcomeDone => ("done", "完成"),
        K::OutcomeFailed => ("failed", "失败"),
        K::RunIs => ("task {0} ({1})", "任务 {0}（{1}）"),
        K::AttemptIs => ("{0}.{1}", "{0}.{1}"),
        K::CellIdle => ("–", "–"),
        K::CellGivenUp => ("✗", "✗"),
        K::CellWorker => ("{0}", "{0}"),
        K::CellAtWork => ("at work", "执行"),
        K::CellResult => ("done", "做完"),
        K::GetsBeat => (
            "{0} hears that {1} lives and has {2} {2|attempt|attempts} in its hands",
            "{0} 听到 {1} 存活，手中有 {2} 个尝试",
        ),
        K::GetsGrant => (
            "{0} has been heard by {1}, which renews {2} {2|lease|leases}",
            "{0} 得知 {1} 听到了自己，续租 {2} 个",
        ),
        K::GetsBeatIdle => {
            ("{0} hears that {1} lives, with nothing in its hands", "{0} 听到 {1} 存活，手中没有任务")
        }
        K::GetsGrantBare => ("{0} has been heard by {1}", "{0} 得知 {1} 听到了自己"),
        K::GetsAssign => {
            ("{0} is asked by {1} to carry out task {2} ({3})", "{0} 被 {1} 要求执行任务 {2}（{3}）")
        }
        K::GetsStop => ("{0} is told by {1} to stop task {2} ({3})", "{0} 被 {1} 要求停止任务 {2}（{3}）"),
        K::GetsDeclined => {
            ("{0} hears that {1} does not carry out task {2} ({3})", "{0} 得知 {1} 不执行任务 {2}（{3}）")
        }
        K::GetsDone => {
            ("{0} hears from {1} that task {2} is done ({3})", "{0} 听到 {1} 报告任务 {2} 已完成（{3}）")
        }
        K::GetsFailed => {
            ("{0} hears from {1} that task {2} failed ({3})", "{0} 听到 {1} 报告任务 {2} 失败（{3}）")
        }
        K::GetsRecorded => {
            ("{0} hears from {1} that task {2} ({3}) is recorded", "{0} 从 {1} 得知任务 {2}（{3}）已记录")
        }
        K::GetsOpen => (
            "{0} hears that {1} begins an output of task {2} ({3})",
            "{0} 得知 {1} 开始写任务 {2} 的输出（{3}）",
        ),
        K::GetsCommit => (
            "{0} is asked by {1} to take its output of task {2} ({3})",
            "{0} 被 {1} 请求接收任务 {2} 的输出（{3}）",
        ),
        K::GetsCommitted => (
            "{0} hears from {1} that task {2} has the output of {3}",
            "{0} 从 {1} 得知任务 {2} 已有 {3} 的输出",
        ),
        K::GetsFenced => (
            "{0} hears from {1} that only attempts from {3} on count for task {2}",
            "{0} 从 {1} 得知任务 {2} 只认 {3} 及之后的尝试",
        ),
        K::WorkEnds => ("{0} comes to the end of a task", "{0} 做完了一个任务"),
        K::GivesSign => ("{0} gives a sign of life", "{0} 发出心跳"),
        K::LeaseEnds => ("{0} looks at its leases", "{0} 检查自己的租约"),
        K::NoAnswerYet => ("{0} has had no answer for a while", "{0} 一直没有得到答复"),
        K::NothingToRepeat => ("{0} has nothing left to say again", "{0} 没有需要重发的消息"),
        K::LooksAround => ("{0} looks whom it has not heard", "{0} 查看哪些节点没有消息"),
        K::DiskJournal => (
            "{0} has on its disk epoch {1} and {2} finished {2|task|tasks}",
            "{0} 的磁盘已记下纪元 {1} 和 {2} 个完成的任务",
        ),
        K::DiskLife => (
            "{0} has on its disk life {1} and {2} {2|output|outputs}",
            "{0} 的磁盘已记下第 {1} 次运行和 {2} 份输出",
        ),
        K::DiskOutputs => ("{0} has {1} {1|output|outputs} on its disk", "{0} 的磁盘已有 {1} 份输出"),
        K::ShapeTask => ("task", "任务"),
        K::ShapeLease => ("lease", "租约"),
        K::ShapeOutput => ("output", "输出"),
        K::ShapeReport => ("report", "报告"),
        K::ShapeStop => ("stop", "停止"),
        K::VerbSubmit => ("Submit tasks", "提交任务"),
        K::VerbAddWorker => ("Add a worker", "添加工作节点"),
        K::VerbDrain => ("Drain", "停止分派"),
        K::VerbUndrain => ("Give tasks again", "恢复分派"),
        K::AskTasks => ("how many", "数量"),
        K::AskWorker => ("which worker", "哪个节点"),
        K::SaySubmits => ("{0} shall take on {1} more {1|task|tasks}", "令 {0} 再接收 {1} 个任务"),
        K::SayDrains => ("{0} shall give {1} nothing new", "令 {0} 不再给 {1} 分派任务"),
        K::SayUndrains => ("{0} shall give {1} tasks again", "令 {0} 重新给 {1} 分派任务"),
        K::GoalAllDone => ("all tasks of {0} are done", "{0} 的所有任务都已完成"),
        K::GoalAgain => ("a task of {0} is executed again", "{0} 有任务被重新执行"),
        K::GoalBackup => ("a backup is given out in {0}", "{0} 分派了后备任务"),
        K::GoalFails => ("a worker of {0} is taken for failed", "{0} 有工作节点被认定失效"),
        K::GoalGivenUp => ("a task of {0} is given up", "{0} 有任务被放弃"),
        K::GoalEpoch => ("the scheduler of {0} has begun again", "{0} 的调度器重新启动"),
        K::GoalDouble => ("a task of {0} takes effect twice", "{0} 有任务生效两次"),
        K::GoalViolation => ("something breaks in {0}", "{0} 中有不变式被破坏"),
    }
}

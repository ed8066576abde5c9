//! Why the rules of the cluster of a scheduler and its workers are there: what goes wrong without each.

use crate::Pair;
use muster_core::words::workers_rules::WorkersRuleKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::ReexecuteLost => {
            ("what a failed worker had would never be done", "失效节点手中的任务将永远做不完")
        }
        K::ReexecuteLocalOutputs => (
            "a task would be called finished though nobody can reach its output",
            "任务被视为完成，输出却无人能取得",
        ),
        K::CommitOnce => {
            ("a task that was carried out twice would take effect twice", "执行了两次的任务会生效两次")
        }
        K::FenceAttempts => (
            "a worker that woke up late could bring its output after the task was given to another",
            "迟醒的工作节点会在任务转交他人后仍交出输出",
        ),
        K::DurableCommit => {
            ("the store would forget an output that it has told of", "存储会忘记它已答复过的输出")
        }
        K::DurableJournal => (
            "a scheduler that comes back would have finished tasks done again",
            "恢复的调度器会让已完成的任务重做",
        ),
        K::DedupReports => (
            "a task reported twice would count for two, and the job be called complete too early",
            "报告两次的任务会被算作两个，作业会被过早宣告完成",
        ),
        K::DurableEpoch => (
            "two lives of the scheduler would give out attempts of the same numbers",
            "调度器的两次运行会用相同的编号分派尝试",
        ),
        K::RefuseOldEpoch => (
            "a late word of an earlier scheduler would be obeyed though another one decides now",
            "前任调度器迟到的指令仍会被听从",
        ),
        K::LeaseBeforeReassign => (
            "a worker that is cut off would work at a task that another one has been given",
            "被隔断的工作节点会与新节点做同一任务",
        ),
        K::DriftBound => (
            "the scheduler on a fast clock would take a lease for over that its slow holder still keeps",
            "时钟快的调度器会以为租约已到期，而时钟慢的持有者仍在使用",
        ),
        K::StopAtLeaseEnd => (
            "a worker that nobody hears would go on with what is given to another",
            "失联的工作节点会继续做已转交他人的任务",
        ),
        K::LeaseFromRequest => (
            "a grant that was long on its way would last longer than its giver counts",
            "在路上耽搁的授权会比授予者计算的更久",
        ),
        K::HonourOldLeases => (
            "a scheduler that comes back would give out what a worker still holds from before",
            "恢复的调度器会把仍被持有的任务分派出去",
        ),
        K::BackupTasks => ("one slow worker would hold up the whole job", "一个慢节点会拖住整个作业"),
        K::StopOthers => (
            "a worker would go on with what is finished, and its slot be lost so long",
            "工作节点会继续做已完成的任务，白占槽位",
        ),
        K::RetryReport => {
            ("a report that is lost would cost the whole task once more", "一份丢失的报告会让整个任务重做")
        }
        K::RepeatAssign => (
            "a task whose assignment was lost would lie until its lease is over",
            "分派丢失的任务会闲置到租约到期",
        ),
        K::DedupAssignments => {
            ("an assignment that comes twice would be carried out twice", "重复到达的分派会被执行两次")
        }
        K::BackOffFailing => (
            "a task that fails at once would keep a worker busy with nothing else",
            "一失败就重试的任务会一直占用工作节点",
        ),
        K::GiveUpPoison => (
            "a task that fails always would keep the job from ever being done",
            "总是失败的任务会使作业永远完不成",
        ),
    }
}

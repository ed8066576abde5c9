//! Why the rules of a replica set are there: what goes wrong without each.

use crate::Pair;
use muster_core::words::replset_rules::ReplSetRuleKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::OneVotePerTerm => (
            "a member could vote for two candidates, and both could become primary of one term",
            "成员可能投票给两个候选者，使一个任期出现两个主节点",
        ),
        K::DurableVote => {
            ("a member that comes back could vote again in the same term", "恢复的成员可能在同一任期再次投票")
        }
        K::VoteOnlyUpToDate => (
            "a member without what a majority has could become primary, and that would be lost",
            "缺少多数节点已有操作的成员可能当选，这些操作会丢失",
        ),
        K::VoteOnlyNewConfig => (
            "a member with an older configuration could be elected by others than those that count now",
            "持旧配置的成员可能由已不作数的成员选出",
        ),
        K::MajorityToElect => (
            "both sides of a partition could elect a primary of the same term",
            "网络分区的两侧可能在同一任期各选出主节点",
        ),
        K::DryRun => (
            "a member that cannot win would raise the term and make a healthy primary step down",
            "不可能当选的成员会抬高任期，使正常的主节点降级",
        ),
        K::StepDownWithoutMajority => (
            "a primary cut off from the others would go on taking writes that will be rolled back",
            "与其他成员隔绝的主节点会继续接受将被回滚的写入",
        ),
        K::StepDownOnHigherTerm => (
            "an old primary would go on beside the new one, and what it acknowledges could be lost",
            "旧主节点会与新主节点并存，它所确认的写入可能丢失",
        ),
        K::PriorityTakeover => (
            "the member that should rather be primary would have to wait until the primary fails",
            "更应成为主节点的成员只能等到主节点失效",
        ),
        K::ArbiterKeepsPrimary => (
            "two members that do not reach each other would take turns as primary by an arbiter's vote",
            "互不可达的两个成员会借仲裁节点的票轮流成为主节点",
        ),
        K::CatchUp => (
            "writes that others have and the new primary lacks would be rolled back without need",
            "其他成员已有而新主节点所缺的写入会被不必要地回滚",
        ),
        K::ElectionHandoff => (
            "the set would wait for an election timeout until there is a primary again",
            "副本集要等到选举超时才重新有主节点",
        ),
        K::CommitOnlyOwnTerm => (
            "an operation of an older term could be called committed and still be rolled back",
            "较旧任期的操作可能被视为已提交，却仍被回滚",
        ),
        K::JournalBeforeMajority => (
            "what a majority acknowledged could be lost when its members crash",
            "多数节点确认过的写入可能在崩溃时丢失",
        ),
        K::RollbackToCommonPoint => {
            ("two members would hold different histories for ever", "两个成员会永远持有不同的历史")
        }
        K::SyncFromNotBehind => (
            "members would sync in a circle, or from one that has nothing to give",
            "成员可能循环同步，或从无可提供者同步",
        ),
        K::SyncFromVisible => (
            "operations would come late, over delayed or hidden members, or over one whose loss nobody notices",
            "操作会经由延迟或隐藏的成员而迟到",
        ),
        K::SingleVoterReconfig => (
            "majorities of the old and the new configuration need not meet, and each could elect a primary",
            "新旧配置的多数可能不相交，各自选出主节点",
        ),
        K::ConfigCommittedFirst => (
            "an older configuration could still elect a primary of its own",
            "更旧的配置仍可能选出自己的主节点",
        ),
        K::VotesOnceSecondary => (
            "majorities would need a member that has no data yet, and writes wait until it has copied them all",
            "多数会需要一个还没有数据的成员，写入要等它复制完全部数据",
        ),
        K::MajoritySnapshot => {
            ("a read could show what is rolled back later", "读取可能看到之后被回滚的内容")
        }
        K::LinearizableNoop => (
            "an old primary could answer with what a newer one has overwritten",
            "旧主节点可能以新主节点已覆盖的内容作答",
        ),
        K::RetryOnce => ("a write whose answer was lost would be done again", "答复丢失的写入会被重复执行"),
    }
}

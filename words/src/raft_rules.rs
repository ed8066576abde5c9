//! The reasons of Raft's rules in words.

use super::Pair;
use muster_core::words::raft_rules::RaftRuleKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::RandomisedTimeouts => (
            "members that time out together split the vote again and again; random timeouts let one go first",
            "同时超时的成员会一再瓜分选票；随机超时让其中一个先行",
        ),
        K::ElectionRestriction => (
            "a leader that lacks committed entries would overwrite them; whoever holds them refuses it its vote",
            "缺少已提交条目的领导者会覆盖它们；持有这些条目的成员拒绝投票给它",
        ),
        K::OneVotePerTerm => (
            "two candidates could both gather a majority, and two leaders would share a term",
            "否则两个候选者都可能得到多数派，同一任期出现两个领导者",
        ),
        K::DurableVote => (
            "a member that forgets its vote in a crash votes twice, and two leaders share a term",
            "崩溃后忘记投票的成员会投两次，同一任期出现两个领导者",
        ),
        K::DurableTerm => (
            "a member that forgets its term in a crash listens to leaders that were replaced",
            "崩溃后忘记任期的成员会听从已被取代的领导者",
        ),
        K::DurableLog => (
            "an entry acknowledged from memory can be lost in a crash after it was counted as committed",
            "只在内存中就确认的条目，可能在计入提交之后因崩溃而丢失",
        ),
        K::LeaderCountsSynced => {
            ("the leader's own copy is no copy until its disk has it", "领导者自己的副本落盘之前不算副本")
        }
        K::StepDownOnHigherTerm => (
            "whoever goes on leading in a term it was not elected in is its second leader",
            "在未当选的任期里继续领导，就成了该任期的第二个领导者",
        ),
        K::RefuseStaleTerm => (
            "entries of a replaced leader would overwrite those of its successor",
            "被取代的领导者的条目会覆盖继任者的条目",
        ),
        K::ConsistencyCheck => (
            "entries put after the wrong ones make logs differ below the same index and term",
            "条目接在错误的前缀之后，会使相同索引和任期之下的日志不同",
        ),
        K::TruncateOnlyOnConflict => (
            "an old, delayed append would cut off entries that were acknowledged since",
            "迟到的旧追加消息会切掉此后已确认的条目",
        ),
        K::LeaderAppendOnly => (
            "a new leader cannot know which of its uncommitted entries are committed after all, so it keeps all",
            "新领导者无法知道哪些“未提交”条目其实已提交，所以一条也不能丢",
        ),
        K::CommitOnlyOwnTerm => (
            "an entry of an old term held by a majority can still be overwritten by a later leader",
            "多数派持有的旧任期条目仍可能被之后的领导者覆盖",
        ),
        K::CommitOnlyMatched => (
            "entries beyond those the message vouches for may be of another leader, and would be applied",
            "消息未担保的后续条目可能来自别的领导者，却会被应用",
        ),
        K::ConflictIndex => {
            ("backing up one entry at a time costs a round trip each", "每次只退一条，每条都要一次往返")
        }
        K::NoOpOnElection => (
            "without an entry of its own term a new leader can commit nothing until a client writes",
            "没有自己任期的条目，新领导者在客户端写入之前无法提交任何条目",
        ),
        K::PreVote => (
            "a member that was cut off comes back with a high term and deposes a leader that serves well",
            "被隔离的成员带着更高任期回来，会推翻运转良好的领导者",
        ),
        K::CheckQuorum => (
            "a leader cut off from its majority goes on taking requests it can never commit",
            "与多数派失联的领导者会继续接受永远无法提交的请求",
        ),
        K::LeaderStickiness => (
            "a removed or cut-off member that stands again and again deposes a leader that is heard; and a lease relies on nobody voting",
            "被移除或隔离的成员反复参选，会推翻仍在发声的领导者；租约也依赖于此期间无人投票",
        ),
        K::JointConsensus => (
            "switching at once, old and new members can form two majorities that do not meet",
            "一步切换时，新旧成员可能形成两个不相交的多数派",
        ),
        K::ConfigInForceWhenAppended => (
            "waiting for commitment, members disagree on whose majority counts",
            "若等到提交才生效，各成员对“谁的多数派算数”看法不一",
        ),
        K::OneChangeAtATime => (
            "two changes on top of each other can leave majorities that do not meet",
            "两次变更叠加，可能出现不相交的多数派",
        ),
        K::CatchUpBeforeVoting => (
            "a voter with an empty log can keep the group from committing while it catches up",
            "日志为空的投票者在追赶期间会使集群无法提交",
        ),
        K::RemovedLeaderNotCounted => (
            "counting itself, a leader outside the configuration commits with less than a majority of it",
            "配置之外的领导者若计入自己，就会以不足多数派的副本提交",
        ),
        K::ReadIndexQuorum => (
            "a leader that was replaced without noticing would answer from the past",
            "已被取代而不自知的领导者会返回旧值",
        ),
        K::ReadIndexOwnTermCommit => (
            "a new leader does not know yet how much its predecessors committed",
            "新领导者还不知道前任提交到了哪里",
        ),
        K::LeaseDriftBound => (
            "if clocks run at different rates a lease as long as the timeout outlasts the followers' patience",
            "时钟快慢不同时，与选举超时等长的租约会超过跟随者的等待时间",
        ),
        K::LeaseEndsOnTransfer => (
            "the successor stands at once, while the old leader's lease would still let it answer reads",
            "继任者立即参选，而旧领导者的租约仍会让它答复读取",
        ),
        K::QuietAfterRestart => (
            "a member that forgot in a crash when it heard the leader votes while the leader's lease still runs",
            "崩溃后忘记何时听到领导者的成员，会在租约有效期内投票",
        ),
        K::TransferWaitsForLog => (
            "a successor without the whole log loses its election, and the group stands without a leader",
            "日志不全的继任者会落选，集群失去领导者",
        ),
        K::ClientSessions => (
            "a request repeated because its answer was lost would take effect twice",
            "因答复丢失而重发的请求会生效两次",
        ),
        K::SessionInSnapshot => (
            "a member that restores a snapshot without sessions applies repeats that the others do not",
            "从不含会话的快照恢复的成员，会应用其他成员不会应用的重复请求",
        ),
        K::SnapshotCoversCommittedOnly => (
            "a snapshot of uncommitted entries makes them final though another leader may replace them",
            "包含未提交条目的快照使其无法撤销，而别的领导者可能会替换它们",
        ),
        K::ConfigInSnapshot => (
            "with the entries that changed it compacted, a member would fall back to a configuration long gone",
            "变更配置的条目被压缩后，成员会退回早已过时的配置",
        ),
        K::SnapshotKeepsSuffix => (
            "entries after the snapshot may have been acknowledged and counted",
            "快照之后的条目可能已被确认并计数",
        ),
    }
}

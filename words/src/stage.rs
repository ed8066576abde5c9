//! The stage's words: what members, clients and servers show of themselves.

use super::Pair;
use muster_core::words::stage::StageKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::And => ("{0}: {1}.", "{0}：{1}。"),
        K::Sentence => ("{0}.", "{0}。"),
        K::TimedOut => (
            "{0} timed out after {1} without a heartbeat, became a candidate in term {2} and asks for votes.",
            "{0} 已 {1} 没有收到心跳而超时，成为任期 {2} 的候选者并请求投票。",
        ),
        K::TimedOutAgain => (
            "{0} heard no leader for {1}, became a candidate in term {2} and asks for votes.",
            "{0} 有 {1} 没有听到领导者，成为任期 {2} 的候选者并请求投票。",
        ),
        K::TimedOutPre => (
            "{0} has heard no heartbeat for {1}: before it stands in term {2} it asks whether it would win.",
            "{0} 已 {1} 没有收到心跳：在任期 {2} 参选之前，先询问自己能否胜选。",
        ),
        K::TimedOutPreAgain => (
            "{0} heard no leader for {1}: before it stands in term {2} it asks whether it would win.",
            "{0} 有 {1} 没有听到领导者：在任期 {2} 参选之前，先询问自己能否胜选。",
        ),
        K::Then => ("{0}; {1}", "{0}；{1}"),
        K::Does => ("{0} {1}.", "{0} {1}。"),
        K::GetsPreVote => (
            "{0} learns that {1} would vote for it: {2} of the {3} it needs",
            "{0} 得知 {1} 愿意投票给它：已有 {2}，需要 {3}",
        ),
        K::WinsPreVote => (
            "{0} learns that {1} would vote for it: that is a majority, so it becomes a candidate in term {2} and asks for votes.",
            "{0} 得知 {1} 愿意投票给它：已是多数派，于是它成为任期 {2} 的候选者并请求投票。",
        ),
        K::GetsPreNo => ("{0} learns that {1} would not vote for it", "{0} 得知 {1} 不愿意投票给它"),
        K::TimedOutLeads => (
            "{0} timed out, and leads term {1} at once: its own vote is a majority.",
            "{0} 超时后立即成为任期 {1} 的领导者：自己的一票就是多数派。",
        ),
        K::TimedOutIdle => {
            ("{0}'s election timeout passed without effect.", "{0} 的选举超时到了，但没有影响。")
        }
        K::Beats => ("{0}, the leader of term {1}, sends heartbeats.", "任期 {1} 的领导者 {0} 发送心跳。"),
        K::CountsHeard => ("{0} checks that a majority still answers", "{0} 检查是否仍有多数派在答复"),
        K::TransferTimesOut => ("{0}'s handover took too long", "{0} 的领导权移交超时"),
        K::AskedForVote => ("{0} is asked by {1} for its vote in term {2}", "{1} 请求 {0} 在任期 {2} 投票"),
        K::AskedForPreVote => (
            "{0} is asked by {1} whether it would vote for it in term {2}",
            "{1} 询问 {0} 是否愿意在任期 {2} 投票给它",
        ),
        K::GetsVote => (
            "{0} gets the vote of {1} and has {2} of the {3} it needs",
            "{0} 得到 {1} 的一票，已有 {2} 票，需要 {3} 票",
        ),
        K::WinsVote => (
            "{0} gets the vote of {1}: that is a majority, and {0} is the leader of term {2}.",
            "{0} 得到 {1} 的一票：已是多数派，{0} 成为任期 {2} 的领导者。",
        ),
        K::GetsNo => ("{0} does not get the vote of {1}", "{0} 没有得到 {1} 的票"),
        K::LateVote => {
            ("{0} hears an answer of {1} to an election that is over", "{0} 收到 {1} 对已结束选举的答复")
        }
        K::HearsBeat => {
            ("{0} hears the heartbeat of {1}, the leader of term {2}", "{0} 收到任期 {2} 的领导者 {1} 的心跳")
        }
        K::GetsEntry => ("{0} gets entry {2} from {1}", "{0} 收到 {1} 发来的条目 {2}"),
        K::GetsEntries => ("{0} gets entries {2} to {3} from {1}", "{0} 收到 {1} 发来的条目 {2} 到 {3}"),
        K::HeardBy => ("{0} learns that {1} holds its log up to {2}", "{0} 得知 {1} 已持有到 {2} 为止的日志"),
        K::NotMatched => (
            "{0} learns that the log of {1} does not match its own at {2}",
            "{0} 得知 {1} 的日志在 {2} 处与自己不一致",
        ),
        K::GetsSnapshot => (
            "{0} gets a piece of the snapshot up to {2} from {1}",
            "{0} 收到 {1} 发来的到 {2} 为止的快照的一部分",
        ),
        K::SnapshotGoesOn => (
            "{0} learns that {1} has a piece of its snapshot, and sends the next",
            "{0} 得知 {1} 收到了快照的一部分，继续发送下一部分",
        ),
        K::ToldToStand => ("{0} is told by {1} to stand for election at once", "{1} 通知 {0} 立即参选"),
        K::Asked => ("{0} gets a request of {1}: {2}.", "{0} 收到 {1} 的请求：{2}。"),
        K::AskedAnd => ("{0} gets a request of {1}, {2}: {3}.", "{0} 收到 {1} 的请求 {2}：{3}。"),
        K::DiskHas => (
            "{0}'s disk now holds term {1} and the log up to {2}",
            "{0} 的磁盘现已保存任期 {1} 和到 {2} 为止的日志",
        ),
        K::Begins => (
            "{0} starts as a follower in term {1}, with a log up to {2}.",
            "{0} 以跟随者身份启动，任期 {1}，日志到 {2}。",
        ),
        K::OperatorAsks => ("{0} takes the operator's command", "{0} 接到操作者的命令"),
        K::VotedFor => ("voted for {0}", "投票给 {0}"),
        K::Votes => ("{0} of {1} votes", "{0}/{1} 票"),
        K::WouldVote => ("{0} of {1} would vote", "{0}/{1} 愿意投票"),
        K::FollowsLeader => ("follows {0}", "跟随 {0}"),
        K::HearsNobody => ("knows no leader", "不知道领导者"),
        K::HandsOver => ("hands over to {0}", "正移交给 {0}"),
        K::CommittedTo => ("committed up to {0}", "已提交到 {0}"),
        K::Halted => ("stopped: its disk failed", "已停止：磁盘出错"),
        K::Term => ("term", "任期"),
        K::VotedForField => ("voted for", "投票给"),
        K::Role => ("role", "角色"),
        K::LeaderField => ("leader", "领导者"),
        K::VotesField => ("votes", "票数"),
        K::CommitIndex => ("commit index", "提交索引"),
        K::LastApplied => ("last applied", "已应用到"),
        K::LogEnd => ("log ends at", "日志止于"),
        K::SyncedTo => ("log on disk up to", "磁盘上的日志到"),
        K::SnapshotField => ("snapshot up to", "快照到"),
        K::VotersField => ("voters", "投票者"),
        K::VotersBefore => ("voters before", "此前的投票者"),
        K::LearnersField => ("learners", "学习者"),
        K::LastHeard => ("leader last heard", "上次听到领导者"),
        K::Waiting => ("requests waiting for a majority", "等待多数派的请求"),
        K::WaitingReads => ("reads waiting", "等待的读请求"),
        K::WaitingWrites => ("writes not yet on disk", "尚未落盘的写入"),
        K::NextEntry => ("next entry to commit", "下一条待提交条目"),
        K::TransferField => ("handing over to", "正移交给"),
        K::Keys => ("keys in the store", "存储中的键数"),
        K::Session => ("session", "会话"),
        K::UnderWay => ("operations under way", "进行中的操作"),
        K::Issued => ("operations issued", "已发出的操作"),
        K::Answered => ("answered", "已答复"),
        K::Unknown => ("outcome unknown", "结果未知"),
        K::Retries => ("sent again", "重发次数"),
        K::Redirects => ("redirects followed", "跟随重定向次数"),
        K::RefusedField => ("refused", "被拒绝"),
        K::LivesField => ("lives so far", "第几次启动"),
        K::LastOps => ("last operations", "最近的操作"),
        K::Target => ("asks", "询问对象"),
        K::Ago => ("{0} ago", "{0} 前"),
        K::HeldBy => ("entry {0}", "条目 {0}"),
        K::NoOp => ("no-op", "空操作"),
        K::OpensSession => ("session of {0}", "{0} 的会话"),
        K::ConfigurationEntry => ("members {0}", "成员 {0}"),
        K::JointEntry => ("members {1} and {0}", "成员 {1} 与 {0}"),
        K::OpPut => ("{0}←{1}", "{0}←{1}"),
        K::OpAppend => ("{0}+={1}", "{0}+={1}"),
        K::OpCas => ("{0}: {1}→{2}", "{0}：{1}→{2}"),
        K::OpCasAbsent => ("{0}: ∅→{1}", "{0}：∅→{1}"),
        K::OpDelete => ("{0}✕", "{0}✕"),
        K::OpGet => ("{0}?", "{0}?"),
        K::ClientIdle => ("idle", "空闲"),
        K::ClientWaits => ("{0} under way, asks {1}", "{0} 个进行中，询问 {1}"),
        K::ClientAnswered => ("{0} hears from {1}: {2}", "{0} 收到 {1} 的答复：{2}"),
        K::BadgeUnknown => ("{0} {0|outcome|outcomes} unknown", "{0} 个结果未知"),
        K::GoalLeader => ("a leader of {0} is elected", "{0} 选出领导者"),
        K::GoalNoLeader => ("{0} has no leader", "{0} 没有领导者"),
        K::GoalViolation => ("a check of {0} breaks", "{0} 的某项检查被违反"),
        K::VerbTransfer => ("Hand leadership over to it", "把领导权移交给它"),
        K::VerbSnapshot => ("Take a snapshot", "生成快照"),
        K::VerbRemove => ("Remove from the group", "移出群组"),
        K::VerbAdd => ("Add a member", "添加成员"),
        K::VerbRequest => ("Request", "请求"),
        K::VerbRead => ("Read", "读取"),
        K::VerbRule => ("Switch a rule", "开关规则"),
        K::AskKey => ("key", "键"),
        K::AskValue => ("value", "值"),
        K::AskName => ("its name", "名字"),
        K::AskRule => ("which rule", "哪条规则"),
        K::AskOn => ("in force", "是否生效"),
        K::LastIndex => ("last index", "最后索引"),
        K::LastTerm => ("last term", "最后任期"),
        K::SnapshotIndex => ("snapshot index", "快照索引"),
        K::Agreeing => ("members whose log is the leader's", "日志与领导者相同的成员数"),
        K::UnknownOutcomes => ("operations without a known outcome", "结果未知的操作数"),
    }
}

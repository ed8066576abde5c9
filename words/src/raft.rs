//! Raft's words.

use super::Pair;
use muster_core::words::raft::RaftKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::ElectionTimer => ("election timeout", "选举超时"),
        K::HeartbeatTimer => ("heartbeat", "心跳"),
        K::QuorumTimer => ("quorum check", "多数派检查"),
        K::TransferTimer => ("transfer timeout", "移交超时"),
        K::Follower => ("follower", "跟随者"),
        K::PreCandidate => ("pre-candidate", "预候选者"),
        K::Candidate => ("candidate", "候选者"),
        K::Leader => ("leader", "领导者"),
        K::Learner => ("learner", "学习者"),
        K::NonMember => ("not a member", "非成员"),
        K::KindRequestVote => ("RequestVote", "请求投票"),
        K::KindPreVote => ("pre-vote request", "预投票请求"),
        K::KindVote => ("vote", "投票"),
        K::KindPreVoteAnswer => ("pre-vote answer", "预投票答复"),
        K::KindHeartbeat => ("heartbeat", "心跳"),
        K::KindAppend => ("AppendEntries", "追加日志"),
        K::KindAppended => ("AppendEntries answer", "追加答复"),
        K::KindSnapshot => ("InstallSnapshot", "安装快照"),
        K::KindSnapshotReceived => ("InstallSnapshot answer", "快照答复"),
        K::KindTimeoutNow => ("TimeoutNow", "立即选举"),
        K::CardRequestVote => ("vote? {0}", "投票？{0}"),
        K::CardPreVote => ("would you vote? {0}", "会投票吗？{0}"),
        K::CardVoteYes => ("yes {0}", "同意 {0}"),
        K::CardVoteNo => ("no {0}", "拒绝 {0}"),
        K::CardHeartbeat => ("heartbeat {0}", "心跳 {0}"),
        K::CardAppendOne => ("append {0}", "追加 {0}"),
        K::CardAppend => ("append {0}–{1}", "追加 {0}–{1}"),
        K::CardMatched => ("matches to {0}", "匹配到 {0}"),
        K::CardMismatch => ("mismatch at {0}", "在 {0} 处不匹配"),
        K::CardSnapshot => ("snapshot to {0}: {1}/{2}", "快照到 {0}：{1}/{2}"),
        K::CardSnapshotReceived => ("snapshot to {0}: has {1}", "快照到 {0}：已收 {1}"),
        K::CardTimeoutNow => ("stand now {0}", "立即参选 {0}"),
        K::StartsAsFollower => (
            "starts as a follower in term {0} with a log up to {1}",
            "以跟随者身份启动，任期 {0}，日志到 {1}",
        ),
        K::LeaderSilent => ("{0} has not been heard for an election timeout", "一个选举超时内没有听到 {0}"),
        K::NobodyLeads => ("no leader was heard for an election timeout", "一个选举超时内没有听到任何领导者"),
        K::NewTerm => ("moves from term {0} to term {1}", "任期从 {0} 变为 {1}"),
        K::AsksPreVotes => (
            "asks whether it would win term {0}, without moving to it",
            "先询问能否在任期 {0} 胜选，但不进入该任期",
        ),
        K::Stands => {
            ("stands for election in term {0} and votes for itself", "在任期 {0} 参选，并投自己一票")
        }
        K::Elected => {
            ("leads term {0}: a majority has voted for it", "成为任期 {0} 的领导者：多数派已投票给它")
        }
        K::ElectionLost => ("cannot win term {0} any more", "已不可能赢得任期 {0}"),
        K::PreVoteLost => ("would not win term {0}, so it does not stand", "不可能赢得任期 {0}，因此不参选"),
        K::VoteGranted => ("votes for {0} in term {1}", "在任期 {1} 投票给 {0}"),
        K::PreVoteGranted => ("would vote for {0} in term {1}", "愿意在任期 {1} 投票给 {0}"),
        K::VoteRefusedOldTerm => (
            "does not vote for {0}: it asks for term {1}, and term {2} has begun",
            "不投票给 {0}：它请求的是任期 {1}，而任期 {2} 已开始",
        ),
        K::VoteRefusedHeard => (
            "does not vote for {0}: {1} leads and was heard within the minimum election timeout",
            "不投票给 {0}：领导者 {1} 在最小选举超时内还有消息",
        ),
        K::VoteRefusedLeads => (
            "does not vote for {0}: it leads, and a majority has confirmed it within the minimum election timeout",
            "不投票给 {0}：自己正在领导，且最小选举超时内有多数派确认",
        ),
        K::VoteRefusedRestarted => (
            "does not vote for {0} yet: before its restart it may have heard from a leader",
            "暂不投票给 {0}：重启前它可能听到过领导者",
        ),
        K::VoteRefusedTaken => (
            "does not vote for {0}: its vote of term {2} went to {1}",
            "不投票给 {0}：任期 {2} 的一票已投给 {1}",
        ),
        K::VoteRefusedLog => (
            "does not vote for {0}: the candidate's log ends at {1} of term {2}, its own at {3} of term {4}",
            "不投票给 {0}：候选者的日志止于 {1}（任期 {2}），自己的止于 {3}（任期 {4}）",
        ),
        K::Follows => ("follows {0}, the leader of term {1}", "跟随任期 {1} 的领导者 {0}"),
        K::StepsDownHigherTerm => {
            ("stops leading term {2}: {0} speaks of term {1}", "不再领导任期 {2}：{0} 已在任期 {1}")
        }
        K::StepsDownNoQuorum => (
            "stops leading: no majority was heard for an election timeout; silent: {0}",
            "不再领导：一个选举超时内没有听到多数派；沉默的有 {0}",
        ),
        K::StepsDownRemoved => (
            "stops leading: the configuration at {0} is committed, and it is not in it",
            "不再领导：索引 {0} 处的配置已提交，其中没有自己",
        ),
        K::AppendRefusedOldTerm => (
            "refuses {0}, which leads term {1}: term {2} has begun",
            "拒绝 {0}（任期 {1} 的领导者）：任期 {2} 已开始",
        ),
        K::AppendRefusedShort => {
            ("refuses entries after {0}: its log ends at {1}", "拒绝 {0} 之后的条目：自己的日志止于 {1}")
        }
        K::AppendRefusedEmpty => {
            ("refuses entries after {0}: its log is empty", "拒绝 {0} 之后的条目：自己的日志为空")
        }
        K::AppendRefusedTerm => (
            "refuses entries after {0}: there it has term {2}, the leader term {1}",
            "拒绝 {0} 之后的条目：该处自己是任期 {2}，领导者是任期 {1}",
        ),
        K::CutsConflict => (
            "cuts its log from {0} on: there it has term {1}, the leader term {2}",
            "从 {0} 起截断日志：该处自己是任期 {1}，领导者是任期 {2}",
        ),
        K::AppendsOne => ("adds entry {0} to its log", "把条目 {0} 追加到日志"),
        K::Appends => ("adds entries {0}–{1} to its log", "把条目 {0}–{1} 追加到日志"),
        K::BacksUp => ("tries {0} again from {1}", "从 {1} 起重试 {0}"),
        K::FollowerCommits => {
            ("learns from {1} that entries up to {0} are committed", "从 {1} 得知到 {0} 为止的条目已提交")
        }
        K::Commits => (
            "entries up to {0} are committed: a majority holds {0}, which is of the leader's term {1}",
            "到 {0} 为止的条目已提交：多数派持有 {0}，且它属于领导者的任期 {1}",
        ),
        K::NotCommittedOldTerm => (
            "entry {0} is not committed: a majority holds it, but it is of term {1}, the leader is in term {2}, and only entries of its own term count",
            "条目 {0} 未提交：虽然多数派持有它，但它属于任期 {1}，领导者在任期 {2}，只有自己任期的条目才能靠计数提交",
        ),
        K::NotCommittedMinority => (
            "entry {0} is not committed: {2} of the {3} needed hold it ({1})",
            "条目 {0} 未提交：需要 {3} 个成员持有，现在有 {2} 个（{1}）",
        ),
        K::NotCommittedUnknown => (
            "entry {0} is not known to be committed here: only a leader counts, and the last one heard spoke of {1}",
            "这里不知道条目 {0} 已提交：只有领导者计数，上次听到的提交索引是 {1}",
        ),
        K::NotCommittedAbsent => {
            ("there is no entry {0} here: the log ends at {1}", "这里没有条目 {0}：日志止于 {1}")
        }
        K::StopsDiskFull => (
            "stops: its disk is full, and without it nothing it says of term {0} is safe",
            "停止：磁盘已满，它在任期 {0} 所说的一切都不再可靠",
        ),
        K::StopsDiskError => (
            "stops: its disk failed, and without it nothing it says of term {0} is safe",
            "停止：磁盘出错，它在任期 {0} 所说的一切都不再可靠",
        ),
        K::TakesSnapshot => (
            "takes a snapshot up to {0} of term {1} and drops entries up to {2}",
            "生成到 {0}（任期 {1}）的快照，并丢弃到 {2} 为止的条目",
        ),
        K::SendsSnapshot => (
            "sends {0} its snapshot up to {1}: the entries it lacks are compacted",
            "向 {0} 发送到 {1} 的快照：它缺的条目已被压缩",
        ),
        K::InstallsSnapshot => {
            ("installs the leader's snapshot up to {0} of term {1}", "安装领导者到 {0}（任期 {1}）的快照")
        }
        K::ConfigurationInForce => (
            "the configuration at {0} is in force: voters {1}; learners {2}",
            "索引 {0} 处的配置生效：投票者 {1}；学习者 {2}",
        ),
        K::JointInForce => (
            "the joint configuration at {0} is in force: majorities both of {3} and of {1} are needed; learners {2}",
            "索引 {0} 处的联合配置生效：{3} 与 {1} 各需多数派；学习者 {2}",
        ),
        K::LeavesJoint => (
            "the joint configuration is committed: the new one alone, {1}, goes to {0}",
            "联合配置已提交：新配置 {1} 写入索引 {0}",
        ),
        K::ChangeBegins => (
            "from entry {0} on changes the members to {1}; learners {2}",
            "从条目 {0} 起把成员变更为 {1}；学习者 {2}",
        ),
        K::ChangeDone => (
            "the change of members is done with entry {0}: {1}; learners {2}",
            "成员变更随条目 {0} 完成：{1}；学习者 {2}",
        ),
        K::ChangeRefused => ("refuses to change the members: {0}", "拒绝变更成员：{0}"),
        K::ChangeNotLeader => ("only a leader can", "只有领导者可以"),
        K::ChangeNoVoters => ("there would be no voter", "将没有投票者"),
        K::ChangeTooMany => ("there would be more than {0} members", "成员将超过 {0} 个"),
        K::ChangeAlreadySo => ("the members are so already", "成员已是如此"),
        K::ChangeUnderWay => ("another change is under way, at {0}", "另一次变更正在进行（索引 {0}）"),
        K::ChangeTooEarly => ("no entry of term {0} is committed yet", "任期 {0} 还没有已提交的条目"),
        K::CatchUpBegins => {
            ("{0} receive the log up to {1} before they vote", "{0} 先接收到 {1} 为止的日志，然后才投票")
        }
        K::CaughtUp => (
            "{0} has caught up: round {1} took {2}, less than an election timeout",
            "{0} 已追上：第 {1} 轮用时 {2}，短于一个选举超时",
        ),
        K::CatchUpAbandoned => {
            ("gives up the change of members: {0} does not catch up", "放弃成员变更：{0} 追不上")
        }
        K::TransferBegins => ("hands the leadership over to {0}", "把领导权移交给 {0}"),
        K::TransferWaits => (
            "waits before it hands over: {0} holds {1} of {2} entries",
            "移交前等待：{0} 只有 {2} 条中的 {1} 条",
        ),
        K::TransferTells => ("tells {0} to stand at once", "通知 {0} 立即参选"),
        K::TransferAborted => (
            "gives up handing over to {0}: an election timeout has passed",
            "放弃移交给 {0}：已过一个选举超时",
        ),
        K::TransferNotLeader => ("only a leader can hand over", "只有领导者可以移交"),
        K::TransferToSelf => ("{0} leads already", "{0} 已经是领导者"),
        K::TransferNoVoter => ("{0} is not a voter", "{0} 不是投票者"),
        K::TransferUnderWay => ("a transfer is under way", "移交正在进行"),
        K::ToldToStand => ("{0} hands over to it: it stands at once", "{0} 移交给它：立即参选"),
        K::TimeoutNowOldTerm => (
            "does not stand for {0}, which led term {1}: term {2} has begun",
            "不应 {0} 的要求参选，它领导的是任期 {1}：任期 {2} 已开始",
        ),
        K::TimeoutTaken => ("times out now", "立即超时"),
        K::TimeoutLeads => ("it leads: it has no election timeout", "它是领导者，没有选举超时"),
        K::TimeoutNoVoter => ("it is not a voter, so it does not stand", "它不是投票者，不会参选"),
        K::SnapshotTaken => ("took a snapshot up to {0}", "已生成到 {0} 的快照"),
        K::SnapshotNothingNew => {
            ("nothing was applied since the snapshot up to {0}", "自到 {0} 的快照以来没有新应用的条目")
        }
        K::RuleOn => ("rule {0} is in force here", "规则 {0} 在此生效"),
        K::RuleOff => ("rule {0} is switched off here", "规则 {0} 在此关闭"),
        K::TakesRequest => ("takes the request of {0} into its log at {1}", "把 {0} 的请求写入日志 {1}"),
        K::RequestRefused => ("does not take the request of {0}: {1}", "不受理 {0} 的请求：{1}"),
        K::NotAppliedTwice => (
            "entry {0} repeats number {2} of session {1}: it is answered again, not applied again",
            "条目 {0} 重复了会话 {1} 的第 {2} 号：再次答复，但不再次应用",
        ),
        K::SessionExpires => ("session {0}, the least recently used, expires", "最久未用的会话 {0} 过期"),
        K::ReadWaitsForTerm => (
            "a read waits: no entry of term {0} is committed yet, so what is committed is not known",
            "读取等待：任期 {0} 还没有已提交的条目，尚不知道哪些已提交",
        ),
        K::ReadWaitsForRound => (
            "a read at index {0} waits until a majority answers round {1}",
            "索引 {0} 处的读取等待多数派答复第 {1} 轮",
        ),
        K::ReadConfirmed => (
            "answers a read at index {0}: a majority answered round {1}, so nobody else leads",
            "答复索引 {0} 处的读取：多数派已答复第 {1} 轮，没有别的领导者",
        ),
        K::ReadByLease => ("answers a read at index {0}: its lease holds", "答复索引 {0} 处的读取：租约有效"),
    }
}

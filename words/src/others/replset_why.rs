//! Words of questions and answers about replica sets and their drivers.

use crate::Pair;
use muster_core::words::replset_why::ReplSetWhyKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::AskPrimary => ("Why is {0} primary?", "为什么 {0} 是主节点？"),
        K::AskBelieves => {
            ("Why does {0} still take itself for the primary?", "为什么 {0} 仍自认为是主节点？")
        }
        K::AskNotPrimary => ("Why is {0} not primary?", "为什么 {0} 不是主节点？"),
        K::AskNotWon => ("Why has {0} not won yet?", "为什么 {0} 还没有当选？"),
        K::AskNoPrimary => ("Why is there no primary?", "为什么没有主节点？"),
        K::AskSeveralPrimaries => {
            ("Why do {0} members take themselves for the primary?", "为什么有 {0} 个成员自认为是主节点？")
        }
        K::AskCommitPoint => {
            ("Why is the newest operation of {0} not committed?", "为什么 {0} 的最新操作没有提交？")
        }
        K::AskSource => ("Why does {0} sync from {1}?", "为什么 {0} 从 {1} 同步？"),
        K::AskNoSource => ("Why does {0} sync from nobody?", "为什么 {0} 没有同步源？"),
        K::AskStale => ("Why is a read of {0} stale?", "为什么读 {0} 会得到陈旧数据？"),
        K::AskRolledBack => ("Why did {0} roll back?", "为什么 {0} 发生了回滚？"),
        K::AskCommitted => ("Why is entry {0} of {1} committed?", "为什么 {1} 的第 {0} 条已提交？"),
        K::AskNotCommitted => ("Why is entry {0} of {1} not committed?", "为什么 {1} 的第 {0} 条没有提交？"),
        K::AskNotAcknowledged => {
            ("Why is the operation of {0} not acknowledged?", "为什么 {0} 的操作没有得到确认？")
        }
        K::Noted => ("{0} {1}.", "{0} {1}。"),
        K::RuleIsOff => ("A rule is switched off.", "有一条规则被关闭。"),
        K::SilentDown => ("{0} does not run.", "{0} 没有运行。"),
        K::SilentPaused => ("The host of {0} is paused.", "{0} 的主机已暂停。"),
        K::SilentCut => (
            "{0} cannot be spoken with: nothing passes from {1} to {2}.",
            "无法与 {0} 通信：{1} 到 {2} 不通。",
        ),
        K::IsArbiter => {
            ("{0} is an arbiter: it votes and holds no data.", "{0} 是仲裁节点：只投票，不存数据。")
        }
        K::IsCopying => ("{0} runs an initial sync.", "{0} 正在初始同步。"),
        K::IsRollingBack => ("{0} is rolling back.", "{0} 正在回滚。"),
        K::IsOutside => ("{0} is in no configuration.", "{0} 不在任何配置中。"),
        K::IsRecovering => ("{0} is recovering.", "{0} 正在恢复。"),
        K::TakesWrites => (
            "{0} takes writes in term {1}, whose first operation is {2}.",
            "{0} 在任期 {1} 接受写入，首个操作是 {2}。",
        ),
        K::StillCatchesUp => (
            "{0} is elected, but still fetches what others have and it has not.",
            "{0} 已当选，但还在获取其他成员有而它没有的操作。",
        ),
        K::NotHeard => (
            "{0} (term {1}) has not heard that {2} is primary of term {3}.",
            "{0}（任期 {1}）还没有得知 {2} 是任期 {3} 的主节点。",
        ),
        K::WillCount => (
            "In {1} at the latest, {0} counts whom it has heard of, and steps down without a majority.",
            "最迟 {1} 后，{0} 会清点有消息的成员，不足多数就降级。",
        ),
        K::NoMajorityAcknowledges => (
            "What it writes meanwhile no majority acknowledges, and it will be rolled back.",
            "它此间的写入得不到多数确认，将被回滚。",
        ),
        K::WouldSoFar => (
            "{0} asks in a dry run whether it would win: {1} of {2} said yes so far, it needs {3}.",
            "{0} 在预选中询问能否当选：{2} 个中已有 {1} 个赞成，需要 {3} 个。",
        ),
        K::VotesSoFar => (
            "{0} has {1} of {2} votes for term {4} so far; it needs {3}.",
            "{0} 在任期 {4} 已得 {2} 票中的 {1} 票；需要 {3} 票。",
        ),
        K::SaidNo => ("{0} refused its vote.", "{0} 拒绝投票。"),
        K::SeesPrimary => (
            "{0} hears of the primary {1} of term {2}, and does not stand.",
            "{0} 有主节点 {1}（任期 {2}）的消息，因此不参选。",
        ),
        K::NotSeenPrimary => ("{0} does not know that {1} is primary.", "{0} 不知道 {1} 是主节点。"),
        K::SeesNobody => ("{0} hears of no primary.", "{0} 没有任何主节点的消息。"),
        K::NeverPrimary => ("{0} has priority 0: it never stands.", "{0} 的优先级为 0：从不参选。"),
        K::NewlyAdded => (
            "{0} is newly added, and has no vote until it is a secondary.",
            "{0} 是新加入的，成为从节点之前没有投票权。",
        ),
        K::IsFrozen => ("{0} does not stand for {1} more.", "{0} 在 {1} 内不参选。"),
        K::WillStand => (
            "{0} stands in {1} if it hears of no primary until then.",
            "若一直没有主节点的消息，{0} 将在 {1} 后参选。",
        ),
        K::NobodyElectable => ("Nobody that runs may become primary.", "运行中的成员都不能成为主节点。"),
        K::FewUp => (
            "Only {0} of {1} voting members {0|runs|run} (not {2}); {3} votes elect.",
            "{1} 个有投票权的成员只有 {0} 个在运行（缺 {2}）；当选需要 {3} 票。",
        ),
        K::NoMajorityMeets => (
            "No more than {0} of {1} voting members can speak with each other; {2} votes elect.",
            "{1} 个有投票权的成员中最多 {0} 个能互相通信；当选需要 {2} 票。",
        ),
        K::NoEntry => ("{0} has no entry {1}.", "{0} 没有第 {1} 条。"),
        K::NotToldYet => (
            "A majority has it; {0} has not heard so from {1} yet.",
            "多数成员已有；{0} 还没有从 {1} 处得知。",
        ),
        K::PrimaryLacks => (
            "The primary {0} has another history there: {1} takes it back once they compare.",
            "主节点 {0} 在该处历史不同：两者一比对，{1} 就会撤回它。",
        ),
        K::NobodyCounts => {
            ("There is no primary that could count who has it.", "没有主节点来清点谁已拥有它。")
        }
        K::Held => (
            "{1} {1|member has|members have} {0}: {2}. A primary has counted a majority in its own term.",
            "{1} 个成员已有 {0}：{2}。主节点已在自己的任期内数到多数。",
        ),
        K::NeverTakenBack => (
            "It is in the history of every later primary, and is never rolled back.",
            "它在此后每个主节点的历史中，永不回滚。",
        ),
        K::NewestLacks => {
            ("And yet the newest primary, {0}, does not have it.", "然而最新的主节点 {0} 没有它。")
        }
        K::LearnsCommit => (
            "{0} learns what is committed from its sync source; {1} counts.",
            "{0} 从同步源得知提交点；由 {1} 清点。",
        ),
        K::TooFewHold => (
            "Of {2} members that count, {1} {1|has|have} {0} ({3}); a majority is {4}.",
            "{2} 个计入的成员中有 {1} 个已有 {0}（{3}）；多数是 {4} 个。",
        ),
        K::OldTerm => (
            "It is of an older term: {0} counts it only together with an operation of its own term.",
            "它属于旧任期：{0} 只随自己任期的操作一起计入。",
        ),
        K::ArbitersHoldNothing => (
            "Arbiters vote, but hold no data and acknowledge nothing: {0}.",
            "{0} 有投票权，但不存数据，无法确认写入。",
        ),
        K::IsDelayed => ("{0} applies operations {1} late on purpose.", "{0} 有意延迟 {1} 应用操作。"),
        K::NotInJournal => ("{0} has it, but not in its journal yet.", "{0} 已有，但还没有写入日志。"),
        K::SoonThere => (
            "{0} has not got it from its source {1} yet, or has not said so.",
            "{0} 还没有从同步源 {1} 得到，或尚未报告。",
        ),
        K::HasNoSource => ("{0} has no sync source at present.", "{0} 目前没有同步源。"),
        K::WaitsForMembers => (
            "{0} has written it as {1}, and {2} of {3} members needed have it: {4}.",
            "{0} 已写入为 {1}；需要 {3} 个成员，已有 {2} 个：{4}。",
        ),
        K::TimesOutIn => (
            "In {0} the driver hears that it was not acknowledged in time (wtimeout); the write stays.",
            "{0} 后驱动会得知未及时确认（wtimeout）；写入保留。",
        ),
        K::NoTimeout => (
            "It says no wtimeout: the primary waits as long as it is primary.",
            "没有指定 wtimeout：主节点在任期间会一直等。",
        ),
        K::Behind => ("{0} is {1} {1|entry|entries} behind {2}.", "{0} 落后 {2} {1} 个条目。"),
        K::MajorityReadsAt => (
            "A read with concern majority sees {0} as of {1}: what it knows a majority to have.",
            "读关注为 majority 的读看到 {0} 在 {1} 时的数据：它所知多数成员已有的。",
        ),
        K::ReadFromPrimary => (
            "Who must read the newest reads from the primary, with concern linearizable.",
            "必须读到最新数据的，应以 linearizable 读关注读主节点。",
        ),
        K::Chains => (
            "{1} is not the primary: what {0} gets has come down a chain.",
            "{1} 不是主节点：{0} 得到的数据经由链式复制而来。",
        ),
        K::TookBack => (
            "{0} took back {1} {1|entry|entries}, to {2}, the last that it shared with {3}.",
            "{0} 撤回了 {1} 个条目，退到与 {3} 共有的最后一条 {2}。",
        ),
        K::NoMajorityHadIt => (
            "No majority had them: a newer primary was elected by members without them.",
            "多数成员没有这些条目：没有它们的成员选出了新的主节点。",
        ),
        K::KeptAside => (
            "{0} keeps what it took back in rollback files, for an operator to look at.",
            "{0} 把撤回的内容保存在回滚文件中，供运维人员查看。",
        ),
        K::AskMajority => (
            "A write with concern majority is acknowledged only when that can no longer happen to it.",
            "写关注为 majority 的写入，只在不会再被撤回时才得到确认。",
        ),
        K::NoPrimaryKnown => ("{0} knows of no primary to send it to.", "{0} 不知道可以发给哪个主节点。"),
        K::NoMemberForRead => {
            ("{0} knows of no member that its read preference allows.", "{0} 不知道有哪个成员符合其读偏好。")
        }
        K::SentTo => (
            "{0} sent it to {1}; that was try {2} of at most {3}.",
            "{0} 已发给 {1}；这是第 {2} 次尝试，最多 {3} 次。",
        ),
        K::RequestOnWay => ("The request is on its way to {0}.", "请求正在发往 {0} 的途中。"),
        K::AnswerOnWay => ("The answer of {0} is on its way.", "{0} 的答复正在途中。"),
        K::Fetches => (
            "{0} fetches what comes after its last operation from the oplog of {1}.",
            "{0} 从 {1} 的 oplog 获取自己最后一个操作之后的内容。",
        ),
    }
}

//! Words of what a replica set and its drivers show of themselves.

use crate::Pair;
use muster_core::words::replset_view::ReplSetViewKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::DryRuns => ("asks for a dry run", "预选中"),
        K::Candidate => ("candidate", "候选者"),
        K::StepsDown => ("stepping down", "正在降级"),
        K::CatchesUp => ("catching up, no writes yet", "追赶中，尚不接受写入"),
        K::TakesWrites => ("takes writes", "接受写入"),
        K::ClientsWait => ("{0} {0|waits|wait} for others", "{0} 个在等待其他节点"),
        K::ComparesWith => ("compares with {0}", "与 {0} 比对"),
        K::CopiesFrom => ("copies from {0}", "从 {0} 复制数据"),
        K::SyncsFrom => ("syncs from {0}", "从 {0} 同步"),
        K::SeesPrimary => ("sees {0}", "看到 {0}"),
        K::VotedFor => ("voted for {0}", "投票给 {0}"),
        K::WaitsOutside => ("in no set", "不在副本集中"),
        K::SeeksSource => ("seeks a sync source", "寻找同步源"),
        K::SeesNobody => ("sees no primary", "看不到主节点"),
        K::BadgeRolledBack => ("rolled back {0}", "回滚 {0}"),
        K::BadgeDelayed => ("delayed by {0}", "延迟 {0}"),
        K::BadgeHidden => ("hidden", "隐藏"),
        K::BadgeNewlyAdded => ("newly added, no vote yet", "新加入，尚无投票权"),
        K::BadgeNoVote => ("no vote", "无投票权"),
        K::DriverSeeks => ("{0} {0|waits|wait} for a member", "{0} 个在等待可用成员"),
        K::PrimaryField => ("primary, as it knows", "所知的主节点"),
        K::SourceField => ("sync source", "同步源"),
        K::StateField => ("state", "状态"),
        K::LastApplied => ("last applied", "最后应用"),
        K::LastDurable => ("last in the journal", "最后落日志"),
        K::CommitPoint => ("commit point", "提交点"),
        K::LastWrite => ("last write", "最后写入"),
        K::OplogLength => ("entries in the oplog", "oplog 条目数"),
        K::Lag => ("entries behind the primary", "落后主节点的条目数"),
        K::LagSecs => ("seconds behind the primary", "落后主节点的秒数"),
        K::Rollbacks => ("rollbacks", "回滚次数"),
        K::RolledBackEntries => ("entries rolled back", "回滚的条目数"),
        K::Agreeing => ("oplogs that end as the primary's", "与主节点末尾一致的 oplog 数"),
        K::NewestField => ("who has its newest operation", "已有其最新操作的成员"),
        K::WaitingClients => ("operations that wait for others", "等待其他节点的操作"),
        K::SeenField => ("the others, as it knows", "所知的其他成员"),
        K::MembersField => ("members", "成员"),
        K::VotersField => ("voting members", "有投票权的成员"),
        K::MajorityVotes => ("votes that elect", "当选所需票数"),
        K::WriteMajority => ("acknowledgements of a majority", "多数确认所需成员数"),
        K::PrioritiesField => ("priorities other than 1", "非 1 的优先级"),
        K::ConfigVersion => ("configuration's version", "配置版本"),
        K::NewerConfig => ("brings the configuration of version", "附带配置版本"),
        K::JournalField => ("in the journal up to", "日志已到"),
        K::StableField => ("stable timestamp", "稳定时间戳"),
        K::RolledBackField => ("rolled back", "已回滚"),
        K::PlacesField => ("optimes, newest first", "操作时间（新的在前）"),
        K::PositionsField => ("positions", "位置"),
        K::AfterKey => ("documents after the key", "从此键之后的文档"),
        K::AfterField => ("entries after", "此后的条目"),
        K::EntriesField => ("entries", "条目"),
        K::DocumentsField => ("documents", "文档"),
        K::HostsField => ("members for clients", "供客户端使用的成员"),
        K::ServersField => ("members, as it knows", "所知的成员"),
        K::WriteConcernField => ("write concern", "写关注"),
        K::ReadConcernField => ("read concern", "读关注"),
        K::ReadField => ("reads", "读取"),
        K::ReadFromField => ("read from", "读自"),
        K::TxnField => ("number of a retryable write", "可重试写入的编号"),
        K::OperationTime => ("operation time", "操作时间"),
        K::AcknowledgedField => ("acknowledged", "已确认"),
        K::WaitsFor => ("{0} until others have {1}", "{0} 等到其他节点有 {1}"),
        K::SeenOne => ("{0} {1}, heard of {2} ago", "{0} {1}，{2} 前有消息"),
        K::ServerIs => ("{0} {1}", "{0} {1}"),
        K::ConfigIs => ("{0} of term {1}", "{0}（任期 {1}）"),
        K::ConfigForced => ("{0}, forced", "{0}（强制）"),
        K::PriorityOf => ("{0}: {1}", "{0}：{1}"),
        K::VoteIs => ("{0} in term {1}", "任期 {1} 投给 {0}"),
        K::EntryAt => ("{0} at {1}", "{1} 处的 {0}"),
        K::AndMore => ("{0} more", "另有 {0} 个"),
        K::RollbackIs => ("behind {0}, compared with {1}: {2}", "与 {1} 比对后撤回 {0} 之后的：{2}"),
        K::PositionIs => ("{0}: applied {1}, in the journal {2}", "{0}：已应用 {1}，已落日志 {2}"),
        K::ConcernW => ("w: {0}", "w: {0}"),
        K::ConcernJ => ("w: {0}, j: {1}", "w: {0}, j: {1}"),
        K::ConcernTimeout => ("w: {0}, wtimeout: {1}", "w: {0}, wtimeout: {1}"),
        K::ConcernBoth => ("w: {0}, j: {1}, wtimeout: {2}", "w: {0}, j: {1}, wtimeout: {2}"),
        K::FromSecondaries => ("any member that can be read from", "任何可读的成员"),
        K::FromPrimary => ("the primary only", "仅主节点"),
        K::ByMajority => ("by a majority", "由多数成员"),
        K::ByFewer => ("by fewer than a majority", "少于多数成员"),
        K::EntryInitiate => ("initiate", "初始化"),
        K::EntryNewPrimary => ("new primary", "新主节点"),
        K::EntryPeriodic => ("no-op", "空操作"),
        K::EntryRead => ("no-op of a read", "读的空操作"),
        K::EntryReconfig => ("reconfig", "重新配置"),
        K::AsksDryRun => ("whether it would vote for the sender", "是否会投票给发送者"),
        K::AsksVote => ("a vote", "一票"),
        K::AsksToStand => ("to stand for election at once", "立即参选"),
        K::AsksBack => ("the oplog's optimes, backwards", "由后往前的 oplog 操作时间"),
        K::AsksClone => ("a piece of its data", "一段数据"),
        K::AsksHello => ("who is who", "各成员的角色"),
        K::AsksMore => ("more entries, as soon as there are some", "一有新条目就要"),
        K::AsksFind => ("whether it has this entry, and what comes after", "是否有此条目及其后的条目"),
        K::AnswersWould => ("it would vote for it", "会投票"),
        K::AnswersAye => ("yes", "赞成"),
        K::AnswersNay => ("no", "反对"),
        K::AnswersBeginning => ("nothing is older", "没有更早的"),
        K::AnswersLastPiece => ("that is all", "到此为止"),
        K::FoundHere => ("it has that entry", "有此条目"),
        K::FoundBehind => ("it is behind itself", "它自己落后"),
        K::FoundDiverged => ("it has another entry there", "该处是另一条目"),
        K::FoundTooOld => ("its oplog begins later", "它的 oplog 开始得更晚"),
        K::FoundUnreadable => ("it cannot be read from", "它不可读"),
        K::DiskHas => ("{0} has its oplog on disk up to {1}", "{0} 的 oplog 已落盘到 {1}"),
        K::TimedOut => ("{0} has seen no primary for its election timeout", "{0} 在选举超时内没有看到主节点"),
        K::Beats => ("{0} sends its heartbeats", "{0} 发送心跳"),
        K::VotesEnd => ("{0} has waited long enough for votes", "{0} 等待投票期满"),
        K::CountsSeen => {
            ("{0} counts whom it has heard of, and has a majority", "{0} 清点有消息的成员，仍是多数")
        }
        K::CountedSeen => {
            ("{0} counts whom it has heard of, and has no majority", "{0} 清点有消息的成员，不足多数")
        }
        K::PriorityWaited => (
            "{0} has waited long enough behind a primary of lower priority",
            "{0} 在优先级更低的主节点之后等待期满",
        ),
        K::CatchUpWaited => {
            ("{0} has waited long enough for a primary that is behind it", "{0} 等待落后于它的主节点期满")
        }
        K::CatchUpEnds => ("{0} has caught up long enough", "{0} 追赶期满"),
        K::StepDownEnds => {
            ("{0} has waited long enough for a secondary to catch up", "{0} 等待从节点追上期满")
        }
        K::JournalDue => ("{0} is due to write its journal", "{0} 到了写日志的时间"),
        K::SourceAsked => ("{0} has waited long enough for its sync source", "{0} 等待同步源期满"),
        K::SourceSought => ("{0} looks for a sync source", "{0} 寻找同步源"),
        K::AwaitEnds => ("{0} answers those who waited for entries in vain", "{0} 答复没有等到新条目的成员"),
        K::DelayDue => ("{0} applies what has been delayed long enough", "{0} 应用延迟期满的操作"),
        K::WriteTimeoutEnds => ("{0} has held a write until its wtimeout", "{0} 处有写入到了 wtimeout"),
        K::TellsPosition => ("{0} tells again how far it is", "{0} 再次报告进度"),
        K::NoOpDue => ("{0} has had no write for a while", "{0} 有一阵没有写入"),
        K::GetsHeartbeat => ("{0} gets a heartbeat from {1}", "{0} 收到 {1} 的心跳"),
        K::GetsPulse => ("{0} hears that {1} is {2} at {3}", "{0} 得知 {1} 为 {2}，位于 {3}"),
        K::AskedDryRun => {
            ("{0} is asked by {1} whether it would vote for it", "{0} 被 {1} 询问是否会投票给它")
        }
        K::AskedVote => ("{0} is asked by {1} for a vote in term {2}", "{0} 被 {1} 请求在任期 {2} 投票"),
        K::ToldToStand => ("{0} is asked by {1} to stand at once", "{0} 被 {1} 要求立即参选"),
        K::AskedMore => ("{0} is asked by {1} for entries after {2}", "{0} 被 {1} 询问 {2} 之后的条目"),
        K::AskedFind => ("{0} is asked by {1} whether it has {2}", "{0} 被 {1} 询问是否有 {2}"),
        K::GetsNothing => ("{0} hears from {1} that there is nothing new", "{0} 得知 {1} 没有新条目"),
        K::GetsEntries => ("{0} gets {2} {2|entry|entries} from {1}", "{0} 从 {1} 收到 {2} 个条目"),
        K::GetsBehind => ("{0} hears that {1} is behind it", "{0} 得知 {1} 落后于自己"),
        K::GetsDiverged => ("{0} hears that {1} has another entry there", "{0} 得知 {1} 在该处是另一条目"),
        K::GetsTooOld => ("{0} hears that the oplog of {1} begins later", "{0} 得知 {1} 的 oplog 开始得更晚"),
        K::GetsUnreadable => ("{0} hears that {1} cannot be read from", "{0} 得知 {1} 不可读"),
        K::AskedBack => ("{0} is asked by {1} for its oplog, backwards", "{0} 被 {1} 询问由后往前的 oplog"),
        K::GetsBack => {
            ("{0} gets {2} {2|optime|optimes} from {1} to compare", "{0} 从 {1} 收到 {2} 个操作时间用于比对")
        }
        K::GetsPositions => (
            "{0} hears from {1} how far {2} {2|member|members} {2|is|are}",
            "{0} 从 {1} 得知 {2} 个成员的进度",
        ),
        K::AskedClone => ("{0} is asked by {1} for a piece of its data", "{0} 被 {1} 请求一段数据"),
        K::GetsPiece => ("{0} gets {2} {2|document|documents} from {1}", "{0} 从 {1} 收到 {2} 个文档"),
        K::AskedHello => ("{0} is asked by {1} who is who", "{0} 被 {1} 询问各成员角色"),
        K::AskedOperation => ("{0} is asked by {1} for {2}", "{0} 收到 {1} 的请求 {2}"),
        K::GetsNay => {
            ("{0} hears that {1} refuses its vote for term {2}", "{0} 得知 {1} 拒绝在任期 {2} 投票")
        }
        K::GetsWould => ("{0} hears from {1} that it would vote for it", "{0} 得知 {1} 会投票给它"),
        K::GetsAye => ("{0} hears that {1} votes for it in term {2}", "{0} 得知 {1} 在任期 {2} 投票给它"),
        K::GetsWouldCounted => (
            "{0} hears from {1} that it would vote for it, {2} of {3} needed",
            "{0} 得知 {1} 会投票给它，已有 {2}/{3}",
        ),
        K::GetsAyeCounted => {
            ("{0} hears that {1} votes for it, {2} of {3} needed", "{0} 得知 {1} 投票给它，已有 {2}/{3}")
        }
        K::ShapeOplog => ("oplog, heartbeat", "oplog、心跳"),
        K::ShapeElection => ("election", "选举"),
        K::ShapeSync => ("initial sync", "初始同步"),
        K::ShapeDriver => ("driver", "驱动程序"),
        K::ShapeControl => ("handover, rollback", "移交、回滚"),
        K::VerbStepDown => ("Step down", "降级"),
        K::VerbStepUp => ("Stand at once", "立即参选"),
        K::VerbFreeze => ("Freeze", "冻结参选"),
        K::VerbSyncFrom => ("Sync from …", "指定同步源…"),
        K::VerbPriority => ("Change its priority", "更改优先级"),
        K::VerbRemove => ("Remove from the set", "移出副本集"),
        K::VerbWrite => ("Write with a write concern", "指定写关注写入"),
        K::VerbRead => ("Read with a read concern", "指定读关注读取"),
        K::AskSecs => ("for how many seconds", "多少秒"),
        K::AskSource => ("from whom", "从哪个成员"),
        K::AskPriority => ("priority", "优先级"),
        K::AskW => ("acknowledged by", "由谁确认（w）"),
        K::AskReadConcern => ("read concern", "读关注"),
        K::AskReadPreference => ("read preference", "读偏好"),
        K::SayStepDown => ("{0} shall step down and not stand for {1}", "令 {0} 降级，{1} 内不参选"),
        K::SayStepUp => ("{0} shall stand at once", "令 {0} 立即参选"),
        K::SayFreeze => ("{0} shall not stand for {1}", "令 {0} 在 {1} 内不参选"),
        K::SayAbortCatchUp => ("{0} shall catch up no longer", "令 {0} 停止追赶"),
        K::SaySyncFrom => ("{0} shall sync from {1}", "令 {0} 从 {1} 同步"),
        K::SayReconfig => ("{0} shall change the configuration", "令 {0} 更改配置"),
        K::SayAdd => ("{0} shall add {1} to the set", "令 {0} 把 {1} 加入副本集"),
        K::SayRemove => ("{0} shall remove {1} from the set", "令 {0} 把 {1} 移出副本集"),
        K::GoalPrimary => ("{0} has a primary that takes writes", "{0} 有接受写入的主节点"),
        K::GoalPrimaryIs => ("this member is the primary of {0}", "此成员是 {0} 的主节点"),
        K::GoalNoPrimary => ("{0} has no primary", "{0} 没有主节点"),
        K::GoalTwoPrimaries => {
            ("two members of {0} take themselves for the primary", "{0} 中有两个成员自认为是主节点")
        }
        K::GoalCandidate => ("somebody in {0} stands for election", "{0} 中有成员参选"),
        K::GoalRollback => ("somebody in {0} has rolled back", "{0} 中有成员回滚过"),
        K::GoalSyncs => ("somebody in {0} runs an initial sync", "{0} 中有成员在初始同步"),
        K::GoalAllAgree => ("all oplogs of {0} end as the primary's", "{0} 的所有 oplog 都与主节点末尾一致"),
        K::GoalValue => ("a key of {0} has this value", "{0} 的某个键为此值"),
        K::GoalViolation => ("something breaks in {0}", "{0} 中有不变式被破坏"),
        K::ConfigAndField => {
            ("`{0}` says it all: `{1}` cannot stand beside it.", "`{0}` 已包含全部内容，不能再写 `{1}`。")
        }
        K::DefaultConcern => (
            "A default write concern is `majority` or from 1 to 50 members.",
            "默认写关注是 `majority` 或 1 到 50 个成员。",
        ),
        K::StalenessShort => (
            "The staleness must be at least 90 s, and goes with every preference but `primary`.",
            "最大陈旧时间至少 90 s，且不能与 `primary` 偏好同用。",
        ),
        K::RestsTooShort => (
            "It would rest for {0} s and wait {1} s for secondaries to catch up; it must rest at least as long as it waits.",
            "休息 {0} 秒，等待从节点追赶 {1} 秒；休息时间不可短于等待时间。",
        ),
        K::LinearizableElsewhere => (
            "Linearizable reads go to the primary only: leave `readPreference` out.",
            "线性化读只能读主节点：请去掉 `readPreference`。",
        ),
        K::PasteSlip => (
            "Line {0}, column {1} of the configuration: found {2}, expected {3}.",
            "配置第 {0} 行第 {1} 列：得到{2}，应为{3}。",
        ),
        K::PasteMemberSlip => (
            "Line {0}, column {1} of the configuration, member `{4}`: found {2}, expected {3}.",
            "配置第 {0} 行第 {1} 列，成员 `{4}`：得到{2}，应为{3}。",
        ),
        K::PasteFoundEnd => ("the end", "结尾"),
        K::PasteFoundThis => ("`{0}`", "`{0}`"),
        K::PasteFoundMissing => ("no `{0}`", "缺少 `{0}`"),
        K::PasteFoundNobody => ("none", "零个"),
        K::PasteValue => ("a value", "一个值"),
        K::PasteKey => ("a field's name, or `}}`", "字段名或 `}}`"),
        K::PasteColon => ("`:`", "`:`"),
        K::PasteCommaOrBrace => ("`,` or `}}`", "`,` 或 `}}`"),
        K::PasteCommaOrBracket => ("`,` or `]`", "`,` 或 `]`"),
        K::PasteParenthesis => ("`)`", "`)`"),
        K::PasteEndOfText => ("nothing more", "到此结束"),
        K::PasteEndOfString => ("the closing quote", "收尾的引号"),
        K::PasteEndOfComment => ("a comment that ends with `*/`", "以 `*/` 结束的注释"),
        K::PasteEscape => (
            "an escape of JavaScript, such as `\\n`, `\\x1f` or `\\u00e9`",
            "JavaScript 的转义，例如 `\\n`、`\\x1f` 或 `\\u00e9`",
        ),
        K::PasteArgument => ("a constructor with one value", "带一个值的构造"),
        K::PasteFewerLevels => ("at most 16 levels", "最多 16 层"),
        K::PasteFewerValues => ("at most 10000 values", "最多 10000 个值"),
        K::PasteFewerFields => ("at most 200 fields in one map", "一个映射最多 200 个字段"),
        K::PasteShorterText => ("at most 64 KB", "最多 64 KB"),
        K::PasteMap => ("`{{…}}`", "`{{…}}`"),
        K::PasteList => ("`[…]`", "`[…]`"),
        K::PasteText => ("text", "文本"),
        K::PasteSomeText => ("text that is not empty", "非空文本"),
        K::PasteBool => ("true or false", "true 或 false"),
        K::PasteWhole => ("a whole number from {0} to {1}", "{0} 到 {1} 的整数"),
        K::PasteDecimal => ("a number from 0 to 1000", "0 到 1000 的数"),
        K::PasteKnownField => ("one of these fields: {0}", "以下字段之一：{0}"),
        K::PasteFieldOnce => ("each field once", "每个字段只出现一次"),
        K::PasteVotes => ("0 or 1", "0 或 1"),
        K::PasteVersion => ("a version from 1 to 2147483647", "1 到 2147483647 的版本号"),
        K::PasteProtocol => ("protocol version 1", "协议版本 1"),
        K::PasteHost => ("a host with its port, such as `db-a:27017`", "主机及端口，例如 `db-a:27017`"),
        K::PasteHostOfMember => ("the host of a member of the scenario", "场景成员的主机"),
        K::PasteHostNamed => (
            "a host that begins with a member's name, as another's does here, or none that does",
            "与此处其他成员一样以成员名称开头的主机，否则全都不以成员名称开头",
        ),
        K::PasteHostLocal => {
            ("hosts that are all this very machine, or none of them", "主机要么全部是本机，要么全都不是")
        }
        K::PasteHostOnce => ("a host that no other member has", "其他成员没有的主机"),
        K::PasteNameOnce => ("a host that begins with another member's name", "以另一个成员的名称开头的主机"),
        K::PasteIdOnce => ("an `_id` that no other member has", "其他成员没有的 `_id`"),
        K::PasteField => ("that field", "该字段"),
        K::PasteAsManyMembers => ("as many members as the scenario has: {0}", "与场景相同的成员数：{0}"),
        K::PasteMembersAtMost => ("at most {0} members", "最多 {0} 个成员"),
        K::PasteVotersAtMost => (
            "at most {0} members with a vote; the others have `votes: 0` and `priority: 0`",
            "最多 {0} 个有投票权的成员；其余成员须有 `votes: 0` 与 `priority: 0`",
        ),
        K::PasteVoter => ("at least one member with a vote", "至少一个有投票权的成员"),
        K::PasteElectable => (
            "at least one member that can become primary: with data, a vote and a priority above 0",
            "至少一个可成为主节点的成员：持有数据、有投票权且优先级大于 0",
        ),
        K::PasteNoPriorityWithoutVote => {
            ("`priority: 0`, for a member without a vote", "`priority: 0`，因为该成员没有投票权")
        }
        K::PasteNoPriorityOfArbiter => {
            ("`priority: 0`, for an arbiter", "`priority: 0`，因为该成员是仲裁节点")
        }
        K::PasteNoPriorityHidden => {
            ("`priority: 0`, for a hidden member", "`priority: 0`，因为该成员是隐藏的")
        }
        K::PasteNoPriorityDelayed => {
            ("`priority: 0`, for a delayed member", "`priority: 0`，因为该成员是延迟的")
        }
        K::PasteVoteOfArbiter => {
            ("`votes: 1`, for an arbiter does nothing but vote", "`votes: 1`，因为仲裁节点只负责投票")
        }
        K::PasteNoDelayOfArbiter => {
            ("no delay, for an arbiter holds no data that could be late", "没有延迟，因为仲裁节点不持有数据")
        }
        K::PasteNoPriorityWithoutIndexes => {
            ("`priority: 0`, for a member that builds no indexes", "`priority: 0`，因为该成员不建索引")
        }
        K::PasteNoTagsOfArbiter => ("no tags, for an arbiter", "无标签，因为该成员是仲裁节点"),
        K::PasteTagsAtMost => (
            "at most {0} tags, with at most {1} bytes in a name or a value",
            "最多 {0} 个标签，名称与值各不超过 {1} 字节",
        ),
    }
}

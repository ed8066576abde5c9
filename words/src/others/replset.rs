//! The words of replica sets.

use crate::Pair;
use muster_core::words::replset::ReplSetKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::OpTime => ("{0}:{1} (term {2})", "{0}:{1}（任期 {2}）"),
        K::ElectionTimer => ("election timeout", "选举超时"),
        K::HeartbeatTimer => ("next heartbeats", "下次心跳"),
        K::VotesTimer => ("waiting for votes", "等待投票"),
        K::LivenessTimer => ("does a majority answer?", "多数节点是否应答"),
        K::PriorityTakeoverTimer => ("priority takeover", "优先级接管"),
        K::CatchUpTakeoverTimer => ("catch-up takeover", "追赶接管"),
        K::CatchUpTimer => ("end of catching up", "追赶期限"),
        K::StepDownTimer => ("secondaries must have caught up", "从节点追赶期限"),
        K::JournalTimer => ("next journal write", "下次写日志"),
        K::FetchTimer => ("sync source must answer", "同步源应答期限"),
        K::AwaitTimer => ("a waiting question gets an empty answer", "等待中的查询得到空答复"),
        K::DelayTimer => ("a delayed operation is due", "延迟的操作到期"),
        K::WriteTimeoutTimer => ("wtimeout", "写超时（wtimeout）"),
        K::KeepAliveTimer => ("tell positions again", "再次报告位置"),
        K::NoOpTimer => ("periodic no-op", "定期空操作"),
        K::StateStartup => ("starting, without a configuration", "启动中，尚无配置"),
        K::StatePrimary => ("primary", "主节点"),
        K::StateSecondary => ("secondary", "从节点"),
        K::StateRecovering => ("recovering", "恢复中"),
        K::StateStartup2 => ("initial sync", "初始同步中"),
        K::StateUnknown => ("not heard of yet", "尚无消息"),
        K::StateArbiter => ("arbiter", "仲裁节点"),
        K::StateDown => ("not reachable", "不可达"),
        K::StateRollback => ("rolling back", "回滚中"),
        K::StateRemoved => ("removed from the set", "已移出副本集"),
        K::KindHeartbeat => ("heartbeat", "心跳"),
        K::KindPulse => ("heartbeat's answer", "心跳答复"),
        K::KindDryRun => ("would you vote for me?", "预选询问"),
        K::KindVoteRequest => ("vote for me!", "请求投票"),
        K::KindDryRunVote => ("dry run's answer", "预选答复"),
        K::KindVote => ("vote", "投票"),
        K::KindStepUp => ("stand for election now", "请立即参选"),
        K::KindFind => ("oplog: find", "oplog 查找"),
        K::KindGetMore => ("oplog: more", "oplog 续取"),
        K::KindBatch => ("oplog entries", "oplog 条目"),
        K::KindFindBack => ("where do we still agree?", "从何处起一致？"),
        K::KindBack => ("places of its oplog", "oplog 的位置"),
        K::KindPosition => ("positions", "位置报告"),
        K::KindClone => ("give me your data", "请求数据"),
        K::KindPiece => ("piece of data", "一块数据"),
        K::KindHello => ("hello", "hello"),
        K::KindGreeting => ("hello's answer", "hello 答复"),
        K::KindRequest => ("operation", "操作"),
        K::KindResponse => ("answer", "答复"),
        K::CardPulse => ("{0}, at {1}", "{0}，位于 {1}"),
        K::CardDryRun => ("vote? (dry run, term {0})", "会投票吗？（预选，任期 {0}）"),
        K::CardVoteRequest => ("vote? term {0}", "请投票，任期 {0}"),
        K::CardAye => ("yes, term {0}", "赞成，任期 {0}"),
        K::CardNay => ("no, term {0}", "反对，任期 {0}"),
        K::CardFind => ("find from {0}", "从 {0} 起查找"),
        K::CardGetMore => ("more after {0}", "{0} 之后的更多"),
        K::CardBatch => ("{0} {0|entry|entries}", "{0} 个条目"),
        K::CardBehind => ("I am behind you", "我落后于你"),
        K::CardDiverged => ("your last entry is not mine", "你的最后条目我没有"),
        K::CardTooOld => ("my oplog begins later", "我的 oplog 从更晚处开始"),
        K::CardUnreadable => ("cannot be read from", "不可读取"),
        K::CardBack => ("{0} {0|place|places}", "{0} 个位置"),
        K::CardPosition => ("positions of {0}", "{0} 个成员的位置"),
        K::CardPiece => ("{0} {0|item|items}", "{0} 项"),
        K::CardGreeting => ("I am {0}", "我是 {0}"),
        K::CardWrite => ("{0}", "{0}"),
        K::CardWriteMajority => ("{0}, w: majority", "{0}，w: majority"),
        K::CardWriteMembers => ("{0}, w: {1}", "{0}，w: {1}"),
        K::CardRead => ("get {0}, {1}", "读 {0}，{1}"),
        K::ReplyUnacknowledged => ("{0}, but not acknowledged in time", "{0}，但未及时得到确认"),
        K::ReplyNotPrimaryAsk => ("not primary: ask {0}", "不是主节点：请问 {0}"),
        K::ReplyNotPrimary => ("not primary, and none is known", "不是主节点，也不知主节点是谁"),
        K::ReplyNotReadable => (
            "neither primary nor secondary, or nothing committed to read yet",
            "既非主节点也非从节点，或尚无已提交的数据可读",
        ),
        K::ReplyInterrupted => ("stepped down meanwhile; outcome unknown", "其间降级；结果未知"),
        K::ReplyUnsatisfiable => ("not so many members hold data", "没有那么多持有数据的成员"),
        K::ReplyTooOld => ("a later write of this session was done", "该会话更晚的写入已完成"),
        K::ReplyBusy => ("too much is waiting", "等待的操作过多"),
        K::ReplyTooLarge => ("key or value too long", "键或值过长"),
        K::ConfigNoMembers => ("a set needs members", "副本集需要成员"),
        K::ConfigTooManyMembers => ("{0} members; the most is {1}", "有 {0} 个成员；最多 {1} 个"),
        K::ConfigTooManyVoters => ("{0} voting members; the most is {1}", "有 {0} 个投票成员；最多 {1} 个"),
        K::ConfigNoVoters => ("nobody has a vote", "没有成员有投票权"),
        K::ConfigNoElectable => ("nobody can become primary", "没有成员可成为主节点"),
        K::ConfigSameId => ("two members have the _id {0}", "两个成员的 _id 同为 {0}"),
        K::ConfigSameHost => ("{0} is there twice", "{0} 出现了两次"),
        K::ConfigPriorityRange => ("{0}: a priority is from 0 to 1000", "{0}：优先级须在 0 到 1000 之间"),
        K::ConfigPriorityWithoutVote => {
            ("{0}: who has no vote has priority 0", "{0}：没有投票权的成员优先级须为 0")
        }
        K::ConfigArbiterPriority => ("{0}: an arbiter has priority 0", "{0}：仲裁节点的优先级须为 0"),
        K::ConfigArbiterWithoutVote => ("{0}: an arbiter must vote", "{0}：仲裁节点必须有投票权"),
        K::ConfigHiddenPriority => ("{0}: a hidden member has priority 0", "{0}：隐藏成员的优先级须为 0"),
        K::ConfigDelayedPriority => ("{0}: a delayed member has priority 0", "{0}：延迟成员的优先级须为 0"),
        K::ConfigArbiterDelay => {
            ("{0}: an arbiter holds no data and so has no delay", "{0}：仲裁节点不持有数据，因此没有延迟")
        }
        K::ConfigDelay => ("{0}: a delay is at most {1} seconds", "{0}：延迟最多 {1} 秒"),
        K::ConfigTags => (
            "{0}: at most {1} tags, with at most {2} bytes in a name or a value",
            "{0}：最多 {1} 个标签，名称与值各不超过 {2} 字节",
        ),
        K::ConfigNoTime => ("{0} must not be zero", "{0} 不可为零"),
        K::Starts => ("starts as {0}, with an oplog up to {1}", "以 {0} 启动，oplog 到 {1}"),
        K::DiskFailed => (
            "stops: its disk failed, and it may not forget its votes and its journal",
            "停止：磁盘失败，而它不可忘记投票和日志",
        ),
        K::MarksDown => ("takes {0} for down: no answer for {1}", "认为 {0} 已停机：{1} 未应答"),
        K::SeesState => ("sees {0} as {1}", "看到 {0} 为 {1}"),
        K::SeesPrimary => ("sees that {0} is primary of term {1}", "看到 {0} 是任期 {1} 的主节点"),
        K::LearnsTerm => {
            ("learns of term {0} from {1}; it was in term {2}", "从 {1} 得知任期 {0}；此前在任期 {2}")
        }
        K::StepsDownForTerm => ("steps down: {1} knows of term {0}", "降级：{1} 已知任期 {0}"),
        K::StepsDownAlone => (
            "steps down: for {1} it has heard of only {0} voting {0|member|members}, itself included",
            "降级：{1} 内只听到 {0} 个投票成员（含自己）",
        ),
        K::StepsDownOnOrder => {
            ("steps down as it was told, and does not stand for {0}", "按命令降级，{0} 内不参选")
        }
        K::StepsDownRemoved => {
            ("steps down: in the new configuration it cannot be primary", "降级：在新配置中它不能成为主节点")
        }
        K::Interrupts => ("interrupts {0} waiting {0|operation|operations}", "中断 {0} 个等待中的操作"),
        K::Interrupted => ("cannot say whether the operation at {0} stays", "无法断定 {0} 处的操作是否保留"),
        K::HandsOver => ("asks {0} to stand at once", "请 {0} 立即参选"),
        K::NobodyCaughtUp => (
            "stays primary: no electable secondary has caught up in time",
            "仍为主节点：没有可当选的从节点及时追上",
        ),
        K::WillStepDown => (
            "will step down as soon as a secondary has caught up, within {0}",
            "有从节点追上后即降级，期限 {0}",
        ),
        K::StepsDownAlready => ("it is stepping down already", "它已在降级"),
        K::StepDownTooShort => {
            ("it must rest at least as long as it waits for secondaries", "休息时间不可短于等待从节点的时间")
        }
        K::NotPrimary => ("it is not a primary that takes writes", "它不是可写的主节点"),
        K::IsPrimary => ("it is the primary", "它是主节点"),
        K::CannotStand => ("it cannot stand for election now", "它现在不能参选"),
        K::WillStand => ("stands for election", "参选"),
        K::IsFrozen => ("will not stand for {0}", "{0} 内不参选"),
        K::NotCatchingUp => ("it is not catching up", "它不在追赶中"),
        K::CatchUpAborted => ("stops catching up and takes writes", "停止追赶，开始接受写入"),
        K::NotElectable => ("it cannot become primary in this configuration", "在此配置中它不能成为主节点"),
        K::NotSecondary => ("it is {0}", "它处于 {0}"),
        K::Frozen => ("it was told not to for {0} more", "还须等 {0}"),
        K::SeesNoMajority => ("it sees only {0} of {1} voting members", "只看到 {1} 个投票成员中的 {0} 个"),
        K::DoesNotStand => ("does not stand for election: {0}", "不参选：{0}"),
        K::DryRunTimeout => (
            "has heard of no primary for {0}, and asks who would vote for it; the term stays {1}",
            "{0} 未听到主节点，询问谁会投票给它；任期仍为 {1}",
        ),
        K::DryRunPriority => (
            "asks who would vote for it, for its priority is higher than the primary's; the term stays {0}",
            "其优先级高于主节点，询问谁会投票给它；任期仍为 {0}",
        ),
        K::DryRunCatchUp => (
            "asks who would vote for it, for it is ahead of the primary; the term stays {0}",
            "它领先于主节点，询问谁会投票给它；任期仍为 {0}",
        ),
        K::Stands => {
            ("stands for election in term {0} and votes for itself", "在任期 {0} 参选，并投票给自己")
        }
        K::LosesDryRun => ("would not win, and stays as it is in term {0}", "不会当选，任期 {0} 保持原状"),
        K::LosesElection => ("is not elected in term {0}", "任期 {0} 未当选"),
        K::HasVotes => ("has {0} of the {1} votes it needs", "已有 {0} 票，需 {1} 票"),
        K::KeepsOwnVote => (
            "has the votes for term {0}, and waits until its own is on its disk",
            "任期 {0} 的票数已够，等待自己的一票写入磁盘",
        ),
        K::Wins => (
            "is elected primary of term {0} with {1} votes of {2}",
            "以 {2} 票中的 {1} 票当选任期 {0} 的主节点",
        ),
        K::WouldVote => ("would vote for {0}; its term is {1}", "会投票给 {0}；其任期为 {1}"),
        K::Votes => ("votes for {0} in term {1}", "在任期 {1} 投票给 {0}"),
        K::NayOldTerm => {
            ("does not vote for {0} in term {1}: the term is {2}", "任期 {1} 不投票给 {0}：任期已是 {2}")
        }
        K::NayNoConfig => (
            "does not vote for {0} in term {1}: it has no configuration",
            "任期 {1} 不投票给 {0}：它没有配置",
        ),
        K::NayState => ("does not vote for {0} in term {1}: it is {2}", "任期 {1} 不投票给 {0}：它处于 {2}"),
        K::NayOldConfig => (
            "does not vote for {0} in term {1}: the candidate's configuration is older than version {2}",
            "任期 {1} 不投票给 {0}：候选者的配置早于版本 {2}",
        ),
        K::NayBehind => (
            "does not vote for {0} in term {1}: the candidate is at {2}, it is at {3}",
            "任期 {1} 不投票给 {0}：候选者在 {2}，自己在 {3}",
        ),
        K::NayVoted => {
            ("does not vote for {0} in term {1}: it voted for {2}", "任期 {1} 不投票给 {0}：已投给 {2}")
        }
        K::NayArbiter => (
            "does not vote for {0} in term {1}: it sees the primary {2}, whose priority is not lower",
            "任期 {1} 不投票给 {0}：它看到主节点 {2}，其优先级不更低",
        ),
        K::AskedToStepUp => ("is asked by {0} to stand at once", "{0} 请它立即参选"),
        K::WillTakeOver => (
            "has a higher priority than {0}, and will call an election in {1}",
            "优先级高于 {0}，将在 {1} 后发起选举",
        ),
        K::TakesOver => ("takes over from {0}, whose priority is lower", "接管优先级较低的 {0}"),
        K::TooFarBehind => {
            ("does not take over yet: it is at {0}, the primary at {1}", "暂不接管：自己在 {0}，主节点在 {1}")
        }
        K::IsAhead => (
            "is ahead of {0}, which catches up; will call an election after {1}",
            "领先于正在追赶的 {0}；{1} 后发起选举",
        ),
        K::CatchesUp => (
            "is elected, and first fetches what it lacks: from {0} up to {1}",
            "当选，先取回所缺：从 {0} 到 {1}",
        ),
        K::CatchUpEnds => ("stops catching up: the time is over", "停止追赶：期限已到"),
        K::TakesWrites => {
            ("takes writes in term {0}; its first operation is {1}", "任期 {0} 开始接受写入；首个操作为 {1}")
        }
        K::Commits => ("a majority has everything up to {0}", "多数节点已有到 {0} 为止的全部操作"),
        K::Writes => ("writes {0} at {1}", "写入 {0}，位于 {1}"),
        K::DoneBefore => (
            "has done the write {1} of {0} before, and only answers again",
            "{0} 的第 {1} 号写入早已完成，只再次答复",
        ),
        K::RefusesWrite => ("does not take the write of {0}: {1}", "不接受 {0} 的写入：{1}"),
        K::NobodyAcknowledges => ("has done the write of {0}, but {1}", "已做完 {0} 的写入，但{1}"),
        K::Acknowledges => ("acknowledges {0} to {1}", "向 {1} 确认 {0}"),
        K::WriteTimesOut => (
            "has too few acknowledgements of {0} in time (wtimeout); the write stays",
            "{0} 未及时得到足够确认（wtimeout）；写入保留",
        ),
        K::RefusesRead => ("does not answer the read of {0}: {1}", "不答复 {0} 的读取：{1}"),
        K::ReadsCommitted => ("reads {0} as of {1}, which a majority has", "按多数节点已有的 {1} 读取 {0}"),
        K::ReadsLocal => ("reads {0} as of {1}, its own last operation", "按自己的最后操作 {1} 读取 {0}"),
        K::ConfirmsRead => (
            "has read {0}, and answers once a majority has its no-op {1}",
            "已读取 {0}，待多数节点有其空操作 {1} 后答复",
        ),
        K::ChoosesSource => ("syncs from {0}: {1}", "从 {0} 同步：{1}"),
        K::SourceForced => ("it was told to", "按命令"),
        K::SourcePrimary => {
            ("it is the primary, which an initial sync prefers", "它是主节点，初始同步优先选它")
        }
        K::SourceNoChaining => {
            ("it is the primary, and chaining is not allowed", "它是主节点，且不允许链式复制")
        }
        K::SourceNearest => ("the nearest of those that are ahead and fit", "在领先且合适的成员中最近"),
        K::SourceSecondPass => {
            ("nobody fits; the nearest of those that are ahead", "无合适者；领先成员中最近的")
        }
        K::SeeksSource => ("has nobody to sync from yet", "尚无可同步的成员"),
        K::FindsNearer => ("{0} is nearer than its sync source {1}", "{0} 比同步源 {1} 更近"),
        K::LeavesSource => ("does not sync from {0} any more: {1}", "不再从 {0} 同步：{1}"),
        K::LeaveRemoved => ("it is not in the set", "它不在副本集中"),
        K::LeaveNotPrimary => {
            ("chaining is not allowed, and another is primary", "不允许链式复制，而主节点另有其人")
        }
        K::LeaveLags => ("it is too far behind another", "它落后其他成员太多"),
        K::LeaveIdle => ("it syncs from nobody and is not ahead", "它不从任何成员同步，也不领先"),
        K::LeaveBehind => ("it is behind", "它落后"),
        K::LeaveUnreadable => ("it cannot be read from", "它不可读取"),
        K::LeaveSilent => ("it does not answer", "它没有应答"),
        K::LeaveTooOld => ("its oplog begins too late", "其 oplog 开始得太晚"),
        K::CannotSyncFrom => ("it cannot sync from {0}", "不能从 {0} 同步"),
        K::DoesNotSync => ("it syncs from nobody now", "它现在不同步"),
        K::WillSyncFrom => ("will sync from {0}", "将从 {0} 同步"),
        K::SourceNotSet => (
            "chaining is not allowed: {0} is not set as its sync source",
            "不允许链式复制：不会把 {0} 设为同步源",
        ),
        K::Applies => ("applies {0} {0|operation|operations} up to {1}", "应用 {0} 个操作，到 {1}"),
        K::TooStale => (
            "is too stale at {0}: the others' oplogs begin later",
            "停在 {0}，过于陈旧：其他成员的 oplog 从更晚处开始",
        ),
        K::GoesOnDiverged => {
            ("goes on from {0}, though their oplogs have parted", "虽与 {0} 的 oplog 已分叉，仍继续")
        }
        K::BecomesSecondary => ("is secondary", "成为从节点"),
        K::FindsDiverged => (
            "finds that its last operation {0} is not in the oplog of {1}",
            "发现自己的最后操作 {0} 不在 {1} 的 oplog 中",
        ),
        K::RolledBack => (
            "takes back {0} {0|operation|operations}, to {1}, the last that it shares with {2}",
            "撤回 {0} 个操作，退到与 {2} 共有的最后操作 {1}",
        ),
        K::RollbackTooFar => (
            "stops: it would have to take back what a majority had",
            "停止：它将不得不撤回多数节点已有的操作",
        ),
        K::BeginsSync => ("begins an initial sync from {0}", "从 {0} 开始初始同步"),
        K::TakesPiece => ("copies {0} {0|item|items} from {1}", "从 {1} 复制 {0} 项"),
        K::Copied => (
            "has copied all data; now applies what was written meanwhile, from {0} to {1}",
            "数据已复制完毕；现应用其间的写入，从 {0} 到 {1}",
        ),
        K::Synced => ("has finished its initial sync at {0}", "初始同步在 {0} 完成"),
        K::NoSuchMember => ("{0} is not in the set", "{0} 不在副本集中"),
        K::ForcesConfig => ("installs the forced configuration {0}", "安装强制配置 {0}"),
        K::ConfigForced => ("configuration {0} is in force", "配置 {0} 已生效"),
        K::ReconfigUnderWay => ("another reconfiguration is under way", "另一重新配置正在进行"),
        K::PrimaryMustStay => {
            ("the primary must be electable in the new configuration", "主节点在新配置中必须可当选")
        }
        K::TooManyChanges => (
            "a reconfiguration adds or removes at most one voting member, not {0}",
            "一次重新配置至多增减一个投票成员，而非 {0} 个",
        ),
        K::ReconfigWaits => {
            ("waits with the new configuration until the present one is committed", "新配置等待现配置提交")
        }
        K::ReconfigTaken => {
            ("will be installed once the present configuration is committed", "现配置提交后即安装")
        }
        K::Reconfigures => ("installs configuration {0} of term {1}", "安装任期 {1} 的配置 {0}"),
        K::LearnsConfig => ("learns configuration {0} from {1}", "从 {1} 得知配置 {0}"),
        K::JoinsSet => ("is in the set now, as {0}", "现已加入副本集，状态为 {0}"),
        K::IsRemoved => ("is not in the set any more", "已不在副本集中"),
        K::GivesVote => ("gives {0} its vote: it is secondary now", "给予 {0} 投票权：它已是从节点"),
        K::RuleOn => ("{0} is in force", "{0} 生效"),
        K::RuleOff => ("{0} is off", "{0} 已关闭"),
        K::DriverHelloTimer => ("next hello", "下次 hello"),
        K::DriverNextTimer => ("next operation", "下一操作"),
        K::DriverDueTimer => ("an answer is overdue", "答复逾期"),
        K::DriverSees => ("sees {0} as {1}", "看到 {0} 为 {1}"),
        K::DriverForgets => {
            ("knows nothing of {0} any more until it says hello", "在 {0} 再次答复 hello 之前视其为未知")
        }
        K::DriverStale => (
            "does not take {0} for the primary: its term {1} is older than {2}",
            "不认 {0} 为主节点：其任期 {1} 早于 {2}",
        ),
        K::DriverSends => ("sends operation {0}, {1}, to {2}", "向 {2} 发送操作 {0}：{1}"),
        K::DriverRetries => ("sends operation {0} once more, to {1}", "再次发送操作 {0} 给 {1}"),
        K::DriverSelects => ("has no member to send operation {0} to yet", "操作 {0} 暂无可发送的成员"),
        K::DriverDone => ("operation {0} is done: {1}", "操作 {0} 完成：{1}"),
        K::DriverFails => ("gives operation {0} back as an error", "操作 {0} 以错误返回"),
        K::DriverBusy => ("skips an operation: {0} are under way", "跳过一个操作：已有 {0} 个在进行"),
        K::DriverIssued => ("takes up operation {0}: {1}", "受理操作 {0}：{1}"),
    }
}

//! The words of the checks.

use super::Pair;
use muster_core::words::check::CheckKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::ElectionSafety => ("at most one leader is elected in a term", "每个任期至多选出一个领导者"),
        K::LeaderAppendOnly => (
            "a leader never overwrites or deletes entries of its log",
            "领导者从不覆盖或删除自己日志中的条目",
        ),
        K::LogMatching => (
            "logs that have an entry with the same index and term are the same up to it",
            "若两份日志在同一索引处的任期相同，则到该处为止完全相同",
        ),
        K::LeaderCompleteness => (
            "a committed entry is in the logs of the leaders of all later terms",
            "已提交的条目必在此后所有任期的领导者日志中",
        ),
        K::StateMachineSafety => (
            "no two members apply different entries at one index",
            "任何两个成员都不会在同一索引处应用不同的条目",
        ),
        K::DurableTermMonotonic => ("the term on a disk never goes back", "磁盘上的任期从不倒退"),
        K::CommitIndexMonotonic => {
            ("a commit index never goes back while its member lives", "成员存活期间，其提交索引从不倒退")
        }
        K::ExactlyOnce => {
            ("a write takes effect once, however often it is sent", "写操作无论重发多少次，只生效一次")
        }
        K::NoStaleRead => (
            "a read sees every write that was answered before it was asked",
            "读操作能看到在它发出之前已得到答复的所有写入",
        ),
        K::NoAckedWriteLost => ("no acknowledged write is lost", "已确认的写入不会丢失"),

        K::TwoLeaders => (
            "{0} became leader of term {1}, which {2} led already.",
            "{0} 成为任期 {1} 的领导者，而 {2} 已经是该任期的领导者。",
        ),
        K::LeaderDeleted => (
            "{0} leads term {1}; its log reached index {2} (term {3}) and now ends at {4}.",
            "{0} 是任期 {1} 的领导者；其日志曾到索引 {2}（任期 {3}），现在止于 {4}。",
        ),
        K::LeaderOverwrote => (
            "{0} leads term {1}, and its entry {2} was of term {3} and is now of term {4}.",
            "{0} 是任期 {1} 的领导者，而其条目 {2} 原属任期 {3}，现在属任期 {4}。",
        ),
        K::ContentsDiffer => (
            "{0} and {1} both have an entry {2} of term {3}, but {0} has {4} there and {1} has {5}.",
            "{0} 与 {1} 的条目 {2} 同属任期 {3}，但 {0} 处为 {4}，{1} 处为 {5}。",
        ),
        K::PreviousDiffers => (
            "{0} and {1} both have an entry {2} of term {3}, but the entry before it is of term {4} at {0} and of term {5} at {1}.",
            "{0} 与 {1} 的条目 {2} 同属任期 {3}，但其前一条目在 {0} 处属任期 {4}，在 {1} 处属任期 {5}。",
        ),
        K::LeaderLacks => (
            "{0} leads term {1}, but entry {2} of term {3}, committed in term {4}, is not in its log: {5}.",
            "{0} 是任期 {1} 的领导者，但其日志中没有在任期 {4} 提交的条目 {2}（任期 {3}）：{5}。",
        ),
        K::CommittedTooLate => (
            "{0}, in term {1}, takes entry {2} of term {3} for committed, but the leader {4} of the later term {5} does not have it: {6}.",
            "{0} 在任期 {1} 中认为条目 {2}（任期 {3}）已提交，但更晚任期 {5} 的领导者 {4} 没有它：{6}。",
        ),
        K::AppliedDiffers => (
            "{0} applied at index {1} an entry of term {2}; {4} had applied another there, of term {3}.",
            "{0} 在索引 {1} 处应用了任期 {2} 的条目；而 {4} 在该处应用的是另一个条目（任期 {3}）。",
        ),
        K::AppliedHistoryDiffers => (
            "What {0} applied up to index {1} is not what was applied before it.",
            "{0} 到索引 {1} 为止所应用的内容与此前所应用的不同。",
        ),
        K::EffectDiffers => (
            "{2} at index {1} {3|took effect|took no effect} at {0}, and {3|took none|took effect} at another member.",
            "索引 {1} 处的 {2} 在 {0} 处{3|生效|未生效}，而在另一成员处{3|未生效|生效}。",
        ),
        K::SnapshotDiffers => (
            "{0}'s snapshot up to index {1} is not the state another member had there.",
            "{0} 到索引 {1} 为止的快照与另一成员在该处的状态不同。",
        ),
        K::TermWentBack => {
            ("{0}'s disk held term {1} and now holds {2}.", "{0} 的磁盘上原为任期 {1}，现在为 {2}。")
        }
        K::CommitWentBack => {
            ("{0}'s commit index was {1} and is now {2}.", "{0} 的提交索引原为 {1}，现在为 {2}。")
        }
        K::AppliedTwice => (
            "{0} let {1} (number {3} of session {2}) take effect at index {4}, though it had taken effect at index {5}.",
            "{0} 让 {1}（会话 {2} 的第 {3} 号）在索引 {4} 处生效，而它已在索引 {5} 处生效过。",
        ),
        K::AppliedLate => (
            "{0} let {1} (number {3} of session {2}) take effect at index {4}, though its client had had the answer before.",
            "{0} 让 {1}（会话 {2} 的第 {3} 号）在索引 {4} 处生效，而其客户端此前已得到答复。",
        ),
        K::StaleRead => (
            "{0} read {1} as of revision {2}, though revision {3} had been answered before it asked.",
            "{0} 读到 {1} 的修订 {2}，而在它发出请求之前修订 {3} 已得到答复。",
        ),
        K::AckedLost => (
            "{0} leads term {1}, but the write at index {2} (term {3}), which {4} acknowledged, is not in its log: {5}.",
            "{0} 是任期 {1} 的领导者，但 {4} 已确认的、索引 {2}（任期 {3}）处的写入不在其日志中：{5}。",
        ),
        K::AckedTooLate => (
            "{0}, in term {1}, acknowledged the write at index {2} (term {3}), but the leader {4} of the later term {5} does not have it: {6}.",
            "{0} 在任期 {1} 中确认了索引 {2}（任期 {3}）处的写入，但更晚任期 {5} 的领导者 {4} 没有它：{6}。",
        ),

        K::HasOther => ("an entry of term {0} stands there", "该处是任期 {0} 的条目"),
        K::HasLess => ("it ends at index {0}", "日志止于索引 {0}"),
        K::EntryNoop => ("an empty entry", "空条目"),
        K::EntryConfig => ("a change of configuration", "一次配置变更"),
        K::EntryRegister => ("the opening of a session", "一次会话登记"),

        K::PaxosAgreement => ("at most one value is chosen", "至多选定一个值"),
        K::PaxosValidity => ("only a value that was proposed is chosen", "只有被提议的值才会被选定"),
        K::PaxosP2c => (
            "a proposal takes over the newest value that its quorum has accepted, if there is one (P2c)",
            "提案沿用其法定集合已接受的最新值（若有）（P2c）",
        ),
        K::OneValuePerBallot => ("a ballot stands for one value", "一个编号只对应一个值"),
        K::PromiseKept => ("an acceptor accepts nothing below its promise", "接受者不接受低于其承诺的提案"),
        K::PromiseDurable => ("a promise on a disk never goes back", "磁盘上的承诺从不倒退"),
        K::LearnedIsChosen => ("what is learned is chosen", "得知的值确已选定"),
        K::TwoChosen => (
            "{0} is chosen as {1}, but {2} was chosen as {3}.",
            "{0} 以 {1} 被选定，但 {2} 已以 {3} 被选定。",
        ),
        K::ChosenNotProposed => {
            ("{0} is chosen as {1}, and nobody had asked for it.", "{0} 以 {1} 被选定，但无人提议过它。")
        }
        K::IssuedAgainst => (
            "{0} proposes {2} as {1}, but {3} had accepted {4} with {5}, which may be chosen.",
            "{0} 以 {1} 提议 {2}，但 {3} 已接受 {4}，其值 {5} 可能已被选定。",
        ),
        K::IssuedUnpromised => (
            "{0} proposes {2} as {1} without a quorum of promises.",
            "{0} 未得到法定数量的承诺就以 {1} 提议 {2}。",
        ),
        K::TwoValuesOneBallot => (
            "Ballot {0} stands for two values: {1} proposes {2}, {3} proposed {4}.",
            "编号 {0} 对应两个值：{1} 提议 {2}，{3} 曾提议 {4}。",
        ),
        K::PromiseBroken => {
            ("{0} accepted {1} though it had promised {2}.", "{0} 已承诺 {2}，却接受了 {1}。")
        }
        K::PromiseWentBack => {
            ("The disk of {0} had promised {1}, and now {2}.", "{0} 的磁盘曾承诺 {1}，现为 {2}。")
        }
        K::LearnedNotChosen => (
            "{0} takes {1} for chosen as {2}, which only {3} accepted.",
            "{0} 认为 {1} 已以 {2} 被选定，但接受它的只有 {3}。",
        ),
        K::SetOnePrimary => ("at most one member is primary in a term", "每个任期至多一个主节点"),
        K::SetOneVote => ("a member votes for one candidate in a term", "每个成员在一个任期只投一票"),
        K::SetMajorityWrites => (
            "what a majority acknowledged is in the oplog of every later primary",
            "多数节点确认的写入必在此后每个主节点的 oplog 中",
        ),
        K::SetMajorityReads => (
            "what a read with concern majority saw in journals is in the oplog of every later primary",
            "majority 读取所见，若已写入日志，必在此后每个主节点的 oplog 中",
        ),
        K::SetRollback => (
            "nobody rolls back what it acknowledged and a majority has",
            "成员不会回滚自己确认过且多数节点已有的操作",
        ),
        K::SetOplogsAgree => ("oplogs agree up to the commit point", "各 oplog 在提交点之前一致"),
        K::SetLinearizable => (
            "a linearizable read sees every write that a majority had acknowledged before it was asked",
            "线性一致读取能看到在它发出之前多数节点已确认的所有写入",
        ),
        K::SetOnce => ("a retryable write is in the history once", "可重试写入在历史中只出现一次"),
        K::SetTwoPrimaries => (
            "{0} takes writes as primary of term {1}, in which {2} did.",
            "{0} 作为任期 {1} 的主节点接受写入，而 {2} 已是该任期的主节点。",
        ),
        K::SetPrimaryTwice => (
            "{0} takes writes as primary of term {1}, in which it did before it crashed.",
            "{0} 作为任期 {1} 的主节点接受写入，而它在宕机之前已是该任期的主节点。",
        ),
        K::SetTwoVotes => (
            "{0} voted in term {1} for {2}, though it had voted for {3}.",
            "{0} 在任期 {1} 投票给 {2}，而它已投给 {3}。",
        ),
        K::SetWriteLost => (
            "{0} is primary of term {1} without the write at {2}, which {3} acknowledged for a majority in term {4}.",
            "{0} 是任期 {1} 的主节点，却没有 {3} 在任期 {4} 代表多数节点确认的写入 {2}。",
        ),
        K::SetReadLost => (
            "{0} is primary of term {1} without the operation at {2}, which {3} showed to a read with concern majority in term {4}.",
            "{0} 是任期 {1} 的主节点，却没有 {3} 在任期 {4} 向 majority 读取展示的操作 {2}。",
        ),
        K::SetRolledBackCommitted => (
            "{0} rolled back the operation at {1} to agree with {2}; it had acknowledged it, and a majority has it.",
            "{0} 为与 {2} 一致而回滚了 {1} 处自己确认过的操作，而多数节点已有它。",
        ),
        K::SetOplogDiffers => (
            "{0} takes its operation at {1} for committed, but what is committed there is {2}.",
            "{0} 认为其 {1} 处的操作已提交，但该处已提交的是 {2}。",
        ),
        K::SetStaleRead => (
            "{0} answered a linearizable read of {1} as of {2}, though a majority had acknowledged {3} before it was asked.",
            "{0} 按 {2} 答复对 {1} 的线性一致读取，而在它发出之前多数节点已确认 {3}。",
        ),
        K::SetWrittenTwice => (
            "Write {1} of session {0} is in the history twice: at {2} and at {3}.",
            "会话 {0} 的第 {1} 号写入在历史中出现两次：{2} 与 {3}。",
        ),
        K::SlotAgreement => ("at most one command is chosen in a slot", "每个槽位至多选定一个命令"),
        K::SlotP2c => (
            "who proposes in a slot has asked a quorum, and keeps what may be chosen there",
            "提议者已询问法定数量的成员，并保留该槽位可能已选定的命令",
        ),
        K::OneValuePerSlot => {
            ("a ballot stands for one command in a slot", "同一编号在一个槽位只对应一个命令")
        }
        K::OneLeaderPerBallot => ("a ballot is of one leader", "同一编号只属于一个领导者"),
        K::AcceptDurable => {
            ("what a member says it has accepted is on its disk", "成员所称已接受的内容都在其磁盘上")
        }
        K::ExecutedIsChosen => ("what is executed is chosen", "所执行的都是已选定的"),
        K::SameCommands => {
            ("all members execute the same command in a slot", "所有成员在同一槽位执行相同的命令")
        }
        K::SameState => {
            ("members that have executed the same are in the same state", "执行到同一槽位的成员处于相同状态")
        }
        K::TwoChosenInSlot => (
            "in slot {0}, “{1}” is chosen with {2}, though “{3}” was chosen with {4}",
            "槽位 {0}：“{1}”以 {2} 被选定，而此前“{3}”已以 {4} 被选定",
        ),
        K::SlotIssuedAgainst => (
            "{0} proposes “{3}” in slot {2} as {1}, though {4} accepted “{6}” as {5} and no quorum allows another",
            "{0} 在槽位 {2} 以 {1} 提议“{3}”，而 {4} 已以 {5} 接受“{6}”，没有法定集合允许别的命令",
        ),
        K::SlotIssuedUnpromised => (
            "{0} proposes in slot {2} as {1} with promises of no quorum, only of: {3}",
            "{0} 在槽位 {2} 以 {1} 提议，却没有法定数量的承诺，仅有：{3}",
        ),
        K::TwoCommandsOneBallot => (
            "in slot {0}, {1} stands for two commands: {2} and {3}",
            "槽位 {0} 中 {1} 对应两个命令：{2} 与 {3}",
        ),
        K::TwoLeadOneBallot => ("{1} leads in {0}, in which {2} led", "{1} 以 {0} 领导，而 {2} 曾以它领导"),
        K::AcceptedNotOnDisk => (
            "{0} says that it has accepted slot {1} in {2}, and its disk does not have it",
            "{0} 称已以 {2} 接受槽位 {1}，其磁盘上却没有",
        ),
        K::ExecutedNotChosen => (
            "{0} executes {2} in slot {1}, where nothing is chosen",
            "{0} 在槽位 {1} 执行 {2}，而该槽位尚未选定",
        ),
        K::ExecutedOther => (
            "{0} executes {2} in slot {1}, where {3} is chosen with {4}",
            "{0} 在槽位 {1} 执行 {2}，而以 {4} 选定的是 {3}",
        ),
        K::ExecutedDiffers => (
            "{0} executes {2} in slot {1}, where {3} executed {4}",
            "{0} 在槽位 {1} 执行 {2}，而 {3} 执行了 {4}",
        ),
        K::StatesDiffer => {
            ("after slot {2} the states of {0} and {1} differ", "槽位 {2} 之后，{0} 与 {1} 的状态不同")
        }
        K::AckedNotChosen => (
            "{0} was told by {2} that its write {1} stands in slot {3}, and it is not what is chosen there",
            "{2} 告知 {0} 其第 {1} 号写入位于槽位 {3}，而那里选定的不是它",
        ),
    }
}

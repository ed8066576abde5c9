//! The session's words: transport, branches, links, verbs.

use super::Pair;
use muster_core::words::session::SessionKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::NoSides => ("This is no comparison: it has one side.", "这不是比较：只有一方。"),
        K::NoSuchSide => ("There is no side {0} beside the first.", "除第一方外没有第 {0} 方。"),
        K::FirstSideAlone => (
            "Only the first side was given this: it is a command of that system's own.",
            "此命令只给了第一方：它是该系统自己的命令。",
        ),
        K::Branch => ("branch {0}", "分支 {0}"),
        K::LinkEmpty => ("There is no link here.", "这里没有链接。"),
        K::LinkTooLong => {
            ("This text has {0} bytes; a link has at most {1}.", "这段文字有 {0} 字节；链接最多 {1} 字节。")
        }
        K::LinkNotText => (
            "This link is damaged: it holds characters that a link never has. Perhaps it was changed when it was copied.",
            "该链接已损坏：其中有链接里不会出现的字符，也许复制时被改动了。",
        ),
        K::LinkFormat => (
            "This link is written in format {0}; this version of Muster reads format {1}.",
            "该链接使用格式 {0}；本版 Muster 只读格式 {1}。",
        ),
        K::LinkTooLarge => (
            "This link unpacks to more than {0} bytes, which no run needs. It was not opened.",
            "该链接解压后超过 {0} 字节，没有哪次运行需要这么多，因此未打开。",
        ),
        K::LinkDamaged => (
            "This link is damaged: a part of it is missing or was changed when it was copied.",
            "该链接已损坏：复制时缺失或改动了一部分。",
        ),
        K::LinkBounds => (
            "This link holds more commands, or longer ones, than a run can have.",
            "该链接中的命令太多或太长，超出一次运行的上限。",
        ),
        K::LinkOrder => {
            ("The commands in this link are not in order of time.", "该链接中的命令没有按时间排列。")
        }
        K::TooManyBranches => (
            "There are already {0} branches, as many as can be kept. Load the scenario again to start afresh.",
            "已经有 {0} 个分支，达到上限。请重新载入场景再开始。",
        ),
        K::TooManyBreakpoints => ("There can be {0} breakpoints at most.", "断点最多 {0} 个。"),
        K::Received => ("{0} receives “{2}” from {1}.", "{0} 收到 {1} 的“{2}”。"),
        K::Missed => {
            ("“{2}” from {1} is lost: {0} is not running.", "{1} 发出的“{2}”丢失了：{0} 没有在运行。")
        }
        K::TimerFired => ("A timer of {0} goes off: {1}.", "{0} 的定时器到时：{1}。"),
        K::Commanded => ("{0} takes the operator's command.", "{0} 接到操作者的命令。"),
        K::Persisted => (
            "{0}'s disk has finished a write: it now survives a crash.",
            "{0} 的磁盘完成了一次写入：崩溃也不会丢失。",
        ),
        K::PersistFailed => ("A write of {0} failed: {1}.", "{0} 的一次写入失败：{1}。"),
        K::DiskFull => ("no space left", "磁盘已满"),
        K::DiskIo => ("input/output error", "输入输出错误"),
        K::Opened => ("A connection of {0} is open.", "{0} 的一个连接已打开。"),
        K::Accepted => ("{0} accepts a connection from {1}.", "{0} 接受了 {1} 的连接。"),
        K::Refused => ("{0} could not open a connection: {1}.", "{0} 无法打开连接：{1}。"),
        K::Closed => ("A connection of {0} ended: {1}.", "{0} 的一个连接结束：{1}。"),
        K::ClosedByPeer => ("the other end closed it", "对方关闭了它"),
        K::ClosedByReset => ("nothing listens at the other end", "对方没有进程在监听"),
        K::ClosedByTimeout => ("nothing was heard for too long", "太久没有收到任何消息"),
        K::Stopped => ("{0} stopped.", "{0} 停止了。"),
        K::NotDone => ("This could not be done: {0} {1}", "未能执行：{0}{1}"),
        K::KindStarted => ("a process starts", "进程启动"),
        K::KindTimer => ("a timer goes off", "定时器到时"),
        K::KindPersisted => ("a write is safe", "写入完成"),
        K::KindPersistFailed => ("a write fails", "写入失败"),
        K::KindMissed => ("a message finds nobody", "消息无人接收"),
        K::KindCommanded => ("an operator's command", "操作者的命令"),
        K::KindConnection => ("a connection opens or ends", "连接打开或结束"),
        K::KindDeed => ("a command or fault", "命令或故障"),
        K::KindStopped => ("a process stops", "进程停止"),
        K::DeedCrashHost => (
            "{0} crashed: whatever it had not written to its disk is lost.",
            "{0} 崩溃：未写入磁盘的内容全部丢失。",
        ),
        K::DeedStartHost => {
            ("{0} comes up again, with what its disk holds.", "{0} 重新启动，只带着磁盘上的内容。")
        }
        K::DeedCrashProcess => ("{0} was killed; its host stays up.", "{0} 被终止；它的主机仍在运行。"),
        K::DeedStartProcess => {
            ("{0} starts again, with what its disk holds.", "{0} 重新启动，只带着磁盘上的内容。")
        }
        K::DeedPause => ("{0} is paused, and does not know it.", "{0} 被暂停，而它自己并不知道。"),
        K::DeedResume => {
            ("{0} goes on, and finds what has arrived meanwhile.", "{0} 继续运行，并看到其间到达的消息。")
        }
        K::DeedAddHost => ("A host joins: {0}.", "新主机加入：{0}。"),
        K::DeedRemoveHost => ("{0} is removed for good.", "{0} 被永久移除。"),
        K::DeedAddProcess => ("{0} is started on {1}.", "{0} 在 {1} 上启动。"),
        K::DeedBlock => ("The way from {0} to {1} is cut.", "从 {0} 到 {1} 的链路被切断。"),
        K::DeedBlockBoth => ("The way between {0} and {1} is cut.", "{0} 与 {1} 之间的链路被切断。"),
        K::DeedPartition => ("The network is divided: {0}.", "网络被分割：{0}。"),
        K::DeedGroup => ("[{0}]", "[{0}]"),
        K::DeedUnblock => ("The cut is healed.", "切断已恢复。"),
        K::DeedHealAll => ("The network is whole again.", "网络完全恢复。"),
        K::DeedEverybody => ("all", "全部"),
        K::DeedShape => {
            ("The links from {0} to {1} behave differently now.", "从 {0} 到 {1} 的链路改变了特性。")
        }
        K::DeedLoss => ("{2} of what {0} sends to {1} is lost.", "{0} 发往 {1} 的消息有 {2} 会丢失。"),
        K::DeedLatency => {
            ("What {0} sends to {1} takes another time now.", "{0} 发往 {1} 的消息改变了延迟。")
        }
        K::DeedUnshape => {
            ("The links from {0} to {1} are as declared again.", "从 {0} 到 {1} 的链路恢复原状。")
        }
        K::DeedClog => {
            ("What {0} sends to {1} queues up and does not move.", "{0} 发往 {1} 的消息堵塞，停滞不前。")
        }
        K::DeedUnclog => ("What {0} sends to {1} flows again.", "{0} 发往 {1} 的消息恢复流动。"),
        K::DeedHold => ("What {0} sends to {1} is held at the door.", "{0} 发往 {1} 的消息被扣在门口。"),
        K::DeedRelease => ("What was held from {0} to {1} comes in.", "扣住的从 {0} 到 {1} 的消息被放行。"),
        K::DeedDeliver => {
            ("A message from {0} to {1} is let in at once.", "{0} 发给 {1} 的一条消息立即送达。")
        }
        K::DeedDelayMessage => {
            ("A message from {0} to {1} takes {2} longer.", "{0} 发给 {1} 的一条消息延迟 {2}。")
        }
        K::DeedDrop => ("A message from {0} to {1} is dropped.", "{0} 发给 {1} 的一条消息被丢弃。"),
        K::DeedCopy => {
            ("A message from {0} to {1} will arrive twice.", "{0} 发给 {1} 的一条消息将到达两次。")
        }
        K::DeedDiskHealthy => ("{0}'s disk is itself again.", "{0} 的磁盘恢复正常。"),
        K::DeedDiskTornTail => (
            "A crash of {0} may now leave half-written data on its disk.",
            "{0} 若崩溃，磁盘上可能留下写了一半的数据。",
        ),
        K::DeedDiskStall => ("{0}'s disk stalls: writes do not complete.", "{0} 的磁盘停滞：写入无法完成。"),
        K::DeedDiskFull => ("{0}'s disk is full.", "{0} 的磁盘已满。"),
        K::DeedDiskIoError => ("{0}'s disk reports errors.", "{0} 的磁盘报错。"),
        K::DeedDiskSlow => ("Writes of {0} take {1} longer.", "{0} 的写入延长 {1}。"),
        K::DeedDiskWipe => {
            ("{0}'s disk is wiped: everything on it is gone.", "{0} 的磁盘被清空：其中一切都没有了。")
        }
        K::DeedDiskLying => {
            ("{0}'s disk says that writes are safe when they are not.", "{0} 的磁盘谎称写入已完成。")
        }
        K::DeedDrift => ("{0}'s clock runs at another rate.", "{0} 的时钟改变了快慢。"),
        K::DeedStepWall => ("{0}'s wall clock jumps.", "{0} 的挂钟跳变。"),
        K::DeedFireTimer => ("A timer of {0} is made to go off now.", "让 {0} 的定时器立即到时。"),
        K::DeedOperate => ("The operator asks {0}.", "操作者向 {0} 下达命令。"),
        K::DeedResetConnection => ("A connection of {0} is reset.", "{0} 的一个连接被重置。"),
        K::DeedReluck => ("From here on, luck is different.", "从这里起，运气不同了。"),
        K::Percent => ("{0} %", "{0} %"),
        K::PercentTenths => ("{0}.{1} %", "{0}.{1} %"),
        K::Elected => ("{0} leads ({1}).", "{0} 成为领导者（{1}）。"),
        K::BadgeUnsynced => ("{0} {0|write|writes} not on disk yet", "{0} 次写入尚未落盘"),
        K::BadgeDiskStalled => ("disk stalled", "磁盘停滞"),
        K::BadgeDiskFull => ("disk full", "磁盘已满"),
        K::BadgeDiskErrors => ("disk errors", "磁盘报错"),
        K::BadgeDiskLies => ("disk lies", "磁盘谎报"),
        K::BadgeDiskSlow => ("disk slow", "磁盘变慢"),
        K::BadgeDiskTears => ("disk may tear", "磁盘可能写坏"),
        K::BadgeClockFast => ("clock {0} fast", "时钟快 {0}"),
        K::BadgeClockSlow => ("clock {0} slow", "时钟慢 {0}"),
        K::BadgeBacklog => ("{0} waiting", "{0} 条等待处理"),
        K::NothingLoaded => ("No scenario is loaded yet.", "还没有载入场景。"),
        K::NotInLibrary => ("The library has no scenario “{0}”.", "场景库中没有“{0}”。"),
        K::NoSuchBranch => ("There is no branch {0}.", "没有分支 {0}。"),
        K::BadBranchName => {
            ("A branch's name is one line of text, and not empty.", "分支名称应为一行文字，且不能为空。")
        }
        K::FirstBranchStays => (
            "The first branch cannot be deleted: all others come from it.",
            "第一个分支不能删除：其他分支都由它而来。",
        ),
        K::NoSuchProcess => ("{0} does not exist at this moment.", "此刻没有 {0}。"),
        K::NoSuchMessage => {
            ("This message from {0} to {1} is no longer on its way.", "{0} 发给 {1} 的这条消息已不在途中。")
        }
        K::NoSuchEvent => {
            ("Event {1} of {0} did not happen on this branch.", "{0} 的第 {1} 个事件没有在此分支上发生。")
        }
        K::NoLogs => ("System {0} has no logs to show.", "系统 {0} 没有日志可显示。"),
        K::NothingToHeal => ("Nothing is broken in the network or the disks.", "网络和磁盘都没有故障。"),
        K::NothingToUndo => ("There is no command to take back.", "没有可撤销的命令。"),
        K::NothingToContinue => ("There is nothing to go on with.", "没有未完成的操作。"),
        K::TooLongText => {
            ("This text has {0} bytes; at most {1} are read.", "这段文字有 {0} 字节；最多读取 {1} 字节。")
        }
        K::LinkCommand => (
            "The link holds a command that is not understood, “{0}”: {1}",
            "链接中有无法理解的命令“{0}”：{1}",
        ),
        K::LinkScenarioGone => (
            "The link names the library scenario “{0}”, which this version of Muster does not have.",
            "链接引用的场景“{0}”在本版 Muster 的场景库中不存在。",
        ),
        K::LinkScenarioBad => ("The scenario in this link cannot be run: {0}", "链接中的场景无法运行：{0}"),
        K::DiffersScenario => (
            "The scenario “{0}” has changed since this link was made (with Muster {1}), so this run may be another.",
            "自该链接生成以来（Muster {1}），场景“{0}”已改变，这次运行可能有所不同。",
        ),
        K::DiffersBetween => (
            "This run is not the one that was shared: it is the same up to event {0} and another from event {1} on at the latest. The link was made with Muster {2}; this is {3}.",
            "这次运行与分享时不同：到事件 {0} 为止相同，最迟从事件 {1} 起不同。链接由 Muster {2} 生成；当前是 {3}。",
        ),
        K::DiffersAfter => (
            "This run is not the one that was shared: it is the same up to event {0} and another by event {1}. The link was made with Muster {2}; this is {3}.",
            "这次运行与分享时不同：到事件 {0} 为止相同，到事件 {1} 时已不同。链接由 Muster {2} 生成；当前是 {3}。",
        ),
        K::DiffersShort => (
            "This run ends after event {0}, before the one that was shared, event {1}. The link was made with Muster {2}; this is {3}.",
            "这次运行在事件 {0} 后结束，早于分享的事件 {1}。链接由 Muster {2} 生成；当前是 {3}。",
        ),
        K::StepDone => ("Step {0} of the lesson is done.", "课程的第 {0} 步已完成。"),
        K::VerbCrash => ("Crash", "崩溃"),
        K::VerbStart => ("Start", "启动"),
        K::VerbKill => ("Kill the process", "终止进程"),
        K::VerbPause => ("Pause", "暂停"),
        K::VerbResume => ("Resume", "继续"),
        K::VerbTimeOut => ("Time out now", "立即超时"),
        K::VerbPartition => ("Partition", "分区"),
        K::VerbIsolate => ("Cut off", "隔离"),
        K::VerbCut => ("Cut link", "切断链路"),
        K::VerbHealAll => ("Heal all", "全部恢复"),
        K::VerbHeal => ("Heal", "恢复"),
        K::VerbLoss => ("Loss", "丢包"),
        K::VerbDelay => ("Delay", "延迟"),
        K::VerbRestore => ("Restore links", "恢复链路"),
        K::VerbDisk => ("Disk", "磁盘"),
        K::VerbClock => ("Clock", "时钟"),
        K::VerbDeliver => ("Deliver now", "立即送达"),
        K::VerbDrop => ("Drop", "丢弃"),
        K::VerbCopy => ("Copy", "复制"),
        K::VerbDelayMessage => ("Delay it", "延迟它"),
        K::VerbReluck => ("Other luck from here", "从这里换一种运气"),
        K::VerbClog => ("Clog", "堵塞"),
        K::VerbUnclog => ("Unclog", "疏通"),
        K::VerbHold => ("Hold messages", "扣留消息"),
        K::VerbRelease => ("Release messages", "放行消息"),
        K::AskGroups => ("the groups", "各组"),
        K::AskFrom => ("from", "从"),
        K::AskTo => ("to", "到"),
        K::AskChance => ("how likely", "概率"),
        K::AskLatency => ("how long it takes", "需要多久"),
        K::AskBy => ("by how much", "延长多少"),
        K::AskFault => ("what is wrong with it", "出什么毛病"),
        K::AskPpm => ("parts per million too fast (negative: too slow)", "快百万分之几（负数为慢）"),
        K::AskSeed => ("a number to draw it by", "用来取运气的数"),
        K::AskAt => ("the time", "时间"),
        K::GoalAt => ("a certain time has come", "到达某个时间"),
        K::GoalAnyViolation => ("any check breaks", "任何一项检查被违反"),
        K::AskTimer => ("which timer", "哪个定时器"),
    }
}

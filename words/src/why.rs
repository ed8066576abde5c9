//! Words of questions and answers about any world.

use super::Pair;
use muster_core::words::why::WhyKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::AskEvent => ("Why did this happen?", "为什么会发生这件事？"),
        K::AskStatus => ("What started {0}?", "{0} 是怎么启动的？"),
        K::AskDown => ("Why is {0} down?", "{0} 为什么停止运行了？"),
        K::AskPaused => ("Why is {0} paused?", "{0} 为什么被暂停？"),
        K::AskUnstarted => ("Why has {0} not started?", "{0} 为什么还没有启动？"),
        K::AskCeased => ("Why is {0} no longer {1}?", "{0} 为什么不再是{1}？"),
        K::AskMessage => {
            ("Why has “{2}” from {0} not reached {1} yet?", "{0} 发给 {1} 的“{2}”为什么还没到？")
        }
        K::AskGone => ("What became of this message from {0} to {1}?", "{0} 发给 {1} 的这条消息怎么样了？"),
        K::AskLost => ("Why was “{2}” from {0} to {1} lost?", "{0} 发给 {1} 的“{2}”为什么丢失了？"),
        K::AskLink => ("Why does nothing pass from {0} to {1}?", "为什么从 {0} 到 {1} 什么都过不去？"),
        K::AskLinkSlow => ("What happens to messages from {0} to {1}?", "从 {0} 到 {1} 的消息会遇到什么？"),
        K::AskBroken => ("Why is this check broken: “{0}”?", "这项检查为什么被违反：“{0}”？"),
        K::AskHolds => ("Does this check hold: “{0}”?", "这项检查成立吗：“{0}”？"),
        K::AskExpected => ("Why is this expectation met: “{0}”?", "这个预期为什么满足了：“{0}”？"),
        K::AskUnmet => ("Why is this expectation not met: “{0}”?", "这个预期为什么没有满足：“{0}”？"),
        K::AskOpen => ("Why is this expectation still open: “{0}”?", "这个预期为什么还没有定论：“{0}”？"),
        K::AskVerb => ("Why can “{0}” do nothing now?", "“{0}”为什么现在不起作用？"),
        K::AskOperation => {
            ("Why is the request “{1}” of {0} still without an answer?", "{0} 的请求“{1}”为什么还没有答复？")
        }
        K::Said => ("{0}: {1}.", "{0}：{1}。"),
        K::Does => ("{0} {1}.", "{0} {1}。"),
        K::Followed => ("It followed from this.", "它由此而来。"),
        K::NoCause => (
            "Nothing in the run led to it: it is a command, or the beginning.",
            "运行中没有别的事导致它：它是一条命令，或者是开端。",
        ),
        K::ByCommand => (
            "This was done from outside: by a line of the scenario or by hand.",
            "这是从外部做的：来自场景中的一行或手动命令。",
        ),
        K::SinceThen => ("It has been so since this.", "从这件事起就是这样。"),
        K::NoAnswer => ("There is no answer to this question here.", "这个问题在这里没有答案。"),
        K::NotBegun => (
            "The run has not yet reached the event in which {0} starts.",
            "运行还没有到 {0} 启动的那个事件。",
        ),
        K::Moving => (
            "It left at {0} and is on its way: it arrives in {1}.",
            "它在 {0} 发出，正在途中：还有 {1} 到达。",
        ),
        K::HeldAtDoor => (
            "It has come as far as {0} and is held at its door until it is released.",
            "它已到 {0} 门口，被扣住，等待放行。",
        ),
        K::WaitsClogged => (
            "The link from {0} to {1} is clogged: what is sent waits and leaves in order once it is unclogged.",
            "从 {0} 到 {1} 的链路被堵住：消息在等待，疏通后按顺序发出。",
        ),
        K::WaitsDisk => (
            "It waits for the disk of {0}: it promises something that must first survive a crash.",
            "它在等 {0} 的磁盘：它所承诺的内容必须先能经受崩溃。",
        ),
        K::Delivered => ("It was delivered to {0}.", "它已送达 {0}。"),
        K::NotKnown => (
            "It lies too far back to be found from here. Go nearer to it and ask again.",
            "它离这里太远，找不到了。请走近一些再问。",
        ),
        K::LostChance => (
            "The link from {0} to {1} loses {2} of all messages, and by the luck of this seed this one is among them.",
            "从 {0} 到 {1} 的链路会丢失 {2} 的消息，按这个种子的运气，这条正在其中。",
        ),
        K::LostBlocked => (
            "Nothing passed from {0} to {1} when it was sent: a partition or a cut stood between them.",
            "发出时从 {0} 到 {1} 什么都过不去：它们之间有分区或切断。",
        ),
        K::LostOnTheWay => {
            ("It was on its way when {0} was cut off from {1}.", "它在途中时，{0} 与 {1} 被切断。")
        }
        K::LostSenderDied => (
            "{0} died before its disk had what the message promises, so the message never left.",
            "{0} 在磁盘写好消息所承诺的内容之前就崩溃了，所以消息没有发出。",
        ),
        K::LostPersist => ("It waited for a write of {0} that failed.", "它等待的 {0} 的一次写入失败了。"),
        K::LostConnection => ("Its connection ended before it arrived.", "它的连接在到达之前结束了。"),
        K::LostOverflow => {
            ("More was on its way than this world allows.", "途中的消息超过了这个世界的上限。")
        }
        K::LostByHand => ("It was dropped by a command.", "它被一条命令丢弃了。"),
        K::LostNobody => ("There was no process {0} any more.", "已经没有进程 {0} 了。"),
        K::LostReceiverDown => ("{0} was not running when it arrived.", "它到达时 {0} 没有在运行。"),
        K::LinkBlocked => (
            "A partition or a cut stands between them: what {0} sends to {1} is lost.",
            "它们之间有分区或切断：{0} 发给 {1} 的都会丢失。",
        ),
        K::LinkClogged => {
            ("The link is clogged: what {0} sends to {1} waits.", "链路被堵住：{0} 发给 {1} 的都在等待。")
        }
        K::LinkHeld => (
            "What arrives at {0} on this link is held until it is released.",
            "经这条链路到达 {0} 的都被扣住，等待放行。",
        ),
        K::LinkLossy => ("It loses {2} of what {0} sends to {1}.", "它会丢失 {0} 发给 {1} 的 {2}。"),
        K::LinkFree => {
            ("Nothing hinders messages from {0} to {1} now.", "现在没有什么妨碍从 {0} 到 {1} 的消息。")
        }
        K::CheckHolds => (
            "It holds: it is watched at every event, and none has broken it up to here.",
            "成立：每个事件都检查，到这里为止没有一个违反它。",
        ),
        K::CheckBroke => ("{0}", "{0}"),
        K::CheckMeant => ("This scenario is meant to break it.", "这个场景就是要违反它。"),
        K::ExpectMet => ("It came true at {0}.", "它在 {0} 得到满足。"),
        K::ExpectBroken => (
            "It was decided at {0}: from then on it could not be met any more.",
            "它在 {0} 已有定论：从那时起不可能再满足。",
        ),
        K::ExpectOpen => (
            "It is not decided yet: it may still come true, or fail, in what is to come.",
            "尚无定论：之后它仍可能得到满足，也可能落空。",
        ),
        K::VerbFree => ("It can be done now.", "现在可以做。"),
    }
}

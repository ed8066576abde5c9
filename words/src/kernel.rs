//! The world's words: hosts, links, disks, clocks, faults.

use super::Pair;
use muster_core::words::kernel::KernelKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::Beginning => ("Nothing has happened yet.", "还没有发生任何事。"),
        K::Started => ("{0} started.", "{0} 启动了。"),
        K::RefusedUnknownHost => ("There is no host {0}.", "没有主机 {0}。"),
        K::RefusedUnknownProcess => ("There is no process {0}.", "没有进程 {0}。"),
        K::RefusedAlreadyDown => ("It is down already.", "它已经停机了。"),
        K::RefusedAlreadyUp => ("It is up already.", "它已经在运行了。"),
        K::RefusedNotPaused => ("It is not paused.", "它没有暂停。"),
        K::RefusedAlreadyPaused => ("It is paused already.", "它已经暂停了。"),
        K::RefusedHostDown => ("Its host {0} is down.", "它的主机 {0} 已停机。"),
        K::RefusedNotRunning => ("{0} is not running.", "{0} 没有在运行。"),
        K::RefusedNameTaken => ("The name {0} is in use, or was.", "名称 {0} 正在使用或曾被使用。"),
        K::RefusedNoSuchMessage => {
            ("Message {2} from {0} to {1} is not in flight.", "从 {0} 到 {1} 的第 {2} 条消息不在途中。")
        }
        K::RefusedNoSuchConnection => {
            ("Connection {1} that {0} asked for is not open.", "{0} 请求的第 {1} 个连接没有打开。")
        }
        K::RefusedNoSuchBarrier => ("There is no barrier {0}.", "没有编号为 {0} 的阻断。"),
        K::RefusedBarrierTaken => ("Barrier {0} stands already.", "编号为 {0} 的阻断已经存在。"),
        K::RefusedInTwoGroups => {
            ("Host {0} is in two groups of the partition.", "主机 {0} 同时在分区的两个组里。")
        }
        K::RefusedNoSuchTimer => ("It has no timer {0}.", "它没有编号为 {0} 的定时器。"),
        K::RefusedNotUnderstood => ("It has no such command.", "它没有这个命令。"),
        K::AnswerYes => ("Answer from {0}: {1}.", "{0} 答复：{1}。"),
        K::AnswerNo => ("Refused by {0}: {1}.", "{0} 拒绝：{1}。"),
        K::RefusedOnConnection => (
            "Message {2} from {0} to {1} travels on a connection, which delivers once and in order.",
            "从 {0} 到 {1} 的第 {2} 条消息走的是连接，连接只按顺序投递一次。",
        ),
        K::RefusedNotOnItsWay => (
            "Message {2} from {0} to {1} waits to leave, or has arrived.",
            "从 {0} 到 {1} 的第 {2} 条消息还在等待发出，或已经到达。",
        ),
        K::LawReversed => ("The range ends before it begins.", "范围的终点在起点之前。"),
        K::LawNotSorted => ("The measured times are not sorted.", "测得的时间没有排序。"),
        K::LawEmpty => ("There are no measured times.", "没有测得的时间。"),
        K::LawTooLong => ("It is longer than a day.", "它超过了一天。"),
        K::LawNoShape => ("A Pareto law needs a shape above zero.", "帕累托分布的形状参数必须大于零。"),
        K::LawNoBandwidth => ("A bandwidth of zero: cut the link instead.", "带宽为零：请改为切断链路。"),
        K::LawTooMuchDrift => {
            ("A clock may be off by at most 500,000 parts per million.", "时钟偏差最多为百万分之五十万。")
        }
        K::BoundHosts => ("A world holds at most {0} hosts.", "一个世界最多有 {0} 台主机。"),
        K::BoundProcesses => ("A world holds at most {0} processes.", "一个世界最多有 {0} 个进程。"),
        K::BoundInFlight => ("At most {0} messages may be in flight.", "途中最多有 {0} 条消息。"),
        K::BoundRules => {
            ("At most {0} barriers or overrides of links may stand.", "最多有 {0} 个阻断或链路改动。")
        }
        K::BoundName => ("A name has from 1 to {0} bytes.", "名称须为 1 到 {0} 个字节。"),
    }
}

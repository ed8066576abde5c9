//! The words of comparisons.

use super::Pair;
use muster_core::words::compare::CompareKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::Asked => ("writes asked", "请求的写入"),
        K::Acknowledged => ("acknowledged", "得到确认"),
        K::Refused => ("refused", "被拒绝"),
        K::Unknown => ("outcome unknown", "结果未知"),
        K::Waiting => ("under way", "进行中"),
        K::Skipped => ("not sent", "未发出"),
        K::MessagesAWrite => ("messages a write", "每次写入的消息"),
        K::MessagesAWriteAbout => (
            "Messages that members sent each other since the first write was asked, by writes acknowledged. Heartbeats are left out; elections and reads are not.",
            "自第一次写入请求起成员之间发送的消息数，除以得到确认的写入数。不计心跳；选举和读取计算在内。",
        ),
        K::Messages => ("messages between members", "成员之间的消息"),
        K::Idle => ("heartbeats and answers", "心跳及其应答"),
        K::IdleAbout => (
            "Messages between members that only say that their sender lives, and what answers them.",
            "成员之间只表明发送者仍在运行的消息，以及对它们的应答。",
        ),
        K::ClientMessages => ("messages with clients", "与客户端之间的消息"),
        K::RoundTrips => ("round trips between members", "成员之间的往返"),
        K::RoundTripsAbout => (
            "Half the ways between members on the chain of causes from a write's answer back to its request, without what was under way before the request came: the median, and the most.",
            "沿因果链从写入的应答追溯到请求，成员之间单程数的一半；请求到达之前已在进行的不计：中位数与最大值。",
        ),
        K::ClientRoundTrips => ("round trips with the client", "与客户端的往返"),
        K::ClientRoundTripsAbout => (
            "A write's request and its answer, and before them whatever the client was told that made it ask so: who leads, for instance. What it tried in vain until its time was up is left out. The median, and the most.",
            "写入的请求及其应答，以及在此之前促使客户端如此询问的问答，例如得知谁是领导者。白白尝试直到超时的不计。中位数与最大值。",
        ),
        K::MedianAndMost => ("{0} (most {1})", "{0}（最多 {1}）"),
        K::P50 => ("latency, half within", "延迟，一半不超过"),
        K::P90 => ("latency, 90% within", "延迟，90% 不超过"),
        K::P99 => ("latency, 99% within", "延迟，99% 不超过"),
        K::Max => ("latency, longest", "延迟，最长"),
        K::LatencyAbout => (
            "From the moment at which a client takes a write up until it is acknowledged; writes that were not are left out.",
            "从客户端开始一次写入到它得到确认的时间；没有得到确认的写入不计。",
        ),
        K::Outage => ("longest without service", "最长无服务时间"),
        K::OutageAbout => (
            "The longest stretch in which a write waits and none is acknowledged.",
            "有写入在等待、却没有任何写入得到确认的最长一段时间。",
        ),
        K::OutageWhen => ("from {0} to {1}", "从 {0} 到 {1}"),
        K::OutageOpen => ("since {0}", "从 {0} 起"),
        K::Lost => ("writes lost", "丢失的写入"),
        K::LostAbout => (
            "Writes that were acknowledged and are not in the history that the members hold.",
            "已经得到确认、却不在成员所持历史中的写入。",
        ),
        K::LostWrite => ("{0} = {1}, acknowledged to {2} at {3}", "{0} = {1}，于 {3} 向 {2} 确认"),
        K::LostDelete => ("{0} deleted, acknowledged to {1} at {2}", "删除 {0}，于 {2} 向 {1} 确认"),
        K::LostMore => ("and {0} more", "另有 {0} 个"),
    }
}

//! Words of questions and answers about Multi-Paxos.

use crate::Pair;
use muster_core::words::multi_paxos_why::MultiPaxosWhyKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::AskExecutes => ("Why has {0} executed no further than slot {1}?", "{0} 为什么只执行到槽位 {1}？"),
        K::AskSlotChosen => ("Why does {1} count slot {0} as chosen?", "{1} 为什么认为槽位 {0} 已选定？"),
        K::AskSlotNotChosen => {
            ("Why is slot {0} of {1} not chosen yet?", "{1} 的槽位 {0} 为什么还没有选定？")
        }
        K::AskSlotNotExecuted => {
            ("Slot {0} is chosen: why has {1} not executed it?", "槽位 {0} 已选定：{1} 为什么还没有执行？")
        }
        K::AskNotPromisedBy => ("Why has {0} not enough promises yet?", "{0} 为什么还没有得到足够的承诺？"),
        K::Promised => (
            "{2} of {3} members {2|has|have} promised {1} to {0}: {4}. {5} {5|is|are} needed, and whoever promises accepts nothing of a lower ballot any more.",
            "{3} 个成员中有 {2} 个向 {0} 承诺了 {1}：{4}。需要 {5} 个；承诺者不再接受更低编号的提案。",
        ),
        K::TooFewPromises => (
            "{2} of {3} members {2|has|have} promised {1} to {0}, and {4} {4|is|are} needed.",
            "{3} 个成员中有 {2} 个向 {0} 承诺了 {1}，而需要 {4} 个。",
        ),
        K::HearsLeader => (
            "{0} last heard {1}, which leads in {2}: every message of a leader sets its election timer anew.",
            "{0} 最近听到的领导者是 {2} 的 {1}：领导者的每条消息都会重设它的选举定时器。",
        ),
        K::FollowsSince => (
            "{1} speaks as the leader in {2}, and {0} has promised nothing higher.",
            "{1} 以 {2} 的领导者身份说话，而 {0} 没有承诺过更高的编号。",
        ),
        K::OlderBallot => (
            "{0} leads in {1} and has not heard of the higher {3} of {2}; it may propose, but a quorum has promised {3} and will refuse.",
            "{0} 以 {1} 领导，还没有听说 {2} 的更高编号 {3}；它可以提议，但法定数量的成员已承诺 {3}，会拒绝它。",
        ),
        K::NotMember => (
            "{0} is not a member in the next slot; the members are {1}.",
            "{0} 不是下一槽位的成员；成员是 {1}。",
        ),
        K::FewUp => (
            "{0} of {1} members {0|runs|run}, and {3} promises are needed: nobody can lead. Not running, or paused: {2}.",
            "{1} 个成员中有 {0} 个在运行，而需要 {3} 个承诺：谁也无法领导。没有运行或被暂停的：{2}。",
        ),
        K::NoQuorumMeets => (
            "At most {0} of {1} members can reach each other, and {2} promises are needed: nobody can lead.",
            "{1} 个成员中能互相联系的最多 {0} 个，而需要 {2} 个承诺：谁也无法领导。",
        ),
        K::Holders => (
            "{1} of {2} members {1|holds|hold} it in slot {0} now: {3}. {4} {4|acceptance|acceptances} of one ballot {4|chooses|choose} it.",
            "{2} 个成员中现有 {1} 个在槽位 {0} 持有它：{3}。同一编号的 {4} 个接受即可选定。",
        ),
        K::TooFewAccepted => (
            "As far as the leader knows, {2} of {3} members {2|has|have} accepted slot {0} in {1}: {4}. {5} {5|is|are} needed.",
            "据领导者所知，{3} 个成员中有 {2} 个以 {1} 接受了槽位 {0}：{4}。需要 {5} 个。",
        ),
        K::SlotCollected => (
            "Slot {0} was executed and is in the snapshot up to slot {1}.",
            "槽位 {0} 已执行，包含在直到槽位 {1} 的快照中。",
        ),
        K::NobodyCounts => (
            "Nobody leads now, and only a leader counts who has accepted slot {0}. A new one proposes there again what it is told of.",
            "现在没有领导者，而只有领导者清点谁接受了槽位 {0}。新的领导者会在那里再次提议它所获知的内容。",
        ),
        K::LeaderCounts => ("{0} leads, and counts who has accepted it.", "{0} 是领导者，由它清点谁已接受。"),
        K::KnownBy => ("{1} knows that slot {0} is chosen.", "{1} 知道槽位 {0} 已选定。"),
        K::TellsNext => (
            "How far slots are chosen rides on the next message of {1}; {0} then executes what it accepted in the ballot of {1}.",
            "选定到哪里，由 {1} 的下一条消息带来；{0} 随后执行它以 {1} 的编号接受的内容。",
        ),
        K::AsksFor => (
            "{0} has not accepted it from {1}, so it has to ask what is chosen there.",
            "{0} 没有从 {1} 那里接受它，所以须询问那里选定了什么。",
        ),
        K::OwnDisk => (
            "{0} counts itself as soon as its disk has what it promises or accepts.",
            "{0} 自己的承诺或接受，要等落盘后才计入。",
        ),
        K::OwnWords => ("{0}: {1}.", "{0}：{1}。"),
        K::EndOfLog => (
            "{0} has executed all that it knows of, up to slot {1}.",
            "{0} 已执行它所知的全部槽位，直到 {1}。",
        ),
        K::InSlot => (
            "{0} has proposed it in slot {1}, and answers {2} when that slot is executed.",
            "{0} 已在槽位 {1} 提议它，等该槽位执行后答复 {2}。",
        ),
        K::WaitsForSlot => (
            "{0} holds it back: it may not propose in slot {1} yet.",
            "{0} 暂缓提议：它还不能在槽位 {1} 提议。",
        ),
        K::MayCatchUp => ("{0} must first execute what is chosen before.", "{0} 须先执行此前已选定的内容。"),
        K::MayWindow => {
            ("As many slots of {0} are open as its window holds.", "{0} 未完成的槽位已达窗口上限。")
        }
        K::MayAlpha => (
            "Who accepts there is decided by a slot that {0} has not executed yet.",
            "由谁在那里接受，取决于 {0} 尚未执行的槽位。",
        ),
        K::MayPromises => (
            "{1} more members of that slot must promise {0} first.",
            "该槽位还需 {1} 个成员先对 {0} 作出承诺。",
        ),
        K::MayLeaving => {
            ("{0} is no member there any more, and stops leading.", "{0} 在那里不再是成员，将停止领导。")
        }
    }
}

//! Words of questions and answers about Paxos.

use crate::Pair;
use muster_core::words::paxos_why::PaxosWhyKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::AskNothingChosen => ("Why is nothing chosen?", "为什么还没有选定值？"),
        K::AskChosen => ("Why is {0} chosen?", "为什么 {0} 已选定？"),
        K::AskTwoChosen => ("How can several values be chosen: {0}?", "怎么会选定几个值：{0}？"),
        K::AskPromised => ("Why has {0} promised {1}?", "{0} 为什么承诺了 {1}？"),
        K::AskNotPromised => ("Why has {0} promised nothing?", "{0} 为什么没有作出承诺？"),
        K::AskAccepted => ("Why has {0} accepted {1} with {2}?", "{0} 为什么接受了 {1}，值为 {2}？"),
        K::AskNotAccepted => ("Why has {0} accepted nothing?", "{0} 为什么没有接受任何提案？"),
        K::AskProposes => ("Why does {0} propose {1}?", "{0} 为什么提议 {1}？"),
        K::AskProposesNothing => ("Why does {0} propose nothing?", "{0} 为什么没有提议？"),
        K::AskKnows => ("How does {0} know that {1} is chosen?", "{0} 怎么知道 {1} 已选定？"),
        K::AskKnowsNot => ("Why does {0} not know what is chosen?", "{0} 为什么不知道选定了什么？"),
        K::AskPreparing => ("Why may {0} not propose yet?", "{0} 为什么还不能提议？"),
        K::AskAccepting => ("Why is the proposal of {0} not chosen yet?", "{0} 的提案为什么还没有选定？"),
        K::AskBackingOff => ("Why does {0} wait?", "{0} 为什么在等待？"),
        K::AskIdle => ("Why does {0} propose nothing?", "{0} 为什么没有提议？"),
        K::Noted => ("{0}: {1}.", "{0}：{1}。"),
        K::Holders => (
            "{2} of {3} acceptors {2|holds|hold} an acceptance of {1} with {0}: {4}.",
            "{3} 个接受者中有 {2} 个接受了 {1}，值为 {0}：{4}。",
        ),
        K::WasChosen => (
            "{1} came to know that {0} is chosen. No quorum of disks holds that proposal any more.",
            "{1} 曾得知 {0} 已选定。现在已没有法定数量的磁盘还保存着那个提案。",
        ),
        K::Forgot => (
            "{0} once said this, and its disk does not hold it any more: {1}.",
            "{0} 曾经这样说过，但它的磁盘上已经没有了：{1}。",
        ),
        K::WaitsByLot => (
            "Whoever is refused waits a while drawn by lot, so that sooner or later one gets through.",
            "被拒绝者会随机等待一段时间，所以迟早会有一个通过。",
        ),
        K::NobodyWaits => (
            "Nobody waits after a refusal, because the rule is switched off.",
            "被拒绝后没有人等待，因为这条规则被关闭了。",
        ),
        K::StaysChosen => (
            "It stays chosen: whoever proposes later needs promises of a quorum, and in any such quorum is one who has accepted it and says so.",
            "它不会再变：之后的提议者都要得到法定数量的承诺，其中必有一个接受过它，并会告知。",
        ),
        K::DiskForgot => (
            "This must not happen while no rule is switched off: the disk of an acceptor has lost what it had promised or accepted.",
            "没有关闭任何规则时这本不该发生：有接受者的磁盘丢失了它承诺或接受过的内容。",
        ),
        K::RuleIsOff => {
            ("This must not happen. A rule is switched off:", "这本不该发生。有一条规则被关闭了：")
        }
        K::NobodyProposes => ("Nobody proposes anything.", "没有人在提议。"),
        K::TheyDuel => (
            "Several propose at once: {0}. Each higher ballot takes the promises from the one before it, and so it may be that nobody gets through.",
            "有几个进程同时提议：{0}。每个更高的编号都会夺走前一个的承诺，结果可能谁也通不过。",
        ),
        K::FewUp => (
            "{1} acceptors run, and a quorum has at least {2}. These do not: {0}.",
            "有 {1} 个接受者在运行，而法定人数至少要 {2} 个。没有运行的有：{0}。",
        ),
        K::Waits => ("{0} has given {1} up and waits before it tries again.", "{0} 已放弃 {1}，等待后再试。"),
        K::HasPromises => (
            "{0} has {2} of the {3} promises to {1} that it needs: {4}.",
            "{0} 需要 {3} 个对 {1} 的承诺，已有 {2} 个：{4}。",
        ),
        K::HasAcceptances => (
            "{0} has {2} of the {3} acceptances of {1} that it needs: {4}.",
            "{0} 需要 {3} 个对 {1} 的接受，已有 {2} 个：{4}。",
        ),
        K::BacksOff => (
            "If it tried again at once, two proposers could go on refusing each other for ever.",
            "如果立即再试，两个提议者可能会一直这样互相阻挡下去。",
        ),
        K::NothingLeft => (
            "{0} knows what is chosen, so there is nothing to propose.",
            "{0} 已知道选定了什么，无需再提议。",
        ),
        K::NobodyAsked => ("{0} has nothing to propose.", "{0} 没有要提议的值。"),
        K::SilentDown => ("{0} does not run.", "{0} 没有在运行。"),
        K::SilentPaused => ("{0} is paused.", "{0} 已暂停。"),
        K::SilentCut => (
            "Nothing passes from {1} to {2}, so there is no answer of {0}.",
            "从 {1} 到 {2} 不通，所以没有 {0} 的答复。",
        ),
        K::SilentYet => ("{0} has not answered {1} yet.", "{0} 还没有答复 {1}。"),
        K::PromisedMore => (
            "{0} has promised {1}, which is higher than {2}: it will refuse.",
            "{0} 已承诺 {1}，高于 {2}：它会拒绝。",
        ),
        K::NobodyAskedIt => ("No request for a promise has reached {0}.", "还没有请求承诺的消息到达 {0}。"),
        K::PromiseMeans => (
            "{0} accepts nothing below {1} any more, whoever asks.",
            "无论谁来请求，{0} 都不再接受低于 {1} 的提案。",
        ),
        K::NobodyAskedToAccept => ("No proposal has reached {0}.", "还没有提案到达 {0}。"),
        K::NotItsOwn => (
            "{0} wanted {1}. But {2} may be chosen already, and then nothing else may be proposed.",
            "{0} 原本想要 {1}。但 {2} 可能已被选定，那就不能再提议别的。",
        ),
        K::NothingToKnow => ("Nothing is chosen yet.", "还没有选定任何值。"),
        K::NotTold => (
            "{1} is chosen and {2} knows it, but {0} has not been told, or it was lost on the way.",
            "{1} 已选定，{2} 也知道，但 {0} 还没有被告知，或消息在途中丢失。",
        ),
        K::NobodyKnows => (
            "{0} is chosen, but nobody knows it yet: neither a proposer nor a learner has heard of enough acceptances.",
            "{0} 已选定，但还没有人知道：没有提议者或学习者听到足够多的接受。",
        ),
        K::WillAsk => ("{0} asks again from time to time.", "{0} 会不时再问。"),
        K::WillNotAsk => ("{0} does not ask by itself.", "{0} 不会主动询问。"),
    }
}

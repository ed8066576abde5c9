//! The words of Paxos.

use crate::Pair;
use muster_core::words::paxos::PaxosKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::RoundTimer => ("round timeout", "轮次超时"),
        K::BackOffTimer => ("back-off", "退避"),
        K::AskTimer => ("ask again", "再次询问"),
        K::Proposer => ("proposer", "提议者"),
        K::Acceptor => ("acceptor", "接受者"),
        K::Learner => ("learner", "学习者"),
        K::Preparing => ("preparing", "准备阶段"),
        K::Accepting => ("proposing", "提议阶段"),
        K::BackingOff => ("backing off", "退避中"),
        K::KindPrepare => ("prepare", "准备"),
        K::KindPromise => ("promise", "承诺"),
        K::KindAccept => ("accept", "接受请求"),
        K::KindAccepted => ("accepted", "已接受"),
        K::KindRefused => ("refusal", "拒绝"),
        K::KindChosen => ("chosen", "已选定"),
        K::KindAsk => ("what is chosen?", "选定了什么？"),
        K::CardPrepare => ("prepare {0}", "准备 {0}"),
        K::CardPromise => ("promise {0}", "承诺 {0}"),
        K::CardPromiseHas => ("promise {0}, has {1} {2}", "承诺 {0}，已有 {1} {2}"),
        K::CardAccept => ("accept {0} {1}", "接受 {0} {1}？"),
        K::CardAccepted => ("accepted {0} {1}", "已接受 {0} {1}"),
        K::CardRefused => ("no {0}: promised {1}", "拒绝 {0}：已承诺 {1}"),
        K::CardChosen => ("chosen: {0}", "已选定：{0}"),
        K::StartsEmpty => {
            ("starts with nothing promised and nothing accepted", "启动：未承诺，也未接受任何提案")
        }
        K::StartsPromised => (
            "starts; its disk has promised {0} and accepted nothing",
            "启动：磁盘上已承诺 {0}，未接受任何提案",
        ),
        K::StartsWith => (
            "starts; its disk has promised {0} and accepted {1} with {2}",
            "启动：磁盘上已承诺 {0}，已接受 {1}，值为 {2}",
        ),
        K::Wishes => ("wants {0} to be chosen", "希望选定 {0}"),
        K::WishesInstead => ("wants {0} to be chosen, and {1} no longer", "希望选定 {0}，不再是 {1}"),
        K::Prepares => ("asks all acceptors for a promise to {0}", "请所有接受者对 {0} 作出承诺"),
        K::Promises => (
            "promises {1} to accept nothing below {0}; it has accepted nothing yet",
            "向 {1} 承诺不接受低于 {0} 的提案；它尚未接受任何提案",
        ),
        K::PromisesHaving => (
            "promises {1} to accept nothing below {0}, and says that it has accepted {2} with {3}",
            "向 {1} 承诺不接受低于 {0} 的提案，并告知已接受 {2}，值为 {3}",
        ),
        K::RefusesPrepare => (
            "does not promise {0} to {1}: it has promised {2}, which is higher",
            "不向 {1} 承诺 {0}：已承诺更高的 {2}",
        ),
        K::RefusesAccept => (
            "does not accept {0} of {1}: it has promised {2}, which is higher",
            "不接受 {1} 的 {0}：已承诺更高的 {2}",
        ),
        K::Accepts => ("accepts {0} with {1}", "接受 {0}，值为 {1}"),
        K::PromiseCounted => {
            ("has the promise of {0}; {1} more {1|is|are} needed", "得到 {0} 的承诺；还需 {1} 个")
        }
        K::AcceptanceCounted => {
            ("has the acceptance of {0}; {1} more {1|is|are} needed", "得到 {0} 的接受；还需 {1} 个")
        }
        K::Adopts => (
            "proposes {1} as {0}: it was accepted as {2}, the highest it was told of, so it may be chosen",
            "以 {0} 提议 {1}：它曾以 {2} 被接受，是所告知的最高者，可能已被选定",
        ),
        K::ProposesOwn => (
            "proposes its own value {1} as {0}: nobody who promised has accepted anything",
            "以 {0} 提议自己的值 {1}：作出承诺者都未接受过提案",
        ),
        K::NothingToPropose => (
            "has a quorum for {0} and nothing to propose: nothing is chosen yet",
            "{0} 已得到法定数量的承诺，但没有可提议的值：尚未选定",
        ),
        K::IsChosen => (
            "knows that {0} is chosen: a quorum has accepted {1}",
            "知道 {0} 已选定：法定数量的接受者接受了 {1}",
        ),
        K::Abandons => ("abandons {0}: {1} has promised {2}", "放弃 {0}：{1} 已承诺 {2}"),
        K::RoundTimesOut => ("has no quorum for {0} in time", "{0} 未能及时得到法定数量的答复"),
        K::Learns => ("learns from {1} that {0} is chosen", "从 {1} 得知 {0} 已选定"),
        K::Asks => ("has not learned what is chosen, and asks {0}", "尚不知道选定了什么，询问 {0}"),
        K::TellsLearner => ("tells {0} that {1} is chosen", "告知 {0}：{1} 已选定"),
        K::FindsOut => (
            "does not know what is chosen either; for {0} it finds out by a proposal",
            "也不知道选定了什么；为 {0} 发起提案来查明",
        ),
        K::DiskFailed => (
            "stops: its disk failed, and it may not forget what it has promised",
            "停止：磁盘故障，而它不可忘记所作的承诺",
        ),
        K::NoProposer => ("it is not a proposer", "它不是提议者"),
        K::ValueTooLong => ("a value has at most {0} bytes", "值最多 {0} 字节"),
        K::ChosenAlready => ("{0} is chosen, and stays so", "{0} 已选定，不会再变"),
        K::WillProposeNext => (
            "has proposed {2} with {1}: {0} has to wait for another round, if one comes",
            "已以 {1} 提议 {2}：{0} 须等下一轮，如果还有的话",
        ),
        K::WillPropose => ("will propose {0}", "将提议 {0}"),
        K::AsksNow => ("asks what is chosen", "询问选定了什么"),
        K::RuleOn => ("{0} is in force", "{0} 生效"),
        K::RuleOff => ("{0} is off", "{0} 已关闭"),
    }
}

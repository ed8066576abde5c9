//! Words of what a Paxos group shows of itself.

use crate::Pair;
use muster_core::words::paxos_view::PaxosViewKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::HasPromised => ("promised {0}", "已承诺 {0}"),
        K::HasAccepted => ("accepted {0} {1}", "已接受 {0} {1}"),
        K::HasBoth => ("promised {0}, accepted {1} {2}", "已承诺 {0}，已接受 {1} {2}"),
        K::Proposes => ("proposes {0}", "提议 {0}"),
        K::Wants => ("wants {0}", "想要 {0}"),
        K::Knows => ("knows: {0}", "已知：{0}"),
        K::PlaysField => ("plays", "担任"),
        K::WishField => ("wants", "想要"),
        K::BallotField => ("ballot", "编号"),
        K::ProposedField => ("proposes", "提议"),
        K::PromisesField => ("promises", "承诺"),
        K::AcceptancesField => ("acceptances", "接受"),
        K::PromisedField => ("promised", "已承诺"),
        K::AcceptedField => ("accepted", "已接受"),
        K::AcceptedBefore => ("accepted before", "此前已接受"),
        K::ChosenField => ("knows to be chosen", "已知选定"),
        K::HeardField => ("acceptances heard of", "听到的接受"),
        K::TriedField => ("highest round tried", "试过的最高轮次"),
        K::ProposalIs => ("{0} with {1}", "{0}，值为 {1}"),
        K::HeardOne => ("{0}: {1} with {2}", "{0}：{1}，值为 {2}"),
        K::ValueIs => ("{0}", "{0}"),
        K::AsksPromise => ("a promise", "作出承诺"),
        K::AsksAccept => ("to accept a proposal", "接受提案"),
        K::AsksChosen => ("what is chosen", "选定了什么"),
        K::AnswersPromise => ("it promises", "作出承诺"),
        K::AnswersAccepted => ("it has accepted", "已接受"),
        K::AnswersRefused => ("no: it has promised more", "拒绝：已承诺更高的编号"),
        K::FactRound => ("round", "轮次"),
        K::FactPromised => ("round promised", "已承诺的轮次"),
        K::FactAccepted => ("round accepted", "已接受的轮次"),
        K::FactChosen => ("values chosen so far", "至今选定过的值的个数"),
        K::FactInformed => ("how many know what is chosen", "知道选定值的进程数"),
        K::GetsPrepare => ("{0} is asked by {1} for a promise to {2}", "{0} 收到 {1} 对 {2} 的承诺请求"),
        K::GetsPromise => ("{0} hears the answer of {1} to {2}, a promise", "{0} 收到 {1} 对 {2} 的承诺"),
        K::GetsPromiseHaving => (
            "{0} hears the answer of {1} to {2}, a promise, and that it has accepted {3} with {4}",
            "{0} 收到 {1} 对 {2} 的承诺，并得知它已接受 {3}，值为 {4}",
        ),
        K::GetsAccept => {
            ("{0} is asked by {1} to accept {2} with {3}", "{0} 收到 {1} 的请求：接受 {2}，值为 {3}")
        }
        K::GetsAccepted => {
            ("{0} hears that {1} has accepted {2} with {3}", "{0} 听到 {1} 已接受 {2}，值为 {3}")
        }
        K::GetsRefused => {
            ("{0} is refused {2} by {1}, which has promised {3}", "{0} 的 {2} 被 {1} 拒绝：它已承诺 {3}")
        }
        K::GetsChosen => ("{0} is told by {1} that {2} is chosen", "{0} 被 {1} 告知：{2} 已选定"),
        K::GetsAsk => ("{0} is asked by {1} what is chosen", "{0} 被 {1} 问到选定了什么"),
        K::RoundEnds => ("{0} has waited a whole round", "{0} 等完了一整轮"),
        K::HasWaited => ("{0} has waited long enough", "{0} 等待完毕"),
        K::WondersStill => ("{0} has not heard what is chosen", "{0} 还没有听说选定了什么"),
        K::DiskTried => ("{0} has its round {1} on disk", "{0} 的轮次 {1} 已落盘"),
        K::DiskPromised => ("{0} has its promise to {1} on disk", "{0} 对 {1} 的承诺已落盘"),
        K::DiskAccepted => (
            "{0} has on disk that it promised {1} and accepted {2} with {3}",
            "{0} 已落盘：承诺 {1}，接受 {2}，值为 {3}",
        ),
        K::ShapePrepare => ("prepare", "准备"),
        K::ShapeAccept => ("accept", "接受"),
        K::ShapeChosen => ("chosen", "已选定"),
        K::ShapeAsk => ("question", "询问"),
        K::VerbPropose => ("Propose", "提议"),
        K::VerbAsk => ("Ask what is chosen", "询问选定了什么"),
        K::AskBy => ("who proposes", "由谁提议"),
        K::GoalChosen => ("a value is chosen in {0}", "{0} 选定了一个值"),
        K::GoalChosenIs => {
            ("somebody in {0} knows that this value is chosen", "{0} 中有进程知道这个值已选定")
        }
        K::GoalLearns => ("this process of {0} knows what is chosen", "{0} 的这个进程知道选定了什么"),
        K::GoalAllKnow => ("every learner of {0} knows what is chosen", "{0} 的每个学习者都知道选定了什么"),
        K::GoalPreparing => ("somebody in {0} asks for promises", "{0} 中有进程请求承诺"),
        K::GoalDuel => ("two in {0} propose at once", "{0} 中有两个进程同时提议"),
        K::GoalTwoChosen => ("two values are chosen in {0}", "{0} 选定了两个值"),
        K::GoalViolation => ("something breaks in {0}", "{0} 中有不变式被破坏"),
    }
}

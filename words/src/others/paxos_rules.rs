//! Why the rules of Paxos are there: what goes wrong without each.

use crate::Pair;
use muster_core::words::paxos_rules::PaxosRuleKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::UniqueBallots => (
            "two proposers would use one number for two values, and acceptors could not tell them apart",
            "两个提议者会用同一编号提议两个值，接受者无法区分",
        ),
        K::DurableBallot => (
            "a proposer that comes back would use a number again, for another value",
            "恢复的提议者会把旧编号再用于另一个值",
        ),
        K::DurablePromise => (
            "an acceptor that comes back would accept what it promised not to",
            "恢复的接受者会接受它承诺不接受的提案",
        ),
        K::DurableAccept => (
            "an acceptor that comes back would not tell of a value that may be chosen",
            "恢复的接受者不会报告可能已被选定的值",
        ),
        K::PromiseOnlyHigher => (
            "a late request would take a promise back, and an older proposal could still be chosen",
            "迟到的请求会使承诺倒退，较旧的提案仍可能被选定",
        ),
        K::KeepPromise => (
            "an old proposal could be chosen beside the one that was promised",
            "旧提案可能与承诺的提案同时被选定",
        ),
        K::ReportAccepted => (
            "the next proposer would not know of a value that may be chosen",
            "下一个提议者不会知道可能已被选定的值",
        ),
        K::AdoptReported => {
            ("a proposer would overrule a value that may be chosen", "提议者会推翻可能已被选定的值")
        }
        K::AdoptHighest => (
            "of two values a proposer could take the one that was not chosen",
            "在两个值中，提议者可能取未被选定的那一个",
        ),
        K::WaitForPromises => (
            "a proposer would not hear of what a quorum has accepted",
            "提议者不会得知法定数量的接受者接受了什么",
        ),
        K::ChosenByQuorum => {
            ("two values could each be called chosen by one acceptor", "两个值可能各因一个接受者而被视为选定")
        }
        K::CountOneBallot => {
            ("acceptances of different proposals would be taken for one", "不同提案的接受会被算作同一个")
        }
        K::QuorumsMeet => (
            "a quorum of the second phase could go unnoticed by one of the first, and two values be chosen",
            "第一阶段的法定人数可能碰不到第二阶段的，从而选定两个值",
        ),
        K::BackOff => (
            "proposers could overtake each other for ever, and nothing be chosen",
            "提议者可能永远互相超越，什么也选不定",
        ),
        K::TellRefusal => (
            "a proposer would wait for its timeout though it cannot win",
            "提议者已无望却不知道，仍要等到超时",
        ),
        K::AskAgain => ("a learner that was not told would never learn", "未被告知的学习者永远不会得知"),
    }
}

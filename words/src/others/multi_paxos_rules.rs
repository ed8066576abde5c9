//! Why the rules of Multi-Paxos are there: what goes wrong without each.

use crate::Pair;
use muster_core::words::multi_paxos_rules::MultiPaxosRuleKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::DistinctBallots => (
            "two leaders would use one ballot for two commands, and members could not tell them apart",
            "两个领导者会用同一编号提议两个命令，成员无法区分",
        ),
        K::DurableRound => (
            "a member that comes back would lead in a ballot again, with other commands",
            "恢复的成员会以旧编号再次领导，提议别的命令",
        ),
        K::DurablePromise => (
            "a member that comes back would accept what it promised not to",
            "恢复的成员会接受它承诺不接受的提案",
        ),
        K::DurableAccept => (
            "a member that comes back would not tell of a command that may be chosen",
            "恢复的成员不会报告可能已被选定的命令",
        ),
        K::PromiseOnlyHigher => (
            "a late request would take a promise back, and an older leader could still get commands chosen",
            "迟到的请求会使承诺倒退，旧领导者的命令仍可能被选定",
        ),
        K::KeepPromise => (
            "an old leader could get a command chosen beside the new one's",
            "旧领导者的命令可能与新领导者的同时被选定",
        ),
        K::ReportAccepted => (
            "the next leader would not know of a command that may be chosen",
            "下一个领导者不会知道可能已被选定的命令",
        ),
        K::AdoptReported => {
            ("a new leader would overrule a command that may be chosen", "新领导者会推翻可能已被选定的命令")
        }
        K::AdoptHighest => (
            "of two commands a leader could take the one that was not chosen",
            "在两个命令中，领导者可能取未被选定的那一个",
        ),
        K::WaitForPromises => (
            "a leader would not hear of what a quorum has accepted",
            "领导者不会得知法定数量的成员接受了什么",
        ),
        K::ChosenByQuorum => (
            "a command that one member has accepted could be lost, though a client was answered",
            "仅一个成员接受的命令可能丢失，而客户端已得到答复",
        ),
        K::CountOneBallot => {
            ("acceptances of different commands would be taken for one", "不同命令的接受会被算作同一个")
        }
        K::QuorumsMeet => (
            "what a small quorum has accepted could go unnoticed by the next leader",
            "小的法定集合所接受的，下一个领导者可能碰不到",
        ),
        K::LearnSameBallot => (
            "a member would execute what an older leader had proposed, and another command was chosen",
            "成员会执行旧领导者的提案，而选定的是另一命令",
        ),
        K::StopWhenOvertaken => (
            "members would take what it had proposed in a slot for what another leader got chosen there",
            "成员会把它在某槽位提议的内容当作另一领导者在那里选定的内容",
        ),
        K::ExecuteInOrder => (
            "members would come to different states from the same commands",
            "相同的命令会使成员到达不同的状态",
        ),
        K::AlphaWindow => (
            "a leader would count acceptances of members who have been replaced in that slot",
            "领导者会在该槽位计入已被替换的成员的接受",
        ),
        K::PromisesOfSlot => (
            "a leader would not hear of what the new members of a slot have accepted from another",
            "领导者不会得知该槽位的新成员从别人那里接受了什么",
        ),
        K::LeaseGrant => (
            "another could lead and write while the leader still reads from its own state",
            "领导者仍读本地状态时，别人可能已领导并写入",
        ),
        K::LeaseDriftBound => (
            "a leader with a slow clock would count on a lease that is over for those who granted it",
            "时钟较慢的领导者会依赖授予者看来已过期的租约",
        ),
        K::QuietAfterRestart => {
            ("a member that comes back would forget the lease it has granted", "恢复的成员会忘记它授予的租约")
        }
        K::LeaseAfterRecovery => (
            "a new leader would answer reads before it has executed what was chosen under the last one",
            "新领导者会在执行上一任所选定的内容之前回答读取",
        ),
        K::ClientSessions => {
            ("a command that was sent twice would take effect twice", "发送两次的命令会生效两次")
        }
        K::SessionInSnapshot => (
            "who starts from a snapshot would apply a repeated command again",
            "从快照开始的成员会再次执行重复的命令",
        ),
        K::ConfigInSnapshot => (
            "who starts from a snapshot would count on members of long ago",
            "从快照开始的成员会依据很久以前的成员",
        ),
        K::CollectOnlyExecuted => (
            "a command that may be chosen would be forgotten, and one that is not would take effect",
            "可能已选定的命令会被遗忘，未选定的会生效",
        ),
        K::FillGaps => (
            "a slot of which nobody has heard would hold up all after it for ever",
            "无人知晓的槽位会永远阻塞其后的一切",
        ),
        K::HastenChange => (
            "in a quiet group new members would wait for ever to take over",
            "在安静的组中，新成员会永远等待接手",
        ),
        K::StepDownOnHigher => (
            "an old leader would go on asking for what it can no longer get",
            "旧领导者会继续索取它再也得不到的接受",
        ),
        K::StepDownWithoutQuorum => (
            "a leader that is heard and hears nobody would keep the others quiet, and nothing be chosen",
            "别人听得到、自己却什么也听不到的领导者会让其他成员保持安静，什么也选定不了",
        ),
        K::BackOff => (
            "candidates could overtake each other for ever, and nobody lead",
            "候选者可能永远互相超越，无人领导",
        ),
        K::CatchUp => {
            ("a member that missed a message would never execute again", "错过消息的成员将再也无法执行")
        }
        K::Resend => ("a lost message would leave a slot open for ever", "丢失的消息会使槽位永远悬而未决"),
        K::RefuseRemoved => {
            ("a member that was removed would disturb the others for ever", "被移除的成员会永远打扰其他成员")
        }
        K::TellRefusal => (
            "a leader would go on though it cannot win, until somebody else's message tells it",
            "领导者明知无望仍会继续，直到别人的消息告知它",
        ),
    }
}

//! Words of what a Multi-Paxos group shows of itself.

use crate::Pair;
use muster_core::words::multi_paxos_view::MultiPaxosViewKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::ChosenTo => ("chosen up to {0}", "已选定至 {0}"),
        K::Behind => ("lacks slots {0} to {1}", "缺槽位 {0} 至 {1}"),
        K::HasLease => ("has a lease", "持有租约"),
        K::Executed => ("executed up to", "已执行至"),
        K::ChosenUpTo => ("known to be chosen up to", "已知选定至"),
        K::LastSlot => ("last slot accepted", "最后接受的槽位"),
        K::NextSlot => ("acceptances of the next slot", "下一槽位的接受"),
        K::Reported => ("slots reported, to be proposed again", "已报告、待再次提议的槽位"),
        K::LeaseTo => ("has granted a lease to", "已授予租约给"),
        K::OpenSlots => ("slots proposed and not executed", "已提议而未执行的槽位"),
        K::WaitingForSlot => ("requests waiting for a slot", "等待槽位的请求"),
        K::MembersField => ("members", "成员"),
        K::MembersToCome => ("members to come", "即将接手的成员"),
        K::MembersFrom => ("from slot {0} on: {1}", "自槽位 {0} 起：{1}"),
        K::FromSlot => ("from slot", "自槽位"),
        K::SlotsField => ("slots", "槽位"),
        K::OneSlot => ("slot {0}", "槽位 {0}"),
        K::SlotRange => ("slots {0} to {1}", "槽位 {0} 至 {1}"),
        K::SlotIs => ("{0}: {1}", "{0}：{1}"),
        K::SlotHeld => ("{0} ({1}): {2}", "{0}（{1}）：{2}"),
        K::AnswersLeased => ("no: it has granted a lease to another", "拒绝：它已把租约授予别人"),
        K::AnswersLease => ("it grants a lease", "授予租约"),
        K::NoOps => ("no-ops executed", "已执行的空操作数"),
        K::CaughtUp => ("members that have executed all", "已全部执行的成员数"),
        K::TimesOut => {
            ("{0} has waited {1} for a leader or a quorum", "{0} 等待领导者或法定数量的答复已有 {1}")
        }
        K::Beats => ("{0} sends its heartbeat as leader in {1}", "{0} 以 {1} 的领导者身份发送心跳"),
        K::Ticks => ("{0} finds its heartbeat due", "{0} 的心跳到时"),
        K::StillLacks => ("{0} still lacks slot {1}", "{0} 仍缺槽位 {1}"),
        K::DiskHas => (
            "{0} has on disk its promise to {1} and slots up to {2}",
            "{0} 对 {1} 的承诺和直到 {2} 的槽位已落盘",
        ),
        K::GetsPrepare => (
            "{0} is asked by {1} for a promise to {2}, for slot {3} and all after it",
            "{0} 收到 {1} 对 {2} 的承诺请求，涵盖槽位 {3} 及其后所有槽位",
        ),
        K::GetsPromiseHaving => (
            "{0} hears the answer of {1} to {2}, a promise, and what it has accepted in {3} {3|slot|slots}",
            "{0} 收到 {1} 对 {2} 的承诺，并得知它在 {3} 个槽位中接受了什么",
        ),
        K::GetsAccept => ("{0} is asked by {1} to accept {3} in {2}", "{0} 收到 {1} 的请求：以 {2} 接受{3}"),
        K::GetsAccepted => ("{0} hears that {1} has accepted {3} in {2}", "{0} 听到 {1} 已以 {2} 接受{3}"),
        K::GetsLeased => (
            "{0} is refused {2} by {1}, which has granted a lease to another",
            "{0} 的 {2} 被 {1} 拒绝：它已把租约授予别人",
        ),
        K::HearsBeat => {
            ("{0} hears the heartbeat of {1}, the leader in {2}", "{0} 收到 {2} 的领导者 {1} 的心跳")
        }
        K::GetsAlive => ("{0} is granted a lease by {1}", "{0} 得到 {1} 授予的租约"),
        K::GetsAsk => {
            ("{0} is asked by {1} what is chosen from slot {2} on", "{0} 被 {1} 问到自槽位 {2} 起选定了什么")
        }
        K::GetsHowFar => {
            ("{0} is told by {1} that slots up to {2} are chosen", "{0} 被 {1} 告知：直到 {2} 的槽位都已选定")
        }
        K::GetsChosen => ("{0} is told by {1} what is chosen in {2}", "{0} 被 {1} 告知{2} 选定了什么"),
        K::VerbCampaign => ("Stand for election", "参选"),
        K::GoalExecuted => ("a member of {0} has executed up to a slot", "{0} 的某个成员执行到某槽位"),
        K::GoalNoOp => ("a gap of {0} is filled with a no-op", "{0} 的一个空缺由空操作填补"),
        K::GoalLate => ("a member of {0} lacks what is chosen", "{0} 有成员缺少已选定的内容"),
    }
}

//! The words of Multi-Paxos.

use crate::Pair;
use muster_core::words::multi_paxos::MultiPaxosKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::ElectionTimer => ("no leader heard", "未闻领导者"),
        K::HeartbeatTimer => ("heartbeat", "心跳"),
        K::BackOffTimer => ("back-off", "退避"),
        K::CatchUpTimer => ("ask for what is missing", "询问所缺"),
        K::Follower => ("follower", "跟随者"),
        K::Candidate => ("candidate", "候选者"),
        K::Leader => ("leader", "领导者"),
        K::BackingOff => ("backing off", "退避中"),
        K::NonMember => ("not a member", "非成员"),
        K::KindPrepare => ("prepare", "准备"),
        K::KindPromise => ("promise", "承诺"),
        K::KindAccept => ("accept", "接受请求"),
        K::KindAccepted => ("accepted", "已接受"),
        K::KindRefused => ("refusal", "拒绝"),
        K::KindHeartbeat => ("heartbeat", "心跳"),
        K::KindAlive => ("lease granted", "授予租约"),
        K::KindAsk => ("what is chosen?", "选定了什么？"),
        K::KindChosen => ("chosen", "已选定"),
        K::KindSnapshot => ("snapshot", "快照"),
        K::CardPrepare => ("prepare {0} from {1}", "准备 {0}，自槽位 {1}"),
        K::CardPromise => ("promise {0}, has {1}", "承诺 {0}，已有 {1} 个"),
        K::CardAcceptOne => ("accept {0}", "接受 {0}？"),
        K::CardAccept => ("accept {0} to {1}", "接受 {0} 至 {1}？"),
        K::CardAcceptedOne => ("accepted {0}", "已接受 {0}"),
        K::CardAccepted => ("accepted {0} to {1}", "已接受 {0} 至 {1}"),
        K::CardRefused => ("no {0}: promised {1}", "拒绝 {0}：已承诺 {1}"),
        K::CardLeased => ("no {0}: lease granted", "拒绝 {0}：租约未到期"),
        K::CardHeartbeat => ("heartbeat, chosen to {0}", "心跳，已选定至 {0}"),
        K::CardAlive => ("lease from round {0}", "自第 {0} 轮起授予租约"),
        K::CardAsk => ("what is chosen from {0}?", "自 {0} 起选定了什么？"),
        K::CardChosenOne => ("chosen: {0}", "已选定：{0}"),
        K::CardChosen => ("chosen: {0} to {1}", "已选定：{0} 至 {1}"),
        K::CardSnapshot => ("snapshot to {0}: {1} of {2}", "快照至 {0}：{1}/{2}"),
        K::EntryNoOp => ("no-op", "空操作"),
        K::EntryRegister => ("open a session", "开启会话"),
        K::EntryMembers => ("members {0}", "成员 {0}"),
        K::StartsEmpty => {
            ("starts with nothing promised and nothing accepted", "启动：未承诺，也未接受任何提案")
        }
        K::Starts => (
            "starts; its disk has promised {0}; executed up to slot {1}, accepted up to {2}",
            "启动：磁盘上已承诺 {0}；已执行至槽位 {1}，已接受至 {2}",
        ),
        K::LeaderSilent => ("has not heard from {0} for too long", "太久没有收到 {0} 的消息"),
        K::NobodyLeads => ("has heard of no leader", "没有听说任何领导者"),
        K::NoQuorumInTime => {
            ("has no quorum of promises for {0} in time", "未能及时得到对 {0} 的法定数量承诺")
        }
        K::Stands => (
            "asks all members for a promise to {0}, for slot {1} and all that follow",
            "请所有成员对 {0} 作出承诺，涵盖槽位 {1} 及其后的全部槽位",
        ),
        K::Promises => (
            "promises {1} to accept nothing below {0}; it has accepted nothing from slot {2} on",
            "向 {1} 承诺不接受低于 {0} 的提案；自槽位 {2} 起它尚未接受任何提案",
        ),
        K::PromisesHaving => (
            "promises {1} to accept nothing below {0}, and tells what it has accepted in {2} {2|slot|slots}, the last of them {3}",
            "向 {1} 承诺不接受低于 {0} 的提案，并告知在 {2} 个槽位中已接受的内容，最后一个是 {3}",
        ),
        K::RefusesPrepare => (
            "does not promise {0} to {1}: it has promised {2}, which is higher",
            "不向 {1} 承诺 {0}：已承诺更高的 {2}",
        ),
        K::RefusesLeased => (
            "promises nothing to {0}: it has granted {1} a lease that is not over",
            "不向 {0} 作任何承诺：授予 {1} 的租约尚未到期",
        ),
        K::RefusesQuiet => (
            "promises nothing to {0}: it came back a short while ago, and may have granted a lease before",
            "不向 {0} 作任何承诺：刚恢复不久，此前可能授予过租约",
        ),
        K::OwnLease => {
            ("does not stand: it has granted {0} a lease that is not over", "不参选：授予 {0} 的租约尚未到期")
        }
        K::OwnQuiet => (
            "does not stand: it came back a short while ago, and may have granted a lease before",
            "不参选：刚恢复不久，此前可能授予过租约",
        ),
        K::RefusesRemoved => (
            "promises {0} to nobody who is no member any more: tells {1} how far slots are chosen",
            "{1} 已不是成员，不对其承诺 {0}：告知已选定到何处",
        ),
        K::RefusesAccept => (
            "does not accept slot {2} in {0} of {1}: it has promised {3}, which is higher",
            "不接受 {1} 以 {0} 对槽位 {2} 的提案：已承诺更高的 {3}",
        ),
        K::RefusesLeader => (
            "does not follow {1} in {0}: it has promised {2}, which is higher",
            "不跟随 {1} 的 {0}：已承诺更高的 {2}",
        ),
        K::AcceptsOne => ("accepts “{2}” in slot {1}, as {0}", "在槽位 {1} 接受“{2}”（{0}）"),
        K::Accepts => ("accepts slots {1} to {2}, as {0}", "接受槽位 {1} 至 {2}（{0}）"),
        K::Follows => ("follows {0} in {1}", "以 {1} 跟随 {0}"),
        K::PromiseCounted => {
            ("has the promise of {0}; {1} more {1|is|are} needed", "得到 {0} 的承诺；还需 {1} 个")
        }
        K::ReportsMore => {
            ("{0} has more to tell: asks from slot {1} on", "{0} 还有更多内容：自槽位 {1} 起继续询问")
        }
        K::Leads => (
            "leads in {0}: a quorum has promised; proposes from slot {1} on",
            "以 {0} 成为领导者：已得法定数量的承诺；自槽位 {1} 起提议",
        ),
        K::PreparesNewcomer => {
            ("asks {0} for a promise to {1}: slots to come need it", "请 {0} 对 {1} 作出承诺：后续槽位需要它")
        }
        K::Adopts => (
            "proposes “{1}” again in slot {0}: {3} told that it was accepted as {2}, so it may be chosen",
            "在槽位 {0} 再次提议“{1}”：{3} 告知它曾以 {2} 被接受，可能已被选定",
        ),
        K::FillsGap => (
            "proposes a no-op in slot {0}: nobody who promised has accepted anything there, and slot {1} comes after",
            "在槽位 {0} 提议空操作：作出承诺者在此未接受任何提案，而其后有槽位 {1}",
        ),
        K::Hastens => (
            "proposes a no-op in slot {0}, to come to slot {1}, where the new members take over",
            "在槽位 {0} 提议空操作，以便到达新成员接手的槽位 {1}",
        ),
        K::Proposes => ("proposes “{1}” in slot {0}", "在槽位 {0} 提议“{1}”"),
        K::AcceptanceCounted => (
            "has the acceptance of {0} for slot {1}; {2} more {2|is|are} needed",
            "得到 {0} 对槽位 {1} 的接受；还需 {2} 个",
        ),
        K::IsChosen => (
            "knows that “{1}” is chosen in slot {0}: a quorum has accepted it in {2}",
            "知道槽位 {0} 已选定“{1}”：法定数量的成员以 {2} 接受了它",
        ),
        K::StandsAgain => (
            "cannot learn what is chosen up to slot {0} from those who collected it, and stands again",
            "无法从已回收者处得知直到槽位 {0} 选定的内容，重新参选",
        ),
        K::StepsDown => ("stops leading in {0}: {1} has promised {2}", "不再以 {0} 领导：{1} 已承诺 {2}"),
        K::Abandons => ("abandons {0}: {1} has promised {2}", "放弃 {0}：{1} 已承诺 {2}"),
        K::Yields => ("gives up {0}: {1} has the higher {2}", "放弃 {0}：{1} 有更高的 {2}"),
        K::StepsDownAlone => (
            "stops leading in {0}: for too long no quorum has accepted slot {1}",
            "不再以 {0} 领导：太久没有法定数量的成员接受槽位 {1}",
        ),
        K::Overtaken => (
            "stops leading in {0}: slot {1} was decided without it",
            "不再以 {0} 领导：槽位 {1} 已由他人选定",
        ),
        K::StepsDownRemoved => {
            ("stops leading: after slot {0} it is no member any more", "不再领导：槽位 {0} 之后它不再是成员")
        }
        K::LeaseElsewhere => (
            "gets no promise to {1} from {0}, which has granted a lease to another",
            "{0} 不承诺 {1}：它已把租约授予别人",
        ),
        K::LearnsUpto => (
            "knows from {1} that what it accepted up to slot {0} is chosen, and executes it",
            "从 {1} 得知直到槽位 {0} 所接受的内容已选定，并执行",
        ),
        K::Lacks => (
            "does not have what is chosen in slot {0}, and slots up to {1} are",
            "没有槽位 {0} 选定的内容，而直到 {1} 的槽位都已选定",
        ),
        K::LearnsOne => (
            "learns from {0} what is chosen in slot {1}, and executes it",
            "从 {0} 得知槽位 {1} 选定的内容，并执行",
        ),
        K::LearnsPiece => (
            "learns from {0} what is chosen in slots {1} to {2}, and executes it",
            "从 {0} 得知槽位 {1} 至 {2} 选定的内容，并执行",
        ),
        K::Asks => ("asks {0} for what is chosen from slot {1} on", "向 {0} 询问自槽位 {1} 起选定的内容"),
        K::TellsOne => ("tells {0} what is chosen in slot {1}", "告知 {0} 槽位 {1} 选定的内容"),
        K::Tells => ("tells {0} what is chosen in slots {1} to {2}", "告知 {0} 槽位 {1} 至 {2} 选定的内容"),
        K::TellsSuccessors => (
            "is no member any more and has heard none of {0}: tells them that slots up to {1} are chosen",
            "已不再是成员，也没有听到 {0} 中的任何一个：告知它们直到 {1} 的槽位都已选定",
        ),
        K::TellsSnapshot => (
            "begins to send {0} its snapshot up to slot {1}: what {0} lacks was dropped",
            "开始向 {0} 发送到槽位 {1} 的快照：{0} 所缺的内容已被丢弃",
        ),
        K::InstallsSnapshot => (
            "has the whole snapshot of {1}, and goes on after slot {0}",
            "已收到 {1} 的完整快照，从槽位 {0} 之后继续",
        ),
        K::TakesSnapshot => (
            "takes a snapshot up to slot {0}, and drops slots up to {1}",
            "对直到槽位 {0} 的状态做快照，丢弃直到 {1} 的槽位",
        ),
        K::MembersFrom => {
            ("slot {0} changes the members: {2}, from slot {1} on", "槽位 {0} 变更成员：自槽位 {1} 起为 {2}")
        }
        K::SessionExpires => ("session {0} expires: there are too many", "会话 {0} 过期：会话过多"),
        K::NotAppliedTwice => (
            "does not apply slot {0} again: number {2} of session {1} was applied before",
            "不再次执行槽位 {0}：会话 {1} 的第 {2} 号已执行过",
        ),
        K::GrantsLease => {
            ("grants {0} a lease for {1} after each heartbeat", "每次心跳后授予 {0} 时长 {1} 的租约")
        }
        K::HasLease => {
            ("has a lease in {0}: a quorum has granted it", "以 {0} 持有租约：法定数量的成员已授予")
        }
        K::ReadByLease => (
            "answers {0} from its own state up to slot {1}: its lease holds",
            "以直到槽位 {1} 的本地状态回答 {0}：租约有效",
        ),
        K::ReadWithoutLease => {
            ("has no lease: the read of {0} goes through the log", "没有租约：{0} 的读取经由日志")
        }
        K::ReadNotRecovered => (
            "has a lease, but has not executed slot {1} yet, of which it was told: the read of {0} goes through the log",
            "持有租约，但尚未执行所获知的槽位 {1}：{0} 的读取经由日志",
        ),
        K::RequestRefused => ("refuses the request of {0}: {1}", "拒绝 {0} 的请求：{1}"),
        K::WaitsForCatchUp => (
            "the request of {0} waits for slot {1}: it must first execute what is chosen before",
            "{0} 的请求等待槽位 {1}：须先执行此前已选定的内容",
        ),
        K::WaitsForWindow => (
            "the request of {0} waits for slot {1}: as many slots are open as its window holds",
            "{0} 的请求等待槽位 {1}：未完成的槽位已达窗口上限",
        ),
        K::WaitsForAlpha => (
            "the request of {0} waits for slot {1}: who accepts there is not known yet",
            "{0} 的请求等待槽位 {1}：尚不知由谁接受",
        ),
        K::WaitsForPromises => (
            "the request of {0} waits for slot {1}: {2} more of its members must promise first",
            "{0} 的请求等待槽位 {1}：其成员还需 {2} 个先作出承诺",
        ),
        K::WaitsLeaving => (
            "the request of {0} waits: from slot {1} on this leader is no member any more",
            "{0} 的请求等待：自槽位 {1} 起该领导者不再是成员",
        ),
        K::SendsAgain => ("asks {1} again to accept slot {0}", "再次请 {1} 接受槽位 {0}"),
        K::NotExecutedGap => {
            ("slot {0} is chosen; slot {1} comes first", "槽位 {0} 已选定；须先执行槽位 {1}")
        }
        K::NotChosenMinority => (
            "slot {0} is not chosen yet: accepted by {1}; {2} {2|is|are} needed",
            "槽位 {0} 尚未选定：{1} 已接受；需要 {2} 个",
        ),
        K::NotExecutedAbsent => ("it has accepted nothing in slot {0}", "它在槽位 {0} 未接受任何提案"),
        K::NotExecutedOtherBallot => (
            "slot {0} is chosen, but what it accepted there in {1} may be another command",
            "槽位 {0} 已选定，但它以 {1} 接受的可能是另一命令",
        ),
        K::NotKnownChosen => (
            "it has accepted slot {0} in {1}, and not heard that it is chosen",
            "它以 {1} 接受了槽位 {0}，尚未得知已选定",
        ),
        K::DiskFailed => (
            "stops: its disk failed, and it may not forget what it has promised",
            "停止：磁盘失败，而它不可忘记所作的承诺",
        ),
        K::NotLeader => ("it does not lead", "它不是领导者"),
        K::NotLeaderBut => ("it does not lead; {0} may", "它不是领导者；可能是 {0}"),
        K::ChangeSize => ("a group has from 1 to {0} members", "成员数须为 1 至 {0}"),
        K::ChangeUnderWay => ("another change of members is under way", "另一成员变更正在进行"),
        K::ReplacesByMember => ("{0} is a member already", "{0} 已是成员"),
        K::ChangeSame => ("these are the members", "成员已是如此"),
        K::WillChange => (
            "proposes the members {0}; they take over {1} {1|slot|slots} later",
            "提议成员 {0}；{1} 个槽位之后接手",
        ),
        K::LeadsAlready => ("it leads already", "它已是领导者"),
        K::CannotStand => ("it is not a member", "它不是成员"),
        K::WillStand => ("stands now", "立即参选"),
        K::SnapshotTaken => ("snapshot taken up to slot {0}", "已做快照，至槽位 {0}"),
        K::SnapshotNothingNew => {
            ("nothing was executed since the snapshot of slot {0}", "自槽位 {0} 的快照以来没有新的执行")
        }
        K::RuleOn => ("{0} is in force", "{0} 生效"),
        K::RuleOff => ("{0} is off", "{0} 已关闭"),
    }
}

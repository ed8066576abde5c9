//! The words of the key-value store and its clients.

use super::Pair;
use muster_core::words::kv::KvKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::KindRegister => ("open a session", "打开会话"),
        K::KindRequest => ("request", "请求"),
        K::KindResponse => ("answer", "答复"),
        K::Get => ("get {0}", "读 {0}"),
        K::Put => ("put {0} = {1}", "写 {0} = {1}"),
        K::Cas => ("cas {0}: {1} → {2}", "比较并设 {0}：{1} → {2}"),
        K::CasAbsent => ("cas {0}: absent → {1}", "比较并设 {0}：无 → {1}"),
        K::Append => ("append {0} + {1}", "追加 {0} + {1}"),
        K::Delete => ("delete {0}", "删除 {0}"),
        K::Value => ("{0}", "{0}"),
        K::Absent => ("no value", "无此键"),
        K::Written => ("written", "已写入"),
        K::Differs => ("differs: {0}", "不符：{0}"),
        K::DiffersAbsent => ("differs: no value", "不符：无此键"),
        K::Deleted => ("deleted", "已删除"),
        K::NothingToDelete => ("nothing to delete", "无可删除"),
        K::Full => ("the value would be too long", "值会过长"),
        K::Registered => ("session {0}", "会话 {0}"),
        K::AskLeader => ("ask {0}", "请问 {0}"),
        K::NoLeader => ("no leader is known", "不知道领导者"),
        K::LostTo => ("leadership lost to {0}; outcome unknown", "领导权已归 {0}；结果未知"),
        K::LostLeadership => ("leadership lost; outcome unknown", "领导权已失；结果未知"),
        K::Unavailable => ("not now", "暂不可用"),
        K::SessionExpired => ("the session has expired", "会话已过期"),
        K::Superseded => ("answered before", "早已答复"),
        K::TooLarge => ("key or value too long", "键或值过长"),
        K::NextTimer => ("next operation", "下一操作"),
        K::RetryTimer => ("retry", "重试"),
        K::ClientReady => ("has session {0}, opened by {1}", "获得会话 {0}，由 {1} 打开"),
        K::ClientSends => ("sends operation {0}, {1}, to {2}", "向 {2} 发送操作 {0}：{1}"),
        K::ClientRetries => {
            ("sends operation {0} again, to {1}: attempt {2}", "再次发送操作 {0} 给 {1}：第 {2} 次")
        }
        K::ClientDone => ("operation {0} is done: {1}", "操作 {0} 完成：{1}"),
        K::ClientGivesUp => (
            "gives up operation {0} after sending it {1} times: whether it took effect is unknown",
            "发送 {1} 次后放弃操作 {0}：是否生效未知",
        ),
        K::ClientExpired => (
            "operation {0} met an expired session: whether it took effect is unknown",
            "操作 {0} 遇到会话过期：是否生效未知",
        ),
        K::ClientBusy => ("skips an operation: {0} are under way", "跳过一个操作：已有 {0} 个在进行"),
        K::ClientIssued => ("takes up operation {0}: {1}", "受理操作 {0}：{1}"),
        K::ClientTurnsTo => ("turns to {0}", "转向 {0}"),
    }
}

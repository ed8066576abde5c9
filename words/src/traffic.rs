//! The words of clients and of what serves them without consensus.

use super::Pair;
use muster_core::words::traffic::TrafficKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::Client => ("client", "客户端"),
        K::Get => ("get #{0}", "请求 #{0}"),
        K::Page => ("page: visit {0}", "页面：第 {0} 次访问"),
        K::Unavailable => ("unavailable #{0}", "不可用 #{0}"),
        K::Visits => ("{0} {0|visit|visits} counted.", "已计 {0} 次访问。"),
        K::Retry => ("try the server again", "重试服务器"),
        K::NextRequest => ("next request", "下一个请求"),
        K::StartsServer => {
            ("starts its server: a request came and there is none.", "启动服务器：来了请求，而服务器不在。")
        }
    }
}

//! The session's words: transport, branches, links, verbs.

use super::Pair;
use muster_core::words::session::SessionKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::Branch => ("branch {0}", "分支 {0}"),
        K::LinkEmpty => ("There is no link here.", "这里没有链接。"),
        K::LinkTooLong => {
            ("This text has {0} bytes; a link has at most {1}.", "这段文字有 {0} 字节；链接最多 {1} 字节。")
        }
        K::LinkNotText => (
            "This is no link: it holds characters that a link never has. Perhaps it was changed when it was copied.",
            "这不是链接：其中有链接里不会出现的字符，也许复制时被改动了。",
        ),
        K::LinkFormat => (
            "This link is written in format {0}; this version of Muster reads format {1}.",
            "该链接使用格式 {0}；本版 Muster 只读格式 {1}。",
        ),
        K::LinkTooLarge => (
            "This link unpacks to more than {0} bytes, which no run needs. It was not opened.",
            "该链接解压后超过 {0} 字节，没有哪次运行需要这么多，因此未打开。",
        ),
        K::LinkDamaged => (
            "This link is damaged: a part of it is missing or was changed when it was copied.",
            "该链接已损坏：复制时缺失或改动了一部分。",
        ),
        K::LinkBounds => (
            "This link holds more commands, or longer ones, than a run can have.",
            "该链接中的命令太多或太长，超出一次运行的上限。",
        ),
        K::LinkOrder => {
            ("The commands in this link are not in order of time.", "该链接中的命令没有按时间排列。")
        }
        K::TooManyBranches => (
            "There are already {0} branches, as many as can be kept. Load the scenario again to start afresh.",
            "已经有 {0} 个分支，达到上限。请重新载入场景再开始。",
        ),
    }
}

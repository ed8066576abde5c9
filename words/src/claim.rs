//! What can be said of a run, in words.

use super::Pair;
use muster_core::words::claim::ClaimKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::Command => ("{0} at {1}", "{1} 的 {0}"),
        K::Eventually => ("At some time: {0}.", "某个时刻：{0}。"),
        K::EventuallyWithin => ("Within {1}: {0}.", "{1} 之内：{0}。"),
        K::EventuallyAfter => ("At some time after {1}: {0}.", "{1} 之后的某个时刻：{0}。"),
        K::EventuallyAfterWithin => ("Within {1} of {2}: {0}.", "{2} 之后 {1} 之内：{0}。"),
        K::Always => ("All the time: {0}.", "始终：{0}。"),
        K::AlwaysWithin => ("All of the first {1}: {0}.", "开头 {1} 始终：{0}。"),
        K::AlwaysAfter => ("All the time from {1} on: {0}.", "从 {1} 起始终：{0}。"),
        K::AlwaysAfterWithin => ("For {1} from {2} on: {0}.", "从 {2} 起 {1} 内始终：{0}。"),
        K::Never => ("At no time: {0}.", "任何时刻都不会：{0}。"),
        K::NeverWithin => ("Not in the first {1}: {0}.", "开头 {1} 内不会：{0}。"),
        K::NeverSince => ("At no time after {1}: {0}.", "{1} 之后不会：{0}。"),
        K::NeverSinceWithin => ("Not for {1} after {2}: {0}.", "{2} 之后 {1} 内不会：{0}。"),
        K::AtEnd => ("At the end: {0}.", "结束时：{0}。"),
        K::Violated => ("{0} breaks, and no other check does.", "{0} 被违反，其他检查都成立。"),
        K::ViolatedBy => {
            ("{0} breaks within {1}, and no other check does.", "{0} 在 {1} 之内被违反，其他检查都成立。")
        }
        K::Leader => ("one member leads {0}", "{0} 有一个领导者"),
        K::LeaderIs => ("{1} alone leads {0}", "{1} 是 {0} 唯一的领导者"),
        K::NoLeader => ("nobody leads {0}", "{0} 没有领导者"),
        K::Count => ("{2} has {1} {0}", "{2} 有{1} 个 {0}"),
        K::CountAny => ("there are {1} {0}", "有 {1} 个 {0}"),
        K::Fact => ("in {2}, {0}: {1}", "{2} 的{0}：{1}"),
        K::Value => ("key {0} at {2} is {1}", "{2} 的键 {0} 为 {1}"),
        K::NoValue => ("{1} has no key {0}", "{1} 没有键 {0}"),
        K::Chosen => ("somebody in {0} knows what is chosen", "{0} 中有进程知道选定了什么"),
        K::ChosenIs => ("somebody in {0} knows that {1} is chosen", "{0} 中有进程知道 {1} 已选定"),
        K::KnowsChosen => ("{0} knows what is chosen", "{0} 知道选定了什么"),
        K::KnowsChosenIs => ("{0} knows that {1} is chosen", "{0} 知道 {1} 已选定"),
        K::Passed => ("{0} have passed", "已过 {0}"),
        K::Done => ("{0} has been carried out", "{0} 已执行"),
        K::Checks => ("no check of {0} is broken", "{0} 的检查都成立"),
        K::AllChecks => ("no check is broken", "所有检查都成立"),
        K::And => ("{0}, and {1}", "{0}，并且{1}"),
        K::Or => ("{0}, or {1}", "{0}，或者{1}"),
        K::Apart => ("({0})", "（{0}）"),
        K::Not => ("it is not so that {0}", "并非 {0}"),
        K::Nothing => ("nothing", "无"),
        K::Exactly => ("exactly {0}", "恰好 {0}"),
        K::AtLeast => ("at least {0}", "至少 {0}"),
        K::AtMost => ("at most {0}", "至多 {0}"),
        K::Between => ("{0} to {1}", "{0} 到 {1}"),
        K::Equals => ("{0}", "{0}"),
        K::AnyNumber => ("any number", "任意数"),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Lang, NoNames, text};
    use muster_core::scenario::Scenario;
    use muster_core::systems;

    const FILE: &str = "apiVersion: muster.dev/v1
kind: Scenario
metadata: { name: claims }
until: 5s
systems: [{ name: kv, kind: Raft, members: 3 }]
timeline: [{ at: 2s, id: crash1, do: { crash: n1 } }]
expect:
";

    #[test]
    fn what_is_expected_is_said_in_both_languages() {
        let said = [
            ("leader: kv", "At the end: one member leads kv.", "结束时：kv 有一个领导者。"),
            (
                "eventually: { leader: { of: kv, is: n1 }, within: 500ms }",
                "Within 500 ms: n1 alone leads kv.",
                "500 ms 之内：n1 是 kv 唯一的领导者。",
            ),
            (
                "eventually: { count: { select: followers, of: kv, atLeast: 1 }, after: crash1, within: 1s }",
                "Within 1 s of crash1 at 2.000 s: kv has at least 1 followers.",
                "2.000 s 的 crash1 之后 1 s 之内：kv 有至少 1 个 followers。",
            ),
            (
                "always: { fact: { of: kv, name: term, member: [n1, n2], atLeast: 1, atMost: 9 }, after: crash1 }",
                "All the time from crash1 at 2.000 s on: in [n1, n2], term: 1 to 9.",
                "从 2.000 s 的 crash1 起始终：[n1, n2] 的任期：1 到 9。",
            ),
            (
                "never: { value: { of: kv, key: x, is: old, member: n2 } }",
                "At no time: key x at n2 is old.",
                "任何时刻都不会：n2 的键 x 为 old。",
            ),
            (
                "eventually: { all: [{ noLeader: kv }, { not: { after: crash1 } }, { checks: all }] }",
                "At some time: nobody leads kv, and it is not so that crash1 at 2.000 s has been carried out, \
                 and no check is broken.",
                "某个时刻：kv 没有领导者，并且并非 2.000 s 的 crash1 已执行，并且所有检查都成立。",
            ),
            (
                "eventually: { not: { any: [{ all: [{ noLeader: kv }, { leader: kv }] }, { checks: all }] } }",
                "At some time: it is not so that ((nobody leads kv, and one member leads kv), or no check is broken).",
                "某个时刻：并非 （（kv 没有领导者，并且kv 有一个领导者），或者所有检查都成立）。",
            ),
            (
                "violated: { check: kv/electionSafety, by: 4s }",
                "kv/electionSafety breaks within 4 s, and no other check does.",
                "kv/electionSafety 在 4 s 之内被违反，其他检查都成立。",
            ),
        ];
        for (line, en, zh) in said {
            let file = format!("{FILE}  - {line}\n");
            let scenario = Scenario::read(file.as_bytes(), systems::all())
                .unwrap_or_else(|problems| panic!("{line}: {problems:?}"));
            let claim = &scenario.expectations[0].claim;
            assert_eq!(text(claim, &NoNames, Lang::En), en, "{line}");
            assert_eq!(text(claim, &NoNames, Lang::Zh), zh, "{line}");
        }
    }
}

//! The words of scenario files: errors, commands, expectations.

use super::Pair;
use muster_core::words::scenario::ScenarioKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::Empty => ("The file is empty.", "文件是空的。"),
        K::TooLarge => {
            ("The file has more than {0} bytes; no more are read.", "文件超过 {0} 字节；最多只读这么多。")
        }
        K::NotUtf8 => (
            "This is not UTF-8 text: the byte at offset {0} is no part of a character.",
            "这不是 UTF-8 文本：偏移 {0} 处的字节不属于任何字符。",
        ),
        K::NotYaml => ("From here on this is not YAML.", "从这里起不是合法的 YAML。"),
        K::YamlTab => ("A tab stands where YAML takes only spaces.", "YAML 在这里只接受空格，不能用制表符。"),
        K::YamlQuote => (
            "A quotation does not end, or something follows its end.",
            "引号没有闭合，或闭合后还有别的内容。",
        ),
        K::YamlEscape => ("YAML does not know this escape after `\\`.", "YAML 没有 `\\` 后面的这种转义。"),
        K::YamlBracket => (
            "The brackets do not match here, or a comma between two entries is missing.",
            "这里的括号不成对，或两项之间缺少逗号。",
        ),
        K::YamlKey => (
            "Colons or indentation do not fit here: a key has one colon with a space behind it, and lines that belong together begin equally far in.",
            "这里的冒号或缩进不对：键后面是一个冒号加空格，同一层的各行缩进相同。",
        ),
        K::YamlSign => (
            "No text begins with this sign, unless it stands in quotation marks.",
            "文本不能以这个符号开头，除非放在引号里。",
        ),
        K::YamlAnchor => ("No anchor of this name stands above.", "上文没有这个名称的锚点。"),
        K::TooDeep => ("This is nested more than {0} levels deep.", "嵌套超过 {0} 层。"),
        K::SpelledOut => (
            "With aliases written out, the document holds more than {0} bytes of text.",
            "展开别名后，文档中的文本超过 {0} 字节。",
        ),
        K::TooManyNodes => (
            "The document holds more than {0} values, aliases counted as what they stand for.",
            "文档中的值超过 {0} 个（别名按其所代表的内容计算）。",
        ),
        K::DuplicateKey => (
            "`{0}` stands here a second time; the first is at {1}:{2}.",
            "`{0}` 在此重复出现，第一次在 {1}:{2}。",
        ),
        K::KeyNotText => ("A key must be plain text.", "键必须是普通文本。"),
        K::AliasInsideItself => {
            ("This alias stands inside the very value it names.", "这个别名位于它自己所指的值之内。")
        }
        K::Tag => ("The tag `{0}` means nothing here.", "标签 `{0}` 在这里没有意义。"),
        K::WrongType => ("Found {0}, expected {1}.", "此处是{0}，应为{1}。"),
        K::UnknownField => {
            ("There is no field `{0}` here; there are: {1}.", "这里没有字段 `{0}`；可用的有：{1}。")
        }
        K::UnknownName => ("`{0}` is none of: {1}.", "`{0}` 不在可用名称之列：{1}。"),
        K::MissingField => ("The field `{0}` is missing.", "缺少字段 `{0}`。"),
        K::OneKey => (
            "Exactly one of these belongs here, and there {0|is|are} {0}: {1}.",
            "这里应当恰好有下列之一，却有 {0} 个：{1}。",
        ),
        K::OneKeyOnly => {
            ("Exactly one entry belongs here, and there are {0}.", "这里应当恰好有一项，却有 {0} 项。")
        }
        K::NeedsValue => ("`{0}` needs a value behind it: `{0}: …`.", "`{0}` 后面需要一个值：`{0}: …`。"),
        K::TakesNoValue => ("`{0}` takes no value.", "`{0}` 不带值。"),
        K::FoundText => ("the text “{0}”", "文本“{0}”"),
        K::FoundNumber => ("the number {0}", "数字 {0}"),
        K::FoundBool => ("{0}", " {0} "),
        K::FoundNothing => ("nothing", "空值"),
        K::FoundList => ("a list", "列表"),
        K::FoundMapping => ("a mapping", "映射"),
        K::FoundItems => ("a list of {0}", "含 {0} 项的列表"),
        K::ExpectMapping => ("a mapping (`name: value`)", "映射（`名称: 值`）"),
        K::ExpectText => ("text", "文本"),
        K::ExpectWhole => ("a whole number, not negative and not too large", "不为负、不过大的整数"),
        K::ExpectNumber => ("a number such as 1.5", "数字，例如 1.5"),
        K::ExpectBool => ("true or false", "true 或 false"),
        K::ExpectList => ("a list (`[a, b]`)", "列表（`[a, b]`）"),
        K::ExpectDuration => ("a duration such as 150ms", "时长，例如 150ms"),
        K::ExpectRate => ("a rate such as 20/s", "速率，例如 20/s"),
        K::ExpectProbability => ("a probability such as 0.1%", "概率，例如 0.1%"),
        K::ExpectSize => ("a size such as 64KB", "大小，例如 64KB"),
        K::ExpectBandwidth => ("a bandwidth such as 1MB/s, or unlimited", "带宽，例如 1MB/s，或 unlimited"),
        K::ExpectLatency => (
            "a latency: 5ms, or one of {{ uniform: [1ms, 10ms] }}, normal, logNormal, pareto, empirical",
            "延迟：5ms，或 {{ uniform: [1ms, 10ms] }}、normal、logNormal、pareto、empirical 之一",
        ),
        K::ExpectTarget => (
            "a name, a list of names, or a selector such as {{ select: leader, of: kv }}",
            "名称、名称列表，或选择器，例如 {{ select: leader, of: kv }}",
        ),
        K::ExpectTwo => ("a list of two (`[a, b]`)", "恰有两项的列表（`[a, b]`）"),
        K::ExpectSigned => ("a whole number, negative or not, and not too large", "不过大的整数，可为负"),
        K::FieldOfOrder => (
            "There is no field `{0}` here; there are: {1}. It is said as `order: {{ verb: {2}, with: {{ {0}: … }} }}`.",
            "这里没有字段 `{0}`；可用的有：{1}。它应写在 `order: {{ verb: {2}, with: {{ {0}: … }} }}` 中。",
        ),
        K::CommandOfOrder => (
            "`{0}` is none of: {1}. It is said as `order: {{ verb: {0}, with: {{ … }} }}`.",
            "`{0}` 不在可用名称之列：{1}。它应写成 `order: {{ verb: {0}, with: {{ … }} }}`。",
        ),
        K::OfSide => ("Of the side {0}: {1}", "{0} 一方：{1}"),
        K::ExpectOneTarget => (
            "one name, or a selector such as {{ select: leader, of: kv }}",
            "一个名称，或选择器，例如 {{ select: leader, of: kv }}",
        ),
        K::ExpectMembers => ("a number of members, or a list of their names", "成员个数，或成员名称的列表"),
        K::NoUnit => ("“{0}” has no unit; write it as in {1}.", "“{0}”没有单位，应写成 {1} 这样。"),
        K::UnknownUnit => (
            "“{0}” is no unit; units are: {1}. Nearest: {2}.",
            "“{0}”不是单位；可用单位：{1}。最接近的是 {2}。",
        ),
        K::NotADuration => {
            ("“{0}” is no duration; expected one such as 150ms.", "“{0}”不是时长，应如 150ms。")
        }
        K::NotARate => ("“{0}” is no rate; expected one such as 20/s.", "“{0}”不是速率，应如 20/s。"),
        K::NotAProbability => (
            "“{0}” is no probability; expected one from 0% to 100%.",
            "“{0}”不是概率，应在 0% 到 100% 之间。",
        ),
        K::NotASize => (
            "“{0}” is no size within bounds; expected one such as 64KB.",
            "“{0}”不是范围内的大小，应如 64KB。",
        ),
        K::NotANumber => (
            "“{0}” is no number from 0 to 4294967; expected one such as 1.5.",
            "“{0}”不是 0 到 4294967 之间的数字，应如 1.5。",
        ),
        K::Negative => ("“{0}” is negative; it must not be below zero.", "“{0}”是负数，不能小于零。"),
        K::TooLong => ("“{0}” is longer than {1}.", "“{0}”超过了 {1}。"),
        K::TooOften => ("“{0}” is more often than {1}.", "“{0}”超过了 {1}。"),
        K::RangeReversed => ("The range begins above its end.", "范围的下限大于上限。"),
        K::MedianAboveP99 => (
            "The median must be above zero and not above the 99th percentile.",
            "中位数必须大于零且不大于第 99 百分位。",
        ),
        K::ShapeZero => ("The tail's index must be above zero.", "尾指数必须大于零。"),
        K::EmpiricalSize => ("Measured times: from 1 to 10,000 of them.", "实测时间应有 1 到 10,000 个。"),
        K::NoScenario => (
            "No document in this file is a scenario or a comparison (`kind: Scenario`, `kind: Comparison`).",
            "文件中没有场景或对比文档（`kind: Scenario`、`kind: Comparison`）。",
        ),
        K::TwoScenarios => (
            "This is a second scenario; the first begins in line {0}. One file holds one.",
            "这是第二个场景；第一个在第 {0} 行。一个文件只能有一个。",
        ),
        K::RunComesLast => (
            "The run (`kind: Run`) must be the last document of the file, below its scenario.",
            "运行（`kind: Run`）必须是文件的最后一个文档，写在场景之后。",
        ),
        K::NoSuchRunBranch => {
            ("There is no branch {0}: the file has {1}.", "没有分支 {0}：文件中共有 {1} 个。")
        }
        K::LeavesEarlier => (
            "The first branch leaves none, and every other says off which branch above it it comes: there are {0} above this one.",
            "第一个分支不从别处分出，其他每个分支都要写明从上面哪个分支分出：它上面有 {0} 个。",
        ),
        K::OutOfOrder => (
            "This command comes before the one above it, or before its branch begins.",
            "这条命令早于上一条命令，或早于所在分支的开始。",
        ),
        K::NotADigest => (
            "“{0}” is no digest: 16 hexadecimal digits were expected.",
            "“{0}”不是摘要：应为 16 位十六进制数字。",
        ),
        K::NotAnObject => ("This document has no `kind`.", "这个文档没有 `kind`。"),
        K::NotUsedYet => ("Nothing uses this {0} yet.", "目前还没有什么会用到这个 {0}。"),
        K::ApiVersion => {
            ("The format is `{0}`; this program reads `{1}`.", "格式是 `{0}`；本程序读取的是 `{1}`。")
        }
        K::UnknownKind => (
            "There is no kind of system `{0}`; there are: {1}.",
            "没有名为 `{0}` 的系统类型；可用的有：{1}。",
        ),
        K::NoSystems => ("A scenario needs at least one system.", "场景至少需要一个系统。"),
        K::BadName => (
            "“{0}” cannot be a name: letters, digits, `-` and `_`, beginning with a letter, at most 40.",
            "“{0}”不能作名称：应以字母开头，由字母、数字、`-`、`_` 组成，最多 40 个字符。",
        ),
        K::NameTaken => ("The name `{0}` is taken already.", "名称 `{0}` 已被占用。"),
        K::UnknownHost => ("There is no host or process `{0}`.", "没有名为 `{0}` 的主机或进程。"),
        K::UnknownMember => ("`{1}` has no member `{0}`.", "`{1}` 没有成员 `{0}`。"),
        K::UnknownSystem => {
            ("There is no system `{0}`; there are: {1}.", "没有名为 `{0}` 的系统；可用的有：{1}。")
        }
        K::UnknownZone => ("There is no zone `{0}`.", "没有名为 `{0}` 的区域。"),
        K::UnknownId => ("No command before this one has the id `{0}`.", "在此之前没有 id 为 `{0}` 的命令。"),
        K::UnknownStep => {
            ("No command in the timeline has the id `{0}`.", "时间线中没有 id 为 `{0}` 的命令。")
        }
        K::IdTaken => ("The id `{0}` is taken already.", "id `{0}` 已被占用。"),
        K::UnknownSelector => {
            ("There is no selector `{0}`; there are: {1}.", "没有选择器 `{0}`；可用的有：{1}。")
        }
        K::UnknownFact => (
            "There is no number `{0}` to ask for; there are: {1}.",
            "没有可查询的数值 `{0}`；可用的有：{1}。",
        ),
        K::UnknownCheck => ("There is no check `{0}`; there are: {1}.", "没有检查项 `{0}`；可用的有：{1}。"),
        K::UnknownRule => ("There is no rule `{0}`; there are: {1}.", "没有规则 `{0}`；可用的有：{1}。"),
        K::UnknownOrder => (
            "There is no command `{0}` of this system; there are: {1}.",
            "这个系统没有命令 `{0}`；可用的有：{1}。",
        ),
        K::UnknownArgument => (
            "`{0}` is no argument of this command; there are: {1}.",
            "`{0}` 不是此命令的参数；可用的有：{1}。",
        ),
        K::WhichSystem => (
            "Of which system? `{0}` is known to: {1}. Add `of:`.",
            "指哪个系统？认识 `{0}` 的有：{1}。请加上 `of:`。",
        ),
        K::NeedsTarget => {
            ("{0} needs `target:`, the system that it works on.", "{0} 需要 `target:`，即它所作用的系统。")
        }
        K::TakesNoInitial => ("{0} takes no `initial:`.", "{0} 不带 `initial:`。"),
        K::ChoosesNothing => ("{0} does not choose one value.", "{0} 不是选定单个值的系统。"),
        K::NobodyHasRole => {
            ("`{0}` names nobody: at least one is needed.", "`{0}` 没有列出任何成员：至少需要一个。")
        }
        K::TooManyRoles => ("More members than a group can have.", "成员过多。"),
        K::QuorumSize => (
            "`{0}` needs at least one acceptor, and no more than there are.",
            "`{0}` 至少需要一个接受者，且不能多于接受者总数。",
        ),
        K::QuorumSets => ("`{0}` lists more than {1} sets.", "`{0}` 列出的集合多于 {1} 个。"),
        K::QuorumNoAcceptor => ("`{0}` names {1}, which is no acceptor.", "`{0}` 中的 {1} 不是接受者。"),
        K::QuorumsApart => (
            "A quorum of phase 1 and one of phase 2 need not meet: {0} and {1} share no acceptor, so two values could be chosen. `without: [{2}]` allows it, as an experiment.",
            "第一阶段与第二阶段的法定人数不一定相交：{0} 与 {1} 没有共同的接受者，可能选定两个值。作为实验，可用 `without: [{2}]` 放行。",
        ),
        K::TimeZero => (
            "`{0}` must be longer than zero, and a range must not end before it begins.",
            "`{0}` 必须大于零，范围的终点不能小于起点。",
        ),
        K::NobodyWorks => (
            "Nobody is left to work: besides the scheduler and the store there must be a worker.",
            "没有成员可以干活：除调度器和存储外，至少还要有一个工作节点。",
        ),
        K::TwoParts => ("`{0}` cannot be the scheduler and the store.", "`{0}` 不能既是调度器又是存储。"),
        K::LeaseTooShort => (
            "The lease of {0} must be longer than two heartbeats of {1}, or it could not be renewed in time.",
            "租约 {0} 必须长于两次间隔 {1} 的心跳，否则来不及续租。",
        ),
        K::WorkersDriftBound => ("The drift bound must be below 50%.", "漂移上限必须小于 50%。"),
        K::NoStraggler => (
            "`{0}` is the scheduler or the store: only a worker can take longer.",
            "`{0}` 是调度器或存储：只有工作节点才会变慢。",
        ),
        K::StragglerTimes => (
            "`{0}` must take more than 0 and at most {1} times as long.",
            "`{0}` 的倍数须大于 0 且不超过 {1}。",
        ),
        K::UnknownWorker => ("`{1}` has no worker `{0}`.", "`{1}` 没有工作节点 `{0}`。"),
        K::NeedsWhole => ("`{0}` needs a whole number as `{1}`.", "`{0}` 的 `{1}` 需要一个整数。"),
        K::ExpectQuorum => {
            ("a number of acceptors, or a list of sets of acceptors", "接受者的数量，或若干组接受者")
        }
        K::ExpectBetween => ("a whole number from {0} to {1}", "从 {0} 到 {1} 的整数"),
        K::ExpectOneOf => ("one of {0}", "下列之一：{0}"),
        K::ExpectConcern => ("`majority`, or a number of members", "`majority`，或成员数量"),
        K::NotAcknowledged => (
            "`w: 0` asks for no acknowledgement, and every write here waits for one: `majority`, or from 1 to 50.",
            "`w: 0` 不要求确认，而这里的每次写入都等待确认：请写 `majority` 或 1 到 50。",
        ),
        K::TakesNoTarget => ("{0} takes no `target:`.", "{0} 不带 `target:`。"),
        K::WrongTarget => ("{0} cannot work on {1}, only on: {2}.", "{0} 不能作用于 {1}，只能作用于：{2}。"),
        K::LongName => {
            ("{0} is too long for a name; at most {1} bytes.", "{0} 作为名称太长，最多 {1} 字节。")
        }
        K::MaybeMore => ("These are the first {0}; there may be more.", "以上是前 {0} 处；可能还有更多。"),
        K::TooMany => ("{0} is too many; at most {1}.", "{0} 太多了，最多 {1}。"),
        K::TooFew => ("{0} is too few; at least {1}.", "{0} 太少了，至少 {1}。"),
        K::NamesDiffer => ("There are {0} names for {1} members.", "名称有 {0} 个，成员有 {1} 个。"),
        K::CountTwice => (
            "`members` and `count` say the same; give one of them.",
            "`members` 与 `count` 含义相同，只写一个。",
        ),
        K::TwoGroups => {
            ("`{0}` stands in two groups that exclude each other.", "`{0}` 出现在两个互斥的组里。")
        }
        K::OneGroup => ("A partition needs at least one group.", "分区至少需要一个组。"),
        K::AfterEnd => ("{0} is after the end of the run at {1}.", "{0} 在运行结束时刻 {1} 之后。"),
        K::Temporal => (
            "`{0}` speaks of a whole run; here only what holds at a moment can be asked.",
            "`{0}` 说的是整个运行；这里只能询问某一时刻成立的条件。",
        ),
        K::NothingExpected => ("This expects nothing.", "这里没有任何预期。"),
        K::NeedsBound => {
            ("One of `is`, `atLeast`, `atMost` belongs here.", "这里需要 `is`、`atLeast`、`atMost` 之一。")
        }
        K::NeedsArgument => ("`{0}` needs `{1}`.", "`{0}` 需要 `{1}`。"),
        K::DoesNothing => ("`{0}` does nothing for `{1}`.", "`{0}` 对 `{1}` 不起作用。"),
        K::KeepsNoKeys => ("{0} keeps no values under keys.", "{0} 不按键保存值。"),
        K::LeadsNot => ("{0} is of a kind that has no leader.", "{0} 这类系统没有领导者。"),
        K::UnknownTimer => ("There is no timer `{0}`; there are: {1}.", "没有定时器 `{0}`；可用的有：{1}。"),
        K::SettingRange => ("`{0}` must be from {1} to {2}.", "`{0}` 必须在 {1} 到 {2} 之间。"),
        K::OutOfBounds => ("{0} is out of bounds: from {1} to {2}.", "{0} 超出范围：应在 {1} 到 {2} 之间。"),
        K::Unreadable => ("This cannot be built: {0}", "无法构建：{0}"),
        K::NobodySelected => ("There is no {0} of {1} at this moment.", "此刻 {1} 中没有 {0}。"),
        K::SeveralSelected => {
            ("There is more than one {0} of {1} at this moment: {2}.", "此刻 {1} 中的 {0} 不止一个：{2}。")
        }
        K::NoSuchName => ("Nothing is called `{0}` at this moment.", "此刻没有名为 `{0}` 的东西。"),
        K::NothingToHeal => ("Nothing in force is called `{0}`.", "没有名为 `{0}` 的正在生效的故障。"),
        K::NoSystemFor => ("No system here knows `{0}`.", "这里没有系统认识 `{0}`。"),
        K::CannotAdd => ("{0} takes no new members.", "{0} 不能增加成员。"),
        K::NoRequests => ("{0} takes no requests.", "{0} 不接受请求。"),
        K::NotRunning => ("{0} is not running.", "{0} 没有在运行。"),
        K::NoTimer => ("{0} has no such timer set.", "{0} 没有设置这样的定时器。"),
        K::Operator => ("{0}", "{0}"),
        K::Answered => ("{0}", "{0}"),
        K::Held => ("Met.", "满足。"),
        K::NotHeld => ("“{0}” did not hold.", "“{0}”不成立。"),
        K::BrokenAt => ("“{0}” did not hold at {1}.", "“{0}”在 {1} 不成立。"),
        K::NotMetBy => ("“{0}” had not come true by {1}.", "到 {1} 为止，“{0}”仍未实现。"),
        K::NeverBegan => {
            ("“{0}” was never judged: `{1}` did not happen.", "“{0}”从未被判定：`{1}` 没有发生。")
        }
        K::NotViolated => ("`{0}` should have broken, and held.", "`{0}` 本应被违反，却成立了。"),
        K::ViolatedLate => ("`{0}` broke only at {1}, after {2}.", "`{0}` 直到 {1} 才被违反，晚于 {2}。"),
        K::Violated => ("`{0}` broke, and nothing expected that.", "`{0}` 被违反，而这不在预期之内。"),
        K::ExpectTimeout => (
            "a timeout: {{ uniform: [150ms, 300ms] }}, or one duration such as 150ms",
            "超时：{{ uniform: [150ms, 300ms] }}，或单个时长，例如 150ms",
        ),
        K::ExpectCompaction => {
            ("{{ every: 1000, keep: 200 }}, or off", "{{ every: 1000, keep: 200 }}，或 off")
        }
        K::ExpectEntry => (
            "an entry: its term, or {{ term: 2, key: x, value: \"1\" }}",
            "条目：任期号，或 {{ term: 2, key: x, value: \"1\" }}",
        ),
        K::TimeoutZero => (
            "This time must be above zero, and its range must not begin above its end.",
            "此时长必须大于零，且范围的下限不能大于上限。",
        ),
        K::HeartbeatLong => (
            "The heartbeat of {0} must be above zero and below the least election timeout, {1}.",
            "心跳 {0} 必须大于零，且小于最小选举超时 {1}。",
        ),
        K::AtLeastOne => ("`{0}` must be at least 1.", "`{0}` 至少为 1。"),
        K::DriftBound => ("The drift bound must be below 100%.", "漂移上限必须小于 100%。"),
        K::InitialTerms => (
            "At index {0} the terms of this log fall, or pass the member's own term.",
            "在索引 {0} 处，日志的任期号变小了，或超过了该成员自己的任期。",
        ),
        K::InitialCommit => {
            ("The commit index {0} is past the end of the log.", "提交索引 {0} 超出了日志末尾。")
        }
        K::ExpectBallot => (
            "a ballot: its round, of up to 9 digits, and whose it is, as 2.n1",
            "编号：轮次（至多 9 位数字）及其所有者，例如 2.n1",
        ),
        K::InitialSlot => (
            "Slot {0} cannot begin so: slots rise, up to 10000, each accepted in a ballot that is not above the promise.",
            "槽位 {0} 不能这样开始：槽位须递增且不超过 10000，接受时的编号不得高于已承诺的编号。",
        ),
        K::InitialChosen => (
            "Not all slots up to {0} are accepted, so it cannot know them to be chosen.",
            "直到 {0} 的槽位并未全部接受，所以不可能已知其选定。",
        ),
        K::InitialHalf => (
            "Slot {0} has a key or a value alone; with neither it is a no-op.",
            "槽位 {0} 只有键或只有值；两者都没有则为空操作。",
        ),
        K::InitialTwoValues => (
            "In this ballot {1} has accepted another value of slot {0}; one ballot proposes one value.",
            "在此编号中 {1} 已接受槽位 {0} 的另一个值；一个编号只提议一个值。",
        ),
        K::AcceptQuorum => ("{0} acceptances are more than there are members.", "{0} 个接受多于成员数。"),
        K::NoLearners => {
            ("{0} knows no learners: whoever joins takes part at once.", "{0} 没有学习者：加入者即刻参与。")
        }
        K::TextTooLong => ("A key or value is too long.", "键或值太长。"),
        K::NoVoters => ("A group needs at least one voter.", "组内至少需要一个有投票权的成员。"),
        K::EmptyMix => {
            ("The mix has no operation: every weight is zero.", "混合比例中没有任何操作：所有权重都是零。")
        }
        K::TimesAscend => (
            "A schedule lists 1 to {0} instants, none before the one above it.",
            "时刻表应列出 1 到 {0} 个时刻，且后一个不早于前一个。",
        ),
        K::NotComparable => {
            ("{0} takes part in no comparison; these do: {1}.", "{0} 不能参加比较；可以参加的有：{1}。")
        }
        K::OwnCommand => (
            "“{0}” is not for every system: the faults of a comparison strike hosts, links, disks and clocks.",
            "“{0}”并非适用于每个系统：比较中的故障只作用于主机、链路、磁盘和时钟。",
        ),
        K::ScheduleOfAll => (
            "“{0}” belongs to the schedule, which is the same for every side: it stands in `clients` beside `systems`.",
            "“{0}”属于时刻表，对各方都相同：应写在与 `systems` 并列的 `clients` 中。",
        ),
        K::RateAndTimes => (
            "Either a rate or a list of times says when clients ask, not both.",
            "客户端何时请求，由速率或时刻表之一决定，不能两者都写。",
        ),
        K::PatienceShort => (
            "The timeout must be above zero and at most the longest timeout.",
            "超时必须大于零，且不超过最长超时。",
        ),
        K::StepWaitsForNothing => (
            "Only a last step without a prediction may wait for nothing; this one needs `until:`, so that it is known when it is done.",
            "只有没有预测的最后一步可以什么都不等；这一步需要 `until:`，才知道何时完成。",
        ),
        K::AnswersOrWho => (
            "A prediction needs either two or more `answers`, or `who` with two or more members to choose `among`.",
            "预测需要两个以上的 `answers`，或者用 `who` 给出两个以上可选的成员（`among`），二者取一。",
        ),
        K::LongText => (
            "This text has {0} characters; at most {1} are shown.",
            "这段文字有 {0} 个字符，最多显示 {1} 个。",
        ),
        K::MarkOpen => ("`{0}` begins a mark that does not end.", "`{0}` 开始的标记没有结束。"),
        K::MarkNoNumber => (
            "In braces stands the number of a term, as in {{4}}; here stands “{0}”.",
            "花括号里应是任期号，例如 {{4}}；这里却是“{0}”。",
        ),
        K::NotOneOf => ("`{0}` is none of: {1}.", "`{0}` 不在可用名称之列：{1}。"),
    }
}

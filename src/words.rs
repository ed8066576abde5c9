//! The command's own words in both languages; what the simulation says comes from its keys.

use clap::ValueEnum;
use muster_core::process::Phrase;
use muster_core::session::headless::Cast;
use muster_words::Lang;

/// A language, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Tongue {
    /// English
    En,
    /// Chinese
    Zh,
}

impl From<Tongue> for Lang {
    fn from(tongue: Tongue) -> Lang {
        match tongue {
            Tongue::En => Lang::En,
            Tongue::Zh => Lang::Zh,
        }
    }
}

/// The language asked for, or the one the environment speaks (POSIX: LC_ALL goes before LC_MESSAGES before LANG).
pub fn language(asked: Option<Tongue>) -> Lang {
    let environment = || {
        let set = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set)
    };
    asked.map(Lang::from).or_else(|| environment().map(|tag| Lang::from_tag(&tag))).unwrap_or_default()
}

/// A phrase in words.
pub fn words(phrase: &Phrase, cast: &Cast, lang: Lang) -> String {
    muster_words::text(phrase, cast, lang)
}

/// The command's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum T {
    /// Column and section titles.
    Seed,
    Checks,
    Expectations,
    Holds,
    Broken,
    BrokenAsExpected,
    Met,
    Open,
    AsExpected,
    Failed,
    Limit,
    RefusedCommands,
    Events,
    VirtualTime,
    Digest,
    Error,
    Warning,
    Note,
    DidYouMean,
    NotFound,
    CannotRead,
    CannotWrite,
    FileExists,
    NotAFile,
    Seeds,
    FailedSeeds,
    FirstFailure,
    Reproduce,
    Counter,
    Least,
    Mean,
    Most,
    Sum,
    Scenarios,
    Systems,
    Rules,
    Selectors,
    Facts,
    Commands,
    Name,
    Title,
    System,
    Reason,
    Source,
    About,
    Members,
    Targets,
    NoRoom,
    Figure,
    NoComparison,
    NoSuchSide,
    FirstSide,
    EverySide,
    NothingToCompare,
    MedianOf,
    BadName,
    StoppedAtViolation,
    NothingDue,
    BudgetSpent,
}

impl T {
    /// The word in a language.
    pub const fn say(self, lang: Lang) -> &'static str {
        let (en, zh) = self.pair();
        match lang {
            Lang::En => en,
            Lang::Zh => zh,
        }
    }

    const fn pair(self) -> (&'static str, &'static str) {
        match self {
            T::Seed => ("seed", "种子"),
            T::Checks => ("Checks", "检查"),
            T::Expectations => ("Expectations", "预期"),
            T::Holds => ("holds", "成立"),
            T::Broken => ("broken", "被违反"),
            T::BrokenAsExpected => ("broken, as expected", "如预期被违反"),
            T::Met => ("met", "达成"),
            T::Open => ("never decided", "未有定论"),
            T::AsExpected => ("as expected", "符合预期"),
            T::Failed => ("failed", "失败"),
            T::Limit => ("stopped by a limit", "因达到上限而停止"),
            T::RefusedCommands => ("commands refused", "被拒绝的命令"),
            T::Events => ("events", "个事件"),
            T::VirtualTime => ("of virtual time", "虚拟时间"),
            T::Digest => ("digest", "摘要"),
            T::Error => ("error", "错误"),
            T::Warning => ("warning", "警告"),
            T::Note => ("note", "提示"),
            T::DidYouMean => ("did you mean", "您是不是想写"),
            T::NotFound => {
                ("is neither a file nor a scenario of the library", "既不是文件，也不是库中的场景")
            }
            T::CannotRead => ("cannot be read", "无法读取"),
            T::CannotWrite => ("cannot be written", "无法写入"),
            T::FileExists => ("is there already; nothing was written", "已经存在；没有写入任何内容"),
            T::NotAFile => ("is a folder", "是一个目录"),
            T::Seeds => ("seeds", "个种子"),
            T::FailedSeeds => ("failed", "个失败"),
            T::FirstFailure => ("First failure: seed", "首个失败：种子"),
            T::Reproduce => ("reproduce with", "用此命令重现"),
            T::Counter => ("per seed", "每个种子"),
            T::Least => ("least", "最少"),
            T::Mean => ("mean", "平均"),
            T::Most => ("most", "最多"),
            T::Sum => ("sum", "合计"),
            T::Scenarios => ("Scenarios", "场景"),
            T::Systems => ("Systems", "系统"),
            T::Rules => ("Rules", "规则"),
            T::Selectors => ("Selectors", "选择器"),
            T::Facts => ("Facts", "事实"),
            T::Commands => ("Commands", "命令"),
            T::Name => ("name", "名称"),
            T::Title => ("title", "标题"),
            T::System => ("system", "系统"),
            T::Reason => ("without it", "缺了它会怎样"),
            T::Source => ("source", "出处"),
            T::Members => ("members", "成员数"),
            T::Targets => ("works on", "作用于"),
            T::About => ("what it does or takes", "作用或参数"),
            T::BadName => (
                "a name has letters, digits and `-`, begins with a letter, and is at most 40 characters long",
                "名称由字母、数字和 `-` 组成，以字母开头，最多 40 个字符",
            ),
            T::StoppedAtViolation => ("stopped where a check broke", "在检查被违反处停止"),
            T::NothingDue => ("nothing was due any more", "不再有待发生的事件"),
            T::BudgetSpent => ("the budget of events is spent", "事件预算已用完"),
            T::Figure => ("figure", "指标"),
            T::NoComparison => (
                "is no comparison: its kind is Scenario, not Comparison",
                "不是比较：它的 kind 是 Scenario，不是 Comparison",
            ),
            T::NoSuchSide => ("is no side of this comparison", "不是这个比较中的一方"),
            T::FirstSide => ("of this comparison only the first side is played:", "只运行这个比较的第一方："),
            T::EverySide => (
                "`muster run` and `muster compare` play every side, and `muster compare --side` prints one as a scenario of its own",
                "`muster run` 和 `muster compare` 运行每一方，`muster compare --side` 把一方打印为单独的场景",
            ),
            T::NothingToCompare => (
                "Nobody asked to write anything before the end: there is nothing to compare.",
                "直到运行结束都没有人请求写入：没有什么可比较的。",
            ),
            T::MedianOf => ("median (least – most) of seeds:", "中位数（最小 – 最大），种子数："),
            T::NoRoom => ("standard output cannot be written", "标准输出无法写入"),
        }
    }
}

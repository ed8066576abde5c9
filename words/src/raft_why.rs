//! Words of questions and answers about Raft and its clients.

use super::Pair;
use muster_core::words::raft_why::RaftWhyKey as K;

/// English and Chinese.
pub(crate) fn words(key: K) -> Pair {
    match key {
        K::AskLeads => ("Why does {0} lead?", "{0} 为什么是领导者？"),
        K::AskBelieves => (
            "Why does {0} still believe that it leads, and is that harmless?",
            "{0} 为什么还以为自己是领导者？这有害吗？",
        ),
        K::AskNotLeads => ("Why does {0} not lead?", "{0} 为什么不是领导者？"),
        K::AskNotWon => ("Why has {0} not won its election yet?", "{0} 为什么还没有赢得选举？"),
        K::AskFollows => ("Why does {0} follow {1}?", "{0} 为什么跟随 {1}？"),
        K::AskKnowsNobody => ("Why does {0} know no leader?", "{0} 为什么不知道领导者？"),
        K::AskTerm => ("Why is {0} in term {1}?", "{0} 为什么在任期 {1}？"),
        K::AskVote => ("Why did {0} vote for {1}?", "{0} 为什么投票给 {1}？"),
        K::AskNoVote => ("Why has {0} given no vote in term {1}?", "{0} 在任期 {1} 为什么没有投票？"),
        K::AskCommitted => ("Why does {1} count entry {0} as committed?", "{1} 为什么认为条目 {0} 已提交？"),
        K::AskNotCommitted => ("Why is entry {0} not committed?", "条目 {0} 为什么没有提交？"),
        K::AskNotKnown => {
            ("Why does {1} not know that entry {0} is committed?", "{1} 为什么不知道条目 {0} 已提交？")
        }
        K::AskNoEntry => ("Why does {1} not have entry {0}?", "{1} 为什么没有条目 {0}？"),
        K::AskCommitIndex => (
            "Why is nothing after entry {1} committed at {0}?",
            "在 {0} 那里，条目 {1} 之后为什么都没有提交？",
        ),
        K::AskNobodyLeads => ("Why does nobody lead?", "为什么没有领导者？"),
        K::AskSeveralLead => (
            "Why do {0} members believe that they lead, and is that harmless?",
            "为什么有 {0} 个成员都以为自己是领导者？这有害吗？",
        ),
        K::AskRequest => ("Why is {0} still without an answer?", "{0} 为什么还没有得到答复？"),
        K::AskReads => ("Why do reads wait at {0}?", "{0} 上的读取为什么在等待？"),
        K::WonVotes => (
            "{2} of {3} members voted for {0} in term {1}: {4}. {5} of {3} are a majority, and no other candidate can have a majority in the same term.",
            "任期 {1} 中 {3} 个成员里有 {2} 个投票给 {0}：{4}。{3} 个中的 {5} 个就是多数派，同一任期内别的候选者不可能再有多数派。",
        ),
        K::BegunLeading => ("{0} has led term {1} since it won the election.", "{0} 从胜选起领导任期 {1}。"),
        K::NotHeard => (
            "{0} won term {1}, and nobody has told it that term {3} has begun since, in which {2} leads.",
            "{0} 赢得了任期 {1}，还没有人告诉它任期 {3} 已经开始，由 {2} 领导。",
        ),
        K::Harmless => (
            "What it takes in is harmless: {0} can hear only {1} of {2} members, itself included ({3}), and {4} must hold an entry before it is committed. So nothing that {0} takes in is committed, and no client is told that it was.",
            "它收下的写入是无害的：{0} 只能听到 {2} 个成员中的 {1} 个（含自己：{3}），而条目要有 {4} 个成员持有才算提交。所以 {0} 收下的都不会提交，也不会有客户端被告知成功。",
        ),
        K::SoonTold => (
            "{0} can reach {1} of {2} members. Among any {4} of them is one that has moved to term {3}: it refuses, says so, and {0} stops leading. Nothing more of its own is committed until then.",
            "{0} 能联系到 {2} 个成员中的 {1} 个。其中任意 {4} 个里总有一个已进入任期 {3}：它会拒绝并告知，{0} 随即不再领导。在此之前它自己的条目不会再提交。",
        ),
        K::WillCount => (
            "In {1} {0} counts whom it has heard; without a majority it stops leading by itself.",
            "{1} 后 {0} 会清点听到了谁；没有多数派，它就自行不再领导。",
        ),
        K::CannotCount => (
            "The rule by which {0} would notice this by itself is switched off: it goes on until it hears of term {1}.",
            "让 {0} 自己发现这一点的规则已关闭：它会一直这样，直到听说任期 {1}。",
        ),
        K::AlsoLeads => {
            ("{0} believes so too, in the older term {1}.", "{0} 也这么以为，但那是更旧的任期 {1}。")
        }
        K::HearsLeader => (
            "{0} last heard from {1}, the leader of term {2}: every message of the leader sets the election timer of {0} anew.",
            "{0} 最近听到的领导者是任期 {2} 的 {1}：领导者的每条消息都会重设 {0} 的选举定时器。",
        ),
        K::FollowsSince => (
            "{1} sent it a message as the leader of term {2}, and {0} knew of no newer term.",
            "{1} 以任期 {2} 领导者的身份发来消息，而 {0} 不知道更新的任期。",
        ),
        K::TimerLeft => (
            "It stands for election only when it has heard no leader for a whole election timeout: its timer was set to {1} and has {0} left.",
            "只有整个选举超时内都没听到领导者，它才会参选：它的定时器设为 {1}，还剩 {0}。",
        ),
        K::VotesSoFar => (
            "{1} of {2} members {1|votes|vote} for {0} in term {4} so far; {3} are a majority.",
            "任期 {4} 中目前有 {2} 个成员里的 {1} 个投票给 {0}；多数派要 {3} 个。",
        ),
        K::PreVotesSoFar => (
            "Before it stands, {0} asks whether it would win term {4}: {1} of {2} members would vote for it so far; {3} are a majority.",
            "参选之前，{0} 先询问能否赢得任期 {4}：目前 {2} 个成员里有 {1} 个愿意；多数派要 {3} 个。",
        ),
        K::SaidNo => ("{0} refused.", "{0} 拒绝了。"),
        K::SilentDown => ("{0} has not answered: it is not running.", "{0} 没有答复：它没有在运行。"),
        K::SilentPaused => ("{0} has not answered: its host is paused.", "{0} 没有答复：它的主机被暂停了。"),
        K::SilentCut => (
            "{0} has not answered: nothing passes from {1} to {2}.",
            "{0} 没有答复：从 {1} 到 {2} 什么都过不去。",
        ),
        K::SilentYet => ("The answer of {0} has not reached {1} yet.", "{0} 的答复还没有到 {1}。"),
        K::IsLearner => (
            "{0} is a learner: it receives the log and has no vote, so it never stands.",
            "{0} 是学习者：它接收日志但没有投票权，所以从不参选。",
        ),
        K::NotMember => (
            "{0} is not in the configuration in force; the members with a vote are {1}.",
            "{0} 不在生效的配置中；有投票权的成员是 {1}。",
        ),
        K::Halted => (
            "{0} stopped itself: its disk failed, and without it nothing that it says is safe.",
            "{0} 自己停了下来：它的磁盘出错，没有磁盘它说的都不可靠。",
        ),
        K::LastTry => ("Its last try failed: {0} {1}.", "它上一次尝试失败了：{0} {1}。"),
        K::OwnVote => (
            "{0} stands itself in term {1}, and a candidate votes for itself.",
            "{0} 自己在任期 {1} 参选，候选者会投自己一票。",
        ),
        K::FirstToAsk => (
            "{1} was the first to ask {0} in term {2}, and its log was at least as complete as that of {0}. A member votes once a term.",
            "任期 {2} 中 {1} 最先向 {0} 请求投票，而且它的日志至少和 {0} 的一样完整。每个成员每个任期只投一票。",
        ),
        K::NobodyAsked => (
            "Nobody whom {0} could vote for has asked it in term {1}.",
            "任期 {1} 中没有可投的成员向 {0} 请求投票。",
        ),
        K::MovedHearing => (
            "{0} was in term {1} and heard of term {2}: whoever hears of a newer term moves to it.",
            "{0} 原在任期 {1}，听说了任期 {2}：谁听说更新的任期，就进入它。",
        ),
        K::MovedStanding => (
            "{0} was in term {1} and stood for election: that begins a new term, {2}.",
            "{0} 原在任期 {1} 并参选：这会开启一个新任期 {2}。",
        ),
        K::StoodBecause => ("{0} stood for election: {1}.", "{0} 参选的原因：{1}。"),
        K::ReadsWait => (
            "Reads are safe too: {0} answers none before a majority confirms that it still leads.",
            "读取也是安全的：在多数派确认它仍是领导者之前，{0} 不答复任何读取。",
        ),
        K::ReadsOld => (
            "Reads are another matter: as this group is set, {0} answers them without asking the others, and may give an old value.",
            "读取则不然：按本组的设置，{0} 不问别人就答复读取，可能给出旧值。",
        ),
        K::ReadsLease => (
            "Reads by lease are safe only as long as clocks keep within the bound that {0} counts on: its lease ends before another can be elected.",
            "按租约的读取只有在时钟偏差不超过 {0} 所依赖的界限时才安全：它的租约会在别人当选之前到期。",
        ),
        K::Holders => (
            "{1} of {2} members have entry {0} on their disks: {3}. {4} of {2} are a majority.",
            "{2} 个成员中有 {1} 个的磁盘上有条目 {0}：{3}。{2} 个中的 {4} 个就是多数派。",
        ),
        K::TooFewHold => (
            "As {5}, the leader, knows, {1} of {2} members have entry {0} on their disks ({3}); {4} of {2} are needed, a majority.",
            "据领导者 {5} 所知，{2} 个成员中有 {1} 个的磁盘上有条目 {0}（{3}）；需要 {4} 个，即多数派。",
        ),
        K::OldTerm => (
            "Entry {0} is of term {1}, the leader {2} is in term {3}, and only entries of its own term count.",
            "条目 {0} 属于任期 {1}，领导者 {2} 在任期 {3}，只有它自己任期的条目才算数。",
        ),
        K::OldTermEnough => (
            "It does not help that {2} members, a majority, have it. Once an entry of term {1} is held by a majority, entry {0} is committed with it.",
            "即使有 {2} 个成员（多数派）持有它也不行。等任期 {1} 的某个条目被多数派持有，条目 {0} 就随之提交。",
        ),
        K::LacksDown => ("{0} has not confirmed it: it is not running.", "{0} 没有确认：它没有在运行。"),
        K::LacksPaused => ("{0} has not confirmed it: its host is paused.", "{0} 没有确认：主机被暂停了。"),
        K::LacksCut => (
            "{0} has not confirmed it: nothing passes from {1} to {2}.",
            "{0} 没有确认：从 {1} 到 {2} 什么都过不去。",
        ),
        K::LacksDisk => (
            "{0} has it in memory, and its disk has not finished writing it.",
            "{0} 的内存里有它，但磁盘还没有写完。",
        ),
        K::LacksAnswer => {
            ("{0} has it, and its answer has not reached {1} yet.", "{0} 有了它，但答复还没有到 {1}。")
        }
        K::LacksOnWay => {
            ("{0} has not received it yet: it is on its way from {1}.", "{0} 还没有收到：它正从 {1} 传来。")
        }
        K::LacksBehind => (
            "{0} does not have it: as {1} knows, their logs are the same up to entry {2}.",
            "{0} 没有它：据 {1} 所知，两者的日志到条目 {2} 为止相同。",
        ),
        K::LacksSnapshot => (
            "{0} is so far behind that it gets a snapshot of {1} first.",
            "{0} 落后太多，要先接收 {1} 的快照。",
        ),
        K::NoLeaderCounts => (
            "Nobody leads now, and only a leader counts how many members have entry {0}.",
            "现在没有领导者，而只有领导者会清点有多少成员持有条目 {0}。",
        ),
        K::ToldNext => (
            "{1}, the leader, counts entry {2} as committed, and tells {0} so with its next message.",
            "领导者 {1} 认为条目 {2} 已提交，会在下一条消息里告诉 {0}。",
        ),
        K::CannotBeTold => (
            "{1} counts entry {2} as committed, but nothing passes from it to {0}.",
            "{1} 认为条目 {2} 已提交，但它的消息到不了 {0}。",
        ),
        K::ForgotCommit => (
            "{0} is not running. What is committed is not kept on the disk: it learns it again from a leader.",
            "{0} 没有在运行。哪些条目已提交并不存盘：它会再从领导者那里得知。",
        ),
        K::OtherThere => (
            "Another entry, of term {1}, is committed at {0}. This one, of term {2}, is not, and {3} replaces it when the leader reaches it.",
            "在 {0} 处已提交的是另一个条目（任期 {1}）。这一个属于任期 {2}，没有提交；领导者联系到 {3} 后，{3} 会替换它。",
        ),
        K::OtherHere => (
            "At {0} the leader has another entry, of term {1}. This one, of term {2}, is not committed, and {3} replaces it when the leader reaches it.",
            "在 {0} 处领导者有的是另一个条目（任期 {1}）。这一个属于任期 {2}，没有提交；领导者联系到 {3} 后，{3} 会替换它。",
        ),
        K::LeaderLacks => (
            "The leader {1} does not have entry {0}: its log ends at {2}. Without the leader an entry is not committed, and the leader's own entry takes its place.",
            "领导者 {1} 没有条目 {0}：它的日志止于 {2}。领导者没有的条目不会提交，领导者自己的条目会取代它。",
        ),
        K::InSnapshot => (
            "Entry {0} is folded into a snapshot up to {1}, and a snapshot holds only what is committed.",
            "条目 {0} 已收进到 {1} 的快照，而快照只包含已提交的内容。",
        ),
        K::LogEmpty => ("The log of {0} is empty.", "{0} 的日志是空的。"),
        K::LogEnds => ("The log of {0} ends at entry {1}.", "{0} 的日志止于条目 {1}。"),
        K::EndOfLog => (
            "{0} has nothing after entry {1}: all that it has is committed.",
            "{0} 在条目 {1} 之后没有别的条目：它有的都已提交。",
        ),
        K::OnlyLeader => (
            "{0} follows {1}, and only the leader counts. So it is with {1}:",
            "{0} 跟随 {1}，只有领导者才清点。{1} 那里是这样：",
        ),
        K::FewUp => (
            "Only {0} of {1} members are running, and {3} are a majority: nobody can be elected. Not running, or paused: {2}.",
            "{1} 个成员中只有 {0} 个在运行，而多数派要 {3} 个：谁也无法当选。没有运行或被暂停的：{2}。",
        ),
        K::NoMajorityMeets => (
            "At most {0} of {1} members can reach each other, and {2} are a majority: nobody can be elected.",
            "{1} 个成员中能互相联系的最多 {0} 个，而多数派要 {2} 个：谁也无法当选。",
        ),
        K::FirstTimer => (
            "The members wait out their election timers; the first to run out is that of {0}, in {1}.",
            "成员们在等选举定时器；最先到时的是 {0} 的，还有 {1}。",
        ),
        K::InLog => (
            "{0} took it into its log at {1}, and answers {2} when that entry is committed.",
            "{0} 已把它写入日志 {1}，等该条目提交后答复 {2}。",
        ),
        K::ReadTerm => (
            "{0} may not read yet: no entry of its own term {1} is committed, so it cannot know what is.",
            "{0} 还不能读：它自己的任期 {1} 还没有已提交的条目，所以它无法知道哪些已提交。",
        ),
        K::ReadRound => (
            "{0} reads only when a majority has confirmed, after the request came, that it still leads: {1} of {2} have so far, {3} are needed.",
            "请求到来之后，{0} 要有多数派确认它仍是领导者才会读：目前 {2} 个中有 {1} 个，需要 {3} 个。",
        ),
        K::NothingWaits => ("Nothing waits at {0}.", "{0} 上没有等待的读取。"),
        K::SentTo => (
            "The request was sent {1} {1|time|times} so far, last to {0}.",
            "请求至今发出 {1} 次，最后一次发给 {0}。",
        ),
        K::WaitsForSession => {
            ("{0} has not sent it yet: it opens a session first.", "{0} 还没有发出它：要先打开会话。")
        }
        K::RequestOnWay => ("The request is on its way from {0} to {1}.", "请求正从 {0} 传往 {1}。"),
        K::AnswerOnWay => ("The answer is on its way from {1} to {0}.", "答复正从 {1} 传往 {0}。"),
        K::TargetDown => (
            "{0} is not running. The client waits for as long as it has patience, then it asks another.",
            "{0} 没有在运行。客户端会等到失去耐心，再去问别的成员。",
        ),
        K::TargetCut => (
            "{0} is not reached: nothing passes from {1} to {2}. The client waits for as long as it has patience, then it asks another.",
            "到不了 {0}：从 {1} 到 {2} 什么都过不去。客户端会等到失去耐心，再去问别的成员。",
        ),
        K::AsksAgain => ("If no answer comes in time, it is sent again.", "如果迟迟没有答复，它会再发一次。"),
    }
}

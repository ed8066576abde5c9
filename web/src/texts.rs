//! The page's own words in every language, side by side: one that lacks a language does not compile. What the core says
//! comes through the words crate.

use muster_core::session::api::Bilingual;
use muster_words::Lang;

macro_rules! texts {
    ($($name:ident: $en:literal / $zh:literal;)*) => {
        /// The page's own words in one language. `{0}` and `{1}` are places.
        #[allow(missing_docs)] // a name says what it is for, and its words stand beside it
        pub struct Texts {
            lang: Lang,
            $(pub $name: &'static str,)*
        }

        static ENGLISH: Texts = Texts { lang: Lang::En, $($name: $en,)* };
        static CHINESE: Texts = Texts { lang: Lang::Zh, $($name: $zh,)* };
    };
}

texts! {
    // The whole.
    starting: "Starting…" / "正在启动…";
    close: "Close" / "关闭";
    cancel: "Cancel" / "取消";
    hint: "Watch a cluster live, then break it: press a member to look into it, right-click or hold it to crash it."
        / "先看集群运行，再动手破坏它：点击成员可查看内部，右键或长按可让它崩溃。";

    // The bar above.
    scenarios: "Scenarios" / "场景";
    find_scenario: "Find a scenario" / "查找场景";
    seed: "seed" / "种子";
    seed_words: "One seed, one history: the same seed gives the same run, to the bit." / "一个种子，一段历史：相同的种子给出逐位相同的运行。";
    another_seed: "Another seed" / "换一个种子";
    checks_hold: "{0} of {1} checks hold" / "{1} 项检查中 {0} 项成立";
    checks_broken: "{0} of {1} checks broken" / "{1} 项检查中 {0} 项被违反";
    checks_words: "Invariants, watched at every event so far" / "到目前为止的每个事件都检查过的不变量";
    share: "Share" / "分享";
    keys: "All keys" / "所有按键";
    theme_system: "Colours as the system is set" / "配色跟随系统";
    theme_light: "Light colours" / "浅色";
    theme_dark: "Dark colours" / "深色";
    theme_projector: "For a projector: large, full contrast" / "投影：大字、高对比";

    // The story.
    story: "Story" / "说明";
    expected: "What this run must show" / "这次运行应当表明";
    met: "met" / "已满足";
    broken: "broken" / "被违反";
    open: "not decided yet" / "尚未确定";
    then_try: "Then try" / "接着试试";

    // Lessons.
    lesson: "Lesson" / "课程";
    lessons: "Lessons" / "课程";
    step_of: "step {0} of {1}" / "第 {0} 步，共 {1} 步";
    predict: "Predict:" / "先预测：";
    it_came: "it came so" / "结果如此";
    as_predicted: "It came as you predicted." / "结果与你的预测一致。";
    otherwise: "It came otherwise: {0}." / "结果并非如此，而是：{0}。";
    unpredicted: "What came: {0}." / "结果是：{0}。";
    your_turn: "Your turn: do it here, or by hand on the stage." / "轮到你了：点这里的按钮，或在舞台上亲手操作。";
    time_needed: "This takes time: watch until it happens." / "这需要时间：看着它发生吧。";
    time_runs: "Time is running: watch the stage." / "时间正在流逝：请看舞台。";
    step_said: "{0}: {1} – {2}" / "{0}：{1} – {2}";
    step_done: "Done." / "完成。";
    lesson_done: "You have finished this lesson." / "你已完成本课。";
    watch: "Watch" / "观看";
    next_lesson: "Next lesson" / "下一课";
    next: "Next" / "下一步";
    back: "Back" / "上一步";
    not_yet: "First, what this step asks for." / "请先完成这一步。";
    restart_words: "From the start again; what you did stays as a branch" / "从头再来；做过的操作会保留为一个分支";
    key_pages: "in a lesson: next step, the step before" / "课程：下一步、上一步";
    key_lesson: "in a lesson: do it for me, hint" / "课程：代我操作、提示";
    hint_word: "Hint" / "提示";
    stuck: "Stuck? Have a hint" / "卡住了？看看提示";

    // The stage.
    stage: "Stage" / "舞台";
    cluster: "The cluster" / "集群";
    faults: "What you can do to the cluster" / "可以对集群做的事";
    crash: "Crash" / "崩溃";
    start: "Start" / "启动";
    pause_host: "Pause" / "暂停主机";
    resume: "Resume" / "恢复运行";
    nobody_up: "Nobody is running." / "没有正在运行的成员。";
    nobody_down: "Nobody has crashed." / "没有崩溃的成员。";
    nobody_paused: "Nobody is paused." / "没有暂停的成员。";
    nobody_yet: "Nobody has started yet: press play." / "还没有成员启动：请按播放。";
    which: "Which one?" / "哪一个？";
    more: "More" / "更多";
    crashed: "crashed" / "已崩溃";
    unstarted: "not started" / "尚未启动";
    paused: "paused" / "已暂停";
    stopped: "stopped" / "已停止";
    of_needed: "{0} of {1}" / "{0}/{1}";
    partition: "partition" / "网络分区";
    one_way: "one way only" / "单向";
    link_cut: "cut" / "已切断";
    link_clogged: "clogged: messages wait" / "阻塞：消息在等待";
    link_held: "messages are held on arrival" / "消息到达后被扣住";
    link_loss: "loses {0}%" / "丢失 {0}%";
    link_shaped: "changed" / "已更改";
    legend: "What the shapes mean" / "图形的含义";
    filled: "filled asks" / "实心：请求";
    hollow: "hollow answers" / "空心：应答";
    ringed: "ringed waits to leave" / "带圈：等待发出";

    ended: "The scenario ends here." / "场景到此结束。";
    quiet: "Nothing more will happen by itself." / "不会再自行发生任何事。";
    spent: "This run has spent its budget of events." / "本次运行的事件预算已用完。";

    // Looking into things.
    inspector: "Look inside" / "查看内部";
    select_hint: "Press a member, or a message on its way." / "点击一个成员，或一条途中的消息。";
    on_their_way: "On their way" / "途中的消息";
    pause_to_list: "Pause to list them." / "暂停后列出。";
    and_more: "and {0} more" / "还有 {0} 条";
    sent: "Sent" / "发出";
    arrives: "Arrives" / "到达";
    held: "held at the door until released" / "在门口被扣住，等待放行";
    waits: "waits to leave" / "等待发出";
    in_time: "{0}, in {1}" / "{0}，还有 {1}";
    timer: "{0}, fires in {1}" / "{0}，{1}后触发";
    log: "Log" / "日志";
    solid_dashed: "solid: committed · dashed: not yet" / "实线：已提交 · 虚线：未提交";
    log_empty: "No entries yet." / "还没有条目。";
    folded: "Entries up to {0} are folded into a snapshot." / "直到 {0} 的条目已收进快照。";
    before: "1–{0} before" / "之前 1–{0}";
    entry: "entry {0}, {1}" / "条目 {0}，{1}";
    committed: "committed" / "已提交";
    uncommitted: "not committed" / "未提交";
    not_synced: "not yet on the disk" / "尚未落盘";
    conflict: "conflicts with a committed entry" / "与已提交的条目冲突";
    survives: "Survives a crash" / "崩溃后仍在";
    verbs: "Do" / "操作";
    why: "Why?" / "为什么？";
    decided: "What it decided" / "它的决定";
    to_event: "Go to this event" / "转到该事件";
    none: "none" / "无";
    yes: "yes" / "同意";
    no: "no" / "拒绝";
    waiting: "no answer yet" / "尚未答复";

    // Why, and why not.
    why_back: "Back" / "返回";
    why_trail: "The questions before this one" / "之前的问题";
    why_looking: "Looking…" / "正在查找…";
    why_at: "at {0}, after event {1}" / "{0}，第 {1} 个事件之后";
    why_go: "Go there" / "转到那里";
    why_again: "Ask again for now" / "就现在再问一次";
    why_show_all: "Show all of it on the timeline" / "在时间线上显示全部";
    why_rule: "by the rule" / "依据规则";
    why_further: "Why did this happen?" / "为什么会发生这件事？";
    why_far: "an earlier event of {0}" / "{0} 更早的一个事件";
    why_more: "More questions" / "更多问题";
    why_entry: "why?" / "为什么？";
    key_why: "why? about what is selected, or the cluster; again: the next question" / "为什么？问所选之物，或整个集群；再按：下一个问题";
    key_why_event: "why did this just happen?" / "刚才为什么会发生？";

    // The panel below.
    timeline: "Timeline" / "时间线";
    logs: "Logs" / "日志";
    events: "Events" / "事件";
    checks: "Checks" / "检查";
    text: "Scenario" / "场景文本";
    timeline_words: "Members as lanes over time, messages as lines between them; the event list tells the same in words"
        / "成员为时间轴上的泳道，消息为泳道间的线；事件列表用文字说明同样的内容";
    zoom: "Zoom" / "缩放";
    zoom_in: "Shorter stretch of time" / "放大";
    zoom_out: "Longer stretch of time" / "缩小";
    follow: "Follow the playhead" / "跟随播放头";
    scrubber: "Place in the run" / "运行中的位置";
    no_logs: "This system keeps no log." / "这个系统没有日志。";
    logs_empty: "No member has an entry yet: press play, or send a request." / "还没有成员有条目：请播放，或发送一个请求。";
    logs_legend: "solid: committed · dashed: not yet" / "实线：已提交 · 虚线：未提交";
    logs_marks: "dot: known to match up to here · arrow: sent next" / "圆点：已知匹配到此 · 箭头：下一个发送";
    match_index: "match index: the leader knows the log is the same up to here" / "匹配索引：领导者确认到此一致";
    next_index: "next index: what the leader sends next" / "下一索引：领导者接下来发送的条目";
    checks_at_every_event: "Watched at every event" / "每个事件都检查";
    expected_to_break: "This scenario is meant to break it." / "这个场景就是要违反它。";
    go_to: "go to {0}" / "转到 {0}";
    run_text: "Run this text" / "运行此文本";
    reset_text: "Undo changes" / "撤销修改";
    text_changed: "Changed and not run: the run shown is of the text before." / "已修改，尚未运行：当前显示的仍是修改前的运行。";
    text_wrong: "Errors: {0}. The last good run stays." / "错误：{0} 处。最近一次正确的运行会保留。";
    text_before: "Swap with what stood here before" / "换回之前的文本";
    text_keys: "Ctrl+Enter runs, Ctrl+Space completes; Tab leaves." / "Ctrl+Enter 运行，Ctrl+空格 补全，Tab 离开。";
    text_words: "Change the text and run it. If something is wrong with it, the present run stays as it is."
        / "可以修改文本并运行。若有错误，当前的运行保持不变。";
    did_you_mean: "Did you mean {0}?" / "是否想写 {0}？";

    // The transport.
    transport: "Playback" / "播放控制";
    to_start: "To the start" / "到开头";
    step_back: "One event back" / "后退一个事件";
    play: "Play" / "播放";
    pause: "Pause" / "暂停";
    step: "One event on" / "前进一个事件";
    to_end: "To the end of what was simulated" / "到已模拟的末尾";
    event: "event" / "事件";
    digest: "digest {0}: the same scenario, seed and commands give the same digest everywhere" / "摘要 {0}：相同的场景、种子和命令在任何地方都给出相同的摘要";
    speed: "Speed" / "速度";
    run_until: "Run until…" / "运行直到…";
    until: "until:" / "直到：";
    branches: "Branches" / "分支";
    branch: "branch {0}" / "分支 {0}";
    main_branch: "main" / "主线";
    branch_off: "branched off at {0}" / "于 {0} 分出";
    // Going about: steps, run until, breakpoints.
    step_by: "What a step goes by" / "按什么步进";
    by_event: "every event" / "每个事件";
    by_message: "a message arrives" / "消息到达";
    by_same: "the same kind as shown" / "与当前同类的事件";
    by_mark: "anything marked" / "任何标记";
    by_process: "an event of {0}" / "{0} 的事件";
    by_marks: "Marks" / "标记";
    by_kinds: "Kinds of events here" / "这里的事件种类";
    mark_fault: "a fault" / "故障";
    mark_repair: "a repair" / "修复";
    mark_election: "an election is won" / "赢得选举";
    mark_violation: "a check breaks" / "检查被违反";
    mark_step: "a step of the lesson" / "课程步骤";
    mark_command: "a request or order" / "请求或命令";
    step_on_by: "On to the next: {0}" / "前进到下一个：{0}";
    step_back_by: "Back to the one before: {0}" / "后退到上一个：{0}";
    compose: "Another condition…" / "其他条件…";
    breakpoints: "Breakpoints" / "断点";
    breakpoints_words: "Breakpoints: stop whenever something comes true" / "断点：每当某个条件成立时停下";
    breakpoint_hit: "Stopped here:" / "在此停下：";
    not_found: "There is none in that direction." / "那个方向没有。";
    conditions: "Run until, and breakpoints" / "运行直到与断点";
    condition_of: "condition {0}" / "条件 {0}";
    condition_is: "is true" / "成立";
    condition_not: "is not true" / "不成立";
    condition_sense: "{0}: true or not" / "{0}：成立与否";
    condition_more: "And another condition" / "再加一个条件";
    condition_all: "all of them hold" / "全部成立";
    condition_any: "any of them holds" / "任一成立";
    condition_joined: "It is so when" / "满足方式";
    condition_text: "As in a scenario file" / "写在场景文件里是";
    condition_holds: "It holds now." / "现在成立。";
    condition_open: "It does not hold now." / "现在不成立。";
    condition_remove: "Remove this condition" / "移除此条件";
    until_this: "Run until this" / "运行到此";
    stop_always: "Make it a breakpoint" / "设为断点";
    stops_here: "Breakpoints" / "断点";
    stops_none: "None yet: playing stops only at the end and where a check breaks." / "还没有：播放只在结尾和检查被违反处停下。";
    stop_remove: "Remove this breakpoint" / "移除此断点";
    key_same: "the event of the same kind before, the next one" / "上一个、下一个同类事件";
    key_stops: "run until, breakpoints" / "运行直到、断点";

    // Find, and the tour.
    find: "Find" / "查找";
    find_words: "Find members, events, scenarios, commands; or a time, as 2.5 s" / "查找成员、事件、场景、命令；或输入时间，如 2.5 s";
    found: "What was found" / "查找结果";
    found_places: "Go to" / "转到";
    found_processes: "Members and clients" / "成员与客户端";
    found_verbs: "Do to the cluster" / "对集群操作";
    found_page: "On this page" / "本页功能";
    found_nothing: "Nothing found for “{0}”." / "没有找到“{0}”。";
    find_looking: "Looking through the events…" / "正在查找事件…";
    find_looked: "The last {0} events were looked through." / "已查找最近 {0} 个事件。";
    find_further: "Look further back" / "继续向前查找";
    key_share: "share" / "分享";
    key_find: "find" / "查找";
    other_language: "中文" / "English";
    theme_next: "Other colours: as the system, light, dark, projector" / "切换配色：跟随系统、浅色、深色、投影";
    tour: "The tour, in five sentences" / "五句话导览";
    tour_next: "Next" / "下一句";
    tour_skip: "Skip" / "跳过";
    tour_end: "Done" / "完成";
    tour_stage: "The circles are the members of one cluster, running live: press one to look inside it." / "圆圈是同一个集群的成员，正在实时运行：点击一个可查看内部。";
    tour_faults: "Break it: crash, pause or cut off members here, or right-click anything on the stage." / "动手破坏它：在这里让成员崩溃、暂停或断网，也可右键点击舞台上的任何东西。";
    tour_time: "Time is yours: play, stop, step event by event, go back; the same run always comes again." / "时间由你掌控：播放、停下、逐个事件前进或后退；同一次运行总能重现。";
    tour_lanes: "Here every member is a lane and every message a line; act in the past, and both futures stay." / "这里每个成员是一条泳道，每条消息是一条线；在过去动手，两种未来都会保留。";
    tour_find_touch: "Find anything by the magnifying glass above, and share the very run you see." / "用上方的放大镜查找一切，还可以分享你看到的这次运行。";
    tour_find: "Find anything with /, see all keys with ?, and share the very run you see." / "按 / 查找一切，按 ? 查看所有按键，还可以分享你看到的这次运行。";

    undo: "Undo" / "撤销";
    nothing_to_undo: "Nothing was done by hand on this branch" / "这个分支上还没有手动命令";
    fork: "Fork" / "分叉";
    fork_words: "Another future from here; this one stays" / "从这里另走一条未来；现有的保留";

    // The space-time diagram, and what is linked with it.
    not_known_now: "This event is not part of the branch shown." / "该事件不在当前显示的分支上。";
    because_of: "What led to it" / "由什么引起";
    lost: "Lost" / "丢失";
    arrived: "Arrived" / "到达于";
    no_longer_under_way: "no longer on its way" / "已不在途中";
    its_delivery: "The event of its delivery" / "它送达的事件";
    diagram_keys: "Arrow keys move the stretch shown, plus and minus zoom, 0 shows the whole run, a full stop follows the playhead; j and k go through the events, Enter selects, Escape leaves."
        / "方向键平移，加减号缩放，0 显示整个运行，句点跟随播放头；j 和 k 逐个浏览事件，Enter 选中，Escape 离开。";
    no_more_here: "No further event in view." / "视野内没有更多事件。";
    kinds: "Kinds of messages and events" / "消息与事件的种类";
    leave_out: "Leave out: {0}" / "不显示：{0}";
    show_again: "Show again: {0}" / "重新显示：{0}";
    show_all: "Show all" / "全部显示";
    lanes_hidden: "lanes hidden: {0}" / "隐藏泳道 {0} 条";
    lanes_folded: "lanes folded: {0}" / "折叠泳道 {0} 条";
    kinds_hidden: "kinds left out: {0}" / "未显示种类 {0} 种";
    comma: ", " / "，";
    too_many_events: "about {0} events here" / "此处约有 {0} 个事件";
    more_messages: "{0} more messages" / "另有 {0} 条消息";
    more_events: "{0} more events" / "另有 {0} 个事件";
    zoom_for_more: "zoom in to see them" / "放大可见";
    lane_of: "Lane of {0}: how it is shown" / "{0} 的泳道：显示方式";
    hidden_one: "{0} (hidden)" / "{0}（已隐藏）";
    hide_lane: "Hide" / "隐藏";
    only_this: "Only this" / "只看这条";
    unfold: "Unfold" / "展开";
    fold_below: "Fold with the one below" / "与下一条合并";
    fold_clients: "Fold all clients into one" / "把所有客户端合为一条";
    fold_others: "Fold the other members into one" / "把其他成员合为一条";
    light_up: "Show on stage and timeline" / "在舞台和时间线上显示";
    its_sending: "The event that sent it" / "发出它的事件";
    // Done by hand.
    wall: "partition" / "网络分区";
    commands: "Commands" / "命令";
    redo: "Redo" / "重做";
    nothing_to_redo: "Nothing was undone" / "没有撤销过什么";
    no_commands: "Nothing was done by hand yet. What you do to the cluster is listed here: each command can be changed, removed and taken back."
        / "还没有手动操作。对集群所做的一切都会列在这里：每条命令都可以修改、删除和撤销。";
    you_are_here: "you are here · {0}" / "当前位置 · {0}";
    inherited: "from before the branch" / "分叉之前";
    to_come: "Still to come on this branch." / "在此分支上尚未到来。";
    not_carried_out: "Not carried out: {0}" / "未执行：{0}";
    edit: "Change" / "修改";
    delete: "Remove" / "删除";
    change: "Change it" / "修改";
    command: "command" / "命令";
    at_time: "when" / "时间";
    bad_time: "A time is a number and its unit: 2.5s, 150ms." / "时间是数字加单位：2.5s、150ms。";
    edit_words: "A new branch begins before it; the later commands are given again at their times. This branch stays." / "会在它之前开出新分支，后面的命令按原来的时间重新执行；当前分支保留。";
    save_scenario: "Save as scenario" / "存为场景";
    scenario_words: "The scenario with what you did in its timeline: run it here, or with the muster command." / "场景文件，时间线中包含你所做的一切：可以在这里运行，也可以用 muster 命令运行。";
    save_file: "Keep as a file" / "存为文件";
    saved_file: "Handed to the browser." / "已交给浏览器。";
    unsaved_file: "The run could not be saved as this file:" / "未能将运行保存为此文件：";
    not_saved: "The browser did not take it: copy the text instead." / "浏览器未接受：请改为复制文本。";

    // Dialogs.
    as_in_file: "As in a scenario file: " / "写在场景文件里是：";
    side: "side {0}" / "第 {0} 侧";
    no_side: "reaches all" / "与各侧相通";
    share_words: "Whoever opens this link sees exactly this run, at this event." / "打开此链接的人会看到完全相同的运行，停在这个事件。";
    share_wait: "Making the link…" / "正在生成链接…";
    copy: "Copy" / "复制";
    copied: "Copied." / "已复制。";
    keys_heard: "Keys are heard" / "启用按键";
    keys_pointer: "Right-click or hold a member, a link or a message for what can be done to it; drag a line across the stage to part the network." / "右键或长按成员、链路或消息，可查看能对它做什么；在舞台上拖出一条线可把网络分开。";
    key_play: "play, pause" / "播放、暂停";
    key_step: "one event back, one event on" / "后退、前进一个事件";
    key_mark: "to the mark before, to the next mark" / "上一个、下一个标记";
    key_ends: "to the start, to the end" / "到开头、到末尾";
    key_speed: "faster, slower" / "更快、更慢";
    key_select: "select a member" / "选择成员";
    key_crash: "crash or start what is selected" / "让选中的成员崩溃或启动";
    key_partition: "partition" / "网络分区";
    key_request: "a client's request" / "客户端请求";
    key_fork: "fork" / "分叉";
    key_undo: "undo" / "撤销";
    key_menu: "on a member, a link or a message: what can be done to it" / "在成员、链路或消息上：能对它做什么";
    key_walk: "on the stage: to the neighbour" / "在舞台上：移到相邻者";
    key_links: "on the stage: to the next link, wall, member" / "在舞台上：移到下一条链路、分区墙、成员";
    key_message: "the next message on its way, the one before" / "下一条、上一条途中的消息";
    key_redo: "redo" / "重做";
    key_keys: "this list" / "此列表";

    // Several systems beside each other.
    figures: "Figures" / "数据";
    figure: "figure" / "指标";
    figures_words: "What each side has cost and how it has served, up to the moment shown." / "截至所示时刻，各方的开销与服务情况。";
    comparison: "Comparison" / "比较";
    comparisons: "Comparisons" / "比较";
    side_stage: "The other side: {0} ({1})" / "另一方：{0}（{1}）";
    played_side: "The first one is played: a fault strikes every side at the same time; what only this system understands stays there." / "操作在第一方上进行：故障会同时作用于每一方；只有该系统能理解的操作只作用于它。";
    not_here: "{0} not done here" / "{0} 项未在此执行";

    // What is said once.
    unreached: "The systems that this needs could not be loaded; the network may be gone." / "无法加载所需的系统，可能是网络中断。";
    what_was_shown: "What was shown stays." / "已显示的内容保留不变。";
    try_again: "Try again" / "重试";
    show_example: "Show the example" / "显示示例";
    lasts: "The systems of this scenario take long to load; the network may be slow or gone. It is shown once they are here." / "此场景所用的系统加载耗时较长，网络可能缓慢或中断。加载完成后即会显示。";
    coming: "Loading the systems of this scenario …" / "正在加载此场景所用的系统……";
    refused: "That did not work." / "未能执行。";
    link_failed: "This link cannot be opened; another run is shown instead." / "无法打开此链接，显示的是另一次运行。";
    differs: "This run differs from the one that was shared." / "这次运行与分享的不同。";
    restarted: "The simulation stopped by an error of its own and was started again on the same run." / "模拟因自身错误而停止，已在同一运行上重新启动。";
    gone: "The simulation stopped by an error of its own and does not start again." / "模拟因自身错误而停止，且无法重新启动。";
    violation: "A check is broken:" / "有一项检查被违反：";
    violation_expected: "A check is broken, as this scenario means to show:" / "有一项检查被违反，这正是本场景要展示的：";
    page_died: "The page stopped by an error of its own. Reload it to go on." / "页面因自身错误而停止。请重新加载以继续。";

    // Branches: the tree, names, two beside each other; the run kept by the browser.
    rename: "Rename" / "重命名";
    delete_it: "Delete" / "删除";
    rename_branch: "Name this branch" / "给分支命名";
    rename_key: "Name this branch (F2)" / "给分支命名（F2）";
    branch_name: "Name" / "名称";
    branch_name_words: "Left empty, a branch is called by what was done on it first." / "留空时，分支以其上的第一条操作命名。";
    delete_branch: "Delete this branch" / "删除分支";
    delete_key: "Delete this branch (Delete)" / "删除分支（Delete）";
    delete_branch_words: "Delete “{0}”? Branches made from it stay; you can bring it back."
        / "删除“{0}”？由它分出的分支会保留；之后可以恢复。";
    first_branch_stays: "The first branch cannot be deleted: all others come from it." / "第一个分支不能删除：其他分支都由它而来。";
    restore_branch: "Bring “{0}” back" / "恢复“{0}”";
    compare: "Compare" / "比较";
    compare_with: "Compare with…" / "与……比较";
    compare_words: "Two branches side by side, at the same time" / "两个分支并排，时刻相同";
    compare_end: "Stop comparing" / "结束比较";
    comparing: "Comparing…" / "正在比较…";
    same_until: "The first that differs, at {0}:" / "最先不同之处（{0}）：";
    no_difference: "No event differs so far, up to {0}." / "到 {0} 为止没有事件不同。";
    parted_by: "(parted at {0} by: {1})" / "（在 {0} 分开：{1}）";
    nothing_there: "nothing of the kind happens" / "没有发生相应的事件";
    to_difference: "Go to the first difference" / "转到最先不同之处";
    differs_here: "Not the same on the other branch" / "与另一分支不同";
    show_other: "Work in this one" / "改用这个分支";
    other_stage: "The other branch, to be looked at: {0}" / "另一分支（仅供查看）：{0}";
    shown_branch: "you work in this one" / "当前分支";
    kept: "This is the run you left." / "这是你上次离开时的运行。";
    kept_lost: "The run you left cannot be opened again." / "无法重新打开你上次离开时的运行。";
    afresh: "Start afresh" / "重新开始";
    unkept: "The browser does not keep this run: after a reload it would be gone. A link or a file keeps it." / "浏览器无法保存此运行：重新加载后会丢失。可用链接或文件保存。";
    reload: "Reload" / "重新加载";
    key_compare: "compare with another branch, or stop" / "与另一分支比较，或结束";
    key_branch: "the branch before, the next one" / "上一个、下一个分支";
    // Files and templates.
    file: "File" / "文件";
    file_words: "Open a file, keep the run as one, begin from a template" / "打开文件、把运行存为文件、从模板新建";
    open_file: "Open a file…" / "打开文件…";
    open_file_for: "A scenario or a saved run; or drop it anywhere" / "场景或已存的运行；也可拖放到页面任意处";
    save_run: "Save the run" / "保存运行";
    save_run_for: "With all its branches, in one file" / "连同所有分支，存为一个文件";
    save_scenario_for: "With what you did in its timeline" / "时间线中包含你所做的一切";
    new: "New from a template" / "从模板新建";
    drop_words: "Drop a scenario or a saved run to open it" / "拖放场景或已存的运行即可打开";
    file_refused: "This file was not opened; nothing has changed." / "未打开此文件，一切照旧。";
    file_laid: "This file has a slip: it is in the Scenario panel now, to be mended. The run has not changed." / "此文件有误：已放入“场景文本”供修改，运行未变。";
    file_unread: "The browser cannot read it." / "浏览器无法读取。";
    file_several: "One file at a time, please." / "请一次只打开一个文件。";
    // Taking the run elsewhere.
    export: "Export" / "导出";
    export_words: "take the run along, as a transcript, a trace for another tool, a picture" / "把运行带走：文字记录、供其他工具使用的跟踪、图片";
    export_what: "What" / "内容";
    export_transcript: "Transcript" / "文字记录";
    export_transcript_for: "every event in a sentence, plain text" / "每个事件一句话，纯文本";
    export_highlights: "Highlights" / "要点";
    export_highlights_for: "faults, repairs, elections and broken checks alone" / "仅故障、修复、选举和被违反的检查";
    export_perfetto_for: "opens in ui.perfetto.dev: members as rows, events as slices" / "可在 ui.perfetto.dev 打开：成员为行，事件为片段";
    export_shiviz_for: "a log with vector clocks, drawn by ShiViz" / "带向量时钟的日志，供 ShiViz 绘图";
    export_mermaid_for: "a sequence diagram for documentation" / "可放入文档的时序图";
    export_csv_for: "a row for each event, for spreadsheets" / "每个事件一行，供电子表格使用";
    export_jsonl_for: "an object for each event, for scripts" / "每个事件一个对象，供脚本使用";
    export_picture: "A picture of what is shown" / "当前画面的图片";
    export_svg: "SVG: sharp at any size" / "SVG：任意缩放都清晰";
    export_png: "PNG: for slides and chats" / "PNG：适合幻灯片与聊天";
    diagram: "Space-time diagram" / "时空图";
    export_stretch: "Which stretch of this branch" / "本分支的哪一段";
    export_all: "All up to the moment shown" / "从头到当前时刻";
    export_part: "From … to …" / "从……到……";
    export_from: "from (s)" / "从（秒）";
    export_to: "to (s)" / "到（秒）";
    export_bad_time: "Times are written in seconds, as 2.5." / "时间以秒为单位，如 2.5。";
    export_download: "Download" / "下载";
    export_writing: "Writing: {0}…" / "正在写出：{0}…";
    export_not_copied: "Could not be copied: download it instead." / "无法复制：请改用下载。";
}

impl Texts {
    /// The words of a language.
    pub fn of(lang: Lang) -> &'static Texts {
        match lang {
            Lang::En => &ENGLISH,
            Lang::Zh => &CHINESE,
        }
    }
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.lang == other.lang
    }
}

/// An author's text in a language; in the other one if it lacks this.
pub fn of(text: &Bilingual, lang: Lang) -> &str {
    let (first, second) = match lang {
        Lang::En => (&text.en, &text.zh),
        Lang::Zh => (&text.zh, &text.en),
    };
    if first.is_empty() { second } else { first }
}

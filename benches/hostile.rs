//! How long a hostile text takes to be refused: scenarios and share texts that claim too much, lie about their length or
//! swell, each given to a session as the page and the command give it. Prints for each the longest of eleven times and the
//! sentence a reader gets; a text that is not refused ends it with a panic. What must be said is tests/broken's business.

use data_encoding::BASE64URL_NOPAD;
use miniz_oxide::deflate::compress_to_vec;
use muster_core::session::Session;
use muster_core::session::api::{Failure, Reply, Request};
use muster_core::session::link::{
    FIRST_FORMAT, FORMAT, LARGEST, LONGEST_TEXT, Link, LinkCommand, LinkScenario, MOST_COMMANDS, encode,
};
use muster_core::session::tape::Tape;
use muster_core::session::tree::{Tree, Twig};
use muster_core::systems;
use muster_core::view::Place;
use muster_words::{Lang, NoNames};
use std::time::{Duration, Instant};

const TIMES: usize = 11;

fn main() {
    if std::env::args().any(|argument| argument == "--test") {
        return; // `cargo test --benches` only wants to know that it builds
    }
    println!("longest of {TIMES} times from the text to the refusal");
    let mut worst = Duration::ZERO;
    for (name, text) in scenarios() {
        worst = worst.max(refused(
            &format!("scenario, {name}"),
            text.len(),
            &Request::Load { text: text.into(), seed: None },
        ));
    }
    for (name, text) in links() {
        worst = worst.max(refused(&format!("share text, {name}"), text.len(), &Request::Open(text.into())));
    }
    println!("the slowest of all: {worst:.1?}");
}

/// Gives it to a new session, times over; prints and gives the longest time.
fn refused(name: &str, bytes: usize, request: &Request) -> Duration {
    let mut longest = Duration::ZERO;
    let mut said = String::new();
    for _ in 0..TIMES {
        let mut session = Session::new(systems::all(), &[]);
        let begun = Instant::now();
        let reply = session.handle(request.clone());
        longest = longest.max(begun.elapsed());
        let Reply::Failed(failure) = reply else { panic!("{name} was not refused") };
        said = sentence(&failure);
    }
    println!("{longest:>10.1?}  {name} ({bytes} bytes): {said}");
    longest
}

fn sentence(failure: &Failure) -> String {
    let phrase = match failure {
        Failure::Text(problems) => &problems.first().expect("a problem").phrase,
        Failure::Command(problem) => &problem.phrase,
        Failure::Link(phrase) | Failure::Refused(phrase) => phrase,
    };
    muster_words::text(phrase, &NoNames, Lang::En).chars().take(120).collect()
}

/// A scenario with these systems.
fn with(until: &str, systems: &str) -> String {
    format!(
        "apiVersion: muster.dev/v1\nkind: Scenario\nmetadata: {{ name: hostile }}\nuntil: {until}\nsystems:\n{systems}"
    )
}

fn scenarios() -> Vec<(&'static str, String)> {
    let raft = "- { name: kv, kind: Raft, members: 3 }\n";
    let clients =
        |spec: &str| with("5s", &format!("{raft}- {{ name: load, kind: Clients, target: kv, {spec} }}\n"));
    let aliases: String = (0..13)
        .map(|n| match n {
            0 => "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned(),
            n => format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", ")),
        })
        .collect();
    let a_megabyte_of = |line: &str| {
        let mut text = with("5s", raft);
        while text.len() + line.len() < 1_000_000 {
            text.push_str(line);
        }
        text
    };
    let many = |line: &dyn Fn(u32) -> String, most: u32| -> String {
        let mut text = String::new();
        (0..most)
            .take_while(|n| {
                text.push_str(&line(*n));
                text.len() < 945_000
            })
            .for_each(drop);
        text
    };
    let sound = with("5s", raft);
    let timeline = |line: &dyn Fn(u32) -> String, most| format!("{sound}timeline:\n{}", many(line, most));
    let long = "name-of-forty-letters-less-its-last-";
    vec![
        ("a thousand million members", with("5s", "- { name: kv, kind: Raft, members: 1000000000 }\n")),
        ("a thousand million clients", clients("count: 1000000000")),
        ("a rate of 10^20 a second", clients("count: 1, spec: { rate: 99999999999999999999/s }")),
        ("a time of 10^20 hours", with("99999999999999999999h", raft)),
        ("ten thousand systems on one host", {
            with(
                "5s",
                &many(&|n| format!("- {{ name: kv{n}, kind: Raft, members: 99, hosts: [h1] }}\n"), 10_000),
            )
        }),
        ("two hundred systems on one host", {
            with(
                "5s",
                &many(&|n| format!("- {{ name: kv{n}, kind: Raft, members: 99, hosts: [h1] }}\n"), 200),
            )
        }),
        ("a hundred clients of none of a hundred systems", {
            with(
                "5s",
                &many(
                    &|n| {
                        if n < 99 {
                            format!("- {{ name: {long}{n}, kind: Raft, members: 1 }}\n")
                        } else {
                            format!("- {{ name: c{n}, kind: Clients, target: {long}x }}\n")
                        }
                    },
                    200,
                ),
            )
        }),
        (
            "thirty thousand hosts",
            sound.clone() + "hosts:\n" + &many(&|n| format!("- {{ name: h{} }}\n", 45_000 - n), 30_000),
        ),
        ("ten thousand links of unknown zones", {
            sound.clone()
                + "network:\n  zones:\n"
                + &many(&|n| format!("  - {{ from: z{n}, to: y{n}, latency: 1ms }}\n"), 10_000)
        }),
        ("rules that nobody has", {
            with(
                "5s",
                &format!(
                    "- {{ name: kv, kind: Raft, members: 3, without: [{}] }}\n",
                    many(&|n| format!("{long}{n}, "), 45_000)
                ),
            )
        }),
        ("aliases that swell to 9^13 values", aliases),
        ("a megabyte of unknown names", sound.clone() + &many(&|n| format!("unknown{n}: {n}\n"), 45_000)),
        (
            "a megabyte of keys backwards",
            sound.clone() + "notes:\n" + &many(&|n| format!("  k{}: a\n", 999_999 - n), 45_000),
        ),
        (
            "a megabyte of arguments",
            timeline(
                &|n| {
                    if n == 0 {
                        "- at: 1s\n  do:\n    transfer:\n".into()
                    } else {
                        format!("      k{}: a\n", 999_999 - n)
                    }
                },
                45_000,
            ),
        ),
        ("a megabyte of one name twice", a_megabyte_of("seed: 1\n")),
        ("a megabyte of one anchor", a_megabyte_of("x: &a y\n")),
        ("a megabyte of brackets", "[".repeat(1_000_000)),
        ("a megabyte of empty lists", format!("systems: [{}]", "[],".repeat(333_000))),
        ("a name of a megabyte", with("5s", &format!("- {{ name: {}, kind: Raft }}\n", "a".repeat(945_000)))),
        (
            "ten thousand commands of unknown hosts",
            timeline(&|n| format!("- {{ at: 1s, do: {{ crash: {long}{n} }} }}\n"), 10_000),
        ),
        (
            "ten thousand commands after the end",
            timeline(&|_| "- { at: 1h, do: { crash: n1 } }\n".into(), 10_000),
        ),
        (
            "five thousand ids and as many unknown ones",
            timeline(
                &|n| {
                    if n < 5_000 {
                        format!("- {{ at: {}ms, id: {long}{n}, do: {{ crash: n1 }} }}\n", 5_000 - n)
                    } else {
                        format!("- {{ at: 5s, do: {{ heal: {long}x{n} }} }}\n")
                    }
                },
                10_000,
            ),
        ),
        (
            "a partition of one member, times over",
            timeline(
                &|_| {
                    format!(
                        "- {{ at: 1s, do: {{ partition: {{ groups: [[{}]] }} }} }}\n",
                        "n1, ".repeat(45_000)
                    )
                },
                1,
            ),
        ),
        (
            "a partition of many strangers",
            timeline(
                &|_| {
                    format!(
                        "- {{ at: 1s, do: {{ partition: {{ groups: [[{}]] }} }} }}\n",
                        many(&|n| format!("m{n}, "), 45_000)
                    )
                },
                1,
            ),
        ),
        ("an expectation of thirty thousand parts, one of them wrong", {
            format!(
                "{sound}expect:\n- eventually: {{ all: [{}{{ leader: nobody }}] }}\n",
                "{ leader: kv }, ".repeat(30_000)
            )
        }),
        ("ten thousand expectations after an unknown command", {
            format!(
                "{sound}expect:\n{}",
                many(&|n| format!("- eventually: {{ leader: kv, after: {long}{n} }}\n"), 10_000)
            )
        }),
        ("a long name, aliased thirty thousand times", {
            let alias = "*p, ".repeat(30_000);
            format!(
                "{sound}expect:\n- eventually: {{ all: [&p {{ leader: {} }}, {alias}] }}\n",
                "a".repeat(800_000)
            )
        }),
        ("a long key, aliased fifty thousand times", {
            format!("x: {{ &a {}: , {} }}\n", "a".repeat(600_000), "*a : , ".repeat(49_000))
        }),
        ("a partition of a long name's aliases", {
            let group = format!("&a {}, {}", "a".repeat(600_000), "*a, ".repeat(95_000));
            format!("{sound}timeline:\n- {{ at: 1s, do: {{ partition: {{ groups: [[{group}]] }} }} }}\n")
        }),
        ("a zone's name of a megabyte, for a thousand clients", {
            clients(&format!("count: 1000, zones: [{}]", "a".repeat(900_000)))
        }),
        ("a thousand links of zones that are nearly alike", {
            let zone = "z".repeat(90);
            let hosts = many(&|n| format!("- {{ name: h{n}, zone: {zone}{n} }}\n"), 1_900);
            let links =
                many(&|n| format!("  - {{ from: {zone}{}, to: {zone}x, latency: 1ms }}\n", 1_899 - n), 1_000);
            format!("{sound}hosts:\n{hosts}network:\n  zones:\n{links}")
        }),
        ("thirty thousand selectors that two hundred systems know", {
            let systems =
                many(&|n| format!("- {{ name: one-of-the-systems-{n}, kind: Raft, members: 1 }}\n"), 200);
            let commands = "{ select: leader }, ".repeat(30_000);
            with("5s", &format!("{systems}timeline:\n- {{ at: 1s, do: {{ crash: [{commands}] }} }}\n"))
        }),
        ("thirty thousand checks, and one of nobody", {
            let checks = "{ checks: kv/electionSafety }, ".repeat(30_000);
            format!("{sound}expect:\n- eventually: {{ all: [{checks}{{ leader: nobody }}] }}\n")
        }),
        ("arguments that nobody takes, of an order that two hundred systems know", {
            let systems = many(&|n| format!("- {{ name: s{n}, kind: Raft, members: 1 }}\n"), 200);
            let arguments = many(&|n| format!("k{}: a, ", n.wrapping_mul(2_654_435_761)), 45_000);
            with(
                "5s",
                &format!("{systems}timeline:\n- {{ at: 1s, do: {{ addMember: {{ {arguments} }} }} }}\n"),
            )
        }),
        ("fifty thousand keys in any order", {
            sound.clone()
                + "notes:\n"
                + &many(&|n| format!("  k{}: a\n", n.wrapping_mul(2_654_435_761)), 45_000)
        }),
        ("thirty megabytes", "a".repeat(30_000_000)),
    ]
}

/// A record of the first format, which is still read.
fn share(record: &[u8]) -> String {
    let mut bytes = vec![FIRST_FORMAT];
    bytes.extend(compress_to_vec(record, 9));
    BASE64URL_NOPAD.encode(&bytes)
}

/// A whole link over a text of its own.
fn inline(text: String, commands: Vec<LinkCommand>) -> String {
    let link = Link {
        engine: "0.1.0".into(),
        scenario: LinkScenario::Inline(text.into()),
        seed: 1,
        tree: Tree {
            branches: vec![Twig { commands, ..Twig::default() }],
            branch: 0,
            shown: Place::default(),
            digest: 0,
        },
        tape: Tape::default(),
        view: "".into(),
    };
    encode(&link).expect("a link within bounds")
}

fn links() -> Vec<(&'static str, String)> {
    // Engine "", library "", hash 0, seed 0, then 2^60 commands.
    let mut claims = vec![0; 5];
    claims.extend([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10]);
    let command = |n: u64, text: &str| LinkCommand {
        place: Place { ordinal: n, ..Place::default() },
        text: text.into(),
    };
    let sound = with("5s", "- { name: kv, kind: Raft, members: 3 }\n");
    let unknown: String = (0..15_000).map(|n| format!("unknown{n}: {n}\n")).collect();
    vec![
        ("no link at all", "n1 crashed".to_owned()),
        ("one letter too long", "A".repeat(LONGEST_TEXT + 1)),
        ("inflating a thousandfold, to 90 MB", share(&vec![0; 90 << 20])),
        (
            "noise",
            BASE64URL_NOPAD.encode(&{
                let noise = (0..90_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8);
                [FORMAT].into_iter().chain(noise).collect::<Vec<_>>()
            }),
        ),
        ("2^60 commands claimed", share(&claims)),
        (
            "a thousand million members inside",
            inline(with("5s", "- { name: kv, kind: Raft, members: 1000000000 }\n"), Vec::new()),
        ),
        (
            "15,000 unknown names inside",
            inline(with("5s", "- { name: kv, kind: Raft, members: 3 }\n") + &unknown, Vec::new()),
        ),
        ("half a megabyte of brackets inside", inline("[".repeat(LARGEST - 1_000), Vec::new())),
        (
            "the most commands, none known",
            inline(sound.clone(), (1..=MOST_COMMANDS as u64).map(|n| command(n, "{nonsense: n1}")).collect()),
        ),
        ("commands whose aliases swell, the last not known", {
            let group = format!("[{}]", vec!["n1"; 300].join(","));
            let swollen = format!("{{partition: {{groups: [&g {group},{}]}}}}", vec!["*g"; 300].join(","));
            let mut commands: Vec<_> = (1..250).map(|n| command(n, &swollen)).collect();
            commands.push(command(1 << 40, "{nonsense: n1}"));
            inline(sound.clone(), commands)
        }),
        ("the most commands, the last not known", {
            let mut commands: Vec<_> = (1..MOST_COMMANDS as u64).map(|n| command(n, "{crash: n1}")).collect();
            commands.push(command(1 << 40, "{nonsense: n1}"));
            inline(sound, commands)
        }),
    ]
}

//! What the page shows beside the run, as a short text: which panel is open, who is selected, which stretch of time. It travels in
//! links and files, where the session carries it unread. It comes back from anybody: what is not understood is passed over.

use crate::diagram::Sieve;
use crate::panel::View;
use crate::refresh::Wishes;
use crate::state::{Page, Selection, Tab};
use muster_core::process::ProcessId;
use muster_core::words::Key;

/// Most of a kind that is read.
const MOST: usize = 64;
/// The session carries no more bytes.
const LONGEST: usize = 1_000;

const TABS: [(&str, Tab); 7] = [
    ("timeline", Tab::Timeline),
    ("logs", Tab::Logs),
    ("events", Tab::Events),
    ("commands", Tab::Commands),
    ("checks", Tab::Checks),
    ("figures", Tab::Figures),
    ("text", Tab::Text),
];

/// What is shown now.
pub fn record(page: &Page, wishes: &Wishes) -> String {
    let tab = TABS.iter().find(|(_, tab)| *tab == page.tab).map_or("timeline", |(name, _)| name);
    let mut record = format!("tab={tab}");
    if let Some(Selection::Process(id)) = page.selection {
        record.push_str(&format!("&member={}", id.0));
    }
    let view = wishes.view();
    record.push_str(&format!("&span={}", whole(view.span)));
    if !view.follows {
        record.push_str(&format!("&from={}", whole(view.from)));
    }
    let Sieve { hidden, folds, without } = &page.diagram.sieve;
    let ids = |ids: &[ProcessId]| ids.iter().map(|id| id.0.to_string()).collect::<Vec<_>>();
    let more = [
        ("hide", ids(hidden).join(".")),
        ("fold", lists(folds.iter().map(|fold| ids(fold)))),
        ("less", without.iter().map(|key| key.as_str()).collect::<Vec<_>>().join(",")),
        (
            "guess",
            lists(
                page.lesson
                    .all_chosen()
                    .iter()
                    .map(|(step, answer)| vec![step.to_string(), answer.to_string()]),
            ),
        ),
    ];
    for (name, value) in more {
        // Too much to take along: the rest of the view goes without it.
        if !value.is_empty() && record.len() + value.len() < LONGEST {
            record.push_str(&["&", name, "=", &value].concat());
        }
    }
    record
}

/// Lists of numbers, as `3.5,7.8`.
fn lists<'a>(all: impl Iterator<Item = Vec<String>> + 'a) -> String {
    all.map(|list| list.join(".")).collect::<Vec<_>>().join(",")
}

fn numbers(list: &str) -> Vec<usize> {
    list.split('.').filter_map(|number| number.parse().ok()).take(MOST).collect()
}

fn ids(list: &str) -> Vec<ProcessId> {
    list.split('.').filter_map(|id| id.parse().ok().map(ProcessId)).take(MOST).collect()
}

/// What of the diagram is shown.
pub fn sieve(record: &str) -> Sieve {
    let mut sieve = Sieve::default();
    sieve.hide(&ids(field(record, "hide").unwrap_or_default()));
    for fold in field(record, "fold").unwrap_or_default().split(',').take(MOST) {
        let ids: Vec<ProcessId> = ids(fold).into_iter().filter(|id| !sieve.hidden.contains(id)).collect();
        sieve.fold(&ids);
    }
    let names = field(record, "less").unwrap_or_default().split(',').take(MOST);
    for kind in names.filter_map(|name| Key::all().find(|key| key.as_str() == name)) {
        if !sieve.without.contains(&kind) {
            sieve.without.push(kind);
        }
    }
    sieve
}

/// What was predicted in a lesson: of which step, which answer.
pub fn predicted(record: &str) -> Vec<(usize, usize)> {
    let pairs = field(record, "guess").unwrap_or_default().split(',').take(MOST);
    pairs
        .filter_map(|pair| numbers(pair).try_into().ok())
        .map(|[step, answer]: [usize; 2]| (step, answer))
        .collect()
}

fn whole(nanos: f64) -> u64 {
    crate::panel::time(nanos).nanos()
}

fn field<'a>(record: &'a str, name: &str) -> Option<&'a str> {
    record
        .split('&')
        .find_map(|part| part.split_once('=').filter(|(key, _)| *key == name))
        .map(|(_, value)| value)
}

/// The panel that was open.
pub fn tab(record: &str) -> Option<Tab> {
    let name = field(record, "tab")?;
    TABS.iter().find(|(known, _)| *known == name).map(|(_, tab)| *tab)
}

/// Who was selected.
pub fn member(record: &str) -> Option<Selection> {
    Some(Selection::Process(ProcessId(field(record, "member")?.parse().ok()?)))
}

/// The stretch of time.
#[expect(clippy::cast_precision_loss, reason = "only to draw")]
pub fn stretch(record: &str) -> Option<View> {
    let span = field(record, "span")?.parse::<u64>().ok()? as f64;
    let from = field(record, "from").and_then(|from| from.parse::<u64>().ok());
    let view = View { from: from.unwrap_or(0) as f64, span, follows: from.is_none() };
    Some(view.zoomed(1.0, 0.0)) // within its bounds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_understood_is_passed_over() {
        let record = "tab=logs&member=3&from=1000&span=5000000&hat=red";
        assert_eq!((tab(record), member(record)), (Some(Tab::Logs), Some(Selection::Process(ProcessId(3)))));
        assert_eq!(stretch(record), Some(View { from: 1e3, span: 5e6, follows: false }));
        assert_eq!((tab("tab=hats"), member("member=x"), stretch("span=")), (None, None, None));
        let record = "hide=3.x.4&fold=1.2,4.5,9&less=raft.hat,session.kind.deed&guess=0.2,1,2.0.1,3.1";
        let Sieve { hidden, folds, without } = sieve(record);
        let all = |all: &[u32]| all.iter().map(|id| ProcessId(*id)).collect::<Vec<_>>();
        assert_eq!((hidden, folds), (all(&[3, 4]), vec![all(&[1, 2])]));
        assert_eq!(without, [Key::from(muster_core::words::session::SessionKey::KindDeed)]);
        assert_eq!(predicted(record), [(0, 2), (3, 1)]);
        assert!(sieve("hide=&fold=&less=").is_open() && predicted("").is_empty());
        assert_eq!(stretch("span=1").map(|view| view.span), Some(1e3), "no shorter than any stretch");
    }
}

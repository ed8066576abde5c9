//! What the page shows beside the run, as a short text: which panel is open, who is selected, which stretch of time. It travels in
//! links and files, where the session carries it unread. It comes back from anybody: what is not understood is passed over.

use crate::panel::View;
use crate::refresh::Wishes;
use crate::state::{Page, Selection, Tab};
use muster_core::process::ProcessId;

const TABS: [(&str, Tab); 5] = [
    ("timeline", Tab::Timeline),
    ("logs", Tab::Logs),
    ("events", Tab::Events),
    ("checks", Tab::Checks),
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
    record
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
        assert_eq!(stretch("span=1").map(|view| view.span), Some(1e3), "no shorter than any stretch");
    }
}

//! The figures of a comparison as the rows of a table, one list for the page and the command: which there are, in which order, and
//! what stands in a cell. It knows nothing of how a table is drawn.

use crate::{Lang, NoNames, text, units};
use muster_core::process::{Arg, Phrase, Span};
use muster_core::session::api::{Loss, Measured, Outage};
use muster_core::words::compare::CompareKey as K;

/// What a figure counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Things.
    Number,
    /// Thousandths of things.
    Thousandths,
    /// Ways, two to a round trip.
    Ways,
    /// Nanoseconds of virtual time.
    Nanoseconds,
}

/// A row: one figure of every side.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// What it is.
    pub title: K,
    /// The same at more length, where the title does not say all.
    pub about: Option<K>,
    /// Its name for machines.
    pub name: &'static str,
    /// What it counts in.
    pub unit: Unit,
    /// The figure of a side, if it has it.
    pub of: fn(&Measured) -> Option<u64>,
    /// Shown only where it is something else than 0 on some side.
    pub rare: bool,
}

const fn row(title: K, name: &'static str, unit: Unit, of: fn(&Measured) -> Option<u64>) -> Row {
    Row { title, about: None, name, unit, of, rare: false }
}

impl Row {
    const fn about(self, about: K) -> Row {
        Row { about: Some(about), ..self }
    }

    const fn rare(self) -> Row {
        Row { rare: true, ..self }
    }

    /// Is it shown in a table of these sides?
    pub fn is_shown(&self, sides: &[&Measured]) -> bool {
        !self.rare || sides.iter().any(|side| (self.of)(side).is_some_and(|number| number > 0))
    }

    /// What stands in the cell of a side.
    pub fn cell(&self, side: &Measured, lang: Lang) -> String {
        let most = match self.title {
            K::RoundTrips => side.ways.map(|ways| ways[1]),
            K::ClientRoundTrips => side.client_ways.map(|ways| ways[1]),
            _ => None,
        };
        match ((self.of)(side), most) {
            (None, _) => "–".into(),
            (Some(median), Some(most)) if u64::from(most) != median => {
                let args = [median, most.into()].map(|ways| Arg::Text(number(ways, Unit::Ways, lang).into()));
                text(&Phrase::new(K::MedianAndMost, args), &NoNames, lang)
            }
            (Some(figure), _) => number(figure, self.unit, lang),
        }
    }
}

/// Every row: first what systems are compared for, then what it is counted from.
pub const ROWS: &[Row] = &[
    row(K::MessagesAWrite, "milliMessagesAWrite", Unit::Thousandths, |it| it.messages_a_write)
        .about(K::MessagesAWriteAbout),
    row(K::RoundTrips, "ways", Unit::Ways, |it| it.ways.map(|ways| ways[0].into())).about(K::RoundTripsAbout),
    row(K::ClientRoundTrips, "clientWays", Unit::Ways, |it| it.client_ways.map(|ways| ways[0].into()))
        .about(K::ClientRoundTripsAbout),
    row(K::P50, "p50", Unit::Nanoseconds, |it| it.latency.as_ref().map(|it| it.p50.nanos()))
        .about(K::LatencyAbout),
    row(K::P90, "p90", Unit::Nanoseconds, |it| it.latency.as_ref().map(|it| it.p90.nanos()))
        .about(K::LatencyAbout),
    row(K::P99, "p99", Unit::Nanoseconds, |it| it.latency.as_ref().map(|it| it.p99.nanos()))
        .about(K::LatencyAbout),
    row(K::Max, "max", Unit::Nanoseconds, |it| it.latency.as_ref().map(|it| it.max.nanos()))
        .about(K::LatencyAbout),
    row(K::Outage, "outage", Unit::Nanoseconds, |it| it.outage.map(|it| it.length().nanos()))
        .about(K::OutageAbout),
    row(K::Lost, "lost", Unit::Number, |it| it.lost).about(K::LostAbout),
    row(K::Asked, "asked", Unit::Number, |it| Some(it.asked)),
    row(K::Acknowledged, "acknowledged", Unit::Number, |it| Some(it.acknowledged)),
    row(K::Refused, "refused", Unit::Number, |it| Some(it.refused)),
    row(K::Unknown, "unknown", Unit::Number, |it| Some(it.unknown)),
    row(K::Waiting, "waiting", Unit::Number, |it| Some(it.waiting)).rare(),
    row(K::Skipped, "skipped", Unit::Number, |it| Some(it.skipped)).rare(),
    row(K::Messages, "messages", Unit::Number, |it| Some(it.messages)),
    row(K::Idle, "idle", Unit::Number, |it| Some(it.idle)).about(K::IdleAbout),
    row(K::ClientMessages, "clientMessages", Unit::Number, |it| Some(it.client_messages)),
];

/// A figure in its unit.
pub fn number(figure: u64, unit: Unit, lang: Lang) -> String {
    match unit {
        Unit::Number => figure.to_string(),
        Unit::Thousandths => {
            let hundredths = figure.saturating_add(5) / 10;
            let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            text.trim_end_matches('0').trim_end_matches('.').to_string()
        }
        Unit::Ways => format!("{}{}", figure / 2, if figure % 2 == 1 { ".5" } else { "" }),
        Unit::Nanoseconds => units::span(Span(figure), lang),
    }
}

/// When a side was without service.
pub fn outage(outage: Outage) -> Phrase {
    match outage.open {
        true => Phrase::new(K::OutageOpen, [Arg::At(outage.from)]),
        false => Phrase::new(K::OutageWhen, [Arg::At(outage.from), Arg::At(outage.to)]),
    }
}

/// Which write was lost.
pub fn loss(loss: &Loss) -> Phrase {
    let key = Arg::Text(loss.key.clone());
    let (client, at) = (Arg::Process(loss.client), Arg::At(loss.at));
    match &loss.value {
        Some(value) => Phrase::new(K::LostWrite, [key, Arg::Text(value.clone()), client, at]),
        None => Phrase::new(K::LostDelete, [key, client, at]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_in_their_units() {
        let written = |figure, unit| number(figure, unit, Lang::En);
        assert_eq!(written(3_594, Unit::Thousandths), "3.59");
        assert_eq!(written(4_000, Unit::Thousandths), "4");
        assert_eq!(written(4_500, Unit::Thousandths), "4.5");
        assert_eq!((written(2, Unit::Ways), written(3, Unit::Ways)), ("1".into(), "1.5".into()));
    }

    #[test]
    fn a_row_that_is_rare_is_shown_where_there_is_something_in_it() {
        let rare = ROWS.iter().find(|row| row.title == K::Skipped).expect("a row");
        let (none, some) = (Measured::default(), Measured { skipped: 3, ..Measured::default() });
        assert!(!rare.is_shown(&[&none, &none]));
        assert!(rare.is_shown(&[&none, &some]));
        let plain = ROWS.iter().find(|row| !row.rare).expect("a row");
        assert!(plain.is_shown(&[&none]));
    }

    #[test]
    fn the_most_stands_beside_a_median_that_is_another() {
        let trips = ROWS.iter().find(|row| row.title == K::RoundTrips).expect("a row");
        let side = |ways| Measured { ways, ..Measured::default() };
        assert_eq!(trips.cell(&side(None), Lang::En), "–");
        assert_eq!(trips.cell(&side(Some([2, 2])), Lang::En), "1");
        assert_eq!(trips.cell(&side(Some([2, 5])), Lang::En), "1 (most 2.5)");
    }
}

//! What is offered at a place of a scenario's text, which stands where the first `|` does: any text is answered, within bounds, and
//! what is offered can be said.

use muster_core::process::Phrase;
use muster_core::scenario::complete::complete;
use muster_words::{Lang, NoNames};

fn main() {
    afl::fuzz!(|bytes: &[u8]| {
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        let (before, after) = text.split_once('|').unwrap_or((text, ""));
        let line = before.matches('\n').count() as u32 + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u32 + 1;
        let completion = complete(&[before, after].concat(), line, column, muster_core::systems::all());
        assert!(completion.typed < column, "more was typed than stands there");
        assert!(completion.offers.len() <= 100, "more than anybody reads");
        completion.expected.iter().for_each(said);
        for offer in &completion.offers {
            assert!(offer.text.contains(&*offer.name), "{offer:?}");
            offer.about.iter().for_each(said);
        }
    });
}

fn said(phrase: &Phrase) {
    for lang in Lang::ALL {
        assert!(!muster_words::text(phrase, &NoNames, *lang).is_empty(), "nothing is said");
    }
}

//! The diagram as a picture to keep: the stretch in view, by the painters that draw it on the screen.

use super::bar::{hidden, too_much};
use super::front::{Over, over, under};
use super::lanes::left_of;
use super::layer::{self, Plot, TOP};
use super::rows::Rows;
use super::state::chosen;
use crate::desk::Desk;
use crate::export::{Drawing, Pen, Sign};
use crate::number::px;
use crate::panel::View;
use crate::stage::paint::Ink;
use crate::state::Page;

/// A row's height, in pixels: words have room.
const ROW: f64 = 34.0;

/// Draws the stretch in view.
pub fn picture(pen: &Pen, ink: &Ink, desk: &Desk, page: &Page, view: View) -> Option<Drawing> {
    let window = page.window.as_deref()?;
    let rows = Rows::new(&window.lanes, &page.diagram.sieve);
    // As wide as it is in its panel, whether that is open or not.
    let panel = web_sys::window()?.document()?.query_selector(".time").ok().flatten()?;
    let width = panel.get_bounding_client_rect().width();
    let (left, high) = (left_of(width), ROW * ink.scale);
    let size = (width - left - 8.0, TOP + rows.all.len() as f64 * high + 8.0);
    let now = page.now().nanos() as f64;
    let canvas = pen.context();
    let plot = Plot { canvas, ink, desk, rows: &rows, high, left, view: view.following(now), size };
    names(&plot);
    pen.write(&format!(
        "<clipPath id=\"lanes\"><path d=\"M{} 0H{}V{}H{0}z\"/></clipPath><g clip-path=\"url(#lanes)\">",
        px(left - 4.0),
        px(width),
        px(size.1)
    ));
    canvas.set_line_cap("butt");
    under(&plot, Some(window), now, page.frame.as_ref().is_some_and(|frame| frame.place == page.head));
    // The strip's painter begins at nothing.
    pen.write("<g transform=\"translate(");
    pen.write(&px(left));
    pen.write(" 0)\">");
    let words = layer::paint(&Plot { left: 0.0, ..plot }, Some(window), &page.marks, (0.0, size.0));
    pen.write("</g>");
    let selected = chosen(page);
    let look = Over {
        window: Some(window),
        checks: &page.checks,
        diagram: &page.diagram,
        selected,
        now,
        words: (&words, left),
    };
    over(&plot, &look);
    pen.write("</g>");
    let sieve = &page.diagram.sieve;
    let kinds = window.kinds.iter().filter(|kind| !sieve.without.contains(&kind.kind));
    let signs = kinds.map(|kind| Sign { shape: kind.card, words: desk.word(kind.kind) }).collect();
    let mut said = vec![hidden(desk, sieve), too_much(desk, window)];
    said.retain(|words| !words.is_empty());
    Some(Drawing { size: (width, size.1), signs, said })
}

/// Whose lane each row is, shortened to the room they have.
fn names(plot: &Plot<'_>) {
    plot.font(12.0, 600);
    plot.canvas.set_fill_style_str(&plot.ink.ink);
    let wide = |words: &str| plot.canvas.measure_text(words).map_or(0.0, |text| text.width());
    for (index, row) in plot.rows.all.iter().enumerate() {
        let Some(first) = row.ids.first() else { continue };
        let mut name = plot.desk.names.of_process(*first);
        if row.ids.len() > 1 {
            name.push_str(" +");
            name.push_str(&(row.ids.len() - 1).to_string());
        }
        if wide(&name) > plot.left - 18.0 {
            while name.pop().is_some() && wide(&name) > plot.left - 28.0 {}
            name.push('…');
        }
        let _ = plot.canvas.fill_text(&name, 10.0, plot.y(index) + 4.0);
    }
}

//! Tables for a terminal: aligned, without frames, as wide as it is.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

/// A table of words.
pub fn words(titles: Vec<String>, rows: Vec<Vec<String>>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(titles).add_rows(rows);
    table
}

/// A table of numbers behind a first column of names.
pub fn numbers(titles: Vec<String>, rows: Vec<Vec<String>>) -> Table {
    let mut table = words(titles, rows);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

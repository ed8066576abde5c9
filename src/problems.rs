//! What is wrong with a text, shown where it is wrong.

use crate::output::{BAD, DIM, GOOD, NOTABLE, Out, STRONG};
use crate::words::{T, words};
use muster_core::session::api::Problem;
use muster_core::session::headless::Cast;
use muster_words::Lang;
use serde_json::{Value, json};
use std::fmt::{self, Write};
use unicode_width::UnicodeWidthChar;

/// The longest stretch of a source line that is shown.
const SHOWN: usize = 120;

/// One problem: `file:line:column`, what was found and expected, the line with a caret, the nearest valid name.
pub fn print(out: &mut Out, file: &str, text: &[u8], problem: &Problem, lang: Lang) -> fmt::Result {
    let (style, label) = if problem.warning { (NOTABLE, T::Warning) } else { (BAD, T::Error) };
    let place = if problem.line > 0 {
        format!("{file}:{}:{}", problem.line, problem.column.max(1))
    } else {
        file.into()
    };
    let label = out.paint(style, label.say(lang));
    let place = out.paint(STRONG, place);
    let path = if problem.path.is_empty() { String::new() } else { format!("{}: ", problem.path) };
    writeln!(out, "{place}: {label}: {path}{}", words(&problem.phrase, &Cast::default(), lang))?;
    if let Some((number, line, caret)) = excerpt(text, problem) {
        let bar = out.paint(DIM, format_args!("{number:>5} | "));
        writeln!(out, "{bar}{line}")?;
        let bar = out.paint(DIM, "      | ");
        let caret = out.paint(style, caret);
        writeln!(out, "{bar}{caret}")?;
    }
    if let Some(nearest) = &problem.nearest {
        let nearest = out.paint(GOOD, nearest);
        writeln!(out, "        {} {nearest}?", T::DidYouMean.say(lang))?;
    }
    Ok(())
}

/// The line, cut to what fits a terminal, and carets below what is wrong.
fn excerpt(text: &[u8], problem: &Problem) -> Option<(u32, String, String)> {
    let line = text.split(|byte| *byte == b'\n').nth(problem.line.checked_sub(1)? as usize)?;
    let line = String::from_utf8_lossy(line);
    let column = problem.column.max(1) as usize - 1;
    let first = column.saturating_sub(SHOWN / 2);
    let shown: Vec<char> = line.trim_end().chars().skip(first).take(SHOWN).map(plain).collect();
    if shown.iter().all(|c| c.is_whitespace()) && column > 0 && shown.len() < column - first {
        return None;
    }
    let room = shown.len().saturating_sub(column - first).max(1);
    let indent: String = shown.iter().take(column - first).map(|c| wide(*c)).collect();
    let carets = "^".repeat((problem.length.max(1) as usize).min(room));
    Some((problem.line, shown.into_iter().collect(), indent + &carets))
}

/// Nothing that moves a terminal's cursor.
fn plain(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}

/// As wide a blank as the character: East Asian wide ones take two columns.
fn wide(c: char) -> String {
    " ".repeat(c.width().unwrap_or(0))
}

/// One problem as an object.
pub fn object(file: &str, problem: &Problem, lang: Lang) -> Value {
    let place = |number: u32| (number > 0).then_some(number);
    json!({
        "type": if problem.warning { "warning" } else { "error" },
        "file": file,
        "line": place(problem.line),
        "column": place(problem.column),
        "length": problem.length,
        "path": problem.path,
        "key": problem.phrase.key.as_str(),
        "message": words(&problem.phrase, &Cast::default(), lang),
        "nearest": problem.nearest,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use muster_core::process::Phrase;
    use muster_core::words::kernel::KernelKey;

    fn problem(line: u32, column: u32, length: u32) -> Problem {
        let phrase = Phrase::bare(KernelKey::Beginning);
        Problem { line, column, length, path: "".into(), phrase, nearest: None, warning: false }
    }

    #[test]
    fn the_caret_stands_below_what_is_wrong() {
        let text = "a: 1\nsystems: [x, 领导者, y]\n".as_bytes();
        let (number, line, caret) = excerpt(text, &problem(2, 11, 1)).unwrap();
        assert_eq!((number, line.as_str()), (2, "systems: [x, 领导者, y]"));
        assert_eq!(caret, "          ^");
        let (_, _, caret) = excerpt(text, &problem(2, 19, 1)).unwrap();
        assert_eq!(caret, format!("{}^", " ".repeat(13 + 6 + 2)));
    }

    #[test]
    fn places_outside_the_text_and_long_lines_do_no_harm() {
        assert!(excerpt(b"", &problem(7, 3, 1)).is_none());
        assert!(excerpt(b"abc", &problem(0, 0, 1)).is_none());
        let long = format!("{}!{}", "x".repeat(100_000), "y".repeat(100_000));
        let (_, line, caret) = excerpt(long.as_bytes(), &problem(1, 100_001, 9)).unwrap();
        assert_eq!(line.chars().nth(caret.find('^').unwrap()), Some('!'));
        assert!(line.len() <= SHOWN);
        let (_, _, caret) = excerpt(b"ab", &problem(1, 1_000, u32::MAX)).unwrap_or_default();
        assert!(caret.len() < 200);
        assert!(excerpt(b"\xff\xfe\n", &problem(1, 1, 1)).is_some());
    }
}

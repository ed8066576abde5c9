//! Where the command's text goes: buffered, coloured if somebody looks, quiet if nobody reads any more.

use anstyle::AnsiColor;
pub use anstyle::Style;
use std::fmt;
use std::io::{self, BufWriter, ErrorKind, Write};

/// Standard output or a file.
pub struct Out {
    to: Box<dyn Write>,
    /// Colours are wanted: a terminal, and no NO_COLOR.
    pub colour: bool,
    /// Whoever read it has gone; what is written is dropped.
    gone: bool,
    failed: Option<io::Error>,
}

impl Out {
    /// Standard output.
    pub fn standard() -> Self {
        let stdout = io::stdout();
        let colour = anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
        Out::new(stdout, colour)
    }

    /// Standard error.
    pub fn error() -> Self {
        let stderr = io::stderr();
        let colour = anstream::AutoStream::choice(&stderr) != anstream::ColorChoice::Never;
        Out::new(stderr, colour)
    }

    /// Any other place.
    pub fn new(to: impl Write + 'static, colour: bool) -> Self {
        Out { to: Box::new(BufWriter::with_capacity(1 << 16, to)), colour, gone: false, failed: None }
    }

    /// Nobody reads any more: long work may end.
    pub fn gone(&self) -> bool {
        self.gone || self.failed.is_some()
    }

    fn settle(&mut self, result: io::Result<()>) {
        match result {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => self.gone = true,
            Err(error) => self.failed = self.failed.take().or(Some(error)),
            Ok(()) => {}
        }
    }

    /// Writes out what is buffered, so that a reader sees it now.
    pub fn flush(&mut self) {
        if !self.gone() {
            let result = self.to.flush();
            self.settle(result);
        }
    }

    /// Writes out what is buffered. An error other than a reader who left is reported.
    pub fn finish(&mut self) -> io::Result<()> {
        self.flush();
        self.failed.take().map_or(Ok(()), Err)
    }

    /// Text in a style, if colours are wanted.
    pub fn paint(&self, style: Style, text: impl fmt::Display) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_string() }
    }
}

/// An error here means that nobody reads any more or the disk is full: stop; [`Out::finish`] tells which.
impl fmt::Write for Out {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.gone() {
            return Err(fmt::Error);
        }
        let result = self.to.write_all(text.as_bytes());
        self.settle(result);
        if self.gone() { Err(fmt::Error) } else { Ok(()) }
    }
}

/// Good.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// Bad.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// Of note.
pub const NOTABLE: Style = AnsiColor::Yellow.on_default();
/// Less important.
pub const DIM: Style = Style::new().dimmed();
/// A title.
pub const STRONG: Style = Style::new().bold();

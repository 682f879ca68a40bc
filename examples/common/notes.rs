//! What is said on standard error: what was skipped and why, how far the work is; and how a
//! program ends.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Counts what was read and what was not, and tells.
pub(crate) struct Notes {
    program: &'static str,
    pub(crate) used: u64,
    pub(crate) skipped: u64,
    bar: Option<Bar>,
}

struct Bar {
    total: u64,
    drawn: Instant,
    shown: bool,
}

impl Notes {
    pub(crate) fn new(program: &'static str) -> Self {
        Self { program, used: 0, skipped: 0, bar: None }
    }

    /// Shows a bar for `total` bytes of input; on a terminal only.
    pub(crate) fn with_bar(mut self, total: Option<u64>) -> Self {
        if io::stderr().is_terminal() {
            let total = total.unwrap_or(0);
            self.bar = Some(Bar { total, drawn: Instant::now(), shown: false });
        }
        self
    }

    /// A line that was skipped.
    pub(crate) fn skip(&mut self, source: &dyn Display, line: u64, wrong: &str) {
        self.skipped += 1;
        self.say(&format_args!("{source}:{line}: {wrong}"));
    }

    /// A source that could not be read, or not to its end.
    pub(crate) fn lost(&mut self, source: &dyn Display, error: &io::Error) {
        self.skipped += 1;
        self.say(&format_args!("{source}: cannot be read: {error}; expected a readable file"));
    }

    pub(crate) fn say(&mut self, what: &dyn Display) {
        self.clear();
        eprintln!("{}: {what}", self.program);
    }

    /// Draws the bar anew, ten times a second at most.
    pub(crate) fn advance(&mut self, bytes: u64) {
        let used = self.used;
        let Some(bar) = &mut self.bar else { return };
        if bar.drawn.elapsed() < Duration::from_millis(100) {
            return;
        }
        bar.drawn = Instant::now();
        bar.shown = true;
        if bar.total == 0 {
            eprint!("\r\x1b[K{used} posts");
        } else {
            let share = (bytes as f64 / bar.total as f64).min(1.0);
            let full = (share * 30.0) as usize;
            let bars = "█".repeat(full) + &"░".repeat(30 - full);
            eprint!("\r\x1b[K{bars} {:>3.0} %  {used} posts", share * 100.0);
        }
        let _ = io::stderr().flush();
    }

    /// Takes the bar off the screen.
    pub(crate) fn clear(&mut self) {
        if let Some(bar) = &mut self.bar
            && std::mem::take(&mut bar.shown)
        {
            eprint!("\r\x1b[K");
        }
    }

    /// 0 when all was read, 1 when some was skipped, 2 when nothing was of use. A reader of ours
    /// that has gone away ends the work quietly.
    pub(crate) fn end(&mut self, written: io::Result<()>) -> ExitCode {
        self.clear();
        match written {
            Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
                self.say(&format_args!("cannot write: {e}"));
                ExitCode::from(2)
            }
            _ if self.used == 0 => {
                self.say(&"nothing usable in the input; expected one post or more");
                ExitCode::from(2)
            }
            _ => ExitCode::from(u8::from(self.skipped > 0)),
        }
    }
}

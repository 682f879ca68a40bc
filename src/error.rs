//! The one error type of the crate.

use std::fmt;
use std::sync::Arc;

/// What went wrong while *building* something: a lexicon row, a reply template, a post read from
/// JSON. Scoring never fails.
///
/// The type is opaque so that it can grow; ask it with the `is_*` predicates and the location
/// getters. Its `Display` form is one line, `source:line:column: what was found, what was
/// expected`. Cloning is cheap.
///
/// ```
/// use doleance::Analyzer;
///
/// let err = Analyzer::builder()
///     .lexicon("my.tsv", "term\tvalence\nsloow\tvery bad\n")
///     .build()
///     .unwrap_err();
/// assert!(err.is_lexicon());
/// assert_eq!(err.source_name(), "my.tsv");
/// assert_eq!(err.line(), Some(2));
/// ```
#[derive(Clone, thiserror::Error)]
#[error("{inner}")]
pub struct Error {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    source: String,
    line: Option<usize>,
    column: Option<usize>,
    message: String,
}

/// How many bytes of a message are kept.
const LONGEST_MESSAGE: usize = 1_500;

/// What was being built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    Lexicon,
    Template,
    Input,
    Setting,
}

impl fmt::Display for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        write!(f, ": {}", self.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({:?}: {})", self.inner.kind, self.inner)
    }
}

fn breaks(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

impl Error {
    pub(crate) fn new(
        kind: ErrorKind,
        source: impl Into<String>,
        line: Option<usize>,
        column: Option<usize>,
        message: impl Into<String>,
    ) -> Self {
        let mut message = message.into();
        // A line break quoted from a file would make two lines of a log.
        if message.contains(breaks) {
            message = message.chars().map(|c| if breaks(c) { ' ' } else { c }).collect();
        }
        // What was found is quoted and may be a line of any length; what was expected stands last.
        if message.len() > LONGEST_MESSAGE {
            let mut head = LONGEST_MESSAGE / 2;
            let mut tail = message.len() - head;
            while !message.is_char_boundary(head) {
                head -= 1;
            }
            while !message.is_char_boundary(tail) {
                tail += 1;
            }
            message.replace_range(head..tail, " … ");
        }
        let inner = Inner { kind, source: source.into(), line, column, message };
        Self { inner: Arc::new(inner) }
    }

    /// The name given to the text that was read: a file name, or whatever the caller chose.
    #[must_use]
    pub fn source_name(&self) -> &str {
        &self.inner.source
    }

    /// The line the fault is on, counted from 1, where the source has lines.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.inner.line
    }

    /// The column the fault is at, counted from 1 (a tab-separated file counts its cells).
    #[must_use]
    pub fn column(&self) -> Option<usize> {
        self.inner.column
    }

    /// What was found and what was expected, without the location.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.inner.message
    }

    /// Whether a lexicon row was at fault.
    #[must_use]
    pub fn is_lexicon(&self) -> bool {
        self.inner.kind == ErrorKind::Lexicon
    }

    /// Whether a reply template was at fault.
    #[must_use]
    pub fn is_template(&self) -> bool {
        self.inner.kind == ErrorKind::Template
    }

    /// Whether a value given in code, such as a name or a time, was at fault.
    #[must_use]
    pub fn is_input(&self) -> bool {
        self.inner.kind == ErrorKind::Input
    }

    /// Whether a setting of a builder was out of its range.
    #[must_use]
    pub fn is_setting(&self) -> bool {
        self.inner.kind == ErrorKind::Setting
    }
}

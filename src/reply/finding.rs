//! What a second reader finds.

use super::names::{FindingKind, FindingSeverity};
use crate::text::Span;

/// Something a draft would better not say, or should.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Finding {
    pub(super) kind: FindingKind,
    pub(super) severity: FindingSeverity,
    pub(super) span: Option<Span>,
    pub(super) why: String,
    pub(super) fix: String,
}

impl Finding {
    /// What it is.
    #[must_use]
    pub fn kind(&self) -> FindingKind {
        self.kind
    }

    /// How grave it is.
    #[must_use]
    pub fn severity(&self) -> FindingSeverity {
        self.severity
    }

    /// Where the draft says it; `None` when it is about the whole draft, or about what is not
    /// there.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.span
    }

    /// Why it matters, in the language of the draft, with where that is known from.
    #[must_use]
    pub fn why(&self) -> &str {
        &self.why
    }

    /// What to do instead.
    #[must_use]
    pub fn fix(&self) -> &str {
        &self.fix
    }
}

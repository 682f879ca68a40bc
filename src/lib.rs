//! doleance (being built)
mod analyzer;
mod assessment;
mod error;
mod lexicon;
mod names;
mod post;
mod pulse;
mod reading;
pub mod reply;
mod score;
pub mod text;
#[cfg(feature = "serde")]
mod times;

pub use analyzer::{Analyzer, AnalyzerBuilder, Scratch};
pub use assessment::*;
pub use error::Error;
pub use names::{Named, Set};
pub use post::{Amplifier, Attachment, Author, Channel, Engagement, Language, Post, Speaker, Turn};
pub use pulse::{Observation, Pulse, PulseBuilder, PulseLevel, PulseReason, PulseState};
pub use reply::{
    Catalogue, Escape, Finding, FindingKind, FindingSeverity, Platform, Register, Rendered,
    Suggestion, Template, Values, Voice,
};

//! What to answer: reply templates, which of them fit a post, and a second reader for the replies
//! a team writes itself.
//!
//! The [`Catalogue`] holds templates as data; [`suggest`] ranks those that fit a post and its
//! assessment in the [`Voice`] of the brand; a [`Suggestion`] is rendered with the caller's
//! [`Values`]; [`review`] reads a draft against the same knowledge.
//!
//! What the templates do follows the literature named in their `source`: name the issue, apologise
//! once and without "if", say who does what by when; explain and show empathy to who is angry;
//! offer compensation in private only; never only "write to us in private"; ask for no personal
//! data in public; hand formal threats to a named owner and admit nothing.

mod catalogue;
mod cues;
mod emoji;
mod fill;
mod finding;
mod intent;
mod names;
mod need;
mod patterns;
mod reader;
mod render;
mod review;
mod shapes;
mod suggest;
mod template;
mod told;
mod topics;
mod voice;
mod words;

pub use catalogue::Catalogue;
pub use finding::Finding;
pub use names::{
    Arousal, FindingKind, FindingSeverity, LengthClass, Move, Platform, Region, Register, Sector,
    Special, Stage,
};
pub use render::{Escape, Rendered, Values};
pub use review::review;
pub use suggest::{Suggestion, suggest};
pub use template::{Exported, Template};
pub use voice::Voice;

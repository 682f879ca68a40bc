//! Reads customer complaints in French and English, in process, and says why.
//!
//! A post goes in; an [`Assessment`] comes out: language, sentiment with arousal, intent, complaint
//! with severity, reasons and requests, escalation with the threats the writer makes, spread, how
//! fast to answer. [`explain`](Analyzer::explain) gives the words behind every number,
//! [`suggest`](Analyzer::suggest) the replies a care team could send.
//!
//! ```
//! use doleance::{Analyzer, Channel, Post, Severity, ThreatKind};
//!
//! let analyzer = Analyzer::new();
//! let post = Post::from("Third call, still nobody can help. You are thieves, see you in court.")
//!     .channel(Channel::PublicSocial)
//!     .followers(1_200);
//! let said = analyzer.analyze(&post);
//!
//! assert!(said.complaint().is_complaint());
//! assert_eq!(said.complaint().severity(), Severity::Blame);
//! assert!(said.escalation().threats().kinds().contains(ThreatKind::Legal));
//!
//! // Why? Base plus evidence is the raw value, in log-odds.
//! let why = analyzer.explain(&post);
//! let reasons = why.evidence_for(doleance::Head::Escalation);
//! assert!(reasons.map(|reason| reason.weight()).sum::<f64>() > 0.0);
//! ```
//!
//! # The rooms of the house
//!
//! | | |
//! |---|---|
//! | [`Analyzer`] | the one entry type: immutable, `Send + Sync`, cheap to clone; [`AnalyzerBuilder`] loads lexicons and templates of your own, [`Scratch`] holds the buffers of a thread |
//! | [`Post`] | a text and what is known around it: channel, author, reach, history, thread |
//! | [`Assessment`] | what the crate says: [`Sentiment`], [`Intent`], [`Complaint`], [`Escalation`], [`Virality`], [`Priority`], with stable names and documented ranges |
//! | [`Explanation`] | the same with [`Evidence`]: which words, which fields, how much each |
//! | [`reply`] | templates as data, which of them fit, rendering, and a second reader for drafts |
//! | [`Pulse`] | many posts over time: a storm told from noise |
//! | [`text`] | the tokenizers by themselves: Unicode words, the tokens of posts, sentences; folding, stemming |
//! | [`Error`] | what can go wrong while *building*; scoring cannot fail |
//!
//! # Cost
//!
//! [`Analyzer::new`] reads tables that were compiled with the crate and costs microseconds. A post
//! takes time linear in its length, some microseconds for a tweet.
//! [`analyze_with`](Analyzer::analyze_with) allocates nothing once its [`Scratch`] is warm;
//! [`analyze`](Analyzer::analyze) keeps one for the thread. [`explain`](Analyzer::explain) and
//! [`suggest`](Analyzer::suggest) allocate and take longer: call them for the posts somebody looks
//! at. Loading an overlay compiles the lexicons anew: about a second and some hundred megabytes,
//! once.
//!
//! # Untrusted input
//!
//! Any `&str` gives an assessment: no panic, finite numbers in their ranges, linear time and memory,
//! the same bits on every run, thread and platform. The library reads no file, environment or clock,
//! opens no connection, logs nothing, and has no `unsafe`. Lexicons and templates are checked when
//! they are loaded, bounded in size, and fail with an [`Error`] that names source, line and column.
//! Bound the length of what you accept: linear time is time all the same.
//!
//! # Features
//!
//! - `serde` (default): `Serialize` and `Deserialize` with stable snake_case names.
//! - `rayon`: `Analyzer::analyze_batch`, many posts on all cores.
//!
//! # Limits
//!
//! Scores rank and sort; they do not decide alone. Probabilities are calibrated on labelled posts of
//! some trades, platforms and years; on yours they shift. The risk of escalation says what a post
//! says, not what its writer will do. Dry irony, pictures and allusions are missed, dialects and
//! other languages less well read. The README's section "Limits" says more, and what must be left
//! to a person.

#![cfg_attr(
    not(test),
    deny(
        clippy::dbg_macro,
        clippy::disallowed_methods,
        clippy::disallowed_types,
        clippy::print_stderr,
        clippy::print_stdout,
        clippy::todo
    )
)]

mod analyzer;
mod assessment;
#[cfg(feature = "rayon")]
mod batch;
mod error;
mod exp;
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

/// The examples of the README, run with the others.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

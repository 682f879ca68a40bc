//! What the crate says of a post.
//!
//! Names are stable: they are the JSON, and a snapshot test holds them.

mod escalation;
mod evidence;
mod spread;
mod verdict;

pub use escalation::{
    Country, Escalation, Mitigation, RiskBand, Situation, Threat, ThreatKind, Threats,
};
pub use evidence::{Evidence, EvidenceKind, Explanation, Field, Head, HeadScore, Source};
pub use spread::{
    Basis, Confidence, Priority, PriorityLevel, PriorityRule, Virality, ViralityBand,
};
pub use verdict::{
    Complaint, Flag, Intent, IntentKind, LanguageCode, LanguageGuess, Reason, Request, Sentiment,
    SentimentLabel, SentimentLevel, Severity,
};

use crate::names::Set;

/// The version of the JSON form.
pub const SCHEMA: u32 = 1;

/// The version of the numbers: it changes whenever a score may.
pub const SCORES: &str = "0.1.0";

/// Everything the crate says of one post: small, `Copy`-cheap to clone, holding no text.
///
/// Probabilities lie in [0, 1]; other ranges are stated at their getter. With the `serde` feature
/// it writes and reads one JSON object.
///
/// ```
/// use doleance::Analyzer;
///
/// let said = Analyzer::new().analyze("Toujours aucune réponse, c'est inadmissible !");
/// assert!(said.complaint().is_complaint());
/// assert!(said.sentiment().polarity() < 0.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Assessment {
    pub(crate) schema: u32,
    pub(crate) scores: ScoresVersion,
    pub(crate) language: LanguageGuess,
    pub(crate) sentiment: Sentiment,
    pub(crate) intent: Intent,
    pub(crate) me_too: bool,
    pub(crate) complaint: Complaint,
    pub(crate) escalation: Escalation,
    pub(crate) flags: Set<Flag>,
    pub(crate) virality: Virality,
    pub(crate) priority: Priority,
}

impl Assessment {
    /// The version of the JSON form, [`SCHEMA`].
    #[must_use]
    pub fn schema(&self) -> u32 {
        self.schema
    }

    /// What made the numbers: this crate's score version, and the overlays if any were loaded.
    #[must_use]
    pub fn scores(&self) -> ScoresVersion {
        self.scores
    }

    /// The language of the post.
    #[must_use]
    pub fn language(&self) -> LanguageGuess {
        self.language
    }

    /// How the post feels.
    #[must_use]
    pub fn sentiment(&self) -> &Sentiment {
        &self.sentiment
    }

    /// What the post is for.
    #[must_use]
    pub fn intent(&self) -> &Intent {
        &self.intent
    }

    /// Whether the writer joins a complaint of somebody else's ("same here").
    #[must_use]
    pub fn me_too(&self) -> bool {
        self.me_too
    }

    /// Whether it is a complaint, how severe, about what, and what is asked for.
    #[must_use]
    pub fn complaint(&self) -> &Complaint {
        &self.complaint
    }

    /// Whether the writer takes it further.
    #[must_use]
    pub fn escalation(&self) -> &Escalation {
        &self.escalation
    }

    /// What stands beside any score: danger, a vulnerable writer, abuse.
    #[must_use]
    pub fn flags(&self) -> Set<Flag> {
        self.flags
    }

    /// Whether it will spread.
    #[must_use]
    pub fn virality(&self) -> &Virality {
        &self.virality
    }

    /// How fast to answer.
    #[must_use]
    pub fn priority(&self) -> &Priority {
        &self.priority
    }
}

/// What made a set of numbers: [`SCORES`], followed by a hash when overlays changed the lexicons.
///
/// In JSON `"0.1.0"` or `"0.1.0+00c0ffee"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ScoresVersion {
    version: [u16; 3],
    overlay: Option<u32>,
}

impl ScoresVersion {
    pub(crate) fn current(overlay: Option<u32>) -> Self {
        const VERSION: [u16; 3] = version(SCORES.as_bytes());
        Self { version: VERSION, overlay }
    }

    /// The hash of the overlays, if there were any.
    #[must_use]
    pub fn overlay(self) -> Option<u32> {
        self.overlay
    }
}

impl std::fmt::Display for ScoresVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [major, minor, patch] = self.version;
        write!(f, "{major}.{minor}.{patch}")?;
        self.overlay.map_or(Ok(()), |hash| write!(f, "+{hash:08x}"))
    }
}

/// The three numbers of [`SCORES`].
const fn version(text: &[u8]) -> [u16; 3] {
    let mut numbers = [0; 3];
    let (mut at, mut i) = (0, 0);
    while i < text.len() {
        match text[i] {
            b'.' => at += 1,
            digit => numbers[at] = numbers[at] * 10 + (digit - b'0') as u16,
        }
        i += 1;
    }
    numbers
}

#[cfg(feature = "serde")]
fn parse_version(text: &str) -> Option<ScoresVersion> {
    let (numbers, overlay) = match text.split_once('+') {
        Some((numbers, hash)) => (numbers, Some(u32::from_str_radix(hash, 16).ok()?)),
        None => (text, None),
    };
    let mut parts = numbers.split('.');
    let mut version = [0; 3];
    for slot in &mut version {
        *slot = parts.next()?.parse().ok()?;
    }
    parts.next().is_none().then_some(ScoresVersion { version, overlay })
}

#[cfg(feature = "serde")]
impl serde::Serialize for ScoresVersion {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for ScoresVersion {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        parse_version(&text).ok_or_else(|| {
            serde::de::Error::custom("expected a version such as 0.1.0 or 0.1.0+00c0ffee")
        })
    }
}

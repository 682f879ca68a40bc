//! The words behind every number.

use std::fmt;

use super::Assessment;
use super::verdict::{IntentKind, Reason, Request, Severity};
use crate::names::{Named, named_enum};
use crate::text::Span;

/// A number that evidence adds up to.
///
/// Its name is the column of the learned lexicon: `negative`, `reason.delivery`,
/// `severity.blame` (at least that level) and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Head {
    /// French (above 0) against English (below).
    Language,
    /// Log-odds share of negative sentiment.
    Negative,
    /// Log-odds share of neutral sentiment.
    Neutral,
    /// Log-odds share of positive sentiment.
    Positive,
    /// How stirred the writer is.
    Arousal,
    /// Irony.
    Irony,
    /// Complaint or not.
    Complaint,
    /// What the post is for.
    Intent(IntentKind),
    /// Severity of at least that level, given a complaint.
    Severity(Severity),
    /// What it is about.
    Reason(Reason),
    /// What is asked for.
    Request(Request),
    /// Contacted before without success.
    Repeat,
    /// Any threat of the writer's.
    Threat,
    /// Insults or threats to staff.
    Abuse,
    /// Escalation risk.
    Escalation,
    /// ln(1 + shares).
    Virality,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Language => "language",
            Self::Negative => "negative",
            Self::Neutral => "neutral",
            Self::Positive => "positive",
            Self::Arousal => "arousal",
            Self::Irony => "irony",
            Self::Complaint => "complaint",
            Self::Intent(kind) => return write!(f, "intent.{kind}"),
            Self::Severity(level) => return write!(f, "severity.{level}"),
            Self::Reason(reason) => return write!(f, "reason.{reason}"),
            Self::Request(request) => return write!(f, "request.{request}"),
            Self::Repeat => "repeat",
            Self::Threat => "threat",
            Self::Abuse => "abuse",
            Self::Escalation => "escalation",
            Self::Virality => "virality",
        };
        f.pad(name)
    }
}

impl Head {
    /// The head of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name.split_once('.') {
            Some(("intent", kind)) => Self::Intent(Named::from_name(kind)?),
            Some(("severity", level)) => match Named::from_name(level)? {
                Severity::None | Severity::NoExplicitReproach => return None,
                level => Self::Severity(level),
            },
            Some(("reason", reason)) => Self::Reason(Named::from_name(reason)?),
            Some(("request", request)) => Self::Request(Named::from_name(request)?),
            Some(_) => return None,
            None => match name {
                "language" => Self::Language,
                "negative" => Self::Negative,
                "neutral" => Self::Neutral,
                "positive" => Self::Positive,
                "arousal" => Self::Arousal,
                "irony" => Self::Irony,
                "complaint" => Self::Complaint,
                "repeat" => Self::Repeat,
                "threat" => Self::Threat,
                "abuse" => Self::Abuse,
                "escalation" => Self::Escalation,
                "virality" => Self::Virality,
                _ => return None,
            },
        })
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Head {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Head {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let name = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        Self::from_name(&name)
            .ok_or_else(|| serde::de::Error::custom("expected the name of a head"))
    }
}

named_enum! {
    /// A field of a post beside its text.
    pub enum Field {
        /// [`Post::channel`](crate::Post::channel).
        Channel = "channel",
        /// [`Post::followers`](crate::Post::followers).
        Followers = "followers",
        /// [`Post::verified`](crate::Post::verified).
        Verified = "verified",
        /// [`Post::audience`](crate::Post::audience).
        Audience = "audience",
        /// [`Post::is_reply`](crate::Post::is_reply).
        IsReply = "is_reply",
        /// [`Post::age_minutes`](crate::Post::age_minutes).
        AgeMinutes = "age_minutes",
        /// [`Post::engagement`](crate::Post::engagement).
        Engagement = "engagement",
        /// [`Post::previous_contacts`](crate::Post::previous_contacts).
        PreviousContacts = "previous_contacts",
        /// [`Post::waiting_hours`](crate::Post::waiting_hours).
        WaitingHours = "waiting_hours",
        /// [`Post::brand_replied`](crate::Post::brand_replied).
        BrandReplied = "brand_replied",
        /// [`Post::turn`](crate::Post::turn).
        Thread = "thread",
        /// [`Post::attachment`](crate::Post::attachment).
        Attachments = "attachments",
        /// [`Post::amplifier`](crate::Post::amplifier).
        Amplifiers = "amplifiers",
    }
}

/// Where evidence comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Source {
    /// Words of the post.
    Text(Span),
    /// A field beside the text.
    Context(Field),
    /// What holds for any post: the base of the head, or its length.
    Base,
}

named_enum! {
    /// What kind of evidence it is.
    pub enum EvidenceKind {
        /// The base of the head, before a word is read.
        Base = "base",
        /// A word, a pair of words or a negated word of the learned lexicon.
        Learned = "learned",
        /// A row of the valence lexicon.
        Valence = "valence",
        /// A row of the cues.
        Cue = "cue",
        /// The shape of the text: length, capitals, punctuation, links.
        Shape = "shape",
        /// A field beside the text.
        Context = "context",
        /// A rule that combines others: the result of one head feeding another.
        Rule = "rule",
    }
}

/// One reason for a number.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Evidence {
    pub(crate) head: Head,
    pub(crate) source: Source,
    pub(crate) kind: EvidenceKind,
    pub(crate) term: String,
    pub(crate) weight: f64,
}

impl Evidence {
    /// The number it is evidence for.
    #[must_use]
    pub fn head(&self) -> Head {
        self.head
    }

    /// Where it comes from.
    #[must_use]
    pub fn source(&self) -> Source {
        self.source
    }

    /// What kind it is.
    #[must_use]
    pub fn kind(&self) -> EvidenceKind {
        self.kind
    }

    /// The lexicon row, or the name of the rule.
    #[must_use]
    pub fn term(&self) -> &str {
        &self.term
    }

    /// What it adds to the head's raw value.
    #[must_use]
    pub fn weight(&self) -> f64 {
        self.weight
    }
}

/// A head's value.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct HeadScore {
    pub(crate) head: Head,
    pub(crate) raw: f64,
}

impl HeadScore {
    /// The head.
    #[must_use]
    pub fn head(&self) -> Head {
        self.head
    }

    /// Its raw value: what all its evidence, the base included, adds up to within 1e-9.
    #[must_use]
    pub fn raw(&self) -> f64 {
        self.raw
    }
}

/// An assessment with the evidence for it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Explanation {
    pub(crate) assessment: Assessment,
    pub(crate) heads: Vec<HeadScore>,
    pub(crate) evidence: Vec<Evidence>,
}

impl Explanation {
    /// The assessment, the same as [`Analyzer::analyze`](crate::Analyzer::analyze) gives.
    #[must_use]
    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    /// The raw value of every head.
    #[must_use]
    pub fn heads(&self) -> &[HeadScore] {
        &self.heads
    }

    /// The raw value of `head`, if the post was scored for it.
    #[must_use]
    pub fn raw(&self, head: Head) -> Option<f64> {
        self.heads.iter().find(|h| h.head == head).map(|h| h.raw)
    }

    /// All evidence, by head, then in order of the text.
    #[must_use]
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// The evidence for `head`, the base included.
    pub fn evidence_for(&self, head: Head) -> impl Iterator<Item = &Evidence> {
        self.evidence.iter().filter(move |e| e.head == head)
    }
}

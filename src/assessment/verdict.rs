//! Language, sentiment, intent, complaint, flags.

use crate::names::{Set, named_enum};

named_enum! {
    /// The language of a post.
    pub enum LanguageCode {
        /// French.
        French = "fr",
        /// English.
        English = "en",
        /// French and English in one post; both lexicons are read.
        Mixed = "mixed",
        /// No evidence of either: another language, or nothing to read.
        Undetermined = "und",
    }
}

/// The language of a post, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LanguageGuess {
    pub(crate) code: LanguageCode,
    pub(crate) confidence: f64,
}

impl LanguageGuess {
    /// The language.
    #[must_use]
    pub fn code(self) -> LanguageCode {
        self.code
    }

    /// How sure, in [0, 1]; 0 for [`LanguageCode::Undetermined`].
    #[must_use]
    pub fn confidence(self) -> f64 {
        self.confidence
    }
}

named_enum! {
    /// Three classes of sentiment.
    pub enum SentimentLabel {
        /// Displeased.
        Negative = "negative",
        /// Neither, or both in balance.
        Neutral = "neutral",
        /// Pleased.
        Positive = "positive",
    }
}

named_enum! {
    /// Five levels of sentiment, the ones care desks use.
    pub enum SentimentLevel {
        /// One star.
        VeryNegative = "very_negative",
        /// Two stars.
        Negative = "negative",
        /// Three stars.
        Neutral = "neutral",
        /// Four stars.
        Positive = "positive",
        /// Five stars.
        VeryPositive = "very_positive",
    }
}

/// How a post feels.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Sentiment {
    pub(crate) polarity: f64,
    pub(crate) label: SentimentLabel,
    pub(crate) level: SentimentLevel,
    pub(crate) negative: f64,
    pub(crate) neutral: f64,
    pub(crate) positive: f64,
    pub(crate) arousal: f64,
    pub(crate) irony: f64,
}

impl Sentiment {
    /// From -1, all negative, to 1, all positive: probability of positive less that of negative.
    #[must_use]
    pub fn polarity(&self) -> f64 {
        self.polarity
    }

    /// The class decided on: the likeliest of the three.
    #[must_use]
    pub fn label(&self) -> SentimentLabel {
        self.label
    }

    /// The level, cut from [`Sentiment::polarity`]. It may lean where [`Sentiment::label`] is neutral:
    /// that is decided by which class is likeliest, this by which side weighs more.
    #[must_use]
    pub fn level(&self) -> SentimentLevel {
        self.level
    }

    /// The probability that the post is negative.
    #[must_use]
    pub fn negative(&self) -> f64 {
        self.negative
    }

    /// The probability that the post is neutral.
    #[must_use]
    pub fn neutral(&self) -> f64 {
        self.neutral
    }

    /// The probability that the post is positive.
    #[must_use]
    pub fn positive(&self) -> f64 {
        self.positive
    }

    /// How stirred the writer is, in [0, 1]: anger, disgust, fear and enthusiasm are high, sadness
    /// and disappointment low. It is arousal, not valence, that makes posts spread.
    #[must_use]
    pub fn arousal(&self) -> f64 {
        self.arousal
    }

    /// The probability that the words say the opposite of what is meant.
    #[must_use]
    pub fn irony(&self) -> f64 {
        self.irony
    }
}

named_enum! {
    /// What a post is for.
    pub enum IntentKind {
        /// Something fell short of what was expected.
        Complaint = "complaint",
        /// The writer wants to know something.
        Question = "question",
        /// Thanks or praise.
        Praise = "praise",
        /// A wish or an idea for the firm.
        Suggestion = "suggestion",
        /// News, chat, jokes, advertising.
        Other = "other",
    }
}

/// What a post is for, with a probability for each kind; they add up to 1.
///
/// They are the shares of the heads `intent.*` (a softmax of their raw values), to that of a complaint about a third of the
/// log-odds of [`Complaint::probability`] added: the two seldom contradict each other. What is for asking
/// may still be about something that fell short, and be a complaint.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Intent {
    pub(crate) main: IntentKind,
    pub(crate) complaint: f64,
    pub(crate) question: f64,
    pub(crate) praise: f64,
    pub(crate) suggestion: f64,
    pub(crate) other: f64,
}

impl Intent {
    /// The main one.
    #[must_use]
    pub fn main(&self) -> IntentKind {
        self.main
    }

    /// The probability of `kind`.
    #[must_use]
    pub fn probability(&self, kind: IntentKind) -> f64 {
        match kind {
            IntentKind::Complaint => self.complaint,
            IntentKind::Question => self.question,
            IntentKind::Praise => self.praise,
            IntentKind::Suggestion => self.suggestion,
            IntentKind::Other => self.other,
        }
    }
}

named_enum! {
    /// How severe a complaint is as a speech act (Trosborg 1995; Jin & Aletras 2021). A threat is
    /// no level of it.
    pub enum Severity {
        /// Not a complaint.
        None = "none",
        /// Only states a problem or asks for help about it.
        NoExplicitReproach = "no_explicit_reproach",
        /// Dissatisfaction, annoyance or consequences, nobody named at fault.
        Disapproval = "disapproval",
        /// Says or implies that the firm did wrong.
        Accusation = "accusation",
        /// Condemns the firm or its people outright.
        Blame = "blame",
    }
}

named_enum! {
    /// What a complaint is about.
    pub enum Reason {
        /// A parcel or order late, lost or damaged on its way.
        Delivery = "delivery",
        /// Delays, queues, appointments.
        Waiting = "waiting",
        /// Nobody answers; bounced around.
        Unreachable = "unreachable",
        /// Prices, charges, invoices.
        Billing = "billing",
        /// Money to be paid back.
        Refund = "refund",
        /// A defective or poor product.
        Product = "product",
        /// A service or network down.
        Outage = "outage",
        /// The site, the app, the login.
        AppAccount = "app_account",
        /// The attitude or competence of staff.
        Staff = "staff",
        /// Cancellation, terms, subscription, a claim refused.
        Contract = "contract",
        /// A cancelled or late flight or train, luggage.
        TravelDisruption = "travel_disruption",
        /// Danger, or personal data.
        SafetyPrivacy = "safety_privacy",
        /// Bad or contradictory information.
        Communication = "communication",
        /// Something else.
        Other = "other",
    }
}

named_enum! {
    /// What the writer asks for.
    pub enum Request {
        /// An answer.
        Answer = "answer",
        /// That it be put right.
        Fix = "fix",
        /// Money back.
        Refund = "refund",
        /// Something for the trouble.
        Compensation = "compensation",
        /// Another one.
        Replacement = "replacement",
        /// To be let go.
        Cancel = "cancel",
        /// Why it happened.
        Explanation = "explanation",
        /// To be called or written to.
        Contact = "contact",
    }
}

/// Whether a post is a complaint, how severe, about what, and what is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Complaint {
    pub(crate) probability: f64,
    pub(crate) is_complaint: bool,
    pub(crate) severity: Severity,
    pub(crate) severity_if_complaint: Severity,
    pub(crate) severity_expected: f64,
    pub(crate) severity_score: f64,
    pub(crate) reasons: Set<Reason>,
    pub(crate) requests: Set<Request>,
}

impl Complaint {
    /// The probability that the post is a complaint.
    #[must_use]
    pub fn probability(&self) -> f64 {
        self.probability
    }

    /// Whether the probability reaches the threshold (a builder setting).
    #[must_use]
    pub fn is_complaint(&self) -> bool {
        self.is_complaint
    }

    /// The level; [`Severity::None`] when it is no complaint.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The most likely level, given that it is a complaint; never [`Severity::None`].
    #[must_use]
    pub fn severity_if_complaint(&self) -> Severity {
        self.severity_if_complaint
    }

    /// The expected level given that it is a complaint, in [1, 4].
    #[must_use]
    pub fn severity_expected(&self) -> f64 {
        self.severity_expected
    }

    /// The expected level times the probability of a complaint, in [0, 4].
    #[must_use]
    pub fn severity_score(&self) -> f64 {
        self.severity_score
    }

    /// What it is about; empty when it is no complaint.
    #[must_use]
    pub fn reasons(&self) -> Set<Reason> {
        self.reasons
    }

    /// What is asked for. Questions and suggestions ask for things too.
    #[must_use]
    pub fn requests(&self) -> Set<Request> {
        self.requests
    }
}

named_enum! {
    /// What stands beside any score and goes first.
    pub enum Flag {
        /// Danger to people, self-harm, a leak of personal data.
        Safety = "safety",
        /// Bereavement, illness, disability, over-indebtedness, no heating or water.
        Vulnerable = "vulnerable",
        /// Threats or insults to staff.
        Abuse = "abuse",
    }
}

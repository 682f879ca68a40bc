//! How far it may go and how fast to answer.

use crate::names::named_enum;

named_enum! {
    /// What an estimate of spread rests on, weakest first.
    pub enum Basis {
        /// The text alone: close to the base rate.
        Text = "text",
        /// The size of the author's or the page's audience.
        Followers = "followers",
        /// Counts so far and the age of the post.
        Engagement = "engagement",
    }
}

named_enum! {
    /// How much an estimate is worth.
    pub enum Confidence {
        /// A prior, hardly more.
        Low = "low",
        /// An informed guess.
        Medium = "medium",
        /// Rests on counts of this very post.
        High = "high",
    }
}

named_enum! {
    /// How likely ten shares or more are.
    pub enum ViralityBand {
        /// Below .02.
        Low = "low",
        /// From .02.
        Moderate = "moderate",
        /// From .10.
        High = "high",
        /// From .50.
        VeryHigh = "very_high",
    }
}

/// Whether a post will spread.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Virality {
    pub(crate) expected_shares: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) p10: f64,
    pub(crate) p100: f64,
    pub(crate) reach: f64,
    pub(crate) r0: f64,
    pub(crate) basis: Basis,
    pub(crate) confidence: Confidence,
    pub(crate) band: ViralityBand,
    pub(crate) backlash: bool,
    pub(crate) outside_fitted_range: bool,
}

impl Virality {
    /// The expected number of shares in the end, 0 or more: those counted, and the geometric mean
    /// of those to come. The mean of so heavy a tail would be ruled by a few giants;
    /// [`Virality::interval`] and [`Virality::p100`] tell of them. Its ln(1 + shares) is the raw
    /// value of the evidence.
    #[must_use]
    pub fn expected_shares(&self) -> f64 {
        self.expected_shares
    }

    /// The 90 % interval of the number of shares in the end, whole numbers; from 0 (or the shares
    /// counted so far) where no further share at all lies within it.
    #[must_use]
    pub fn interval(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// The probability of ten shares or more.
    #[must_use]
    pub fn p10(&self) -> f64 {
        self.p10
    }

    /// The probability of a hundred shares or more.
    #[must_use]
    pub fn p100(&self) -> f64 {
        self.p100
    }

    /// How many people are expected to see it, 1 or more: a fifth of the followers (judgement; the
    /// literature says 10 to 30 %), a twentieth of the page's fans, and a fifth of the followers of
    /// those who share it.
    #[must_use]
    pub fn reach(&self) -> f64 {
        self.reach
    }

    /// How many further shares each share brings in the second generation, 0 or more; from 1 on it
    /// grows by itself. About .03 among ordinary people: it takes a large account to reach 1.
    #[must_use]
    pub fn r0(&self) -> f64 {
        self.r0
    }

    /// What the estimate rests on.
    #[must_use]
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// What the estimate is worth.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// The band of [`Virality::p10`].
    #[must_use]
    pub fn band(&self) -> ViralityBand {
        self.band
    }

    /// Whether replies, ten or more of them, outrun shares: the sign of a crowd turning on a post.
    #[must_use]
    pub fn backlash(&self) -> bool {
        self.backlash
    }

    /// Whether the author's audience lies outside what the estimate was fitted on.
    #[must_use]
    pub fn outside_fitted_range(&self) -> bool {
        self.outside_fitted_range
    }
}

named_enum! {
    /// How urgent an answer is.
    pub enum PriorityLevel {
        /// No answer is due.
        None = "none",
        /// A plain question or thanks.
        Low = "low",
        /// An ordinary complaint.
        Normal = "normal",
        /// More is at stake.
        High = "high",
        /// Now.
        Urgent = "urgent",
    }
}

named_enum! {
    /// The rule that set a priority.
    ///
    /// Every rule that holds asks for a level; the highest is given, and the first rule of this
    /// order that asks for it is named. So nothing that is known besides, fame least of all, makes
    /// a formal threat wait.
    pub enum PriorityRule {
        /// Danger, self-harm or a data leak: urgent.
        Safety = "safety",
        /// A vulnerable writer: high, urgent if they have been waiting or asked before.
        Vulnerable = "vulnerable",
        /// A formal step whose clock runs: regulator, mediator, court, formal notice: urgent.
        RegulatorClock = "regulator_clock",
        /// The writer threatens to leave, to reverse the payment, to go to the press, to a consumer
        /// association or to the public: high. Without a complaint, leaving is normal, and naming a
        /// paper or warning others is low, unless a complaint is likely enough to be looked for.
        Threat = "threat",
        /// Contacted again without success, with accusation: high.
        DoubleDeviation = "double_deviation",
        /// Escalation risk from [`RiskBand::High`](super::RiskBand::High): high.
        EscalationRisk = "escalation_risk",
        /// A complaint that spreads: high, urgent from
        /// [`ViralityBand::VeryHigh`] or when replies outrun shares.
        Spreading = "spreading",
        /// Threats or insults to staff: high.
        Abuse = "abuse",
        /// A complaint that blames outright: high.
        SevereComplaint = "severe_complaint",
        /// A complaint made again, politely: high.
        RepeatContact = "repeat_contact",
        /// A complaint: normal.
        Complaint = "complaint",
        /// A question, or something asked for without complaint (a refund, a call): low.
        Question = "question",
        /// Praise, thanks or a suggestion: low.
        Courtesy = "courtesy",
        /// Decided to be no complaint, yet likely enough to be one to deserve a look: low.
        Doubtful = "doubtful",
        /// The brand has already replied to this very post. Flags and threats stay, one level
        /// lower; for the rest nothing is due.
        AlreadyAnswered = "already_answered",
        /// Nothing to answer: advertising, a contest, news passed on, a chat between others.
        NothingDue = "nothing_due",
    }
}

/// How fast to answer.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Priority {
    pub(crate) level: PriorityLevel,
    pub(crate) answer_within_minutes: Option<u32>,
    pub(crate) rule: PriorityRule,
}

impl Priority {
    /// The level.
    #[must_use]
    pub fn level(&self) -> PriorityLevel {
        self.level
    }

    /// The minutes to answer within, for that channel; `None` when no answer is due.
    #[must_use]
    pub fn answer_within_minutes(&self) -> Option<u32> {
        self.answer_within_minutes
    }

    /// The rule that set it.
    #[must_use]
    pub fn rule(&self) -> PriorityRule {
        self.rule
    }
}

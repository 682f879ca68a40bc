//! Whether the writer takes it further.

use crate::names::{Set, named_enum};
use crate::text::Span;

named_enum! {
    /// What the writer says they do, or tags.
    pub enum ThreatKind {
        /// Leaving, or having left.
        Churn = "churn",
        /// A lawyer, a court, the police.
        Legal = "legal",
        /// An authority that supervises the trade.
        Regulator = "regulator",
        /// A mediator or ombudsman.
        Mediator = "mediator",
        /// A consumer association.
        ConsumerOrg = "consumer_org",
        /// A newspaper, a radio or television programme.
        Press = "press",
        /// Telling everybody, warning others.
        Public = "public",
        /// Having the payment reversed.
        Chargeback = "chargeback",
        /// A formal notice: mise en demeure, letter before action.
        FormalNotice = "formal_notice",
    }
}

/// An ISO 3166-1 alpha-2 country code.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// The country of a two-letter upper-case code.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        match code.as_bytes() {
            &[a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Some(Self([a, b])),
            _ => None,
        }
    }

    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("")
    }
}

impl std::fmt::Debug for Country {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Country {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Country {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let code = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        Self::new(&code)
            .ok_or_else(|| serde::de::Error::custom("expected a country code such as FR"))
    }
}

/// One threat of the writer's.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Threat {
    pub(crate) kind: ThreatKind,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none", default))]
    pub(crate) country: Option<Country>,
    pub(crate) span: Span,
}

impl Threat {
    /// What is threatened.
    #[must_use]
    pub fn kind(&self) -> ThreatKind {
        self.kind
    }

    /// The country of the body named, where it tells one.
    #[must_use]
    pub fn country(&self) -> Option<Country> {
        self.country
    }

    /// Where the post says so.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }
}

/// At most eight threats, in order of the text, kept inline.
#[derive(Clone, Copy, PartialEq, Default)]
pub struct Threats {
    items: [Option<Threat>; Self::MOST],
    truncated: bool,
}

impl Threats {
    pub(crate) const MOST: usize = 8;

    pub(crate) fn push(&mut self, threat: Threat) {
        match self.items.iter_mut().find(|slot| slot.is_none()) {
            Some(slot) => *slot = Some(threat),
            None => self.truncated = true,
        }
    }

    /// The threats, in order of the text.
    pub fn iter(&self) -> impl Iterator<Item = &Threat> {
        self.items.iter().map_while(Option::as_ref)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items[0].is_none()
    }

    /// How many are kept, eight at most.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether the post held more than eight.
    #[must_use]
    pub fn truncated(&self) -> bool {
        self.truncated
    }

    /// The kinds threatened.
    #[must_use]
    pub fn kinds(&self) -> Set<ThreatKind> {
        self.iter().map(|t| t.kind).collect()
    }
}

impl std::fmt::Debug for Threats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Threats {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Threats {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let mut threats = Self::default();
        for threat in Vec::<Threat>::deserialize(d)? {
            threats.push(threat);
        }
        Ok(threats)
    }
}

named_enum! {
    /// How high the risk is.
    pub enum RiskBand {
        /// Below .15.
        Low = "low",
        /// From .15.
        Moderate = "moderate",
        /// From .40.
        High = "high",
        /// From .70.
        VeryHigh = "very_high",
    }
}

named_enum! {
    /// Which of the situations of Grégoire, Salle and Tripp (2015) the post is.
    pub enum Situation {
        /// None of them.
        None = "none",
        /// A complaint to the firm, right after a first failure.
        DirectFirstFailure = "direct_first_failure",
        /// Talking badly of the firm without turning to it.
        Badmouthing = "badmouthing",
        /// Turning to a third party.
        ThirdParty = "third_party",
        /// The firm failed, and failed again to put it right.
        DoubleDeviation = "double_deviation",
        /// Out to harm the firm after a double failure.
        Revenge = "revenge",
        /// Telling of a good recovery.
        RecoveryPraise = "recovery_praise",
    }
}

named_enum! {
    /// What lowers the risk.
    pub enum Mitigation {
        /// The writer says thanks.
        Thanks = "thanks",
        /// The writer asks rather than accuses.
        Question = "question",
        /// Relief was given.
        Relief = "relief",
        /// The brand has replied.
        BrandReplied = "brand_replied",
    }
}

/// Whether the writer takes it further: complains again in public, leaves, turns to others.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(from = "Read"))]
#[non_exhaustive]
pub struct Escalation {
    pub(crate) risk: f64,
    pub(crate) band: RiskBand,
    pub(crate) situation: Situation,
    pub(crate) threats: Threats,
    pub(crate) threats_truncated: bool,
    pub(crate) repeat_contact: bool,
    pub(crate) repeat_probability: f64,
    pub(crate) betrayal: bool,
    pub(crate) greed: bool,
    pub(crate) mitigations: Set<Mitigation>,
}

/// As it is read: the list of threats alone does not tell that there were more, the field beside
/// it does.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Read {
    risk: f64,
    band: RiskBand,
    situation: Situation,
    threats: Threats,
    #[serde(default)]
    threats_truncated: bool,
    repeat_contact: bool,
    repeat_probability: f64,
    betrayal: bool,
    greed: bool,
    mitigations: Set<Mitigation>,
}

#[cfg(feature = "serde")]
impl From<Read> for Escalation {
    fn from(read: Read) -> Self {
        let mut threats = read.threats;
        threats.truncated |= read.threats_truncated;
        Self {
            risk: read.risk,
            band: read.band,
            situation: read.situation,
            threats,
            threats_truncated: threats.truncated,
            repeat_contact: read.repeat_contact,
            repeat_probability: read.repeat_probability,
            betrayal: read.betrayal,
            greed: read.greed,
            mitigations: read.mitigations,
        }
    }
}

impl Escalation {
    /// Before anything is known.
    #[inline]
    pub(crate) fn none() -> Self {
        Self {
            risk: 0.0,
            band: RiskBand::Low,
            situation: Situation::None,
            threats: Threats { items: [None; Threats::MOST], truncated: false },
            threats_truncated: false,
            repeat_contact: false,
            repeat_probability: 0.0,
            betrayal: false,
            greed: false,
            mitigations: Set::new(),
        }
    }

    /// The probability that the post threatens, or complains again with accusation. It does not
    /// predict what people will do: no data here shows that.
    #[must_use]
    pub fn risk(&self) -> f64 {
        self.risk
    }

    /// The band the risk falls in.
    #[must_use]
    pub fn band(&self) -> RiskBand {
        self.band
    }

    /// Which known situation it is.
    #[must_use]
    pub fn situation(&self) -> Situation {
        self.situation
    }

    /// What the writer threatens or does.
    #[must_use]
    pub fn threats(&self) -> &Threats {
        &self.threats
    }

    /// Whether the writer has contacted the firm before without success.
    #[must_use]
    pub fn repeat_contact(&self) -> bool {
        self.repeat_contact
    }

    /// The probability of that.
    #[must_use]
    pub fn repeat_probability(&self) -> f64 {
        self.repeat_probability
    }

    /// Whether the writer feels betrayed: loyalty broken, trust lost.
    #[must_use]
    pub fn betrayal(&self) -> bool {
        self.betrayal
    }

    /// Whether the writer sees greed behind it, the strongest motive for revenge (Grégoire,
    /// Laufer & Tripp 2010).
    #[must_use]
    pub fn greed(&self) -> bool {
        self.greed
    }

    /// What lowers the risk.
    #[must_use]
    pub fn mitigations(&self) -> Set<Mitigation> {
        self.mitigations
    }
}

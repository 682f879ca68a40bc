//! The keys and names catalogue files are written with; shared, as the reader is, by the build.

/// How many values a key takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arity {
    One,
    Many,
    /// Free text, one or many.
    Free,
    /// Names of a table of the same catalogue, such as `cautions`.
    Listed,
}

/// The keys of a template beside `id`, `remove` and `body`: whether it must be there, how many
/// values it takes and which. A unit test holds the names equal to those of the crate's enums.
pub(crate) const KEYS: &[(&str, bool, Arity, &[&str])] = &[
    ("register", true, Arity::One, &["vous", "tu", "neutral"]),
    ("region", false, Arity::One, REGIONS),
    ("channels", true, Arity::Many, CHANNELS),
    ("length", true, Arity::One, &["short", "medium", "long"]),
    ("moves", true, Arity::Many, MOVES),
    ("intent", false, Arity::Many, &["complaint", "question", "praise", "suggestion", "other"]),
    ("reasons", false, Arity::Many, REASONS),
    ("requests", false, Arity::Many, REQUESTS),
    ("situations", false, Arity::Many, SITUATIONS),
    ("min_severity", false, Arity::One, SEVERITIES),
    ("max_severity", false, Arity::One, SEVERITIES),
    ("threats", false, Arity::Many, THREATS),
    ("flags", false, Arity::Many, &["safety", "vulnerable", "abuse"]),
    ("arousal", false, Arity::One, &["low", "high"]),
    ("stage", false, Arity::Many, &["first", "repeat", "after_repair"]),
    ("special", false, Arity::Many, SPECIALS),
    ("cautions", false, Arity::Listed, &[]),
    ("source", true, Arity::Free, &[]),
];

pub(crate) const REGIONS: &[&str] = &["fr-FR", "fr-BE", "fr-CA", "fr-CH", "en-GB", "en-US"];
pub(crate) const CHANNELS: &[&str] =
    &["public_social", "page_wall", "review", "forum", "direct_message", "email", "chat"];
pub(crate) const PUBLIC: &[&str] = &["public_social", "page_wall", "review", "forum"];
pub(crate) const MOVES: &[&str] = &[
    "acknowledge",
    "apology",
    "empathy",
    "explanation",
    "next_step",
    "move_private",
    "redress",
    "mediator_contact",
    "thanks",
    "closure",
    "holding",
];
pub(crate) const REASONS: &[&str] = &[
    "delivery",
    "waiting",
    "unreachable",
    "billing",
    "refund",
    "product",
    "outage",
    "app_account",
    "staff",
    "contract",
    "travel_disruption",
    "safety_privacy",
    "communication",
    "other",
];
pub(crate) const REQUESTS: &[&str] =
    &["answer", "fix", "refund", "compensation", "replacement", "cancel", "explanation", "contact"];
pub(crate) const SITUATIONS: &[&str] = &[
    "none",
    "direct_first_failure",
    "badmouthing",
    "third_party",
    "double_deviation",
    "revenge",
    "recovery_praise",
];
pub(crate) const SEVERITIES: &[&str] =
    &["none", "no_explicit_reproach", "disapproval", "accusation", "blame"];
pub(crate) const THREATS: &[&str] = &[
    "churn",
    "legal",
    "regulator",
    "mediator",
    "consumer_org",
    "press",
    "public",
    "chargeback",
    "formal_notice",
];
pub(crate) const SPECIALS: &[&str] = &[
    "spreading",
    "me_too",
    "defender",
    "misunderstanding",
    "ongoing",
    "data_leak",
    "self_harm",
    "bereavement",
    "overdue",
    "unsaid",
];
pub(crate) const SECTORS: &[&str] =
    &["any", "bank", "payment", "insurance", "energy", "telecom", "travel"];
/// Tables of phrases, and the names each may hold (none listed: any).
pub(crate) const PHRASES: &[(&str, bool, &[&str])] = &[
    ("issues", true, REASONS),
    ("requests", true, REQUESTS),
    ("cautions", false, &[]),
    ("sources", false, &[]),
    ("emergency", false, REGIONS),
    ("helpline", false, REGIONS),
];

/// The columns of `placeholders.tsv`.
#[allow(dead_code, reason = "only the build reads that file")]
pub(crate) const PLACEHOLDERS: &[&str] =
    &["name", "label_fr", "label_en", "zendesk", "chatwoot", "zammad", "freescout"];

/// The columns of `review.tsv`.
pub(crate) const RULES: &[&str] = &["term", "kind", "language", "severity", "why", "fix"];

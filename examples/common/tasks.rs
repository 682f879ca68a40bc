//! The tasks of `evaluate`: what is right of a row, and how an assessment is held against it.

use doleance::{
    Assessment, IntentKind, LanguageCode, Named, Reason, Request, SentimentLabel, Set, Severity,
    ThreatKind,
};
use serde_json::{Map, Value};

use super::measures::{Judged, Scheme};
use super::metrics::Labels;

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Task {
    /// fr or en
    Language,
    /// negative, neutral or positive
    Sentiment,
    /// complaint or other
    Complaint,
    /// Four levels, given that it is a complaint
    Severity,
    /// 1 to 5, against polarity
    Stars,
    /// A number from -4 to 4, against polarity
    Intensity,
    /// What a complaint is about: a list, or one of the airline reasons
    Reasons,
    /// What is asked for: a list
    Requests,
    /// What the writer threatens: a list, or threat or other
    Threats,
    /// What the post is for
    Intent,
    /// Whether the writer has contacted the firm before
    Repeat,
    /// true or false, or irony or other
    Irony,
    /// A threat, or a repeat with accusation; on severity labels, at least accusation
    Escalation,
    /// How often it was shared in the end
    Virality,
}

/// What is right of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Gold {
    Class(usize),
    Number(f64),
    Labels {
        bits: u32,
        any: bool,
    },
    /// At least accusation, all that a severity label tells of escalation.
    Accuses(bool),
}

type Row = Map<String, Value>;

const LEVELS: [Severity; 4] =
    [Severity::NoExplicitReproach, Severity::Disapproval, Severity::Accusation, Severity::Blame];

/// What the nine airline reasons may be in ours; any of them will do.
const AIRLINE: [(&str, &[Reason]); 9] = [
    ("Bad Flight", &[Reason::Product, Reason::TravelDisruption, Reason::Staff, Reason::Other]),
    ("Cancelled Flight", &[Reason::TravelDisruption]),
    (
        "Customer Service Issue",
        &[Reason::Unreachable, Reason::Staff, Reason::Waiting, Reason::Communication],
    ),
    ("Damaged Luggage", &[Reason::TravelDisruption, Reason::Product]),
    ("Flight Attendant Complaints", &[Reason::Staff]),
    (
        "Flight Booking Problems",
        &[Reason::AppAccount, Reason::Billing, Reason::Contract, Reason::TravelDisruption],
    ),
    ("Late Flight", &[Reason::TravelDisruption, Reason::Waiting]),
    ("Lost Luggage", &[Reason::TravelDisruption, Reason::Delivery]),
    ("longlines", &[Reason::Waiting]),
];

impl Task {
    /// Its name on the command line, in rows and in the output.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Sentiment => "sentiment",
            Self::Complaint => "complaint",
            Self::Severity => "severity",
            Self::Stars => "stars",
            Self::Intensity => "intensity",
            Self::Reasons => "reasons",
            Self::Requests => "requests",
            Self::Threats => "threats",
            Self::Intent => "intent",
            Self::Repeat => "repeat",
            Self::Irony => "irony",
            Self::Escalation => "escalation",
            Self::Virality => "virality",
        }
    }

    /// How its rows are counted, `gold` being what is right of one of them.
    pub(crate) fn scheme(self, gold: Gold) -> Scheme {
        let names = match self {
            Self::Language => names::<LanguageCode>(),
            Self::Sentiment => names::<SentimentLabel>(),
            Self::Complaint => vec!["other", "complaint"],
            Self::Severity => LEVELS.map(Severity::as_str).to_vec(),
            Self::Reasons => names::<Reason>(),
            Self::Requests => names::<Request>(),
            Self::Threats if matches!(gold, Gold::Class(_)) => vec!["other", "threat"],
            Self::Threats => names::<ThreatKind>(),
            Self::Intent => names::<IntentKind>(),
            Self::Irony => vec!["other", "irony"],
            Self::Repeat | Self::Escalation => vec!["false", "true"],
            Self::Stars | Self::Intensity | Self::Virality => vec![],
        };
        // A post is French or English; that it is both or neither is never right.
        let counted = if self == Self::Language { 2 } else { names.len() };
        let positive = (names.len() == 2).then_some(1);
        let probability = self != Self::Stars && !matches!(gold, Gold::Accuses(_));
        Scheme { names, counted, positive, probability }
    }

    /// What is right of `row`; `None` where it does not say, or says what is none of the answers.
    pub(crate) fn gold(self, row: &Row) -> Option<Gold> {
        let own = row.get(self.name()).filter(|v| !v.is_null());
        // Of a row labelled for everything at once, `label` says only whether it is a complaint.
        let label = row.get("label").filter(|_| self == Self::Complaint || !is_care(row));
        let value = || own.or(label);
        match self {
            Self::Language => one_of(value()?, &["fr", "en"]),
            Self::Sentiment => one_of(value()?, &names::<SentimentLabel>()),
            Self::Complaint => truth(value()?, "complaint"),
            Self::Severity => one_of(value()?, &LEVELS.map(Severity::as_str)),
            Self::Intent => one_of(value()?, &names::<IntentKind>()),
            Self::Stars => number(value()?).filter(|n| (1.0..=5.0).contains(n)).map(Gold::Number),
            Self::Intensity => number(value()?).map(Gold::Number),
            Self::Virality => number(value()?).filter(|&n| n >= 0.0).map(Gold::Number),
            Self::Reasons => airline(value()?).or_else(|| labels::<Reason>(value()?, row)),
            Self::Requests => labels::<Request>(value()?, row),
            Self::Threats => match value()? {
                list @ Value::Array(_) => labels::<ThreatKind>(list, row),
                other => truth(other, "threat"),
            },
            Self::Repeat => truth(value()?, "repeat"),
            Self::Irony => truth(value()?, "irony"),
            Self::Escalation => escalation(own, row),
        }
    }

    /// Holds an assessment against what is right.
    pub(crate) fn judge(self, gold: Gold, said: &Assessment) -> Judged {
        let mut judged = Judged::default();
        let yes_or_no = |truth: usize, decision: bool, probability: Option<f64>| Judged {
            class: Some((truth, usize::from(decision))),
            score: probability.map(|p| (p, truth == 1)),
            ..Judged::default()
        };
        match (self, gold) {
            (Self::Language, Gold::Class(right)) => {
                judged.class = Some((right, said.language().code().index()));
            }
            (Self::Sentiment, Gold::Class(right)) => {
                judged.class = Some((right, said.sentiment().label().index()));
            }
            (Self::Intent, Gold::Class(right)) => {
                judged.class = Some((right, said.intent().main().index()));
            }
            (Self::Severity, Gold::Class(right)) => {
                let level = said.complaint().severity_if_complaint();
                let level = LEVELS.iter().position(|&l| l == level).unwrap_or(0);
                let expected = said.complaint().severity_expected();
                judged.class = Some((right, level));
                judged.rank = Some((expected, right as f64 + 1.0));
                judged.value = judged.rank;
            }
            (Self::Complaint, Gold::Class(right)) => {
                let complaint = said.complaint();
                return yes_or_no(right, complaint.is_complaint(), Some(complaint.probability()));
            }
            (Self::Repeat, Gold::Class(right)) => {
                let escalation = said.escalation();
                let probability = Some(escalation.repeat_probability());
                return yes_or_no(right, escalation.repeat_contact(), probability);
            }
            (Self::Irony, Gold::Class(right)) => {
                let irony = said.sentiment().irony();
                return yes_or_no(right, irony >= 0.5, Some(irony));
            }
            (Self::Escalation, Gold::Class(right)) => {
                let risk = said.escalation().risk();
                return yes_or_no(right, risk >= 0.5, Some(risk));
            }
            (Self::Escalation, Gold::Accuses(right)) => {
                judged.score = Some((said.escalation().risk(), right));
            }
            (Self::Threats, Gold::Class(right)) => {
                // To leave is no threat there.
                let acts =
                    said.escalation().threats().iter().any(|t| t.kind() != ThreatKind::Churn);
                return yes_or_no(right, acts, None);
            }
            (Self::Threats, Gold::Labels { bits, any }) => {
                let said = as_annotated(said.escalation().threats().kinds(), bits);
                judged.labels = Some(Labels { gold: bits, said, any });
            }
            (Self::Reasons, Gold::Labels { bits, any }) => {
                let said = self::bits(said.complaint().reasons());
                judged.labels = Some(Labels { gold: bits, said, any });
            }
            (Self::Requests, Gold::Labels { bits, any }) => {
                let said = self::bits(said.complaint().requests());
                judged.labels = Some(Labels { gold: bits, said, any });
            }
            (Self::Stars, Gold::Number(stars)) => {
                let polarity = said.sentiment().polarity();
                judged.score = (stars != 3.0).then_some((polarity, stars > 3.0));
                judged.rank = Some((polarity, stars));
                judged.value = Some((3.0 + 2.0 * polarity, stars));
            }
            (Self::Intensity, Gold::Number(intensity)) => {
                let polarity = said.sentiment().polarity();
                judged.rank = Some((polarity, intensity));
                judged.value = Some((4.0 * polarity, intensity));
            }
            (Self::Virality, Gold::Number(shares)) => {
                let virality = said.virality();
                let (low, high) = virality.interval();
                judged.score = Some((virality.p10(), shares >= 10.0));
                judged.rank = Some((virality.expected_shares(), shares));
                // In the measure of the estimate: one share more or less of few, not of many.
                judged.value = Some((virality.expected_shares().ln_1p(), shares.ln_1p()));
                judged.covered = Some((low..=high).contains(&shares));
            }
            _ => {}
        }
        judged
    }
}

/// Whether the row has fields of its own for tasks beside that of its `label`.
fn is_care(row: &Row) -> bool {
    ["intent", "severity", "sentiment"].iter().any(|field| row.contains_key(*field))
}

/// A non-empty `threats`, or `repeat` with severity of accusation or blame. Where the row knows
/// neither, its severity stands in.
fn escalation(own: Option<&Value>, row: &Row) -> Option<Gold> {
    if let Some(own) = own {
        return truth(own, "escalation");
    }
    let threats = row.get("threats").and_then(Value::as_array).map(|t| !t.is_empty());
    let repeat = row.get("repeat").and_then(Value::as_bool);
    let accuses = match Task::Severity.gold(row) {
        Some(Gold::Class(level)) => Some(LEVELS[level] >= Severity::Accusation),
        _ if row.get("label").and_then(Value::as_str) == Some("other") => Some(false),
        _ => None,
    };
    let yes = |yes: bool| Some(Gold::Class(usize::from(yes)));
    match (threats, repeat, accuses) {
        (None, None, _) => match Task::Severity.gold(row)? {
            Gold::Class(level) => Some(Gold::Accuses(LEVELS[level] >= Severity::Accusation)),
            _ => None,
        },
        (Some(true), ..) | (_, Some(true), Some(true)) => yes(true),
        (Some(false), Some(false), _) | (Some(false), _, Some(false)) => yes(false),
        _ => None,
    }
}

fn names<T: Named>() -> Vec<&'static str> {
    T::ALL.iter().map(|v| v.as_str()).collect()
}

fn one_of(value: &Value, names: &[&str]) -> Option<Gold> {
    let name = value.as_str()?;
    names.iter().position(|n| *n == name).map(Gold::Class)
}

fn truth(value: &Value, positive: &str) -> Option<Gold> {
    let yes = match value {
        Value::Bool(yes) => *yes,
        Value::String(name) if name == positive || name == "true" => true,
        Value::String(name) if name == "other" || name == "false" => false,
        _ => return None,
    };
    Some(Gold::Class(usize::from(yes)))
}

fn number(value: &Value) -> Option<f64> {
    let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
    number.filter(|n| n.is_finite())
}

/// A list of names, or one name.
fn labels<T: Named>(value: &Value, row: &Row) -> Option<Gold> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        one @ Value::String(_) => std::slice::from_ref(one),
        _ => return None,
    };
    let set: Option<Set<T>> = items.iter().map(|item| T::from_name(item.as_str()?)).collect();
    let any = row.get("match").and_then(Value::as_str) == Some("any");
    Some(Gold::Labels { bits: bits(set?), any })
}

fn airline(value: &Value) -> Option<Gold> {
    let name = value.as_str()?;
    let reasons = AIRLINE.iter().find(|row| row.0 == name)?.1;
    Some(Gold::Labels { bits: bits(reasons.iter().copied().collect()), any: true })
}

fn bits<T: Named>(set: Set<T>) -> u32 {
    set.iter().fold(0, |bits, item| bits | 1 << item.index())
}

/// Threats in the annotators' words: their `regulator` holds mediators too, their `legal` formal
/// notices.
fn as_annotated(said: Set<ThreatKind>, gold: u32) -> u32 {
    let (mut said, bit) = (bits(said), |kind: ThreatKind| 1 << kind.index());
    for (kind, theirs) in [
        (ThreatKind::Mediator, ThreatKind::Regulator),
        (ThreatKind::FormalNotice, ThreatKind::Legal),
    ] {
        if said & bit(kind) != 0 && gold & bit(kind) == 0 {
            said = said & !bit(kind) | bit(theirs);
        }
    }
    said
}

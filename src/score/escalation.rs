//! Whether the writer takes it further.
//!
//! `raw = text + context`, in log-odds. The text part is the fitted head `escalation` (label: a
//! threat of the writer's, or complaining again with accusation; see lexicons/README.md). The
//! context part cannot be fitted, for no data here has it: its weights are those of field practice
//! (three customer turns or more: fitted on conversations that derailed; silence: Twitter care
//! surveys), taken as log-odds and stated one by one below.
//!
//! It must not be used to rank what people are worth or to refuse them service.

use super::heads::{Heads, head, sigmoid};
use crate::assessment::{
    Complaint, Country, Escalation, Field, LanguageCode, Mitigation, RiskBand, Sentiment, Severity,
    Situation, Threat, ThreatKind, Threats,
};
use crate::lexicon::entry::CueKind;
use crate::lexicon::index::Index;
use crate::names::Set;
use crate::post::{Post, Speaker};
use crate::reading::Reading;
use crate::text::Span;

/// Two customer turns before this one, or more.
const MANY_TURNS: f64 = 0.6;
/// A customer who contacted before, once; twice or more.
const CONTACTED_ONCE: f64 = 0.5;
const CONTACTED_AGAIN: f64 = 0.9;
/// More than an hour in public without an answer; more than a day anywhere.
const HOUR_OF_SILENCE: f64 = 0.4;
const DAY_OF_SILENCE: f64 = 0.8;
/// The brand has apologised twice or more in the thread.
const APOLOGISED_AGAIN: f64 = 0.7;
/// The brand gave the very same answer twice.
const SAME_ANSWER: f64 = 0.6;
/// An answer stands.
const ANSWERED: f64 = -0.3;

/// The context part; `note` is told each share.
pub(crate) fn context(post: &Post<'_>, note: &mut dyn FnMut(Field, &'static str, f64)) -> f64 {
    let mut sum = 0.0;
    let mut add = |field, name, weight| {
        sum += weight;
        note(field, name, weight);
    };
    match post.previous_contacts {
        Some(1) => add(Field::PreviousContacts, "contacted_once", CONTACTED_ONCE),
        Some(2..) => add(Field::PreviousContacts, "contacted_again", CONTACTED_AGAIN),
        _ => {}
    }
    let answered = post.brand_replied == Some(true);
    if let Some(hours) = post.waiting_hours.filter(|h| h.is_finite() && !answered) {
        let public = post.channel.is_none_or(crate::Channel::is_public);
        if hours >= 24.0 {
            add(Field::WaitingHours, "day_of_silence", DAY_OF_SILENCE);
        } else if hours >= 1.0 && public {
            add(Field::WaitingHours, "hour_of_silence", HOUR_OF_SILENCE);
        }
    }
    if answered {
        add(Field::BrandReplied, "answered", ANSWERED);
    }
    if post.thread.is_empty() {
        return sum;
    }
    if post.thread.iter().filter(|t| t.by == Speaker::Customer).count() >= 2 {
        add(Field::Thread, "many_turns", MANY_TURNS);
    }
    let brand: Vec<&str> =
        post.thread.iter().filter(|t| t.by == Speaker::Brand).map(|t| t.text.trim()).collect();
    if brand.iter().filter(|text| apologises(text)).count() >= 2 {
        add(Field::Thread, "apologised_again", APOLOGISED_AGAIN);
    }
    if brand.windows(2).any(|pair| !pair[0].is_empty() && pair[0] == pair[1]) {
        add(Field::Thread, "same_answer", SAME_ANSWER);
    }
    sum
}

/// Whether a brand's turn says sorry, in French or English.
fn apologises(text: &str) -> bool {
    const STEMS: [&str; 7] = ["désol", "desol", "excus", "navré", "sorry", "apolog", "regrett"];
    let lower = text.to_lowercase();
    STEMS.iter().any(|stem| lower.contains(stem))
}

/// The calibrated probability of repeat contact, and the decision.
fn repeat(index: &Index, reading: &Reading, heads: &Heads, post: &Post<'_>) -> (f64, bool) {
    if reading.language().code() == LanguageCode::Undetermined {
        let told = post.previous_contacts.is_some_and(|n| n > 0);
        return (f64::from(u8::from(told)), told);
    }
    let calibration = index.calibration(reading.tongue, head::REPEAT);
    let raw = heads.raw[head::REPEAT];
    // What the caller knows outweighs what the text shows.
    if post.previous_contacts.is_some_and(|n| n > 0) {
        return (1.0, true);
    }
    (sigmoid(calibration.log_odds(raw)), calibration.decides(raw))
}

/// The threats that count, one a kind and place.
pub(crate) fn threats(reading: &Reading) -> Threats {
    let mut threats = Threats::default();
    for m in reading.matches.iter().filter(|m| m.counts && m.cue.weight >= 50) {
        let Some(at) = m.cue.kind.offset_in(CueKind::ThreatChurn, ThreatKind::ALL.len()) else {
            continue;
        };
        let kind = ThreatKind::ALL[at];
        let country = std::str::from_utf8(&m.cue.country).ok().and_then(Country::new);
        let words = &reading.lexemes[m.first as usize..m.last as usize];
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            let span = Span::new(first.start, last.end.max(first.end));
            threats.push(Threat { kind, country, span });
        }
    }
    threats
}

pub(crate) fn escalation(
    index: &Index,
    reading: &Reading,
    heads: &Heads,
    post: &Post<'_>,
    complaint: &Complaint,
    sentiment: &Sentiment,
    context: f64,
) -> Escalation {
    let undetermined = reading.language().code() == LanguageCode::Undetermined;
    let calibration = index.calibration(reading.tongue, head::ESCALATION);
    let risk = if undetermined {
        0.0
    } else {
        sigmoid(calibration.log_odds(heads.raw[head::ESCALATION] + context))
    };
    let band = match risk {
        r if r >= 0.70 => RiskBand::VeryHigh,
        r if r >= 0.40 => RiskBand::High,
        r if r >= 0.15 => RiskBand::Moderate,
        _ => RiskBand::Low,
    };
    let threats = if undetermined { Threats::default() } else { threats(reading) };
    let (repeat_probability, repeat_contact) = repeat(index, reading, heads, post);
    let betrayal = reading.has(CueKind::Betrayal) || reading.has(CueKind::Loyalty);
    let greed = reading.has(CueKind::Greed);
    let mut mitigations = Set::new();
    for (holds, mitigation) in [
        (reading.has(CueKind::Thanks), Mitigation::Thanks),
        (reading.shape.questions > 0 && !complaint.is_complaint, Mitigation::Question),
        (reading.has(CueKind::Relief), Mitigation::Relief),
        (post.brand_replied == Some(true), Mitigation::BrandReplied),
    ] {
        if holds {
            mitigations.insert(mitigation);
        }
    }
    let situation =
        situation(reading, complaint, sentiment, &threats, repeat_contact, betrayal || greed);
    let threats_truncated = threats.truncated();
    Escalation {
        risk,
        band,
        situation,
        threats,
        threats_truncated,
        repeat_contact,
        repeat_probability,
        betrayal,
        greed,
        mitigations,
    }
}

/// Which of the situations of Grégoire, Salle and Tripp (2015) it is, worst first.
fn situation(
    reading: &Reading,
    complaint: &Complaint,
    sentiment: &Sentiment,
    threats: &Threats,
    repeat: bool,
    wronged: bool,
) -> Situation {
    let kinds = threats.kinds();
    if !complaint.is_complaint {
        let recovered = reading.has(CueKind::Relief) && sentiment.polarity > 0.2;
        return if recovered { Situation::RecoveryPraise } else { Situation::None };
    }
    let addressed = reading.has(CueKind::AgentFirm) || reading.shape.handles > 0;
    let hostile = complaint.severity == Severity::Blame || wronged;
    let public = kinds.contains(ThreatKind::Public) || kinds.contains(ThreatKind::Press);
    let third = [
        ThreatKind::Legal,
        ThreatKind::Regulator,
        ThreatKind::Mediator,
        ThreatKind::ConsumerOrg,
        ThreatKind::Press,
        ThreatKind::FormalNotice,
    ]
    .into_iter()
    .any(|kind| kinds.contains(kind));
    match () {
        () if repeat && hostile && public => Situation::Revenge,
        () if third => Situation::ThirdParty,
        () if repeat => Situation::DoubleDeviation,
        () if !addressed && hostile => Situation::Badmouthing,
        () => Situation::DirectFirstFailure,
    }
}

//! Complaint or not, how severe, about what, what is asked for.

use super::chances::Chances;
use super::heads::{Heads, head};
use crate::assessment::{Complaint, LanguageCode, Reason, Request, Severity};
use crate::lexicon::entry::CueKind;
use crate::lexicon::index::Index;
use crate::names::Set;
use crate::reading::Reading;

/// `threshold` is in log-odds; `None` takes the lexicon's.
pub(crate) fn complaint(
    index: &Index,
    reading: &Reading,
    heads: &Heads,
    chances: &Chances,
    threshold: Option<f64>,
) -> Complaint {
    let undetermined = reading.language().code() == LanguageCode::Undetermined;
    let calibration = index.calibration(reading.tongue);
    let log_odds = calibration.log_odds(head::COMPLAINT, heads.raw[head::COMPLAINT]);
    let threshold = threshold.unwrap_or(calibration.thresholds[head::COMPLAINT]);
    let is_complaint = !undetermined && log_odds >= threshold;
    let probability = if undetermined { 0.0 } else { chances.complaint };

    // Probabilities of at least each level; they cannot rise, so a later one is capped.
    let mut at_least = chances.severity;
    let mut most = 1.0;
    for p in &mut at_least {
        *p = p.min(most);
        most = *p;
    }
    let [disapproval, accusation, blame] = at_least;
    let levels = [1.0 - disapproval, disapproval - accusation, accusation - blame, blame];
    let [least, above @ ..] = levels;
    let (mut best, mut most) = (0, least);
    for (at, share) in above.into_iter().enumerate() {
        // The thresholds of the level heads favour rare levels, as fitted for macro F1.
        let weight = share * calibration.favours[head::SEVERITY + at];
        let more = weight > most;
        best = if more { at + 1 } else { best };
        most = if more { weight } else { most };
    }
    let severity_if_complaint = Severity::ALL[best + 1];
    let severity_expected = 1.0 + disapproval + accusation + blame;

    const REASONS: usize = Reason::ALL.len();
    const REQUESTS: usize = Request::ALL.len();
    let reasons = || Set::of_bits(calibration.decided::<REASONS>(head::REASON, &heads.raw));
    let requests = || Set::of_bits(calibration.decided::<REQUESTS>(head::REQUEST, &heads.raw));

    Complaint {
        probability,
        is_complaint,
        severity: if is_complaint { severity_if_complaint } else { Severity::None },
        severity_if_complaint,
        severity_expected,
        severity_score: severity_expected * probability,
        reasons: if is_complaint { reasons() } else { Set::new() },
        requests: if undetermined { Set::new() } else { requests() },
    }
}

/// Hundredths of cue weight from which a post joins another's complaint: one clear cue. "Everyone
/// else" alone compares.
const JOINS: i32 = 80;

/// Whether the post joins another's complaint.
pub(crate) fn me_too(reading: &Reading) -> bool {
    reading.has(CueKind::MeToo) && {
        let cues = reading.matches.iter().filter(|m| m.counts && m.cue.kind == CueKind::MeToo);
        cues.map(|m| i32::from(m.cue.weight)).sum::<i32>() >= JOINS
    }
}

//! What stands beside any score: danger, a vulnerable writer, abuse.

use crate::assessment::{Complaint, Flag, Sentiment, SentimentLabel};
use crate::lexicon::entry::CueKind;
use crate::names::Set;
use crate::reading::Reading;

/// Hundredths of cue weight from which a flag is raised: one clear cue, or two weak ones.
const ENOUGH: i32 = 80;

/// A flag is raised by the cues of its kind that count, together. One who praises the care given
/// to a frail relative is no vulnerable writer, and asks for no priority.
///
/// The learned head `abuse` is only evidence: it takes strong blame for insult, and nobody should
/// be called abusive for being let down.
pub(crate) fn flags(reading: &Reading, sentiment: &Sentiment, complaint: &Complaint) -> Set<Flag> {
    if !reading.has_any(CueKind::FlagSafety, CueKind::FlagAbuse) {
        return Set::new();
    }
    let mut sums = [0i32; 3];
    for m in reading.matches.iter().filter(|m| m.counts) {
        if let Some(at) = m.cue.kind.offset_in(CueKind::FlagSafety, sums.len()) {
            sums[at] = sums[at].saturating_add(m.cue.weight.into());
        }
    }
    let praises = sentiment.label == SentimentLabel::Positive && !complaint.is_complaint;
    Flag::ALL
        .iter()
        .zip(sums)
        .filter(|&(&flag, sum)| sum >= ENOUGH && !(praises && flag == Flag::Vulnerable))
        .map(|(&flag, _)| flag)
        .collect()
}

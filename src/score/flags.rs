//! What stands beside any score: danger, a vulnerable writer, abuse.

use super::heads::{Heads, head};
use crate::assessment::{Flag, Sentiment, SentimentLabel};
use crate::lexicon::entry::CueKind;
use crate::lexicon::index::Index;
use crate::names::Set;
use crate::reading::Reading;

/// Hundredths of cue weight from which a flag is raised: one clear cue, or two weak ones.
const ENOUGH: i32 = 80;

/// A flag is raised by the cues of its kind that count, together. One who praises the care given
/// to a frail relative is no vulnerable writer, and asks for no priority.
///
/// Abuse is also what the head learned from offensive posts is sure of, where the post speaks to
/// the firm or its people.
pub(crate) fn flags(
    index: &Index,
    reading: &Reading,
    heads: &Heads,
    sentiment: &Sentiment,
) -> Set<Flag> {
    let mut sums = [0i32; 3];
    for m in reading.matches.iter().filter(|m| m.counts) {
        if let Some(at) = m.cue.kind.offset_in(CueKind::FlagSafety, sums.len()) {
            sums[at] = sums[at].saturating_add(m.cue.weight.into());
        }
    }
    let negative = sentiment.label == SentimentLabel::Negative;
    if negative
        && reading.has(CueKind::AgentFirm)
        && index.calibration(reading.tongue, head::ABUSE).decides(heads.raw[head::ABUSE])
    {
        sums[2] += ENOUGH;
    }
    let praises = sentiment.label == SentimentLabel::Positive;
    Flag::ALL
        .iter()
        .zip(sums)
        .filter(|&(&flag, sum)| sum >= ENOUGH && !(praises && flag == Flag::Vulnerable))
        .map(|(&flag, _)| flag)
        .collect()
}

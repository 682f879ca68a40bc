//! Sentiment, arousal, irony and intent from their heads.

use super::chances::Chances;
use crate::assessment::{
    Intent, IntentKind, LanguageCode, Sentiment, SentimentLabel, SentimentLevel,
};
use crate::reading::Reading;

/// Where polarity is cut into levels: the fifths that star ratings fall into (fitted on the French
/// star reviews, see lexicons/README.md).
const LEVEL_CUTS: [f64; 4] = [-0.72, -0.22, 0.22, 0.72];

pub(crate) fn sentiment(reading: &Reading, chances: &Chances) -> Sentiment {
    if reading.language().code() == LanguageCode::Undetermined && !has_signs(reading) {
        // Nothing to read: no view.
        return Sentiment {
            polarity: 0.0,
            label: SentimentLabel::Neutral,
            level: SentimentLevel::Neutral,
            negative: 0.25,
            neutral: 0.5,
            positive: 0.25,
            arousal: 0.0,
            irony: 0.0,
        };
    }
    let ([negative, neutral, positive], best) = chances.sentiment;
    let polarity = positive - negative;
    let level = LEVEL_CUTS.iter().filter(|&&cut| polarity >= cut).count();
    Sentiment {
        polarity,
        label: SentimentLabel::ALL[best],
        level: SentimentLevel::ALL[level],
        negative,
        neutral,
        positive,
        arousal: chances.arousal,
        irony: chances.irony,
    }
}

/// Emoji and emoticons are read in any language.
pub(crate) fn has_signs(reading: &Reading) -> bool {
    !reading.feelings.is_empty()
}

pub(crate) fn intent(reading: &Reading, chances: &Chances) -> Intent {
    let ([complaint, question, praise, suggestion, other], best) = chances.intent;
    if reading.language().code() == LanguageCode::Undetermined && !has_signs(reading) {
        return Intent {
            main: IntentKind::Other,
            complaint: 0.0,
            question: 0.0,
            praise: 0.0,
            suggestion: 0.0,
            other: 1.0,
        };
    }
    Intent { main: IntentKind::ALL[best], complaint, question, praise, suggestion, other }
}

//! From a reading to the estimate of spread and the priority.

use super::Note;
use super::priority::{Facts, decide};
use super::virality::{TextSignals, estimate};
use crate::assessment::{
    Complaint, Escalation, Flag, Intent, Priority, PriorityLevel, Sentiment, ThreatKind, Virality,
};
use crate::lexicon::entry::CueKind;
use crate::lexicon::index::Index;
use crate::names::{Named, Set};
use crate::post::{Channel, Post, Speaker};
use crate::reading::Reading;

/// Whether a post will spread; `note` is told of each part of ln(1 + expected shares).
pub(crate) fn virality(
    post: &Post<'_>,
    reading: &Reading,
    sentiment: &Sentiment,
    note: Note<'_>,
) -> Virality {
    let moral = [CueKind::Greed, CueKind::Betrayal, CueKind::Blame];
    let signals = TextSignals {
        arousal: sentiment.arousal,
        negative: sentiment.negative,
        has_url: reading.shape.urls > 0,
        moral_or_greed: moral.iter().any(|&kind| reading.has(kind)),
    };
    estimate(post, &signals, note).0
}

/// What is said of a post as far as the priority asks.
pub(crate) struct Said<'s> {
    pub(crate) complaint: &'s Complaint,
    pub(crate) escalation: &'s Escalation,
    /// The kinds of threats, which the escalation has not yet.
    pub(crate) threats: Set<ThreatKind>,
    pub(crate) intent: &'s Intent,
    pub(crate) virality: &'s Virality,
    pub(crate) flags: Set<Flag>,
}

/// How fast to answer.
pub(crate) fn priority(
    index: &Index,
    post: &Post<'_>,
    reading: &Reading,
    said: Said<'_>,
) -> Priority {
    let Said { complaint, escalation, threats, intent, virality, flags } = said;
    let unanswered =
        post.thread.iter().rev().take_while(|turn| turn.by == Speaker::Customer).count();
    let facts = Facts {
        channel: post.channel,
        flags,
        threats,
        complaint_probability: complaint.probability,
        is_complaint: complaint.is_complaint,
        severity: complaint.severity,
        repeat_contact: escalation.repeat_contact,
        risk: escalation.band,
        intent: intent.main,
        asks: !complaint.requests.is_empty(),
        virality: virality.band,
        backlash: virality.backlash,
        is_retweet: reading.shape.retweet,
        is_news: reading.has(CueKind::News),
        is_promo: reading.has(CueKind::Promo),
        among_others: among_others(post),
        brand_replied: post.brand_replied == Some(true),
        unanswered_turns: unanswered,
    };
    decide(&facts, &|channel: Channel, level: PriorityLevel| {
        // the table has no row for "none"
        index.minutes(channel.index(), level.index().checked_sub(1)?)
    })
}

/// Whether a post opens by addressing accounts none of which bears the brand's name, and does not
/// name the brand either.
fn among_others(post: &Post<'_>) -> bool {
    let Some(brand) = post.brand.as_deref().filter(|b| b.contains(char::is_alphanumeric)) else {
        return false;
    };
    post.text.trim_start().starts_with('@') && !mentions(&post.text, brand)
}

/// Whether `text` holds `brand`, whatever the case and without regard to spaces and marks.
pub(crate) fn mentions<'a>(text: &'a str, brand: &'a str) -> bool {
    let letters =
        |text: &'a str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    text.char_indices().any(|(at, _)| {
        let mut rest = letters(text.get(at..).unwrap_or(""));
        letters(brand).all(|letter| rest.next() == Some(letter))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_to_others_is_told_from_one_to_the_brand() {
        let to = |text: &'static str| among_others(&Post::from(text).brand("Marque X"));
        assert!(to("@copine tu viens ?") && !to("@MarqueX_Aide toujours rien"));
        assert!(!to("tu viens ?") && !to("@copine chez marque-x non plus"));
        assert!(!among_others(&Post::from("@copine tu viens ?")));
        assert!(!among_others(&Post::from("@copine tu viens ?").brand(" ")));
    }
}

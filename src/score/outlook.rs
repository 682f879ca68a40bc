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

/// How many letters of a brand's name are looked for: names are shorter, and the time stays linear.
const NAME_LETTERS: usize = 64;

/// Whether `text` holds `brand`, whatever the case and without regard to spaces and marks.
///
/// The search of Knuth, Morris and Pratt: each letter of the text is looked at once, whatever
/// the text and the name are made of.
pub(crate) fn mentions(text: &str, brand: &str) -> bool {
    let mut name = ['\0'; NAME_LETTERS];
    let mut length = 0;
    for (slot, letter) in name.iter_mut().zip(letters(brand)) {
        *slot = letter;
        length += 1;
    }
    let name = &name[..length];
    // How many letters still fit where the next does not.
    let mut shorter = [0; NAME_LETTERS + 1];
    let advance = |shorter: &[usize], mut fits: usize, letter: char| {
        while fits > 0 && name.get(fits) != Some(&letter) {
            fits = shorter[fits];
        }
        fits + usize::from(name.get(fits) == Some(&letter))
    };
    for at in 1..length {
        shorter[at + 1] = advance(&shorter, shorter[at], name[at]);
    }
    let mut fits = 0;
    length > 0
        && letters(text).any(|letter| {
            fits = advance(&shorter, fits, letter);
            fits == length
        })
}

/// The letters and digits of a text, in lower case.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
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

    #[test]
    fn a_brand_is_found_wherever_it_stands() {
        for (text, brand) in [
            ("a", "a"),
            ("chez MARQUE X", "marque-x"),
            ("aaab", "aab"),
            ("ababac", "Abac"),
            ("#MarqueXHonte", "Marque X"),
            ("l'Été d'Ô", "été"),
            ("chez İstanbul", "İSTANBUL"),
            ("é😡t😡é", "Été"),
        ] {
            assert!(mentions(text, brand), "{text} / {brand}");
        }
        for (text, brand) in [
            ("", "a"),
            ("a", "aa"),
            ("aaab", "aabb"),
            ("été", "ete"),
            ("!", "!"),
            ("", ""),
            ("a", "-"),
        ] {
            assert!(!mentions(text, brand), "{text} / {brand}");
        }
    }

    /// What a reader says who begins anew at each letter.
    #[test]
    fn brands_are_found_as_by_a_plain_search() {
        let word = |mut n: u32, length: usize| {
            let mut next = || {
                n = n.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                ['a', 'B', ' ', '!', 'é', 'A'][(n >> 16) as usize % 6]
            };
            (0..length).map(|_| next()).collect::<String>()
        };
        for n in 0..2_000 {
            let (text, brand) = (word(n, 30), word(n + 7, 1 + n as usize % 6));
            let (all, wanted): (String, String) =
                (letters(&text).collect(), letters(&brand).collect());
            let plain = !wanted.is_empty() && all.contains(&wanted);
            assert_eq!(mentions(&text, &brand), plain, "{text} / {brand}");
        }
    }

    #[test]
    fn of_a_long_name_its_beginning_is_sought() {
        let long = "ab".repeat(NAME_LETTERS);
        assert!(mentions(&long, &long) && mentions(&long[..NAME_LETTERS], &long));
        assert!(!mentions(&long[1..NAME_LETTERS], &long));
    }
}

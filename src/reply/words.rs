//! Words of drafts, templates and posts, folded: a scanner of this room's own, which knows no
//! tokens but words, and the ends of sentences.

use crate::text::{fold, latin};

/// A word of a text, folded, with its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether a sentence ends between this word and the next.
    pub(super) ends_sentence: bool,
}

/// The words of `text`, in order; apostrophes and hyphens part words, signs of money and `%` are
/// words.
pub(super) fn scan(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open: Option<usize> = None;
    let close = |words: &mut Vec<Word>, start: usize, end: usize| {
        words.push(Word { text: fold(&text[start..end]), start, end, ends_sentence: false });
    };
    for (at, c) in text.char_indices() {
        // Some apostrophes are letters to Unicode; a mark belongs to the letter before it.
        let inside = (c.is_alphanumeric() && !latin::is_apostrophe(c))
            || (open.is_some() && latin::is_mark(c));
        match (inside, open) {
            (true, None) => open = Some(at),
            (false, Some(start)) => {
                close(&mut words, start, at);
                open = None;
            }
            _ => {}
        }
        if matches!(c, '€' | '$' | '£' | '%') {
            close(&mut words, at, at + c.len_utf8());
        }
        if matches!(c, '.' | '!' | '?' | '…' | '\n')
            && let Some(last) = words.last_mut()
        {
            // A point inside a number or an address ends no sentence.
            let next = text[at + c.len_utf8()..].chars().next();
            last.ends_sentence |= c != '.' || next.is_none_or(|n| !n.is_alphanumeric());
        }
    }
    if let Some(start) = open {
        close(&mut words, start, text.len());
    }
    words
}

/// A stable hash of a folded word (FNV-1a).
pub(super) fn hash(word: &str) -> u64 {
    word.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// The hashes of the words of `text`, sorted, each once.
pub(super) fn hashes(text: &str) -> Vec<u64> {
    let mut out: Vec<u64> = scan(text).iter().map(|w| hash(&w.text)).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The share of two sorted sets that they have in common, in [0, 1]; 0 when both are empty.
pub(super) fn jaccard(a: &[u64], b: &[u64]) -> f64 {
    let (mut i, mut j, mut both) = (0, 0, 0_usize);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += 1;
                i += 1;
                j += 1;
            }
        }
    }
    let all = a.len() + b.len() - both;
    if all == 0 { 0.0 } else { both as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fold_as_everywhere_else() {
        for (text, words) in [
            ("Straße, Łódź ø Ångström", &["strasse", "lodz", "o", "angstrom"][..]),
            (
                "ＳＡＶ \u{1d40d}\u{1d42e}\u{1d425} ế e\u{302}\u{301} Œuvre",
                &["sav", "nul", "e", "e", "oeuvre"],
            ),
            ("lʼabonné l’abonné l＇abonné", &["l", "abonne", "l", "abonne", "l", "abonne"]),
            ("de\u{301}\u{e7}u \u{301}a \u{301}", &["decu", "a"]),
            ("12\u{a0}€ à 5 %", &["12", "€", "a", "5", "%"]),
        ] {
            let found: Vec<String> = scan(text).into_iter().map(|w| w.text).collect();
            assert_eq!(found, words, "{text}");
            assert!(found.iter().all(|w| *w == fold(w)));
        }
    }
}

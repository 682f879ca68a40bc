//! Words of drafts and templates, folded. A small scanner of this room's own: replies are short,
//! clean texts.

/// A word of a text, folded, with its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether a sentence ends between this word and the next.
    pub(super) ends_sentence: bool,
}

/// The letter without case and accent; ligatures keep their first letter and lose the second,
/// which [`fold_into`] adds.
fn fold_char(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => 'a',
        'ç' | 'Ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' => 'i',
        'ñ' | 'Ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' | 'Ù' | 'Ú' | 'Û' | 'Ü' => 'u',
        'ÿ' | 'ý' | 'Ý' => 'y',
        other => other.to_lowercase().next().unwrap_or(other),
    }
}

fn fold_into(c: char, out: &mut String) {
    match c {
        'œ' | 'Œ' => out.push_str("oe"),
        'æ' | 'Æ' => out.push_str("ae"),
        '\u{300}'..='\u{36f}' => {}
        _ => out.push(fold_char(c)),
    }
}

/// The words of `text`, in order; apostrophes and hyphens part words, signs of
/// money and `%` are words.
pub(super) fn scan(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open: Option<usize> = None;
    let close = |words: &mut Vec<Word>, start: usize, end: usize| {
        let mut folded = String::with_capacity(end - start);
        for c in text[start..end].chars() {
            fold_into(c, &mut folded);
        }
        words.push(Word { text: folded, start, end, ends_sentence: false });
    };
    for (at, c) in text.char_indices() {
        let inside = c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}');
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

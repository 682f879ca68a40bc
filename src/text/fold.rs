//! Folding: one spelling for what readers take as the same word.

use super::latin;

/// The folded form of `text`: lower case, without accents, one apostrophe.
///
/// Ligatures are opened (`œ` to `oe`, `ß` to `ss`), full-width and mathematical letters become
/// plain ones, what is not seen (joiners, variation selectors) goes. Composed and decomposed
/// spellings fold to the same bytes. Linear in the text; one allocation.
///
/// ```
/// assert_eq!(doleance::text::fold("L’Été à Œdipe"), "l'ete a oedipe");
/// assert_eq!(doleance::text::fold("de\u{301}c\u{327}u"), "decu");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    fold_into(&mut out, text);
    into_string(out)
}

/// Every byte appended by this module is part of a whole character.
fn into_string(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
}

/// Appends the folded form of `text` to `out`, which then holds UTF-8 if it did before. For a
/// word of ASCII letters a nanosecond or two.
#[inline]
pub(crate) fn fold_into(out: &mut Vec<u8>, text: &str) {
    let start = out.len();
    let mut high = 0;
    // One pass that also learns whether it was enough.
    out.extend(text.bytes().map(|b| {
        high |= b;
        latin::fold_ascii(b)
    }));
    if high >= 0x80 {
        out.truncate(start);
        fold_chars_into(out, text);
    }
}

/// [`fold_into`] where something is not ASCII.
fn fold_chars_into(out: &mut Vec<u8>, text: &str) {
    let mut bytes = text.bytes();
    // ASCII and the letters of Latin-1, as long as nothing else comes.
    let mut done = 0;
    while let Some(b) = bytes.next() {
        if b < 0x80 {
            out.push(latin::fold_ascii(b));
            done += 1;
            continue;
        }
        let letter = if b == 0xC3 { bytes.next().map_or(0, latin::fold_latin1) } else { 0 };
        if letter == 0 {
            break;
        }
        out.push(letter);
        done += 2;
    }
    for c in text.get(done..).unwrap_or("").chars() {
        latin::fold_char(c, &mut |part| out.extend_from_slice(part));
    }
}

/// A folded form on the stack, for look-ups in small tables.
pub(crate) struct Small {
    bytes: [u8; Self::CAPACITY],
    len: usize,
}

impl Small {
    const CAPACITY: usize = 40;

    /// The folded form of `text`, `None` when it is too long for any table.
    #[inline]
    pub(crate) fn fold(text: &str) -> Option<Self> {
        let mut small = Self { bytes: [0; Self::CAPACITY], len: 0 };
        for &b in text.as_bytes() {
            if b >= 0x80 {
                return Self::fold_chars(text);
            }
            match small.bytes.get_mut(small.len) {
                Some(slot) => *slot = latin::fold_ascii(b),
                None => return None,
            }
            small.len += 1;
        }
        Some(small)
    }

    fn fold_chars(text: &str) -> Option<Self> {
        let mut small = Self { bytes: [0; Self::CAPACITY], len: 0 };
        for c in text.chars() {
            let mut fits = true;
            latin::fold_char(c, &mut |part| {
                let end = small.len + part.len();
                match small.bytes.get_mut(small.len..end) {
                    Some(slots) => {
                        slots.copy_from_slice(part);
                        small.len = end;
                    }
                    None => fits = false,
                }
            });
            if !fits {
                return None;
            }
        }
        Some(small)
    }

    /// The bytes.
    #[inline]
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&[])
    }
}

/// Appends `text` in lower case with its accents, composed, with one apostrophe: the form in
/// which `salé` and `sale` differ, and the one that the French stemmer wants.
pub(crate) fn fold_keep_accents_into(out: &mut Vec<u8>, text: &str) {
    if text.is_ascii() {
        out.extend(text.bytes().map(latin::fold_ascii));
        return;
    }
    // A letter waits here for the marks behind it.
    let mut waiting: Option<char> = None;
    for c in text.chars() {
        if latin::is_mark(c) {
            match waiting {
                Some(base) => waiting = latin::compose(base, c).or(waiting),
                None => push(out, c),
            }
        } else if !latin::is_ignorable(c) {
            if let Some(c) = waiting.take() {
                push(out, c);
            }
            let c = latin::unify(c).map_or(c, char::from);
            let mut lower = c.to_lowercase();
            waiting = lower.next();
            for more in lower {
                waiting = waiting.and_then(|base| latin::compose(base, more)).or(waiting);
            }
            if c.is_ascii() {
                waiting = Some(char::from(latin::fold_ascii(c as u8)));
            }
        }
    }
    if let Some(c) = waiting {
        push(out, c);
    }
}

fn push(out: &mut Vec<u8>, c: char) {
    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

/// Appends `folded` with runs of one letter cut to `max_run`: `deeeecu` to `deecu` for two. Digits
/// and punctuation stay as they are.
pub(crate) fn collapse_into(out: &mut Vec<u8>, folded: &str, max_run: usize) {
    let mut last = '\0';
    let mut run = 0;
    for c in folded.chars() {
        run = if c == last { run + 1 } else { 1 };
        last = c;
        if run <= max_run || !c.is_alphabetic() {
            push(out, c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keep(text: &str) -> String {
        let mut out = Vec::new();
        fold_keep_accents_into(&mut out, text);
        into_string(out)
    }

    #[test]
    fn accents_are_kept_and_composed() {
        assert_eq!(keep("SALÉ"), "salé");
        assert_eq!(keep("SALE\u{301}"), "salé");
        assert_eq!(keep("L’Œuvre d’Ậ"), "l'œuvre d'ậ");
        assert_eq!(keep("A\u{323}\u{302}"), "ậ");
        assert_eq!(keep("İ"), keep("I\u{307}"));
        assert_eq!(keep("ＡＢ\u{200B}c"), "abc");
    }

    #[test]
    fn runs_are_cut() {
        let mut out = Vec::new();
        collapse_into(&mut out, "noooon!!! 1000 ééé", 2);
        assert_eq!(into_string(out), "noon!!! 1000 éé");
    }

    #[test]
    fn folded_pairs() {
        for (text, folded) in [
            ("déçu", "decu"),
            ("ÉTÉ", "ete"),
            ("cœur Æ straße", "coeur ae strasse"),
            ("Łódź ø", "lodz o"),
            ("l’abonné l`abonné lʼabonné", "l'abonne l'abonne l'abonne"),
            ("ＳＡＶ", "sav"),
            ("𝐍𝐮𝐥", "nul"),
            ("ế", "e"),
            ("Å", "a"),
            ("☎\u{FE0F}", "☎"),
            ("Привет", "привет"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn small_refuses_what_is_long() {
        assert!(Small::fold(&"a".repeat(41)).is_none());
        assert!(Small::fold(&"é".repeat(41)).is_none());
        assert_eq!(Small::fold("Là").map(|s| s.as_bytes().to_vec()), Some(b"la".to_vec()));
    }
}

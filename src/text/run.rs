//! Runs of plain letters, eight bytes at a time.
//!
//! Four tokens in five are ASCII or Latin-1 letters between spaces, so this is where the time of
//! the crate goes. Eight bytes are looked at as one number (all lanes stay below carry), which
//! needs no `unsafe` and gives the same on every platform.

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// A run of ASCII and Latin-1 letters.
pub(crate) struct Run {
    /// Behind its last byte.
    pub(crate) end: usize,
    /// How many of its letters take two bytes.
    pub(crate) wide: usize,
    /// How many are capitals.
    pub(crate) uppers: usize,
    pub(crate) first_upper: bool,
    /// Whether an ASCII letter stands three times in a row, whatever the case.
    pub(crate) triple: bool,
}

/// The eight bytes at `i`, zeros behind the end of the text.
#[inline]
fn eight(bytes: &[u8], i: usize) -> u64 {
    if let Some(Ok(chunk)) = bytes.get(i..i + 8).map(<[u8; 8]>::try_from) {
        return u64::from_le_bytes(chunk);
    }
    let rest = bytes.get(i..).unwrap_or(&[]);
    match bytes.last_chunk::<8>() {
        // The last eight bytes, with those before `i` shifted out.
        Some(chunk) if !rest.is_empty() => u64::from_le_bytes(*chunk) >> (64 - 8 * rest.len()),
        _ => rest.iter().rev().fold(0, |word, &b| word << 8 | u64::from(b)),
    }
}

/// The top bit of every byte of `word` that is `byte`.
#[inline]
fn equal(word: u64, byte: u8) -> u64 {
    let t = word ^ LOW * byte as u64;
    !(((t & !HIGH) + !HIGH) | t) & HIGH
}

/// How many low bytes of `mask` (top bits) are set in a row.
#[inline]
fn leading(mask: u64) -> usize {
    ((!mask & HIGH).trailing_zeros() / 8) as usize
}

/// The top bits of the ASCII letters of `word`.
#[inline]
fn ascii_letters(word: u64) -> u64 {
    let low = (word | LOW * 0x20) & !HIGH;
    let from_a = low + LOW * (0x80 - b'a' as u64);
    let behind_z = low + LOW * (0x80 - (b'z' + 1) as u64);
    from_a & !behind_z & !word & HIGH
}

/// The letters at `start`. Two to four nanoseconds a word.
#[inline]
pub(crate) fn letters(bytes: &[u8], start: usize) -> Run {
    let word = eight(bytes, start);
    let ascii = ascii_letters(word);
    let n = leading(ascii);
    if n == 8 || bytes.get(start + n) == Some(&0xC3) {
        return long_letters(bytes, start);
    }
    // The bytes of the word alone.
    let inside = HIGH & ((1 << (8 * n)) - 1);
    let capitals = ascii & !(word << 2) & inside;
    let folded = word | LOW * 0x20;
    let pairs = folded ^ folded >> 8;
    let triples = equal_zero(pairs | pairs >> 8) & (inside >> 16);
    Run {
        end: start + n,
        wide: 0,
        uppers: if capitals == 0 { 0 } else { capitals.count_ones() as usize },
        first_upper: capitals & 0x80 != 0,
        triple: triples != 0,
    }
}

#[inline]
fn equal_zero(word: u64) -> u64 {
    !(((word & !HIGH) + !HIGH) | word) & HIGH
}

/// [`letters`] for more than seven bytes or with letters of Latin-1.
#[inline(never)]
fn long_letters(bytes: &[u8], start: usize) -> Run {
    let mut run = Run { end: start, wide: 0, uppers: 0, first_upper: false, triple: false };
    // Bytes of the chunk that an earlier chunk has counted; they overlap to see every triple.
    let mut known = 0;
    loop {
        let at = run.end - known;
        let word = eight(bytes, at);
        let counted = (1u64 << (8 * known)) - 1;
        let mut single = ascii_letters(word);
        let lead = equal(word, 0xC3);
        // Second bytes of Latin-1 letters: behind 0xC3, and neither × nor ÷.
        let signs = equal(word & (LOW * 0xDF), 0x97);
        let second = lead << 8 & word & !signs;
        let letters = single | second | lead & second >> 8 | counted & HIGH;
        let n = leading(letters);
        let inside = if n == 8 { HIGH } else { HIGH & ((1 << (8 * n)) - 1) };
        let new = inside & !counted;
        single = (single | second & !equal(word, 0x9F)) & new;
        let capitals = single & !(word << 2);
        if capitals != 0 {
            run.uppers += capitals.count_ones() as usize;
            let first = if word & 0xFF == 0xC3 { 0x8000 } else { 0x80 };
            run.first_upper |= known == 0 && capitals & first != 0;
        }
        if lead & new != 0 {
            run.wide += (lead & new).count_ones() as usize;
        }
        let folded = word | LOW * 0x20;
        let pairs = folded ^ folded >> 8;
        run.triple |= equal_zero(pairs | pairs >> 8) & (inside >> 16) != 0;
        run.end = at + n;
        if n < 8 {
            // The two bytes of a letter may stand in two chunks.
            let second = bytes.get(run.end + 1).map_or(0, |b| b & 0xDF);
            let cut = n == 7 && bytes.get(run.end) == Some(&0xC3) && second != 0x97;
            if !cut {
                return run;
            }
        }
        known = 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::class::{self, Class};

    fn slowly(text: &str, start: usize) -> Run {
        let mut run = Run { end: start, wide: 0, uppers: 0, first_upper: false, triple: false };
        let (mut last, mut before) = ('\0', '\u{1}');
        for c in text[start..].chars() {
            let latin = c.is_ascii_alphabetic() || matches!(c, 'À'..='ÿ') && !"×÷".contains(c);
            if !latin {
                break;
            }
            if class::class(c) == Class::Upper {
                run.uppers += 1;
                run.first_upper |= run.end == start;
            }
            run.wide += usize::from(!c.is_ascii());
            let lower = c.to_ascii_lowercase();
            run.triple |= c.is_ascii() && lower == last && last == before;
            (before, last) = (last, lower);
            run.end += c.len_utf8();
        }
        run
    }

    #[test]
    fn chunks_see_what_characters_say() {
        // Words over a small alphabet, at all offsets, from a fixed congruence.
        let alphabet: Vec<char> = "aaabBzZ@[`{éÉß×÷ÿÀÞ’ 9œ\u{C0}".chars().collect();
        let mut state = 1u32;
        for _ in 0..200_000 {
            let mut text = String::new();
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let letters = 4 + (state >> 27) as usize % 20;
            for _ in 0..state >> 28 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push(alphabet[(state >> 16) as usize % letters.min(alphabet.len())]);
            }
            for (start, _) in text.char_indices() {
                let (fast, slow) = (super::letters(text.as_bytes(), start), slowly(&text, start));
                assert_eq!(fast.end, slow.end, "{text:?} {start}");
                assert_eq!(
                    (fast.wide, fast.uppers, fast.first_upper, fast.triple),
                    (slow.wide, slow.uppers, slow.first_upper, slow.triple),
                    "{text:?} {start}"
                );
            }
        }
    }
}

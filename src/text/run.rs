//! Runs of plain letters, eight bytes at a time.
//!
//! Four tokens in five are ASCII or Latin-1 letters between spaces, so this is where the time of
//! the crate goes. Eight bytes are looked at as one number (all lanes stay below carry), which
//! needs no `unsafe` and gives the same on every platform.

use super::latin::fold_latin1;
use super::token::TokenFlags;

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// A run of ASCII and Latin-1 letters.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// Behind its last byte.
    pub(crate) end: usize,
    /// The byte there; zero at the end of the text.
    pub(crate) next: u8,
    /// Its first two bytes, or what stands there.
    pub(crate) head: [u8; 2],
    /// How many of its letters take two bytes.
    pub(crate) wide: usize,
    /// Capitals, title and not ASCII; elongated when an ASCII letter stands three times in a row.
    pub(crate) flags: TokenFlags,
}

/// The eight bytes at `i`, zeros behind the end of the text.
#[inline]
fn eight(bytes: &[u8], i: usize) -> u64 {
    if let Some(chunk) = bytes.get(i..).and_then(|rest| rest.first_chunk()) {
        return u64::from_le_bytes(*chunk);
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
    let t = word ^ (LOW * byte as u64);
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
    let low = (word | (LOW * 0x20)) & !HIGH;
    let from_a = low + LOW * (0x80 - b'a' as u64);
    let behind_z = low + LOW * (0x80 - (b'z' + 1) as u64);
    from_a & !behind_z & !word & HIGH
}

/// A run of up to seven ASCII letters.
pub(crate) struct Short {
    /// How many.
    pub(crate) len: usize,
    /// The byte behind them; zero at the end of the text.
    pub(crate) next: u8,
    pub(crate) flags: TokenFlags,
    /// The first two bytes, or what stands there.
    pub(crate) head: [u8; 2],
}

/// The letters at `start`, if there are no more than seven and the next is none of Latin-1. No
/// branch on what they are, for that can hardly be foreseen.
#[inline(always)]
pub(crate) fn short(bytes: &[u8], start: usize) -> Option<Short> {
    let word = eight(bytes, start);
    short_of(word, ascii_letters(word))
}

/// [`short`] of a word and its letters.
#[inline(always)]
fn short_of(word: u64, ascii: u64) -> Option<Short> {
    let len = leading(ascii);
    // A shift by 64 cannot be: eight letters leave on the next line.
    let next = (word >> (8 * (len & 7))) as u8;
    if len == 8 || next == 0xC3 {
        return None;
    }
    // The bytes of the word alone.
    let bytes = (1u64 << (8 * len)) - 1;
    let inside = HIGH & bytes;
    let capitals = ascii & !(word << 2) & inside;
    let all = (capitals == inside) & (len >= 2);
    let flags = TokenFlags::CAPITALS
        .when(all)
        .with(TokenFlags::TITLE.when(capitals == 0x80))
        .with(TokenFlags::ELONGATED.when(triples(word, inside)));
    Some(Short { len, next, flags, head: [word as u8, (word >> 8) as u8] })
}

/// A word of up to fifteen letters.
pub(crate) struct Plain {
    /// How many bytes.
    pub(crate) len: usize,
    /// The byte behind it; zero at the end of the text.
    pub(crate) next: u8,
    /// Capitals and not ASCII, no others.
    pub(crate) flags: TokenFlags,
    /// Whether a letter is small.
    pub(crate) small: bool,
    /// In lower case, zeros behind.
    pub(crate) folded: [u64; 2],
    /// The first two bytes, or what stands there.
    pub(crate) head: [u8; 2],
}

/// The ASCII letters at `start`, if there are one to fifteen and the next is none of Latin-1. Its
/// flags do not tell whether it is drawn out, or a title: who knows the word by its letters knows.
#[inline(always)]
pub(crate) fn plain(bytes: &[u8], start: usize) -> Option<Plain> {
    let word = eight(bytes, start);
    let ascii = ascii_letters(word);
    if ascii & 0x80 == 0 {
        return None;
    }
    let (last, before) = if ascii == HIGH { (eight(bytes, start + 8), 8) } else { (word, 0) };
    let more = if before == 0 { leading(ascii) } else { leading(ascii_letters(last)) };
    let next = (last >> (8 * (more & 7))) as u8;
    if (more == 8) | (next == 0xC3) {
        return None;
    }
    let len = before + more;
    let letters = last & ((1u64 << (8 * more)) - 1);
    let all = letters | if before == 0 { 0 } else { word };
    let small = all & (LOW * 0x20) != 0;
    let flags = TokenFlags::CAPITALS.when(!small & (len >= 2));
    let lower = letters | (LOW * 0x20) & ((1u64 << (8 * more)) - 1);
    let folded = if before == 0 { [lower, 0] } else { [word | (LOW * 0x20), lower] };
    let head = [word as u8, (word >> 8) as u8];
    Some(Plain { len, next, flags, small, folded, head })
}

/// The bytes before each place of sixteen.
static BEFORE: [[u64; 2]; 17] = before_table();

const fn before_table() -> [[u64; 2]; 17] {
    let mut table = [[0; 2]; 17];
    let mut at = 1;
    while at <= 16 {
        table[at] = table[at - 1];
        table[at][(at - 1) / 8] |= 0xff << (8 * ((at - 1) % 8));
        at += 1;
    }
    table
}

/// [`plain`] for a word with one or two letters of Latin-1 that each fold to one letter, and how many
/// letters it has: as many bytes has its folded form.
#[inline(always)]
pub(crate) fn accented(bytes: &[u8], start: usize) -> Option<(Plain, usize)> {
    let [low, high] = [eight(bytes, start), eight(bytes, start + 8)];
    let lead = [equal(low, 0xC3), equal(high, 0xC3)];
    // What stands behind 0xC3: the signs among it fold to no letter.
    let second = [lead[0] << 8, lead[1] << 8 | lead[0] >> 56];
    let no_letter = [
        !(ascii_letters(low) | lead[0] | second[0]) & HIGH,
        !(ascii_letters(high) | lead[1] | second[1]) & HIGH,
    ];
    let len = match no_letter {
        [0, 0] => return None,
        [0, high] => 8 + high.trailing_zeros() as usize / 8,
        [low, _] => low.trailing_zeros() as usize / 8,
    };
    // The bytes of the word alone.
    let within = BEFORE[len & 15];
    let mut left = u128::from(lead[0] & within[0]) | u128::from(lead[1] & within[1]) << 64;
    let byte = |i: usize| bytes.get(i).copied().unwrap_or(0);
    let next = byte(start + len);
    let small = (low & within[0] | high & within[1]) & (LOW * 0x20);
    // The two bytes of each accented letter become one.
    let mut folded = [(low | (LOW * 0x20)) & within[0], (high | (LOW * 0x20)) & within[1]];
    let mut wide = 0;
    while left != 0 {
        let place = left.trailing_zeros() as usize / 8;
        let second = byte(start + place + 1);
        let letter = fold_latin1(second);
        if letter == 0 || wide == 2 {
            return None;
        }
        let at = place - wide;
        let (before, behind) = (BEFORE[at & 15], BEFORE[(at & 15) + 1]);
        let moved = [folded[0] >> 8 | folded[1] << 56, folded[1] >> 8];
        let other = LOW * u64::from((second | 0x20) ^ letter);
        for lane in 0..2 {
            let kept = (folded[lane] ^ moved[lane]) & before[lane];
            folded[lane] = moved[lane] ^ kept ^ other & (before[lane] ^ behind[lane]);
        }
        wide += 1;
        left &= left - 1;
    }
    if wide == 0 {
        return None;
    }
    let letters = len - wide;
    let capitals = TokenFlags::CAPITALS.when((small == 0) & (letters >= 2));
    let flags = TokenFlags::NON_ASCII.with(capitals);
    let head = [low as u8, (low >> 8) as u8];
    Some((Plain { len, next, flags, small: small != 0, folded, head }, letters))
}

/// The letters at `start`. Two to four nanoseconds a word.
#[inline]
pub(crate) fn letters(bytes: &[u8], start: usize) -> Run {
    match short(bytes, start) {
        Some(Short { len, next, flags, head, .. }) => {
            Run { end: start + len, next, head, wide: 0, flags }
        }
        None => long_letters(bytes, start),
    }
}

/// Whether an ASCII letter stands three times in a row, whatever the case, in the bytes `inside`.
#[inline]
fn triples(word: u64, inside: u64) -> bool {
    let folded = word | (LOW * 0x20);
    let pairs = folded ^ folded >> 8;
    let unlike = pairs | pairs >> 8;
    // A zero byte at the first of three alike. What is borrowed makes mistakes above one only, and
    // nothing inside lies above what is outside.
    unlike.wrapping_sub(LOW) & !unlike & inside >> 16 & HIGH != 0
}

/// [`letters`] for more than seven bytes or with letters of Latin-1.
#[inline(never)]
pub(crate) fn long_letters(bytes: &[u8], start: usize) -> Run {
    let (mut wide, mut uppers, mut first_upper, mut elongated) = (0, 0, false, false);
    let mut end = start;
    // Bytes of the chunk that an earlier chunk has counted; they overlap to see every triple.
    let mut known = 0;
    loop {
        let at = end - known;
        let word = eight(bytes, at);
        let counted = (1u64 << (8 * known)) - 1;
        let mut single = ascii_letters(word);
        let (mut lead, mut second) = (0, 0);
        if word & HIGH != 0 {
            lead = equal(word, 0xC3);
            // Second bytes of Latin-1 letters: behind 0xC3, and neither × nor ÷.
            second = lead << 8 & word & !equal(word & (LOW * 0xDF), 0x97);
        }
        let letters = single | second | lead & second >> 8 | counted & HIGH;
        let n = leading(letters);
        let inside = if n == 8 { HIGH } else { HIGH & ((1 << (8 * n)) - 1) };
        let new = inside & !counted;
        single = (single | second) & new;
        let mut capitals = single & !(word << 2);
        if capitals != 0 {
            // ß has the bits of a capital.
            capitals &= !(second & equal(word, 0x9F));
            uppers += capitals.count_ones() as usize;
            let first = if word & 0xFF == 0xC3 { 0x8000 } else { 0x80 };
            first_upper |= known == 0 && capitals & first != 0;
        }
        if lead & new != 0 {
            wide += (lead & new).count_ones() as usize;
        }
        elongated |= triples(word, inside);
        end = at + n;
        if n < 8 {
            // The two bytes of a letter may stand in two chunks.
            let second = bytes.get(end + 1).map_or(0, |b| b & 0xDF);
            let cut = n == 7 && bytes.get(end) == Some(&0xC3) && second != 0x97;
            if !cut {
                break;
            }
        }
        known = 2;
    }
    let mut flags = TokenFlags::of_capitals(end - start - wide, uppers, first_upper);
    if elongated {
        flags = flags.with(TokenFlags::ELONGATED);
    }
    if wide != 0 {
        flags = flags.with(TokenFlags::NON_ASCII);
    }
    let byte = |i: usize| bytes.get(i).copied().unwrap_or(0);
    Run { end, next: byte(end), head: [byte(start), byte(start + 1)], wide, flags }
}

/// The flags of a word that may hold anything of ASCII.
pub(crate) fn ascii_flags(bytes: &[u8]) -> TokenFlags {
    let (mut letters, mut uppers, mut first_upper, mut elongated) = (0, 0, false, 0);
    // Bytes of the chunk that an earlier chunk has counted; they overlap to see every triple.
    let (mut at, mut counted) = (0, 0);
    while at < bytes.len() {
        let word = eight(bytes, at);
        let single = ascii_letters(word);
        let new = single & !counted;
        let capitals = new & !(word << 2);
        first_upper |= letters == 0 && capitals & new & new.wrapping_neg() != 0;
        letters += new.count_ones() as usize;
        uppers += capitals.count_ones() as usize;
        let folded = word | (LOW * 0x20);
        let pairs = folded ^ folded >> 8;
        elongated |= equal(pairs | pairs >> 8, 0) & single & single >> 8 & single >> 16;
        (at, counted) = (at + 6, 0x8080);
        if at + 2 >= bytes.len() {
            break;
        }
    }
    let flags = TokenFlags::of_capitals(letters, uppers, first_upper);
    flags.with(TokenFlags::ELONGATED.when(elongated != 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::class::{self, Class};
    use crate::text::fold::fold;

    fn slowly(text: &str, start: usize) -> Run {
        let (mut end, mut wide, mut uppers, mut first_upper) = (start, 0, 0, false);
        let (mut last, mut before, mut elongated) = ('\0', '\u{1}', false);
        for c in text[start..].chars() {
            let latin = c.is_ascii_alphabetic() || matches!(c, 'À'..='ÿ') && !"×÷".contains(c);
            if !latin {
                break;
            }
            if class::class(c) == Class::Upper {
                uppers += 1;
                first_upper |= end == start;
            }
            wide += usize::from(!c.is_ascii());
            let lower = c.to_ascii_lowercase();
            elongated |= c.is_ascii() && lower == last && last == before;
            (before, last) = (last, lower);
            end += c.len_utf8();
        }
        let mut flags = TokenFlags::of_capitals(end - start - wide, uppers, first_upper);
        if elongated {
            flags = flags.with(TokenFlags::ELONGATED);
        }
        if wide != 0 {
            flags = flags.with(TokenFlags::NON_ASCII);
        }
        let byte = |i: usize| text.as_bytes().get(i).copied().unwrap_or(0);
        Run { end, next: byte(end), head: [byte(start), byte(start + 1)], wide, flags }
    }

    fn ascii_slowly(word: &[u8]) -> TokenFlags {
        let (mut letters, mut uppers, mut first_upper) = (0usize, 0usize, false);
        let (mut last, mut before, mut elongated) = (0u8, 1u8, false);
        for &b in word {
            let letter = b.is_ascii_alphabetic();
            first_upper |= letters == 0 && b.is_ascii_uppercase();
            letters += usize::from(letter);
            uppers += usize::from(b.is_ascii_uppercase());
            let lower = b | 0x20;
            elongated |= letter && lower == last && last == before;
            (before, last) = (last, if letter { lower } else { 0 });
        }
        let flags = TokenFlags::of_capitals(letters, uppers, first_upper);
        if elongated { flags.with(TokenFlags::ELONGATED) } else { flags }
    }

    #[test]
    fn flags_of_ascii_are_those_of_its_bytes() {
        let alphabet = b"aaaAAbB'@`-3_z[";
        let mut state = 1u32;
        for round in 0..200_000 {
            let mut word = Vec::new();
            for _ in 0..round % 29 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let letters = [3, 5, 8, alphabet.len()][round / 29 % 4];
                word.push(alphabet[(state >> 16) as usize % letters]);
            }
            let text = String::from_utf8_lossy(&word);
            assert_eq!(ascii_flags(&word), ascii_slowly(&word), "{text:?}");
        }
    }

    #[test]
    fn chunks_see_what_characters_say() {
        // Words over a small alphabet, at all offsets, from a fixed congruence.
        let alphabet: Vec<char> = "aaabBzZ@[`{éÉß×÷ÿÀÞ’ 9œ\u{C0}".chars().collect();
        let mut state = 1u32;
        let mut found = 0;
        for _ in 0..200_000 {
            let mut text = String::new();
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let letters = 4 + (state >> 27) as usize % 20;
            for _ in 0..state >> 28 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push(alphabet[(state >> 16) as usize % letters.min(alphabet.len())]);
            }
            for (start, _) in text.char_indices() {
                let fast = super::letters(text.as_bytes(), start);
                let slow = slowly(&text, start);
                assert_eq!(fast, slow, "{text:?} {start}");
                if let Some(plain) = plain(text.as_bytes(), start) {
                    let Run { end, next, head, wide, flags } = slow;
                    assert_eq!((plain.len, plain.next, wide), (end - start, next, 0), "{text:?}");
                    let capitals = TokenFlags::CAPITALS.when(flags.is_capitals());
                    assert_eq!((plain.head, plain.flags), (head, capitals), "{text:?} {start}");
                    let mut folded = plain.folded.map(u64::to_le_bytes).concat();
                    assert!(folded.split_off(plain.len).iter().all(|&b| b == 0));
                    assert_eq!(folded, text[start..end].to_ascii_lowercase().as_bytes());
                }
                if let Some((plain, letters)) = accented(text.as_bytes(), start) {
                    let Run { end, next, head, wide, flags } = slowly(&text, start);
                    assert_eq!((plain.len, plain.next), (end - start, next), "{text:?} {start}");
                    let capitals = TokenFlags::CAPITALS.when(flags.is_capitals());
                    let flags = TokenFlags::NON_ASCII.with(capitals);
                    assert_eq!((plain.head, plain.flags), (head, flags), "{text:?} {start}");
                    assert!((1..=2).contains(&wide));
                    let mut folded = plain.folded.map(u64::to_le_bytes).concat();
                    assert!(folded.split_off(letters).iter().all(|&b| b == 0));
                    assert_eq!(folded, fold(&text[start..end]).as_bytes(), "{text:?} {start}");
                    found += 1;
                }
            }
        }
        assert!(found > 10_000);
    }
}

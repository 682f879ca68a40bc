//! What kind of character it is: a table for bytes, ranges for the rest.

use unicode_segmentation::UnicodeSegmentation;

use super::latin;

/// A lower-case ASCII letter.
pub(crate) const LOWER: u8 = 1;
/// An upper-case ASCII letter.
pub(crate) const UPPER: u8 = 2;
/// An ASCII digit.
pub(crate) const DIGIT: u8 = 4;
/// ASCII white space or a control: never part of a token.
pub(crate) const SPACE: u8 = 8;
/// A byte behind a word that ends it whatever follows.
pub(crate) const ENDS: u8 = 16;
/// A byte behind a word that ends it unless an ASCII letter, a digit or a slash follows.
pub(crate) const MAY_END: u8 = 32;
/// Punctuation that is one token when white space follows.
pub(crate) const MARK: u8 = 64;
/// A byte behind a dot or colon that may be inside a word, an address or a name: an ASCII letter, a
/// digit, a slash, anything that is not ASCII.
pub(crate) const GOES_ON: u8 = 128;
/// Any ASCII letter.
pub(crate) const LETTER: u8 = LOWER | UPPER;

/// The classes of single bytes; of longer characters they have none but [`GOES_ON`].
pub(crate) static BYTES: [u8; 256] = byte_table();

const fn byte_table() -> [u8; 256] {
    let mut table = [GOES_ON; 256];
    let mut b = 0;
    while b < 128 {
        table[b] = match b as u8 {
            b'a'..=b'z' => LOWER | GOES_ON,
            b'A'..=b'Z' => UPPER | GOES_ON,
            b'0'..=b'9' => DIGIT | GOES_ON,
            0..=b' ' | 127 => SPACE | ENDS,
            b',' | b';' | b'!' | b'?' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'"' => {
                ENDS | MARK
            }
            b'<' | b'>' | b'=' | b'*' | b'%' | b'#' | b'~' | b'|' | b'^' | b'\\' => ENDS,
            b'/' => ENDS | GOES_ON,
            b'.' | b':' => MAY_END | MARK,
            _ => 0,
        };
        b += 1;
    }
    table
}

/// What the two bytes behind a word tell, by `AROUND[next] & AROUND[behind] >> 4`: whether the word
/// goes on or may, and whether a number stands behind a space.
pub(crate) static AROUND: [u8; 256] = around_table();
/// It goes on, or may.
pub(crate) const ON: u8 = 1 | 2;
/// A space and a digit.
pub(crate) const NUMBER: u8 = 4;

const fn around_table() -> [u8; 256] {
    let mut table = [0; 256];
    let mut b = 0;
    while b < 256 {
        let class = BYTES[b];
        let next = match class & (ENDS | MAY_END) {
            0 => 2,
            MAY_END => 1,
            _ if b == b' ' as usize => NUMBER,
            _ => 0,
        };
        let goes_on = if class & GOES_ON != 0 { 1 } else { 0 };
        let digit = if class & DIGIT != 0 { NUMBER } else { 0 };
        table[b] = next | (2 | goes_on | digit) << 4;
        b += 1;
    }
    table
}

/// The letters of Latin-1 by the low six bits of their second byte (the first is `0xC3`): lower,
/// upper, or zero for the two signs among them.
pub(crate) static LATIN1: [u8; 64] = latin1_table();

const fn latin1_table() -> [u8; 64] {
    let mut table = [LOWER; 64];
    let mut b = 0;
    while b < 0x1F {
        table[b] = UPPER;
        b += 1;
    }
    table[0x17] = 0; // ×
    table[0x37] = 0; // ÷
    table
}

/// What a character is to the `social` tokenizer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Class {
    Lower,
    Upper,
    /// A letter without case, or a number that is no ASCII digit.
    Letter,
    Digit,
    /// Belongs to the character before it.
    Mark,
    /// Not seen: joiners, direction marks, variation selectors.
    Ignorable,
    Space,
    Apostrophe,
    Hyphen,
    Currency,
    Emoji,
    /// `!`, `?` and their like.
    Exclaim,
    /// A full stop or an ellipsis.
    Stop,
    Punctuation,
    Symbol,
}

impl Class {
    /// Letters and digits.
    #[inline]
    pub(crate) fn is_word(self) -> bool {
        matches!(self, Self::Lower | Self::Upper | Self::Letter | Self::Digit)
    }

    /// Letters.
    #[inline]
    pub(crate) fn is_letter(self) -> bool {
        matches!(self, Self::Lower | Self::Upper | Self::Letter)
    }
}

/// The classes up to the end of Latin Extended-A.
static LATIN: [Class; LATIN_END] = latin_table();
const LATIN_END: usize = 0x180;

/// The classes of the block General Punctuation, U+2000 to U+206F.
static GENERAL: [Class; 0x70] = general_table();

const fn latin_table() -> [Class; LATIN_END] {
    let mut table = [Class::Symbol; LATIN_END];
    let mut c = 0;
    while c < LATIN_END {
        table[c] = match c as u32 {
            0..=0x20 | 0x7F..=0xA0 => Class::Space,
            0x22 | 0x28 | 0x29 | 0x2C | 0x2F | 0x3A | 0x3B | 0x5B | 0x5D | 0x7B | 0x7D => {
                Class::Punctuation
            }
            // § « ¶ · »
            0xA7 | 0xAB | 0xB6 | 0xB7 | 0xBB => Class::Punctuation,
            0x21 | 0x3F | 0xA1 | 0xBF => Class::Exclaim,
            0x24 | 0xA2..=0xA5 => Class::Currency,
            0x27 | 0x60 | 0xB4 => Class::Apostrophe,
            0x2D => Class::Hyphen,
            0x2E => Class::Stop,
            0x30..=0x39 => Class::Digit,
            0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE => Class::Upper,
            0x61..=0x7A | 0xDF..=0xF6 | 0xF8..=0xFF => Class::Lower,
            0xAD => Class::Ignorable,
            // ª º µ, superscripts and fractions
            0xAA | 0xB2 | 0xB3 | 0xB5 | 0xB9 | 0xBA | 0xBC..=0xBE => Class::Letter,
            // Pairs of a capital and its small letter; the odd ones out follow.
            0x100..=0x137 | 0x14A..=0x177 => {
                if c % 2 == 0 {
                    Class::Upper
                } else {
                    Class::Lower
                }
            }
            0x139..=0x148 | 0x179..=0x17E => {
                if c % 2 == 1 {
                    Class::Upper
                } else {
                    Class::Lower
                }
            }
            0x178 => Class::Upper,
            0x100.. => Class::Lower,
            _ => Class::Symbol,
        };
        c += 1;
    }
    table
}

const fn general_table() -> [Class; 0x70] {
    let mut table = [Class::Punctuation; 0x70];
    let mut c = 0;
    while c < table.len() {
        table[c] = match c {
            0x00..=0x0A | 0x28 | 0x29 | 0x2F | 0x5F => Class::Space,
            0x0B..=0x0F | 0x2A..=0x2E | 0x60..=0x6F => Class::Ignorable,
            0x10 | 0x11 => Class::Hyphen,
            // ‘ ’ ‛ ′
            0x18 | 0x19 | 0x1B | 0x32 => Class::Apostrophe,
            // ‥ …
            0x25 | 0x26 => Class::Stop,
            // ‼ ⁉
            0x3C | 0x49 => Class::Emoji,
            // ‽
            0x3D => Class::Exclaim,
            // ⁄ ⁒
            0x44 | 0x52 => Class::Symbol,
            _ => Class::Punctuation,
        };
        c += 1;
    }
    table
}

/// The class of `c`. One look-up for Latin letters and the punctuation of typography.
#[inline]
pub(crate) fn class(c: char) -> Class {
    match LATIN.get(c as usize) {
        Some(class) => *class,
        None => other_class(c),
    }
}

#[inline(never)]
fn other_class(c: char) -> Class {
    if let Some(class) = (c as usize).checked_sub(0x2000).and_then(|i| GENERAL.get(i)) {
        return *class;
    }
    match c {
        '！' | '？' => Class::Exclaim,
        '\u{20A0}'..='\u{20CF}' | '＄' | '￡' | '￥' => Class::Currency,
        // Scripts without case; their marks and signs are left to the arms below.
        '\u{590}'..='\u{109F}'
        | '\u{1100}'..='\u{167F}'
        | '\u{3040}'..='\u{3296}'
        | '\u{3400}'..='\u{D7FF}'
            if c.is_alphanumeric() =>
        {
            Class::Letter
        }
        _ if latin::is_apostrophe(c) => Class::Apostrophe,
        _ if latin::is_mark(c) => Class::Mark,
        _ if latin::is_ignorable(c) => Class::Ignorable,
        '\u{2010}'.. if is_emoji(c) => Class::Emoji,
        _ if c.is_alphanumeric() => {
            if c.is_uppercase() {
                Class::Upper
            } else if c.is_lowercase() {
                Class::Lower
            } else {
                Class::Letter
            }
        }
        _ if c.is_whitespace() || c.is_control() => Class::Space,
        '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}'
        | '\u{3014}'..='\u{301F}'
        | '\u{FE30}'..='\u{FE6B}'
        | '\u{FF01}'..='\u{FF0F}'
        | '\u{FF1A}'..='\u{FF20}'
        | '\u{FF3B}'..='\u{FF40}'
        | '\u{FF5B}'..='\u{FF65}' => Class::Punctuation,
        _ if extends(c) => Class::Mark,
        _ => Class::Symbol,
    }
}

/// Whether `c` joins the character before it into one grapheme cluster: marks of other scripts.
fn extends(c: char) -> bool {
    // Asked of the library, for std has no table of marks; only rare characters come here.
    let mut buffer = [b'a'; 5];
    let len = 1 + c.encode_utf8(&mut buffer[1..]).len();
    std::str::from_utf8(&buffer[..len]).is_ok_and(|pair| pair.graphemes(true).nth(1).is_none())
}

/// Whether `c` starts an emoji by itself: the pictographs of Unicode and the letters of flags.
/// Signs that are text unless a variation selector follows are [`is_text_emoji`].
pub(crate) fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{203C}' | '\u{2049}' | '\u{231A}'..='\u{231B}' | '\u{2328}' | '\u{23CF}'
        | '\u{23E9}'..='\u{23F3}' | '\u{23F8}'..='\u{23FA}' | '\u{25B6}' | '\u{25C0}'
        | '\u{25FB}'..='\u{25FE}' | '\u{2600}'..='\u{2612}' | '\u{2614}'..='\u{2685}'
        | '\u{2690}'..='\u{2705}' | '\u{2708}'..='\u{2712}' | '\u{2714}' | '\u{2716}'
        | '\u{271D}' | '\u{2721}' | '\u{2728}' | '\u{2733}'..='\u{2734}' | '\u{2744}'
        | '\u{2747}' | '\u{274C}' | '\u{274E}' | '\u{2753}'..='\u{2755}' | '\u{2757}'
        | '\u{2763}'..='\u{2767}' | '\u{2795}'..='\u{2797}' | '\u{27A1}' | '\u{27B0}'
        | '\u{27BF}' | '\u{2934}'..='\u{2935}' | '\u{2B05}'..='\u{2B07}'
        | '\u{2B1B}'..='\u{2B1C}' | '\u{2B50}' | '\u{2B55}'
        | '\u{1F000}'..='\u{1F0FF}' | '\u{1F10D}'..='\u{1F10F}' | '\u{1F12F}'
        | '\u{1F16C}'..='\u{1F171}' | '\u{1F17E}'..='\u{1F17F}' | '\u{1F18E}'
        | '\u{1F191}'..='\u{1F19A}' | '\u{1F1AD}'..='\u{1F20F}' | '\u{1F21A}' | '\u{1F22F}'
        | '\u{1F232}'..='\u{1F23A}' | '\u{1F23C}'..='\u{1F23F}' | '\u{1F249}'..='\u{1F64F}'
        | '\u{1F680}'..='\u{1F6FF}' | '\u{1F774}'..='\u{1F77F}' | '\u{1F7D5}'..='\u{1F7FF}'
        | '\u{1F80C}'..='\u{1F80F}' | '\u{1F90C}'..='\u{1F93A}' | '\u{1F93C}'..='\u{1F945}'
        | '\u{1F947}'..='\u{1FAFF}' | '\u{1FC00}'..='\u{1FFFD}')
}

/// Whether `c` is an emoji only when U+FE0F follows: `©`, `™`, arrows, small squares.
pub(crate) fn is_text_emoji(c: char) -> bool {
    matches!(
        c,
        '©' | '®' | '™' | 'ℹ' | '↔'
            ..='↙' | '↩' | '↪' | 'Ⓜ' | '▪' | '▫' | '〰' | '〽' | '㊗' | '㊙'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_agree_with_unicode() {
        for c in ('\0'..'\u{180}').chain('\u{2000}'..'\u{2070}') {
            let class = class(c);
            assert_eq!(class == Class::Apostrophe, latin::is_apostrophe(c), "{c:?}");
            assert_eq!(class == Class::Ignorable, latin::is_ignorable(c), "{c:?}");
            assert_eq!(class == Class::Space, c.is_whitespace() || c.is_control(), "{c:?}");
            assert_eq!(class == Class::Digit, c.is_ascii_digit(), "{c:?}");
            // The modifier apostrophes are letters to Unicode.
            if c.is_alphabetic() && class != Class::Apostrophe {
                assert!(class.is_letter(), "{c:?}");
                assert_eq!(class == Class::Upper, c.is_uppercase(), "{c:?} {class:?}");
            }
            if class.is_letter() {
                assert!(c.is_alphanumeric(), "{c:?} {class:?}");
            }
        }
    }
}

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
/// Any ASCII letter.
pub(crate) const LETTER: u8 = LOWER | UPPER;

/// The classes of single bytes; bytes of longer characters have none.
pub(crate) static BYTES: [u8; 256] = byte_table();

const fn byte_table() -> [u8; 256] {
    let mut table = [0; 256];
    let mut b = 0;
    while b < 128 {
        table[b] = match b as u8 {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            0..=b' ' | 127 => SPACE | ENDS,
            b',' | b';' | b'!' | b'?' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'"' | b'<'
            | b'>' | b'=' | b'*' | b'%' | b'#' | b'~' | b'|' | b'^' | b'\\' | b'/' => ENDS,
            b'.' | b':' => MAY_END,
            _ => 0,
        };
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
    /// A letter without case, or a number that is no digit.
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

/// The class of `c`. Constant time; one table look-up for Latin letters.
pub(crate) fn class(c: char) -> Class {
    if c.is_ascii() {
        return match c as u8 {
            b'a'..=b'z' => Class::Lower,
            b'A'..=b'Z' => Class::Upper,
            b'0'..=b'9' => Class::Digit,
            0..=b' ' | 127 => Class::Space,
            b'\'' | b'`' => Class::Apostrophe,
            b'-' => Class::Hyphen,
            b'$' => Class::Currency,
            b'!' | b'?' => Class::Exclaim,
            b'.' => Class::Stop,
            b',' | b';' | b':' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'"' | b'/' => {
                Class::Punctuation
            }
            _ => Class::Symbol,
        };
    }
    match c {
        'À'..='Ö' | 'Ø'..='Þ' => Class::Upper,
        'ß'..='ö' | 'ø'..='ÿ' => Class::Lower,
        'Ā'..='ɏ' | '\u{1E00}'..='\u{1EFF}' => {
            if c.is_uppercase() {
                Class::Upper
            } else {
                Class::Lower
            }
        }
        '…' | '‥' => Class::Stop,
        '‽' | '！' | '？' | '¿' | '¡' => Class::Exclaim,
        '‐' | '‑' => Class::Hyphen,
        '¢'..='¥' | '₠'..='\u{20CF}' | '＄' | '￡' | '￥' => Class::Currency,
        _ if latin::is_apostrophe(c) => Class::Apostrophe,
        _ if latin::is_mark(c) => Class::Mark,
        _ if latin::is_ignorable(c) => Class::Ignorable,
        _ if c.is_whitespace() || c.is_control() => Class::Space,
        _ if is_emoji(c) => Class::Emoji,
        _ if c.is_uppercase() => Class::Upper,
        _ if c.is_lowercase() => Class::Lower,
        _ if c.is_numeric() && c.to_digit(10).is_some() => Class::Digit,
        _ if c.is_alphanumeric() => Class::Letter,
        '«'
        | '»'
        | '·'
        | '§'
        | '¶'
        | '\u{2012}'..='\u{2027}'
        | '\u{2030}'..='\u{205E}'
        | '\u{3001}'..='\u{3003}'
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

//! Words by the book: the word boundaries of Unicode (UAX #29).

use std::iter::FusedIterator;

use unicode_segmentation::UnicodeSegmentation;

use super::class::{BYTES, DIGIT, LATIN1, LETTER};
use super::token::Span;

/// Cuts a text at the word boundaries of Unicode (UAX #29).
///
/// Every byte is in exactly one segment, white space and punctuation too; [`Segment::is_word`]
/// tells words from the rest. The boundaries are those of `unicode-segmentation` on any text:
/// plain ASCII and Latin letters are cut by a short scan, everything else by that library.
/// Linear, no allocation.
///
/// ```
/// let text = "Can’t pay 12.50 €";
/// let words: Vec<_> =
///     doleance::text::words(text).filter(|s| s.is_word()).map(|s| s.of(text)).collect();
/// assert_eq!(words, ["Can’t", "pay", "12.50"]);
/// ```
#[must_use]
pub fn words(text: &str) -> Words<'_> {
    Words { text, pos: 0 }
}

/// One segment between two word boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Segment {
    span: Span,
    word: bool,
}

impl Segment {
    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Whether it holds a letter or a digit.
    #[must_use]
    pub fn is_word(&self) -> bool {
        self.word
    }

    /// Its text.
    #[must_use]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }
}

/// The segments of a text, made by [`words`].
#[derive(Clone, Debug)]
pub struct Words<'t> {
    text: &'t str,
    pos: usize,
}

/// What the fast path knows of the character at some byte.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Letter,
    Digit,
    Underscore,
    /// ASCII that is none of these, or the end of the text.
    Ascii(u8),
    /// Not known here.
    Other,
}

/// The kind of the character at `i` and the byte behind it.
#[inline]
fn kind(bytes: &[u8], i: usize) -> (Kind, usize) {
    let Some(&b) = bytes.get(i) else {
        return (Kind::Ascii(0), i);
    };
    let class = BYTES[usize::from(b)];
    if class & LETTER != 0 {
        (Kind::Letter, i + 1)
    } else if class & DIGIT != 0 {
        (Kind::Digit, i + 1)
    } else if b == b'_' {
        (Kind::Underscore, i + 1)
    } else if b < 0x80 {
        (Kind::Ascii(b), i + 1)
    } else {
        let second = bytes.get(i + 1).map_or(0, |s| s & 63);
        // All of Latin Extended-A (C4, C5) are letters; two of Latin-1 (C3) are not.
        let letter = matches!(b, 0xC4 | 0xC5) || b == 0xC3 && LATIN1[usize::from(second)] != 0;
        (if letter { Kind::Letter } else { Kind::Other }, i + 2)
    }
}

impl Iterator for Words<'_> {
    type Item = Segment;

    #[inline]
    fn next(&mut self) -> Option<Segment> {
        let start = self.pos;
        if start >= self.text.len() {
            return None;
        }
        let (end, word) = match fast(self.text.as_bytes(), start) {
            Some(found) => found,
            None => self.general(start),
        };
        self.pos = end;
        Some(Segment { span: Span::new(start, end), word })
    }
}

impl FusedIterator for Words<'_> {}

impl Words<'_> {
    /// The segment at `start` by the library. A boundary forgets what stands before it, so that
    /// the rest of the text is cut as it would be within the whole.
    #[inline(never)]
    fn general(&self, start: usize) -> (usize, bool) {
        let rest = self.text.get(start..).unwrap_or("");
        let segment = rest.split_word_bounds().next().unwrap_or(rest);
        (start + segment.len(), segment.chars().any(char::is_alphanumeric))
    }
}

/// The end of the segment at `start` and whether it is a word, when only ASCII and plain Latin
/// letters decide it.
#[inline]
fn fast(bytes: &[u8], start: usize) -> Option<(usize, bool)> {
    let (first, mut end) = kind(bytes, start);
    let mut word = false;
    let mut last = first;
    match first {
        Kind::Other => return None,
        Kind::Ascii(b) => {
            match b {
                b'\r' if bytes.get(end) == Some(&b'\n') => return Some((end + 1, false)),
                b'\r' | b'\n' | 0x0B | 0x0C => return Some((end, false)),
                b' ' => {
                    while bytes.get(end) == Some(&b' ') {
                        end += 1;
                    }
                }
                _ => {}
            }
            // Whatever is not ASCII may join: marks, joiners, other spaces.
            return match kind(bytes, end).0 {
                Kind::Other => None,
                _ => Some((end, false)),
            };
        }
        _ => {}
    }
    loop {
        word |= last != Kind::Underscore;
        let (next, next_end) = kind(bytes, end);
        match next {
            Kind::Letter | Kind::Digit | Kind::Underscore => (last, end) = (next, next_end),
            Kind::Other => return None,
            Kind::Ascii(b) => {
                let joins = match b {
                    b'\'' | b'.' => last != Kind::Underscore,
                    b':' => last == Kind::Letter,
                    b',' | b';' => last == Kind::Digit,
                    _ => false,
                };
                if !joins {
                    return Some((end, word));
                }
                match kind(bytes, next_end) {
                    (behind, behind_end) if behind == last => end = behind_end,
                    // A mark or joiner there would have to be looked through.
                    (Kind::Other, _) => return None,
                    _ => return Some((end, word)),
                }
            }
        }
    }
}

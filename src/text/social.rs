//! The tokenizer for posts: what people write, not what dictionaries hold.
//!
//! The hot path of the crate. A word of ASCII and Latin-1 letters between spaces is scanned once
//! over a table of byte classes and leaves at once; whatever needs more thought (an apostrophe, a
//! hyphen, a digit, a dot with a letter behind it) has its own file below.

mod marks;
mod net;
mod number;
mod word;

pub use net::{HashtagParts, hashtag_parts};

use super::class::{self, BYTES, Class, DIGIT, ENDS, LATIN1, LETTER, MAY_END, SPACE, UPPER};
use super::tables;
use super::token::{Span, Token, TokenFlags, TokenKind};

/// Splits a post into its tokens.
///
/// - Words: French elisions and inverted clitics apart (`l'` `accueil`, `dites` `-moi`, `a`
///   `-t-il`); `aujourd'hui`, `rendez-vous`, `don't`, `customer's`, `rip-off`, `gr8` whole.
/// - Numbers, amounts (`12,50 €`), durations (`3 semaines`, `2h30`), dates (`12/03/2024`).
/// - Handles, hashtags, URLs, e-mails, emoji as whole grapheme clusters, emoticons.
/// - Runs of punctuation (`!!!`, `?!`, `...`); other signs one by one.
///
/// Tokens come in order and never overlap; between them stands only white space and what is not
/// seen. Any text is accepted; the time is linear in its length, some twenty nanoseconds a token,
/// and nothing is allocated.
///
/// ```
/// use doleance::text::{TokenKind, social};
///
/// let text = "L’appli plante depuis 3 semaines !!! 😡";
/// let tokens: Vec<_> = social(text).map(|t| t.of(text)).collect();
/// assert_eq!(tokens, ["L’", "appli", "plante", "depuis", "3 semaines", "!!!", "😡"]);
/// assert_eq!(social(text).last().unwrap().kind(), TokenKind::Emoji);
/// ```
#[must_use]
pub fn social(text: &str) -> Social<'_> {
    Social { text, pos: 0, clitics_end: 0, next_at: 0, first: TokenFlags::AT_START }
}

/// The tokens of a post, made by [`social`].
#[derive(Clone, Debug)]
pub struct Social<'t> {
    text: &'t str,
    /// Everything before is done; always on a character boundary.
    pos: usize,
    /// Up to here stand inverted clitics found with the word before them.
    clitics_end: usize,
    /// No `@` stands between `pos` and here: keeps the search for e-mails linear.
    next_at: usize,
    /// The flag of the first token, nothing afterwards.
    first: TokenFlags,
}

impl Iterator for Social<'_> {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        if self.pos < self.clitics_end {
            return Some(self.enclitic());
        }
        let bytes = self.text.as_bytes();
        loop {
            let Some(&b) = bytes.get(self.pos) else {
                return None;
            };
            let class = BYTES[usize::from(b)];
            if class & SPACE != 0 {
                self.pos += 1;
            } else if class & LETTER != 0 || b == 0xC3 {
                return Some(self.letters());
            } else if let Some(token) = self.other() {
                return Some(token);
            }
        }
    }
}

impl std::iter::FusedIterator for Social<'_> {}

impl Social<'_> {
    /// The word at `pos`, if plain letters between plain ends; the slow paths otherwise.
    #[inline]
    fn letters(&mut self) -> Token {
        let bytes = self.text.as_bytes();
        let start = self.pos;
        let mut i = start;
        let mut wide = 0;
        let mut uppers = 0;
        let mut first_upper = 0;
        let (mut last, mut before, mut elongated) = (0u8, 1u8, false);
        let mut end_class = ENDS;
        while let Some(&b) = bytes.get(i) {
            let mut class = BYTES[usize::from(b)];
            let mut letter = b;
            if class & LETTER == 0 {
                let second = bytes.get(i + 1).copied().unwrap_or(0);
                let latin = LATIN1[usize::from(second & 63)];
                if b != 0xC3 || latin == 0 {
                    end_class = class;
                    break;
                }
                (class, letter) = (latin, second);
                i += 1;
                wide += 1;
            }
            let upper = class & UPPER;
            uppers += usize::from(upper);
            if i - wide == start {
                first_upper = upper;
            }
            // Bit 5 is the case, of ASCII letters and of the second bytes of Latin-1 alike.
            letter |= 0x20;
            elongated |= letter == last && last == before;
            (before, last) = (last, letter);
            i += 1;
        }
        let len = i - start;
        let emoticons = tables::EMOTICON_SECOND[usize::from(bytes[start])];
        let maybe_emoticon = len <= 4
            && bytes.get(start + 1).is_some_and(|second| emoticons >> (second & 63) & 1 != 0);
        let ends = end_class & ENDS != 0
            || end_class & MAY_END != 0 && !bytes.get(i + 1).is_some_and(|&b| goes_on(b));
        if !ends || maybe_emoticon || len <= 3 && self.digit_follows(i) {
            return self.not_plain(start, i, maybe_emoticon);
        }
        let mut flags = self.take_first();
        if uppers != 0 {
            flags = flags.with(capitals(len - wide, uppers / usize::from(UPPER), first_upper != 0));
        }
        if elongated {
            flags = flags.with(TokenFlags::ELONGATED);
        }
        if wide != 0 {
            flags = flags.with(TokenFlags::NON_ASCII);
        }
        self.pos = i;
        Token { span: Span::new(start, i), kind: TokenKind::Word, flags }
    }
}

/// The flags that capitals give a word.
fn capitals(letters: usize, uppers: usize, first_upper: bool) -> TokenFlags {
    if uppers == letters && letters >= 2 {
        TokenFlags::CAPITALS
    } else if uppers == 1 && first_upper {
        TokenFlags::TITLE
    } else {
        TokenFlags::default()
    }
}

/// Whether a dot or a colon before `b` may be inside a word, an address or a name.
fn goes_on(b: u8) -> bool {
    BYTES[usize::from(b)] & (LETTER | DIGIT) != 0 || b == b'/' || b >= 0x80
}

impl<'t> Social<'t> {
    /// [`Social::letters`] where more than letters must be looked at: `start..i` are letters.
    #[inline(never)]
    fn not_plain(&mut self, start: usize, i: usize, maybe_emoticon: bool) -> Token {
        if maybe_emoticon {
            if let Some(end) = self.emoticon(start) {
                return self.token(start, end, TokenKind::Emoticon);
            }
        }
        if i == start { self.sign(start) } else { self.word(start) }
    }

    /// The token at `pos` when no plain letter stands there; nothing when what stands there is not
    /// seen, which is skipped.
    #[inline(never)]
    fn other(&mut self) -> Option<Token> {
        let start = self.pos;
        let b = *self.text.as_bytes().get(start)?;
        if tables::EMOTICON_SECOND[usize::from(b)] != 0 {
            if let Some(end) = self.emoticon(start) {
                return Some(self.token(start, end, TokenKind::Emoticon));
            }
        }
        if BYTES[usize::from(b)] & DIGIT != 0 {
            return Some(self.number(start));
        }
        match b {
            b'@' => return Some(self.handle(start)),
            b'#' => return Some(self.hashtag(start)),
            b'&' => return Some(self.ampersand(start)),
            _ => {}
        }
        let (c, len) = self.char_at(start)?;
        match class::class(c) {
            Class::Space | Class::Ignorable => {
                self.pos += len;
                None
            }
            Class::Emoji => Some(self.emoji(start)),
            Class::Currency => Some(self.currency(start)),
            class if class.is_word() => Some(self.word(start)),
            _ => Some(self.sign(start)),
        }
    }

    /// The character at byte `i`, a boundary, and its length.
    #[inline]
    fn char_at(&self, i: usize) -> Option<(char, usize)> {
        let &b = self.text.as_bytes().get(i)?;
        if b < 0x80 {
            return Some((char::from(b), 1));
        }
        let c = self.text.get(i..)?.chars().next()?;
        Some((c, c.len_utf8()))
    }

    /// The class of the character at byte `i`; white space at the end of the text.
    #[inline]
    fn class_at(&self, i: usize) -> Class {
        self.char_at(i).map_or(Class::Space, |(c, _)| class::class(c))
    }

    /// Whether the character at `i` is of the same word as a letter before it.
    fn in_word(&self, i: usize) -> bool {
        let class = self.class_at(i);
        class.is_word() || class == Class::Mark
    }

    /// The character that ends at byte `i`.
    fn char_before(&self, i: usize) -> Option<char> {
        self.text.get(..i)?.chars().next_back()
    }

    fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or("")
    }

    fn byte(&self, i: usize) -> u8 {
        self.text.as_bytes().get(i).copied().unwrap_or(0)
    }

    fn is_digit(&self, i: usize) -> bool {
        self.byte(i).is_ascii_digit()
    }

    /// Whether a space and a digit stand at `i`.
    #[inline]
    fn digit_follows(&self, i: usize) -> bool {
        self.byte(i) == b' ' && self.is_digit(i + 1)
    }

    #[inline]
    fn take_first(&mut self) -> TokenFlags {
        std::mem::take(&mut self.first)
    }

    /// The token `start..end` and on behind it. Words and hashtags are looked at for flags.
    fn token(&mut self, start: usize, end: usize, kind: TokenKind) -> Token {
        self.pos = end;
        let mut flags = self.take_first();
        let text = self.slice(start, end);
        if matches!(kind, TokenKind::Word | TokenKind::Clitic | TokenKind::Hashtag) {
            flags = flags.with(word::flags(text));
        } else if !text.is_ascii() {
            flags = flags.with(TokenFlags::NON_ASCII);
        }
        Token { span: Span::new(start, end), kind, flags }
    }
}

//! The tokenizer for posts: what people write, not what dictionaries hold.
//!
//! The hot path of the crate. A word of ASCII and Latin-1 letters between spaces is scanned once
//! over a table of byte classes and leaves at once; whatever needs more thought (an apostrophe, a
//! hyphen, a digit, a dot with a letter behind it) has its own file below.

mod marks;
mod net;
mod number;
mod word;

pub(crate) use super::tables::YEARS;
pub(crate) use marks::emoticon_base;
pub(crate) use number::duration_length;
pub(crate) use word::flags as word_flags;

pub use net::{HashtagParts, hashtag_parts};

use super::class::{
    self, AROUND, BYTES, Class, DIGIT, ENDS, GOES_ON, LETTER, MARK, MAY_END, NUMBER, ON, SPACE,
};
use super::run::{self, Plain, Run};
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
    Social { text, pos: 0, clitics_end: 0, first: TokenFlags::AT_START }
}

/// The tokens of a post, made by [`social`].
#[derive(Clone, Debug)]
pub struct Social<'t> {
    text: &'t str,
    /// Everything before is done; always on a character boundary.
    pos: usize,
    /// Up to here stand inverted clitics found with the word before them.
    clitics_end: usize,
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
            let &b = bytes.get(self.pos)?;
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
        let run = run::letters(bytes, start);
        let i = run.end;
        let end_class = BYTES[usize::from(run.next)];
        let ends = end_class & ENDS != 0
            || end_class & MAY_END != 0 && !bytes.get(i + 1).is_some_and(|&b| goes_on(b));
        if !ends {
            return self.not_plain(start, &run);
        }
        // xD, T_T; EUR 12. No branch but the last, for the length of a word is past predicting.
        let len = i - start;
        let maybe_emoticon = (len <= 4) & tables::may_be_emoticon(run.head[0], run.head[1]);
        let maybe_amount = (len <= 3) & (run.next == b' ') & self.is_digit(i + 1);
        if maybe_emoticon | maybe_amount
            && let Some(token) = self.not_a_word(start)
        {
            return token;
        }
        let mut flags = run.flags;
        // Three letters with accents alike take three of them.
        if run.wide >= 3 {
            flags = flags.with(word::flags(self.slice(start, i)));
        }
        self.known(start, i, TokenKind::Word, flags)
    }
}

/// Whether a dot or a colon before `b` may be inside a word, an address or a name.
fn goes_on(b: u8) -> bool {
    BYTES[usize::from(b)] & GOES_ON != 0
}

impl<'t> Social<'t> {
    /// The next token with its folded form, if it is a word of up to fifteen ASCII letters between
    /// plain ends, as most are: what [`Iterator::next`] would give, but that its flags tell nothing
    /// but capitals.
    #[inline(always)]
    pub(crate) fn plain_word(&mut self) -> Option<(Token, [u64; 2])> {
        let start = self.pos;
        let plain = run::plain(self.text.as_bytes(), start)?;
        Some((self.between_ends(start, &plain)?, plain.folded))
    }

    /// The next token, if it is one that a short look tells: a mark alone, or a word with accents or
    /// an apostrophe, with its folded form and how long that is. As for [`Social::plain_word`].
    #[inline(always)]
    pub(crate) fn plain_token(&mut self) -> Option<(Token, [u64; 2], usize)> {
        if self.pos < self.clitics_end {
            return None;
        }
        let spaces = self.text.as_bytes().get(self.pos..)?.iter();
        let spaces = spaces.take_while(|b| BYTES[usize::from(**b)] & SPACE != 0).count();
        if spaces > 0 {
            self.pos += spaces;
            if let Some((token, folded)) = self.plain_word() {
                return Some((token, folded, token.span().len()));
            }
        }
        let start = self.pos;
        let (first, second) = (self.byte(start), self.byte(start + 1));
        let class = BYTES[usize::from(first)];
        if class & MARK != 0 {
            // A run of one kind of marks is one token, and what is not ASCII may be a mark on it.
            let like = match first {
                b'!' | b'?' => (second == b'!') | (second == b'?'),
                _ => (second == first) & (first == b'.'),
            };
            if like | (second >= 0x80) | tables::may_be_emoticon(first, second) {
                return None;
            }
            let token = self.known(start, start + 1, TokenKind::Punctuation, TokenFlags::NONE);
            return Some((token, [0; 2], 0));
        }
        if (class & LETTER != 0) | (first == 0xC3) {
            if let Some(word) = run::plain(self.text.as_bytes(), start) {
                return self.plain_apostrophe(start, &word);
            }
            let (plain, letters) = run::accented(self.text.as_bytes(), start)?;
            return Some((self.between_ends(start, &plain)?, plain.folded, letters));
        }
        None
    }

    /// The token of a word at `start`, if it stands between plain ends and is nothing else.
    #[inline(always)]
    fn between_ends(&mut self, start: usize, word: &Plain) -> Option<Token> {
        let Plain { len, next, flags, head, .. } = *word;
        let end = start + len;
        // No branch but the last: what follows a word is past predicting.
        let around = AROUND[usize::from(next)] & AROUND[usize::from(self.byte(end + 1))] >> 4;
        // EUR 12; xD, T_T.
        let not = if len <= 3 { ON | NUMBER } else { ON };
        let maybe_emoticon = (len <= 4) & tables::may_be_emoticon(head[0], head[1]);
        if (around & not != 0) | maybe_emoticon | (self.pos < self.clitics_end) {
            return None;
        }
        self.pos = end + usize::from(next == b' ');
        Some(Token { span: Span::new(start, end), kind: TokenKind::Word, flags })
    }

    /// [`Social::letters`] where more than letters must be looked at: `run` starts at `start`.
    #[inline(never)]
    fn not_plain(&mut self, start: usize, run: &Run) -> Token {
        if tables::may_be_emoticon(run.head[0], run.head[1])
            && let Some(end) = self.emoticon(start)
        {
            return self.token(start, end, TokenKind::Emoticon);
        }
        if run.end == start {
            return self.sign(start);
        }
        let apostrophe = match run.next {
            b'\'' => 1,
            0xE2 if self.slice(run.end, run.end + 3) == "’" => 3,
            _ => return self.word(start),
        };
        match self.around_apostrophe(start, run, run.end + apostrophe) {
            Some(token) => token,
            None => self.word(start),
        }
    }

    /// The emoticon or amount at `start` that begins like a word.
    #[inline(never)]
    fn not_a_word(&mut self, start: usize) -> Option<Token> {
        if let Some(end) = self.emoticon(start) {
            return Some(self.token(start, end, TokenKind::Emoticon));
        }
        let end = self.amount_from_code(start)?;
        Some(self.token(start, end, TokenKind::Amount))
    }

    /// The token at `pos` when no plain letter stands there; nothing when what stands there is not
    /// seen, which is skipped.
    #[inline(never)]
    fn other(&mut self) -> Option<Token> {
        let start = self.pos;
        let b = *self.text.as_bytes().get(start)?;
        let next = self.byte(start + 1);
        if tables::may_be_emoticon(b, next)
            && let Some(end) = self.emoticon(start)
        {
            return Some(self.token(start, end, TokenKind::Emoticon));
        }
        // A comma, dot, question mark alone: every tenth token.
        if BYTES[usize::from(b)] & MARK != 0 && (BYTES[usize::from(next)] & SPACE != 0) {
            let plain = TokenFlags::default();
            return Some(self.known(start, start + 1, TokenKind::Punctuation, plain));
        }
        if BYTES[usize::from(b)] & DIGIT != 0 {
            return Some(self.number(start));
        }
        match b {
            b'@' => return Some(self.handle(start)),
            b'#' => return Some(self.hashtag(start)),
            b'&' => return Some(self.ampersand(start)),
            // A line end that scraped text still has as an escape: `\\nJ'ai`.
            b'\\' if next == b'n' => return Some(self.token(start, start + 2, TokenKind::Symbol)),
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

    /// Behind the ASCII letters and digits at `i`.
    #[inline]
    fn skip_ascii(&self, mut i: usize) -> usize {
        let bytes = self.text.as_bytes();
        while bytes.get(i).is_some_and(|&b| BYTES[usize::from(b)] & (LETTER | DIGIT) != 0) {
            i += 1;
        }
        i
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

    #[inline]
    fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or("")
    }

    #[inline]
    fn byte(&self, i: usize) -> u8 {
        self.text.as_bytes().get(i).copied().unwrap_or(0)
    }

    fn is_digit(&self, i: usize) -> bool {
        self.byte(i).is_ascii_digit()
    }

    #[inline]
    fn take_first(&mut self) -> TokenFlags {
        std::mem::take(&mut self.first)
    }

    /// The token `start..end`, whose flags are known, and on behind it.
    #[inline]
    fn known(&mut self, start: usize, end: usize, kind: TokenKind, flags: TokenFlags) -> Token {
        // One space is what mostly stands between two tokens.
        self.pos = end + usize::from(self.byte(end) == b' ');
        Token { span: Span::new(start, end), kind, flags: self.take_first().with(flags) }
    }

    /// The token `start..end` and on behind it. Words and hashtags are looked at for flags.
    fn token(&mut self, start: usize, end: usize, kind: TokenKind) -> Token {
        let text = self.slice(start, end);
        let flags = if matches!(kind, TokenKind::Word | TokenKind::Clitic | TokenKind::Hashtag) {
            word::flags(text)
        } else if text.bytes().any(|b| b >= 0x80) {
            TokenFlags::NON_ASCII
        } else {
            TokenFlags::default()
        };
        self.known(start, end, kind, flags)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    #[test]
    fn short_looks_give_what_all_looks_give() {
        let parts = "don't l'été L’ QU'IL qu'un c'est-à-dire c'est you’re d'ici-là été ÉTÉ créée a XD \
             Xd D: T_T EUR 12 4g @a_b @a.b #tag !! ?! ... . , : ( ) œuvre dites-le-moi J'AI plan C's \
             anticonstitutionnellement http://a.fr 😡 s 's ’ ' - é ñ ß × www M'SIEUR rendez-vous";
        let mut parts: Vec<&str> = parts.split(' ').filter(|part| !part.is_empty()).collect();
        parts.extend(["\u{301}", "\u{200d}", "\u{a0}", "\n", " ", "  "]);
        let mut state = 1u64;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize % below
        };
        for round in 0..40_000 {
            let mut text = String::new();
            for _ in 0..round % 9 {
                text.push_str(parts[random(parts.len())]);
                text.push_str(["", " "][random(4).min(1)]);
            }
            let mut short = social(&text);
            for token in social(&text) {
                let (same, folded, letters) = match short.plain_word() {
                    Some((same, folded)) => (same, folded, same.span().len()),
                    None => match short.plain_token() {
                        Some(told) => told,
                        None => (short.next().unwrap(), [0; 2], 0),
                    },
                };
                assert_eq!((same.span, same.kind), (token.span, token.kind), "{text:?}");
                assert_eq!(same.flags.is_capitals(), token.flags.is_capitals(), "{text:?}");
                let wide = |token: &Token| token.flags.has(TokenFlags::NON_ASCII);
                assert_eq!(wide(&same), wide(&token), "{text:?}");
                if letters > 0 {
                    let mut bytes = folded.map(u64::to_le_bytes).concat();
                    assert!(bytes.split_off(letters).iter().all(|&b| b == 0));
                    assert_eq!(bytes, fold(token.of(&text)).as_bytes(), "{text:?}");
                }
            }
            assert!(short.next().is_none(), "{text:?}");
        }
    }
}

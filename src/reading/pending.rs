//! Words looked up several at a time.
//!
//! A look into a table of megabytes mostly misses the nearest cache. Where nothing hangs on what
//! it finds, the next look does not wait for it: so a batch of tokens is cut, then the records of
//! all its words are read.

use crate::lexicon::entry::TermHasher;
use crate::lexicon::index::{Index, TermView, Wanted, Words};
use crate::lexicon::pack::INLINE_BYTES;
use crate::text::latin::{fold_ascii, fold_latin1};
use crate::text::token::TokenFlags;
use crate::text::{Social, Span, Token, TokenKind};

/// How many tokens are cut before their words are looked up.
const AHEAD: usize = 32;

/// A token, with what the first look found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pending {
    pub(super) token: Token,
    /// Of the folded word; 0 for what is not looked up, and no record is like that.
    pub(super) hash: u64,
    pub(super) wanted: Wanted,
}

impl Pending {
    const NONE: Self = Self {
        token: Token { span: Span::new(0, 0), kind: TokenKind::Symbol, flags: TokenFlags::NONE },
        hash: 0,
        wanted: Wanted::NONE,
    };

    /// A word, by its folded form.
    #[inline(always)]
    fn of(token: Token, head: [u64; 2], length: usize, like: u32) -> Self {
        let mut hasher = TermHasher::new(length);
        hasher.add(head[0]);
        if head[1] != 0 {
            hasher.add(head[1]);
        }
        let wanted = Wanted { head, length: length as u32, like, candidate: 0 };
        Self { token, hash: hasher.finish(), wanted }
    }

    /// Becomes the next token, which is no plain word; whether there is one.
    #[inline(never)]
    fn otherwise(&mut self, text: &str, tokens: &mut Social<'_>) -> bool {
        let (token, found) = match tokens.plain_token() {
            Some((token, _, 0)) => (token, None),
            Some((token, head, length)) => (token, Some((head, length))),
            None => match tokens.next() {
                Some(token) => (token, folded(text, &token)),
                None => return false,
            },
        };
        let accented = token.flags().has(TokenFlags::NON_ASCII);
        let like = if accented { Wanted::ACCENTED } else { Wanted::PLAIN };
        *self = match found {
            Some((head, length)) => Self::of(token, head, length, like),
            None => Self { token, ..Self::NONE },
        };
        true
    }

    /// How long the folded word is.
    #[inline]
    pub(super) fn length(&self) -> usize {
        self.wanted.length as usize
    }

    /// The folded word, if it is short and ASCII, and what it is after all.
    #[inline]
    pub(super) fn folded(&self, index: &Index) -> Option<([u8; INLINE_BYTES], Option<TermView>)> {
        if self.hash == 0 {
            return None;
        }
        let head = u128::from(self.wanted.head[0]) | u128::from(self.wanted.head[1]) << 64;
        let bytes = head.to_le_bytes();
        let text = bytes.get(..self.length()).unwrap_or(&[]);
        Some((bytes, index.find_at(self.wanted.candidate, bytes, text)))
    }

    /// Whether it is the word `rt`.
    #[inline]
    pub(super) fn is_rt(&self) -> bool {
        self.wanted.head[0] == u64::from(u16::from_le_bytes(*b"rt"))
    }
}

/// Whether a token is looked up as it is written.
fn is_looked_up(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Word
            | TokenKind::Clitic
            | TokenKind::Handle
            | TokenKind::Hashtag
            | TokenKind::Number
    )
}

/// The folded form of a token that is looked up, and how long that is, if it is short.
fn folded(text: &str, token: &Token) -> Option<([u64; 2], usize)> {
    if !is_looked_up(token.kind()) {
        return None;
    }
    if let Some(head) = short_word(text.as_bytes(), token) {
        return Some((head, token.span().len()));
    }
    let is_word = matches!(token.kind(), TokenKind::Word | TokenKind::Clitic);
    if is_word { latin_word(token.of(text).as_bytes()) } else { None }
}

/// Tokens cut and looked up together.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Only the first `count` hold.
    tokens: Vec<Pending>,
    count: usize,
}

impl Batch {
    /// Takes the next tokens; whether more may come.
    #[inline]
    pub(super) fn fill(&mut self, words: &Words<'_>, text: &str, tokens: &mut Social<'_>) -> bool {
        if self.tokens.is_empty() {
            self.tokens.resize(AHEAD, Pending::NONE);
        }
        let mut count = 0;
        for place in &mut self.tokens {
            if let Some((token, head)) = tokens.plain_word() {
                *place = Pending::of(token, head, token.span().len(), Wanted::PLAIN);
            } else if !place.otherwise(text, tokens) {
                break;
            }
            count += 1;
        }
        self.count = count;
        let tokens = self.tokens.get_mut(..count).unwrap_or(&mut []);
        // A walk of few instructions, so that the looks into memory are all under way together.
        words.fetch(tokens.iter_mut().map(|pending| {
            pending.wanted.candidate = words.candidate(pending.hash);
            pending.wanted.candidate
        }));
        count == AHEAD
    }

    #[inline]
    pub(super) fn tokens(&self) -> &[Pending] {
        self.tokens.get(..self.count).unwrap_or(&[])
    }
}

/// The folded form of a short ASCII word, eight bytes at a time; `None` for others.
///
/// The same as `fold_into`, which a test holds it to.
#[inline]
fn short_word(text: &[u8], token: &Token) -> Option<[u64; 2]> {
    let span = token.span();
    let len = span.len();
    if len == 0 || len > INLINE_BYTES {
        return None;
    }
    let both = match text.get(span.start()..span.start() + INLINE_BYTES) {
        Some(chunk) => u128::from_le_bytes(chunk.try_into().ok()?),
        // Near the end of the text.
        None => text.get(span.range())?.iter().rev().fold(0, |word, &b| word << 8 | u128::from(b)),
    };
    let both = both & (u128::MAX >> (8 * (INLINE_BYTES - len)));
    let words = [both as u64, (both >> 64) as u64];
    let (first, second) = (fold(words[0]), fold(words[1]));
    if (first.1 | second.1) != 0 {
        return None;
    }
    Some([first.0, second.0])
}

/// The folded form of a short word with letters of Latin-1 or a typographic apostrophe, and how
/// long it is; `None` for others.
///
/// The same as `fold_into`, which a test holds it to.
#[inline(never)]
fn latin_word(word: &[u8]) -> Option<([u64; 2], usize)> {
    let mut folded = [0; INLINE_BYTES];
    let (mut length, mut rest) = (0, word);
    while let Some((&byte, behind)) = rest.split_first() {
        let (letter, behind) = match (byte, behind) {
            (..0x80, _) => (fold_ascii(byte), behind),
            (0xC3, [second, behind @ ..]) => (fold_latin1(*second), behind),
            (0xE2, [0x80, 0x99, behind @ ..]) => (b'\'', behind),
            _ => return None,
        };
        if letter == 0 {
            return None;
        }
        *folded.get_mut(length)? = letter;
        length += 1;
        rest = behind;
    }
    let folded = u128::from_le_bytes(folded);
    (length != 0).then_some(([folded as u64, (folded >> 64) as u64], length))
}

/// Eight bytes in lower case, and some bit where one of them is not ASCII or a grave accent.
#[inline]
fn fold(word: u64) -> (u64, u64) {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let accents = word ^ (LOW * u64::from(b'`'));
    let odd = (word | (accents.wrapping_sub(LOW) & !accents)) & HIGH;
    let low = word & !HIGH;
    let from_a = low + LOW * u64::from(0x80 - b'A');
    let behind_z = low + LOW * u64::from(0x80 - (b'Z' + 1));
    (word | (from_a & !behind_z & HIGH) >> 2, odd)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::entry::hash_term;
    use crate::text::fold::fold as folded_text;

    #[test]
    fn latin_words_fold_as_all_do() {
        let known = ["déçu", "L’", "n’est-ce", "ÉTÉ", "a`é", "où", "naïveté"];
        let others =
            ["œuvre", "strße", "e\u{301}", "", "inconstitutionnalité", "×", "ﬁ", "æ", "été\u{0}"];
        for word in known {
            let (head, length) = latin_word(word.as_bytes()).unwrap();
            let mut bytes = head.map(u64::to_le_bytes).concat();
            bytes.truncate(length);
            let plain = folded_text(word);
            assert_eq!(bytes, plain.as_bytes(), "{word:?}");
        }
        for word in others {
            assert!(latin_word(word.as_bytes()).is_none(), "{word:?}");
        }
    }

    #[test]
    fn short_words_fold_and_hash_as_all_do() {
        let alphabet: Vec<char> = "aZ`'z@[{0-é A".chars().collect();
        let mut state = 7u64;
        for round in 0..4000 {
            let mut text = String::new();
            for _ in 0..round % 41 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push(alphabet[(state >> 33) as usize % alphabet.len()]);
            }
            let start = text.len().min(round % 7);
            if !text.is_char_boundary(start) {
                continue;
            }
            let span = Span::new(start, text.len());
            let token = Token { span, kind: TokenKind::Word, flags: TokenFlags::default() };
            let word = &text[start..];
            match short_word(text.as_bytes(), &token) {
                Some(head) => {
                    let hash = Pending::of(token, head, word.len(), Wanted::PLAIN).hash;
                    let mut bytes = head.map(u64::to_le_bytes).concat();
                    bytes.truncate(word.len());
                    assert_eq!(bytes, folded_text(word).as_bytes());
                    assert_eq!(hash, hash_term(folded_text(word).as_bytes()), "{word:?}");
                }
                None => assert!(
                    word.is_empty() || word.len() > 16 || word.contains('`') || !word.is_ascii()
                ),
            }
        }
    }
}

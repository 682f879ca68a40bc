//! Emoji, emoticons and punctuation.

use unicode_segmentation::UnicodeSegmentation;

use super::Social;
use crate::text::class::{self, Class};
use crate::text::tables::{EMOTICON_RANGES, EMOTICONS};
use crate::text::token::{Token, TokenKind};

impl Social<'_> {
    /// The emoji at `start` with all that joins it: skin tone, ZWJ sequence, flag, U+FE0F.
    pub(super) fn emoji(&mut self, start: usize) -> Token {
        let bytes = self.text.as_bytes().get(start..).unwrap_or(&[]);
        let end = match bytes {
            // Nothing joins a pictograph of four bytes that text or another of them follows.
            [0xF0, 0x9F, third, _, rest @ ..]
                if *third != 0x87
                    && match rest {
                        [] | [0..=0x7F, ..] => true,
                        [0xF0, 0x9F, next, ..] => *next != 0x8F,
                        _ => false,
                    } =>
            {
                start + 4
            }
            _ => self.cluster_end(start),
        };
        self.token(start, end, TokenKind::Emoji)
    }

    fn cluster_end(&self, start: usize) -> usize {
        let rest = self.text.get(start..).unwrap_or("");
        start + rest.graphemes(true).next().map_or(0, str::len)
    }

    /// The end of a keycap (`1️⃣`, `#️⃣`) at `start`.
    pub(super) fn keycap(&self, start: usize) -> Option<usize> {
        let rest = self.text.get(start + 1..)?;
        let rest = rest.strip_prefix('\u{FE0F}').unwrap_or(rest);
        rest.starts_with('\u{20E3}').then(|| self.cluster_end(start))
    }

    /// The end of the longest emoticon at `start` that stands by itself.
    pub(super) fn emoticon(&self, start: usize) -> Option<usize> {
        let rest = self.text.get(start..)?;
        let (from, to) = EMOTICON_RANGES[usize::from(self.byte(start))];
        let candidates = EMOTICONS.get(usize::from(from)..usize::from(to))?;
        candidates.iter().filter(|e| rest.starts_with(**e)).find_map(|e| {
            let end = self.stretched(start, e);
            self.stands_alone(start, end).then_some(end)
        })
    }

    /// The end of emoticon `e` at `start` when its mouth goes on: `:)))))`, `<3333`.
    fn stretched(&self, start: usize, e: &str) -> usize {
        let mut end = start + e.len();
        let mouth = self.byte(end - 1);
        if matches!(mouth, b')' | b'(' | b'D' | b'3' | b'^') && !e.starts_with('(') {
            while self.byte(end) == mouth {
                end += 1;
            }
        }
        end
    }

    /// Whether the emoticon `start..end` is not glued into a word, a number, an address or a pair
    /// of parentheses.
    fn stands_alone(&self, start: usize, end: usize) -> bool {
        let (first, second, last) = (self.byte(start), self.byte(start + 1), self.byte(end - 1));
        let before = self.char_before(start).map_or(Class::Space, class::class);
        let before = if before == Class::Mark { Class::Letter } else { before };
        let after = self.class_at(end);
        if after == Class::Mark {
            return false;
        }
        let in_word = |b: u8| b.is_ascii_alphanumeric();
        // xD, O_o: no letter before; :p, <3: no letter behind.
        if (in_word(first) || first >= 0x80) && before.is_word()
            || in_word(last) && (after.is_word() || before == Class::Digit)
        {
            return false;
        }
        match first {
            // f(y), (see below):
            b'(' if in_word(second) && before.is_word() => return false,
            b'(' if end - start == 2 && after.is_word() => return false,
            b')' if before != Class::Space => return false,
            // x=D
            b'=' if in_word(last) && before.is_word() => return false,
            // Rules made of dashes and dots.
            b'-' | b'.' if self.byte(end) == last || start > 0 && self.byte(start - 1) == first => {
                return false;
            }
            _ => {}
        }
        match last {
            // http://, and/or:/
            b'/' | b'\\' => self.byte(end) != b'/' && !after.is_word(),
            // D:\, D=4
            b':' | b'=' => after == Class::Space,
            _ => true,
        }
    }

    /// The punctuation or symbol at `start`, with the run it begins and any marks on it.
    pub(super) fn sign(&mut self, start: usize) -> Token {
        let Some((c, len)) = self.char_at(start) else {
            // Never the case, but the iterator must go on.
            return self.token(start, self.text.len(), TokenKind::Symbol);
        };
        let mut end = start + len;
        let mut kind = TokenKind::Punctuation;
        match class::class(c) {
            class @ (Class::Exclaim | Class::Stop) => {
                end = self.run(end, |c| class::class(c) == class)
            }
            Class::Punctuation | Class::Apostrophe if c != '/' => {}
            Class::Hyphen => end = self.run(end, |other| other == c),
            Class::Punctuation => end = self.run(end, |other| other == c),
            Class::Symbol if class::is_text_emoji(c) => {
                if self.slice(end, end + 3) == "\u{FE0F}" {
                    kind = TokenKind::Emoji;
                    end = self.cluster_end(start);
                } else {
                    kind = TokenKind::Symbol;
                }
            }
            _ => {
                kind = TokenKind::Symbol;
                if let Some(keycap) = self.keycap(start).filter(|_| c == '*') {
                    kind = TokenKind::Emoji;
                    end = keycap;
                } else if c.is_ascii() && !matches!(c, '@' | '#') {
                    end = self.run(end, |other| other == c);
                }
            }
        }
        // Marks belong to what they stand on: `≠` may be written as `=` and a stroke.
        end = self.run(end, |c| class::class(c) == Class::Mark);
        self.token(start, end, kind)
    }

    fn run(&self, mut end: usize, same: impl Fn(char) -> bool) -> usize {
        while let Some((c, len)) = self.char_at(end) {
            if !same(c) {
                break;
            }
            end += len;
        }
        end
    }
}

/// The emoticon of the table that a token of kind [`TokenKind::Emoticon`] is a stretched form of:
/// `:)))` for `:))))))`. A few comparisons.
pub(crate) fn emoticon_base(token: &str) -> &str {
    let Some(&first) = token.as_bytes().first() else {
        return token;
    };
    let (from, to) = EMOTICON_RANGES[usize::from(first)];
    let candidates = EMOTICONS.get(usize::from(from)..usize::from(to)).unwrap_or(&[]);
    candidates.iter().find(|e| token.starts_with(**e)).map_or(token, |e| &token[..e.len()])
}

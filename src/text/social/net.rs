//! Handles, hashtags, web and mail addresses.

use std::iter::FusedIterator;

use super::Social;
use crate::text::class::{self, Class};
use crate::text::fold::Small;
use crate::text::latin;
use crate::text::tables::{DOMAIN, TLDS};
use crate::text::token::{Span, Token, TokenFlags, TokenKind};

/// Longest local part of an e-mail address, and longest host name with most labels that is looked
/// at: bounds that keep a flood of dots linear.
const LONGEST_LOCAL: usize = 64;
const LONGEST_HOST: usize = 253;
const MOST_LABELS: usize = 8;

impl Social<'_> {
    /// `@name` at `start`, with `_` and dots inside; a lone `@` is a symbol.
    pub(super) fn handle(&mut self, start: usize) -> Token {
        let mut end = self.skip_ascii(start + 1);
        while self.byte(end) == b'_' {
            end = self.skip_ascii(end + 1);
        }
        let next = self.byte(end);
        if next < 0x80 && next != b'.' && end > start + 1 {
            return self.known(start, end, TokenKind::Handle, TokenFlags::default());
        }
        loop {
            end = self.skip_ascii(end);
            let Some((c, len)) = self.char_at(end) else {
                break;
            };
            let inside = match class::class(c) {
                Class::Lower | Class::Upper | Class::Letter | Class::Digit => true,
                Class::Mark => end > start + 1,
                // A capital behind a dot begins the next sentence: `merci @marque.Je`
                Class::Stop => {
                    c == '.'
                        && end > start + 1
                        && matches!(self.class_at(end + 1), Class::Lower | Class::Digit)
                }
                _ => c == '_',
            };
            if !inside {
                break;
            }
            end += len;
        }
        if end == start + 1 {
            return self.sign(start);
        }
        self.token(start, end, TokenKind::Handle)
    }

    /// `#tag` at `start`, with a letter somewhere in it; otherwise a keycap or a symbol.
    pub(super) fn hashtag(&mut self, start: usize) -> Token {
        if let Some(end) = self.keycap(start) {
            return self.token(start, end, TokenKind::Emoji);
        }
        let mut end = start + 1;
        let mut letters = false;
        while let Some((c, len)) = self.char_at(end) {
            let class = class::class(c);
            letters |= class.is_letter();
            if !(class.is_word() || c == '_' || class == Class::Mark && end > start + 1) {
                break;
            }
            end += len;
        }
        if !letters {
            return self.sign(start);
        }
        self.token(start, end, TokenKind::Hashtag)
    }

    /// `&amp;` and other entities that scraped text still has, else the sign.
    pub(super) fn ampersand(&mut self, start: usize) -> Token {
        let number = usize::from(self.byte(start + 1) == b'#');
        let mut end = start + 1 + number;
        while end < start + 9 && self.byte(end).is_ascii_alphanumeric() {
            end += 1;
        }
        if end > start + 2 && self.byte(end) == b';' {
            return self.token(start, end + 1, TokenKind::Symbol);
        }
        self.sign(start)
    }

    /// The end of `http://…` at `start`.
    pub(super) fn url(&self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes().get(start..)?;
        let prefix = [b"http://".as_slice(), b"https://"].into_iter().find(|scheme| {
            bytes.get(..scheme.len()).is_some_and(|b| b.eq_ignore_ascii_case(scheme))
        })?;
        let host = start + prefix.len();
        self.class_at(host).is_word().then(|| self.url_end(host))
    }

    /// The end of a host name that stands without scheme at `start`, with its path: `www.` and
    /// anything, or a known ending.
    pub(super) fn bare_url(&self, start: usize) -> Option<usize> {
        let Host { end, label, labels } = self.host(start);
        if labels == 0 {
            return None;
        }
        let path = matches!(self.byte(end), b'/' | b'?' | b':')
            && !self.class_at(end + 1).eq(&Class::Space);
        let www = self.byte(start + 3) == b'.'
            && self.slice(start, start + 3).eq_ignore_ascii_case("www");
        let known = Small::fold(self.slice(label, end)).map_or(0, |tld| TLDS.get(tld.as_bytes()));
        let slash = self.byte(end) == b'/' && path;
        if !(www && labels >= 2 || known & DOMAIN != 0 || known != 0 && slash) {
            return None;
        }
        // `orange.fr?` ends a question; a query needs something behind its mark.
        Some(if path && (slash || self.class_at(end + 1).is_word()) {
            self.url_end(end)
        } else {
            end
        })
    }

    /// Where an address that has begun ends: before white space, quotes and the punctuation of the
    /// sentence around it.
    fn url_end(&self, from: usize) -> usize {
        let mut end = from;
        let mut open = 0i32;
        // The last place that can be an end, and how many parentheses stand open there.
        let mut last = from;
        loop {
            // Most of an address is letters and digits.
            let ascii = self.skip_ascii(end);
            if ascii > end {
                (end, last) = (ascii, ascii);
            }
            let Some((c, len)) = self.char_at(end) else {
                break;
            };
            let closes = match c {
                '(' => {
                    open += 1;
                    false
                }
                ')' => {
                    open -= 1;
                    open >= 0
                }
                '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' => break,
                _ if latin::is_apostrophe(c) => break,
                '.' | ',' | ';' | ':' | '!' | '?' | '*' | '[' | ']' | '_' | '~' | '&' => false,
                _ if c.is_ascii() => !c.is_ascii_whitespace() && !c.is_ascii_control(),
                _ => {
                    let class = class::class(c);
                    class.is_word() || class == Class::Mark
                }
            };
            let inside = c.is_ascii_graphic();
            if !closes && !inside {
                break;
            }
            end += len;
            if closes {
                last = end;
            }
        }
        last
    }

    /// The end of the e-mail address at `start`, whose first letters and digits end at `letters`.
    pub(super) fn email(&self, start: usize, letters: usize) -> Option<usize> {
        let joins = |b: u8| matches!(b, b'.' | b'_' | b'%' | b'+' | b'-');
        let mut at = letters;
        // Mostly what stands there is in no address.
        while joins(self.byte(at)) {
            at = self.skip_ascii(at + 1);
            if at > start + LONGEST_LOCAL {
                return None;
            }
        }
        let is_too_long = at > start + LONGEST_LOCAL;
        if self.byte(at) != b'@' || at == start || is_too_long || self.byte(at - 1) == b'.' {
            return None;
        }
        let Host { end, label, labels } = self.host(at + 1);
        let last = self.slice(label, end);
        let fits = last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic());
        (labels > 0 && fits).then_some(end)
    }

    /// The host name at `start`: labels with dots between, none of which is part of a longer word.
    fn host(&self, start: usize) -> Host {
        let mut host = Host { end: start, label: start, labels: 0 };
        let mut label = start;
        for labels in 0..=MOST_LABELS {
            let mut end = label;
            while self.byte(end).is_ascii_alphanumeric() || self.byte(end) == b'-' {
                end += 1;
                if end - start > LONGEST_HOST {
                    return host;
                }
            }
            if end == label || self.in_word(end) {
                break;
            }
            host = Host { end, label, labels };
            if self.byte(end) != b'.' {
                break;
            }
            label = end + 1;
        }
        host
    }
}

/// A host name: where it and its last label end, where the last label starts, how many dots.
struct Host {
    end: usize,
    label: usize,
    labels: usize,
}

/// The words inside a hashtag: camel case, digits and underscores part them.
///
/// Spans are relative to `tag`, whose `#` may be there or not. Linear, no allocation.
///
/// ```
/// use doleance::text::hashtag_parts;
///
/// let tag = "#PlusJamaisSFR_2024";
/// let parts: Vec<_> = hashtag_parts(tag).map(|span| span.of(tag)).collect();
/// assert_eq!(parts, ["Plus", "Jamais", "SFR", "2024"]);
/// ```
#[must_use]
pub fn hashtag_parts(tag: &str) -> HashtagParts<'_> {
    HashtagParts { tag, pos: 0 }
}

/// The parts of a hashtag, made by [`hashtag_parts`].
#[derive(Clone, Debug)]
pub struct HashtagParts<'t> {
    tag: &'t str,
    pos: usize,
}

impl Iterator for HashtagParts<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let rest = self.tag.get(self.pos..)?;
        let skipped = rest.find(|c: char| class::class(c).is_word())?;
        let start = self.pos + skipped;
        let mut end = start;
        let mut chars = self.tag.get(start..)?.chars().peekable();
        let mut before = Class::Space;
        let mut run = 0usize;
        while let Some(c) = chars.next() {
            let class = class::class(c);
            let ends = match (before, class) {
                (_, Class::Mark | Class::Ignorable) => {
                    end += c.len_utf8();
                    continue;
                }
                (Class::Space, _) => false,
                (_, class) if !class.is_word() => true,
                (Class::Digit, class) => class != Class::Digit,
                (_, Class::Digit) => true,
                (Class::Upper, Class::Upper) => {
                    // The last capital of a run belongs to the word behind: SFR|Client. A lone
                    // plural s does not make a word: SAVs.
                    let mut ahead = chars.clone().filter(|&c| class::class(c) != Class::Mark);
                    run > 0
                        && ahead.next().is_some_and(|c| class::class(c) == Class::Lower)
                        && ahead.next().is_some_and(|c| class::class(c).is_letter())
                }
                (_, Class::Upper) => true,
                _ => false,
            };
            if ends {
                break;
            }
            run += 1;
            before = class;
            end += c.len_utf8();
        }
        self.pos = end;
        Some(Span::new(start, end))
    }
}

impl FusedIterator for HashtagParts<'_> {}

//! Sentences as posts have them.

use std::iter::FusedIterator;

use super::class::{self, Class};
use super::fold::Small;
use super::tables::{ABBREVIATIONS, TITLE};
use super::token::Span;

/// Cuts a text into sentences.
///
/// Sentences end at line ends, at `!`, `?` and full stops with the quotes, parentheses and emoji
/// behind them, at an ellipsis or emoji that a capital follows. Abbreviations (`M. Martin`,
/// `e.g.`), decimals and addresses end nothing. Spans follow each other without gap (white space
/// belongs to the sentence before it) and rebuild the text. Linear, no allocation.
///
/// ```
/// let text = "M. Martin m'a dit « demain ! » Il est parti... et rien. 3.5 jours";
/// let found: Vec<_> =
///     doleance::text::sentences(text).map(|s| s.of(text).trim_end()).collect();
/// assert_eq!(
///     found,
///     ["M. Martin m'a dit « demain ! »", "Il est parti... et rien.", "3.5 jours"]
/// );
/// ```
#[must_use]
pub fn sentences(text: &str) -> Sentences<'_> {
    Sentences { text, pos: 0 }
}

/// The sentences of a text, made by [`sentences`].
#[derive(Clone, Debug)]
pub struct Sentences<'t> {
    text: &'t str,
    pos: usize,
}

impl Iterator for Sentences<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let start = self.pos;
        if start >= self.text.len() {
            return None;
        }
        let bytes = self.text.as_bytes();
        let mut i = start;
        while let Some(&b) = bytes.get(i) {
            // What can end a sentence, by its first byte; letters of Latin never do.
            if !matches!(b, b'.' | b'!' | b'?' | b'\n' | b'\r' | 0xC2 | 0xE2..=0xF4) {
                i += 1;
                continue;
            }
            let Some((c, len)) = self.char_at(i) else {
                i += 1;
                continue;
            };
            let (behind, ends) = match class::class(c) {
                Class::Exclaim if !matches!(c, '¿' | '¡') => self.exclaim(i),
                Class::Stop => self.stop(start, i),
                Class::Emoji => self.emoji(i),
                Class::Space => (i + len, is_line_end(c)),
                _ => (i + len, false),
            };
            i = behind;
            if ends {
                break;
            }
        }
        self.pos = self.over(i, |c| class::class(c) == Class::Space);
        Some(Span::new(start, self.pos))
    }
}

impl FusedIterator for Sentences<'_> {}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

impl Sentences<'_> {
    /// A run of `!`, `?` and dots at `i`: what is behind it, and whether it ends the sentence.
    fn exclaim(&self, i: usize) -> (usize, bool) {
        let end = self.over(i, |c| matches!(class::class(c), Class::Exclaim | Class::Stop));
        // A query string goes on in small letters, digits and signs.
        let ends = !matches!(
            self.class_at(end),
            Class::Lower | Class::Digit | Class::Letter | Class::Symbol | Class::Hyphen
        );
        (if ends { self.tail(end) } else { end }, ends)
    }

    /// A run of dots at `i`.
    fn stop(&self, start: usize, i: usize) -> (usize, bool) {
        let end = self.over(i, |c| class::class(c) == Class::Stop);
        if matches!(self.class_at(end), Class::Exclaim) {
            return self.exclaim(end);
        }
        let ellipsis = end - i > 1;
        let tail = self.tail(end);
        let next = self.over(tail, |c| class::class(c) == Class::Space);
        let spaced = next > tail || next >= self.text.len();
        let capital = self.class_at(next) == Class::Upper;
        if ellipsis {
            // `bon... je vais` goes on.
            let ends = next >= self.text.len() || spaced && self.class_at(next) != Class::Lower;
            return (tail, ends || self.line_end_within(tail, next));
        }
        if !spaced {
            // A space forgotten: `réponse.Je pars`
            let before = self.char_before(i).map_or(Class::Space, class::class);
            let ends = tail == end && before == Class::Lower && capital && {
                self.class_at(next + 1) == Class::Lower
            };
            return (end, ends || tail > end);
        }
        if self.line_end_within(tail, next) || next >= self.text.len() {
            return (tail, true);
        }
        (tail, !self.abbreviates(start, i, capital))
    }

    /// Whether the dot at `i` belongs to the word before it: an abbreviation, an initial, the
    /// number of an item.
    fn abbreviates(&self, start: usize, i: usize, capital: bool) -> bool {
        let longest = ABBREVIATIONS.longest * 2;
        let mut from = i;
        let mut letters = 0;
        while let Some(c) = self.char_before(from) {
            if from <= start || !(class::class(c).is_word() || matches!(c, '.' | '°')) {
                break;
            }
            if i - from > longest {
                return false;
            }
            from -= c.len_utf8();
            letters += 1;
        }
        let word = self.text.get(from..i).unwrap_or("");
        let kind = Small::fold(word).map_or(0, |w| ABBREVIATIONS.get(w.as_bytes()));
        let initial = letters == 1 && word.chars().all(|c| class::class(c) == Class::Upper);
        let item = from == start && !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        kind & TITLE != 0 || kind != 0 && !capital || initial && capital || item
    }

    /// A run of emoji at `i`: the end of a sentence when a capital follows.
    fn emoji(&self, i: usize) -> (usize, bool) {
        let end = self.skip_emoji(i);
        let next = self.over(end, |c| class::class(c) == Class::Space);
        (end, next > end && self.class_at(next) == Class::Upper)
    }

    /// Behind the quotes, parentheses and emoji that go with the stop before `end`.
    fn tail(&self, end: usize) -> usize {
        let closed = self.over(end, |c| matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»'));
        let spaces = self.over(closed, |c| matches!(c, ' ' | '\u{A0}' | '\u{202F}'));
        match self.char_at(spaces) {
            Some(('»', len)) => self.tail(spaces + len),
            Some((c, _)) if class::class(c) == Class::Emoji => self.tail(self.skip_emoji(spaces)),
            _ => closed,
        }
    }

    fn skip_emoji(&self, i: usize) -> usize {
        self.over(i, |c| matches!(class::class(c), Class::Emoji | Class::Ignorable | Class::Mark))
    }

    fn line_end_within(&self, from: usize, to: usize) -> bool {
        self.text.get(from..to).is_some_and(|gap| gap.contains(is_line_end))
    }

    fn over(&self, mut i: usize, inside: impl Fn(char) -> bool) -> usize {
        while let Some((c, len)) = self.char_at(i) {
            if !inside(c) {
                break;
            }
            i += len;
        }
        i
    }

    fn char_at(&self, i: usize) -> Option<(char, usize)> {
        let c = self.text.get(i..)?.chars().next()?;
        Some((c, c.len_utf8()))
    }

    fn char_before(&self, i: usize) -> Option<char> {
        self.text.get(..i)?.chars().next_back()
    }

    fn class_at(&self, i: usize) -> Class {
        self.char_at(i).map_or(Class::Space, |(c, _)| class::class(c))
    }
}

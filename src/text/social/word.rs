//! Words that need more than a look at their letters: apostrophes, hyphens, digits, dots.

use super::Social;
use crate::text::class::{self, BYTES, Class, DIGIT, ENDS, LETTER, UPPER};
use crate::text::fold::Small;
use crate::text::latin;
use crate::text::run::{self, Plain, Run};
use crate::text::tables::{
    CLITICS, ELIDED_LAST, ELIDED_LETTERS, ENCLITIC, PROCLITIC, WHOLE, WHOLE_AFTER, WIDEST,
    may_be_emoticon,
};
use crate::text::token::{Token, TokenFlags, TokenKind};

/// Where a word ends and what is in it.
pub(super) struct Extent {
    pub(super) end: usize,
    digits: bool,
    hyphens: bool,
}

impl Social<'_> {
    /// The token at `start` when it is plain letters up to an apostrophe, with letters behind it
    /// at `behind`: an elided clitic (`l'`), or a word as English has them (`don't`). Nothing when
    /// it takes more to tell.
    pub(super) fn around_apostrophe(
        &mut self,
        start: usize,
        run: &Run,
        behind: usize,
    ) -> Option<Token> {
        let wide = TokenFlags::NON_ASCII.when(behind - run.end > 1);
        if self.is_elided(start, run.end, behind)? {
            return Some(self.known(start, behind, TokenKind::Clitic, run.flags.with(wide)));
        }
        let rest = run::letters(self.text.as_bytes(), behind);
        if BYTES[usize::from(rest.next)] & ENDS == 0 {
            return None;
        }
        Some(self.token(start, rest.end, TokenKind::Word))
    }

    /// Whether the letters `start..end` up to an apostrophe are elided before the letters at
    /// `behind`, or perhaps of one word with them; nothing when it takes more to tell.
    #[inline]
    fn is_elided(&self, start: usize, end: usize, behind: usize) -> Option<bool> {
        let (first, last, next) = (self.byte(start), self.byte(end - 1), self.byte(behind));
        if BYTES[usize::from(next)] & LETTER == 0 {
            return None;
        }
        if end == start + 1 && ELIDED_LETTERS >> (first & 31) & 1 != 0 {
            return is_alone(first, next).then_some(true);
        }
        let more = last >= 0x80 || end > start + 1 && ELIDED_LAST >> (last & 31) & 1 != 0;
        (!more).then_some(false)
    }

    /// The same for up to fifteen letters and an apostrophe, with the folded form and how long that
    /// is; `word` is what stands at `start`. As for [`Social::plain_word`].
    #[inline(always)]
    pub(super) fn plain_apostrophe(
        &mut self,
        start: usize,
        word: &Plain,
    ) -> Option<(Token, [u64; 2], usize)> {
        let end = start + word.len;
        let behind = match word.next {
            b'\'' => end + 1,
            0xE2 if self.slice(end, end + 3) == "’" => end + 3,
            _ => return None,
        };
        if may_be_emoticon(word.head[0], word.head[1]) {
            return None;
        }
        let (first, last) = (self.byte(start), self.byte(end - 1));
        let wide = TokenFlags::NON_ASCII.when(behind - end > 1);
        let apostrophe = u128::from(b'\'') << (8 * word.len);
        let before = u128::from(word.folded[0]) | u128::from(word.folded[1]) << 64 | apostrophe;
        let elided = match word.len {
            1 => ELIDED_LETTERS >> (first & 31) & 1 != 0,
            _ if ELIDED_LAST >> (last & 31) & 1 == 0 => false,
            len => kind_of_folded(before, len + 1) & PROCLITIC != 0,
        };
        let next = match self.byte(behind) {
            0xC3 => latin::fold_latin1(self.byte(behind + 1)),
            next => next,
        };
        if BYTES[usize::from(next)] & LETTER == 0 {
            return None;
        }
        let clitic = (behind, TokenKind::Clitic, word.flags.with(wide), before, word.len + 1);
        let (end, kind, flags, folded, letters) = if elided && is_alone(first, next) {
            clitic
        } else {
            let rest = run::plain(self.text.as_bytes(), behind)?;
            let letters = word.len + 1 + rest.len;
            if BYTES[usize::from(rest.next)] & ENDS == 0 || letters > 15 {
                return None;
            }
            let rest_folded = u128::from(rest.folded[0]) | u128::from(rest.folded[1]) << 64;
            let all = before | rest_folded << (8 * (word.len + 1));
            if !elided {
                let capitals = TokenFlags::CAPITALS.when(!word.small & !rest.small);
                (behind + rest.len, TokenKind::Word, wide.with(capitals), all, letters)
            } else if rest_folded == u128::from(b's') || kind_of_folded(all, letters) & WHOLE != 0 {
                return None;
            } else {
                clitic
            }
        };
        let token = self.known(start, end, kind, flags);
        Some((token, [folded as u64, (folded >> 64) as u64], letters))
    }

    /// The token that starts with a letter, a digit or another number at `start`.
    pub(super) fn word(&mut self, start: usize) -> Token {
        let letters = self.skip_ascii(start);
        match self.char_at(letters) {
            Some((c, len)) if latin::is_apostrophe(c) => {
                if let Some(end) = self.proclitic(start, letters, letters + len) {
                    return self.token(start, end, TokenKind::Clitic);
                }
            }
            Some((c, _)) if c.is_ascii() => {
                if let Some(end) = self.email(start, letters) {
                    return self.token(start, end, TokenKind::Email);
                }
            }
            // `ç'`, composed or not
            Some(_) => {
                if let Some((letters, end)) = self.accented_elision(start)
                    && let Some(end) = self.proclitic(start, letters, end)
                {
                    return self.token(start, end, TokenKind::Clitic);
                }
            }
            None => {}
        }
        let extent = self.extent(start, usize::MAX);
        let end = extent.end;
        match self.byte(end) {
            b':' => {
                if let Some(end) = self.url(start) {
                    return self.token(start, end, TokenKind::Url);
                }
            }
            b'.' if self.class_at(end + 1).is_word() => {
                if let Some(end) = self.bare_url(start) {
                    return self.token(start, end, TokenKind::Url);
                }
                if let Some(end) = self.acronym(start, end) {
                    return self.token(start, end, TokenKind::Word);
                }
            }
            _ => {}
        }
        if let Some(end) = self.amount_from_code(start) {
            return self.token(start, end, TokenKind::Amount);
        }
        let head = if extent.hyphens && !extent.digits { self.head(start, end) } else { end };
        // Taken up again by `enclitic`; nothing when the word is whole.
        self.clitics_end = end;
        self.token(start, head, TokenKind::Word)
    }

    /// The end of the whole word at `start`, with apostrophes, hyphens and joiners inside; it
    /// stops looking when the word is longer than `limit` bytes.
    fn extent(&self, start: usize, limit: usize) -> Extent {
        let mut extent = Extent { end: start, digits: false, hyphens: false };
        let mut previous = Class::Space;
        loop {
            // Letters and digits of ASCII first, then one character of another kind.
            let mut seen = 0;
            while let Some(&b) = self.text.as_bytes().get(extent.end) {
                let class = BYTES[usize::from(b)] & (LETTER | DIGIT);
                if class == 0 {
                    break;
                }
                seen |= class;
                previous = if class == UPPER { Class::Upper } else { Class::Lower };
                extent.end += 1;
            }
            extent.digits |= seen & DIGIT != 0;
            let Some((c, len)) = self.char_at(extent.end) else {
                break;
            };
            if extent.end - start > limit {
                break;
            }
            let next = extent.end + len;
            let class = class::class(c);
            match class {
                Class::Lower | Class::Upper | Class::Letter | Class::Mark => {}
                Class::Digit => extent.digits = true,
                // `customer's`, `l'1er`
                Class::Apostrophe if previous.is_word() && self.class_at(next).is_word() => {}
                Class::Hyphen if self.class_at(next).is_word() => extent.hyphens = true,
                Class::Symbol if c == '_' && self.goes_on(next, '_') => {}
                // `H&M`, `AT&T`
                Class::Symbol
                    if c == '&'
                        && previous == Class::Upper
                        && self.class_at(next) == Class::Upper => {}
                Class::Ignorable => match self.behind_ignorables(next) {
                    Some(word) => {
                        extent.end = word;
                        continue;
                    }
                    None => break,
                },
                _ => break,
            }
            if class != Class::Mark {
                previous = class;
            }
            extent.end = next;
        }
        extent
    }

    /// Whether a letter or digit follows at `i`, behind any more of `c`.
    fn goes_on(&self, i: usize, c: char) -> bool {
        let rest = self.text.get(i..).unwrap_or("");
        rest.trim_start_matches(c).chars().next().is_some_and(|c| class::class(c).is_word())
    }

    /// Where the word goes on behind characters that are not seen, if it does.
    fn behind_ignorables(&self, mut i: usize) -> Option<usize> {
        while let Some((c, len)) = self.char_at(i) {
            match class::class(c) {
                Class::Ignorable | Class::Mark => i += len,
                class if class.is_word() => return Some(i),
                _ => break,
            }
        }
        None
    }

    /// The end of an elided clitic (`l'`, `qu'`, `jusqu'`) at `start`, behind its apostrophe; its
    /// letters end at `letters`, the apostrophe at `end`.
    fn proclitic(&self, start: usize, letters: usize, end: usize) -> Option<usize> {
        let (first, last) = (self.byte(start), self.byte(letters.wrapping_sub(1)));
        let elided = if letters == start + 1 {
            // `l'` and its like, nearly all of them.
            first.is_ascii_alphabetic() && ELIDED_LETTERS >> (first & 31) & 1 != 0
        } else {
            let may_be = last >= 0x80 || ELIDED_LAST >> (last & 31) & 1 != 0;
            may_be && self.kind_of(self.slice(start, end)) & PROCLITIC != 0
        };
        if !elided {
            return None;
        }
        let after = self.class_at(end);
        if !after.is_word() {
            // `l' accueil`, `l'« accueil »`, but not the letter in quotes: 'l'
            let quoted = self.char_before(start).is_some_and(latin::is_apostrophe);
            return (!quoted && after != Class::Apostrophe).then_some(end);
        }
        let next = match self.char_at(end) {
            Some((c, _)) if !c.is_ascii() => latin::plain(c).map_or(0, |plain| plain[0]),
            Some((c, _)) => c as u8,
            None => 0,
        };
        // An accented letter before the apostrophe may fold to any.
        if first < 0x80 && is_alone(first, next) {
            return Some(end);
        }
        let word = self.slice(start, self.extent(start, CLITICS.longest * WIDEST).end);
        if self.kind_of(word) & WHOLE != 0 {
            return None;
        }
        // The possessive of a letter: `plan C's price`.
        let rest = word.get(end - start..).unwrap_or("");
        (!rest.eq_ignore_ascii_case("s")).then_some(end)
    }

    /// Where the letters and the apostrophe end when one follows a few letters with an accent.
    fn accented_elision(&self, start: usize) -> Option<(usize, usize)> {
        let mut letters = start;
        loop {
            let (c, len) = self.char_at(letters)?;
            match class::class(c) {
                Class::Lower | Class::Upper | Class::Mark => letters += len,
                Class::Apostrophe => return Some((letters, letters + len)),
                _ => return None,
            }
            if letters - start > CLITICS.longest * WIDEST {
                return None;
            }
        }
    }

    /// The end of the word `start..end` without the inverted clitics behind it: `dites-le-moi`.
    fn head(&self, start: usize, end: usize) -> usize {
        let mut head = end;
        loop {
            let word = self.slice(start, head);
            if self.kind_of(word) & WHOLE != 0 {
                return head;
            }
            // The last one or two hyphens: `-il` or `-t-il`, the longer first.
            let mut hyphens =
                word.char_indices().rev().filter(|(_, c)| class::class(*c) == Class::Hyphen);
            let last = hyphens.next().map(|(i, _)| i);
            let longer = hyphens.next().map(|(i, _)| i);
            let cut = [longer, last]
                .into_iter()
                .flatten()
                .find(|&i| i > 0 && self.kind_of(word.get(i..).unwrap_or("")) & ENCLITIC != 0);
            match cut {
                Some(i) => head = start + i,
                None => return head,
            }
        }
    }

    fn kind_of(&self, word: &str) -> u8 {
        if word.len() > CLITICS.longest * WIDEST {
            return 0;
        }
        Small::fold(word).map_or(0, |w| CLITICS.get(w.as_bytes()))
    }

    /// The inverted clitic at `pos`, one of those that [`Social::head`] cut off.
    pub(super) fn enclitic(&mut self) -> Token {
        let start = self.pos;
        let rest = self.slice(start, self.clitics_end);
        let mut ends = rest
            .char_indices()
            .skip(1)
            .filter(|(_, c)| class::class(*c) == Class::Hyphen)
            .map(|(i, _)| i)
            .chain([rest.len()]);
        let first = ends.next().unwrap_or(rest.len());
        let second = ends.next().unwrap_or(first);
        let longer = self.kind_of(rest.get(..second).unwrap_or("")) & ENCLITIC != 0;
        self.token(start, start + if longer { second } else { first }, TokenKind::Clitic)
    }

    /// The end of `S.A.V.`: single letters with dots between, when `end` is behind the first.
    fn acronym(&self, start: usize, end: usize) -> Option<usize> {
        let single = |i: usize| {
            let (c, len) = self.char_at(i)?;
            let mut next = i + len;
            while self.class_at(next) == Class::Mark {
                next += self.char_at(next)?.1;
            }
            (class::class(c).is_letter() && !self.class_at(next).is_word()).then_some(next)
        };
        if single(start) != Some(end) {
            return None;
        }
        let mut last = end;
        while self.byte(last) == b'.' {
            match single(last + 1) {
                Some(next) => last = next,
                None => break,
            }
        }
        // The last dot is part of it, unless it begins an ellipsis.
        let dot = self.byte(last) == b'.' && self.byte(last + 1) != b'.';
        (last > end).then_some(if dot { last + 1 } else { last })
    }
}

/// Whether what starts with the letter `first` and has `next` behind its apostrophe is elided and no
/// more: no whole word (`c'est-à-dire`) is like that, and no possessive of a letter.
#[inline]
fn is_alone(first: u8, next: u8) -> bool {
    let whole = WHOLE_AFTER[usize::from(first & 31)] >> (next & 31) & 1 != 0;
    !whole & (next | 0x20 != b's')
}

/// The kind of a folded word of up to fifteen bytes.
fn kind_of_folded(word: u128, len: usize) -> u8 {
    CLITICS.get(word.to_le_bytes().get(..len).unwrap_or(&[]))
}

/// Whether `c` is of the scripts of Europe. Others know neither capitals nor drawn-out letters, and some
/// of theirs (Hangul) are several letters or one, as they are composed.
fn has_case(c: char) -> bool {
    matches!(c, '\0'..='\u{58f}' | '\u{1e00}'..='\u{1fff}')
}

/// What is noticed about the letters of a word, composed or not.
pub(crate) fn flags(word: &str) -> TokenFlags {
    if word.is_ascii() {
        return run::ascii_flags(word.as_bytes());
    }
    let (mut letters, mut uppers, mut first_upper) = (0usize, 0usize, false);
    let mut elongated = false;
    // The last three letters in lower case; a letter is complete when another character comes.
    let mut last = ['\0', '\u{1}', '\u{2}'];
    for c in word.chars() {
        let class = class::class(c);
        if class == Class::Mark {
            last[0] = latin::compose(last[0], c).unwrap_or(last[0]);
            continue;
        }
        elongated |= last[0] == last[1] && last[1] == last[2];
        if class == Class::Ignorable {
            continue;
        }
        if !class.is_letter() || !has_case(c) {
            last = ['\0', '\u{1}', '\u{2}'];
            continue;
        }
        letters += 1;
        if class == Class::Upper {
            uppers += 1;
            first_upper |= letters == 1;
        }
        let lower = if c.is_ascii() {
            c.to_ascii_lowercase()
        } else {
            c.to_lowercase().next().unwrap_or(c)
        };
        last = [lower, last[0], last[1]];
    }
    elongated |= last[0] == last[1] && last[1] == last[2];
    let mut flags =
        TokenFlags::of_capitals(letters, uppers, first_upper).with(TokenFlags::NON_ASCII);
    if elongated {
        flags = flags.with(TokenFlags::ELONGATED);
    }
    flags
}

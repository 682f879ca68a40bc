//! Numbers and what they count: money, time, days.

use super::Social;
use crate::text::class::{self, Class};
use crate::text::fold::Small;
use crate::text::tables::{CURRENCY, DURATION, MONTH, MONTH_YEAR, MONTHS, UNITS, WIDEST};
use crate::text::token::{Token, TokenKind};

impl Social<'_> {
    /// The token that starts with the digit at `start`.
    pub(super) fn number(&mut self, start: usize) -> Token {
        if let Some(end) = self.keycap(start) {
            return self.token(start, end, TokenKind::Emoji);
        }
        if let Some(end) = self.email(start, self.skip_ascii(start)) {
            return self.token(start, end, TokenKind::Email);
        }
        if let Some(end) = self.numeric_date(start) {
            return self.token(start, end, TokenKind::Date);
        }
        let (end, whole) = self.digits_end(start);
        if let Some((unit_end, kind)) = self.unit(end) {
            return self.token(start, unit_end, kind);
        }
        if let Some(end) = self.named_date(start, end) {
            return self.token(start, end, TokenKind::Date);
        }
        // `4g`, `3ème`, `5-star`, `90's`, `1️`: a word that happens to start with digits.
        let word = match self.char_at(end) {
            Some((c, len)) => match class::class(c) {
                Class::Lower | Class::Upper | Class::Letter | Class::Digit | Class::Mark => true,
                Class::Hyphen => self.class_at(end + len).is_letter(),
                Class::Apostrophe => {
                    self.byte(end + len).eq_ignore_ascii_case(&b's')
                        && !self.class_at(end + len + 1).is_word()
                }
                _ => c == '_' && self.class_at(end + 1).is_word(),
            },
            None => false,
        };
        if word && whole {
            return self.word(start);
        }
        if whole
            && self.byte(end) == b'.'
            && self.byte(end + 1).is_ascii_alphabetic()
            && let Some(end) = self.bare_url(start)
        {
            return self.token(start, end, TokenKind::Url);
        }
        self.token(start, end, TokenKind::Number)
    }

    fn skip_digits(&self, mut i: usize) -> usize {
        while self.is_digit(i) {
            i += 1;
        }
        i
    }

    /// The end of the number at `start`, and whether it is nothing but digits.
    fn digits_end(&self, start: usize) -> (usize, bool) {
        let mut end = self.skip_digits(start);
        let mut grouped = end - start <= 3;
        let mut whole = true;
        loop {
            let next = match self.byte(end) {
                // `1.234,5`, `3.2.1`, `12:30`, `24/7`, `10/10`
                b'.' | b',' | b':' | b'/' if self.is_digit(end + 1) => {
                    grouped &= self.byte(end) == b'.';
                    self.skip_digits(end + 1)
                }
                // `10 000`, `1'000`, with any of the spaces that typography knows
                _ if grouped => match self.group(end) {
                    Some(next) => next,
                    None => break,
                },
                _ => break,
            };
            whole = false;
            end = next;
        }
        (end, whole)
    }

    /// The end of a separator and exactly three digits at `end` that no letter follows.
    fn group(&self, end: usize) -> Option<usize> {
        let (c, len) = self.char_at(end)?;
        if !(is_space(c) || class::class(c) == Class::Apostrophe) {
            return None;
        }
        let digits = end + len;
        let next = self.skip_digits(digits.min(digits));
        let after = self.class_at(next);
        (next == digits + 3 && !after.is_letter()).then_some(next)
    }

    /// The end of `12/03/2024`, `2024-03-12`, `12.03.24` at `start`.
    fn numeric_date(&self, start: usize) -> Option<usize> {
        let first = self.field(start)?;
        let separator = self.byte(first.1);
        if !matches!(separator, b'/' | b'-' | b'.') {
            return None;
        }
        let second = self.field(first.1 + 1)?;
        if self.byte(second.1) != separator {
            return None;
        }
        let third = self.field(second.1 + 1)?;
        let end = third.1;
        let more =
            self.class_at(end).is_word() || self.byte(end) == separator && self.is_digit(end + 1);
        let day_first = first.2 <= 2 && second.2 <= 2 && matches!(third.2, 2 | 4);
        let year_first = first.2 == 4 && second.2 <= 2 && third.2 <= 2;
        let days = if year_first { (second.0, third.0) } else { (first.0, second.0) };
        let possible = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
        let valid = possible(days.0, days.1) || possible(days.1, days.0);
        (!more && (day_first || year_first) && valid).then_some(end)
    }

    /// One to four digits at `start`: their value, their end, how many.
    fn field(&self, start: usize) -> Option<(u32, usize, usize)> {
        let mut value = 0;
        let mut end = start;
        while self.is_digit(end) {
            if end - start == 4 {
                return None;
            }
            value = value * 10 + u32::from(self.byte(end) - b'0');
            end += 1;
        }
        (end > start).then_some((value, end, end - start))
    }

    /// The end of `12 mars 2024`, `3rd june` whose day is `start..end`.
    fn named_date(&self, start: usize, end: usize) -> Option<usize> {
        let (day, digits_end, _) = self.field(start)?;
        if digits_end != end || !(1..=31).contains(&day) {
            return None;
        }
        // `1er`, `3rd`
        let suffix = self.letters_end(end);
        if suffix - end > 2 {
            return None;
        }
        let month = self.skip_space(suffix)?;
        let month_end = self.letters_end(month);
        if month_end == month || self.glued(month_end) {
            return None;
        }
        let kind = MONTHS.get(Small::fold(self.slice(month, month_end))?.as_bytes());
        if kind == 0 {
            return None;
        }
        let dot = usize::from(self.byte(month_end) == b'.');
        let year = self.skip_space(month_end + dot).and_then(|at| {
            let (_, end, len) = self.field(at)?;
            (len == 4 && !self.glued(end)).then_some(end)
        });
        year.or((kind & MONTH_YEAR == 0 && kind & MONTH != 0).then_some(month_end))
    }

    /// The end of the unit behind a number that ends at `end`, and what they are together.
    fn unit(&self, end: usize) -> Option<(usize, TokenKind)> {
        let start = match self.byte(end) {
            // `24-hour`
            b'-' => end + 1,
            _ => self.skip_space(end).unwrap_or(end),
        };
        let mut unit_end = self.unit_end(start);
        if unit_end == start {
            return None;
        }
        let mut kind = self.unit_kind(start, unit_end);
        if kind == 0 {
            let (c, len) = self.char_at(start)?;
            let mut sign = start;
            // `3k€`, `2 M€`
            if matches!(c, 'k' | 'K' | 'M') {
                sign += len;
            }
            let (c, len) = self.char_at(sign)?;
            if class::class(c) != Class::Currency {
                return None;
            }
            // `5€par`
            unit_end = sign + len;
            kind = CURRENCY;
        }
        if kind & CURRENCY != 0 {
            if class::class(self.char_before(unit_end)?) == Class::Currency {
                // `12€50`
                let cents = self.skip_digits(unit_end);
                if (1..=2).contains(&(cents - unit_end)) && !self.glued(cents) {
                    unit_end = cents;
                }
            } else if self.glued(unit_end) {
                return None;
            }
            return Some((unit_end, TokenKind::Amount));
        }
        debug_assert!(kind & DURATION != 0);
        if self.is_digit(unit_end) {
            // `2h30`, `1h30min`
            let mut rest = self.skip_digits(unit_end);
            // Of the unit as it is folded: a mark of its own makes a letter no longer.
            let letters = Small::fold(self.slice(start, unit_end))?.as_bytes().len();
            if rest - unit_end > 2 || letters > 3 {
                return None;
            }
            let more = self.letters_end(rest);
            if more > rest && self.unit_kind(rest, more) & DURATION != 0 {
                rest = more;
            }
            unit_end = rest;
        }
        (!self.glued(unit_end)).then_some((unit_end, TokenKind::Duration))
    }

    fn unit_kind(&self, start: usize, end: usize) -> u8 {
        Small::fold(self.slice(start, end)).map_or(0, |unit| UNITS.get(unit.as_bytes()))
    }

    /// The end of the letters, currency signs and inner hyphens at `start`, within what a unit
    /// can be long.
    fn unit_end(&self, start: usize) -> usize {
        let mut end = start;
        while let Some((c, len)) = self.char_at(end) {
            let inside = match class::class(c) {
                Class::Lower | Class::Upper | Class::Letter | Class::Mark | Class::Currency => true,
                Class::Hyphen => end > start && self.class_at(end + len).is_letter(),
                _ => false,
            };
            if !inside || end - start > UNITS.longest * WIDEST {
                break;
            }
            end += len;
        }
        end
    }

    /// The end of the letters at `start`, looked at as far as units and months can go.
    fn letters_end(&self, start: usize) -> usize {
        let mut end = start;
        while let Some((c, len)) = self.char_at(end) {
            let class = class::class(c);
            if !(class.is_letter() || class == Class::Mark) || end - start > MONTHS.longest * WIDEST
            {
                break;
            }
            end += len;
        }
        end
    }

    /// Behind a space of any kind at `i`, or two where the key was hit twice.
    fn skip_space(&self, i: usize) -> Option<usize> {
        let behind = |i| self.char_at(i).filter(|&(c, _)| is_space(c)).map(|(_, len)| i + len);
        let end = behind(i)?;
        Some(behind(end).unwrap_or(end))
    }

    /// Whether what ends at `i` is only a part of a word: `3 s'il`, `5 jours-là`.
    fn glued(&self, i: usize) -> bool {
        match self.char_at(i) {
            Some((c, len)) => match class::class(c) {
                Class::Apostrophe | Class::Hyphen => self.class_at(i + len).is_letter(),
                class => class.is_word() || class == Class::Mark || c == '_',
            },
            None => false,
        }
    }

    /// `€12`, `$5.99`, `£ 30` at `start`, else the sign alone.
    pub(super) fn currency(&mut self, start: usize) -> Token {
        let sign = self.char_at(start).map_or(start, |(_, len)| start + len);
        if let Some(end) = self.amount(sign) {
            return self.token(start, end, TokenKind::Amount);
        }
        self.sign(start)
    }

    /// `Rs 500`, `EUR 12`, `US$5` at `start`: a currency written in letters before its number.
    pub(super) fn amount_from_code(&self, start: usize) -> Option<usize> {
        let mut end = start;
        while self.byte(end).is_ascii_alphabetic() {
            end += 1;
            if end - start > 3 {
                return None;
            }
        }
        let sign = match self.char_at(end) {
            Some((c, len)) if class::class(c) == Class::Currency => end + len,
            _ => end,
        };
        let dot = usize::from(sign == end && self.byte(end) == b'.');
        let spaced = self.skip_space(end + dot).unwrap_or(end + dot);
        if end == start || !self.is_digit(sign) && !self.is_digit(spaced) {
            return None;
        }
        if self.unit_kind(start, sign) & CURRENCY == 0 {
            return None;
        }
        // In small letters three of them are mostly a word before a number: cad, ron, rub.
        let code = self.slice(start, end);
        let written = sign > end || code.len() == 2 || code.bytes().all(|b| b.is_ascii_uppercase());
        if !written {
            return None;
        }
        let amount = self.amount(sign + dot)?;
        // Nor are two letters and one digit money: FR 3.
        let number = amount - if self.is_digit(sign) { sign } else { spaced };
        (sign > end || code.len() > 2 || number > 1).then_some(amount)
    }

    /// The end of the amount whose currency ends at `i`: a space or none, a number, `k` or `m`.
    fn amount(&self, i: usize) -> Option<usize> {
        let start = if self.is_digit(i) { i } else { self.skip_space(i)? };
        if !self.is_digit(start) {
            return None;
        }
        let (end, _) = self.digits_end(start);
        let magnitude = self.letters_end(end);
        let short = matches!(self.slice(end, magnitude), "k" | "K" | "m" | "M" | "bn");
        let end = if short { magnitude } else { end };
        (!self.glued(end)).then_some(end)
    }
}

/// How long a duration is, by its first unit: the bit for hours or less, for days or weeks, for
/// months, or for years. Waiting three weeks is another matter than waiting three hours.
pub(crate) fn duration_length(written: &str) -> u8 {
    let units = written.split(|c: char| c.is_whitespace() || c.is_ascii_digit());
    let mut lengths =
        units.filter_map(Small::fold).map(|unit| UNITS.get(unit.as_bytes()) & DURATION);
    lengths.find(|&length| length != 0).unwrap_or(0)
}

/// White space that stands inside numbers and before their units: a space of any kind, no tab and no
/// line end.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{2009}' | '\u{202F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tables::YEARS;

    #[test]
    fn durations_are_as_long_as_their_unit() {
        let hours = ["48h", "2h30", "30 secondes", "2 demi-heures", "5 mins", "1 half-hour"];
        let days =
            ["3 semaines", "2 fortnights", "1 quinzaine", "3 mornings", "2 jours", "4 nuits"];
        let months = ["6 mths", "3 mois", "2 trimestres", "1 semestre"];
        let years = ["2 décennies", "3 decades", "10 ans", "4 yrs", "5 ANNÉES"];
        for (written, length) in [(&hours[..], 1), (&days, 2), (&months, 4), (&years, YEARS)]
            .into_iter()
            .flat_map(|(written, length)| written.iter().map(move |&w| (w, length)))
        {
            assert_eq!(duration_length(written), length, "{written}");
        }
        assert_eq!(duration_length("3 €"), 0);
    }
}

//! The tables that the build step makes from `lexicons/shared`.

use super::dict::Dict;

include!(concat!(env!("OUT_DIR"), "/text_tables.rs"));

/// Nothing that is more than this many times the longest key of a table folds to one of its keys:
/// a letter with its mark, or a typographic apostrophe, takes three bytes for one.
pub(crate) const WIDEST: usize = 4;
/// Kinds of [`CLITICS`].
pub(crate) const PROCLITIC: u8 = 1;
pub(crate) const ENCLITIC: u8 = 2;
pub(crate) const WHOLE: u8 = 4;
/// Kinds of [`UNITS`]: of hours or less, of days or weeks, of months, of years; and of money.
pub(crate) const DURATION: u8 = 1 | 2 | 4 | YEARS;
pub(crate) const YEARS: u8 = 8;
pub(crate) const CURRENCY: u8 = 16;
/// Kinds of [`MONTHS`]: enough by itself; only with a year behind.
pub(crate) const MONTH: u8 = 1;
pub(crate) const MONTH_YEAR: u8 = 2;
/// Kinds of [`TLDS`]: enough by itself.
pub(crate) const DOMAIN: u8 = 1;
/// Kinds of [`ABBREVIATIONS`]: a capital may follow it.
pub(crate) const TITLE: u8 = 1;

/// Whether an emoticon may begin with these two bytes: one look that turns nearly all text away.
#[inline]
pub(crate) fn may_be_emoticon(first: u8, second: u8) -> bool {
    let seconds = &EMOTICON_SECOND[usize::from(first)];
    seconds[usize::from(second >> 6 & 1)] >> (second & 63) & 1 != 0
}

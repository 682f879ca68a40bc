//! Looking words up, many at a time.

use super::{Index, PayloadView, Record, fetch, payload_view, u32_at, u64_at};
use crate::lexicon::pack::places::Pilots;
use crate::lexicon::pack::{FIRST_PLACE, INLINE_BYTES, TERM_HOMOGRAPH, TERM_TRIPLE};

/// What it takes to look words up, at hand.
#[derive(Clone, Copy)]
pub(crate) struct Words<'i> {
    pilots: Pilots,
    all: &'i [[u8; 2]],
    records: &'i [Record],
}

/// What the record of a short word has beside its text.
#[derive(Clone, Copy)]
pub(crate) struct ShortWord {
    /// Thousandths of log-odds, French above 0.
    pub(crate) language: i16,
    /// What it adds to what is counted of many; see [`crate::lexicon::pack::TALLY`].
    pub(crate) tally: u32,
    pub(crate) payload: PayloadView,
}

/// A short word to be found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    /// Its text, zeros behind.
    pub(crate) head: [u64; 2],
    /// How long it is.
    pub(crate) length: u32,
    /// What of a record must be like its length: [`Wanted::PLAIN`] or [`Wanted::ACCENTED`].
    pub(crate) like: u32,
    /// The one word that it may be.
    pub(crate) candidate: u32,
}

impl Wanted {
    /// The length, and no letter three times in a row: whether that is drawn out tells the text.
    pub(crate) const PLAIN: u32 = 0xff | (TERM_TRIPLE as u32) << 8;
    /// Nor may it be one that is another with accents.
    pub(crate) const ACCENTED: u32 = Self::PLAIN | (TERM_HOMOGRAPH as u32) << 8;
    /// Nothing: no record has that text.
    pub(crate) const NONE: Self = Self { head: [1, 0], length: 0, like: Self::PLAIN, candidate: 0 };
}

impl Index {
    /// What looking up takes.
    #[inline]
    pub(crate) fn words(&self) -> Words<'_> {
        Words { pilots: self.words, all: self.words.all(&self.bytes), records: self.records() }
    }
}

impl Words<'_> {
    /// The one word that may have that hash, or nothing that is a word.
    #[inline]
    pub(crate) fn candidate(&self, hash: u64) -> u32 {
        (FIRST_PLACE + self.pilots.place_of(self.all, hash)) as u32
    }

    /// Has the records of some words brought near, all at once.
    #[inline]
    pub(crate) fn fetch(&self, ids: impl Iterator<Item = u32>) {
        fetch(ids.filter_map(|id| self.records.get(id as usize)?.first()));
    }

    /// The candidate, if it is the word. No branch but the last: what a word is can hardly be
    /// foreseen.
    #[inline(always)]
    pub(crate) fn find(&self, wanted: &Wanted, language: usize) -> Option<ShortWord> {
        let record = self.records.get(wanted.candidate as usize)?;
        let other = (u64_at(record, 0) ^ wanted.head[0]) | (u64_at(record, 8) ^ wanted.head[1]);
        let info = u32_at(record, INLINE_BYTES);
        let unlike = (info ^ wanted.length) & wanted.like;
        if other | u64::from(unlike) != 0 {
            return None;
        }
        Some(ShortWord {
            language: (info >> 16) as i16,
            tally: u32_at(record, INLINE_BYTES + 4),
            payload: payload_view(record, language),
        })
    }
}

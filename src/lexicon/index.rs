//! The compiled lexicons, read in place.

use std::borrow::Cow;

use super::compile::special_index;
use super::entry::{Agent, CLASSES, CueKind, HEAD_COUNT, LEVELS, SUMS, Special, hash_term};
use super::follow::{Follow, filter_bits};
use super::pack::places::Pilots;
use super::pack::{
    CUE_BYTES, FIRST_PLACE, HAS_ALIAS, HAS_VALENCE, HEADER_BYTES, INLINE_BYTES, IS_BEHIND_GAP,
    IS_KNOWN, IS_SECOND, PAYLOAD_BYTES, PAYLOADS, SPECIAL_BYTES, Section, TERM_BYTES, TERM_HANDLE,
    TERM_HOMOGRAPH, TERM_OTHER_LANGUAGE,
};
use super::rows::{self, LANES, fetch};
use super::shapes::{FORM_SETS, FORM_TABLES, SETS, TABLES};

mod calibration;
mod follow;
mod words;

use calibration::Calibration;

pub(crate) use words::{ShortWord, Wanted, Words};

pub(crate) use follow::{Node, PhraseView, Starts};

/// A row of what counts as a whole.
pub(crate) type SpecialRow = [u8; SPECIAL_BYTES];

/// What stands for a word.
type Record = [u8; TERM_BYTES];

/// The compiled lexicons of both languages.
///
/// All reads are bounds-checked and fall back to "nothing": the bytes come from our own packer,
/// but a slip there must show as a missing word, not as a panic in a service.
#[derive(Clone, Debug)]
pub(crate) struct Index {
    bytes: Cow<'static, [u8]>,
    starts: [usize; Section::End as usize + 1],
    /// What tells the places of words, and of the pairs of a language.
    words: Pilots,
    pairs: [Pilots; 2],
    /// Where the pairs of a language lie.
    pair_starts: [usize; 2],
    /// Of the first edges and the others.
    edge_slots: [usize; 2],
    roots: [u32; 2],
    /// What marks between sentences may be in phrases.
    mark_flags: u16,
    /// `ne` and `n'`.
    ne: [u32; 2],
    calibration: [Calibration; 2],
    /// What each head starts from.
    bases: [[f64; HEAD_COUNT]; 2],
    /// The rows of the sums over valence, in thousandths.
    sums: [[[i16; LANES]; SUMS.len()]; 2],
}

/// What a word is, before its language is known.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TermView {
    pub(crate) id: u32,
    /// The word whose record tells more; mostly the same.
    pub(crate) record: u32,
    /// Thousandths of log-odds, French above 0.
    pub(crate) language: i16,
    pub(crate) is_homograph: bool,
    pub(crate) is_other_language: bool,
    pub(crate) is_handle: bool,
}

/// What a word says in a language.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PayloadView {
    /// Hundredths.
    pub(crate) valence: i16,
    /// Hundredths.
    pub(crate) arousal: u8,
    pub(crate) flags: u16,
    pub(crate) scope_kinds: u16,
    pub(crate) row: u32,
    pub(crate) negated_row: u32,
    cue_count: u8,
    cues: u32,
}

impl PayloadView {
    pub(crate) fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }

    /// Whether the lexicons of the language know the word.
    pub(crate) fn is_known(&self) -> bool {
        self.has(IS_KNOWN)
    }

    pub(crate) fn has_valence(&self) -> bool {
        self.has(HAS_VALENCE)
    }
}

/// A cue as it was matched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct CueView {
    pub(crate) kind: CueKind,
    pub(crate) agent: Agent,
    /// Hundredths.
    pub(crate) weight: i16,
    pub(crate) country: [u8; 2],
}

/// One weight of a learned row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Weight {
    pub(crate) head: u8,
    /// Thousandths.
    pub(crate) weight: i32,
}

/// What may follow what; see [`Index::may_follow`].
#[derive(Clone, Copy)]
pub(crate) struct Filter<'i>(&'i [[u8; 8]]);

impl Filter<'_> {
    #[inline]
    pub(crate) fn may_follow(self, language: usize, first: u32, second: u32, what: Follow) -> bool {
        let (cell, bits) = filter_bits(language, first, second, what);
        let cell = self.0.get(cell).map_or(0, |cell| u64::from_le_bytes(*cell));
        !cell & bits == 0
    }
}

impl Index {
    /// Takes bytes from the packer.
    pub(crate) fn new(bytes: Cow<'static, [u8]>) -> Self {
        let mut starts = [0; Section::End as usize + 1];
        for (i, start) in starts.iter_mut().enumerate() {
            *start = (u32_at(&bytes, i * 4) as usize).clamp(HEADER_BYTES, bytes.len());
        }
        let size = |section: Section| starts[section as usize + 1] - starts[section as usize];
        let pilots = |section: Section| Pilots::read(&bytes, starts[section as usize]);
        let roots = starts[Section::Roots as usize];
        let mut calibration = [Calibration::NONE; 2];
        let table = starts[Section::Calibration as usize];
        for (language, calibration) in calibration.iter_mut().enumerate() {
            for head in 0..LANES {
                let row = table + (language * HEAD_COUNT + head) * 12;
                let number = |i: usize| f64::from(f32::from_bits(u32_at(&bytes, row + i * 4)));
                // Probabilities of 0 and 1 as thresholds mean always and never.
                let threshold = libm::log(number(2) / (1.0 - number(2)));
                calibration.slopes[head] = number(0);
                calibration.offsets[head] = number(1);
                calibration.thresholds[head] = threshold;
                calibration.favours[head] = libm::exp(-threshold);
            }
        }
        let mut bases = [[0.0; HEAD_COUNT]; 2];
        let table = starts[Section::Bases as usize];
        for (at, base) in bases.iter_mut().flatten().enumerate() {
            *base = f64::from(u32_at(&bytes, table + at * 4) as i32) * 1e-3;
        }
        let index = Self {
            ne: [0; 2],
            mark_flags: 0,
            sums: [[[0; LANES]; SUMS.len()]; 2],
            bases,
            calibration,
            words: pilots(Section::Pilots),
            pairs: [Section::PairPilotsFrench, Section::PairPilotsEnglish].map(pilots),
            pair_starts: [Section::PairsFrench, Section::PairsEnglish].map(|s| starts[s as usize]),
            edge_slots: [Section::FirstEdges, Section::Edges].map(|s| size(s) / 8),
            roots: [u32_at(&bytes, roots), u32_at(&bytes, roots + 4)],
            starts,
            bytes,
        };
        let ne = ["ne", "n'"].map(|word| index.find(word.as_bytes()).map_or(0, |term| term.id));
        let mut sums = index.sums;
        for (language, sums) in sums.iter_mut().enumerate() {
            for (at, sum) in sums.iter_mut().enumerate() {
                let row = index.special(language, Special::Sum(at as u8));
                *sum = index.special_weights(row);
            }
        }
        // In phrases any class may stand; of marks nothing else is known.
        let flags = |id: usize| index.payload(id as u32, 0).flags & (IS_SECOND | IS_BEHIND_GAP);
        let mark_flags = (1..=CLASSES.len()).map(flags).fold(0, |all, flags| all | flags);
        Self { ne, sums, mark_flags, ..index }
    }

    /// Flags of marks, of whose records nothing else is read.
    #[inline]
    pub(crate) fn mark_flags(&self) -> u16 {
        self.mark_flags
    }

    /// Whether a word is the first half of a French negation.
    pub(crate) fn is_ne(&self, term: u32) -> bool {
        term != 0 && self.ne.contains(&term)
    }

    #[inline]
    fn start(&self, section: Section) -> usize {
        self.starts[section as usize]
    }

    /// The word with that folded text.
    #[inline]
    pub(crate) fn find(&self, folded: &[u8]) -> Option<TermView> {
        self.find_hashed(folded, hash_term(folded))
    }

    #[inline]
    fn records(&self) -> &[Record] {
        self.bytes.get(self.start(Section::Terms)..).unwrap_or(&[]).as_chunks().0
    }

    #[inline]
    pub(crate) fn find_hashed(&self, folded: &[u8], hash: u64) -> Option<TermView> {
        let mut head = [0; INLINE_BYTES];
        let length = folded.len().min(INLINE_BYTES);
        head[..length].copy_from_slice(&folded[..length]);
        self.find_at(self.words().candidate(hash), head, folded)
    }

    /// The word of that text, which lies at a place if a place is told of it; `head` is how it begins.
    #[inline]
    pub(crate) fn find_at(
        &self,
        id: u32,
        head: [u8; INLINE_BYTES],
        folded: &[u8],
    ) -> Option<TermView> {
        let term = self.term_bytes(id)?;
        if self.is_text(term, head, folded) {
            return Some(term_view(id, term));
        }
        self.find_left(head, folded)
    }

    /// The word of that text among those that no place told is of; `head` is how it begins.
    #[inline]
    fn find_left(&self, head: [u8; INLINE_BYTES], folded: &[u8]) -> Option<TermView> {
        let (first, left) = (FIRST_PLACE + self.words.left().start, self.words.left().len());
        let left = self.records().get(first..first + left)?;
        let found = left.iter().position(|term| self.is_text(term, head, folded))?;
        Some(term_view((first + found) as u32, &left[found]))
    }

    /// Whether a record is that of a text. It is compared: a collision must not score a wrong word.
    #[inline]
    fn is_text(&self, term: &Record, head: [u8; INLINE_BYTES], folded: &[u8]) -> bool {
        term.first_chunk() == Some(&head)
            && usize::from(term[INLINE_BYTES]) == folded.len()
            && (folded.len() <= INLINE_BYTES || self.long_text(term) == folded)
    }

    #[inline]
    fn term_bytes(&self, id: u32) -> Option<&Record> {
        self.records().get(id as usize)
    }

    /// The text of a word that does not fit its record.
    fn long_text(&self, term: &Record) -> &[u8] {
        let at = self.start(Section::Strings) + u32_at(term, INLINE_BYTES + 4) as usize;
        self.bytes.get(at..at + usize::from(term[INLINE_BYTES])).unwrap_or(&[])
    }

    /// The word of that id.
    pub(crate) fn term(&self, id: u32) -> TermView {
        self.term_bytes(id).map_or_else(TermView::default, |term| term_view(id, term))
    }

    /// The folded text of a word.
    pub(crate) fn text(&self, id: u32) -> &str {
        std::str::from_utf8(self.text_bytes(id)).unwrap_or("")
    }

    /// [`Index::text`] as bytes.
    pub(crate) fn text_bytes(&self, id: u32) -> &[u8] {
        self.term_bytes(id).map_or(&[], |term| {
            let length = usize::from(term[INLINE_BYTES]);
            if length <= INLINE_BYTES { &term[..length] } else { self.long_text(term) }
        })
    }

    /// What the word of that id says in a language.
    #[inline]
    pub(crate) fn payload(&self, id: u32, language: usize) -> PayloadView {
        self.term_bytes(id).map_or_else(PayloadView::default, |term| payload_view(term, language))
    }

    /// The words an informal spelling stands for.
    pub(crate) fn alias(&self, payload: &PayloadView) -> impl Iterator<Item = u32> {
        let behind = payload.cues as usize + usize::from(payload.cue_count);
        let at = self.start(Section::Cues) + behind * CUE_BYTES;
        let count = if payload.has(HAS_ALIAS) { u32_at(&self.bytes, at).min(6) } else { 0 };
        (1..=count as usize).map(move |i| u32_at(&self.bytes, at + i * 4))
    }

    pub(crate) fn cues(&self, payload: &PayloadView) -> impl Iterator<Item = CueView> {
        let at = self.start(Section::Cues) + payload.cues as usize * CUE_BYTES;
        (0..usize::from(payload.cue_count))
            .filter_map(move |i| self.bytes.get(at + i * CUE_BYTES..at + (i + 1) * CUE_BYTES))
            .map(cue_view)
    }

    /// The weights of a learned row, of a word or `special`.
    pub(crate) fn weights(&self, row: u32, special: bool) -> impl Iterator<Item = Weight> {
        let weights = match special {
            true => self.special_weights(row).map(f64::from),
            false => rows::weights(row, self.rows()),
        };
        let weights = weights.into_iter().enumerate().filter(|(_, weight)| *weight != 0.0);
        weights.map(|(head, weight)| Weight { head: head as u8, weight: weight as i32 })
    }

    /// The weights of a row that [`Index::special`] gave, in thousandths.
    #[inline]
    pub(crate) fn special_weights(&self, row: u32) -> [i16; LANES] {
        let mut weights = [0; LANES];
        let number = row.max(1) as usize - 1;
        if let Some(lanes) = self.specials().get(number).and_then(|row| row.first_chunk()) {
            let lanes: &[u8; 2 * LANES] = lanes;
            for (weight, lane) in weights.iter_mut().zip(lanes.chunks_exact(2)) {
                *weight = i16::from_le_bytes([lane[0], lane[1]]);
            }
        }
        weights
    }

    /// The rows that [`Index::special`] numbers from one.
    #[inline]
    pub(crate) fn specials(&self) -> &[SpecialRow] {
        let from = self.start(Section::Specials);
        self.bytes.get(from..).unwrap_or(&[]).as_chunks().0
    }

    /// The tables of the shapes that tell the form of a post: a row for each set of some of them.
    #[inline]
    pub(crate) fn form_tables(&self, language: usize) -> &[[SpecialRow; FORM_SETS]] {
        self.tables(Section::Forms, language, FORM_TABLES)
    }

    /// The tables of the other shapes.
    #[inline]
    pub(crate) fn shape_tables(&self, language: usize) -> &[[SpecialRow; SETS]] {
        self.tables(Section::Shapes, language, TABLES)
    }

    #[inline]
    fn tables<const ROWS: usize>(
        &self,
        section: Section,
        language: usize,
        count: usize,
    ) -> &[[SpecialRow; ROWS]] {
        // Cut to what is one language's first: how many rows and tables that is, is known then.
        let long = count * ROWS * SPECIAL_BYTES;
        let from = self.start(section) + language * long;
        let bytes = self.bytes.get(from..from + long).unwrap_or(&[]);
        bytes.as_chunks().0.as_chunks().0
    }

    /// Where the lines of learned rows lie.
    #[inline]
    pub(crate) fn rows(&self) -> &[u8] {
        self.bytes.get(self.start(Section::Rows)..).unwrap_or(&[])
    }

    /// Whether two words may go together; now and then also when they do not.
    #[inline]
    pub(crate) fn may_follow(
        &self,
        language: usize,
        first: u32,
        second: u32,
        what: Follow,
    ) -> bool {
        self.filter().may_follow(language, first, second, what)
    }

    #[inline]
    pub(crate) fn filter(&self) -> Filter<'_> {
        Filter(self.bytes.get(self.start(Section::Filter)..).unwrap_or(&[]).as_chunks().0)
    }

    /// The learned row of a feature that is no word; never 0.
    #[inline]
    pub(crate) fn special(&self, language: usize, special: Special) -> u32 {
        (language * special_index(Special::Base) + special_index(special)) as u32 + 1
    }

    /// What the heads start from.
    #[inline]
    pub(crate) fn bases(&self, language: usize) -> &[f64; HEAD_COUNT] {
        &self.bases[language]
    }

    /// The rows of the sums over valence, in thousandths.
    #[inline]
    pub(crate) fn valence_rows(&self, language: usize) -> &[[i16; LANES]; SUMS.len()] {
        &self.sums[language]
    }

    #[inline]
    pub(crate) fn calibration(&self, language: usize) -> &Calibration {
        &self.calibration[language]
    }

    /// Minutes to answer within, by channel and level (their order in `pack`).
    pub(crate) fn minutes(&self, channel: usize, level: usize) -> Option<u32> {
        let at = self.start(Section::Priorities) + (channel * LEVELS.len() + level) * 4;
        Some(u32_at(&self.bytes, at)).filter(|&minutes| minutes != 0)
    }
}

#[inline]
fn term_view(id: u32, term: &Record) -> TermView {
    let flags = term[INLINE_BYTES + 1];
    TermView {
        id,
        record: id,
        is_homograph: flags & TERM_HOMOGRAPH != 0,
        is_other_language: flags & TERM_OTHER_LANGUAGE != 0,
        is_handle: flags & TERM_HANDLE != 0,
        language: i16::from_le_bytes([term[INLINE_BYTES + 2], term[INLINE_BYTES + 3]]),
    }
}

#[inline]
fn payload_view(term: &Record, language: usize) -> PayloadView {
    let (_, payloads) = term.split_at(PAYLOADS);
    let (payloads, _) = payloads.as_chunks::<PAYLOAD_BYTES>();
    let p = if language == 0 { &payloads[0] } else { &payloads[1] };
    PayloadView {
        flags: u16::from_le_bytes([p[0], p[1]]),
        scope_kinds: u16::from_le_bytes([p[2], p[3]]),
        valence: i16::from_le_bytes([p[4], p[5]]),
        arousal: p[6],
        cue_count: p[7],
        row: u32_at(p, 8),
        negated_row: u32_at(p, 12),
        cues: u32_at(p, 16),
    }
}

fn cue_view(cue: &[u8]) -> CueView {
    CueView {
        kind: CueKind::at(cue[0]),
        agent: Agent::at(cue[1]),
        weight: i16::from_le_bytes([cue[2], cue[3]]),
        country: [cue[4], cue[5]],
    }
}

#[inline]
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

#[inline]
fn u64_at(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..at + 8) {
        Some(&[a, b, c, d, e, f, g, h]) => u64::from_le_bytes([a, b, c, d, e, f, g, h]),
        _ => 0,
    }
}

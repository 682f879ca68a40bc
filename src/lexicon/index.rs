//! The compiled lexicons, read in place.

use std::borrow::Cow;

use super::compile::special_index;
use super::entry::{Agent, CueKind, HEAD_COUNT, Special, hash_term};
use super::pack::{
    CUE_BYTES, DENSE_ROW, Follow, HAS_ALIAS, HAS_VALENCE, HEADER_BYTES, INLINE_BYTES, LANES,
    LEADS_ON, LEVELS, PAYLOAD_BYTES, PHRASE_BYTES, Section, TERM_BYTES, TERM_HANDLE,
    TERM_HOMOGRAPH, TERM_OTHER_LANGUAGE, VALENCE_PHRASE, filter_bit, pair_hash, pair_key, slot_tag,
    slot_value,
};

/// The compiled lexicons of both languages.
///
/// All reads are bounds-checked and fall back to "nothing": the bytes come from our own packer,
/// but a slip there must show as a missing word, not as a panic in a service.
#[derive(Clone, Debug)]
pub(crate) struct Index {
    bytes: Cow<'static, [u8]>,
    starts: [usize; Section::End as usize + 1],
    slot_mask: usize,
    hot_mask: usize,
    pair_masks: [usize; 2],
    edge_mask: usize,
    roots: [u32; 2],
    /// `ne` and `n'`.
    ne: [u32; 2],
    calibration: [[Calibration; HEAD_COUNT]; 2],
    /// What each head starts from, in thousandths.
    bases: [[i32; HEAD_COUNT]; 2],
}

/// How a head's raw value becomes a probability and a decision.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Calibration {
    pub(crate) slope: f64,
    pub(crate) offset: f64,
    /// Decided when the calibrated log-odds reach this.
    pub(crate) threshold: f64,
    /// `exp(-threshold)`.
    pub(crate) favour: f64,
}

impl Calibration {
    /// The calibrated log-odds.
    pub(crate) fn log_odds(self, raw: f64) -> f64 {
        self.slope * raw + self.offset
    }

    /// Whether the head decides yes.
    pub(crate) fn decides(self, raw: f64) -> bool {
        self.log_odds(raw) >= self.threshold
    }
}

/// What a word is, before its language is known.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TermView {
    pub(crate) id: u32,
    /// Thousandths of log-odds, French above 0.
    pub(crate) language: i16,
    pub(crate) is_homograph: bool,
    pub(crate) is_other_language: bool,
    pub(crate) is_handle: bool,
    /// Places of the French and the English payload; 0 for none.
    pub(crate) payloads: [u32; 2],
}

/// What a word says in a language.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PayloadView {
    /// Hundredths.
    pub(crate) valence: i16,
    /// Hundredths.
    pub(crate) arousal: u8,
    pub(crate) flags: u8,
    pub(crate) scope_kinds: u16,
    pub(crate) cue_count: u16,
    pub(crate) row: u32,
    pub(crate) negated_row: u32,
    alias: u32,
    cues: u32,
}

impl PayloadView {
    pub(crate) fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
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

/// What a phrase says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum PhraseView {
    /// Valence and arousal in hundredths.
    Valence(i16, u8),
    Cue(CueView),
}

/// One weight of a learned row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Weight {
    pub(crate) head: u8,
    /// Thousandths.
    pub(crate) weight: i16,
}

/// Nodes of the trie, each with whether words lead on from it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Children<'b>(&'b [u8]);

impl Children<'_> {
    #[inline]
    pub(crate) fn is_empty(self) -> bool {
        self.0.is_empty()
    }
}

impl Iterator for Children<'_> {
    type Item = (u32, bool);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (child, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        let child = u32::from_le_bytes(*child);
        Some((child & !LEADS_ON, child & LEADS_ON != 0))
    }
}

/// What ends at a node.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Accepts<'b> {
    index: &'b Index,
    run: &'b [u8],
}

impl Iterator for Accepts<'_> {
    type Item = PhraseView;

    #[inline]
    fn next(&mut self) -> Option<PhraseView> {
        let (place, rest) = self.run.split_first_chunk()?;
        self.run = rest;
        self.index.phrase(u32::from_le_bytes(*place))
    }
}

/// A learned row as it lies there: all heads, or pairs of head and weight.
enum RowView<'b> {
    Lanes(&'b [u8; LANES * 2]),
    Sparse(&'b [u8]),
}

/// A loop without branches over full lanes: the compiler makes vectors of it.
#[inline(never)]
fn add_lanes(lanes: &[u8; LANES * 2], sums: &mut [i32; LANES]) {
    for (sum, w) in sums.iter_mut().zip(lanes.chunks_exact(2)) {
        *sum += i32::from(i16::from_le_bytes([w[0], w[1]]));
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
        let mask = |count: usize| count.max(1).next_power_of_two() - 1;
        let roots = starts[Section::Roots as usize];
        let mut calibration = [[Calibration::default(); HEAD_COUNT]; 2];
        let table = starts[Section::Calibration as usize];
        for (at, head) in calibration.iter_mut().flatten().enumerate() {
            let number =
                |i: usize| f64::from(f32::from_bits(u32_at(&bytes, table + at * 12 + i * 4)));
            // Probabilities of 0 and 1 as thresholds mean always and never.
            let threshold = libm::log(number(2) / (1.0 - number(2)));
            let favour = libm::exp(-threshold);
            *head = Calibration { slope: number(0), offset: number(1), threshold, favour };
        }
        let mut bases = [[0; HEAD_COUNT]; 2];
        let table = starts[Section::Bases as usize];
        for (at, base) in bases.iter_mut().flatten().enumerate() {
            *base = u32_at(&bytes, table + at * 4) as i32;
        }
        let index = Self {
            ne: [0; 2],
            bases,
            calibration,
            slot_mask: mask(size(Section::Slots) / 4),
            hot_mask: mask(size(Section::HotSlots) / 4),
            pair_masks: [Section::PairsFrench, Section::PairsEnglish].map(|s| mask(size(s) / 8)),
            edge_mask: mask(size(Section::Edges) / 8),
            roots: [u32_at(&bytes, roots), u32_at(&bytes, roots + 4)],
            starts,
            bytes,
        };
        let ne = ["ne", "n'"].map(|word| index.find(word.as_bytes()).map_or(0, |term| term.id));
        Self { ne, ..index }
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
    pub(crate) fn find_hashed(&self, folded: &[u8], hash: u64) -> Option<TermView> {
        let mut head = [0; INLINE_BYTES];
        let length = folded.len().min(INLINE_BYTES);
        head[..length].copy_from_slice(&folded[..length]);
        self.find_headed(u128::from_le_bytes(head), folded, hash)
    }

    /// [`Index::find_hashed`] for who has the first sixteen bytes as a number.
    #[inline]
    pub(crate) fn find_headed(&self, head: u128, folded: &[u8], hash: u64) -> Option<TermView> {
        self.find_in(Section::HotSlots, self.hot_mask, head, folded, hash)
            .or_else(|| self.find_rare(head, folded, hash))
    }

    #[inline(never)]
    fn find_rare(&self, head: u128, folded: &[u8], hash: u64) -> Option<TermView> {
        self.find_in(Section::Slots, self.slot_mask, head, folded, hash)
    }

    #[inline(always)]
    fn find_in(
        &self,
        section: Section,
        mask: usize,
        head: u128,
        folded: &[u8],
        hash: u64,
    ) -> Option<TermView> {
        let tag = slot_tag(hash);
        let slots = self.start(section);
        let mut at = hash as usize & mask;
        loop {
            let slot = u32_at(&self.bytes, slots + at * 4);
            if slot == 0 {
                return None;
            }
            if slot & 0xfff0_0000 == tag {
                let id = slot & 0x000f_ffff;
                let term = self.term_bytes(id)?;
                // The text is compared: a collision must not score a wrong word.
                if head_of(term) == head
                    && usize::from(term[INLINE_BYTES]) == folded.len()
                    && (folded.len() <= INLINE_BYTES || self.long_text(term) == folded)
                {
                    return Some(term_view(id, term));
                }
            }
            at = (at + 1) & mask;
        }
    }

    #[inline]
    fn term_bytes(&self, id: u32) -> Option<&[u8; TERM_BYTES]> {
        let place = self.start(Section::Terms) + id as usize * TERM_BYTES;
        self.bytes.get(place..)?.first_chunk()
    }

    /// The text of a word that does not fit its record.
    fn long_text(&self, term: &[u8; TERM_BYTES]) -> &[u8] {
        let at = self.start(Section::Strings) + u32_at(term, INLINE_BYTES + 4) as usize;
        self.bytes.get(at..at + usize::from(term[INLINE_BYTES])).unwrap_or(&[])
    }

    /// The word of that id.
    pub(crate) fn term(&self, id: u32) -> TermView {
        self.term_bytes(id).map_or_else(TermView::default, |term| term_view(id, term))
    }

    /// The folded text of a word.
    pub(crate) fn text(&self, id: u32) -> &str {
        let text = self.term_bytes(id).map(|term| {
            let length = usize::from(term[INLINE_BYTES]);
            if length <= INLINE_BYTES { &term[..length] } else { self.long_text(term) }
        });
        text.and_then(|text| std::str::from_utf8(text).ok()).unwrap_or("")
    }

    #[inline]
    pub(crate) fn payload(&self, place: u32) -> PayloadView {
        let at = self.start(Section::Payloads) + place as usize * PAYLOAD_BYTES;
        let Some(p) = self.bytes.get(at..at + PAYLOAD_BYTES) else {
            return PayloadView::default();
        };
        PayloadView {
            valence: i16::from_le_bytes([p[0], p[1]]),
            arousal: p[2],
            flags: p[3],
            alias: u32_at(p, 4),
            cues: u32_at(p, 8),
            cue_count: u16::from_le_bytes([p[12], p[13]]),
            scope_kinds: u16::from_le_bytes([p[14], p[15]]),
            row: u32_at(p, 16),
            negated_row: u32_at(p, 20),
        }
    }

    /// The words an informal spelling stands for.
    pub(crate) fn alias(&self, payload: &PayloadView) -> impl Iterator<Item = u32> {
        let at = self.start(Section::Aliases) + payload.alias as usize * 4;
        let count = if payload.has(HAS_ALIAS) { u32_at(&self.bytes, at).min(6) } else { 0 };
        (1..=count as usize).map(move |i| u32_at(&self.bytes, at + i * 4))
    }

    pub(crate) fn cues(&self, payload: &PayloadView) -> impl Iterator<Item = CueView> {
        let at = self.start(Section::Cues) + payload.cues as usize * CUE_BYTES;
        (0..payload.cue_count as usize)
            .filter_map(move |i| self.bytes.get(at + i * CUE_BYTES..at + (i + 1) * CUE_BYTES))
            .map(cue_view)
    }

    /// The weights of a learned row.
    pub(crate) fn row(&self, place: u32) -> impl Iterator<Item = Weight> {
        let (lanes, sparse) = match self.row_of(place) {
            RowView::Lanes(lanes) => (lanes.as_slice(), [].as_slice()),
            RowView::Sparse(sparse) => ([].as_slice(), sparse),
        };
        let lanes = lanes
            .chunks_exact(2)
            .enumerate()
            .map(|(head, w)| Weight { head: head as u8, weight: i16::from_le_bytes([w[0], w[1]]) });
        let sparse = sparse
            .chunks_exact(4)
            .map(|w| Weight { head: w[0], weight: i16::from_le_bytes([w[2], w[3]]) });
        lanes.filter(|w| w.weight != 0).chain(sparse)
    }

    /// Adds the weights of a learned row to `sums`, by head.
    #[inline]
    pub(crate) fn add_row(&self, place: u32, sums: &mut [i32; LANES]) {
        match self.row_of(place) {
            RowView::Lanes(lanes) => add_lanes(lanes, sums),
            RowView::Sparse(sparse) => {
                for w in sparse.chunks_exact(4) {
                    if let Some(sum) = sums.get_mut(w[0] as usize) {
                        *sum += i32::from(i16::from_le_bytes([w[2], w[3]]));
                    }
                }
            }
        }
    }

    #[inline]
    fn row_of(&self, place: u32) -> RowView<'_> {
        let at = self.start(Section::Rows) + place as usize * 4;
        let rest = self.bytes.get(at..).unwrap_or(&[]);
        let Some((&[count, ..], rest)) = rest.split_first_chunk::<4>() else {
            return RowView::Sparse(&[]);
        };
        if u32::from(count) == DENSE_ROW {
            return rest.first_chunk().map_or(RowView::Sparse(&[]), RowView::Lanes);
        }
        RowView::Sparse(rest.get(..usize::from(count) * 4).unwrap_or(&[]))
    }

    /// The learned row of two words in a row; 0 for none.
    #[inline]
    pub(crate) fn pair(&self, language: usize, first: u32, second: u32) -> u32 {
        let section = [Section::PairsFrench, Section::PairsEnglish][language];
        self.probe(section, self.pair_masks[language], pair_key(first, second))
    }

    #[inline]
    fn probe(&self, section: Section, mask: usize, key: u64) -> u32 {
        let start = self.start(section);
        let mut at = pair_hash(key) as usize & mask;
        loop {
            let slot = u64_at(&self.bytes, start + at * 8);
            if slot == 0 {
                return 0;
            }
            if let Some(value) = slot_value(slot, key) {
                return value;
            }
            at = (at + 1) & mask;
        }
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
        let (cell, bit) = filter_bit(language, first, second, what);
        u64_at(&self.bytes, self.start(Section::Starts) + cell * 8) >> bit & 1 == 1
    }

    /// The root of a language's phrases.
    pub(crate) fn root(&self, language: usize) -> u32 {
        self.roots[language]
    }

    /// The nodes that `word` leads to from `node`.
    #[inline]
    pub(crate) fn children(&self, node: u32, word: u32) -> Children<'_> {
        let place = self.probe(Section::Edges, self.edge_mask, pair_key(node, word));
        // Place 0 is no edge.
        if place == 0 {
            return Children(&[]);
        }
        let at = self.start(Section::Targets) + place as usize * 4;
        let count = u32_at(&self.bytes, at).min(64) as usize;
        Children(self.bytes.get(at + 4..at + 4 + count * 4).unwrap_or(&[]))
    }

    /// The node behind a gap at `node`, if a pattern has one there, and what ends at `node`.
    #[inline]
    pub(crate) fn node(&self, node: u32) -> (Option<u32>, Accepts<'_>) {
        let at = self.start(Section::Nodes) + node as usize * 8;
        let (accepts, gap) = (u32_at(&self.bytes, at), u32_at(&self.bytes, at + 4));
        let mut run: &[u8] = &[];
        if accepts != 0 {
            let at = self.start(Section::Accepts) + accepts as usize * 4;
            let count = u32_at(&self.bytes, at).min(64) as usize;
            run = self.bytes.get(at + 4..at + 4 + count * 4).unwrap_or(&[]);
        }
        (Some(gap).filter(|&gap| gap != 0), Accepts { index: self, run })
    }

    fn phrase(&self, place: u32) -> Option<PhraseView> {
        let at = self.start(Section::Phrases) + place as usize * PHRASE_BYTES;
        let phrase = self.bytes.get(at..at + PHRASE_BYTES)?;
        Some(if phrase[0] == VALENCE_PHRASE {
            PhraseView::Valence(i16::from_le_bytes([phrase[2], phrase[3]]), phrase[1])
        } else {
            PhraseView::Cue(cue_view(phrase))
        })
    }

    /// The learned row of a feature that is no word.
    #[inline]
    pub(crate) fn special(&self, language: usize, special: Special) -> u32 {
        let count = special_index(Special::Base);
        let at = language * count + special_index(special);
        u32_at(&self.bytes, self.start(Section::Specials) + at * 4)
    }

    /// What a head starts from, in thousandths.
    #[inline]
    pub(crate) fn base(&self, language: usize, head: usize) -> i32 {
        self.bases[language][head]
    }

    /// What the heads start from, in thousandths.
    #[inline]
    pub(crate) fn bases(&self, language: usize) -> &[i32; HEAD_COUNT] {
        &self.bases[language]
    }

    #[inline]
    pub(crate) fn calibration(&self, language: usize, head: usize) -> Calibration {
        self.calibration[language][head]
    }

    /// Minutes to answer within, by channel and level (their order in `pack`).
    pub(crate) fn minutes(&self, channel: usize, level: usize) -> Option<u32> {
        let at = self.start(Section::Priorities) + (channel * LEVELS.len() + level) * 4;
        Some(u32_at(&self.bytes, at)).filter(|&minutes| minutes != 0)
    }
}

#[inline]
fn term_view(id: u32, term: &[u8; TERM_BYTES]) -> TermView {
    let flags = term[INLINE_BYTES + 1];
    TermView {
        id,
        is_homograph: flags & TERM_HOMOGRAPH != 0,
        is_other_language: flags & TERM_OTHER_LANGUAGE != 0,
        is_handle: flags & TERM_HANDLE != 0,
        language: i16::from_le_bytes([term[INLINE_BYTES + 2], term[INLINE_BYTES + 3]]),
        payloads: [u32_at(term, INLINE_BYTES + 8), u32_at(term, INLINE_BYTES + 12)],
    }
}

#[inline]
fn head_of(term: &[u8; TERM_BYTES]) -> u128 {
    term.first_chunk().map_or(0, |head| u128::from_le_bytes(*head))
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

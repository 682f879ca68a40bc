//! The heads: one sum of learned weights each, over the features of a reading.

use std::array;

use crate::lexicon::entry::{CueKind, HEAD_COUNT, SUMS, Special};
use crate::lexicon::index::{Index, SpecialRow};
use crate::lexicon::rows::{LANES, RowSums, Rows};
use crate::lexicon::shapes::{FORM_PAIRS, SHAPES, form_sets, sets};
use crate::reading::Reading;
use crate::reading::features::{Feature, Seen, Take, What, put_in_order};

/// Places of the heads in `HEADS`.
pub(crate) mod head {
    pub(crate) const NEGATIVE: usize = 0;
    pub(crate) const NEUTRAL: usize = 1;
    pub(crate) const POSITIVE: usize = 2;
    pub(crate) const IRONY: usize = 3;
    pub(crate) const COMPLAINT: usize = 4;
    pub(crate) const INTENT: usize = 5;
    pub(crate) const SEVERITY: usize = 10;
    pub(crate) const REASON: usize = 13;
    pub(crate) const REQUEST: usize = 27;
    pub(crate) const REPEAT: usize = 35;
    pub(crate) const ESCALATION: usize = 38;
    pub(crate) const AROUSAL: usize = 39;
}

/// Few words make no strong case: a text counts as having at least this many.
const FEWEST_WORDS: u32 = 4;

/// The raw value of every head, and the features it came from.
///
/// `raw = base + scale * (words, pairs, valence) + (cues, shape)`, where `scale` is one over the
/// square root of the number of different words: a long review must not drown in its own length.
/// Sums are of integers, so their order changes nothing.
#[derive(Debug)]
pub(crate) struct Heads {
    pub(crate) raw: [f64; LANES],
    pub(crate) scale: f64,
    pub(crate) features: Vec<Feature>,
    seen: Seen,
    buffers: Box<Buffers>,
}

/// What a sum is made in.
#[derive(Debug)]
struct Buffers {
    /// Rows that `words` waits for: a long text asks for no more memory.
    waiting: Rows,
    /// Words and pairs, each counted once.
    words: RowSums,
    /// What counts as a whole: no more than kinds.
    dense: Specials,
}

impl Default for Heads {
    fn default() -> Self {
        Self {
            raw: [0.0; LANES],
            scale: 1.0,
            features: Vec::new(),
            seen: Seen::default(),
            buffers: Box::new(Buffers {
                waiting: Rows::NONE,
                words: RowSums::NOTHING,
                dense: Specials::NONE,
            }),
        }
    }
}

/// Thousandths of weight times hundredths of value.
const SCALED_UNIT: f64 = 1e-5;
const DENSE_UNIT: f64 = 1e-3;

/// The features that count as a whole, each once.
#[derive(Debug)]
struct Specials {
    rows: [u32; Self::MOST],
    count: usize,
    /// Shapes that are not among the rows, as bits.
    shapes: u64,
}

impl Specials {
    /// A power of two, so that no number lies beyond.
    const MOST: usize =
        (2 * CueKind::ALL.len() + SHAPES.len() + FORM_PAIRS + 1).next_power_of_two();
    const NONE: Self = Self { rows: [0; Self::MOST], count: 0, shapes: 0 };

    fn clear(&mut self) {
        (self.count, self.shapes) = (0, 0);
    }

    #[inline]
    fn push(&mut self, row: u32, is: bool) {
        self.rows[self.count % Self::MOST] = row;
        self.count += usize::from(is);
    }

    fn rows(&self) -> &[u32] {
        self.rows.get(..self.count).unwrap_or(&[])
    }
}

/// What the largest weights may add up to, so that sixteen bits hold every sum.
const FITS: u32 = i16::MAX as u32;

/// The sums of some rows and of those of shapes, and of what is largest in each: with more than
/// [`FITS`] of it the others may have run over. A call of its own, or the sums are held in halves of
/// registers.
#[inline(never)]
fn part(index: &Index, tongue: usize, rows: &[u32], shapes: u64) -> ([i16; LANES], u32) {
    let forms = index.form_tables(tongue).iter().zip(form_sets(shapes));
    let others = index.shape_tables(tongue).iter().zip(sets(shapes));
    let (specials, nothing) = (index.specials(), ([0; LANES], 0));
    let add = |(part, most): ([i16; LANES], u32), row: &SpecialRow| {
        let (lanes, _) = row.as_chunks();
        let largest = u32::from(u16::from_le_bytes(lanes[LANES]));
        // All is read before any of it is written, so that vectors can be made of it.
        let lane = |at: usize| i16::from_le_bytes(lanes[at]);
        (array::from_fn(|at| i16::wrapping_add(part[at], lane(at))), most + largest)
    };
    let part = forms.fold(nothing, |part, (table, set)| add(part, &table[set % table.len()]));
    let part = others.fold(part, |part, (table, set)| add(part, &table[set % table.len()]));
    let rows = rows.iter().filter_map(|&row| specials.get((row as usize).wrapping_sub(1)));
    rows.fold(part, add)
}

/// The sums of rows too large for [`part`].
#[cold]
#[inline(never)]
fn outsized(index: &Index, tongue: usize, rows: &[u32], shapes: u64) -> [i32; LANES] {
    let mut sums = [0; LANES];
    let shapes = Special::of_shapes(shapes).map(|special| index.special(tongue, special));
    for row in rows.iter().copied().chain(shapes) {
        let weights = index.special_weights(row);
        sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += i32::from(weight));
    }
    sums
}

/// Gathers rows as features come, so that all are read together.
struct Sums<'s, const EVIDENCE: bool> {
    index: &'s Index,
    buffers: &'s mut Buffers,
    /// The valence found, in hundredths.
    valence: [i64; SUMS.len()],
    /// Where features are kept, if evidence is asked for.
    kept: &'s mut Vec<Feature>,
}

impl<const EVIDENCE: bool> Sums<'_, EVIDENCE> {
    #[cold]
    #[inline(never)]
    fn settle(&mut self) {
        let Buffers { waiting, words, .. } = &mut *self.buffers;
        words.add(waiting, self.index.rows());
        words.settle();
        waiting.keep(0);
    }
}

impl<const EVIDENCE: bool> Take for Sums<'_, EVIDENCE> {
    const ALL: bool = false;

    #[inline(always)]
    fn take(&mut self, feature: Feature, is: bool) {
        match feature.what {
            What::Word | What::Negated | What::Pair => {
                if self.buffers.waiting.push(feature.row, is) {
                    self.settle();
                }
            }
            What::Sum(sum) => {
                if let Some(value) = self.valence.get_mut(sum as usize) {
                    *value += i64::from(feature.value);
                }
            }
            What::Special(_) => self.buffers.dense.push(feature.row, is),
        }
        if EVIDENCE && is && feature.row != 0 {
            self.kept.push(feature);
        }
    }

    #[inline(always)]
    fn rows(&mut self) -> Option<&mut Rows> {
        (!EVIDENCE).then_some(&mut self.buffers.waiting)
    }

    #[inline(always)]
    fn shapes(&mut self, shapes: u64) -> bool {
        if !EVIDENCE {
            self.buffers.dense.shapes = shapes;
        }
        !EVIDENCE
    }
}

/// As many numbers of sixteen bits as a vector holds: beside so many they are multiplied as such.
const SIDE: usize = 8;

/// What the raw values are made of beside the sums of rows.
struct Raw<'i> {
    index: &'i Index,
    tongue: usize,
    scale: f64,
    /// The valence found, in hundredths.
    values: [i64; SUMS.len()],
}

impl Raw<'_> {
    fn fill(&self, raw: &mut [f64; LANES], words: &RowSums, dense: &Specials) {
        // With values and sums of sixteen bits, as nearly all posts have them, the sums of products
        // have room in 32.
        const MOST: i64 = i16::MAX as i64 / 2;
        let rows = dense.rows();
        let (sums, most) = part(self.index, self.tongue, rows, dense.shapes);
        let small = self.values.iter().fold(true, |all, value| all & (value.abs() <= MOST));
        let values = self.values.map(|value| [value as i16; SIDE]);
        match words.settled() {
            None if small & (most <= FITS) => {
                self.fill_small(raw, &values, words.held(), &sums, |_, scaled| scaled);
            }
            Some(settled) if small & (most <= FITS) => {
                let with = |at: usize, scaled: f64| scaled + settled[at] * 100.0;
                self.fill_small(raw, &values, words.held(), &sums, with);
            }
            _ => {
                let dense = outsized(self.index, self.tongue, rows, dense.shapes);
                self.fill_large(raw, &words.sums(), &dense);
            }
        }
    }

    /// The same few operations for each head: vectors, where the lanes are whole. A call of its own, so
    /// that what it writes is known to be none of what it reads. All sums are of whole numbers.
    #[inline(never)]
    fn fill_small(
        &self,
        raw: &mut [f64; LANES],
        values: &[[i16; SIDE]; SUMS.len()],
        held: &[i16; LANES],
        dense: &[i16; LANES],
        with: impl Fn(usize, f64) -> f64,
    ) {
        let rows = self.index.valence_rows(self.tongue);
        let product = |row: i16, value: i16| i32::from(row) * i32::from(value);
        let mut scaled = [0; LANES];
        let (sides, _) = scaled.as_chunks_mut::<SIDE>();
        for (from, side) in sides.iter_mut().enumerate() {
            for (at, scaled) in side.iter_mut().enumerate() {
                let head = from * SIDE + at;
                let valence = |row: usize| product(rows[row][head], values[row][at]);
                *scaled = product(held[head], 1000) + valence(0) + valence(1) + valence(2);
            }
        }
        let dense = dense.map(i32::from);
        for (at, raw) in raw.iter_mut().enumerate() {
            *raw = self.whole(at, with(at, scaled[at].into()), dense[at].into());
        }
    }

    /// `words` in thousandths, in whole numbers as all the sums are.
    #[cold]
    #[inline(never)]
    fn fill_large(&self, raw: &mut [f64; LANES], words: &[f64; LANES], dense: &[i32; LANES]) {
        let values = self.values.map(|value| value as f64);
        let rows = self.index.valence_rows(self.tongue);
        for (at, raw) in raw.iter_mut().enumerate() {
            let valence = [0, 1, 2].map(|row: usize| f64::from(rows[row][at]) * values[row]);
            let scaled = words[at] * 100.0 + valence.iter().sum::<f64>();
            *raw = self.whole(at, scaled, dense[at].into());
        }
    }

    /// A valence row counts times the sum of its values, for it holds each time.
    #[inline(always)]
    fn whole(&self, head: usize, scaled: f64, dense: f64) -> f64 {
        let base = self.index.bases(self.tongue)[head];
        base + scaled * SCALED_UNIT * self.scale + dense * DENSE_UNIT
    }
}

impl Heads {
    /// Sums up; the features themselves are kept only for `evidence`.
    pub(crate) fn score(&mut self, index: &Index, reading: &Reading, evidence: bool) {
        if evidence {
            self.sum::<true>(index, reading);
        } else {
            self.sum::<false>(index, reading);
        }
    }

    fn sum<const EVIDENCE: bool>(&mut self, index: &Index, reading: &Reading) {
        let Self { raw, features, seen, buffers, .. } = self;
        features.clear();
        buffers.waiting.keep(0);
        buffers.words.clear();
        buffers.dense.clear();
        let mut sums =
            Sums::<'_, EVIDENCE> { index, buffers, valence: [0; SUMS.len()], kept: features };
        let different = reading.features(index, seen, &mut sums);
        let values = sums.valence;
        let Buffers { waiting, words, dense } = &mut *sums.buffers;
        words.add(waiting, index.rows());
        self.scale = scale(different);
        Raw { index, tongue: reading.tongue, scale: self.scale, values }.fill(raw, words, dense);
        if EVIDENCE {
            put_in_order(features);
        }
    }

    /// What one feature adds to the heads.
    pub(crate) fn contributions(
        &self,
        index: &Index,
        feature: &Feature,
    ) -> impl Iterator<Item = (usize, f64)> {
        let factor = if feature.is_scaled() {
            SCALED_UNIT * self.scale * f64::from(feature.value)
        } else {
            DENSE_UNIT
        };
        index
            .weights(feature.row, !matches!(feature.what, What::Word | What::Negated | What::Pair))
            .map(move |w| (w.head as usize % HEAD_COUNT, f64::from(w.weight) * factor))
    }

    pub(crate) fn held(&self) -> usize {
        self.features.capacity() * size_of::<Feature>() + self.seen.held()
    }
}

pub(crate) fn scale(different: u32) -> f64 {
    1.0 / libm::sqrt(f64::from(different.max(FEWEST_WORDS)))
}

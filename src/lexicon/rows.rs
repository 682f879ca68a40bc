//! Learned rows as bytes: one or two small weights in the reference itself, more in a line of the
//! cache, so that a row costs one look into memory or none.
//!
//! Shared with the build script.

use std::array;

use super::entry::LANGUAGE_HEAD;

/// A line of the cache.
pub(crate) const LINE_BYTES: usize = 64;
/// So many weights stand in a word of 16 bits each: the first and, biased, the middle ones in 12 bits
/// of theirs. In the upper bits of the middle words lie the last, each in three.
const FIRST: usize = 8;
const MIDDLE: usize = 3 * LAST;
const LAST: usize = 8;
/// A sum for every head but that of the language, and some to fill up vectors.
pub(crate) const LANES: usize = FIRST + MIDDLE + LAST;
const _: () = assert!(2 * (FIRST + MIDDLE) == LINE_BYTES);
const _: () = assert!(LANGUAGE_HEAD <= LANES, "the weights of a row no longer fit a line");
/// What a lane counts in, in thousandths, and what is added so that none is below zero.
const UNIT: i32 = 10;
const BIAS: i32 = 1 << (LANE_BITS - 1);
const LANE_BITS: u32 = 12;
/// What a weight in a lane comes to at most: sixteen bits have room for the sum of [`Part::LINES`].
const MOST: i32 = i16::MAX as i32 / Part::LINES as i32;
const _: () = assert!(MOST < BIAS);
/// In the number of a line: weights too fine or too large for it stand there in 16 bits each.
const ODD: u32 = 1 << 30;

/// Bits of a weight within a reference; those of a head are six.
const FIRST_BITS: u32 = 9;
const SECOND_BITS: u32 = 10;

/// Rows as they are gathered. A reference to one is 0 for none, odd for a line, or holds one or
/// two heads with their weights.
#[derive(Default)]
pub(crate) struct RowPool(pub(crate) Vec<u8>);

impl RowPool {
    /// Adds a row of heads and weights (thousandths); gives back what refers to it.
    pub(crate) fn add(&mut self, weights: &[(u8, i16)]) -> u32 {
        let mut sums = [0i32; LANES];
        for &(head, weight) in weights {
            sums[head as usize] += i32::from(weight);
        }
        if let Some(inline) = inline(&sums) {
            return inline;
        }
        let number = (self.0.len() / LINE_BYTES) as u32;
        let fits = |weight: i32| weight % UNIT == 0 && (weight / UNIT).abs() <= MOST;
        let number = if sums.iter().all(|&weight| fits(weight)) {
            let biased = sums.map(|weight| weight / UNIT + BIAS);
            let (first, rest) = biased.split_at(FIRST);
            let (middle, last) = rest.split_at(MIDDLE);
            let first = first.iter().map(|weight| (weight - BIAS) as u16);
            let middle = middle.iter().enumerate().map(|(at, weight)| {
                let part = last[at % LAST] >> (at / LAST * 4) & 15;
                (weight | part << LANE_BITS) as u16
            });
            self.0.extend(first.chain(middle).flat_map(u16::to_le_bytes));
            number
        } else {
            sums.iter().for_each(|&weight| self.0.extend(sixteen(weight)));
            self.0.resize(self.0.len().next_multiple_of(LINE_BYTES), 0);
            number | ODD
        };
        number << 1 | 1
    }
}

fn sixteen(weight: i32) -> [u8; 2] {
    (weight.clamp(i16::MIN.into(), i16::MAX.into()) as i16).to_le_bytes()
}

/// The reference that holds the row itself, if it is short and its weights small.
fn inline(weights: &[i32; LANES]) -> Option<u32> {
    let mut some = weights.iter().enumerate().filter(|(_, weight)| **weight != 0);
    let (first, second, third) = (some.next(), some.next(), some.next());
    let Some((head, &weight)) = first else { return Some(0) };
    let fits = |weight: i32, bits: u32| {
        weight % UNIT == 0 && (-(1 << (bits - 1))..1 << (bits - 1)).contains(&(weight / UNIT))
    };
    let (other, rest) = second.map_or((0, 0), |(head, &weight)| (head, weight));
    if third.is_some() || !fits(weight, FIRST_BITS) || !fits(rest, SECOND_BITS) {
        return None;
    }
    let cut = |weight: i32, bits: u32| (weight / UNIT) as u32 & ((1 << bits) - 1);
    let first = cut(weight, FIRST_BITS) << 6 | head as u32;
    let second = cut(rest, SECOND_BITS) << 6 | other as u32;
    Some((second << (FIRST_BITS + 6) | first) << 1)
}

/// The two heads and weights (hundredths) of a reference that is even.
#[inline]
fn within(reference: u32) -> [(usize, i32); 2] {
    let bits = |from: u32, count: u32| (reference << (32 - from - count)) as i32 >> (32 - count);
    let head = |from: u32| (reference >> from) as usize & 63;
    let second = 1 + 6 + FIRST_BITS;
    [(head(1), bits(7, FIRST_BITS)), (head(second), bits(second + 6, SECOND_BITS))]
}

/// References to rows.
#[derive(Debug)]
pub(crate) struct Rows {
    references: [u32; Self::MOST],
    count: usize,
}

impl Rows {
    /// How many references it holds at most.
    pub(crate) const MOST: usize = 256;

    pub(crate) const NONE: Self = Self { references: [0; Self::MOST], count: 0 };

    /// Adds a reference if it `is` wanted; whether they must be settled before the next.
    #[inline]
    pub(crate) fn push(&mut self, reference: u32, is: bool) -> bool {
        self.push_few(std::iter::once((reference, is)));
        self.count >= Self::MOST - 1
    }

    /// [`Rows::push`] for several that all have room.
    #[inline(always)]
    pub(crate) fn push_few(&mut self, rows: impl Iterator<Item = (u32, bool)>) {
        let Self { references, count } = self;
        // Counted here, not in memory.
        let mut at = *count;
        rows.for_each(|(reference, is)| {
            references[at % Self::MOST] = reference;
            at += usize::from(is);
        });
        *count = at;
    }

    #[inline]
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Keeps the first so many.
    #[inline]
    pub(crate) fn keep(&mut self, count: usize) {
        self.count = count;
    }

    #[inline]
    fn references(&self) -> &[u32] {
        self.references.get(..self.count).unwrap_or(&[])
    }
}

/// Sums of the lines: held apart, they stay in registers.
struct Part {
    /// Of the words, and of what stands in them above the middle weights. Sums of sixteen bits may
    /// run over: what is wanted of them does not.
    words: [u16; FIRST + MIDDLE],
    uppers: [u16; MIDDLE],
    /// Which references are to other than such lines, as bits.
    other: u32,
}

impl Part {
    /// So many lines at most: their sums have room in sixteen bits.
    const LINES: usize = 32;

    /// The sums of so many lines. A call of its own, or they are held in halves of registers.
    #[inline(never)]
    fn of(references: &[u32], lines: &[[u8; LINE_BYTES]]) -> Self {
        let (mut words, mut uppers, mut other) = ([0u16; FIRST + MIDDLE], [0u16; MIDDLE], 0);
        for (at, &reference) in references.iter().enumerate() {
            let Some(line) = lines.get(place(reference)) else {
                other |= 1 << at;
                continue;
            };
            // All is read before any of it is written, so that vectors can be made of it.
            let (two, _) = line.as_chunks();
            let word = |at: usize| u16::from_le_bytes(two[at]);
            words = array::from_fn(|at| words[at].wrapping_add(word(at)));
            uppers = array::from_fn(|at| uppers[at].wrapping_add(word(FIRST + at) >> LANE_BITS));
        }
        Self { words, uppers, other }
    }

    /// The sum of each lane, of so many lines.
    #[inline(always)]
    fn lanes(&self, lines: usize) -> [i16; LANES] {
        let bias = (BIAS as u16).wrapping_mul(lines as u16);
        let mut lanes = [0; LANES];
        let (first, rest) = lanes.split_at_mut(FIRST);
        let (middle, last) = rest.split_at_mut(MIDDLE);
        let Self { words, uppers, .. } = self;
        first.iter_mut().zip(words).for_each(|(lane, word)| *lane = *word as i16);
        for (at, lane) in middle.iter_mut().enumerate() {
            *lane =
                words[FIRST + at].wrapping_sub(uppers[at] << LANE_BITS).wrapping_sub(bias) as i16;
        }
        for (at, lane) in last.iter_mut().enumerate() {
            let [low, middle, high] = [0, 1, 2].map(|part| uppers[part * LAST + at] << (4 * part));
            *lane = low.wrapping_add(middle).wrapping_add(high).wrapping_sub(bias) as i16;
        }
        lanes
    }
}

/// Where the line of a reference is; beyond all lines for another.
#[inline(always)]
fn place(reference: u32) -> usize {
    (reference ^ 1).rotate_right(1) as usize
}

/// Sums of weights by head.
#[derive(Debug)]
pub(crate) struct RowSums {
    /// In hundredths, of [`Part::LINES`] rows at most.
    held: [i16; LANES],
    /// In thousandths, if there is some: none in nearly all posts. Whole numbers, so that their
    /// order changes nothing.
    settled: [f64; LANES],
    is_settled: bool,
}

impl RowSums {
    pub(crate) const NOTHING: Self =
        Self { held: [0; LANES], settled: [0.0; LANES], is_settled: false };

    pub(crate) fn clear(&mut self) {
        (self.held, self.is_settled) = ([0; LANES], false);
    }

    /// Adds rows to what is settled, whose lines lie in `bytes`.
    #[inline]
    pub(crate) fn add(&mut self, rows: &Rows, bytes: &[u8]) {
        let (lines, _): (&[[u8; LINE_BYTES]], _) = bytes.as_chunks();
        let mut parts = rows.references().chunks(Part::LINES);
        let Some(mut part) = parts.next() else { return };
        loop {
            self.hold(part, lines);
            let Some(next) = parts.next() else { return };
            self.settle();
            part = next;
        }
    }

    /// Holds the sums of a part.
    #[inline]
    fn hold(&mut self, references: &[u32], lines: &[[u8; LINE_BYTES]]) {
        let part = Part::of(references, lines);
        self.held = part.lanes(references.len() - part.other.count_ones() as usize);
        let mut other = part.other;
        while let Some(&reference) = references.get(other.trailing_zeros() as usize) {
            other &= other - 1;
            self.add_other(reference, lines);
        }
    }

    /// Adds a row that is in no line, or in one of weights too fine or too large.
    #[inline]
    fn add_other(&mut self, reference: u32, lines: &[[u8; LINE_BYTES]]) {
        if reference & 1 == 1 {
            return self.add_odd(reference >> 1 & !ODD, lines);
        }
        for (head, weight) in within(reference) {
            if let Some(sum) = self.held.get_mut(head) {
                *sum = sum.wrapping_add(weight as i16);
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn add_odd(&mut self, number: u32, lines: &[[u8; LINE_BYTES]]) {
        self.settle();
        let row = lines.get(number as usize..).unwrap_or(&[]).as_flattened();
        for (sum, weight) in self.settled.iter_mut().zip(row.chunks_exact(2)) {
            *sum += f64::from(i16::from_le_bytes([weight[0], weight[1]]));
        }
    }

    /// Makes room for the rows of another [`Rows`]: a long text may have any number.
    #[cold]
    pub(crate) fn settle(&mut self) {
        self.settled = self.sums();
        (self.held, self.is_settled) = ([0; LANES], true);
    }

    /// The sum of each head without what is settled, in hundredths.
    #[inline]
    pub(crate) fn held(&self) -> &[i16; LANES] {
        &self.held
    }

    /// What is settled, which is mostly nothing, in thousandths.
    #[inline]
    pub(crate) fn settled(&self) -> Option<&[f64; LANES]> {
        self.is_settled.then_some(&self.settled)
    }

    /// The sum of each head, in thousandths.
    pub(crate) fn sums(&self) -> [f64; LANES] {
        let mut sums = self.held.map(|sum| f64::from(i32::from(sum) * UNIT));
        if let Some(settled) = self.settled() {
            sums.iter_mut().zip(settled).for_each(|(sum, settled)| *sum += settled);
        }
        sums
    }
}

/// Reads bytes for nothing but that their lines of the cache are near afterwards: with next to
/// nothing between two of them, one does not wait for the other.
#[inline(always)]
pub(crate) fn fetch<'b>(bytes: impl Iterator<Item = &'b u8>) {
    std::hint::black_box(bytes.fold(0, |all, byte| all ^ byte));
}

/// The weights of one row, in thousandths.
pub(crate) fn weights(reference: u32, bytes: &[u8]) -> [f64; LANES] {
    let (mut rows, mut sums) = (Rows::NONE, RowSums::NOTHING);
    rows.push(reference, true);
    sums.add(&rows, bytes);
    sums.sums()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_as_they_were_written() {
        let mut state = 1u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) % below
        };
        let mut pool = RowPool::default();
        for round in 0..3000 {
            let (step, most) = ([10, 10, 1][round % 3], [60, 1500, 32_000][round / 3 % 3]);
            let mut row = [0i64; LANES];
            for _ in 0..[1, 2, 4, 40][round / 9 % 4] {
                let weight = (next(2 * most) as i64 - most as i64) / step * step;
                row[next(LANGUAGE_HEAD as u64) as usize] = weight;
            }
            let sparse: Vec<_> =
                row.iter().enumerate().map(|(at, &w)| (at as u8, w as i16)).collect();
            let reference = pool.add(&sparse);
            assert_eq!(weights(reference, &pool.0), row.map(|w| w as f64), "{reference:x}");
            assert_eq!(reference == 0, row.iter().all(|&w| w == 0));
        }
    }

    #[test]
    fn many_rows_keep_their_sum() {
        let mut pool = RowPool::default();
        // As large as a line has them: the sums of a part fill sixteen bits.
        let largest = (MOST * UNIT) as i16;
        let weight = |at: u8| [largest, -largest][usize::from(at % 2)];
        let row: Vec<_> = (0..LANGUAGE_HEAD as u8).map(|at| (at, weight(at))).collect();
        let long = pool.add(&row);
        let short = pool.add(&[(7, -2560), (9, 5110)]);
        let (mut rows, mut sums) = (Rows::NONE, RowSums::NOTHING);
        for round in 0..2000 {
            if rows.push([long, short][round % 2], true) {
                sums.add(&rows, &pool.0);
                sums.settle();
                rows.keep(0);
            }
        }
        sums.add(&rows, &pool.0);
        let sums = sums.sums();
        let largest = 1000.0 * f64::from(largest);
        let [seven, nine] = [-2_560_000.0, 5_110_000.0].map(|short| short - largest);
        assert_eq!([sums[0], sums[7], sums[9], sums[38]], [largest, seven, nine, largest]);
        assert_eq!(long & 1, 1, "a line");
        assert_ne!(long >> 1 & ODD, ODD, "a line of its own form");
    }
}

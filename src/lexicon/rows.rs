//! Learned rows as bytes: one or two small weights in the reference itself, more in a line of the
//! cache, so that a row costs one look into memory or none.
//!
//! Shared with the build script.

use std::array;

use super::entry::LANGUAGE_HEAD;

/// A line of the cache.
pub(crate) const LINE_BYTES: usize = 64;
/// The first heads, those of sentiment: thousandths in 16 bits.
const WIDE: usize = 8;
/// The other heads: hundredths in 12 bits, eight of them here and four there.
const NARROW: usize = 32;
/// A sum for every head but that of the language, and some to fill up vectors.
pub(crate) const LANES: usize = WIDE + NARROW;
const _: () = assert!(2 * WIDE + NARROW + NARROW / 2 == LINE_BYTES);
const _: () = assert!(LANGUAGE_HEAD <= LANES, "the weights of a row no longer fit a line");
/// What a narrow lane counts in, in thousandths, and what is added so that none is below zero.
const UNIT: i32 = 10;
const BIAS: i32 = 1 << 11;
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
        let fits = |weight: i32| weight % UNIT == 0 && (-BIAS..BIAS).contains(&(weight / UNIT));
        let (wide, narrow) = sums.split_at(WIDE);
        let number = if narrow.iter().all(|&weight| fits(weight)) {
            wide.iter().for_each(|&weight| self.0.extend(sixteen(weight)));
            let biased: Vec<i32> = narrow.iter().map(|weight| weight / UNIT + BIAS).collect();
            self.0.extend(biased.iter().map(|weight| (weight & 0xff) as u8));
            let (low, high) = biased.split_at(NARROW / 2);
            let halves = low.iter().zip(high);
            self.0.extend(halves.map(|(low, high)| (low >> 8 | (high >> 8) << 4) as u8));
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

/// The two heads and weights (thousandths) of a reference that is even.
#[inline]
pub(crate) fn within(reference: u32) -> [(usize, i32); 2] {
    let bits = |from: u32, count: u32| (reference << (32 - from - count)) as i32 >> (32 - count);
    let head = |from: u32| (reference >> from) as usize & 63;
    let second = 1 + 6 + FIRST_BITS;
    [(head(1), bits(7, FIRST_BITS) * UNIT), (head(second), bits(second + 6, SECOND_BITS) * UNIT)]
}

/// References to rows, those to lines apart from those that hold their row: a row is read without a
/// branch on what it is.
#[derive(Debug)]
pub(crate) struct Rows {
    lines: [u32; Self::MOST],
    short: [u32; Self::MOST],
    counts: [usize; 2],
}

impl Rows {
    /// How many references it holds at most.
    pub(crate) const MOST: usize = 256;

    pub(crate) const NONE: Self =
        Self { lines: [0; Self::MOST], short: [0; Self::MOST], counts: [0; 2] };

    /// Adds a reference if it `is` wanted; whether they must be settled before the next.
    #[inline]
    pub(crate) fn push(&mut self, reference: u32, is: bool) -> bool {
        let is_line = reference & 1 == 1;
        let [lines, short] = self.counts;
        self.lines[lines % Self::MOST] = reference >> 1;
        self.short[short % Self::MOST] = reference;
        self.counts = [lines + usize::from(is & is_line), short + usize::from(is & !is_line)];
        self.counts[0].max(self.counts[1]) >= Self::MOST - 1
    }

    /// [`Rows::push`] for several that all have room.
    #[inline(always)]
    pub(crate) fn push_few(&mut self, rows: impl Iterator<Item = (u32, bool)>) {
        let Self { lines, short, counts } = self;
        // Counted here, not in memory.
        let [mut line, mut other] = *counts;
        rows.for_each(|(reference, is)| {
            let is_line = reference & 1 == 1;
            lines[line % Self::MOST] = reference >> 1;
            short[other % Self::MOST] = reference;
            line += usize::from(is & is_line);
            other += usize::from(is & !is_line);
        });
        *counts = [line, other];
    }

    #[inline]
    pub(crate) fn clear(&mut self) {
        self.counts = [0; 2];
    }

    /// The numbers of lines.
    #[inline]
    pub(crate) fn lines(&self) -> &[u32] {
        self.lines.get(..self.counts[0]).unwrap_or(&[])
    }

    #[inline]
    fn short(&self) -> &[u32] {
        self.short.get(..self.counts[1]).unwrap_or(&[])
    }
}

/// Sums of the lines that their bytes have room for: held apart, they stay in registers.
#[derive(Clone, Copy)]
struct Part {
    wide: [i32; WIDE],
    /// The low bytes of the narrow lanes two by two, and the upper of each two alone.
    pairs: [u16; NARROW / 2],
    uppers: [u16; NARROW / 2],
    /// What stands above the low bytes.
    high: [[u8; NARROW / 2]; 2],
    /// How many rows had no line that this holds.
    odd: i32,
}

impl Part {
    /// Of so many lines a byte holds the sum of four bits each.
    const LINES: usize = 16;

    /// Adds the rows of so many lines. A call of its own, or sums are held in halves of registers.
    #[inline(never)]
    fn add(&mut self, numbers: &[u32], lines: &[[u8; LINE_BYTES]]) {
        let Self { mut wide, mut pairs, mut uppers, high: [mut first, mut second], mut odd } =
            *self;
        for &number in numbers {
            let Some(line) = lines.get(number as usize) else {
                odd += 1;
                continue;
            };
            // All is read before any of it is written, so that vectors can be made of it. Sums of
            // sixteen bits may run over: what is wanted of them does not.
            let (two, _) = line.as_chunks();
            let weight = |at: usize| i16::from_le_bytes(two[at]);
            wide = array::from_fn(|at| wide[at] + i32::from(weight(at)));
            let pair = |at: usize| u16::from_le_bytes(two[WIDE + at]);
            pairs = array::from_fn(|at| pairs[at].wrapping_add(pair(at)));
            uppers = array::from_fn(|at| uppers[at].wrapping_add(pair(at) >> 8));
            let high = |at: usize| line[2 * WIDE + NARROW + at];
            first = array::from_fn(|at| first[at].wrapping_add(high(at) & 15));
            second = array::from_fn(|at| second[at].wrapping_add(high(at) >> 4));
        }
        *self = Self { wide, pairs, uppers, high: [first, second], odd };
    }
}

/// Sums of weights by head, in thousandths.
#[derive(Clone, Debug)]
pub(crate) struct RowSums {
    wide: [i32; WIDE],
    pairs: [u16; NARROW / 2],
    uppers: [u16; NARROW / 2],
    above: [u16; NARROW],
    lines: i32,
    short: [i32; 64],
    /// Whole numbers, so that their order changes nothing. None as yet in nearly all posts.
    settled: Option<[f64; LANES]>,
}

impl RowSums {
    pub(crate) const NOTHING: Self = Self {
        wide: [0; WIDE],
        pairs: [0; NARROW / 2],
        uppers: [0; NARROW / 2],
        above: [0; NARROW],
        lines: 0,
        short: [0; 64],
        settled: None,
    };

    /// Adds rows, whose lines lie in `bytes`. Once, until it is settled: the parts hold no more.
    #[inline]
    pub(crate) fn add(&mut self, rows: &Rows, bytes: &[u8]) {
        for &reference in rows.short() {
            for (head, weight) in within(reference) {
                self.short[head & 63] += weight;
            }
        }
        let (lines, _): (&[[u8; LINE_BYTES]], _) = bytes.as_chunks();
        for numbers in rows.lines().chunks(Part::LINES) {
            self.add_part(numbers, lines);
        }
    }

    #[inline]
    fn add_part(&mut self, numbers: &[u32], lines: &[[u8; LINE_BYTES]]) {
        let (wide, pairs, uppers) = (self.wide, self.pairs, self.uppers);
        let mut part = Part { wide, pairs, uppers, high: [[0; NARROW / 2]; 2], odd: 0 };
        part.add(numbers, lines);
        (self.wide, self.pairs, self.uppers) = (part.wide, part.pairs, part.uppers);
        let high = part.high.as_flattened();
        self.above = array::from_fn(|at| self.above[at] + u16::from(high[at]));
        self.lines += numbers.len() as i32 - part.odd;
        if part.odd != 0 {
            self.add_odd(numbers, lines);
        }
    }

    /// The sums of the narrow lanes.
    #[inline]
    fn narrow(&self) -> [i32; NARROW] {
        let mut low = [0; NARROW];
        for (at, two) in low.as_chunks_mut().0.iter_mut().enumerate() {
            let upper = self.uppers[at];
            *two = [self.pairs[at].wrapping_sub(upper << 8), upper];
        }
        array::from_fn(|at| {
            let high = i32::from(self.above[at]);
            (i32::from(low[at]) + (high << 8) - self.lines * BIAS) * UNIT
        })
    }

    /// Adds the rows among them whose weights are too fine or too large for a line.
    #[cold]
    #[inline(never)]
    fn add_odd(&mut self, numbers: &[u32], lines: &[[u8; LINE_BYTES]]) {
        let settled = self.settled.get_or_insert([0.0; LANES]);
        for &number in numbers.iter().filter(|&&number| number as usize >= lines.len()) {
            let row = lines.get((number & !ODD) as usize..).unwrap_or(&[]).as_flattened();
            for (sum, weight) in settled.iter_mut().zip(row.chunks_exact(2)) {
                *sum += f64::from(i16::from_le_bytes([weight[0], weight[1]]));
            }
        }
    }

    /// Makes room for the rows of another [`Rows`]: narrow sums hold no more than one.
    #[cold]
    pub(crate) fn settle(&mut self) {
        *self = Self { settled: Some(self.sums()), ..Self::NOTHING };
    }

    /// The sum of each head, without what is settled.
    #[inline]
    pub(crate) fn held(&self) -> [i32; LANES] {
        let mut held = [0; LANES];
        let (wide, narrow) = held.split_at_mut(WIDE);
        wide.copy_from_slice(&self.wide);
        narrow.copy_from_slice(&self.narrow());
        array::from_fn(|at| held[at] + self.short[at])
    }

    /// What is settled, which is mostly nothing.
    #[inline]
    pub(crate) fn settled(&self) -> Option<&[f64; LANES]> {
        self.settled.as_ref()
    }

    /// The sum of each head.
    pub(crate) fn sums(&self) -> [f64; LANES] {
        let mut sums = self.held().map(f64::from);
        if let Some(settled) = &self.settled {
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
        let row: Vec<_> = (0..LANGUAGE_HEAD as u8).map(|at| (at, 1270)).collect();
        let long = pool.add(&row);
        let short = pool.add(&[(7, -2560), (9, 5110)]);
        let (mut rows, mut sums) = (Rows::NONE, RowSums::NOTHING);
        for round in 0..2000 {
            if rows.push([long, short][round % 2], true) {
                sums.add(&rows, &pool.0);
                sums.settle();
                rows.clear();
            }
        }
        sums.add(&rows, &pool.0);
        let sums = sums.sums();
        assert_eq!([sums[0], sums[7], sums[9]], [1_270_000.0, -1_290_000.0, 6_380_000.0]);
    }
}

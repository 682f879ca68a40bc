//! Learned rows as bytes: one or two small weights in the reference itself, more in a line of the
//! cache, so that a row costs one look into memory or none.
//!
//! Shared with the build script.

use super::entry::LANGUAGE_HEAD;

/// A line of the cache.
pub(crate) const LINE_BYTES: usize = 64;
/// The first heads, those of sentiment, have the largest weights: thousandths in 16 bits.
const WIDE: usize = 8;
/// The other heads: hundredths in 8 bits.
const NARROW: usize = (LANGUAGE_HEAD - WIDE).next_multiple_of(8);
/// A sum for every head but that of the language, and some to fill up vectors.
pub(crate) const LANES: usize = WIDE + NARROW;
/// Where a line counts the heads whose weight is larger or finer than their lane holds.
const COUNT: usize = 2 * WIDE + NARROW;
/// How many of these a line has room for: a byte for the head and two for what is left.
const MOST_LEFT: usize = (LINE_BYTES - COUNT - 1) / 3;
const _: () = assert!(MOST_LEFT > 0 && LANES < 64);
/// In the count: the row goes on in the next line.
const GOES_ON: u8 = 0x80;
/// What a lane of 8 bits counts in, in thousandths.
const UNIT: i32 = 10;
/// So many lines can be added before a sum of 8-bit lanes leaves 16 bits.
const MOST_HELD: u32 = 255;

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
        let mut left = [0i32; LANES];
        for &(head, weight) in weights {
            left[head as usize] += i32::from(weight);
        }
        if let Some(inline) = inline(&left) {
            return inline;
        }
        let first = self.0.len() / LINE_BYTES;
        loop {
            let mut line = [0u8; LINE_BYTES];
            for (at, left) in left.iter_mut().enumerate() {
                if at < WIDE {
                    let weight = (*left).clamp(i16::MIN.into(), i16::MAX.into());
                    line[2 * at..2 * at + 2].copy_from_slice(&(weight as i16).to_le_bytes());
                    *left -= weight;
                } else {
                    let weight = (*left / UNIT).clamp(-127, 127);
                    line[WIDE + at] = weight as i8 as u8;
                    *left -= weight * UNIT;
                }
            }
            let mut count = 0;
            for (at, left) in left.iter_mut().enumerate() {
                if *left != 0 && count < MOST_LEFT {
                    let weight = (*left).clamp(i16::MIN.into(), i16::MAX.into());
                    let place = COUNT + 1 + MOST_LEFT + 2 * count;
                    line[COUNT + 1 + count] = at as u8;
                    line[place..place + 2].copy_from_slice(&(weight as i16).to_le_bytes());
                    *left -= weight;
                    count += 1;
                }
            }
            let goes_on = left.iter().any(|&left| left != 0);
            line[COUNT] = count as u8 | if goes_on { GOES_ON } else { 0 };
            self.0.extend(line);
            if !goes_on {
                return (first as u32) << 1 | 1;
            }
        }
    }
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

/// The line a reference names, if it names one.
#[inline]
pub(crate) fn line_of(reference: u32) -> Option<usize> {
    (reference & 1 == 1).then_some((reference >> 1) as usize)
}

/// Sums of weights by head, in thousandths.
#[derive(Clone, Debug)]
pub(crate) struct RowSums {
    wide: [i32; WIDE],
    narrow: [i16; NARROW],
    held: u32,
    /// Whole numbers, so that their order changes nothing.
    settled: [f64; LANES],
}

impl RowSums {
    pub(crate) const NOTHING: Self =
        Self { wide: [0; WIDE], narrow: [0; NARROW], held: 0, settled: [0.0; LANES] };

    /// Adds a row that its reference holds.
    #[inline]
    pub(crate) fn add_within(&mut self, reference: u32) {
        for (head, weight) in within(reference) {
            self.settled[head % LANES] += f64::from(weight);
        }
    }

    /// Adds a line; whether the row goes on in the next.
    #[inline]
    pub(crate) fn add_line(&mut self, line: &[u8; LINE_BYTES]) -> bool {
        let (wide, rest) = line.split_at(2 * WIDE);
        for (sum, weight) in self.wide.iter_mut().zip(wide.chunks_exact(2)) {
            *sum += i32::from(i16::from_le_bytes([weight[0], weight[1]]));
        }
        for (sum, weight) in self.narrow.iter_mut().zip(rest) {
            *sum += i16::from(*weight as i8);
        }
        self.held += 1;
        if self.held == MOST_HELD {
            self.settle();
        }
        line[COUNT] != 0 && self.add_left(line)
    }

    /// What the lanes of a line could not hold.
    #[inline(never)]
    fn add_left(&mut self, line: &[u8; LINE_BYTES]) -> bool {
        let count = usize::from(line[COUNT] & !GOES_ON).min(MOST_LEFT);
        let (heads, weights) = line[COUNT + 1..].split_at(MOST_LEFT);
        for (head, weight) in heads.iter().zip(weights.chunks_exact(2)).take(count) {
            let weight = i16::from_le_bytes([weight[0], weight[1]]);
            self.settled[usize::from(*head) % LANES] += f64::from(weight);
        }
        line[COUNT] & GOES_ON != 0
    }

    #[inline(never)]
    fn settle(&mut self) {
        self.settled = self.sums();
        (self.wide, self.narrow, self.held) = ([0; WIDE], [0; NARROW], 0);
    }

    /// The sum of each head.
    #[inline]
    pub(crate) fn sums(&self) -> [f64; LANES] {
        let mut sums = self.settled;
        let (wide, narrow) = sums.split_at_mut(WIDE);
        for (sum, held) in wide.iter_mut().zip(self.wide) {
            *sum += f64::from(held);
        }
        for (sum, held) in narrow.iter_mut().zip(self.narrow) {
            *sum += f64::from(i32::from(held) * UNIT);
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pool: &RowPool, reference: u32) -> [f64; LANES] {
        let mut sums = RowSums::NOTHING;
        match line_of(reference) {
            None => sums.add_within(reference),
            Some(mut at) => {
                while sums.add_line(pool.0[at * LINE_BYTES..].first_chunk().unwrap()) {
                    at += 1;
                }
            }
        }
        sums.sums()
    }

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
            let weights: Vec<_> =
                row.iter().enumerate().map(|(at, &w)| (at as u8, w as i16)).collect();
            let reference = pool.add(&weights);
            assert_eq!(read(&pool, reference), row.map(|w| w as f64), "{reference:x}");
            assert_eq!(reference == 0, row.iter().all(|&w| w == 0));
        }
    }

    #[test]
    fn many_rows_keep_their_sum() {
        let mut pool = RowPool::default();
        let row: Vec<_> = (0..LANGUAGE_HEAD as u8).map(|at| (at, 1270)).collect();
        let at = line_of(pool.add(&row)).unwrap() * LINE_BYTES;
        let mut sums = RowSums::NOTHING;
        for _ in 0..1000 {
            sums.add_line(pool.0[at..].first_chunk().unwrap());
        }
        assert!(sums.sums()[..LANGUAGE_HEAD].iter().all(|&sum| sum == 1_270_000.0));
    }
}

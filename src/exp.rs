//! `libm::exp` without branches, for one number or several side by side.
//!
//! A post takes a dozen of them, of numbers that nobody can foresee: what a branch on their size
//! costs when it is guessed wrong is more than the whole calculation. The same operations in the
//! same order give the same bits, which a test holds it to.

use std::cmp::Ordering;

const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
const PER_LN2: f64 = std::f64::consts::LOG2_E;
const P: [f64; 5] = [
    1.666_666_666_666_660_2e-1,
    -2.777_777_777_701_559_3e-3,
    6.613_756_321_437_934e-5,
    -1.653_390_220_546_525_2e-6,
    4.138_136_797_057_238_5e-8,
];
/// What begins a new way of `libm`, which asks for the top half of a number alone: 708, half of ln 2,
/// 2^-28.
const LARGE: f64 = top(0x4086_2000);
const ABOVE_HALF: f64 = top(0x3fd6_2e43);
const ABOVE_TINY: f64 = top(0x3e30_0001);
/// What is added to a whole number so that it stands in the low bits.
const WHOLE: f64 = (1u64 << 52) as f64;

const SIGN: u64 = 1 << 63;

const fn top(half: u32) -> f64 {
    f64::from_bits((half as u64) << 32)
}

/// *e* raised to the power `x`, to the bit what `libm::exp` gives.
#[inline(never)]
pub(crate) fn exp(x: f64) -> f64 {
    if x.abs() < LARGE { moderate(x) } else { libm::exp(x) }
}

/// *e* raised to each of the numbers.
#[inline(never)]
pub(crate) fn exp_each<const N: usize>(powers: &mut [f64; N], numbers: &[f64; N]) {
    for (power, &x) in powers.iter_mut().zip(numbers) {
        *power = moderate(x);
    }
    // Where all of them together are not large, none is. Two sums, as a vector holds them.
    let (pairs, rest) = numbers.as_chunks::<2>();
    let size = |[a, b]: [f64; 2], [x, y]: &[f64; 2]| [a + x.abs(), b + y.abs()];
    let [a, b] = pairs.iter().fold([0.0; 2], size);
    let all = rest.iter().fold(a + b, |all, x| all + x.abs());
    if !matches!(all.partial_cmp(&LARGE), Some(Ordering::Less)) {
        outsized(powers, numbers);
    }
}

#[cold]
#[inline(never)]
fn outsized(powers: &mut [f64], numbers: &[f64]) {
    for (power, &x) in powers.iter_mut().zip(numbers) {
        *power = libm::exp(x);
    }
}

/// The power of a number below [`LARGE`]. Only what vectors have: no branch, and numbers become
/// whole by what is rounded away beside 2^52.
#[inline(always)]
fn moderate(x: f64) -> f64 {
    let size = x.abs();
    let sign = x.to_bits() & SIGN;
    let scaled = PER_LN2 * size + 0.5;
    let nearest = (scaled + WHOLE) - WHOLE;
    let below = nearest - if nearest > scaled { 1.0 } else { 0.0 };
    // Up to one and a half of ln 2 `libm` takes 1, which is what this comes to.
    let k = if size >= ABOVE_HALF { below } else { 0.0 };
    let k = f64::from_bits(k.to_bits() | sign);
    let upper = x - k * LN2_HIGH;
    let lower = k * LN2_LOW;
    let rest = upper - lower;
    let square = rest * rest;
    let series = P[0] + square * (P[1] + square * (P[2] + square * (P[3] + square * P[4])));
    let c = rest - square * series;
    let more = rest * c / (2.0 - c);
    let more = if size >= ABOVE_TINY { more } else { 0.0 };
    let y = 1.0 + (more - lower + upper);
    // Neither this nor the product leaves the normal numbers.
    y * f64::from_bits((k + (1023.0 + WHOLE)).to_bits() << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_bits_as_libm() {
        let mut state = 1u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 11) as f64 / (1u64 << 53) as f64 * 2.0 - 1.0
        };
        let edges = [
            0.0,
            -0.0,
            0.5,
            1.0,
            0.346_573_590_279_972_6,
            1.039_720_770_839_918,
            3.7e-9,
            707.9,
            708.0,
            708.5,
            709.8,
            746.0,
            1e300,
            f64::INFINITY,
            f64::MIN_POSITIVE,
        ];
        let around = |x: f64| (0..400).map(move |i| f64::from_bits(x.to_bits() + i - 200));
        for x in edges[2..12].iter().flat_map(|&x| around(x)).chain(edges) {
            for x in [x, -x] {
                assert_eq!(exp(x).to_bits(), libm::exp(x).to_bits(), "{x:e}");
            }
        }
        assert!(exp(f64::NAN).is_nan());
        for round in 0..400_000 {
            let x = next() * [1e-9, 0.4, 1.2, 8.0, 60.0, 800.0][round % 6];
            assert_eq!(exp(x).to_bits(), libm::exp(x).to_bits(), "{x:e}");
        }
        // The top half of a number decides the way: both sides of each border, any low half.
        for border in [ABOVE_HALF, top(0x3ff0_a2b2), ABOVE_TINY, LARGE] {
            let border = (border.to_bits() >> 32) as u32;
            for top in border - 2..=border + 1 {
                for low in [0, 1, 0x8000_0000, u32::MAX] {
                    let x = f64::from_bits(u64::from(top) << 32 | u64::from(low));
                    assert_eq!(exp(x).to_bits(), libm::exp(x).to_bits(), "{x:e}");
                    assert_eq!(exp(-x).to_bits(), libm::exp(-x).to_bits(), "{x:e}");
                }
            }
        }
    }

    #[test]
    fn several_as_each() {
        for large in [0.5, 1e3, f64::NAN] {
            let numbers = [0.1, -2.5, 700.0, -700.0, 0.0, 1e-9, -1e-9, large];
            let mut powers = [0.0; 8];
            exp_each(&mut powers, &numbers);
            assert_eq!(powers.map(f64::to_bits), numbers.map(|x| libm::exp(x).to_bits()));
        }
    }
}

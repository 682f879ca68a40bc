//! `libm::exp` without branches.
//!
//! A post takes a dozen of them, of numbers that nobody can foresee: what a branch on their size
//! costs when it is guessed wrong is more than the whole calculation. The same operations in the
//! same order give the same bits, which a test holds it to.

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
/// High words of numbers: 708, one and a half and half of ln 2, 2^-28.
const LARGE: u32 = 0x4086_2000;
const ONE_AND_A_HALF: u32 = 0x3ff0_a2b2;
const HALF: u32 = 0x3fd6_2e42;
const TINY: u32 = 0x3e30_0000;

/// *e* raised to the power `x`, to the bit what `libm::exp` gives.
#[inline]
pub(crate) fn exp(x: f64) -> f64 {
    let high = (x.to_bits() >> 32) as u32 & 0x7fff_ffff;
    if high >= LARGE {
        return outsized(x);
    }
    let rounded = (PER_LN2 * x + 0.5_f64.copysign(x)) as i32;
    let one = if x < 0.0 { -1 } else { 1 };
    let k = if high >= ONE_AND_A_HALF { rounded } else { one };
    let k = if high > HALF { k } else { 0 };
    let whole = f64::from(k);
    let upper = x - whole * LN2_HIGH;
    let lower = whole * LN2_LOW;
    let rest = upper - lower;
    let square = rest * rest;
    let series = P[0] + square * (P[1] + square * (P[2] + square * (P[3] + square * P[4])));
    let c = rest - square * series;
    let y = 1.0 + (rest * c / (2.0 - c) - lower + upper);
    let y = if high > TINY { y } else { 1.0 + x };
    // Neither this nor the product leaves the normal numbers.
    y * f64::from_bits(((1023 + i64::from(k)) as u64) << 52)
}

#[cold]
#[inline(never)]
fn outsized(x: f64) -> f64 {
    libm::exp(x)
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
        for border in [HALF, ONE_AND_A_HALF, TINY, LARGE] {
            for top in border - 1..=border + 1 {
                for low in [0, 1, 0x8000_0000, u32::MAX] {
                    let x = f64::from_bits(u64::from(top) << 32 | u64::from(low));
                    assert_eq!(exp(x).to_bits(), libm::exp(x).to_bits(), "{x:e}");
                    assert_eq!(exp(-x).to_bits(), libm::exp(-x).to_bits(), "{x:e}");
                }
            }
        }
    }
}

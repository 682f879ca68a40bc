//! How many different authors, in 128 bytes.
//!
//! HyperLogLog (Flajolet, Fusy, Gandouet & Meunier 2007) with 128 one-byte registers: standard
//! error 9 %, and exact but for collisions (1 in 20 at ten authors) while there are few, by linear
//! counting. Written here because the crates at hand keep what they hold in an order that depends
//! on the order of arrival, and this state must not.

const BITS: u32 = 7;
const REGISTERS: usize = 1 << BITS;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Authors {
    registers: [u8; REGISTERS],
}

impl Default for Authors {
    fn default() -> Self {
        Self { registers: [0; REGISTERS] }
    }
}

impl Authors {
    pub(super) fn add(&mut self, hash: u64) {
        let rank = ((hash << BITS).leading_zeros() + 1).min(64 - BITS + 1) as u8;
        if let Some(register) = self.registers.get_mut((hash >> (64 - BITS)) as usize) {
            *register = rank.max(*register);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.registers.iter_mut().zip(&other.registers) {
            *mine = (*theirs).max(*mine);
        }
    }

    pub(super) fn estimate(&self) -> f64 {
        let m = REGISTERS as f64;
        let empty = self.registers.iter().filter(|&&r| r == 0).count();
        // powers of two and their sum are exact: the order does not matter
        let sum: f64 = self.registers.iter().map(|&r| 1.0 / (1u64 << r.min(63)) as f64).sum();
        let raw = 0.7213 / (1.0 + 1.079 / m) * m * m / sum;
        if raw <= 2.5 * m && empty > 0 { m * libm::log(m / empty as f64) } else { raw }
    }

    /// The registers, two hexadecimal digits each.
    #[cfg(feature = "serde")]
    pub(super) fn to_hex(&self) -> String {
        use std::fmt::Write as _;
        let mut text = String::with_capacity(2 * REGISTERS);
        for register in self.registers {
            let _ = write!(text, "{register:02x}");
        }
        text
    }

    #[cfg(feature = "serde")]
    pub(super) fn from_hex(text: &str) -> Option<Self> {
        let mut authors = Self::default();
        if text.len() != 2 * REGISTERS || !text.is_ascii() {
            return None;
        }
        for (at, register) in authors.registers.iter_mut().enumerate() {
            *register = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
            if u32::from(*register) > 64 - BITS + 1 {
                return None;
            }
        }
        Some(authors)
    }
}

/// A hash that is the same everywhere and always: FNV-1a, then the finaliser of splitmix64.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for &byte in bytes {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_counts_within_its_error() {
        for n in [0u32, 1, 3, 10, 40, 200, 1_000, 20_000, 300_000] {
            let mut authors = Authors::default();
            for i in 0..n {
                authors.add(hash(&i.to_le_bytes()));
                authors.add(hash(&i.to_le_bytes()));
            }
            let (said, n) = (authors.estimate(), f64::from(n));
            assert!((said - n).abs() <= 1.0 + 0.25 * n, "{said} of {n}");
        }
    }
}

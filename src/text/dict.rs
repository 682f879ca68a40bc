//! A set of short strings with a kind each, laid out at build time: open addressing over static
//! data, no work at start-up. It leans on nothing else, so that the build step can fill it.

/// The hash that build step and look-up share (FNV-1a, with its high bits mixed in).
pub(crate) fn hash(key: &[u8]) -> usize {
    let mut h: u32 = 0x811C_9DC5;
    for &b in key {
        h = (h ^ u32::from(b)).wrapping_mul(0x0100_0193);
    }
    (h ^ h >> 15) as usize
}

/// The set: `slots` holds, by hash, one more than the index of an entry, zero where there is none.
pub(crate) struct Dict {
    pub(crate) slots: &'static [u16],
    pub(crate) entries: &'static [(&'static str, u8)],
    /// Length in bytes of the longest key.
    pub(crate) longest: usize,
}

impl Dict {
    /// The kind of `key`, zero when it is not in the set. A few nanoseconds.
    pub(crate) fn get(&self, key: &[u8]) -> u8 {
        if key.is_empty() || key.len() > self.longest {
            return 0;
        }
        let mask = self.slots.len() - 1;
        let mut slot = hash(key) & mask;
        // The table is at most half full, so a free slot ends every search.
        while let Some(entry) =
            self.slots.get(slot).and_then(|&e| self.entries.get(usize::from(e).wrapping_sub(1)))
        {
            if entry.0.as_bytes() == key {
                return entry.1;
            }
            slot = (slot + 1) & mask;
        }
        0
    }
}

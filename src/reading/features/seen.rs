//! What a text has already had.

use crate::lexicon::entry::CueKind;

/// A set of keys that forgets everything at once.
///
/// Few keys have a slot each by their low bits, where the other bits stand beside the stamp of the
/// text: what an older text left there tells of no key. Many keys have slots of which they look for
/// a free one; they are as many as what is held asks for, not as the text: a flood of one word
/// stays in the nearest cache.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(super) few: Box<Few>,
    pub(super) is_few: bool,
    many: Many,
    pub(super) firsts: Box<Firsts>,
}

#[derive(Debug)]
pub(super) struct Few {
    /// Above the low bits that tell the slot, the key; in their place, the stamp.
    slots: [u32; Self::SLOTS],
    /// Below [`Self::SLOTS`], and never 0 for a text.
    stamp: u32,
    /// Keys whose slot another key of the text has; only the first `spilled` hold.
    spill: [u32; Self::MOST],
    spilled: usize,
}

/// Where the first cue of each kind stands that a text has: no other text reads it.
#[derive(Debug)]
pub(super) struct Firsts(pub(super) [[u32; 2]; Firsts::NONE + 1]);

impl Firsts {
    /// Where what does not count is put.
    pub(super) const NONE: usize = CueKind::ALL.len();
}

impl Default for Firsts {
    fn default() -> Self {
        Self([[0; 2]; Firsts::NONE + 1])
    }
}

impl Default for Few {
    fn default() -> Self {
        Self { slots: [0; Self::SLOTS], stamp: 0, spill: [0; Self::MOST], spilled: 0 }
    }
}

impl Few {
    /// A power of two.
    const SLOTS: usize = 1024;
    /// How many keys are few.
    const MOST: usize = 256;

    fn start(&mut self) {
        self.stamp += 1;
        self.spilled = 0;
        if self.stamp as usize == Self::SLOTS {
            (self.slots, self.stamp) = ([0; Self::SLOTS], 1);
        }
    }

    /// Adds `key`; whether it is new. That can hardly be foreseen, so there is no branch on it.
    #[inline(always)]
    pub(super) fn insert(&mut self, key: u32) -> bool {
        const LOW: u32 = Few::SLOTS as u32 - 1;
        let own = key & !LOW | self.stamp;
        let slot = &mut self.slots[(key & LOW) as usize];
        let other = *slot ^ own;
        // Two keys of one slot are next to none: of one stamp, but not one key. One comparison, which
        // is foreseen.
        let above = other.rotate_right(LOW.trailing_ones());
        if above.wrapping_sub(1) < u32::MAX >> LOW.trailing_ones() {
            return self.spills(key);
        }
        *slot = own;
        other != 0
    }

    #[cold]
    #[inline(never)]
    fn spills(&mut self, key: u32) -> bool {
        if self.spill.get(..self.spilled).is_some_and(|spill| spill.contains(&key)) {
            return false;
        }
        if let Some(place) = self.spill.get_mut(self.spilled) {
            *place = key;
            self.spilled += 1;
        }
        true
    }
}

impl Seen {
    /// Empties the set; so many keys will come at most.
    pub(super) fn start(&mut self, most: usize) {
        self.is_few = most <= Few::MOST;
        if self.is_few {
            self.few.start();
        } else {
            self.many.start();
        }
    }

    /// Adds `key`; whether it is new.
    #[inline(always)]
    pub(super) fn insert(&mut self, key: u32) -> bool {
        if self.is_few { self.few.insert(key) } else { self.many.insert(key) }
    }

    pub(crate) fn held(&self) -> usize {
        size_of::<Few>() + size_of::<Firsts>() + self.many.held()
    }
}

/// Stamped slots.
#[derive(Debug, Default)]
struct Many {
    slots: Vec<u64>,
    stamp: u32,
    /// How many of the slots are in use, less one.
    mask: usize,
    held: usize,
    /// Keys on their way to more slots.
    moved: Vec<u32>,
}

impl Many {
    const FEWEST: usize = 512;

    /// Empties the set.
    fn start(&mut self) {
        if self.slots.is_empty() || self.stamp > u32::MAX / 2 {
            self.slots.clear();
            self.slots.resize(Self::FEWEST, 0);
            self.stamp = 0;
        }
        self.mask = Self::FEWEST - 1;
        self.held = 0;
        self.stamp += 1;
    }

    /// Adds `key`; whether it is new.
    #[inline(never)]
    fn insert(&mut self, key: u32) -> bool {
        let stamped = u64::from(self.stamp) << 32 | u64::from(key);
        let mut at = (key.wrapping_mul(0x9e37_79b1) >> 7) as usize & self.mask;
        loop {
            let slot = &mut self.slots[at];
            let (is_old, is_free) = (*slot == stamped, *slot >> 32 != u64::from(self.stamp));
            if is_old | is_free {
                *slot = stamped;
                self.held += usize::from(is_free);
                if self.held * 2 > self.mask {
                    self.grow();
                }
                return is_free;
            }
            at = (at + 1) & self.mask;
        }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        let stamp = u64::from(self.stamp);
        let live = self.slots[..=self.mask].iter().filter(|&&slot| slot >> 32 == stamp);
        self.moved.clear();
        self.moved.extend(live.map(|&slot| slot as u32));
        self.mask = self.mask * 2 + 1;
        if self.slots.len() <= self.mask {
            self.slots.resize(self.mask + 1, 0);
        }
        self.stamp += 1;
        self.held = 0;
        let moved = std::mem::take(&mut self.moved);
        for &key in &moved {
            self.insert(key);
        }
        self.moved = moved;
    }

    fn held(&self) -> usize {
        self.slots.capacity() * 8 + self.moved.capacity() * 4
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn keys_are_new_once_a_text() {
        let mut state = 1u64;
        let mut seen = Seen::default();
        for text in 0..4000 {
            let most = if text % 50 == 7 { 3000 } else { Few::MOST };
            seen.start(most);
            let mut keys = HashSet::new();
            for _ in 0..text % most {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let key = (state >> 32) as u32;
                // Many of one slot, and many that come again.
                let key = if key & 1 << 31 == 0 { key & 0x7_0003 } else { key & 0x1_01ff };
                assert_eq!(seen.insert(key), keys.insert(key), "{key:x} in {text}");
            }
        }
    }
}

//! Counts by time slot in fixed memory.

/// A ring of `N` slots: slot `i` of time lives at `i mod N`, and the newest that came keeps it.
///
/// What a ring holds depends on what was added, not in which order: of two indices for the same
/// place the greater stays, and counts of the same index add up (saturating, which is associative
/// too). A time far ahead costs one slot, not the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ring<const N: usize> {
    slots: Box<[(u32, u32)]>,
}

impl<const N: usize> Default for Ring<N> {
    fn default() -> Self {
        Self { slots: vec![(0, 0); N].into_boxed_slice() }
    }
}

impl<const N: usize> Ring<N> {
    pub(super) fn add(&mut self, index: u32, count: u32) {
        let Some(slot) = self.slots.get_mut(index as usize % N) else { return };
        if count == 0 || (slot.1 > 0 && slot.0 > index) {
            return;
        }
        *slot = (index, if slot.0 == index { slot.1.saturating_add(count) } else { count });
    }

    /// The count of slot `index`; 0 if another holds its place.
    pub(super) fn get(&self, index: u32) -> u32 {
        match self.slots.get(index as usize % N) {
            Some(&(held, count)) if held == index => count,
            _ => 0,
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for &(index, count) in &other.slots {
            self.add(index, count);
        }
    }

    /// The slots in use, oldest first.
    #[cfg(any(feature = "serde", test))]
    pub(super) fn held(&self) -> Vec<(u32, u32)> {
        let mut held: Vec<_> = self.slots.iter().copied().filter(|slot| slot.1 > 0).collect();
        held.sort_unstable();
        held
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_keeps_the_place_and_the_rest_stays() {
        let mut ring = Ring::<4>::default();
        ring.add(0, 1);
        ring.add(1, 2);
        ring.add(5, 3); // takes the place of 1
        ring.add(1, 9); // too late
        ring.add(5, u32::MAX);
        assert_eq!(ring.held(), [(0, 1), (5, u32::MAX)]);
        assert_eq!((ring.get(1), ring.get(0), ring.get(4)), (0, 1, 0));
    }
}

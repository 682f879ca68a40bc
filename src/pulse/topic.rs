//! What is kept of one topic.

use super::Observation;
use super::authors::Authors;
use super::ring::Ring;

/// Seconds of a slot of the finest ring, which reaches back 17 minutes.
pub(super) const FINE: u32 = 4;
/// Seconds of a slot of the middle ring, which reaches back 8 ½ hours.
pub(super) const MIDDLE: u32 = 120;
/// Seconds of a slot of the coarse ring, which reaches back six weeks.
pub(super) const HOUR: u32 = 3600;

pub(super) const FINE_SLOTS: usize = 256;
pub(super) const MIDDLE_SLOTS: usize = 256;
pub(super) const HOURS: usize = 6 * 168;
/// Seconds of a slot of the finer details, which reach back nine hours.
pub(super) const TEN_MINUTES: u32 = 600;

const RECENT_DETAILS: usize = 54;
/// Hours of which more than the count is kept.
pub(super) const DETAILS: usize = 48;

/// Who wrote and what, in one slot of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Detail {
    pub(super) slot: u32,
    pub(super) posts: u32,
    pub(super) complaints: u32,
    pub(super) me_too: u32,
    pub(super) defenders: u32,
    pub(super) rivals: u32,
    pub(super) anonymous: u32,
    pub(super) open_reach: u64,
    pub(super) closed_reach: u64,
    pub(super) authors: Authors,
}

impl Detail {
    fn is_empty(&self) -> bool {
        self.posts == 0 && self.closed_reach == 0
    }

    /// How many people wrote; those without identifier count as different.
    pub(super) fn voices(&self) -> f64 {
        self.authors.estimate() + f64::from(self.anonymous)
    }

    /// Adds what `other` counts, whatever slot it is of.
    pub(super) fn absorb(&mut self, other: &Self) {
        self.posts = self.posts.saturating_add(other.posts);
        self.complaints = self.complaints.saturating_add(other.complaints);
        self.me_too = self.me_too.saturating_add(other.me_too);
        self.defenders = self.defenders.saturating_add(other.defenders);
        self.rivals = self.rivals.saturating_add(other.rivals);
        self.anonymous = self.anonymous.saturating_add(other.anonymous);
        self.open_reach = self.open_reach.saturating_add(other.open_reach);
        self.closed_reach = self.closed_reach.saturating_add(other.closed_reach);
        self.authors.merge(&other.authors);
    }
}

/// The details of the latest `N` slots, by the rule of [`Ring`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Details<const N: usize> {
    slots: Box<[Detail]>,
}

impl<const N: usize> Default for Details<N> {
    fn default() -> Self {
        Self { slots: vec![Detail::default(); N].into_boxed_slice() }
    }
}

impl<const N: usize> Details<N> {
    pub(super) fn add(&mut self, detail: &Detail) {
        let Some(held) = self.slots.get_mut(detail.slot as usize % N) else { return };
        if detail.is_empty() || (!held.is_empty() && held.slot > detail.slot) {
            return;
        }
        if held.slot == detail.slot {
            held.absorb(detail);
        } else {
            held.clone_from(detail);
        }
    }

    fn merge(&mut self, other: &Self) {
        for detail in &other.slots {
            self.add(detail);
        }
    }

    /// What was counted in the slots from `from` to `to`, both included.
    pub(super) fn between(&self, from: u32, to: u32) -> Detail {
        let mut sum = Detail::default();
        for detail in self.slots.iter().filter(|d| (from..=to).contains(&d.slot)) {
            sum.absorb(detail);
        }
        sum
    }

    /// The slots in use, oldest first.
    #[cfg(feature = "serde")]
    pub(super) fn held(&self) -> Vec<&Detail> {
        let mut held: Vec<_> = self.slots.iter().filter(|d| !d.is_empty()).collect();
        held.sort_unstable_by_key(|d| d.slot);
        held
    }
}

/// Everything kept of one topic: 32 kB, whatever comes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Topic {
    pub(super) fine: Ring<FINE_SLOTS>,
    pub(super) middle: Ring<MIDDLE_SLOTS>,
    pub(super) hours: Ring<HOURS>,
    pub(super) recent: Details<RECENT_DETAILS>,
    pub(super) details: Details<DETAILS>,
}

/// A time as the rings take it: from 1970 to 2514, times outside at the nearer end.
pub(super) fn clamp(at: i64) -> u64 {
    at.clamp(0, i64::from(u32::MAX) * i64::from(FINE)).unsigned_abs()
}

/// The slot of `width` seconds that holds `at`.
pub(super) fn slot(at: u64, width: u32) -> u32 {
    u32::try_from(at / u64::from(width)).unwrap_or(u32::MAX)
}

impl Topic {
    pub(super) fn observe(&mut self, seen: &Observation<'_>) {
        let at = clamp(seen.at);
        self.fine.add(slot(at, FINE), 1);
        self.middle.add(slot(at, MIDDLE), 1);
        self.hours.add(slot(at, HOUR), 1);
        let mut detail = Detail {
            posts: 1,
            complaints: seen.complaint.into(),
            me_too: seen.me_too.into(),
            defenders: seen.defends.into(),
            rivals: seen.rival.into(),
            anonymous: seen.author.is_none().into(),
            open_reach: if seen.open { seen.reach } else { 0 },
            ..Detail::default()
        };
        if let Some(author) = seen.author {
            detail.authors.add(author);
        }
        self.detail(at, detail);
    }

    /// Takes the reach of a post written at `at` off the open ones.
    pub(super) fn close(&mut self, at: i64, reach: u64) {
        self.detail(clamp(at), Detail { closed_reach: reach, ..Detail::default() });
    }

    fn detail(&mut self, at: u64, mut detail: Detail) {
        detail.slot = slot(at, TEN_MINUTES);
        self.recent.add(&detail);
        detail.slot = slot(at, HOUR);
        self.details.add(&detail);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.fine.merge(&other.fine);
        self.middle.merge(&other.middle);
        self.hours.merge(&other.hours);
        self.recent.merge(&other.recent);
        self.details.merge(&other.details);
    }

    /// Who wrote and what from `from` to `now`, both included, to the slot.
    pub(super) fn between(&self, from: u64, now: u64) -> Detail {
        let (first, last) = (slot(from, TEN_MINUTES), slot(now, TEN_MINUTES));
        if ((last - first) as usize) < RECENT_DETAILS {
            self.recent.between(first, last)
        } else {
            self.details.between(slot(from, HOUR), slot(now, HOUR))
        }
    }
}

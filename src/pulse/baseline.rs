//! What is usual for a topic at an hour of the week.

use super::topic::{HOURS, Topic};

const WEEK: usize = 168;
/// The latest hours are not yet what is usual: a storm must not hide itself.
const RECENT: u32 = 24;
/// Posts an hour of the day, or a day of the week, needs before its own rhythm weighs half.
const SHRINK: f64 = 5.0;
/// The same for one hour of the week.
const SHRINK_CELL: f64 = 10.0;
/// No topic is quieter than a post in two weeks.
const FLOOR: f64 = 1.0 / 336.0;
/// Until a whole week is seen, some days are unknown: so much more is taken to be usual.
const FIRST_WEEK: f64 = 1.3;

/// Posts an hour to expect, by hour of the week, and how much more than Poisson they vary.
pub(super) struct Baseline {
    rates: [f64; WEEK],
    /// Variance over mean of the hourly counts, 1 to 4.
    pub(super) dispersion: f64,
    /// Hours looked back on.
    pub(super) history: u32,
    /// Posts a day on average.
    pub(super) per_day: f64,
}

impl Baseline {
    /// What the six weeks before `now` show, the latest day left out.
    pub(super) fn of(topic: &Topic, now: u32) -> Self {
        let end = now.saturating_sub(RECENT);
        let mut start = end.saturating_sub(HOURS as u32 - RECENT);
        while start < end && topic.hours.get(start) == 0 {
            start += 1;
        }
        let history = end - start;
        let mut baseline =
            Self { rates: [FLOOR; WEEK], dispersion: 1.0, history, per_day: 24.0 * FLOOR };
        if history == 0 {
            return baseline;
        }
        let hours = f64::from(history);
        let counts = || (start..end).map(|hour| (cell(hour), f64::from(topic.hours.get(hour))));
        let total: f64 = counts().map(|(_, count)| count).sum();
        let cap = 20.0 * (total / hours).max(0.5);
        let mut cells = [Cell::default(); WEEK];
        for (cell, count) in counts() {
            cells[cell].posts += count.min(cap);
            cells[cell].hours += 1.0;
        }
        let level = (cells.iter().map(|cell| cell.posts).sum::<f64>() / hours).max(FLOOR);
        let (rates, known) = product(&cells, level);

        let mut again = [Cell::default(); WEEK];
        let mut spread = 0.0;
        for (cell, count) in counts() {
            let usual = rates[cell];
            // an old storm does not become usual
            let count = count.min(4.0 * usual + 6.0);
            again[cell].posts += count;
            again[cell].hours += 1.0;
            spread += (count - usual) * (count - usual) / usual;
        }
        baseline.dispersion = (spread / hours).clamp(1.0, 4.0);
        let unseen = if (history as usize) < WEEK { FIRST_WEEK } else { 1.0 };
        for (at, rate) in baseline.rates.iter_mut().enumerate() {
            let (usual, Cell { posts, hours }) = (rates[at], again[at]);
            let own = (posts + SHRINK_CELL) / (usual * hours + SHRINK_CELL);
            // what few posts say is uncertain: one standard error on the safe side
            let error = 1.0 + 1.0 / libm::sqrt(known[at % 24] + SHRINK);
            *rate = (usual * own * error * unseen).max(FLOOR);
        }
        baseline.per_day = 24.0 * level;
        baseline
    }

    /// Posts an hour to expect at `at` seconds: what the hour itself says, or what lies between the
    /// middles of two hours, whichever is more.
    pub(super) fn rate(&self, at: u64) -> f64 {
        let shifted = at.saturating_sub(1800);
        let hour = (shifted / 3600 % WEEK as u64) as usize;
        let part = (shifted % 3600) as f64 / 3600.0;
        let (before, after) = (self.rates[hour], self.rates[(hour + 1) % WEEK]);
        let own = if part < 0.5 { before } else { after };
        own.max(before + (after - before) * part)
    }
}

/// Posts and hours of an hour of the week.
#[derive(Clone, Copy, Default)]
struct Cell {
    posts: f64,
    hours: f64,
}

/// level × day of the week × hour of the day, fitted in turn; and the posts each hour of the day
/// rests on. A day is shrunk towards the average one, an hour towards the hours around it.
fn product(cells: &[Cell; WEEK], level: f64) -> ([f64; WEEK], [f64; 24]) {
    let (mut by_hour, mut by_day) = ([1.0; 24], [1.0; 7]);
    let mut posts_by_hour = [0.0; 24];
    let mut posts_by_day = [0.0; 7];
    for (at, cell) in cells.iter().enumerate() {
        posts_by_hour[at % 24] += cell.posts;
        posts_by_day[at / 24] += cell.posts;
    }
    for _ in 0..3 {
        let mut usual = [0.0; 24];
        for (at, cell) in cells.iter().enumerate() {
            usual[at % 24] += cell.hours * level * by_day[at / 24];
        }
        for hour in 0..24 {
            let (mut posts, mut expected) = (1.0, 1.0);
            for (offset, weight) in [(22, 0.5), (23, 1.0), (24, 1.0), (25, 1.0), (26, 0.5)] {
                posts += weight * posts_by_hour[(hour + offset) % 24];
                expected += weight * usual[(hour + offset) % 24];
            }
            let around = posts / expected;
            by_hour[hour] = (posts_by_hour[hour] + SHRINK * around) / (usual[hour] + SHRINK);
        }
        let mut usual = [0.0; 7];
        for (at, cell) in cells.iter().enumerate() {
            usual[at / 24] += cell.hours * level * by_hour[at % 24];
        }
        for day in 0..7 {
            by_day[day] = (posts_by_day[day] + SHRINK) / (usual[day] + SHRINK);
        }
    }
    let mut rates = [FLOOR; WEEK];
    for (at, rate) in rates.iter_mut().enumerate() {
        *rate = (level * by_hour[at % 24] * by_day[at / 24]).max(FLOOR);
    }
    (rates, posts_by_hour)
}

/// The hour of the week of an hour since 1970, UTC.
fn cell(hour: u32) -> usize {
    hour as usize % WEEK
}

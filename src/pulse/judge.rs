//! Storm or noise.

use super::baseline::Baseline;
use super::topic::{DETAILS, Detail, FINE, FINE_SLOTS, HOUR, MIDDLE, MIDDLE_SLOTS, Topic, slot};

/// The rise a sudden storm is tested for.
const SUDDEN: f64 = 6.0;
/// The rise a slow one is tested for.
const SLOW: f64 = 3.0;

/// A stretch of time that ends now.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Window {
    pub(super) seconds: u64,
    pub(super) posts: u64,
    pub(super) expected: f64,
    /// Log-likelihood ratio of the rise against what is usual.
    pub(super) score: f64,
}

/// What the counts say.
pub(super) struct Judgement {
    pub(super) baseline: Baseline,
    /// The window that speaks most for a storm: all else is of its time.
    pub(super) window: Window,
    /// Whether it is one of hours to days, and not of minutes to hours.
    pub(super) lasting: bool,
    /// The score a storm must reach.
    pub(super) threshold: f64,
    /// Whether the latest posts come at the usual rate again.
    pub(super) easing: bool,
    /// Who wrote and what, in the slots of the window.
    pub(super) detail: Detail,
    /// Posts of people who had posted already, beyond what is usual.
    pub(super) repeats: f64,
}

pub(super) fn judge(topic: &Topic, now: u64, caution: f64) -> Judgement {
    let baseline = Baseline::of(topic, slot(now, HOUR));
    let mut sudden = Window::default();
    let mut easing = None;
    scan(now, FINE, FINE_SLOTS, &|at| topic.fine.get(at), &baseline, &mut |w| {
        keep(&mut sudden, w, SUDDEN, baseline.dispersion);
    });
    scan(now, MIDDLE, MIDDLE_SLOTS, &|at| topic.middle.get(at), &baseline, &mut |w| {
        keep(&mut sudden, w, SUDDEN, baseline.dispersion);
        // the shortest that is long enough for three usual posts
        if w.expected >= 3.0 && easing.is_none() {
            easing = Some((w.posts as f64) < 2.0 * w.expected);
        }
    });
    let mut slow = Window::default();
    scan(now, HOUR, DETAILS, &|at| topic.hours.get(at), &baseline, &mut |w| {
        if w.posts as f64 >= SLOW * w.expected {
            keep(&mut slow, w, SLOW, baseline.dispersion);
        }
    });
    let threshold = libm::log(30.0 * baseline.per_day + 10.0) + caution;
    // A slow rise may be anything that lasts, so that it must say twice as much.
    slow.score /= 2.0;
    let lasting = slow.score > sudden.score;
    let window = if lasting { slow } else { sudden };
    // Where nothing speaks for one, the last hour.
    let span = if window.score > 0.0 { window.seconds } else { HOUR.into() };
    // A window holds the second of `now`: one of an hour begins with it, not a second before.
    let from = (now + 1).saturating_sub(span);
    let detail = topic.between(from, now);
    let before = slot(from, HOUR);
    let usual = topic.details.between(before.saturating_sub(24), before.saturating_sub(1));
    let usual_repeats = repeats(&usual) / f64::from(usual.posts.max(1));
    let repeats = (repeats(&detail) - usual_repeats * f64::from(detail.posts)).max(0.0);
    let easing = easing == Some(true);
    Judgement { baseline, window, lasting, threshold, easing, detail, repeats }
}

/// Posts beyond the first of each author.
fn repeats(detail: &Detail) -> f64 {
    (f64::from(detail.posts) - detail.voices()).max(0.0)
}

fn keep(best: &mut Window, window: Window, rise: f64, dispersion: f64) {
    let score =
        (window.posts as f64 * libm::log(rise) - (rise - 1.0) * window.expected) / dispersion;
    if score > best.score {
        *best = Window { score, ..window };
    }
}

/// Gives every window of whole slots that ends now, shortest first.
fn scan(
    now: u64,
    width: u32,
    slots: usize,
    count: &dyn Fn(u32) -> u32,
    baseline: &Baseline,
    each: &mut dyn FnMut(Window),
) {
    let mut window = Window::default();
    let last = slot(now, width);
    for back in 0..slots as u32 {
        let Some(at) = last.checked_sub(back) else { return };
        let start = u64::from(at) * u64::from(width);
        let seconds = if back == 0 { now - start + 1 } else { width.into() };
        window.seconds += seconds;
        window.posts += u64::from(count(at));
        window.expected += baseline.rate(start + seconds / 2) * seconds as f64 / 3600.0;
        if count(at) > 0 || back % 16 == 15 {
            each(window);
        }
    }
}

//! How raw values become probabilities and decisions.

use std::array;

use crate::lexicon::rows::LANES;

/// The calibration of all heads in a language, side by side as their raw values are: those of several
/// heads are read together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Calibration {
    pub(super) slopes: [f64; LANES],
    pub(super) offsets: [f64; LANES],
    /// Decided when the calibrated log-odds reach this.
    pub(crate) thresholds: [f64; LANES],
    /// `exp(-threshold)`.
    pub(crate) favours: [f64; LANES],
}

impl Calibration {
    pub(super) const NONE: Self = Self {
        slopes: [0.0; LANES],
        offsets: [0.0; LANES],
        thresholds: [0.0; LANES],
        favours: [0.0; LANES],
    };

    /// The calibrated log-odds of a raw value.
    #[inline]
    pub(crate) fn log_odds(&self, head: usize, raw: f64) -> f64 {
        self.slopes[head] * raw + self.offsets[head]
    }

    /// Which of `N` heads from `first` on decide yes, as bits.
    #[inline]
    pub(crate) fn decided<const N: usize>(&self, first: usize, raw: &[f64; LANES]) -> u32 {
        let yes: [bool; N] = array::from_fn(|at| {
            self.log_odds(first + at, raw[first + at]) >= self.thresholds[first + at]
        });
        (0..N).fold(0, |bits, at| bits | u32::from(yes[at]) << at)
    }
}

//! The two that are compared: this crate and vader-sentimental, one of each a thread.

use std::cell::RefCell;

use doleance::{Analyzer, LanguageCode};

thread_local! {
    static VADER: RefCell<vader_sentimental::SentimentIntensityAnalyzer<'static>> =
        RefCell::new(vader_sentimental::SentimentIntensityAnalyzer::new());
    static OURS: Analyzer = Analyzer::new();
}

/// Our polarity of a text.
pub(crate) fn ours(text: &str) -> f64 {
    OURS.with(|analyzer| analyzer.analyze(text).sentiment().polarity())
}

/// VADER's, which reads English alone.
pub(crate) fn vader(text: &str) -> f64 {
    VADER.with_borrow(|vader| vader.polarity_scores(text).compound)
}

/// What we take the language of a text to be.
pub(crate) fn language(text: &str) -> LanguageCode {
    OURS.with(|analyzer| analyzer.analyze(text).language().code())
}

use crate::assessment::*;
use crate::lexicon::index::Index;
use crate::names::Set;
use crate::post::Post;
use crate::reading::Reading;
pub(crate) fn virality(_p: &Post<'_>, _r: &Reading, _s: &Sentiment, note: &mut dyn FnMut(Source, &'static str, f64)) -> Virality {
    note(Source::Base, "base", 0.0);
    Virality { expected_shares: 0.0, low: 0.0, high: 0.0, p10: 0.0, p100: 0.0, reach: 0.0, r0: 0.0, basis: Basis::Text, confidence: Confidence::Low, band: ViralityBand::Low, backlash: false, outside_fitted_range: false }
}
pub(crate) fn priority(index: &Index, _p: &Post<'_>, _r: &Reading, _c: &Complaint, _e: &Escalation, _i: &Intent, _v: &Virality, _f: Set<Flag>) -> Priority {
    Priority { level: PriorityLevel::None, answer_within_minutes: index.minutes(0, 0), rule: PriorityRule::NothingDue }
}

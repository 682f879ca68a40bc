//! How a topic stands.

use super::Settings;
use super::judge::Judgement;
use super::topic::Detail;
use crate::names::named_enum;

/// Hours of history without which nothing is called usual.
const LEARNING: u32 = 48;
/// Fewer posts are no storm, fewer authors no crowd.
const POSTS: u64 = 6;
const AUTHORS: f64 = 4.0;
/// The share of the posts, and of those beyond what is usual, that must come from people who had
/// not posted yet.
const VOICES: f64 = 0.3;
/// Critical posts to all below which it is no storm of complaints.
const CRITICAL_SHARE: f64 = 0.25;
/// Posts that join another's complaint, and their share, from which a surge is a crisis.
const ME_TOO: u32 = 10;
const ME_TOO_SHARE: f64 = 0.25;

named_enum! {
    /// How a topic stands, from best to worst.
    pub enum PulseLevel {
        /// As usual.
        Calm = "calm",
        /// Unusual in one respect, or on the way to a surge.
        Watch = "watch",
        /// Many more posts than usual, of many people, complaints among them.
        Surge = "surge",
        /// A surge that many people join or see.
        Crisis = "crisis",
    }
}

named_enum! {
    /// Why a topic stands as it does.
    pub enum PulseReason {
        /// Nothing was ever said of it.
        Unknown = "unknown",
        /// Less than three days have been seen: nothing is known to be usual yet.
        Learning = "learning",
        /// Posts come at the usual rate.
        Usual = "usual",
        /// More than usual, but not yet beyond chance.
        Rising = "rising",
        /// The rate is a storm's, but most posts come from a few people.
        FewAuthors = "few_authors",
        /// The rate is a storm's, but few of the posts complain.
        FewComplaints = "few_complaints",
        /// A storm has passed: the latest posts come at the usual rate again.
        Easing = "easing",
        /// A sudden rise, tested against six times the usual rate.
        SuddenRise = "sudden_rise",
        /// A rise over hours, tested against three times the usual rate.
        LastingRise = "lasting_rise",
        /// A surge of many different authors beyond the usual ones.
        ManyAuthors = "many_authors",
        /// A surge in which many join another's complaint.
        PileOn = "pile_on",
        /// A surge whose open posts many people are expected to see.
        WideReach = "wide_reach",
    }
}

/// How a topic stands at a time, and the numbers behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PulseState {
    level: PulseLevel,
    reason: PulseReason,
    posts: u64,
    expected: f64,
    window_seconds: u64,
    score: f64,
    threshold: f64,
    authors: f64,
    complaint_share: f64,
    me_too_share: f64,
    defender_share: f64,
    rival_share: f64,
    open_reach: u64,
    usual_per_day: f64,
    history_hours: u32,
}

impl PulseState {
    pub(super) fn unknown() -> Self {
        Self {
            level: PulseLevel::Calm,
            reason: PulseReason::Unknown,
            posts: 0,
            expected: 0.0,
            window_seconds: 0,
            score: 0.0,
            threshold: 0.0,
            authors: 0.0,
            complaint_share: 0.0,
            me_too_share: 0.0,
            defender_share: 0.0,
            rival_share: 0.0,
            open_reach: 0,
            usual_per_day: 0.0,
            history_hours: 0,
        }
    }

    pub(super) fn of(judged: &Judgement, settings: &Settings) -> Self {
        let Judgement { window, threshold, detail, baseline, .. } = judged;
        let share = |part: u32| f64::from(part) / f64::from(detail.posts.max(1));
        let mut state = Self {
            posts: window.posts,
            expected: window.expected,
            window_seconds: window.seconds,
            score: window.score,
            threshold: *threshold,
            authors: detail.voices(),
            complaint_share: share(detail.complaints),
            me_too_share: share(detail.me_too),
            defender_share: share(detail.defenders),
            rival_share: share(detail.rivals),
            open_reach: detail.open_reach.saturating_sub(detail.closed_reach),
            usual_per_day: baseline.per_day,
            history_hours: baseline.history,
            ..Self::unknown()
        };
        (state.level, state.reason) = state.decide(judged, settings);
        state
    }

    fn decide(&self, judged: &Judgement, settings: &Settings) -> (PulseLevel, PulseReason) {
        use PulseLevel::{Calm, Crisis, Surge, Watch};
        let Detail { posts, me_too, .. } = judged.detail;
        if self.history_hours < LEARNING {
            return (Calm, PulseReason::Learning);
        }
        if self.score < self.threshold || self.posts < POSTS {
            return match self.score >= 0.6 * self.threshold && self.posts * 2 >= POSTS {
                true => (Watch, PulseReason::Rising),
                false => (Calm, PulseReason::Usual),
            };
        }
        if judged.easing {
            return (Watch, PulseReason::Easing);
        }
        let excess = self.posts as f64 - self.expected;
        let voices = (excess - judged.repeats).min(self.authors);
        if voices < AUTHORS || voices < VOICES * excess || self.authors < VOICES * f64::from(posts)
        {
            return (Watch, PulseReason::FewAuthors);
        }
        if self.complaint_share < CRITICAL_SHARE {
            return (Watch, PulseReason::FewComplaints);
        }
        if self.open_reach >= settings.crisis_reach {
            (Crisis, PulseReason::WideReach)
        } else if me_too >= ME_TOO && self.me_too_share >= ME_TOO_SHARE {
            (Crisis, PulseReason::PileOn)
        } else if voices >= f64::from(settings.crisis_authors) {
            (Crisis, PulseReason::ManyAuthors)
        } else if judged.lasting {
            (Surge, PulseReason::LastingRise)
        } else {
            (Surge, PulseReason::SuddenRise)
        }
    }

    /// How the topic stands.
    #[must_use]
    pub fn level(&self) -> PulseLevel {
        self.level
    }

    /// Why.
    #[must_use]
    pub fn reason(&self) -> PulseReason {
        self.reason
    }

    /// The posts in the window that speaks most for a storm.
    #[must_use]
    pub fn posts(&self) -> u64 {
        self.posts
    }

    /// The posts that were to be expected in that window, above 0.
    #[must_use]
    pub fn expected(&self) -> f64 {
        self.expected
    }

    /// How long that window is, up to now; 0 when nothing speaks for a storm.
    ///
    /// Who wrote and what is of the same time, or of the last hour when nothing speaks for a storm;
    /// it is counted by ten minutes, and by hours in a window of over nine, so that it may take in
    /// some posts from just before.
    #[must_use]
    pub fn window_seconds(&self) -> u64 {
        self.window_seconds
    }

    /// The log-likelihood ratio of the rise, 0 or more (halved for a lasting rise).
    #[must_use]
    pub fn score(&self) -> f64 {
        self.score
    }

    /// What the score must reach to be beyond chance.
    #[must_use]
    pub fn threshold(&self) -> f64 {
        self.threshold
    }

    /// About how many different authors wrote in the time of the window: exact when few, within
    /// a tenth or so when many.
    #[must_use]
    pub fn authors(&self) -> f64 {
        self.authors
    }

    /// The share of critical posts in the time of the window, in [0, 1].
    #[must_use]
    pub fn complaint_share(&self) -> f64 {
        self.complaint_share
    }

    /// The share of posts in that time that join another's complaint, in [0, 1].
    #[must_use]
    pub fn me_too_share(&self) -> f64 {
        self.me_too_share
    }

    /// The share of posts in that time that defend the brand, in [0, 1].
    #[must_use]
    pub fn defender_share(&self) -> f64 {
        self.defender_share
    }

    /// The share of posts in that time that turn to a rival, in [0, 1].
    #[must_use]
    pub fn rival_share(&self) -> f64 {
        self.rival_share
    }

    /// How many people are expected to see the posts of that time that wait for an answer.
    #[must_use]
    pub fn open_reach(&self) -> u64 {
        self.open_reach
    }

    /// How many posts a day are usual for the topic.
    #[must_use]
    pub fn usual_per_day(&self) -> f64 {
        self.usual_per_day
    }

    /// How many hours of history that rests on; below 48 nothing is called usual.
    #[must_use]
    pub fn history_hours(&self) -> u32 {
        self.history_hours
    }
}

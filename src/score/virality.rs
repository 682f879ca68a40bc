//! How far a post will go.
//!
//! # The model
//!
//! ln(1 + shares to come) is logistic with centre *z* and scale *s*, rounded to whole shares:
//!
//! > P(shares to come ≥ c) = 1 / (1 + exp((ln(c + ½) − z) / s))
//!
//! Before anything is counted, *z* is a sum: a base, a broken line in ln(1 + followers), whether it
//! is a reply, verified, has a link (all fitted on tweets and replies of 2015), and what the
//! literature says of arousal, moral words and media (not fitted: general tweets show too little of
//! them). Below 500 followers only replies were seen; the slope there is their own and small, and
//! the estimate says that it is outside the fitted range. *s* grows with the followers, for large
//! accounts are hit or miss.
//!
//! Once counts are known, with *n* = reposts + c · likes and F(age) = 1 − exp(−(age / τ)^β) the
//! part of the final reposts usually reached at that age (τ grows with the count: large cascades are
//! slower),
//!
//! > e^z' = (1 − F) · (k + n) / (k / e^z + F),
//!
//! the mean of what is to come when the rate has a gamma prior of shape *k* around e^z: counts so
//! far divided by the growth curve, mixed with the prior, which weighs as much as *k* shares.
//!
//! `raw` is ln(1 + expected shares), where the expected shares are what has been counted plus the
//! geometric mean of what is to come: E ln(1 + shares) of the model is s · ln(1 + e^(z/s)). The
//! arithmetic mean of so heavy a tail is ruled by a few giants and is worth nothing for one post;
//! the interval and P(≥ 100) tell of them.
//!
//! # What it is worth
//!
//! On 532 tweets it was not fitted on (39 of them shared ten times or more): the area under the
//! curve of P(≥ 10) is .78 from followers and text (95 % interval .71 to .85), .96 with the counts
//! at 10 minutes, .98 at 30 and at 60. The 90 % interval covers 91 % without counts and 92 to 94 %
//! with them (whole numbers: it cannot be exactly 90). Where it says P(≥ 10) in .02 to .05 (mean
//! .033), .030 were; in .05 to .1 (.071), .074; in .1 to .2 (.126), .122; in .2 to .5 (.304), .273.
//! Without followers it is the base rate of replies, a little moved: take it for no more.
//!
//! Every number is a row of lexicons/virality.tsv with its source. It must not be used to rank what
//! people are worth or to refuse them service: an ordinary writer's post is as likely to be right.

use super::Note;
use crate::assessment::{Basis, Confidence, Field, Source, Virality, ViralityBand};
use crate::exp::exp;
use crate::post::{Amplifier, Attachment, Post};
use crate::text::Span;

#[allow(dead_code, reason = "rows that only tests and people read")]
mod numbers {
    include!(concat!(env!("OUT_DIR"), "/virality.rs"));
}
use numbers::*;

const LOGIT_90: f64 = 2.197_224_577_336_219_6; // ln(9)
const LOGIT_95: f64 = 2.944_438_979_166_440_3; // ln(19)

/// ln 1.5, ln 2.5 …: how many of them are not above x is what e^x − 1 rounds to.
const LN_HALVES: [f64; 5] = [
    0.405_465_108_108_164_4,
    0.916_290_731_874_155,
    1.252_762_968_495_368,
    1.504_077_396_776_274,
    1.704_748_092_238_425,
];

/// What the text says that bears on spread.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct TextSignals {
    /// How stirred the writer is, in [0, 1].
    pub(crate) arousal: f64,
    /// The probability that the post is negative, in [0, 1].
    pub(crate) negative: f64,
    /// Whether it holds a link.
    pub(crate) has_url: bool,
    /// Whether it speaks of injustice, shame, betrayal or greed.
    pub(crate) moral_or_greed: bool,
}

/// What part of an audience sees a post. Judgement; a caller who knows better says so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Visibility {
    /// Of an account's followers, in [0, 1].
    pub(crate) followers: f64,
    /// Of a page's fans, in [0, 1].
    pub(crate) audience: f64,
}

impl Default for Visibility {
    fn default() -> Self {
        Self { followers: VISIBLE_SHARE, audience: AUDIENCE_SHARE }
    }
}

/// A sum that tells of each part.
struct Sum<'n> {
    total: f64,
    note: Note<'n>,
}

impl Sum<'_> {
    fn add(&mut self, source: Source, term: &'static str, weight: f64) {
        if weight != 0.0 {
            self.total += weight;
            if let Some(note) = &mut self.note {
                note(source, term, weight);
            }
        }
    }
}

/// Estimates the spread of a post; gives it with `raw`, ln(1 + expected shares).
///
/// `note` is told of every part of `raw`: they add up to it within 1e-9.
pub(crate) fn estimate(post: &Post<'_>, text: &TextSignals, note: Note<'_>) -> (Virality, f64) {
    estimate_with(post, text, Visibility::default(), note)
}

/// [`estimate`], with the caller's visible shares.
pub(crate) fn estimate_with(
    post: &Post<'_>,
    text: &TextSignals,
    visibility: Visibility,
    note: Note<'_>,
) -> (Virality, f64) {
    let mut sum = Sum { total: 0.0, note };
    sum.add(Source::Base, "base", BASE);
    let crowd = Crowd::of(post, visibility);
    let scale = crowd.add_to(&mut sum);
    let content = content(post, text, &mut sum);
    let private = post.channel.is_some_and(|c| !c.is_public());
    if private {
        sum.add(Source::Context(Field::Channel), "private", PRIVATE);
    }

    let prior = Forecast::new(0.0, sum.total, scale);
    let raw = prior.raw();
    sum.add(Source::Base, "never_below_none", raw - sum.total);
    let counts = Counts::of(post);
    let forecast = counts.as_ref().map_or(prior, |counts| counts.update(&prior));
    let raw = if counts.is_some() { forecast.raw() } else { raw };
    sum.add(Source::Context(Field::Engagement), "counts", raw - sum.total);

    let expected = exp(raw) - 1.0;
    let (low, high) = forecast.interval();
    let (p10, p100) = forecast.tails();
    let (basis, confidence) = match (&counts, crowd.known) {
        (Some(counts), _) if counts.solid => (Basis::Engagement, Confidence::High),
        (Some(_), _) => (Basis::Engagement, Confidence::Medium),
        (None, true) if crowd.outside_fitted_range() => (Basis::Followers, Confidence::Low),
        (None, true) => (Basis::Followers, Confidence::Medium),
        (None, false) => (Basis::Text, Confidence::Low),
    };
    let reach =
        if private { 0.0 } else { crowd.seen } + expected * SHARER_FOLLOWERS * visibility.followers;
    let virality = Virality {
        expected_shares: expected,
        low,
        high,
        p10,
        p100,
        reach: reach.max(1.0),
        r0: crowd.r0(expected, content),
        basis,
        confidence,
        band: band(p10),
        backlash: backlash(post),
        outside_fitted_range: crowd.outside_fitted_range(),
    };
    (virality, raw)
}

/// The band of a probability of ten shares or more.
pub(crate) fn band(p10: f64) -> ViralityBand {
    match p10 {
        p if p < 0.02 => ViralityBand::Low,
        p if p < 0.10 => ViralityBand::Moderate,
        p if p < 0.50 => ViralityBand::High,
        _ => ViralityBand::VeryHigh,
    }
}

/// Who may see the post.
struct Crowd {
    followers: Option<f64>,
    audience: f64,
    amplified: f64,
    amplifiers: f64,
    known: bool,
    verified: bool,
    seen: f64,
}

impl Crowd {
    fn of(post: &Post<'_>, visibility: Visibility) -> Self {
        let followers = post.author.followers.map(|f| f as f64);
        let fans = post.audience.map_or(0.0, |a| a as f64) * visibility.audience;
        let (mut amplified, mut amplifiers) = (0.0, 0.0);
        for amplifier in &post.amplifiers {
            amplifiers += 1.0;
            amplified += match amplifier {
                Amplifier::Press => AMPLIFIER_PRESS,
                Amplifier::Influencer => AMPLIFIER_INFLUENCER,
                Amplifier::ConsumerOrg => AMPLIFIER_CONSUMER_ORG,
                Amplifier::Authority => AMPLIFIER_AUTHORITY,
            };
        }
        let own = followers.unwrap_or(ASSUMED_FOLLOWERS);
        Self {
            followers,
            audience: fans,
            amplified,
            amplifiers,
            known: followers.is_some() || post.audience.is_some() || amplifiers > 0.0,
            verified: post.author.verified == Some(true),
            seen: (own + amplified) * visibility.followers + fans,
        }
    }

    /// Adds what the crowd is worth to `sum`; returns the scale.
    fn add_to(&self, sum: &mut Sum<'_>) -> f64 {
        let mut ln = self.followers.map_or(LN_ASSUMED_FOLLOWERS, libm::log1p);
        match self.followers {
            Some(_) => sum.add(Source::Context(Field::Followers), "followers", line(ln)),
            None => sum.add(Source::Base, "assumed_followers", line(ln)),
        }
        if !self.known {
            sum.add(Source::Base, "unknown_followers", UNKNOWN_FOLLOWERS);
        }
        if self.verified {
            sum.add(Source::Context(Field::Verified), "verified", VERIFIED);
        }
        let mut crowd = self.followers.unwrap_or(ASSUMED_FOLLOWERS);
        for (field, term, more) in [
            (Field::Audience, "audience", self.audience),
            (Field::Amplifiers, "amplifiers", self.amplified),
        ] {
            if more > 0.0 {
                crowd += more;
                let wider = libm::log1p(crowd);
                sum.add(Source::Context(field), term, line(wider) - line(ln));
                ln = wider;
            }
        }
        let scale = SCALE + SCALE_FOLLOWERS * (ln.min(LN_KNEE) - LN_FITTED_FROM).max(0.0);
        if self.known { scale } else { UNKNOWN_SCALE }
    }

    fn outside_fitted_range(&self) -> bool {
        let crowd = self.followers.unwrap_or(0.0) + self.audience + self.amplified;
        self.known && !(FITTED_FROM..=FITTED_TO).contains(&crowd)
    }

    /// Further shares a share brings: the probability that a follower shares, times the mean
    /// followers of those who have shared, amplifiers among them.
    fn r0(&self, expected: f64, content: f64) -> f64 {
        let sharers = expected.max(1.0);
        let mean = (sharers * SHARER_FOLLOWERS + self.amplified) / (sharers + self.amplifiers);
        SHARE_PER_FOLLOWER * mean * (1.0 + content)
    }
}

/// The broken line in ln(1 + followers), 0 at 500.
fn line(ln: f64) -> f64 {
    FOLLOWERS_BELOW * (ln - LN_FITTED_FROM).min(0.0)
        + FOLLOWERS * (ln.min(LN_KNEE) - LN_FITTED_FROM).max(0.0)
        + FOLLOWERS_ABOVE * (ln - LN_KNEE).max(0.0)
}

/// What the post itself is worth; returns the part that would lift a resharing too.
fn content(post: &Post<'_>, text: &TextSignals, sum: &mut Sum<'_>) -> f64 {
    match post.is_reply {
        Some(true) => sum.add(Source::Context(Field::IsReply), "is_reply", IS_REPLY),
        Some(false) => {}
        // a post that opens by addressing somebody is a reply, on networks that have handles
        None => {
            let is_trimmed = post.text.as_bytes().first().is_some_and(u8::is_ascii_graphic);
            let words = if is_trimmed { &post.text } else { post.text.trim_start() };
            if words.starts_with('@') {
                let span = sum.note.is_some().then(|| {
                    let start = post.text.len() - words.len();
                    let long = words.find(char::is_whitespace).unwrap_or(words.len());
                    Span::new(start, start + long)
                });
                sum.add(span.map_or(Source::Base, Source::Text), "is_reply", IS_REPLY);
            }
        }
    }
    let before = sum.total;
    let arousal = unit(text.arousal);
    let stirred = 2.0 * (arousal - 0.5);
    if stirred > 0.0 {
        sum.add(Source::Base, "arousal_high", AROUSAL_HIGH * stirred);
    } else {
        sum.add(Source::Base, "arousal_low", AROUSAL_LOW * -stirred * unit(text.negative));
    }
    if text.moral_or_greed {
        sum.add(Source::Base, "moral", MORAL);
    }
    let media = post
        .attachments
        .iter()
        .map(|a| match a {
            Attachment::Song | Attachment::Video => CREATIVE,
            Attachment::Photo | Attachment::Screenshot => PICTURE,
        })
        .fold(0.0, f64::max);
    sum.add(Source::Context(Field::Attachments), "media", media);
    let lift = sum.total - before;
    if text.has_url {
        sum.add(Source::Base, "url", URL);
    }
    lift
}

/// `value` in [0, 1]; 0 if it is no number.
fn unit(value: f64) -> f64 {
    if value > 0.0 { value.min(1.0) } else { 0.0 }
}

/// Whether replies outrun shares: a crowd that turns on the post, not one that carries it.
fn backlash(post: &Post<'_>) -> bool {
    post.engagement.is_some_and(|e| {
        let replies = e.replies.unwrap_or(0) as f64;
        replies >= BACKLASH_REPLIES && e.reposts.is_some_and(|reposts| replies > reposts as f64)
    })
}

/// What has been counted so far.
struct Counts {
    reposts: f64,
    weight: f64,
    grown: f64,
    solid: bool,
}

impl Counts {
    fn of(post: &Post<'_>) -> Option<Self> {
        let engagement = post.engagement?;
        if engagement.reposts.is_none() && engagement.likes.is_none() {
            return None;
        }
        let reposts = engagement.reposts.unwrap_or(0) as f64;
        let weight = reposts + COUNTS_LIKE * engagement.likes.unwrap_or(0) as f64;
        let age = post.age_minutes.filter(|age| *age >= 0.0);
        // likes alone tell nothing of the shares that did not come
        let grown = engagement.reposts.map_or(0.0, |_| growth(age.unwrap_or(UNKNOWN_AGE), reposts));
        let solid = engagement.reposts.is_some() && age.is_some_and(|age| age >= 10.0);
        Some(Self { reposts, weight, grown, solid })
    }

    fn update(&self, prior: &Forecast) -> Forecast {
        let rate = (COUNTS_SHAPE + self.weight) / (COUNTS_SHAPE * exp(-prior.centre) + self.grown);
        let scale = if self.weight > 0.0 { COUNTS_SCALE } else { prior.scale };
        Forecast::new(self.reposts, libm::log((1.0 - self.grown) * rate), scale)
    }
}

/// The part of the final reposts usually reached at that age, below 1.
fn growth(age: f64, reposts: f64) -> f64 {
    let tau = GROWTH_TAU * exp(GROWTH_SLOWER * libm::log1p(reposts));
    (-libm::expm1(-libm::pow(age / tau, GROWTH_BETA))).min(0.9999)
}

/// What is counted, and the logistic of ln(1 + shares to come).
#[derive(Clone, Copy)]
struct Forecast {
    counted: f64,
    centre: f64,
    scale: f64,
    /// e^(centre / scale): the centre lies in ±60 and the scale above .4, so it is finite.
    odds: f64,
}

impl Forecast {
    fn new(counted: f64, centre: f64, scale: f64) -> Self {
        Self { counted, centre, scale, odds: exp(centre / scale) }
    }

    /// ln(1 + expected shares): s · ln(1 + e^(z/s)) is to come.
    fn raw(&self) -> f64 {
        let to_come = self.scale * libm::log(1.0 + self.odds);
        if self.counted > 0.0 { libm::log(self.counted + exp(to_come)) } else { to_come }
    }

    /// P(10 shares or more in the end) and P(100 or more).
    fn tails(&self) -> (f64, f64) {
        if self.counted == 0.0 && self.scale == UNKNOWN_SCALE {
            let tail = |threshold| self.odds / (self.odds + threshold);
            return (tail(UNKNOWN_ODDS_10), tail(UNKNOWN_ODDS_100));
        }
        (self.at_least(10.0), self.at_least(100.0))
    }

    fn at_least(&self, c: f64) -> f64 {
        if self.counted >= c {
            return 1.0;
        }
        self.odds / (self.odds + exp(libm::log(c - self.counted + 0.5) / self.scale))
    }

    /// The shares to come, at these log-odds.
    fn quantile(&self, log_odds: f64) -> f64 {
        let ln = self.centre + self.scale * log_odds;
        match LN_HALVES.iter().position(|&half| ln < half) {
            Some(shares) => shares as f64,
            None => libm::floor(exp(ln) - 0.5),
        }
    }

    /// The 90 % interval, one-sided where no more shares at all is within it.
    fn interval(&self) -> (f64, f64) {
        let low = self.quantile(-LOGIT_95);
        let high = self.quantile(if low > 0.0 { LOGIT_95 } else { LOGIT_90 });
        (self.counted + low, self.counted + high)
    }
}

#[cfg(test)]
#[path = "virality_tests.rs"]
mod tests;

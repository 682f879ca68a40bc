//! What an answer is to speak of: the reasons that the assessment found, in order of how sure it
//! is that the post is about them.

use super::catalogue::Catalogue;
use super::cues::CueKind;
use super::told::Told;
use super::words;
use crate::assessment::{Assessment, LanguageCode, Reason};
use crate::names::Set;
use crate::post::{Language, Post, Speaker};

/// Reasons by what mends them, first what leaves least doubt: who cannot log in to pay a bill
/// needs the login, who writes of a broken chair that was delivered a chair.
const ORDER: &[Reason] = &[
    Reason::SafetyPrivacy,
    Reason::TravelDisruption,
    Reason::AppAccount,
    Reason::Product,
    Reason::Delivery,
    Reason::Billing,
    Reason::Outage,
    Reason::Refund,
    Reason::Contract,
    Reason::Staff,
];

/// Reasons whose templates say things that would be absurd to anyone else, so that no word in the
/// post that speaks of them is taken as a mistake.
const ONLY_WHEN_TOLD: &[Reason] = &[Reason::TravelDisruption, Reason::Staff];

/// The reasons of a post, best first.
#[derive(Debug, Default)]
pub(super) struct Topics {
    ranked: Vec<Ranked>,
}

#[derive(Debug)]
struct Ranked {
    reason: Reason,
    /// Whether a word of the post speaks of it, and whether it leaves no doubt.
    told: bool,
    sure: bool,
    /// Whether it says what is wrong rather than how it feels: not waiting, silence, confusion.
    definite: bool,
}

impl Topics {
    pub(super) fn of(
        catalogue: &Catalogue,
        told: &Told<'_>,
        post: &Post<'_>,
        assessment: &Assessment,
    ) -> Self {
        // A text of both languages has words of both.
        let language = match assessment.language.code {
            LanguageCode::French => Some(Language::French),
            LanguageCode::English => Some(Language::English),
            _ => None,
        };
        let sure: Set<Reason> = told.about(CueKind::Told, language);
        let loose: Set<Reason> = told.about(CueKind::Issue, language);
        let place = |reason: Reason| ORDER.iter().position(|&r| r == reason);
        let spoken = |reason: Reason| {
            let definite = place(reason).is_some() && !ONLY_WHEN_TOLD.contains(&reason);
            sure.contains(reason) || (definite && loose.contains(reason))
        };
        let mut ranked: Vec<Ranked> = assessment
            .complaint
            .reasons
            .iter()
            .filter(|r| *r != Reason::Other && (sure.contains(*r) || !ONLY_WHEN_TOLD.contains(r)))
            .map(|r| Ranked {
                reason: r,
                told: spoken(r),
                sure: sure.contains(r),
                definite: place(r).is_some(),
            })
            .collect();
        if !ranked.iter().any(|r| r.sure) {
            // What was found is in no word of the post, or in a loose one: what its words leave no
            // doubt of goes first, else what the thread began with.
            let mut instead = sure;
            if instead.is_empty() && !ranked.iter().any(|r| r.told) {
                for turn in post.thread.iter().filter(|t| t.by == Speaker::Customer) {
                    let before = Told::by(&words::scan(&turn.text), catalogue);
                    let before: Set<Reason> = before.about(CueKind::Told, language);
                    before.iter().for_each(|reason| instead.insert(reason));
                }
            }
            ranked.retain(|r| !instead.contains(r.reason));
            ranked.extend(instead.iter().map(|reason| Ranked {
                reason,
                told: true,
                sure: true,
                definite: place(reason).is_some(),
            }));
        }
        ranked.sort_by_key(|r| {
            let rank = place(r.reason).unwrap_or(ORDER.len());
            (!(r.told && r.definite), !r.told, !r.sure, rank)
        });
        Self { ranked }
    }

    /// The reasons as a set.
    pub(super) fn reasons(&self) -> Set<Reason> {
        self.ranked.iter().map(|r| r.reason).collect()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ranked.is_empty()
    }

    /// Whether words of the post, or of the thread, speak of one.
    pub(super) fn is_told(&self) -> bool {
        self.ranked.iter().any(|r| r.told)
    }

    /// How much a template for `reason` speaks to the post, in [0, 1].
    pub(super) fn weight(&self, reason: Reason) -> f64 {
        match self.ranked.iter().position(|r| r.reason == reason) {
            None => 0.0,
            // No word speaks of it: what suits any reason is the safer answer to who asks again.
            Some(0) => {
                if self.ranked[0].told {
                    1.0
                } else {
                    0.25
                }
            }
            Some(at) => {
                let (first, this) = (&self.ranked[0], &self.ranked[at]);
                // Behind a definite reason, waiting and silence are what came of it.
                if (first.told && !this.told) || (first.definite && !this.definite) {
                    0.35
                } else {
                    0.65
                }
            }
        }
    }

    /// The reasons to name, at most `most`, those in `preferred` first. What no word tells is not
    /// named: better "the problem you describe" than one that nobody spoke of.
    pub(super) fn named(&self, preferred: Set<Reason>, most: usize) -> Vec<Reason> {
        let mut out: Vec<&Ranked> = self.ranked.iter().filter(|r| r.told).collect();
        out.sort_by_key(|r| !preferred.contains(r.reason));
        // A second one is named if it is as definite as the first.
        let second = out.iter().skip(1).copied().filter(|r| r.definite);
        out.first().copied().into_iter().chain(second).map(|r| r.reason).take(most).collect()
    }
}

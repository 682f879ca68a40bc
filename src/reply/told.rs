//! What the words of a text tell by the rules: looked up once, asked often.

use super::catalogue::Catalogue;
use super::cues::CueKind;
use super::patterns::{Hit, Tells};
use super::words::Word;
use crate::names::{Named, Set};
use crate::post::Language;

/// The cues of a text, in order.
#[derive(Debug)]
pub(super) struct Told<'r> {
    cues: Vec<(CueKind, Hit<'r>)>,
}

impl<'r> Told<'r> {
    pub(super) fn by(words: &[Word], catalogue: &'r Catalogue) -> Self {
        Self::of_hits(&catalogue.rules().find(words))
    }

    /// The cues among what matched.
    pub(super) fn of_hits(hits: &[Hit<'r>]) -> Self {
        let cues = hits.iter().filter_map(|&hit| match hit.rule.tells {
            Tells::Cue(kind) => Some((kind, hit)),
            Tells::Fault(..) => None,
        });
        Self { cues: cues.collect() }
    }

    /// The kinds of all cues.
    pub(super) fn kinds(&self) -> impl Iterator<Item = CueKind> {
        self.cues.iter().map(|(kind, _)| *kind)
    }

    /// The cues of a kind that count in a language; `None`: in either.
    fn of(&self, kind: CueKind, language: Option<Language>) -> impl Iterator<Item = &Hit<'r>> {
        let counts = move |hit: &Hit<'_>| {
            hit.rule.language.is_none_or(|of| language.is_none_or(|language| of == language))
        };
        self.cues.iter().filter(move |(k, hit)| *k == kind && counts(hit)).map(|(_, hit)| hit)
    }

    /// Whether there is a cue of that kind.
    pub(super) fn is(&self, kind: CueKind, language: Option<Language>) -> bool {
        self.of(kind, language).next().is_some()
    }

    /// What the cues of that kind are about.
    pub(super) fn about<T: Named>(&self, kind: CueKind, language: Option<Language>) -> Set<T> {
        self.of(kind, language).filter_map(|hit| T::from_name(&hit.rule.about)).collect()
    }

    /// How many function words of French, of English and of other languages there are.
    pub(super) fn languages(&self) -> (usize, usize, usize) {
        let (mut french, mut english, mut other) = (0, 0, 0);
        for hit in self.of(CueKind::Language, None) {
            match hit.rule.language {
                _ if hit.rule.about == "other" => other += 1,
                Some(Language::French) => french += 1,
                Some(Language::English) => english += 1,
                None => {}
            }
        }
        (french, english, other)
    }

    /// How often the text says tu and vous.
    pub(super) fn registers(&self) -> (usize, usize) {
        let count = |about: &str| {
            let hits = self.of(CueKind::Register, Some(Language::French));
            hits.filter(|hit| hit.rule.about == about).count()
        };
        (count("tu"), count("vous"))
    }
}

//! The words behind every number.

use super::heads::Heads;
use crate::assessment::{Evidence, EvidenceKind, Head, HeadScore, Source};
use crate::lexicon::entry::{HEADS, LANGUAGE_HEAD, Special};
use crate::lexicon::index::Index;
use crate::reading::Reading;
use crate::reading::features::{Feature, What};
use crate::text::Span;

/// In how many bytes a term quotes the text. Each part of a compound quotes the whole, so that what
/// is told of a megabyte of hyphens would else be that many megabytes.
const LONGEST_QUOTE: usize = 120;

/// The words of a span in lower case, cut where they are longer than any that are read.
fn quote(span: Span, text: &str) -> String {
    let whole = span.of(text);
    if whole.len() <= LONGEST_QUOTE {
        return whole.to_lowercase();
    }
    let end = (0..=LONGEST_QUOTE).rev().find(|&at| whole.is_char_boundary(at)).unwrap_or(0);
    whole[..end].to_lowercase() + "…"
}

/// Evidence for all heads that the learned lexicon sums, in order of the heads, then of the text.
pub(crate) fn explain(
    index: &Index,
    reading: &Reading,
    heads: &Heads,
    text: &str,
) -> (Vec<HeadScore>, Vec<Evidence>) {
    let mut scores = Vec::new();
    let mut evidence: Vec<(usize, Evidence)> = Vec::new();
    for (at, name) in HEADS.iter().enumerate() {
        let Some(head) = Head::from_name(name) else { continue };
        if at == LANGUAGE_HEAD {
            scores.push(HeadScore { head, raw: reading.shape.language_votes as f64 / 1000.0 });
            continue;
        }
        scores.push(HeadScore { head, raw: heads.raw[at] });
        let weight = index.bases(reading.tongue)[at];
        let (source, kind) = (Source::Base, EvidenceKind::Base);
        evidence.push((at, Evidence { head, source, kind, term: "base".into(), weight }));
    }
    for feature in &heads.features {
        let (source, kind, term) = describe(reading, feature, text);
        for (at, weight) in heads.contributions(index, feature) {
            let Some(head) = Head::from_name(HEADS[at]) else { continue };
            if weight != 0.0 {
                let term = term.clone();
                evidence.push((at, Evidence { head, source, kind, term, weight }));
            }
        }
    }
    for lexeme in reading.lexemes.iter().filter(|l| l.language != 0) {
        let span = Span::new(lexeme.start, lexeme.end);
        let term = quote(span, text);
        let weight = f64::from(lexeme.language) / 1000.0;
        let (source, kind) = (Source::Text(span), EvidenceKind::Learned);
        let head = Head::Language;
        evidence.push((LANGUAGE_HEAD, Evidence { head, source, kind, term, weight }));
    }
    // Stable: within a head the order of the text stays.
    evidence.sort_by_key(|(at, _)| *at);
    (scores, evidence.into_iter().map(|(_, e)| e).collect())
}

fn describe(reading: &Reading, feature: &Feature, text: &str) -> (Source, EvidenceKind, String) {
    let words = &reading.lexemes[feature.first as usize..feature.last as usize];
    let span = words.first().map(|first| {
        let end = words.iter().map(|w| w.end).max().unwrap_or(first.end);
        Span::new(first.start, end)
    });
    let source = span.map_or(Source::Base, Source::Text);
    let said = span.map_or_else(String::new, |span| quote(span, text));
    let (kind, term) = match feature.what {
        What::Word | What::Pair => (EvidenceKind::Learned, said),
        What::Negated => (EvidenceKind::Learned, format!("not:{said}")),
        What::Sum(sum) => (EvidenceKind::Valence, format!("{} {said}", Special::Sum(sum).term())),
        What::Special(special) => {
            let kind = match special {
                Special::Cue(_) | Special::CueAgain(_) => EvidenceKind::Cue,
                Special::Shape(_) | Special::Shapes(_) => EvidenceKind::Shape,
                Special::Sum(_) => EvidenceKind::Valence,
                Special::Base => EvidenceKind::Base,
            };
            (kind, special.term())
        }
    };
    (source, kind, term)
}

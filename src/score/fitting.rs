//! The features of a reading by name: what the learned lexicon is fitted on.

use super::heads::scale;
use crate::lexicon::entry::{Special, fold_hash, hash_term};
use crate::lexicon::index::Index;
use crate::reading::features::{Feature, Seen, Take, What, put_in_order};
use crate::reading::{Lexeme, Reading, Scope};
use crate::text::fold::{collapse_into, fold};

/// Hands the name and value of every feature to `take`, words in no lexicon included.
pub(crate) fn fitting_features(
    index: &Index,
    reading: &Reading,
    text: &str,
    take: &mut dyn FnMut(&str, f64),
) {
    let mut found = All(Vec::new());
    let different = reading.features(index, &mut Seen::default(), &mut found);
    put_in_order(&mut found.0);
    let scale = scale(different);
    for feature in found.0 {
        let word = |at: u32| name(index, &reading.lexemes[at as usize], text);
        let label = match feature.what {
            What::Word => word(feature.first),
            What::Negated => format!("not:{}", word(feature.first)),
            What::Pair => format!("{} {}", word(feature.first), word(feature.first + 1)),
            What::Sum(sum) => Special::Sum(sum).term(),
            What::Special(special) => special.term(),
        };
        // A name of several words is one to the reading, and decides nothing.
        let words = if feature.what == What::Pair { 2 } else { 1 };
        if label.split(' ').count() > words {
            continue;
        }
        let value = f64::from(feature.value) / 100.0;
        take(&label, if feature.is_scaled() { value * scale } else { value });
    }
}

/// Takes every feature, rows or none.
struct All(Vec<Feature>);

impl Take for All {
    const ALL: bool = true;

    fn take(&mut self, feature: Feature, is: bool) {
        if is {
            self.0.push(feature);
        }
    }
}

/// The word a lexeme stands for: the lexicon's spelling, or its own where it has none there.
fn name(index: &Index, lexeme: &Lexeme, text: &str) -> String {
    let known = index.text(lexeme.term);
    if lexeme.term != 0 && !known.is_empty() {
        return known.to_owned();
    }
    let mut folded = Vec::new();
    let said = fold(text.get(lexeme.start..lexeme.end).unwrap_or(""));
    let hash = |word: &str| fold_hash(hash_term(word.as_bytes()));
    // A part of a compound or hashtag has the span of the whole, but a hash of its own.
    let is_turned = lexeme.scope & Scope::TURNED != 0;
    let own = if is_turned { !lexeme.hash } else { lexeme.hash };
    let parts = said.split(['-', '_', '#']).find(|part| hash(part) == own);
    collapse_into(&mut folded, parts.unwrap_or(&said), 2);
    String::from_utf8(folded).unwrap_or_default()
}

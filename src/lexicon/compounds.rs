//! Compounds with a hyphen that some row names.
//!
//! What no row names is split where it stands in a post: `half-cooked` meets the rows of `half cooked`.
//! What a row names is one word, and would miss all rows that write it as two. So these rows are
//! added for the compound too.
//!
//! Shared with the build script.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::{Learned, learned_term};
use super::pattern::{Grammar, Slot};
use super::tsv::{Kind, Row};

/// The parts of the compounds, by the first of them.
#[derive(Debug, Default)]
pub(super) struct Compounds {
    parts: BTreeMap<String, BTreeSet<Vec<String>>>,
}

impl Compounds {
    /// Notes the compounds a row names. What is wrong with the row is told where it is added.
    pub(super) fn note(&mut self, row: &Row<'_>, grammar: &Grammar) {
        if !row.term.contains('-') {
            return;
        }
        match row.kind {
            Kind::Weights => match learned_term(row.term) {
                Ok(Learned::Word(word)) => self.insert(&grammar.key(word)),
                Ok(Learned::Pair(first, second)) => {
                    [first, second].iter().for_each(|word| self.insert(&grammar.key(word)));
                }
                _ => {}
            },
            Kind::Norm => self.insert(&grammar.key(row.term)),
            _ => {
                for slot in grammar.parse(row.term).into_iter().flatten().flatten() {
                    if let Slot::Words(words) = slot {
                        words.iter().for_each(|word| self.insert(word));
                    }
                }
            }
        }
    }

    fn insert(&mut self, word: &str) {
        let mut parts = word.split('-').map(str::to_owned);
        let Some(first) = parts.next() else { return };
        let rest: Vec<_> = parts.collect();
        if !first.is_empty() && !rest.is_empty() && rest.iter().all(|part| !part.is_empty()) {
            self.parts.entry(first).or_default().insert(rest);
        }
    }

    /// The pattern with words that a compound joins as one, wherever there are such.
    pub(super) fn joined(&self, pattern: &[Slot]) -> Vec<Vec<Slot>> {
        let mut joined = Vec::new();
        for (at, slot) in pattern.iter().enumerate().take(pattern.len().saturating_sub(1)) {
            let Slot::Words(firsts) = slot else { continue };
            // By how many slots they take.
            let mut compounds: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
            for first in firsts {
                for rest in self.parts.get(first).into_iter().flatten() {
                    let slots = pattern[at + 1..].iter();
                    let is_there = rest.len() < pattern.len() - at
                        && rest.iter().zip(slots).all(
                            |(part, slot)| matches!(slot, Slot::Words(words) if words.contains(part)),
                        );
                    if is_there {
                        let compound = format!("{first}-{}", rest.join("-"));
                        compounds.entry(1 + rest.len()).or_default().insert(compound);
                    }
                }
            }
            for (slots, words) in compounds {
                let (before, after) = (&pattern[..at], &pattern[at + slots..]);
                joined.push([before, &[Slot::Words(words)], after].concat());
            }
        }
        joined
    }
}

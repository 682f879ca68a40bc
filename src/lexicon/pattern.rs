//! The pattern language of lexicon terms: alternatives, inflections, lists, gaps, optional slots.
//!
//! Shared with the build script.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::CLASSES;
use crate::text::fold::{fold, fold_keep_accents_into};

/// How many slots a term may have, so that matching stays bounded.
pub(crate) const MOST_SLOTS: usize = 10;
/// How many gaps a term may have.
pub(crate) const MOST_GAPS: usize = 2;
/// How many tokens a gap may skip.
pub(crate) const GAP_TOKENS: usize = 4;
/// How many words a slot may stand for.
pub(crate) const MOST_ALTERNATIVES: usize = 4096;

/// How many bytes of a word are looked at as an enclitic, so that a word of hyphens costs no more.
const LONGEST_ENCLITIC: usize = 64;

/// One place of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slot {
    /// Any of these folded words.
    Words(BTreeSet<String>),
    /// Up to [`GAP_TOKENS`] tokens of any kind.
    Gap,
}

impl Slot {
    /// How many words it stands for.
    pub(crate) fn words(&self) -> usize {
        match self {
            Self::Words(words) => words.len(),
            Self::Gap => 0,
        }
    }
}

/// A way to inflect a word: what to take off and what to put there.
#[derive(Clone, Debug)]
pub(crate) struct Paradigm {
    pub(crate) strip: String,
    pub(crate) endings: Vec<String>,
}

/// What patterns may refer to, for one language.
#[derive(Debug, Default)]
pub(crate) struct Grammar {
    pub(crate) paradigms: BTreeMap<String, Paradigm>,
    pub(crate) lists: BTreeMap<String, Vec<String>>,
    pub(crate) proclitics: BTreeSet<String>,
    pub(crate) enclitics: BTreeSet<String>,
    pub(crate) whole: BTreeSet<String>,
    /// Accented words that keep their accents when folded.
    pub(crate) homographs: BTreeSet<String>,
}

impl Grammar {
    /// The form a word is looked up by.
    pub(crate) fn key(&self, word: &str) -> String {
        let exact = exact(word);
        if self.homographs.contains(&exact) { exact } else { fold(word) }
    }

    /// The words a term as written splits into, as the tokenizer of posts splits them.
    pub(crate) fn split<'w>(&self, word: &'w str) -> Vec<&'w str> {
        let mut pieces = Vec::new();
        let mut rest = word;
        // What has more pieces than slots is refused; no use in splitting on.
        while pieces.len() <= MOST_SLOTS {
            let folded = fold(rest);
            if self.whole.contains(&folded) || rest.starts_with('#') {
                break;
            }
            let cut = rest.find('\'').map(|at| at + 1);
            match cut {
                Some(cut) if cut < rest.len() && self.proclitics.contains(&fold(&rest[..cut])) => {
                    pieces.push(&rest[..cut]);
                    rest = &rest[cut..];
                }
                _ => break,
            }
        }
        let enclitic = (!self.whole.contains(&fold(rest)))
            .then(|| {
                rest.match_indices('-')
                    .map(|(at, _)| at)
                    .filter(|at| rest.len() - at <= LONGEST_ENCLITIC)
                    .find(|&at| at > 0 && self.enclitics.contains(&fold(&rest[at..])))
            })
            .flatten();
        match enclitic {
            Some(at) => pieces.extend([&rest[..at], &rest[at..]]),
            None => pieces.push(rest),
        }
        pieces
    }

    /// All forms of `word~paradigm`, or the word alone.
    fn forms(&self, alternative: &str, into: &mut BTreeSet<String>) -> Result<(), String> {
        let Some((word, name)) = alternative.split_once('~') else {
            into.insert(self.key(alternative));
            return Ok(());
        };
        let paradigm =
            self.paradigms.get(name).ok_or_else(|| format!("no paradigm `{name}` for `{word}`"))?;
        into.insert(self.key(word));
        let stem = word.strip_suffix(paradigm.strip.as_str()).ok_or_else(|| {
            format!("`{word}` does not end in `{}` as `{name}` asks", paradigm.strip)
        })?;
        for ending in &paradigm.endings {
            into.insert(self.key(&format!("{stem}{ending}")));
        }
        Ok(())
    }

    /// The patterns a term stands for: one, or more where slots are optional.
    pub(crate) fn parse(&self, term: &str) -> Result<Vec<Vec<Slot>>, String> {
        if is_sign(term) {
            return Ok(vec![vec![Slot::Words(BTreeSet::from([fold(term)]))]]);
        }
        let mut patterns: Vec<Vec<Slot>> = vec![Vec::new()];
        for written in term.split(' ') {
            if written.is_empty() {
                return Err("two spaces, or one at an end".into());
            }
            let (written, optional) =
                match written.strip_prefix('(').and_then(|w| w.strip_suffix(')')) {
                    Some(inner) if !inner.is_empty() && inner.chars().any(char::is_alphabetic) => {
                        (inner, true)
                    }
                    _ => (written, false),
                };
            let slots = self.slots(written)?;
            let mut grown = if optional { patterns.clone() } else { Vec::new() };
            for mut pattern in patterns {
                pattern.extend(slots.iter().cloned());
                grown.push(pattern);
            }
            patterns = grown;
            if patterns.len() > 16 {
                return Err("too many optional slots; at most 4".into());
            }
        }
        for pattern in &patterns {
            if pattern.is_empty() {
                return Err("every slot is optional".into());
            }
            if pattern.len() > MOST_SLOTS {
                return Err(format!("{} slots; at most {MOST_SLOTS}", pattern.len()));
            }
            let gaps = pattern.iter().filter(|slot| **slot == Slot::Gap).count();
            if gaps > MOST_GAPS {
                return Err(format!("{gaps} gaps; at most {MOST_GAPS}"));
            }
            if pattern.first() == Some(&Slot::Gap) || pattern.last() == Some(&Slot::Gap) {
                return Err("a gap stands at an end".into());
            }
        }
        Ok(patterns)
    }

    fn slots(&self, written: &str) -> Result<Vec<Slot>, String> {
        if written == "…" {
            return Ok(vec![Slot::Gap]);
        }
        if CLASSES.contains(&written) || !written.chars().any(char::is_alphanumeric) {
            return Ok(vec![Slot::Words(BTreeSet::from([written.to_owned()]))]);
        }
        if !written.contains(['|', '~', '[', '<']) {
            let words = self.split(written);
            return Ok(words
                .into_iter()
                .map(|word| Slot::Words(BTreeSet::from([self.key(word)])))
                .collect());
        }
        let mut words = BTreeSet::new();
        // `n'hésiterai|hésiterais`: what the first is elided with stands before all of them.
        let elided = self.elision(written);
        for alternative in written.split('|') {
            if alternative.is_empty() {
                return Err(format!("an empty alternative in `{written}`"));
            }
            let alternative = match elided {
                Some(clitic) => alternative.strip_prefix(clitic).unwrap_or(alternative),
                None => alternative,
            };
            if let Some(name) = alternative.strip_prefix('[').and_then(|a| a.strip_suffix(']')) {
                let list =
                    self.lists.get(name).ok_or_else(|| format!("no list of words `{name}`"))?;
                for word in list {
                    self.forms(word, &mut words)?;
                }
            } else if CLASSES.contains(&alternative) {
                words.insert(alternative.to_owned());
            } else {
                self.forms(alternative, &mut words)?;
            }
        }
        if words.len() > MOST_ALTERNATIVES {
            return Err(format!("{} words in one slot; at most {MOST_ALTERNATIVES}", words.len()));
        }
        let clitic = elided.map(|clitic| Slot::Words(BTreeSet::from([self.key(clitic)])));
        Ok(clitic.into_iter().chain([Slot::Words(words)]).collect())
    }

    /// The clitic that the first of several alternatives begins with, if more than that.
    fn elision<'w>(&self, written: &'w str) -> Option<&'w str> {
        let first = written.split('|').next()?;
        let (clitic, word) = first.split_at(first.find('\'')? + 1);
        let splits = !word.is_empty()
            && !self.whole.contains(&fold(first))
            && self.proclitics.contains(&fold(clitic));
        splits.then_some(clitic)
    }
}

/// A word in lower case with its accents.
pub(crate) fn exact(word: &str) -> String {
    let mut out = Vec::new();
    fold_keep_accents_into(&mut out, word);
    String::from_utf8(out).unwrap_or_default()
}

/// Whether a term is an emoticon or the like, whose marks are no syntax: `:|`, `(~_~)`. Several
/// signs (`★ ★ ☆`) and fractions (`4/5|5/5`) are patterns.
fn is_sign(term: &str) -> bool {
    let is_fraction = |a: &str| {
        a.starts_with(|c: char| c.is_ascii_digit()) && a.ends_with(|c: char| c.is_ascii_digit())
    };
    if term.contains(' ') || term.split('|').all(is_fraction) {
        return false;
    }
    let letters = |c: char| c.is_alphanumeric() || c == '\'';
    let words = term.split(|c: char| !letters(c)).filter(|word| !word.is_empty());
    let starts_as_word = term.starts_with(|c: char| letters(c) || "#@<(".contains(c));
    !starts_as_word && !term.starts_with('…')
        || words.clone().all(|word| word.chars().count() < 2)
            && term.contains(['|', '(', '_', '/', '\\'])
            && !term.split('|').all(|a| !a.is_empty() && a.chars().all(letters))
}

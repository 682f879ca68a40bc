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

/// How many slots of a term may be optional.
const MOST_OPTIONAL: usize = 4;
/// How many patterns a term may stand for.
const MOST_PATTERNS: usize = 48;

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
    fn forms(&self, word: &str, paradigm: Option<&str>) -> Result<BTreeSet<String>, String> {
        let mut forms = BTreeSet::from([self.key(word)]);
        let Some(name) = paradigm else {
            return Ok(forms);
        };
        let paradigm =
            self.paradigms.get(name).ok_or_else(|| format!("no paradigm `{name}` for `{word}`"))?;
        let stem = word.strip_suffix(paradigm.strip.as_str()).ok_or_else(|| {
            format!("`{word}` does not end in `{}` as `{name}` asks", paradigm.strip)
        })?;
        forms.extend(paradigm.endings.iter().map(|ending| self.key(&format!("{stem}{ending}"))));
        Ok(forms)
    }

    /// The patterns a term stands for: one, or more where slots are optional or of several words.
    pub(crate) fn parse(&self, term: &str) -> Result<Vec<Vec<Slot>>, String> {
        if is_sign(term) {
            return Ok(vec![vec![Slot::Words(BTreeSet::from([fold(term)]))]]);
        }
        let mut patterns: Vec<Vec<Slot>> = vec![Vec::new()];
        let mut optional_slots = 0;
        let mut rest = Some(term);
        while let Some(term) = rest {
            let (written, optional);
            (written, optional, rest) = next_slot(term)?;
            if written.is_empty() {
                return Err("two spaces, or one at an end".into());
            }
            optional_slots += usize::from(optional);
            if optional_slots > MOST_OPTIONAL {
                return Err(format!("too many optional slots; at most {MOST_OPTIONAL}"));
            }
            let readings = self.readings(written)?;
            let mut grown = if optional { patterns.clone() } else { Vec::new() };
            for pattern in &patterns {
                grown.extend(readings.iter().map(|slots| [&pattern[..], &slots[..]].concat()));
            }
            grown.sort();
            grown.dedup();
            if grown.len() > MOST_PATTERNS {
                return Err(format!(
                    "optional slots and alternatives of several words make over {MOST_PATTERNS} patterns"
                ));
            }
            patterns = grown;
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

    /// The ways to read one slot as written. There are several where alternatives are elided or, in
    /// parentheses, of several words: `à|d'un` is one place, or two.
    fn readings(&self, written: &str) -> Result<Vec<Vec<Slot>>, String> {
        if written == "…" {
            return Ok(vec![vec![Slot::Gap]]);
        }
        if CLASSES.contains(&written) || !written.chars().any(char::is_alphanumeric) {
            return Ok(vec![vec![Slot::Words(BTreeSet::from([written.to_owned()]))]]);
        }
        // The words of the last place, by the words that stand before it.
        let mut readings: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
        for alternative in written.split('|') {
            if alternative.is_empty() {
                return Err(format!("an empty alternative in `{written}`"));
            }
            if CLASSES.contains(&alternative) {
                readings.entry(Vec::new()).or_default().insert(alternative.to_owned());
                continue;
            }
            let one = [alternative.to_owned()];
            let listed = alternative.strip_prefix('[').and_then(|a| a.strip_suffix(']'));
            let phrases = match listed {
                Some(name) => {
                    self.lists.get(name).ok_or_else(|| format!("no list of words `{name}`"))?
                }
                None => &one[..],
            };
            for phrase in phrases {
                let (phrase, paradigm) = match phrase.split_once('~') {
                    Some((phrase, name)) => (phrase, Some(name)),
                    None => (phrase.as_str(), None),
                };
                if phrase.split(' ').any(|word| word.is_empty() || word == "…") {
                    return Err(format!("a gap or two spaces inside `({written})`"));
                }
                let mut words: Vec<&str> =
                    phrase.split(' ').flat_map(|word| self.split(word)).collect();
                let last = words.pop().unwrap_or(phrase);
                let before = words.into_iter().map(|word| self.key(word)).collect();
                readings.entry(before).or_default().extend(self.forms(last, paradigm)?);
            }
        }
        let count: usize = readings.values().map(BTreeSet::len).sum();
        if count > MOST_ALTERNATIVES {
            return Err(format!("{count} words in one slot; at most {MOST_ALTERNATIVES}"));
        }
        Ok(readings
            .into_iter()
            .map(|(before, last)| {
                let before = before.into_iter().map(|word| Slot::Words(BTreeSet::from([word])));
                before.chain([Slot::Words(last)]).collect()
            })
            .collect())
    }
}

/// The first slot of a term as written, whether it is optional, and what follows.
fn next_slot(term: &str) -> Result<(&str, bool, Option<&str>), String> {
    let opens = term
        .strip_prefix('(')
        .filter(|inner| inner.starts_with(|c: char| c.is_alphanumeric() || "<[".contains(c)));
    if let Some(inner) = opens {
        let (inner, rest) = match (inner.split_once(") "), inner.strip_suffix(')')) {
            (Some((inner, rest)), _) => (inner, Some(rest)),
            (None, Some(inner)) => (inner, None),
            (None, None) => return Err(format!("`(` is not closed in `{term}`")),
        };
        return Ok((inner, true, rest));
    }
    Ok(match term.split_once(' ') {
        Some((slot, rest)) => (slot, false, Some(rest)),
        None => (term, false, None),
    })
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

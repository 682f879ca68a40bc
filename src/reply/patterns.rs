//! Review rules: terms and what they tell, matched over the words of a draft.

use std::collections::HashMap;

use super::cues::CueKind;
use super::names::{FindingKind, FindingSeverity};
use super::reader::ReadError;
use super::words::{self, Word};
use crate::names::Named;
use crate::post::Language;

/// The most words a gap `…` may span.
const GAP: usize = 5;

/// Shapes a term may name beside words.
const SHAPES: &[&str] = &["#card", "#iban", "#phone", "#email", "#number"];

/// What a rule tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tells {
    /// A fault in the draft.
    Fault(FindingKind, FindingSeverity),
    /// Something the checks are made of.
    Cue(CueKind),
}

/// One row of `review.tsv`.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) tells: Tells,
    /// `None`: both languages.
    pub(super) language: Option<Language>,
    pub(super) term: String,
    pub(super) why: String,
    pub(super) fix: String,
    /// What a cue is about: `cue.issue.delivery` has `delivery`.
    pub(super) about: String,
    variants: Vec<Vec<Step>>,
}

/// One word of a term, with the gap allowed before it.
#[derive(Clone, Debug)]
struct Step {
    gap: bool,
    /// `(word, whether more letters may follow)`
    any: Vec<(String, bool)>,
}

impl Step {
    fn takes(&self, word: &str) -> bool {
        self.any
            .iter()
            .any(|(w, open)| if *open { word.starts_with(w.as_str()) } else { word == w })
    }
}

/// Where a rule matched: indices of words, the end exclusive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit<'r> {
    pub(super) rule: &'r Rule,
    pub(super) first: usize,
    pub(super) end: usize,
}

/// All rules, found by the first word of their terms.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    rules: Vec<Rule>,
    whole: HashMap<String, Vec<usize>>,
    /// By the first two letters of an open first word.
    open: HashMap<String, Vec<usize>>,
    /// Rows without a term, `*`.
    general: Vec<usize>,
}

fn head(word: &str) -> &str {
    word.char_indices().nth(2).map_or(word, |(i, _)| &word[..i])
}

impl Rules {
    /// Rules from the cells of a table; errors name line and column.
    pub(super) fn new(rows: Vec<(usize, Vec<&str>)>) -> Result<Self, ReadError> {
        Self::default().extended(rows)
    }

    /// These rules and those of `rows`, which take the place of rules of the same term, kind and
    /// language, or take them away.
    pub(super) fn extended(&self, rows: Vec<(usize, Vec<&str>)>) -> Result<Self, ReadError> {
        let mut rules = self.rules.clone();
        let mut places: HashMap<(String, String, Option<Language>), usize> =
            rules.iter().enumerate().map(|(i, r)| (r.key(), i)).collect();
        let mut gone = vec![false; rules.len()];
        for (line, cells) in rows {
            let (rule, off) = Rule::read(line, &cells)?;
            let place = places.get(&rule.key()).copied();
            match place {
                Some(place) => {
                    gone[place] = off;
                    rules[place] = rule;
                }
                None => {
                    places.insert(rule.key(), rules.len());
                    rules.push(rule);
                    gone.push(off);
                }
            }
        }
        let mut keep = gone.iter().map(|gone| !gone);
        rules.retain(|_| keep.next().unwrap_or(true));
        let mut out = Self { rules, ..Self::default() };
        for (i, rule) in out.rules.iter().enumerate() {
            if rule.variants.is_empty() {
                out.general.push(i);
            }
            for (word, open) in
                rule.variants.iter().flat_map(|v| v.iter().take(1)).flat_map(|s| &s.any)
            {
                let table = if *open { &mut out.open } else { &mut out.whole };
                let key = if *open { head(word) } else { word };
                let places = table.entry(key.to_owned()).or_default();
                if places.last() != Some(&i) {
                    places.push(i);
                }
            }
        }
        Ok(out)
    }

    /// The row `*` of a kind: what is said, and how gravely, by the checks no term can make.
    pub(super) fn general(
        &self,
        kind: FindingKind,
        language: Language,
    ) -> Option<(&Rule, FindingSeverity)> {
        self.general.iter().find_map(|&i| {
            let rule = self.rules.get(i)?;
            match rule.tells {
                Tells::Fault(k, severity)
                    if k == kind && rule.language.is_none_or(|l| l == language) =>
                {
                    Some((rule, severity))
                }
                _ => None,
            }
        })
    }

    /// How many rules there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.rules.len()
    }

    /// Everything that matches, in either language, in order of the text, each rule at most once a
    /// place.
    pub(super) fn find<'r>(&'r self, words: &[Word]) -> Vec<Hit<'r>> {
        let mut hits = Vec::new();
        for first in 0..words.len() {
            let word = words[first].text.as_str();
            let whole = self.whole.get(word).into_iter().flatten();
            let open = self.open.get(head(word)).into_iter().flatten();
            for &i in whole.chain(open) {
                let rule = &self.rules[i];
                let end = rule.variants.iter().find_map(|steps| follow(steps, words, first));
                if let Some(end) = end {
                    hits.push(Hit { rule, first, end });
                }
            }
        }
        hits
    }
}

/// The word after the last of a match that begins at `at`.
fn follow(steps: &[Step], words: &[Word], at: usize) -> Option<usize> {
    let (step, rest) = steps.split_first()?;
    if !words.get(at).is_some_and(|w| step.takes(&w.text)) {
        return None;
    }
    let Some(next) = rest.first() else { return Some(at + 1) };
    let reach = if next.gap { GAP } else { 0 };
    for place in at + 1..=at + 1 + reach {
        // No match runs over the end of a sentence.
        if words.get(place - 1).is_none_or(|w| w.ends_sentence) {
            return None;
        }
        if let Some(end) = follow(rest, words, place) {
            return Some(end);
        }
    }
    None
}

impl Rule {
    fn key(&self) -> (String, String, Option<Language>) {
        let kind = match self.tells {
            Tells::Fault(kind, _) => kind.as_str().to_owned(),
            Tells::Cue(kind) => format!("{kind}.{}", self.about),
        };
        (self.term.clone(), kind, self.language)
    }

    fn read(line: usize, cells: &[&str]) -> Result<(Self, bool), ReadError> {
        let error = |column: usize, message: String| ReadError { line, column, message };
        let &[term, kind, language, severity, why, fix] = cells else {
            return Err(error(cells.len(), "expected six cells".into()));
        };
        let language = match language {
            "any" => None,
            other => Some(Language::from_name(other).ok_or_else(|| {
                error(3, format!("unknown language `{other}`; expected fr, en or any"))
            })?),
        };
        let off = severity == "off";
        let mut about = String::new();
        let tells = if let Some(cue) = kind.strip_prefix("cue.") {
            let (name, rest) = cue.split_once('.').unwrap_or((cue, ""));
            rest.clone_into(&mut about);
            let kind = CueKind::from_name(name)
                .ok_or_else(|| error(2, unknown::<CueKind>("cue", name)))?;
            Tells::Cue(kind)
        } else {
            let kind = FindingKind::from_name(kind)
                .ok_or_else(|| error(2, unknown::<FindingKind>("kind", kind)))?;
            let severity = if off { "low" } else { severity };
            let severity = FindingSeverity::from_name(severity).ok_or_else(|| {
                error(
                    4,
                    format!("unknown severity `{severity}`; expected low, medium, high or off"),
                )
            })?;
            Tells::Fault(kind, severity)
        };
        let variants = if term == "*" { Ok(Vec::new()) } else { steps(term) };
        let variants = variants.map_err(|message| error(1, message))?;
        let rule = Self {
            tells,
            language,
            term: term.to_owned(),
            why: why.to_owned(),
            fix: fix.to_owned(),
            about,
            variants,
        };
        Ok((rule, off))
    }
}

fn unknown<T: Named>(what: &str, name: &str) -> String {
    let known: Vec<&str> = T::ALL.iter().map(|t| t.as_str()).collect();
    format!("unknown {what} `{name}`; expected one of {}", known.join(", "))
}

/// The steps of a term: words apart by spaces, `a|b` for either, `excus*` for any ending, `…` for
/// up to five words of the same sentence. Alternatives of different numbers of words (`i|we'll`)
/// make as many variants.
fn steps(term: &str) -> Result<Vec<Vec<Step>>, String> {
    let mut variants: Vec<Vec<Step>> = vec![Vec::new()];
    let mut gap = false;
    let mut gaps = 0;
    for part in term.split_whitespace() {
        if part == "…" {
            gap = true;
            gaps += 1;
            continue;
        }
        // Alternatives by their number of words.
        let mut groups: Vec<Vec<Step>> = Vec::new();
        for alternative in part.split('|') {
            if SHAPES.contains(&alternative) {
                let shape = (alternative.to_owned(), false);
                match groups.iter_mut().find(|g| g.len() == 1) {
                    Some(group) => group[0].any.push(shape),
                    None => groups.push(vec![Step { gap, any: vec![shape] }]),
                }
                continue;
            }
            let open = alternative.ends_with('*');
            let found = words::scan(alternative.trim_end_matches('*'));
            let last = found.len().saturating_sub(1);
            let found: Vec<_> =
                found.into_iter().enumerate().map(|(i, w)| (w.text, open && i == last)).collect();
            if found.is_empty() {
                return Err(format!("`{part}` holds no word"));
            }
            if found.iter().any(|(w, open)| *open && w.chars().count() < 2) {
                return Err(format!("`{part}`: at least two letters before `*`"));
            }
            match groups.iter_mut().find(|g| g.len() == found.len()) {
                Some(group) => {
                    for (step, word) in group.iter_mut().zip(found) {
                        step.any.push(word);
                    }
                }
                None => groups.push(
                    found
                        .into_iter()
                        .enumerate()
                        .map(|(i, word)| Step { gap: gap && i == 0, any: vec![word] })
                        .collect(),
                ),
            }
        }
        variants = variants
            .iter()
            .flat_map(|v| groups.iter().map(move |g| v.iter().chain(g).cloned().collect()))
            .collect();
        gap = false;
        if variants.len() > 8 {
            return Err(format!("`{term}` has too many variants"));
        }
    }
    if gap || gaps > 2 || variants.iter().any(|v| v.first().is_none_or(|s| s.gap)) {
        return Err(format!("`{term}` is empty, begins or ends with a gap, or has more than two"));
    }
    Ok(variants)
}

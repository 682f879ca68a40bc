//! What the shipped rows say must be able to match: a row that no post can meet is silent, and looks like knowledge.

use std::fs;
use std::path::Path;

use doleance::text::social;

/// The terms of the lexicons written as patterns, each with its place.
fn terms() -> Vec<(String, String)> {
    let mut terms = Vec::new();
    for file in ["fr/cues.tsv", "en/cues.tsv", "fr/valence.tsv", "en/valence.tsv"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons").join(file);
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let rows = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')).skip(1);
        for (at, line) in rows {
            let term = line.split('\t').next().unwrap_or_default();
            terms.push((format!("{file}:{}", at + 1), term.to_owned()));
        }
    }
    assert!(terms.len() > 40_000, "{} rows", terms.len());
    terms
}

/// The words a slot may stand for, as written.
fn words(term: &str) -> impl Iterator<Item = &str> {
    term.split([' ', '|'])
        .map(|word| word.trim_start_matches('(').trim_end_matches(')'))
        .map(|word| word.split('~').next().unwrap_or_default())
        .filter(|word| word.starts_with(char::is_alphanumeric))
}

#[test]
fn a_word_of_a_row_is_one_token_of_a_post() {
    let mut split = Vec::new();
    for (place, term) in terms() {
        for word in words(&term) {
            // A handle may end in what no word ends in.
            let word = word.trim_end_matches('_');
            let inside = social(word).skip(1).map(|token| token.of(word));
            // Elisions and inverted clitics are split as in posts.
            let is_split =
                |after: &str| word.contains(&format!("'{after}")) || after.starts_with('-');
            if let Some(after) = inside.filter(|&after| !is_split(after)).last() {
                split.push(format!("{place}: `{word}` is split before `{after}` in `{term}`"));
            }
        }
    }
    assert!(split.is_empty(), "{}", split.join("\n"));
}

/// `don't|do not go` is `don't` or `do`, and then `not`: `don't go` is never met.
#[test]
fn a_contraction_brings_its_own_negation() {
    let mut doubled = Vec::new();
    for (place, term) in terms().into_iter().filter(|(place, _)| place.starts_with("en")) {
        let slots: Vec<&str> = term.split(' ').collect();
        for pair in slots.windows(2) {
            let contracted = |word: &str| word.ends_with("n't") || word.ends_with("nt");
            let verbs = [
                "do", "does", "did", "is", "are", "was", "were", "can", "could", "would", "will",
                "have", "has",
            ];
            let has_both = pair[0].split('|').any(|word| verbs.contains(&word))
                && pair[0].split('|').any(contracted);
            if pair[1] == "not" && has_both {
                doubled.push(format!("{place}: `{} not` in `{term}`", pair[0]));
            }
        }
    }
    assert!(doubled.is_empty(), "{}", doubled.join("\n"));
}

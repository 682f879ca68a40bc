//! The labels and posts of our own that the weights are fitted on say what the crate can say.
//!
//! They are no part of the packaged crate: where they are not there, nothing is checked.

#![cfg(feature = "serde")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use doleance::{
    Analyzer, IntentKind, Named, Reason, Request, SentimentLabel, Severity, ThreatKind,
};
use serde_json::Value;

/// The labels of one post, as the files spell them.
struct Labels<'a> {
    label: &'a str,
    severity: Option<&'a str>,
    sentiment: &'a str,
    intent: &'a str,
    reasons: Vec<&'a str>,
    requests: Vec<&'a str>,
    threats: Vec<&'a str>,
}

impl Labels<'_> {
    fn wrong(&self) -> Option<String> {
        let is_complaint = self.label == "complaint";
        if !is_complaint && self.label != "other" {
            return Some(format!("`{}`: expected complaint or other", self.label));
        }
        if self.severity.is_some() != is_complaint {
            return Some("a severity is for complaints, and each has one".into());
        }
        if !is_complaint && !self.reasons.is_empty() {
            return Some("reasons are for complaints".into());
        }
        if let Some(twice) = [&self.reasons, &self.requests, &self.threats]
            .into_iter()
            .find(|names| names.iter().collect::<BTreeSet<_>>().len() != names.len())
        {
            return Some(format!("{twice:?}: each is named once"));
        }
        unknown::<Severity>(self.severity)
            .or_else(|| unknown::<SentimentLabel>([self.sentiment]))
            .or_else(|| unknown::<IntentKind>([self.intent]))
            .or_else(|| unknown::<Reason>(self.reasons.iter().copied()))
            .or_else(|| unknown::<Request>(self.requests.iter().copied()))
            .or_else(|| unknown::<ThreatKind>(self.threats.iter().copied()))
    }
}

fn unknown<'a, T: Named>(names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let name = names.into_iter().find(|name| T::from_name(name).is_none())?;
    let all: Vec<&str> = T::ALL.iter().map(|named| named.as_str()).collect();
    Some(format!("`{name}`: expected one of {}", all.join(", ")))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons/fit")
}

fn names(cell: &str) -> Vec<&str> {
    cell.split(',').filter(|name| !name.is_empty()).collect()
}

#[test]
fn labels_name_a_text_once_and_say_what_there_is() {
    let Ok(text) = fs::read_to_string(folder().join("labels.tsv")) else { return };
    let mut last = "";
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [hash, label, severity, sentiment, intent, reasons, requests, repeat, threats, irony] =
            cells[..]
        else {
            panic!("labels.tsv:{}: ten columns expected, found {}", at + 1, cells.len());
        };
        assert!(
            hash.len() == 16 && hash.bytes().all(|b| b"0123456789abcdef".contains(&b)),
            "labels.tsv:{}: `{hash}`: sixteen hexadecimal digits expected",
            at + 1
        );
        assert!(hash > last, "labels.tsv:{}: rows stand in order, each text once", at + 1);
        last = hash;
        for flag in [repeat, irony] {
            assert!(["0", "1"].contains(&flag), "labels.tsv:{}: `{flag}`: expected 0 or 1", at + 1);
        }
        let labels = Labels {
            label,
            severity: Some(severity).filter(|level| !level.is_empty()),
            sentiment,
            intent,
            reasons: names(reasons),
            requests: names(requests),
            threats: names(threats),
        };
        assert_eq!(labels.wrong(), None, "labels.tsv:{}", at + 1);
    }
}

#[test]
fn composed_posts_are_whole_stand_once_and_name_nobody() {
    let Ok(files) = fs::read_dir(folder().join("composed")) else { return };
    let mut texts = BTreeSet::new();
    for path in files.map(|file| file.expect("a file").path()) {
        let file = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let rows = fs::read_to_string(&path).expect("a text");
        for (at, line) in rows.lines().enumerate() {
            let place = format!("{file}:{}", at + 1);
            let row: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{place}: {e}"));
            let word = |field: &str| row[field].as_str();
            let list = |field: &str| -> Vec<&str> {
                let items = row[field].as_array().unwrap_or_else(|| panic!("{place}: no {field}"));
                items.iter().map(|item| item.as_str().expect("a name")).collect()
            };
            let text = word("text").unwrap_or_else(|| panic!("{place}: no text"));
            assert!(texts.insert(text.to_owned()), "{place}: this text stands twice");
            assert!(
                word("language").is_some_and(|code| file.starts_with(&format!("posts_{code}."))),
                "{place}: the language of the file expected"
            );
            for flag in ["repeat", "irony"] {
                assert!(row[flag].is_boolean(), "{place}: {flag}: true or false expected");
            }
            // No address: an @ stands before a name, with nothing glued on before it.
            for (mark, _) in text.match_indices('@') {
                let before = text[..mark].chars().next_back();
                assert!(before.is_none_or(|c| !c.is_alphanumeric()), "{place}: an e-mail address?");
            }
            let labels = Labels {
                label: word("label").unwrap_or(""),
                severity: word("severity"),
                sentiment: word("sentiment").unwrap_or(""),
                intent: word("intent").unwrap_or(""),
                reasons: list("reasons"),
                requests: list("requests"),
                threats: list("threats"),
            };
            assert_eq!(labels.wrong(), None, "{place}");
        }
    }
}

/// The fit writes heads by short names of its own list: each must be read as the head it stands for.
#[test]
fn short_names_are_read_as_the_fit_means_them() {
    let Ok(program) = fs::read_to_string(folder().join("written.py")) else { return };
    let list = program.split("SHORT = {").nth(1).and_then(|rest| rest.split('}').next());
    let names: Vec<&str> =
        list.expect("a list SHORT in written.py").split('"').skip(1).step_by(2).collect();
    assert!(names.len() > 40, "{names:?}");
    for pair in names.chunks(2) {
        let rows = format!("term\tweights\nsloow\t{}=1 {}=2\n", pair[0], pair[1]);
        let read = Analyzer::builder().lexicon("ours.tsv", rows.as_str()).build();
        let said = read.expect_err(&rows).to_string();
        assert!(said.contains("stands twice"), "{pair:?} are two heads: {said}");
    }
}

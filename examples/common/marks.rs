//! Which words of a text to point at, and how to print text that strangers wrote.

use std::ops::Range;

use doleance::{Assessment, Evidence, Explanation, Head, Severity, Source};

/// A stretch of the text that moved a number, with all that points there.
pub(crate) struct Mark<'e> {
    pub(crate) range: Range<usize>,
    pub(crate) evidence: Vec<&'e Evidence>,
}

/// The stretches that weigh something for one of `heads`, apart from each other, in order.
pub(crate) fn marks<'e>(explanation: &'e Explanation, heads: &[Head]) -> Vec<Mark<'e>> {
    let mut found: Vec<Mark<'e>> = explanation
        .evidence()
        .iter()
        .filter(|e| heads.contains(&e.head()) && e.weight().abs() >= 0.1)
        .filter_map(|e| match e.source() {
            Source::Text(span) if !span.is_empty() => {
                Some(Mark { range: span.range(), evidence: vec![e] })
            }
            _ => None,
        })
        .collect();
    found.sort_by_key(|mark| (mark.range.start, mark.range.end));
    let mut apart: Vec<Mark<'e>> = Vec::new();
    for mark in found {
        match apart.last_mut() {
            Some(last) if mark.range.start < last.range.end => {
                last.range.end = last.range.end.max(mark.range.end);
                last.evidence.extend(mark.evidence);
            }
            _ => apart.push(mark),
        }
    }
    apart
}

/// The heads that a person who asks "why" asks about, given what was said of the post.
pub(crate) fn heads_of(said: &Assessment) -> Vec<Head> {
    let complaint = said.complaint();
    let mut heads = vec![Head::Negative, Head::Positive, Head::Complaint];
    if complaint.severity() > Severity::NoExplicitReproach {
        heads.push(Head::Severity(complaint.severity()));
    }
    heads.extend(complaint.reasons().iter().map(Head::Reason));
    heads.extend(complaint.requests().iter().map(Head::Request));
    heads.extend([Head::Repeat, Head::Threat, Head::Abuse, Head::Escalation, Head::Irony]);
    heads
}

/// The evidence that weighs most, heaviest first; what holds for any post left out.
pub(crate) fn strongest<'e>(
    evidence: impl Iterator<Item = &'e Evidence>,
    most: usize,
) -> Vec<&'e Evidence> {
    let mut all: Vec<&Evidence> = evidence.filter(|e| e.source() != Source::Base).collect();
    all.sort_by(|a, b| b.weight().abs().total_cmp(&a.weight().abs()));
    all.truncate(most);
    all
}

/// Whether printing it would steer the terminal or turn the text round.
pub(crate) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// At most `most` characters of `text` on one line, nothing in it that steers a terminal.
pub(crate) fn one_line(text: &str, most: usize) -> String {
    let mut line = String::new();
    let mut left = most;
    for word in text.split_whitespace() {
        for c in (if line.is_empty() { "" } else { " " }).chars().chain(word.chars()) {
            if left == 0 {
                line.push('…');
                return line;
            }
            line.push(if is_unsafe(c) { '\u{fffd}' } else { c });
            left -= 1;
        }
    }
    line
}

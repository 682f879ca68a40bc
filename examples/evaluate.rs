//! Measures the analyzer on labelled posts (JSON Lines), one single-line JSON object a file:
//!
//! ```text
//! cargo run --release --example evaluate -- --task sentiment posts.dev.jsonl
//! ```
//!
//! What is right of a row is its field named after the task, else `label`, at the top or within an
//! object `gold`. A row's `language` is never shown to the analyzer. Exit code 0: all read; 1: some lines skipped; 2: nothing usable.

#[path = "common/json.rs"]
mod json;
#[path = "common/lines.rs"]
mod lines;
#[path = "common/measures.rs"]
mod measures;
#[path = "common/metrics.rs"]
mod metrics;
#[path = "common/notes.rs"]
mod notes;
#[path = "common/overlays.rs"]
mod overlays;
#[path = "common/tasks.rs"]
mod tasks;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use doleance::{Analyzer, Assessment, IntentKind, Named, Post, Scratch};
use serde::Serialize;
use serde_json::{Map, Value};

use measures::{Judged, Measures, measure};
use notes::Notes;
use tasks::{Gold, Task};

/// Measures the analyzer on labelled posts (JSON Lines).
#[derive(Parser)]
struct Arguments {
    /// What to measure
    #[arg(long)]
    task: Task,
    /// Measure each value of this field of the rows too, such as `domain`
    #[arg(long, value_name = "FIELD")]
    by: Option<String>,
    /// Leave out the bootstrap intervals
    #[arg(long)]
    no_ci: bool,
    #[command(flatten)]
    overlays: overlays::Overlays,
    /// Labelled posts, one JSON object a line
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Serialize)]
struct Report<'a> {
    task: &'static str,
    file: &'a str,
    skipped: u64,
    ns_per_post: Option<f64>,
    #[serde(flatten)]
    measures: Measures,
    #[serde(flatten)]
    after: BTreeMap<String, Measures>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<BTreeMap<String, Measures>>,
}

/// A labelled row, ready to be assessed.
struct Row {
    post: Post<'static>,
    gold: Gold,
    group: String,
    /// The post after so many minutes, with what it had gathered by then.
    later: Vec<(u64, Post<'static>)>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let size = arguments.files.iter().filter_map(|f| f.metadata().ok()).map(|m| m.len()).sum();
    let mut notes = Notes::new("evaluate").with_bar(Some(size));
    let analyzer = match arguments.overlays.analyzer() {
        Ok(analyzer) => analyzer,
        Err(wrong) => {
            notes.say(&wrong);
            return ExitCode::from(2);
        }
    };
    let mut bytes = 0;
    let written = arguments.files.iter().try_for_each(|file| {
        let (rows, skipped) = match read(file, &arguments, &mut notes) {
            Ok(read) => read,
            Err(e) => {
                notes.lost(&file.display(), &e);
                return Ok(());
            }
        };
        bytes += file.metadata().map_or(0, |m| m.len());
        notes.used += rows.len() as u64;
        notes.advance(bytes);
        let name = file.display().to_string();
        let report = report(&analyzer, &arguments, &name, &rows, skipped);
        notes.clear();
        writeln!(io::stdout(), "{}", serde_json::to_string(&report)?)
    });
    notes.end(written)
}

/// The rows that have gold, and how many have none or cannot be read.
fn read(path: &Path, arguments: &Arguments, notes: &mut Notes) -> io::Result<(Vec<Row>, u64)> {
    let mut lines = lines::Lines::new(BufReader::with_capacity(1 << 16, File::open(path)?));
    let (mut rows, mut skipped) = (Vec::new(), 0);
    while let Some((number, line)) = lines.next_line()? {
        let row = line.and_then(|line| match line.trim().is_empty() {
            true => Ok(None),
            false => row(json::object(line)?, arguments).map(Some),
        });
        match row {
            Ok(None) => {}
            Ok(Some(Some(row))) => rows.push(row),
            Ok(Some(None)) => skipped += 1,
            Err(wrong) => {
                skipped += 1;
                notes.skip(&path.display(), number, &wrong);
            }
        }
    }
    // Severity stands in for escalation only where no row knows better.
    if rows.iter().any(|r| matches!(r.gold, Gold::Class(_))) {
        let before = rows.len();
        rows.retain(|r| !matches!(r.gold, Gold::Accuses(_)));
        skipped += (before - rows.len()) as u64;
    }
    if rows.is_empty() && skipped > 0 {
        let task = arguments.task.name();
        notes.say(&format_args!(
            "{}: {skipped} rows and none with gold; expected a field `{task}` or `label` that \
             answers the task",
            path.display()
        ));
    }
    Ok((rows, skipped))
}

fn row(mut fields: Map<String, Value>, arguments: &Arguments) -> Result<Option<Row>, String> {
    // A post that ships with its answers keeps them apart, in `gold`.
    let answers = fields.get("gold").and_then(Value::as_object).unwrap_or(&fields);
    let gold = arguments.task.gold(answers);
    let group = match &arguments.by {
        Some(by) => match by.split('.').try_fold(&Value::Null, |at, part| match at {
            Value::Null => fields.get(part),
            inner => inner.get(part),
        }) {
            None | Some(Value::Null) => "(none)".to_owned(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        },
        None => String::new(),
    };
    // Told, the language would be no test; and in some labelled files `thread` is an address.
    fields.remove("language");
    if fields.get("thread").is_some_and(Value::is_string) {
        fields.remove("thread");
    }
    let post = json::post(fields.clone())?;
    let mut later = Vec::new();
    if let Some(Value::Array(seen)) = fields.remove("observations")
        && arguments.task == Task::Virality
    {
        for engagement in seen {
            if let Some(minutes) = engagement.get("age_minutes").and_then(Value::as_u64) {
                fields.insert("age_minutes".to_owned(), minutes.into());
                fields.insert("engagement".to_owned(), engagement);
                later.push((minutes, json::post(fields.clone())?));
            }
        }
    }
    Ok(gold.map(|gold| Row { post, gold, group, later }))
}

fn report<'a>(
    analyzer: &Analyzer,
    arguments: &Arguments,
    file: &'a str,
    rows: &[Row],
    skipped: u64,
) -> Report<'a> {
    let task = arguments.task;
    let (said, ns_per_post) = assess(analyzer, rows.iter().map(|row| &row.post));
    let scheme = rows.first().map(|row| task.scheme(row.gold)).unwrap_or_default();
    let ci = !arguments.no_ci;
    let mut judged: Vec<Judged> =
        rows.iter().zip(&said).map(|(row, said)| task.judge(row.gold, said)).collect();
    if task == Task::Intent {
        as_annotated(&mut judged);
    }
    let mut groups: BTreeMap<&str, Vec<Judged>> = BTreeMap::new();
    for (row, judged) in rows.iter().zip(&judged) {
        groups.entry(&row.group).or_default().push(*judged);
    }
    let by = arguments.by.as_ref().map(|_| {
        let measured =
            |(value, rows): (&str, Vec<Judged>)| (value.to_owned(), measure(&rows, &scheme, ci));
        groups.into_iter().map(measured).collect()
    });
    let mut after = BTreeMap::new();
    for minutes in [10, 30, 60] {
        let later: Vec<(&Row, &Post<'_>)> = rows
            .iter()
            .filter_map(|row| {
                row.later.iter().find(|later| later.0 == minutes).map(|later| (row, &later.1))
            })
            .collect();
        if !later.is_empty() {
            let (said, _) = assess(analyzer, later.iter().map(|later| later.1));
            let judged: Vec<Judged> =
                later.iter().zip(&said).map(|(l, said)| task.judge(l.0.gold, said)).collect();
            after.insert(format!("after_{minutes}"), measure(&judged, &scheme, ci));
        }
    }
    let measures = measure(&judged, &scheme, ci);
    Report { task: task.name(), file, skipped, ns_per_post, measures, after, by }
}

/// The assessments, and how long one took: the median of a few passes over all posts, the first
/// of which only warms up.
fn assess<'p>(
    analyzer: &Analyzer,
    posts: impl ExactSizeIterator<Item = &'p Post<'static>> + Clone,
) -> (Vec<Assessment>, Option<f64>) {
    let mut scratch = Scratch::new();
    let mut said: Vec<Assessment> =
        posts.clone().map(|post| analyzer.analyze_with(&mut scratch, post)).collect();
    if said.is_empty() {
        return (said, None);
    }
    let (begun, mut passes) = (Instant::now(), Vec::new());
    while passes.is_empty() || passes.len() < 9 && begun.elapsed() < Duration::from_millis(100) {
        said.clear();
        let start = Instant::now();
        said.extend(posts.clone().map(|post| analyzer.analyze_with(&mut scratch, post)));
        passes.push(start.elapsed().as_nanos() as f64 / said.len() as f64);
    }
    passes.sort_by(f64::total_cmp);
    let ns = passes[passes.len() / 2];
    (said, Some((ns * 10.0).round() / 10.0))
}

/// Where annotators have no suggestions they count them as other, and so does this.
fn as_annotated(judged: &mut [Judged]) {
    let (suggestion, other) = (IntentKind::Suggestion.index(), IntentKind::Other.index());
    if judged.iter().all(|j| j.class.is_none_or(|class| class.0 != suggestion)) {
        for (_, said) in judged.iter_mut().filter_map(|j| j.class.as_mut()) {
            if *said == suggestion {
                *said = other;
            }
        }
    }
}

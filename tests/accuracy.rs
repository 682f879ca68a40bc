//! How right the crate is on labelled posts, and that it stays so.
//!
//! Collected posts are not ours to pass on: their folder is named by `DOLEANCE_DATA`, and without
//! it only the posts we wrote ourselves are measured. What must be reached stands in
//! `.ci/floors.tsv`; `.ci/measure` rewrites it and the tables of the two READMEs.

#![cfg(feature = "serde")]

#[path = "support/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use program::program;
use serde_json::Value;

const FLOORS: &str = ".ci/floors.tsv";
const COLUMNS: &str = "task\tfile\tmetric\tfloor\twhat\tpeer\tlinear";

/// What is measured of a file, in the order of the tables.
const METRICS: &[&str] = &[
    "n",
    "accuracy",
    "macro_f1",
    "macro_recall",
    "f1",
    "micro_f1",
    "auc",
    "average_precision",
    "spearman",
    "mae",
    "coverage",
    "brier",
    "ece",
];

struct Floor {
    task: String,
    file: String,
    metric: String,
    floor: Option<f64>,
    what: String,
    peer: String,
    linear: String,
}

/// The reports of `evaluate`, by task and file.
type Reports = BTreeMap<(String, String), Value>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where the labelled posts of a file of the floors stand: what we wrote ourselves in the tree, the
/// rest in the folder of data, where there is one.
fn path_of(file: &str) -> Option<PathBuf> {
    let folder = if file.starts_with("composed/") {
        root().join("lexicons/fit")
    } else {
        PathBuf::from(env::var_os("DOLEANCE_DATA")?)
    };
    Some(folder.join(format!("{file}.dev.jsonl")))
}

/// What must be reached on the labelled posts that are at hand.
fn at_hand() -> Option<(String, Vec<Floor>)> {
    if env::var_os("DOLEANCE_DATA").is_none() {
        eprintln!("DOLEANCE_DATA is not set: accuracy is measured on posts of our own alone");
    }
    let Ok(text) = fs::read_to_string(root().join(FLOORS)) else {
        eprintln!("no {FLOORS} here: accuracy is not measured");
        return None;
    };
    let mut lines = text.lines().skip_while(|line| line.starts_with('#'));
    assert_eq!(lines.next(), Some(COLUMNS), "{FLOORS}: the header");
    let floors = lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [task, file, metric, floor, what, peer, linear] = cells[..] else {
                panic!("{FLOORS}: `{line}`: expected seven columns");
            };
            let floor = (!floor.is_empty()).then(|| floor.parse().expect("a number"));
            let [task, file, metric, what, peer, linear] =
                [task, file, metric, what, peer, linear].map(str::to_owned);
            Floor { task, file, metric, floor, what, peer, linear }
        })
        .filter(|floor| path_of(&floor.file).is_some())
        .collect();
    Some((text, floors))
}

fn evaluate(floors: &[Floor], intervals: bool) -> Reports {
    let mut files: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for floor in floors {
        let files = files.entry(&floor.task).or_default();
        if !files.contains(&floor.file.as_str()) {
            files.push(&floor.file);
        }
    }
    let mut reports = Reports::new();
    for (task, files) in files {
        let mut command = program("evaluate");
        command.args(["--task", task]);
        if !intervals {
            command.arg("--no-ci");
        }
        command.args(files.iter().filter_map(|file| path_of(file)));
        let output = command.output().expect("evaluate runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "evaluate --task {task}: {said}");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        for (file, line) in files.iter().zip(text.lines()) {
            let report = serde_json::from_str(line).expect("an object a line");
            reports.insert((task.to_owned(), (*file).to_owned()), report);
        }
    }
    reports
}

/// The value at a dotted path: `auc`, `after_10.auc`, `classes.fr.recall`.
fn at(report: &Value, metric: &str) -> Option<f64> {
    report.pointer(&format!("/{}", metric.replace('.', "/")))?.as_f64()
}

fn measured(reports: &Reports, floor: &Floor) -> f64 {
    let report = &reports[&(floor.task.clone(), floor.file.clone())];
    at(report, &floor.metric)
        .unwrap_or_else(|| panic!("{} {} has no {}", floor.task, floor.file, floor.metric))
}

#[test]
fn accuracy_stays_above_its_floors() {
    let Some((_, floors)) = at_hand() else { return };
    let reports = evaluate(&floors, false);
    let mut below = String::new();
    for floor in &floors {
        let Floor { task, file, metric, .. } = floor;
        let found = measured(&reports, floor);
        let least = floor.floor.unwrap_or(f64::NEG_INFINITY);
        println!("{task:10} {file:26} {metric:18} {found:.3}, at least {least:.3}");
        if found < least {
            let _ = writeln!(below, "{task} {file} {metric}: {found:.4}, below {least:.3}");
        }
    }
    assert!(below.is_empty(), "\n{below}");
}

#[test]
#[ignore = "rewrites the floors and the tables of the READMEs; run by .ci/measure"]
fn measure() {
    assert!(env::var_os("DOLEANCE_DATA").is_some(), "the folder of all labelled posts is needed");
    let (text, floors) = at_hand().expect("the floors");
    let reports = evaluate(&floors, true);
    let mut table: String =
        text.lines().take_while(|line| line.starts_with('#')).flat_map(|l| [l, "\n"]).collect();
    table.push_str(COLUMNS);
    table.push('\n');
    for floor in &floors {
        let found = measured(&reports, floor);
        let least = (found * 1000.0).floor() / 1000.0 - 0.01;
        // A floor falls only where it is no longer reached.
        let least = floor.floor.filter(|&held| found >= held).map_or(least, |held| held.max(least));
        let Floor { task, file, metric, what, peer, linear, .. } = floor;
        let _ = writeln!(table, "{task}\t{file}\t{metric}\t{least:.3}\t{what}\t{peer}\t{linear}");
    }
    fs::write(root().join(FLOORS), table).expect("the floors can be written");
    put("README.md", &summary(&floors, &reports));
    put("lexicons/README.md", &details(&floors, &reports));
}

/// Replaces what stands between the marks of a file.
fn put(file: &str, table: &str) {
    const BEGIN: &str = "<!-- measured: begin (.ci/measure) -->\n";
    const END: &str = "<!-- measured: end -->";
    let path = root().join(file);
    let text = fs::read_to_string(&path).expect("the file");
    let (before, rest) = text.split_once(BEGIN).expect("the mark of the beginning");
    let (_, after) = rest.split_once(END).expect("the mark of the end");
    fs::write(path, format!("{before}{BEGIN}{table}{END}{after}")).expect("can be written");
}

/// `.738`, as the tables write shares.
fn share(value: f64) -> String {
    let text = format!("{value:.3}");
    text.strip_prefix('0').map_or(text.clone(), str::to_owned)
}

/// The figure with its bootstrap interval, where there is one.
fn with_interval(report: &Value, metric: &str) -> Option<String> {
    let value = at(report, metric)?;
    let (parent, name) = metric.rsplit_once('.').unwrap_or(("", metric));
    let group = if parent.is_empty() { Some(report) } else { report.get(parent) };
    let ends = group.and_then(|group| group.get("ci")?.get(name)?.as_array());
    let ends: Vec<f64> = ends.into_iter().flatten().filter_map(Value::as_f64).collect();
    Some(match ends[..] {
        [low, high] => format!("{} ({} to {})", share(value), share(low), share(high)),
        _ => share(value),
    })
}

/// The table of README.md: the rows that say what they are.
fn summary(floors: &[Floor], reports: &Reports) -> String {
    let mut out = String::from(
        "| task | posts | measure | here (95 % interval) | peer | linear model |\n\
         |---|---|---|---|---|---|\n",
    );
    for floor in floors.iter().filter(|floor| !floor.what.is_empty()) {
        let report = &reports[&(floor.task.clone(), floor.file.clone())];
        let here = with_interval(report, &floor.metric).expect("measured");
        let Floor { task, metric, what, peer, linear, .. } = floor;
        let metric = metric.replace("classes.", "").replace(['_', '.'], " ");
        let dash = |cell: &String| if cell.is_empty() { "-".to_owned() } else { cell.clone() };
        let n = report["n"].as_u64().unwrap_or(0);
        let _ = writeln!(
            out,
            "| {task} | {what}, {n} | {metric} | {here} | {} | {} |",
            dash(peer),
            dash(linear)
        );
    }
    out
}

/// The tables of lexicons/README.md: every figure of every file, a table a task.
fn details(floors: &[Floor], reports: &Reports) -> String {
    let mut tasks: Vec<&str> = Vec::new();
    for floor in floors {
        if !tasks.contains(&floor.task.as_str()) {
            tasks.push(&floor.task);
        }
    }
    let mut out = String::new();
    for task in tasks {
        let rows: Vec<(String, &Value)> = reports
            .iter()
            .filter(|((of, _), _)| of == task)
            .flat_map(|((_, file), report)| {
                let later = report.as_object().into_iter().flatten();
                let later = later.filter(|(key, _)| key.starts_with("after_"));
                let later = later.map(move |(key, part)| {
                    (format!("{file}, after {} min", &key["after_".len()..]), part)
                });
                std::iter::once((file.clone(), report)).chain(later)
            })
            .collect();
        let metrics: Vec<&str> = METRICS
            .iter()
            .copied()
            .filter(|metric| rows.iter().any(|(_, report)| at(report, metric).is_some()))
            .collect();
        let _ = write!(out, "\n**{task}**\n\n| file |");
        for metric in &metrics {
            let _ = write!(out, " {} |", metric.replace('_', " "));
        }
        let _ = writeln!(out, "\n|---|{}", "---|".repeat(metrics.len()));
        for (file, report) in &rows {
            let _ = write!(out, "| {file} |");
            for &metric in &metrics {
                let cell = match metric {
                    "n" => report["n"].to_string(),
                    _ => with_interval(report, metric).unwrap_or_else(|| "-".to_owned()),
                };
                let _ = write!(out, " {cell} |");
            }
            out.push('\n');
        }
        out.push_str(&calibration(task, &rows));
    }
    out.push('\n');
    out
}

/// By tenth of probability: what came true of the posts that were given it.
fn calibration(task: &str, rows: &[(String, &Value)]) -> String {
    let tenths = |report: &Value| report["calibration"].as_array().cloned().unwrap_or_default();
    let mut out = String::new();
    for (file, report) in rows.iter().filter(|(_, report)| !tenths(report).is_empty()) {
        if out.is_empty() {
            let _ = write!(
                out,
                "\n{task}: share that came true (of how many), by probability given\n\n| file |"
            );
            (0..10).for_each(|tenth| {
                let _ = write!(out, " .{tenth} |");
            });
            let _ = writeln!(out, "\n|---|{}", "---|".repeat(10));
        }
        let _ = write!(out, "| {file} |");
        for tenth in 0..10 {
            let here = tenths(report).into_iter().find(|bin| {
                bin["from"].as_f64().is_some_and(|from| (from * 10.0).round() as i32 == tenth)
            });
            let _ = match here {
                Some(bin) => write!(
                    out,
                    " {} ({}) |",
                    share(bin["came_true"].as_f64().unwrap_or(0.0)),
                    bin["n"]
                ),
                None => write!(out, " - |"),
            };
        }
        out.push('\n');
    }
    out
}

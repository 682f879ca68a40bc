//! How fast, as one single-line JSON object: an assessment against the word boundaries of
//! `unicode-segmentation` on the same texts in the same process.
//!
//! ```text
//! cargo run --release --example throughput -- posts.jsonl --threads 2
//! ```

#[path = "common/csv_posts.rs"]
mod csv_posts;
#[path = "common/input.rs"]
mod input;
#[path = "common/json.rs"]
mod json;
#[path = "common/lines.rs"]
mod lines;
#[path = "common/notes.rs"]
mod notes;

use std::alloc::System;
use std::hint::black_box;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use clap::Parser;
use doleance::{Analyzer, Post, Scratch};
use serde::Serialize;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use unicode_segmentation::UnicodeSegmentation;

use input::{Form, Source};
use notes::Notes;

/// Counts what is allocated.
#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Measures how fast posts are assessed.
#[derive(Parser)]
struct Arguments {
    /// Assess on this many threads for `posts_per_second`
    #[arg(long, value_name = "N", default_value = "1")]
    threads: NonZeroUsize,
    /// How the posts are written [default: by extension]
    #[arg(long, value_enum)]
    input: Option<Form>,
    /// Prints how many microseconds the first assessment of this process took
    #[arg(long, hide = true)]
    first: bool,
    /// Posts; only their texts are used
    #[arg(value_name = "FILE", required_unless_present = "first")]
    files: Vec<PathBuf>,
}

#[derive(Serialize)]
struct Report {
    posts: usize,
    bytes: usize,
    /// On one thread, once warm.
    ns_per_post: f64,
    unicode_words_ns_per_post: f64,
    ratio: f64,
    /// On `threads` threads.
    posts_per_second: f64,
    speedup: f64,
    allocations_per_post: f64,
    first_assessment_us: Option<f64>,
    resident_bytes_added: Option<u64>,
    threads: usize,
}

/// How long each of the two is run for, in all.
const LONG: Duration = Duration::from_millis(1500);

/// Posts timed at a stretch before the other has its turn.
const STRETCH: usize = 256;

fn main() -> ExitCode {
    let started = Instant::now();
    // Not by clap: what it takes is not what is measured.
    if std::env::args_os().nth(1).is_some_and(|a| a == "--first") {
        let text = "Toujours aucune réponse, c'est inadmissible ! Still waiting, worst service.";
        black_box(Analyzer::new().analyze(text));
        let us = started.elapsed().as_nanos() as f64 / 1000.0;
        return match writeln!(io::stdout(), "{us:.1}") {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::from(2),
        };
    }
    let arguments = Arguments::parse();
    let sources = Source::all(&arguments.files);
    let size = sources.iter().map(Source::size).sum();
    let mut notes = Notes::new("throughput").with_bar(size);
    let posts = read(&sources, arguments.input, &mut notes);
    if posts.is_empty() {
        return notes.end(Ok(()));
    }
    let report = measure(&posts, arguments.threads.get());
    let written = serde_json::to_string(&report).map_err(io::Error::from);
    notes.end(written.and_then(|report| writeln!(io::stdout(), "{report}")))
}

/// The posts by their texts alone: with its language or context given, a post is less work.
fn read(sources: &[Source], form: Option<Form>, notes: &mut Notes) -> Vec<Post<'static>> {
    let (mut read, mut bytes) = (Vec::new(), 0);
    for source in sources {
        let posts = source.open(form).and_then(|mut posts| {
            while let Some(item) = posts.next_item()? {
                match item.post {
                    Ok(post) => read.push(Post::new(post.text().to_owned())),
                    Err(wrong) => notes.skip(source, item.line, &wrong),
                }
                notes.used = read.len() as u64;
                notes.advance(bytes + posts.bytes_read());
            }
            bytes += posts.bytes_read();
            Ok(())
        });
        if let Err(e) = posts {
            notes.lost(source, &e);
        }
    }
    notes.clear();
    read
}

fn measure(posts: &[Post<'_>], threads: usize) -> Report {
    let mut scratch = Scratch::new();
    let before = resident_bytes();
    let analyzer = Analyzer::new();
    assess(&analyzer, &mut scratch, posts);
    let after = resident_bytes();
    words(posts);

    let region = Region::new(ALLOCATOR);
    assess(&analyzer, &mut scratch, posts);
    let change = region.change();
    let allocations = change.allocations + change.reallocations;

    // By turns, a stretch each, so that whatever else the machine does falls on both.
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let start = Instant::now();
    while ours.len() < 3 || start.elapsed() < LONG * 2 && ours.len() < 1000 {
        let (mut our, mut their) = (Duration::ZERO, Duration::ZERO);
        for stretch in posts.chunks(STRETCH) {
            our += timed(|| assess(&analyzer, &mut scratch, stretch));
            their += timed(|| words(stretch));
        }
        ours.push(our.as_nanos() as f64 / posts.len() as f64);
        theirs.push(their.as_nanos() as f64 / posts.len() as f64);
    }
    let ratios = ours.iter().zip(&theirs).map(|(our, their)| our / their).collect();
    let (ns_per_post, unicode_words_ns_per_post) = (median(ours), median(theirs));
    let single = 1e9 / ns_per_post;
    let posts_per_second = match threads {
        1 => single,
        _ => on_threads(&analyzer, posts, threads),
    };
    let first: Vec<f64> = (0..5).filter_map(|_| first_assessment()).collect();
    Report {
        posts: posts.len(),
        bytes: posts.iter().map(|post| post.text().len()).sum(),
        ns_per_post: tenths(ns_per_post),
        unicode_words_ns_per_post: tenths(unicode_words_ns_per_post),
        ratio: (median(ratios) * 1000.0).round() / 1000.0,
        posts_per_second: posts_per_second.round(),
        speedup: (posts_per_second / single * 100.0).round() / 100.0,
        allocations_per_post: (allocations as f64 / posts.len() as f64 * 1e4).round() / 1e4,
        first_assessment_us: (!first.is_empty()).then(|| median(first)),
        resident_bytes_added: before.zip(after).map(|(before, after)| after.saturating_sub(before)),
        threads,
    }
}

fn assess(analyzer: &Analyzer, scratch: &mut Scratch, posts: &[Post<'_>]) {
    for post in posts {
        black_box(analyzer.analyze_with(scratch, black_box(post)));
    }
}

fn words(posts: &[Post<'_>]) {
    for post in posts {
        black_box(black_box(post.text()).unicode_words().count());
    }
}

/// Posts a second with each thread going over all posts, until enough time has passed.
fn on_threads(analyzer: &Analyzer, posts: &[Post<'_>], threads: usize) -> f64 {
    let warm = std::sync::Barrier::new(threads);
    let rates = std::thread::scope(|scope| {
        let work = || {
            let mut scratch = Scratch::new();
            assess(analyzer, &mut scratch, posts);
            warm.wait();
            let (start, mut done) = (Instant::now(), 0);
            while start.elapsed() < LONG {
                assess(analyzer, &mut scratch, posts);
                done += posts.len();
            }
            done as f64 / start.elapsed().as_secs_f64()
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).collect::<Vec<f64>>()
    });
    rates.iter().sum()
}

/// The microseconds from the start of a fresh process to its first assessment.
fn first_assessment() -> Option<f64> {
    let output = Command::new(std::env::current_exe().ok()?).arg("--first").output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// What the process holds in memory, where the system tells.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/smaps_rollup").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("Rss:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kib| kib * 1024)
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

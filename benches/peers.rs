//! One whole assessment against what other crates take for a part of it, on the same posts: word
//! boundaries, language, polarity, stems. Prints the table of ratios when it is done.
//!
//! ```text
//! cargo bench --bench peers -- --quick
//! ```

#![allow(missing_docs, reason = "criterion's macros make functions without")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput};
use doleance::{Analyzer, Post, Scratch};
use rust_stemmers::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation;

/// A set of posts by name, with the stemmer of its language.
struct Set {
    name: &'static str,
    posts: Vec<Post<'static>>,
    stemmer: Stemmer,
}

/// What goes over a post, and gives something that depends on all of it.
type Work<'w> = Box<dyn FnMut(&Post<'_>) -> usize + 'w>;

fn sets() -> Vec<Set> {
    let english = include_str!("corpus/en.txt");
    let french = include_str!("corpus/fr.txt");
    let long = include_str!("corpus/long.txt");
    let both = || english.lines().chain(french.lines());
    let emoji = |text: &&str| text.contains(|c: char| c as u32 >= 0x2600);
    let accented = |text: &&str| {
        text.chars().filter(|&c| ('\u{C0}'..'\u{250}').contains(&c)).count() * 25 >= text.len()
    };
    let set = |name, texts: Vec<&'static str>, algorithm| {
        assert!(texts.len() >= 10, "{name} has {} posts", texts.len());
        let posts = texts.into_iter().map(Post::from).collect();
        Set { name, posts, stemmer: Stemmer::create(algorithm) }
    };
    vec![
        set("en", english.lines().collect(), Algorithm::English),
        set("fr", french.lines().collect(), Algorithm::French),
        set("short", both().filter(|t| t.len() < 60).collect(), Algorithm::English),
        set("long", long.lines().collect(), Algorithm::English),
        set("emoji", both().filter(emoji).collect(), Algorithm::English),
        set("accented", both().filter(accented).collect(), Algorithm::French),
    ]
}

/// Ours first; `unicode_words` second, for the table.
fn workers(set: &Set) -> Vec<(&'static str, Work<'_>)> {
    let analyzer = Analyzer::new();
    let mut scratch = Scratch::new();
    let vader = vader_sentimental::SentimentIntensityAnalyzer::new();
    let older_vader = vader_sentiment::SentimentIntensityAnalyzer::new();
    vec![
        (
            "doleance",
            Box::new(move |post| {
                let said = analyzer.analyze_with(&mut scratch, post);
                1 + usize::from(said.complaint().is_complaint())
            }),
        ),
        ("unicode_words", Box::new(|post| post.text().unicode_words().count())),
        ("whichlang", Box::new(|post| whichlang::detect_language(post.text()) as usize + 1)),
        (
            "whatlang",
            Box::new(|post| {
                whatlang::detect(post.text()).map_or(1, |said| said.lang() as usize + 1)
            }),
        ),
        (
            "vader-sentimental",
            Box::new(move |post| {
                let said = vader.polarity_scores(post.text());
                1 + usize::from(said.compound < 0.0)
            }),
        ),
        (
            "vader_sentiment",
            Box::new(move |post| {
                let said = older_vader.polarity_scores(post.text());
                1 + usize::from(said["compound"] < 0.0)
            }),
        ),
        (
            "rust-stemmers",
            Box::new(|post| {
                let words = post.text().unicode_words();
                words.map(|word| set.stemmer.stem(&word.to_lowercase()).len()).sum()
            }),
        ),
    ]
}

fn over(posts: &[Post<'_>], work: &mut Work<'_>) -> usize {
    posts.iter().map(|post| work(black_box(post))).sum()
}

fn bench(c: &mut Criterion) {
    for set in &sets() {
        let mut group = c.benchmark_group(set.name);
        let bytes: usize = set.posts.iter().map(|post| post.text().len()).sum();
        group.throughput(Throughput::Bytes(bytes as u64));
        for (name, mut work) in workers(set) {
            let expected = over(&set.posts, &mut work);
            assert!(expected >= set.posts.len() || name == "unicode_words", "{name}");
            group.bench_function(BenchmarkId::from_parameter(name), |b| {
                b.iter(|| assert_eq!(over(&set.posts, &mut work), expected));
            });
        }
        group.finish();
    }
}

/// The table: each by turns, so that whatever else the machine does falls on all, and each turn long
/// enough that what the one before left in the caches counts for little; of each the median pass.
fn table() {
    const LONG: Duration = Duration::from_millis(3000);
    const TURN: Duration = Duration::from_millis(40);
    println!("\nnanoseconds a post; in brackets, what one assessment costs of it");
    let mut head = String::new();
    for set in &sets() {
        let mut workers = workers(set);
        if head.is_empty() {
            head = workers.iter().map(|(name, _)| format!(" {name} |")).collect();
            println!("| posts | bytes |{head}\n|---|{}", "---|".repeat(workers.len() + 1));
        }
        let mut passes = vec![Vec::new(); workers.len()];
        let start = Instant::now();
        while passes[0].len() < 5 || start.elapsed() < LONG {
            for ((_, work), passes) in workers.iter_mut().zip(&mut passes) {
                let turn = Instant::now();
                while turn.elapsed() < TURN {
                    let pass = Instant::now();
                    black_box(over(&set.posts, work));
                    passes.push(pass.elapsed().as_nanos() as f64 / set.posts.len() as f64);
                }
            }
        }
        let costs: Vec<f64> = passes
            .into_iter()
            .map(|mut passes| {
                passes.sort_by(f64::total_cmp);
                passes[passes.len() / 2]
            })
            .collect();
        let bytes: usize = set.posts.iter().map(|post| post.text().len()).sum();
        let row: String = costs
            .iter()
            .enumerate()
            .map(|(at, cost)| match at {
                0 => format!(" {cost:.0} |"),
                _ => format!(" {cost:.0} ({:.2}) |", costs[0] / cost),
            })
            .collect();
        println!("| {} ({}) | {} |{row}", set.name, set.posts.len(), bytes / set.posts.len());
    }
}

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    bench(&mut criterion);
    criterion.final_summary();
    // Not when the benchmarks are only tried (`cargo test --benches`) or listed.
    if std::env::args().any(|argument| argument == "--bench") {
        table();
    }
}

//! Time is linear in the text and flat a byte, whatever the text. Each bound is the best of several
//! runs of this thread's own time, and wide: what it catches is a square.

use std::hint::black_box;
use std::time::Instant;

use doleance::{Analyzer, Post, Scratch};

/// Sizes in bytes of the small and the large text; debug builds are slow.
const SMALL: usize = if cfg!(debug_assertions) { 4_000 } else { 50_000 };
const LARGE: usize = if cfg!(debug_assertions) { 64_000 } else { 1_000_000 };

/// How much more a byte of the large text may cost than one of the small: caches and the page
/// faults of fresh buffers, but no square (which would be sixteen and twenty).
const FLAT: f64 = 7.0;

/// Nanoseconds that are several ticks of any system's clock, and after how many passes it is taken
/// to stand still.
const TICKS: f64 = 3e7;
const MOST_PASSES: u32 = 500;

fn repeat(piece: &str, size: usize) -> String {
    piece.repeat(size / piece.len() + 1)
}

/// Nanoseconds this thread has run, where the system tells; else those of the clock.
fn clock(start: Instant) -> f64 {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|ran| ran.split(' ').next()?.parse().ok())
        .unwrap_or_else(|| start.elapsed().as_nanos() as f64)
}

/// The least nanoseconds a byte that assessing `text` so often takes.
fn cost(analyzer: &Analyzer, text: &str, times: usize) -> f64 {
    let post = Post::from(text);
    let mut scratch = Scratch::new();
    let start = Instant::now();
    let mut best = f64::INFINITY;
    for _ in 0..3 {
        let before = clock(start);
        let mut passes = 0;
        // The system may count whole ticks of its own clock: some of them are waited for.
        let ran = loop {
            for _ in 0..times {
                black_box(analyzer.analyze_with(&mut scratch, black_box(&post)));
            }
            passes += 1;
            let ran = clock(start) - before;
            if ran >= TICKS || passes == MOST_PASSES {
                break ran;
            }
        };
        best = best.min(ran / f64::from(passes));
    }
    // What reads as nothing is less than the system counts.
    best.max(1e5) / (text.len() * times) as f64
}

/// Texts that a naive reader goes over again and again.
const FLOODS: &[(&str, &str)] = &[
    ("exclamation marks", "!"),
    ("question marks and exclamation marks", "?! "),
    ("emoji", "😡"),
    ("emoji with joiners", "👨\u{200d}👩\u{200d}👧\u{200d}👦🏽"),
    ("regional indicators", "🇫🇷"),
    ("one word", "a"),
    ("one word with accents", "é"),
    ("one word with apostrophes", "l'"),
    ("one word with hyphens", "dites-le-"),
    ("one word with dots", "a."),
    ("combining marks", "e\u{301}"),
    ("quotes", "\"«“"),
    ("nested quotes", "\"bad “good « nul "),
    ("parentheses", "(( ) "),
    ("negations", "not "),
    ("French negations", "je ne je ne "),
    ("ne … que", "ne vois que "),
    ("ne … pas", "ne pas jamais rien "),
    ("contrast", "good but bad but "),
    ("conditions", "if you don't "),
    ("threats", "je vais saisir le tribunal et "),
    ("who acts", "vous m' je vous ils avocat plainte "),
    ("hashtags", "#PlusJamaisSFRClient2024 "),
    ("one hashtag", "#aB"),
    ("handles", "@a.b_c "),
    ("addresses", "http://a.b/c?d=e "),
    ("one address", "http://a.b/"),
    ("mail addresses", "a@b.c "),
    ("at signs", "a@"),
    ("numbers", "1 2 3 4 5 "),
    ("one number", "1"),
    ("durations", "3 semaines 2h30 "),
    ("currencies", "€$£12 "),
    ("beginnings of phrases", "aucune réponse de la part du service still no reply from your "),
    ("spaces", " "),
    ("line ends", "\n"),
    ("other scripts", "Привет 漢字 "),
    ("thirds of emoticons", ":-"),
    ("long emoticons", ":)))))"),
];

#[test]
fn floods_cost_the_same_a_byte() {
    let analyzer = Analyzer::new();
    let mut wrong = Vec::new();
    for (name, piece) in FLOODS {
        let (small, large) = (repeat(piece, SMALL), repeat(piece, LARGE));
        // A busy machine may spoil a measurement, not five.
        let mut ratio = f64::INFINITY;
        for _ in 0..4 {
            ratio = ratio.min(cost(&analyzer, &large, 1) / cost(&analyzer, &small, LARGE / SMALL));
            if ratio <= FLAT {
                break;
            }
        }
        if ratio > FLAT {
            wrong.push(format!("{name}: {ratio:.1} times as much a byte"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Ordinary prose, from a kilobyte up.
#[test]
fn long_texts_cost_the_same_a_byte() {
    let analyzer = Analyzer::new();
    let prose = include_str!("../benches/corpus/long.txt");
    let sizes: &[usize] =
        if cfg!(debug_assertions) { &[10_000, 100_000] } else { &[1_000, 1_000_000, 10_000_000] };
    let most = sizes.iter().copied().max().unwrap_or(0).min(1_000_000);
    let costs: Vec<f64> = sizes
        .iter()
        .map(|&size| {
            let text = repeat(prose, size);
            let end = (0..=size).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let text = &text[..end];
            (0..3)
                .map(|_| cost(&analyzer, text, (most / size).max(1)))
                .fold(f64::INFINITY, f64::min)
        })
        .collect();
    for pair in costs.windows(2) {
        assert!(pair[1] < pair[0] * FLAT, "{costs:?} ns a byte for {sizes:?} bytes");
    }
}

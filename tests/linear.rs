//! Time is linear in the text and flat a byte, whatever the text. Each bound is the best of several
//! runs of this thread's own time, and wide: what it catches is a square.

use std::hint::black_box;
use std::time::Instant;

use doleance::{Analyzer, Channel, IntentKind, Post, Scratch, Turn, Voice};

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
    cost_of(text.len(), times, 3, &mut || {
        black_box(analyzer.analyze_with(&mut scratch, black_box(&post)));
    })
}

/// The least nanoseconds a byte, of so many tries, that doing something with so many bytes so often
/// takes.
fn cost_of(bytes: usize, times: usize, tries: usize, run: &mut dyn FnMut()) -> f64 {
    let start = Instant::now();
    let mut best = f64::INFINITY;
    for _ in 0..tries {
        let before = clock(start);
        let mut passes = 0;
        // The system may count whole ticks of its own clock: some of them are waited for.
        let ran = loop {
            for _ in 0..times {
                run();
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
    best.max(1e5) / (bytes * times) as f64
}

/// How much more a byte of the large text costs than one of the small, given what each costs.
fn ratio(mut of: impl FnMut() -> (f64, f64)) -> f64 {
    let mut ratio = f64::INFINITY;
    // A busy machine may spoil a measurement, not five.
    for _ in 0..4 {
        let (small, large) = of();
        ratio = ratio.min(large / small);
        if ratio <= FLAT {
            break;
        }
    }
    ratio
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
        let ratio = ratio(|| (cost(&analyzer, &small, LARGE / SMALL), cost(&analyzer, &large, 1)));
        if ratio > FLAT {
            wrong.push(format!("{name}: {ratio:.1} times as much a byte"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Sizes for what takes longer than assessing.
const SMALL_ROUND: usize = SMALL / 5;
const LARGE_ROUND: usize = LARGE / 5;

/// What a naive reader of drafts and threads goes over again and again.
const DRAFTS: &[(&str, &str)] = &[
    ("open brackets", "["),
    ("open and closed brackets", "[[a] "),
    ("brackets of brackets", "[]]"),
    ("braces", "{ {{"),
    ("apologies", "désolé si vous "),
    ("promises", "we'll get back to you "),
    ("groups of digits", "4111 1111 "),
    ("bank accounts", "FR76 3000 "),
    ("personal data", "votre numéro ici merci de "),
    ("smileys", ":-)a "),
    ("keys", "1\u{fe0f}"),
];

/// What is done, by name, with a flood and the piece it repeats.
type Round<'r> = (&'r str, &'r dyn Fn(&str, &str));

/// Whether doing each of `rounds` with floods costs the same a byte, whatever they repeat.
fn stays_flat(rounds: &[Round<'_>]) {
    let mut wrong = Vec::new();
    for (name, piece) in FLOODS.iter().chain(DRAFTS) {
        let (small, large) = (repeat(piece, SMALL_ROUND), repeat(piece, LARGE_ROUND));
        for (what, run) in rounds {
            let ratio = ratio(|| {
                let times = LARGE_ROUND / SMALL_ROUND;
                let of = |text: &str, times: usize| {
                    cost_of(text.len(), times, 1, &mut || run(black_box(text), piece))
                };
                (of(&small, times), of(&large, 1))
            });
            if ratio > FLAT {
                wrong.push(format!("{what}, {name}: {ratio:.1} times as much a byte"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is known around a post is read in linear time as well: its brand and its thread.
#[test]
fn floods_around_a_post_cost_the_same_a_byte() {
    let analyzer = Analyzer::new();
    let assess = |post: Post<'_>| {
        black_box(analyzer.analyze(post));
    };
    stays_flat(&[
        ("a brand", &|text, _| assess(Post::from(format!("@a {text}")).brand("Marque X"))),
        ("a brand that repeats what the post repeats", &|text, piece| {
            let brand = piece.repeat(500) + "z";
            assess(Post::from(format!("@a {text}")).brand(brand));
        }),
        ("a thread of long turns", &|text, _| {
            let post = Post::from("Toujours rien reçu.");
            assess(post.turn(Turn::customer(text)).turn(Turn::brand(text)));
        }),
        ("a thread of many turns", &|text, _| {
            let cuts: Vec<usize> = text.char_indices().step_by(24).map(|(at, _)| at).collect();
            let turns = cuts.windows(2).enumerate().map(|(n, cut)| {
                let turn = &text[cut[0]..cut[1]];
                if n % 3 == 0 { Turn::customer(turn) } else { Turn::brand(format!("{turn} {n}")) }
            });
            assess(turns.fold(Post::from("Toujours rien reçu."), Post::turn));
        }),
        ("evidence", &|text, _| {
            black_box(analyzer.explain(text));
        }),
    ]);
}

/// Each part of a compound has evidence that quotes the whole: not all of it, thousands of times.
#[test]
fn evidence_is_no_more_than_a_multiple_of_the_text() {
    let analyzer = Analyzer::new();
    for piece in ["dites-le-", "#PlusJamaisSFR", "l'ami-de-", "not-good-"] {
        let text = repeat(piece, 20_000);
        let why = analyzer.explain(text.as_str());
        let bytes: usize = why.evidence().iter().map(|e| e.term().len()).sum();
        assert!(bytes < 200 * text.len(), "{piece}: {bytes} bytes for {}", text.len());
        assert!(why.evidence().iter().all(|e| e.term().len() < 300), "{piece}");
    }
}

/// So is all that a reply is made of, and the draft of one.
#[test]
fn floods_in_replies_cost_the_same_a_byte() {
    let analyzer = Analyzer::new();
    let voice = Voice::new();
    let short = "Toujours rien reçu, le colis a trois semaines de retard, c'est honteux !";
    let said = analyzer.analyze(short);
    assert!(said.complaint().is_complaint());
    let to_nobody = analyzer.analyze("Le colis est bleu.");
    assert_eq!(to_nobody.intent().main(), IntentKind::Other);
    stays_flat(&[
        ("a suggestion", &|text, piece| {
            let post = Post::from(text).brand(piece.repeat(500) + "z");
            black_box(analyzer.suggest(&post, &said, &voice));
        }),
        ("an answer to nobody", &|text, piece| {
            let post = Post::from(text).brand(piece.repeat(500) + "z");
            black_box(analyzer.suggest(&post, &to_nobody, &voice));
        }),
        ("a suggestion in a thread", &|text, _| {
            let post = Post::from(short).turn(Turn::customer(text)).turn(Turn::brand(text));
            black_box(analyzer.suggest(&post.channel(Channel::Email), &said, &voice));
        }),
        ("a draft", &|text, _| {
            let draft = format!("Bonjour {text}]");
            black_box(analyzer.review(&draft, &Post::from(short), &said, &voice));
        }),
        ("a draft for a flood", &|text, _| {
            let post = Post::from(text).turn(Turn::brand(text));
            black_box(analyzer.review(text, &post, &said, &voice));
        }),
    ]);
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

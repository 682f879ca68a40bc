//! Patterns of several words against a search that tries everything: whatever is done to find them
//! fast, a row is met where its slots are, and nowhere else.

use doleance::Analyzer;

/// How far a gap reaches.
const GAP: usize = 4;
/// How many patterns, and how many texts of each.
const PATTERNS: usize = 400;
const TEXTS: usize = 60;

#[derive(Clone, Debug)]
enum Slot {
    Words(Vec<String>),
    Number,
    Gap,
}

/// The same numbers on every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// A word that no post has: one of five of each pattern.
fn word(pattern: usize, which: usize) -> String {
    let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
    format!("zq{}{}x{}v", letter(pattern / 26), letter(pattern), letter(which))
}

/// A pattern, as slots with whether each may be left out.
fn pattern(draw: &mut Draw, number: usize) -> Vec<(Slot, bool)> {
    let length = 2 + draw.below(4);
    let mut slots = Vec::new();
    let mut gaps = 0;
    for at in 0..length {
        let inside = at > 0 && at + 1 < length;
        let after_gap = matches!(slots.last(), Some((Slot::Gap, _)));
        let slot = match draw.below(10) {
            0..=2 if inside && gaps < 2 && !after_gap => {
                gaps += 1;
                slots.push((Slot::Gap, false));
                continue;
            }
            3 => Slot::Number,
            4 => Slot::Words(vec!["12".into()]),
            n => Slot::Words((0..1 + n % 3).map(|_| word(number, draw.below(5))).collect()),
        };
        // Something always has to stand at both ends.
        slots.push((slot, inside && !after_gap && draw.below(4) == 0));
    }
    slots
}

fn written(pattern: &[(Slot, bool)]) -> String {
    let slot = |(slot, optional): &(Slot, bool)| {
        let text = match slot {
            Slot::Words(words) => words.join("|"),
            Slot::Number => "<num>".into(),
            Slot::Gap => "…".into(),
        };
        if *optional { format!("({text})") } else { text }
    };
    pattern.iter().map(slot).collect::<Vec<_>>().join(" ")
}

/// Whether a pattern is met where a text begins.
fn begins(pattern: &[(Slot, bool)], text: &[String]) -> bool {
    let Some(((slot, optional), rest)) = pattern.split_first() else { return true };
    if *optional && begins(rest, text) {
        return true;
    }
    match slot {
        Slot::Gap => {
            let skipped = |n: &usize| text[..*n].iter().all(|word| word != ".");
            (0..=GAP.min(text.len())).filter(skipped).any(|n| begins(rest, &text[n..]))
        }
        Slot::Number => {
            text.first().is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()))
                && begins(rest, &text[1..])
        }
        Slot::Words(words) => {
            text.first().is_some_and(|word| words.contains(word)) && begins(rest, &text[1..])
        }
    }
}

#[test]
fn patterns_are_met_where_they_are() {
    let mut draw = Draw(7);
    // Each holds some word of its own, so that no text meets the pattern of another.
    let own = |(slot, optional): &(Slot, bool)| {
        !optional && matches!(slot, Slot::Words(words) if words.iter().all(|w| w != "12"))
    };
    let mut drawn = |number| loop {
        let pattern = pattern(&mut draw, number);
        if pattern.iter().any(own) {
            return pattern;
        }
    };
    let patterns: Vec<_> = (0..PATTERNS).map(&mut drawn).collect();
    for language in ["en", "fr"] {
        let row = |pattern: &Vec<_>| format!("{}\t\tthanks\t{language}\n", written(pattern));
        let rows: String = patterns.iter().map(row).collect();
        let analyzer = Analyzer::builder()
            .lexicon("patterns.tsv", format!("term\tvalence\tkind\tlanguage\n{rows}"))
            .build()
            .unwrap_or_else(|e| panic!("{e}"));
        let start = if language == "en" { "they said to us that" } else { "ils nous ont dit que" };
        let mut met = 0;
        for (number, pattern) in patterns.iter().enumerate() {
            for _ in 0..TEXTS {
                let words: Vec<String> = (0..3 + draw.below(9))
                    .map(|_| match draw.below(12) {
                        0 => ".".into(),
                        1 => "12".into(),
                        2 => "7".into(),
                        3 => "zqother".into(),
                        _ => word(number, draw.below(5)),
                    })
                    .collect();
                let text = format!("{start} {}", words.join(" "));
                let is = (0..words.len()).any(|at| begins(pattern, &words[at..]));
                met += usize::from(is);
                let why = analyzer.explain(text.as_str());
                let found = why.evidence().iter().any(|e| e.term().starts_with("cue:thanks"));
                assert_eq!(found, is, "`{}` in {text}", written(pattern));
            }
        }
        // Neither nearly always nor nearly never.
        assert!((PATTERNS * TEXTS / 20..PATTERNS * TEXTS * 19 / 20).contains(&met), "{met}");
    }
}

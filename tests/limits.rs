//! What a user's lexicons and templates may cost is bounded: too much is an error that says how much is
//! allowed, and what is allowed takes seconds at most in a debug build.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use doleance::{Analyzer, Catalogue, Error};

fn build(rows: &str) -> Result<(), Error> {
    let begin = Instant::now();
    let built = Analyzer::builder().lexicon("ours.tsv", rows).build().map(drop);
    let took = begin.elapsed();
    // What grows with the square of the rows takes minutes.
    assert!(took < Duration::from_secs(60), "{took:?} for {} bytes", rows.len());
    built
}

#[track_caller]
fn refused(rows: &str, expected: &str) {
    let error = build(rows).expect_err(expected);
    assert!(error.is_lexicon(), "{error:?}");
    assert!(error.to_string().contains(expected), "{error}");
    assert!(error.to_string().len() < 2_000, "{} bytes of error", error.to_string().len());
}

fn rows(header: &str, count: usize, row: impl Fn(usize) -> String) -> String {
    let mut text = format!("{header}\n");
    for i in 0..count {
        writeln!(text, "{}", row(i)).expect("memory");
    }
    text
}

#[test]
fn rows_bytes_and_words_of_a_lexicon() {
    refused(&rows("term\tvalence", 400_001, |i| format!("w{i}\t1")), "more than 400000 rows");
    refused(&"#\n".repeat((64 << 20) / 2 + 1), "at most 67108864");
    refused(&format!("term\tvalence\n{}\t1\n", "x".repeat(20_000)), "longer than 16384 bytes");
    // A million different words, by inflections of fewer rows.
    let many = rows("term\tvalence", 4_000, |i| {
        let words: Vec<_> = (0..300).map(|j| format!("w{i}x{j}")).collect();
        format!("{}\t1", words.join("|"))
    });
    refused(&many, "different words; at most a million");
}

/// Few bytes that stand for many: a list of words, named again and again.
#[test]
fn words_of_all_patterns() {
    let list: Vec<_> = (0..2_000).map(|i| format!("w{i}")).collect();
    let list = format!("list\twords\nlong\t{}\n", list.join(" "));
    let patterns =
        rows("term\tvalence", 2_000, |i| format!("z{i} [long] ([long]) ([long]) ([long])\t1"));
    let error = Analyzer::builder()
        .lexicon("list.tsv", list)
        .lexicon("patterns.tsv", patterns)
        .build()
        .map(drop)
        .expect_err("too many words");
    assert!(error.message().contains("patterns stand for more than 8000000 words"), "{error}");
    assert_eq!(error.source_name(), "patterns.tsv");
}

#[test]
fn time_grows_with_the_rows_alone() {
    // Each with a weight of its own, so that no two say the same.
    let different = rows("term\tvalence\tarousal", 40_000, |i| {
        format!("zz{i} yy\t{}\t{}", (i % 8_000) as f32 / 2_000.0, (i / 8_000) as f32 / 10.0)
    });
    build(&different).expect("a lexicon");
    build(&rows("term\tvalence\tremove", 40_000, |i| format!("zz{i}\t\tyes"))).expect("a lexicon");
    // Words of nothing but what is split off.
    let elided = rows("term\tvalence", 400, |i| format!("{}{i}\t1", "l'".repeat(8_000)));
    refused(&elided, "slots; at most 10");
    let hyphens = rows("term\tvalence", 400, |i| format!("a{i}{}\t1", "-a".repeat(8_000)));
    refused(&hyphens, "longer than 255 bytes");
}

/// Rows whose terms fold to one word are counted together.
#[test]
fn support_may_be_as_large_as_it_likes() {
    let spellings = ["zinzole", "zinzolé", "zinzôle", "zînzole", "zînzolé", "zînzôle"];
    let learned = rows("term\tweights\tsupport", spellings.len(), |i| {
        format!("{}\tcomplaint=1\t1000000000", spellings[i])
    });
    build(&learned).expect("a lexicon");
}

fn template(id: usize, body: &str) -> String {
    format!(
        "[[template]]\nid = \"zz.{id}\"\nregister = \"neutral\"\nchannels = [\"email\"]\n\
         length = \"short\"\nmoves = [\"thanks\"]\nsource = \"ours\"\nbody = \"{body}\"\n"
    )
}

#[track_caller]
fn template_refused(text: &str, expected: &str) {
    let mut catalogue = Catalogue::builtin();
    let before = catalogue.len();
    let begin = Instant::now();
    let error = catalogue.add("ours.toml", text).expect_err(expected);
    assert!(begin.elapsed() < Duration::from_secs(30), "{:?}", begin.elapsed());
    assert!(error.is_template() && error.to_string().contains(expected), "{error}");
    assert_eq!(catalogue.len(), before, "an error leaves the catalogue as it was");
}

#[test]
fn templates() {
    let english = "language = \"en\"\n";
    let many: String = (0..5_001).map(|i| template(i, "Hi")).collect();
    template_refused(&format!("{english}{many}"), "templates; at most 5000");
    template_refused(&"#\n".repeat((4 << 20) / 2 + 1), "at most 4194304");
    let long = template(0, &"x".repeat(40_000));
    template_refused(&format!("{english}{long}"), "longer than 32768 bytes");
    let gone: String =
        (0..60_000).map(|i| format!("[[template]]\nid=\"{i}\"\nremove=true\n")).collect();
    template_refused(&format!("{english}{gone}"), "to remove");
    template_refused(&format!("a = {}", "[".repeat(100_000)), "");
    template_refused(&"a.".repeat(100_000), "");

    let mut catalogue = Catalogue::builtin();
    let error = catalogue.add_review_rules("ours.tsv", &"#\n".repeat((4 << 20) / 2 + 1));
    assert!(error.expect_err("too long").message().contains("at most 4194304"));
    let header = "term\tkind\tlanguage\tseverity\twhy\tfix\n";
    let variants = "i'll|we ".repeat(12);
    let error = catalogue
        .add_review_rules("ours.tsv", &format!("{header}{variants}\tadmission\ten\tlow\t-\t-\n"));
    assert!(error.expect_err("too many").message().contains("too many variants"));
}

//! `words` has the boundaries of UAX #29: those of `unicode-segmentation`, and those of the test file of
//! the Unicode Character Database.

use std::path::PathBuf;
use std::process::Command;

use doleance::text::words;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::pieces::{NASTY, cases, nasty};

/// The boundaries of `unicode-segmentation`, with whether each segment is a word.
fn reference(text: &str) -> Vec<(&str, bool)> {
    text.split_word_bounds().map(|s| (s, s.chars().any(char::is_alphanumeric))).collect()
}

fn ours(text: &str) -> Vec<(&str, bool)> {
    words(text).map(|s| (s.of(text), s.is_word())).collect()
}

#[test]
fn words_by_the_book() {
    // One line a rule of UAX #29, then pairs of all that is nasty.
    for text in [
        "\r\n\n\r \u{85}\u{2028}a\u{b}",
        "a\u{308}b \u{308}c\n\u{308}",
        "\u{200D}😀 👩\u{200D}💻 a\u{200D}😀",
        "  a\u{2003}\u{2003} \u{308}",
        "can't can’t a:b a·b a.b a'' 'a",
        "3.14 3,14 3;14 3:14 3.a a.3 a,b 3'4",
        "a_b _1_ __ a_'b _'a",
        "א\"א א' a\"a",
        "カタカナ ア_a",
        "🇫🇷🇬🇧🇫 a🇫🇷",
        "4e été ĀāŸÿ×÷ ﬁ",
    ] {
        assert_eq!(ours(text), reference(text), "{text:?}");
    }
    for a in NASTY {
        for b in NASTY {
            for c in NASTY {
                let text = format!("{a}{b}{c}");
                assert_eq!(ours(&text), reference(&text), "{text:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(40_000))]

    #[test]
    fn words_equal_the_reference(text in nasty()) {
        prop_assert_eq!(ours(&text), reference(&text));
    }
}

/// Where cargo keeps the sources of `unicode-segmentation`. Of this platform's packages alone: on a new
/// machine cargo has fetched no others.
fn reference_source() -> PathBuf {
    let about = Command::new(env!("CARGO")).arg("-vV").output().expect("cargo runs").stdout;
    let about = String::from_utf8(about).expect("text");
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).expect("a platform");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--filter-platform", host])
        .arg("--manifest-path")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .expect("cargo runs");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let packages = metadata["packages"].as_array().expect("packages");
    let found = packages.iter().find(|package| package["name"] == "unicode-segmentation");
    let manifest = found.and_then(|package| package["manifest_path"].as_str()).expect("a path");
    PathBuf::from(manifest).with_file_name("tests").join("testdata").join("mod.rs")
}

/// The string of a literal, or the strings of a list of them.
fn strings(of: &syn::Expr) -> Vec<String> {
    match of {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => vec![text.value()],
        syn::Expr::Reference(list) => strings(&list.expr),
        syn::Expr::Array(list) => list.elems.iter().flat_map(strings).collect(),
        _ => panic!("neither a string nor a list of strings"),
    }
}

fn constant<'f>(items: &'f [syn::Item], name: &str) -> Option<&'f syn::ItemConst> {
    items.iter().find_map(|item| match item {
        syn::Item::Const(constant) if constant.ident == name => Some(constant),
        syn::Item::Mod(module) => constant_in(module, name),
        _ => None,
    })
}

fn constant_in<'f>(module: &'f syn::ItemMod, name: &str) -> Option<&'f syn::ItemConst> {
    constant(&module.content.as_ref()?.1, name)
}

/// `WordBreakTest.txt` of the Unicode version that `unicode-segmentation` has, which its package carries as
/// Rust source: so there is no copy here to grow old.
#[test]
fn words_of_the_unicode_character_database() {
    let file = reference_source();
    let source = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{file:?}: {e}"));
    let parsed = syn::parse_file(&source).expect("Rust");
    let table = constant(&parsed.items, "TEST_WORD").expect("the cases of words");
    let syn::Expr::Reference(list) = &*table.expr else { panic!("no list") };
    let syn::Expr::Array(list) = &*list.expr else { panic!("no list") };
    let mut wrong = Vec::new();
    for case in &list.elems {
        let syn::Expr::Tuple(case) = case else { panic!("no case") };
        let text = strings(&case.elems[0]).concat();
        let expected = strings(&case.elems[1]);
        let found: Vec<&str> = words(&text).map(|word| word.of(&text)).collect();
        if found != expected {
            wrong.push(format!("{text:?}: {found:?}, expected {expected:?}"));
        }
    }
    println!("{} cases of the Unicode Character Database", list.elems.len());
    assert!(list.elems.len() > 1_500, "only {} cases", list.elems.len());
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

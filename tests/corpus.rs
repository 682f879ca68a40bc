//! What fuzzing is begun from and what it once found, without a fuzzer: every input of `fuzz/seeds` and
//! `fuzz/regressions` through the check of its target, then changed at random as a fuzzer would.
//!
//! `DOLEANCE_CASES` sets how many changed inputs each target gets.

mod support;
mod untrusted;

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};

/// The inputs of a target, by file. A packaged crate has none: the folder stays in the repository.
fn inputs(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    if !root.exists() {
        return Vec::new();
    }
    let seeds = root.join("seeds").join(target);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&seeds)
        .expect("seeds")
        .map(|entry| entry.expect("a file").path())
        .collect();
    assert!(!files.is_empty(), "{target} has no seeds");
    let found = std::fs::read_dir(root.join("regressions").join(target));
    files.extend(found.into_iter().flatten().map(|entry| entry.expect("a file").path()));
    files.sort();
    files.into_iter().map(|file| (file.clone(), std::fs::read(file).expect("bytes"))).collect()
}

/// What a fuzzer does to an input.
#[derive(Clone, Debug)]
enum Change {
    Cut(Index, usize),
    Put(Index, Vec<u8>),
    Splice(Index, Index, Index),
    Swap(Index, Index),
}

fn change() -> impl Strategy<Value = Change> {
    let telling = prop::sample::select(TELLING).prop_map(|part| part.as_bytes().to_vec());
    prop_oneof![
        (any::<Index>(), 1..40usize).prop_map(|(at, n)| Change::Cut(at, n)),
        (any::<Index>(), prop::collection::vec(any::<u8>(), 1..4))
            .prop_map(|(at, bytes)| Change::Put(at, bytes)),
        (any::<Index>(), telling).prop_map(|(at, bytes)| Change::Put(at, bytes)),
        any::<(Index, Index, Index)>().prop_map(|(at, of, from)| Change::Splice(at, of, from)),
        any::<(Index, Index)>().prop_map(|(one, other)| Change::Swap(one, other)),
    ]
}

/// What the readers look for.
const TELLING: &[&str] = &[
    "\t",
    "\n",
    "\r\n",
    "\"",
    "{",
    "}",
    "[",
    "]",
    "{{",
    "}}",
    "|",
    "…",
    "~",
    "(",
    ")",
    "=",
    ",",
    ";",
    "-1",
    "1e999",
    "null",
    "\\u0000",
    "\u{feff}",
    "\u{301}",
    "\u{200d}",
    "4294967296",
    "#",
    "*",
    "",
];

fn apply(mut bytes: Vec<u8>, changes: &[Change], all: &[(PathBuf, Vec<u8>)]) -> Vec<u8> {
    for change in changes {
        match change {
            Change::Cut(at, n) => {
                let from = at.index(bytes.len() + 1);
                let to = (from + n).min(bytes.len());
                bytes.drain(from..to);
            }
            Change::Put(at, part) => {
                let at = at.index(bytes.len() + 1);
                bytes.splice(at..at, part.iter().copied());
            }
            Change::Splice(at, of, from) => {
                let other = &of.get(all).1;
                bytes.truncate(at.index(bytes.len() + 1));
                bytes.extend(&other[from.index(other.len() + 1)..]);
            }
            Change::Swap(one, other) if !bytes.is_empty() => {
                let (one, other) = (one.index(bytes.len()), other.index(bytes.len()));
                bytes.swap(one, other);
            }
            Change::Swap(..) => {}
        }
    }
    bytes.truncate(4096);
    bytes
}

/// All inputs of a target, then `cases` changed ones.
fn run(target: &str, cases: u32, check: fn(&[u8])) {
    let all = inputs(target);
    if all.is_empty() {
        println!("{target}: no folder `fuzz` here");
        return;
    }
    for (file, bytes) in &all {
        println!("{}", file.display());
        check(bytes);
    }
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let changed = (any::<Index>(), prop::collection::vec(change(), 1..6))
        .prop_map(|(which, changes)| apply(which.get(&all).1.clone(), &changes, &all));
    TestRunner::new(config)
        .run(&changed, |bytes| {
            check(&bytes);
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{target}: {failure}"));
    println!("{target}: {} inputs kept, {cases} changed", all.len());
}

#[test]
fn analyze() {
    run("analyze", support::cases(), untrusted::analyze::check);
}

#[test]
fn tokenizers() {
    run("tokenizers", 4 * support::cases(), untrusted::tokenizers::check);
}

/// Few: every lexicon that can be read compiles those that ship again.
#[test]
fn lexicon() {
    run("lexicon", support::cases() / 16, untrusted::lexicon::check);
}

#[test]
fn templates() {
    run("templates", support::cases() / 2, untrusted::templates::check);
}

#[cfg(feature = "serde")]
mod serde {
    use super::{run, support, untrusted};

    #[test]
    fn csv() {
        run("csv", support::cases(), untrusted::csv::check);
    }

    #[test]
    fn json() {
        run("json", support::cases(), untrusted::json::check);
    }

    #[test]
    fn pulse() {
        run("pulse", support::cases() / 2, untrusted::pulse::check);
    }
}

//! Compiles the lexicons into tables.
//!
//! The code that reads and compiles them is the library's own, taken in by path: a file a user
//! loads at run time and the files that ship go through the same reader.

#![allow(dead_code, unreachable_pub)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

#[path = "../src/text"]
mod text {
    pub(crate) mod fold;
    pub(crate) mod latin;
}

#[path = "../src/lexicon"]
mod lexicon {
    pub(crate) mod compile;
    pub(crate) mod compounds;
    pub(crate) mod entry;
    pub(crate) mod follow;
    pub(crate) mod grammar;
    pub(crate) mod pack;
    pub(crate) mod pattern;
    pub(crate) mod rows;
    pub(crate) mod settings;
    pub(crate) mod shapes;
    pub(crate) mod trie;
    pub(crate) mod tsv;
}

#[path = "build/replies.rs"]
mod replies;

#[path = "build/text.rs"]
mod text_tables;

#[path = "build/virality.rs"]
mod virality;

use lexicon::tsv::{Scope, Source};

/// The files of a language, in the order they are read.
const FILES: &[&str] = &[
    "paradigms.tsv",
    "paradigms_cues.tsv",
    "lists.tsv",
    "homographs.tsv",
    "norms.tsv",
    "valence.tsv",
    "cues.tsv",
    "weights.tsv",
    "calibration.tsv",
];

/// The files of both.
const SHARED: &[&str] = &[
    "shared/clitics.tsv",
    "shared/emoji.tsv",
    "shared/emoticons.tsv",
    "shared/hashtags.tsv",
    "shared/other_languages.tsv",
    "shared/ratings.tsv",
    "priority.tsv",
];

fn main() {
    if let Err(message) = run() {
        eprintln!("{message}");
        process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("no CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    let lexicons = root.join("lexicons");
    println!("cargo:rerun-if-changed=lexicons");
    println!("cargo:rerun-if-changed=src/lexicon");
    println!("cargo:rerun-if-changed=src/text");

    let mut files: Vec<(String, Scope)> =
        SHARED.iter().map(|name| ((*name).to_owned(), Scope::Both)).collect();
    for (folder, scope) in [("fr", Scope::French), ("en", Scope::English)] {
        files.extend(FILES.iter().map(|name| (format!("{folder}/{name}"), scope)));
    }
    files.retain(|(name, _)| lexicons.join(name).exists());
    compile(&lexicons, &files, &out)?;
    replies::generate(&lexicons, &out)?;
    virality::generate(&lexicons, &out)?;
    text_tables::generate(&lexicons, &out).map_err(|message| format!("lexicons/{message}"))
}

fn compile(lexicons: &Path, files: &[(String, Scope)], out: &Path) -> Result<(), String> {
    let mut texts = Vec::new();
    let mut listing = String::from("pub(super) const SOURCES: &[Source<'static>] = &[\n");
    for (name, scope) in files {
        let path = lexicons.join(name);
        let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        texts.push((format!("lexicons/{name}"), *scope, text));
        let _ = writeln!(
            listing,
            "Source {{ name: {:?}, scope: Scope::{scope:?}, text: include_str!({:?}) }},",
            format!("lexicons/{name}"),
            path.display(),
        );
    }
    listing.push_str("];\n");
    let sources: Vec<Source<'_>> =
        texts.iter().map(|(name, scope, text)| Source { name, scope: *scope, text }).collect();
    let compiled = lexicon::compile::compile(&sources, &[]).map_err(|fault| fault.to_string())?;
    let bytes = lexicon::pack::pack(&compiled)?;
    fs::write(out.join("lexicons.bin"), bytes).map_err(|e| e.to_string())?;
    fs::write(out.join("lexicons.rs"), listing).map_err(|e| e.to_string())
}

//! The fuzz targets' checks, compiled once for all of them. They stand in `tests/untrusted`, where
//! `tests/corpus.rs` runs them without a fuzzer.

#[path = "../../tests/support/mod.rs"]
mod support;
#[path = "../../tests/untrusted/mod.rs"]
mod untrusted;

macro_rules! targets {
    ($($name:ident),+) => {
        $(
            /// See the module of that name in `tests/untrusted`.
            pub fn $name(bytes: &[u8]) {
                untrusted::$name::check(bytes);
            }
        )+
    };
}

targets!(tokenizers, analyze, lexicon, templates, json, csv, pulse);

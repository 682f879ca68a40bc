//! The build step: lexicon files to static tables.

use std::path::Path;

#[path = "build/text.rs"]
mod text;

fn main() {
    let lexicons = Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons");
    let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    for file in text::FILES {
        println!("cargo:rerun-if-changed=lexicons/{file}");
    }
    println!("cargo:rerun-if-changed=lexicons/build");
    if let Err(message) = text::generate(&lexicons, Path::new(&out)) {
        eprintln!("lexicons/{message}");
        std::process::exit(1);
    }
}

//! Compiles the lexicons. A malformed row stops the build, naming file, line and column.

use std::path::Path;

#[path = "build/replies.rs"]
mod replies;

fn main() {
    println!("cargo:rerun-if-changed=lexicons/build.rs");
    let out = std::env::var_os("OUT_DIR").unwrap_or_default();
    if let Err(message) = replies::generate(Path::new("lexicons"), Path::new(&out)) {
        eprintln!("{message}");
        std::process::exit(1);
    }
}

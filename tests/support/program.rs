//! The example programs, run as a user runs them.

use std::path::Path;
use std::process::Command;

/// An example program. A whole `cargo test` builds them; they stand beside the test's own program.
pub(crate) fn program(name: &str) -> Command {
    let here = std::env::current_exe().expect("this test has a path");
    let profile = here.parent().and_then(Path::parent).expect("target/<profile>/deps");
    let path = profile.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(path.exists(), "{} is not built: run `cargo build --examples`", path.display());
    Command::new(path)
}

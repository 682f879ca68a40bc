//! The analyzer of a command line: the built-in lexicons, and the user's files over them.

use std::path::{Path, PathBuf};

use doleance::Analyzer;

#[derive(clap::Args)]
pub(crate) struct Overlays {
    /// A lexicon file (TSV) whose rows are added to the built-in ones; may be repeated
    #[arg(long, value_name = "FILE")]
    lexicon: Vec<PathBuf>,
    /// A file of reply templates (TOML) added to the built-in ones; may be repeated
    #[arg(long, value_name = "FILE")]
    replies: Vec<PathBuf>,
}

impl Overlays {
    pub(crate) fn analyzer(&self) -> Result<Analyzer, String> {
        if self.lexicon.is_empty() && self.replies.is_empty() {
            return Ok(Analyzer::new());
        }
        let mut builder = Analyzer::builder();
        for path in &self.lexicon {
            builder = builder.lexicon(path.display().to_string(), text(path)?);
        }
        for path in &self.replies {
            builder = builder.replies(path.display().to_string(), text(path)?);
        }
        builder.build().map_err(|e| e.to_string())
    }
}

fn text(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path)
        .map_err(|e| format!("{}: cannot be read: {e}; expected a text file", path.display()))
}

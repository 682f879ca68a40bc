//! Writes the features of labelled posts, as the learned lexicon is fitted on them.
//!
//! `features OUT FILE...`: for each row of each JSON Lines file one line in OUT: the file's number,
//! the row's number, then tab-separated `name=value`. The text is all that is read of a row, and
//! its `language`, which fitting knows.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;

use clap::Parser;
use doleance::{Analyzer, Language, Post};

/// Writes the features of labelled posts, as the learned lexicon is fitted on them
#[derive(Parser)]
struct Args {
    /// Where to write them, one line a post; posts (.jsonl) are never written over
    out: PathBuf,
    /// Posts, one JSON object with a `text` a line
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    if args.out.extension().is_some_and(|e| e == "jsonl") {
        return Err(format!(
            "{}: the first name is written to, and this looks like posts",
            args.out.display()
        )
        .into());
    }
    let mut out = BufWriter::new(File::create(&args.out)?);
    let analyzer = Analyzer::new();
    for (file, path) in args.files.iter().enumerate() {
        for (row, line) in BufReader::new(File::open(path)?).lines().enumerate() {
            let line = line?;
            let at = format!("{}:{}", path.display(), row + 1);
            let json: serde_json::Value =
                serde_json::from_str(&line).map_err(|e| format!("{at}: {e}"))?;
            let text = json["text"].as_str().ok_or(format!("{at}: no text"))?;
            let mut post = Post::from(text);
            if let Some(language) =
                json["language"].as_str().and_then(|l| l.parse::<Language>().ok())
            {
                post = post.language(language);
            }
            write!(out, "{file}\t{row}")?;
            let mut failed = None;
            analyzer.fitting_features(&post, &mut |name, value| {
                if let Err(e) = write!(out, "\t{name}={value:.5}") {
                    failed = Some(e);
                }
            });
            if let Some(e) = failed {
                return Err(e.into());
            }
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(())
}

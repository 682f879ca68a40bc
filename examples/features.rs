//! Writes the features of labelled posts, as the learned lexicon is fitted on them.
//!
//! `features OUT FILE...`: for each row of each JSON Lines file one line in OUT: the file's number,
//! the row's number, then tab-separated `name=value`. The text is all that is read of a row, and
//! its `language`, which fitting knows.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};

use doleance::{Analyzer, Language, Post};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let out = args.next().ok_or("usage: features OUT FILE...")?;
    let mut out = BufWriter::new(File::create(out)?);
    let analyzer = Analyzer::new();
    for (file, path) in args.enumerate() {
        for (row, line) in BufReader::new(File::open(&path)?).lines().enumerate() {
            let line = line?;
            let at = format!("{path}:{}", row + 1);
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

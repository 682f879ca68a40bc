//! Any text is a lexicon or an error with its place; with a lexicon that is one, posts are assessed. A
//! record separator parts what are two lexicons, so that rows are overridden and removed.

use doleance::Analyzer;

use super::text;
use crate::support;

pub(crate) fn check(bytes: &[u8]) {
    let text = text(bytes);
    let (first, second) = text.split_once('\u{1e}').unwrap_or((text, ""));
    match Analyzer::builder().lexicon("first.tsv", first).lexicon("fuzz.tsv", second).build() {
        Err(error) => {
            assert!(error.is_lexicon());
            assert!(error.line().is_none_or(|line| line <= text.lines().count() + 1), "{error}");
            assert!(!error.to_string().contains('\n'), "{error}");
        }
        Ok(analyzer) => {
            let post =
                "Toujours rien, c'est une honte ! Still no refund, I'm leaving zz. 😡 3 jours";
            for post in [post, text] {
                let why = analyzer.explain(post);
                support::check_assessment(why.assessment(), post);
                support::check_evidence(&why, post);
            }
        }
    }
}

//! Any text is a lexicon or an error with its place; with a lexicon that is one, posts are assessed.

use doleance::Analyzer;

use super::text;
use crate::support;

pub(crate) fn check(bytes: &[u8]) {
    let text = text(bytes);
    match Analyzer::builder().lexicon("fuzz.tsv", text).build() {
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

//! Suggested replies, rendered with what the command line knows.

use doleance::{Analyzer, Assessment, Escape, Post, Values, Voice};
use serde::Serialize;

/// A reply ready to be read, or nearly so: what is missing is said.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Reply {
    pub(crate) template: String,
    pub(crate) why: String,
    pub(crate) public: bool,
    pub(crate) cautions: Vec<String>,
    pub(crate) text: String,
    pub(crate) missing: Vec<String>,
    pub(crate) complete: bool,
}

/// How many replies are shown for a post.
const SHOWN: usize = 3;

/// The best replies to a post, best first.
pub(crate) fn replies(
    analyzer: &Analyzer,
    post: &Post<'_>,
    said: &Assessment,
    voice: &Voice,
) -> Vec<Reply> {
    let suggestions = analyzer.suggest(post, said, voice);
    let rendered = suggestions.iter().take(SHOWN).map(|suggestion| {
        let reply = suggestion.render(&Values::new(), Escape::None);
        Reply {
            template: suggestion.template_id().to_string(),
            why: suggestion.why().to_string(),
            public: suggestion.is_public(),
            cautions: suggestion.cautions().iter().map(ToString::to_string).collect(),
            text: reply.text().to_string(),
            missing: reply.missing().iter().map(ToString::to_string).collect(),
            complete: reply.is_complete(),
        }
    });
    rendered.collect()
}

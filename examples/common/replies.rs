//! Suggested replies, rendered with what the command line knows.

use doleance::{Analyzer, Assessment, Escape, Post, Values, Voice};
use serde::Serialize;

/// A reply ready to be read, or nearly so: what is missing is said.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Reply {
    pub(crate) template: String,
    pub(crate) why: Vec<String>,
    pub(crate) public: bool,
    pub(crate) cautions: Vec<String>,
    pub(crate) text: String,
    pub(crate) missing: Vec<String>,
    pub(crate) complete: bool,
}

/// Who answers.
#[derive(clap::Args)]
pub(crate) struct Answering {
    /// The name of the brand that answers, for --suggest
    #[arg(long, value_name = "NAME")]
    brand: Option<String>,
    /// What replies are signed with, for --suggest
    #[arg(long, value_name = "TEXT")]
    signature: Option<String>,
}

impl Answering {
    pub(crate) fn voice(&self) -> Voice {
        let mut voice = Voice::new();
        if let Some(brand) = &self.brand {
            voice = voice.brand(brand);
        }
        if let Some(signature) = &self.signature {
            voice = voice.signature(signature);
        }
        voice
    }
}

/// The best replies to a post, best first.
pub(crate) fn replies(
    analyzer: &Analyzer,
    post: &Post<'_>,
    said: &Assessment,
    voice: &Voice,
) -> Vec<Reply> {
    let suggestions = analyzer.suggest(post, said, voice);
    let rendered = suggestions.iter().map(|suggestion| {
        let reply = suggestion.render(&Values::new(), Escape::None);
        Reply {
            template: suggestion.template_id().to_string(),
            why: suggestion.why().to_vec(),
            public: suggestion.is_public(),
            cautions: suggestion.cautions().to_vec(),
            text: reply.text().to_string(),
            missing: reply.missing().to_vec(),
            complete: reply.is_complete(),
        }
    });
    rendered.collect()
}

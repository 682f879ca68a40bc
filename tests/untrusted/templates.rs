//! Any text is a catalogue of replies, a list of review rules, or an error with its place; what is
//! suggested can be rendered and what is found lies in the draft.

use doleance::{Analyzer, Catalogue, Error, Escape, Post, Values, Voice};

use super::text;

fn is_told(error: &Error, text: &str) {
    assert!(error.is_template(), "{error:?}");
    assert!(error.line().is_none_or(|line| line <= text.lines().count() + 1), "{error}");
    assert!(!error.to_string().contains('\n'), "{error}");
}

pub(crate) fn check(bytes: &[u8]) {
    let text = text(bytes);
    let post = Post::from("Toujours rien reçu, 3e relance, je résilie !");
    match Analyzer::builder().replies("fuzz.toml", text).build() {
        Err(error) => is_told(&error, text),
        Ok(analyzer) => {
            let said = analyzer.analyze(&post);
            let values =
                Values::new().set("customer.first_name", "{{case.id}}").set("case.id", text);
            for reply in analyzer.suggest(&post, &said, &Voice::new().brand("MarqueX")) {
                for escape in [Escape::None, Escape::Html] {
                    let _ = reply.render(&values, escape).text();
                }
            }
        }
    }
    let mut catalogue = Catalogue::builtin();
    match catalogue.add_review_rules("fuzz.tsv", text) {
        Err(error) => is_told(&error, text),
        Ok(()) => {
            let said = Analyzer::new().analyze(&post);
            let voice = Voice::new().brand("MarqueX");
            let draft = "Bonjour, zz, nous sommes désolés. We are sorry, zz 4242 4242 4242 4242.";
            for draft in [draft, text] {
                for finding in doleance::reply::review(&catalogue, draft, &post, &said, &voice) {
                    if let Some(span) = finding.span() {
                        assert!(draft.get(span.range()).is_some(), "{finding:?} is off the draft");
                    }
                }
            }
        }
    }
}

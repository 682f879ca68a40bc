//! Any JSON is a post or an error, and so with what the crate says of one; what is read is written
//! and read again as the same.

use doleance::{Analyzer, Assessment, Explanation, Post};

use super::text;

thread_local! {
    static ANALYZER: Analyzer = Analyzer::new();
}

pub(crate) fn check(bytes: &[u8]) {
    let json = text(bytes);
    if let Ok(post) = serde_json::from_str::<Post<'_>>(json) {
        if let Ok(again) = serde_json::to_string(&post) {
            assert!(serde_json::from_str::<Post<'_>>(&again).expect("what was written") == post);
        }
        let said = ANALYZER.with(|analyzer| analyzer.analyze(&post));
        let json = serde_json::to_string(&said).expect("JSON");
        assert!(serde_json::from_str::<Assessment>(&json).expect("what was written") == said);
    }
    if let Ok(said) = serde_json::from_str::<Assessment>(json) {
        for threat in said.escalation().threats().iter() {
            let _ = (threat.span().len(), threat.span().of(json));
        }
        let again = serde_json::to_string(&said).expect("JSON");
        assert!(serde_json::from_str::<Assessment>(&again).expect("what was written") == said);
    }
    if let Ok(why) = serde_json::from_str::<Explanation>(json) {
        let again = serde_json::to_string(&why).expect("JSON");
        assert!(serde_json::from_str::<Explanation>(&again).expect("what was written") == why);
    }
}

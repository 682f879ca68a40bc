//! Any JSON is a post or an error, and so with what the crate says of one; what is read is written
//! and read again as the same.

use doleance::{
    Analyzer, Assessment, Escape, Explanation, Observation, Post, Pulse, Values, Voice,
};

use super::text;

thread_local! {
    static ANALYZER: Analyzer = Analyzer::new();
}

/// What was stored may have been changed, or be of another post: it is answered all the same.
fn answer(said: &Assessment) {
    let post = Post::from("3e relance, é ! Je saisis le médiateur.");
    let voice = Voice::new().brand("MarqueX");
    ANALYZER.with(|analyzer| {
        for reply in analyzer.suggest(&post, said, &voice) {
            let _ = reply.render(&Values::new(), Escape::None).text();
        }
        let _ = analyzer.review("Bonjour, nous sommes désolés. Écrivez-nous.", &post, said, &voice);
    });
    let mut pulse = Pulse::new();
    pulse.observe(&Observation::new(0, said));
    pulse.observe(&Observation::of(60, &post, said));
    let _ = pulse.state("", 60);
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
        answer(&said);
    }
    if let Ok(why) = serde_json::from_str::<Explanation>(json) {
        let again = serde_json::to_string(&why).expect("JSON");
        assert!(serde_json::from_str::<Explanation>(&again).expect("what was written") == why);
    }
}

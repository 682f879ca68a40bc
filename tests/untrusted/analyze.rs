//! Any text is assessed, the same by every way in, in range, and its evidence adds up.

use std::cell::RefCell;

use doleance::{Analyzer, Channel, Engagement, Escape, Language, Post, Scratch, Values, Voice};

use super::text;
use crate::support;

thread_local! {
    static STATE: RefCell<(Analyzer, Scratch)> = RefCell::new((Analyzer::new(), Scratch::new()));
}

/// The first character, where it is a control character, chooses what is known beside the text.
fn post(text: &str) -> Post<'_> {
    let context = text.chars().next().map_or(0, u32::from);
    let mut post = Post::from(text);
    if !(1..32).contains(&context) {
        return post;
    }
    post = post.channel(Channel::ALL[context as usize % Channel::ALL.len()]);
    if context & 1 == 1 {
        post = post.language(Language::ALL[context as usize / 2 % 2]).previous_contacts(context);
    }
    if context & 4 == 4 {
        let count = u64::from(context).saturating_pow(context);
        post = post.followers(count).engagement(Engagement::new(count, 1, count / 2));
    }
    if context & 8 == 8 {
        post = post.age_minutes(f64::from(context) - 20.0).waiting_hours(1e300).brand_replied(true);
    }
    post
}

pub(crate) fn check(bytes: &[u8]) {
    let text = text(bytes);
    STATE.with_borrow_mut(|(analyzer, scratch)| {
        let post = post(text);
        let said = analyzer.analyze_with(scratch, &post);
        let why = analyzer.explain(&post);
        assert!(why.assessment() == &said, "analyze and explain differ");
        support::check_assessment(&said, text);
        support::check_evidence(&why, text);
        let voice = Voice::new().brand("MarqueX");
        let values = Values::new().set("customer.first_name", text);
        for reply in analyzer.suggest(&post, &said, &voice).iter().take(2) {
            let _ = reply.render(&values, Escape::None).text();
        }
        for finding in analyzer.review(text, &post, &said, &voice) {
            if let Some(span) = finding.span() {
                assert!(text.get(span.range()).is_some(), "{finding:?} is off the draft");
            }
        }
    });
}

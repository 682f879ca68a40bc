//! Any text is cut into tokens in order, on character boundaries, and words leave nothing out.

use doleance::text::{fold, hashtag_parts, sentences, social, words};
use unicode_segmentation::UnicodeSegmentation;

use super::text;

pub(crate) fn check(bytes: &[u8]) {
    let text = text(bytes);
    let mut end = 0;
    for token in social(text) {
        assert!(token.span().start() >= end && !token.span().is_empty(), "{token:?}");
        assert!(text.get(token.span().range()).is_some(), "{token:?}");
        end = token.span().end();
        for part in hashtag_parts(token.of(text)) {
            assert!(token.of(text).get(part.range()).is_some(), "{part:?} of {token:?}");
        }
    }
    let ours: Vec<&str> = words(text).map(|word| word.of(text)).collect();
    let reference: Vec<&str> = text.split_word_bounds().collect();
    assert_eq!(ours, reference);
    for span in sentences(text) {
        assert!(text.get(span.range()).is_some(), "{span:?}");
    }
    let folded = fold(text);
    assert_eq!(fold(&folded), folded);
}

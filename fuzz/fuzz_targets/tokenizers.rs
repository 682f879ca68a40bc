//! Any text is cut into tokens in order, on character boundaries, and words leave nothing out.

#![no_main]

use doleance::text::{fold, hashtag_parts, sentences, social, words};
use libfuzzer_sys::fuzz_target;
use unicode_segmentation::UnicodeSegmentation;

fuzz_target!(|text: &str| {
    let mut end = 0;
    for token in social(text) {
        assert!(token.span().start() >= end && !token.span().is_empty());
        assert!(text.get(token.span().range()).is_some());
        end = token.span().end();
        for part in hashtag_parts(token.of(text)) {
            assert!(token.of(text).get(part.range()).is_some());
        }
    }
    let ours: Vec<&str> = words(text).map(|word| word.of(text)).collect();
    let reference: Vec<&str> = text.split_word_bounds().collect();
    assert_eq!(ours, reference);
    for span in sentences(text) {
        assert!(text.get(span.range()).is_some());
    }
    let folded = fold(text);
    assert_eq!(fold(&folded), folded);
});

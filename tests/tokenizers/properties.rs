//! What holds for any text.

use doleance::text::{Token, TokenKind, fold, hashtag_parts, sentences, social};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::pieces::{PHRASES, cases, nasty};

fn unseen(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}')
}

proptest! {
    #![proptest_config(cases(40_000))]

    #[test]
    fn tokens_and_gaps_rebuild_the_text(text in nasty()) {
        let mut end = 0;
        for (i, token) in social(&text).enumerate() {
            let span = token.span();
            prop_assert!(!span.is_empty() && span.start() >= end);
            prop_assert!(text.is_char_boundary(span.start()) && text.is_char_boundary(span.end()));
            prop_assert!(text[end..span.start()].chars().all(unseen), "gap before {:?}", token);
            prop_assert_eq!(token.flags().is_at_start(), i == 0);
            end = span.end();
        }
        prop_assert!(text[end..].chars().all(unseen));
    }

    #[test]
    fn sentences_rebuild_the_text(text in nasty()) {
        let mut end = 0;
        for span in sentences(&text) {
            prop_assert!(!span.is_empty());
            prop_assert_eq!(span.start(), end);
            prop_assert!(text.is_char_boundary(span.end()));
            end = span.end();
        }
        prop_assert_eq!(end, text.len());
    }

    #[test]
    fn composed_and_decomposed_are_the_same(
        pieces in proptest::collection::vec(prop_oneof![
            3 => "[a-zA-ZàâäçéèêëîïôöùûüÿœÀÉÊÇŷňőąǖếẞ]{1,6}",
            2 => proptest::sample::select(PHRASES).prop_map(str::to_owned),
            2 => proptest::sample::select(&[" ", "'", "’", "-", ".", "!", "1", "@", "#", "_", ":"][..])
                .prop_map(str::to_owned),
        ], 0..12)
    ) {
        let text = pieces.concat();
        let (nfc, nfd): (String, String) = (text.nfc().collect(), text.nfd().collect());
        let tokens = |text: &str| -> Vec<(TokenKind, String, String)> {
            social(text)
                .map(|t: Token| (t.kind(), t.of(text).nfc().collect(), format!("{:?}", t.flags())))
                .collect()
        };
        prop_assert_eq!(tokens(&nfc), tokens(&nfd));
        prop_assert_eq!(fold(&nfc), fold(&nfd));
    }

    #[test]
    fn apostrophes_are_the_same(text in nasty()) {
        let kinds = |text: &str| social(text).map(|t| t.kind()).collect::<Vec<_>>();
        // The emoticons are written with the plain one.
        let plain = text.replace(['’', ':', ';', '=', '^', '-', '>'], "'");
        prop_assert_eq!(kinds(&plain), kinds(&plain.replace('\'', "’")));
    }

    #[test]
    fn folding_is_stable(text in nasty()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn hashtag_parts_are_in_order(text in nasty()) {
        let mut end = 0;
        for span in hashtag_parts(&text) {
            prop_assert!(span.start() >= end && !span.is_empty());
            prop_assert!(text.is_char_boundary(span.start()) && text.is_char_boundary(span.end()));
            end = span.end();
        }
    }
}

/// Folding is stable character by character too. The full-width grave accent once was not: it became the
/// plain one, which is an apostrophe.
#[test]
fn every_character_folds_once() {
    for c in '\0'..=char::MAX {
        let once = fold(c.encode_utf8(&mut [0; 4]));
        assert_eq!(fold(&once), once, "{c:?}");
    }
}

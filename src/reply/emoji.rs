//! Emoji in drafts and templates.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::Span;
use crate::text::class;

/// The first emoji of `text`, whole, or smiley if there is none, and whether it is a merry one.
pub(super) fn first(text: &str) -> Option<(Span, bool)> {
    if let Some((at, c)) = first_emoji(text) {
        let whole = text[at..].graphemes(true).next().map_or(c.len_utf8(), str::len);
        return Some((Span::new(at, at + whole), is_merry(c)));
    }
    let smileys = [":)", ":-)", ";)", ";-)", ":D", ":-D", ":P", ";P", "xD", "XD"];
    let at = smileys
        .iter()
        .flat_map(|s| text.match_indices(s))
        .filter(|(at, s)| {
            let before = text[..*at].chars().next_back().is_none_or(char::is_whitespace);
            let after = text[at + s.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            before && after
        })
        .min()?;
    Some((Span::new(at.0, at.0 + at.1.len()), true))
}

/// Where the first emoji begins: a pictograph or flag, a sign that a variation selector makes one,
/// a key.
fn first_emoji(text: &str) -> Option<(usize, char)> {
    let mut before = None;
    for (at, c) in text.char_indices() {
        match c {
            _ if class::is_emoji(c) => return Some((at, c)),
            '\u{fe0f}' if before.is_some_and(|(_, c)| class::is_text_emoji(c)) => return before,
            '\u{fe0f}' => {}
            '\u{20e3}' => return before.or(Some((at, c))),
            _ => before = Some((at, c)),
        }
    }
    None
}

/// Faces that laugh, wink or play, hearts and parties; prayer and sadness are not merry.
fn is_merry(c: char) -> bool {
    matches!(c,
        '\u{1f600}'..='\u{1f60e}' | '\u{1f61b}'..='\u{1f61d}' | '\u{1f642}'..='\u{1f643}'
        | '\u{1f970}' | '\u{1f973}' | '\u{1f917}' | '\u{1f923}' | '\u{1f92a}' | '\u{1f929}'
        | '\u{1f389}' | '\u{1f38a}' | '\u{1f483}' | '\u{1f44d}' | '\u{1f44f}' | '\u{1f64c}'
        | '\u{2764}' | '\u{1f496}'..='\u{1f49f}' | '\u{263a}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_found_whole() {
        for (text, emoji) in [
            ("merci 😂😂", Some("😂")),
            ("👩\u{1f3fd}\u{200d}🔧 arrive", Some("👩\u{1f3fd}\u{200d}🔧")),
            ("vive 🇫🇷🇧🇪", Some("🇫🇷")),
            ("⭐ ou ⏰", Some("⭐")),
            ("tapez 1\u{fe0f}\u{20e3}", Some("1\u{fe0f}\u{20e3}")),
            ("Marque™\u{fe0f}", Some("™\u{fe0f}")),
            ("merci ❤\u{fe0f}", Some("❤\u{fe0f}")),
            ("à demain :-) !", Some(":-)")),
            ("Marque™ → 12 €, n° 5 « oui » ✓", None),
            ("https://a.example/:)x :)x", None),
            ("a\u{fe0f}", None),
            ("", None),
        ] {
            assert_eq!(first(text).map(|(span, _)| span.of(text)), emoji, "{text}");
        }
    }
}

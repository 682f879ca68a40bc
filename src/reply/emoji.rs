//! Emoji in drafts.

use crate::text::Span;

/// The first emoji or smiley of `text`, and whether it is a merry one.
pub(super) fn first(text: &str) -> Option<(Span, bool)> {
    let emoji = text.char_indices().find(|&(_, c)| is_emoji(c));
    if let Some((at, c)) = emoji {
        return Some((Span::new(at, at + c.len_utf8()), is_merry(c)));
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

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{1f1e6}'..='\u{1f1ff}')
}

/// Faces that laugh, wink or play, hearts and parties; prayer and sadness are not merry.
fn is_merry(c: char) -> bool {
    matches!(c,
        '\u{1f600}'..='\u{1f60e}' | '\u{1f61b}'..='\u{1f61d}' | '\u{1f642}'..='\u{1f643}'
        | '\u{1f970}' | '\u{1f973}' | '\u{1f917}' | '\u{1f923}' | '\u{1f92a}' | '\u{1f929}'
        | '\u{1f389}' | '\u{1f38a}' | '\u{1f483}' | '\u{1f44d}' | '\u{1f44f}' | '\u{1f64c}'
        | '\u{2764}' | '\u{1f496}'..='\u{1f49f}' | '\u{263a}')
}

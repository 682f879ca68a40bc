//! Filling a template.

use std::fmt;

use super::names::Region;
use super::template::{Segment, Template};
use crate::post::Language;

/// What stands for the placeholders of a template.
///
/// Names are those of the placeholders: `customer.first_name`, `case.id`, `agent.name`, `deadline`
/// (a whole phrase of time: "demain avant 18 h"), … and `custom.` names of your own. Values are
/// inserted as they are, braces included; see [`Suggestion::render`](super::Suggestion::render).
///
/// ```
/// use doleance::reply::Values;
///
/// let values = Values::new().set("customer.first_name", "Léa").set("deadline", "demain 18 h");
/// assert_eq!(values.get("deadline"), Some("demain 18 h"));
/// ```
///
/// `Debug` prints names alone: what they stand for is mostly about a person.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Values {
    pairs: Vec<(String, String)>,
}

impl fmt::Debug for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.pairs.iter().map(|(name, _)| name)).finish()
    }
}

impl Values {
    /// No values.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the value of `name`; the last one set counts. A name no template uses does nothing.
    #[must_use]
    pub fn set(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.insert(name.into(), value.into());
        self
    }

    pub(super) fn insert(&mut self, name: String, value: String) {
        match self.pairs.iter_mut().find(|(n, _)| *n == name) {
            Some(pair) => pair.1 = value,
            None => self.pairs.push((name, value)),
        }
    }

    /// The value of `name`, if one was set.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Values {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        pairs.into_iter().fold(Self::new(), |values, (n, v)| values.set(n, v))
    }
}

/// What the rendered text is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Escape {
    /// Plain text.
    #[default]
    None,
    /// HTML: `& < > " '` are escaped in the template and in the values, line ends become `<br>`.
    Html,
}

/// A filled template.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rendered {
    pub(super) text: String,
    pub(super) missing: Vec<String>,
    pub(super) chars: usize,
    pub(super) limit: Option<usize>,
}

impl Rendered {
    /// The text. Where a placeholder had neither value nor fallback, its name stands in brackets.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, owned.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    /// The placeholders that had neither value nor fallback, in order, each once.
    #[must_use]
    pub fn missing(&self) -> &[String] {
        &self.missing
    }

    /// Whether nothing is missing. What is not complete must not be sent as it is.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }

    /// How many characters (Unicode scalar values, before escaping) it has.
    #[must_use]
    pub fn chars(&self) -> usize {
        self.chars
    }

    /// The limit of the channel, if it has one.
    #[must_use]
    pub fn limit(&self) -> Option<usize> {
        self.limit
    }

    /// Whether it keeps the limit. Nothing is ever cut: what does not fit says so here.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.limit.is_none_or(|limit| self.chars <= limit)
    }
}

/// Fills `template`: for each placeholder the first of `values` that has something, then its
/// fallback.
pub(super) fn render(
    template: &Template,
    values: &[&Values],
    escape: Escape,
    region: Option<Region>,
    limit: Option<usize>,
) -> Rendered {
    let region = region.or(template.region);
    let mut out = String::with_capacity(template.body.len() + 64);
    let mut missing: Vec<String> = Vec::new();
    // After something empty, the space before it goes if punctuation or nothing follows.
    let mut emptied = false;
    for segment in &template.segments {
        match segment {
            Segment::Text(text) => {
                if emptied && closes_up(&out, text) {
                    out.pop();
                }
                typeset(text, template.language, region, &mut out);
                emptied = false;
            }
            Segment::Slot { name, fallback } => {
                let value = values
                    .iter()
                    .filter_map(|v| v.get(name))
                    .map(clean)
                    .find(|value| !value.is_empty());
                match (value, fallback) {
                    (Some(value), _) => push_value(&value, template.language, &mut out),
                    (None, Some(fallback)) if fallback.is_empty() => {
                        emptied = true;
                        continue;
                    }
                    (None, Some(fallback)) => {
                        typeset(fallback, template.language, region, &mut out);
                    }
                    (None, None) => {
                        out.push_str(&gap(name, template.language));
                        if !missing.contains(name) {
                            missing.push(name.clone());
                        }
                    }
                }
                emptied = false;
            }
        }
    }
    let kept = out.trim().len();
    if kept != out.len() {
        out = out.trim().to_owned();
    }
    let chars = out.chars().count();
    let text = match escape {
        Escape::None => out,
        Escape::Html => html(&out),
    };
    Rendered { text, missing, chars, limit }
}

/// Appends a value; in French "de le" and "à les" merge: the reply is about "du retard".
fn push_value(value: &str, language: Language, out: &mut String) {
    if language == Language::French {
        for (before, article, merged) in [
            ("de ", "le ", "du "),
            ("de ", "les ", "des "),
            ("à ", "le ", "au "),
            ("à ", "les ", "aux "),
        ] {
            let Some(noun) = value.strip_prefix(article) else { continue };
            let kept = out.strip_suffix(before).map(str::len);
            if let Some(kept) = kept
                && !out[..kept].ends_with(char::is_alphanumeric)
            {
                out.truncate(kept);
                out.push_str(merged);
                out.push_str(noun);
                return;
            }
        }
    }
    out.push_str(value);
}

fn closes_up(out: &str, next: &str) -> bool {
    let space = out.ends_with(' ');
    let first = next.chars().next();
    space && first.is_none_or(|c| matches!(c, ',' | '.' | ')' | '\n' | ' ' | ';' | '!' | '?'))
}

/// What stands for a placeholder that has nothing to stand for it.
pub(super) fn gap(name: &str, language: Language) -> String {
    let label = super::catalogue::label(name, language).unwrap_or(name);
    format!("[{label}]")
}

/// A value fit to be inserted: one line, no control characters, no marks that turn the direction
/// of the text around it; what runs right to left is isolated (U+2068 … U+2069).
fn clean(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut right_to_left = false;
    for c in value.chars() {
        match c {
            '\u{200e}'
            | '\u{200f}'
            | '\u{061c}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {}
            c if c.is_whitespace() || c.is_control() => {
                // A run of line ends and spaces is one space; special spaces stay.
                if matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}') {
                    out.push(c);
                } else if c.is_whitespace() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => {
                right_to_left |= matches!(c,
                    '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
                    | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
                out.push(c);
            }
        }
    }
    let text = out.trim();
    if right_to_left {
        return format!("\u{2068}{text}\u{2069}");
    }
    if text.len() == out.len() { out } else { text.to_owned() }
}

fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("<br>\n"),
            c => out.push(c),
        }
    }
    out
}

/// Narrow no-break space.
const NARROW: char = '\u{202f}';

/// Appends `text` with the typography of its language.
///
/// French, Imprimerie nationale: a narrow no-break space before `; : ! ? »` and after `«`, the
/// typographic apostrophe. Québec (Office québécois de la langue française): none before `; ! ?`.
/// A sign that nothing but a space or the end follows is punctuation; others (addresses, times,
/// smileys) are left alone.
pub(super) fn typeset(text: &str, language: Language, region: Option<Region>, out: &mut String) {
    let mut chars = text.chars().peekable();
    let french = language == Language::French;
    let tight = region == Some(Region::Quebec);
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        match c {
            '\'' => {
                let between = out.chars().next_back().is_some_and(char::is_alphabetic)
                    && next.is_some_and(char::is_alphabetic);
                out.push(if between { '’' } else { '\'' });
            }
            ';' | ':' | '!' | '?'
                if french
                    && next.is_none_or(|n| {
                        !n.is_alphanumeric() && !matches!(n, '/' | ')' | '(' | '-')
                    }) =>
            {
                let spaced = out.ends_with([' ', NARROW]);
                let before = out.trim_end_matches([' ', NARROW]).chars().next_back();
                let again = before.is_some_and(|b| matches!(b, '!' | '?'));
                let follows_words = before.is_some_and(|b| !matches!(b, '\n' | '(' | ':' | ';'));
                if follows_words {
                    if spaced {
                        out.pop();
                    }
                    let bare = again || (tight && c != ':');
                    if !bare {
                        out.push(NARROW);
                    }
                }
                out.push(c);
            }
            '»' if french => {
                if out.ends_with(' ') {
                    out.pop();
                }
                if !out.ends_with(NARROW) {
                    out.push(NARROW);
                }
                out.push(c);
            }
            '«' if french => {
                out.push(c);
                out.push(NARROW);
                if next == Some(' ') {
                    chars.next();
                }
            }
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, region: Option<Region>) -> String {
        let mut out = String::new();
        typeset(text, Language::French, region, &mut out);
        out
    }

    #[test]
    fn french_typography() {
        assert_eq!(
            set("Vraiment ? Oui : « tout » !", None),
            "Vraiment\u{202f}? Oui\u{202f}: «\u{202f}tout\u{202f}»\u{202f}!"
        );
        assert_eq!(set("quoi?! ici: rien", None), "quoi\u{202f}?! ici\u{202f}: rien");
        assert_eq!(
            set("à 18:30 sur https://ex.fr/a?b=c :)", None),
            "à 18:30 sur https://ex.fr/a?b=c :)"
        );
        assert_eq!(
            set("Bonjour ! Ceci : cela ?", Some(Region::Quebec)),
            "Bonjour! Ceci\u{202f}: cela?"
        );
        assert_eq!(set("c'est l'été", None), "c’est l’été");
    }

    #[test]
    fn french_articles_merge() {
        let join = |before: &str, value: &str, language: Language| {
            let mut out = before.to_owned();
            push_value(value, language, &mut out);
            out
        };
        let french = Language::French;
        assert_eq!(join("s'agit de ", "le retard", french), "s'agit du retard");
        assert_eq!(join("à propos de ", "les frais", french), "à propos des frais");
        assert_eq!(join("grâce à ", "le dépôt", french), "grâce au dépôt");
        assert_eq!(join("de ", "l'attente", french), "de l'attente");
        assert_eq!(join("de ", "Le Goff", french), "de Le Goff");
        assert_eq!(join("mode ", "le plus", french), "mode le plus");
        assert_eq!(join("de ", "le retard", Language::English), "de le retard");
    }

    #[test]
    fn values_are_made_harmless() {
        assert_eq!(clean("  a\r\n\r\nb\u{202e}\u{0}c "), "a bc");
        assert_eq!(clean("שלום"), "\u{2068}שלום\u{2069}");
        assert_eq!(clean("{{case.id}}"), "{{case.id}}");
        assert_eq!(html("<a href='x'>\n&"), "&lt;a href=&#39;x&#39;&gt;<br>\n&amp;");
    }
}

//! A text with the words that count underlined, in lines that fit a terminal.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::marks::{Mark, is_unsafe};

/// The columns of a line.
const WIDTH: usize = 78;

/// Colours, all empty where there is no terminal or the user wants none.
pub(crate) struct Style {
    pub(crate) bold: &'static str,
    pub(crate) up: &'static str,
    pub(crate) down: &'static str,
    pub(crate) plain: &'static str,
}

impl Style {
    pub(crate) fn of(terminal: bool) -> Self {
        if terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()) {
            Self { bold: "\x1b[1m", up: "\x1b[31m", down: "\x1b[32m", plain: "\x1b[0m" }
        } else {
            Self { bold: "", up: "", down: "", plain: "" }
        }
    }
}

/// The text, each line followed by carets under its marks.
pub(crate) fn text(text: &str, marks: &[Mark<'_>], style: &Style) -> String {
    let mut page = String::new();
    for line in broken(text) {
        let (mut words, mut carets) = (String::new(), String::new());
        let mut colour = style.plain;
        for (at, grapheme) in text[line.clone()].grapheme_indices(true) {
            let at = line.start + at;
            let mark = marks.iter().find(|mark| mark.range.contains(&at));
            let wanted = match mark.map(|mark| mark.evidence.iter().map(|e| e.weight()).sum()) {
                Some(weight) if f64::is_sign_negative(weight) => style.down,
                Some(_) => style.up,
                None => style.plain,
            };
            if wanted != colour {
                words.push_str(wanted);
                colour = wanted;
            }
            let printed = if grapheme.chars().any(is_unsafe) { "\u{fffd}" } else { grapheme };
            words.push_str(printed);
            let below = if mark.is_some() { "^" } else { " " };
            carets.push_str(&below.repeat(width(printed)));
        }
        if colour != style.plain {
            words.push_str(style.plain);
        }
        page.push_str(&format!("  {}\n", words.trim_end()));
        if carets.contains('^') {
            page.push_str(&format!("  {}{}{}\n", style.bold, carets.trim_end(), style.plain));
        }
    }
    page
}

/// The lines of the text, long ones broken at words.
fn broken(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end_matches(['\n', '\r']).len();
        let (mut from, mut columns) = (start, 0);
        for (at, word) in text[start..end].split_word_bound_indices() {
            let wide: usize = word.graphemes(true).map(width).sum();
            if columns + wide > WIDTH && columns > 0 && !word.trim().is_empty() {
                lines.push(from..start + at);
                (from, columns) = (start + at, 0);
            }
            columns += wide;
        }
        lines.push(from..end);
        start += line.len();
    }
    lines
}

/// The columns of a grapheme: two for emoji and East Asian characters, near enough.
fn width(grapheme: &str) -> usize {
    match grapheme.chars().next().map_or(0, u32::from) {
        0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff => 2,
        0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff => 2,
        0x20000..=0x3fffd => 2,
        _ if grapheme.contains('\u{fe0f}') => 2,
        _ => 1,
    }
}

//! Shapes of personal data: card numbers, IBANs, telephone numbers, e-mail addresses, numbers.
//!
//! A shape becomes one word of the text, `#card` and so on, which the terms of review rules name
//! like any other; which words around it make it somebody's is data.

use super::words::{self, Word};

/// The words of `text`, with shapes in the place of the words they cover.
pub(super) fn scan(text: &str) -> Vec<Word> {
    let words = words::scan(text);
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        match shape(text, &words, at) {
            Some((name, end)) => {
                let last = &words[end - 1];
                out.push(Word {
                    text: name.to_owned(),
                    start: word.start,
                    end: last.end,
                    ends_sentence: last.ends_sentence,
                });
                at = end;
            }
            None => {
                out.push(word.clone());
                at += 1;
            }
        }
    }
    out
}

/// The shape that begins at a word, and the word behind it.
fn shape(text: &str, words: &[Word], at: usize) -> Option<(&'static str, usize)> {
    let word = &words[at];
    if let Some(end) = email(text, words, at) {
        return Some(("#email", end));
    }
    if let Some(end) = iban(text, words, at) {
        return Some(("#iban", end));
    }
    if !word.text.bytes().next().is_some_and(|b| b.is_ascii_digit()) {
        return None;
    }
    let (digits, end) = digits(text, words, at);
    if (13..=19).contains(&digits.len()) && luhn(&digits) {
        return Some(("#card", end));
    }
    let plus = text[..word.start].ends_with(['+', '(']);
    let groups = end - at;
    // A telephone number has groups, or begins with 0 or +.
    if (9..=13).contains(&digits.len()) && (plus || groups >= 3 || digits[0] == 0) {
        return Some(("#phone", end));
    }
    if digits.len() >= 5 && groups == 1 {
        return Some(("#number", end));
    }
    None
}

/// The digits of a run of digit groups parted by one space, hyphen or point, and where it ends.
fn digits(text: &str, words: &[Word], at: usize) -> (Vec<u8>, usize) {
    let mut out = Vec::new();
    let mut end = at;
    while let Some(word) = words.get(end) {
        let numeric = word.text.bytes().all(|b| b.is_ascii_digit());
        if end > at && !(numeric && joins(&text[words[end - 1].end..word.start])) {
            break;
        }
        if !numeric || out.len() + word.text.len() > 24 {
            break;
        }
        out.extend(word.text.bytes().map(|b| b - b'0'));
        end += 1;
    }
    // A number with letters in it, such as an order's.
    if end == at {
        out.extend(words[at].text.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0'));
        end = at + 1;
    }
    (out, end)
}

fn joins(gap: &str) -> bool {
    matches!(gap, " " | "-" | "." | "\u{a0}" | "\u{202f}" | ") " | ")" | "/")
}

/// Whether the digits pass the check of card numbers (ISO/IEC 7812, Luhn).
fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, &d)| {
            let d = u32::from(d);
            match (i % 2, d) {
                (0, d) => d,
                (_, d) if d > 4 => 2 * d - 9,
                (_, d) => 2 * d,
            }
        })
        .sum();
    sum.is_multiple_of(10) && digits.iter().any(|&d| d != 0)
}

/// An IBAN (ISO 13616): two letters, two check digits, 11 to 30 more, remainder 1 modulo 97.
fn iban(text: &str, words: &[Word], at: usize) -> Option<usize> {
    let head = words[at].text.as_bytes();
    let fits = head.len() >= 4
        && head[..2].iter().all(u8::is_ascii_lowercase)
        && head[2..4].iter().all(u8::is_ascii_digit);
    if !fits {
        return None;
    }
    let mut letters = String::new();
    let mut found = None;
    let mut end = at;
    while let Some(word) = words.get(end) {
        let joined =
            end == at || matches!(&text[words[end - 1].end..word.start], " " | "-" | "\u{a0}");
        if !joined || !word.text.is_ascii() || letters.len() + word.text.len() > 34 {
            break;
        }
        letters.push_str(&word.text);
        end += 1;
        if (15..=34).contains(&letters.len()) && mod97(letters.as_bytes()) {
            found = Some(end);
        }
    }
    found
}

fn mod97(letters: &[u8]) -> bool {
    let (head, rest) = letters.split_at(4);
    let mut remainder = 0_u32;
    for &b in rest.iter().chain(head) {
        remainder = match b {
            b'0'..=b'9' => remainder * 10 + u32::from(b - b'0'),
            b'a'..=b'z' => remainder * 100 + u32::from(b - b'a') + 10,
            _ => return false,
        } % 97;
    }
    remainder == 1
}

/// An e-mail address that begins at a word.
fn email(text: &str, words: &[Word], at: usize) -> Option<usize> {
    let mut end = at;
    let mut signs = 0;
    while let Some(word) = words.get(end + 1) {
        let gap = &text[words[end].end..word.start];
        match gap {
            "." | "-" | "_" | "+" => {}
            "@" => signs += 1,
            _ => break,
        }
        end += 1;
        if end - at > 12 {
            break;
        }
    }
    let closed = signs == 1 && {
        let whole = &text[words[at].start..words[end].end];
        whole.rsplit_once('@').is_some_and(|(_, host)| host.contains('.'))
    };
    closed.then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(text: &str) -> Vec<String> {
        scan(text).into_iter().map(|w| w.text).filter(|w| w.starts_with('#')).collect()
    }

    #[test]
    fn shapes_are_checked() {
        assert_eq!(shapes("carte 4111 1111 1111 1111."), ["#card"]);
        assert_eq!(shapes("carte 4111111111111112"), ["#number"]);
        assert_eq!(shapes("FR76 3000 6000 0112 3456 7890 189 merci"), ["#iban"]);
        assert!(!shapes("FR76 3000 6000 0112 3456 7890 188").contains(&"#iban".to_owned()));
        assert_eq!(shapes("au 06 12 34 56 78, ou +33 6 12 34 56 78"), ["#phone", "#phone"]);
        assert_eq!(shapes("call 1-800-555-0199 now"), ["#phone"]);
        assert_eq!(shapes("a.b-c@ex.example.org, commande 12345678"), ["#email", "#number"]);
        assert_eq!(shapes("le 12 mars 2026 à 18 h, 250 €"), [""; 0]);
        assert_eq!(shapes("@marque bonjour"), [""; 0]);
    }
}

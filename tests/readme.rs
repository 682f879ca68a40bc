//! What README.md shows is what the programs print.
//!
//! ```text
//! DOLEANCE_BLESS=1 cargo test --test readme
//! ```
//!
//! rewrites the samples.

#![cfg(feature = "serde")]

#[path = "support/program.rs"]
mod program;

use std::path::Path;

use doleance::{Analyzer, Channel, Post};
use program::program;

const TEXT: &str = "Troisième appel, toujours aucune réponse. Je saisis le médiateur.";
const WIDTH: usize = 110;

#[test]
fn the_samples_are_what_is_printed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(&path).expect("README.md");
    assert!(text.contains(TEXT), "the post of the samples is that of the first example");
    let now = with(&text, "assessment", &format!("```json\n{}\n```\n", assessment()));
    let now = with(&now, "explanation", &format!("```text\n{}```\n", explanation()));
    if std::env::var_os("DOLEANCE_BLESS").is_some_and(|set| set == "1") {
        std::fs::write(path, now).expect("README.md can be written");
    } else if now != text {
        let changed = now.lines().zip(text.lines()).find(|(now, text)| now != text);
        panic!(
            "a sample is not what is printed; DOLEANCE_BLESS=1 cargo test --test readme rewrites \
             it (printed, shown): {changed:?}"
        );
    }
}

/// `text` with `sample` between the marks of that name.
fn with(text: &str, name: &str, sample: &str) -> String {
    let (begin, end) = (format!("<!-- {name}: begin -->\n"), format!("<!-- {name}: end -->"));
    let (before, rest) = text.split_once(&begin).expect("the mark of the beginning");
    let (_, after) = rest.split_once(&end).expect("the mark of the end");
    format!("{before}{begin}{sample}{end}{after}")
}

fn assessment() -> String {
    let post = Post::from(TEXT).channel(Channel::PublicSocial).followers(120);
    let said = Analyzer::new().analyze(&post);
    laid_out(&rounded(&serde_json::to_string(&said).expect("an assessment")))
}

/// The JSON with numbers of at most three decimals and spaces behind signs. No string of an
/// assessment holds a sign or a number.
fn rounded(json: &str) -> String {
    let mut out = String::new();
    let mut number = String::new();
    for c in json.chars() {
        if c.is_ascii_digit() || matches!(c, '.' | '-') && !number.is_empty() || c == '-' {
            number.push(c);
            continue;
        }
        match number.parse::<f64>() {
            Ok(value) if number.matches('.').count() == 1 => {
                out.push_str(&((value * 1000.0).round() / 1000.0).to_string());
            }
            _ => out.push_str(&number),
        }
        number.clear();
        out.push(c);
        if matches!(c, ',' | ':') {
            out.push(' ');
        }
    }
    out + &number
}

/// A line a field, and more where one is long.
fn laid_out(json: &str) -> String {
    let inner = json.strip_prefix('{').and_then(|j| j.strip_suffix('}')).expect("an object");
    let fields: Vec<String> = split(inner)
        .into_iter()
        .map(|field| {
            let field = format!("  {field}");
            if field.len() < WIDTH {
                return field;
            }
            let (name, value) = field.split_once(": ").expect("a name and a value");
            let inner = value.strip_prefix('{').and_then(|v| v.strip_suffix('}')).expect("one");
            let mut lines = vec![String::from("   ")];
            for part in split(inner) {
                let last = lines.last_mut().expect("one at least");
                if last.len() + part.len() + 2 > WIDTH && last.len() > 3 {
                    lines.push(format!("    {part},"));
                } else {
                    last.push_str(&format!(" {part},"));
                }
            }
            let lines = lines.join("\n");
            format!("{name}: {{\n{}\n  }}", lines.trim_end_matches(','))
        })
        .collect();
    format!("{{\n{}\n}}", fields.join(",\n"))
}

/// The parts of a list between commas that stand in no bracket.
fn split(list: &str) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(list[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(list[from..].trim());
    parts
}

fn explanation() -> String {
    let command = format!("cargo run --release --example explain -- --head repeat \"{TEXT}\"");
    let output = program("explain").args(["--head", "repeat", TEXT]).output().expect("runs");
    assert!(output.status.success());
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    format!("$ {command}\n{printed}")
}

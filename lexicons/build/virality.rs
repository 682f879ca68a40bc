//! Turns lexicons/virality.tsv into constants.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Writes `virality.rs` into `out`: one `pub(super) const NAME: f64` a row, documented by its note.
///
/// # Errors
///
/// Names file, line and column of the first fault: a missing header, a row of other than three
/// cells, a name that is not lower snake case or not after the one before, a value that is no
/// finite number, an empty note.
pub fn generate(lexicons: &Path, out: &Path) -> Result<(), String> {
    let path = lexicons.join("virality.tsv");
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let code = compile(&text)
        .map_err(|(line, column, what)| format!("lexicons/virality.tsv:{line}:{column}: {what}"))?;
    fs::write(out.join("virality.rs"), code).map_err(|e| e.to_string())
}

fn compile(text: &str) -> Result<String, (usize, usize, String)> {
    let mut lines =
        text.lines().zip(1..).filter(|(line, _)| !(*line == "#" || line.starts_with("# ")));
    match lines.next() {
        Some(("name\tvalue\tnote", _)) => {}
        Some((_, at)) => return Err((at, 1, "expected the header name, value, note".into())),
        None => return Err((1, 1, "the file is empty".into())),
    }
    let mut code = String::new();
    let mut last = "";
    for (line, at) in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let &[name, value, note] = cells.as_slice() else {
            return Err((
                at,
                cells.len().min(3),
                format!("expected 3 cells, found {}", cells.len()),
            ));
        };
        let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(word) {
            return Err((at, 1, format!("`{name}` is no lower snake case name")));
        }
        if name <= last {
            return Err((
                at,
                1,
                format!("`{name}` stands after `{last}`: rows are sorted, unique"),
            ));
        }
        last = name;
        let number = value.parse::<f64>().ok().filter(|v| v.is_finite());
        let number = number.ok_or_else(|| (at, 2, format!("`{value}` is no finite number")))?;
        if note.trim().is_empty() {
            return Err((at, 3, "a number without a source".into()));
        }
        let name = name.to_ascii_uppercase();
        let _ = writeln!(code, "/// {note}.\npub(super) const {name}: f64 = {number:?};");
    }
    Ok(code)
}

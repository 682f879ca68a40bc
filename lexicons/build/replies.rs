//! Compiles the reply catalogue (`replies/*.toml`, `replies/*.tsv`) into static rows.

use std::fmt::Write as _;
use std::path::Path;

#[path = "../../src/reply/reader.rs"]
#[allow(dead_code, reason = "the library uses the rest of it")]
mod reader;

/// The catalogue files, in order.
const FILES: &[&str] = &["fr.toml", "en.toml"];

/// Writes `replies.rs` into `out`. The error names file, line and column.
pub(crate) fn generate(lexicons: &Path, out: &Path) -> Result<(), String> {
    let folder = lexicons.join("replies");
    let read = |name: &str| {
        let path = folder.join(name);
        println!("cargo:rerun-if-changed={}", path.display());
        std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))
    };
    let fault = |name: &str, e: reader::ReadError| {
        format!("{}:{}:{}: {}", folder.join(name).display(), e.line, e.column, e.message)
    };

    let text = read("placeholders.tsv")?;
    let placeholders =
        reader::table(&text, reader::PLACEHOLDERS).map_err(|e| fault("placeholders.tsv", e))?;
    let mut code = String::from("// Made from lexicons/replies by lexicons/build/replies.rs.\n");
    code.push_str("pub(crate) static PLACEHOLDERS: &[[&str; 7]] = &[\n");
    for (_, cells) in &placeholders {
        let _ = writeln!(code, "{cells:?},");
    }
    code.push_str("];\n");

    let text = read("review.tsv")?;
    let rules = reader::table(&text, reader::RULES).map_err(|e| fault("review.tsv", e))?;
    code.push_str("pub(crate) static RULES: &[(usize, [&str; 6])] = &[\n");
    for (line, cells) in &rules {
        let _ = writeln!(code, "({line}, {cells:?}),");
    }
    code.push_str("];\n");

    code.push_str("pub(crate) static FILES: &[File] = &[\n");
    for name in FILES {
        let text = read(name)?;
        let known = |slot: &str| placeholders.iter().any(|(_, cells)| cells[0] == slot);
        let file = reader::read(&text, &known).map_err(|e| fault(name, e))?;
        write_file(&mut code, name, &file);
    }
    code.push_str("];\n");
    let path = out.join("replies.rs");
    std::fs::write(&path, code).map_err(|e| format!("{}: {e}", path.display()))
}

fn write_file(code: &mut String, name: &str, file: &reader::File) {
    let _ = writeln!(code, "File {{ name: {name:?}, language: {:?}, templates: &[", file.language);
    for row in &file.templates {
        let _ = write!(code, "Row {{ id: {:?}, line: {}, fields: &[", row.id, row.line);
        for (key, values) in &row.fields {
            let _ = write!(code, "({key:?}, &{values:?}), ");
        }
        let _ = writeln!(code, "], body: {:?} }},", row.body);
    }
    code.push_str("], clocks: &[\n");
    for clock in &file.clocks {
        let row = [&clock.country, &clock.sector, &clock.text, &clock.source];
        let _ = writeln!(code, "{row:?},");
    }
    code.push_str("], phrases: &[\n");
    for phrase in &file.phrases {
        let _ = writeln!(code, "{phrase:?},");
    }
    code.push_str("] },\n");
}

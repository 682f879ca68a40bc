//! Turns the tables of the tokenizers (clitics, units, months, domain endings, abbreviations,
//! emoticons) from `shared/*.tsv` into static Rust, so that nothing is parsed at start-up.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::text::latin;

#[allow(dead_code)]
#[path = "../../src/text/dict.rs"]
mod dict;

/// The files read, below the lexicon folder.
pub(crate) const FILES: [&str; 6] = [
    "shared/clitics.tsv",
    "shared/units.tsv",
    "shared/months.tsv",
    "shared/tlds.tsv",
    "shared/abbreviations.tsv",
    "shared/emoticons.tsv",
];

/// Writes `text_tables.rs` into `out`. An error names file, line, column and what was expected.
pub(crate) fn generate(lexicons: &Path, out: &Path) -> Result<(), String> {
    let mut code = String::from("// Made by the build step from lexicons/shared; do not edit.\n");
    let clitics = [("proclitic", 1), ("enclitic", 2), ("whole", 4)];
    let clitics = read(lexicons, FILES[0], Some(("kind", &clitics)))?;
    dictionary(&mut code, "CLITICS", &clitics);
    whole_after(&mut code, &clitics);
    let units = [("hours", 1), ("days", 2), ("months", 4), ("years", 8), ("currency", 16)];
    dictionary(&mut code, "UNITS", &read(lexicons, FILES[1], Some(("kind", &units)))?);
    let months = [("month", 1), ("month_year", 2)];
    dictionary(&mut code, "MONTHS", &read(lexicons, FILES[2], Some(("kind", &months)))?);
    let tlds = [("domain", 1), ("word", 2)];
    dictionary(&mut code, "TLDS", &read(lexicons, FILES[3], Some(("kind", &tlds)))?);
    let abbreviations = [("title", 1), ("usage", 2)];
    dictionary(
        &mut code,
        "ABBREVIATIONS",
        &read(lexicons, FILES[4], Some(("kind", &abbreviations)))?,
    );
    emoticons(&mut code, &read(lexicons, FILES[5], None)?, FILES[5])?;
    let path = out.join("text_tables.rs");
    fs::write(&path, code).map_err(|e| format!("{}: {e}", path.display()))
}

/// One row: its line, its term as written and the number its kind stands for.
struct Row {
    line: usize,
    term: String,
    kind: u8,
}

type Kinds<'a> = Option<(&'a str, &'a [(&'a str, u8)])>;

/// Reads a table: comments, a header whose first column is `term`, rows sorted and unique.
/// `kinds` is the column that tells the kind, with the names allowed in it.
fn read(lexicons: &Path, file: &str, kinds: Kinds) -> Result<Vec<Row>, String> {
    let text = fs::read_to_string(lexicons.join(file)).map_err(|e| format!("{file}: {e}"))?;
    let mut lines = text
        .lines()
        .enumerate()
        .skip_while(|(_, l)| l.is_empty() || *l == "#" || l.starts_with("# "));
    let (at, header) = lines.next().ok_or_else(|| format!("{file}:1:1: expected a header line"))?;
    let names: Vec<&str> = header.split('\t').collect();
    if names[0] != "term" {
        return Err(format!("{file}:{}:1: expected a header starting with `term`", at + 1));
    }
    let kind_column = match kinds {
        None => None,
        Some((name, _)) => Some(names.iter().position(|n| *n == name).ok_or_else(|| {
            format!("{file}:{}:1: expected a column `{name}` in the header", at + 1)
        })?),
    };
    let mut rows: Vec<Row> = Vec::new();
    for (i, line) in lines {
        let at = i + 1;
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() != names.len() {
            let column = line.chars().count() + 1;
            return Err(format!(
                "{file}:{at}:{column}: expected {} columns, found {}",
                names.len(),
                cells.len()
            ));
        }
        if cells[0].is_empty() || cells[0].trim() != cells[0] {
            return Err(format!("{file}:{at}:1: expected a term without white space around it"));
        }
        if let Some(last) = rows.last().filter(|last| last.term.as_str() >= cells[0]) {
            return Err(format!(
                "{file}:{at}:1: expected `{}` before `{}` on line {} (sorted, no term twice)",
                cells[0], last.term, last.line
            ));
        }
        let kind = match (kinds, kind_column) {
            (Some((_, allowed)), Some(column)) => {
                let found = allowed.iter().find(|(name, _)| *name == cells[column]);
                let (_, kind) = found.ok_or_else(|| {
                    let names: Vec<&str> = allowed.iter().map(|(name, _)| *name).collect();
                    let start =
                        cells[..column].iter().map(|c| c.chars().count() + 1).sum::<usize>();
                    format!("{file}:{at}:{}: expected one of {}", start + 1, names.join(", "))
                })?;
                *kind
            }
            _ => 0,
        };
        rows.push(Row { line: at, term: cells[0].to_owned(), kind });
    }
    Ok(rows)
}

fn fold(term: &str) -> String {
    let mut bytes = Vec::new();
    for c in term.chars() {
        latin::fold_char(c, &mut |part| bytes.extend_from_slice(part));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A `Dict` over the folded terms; terms that fold alike share their kinds as bits.
fn dictionary(code: &mut String, name: &str, rows: &[Row]) {
    let mut entries: BTreeMap<String, u8> = BTreeMap::new();
    for row in rows {
        *entries.entry(fold(&row.term)).or_default() |= row.kind;
    }
    let size = (entries.len() * 4).next_power_of_two().max(4);
    let mut slots = vec![0usize; size];
    for (i, term) in entries.keys().enumerate() {
        let mut slot = dict::hash(term.as_bytes()) & (size - 1);
        while slots[slot] != 0 {
            slot = (slot + 1) & (size - 1);
        }
        slots[slot] = i + 1;
    }
    let longest = entries.keys().map(String::len).max().unwrap_or(0);
    let entries: Vec<(&String, &u8)> = entries.iter().collect();
    let _ = writeln!(
        code,
        "pub(crate) static {name}: Dict = Dict {{ slots: &{slots:?}, entries: &{entries:?}, \
         longest: {longest} }};"
    );
}

/// Which single letters are elided clitics (`l'`, `d'`) and on which letters longer ones end
/// (`qu'`), as bits by their five low bits; and,
/// for the first letter of an elided clitic (five low bits), the letters that follow the
/// apostrophe of whole words which start like it: most elisions are told by one look.
fn whole_after(code: &mut String, rows: &[Row]) {
    let mut table = [0u32; 32];
    for row in rows {
        let folded = fold(&row.term);
        for pair in folded.as_bytes().windows(2).filter(|pair| pair[0] == b'\'') {
            table[usize::from(folded.as_bytes()[0] & 31)] |= 1 << (pair[1] & 31);
        }
    }
    let (mut single, mut last) = (0u32, 0u32);
    for term in rows.iter().filter(|row| row.kind == 1).map(|row| fold(&row.term)) {
        match term.as_bytes() {
            [letter, b'\''] => single |= 1 << (letter & 31),
            [.., letter, b'\''] => last |= 1 << (letter & 31),
            _ => {}
        }
    }
    let _ = writeln!(code, "pub(crate) const ELIDED_LETTERS: u32 = {single};");
    let _ = writeln!(code, "pub(crate) const ELIDED_LAST: u32 = {last};");
    let _ = writeln!(code, "pub(crate) static WHOLE_AFTER: [u32; 32] = {};", array(&table));
}

/// The emoticons by first byte, longest first, and for each first byte which second bytes (seven
/// low bits) can follow, so that nearly all texts are turned away by one look.
fn emoticons(code: &mut String, rows: &[Row], file: &str) -> Result<(), String> {
    let mut terms: Vec<String> = Vec::new();
    for row in rows {
        if row.term.len() < 2 || row.term.contains(char::is_whitespace) {
            return Err(format!(
                "{file}:{}:1: expected an emoticon of two bytes or more without white space",
                row.line
            ));
        }
        // The same with accents apart (`ò_ó`), as some systems store them.
        let apart: String = row.term.chars().flat_map(latin::decompose).flatten().collect();
        if apart != row.term {
            terms.push(apart);
        }
        // Telephones curl the apostrophe of `:'(`.
        if row.term.contains('\'') {
            terms.push(row.term.replace('\'', "’"));
        }
        terms.push(row.term.clone());
    }
    terms.sort_by(|a, b| {
        (a.as_bytes()[0], b.len(), a.as_str()).cmp(&(b.as_bytes()[0], a.len(), b.as_str()))
    });
    let mut ranges = vec![(0usize, 0usize); 256];
    let mut filter = vec![[0u64; 2]; 256];
    for (i, term) in terms.iter().enumerate() {
        let bytes = term.as_bytes();
        let range = &mut ranges[usize::from(bytes[0])];
        if range.1 == 0 {
            range.0 = i;
        }
        range.1 = i + 1;
        filter[usize::from(bytes[0])][usize::from(bytes[1] >> 6 & 1)] |= 1 << (bytes[1] & 63);
    }
    let _ = writeln!(code, "pub(crate) static EMOTICONS: &[&str] = &{terms:?};");
    let _ = writeln!(
        code,
        "pub(crate) static EMOTICON_RANGES: [(u16, u16); 256] = {};",
        array(&ranges)
    );
    let _ =
        writeln!(code, "pub(crate) static EMOTICON_SECOND: [[u64; 2]; 256] = {};", array(&filter));
    Ok(())
}

fn array<T: std::fmt::Debug>(items: &[T]) -> String {
    format!("{items:?}")
}

//! Posts from CSV: a header line, the column `text`, and any other field of a post.

use std::collections::HashSet;
use std::io::{self, BufRead, Read};

use csv::{ByteRecord, ErrorKind, Reader, ReaderBuilder};
use doleance::Post;
use serde_json::{Map, Number, Value};

use super::json;
use super::lines::utf8;

/// How the cells of a column become JSON.
#[derive(Clone, Copy)]
enum Cell {
    Text,
    Number,
    Flag,
    List,
}

/// Column, field of a post, part of that field, how to read a cell.
const COLUMNS: &[(&str, &str, &str, Cell)] = &[
    ("id", "id", "", Cell::Text),
    ("text", "text", "", Cell::Text),
    ("language", "language", "", Cell::Text),
    ("channel", "channel", "", Cell::Text),
    ("brand", "brand", "", Cell::Text),
    ("topic", "topic", "", Cell::Text),
    ("created_at", "created_at", "", Cell::Text),
    ("author", "author", "id", Cell::Text),
    ("followers", "author", "followers", Cell::Number),
    ("verified", "author", "verified", Cell::Flag),
    ("audience", "audience", "", Cell::Number),
    ("is_reply", "is_reply", "", Cell::Flag),
    ("age_minutes", "age_minutes", "", Cell::Number),
    ("reposts", "engagement", "reposts", Cell::Number),
    ("likes", "engagement", "likes", Cell::Number),
    ("replies", "engagement", "replies", Cell::Number),
    ("previous_contacts", "previous_contacts", "", Cell::Number),
    ("waiting_hours", "waiting_hours", "", Cell::Number),
    ("brand_replied", "brand_replied", "", Cell::Flag),
    ("attachments", "attachments", "", Cell::List),
    ("amplifiers", "amplifiers", "", Cell::List),
];

const UNCLOSED: &str = "a quote is opened and never closed";

/// What has been read, for what the reader of CSV does not tell: that the text ended in quotes.
struct Quoted<R> {
    input: R,
    /// Whether a quote was opened and not closed.
    open: bool,
    ended: bool,
}

impl<R: Read> Read for Quoted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        let quotes = buffer[..count].iter().filter(|&&b| b == b'"').count();
        self.open ^= quotes % 2 == 1;
        self.ended |= count == 0 && !buffer.is_empty();
        Ok(count)
    }
}

pub(crate) struct CsvPosts<R> {
    reader: Reader<Quoted<R>>,
    columns: Vec<Option<usize>>,
    record: ByteRecord,
    /// 1 where lines end in CR LF: the reader then counts a record from the LF before it.
    behind: u64,
}

impl<R: BufRead> CsvPosts<R> {
    /// Reads the header; the inner error says what is wrong with it.
    pub(crate) fn new(mut input: R) -> io::Result<Result<Self, String>> {
        let start = input.fill_buf()?;
        let delimiter = delimiter(start);
        let header = start.split(|&b| b == b'\n').next().unwrap_or_default();
        let behind = u64::from(header.ends_with(b"\r") && header.len() < start.len());
        let input = Quoted { input, open: false, ended: false };
        let mut reader = ReaderBuilder::new().delimiter(delimiter).from_reader(input);
        let header = match reader.byte_headers() {
            Ok(header) => header.clone(),
            Err(e) => return told(e, 1).map(|(_, wrong)| Err(wrong)),
        };
        let names: Vec<String> = header
            .iter()
            .map(|name| {
                let name = String::from_utf8_lossy(name).trim().to_ascii_lowercase();
                name.strip_prefix('\u{feff}').unwrap_or(&name).to_owned()
            })
            .collect();
        let columns: Vec<_> = names
            .iter()
            .map(|name| {
                // `author.followers` is `followers`, `author.id` is `author`.
                let name = match name.rsplit_once('.') {
                    Some(("author", "id")) => "author",
                    Some(("author" | "engagement", part)) => part,
                    _ => name,
                };
                COLUMNS.iter().position(|column| column.0 == name)
            })
            .collect();
        if !columns.iter().flatten().any(|&at| COLUMNS[at].1 == "text") {
            let found = names.join(", ");
            let found = if found.is_empty() { "no header" } else { &found };
            return Ok(Err(format!("found {found}; expected a header with a column `text`")));
        }
        let mut seen = HashSet::new();
        if let Some(twice) = columns.iter().flatten().find(|&at| !seen.insert(at)) {
            let name = COLUMNS[*twice].0;
            return Ok(Err(format!("column `{name}` stands twice; expected it once")));
        }
        Ok(Ok(Self { reader, columns, record: ByteRecord::new(), behind }))
    }

    /// The next post or what is wrong with it, and the line it begins on.
    pub(crate) fn next_post(&mut self) -> io::Result<Option<(u64, Result<Post<'static>, String>)>> {
        match self.reader.read_byte_record(&mut self.record) {
            Ok(false) => Ok(None),
            Ok(true) => {
                let line = self.record.position().map_or(0, csv::Position::line);
                let post = if self.swallows() { Err(UNCLOSED.to_owned()) } else { self.post() };
                Ok(Some((line + self.behind, post)))
            }
            Err(e) => {
                let line = self.reader.position().line();
                let (line, wrong) = told(e, line)?;
                let wrong = if self.swallows() { UNCLOSED.to_owned() } else { wrong };
                Ok(Some((line + self.behind, Err(wrong))))
            }
        }
    }

    /// Whether the record took in all that is left for want of a quote. One in the midst of a cell
    /// (`5" screen`) opens none.
    fn swallows(&self) -> bool {
        let read = self.reader.get_ref();
        read.ended && read.open && self.record.as_slice().contains(&b'\n')
    }

    fn post(&self) -> Result<Post<'static>, String> {
        let mut row = Map::new();
        for (bytes, column) in self.record.iter().zip(&self.columns) {
            let Some((name, field, part, form)) = column.map(|at| COLUMNS[at]) else { continue };
            let cell = utf8(bytes).map_err(|wrong| format!("column `{name}`: {wrong}"))?;
            if cell.trim().is_empty() && field != "text" {
                continue;
            }
            let value = value(cell, form);
            if part.is_empty() {
                row.insert(field.to_owned(), value);
            } else {
                let outer = row.entry(field).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(parts) = outer {
                    parts.insert(part.to_owned(), value);
                }
            }
        }
        json::post(row)
    }
}

/// The cell as JSON; one that is not of its form stays text, which the post then refuses.
fn value(cell: &str, form: Cell) -> Value {
    let trimmed = cell.trim();
    match form {
        Cell::Text => Value::from(cell),
        Cell::Number => match (trimmed.parse::<u64>(), trimmed.parse::<f64>()) {
            (Ok(whole), _) => Value::from(whole),
            (_, Ok(number)) => Number::from_f64(number).map_or(Value::from(cell), Value::Number),
            _ => Value::from(cell),
        },
        Cell::Flag => match trimmed.to_ascii_lowercase().as_str() {
            "true" | "yes" | "oui" | "vrai" | "1" => Value::Bool(true),
            "false" | "no" | "non" | "faux" | "0" => Value::Bool(false),
            _ => Value::from(cell),
        },
        Cell::List => {
            let items = trimmed.split([',', ';', '|']).map(str::trim);
            items.filter(|item| !item.is_empty()).map(Value::from).collect()
        }
    }
}

/// The most frequent of `,` `;` and tab in the header.
fn delimiter(start: &[u8]) -> u8 {
    let header = start.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| header.iter().filter(|&&b| b == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|&d| count(d)).unwrap_or(b',')
}

/// A fault of the form as line and message; a fault of the disk as an error.
fn told(error: csv::Error, line: u64) -> io::Result<(u64, String)> {
    let at = error.position().map_or(line, csv::Position::line);
    match error.into_kind() {
        ErrorKind::Io(e) => Err(e),
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            Ok((at, format!("{len} cells; expected {expected_len} as in the header")))
        }
        other => Ok((at, format!("not CSV: {other:?}"))),
    }
}

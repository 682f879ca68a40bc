//! Reads catalogue files: the same code at build time (for the built-in catalogue) and at run time
//! (for a user's). It knows nothing of the rest of the crate, so that both can include it.

use std::collections::HashMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

#[path = "vocabulary.rs"]
mod vocabulary;

pub(crate) use vocabulary::*;

/// How long the body of a template may be: more than any channel takes.
const LONGEST_BODY: usize = 32 * 1024;

/// What was wrong, and where.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ReadError {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) message: String,
}

/// A piece of a template's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    /// Words.
    Text(&'t str),
    /// A placeholder with its fallback.
    Slot { name: &'t str, fallback: Option<&'t str> },
}

/// One `[[template]]` table.
#[derive(Debug, Default)]
pub(crate) struct TemplateRow {
    pub(crate) id: String,
    pub(crate) line: usize,
    pub(crate) remove: bool,
    /// Values by key of [`KEYS`], in that order.
    pub(crate) fields: Vec<(&'static str, Vec<String>)>,
    pub(crate) body: String,
}

/// One `[[clock]]` table: how long the firm has, and which rule says so.
#[derive(Debug, Default)]
pub(crate) struct ClockRow {
    pub(crate) country: String,
    pub(crate) sector: String,
    pub(crate) text: String,
    pub(crate) source: String,
}

/// A whole catalogue file.
#[derive(Debug, Default)]
pub(crate) struct File {
    pub(crate) language: String,
    pub(crate) templates: Vec<TemplateRow>,
    pub(crate) clocks: Vec<ClockRow>,
    /// `issues.vous.delivery` and so on, with what they say.
    pub(crate) phrases: Vec<(String, String)>,
}

type Read<T> = Result<T, ReadError>;

struct Reader<'i> {
    text: &'i str,
    /// Where lines begin.
    lines: Vec<usize>,
    /// Names of placeholders that may be used.
    placeholders: &'i dyn Fn(&str) -> bool,
}

/// Reads a catalogue file. `placeholders` says which names a body may use; names that start with
/// `custom.` are the caller's own and always allowed.
pub(crate) fn read(text: &str, placeholders: &dyn Fn(&str) -> bool) -> Read<File> {
    let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let reader = Reader { text, lines, placeholders };
    let table = DeTable::parse(text)
        .map_err(|e| reader.at(e.span().unwrap_or(0..0), first_line(e.message())))?;
    reader.file(table.get_ref())
}

/// Splits a body into words and placeholders; an error carries the byte offset of the fault.
pub(crate) fn pieces(body: &str) -> Result<Vec<Piece<'_>>, (usize, String)> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(open) = body[from..].find("{{").map(|i| from + i) {
        let words = &body[from..open];
        if let Some(stray) = words.find("}}") {
            return Err((from + stray, "`}}` closes nothing".into()));
        }
        if !words.is_empty() {
            out.push(Piece::Text(words));
        }
        let inside = open + 2;
        let close = body[inside..].find("}}").map(|i| inside + i);
        let Some(close) = close.filter(|&c| !body[inside..c].contains("{{")) else {
            return Err((
                open,
                "`{{` is never closed; expected `{{name}}` or `{{name|fallback}}`".into(),
            ));
        };
        let content = &body[inside..close];
        let (name, fallback) = match content.split_once('|') {
            Some((name, fallback)) => (name.trim(), Some(fallback.trim())),
            None => (content.trim(), None),
        };
        if name.is_empty() {
            return Err((open, "a placeholder has no name".into()));
        }
        out.push(Piece::Slot { name, fallback });
        from = close + 2;
    }
    let rest = &body[from..];
    if let Some(stray) = rest.find("}}") {
        return Err((from + stray, "`}}` closes nothing".into()));
    }
    if !rest.is_empty() {
        out.push(Piece::Text(rest));
    }
    Ok(out)
}

fn first_line(message: &str) -> String {
    message.lines().collect::<Vec<_>>().join(", ")
}

fn expected(what: &str, found: &str, known: &[&str]) -> String {
    format!("unknown {what} `{found}`; expected one of {}", known.join(", "))
}

impl Reader<'_> {
    fn at(&self, span: Range<usize>, message: impl Into<String>) -> ReadError {
        let at = if self.text.is_char_boundary(span.start) { span.start } else { self.text.len() };
        let line = self.line(at);
        let column = self.text[self.lines[line - 1]..at].chars().count() + 1;
        ReadError { line, column, message: message.into() }
    }

    /// The line a byte is on, counted from 1.
    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|&start| start <= at)
    }

    fn string<'t>(&self, key: &str, value: &'t Spanned<DeValue<'_>>) -> Read<&'t str> {
        value.get_ref().as_str().ok_or_else(|| {
            self.at(
                value.span(),
                format!("`{key}` is of type {}; expected a string", value.get_ref().type_str()),
            )
        })
    }

    fn strings<'t>(
        &self,
        key: &str,
        value: &'t Spanned<DeValue<'_>>,
        one_is_enough: bool,
    ) -> Read<Vec<(&'t str, Range<usize>)>> {
        match value.get_ref() {
            DeValue::Array(items) => {
                items.iter().map(|i| Ok((self.string(key, i)?, i.span()))).collect()
            }
            DeValue::String(_) if one_is_enough => {
                Ok(vec![(self.string(key, value)?, value.span())])
            }
            other => Err(self.at(
                value.span(),
                format!("`{key}` is of type {}; expected a list of strings", other.type_str()),
            )),
        }
    }

    fn table<'t, 'i>(&self, key: &str, value: &'t Spanned<DeValue<'i>>) -> Read<&'t DeTable<'i>> {
        value.get_ref().as_table().ok_or_else(|| {
            self.at(
                value.span(),
                format!("`{key}` is of type {}; expected a table", value.get_ref().type_str()),
            )
        })
    }

    fn tables<'t, 'i>(
        &self,
        key: &str,
        value: &'t Spanned<DeValue<'i>>,
    ) -> Read<Vec<(&'t DeTable<'i>, Range<usize>)>> {
        let list = value.get_ref().as_array().ok_or_else(|| {
            self.at(value.span(), format!("`{key}` must be written as `[[{key}]]`"))
        })?;
        list.iter().map(|item| Ok((self.table(key, item)?, item.span()))).collect()
    }

    fn file(&self, root: &DeTable<'_>) -> Read<File> {
        let mut file = File::default();
        let language = root.get("language").ok_or_else(|| {
            self.at(0..0, "the key `language` is missing; expected `language = \"fr\"` or \"en\"")
        })?;
        file.language = self.string("language", language)?.to_owned();
        if !["fr", "en"].contains(&file.language.as_str()) {
            let message = expected("language", &file.language, &["fr", "en"]);
            return Err(self.at(language.span(), message));
        }
        // Phrases first, in order of the file's keys: templates name some of them.
        for (key, value) in root {
            let name: &str = key.get_ref();
            match name {
                "language" | "template" => {}
                "clock" => {
                    for (table, span) in self.tables(name, value)? {
                        file.clocks.push(self.clock(table, span)?);
                    }
                }
                _ => self.phrases(name, key.span(), value, &mut file)?,
            }
        }
        let mut lines = HashMap::new();
        if let Some(templates) = root.get("template") {
            for (table, span) in self.tables("template", templates)? {
                let row = self.template(table, span, &file.language)?;
                if let Some(first) = lines.insert(row.id.clone(), row.line) {
                    let at = table.get("id").map_or(0..0, Spanned::span);
                    let message = format!("the id `{}` is already used on line {first}", row.id);
                    return Err(self.at(at, message));
                }
                file.templates.push(row);
            }
        }
        Ok(file)
    }

    fn phrases(
        &self,
        name: &str,
        at: Range<usize>,
        value: &Spanned<DeValue<'_>>,
        file: &mut File,
    ) -> Read<()> {
        let Some((_, by_register, known)) = PHRASES.iter().find(|(n, ..)| *n == name) else {
            let known = "language, template, clock, issues, requests, cautions, sources";
            return Err(self.at(at, format!("unknown key `{name}`; expected one of {known}")));
        };
        let mut leaf = |prefix: &str, table: &DeTable<'_>| -> Read<()> {
            for (key, value) in table {
                let entry: &str = key.get_ref();
                if !known.is_empty() && !known.contains(&entry) {
                    return Err(self.at(key.span(), expected("name", entry, known)));
                }
                let text = self.string(entry, value)?.to_owned();
                file.phrases.push((format!("{prefix}.{entry}"), text));
            }
            Ok(())
        };
        let table = self.table(name, value)?;
        if !by_register {
            return leaf(name, table);
        }
        for (key, value) in table {
            let register: &str = key.get_ref();
            let known = &["vous", "tu", "neutral"];
            if !known.contains(&register) {
                return Err(self.at(key.span(), expected("register", register, known)));
            }
            leaf(&format!("{name}.{register}"), self.table(register, value)?)?;
        }
        Ok(())
    }

    fn clock(&self, table: &DeTable<'_>, span: Range<usize>) -> Read<ClockRow> {
        let mut row = ClockRow::default();
        for (key, value) in table {
            let name: &str = key.get_ref();
            let text = self.string(name, value)?.to_owned();
            match name {
                "country" => row.country = text,
                "sector" if SECTORS.contains(&text.as_str()) => row.sector = text,
                "sector" => return Err(self.at(value.span(), expected("sector", &text, SECTORS))),
                "text" => row.text = text,
                "source" => row.source = text,
                _ => {
                    let known = &["country", "sector", "text", "source"];
                    return Err(self.at(key.span(), expected("key", name, known)));
                }
            }
        }
        let needed = [("country", &row.country), ("text", &row.text), ("source", &row.source)];
        if let Some((key, _)) = needed.iter().find(|(_, text)| text.is_empty()) {
            return Err(self.at(span, format!("the key `{key}` of a clock is missing")));
        }
        Ok(row)
    }

    fn template(
        &self,
        table: &DeTable<'_>,
        span: Range<usize>,
        language: &str,
    ) -> Read<TemplateRow> {
        let mut row = TemplateRow { line: self.line(span.start), ..TemplateRow::default() };
        let id = table
            .get("id")
            .ok_or_else(|| self.at(span.clone(), "the key `id` of a template is missing"))?;
        row.id = self.string("id", id)?.to_owned();
        if row.id.is_empty() {
            return Err(self.at(id.span(), "the id is empty"));
        }
        for (key, value) in table {
            let name: &str = key.get_ref();
            if !["id", "remove", "body"].contains(&name) && !KEYS.iter().any(|k| k.0 == name) {
                let known: Vec<_> =
                    ["id", "remove", "body"].into_iter().chain(KEYS.iter().map(|k| k.0)).collect();
                return Err(self.at(key.span(), expected("key", name, &known)));
            }
            if name == "remove" {
                row.remove = value
                    .get_ref()
                    .as_bool()
                    .ok_or_else(|| self.at(value.span(), "`remove` must be true or false"))?;
            }
        }
        if row.remove {
            return Ok(row);
        }
        let missing = |key: &str| {
            self.at(span.clone(), format!("the key `{key}` of template `{}` is missing", row.id))
        };
        let mut fields = Vec::new();
        for &(key, required, arity, known) in KEYS {
            let Some(value) = table.get(key) else {
                if required {
                    return Err(missing(key));
                }
                continue;
            };
            let many = arity != Arity::One;
            let names = if many {
                self.strings(key, value, arity == Arity::Free)?
            } else {
                vec![(self.string(key, value)?, value.span())]
            };
            if names.is_empty() && required {
                return Err(self.at(value.span(), format!("`{key}` is empty")));
            }
            for (name, at) in &names {
                if !known.is_empty() && !known.contains(name) {
                    return Err(self.at(at.clone(), expected(key, name, known)));
                }
            }
            fields.push((key, names.into_iter().map(|(name, _)| name.to_owned()).collect()));
        }
        let body = table.get("body").ok_or_else(|| missing("body"))?;
        row.body = self.body(body)?;
        row.fields = fields;
        self.consistent(&row, table, language)?;
        Ok(row)
    }

    /// What no single key can tell: that the keys go together.
    fn consistent(&self, row: &TemplateRow, table: &DeTable<'_>, language: &str) -> Read<()> {
        let at = |key: &str| table.get(key).map_or(0..0, Spanned::span);
        let register = row.one("register");
        if (language == "en") != (register == Some("neutral")) {
            let known = if language == "en" { "neutral" } else { "vous or tu" };
            let message = format!("a template in `{language}` has the register {known}");
            return Err(self.at(at("register"), message));
        }
        if row.one("region").is_some_and(|r| !r.starts_with(language)) {
            return Err(self.at(at("region"), format!("no region of the language `{language}`")));
        }
        if row.all("channels").any(|c| PUBLIC.contains(&c)) {
            if row.all("moves").any(|m| m == "redress") {
                let message = "redress is never offered in public; take the public channels or the \
                               move `redress` away";
                return Err(self.at(at("moves"), message));
            }
            let names =
                |piece: &Piece<'_>| matches!(piece, Piece::Slot { name, .. } if *name == "redress");
            if pieces(&row.body).is_ok_and(|pieces| pieces.iter().any(names)) {
                let message = "redress is never offered in public; take the public channels or \
                               `{{redress}}` away";
                return Err(self.at(at("body"), message));
            }
        }
        Ok(())
    }

    /// The body, trimmed, its placeholders checked.
    fn body(&self, value: &Spanned<DeValue<'_>>) -> Read<String> {
        let body = self.string("body", value)?;
        let fault = |offset: usize, message: String| {
            // The place in the file of the same brace pair; escapes may have moved the rest.
            let raw = self.text.get(value.span()).unwrap_or("");
            let pair = if body[offset..].starts_with("}}") { "}}" } else { "{{" };
            let nth = body[..offset].matches(pair).count();
            let place = raw.match_indices(pair).nth(nth).map_or(0, |(i, _)| i);
            self.at(value.start_of(place), message)
        };
        if body.len() > LONGEST_BODY {
            let message = format!("the body is longer than {LONGEST_BODY} bytes");
            return Err(self.at(value.span(), message));
        }
        if body.trim().is_empty() {
            return Err(self.at(value.span(), "the body is empty"));
        }
        let found = pieces(body).map_err(|(offset, message)| fault(offset, message))?;
        for piece in found {
            let Piece::Slot { name, .. } = piece else { continue };
            if !(self.placeholders)(name) && !name.starts_with("custom.") {
                let inside = name.as_ptr() as usize - body.as_ptr() as usize;
                let offset = body[..inside].rfind("{{").unwrap_or(0);
                return Err(fault(
                    offset,
                    format!("unknown placeholder `{name}`; names of your own start with `custom.`"),
                ));
            }
        }
        Ok(body.trim().to_owned())
    }
}

trait StartOf {
    fn start_of(&self, offset: usize) -> Range<usize>;
}

impl<T> StartOf for Spanned<T> {
    fn start_of(&self, offset: usize) -> Range<usize> {
        let start = self.span().start + offset;
        start..start
    }
}

impl TemplateRow {
    fn all(&self, key: &str) -> impl Iterator<Item = &str> {
        self.fields
            .iter()
            .filter(move |(k, _)| *k == key)
            .flat_map(|(_, values)| values.iter().map(String::as_str))
    }

    fn one(&self, key: &str) -> Option<&str> {
        self.all(key).next()
    }
}

/// The rows of a tab-separated table whose header is `columns`; `# ` starts a comment line. Each
/// row comes with its line.
pub(crate) fn table<'t>(text: &'t str, columns: &[&str]) -> Read<Vec<(usize, Vec<&'t str>)>> {
    let error = |line: usize, column: usize, message: String| ReadError { line, column, message };
    let mut rows = Vec::new();
    let mut header = false;
    for (i, line) in text.lines().enumerate() {
        let line = line.trim_end_matches('\r');
        // `#card` is a term, `# card` a comment.
        if line.trim().is_empty() || line.trim_end() == "#" || line.starts_with("# ") {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        if !header {
            header = true;
            if cells != columns {
                let expected = columns.join(", ");
                return Err(error(i + 1, 1, format!("expected the header {expected}")));
            }
            continue;
        }
        if cells.len() != columns.len() {
            let message = format!("{} cells; expected {}", cells.len(), columns.len());
            return Err(error(i + 1, cells.len().min(columns.len()), message));
        }
        if cells[0].is_empty() {
            return Err(error(i + 1, 1, format!("`{}` is empty", columns[0])));
        }
        rows.push((i + 1, cells));
    }
    Ok(rows)
}

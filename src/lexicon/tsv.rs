//! The reader of lexicon files: the same for the files that ship and for a user's own.
//!
//! Shared with the build script, so it uses nothing of the crate but its neighbours here.

use super::entry::{Agent, CueKind, head_index};

/// A fault in a lexicon: where, and what was expected there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) source: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) message: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}: {}", self.source, self.line, self.column, self.message)
    }
}

/// The languages a row speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    French,
    English,
    Both,
}

/// A file to compile, with the languages its rows speak for unless they say otherwise.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'s> {
    pub(crate) name: &'s str,
    pub(crate) scope: Scope,
    pub(crate) text: &'s str,
}

/// A cue of a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cue {
    pub(crate) kind: CueKind,
    pub(crate) weight: f32,
    pub(crate) agent: Agent,
    pub(crate) country: Option<[u8; 2]>,
}

/// One row, checked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row<'s> {
    pub(crate) term: &'s str,
    pub(crate) scope: Scope,
    pub(crate) source: &'s str,
    pub(crate) line: usize,
    pub(crate) remove: bool,
    pub(crate) valence: Option<(f32, f32)>,
    pub(crate) cue: Option<Cue>,
    pub(crate) form: Option<&'s str>,
    pub(crate) weights: Vec<(u8, f32)>,
    pub(crate) support: u32,
    pub(crate) kind: Kind,
}

/// What kind of file a row came from, by its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Valence, cues or both.
    Entry,
    /// Informal spellings.
    Norm,
    /// Words whose accents carry meaning.
    Homograph,
    /// Learned weights.
    Weights,
    /// Inflections: `paradigm`, `strip`, `endings`.
    Paradigm,
    /// Named lists of words: `list`, `words`.
    List,
    /// Elided and inverted clitics.
    Clitic,
    /// Platt parameters and thresholds of heads.
    Calibration,
    /// Minutes to answer within.
    Priority,
}

/// The cells of a line by column name.
pub(crate) struct Cells<'s, 'h> {
    source: &'s str,
    pub(crate) line: usize,
    header: &'h [&'s str],
    cells: Vec<&'s str>,
}

impl<'s> Cells<'s, '_> {
    pub(crate) fn get(&self, name: &str) -> Option<&'s str> {
        let at = self.header.iter().position(|column| *column == name)?;
        self.cells.get(at).copied().filter(|cell| !cell.is_empty())
    }

    pub(crate) fn fault(&self, name: &str, message: impl Into<String>) -> Fault {
        let column = self.header.iter().position(|column| *column == name).unwrap_or(0);
        Fault {
            source: self.source.into(),
            line: self.line,
            column: column + 1,
            message: message.into(),
        }
    }

    fn need(&self, name: &str) -> Result<&'s str, Fault> {
        self.get(name).ok_or_else(|| self.fault(name, format!("`{name}` is empty")))
    }

    /// A number within `low..=high`.
    pub(crate) fn number(&self, name: &str, low: f32, high: f32) -> Result<Option<f32>, Fault> {
        let Some(cell) = self.get(name) else { return Ok(None) };
        match cell.parse::<f32>() {
            Ok(number) if number >= low && number <= high => Ok(Some(number)),
            _ => Err(self.fault(
                name,
                format!("`{cell}` in column `{name}`; expected a number from {low} to {high}"),
            )),
        }
    }

    /// For which languages the row is: what it says itself, or what its file is for.
    pub(super) fn scope(&self, file: Scope) -> Result<Scope, Fault> {
        match self.get("language") {
            None => Ok(file),
            Some("fr") => Ok(Scope::French),
            Some("en") => Ok(Scope::English),
            Some(other) => {
                Err(self.fault("language", format!("`{other}`; expected fr, en or nothing")))
            }
        }
    }

    /// Whether the row takes away another.
    fn removes(&self) -> Result<bool, Fault> {
        match self.get("remove") {
            None => Ok(false),
            Some("yes") => Ok(true),
            Some(other) => Err(self.fault("remove", format!("`{other}`; expected yes or nothing"))),
        }
    }

    /// An error if a row is to be taken away whose kind can only be given anew.
    pub(super) fn cannot_remove(&self) -> Result<(), Fault> {
        if self.removes()? {
            let why = "rows of this kind cannot be taken away, only given anew; expected nothing";
            return Err(self.fault("remove", why));
        }
        Ok(())
    }

    /// The cell, if it is one of the names known.
    pub(super) fn named(&self, name: &str, known: &[&str]) -> Result<&'s str, Fault> {
        let cell = self.need(name)?;
        if known.contains(&cell) {
            return Ok(cell);
        }
        Err(self.fault(name, format!("`{cell}`; expected one of {}", known.join(", "))))
    }
}

/// Columns a file may have, and which of them tell what kind of file it is.
const COLUMNS: &[&str] = &[
    "term",
    "valence",
    "arousal",
    "kind",
    "weight",
    "agent",
    "country",
    "note",
    "form",
    "weights",
    "support",
    "paradigm",
    "strip",
    "endings",
    "list",
    "words",
    "language",
    "remove",
    "head",
    "slope",
    "offset",
    "threshold",
    "channel",
    "level",
    "minutes",
    "name",
];

/// What a clitic may be.
const CLITICS: &[&str] = &["proclitic", "enclitic", "whole"];

/// How long a line may be: no honest row comes near, and it bounds what a row can cost.
const LONGEST_LINE: usize = 16 * 1024;

/// Reads a file line by line, handing each row's cells to `row`.
pub(crate) fn read<'s>(
    source: Source<'s>,
    mut row: impl FnMut(&Cells<'s, '_>, Kind) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut header: Option<(Vec<&'s str>, Kind)> = None;
    let fault = |line: usize, column: usize, message: String| Fault {
        source: source.name.into(),
        line,
        column,
        message,
    };
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(source.text);
    for (at, line) in text.lines().enumerate() {
        let at = at + 1;
        if line.len() > LONGEST_LINE {
            return Err(fault(at, 1, format!("line is longer than {LONGEST_LINE} bytes")));
        }
        // A comment is `# text`; `#fail` is a term.
        if line == "#" || line.starts_with("# ") || line.trim().is_empty() {
            continue;
        }
        let cells: Vec<&'s str> = line.split('\t').collect();
        let Some((header, kind)) = &header else {
            for (column, name) in cells.iter().enumerate() {
                if !COLUMNS.contains(name) {
                    return Err(fault(
                        at,
                        column + 1,
                        format!("unknown column `{name}`; expected some of {}", COLUMNS.join(", ")),
                    ));
                }
                if cells[..column].contains(name) {
                    return Err(fault(at, column + 1, format!("column `{name}` stands twice")));
                }
            }
            let has = |name| cells.contains(&name);
            let kind = if has("paradigm") || (has("name") && !has("term")) {
                Kind::Paradigm
            } else if has("list") {
                Kind::List
            } else if has("head") {
                Kind::Calibration
            } else if has("channel") || has("minutes") {
                Kind::Priority
            } else if !has("term") {
                return Err(fault(at, 1, "expected a header line with a column `term`".into()));
            } else if has("form") {
                Kind::Norm
            } else if has("weights") {
                Kind::Weights
            } else if ["valence", "kind", "weight", "remove"].into_iter().any(has) {
                Kind::Entry
            } else {
                Kind::Homograph
            };
            header = Some((cells, kind));
            continue;
        };
        if cells.len() != header.len() {
            return Err(fault(
                at,
                cells.len().min(header.len()),
                format!("{} cells; expected {} as in the header", cells.len(), header.len()),
            ));
        }
        let cells = Cells { source: source.name, line: at, header, cells };
        // A file of clitics has the columns of one of cues.
        let clitic =
            *kind == Kind::Entry && cells.get("kind").is_some_and(|k| CLITICS.contains(&k));
        row(&cells, if clitic { Kind::Clitic } else { *kind })?;
    }
    Ok(())
}

/// Reads the rows that have terms: entries, norms, homographs, weights.
pub(crate) fn term_row<'s>(
    cells: &Cells<'s, '_>,
    kind: Kind,
    scope: Scope,
) -> Result<Row<'s>, Fault> {
    let term = cells.need("term")?;
    if is_capitalised(term) {
        return Err(cells.fault("term", format!("`{term}` has capitals; expected lower case")));
    }
    let (scope, remove) = (cells.scope(scope)?, cells.removes()?);
    let mut row = Row {
        term,
        scope,
        source: cells.source,
        line: cells.line,
        remove,
        valence: None,
        cue: None,
        form: None,
        weights: Vec::new(),
        support: cells.number("support", 0.0, 1e9)?.unwrap_or(0.0) as u32,
        kind,
    };
    match kind {
        Kind::Norm => row.form = Some(cells.need("form")?),
        Kind::Weights => row.weights = weights(cells)?,
        Kind::Entry => {
            row.valence = cells.number("valence", -4.0, 4.0)?.map(|v| (v, 0.0));
            if let Some((_, arousal)) = &mut row.valence {
                *arousal = cells.number("arousal", 0.0, 1.0)?.unwrap_or(0.5);
            }
            row.cue = cue(cells)?;
            if row.valence.is_none() && row.cue.is_none() && !remove {
                return Err(cells.fault("term", "expected a `valence` or a `kind`"));
            }
        }
        _ => {}
    }
    Ok(row)
}

/// Whether a word of four letters or more has a capital; emoticons such as `XD` may.
fn is_capitalised(term: &str) -> bool {
    term.split(|c: char| !c.is_alphabetic())
        .any(|word| word.chars().count() > 3 && word.chars().any(char::is_uppercase))
}

fn cue(cells: &Cells<'_, '_>) -> Result<Option<Cue>, Fault> {
    let Some(name) = cells.get("kind") else { return Ok(None) };
    let Some(kind) = CueKind::from_name(name) else {
        let known: Vec<_> = CueKind::ALL.iter().map(|kind| kind.name()).collect();
        return Err(cells.fault(
            "kind",
            format!("`{name}` is no kind of cue; expected one of {}", known.join(", ")),
        ));
    };
    let weight = cells.number("weight", 0.0, 3.0)?.unwrap_or(1.0);
    let agent = cells.get("agent").unwrap_or("");
    let agent = Agent::from_name(agent).ok_or_else(|| {
        cells.fault("agent", format!("`{agent}`; expected self, mention or nothing"))
    })?;
    let country = match cells.get("country") {
        None => None,
        Some(codes) => {
            let first = codes.split(',').next().unwrap_or("").as_bytes();
            match first {
                &[a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => {
                    // A body of several countries tells none.
                    (!codes.contains(',')).then_some([a, b])
                }
                _ => {
                    return Err(cells.fault(
                        "country",
                        format!("`{codes}`; expected two-letter codes such as FR,BE"),
                    ));
                }
            }
        }
    };
    Ok(Some(Cue { kind, weight, agent, country }))
}

fn weights(cells: &Cells<'_, '_>) -> Result<Vec<(u8, f32)>, Fault> {
    let mut pairs = Vec::new();
    for pair in cells.get("weights").unwrap_or("").split_ascii_whitespace() {
        let parsed = pair.split_once('=').and_then(|(head, weight)| {
            Some((head_index(head)?, weight.parse::<f32>().ok().filter(|w| w.abs() <= 30.0)?))
        });
        let Some((head, weight)) = parsed else {
            return Err(cells.fault(
                "weights",
                format!("`{pair}`; expected head=weight with a known head and a weight in ±30"),
            ));
        };
        if pairs.iter().any(|&(other, _)| other == head as u8) {
            return Err(cells.fault("weights", format!("head of `{pair}` stands twice")));
        }
        pairs.push((head as u8, weight));
    }
    Ok(pairs)
}

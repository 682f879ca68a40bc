//! Rows that other rows refer to: paradigms, lists and clitics; and who is to blame when a change of
//! one breaks what refers to it. Clitics only ship.
//!
//! Shared with the build script.

use super::compile::{LANGUAGES, languages};
use super::pattern::{Grammar, Paradigm};
use super::tsv::{Cells, Fault, Kind, Scope, Source};

/// Takes a paradigm, a list or a clitic.
pub(super) fn grammar_row(
    cells: &Cells<'_, '_>,
    kind: Kind,
    scope: Scope,
    grammars: &mut [Grammar; LANGUAGES],
) -> Result<(), Fault> {
    let need =
        |name: &str| cells.get(name).ok_or_else(|| cells.fault(name, format!("`{name}` is empty")));
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    cells.cannot_remove()?;
    for &language in languages(cells.scope(scope)?) {
        let grammar = &mut grammars[language];
        match kind {
            Kind::Paradigm => {
                let endings = words(need("endings")?)
                    .into_iter()
                    .map(|e| if e == "0" { String::new() } else { e })
                    .collect();
                let strip = cells.get("strip").unwrap_or("").to_owned();
                let name = cells.get("name").map_or_else(|| need("paradigm"), Ok)?;
                grammar.paradigms.insert(name.into(), Paradigm { strip, endings });
            }
            Kind::List => {
                grammar.lists.insert(need("list")?.into(), words(need("words")?));
            }
            _ => {
                let term = crate::text::fold::fold(need("term")?);
                match need("kind")? {
                    "proclitic" => grammar.proclitics.insert(term),
                    "enclitic" => grammar.enclitics.insert(term),
                    _ => grammar.whole.insert(term),
                };
            }
        }
    }
    Ok(())
}

/// What is wrong with a clitic of an overlay: its terms would be split by it, but no post.
pub(super) fn no_clitic(cells: &Cells<'_, '_>) -> Fault {
    let kind = cells.get("kind").unwrap_or("");
    let why = "posts are split by the clitics that ship, expected a kind of cue";
    cells.fault("kind", format!("`{kind}`; {why}"))
}

/// The paradigms and lists in the order they were read, each with its languages and its place.
#[derive(Debug, Default)]
pub(super) struct Changes(Vec<(String, Scope, Fault)>);

impl Changes {
    pub(super) fn note(&mut self, cells: &Cells<'_, '_>, kind: Kind) {
        let (column, mark) = match kind {
            Kind::Paradigm if cells.get("name").is_some() => ("name", "~"),
            Kind::Paradigm => ("paradigm", "~"),
            Kind::List => ("list", "["),
            _ => return,
        };
        let name = format!("{mark}{}", cells.get(column).unwrap_or(""));
        // A language there is none of is told where the row is read.
        let scope = cells.scope(Scope::Both).unwrap_or(Scope::Both);
        self.0.push((name, scope, cells.fault(column, "")));
    }

    /// The fault, at what its reader wrote: a shipped row that compiled before has one only by what
    /// a row of an overlay has made of its paradigm or list.
    pub(super) fn blamed(&self, fault: Fault, base: &[Source<'_>]) -> Fault {
        let shipped = |source: &str| base.iter().find(|file| file.name == source);
        let Some(file) = shipped(&fault.source) else { return fault };
        let meets = |scope: Scope| {
            languages(scope).iter().any(|language| languages(file.scope).contains(language))
        };
        let ours = || {
            let ours = self.0.iter().rev().filter(|(.., place)| shipped(&place.source).is_none());
            ours.filter(|(_, scope, _)| meets(*scope))
        };
        // The one the message speaks of, or else one that stands in the term.
        let named = ours().find(|(name, ..)| fault.message.contains(&format!("`{}`", &name[1..])));
        let named = named.or_else(|| ours().find(|(name, ..)| names(&fault.message, name)));
        match named.or_else(|| ours().next()) {
            Some((.., place)) => Fault {
                message: format!("with this a shipped row no longer holds: {fault}"),
                ..place.clone()
            },
            None => fault,
        }
    }
}

/// Whether a message has the name, and not only one that begins so.
fn names(message: &str, name: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    message.match_indices(name).any(|(at, found)| ends(&message[at + found.len()..]))
}

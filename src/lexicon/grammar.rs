//! Rows that other rows refer to: paradigms, lists and clitics; and who is to blame when a change of
//! one breaks what refers to it.
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
                    "whole" => grammar.whole.insert(term),
                    other => {
                        return Err(cells.fault(
                            "kind",
                            format!(
                                "`{other}`; expected proclitic, enclitic or whole (rows of cues \
                                 have a column `weight` too)"
                            ),
                        ));
                    }
                };
            }
        }
    }
    Ok(())
}

/// The paradigms, lists and clitics in the order they were read, each with its place.
#[derive(Debug, Default)]
pub(super) struct Changes(Vec<(String, Fault)>);

impl Changes {
    pub(super) fn note(&mut self, cells: &Cells<'_, '_>, kind: Kind) {
        let (column, mark) = match kind {
            Kind::Paradigm if cells.get("name").is_some() => ("name", "~"),
            Kind::Paradigm => ("paradigm", "~"),
            Kind::List => ("list", "["),
            _ => ("term", "'"),
        };
        let name = format!("{mark}{}", cells.get(column).unwrap_or(""));
        self.0.push((name, cells.fault(column, "")));
    }

    /// The fault, at what its reader wrote: a shipped row that compiled before has one only by what
    /// a row of an overlay has made of its paradigm, list or clitic.
    pub(super) fn blamed(&self, fault: Fault, base: &[Source<'_>]) -> Fault {
        let ships = |source: &str| base.iter().any(|file| file.name == source);
        if !ships(&fault.source) {
            return fault;
        }
        let ours = || self.0.iter().rev().filter(|(_, place)| !ships(&place.source));
        let named = ours().find(|(name, _)| fault.message.contains(name.as_str()));
        match named.or_else(|| ours().next()) {
            Some((_, place)) => Fault {
                message: format!("with this a shipped row no longer holds: {fault}"),
                ..place.clone()
            },
            None => fault,
        }
    }
}

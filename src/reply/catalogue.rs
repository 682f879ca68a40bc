//! The catalogue: built-in templates, and those a user adds.

use std::collections::HashMap;
use std::sync::Arc;

use once_cell::sync::Lazy;

use super::names::{Platform, Register, Sector};
use super::patterns::Rules;
use super::reader;
use super::template::Template;
use crate::error::{Error, ErrorKind};
use crate::names::Named;
use crate::post::Language;

mod built {
    //! What the build made of lexicons/replies.

    pub(crate) struct File {
        pub(crate) name: &'static str,
        pub(crate) language: &'static str,
        pub(crate) templates: &'static [Row],
        pub(crate) clocks: &'static [[&'static str; 4]],
        pub(crate) phrases: &'static [(&'static str, &'static str)],
    }

    pub(crate) struct Row {
        pub(crate) id: &'static str,
        pub(crate) line: usize,
        pub(crate) fields: &'static [(&'static str, &'static [&'static str])],
        pub(crate) body: &'static str,
    }

    include!(concat!(env!("OUT_DIR"), "/replies.rs"));
}

/// A clock a formal complaint runs on.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    pub(super) country: String,
    pub(super) sector: Sector,
    pub(super) language: Language,
    pub(super) text: String,
    pub(super) source: String,
}

/// Reply templates, the phrases they are completed with, and the rules drafts are reviewed by.
///
/// Cloning is cheap enough to change one: templates are shared.
///
/// ```
/// use doleance::reply::Catalogue;
///
/// let mut catalogue = Catalogue::builtin();
/// let before = catalogue.len();
/// catalogue.add("mine.toml", r#"
/// language = "en"
/// [[template]]
/// id = "mine.thanks"
/// register = "neutral"
/// channels = ["email"]
/// length = "short"
/// moves = ["thanks"]
/// intent = ["praise"]
/// source = "our house"
/// body = "Thank you, {{customer.first_name|friend}}."
/// "#)?;
/// assert_eq!(catalogue.len(), before + 1);
/// # Ok::<(), doleance::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Catalogue {
    templates: Vec<Arc<Template>>,
    phrases: HashMap<(Language, String), String>,
    clocks: Vec<Clock>,
    rules: Arc<Rules>,
}

/// How long a file of templates or review rules may be; the shipped ones are a fiftieth of it.
const MOST_BYTES: usize = 4 << 20;
/// How many templates a catalogue may hold. All of them are looked at for every suggestion.
const MOST_TEMPLATES: usize = 5_000;

static BUILTIN: Lazy<Catalogue> = Lazy::new(Catalogue::load_builtin);

impl Default for Catalogue {
    fn default() -> Self {
        Self::builtin()
    }
}

impl Catalogue {
    /// The catalogue that comes with the crate.
    #[must_use]
    pub fn builtin() -> Self {
        BUILTIN.clone()
    }

    /// The same, shared.
    #[must_use]
    pub fn shared() -> &'static Self {
        &BUILTIN
    }

    /// A catalogue without templates, for those who want none but their own; it keeps the phrases
    /// and the review rules.
    #[must_use]
    pub fn without_templates() -> Self {
        Self { templates: Vec::new(), ..Self::builtin() }
    }

    fn load_builtin() -> Self {
        let mut out = Self {
            templates: Vec::new(),
            phrases: HashMap::new(),
            clocks: Vec::new(),
            rules: Arc::new(Rules::default()),
        };
        // The build has refused whatever would fail here; a row of no use is left out.
        let rules = built::RULES.iter().map(|(line, cells)| (*line, cells.to_vec()));
        if let Ok(rules) = Rules::new(rules.collect()) {
            out.rules = Arc::new(rules);
        }
        for file in built::FILES {
            let Some(language) = Language::from_name(file.language) else { continue };
            for (key, text) in file.phrases {
                out.phrases.insert((language, (*key).to_owned()), (*text).to_owned());
            }
            for [country, sector, text, source] in file.clocks {
                out.clocks.push(Clock {
                    country: (*country).to_owned(),
                    sector: Sector::from_name(sector).unwrap_or(Sector::Any),
                    language,
                    text: (*text).to_owned(),
                    source: (*source).to_owned(),
                });
            }
            for row in file.templates {
                debug_assert!(row.line > 0 && !file.name.is_empty());
                let get = |key: &str| {
                    row.fields.iter().find(|(k, _)| *k == key).map_or(&[][..], |(_, v)| *v).to_vec()
                };
                out.templates.push(Arc::new(Template::from_row(row.id, language, row.body, &get)));
            }
        }
        out
    }

    /// Adds the templates and phrases of a TOML file in the form of `lexicons/replies/fr.toml`. A
    /// template whose id is known takes the place of the other, wherever it came from; one with
    /// `remove = true` takes it away. `source_name` names the text in errors.
    ///
    /// # Errors
    ///
    /// [`Error::is_template`], with line and column: TOML that cannot be read, an unknown key,
    /// condition or placeholder, an unclosed brace, a missing key, an id used twice in the file,
    /// `remove` of an id that is not there, redress offered in public, more than 4 MiB of text,
    /// 32 KiB in a body or 5,000 templates in all. The catalogue is then left as it was.
    pub fn add(&mut self, source_name: &str, text: &str) -> Result<(), Error> {
        let error = |line, column, message: String| {
            Error::new(ErrorKind::Template, source_name, Some(line), column, message)
        };
        bounded(source_name, text)?;
        let file = reader::read(text, &is_placeholder)
            .map_err(|e| error(e.line, Some(e.column), e.message))?;
        let Some(language) = Language::from_name(&file.language) else { return Ok(()) };
        let templates = self.len() + file.templates.iter().filter(|t| !t.remove).count();
        if templates > MOST_TEMPLATES {
            let message = format!("{templates} templates; at most {MOST_TEMPLATES}");
            return Err(Error::new(ErrorKind::Template, source_name, None, None, message));
        }
        if let Some(row) = file.templates.iter().find(|t| t.remove && self.get(&t.id).is_none()) {
            return Err(error(row.line, None, format!("no template `{}` to remove", row.id)));
        }
        for (key, phrase) in file.phrases {
            self.phrases.insert((language, key), phrase);
        }
        for clock in file.clocks {
            self.clocks.push(Clock {
                sector: Sector::from_name(&clock.sector).unwrap_or(Sector::Any),
                country: clock.country,
                language,
                text: clock.text,
                source: clock.source,
            });
        }
        for row in &file.templates {
            let place = self.templates.iter().position(|t| t.id() == row.id);
            if row.remove {
                if let Some(place) = place {
                    self.templates.remove(place);
                }
                continue;
            }
            let get = |key: &str| -> Vec<&str> {
                let values = row.fields.iter().find(|(k, _)| *k == key);
                values.map_or_else(Vec::new, |(_, v)| v.iter().map(String::as_str).collect())
            };
            let template = Arc::new(Template::from_row(&row.id, language, &row.body, &get));
            match place {
                Some(place) => self.templates[place] = template,
                None => self.templates.push(template),
            }
        }
        Ok(())
    }

    /// Adds review rules in the form of `lexicons/replies/review.tsv`. A row with the term, kind
    /// and language of another takes its place; one with the severity `off` takes it away.
    ///
    /// # Errors
    ///
    /// [`Error::is_template`], with line and column: a wrong header, number of cells, kind,
    /// language or severity, a term that cannot be read; more than 4 MiB of text.
    pub fn add_review_rules(&mut self, source_name: &str, text: &str) -> Result<(), Error> {
        let error = |e: reader::ReadError| {
            Error::new(ErrorKind::Template, source_name, Some(e.line), Some(e.column), e.message)
        };
        bounded(source_name, text)?;
        let rows = reader::table(text, reader::RULES).map_err(error)?;
        self.rules = Arc::new(self.rules.extended(rows).map_err(error)?);
        Ok(())
    }

    /// How many templates there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.templates.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.templates.is_empty()
    }

    /// The template of that id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Template> {
        self.iter().find(|t| t.id() == id)
    }

    /// All templates, in the order of their files.
    pub fn iter(&self) -> impl Iterator<Item = &Template> {
        self.templates.iter().map(Arc::as_ref)
    }

    /// The sentence behind a key of [`Template::cautions`] in `language`, or the key itself.
    #[must_use]
    pub fn caution<'s>(&'s self, language: Language, key: &'s str) -> &'s str {
        self.phrase(language, &format!("cautions.{key}")).unwrap_or(key)
    }

    /// The reference behind a key of [`Template::source`], or the key itself.
    #[must_use]
    pub fn source<'s>(&'s self, language: Language, key: &'s str) -> &'s str {
        self.phrase(language, &format!("sources.{key}")).unwrap_or(key)
    }

    pub(super) fn shared_templates(&self) -> &[Arc<Template>] {
        &self.templates
    }

    pub(super) fn phrase(&self, language: Language, key: &str) -> Option<&str> {
        self.phrases.get(&(language, key.to_owned())).map(String::as_str)
    }

    pub(super) fn clocks(&self) -> &[Clock] {
        &self.clocks
    }

    pub(super) fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The words for a reason or request, such as `issues.vous.delivery`.
    pub(super) fn named(
        &self,
        table: &str,
        language: Language,
        register: Register,
        name: &str,
    ) -> Option<&str> {
        self.phrase(language, &format!("{table}.{register}.{name}"))
    }
}

/// Files are the caller's own, and yet no slip of theirs may cost minutes.
fn bounded(source_name: &str, text: &str) -> Result<(), Error> {
    if text.len() <= MOST_BYTES {
        return Ok(());
    }
    let message = format!("{} bytes; at most {MOST_BYTES}", text.len());
    Err(Error::new(ErrorKind::Template, source_name, None, None, message))
}

fn is_placeholder(name: &str) -> bool {
    built::PLACEHOLDERS.iter().any(|cells| cells[0] == name)
}

/// The label of a placeholder.
pub(super) fn label(name: &str, language: Language) -> Option<&'static str> {
    let cells = built::PLACEHOLDERS.iter().find(|cells| cells[0] == name)?;
    Some(match language {
        Language::French => cells[1],
        Language::English => cells[2],
    })
}

/// Whether a text is the label of a placeholder, or the name of one.
pub(super) fn is_label(text: &str) -> bool {
    built::PLACEHOLDERS.iter().any(|cells| cells[..3].contains(&text))
}

/// What a help desk calls a placeholder.
pub(super) fn placeholder(name: &str, platform: Platform) -> Option<&'static str> {
    let cells = built::PLACEHOLDERS.iter().find(|cells| cells[0] == name)?;
    let theirs = match platform {
        Platform::Zendesk => cells[3],
        Platform::Chatwoot => cells[4],
        Platform::Zammad => cells[5],
        Platform::FreeScout => cells[6],
    };
    (theirs != "-").then_some(theirs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_review_rule_can_be_read() {
        let rows = built::RULES.iter().map(|(line, cells)| (*line, cells.to_vec())).collect();
        let rules = Rules::new(rows).unwrap_or_else(|e| {
            panic!("lexicons/replies/review.tsv:{}:{}: {}", e.line, e.column, e.message)
        });
        assert_eq!(rules.len(), built::RULES.len());
    }
}

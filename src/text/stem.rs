//! Stems: the part of a word that its inflections share.

use std::borrow::Cow;
use std::fmt;

use crate::Language;

/// Cuts inflections off words, by the Snowball algorithm of a language.
///
/// It wants single words in lower case. French accents count (`déçu` and `decu` have different
/// stems), so feed it words with their accents; elisions must be split before, as
/// [`social`](super::social()) does. A word that it does not shorten or change is given back
/// borrowed. Some 250 ns a word, twenty times a look-up: for misses, not for every token.
/// Cheap to copy, `Send + Sync`.
///
/// ```
/// use doleance::{Language, text::Stemmer};
///
/// assert_eq!(Stemmer::new(Language::English).stem("complaining"), "complain");
/// assert_eq!(Stemmer::new(Language::French).stem("remboursement"), "rembours");
/// ```
pub struct Stemmer {
    language: Language,
    inner: rust_stemmers::Stemmer,
}

impl Stemmer {
    /// The stemmer of `language`.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { language, inner: rust_stemmers::Stemmer::create(algorithm(language)) }
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The stem of `word`.
    #[must_use]
    pub fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        self.inner.stem(word)
    }
}

impl fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stemmer").field("language", &self.language).finish_non_exhaustive()
    }
}

fn algorithm(language: Language) -> rust_stemmers::Algorithm {
    match language {
        Language::French => rust_stemmers::Algorithm::French,
        Language::English => rust_stemmers::Algorithm::English,
    }
}

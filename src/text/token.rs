//! What tokenizers give.

use std::fmt;
use std::ops::Range;

use crate::names::named_enum;

/// A range of bytes of a text, always on character boundaries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    pub(crate) const fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// The first byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start
    }

    /// The byte behind the last.
    #[must_use]
    pub fn end(self) -> usize {
        self.end
    }

    /// How many bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The bytes as a range.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The part of `text` it stands for; empty if `text` is not the text it came from.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        struct Ends {
            start: usize,
            end: usize,
        }
        let Ends { start, end } = Ends::deserialize(d)?;
        if start > end {
            return Err(serde::de::Error::custom("expected a span that ends behind its start"));
        }
        Ok(Self { start, end })
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

named_enum! {
    /// What a token is.
    pub enum TokenKind {
        /// A word, or a whole hyphenated or apostrophised compound.
        Word = "word",
        /// An elided or inverted French clitic split from its word: `l'`, `-moi`, `-t-il`.
        Clitic = "clitic",
        /// A number.
        Number = "number",
        /// A sum of money with its currency.
        Amount = "amount",
        /// A number with a unit of time: `3 semaines`, `48h`.
        Duration = "duration",
        /// A date.
        Date = "date",
        /// An `@handle`.
        Handle = "handle",
        /// A `#hashtag`.
        Hashtag = "hashtag",
        /// A web address.
        Url = "url",
        /// An e-mail address.
        Email = "email",
        /// An emoji, as one grapheme cluster.
        Emoji = "emoji",
        /// An emoticon such as `:-(`.
        Emoticon = "emoticon",
        /// A run of the same punctuation, or of `!` and `?` mixed.
        Punctuation = "punctuation",
        /// Anything else that is no white space.
        Symbol = "symbol",
    }
}

/// What is noticed about a token on the way.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct TokenFlags(u8);

impl TokenFlags {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const CAPITALS: Self = Self(1);
    pub(crate) const ELONGATED: Self = Self(2);
    pub(crate) const AT_START: Self = Self(4);
    pub(crate) const NON_ASCII: Self = Self(8);
    pub(crate) const TITLE: Self = Self(16);

    /// What `uppers` capitals among `letters` letters make of a word.
    pub(crate) fn of_capitals(letters: usize, uppers: usize, first_upper: bool) -> Self {
        if uppers == letters && letters >= 2 {
            Self::CAPITALS
        } else if uppers == 1 && first_upper {
            Self::TITLE
        } else {
            Self::default()
        }
    }

    /// These, or none.
    #[inline]
    pub(crate) fn when(self, is: bool) -> Self {
        Self(self.0 * u8::from(is))
    }

    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Two letters or more, all capitals.
    #[must_use]
    pub fn is_capitals(self) -> bool {
        self.has(Self::CAPITALS)
    }

    /// A letter three times or more in a row.
    #[must_use]
    pub fn is_elongated(self) -> bool {
        self.has(Self::ELONGATED)
    }

    /// The first token of the text.
    #[must_use]
    pub fn is_at_start(self) -> bool {
        self.has(Self::AT_START)
    }

    /// The first letter a capital, the others not.
    #[must_use]
    pub fn is_title(self) -> bool {
        self.has(Self::TITLE)
    }
}

impl fmt::Debug for TokenFlags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = [
            (Self::CAPITALS, "capitals"),
            (Self::ELONGATED, "elongated"),
            (Self::AT_START, "at_start"),
            (Self::NON_ASCII, "non_ascii"),
            (Self::TITLE, "title"),
        ];
        f.debug_set()
            .entries(names.iter().filter(|(flag, _)| self.has(*flag)).map(|n| n.1))
            .finish()
    }
}

/// A piece of a text: where it stands, what it is, what was noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    pub(crate) span: Span,
    pub(crate) kind: TokenKind,
    pub(crate) flags: TokenFlags,
}

impl Token {
    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> TokenKind {
        self.kind
    }

    /// What was noticed.
    #[must_use]
    pub fn flags(&self) -> TokenFlags {
        self.flags
    }

    /// Its text.
    #[must_use]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }
}

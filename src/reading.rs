//! The intermediate form: what the lexicons know of each word of a post, what phrases it holds,
//! and what negation, contrast, questions and agents do to them.
//!
//! One walk makes it (`scan`, then `phrases`, then `scopes`), and everything said of a post comes
//! from it. All of it lives in buffers that are used again for the next post.

mod agents;
pub(crate) mod features;
mod language;
mod marks;
mod pending;
mod phrases;
mod scan;
mod scopes;

use crate::assessment::{LanguageCode, LanguageGuess};
use crate::lexicon::entry::CueKind;
use crate::lexicon::index::{CueView, Index};
use crate::post::Language;

/// One word, or what stands for one: a number, an emoji, a punctuation mark.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Lexeme {
    /// The word in the lexicons; 0 when it is in none.
    pub(crate) term: u32,
    /// The word whose record says what it says: another only where its first letters stand for it.
    pub(crate) record: u32,
    /// Tells words apart that are in no lexicon.
    pub(crate) hash: u32,
    /// The learned rows of the word, of its negation, and of it with the next one.
    pub(crate) row: u32,
    pub(crate) negated_row: u32,
    pub(crate) pair_row: u32,
    /// Where the phrases are that begin with it and the next one.
    starts: u32,
    /// What its record has in the language it is read in, in its order: copied at once.
    pub(crate) flags: u16,
    pub(crate) scope_kinds: u16,
    /// Thousandths of log-odds, French above 0.
    pub(crate) language: i16,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Families of rows in which a longer match covers this word.
    pub(crate) covered: u64,
    pub(crate) class: Class,
    /// Of [`Scope`].
    pub(crate) scope: u8,
    /// Whom a post is addressed to.
    pub(crate) is_handle: bool,
    /// A number, which stands for its class beside.
    is_number: bool,
    /// Capitals, and the like, of the token.
    pub(crate) shouted: bool,
    tongue: u8,
}

const _: () = assert!(CueKind::ALL.len() < 128);

/// The lexemes are walked over again and again: each is one line of the cache.
const _: () = assert!(size_of::<Lexeme>() <= 64);

/// What stands at a place, coarsely.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Class {
    /// A word.
    #[default]
    Word,
    /// A number, sum, duration or date.
    Number,
    /// A link or an address.
    Link,
    /// A handle or hashtag.
    Tag,
    /// An emoji or emoticon.
    Sign,
    /// A mark that ends a sentence.
    Stop,
    /// A mark that parts a sentence.
    Comma,
}

/// What the place of a word does to it.
pub(crate) struct Scope;

impl Scope {
    pub(crate) const NEGATED: u8 = 1;
    pub(crate) const QUOTED: u8 = 2;
    pub(crate) const REPORTED: u8 = 4;
    pub(crate) const CONDITIONAL: u8 = 8;
    pub(crate) const BEFORE_CONTRAST: u8 = 16;
    pub(crate) const AFTER_CONTRAST: u8 = 32;
    pub(crate) const QUESTION: u8 = 64;
    /// What is felt there is the contrary of what the word says by itself.
    pub(crate) const TURNED: u8 = 128;
}

/// A cue found in a post.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    /// First word and the one behind the last.
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) cue: CueView,
    /// Whether it counts: not negated, and the right one acts.
    pub(crate) counts: bool,
}

/// A valence found in a post, after all that bears on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Feeling {
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// Hundredths, as the row has it.
    pub(crate) valence: i16,
    /// Hundredths, after negation, degree and contrast.
    pub(crate) effective: i16,
    /// Hundredths.
    pub(crate) arousal: u8,
}

/// What is noticed of the text as a whole.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shape {
    pub(crate) words: u32,
    pub(crate) unknown_words: u32,
    pub(crate) other_language_words: u32,
    pub(crate) other_script_words: u32,
    pub(crate) capitals: u32,
    pub(crate) elongated: u32,
    pub(crate) exclamations: u32,
    pub(crate) exclamation_run: bool,
    pub(crate) questions: u32,
    pub(crate) question_run: bool,
    pub(crate) question_last: bool,
    pub(crate) ellipsis: bool,
    pub(crate) urls: u32,
    pub(crate) url_last: bool,
    pub(crate) handles: u32,
    pub(crate) handle_first: bool,
    pub(crate) hashtags: u32,
    pub(crate) numbers: u32,
    pub(crate) amounts: u32,
    pub(crate) durations: u32,
    /// Bits: hours, days or weeks, months, years.
    pub(crate) duration_lengths: u8,
    pub(crate) quotes: u32,
    pub(crate) emoji: u32,
    pub(crate) emoticons: u32,
    pub(crate) sentences: u32,
    pub(crate) retweet: bool,
    pub(crate) negated: bool,
    pub(crate) language_votes: i64,
}

/// A post as it was read.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) lexemes: Vec<Lexeme>,
    pub(crate) matches: Vec<Match>,
    pub(crate) feelings: Vec<Feeling>,
    pub(crate) shape: Shape,
    /// The language words are read in first: 0 French, 1 English. While a post is scanned, that
    /// of the one before.
    pub(crate) tongue: usize,
    pub(crate) language: Option<LanguageGuess>,
    /// The kinds of cue that count somewhere, as bits.
    kinds: u128,
    /// The kinds of cue that were found anywhere.
    found: u128,
    /// What is known of single words, all together, and the kinds of scope these have.
    flags: u16,
    scope_kinds: u16,
    /// How many words are surely French and, in the upper half, surely English.
    sure: u64,
    /// Who must act for what was found, as bits.
    agents: u8,
    /// Whether the words were scanned in another language than the post turned out to be in.
    settle_again: bool,
    /// Whether some word may stand behind the gap of a phrase.
    has_gaps: bool,
    /// The places of pairs that have a learned row.
    paired: phrases::Places,
    folded: Vec<u8>,
    exact: Vec<u8>,
    spare: Vec<Lexeme>,
    batch: pending::Batch,
    /// Where the last run of marks ends, and how many there are.
    marks: (usize, u32),
    search: Option<Box<phrases::Search>>,
}

impl Reading {
    /// Reads a text. `hint` is what the caller knows of its language.
    pub(crate) fn read(&mut self, index: &Index, text: &str, hint: Option<Language>) {
        self.lexemes.clear();
        self.matches.clear();
        self.feelings.clear();
        self.shape = Shape::default();
        self.kinds = 0;
        self.found = 0;
        self.marks = (0, 0);
        self.agents = 0;
        (self.flags, self.scope_kinds, self.sure) = (0, 0, 0);
        self.scan(index, text);
        self.decide_language(hint);
        self.resolve(index);
        self.find_phrases(index);
        self.apply_scopes(index);
    }

    /// Whether a cue of that kind counts somewhere.
    #[inline]
    pub(crate) fn has(&self, kind: CueKind) -> bool {
        self.kinds >> kind.index() & 1 == 1
    }

    /// Whether a cue of any kind from `first` to `last` counts somewhere.
    #[inline]
    pub(crate) fn has_any(&self, first: CueKind, last: CueKind) -> bool {
        self.kinds & kinds(first, last) != 0
    }

    pub(crate) fn language(&self) -> LanguageGuess {
        self.language.unwrap_or(LanguageGuess { code: LanguageCode::Undetermined, confidence: 0.0 })
    }

    /// Memory held, roughly, in bytes.
    pub(crate) fn held(&self) -> usize {
        (self.lexemes.capacity() + self.spare.capacity()) * size_of::<Lexeme>()
            + self.matches.capacity() * size_of::<Match>()
            + self.feelings.capacity() * size_of::<Feeling>()
            + self.paired.held()
            + self.search.as_ref().map_or(0, |search| search.held())
            + self.folded.capacity()
            + self.exact.capacity()
    }
}

/// The kinds of cue from `first` to `last`, as bits.
fn kinds(first: CueKind, last: CueKind) -> u128 {
    (2 << last.index()) - (1 << first.index())
}

//! Tokenizers, folding and stemming: the ground floor, which knows no lexicon.
//!
//! Three tokenizers, each an iterator over one pass of the text: [`words`] (Unicode word
//! boundaries), [`social`] (what posts are made of) and [`sentences`].

pub(crate) mod class;
mod dict;
pub(crate) mod fold;
pub(crate) mod latin;
mod run;
mod sentences;
pub(crate) mod social;
mod stem;
mod tables;
pub(crate) mod token;
mod words;

pub use fold::fold;
pub use sentences::{Sentences, sentences};
pub use social::{HashtagParts, Social, hashtag_parts, social};
pub use stem::Stemmer;
pub use token::{Span, Token, TokenFlags, TokenKind};
pub use words::{Segment, Words, words};

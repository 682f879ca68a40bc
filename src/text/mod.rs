//! Tokenizers, folding and stemming: the ground floor, which knows no lexicon.
//!
//! Three tokenizers, each an iterator over one pass of the text: [`words`] (Unicode word
//! boundaries), [`social`] (what posts are made of) and [`sentences`].

pub(crate) mod token;

pub use token::{Span, Token, TokenFlags, TokenKind};

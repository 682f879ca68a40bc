//! The three tokenizers: tables of cases, the cases of the Unicode Character Database, properties on any
//! text, time.

mod cases;
mod floods;
mod pieces;
mod properties;
mod word_breaks;

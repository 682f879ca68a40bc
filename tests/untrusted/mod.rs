//! What must hold of input nobody chose: one function a way in, over any bytes. The fuzz targets of
//! `fuzz/` call them under a fuzzer, `tests/corpus.rs` on what is kept of it.

#![allow(dead_code, reason = "a fuzz target takes one of them")]

pub(crate) mod analyze;
pub(crate) mod lexicon;
pub(crate) mod templates;
pub(crate) mod tokenizers;

#[cfg(feature = "serde")]
pub(crate) mod csv;
#[cfg(feature = "serde")]
pub(crate) mod json;
#[cfg(feature = "serde")]
pub(crate) mod pulse;

/// The valid text that `bytes` begin with.
fn text(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    }
}

//! The lexicons: read from TSV, compiled into tables, looked up in place.
//!
//! `entry`, `shapes`, `tsv`, `grammar`, `pattern`, `compounds`, `trie`, `compile`, `settings` and `pack` also run in the build script, which
//! compiles the files of `lexicons/` into the bytes that [`embedded`] serves without parsing.

pub(crate) mod compile;
mod compounds;
pub(crate) mod entry;
pub(crate) mod follow;
mod grammar;
pub(crate) mod index;
pub(crate) mod pack;
pub(crate) mod pattern;
pub(crate) mod rows;
mod settings;
pub(crate) mod shapes;
mod trie;
pub(crate) mod tsv;

use std::borrow::Cow;
use std::sync::Arc;

use once_cell::sync::OnceCell;

use crate::error::{Error, ErrorKind};
use index::Index;
use tsv::{Scope, Source};

mod generated {
    use super::{Scope, Source};
    include!(concat!(env!("OUT_DIR"), "/lexicons.rs"));
}

/// Begins with a line of the cache, as the sections within do.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static TABLES: &Aligned<[u8]> =
    &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/lexicons.bin")));

/// How many bytes of overlays one analyzer may load.
const MOST_OVERLAY_BYTES: usize = 64 << 20;

/// The lexicons that ship with the crate.
pub(crate) fn embedded() -> Arc<Index> {
    static SHARED: OnceCell<Arc<Index>> = OnceCell::new();
    SHARED.get_or_init(|| Arc::new(Index::new(Cow::Borrowed(&TABLES.0)))).clone()
}

/// What overlays are laid over.
fn shipped() -> Cow<'static, [Source<'static>]> {
    // A fuzzer takes the grammar and no words, or it would do little else than compile them again.
    if cfg!(fuzzing) {
        let many = ["weights.tsv", "cues.tsv", "valence.tsv"];
        let few = generated::SOURCES.iter().filter(|of| !many.iter().any(|m| of.name.ends_with(m)));
        return few.copied().collect();
    }
    Cow::Borrowed(generated::SOURCES)
}

/// The shipped lexicons with `overlays` (source name and text) applied in order.
pub(crate) fn with_overlays(overlays: &[(String, String)]) -> Result<Arc<Index>, Error> {
    let bytes: usize = overlays.iter().map(|(_, text)| text.len()).sum();
    if bytes > MOST_OVERLAY_BYTES {
        let name = overlays.last().map_or("lexicon", |(name, _)| name);
        return Err(Error::new(
            ErrorKind::Lexicon,
            name,
            None,
            None,
            format!("{bytes} bytes of lexicons; at most {MOST_OVERLAY_BYTES}"),
        ));
    }
    let sources: Vec<Source<'_>> =
        overlays.iter().map(|(name, text)| Source { name, scope: Scope::Both, text }).collect();
    let compiled = compile::compile(&shipped(), &sources).map_err(|fault| {
        Error::new(
            ErrorKind::Lexicon,
            fault.source,
            Some(fault.line),
            Some(fault.column),
            fault.message,
        )
    })?;
    let bytes = pack::pack(&compiled)
        .map_err(|message| Error::new(ErrorKind::Lexicon, "lexicons", None, None, message))?;
    Ok(Arc::new(Index::new(Cow::Owned(bytes))))
}

//! The public API: written down, so that no change of it goes unseen, and what holds for all of it.
//!
//! `tests/golden/api.txt` lists every public item with its signature, as the source has it. A line
//! that goes or changes breaks somebody; after a change that is meant:
//!
//! ```text
//! DOLEANCE_BLESS=1 cargo test --test api
//! ```

mod surface;

use std::collections::BTreeSet;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::path::PathBuf;

use surface::{Crate, Item};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn items() -> Vec<Item> {
    Crate::read(&root().join("src")).items()
}

#[test]
fn the_api_is_as_written_down() {
    let new: BTreeSet<String> = items().into_iter().map(|item| item.line).collect();
    let path = root().join("tests/golden/api.txt");
    if std::env::var_os("DOLEANCE_BLESS").is_some_and(|set| set == "1") {
        let text = new.iter().map(|line| format!("{line}\n")).collect::<String>();
        std::fs::write(&path, text).expect("a folder to write to");
        return;
    }
    let old: BTreeSet<String> =
        std::fs::read_to_string(&path).unwrap_or_default().lines().map(str::to_owned).collect();
    let gone: Vec<_> = old.difference(&new).map(|line| format!("- {line}")).collect();
    let come: Vec<_> = new.difference(&old).map(|line| format!("+ {line}")).collect();
    assert!(
        gone.is_empty() && come.is_empty(),
        "the public API changed:\n{}\n\nWhat goes or changes breaks somebody. If it is meant: \
         DOLEANCE_BLESS=1 cargo test --test api, and a line in CHANGELOG.md.",
        [gone, come].concat().join("\n")
    );
}

#[test]
fn every_public_item_is_documented() {
    let bare: Vec<_> =
        items().into_iter().filter(|item| !item.documented).map(|item| item.line).collect();
    assert!(bare.is_empty(), "{} without a doc comment:\n{}", bare.len(), bare.join("\n"));
}

/// What a function gives back is there to be used.
#[test]
fn results_must_be_used() {
    let types = items().into_iter().filter(|item| item.line.contains("#[must_use"));
    let types: BTreeSet<_> =
        types.filter(|item| item.line.starts_with("struct ")).map(|item| item.name).collect();
    // A type that says so itself need not be said to at every function.
    let by_type = |item: &Item| {
        let of = item.line.rsplit("-> ").next().unwrap_or_default();
        types.contains(of) || of == "Self" && types.contains(&item.name)
    };
    let loose: Vec<_> = items()
        .into_iter()
        .filter(|item| item.returns && !item.must_use && !by_type(item))
        .map(|item| item.line)
        .collect();
    assert!(loose.is_empty(), "{} without #[must_use]:\n{}", loose.len(), loose.join("\n"));
}

/// Enums may grow and outputs gain fields without breaking a caller.
#[test]
fn enums_may_grow() {
    let closed: Vec<_> = items()
        .into_iter()
        .filter(|item| item.line.starts_with("enum ") && !item.line.contains("#[non_exhaustive]"))
        .map(|item| item.line)
        .collect();
    assert!(closed.is_empty(), "{}", closed.join("\n"));
}

#[test]
fn no_foreign_type_is_in_the_api() {
    let foreign = ["serde_json", "aho_corasick", "rust_stemmers", "unicode_segmentation", "toml::"];
    for item in items() {
        for name in foreign {
            assert!(!item.line.contains(name), "{}", item.line);
        }
    }
}

fn shared<T: Send + Sync + UnwindSafe + RefUnwindSafe + 'static>() {}

macro_rules! shared {
    ($($path:ident $(:: $rest:ident)*),+ $(,)?) => {{
        $(shared::<doleance::$path $(:: $rest)*>();)+
        BTreeSet::from([$([stringify!($path) $(, stringify!($rest))*].into_iter().last().unwrap()),+])
    }};
}

/// Any thread may hold, share and drop them, a panic of the caller's in between or not.
#[test]
fn types_are_shared_between_threads() {
    shared::<doleance::Post<'static>>();
    shared::<doleance::Turn<'static>>();
    shared::<doleance::Author<'static>>();
    shared::<doleance::Set<doleance::Reason>>();
    shared::<doleance::text::Words<'static>>();
    shared::<doleance::text::Social<'static>>();
    shared::<doleance::text::Sentences<'static>>();
    shared::<doleance::text::HashtagParts<'static>>();
    shared::<doleance::Observation<'static>>();
    let mut named = shared![
        Analyzer,
        AnalyzerBuilder,
        Assessment,
        Catalogue,
        Complaint,
        Country,
        Engagement,
        Error,
        Escalation,
        Evidence,
        Explanation,
        Finding,
        Head,
        HeadScore,
        Intent,
        LanguageGuess,
        Priority,
        Pulse,
        PulseBuilder,
        PulseState,
        Rendered,
        Scratch,
        ScoresVersion,
        Sentiment,
        Source,
        Suggestion,
        Template,
        Threat,
        Threats,
        Values,
        Virality,
        Voice,
        reply::Exported,
        text::Segment,
        text::Span,
        text::Stemmer,
        text::Token,
        text::TokenFlags,
    ];
    named.extend([
        "Observation",
        "Post",
        "Turn",
        "Author",
        "Set",
        "Words",
        "Social",
        "Sentences",
        "HashtagParts",
    ]);
    let items = items();
    // Of enums, those that hold something.
    let held = |name: &str| {
        let of = format!("::{name}::");
        let mut variants = items.iter().filter(|item| item.line.starts_with("variant "));
        variants.any(|variant| variant.line.contains(&of) && variant.line.contains('('))
    };
    let missing: Vec<_> = items
        .iter()
        .filter(|item| {
            item.line.starts_with("struct ") || item.line.starts_with("enum ") && held(&item.name)
        })
        .filter(|item| !named.contains(item.name.as_str()))
        .map(|item| item.line.as_str())
        .collect();
    assert!(missing.is_empty(), "not asserted: add them above\n{}", missing.join("\n"));
}

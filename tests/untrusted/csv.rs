//! Any bytes are read as plain lines and as CSV, the way the `triage` example reads them: posts and
//! faults come out with rising line numbers, and the reader comes to an end.

use doleance::Analyzer;

#[path = "../../examples/common/csv_posts.rs"]
mod csv_posts;
#[path = "../../examples/common/json.rs"]
mod json;
#[path = "../../examples/common/lines.rs"]
mod lines;

thread_local! {
    static ANALYZER: Analyzer = Analyzer::new();
}

pub(crate) fn check(bytes: &[u8]) {
    let mut lines = lines::Lines::new(bytes);
    let mut before = 0;
    while let Some((line, text)) = lines.next_line().expect("memory does not fail") {
        assert!(line > before);
        before = line;
        if let Ok(post) = text.and_then(json::object).and_then(json::post) {
            let _ = ANALYZER.with(|analyzer| analyzer.analyze(&post));
        }
    }
    let Ok(mut posts) = csv_posts::CsvPosts::new(bytes).expect("memory does not fail") else {
        return;
    };
    let mut rows = 0;
    while let Some((_, post)) = posts.next_post().expect("memory does not fail") {
        rows += 1;
        assert!(rows <= bytes.len() + 1, "no end of rows");
        if let Ok(post) = post {
            let _ = ANALYZER.with(|analyzer| analyzer.analyze(&post));
        }
    }
}

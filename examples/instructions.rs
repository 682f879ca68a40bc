//! Assesses the posts of `benches/corpus` so many times: what `.ci/instructions` counts.
//!
//! ```text
//! cargo run --release --example instructions -- 3
//! ```

use std::hint::black_box;

use doleance::{Analyzer, Post, Scratch};

fn main() {
    let times = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(1);
    let corpus =
        [include_str!("../benches/corpus/en.txt"), include_str!("../benches/corpus/fr.txt")];
    let posts: Vec<Post<'_>> =
        corpus.iter().flat_map(|text| text.lines()).map(Post::from).collect();
    let analyzer = Analyzer::new();
    let mut scratch = Scratch::new();
    for _ in 0..times {
        for post in &posts {
            black_box(analyzer.analyze_with(&mut scratch, black_box(post)));
        }
    }
    println!("{}", posts.len());
}

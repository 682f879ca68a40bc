//! Once its buffers have grown, assessing allocates nothing.

use std::alloc::System;
use std::hint::black_box;

use doleance::{Analyzer, Channel, Post, Scratch, Turn};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The only test of this binary: the allocator counts for the whole process.
#[test]
fn a_warm_scratch_allocates_nothing() {
    let corpus = [
        include_str!("../benches/corpus/en.txt"),
        include_str!("../benches/corpus/fr.txt"),
        include_str!("../benches/corpus/long.txt"),
    ];
    let posts: Vec<Post<'_>> = corpus
        .iter()
        .flat_map(|text| text.lines())
        .flat_map(|text| [Post::from(text), Post::from(text).channel(Channel::Email)])
        .chain(
            ["", "!!!", "😡😡😡", "#PlusJamaisÇa", "déçuuuuu", "Привет", ":-)))))"].map(Post::from),
        )
        .chain((1..6).map(|turns| {
            let post = Post::from("@copine toujours rien, merci #MarqueX").brand("Marque X");
            (0..turns * turns).fold(post, |post, n| {
                post.turn(Turn::customer("Et mon colis ?"))
                    .turn(Turn::brand(format!("Désolés, nous regardons ({}).", n % 7)))
            })
        }))
        .collect();
    let analyzer = Analyzer::new();
    let mut scratch = Scratch::new();
    let mut assess = |post: &Post<'_>| {
        black_box(analyzer.analyze_with(&mut scratch, black_box(post)));
    };
    posts.iter().for_each(&mut assess);
    for post in &posts {
        let region = Region::new(ALLOCATOR);
        assess(post);
        let change = region.change();
        assert_eq!(change.allocations + change.reallocations, 0, "{post:?}");
        assert_eq!(change.deallocations, 0, "{post:?}");
    }
}

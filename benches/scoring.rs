//! The ways into the crate: a scratch of one's own, the thread's, with evidence; then replies.
//! Every benchmark asserts what it computed, in bytes a second of post.

#![allow(missing_docs, reason = "criterion's macros make functions without")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use doleance::{Analyzer, Assessment, Channel, Post, Scratch, Voice};

fn corpora() -> [(&'static str, Vec<Post<'static>>); 3] {
    [
        ("en", include_str!("corpus/en.txt")),
        ("fr", include_str!("corpus/fr.txt")),
        ("long", include_str!("corpus/long.txt")),
    ]
    .map(|(name, text)| {
        let posts = text.lines().map(|line| Post::from(line).channel(Channel::PublicSocial));
        (name, posts.collect())
    })
}

fn complaints(said: impl Iterator<Item = Assessment>) -> usize {
    said.filter(|said| said.complaint().is_complaint()).count()
}

fn bench(c: &mut Criterion) {
    let analyzer = Analyzer::new();
    let voice = Voice::new().brand("MarqueX").agent("Sam");
    for (name, posts) in corpora() {
        let bytes: usize = posts.iter().map(|post| post.text().len()).sum();
        let assessments: Vec<Assessment> = posts.iter().map(|p| analyzer.analyze(p)).collect();
        let expected = complaints(assessments.iter().cloned());
        // In each some complain and some do not.
        assert!(0 < expected && expected < posts.len(), "{expected} of {name} complain");
        let mut group = c.benchmark_group(name);
        group.throughput(Throughput::Bytes(bytes as u64));
        let mut scratch = Scratch::new();
        group.bench_function("analyze_with", |b| {
            b.iter(|| {
                let said = posts.iter().map(|p| analyzer.analyze_with(&mut scratch, black_box(p)));
                assert_eq!(complaints(said), expected);
            });
        });
        group.bench_function("analyze", |b| {
            b.iter(|| {
                let said = posts.iter().map(|p| analyzer.analyze(black_box(p)));
                assert_eq!(complaints(said), expected);
            });
        });
        group.bench_function("explain", |b| {
            b.iter(|| {
                let why = posts.iter().map(|p| analyzer.explain(black_box(p)));
                assert_eq!(complaints(why.map(|why| why.assessment().clone())), expected);
            });
        });
        let pairs = || posts.iter().zip(&assessments);
        let suggest =
            || pairs().map(|(p, said)| analyzer.suggest(black_box(p), said, &voice).len()).sum();
        let suggestions: usize = suggest();
        assert!(suggestions >= expected);
        group.bench_function("suggest", |b| b.iter(|| assert_eq!(suggest(), suggestions)));
        let draft = "Bonjour, vous n'avez qu'à nous envoyer un DM avec votre numéro de carte.";
        let review = || {
            pairs().map(|(p, said)| analyzer.review(black_box(draft), p, said, &voice).len()).sum()
        };
        let findings: usize = review();
        assert!(findings >= posts.len());
        group.bench_function("review", |b| b.iter(|| assert_eq!(review(), findings)));
        group.finish();
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);

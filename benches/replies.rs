//! How fast replies are suggested and drafts reviewed.
#![allow(missing_docs)]

#[path = "../tests/replies/common.rs"]
#[allow(dead_code)]
mod common;

use std::hint::black_box;

use common::Case;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use doleance::reply::{Catalogue, Escape, FindingKind, Values, Voice, review, suggest};
use doleance::{Channel, Post};

fn suggesting(c: &mut Criterion) {
    let catalogue = Catalogue::shared();
    let voice = Voice::new().brand("Marque").agent("Sam");
    let post =
        Post::from("Toujours pas remboursé, troisième relance !").channel(Channel::PublicSocial);
    let assessment = Case::complaint("fr").reason("refund").repeat().assessment();
    let mut group = c.benchmark_group("suggest");
    group.bench_function("fr_repeat_refund", |b| {
        b.iter(|| {
            let found = suggest(catalogue, black_box(&post), &assessment, &voice);
            assert_eq!(found.first().map(|s| s.template_id()), Some("fr.public.money.repeat"));
            found
        });
    });
    let found = suggest(catalogue, &post, &assessment, &voice);
    let values = Values::new().set("deadline", "demain").set("owner.name", "Noa");
    group.bench_function("render", |b| {
        b.iter(|| {
            let out = found[0].render(black_box(&values), Escape::Html);
            assert!(out.is_complete() && out.fits());
            out
        });
    });
    group.finish();
}

fn reviewing(c: &mut Criterion) {
    let catalogue = Catalogue::shared();
    let voice = Voice::new();
    let post = Post::from("Toujours pas remboursé !").channel(Channel::PublicSocial);
    let assessment = Case::complaint("fr").reason("refund").assessment();
    let good =
        "Bonjour Léa, votre remboursement est parti ce matin, il arrive sous deux jours. Sam";
    let bad = "Vous auriez dû lire vos conditions, c'est noté sur votre contrat. Désolé si vous êtes déçu.";
    let mut group = c.benchmark_group("review");
    for (name, draft, expected) in [("good", good, 0), ("bad", bad, 3)] {
        group.throughput(Throughput::Bytes(draft.len() as u64));
        group.bench_function(name, |b| {
            b.iter(|| {
                let found = review(catalogue, black_box(draft), &post, &assessment, &voice);
                assert!(found.len() >= expected && (expected > 0 || found.is_empty()), "{found:?}");
                if expected > 0 {
                    assert!(found.iter().any(|f| f.kind() == FindingKind::HidingBehindTerms));
                }
                found
            });
        });
    }
    group.finish();
}

criterion_group!(benches, suggesting, reviewing);
criterion_main!(benches);

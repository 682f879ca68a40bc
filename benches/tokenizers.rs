//! The tokenizers against `unicode-segmentation` on the same posts, in bytes a second. Every
//! benchmark asserts the count it computed, so that none measures something else than it says.

#![allow(missing_docs, reason = "criterion's macros make functions without")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use doleance::text::{fold, sentences, social, words};
use unicode_segmentation::UnicodeSegmentation;

const ENGLISH: &[&str] = &[
    "@MarqueX still waiting for my refund, it's been 3 weeks and nobody answers. Is anyone there?",
    "Ordered on 12/03/2024, paid £49.99, and the parcel never came. I'm done with you guys.",
    "worst customer service ever!!! on hold for 45 mins then they hung up on me 😡😡 #fail",
    "Thanks to the lady at the desk who fixed it in two minutes, great job :)",
    "Your app crashes every time I open my bill, see https://exemple.com/shot/a1B2c3 - please fix",
    "I've called five times, y'all don't care. Cancelling my contract and telling everyone.",
    "The driver left it in the rain. Soaked box, broken screen, no apology, nothing.",
    "so my internet is down AGAIN, third time this month, and I still pay full price lol",
];

const FRENCH: &[&str] = &[
    "@MarqueX bonjour, j’attends toujours mon remboursement de 49,90 € depuis 3 semaines !",
    "C’est inadmissible : l’agence ne répond jamais, et quand elle répond c’est pour rien.",
    "Votre technicien n'est pas venu, aucune explication, aucun appel. On se moque du monde ?",
    "Merci à la conseillère de l'accueil, très à l'écoute, problème réglé en deux minutes 👍",
    "Troisième relance, dites-moi au moins si quelqu'un a lu mon dossier. Y a-t-il un médiateur ?",
    "déçuuu du service client... j'ai payé 120 euros pour une machine qui marche pas 😡",
    "Si je n'ai pas de réponse d'ici le 12 mars, je saisis l'association de consommateurs.",
    "L'appli plante à chaque ouverture, voir https://exemple.fr/capture, rendez-vous annulé hier.",
];

type Count = fn(&str) -> usize;

fn group(c: &mut Criterion, name: &str, benchmarks: &[(&str, Count, [usize; 2])]) {
    let mut group = c.benchmark_group(name);
    for (language, posts, at) in [("en", ENGLISH, 0), ("fr", FRENCH, 1)] {
        let bytes: usize = posts.iter().map(|post| post.len()).sum();
        group.throughput(Throughput::Bytes(bytes as u64));
        for (name, count, expected) in benchmarks {
            group.bench_function(format!("{name}/{language}"), |b| {
                b.iter(|| {
                    let found: usize = posts.iter().map(|post| count(black_box(post))).sum();
                    assert_eq!(found, expected[at], "{name} {language}");
                });
            });
        }
    }
    group.finish();
}

fn tokenizers(c: &mut Criterion) {
    let unicode_words: Count = |post| post.unicode_words().count();
    group(
        c,
        "social",
        &[
            ("social", |post| social(post).count(), [141, 139]),
            ("unicode_words", unicode_words, [124, 112]),
        ],
    );
    group(
        c,
        "words",
        &[
            ("words", |post| words(post).count(), [275, 251]),
            ("split_word_bounds", |post| post.split_word_bounds().count(), [275, 251]),
        ],
    );
    group(
        c,
        "sentences",
        &[
            ("sentences", |post| sentences(post).count(), [13, 10]),
            ("unicode_sentences", |post| post.unicode_sentences().count(), [13, 10]),
        ],
    );
    group(c, "fold", &[("fold", |post| fold(post).len(), [680, 702])]);
}

criterion_group!(benches, tokenizers);
criterion_main!(benches);

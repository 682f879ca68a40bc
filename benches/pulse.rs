//! What the pulse costs: a post taken in, a state asked for, two pulses merged.

#![allow(missing_docs, reason = "the macros of the harness make functions without them")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use doleance::{Analyzer, Observation, Pulse};

const START: i64 = 1_793_577_600;
const TOPICS: [&str; 4] = ["livraison", "facture", "panne", "delivery"];

fn filled(salt: i64) -> Pulse {
    let said = Analyzer::new().analyze("Toujours pas livré !");
    let mut pulse = Pulse::new();
    for i in 0..40_000 {
        let seen = Observation::new(START + i * 80, &said).topic(TOPICS[(i % 4) as usize]);
        pulse.observe(&seen.author(&(i * 7 + salt).to_string()));
    }
    pulse
}

fn pulse(criterion: &mut Criterion) {
    let said = Analyzer::new().analyze("Toujours pas livré !");
    let (mut one, two) = (filled(0), filled(1));
    let now = START + 40_000 * 80;
    let mut at = now;
    criterion.bench_function("pulse/update", |bench| {
        bench.iter(|| {
            at += 40;
            let seen = Observation::new(black_box(at), &said).topic("panne").author("a17");
            one.observe(&seen);
        });
    });
    criterion.bench_function("pulse/state", |bench| {
        bench.iter(|| two.state(black_box("panne"), black_box(now)));
    });
    criterion.bench_function("pulse/merge of 4 topics", |bench| {
        let mut sum = two.clone();
        bench.iter(|| sum.merge(black_box(&two)));
    });
}

criterion_group!(benches, pulse);
criterion_main!(benches);

//! The second reader, on the replies of real care teams.
//!
//! Reads `replies/*.jsonl` under the folder that `DOLEANCE_DATA` names, and says so when it is not
//! set. Without the analyzer the posts they answer are taken to be calm complaints.
#![allow(missing_docs)]

#[path = "replies/common.rs"]
#[allow(dead_code)]
mod common;

use std::collections::BTreeMap;

use doleance::reply::{Catalogue, FindingKind, FindingSeverity, Voice, review};
use doleance::{Channel, Post};

#[test]
fn real_replies_are_mostly_left_alone() {
    let Ok(folder) = std::env::var("DOLEANCE_DATA") else {
        println!("DOLEANCE_DATA is not set: real replies are not reviewed");
        return;
    };
    let show: usize = std::env::var("DOLEANCE_SHOW").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let files = [
        ("transport_fr", "fr", Channel::PublicSocial),
        ("shop_fr", "fr", Channel::Review),
        ("brands_en", "en", Channel::PublicSocial),
    ];
    let (mut all, mut all_high) = (0, 0);
    for (file, language, channel) in files {
        let path = format!("{folder}/replies/{file}.unlabelled.jsonl");
        let text = std::fs::read_to_string(&path).unwrap();
        let case = common::Case::complaint(language).assessment();
        let (mut n, mut high, mut any) = (0_usize, 0_usize, 0_usize);
        let mut kinds: BTreeMap<(FindingSeverity, FindingKind), (usize, Vec<String>)> =
            BTreeMap::new();
        for line in text.lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let draft = row["text"].as_str().unwrap();
            let asked = row["in_reply_to"].as_str().unwrap_or("");
            let post = Post::from(asked).channel(channel);
            let found = review(Catalogue::shared(), draft, &post, &case, &Voice::new());
            n += 1;
            any += usize::from(!found.is_empty());
            high += usize::from(found.iter().any(|f| f.severity() == FindingSeverity::High));
            for finding in &found {
                let entry = kinds.entry((finding.severity(), finding.kind())).or_default();
                entry.0 += 1;
                let said = finding.span().map_or("", |s| s.of(draft));
                entry.1.push(format!("[{said}] {draft}   <<< {asked}"));
            }
        }
        let share = 100.0 * high as f64 / n as f64;
        println!(
            "{file}: {n} replies, {any} with a finding, {high} with a high one ({share:.1} %)"
        );
        for ((severity, kind), (count, examples)) in kinds.iter().rev() {
            println!("  {severity:6} {kind:24} {count}");
            for example in examples.iter().step_by((examples.len() / show.max(1)).max(1)).take(show)
            {
                println!("      {example}");
            }
        }
        assert!(share < 15.0, "{file}: {share:.1} % have a high finding");
        all += n;
        all_high += high;
    }
    println!("all: {all_high} of {all}");
}

//! The second reader, on the replies of real care teams.
//!
//! Reads `replies/*.jsonl` under the folder that `DOLEANCE_DATA` names, and says so when it is not
//! set. The posts they answer are assessed where the data holds them (English); French replies are
//! read by themselves. `DOLEANCE_SHOW=n` prints n examples of each finding.
#![allow(missing_docs)]

use std::collections::BTreeMap;

use doleance::reply::{FindingKind, FindingSeverity, Voice};
use doleance::{Analyzer, Channel, Post};

#[test]
fn real_replies_are_mostly_left_alone() {
    let Ok(folder) = std::env::var("DOLEANCE_DATA") else {
        println!("DOLEANCE_DATA is not set: real replies are not reviewed");
        return;
    };
    let show: usize = std::env::var("DOLEANCE_SHOW").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let files = [
        ("transport_fr", Channel::PublicSocial),
        ("shop_fr", Channel::Review),
        ("brands_en", Channel::PublicSocial),
    ];
    let analyzer = Analyzer::new();
    let (mut all, mut all_high) = (0, 0);
    for (file, channel) in files {
        let path = format!("{folder}/replies/{file}.unlabelled.jsonl");
        let text = std::fs::read_to_string(&path).unwrap();
        let (mut n, mut high, mut any) = (0_usize, 0_usize, 0_usize);
        let mut kinds: BTreeMap<(FindingSeverity, FindingKind), (usize, Vec<String>)> =
            BTreeMap::new();
        for line in text.lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let draft = row["text"].as_str().unwrap();
            let asked = row["in_reply_to"].as_str().unwrap_or("");
            let post = Post::from(asked).channel(channel);
            let assessment = analyzer.analyze(&post);
            let found = analyzer.review(draft, &post, &assessment, &Voice::new());
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

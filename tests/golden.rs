//! The shipped posts and what is said of them, number by number.
//!
//! A score that moves moves somebody's threshold, so it moves only by this command, which rewrites
//! the files, and with a line under "Score changes" in CHANGELOG.md:
//!
//! ```text
//! DOLEANCE_BLESS=1 cargo test --test golden
//! ```
//!
//! The same files hold in debug and release, and with any set of features. `v1_*.json` are what
//! version 1 of the JSON form wrote; they are never rewritten, and must be read for ever.

mod support;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, Barrier};

use doleance::Analyzer;
use serde_json::Value;
use support::{differences, post, report, shipped};

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

fn blessing() -> bool {
    std::env::var_os("DOLEANCE_BLESS").is_some_and(|set| set == "1")
}

fn saved(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap_or_default()
}

/// One line of JSON a post: its identifier and its assessment.
fn assessments() -> Vec<(String, Value)> {
    let analyzer = Analyzer::new();
    shipped().iter().map(|(id, row)| (id.clone(), report(&analyzer.analyze(post(row))))).collect()
}

#[test]
fn scores_do_not_drift() {
    let new = assessments();
    let mut lines = String::new();
    for (id, assessment) in &new {
        let _ = writeln!(lines, "{}", serde_json::json!({"id": id, "assessment": assessment}));
    }
    if blessing() {
        std::fs::write(path("assessments.jsonl"), lines).expect("a folder to write to");
        return;
    }
    let old: Vec<Value> = saved("assessments.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let mut moved = Vec::new();
    for (id, new) in &new {
        match old.iter().find(|row| row["id"] == id.as_str()) {
            Some(row) => differences(id, &row["assessment"], new, &mut moved),
            None => moved.push(format!("{id}: not in the golden file")),
        }
    }
    let gone = old.iter().filter(|row| !new.iter().any(|(id, _)| row["id"] == id.as_str()));
    moved.extend(gone.map(|row| format!("{}: no longer a shipped post", row["id"])));
    assert!(
        moved.is_empty(),
        "{} numbers moved (post.field: old → new):\n{}\n\nIf they should: DOLEANCE_BLESS=1 cargo \
         test --test golden, and a line under \"Score changes\" in CHANGELOG.md.",
        moved.len(),
        moved.join("\n")
    );
}

#[test]
fn threads_agree_to_the_bit() {
    let analyzer = Analyzer::new();
    let rows = Arc::new(shipped());
    let start = Arc::new(Barrier::new(4));
    let expected = format!("{:?}", assessments());
    let threads: Vec<_> = (0..4)
        .map(|turn| {
            let (analyzer, rows, start) = (analyzer.clone(), rows.clone(), start.clone());
            std::thread::spawn(move || {
                start.wait();
                // Each thread begins elsewhere, so that buffers have held other posts before.
                let order = (0..rows.len()).map(|i| (i + turn * 19) % rows.len());
                let mut said: Vec<_> = order
                    .map(|at| (at, report(&analyzer.analyze(post(&rows[at].1)))))
                    .map(|(at, said)| (at, (rows[at].0.clone(), said)))
                    .collect();
                said.sort_by_key(|(at, _)| *at);
                format!("{:?}", said.into_iter().map(|(_, row)| row).collect::<Vec<_>>())
            })
        })
        .collect();
    for thread in threads {
        // Of floats, `Debug` prints as many digits as tell them apart.
        assert!(thread.join().expect("no panic") == expected, "a thread says otherwise");
    }
}

#[cfg(feature = "serde")]
mod json {
    use std::collections::{BTreeMap, BTreeSet};

    use doleance::{Analyzer, Assessment, Explanation, Head, Observation, Post, Pulse, Severity};
    use serde_json::Value;

    use super::{blessing, path, post, report, saved, shipped};

    /// All fields of a post but the text.
    const FULL_FIELDS: [&str; 18] = [
        "id",
        "language",
        "channel",
        "brand",
        "topic",
        "created_at",
        "author",
        "audience",
        "is_reply",
        "age_minutes",
        "engagement",
        "previous_contacts",
        "waiting_hours",
        "brand_replied",
        "thread",
        "attachments",
        "amplifiers",
        "unknown",
    ];

    #[test]
    fn a_post_needs_its_text_alone() {
        let read: Post<'_> = serde_json::from_str(r#"{"text": "allô"}"#).expect("a post");
        assert!(read == Post::from("allô"));
        let nulls = FULL_FIELDS.map(|field| format!(", \"{field}\": null")).concat();
        let read = format!(r#"{{"text": "allô"{nulls}}}"#);
        let read: Post<'_> = serde_json::from_str(&read).unwrap_or_else(|e| panic!("{e}: {read}"));
        assert!(read == Post::from("allô"));
        let error = serde_json::from_str::<Post<'_>>(r#"{"txt": "allô"}"#).expect_err("no text");
        assert!(error.to_string().contains("`text`"), "{error}");
    }

    #[test]
    fn serde_writes_what_the_getters_say() {
        let analyzer = Analyzer::new();
        for (id, row) in shipped() {
            let made = post(&row);
            let json = row.to_string();
            let read: Post<'_> = serde_json::from_str(&json).expect("a post");
            assert!(made == read, "{id}: setters and JSON make different posts");
            let said = analyzer.analyze(&read);
            assert_eq!(serde_json::to_value(&said).expect("JSON"), report(&said), "{id}");
        }
    }

    /// Every key below `value`, as `a.b`, lists looked into.
    fn keys(at: &str, value: &Value, into: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                for (key, value) in fields {
                    let place = format!("{at}.{key}");
                    keys(&place, value, into);
                    into.insert(place);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| keys(at, item, into)),
            _ => {}
        }
    }

    /// A post of which every field is set.
    const FULL: &str = r#"{"id": "42", "text": "Je vais saisir l'UFC-Que Choisir !", "language": "fr",
        "channel": "page_wall", "brand": "MarqueX", "topic": "delivery-lyon",
        "created_at": "2026-11-21T10:00:00Z",
        "author": {"id": "a17", "followers": 120, "verified": false}, "audience": 25000,
        "is_reply": true, "age_minutes": 10.5, "engagement": {"reposts": 0, "likes": 1, "replies": 2},
        "previous_contacts": 2, "waiting_hours": 48.0, "brand_replied": false,
        "thread": [{"by": "customer", "text": "Où est mon colis ?",
                    "created_at": "2026-11-20T10:00:00Z"},
                   {"by": "brand", "text": "Nous regardons."}],
        "attachments": ["photo", "video", "screenshot", "song"], "amplifiers": ["press"]}"#;

    #[test]
    fn names_are_frozen() {
        let enums = declared();
        assert_eq!(
            enums["Severity"],
            Severity::ALL.iter().map(|level| level.as_str()).collect::<Vec<_>>()
        );
        let analyzer = Analyzer::new();
        let mut found = BTreeSet::new();
        let full: Post<'_> = serde_json::from_str(FULL).expect("a post");
        keys("post", &serde_json::to_value(&full).expect("JSON"), &mut found);
        let mut heads = BTreeSet::new();
        for (_, row) in shipped() {
            let why = analyzer.explain(post(&row));
            heads.extend(why.heads().iter().map(|score| score.head().to_string()));
            keys("explanation", &serde_json::to_value(&why).expect("JSON"), &mut found);
        }
        keys("explanation", &serde_json::to_value(analyzer.explain(&full)).unwrap(), &mut found);
        for name in &heads {
            assert_eq!(Head::from_name(name).map(|head| head.to_string()).as_ref(), Some(name));
        }
        let new = serde_json::json!({"enums": enums, "keys": found, "heads": heads});
        let new = serde_json::to_string_pretty(&new).expect("JSON") + "\n";
        if blessing() {
            std::fs::write(path("names.json"), new).expect("a folder to write to");
            return;
        }
        let old = saved("names.json");
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
        let (old_lines, new_lines) = (lines(&old), lines(&new));
        assert!(
            old == new,
            "names of the JSON form changed:\n{}\n{}\nA name that goes breaks stored results. If \
             it should: DOLEANCE_BLESS=1 cargo test --test golden",
            old_lines.difference(&new_lines).map(|l| format!("- {l}\n")).collect::<String>(),
            new_lines.difference(&old_lines).map(|l| format!("+ {l}\n")).collect::<String>(),
        );
    }

    /// The enums with names and their names, as the source declares them: the JSON's, and those
    /// of the template files.
    fn declared() -> BTreeMap<String, Vec<String>> {
        let mut enums = BTreeMap::new();
        let mut folders = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = std::fs::read_to_string(path).expect("source");
                for part in text.split("named_enum! {\n").skip(1) {
                    let body = part.split("\n}").next().unwrap_or_default();
                    let Some((_, rest)) = body.split_once("pub enum ") else { continue };
                    let name = rest.split(' ').next().unwrap_or_default();
                    let names = rest
                        .lines()
                        .filter(|line| !line.trim_start().starts_with("//"))
                        .filter_map(|line| line.split_once(" = \"")?.1.strip_suffix("\","));
                    enums.insert(name.to_owned(), names.map(str::to_owned).collect());
                }
            }
        }
        enums
    }

    /// Writes `v1_*.json` where there is none yet, and gives it back.
    fn frozen(name: &str, now: impl FnOnce() -> String) -> String {
        if blessing() && !path(name).exists() {
            std::fs::write(path(name), now() + "\n").expect("a folder to write to");
        }
        saved(name)
    }

    #[test]
    fn what_version_1_wrote_is_read() {
        let analyzer = Analyzer::new();
        let post: Post<'_> = serde_json::from_str(FULL).expect("a post");
        let pretty = |value: Value| serde_json::to_string_pretty(&value).expect("JSON");

        let old = frozen("v1_post.json", || pretty(serde_json::to_value(&post).unwrap()));
        let read: Post<'_> = serde_json::from_str(&old).expect("a post of version 1");
        assert!(read == post);

        let old = frozen("v1_assessment.json", || {
            pretty(serde_json::to_value(analyzer.analyze(&post)).unwrap())
        });
        let read: Assessment = serde_json::from_str(&old).expect("an assessment of version 1");
        let value: Value = serde_json::from_str(&old).unwrap();
        assert_eq!(read.schema(), 1);
        assert_eq!(value["sentiment"]["polarity"], read.sentiment().polarity());
        assert_eq!(value["virality"]["low"], read.virality().interval().0);
        assert_eq!(value["escalation"]["threats"][0]["kind"], "consumer_org");

        let old = frozen("v1_explanation.json", || {
            let mut why = serde_json::to_value(analyzer.explain(&post)).unwrap();
            // A few heads stand for all.
            for list in ["heads", "evidence"] {
                let kept = |item: &Value| {
                    ["complaint", "language", "escalation", "severity.blame", "virality"]
                        .iter()
                        .any(|head| item["head"] == *head)
                };
                why[list].as_array_mut().unwrap().retain(kept);
            }
            pretty(why)
        });
        let read: Explanation = serde_json::from_str(&old).expect("an explanation of version 1");
        let value: Value = serde_json::from_str(&old).unwrap();
        assert_eq!(value["evidence"].as_array().map(Vec::len), Some(read.evidence().len()));
        super::support::check_evidence(&read, post.text());
    }

    #[test]
    fn a_pulse_of_version_1_goes_on() {
        let start = 1_780_000_000;
        let said = Analyzer::new().analyze("Toujours rien reçu, 3e relance !");
        let observe = |pulse: &mut Pulse, n: i64| {
            let (author, topic) = (format!("a{n}"), format!("t{}", n % 3));
            let seen = Observation::new(start + 300 * n, &said).topic(&topic).author(&author);
            pulse.observe(&seen.reach(12).open(n % 2 == 0));
        };
        let mut pulse = Pulse::builder().topics(2).build().expect("settings");
        (0..12).for_each(|n| observe(&mut pulse, n));
        let old = frozen("v1_pulse.json", || serde_json::to_string(&pulse).unwrap());
        let mut read: Pulse = serde_json::from_str(&old).expect("a pulse of version 1");
        let value: Value = serde_json::from_str(&old).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), value);
        // Hashes of topics and authors are part of the form: posts to come count with the old ones.
        assert!(read == pulse, "the same posts are held otherwise than in version 1");
        observe(&mut read, 12);
        observe(&mut pulse, 12);
        assert!(read == pulse);
        assert!(read.topics().count() == 2 && read.pooled(start + 4_000).is_some());
    }

    #[test]
    fn fields_to_come_are_ignored() {
        let mut value = serde_json::to_value(Analyzer::new().analyze("Merci !")).unwrap();
        let before: Assessment = serde_json::from_value(value.clone()).unwrap();
        value["to_come"] = 1.into();
        value["sentiment"]["to_come"] = "x".into();
        value["escalation"]["to_come"] = "x".into();
        assert_eq!(serde_json::from_value::<Assessment>(value).expect("JSON"), before);
        let post: Post<'_> = serde_json::from_str(r#"{"text": "a", "to_come": [1]}"#).unwrap();
        assert_eq!(post.text(), "a");
    }
}

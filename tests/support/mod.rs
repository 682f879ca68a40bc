//! What the reliability tests share: posts to try, and what every assessment must hold.

#![allow(dead_code, reason = "each test takes what it needs")]

use doleance::{
    Amplifier, Assessment, Attachment, Channel, Engagement, Explanation, IntentKind, Language,
    Named, Post, Severity, Source, Speaker, Turn,
};
use serde_json::Value;

/// How many random cases a property tries: `DOLEANCE_CASES`, or few in debug and many in release.
pub(crate) fn cases() -> u32 {
    let asked = std::env::var("DOLEANCE_CASES").ok().and_then(|n| n.parse().ok());
    asked.unwrap_or(if cfg!(debug_assertions) { 192 } else { 2048 })
}

const FIXTURES: &str = include_str!("../fixtures/posts.jsonl");

/// The shipped posts: their identifier and their JSON.
pub(crate) fn shipped() -> Vec<(String, Value)> {
    let rows = FIXTURES.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    rows.map(|row| (row["id"].as_str().expect("an id").to_owned(), row)).collect()
}

/// The texts of the shipped posts and of the corpora that speed is measured on.
pub(crate) fn texts() -> Vec<String> {
    let shipped = shipped().into_iter().map(|(_, row)| row["text"].as_str().unwrap().to_owned());
    let corpora = [
        include_str!("../../benches/corpus/fr.txt"),
        include_str!("../../benches/corpus/en.txt"),
        include_str!("../../benches/corpus/long.txt"),
    ];
    shipped.chain(corpora.iter().flat_map(|c| c.lines()).map(str::to_owned)).collect()
}

fn named<T: Named>(value: &Value) -> Option<T> {
    value.as_str().map(|name| T::from_name(name).expect("a known name"))
}

/// A post from its JSON by the setters alone, so that it is the same without `serde`.
pub(crate) fn post(row: &Value) -> Post<'static> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let mut post = Post::new(text(&row["text"]).unwrap_or_default());
    macro_rules! set {
        ($($setter:ident: $value:expr;)+) => {$(
            if let Some(value) = $value {
                post = post.$setter(value);
            }
        )+};
    }
    let count = |value: &Value| u32::try_from(value.as_u64()?).ok();
    let engagement = &row["engagement"];
    set! {
        id: text(&row["id"]);
        language: named::<Language>(&row["language"]);
        channel: named::<Channel>(&row["channel"]);
        brand: text(&row["brand"]);
        topic: text(&row["topic"]);
        created_at: text(&row["created_at"]).map(|at| seconds(&at));
        author_id: text(&row["author"]["id"]);
        followers: row["author"]["followers"].as_u64();
        verified: row["author"]["verified"].as_bool();
        audience: row["audience"].as_u64();
        is_reply: row["is_reply"].as_bool();
        age_minutes: row["age_minutes"].as_f64();
        previous_contacts: count(&row["previous_contacts"]);
        waiting_hours: row["waiting_hours"].as_f64();
        brand_replied: row["brand_replied"].as_bool();
    }
    if engagement.is_object() {
        let mut counts = Engagement::default();
        counts.reposts = engagement["reposts"].as_u64();
        counts.likes = engagement["likes"].as_u64();
        counts.replies = engagement["replies"].as_u64();
        post = post.engagement(counts);
    }
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    for turn in list(&row["thread"]) {
        let words = text(&turn["text"]).unwrap_or_default();
        let mut made = match named::<Speaker>(&turn["by"]) {
            Some(Speaker::Brand) => Turn::brand(words),
            _ => Turn::customer(words),
        };
        made.created_at = text(&turn["created_at"]).map(|at| seconds(&at));
        post = post.turn(made);
    }
    for attachment in list(&row["attachments"]).iter().filter_map(named::<Attachment>) {
        post = post.attachment(attachment);
    }
    for amplifier in list(&row["amplifiers"]).iter().filter_map(named::<Amplifier>) {
        post = post.amplifier(amplifier);
    }
    post
}

/// Seconds since the epoch of `2026-03-02T09:14:00Z` or `…+01:00`.
pub(crate) fn seconds(at: &str) -> i64 {
    let number = |range: std::ops::Range<usize>| at[range].parse::<i64>().expect("digits");
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    // Days by the civil calendar, years counted from March.
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 719_469;
    let clock = number(11..13) * 3600 + number(14..16) * 60 + number(17..19);
    let offset = match &at[19..20] {
        "Z" => 0,
        sign => {
            let minutes = number(20..22) * 60 + number(23..25);
            if sign == "-" { -minutes * 60 } else { minutes * 60 }
        }
    };
    days * 86_400 + clock - offset
}

/// Everything an assessment must be, whatever the post: finite, in its documented range, and
/// consistent with itself.
pub(crate) fn check_assessment(said: &Assessment, text: &str) {
    let within = |name: &str, value: f64, low: f64, high: f64| {
        assert!((low..=high).contains(&value), "{name} is {value}, not in [{low}, {high}]");
    };
    let probability = |name: &str, value: f64| within(name, value, 0.0, 1.0);
    assert_eq!(said.schema(), doleance::SCHEMA);
    probability("language.confidence", said.language().confidence());

    let s = said.sentiment();
    within("polarity", s.polarity(), -1.0, 1.0);
    let shares = [("negative", s.negative()), ("neutral", s.neutral()), ("positive", s.positive())];
    shares.into_iter().for_each(|(name, share)| probability(name, share));
    within("the sum of sentiments", shares.iter().map(|s| s.1).sum(), 1.0 - 1e-9, 1.0 + 1e-9);
    within("polarity less its parts", s.polarity() - (s.positive() - s.negative()), -1e-9, 1e-9);
    probability("arousal", s.arousal());
    probability("irony", s.irony());

    let intents = IntentKind::ALL.iter().map(|&kind| said.intent().probability(kind));
    intents.clone().for_each(|p| probability("intent", p));
    within("the sum of intents", intents.sum(), 1.0 - 1e-9, 1.0 + 1e-9);

    let c = said.complaint();
    probability("complaint.probability", c.probability());
    within("severity_expected", c.severity_expected(), 1.0, 4.0);
    within("severity_score", c.severity_score(), 0.0, 4.0);
    assert_ne!(c.severity_if_complaint(), Severity::None);
    assert_eq!(c.severity() == Severity::None, !c.is_complaint());
    assert!(c.is_complaint() || c.reasons().is_empty());

    let e = said.escalation();
    probability("risk", e.risk());
    probability("repeat_probability", e.repeat_probability());
    assert!(e.threats().len() <= 8);
    assert!(!e.threats().truncated() || e.threats().len() == 8);
    assert_eq!(e.threats().is_empty(), e.threats().iter().next().is_none());
    let mut before = 0;
    for threat in e.threats().iter() {
        let span = threat.span();
        assert!(text.get(span.range()).is_some(), "{threat:?} is off the text");
        assert!(!span.is_empty(), "{threat:?} is empty");
        assert!(span.start() >= before, "threats are out of order");
        before = span.start();
    }

    let v = said.virality();
    let (low, high) = v.interval();
    for (name, value) in [
        ("expected_shares", v.expected_shares()),
        ("low", low),
        ("high", high),
        ("reach", v.reach()),
        ("r0", v.r0()),
    ] {
        within(name, value, 0.0, f64::MAX);
    }
    assert!(low <= high, "the interval {low} to {high} is empty");
    probability("p10", v.p10());
    probability("p100", v.p100());
    assert!(v.p100() <= v.p10(), "{} for 100 shares, {} for 10", v.p100(), v.p10());
}

/// The evidence adds up to every head, and stands on the text.
pub(crate) fn check_evidence(why: &Explanation, text: &str) {
    assert!(!why.heads().is_empty());
    for score in why.heads() {
        let sum: f64 = why.evidence_for(score.head()).map(doleance::Evidence::weight).sum();
        assert!(score.raw().is_finite());
        let off = (sum - score.raw()).abs();
        assert!(off < 1e-9, "{}: evidence {sum}, raw {}", score.head(), score.raw());
        assert_eq!(why.raw(score.head()), Some(score.raw()), "{} twice", score.head());
    }
    for e in why.evidence() {
        assert!(e.weight().is_finite());
        assert!(why.raw(e.head()).is_some(), "evidence for {}, which has no value", e.head());
        assert!(!e.term().is_empty(), "evidence without a term");
        if let Source::Text(span) = e.source() {
            assert!(text.get(span.range()).is_some(), "{e:?} is off the text");
        }
    }
}

/// Every number and name of an assessment, by its getters; spans by what they stand on, so that
/// two spellings of one text can be compared.
pub(crate) fn report(said: &Assessment) -> Value {
    let (s, c, e, v) = (said.sentiment(), said.complaint(), said.escalation(), said.virality());
    fn names<T: Named>(set: doleance::Set<T>) -> Vec<&'static str> {
        set.iter().map(Named::as_str).collect()
    }
    let threats = e.threats().iter().map(|t| {
        let mut threat = serde_json::json!({
            "kind": t.kind().as_str(),
            "span": {"start": t.span().start(), "end": t.span().end()},
        });
        if let Some(country) = t.country() {
            threat["country"] = country.as_str().into();
        }
        threat
    });
    let (low, high) = v.interval();
    serde_json::json!({
        "schema": said.schema(),
        "scores": said.scores().to_string(),
        "language": {
            "code": said.language().code().as_str(),
            "confidence": said.language().confidence(),
        },
        "sentiment": {
            "polarity": s.polarity(),
            "label": s.label().as_str(),
            "level": s.level().as_str(),
            "negative": s.negative(),
            "neutral": s.neutral(),
            "positive": s.positive(),
            "arousal": s.arousal(),
            "irony": s.irony(),
        },
        "intent": {
            "main": said.intent().main().as_str(),
            "complaint": said.intent().probability(IntentKind::Complaint),
            "question": said.intent().probability(IntentKind::Question),
            "praise": said.intent().probability(IntentKind::Praise),
            "suggestion": said.intent().probability(IntentKind::Suggestion),
            "other": said.intent().probability(IntentKind::Other),
        },
        "me_too": said.me_too(),
        "complaint": {
            "probability": c.probability(),
            "is_complaint": c.is_complaint(),
            "severity": c.severity().as_str(),
            "severity_if_complaint": c.severity_if_complaint().as_str(),
            "severity_expected": c.severity_expected(),
            "severity_score": c.severity_score(),
            "reasons": names(c.reasons()),
            "requests": names(c.requests()),
        },
        "escalation": {
            "risk": e.risk(),
            "band": e.band().as_str(),
            "situation": e.situation().as_str(),
            "threats": threats.collect::<Vec<_>>(),
            "threats_truncated": e.threats().truncated(),
            "repeat_contact": e.repeat_contact(),
            "repeat_probability": e.repeat_probability(),
            "betrayal": e.betrayal(),
            "greed": e.greed(),
            "mitigations": names(e.mitigations()),
        },
        "flags": names(said.flags()),
        "virality": {
            "expected_shares": v.expected_shares(),
            "low": low,
            "high": high,
            "p10": v.p10(),
            "p100": v.p100(),
            "reach": v.reach(),
            "r0": v.r0(),
            "basis": v.basis().as_str(),
            "confidence": v.confidence().as_str(),
            "band": v.band().as_str(),
            "backlash": v.backlash(),
            "outside_fitted_range": v.outside_fitted_range(),
        },
        "priority": {
            "level": said.priority().level().as_str(),
            "answer_within_minutes": said.priority().answer_within_minutes(),
            "rule": said.priority().rule().as_str(),
        },
    })
}

/// The report without the places of threats, which move when a text is spelt otherwise.
pub(crate) fn placeless(said: &Assessment) -> Value {
    let mut report = report(said);
    for threat in report["escalation"]["threats"].as_array_mut().into_iter().flatten() {
        threat.as_object_mut().expect("an object").remove("span");
    }
    report
}

/// Where two JSON values differ, one line a place: `path: old → new`.
pub(crate) fn differences(path: &str, old: &Value, new: &Value, into: &mut Vec<String>) {
    match (old, new) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))) {
                let place = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                let (a, b) = (a.get(key).unwrap_or(&Value::Null), b.get(key));
                differences(&place, a, b.unwrap_or(&Value::Null), into);
            }
        }
        _ if old == new => {}
        _ => into.push(format!("{path}: {old} → {new}")),
    }
}

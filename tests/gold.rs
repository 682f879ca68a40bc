//! What `evaluate` takes for right in each kind of labelled row.

#![cfg(feature = "serde")]

#[path = "../examples/common/measures.rs"]
#[allow(dead_code, reason = "only what is right of a row is tested here")]
mod measures;
#[path = "../examples/common/metrics.rs"]
#[allow(dead_code, reason = "tested by tests/metrics.rs")]
mod metrics;
#[path = "../examples/common/tasks.rs"]
#[allow(dead_code, reason = "only what is right of a row is tested here")]
mod tasks;

use doleance::{Named, Reason, ThreatKind};
use tasks::{Gold, Task};

fn gold(task: Task, row: &str) -> Option<Gold> {
    task.gold(&serde_json::from_str(row).expect("a row"))
}

fn yes(yes: bool) -> Option<Gold> {
    Some(Gold::Class(usize::from(yes)))
}

fn bits<T: Named>(labels: &[T]) -> u32 {
    labels.iter().map(|label| 1 << label.index()).sum()
}

#[test]
fn the_field_of_the_task_comes_before_the_label() {
    let row = r#"{"label": "complaint", "sentiment": "neutral", "language": "fr"}"#;
    assert_eq!(gold(Task::Sentiment, row), Some(Gold::Class(1)));
    assert_eq!(gold(Task::Complaint, row), yes(true));
    assert_eq!(gold(Task::Language, row), Some(Gold::Class(0)));
    assert_eq!(gold(Task::Sentiment, r#"{"label": "positive"}"#), Some(Gold::Class(2)));
    assert_eq!(gold(Task::Language, r#"{"label": "en"}"#), Some(Gold::Class(1)));
    for none in [r#"{"label": null}"#, "{}", r#"{"label": "cheerful"}"#, r#"{"label": 3}"#] {
        assert_eq!(gold(Task::Sentiment, none), None, "{none}");
    }
}

#[test]
fn what_was_in_dispute_is_not_read_from_the_label() {
    let row = r#"{"label": "other", "sentiment": "neutral"}"#;
    for task in [Task::Repeat, Task::Irony, Task::Threats, Task::Intent, Task::Reasons] {
        assert_eq!(gold(task, row), None, "{task:?}");
    }
}

#[test]
fn yes_or_no_in_words_or_json() {
    assert_eq!(gold(Task::Irony, r#"{"irony": true}"#), yes(true));
    assert_eq!(gold(Task::Irony, r#"{"label": "irony"}"#), yes(true));
    assert_eq!(gold(Task::Irony, r#"{"label": "other"}"#), yes(false));
    assert_eq!(gold(Task::Repeat, r#"{"repeat": false}"#), yes(false));
    assert_eq!(gold(Task::Threats, r#"{"label": "threat", "kind": "legal_court"}"#), yes(true));
    assert_eq!(gold(Task::Threats, r#"{"label": "other", "kind": "press_public"}"#), yes(false));
}

#[test]
fn severity_is_asked_of_complaints_alone() {
    let row = r#"{"label": "complaint", "severity": "blame"}"#;
    assert_eq!(gold(Task::Severity, row), Some(Gold::Class(3)));
    let label = r#"{"label": "no_explicit_reproach"}"#;
    assert_eq!(gold(Task::Severity, label), Some(Gold::Class(0)));
    for none in [r#"{"label": "other"}"#, r#"{"label": "complaint"}"#, r#"{"severity": "none"}"#] {
        assert_eq!(gold(Task::Severity, none), None, "{none}");
    }
}

#[test]
fn escalation_is_a_threat_or_a_repeat_with_accusation() {
    let care = |threats: &str, repeat: &str, severity: &str| {
        let row = format!(
            r#"{{"label": "complaint", "threats": {threats}, "repeat": {repeat}, "severity": {severity}}}"#
        );
        gold(Task::Escalation, &row)
    };
    assert_eq!(care(r#"["churn"]"#, "false", r#""disapproval""#), yes(true));
    assert_eq!(care("[]", "true", r#""accusation""#), yes(true));
    assert_eq!(care("[]", "true", r#""disapproval""#), yes(false));
    assert_eq!(care("[]", "false", r#""blame""#), yes(false));
    // In dispute: only what decides it anyway is known.
    assert_eq!(care("[]", "null", r#""blame""#), None);
    assert_eq!(care("[]", "null", r#""disapproval""#), yes(false));
    assert_eq!(care(r#"["legal"]"#, "null", "null"), yes(true));
    let other = r#"{"label": "other", "threats": [], "repeat": true}"#;
    assert_eq!(gold(Task::Escalation, other), yes(false));
    // Severity alone tells less, and is kept apart.
    let accuses = r#"{"label": "accusation"}"#;
    assert_eq!(gold(Task::Escalation, accuses), Some(Gold::Accuses(true)));
    let asks = r#"{"label": "complaint", "severity": "no_explicit_reproach"}"#;
    assert_eq!(gold(Task::Escalation, asks), Some(Gold::Accuses(false)));
    assert_eq!(gold(Task::Escalation, r#"{"label": "other"}"#), None);
}

#[test]
fn lists_and_airline_reasons() {
    let row = r#"{"reasons": ["refund", "delivery"], "label": "complaint"}"#;
    let set = bits(&[Reason::Delivery, Reason::Refund]);
    assert_eq!(gold(Task::Reasons, row), Some(Gold::Labels { bits: set, any: false }));
    let any = r#"{"reasons": ["refund", "delivery"], "match": "any", "airline_reason": "x"}"#;
    assert_eq!(gold(Task::Reasons, any), Some(Gold::Labels { bits: set, any: true }));
    let none = r#"{"reasons": []}"#;
    assert_eq!(gold(Task::Reasons, none), Some(Gold::Labels { bits: 0, any: false }));
    assert_eq!(gold(Task::Reasons, r#"{"reasons": ["refund", "weather"]}"#), None);
    let airline = Some(Gold::Labels { bits: bits(&[Reason::Staff]), any: true });
    assert_eq!(gold(Task::Reasons, r#"{"label": "Flight Attendant Complaints"}"#), airline);
    let threats = Some(Gold::Labels { bits: bits(&[ThreatKind::Churn]), any: false });
    assert_eq!(gold(Task::Threats, r#"{"threats": ["churn"], "label": "complaint"}"#), threats);
}

#[test]
fn numbers_in_range() {
    assert_eq!(gold(Task::Stars, r#"{"label": 4}"#), Some(Gold::Number(4.0)));
    assert_eq!(gold(Task::Stars, r#"{"label": "2"}"#), Some(Gold::Number(2.0)));
    assert_eq!(gold(Task::Stars, r#"{"label": 6}"#), None);
    assert_eq!(gold(Task::Intensity, r#"{"label": -2.75}"#), Some(Gold::Number(-2.75)));
    assert_eq!(gold(Task::Virality, r#"{"label": 12}"#), Some(Gold::Number(12.0)));
    assert_eq!(gold(Task::Virality, r#"{"label": -1}"#), None);
}

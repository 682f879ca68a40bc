//! Assessments made to order: the replies are tested apart from the scores.

use doleance::Assessment;
use serde_json::{Value, json};

/// An assessment in which everything is neutral but what is set.
#[derive(Clone)]
pub(crate) struct Case(Value);

impl Case {
    /// A complaint, first contact, moderately stirred.
    pub(crate) fn complaint(language: &str) -> Self {
        Self(json!({
            "schema": 1, "scores": "0.1.0",
            "language": {"code": language, "confidence": 0.9},
            "sentiment": {"polarity": -0.6, "label": "negative", "level": "negative",
                "negative": 0.7, "neutral": 0.2, "positive": 0.1, "arousal": 0.3, "irony": 0.0},
            "intent": {"main": "complaint", "complaint": 0.8, "question": 0.1, "praise": 0.0,
                "suggestion": 0.0, "other": 0.1},
            "me_too": false,
            "complaint": {"probability": 0.9, "is_complaint": true, "severity": "disapproval",
                "severity_if_complaint": "disapproval", "severity_expected": 2.0,
                "severity_score": 1.8, "reasons": [], "requests": []},
            "escalation": {"risk": 0.1, "band": "low", "situation": "direct_first_failure",
                "threats": [], "threats_truncated": false, "repeat_contact": false,
                "repeat_probability": 0.1, "betrayal": false, "greed": false, "mitigations": []},
            "flags": [],
            "virality": {"expected_shares": 0.0, "low": 0.0, "high": 1.0, "p10": 0.0, "p100": 0.0,
                "reach": 0.0, "r0": 0.0, "basis": "text", "confidence": "low", "band": "low",
                "backlash": false, "outside_fitted_range": false},
            "priority": {"level": "normal", "answer_within_minutes": 60, "rule": "complaint"}
        }))
    }

    /// Something else than a complaint.
    pub(crate) fn intent(language: &str, intent: &str) -> Self {
        Self::complaint(language)
            .with("/intent/main", json!(intent))
            .with("/intent/complaint", json!(0.1))
            .with("/sentiment/polarity", json!(0.1))
            .with("/complaint/probability", json!(0.1))
            .with("/complaint/is_complaint", json!(false))
            .with("/complaint/severity", json!("none"))
            .with("/escalation/situation", json!("none"))
            .with("/priority/level", json!("low"))
    }

    /// Sets the part of the JSON at `pointer`.
    pub(crate) fn with(mut self, pointer: &str, value: Value) -> Self {
        *self.0.pointer_mut(pointer).expect(pointer) = value;
        self
    }

    pub(crate) fn reason(self, reason: &str) -> Self {
        self.with("/complaint/reasons", json!([reason]))
    }

    pub(crate) fn request(self, request: &str) -> Self {
        self.with("/complaint/requests", json!([request]))
    }

    pub(crate) fn situation(self, situation: &str) -> Self {
        let case = self.with("/escalation/situation", json!(situation));
        match situation {
            "double_deviation" | "revenge" => case.with("/escalation/repeat_contact", json!(true)),
            _ => case,
        }
    }

    pub(crate) fn repeat(self) -> Self {
        self.with("/escalation/repeat_contact", json!(true))
    }

    pub(crate) fn flag(self, flag: &str) -> Self {
        self.with("/flags", json!([flag]))
    }

    pub(crate) fn threat(self, kind: &str) -> Self {
        self.with("/escalation/threats", json!([{"kind": kind, "span": {"start": 0, "end": 1}}]))
    }

    pub(crate) fn arousal(self, arousal: f64) -> Self {
        self.with("/sentiment/arousal", json!(arousal))
    }

    pub(crate) fn assessment(&self) -> Assessment {
        serde_json::from_value(self.0.clone()).expect("an assessment")
    }
}

//! Assessments one after another in the order of the input, as JSON Lines or CSV.

use doleance::{Assessment, Named, Post, Set};
use serde::Serialize;

use super::replies::Reply;

/// One post with what was said of it.
pub(crate) struct Assessed<'a> {
    /// Named only where there are several inputs.
    pub(crate) file: Option<&'a str>,
    pub(crate) line: u64,
    pub(crate) post: &'a Post<'static>,
    pub(crate) assessment: &'a Assessment,
    /// `None` when none were asked for.
    pub(crate) suggestions: Option<&'a [Reply]>,
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    line: u64,
    id: Option<&'a str>,
    assessment: &'a Assessment,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestions: Option<&'a [Reply]>,
}

impl Assessed<'_> {
    pub(crate) fn json(&self) -> String {
        let line = Line {
            file: self.file,
            line: self.line,
            id: self.post.get_id(),
            assessment: self.assessment,
            suggestions: self.suggestions,
        };
        // Nothing in it can fail: all keys are strings.
        serde_json::to_string(&line).unwrap_or_default() + "\n"
    }

    pub(crate) fn csv(&self) -> String {
        record(self.cells().into_iter().map(|cell| cell.1))
    }

    /// The header that goes with [`Assessed::csv`].
    pub(crate) fn csv_header(&self) -> String {
        record(self.cells().into_iter().map(|cell| cell.0.to_owned()))
    }

    fn cells(&self) -> Vec<(&'static str, String)> {
        let said = self.assessment;
        let (sentiment, complaint) = (said.sentiment(), said.complaint());
        let (escalation, virality) = (said.escalation(), said.virality());
        let (low, high) = virality.interval();
        let mut cells = vec![];
        if let Some(file) = self.file {
            cells.push(("file", file.to_owned()));
        }
        cells.extend([
            ("line", self.line.to_string()),
            ("id", self.post.get_id().unwrap_or_default().to_owned()),
            ("priority", said.priority().level().to_string()),
            ("answer_within_minutes", optional(said.priority().answer_within_minutes())),
            ("rule", said.priority().rule().to_string()),
            ("language", said.language().code().to_string()),
            ("polarity", number(sentiment.polarity())),
            ("sentiment", sentiment.label().to_string()),
            ("level", sentiment.level().to_string()),
            ("arousal", number(sentiment.arousal())),
            ("irony", number(sentiment.irony())),
            ("intent", said.intent().main().to_string()),
            ("me_too", said.me_too().to_string()),
            ("complaint", number(complaint.probability())),
            ("is_complaint", complaint.is_complaint().to_string()),
            ("severity", complaint.severity().to_string()),
            ("severity_score", number(complaint.severity_score())),
            ("reasons", names(complaint.reasons())),
            ("requests", names(complaint.requests())),
            ("risk", number(escalation.risk())),
            ("risk_band", escalation.band().to_string()),
            ("situation", escalation.situation().to_string()),
            ("threats", names(escalation.threats().kinds())),
            ("repeat_contact", escalation.repeat_contact().to_string()),
            ("flags", names(said.flags())),
            ("expected_shares", number(virality.expected_shares())),
            ("shares_low", number(low)),
            ("shares_high", number(high)),
            ("p10", number(virality.p10())),
            ("p100", number(virality.p100())),
            ("virality_band", virality.band().to_string()),
            ("scores", said.scores().to_string()),
        ]);
        if let Some(suggestions) = self.suggestions {
            let best = suggestions.first();
            cells.push(("reply_template", best.map(|r| r.template.clone()).unwrap_or_default()));
            cells.push(("reply", best.map(|r| r.text.clone()).unwrap_or_default()));
        }
        cells
    }
}

/// The names of a set, `|` between them.
pub(crate) fn names<T: Named>(set: Set<T>) -> String {
    set.iter().map(Named::as_str).collect::<Vec<_>>().join("|")
}

fn optional<T: ToString>(value: Option<T>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

fn number(value: f64) -> String {
    format!("{value:.4}")
}

fn record(cells: impl Iterator<Item = String>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Memory does not refuse to be written to.
    let _ = writer.write_record(cells.collect::<Vec<_>>());
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

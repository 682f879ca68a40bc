//! One post, the words in it that count, and each score with its reasons:
//!
//! ```text
//! cargo run --release --example explain -- "3e relance, toujours aucune réponse !"
//! ```
//!
//! Without a text it reads one post from standard input; a JSON object there is a post with its
//! context.

#[path = "common/json.rs"]
mod json;
#[path = "common/marks.rs"]
mod marks;
#[path = "common/overlays.rs"]
mod overlays;
#[path = "common/underline.rs"]
mod underline;

use std::io::{self, IsTerminal, Read, Write};
use std::process::ExitCode;

use clap::Parser;
use doleance::{
    Analyzer, Assessment, Evidence, Explanation, Head, IntentKind, LanguageCode, Named, Post,
    Reason, Request, Severity, Source,
};

use marks::{heads_of, marks, one_line, strongest};
use underline::Style;

/// Says what a post is, and which words say so.
#[derive(Parser)]
struct Arguments {
    /// The whole explanation as one JSON object
    #[arg(long)]
    json: bool,
    /// Every reason for this score, such as `complaint` or `reason.delivery`; may be repeated
    #[arg(long, value_name = "NAME", value_parser = head)]
    head: Vec<Head>,
    #[command(flatten)]
    overlays: overlays::Overlays,
    /// The post; without it, standard input
    text: Option<String>,
}

/// How many reasons are shown for a score, unless it is asked for by name.
const REASONS: usize = 6;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let analyzer = arguments.overlays.analyzer();
    let prepared = analyzer.and_then(|analyzer| Ok((analyzer, post(&arguments)?)));
    let written = match prepared {
        Ok((analyzer, post)) => print(&arguments, &analyzer, &post),
        Err(wrong) => {
            eprintln!("explain: {wrong}");
            return ExitCode::from(2);
        }
    };
    match written {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("explain: cannot write: {e}");
            ExitCode::from(2)
        }
        _ => ExitCode::SUCCESS,
    }
}

/// The post of the command line or of standard input.
fn post(arguments: &Arguments) -> Result<Post<'static>, String> {
    if let Some(text) = &arguments.text {
        return Ok(Post::new(text.clone()));
    }
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes).map_err(|e| format!("<stdin>: cannot be read: {e}"))?;
    let text = String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to() + 1;
        format!("<stdin>:1: invalid UTF-8 at byte {at}; expected UTF-8 text")
    })?;
    match json::object(&text) {
        Ok(row) => json::post(row).map_err(|wrong| format!("<stdin>:1: {wrong}")),
        Err(_) => Ok(Post::new(text.trim_end_matches(['\r', '\n']).to_owned())),
    }
}

fn print(arguments: &Arguments, analyzer: &Analyzer, post: &Post<'_>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let explanation = analyzer.explain(post);
    if arguments.json {
        return writeln!(out, "{}", serde_json::to_string(&explanation)?);
    }
    let said = explanation.assessment();
    let style = Style::of(out.is_terminal());
    let asked = match arguments.head.is_empty() {
        true => heads_of(said),
        false => arguments.head.clone(),
    };
    out.write_all(underline::text(post.text(), &marks(&explanation, &asked), &style).as_bytes())?;
    if arguments.head.is_empty() {
        writeln!(out)?;
        for (name, value) in summary(said) {
            writeln!(out, "{}{name:<12}{} {value}", style.bold, style.plain)?;
        }
    }
    for score in explanation.heads() {
        let head = score.head();
        let by_name = arguments.head.contains(&head);
        if by_name || arguments.head.is_empty() && matters(head, said) {
            reasons(&mut out, post, &explanation, head, by_name, &style)?;
        }
    }
    for head in &arguments.head {
        if explanation.raw(*head).is_none() {
            writeln!(out, "\n{}{head}{}  not scored for this post", style.bold, style.plain)?;
        }
    }
    Ok(())
}

/// The assessment in a few lines.
fn summary(said: &Assessment) -> Vec<(&'static str, String)> {
    let (sentiment, complaint) = (said.sentiment(), said.complaint());
    let (escalation, virality) = (said.escalation(), said.virality());
    let (low, high) = virality.interval();
    let list = |names: Vec<&str>| match names.is_empty() {
        true => "-".to_owned(),
        false => names.join(", "),
    };
    let due = match said.priority().answer_within_minutes() {
        Some(minutes) => format!("within {minutes} min"),
        None => "no answer due".to_owned(),
    };
    let threats = escalation.threats().iter().map(|t| t.kind().as_str()).collect();
    vec![
        ("language", format!("{} ({:.2})", said.language().code(), said.language().confidence())),
        (
            "sentiment",
            format!(
                "{} (polarity {:+.2}; negative {:.2}, neutral {:.2}, positive {:.2}; arousal {:.2}; irony {:.2})",
                sentiment.level(),
                sentiment.polarity(),
                sentiment.negative(),
                sentiment.neutral(),
                sentiment.positive(),
                sentiment.arousal(),
                sentiment.irony()
            ),
        ),
        ("intent", said.intent().main().to_string()),
        (
            "complaint",
            format!(
                "{} ({:.2}), severity {} ({:.2} of 4)",
                if complaint.is_complaint() { "yes" } else { "no" },
                complaint.probability(),
                complaint.severity(),
                complaint.severity_score()
            ),
        ),
        ("reasons", list(complaint.reasons().iter().map(Named::as_str).collect())),
        ("requests", list(complaint.requests().iter().map(Named::as_str).collect())),
        (
            "escalation",
            format!(
                "{} ({:.2}), situation {}, threats {}",
                escalation.band(),
                escalation.risk(),
                escalation.situation(),
                list(threats)
            ),
        ),
        ("flags", list(said.flags().iter().map(Named::as_str).collect())),
        (
            "virality",
            format!(
                "{:.1} shares expected ({low:.0} to {high:.0}), 10 or more {:.3}, by {}",
                virality.expected_shares(),
                virality.p10(),
                virality.basis()
            ),
        ),
        (
            "priority",
            format!("{}, {due} (rule: {})", said.priority().level(), said.priority().rule()),
        ),
    ]
}

/// Whether a score is shown unasked: it decided something, or stands for a question always asked.
fn matters(head: Head, said: &Assessment) -> bool {
    match head {
        Head::Language => said.language().code() != LanguageCode::Undetermined,
        Head::Intent(kind) => kind == said.intent().main() && kind != IntentKind::Complaint,
        Head::Irony => said.sentiment().irony() >= 0.5,
        Head::Abuse => said.flags().contains(doleance::Flag::Abuse),
        Head::Repeat => said.escalation().repeat_contact(),
        Head::Threat => !said.escalation().threats().is_empty(),
        Head::Neutral => false,
        head => {
            heads_of(said).contains(&head)
                || matches!(head, Head::Escalation | Head::Virality | Head::Arousal)
        }
    }
}

/// One score: its raw value, and what it is the sum of.
fn reasons(
    out: &mut impl Write,
    post: &Post<'_>,
    explanation: &Explanation,
    head: Head,
    all: bool,
    style: &Style,
) -> io::Result<()> {
    let raw = explanation.raw(head).unwrap_or_default();
    writeln!(out, "\n{}{head}{}  {raw:+.3}", style.bold, style.plain)?;
    // Two shapes at once come by the dozen and mostly cancel out: in short they are one line.
    let (pairs, evidence): (Vec<&Evidence>, Vec<&Evidence>) =
        explanation.evidence_for(head).partition(|e| !all && e.term().starts_with("shapes:"));
    let most = if all { usize::MAX } else { REASONS };
    let mut shown = 0.0;
    let strongest = strongest(evidence.iter().copied(), most);
    let line = |weight: f64, kind: &str, what: &str, source: &str| {
        let (colour, plain) = (if weight < 0.0 { style.down } else { style.up }, style.plain);
        format!("  {colour}{weight:+7.3}{plain}  {kind:<8} {what:<28} {source}")
            .trim_end()
            .to_owned()
    };
    let one = |e: &Evidence| {
        let source = match e.source() {
            Source::Text(span) => format!("“{}”", one_line(span.of(post.text()), 60)),
            Source::Context(field) => format!("field {field}"),
            _ => String::new(),
        };
        let term = if e.term() == e.kind().as_str() { "" } else { e.term() };
        (e.weight(), line(e.weight(), e.kind().as_str(), term, &source))
    };
    let form = (!pairs.is_empty()).then(|| {
        let sum = pairs.iter().map(|e| e.weight()).sum();
        (sum, line(sum, "shape", &format!("{} pairs of shapes", pairs.len()), ""))
    });
    let base = evidence.iter().filter(|e| e.source() == Source::Base);
    let lines = base.map(|e| one(e)).chain(form).chain(strongest.iter().map(|e| one(e)));
    for (weight, line) in lines {
        shown += weight;
        writeln!(out, "{line}")?;
    }
    let rest = raw - shown;
    let hidden = evidence.iter().filter(|e| e.source() != Source::Base).count() - strongest.len();
    if hidden > 0 {
        writeln!(out, "  {rest:+7.3}  and {hidden} more; --head {head} shows all")?;
    }
    Ok(())
}

/// The head of that name, or the names there are.
fn head(name: &str) -> Result<Head, String> {
    Head::from_name(name).ok_or_else(|| {
        let plain = [
            Head::Language,
            Head::Negative,
            Head::Neutral,
            Head::Positive,
            Head::Arousal,
            Head::Irony,
            Head::Complaint,
            Head::Repeat,
            Head::Threat,
            Head::Abuse,
            Head::Escalation,
            Head::Virality,
        ];
        let levels = [Severity::Disapproval, Severity::Accusation, Severity::Blame];
        let all = plain
            .into_iter()
            .chain(IntentKind::ALL.iter().map(|&kind| Head::Intent(kind)))
            .chain(levels.map(Head::Severity))
            .chain(Reason::ALL.iter().map(|&reason| Head::Reason(reason)))
            .chain(Request::ALL.iter().map(|&request| Head::Request(request)));
        let names: Vec<String> = all.map(|head| head.to_string()).collect();
        format!("expected one of {}", names.join(", "))
    })
}

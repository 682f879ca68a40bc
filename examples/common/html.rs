//! The report: one page without script or anything to fetch, to be read, searched or printed.

use std::fmt::{self, Display, Write as _};
use std::io::{self, Write};

use doleance::{
    Analyzer, Assessment, Evidence, Explanation, Head, LanguageCode, Post, PriorityLevel, Source,
};

use super::marks::{heads_of, is_unsafe, marks, one_line, strongest};
use super::queue::{Queue, Waiting, percent, within};
use super::replies::Reply;
use super::stream::names;

/// Of a longer post only so many bytes are shown.
const SHOWN: usize = 4000;

/// How many reasons are shown for a post.
const REASONS: usize = 8;

/// Writes the report; `skipped` says how much of the input could not be read.
pub(crate) fn write(
    out: &mut impl Write,
    analyzer: &Analyzer,
    queue: &mut Queue,
    skipped: u64,
) -> io::Result<()> {
    let (summary, posts) = (queue.summary(), queue.posts);
    let css = include_str!("report.css");
    let waiting = queue.rank();
    let shown = match waiting.len() as u64 {
        shown if shown < posts => format!("<p>The first {shown} of the queue are shown.</p>\n"),
        _ => String::new(),
    };
    let skipped = match skipped {
        0 => String::new(),
        n => format!("<p>{n} of the input could not be read and were skipped.</p>\n"),
    };
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>Complaints to answer</title>\n<style>\n{css}</style>\n</head>\n<body>\n\
         <header>\n<h1>Complaints to answer</h1>\n<p>{}.</p>\n{shown}{skipped}\
         <p class=\"soft\">Ranked by priority, time left, risk, severity. Underlined words moved a \
         score: <mark class=\"bad\">towards a complaint</mark>, <mark class=\"good\">away from \
         one</mark>. Scores are estimates; read the post before you answer.</p>\n</header>\n<main>\n\
         <ol class=\"queue\">\n",
        Escaped(&summary)
    )?;
    for (rank, waiting) in waiting.iter().enumerate() {
        out.write_all(item(analyzer, rank + 1, waiting).unwrap_or_default().as_bytes())?;
    }
    writeln!(out, "</ol>\n</main>\n</body>\n</html>")
}

fn item(analyzer: &Analyzer, rank: usize, waiting: &Waiting) -> Result<String, fmt::Error> {
    let (post, said) = (&waiting.post, &waiting.assessment);
    let mut page = String::new();
    let class = said.priority().level();
    let due = match class {
        PriorityLevel::None => "No answer due".to_owned(),
        level => format!("Priority {level}: answer within {}", within(said)),
    };
    let rule = said.priority().rule().as_str().replace('_', " ");
    write!(
        page,
        "<li class=\"{class}\">\n<article aria-labelledby=\"p{rank}\">\n\
         <h2 id=\"p{rank}\">{rank}. {due}</h2>\n<p class=\"soft\">Because: {rule}."
    )?;
    for (name, value) in [
        ("Post", post.get_id()),
        ("Brand", post.get_brand()),
        ("On", post.get_channel().map(|c| c.as_str())),
        ("From", Some(format!("{}:{}", waiting.file, waiting.line).as_str())),
    ] {
        if let Some(value) = value {
            write!(page, " {name}: {}.", Escaped(value))?;
        }
    }
    let explanation = analyzer.explain(post);
    let language = match said.language().code() {
        LanguageCode::French => " lang=\"fr\"",
        LanguageCode::English => " lang=\"en\"",
        _ => "",
    };
    writeln!(
        page,
        "</p>\n<blockquote dir=\"auto\"{language}>{}</blockquote>",
        quote(post, said, &explanation)
    )?;
    scores(&mut page, said)?;
    reasons(&mut page, post, said, &explanation)?;
    for (i, reply) in waiting.replies.iter().enumerate() {
        self::reply(&mut page, i + 1, reply, language)?;
    }
    page.push_str("</article>\n</li>\n");
    Ok(page)
}

/// The text with the words that moved a score marked.
fn quote(post: &Post<'_>, said: &Assessment, explanation: &Explanation) -> String {
    let text = post.text();
    let end = (0..=SHOWN.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let mut quote = String::new();
    let mut at = 0;
    for mark in marks(explanation, &heads_of(said)) {
        if mark.range.end > end {
            break;
        }
        let class = if weighs_down(&mark.evidence) { "bad" } else { "good" };
        let (before, marked) = (&text[at..mark.range.start], &text[mark.range.clone()]);
        let _ =
            write!(quote, "{}<mark class=\"{class}\">{}</mark>", Escaped(before), Escaped(marked));
        at = mark.range.end;
    }
    let _ = write!(quote, "{}", Escaped(&text[at..end]));
    if end < text.len() {
        let _ = write!(quote, "… ({} more bytes)", text.len() - end);
    }
    quote
}

/// Whether the words speak for a complaint rather than against one.
fn weighs_down(evidence: &[&Evidence]) -> bool {
    let sum: f64 = evidence
        .iter()
        .map(|e| if e.head() == Head::Positive { -e.weight() } else { e.weight() })
        .sum();
    sum > 0.0
}

fn scores(page: &mut String, said: &Assessment) -> fmt::Result {
    let (complaint, escalation) = (said.complaint(), said.escalation());
    let (sentiment, virality) = (said.sentiment(), said.virality());
    let spaced = |names: String| names.replace('|', ", ").replace('_', " ");
    let plain = |name: &str| name.replace('_', " ");
    let severity = match complaint.is_complaint() {
        true => format!(
            "{}, severity {} ({:.1} of 4)",
            percent(complaint.probability()),
            plain(complaint.severity().as_str()),
            complaint.severity_score()
        ),
        false => format!("no ({})", percent(complaint.probability())),
    };
    let (low, high) = virality.interval();
    let threats = spaced(names(escalation.threats().kinds()));
    let repeat = if escalation.repeat_contact() { "contacted before without success" } else { "" };
    let risk = [threats.as_str(), repeat].join(", ");
    let rows = [
        ("Flags", spaced(names(said.flags()))),
        ("Complaint", severity),
        ("About", spaced(names(complaint.reasons()))),
        ("Asks for", spaced(names(complaint.requests()))),
        (
            "Feeling",
            format!(
                "{} (polarity {:+.2}, arousal {:.2})",
                plain(sentiment.level().as_str()),
                sentiment.polarity(),
                sentiment.arousal()
            ),
        ),
        (
            "Escalation",
            format!(
                "{} risk, {} {}",
                plain(escalation.band().as_str()),
                percent(escalation.risk()),
                risk.trim_matches([',', ' '])
            ),
        ),
        (
            "Spread",
            format!(
                "{:.1} shares expected ({low:.0} to {high:.0}), 10 or more: {}; {} confidence",
                virality.expected_shares(),
                percent(virality.p10()),
                virality.confidence()
            ),
        ),
    ];
    page.push_str("<dl>\n");
    for (name, value) in rows.iter().filter(|row| !row.1.is_empty()) {
        writeln!(page, "<dt>{name}</dt><dd>{}</dd>", Escaped(value.trim()))?;
    }
    page.push_str("</dl>\n");
    Ok(())
}

fn reasons(
    page: &mut String,
    post: &Post<'_>,
    said: &Assessment,
    explanation: &Explanation,
) -> fmt::Result {
    let heads = heads_of(said);
    let evidence = explanation.evidence().iter().filter(|e| heads.contains(&e.head()));
    let strongest = strongest(evidence, REASONS);
    if strongest.is_empty() {
        return Ok(());
    }
    page.push_str(
        "<table>\n<caption>What moved the scores most</caption>\n<tr><th scope=\"col\">Words or \
         fact</th><th scope=\"col\">Score</th><th scope=\"col\">By</th></tr>\n",
    );
    for e in strongest {
        let words = match e.source() {
            Source::Text(span) => {
                format!("“{}”", one_line(span.of(post.text()), 60))
            }
            Source::Context(field) => field.to_string(),
            _ => e.term().to_owned(),
        };
        let head = e.head().to_string().replace(['_', '.'], " ");
        writeln!(
            page,
            "<tr><td>{}</td><td>{head}</td><td class=\"number\">{:+.2}</td></tr>",
            Escaped(&words),
            e.weight()
        )?;
    }
    page.push_str("</table>\n");
    Ok(())
}

fn reply(page: &mut String, number: usize, reply: &Reply, language: &str) -> fmt::Result {
    let place = if reply.public { "public" } else { "private" };
    writeln!(
        page,
        "<h3>Suggested reply {number}, {place}</h3>\n<p class=\"soft\">{}: {}</p>\n\
         <blockquote dir=\"auto\"{language}>{}</blockquote>",
        Escaped(&reply.template),
        Escaped(&reply.why.join("; ")),
        Escaped(&reply.text)
    )?;
    if !reply.missing.is_empty() {
        writeln!(page, "<p>To fill in: {}.</p>", Escaped(&reply.missing.join(", ")))?;
    }
    for caution in &reply.cautions {
        writeln!(page, "<p>Mind: {}</p>", Escaped(caution))?;
    }
    Ok(())
}

/// Text as text: nothing in it is markup, nothing steers.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\n' | '\t' => f.write_char(c)?,
                c if is_unsafe(c) => f.write_char('\u{fffd}')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

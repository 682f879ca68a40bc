//! The queue: posts ranked by what must be answered first.

use std::cmp::Ordering;
use std::io::{self, Write};

use doleance::{Assessment, Named, Post, PriorityLevel, Severity};

use super::marks::one_line;
use super::replies::Reply;
use super::stream::names;

/// A post in the queue.
pub(crate) struct Waiting {
    pub(crate) file: String,
    pub(crate) line: u64,
    pub(crate) post: Post<'static>,
    pub(crate) assessment: Assessment,
    pub(crate) replies: Vec<Reply>,
}

/// Ranks posts; with a limit it keeps no more than a few times as many.
pub(crate) struct Queue {
    waiting: Vec<Waiting>,
    limit: Option<usize>,
    /// How many posts of each priority there were, kept or not.
    pub(crate) levels: Vec<u64>,
    pub(crate) complaints: u64,
    pub(crate) posts: u64,
}

impl Queue {
    pub(crate) fn new(limit: Option<usize>) -> Self {
        let levels = vec![0; PriorityLevel::ALL.len()];
        Self { waiting: Vec::new(), limit, levels, complaints: 0, posts: 0 }
    }

    pub(crate) fn push(&mut self, waiting: Waiting) {
        self.posts += 1;
        self.levels[waiting.assessment.priority().level().index()] += 1;
        self.complaints += u64::from(waiting.assessment.complaint().is_complaint());
        self.waiting.push(waiting);
        if self.limit.is_some_and(|limit| self.waiting.len() >= 4 * limit + 256) {
            self.rank();
        }
    }

    /// The posts, what must be answered first coming first.
    pub(crate) fn rank(&mut self) -> &[Waiting] {
        self.waiting.sort_by(|a, b| urgency(&a.assessment, &b.assessment));
        self.waiting.truncate(self.limit.unwrap_or(usize::MAX));
        &self.waiting
    }

    /// The queue in one sentence.
    pub(crate) fn summary(&self) -> String {
        let levels = PriorityLevel::ALL.iter().rev().filter(|l| self.levels[l.index()] > 0);
        let levels: Vec<String> =
            levels.map(|l| format!("{} {}", self.levels[l.index()], level(*l))).collect();
        let (posts, complaints) = (self.posts, self.complaints);
        format!("{posts} posts, {complaints} complaints; priority: {}", levels.join(", "))
    }

    /// Prints the queue as a table.
    pub(crate) fn print(&mut self, out: &mut impl Write) -> io::Result<()> {
        let several = self.waiting.windows(2).any(|pair| pair[0].file != pair[1].file);
        let heading = ["#", "priority", "within", "severity", "risk", "10+", "about", "post"];
        let widths = [4, 8, 7, 12, 4, 4, 26];
        let mut row = |cells: [&str; 8]| {
            for (cell, width) in cells.iter().zip(widths) {
                write!(out, "{}  ", padded(cell, width))?;
            }
            writeln!(out, "{}", cells[7])
        };
        row(heading)?;
        for (rank, waiting) in self.rank().iter().enumerate() {
            let said = &waiting.assessment;
            let place = match several {
                true => format!("{}:{}", waiting.file, waiting.line),
                false => waiting.line.to_string(),
            };
            let place = waiting.post.get_id().map_or(place, |id| one_line(id, 24));
            row([
                &(rank + 1).to_string(),
                said.priority().level().as_str(),
                &within(said),
                match said.complaint().severity() {
                    Severity::None => "-",
                    severity => severity.as_str(),
                },
                &percent(said.escalation().risk()),
                &percent(said.virality().p10()),
                &about(said),
                &format!("[{place}] {}", one_line(waiting.post.text(), 90)),
            ])?;
            if let Some(reply) = waiting.replies.first() {
                let text = one_line(&reply.text, 200);
                let left: Vec<&str> = reply.missing.iter().map(String::as_str).collect();
                let left = match left.is_empty() {
                    true => String::new(),
                    false => format!("  (to fill in: {})", left.join(", ")),
                };
                row(["", "", "", "", "", "", "", &format!("↳ {}: {text}{left}", reply.template)])?;
            }
        }
        writeln!(out, "{}", self.summary())
    }
}

/// Which comes first: priority, time left, flags, risk, severity, spread.
fn urgency(a: &Assessment, b: &Assessment) -> Ordering {
    let minutes = |said: &Assessment| said.priority().answer_within_minutes().unwrap_or(u32::MAX);
    let numbers = |said: &Assessment| {
        [said.escalation().risk(), said.complaint().severity_score(), said.virality().p10()]
    };
    b.priority()
        .level()
        .cmp(&a.priority().level())
        .then(minutes(a).cmp(&minutes(b)))
        .then(b.flags().len().cmp(&a.flags().len()))
        .then_with(|| {
            let pairs = numbers(a).into_iter().zip(numbers(b));
            pairs.map(|(a, b)| b.total_cmp(&a)).find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
        })
}

/// What the post is about: flags, threats, reasons.
pub(crate) fn about(said: &Assessment) -> String {
    let parts = [
        names(said.flags()),
        names(said.escalation().threats().kinds()),
        names(said.complaint().reasons()),
    ];
    parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join("|").replace('|', " ")
}

pub(crate) fn within(said: &Assessment) -> String {
    match said.priority().answer_within_minutes() {
        None => "-".to_owned(),
        Some(minutes) if minutes >= 120 => {
            let (hours, rest) = (minutes / 60, minutes % 60);
            if rest == 0 { format!("{hours} h") } else { format!("{hours} h {rest:02}") }
        }
        Some(minutes) => format!("{minutes} min"),
    }
}

/// The name of a level, that no answer is due being said.
fn level(level: PriorityLevel) -> &'static str {
    if level == PriorityLevel::None { "none due" } else { level.as_str() }
}

pub(crate) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn padded(cell: &str, width: usize) -> String {
    let length = cell.chars().count();
    if length > width {
        cell.chars().take(width - 1).chain(['…']).collect()
    } else {
        format!("{cell}{}", " ".repeat(width - length))
    }
}

//! Posts in, assessments out: a ranked queue, a report, or one line a post.
//!
//! ```text
//! cargo run --release --example triage -- --suggest posts.jsonl
//! cargo run --release --example triage -- --html queue.html posts.csv
//! cargo run --release --example triage -- --format jsonl < posts.jsonl > assessments.jsonl
//! ```
//!
//! Exit code 0: all read; 1: some lines skipped, each named on standard error; 2: nothing usable.

#[path = "common/csv_posts.rs"]
mod csv_posts;
#[path = "common/html.rs"]
mod html;
#[path = "common/input.rs"]
mod input;
#[path = "common/json.rs"]
mod json;
#[path = "common/lines.rs"]
mod lines;
#[path = "common/marks.rs"]
mod marks;
#[path = "common/notes.rs"]
mod notes;
#[path = "common/overlays.rs"]
mod overlays;
#[path = "common/queue.rs"]
mod queue;
#[path = "common/replies.rs"]
mod replies;
#[path = "common/stream.rs"]
mod stream;

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use doleance::{Analyzer, Assessment, Post, Scratch, Voice};

use input::{Form, Source};
use notes::Notes;
use queue::{Queue, Waiting};
use replies::Reply;
use stream::Assessed;

/// Says of each post what a care team needs to know, and ranks what to answer first.
#[derive(Parser)]
struct Arguments {
    /// Ranked table, or one line a post in the order of the input [default: table]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write the ranked queue as a web page
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// How the posts are written [default: by extension; standard input: by its first character]
    #[arg(long, value_enum)]
    input: Option<Form>,
    /// Add the replies that fit
    #[arg(long)]
    suggest: bool,
    /// Show this many posts at most (jsonl, csv: the first; table, html: the most urgent)
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Assess on this many threads
    #[arg(long, value_name = "N", default_value = "1")]
    threads: NonZeroUsize,
    #[command(flatten)]
    answering: replies::Answering,
    #[command(flatten)]
    overlays: overlays::Overlays,
    /// Posts; none or `-` is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// The queue, most urgent first
    Table,
    /// One JSON object a post
    Jsonl,
    /// One row a post
    Csv,
}

/// A post that was read and waits to be assessed.
struct Job {
    source: usize,
    line: u64,
    post: Post<'static>,
}

/// Posts assessed together: enough to keep threads busy, few enough to stay small.
const BATCH: usize = 512;
const BATCH_BYTES: usize = 4 << 20;

struct Run<'a> {
    analyzer: Analyzer,
    arguments: &'a Arguments,
    sources: &'a [Source],
    scratches: Vec<Scratch>,
    voice: Voice,
    batch: Vec<Job>,
    batch_bytes: usize,
    queue: Option<Queue>,
    out: BufWriter<StdoutLock<'static>>,
    /// Whether each post is written as it comes.
    streams: bool,
    /// How many lines were written to `out`.
    written: usize,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let sources = Source::all(&arguments.files);
    let size = sources.iter().map(Source::size).sum();
    let mut notes = Notes::new("triage").with_bar(size);
    let prepared = arguments.overlays.analyzer().and_then(|analyzer| {
        // A page that cannot be written is better known before the work than behind it.
        let page = arguments.html.as_ref().map(|path| {
            File::create(path).map_err(|e| format!("{}: cannot be written: {e}", path.display()))
        });
        Ok((analyzer, page.transpose()?))
    });
    let (analyzer, page) = match prepared {
        Ok(prepared) => prepared,
        Err(wrong) => {
            notes.say(&wrong);
            return ExitCode::from(2);
        }
    };
    let ranks = page.is_some() || matches!(arguments.format, None | Some(Format::Table));
    let mut run = Run {
        analyzer,
        arguments: &arguments,
        sources: &sources,
        scratches: (0..arguments.threads.get()).map(|_| Scratch::new()).collect(),
        voice: arguments.answering.voice(),
        batch: Vec::new(),
        batch_bytes: 0,
        queue: ranks.then(|| Queue::new(arguments.limit)),
        out: BufWriter::with_capacity(1 << 16, io::stdout().lock()),
        streams: matches!(arguments.format, Some(Format::Jsonl | Format::Csv)),
        written: 0,
    };
    let written = run.all(&mut notes).and_then(|()| run.finish(page, &mut notes));
    notes.end(written)
}

impl Run<'_> {
    /// Reads and assesses everything; only a failure to write ends it early.
    fn all(&mut self, notes: &mut Notes) -> io::Result<()> {
        let mut bytes = 0;
        for (number, source) in self.sources.iter().enumerate() {
            let mut posts = match source.open(self.arguments.input) {
                Ok(posts) => posts,
                Err(e) => {
                    notes.lost(source, &e);
                    continue;
                }
            };
            // Whoever types or pipes wants to see each post at once.
            let live = matches!(source, Source::Stdin) && self.arguments.threads.get() == 1;
            loop {
                let item = match posts.next_item() {
                    Ok(Some(item)) => item,
                    Ok(None) => break,
                    Err(e) => {
                        notes.lost(source, &e);
                        break;
                    }
                };
                match item.post {
                    Ok(post) => {
                        notes.used += 1;
                        self.batch_bytes += post.text().len();
                        self.batch.push(Job { source: number, line: item.line, post });
                    }
                    Err(wrong) => notes.skip(source, item.line, &wrong),
                }
                if live || self.batch.len() >= BATCH || self.batch_bytes >= BATCH_BYTES {
                    self.flush(notes)?;
                    if live {
                        self.out.flush()?;
                    }
                }
                notes.advance(bytes + posts.bytes_read());
                if self.is_full() {
                    return self.flush(notes);
                }
            }
            bytes += posts.bytes_read();
        }
        self.flush(notes)
    }

    /// Whether as many lines were written as were asked for, and nobody needs more.
    fn is_full(&self) -> bool {
        let coming = self.written + self.batch.len();
        self.queue.is_none() && self.arguments.limit.is_some_and(|limit| coming >= limit)
    }

    /// Assesses what has been read and writes it or puts it in the queue, in order.
    fn flush(&mut self, notes: &mut Notes) -> io::Result<()> {
        let jobs = std::mem::take(&mut self.batch);
        self.batch_bytes = 0;
        if jobs.is_empty() {
            return Ok(());
        }
        let (analyzer, voice, suggest) = (&self.analyzer, &self.voice, self.arguments.suggest);
        let share = jobs.len().div_ceil(self.scratches.len());
        let assess = |jobs: &[Job], scratch: &mut Scratch| -> Vec<(Assessment, Vec<Reply>)> {
            let one = |job: &Job| {
                let said = analyzer.analyze_with(scratch, &job.post);
                let replies = match suggest {
                    true => replies::replies(analyzer, &job.post, &said, voice),
                    false => Vec::new(),
                };
                (said, replies)
            };
            jobs.iter().map(one).collect()
        };
        let results = match self.scratches.as_mut_slice() {
            [scratch] => assess(&jobs, scratch),
            scratches => std::thread::scope(|scope| {
                let assess = &assess;
                let workers: Vec<_> = jobs
                    .chunks(share)
                    .zip(scratches)
                    .map(|(jobs, scratch)| scope.spawn(move || assess(jobs, scratch)))
                    .collect();
                let joined = workers.into_iter().map(std::thread::ScopedJoinHandle::join);
                joined.flat_map(|r| r.unwrap_or_else(|e| std::panic::resume_unwind(e))).collect()
            }),
        };
        if self.streams && self.out.get_ref().is_terminal() {
            notes.clear();
        }
        for (job, (assessment, replies)) in jobs.into_iter().zip(results) {
            self.take(job, assessment, replies)?;
        }
        Ok(())
    }

    fn take(&mut self, job: Job, assessment: Assessment, replies: Vec<Reply>) -> io::Result<()> {
        let file = self.sources[job.source].to_string();
        if self.arguments.limit.is_none_or(|limit| self.written < limit) {
            let assessed = Assessed {
                file: (self.sources.len() > 1).then_some(&file),
                line: job.line,
                post: &job.post,
                assessment: &assessment,
                suggestions: self.arguments.suggest.then_some(&replies),
            };
            match self.arguments.format {
                Some(Format::Jsonl) => self.out.write_all(assessed.json().as_bytes())?,
                Some(Format::Csv) => {
                    if self.written == 0 {
                        self.out.write_all(assessed.csv_header().as_bytes())?;
                    }
                    self.out.write_all(assessed.csv().as_bytes())?;
                }
                None | Some(Format::Table) => {}
            }
            self.written += 1;
        }
        if let Some(queue) = &mut self.queue {
            queue.push(Waiting { file, line: job.line, post: job.post, assessment, replies });
        }
        Ok(())
    }

    /// Prints the table, writes the page.
    fn finish(mut self, page: Option<File>, notes: &mut Notes) -> io::Result<()> {
        notes.clear();
        if let Some(queue) = &mut self.queue
            && notes.used > 0
        {
            if self.arguments.format == Some(Format::Table)
                || self.arguments.format.is_none() && page.is_none()
            {
                queue.print(&mut self.out)?;
            }
            if let Some(page) = page {
                let mut page = BufWriter::new(page);
                html::write(&mut page, &self.analyzer, queue, notes.skipped)?;
                page.flush()?;
                notes.say(&queue.summary());
            }
        }
        self.out.flush()
    }
}

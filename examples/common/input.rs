//! Posts from files or standard input: JSON Lines, CSV or plain lines.

use std::cell::Cell;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;
use std::rc::Rc;

use doleance::Post;

use super::csv_posts::CsvPosts;
use super::json;
use super::lines::Lines;

/// How posts are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Form {
    /// One JSON object a line
    Jsonl,
    /// A header line with a column `text`; comma, semicolon or tab
    Csv,
    /// One post a line
    Lines,
}

/// Where posts come from.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    File(PathBuf),
    Stdin,
}

impl Source {
    /// The sources of a command line: none, or `-`, is standard input.
    pub(crate) fn all(files: &[PathBuf]) -> Vec<Self> {
        if files.is_empty() {
            return vec![Self::Stdin];
        }
        let dash = |f: &PathBuf| f.as_os_str() == "-";
        files.iter().map(|f| if dash(f) { Self::Stdin } else { Self::File(f.clone()) }).collect()
    }

    /// How many bytes there are to read, where that is known.
    pub(crate) fn size(&self) -> Option<u64> {
        match self {
            Self::File(path) => path.metadata().ok().map(|m| m.len()),
            Self::Stdin => None,
        }
    }

    /// Opens it; without `form`, the extension says, or for standard input the first character.
    pub(crate) fn open(&self, form: Option<Form>) -> io::Result<Posts> {
        let read = Rc::new(Cell::new(0));
        let input: Box<dyn Read> = match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::Stdin => Box::new(io::stdin()),
        };
        let counted = Counted { input, read: Rc::clone(&read) };
        let mut input: Input = BufReader::with_capacity(1 << 16, counted);
        let form = match (form, self) {
            (Some(form), _) => form,
            (None, Self::File(path)) => {
                let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
                match extension.to_ascii_lowercase().as_str() {
                    "jsonl" | "ndjson" | "json" => Form::Jsonl,
                    "csv" | "tsv" => Form::Csv,
                    _ => Form::Lines,
                }
            }
            (None, Self::Stdin) => match input.fill_buf()?.trim_ascii_start().first() {
                Some(b'{') => Form::Jsonl,
                _ => Form::Lines,
            },
        };
        let posts = match form {
            Form::Jsonl => Inner::Jsonl(Lines::new(input)),
            Form::Lines => Inner::Lines(Lines::new(input)),
            Form::Csv => Inner::Start(Some(input)),
        };
        Ok(Posts { posts, read })
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Stdin => f.write_str("<stdin>"),
        }
    }
}

type Input = BufReader<Counted>;

struct Counted {
    input: Box<dyn Read>,
    read: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.input.read(buffer)?;
        self.read.set(self.read.get() + n as u64);
        Ok(n)
    }
}

/// One after another, the posts of a source.
pub(crate) struct Posts {
    posts: Inner,
    read: Rc<Cell<u64>>,
}

enum Inner {
    Jsonl(Lines<Input>),
    Lines(Lines<Input>),
    Start(Option<Input>),
    Csv(Box<CsvPosts<Input>>),
}

/// A post with the line it begins on, or what is wrong with that line.
pub(crate) struct Item {
    pub(crate) line: u64,
    pub(crate) post: Result<Post<'static>, String>,
}

impl Posts {
    /// The next post. Blank lines are passed over; `"text": ""` is a post.
    pub(crate) fn next_item(&mut self) -> io::Result<Option<Item>> {
        if let Inner::Start(input) = &mut self.posts {
            let Some(input) = input.take() else { return Ok(None) };
            match CsvPosts::new(input)? {
                Ok(csv) => self.posts = Inner::Csv(Box::new(csv)),
                Err(_) if self.read.get() == 0 => return Ok(None),
                Err(wrong) => return Ok(Some(Item { line: 1, post: Err(wrong) })),
            }
        }
        let (lines, is_json) = match &mut self.posts {
            Inner::Jsonl(lines) => (lines, true),
            Inner::Lines(lines) => (lines, false),
            Inner::Csv(csv) => {
                return Ok(csv.next_post()?.map(|(line, post)| Item { line, post }));
            }
            Inner::Start(_) => return Ok(None),
        };
        while let Some((line, text)) = lines.next_line()? {
            let post = match text {
                Ok(text) if text.trim().is_empty() => continue,
                Ok(text) if is_json => json::object(text).and_then(json::post),
                Ok(text) => Ok(Post::from(text).into_owned()),
                Err(wrong) => Err(wrong),
            };
            return Ok(Some(Item { line, post }));
        }
        Ok(None)
    }

    /// How many bytes were read so far.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.read.get()
    }
}

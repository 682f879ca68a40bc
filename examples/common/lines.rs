//! Lines of bytes: numbered, checked for UTF-8, in constant memory.

use std::io::{self, BufRead};

/// A longer line is no post; it is skipped without being kept.
const LONGEST: usize = 64 << 20;

/// Reads one line after another into the same buffer.
pub(crate) struct Lines<R> {
    input: R,
    buffer: Vec<u8>,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(input: R) -> Self {
        Self { input, buffer: Vec::new(), number: 0 }
    }

    /// The next line without its end, numbered from 1: its text, or what is wrong with it.
    pub(crate) fn next_line(&mut self) -> io::Result<Option<(u64, Result<&str, String>)>> {
        self.buffer.clear();
        let Some(length) = self.fill()? else { return Ok(None) };
        self.number += 1;
        if length > LONGEST {
            let limit = LONGEST >> 20;
            let wrong = format!("{length} bytes in one line; expected at most {limit} MiB");
            return Ok(Some((self.number, Err(wrong))));
        }
        if self.buffer.last() == Some(&b'\r') {
            self.buffer.pop();
        }
        let mut line = self.buffer.as_slice();
        if self.number == 1 {
            line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        }
        Ok(Some((self.number, utf8(line))))
    }

    /// Takes in the bytes up to the next line end and says how many there were.
    fn fill(&mut self) -> io::Result<Option<usize>> {
        let mut length = 0;
        let mut any = false;
        loop {
            let chunk = match self.input.fill_buf() {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if chunk.is_empty() {
                return Ok(any.then_some(length));
            }
            any = true;
            let end = chunk.iter().position(|&b| b == b'\n');
            let part = &chunk[..end.unwrap_or(chunk.len())];
            length += part.len();
            if length <= LONGEST {
                self.buffer.extend_from_slice(part);
            } else {
                self.buffer = Vec::new();
            }
            let used = end.map_or(chunk.len(), |end| end + 1);
            self.input.consume(used);
            if end.is_some() {
                return Ok(Some(length));
            }
        }
    }
}

/// The bytes as text, or where they stop being UTF-8.
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(bytes)
        .map_err(|e| format!("invalid UTF-8 at byte {}; expected UTF-8 text", e.valid_up_to() + 1))
}

//! From punctuation to marks: what parts, ends or asks.

use super::scan::class_id;
use super::{Class, Reading, Shape};
use crate::lexicon::index::Index;
use crate::text::Token;

/// How many marks in a row are kept: more than any phrase, negation or agent reaches over.
const MOST_MARKS: u32 = 64;

impl Reading {
    pub(super) fn punctuation(&mut self, index: &Index, text: &str, token: &Token) {
        let run = text.as_bytes().get(token.span().range()).unwrap_or(&[]);
        let shape = &mut self.shape;
        let (id, class) = match *run {
            [b',' | b';' | b':' | b'(' | b')'] => (class_id::COMMA, Class::Comma),
            [b'.'] => (class_id::STOP, Class::Stop),
            [b'?'] => {
                shape.questions += 1;
                (class_id::QUESTION, Class::Stop)
            }
            [b'!'] => {
                shape.exclamations += 1;
                (class_id::EXCLAMATION, Class::Stop)
            }
            _ => match shape.other_mark(token.of(text)) {
                Some(mark) => mark,
                None => return,
            },
        };
        // A full stop right after another mark ends no further sentence.
        if class == Class::Stop && self.lexemes.last().is_some_and(|l| l.class != Class::Stop) {
            shape.sentences += 1;
        }
        if self.marks.0 != self.lexemes.len() {
            self.marks.1 = 0;
        }
        if self.marks.1 == MOST_MARKS {
            // Nothing looks past so many: the last one stands for all that follow.
            self.lexemes.pop();
            self.marks.1 -= 1;
        }
        self.push_mark(index, token, id, class);
        self.marks = (self.lexemes.len(), self.marks.1 + 1);
    }
}

impl Shape {
    /// What a run of marks is, or a mark that is rarer than the others, if it parts a text.
    fn other_mark(&mut self, run: &str) -> Option<(u32, Class)> {
        let asks = run.contains('?');
        Some(match run.chars().next()? {
            _ if asks => {
                self.questions += 1;
                self.question_run = true;
                self.exclamations += u32::from(run.contains('!'));
                (class_id::QUESTION, Class::Stop)
            }
            '!' => {
                self.exclamations += 1;
                self.exclamation_run = true;
                (class_id::EXCLAMATION, Class::Stop)
            }
            '…' | '.' => {
                self.ellipsis = true;
                (class_id::ELLIPSIS, Class::Comma)
            }
            '"' | '«' | '»' | '“' | '”' => {
                self.quotes += 1;
                return None;
            }
            '。' => (class_id::STOP, Class::Stop),
            ',' | ';' | ':' | '(' | ')' | '、' | '，' | '–' | '—' => {
                (class_id::COMMA, Class::Comma)
            }
            _ => return None,
        })
    }
}

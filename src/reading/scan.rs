//! From text to lexemes: tokens folded and looked up, the language decided, spellings resolved.

use super::{Class, Lexeme, Reading};
use crate::assessment::{LanguageCode, LanguageGuess};
use crate::lexicon::entry::{CueKind, TermHasher, hash_term};
use crate::lexicon::index::{Index, TermView};
use crate::lexicon::pack::{HAS_ALIAS, IS_SECOND};
use crate::post::Language;
use crate::text::class::{Class as CharClass, class};
use crate::text::fold::{collapse_into, fold_into, fold_keep_accents_into};
use crate::text::social::emoticon_base;
use crate::text::token::{Span, TokenFlags};
use crate::text::{Token, TokenKind, hashtag_parts, social};

/// The ids of the classes of tokens, as `CLASSES` orders them.
mod class_id {
    pub(super) const NUMBER: u32 = 1;
    pub(super) const AMOUNT: u32 = 2;
    pub(super) const DURATION: u32 = 3;
    pub(super) const DATE: u32 = 4;
    pub(super) const URL: u32 = 5;
    pub(super) const HANDLE: u32 = 6;
    pub(super) const EMAIL: u32 = 7;
    pub(super) const HASHTAG: u32 = 8;
    pub(super) const EMOJI: u32 = 9;
    pub(super) const EMOTICON: u32 = 10;
    pub(super) const QUESTION: u32 = 11;
    pub(super) const EXCLAMATION: u32 = 12;
    pub(super) const ELLIPSIS: u32 = 13;
    pub(super) const COMMA: u32 = 14;
    pub(super) const STOP: u32 = 15;
    /// An unknown word with accents: it tells nothing but a language.
    pub(super) const ACCENTED: u32 = 16;
}

pub(super) const QUESTION: u32 = class_id::QUESTION;

/// How many letters of an unknown word stand for it, where the learned lexicon has a row for them.
pub(crate) const PREFIX_LETTERS: usize = 5;

/// The first [`PREFIX_LETTERS`] letters of a folded Latin word that has two more at least.
pub(crate) fn prefix(folded: &[u8]) -> Option<&[u8]> {
    let prefix = folded.get(..PREFIX_LETTERS)?;
    (folded.len() > PREFIX_LETTERS + 1 && prefix.is_ascii()).then_some(prefix)
}

impl Reading {
    #[inline(never)]
    pub(super) fn scan(&mut self, index: &Index, text: &str) {
        let mut last_is_url = false;
        for token in social(text) {
            last_is_url = false;
            let first = self.lexemes.is_empty();
            match token.kind() {
                TokenKind::Word | TokenKind::Clitic => self.word(index, text, &token),
                TokenKind::Punctuation => self.punctuation(text, &token),
                TokenKind::Handle => {
                    self.shape.handles += 1;
                    self.shape.handle_first |= first;
                    self.sign(index, text, &token, class_id::HANDLE, Class::Tag);
                }
                TokenKind::Hashtag => self.hashtag(index, text, &token),
                TokenKind::Url => {
                    self.shape.urls += 1;
                    last_is_url = true;
                    self.class(index, &token, class_id::URL, Class::Link);
                }
                TokenKind::Email => self.class(index, &token, class_id::EMAIL, Class::Link),
                TokenKind::Emoji => {
                    self.shape.emoji += 1;
                    self.sign(index, text, &token, class_id::EMOJI, Class::Sign);
                }
                TokenKind::Emoticon => {
                    self.shape.emoticons += 1;
                    self.sign(index, text, &token, class_id::EMOTICON, Class::Sign);
                }
                TokenKind::Number => {
                    self.shape.numbers += 1;
                    self.sign(index, text, &token, class_id::NUMBER, Class::Number);
                    if let Some(number) = self.lexemes.last_mut() {
                        number.is_number = true;
                    }
                }
                TokenKind::Amount => {
                    self.shape.amounts += 1;
                    self.class(index, &token, class_id::AMOUNT, Class::Number);
                }
                TokenKind::Duration => {
                    self.shape.durations += 1;
                    self.shape.duration_lengths |= duration_length(token.of(text));
                    self.class(index, &token, class_id::DURATION, Class::Number);
                }
                TokenKind::Date => self.class(index, &token, class_id::DATE, Class::Number),
                _ => {}
            }
        }
        self.shape.url_last = last_is_url;
        self.shape.question_last = self
            .lexemes
            .iter()
            .rev()
            .find(|l| !matches!(l.class, Class::Link | Class::Tag | Class::Sign))
            .is_some_and(|l| l.term == class_id::QUESTION);
        if self.lexemes.last().is_some_and(|last| last.class != Class::Stop) {
            self.shape.sentences += 1;
        }
    }

    fn push(&mut self, token: &Token, term: TermView, hash: u64, class: Class) {
        self.shape.other_language_words += u32::from(term.is_other_language);
        self.shape.language_votes = self.shape.language_votes.saturating_add(term.language.into());
        self.lexemes.push(Lexeme {
            term: term.id,
            hash: fold_hash(hash),
            start: token.span().start(),
            end: token.span().end(),
            language: term.language,
            class,
            shouted: token.flags().is_capitals(),
            is_handle: term.is_handle && class == Class::Tag,
            record: term.record,
            ..Lexeme::default()
        });
    }

    fn class(&mut self, index: &Index, token: &Token, id: u32, class: Class) {
        self.push(token, index.term(id), id.into(), class);
    }

    fn word(&mut self, index: &Index, text: &str, token: &Token) {
        let word = token.of(text);
        let flags = token.flags();
        if let Some((folded, hash)) = ascii_word(text.as_bytes(), token.span()) {
            let head = folded.first_chunk().map_or(0, |head| u128::from_le_bytes(*head));
            let folded = &folded[..word.len()];
            self.note_word(flags);
            self.shape.retweet |= self.lexemes.is_empty() && folded == b"rt";
            match index.find_headed(head, folded, hash) {
                Some(term) => self.push(token, term, hash, Class::Word),
                None => {
                    self.folded.clear();
                    self.folded.extend_from_slice(folded);
                    self.unknown_word(index, text, token, hash);
                }
            }
            return;
        }
        self.folded.clear();
        fold_into(&mut self.folded, word);
        if self.folded.is_empty() {
            return;
        }
        self.note_word(flags);
        self.shape.retweet |= self.lexemes.is_empty() && self.folded == b"rt";
        let mut hash = hash_term(&self.folded);
        let mut term = index.find_hashed(&self.folded, hash);
        if let Some(found) = term
            && found.is_homograph
            && flags.has(TokenFlags::NON_ASCII)
        {
            // The accents carry meaning here: the word is looked up with them.
            self.exact.clear();
            fold_keep_accents_into(&mut self.exact, word);
            if self.exact != self.folded
                && let Some(exact) = index.find(&self.exact)
            {
                hash = hash_term(&self.exact);
                term = Some(exact);
            }
        }
        if let Some(term) = term {
            self.push(token, term, hash, Class::Word);
            return;
        }
        self.unknown_word(index, text, token, hash);
    }

    #[inline]
    fn note_word(&mut self, flags: TokenFlags) {
        self.shape.words += 1;
        self.shape.capitals += u32::from(flags.is_capitals());
        self.shape.elongated += u32::from(flags.is_elongated());
    }

    /// A word in no lexicon: drawn out, compound, possessive, or really unknown.
    fn unknown_word(&mut self, index: &Index, text: &str, token: &Token, hash: u64) {
        if token.flags().is_elongated() {
            for most in [2, 1] {
                self.exact.clear();
                collapse_into(
                    &mut self.exact,
                    std::str::from_utf8(&self.folded).unwrap_or(""),
                    most,
                );
                let hash = hash_term(&self.exact);
                if let Some(term) = index.find_hashed(&self.exact, hash) {
                    self.push(token, term, hash, Class::Word);
                    return;
                }
            }
        }
        if let Some(base) = self.folded.strip_suffix(b"'s").filter(|base| !base.is_empty()) {
            let hash = hash_term(base);
            if let Some(term) = index.find_hashed(base, hash) {
                self.push(token, term, hash, Class::Word);
                return;
            }
        }
        if is_name(token.of(text)) {
            self.name(text, token, hash);
            return;
        }
        if self.folded.iter().any(|b| matches!(b, b'-' | b'_')) {
            let parts = std::mem::take(&mut self.folded);
            for part in parts.split(|b| matches!(b, b'-' | b'_')).filter(|part| !part.is_empty()) {
                self.part(index, text, token, part);
            }
            self.folded = parts;
            return;
        }
        self.unknown(index, text, token, hash, None);
    }

    fn part(&mut self, index: &Index, text: &str, token: &Token, part: &[u8]) {
        let hash = hash_term(part);
        match index.find_hashed(part, hash) {
            Some(term) => self.push(token, term, hash, Class::Word),
            None => self.unknown(index, text, token, hash, Some(part)),
        }
    }

    /// What is left when nothing is known: the first letters, perhaps.
    fn unknown(
        &mut self,
        index: &Index,
        text: &str,
        token: &Token,
        hash: u64,
        part: Option<&[u8]>,
    ) {
        self.shape.unknown_words += 1;
        let word = part.unwrap_or(&self.folded);
        if !word.first().is_some_and(u8::is_ascii_alphanumeric) {
            self.shape.other_script_words += 1;
        }
        let mut term = TermView::default();
        if let Some(prefix) = prefix(word) {
            self.exact.clear();
            self.exact.extend_from_slice(prefix);
            self.exact.push(b'*');
            if let Some(found) = index.find(&self.exact) {
                // Only its rows: the word itself stays unknown, so that no pair or phrase is made
                // of a prefix.
                term = TermView { id: 0, ..found };
            }
        }
        if token.flags().has(TokenFlags::NON_ASCII)
            && word.is_ascii()
            && is_accented(token.of(text))
        {
            term.language = term.language.saturating_add(index.term(class_id::ACCENTED).language);
        }
        self.push(token, term, hash, Class::Word);
    }

    /// What is written as names are and in no lexicon may be one, and whom a post names decides
    /// nothing; nor does what looks like an elision before it: `N'Diaye`, `D'Souza`.
    fn name(&mut self, text: &str, token: &Token, hash: u64) {
        self.shape.unknown_words += 1;
        if !self.folded.first().is_some_and(u8::is_ascii_alphanumeric) {
            self.shape.other_script_words += 1;
        }
        let elided = self.lexemes.last().filter(|last| {
            last.end == token.span().start()
                && text.get(last.start..).is_some_and(|t| t.starts_with(char::is_uppercase))
                && text.get(..last.end).is_some_and(|t| t.ends_with(['\'', '’']))
        });
        if let Some(elided) = elided {
            self.shape.language_votes -= i32::from(elided.language);
            self.shape.words = self.shape.words.saturating_sub(1);
            self.lexemes.pop();
        }
        // First name, family name: one person.
        if let Some(first) = self.lexemes.last_mut()
            && first.term == 0
            && first.class == Class::Word
            && text.get(first.start..).is_some_and(|t| t.starts_with(char::is_uppercase))
            && text.get(first.end..token.span().start()) == Some(" ")
        {
            first.end = token.span().end();
            self.shape.words = self.shape.words.saturating_sub(1);
            self.shape.unknown_words -= 1;
            return;
        }
        self.push(token, TermView::default(), hash, Class::Word);
    }

    /// A handle, emoji or emoticon: its own row if it has one, else that of its class.
    fn sign(&mut self, index: &Index, text: &str, token: &Token, class_id: u32, class: Class) {
        self.folded.clear();
        let said = token.of(text);
        // `:))))` is the `:)` of the lexicon, drawn out.
        let said = if class_id == class_id::EMOTICON { emoticon_base(said) } else { said };
        fold_into(&mut self.folded, said);
        if class_id == class_id::EMOJI {
            // A skin tone changes nothing of what is felt.
            drop_skin_tones(&mut self.folded);
        }
        let hash = hash_term(&self.folded);
        match index.find_hashed(&self.folded, hash) {
            Some(term) => self.push(token, term, hash, class),
            None => self.class(index, token, class_id, class),
        }
    }

    /// A hashtag with a row of its own is that; another is the words it is made of.
    fn hashtag(&mut self, index: &Index, text: &str, token: &Token) {
        self.shape.hashtags += 1;
        let tag = token.of(text);
        self.folded.clear();
        fold_into(&mut self.folded, tag);
        let hash = hash_term(&self.folded);
        if let Some(term) = index.find_hashed(&self.folded, hash) {
            self.push(token, term, hash, Class::Tag);
            return;
        }
        self.class(index, token, class_id::HASHTAG, Class::Tag);
        for part in hashtag_parts(tag) {
            let mut folded = std::mem::take(&mut self.folded);
            folded.clear();
            fold_into(&mut folded, part.of(tag));
            if !folded.first().is_none_or(u8::is_ascii_digit) {
                self.part(index, text, token, &folded);
            }
            self.folded = folded;
        }
    }

    fn punctuation(&mut self, text: &str, token: &Token) {
        let run = token.of(text);
        let shape = &mut self.shape;
        let (id, class) = match run.as_bytes().first().copied().unwrap_or(0) {
            _ if run.contains('?') => {
                shape.questions += 1;
                shape.question_run |= run.len() > 1;
                if run.contains('!') {
                    shape.exclamations += 1;
                }
                (class_id::QUESTION, Class::Stop)
            }
            b'!' => {
                shape.exclamations += 1;
                shape.exclamation_run |= run.len() > 1;
                (class_id::EXCLAMATION, Class::Stop)
            }
            b'.' if run.len() > 1 => {
                shape.ellipsis = true;
                (class_id::ELLIPSIS, Class::Comma)
            }
            b'.' => (class_id::STOP, Class::Stop),
            b',' | b';' | b':' | b'(' | b')' => (class_id::COMMA, Class::Comma),
            b'"' => {
                shape.quotes += 1;
                return;
            }
            _ => match run.chars().next() {
                Some('…') => {
                    shape.ellipsis = true;
                    (class_id::ELLIPSIS, Class::Comma)
                }
                Some('«' | '»' | '“' | '”') => {
                    shape.quotes += 1;
                    return;
                }
                Some('、' | '，' | '–' | '—') => (class_id::COMMA, Class::Comma),
                Some('。') => (class_id::STOP, Class::Stop),
                _ => return,
            },
        };
        // A full stop right after another mark ends no further sentence.
        if class == Class::Stop && self.lexemes.last().is_some_and(|l| l.class != Class::Stop) {
            shape.sentences += 1;
        }
        let term = TermView { id, ..TermView::default() };
        self.push(token, term, id.into(), class);
    }

    /// Decides the language from the votes of the words.
    pub(super) fn decide_language(&mut self, hint: Option<Language>) {
        let shape = &self.shape;
        let guess = |code, confidence| LanguageGuess { code, confidence };
        let words = shape.words;
        let odds = f64::from(shape.language_votes) / 1000.0;
        let confidence = 1.0 / (1.0 + libm::exp(-odds.abs()));
        let foreign = shape.other_language_words + shape.other_script_words;
        let language = match hint {
            Some(Language::French) => guess(LanguageCode::French, 1.0),
            Some(Language::English) => guess(LanguageCode::English, 1.0),
            None if words == 0 || shape.language_votes == 0 => {
                guess(LanguageCode::Undetermined, 0.0)
            }
            None if foreign * 2 > words || (foreign * 4 > words && odds.abs() < 2.0) => {
                guess(LanguageCode::Undetermined, 0.0)
            }
            // Mostly words of neither, and the rest says little.
            None if shape.unknown_words * 5 > words * 3 && odds.abs() < 3.0 => {
                guess(LanguageCode::Undetermined, 0.0)
            }
            None if self.is_mixed() => guess(LanguageCode::Mixed, confidence),
            None if odds > 0.0 => guess(LanguageCode::French, confidence),
            None => guess(LanguageCode::English, confidence),
        };
        self.tongue = match language.code {
            LanguageCode::French => 0,
            LanguageCode::English => 1,
            _ => usize::from(odds <= 0.0),
        };
        self.language = Some(language);
    }

    /// Both languages in one post: each with three sure words at least, the lesser with a quarter.
    fn is_mixed(&self) -> bool {
        const SURE: i16 = 1000;
        let (mut french, mut english) = (0u32, 0u32);
        for lexeme in self.lexemes.iter().filter(|l| l.class == Class::Word) {
            french += u32::from(lexeme.language >= SURE);
            english += u32::from(lexeme.language <= -SURE);
        }
        let lesser = french.min(english);
        lesser >= 3 && lesser * 3 >= french.max(english)
    }

    /// Reads each word in its language, and replaces informal spellings.
    #[inline(never)]
    pub(super) fn resolve(&mut self, index: &Index) {
        let code = self.language().code;
        let mut aliased = false;
        for lexeme in &mut self.lexemes {
            let tongue = match code {
                LanguageCode::Mixed if lexeme.class == Class::Word => {
                    let own = usize::from(lexeme.language < 0);
                    let known = index.payload(lexeme.record, own).is_known();
                    if known { own } else { self.tongue }
                }
                // Of a text in another language only signs can be read.
                LanguageCode::Undetermined if lexeme.class == Class::Word => {
                    lexeme.flags = IS_SECOND;
                    continue;
                }
                _ => self.tongue,
            };
            settle(index, lexeme, tongue);
            aliased |= lexeme.flags & HAS_ALIAS != 0;
        }
        if aliased {
            self.replace_aliases(index);
        }
    }

    fn replace_aliases(&mut self, index: &Index) {
        // Mostly a word stands for one other: then nothing moves.
        let one = |lexeme: &Lexeme| {
            index.alias(&index.payload(lexeme.record, lexeme.tongue())).count() == 1
        };
        let is_alias = |lexeme: &Lexeme| lexeme.flags & HAS_ALIAS != 0;
        if self.lexemes.iter().filter(|lexeme| is_alias(lexeme)).all(one) {
            for lexeme in self.lexemes.iter_mut().filter(|lexeme| is_alias(lexeme)) {
                if let Some(id) = index.alias(&index.payload(lexeme.record, lexeme.tongue())).next()
                {
                    *lexeme = written_out(index, lexeme, id);
                }
            }
            return;
        }
        let mut out = std::mem::take(&mut self.spare);
        out.clear();
        for lexeme in &self.lexemes {
            if lexeme.flags & HAS_ALIAS == 0 {
                out.push(*lexeme);
                continue;
            }
            // The word as written voted on the language, once.
            let mut language = lexeme.language;
            for id in index.alias(&index.payload(lexeme.record, lexeme.tongue())) {
                let mut word = written_out(index, lexeme, id);
                word.language = std::mem::take(&mut language);
                out.push(word);
            }
        }
        self.spare = std::mem::replace(&mut self.lexemes, out);
    }
}

/// `Awa`, `MacDonald`, `Jean-Baptiste`: each part begins with a capital, and not all is capitals.
fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && word.contains(char::is_lowercase)
        && word.split('-').all(|part| part.starts_with(char::is_uppercase))
}

/// Whether a word has letters beyond ASCII: a curled apostrophe is no accent.
fn is_accented(word: &str) -> bool {
    let mark = |c| matches!(class(c), CharClass::Apostrophe | CharClass::Hyphen);
    word.chars().any(|c| !c.is_ascii() && !mark(c))
}

/// The lexeme with the word that it stands for.
fn written_out(index: &Index, lexeme: &Lexeme, id: u32) -> Lexeme {
    let term = index.term(id);
    let mut word = Lexeme {
        term: id,
        hash: fold_hash(hash_term(index.text(id).as_bytes())),
        record: term.record,
        is_handle: term.is_handle && lexeme.class == Class::Tag,
        ..*lexeme
    };
    settle(index, &mut word, lexeme.tongue.into());
    word
}

/// The folded form and the hash of a short ASCII word, eight bytes at a time; `None` for others.
///
/// The same as `fold_into` and `hash_term`, which a test holds it to.
#[inline]
fn ascii_word(text: &[u8], span: Span) -> Option<([u8; 32], u64)> {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let len = span.len();
    if len == 0 || len > 32 {
        return None;
    }
    let mut folded = [0; 32];
    let mut hasher = TermHasher::new(len);
    let mut at = 0;
    while at < len {
        let from = span.start() + at;
        let mut word = match text.get(from..from + 8) {
            Some(chunk) => u64::from_le_bytes(chunk.try_into().ok()?),
            None => text.get(from..)?.iter().rev().fold(0, |word, &b| word << 8 | u64::from(b)),
        };
        if len - at < 8 {
            word &= (1 << (8 * (len - at))) - 1;
        }
        let accents = word ^ (LOW * u64::from(b'`'));
        if (word | (accents.wrapping_sub(LOW) & !accents)) & HIGH != 0 {
            return None;
        }
        let from_a = word + LOW * u64::from(0x80 - b'A');
        let behind_z = word + LOW * u64::from(0x80 - (b'Z' + 1));
        word |= (from_a & !behind_z & HIGH) >> 2;
        hasher.add(word);
        folded[at..at + 8].copy_from_slice(&word.to_le_bytes());
        at += 8;
    }
    Some((folded, hasher.finish()))
}

/// Takes out U+1F3FB to U+1F3FF, whose UTF-8 is F0 9F 8F BB to F0 9F 8F BF.
fn drop_skin_tones(folded: &mut Vec<u8>) {
    let mut kept = 0;
    let mut at = 0;
    while at < folded.len() {
        if let [0xf0, 0x9f, 0x8f, 0xbb..=0xbf, ..] = folded[at..] {
            at += 4;
        } else {
            folded[kept] = folded[at];
            kept += 1;
            at += 1;
        }
    }
    folded.truncate(kept);
}

/// How long a duration is, by the first letters of its unit in French and English: the bit for
/// hours, for days or weeks, for months, for years. Waiting three weeks is another matter than
/// waiting three hours.
fn duration_length(duration: &str) -> u8 {
    let unit = duration.find(|c: char| c.is_alphabetic()).map_or("", |at| &duration[at..]);
    let mut letters = unit.bytes().map(|b| b.to_ascii_lowercase());
    match (letters.next(), letters.next()) {
        (Some(b'm'), Some(b'o')) => 4,
        (Some(b'h' | b'm'), _) => 1,
        (Some(b'j' | b'd' | b's' | b'w'), _) => 2,
        (Some(b'a' | b'y'), _) => 8,
        _ => 0,
    }
}

fn fold_hash(hash: u64) -> u32 {
    (hash ^ (hash >> 32)) as u32
}

fn settle(index: &Index, lexeme: &mut Lexeme, tongue: usize) {
    let payload = index.payload(lexeme.record, tongue);
    lexeme.tongue = tongue as u8;
    lexeme.flags = payload.flags;
    lexeme.scope_kinds = payload.scope_kinds;
    lexeme.row = payload.row;
    lexeme.negated_row = payload.negated_row;
    if lexeme.record != lexeme.term {
        // A mark, of which nothing is known but that it may stand in phrases.
        lexeme.flags |= IS_SECOND;
    }
}

impl Lexeme {
    pub(crate) fn is(&self, kind: CueKind) -> bool {
        self.scope_kinds >> kind as u16 & 1 == 1 && self.covered >> kind.family() & 1 == 0
    }

    /// A mark between the parts of a text.
    pub(super) fn is_mark(&self) -> bool {
        matches!(self.class, Class::Stop | Class::Comma)
    }

    /// The class it stands for beside its own word; 0 for none.
    #[inline]
    pub(super) fn class_term(&self) -> u32 {
        if self.is_number { class_id::NUMBER } else { 0 }
    }

    pub(super) fn tongue(&self) -> usize {
        self.tongue.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    #[test]
    fn short_words_fold_and_hash_as_all_do() {
        let alphabet: Vec<char> = "aZ`'z@[{0-é A".chars().collect();
        let mut state = 7u64;
        for round in 0..4000 {
            let mut text = String::new();
            for _ in 0..round % 41 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push(alphabet[(state >> 33) as usize % alphabet.len()]);
            }
            let start = text.len().min(round % 7);
            if !text.is_char_boundary(start) {
                continue;
            }
            let span = Span::new(start, text.len());
            let word = &text[start..];
            match ascii_word(text.as_bytes(), span) {
                Some((folded, hash)) => {
                    assert_eq!(folded[..word.len()], *fold(word).as_bytes());
                    assert_eq!(hash, hash_term(fold(word).as_bytes()), "{word:?}");
                }
                None => assert!(
                    word.is_empty() || word.len() > 32 || word.contains('`') || !word.is_ascii()
                ),
            }
        }
    }
}

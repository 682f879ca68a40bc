//! From text to lexemes: tokens folded and looked up.

use super::language::{Tally, sure};
use super::pending::Pending;
use super::{Class, Reading};
use crate::lexicon::entry::hash_term;
use crate::lexicon::index::{Index, ShortWord, TermView};
use crate::lexicon::pack::IS_NUMBER;
use crate::text::class::{Class as CharClass, class};
use crate::text::fold::{collapse_into, fold_into, fold_keep_accents_into};
use crate::text::latin::{compose, is_mark};
use crate::text::social::{YEARS, duration_length, emoticon_base, word_flags};
use crate::text::token::TokenFlags;
use crate::text::{Token, TokenKind, hashtag_parts, social};

/// The ids of the classes of tokens, as `CLASSES` orders them.
pub(super) mod class_id {
    pub(in crate::reading) const NUMBER: u32 = 1;
    pub(in crate::reading) const AMOUNT: u32 = 2;
    pub(in crate::reading) const DURATION: u32 = 3;
    pub(in crate::reading) const DATE: u32 = 4;
    pub(in crate::reading) const URL: u32 = 5;
    pub(in crate::reading) const HANDLE: u32 = 6;
    pub(in crate::reading) const EMAIL: u32 = 7;
    pub(in crate::reading) const HASHTAG: u32 = 8;
    pub(in crate::reading) const EMOJI: u32 = 9;
    pub(in crate::reading) const EMOTICON: u32 = 10;
    pub(in crate::reading) const QUESTION: u32 = 11;
    pub(in crate::reading) const EXCLAMATION: u32 = 12;
    pub(in crate::reading) const ELLIPSIS: u32 = 13;
    pub(in crate::reading) const COMMA: u32 = 14;
    pub(in crate::reading) const STOP: u32 = 15;
    /// An unknown word with accents: it tells nothing but a language.
    pub(in crate::reading) const ACCENTED: u32 = 16;
    /// Years that are somebody's age rather than a duration.
    pub(in crate::reading) const AGE: u32 = 17;
}

pub(super) const NUMBER: u32 = class_id::NUMBER;
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
        let mut tokens = social(text);
        let words = index.words();
        let mut batch = std::mem::take(&mut self.batch);
        let mut last_is_url = false;
        let mut more = true;
        while more {
            more = batch.fill(&words, text, &mut tokens);
            let mut tally = Tally::default();
            for pending in batch.tokens() {
                match pending.token.kind() {
                    TokenKind::Word | TokenKind::Clitic => {
                        match words.find(&pending.wanted, self.tongue) {
                            Some(word) => self.word(pending, &word, &mut tally),
                            None => self.rare_word(index, text, pending),
                        }
                    }
                    TokenKind::Punctuation => self.punctuation(index, text, &pending.token),
                    _ => self.other(index, text, pending),
                }
            }
            self.note(&tally);
            if let Some(last) = batch.tokens().last() {
                last_is_url = last.token.kind() == TokenKind::Url;
            }
        }
        self.batch = batch;
        self.shape.url_last = last_is_url;
        if self.lexemes.last().is_some_and(|last| last.class != Class::Stop) {
            self.shape.sentences += 1;
        }
    }

    /// What is no word.
    #[inline(never)]
    fn other(&mut self, index: &Index, text: &str, pending: &Pending) {
        let token = &pending.token;
        match token.kind() {
            TokenKind::Handle => {
                self.shape.handles += 1;
                self.shape.handle_first |= self.lexemes.is_empty();
                self.sign(index, text, pending, class_id::HANDLE, Class::Tag);
            }
            TokenKind::Hashtag => self.hashtag(index, text, pending),
            TokenKind::Url => {
                self.shape.urls += 1;
                self.class(index, token, class_id::URL, Class::Link);
            }
            TokenKind::Email => self.class(index, token, class_id::EMAIL, Class::Link),
            TokenKind::Emoji => {
                self.shape.emoji += 1;
                self.sign(index, text, pending, class_id::EMOJI, Class::Sign);
            }
            TokenKind::Emoticon => {
                self.shape.emoticons += 1;
                self.sign(index, text, pending, class_id::EMOTICON, Class::Sign);
            }
            TokenKind::Number => {
                self.shape.numbers += 1;
                self.sign(index, text, pending, class_id::NUMBER, Class::Number);
                if let Some(number) = self.lexemes.last_mut() {
                    number.is_number = true;
                    number.flags |= IS_NUMBER;
                    self.flags |= IS_NUMBER;
                }
            }
            TokenKind::Amount => {
                self.shape.amounts += 1;
                self.class(index, token, class_id::AMOUNT, Class::Number);
            }
            TokenKind::Duration => {
                let written = token.of(text);
                let length = duration_length(written);
                let is_age = length == YEARS && is_great_age(written);
                self.shape.durations += 1;
                self.shape.duration_lengths |= length;
                let id = if is_age { class_id::AGE } else { class_id::DURATION };
                self.class(index, token, id, Class::Number);
            }
            TokenKind::Date => self.class(index, token, class_id::DATE, Class::Number),
            _ => {}
        }
    }

    fn class(&mut self, index: &Index, token: &Token, id: u32, class: Class) {
        self.push(index, token, index.term(id), id.into(), class);
    }

    /// A word that the first look found.
    #[inline(always)]
    fn word(&mut self, pending: &Pending, word: &ShortWord, tally: &mut Tally) {
        self.note_word(pending.token.flags());
        self.shape.question_last = false;
        if self.lexemes.is_empty() {
            self.shape.retweet |= pending.is_rt();
        }
        self.push_known(pending, word, tally);
    }

    /// A word that the first look did not find, or that has accents or many letters.
    #[inline(never)]
    fn rare_word(&mut self, index: &Index, text: &str, pending: &Pending) {
        let word = pending.token.of(text);
        self.folded.clear();
        let (mut hash, mut term);
        if let Some((folded, found)) = pending.folded(index) {
            (hash, term) = (pending.hash, found);
            self.folded.extend_from_slice(folded.get(..pending.length()).unwrap_or(&[]));
        } else {
            fold_into(&mut self.folded, word);
            if self.folded.is_empty() {
                return;
            }
            hash = hash_term(&self.folded);
            term = index.find_hashed(&self.folded, hash);
        }
        // Of a plain word it is told only here, where its letters do not tell.
        let triple =
            self.folded.windows(3).any(|three| three[0] == three[1] && three[1] == three[2]);
        let drawn_out = TokenFlags::ELONGATED.when(triple && word_flags(word).is_elongated());
        let flags = pending.token.flags().with(drawn_out);
        let token = &Token { flags, ..pending.token };
        self.note_word(flags);
        self.shape.retweet |= self.lexemes.is_empty() && self.folded == b"rt";
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
            self.push(index, token, term, hash, Class::Word);
            return;
        }
        self.unknown_word(index, text, token, hash);
    }

    #[inline]
    fn note_word(&mut self, flags: TokenFlags) {
        self.shape.words += 1;
        // Mostly neither.
        if flags.has(TokenFlags::CAPITALS.with(TokenFlags::ELONGATED)) {
            self.shape.capitals += u32::from(flags.is_capitals());
            self.shape.elongated += u32::from(flags.is_elongated());
        }
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
                    self.push(index, token, term, hash, Class::Word);
                    return;
                }
            }
        }
        if let Some(base) = self.folded.strip_suffix(b"'s").filter(|base| !base.is_empty()) {
            let hash = hash_term(base);
            if let Some(term) = index.find_hashed(base, hash) {
                self.push(index, token, term, hash, Class::Word);
                return;
            }
        }
        if is_name(token.of(text)) {
            self.name(index, text, token, hash);
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
            Some(term) => self.push(index, token, term, hash, Class::Word),
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
        self.push(index, token, term, hash, Class::Word);
    }

    /// What is written as names are and in no lexicon may be one, and whom a post names decides
    /// nothing; nor does what looks like an elision before it: `N'Diaye`, `D'Souza`.
    fn name(&mut self, index: &Index, text: &str, token: &Token, hash: u64) {
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
            self.shape.language_votes -= i64::from(elided.language);
            let is_word = elided.class == Class::Word;
            self.sure = self.sure.wrapping_sub(sure(elided.language) * u64::from(is_word));
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
        self.push(index, token, TermView::default(), hash, Class::Word);
    }

    /// A handle, emoji or emoticon: its own row if it has one, else that of its class.
    fn sign(&mut self, index: &Index, text: &str, pending: &Pending, id: u32, class: Class) {
        let (token, class_id) = (&pending.token, id);
        if let Some((_, term)) = pending.folded(index) {
            match term {
                Some(term) => self.push(index, token, term, pending.hash, class),
                None => self.class(index, token, class_id, class),
            }
            return;
        }
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
            Some(term) => self.push(index, token, term, hash, class),
            None => self.class(index, token, class_id, class),
        }
    }

    /// A hashtag with a row of its own is that; another is the words it is made of.
    fn hashtag(&mut self, index: &Index, text: &str, pending: &Pending) {
        self.shape.hashtags += 1;
        let token = &pending.token;
        let tag = token.of(text);
        let (hash, found) = match pending.folded(index) {
            Some((_, found)) => (pending.hash, found),
            None => {
                self.folded.clear();
                fold_into(&mut self.folded, tag);
                let hash = hash_term(&self.folded);
                (hash, index.find_hashed(&self.folded, hash))
            }
        };
        if let Some(term) = found {
            self.push(index, token, term, hash, Class::Tag);
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
}

/// `Awa`, `MacDonald`, `Jean-Baptiste`: each part begins with a capital, and not all is capitals.
fn is_name(word: &str) -> bool {
    let (mut starts, mut small) = (true, false);
    for c in word.chars() {
        if starts && !c.is_uppercase() {
            return false;
        }
        small |= c.is_lowercase();
        starts = c == '-';
    }
    small && !starts
}

/// Whether a word has accents, and none that French does not write: a curled apostrophe is no accent. A
/// letter and its mark are one, however they are written; a second mark is none of French.
fn is_accented(word: &str) -> bool {
    let mut accented = false;
    let mut letter = None;
    for c in word.chars() {
        if is_mark(c) {
            match letter.and_then(|base| compose(base, c)).filter(|&c| ACCENTED.contains(c)) {
                Some(composed) => letter = Some(composed),
                None => return false,
            }
            accented = true;
        } else {
            if !c.is_ascii() && !matches!(class(c), CharClass::Apostrophe | CharClass::Hyphen) {
                if !ACCENTED.contains(c) {
                    return false;
                }
                accented = true;
            }
            letter = Some(c);
        }
    }
    accented
}

/// The letters that French adds to the alphabet.
const ACCENTED: &str = "àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ";

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

/// Whether so many years are an old person's age: nobody waits for so long, or buys a warranty.
fn is_great_age(years: &str) -> bool {
    let digits = years.bytes().take_while(u8::is_ascii_digit).count();
    years[..digits].parse::<u32>().is_ok_and(|years| (75..=110).contains(&years))
}

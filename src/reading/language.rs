//! In which language a post is read, and what its words say there.

use super::pending::Pending;
use super::scan::{NUMBER, QUESTION};
use super::{Class, Lexeme, Reading};
use crate::assessment::{LanguageCode, LanguageGuess};
use crate::exp::exp;
use crate::lexicon::entry::{CueKind, fold_hash, hash_term};
use crate::lexicon::index::{Index, ShortWord, TermView};
use crate::lexicon::pack::{
    HAS_ALIAS, IS_BEHIND_GAP, IS_NUMBER, IS_SECOND, PAIR_FIRST, PAIR_SECOND, SURE, TALLY,
};
use crate::post::Language;
use crate::text::Token;

/// What is counted of some words that the first look found.
#[derive(Default)]
pub(super) struct Tally {
    counts: u32,
    /// Flags and, in the upper half, kinds of scope.
    kinds: u32,
}

impl Reading {
    /// Decides the language from the votes of the words.
    pub(super) fn decide_language(&mut self, hint: Option<Language>) {
        let shape = &self.shape;
        let guess = |code, confidence| LanguageGuess { code, confidence };
        let words = shape.words;
        let odds = shape.language_votes as f64 / 1000.0;
        let confidence = 1.0 / (1.0 + exp(-odds.abs()));
        let foreign = shape.other_language_words + shape.other_script_words;
        let language = match hint {
            Some(Language::French) => guess(LanguageCode::French, 1.0),
            Some(Language::English) => guess(LanguageCode::English, 1.0),
            None if words == 0 || shape.language_votes == 0 => {
                guess(LanguageCode::Undetermined, 0.0)
            }
            // What Romance or Germanic languages share (`de`, `me`, `in`) votes as well; a third that
            // only others have outweighs it.
            None if foreign * 2 > words
                || (foreign >= 2 && foreign * 3 >= words)
                || (foreign * 4 > words && odds.abs() < 2.0) =>
            {
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
        let tongue = match language.code {
            LanguageCode::French => 0,
            LanguageCode::English => 1,
            _ => usize::from(odds <= 0.0),
        };
        self.settle_again = tongue != self.tongue;
        self.tongue = tongue;
        self.language = Some(language);
    }

    /// Both languages in one post: each with three sure words at least, the lesser with a quarter.
    fn is_mixed(&self) -> bool {
        let (french, english) = (self.sure as u32, (self.sure >> 32) as u32);
        let lesser = french.min(english);
        lesser >= 3 && lesser * 3 >= french.max(english)
    }

    /// Adds a token, or a part of one, as what it is in the lexicons.
    #[inline]
    pub(super) fn push(
        &mut self,
        index: &Index,
        token: &Token,
        term: TermView,
        hash: u64,
        class: Class,
    ) {
        self.shape.other_language_words += u32::from(term.is_other_language);
        self.shape.language_votes += i64::from(term.language);
        if !matches!(class, Class::Link | Class::Tag | Class::Sign) {
            self.shape.question_last = term.id == QUESTION;
        }
        let mut lexeme = Lexeme {
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
        };
        settle(index, &mut lexeme, self.tongue);
        self.settled(&lexeme);
        self.lexemes.push(lexeme);
    }

    /// [`Reading::push`] for a word that the first look found, as most are; what is counted of it
    /// goes to `tally`.
    #[inline(always)]
    pub(super) fn push_known(&mut self, pending: &Pending, word: &ShortWord, tally: &mut Tally) {
        let token = &pending.token;
        let payload = &word.payload;
        self.shape.language_votes += i64::from(word.language);
        tally.counts += word.tally;
        tally.kinds |= u32::from(payload.flags) | u32::from(payload.scope_kinds) << 16;
        // Filled where it stands: what grows the buffer would have all that is at hand put away.
        self.lexemes.push(Lexeme::default());
        let Some(lexeme) = self.lexemes.last_mut() else { return };
        lexeme.term = pending.wanted.candidate;
        lexeme.record = pending.wanted.candidate;
        lexeme.hash = fold_hash(pending.hash);
        lexeme.start = token.span().start();
        lexeme.end = token.span().end();
        lexeme.language = word.language;
        lexeme.shouted = token.flags().is_capitals();
        lexeme.flags = payload.flags;
        lexeme.scope_kinds = payload.scope_kinds;
        lexeme.row = payload.row;
        lexeme.negated_row = payload.negated_row;
        lexeme.tongue = self.tongue as u8;
    }

    /// Takes over what was counted of some words.
    #[inline]
    pub(super) fn note(&mut self, tally: &Tally) {
        let [french, english, other] = TALLY.map(|shift| tally.counts >> shift & 0xff);
        // Words that were taken out again may be among them.
        let sure = u64::from(french) | u64::from(english) << 32;
        self.sure = self.sure.wrapping_add(sure);
        self.shape.other_language_words += other;
        self.flags |= tally.kinds as u16;
        self.scope_kinds |= (tally.kinds >> 16) as u16;
    }

    /// [`Reading::push`] for a mark, of which nothing is known but that it may stand in phrases.
    #[inline]
    pub(super) fn push_mark(&mut self, index: &Index, token: &Token, id: u32, class: Class) {
        self.shape.question_last = id == QUESTION;
        self.flags |= index.mark_flags();
        self.lexemes.push(Lexeme {
            term: id,
            hash: id,
            start: token.span().start(),
            end: token.span().end(),
            flags: index.mark_flags(),
            class,
            shouted: token.flags().is_capitals(),
            tongue: self.tongue as u8,
            ..Lexeme::default()
        });
    }

    /// Notes what a word is, of those that come: it is read in the language of the last post, for
    /// the next is mostly in the same. [`Reading::resolve`] puts it right if not.
    #[inline]
    fn settled(&mut self, lexeme: &Lexeme) {
        let is_word = lexeme.class == Class::Word;
        // A name may have taken words out that are counted only when their batch is through.
        let one = sure(lexeme.language) * u64::from(is_word);
        self.sure = self.sure.wrapping_add(one);
        self.flags |= lexeme.flags;
        self.scope_kinds |= lexeme.scope_kinds;
    }

    /// Reads each word in its language, and replaces informal spellings.
    #[inline(never)]
    pub(super) fn resolve(&mut self, index: &Index) {
        if self.settle_again {
            (self.flags, self.scope_kinds) = (0, 0);
            for lexeme in &mut self.lexemes {
                settle(index, lexeme, self.tongue);
                self.flags |= lexeme.flags;
                self.scope_kinds |= lexeme.scope_kinds;
            }
        }
        let mut flags = self.flags;
        match self.language().code {
            LanguageCode::Mixed => {
                for lexeme in self.lexemes.iter_mut().filter(|l| l.class == Class::Word) {
                    let own = usize::from(lexeme.language < 0);
                    if index.payload(lexeme.record, own).is_known() {
                        settle(index, lexeme, own);
                        flags |= lexeme.flags;
                        self.scope_kinds |= lexeme.scope_kinds;
                    }
                }
            }
            // Of a text in another language only signs can be read.
            LanguageCode::Undetermined => {
                flags |= IS_BEHIND_GAP;
                for lexeme in self.lexemes.iter_mut().filter(|l| l.class == Class::Word) {
                    (lexeme.flags, lexeme.scope_kinds) = (IS_SECOND | IS_BEHIND_GAP, 0);
                    (lexeme.row, lexeme.negated_row) = (0, 0);
                    lexeme.tongue = 0;
                }
            }
            _ => {}
        }
        let aliased = flags & HAS_ALIAS != 0;
        self.has_gaps = flags & (IS_BEHIND_GAP | IS_NUMBER) != 0;
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
                    self.scope_kinds |= lexeme.scope_kinds;
                    self.has_gaps |= lexeme.flags & IS_BEHIND_GAP != 0;
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
                self.scope_kinds |= word.scope_kinds;
                self.has_gaps |= word.flags & IS_BEHIND_GAP != 0;
                out.push(word);
            }
        }
        self.spare = std::mem::replace(&mut self.lexemes, out);
    }
}

/// The lexeme with the word that it stands for.
fn written_out(index: &Index, lexeme: &Lexeme, id: u32) -> Lexeme {
    let term = index.term(id);
    let mut word = Lexeme {
        term: id,
        hash: fold_hash(hash_term(index.text_bytes(id))),
        record: term.record,
        is_handle: term.is_handle && lexeme.class == Class::Tag,
        ..*lexeme
    };
    settle(index, &mut word, lexeme.tongue.into());
    word
}

/// One for a word that is surely French, one in the upper half for a word surely English.
#[inline]
pub(super) fn sure(language: i16) -> u64 {
    u64::from(language >= SURE) | u64::from(language <= -SURE) << 32
}

/// What the word says in a language.
#[inline]
pub(super) fn settle(index: &Index, lexeme: &mut Lexeme, tongue: usize) {
    let payload = index.payload(lexeme.record, tongue);
    lexeme.tongue = tongue as u8;
    lexeme.flags = payload.flags;
    lexeme.scope_kinds = payload.scope_kinds;
    // Whom a post is addressed to decides nothing.
    lexeme.row = if lexeme.is_handle { 0 } else { payload.row };
    lexeme.negated_row = payload.negated_row;
    // A mark, of which nothing is known but that it may stand in phrases. Whom a post is addressed
    // to makes no pair. No branches: what a word is can hardly be foreseen.
    let when = |is: bool, flags: u16| flags * u16::from(is);
    lexeme.flags |= when(lexeme.record != lexeme.term, index.mark_flags());
    lexeme.flags |= when(lexeme.is_number, IS_NUMBER);
    lexeme.flags &= !when(lexeme.is_handle, PAIR_FIRST | PAIR_SECOND);
}

impl Lexeme {
    pub(crate) fn is(&self, kind: CueKind) -> bool {
        self.scope_kinds >> kind as u16 & 1 == 1 && self.covered >> kind.family() & 1 == 0
    }

    /// A mark between the parts of a text.
    pub(super) fn is_mark(&self) -> bool {
        matches!(self.class, Class::Stop | Class::Comma)
    }

    /// Whether it may be one of two words that say something together.
    #[inline]
    pub(super) fn makes_pairs(&self) -> bool {
        !self.is_mark() & !self.is_handle
    }

    /// The class it stands for beside its own word; 0 for none.
    #[inline]
    pub(super) fn class_term(&self) -> u32 {
        if self.is_number { NUMBER } else { 0 }
    }

    pub(super) fn tongue(&self) -> usize {
        self.tongue.into()
    }
}

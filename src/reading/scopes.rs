//! Negation, contrast, questions, quotes, reported speech and degree.
//!
//! The windows and factors are judgement, in the ranges the literature uses: negation shifts and
//! weakens rather than mirrors (Taboada et al. 2011; VADER's -0.74), what follows `but` weighs
//! more than what stands before it (VADER's 1.5 and 0.5).

use super::{Class, Feeling, Lexeme, Match, Reading, Scope, kinds};
use crate::lexicon::entry::CueKind;
use crate::lexicon::index::Index;
use crate::lexicon::pack::HAS_VALENCE;
use crate::lexicon::pattern::{GAP_TOKENS, MOST_SLOTS};

/// How many lexemes a negation reaches to its right, unless a mark or a contrast ends it before.
const NEGATION_REACH: usize = 5;
/// How many lexemes a phrase can span, with what a negation at its end reaches.
const LONGEST_REACH: usize = MOST_SLOTS * (GAP_TOKENS + 1) + NEGATION_REACH;
/// How far behind `ne` its second half may stand.
const NE_REACH: usize = 5;
/// How many lexemes a conditional reaches, and what a phrase opens.
const OPENED_REACH: usize = 8;
/// How far back a French `pas` without `ne` reaches: to the verb.
const POST_REACH: usize = 2;

/// Hundredths by which a negated good word counts, and a negated bad one.
const NEGATED_GOOD: i32 = -75;
const NEGATED_BAD: i32 = -45;
const BEFORE_CONTRAST: i32 = 60;
const AFTER_CONTRAST: i32 = 130;
const CONDITIONAL: i32 = 60;
const QUOTED: i32 = 70;
const SHOUTED: i32 = 120;

/// Hundredths by which a place changes what is felt.
const FACTORS: [(u8, i32); 4] = [
    (Scope::BEFORE_CONTRAST, BEFORE_CONTRAST),
    (Scope::AFTER_CONTRAST, AFTER_CONTRAST),
    (Scope::CONDITIONAL, CONDITIONAL),
    (Scope::QUOTED, QUOTED),
];

/// Kinds of single words that open something in their sentence.
const OPENERS: u16 = 1 << CueKind::Contrast as u16
    | 1 << CueKind::Conditional as u16
    | 1 << CueKind::Reported as u16;
const DEGREES: u16 = 1 << CueKind::Intensifier as u16 | 1 << CueKind::Downtoner as u16;

impl Reading {
    #[inline(never)]
    pub(super) fn apply_scopes(&mut self, index: &Index) {
        // Most posts have little of it all: what is not there need not be walked for.
        let negators = kinds(CueKind::Negator, CueKind::NegatorNe);
        self.shape.negated = false;
        if self.found & negators != 0 {
            self.shape.negated = self.negate(index);
        }
        let phrases = 1 << CueKind::Conditional.index() | 1 << CueKind::Reported.index();
        if self.scope_kinds & OPENERS != 0 || self.shape.questions > 0 {
            self.contrast_and_question();
        }
        if self.found & phrases != 0 {
            self.open_by_phrases();
        }
        self.weigh_feelings(index);
        self.kinds = self.found;
        if !self.test_matches() {
            let counting = self.matches.iter().filter(|m| m.counts);
            self.kinds = counting.fold(0, |all, m| all | 1 << m.cue.kind.index());
        }
        self.kinds &= !(1 << CueKind::LanguageOther.index());
    }

    /// Marks what negators reach; whether that is anything.
    fn negate(&mut self, index: &Index) -> bool {
        let mut ne: Option<usize> = None;
        // Whether anything was marked, and whether a mark may have been taken away again.
        let (mut some, mut cleared) = (false, false);
        for i in 0..self.matches.len() {
            let Match { first, last, cue, .. } = self.matches[i];
            let (first, last) = (first as usize, last as usize);
            match cue.kind {
                CueKind::Negator => {
                    if index.is_ne(self.lexemes[first].term) {
                        ne = Some(first);
                    }
                    some |= self.negate_from(last, NEGATION_REACH);
                }
                CueKind::NegatorPost => {
                    // `j'aime pas du tout` denies as `j'aime pas` does; `manque de` stands before.
                    let is_behind_verb = |at: usize| {
                        self.lexemes[at].scope_kinds >> CueKind::NegatorPost as u16 & 1 == 1
                    };
                    let is_behind_verb = is_behind_verb(first) || is_behind_verb(last - 1);
                    if ne.is_none_or(|ne| first > ne + NE_REACH) && is_behind_verb {
                        some |= self.negate_back(first);
                    }
                    some |= self.negate_from(last, NEGATION_REACH);
                }
                CueKind::NegatorNe if ne.is_some_and(|ne| first <= ne + NE_REACH) => {
                    // A weak one (`ne … que`) only limits: what `ne` had opened is closed.
                    if cue.weight < 50 {
                        cleared = true;
                        // Nothing before it reaches further than this.
                        for lexeme in self.lexemes.iter_mut().skip(first).take(LONGEST_REACH) {
                            if lexeme.scope & Scope::NEGATED == 0 && lexeme.class != Class::Word {
                                break;
                            }
                            lexeme.scope &= !Scope::NEGATED;
                        }
                    } else {
                        some |= self.negate_from(last, NEGATION_REACH);
                    }
                }
                _ => {}
            }
        }
        some && (!cleared || self.lexemes.iter().any(|l| l.scope & Scope::NEGATED != 0))
    }

    /// Whether there was anything to negate.
    fn negate_from(&mut self, from: usize, reach: usize) -> bool {
        let mut some = false;
        for lexeme in self.lexemes.iter_mut().skip(from).take(reach) {
            if ends_clause(lexeme) {
                break;
            }
            lexeme.scope |= Scope::NEGATED;
            some = true;
        }
        some
    }

    fn negate_back(&mut self, before: usize) -> bool {
        let mut some = false;
        for lexeme in self.lexemes[..before].iter_mut().rev().take(POST_REACH) {
            // `la DGCCRF sera alertée si rien ne bouge`; forward it may be degree: `pas si bon`.
            let is_if = lexeme.scope_kinds >> CueKind::Conditional as u16 & 1 == 1;
            if ends_clause(lexeme) || is_if {
                break;
            }
            lexeme.scope |= Scope::NEGATED;
            some = true;
        }
        some
    }

    fn contrast_and_question(&mut self) {
        // Sentence by sentence: what stands before its last contrast, and whether it asks.
        let mut start = 0;
        let (mut contrast, mut conditional, mut reported) = (None, None, None);
        for at in 0..self.lexemes.len() {
            let lexeme = &self.lexemes[at];
            if lexeme.scope_kinds & OPENERS != 0 {
                if lexeme.is(CueKind::Contrast) {
                    contrast = Some(at);
                }
                if lexeme.is(CueKind::Conditional) {
                    conditional = conditional.or(Some(at));
                }
                if lexeme.is(CueKind::Reported) {
                    reported = reported.or(Some(at));
                }
            }
            if lexeme.class != Class::Stop && at + 1 < self.lexemes.len() {
                continue;
            }
            if lexeme.class == Class::Stop && lexeme.term == super::scan::QUESTION {
                for lexeme in &mut self.lexemes[start..=at] {
                    lexeme.scope |= Scope::QUESTION;
                }
            }
            if let Some(contrast) = contrast.take().filter(|&contrast| contrast > start) {
                let (before, after) = self.lexemes[start..=at].split_at_mut(contrast - start);
                before.iter_mut().for_each(|l| l.scope |= Scope::BEFORE_CONTRAST);
                after.iter_mut().for_each(|l| l.scope |= Scope::AFTER_CONTRAST);
            }
            if let Some(from) = conditional.take() {
                for lexeme in self.lexemes[from + 1..=at].iter_mut().take(OPENED_REACH) {
                    lexeme.scope |= Scope::CONDITIONAL;
                }
            }
            if let Some(from) = reported.take() {
                for lexeme in &mut self.lexemes[from + 1..=at] {
                    lexeme.scope |= Scope::REPORTED;
                }
            }
            start = at + 1;
        }
    }

    /// Phrases that open a conditional or a report reach so many words, as far as the sentence goes.
    fn open_by_phrases(&mut self) {
        for i in 0..self.matches.len() {
            let Match { first, last, cue, .. } = self.matches[i];
            let flag = match cue.kind {
                CueKind::Conditional if last > first + 1 => Scope::CONDITIONAL,
                CueKind::Reported if last > first + 1 => Scope::REPORTED,
                _ => continue,
            };
            for lexeme in self.lexemes.iter_mut().skip(last as usize).take(OPENED_REACH) {
                if lexeme.class == Class::Stop {
                    break;
                }
                lexeme.scope |= flag;
            }
        }
    }

    /// The valence of each hit after negation, degree, contrast and the rest.
    fn weigh_feelings(&mut self, index: &Index) {
        let all_capitals = self.shape.capitals * 2 > self.shape.words;
        for i in 0..self.feelings.len() {
            let feeling = self.feelings[i];
            let first = feeling.first as usize;
            let lexeme = self.lexemes[first];
            let mut value = i32::from(feeling.valence) * 100;
            // A phrase with its own negation was judged as a whole.
            let own_negation = || self.lexemes[first..feeling.last as usize].iter().any(is_negator);
            if lexeme.scope & Scope::NEGATED != 0 && !own_negation() {
                value = value / 100 * if value > 0 { NEGATED_GOOD } else { NEGATED_BAD };
                self.turn(feeling, |lexeme| lexeme.scope & Scope::NEGATED != 0);
            } else if feeling.last > feeling.first + 1 {
                self.turn(feeling, |lexeme| {
                    let has_own = lexeme.flags & HAS_VALENCE != 0;
                    let own = || index.payload(lexeme.record, lexeme.tongue()).valence;
                    has_own && i32::from(own()) * i32::from(feeling.valence) < 0
                });
            }
            let factors = if lexeme.scope != 0 { &FACTORS[..] } else { &[] };
            for &(flag, factor) in factors {
                if lexeme.scope & flag != 0 {
                    value = value * factor / 100;
                }
            }
            if lexeme.shouted && !all_capitals {
                value = value * SHOUTED / 100;
            }
            value = value * self.degree(index, first, feeling.last as usize) / 100;
            self.feelings[i].effective = (value / 100).clamp(-800, 800) as i16;
        }
    }

    /// Takes from words of a feeling what was learned of them alone and with their neighbours: in
    /// `never been disappointed` nobody was. What was learned of their negation stays.
    fn turn(&mut self, feeling: Feeling, is_turned: impl Fn(&Lexeme) -> bool) {
        for at in feeling.first as usize..feeling.last as usize {
            let lexeme = &mut self.lexemes[at];
            if lexeme.class != Class::Word
                || lexeme.scope & Scope::TURNED != 0
                || !is_turned(lexeme)
            {
                continue;
            }
            lexeme.scope |= Scope::TURNED;
            (lexeme.row, lexeme.pair_row) = (0, 0);
            // Where it stands again and means what it says, it is another word.
            lexeme.hash = !lexeme.hash;
            if let Some(before) = at.checked_sub(1) {
                self.lexemes[before].pair_row = 0;
            }
        }
    }

    /// Intensifiers and downtoners next to a word, in hundredths of its weight.
    fn degree(&self, index: &Index, first: usize, last: usize) -> i32 {
        let mut degree = 100;
        if self.scope_kinds & DEGREES == 0 {
            return degree;
        }
        let before = first.saturating_sub(3)..first;
        let after = last..(last + 1).min(self.lexemes.len());
        for at in before.chain(after) {
            let lexeme = &self.lexemes[at];
            if lexeme.scope_kinds & DEGREES == 0 {
                continue;
            }
            for (kind, sign) in [(CueKind::Intensifier, 1), (CueKind::Downtoner, -1)] {
                if lexeme.is(kind)
                    && let Some(cue) = index
                        .cues(&index.payload(lexeme.record, lexeme.tongue()))
                        .find(|c| c.kind == kind)
                {
                    degree += sign * i32::from(cue.weight);
                }
            }
        }
        degree.clamp(20, 220)
    }
}

pub(super) fn is_negator(lexeme: &Lexeme) -> bool {
    const NEGATORS: u16 = 1 << CueKind::Negator as u16
        | 1 << CueKind::NegatorPost as u16
        | 1 << CueKind::NegatorNe as u16;
    lexeme.scope_kinds & NEGATORS != 0
}

/// What a negation does not reach across: a mark, a contrast, or a word that opens a clause of its own
/// (`not happy because you lied` denies no lie).
fn ends_clause(lexeme: &Lexeme) -> bool {
    matches!(lexeme.class, Class::Stop | Class::Comma)
        || lexeme.is(CueKind::Contrast)
        || lexeme.is(CueKind::Clause)
}

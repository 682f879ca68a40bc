//! Negation, contrast, questions, quotes, reported speech, degree, and who acts.
//!
//! The windows and factors are judgement, in the ranges the literature uses: negation shifts and
//! weakens rather than mirrors (Taboada et al. 2011; VADER's -0.74), what follows `but` weighs
//! more than what stands before it (VADER's 1.5 and 0.5).

use super::{Class, Lexeme, Match, Reading, Scope};
use crate::lexicon::entry::{Agent, CueKind};
use crate::lexicon::pattern::{GAP_TOKENS, MOST_SLOTS};
use crate::lexicon::index::{CueView, Index};

/// How many lexemes a negation reaches to its right, unless a mark or a contrast ends it before.
const NEGATION_REACH: usize = 5;
/// How many lexemes a phrase can span, with what a negation at its end reaches.
const LONGEST_REACH: usize = MOST_SLOTS * (GAP_TOKENS + 1) + NEGATION_REACH;
/// How far behind `ne` its second half may stand.
const NE_REACH: usize = 5;
/// How far back a French `pas` without `ne` reaches: to the verb.
const POST_REACH: usize = 2;
/// How far back whoever acts may stand.
const AGENT_REACH: usize = 9;

/// Hundredths by which a negated good word counts, and a negated bad one.
const NEGATED_GOOD: i32 = -75;
const NEGATED_BAD: i32 = -45;
const BEFORE_CONTRAST: i32 = 60;
const AFTER_CONTRAST: i32 = 130;
const CONDITIONAL: i32 = 60;
const QUOTED: i32 = 70;
const SHOUTED: i32 = 120;

impl Reading {
    #[inline(never)]
    pub(super) fn apply_scopes(&mut self, index: &Index) {
        self.negate(index);
        self.contrast_and_question();
        self.weigh_feelings(index);
        self.test_matches();
        for m in &self.matches {
            if m.counts && m.cue.kind != CueKind::LanguageOther {
                let count = &mut self.counts[m.cue.kind.index()];
                *count = count.saturating_add(1);
            }
        }
        self.shape.negated = self.lexemes.iter().any(|l| l.scope & Scope::NEGATED != 0);
    }

    /// Marks what negators reach.
    fn negate(&mut self, index: &Index) {
        let mut ne: Option<usize> = None;
        for i in 0..self.matches.len() {
            let Match { first, last, cue, .. } = self.matches[i];
            let (first, last) = (first as usize, last as usize);
            match cue.kind {
                CueKind::Negator => {
                    if index.is_ne(self.lexemes[first].term) {
                        ne = Some(first);
                    }
                    self.negate_from(last, NEGATION_REACH);
                }
                CueKind::NegatorPost => {
                    if ne.is_none_or(|ne| first > ne + NE_REACH) && last == first + 1 {
                        self.negate_back(first);
                    }
                    self.negate_from(last, NEGATION_REACH);
                }
                CueKind::NegatorNe if ne.is_some_and(|ne| first <= ne + NE_REACH) => {
                    // A weak one (`ne … que`) only limits: what `ne` had opened is closed.
                    if cue.weight < 50 {
                        // Nothing before it reaches further than this.
                        for lexeme in self.lexemes.iter_mut().skip(first).take(LONGEST_REACH) {
                            if lexeme.scope & Scope::NEGATED == 0 && lexeme.class != Class::Word {
                                break;
                            }
                            lexeme.scope &= !Scope::NEGATED;
                        }
                    } else {
                        self.negate_from(last, NEGATION_REACH);
                    }
                }
                _ => {}
            }
        }
    }

    fn negate_from(&mut self, from: usize, reach: usize) {
        for lexeme in self.lexemes.iter_mut().skip(from).take(reach) {
            if ends_clause(lexeme) {
                break;
            }
            lexeme.scope |= Scope::NEGATED;
        }
    }

    fn negate_back(&mut self, before: usize) {
        for lexeme in self.lexemes[..before].iter_mut().rev().take(POST_REACH) {
            if ends_clause(lexeme) {
                break;
            }
            lexeme.scope |= Scope::NEGATED;
        }
    }

    fn contrast_and_question(&mut self) {
        const OPENERS: u16 = 1 << CueKind::Contrast as u16
            | 1 << CueKind::Conditional as u16
            | 1 << CueKind::Reported as u16;
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
                for lexeme in self.lexemes[from + 1..=at].iter_mut().take(8) {
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
        // Phrases that open a conditional or a report reach as single words do.
        for i in 0..self.matches.len() {
            let Match { first, last, cue, .. } = self.matches[i];
            let flag = match cue.kind {
                CueKind::Conditional if last > first + 1 => Scope::CONDITIONAL,
                CueKind::Reported if last > first + 1 => Scope::REPORTED,
                _ => continue,
            };
            for lexeme in self.lexemes.iter_mut().skip(last as usize).take(8) {
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
            let own_negation = self.lexemes[first..feeling.last as usize].iter().any(is_negator);
            if lexeme.scope & Scope::NEGATED != 0 && !own_negation {
                value = value / 100 * if value > 0 { NEGATED_GOOD } else { NEGATED_BAD };
            }
            for (flag, factor) in [
                (Scope::BEFORE_CONTRAST, BEFORE_CONTRAST),
                (Scope::AFTER_CONTRAST, AFTER_CONTRAST),
                (Scope::CONDITIONAL, CONDITIONAL),
                (Scope::QUOTED, QUOTED),
            ] {
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

    /// Intensifiers and downtoners next to a word, in hundredths of its weight.
    fn degree(&self, index: &Index, first: usize, last: usize) -> i32 {
        let mut degree = 100;
        let before = first.saturating_sub(3)..first;
        let after = last..(last + 1).min(self.lexemes.len());
        for at in before.chain(after) {
            let lexeme = &self.lexemes[at];
            for (kind, sign) in [(CueKind::Intensifier, 1), (CueKind::Downtoner, -1)] {
                if lexeme.is(kind)
                    && let Some(cue) =
                        index.cues(&index.payload(lexeme.payload)).find(|c| c.kind == kind)
                {
                    degree += sign * i32::from(cue.weight);
                }
            }
        }
        degree.clamp(20, 220)
    }

    /// Which cues count: those negated do not, and threats ask who acts.
    fn test_matches(&mut self) {
        for i in 0..self.matches.len() {
            let m = self.matches[i];
            self.matches[i].counts = self.counts(&m);
        }
    }

    fn counts(&self, m: &Match) -> bool {
        let first = m.first as usize;
        let head = &self.lexemes[first];
        if m.cue.kind.index() < CueKind::RepeatContact.index() {
            return true;
        }
        let own_negation = self.lexemes[first..m.last as usize].iter().any(is_negator);
        if head.scope & Scope::NEGATED != 0 && !own_negation {
            return false;
        }
        match m.cue.agent {
            Agent::Any => true,
            Agent::Mention => head.class == Class::Tag,
            Agent::Writer => head.class == Class::Tag || self.writer_acts(first, &m.cue),
        }
    }

    /// Whether it is the writer who does what the words at `at` name.
    ///
    /// The nearest to the left who can act decides; of two side by side (`je vous`, `vous m'`) the
    /// first is the subject. A commitment (`avant de`, `going to`) counts as the writer's own.
    fn writer_acts(&self, at: usize, _cue: &CueView) -> bool {
        let mut acts = false;
        let mut nearest: Option<usize> = None;
        for back in (at.saturating_sub(AGENT_REACH)..at).rev() {
            let lexeme = &self.lexemes[back];
            if lexeme.class == Class::Stop {
                break;
            }
            if let Some(next) = nearest {
                // Only whoever stands right before the one found may still be the subject.
                if back + 1 < next {
                    break;
                }
            }
            if lexeme.is(CueKind::Commit)
                || lexeme.is(CueKind::Done)
                || lexeme.is(CueKind::AgentSelf)
            {
                acts = true;
                nearest = Some(back);
            } else if lexeme.is(CueKind::AgentFirm) || lexeme.is(CueKind::AgentOther) {
                acts = false;
                nearest = Some(back);
            }
        }
        // Phrases (`il ne me reste plus qu'à`, `mon voisin`) are matches, not single words.
        let phrase = self
            .matches
            .iter()
            .filter(|m| m.last as usize <= at && m.last as usize + 4 >= at && m.last > m.first + 1)
            .filter(|m| nearest.is_none_or(|nearest| m.last as usize > nearest))
            .rfind(|m| {
                matches!(
                    m.cue.kind,
                    CueKind::Commit
                        | CueKind::Done
                        | CueKind::AgentSelf
                        | CueKind::AgentFirm
                        | CueKind::AgentOther
                )
            });
        match phrase.map(|m| m.cue.kind) {
            Some(CueKind::AgentFirm | CueKind::AgentOther) => false,
            Some(_) => true,
            None => acts,
        }
    }
}

fn is_negator(lexeme: &Lexeme) -> bool {
    const NEGATORS: u16 = 1 << CueKind::Negator as u16
        | 1 << CueKind::NegatorPost as u16
        | 1 << CueKind::NegatorNe as u16;
    lexeme.scope_kinds & NEGATORS != 0
}

/// What a negation does not reach across.
fn ends_clause(lexeme: &Lexeme) -> bool {
    matches!(lexeme.class, Class::Stop | Class::Comma) || lexeme.is(CueKind::Contrast)
}

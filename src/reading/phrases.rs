//! Multi-word terms over the lexemes, longest first within each family; then single words.

use super::{Class, Feeling, Lexeme, Match, Reading};
use crate::lexicon::entry::VALENCE_FAMILY;
use crate::lexicon::index::{Children, CueView, Index, PhraseView};
use crate::lexicon::pack::{Follow, HAS_CUES, HAS_VALENCE, HEADS_GAP, HEADS_PHRASE};
use crate::lexicon::pattern::{GAP_TOKENS, MOST_SLOTS};

/// How many states one start may be in at a time. Patterns are short and gaps bounded, so that
/// real posts stay far below; a lexicon made to explode loses its rarest readings, not time.
const MOST_STATES: usize = 96;
/// How many different things one start may find.
const MOST_FOUND: usize = 24;

/// What one start has found so far: the longest of each family.
#[derive(Clone, Copy, Debug)]
struct Found {
    last: u32,
    what: PhraseView,
}

impl Found {
    fn family(&self) -> u8 {
        match self.what {
            PhraseView::Valence(..) => VALENCE_FAMILY,
            PhraseView::Cue(cue) => cue.kind.family(),
        }
    }

    /// Two phrases of one family may stand together if they are equally long: a pattern can be a
    /// request and its reason at once.
    fn same_kind(&self, other: &Self) -> bool {
        match (self.what, other.what) {
            (PhraseView::Valence(..), PhraseView::Valence(..)) => true,
            (PhraseView::Cue(a), PhraseView::Cue(b)) => a.kind == b.kind,
            _ => false,
        }
    }
}

/// Buffers of the search.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// Nodes that wait, with the lexeme each looks at.
    states: Vec<(u32, u32)>,
    found: Vec<Found>,
}

impl Reading {
    /// From left to right: phrases that begin at a word, then the word by itself, which only those
    /// and earlier ones can cover. So all is found in the order of the text.
    #[inline(never)]
    pub(super) fn find_phrases(&mut self, index: &Index) {
        let mut search = std::mem::take(&mut self.search);
        for at in 0..self.lexemes.len() {
            let lexeme = &self.lexemes[at];
            let alone = lexeme.payload_flags & (HAS_VALENCE | HAS_CUES) != 0;
            let starts = self.may_start(index, at);
            if !alone && !starts {
                continue;
            }
            let (matches, feelings) = (self.matches.len(), self.feelings.len());
            if starts {
                self.phrases_from(index, at, &mut search);
            }
            if alone {
                self.single(index, at);
            }
            if self.matches.len() > matches + 1 {
                self.matches[matches..].sort_unstable_by_key(|m| (m.last, m.cue.kind));
            }
            if self.feelings.len() > feelings + 1 {
                self.feelings[feelings..].sort_unstable_by_key(|f| f.last);
            }
        }
        self.search = search;
    }

    /// Whether a phrase may begin at a word, by that and the next one.
    #[inline]
    fn may_start(&self, index: &Index, at: usize) -> bool {
        let first = &self.lexemes[at];
        // A number stands for its class too.
        if first.class_term != 0 {
            return true;
        }
        if first.payload_flags & HEADS_PHRASE == 0 {
            return false;
        }
        let follows = |what: Follow, second: &Lexeme| {
            let term = |term| index.may_follow(first.tongue(), first.term, term, what);
            second.term != 0 && term(second.term)
                || second.class_term != 0 && term(second.class_term)
        };
        let rest = self.lexemes.get(at + 1..).unwrap_or(&[]);
        if rest.first().is_some_and(|second| follows(Follow::Next, second)) {
            return true;
        }
        if first.payload_flags & HEADS_GAP == 0 {
            return false;
        }
        // As far as the search itself would go.
        for (skipped, second) in rest.iter().take(GAP_TOKENS + 1).enumerate() {
            if skipped > 0 && rest[skipped - 1].class == Class::Stop {
                break;
            }
            if follows(Follow::Gap, second) {
                return true;
            }
        }
        false
    }

    fn single(&mut self, index: &Index, at: usize) {
        let lexeme = &self.lexemes[at];
        let covered = lexeme.covered;
        let payload = index.payload(lexeme.payload);
        let free = |family: u8| covered >> family & 1 == 0;
        let at = at as u32;
        if payload.has_valence() && free(VALENCE_FAMILY) {
            self.feel(at, at + 1, payload.valence, payload.arousal);
        }
        for cue in index.cues(&payload).filter(|cue| free(cue.kind.family())) {
            self.mark(at, at + 1, cue);
        }
    }

    fn feel(&mut self, first: u32, last: u32, valence: i16, arousal: u8) {
        self.feelings.push(Feeling { first, last, valence, effective: valence, arousal });
    }

    fn mark(&mut self, first: u32, last: u32, cue: CueView) {
        self.matches.push(Match { first, last, cue, counts: true });
    }

    /// All phrases that start at `first`.
    #[inline(never)]
    fn phrases_from(&mut self, index: &Index, first: usize, search: &mut Search) {
        let Search { states, found } = search;
        found.clear();
        states.clear();
        states.push((index.root(self.lexemes[first].tongue()), first as u32));
        // A pattern has few slots and gaps, so this bounds the work of one start.
        let mut budget = MOST_STATES * MOST_SLOTS;
        while let Some((node, at)) = states.pop() {
            if budget == 0 {
                break;
            }
            budget -= 1;
            let Some(lexeme) = self.lexemes.get(at as usize) else { continue };
            if lexeme.term == 0 {
                continue;
            }
            let children = index.children(node, lexeme.term);
            if !children.is_empty() {
                self.step(index, children, at + 1, (states, found));
            }
            // A number stands for its class too.
            if lexeme.class_term != 0 && lexeme.class_term != lexeme.term {
                let children = index.children(node, lexeme.class_term);
                self.step(index, children, at + 1, (states, found));
            }
        }
        if !found.is_empty() {
            self.keep(first as u32, found);
        }
    }

    /// Goes on to `children`, which look at the lexeme `last`.
    #[inline]
    fn step(
        &self,
        index: &Index,
        children: Children<'_>,
        last: u32,
        (states, found): (&mut Vec<(u32, u32)>, &mut Vec<Found>),
    ) {
        for (child, leads_on) in children {
            let (behind, accepts) = index.node(child);
            for what in accepts {
                note(found, Found { last, what });
            }
            if leads_on && states.len() < MOST_STATES {
                states.push((child, last));
            }
            let Some(behind) = behind else { continue };
            for skipped in 0..=GAP_TOKENS {
                let next = last as usize + skipped;
                if skipped > 0 && self.lexemes.get(next - 1).is_none_or(|l| l.class == Class::Stop)
                {
                    break;
                }
                if states.len() < MOST_STATES {
                    states.push((behind, next as u32));
                }
            }
        }
    }

    /// Takes what one start found, where no longer phrase from further left covers it.
    fn keep(&mut self, first: u32, found: &[Found]) {
        let covered = self.lexemes[first as usize].covered;
        for found in found {
            if covered >> found.family() & 1 == 1 {
                continue;
            }
            match found.what {
                PhraseView::Valence(valence, arousal) => {
                    self.feel(first, found.last, valence, arousal);
                }
                PhraseView::Cue(cue) => self.mark(first, found.last, cue),
            }
        }
        for found in found.iter().filter(|f| f.last > first + 1) {
            if covered >> found.family() & 1 == 1 {
                continue;
            }
            for lexeme in &mut self.lexemes[first as usize..found.last as usize] {
                lexeme.covered |= 1 << found.family();
            }
        }
    }
}

/// Keeps the longest of each family, and all kinds that are equally long.
fn note(found: &mut Vec<Found>, new: Found) {
    let mut at = 0;
    while at < found.len() {
        let old = &found[at];
        if old.family() == new.family() {
            if old.last > new.last || (old.last == new.last && old.same_kind(&new)) {
                return;
            }
            if old.last < new.last {
                found.swap_remove(at);
                continue;
            }
        }
        at += 1;
    }
    if found.len() < MOST_FOUND {
        found.push(new);
    }
}

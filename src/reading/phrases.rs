//! Multi-word terms over the lexemes, longest first within each family; then single words.

use super::{Class, Feeling, Lexeme, Match, Reading};
use crate::lexicon::entry::VALENCE_FAMILY;
use crate::lexicon::index::{CueView, Index, PhraseView};
use crate::lexicon::pack::HEADS_PHRASE;
use crate::lexicon::pattern::{GAP_TOKENS, MOST_SLOTS};

/// How many states one start may be in at a time. Patterns are short and gaps bounded, so that
/// real posts stay far below; a lexicon made to explode loses its rarest readings, not time.
const MOST_STATES: usize = 96;
/// How many different things one start may find.
const MOST_FOUND: usize = 24;

/// What one start has found so far: the longest of each family.
#[derive(Clone, Copy)]
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

impl Reading {
    pub(super) fn find_phrases(&mut self, index: &Index) {
        for first in 0..self.lexemes.len() {
            let lexeme = &self.lexemes[first];
            if lexeme.payload_flags & HEADS_PHRASE != 0 || lexeme.class_term != 0 {
                self.phrases_from(index, first);
            }
        }
        for at in 0..self.lexemes.len() {
            let lexeme = self.lexemes[at];
            if lexeme.payload != 0 {
                self.single(index, at as u32, &lexeme);
            }
        }
        // Singles were found after phrases; from here on only the order of the text counts.
        self.matches.sort_by_key(|m| (m.first, m.last, m.cue.kind));
        self.feelings.sort_by_key(|f| (f.first, f.last));
    }

    fn single(&mut self, index: &Index, at: u32, lexeme: &Lexeme) {
        let payload = index.payload(lexeme.payload);
        let free = |family: u8| lexeme.covered >> family & 1 == 0;
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
    fn phrases_from(&mut self, index: &Index, first: usize) {
        let mut states = [(0u32, 0u32); MOST_STATES];
        let mut found = [None::<Found>; MOST_FOUND];
        let mut count = 0;
        states[0] = (index.root(self.lexemes[first].tongue()), first as u32);
        let mut pending = 1;
        // A pattern has few slots and gaps, so this bounds the work of one start.
        let mut budget = MOST_STATES * MOST_SLOTS;
        while pending > 0 && budget > 0 {
            pending -= 1;
            budget -= 1;
            let (node, at) = states[pending];
            let Some(lexeme) = self.lexemes.get(at as usize) else { continue };
            if lexeme.term == 0 {
                continue;
            }
            let other = Some(lexeme.class_term).filter(|&term| term != 0 && term != lexeme.term);
            let terms = std::iter::once(lexeme.term).chain(other);
            for child in terms.flat_map(|term| index.children(node, term)) {
                let last = at + 1;
                for what in index.accepts(child) {
                    note(&mut found, &mut count, Found { last, what });
                }
                if pending < MOST_STATES {
                    states[pending] = (child, last);
                    pending += 1;
                }
                let Some(behind) = index.gap(child) else { continue };
                for skipped in 0..=GAP_TOKENS {
                    let next = last as usize + skipped;
                    if skipped > 0
                        && self.lexemes.get(next - 1).is_none_or(|l| l.class == Class::Stop)
                    {
                        break;
                    }
                    if pending < MOST_STATES {
                        states[pending] = (behind, next as u32);
                        pending += 1;
                    }
                }
            }
        }
        self.keep(first as u32, &found[..count]);
    }

    /// Takes what one start found, where no longer phrase from further left covers it.
    fn keep(&mut self, first: u32, found: &[Option<Found>]) {
        let covered = self.lexemes[first as usize].covered;
        for found in found.iter().flatten() {
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
        for found in found.iter().flatten().filter(|f| f.last > first + 1) {
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
fn note(found: &mut [Option<Found>; MOST_FOUND], count: &mut usize, new: Found) {
    let mut at = 0;
    while at < *count {
        if let Some(old) = found[at]
            && old.family() == new.family()
        {
            if old.last > new.last || (old.last == new.last && old.same_kind(&new)) {
                return;
            }
            if old.last < new.last {
                *count -= 1;
                found[at] = found[*count];
                continue;
            }
        }
        at += 1;
    }
    if *count < MOST_FOUND {
        found[*count] = Some(new);
        *count += 1;
    }
}

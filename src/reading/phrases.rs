//! Multi-word terms over the lexemes, longest first within each family; then single words.

use super::{Class, Feeling, Lexeme, Match, Reading};
use crate::lexicon::entry::VALENCE_FAMILY;
use crate::lexicon::follow::{APART, Follow, ONE_PHRASE, pair_key, start_value, word_bit};
use crate::lexicon::index::{CueView, Index, Node, PhraseView, Starts};
use crate::lexicon::pack::{
    HAS_CUES, HAS_VALENCE, HEADS_GAP, HEADS_MANY, HEADS_PHRASE, IS_BEHIND_GAP, IS_NUMBER,
    PAIR_FIRST, SECOND,
};
use crate::lexicon::pattern::{GAP_TOKENS, MOST_SLOTS};

/// How many states one start may be in at a time. Patterns are short and gaps bounded, so that
/// real posts stay far below; a lexicon made to explode loses its rarest readings, not time.
const MOST_STATES: usize = 96;
/// How many different things one start may find.
const MOST_FOUND: usize = 24;

/// Hundredths of weight up to which a row says nothing itself: it only covers its words, so that no
/// shorter row of its family says it of them.
const MASKS: i16 = 5;

/// In place of where phrases begin: more words may follow than are laid out by pairs, so that all
/// is searched from the root.
const FROM_ROOT: u32 = u32::MAX;
/// With where phrases begin: others do too, with a number or a gap.
const MORE: u32 = 1 << 31;

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

/// Places of a text that are looked at more closely.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Only the first `count` hold.
    at: Vec<u32>,
    count: usize,
}

impl Places {
    /// Picks of so many places at most those that are told to be, in their order. Whether one is can
    /// hardly be foreseen, so nothing branches on it.
    #[inline(always)]
    pub(super) fn pick(&mut self, most: usize, places: impl Iterator<Item = (usize, bool)>) {
        self.clear(most);
        // Counted here, not in memory.
        let mut count = 0;
        for (at, is) in places {
            count = self.take(count, at, is);
        }
        self.count = count;
    }

    /// Makes room for so many.
    #[inline(always)]
    fn clear(&mut self, most: usize) {
        if self.at.len() < most {
            self.at.resize(most, 0);
        }
        self.count = 0;
    }

    /// Has a place be the one of that number, if it is to be picked; gives how many are.
    #[inline(always)]
    fn take(&mut self, count: usize, at: usize, is: bool) -> usize {
        if let Some(place) = self.at.get_mut(count) {
            *place = at as u32;
        }
        count + usize::from(is)
    }

    pub(super) fn held(&self) -> usize {
        self.at.capacity() * size_of::<u32>()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.at[..self.count].iter().map(|&at| at as usize)
    }
}

/// In the number of a node: it is the root or next to it.
const FIRST: u32 = 1 << 31;

/// Buffers of the search.
#[derive(Debug, Default)]
pub(super) struct Search {
    places: Places,
    /// Where numbers and gaps are about.
    special: Places,
    walk: Walk,
}

/// Buffers of what begins at one place.
#[derive(Debug, Default)]
struct Walk {
    /// Nodes that wait, with the lexeme each looks at.
    states: Vec<(u32, u32)>,
    found: Vec<Found>,
}

impl Search {
    pub(super) fn held(&self) -> usize {
        self.places.held() + self.special.held()
    }
}

impl Reading {
    /// From left to right: phrases that begin at a word, then the word by itself, which only those
    /// and earlier ones can cover. So all is found in the order of the text.
    #[inline(never)]
    pub(super) fn find_phrases(&mut self, index: &Index) {
        let mut search = self.search.take().unwrap_or_default();
        let Search { places, special, walk } = &mut *search;
        self.link(index, places, special);
        let says =
            |lexeme: &Lexeme| (lexeme.flags & (HAS_VALENCE | HAS_CUES) != 0) | (lexeme.starts != 0);
        places.pick(self.lexemes.len(), self.lexemes.iter().map(says).enumerate());
        for at in places.iter() {
            let lexeme = &self.lexemes[at];
            let (alone, starts) = (lexeme.flags & (HAS_VALENCE | HAS_CUES) != 0, lexeme.starts);
            let (matches, feelings) = (self.matches.len(), self.feelings.len());
            if starts != 0 {
                self.phrases_from(index, at, starts, walk);
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
        self.search = Some(search);
    }

    /// Looks up each word with the next: what row the two have, and what begins with them. All at
    /// once and before anything hangs on it, so that the looks into memory do not wait for each
    /// other.
    fn link(&mut self, index: &Index, places: &mut Places, special: &mut Places) {
        let gaps = if self.has_gaps { HEADS_GAP } else { 0 };
        let filter = index.filter();
        let seconds = self.lexemes.get(1..).unwrap_or(&[]);
        special.clear(self.lexemes.len());
        let mut specials = 0;
        let pairs = self.lexemes.iter().zip(seconds).enumerate().map(|(at, (first, second))| {
            specials = special.take(specials, at, is_special(first, second, gaps));
            let may = filter.may_follow(first.tongue(), first.term, second.term, Follow::Next);
            (at, (together(first, second) != 0) & may)
        });
        places.pick(self.lexemes.len(), pairs);
        special.count = specials;
        let tables = [index.pairs(0), index.pairs(1)];
        let slots = places.iter().filter_map(|at| {
            let [first, second] = self.lexemes.get_mut(at..at + 2)? else { return None };
            // Kept until it is looked at.
            let pairs = &tables[first.tongue() & 1];
            first.pair_row = pairs.place(pair_key(first.term, second.term));
            Some(first.pair_row)
        });
        tables[self.tongue & 1].fetch(slots);
        let Self { lexemes, paired, .. } = self;
        // In between, what does not hang on that.
        for at in special.iter() {
            if let Some((first, rest)) = lexemes[at..].split_first_mut() {
                first.starts = more(index, first, rest);
            }
        }
        let most = lexemes.len();
        let linked = places.iter().map_while(|at| {
            let (before, rest) = lexemes.split_at_mut(at + 1);
            let (Some(first), Some(second)) = (before.last_mut(), rest.first()) else {
                return None;
            };
            let key = pair_key(first.term, second.term);
            let pair = tables[first.tongue() & 1].get(key, first.pair_row);
            let together = together(first, second);
            first.pair_row = if together & PAIR_FIRST != 0 { pair.row } else { 0 };
            // A number stands for its class too.
            let (third, any) = rest.get(1).map_or((0, false), |l| (l.term, l.is_number));
            let starts = pair.starts(third, any);
            first.starts |= if together & HEADS_PHRASE != 0 { starts } else { 0 };
            Some((at, first.pair_row != 0))
        });
        paired.pick(most, linked);
    }

    fn single(&mut self, index: &Index, at: usize) {
        let lexeme = &self.lexemes[at];
        let covered = lexeme.covered;
        let payload = index.payload(lexeme.record, lexeme.tongue());
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
        if cue.weight <= MASKS {
            return;
        }
        self.found |= 1 << cue.kind.index();
        self.agents |= 1 << cue.agent as u8;
        self.matches.push(Match { first, last, cue, counts: true });
    }

    /// All phrases that start at `first`.
    #[inline(never)]
    fn phrases_from(&mut self, index: &Index, first: usize, starts: u32, walk: &mut Walk) {
        walk.found.clear();
        walk.states.clear();
        let last = first as u32 + 2;
        if starts == FROM_ROOT {
            let root = index.root(self.lexemes[first].tongue());
            self.step_from::<false>(index, root | FIRST, first, walk);
        } else {
            if starts & ONE_PHRASE != 0 && starts & MORE == 0 {
                let found = index.phrase(start_value(starts)).map(|what| Found { last, what });
                return self.keep(first as u32, found.as_slice());
            }
            if starts & !MORE != 0 {
                self.begin(index, starts, last, walk);
            }
            if starts & MORE != 0 {
                let head = &self.lexemes[first];
                each_more(index, head, &self.lexemes[first + 1..], |starts, seconds| {
                    self.begin(index, starts, first as u32 + 1 + seconds, walk);
                    false
                });
            }
        }
        // A pattern has few slots and gaps, so this bounds the work of one start.
        let mut budget = MOST_STATES * MOST_SLOTS;
        while let Some((node, at)) = walk.states.pop() {
            if budget == 0 {
                break;
            }
            budget -= 1;
            self.step_from::<true>(index, node, at as usize, walk);
        }
        if !walk.found.is_empty() {
            self.keep(first as u32, &walk.found);
        }
    }

    /// Takes what begins with two words, of which the second ends at `last`.
    fn begin(&self, index: &Index, starts: u32, last: u32, walk: &mut Walk) {
        match index.starts(starts) {
            Starts::Phrase(place) => {
                if let Some(what) = index.phrase(place) {
                    note(&mut walk.found, Found { last, what });
                }
            }
            Starts::Node(node) => self.wait::<true>(index, true, node, last, &mut walk.states),
            Starts::Several(several) => {
                for what in several.phrases(index) {
                    note(&mut walk.found, Found { last, what });
                }
                for node in several.nodes() {
                    self.wait::<true>(index, true, node, last, &mut walk.states);
                }
            }
        }
    }

    /// Goes on from a node that looks at the lexeme `at`.
    #[inline]
    fn step_from<const FILTERED: bool>(
        &self,
        index: &Index,
        node: u32,
        at: usize,
        walk: &mut Walk,
    ) {
        let Some(lexeme) = self.lexemes.get(at) else { return };
        if lexeme.term == 0 {
            return;
        }
        let last = at as u32 + 1;
        let next = self.lexemes.get(at + 1).map_or((0, 0), |next| (next.term, next.class_term()));
        let bits = word_bit(next.0) | word_bit(next.1);
        let mut step = |word: u32| {
            for (child, words) in index.children(node & !FIRST, word, node & FIRST != 0) {
                let leads_on = words & bits != 0;
                if child.accepts() {
                    for what in index.accepted(child) {
                        note(&mut walk.found, Found { last, what });
                    }
                }
                if leads_on | child.has_gap() {
                    self.wait::<FILTERED>(index, leads_on, child, last, &mut walk.states);
                }
            }
        };
        step(lexeme.term);
        // A number stands for its class too.
        if lexeme.class_term() != 0 && lexeme.class_term() != lexeme.term {
            step(lexeme.class_term());
        }
    }

    /// Lets a node wait for the lexeme `next`, and what follows its gap for some further ones.
    /// It does not lead on with that lexeme unless it may: `leads_on`.
    #[inline]
    fn wait<const FILTERED: bool>(
        &self,
        index: &Index,
        leads_on: bool,
        node: Node,
        next: u32,
        states: &mut Vec<(u32, u32)>,
    ) {
        let mut push = |node: u32, next: u32, filtered: bool| {
            let Some(lexeme) = self.lexemes.get(next as usize) else { return };
            let leads = |word: u32| word != 0 && index.may_follow(0, node, word, Follow::Edge);
            let goes_on = !filtered || leads(lexeme.term) || leads(lexeme.class_term());
            if goes_on && states.len() < MOST_STATES {
                states.push((node, next));
            }
        };
        if node.leads_on() && leads_on {
            let first = if FILTERED { 0 } else { FIRST };
            push(node.number() | first, next, FILTERED);
        }
        if node.has_gap() {
            let behind = index.behind_gap(node);
            for skipped in 0..=GAP_TOKENS as u32 {
                let next = next + skipped;
                let over = |l: &Lexeme| l.class == Class::Stop;
                if skipped > 0 && self.lexemes.get(next as usize - 1).is_none_or(over) {
                    break;
                }
                push(behind, next, true);
            }
        }
    }

    /// Takes what one start found, where no longer phrase from further left covers it.
    fn keep(&mut self, first: u32, found: &[Found]) {
        let covered = self.lexemes[first as usize].covered;
        let free = |found: &Found| covered >> found.family() & 1 == 0;
        for found in found.iter().filter(|found| free(found)) {
            match found.what {
                PhraseView::Valence(valence, arousal) => {
                    self.feel(first, found.last, valence, arousal);
                }
                PhraseView::Cue(cue) => self.mark(first, found.last, cue),
            }
            let words = first as usize..found.last as usize;
            for lexeme in self.lexemes[words].iter_mut().filter(|_| found.last > first + 1) {
                lexeme.covered |= 1 << found.family();
            }
        }
    }
}

/// Whether a phrase may begin with the two, and whether they may have a learned row.
#[inline]
fn together(first: &Lexeme, second: &Lexeme) -> u16 {
    first.flags & second.flags >> SECOND & (HEADS_PHRASE | PAIR_FIRST)
}

/// Whether a number or a gap is about.
#[inline]
fn is_special(first: &Lexeme, second: &Lexeme, gaps: u16) -> bool {
    first.flags & (IS_NUMBER | HEADS_MANY | gaps) | second.flags & IS_NUMBER != 0
}

/// What more than the two words themselves may begin with `first`.
#[inline(never)]
fn more(index: &Index, first: &Lexeme, rest: &[Lexeme]) -> u32 {
    if first.flags & HEADS_MANY != 0 {
        return FROM_ROOT;
    }
    if each_more(index, first, rest, |_, _| true) { MORE } else { 0 }
}

/// The words a lexeme stands for: itself and, for a number, its class.
#[inline]
fn words(lexeme: &Lexeme) -> [u32; 2] {
    let class = lexeme.class_term();
    [lexeme.term, if lexeme.term == 0 || lexeme.term == class { 0 } else { class }]
}

/// Calls `each` with what begins with `first` and one of the next, where one stands for the class of
/// numbers or a gap lies between, and with how many lexemes these are behind the first; until it
/// says that this is enough. Whether it did.
#[inline]
fn each_more(
    index: &Index,
    first: &Lexeme,
    rest: &[Lexeme],
    mut each: impl FnMut(u32, u32) -> bool,
) -> bool {
    let tongue = first.tongue();
    let mut look = |first: u32, second: u32, behind: usize, apart: u64| {
        let key = pair_key(first, second) | apart;
        let pairs = index.pairs(tongue);
        let pair = pairs.get(key, pairs.place(key));
        let (third, any) = rest.get(behind + 1).map_or((0, false), |l| (l.term, l.is_number));
        let starts = pair.starts(third, any);
        starts != 0 && each(starts, behind as u32 + 1)
    };
    let firsts = words(first);
    if let Some(second) = rest.first()
        && first.is_number | second.is_number
    {
        let seconds = words(second);
        let classes = [(firsts[0], seconds[1]), (firsts[1], seconds[0]), (firsts[1], seconds[1])];
        for (first, second) in classes {
            let may = index.may_follow(tongue, first, second, Follow::Next);
            if first != 0 && second != 0 && may && look(first, second, 0, 0) {
                return true;
            }
        }
    }
    for word in firsts.into_iter().filter(|&word| word != 0) {
        let mut near = behind_gap(index, tongue, word, rest);
        while near != 0 {
            let skipped = near.trailing_zeros() as usize;
            near &= near - 1;
            for second in words(&rest[skipped]) {
                if second != 0 && look(word, second, skipped, APART) {
                    return true;
                }
            }
        }
    }
    false
}

/// Which of the next words, as bits, may stand behind a gap after a word; and now and then others.
#[inline]
fn behind_gap(index: &Index, tongue: usize, first: u32, rest: &[Lexeme]) -> u32 {
    let behind = index.behind_gaps(tongue, first);
    // Which may can hardly be foreseen: so nothing branches on it.
    let (mut near, mut open) = (0, true);
    for (skipped, second) in rest.get(..GAP_TOKENS + 1).unwrap_or(rest).iter().enumerate() {
        let is = second.flags & IS_BEHIND_GAP != 0;
        let is = is & (behind & word_bit(second.term) != 0) | second.is_number;
        near |= u32::from(open & is) << skipped;
        open &= second.class != Class::Stop;
    }
    near
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

//! What the learned lexicon sees of a reading: each word once, negated words, pairs of words, the
//! valence found, the cues that count, the shape of the text.
//!
//! The same walk feeds the scores, their explanation and the files that weights are fitted on, so
//! that what is fitted is what is served.

use super::{Class, Reading, Scope};
use crate::lexicon::entry::{CueKind, SHAPES, Special};
use crate::lexicon::index::Index;
use crate::lexicon::rows::Rows;

/// What a feature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// The word at `first`.
    Word,
    /// The word at `first`, negated.
    Negated,
    /// The words at `first` and the next place.
    Pair,
    /// Valence, as a sum; the value is in hundredths.
    Sum(u8),
    /// A cue that counts, a second of its kind, or the shape of the text.
    Special(Special),
}

/// One feature of a post.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Feature {
    pub(crate) what: What,
    /// The learned row; 0 when the lexicon has none.
    pub(crate) row: u32,
    /// 100 for what is simply there.
    pub(crate) value: i32,
    /// The lexemes it stands on; an empty range for the text as a whole.
    pub(crate) first: u32,
    pub(crate) last: u32,
}

impl Feature {
    /// Whether the feature counts by its share of the text, not as a whole.
    pub(crate) fn is_scaled(&self) -> bool {
        !matches!(self.what, What::Special(_))
    }
}

/// Who is told the features of a reading.
pub(crate) trait Take {
    /// Whether words and pairs without a learned row are wanted too.
    const ALL: bool;

    /// Takes the feature if it `is` one. That can hardly be foreseen, so the walk does not branch on
    /// it.
    fn take(&mut self, feature: Feature, is: bool);

    /// Where the learned rows of words and pairs go, if no more is wanted of these.
    fn rows(&mut self) -> Option<&mut Rows> {
        None
    }
}

/// Puts features of words in the order of the text: a word, its negation, it with the next one.
pub(crate) fn put_in_order(features: &mut [Feature]) {
    let words = |f: &Feature| matches!(f.what, What::Word | What::Negated | What::Pair);
    let count = features.iter().take_while(|f| words(f)).count();
    let rank = |f: &Feature| match f.what {
        What::Word => 0,
        What::Negated => 1,
        _ => 2,
    };
    features[..count].sort_by_key(|f| (f.first, rank(f)));
}

/// A set of keys that forgets everything at once.
///
/// Few keys have a slot each by their low bits, where the other bits stand beside the stamp of the
/// text: what an older text left there tells of no key. Many keys have slots of which they look for
/// a free one; they are as many as what is held asks for, not as the text: a flood of one word
/// stays in the nearest cache.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    few: Box<Few>,
    is_few: bool,
    many: Many,
}

#[derive(Debug)]
struct Few {
    /// Above the low bits that tell the slot, the key; in their place, the stamp.
    slots: [u32; Self::SLOTS],
    /// Below [`Self::SLOTS`], and never 0 for a text.
    stamp: u32,
    /// Keys whose slot another key of the text has; only the first `spilled` hold.
    spill: [u32; Self::MOST],
    spilled: usize,
}

impl Default for Few {
    fn default() -> Self {
        Self { slots: [0; Self::SLOTS], stamp: 0, spill: [0; Self::MOST], spilled: 0 }
    }
}

impl Few {
    /// A power of two.
    const SLOTS: usize = 1024;
    /// How many keys are few.
    const MOST: usize = 256;

    fn start(&mut self) {
        self.stamp += 1;
        self.spilled = 0;
        if self.stamp as usize == Self::SLOTS {
            (self.slots, self.stamp) = ([0; Self::SLOTS], 1);
        }
    }

    /// Adds `key`; whether it is new. That can hardly be foreseen, so there is no branch on it.
    #[inline(always)]
    fn insert(&mut self, key: u32) -> bool {
        const LOW: u32 = Few::SLOTS as u32 - 1;
        let own = key & !LOW | self.stamp;
        let slot = &mut self.slots[(key & LOW) as usize];
        let other = *slot ^ own;
        // Two keys of one slot are next to none: of one stamp, but not one key. One comparison, which
        // is foreseen.
        let above = other.rotate_right(LOW.trailing_ones());
        if above.wrapping_sub(1) < u32::MAX >> LOW.trailing_ones() {
            return self.spills(key);
        }
        *slot = own;
        other != 0
    }

    #[cold]
    #[inline(never)]
    fn spills(&mut self, key: u32) -> bool {
        if self.spill.get(..self.spilled).is_some_and(|spill| spill.contains(&key)) {
            return false;
        }
        if let Some(place) = self.spill.get_mut(self.spilled) {
            *place = key;
            self.spilled += 1;
        }
        true
    }
}

impl Seen {
    /// Empties the set; so many keys will come at most.
    fn start(&mut self, most: usize) {
        self.is_few = most <= Few::MOST;
        if self.is_few {
            self.few.start();
        } else {
            self.many.start();
        }
    }

    /// Adds `key`; whether it is new.
    #[inline(always)]
    fn insert(&mut self, key: u32) -> bool {
        if self.is_few { self.few.insert(key) } else { self.many.insert(key) }
    }

    pub(crate) fn held(&self) -> usize {
        size_of::<Few>() + self.many.held()
    }
}

/// Stamped slots.
#[derive(Debug, Default)]
struct Many {
    slots: Vec<u64>,
    stamp: u32,
    /// How many of the slots are in use, less one.
    mask: usize,
    held: usize,
    /// Keys on their way to more slots.
    moved: Vec<u32>,
}

impl Many {
    const FEWEST: usize = 512;

    /// Empties the set.
    fn start(&mut self) {
        if self.slots.is_empty() || self.stamp > u32::MAX / 2 {
            self.slots.clear();
            self.slots.resize(Self::FEWEST, 0);
            self.stamp = 0;
        }
        self.mask = Self::FEWEST - 1;
        self.held = 0;
        self.stamp += 1;
    }

    /// Adds `key`; whether it is new.
    #[inline(never)]
    fn insert(&mut self, key: u32) -> bool {
        let stamped = u64::from(self.stamp) << 32 | u64::from(key);
        let mut at = (key.wrapping_mul(0x9e37_79b1) >> 7) as usize & self.mask;
        loop {
            let slot = &mut self.slots[at];
            let (is_old, is_free) = (*slot == stamped, *slot >> 32 != u64::from(self.stamp));
            if is_old | is_free {
                *slot = stamped;
                self.held += usize::from(is_free);
                if self.held * 2 > self.mask {
                    self.grow();
                }
                return is_free;
            }
            at = (at + 1) & self.mask;
        }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        let stamp = u64::from(self.stamp);
        let live = self.slots[..=self.mask].iter().filter(|&&slot| slot >> 32 == stamp);
        self.moved.clear();
        self.moved.extend(live.map(|&slot| slot as u32));
        self.mask = self.mask * 2 + 1;
        if self.slots.len() <= self.mask {
            self.slots.resize(self.mask + 1, 0);
        }
        self.stamp += 1;
        self.held = 0;
        let moved = std::mem::take(&mut self.moved);
        for &key in &moved {
            self.insert(key);
        }
        self.moved = moved;
    }

    fn held(&self) -> usize {
        self.slots.capacity() * 8 + self.moved.capacity() * 4
    }
}

/// What is felt in a text as a whole, in hundredths.
#[derive(Default)]
struct Felt {
    /// The strongest of what is good, and of what is bad with its sign turned; the last. 0 if there is
    /// none.
    good: i32,
    bad: i32,
    last: i32,
}

impl Felt {
    #[inline]
    fn add(&mut self, effective: i16) {
        let effective = i32::from(effective);
        self.good = self.good.max(effective);
        self.bad = self.bad.max(-effective);
        self.last = if effective == 0 { self.last } else { effective };
    }
}

/// Different kinds of key must not meet.
fn key(parts: [u32; 2], salt: u32) -> u32 {
    let mixed = (u64::from(parts[0]) << 32 | u64::from(parts[1]))
        .wrapping_add(u64::from(salt) << 17)
        .wrapping_mul(0xff51_afd7_ed55_8ccd);
    (mixed >> 32) as u32
}

impl Reading {
    /// Hands every feature to `taker`, words first, in a fixed order; gives back how many different
    /// words there are.
    pub(crate) fn features<T: Take>(&self, index: &Index, seen: &mut Seen, taker: &mut T) -> u32 {
        // A word, its negation and it with the next one; what is felt and the cues.
        let most = 3 * self.lexemes.len() + self.feelings.len() + self.matches.len();
        seen.start(most);
        // Most texts are so short that all rows have room.
        let is_short = seen.is_few & (self.lexemes.len() <= u64::BITS as usize);
        let words = match taker.rows().filter(|_| is_short) {
            Some(rows) => Ok(self.short_words(&mut seen.few, rows)),
            None => Err(self.word_features(seen, taker)),
        };
        let different = words.map_or_else(|different| different, u64::count_ones);
        if self.shape.negated {
            self.negated_features(seen, taker);
        }
        let is_done = match (words, taker.rows()) {
            (Ok(new), Some(rows)) => self.pairs_once(new, rows),
            _ => false,
        };
        if T::ALL {
            (0..self.lexemes.len()).for_each(|at| self.pair_feature(at, seen, taker));
        } else if !is_done {
            self.paired.iter().for_each(|at| self.pair_feature(at, seen, taker));
        }
        let tongue = self.tongue;
        let mut felt = Felt::default();
        for feeling in &self.feelings {
            felt.add(feeling.effective);
            let ends = [feeling.first, feeling.last - 1].map(|at| self.lexemes[at as usize].hash);
            if feeling.effective == 0
                || !seen.insert(key(ends, 0x100 + u32::from(feeling.effective as u16)))
            {
                continue;
            }
            let sum = u8::from(feeling.effective < 0);
            let row = index.special(tongue, Special::Sum(sum));
            let (what, value) = (What::Sum(sum), i32::from(feeling.effective));
            let (first, last) = (feeling.first, feeling.last);
            taker.take(Feature { what, row, value, first, last }, true);
            // How stirred: strong words above the middle of the scale add, dull ones take away.
            let stir = value.abs() * (i32::from(feeling.arousal) - 45) / 50;
            let row = index.special(tongue, Special::Sum(2));
            let what = What::Sum(2);
            taker.take(Feature { what, row, value: stir, first, last }, true);
        }
        self.cue_features(index, seen, taker);
        let mut left = self.shapes(different, &felt);
        while left != 0 {
            let special = Special::Shape(left.trailing_zeros() as u8);
            left &= left - 1;
            let (what, row) = (What::Special(special), index.special(tongue, special));
            taker.take(Feature { what, row, value: 100, first: 0, last: 0 }, true);
        }
        different
    }

    fn word_features<T: Take>(&self, seen: &mut Seen, taker: &mut T) -> u32 {
        let mut different = 0;
        for (at, lexeme) in self.lexemes.iter().enumerate() {
            let first = at as u32;
            let is_new = !lexeme.is_mark() && seen.insert(lexeme.hash);
            different += u32::from(is_new);
            // Whom a post is addressed to decides nothing.
            let is = is_new & !lexeme.is_handle & (T::ALL | (lexeme.row != 0));
            let (what, row) = (What::Word, lexeme.row);
            taker.take(Feature { what, row, value: 100, first, last: first + 1 }, is);
        }
        different
    }

    /// [`Reading::word_features`] of a text of no more than 64 words; gives back which of its words
    /// are new, the last in the lowest bit.
    #[inline(never)]
    fn short_words(&self, few: &mut Few, rows: &mut Rows) -> u64 {
        let mut new = 0;
        rows.push_few(self.lexemes.iter().map(|lexeme| {
            // A mark is no word, whether it is new or not.
            let is_new = few.insert(lexeme.hash) & !lexeme.is_mark();
            new = new << 1 | u64::from(is_new);
            (lexeme.row, is_new & !lexeme.is_handle & (lexeme.row != 0))
        }));
        new
    }

    /// The rows of pairs, if none of them may be there twice: only two words can that came before
    /// each, and it is so mostly of none.
    #[inline(never)]
    fn pairs_once(&self, new: u64, rows: &mut Rows) -> bool {
        let came = !new & !new << 1;
        let last = (self.lexemes.len() as u32).wrapping_sub(1);
        let before = rows.count();
        let mut twice = 0;
        rows.push_few(self.paired.iter().filter_map(|at| {
            twice |= came >> (last.wrapping_sub(at as u32) % u64::BITS) & 1;
            // What has the row of a pair makes one.
            Some((self.lexemes.get(at)?.pair_row, true))
        }));
        if twice != 0 {
            rows.keep(before);
        }
        twice == 0
    }

    fn pair_feature<T: Take>(&self, at: usize, seen: &mut Seen, taker: &mut T) {
        let Some([lexeme, next]) = self.lexemes.get(at..at + 2) else { return };
        if !(lexeme.makes_pairs() && next.makes_pairs()) {
            return;
        }
        let is = seen.insert(key([lexeme.hash, next.hash], 2));
        let (what, row, first) = (What::Pair, lexeme.pair_row, at as u32);
        taker.take(Feature { what, row, value: 100, first, last: first + 2 }, is);
    }

    fn negated_features<T: Take>(&self, seen: &mut Seen, taker: &mut T) {
        for (at, lexeme) in self.lexemes.iter().enumerate() {
            let row = lexeme.negated_row;
            if lexeme.scope & Scope::NEGATED != 0
                && lexeme.class == Class::Word
                && (T::ALL || row != 0)
            {
                let is = seen.insert(key([lexeme.hash, 0], 1));
                let (what, first) = (What::Negated, at as u32);
                taker.take(Feature { what, row, value: 100, first, last: first + 1 }, is);
            }
        }
    }

    /// The first different cue of each kind, and the second.
    fn cue_features<T: Take>(&self, index: &Index, seen: &mut Seen, taker: &mut T) {
        // Kinds met once, and twice.
        let mut met = [[0u64; 2]; 2];
        for m in &self.matches {
            let kind = m.cue.kind as usize;
            let ends = [m.first, m.last - 1].map(|at| self.lexemes[at as usize].hash);
            let (word, bit) = (kind / 64 % 2, 1 << (kind % 64));
            let is_full = met[1][word] & bit != 0;
            if !m.counts || is_full || !seen.insert(key(ends, 0x2_0000 + kind as u32)) {
                continue;
            }
            let again = met[0][word] & bit;
            met[1][word] |= again;
            met[0][word] |= bit;
            let special = match again {
                0 => Special::Cue(kind as u8),
                _ => Special::CueAgain(kind as u8),
            };
            let row = index.special(self.tongue, special);
            let what = What::Special(special);
            taker.take(Feature { what, row, value: 100, first: m.first, last: m.last }, true);
        }
    }

    /// The shape of the text as bits, in the order of `SHAPES`.
    fn shapes(&self, different: u32, felt: &Felt) -> u64 {
        let s = &self.shape;
        let n = different;
        let Felt { good, bad, last } = *felt;
        let (first_person, second_person) =
            (self.has(CueKind::AgentSelf), self.has(CueKind::AgentFirm));
        let acts = self.has_any(CueKind::ThreatLegal, CueKind::ThreatFormalNotice);
        // One after the other into a word, without branches.
        let mut mask = 0u64;
        let mut count = 0;
        let mut bit = |set: bool| {
            mask |= u64::from(set) << count;
            count += 1;
        };
        bit(n < 4);
        bit(n < 9);
        bit(n < 17);
        bit(n < 33);
        bit(n < 65);
        bit(n >= 65);
        bit(n >= 129);
        bit(s.capitals >= 1 && s.capitals * 2 <= s.words);
        bit(s.capitals >= 3);
        bit(s.elongated >= 1);
        bit(s.exclamations >= 1);
        bit(s.exclamation_run);
        bit(s.questions >= 1);
        bit(s.question_run);
        bit(s.question_last);
        bit(s.ellipsis);
        bit(s.urls >= 1);
        bit(s.url_last);
        bit(s.handles >= 1);
        bit(s.handle_first);
        bit(s.handles >= 2);
        bit(s.hashtags >= 1);
        bit(s.numbers >= 1);
        bit(s.amounts >= 1);
        bit(s.durations >= 1);
        bit(s.quotes >= 2);
        bit(s.emoji >= 1);
        bit(s.emoticons >= 1);
        bit(first_person);
        bit(second_person);
        bit(!first_person);
        bit(s.negated);
        bit(s.retweet);
        bit(s.sentences >= 3);
        bit(bad > 0);
        bit(good > 0);
        bit(bad > 0 && good > 0);
        bit(bad <= 0 && good <= 0);
        bit(bad >= 250);
        bit(good >= 250);
        bit(last < 0);
        bit(last > 0);
        bit(bad > 0 && s.questions >= 1);
        bit(acts);
        bit(bad >= 100 && good <= 0);
        bit(good >= 100 && bad <= 0);
        bit(n < 9 && bad >= 100 && good <= 0);
        bit(n < 9 && good >= 100 && bad <= 0);
        bit(s.duration_lengths & 1 != 0);
        bit(s.duration_lengths & 2 != 0);
        bit(s.duration_lengths & 4 != 0);
        bit(s.duration_lengths & 8 != 0);
        debug_assert_eq!(count, SHAPES.len());
        mask
    }
}

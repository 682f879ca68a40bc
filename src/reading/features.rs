//! What the learned lexicon sees of a reading: each word once, negated words, pairs of words, the
//! valence found, the cues that count, the shape of the text.
//!
//! The same walk feeds the scores, their explanation and the files that weights are fitted on, so
//! that what is fitted is what is served.

mod seen;
mod shapes;

use super::{Class, Reading, Scope};
use crate::lexicon::entry::Special;
use crate::lexicon::index::Index;
use crate::lexicon::rows::Rows;
pub(crate) use seen::Seen;
use seen::{Few, Firsts};
use shapes::Felt;

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

    /// Takes the shape of the text as bits, in the order of `SHAPES`; whether no more is wanted of it.
    fn shapes(&mut self, _shapes: u64) -> bool {
        false
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
        // A word, its negation and it with the next one; what is felt.
        let most = 3 * self.lexemes.len() + self.feelings.len();
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
        self.cue_features(index, &mut seen.firsts, taker);
        let shapes = self.shapes(different, &felt);
        if !taker.shapes(shapes) {
            for special in Special::of_shapes(shapes) {
                let (what, row) = (What::Special(special), index.special(tongue, special));
                taker.take(Feature { what, row, value: 100, first: 0, last: 0 }, true);
            }
        }
        different
    }

    fn word_features<T: Take>(&self, seen: &mut Seen, taker: &mut T) -> u32 {
        let mut different = 0;
        for (at, lexeme) in self.lexemes.iter().enumerate() {
            let first = at as u32;
            let is_new = !lexeme.is_mark() && seen.insert(lexeme.hash);
            different += u32::from(is_new);
            let says = !lexeme.is_handle & (lexeme.scope & Scope::TURNED == 0);
            let is = is_new & says & (T::ALL | (lexeme.row != 0));
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
            (lexeme.row, is_new & (lexeme.row != 0))
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
            // What has the row of a pair makes one, but where it was turned.
            let row = self.lexemes.get(at)?.pair_row;
            Some((row, row != 0))
        }));
        if twice != 0 {
            rows.keep(before);
        }
        twice == 0
    }

    fn pair_feature<T: Take>(&self, at: usize, seen: &mut Seen, taker: &mut T) {
        let Some([lexeme, next]) = self.lexemes.get(at..at + 2) else { return };
        let is_turned = (lexeme.scope | next.scope) & Scope::TURNED != 0;
        if is_turned || !(lexeme.makes_pairs() && next.makes_pairs()) {
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
    fn cue_features<T: Take>(&self, index: &Index, firsts: &mut Firsts, taker: &mut T) {
        // Kinds met once, and twice.
        let mut met = [[0u64; 2]; 2];
        let ends =
            |[first, last]: [u32; 2]| [first, last - 1].map(|at| self.lexemes[at as usize].hash);
        for m in self.matches.iter().filter(|m| m.counts) {
            let kind = m.cue.kind as usize;
            let (word, bit) = (kind / 64 % 2, 1 << (kind % 64));
            let again = usize::from(met[0][word] & bit != 0);
            let (first, place) = (&mut firsts.0[kind], [m.first, m.last]);
            if again == 0 {
                *first = place;
            } else if (met[1][word] & bit != 0) || ends(*first) == ends(place) {
                continue;
            }
            met[again][word] |= bit;
            let special = match again {
                0 => Special::Cue(kind as u8),
                _ => Special::CueAgain(kind as u8),
            };
            let (what, row) = (What::Special(special), index.special(self.tongue, special));
            let (first, last) = (m.first, m.last);
            taker.take(Feature { what, row, value: 100, first, last }, true);
        }
    }
}

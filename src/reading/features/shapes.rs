//! The shape of a text: what is noticed of it as a whole.

use crate::lexicon::entry::CueKind;
use crate::lexicon::shapes::SHAPES;
use crate::reading::Reading;

/// What is felt in a text as a whole, in hundredths.
#[derive(Default)]
pub(super) struct Felt {
    /// The strongest of what is good, and of what is bad with its sign turned; the last. 0 if there is
    /// none.
    good: i32,
    bad: i32,
    last: i32,
}

impl Felt {
    #[inline]
    pub(super) fn add(&mut self, effective: i16) {
        let effective = i32::from(effective);
        self.good = self.good.max(effective);
        self.bad = self.bad.max(-effective);
        self.last = if effective == 0 { self.last } else { effective };
    }

    /// As bits: see [`FELT`].
    #[inline]
    fn shapes(&self) -> u32 {
        let strength =
            |felt: i32| STRENGTHS.iter().fold(0, |all, &from| all + usize::from(felt >= from));
        let felt = FELT[strength(self.bad)][strength(self.good)];
        u32::from(felt) | u32::from(self.last < 0) << 6 | u32::from(self.last > 0) << 7
    }
}

/// The first shapes as bits, by the number of different words.
const LENGTHS: [u8; 130] = {
    let mut shapes = [0; 130];
    let mut n = 0;
    while n < shapes.len() {
        let below = (n < 4) as u8
            | ((n < 9) as u8) << 1
            | ((n < 17) as u8) << 2
            | ((n < 33) as u8) << 3
            | ((n < 65) as u8) << 4;
        shapes[n] = below | ((n >= 129) as u8) << 5;
        n += 1;
    }
    shapes
};

/// How strong it is what is felt, from these hundredths on.
const STRENGTHS: [i32; 3] = [1, 100, 250];

/// What is felt as bits, by the strength of what is bad and of what is good: the shapes from
/// `valence_any_negative` on, two places for those of what is felt last, and those of one valence
/// only.
const FELT: [[u16; 4]; 4] = {
    let mut shapes = [[0; 4]; 4];
    let mut at = 0;
    while at < 16 {
        let (bad, good) = (at / 4, at % 4);
        let any = ((bad > 0) as u16) | ((good > 0) as u16) << 1;
        let both = ((any == 3) as u16) << 2 | ((any == 0) as u16) << 3;
        let strong = ((bad == 3) as u16) << 4 | ((good == 3) as u16) << 5;
        let only = ((bad >= 2 && good == 0) as u16) | ((good >= 2 && bad == 0) as u16) << 1;
        shapes[bad][good] = any | both | strong | only << 8;
        at += 1;
    }
    shapes
};

impl Reading {
    /// The shape of the text as bits, in the order of `SHAPES`.
    pub(super) fn shapes(&self, different: u32, felt: &Felt) -> u64 {
        let s = &self.shape;
        let n = different;
        let (first_person, second_person) =
            (self.has(CueKind::AgentSelf), self.has(CueKind::AgentFirm));
        let acts = self.has_any(CueKind::ThreatLegal, CueKind::ThreatFormalNotice);
        // How long it is and what is felt are looked up, the rest goes one after the other into a
        // word, without branches.
        let mut mask = u64::from(LENGTHS[(n as usize).min(LENGTHS.len() - 1)]);
        let mut count = 6;
        let mut bit = |set: bool| {
            mask |= u64::from(set) << count;
            count += 1;
        };
        bit(s.handles >= 1);
        bit(s.handle_first);
        bit(s.handles >= 2);
        bit(s.hashtags >= 1);
        bit(s.urls >= 1);
        bit(s.url_last);
        bit(s.numbers >= 1);
        bit(s.quotes >= 2);
        bit(s.retweet);
        bit(s.sentences >= 3);
        bit(n >= 65);
        bit(s.capitals >= 1 && s.capitals * 2 <= s.words);
        bit(s.capitals >= 3);
        bit(s.elongated >= 1);
        bit(s.exclamations >= 1);
        bit(s.exclamation_run);
        bit(s.questions >= 1);
        bit(s.question_run);
        bit(s.question_last);
        bit(s.ellipsis);
        bit(s.amounts >= 1);
        bit(s.durations >= 1);
        bit(s.emoji >= 1);
        bit(s.emoticons >= 1);
        bit(first_person);
        bit(second_person);
        bit(!first_person);
        bit(s.negated);
        let felt = felt.shapes();
        let any_negative = felt & 1 != 0;
        let only = felt >> 8;
        let mut bits = |several: u32, number: u32| {
            mask |= u64::from(several) << count;
            count += number as usize;
        };
        bits(felt & 0xff, 8);
        bits(u32::from(any_negative & (s.questions >= 1)), 1);
        bits(u32::from(acts), 1);
        bits(only, 2);
        bits(if n < 9 { only } else { 0 }, 2);
        bits(u32::from(s.duration_lengths & 15), 4);
        // Who complains speaks of themselves or to somebody; a headline does neither.
        let news_of_others = self.has(CueKind::News) & !first_person & !second_person;
        bits(u32::from(news_of_others), 1);
        debug_assert_eq!(count, SHAPES.len());
        mask
    }
}

//! Pairs of words and phrases, read in place.

use super::{CueView, Index, cue_view, fetch, u32_at, u64_at};
use crate::lexicon::follow::{
    ACCEPTS, HAS_GAP, KEY_BITS, LEADS_ON, ONE_NODE, ONE_PHRASE, PAIR_BYTES, SEVERAL, TARGET_BYTES,
    edge_slot, gap_cell, is_pair, next_slot, pair_hash, pair_key, slot_value, start_value,
    starts_with,
};
use crate::lexicon::pack::places::Pilots;
use crate::lexicon::pack::{PHRASE_BYTES, Section, VALENCE_PHRASE};

/// What is known of two words in a row.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pair {
    slot: u64,
    /// Their learned row; 0 for none.
    pub(crate) row: u32,
    starts: u32,
}

impl Pair {
    /// What begins with the two, if the word behind them allows it or it may be `any`; 0 for
    /// nothing, and now and then for nothing too that is not 0.
    #[inline]
    pub(crate) fn starts(&self, third: u32, any: bool) -> u32 {
        starts_with(self.slot, self.starts, third, any)
    }
}

/// The table of pairs of a language, at hand.
#[derive(Clone, Copy)]
pub(crate) struct Pairs<'i> {
    pilots: Pilots,
    all: &'i [[u8; 2]],
    slots: &'i [[u8; PAIR_BYTES]],
}

impl Pairs<'_> {
    /// Where what is known of two words lies, if anything is; by [`pair_key`].
    #[inline]
    pub(crate) fn place(&self, key: u64) -> u32 {
        self.pilots.place_of(self.all, pair_hash(key)) as u32
    }

    /// Has what lies at some places brought near, all at once.
    #[inline]
    pub(crate) fn fetch(&self, places: impl Iterator<Item = u32>) {
        fetch(places.filter_map(|place| self.slots.get(place as usize)?.first()));
    }

    /// What is known of two words, which may be nothing; `place` is that of the two.
    #[inline]
    pub(crate) fn get(&self, key: u64, place: u32) -> Pair {
        let Some(mut pair) = self.slots.get(place as usize) else { return Pair::default() };
        let left = self.pilots.left();
        // There is next to never any.
        if !left.is_empty() && !is_pair(u64_at(pair, 0), key) {
            let left = self.slots.get(left).unwrap_or(&[]);
            pair = left.iter().find(|p| is_pair(u64_at(*p, 0), key)).unwrap_or(pair);
        }
        // No branch: whether two words are a pair can hardly be foreseen.
        let slot = u64_at(pair, 0);
        let is = u32::from(is_pair(slot, key));
        Pair { slot, row: u32_at(pair, 8) * is, starts: u32_at(pair, 12) * is }
    }
}

/// What begins with two words.
pub(crate) enum Starts<'i> {
    /// A phrase that ends with them.
    Phrase(u32),
    /// A node where longer ones wait.
    Node(Node),
    Several(Several<'i>),
}

/// Phrases, and nodes.
pub(crate) struct Several<'i>(Run<'i>, Run<'i>);

impl<'i> Several<'i> {
    pub(crate) fn phrases(&self, index: &Index) -> impl Iterator<Item = PhraseView> {
        self.0.filter_map(|place| index.phrase(place))
    }

    pub(crate) fn nodes(&self) -> impl Iterator<Item = Node> + 'i {
        self.1.map(Node)
    }
}

/// What a phrase says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum PhraseView {
    /// Valence and arousal in hundredths.
    Valence(i16, u8),
    Cue(CueView),
}

/// A node of the trie, with what is known of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node(u32);

impl Node {
    /// The node itself.
    #[inline]
    pub(crate) fn number(self) -> u32 {
        self.0 & ((1 << KEY_BITS) - 1)
    }

    /// Whether words lead on from it.
    #[inline]
    pub(crate) fn leads_on(self) -> bool {
        self.0 & LEADS_ON != 0
    }

    #[inline]
    pub(crate) fn has_gap(self) -> bool {
        self.0 & HAS_GAP != 0
    }

    /// Whether a phrase ends there.
    #[inline]
    pub(crate) fn accepts(self) -> bool {
        self.0 & ACCEPTS != 0
    }
}

/// Numbers that lie one behind the other.
#[derive(Clone, Copy, Debug)]
struct Run<'b>(&'b [u8]);

impl Iterator for Run<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*number))
    }
}

impl<'i> Index {
    /// The bits of the words that may stand behind a gap after a word.
    #[inline]
    pub(crate) fn behind_gaps(&self, language: usize, first: u32) -> u64 {
        u64_at(&self.bytes, self.start(Section::Gaps) + gap_cell(language, first) * 8)
    }

    /// What looking pairs up takes.
    #[inline]
    pub(crate) fn pairs(&self, language: usize) -> Pairs<'_> {
        let pilots = self.pairs[language & 1];
        let slots = self.bytes.get(self.pair_starts[language & 1]..).unwrap_or(&[]).as_chunks().0;
        Pairs { pilots, all: pilots.all(&self.bytes), slots }
    }

    /// What begins with two words: never of nothing.
    #[inline]
    pub(crate) fn starts(&'i self, starts: u32) -> Starts<'i> {
        let value = start_value(starts);
        if starts & ONE_PHRASE != 0 {
            return Starts::Phrase(value);
        }
        if starts & ONE_NODE != 0 {
            return Starts::Node(Node(value));
        }
        let at = self.start(Section::Starts) + value as usize * 4;
        let counts = u32_at(&self.bytes, at);
        let (ended, waiting) = ((counts & 0xffff) as usize, (counts >> 16) as usize);
        let run = |at: usize, count: usize| Run(self.bytes.get(at..at + count * 4).unwrap_or(&[]));
        Starts::Several(Several(run(at + 4, ended), run(at + 4 + ended * 4, waiting)))
    }

    /// The root of a language's phrases.
    pub(crate) fn root(&self, language: usize) -> u32 {
        self.roots[language & 1]
    }

    /// The nodes that `word` leads to from `node`; `first` for the root and the nodes next to it.
    #[inline]
    pub(crate) fn children(&'i self, node: u32, word: u32, first: bool) -> Children<'i> {
        let (section, size) = match first {
            true => (Section::FirstEdges, self.edge_slots[0]),
            false => (Section::Edges, self.edge_slots[1]),
        };
        let start = self.start(section);
        let key = pair_key(node, word);
        let mut at = edge_slot(key, size);
        loop {
            let slot = u64_at(&self.bytes, start + at * 8);
            if slot == 0 {
                return Children { one: None, more: &[] };
            }
            if let Some(value) = slot_value(slot, key) {
                if value & SEVERAL == 0 {
                    return Children { one: Some(Node(value)), more: &[] };
                }
                let at = self.start(Section::Targets) + (value & !SEVERAL) as usize * 4;
                let count = u32_at(&self.bytes, at).min(64) as usize;
                let run = self.bytes.get(at + 4..at + 4 + count * TARGET_BYTES).unwrap_or(&[]);
                return Children { one: None, more: run };
            }
            at = next_slot(at, size);
        }
    }

    /// The node behind the gap at `node`.
    pub(crate) fn behind_gap(&self, node: Node) -> u32 {
        u32_at(&self.bytes, self.start(Section::Nodes) + node.number() as usize * 8 + 4)
    }

    /// What ends at `node`.
    pub(crate) fn accepted(&'i self, node: Node) -> impl Iterator<Item = PhraseView> + 'i {
        let place = u32_at(&self.bytes, self.start(Section::Nodes) + node.number() as usize * 8);
        let at = self.start(Section::Accepts) + place as usize * 4;
        let count = u32_at(&self.bytes, at).min(64) as usize;
        let run = self.bytes.get(at + 4..at + 4 + count * 4).unwrap_or(&[]);
        Run(run).filter_map(|place| self.phrase(place))
    }

    /// What a phrase says.
    pub(crate) fn phrase(&self, place: u32) -> Option<PhraseView> {
        let at = self.start(Section::Phrases) + place as usize * PHRASE_BYTES;
        let phrase = self.bytes.get(at..at + PHRASE_BYTES)?;
        Some(if phrase[0] == VALENCE_PHRASE {
            PhraseView::Valence(i16::from_le_bytes([phrase[2], phrase[3]]), phrase[1])
        } else {
            PhraseView::Cue(cue_view(phrase))
        })
    }
}

/// The nodes that a word leads to, each with the bits of words of which one may lead on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Children<'b> {
    one: Option<Node>,
    more: &'b [u8],
}

impl Iterator for Children<'_> {
    type Item = (Node, u64);

    #[inline]
    fn next(&mut self) -> Option<(Node, u64)> {
        if let Some(one) = self.one.take() {
            return Some((one, u64::MAX));
        }
        let (target, rest) = self.more.split_first_chunk::<TARGET_BYTES>()?;
        self.more = rest;
        Some((Node(u32_at(target, 0)), u64_at(target, 4)))
    }
}

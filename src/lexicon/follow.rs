//! What may follow a word: pairs that have a learned row, and phrases, by their first two words.
//!
//! Shared with the build script.

use std::collections::{BTreeMap, BTreeSet};

use super::compile::Tongue;
use super::pack::Bytes;
use super::pack::places::Places;
use super::rows::{LINE_BYTES, RowPool};
use super::trie::FlatTrie;

/// What the filter is asked of two words, or of a node and a word.
#[derive(Clone, Copy, Debug)]
#[repr(u64)]
pub(crate) enum Follow {
    /// Whether the pair has a learned row or a phrase begins with it.
    Next,
    /// Whether a phrase goes on from a node with the word.
    Edge,
}

/// Cells of the filter, of 64 bits each, as a power of two: an eighth of the bits is set, so that
/// one look-up in fifty is made in vain. Each of those costs more than a larger filter does.
const FILTER_CELLS: u32 = 15;

/// The cell of two words in the filter, and the bits that are set there.
#[inline]
pub(crate) fn filter_bits(language: usize, first: u32, second: u32, what: Follow) -> (usize, u64) {
    let key = u64::from(first) << 32 | u64::from(second) << 3 | (what as u64) << 1;
    let hash = (key | language as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let bit = |at: u32| 1u64 << (hash >> (64 - FILTER_CELLS - 6 * at) & 63);
    // Each language has a half, so that posts of one leave the other out of the caches; nodes lie
    // in both.
    let cell = (hash >> (64 - FILTER_CELLS)) as usize;
    let half = match what {
        Follow::Edge => cell >> (FILTER_CELLS - 1),
        Follow::Next => language & 1,
    };
    (cell & ((1 << (FILTER_CELLS - 1)) - 1) | half << (FILTER_CELLS - 1), bit(1) | bit(2))
}

/// The bits of a slot that hold the value: the others hold the key.
const VALUE_BITS: u32 = 24;
/// The bits of a word or node in a key.
pub(crate) const KEY_BITS: u32 = 20;

/// The bits of a node: words lead on from it, a gap follows it, a phrase ends there.
pub(crate) const LEADS_ON: u32 = 1 << 20;
pub(crate) const HAS_GAP: u32 = 1 << 21;
pub(crate) const ACCEPTS: u32 = 1 << 22;
/// In place of a node: the place of several.
pub(crate) const SEVERAL: u32 = 1 << 23;

/// What begins with a pair of words, in one number: a phrase that ends with the two, a node where
/// longer ones wait, or the place of several.
pub(crate) const ONE_PHRASE: u32 = 1 << 30;
pub(crate) const ONE_NODE: u32 = 1 << 29;
/// In it: the third word does not matter, for a phrase ends with the two or has a gap behind them.
const ALWAYS: u32 = 1 << 31;
/// The bits of a phrase, a marked node or a place.
const START_BITS: u32 = 24;

/// In the key of two words: there is a gap between them.
pub(crate) const APART: u64 = 1 << (2 * KEY_BITS);
/// The bits of a pair's slot that hold its key; above are some of what the third word may be.
const PAIR_KEY_BITS: u32 = 2 * KEY_BITS + 1;
const THIRDS: u32 = 64 - PAIR_KEY_BITS;

/// What begins with two words of whose slot these are parts: 0 if nothing can come of it with that
/// `third` word, where none is asked for `any`.
#[inline]
pub(crate) fn starts_with(slot: u64, starts: u32, third: u32, any: bool) -> u32 {
    let leads = (slot >> (PAIR_KEY_BITS + third_bit(third))) as u32;
    (starts & !ALWAYS) * (leads & 1 | starts >> 31 | u32::from(any))
}

/// Whether a slot is that of a pair.
#[inline]
pub(crate) fn is_pair(slot: u64, key: u64) -> bool {
    slot << THIRDS == key << THIRDS
}

/// What `starts` holds beside its marks.
#[inline]
pub(crate) fn start_value(starts: u32) -> u32 {
    starts & ((1 << START_BITS) - 1)
}

/// The bit of a third word.
#[inline]
fn third_bit(word: u32) -> u32 {
    let hash = u64::from(word.wrapping_mul(0x9e37_79b1));
    ((hash * u64::from(THIRDS)) >> 32) as u32
}

/// Bytes of one of several nodes that a word leads to: the node, bits of the words that lead on.
pub(crate) const TARGET_BYTES: usize = 12;

/// The bit of a word among those that lead on from a node; 0 for none.
#[inline]
pub(crate) fn word_bit(word: u32) -> u64 {
    u64::from(word != 0) << (word.wrapping_mul(0x9e37_79b1) >> 26)
}

/// Words that phrases begin with before a gap share so many cells of a language, as a power of two:
/// in each the bits of the words behind the gap. They are two thousand: some have hundreds of words
/// behind them, and the commonest ones, which have few, should be left alone.
const GAP_CELLS: u32 = 12;

/// The cell of a word before a gap, among those of both languages.
#[inline]
pub(crate) fn gap_cell(language: usize, first: u32) -> usize {
    (language & 1) << GAP_CELLS | (first.wrapping_mul(0x9e37_79b1) >> (32 - GAP_CELLS)) as usize
}

/// Bytes of a pair of words in its table: the key, the learned row, the place of what begins.
pub(crate) const PAIR_BYTES: usize = 16;

/// A table of exact keys by open addressing. Value 0 is an empty slot.
fn edge_table(entries: &[(u64, u32)]) -> Result<Bytes, String> {
    let size = slots_for(entries.len());
    let mut slots = vec![0u64; size];
    for &(key, value) in entries {
        if value >> VALUE_BITS != 0 {
            return Err("too many phrases".into());
        }
        let mut at = edge_slot(key, size);
        while slots[at] != 0 {
            at = next_slot(at, size);
        }
        slots[at] = key << VALUE_BITS | u64::from(value);
    }
    let mut out = Bytes::default();
    slots.into_iter().for_each(|slot| out.u64(slot));
    Ok(out)
}

/// The value of a slot, if it is that of `key`.
#[inline]
pub(crate) fn slot_value(slot: u64, key: u64) -> Option<u32> {
    (slot >> VALUE_BITS == key).then_some((slot & ((1 << VALUE_BITS) - 1)) as u32)
}

/// Words and nodes are fewer than a million, which `pack` sees to. No key is 0, for word 0 is none.
#[inline]
pub(crate) fn pair_key(first: u32, second: u32) -> u64 {
    u64::from(first) << KEY_BITS | u64::from(second)
}

/// The slot of a table of that size where a key is looked for first.
#[inline]
pub(crate) fn edge_slot(key: u64, size: usize) -> usize {
    let hash = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    // As many slots as are wanted, not only a power of two, for one multiplication.
    ((((hash ^ (hash >> 32)) & 0xffff_ffff) * size as u64) >> 32) as usize
}

/// The slot looked at after `at`.
#[inline]
pub(crate) fn next_slot(at: usize, size: usize) -> usize {
    if at + 1 < size { at + 1 } else { 0 }
}

/// How many slots so many keys take: two in three are full. Whole lines of the cache, so that no
/// padding behind a table passes for slots of it.
fn slots_for(keys: usize) -> usize {
    (keys * 3 / 2 + 2).next_multiple_of(LINE_BYTES / size_of::<u64>())
}

/// What is known of two words in a row.
#[derive(Default)]
struct Pair {
    row: u32,
    /// Phrases that end with the two.
    accepts: Vec<u32>,
    /// Nodes behind the two.
    nodes: Vec<u32>,
    /// Bits of the words that lead on from these.
    thirds: u64,
    /// Whether the third word does not matter.
    always: bool,
}

/// How many pairs of words the phrases of a language may begin with, as far as these are laid out:
/// the shipped ones come to a twentieth. Two lists of thousands of words, one behind the other, are
/// searched word by word instead.
const MOST_PAIRS: usize = 400_000;

/// The tables of pairs and of the trie.
#[derive(Default)]
pub(crate) struct FollowTables {
    pub(crate) filter: Bytes,
    /// By [`gap_cell`], what may stand behind a gap.
    pub(crate) gaps: Bytes,
    /// French and English: the pilots that tell a place from the hash of two words, and the places.
    pub(crate) pairs: Vec<[Bytes; 2]>,
    /// Runs of what begins with two words: how many phrases end and how many nodes wait, the
    /// phrases, the nodes. Place 0 is none.
    pub(crate) starts: Bytes,
    /// From nodes that a search from the root looks at first, and from those behind.
    pub(crate) first_edges: Bytes,
    pub(crate) edges: Bytes,
    /// Runs of nodes with the words that lead on from each, preceded by their length.
    pub(crate) targets: Bytes,
    /// For each node the place of what ends there and the node behind a gap.
    pub(crate) nodes: Bytes,
    /// Runs of phrases, each preceded by its length.
    pub(crate) accepts: Bytes,
    pub(crate) roots: Bytes,
    /// By language, the words that a phrase may begin with before a gap.
    pub(crate) heads_gap: Vec<BTreeSet<u32>>,
    /// By language, the words that head phrases of more pairs than are laid out.
    pub(crate) heads_many: Vec<BTreeSet<u32>>,
    /// Words that a phrase or pair has in its second place, of any language, and those it has
    /// behind a gap there.
    pub(crate) seconds: BTreeSet<u32>,
    pub(crate) gap_seconds: BTreeSet<u32>,
}

/// A trie whose nodes are numbered among those of all languages.
struct Numbered<'f> {
    flat: &'f FlatTrie,
    first: u32,
    inner: BTreeSet<u32>,
}

impl Numbered<'_> {
    /// A node with the bits that tell of it.
    fn marked(&self, node: u32) -> u32 {
        let (accept, gap) = self.flat.nodes[node as usize];
        let mut marked = node + self.first;
        for (set, bit) in
            [(self.inner.contains(&node), LEADS_ON), (gap != 0, HAS_GAP), (accept != 0, ACCEPTS)]
        {
            if set {
                marked |= bit;
            }
        }
        marked
    }

    fn targets(&self, place: u32) -> &[u32] {
        let count = self.flat.targets[place as usize] as usize;
        &self.flat.targets[place as usize + 1..][..count]
    }

    fn accepts(&self, node: u32) -> &[u32] {
        let (place, _) = self.flat.nodes[node as usize];
        let count = self.flat.accepts[place as usize] as usize;
        &self.flat.accepts[place as usize + 1..][..count]
    }
}

/// Lays out pairs and tries; rows go to `rows`. `numbers` are those that words have in the tables.
pub(crate) fn follow_tables(
    tongues: &[Tongue],
    numbers: &[u32],
    rows: &mut RowPool,
    fixed: impl Fn(&[(u8, f32)]) -> Vec<(u8, i16)>,
) -> Result<FollowTables, String> {
    let mut out = FollowTables::default();
    let number = |word: u32| numbers[word as usize];
    let mut filter = vec![0u64; 1 << FILTER_CELLS];
    let mut set = |language, first, second, what| {
        let (cell, bits) = filter_bits(language, first, second, what);
        filter[cell] |= bits;
    };
    let mut behind = vec![0u64; 2 << GAP_CELLS];
    out.starts.u32(0);
    out.targets.u32(0);
    out.accepts.u32(0);
    let (mut first_edges, mut edges) = (Vec::new(), Vec::new());
    for (language, tongue) in tongues.iter().enumerate() {
        let flat = tongue.trie.flatten();
        let first = (out.nodes.0.len() / 8) as u32;
        let inner = flat.edges.iter().map(|((node, _), _)| *node).collect();
        let trie = Numbered { flat: &flat, first, inner };
        out.roots.u32(first);
        for &(accept, gap) in &flat.nodes {
            let behind = accept + (out.accepts.0.len() / 4) as u32;
            out.nodes.u32(if accept == 0 { 0 } else { behind });
            out.nodes.u32(if gap == 0 { 0 } else { gap + first });
        }
        flat.accepts.iter().for_each(|&accept| out.accepts.u32(accept));

        let mut begin: BTreeMap<u32, Vec<(u32, &[u32])>> = BTreeMap::new();
        for &((node, word), place) in &flat.edges {
            begin.entry(node).or_default().push((word, trie.targets(place)));
        }
        let edges_of = |node: u32| begin.get(&node).map_or(&[][..], Vec::as_slice);
        // Two words in a row and, apart from these, two with a gap between.
        let mut pairs: BTreeMap<(u32, u32, bool), Pair> = BTreeMap::new();
        let behind_gap = |child: u32| match flat.nodes[child as usize] {
            (_, 0) => &[][..],
            (_, gap) => edges_of(gap),
        };
        let seconds_of = |child: u32| {
            let behind = behind_gap(child).iter().map(|edge| (true, edge));
            edges_of(child).iter().map(|edge| (false, edge)).chain(behind)
        };
        let mut gaps = BTreeSet::new();
        let mut heads: BTreeMap<u32, usize> = BTreeMap::new();
        for &(_, children) in edges_of(0) {
            children.iter().for_each(|&child| *heads.entry(child).or_default() += 1);
        }
        let mut room = MOST_PAIRS;
        let mut many = BTreeSet::new();
        for (&child, &heads) in &heads {
            match room.checked_sub(heads.saturating_mul(seconds_of(child).count())) {
                Some(left) => room = left,
                None => drop(many.insert(child)),
            }
        }
        let mut heads_many = BTreeSet::new();
        for &(head, children) in edges_of(0) {
            // A search takes the last child first, with all behind it.
            for &child in children.iter().rev() {
                if many.contains(&child) {
                    heads_many.insert(head);
                    continue;
                }
                for (apart, &(second, nodes)) in seconds_of(child) {
                    let pair = pairs.entry((head, second, apart)).or_default();
                    for &node in nodes {
                        pair.accepts.extend(trie.accepts(node));
                    }
                    if apart {
                        gaps.insert(head);
                        behind[gap_cell(language, number(head))] |= word_bit(number(second));
                        out.gap_seconds.insert(second);
                    }
                }
            }
            for &child in children.iter().filter(|&child| !many.contains(child)) {
                for (apart, &(second, nodes)) in seconds_of(child) {
                    let waits = |node: &u32| trie.marked(*node) & (LEADS_ON | HAS_GAP) != 0;
                    let nodes = nodes.iter().copied().filter(waits);
                    let pair = pairs.entry((head, second, apart)).or_default();
                    for node in nodes {
                        let words =
                            edges_of(node).iter().map(|&(word, _)| 1 << third_bit(number(word)));
                        pair.thirds = words.fold(pair.thirds, |bits, bit| bits | bit);
                        pair.always |= trie.marked(node) & HAS_GAP != 0;
                        pair.nodes.push(trie.marked(node));
                    }
                }
            }
        }
        for (&(first, second), learned) in &tongue.pairs {
            let pair = pairs.entry((first, second, false)).or_default();
            pair.row = rows.add(&fixed(learned));
        }
        for &(first, second, _) in pairs.keys().filter(|(.., apart)| !apart) {
            set(language, number(first), number(second), Follow::Next);
            out.seconds.insert(second);
        }
        // The nodes that a search from the root looks at first: of words that head too many only.
        let searched: BTreeSet<u32> = edges_of(0)
            .iter()
            .filter(|(head, _)| heads_many.contains(head))
            .flat_map(|&(_, children)| children.iter().copied())
            .collect();
        // Those behind these, and behind two words: none other is ever asked for.
        let waiting = pairs.values().flat_map(|pair| &pair.nodes);
        let mut next: Vec<u32> =
            waiting.map(|node| (node & ((1 << KEY_BITS) - 1)) - first).collect();
        next.extend(&searched);
        let mut reached: BTreeSet<u32> = BTreeSet::new();
        while let Some(node) = next.pop() {
            if reached.insert(node) {
                next.extend(edges_of(node).iter().flat_map(|&(_, nodes)| nodes));
                next.extend(Some(flat.nodes[node as usize].1).filter(|&gap| gap != 0));
            }
        }
        out.pairs.push(pair_table(&pairs, number, &mut out.starts)?);

        let mut laid_out: BTreeMap<u32, u32> = BTreeMap::new();
        for &((node, word), place) in &flat.edges {
            let is_first = searched.contains(&node) || node == 0 && heads_many.contains(&word);
            if !is_first {
                if !reached.contains(&node) {
                    continue;
                }
                set(0, node + first, number(word), Follow::Edge);
            }
            let value = match trie.targets(place) {
                [node] => trie.marked(*node),
                nodes => {
                    let place = *laid_out.entry(place).or_insert_with(|| {
                        let place = (out.targets.0.len() / 4) as u32;
                        out.targets.u32(nodes.len() as u32);
                        for &node in nodes {
                            let words = edges_of(node).iter();
                            let words = words.map(|&(word, _)| word_bit(number(word)));
                            out.targets.u32(trie.marked(node));
                            out.targets.u64(words.fold(0, |bits, bit| bits | bit));
                        }
                        place
                    });
                    if place >= SEVERAL {
                        return Err("too many phrases".into());
                    }
                    SEVERAL | place
                }
            };
            let edges = if is_first { &mut first_edges } else { &mut edges };
            edges.push((pair_key(node + first, number(word)), value));
        }
        out.heads_gap.push(gaps);
        out.heads_many.push(heads_many);
    }
    if out.nodes.0.len() / 8 >= 1 << KEY_BITS {
        return Err("too many phrases".into());
    }
    out.first_edges = edge_table(&first_edges)?;
    out.edges = edge_table(&edges)?;
    filter.into_iter().for_each(|cell| out.filter.u64(cell));
    behind.into_iter().for_each(|bits| out.gaps.u64(bits));
    Ok(out)
}

/// The hash of a pair.
#[inline]
pub(crate) fn pair_hash(key: u64) -> u64 {
    let hash = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}

/// Pairs at the places that pilots tell.
fn pair_table(
    pairs: &BTreeMap<(u32, u32, bool), Pair>,
    number: impl Fn(u32) -> u32,
    starts: &mut Bytes,
) -> Result<[Bytes; 2], String> {
    let key = |&(first, second, apart): &(u32, u32, bool)| {
        pair_key(number(first), number(second)) | if apart { APART } else { 0 }
    };
    let hashes: Vec<u64> = pairs.keys().map(|pair| pair_hash(key(pair))).collect();
    let places = Places::new(&hashes);
    let mut slots = vec![[0u8; PAIR_BYTES]; places.len()];
    let mut runs: BTreeMap<(&[u32], &[u32]), u32> = BTreeMap::new();
    for ((words, pair), &at) in pairs.iter().zip(&places.of) {
        let (value, mark) = match (&pair.accepts[..], &pair.nodes[..]) {
            ([], []) => (0, 0),
            (&[phrase], []) => (phrase, ONE_PHRASE),
            ([], &[node]) => (node, ONE_NODE),
            (accepts, nodes) => match runs.get(&(accepts, nodes)) {
                Some(&place) => (place, 0),
                None => {
                    let place = (starts.0.len() / 4) as u32;
                    let count = |n: usize| u16::try_from(n).map_err(|_| "too many phrases");
                    starts.u16(count(accepts.len())?);
                    starts.u16(count(nodes.len())?);
                    accepts.iter().chain(nodes).for_each(|&number| starts.u32(number));
                    runs.insert((accepts, nodes), place);
                    (place, 0)
                }
            },
        };
        if value >> START_BITS != 0 {
            return Err("too many phrases".into());
        }
        let always = pair.always || !pair.accepts.is_empty();
        let begins = value | mark | if always { ALWAYS } else { 0 };
        let slot = key(words) | pair.thirds << PAIR_KEY_BITS;
        slots[at][..8].copy_from_slice(&slot.to_le_bytes());
        slots[at][8..12].copy_from_slice(&pair.row.to_le_bytes());
        slots[at][12..].copy_from_slice(&begins.to_le_bytes());
    }
    Ok([places.to_bytes(), Bytes(slots.into_flattened())])
}

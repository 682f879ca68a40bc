//! The trie of multi-word terms, over the ids of words, and what they say.
//!
//! Shared with the build script.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::tsv::Cue;

/// What a multi-word term says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Phrase {
    Valence(f32, f32),
    Cue(Cue),
}

/// A phrase by what tells it from others: numbers by their bits.
type Key = (u32, u32, Option<(u8, u8, Option<[u8; 2]>)>);

/// All phrases, each once.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    all: Vec<Phrase>,
    places: HashMap<Key, u32>,
}

impl Phrases {
    /// The place of a phrase, new or old.
    pub(crate) fn place(&mut self, phrase: Phrase) -> u32 {
        let key = match &phrase {
            Phrase::Valence(valence, arousal) => (valence.to_bits(), arousal.to_bits(), None),
            Phrase::Cue(cue) => {
                (cue.weight.to_bits(), 0, Some((cue.kind as u8, cue.agent as u8, cue.country)))
            }
        };
        let next = self.all.len() as u32;
        let place = *self.places.entry(key).or_insert(next);
        if place == next {
            self.all.push(phrase);
        }
        place
    }

    pub(crate) fn all(&self) -> &[Phrase] {
        &self.all
    }
}

/// A node: which slots lead on, where a gap leads, what ends here.
#[derive(Debug, Default)]
struct Node {
    /// Slot (by interned id) to child.
    children: BTreeMap<u32, u32>,
    gap: u32,
    accepts: Vec<u32>,
}

impl Node {
    /// The children with their slots, as they were added.
    fn in_order(&self) -> Vec<(u32, u32)> {
        let mut children: Vec<_> =
            self.children.iter().map(|(&slot, &child)| (child, slot)).collect();
        children.sort_unstable();
        children
    }
}

/// Patterns being gathered. Node 0 is the root.
///
/// Patterns share their beginnings slot by slot (and, laid flat, their ends), so that twenty ordinals before forty nouns cost
/// twenty edges to one node, not eight hundred. A word may belong to several slots of one node:
/// then it leads to several children.
#[derive(Debug)]
pub(crate) struct TrieBuilder {
    nodes: Vec<Node>,
    slots: BTreeMap<Vec<u32>, u32>,
    slot_words: Vec<Vec<u32>>,
}

/// A trie laid flat.
#[derive(Debug, Default)]
pub(crate) struct FlatTrie {
    /// (node, word) to a place in `targets`, sorted.
    pub(crate) edges: Vec<((u32, u32), u32)>,
    /// Runs of child nodes, each preceded by its length.
    pub(crate) targets: Vec<u32>,
    /// For each node: place in `accepts`, and the node behind a gap (0: none).
    pub(crate) nodes: Vec<(u32, u32)>,
    /// Runs of payloads, each preceded by its length; place 0 is an empty run.
    pub(crate) accepts: Vec<u32>,
}

impl TrieBuilder {
    pub(crate) fn new() -> Self {
        Self { nodes: vec![Node::default()], slots: BTreeMap::new(), slot_words: Vec::new() }
    }

    /// Adds a pattern: slots of sorted word ids, `None` for a gap, ending in `payload`.
    pub(crate) fn add(&mut self, pattern: Vec<Option<Vec<u32>>>, payload: u32) {
        let mut at = 0;
        for slot in pattern {
            at = match slot {
                None if self.nodes[at].gap != 0 => self.nodes[at].gap as usize,
                None => {
                    let child = self.push();
                    self.nodes[at].gap = child as u32;
                    child
                }
                Some(words) => {
                    let next = self.slot_words.len() as u32;
                    let slot = *self.slots.entry(words).or_insert_with_key(|words| {
                        self.slot_words.push(words.clone());
                        next
                    });
                    match self.nodes[at].children.get(&slot) {
                        Some(&child) => child as usize,
                        None => {
                            let child = self.push();
                            self.nodes[at].children.insert(slot, child as u32);
                            child
                        }
                    }
                }
            };
        }
        if !self.nodes[at].accepts.contains(&payload) {
            self.nodes[at].accepts.push(payload);
        }
    }

    fn push(&mut self) -> usize {
        self.nodes.push(Node::default());
        self.nodes.len() - 1
    }

    /// For each node the last of those from which the same leads on, in the same order, to the same
    /// ends: phrases share their ends too. The root and the nodes next to it stay apart, for these
    /// are looked up in a table of their own.
    fn alike(&self) -> Vec<u32> {
        let apart: BTreeSet<u32> = self.nodes[0].children.values().copied().chain([0]).collect();
        let mut alike: Vec<u32> = (0..self.nodes.len() as u32).collect();
        let mut known = HashMap::new();
        // A child has a higher number than what leads to it.
        for at in (0..self.nodes.len()).rev().filter(|&at| !apart.contains(&(at as u32))) {
            let node = &self.nodes[at];
            let mut children = node.in_order();
            children.iter_mut().for_each(|(child, _)| *child = alike[*child as usize]);
            let gap = alike[node.gap as usize];
            alike[at] = *known.entry((&node.accepts, gap, children)).or_insert(at as u32);
        }
        alike
    }

    pub(crate) fn flatten(&self) -> FlatTrie {
        let mut flat = FlatTrie { targets: vec![0], accepts: vec![0], ..FlatTrie::default() };
        let alike = self.alike();
        let kept = || (0..self.nodes.len()).filter(|&at| alike[at] as usize == at);
        let mut numbers = vec![0; self.nodes.len()];
        kept().enumerate().for_each(|(number, at)| numbers[at] = number as u32);
        let number = |node: u32| numbers[alike[node as usize] as usize];
        let (mut targets, mut accepts) = (HashMap::new(), HashMap::new());
        for (at, node) in kept().map(|at| (number(at as u32), &self.nodes[at])) {
            let mut by_word: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            // A search takes the last first: the order is that in which they came.
            for (child, slot) in node.in_order() {
                for &word in &self.slot_words[slot as usize] {
                    by_word.entry(word).or_default().push(number(child));
                }
            }
            for (word, children) in by_word {
                flat.edges.push(((at, word), run(&mut flat.targets, &mut targets, children)));
            }
            let accepts = match &node.accepts[..] {
                [] => 0,
                some => run(&mut flat.accepts, &mut accepts, some.to_vec()),
            };
            flat.nodes.push((accepts, number(node.gap)));
        }
        flat
    }
}

/// The place of a run of numbers, which is preceded by its length; the same run has one place.
fn run(all: &mut Vec<u32>, places: &mut HashMap<Vec<u32>, u32>, run: Vec<u32>) -> u32 {
    *places.entry(run).or_insert_with_key(|run| {
        let place = all.len() as u32;
        all.push(run.len() as u32);
        all.extend(run);
        place
    })
}

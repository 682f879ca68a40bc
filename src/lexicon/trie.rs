//! The trie of multi-word terms, over the ids of words, and what they say.
//!
//! Shared with the build script.

use std::collections::{BTreeMap, HashMap};

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

/// Patterns being gathered. Node 0 is the root.
///
/// Patterns share their beginnings slot by slot, so that twenty ordinals before forty nouns cost
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

    pub(crate) fn flatten(&self) -> FlatTrie {
        let mut flat = FlatTrie { targets: vec![0], accepts: vec![0], ..FlatTrie::default() };
        for (at, node) in self.nodes.iter().enumerate() {
            let mut by_word: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            for (&slot, &child) in &node.children {
                for &word in &self.slot_words[slot as usize] {
                    by_word.entry(word).or_default().push(child);
                }
            }
            for (word, mut children) in by_word {
                children.sort_unstable();
                flat.edges.push(((at as u32, word), flat.targets.len() as u32));
                flat.targets.push(children.len() as u32);
                flat.targets.extend(children);
            }
            let accepts = if node.accepts.is_empty() {
                0
            } else {
                let place = flat.accepts.len() as u32;
                flat.accepts.push(node.accepts.len() as u32);
                flat.accepts.extend(&node.accepts);
                place
            };
            flat.nodes.push((accepts, node.gap));
        }
        flat
    }
}

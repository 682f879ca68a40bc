//! The compiled lexicons as bytes: what the build writes into the crate and what is read in place.
//!
//! Little-endian, no pointers, no alignment asked for. Shared with the build script.

use std::collections::{BTreeMap, BTreeSet};

use super::compile::{Compiled, LANGUAGES, Payload, Term, Tongue};
use super::entry::{CueKind, HEAD_COUNT, LANGUAGE_HEAD, hash_term};
use super::trie::FlatTrie;
use super::trie::Phrase;
use super::tsv::Cue;

/// The sections of the bytes, in order; the header holds where each starts.
#[derive(Clone, Copy, Debug)]
#[repr(usize)]
pub(crate) enum Section {
    Strings,
    Slots,
    Terms,
    Payloads,
    Cues,
    Rows,
    Aliases,
    PairsFrench,
    PairsEnglish,
    Edges,
    Targets,
    Nodes,
    Accepts,
    Phrases,
    Specials,
    Bases,
    Calibration,
    Priorities,
    Roots,
    Starts,
    HotSlots,
    End,
}

pub(crate) const HEADER_BYTES: usize = (Section::End as usize + 1) * 4;
pub(crate) const TERM_BYTES: usize = 32;
/// So many bytes of a word stand in its record, zeros behind; longer words stand in the strings.
pub(crate) const INLINE_BYTES: usize = 16;
/// The most frequent words have a table of their own, small enough to stay in the nearest cache.
const HOT_WORDS: usize = 2048;
pub(crate) const PAYLOAD_BYTES: usize = 24;
pub(crate) const CUE_BYTES: usize = 8;
pub(crate) const PHRASE_BYTES: usize = 8;
/// In place of a kind of cue: the phrase carries valence.
pub(crate) const VALENCE_PHRASE: u8 = 0xff;

pub(crate) const TERM_HOMOGRAPH: u8 = 1;
pub(crate) const TERM_OTHER_LANGUAGE: u8 = 2;
/// Whom a post is addressed to: a handle.
pub(crate) const TERM_HANDLE: u8 = 4;

pub(crate) const HAS_VALENCE: u8 = 1;
pub(crate) const HEADS_PHRASE: u8 = 2;
pub(crate) const PAIR_FIRST: u8 = 4;
pub(crate) const PAIR_SECOND: u8 = 8;
pub(crate) const HAS_ALIAS: u8 = 16;
pub(crate) const HAS_CUES: u8 = 32;
/// A phrase may go on behind a gap after this word.
pub(crate) const HEADS_GAP: u8 = 64;

/// The bit of a node that words lead on from.
pub(crate) const LEADS_ON: u32 = 1 << 31;

/// What the filter of two words is asked.
#[derive(Clone, Copy, Debug)]
#[repr(usize)]
pub(crate) enum Follow {
    /// Whether the pair has a learned row.
    Pair,
    /// Whether a phrase may begin with the two.
    Next,
    /// Whether a phrase may begin with the two, with a gap between.
    Gap,
}

/// Cells of the filter of two words, as a power of two: one bit in nine is set, so that few
/// look-ups are made in vain.
const FILTER_CELLS: u32 = 13;

/// The cell and the bit of two words in the filter. What is asked of the same two words lies in
/// the same cell.
#[inline]
pub(crate) fn filter_bit(language: usize, first: u32, second: u32, what: Follow) -> (usize, u32) {
    let key = u64::from(first) << 32 | u64::from(second) << 1 | language as u64;
    let hash = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let bit = (hash >> (64 - FILTER_CELLS - 6)) as u32 + what as u32 * 21;
    ((hash >> (64 - FILTER_CELLS)) as usize, bit & 63)
}

/// The channels and levels of the table of minutes, in its order.
pub(crate) const CHANNELS: &[&str] =
    &["public_social", "page_wall", "review", "forum", "direct_message", "email", "chat"];
pub(crate) const LEVELS: &[&str] = &["low", "normal", "high", "urgent"];

#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn u32(&mut self, value: u32) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }
    fn u16(&mut self, value: u16) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }
    fn i16(&mut self, value: i16) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }
    fn u64(&mut self, value: u64) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }
    fn f32(&mut self, value: f32) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }
}

/// A weight in thousandths, a valence or a cue's weight in hundredths.
fn fixed(value: f32, unit: f32) -> i16 {
    // Rows were checked to be in range, so this only rounds.
    (value * unit).round().clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16
}

/// How many weights a row of all heads has: full lanes of eight, without the head of the language.
pub(crate) const LANES: usize = LANGUAGE_HEAD.next_multiple_of(8);
const _: () = assert!(LANGUAGE_HEAD + 1 == HEAD_COUNT && HEAD_COUNT < DENSE_ROW as usize);
/// In place of the length of a row: a weight for every head follows.
pub(crate) const DENSE_ROW: u32 = 0xff;
/// Rows with more weights than this are written for all heads: they are then added eight at a time.
const MOST_SPARSE: usize = 5;

/// Runs of (head, weight), each preceded by its length; place 0 is the empty run.
#[derive(Default)]
struct RowPool(Bytes);

impl RowPool {
    fn add(&mut self, weights: &[(u8, f32)]) -> u32 {
        if self.0.0.is_empty() {
            self.0.u32(0);
        }
        if weights.is_empty() {
            return 0;
        }
        let place = (self.0.0.len() / 4) as u32;
        if weights.len() > MOST_SPARSE {
            let mut lanes = [0; LANES];
            for &(head, weight) in weights {
                lanes[head as usize] += fixed(weight, 1000.0);
            }
            self.0.u32(DENSE_ROW);
            lanes.into_iter().for_each(|weight| self.0.i16(weight));
            return place;
        }
        self.0.u32(weights.len() as u32);
        for &(head, weight) in weights {
            self.0.0.extend([head, 0]);
            self.0.i16(fixed(weight, 1000.0));
        }
        place
    }
}

fn cue_bytes(out: &mut Bytes, cue: &Cue) {
    out.0.extend([cue.kind as u8, cue.agent as u8]);
    out.i16(fixed(cue.weight, 100.0));
    out.0.extend(cue.country.unwrap_or([0, 0]));
    out.u16(0);
}

/// The bits of a slot that hold the value: the others hold the key.
const VALUE_BITS: u32 = 24;
/// The bits of a word or node in a key.
const KEY_BITS: u32 = 20;

/// A table of exact keys by open addressing, at most half full. Value 0 is an empty slot.
fn hash_table(entries: &[(u64, u32)]) -> Result<Bytes, String> {
    let size = (entries.len() * 2).next_power_of_two().max(8);
    let mut slots = vec![0u64; size];
    for &(key, value) in entries {
        if value >> VALUE_BITS != 0 {
            return Err("too many rows or phrases".into());
        }
        let mut at = pair_hash(key) as usize & (size - 1);
        while slots[at] != 0 {
            at = (at + 1) & (size - 1);
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

/// Words and nodes are fewer than a million, which `pack` sees to.
#[inline]
pub(crate) fn pair_key(first: u32, second: u32) -> u64 {
    u64::from(first) << KEY_BITS | u64::from(second)
}

#[inline]
pub(crate) fn pair_hash(key: u64) -> u64 {
    let hash = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 32)
}

/// A slot of the table of terms: the id below, twelve bits of the hash above.
pub(crate) fn slot_tag(hash: u64) -> u32 {
    ((hash >> 52) as u32) << 20
}

fn payload_bytes(
    out: &mut Bytes,
    payload: &Payload,
    heads_gap: bool,
    cues: &mut Bytes,
    rows: &mut RowPool,
    aliases: &mut Bytes,
) {
    let mut flags = 0;
    for (set, flag) in [
        (payload.valence.is_some(), HAS_VALENCE),
        (payload.heads_phrase, HEADS_PHRASE),
        (payload.pair_first, PAIR_FIRST),
        (payload.pair_second, PAIR_SECOND),
        (!payload.alias.is_empty(), HAS_ALIAS),
        (!payload.cues.is_empty(), HAS_CUES),
        (heads_gap, HEADS_GAP),
    ] {
        if set {
            flags |= flag;
        }
    }
    let (valence, arousal) = payload.valence.unwrap_or((0.0, 0.0));
    out.i16(fixed(valence, 100.0));
    out.0.extend([(arousal * 100.0).round() as u8, flags]);
    let alias = (aliases.0.len() / 4) as u32;
    if !payload.alias.is_empty() {
        aliases.u32(payload.alias.len() as u32);
        for &id in &payload.alias {
            aliases.u32(id);
        }
    }
    out.u32(alias);
    out.u32((cues.0.len() / CUE_BYTES) as u32);
    // The first sixteen kinds are those of scope and agent: one look tells whether any applies.
    let mut mask = 0u16;
    for cue in &payload.cues {
        mask |= 1u16.checked_shl(cue.kind as u32).unwrap_or(0);
        cue_bytes(cues, cue);
    }
    out.u16(payload.cues.len() as u16);
    out.u16(mask);
    out.u32(rows.add(&payload.weights));
    out.u32(rows.add(&payload.negated));
}

/// The ids of words by their hash; 0 is an empty slot.
fn word_table(terms: &[Term]) -> Bytes {
    let size = (terms.len() * 2).next_power_of_two();
    let mut slots = vec![0u32; size];
    for (id, term) in terms.iter().enumerate().skip(1) {
        let hash = hash_term(term.text.as_bytes());
        let mut at = hash as usize & (size - 1);
        while slots[at] != 0 {
            at = (at + 1) & (size - 1);
        }
        slots[at] = slot_tag(hash) | id as u32;
    }
    let mut out = Bytes::default();
    slots.into_iter().for_each(|slot| out.u32(slot));
    out
}

/// The filter of pairs and of the first two words of phrases, and the first words that a gap follows.
fn filter_starts(tongues: &[Tongue], flats: &[FlatTrie]) -> (Bytes, Vec<BTreeSet<u32>>) {
    let mut cells = vec![0u64; 1 << FILTER_CELLS];
    let mut set = |language, first, second, what| {
        let (cell, bit) = filter_bit(language, first, second, what);
        cells[cell] |= 1 << bit;
    };
    for (language, tongue) in tongues.iter().enumerate() {
        tongue.pairs.keys().for_each(|&(a, b)| set(language, a, b, Follow::Pair));
    }
    let mut heads_gap = Vec::new();
    for (language, flat) in flats.iter().enumerate() {
        let mut gaps = BTreeSet::new();
        // The words from the root by the node they lead to, and whether over a gap.
        let mut firsts: BTreeMap<u32, (bool, Vec<u32>)> = BTreeMap::new();
        for &((_, word), place) in flat.edges.iter().filter(|((node, _), _)| *node == 0) {
            let count = flat.targets[place as usize] as usize;
            for &child in &flat.targets[place as usize + 1..][..count] {
                firsts.entry(child).or_default().1.push(word);
                let (_, gap) = flat.nodes[child as usize];
                if gap != 0 {
                    let behind = firsts.entry(gap).or_default();
                    behind.0 = true;
                    behind.1.push(word);
                    gaps.insert(word);
                }
            }
        }
        for &((node, second), _) in &flat.edges {
            let Some((gap, firsts)) = firsts.get(&node) else { continue };
            for &first in firsts {
                set(language, first, second, if *gap { Follow::Gap } else { Follow::Next });
            }
        }
        heads_gap.push(gaps);
    }
    let mut out = Bytes::default();
    cells.into_iter().for_each(|cell| out.u64(cell));
    (out, heads_gap)
}

/// Lays everything out. Fails only if there are more words than the tables can index.
pub(crate) fn pack(compiled: &Compiled) -> Result<Vec<u8>, String> {
    if compiled.terms.len() >= 1 << KEY_BITS {
        return Err(format!("{} different words; at most a million", compiled.terms.len()));
    }
    let flats: Vec<_> = compiled.tongues.iter().map(|tongue| tongue.trie.flatten()).collect();
    let (starts, heads_gap) = filter_starts(&compiled.tongues, &flats);
    let mut strings = Bytes::default();
    let mut terms = Bytes::default();
    let mut payloads = Bytes::default();
    let (mut cues, mut rows, mut aliases) =
        (Bytes::default(), RowPool::default(), Bytes::default());
    // Payload 0 is the empty one.
    payload_bytes(&mut payloads, &Payload::default(), false, &mut cues, &mut rows, &mut aliases);
    // Language by language: posts of one language leave the words of the other out of the caches.
    let mut places = vec![[0u32; LANGUAGES]; compiled.terms.len()];
    for language in 0..LANGUAGES {
        for (id, term) in compiled.terms.iter().enumerate() {
            let Some(payload) = &term.payloads[language] else { continue };
            places[id][language] = (payloads.0.len() / PAYLOAD_BYTES) as u32;
            let gap = heads_gap[language].contains(&(id as u32));
            payload_bytes(&mut payloads, payload, gap, &mut cues, &mut rows, &mut aliases);
        }
    }
    for (term, places) in compiled.terms.iter().zip(places) {
        let text = term.text.as_bytes();
        let length = u8::try_from(text.len())
            .map_err(|_| format!("`{}` is longer than 255 bytes", term.text))?;
        let mut inline = [0; INLINE_BYTES];
        let start = text.len().min(INLINE_BYTES);
        inline[..start].copy_from_slice(&text[..start]);
        terms.0.extend(inline);
        let other = term.payloads.iter().flatten().flat_map(|payload| &payload.cues);
        let other = other.map(|cue| cue.kind).any(|kind| kind == CueKind::LanguageOther);
        let mut flags = 0;
        for (set, flag) in [
            (term.homograph, TERM_HOMOGRAPH),
            (other, TERM_OTHER_LANGUAGE),
            (term.text == "<handle>" || term.text.starts_with('@'), TERM_HANDLE),
        ] {
            if set {
                flags |= flag;
            }
        }
        terms.0.extend([length, flags]);
        terms.i16(fixed(term.language, 1000.0));
        terms.u32(strings.0.len() as u32);
        if text.len() > INLINE_BYTES {
            strings.0.extend_from_slice(text);
        }
        places.into_iter().for_each(|place| terms.u32(place));
    }
    // Words are in the order of their frequency, so far as it is known.
    let hot = compiled.terms.len().min(HOT_WORDS);
    let hot_slots = word_table(&compiled.terms[..hot]);
    let slot_bytes = word_table(&compiled.terms);

    let mut pairs = Vec::new();
    let mut specials = Bytes::default();
    let mut bases = Bytes::default();
    let mut calibration = Bytes::default();
    let mut edges = Vec::new();
    let (mut targets, mut nodes, mut accepts, mut roots) =
        (Bytes::default(), Bytes::default(), Bytes::default(), Bytes::default());
    for (tongue, flat) in compiled.tongues.iter().zip(flats) {
        let entries: Vec<_> =
            tongue.pairs.iter().map(|(&(a, b), w)| (pair_key(a, b), rows.add(w))).collect();
        pairs.push(hash_table(&entries)?);
        for weights in &tongue.specials {
            specials.u32(rows.add(weights));
        }
        for base in tongue.base {
            bases.u32(i32::from(fixed(base, 1000.0)) as u32);
        }
        for (slope, offset, threshold) in tongue.calibration {
            for number in [slope, offset, threshold] {
                calibration.f32(number);
            }
        }
        let first_node = (nodes.0.len() / 8) as u32;
        let first_accept = (accepts.0.len() / 4) as u32;
        let first_target = (targets.0.len() / 4) as u32;
        roots.u32(first_node);
        let inner: BTreeSet<u32> = flat.edges.iter().map(|((node, _), _)| *node).collect();
        for ((node, word), place) in flat.edges {
            edges.push((pair_key(node + first_node, word), place + first_target));
        }
        let mut at = 0;
        while at < flat.targets.len() {
            let count = flat.targets[at];
            targets.u32(count);
            for child in &flat.targets[at + 1..=at + count as usize] {
                let leads_on = if inner.contains(child) { LEADS_ON } else { 0 };
                targets.u32((child + first_node) | leads_on);
            }
            at += 1 + count as usize;
        }
        for (accept, gap) in flat.nodes {
            nodes.u32(if accept == 0 { 0 } else { accept + first_accept });
            nodes.u32(if gap == 0 { 0 } else { gap + first_node });
        }
        for accept in flat.accepts {
            accepts.u32(accept);
        }
    }
    if nodes.0.len() / 8 >= 1 << KEY_BITS {
        return Err("too many phrases".into());
    }
    let mut phrases = Bytes::default();
    for phrase in compiled.phrases.all() {
        match phrase {
            Phrase::Valence(valence, arousal) => {
                phrases.0.extend([VALENCE_PHRASE, (arousal * 100.0).round() as u8]);
                phrases.i16(fixed(*valence, 100.0));
                phrases.u32(0);
            }
            Phrase::Cue(cue) => cue_bytes(&mut phrases, cue),
        }
    }
    let mut priorities = Bytes::default();
    for channel in CHANNELS {
        for level in LEVELS {
            let key = ((*channel).to_owned(), (*level).to_owned());
            priorities.u32(compiled.priorities.get(&key).copied().unwrap_or(0));
        }
    }
    let (pairs_english, pairs_french) = (pairs.pop(), pairs.pop());
    let sections = [
        strings,
        slot_bytes,
        terms,
        payloads,
        cues,
        rows.0,
        aliases,
        pairs_french.unwrap_or_default(),
        pairs_english.unwrap_or_default(),
        hash_table(&edges)?,
        targets,
        nodes,
        accepts,
        phrases,
        specials,
        bases,
        calibration,
        priorities,
        roots,
        starts,
        hot_slots,
    ];
    debug_assert_eq!(sections.len(), Section::End as usize);
    debug_assert_eq!(compiled.tongues.len(), LANGUAGES);
    debug_assert!(CueKind::ALL.len() < VALENCE_PHRASE as usize);
    let mut out = Bytes::default();
    let mut start = HEADER_BYTES;
    for section in &sections {
        out.u32(start as u32);
        start += section.0.len();
    }
    out.u32(u32::try_from(start).map_err(|_| "lexicons of more than 4 GiB")?);
    for section in sections {
        out.0.extend(section.0);
    }
    Ok(out.0)
}

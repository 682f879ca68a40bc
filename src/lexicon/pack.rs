//! The compiled lexicons as bytes: what the build writes into the crate and what is read in place.
//!
//! Little-endian, no pointers, no alignment asked for. Shared with the build script.

pub(crate) mod places;

use super::compile::{Compiled, LANGUAGES, Payload, special_index};
use super::entry::{CHANNELS, CLASSES, CueKind, LEVELS, Special, hash_term};
use super::follow::{FollowTables, KEY_BITS, follow_tables};
use super::rows::{LANES, LINE_BYTES, RowPool};
use super::shapes::{self, FORM_SETS, FORM_TABLES, SETS, TABLES};
use super::trie::Phrase;
use super::tsv::Cue;
use places::Places;

/// The sections of the bytes, in order; the header holds where each starts.
#[derive(Clone, Copy, Debug)]
#[repr(usize)]
pub(crate) enum Section {
    Strings,
    Pilots,
    PairPilotsFrench,
    PairPilotsEnglish,
    Terms,
    Cues,
    Rows,
    Filter,
    Gaps,
    PairsFrench,
    PairsEnglish,
    Starts,
    FirstEdges,
    Edges,
    Targets,
    Nodes,
    Accepts,
    Phrases,
    Specials,
    Forms,
    Shapes,
    Bases,
    Calibration,
    Priorities,
    Roots,
    End,
}

/// Sections begin with a line of the cache, where the bytes themselves do.
pub(crate) const HEADER_BYTES: usize =
    ((Section::End as usize + 1) * 4).next_multiple_of(LINE_BYTES);
/// A word with all that is mostly asked of it: a line of the cache.
pub(crate) const TERM_BYTES: usize = LINE_BYTES;
/// So many bytes of a word stand in its record, zeros behind; longer words stand in the strings.
pub(crate) const INLINE_BYTES: usize = 16;
/// Where a record says what its word says in the first language, and how long that is.
pub(crate) const PAYLOADS: usize = INLINE_BYTES + 8;
pub(crate) const PAYLOAD_BYTES: usize = (TERM_BYTES - PAYLOADS) / LANGUAGES;
/// The records of none and of the classes come first, then those of words at their places.
pub(crate) const FIRST_PLACE: usize = CLASSES.len() + 1;
pub(crate) const CUE_BYTES: usize = 8;
pub(crate) const PHRASE_BYTES: usize = 8;
/// A row of a feature that counts as a whole: a weight for each head in 16 bits, the largest of
/// them without its sign, zeros.
pub(crate) const SPECIAL_BYTES: usize = (2 * LANES + 2).next_multiple_of(LINE_BYTES / 2);
/// In place of a kind of cue: the phrase carries valence.
pub(crate) const VALENCE_PHRASE: u8 = 0xff;

pub(crate) const TERM_HOMOGRAPH: u8 = 1;
pub(crate) const TERM_OTHER_LANGUAGE: u8 = 2;
/// Whom a post is addressed to: a handle.
pub(crate) const TERM_HANDLE: u8 = 4;
/// A letter stands in it three times in a row.
pub(crate) const TERM_TRIPLE: u8 = 8;

/// Thousandths of log-odds from which a word is surely of its language.
pub(crate) const SURE: i16 = 1000;
/// Where the record of a short word has one for a word surely French, surely English, of another
/// language: some hundred words can be added up before one of these overflows.
pub(crate) const TALLY: [u32; 3] = [0, 8, 16];

pub(crate) const HAS_VALENCE: u16 = 1;
pub(crate) const HEADS_PHRASE: u16 = 2;
pub(crate) const PAIR_FIRST: u16 = 4;
pub(crate) const HAS_ALIAS: u16 = 8;
pub(crate) const HAS_CUES: u16 = 16;
/// A phrase may go on behind a gap after this word.
pub(crate) const HEADS_GAP: u16 = 32;
/// The lexicons of the language know the word.
pub(crate) const IS_KNOWN: u16 = 64;
/// Set by a reading: a number, which stands for its class beside.
pub(crate) const IS_NUMBER: u16 = 128;
/// A phrase, of any language, may have this word in its second place.
pub(crate) const IS_SECOND: u16 = HEADS_PHRASE << SECOND;
pub(crate) const PAIR_SECOND: u16 = PAIR_FIRST << SECOND;
/// Too many words may follow it in phrases to look them up by pairs.
pub(crate) const HEADS_MANY: u16 = 256;
pub(crate) const IS_BEHIND_GAP: u16 = HEADS_GAP << SECOND;
/// So many bits lie between what a first word says and what a second must.
pub(crate) const SECOND: u32 = 8;

#[derive(Default)]
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl Bytes {
    pub(crate) fn u32(&mut self, value: u32) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }
    pub(crate) fn u16(&mut self, value: u16) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }
    fn i16(&mut self, value: i16) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }
    pub(crate) fn u64(&mut self, value: u64) {
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

/// The weights of a row by head, in thousandths.
fn special_lanes(weights: &[(u8, f32)]) -> [i32; LANES] {
    let mut lanes = [0i16; LANES];
    fixed_row(weights).into_iter().for_each(|(head, weight)| {
        lanes[head as usize] = lanes[head as usize].saturating_add(weight);
    });
    lanes.map(i32::from)
}

/// A row of a feature that counts as a whole, or the sum of some. What is larger than a lane cannot
/// be summed in one, which the largest says.
fn special_row(out: &mut Bytes, lanes: &[i32; LANES]) {
    let narrow = |lane: i32| lane.clamp(i16::MIN.into(), i16::MAX.into()) as i16;
    lanes.iter().for_each(|&lane| out.i16(narrow(lane)));
    let most = lanes.iter().map(|lane| lane.unsigned_abs()).max().unwrap_or(0);
    out.u16(u16::try_from(most).unwrap_or(u16::MAX));
    out.0.resize(out.0.len().next_multiple_of(SPECIAL_BYTES), 0);
}

/// A row in thousandths.
fn fixed_row(weights: &[(u8, f32)]) -> Vec<(u8, i16)> {
    weights.iter().map(|&(head, weight)| (head, fixed(weight, 1000.0))).collect()
}

fn cue_bytes(out: &mut Bytes, cue: &Cue) {
    out.0.extend([cue.kind as u8, cue.agent as u8]);
    out.i16(fixed(cue.weight, 100.0));
    out.0.extend(cue.country.unwrap_or([0, 0]));
    out.u16(0);
}

/// The part of a word's record that holds what it says in one language.
fn payload_bytes(
    payload: Option<&Payload>,
    (heads_gap, heads_many, is_second, is_behind_gap): (bool, bool, bool, bool),
    cues: &mut Bytes,
    rows: &mut RowPool,
    numbers: &[u32],
) -> Result<Bytes, String> {
    let nothing = Payload::default();
    let known = payload.is_some();
    let payload = payload.unwrap_or(&nothing);
    let mut flags = 0;
    for (set, flag) in [
        (payload.valence.is_some(), HAS_VALENCE),
        (payload.heads_phrase, HEADS_PHRASE),
        (payload.pair_first, PAIR_FIRST),
        (payload.pair_second, PAIR_SECOND),
        (!payload.alias.is_empty(), HAS_ALIAS),
        (!payload.cues.is_empty(), HAS_CUES),
        (heads_gap, HEADS_GAP),
        (heads_many, HEADS_MANY),
        (is_second, IS_SECOND),
        (is_behind_gap, IS_BEHIND_GAP),
        (known, IS_KNOWN),
    ] {
        if set {
            flags |= flag;
        }
    }
    let mut out = Bytes::default();
    let (valence, arousal) = payload.valence.unwrap_or((0.0, 0.0));
    out.u16(flags);
    // The first sixteen kinds are those of scope and agent: one look tells whether any applies.
    let kinds = payload.cues.iter().map(|cue| 1u16.checked_shl(cue.kind as u32).unwrap_or(0));
    out.u16(kinds.fold(0, |mask, kind| mask | kind));
    out.i16(fixed(valence, 100.0));
    let count = u8::try_from(payload.cues.len()).map_err(|_| "too many cues of one word")?;
    out.0.extend([(arousal * 100.0).round() as u8, count]);
    out.u32(rows.add(&fixed_row(&payload.weights)));
    out.u32(rows.add(&fixed_row(&payload.negated)));
    // Cues, then the words it stands for.
    out.u32((cues.0.len() / CUE_BYTES) as u32);
    payload.cues.iter().for_each(|cue| cue_bytes(cues, cue));
    if !payload.alias.is_empty() {
        cues.u32(payload.alias.len() as u32);
        payload.alias.iter().for_each(|&id| cues.u32(numbers[id as usize]));
        cues.0.resize(cues.0.len().next_multiple_of(CUE_BYTES), 0);
    }
    debug_assert_eq!(out.0.len(), PAYLOAD_BYTES);
    Ok(out)
}

/// Whether three bytes are the same letter.
fn is_triple(three: &[u8]) -> bool {
    three.iter().all(|b| b.is_ascii_alphabetic() && *b == three[0])
}

/// What a short word adds to what is counted of many; see [`TALLY`].
fn tally(language: i16, other: bool) -> u32 {
    let counted = [language >= SURE, language <= -SURE, other];
    counted.into_iter().zip(TALLY).map(|(is, shift)| u32::from(is) << shift).sum()
}

/// Numbers the words by where their records lie; gives how many records that makes, and the pilots
/// that tell a place from a hash.
fn number_words(compiled: &Compiled) -> (Vec<u32>, usize, Bytes) {
    let words = compiled.terms.get(FIRST_PLACE..).unwrap_or(&[]);
    let hashes: Vec<u64> = words.iter().map(|term| hash_term(term.text.as_bytes())).collect();
    let places = Places::new(&hashes);
    let mut numbers: Vec<u32> = (0..FIRST_PLACE as u32).collect();
    numbers.extend(places.of.iter().map(|place| (FIRST_PLACE + place) as u32));
    (numbers, FIRST_PLACE + places.len(), places.to_bytes())
}

/// Lays everything out. Fails only if there are more words than the tables can index.
pub(crate) fn pack(compiled: &Compiled) -> Result<Vec<u8>, String> {
    let (numbers, records, pilots) = number_words(compiled);
    // Some places are empty.
    if records > 1 << KEY_BITS {
        return Err(format!("{} different words; at most a million", compiled.terms.len()));
    }
    let mut rows = RowPool::default();
    let mut cues = Bytes::default();
    // Language by language: posts of one leave the rows of the other out of the caches.
    let mut payloads = Vec::with_capacity(compiled.terms.len() * LANGUAGES);
    let follow = follow_tables(&compiled.tongues, &numbers, &mut rows, fixed_row)?;
    for language in 0..LANGUAGES {
        for (id, term) in compiled.terms.iter().enumerate() {
            let follows = (
                follow.heads_gap[language].contains(&(id as u32)),
                follow.heads_many[language].contains(&(id as u32)),
                follow.seconds.contains(&(id as u32)),
                follow.gap_seconds.contains(&(id as u32)),
            );
            let payload = term.payloads[language].as_ref();
            payloads.push(payload_bytes(payload, follows, &mut cues, &mut rows, &numbers)?);
        }
    }
    let mut strings = Bytes::default();
    // What no text has stands where no word is.
    let mut terms = Bytes(vec![0xff; records * TERM_BYTES]);
    for (id, term) in compiled.terms.iter().enumerate() {
        let text = term.text.as_bytes();
        let length = u8::try_from(text.len())
            .map_err(|_| format!("`{}` is longer than 255 bytes", term.text))?;
        let mut inline = [0; INLINE_BYTES];
        let start = text.len().min(INLINE_BYTES);
        inline[..start].copy_from_slice(&text[..start]);
        let mut record = Bytes(inline.to_vec());
        let other = term.payloads.iter().flatten().flat_map(|payload| &payload.cues);
        let other = other.map(|cue| cue.kind).any(|kind| kind == CueKind::LanguageOther);
        let mut flags = 0;
        for (set, flag) in [
            (term.homograph, TERM_HOMOGRAPH),
            (other, TERM_OTHER_LANGUAGE),
            (text.windows(3).any(is_triple), TERM_TRIPLE),
            (term.text == "<handle>" || term.text.starts_with('@'), TERM_HANDLE),
        ] {
            if set {
                flags |= flag;
            }
        }
        record.0.extend([length, flags]);
        record.i16(fixed(term.language, 1000.0));
        if text.len() > INLINE_BYTES {
            record.u32(strings.0.len() as u32);
            strings.0.extend_from_slice(text);
        } else {
            record.u32(tally(fixed(term.language, 1000.0), other));
        }
        for language in 0..LANGUAGES {
            record.0.extend(&payloads[language * compiled.terms.len() + id].0);
        }
        let start = numbers[id] as usize * TERM_BYTES;
        terms.0[start..start + TERM_BYTES].copy_from_slice(&record.0);
    }
    let mut specials = Bytes::default();
    let (mut forms, mut others) = (Bytes::default(), Bytes::default());
    let mut bases = Bytes::default();
    let mut calibration = Bytes::default();
    for tongue in &compiled.tongues {
        let rows: Vec<_> = tongue.specials.iter().map(|weights| special_lanes(weights)).collect();
        rows.iter().for_each(|lanes| special_row(&mut specials, lanes));
        let sum_of = |singles: &mut dyn Iterator<Item = u8>, pairs: &[u8]| {
            let singles = singles.map(Special::Shape);
            let all = singles.chain(pairs.iter().map(|&pair| Special::Shapes(pair)));
            all.filter_map(|special| rows.get(special_index(special)))
                .fold([0; LANES], |sum, row| std::array::from_fn(|at: usize| sum[at] + row[at]))
        };
        for (table, set) in (0..FORM_TABLES).flat_map(|t| (0..FORM_SETS).map(move |s| (t, s))) {
            let (singles, pairs) = shapes::form_row(table, set);
            special_row(&mut forms, &sum_of(&mut singles.into_iter(), &pairs));
        }
        for (table, set) in (0..TABLES).flat_map(|t| (0..SETS).map(move |s| (t, s))) {
            special_row(&mut others, &sum_of(&mut shapes::row(table, set), &[]));
        }
        for base in tongue.base {
            bases.u32(i32::from(fixed(base, 1000.0)) as u32);
        }
        for (slope, offset, threshold) in tongue.calibration {
            for number in [slope, offset, threshold] {
                calibration.f32(number);
            }
        }
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
    let FollowTables {
        filter,
        gaps,
        mut pairs,
        starts,
        first_edges,
        edges,
        targets,
        nodes,
        accepts,
        roots,
        ..
    } = follow;
    let [english, french] = [pairs.pop(), pairs.pop()].map(Option::unwrap_or_default);
    let ([pilots_french, pairs_french], [pilots_english, pairs_english]) = (french, english);
    let sections = [
        strings,
        pilots,
        pilots_french,
        pilots_english,
        terms,
        cues,
        Bytes(rows.0),
        filter,
        gaps,
        pairs_french,
        pairs_english,
        starts,
        first_edges,
        edges,
        targets,
        nodes,
        accepts,
        phrases,
        specials,
        forms,
        others,
        bases,
        calibration,
        priorities,
        roots,
    ];
    debug_assert_eq!(sections.len(), Section::End as usize);
    debug_assert_eq!(compiled.tongues.len(), LANGUAGES);
    debug_assert!(CueKind::ALL.len() < VALENCE_PHRASE as usize);
    let mut out = Bytes::default();
    let mut start = HEADER_BYTES;
    for section in &sections {
        out.u32(start as u32);
        start += section.0.len().next_multiple_of(LINE_BYTES);
    }
    out.u32(u32::try_from(start).map_err(|_| "lexicons of more than 4 GiB")?);
    out.0.resize(HEADER_BYTES, 0);
    for section in sections {
        out.0.extend(section.0);
        out.0.resize(out.0.len().next_multiple_of(LINE_BYTES), 0);
    }
    Ok(out.0)
}

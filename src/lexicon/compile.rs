//! From rows to what the tables hold: words interned, patterns expanded, overlays applied.
//!
//! Shared with the build script; `pack` lays the result out in bytes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::compounds::Compounds;
use super::entry::{
    Agent, CLASSES, CueKind, HEAD_COUNT, LANGUAGE_HEAD, Learned, SUMS, Special, learned_term,
};
use super::grammar::{Changes, grammar_row, no_clitic};
use super::pattern::{Grammar, Slot, exact};
use super::shapes::{FORM_PAIRS, SHAPES};
use super::trie::{Phrase, Phrases, TrieBuilder};
use super::tsv::{Cells, Cue, Fault, Kind, Row, Scope, Source, read, term_row};

/// French and English, in the order of all per-language tables.
pub(crate) const LANGUAGES: usize = 2;

/// Most rows a set of lexicons may have, overlays included.
const MOST_ROWS: usize = 400_000;

/// Most words that all slots of all patterns may stand for: the shipped lexicons need a twentieth. Without
/// it a row of a few bytes that names a long list several times costs what a list of all of them does.
const MOST_PATTERN_WORDS: usize = 8_000_000;

/// What a word says in one language.
#[derive(Clone, Debug, Default)]
pub(crate) struct Payload {
    pub(crate) valence: Option<(f32, f32)>,
    pub(crate) cues: Vec<Cue>,
    pub(crate) weights: Vec<(u8, f32)>,
    pub(crate) negated: Vec<(u8, f32)>,
    pub(crate) alias: Vec<u32>,
    pub(crate) heads_phrase: bool,
    pub(crate) pair_first: bool,
    pub(crate) pair_second: bool,
}

/// An interned word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Term {
    pub(crate) text: String,
    pub(crate) language: f32,
    pub(crate) homograph: bool,
    pub(crate) payloads: [Option<Payload>; LANGUAGES],
}

/// What one language has beside its words.
#[derive(Debug)]
pub(crate) struct Tongue {
    pub(crate) trie: TrieBuilder,
    /// Learned rows of two words.
    pub(crate) pairs: BTreeMap<(u32, u32), Vec<(u8, f32)>>,
    pub(crate) base: [f32; HEAD_COUNT],
    pub(crate) specials: Vec<Vec<(u8, f32)>>,
    /// Slope, offset, threshold of each head.
    pub(crate) calibration: [(f32, f32, f32); HEAD_COUNT],
}

/// Everything compiled, ready to be packed.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) terms: Vec<Term>,
    pub(crate) tongues: [Tongue; LANGUAGES],
    pub(crate) phrases: Phrases,
    /// How many words the slots of patterns have stood for so far.
    pattern_words: usize,
    /// Minutes by channel and level, as they stand in the file.
    pub(crate) priorities: BTreeMap<(String, String), u32>,
    ids: HashMap<String, u32>,
}

/// Where the row of a special feature stands among a tongue's specials.
pub(crate) fn special_index(special: Special) -> usize {
    let kinds = CueKind::ALL.len();
    match special {
        Special::Cue(kind) => kind as usize,
        Special::CueAgain(kind) => kinds + kind as usize,
        Special::Shape(shape) => 2 * kinds + shape as usize,
        Special::Shapes(pair) => 2 * kinds + SHAPES.len() + pair as usize,
        Special::Sum(sum) => 2 * kinds + SHAPES.len() + FORM_PAIRS + sum as usize,
        Special::Base => 2 * kinds + SHAPES.len() + FORM_PAIRS + SUMS.len(),
    }
}

pub(crate) fn special_count() -> usize {
    special_index(Special::Base)
}

/// What makes a row unique within a language: what it says, and of which term.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Valence,
    Cue(CueKind),
    Norm,
    Homograph,
    Weights,
}

impl Key {
    fn all() -> impl Iterator<Item = Self> {
        let cues = CueKind::ALL.iter().map(|&kind| Self::Cue(kind));
        cues.chain([Self::Valence, Self::Norm, Self::Homograph, Self::Weights])
    }
}

type Rows<'s> = BTreeMap<(Key, &'s str), Row<'s>>;

pub(super) fn languages(scope: Scope) -> &'static [usize] {
    match scope {
        Scope::French => &[0],
        Scope::English => &[1],
        Scope::Both => &[0, 1],
    }
}

/// Compiles the lexicons `base` with `overlays` applied in order.
pub(crate) fn compile(base: &[Source<'_>], overlays: &[Source<'_>]) -> Result<Compiled, Fault> {
    let mut rows: [Rows<'_>; LANGUAGES] = [Rows::new(), Rows::new()];
    let mut grammars: [Grammar; LANGUAGES] = [Grammar::default(), Grammar::default()];
    let mut compiled = Compiled::new();
    // Most faults of a user's file are told before the shipped ones are read.
    for source in overlays {
        read(*source, |cells, kind| match kind {
            Kind::Entry | Kind::Norm | Kind::Homograph | Kind::Weights => {
                term_row(cells, kind, source.scope).map(drop)
            }
            Kind::Clitic => Err(no_clitic(cells)),
            _ => Ok(()),
        })?;
    }
    let mut seen = 0;
    let mut changes = Changes::default();
    for source in base.iter().chain(overlays) {
        let mut own: BTreeSet<(Key, usize, &str)> = BTreeSet::new();
        read(*source, |cells, kind| {
            seen += 1;
            if seen > MOST_ROWS {
                return Err(cells.fault("term", format!("more than {MOST_ROWS} rows")));
            }
            match kind {
                Kind::Paradigm | Kind::List | Kind::Clitic => {
                    changes.note(cells, kind);
                    grammar_row(cells, kind, source.scope, &mut grammars)
                }
                Kind::Calibration => compiled.calibrate(cells, source.scope),
                Kind::Priority => compiled.prioritise(cells),
                _ => {
                    let row = term_row(cells, kind, source.scope)?;
                    insert(row, cells, &mut own, &mut rows)
                }
            }
        })?;
    }
    for (language, rows) in rows.iter().enumerate() {
        for (key, term) in rows.keys() {
            if *key == Key::Homograph {
                grammars[language].homographs.insert(exact(term));
            }
        }
    }
    let mut compounds = Compounds::default();
    for (rows, grammar) in rows.iter().zip(&grammars) {
        rows.values().for_each(|row| compounds.note(row, grammar));
    }
    compiled.intern_learned(&rows, &grammars)?;
    for language in 0..LANGUAGES {
        let (rows, grammar) = (&rows[language], &grammars[language]);
        let added = compiled.add_language(language, rows, grammar, &compounds);
        added.map_err(|fault| changes.blamed(fault, base))?;
    }
    compiled.vote_by_norms();
    Ok(compiled)
}

fn insert<'s>(
    row: Row<'s>,
    cells: &Cells<'s, '_>,
    own: &mut BTreeSet<(Key, usize, &'s str)>,
    rows: &mut [Rows<'s>; LANGUAGES],
) -> Result<(), Fault> {
    for &language in languages(row.scope) {
        let rows = &mut rows[language];
        if row.remove {
            match &row.cue {
                Some(cue) => {
                    rows.remove(&(Key::Cue(cue.kind), row.term));
                }
                None => {
                    for key in Key::all() {
                        rows.remove(&(key, row.term));
                    }
                }
            }
            continue;
        }
        let mut keys = Vec::new();
        match row.kind {
            Kind::Norm => keys.push(Key::Norm),
            Kind::Homograph => keys.push(Key::Homograph),
            Kind::Weights => keys.push(Key::Weights),
            _ => {
                keys.extend(row.valence.map(|_| Key::Valence));
                keys.extend(row.cue.as_ref().map(|cue| Key::Cue(cue.kind)));
            }
        }
        for key in keys {
            if !own.insert((key.clone(), language, row.term)) {
                return Err(cells.fault("term", format!("`{}` stands twice", row.term)));
            }
            // A file of one language goes over what both share, an overlay over all.
            rows.insert((key, row.term), row.clone());
        }
    }
    Ok(())
}

impl Compiled {
    fn new() -> Self {
        let tongue = || Tongue {
            trie: TrieBuilder::new(),
            pairs: BTreeMap::new(),
            base: [0.0; HEAD_COUNT],
            specials: vec![Vec::new(); special_count()],
            calibration: [(1.0, 0.0, 0.5); HEAD_COUNT],
        };
        let mut compiled = Self {
            // Id 0 stands for words that are in no lexicon.
            terms: vec![Term::default()],
            tongues: [tongue(), tongue()],
            phrases: Phrases::default(),
            pattern_words: 0,
            priorities: BTreeMap::new(),
            ids: HashMap::new(),
        };
        for class in CLASSES {
            compiled.intern(class);
        }
        compiled
    }

    fn intern(&mut self, word: &str) -> u32 {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = self.terms.len() as u32;
        self.terms.push(Term { text: word.to_owned(), ..Term::default() });
        self.ids.insert(word.to_owned(), id);
        id
    }

    fn payload(&mut self, id: u32, language: usize) -> &mut Payload {
        self.terms[id as usize].payloads[language].get_or_insert_default()
    }

    /// Words of the learned lexicon come first, most frequent first: what is read together is
    /// kept together.
    fn intern_learned(
        &mut self,
        rows: &[Rows<'_>; LANGUAGES],
        grammars: &[Grammar; LANGUAGES],
    ) -> Result<(), Fault> {
        let mut support: BTreeMap<String, u32> = BTreeMap::new();
        for (rows, grammar) in rows.iter().zip(grammars) {
            for row in rows.values().filter(|row| row.kind == Kind::Weights) {
                if let Ok(Learned::Word(word)) = learned_term(row.term) {
                    let sum = support.entry(grammar.key(word)).or_default();
                    *sum = sum.saturating_add(row.support);
                }
            }
        }
        let mut words: Vec<_> = support.into_iter().collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        for (word, _) in words {
            self.intern(&word);
        }
        Ok(())
    }

    fn add_language(
        &mut self,
        language: usize,
        rows: &Rows<'_>,
        grammar: &Grammar,
        compounds: &Compounds,
    ) -> Result<(), Fault> {
        for homograph in &grammar.homographs {
            self.intern(homograph);
            // The unaccented spelling must lead to the accented one, even if it has no row.
            let folded = self.intern(&crate::text::fold::fold(homograph));
            self.terms[folded as usize].homograph = true;
        }
        // Rows of one plain word go before inflected ones: what is written out wins.
        let plain = |row: &&Row<'_>| !row.term.contains(['~', '|', '[']);
        let (written, inflected): (Vec<_>, Vec<_>) = rows.values().partition(plain);
        // And what a row says of a compound itself before what others say of its parts.
        let mut joined = Vec::new();
        for row in written.into_iter().chain(inflected) {
            let fault = |message| Fault {
                source: row.source.into(),
                line: row.line,
                column: 1,
                message: format!("`{}`: {message}", row.term),
            };
            for pattern in self.add_row(language, row, grammar).map_err(fault)? {
                for pattern in compounds.joined(&pattern) {
                    self.count(&pattern).map_err(fault)?;
                    joined.push((row, pattern));
                }
            }
        }
        for (row, pattern) in joined {
            self.add_pattern(language, row, &pattern);
        }
        Ok(())
    }

    /// An informal spelling of one language votes as what it stands for, unless it was learned.
    fn vote_by_norms(&mut self) {
        for id in 0..self.terms.len() {
            let term = &self.terms[id];
            let alias = |language: usize| {
                term.payloads[language].as_ref().map_or(&[][..], |payload| &payload.alias)
            };
            let (words, sign) = match (alias(0), alias(1)) {
                (french, []) => (french, 1.0),
                ([], english) => (english, -1.0),
                _ => continue,
            };
            let votes = words.iter().map(|&word| self.terms[word as usize].language * sign);
            let most = votes.fold(0.0, f32::max);
            if term.language == 0.0 && most > 0.0 {
                self.terms[id].language = most * sign;
            }
        }
    }

    /// The patterns it was added as.
    fn add_row(
        &mut self,
        language: usize,
        row: &Row<'_>,
        grammar: &Grammar,
    ) -> Result<Vec<Vec<Slot>>, String> {
        match row.kind {
            Kind::Norm => {
                let word = self.intern(&grammar.key(row.term));
                let mut alias = Vec::new();
                for piece in row.form.unwrap_or("").split(' ').flat_map(|w| grammar.split(w)) {
                    alias.push(self.intern(&grammar.key(piece)));
                }
                if alias.len() > 6 {
                    return Err("more than 6 words".into());
                }
                if alias.as_slice() != [word] {
                    self.payload(word, language).alias = alias;
                }
                Ok(Vec::new())
            }
            Kind::Weights => self.add_learned(language, row, grammar).map(|()| Vec::new()),
            Kind::Homograph => Ok(Vec::new()),
            _ => {
                let patterns = grammar.parse(row.term)?;
                for pattern in &patterns {
                    self.count(pattern)?;
                    self.add_pattern(language, row, pattern);
                }
                Ok(patterns)
            }
        }
    }

    fn count(&mut self, pattern: &[Slot]) -> Result<(), String> {
        self.pattern_words += pattern.iter().map(Slot::words).sum::<usize>();
        if self.pattern_words > MOST_PATTERN_WORDS {
            return Err(format!("patterns stand for more than {MOST_PATTERN_WORDS} words"));
        }
        Ok(())
    }

    fn add_pattern(&mut self, language: usize, row: &Row<'_>, pattern: &[Slot]) {
        if let [Slot::Words(words)] = pattern {
            // What counts only as a tag is looked up as one.
            let tagged = row.cue.as_ref().is_some_and(|cue| cue.agent == Agent::Mention);
            let tags = words.iter().filter(|word| tagged && !word.starts_with(['@', '#']));
            let tags: Vec<String> =
                tags.flat_map(|word| [format!("@{word}"), format!("#{word}")]).collect();
            for word in words.iter().chain(&tags) {
                let id = self.intern(word);
                let payload = self.payload(id, language);
                if row.valence.is_some() && payload.valence.is_none() {
                    payload.valence = row.valence;
                }
                if let Some(cue) = &row.cue
                    && !payload.cues.iter().any(|other| other.kind == cue.kind)
                {
                    payload.cues.push(cue.clone());
                }
            }
            return;
        }
        let mut ids: Vec<Option<Vec<u32>>> = Vec::new();
        for slot in pattern {
            ids.push(match slot {
                Slot::Gap => None,
                Slot::Words(words) => {
                    let mut ids: Vec<u32> = words.iter().map(|word| self.intern(word)).collect();
                    ids.sort_unstable();
                    Some(ids)
                }
            });
        }
        for &id in ids[0].iter().flatten() {
            self.payload(id, language).heads_phrase = true;
        }
        let valence = row.valence.map(|(v, a)| Phrase::Valence(v, a));
        for phrase in valence.into_iter().chain(row.cue.clone().map(Phrase::Cue)) {
            let place = self.phrases.place(phrase);
            self.tongues[language].trie.add(ids.clone(), place);
        }
    }

    fn add_learned(
        &mut self,
        language: usize,
        row: &Row<'_>,
        grammar: &Grammar,
    ) -> Result<(), String> {
        let mut weights = row.weights.clone();
        weights.sort_unstable_by_key(|&(head, _)| head);
        let mut vote = 0.0;
        weights.retain(|&(head, weight)| {
            let is_language = head as usize == LANGUAGE_HEAD;
            // A row for both languages votes once.
            if is_language && !(row.scope == Scope::Both && language == 1) {
                vote = weight;
            }
            !is_language
        });
        match learned_term(row.term)? {
            Learned::Special(Special::Base) => {
                for (head, weight) in weights {
                    self.tongues[language].base[head as usize] = weight;
                }
            }
            Learned::Special(special) => {
                self.tongues[language].specials[special_index(special)] = weights;
            }
            Learned::Word(word) => {
                let id = self.intern(&grammar.key(word));
                self.terms[id as usize].language += vote;
                if !weights.is_empty() {
                    self.payload(id, language).weights = weights;
                }
            }
            Learned::Prefix(word) => {
                let id = self.intern(&format!("{}*", grammar.key(word)));
                self.terms[id as usize].language += vote;
                self.payload(id, language).weights = weights;
            }
            Learned::Negated(word) => {
                let id = self.intern(&grammar.key(word));
                self.payload(id, language).negated = weights;
            }
            Learned::Pair(first, second) => {
                let pair = [first, second].map(|word| self.intern(&grammar.key(word)));
                self.payload(pair[0], language).pair_first = true;
                self.payload(pair[1], language).pair_second = true;
                self.tongues[language].pairs.insert((pair[0], pair[1]), weights);
            }
        }
        Ok(())
    }
}

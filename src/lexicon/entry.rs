//! What a lexicon row may say, and the names it says it with.
//!
//! Shared with the build script, so it uses nothing of the crate.

use super::shapes::{SHAPES, form_pair_name, form_pair_named, form_pairs};

/// Declares the kinds of cue with their names in the lexicon files.
macro_rules! cue_kinds {
    ($($variant:ident = $name:literal,)+) => {
        /// The kind of a cue: what a word or pattern tells beside its valence.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub(crate) enum CueKind { $($variant,)+ }

        impl CueKind {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant,)+];

            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

cue_kinds! {
    Negator = "negator",
    NegatorPost = "negator.post",
    NegatorNe = "negator.ne",
    NegationFalse = "negation.false",
    Intensifier = "intensifier",
    Downtoner = "downtoner",
    Contrast = "contrast",
    Conditional = "conditional",
    Reported = "reported",
    Clause = "clause",
    Question = "question",
    Wish = "wish",
    AgentSelf = "agent.self",
    AgentFirm = "agent.firm",
    AgentOther = "agent.other",
    Commit = "commit",
    Done = "done",
    BodyTo = "body.to",
    BodyHas = "body.has",
    RepeatContact = "repeat_contact",
    Waiting = "waiting",
    BrokenPromise = "broken_promise",
    Handoff = "handoff",
    Relief = "relief",
    Accusation = "accusation",
    Blame = "blame",
    Greed = "greed",
    Betrayal = "betrayal",
    Loyalty = "loyalty",
    Expectation = "expectation",
    Defective = "defective",
    MeToo = "me_too",
    Irony = "irony",
    Thanks = "thanks",
    Politeness = "politeness",
    Greeting = "greeting",
    Praise = "praise",
    Suggestion = "suggestion",
    Urgency = "urgency",
    News = "news",
    Promo = "promo",
    Defender = "defender",
    Rival = "rival",
    RequestAnswer = "request.answer",
    RequestFix = "request.fix",
    RequestRefund = "request.refund",
    RequestCompensation = "request.compensation",
    RequestReplacement = "request.replacement",
    RequestCancel = "request.cancel",
    RequestExplanation = "request.explanation",
    RequestContact = "request.contact",
    ReasonDelivery = "reason.delivery",
    ReasonWaiting = "reason.waiting",
    ReasonUnreachable = "reason.unreachable",
    ReasonBilling = "reason.billing",
    ReasonRefund = "reason.refund",
    ReasonProduct = "reason.product",
    ReasonOutage = "reason.outage",
    ReasonAppAccount = "reason.app_account",
    ReasonStaff = "reason.staff",
    ReasonContract = "reason.contract",
    ReasonTravelDisruption = "reason.travel_disruption",
    ReasonSafetyPrivacy = "reason.safety_privacy",
    ReasonCommunication = "reason.communication",
    ReasonOther = "reason.other",
    ThreatChurn = "threat.churn",
    ThreatLegal = "threat.legal",
    ThreatRegulator = "threat.regulator",
    ThreatMediator = "threat.mediator",
    ThreatConsumerOrg = "threat.consumer_org",
    ThreatPress = "threat.press",
    ThreatPublic = "threat.public",
    ThreatChargeback = "threat.chargeback",
    ThreatFormalNotice = "threat.formal_notice",
    FlagSafety = "flag.safety",
    FlagVulnerable = "flag.vulnerable",
    FlagAbuse = "flag.abuse",
    LanguageOther = "language.other",
    RatingLow = "rating.low",
    RatingMiddle = "rating.middle",
    RatingHigh = "rating.high",
    RatingOther = "rating.other",
}

impl CueKind {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    pub(crate) fn index(self) -> usize {
        self as usize
    }

    /// The kind at that index; the caller got it from [`CueKind::index`] through a compiled table.
    pub(crate) fn at(index: u8) -> Self {
        Self::ALL.get(index as usize).copied().unwrap_or(Self::LanguageOther)
    }

    /// Kinds of one family compete: the longest match of a family wins, and hides the others.
    /// Negators, agents, ratings, threats, flags and what is handed to a body are a family each, any
    /// other kind is one by itself.
    #[inline]
    pub(crate) fn family(self) -> u8 {
        const FAMILIES: [u8; CueKind::ALL.len()] = {
            let mut families = [0; CueKind::ALL.len()];
            let mut at = 0;
            while at < families.len() {
                families[at] = CueKind::ALL[at].find_family();
                assert!(families[at] < 64);
                at += 1;
            }
            families
        };
        FAMILIES[self as usize]
    }

    const fn find_family(self) -> u8 {
        match self {
            Self::Negator | Self::NegatorPost | Self::NegatorNe | Self::NegationFalse => 1,
            Self::AgentSelf | Self::AgentFirm | Self::AgentOther => 2,
            kind if kind.is_between(Self::ThreatChurn, Self::ThreatFormalNotice) => 3,
            Self::BodyTo | Self::BodyHas => 17,
            // Numbers that the grouped kinds leave free: all stay below 64, the bits of a word.
            Self::LanguageOther => 12,
            Self::ReasonOther => 18,
            kind if kind.is_between(Self::FlagSafety, Self::FlagAbuse) => 13,
            kind if kind.is_between(Self::RatingLow, Self::RatingOther) => 14,
            kind => kind as u8,
        }
    }

    const fn is_between(self, first: Self, last: Self) -> bool {
        first as u8 <= self as u8 && self as u8 <= last as u8
    }

    /// How far into a dotted group a kind lies: `reason.waiting` is 1 of [`Self::ReasonDelivery`].
    pub(crate) fn offset_in(self, first: Self, count: usize) -> Option<usize> {
        (self as usize).checked_sub(first as usize).filter(|&offset| offset < count)
    }
}

/// The family of valence rows, beside the families of cues.
pub(crate) const VALENCE_FAMILY: u8 = 0;

/// Who must act for a cue to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Agent {
    /// The row stands by itself.
    Any,
    /// Only when the writer is the one who acts.
    Writer,
    /// Only as a tag, or when something is handed to what it names.
    Mention,
}

impl Agent {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        match name {
            "" | "any" => Some(Self::Any),
            "self" => Some(Self::Writer),
            "mention" => Some(Self::Mention),
            _ => None,
        }
    }

    pub(crate) fn at(index: u8) -> Self {
        match index {
            1 => Self::Writer,
            2 => Self::Mention,
            _ => Self::Any,
        }
    }
}

/// The heads of the learned lexicon, in the order the compiled rows index them.
pub(crate) const HEADS: &[&str] = &[
    "negative",
    "neutral",
    "positive",
    "irony",
    "complaint",
    "intent.complaint",
    "intent.question",
    "intent.praise",
    "intent.suggestion",
    "intent.other",
    "severity.disapproval",
    "severity.accusation",
    "severity.blame",
    "reason.delivery",
    "reason.waiting",
    "reason.unreachable",
    "reason.billing",
    "reason.refund",
    "reason.product",
    "reason.outage",
    "reason.app_account",
    "reason.staff",
    "reason.contract",
    "reason.travel_disruption",
    "reason.safety_privacy",
    "reason.communication",
    "reason.other",
    "request.answer",
    "request.fix",
    "request.refund",
    "request.compensation",
    "request.replacement",
    "request.cancel",
    "request.explanation",
    "request.contact",
    "repeat",
    "threat",
    "abuse",
    "escalation",
    "arousal",
    "language",
];

/// The same, as the fitted files write them: there they stand a hundred thousand times, and a file may
/// hold 2 MB. A file may use either name.
#[rustfmt::skip]
const SHORT_HEADS: [&str; HEAD_COUNT] = [
    "neg", "neu", "pos", "irony", "cpl", "is.cpl", "is.question", "is.praise",
    "is.suggestion", "is.other", "sev1", "sev2", "sev3", "why.delivery", "why.waiting",
    "why.unreach", "why.billing", "why.refund", "why.product", "why.outage", "why.account",
    "why.staff", "why.contract", "why.travel", "why.safety", "why.comm", "why.other",
    "ask.answer", "ask.fix", "ask.refund", "ask.comp", "ask.replace", "ask.cancel",
    "ask.explain", "ask.contact", "rep", "thr", "abuse", "esc", "arousal", "lang",
];

pub(crate) const HEAD_COUNT: usize = HEADS.len();

/// The head whose weights decide the language; kept with the term, not with its row, because it
/// must be read before the language is known.
pub(crate) const LANGUAGE_HEAD: usize = HEAD_COUNT - 1;

pub(crate) fn head_index(name: &str) -> Option<usize> {
    let is = |head: &&str| *head == name;
    HEADS.iter().position(is).or_else(|| SHORT_HEADS.iter().position(is))
}

/// Sums over the valence lexicon, each a row `lex:name`; a weight is per unit of valence.
pub(crate) const SUMS: &[&str] = &["positive", "negative", "arousal"];

/// The reserved terms for classes of tokens, in the order of their ids (from 1).
pub(crate) const CLASSES: &[&str] = &[
    "<num>",
    "<amount>",
    "<duration>",
    "<date>",
    "<url>",
    "<handle>",
    "<email>",
    "<hashtag>",
    "<emoji>",
    "<emoticon>",
    "?",
    "!",
    "...",
    ",",
    ".",
    "<accented>",
    "<age>",
];

/// Names of the row kinds in a learned lexicon that are no words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Special {
    Base,
    Cue(u8),
    CueAgain(u8),
    Shape(u8),
    /// Two shapes of the form at once; see [`form_pair_name`](super::shapes::form_pair_name).
    Shapes(u8),
    Sum(u8),
}

impl Special {
    /// What the shapes of a text, which are bits, bring: each of them, and pairs of those of the form.
    pub(crate) fn of_shapes(shapes: u64) -> impl Iterator<Item = Self> {
        let each = (0..SHAPES.len() as u8).filter(move |at| shapes >> at & 1 == 1);
        each.map(Self::Shape).chain(form_pairs(shapes).map(Self::Shapes))
    }

    /// The term of its row, which [`learned_term`] reads.
    pub(crate) fn term(self) -> String {
        match self {
            Self::Base => "base".into(),
            Self::Cue(kind) => format!("cue:{}", CueKind::at(kind).name()),
            Self::CueAgain(kind) => format!("cue2:{}", CueKind::at(kind).name()),
            Self::Shape(shape) => format!("shape:{}", SHAPES[usize::from(shape) % SHAPES.len()]),
            Self::Shapes(pair) => format!("shapes:{}", form_pair_name(pair)),
            Self::Sum(sum) => format!("lex:{}", SUMS[usize::from(sum) % SUMS.len()]),
        }
    }
}

/// How a term of the learned lexicon is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Learned<'t> {
    Special(Special),
    Word(&'t str),
    Negated(&'t str),
    Pair(&'t str, &'t str),
    /// The first letters of words that have no row of their own.
    Prefix(&'t str),
}

/// The learned term a row names, or what was expected.
pub(crate) fn learned_term(term: &str) -> Result<Learned<'_>, String> {
    let place =
        |names: &[&str], name: &str, what: &str| {
            names.iter().position(|n| *n == name).map(|i| i as u8).ok_or_else(|| {
                format!("`{name}` is no {what}; expected one of {}", names.join(", "))
            })
        };
    let kinds = || CueKind::ALL.iter().map(|k| k.name()).collect::<Vec<_>>();
    Ok(match term.split_once(':') {
        None if term == "base" => Learned::Special(Special::Base),
        Some(("cue", kind)) => Learned::Special(Special::Cue(place(&kinds(), kind, "cue kind")?)),
        Some(("cue2", kind)) => {
            Learned::Special(Special::CueAgain(place(&kinds(), kind, "cue kind")?))
        }
        Some(("shape", name)) => Learned::Special(Special::Shape(place(SHAPES, name, "shape")?)),
        Some(("shapes", pair)) => Learned::Special(Special::Shapes(form_pair_named(pair)?)),
        Some(("lex", name)) => Learned::Special(Special::Sum(place(SUMS, name, "sum")?)),
        Some(("not", word)) if !word.is_empty() => Learned::Negated(word),
        Some(("pre", word)) if !word.is_empty() => Learned::Prefix(word),
        _ => match term.split_once(' ') {
            None => Learned::Word(term),
            Some((first, second)) if !second.contains(' ') => Learned::Pair(first, second),
            Some(_) => return Err("expected a word or two words".into()),
        },
    })
}

/// The channels and levels of the table of minutes, in its order.
pub(crate) const CHANNELS: &[&str] =
    &["public_social", "page_wall", "review", "forum", "direct_message", "email", "chat"];
pub(crate) const LEVELS: &[&str] = &["low", "normal", "high", "urgent"];

/// The half of a hash that lexemes keep.
#[inline]
pub(crate) fn fold_hash(hash: u64) -> u32 {
    (hash ^ (hash >> 32)) as u32
}

/// A stable hash of a folded term: compiled tables rest on it, so it must never change silently.
pub(crate) fn hash_term(bytes: &[u8]) -> u64 {
    let mut hasher = TermHasher::new(bytes.len());
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        hasher.add(u64::from_le_bytes(word));
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        let mut word = [0; 8];
        word[..rest.len()].copy_from_slice(rest);
        hasher.add(u64::from_le_bytes(word));
    }
    hasher.finish()
}

/// [`hash_term`] for who has the bytes eight at a time, the last ones filled up with zeros.
pub(crate) struct TermHasher(u64);

impl TermHasher {
    #[inline]
    pub(crate) fn new(len: usize) -> Self {
        Self(len as u64)
    }

    #[inline]
    pub(crate) fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    #[inline]
    pub(crate) fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}

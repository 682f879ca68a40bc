//! Whether the writer takes it further.
//!
//! `risk = calibration(raw)`, `raw = text + threats + context`, in log-odds.
//!
//! | part | weight | source |
//! |---|---|---|
//! | text | the head `escalation` of the learned lexicon | fitted: a threat of the writer's, or complaining again with accusation (lexicons/README.md) |
//! | first threat to turn to a body, a court or a lawyer; each further kind | +1.1, +0.6 | fitted beside the text part on the labelled care posts, rounded |
//! | going public, the press, payment reversed; leaving | +0.5; +1.0 | the same |
//! | these together | at most +3.0 | judgement |
//! | lift to, where a body, court or lawyer is turned to | 1.5 | measured: of 47 such care posts 44 were positive; kept well below that, for it was seen on few |
//! | lift to, where the press is turned to or the payment reversed | 0.3 | judgement: said in so many words it is meant, but less is at stake |
//! | relief given, and no threat | -0.6 | judgement: field practice has -0.9 |
//! | contacted before, once; more often | +0.5, +0.9 | a text that tells of it weighs +0.8 to +1.2 in field practice |
//! | an hour's silence in public; a day's anywhere | +0.4, +0.8 | surveys of care on Twitter |
//! | two customer turns before, or more | +0.6 | conversations that derailed (+.51 from the third turn) |
//! | apologised twice | +0.7 | field practice: the second apology without redress |
//! | the same answer twice, whatever was said between; handed on twice | +0.6, +0.5 | judgement, after the double deviation of Tripp and Grégoire (2011) |
//! | an answer stands | -0.3 | judgement |
//!
//! A polite formal threat so outranks noisy anger: anger raises the text part alone, and
//! politeness cannot sink it below its lift. What the context weighs cannot be fitted here, for no labelled post has any.
//!
//! The risk tells whom to answer first and with what care. It must not be used to rank what people
//! are worth, to refuse them service, or as a forecast of what one person will do: no data here
//! shows what anybody did afterwards.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Note;
use super::chances::Chances;
use super::heads::{Heads, head};
use crate::assessment::{
    Complaint, Country, Escalation, Field, LanguageCode, Mitigation, RiskBand, Sentiment, Severity,
    Situation, Source, Threat, ThreatKind, Threats,
};
use crate::lexicon::entry::CueKind;
use crate::names::Set;
use crate::post::{Post, Speaker};
use crate::reading::{Match, Reading};
use crate::text::Span;

/// A lawyer, court, authority, mediator, consumer body or formal notice; each further kind.
const FIRST_BODY: f64 = 1.1;
const FURTHER_BODY: f64 = 0.6;
const PUBLIC: f64 = 0.5;
const LEAVING: f64 = 1.0;
const ALL_THREATS: f64 = 3.0;
/// Text and threats together are at least this when there is a formal one.
const FORMAL_FLOOR: f64 = 1.5;
/// The same when the press or the bank is turned to, by a row of at least this weight (hundredths).
const OUTSIDE_FLOOR: f64 = 0.3;
const STATED: i16 = 100;
const RELIEF: f64 = -0.6;
/// A customer who contacted before, once; twice or more.
const CONTACTED_ONCE: f64 = 0.5;
const CONTACTED_AGAIN: f64 = 0.9;
/// More than an hour in public without an answer; more than a day anywhere.
const HOUR_OF_SILENCE: f64 = 0.4;
const DAY_OF_SILENCE: f64 = 0.8;
/// Two customer turns before this one, or more.
const MANY_TURNS: f64 = 0.6;
/// The brand has apologised twice or more in the thread.
const APOLOGISED_AGAIN: f64 = 0.7;
/// The brand gave the very same answer twice, but for case and space.
const SAME_ANSWER: f64 = 0.6;
/// The brand handed the customer on twice or more.
const HANDED_ON: f64 = 0.5;
/// An answer stands.
const ANSWERED: f64 = -0.3;

/// What is added to the text part; `note` is told each share.
pub(crate) fn additions(
    reading: &Reading,
    heads: &Heads,
    answers: &mut Answers,
    post: &Post<'_>,
    mut note: Note<'_>,
) -> f64 {
    let text = heads.raw[head::ESCALATION];
    let mut tell = |source: &dyn Fn() -> Source, name, weight| {
        if let Some(note) = &mut note {
            note(source(), name, weight);
        }
    };
    let threats = threat_additions(reading, text, &mut |m, name, weight| {
        tell(&|| Source::Text(span(reading, m)), name, weight);
    });
    threats
        + context(post, answers, &mut |field, name, weight| {
            tell(&|| Source::Context(field), name, weight);
        })
}

/// What is threatened, each kind once.
fn threat_additions(
    reading: &Reading,
    text: f64,
    note: &mut impl FnMut(&Match, &'static str, f64),
) -> f64 {
    if reading.language().code() == LanguageCode::Undetermined {
        return 0.0;
    }
    let mut seen = Set::<ThreatKind>::new();
    let (mut first_body, mut outside) = (None, None);
    let mut sum = 0.0;
    for (kind, m) in counted_threats(reading) {
        let stated = m.cue.weight >= STATED;
        if stated && matches!(kind, ThreatKind::Press | ThreatKind::Chargeback) {
            outside = outside.or(Some(m));
        }
        if seen.contains(kind) {
            continue;
        }
        seen.insert(kind);
        let weight = match kind {
            ThreatKind::Churn => LEAVING,
            ThreatKind::Press | ThreatKind::Public | ThreatKind::Chargeback => PUBLIC,
            _ if first_body.is_some() => FURTHER_BODY,
            _ => {
                first_body = Some(m);
                FIRST_BODY
            }
        };
        let weight = weight.min(ALL_THREATS - sum);
        if weight > 0.0 {
            sum += weight;
            note(m, kind.as_str(), weight);
        }
    }
    // However friendly the words around it.
    let formal = first_body.map(|m| (m, "formal_threat", FORMAL_FLOOR));
    if let Some((m, name, floor)) = formal.or(outside.map(|m| (m, "stated_threat", OUTSIDE_FLOOR)))
    {
        let lift = floor - (text + sum);
        if lift > 0.0 {
            sum += lift;
            note(m, name, lift);
        }
    }
    if seen.is_empty()
        && reading.has(CueKind::Relief)
        && let Some(m) = reading.matches.iter().find(|m| m.counts && m.cue.kind == CueKind::Relief)
    {
        sum += RELIEF;
        note(m, "relief", RELIEF);
    }
    sum
}

/// The context part.
fn context(
    post: &Post<'_>,
    answers: &mut Answers,
    note: &mut impl FnMut(Field, &'static str, f64),
) -> f64 {
    let mut sum = 0.0;
    let mut add = |field, name, weight| {
        sum += weight;
        note(field, name, weight);
    };
    match post.previous_contacts {
        Some(1) => add(Field::PreviousContacts, "contacted_once", CONTACTED_ONCE),
        Some(2..) => add(Field::PreviousContacts, "contacted_again", CONTACTED_AGAIN),
        _ => {}
    }
    let answered = post.brand_replied == Some(true);
    if let Some(hours) = post.waiting_hours.filter(|h| h.is_finite() && !answered) {
        let public = post.channel.is_none_or(crate::Channel::is_public);
        if hours >= 24.0 {
            add(Field::WaitingHours, "day_of_silence", DAY_OF_SILENCE);
        } else if hours >= 1.0 && public {
            add(Field::WaitingHours, "hour_of_silence", HOUR_OF_SILENCE);
        }
    }
    if answered {
        add(Field::BrandReplied, "answered", ANSWERED);
    }
    let thread = Thread::of(post, answers);
    if thread.customer >= 2 {
        add(Field::Thread, "many_turns", MANY_TURNS);
    }
    if thread.apologies >= 2 {
        add(Field::Thread, "apologised_again", APOLOGISED_AGAIN);
    }
    if thread.same_answer {
        add(Field::Thread, "same_answer", SAME_ANSWER);
    }
    if thread.handoffs >= 2 {
        add(Field::Thread, "handed_on", HANDED_ON);
    }
    sum
}

/// What went before in the thread.
#[derive(Default)]
struct Thread {
    customer: usize,
    apologies: usize,
    handoffs: usize,
    same_answer: bool,
}

impl Thread {
    #[inline]
    fn of(post: &Post<'_>, answers: &mut Answers) -> Self {
        if post.thread.is_empty() { Self::default() } else { Self::of_turns(post, answers) }
    }

    #[inline(never)]
    fn of_turns(post: &Post<'_>, answers: &mut Answers) -> Self {
        let mut thread = Self::default();
        answers.hashes.clear();
        for turn in &post.thread {
            let text = turn.text.trim();
            if turn.by == Speaker::Customer {
                thread.customer += 1;
                continue;
            }
            thread.same_answer |= !text.is_empty() && answers.is_known(text);
            let (sorry, hands_on) = brand_acts(text);
            thread.apologies += usize::from(sorry);
            thread.handoffs += usize::from(hands_on);
        }
        thread
    }
}

/// What the brand has answered in a thread; kept from post to post for its memory alone.
#[derive(Default)]
pub(crate) struct Answers {
    hashes: HashSet<u64>,
}

impl Answers {
    /// Whether that was answered before; from now on it was.
    fn is_known(&mut self, text: &str) -> bool {
        // Without regard to case, each run of spaces being one. Its keys are always the same.
        let mut hasher = DefaultHasher::new();
        for word in text.split_whitespace() {
            word.chars().flat_map(char::to_lowercase).for_each(|c| c.hash(&mut hasher));
            ' '.hash(&mut hasher);
        }
        !self.hashes.insert(hasher.finish())
    }

    /// The bytes held, about.
    pub(crate) fn held(&self) -> usize {
        self.hashes.capacity() * (size_of::<u64>() + 1)
    }
}

/// Whether the brand answered a customer, who writes again.
fn answered(post: &Post<'_>) -> bool {
    post.thread
        .iter()
        .skip_while(|turn| turn.by != Speaker::Customer)
        .any(|turn| turn.by == Speaker::Brand)
}

/// How words begin that make a brand's turn an apology, or hand the customer on.
const BRAND_TURNS: &str = include_str!("../../lexicons/shared/brand_turns.tsv");

/// Whether a brand's turn says sorry, and whether it hands the customer on.
fn brand_acts(text: &str) -> (bool, bool) {
    let (mut sorry, mut hands_on) = (false, false);
    let mut within_word = false;
    for (at, c) in text.char_indices() {
        if !within_word && c.is_alphanumeric() {
            for row in BRAND_TURNS.lines().skip_while(|line| line.starts_with('#')).skip(1) {
                if let Some((start, act)) = row.split_once('\t')
                    && starts_with(&text[at..], start)
                {
                    sorry |= act == "apology";
                    hands_on |= act == "handoff";
                }
            }
        }
        within_word = c.is_alphanumeric();
    }
    (sorry, hands_on)
}

fn starts_with(text: &str, start: &str) -> bool {
    let mut letters = text.chars().flat_map(char::to_lowercase);
    start.chars().all(|c| letters.next() == Some(c))
}

/// The calibrated probability of repeat contact, and the decision.
fn repeat(reading: &Reading, chances: &Chances, post: &Post<'_>) -> (f64, bool) {
    if reading.language().code() == LanguageCode::Undetermined {
        let told = post.previous_contacts.is_some_and(|n| n > 0);
        return (f64::from(u8::from(told)), told);
    }
    // What the caller knows of outweighs what the text shows; that nothing is on file does not.
    if post.previous_contacts.is_some_and(|n| n > 0) {
        return (1.0, true);
    }
    (chances.repeat, chances.repeats)
}

/// The least weight of a row, in hundredths, that makes a threat and no mere hint of one.
const CLEAR: i16 = 50;

/// The threats that count, in order of the text.
fn counted_threats(reading: &Reading) -> impl Iterator<Item = (ThreatKind, &Match)> {
    let some = reading.has_any(CueKind::ThreatChurn, CueKind::ThreatFormalNotice);
    let matches = if some { reading.matches.as_slice() } else { &[] };
    matches.iter().filter(|m| m.counts && m.cue.weight >= CLEAR).filter_map(|m| {
        let at = m.cue.kind.offset_in(CueKind::ThreatChurn, ThreatKind::ALL.len())?;
        Some((ThreatKind::ALL[at], m))
    })
}

fn span(reading: &Reading, m: &Match) -> Span {
    let words = &reading.lexemes[m.first as usize..m.last as usize];
    let start = words.first().map_or(0, |first| first.start);
    Span::new(start, words.iter().map(|word| word.end).max().unwrap_or(start))
}

/// The threats that count, one a kind and place.
#[cold]
pub(crate) fn threats(reading: &Reading) -> Threats {
    let mut threats = Threats::default();
    for (kind, m) in counted_threats(reading) {
        let country = std::str::from_utf8(&m.cue.country).ok().and_then(Country::new);
        threats.push(Threat { kind, country, span: span(reading, m) });
    }
    threats
}

/// The kinds of those that are kept; none of a post in another language.
pub(crate) fn threat_kinds(reading: &Reading) -> Set<ThreatKind> {
    if reading.language().code() == LanguageCode::Undetermined {
        return Set::new();
    }
    counted_threats(reading).take(Threats::MOST).map(|(kind, _)| kind).collect()
}

/// All but the threats themselves, of which `kinds` tells enough here.
pub(crate) fn escalation(
    reading: &Reading,
    chances: &Chances,
    post: &Post<'_>,
    complaint: &Complaint,
    sentiment: &Sentiment,
    kinds: Set<ThreatKind>,
) -> Escalation {
    let undetermined = reading.language().code() == LanguageCode::Undetermined;
    let risk = if undetermined { 0.0 } else { chances.escalation };
    let band = match risk {
        r if r >= 0.70 => RiskBand::VeryHigh,
        r if r >= 0.40 => RiskBand::High,
        r if r >= 0.15 => RiskBand::Moderate,
        _ => RiskBand::Low,
    };
    let (repeat_probability, repeat_contact) = repeat(reading, chances, post);
    // Loyalty told in a complaint is loyalty let down.
    let betrayal =
        reading.has(CueKind::Betrayal) || (reading.has(CueKind::Loyalty) && complaint.is_complaint);
    let greed = reading.has(CueKind::Greed);
    let mut mitigations = Set::new();
    let mocking = complaint.is_complaint && sentiment.irony >= 0.5;
    for (holds, mitigation) in [
        (reading.has(CueKind::Thanks) && !mocking, Mitigation::Thanks),
        (reading.shape.questions > 0 && !complaint.is_complaint, Mitigation::Question),
        (reading.has(CueKind::Relief), Mitigation::Relief),
        (post.brand_replied == Some(true), Mitigation::BrandReplied),
    ] {
        if holds {
            mitigations.insert(mitigation);
        }
    }
    // The second failure: asked before, answered in vain, promised in vain or passed on.
    let failed_again = repeat_contact
        || answered(post)
        || reading.has(CueKind::BrokenPromise)
        || reading.has(CueKind::Handoff);
    let wronged = betrayal || greed;
    let situation = situation(reading, complaint, sentiment, kinds, failed_again, wronged);
    Escalation {
        risk,
        band,
        situation,
        repeat_contact,
        repeat_probability,
        betrayal,
        greed,
        mitigations,
        ..Escalation::none()
    }
}

/// Which of the situations of Grégoire, Salle and Tripp (2015) it is, worst first.
fn situation(
    reading: &Reading,
    complaint: &Complaint,
    sentiment: &Sentiment,
    kinds: Set<ThreatKind>,
    failed_again: bool,
    wronged: bool,
) -> Situation {
    if !complaint.is_complaint {
        let recovered = reading.has(CueKind::Relief) && sentiment.polarity > 0.2;
        return if recovered { Situation::RecoveryPraise } else { Situation::None };
    }
    let addressed = reading.has(CueKind::AgentFirm) || reading.shape.handles > 0;
    let hostile = complaint.severity == Severity::Blame || wronged;
    let public = kinds.contains(ThreatKind::Public) || kinds.contains(ThreatKind::Press);
    let third = [
        ThreatKind::Legal,
        ThreatKind::Regulator,
        ThreatKind::Mediator,
        ThreatKind::ConsumerOrg,
        ThreatKind::Press,
        ThreatKind::FormalNotice,
    ]
    .into_iter()
    .any(|kind| kinds.contains(kind));
    match () {
        () if failed_again && hostile && public => Situation::Revenge,
        () if third => Situation::ThirdParty,
        () if failed_again => Situation::DoubleDeviation,
        () if !addressed && hostile => Situation::Badmouthing,
        () => Situation::DirectFirstFailure,
    }
}

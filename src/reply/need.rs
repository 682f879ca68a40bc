//! What a post needs of its answer, gathered once from post, assessment, thread and voice.

use super::catalogue::Catalogue;
use super::cues::CueKind;
use super::intent::intent;
use super::names::{Arousal, Move, Region, Register, Special, Stage};
use super::told::Told;
use super::topics::Topics;
use super::voice::Voice;
use super::words;
use crate::assessment::{
    Assessment, Flag, IntentKind, LanguageCode, Mitigation, PriorityLevel, Reason, Request,
    Severity, Situation, ThreatKind, ViralityBand,
};
use crate::names::Set;
use crate::post::{Channel, Language, Post, Speaker};
use crate::score::mentions;

/// From this arousal on a writer counts as stirred.
const HIGH_AROUSAL: f64 = 0.5;

/// In more words than this somebody has said what is wrong.
const FEW_WORDS: usize = 8;

/// How many words of other languages it takes to doubt the language assessed.
const FOREIGN: usize = 2;

/// Threats that set a legal or official clock going, or soon will.
pub(super) const FORMAL: &[ThreatKind] = &[
    ThreatKind::Legal,
    ThreatKind::Regulator,
    ThreatKind::Mediator,
    ThreatKind::ConsumerOrg,
    ThreatKind::Chargeback,
    ThreatKind::FormalNotice,
];

/// Reasons whose mending needs details that are not for the public.
const PRIVATE_DETAILS: &[Reason] = &[
    Reason::Delivery,
    Reason::Billing,
    Reason::Refund,
    Reason::AppAccount,
    Reason::Contract,
    Reason::SafetyPrivacy,
    Reason::Product,
    Reason::TravelDisruption,
];

/// Reasons that many have at once.
const SHARED: &[Reason] =
    &[Reason::Outage, Reason::AppAccount, Reason::TravelDisruption, Reason::SafetyPrivacy];

/// What a post needs of its answer.
#[derive(Debug)]
pub(super) struct Need {
    pub(super) language: Language,
    pub(super) register: Register,
    pub(super) region: Option<Region>,
    pub(super) channel: Channel,
    pub(super) intent: IntentKind,
    pub(super) topics: Topics,
    pub(super) reasons: Set<Reason>,
    pub(super) requests: Set<Request>,
    pub(super) situation: Situation,
    pub(super) severity: Severity,
    pub(super) threats: Set<ThreatKind>,
    pub(super) formal: bool,
    pub(super) flags: Set<Flag>,
    pub(super) arousal: Arousal,
    pub(super) stage: Stage,
    pub(super) special: Set<Special>,
    pub(super) details: bool,
    /// Whether a statement to many would answer it.
    pub(super) shared: bool,
    pub(super) irony: f64,
    /// What the brand has already done in the thread.
    pub(super) made: Set<Move>,
    /// The words of each turn of the brand's.
    pub(super) said: Vec<Vec<u64>>,
}

impl Need {
    /// What the post needs; `None` when no answer is due, or in no language we have.
    pub(super) fn of(
        catalogue: &Catalogue,
        post: &Post<'_>,
        assessment: &Assessment,
        voice: &Voice,
    ) -> Option<Self> {
        let words = words::scan(&post.text);
        let told = Told::by(&words, catalogue);
        let language = language(&told, post, assessment, voice)?;
        let topics = Topics::of(catalogue, &told, post, assessment);
        let (intent, defends) = intent(&told, assessment, &topics);
        let repaired = repaired(post, assessment);
        // Signs without a word have no priority, but in a language of the voice's they have an answer.
        let signs = intent == IntentKind::Complaint
            && assessment.language.code == LanguageCode::Undetermined;
        // A review stands to be read beside its answer.
        let due = assessment.priority.level != PriorityLevel::None
            || intent == IntentKind::Praise
            || post.channel == Some(Channel::Review)
            || repaired
            || signs;
        // Danger needs no address.
        let calm = assessment.flags.is_empty() && assessment.priority.level <= PriorityLevel::Low;
        let aside =
            (intent == IntentKind::Other || signs) && calm && !repaired && !is_addressed(post);
        if !due || aside {
            return None;
        }
        let channel = post.channel.unwrap_or(Channel::PublicSocial);
        let threats = assessment.escalation.threats.kinds();
        let mut said = Vec::new();
        let mut made = Set::new();
        for turn in post.thread.iter().filter(|t| t.by == Speaker::Brand) {
            said.push(words::hashes(&turn.text));
            let turn = Told::by(&words::scan(&turn.text), catalogue);
            turn.kinds().filter_map(move_of).for_each(|step| made.insert(step));
        }
        let reasons = topics.reasons();
        let wants = (intent, defends);
        let short = words.len() <= FEW_WORDS;
        let special = special(&told, short, post, assessment, &topics, wants, voice);
        let formal = FORMAL.iter().any(|&t| threats.contains(t));
        Some(Self {
            language,
            register: register(&told, language, voice),
            region: voice
                .region
                .or_else(|| formal.then(|| region(assessment, language)).flatten())
                .filter(|r| r.language() == language),
            channel,
            intent,
            shared: voice.crisis
                || assessment.me_too
                || SHARED.iter().any(|&r| reasons.contains(r)),
            irony: assessment.sentiment.irony,
            topics,
            reasons,
            requests: requests(&told, assessment, intent),
            situation: if repaired {
                Situation::RecoveryPraise
            } else {
                assessment.escalation.situation
            },
            severity: assessment.complaint.severity,
            threats,
            formal,
            flags: flags(assessment, intent),
            arousal: if is_stirred(assessment) { Arousal::High } else { Arousal::Low },
            stage: stage(post, assessment, repaired),
            special,
            details: PRIVATE_DETAILS.iter().any(|&r| reasons.contains(r)),
            made,
            said,
        })
    }
}

/// Whether the writer is angry: stirred, and reproachful. Enthusiasm and worry stir as well.
pub(super) fn is_stirred(assessment: &Assessment) -> bool {
    assessment.complaint.is_complaint
        && assessment.sentiment.arousal >= HIGH_AROUSAL
        && assessment.complaint.severity >= Severity::Disapproval
}

/// The flags an answer goes by: who praises the care taken of a frail aunt needs no case owner.
fn flags(assessment: &Assessment, intent: IntentKind) -> Set<Flag> {
    let counts = |flag: &Flag| *flag == Flag::Safety || intent != IntentKind::Praise;
    assessment.flags.iter().filter(counts).collect()
}

/// Whether the post speaks to the brand: in private, on its own page, under its name.
fn is_addressed(post: &Post<'_>) -> bool {
    match post.channel {
        Some(Channel::PublicSocial | Channel::Forum) | None => {
            post.text.contains('@')
                || !post.thread.is_empty()
                || post.brand.as_deref().is_some_and(|brand| mentions(&post.text, brand))
        }
        Some(_) => true,
    }
}

/// What is asked for: what the assessment found, and, of who gives no reproach, what the words leave
/// no doubt of. (In a complaint "cancel my contract" may be what was refused.)
fn requests(told: &Told<'_>, assessment: &Assessment, intent: IntentKind) -> Set<Request> {
    let told: Set<Request> = told.about(CueKind::Asked, None);
    let told = told.iter().filter(|&r| r != Request::Cancel || intent != IntentKind::Complaint);
    assessment.complaint.requests.iter().chain(told).collect()
}

/// The home of the authority that the writer names: who writes to the CPRST is answered as in
/// Québec, unless the voice says where it is at home.
fn region(assessment: &Assessment, language: Language) -> Option<Region> {
    let mut countries = assessment.escalation.threats.iter().filter_map(|threat| threat.country());
    let first = countries.next()?;
    let alone = countries.all(|country| country == first);
    let home = |r: &&Region| r.language() == language && r.country() == first.as_str();
    Region::ALL.iter().find(home).copied().filter(|_| alone)
}

fn language(
    told: &Told<'_>,
    post: &Post<'_>,
    assessment: &Assessment,
    voice: &Voice,
) -> Option<Language> {
    // Two languages are told apart, and a third may pass for one of them. Only the caller's own
    // word is taken against the words of the post.
    if post.language.is_none() && is_foreign(told, assessment.language.code) {
        return voice.language;
    }
    match assessment.language.code {
        LanguageCode::French => Some(Language::French),
        LanguageCode::English => Some(Language::English),
        LanguageCode::Undetermined => voice.language,
        LanguageCode::Mixed => post.language.or(voice.language).or_else(|| Some(stronger(told))),
    }
}

/// Whether more words of other languages stand in a text than of the one it is taken for.
fn is_foreign(told: &Told<'_>, code: LanguageCode) -> bool {
    let (french, english, other) = told.languages();
    let ours = match code {
        LanguageCode::French => french,
        LanguageCode::English => english,
        _ => french + english,
    };
    other >= FOREIGN && other > ours
}

/// The language with more function words in a mixed text, French when even.
fn stronger(told: &Told<'_>) -> Language {
    let (french, english, _) = told.languages();
    if english > french { Language::English } else { Language::French }
}

fn register(told: &Told<'_>, language: Language, voice: &Voice) -> Register {
    if language == Language::English {
        return Register::Neutral;
    }
    match voice.register {
        Some(Register::Tu) => return Register::Tu,
        Some(Register::Vous) => return Register::Vous,
        _ => {}
    }
    // "Tu attends, tu paies" is said to everybody; it takes more to be on such terms.
    let direct = told.is(CueKind::Direct, Some(language));
    let (_, vous) = told.registers();
    if direct && vous == 0 { Register::Tu } else { Register::Vous }
}

/// Whether the writer says that it is solved. Relief alone may be a word in passing.
fn repaired(post: &Post<'_>, assessment: &Assessment) -> bool {
    let escalation = &assessment.escalation;
    escalation.situation == Situation::RecoveryPraise
        || ((escalation.mitigations.contains(Mitigation::Relief)
            || (assessment.intent.main == IntentKind::Praise
                && escalation.mitigations.contains(Mitigation::Thanks)))
            && !assessment.complaint.is_complaint
            && post.thread.iter().any(|t| t.by == Speaker::Brand))
}

fn stage(post: &Post<'_>, assessment: &Assessment, repaired: bool) -> Stage {
    let escalation = &assessment.escalation;
    // A promise broken at the first contact is a second failure, and yet nothing was told before.
    let failed_again =
        matches!(escalation.situation, Situation::DoubleDeviation | Situation::Revenge);
    let again = escalation.repeat_contact
        || (failed_again && post.thread.iter().any(|t| t.by == Speaker::Brand))
        || post.previous_contacts.is_some_and(|n| n > 0);
    if repaired {
        Stage::AfterRepair
    } else if again {
        Stage::Repeat
    } else {
        Stage::First
    }
}

fn special(
    told: &Told<'_>,
    short: bool,
    post: &Post<'_>,
    assessment: &Assessment,
    topics: &Topics,
    (intent, defends): (IntentKind, bool),
    voice: &Voice,
) -> Set<Special> {
    let mut out = Set::new();
    let complaint = intent == IntentKind::Complaint;
    let spreads = matches!(assessment.virality.band, ViralityBand::High | ViralityBand::VeryHigh)
        || !post.amplifiers.is_empty();
    if voice.crisis || (complaint && spreads) {
        out.insert(Special::Spreading);
    }
    if complaint && post.thread.iter().any(|t| t.by == Speaker::Brand) {
        out.insert(Special::Ongoing);
    }
    let told: Set<Special> = told.about(CueKind::Special, None);
    // A word alone proves nothing: with danger, "data" are a leak; without, a contract.
    for (special, flag) in [
        (Special::DataLeak, Flag::Safety),
        (Special::SelfHarm, Flag::Safety),
        (Special::Bereavement, Flag::Vulnerable),
    ] {
        if assessment.flags.contains(flag) && told.contains(special) {
            out.insert(special);
        }
    }
    if assessment.me_too {
        out.insert(Special::MeToo);
    }
    if intent == IntentKind::Question && told.contains(Special::Overdue) {
        out.insert(Special::Overdue);
    }
    // In many words something is always said, whether or not it was understood.
    if complaint && topics.is_empty() && post.thread.is_empty() && short {
        out.insert(Special::Unsaid);
    }
    if defends || (intent == IntentKind::Praise && post.is_reply == Some(true)) {
        out.insert(Special::Defender);
    }
    let mild = assessment.complaint.severity <= Severity::Disapproval;
    let reasons = assessment.complaint.reasons;
    let arguable = [Reason::Communication, Reason::Contract, Reason::Billing];
    if complaint && mild && arguable.iter().any(|&r| reasons.contains(r)) {
        out.insert(Special::Misunderstanding);
    }
    out
}

fn move_of(cue: CueKind) -> Option<Move> {
    Some(match cue {
        CueKind::Apology => Move::Apology,
        CueKind::Private => Move::MovePrivate,
        CueKind::Thanks => Move::Thanks,
        CueKind::Explanation => Move::Explanation,
        CueKind::Mediator => Move::MediatorContact,
        CueKind::Solved => Move::Closure,
        _ => return None,
    })
}

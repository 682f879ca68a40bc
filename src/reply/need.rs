//! What a post needs of its answer, gathered once from post, assessment, thread and voice.

use super::catalogue::Catalogue;
use super::cues::CueKind;
use super::names::{Arousal, Move, Region, Register, Special, Stage};
use super::patterns::Tells;
use super::voice::Voice;
use super::words::{self, Word};
use crate::assessment::{
    Assessment, Flag, IntentKind, LanguageCode, Mitigation, PriorityLevel, Reason, Request,
    Severity, Situation, ThreatKind, ViralityBand,
};
use crate::names::{Named, Set};
use crate::post::{Channel, Language, Post, Speaker};

/// From this arousal on a writer counts as stirred.
const HIGH_AROUSAL: f64 = 0.5;

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

/// What a post needs of its answer.
#[derive(Debug)]
pub(super) struct Need {
    pub(super) language: Language,
    pub(super) register: Register,
    pub(super) region: Option<Region>,
    pub(super) channel: Channel,
    pub(super) intent: IntentKind,
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
        let intent = main_intent(assessment);
        if assessment.priority.level == PriorityLevel::None && intent != IntentKind::Praise {
            return None;
        }
        let words = words::scan(&post.text);
        let language = language(catalogue, &words, post, assessment, voice)?;
        let channel = post.channel.unwrap_or(Channel::PublicSocial);
        let threats = assessment.escalation.threats.kinds();
        let mut said = Vec::new();
        let mut made = Set::new();
        for turn in post.thread.iter().filter(|t| t.by == Speaker::Brand) {
            said.push(words::hashes(&turn.text));
            for hit in catalogue.rules().find(&words::scan(&turn.text), None) {
                if let Tells::Cue(cue) = hit.rule.tells
                    && let Some(step) = move_of(cue)
                {
                    made.insert(step);
                }
            }
        }
        let reasons = assessment.complaint.reasons;
        Some(Self {
            language,
            register: register(catalogue, &words, language, voice),
            region: voice.region.filter(|r| r.language() == language),
            channel,
            intent,
            reasons,
            requests: assessment.complaint.requests,
            situation: assessment.escalation.situation,
            severity: assessment.complaint.severity,
            threats,
            formal: FORMAL.iter().any(|&t| threats.contains(t)),
            flags: flags(assessment, intent),
            arousal: if is_stirred(assessment) { Arousal::High } else { Arousal::Low },
            stage: stage(post, assessment),
            special: special(catalogue, &words, post, assessment, intent, voice),
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

fn main_intent(assessment: &Assessment) -> IntentKind {
    let complaint = &assessment.complaint;
    // A question without reproach or problem is a question, whatever its chances.
    let asks = assessment.intent.main == IntentKind::Question
        && complaint.severity <= Severity::NoExplicitReproach
        && complaint.reasons.is_empty();
    match assessment.intent.main {
        main if asks => main,
        _ if complaint.is_complaint => IntentKind::Complaint,
        // The complaint head has the last word on what is one.
        IntentKind::Complaint => IntentKind::Other,
        main => main,
    }
}

fn language(
    catalogue: &Catalogue,
    words: &[Word],
    post: &Post<'_>,
    assessment: &Assessment,
    voice: &Voice,
) -> Option<Language> {
    match assessment.language.code {
        LanguageCode::French => Some(Language::French),
        LanguageCode::English => Some(Language::English),
        LanguageCode::Undetermined => voice.language,
        LanguageCode::Mixed => {
            post.language.or(voice.language).or_else(|| Some(stronger(catalogue, words)))
        }
    }
}

/// The language with more function words in a mixed text, French when even.
fn stronger(catalogue: &Catalogue, words: &[Word]) -> Language {
    let (french, english) = language_cues(catalogue, words);
    if english > french { Language::English } else { Language::French }
}

/// How many function words of French and of English a text has.
pub(super) fn language_cues(catalogue: &Catalogue, words: &[Word]) -> (usize, usize) {
    let (mut french, mut english) = (0, 0);
    for hit in catalogue.rules().find(words, None) {
        if hit.rule.tells == Tells::Cue(CueKind::Language) {
            match hit.rule.language {
                Some(Language::French) => french += 1,
                Some(Language::English) => english += 1,
                None => {}
            }
        }
    }
    (french, english)
}

fn register(catalogue: &Catalogue, words: &[Word], language: Language, voice: &Voice) -> Register {
    if language == Language::English {
        return Register::Neutral;
    }
    match voice.register {
        Some(Register::Tu) => return Register::Tu,
        Some(Register::Vous) => return Register::Vous,
        _ => {}
    }
    // "Tu attends, tu paies" is said to everybody; it takes more to be on such terms.
    let hits = catalogue.rules().find(words, Some(language));
    let direct = hits.iter().any(|h| h.rule.tells == Tells::Cue(CueKind::Direct));
    let (_, vous) = register_cues(catalogue, words);
    if direct && vous == 0 { Register::Tu } else { Register::Vous }
}

/// How often a text says tu and vous.
pub(super) fn register_cues(catalogue: &Catalogue, words: &[Word]) -> (usize, usize) {
    let (mut tu, mut vous) = (0, 0);
    for hit in catalogue.rules().find(words, Some(Language::French)) {
        if hit.rule.tells == Tells::Cue(CueKind::Register) {
            match hit.rule.about.as_str() {
                "tu" => tu += 1,
                "vous" => vous += 1,
                _ => {}
            }
        }
    }
    (tu, vous)
}

fn stage(post: &Post<'_>, assessment: &Assessment) -> Stage {
    let escalation = &assessment.escalation;
    let repaired = escalation.situation == Situation::RecoveryPraise
        || (escalation.mitigations.contains(Mitigation::Relief)
            && !assessment.complaint.is_complaint);
    let again = escalation.repeat_contact
        || matches!(escalation.situation, Situation::DoubleDeviation | Situation::Revenge)
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
    catalogue: &Catalogue,
    words: &[Word],
    post: &Post<'_>,
    assessment: &Assessment,
    intent: IntentKind,
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
    if assessment.flags.contains(Flag::Safety) {
        for hit in catalogue.rules().find(words, None) {
            if hit.rule.tells == Tells::Cue(CueKind::Special)
                && let Some(special) = Named::from_name(&hit.rule.about)
            {
                out.insert(special);
            }
        }
    }
    if assessment.me_too {
        out.insert(Special::MeToo);
    }
    if intent == IntentKind::Praise && post.is_reply == Some(true) {
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

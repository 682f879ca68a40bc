//! What the writer wants of an answer.

use super::cues::CueKind;
use super::names::Special;
use super::need::FORMAL;
use super::told::Told;
use super::topics::Topics;
use crate::assessment::{Assessment, IntentKind, LanguageCode, Mitigation, Request, Severity};
use crate::names::Set;

/// From this polarity down a writer is taken to be displeased.
const DISPLEASED: f64 = -0.25;

/// From this polarity on a writer is taken to be content on the whole.
const CONTENT: f64 = 0.2;

/// From this chance on what is said is taken to be meant the other way round.
const MOCKING: f64 = 0.45;

/// What the writer wants of an answer. The assessment says whether it is a complaint; where it is
/// of two minds, the answer that does least harm if it is wrong is taken: who asks gets an answer
/// rather than an apology, who is content is not told that their anger is understood, and who
/// tells of something broken is not thanked for an idea.
///
/// Also whether the writer takes the brand's side.
pub(super) fn intent(
    told: &Told<'_>,
    assessment: &Assessment,
    topics: &Topics,
) -> (IntentKind, bool) {
    if defends(told, assessment) {
        return (IntentKind::Praise, true);
    }
    let asked = told.about(CueKind::Asked, None);
    let requests = assessment.complaint.requests.iter().chain(asked.iter()).collect();
    let kind = likely_intent(assessment, topics, requests);
    // "I hear that prices go up in April?": bad news, of which nobody knows yet whether it is true.
    let hears = kind == IntentKind::Complaint
        && assessment.intent.complaint < 0.95
        && assessment.complaint.severity < Severity::Blame
        && !assessment.escalation.repeat_contact
        && !is_serious(assessment)
        && told.is(CueKind::Asks, None);
    (if hears { IntentKind::Question } else { kind }, false)
}

fn likely_intent(assessment: &Assessment, topics: &Topics, requests: Set<Request>) -> IntentKind {
    let (intent, complaint) = (&assessment.intent, &assessment.complaint);
    let polarity = assessment.sentiment.polarity;
    // Who goes to court complains, in however few and friendly words.
    if is_formal(assessment) {
        return IntentKind::Complaint;
    }
    let informed = [Request::Answer, Request::Explanation, Request::Contact];
    let wants_words = requests.iter().all(|r| informed.contains(&r));
    let mild = complaint.severity <= Severity::NoExplicitReproach;
    let asks = intent.main == IntentKind::Question
        && ((wants_words
            && ((mild && (topics.is_empty() || (intent.question >= 0.9 && polarity > -0.4)))
                || (complaint.severity <= Severity::Disapproval && complaint.probability < 0.7)))
            || (!complaint.is_complaint && intent.question >= 0.8 && polarity > DISPLEASED));
    if asks {
        return IntentKind::Question;
    }
    let serious = is_serious(assessment);
    let doubtful = complaint.probability < 0.65
        && (intent.complaint < 0.5 || polarity >= CONTENT)
        && polarity > -0.3
        && wants_words
        && !assessment.me_too
        && !serious;
    // "Please update my address": something to do, and nothing that went wrong.
    let errand =
        intent.complaint < 0.3 && polarity > DISPLEASED && mild && !topics.is_told() && !serious;
    if (complaint.is_complaint && !doubtful && !errand) || grieves(assessment, topics, requests) {
        return IntentKind::Complaint;
    }
    if errand && complaint.is_complaint {
        return IntentKind::Question;
    }
    if !matches!(intent.main, IntentKind::Complaint | IntentKind::Other) {
        return intent.main;
    }
    let (kind, chance) = [
        (IntentKind::Question, intent.question),
        (IntentKind::Praise, intent.praise),
        (IntentKind::Suggestion, intent.suggestion),
    ]
    .into_iter()
    .fold((IntentKind::Other, 0.0), |best, this| if this.1 > best.1 { this } else { best });
    let likely = match kind {
        // "That is how you do it": thanks are due, though it was no shout of joy.
        IntentKind::Praise => {
            polarity >= 0.6 && (chance >= 0.3 || (chance >= 0.15 && polarity >= 0.7))
        }
        IntentKind::Question => chance >= 0.25,
        _ => chance >= 0.2 && chance > intent.other,
    };
    if likely { kind } else { IntentKind::Other }
}

/// Whether somebody is owed amends though the assessment did not decide that they complain. No
/// single number carries it, so that none tips it over: there must be a feeling or a wish to have
/// something put right, and signs enough beside it for how likely the assessment holds it.
fn grieves(assessment: &Assessment, topics: &Topics, requests: Set<Request>) -> bool {
    let (intent, complaint) = (&assessment.intent, &assessment.complaint);
    let sentiment = &assessment.sentiment;
    if assessment.escalation.mitigations.contains(Mitigation::Relief) {
        return false;
    }
    // Signs alone are read in any language: a row of clowns is no praise.
    if assessment.language.code == LanguageCode::Undetermined {
        return intent.main == IntentKind::Complaint && sentiment.polarity <= -0.5;
    }
    let mocks = sentiment.irony >= MOCKING;
    if intent.main == IntentKind::Praise && sentiment.polarity >= 0.2 && !mocks {
        return false;
    }
    let mends = [Request::Fix, Request::Refund, Request::Replacement, Request::Compensation];
    let mends = mends.iter().any(|&r| requests.contains(r));
    let displeased = sentiment.polarity <= DISPLEASED;
    let again = assessment.escalation.repeat_contact;
    let told = topics.is_told();
    let seems = intent.complaint >= 0.4 || intent.main == IntentKind::Complaint;
    let signs = [mends, displeased, mocks, again, told, seems].into_iter().filter(|&s| s).count();
    let likely = complaint.probability;
    if mends || displeased || mocks || again {
        return (likely >= 0.3 && signs >= 2) || (likely >= 0.15 && signs >= 3);
    }
    // "Delivered in person, while I was at work", "three weeks for a cable, impressive": neither
    // feeling nor wish, only what is told gives it away.
    if intent.main == IntentKind::Praise {
        let thanks = assessment.escalation.mitigations.contains(Mitigation::Thanks);
        return told && likely >= 0.2 && sentiment.polarity < 0.15 && !thanks;
    }
    intent.suggestion < 0.15
        && ((intent.main == IntentKind::Complaint && intent.complaint >= 0.45 && likely >= 0.3)
            || (told && intent.complaint >= 0.4 && likely >= 0.4))
}

/// Whether a lawyer, court, authority, mediator or consumer body is brought in.
fn is_formal(assessment: &Assessment) -> bool {
    let threats = assessment.escalation.threats.kinds();
    FORMAL.iter().any(|&t| threats.contains(t))
}

/// Whether more is at stake than a wrong tone.
fn is_serious(assessment: &Assessment) -> bool {
    !assessment.flags.is_empty() || is_formal(assessment)
}

/// Whether the writer takes the brand's side: "no idea what the fuss is about, mine came in a day".
/// It reads much like a complaint to those who count words.
fn defends(told: &Told<'_>, assessment: &Assessment) -> bool {
    if is_serious(assessment) {
        return false;
    }
    let complaint = &assessment.complaint;
    let sure = complaint.probability >= 0.9 || assessment.sentiment.polarity <= -0.3;
    // "To be fair" introduces complaints too; who tells others to stop does not.
    let special: Set<Special> = told.about(CueKind::Special, None);
    special.contains(Special::Defender)
        && (!(complaint.is_complaint && sure) || told.is(CueKind::Scolds, None))
}

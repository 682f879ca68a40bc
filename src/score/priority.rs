//! How fast to answer.
//!
//! Rules, not weights: a team can read them, and change the minutes in lexicons/priority.tsv. Each
//! rule that holds asks for a level; the highest is given with the first rule that asks for it, in
//! the order of [`PriorityRule`]. Which rule asks for what is judgement, on these grounds: danger
//! cannot wait; a regulator's, mediator's or court's clock runs whatever the tone (polite formal
//! threats outrank noisy anger); repeated contact is what precedes nearly every public escalation
//! (Tripp & Grégoire 2011); an author's fame raises the priority of reach, never lowers another's
//! right.

use crate::assessment::{
    Flag, IntentKind, Priority, PriorityLevel, PriorityRule, RiskBand, Severity, ThreatKind,
    ViralityBand,
};
use crate::names::Set;
use crate::post::Channel;

/// What the rules look at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    pub(crate) channel: Option<Channel>,
    pub(crate) flags: Set<Flag>,
    pub(crate) threats: Set<ThreatKind>,
    pub(crate) complaint_probability: f64,
    pub(crate) is_complaint: bool,
    pub(crate) severity: Severity,
    /// Contacted before without success, from the text or from what is known around it.
    pub(crate) repeat_contact: bool,
    pub(crate) risk: RiskBand,
    pub(crate) intent: IntentKind,
    /// Something is asked for: an answer, a refund, a call.
    pub(crate) asks: bool,
    pub(crate) virality: ViralityBand,
    pub(crate) backlash: bool,
    /// Somebody else's words passed on.
    pub(crate) is_retweet: bool,
    pub(crate) is_news: bool,
    /// Advertising, a contest, a promotion.
    pub(crate) is_promo: bool,
    /// Addressed to somebody else than the brand.
    pub(crate) among_others: bool,
    /// The brand has replied to this very post.
    pub(crate) brand_replied: bool,
    /// Messages of the customer's in the thread since the brand last wrote.
    pub(crate) unanswered_turns: usize,
}

impl Default for Facts {
    fn default() -> Self {
        Self {
            channel: None,
            flags: Set::new(),
            threats: Set::new(),
            complaint_probability: 0.0,
            is_complaint: false,
            severity: Severity::None,
            repeat_contact: false,
            risk: RiskBand::Low,
            intent: IntentKind::Other,
            asks: false,
            virality: ViralityBand::Low,
            backlash: false,
            is_retweet: false,
            is_news: false,
            is_promo: false,
            among_others: false,
            brand_replied: false,
            unanswered_turns: 0,
        }
    }
}

/// A complaint this likely deserves a look though it was not decided for.
const DOUBTFUL: f64 = 0.25;

/// The level, the rule that set it and the minutes of `minutes` for that channel
/// ([`Channel::PublicSocial`] when it is not known).
pub(crate) fn decide(
    facts: &Facts,
    minutes: &dyn Fn(Channel, PriorityLevel) -> Option<u32>,
) -> Priority {
    let highest = asked(facts).into_iter().fold(0, u16::max);
    let (mut level, mut rule) = (level_of(highest), rule_of(highest));
    if level == PriorityLevel::None {
        rule = PriorityRule::NothingDue;
    }
    if facts.brand_replied && level > PriorityLevel::None {
        level = if stays(rule) { lower(level) } else { PriorityLevel::None };
        if level == PriorityLevel::None {
            rule = PriorityRule::AlreadyAnswered;
        }
    }
    let answer_within_minutes = match level {
        PriorityLevel::None => None,
        level => minutes(facts.channel.unwrap_or(Channel::PublicSocial), level),
    };
    Priority { level, answer_within_minutes, rule }
}

/// A rule and the level it asks for in one number, of which the highest wins: that of the highest
/// level, and of the same level that of the first rule.
fn ask(rule: PriorityRule, level: PriorityLevel) -> u16 {
    (level as u16) << 8 | (255 - rule as u16)
}

fn level_of(asked: u16) -> PriorityLevel {
    PriorityLevel::ALL.get(usize::from(asked >> 8)).copied().unwrap_or(PriorityLevel::None)
}

fn rule_of(asked: u16) -> PriorityRule {
    let rule = 255 - usize::from(asked & 255);
    PriorityRule::ALL.get(rule).copied().unwrap_or(PriorityRule::NothingDue)
}

/// The rules in their order with the level each asks for ([`ask`]); none when it does not hold.
///
/// Written out, not matched one by one: each of these jumps would be guessed, and mostly wrongly.
fn asked(facts: &Facts) -> [u16; 14] {
    use PriorityLevel::{High, Low, None, Normal, Urgent};
    let when = |holds: bool, level: PriorityLevel| if holds { level } else { None };
    let again = facts.repeat_contact | (facts.unanswered_turns > 0);
    // what is not about danger or staff needs a post that is somebody's own and is for the brand
    let for_us = !not_for_us(facts);
    let ours = |holds: bool, level: PriorityLevel| when(for_us & holds, level);
    let clock =
        [ThreatKind::Regulator, ThreatKind::Mediator, ThreatKind::Legal, ThreatKind::FormalNotice];
    let clock = !facts.threats.intersection(clock.into_iter().collect()).is_empty();
    let none_but = |kinds: &[ThreatKind]| {
        facts.threats.intersection(kinds.iter().copied().collect()) == facts.threats
    };
    let spreads = match facts.virality {
        ViralityBand::VeryHigh => Urgent,
        _ if facts.backlash => Urgent,
        ViralityBand::High => High,
        _ => None,
    };
    let questions = (facts.intent == IntentKind::Question) | facts.asks;
    let courtesy = matches!(facts.intent, IntentKind::Praise | IntentKind::Suggestion);
    let complains = facts.is_complaint;
    let doubtful = !complains & (facts.complaint_probability >= DOUBTFUL);
    // Who has nothing to complain of leaves in peace, and names a paper to pass on what it wrote.
    let threat = if complains {
        High
    } else if none_but(&[ThreatKind::Churn]) {
        Normal
    } else if none_but(&[ThreatKind::Press, ThreatKind::Public]) & !doubtful {
        Low
    } else {
        High
    };
    [
        ask(PriorityRule::Safety, when(facts.flags.contains(Flag::Safety), Urgent)),
        ask(
            PriorityRule::Vulnerable,
            when(facts.flags.contains(Flag::Vulnerable), if again { Urgent } else { High }),
        ),
        ask(PriorityRule::RegulatorClock, ours(clock, Urgent)),
        ask(PriorityRule::Threat, ours(!facts.threats.is_empty(), threat)),
        ask(
            PriorityRule::DoubleDeviation,
            ours(complains & again & (facts.severity >= Severity::Accusation), High),
        ),
        ask(PriorityRule::EscalationRisk, ours(facts.risk >= RiskBand::High, High)),
        ask(PriorityRule::Spreading, ours(complains, spreads)),
        ask(PriorityRule::Abuse, when(facts.flags.contains(Flag::Abuse), High)),
        ask(
            PriorityRule::SevereComplaint,
            ours(complains & (facts.severity >= Severity::Blame), High),
        ),
        ask(PriorityRule::RepeatContact, ours(complains & again, High)),
        ask(PriorityRule::Complaint, ours(complains, Normal)),
        ask(PriorityRule::Question, ours(questions, Low)),
        ask(PriorityRule::Courtesy, ours(courtesy, Low)),
        ask(PriorityRule::Doubtful, ours(doubtful, Low)),
    ]
}

/// Whether no answer is due: advertising, news or another's words passed on, a chat between others,
/// unless the writer complains or threatens.
fn not_for_us(facts: &Facts) -> bool {
    let aside = facts.is_retweet | facts.is_news | facts.is_promo | facts.among_others;
    aside & !facts.is_complaint & facts.threats.is_empty()
}

/// Whether the rule outlives a first reply: somebody still has to see it through.
fn stays(rule: PriorityRule) -> bool {
    rule <= PriorityRule::DoubleDeviation || rule == PriorityRule::Abuse
}

fn lower(level: PriorityLevel) -> PriorityLevel {
    match level {
        PriorityLevel::Urgent => PriorityLevel::High,
        PriorityLevel::High => PriorityLevel::Normal,
        PriorityLevel::Normal => PriorityLevel::Low,
        PriorityLevel::Low | PriorityLevel::None => PriorityLevel::None,
    }
}

#[cfg(test)]
#[path = "priority_tests.rs"]
mod tests;

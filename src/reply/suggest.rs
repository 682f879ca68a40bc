//! Which templates fit a post, best first.

use std::sync::Arc;

use super::catalogue::Catalogue;
use super::fill;
use super::names::{Arousal, Move, Region, Register, Special, Stage};
use super::need::{FORMAL, Need};
use super::render::{self, Escape, Rendered, Values};
use super::template::Template;
use super::voice::Voice;
use crate::assessment::{Assessment, Flag, IntentKind, Request, Situation};
use crate::post::{Channel, Post};

/// Templates more alike than this to what the brand said in the thread are left out.
const ALREADY_SAID: f64 = 0.5;

/// What a suggestion loses for being like one already chosen.
const DIVERSITY: f64 = 6.0;

/// A template chosen for a post.
#[derive(Clone, Debug)]
pub struct Suggestion {
    template: Arc<Template>,
    channel: Channel,
    region: Option<Region>,
    limit: Option<usize>,
    /// What post, assessment and voice already fill in.
    filled: Values,
    score: f64,
    why: Vec<String>,
    cautions: Vec<String>,
}

impl Suggestion {
    /// The id of the template.
    #[must_use]
    pub fn template_id(&self) -> &str {
        self.template.id()
    }

    /// The template.
    #[must_use]
    pub fn template(&self) -> &Template {
        &self.template
    }

    /// Why it was chosen, as `name: value`: `reason: delivery`, `stage: repeat`, `arousal: high`,
    /// `flag: safety`, `threat: mediator`, `request: refund`, `situation: revenge`,
    /// `severity: blame`, `intent: praise`, `register: tu`, `region: fr-CA`, `special: me_too`,
    /// `private: details are needed`. English, for logs and tools; never empty.
    #[must_use]
    pub fn why(&self) -> &[String] {
        &self.why
    }

    /// Where it is to be sent: the channel of the post, or [`Channel::DirectMessage`] for a
    /// private message that goes with a public answer.
    #[must_use]
    pub fn channel(&self) -> Channel {
        self.channel
    }

    /// Whether others will read it.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.channel.is_public()
    }

    /// What to mind before it is sent, in the language of the reply.
    #[must_use]
    pub fn cautions(&self) -> &[String] {
        &self.cautions
    }

    /// How well it fits: higher is better; only comparable within one call.
    #[must_use]
    pub fn score(&self) -> f64 {
        self.score
    }

    /// Fills it. For each placeholder the caller's value goes first, then what the voice and the
    /// assessment know, then the fallback.
    ///
    /// Values are inserted literally, never read for placeholders again; only the article of a
    /// French one merges with the "de" or "à" before it ("du retard"). They are made one line;
    /// control characters and marks that change the direction of writing are taken out, and
    /// right-to-left text is isolated. Nothing is cut: see [`Rendered::fits`].
    #[must_use]
    pub fn render(&self, values: &Values, escape: Escape) -> Rendered {
        render::render(&self.template, &[values, &self.filled], escape, self.region, self.limit)
    }
}

/// What replies a care team could send, best first; at most as many as the voice asks for.
///
/// Empty when no answer is due (unless the writer praises or thanks, says that it is solved, sends
/// but a sign, or reviews), when a public post that is
/// neither complaint, question, praise nor idea is not addressed to anybody, and when the language
/// is undetermined, or the words are those of another language, and the voice names none. Safety and vulnerable writers go before all else, then
/// formal threats: those get only templates made for them, without apology or redress. Nothing
/// that offers redress is public. A template that the thread already holds is left out, and moves
/// already made there count against a template. Without [`Voice::emoji`] nothing the catalogue
/// says has one.
#[must_use]
pub fn suggest(
    catalogue: &Catalogue,
    post: &Post<'_>,
    assessment: &Assessment,
    voice: &Voice,
) -> Vec<Suggestion> {
    let Some(need) = Need::of(catalogue, post, assessment, voice) else { return Vec::new() };
    let mut found: Vec<Suggestion> = catalogue
        .shared_templates()
        .iter()
        .filter_map(|template| consider(catalogue, template, &need, post, voice))
        .collect();
    found.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then_with(|| a.template.id.cmp(&b.template.id))
    });
    diverse(found, voice.max_suggestions)
}

/// The best, each next one weighed against those chosen before it.
fn diverse(mut found: Vec<Suggestion>, count: usize) -> Vec<Suggestion> {
    let mut chosen: Vec<Suggestion> = Vec::new();
    // What is far behind the best serves nobody.
    let floor = found.first().map_or(0.0, |best| best.score - 12.0);
    found.retain(|s| s.score >= floor);
    while chosen.len() < count && !found.is_empty() {
        let mut best = (0, f64::NEG_INFINITY);
        for (i, candidate) in found.iter().enumerate() {
            let like = chosen.iter().map(|c| alike(c, candidate)).fold(0.0, f64::max);
            let worth = candidate.score - DIVERSITY * like;
            if worth > best.1 {
                best = (i, worth);
            }
        }
        chosen.push(found.remove(best.0));
    }
    chosen
}

/// How alike two suggestions are, in [0, 1]: in what they do, in their words, in where they go.
fn alike(a: &Suggestion, b: &Suggestion) -> f64 {
    let (a_moves, b_moves) = (a.template.moves, b.template.moves);
    let both = a_moves.intersection(b_moves).len();
    let all = a_moves.len() + b_moves.len() - both;
    let moves = if all == 0 { 0.0 } else { both as f64 / all as f64 };
    let place = if a.channel == b.channel { 1.0 } else { 0.0 };
    let reasons = if a.template.fits.reasons == b.template.fits.reasons { 1.0 } else { 0.0 };
    0.35 * moves + 0.25 * a.template.likeness(&b.template) + 0.25 * place + 0.15 * reasons
}

/// The suggestion a template makes for a need, if it fits at all.
fn consider(
    catalogue: &Catalogue,
    template: &Arc<Template>,
    need: &Need,
    post: &Post<'_>,
    voice: &Voice,
) -> Option<Suggestion> {
    if template.emoji && !voice.emoji {
        return None;
    }
    let mut marks = Marks { score: 0.0, why: Vec::new() };
    let channel = place(template, need)?;
    fits(template, need, &mut marks)?;
    prefer(template, need, channel, &mut marks);
    if need.said.iter().any(|said| super::words::jaccard(said, &template.words) > ALREADY_SAID) {
        return None;
    }
    let region = need.region.or(template.region);
    let limit = voice.limit_of(channel);
    let filled = fill::fill(catalogue, template, need, post, voice, channel);
    if !voice.emoji && fill::brings_emoji(template, &filled, voice) {
        return None;
    }
    let least = render::render(template, &[&filled], Escape::None, region, limit);
    if !least.fits() {
        return None;
    }
    let cautions = fill::cautions(catalogue, template, need, voice, &filled);
    Some(Suggestion {
        template: Arc::clone(template),
        channel,
        region,
        limit,
        filled,
        score: marks.score,
        why: marks.why,
        cautions,
    })
}

struct Marks {
    score: f64,
    why: Vec<String>,
}

impl Marks {
    fn because(&mut self, worth: f64, name: &str, value: &str) {
        self.score += worth;
        self.why.push(format!("{name}: {value}"));
    }
}

/// Where the template would go: the post's channel, or a private message beside a public answer.
fn place(template: &Template, need: &Need) -> Option<Channel> {
    if template.language != need.language
        || !(template.register == need.register || template.register == Register::Neutral)
        || template.region.is_some_and(|r| need.region != Some(r))
    {
        return None;
    }
    if template.channels.contains(need.channel) {
        return Some(need.channel);
    }
    let beside = need.channel.is_public()
        && template.channels.contains(Channel::DirectMessage)
        && need.intent == IntentKind::Complaint;
    beside.then_some(Channel::DirectMessage)
}

/// What must hold; each condition that asks for something and gets it is a reason why.
fn fits(template: &Template, need: &Need, marks: &mut Marks) -> Option<()> {
    let fits = &template.fits;
    let flagged = need.flags.contains(Flag::Safety) || need.flags.contains(Flag::Vulnerable);
    // Flags go before what the post is for: a question of somebody in danger is no question.
    let urgent = flagged && !fits.flags.intersection(need.flags).is_empty();
    if !fits.intent.contains(need.intent) && !urgent {
        return None;
    }
    if need.intent != IntentKind::Complaint && !urgent {
        marks.because(1.0, "intent", need.intent.as_str());
    }
    // The danger is the same, but who asks for something wants that answered too.
    if urgent && !fits.intent.contains(need.intent) {
        marks.score -= 4.0;
    } else if urgent && !fits.intent.contains(IntentKind::Complaint) {
        marks.because(2.0, "intent", need.intent.as_str());
    }
    let flags = fits.flags.intersection(need.flags);
    if flags.is_empty() && (!fits.flags.is_empty() || flagged) {
        // A formal threat is heard even where a vulnerable writer makes it.
        let formal = need.formal && !need.flags.contains(Flag::Safety);
        let answers = !fits.threats.intersection(need.threats).is_empty();
        if !(fits.flags.is_empty() && formal && answers) {
            return None;
        }
    }
    for flag in flags.iter() {
        let worth = match flag {
            Flag::Safety => 30.0,
            Flag::Vulnerable => 24.0,
            Flag::Abuse => 9.5,
        };
        marks.because(worth, "flag", flag.as_str());
    }
    let threats = fits.threats.intersection(need.threats);
    if threats.is_empty() && (!fits.threats.is_empty() || (need.formal && flags.is_empty())) {
        return None;
    }
    if need.formal
        && (template.moves.contains(Move::Apology) || template.moves.contains(Move::Redress))
    {
        return None;
    }
    for threat in threats.iter() {
        let worth = if FORMAL.contains(&threat) { 9.0 } else { 5.0 };
        marks.because(worth / threats.len() as f64, "threat", threat.as_str());
    }
    let specials = fits.special.intersection(need.special);
    if specials.is_empty() && !fits.special.is_empty() {
        return None;
    }
    // Data in the wrong hands, a life in danger: "stop using it" is no answer to either.
    let alone = [Special::SelfHarm, Special::DataLeak];
    if alone.iter().any(|&s| need.special.contains(s)) && specials.is_empty() {
        return None;
    }
    // "To all who ask" is an answer to many; one case that is passed around has its own.
    if template.moves.contains(Move::Holding) && !need.shared {
        return None;
    }
    for special in specials.iter() {
        let worth = match special {
            Special::Spreading => 5.0,
            Special::MeToo => 8.0,
            Special::DataLeak => 4.0,
            Special::SelfHarm => 8.0,
            Special::Defender | Special::Ongoing | Special::Bereavement => 3.0,
            Special::Overdue => 3.0,
            Special::Unsaid => 5.0,
            // Nobody knows it yet: offered beside the others, not before them.
            Special::Misunderstanding => -1.0,
        };
        marks.because(worth, "special", special.as_str());
    }
    if !fits.stage.is_empty() {
        if !fits.stage.contains(need.stage) {
            return None;
        }
        if need.stage != Stage::First {
            marks.because(3.0, "stage", need.stage.as_str());
        }
    }
    if !fits.situations.is_empty() {
        if !fits.situations.contains(need.situation) {
            return None;
        }
        if need.situation != Situation::None {
            // Who says that it is solved has closed the matter themselves.
            let worth = if need.situation == Situation::RecoveryPraise { 4.0 } else { 2.5 };
            marks.because(worth, "situation", need.situation.as_str());
        }
    }
    let reasons = fits.reasons.intersection(need.reasons);
    if reasons.is_empty() && !fits.reasons.is_empty() {
        return None;
    }
    for reason in reasons.iter() {
        // A template for one reason says more than one for five.
        let worth = 2.0 + 2.0 / fits.reasons.len() as f64;
        marks.because(worth * need.topics.weight(reason), "reason", reason.as_str());
    }
    let requests = fits.requests.intersection(need.requests);
    if requests.is_empty() && !fits.requests.is_empty() {
        return None;
    }
    for request in requests.iter() {
        // Who gives notice wants it taken, whatever else is said.
        let worth = if request == Request::Cancel { 4.5 } else { 1.5 };
        marks.because(worth, "request", request.as_str());
    }
    if fits.min_severity.is_some_and(|least| need.severity < least)
        || fits.max_severity.is_some_and(|most| need.severity > most)
    {
        return None;
    }
    if fits.min_severity.is_some() || fits.max_severity.is_some() {
        marks.because(1.0, "severity", need.severity.as_str());
    }
    if let Some(arousal) = fits.arousal {
        if arousal != need.arousal {
            return None;
        }
        marks.because(1.5, "arousal", arousal.as_str());
    }
    Some(())
}

/// What is better or worse without being a condition.
fn prefer(template: &Template, need: &Need, channel: Channel, marks: &mut Marks) {
    let does = |step: Move| template.moves.contains(step);
    if let Some(region) = template.region {
        marks.because(1.0, "region", region.as_str());
    }
    if template.register == Register::Tu {
        marks.because(0.0, "register", "tu");
    }
    if need.intent == IntentKind::Complaint {
        // Herhausen et al. 2019, 2022: explanation and empathy when stirred, else empathy and one
        // apology.
        let (for_it, against) = match need.arousal {
            Arousal::High => ([Move::Explanation, Move::Empathy], Some(Move::Apology)),
            Arousal::Low => ([Move::Empathy, Move::Apology], None),
        };
        for step in for_it {
            if does(step) {
                marks.score += 0.8;
            }
        }
        if against.is_some_and(does) && !does(Move::Empathy) && !does(Move::Explanation) {
            marks.score -= 0.8;
        }
        if does(Move::Acknowledge) {
            marks.score += 0.5;
        }
        if need.channel.is_public() && channel == need.channel {
            if need.details && does(Move::MovePrivate) {
                marks.because(1.2, "private", "details are needed");
            } else if !need.details && does(Move::MovePrivate) {
                marks.score -= 0.8;
            }
        }
        // What was asked for, where it may be offered.
        let asked = [Request::Refund, Request::Compensation, Request::Replacement];
        if does(Move::Redress) && asked.iter().any(|&r| need.requests.contains(r)) {
            marks.score += 1.0;
        }
        // The public answer comes first; the private message goes with it.
        if channel != need.channel {
            marks.because(-4.0, "private", "goes with a public answer");
        }
    }
    // At most one apology in a conversation; nothing already said is said again.
    for step in template.moves.intersection(need.made).iter() {
        marks.score -= match step {
            Move::Apology => 8.0,
            Move::MovePrivate | Move::Explanation | Move::MediatorContact => 2.0,
            _ => 0.5,
        };
    }
    if marks.why.is_empty() {
        marks.because(0.0, "intent", need.intent.as_str());
    }
}

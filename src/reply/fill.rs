//! What a suggestion is filled with before the caller fills in the rest, and what to mind.

use super::catalogue::Catalogue;
use super::emoji;
use super::names::{Move, Region, Sector, Special};
use super::need::Need;
use super::render::{self, Values};
use super::template::{Segment, Template};
use super::voice::Voice;
use crate::assessment::{Flag, IntentKind, Reason};
use crate::post::{Channel, Language, Post};

/// From this chance of irony on a compliment is worth a second look.
const IRONIC: f64 = 0.15;

/// What phrases of the catalogue stand for.
const PHRASES: &[&str] = &["emergency", "helpline", "issue", "request"];

/// What the voice, the post and the assessment fill in.
pub(super) fn fill(
    catalogue: &Catalogue,
    template: &Template,
    need: &Need,
    post: &Post<'_>,
    voice: &Voice,
    channel: Channel,
) -> Values {
    let mut out = voice.values.clone();
    let set = |out: &mut Values, name: &str, value: &str| {
        if out.get(name).is_none() {
            out.insert(name.to_owned(), value.to_owned());
        }
    };
    // Numbers to call: of the region, else of the language's first home where it has one.
    let home = (need.language == Language::French).then_some(Region::France);
    if let Some(region) = need.region.or(home) {
        for name in ["emergency", "helpline"] {
            if let Some(number) = catalogue.phrase(need.language, &format!("{name}.{region}")) {
                set(&mut out, name, number);
            }
        }
    }
    if let Some(brand) = post.brand.as_deref() {
        set(&mut out, "brand.name", brand);
    }
    if let Some(agent) = voice.values.get("agent.name") {
        set(&mut out, "signature", agent);
    }
    let register = template.register;
    let region = need.region.or(template.region);
    // Our own phrases are set as the template around them is.
    let phrase = |table: &str, name: &str| {
        let text = catalogue.named(table, need.language, register, name)?;
        let mut out = String::with_capacity(text.len() + 8);
        render::typeset(text, need.language, region, &mut out);
        Some(out)
    };
    // One is enough where every character counts, and where "de" would have to be said twice.
    let one = matches!(channel, Channel::PublicSocial | Channel::Chat) || issue_after_de(template);
    let most = if one { 1 } else { 2 };
    let reasons = need.topics.named(template.fits.reasons, most);
    let issues: Vec<String> =
        reasons.into_iter().filter_map(|r| phrase("issues", r.as_str())).collect();
    let and = match need.language {
        Language::French => " et ",
        Language::English => " and ",
    };
    if issues.is_empty() {
        if let Some(other) = phrase("issues", Reason::Other.as_str()) {
            set(&mut out, "issue", &other);
        }
    } else {
        set(&mut out, "issue", &issues.join(and));
    }
    if let Some(request) = need.requests.iter().find_map(|r| phrase("requests", r.as_str())) {
        set(&mut out, "request", &request);
    }
    out
}

/// Whether a phrase of the catalogue puts an emoji into the template.
pub(super) fn brings_emoji(template: &Template, filled: &Values, voice: &Voice) -> bool {
    template.segments.iter().any(|segment| {
        let Segment::Slot { name, .. } = segment else { return false };
        let phrase = PHRASES.contains(&name.as_str()) && voice.values.get(name).is_none();
        phrase && filled.get(name).is_some_and(|text| emoji::first(text).is_some())
    })
}

/// Whether the issue follows "de", with which the article of a second one would have to merge too.
fn issue_after_de(template: &Template) -> bool {
    template.language == Language::French
        && template.segments.windows(2).any(|pair| {
            matches!(pair, [Segment::Text(text), Segment::Slot { name, .. }]
                if name == "issue" && text.ends_with(" de "))
        })
}

/// What to mind before sending, in the language of the reply.
pub(super) fn cautions(
    catalogue: &Catalogue,
    template: &Template,
    need: &Need,
    voice: &Voice,
    filled: &Values,
) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut add = |text: &str| {
        if !text.is_empty() && !out.iter().any(|c| c == text) {
            out.push(text.to_owned());
        }
    };
    let key = |name: &str| catalogue.phrase(need.language, &format!("cautions.{name}"));
    let mut say = |name: &str| add(key(name).unwrap_or(""));
    if need.flags.contains(Flag::Safety) {
        say("safety");
    }
    if need.flags.contains(Flag::Vulnerable) {
        say("vulnerable");
    }
    if need.formal {
        say("no_admission");
        if template.moves.contains(Move::MediatorContact) && filled.get("mediator.name").is_none() {
            say("mediator_missing");
        }
    }
    if need.special.contains(Special::Spreading) {
        say("spreading");
    }
    if need.intent == IntentKind::Praise && need.irony >= IRONIC {
        say("irony");
    }
    for name in template.cautions() {
        add(catalogue.caution(need.language, name));
    }
    if need.formal {
        let country = need
            .region
            .map_or(if need.language == Language::French { "FR" } else { "" }, Region::country);
        for clock in catalogue.clocks() {
            let ours = clock.language == need.language
                && clock.country == country
                && (clock.sector == Sector::Any || clock.sector == voice.sector);
            if ours {
                add(&format!("{} ({})", clock.text, clock.source));
            }
        }
    }
    out
}

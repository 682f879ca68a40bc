//! One reply template.

use super::emoji;
use super::names::{Arousal, LengthClass, Move, Platform, Region, Register, Special, Stage};
use super::reader::{self, Piece};
use super::render::{self, Escape, Rendered, Values};
use crate::assessment::{Flag, IntentKind, Reason, Request, Severity, Situation, ThreatKind};
use crate::names::{Named, Set};
use crate::post::{Channel, Language};

/// A reply with gaps in it, and when it is fit to be sent.
///
/// Templates come from the built-in [`Catalogue`](super::Catalogue) or from a user's file; they
/// are data. The getters tell what a care team needs to choose by hand.
#[derive(Clone, Debug)]
pub struct Template {
    pub(super) id: String,
    pub(super) language: Language,
    pub(super) register: Register,
    pub(super) region: Option<Region>,
    pub(super) channels: Set<Channel>,
    pub(super) length: LengthClass,
    pub(super) moves: Set<Move>,
    pub(super) fits: Fits,
    pub(super) cautions: Vec<String>,
    pub(super) source: Vec<String>,
    pub(super) body: String,
    pub(super) segments: Vec<Segment>,
    /// Hashes of its words, sorted: what likeness is measured on.
    pub(super) words: Vec<u64>,
    /// Whether its text or a fallback has an emoji.
    pub(super) emoji: bool,
}

/// The conditions a template fits. An empty set and `None` ask for nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Fits {
    pub(super) intent: Set<IntentKind>,
    pub(super) reasons: Set<Reason>,
    pub(super) requests: Set<Request>,
    pub(super) situations: Set<Situation>,
    pub(super) min_severity: Option<Severity>,
    pub(super) max_severity: Option<Severity>,
    pub(super) threats: Set<ThreatKind>,
    pub(super) flags: Set<Flag>,
    pub(super) arousal: Option<Arousal>,
    pub(super) stage: Set<Stage>,
    pub(super) special: Set<Special>,
}

/// A piece of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    Text(String),
    Slot { name: String, fallback: Option<String> },
}

/// A template written for a help desk.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exported {
    /// The text to paste.
    pub text: String,
    /// Placeholders that the help desk has no name for; they stand in the text in brackets.
    pub unmapped: Vec<String>,
    /// Placeholders whose fallback was lost, since the help desk has no such thing.
    pub lost_fallbacks: Vec<String>,
}

impl Template {
    /// A template from checked rows: names that are unknown were refused before.
    pub(super) fn from_row<'r>(
        id: &str,
        language: Language,
        body: &str,
        get: &dyn Fn(&str) -> Vec<&'r str>,
    ) -> Self {
        fn set<T: Named>(names: &[&str]) -> Set<T> {
            names.iter().filter_map(|name| T::from_name(name)).collect()
        }
        fn one<T: Named>(names: &[&str]) -> Option<T> {
            names.first().and_then(|name| T::from_name(name))
        }
        let mut intent = set(&get("intent"));
        if intent.is_empty() {
            intent.insert(IntentKind::Complaint);
        }
        let segments = reader::pieces(body).map_or_else(
            |_| vec![Segment::Text(body.to_owned())],
            |pieces| {
                pieces
                    .into_iter()
                    .map(|piece| match piece {
                        Piece::Text(text) => Segment::Text(text.to_owned()),
                        Piece::Slot { name, fallback } => Segment::Slot {
                            name: name.to_owned(),
                            fallback: fallback.map(str::to_owned),
                        },
                    })
                    .collect()
            },
        );
        let mut words = Vec::new();
        for segment in &segments {
            if let Segment::Text(text) = segment {
                words.extend(super::words::hashes(text));
            }
        }
        words.sort_unstable();
        words.dedup();
        let emoji = segments.iter().any(|segment| match segment {
            Segment::Text(text) => emoji::first(text).is_some(),
            Segment::Slot { fallback, .. } => {
                fallback.as_deref().is_some_and(|text| emoji::first(text).is_some())
            }
        });
        Self {
            id: id.to_owned(),
            language,
            register: one(&get("register")).unwrap_or(Register::Neutral),
            region: one(&get("region")),
            channels: set(&get("channels")),
            length: one(&get("length")).unwrap_or(LengthClass::Medium),
            moves: set(&get("moves")),
            fits: Fits {
                intent,
                reasons: set(&get("reasons")),
                requests: set(&get("requests")),
                situations: set(&get("situations")),
                min_severity: one(&get("min_severity")),
                max_severity: one(&get("max_severity")),
                threats: set(&get("threats")),
                flags: set(&get("flags")),
                arousal: one(&get("arousal")),
                stage: set(&get("stage")),
                special: set(&get("special")),
            },
            cautions: get("cautions").into_iter().map(str::to_owned).collect(),
            source: get("source").into_iter().map(str::to_owned).collect(),
            body: body.to_owned(),
            segments,
            words,
            emoji,
        }
    }

    /// The identifier, unique in a catalogue; the key by which a user's file overrides it.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The language it is written in.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// How it addresses its reader.
    #[must_use]
    pub fn register(&self) -> Register {
        self.register
    }

    /// The one region it is for; `None` when it does anywhere.
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        self.region
    }

    /// The channels it is for.
    #[must_use]
    pub fn channels(&self) -> Set<Channel> {
        self.channels
    }

    /// How long it is.
    #[must_use]
    pub fn length(&self) -> LengthClass {
        self.length
    }

    /// What it does.
    #[must_use]
    pub fn moves(&self) -> Set<Move> {
        self.moves
    }

    /// What the post it answers is for; complaints when the file says nothing.
    #[must_use]
    pub fn intents(&self) -> Set<IntentKind> {
        self.fits.intent
    }

    /// The reasons it is for; empty when it does for any.
    #[must_use]
    pub fn reasons(&self) -> Set<Reason> {
        self.fits.reasons
    }

    /// The requests it is for; empty when it does for any.
    #[must_use]
    pub fn requests(&self) -> Set<Request> {
        self.fits.requests
    }

    /// The situations it is for; empty when it does for any.
    #[must_use]
    pub fn situations(&self) -> Set<Situation> {
        self.fits.situations
    }

    /// The least and the greatest severity it is for, where it has such bounds.
    #[must_use]
    pub fn severities(&self) -> (Option<Severity>, Option<Severity>) {
        (self.fits.min_severity, self.fits.max_severity)
    }

    /// The threats it answers.
    #[must_use]
    pub fn threats(&self) -> Set<ThreatKind> {
        self.fits.threats
    }

    /// The flags it answers.
    #[must_use]
    pub fn flags(&self) -> Set<Flag> {
        self.fits.flags
    }

    /// How stirred the writer it is for is; `None` when it does for any.
    #[must_use]
    pub fn arousal(&self) -> Option<Arousal> {
        self.fits.arousal
    }

    /// The stages it is for; empty when it does for any.
    #[must_use]
    pub fn stages(&self) -> Set<Stage> {
        self.fits.stage
    }

    /// The special cases it is for; it is suggested in none other.
    #[must_use]
    pub fn specials(&self) -> Set<Special> {
        self.fits.special
    }

    /// What to mind when sending it: keys of the catalogue's cautions, or sentences.
    pub fn cautions(&self) -> impl Iterator<Item = &str> {
        self.cautions.iter().map(String::as_str)
    }

    /// Where the practice comes from: keys of the catalogue's sources, or sentences.
    pub fn source(&self) -> impl Iterator<Item = &str> {
        self.source.iter().map(String::as_str)
    }

    /// The body as it stands in the file.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The placeholders in the body, in order, each once.
    #[must_use]
    pub fn placeholders(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for segment in &self.segments {
            if let Segment::Slot { name, .. } = segment
                && !names.contains(&name.as_str())
            {
                names.push(name);
            }
        }
        names
    }

    /// Whether it is written for channels that others can read.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.channels.iter().any(Channel::is_public)
    }

    /// The body with its placeholders filled; no limit of length is checked.
    ///
    /// `region` chooses the typography; `None` that of the language's first home.
    #[must_use]
    pub fn render(&self, values: &Values, escape: Escape, region: Option<Region>) -> Rendered {
        render::render(self, &[values], escape, region, None)
    }

    /// The body with its placeholders in the syntax of a help desk, for a canned reply there.
    ///
    /// Fallbacks are kept where the help desk has them (Chatwoot, FreeScout). What it has no name
    /// for stands in brackets and is listed.
    #[must_use]
    pub fn export(&self, platform: Platform) -> Exported {
        let mut out = Exported {
            text: String::with_capacity(self.body.len()),
            unmapped: Vec::new(),
            lost_fallbacks: Vec::new(),
        };
        for segment in &self.segments {
            match segment {
                Segment::Text(text) => {
                    render::typeset(text, self.language, self.region, &mut out.text);
                }
                Segment::Slot { name, fallback } => {
                    self.export_slot(name, fallback.as_deref(), platform, &mut out);
                }
            }
        }
        out
    }

    fn export_slot(
        &self,
        name: &str,
        fallback: Option<&str>,
        platform: Platform,
        out: &mut Exported,
    ) {
        let Some(theirs) = super::catalogue::placeholder(name, platform) else {
            match fallback {
                Some(fallback) => {
                    render::typeset(fallback, self.language, self.region, &mut out.text);
                }
                None => out.text.push_str(&render::gap(name, self.language)),
            }
            out.unmapped.push(name.to_owned());
            return;
        };
        match (platform, fallback.filter(|f| !f.is_empty())) {
            (Platform::Chatwoot, Some(fallback)) => {
                let inner = theirs.trim_start_matches("{{").trim_end_matches("}}");
                let fallback = fallback.replace('\'', "’");
                out.text.push_str(&format!("{{{{ {inner} || '{fallback}' }}}}"));
            }
            (Platform::FreeScout, Some(fallback)) => {
                let inner = theirs.trim_end_matches("%}");
                out.text.push_str(&format!("{inner},fallback={fallback}%}}"));
            }
            (_, fallback) => {
                out.text.push_str(theirs);
                if fallback.is_some() {
                    out.lost_fallbacks.push(name.to_owned());
                }
            }
        }
    }

    /// How alike two templates are: the share of words they have in common, in [0, 1].
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f64 {
        super::words::jaccard(&self.words, &other.words)
    }
}

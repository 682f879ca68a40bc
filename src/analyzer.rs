//! The one entry type.

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use crate::assessment::{
    Assessment, Escalation, Evidence, EvidenceKind, Explanation, Head, HeadScore, SCHEMA,
    ScoresVersion, Source, Threats,
};
use crate::error::{Error, ErrorKind};
use crate::lexicon::entry::{HEADS, fold_hash, hash_term};
use crate::lexicon::index::Index;
use crate::post::Post;
use crate::reading::Reading;
use crate::reply::{self, Catalogue, Finding, Suggestion, Voice};
use crate::score::{self, Answers, Heads, Note};

/// Reads posts and says what a care team needs to know of them.
///
/// Make one and share it: it is immutable, `Send + Sync`, and cheap to clone (an `Arc`). The
/// lexicons that ship with the crate are read in place, so [`Analyzer::new`] costs microseconds.
/// Analysis never fails and never panics, takes time linear in the length of the text, and gives
/// the same bits on every run and thread.
///
/// ```
/// use doleance::{Analyzer, Channel, Post, ThreatKind};
///
/// let analyzer = Analyzer::new();
/// let post = Post::from("3e relance, personne ne répond. Je saisis le médiateur.")
///     .channel(Channel::PublicSocial);
/// let said = analyzer.analyze(&post);
/// assert!(said.complaint().is_complaint());
/// assert!(said.escalation().threats().kinds().contains(ThreatKind::Mediator));
/// ```
#[derive(Clone)]
pub struct Analyzer {
    shared: Arc<Shared>,
}

struct Shared {
    index: Arc<Index>,
    overlay: Option<u32>,
    complaint_threshold: Option<f64>,
    /// `None` for the shipped one, which is made only when a reply is asked for.
    catalogue: Option<Catalogue>,
}

/// The tables are megabytes; what tells one analyzer from another is not.
impl fmt::Debug for Analyzer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shared { overlay, complaint_threshold, catalogue, index: _ } = &*self.shared;
        f.debug_struct("Analyzer")
            .field("scores", &ScoresVersion::current(*overlay).to_string())
            .field("complaint_threshold", complaint_threshold)
            .field("own_replies", &catalogue.is_some())
            .finish_non_exhaustive()
    }
}

impl Default for Analyzer {
    fn default() -> Self {
        Self::new()
    }
}

/// Settings of an [`Analyzer`], and what it loads beside its own lexicons.
#[derive(Clone, Default)]
#[must_use = "a builder does nothing until `build`"]
pub struct AnalyzerBuilder {
    overlays: Vec<(String, String)>,
    replies: Vec<(String, String)>,
    complaint_threshold: Option<f64>,
}

/// Files by their names: what is in them may be long.
impl fmt::Debug for AnalyzerBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |files: &[(String, String)]| -> Vec<String> {
            files.iter().map(|(name, _)| name.clone()).collect()
        };
        f.debug_struct("AnalyzerBuilder")
            .field("lexicons", &names(&self.overlays))
            .field("replies", &names(&self.replies))
            .field("complaint_threshold", &self.complaint_threshold)
            .finish()
    }
}

impl AnalyzerBuilder {
    /// Adds a lexicon, in the form of the files in `lexicons/`: tab-separated, a header line, a
    /// row a term. Its rows add to the shipped ones, replace those of the same term (and kind),
    /// or, with `yes` in a column `remove`, take them away. A column `language` (`fr` or `en`)
    /// restricts a row; without it a row holds for both. `source_name` is named in errors.
    ///
    /// ```
    /// use doleance::Analyzer;
    ///
    /// let analyzer = Analyzer::builder()
    ///     .lexicon("ours.tsv", "term\tvalence\tarousal\nzinzolin\t-3\t.8\n")
    ///     .build()?;
    /// assert!(analyzer.analyze("a zinzolin service").scores().overlay().is_some());
    /// # Ok::<(), doleance::Error>(())
    /// ```
    pub fn lexicon(mut self, source_name: impl Into<String>, text: impl Into<String>) -> Self {
        self.overlays.push((source_name.into(), text.into()));
        self
    }

    /// Adds reply templates, in the form of the files in `lexicons/replies/`. A template of an id
    /// that exists replaces it; with `remove = true` it goes.
    pub fn replies(mut self, source_name: impl Into<String>, toml: impl Into<String>) -> Self {
        self.replies.push((source_name.into(), toml.into()));
        self
    }

    /// Sets the probability from which a post counts as a complaint, in (0, 1). Without it the
    /// threshold chosen on labelled posts holds.
    pub fn complaint_threshold(mut self, probability: f64) -> Self {
        self.complaint_threshold = Some(probability);
        self
    }

    /// Builds the analyzer. With overlays this compiles all lexicons: about a second, and some hundred
    /// megabytes while it lasts. Build once and clone: clones share the tables.
    ///
    /// # Errors
    ///
    /// A bad row of a lexicon ([`Error::is_lexicon`]), a bad reply template
    /// ([`Error::is_template`]) or a setting out of its range
    /// ([`Error::is_setting`]).
    pub fn build(self) -> Result<Analyzer, Error> {
        let complaint_threshold = match self.complaint_threshold {
            None => None,
            Some(p) if p > 0.0 && p < 1.0 => Some(libm::log(p / (1.0 - p))),
            Some(p) => {
                return Err(Error::new(
                    ErrorKind::Setting,
                    "complaint_threshold",
                    None,
                    None,
                    format!("{p}; expected a probability between 0 and 1"),
                ));
            }
        };
        let (index, overlay) = if self.overlays.is_empty() {
            (crate::lexicon::embedded(), None)
        } else {
            let hash = self
                .overlays
                .iter()
                .fold(0, |hash: u64, (_, text)| hash.rotate_left(7) ^ hash_term(text.as_bytes()));
            let index = crate::lexicon::with_overlays(&self.overlays)?;
            (index, Some(fold_hash(hash)))
        };
        let mut catalogue = None;
        for (name, toml) in &self.replies {
            catalogue.get_or_insert_with(Catalogue::builtin).add(name, toml)?;
        }
        let shared = Shared { index, overlay, complaint_threshold, catalogue };
        Ok(Analyzer { shared: Arc::new(shared) })
    }
}

/// Buffers for [`Analyzer::analyze_with`]: make one a thread and use it again and again.
///
/// It serves any analyzer, and gives memory back with the first post after an outsized one that
/// does not need it.
#[derive(Default)]
pub struct Scratch {
    reading: Reading,
    heads: Heads,
    answers: Answers,
}

/// The buffers hold words of the last post, which belong in no log.
impl fmt::Debug for Scratch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.held();
        f.debug_struct("Scratch").field("bytes", &bytes).finish_non_exhaustive()
    }
}

impl Scratch {
    /// An empty scratch; it grows to what the first posts need.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn held(&self) -> usize {
        self.reading.held() + self.heads.held() + self.answers.held()
    }

    /// Bytes above which buffers are given back after a post.
    const KEEP: usize = 1 << 20;

    /// More than so many bytes held for a byte of text are not needed for it.
    const MOST_A_BYTE: usize = 128;

    /// Gives memory back, unless a post of that many bytes needed it: outsized posts one after the
    /// other do not pay for it again and again.
    fn shrink(&mut self, bytes: usize) {
        let held = self.held();
        if held > Self::KEEP && held / Self::MOST_A_BYTE > bytes {
            *self = Self::default();
        }
    }
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::new(Scratch::new());
}

impl Analyzer {
    /// An analyzer with the lexicons that ship with the crate.
    #[must_use]
    pub fn new() -> Self {
        let index = crate::lexicon::embedded();
        let shared = Shared { index, overlay: None, complaint_threshold: None, catalogue: None };
        Self { shared: Arc::new(shared) }
    }

    /// An analyzer with settings of its own.
    pub fn builder() -> AnalyzerBuilder {
        AnalyzerBuilder::default()
    }

    /// Assesses a post, with buffers kept for the thread.
    ///
    /// ```
    /// let said = doleance::Analyzer::new().analyze("Still waiting for my refund. 3 weeks now!");
    /// assert!(said.complaint().is_complaint());
    /// ```
    #[must_use]
    pub fn analyze<'a>(&self, post: impl Into<Post<'a>>) -> Assessment {
        let post = post.into();
        SCRATCH.with(|scratch| match scratch.try_borrow_mut() {
            Ok(mut scratch) => {
                let assessment = self.analyze_with(&mut scratch, &post);
                // The thread may not read another post for long.
                scratch.shrink(0);
                assessment
            }
            // Reached only if a caller's code runs inside ours; it then pays for its own buffers.
            Err(_) => self.analyze_with(&mut Scratch::new(), &post),
        })
    }

    /// Assesses a post with the caller's buffers: no allocation once they have grown.
    #[must_use]
    pub fn analyze_with(&self, scratch: &mut Scratch, post: &Post<'_>) -> Assessment {
        let assessment = self.assess(scratch, post, false, None, None);
        scratch.shrink(post.text().len());
        assessment
    }

    /// Assesses a post and gives the evidence for every head.
    ///
    /// ```
    /// use doleance::{Analyzer, Head};
    ///
    /// let why = Analyzer::new().explain("Service client injoignable, c'est une honte");
    /// let sum: f64 = why.evidence_for(Head::Complaint).map(|e| e.weight()).sum();
    /// assert!((sum - why.raw(Head::Complaint).unwrap()).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn explain<'a>(&self, post: impl Into<Post<'a>>) -> Explanation {
        let post = post.into();
        let mut scratch = Scratch::new();
        let mut added = Vec::new();
        let mut spread = Vec::new();
        let assessment = self.assess(
            &mut scratch,
            &post,
            true,
            Some(&mut |source, name, weight| added.push((source, name, weight))),
            Some(&mut |source, name, weight| spread.push((source, name, weight))),
        );
        let (mut heads, mut evidence) =
            score::explain(&self.shared.index, &scratch.reading, &scratch.heads, post.text());
        for (source, name, weight) in added {
            let kind = match source {
                Source::Text(_) => EvidenceKind::Rule,
                _ => EvidenceKind::Context,
            };
            evidence.push(Evidence {
                head: Head::Escalation,
                source,
                kind,
                term: name.into(),
                weight,
            });
            if let Some(score) = heads.iter_mut().find(|h| h.head == Head::Escalation) {
                score.raw += weight;
            }
        }
        let raw = spread.iter().map(|(_, _, weight)| weight).sum();
        for (source, name, weight) in spread {
            let kind = match source {
                Source::Base if name == "base" => EvidenceKind::Base,
                Source::Base => EvidenceKind::Rule,
                Source::Context(_) => EvidenceKind::Context,
                Source::Text(_) => EvidenceKind::Rule,
            };
            evidence.push(Evidence {
                head: Head::Virality,
                source,
                kind,
                term: name.into(),
                weight,
            });
        }
        heads.push(HeadScore { head: Head::Virality, raw });
        Explanation { assessment, heads, evidence }
    }

    fn catalogue(&self) -> &Catalogue {
        self.shared.catalogue.as_ref().unwrap_or_else(|| Catalogue::shared())
    }

    /// The replies a care team could send, best first; empty when no answer is due.
    ///
    /// ```
    /// use doleance::{Analyzer, Channel, Escape, Post, Values, Voice};
    ///
    /// let analyzer = Analyzer::new();
    /// let post = Post::from("Ma commande n'est toujours pas arrivée, 3 semaines !")
    ///     .channel(Channel::Email);
    /// let said = analyzer.analyze(&post);
    /// let voice = Voice::new().brand("MarqueX").agent("Léa");
    /// let replies = analyzer.suggest(&post, &said, &voice);
    /// let values = Values::new().set("customer.first_name", "Awa").set("case.id", "C-12");
    /// assert!(replies[0].render(&values, Escape::None).text().contains("Awa"));
    /// ```
    #[must_use]
    pub fn suggest(
        &self,
        post: &Post<'_>,
        assessment: &Assessment,
        voice: &Voice,
    ) -> Vec<Suggestion> {
        reply::suggest(self.catalogue(), post, assessment, voice)
    }

    /// What a second reader would say of a reply someone wrote to a post.
    #[must_use]
    pub fn review(
        &self,
        draft: &str,
        post: &Post<'_>,
        assessment: &Assessment,
        voice: &Voice,
    ) -> Vec<Finding> {
        reply::review(self.catalogue(), draft, post, assessment, voice)
    }

    fn assess(
        &self,
        scratch: &mut Scratch,
        post: &Post<'_>,
        evidence: bool,
        added: Note<'_>,
        spread: Note<'_>,
    ) -> Assessment {
        let index = &*self.shared.index;
        let Scratch { reading, heads, answers } = scratch;
        reading.read(index, post.text(), post.language);
        heads.score(index, reading, evidence);
        let added = score::additions(reading, heads, answers, post, added);
        let chances = score::Chances::of(index, reading.tongue, &heads.raw, added);
        let sentiment = score::sentiment(reading, &chances);
        let threshold = self.shared.complaint_threshold;
        let complaint = score::complaint(index, reading, heads, &chances, threshold);
        let intent = score::intent(reading, &chances);
        let flags = score::flags(reading, &sentiment, &complaint);
        let virality = score::virality(post, reading, &sentiment, spread);
        let kinds = score::threat_kinds(reading);
        let escalation = score::escalation(reading, &chances, post, &complaint, &sentiment, kinds);
        let said = score::Said {
            complaint: &complaint,
            escalation: &escalation,
            threats: kinds,
            intent: &intent,
            virality: &virality,
            flags,
        };
        let priority = score::priority(index, post, reading, said);
        // It is too long to be moved: written at once where it stays, mostly without a threat.
        let whole = |threats: Threats| Assessment {
            schema: SCHEMA,
            scores: ScoresVersion::current(self.shared.overlay),
            language: reading.language(),
            sentiment,
            intent,
            me_too: score::me_too(reading),
            complaint,
            escalation: Escalation {
                threats,
                threats_truncated: threats.truncated(),
                ..escalation
            },
            flags,
            virality,
            priority,
        };
        if kinds.is_empty() { whole(Threats::default()) } else { whole(score::threats(reading)) }
    }

    /// The features of a post by name, as the fitting of the learned lexicon sees them.
    ///
    /// For the crate's own tools; no part of the stable API.
    #[doc(hidden)]
    pub fn fitting_features<'a>(
        &self,
        post: impl Into<Post<'a>>,
        take: &mut dyn FnMut(&str, f64),
    ) -> [f64; 2] {
        let post = post.into();
        let mut reading = Reading::default();
        reading.read(&self.shared.index, post.text(), post.language);
        score::fitting_features(&self.shared.index, &reading, post.text(), take);
        [reading.shape.language_votes as f64 / 1000.0, reading.tongue as f64]
    }

    /// The names of the heads, in their order.
    #[doc(hidden)]
    #[must_use]
    pub fn head_names() -> &'static [&'static str] {
        HEADS
    }
}

//! A second reader for drafts.

use super::catalogue::{self, Catalogue};
use super::cues::CueKind;
use super::finding::Finding;
use super::intent;
use super::names::{FindingKind, FindingSeverity, Register};
use super::need::{self, FORMAL};
use super::patterns::{Hit, Tells};
use super::told::Told;
use super::topics::Topics;
use super::voice::Voice;
use super::words::{self, Word};
use super::{emoji, shapes};
use crate::assessment::{Assessment, IntentKind, LanguageCode, Severity};
use crate::names::Set;
use crate::post::{Channel, Language, Post, Speaker};
use crate::text::Span;

/// From this likeness on a draft repeats an earlier reply.
const SAME: f64 = 0.8;

/// How many findings of one kind are given at most.
const MOST: usize = 4;

/// Reads a draft against what the templates are made of; findings in order of the draft, those
/// about the whole last.
///
/// Checks that need the post are silent when its text is empty: the language, the register of the
/// writer, whether the issue is named and a next step given, jokes at anger, formal threats. The
/// channel, thread and voice count even then. Without a channel the draft is taken to be public.
/// The draft is only read, in time linear in its length; no text of it is kept.
#[must_use]
pub fn review(
    catalogue: &Catalogue,
    draft: &str,
    post: &Post<'_>,
    assessment: &Assessment,
    voice: &Voice,
) -> Vec<Finding> {
    let words = shapes::scan(draft);
    if words.is_empty() && emoji::first(draft).is_none() {
        return Vec::new();
    }
    let mut hits = catalogue.rules().find(&words);
    let (french, english, _) = Told::of_hits(&hits).languages();
    let language = match french.cmp(&english) {
        std::cmp::Ordering::Greater => Language::French,
        std::cmp::Ordering::Less => Language::English,
        std::cmp::Ordering::Equal => match assessment.language.code {
            LanguageCode::English => Language::English,
            _ => Language::French,
        },
    };
    hits.retain(|hit| hit.rule.language.is_none_or(|of| of == language));
    let channel = post.channel.unwrap_or(Channel::PublicSocial);
    let theirs = Told::by(&words::scan(&post.text), catalogue);
    let topics = Topics::of(catalogue, &theirs, post, assessment);
    let (intent, _) = intent::intent(&theirs, assessment, &topics);
    let mut reader = Reader {
        catalogue,
        draft,
        words: &words,
        hits: &hits,
        post,
        assessment,
        voice,
        language,
        cues: (french, english),
        theirs,
        channel,
        about_post: !post.text.trim().is_empty(),
        ongoing: post.thread.iter().any(|t| t.by == Speaker::Brand),
        topics,
        complains: intent == IntentKind::Complaint,
        found: Vec::new(),
    };
    reader.read();
    let mut found = reader.found;
    found.sort_by_key(|f| (f.span.map_or(usize::MAX, Span::start), f.kind));
    found
}

struct Reader<'r> {
    catalogue: &'r Catalogue,
    draft: &'r str,
    words: &'r [Word],
    hits: &'r [Hit<'r>],
    post: &'r Post<'r>,
    assessment: &'r Assessment,
    voice: &'r Voice,
    language: Language,
    /// Function words of French and English.
    cues: (usize, usize),
    /// What the post tells.
    theirs: Told<'r>,
    channel: Channel,
    about_post: bool,
    ongoing: bool,
    topics: Topics,
    complains: bool,
    found: Vec<Finding>,
}

impl<'r> Reader<'r> {
    fn read(&mut self) {
        self.terms();
        self.unfilled();
        self.length();
        self.register();
        self.apologies();
        self.promise();
        self.personal_data();
        self.redirect();
        self.copy_paste();
        if self.about_post {
            self.wrong_language();
            self.substance();
            self.joke();
            self.threat();
        }
        self.emoji();
    }

    fn public(&self) -> bool {
        self.channel.is_public()
    }

    /// Whether the answer is one to a complaint: what is suggested is not found fault with.
    fn complaint(&self) -> bool {
        self.complains
    }

    fn formal(&self) -> bool {
        let threats = self.assessment.escalation.threats.kinds();
        self.about_post && FORMAL.iter().any(|&t| threats.contains(t))
    }

    fn cues_of(&self, kind: CueKind) -> impl Iterator<Item = &'r Hit<'r>> + use<'r> {
        let hits: &'r [Hit<'r>] = self.hits;
        hits.iter().filter(move |h| h.rule.tells == Tells::Cue(kind))
    }

    fn says(&self, kind: CueKind) -> bool {
        self.cues_of(kind).next().is_some()
    }

    fn span(&self, first: usize, end: usize) -> Option<Span> {
        let (from, to) = (self.words.get(first)?, self.words.get(end.checked_sub(1)?)?);
        Some(Span::new(from.start, to.end))
    }

    /// A finding whose severity and words are those of the row `*` of its kind; silent when a
    /// user has taken that row away.
    fn add(&mut self, kind: FindingKind, span: Option<Span>) {
        self.add_as(kind, None, span);
    }

    fn add_as(&mut self, kind: FindingKind, severity: Option<FindingSeverity>, span: Option<Span>) {
        let Some((rule, usual)) = self.catalogue.rules().general(kind, self.language) else {
            return;
        };
        self.found.push(Finding {
            kind,
            severity: severity.unwrap_or(usual),
            span,
            why: rule.why.clone(),
            fix: rule.fix.clone(),
        });
    }

    /// What single terms tell: of each kind the first few places, overlapping ones once.
    fn terms(&mut self) {
        let mut seen: Vec<(FindingKind, usize, usize)> = Vec::new();
        for hit in self.hits {
            let Tells::Fault(kind, severity) = hit.rule.tells else { continue };
            let here = match kind {
                FindingKind::CompensationInPublic => {
                    let praised = self.about_post && !self.complaint();
                    self.public() && !praised && !self.negated(hit.first)
                }
                FindingKind::ExposesPersonalData => self.public(),
                FindingKind::Admission => self.formal(),
                _ => true,
            };
            if !here {
                continue;
            }
            match seen.iter_mut().find(|s| s.0 == kind) {
                Some(s) if hit.first < s.1 || s.2 >= MOST => continue,
                Some(s) => (s.1, s.2) = (hit.end, s.2 + 1),
                None => seen.push((kind, hit.end, 1)),
            }
            self.found.push(Finding {
                kind,
                severity,
                span: self.span(hit.first, hit.end),
                why: hit.rule.why.clone(),
                fix: hit.rule.fix.clone(),
            });
        }
    }

    /// Gaps left open: braces, or the label of a placeholder in brackets.
    fn unfilled(&mut self) {
        let open = ["{{", "}}", "{%", "#{"].iter().filter_map(|m| self.draft.find(m)).min();
        let gap = || {
            // One bracket may close many: it is sought once.
            let mut end = 0;
            for (at, _) in self.draft.match_indices('[') {
                if end <= at {
                    end = at + self.draft[at..].find(']')?;
                }
                if catalogue::is_label(&self.draft[at + 1..end]) {
                    return Some((at, end + 1));
                }
            }
            None
        };
        let place = open.map(|at| (at, at + 2)).or_else(gap);
        if let Some((start, end)) = place {
            self.add(FindingKind::Unfilled, Some(Span::new(start, end)));
        }
    }

    fn length(&mut self) {
        let limit = self.voice.limit_of(self.channel);
        if limit.is_some_and(|limit| self.draft.chars().count() > limit) {
            self.add(FindingKind::TooLong, None);
        }
    }

    fn register(&mut self) {
        let theirs = self.cues_of_post();
        if self.language != Language::French || (self.about_post && theirs.0 <= theirs.1) {
            return;
        }
        let side = |about: &str| self.cues_of(CueKind::Register).find(|h| h.rule.about == about);
        let (tu, vous) = (side("tu"), side("vous"));
        let wrong = match (tu, vous, self.voice.register) {
            (Some(tu), Some(_), _) | (Some(tu), None, Some(Register::Vous)) => Some(tu),
            (None, Some(vous), Some(Register::Tu)) => Some(vous),
            (Some(tu), None, None) if self.about_post && self.theirs.registers().0 == 0 => Some(tu),
            _ => None,
        };
        if let Some(hit) = wrong {
            self.add(FindingKind::RegisterMismatch, self.span(hit.first, hit.end));
        }
    }

    /// More than one apology; two words of one apology count once.
    fn apologies(&mut self) {
        let mut last_end: Option<usize> = None;
        let mut count = 0;
        let mut second = None;
        for hit in self.cues_of(CueKind::Apology) {
            if last_end.is_none_or(|end| hit.first >= end + 4) {
                count += 1;
                if count == 2 {
                    second = self.span(hit.first, hit.end);
                }
            }
            last_end = Some(last_end.map_or(hit.end, |end| end.max(hit.end)));
        }
        if count >= 2 {
            self.add(FindingKind::RepeatedApology, second);
        }
    }

    fn promise(&mut self) {
        let promise = self.cues_of(CueKind::Promise).next();
        if let Some(hit) = promise
            && !self.says(CueKind::Time)
        {
            self.add(FindingKind::PromiseWithoutDate, self.span(hit.first, hit.end));
        }
    }

    /// Personal data asked for where all can read the answer; card numbers and passwords anywhere.
    fn personal_data(&mut self) {
        let private = self.says(CueKind::Private) || !self.public();
        let asked = self.cues_of(CueKind::Personal).find(|hit| {
            let secret = hit.rule.about == "card";
            (secret || !private)
                && !self.negated(hit.first)
                && self.near(CueKind::Ask, hit.first, 24).any(|ask| {
                    let between = self.words.get(ask.first..hit.first).unwrap_or_default();
                    hit.first <= ask.end + 8 && !between.iter().any(|w| w.ends_sentence)
                })
        });
        if let Some(hit) = asked {
            self.add(FindingKind::AsksPersonalData, self.span(hit.first, hit.end));
        }
    }

    /// The hits of a kind that begin at most `before` words before a word, or just behind it.
    fn near(
        &self,
        kind: CueKind,
        at: usize,
        before: usize,
    ) -> impl Iterator<Item = &'r Hit<'r>> + use<'r> {
        let hits: &'r [Hit<'r>] = self.hits;
        // Hits are in order of their first word.
        let from = hits.partition_point(|h| h.first + before < at);
        hits[from..]
            .iter()
            .take_while(move |h| h.first <= at + 1)
            .filter(move |h| h.rule.tells == Tells::Cue(kind))
    }

    /// Whether one of the few words before says no: "never your password".
    fn negated(&self, at: usize) -> bool {
        self.near(CueKind::Negation, at, 8).any(|h| h.first < at && at <= h.end + 4)
    }

    /// Whether the draft names what the post is about: a word of one of its reasons or requests,
    /// that it is not the first time, or a word of the post itself.
    fn names_issue(&self) -> bool {
        let complaint = &self.assessment.complaint;
        let again = self.assessment.escalation.repeat_contact;
        let topics = self.topics.reasons();
        let by_name = self.cues_of(CueKind::Issue).any(|h| {
            let about = h.rule.about.as_str();
            topics.iter().any(|r| r.as_str() == about)
                || complaint.reasons.iter().any(|r| r.as_str() == about)
                || complaint.requests.iter().any(|r| r.as_str() == about)
                || (again && about == "repeat")
        });
        by_name || self.shares_words()
    }

    /// Whether draft and post share a word of substance: none that any reply has.
    fn shares_words(&self) -> bool {
        let long = |w: &&Word| w.text.chars().count() >= 5;
        let mut theirs: Vec<String> =
            words::scan(&self.post.text).iter().filter(long).map(|w| w.text.clone()).collect();
        theirs.sort_unstable();
        let mut common = vec![false; self.words.len()];
        for hit in self.hits {
            let of_any_reply = matches!(
                hit.rule.tells,
                Tells::Cue(CueKind::Language | CueKind::Private | CueKind::Ask | CueKind::Personal)
            );
            if of_any_reply && let Some(covered) = common.get_mut(hit.first..hit.end) {
                covered.fill(true);
            }
        }
        self.words
            .iter()
            .enumerate()
            .any(|(at, w)| long(&w) && theirs.binary_search(&w.text).is_ok() && !common[at])
    }

    /// "Write to us in private", and nothing else.
    fn redirect(&mut self) {
        let calm = self.assessment.flags.is_empty();
        let due = calm && !self.ongoing && (!self.about_post || self.complaint());
        if !self.public() || !due {
            return;
        }
        let Some(hit) = self.cues_of(CueKind::Private).next() else { return };
        let substance = [CueKind::Explanation, CueKind::Owner, CueKind::Solved, CueKind::Answered];
        let says_more = substance.iter().any(|&cue| self.says(cue))
            || if self.about_post {
                self.names_issue()
            } else {
                self.cues_of(CueKind::Issue).any(|h| {
                    let vague = ["unreachable", "communication", "staff", "waiting", "other"];
                    !vague.contains(&h.rule.about.as_str())
                })
            };
        if says_more || self.words.len() > 40 {
            return;
        }
        // Worst for who has written there already.
        let been_there = self.theirs.is(CueKind::BeenThere, Some(self.language));
        let severity = been_there.then_some(FindingSeverity::High);
        self.add_as(FindingKind::BareRedirect, severity, self.span(hit.first, hit.end));
    }

    fn copy_paste(&mut self) {
        let ours = words::hashes(self.draft);
        let again = ours.len() >= 6
            && self
                .post
                .thread
                .iter()
                .filter(|t| t.by == Speaker::Brand)
                .any(|t| words::jaccard(&ours, &words::hashes(&t.text)) >= SAME);
        if again {
            self.add(FindingKind::CopyPaste, None);
        }
    }

    /// Function words of French and English in the post.
    fn cues_of_post(&self) -> (usize, usize) {
        let (french, english, _) = self.theirs.languages();
        (french, english)
    }

    fn wrong_language(&mut self) {
        let theirs = self.cues_of_post();
        let swap = |(french, english): (usize, usize)| (english, french);
        // Both texts must leave no doubt: a post may be neither.
        let (theirs, ours) = match self.assessment.language.code {
            LanguageCode::French => (theirs, self.cues),
            LanguageCode::English => (swap(theirs), swap(self.cues)),
            _ => return,
        };
        let sure = theirs.0 >= 2 && theirs.0 > 2 * theirs.1;
        if sure && ours.1 >= 4 && ours.1 > 2 * ours.0 {
            self.add(FindingKind::WrongLanguage, None);
        }
    }

    /// The issue named, and what happens now.
    fn substance(&mut self) {
        // Who is in conversation need not begin again each time.
        if !self.complaint() || self.ongoing {
            return;
        }
        // What was only felt between the words needs no name: no wait or silence that none tells.
        // A formal complaint has its reference; what is delicate is better not named in public.
        let delicate = self.formal() || !self.assessment.flags.is_empty();
        if !self.topics.named(Set::new(), 1).is_empty()
            && !delicate
            && !self.says(CueKind::Solved)
            && !self.names_issue()
            && !self.found.iter().any(|f| f.kind == FindingKind::BareRedirect)
        {
            self.add(FindingKind::IssueNotNamed, None);
        }
        let onward = [
            CueKind::NextStep,
            CueKind::Solved,
            CueKind::Private,
            CueKind::Explanation,
            CueKind::Time,
        ];
        let asks = self.draft.contains('?');
        if !asks && !onward.iter().any(|&cue| self.says(cue)) {
            self.add(FindingKind::NoNextStep, None);
        }
    }

    /// A joke or emoji for who is angry.
    fn joke(&mut self) {
        if !need::is_stirred(self.assessment) {
            return;
        }
        if let Some(hit) = self.cues_of(CueKind::Joke).next() {
            self.add(FindingKind::JokeAtAnger, self.span(hit.first, hit.end));
        } else if let Some((span, merry)) = emoji::first(self.draft) {
            let severity = match (merry, self.assessment.complaint.severity) {
                (true, Severity::Accusation | Severity::Blame) => FindingSeverity::High,
                (true, _) => FindingSeverity::Medium,
                (false, _) => FindingSeverity::Low,
            };
            self.add_as(FindingKind::JokeAtAnger, Some(severity), Some(span));
        }
    }

    /// An emoji that the voice does not allow; one told as a joke is not told twice.
    fn emoji(&mut self) {
        if self.voice.emoji {
            return;
        }
        let Some((span, _)) = emoji::first(self.draft) else { return };
        let told = |f: &Finding| f.kind == FindingKind::JokeAtAnger && f.span == Some(span);
        if !self.found.iter().any(told) {
            self.add(FindingKind::Emoji, Some(span));
        }
    }

    fn threat(&mut self) {
        if !self.formal() {
            return;
        }
        let named = ["owner.name", "agent.name", "signature"].iter().any(|key| {
            self.voice.values.get(key).is_some_and(|n| !n.is_empty() && self.draft.contains(n))
        });
        if !named && !self.says(CueKind::Owner) {
            self.add(FindingKind::ThreatWithoutOwner, None);
        }
    }
}

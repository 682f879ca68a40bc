//! Who acts: whether a cue counts, given who does what it names.
//!
//! A bare keyword misleads (`my bank account`, a `mise en demeure` that the firm sent), so a row
//! with agent `self` is weighed by what stands around it: a sum of a few hundredths, counted when
//! it is above nought. The weights are judgement, one sign each. They were held against weights
//! fitted on the labelled contexts (a hundred of which these rows alone decide): ten-fold, the
//! fitted ones were no better, so the plain ones stand.
//!
//! One walk over the matches in order of the text, with a look back over a bounded number of
//! words: linear in the length of the text.

use super::{Class, Match, Reading, Scope, kinds};
use crate::lexicon::entry::{Agent, CueKind};

/// How many words back whoever acts may stand.
const REACH: usize = 12;
/// How many of the latest agents, commitments and negations are looked at.
const REMEMBERED: usize = 16;
/// The least weight, in hundredths, of an agent's row that can be a subject: pronouns and names
/// are, possessives and objects (`mon`, `me`, `your`) are not.
const SUBJECT: i16 = 60;
/// The least weight of a row that can count at all where the writer must act.
const CLEAR: i16 = 50;

/// Where the sum starts from; then a row's own weight (above or below 100) is added.
const BASE: i32 = -60;
/// The nearest subject of the clause.
const WRITER: i32 = 100;
const SOMEBODY_ELSE: i32 = -150;
const NOBODY: i32 = -30;
/// None, but a possessive or object of the writer's (`mon dossier est au tribunal`).
const WRITER_IN_PASSING: i32 = 20;
/// Right before the words: `your lawyer`, `votre huissier`; `my lawyer`.
const THEIRS: i32 = -200;
const MINE: i32 = 30;
/// A commitment (`i will`, `je compte`) or an act done (`j'ai déjà`), with no other subject since.
const COMMITTED: i32 = 120;
const DONE: i32 = 100;
const NEGATED: i32 = -250;
/// What others say, or tell the writer to do.
const REPORTED: i32 = -100;
const QUESTION: i32 = -30;
/// `si … je saisirai` is how formal threats are put.
const CONDITIONAL: i32 = 30;
/// How many words may stand between what is handed over and who gets it (`copy to the local …`), and
/// between who has it and what tells so (`le médiateur de la consommation sera saisi`).
const BETWEEN: usize = 3;
/// The least weight of a row that names somebody; below it stand rows that keep words from being a
/// name (`food court`).
const NAMED: i16 = 20;
/// The least weight of whom something is handed to: who has one's file is more than named.
const HANDED: i16 = 100;
/// By what is named: bodies are named to be turned to, formal notices mostly come from the firm
/// (one in six is the writer's); who sends one has rows of its own.
const BODY: i32 = 30;
const FORMAL_NOTICE: i32 = -200;

/// An agent, commitment or negation, as it was met.
#[derive(Clone, Copy)]
struct Event {
    first: usize,
    last: usize,
    what: What,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Writer,
    Other,
    /// A possessive or object of the writer's, and of others.
    Mine,
    Theirs,
    Commitment,
    Deed,
    Handing,
    Negation,
}

impl What {
    fn of(m: &Match) -> Option<Self> {
        let subject = m.cue.weight >= SUBJECT;
        Some(match m.cue.kind {
            CueKind::AgentSelf if subject => Self::Writer,
            CueKind::AgentSelf => Self::Mine,
            CueKind::AgentFirm | CueKind::AgentOther if subject => Self::Other,
            CueKind::AgentFirm | CueKind::AgentOther => Self::Theirs,
            CueKind::Commit => Self::Commitment,
            CueKind::Done => Self::Deed,
            CueKind::BodyTo => Self::Handing,
            CueKind::Negator | CueKind::NegatorPost | CueKind::NegatorNe => Self::Negation,
            _ => return None,
        })
    }

    fn is_subject(self) -> bool {
        matches!(self, Self::Writer | Self::Other)
    }
}

/// The latest events, newest first.
struct Recent {
    events: [Event; REMEMBERED],
    count: usize,
}

impl Recent {
    fn push(&mut self, event: Event) {
        self.events[self.count % REMEMBERED] = event;
        self.count += 1;
    }

    /// Those that lie between two places, newest first.
    fn between(&self, from: usize, to: usize) -> impl Iterator<Item = Event> {
        (1..=self.count.min(REMEMBERED))
            .map(|back| self.events[(self.count - back) % REMEMBERED])
            .take_while(move |event| event.first >= from)
            .filter(move |event| event.last <= to)
    }

    /// The subject of what stands at `at`: of two side by side (`je vous`, `they … us`) the first.
    fn subject(&self, from: usize, at: usize) -> Option<Event> {
        let mut subjects = self.between(from, at).filter(|e| e.what.is_subject());
        let mut nearest = subjects.next()?;
        for before in subjects {
            if before.last < nearest.first {
                break;
            }
            nearest = before;
        }
        Some(nearest)
    }

    /// Who acts at `at`, if it is not the writer: since they were named, nothing up to `to` is the
    /// writer's.
    fn another(&self, from: usize, at: usize, to: usize) -> Option<Event> {
        let writers = |e: Event| matches!(e.what, What::Commitment | What::Deed | What::Mine);
        self.subject(from, at)
            .filter(|e| e.what == What::Other && !self.between(e.last, to).any(writers))
    }
}

impl Reading {
    /// Which cues count: those negated do not, and threats ask who acts. Whether all do, as they did
    /// before.
    pub(super) fn test_matches(&mut self) -> bool {
        let threats = kinds(CueKind::ThreatChurn, CueKind::ThreatFormalNotice);
        let acts = self.found & threats != 0 || self.agents >> Agent::Writer as u8 & 1 == 1;
        if !acts {
            // Nobody has to act for what was found: mostly all of it counts.
            let mut all = true;
            if self.shape.negated || self.agents >> Agent::Mention as u8 & 1 == 1 {
                for i in 0..self.matches.len() {
                    let m = &self.matches[i];
                    let counts = m.cue.kind < CueKind::RepeatContact
                        || match m.cue.agent {
                            Agent::Mention => self.lexemes[m.first as usize].class == Class::Tag,
                            _ => !self.is_negated(m),
                        };
                    self.matches[i].counts = counts;
                    all &= counts;
                }
            }
            return all;
        }
        let nothing = Event { first: 0, last: 0, what: What::Negation };
        let mut recent = Recent { events: [nothing; REMEMBERED], count: 0 };
        let mut all = true;
        for i in 0..self.matches.len() {
            let m = self.matches[i];
            let is_handed = is_outside(m.cue.kind) && self.is_handed(i, &recent);
            let counts = is_handed || self.counts(&m, &recent);
            self.matches[i].counts = counts;
            all &= counts;
            if is_handed {
                self.matches[i].cue.weight = m.cue.weight.max(HANDED);
            }
            if let Some(what) = What::of(&m) {
                recent.push(Event { first: m.first as usize, last: m.last as usize, what });
            }
        }
        all
    }

    fn counts(&self, m: &Match, recent: &Recent) -> bool {
        if m.cue.kind.index() < CueKind::RepeatContact.index() {
            return true;
        }
        let is_tag = self.lexemes[m.first as usize].class == Class::Tag;
        match m.cue.agent {
            Agent::Mention => is_tag,
            Agent::Writer => is_tag || self.writer_acts(m, recent),
            Agent::Any if is_threat(m.cue.kind) => {
                let from = self.clause(m.first as usize);
                (!self.is_negated(m) || self.negates_another(m, recent, from))
                    && !self.is_anothers(m, recent, from)
            }
            Agent::Any => !self.is_negated(m),
        }
    }

    /// Whether a negation from outside reaches the match.
    fn is_negated(&self, m: &Match) -> bool {
        let words = &self.lexemes[m.first as usize..m.last as usize];
        words.iter().any(|word| word.scope & Scope::NEGATED != 0)
            && !words.iter().any(super::scopes::is_negator)
    }

    /// Whether a row that stands by itself is said of somebody else after all (`they will sue
    /// you`): of steps against a firm, which anybody can take, with nothing in between.
    fn is_anothers(&self, m: &Match, recent: &Recent, from: usize) -> bool {
        let at = m.first as usize;
        let begins_with_writer =
            recent.between(at, at + 1).any(|e| matches!(e.what, What::Writer | What::Mine));
        (CueKind::ThreatLegal..=CueKind::ThreatFormalNotice).contains(&m.cue.kind)
            && !begins_with_writer
            && recent
                .another(from, at, at)
                .is_some_and(|e| self.lexemes[e.last..at].iter().all(|l| l.class != Class::Comma))
    }

    /// Where the clause begins, or how far back is looked.
    fn clause(&self, at: usize) -> usize {
        let floor = at.saturating_sub(REACH);
        let stop = self.lexemes[floor..at].iter().rposition(|l| l.class == Class::Stop);
        stop.map_or(floor, |stop| floor + stop + 1)
    }

    /// Whether what is negated is another clause's verb: whoever acts comes after the negation
    /// (`si vous ne répondez pas je saisis`), or the commitment has it within (`je n'hésiterai
    /// pas à`).
    fn negates_another(&self, m: &Match, recent: &Recent, from: usize) -> bool {
        // A phrase may begin with whoever acts.
        let to = m.first as usize + 1;
        let Some(no) = recent.between(from, to).find(|e| e.what == What::Negation) else {
            return false;
        };
        recent.between(from, to).any(|e| match e.what {
            What::Commitment | What::Deed => e.first <= no.first && e.last >= no.last,
            what => what.is_subject() && e.first >= no.last,
        })
    }

    /// Whether something is in the hands of the body that match `i` names, or on its way there: it
    /// counts then whoever brought it, also if nobody is said to have.
    fn is_handed(&self, i: usize, recent: &Recent) -> bool {
        let m = &self.matches[i];
        m.cue.weight >= NAMED
            && !self.is_negated(m)
            && !self.is_theirs(i)
            && (self.has_something(i) || self.gets_something(m, recent))
    }

    /// Whether what match `i` names is the firm's or somebody else's: `your lawyer`, `his lawyer`. `The
    /// court` is somebody else, but nobody's.
    fn is_theirs(&self, i: usize) -> bool {
        let at = self.matches[i].first;
        self.matches[..i].iter().rev().take(REMEMBERED).any(|before| match before.cue.kind {
            CueKind::AgentFirm => before.last >= at,
            CueKind::AgentOther => before.last == at,
            _ => false,
        })
    }

    /// Whether words behind match `i` say that it has something: `… has my file`.
    fn has_something(&self, i: usize) -> bool {
        let last = self.matches[i].last as usize;
        let follow = |to: usize| self.lexemes[last..to].iter().all(|l| l.class == Class::Word);
        self.matches[i + 1..]
            .iter()
            .map(|next| (next.cue.kind, next.first as usize))
            .take_while(|(_, first)| *first <= last + BETWEEN)
            .any(|(kind, first)| kind == CueKind::BodyHas && first >= last && follow(first))
    }

    /// Whether words before `m` hand it something, and it is not others who do: `complaint filed with …`.
    fn gets_something(&self, m: &Match, recent: &Recent) -> bool {
        let at = m.first as usize;
        let from = self.clause(at);
        let Some(to) = recent.between(from, at).find(|e| e.what == What::Handing) else {
            return false;
        };
        let between = &self.lexemes[to.last..at];
        between.len() <= BETWEEN
            && between.iter().all(|l| l.class == Class::Word)
            && recent.another(from, to.first, to.last).is_none()
    }

    /// Whether it is the writer who does what the words name.
    fn writer_acts(&self, m: &Match, recent: &Recent) -> bool {
        if m.cue.weight < CLEAR {
            return false;
        }
        let at = m.first as usize;
        let scope = self.lexemes[at].scope;
        let from = self.clause(at);
        let mut sum = BASE + i32::from(m.cue.weight.min(200)) - 100;
        // What one will do or has done makes one the subject, whoever was named before.
        let act = recent
            .between(from, at)
            .find(|e| matches!(e.what, What::Commitment | What::Deed))
            .filter(|act| {
                !recent.between(from, at).any(|e| e.what == What::Other && e.last > act.last)
            });
        sum += match act.map(|e| e.what) {
            Some(What::Commitment) => COMMITTED,
            Some(_) => DONE,
            None => 0,
        };
        sum += match recent.subject(from, at).map(|e| e.what) {
            Some(What::Writer) => WRITER,
            Some(_) if act.is_some_and(|e| e.what == What::Commitment) => WRITER,
            Some(_) if act.is_none() => SOMEBODY_ELSE,
            Some(_) => 0,
            None if recent.between(from, at).any(|e| e.what == What::Mine) => {
                NOBODY + WRITER_IN_PASSING
            }
            None => NOBODY,
        };
        if let Some(next) = recent.between(from, at).find(|e| e.last == at) {
            sum += match next.what {
                What::Theirs | What::Other => THEIRS,
                What::Mine => MINE,
                _ => 0,
            };
        }
        if self.is_negated(m) && !self.negates_another(m, recent, from) {
            sum += NEGATED;
        }
        for (flag, weight) in [
            (Scope::REPORTED, REPORTED),
            (Scope::QUESTION, QUESTION),
            (Scope::CONDITIONAL, CONDITIONAL),
        ] {
            if scope & flag != 0 {
                sum += weight;
            }
        }
        sum += match m.cue.kind {
            CueKind::ThreatFormalNotice => FORMAL_NOTICE,
            CueKind::ThreatRegulator | CueKind::ThreatMediator | CueKind::ThreatConsumerOrg => BODY,
            _ => 0,
        };
        sum > 0
    }
}

/// Whether the kind names somebody outside, whom one can turn to.
fn is_outside(kind: CueKind) -> bool {
    (CueKind::ThreatLegal..=CueKind::ThreatPress).contains(&kind)
        || kind == CueKind::ThreatChargeback
}

fn is_threat(kind: CueKind) -> bool {
    (CueKind::ThreatChurn..=CueKind::ThreatFormalNotice).contains(&kind)
}

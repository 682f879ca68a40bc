//! A user's own rows: added, overriding, taken away; and what is said of a bad one.

mod support;

use std::collections::HashMap;

use doleance::text::{fold, social};
use doleance::{
    Analyzer, Assessment, Channel, Error, EvidenceKind, Head, Named, Post, PriorityLevel, Reason,
    Request, ThreatKind,
};
use support::texts;

fn with(rows: &str) -> Analyzer {
    Analyzer::builder().lexicon("ours.tsv", rows).build().unwrap_or_else(|e| panic!("{e}"))
}

fn fault(rows: &str) -> Error {
    let error = Analyzer::builder().lexicon("ours.tsv", rows).build().expect_err(rows);
    assert!(error.is_lexicon(), "{error:?}");
    assert_eq!(error.source_name(), "ours.tsv", "{error}");
    error
}

fn polarity(analyzer: &Analyzer, text: &str) -> f64 {
    analyzer.analyze(text).sentiment().polarity()
}

#[test]
fn rows_are_added() {
    let plain = Analyzer::new();
    let ours = with(
        "# what only our customers say\n\
         term\tvalence\tarousal\tkind\tcountry\tlanguage\n\
         zinzolin\t-4\t.9\t\t\t\n\
         farfouillette royale\t3.5\t\t\t\t\n\
         brobdingnag\t\t\treason.outage\t\t\n\
         je|j' … conclave des poulpes\t\t\tthreat.legal\tBE\tfr\n\
         glorp\t\t\tthanks\t\ten\n",
    );
    for text in ["un service zinzolin", "what a zinzolin service", "un service ZINZOLINNN !"] {
        assert!(polarity(&ours, text) < polarity(&plain, text) - 0.05, "{text}");
    }
    let text = "le service est farfouillette royale";
    assert!(polarity(&ours, text) > polarity(&plain, text) + 0.05);
    let why = ours.explain("un service zinzolin");
    let row = why.evidence_for(Head::Negative).find(|e| e.kind() == EvidenceKind::Valence);
    assert!(row.is_some_and(|e| e.term().contains("zinzolin") && e.weight() > 0.0), "{why:?}");

    let text = "Je vous emmène demain au conclave des poulpes !";
    assert!(plain.analyze(text).escalation().threats().is_empty());
    let said = ours.analyze(text);
    let threat = *said.escalation().threats().iter().next().expect("a threat");
    assert_eq!(threat.kind(), ThreatKind::Legal);
    assert_eq!(threat.country().map(|c| c.as_str().to_owned()).as_deref(), Some("BE"));
    assert_eq!(threat.span().of(text), "Je vous emmène demain au conclave des poulpes");
    // The row was for French alone.
    let said = ours.analyze("They took me to the conclave des poulpes, je swear, awful people");
    assert!(!said.escalation().threats().kinds().contains(ThreatKind::Legal));
}

/// An alternative is elided, inverted or of several words by itself, wherever it stands.
#[test]
fn an_alternative_is_read_by_itself() {
    let ours = with(
        "term\tkind\tweight\tlanguage\n\
         zinzolin à|d'un|l'autre|de poulpe\tthanks\t1\tfr\n\
         voudriez-vous|auriez|saurait-on glorper\tthanks\t1\tfr\n\
         d'écrabouiller~er|glorper moult\tthanks\t1\tfr\n\
         farfouille (à foison|du coup|vite) glorp\tthanks\t1\tfr\n",
    );
    let thanks =
        |text: &str| ours.explain(text).evidence().iter().any(|e| e.term() == "cue:thanks");
    for text in [
        "un zinzolin à poulpe",
        "le zinzolin d'un poulpe",
        "c'est le zinzolin l'autre poulpe",
        "le zinzolin de poulpe",
        "voudriez-vous glorper ce dossier",
        "auriez glorper ce dossier",
        "mais saurait-on glorper ce dossier",
        "il est temps d'écrabouillé moult dossiers",
        "je vais glorper moult dossiers",
        "il farfouille glorp",
        "il farfouille du coup glorp",
        "il farfouille à foison glorp",
        "il farfouille vite glorp",
    ] {
        assert!(thanks(text), "{text}");
    }
    for text in [
        "le zinzolin un poulpe",
        "le zinzolin autre poulpe",
        "le zinzolin d' à poulpe",
        "voudriez glorper ce dossier",
        "saurait glorper ce dossier",
        "je vais écrabouiller moult dossiers",
        "il farfouille foison glorp",
        "il farfouille du vite glorp",
    ] {
        assert!(!thanks(text), "{text}");
    }
}

/// A compound that some row names is one word; the rows of its parts mean it all the same, and what a
/// row says of the compound itself goes first.
#[test]
fn a_named_compound_is_met_by_the_rows_of_its_parts() {
    let ours = with(
        "term\tkind\tweight\tvalence\tlanguage\n\
         zinzo-lin\tthanks\t1\t\tfr\n\
         zinzo lin\t\t\t-4\tfr\n\
         vrai|sacré zinzo lin poulpe\tpraise\t1\t\tfr\n\
         farfou-ille-glorp\tthanks\t1\t\tfr\n\
         farfou ille glorp\tpraise\t1\t\tfr\n\
         blorp-gniouf\t\t\t4\tfr\n\
         blorp gniouf\t\t\t-4\tfr\n",
    );
    let says = |text: &str, term: &str| {
        let why = ours.explain(text);
        why.evidence().iter().any(|e| e.term().starts_with(term))
    };
    for text in ["c'est du zinzo-lin", "c'est du zinzo lin"] {
        assert!(says(text, "lex:negative"), "{text}");
    }
    assert!(says("c'est du zinzo-lin", "cue:thanks"));
    for text in ["un sacré zinzo-lin poulpe", "un vrai zinzo lin poulpe", "du farfou-ille-glorp"] {
        assert!(says(text, "cue:praise"), "{text}");
    }
    assert!(!says("un zinzo-lin poulpe", "cue:praise"));
    let said = |text: &str| polarity(&ours, text);
    assert!(said("c'est du blorp-gniouf") > said("c'est du blorp gniouf") + 0.5);
    // As shipped: the row of `rip-off` says whom it blames, that of `rip off` how it feels.
    for (joined, apart) in
        [("What a rip-off", "What a rip off"), ("It was a let-down", "It was a let down")]
    {
        let gap = said(joined) - said(apart);
        assert!(said(joined) < -0.5 && gap.abs() < 0.35, "{joined}: {gap}");
    }
}

/// Two long lists, one behind the other: more pairs than are laid out.
#[test]
fn long_lists_multiply() {
    let list = |letter: char| (0..800).map(|i| format!("{letter}{i}qx")).collect::<Vec<_>>();
    let lists =
        format!("list\twords\nfirsts\t{}\nseconds\t{}\n", list('u').join(" "), list('v').join(" "));
    let ours = Analyzer::builder()
        .lexicon("lists.tsv", lists)
        .lexicon(
            "ours.tsv",
            "term\tvalence\tarousal\tkind\nu0qx|[firsts] [seconds] (zz) … poulpe\t\t\tthanks\n",
        )
        .build()
        .unwrap_or_else(|e| panic!("{e}"));
    let thanks = |text: &str| {
        let why = ours.explain(text);
        why.evidence().iter().any(|e| e.term() == "cue:thanks")
    };
    for text in ["the u1qx v799qx of a poulpe", "what u799qx v0qx zz says the poulpe to you"] {
        assert!(thanks(text), "{text}");
    }
    assert!(!thanks("the v799qx u1qx of a poulpe") && !thanks("the u1qx v799qx of a squid"));
}

#[test]
fn rows_are_overridden() {
    let plain = Analyzer::new();
    let ours = with("term\tvalence\tarousal\nexcellent\t-3\t.5\nhorrible\t3\t.5\n");
    for text in ["c'est vraiment excellent", "this is really excellent"] {
        assert!(polarity(&ours, text) < polarity(&plain, text) - 0.02, "{text}");
    }
    for text in ["c'est vraiment horrible", "this is really horrible"] {
        assert!(polarity(&ours, text) > polarity(&plain, text) + 0.02, "{text}");
    }
    // A later overlay goes over an earlier one.
    let both = Analyzer::builder()
        .lexicon("a.tsv", "term\tvalence\nzinzolin\t-4\n")
        .lexicon("b.tsv", "term\tvalence\nzinzolin\t4\n")
        .build()
        .unwrap();
    assert!(polarity(&both, "service zinzolin") > polarity(&plain, "service zinzolin"));
}

#[test]
fn weights_are_added_and_the_sum_holds() {
    let ours = with(
        "term\tweights\tsupport\n\
         base\tcomplaint=-3\t1\n\
         not:zinzolin\tcomplaint=1\t1\n\
         pre:brobd\tcomplaint=2\t1\n\
         shape:url\tcpl=0.5\t1\n\
         zinzolin\tcomplaint=4 reason.staff=25\t1\n\
         zinzolin poulpe\tcomplaint=-1\t1\n",
    );
    let text = "le service zinzolin poulpe brobdingnagesque est pas zinzolin https://a.fr";
    let why = ours.explain(text);
    support::check_evidence(&why, text);
    let terms: Vec<_> = why
        .evidence_for(Head::Complaint)
        .map(|e| (e.term().to_owned(), (e.weight() * 1e6).round() / 1e6))
        .collect();
    let weight = |term: &str| terms.iter().find(|(t, _)| t == term).map(|(_, w)| *w);
    // Words count by one over the root of how many different ones there are.
    let words = 8f64;
    let scaled = |w: f64| Some((w / words.sqrt() * 1e6).round() / 1e6);
    assert_eq!(weight("base"), Some(-3.0), "{terms:?}");
    assert_eq!(weight("shape:url"), Some(0.5), "{terms:?}");
    assert_eq!(weight("zinzolin"), scaled(4.0), "{terms:?}");
    assert_eq!(weight("zinzolin poulpe"), scaled(-1.0), "{terms:?}");
    assert_eq!(weight("not:zinzolin"), scaled(1.0), "{terms:?}");
    assert_eq!(weight("brobdingnagesque"), scaled(2.0), "{terms:?}");
    assert!(why.raw(Head::Reason(Reason::Staff)).is_some_and(|raw| raw > 4.0));
}

/// In `never been disappointed` nobody was: what was learned of a word alone counts where the word means what it says,
/// and what was learned of its negation where that is said.
#[test]
fn what_is_denied_is_not_said() {
    let ours = Analyzer::builder()
        .lexicon(
            "feelings.tsv",
            "term\tvalence\tarousal\n\
             anything like zinzolin\t2\t.5\n\
             loin du zinzolin\t2\t.5\n\
             zinzolin\t-3\t.5\n\
             zinzolin en diable\t-3\t.5\n",
        )
        .lexicon(
            "learned.tsv",
            "term\tweights\tsupport\n\
             not:zinzolin\tcomplaint=-1\t1\n\
             un zinzolin\tcomplaint=2\t1\n\
             zinzolin\tcomplaint=4\t1\n\
             zinzolin poulpe\tcomplaint=3\t1\n",
        )
        .build()
        .unwrap_or_else(|e| panic!("{e}"));
    let learned = |text: &str| {
        let why = ours.explain(text);
        support::check_evidence(&why, text);
        let terms = why.evidence_for(Head::Complaint).map(|e| e.term().to_owned());
        terms
            .filter(|term| term.contains("zinzolin"))
            .filter(|term| !term.contains("lex:"))
            .collect::<Vec<_>>()
    };
    let said = ["zinzolin", "zinzolin poulpe"];
    let denied = ["not:zinzolin"];
    for text in ["le service est zinzolin poulpe", "the service is zinzolin poulpe"] {
        assert_eq!(learned(text), said, "{text}");
    }
    for text in ["le service n'est pas zinzolin poulpe", "the service is never zinzolin poulpe"] {
        assert_eq!(learned(text), denied, "{text}");
    }
    // A phrase that says the contrary, and one that says the same.
    for text in
        ["on est loin du zinzolin poulpe ici", "there was anything like zinzolin poulpe here"]
    {
        assert_eq!(learned(text), [""; 0], "{text}");
    }
    assert_eq!(learned("un zinzolin en diable"), ["un zinzolin", "zinzolin"]);
    // Denied, and said elsewhere.
    let both = ["not:zinzolin", "zinzolin", "zinzolin poulpe"];
    for text in [
        "pas zinzolin ce matin. Et ce soir, un vrai service zinzolin poulpe",
        "it is not zinzolin. It is zinzolin poulpe",
    ] {
        assert_eq!(learned(text), both, "{text}");
        let reversed = text.rsplit(". ").collect::<Vec<_>>().join(". ");
        let mut terms = learned(&reversed);
        terms.sort();
        assert_eq!(terms, both, "{reversed}");
    }
}

/// Two shapes of the form at once have a row of their own; what is served is what is explained, also of weights
/// too large for the tables.
#[test]
fn two_shapes_at_once_are_added() {
    for weight in ["2", "-3", "25"] {
        let rows = format!(
            "term\tweights\tsupport\n\
             shapes:handle&url_last\tcpl={weight} ask.fix={weight}\t1\n\
             shapes:number&retweet\tcpl=25\t1\n"
        );
        let (plain, ours) = (Analyzer::new(), with(&rows));
        let weight: f64 = weight.parse().unwrap_or_default();
        for (text, both) in [
            ("@acme le colis est cassé https://a.fr/b", true),
            ("look what came @acme https://a.fr/b", true),
            ("@acme voyez https://a.fr/b le colis est cassé", false),
            ("le colis est cassé https://a.fr/b", false),
            ("@acme le colis est cassé", false),
        ] {
            let (why, head) = (ours.explain(text), Head::Request(Request::Fix));
            support::check_evidence(&why, text);
            let moved = why.raw(head).unwrap_or_default()
                - plain.explain(text).raw(head).unwrap_or_default();
            let expected = if both { weight } else { 0.0 };
            assert!((moved - expected).abs() < 1e-9, "{text}: {moved}");
            let said = ours.analyze(text);
            assert_eq!(
                said.complaint().probability().to_bits(),
                why.assessment().complaint().probability().to_bits(),
                "{text}"
            );
        }
    }
}

#[test]
fn norms_and_homographs_are_added() {
    let ours = with("term\tform\nzzv\tservice horrible\n");
    let (short, long) = (ours.explain("le zzv"), ours.explain("le service horrible"));
    for head in [Head::Negative, Head::Complaint, Head::Severity(doleance::Severity::Blame)] {
        assert_eq!(short.raw(head), long.raw(head), "{head}");
    }
    assert_eq!(short.raw(Head::Language), ours.explain("le xyzxyz").raw(Head::Language));

    let both = Analyzer::builder()
        .lexicon("h.tsv", "term\nzinzolé\n")
        .lexicon("v.tsv", "term\tvalence\nzinzole\t3\nzinzolé\t-3\n")
        .build()
        .unwrap();
    let plain = Analyzer::new();
    let unknown = polarity(&plain, "le service est zinzole");
    assert!(polarity(&both, "le service est zinzole") > unknown);
    assert!(polarity(&both, "le service est zinzolé") < unknown);
}

/// The folded tokens of a text.
fn folded(text: &str) -> Vec<String> {
    social(text).map(|token| fold(token.of(text))).collect()
}

#[test]
fn deleting_a_row_changes_exactly_the_posts_that_hold_it() {
    // Words of the valence, cue and learned lexicons, a negated word, a pair, an emoji, a tag.
    let terms = [
        "honte",
        "bravo",
        "toujours",
        "still",
        "again",
        "merci",
        "refund",
        "colis",
        "never",
        "commande",
        "flight",
        "toujours pas",
        "no one",
        "😡",
        "arnaque",
        "bonjour",
    ];
    let plain = Analyzer::new();
    let texts = texts();
    let all = |analyzer: &Analyzer| {
        let score = |text: &String| {
            let why = analyzer.explain(text);
            let heads: Vec<_> = why.heads().iter().map(|h| h.raw().to_bits()).collect();
            (heads, support::report(why.assessment())["escalation"].clone())
        };
        texts.iter().map(score).collect::<Vec<_>>()
    };
    // `cmd` is read as `commande`.
    let norms: HashMap<String, String> =
        [include_str!("../lexicons/fr/norms.tsv"), include_str!("../lexicons/en/norms.tsv")]
            .iter()
            .flat_map(|file| file.lines().filter(|line| !line.starts_with("# ")).skip(1))
            .filter_map(|line| {
                let mut cells = line.split('\t');
                Some((fold(cells.next()?), fold(cells.next()?)))
            })
            .collect();
    let before = all(&plain);
    let (mut changed, mut wrong) = (0, Vec::new());
    for term in terms {
        let after = all(&with(&format!("term\tremove\n{term}\tyes\n")));
        let wanted: Vec<String> = term.split(' ').map(fold).collect();
        for ((text, before), after) in texts.iter().zip(&before).zip(&after) {
            let tokens = folded(text);
            let reads = |(token, term): (&String, &String)| {
                token == term || norms.get(token).is_some_and(|form| form == term)
            };
            let holds =
                tokens.windows(wanted.len()).any(|words| words.iter().zip(&wanted).all(&reads));
            changed += usize::from(before != after);
            if holds != (before != after) {
                wrong.push(format!("`{term}`: {} holds it, {} changed: {text}", holds, !holds));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {changed}:\n{}", wrong.len(), wrong.join("\n"));
    println!(
        "{} rows taken away in turn: {changed} of {} scores changed, each for its cause",
        terms.len(),
        terms.len() * texts.len()
    );
    assert!(changed > 80, "{changed}");
}

#[test]
fn a_cue_of_one_kind_is_taken_away_alone() {
    let text = "Je vais saisir le médiateur, c'est une honte";
    let plain = Analyzer::new();
    assert!(!plain.analyze(text).escalation().threats().is_empty());
    // Nothing of that term and kind: nothing changes but the version.
    let ours = with("term\tkind\tremove\nhonte\tthreat.press\tyes\n");
    let mut same: Assessment = ours.analyze(text);
    assert!(same.scores().overlay().is_some());
    assert_ne!(same, plain.analyze(text));
    same = plain.analyze(text);
    assert_eq!(ours.explain(text).heads(), plain.explain(text).heads());
    assert_eq!(same.scores().overlay(), None);
}

/// Paradigms and lists are of their language, and a file of cues may leave out what it does not set.
#[test]
fn paradigms_and_lists_are_of_one_language() {
    let build = |grammar: &str, entries: &str| {
        let builder = Analyzer::builder().lexicon("grammar.tsv", grammar);
        builder.lexicon("ours.tsv", entries).build()
    };
    for (grammar, term, word) in [
        ("name\tstrip\tendings\tlanguage\nzz\t\tard\tfr\n", "glorp~zz", "glorpard"),
        ("list\twords\tlanguage\nzz\tfarfou poulpe\tfr\n", "un|le|des [zz]", "des poulpe"),
    ] {
        let ours = build(grammar, &format!("term\tkind\tlanguage\n{term}\tthanks\tfr\n"))
            .unwrap_or_else(|e| panic!("{e}"));
        let why = ours.explain(format!("je les trouve tous {word} dans cette maison"));
        assert!(why.evidence().iter().any(|e| e.term() == "cue:thanks"), "{term}: {why:?}");
        // The other language has none of that name.
        let error = build(grammar, &format!("term\tkind\tlanguage\n{term}\tthanks\ten\n"));
        let error = error.expect_err(term);
        assert_eq!((error.source_name(), error.line()), ("ours.tsv", Some(2)), "{error}");
        assert!(error.message().contains("`zz`"), "{error}");
    }
}

/// An answer time is that of its channel and level alone.
#[test]
fn answer_times_are_given_anew() {
    let ours = with("channel\tlevel\tminutes\nemail\tnormal\t777\n");
    let within = |analyzer: &Analyzer, channel| {
        let post = Post::from("Mon colis est cassé").channel(channel);
        let said = analyzer.analyze(&post);
        (said.priority().level(), said.priority().answer_within_minutes())
    };
    let plain = Analyzer::new();
    let (level, minutes) = within(&plain, Channel::Email);
    assert_eq!((level, minutes), (PriorityLevel::Normal, Some(360)));
    assert_eq!(within(&ours, Channel::Email), (level, Some(777)));
    assert_eq!(within(&ours, Channel::Forum), within(&plain, Channel::Forum));
}

/// A row of thresholds is for its language, and what it leaves empty stays as it ships.
#[test]
fn thresholds_are_of_one_language_and_keep_the_rest() {
    let texts = ["Toujours en panne, c'est une honte", "Still broken, what a disgrace"];
    let complaints = |analyzer: &Analyzer| {
        texts.map(|text| {
            let said = analyzer.analyze(text);
            (said.complaint().is_complaint(), said.complaint().probability())
        })
    };
    let shipped = complaints(&Analyzer::new());
    assert!(shipped.iter().all(|&(is, _)| is), "{shipped:?}");
    let one = |rows: &str| complaints(&with(rows));
    let [french, english] = shipped;
    let never = "head\tthreshold\tlanguage\ncomplaint\t1\tfr\n";
    assert_eq!(one(never), [(false, french.1), english]);
    let never = "head\tslope\toffset\tthreshold\ncomplaint\t\t\t1\n";
    assert_eq!(one(never), [(false, french.1), (false, english.1)]);
    // A slope alone: flat, so that only the offset that ships is left.
    let [flat, same] = one("head\tslope\tlanguage\ncomplaint\t0\tfr\n");
    assert!(flat.1 < french.1 && same == english, "{flat:?}");
}

#[test]
fn scores_name_the_overlays() {
    let one = with("term\tvalence\nzinzolin\t-4\n").analyze("a").scores();
    let same = with("term\tvalence\nzinzolin\t-4\n").analyze("b").scores();
    let other = with("term\tvalence\nzinzolin\t-3\n").analyze("a").scores();
    assert_eq!(one, same);
    assert_ne!(one, other);
    assert_eq!(Analyzer::new().analyze("a").scores().to_string(), doleance::SCORES);
    assert!(one.to_string().starts_with(&format!("{}+", doleance::SCORES)));
}

#[test]
fn a_bad_row_is_named_with_its_place() {
    let long = "x".repeat(20_000);
    let slots = "a b c d e f g h i j k\t1";
    // What is written, line, column, and words of what was expected.
    let cases: &[(&str, usize, usize, &str)] = &[
        ("term\tvalence\nsloow\tvery bad\n", 2, 2, "expected a number from -4 to 4"),
        ("term\tvalence\nsloow\t9\n", 2, 2, "expected a number from -4 to 4"),
        ("term\tvalence\nsloow\tNaN\n", 2, 2, "expected a number from -4 to 4"),
        ("term\tvalence\tarousal\nsloow\t1\t2\n", 2, 3, "expected a number from 0 to 1"),
        ("term\tvalence\nsloow\t1\nsloow\t2\n", 3, 1, "`sloow` stands twice"),
        ("term\tvalence\nSloow\t1\n", 2, 1, "expected lower case"),
        ("term\tvalence\n\t1\n", 2, 1, "`term` is empty"),
        ("term\tvalence\nsloow\t\n", 2, 1, "expected a `valence` or a `kind`"),
        ("term\tvalence\nsloow\n", 2, 1, "1 cells; expected 2"),
        ("term\tvalence\nsloow\t1\t2\n", 2, 2, "3 cells; expected 2"),
        ("term\tcolour\nsloow\tred\n", 1, 2, "unknown column `colour`; expected some of term"),
        ("term\tvalence\tvalence\n", 1, 3, "column `valence` stands twice"),
        ("sloow\t1\n", 1, 1, "unknown column `sloow`"),
        ("valence\tarousal\n1\t1\n", 1, 1, "expected a header line with a column `term`"),
        ("term\tkind\tweight\nsloow\tthreat.pirates\t1\n", 2, 2, "expected one of negator"),
        ("term\tkind\tweight\nsloow\tthanks\t9\n", 2, 3, "expected a number from 0 to 3"),
        ("term\tkind\tweight\tagent\nsloow\tthanks\t1\tyou\n", 2, 4, "expected self, mention"),
        ("term\tkind\tweight\tcountry\nsloow\tthanks\t1\tfrance\n", 2, 4, "two-letter codes"),
        ("term\tvalence\tlanguage\nsloow\t1\tde\n", 2, 3, "expected fr, en or nothing"),
        ("term\tvalence\tremove\nsloow\t1\tno\n", 2, 3, "expected yes or nothing"),
        ("head\tthreshold\tremove\nirony\t1\tyes\n", 2, 3, "only given anew; expected nothing"),
        ("head\tthreshold\tlanguage\nirony\t1\tde\n", 2, 3, "expected fr, en or nothing"),
        ("head\tthreshold\nironie\t1\n", 2, 1, "`ironie` is no head; expected one of"),
        ("head\tthreshold\nirony\t\n", 2, 1, "expected a `slope`, an `offset` or a `threshold`"),
        ("head\tremove\nirony\tyes\n", 2, 2, "only given anew; expected nothing"),
        ("name\tremove\nadj\tyes\n", 2, 2, "only given anew; expected nothing"),
        ("list\tremove\nmois\tyes\n", 2, 2, "only given anew; expected nothing"),
        ("channel\tlevel\tremove\nchat\tlow\tyes\n", 2, 3, "expected nothing"),
        ("channel\tlevel\tminutes\nchat\tnone\t7\n", 2, 2, "`none`; expected one of low"),
        ("term\tkind\nzz'\tproclitic\n", 2, 2, "by the clitics that ship, expected a kind of cue"),
        ("term\tkind\tlanguage\n-zz\tenclitic\tfr\n", 2, 2, "by the clitics that ship"),
        ("term\tkind\tremove\n-moi\tenclitic\tyes\n", 2, 2, "by the clitics that ship"),
        ("term\tkind\nsloow\tthansk\n", 2, 2, "expected one of negator"),
        (
            "name\tstrip\tendings\tlanguage\nadj\tqq\ts\ten\nadj\t\te s es\tfr\n",
            2,
            1,
            "lexicons/en/",
        ),
        ("name\tstrip\tendings\nadje\tqq\ts\nadj\t\te s es er est\n", 2, 1, "no longer holds"),
        ("name\tstrip\tendings\tremove\nadj\te\ts\tyes\n", 2, 4, "expected nothing"),
        ("list\twords\tlanguage\nmois\tmai\tde\n", 2, 3, "expected fr, en or nothing"),
        (
            "channel\tlevel\tminutes\nemial\tlow\t7\n",
            2,
            1,
            "`emial`; expected one of public_social",
        ),
        ("channel\tlevel\tminutes\nemail\turgnt\t7\n", 2, 2, "`urgnt`; expected one of low"),
        ("channel\tlevel\tminutes\tremove\nchat\tlow\t7\tyes\n", 2, 4, "expected nothing"),
        ("channel\tlevel\tminutes\tlanguage\nchat\tlow\t7\tfr\n", 2, 4, "of both languages"),
        ("term\tweights\nsloow\tcomplaint\n", 2, 2, "expected head=weight"),
        ("term\tweights\nsloow\tanger=1\n", 2, 2, "expected head=weight with a known head"),
        ("term\tweights\nsloow\tcomplaint=1e9\n", 2, 2, "a weight in ±30"),
        ("term\tweights\nsloow\tcomplaint=NaN\n", 2, 2, "a weight in ±30"),
        ("term\tweights\nsloow\tcomplaint=1 complaint=2\n", 2, 2, "stands twice"),
        ("term\tweights\nsloow\tcomplaint=1 cpl=2\n", 2, 2, "stands twice"),
        ("term\tweights\nshape:round\tcomplaint=1\n", 2, 1, "is no shape; expected one of"),
        ("term\tweights\nshapes:url&round\tcomplaint=1\n", 2, 1, "is no pair of shapes; expected"),
        ("term\tweights\nshapes:url&handle\tcomplaint=1\n", 2, 1, "expected `handle&url`"),
        ("term\tweights\ncue:wow\tcomplaint=1\n", 2, 1, "is no cue kind; expected one of"),
        ("term\tweights\none two three\tcomplaint=1\n", 2, 1, "expected a word or two words"),
        ("term\tvalence\na  b\t1\n", 2, 1, "two spaces"),
        ("term\tvalence\na~nowhere\t1\n", 2, 1, "no paradigm `nowhere`"),
        ("term\tvalence\nla [nowhere]\t1\n", 2, 1, "no list of words `nowhere`"),
        ("term\tvalence\nla a||b\t1\n", 2, 1, "an empty alternative"),
        ("term\tvalence\nla …\t1\n", 2, 1, "a gap stands at an end"),
        ("term\tvalence\na … b … c … d\t1\n", 2, 1, "3 gaps; at most 2"),
        ("name\tstrip\tendings\nadj\te\t s es\n", 2, 1, "a shipped row no longer holds"),
        ("list\twords\nmois\t\n", 2, 2, "`words` is empty"),
        ("term\tvalence\n(aa) (bb) (cc) (dd) (ee)\t1\n", 2, 1, "too many optional slots"),
        ("term\tvalence\naa (bb cc dd\t1\n", 2, 1, "`(` is not closed"),
        ("term\tvalence\naa (bb … cc) dd\t1\n", 2, 1, "a gap or two spaces inside"),
        (
            "term\tvalence\naa (b|c d|d'e) (f|g h|d'i) (j|k l|d'm)\t1\n",
            2,
            1,
            "make over 48 patterns",
        ),
        (&format!("term\tvalence\n{slots}\n"), 2, 1, "11 slots; at most 10"),
        (&format!("# ok\nterm\tvalence\n{long}\t1\n"), 3, 1, "longer than"),
        ("term\tform\nsloow\t\n", 2, 2, "`form` is empty"),
        ("term\tform\nsloow\ta b c d e f g\n", 2, 1, "more than 6 words"),
        ("head\tslope\tthreshold\nanger\t1\t.5\n", 2, 1, "is no head"),
        ("head\tslope\tthreshold\ncomplaint\t1\t5\n", 2, 3, "expected a number from 0 to 1"),
        ("channel\tlevel\tminutes\nemail\thigh\tsoon\n", 2, 3, "expected a number from 1"),
        ("\u{feff}# ok\r\nterm\tvalence\r\n\r\nsloow\tbad\r\n", 4, 2, "expected a number"),
    ];
    let mut wrong = Vec::new();
    for (rows, line, column, expected) in cases {
        let error = fault(rows);
        let place = (error.line(), error.column());
        if place != (Some(*line), Some(*column)) || !error.message().contains(expected) {
            let rows: String = rows.chars().take(80).collect();
            wrong.push(format!(
                "{rows:?}\n  says     {error}\n  expected {line}:{column}: {expected}"
            ));
        }
        assert!(!error.to_string().contains('\n'), "{error} is no one line");
        assert!(error.to_string().len() < 2_000, "too long to read");
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn nothing_to_add_is_no_error() {
    let plain = Analyzer::new();
    for rows in ["", "\n\n", "# only a comment\n", "term\tvalence\n", "\u{feff}"] {
        assert_eq!(
            with(rows).explain("une honte").heads(),
            plain.explain("une honte").heads(),
            "{rows:?}"
        );
    }
}

#[test]
fn a_setting_out_of_range_is_named() {
    for p in [0.0, 1.0, -1.0, f64::NAN, f64::INFINITY] {
        let error = Analyzer::builder().complaint_threshold(p).build().unwrap_err();
        assert!(error.is_setting() && error.source_name() == "complaint_threshold", "{error}");
    }
    let text = "bonjour, mon colis n'est pas là";
    let said = |p| Analyzer::builder().complaint_threshold(p).build().unwrap().analyze(text);
    assert!(said(0.000_001).complaint().is_complaint());
    assert!(!said(0.999_999).complaint().is_complaint());
    assert_eq!(said(0.2).complaint().probability(), said(0.9).complaint().probability());
}

#[test]
fn unknown_names_list_the_known_ones() {
    let error = "purple".parse::<ThreatKind>().unwrap_err();
    assert!(error.is_input());
    for kind in ThreatKind::ALL {
        assert!(error.message().contains(kind.as_str()), "{error}");
        assert_eq!(kind.as_str().parse::<ThreatKind>().unwrap(), *kind);
        assert_eq!(ThreatKind::from_name(kind.as_str()), Some(*kind));
    }
}

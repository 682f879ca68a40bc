//! What VADER documents of itself, said in sentences of our own, and what CheckList (Ribeiro et al.
//! 2020) asks of a sentiment model: where we should agree in sign, where not and why; invariance and
//! directional tests with the failure rate of this crate and of vader-sentimental.
//!
//! ```text
//! cargo test --release --test peers -- --nocapture
//! ```

#[path = "support/sides.rs"]
mod sides;

use doleance::LanguageCode;
use sides::{language, ours, vader};

/// What was tried, whether we are right, and whether VADER is, which reads English alone.
type Case = (String, bool, Option<bool>);

fn case(line: String, text: &str, right: impl Fn(fn(&str) -> f64) -> bool) -> Case {
    let is_english = language(text) == LanguageCode::English;
    (line, right(ours), is_english.then(|| right(vader)))
}

/// What VADER's readme shows it to do: plain words, boosters, negation, contractions, capitals,
/// exclamation, contrast, slang, emoticons, emoji, idioms, initialisms. Same sign from both.
const AGREED: &[(&str, i8)] = &[
    ("The staff are bright, kind and quick.", 1),
    ("The staff are bright, kind and quick!", 1),
    ("The staff are very bright, kind and quick.", 1),
    ("The staff are VERY BRIGHT, kind and QUICK!!!", 1),
    ("The food was superb.", 1),
    ("The food was kind of superb.", 1),
    ("The food was only okay but the room was awful.", -1),
    ("The room was fine, but the noise was horrible.", -1),
    ("Nothing about this was good.", -1),
    ("It isn't a great phone.", -1),
    ("It wasn't very helpful.", -1),
    ("Sadly the screen broke.", -1),
    ("This app sux.", -1),
    ("That meal was the bomb, loved it.", 1),
    ("I am so happy :)", 1),
    ("They lost my bag :(", -1),
    ("Love it 💘😁", 1),
    ("Worst night ever 😡", -1),
    ("lol that made my day", 1),
    ("Friggin amazing work.", 1),
    ("I hate waiting here.", -1),
    ("Absolutely hideous service.", -1),
    ("What a lovely surprise, thank you.", 1),
    ("I'd never go back, terrible place.", -1),
    ("Without a doubt a wonderful hotel.", 1),
    ("I've never been so well looked after.", 1),
    ("Not bad at all.", 1),
    ("No problems, great stay.", 1),
    ("I wish I had never bought this junk.", -1),
    ("The service here is extremely good.", 1),
];

/// Where we should not follow: what VADER's words say is not what the customer says.
const APART: &[(&str, i8, &str)] = &[
    ("Great, another two hours on hold.", -1, "irony: praise of a wait"),
    (
        "Still waiting for my parcel after three weeks.",
        -1,
        "no word of feeling, plainly a complaint",
    ),
    ("They promised to help me and no one ever did.", -1, "`help` and `promise` are good words"),
    ("My card was charged twice.", -1, "no word of feeling"),
    ("Third email, no answer.", -1, "no word of feeling but `no`"),
    (
        "The fraud team stopped the scam in time, thank you.",
        1,
        "`fraud` and `scam` are what was stopped",
    ),
    ("No delay, no queue, no fuss.", 1, "bad words, all of them absent"),
    ("Thanks for nothing.", -1, "an idiom"),
    ("Your free trial is not free.", -1, "the second `free` is denied"),
    ("I used to love this shop.", -1, "then, not now"),
];

fn is_sign(polarity: f64, sign: i8) -> bool {
    polarity * f64::from(sign) > 0.0
}

/// Prints how often each is wrong, gives our failures.
fn table(name: &str, cases: &[Case]) -> (usize, Vec<String>) {
    let ours: Vec<_> = cases.iter().filter(|c| !c.1).map(|c| c.0.clone()).collect();
    let english = cases.iter().filter(|c| c.2.is_some()).count();
    let theirs = cases.iter().filter(|c| c.2 == Some(false)).count();
    let rate = |failed: usize, n: usize| {
        format!("{failed} of {n} ({:.0} %)", 100.0 * failed as f64 / n as f64)
    };
    println!("| {name} | {} | {} |", rate(ours.len(), cases.len()), rate(theirs, english));
    (ours.len(), ours)
}

#[track_caller]
fn hold(name: &str, most: usize, cases: &[Case]) {
    let (failed, which) = table(name, cases);
    assert!(failed <= most, "{name}: {failed} fail, at most {most}:\n{}", which.join("\n"));
}

#[test]
fn signs_that_vader_documents() {
    let cases: Vec<_> = AGREED
        .iter()
        .map(|&(text, sign)| {
            let line = format!("{:+.3} (VADER {:+.3}): {text}", ours(text), vader(text));
            case(line, text, |score| is_sign(score(text), sign))
        })
        .collect();
    hold("VADER's documented behaviours", 1, &cases);
}

#[test]
fn signs_that_vader_misses() {
    let cases: Vec<_> = APART
        .iter()
        .map(|&(text, sign, why)| {
            let line = format!("{:+.3} (VADER {:+.3}): {text} ({why})", ours(text), vader(text));
            case(line, text, |score| is_sign(score(text), sign))
        })
        .collect();
    hold("where words mislead", 1, &cases);
}

/// Stronger words move polarity further the same way.
#[test]
fn degree_and_shape_have_a_direction() {
    let further = [
        ("The service is bad.", "The service is very bad."),
        ("The service is bad.", "The service is extremely bad."),
        ("The service is good.", "The service is really good."),
        ("The service is good.", "The service is incredibly good."),
        ("The service is slightly disappointing.", "The service is disappointing."),
        ("The room was kind of nice.", "The room was nice."),
        ("It is bad.", "It is bad 😡"),
        ("It is good.", "It is good 😊"),
        ("I was disappointed.", "I was disappointed and angry."),
        ("I was pleased.", "I was pleased and impressed."),
    ];
    let cases: Vec<_> = further
        .iter()
        .map(|(weak, strong)| {
            let further = |score: fn(&str) -> f64| {
                let (weak, strong) = (score(weak), score(strong));
                weak * strong > 0.0 && strong.abs() >= weak.abs() - 0.02
            };
            let line = format!("{:+.3} {:+.3}: {weak} / {strong}", ours(weak), ours(strong));
            case(line, weak, further)
        })
        .collect();
    hold("degree: stronger is no weaker", 1, &cases);
}

/// Vocabulary (CheckList, minimum functionality): adjectives in plain frames.
#[test]
fn vocabulary() {
    let frames = ["The service was {}.", "This is a {} company.", "The driver was {}."];
    let good =
        ["excellent", "friendly", "brilliant", "helpful", "wonderful", "fantastic", "lovely"];
    let bad = ["terrible", "rude", "awful", "useless", "horrible", "incompetent", "disgraceful"];
    let mut cases = Vec::new();
    for frame in frames {
        for (words, sign) in [(good, 1), (bad, -1)] {
            for word in words {
                let text = frame.replace("{}", word);
                let line = format!("{:+.3}: {text}", ours(&text));
                cases.push(case(line, &text, |score| is_sign(score(&text), sign)));
            }
        }
    }
    hold("vocabulary", 0, &cases);
}

/// Negated good is not good; negated bad, and neutral negated, are not bad.
#[test]
fn negation() {
    let frames =
        ["The service was not {}.", "I can't say the service was {}.", "It isn't a {} company."];
    let mut cases = Vec::new();
    for frame in frames {
        for word in ["excellent", "friendly", "helpful", "wonderful", "good", "great"] {
            let text = frame.replace("{}", word);
            let line = format!("{:+.3}: {text}", ours(&text));
            cases.push(case(line, &text, |score| score(&text) < 0.1));
        }
        for word in ["terrible", "rude", "awful", "horrible"] {
            let (plain, text) = (
                frame.replace("n't", "").replace(" not", "").replace("{}", word),
                frame.replace("{}", word),
            );
            let better = |score: fn(&str) -> f64| score(&text) > score(&plain);
            cases.push(case(format!("{:+.3}: {text}", ours(&text)), &text, better));
        }
    }
    hold("negation", 1, &cases);
}

/// Now counts more than then.
#[test]
fn temporal_change() {
    let pairs = [
        ("I used to love this bank, now I hate it.", -1),
        ("In the past I hated this airline, now I love it.", 1),
        ("It was a great shop until this year, now it is awful.", -1),
        ("The old app was terrible, the new one is excellent.", 1),
        ("Service used to be friendly, these days it is a disgrace.", -1),
        ("I was furious last week but today they fixed everything, brilliant.", 1),
        ("Ten years a happy customer, today I leave disgusted.", -1),
        ("Avant c'était parfait, maintenant c'est une catastrophe.", -1),
        ("J'étais déçue au début, aujourd'hui je suis ravie.", 1),
        ("Autrefois je les adorais, maintenant je les déteste.", -1),
    ];
    let cases: Vec<_> = pairs
        .iter()
        .map(|&(text, sign)| {
            let line = format!("{:+.3}: {text}", ours(text));
            case(line, text, |score| is_sign(score(text), sign))
        })
        .collect();
    hold("temporal change", 1, &cases);
}

/// One letter swapped, doubled or left out leaves the sign.
#[test]
fn typos() {
    let pairs = [
        ("The service is terrible and nobody answers", "The service is terible and nobody answers"),
        ("I am really disappointed with you", "I am really dissapointed with you"),
        ("Absolutely disgusting behaviour", "Absolutley disgusting behaviour"),
        ("Completely unacceptable delays", "Completely unacceptible delays"),
        ("Excellent service, thank you", "Excelent service, thank you"),
        ("The staff were incredibly helpful", "The staff were incredibly helpfull"),
        ("I recieved the wrong order, awful", "I received the wrong order, awful"),
        ("Worst customer service ever", "Worst custmer service ever"),
        ("I definitely recommend them, great", "I definately recommend them, great"),
        ("Ridiculous wait, never again", "Rediculous wait, never again"),
        ("Service lamentable, je suis déçue", "Service lamantable, je suis dessue"),
        ("Un accueil exécrable", "Un acceuil exécrable"),
        ("Je suis très satisfaite, merci", "Je suis trés satisfaite, merci"),
        ("Inadmissible, toujours aucune réponse", "Inadmissible, toujours aucune reponce"),
        ("C'est scandaleux et malhonnête", "C'est scandaleu et malhonnete"),
    ];
    let cases: Vec<_> = pairs
        .iter()
        .map(|(right, wrong)| {
            let kept = |score: fn(&str) -> f64| score(right) * score(wrong) > 0.0;
            case(format!("{:+.3} {:+.3}: {wrong}", ours(right), ours(wrong)), right, kept)
        })
        .collect();
    hold("typos keep the sign", 1, &cases);
}

/// Who and where change nothing but the subject.
#[test]
fn names_and_places() {
    let frames = [
        "{} was rude to me and hung up.",
        "The shop in {} is wonderful.",
        "I complained to {} and nothing happened.",
    ];
    let fillers = ["Sarah", "Ahmed", "Leeds", "Marseille", "Kenji", "Toronto", "Zorblax"];
    let mut cases = Vec::new();
    for frame in frames {
        for filler in &fillers[1..] {
            let same = |score: fn(&str) -> f64| {
                (score(&frame.replace("{}", fillers[0])) - score(&frame.replace("{}", filler)))
                    .abs()
                    < 0.05
            };
            let text = frame.replace("{}", filler);
            cases.push(case(format!("{:+.3}: {text}", ours(&text)), &text, same));
        }
    }
    hold("names and places", 0, &cases);
}

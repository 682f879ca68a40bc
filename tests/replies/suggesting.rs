//! What is suggested to whom.

use doleance::reply::{Catalogue, Escape, Move, Suggestion, Values, Voice, suggest};
use doleance::{Channel, Language, Post, Turn};

use crate::common::Case;

fn ask(case: &Case, post: &Post<'_>, voice: &Voice) -> Vec<Suggestion> {
    suggest(Catalogue::shared(), post, &case.assessment(), voice)
}

fn public(text: &str) -> Post<'_> {
    Post::from(text).channel(Channel::PublicSocial)
}

#[test]
fn a_complaint_gets_a_public_answer_that_names_it_first() {
    let case = Case::complaint("fr").reason("refund");
    let found = ask(&case, &public("Toujours pas remboursé"), &Voice::new());
    assert_eq!(found[0].template_id(), "fr.public.refund");
    assert!(found[0].is_public());
    assert!(found[0].why().iter().any(|w| w == "reason: refund"), "{:?}", found[0].why());
    assert!(found.len() > 1 && found.len() <= 3);
    let out = found[0].render(&Values::new().set("deadline", "demain"), Escape::None);
    assert!(out.is_complete() && out.fits(), "{:?}", out.missing());
    let long = found[0].render(&Values::new().set("deadline", "x".repeat(10_000)), Escape::None);
    assert!(!long.fits() && long.chars() > 10_000 && long.limit() == Some(280));
}

#[test]
fn arousal_chooses_between_explanation_and_apology() {
    for language in ["fr", "en"] {
        let low = Case::complaint(language).reason("delivery").arousal(0.2);
        let high = Case::complaint(language).reason("delivery").arousal(0.9);
        let calm = &ask(&low, &public("x"), &Voice::new())[0];
        let angry = &ask(&high, &public("x"), &Voice::new())[0];
        assert!(calm.template().moves().contains(Move::Apology), "{}", calm.template_id());
        assert!(angry.template().moves().contains(Move::Explanation), "{}", angry.template_id());
    }
}

#[test]
fn flags_go_first_and_formal_threats_admit_nothing() {
    for language in ["fr", "en"] {
        for channel in Channel::ALL {
            let post = Post::from("x").channel(*channel);
            for flag in ["safety", "vulnerable"] {
                let found = ask(&Case::complaint(language).flag(flag), &post, &Voice::new());
                assert!(!found.is_empty(), "{language} {channel} {flag}");
                assert_eq!(found[0].template().flags().iter().next().unwrap().as_str(), flag);
            }
            for threat in
                ["legal", "regulator", "mediator", "consumer_org", "formal_notice", "chargeback"]
            {
                let case = Case::complaint(language).threat(threat);
                let found = ask(&case, &post, &Voice::new().mediator("M", "https://m.example"));
                assert!(!found.is_empty(), "{language} {channel} {threat}");
                for suggestion in &found {
                    let moves = suggestion.template().moves();
                    assert!(!moves.contains(Move::Apology) && !moves.contains(Move::Redress));
                    let needs = suggestion.template().placeholders();
                    assert!(needs.contains(&"owner.name"), "{}", suggestion.template_id());
                    assert!(!suggestion.cautions().is_empty());
                }
            }
        }
    }
}

#[test]
fn the_french_clock_and_mediator_are_named() {
    let case = Case::complaint("fr").threat("mediator");
    let post = Post::from("x").channel(Channel::Email);
    let found = ask(&case, &post, &Voice::new());
    let cautions = found[0].cautions().join("\n");
    assert!(cautions.contains("L612-2") && cautions.contains("L616-1"), "{cautions}");
    let voice = Voice::new().mediator("Médiateur Y", "https://y.example");
    let out = ask(&case, &post, &voice)[0].render(&Values::new(), Escape::None);
    assert!(out.text().contains("Médiateur Y"));
}

#[test]
fn nothing_where_nothing_is_due() {
    let post = public("zxzx");
    assert!(ask(&Case::complaint("und"), &post, &Voice::new()).is_empty());
    assert!(
        !ask(&Case::complaint("und"), &post, &Voice::new().language(Language::English)).is_empty()
    );
    let none =
        |intent| Case::intent("en", intent).with("/priority/level", serde_json::json!("none"));
    assert!(ask(&none("other"), &post, &Voice::new()).is_empty());
    assert!(!ask(&none("praise"), &post, &Voice::new()).is_empty());
}

#[test]
fn what_the_thread_holds_is_not_said_again() {
    let case = Case::complaint("en").reason("refund");
    let first = &ask(&case, &public("x"), &Voice::new())[0];
    let said = first.render(&Values::new().set("deadline", "tomorrow"), Escape::None).into_text();
    let post = public("still nothing").turn(Turn::brand(said));
    let found = ask(&case, &post, &Voice::new());
    assert!(found.iter().all(|s| s.template_id() != first.template_id()));
    let scores: Vec<_> = found.iter().map(|s| (s.template_id(), s.score(), s.why())).collect();
    assert!(!found[0].template().moves().contains(Move::Apology), "{scores:?}");
}

#[test]
fn suggestions_are_deterministic_and_diverse() {
    let case = Case::complaint("fr").reason("billing");
    let post = public("x");
    let voice = Voice::new().max_suggestions(5);
    let ids = || -> Vec<String> {
        ask(&case, &post, &voice).iter().map(|s| s.template_id().to_owned()).collect()
    };
    assert_eq!(ids(), ids());
    let found = ask(&case, &post, &voice);
    assert!(found.iter().any(|s| !s.is_public()), "{:?}", ids());
}

/// Templates with emoji, in their text, a fallback or a phrase of the catalogue, wait until the
/// voice allows them; what the brand's own values hold is the brand's.
#[test]
fn emoji_are_suggested_only_where_allowed() {
    let mut catalogue = Catalogue::without_templates();
    let template = |id: &str, body: &str| {
        format!(
            "[[template]]\nid = \"{id}\"\nregister = \"neutral\"\nchannels = [\"email\"]\n\
             length = \"short\"\nmoves = [\"acknowledge\"]\nsource = \"x\"\nbody = \"{body}\"\n"
        )
    };
    let text = [
        "language = \"en\"\n[issues.neutral]\nrefund = \"the refund 💶\"\n".to_owned(),
        template("plain", "We look into it today. {{signature|}}"),
        template("body", "We write to you tomorrow 🙂"),
        template("smiley", "Our team checks the file tonight :-)"),
        template("fallback", "Somebody calls you, {{customer.first_name|friend ❤}}."),
        template("issue", "This is about {{issue}}, which nobody answered."),
    ];
    catalogue.add("ours.toml", &text.concat()).expect("templates");
    let ids = |case: &Case, voice: &Voice| {
        let post = Post::from("where is my refund").channel(Channel::Email);
        let found = suggest(&catalogue, &post, &case.assessment(), voice);
        let mut ids: Vec<_> = found.iter().map(|s| s.template_id().to_owned()).collect();
        ids.sort_unstable();
        ids
    };
    let (refund, delivery) =
        (Case::complaint("en").reason("refund"), Case::complaint("en").reason("product"));
    let voice = Voice::new().max_suggestions(9);
    assert_eq!(ids(&refund, &voice), ["plain"]);
    let all = ["body", "fallback", "issue", "plain", "smiley"];
    assert_eq!(ids(&refund, &voice.clone().emoji(true)), all);
    assert_eq!(ids(&refund, &voice.clone().value("issue", "the 💶")), ["issue", "plain"]);
    assert_eq!(ids(&refund, &voice.clone().signature("Sam 🌻")), ["plain"]);
    assert_eq!(ids(&delivery, &voice.clone().emoji(true)), all);
}

/// What is built in suits a voice without emoji, in either language.
#[test]
fn no_template_that_comes_with_the_crate_has_an_emoji() {
    for language in ["fr", "en"] {
        for channel in Channel::ALL {
            let case = Case::complaint(language).reason("delivery");
            let post = Post::from("x").channel(*channel);
            let count = |voice: Voice| ask(&case, &post, &voice.max_suggestions(99)).len();
            assert_eq!(
                count(Voice::new()),
                count(Voice::new().emoji(true)),
                "{language} {channel}"
            );
        }
    }
}

//! What is answered when the assessment hangs in the balance: a little more or less of any of its
//! numbers must not turn an apology into thanks for an idea.

use doleance::reply::{Catalogue, Voice, suggest};
use doleance::{Channel, Language, Post, Turn};
use serde_json::json;

use crate::common::Case;

/// From hardly to clearly a complaint, on both sides of the threshold.
const PROBABILITIES: [f64; 5] = [0.32, 0.42, 0.48, 0.52, 0.6];

fn top(case: &Case, post: &Post<'_>) -> String {
    let found = suggest(Catalogue::shared(), post, &case.assessment(), &Voice::new());
    found.first().map_or_else(String::new, |s| s.template_id().to_owned())
}

/// An assessment that decides by the same threshold as the real one, more or less.
fn borderline(language: &str, probability: f64, polarity: f64, intent: &[(&str, f64)]) -> Case {
    let main = intent[0].0;
    let mut case = if probability >= 0.5 {
        Case::complaint(language).with("/intent/main", json!(main))
    } else {
        Case::intent(language, main)
    };
    for kind in ["complaint", "question", "praise", "suggestion", "other"] {
        let share = intent.iter().find(|(k, _)| *k == kind).map_or(0.02, |(_, share)| *share);
        case = case.with(&format!("/intent/{kind}"), json!(share));
    }
    case.with("/complaint/probability", json!(probability))
        .with("/sentiment/polarity", json!(polarity))
}

#[test]
fn something_broken_is_put_right_however_calmly_it_is_told() {
    for (language, text) in [
        ("fr", "voici la photo : la porte est fendue, je voudrais recevoir une pièce de rechange"),
        ("en", "photo attached: the door is cracked, could you send a replacement panel please"),
    ] {
        for probability in PROBABILITIES {
            for polarity in [-0.34, -0.1] {
                let intent = [("complaint", 0.5), ("suggestion", 0.3)];
                let case = borderline(language, probability, polarity, &intent);
                let post = Post::from(text).channel(Channel::Email);
                assert_eq!(top(&case, &post), format!("{language}.email.product"), "{probability}");
            }
        }
    }
}

#[test]
fn an_idea_stays_an_idea() {
    for (language, text) in [
        ("fr", "@MarqueX bien, la nouvelle appli. Il manque juste un mode sombre."),
        ("en", "@BrandX good work on the new app. All it lacks is a dark mode."),
    ] {
        for probability in PROBABILITIES {
            let intent = [("complaint", 0.48), ("suggestion", 0.25)];
            let case = borderline(language, probability, -0.02, &intent);
            let post = Post::from(text).channel(Channel::PublicSocial);
            assert_eq!(top(&case, &post), format!("{language}.suggestion"), "{probability}");
        }
    }
}

#[test]
fn who_asks_where_it_is_hears_of_its_whereabouts() {
    for (language, late, other) in [
        (
            "fr",
            "@MarqueX commandé il y a douze jours, le suivi indique « en préparation ». Une idée ?",
            "@MarqueX livrez-vous en Irlande ?",
        ),
        (
            "en",
            "@BrandX ordered twelve days ago and it still says processing, any idea when?",
            "@BrandX do you deliver to Ireland?",
        ),
    ] {
        for probability in [0.1, 0.2, 0.3, 0.4] {
            let case =
                borderline(language, probability, -0.35, &[("question", 0.9)]).request("answer");
            let public = Post::from(late).channel(Channel::PublicSocial);
            assert_eq!(top(&case, &public), format!("{language}.public.overdue"));
            let mail = Post::from(late).channel(Channel::Email);
            assert_eq!(top(&case, &mail), format!("{language}.private.overdue"));
            let plain = Post::from(other).channel(Channel::PublicSocial);
            assert_eq!(top(&case, &plain), format!("{language}.question"));
        }
    }
}

#[test]
fn a_formal_step_is_taken_note_of_in_however_few_words() {
    for (language, text) in
        [("fr", "Mon avocat prendra contact."), ("en", "My solicitor will be in touch.")]
    {
        for intent in ["other", "question", "suggestion"] {
            let case = borderline(language, 0.2, 0.0, &[(intent, 0.6)]).threat("legal");
            let post = Post::from(text).channel(Channel::Email);
            assert_eq!(top(&case, &post), format!("{language}.email.formal"), "{intent}");
        }
    }
}

#[test]
fn who_tells_others_to_stop_is_on_our_side() {
    for (language, text) in [
        ("fr", "Arrêtez de taper sur @MarqueX, ma panne a été réparée en deux heures"),
        ("en", "Stop bashing @BrandX, they fixed my outage in two hours"),
    ] {
        let case = Case::complaint(language).reason("outage");
        let post = Post::from(text).channel(Channel::PublicSocial);
        assert!(top(&case, &post).ends_with(".defender"), "{text}");
        assert!(!top(&case.flag("safety"), &post).ends_with(".defender"), "{text}");
    }
}

#[test]
fn hearsay_is_asked_about_and_errands_are_run() {
    for (language, text) in [
        ("fr", "@MarqueX il paraît que les forfaits augmentent en avril ?"),
        ("en", "@BrandX I hear that prices go up in April?"),
    ] {
        let case = borderline(language, 0.78, -0.7, &[("complaint", 0.6)]).reason("billing");
        let post = Post::from(text).channel(Channel::PublicSocial);
        assert_eq!(top(&case, &post), format!("{language}.question"));
        assert!(!top(&case.repeat(), &post).ends_with(".question"));
    }
    for (language, text) in [
        ("fr", "Merci de noter ma nouvelle adresse à compter du 1er avril."),
        ("en", "Please update my address with effect from 1 April."),
    ] {
        let case = borderline(language, 0.6, -0.05, &[("suggestion", 0.3)])
            .with("/complaint/severity", json!("no_explicit_reproach"))
            .request("fix");
        let post = Post::from(text).channel(Channel::Email);
        assert_eq!(top(&case, &post), format!("{language}.question.email"));
    }
    // Notice is given in words that the assessment may not see.
    for (language, text) in [
        ("fr", "Bonjour, je souhaite résilier mon contrat au 30 juin."),
        ("en", "Hello, I would like to cancel my contract as of 30 June."),
    ] {
        let case = borderline(language, 0.27, 0.0, &[("question", 0.7)]).request("answer");
        let post = Post::from(text).channel(Channel::Email);
        assert_eq!(top(&case, &post), format!("{language}.private.cancel"));
    }
}

#[test]
fn the_bereaved_who_ask_are_answered() {
    for (language, text) in [
        ("fr", "ma mère est décédée, quelles pièces faut-il pour clôturer son compte ?"),
        ("en", "my father passed away, what do you need to close his account?"),
    ] {
        let post = Post::from(text).channel(Channel::Email);
        let asks = borderline(language, 0.3, -0.2, &[("question", 0.9)]).flag("vulnerable");
        assert_eq!(top(&asks, &post), format!("{language}.bereavement.question"));
        let complains = Case::complaint(language).flag("vulnerable");
        assert_eq!(top(&complains, &post), format!("{language}.bereavement"));
    }
}

#[test]
fn who_says_too_little_is_asked() {
    for (language, few) in [("fr", "@MarqueX vous êtes vraiment nuls"), ("en", "@BrandX useless")]
    {
        let post = Post::from(few).channel(Channel::PublicSocial);
        assert_eq!(top(&Case::complaint(language), &post), format!("{language}.unsaid"));
        // Who has written before has said it.
        let thread = post.turn(Turn::customer("Hello, bonjour"));
        assert!(!top(&Case::complaint(language), &thread).ends_with("unsaid"));
    }
    // A row of signs has no language, and is answered in the voice's.
    let signs = Case::intent("und", "complaint")
        .with("/priority/level", json!("none"))
        .with("/complaint/probability", json!(0.0))
        .with("/intent/complaint", json!(0.8))
        .with("/sentiment/polarity", json!(-0.75));
    let post = Post::from("🤡🤡🤡 @MarqueX").channel(Channel::PublicSocial);
    assert_eq!(top(&signs, &post), "");
    let voice = Voice::new().language(Language::French);
    let found = suggest(Catalogue::shared(), &post, &signs.assessment(), &voice);
    assert_eq!(found[0].template_id(), "fr.unsaid");
    let aside = Post::from("🤡🤡🤡").channel(Channel::PublicSocial);
    assert!(suggest(Catalogue::shared(), &aside, &signs.assessment(), &voice).is_empty());
}

//! What is answered when the assessment may be wrong, or says less than the post does. Each case
//! is one that went wrong when the suggestions were read one by one.

use doleance::reply::{Catalogue, Escape, Register, Suggestion, Values, Voice, suggest};
use doleance::{Channel, Language, Post, Reason, Turn};
use serde_json::json;

use crate::common::Case;

fn ask(case: &Case, post: &Post<'_>) -> Vec<Suggestion> {
    suggest(Catalogue::shared(), post, &case.assessment(), &Voice::new())
}

fn ids(found: &[Suggestion]) -> Vec<&str> {
    found.iter().map(Suggestion::template_id).collect()
}

fn top(case: &Case, post: &Post<'_>) -> String {
    ask(case, post).first().map_or_else(String::new, |s| s.template_id().to_owned())
}

fn text(suggestion: &Suggestion) -> String {
    suggestion.render(&Values::new(), Escape::None).into_text()
}

fn public(text: &str) -> Post<'_> {
    Post::from(text).channel(Channel::PublicSocial)
}

/// A complaint that the assessment is not sure of.
fn unsure(language: &str, probability: f64, intent: &str, chance: f64, polarity: f64) -> Case {
    Case::complaint(language)
        .with("/complaint/probability", json!(probability))
        .with("/intent/main", json!(intent))
        .with("/intent/complaint", json!(0.4))
        .with(&format!("/intent/{intent}"), json!(chance))
        .with("/sentiment/polarity", json!(polarity))
}

#[test]
fn a_question_gets_an_answer_and_no_apology() {
    let post = Post::from("has anyone got the repeater to work? the guide isn't very clear")
        .channel(Channel::Forum);
    let case = unsure("en", 0.64, "question", 0.55, -0.2).reason("product").request("answer");
    assert_eq!(top(&case, &post), "en.question");
    let sim = Post::from("ma carte SIM ne passe plus, dois-je passer en boutique ?")
        .channel(Channel::DirectMessage);
    let mild = unsure("fr", 0.81, "question", 0.98, -0.16)
        .with("/complaint/severity", json!("no_explicit_reproach"))
        .reason("outage")
        .request("answer");
    assert_eq!(top(&mild, &sim), "fr.question");
    // Who asks to have it mended complains, however politely; so does who is angry.
    assert!(top(&mild.clone().request("fix"), &sim).starts_with("fr.private"));
    let angry = mild.with("/sentiment/polarity", json!(-0.8));
    assert!(!top(&angry, &sim).contains("question"));
}

#[test]
fn who_takes_the_brands_side_is_thanked() {
    for (language, words) in [
        ("en", "To be fair they have always sorted me out, don't know why everyone's piling on"),
        ("fr", "Je comprends pas l'acharnement, chez moi ça marche et on me répond dans l'heure"),
    ] {
        let case = unsure(language, 0.6, "complaint", 0.66, -0.1).reason("communication");
        assert_eq!(top(&case, &public(words)), format!("{language}.defender"));
        // "To be fair" introduces complaints too.
        let sure = case.with("/complaint/probability", json!(0.95));
        assert!(!top(&sure, &public(words)).contains("defender"));
    }
}

#[test]
fn a_doubtful_complaint_is_taken_for_what_else_it_may_be() {
    let post =
        public("Pas mal du tout la nouvelle appli @NordBank. Il manque juste un mode sombre.");
    let case = unsure("fr", 0.55, "suggestion", 0.24, -0.01).reason("communication");
    assert_eq!(top(&case, &post), "fr.suggestion");
    // Not when more than the tone is at stake.
    assert!(
        ask(&case.clone().flag("vulnerable"), &post)[0].why().iter().any(|w| w.contains("flag"))
    );
    assert_eq!(top(&case.threat("mediator"), &post), "fr.public.formal");
}

#[test]
fn mockery_that_the_intent_gives_away_is_a_complaint() {
    let post = public("Bravo @Cargolys, colis livré en main propre alors que j'étais au bureau");
    let case = Case::intent("fr", "complaint")
        .with("/intent/complaint", json!(0.69))
        .with("/complaint/probability", json!(0.41))
        .with("/sentiment/polarity", json!(0.8));
    assert_eq!(top(&case, &post), "fr.public.delivery");
    // The same with nothing that is wrong is left alone.
    let news = Case::intent("fr", "complaint")
        .with("/intent/complaint", json!(0.69))
        .with("/complaint/probability", json!(0.1));
    assert_eq!(top(&news, &public("Bravo @Cargolys")), "fr.other");
}

#[test]
fn a_third_language_gets_no_answer_unless_the_voice_names_one() {
    for (code, words) in [
        ("en", "llevo cuatro días esperando mi maleta y nadie me contesta, es una vergüenza"),
        ("fr", "Seit zwei Wochen kein Internet, das ist wirklich kein Service."),
        ("en", "Mijn pakket is nog steeds niet geleverd, schandalig"),
        ("fr", "Ho ordinato un mese fa e non è arrivato niente, vergogna"),
        ("fr", "Encomenda atrasada há 20 dias, péssimo atendimento"),
    ] {
        let case = Case::complaint(code).reason("delivery");
        assert_eq!(ids(&ask(&case, &public(words))), Vec::<&str>::new(), "{words}");
        let voice = Voice::new().language(Language::English);
        let found = suggest(Catalogue::shared(), &public(words), &case.assessment(), &voice);
        assert_eq!(found[0].template().language(), Language::English, "{words}");
        // The caller knows better.
        assert!(!ask(&case, &public(words).language(Language::French)).is_empty(), "{words}");
    }
    let case = Case::complaint("fr").reason("delivery");
    for words in
        ["Il y a un mois que j'attends la Playa, mi-figue mi-raisin", "das Paket? non merci"]
    {
        assert!(!ask(&case, &public(words)).is_empty(), "{words}");
    }
}

#[test]
fn what_is_not_addressed_to_the_brand_is_left_alone() {
    let case = Case::intent("en", "other");
    let remark = "Looks like a new watch is coming";
    assert!(ask(&case, &public(remark)).is_empty());
    assert!(ask(&case, &Post::from(remark).channel(Channel::Forum)).is_empty());
    assert_eq!(top(&case, &public("@MarqueX looks like a new watch is coming")), "en.other");
    assert_eq!(top(&case, &Post::from(remark).channel(Channel::Email)), "en.other");
    // Danger is nobody's remark.
    let smoke = case.clone().flag("safety").with("/priority/level", json!("urgent"));
    assert_eq!(top(&smoke, &public("Smoke coming out of the tumble dryer")), "en.public.safety");
    // Who asks in passing wants an answer, not "is there anything I can do for you".
    let asks = case.with("/intent/question", json!(0.27));
    let mail = Post::from("Please tell me the warranty period").channel(Channel::Email);
    assert_eq!(top(&asks, &mail), "en.question.email");
}

#[test]
fn solved_is_solved() {
    let relief = |case: Case| case.with("/escalation/mitigations", json!(["thanks", "relief"]));
    for (intent, level) in [("praise", "low"), ("other", "low"), ("other", "none")] {
        let case = relief(Case::intent("fr", intent)).with("/priority/level", json!(level));
        let post = Post::from("ok c'est réglé, merci").channel(Channel::DirectMessage);
        let thread = post.clone().turn(Turn::customer("Et mon virement ?"));
        let answered = thread.clone().turn(Turn::brand("Bonjour, je relance la comptabilité."));
        assert_eq!(top(&case, &answered), "fr.recovery_praise", "{intent} {level}");
        // Relief is a word in passing where nobody has answered.
        assert_ne!(top(&case, &thread), "fr.recovery_praise", "{intent} {level}");
    }
}

#[test]
fn the_reason_that_the_post_speaks_of_goes_first() {
    let mail = |text: &'static str| Post::from(text).channel(Channel::Email);
    let both = |language: &str, reasons: &[&str]| {
        Case::complaint(language).with("/complaint/reasons", json!(reasons))
    };
    // Delivered, but broken.
    let sofa = mail("le canapé livré samedi a un pied cassé");
    assert_eq!(top(&both("fr", &["delivery", "product"]), &sofa), "fr.email.product");
    // A bug is nothing to send a photo of.
    let app = public("plz fix ur app its so buggy cant even login");
    assert_eq!(top(&both("en", &["product", "app_account"]), &app), "en.public.app_account");
    // Waiting and silence are what came of it.
    let flight = public("Flight delayed 5 hours, no announcements, nobody at the desk");
    let case = both("en", &["waiting", "travel_disruption", "communication"]);
    assert_eq!(top(&case, &flight), "en.public.travel");
    // Nobody speaks of a journey or of rude people: it is a pushchair.
    let pram = mail("The stroller's front wheel came off while my baby was in it");
    for reason in ["travel_disruption", "staff"] {
        let found = ask(&Case::complaint("en").reason(reason), &pram);
        assert_eq!(found[0].template_id(), "en.email.product", "{reason}");
        assert!(!found.iter().any(|s| text(s).contains("trip")));
    }
    // Found nothing: the words of the post, else those the thread began with.
    let train = public("Train annulé à Valence, on dort où ?");
    assert_eq!(top(&Case::complaint("fr"), &train), "fr.public.travel");
    let again = Post::from("toujours pareil ??")
        .channel(Channel::Chat)
        .turn(Turn::customer("Ma ligne est coupée."))
        .turn(Turn::brand("Nous vérifions."));
    let said = text(&ask(&Case::complaint("fr").repeat(), &again)[0]);
    assert!(said.contains("cette panne"), "{said}");
}

#[test]
fn a_feeling_that_no_word_tells_is_not_named() {
    let post =
        public("Mon GSM revient la semaine prochaine, toujours la semaine prochaine. Ça suffit");
    for reason in ["communication", "waiting", "unreachable"] {
        let case = Case::complaint("fr").reason(reason).situation("double_deviation");
        let found = ask(&case, &post);
        let named = found.iter().find(|s| s.template_id() == "fr.public.double_failure").unwrap();
        assert!(text(named).contains("le problème que vous décrivez"), "{}", text(named));
    }
}

#[test]
fn statements_to_many_are_for_what_many_have() {
    let post = |amplified: &'static str| public(amplified).amplifier(doleance::Amplifier::Press);
    let holding = |case: &Case, voice: &Voice| {
        suggest(
            Catalogue::shared(),
            &post("x"),
            &case.assessment(),
            &voice.clone().max_suggestions(9),
        )
        .iter()
        .any(|s| s.template_id().contains("holding"))
    };
    let calm = Voice::new();
    for language in ["fr", "en"] {
        let mine = Case::complaint(language).reason("contract");
        assert!(!holding(&mine, &calm), "{language}");
        assert!(holding(&mine, &calm.clone().crisis(true)), "{language}");
        assert!(holding(&Case::complaint(language).reason("outage"), &calm), "{language}");
        assert!(holding(&mine.with("/me_too", json!(true)), &calm), "{language}");
    }
}

#[test]
fn the_authority_named_tells_the_region() {
    let threat = |language: &str, kinds: &[(&str, &str)]| {
        let threats: Vec<_> = kinds
            .iter()
            .map(|(kind, country)| {
                json!({"kind": kind, "country": country, "span": {"start": 0, "end": 1}})
            })
            .collect();
        Case::complaint(language).with("/escalation/threats", json!(threats))
    };
    let post = public("x");
    for (language, country, id) in [
        ("fr", "CA", "fr.ca.formal"),
        ("fr", "BE", "fr.be.formal"),
        ("fr", "CH", "fr.ch.formal"),
        ("en", "US", "en.us.formal"),
        ("en", "GB", "en.gb.formal"),
        ("fr", "FR", "fr.public.formal"),
        ("fr", "US", "fr.public.formal"),
    ] {
        let case = threat(language, &[("regulator", country)]);
        assert_eq!(top(&case, &post), id, "{country}");
        if country == "CA" {
            let cautions = ask(&case, &post)[0].cautions().join(" ");
            assert!(!cautions.contains("L612"), "{cautions}");
        }
        // The voice knows where the brand is at home.
        let voice = Voice::new().region(doleance::reply::Region::France);
        let found = suggest(Catalogue::shared(), &post, &case.assessment(), &voice);
        assert!(!found[0].template_id().starts_with("fr.ca"), "{country}");
    }
    assert_eq!(
        top(&threat("fr", &[("regulator", "CA"), ("mediator", "BE")]), &post),
        "fr.public.formal"
    );
}

#[test]
fn a_gas_leak_is_no_leak_of_data_and_despair_no_broken_appliance() {
    let safety = |language: &str| Case::complaint(language).flag("safety");
    let gas = public("There is a gas leak in the stairwell since your visit");
    assert_eq!(top(&safety("en"), &gas), "en.public.safety");
    let cold = public("on a failli mourir, votre chaudière a fui");
    assert_eq!(top(&safety("fr"), &cold), "fr.public.safety");
    for (language, words) in [
        ("fr", "des fois j'ai envie d'en finir"),
        ("en", "I honestly don't want to be here"),
        ("en", "I can see someone else's statements"),
        ("fr", "mes données sont en ligne, relevés compris"),
    ] {
        for suggestion in ask(&safety(language), &public(words)) {
            let specials = suggestion.template().specials();
            assert!(!specials.is_empty(), "{words}: {}", suggestion.template_id());
        }
    }
}

#[test]
fn the_frail_and_the_bereaved_are_answered_as_such() {
    for (language, words, reason, id) in [
        ("fr", "mon père est décédé et vous prélevez toujours", "billing", "bereavement"),
        ("en", "My wife passed away and I still get letters", "billing", "bereavement"),
        ("fr", "plus de chauffage avec un nourrisson", "outage", "vulnerable.outage"),
        ("en", "no heating with a newborn", "outage", "vulnerable.outage"),
        ("fr", "la vendeuse s'est moquée de mon fils handicapé", "staff", "vulnerable.staff"),
        ("en", "the waiter was rude to my mum in a wheelchair", "staff", "vulnerable.staff"),
    ] {
        for channel in Channel::ALL {
            let case = Case::complaint(language).flag("vulnerable").reason(reason);
            let post = Post::from(words).channel(*channel);
            assert_eq!(top(&case, &post), format!("{language}.{id}"), "{channel}: {words}");
            // Death is spoken of in other complaints too.
            let sound = Case::complaint(language).reason(reason);
            assert!(!top(&sound, &post).ends_with(id), "{channel}: {words}");
        }
    }
}

#[test]
fn phones_that_die_are_not_mourned() {
    let frail = Case::complaint("en").flag("vulnerable");
    let post = public("my phone died and I depend on it for my insulin pump");
    assert!(!ids(&ask(&frail, &post)).contains(&"en.bereavement"));
}

#[test]
fn notice_is_taken_and_a_human_answers() {
    let post = Post::from("je souhaite résilier mon contrat au 30 juin").channel(Channel::Email);
    let case = Case::intent("fr", "question").request("cancel");
    assert_eq!(top(&case, &post), "fr.private.cancel");
    for (language, words) in [("fr", "je demande un humain"), ("en", "let me talk to a human")] {
        let case = Case::complaint(language).reason("unreachable").request("contact").repeat();
        let post = Post::from(words).channel(Channel::Chat);
        assert_eq!(top(&case, &post), format!("{language}.private.human"));
    }
}

#[test]
fn praise_that_may_be_ironic_says_so() {
    let post = public("Bravo, trois semaines pour livrer un câble");
    let warned = |irony: f64| {
        let case = Case::intent("fr", "praise").with("/sentiment/irony", json!(irony));
        ask(&case, &post)[0].cautions().iter().any(|c| c.contains("ironique"))
    };
    assert!(warned(0.3) && !warned(0.02));
}

#[test]
fn french_phrases_fit_the_sentences_they_are_put_in() {
    let voice = |register| Voice::new().register(register).max_suggestions(100);
    for register in [Register::Vous, Register::Tu] {
        for reason in Reason::ALL {
            for channel in Channel::ALL {
                for case in [
                    Case::complaint("fr").reason(reason.as_str()),
                    Case::complaint("fr").reason(reason.as_str()).situation("double_deviation"),
                    Case::complaint("fr")
                        .with("/complaint/reasons", json!([reason.as_str(), "billing", "product"]))
                        .flag("abuse"),
                ] {
                    let post = Post::from("la vendeuse, mon train annulé").channel(*channel);
                    let voice = voice(register);
                    for s in suggest(Catalogue::shared(), &post, &case.assessment(), &voice) {
                        let said = text(&s);
                        for bad in [" de le ", " de les ", " à le ", " à les ", "l'", "d'"] {
                            assert!(!said.contains(bad), "{}: `{bad}` in {said}", s.template_id());
                        }
                        let twice = said.contains("s’agit bien d") && said.contains(" et le ");
                        assert!(!twice, "{}: {said}", s.template_id());
                    }
                }
            }
        }
    }
}

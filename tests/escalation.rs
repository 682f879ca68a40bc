//! The risk, what moves it, and the situations.

use doleance::{
    Analyzer, Channel, EvidenceKind, Flag, Head, Mitigation, Post, RiskBand, Scratch, Situation,
    Turn,
};

fn risk<'a>(post: impl Into<Post<'a>>) -> f64 {
    Analyzer::new().analyze(post).escalation().risk()
}

fn situation<'a>(post: impl Into<Post<'a>>) -> Situation {
    Analyzer::new().analyze(post).escalation().situation()
}

#[test]
fn polite_formal_threats_outrank_noisy_anger() {
    let polite = [
        "Bonjour, sans réponse de votre part sous huit jours, je me verrai contraint de saisir le \
         médiateur. Cordialement",
        "Je vous remercie de noter que j'ai déposé un signalement auprès de la DGCCRF. Bien à vous",
        "Dear team, I have filed a complaint with the FCA and would appreciate your reply. Kind \
         regards",
        "Thank you for your time. If this is not resolved by Friday I will refer the matter to the \
         ombudsman.",
    ];
    let noisy = [
        "MAIS C'EST NUL !!!! j'en ai marre !!!! 😡😡😡",
        "Franchement quelle galère ce site !!!!!! 🤬",
        "THIS IS SO ANNOYING!!!!! WHY??? 😡😡😡",
        "ugh your app SUCKS today!!!! 🤬🤬",
    ];
    for quiet in polite {
        for loud in noisy {
            assert!(
                risk(quiet) > risk(loud),
                "{quiet} ({}) / {loud} ({})",
                risk(quiet),
                risk(loud)
            );
        }
        let said = Analyzer::new().analyze(quiet);
        assert!(said.escalation().band() >= RiskBand::Moderate, "{quiet}: {}", risk(quiet));
    }
}

#[test]
fn evidence_adds_up_with_threats_and_context() {
    let post = Post::from("Toujours rien. Je saisis le médiateur et je résilie !")
        .channel(Channel::PublicSocial)
        .previous_contacts(2)
        .waiting_hours(30.0);
    let why = Analyzer::new().explain(post);
    let sum: f64 = why.evidence_for(Head::Escalation).map(|e| e.weight()).sum();
    assert!((sum - why.raw(Head::Escalation).expect("a raw value")).abs() < 1e-9);
    let rules: Vec<&str> = why
        .evidence_for(Head::Escalation)
        .filter(|e| e.kind() == EvidenceKind::Rule)
        .map(|e| e.term())
        .collect();
    assert_eq!(rules, ["mediator", "churn"]);
    let context: Vec<&str> = why
        .evidence_for(Head::Escalation)
        .filter(|e| e.kind() == EvidenceKind::Context)
        .map(|e| e.term())
        .collect();
    assert_eq!(context, ["contacted_again", "day_of_silence"]);
}

#[test]
fn context_raises_and_lowers() {
    let text = "Ma commande n'est pas arrivée, que se passe-t-il ?";
    let plain = risk(text);
    assert!(risk(Post::from(text).previous_contacts(1)) > plain);
    assert!(
        risk(Post::from(text).previous_contacts(3)) > risk(Post::from(text).previous_contacts(1))
    );
    assert!(risk(Post::from(text).waiting_hours(48.0)) > plain);
    assert!(risk(Post::from(text).brand_replied(true)) < plain);
}

#[test]
fn a_thread_that_goes_in_circles_raises_the_risk() {
    let text = "My parcel is still not here.";
    let sorry = "We are sorry to hear that, please contact our support.";
    let thread = |turns: &[(bool, &'static str)]| {
        turns.iter().fold(Post::from(text), |post, &(brand, said)| {
            post.turn(if brand { Turn::brand(said) } else { Turn::customer(said) })
        })
    };
    let once = thread(&[(false, "Where is my parcel?"), (true, "It leaves today.")]);
    let sorry_once = thread(&[(false, "Where is my parcel?"), (true, sorry)]);
    let circles = thread(&[
        (false, "Where is my parcel?"),
        (true, sorry),
        (false, "Nobody answers there."),
        (true, sorry),
    ]);
    assert!(risk(once) <= risk(sorry_once.clone()));
    assert!(risk(circles.clone()) > risk(sorry_once));
    let why = Analyzer::new().explain(circles);
    let terms: Vec<&str> = why
        .evidence_for(Head::Escalation)
        .filter(|e| e.kind() == EvidenceKind::Context)
        .map(|e| e.term())
        .collect();
    assert_eq!(terms, ["many_turns", "apologised_again", "same_answer", "handed_on"]);
}

/// What the brand says between does not make the second time new, nor do case and spaces.
#[test]
fn an_answer_given_again_later_is_the_same_answer() {
    let same = |text: &'static str, turns: &[&'static str]| {
        let post = turns.iter().fold(Post::from(text), |post, said| post.turn(Turn::brand(*said)));
        let why = Analyzer::new().explain(post);
        why.evidence_for(Head::Escalation).any(|e| e.term() == "same_answer")
    };
    for (text, one, again, other) in [
        (
            "Mon colis n'est toujours pas là.",
            "Votre dossier est à l'étude.",
            " votre  dossier est À L'ÉTUDE.\n",
            "Quel est le numéro de suivi ?",
        ),
        (
            "My parcel is still not here.",
            "Your case is being looked into.",
            "YOUR case is  being looked into. ",
            "What is the tracking number?",
        ),
    ] {
        assert!(same(text, &[one, one]), "{text}");
        assert!(same(text, &[one, other, one]), "{text}");
        assert!(same(text, &[other, one, "", other]), "{text}");
        assert!(same(text, &[one, other, again]), "{text}");
        assert!(!same(text, &[one, other]), "{text}");
        assert!(!same(text, &["", one, " ", other, ""]), "{text}");
        // The customer may well say the same again.
        let post = Post::from(text).turn(Turn::customer(one)).turn(Turn::brand(other));
        let why = Analyzer::new().explain(post.turn(Turn::customer(one)).turn(Turn::brand(one)));
        assert!(why.evidence_for(Head::Escalation).all(|e| e.term() != "same_answer"), "{text}");
    }
}

/// One thread's answers are no other's.
#[test]
fn answers_are_forgotten_with_their_thread() {
    let analyzer = Analyzer::new();
    let mut scratch = Scratch::new();
    let post = Post::from("My parcel is still not here.").turn(Turn::brand("It leaves today."));
    let first = analyzer.analyze_with(&mut scratch, &post).escalation().risk();
    assert_eq!(analyzer.analyze_with(&mut scratch, &post).escalation().risk(), first);
}

#[test]
fn the_situations() {
    assert_eq!(
        situation("@MarqueX bonjour, votre colis est arrivé cassé."),
        Situation::DirectFirstFailure
    );
    assert_eq!(
        situation("Troisième appel et toujours rien, vous aviez promis de me rappeler !"),
        Situation::DoubleDeviation
    );
    assert_eq!(situation("Je saisis le médiateur, votre service est nul."), Situation::ThirdParty);
    assert_eq!(
        situation(
            "Still no refund after four calls, you thieves. I will tell everyone to avoid you!"
        ),
        Situation::Revenge
    );
    let post = Post::from("My order is still broken and you did nothing.")
        .turn(Turn::customer("My order is broken."))
        .turn(Turn::brand("We will look into it."));
    assert_eq!(situation(post), Situation::DoubleDeviation);
}

#[test]
fn betrayal_and_greed_are_named() {
    let analyzer = Analyzer::new();
    let loyal = analyzer.analyze("Client depuis 20 ans et voilà comment vous me traitez, honteux.");
    assert!(loyal.escalation().betrayal());
    let glad = analyzer.analyze("Cliente depuis 20 ans et toujours ravie, merci !");
    assert!(!glad.escalation().betrayal());
    assert!(analyzer.analyze("What a rip-off, you thieves!").escalation().greed());
}

#[test]
fn what_lowers_the_risk_is_named() {
    let analyzer = Analyzer::new();
    let solved = analyzer.analyze("C'est réglé, merci beaucoup pour votre aide !");
    let mitigations = solved.escalation().mitigations();
    assert!(mitigations.contains(Mitigation::Thanks) && mitigations.contains(Mitigation::Relief));
    assert_eq!(solved.escalation().band(), RiskBand::Low);
}

#[test]
fn flags_stand_beside_whatever_the_score() {
    let analyzer = Analyzer::new();
    for (text, flag) in [
        ("Bonjour, il y a une odeur de gaz dans ma cuisine.", Flag::Safety),
        ("The charger caught fire while I slept.", Flag::Safety),
        ("Mon mari est décédé le mois dernier, comment changer le titulaire ?", Flag::Vulnerable),
        ("We have no heating and a newborn at home.", Flag::Vulnerable),
    ] {
        assert!(analyzer.analyze(text).flags().contains(flag), "{text}");
    }
}

/// Who is old, frail or bereaved is told by the words, and by an age; a firm's age, a term of years
/// and a young writer's age tell nothing.
#[test]
fn ages_and_conditions_tell_who_is_vulnerable() {
    let analyzer = Analyzer::new();
    let raised = |text: &str| analyzer.analyze(text).flags().contains(Flag::Vulnerable);
    for text in [
        "Ma grand-mère de 88 ans attend un technicien depuis lundi.",
        "Mon père a 92 ans et plus de téléphone.",
        "Ma mère, 91 ans, n'a plus de ligne depuis huit jours.",
        "J'ai 84 ans et je ne comprends rien à votre application.",
        "Mon mari est diabétique et le frigo est en panne.",
        "Je viens de perdre mon mari et vous m'envoyez des relances.",
        "Nous sommes sans chaudière avec un nourrisson.",
        "My dad is 92 and his phone line is dead.",
        "My 84 year old neighbour has had no phone for a week.",
        "They left an 82-year-old on the platform.",
        "My parents are 85 and 88 and have no phone.",
        "Our 3 month old sleeps in a 14 degree room.",
        "I'm deaf, I can't phone, and you have no chat.",
        "I'm blind and your site doesn't work with my screen reader.",
    ] {
        assert!(raised(text), "{text}");
    }
    for text in [
        "Votre marque a plus de 80 ans, quelle honte.",
        "Depuis 90 ans que vous existez, jamais vu un tel retard.",
        "Fondée il y a 100 ans, et toujours pas de service.",
        "J'ai 22 ans et marre de vos frais.",
        "Ma carte n'est pas garantie 99 ans, je sais.",
        "Your company is 85 years old and still can't deliver.",
        "80 years of experience and this is what we get.",
        "A bank founded 99 years ago, and no phone number.",
        "My 2 year old phone died again.",
        "I'm 84 in the queue and nobody answers.",
        "My complaint fell on deaf ears.",
    ] {
        assert!(!raised(text), "{text}");
    }
}

//! Posts that readers of the assessments found misread, in words of our own: what is told by rows
//! of the lexicons, and what only leans on them.

#![cfg(feature = "serde")]

use doleance::{Analyzer, Flag, PriorityRule, ThreatKind};

fn flags(flag: Flag, posts: &[&str]) {
    let analyzer = Analyzer::new();
    let missed: Vec<_> =
        posts.iter().filter(|post| !analyzer.analyze(**post).flags().contains(flag)).collect();
    assert!(missed.is_empty(), "not {flag}: {missed:#?}");
}

#[test]
fn those_who_cannot_wait() {
    flags(
        Flag::Vulnerable,
        &[
            "Mon mari dépend d'un concentrateur d'oxygène et la ligne est coupée depuis hier",
            "Panne de courant depuis ce matin avec un bébé de trois mois, il gèle",
            "Ma tante de 84 ans porte un pendentif d'alarme relié au téléphone, plus de ligne",
            "Mon papa est mort en mars, je dois fermer son compte",
            "Ma mère nous a quittés, comment clôturer son contrat ?",
            "Je ne suis plus en mesure de payer la facture depuis mon licenciement",
            "My husband is on an oxygen concentrator and the line has been dead since yesterday",
            "Power cut since this morning with a 3 month old baby, it is freezing",
            "My aunt wears a lifeline pendant that runs over the phone, and the line is dead",
            "I am the executor for my late uncle and have to close his account",
        ],
    );
}

#[test]
fn danger_and_data_in_the_wrong_hands() {
    flags(
        Flag::Safety,
        &[
            "La roue du landau s'est détachée au milieu du passage piéton",
            "J'ai trouvé un morceau de métal dans la purée de mon fils",
            "On m'a envoyé le RIB d'une autre cliente",
            "J'ai reçu par erreur les photos et le dossier de quelqu'un d'autre",
            "The wheel came off the pram in the middle of the crossing",
            "There was a sliver of metal in my son's porridge",
            "You emailed me another customer's bank details",
            "I was sent somebody else's medical records by mistake",
        ],
    );
    // Warning others of fraud in the brand's name is no danger of the brand's making.
    let analyzer = Analyzer::new();
    for post in [
        "Attention, faux SMS qui se fait passer pour @MarqueX, ne cliquez pas sur le lien",
        "Heads up, fake text going round pretending to be @BrandX, don't click the link",
    ] {
        let said = analyzer.analyze(post);
        assert!(said.flags().is_empty() && said.escalation().threats().is_empty(), "{post}");
    }
}

#[test]
fn bodies_that_will_be_turned_to() {
    use ThreatKind::{ConsumerOrg, Legal, Mediator, Public, Regulator};
    let analyzer = Analyzer::new();
    for (kind, post) in [
        (ConsumerOrg, "Sans geste d'ici vendredi, l'UFC-Que Choisir sera saisie."),
        (ConsumerOrg, "Faute de réponse, Test-Achats sera informé."),
        (Mediator, "À défaut, le médiateur de la consommation sera saisi."),
        (Regulator, "La DGCCRF sera alertée lundi."),
        (Legal, "Le tribunal sera saisi lundi."),
        (Legal, "Mon avocat prendra contact avec vous."),
        (Public, "RT si toi aussi tu attends ton remboursement"),
        (Mediator, "The ombudsman will be contacted on Monday."),
        (Regulator, "Trading Standards will be informed."),
        (Regulator, "Ofcom has been notified."),
        (Legal, "My solicitor will be in touch."),
        (Legal, "You will be hearing from my lawyer."),
        (Legal, "I will go to consumer court."),
        (Public, "RT if you are still waiting for a refund"),
    ] {
        let kinds = analyzer.analyze(post).escalation().threats().kinds();
        assert!(kinds.contains(kind), "{kind}: {post} ({kinds:?})");
    }
    for post in [
        "Le médiateur vous répondra-t-il ?",
        "The ombudsman found for the bank last year.",
        "L'avocat du voisin a gagné.",
    ] {
        assert!(analyzer.analyze(post).escalation().threats().is_empty(), "{post}");
    }
}

/// Far from the threshold, so that a refit may move them.
#[test]
fn mockery_leans_to_complaint_and_thanks_do_not() {
    let analyzer = Analyzer::new();
    for post in [
        "Great, another cancellation. Just what I needed.",
        "Oh lovely, my train is delayed again @Northrail",
        "Thanks so much for losing my suitcase @SkylarkAir",
        "Cancelled again, love that for us",
        "Génial, encore une coupure @Telavia",
        "Merci pour les quatre semaines d'attente, quel service !",
        "Super, mon train est encore supprimé @Ferrovia",
        "La vendeuse m'a parlé comme à un chien",
        "They spoke to me like dirt",
        "La jupe se découd après un lavage",
        "The skirt came apart at the seams after one wash",
    ] {
        let said = analyzer.analyze(post);
        assert!(said.complaint().probability() > 0.3, "{post}: {}", said.complaint().probability());
        assert!(said.sentiment().polarity() < 0.3, "{post}: {}", said.sentiment().polarity());
    }
    for post in [
        "Merci à Karim qui a réparé ma chaudière ce matin, tout remarche",
        "Vos vendeuses sont adorables, surtout celle du rayon jouets",
        "Thanks to Priya who fixed my boiler this morning, works perfectly now",
        "The lady on till 2 deserves a medal, so kind to my mum",
    ] {
        let said = analyzer.analyze(post);
        assert!(!said.complaint().is_complaint(), "{post}: {}", said.complaint().probability());
    }
}

#[test]
fn an_hour_on_the_line_is_no_second_call() {
    let analyzer = Analyzer::new();
    for post in ["On hold for an hour @NordBank", "Ça fait dix jours que ma ligne est coupée."] {
        assert!(!analyzer.analyze(post).escalation().repeat_contact(), "{post}");
    }
    for post in ["Third call this week and still nothing", "J'ai appelé trois fois, toujours rien"]
    {
        assert!(analyzer.analyze(post).escalation().repeat_contact(), "{post}");
    }
}

#[test]
fn no_rule_calls_a_complaint_what_was_decided_to_be_none() {
    let analyzer = Analyzer::new();
    let mut doubtful = 0;
    for line in include_str!("fixtures/posts.jsonl").lines() {
        let post: doleance::Post<'_> = serde_json::from_str(line).expect("a post");
        let said = analyzer.analyze(&post);
        let rule = said.priority().rule();
        assert!(rule != PriorityRule::Complaint || said.complaint().is_complaint(), "{line}");
        doubtful += usize::from(rule == PriorityRule::Doubtful);
    }
    assert!(doubtful > 0);
}

/// The sign of the polarity, and 0 for what tells no way.
fn verdict(analyzer: &Analyzer, post: &str) -> i8 {
    match analyzer.analyze(post).sentiment().polarity() {
        p if p > 0.2 => 1,
        p if p < -0.2 => -1,
        _ => 0,
    }
}

#[test]
fn marks_are_their_writers_verdict() {
    let analyzer = Analyzer::new();
    for (low, high) in [
        ("Livraison : 1/5", "Livraison : 5/5"),
        ("Je mets 2/10 à ce magasin", "Je mets 9/10 à ce magasin"),
        ("3/20 pour l'accueil", "18/20 pour l'accueil"),
        ("Une seule étoile, et encore", "Cinq étoiles, et encore"),
        ("★☆☆☆☆", "★★★★★"),
        ("My verdict on the store: 1/5", "My verdict on the store: 5/5"),
        ("2 out of 10 for the breakfast", "9 out of 10 for the breakfast"),
        ("One star for the airline", "Five stars for the airline"),
        ("☆☆☆☆☆", "⭐⭐⭐⭐⭐"),
    ] {
        assert_eq!((verdict(&analyzer, low), verdict(&analyzer, high)), (-1, 1), "{low}; {high}");
    }
    // Days, shares and the class of a hotel are no verdict.
    for post in [
        "Rendez-vous le 4/10 à Lyon",
        "La réunion est reportée au 2/10",
        "Hôtel 4 étoiles à côté de la gare",
        "Meeting moved to Tuesday 2/10",
        "A 3 star hotel next to the station",
        "1/5 of the seats are by the window",
    ] {
        let why = analyzer.explain(post);
        let marks = why.evidence().iter().filter(|e| e.term().starts_with("cue:rating"));
        assert_eq!(marks.filter(|e| e.term() != "cue:rating.other").count(), 0, "{post}");
    }
    // Who cannot give less would.
    for post in [
        "Si je pouvais mettre 0 étoile je le ferais",
        "On ne peut pas mettre moins, dommage",
        "I would give zero stars if I could",
        "Not even one star",
    ] {
        assert_eq!(verdict(&analyzer, post), -1, "{post}");
    }
}

#[test]
fn what_could_not_be_better_is_praise() {
    let analyzer = Analyzer::new();
    for post in [
        "The hotel was spotless and the staff couldn't have been kinder",
        "She could not have been more helpful, sorted in ten minutes",
        "Hôtel impeccable, le personnel n'aurait pas pu être plus gentil",
        "Ils sont on ne peut plus aimables, rien à redire",
    ] {
        let said = analyzer.analyze(post);
        assert!(said.sentiment().polarity() > 0.3 && !said.complaint().is_complaint(), "{post}");
    }
    for post in [
        "The staff couldn't have been less helpful",
        "L'accueil ne pouvait pas être pire, ça ne vaut pas le détour",
    ] {
        let said = analyzer.analyze(post);
        assert!(said.sentiment().polarity() < -0.3 && said.complaint().is_complaint(), "{post}");
    }
}

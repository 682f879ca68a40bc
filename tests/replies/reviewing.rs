//! What the second reader finds, and what it leaves alone.

use doleance::reply::{Catalogue, FindingKind, FindingSeverity, Register, Voice, review};
use doleance::{Assessment, Channel, Post, Turn};

use crate::common::Case;

fn kinds(draft: &str, post: &Post<'_>, assessment: &Assessment, voice: &Voice) -> Vec<FindingKind> {
    let found = review(Catalogue::shared(), draft, post, assessment, voice);
    for finding in &found {
        assert!(!finding.why().is_empty() && !finding.fix().is_empty());
        if let Some(span) = finding.span() {
            assert!(!span.of(draft).is_empty(), "{draft}");
        }
    }
    found.iter().map(|f| f.kind()).collect()
}

/// The findings of a public draft with nothing known of the post.
fn alone(draft: &str, language: &str) -> Vec<FindingKind> {
    let case = Case::complaint(language).assessment();
    kinds(draft, &Post::default(), &case, &Voice::new())
}

#[test]
fn each_fault_is_found() {
    use FindingKind as K;
    for (draft, language, kind) in [
        ("Nous sommes désolés si vous avez été gêné par ce retard.", "fr", K::ConditionalApology),
        ("We are sorry if you were upset by the delay.", "en", K::ConditionalApology),
        (
            "Désolé pour le retard du colis. Nous vous présentons toutes nos excuses.",
            "fr",
            K::RepeatedApology,
        ),
        ("Ce n'est pas notre faute, nous n'y pouvons rien.", "fr", K::Defensive),
        ("This is not our fault, there is nothing we can do.", "en", K::Defensive),
        ("Vous auriez dû lire la notice avant de brancher l'appareil.", "fr", K::Blaming),
        ("You should have read the manual before you plugged it in.", "en", K::Blaming),
        (
            "Vos propos sont diffamatoires, nous nous réservons le droit d'agir.",
            "fr",
            K::Legalistic,
        ),
        ("Delete your review or we will take legal action against you.", "en", K::Legalistic),
        ("C'est noté sur votre contrat.", "fr", K::HidingBehindTerms),
        ("As stated in the terms, this is not covered.", "en", K::HidingBehindTerms),
        ("Au vu de vos messages nous allons clôturer votre compte.", "fr", K::Retaliation),
        ("We will be closing your account because of this post.", "en", K::Retaliation),
        ("Merci de nous envoyer votre numéro de contrat ici.", "fr", K::AsksPersonalData),
        ("Please send us your account number and full name.", "en", K::AsksPersonalData),
        ("Envoyez-nous en message privé votre mot de passe.", "fr", K::AsksPersonalData),
        (
            "We will call you today on your mobile 07700 900123 about the parcel.",
            "en",
            K::ExposesPersonalData,
        ),
        ("Votre carte 4111 1111 1111 1111 a bien été débitée.", "fr", K::ExposesPersonalData),
        (
            "Le virement part sur FR76 3000 6000 0112 3456 7890 189 demain.",
            "fr",
            K::ExposesPersonalData,
        ),
        ("Bonjour Mme Martin, votre commande 12345678 est partie.", "fr", K::ExposesPersonalData),
        (
            "Pour le retard, nous vous offrons un bon d'achat de 20 €.",
            "fr",
            K::CompensationInPublic,
        ),
        ("For the delay we will send you a gift card.", "en", K::CompensationInPublic),
        ("Écrivez-nous en message privé.", "fr", K::BareRedirect),
        ("Please DM us so that we can assist.", "en", K::BareRedirect),
        ("Nous revenons vers vous au sujet du colis.", "fr", K::PromiseWithoutDate),
        ("We'll get back to you about the parcel.", "en", K::PromiseWithoutDate),
        ("Bonjour {{customer.first_name}}, le colis part demain.", "fr", K::Unfilled),
        ("Bonjour, réponse pour [échéance] au plus tard.", "fr", K::Unfilled),
        ("Tu peux suivre ton colis et nous vous répondons demain.", "fr", K::RegisterMismatch),
        ("Votre satisfaction est notre priorité, le colis part demain.", "fr", K::Formula),
    ] {
        let found = alone(draft, language);
        assert!(found.contains(&kind), "{draft}\n    {kind} is not in {found:?}");
    }
}

/// In drafts of both languages, in the words of the draft's, unless the voice allows it.
#[test]
fn emoji_are_found_unless_allowed() {
    use FindingKind as K;
    let allowed = Voice::new().emoji(true);
    for (language, text, draft, said) in [
        ("fr", "mon colis ?", "Bonjour, votre colis part demain ⭐ merci 😊", "émoji"),
        ("fr", "mon colis ?", "Bonjour, votre colis part demain :)", "émoji"),
        ("en", "where is my parcel", "Hi Ann, your parcel leaves our depot today 🙏🏽", "emoji"),
        ("en", "where is my parcel", "Hi Ann, your parcel leaves our depot today ;-)", "emoji"),
    ] {
        let case = Case::complaint(language).reason("delivery").assessment();
        let post = Post::from(text).channel(Channel::PublicSocial);
        let found = review(Catalogue::shared(), draft, &post, &case, &Voice::new());
        assert_eq!(found.iter().map(|f| f.kind()).collect::<Vec<_>>(), [K::Emoji], "{draft}");
        assert_eq!(found[0].severity(), FindingSeverity::Low);
        assert!(found[0].why().contains(said) && !found[0].fix().is_empty(), "{draft}");
        let span = found[0].span().map(|span| span.of(draft));
        assert!(matches!(span, Some("⭐" | ":)" | "🙏🏽" | ";-)")), "{span:?}");
        assert!(kinds(draft, &post, &case, &allowed).is_empty(), "{draft}");
        let plain = draft.split_inclusive(' ').filter(|w| w.contains(char::is_alphabetic));
        assert!(kinds(&plain.collect::<String>(), &post, &case, &Voice::new()).is_empty());
    }
    // Nothing but an emoji is a draft too.
    assert!(alone("👍", "fr").contains(&K::Emoji));
    let case = Case::complaint("fr").reason("refund").arousal(0.9).assessment();
    let post = Post::from("Je ne suis toujours pas remboursé !!!").channel(Channel::PublicSocial);
    let draft = "Bonjour, je regarde votre remboursement et vous réponds demain 😂";
    // The same place is told once: to who is angry it is the worse fault, allowed or not.
    assert_eq!(kinds(draft, &post, &case, &Voice::new()), [K::JokeAtAnger]);
    assert_eq!(kinds(draft, &post, &case, &allowed), [K::JokeAtAnger]);
}

/// A house changes the rule like any other.
#[test]
fn the_rule_for_emoji_is_a_row() {
    let mut ours = Catalogue::builtin();
    ours.add_review_rules(
        "ours.tsv",
        "term\tkind\tlanguage\tseverity\twhy\tfix\n*\temoji\tfr\thigh\tNon.\tRien.\n\
         *\temoji\ten\toff\t-\t-\n",
    )
    .expect("rules");
    let found = |draft: &str, language: &str| {
        let case = Case::complaint(language).assessment();
        review(&ours, draft, &Post::default(), &case, &Voice::new())
    };
    let french = found("Bonjour, votre colis part demain 📦", "fr");
    assert_eq!(french.len(), 1);
    assert_eq!((french[0].severity(), french[0].why()), (FindingSeverity::High, "Non."));
    assert!(found("Hi Ann, your parcel leaves our depot today 📦", "en").is_empty());
}

#[test]
fn an_open_gap_is_found_behind_other_brackets() {
    for (draft, gap) in [
        ("Bonjour, réponse pour [échéance] au plus tard.", Some("[échéance]")),
        ("Bonjour [[[échéance]] demain.", Some("[échéance]")),
        ("Bonjour [Paul], [oui] réponse pour [échéance].", Some("[échéance]")),
        ("Bonjour ] [Paul] [ échéance].", None),
        ("Bonjour [Paul], [échéance", None),
    ] {
        let case = Case::complaint("fr").assessment();
        let found = review(Catalogue::shared(), draft, &Post::default(), &case, &Voice::new());
        let open = found.iter().find(|f| f.kind() == FindingKind::Unfilled);
        let span = open.and_then(|f| f.span()).map(|span| span.of(draft));
        assert_eq!(span, gap, "{draft}");
    }
}

/// Letters fold as in posts: a draft names what the post names, however either is written.
#[test]
fn words_of_drafts_fold_as_those_of_posts() {
    let case = Case::complaint("fr").reason("delivery").assessment();
    let post = Post::from("La Großbox arrivée cassée, livrée trop tard").channel(Channel::Email);
    for draft in
        ["Bonjour, la GROSSBOX repart demain.", "Bonjour, la ＧＲＯＳＳＢＯＸ repart demain."]
    {
        let found = kinds(draft, &post, &case, &Voice::new());
        assert!(!found.contains(&FindingKind::IssueNotNamed), "{draft}: {found:?}");
    }
    let full_width = "Ｄéｓｏｌéｓ si vous avez été gêné par ce retard.";
    assert!(alone(full_width, "fr").contains(&FindingKind::ConditionalApology));
}

#[test]
fn what_hangs_on_the_post_is_found() {
    use FindingKind as K;
    let voice = Voice::new();
    let angry = Case::complaint("fr").reason("refund").arousal(0.9);
    let post = Post::from("Scandaleux, je ne suis toujours pas remboursé !!!")
        .channel(Channel::PublicSocial);
    let calm = angry.assessment();
    assert!(
        kinds("Bonjour, merci de votre message, bonne journée.", &post, &calm, &voice)
            .contains(&K::IssueNotNamed)
    );
    assert!(
        kinds("Bonjour, quel dommage pour ce remboursement.", &post, &calm, &voice)
            .contains(&K::NoNextStep)
    );
    assert!(
        kinds("Oups, je regarde ce remboursement 😂", &post, &calm, &voice)
            .contains(&K::JokeAtAnger)
    );
    assert!(
        kinds(
            "Hello, we are looking into this for you and will let you know today.",
            &post,
            &calm,
            &voice
        )
        .contains(&K::WrongLanguage)
    );
    assert!(
        kinds("Je regarde ton remboursement tout de suite.", &post, &calm, &voice)
            .contains(&K::RegisterMismatch)
    );
    let tu = Voice::new().register(Register::Tu);
    assert!(
        kinds("Je regarde votre remboursement tout de suite.", &post, &calm, &tu)
            .contains(&K::RegisterMismatch)
    );
    let threat = angry.clone().threat("legal").assessment();
    let found =
        kinds("Bonjour, c'est notre faute, vous serez remboursé demain.", &post, &threat, &voice);
    assert!(found.contains(&K::Admission) && found.contains(&K::ThreatWithoutOwner), "{found:?}");
    let named = Voice::new().agent("Noa Petit");
    let found = kinds(
        "Bonjour, Noa Petit étudie votre remboursement et répond demain.",
        &post,
        &threat,
        &named,
    );
    assert!(found.is_empty(), "{found:?}");
    let again = "Bonjour, je regarde votre remboursement et vous réponds demain matin.";
    let thread = post.clone().turn(Turn::brand(again));
    assert!(kinds(again, &thread, &calm, &voice).contains(&K::CopyPaste));
    let long = "Votre remboursement part demain. ".repeat(12);
    assert!(kinds(&long, &post, &calm, &voice).contains(&K::TooLong));
}

#[test]
fn good_replies_are_left_alone() {
    for (draft, language, text) in [
        (
            "Bonjour Paul, votre remboursement est parti ce matin, comptez deux jours ouvrés. Bonne journée, Inès",
            "fr",
            "Et mon remboursement ?",
        ),
        (
            "Bonsoir, le train a été retenu à quai suite à un malaise voyageur, il repart. ^b",
            "fr",
            "Pourquoi ce train ne bouge pas",
        ),
        (
            "Hi Ann, the parcel left our depot today and should reach you tomorrow before noon. Sam",
            "en",
            "where is my parcel",
        ),
        (
            "Sorry about the broken lid, Ann. Keep the receipt; DM me a photo and I'll have a new one sent today.",
            "en",
            "the lid was broken",
        ),
        (
            "Vous pouvez nous appeler au 09 69 36 00 00 jusqu'à 20 h pour votre contrat.",
            "fr",
            "un contrat impossible à joindre",
        ),
    ] {
        let case = Case::complaint(language).reason("delivery").assessment();
        let post = Post::from(text).channel(Channel::PublicSocial);
        let found = kinds(draft, &post, &case, &Voice::new());
        assert!(found.is_empty(), "{draft}\n    {found:?}");
    }
    assert!(
        kinds("", &Post::default(), &Case::complaint("fr").assessment(), &Voice::new()).is_empty()
    );
}

/// "By 6 pm" is no private message: it neither hides a request for personal data nor is one.
#[test]
fn an_hour_in_the_afternoon_is_no_private_message() {
    use FindingKind as K;
    let case = Case::complaint("en").reason("delivery").assessment();
    let post = Post::from("my parcel never came").channel(Channel::PublicSocial);
    let voice = Voice::new();
    let asks = "Sorry about the parcel. Please give me your phone number, I will call by 6 pm.";
    assert!(kinds(asks, &post, &case, &voice).contains(&K::AsksPersonalData));
    let private =
        "Sorry about the parcel. Please send your phone number in a PM, I will call by 6 pm.";
    assert!(kinds(private, &post, &case, &voice).is_empty());
    let waits = "Hi Ann, we are on it and you will hear from us by 6 pm.";
    assert!(!kinds(waits, &post, &case, &voice).contains(&K::BareRedirect));
}

/// What is suggested to who asks or defends is no fault: no issue to name, no next step to give.
#[test]
fn answers_to_questions_are_read_as_such() {
    let case = Case::complaint("fr")
        .with("/intent/main", serde_json::json!("question"))
        .with("/intent/question", serde_json::json!(0.9))
        .with("/complaint/severity", serde_json::json!("no_explicit_reproach"))
        .with("/sentiment/polarity", serde_json::json!(-0.1))
        .reason("outage")
        .assessment();
    let post = Post::from("ma carte SIM ne passe plus, dois-je aller en boutique ?");
    let draft = "Bonjour Awa, oui, avec une pièce d'identité, Bonne journée, Sam";
    assert!(kinds(draft, &post, &case, &Voice::new()).is_empty());
    let angry = Case::complaint("fr").reason("outage").assessment();
    assert!(!kinds(draft, &post, &angry, &Voice::new()).is_empty());
}

#[test]
fn private_answers_may_ask_and_offer() {
    let case = Case::complaint("fr").reason("refund").assessment();
    let post = Post::from("Remboursez-moi").channel(Channel::Email);
    let draft = "Pour le remboursement, envoyez-moi votre numéro de contrat ; je vous offre un bon d'achat dès demain.";
    assert!(kinds(draft, &post, &case, &Voice::new()).is_empty());
}

#[test]
fn hostile_drafts_are_read_in_linear_time() {
    let case = Case::complaint("fr").assessment();
    for piece in
        ["désolé si ", "1", "FR76 ", "a@b.", "0 ", "votre … ", "\u{202e}é", "{{", "[", "je vous "]
    {
        let draft = piece.repeat(20_000);
        let found = review(Catalogue::shared(), &draft, &Post::from("x"), &case, &Voice::new());
        assert!(found.iter().all(|f| f.severity() <= FindingSeverity::High));
    }
}

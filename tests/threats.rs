//! Who acts: pairs of posts that differ in who, when, whether or how earnestly.

use doleance::ThreatKind::{
    Chargeback, Churn, ConsumerOrg, FormalNotice, Legal, Mediator, Press, Public, Regulator,
};
use doleance::{Analyzer, ThreatKind};

/// What the first threatens, the second does not.
type Pair = (ThreatKind, &'static str, &'static str);

fn kinds(text: &str) -> Vec<ThreatKind> {
    Analyzer::new().analyze(text).escalation().threats().iter().map(|t| t.kind()).collect()
}

fn hold(pairs: &[Pair]) {
    let mut wrong = Vec::new();
    for &(kind, acts, does_not) in pairs {
        if !kinds(acts).contains(&kind) {
            wrong.push(format!("not {kind:?}: {acts} ({:?})", kinds(acts)));
        }
        if kinds(does_not).contains(&kind) {
            wrong.push(format!("{kind:?}: {does_not} ({:?})", kinds(does_not)));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The pairs the estimator was asked for by name.
#[test]
fn named_pairs() {
    hold(&[
        (Mediator, "Je saisis le médiateur.", "Le médiateur vous a-t-il déjà répondu ?"),
        (
            Regulator,
            "I've reported you to the FCA.",
            "I am calm about this and I will not report you to the FCA.",
        ),
        (ConsumerOrg, "@UFCquechoisir regardez ça", "L'UFC a publié une étude ce matin."),
        (Regulator, "@SignalConso voilà ce qu'ils font", "Bonjour, merci de votre retour."),
        (
            FormalNotice,
            "Je vous envoie une mise en demeure.",
            "Vous m'envoyez une mise en demeure alors que tout est payé !",
        ),
        (Legal, "I'll see you in court.", "Great food court on the second floor."),
        (
            Chargeback,
            "I will dispute the charge with my bank.",
            "The money left my bank account on Monday.",
        ),
        (Legal, "I am going to sue you.", "I am not going to sue."),
        (Legal, "J'ai porté plainte.", "Mon voisin a porté plainte."),
        (Legal, "Je vais porter plainte.", "Je ne vais pas porter plainte."),
        (
            Mediator,
            "Si rien ne bouge je saisirai le médiateur.",
            "N'hésitez pas à saisir le médiateur.",
        ),
    ]);
}

#[test]
fn french_pairs() {
    hold(&[
        // Who acts.
        (Legal, "Nous allons porter plainte contre vous.", "Ils vont porter plainte contre nous."),
        (Legal, "Mon avocat vous contactera.", "Votre avocat m'a contacté hier."),
        (Legal, "J'ai contacté mon avocat.", "Une amie a contacté son avocat."),
        (
            FormalNotice,
            "Je vous mets en demeure de me rembourser.",
            "J'ai reçu une mise en demeure de votre part.",
        ),
        (
            FormalNotice,
            "Je vais envoyer une mise en demeure.",
            "Vos services menacent d'une mise en demeure.",
        ),
        (
            Mediator,
            "Je vais saisir le médiateur de l'énergie.",
            "Le conseiller me conseille de saisir le médiateur.",
        ),
        (
            Regulator,
            "J'ai signalé vos pratiques à la DGCCRF.",
            "Une cliente a signalé vos pratiques à la DGCCRF.",
        ),
        (
            ConsumerOrg,
            "Je contacte l'UFC Que Choisir demain.",
            "Mon collègue contacte l'UFC Que Choisir demain.",
        ),
        (
            Press,
            "Je vais alerter la presse.",
            "Vous avez alerté la presse pour votre nouveau forfait.",
        ),
        (Legal, "On se retrouvera au tribunal.", "Le tribunal a condamné un concurrent."),
        (Churn, "Je vous quitte.", "Vous me quittez déjà au téléphone ?"),
        (Churn, "Je résilie mon contrat.", "Vous avez résilié mon contrat sans prévenir."),
        (Legal, "Je dépose plainte au commissariat.", "Mon frère dépose plainte au commissariat."),
        (Regulator, "Je vais saisir la CNIL.", "Vous devriez saisir la CNIL, cher voisin."),
        (
            Legal,
            "Je me verrai contraint de saisir le tribunal.",
            "Le livreur était garé devant le tribunal.",
        ),
        // Tense and mood.
        (Mediator, "J'ai déjà saisi le médiateur.", "Qui est le médiateur dans votre secteur ?"),
        (
            Legal,
            "Sans réponse sous huit jours, je saisirai la justice.",
            "La justice est lente dans ce pays.",
        ),
        (
            Mediator,
            "Si vous ne me remboursez pas je saisis le médiateur.",
            "Je ne saisis pas le médiateur.",
        ),
        (Churn, "Je vais changer d'opérateur.", "Je ne vais pas changer d'opérateur."),
        (Churn, "Je songe à changer de banque.", "Ma banque a changé de logo."),
        (Churn, "Je ne commanderai plus jamais chez vous.", "Je commande souvent chez vous."),
        (Churn, "Très déçu, je pense partir.", "Le colis est parti hier."),
        (
            Public,
            "Je vais poster une vidéo pour prévenir tout le monde.",
            "J'ai vu votre vidéo, merci.",
        ),
        (
            Regulator,
            "Un signalement est déposé auprès de la DGCCRF.",
            "La DGCCRF publie son rapport annuel.",
        ),
        (
            ConsumerOrg,
            "Il ne me reste plus qu'à contacter 60 millions de consommateurs.",
            "Il y a 60 millions de consommateurs en France.",
        ),
        // Negation.
        (Legal, "Je n'hésiterai pas à porter plainte.", "Je n'ai aucune envie de porter plainte."),
        (
            Legal,
            "Je n'ai pas d'autre choix que de prendre un avocat.",
            "Je n'ai pas besoin de prendre un avocat.",
        ),
        (
            Mediator,
            "Je ne manquerai pas de saisir le médiateur.",
            "Je ne pense pas saisir le médiateur.",
        ),
        (
            Legal,
            "Vous ne répondez pas, je porte plainte.",
            "Je ne pense pas que je vais porter plainte.",
        ),
        (Churn, "Je ne resterai pas chez vous.", "Je ne partirai pas, je suis content."),
        (Public, "Je ne recommande pas cette enseigne.", "Je recommande cette enseigne."),
        (Public, "N'allez pas chez eux, fuyez !", "Je suis allé chez eux, tout va bien."),
        // Questions, reports, irony.
        (Legal, "Vous m'obligez à prendre un avocat.", "On me répond de prendre un avocat."),
        (
            Mediator,
            "J'envisage de saisir le médiateur.",
            "Il paraît que des clients saisissent le médiateur.",
        ),
        (
            Legal,
            "Je vous attaque en justice.",
            "Un journal dit que l'État vous attaque en justice.",
        ),
        (Churn, "Bravo, vous venez de perdre un client.", "Bravo, vous venez de gagner un client."),
        (
            Churn,
            "Merci pour tout, adieu, je passe chez un concurrent.",
            "Merci pour tout, je passe à l'agence demain.",
        ),
        (Press, "Je contacte Julien Courbet dès demain.", "Julien Courbet présente une émission."),
    ]);
}

#[test]
fn english_pairs() {
    hold(&[
        // Who acts.
        (Legal, "We will sue you.", "They will sue you."),
        (Legal, "My lawyer will be in touch.", "Your lawyer sent me a letter."),
        (Legal, "I have contacted a lawyer.", "My neighbour has contacted a lawyer."),
        (Legal, "I'm taking you to court.", "You threatened to take me to court."),
        (Legal, "I filed a police report.", "Your driver filed a police report against me."),
        (Mediator, "I'm going to the ombudsman.", "The ombudsman published its figures."),
        (Mediator, "I have complained to the ombudsman.", "A friend complained to the ombudsman."),
        (Regulator, "I will report you to Ofcom.", "Ofcom fined another provider today."),
        (
            Regulator,
            "I've filed a complaint with the CFPB.",
            "Customers file complaints with the CFPB.",
        ),
        (
            Regulator,
            "I'm reporting you to Trading Standards.",
            "She is reporting you to Trading Standards.",
        ),
        (Press, "I am contacting the press.", "The press loves your new phone."),
        (Chargeback, "I'm filing a chargeback.", "You filed a chargeback against my account."),
        (Chargeback, "I have disputed the charge.", "My bank account is empty because of you."),
        (
            FormalNotice,
            "I am sending you a letter before action.",
            "I received a letter before action from you.",
        ),
        (Churn, "I am leaving you.", "The bus is leaving now."),
        (Churn, "I've cancelled my account.", "You cancelled my account without notice."),
        // Tense and mood.
        (
            Legal,
            "If I don't hear from you I will take legal action.",
            "He took legal action years ago.",
        ),
        (
            Mediator,
            "Eight weeks are up, my next step is the ombudsman.",
            "Who is the ombudsman for energy?",
        ),
        (
            Legal,
            "I have no choice but to contact a solicitor.",
            "The parcel went to a solicitor next door.",
        ),
        (Churn, "I'm thinking of leaving.", "The courier was leaving when I came."),
        (Churn, "I will switch to another provider.", "The light will not switch on."),
        (Churn, "Never again.", "It never arrived."),
        (Churn, "You just lost a customer.", "You just lost a parcel."),
        (Public, "I will tell everyone to avoid this company.", "I told my wife about the delay."),
        (Public, "Do not buy from this shop.", "I did buy from this shop."),
        // Negation.
        (Legal, "I will not hesitate to take legal action.", "I will not take legal action."),
        (Legal, "You leave me no option but to sue.", "I have no intention to sue."),
        (Legal, "Answer me or I will sue.", "I don't think I will sue."),
        (Regulator, "I will report this to the FTC.", "I won't report this to the FTC."),
        (Churn, "I won't be renewing.", "I won't be leaving, you are great."),
        (Churn, "I will never fly with you again.", "I will gladly fly with you next time."),
        (Chargeback, "I'm going to dispute the payment.", "I'm not going to dispute the payment."),
        // Questions, reports, irony.
        (Legal, "You force me to see a lawyer.", "Your agent told me to see a lawyer."),
        (
            Regulator,
            "I'm off to report you to the FCA.",
            "Apparently someone will report you to the FCA.",
        ),
        (Legal, "I am suing you.", "The court heard that the bank was sued."),
        (Churn, "Well done, you lost my business.", "Well done, you won my business."),
        (
            Churn,
            "Congratulations, I'm switching to your rival.",
            "Congratulations on your new switch.",
        ),
        (ConsumerOrg, "I have filed a complaint with the BBB.", "Their BBB rating is fine."),
    ]);
}

#[test]
fn a_span_and_a_country_come_with_a_threat() {
    let text = "Sans réponse, je saisis la DGCCRF.";
    let said = Analyzer::new().analyze(text);
    let threats = said.escalation().threats();
    let threat = threats.iter().find(|t| t.kind() == Regulator).expect("a threat");
    assert_eq!(threat.country().map(|c| c.as_str().to_owned()).as_deref(), Some("FR"));
    assert!(threat.span().of(text).contains("DGCCRF"), "{:?}", threat.span().of(text));
}

/// Spellings that fold to a common word must not be read as something else.
#[test]
fn je_is_je() {
    assert_eq!(kinds("C'est trop cher, je vais partir"), [Churn]);
    assert_eq!(kinds("C'est trop cher, je me casse"), [Churn]);
}

#[test]
fn reading_is_linear_in_the_number_of_threats() {
    let one = "je vais porter plainte, mon avocat et le médiateur. ";
    let time = |n: usize| {
        let text = one.repeat(n);
        let analyzer = Analyzer::new();
        let _ = analyzer.analyze(text.as_str());
        (0..5)
            .map(|_| {
                let start = std::time::Instant::now();
                let _ = analyzer.analyze(text.as_str());
                start.elapsed().as_secs_f64()
            })
            .fold(f64::INFINITY, f64::min)
    };
    let (short, long) = (time(800), time(6400));
    assert!(long < short * 8.0 * 4.0, "{short} s, then {long} s for eight times as much");
}

/// What is in a body's hands counts, whoever brought it there; what a body does by itself does not.
#[test]
fn bodies_that_are_handed_something() {
    hold(&[
        (
            Regulator,
            "Complaint lodged with Ofgem this morning, reference to follow.",
            "Ofgem has published a report on the price cap this morning.",
        ),
        (
            Regulator,
            "The FCA has my file, all forty pages.",
            "The FCA has the power to fine banks.",
        ),
        (Press, "The BBC has my photos of room 212.", "The BBC has a nice film on tonight."),
        (Press, "Copies of this go to the Guardian.", "I read the Guardian on the train."),
        (ConsumerOrg, "Citizens Advice have told me to write.", "Citizens Advice opens at nine."),
        (Legal, "The court has my claim.", "The food court has my number."),
        (
            Mediator,
            "File sent to the energy ombudsman yesterday.",
            "You said you told the energy ombudsman.",
        ),
        (
            Regulator,
            "Copie de cette lettre à la DGCCRF.",
            "La DGCCRF a publié une étude sur les box.",
        ),
        (Regulator, "La CNIL a été saisie ce matin.", "La CNIL a été créée en 1978."),
        (Press, "Le Parisien a déjà mes photos.", "J'ai lu Le Parisien dans le train."),
        (
            ConsumerOrg,
            "L'UFC-Que Choisir a mon dossier complet.",
            "L'UFC-Que Choisir a une nouvelle présidente.",
        ),
        (
            Mediator,
            "Dossier transmis hier au médiateur de l'énergie.",
            "Vous avez transmis au médiateur de l'énergie.",
        ),
        (Legal, "Requête déposée hier au greffe.", "Le greffe ferme à midi."),
    ]);
}

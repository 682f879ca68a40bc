//! The flags that put a post first: danger and the vulnerable, told from the same words said of bills, games, the news
//! and the firm's own announcements. Both misses and false alarms cost: a flag makes a post urgent and chooses the reply.

use doleance::{Analyzer, Flag};

const DANGER: [&str; 42] = [
    "Vous avez envoyé mon dossier à un autre client",
    "Les freins ont lâché en pleine descente",
    "Le détecteur de fumée n'a pas sonné",
    "Un fil électrique arraché traîne devant le portail de la crèche",
    "Il y a une odeur de gaz dans toute la cage d'escalier, que faire ?",
    "Votre chauffeur a grillé deux feux rouges ce matin",
    "Le conducteur filmait avec son téléphone en conduisant",
    "Un type avec un couteau est monté à Bellevue, personne ne fait rien",
    "Le vigile m'a frappé devant mes enfants",
    "Ma fille a avalé un bout de métal trouvé dans sa compote",
    "La soupe contenait des éclats de verre",
    "La batterie a explosé dans ma poche",
    "De la fumée noire sort du compteur",
    "Le chargeur a pris feu pendant la nuit",
    "Le plafond de la chambre s'est effondré sur le lit",
    "Une dame est tombée entre le quai et le tramway",
    "Le bus roule portes ouvertes en marche, vous attendez un drame ?",
    "Quelqu'un a accès à mon compte, j'ai été piratée",
    "J'ai reçu la facture d'un autre client avec son adresse",
    "Vous avez laissé les enfants seuls dans le car pendant une heure",
    "Je n'en peux plus, j'ai envie d'en finir",
    "You have sent my statement to another customer",
    "The smoke alarm in room 12 did not go off",
    "Someone logged into my account",
    "There is a strong smell of gas in the hallway of block C",
    "A cable is dangling down over the school gate since the storm",
    "Your driver was filming himself while driving",
    "Some guy with a machete just got on at Fairview",
    "The guard punched customers at the door tonight",
    "Found a piece of metal in my daughter's porridge",
    "There were shards of glass in the jar",
    "The phone caught fire on my bedside table",
    "Smoke coming from the fuse box and nobody picks up",
    "The ceiling collapsed in the waiting room",
    "My son's leg got stuck between the train and the platform",
    "The sign fell on a child outside your shop",
    "Someone hacked my account and changed the password",
    "I can see someone else's statements in the app",
    "I was assaulted by one of your couriers",
    "The brakes failed on the motorway two days after the service",
    "I ended up in hospital after eating your chicken",
    "I can't take it, I want to die",
];

const NO_DANGER: [&str; 38] = [
    "J'ai envoyé mon dossier à un autre service",
    "Merci d'avoir freiné, j'ai eu mon bus",
    "L'alarme de la voisine a encore sonné toute la nuit",
    "I gave my details to someone else on Monday already",
    "The fire alarm went off at 3 am again",
    "I logged into my account and the order is gone",
    "La facture a explosé depuis janvier",
    "C'est l'explosion des tarifs, merci qui",
    "Je vais exploser ma box si ça continue",
    "Avec vos horaires on va exploser le forfait",
    "Une explosion de saveurs, je recommande",
    "Trafic interrompu suite à un accident grave de personne, reprise vers 18h",
    "Un jouet sans danger pour les petits",
    "Ce projet est un danger pour la démocratie",
    "La canicule a frappé toute la région",
    "Une offre frappée d'un supplément, bravo",
    "Vous voulez ma mort avec vos trois heures d'attente",
    "Le ciel m'est tombé sur la tête en voyant le prix",
    "Un voyant rouge clignote et le wifi ne marche plus",
    "Le colis est resté au dépôt, personne ne répond",
    "Ils ont tué l'application avec cette mise à jour",
    "Le livreur a laissé le colis devant la porte",
    "The wifi blew up on me again during the meeting",
    "I feel trapped in this endless contract",
    "You guys are on fire lately, three fixes in a week",
    "Adding insult to injury, they charged me twice",
    "They stole my money, forty euros for nothing",
    "Will I get the weapon unlock with the pre-order?",
    "The new font is an assault on my eyes",
    "I nearly died laughing at your hold music",
    "My mentions blew up after that tweet",
    "I punched in my code three times, still locked out",
    "I already shared my details in a private message",
    "This decor sparks joy",
    "That cake is dangerously good",
    "Injury news before the match: two players out",
    "You killed the best feature of the app",
    "The parcel was left with a neighbour",
];

const VULNERABLE: [&str; 28] = [
    "Ma mère, 84 ans, est sans téléphone depuis mardi",
    "Ma grand-mère a 91 ans et vit au cinquième sans ascenseur",
    "J'ai 82 ans et je ne comprends rien à votre site",
    "Mon fils est handicapé et l'ascenseur est en panne",
    "Mon bébé de trois semaines dort dans 14 degrés",
    "Nous sommes sans chauffage avec un nourrisson",
    "Ma fille a deux mois et il n'y a plus d'eau chaude",
    "Je suis sous oxygène, sans courant ma machine s'arrête",
    "Suite au décès de mon mari je dois fermer la ligne",
    "Je suis enceinte et debout depuis deux heures",
    "Une personne âgé vit seule dans ce logement",
    "Je suis en fauteuil roulant et la rampe ne sort pas",
    "Je suis au chômage et je ne peux pas payer en une fois",
    "Mon père de 88 ans a signé sans comprendre",
    "My mother is 84 years old and has had no phone since Tuesday",
    "I am a wheelchair user and the ramp is broken again",
    "We have a newborn and no heating",
    "My husband died in March and you keep sending him bills",
    "My son is disabled and needs the lift",
    "I'm pregnant and was left standing for two hours",
    "My dad relies on his oxygen machine and the power is off",
    "I lost my job and can't pay my rent",
    "She has dementia and your agent sold her three contracts",
    "I am deaf and the only way to cancel is by phone",
    "I suffer from depression and these calls make it worse",
    "Our 82 year old neighbour has been without water for days",
    "I was taken to hospital and missed the appointment",
    "I'm homeless since you ended the lease",
];

const NOT_VULNERABLE: [&str; 26] = [
    "Rendez-vous à La Plaine SDF vers 19h",
    "J'ai rempli une fiche client et plus de nouvelles",
    "Retrouvez la fiche horaire sur le site, Inès",
    "Notre maison a 80 ans d'expérience",
    "Un abonnement de 80 ans ne me tenterait pas non plus",
    "Train à l'arrêt pour prendre en charge une personne à mobilité réduite",
    "L'entreprise est en difficulté selon la presse",
    "Le robinet a deux ans et fuit déjà",
    "Mon mari de 45 ans adore ce vélo",
    "Le réseau est vulnérable aux attaques",
    "Des jouets pour les enfants de 6 à 10 ans",
    "Le magasin fête ses 90 ans",
    "La batterie est morte au bout d'un mois",
    "My account has been disabled for no reason",
    "You disabled my card without telling me",
    "The phone battery died after a week",
    "My router just died again",
    "This shop is 90 years old and it shows",
    "What are the foreclosure charges on my loan?",
    "Special senior citizen discount this weekend",
    "The site is vulnerable to bots",
    "The social security number field rejects my input",
    "My 17 yr old son plays on it all day",
    "Notifications are disabled by default, how do I turn them on?",
    "Great funeral march playlist",
    "The company filed its accounts late",
];

/// How many of a list may be wrong: words will not tell every one.
const MOST_WRONG: usize = 1;

fn check(name: &str, flag: Flag, raised: bool, posts: &[&str]) {
    let analyzer = Analyzer::new();
    let wrong: Vec<_> = posts
        .iter()
        .filter(|post| analyzer.analyze(**post).flags().contains(flag) != raised)
        .collect();
    assert!(wrong.len() <= MOST_WRONG, "{name}: {wrong:#?}");
}

#[test]
fn danger_is_flagged_and_its_words_in_other_senses_are_not() {
    check("danger", Flag::Safety, true, &DANGER);
    check("no danger", Flag::Safety, false, &NO_DANGER);
}

#[test]
fn the_vulnerable_are_flagged_and_things_are_not() {
    check("vulnerable", Flag::Vulnerable, true, &VULNERABLE);
    check("not vulnerable", Flag::Vulnerable, false, &NOT_VULNERABLE);
}

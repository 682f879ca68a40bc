//! The same complaint under another name, in the other gender, in another spelling.
//!
//! A name scores exactly the same. Gendered forms are to score within .02, regional and informal
//! spellings within .05 on average; how far that is reached is printed and held. The pairs are those
//! of this file, no sample of all that people write.

use doleance::{Analyzer, Assessment};

/// Posts with `NAME`, and the names that are put there: of Brittany and Paris, Algeria, Morocco,
/// Senegal, Mali, Congo, Vietnam, China, Turkey, Portugal, Poland, India, Armenia, Israel, Haiti.
const FRENCH: &[&str] = &[
    "Bonjour, je m'appelle NAME et j'attends mon remboursement depuis six semaines.",
    "NAME du service client m'a raccroché au nez, c'est inadmissible.",
    "Merci à NAME pour son aide, problème réglé en dix minutes.",
    "Toujours rien reçu ! Dossier au nom de NAME, 4e relance.",
    "Cordialement, NAME",
    "Madame, Monsieur, je vous mets en demeure de me répondre. NAME, client depuis dix ans",
];

const FRENCH_NAMES: &[&str] = &[
    "Yann",
    "Camille",
    "Guillaume",
    "Delphine",
    "Mohamed",
    "Fatima",
    "Abdelkader",
    "Khadija",
    "Rachid",
    "Yasmina",
    "Amadou",
    "Aïssatou",
    "Mamadou",
    "Ousmane",
    "Fatoumata",
    "Moussa",
    "Kouassi",
    "Dieumerci",
    "Thuy",
    "Minh",
    "Xiaoming",
    "Wei",
    "Mehmet",
    "Ayşe",
    "João",
    "Graça",
    "Agnieszka",
    "Krzysztof",
    "Priya",
    "Suresh",
    "Aram",
    "Moshe",
    "Shoshana",
    "Dieudonné",
    "Rivka",
    "Ndeye",
    "Élodie",
    "Noémie",
    "Loïc",
    "Gwenaëlle",
    "Zoé",
    "Bülent",
    "Nguyễn",
    "Łukasz",
];

const ENGLISH: &[&str] = &[
    "Hi, my name is NAME and I have been waiting six weeks for a refund.",
    "NAME in customer service hung up on me, this is unacceptable.",
    "Thank you NAME for your help, sorted in ten minutes.",
    "Still nothing received! Account under NAME, fourth email.",
    "Regards, NAME",
    "Please treat this as a letter before action. NAME, a customer for ten years",
];

const ENGLISH_NAMES: &[&str] = &[
    "Emily",
    "Greg",
    "Lakisha",
    "Jamal",
    "DeShawn",
    "Tyrone",
    "Ebony",
    "Latoya",
    "Darnell",
    "Mohammed",
    "Ayesha",
    "Imran",
    "Fatima",
    "Priya",
    "Rajesh",
    "Deepika",
    "Chukwuemeka",
    "Ngozi",
    "Oluwaseun",
    "Kwame",
    "Siobhán",
    "Niamh",
    "Eoin",
    "Angharad",
    "Gethin",
    "Hamish",
    "Xiuying",
    "Jiahao",
    "Nguyen",
    "Hiroshi",
    "Yuki",
    "José",
    "Guadalupe",
    "Alejandra",
    "Renée",
    "Zoë",
    "Agnieszka",
    "Wojciech",
    "Svetlana",
    "Shira",
    "Moshe",
    "Tamika",
    "Kareem",
    "Malik",
];

/// Family names, as a signature has them.
const FAMILY_NAMES: &[&str] = &[
    "Dupont",
    "Pham",
    "Benali",
    "Traoré",
    "Nguyen",
    "O'Brien",
    "MacDonald",
    "N'Diaye",
    "D'Souza",
    "García-López",
    "Ben-David",
    "Al-Masri",
    "Smith-Jones",
    "Kowalczyk",
    "Öztürk",
    "M'Bappé",
    "Jean-Baptiste",
    "Vandamme",
    "Awa Diop",
    "Rajesh Koothrappali",
];

/// What a reader would set a threshold on.
fn scores(said: &Assessment) -> [f64; 4] {
    [
        said.sentiment().polarity(),
        said.complaint().probability(),
        said.complaint().severity_score() / 4.0,
        said.escalation().risk(),
    ]
}

const SCORES: [&str; 4] = ["polarity", "complaint", "severity", "risk"];

/// The largest difference of any score and its name, and the difference of all on average.
fn apart(analyzer: &Analyzer, one: &str, other: &str) -> (f64, &'static str, f64) {
    let (one, other) = (scores(&analyzer.analyze(one)), scores(&analyzer.analyze(other)));
    let differences = [0, 1, 2, 3].map(|i| (one[i] - other[i]).abs());
    let mean = differences.iter().sum::<f64>() / 4.0;
    let most = (0..4).max_by(|&a, &b| differences[a].total_cmp(&differences[b])).unwrap_or(0);
    (differences[most], SCORES[most], mean)
}

fn names(posts: &[&str], names: &[&str]) {
    let analyzer = Analyzer::new();
    let mut wrong = Vec::new();
    let mut pairs = 0;
    for post in posts {
        let heads = |name: &str| {
            let why = analyzer.explain(post.replace("NAME", name));
            why.heads().iter().map(|h| (h.head(), h.raw().to_bits())).collect::<Vec<_>>()
        };
        let first = heads(names[0]);
        for name in &names[1..] {
            pairs += 1;
            let differ = first.iter().zip(heads(name)).filter(|(a, b)| **a != *b).count();
            if differ > 0 {
                let (by, what, _) =
                    apart(&analyzer, &post.replace("NAME", names[0]), &post.replace("NAME", name));
                wrong.push(format!("{name}: {differ} heads, {what} by {by:.3}: {post}"));
            }
        }
    }
    println!("{pairs} pairs of names: {} differ", wrong.len());
    assert!(pairs >= 40 && wrong.is_empty(), "{} of {pairs}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn first_names_change_nothing_in_french() {
    names(FRENCH, FRENCH_NAMES);
}

#[test]
fn first_names_change_nothing_in_english() {
    names(ENGLISH, ENGLISH_NAMES);
}

/// Full names, elided and hyphenated ones. Names that are ordinary words too (Grâce, Le Guen, Rose)
/// are read as those words: a limit.
#[test]
fn family_names_change_nothing() {
    let analyzer = Analyzer::new();
    let mut wrong = Vec::new();
    for post in FRENCH.iter().chain(ENGLISH) {
        for name in &FAMILY_NAMES[1..] {
            let with = |name: &str| post.replace("NAME", name);
            let (by, what, _) = apart(&analyzer, &with(FAMILY_NAMES[0]), &with(name));
            if by > 0.0 {
                wrong.push(format!("{name}: {what} by {by:.3}: {post}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Each score of a pair within `most`, and all of them within `average`.
fn check(name: &str, pairs: &[(&str, &str)], most: f64, average: f64) {
    let analyzer = Analyzer::new();
    let mut sum = 0.0;
    let mut apart_by: Vec<_> = pairs
        .iter()
        .map(|(one, other)| {
            let (by, what, mean) = apart(&analyzer, one, other);
            sum += mean;
            (by, format!("{what} by {by:.3}: {one} / {other}"))
        })
        .collect();
    let mean = sum / pairs.len() as f64;
    apart_by.sort_by(|a, b| b.0.total_cmp(&a.0));
    let within = |limit| apart_by.iter().filter(|(by, _)| *by <= limit).count();
    println!(
        "{name}: {} pairs, scores {mean:.3} apart on average, {:.3} at most; every score within \
         .02 in {}, within .05 in {}",
        pairs.len(),
        apart_by[0].0,
        within(0.02),
        within(0.05),
    );
    let worst: Vec<_> = apart_by.iter().take(16).map(|(_, line)| line.as_str()).collect();
    let worst = worst.join("\n");
    assert!(apart_by[0].0 <= most, "{name}: beyond {most}:\n{worst}");
    assert!(mean <= average, "{name}: {mean:.3} on average:\n{worst}");
}

/// What is reached is held, so that it only gets better. Asked and reached: .02 of each score between
/// gendered forms; .05 on average between spellings, in both languages.
const GENDER: [f64; 2] = [0.02, 0.005];
const SPELLING: [f64; 2] = [0.35, 0.04];

/// Masculine and feminine of the same, writer and staff.
const FRENCH_GENDER: &[(&str, &str)] = &[
    ("Je suis très déçu de votre service.", "Je suis très déçue de votre service."),
    ("Je suis furieux, trois appels pour rien.", "Je suis furieuse, trois appels pour rien."),
    ("Client depuis dix ans, je m'en vais.", "Cliente depuis dix ans, je m'en vais."),
    ("Le conseiller m'a raccroché au nez.", "La conseillère m'a raccroché au nez."),
    ("Le vendeur a été odieux avec moi.", "La vendeuse a été odieuse avec moi."),
    ("Un monsieur m'a répondu n'importe quoi.", "Une dame m'a répondu n'importe quoi."),
    ("Il m'a dit d'attendre encore un mois.", "Elle m'a dit d'attendre encore un mois."),
    ("Mon mari attend son colis depuis un mois.", "Ma femme attend son colis depuis un mois."),
    (
        "Mon père est malade et n'a plus de chauffage.",
        "Ma mère est malade et n'a plus de chauffage.",
    ),
    ("Je suis choqué par vos méthodes.", "Je suis choquée par vos méthodes."),
    ("Je suis ravi, merci à tous.", "Je suis ravie, merci à tous."),
    ("Très satisfait de ma commande.", "Très satisfaite de ma commande."),
    ("Le livreur est très gentil.", "La livreuse est très gentille."),
    ("Je suis obligé de saisir le médiateur.", "Je suis obligée de saisir le médiateur."),
    ("Je me sens abandonné par mon assureur.", "Je me sens abandonnée par mon assureur."),
    ("J'ai été débité deux fois.", "J'ai été débitée deux fois."),
    ("Un technicien incompétent est venu.", "Une technicienne incompétente est venue."),
    ("Je suis épuisé de vous relancer.", "Je suis épuisée de vous relancer."),
    ("Votre directeur se moque de nous.", "Votre directrice se moque de nous."),
    ("Je suis resté coincé à la gare.", "Je suis restée coincée à la gare."),
];

const ENGLISH_GENDER: &[(&str, &str)] = &[
    ("He hung up on me again.", "She hung up on me again."),
    ("The guy at the desk was rude to him.", "The woman at the desk was rude to her."),
    ("My husband has been waiting a month.", "My wife has been waiting a month."),
    ("My dad is ill and has no heating.", "My mum is ill and has no heating."),
    ("Mr Jones told me to wait, useless man.", "Mrs Jones told me to wait, useless woman."),
    ("Your salesman lied to me.", "Your saleswoman lied to me."),
    ("The steward was lovely, thank him.", "The stewardess was lovely, thank her."),
    ("He promised a call back, he never rang.", "She promised a call back, she never rang."),
    ("My son has been charged twice.", "My daughter has been charged twice."),
    ("My brother wants his money back.", "My sister wants her money back."),
    ("The manager said he would look into it.", "The manager said she would look into it."),
    ("As a father of two I expect better.", "As a mother of two I expect better."),
    ("His parcel never came.", "Her parcel never came."),
    (
        "The engineer fixed it, great bloke, cheers to him.",
        "The engineer fixed it, great lady, cheers to her.",
    ),
    ("Grandad cannot get through to anyone.", "Grandma cannot get through to anyone."),
    ("My boyfriend is furious with you.", "My girlfriend is furious with you."),
    ("Sir, you have been overcharging us.", "Madam, you have been overcharging us."),
    ("The waiter spilt soup and laughed.", "The waitress spilt soup and laughed."),
    ("Some lad on the phone told me it was lost.", "Some lass on the phone told me it was lost."),
    ("He is going to report you to the regulator.", "She is going to report you to the regulator."),
];

#[test]
fn gendered_forms_agree() {
    check("gender, French", FRENCH_GENDER, GENDER[0], GENDER[1]);
    check("gender, English", ENGLISH_GENDER, GENDER[0], GENDER[1]);
}

/// French of France first; then as people write it in Belgium, Québec, Switzerland, Africa and on
/// telephones everywhere.
const FRENCH_SPELLING: &[(&str, &str)] = &[
    ("J'attends mon colis depuis septante jours.", "J'attends mon colis depuis 70 jours."),
    ("C'est quoi ce bordel ?", "C'est quoi ce bazar ?"),
    ("Je ne comprends rien à votre facture.", "je comprends rien a votre facture"),
    ("Je n'ai plus internet depuis hier.", "jai plus internet depuis hier"),
    ("Pourquoi vous ne répondez pas ?", "pk vous repondez pas ?"),
    ("C'est vraiment n'importe quoi.", "c vraiment nimporte quoi"),
    ("Toujours aucune nouvelle de mon remboursement.", "tjrs aucune nouvelle de mon remboursement"),
    ("S'il vous plaît, répondez à mon message.", "svp répondez à mon msg"),
    ("Le service client est injoignable.", "le sav est injoignable"),
    ("Je suis très déçu.", "jsuis tres decu"),
    ("Ça fait trois semaines que j'attends.", "sa fait 3 semaines que jattend"),
    ("Merci beaucoup, problème réglé.", "mrc bcp, pb réglé"),
    ("Vous vous moquez de nous.", "vs vs moquez de ns"),
    ("Il y a un problème avec ma commande.", "ya un pb avec ma cmd"),
    ("Je vais résilier, c'est décidé.", "jvais résilier c décidé"),
    ("Mon ordinateur est cassé à la livraison.", "Mon PC est cassé a la livraison"),
    (
        "J'ai acheté une fin de semaine d'hôtel, une horreur.",
        "J'ai acheté un week-end d'hôtel, une horreur.",
    ),
    (
        "Mon cellulaire ne marche plus, c'est frustrant.",
        "Mon portable ne marche plus, c'est frustrant.",
    ),
    (
        "Le magasinage en ligne chez vous est pénible.",
        "Le shopping en ligne chez vous est pénible.",
    ),
    ("Ma facture de natel est fausse.", "Ma facture de portable est fausse."),
    ("La caissière était bête avec moi.", "La caissière était désagréable avec moi."),
    ("Je suis tanné d'attendre.", "J'en ai marre d'attendre."),
    ("C'est plate, trois heures de retard.", "C'est nul, trois heures de retard."),
    ("VOTRE SERVICE EST LAMENTABLE", "Votre service est lamentable"),
];

/// British first; then American, Irish, Australian, Indian, African American, and on telephones.
const ENGLISH_SPELLING: &[(&str, &str)] = &[
    ("Your apology is not honoured.", "Your apology is not honored."),
    ("I want to cancel, cancelled twice already.", "I want to cancel, canceled twice already."),
    ("The parcel was left on the pavement.", "The package was left on the sidewalk."),
    ("My mobile has no signal again.", "My cell has no signal again."),
    ("I have been waiting for ages.", "I've been waitin for ages"),
    ("You are not answering my messages.", "u r not answering my msgs"),
    ("I do not know why you charged me.", "idk why u charged me"),
    ("Thank you so much, sorted.", "thx so much, sorted"),
    ("Please can you call me back?", "pls can u call me back?"),
    ("This is not good enough.", "this aint good enough"),
    ("They are not going to refund me.", "they ain't gonna refund me"),
    ("I am really disappointed.", "im rly disappointed"),
    ("Your app does not work.", "ur app dont work"),
    ("He be ignoring my calls all week.", "He has been ignoring my calls all week."),
    ("It is rubbish, I want my money back.", "It is garbage, I want my money back."),
    ("Kindly do the needful, refund is pending.", "Please sort this, refund is pending."),
    ("I am fed up with this.", "Im fed up w this"),
    ("Your customer service is terrible.", "yr customer service is terrible"),
    ("The delivery driver was grand.", "The delivery driver was great."),
    ("Me order never came.", "My order never came."),
    (
        "The flat has been without heating for a week.",
        "The apartment has been without heating for a week.",
    ),
    ("I queued for two hours.", "I stood in line for two hours."),
    ("because you lied I am leaving", "cos u lied im leaving"),
    ("YOUR SERVICE IS APPALLING", "Your service is appalling"),
];

#[test]
fn regional_and_informal_spellings_agree() {
    check("spelling, French", FRENCH_SPELLING, SPELLING[0], SPELLING[1]);
    check("spelling, English", ENGLISH_SPELLING, SPELLING[0], SPELLING[1]);
}

/// `son` is a French word too, and must not outweigh a short English sentence around it.
#[test]
fn son_and_daughter() {
    let analyzer = doleance::Analyzer::new();
    let son = analyzer.analyze("My son was charged twice.");
    let daughter = analyzer.analyze("My daughter was charged twice.");
    assert_eq!(son.language().code(), daughter.language().code());
}

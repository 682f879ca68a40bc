//! One brand for another changes no score: a name tells whom a post is about, not what it says.

use doleance::Analyzer;

/// `BRAND` stands for a name, `@BRAND` for its account.
const FRENCH: &[&str] = &[
    "Commande BRAND passée le 3, toujours pas expédiée, et aucune nouvelle.",
    "@BRAND bonjour, ma box clignote rouge depuis ce matin, que faire ?",
    "Merci BRAND, remboursement reçu en deux jours, impeccable.",
    "J'ai attendu quarante minutes au téléphone avec BRAND avant qu'on me raccroche au nez.",
    "Le livreur BRAND a jeté le colis par-dessus le portail.",
    "BRAND m'a prélevé deux fois la même facture, j'exige le remboursement.",
    "Très déçu de BRAND, la qualité n'est plus ce qu'elle était.",
    "Quelqu'un sait si BRAND livre en Corse ?",
    "Bravo BRAND, trois heures de retard et pas un mot d'excuse.",
    "Je résilie mon abonnement BRAND, j'en ai assez.",
    "L'application BRAND plante dès que j'ouvre mon panier.",
    "Mise en demeure envoyée à BRAND ce matin, je saisis le médiateur.",
    "Le conseiller BRAND a été adorable et très patient avec ma mère.",
    "On m'avait promis un rappel sous 48 h chez BRAND, personne.",
    "Chez BRAND on vous vend du vent et on vous rit au nez.",
    "Vol annulé par BRAND sans explication, nuit passée à l'aéroport avec deux enfants.",
    "Ma cafetière BRAND fuit après deux mois, la garantie refuse.",
    "Est-ce que BRAND compte répondre un jour à ses clients ?",
    "Rien à redire, BRAND est toujours au rendez-vous.",
    "Fuyez BRAND, c'est une arnaque pure et simple !",
    "Toujours la même histoire avec BRAND : on me balade de service en service.",
    "BRAND, vous pourriez proposer un paiement en quatre fois.",
    "Colis BRAND reçu ouvert, il manque la moitié.",
    "Mes données ont fuité chez BRAND et personne ne prévient.",
    "Panne BRAND dans tout le quartier depuis hier soir.",
    "J'hésite entre BRAND et un autre, vos avis ?",
    "La vendeuse de BRAND m'a parlé comme à un chien.",
    "Cliente BRAND depuis quinze ans, c'est fini, vous m'avez perdue.",
    "J'écris à 60 Millions au sujet de BRAND dès demain.",
    "Le SAV BRAND a réparé mon vélo gratuitement, chapeau.",
];

const ENGLISH: &[&str] = &[
    "Ordered from BRAND three weeks ago and still nothing has shown up.",
    "@BRAND my router has been down since last night, any idea why?",
    "Thanks BRAND, the refund came through in two days.",
    "Forty minutes on hold with BRAND and then they hung up on me.",
    "The BRAND driver threw my parcel over the fence.",
    "BRAND charged me twice for the same bill and I want my money back.",
    "Really disappointed in BRAND, the quality is not what it was.",
    "Does anyone know if BRAND delivers to the Highlands?",
    "Well done BRAND, three hours late and not a word of apology.",
    "I am cancelling my BRAND contract, enough is enough.",
    "The BRAND app crashes every time I open my basket.",
    "Letter before action sent to BRAND this morning, next stop is the ombudsman.",
    "The agent at BRAND was lovely and so patient with my mum.",
    "BRAND promised to call me back within 48 hours. Nobody did.",
    "All BRAND ever sells you is hot air.",
    "Flight cancelled by BRAND with no explanation, slept on the floor with two kids.",
    "My BRAND kettle leaks after two months and they refuse the warranty.",
    "Is BRAND ever going to answer its customers?",
    "Nothing to complain about, BRAND never lets me down.",
    "Avoid BRAND, it is a scam plain and simple!",
    "Same old story with BRAND: passed from one department to the next.",
    "It would be nice if BRAND let us pay in four instalments.",
    "BRAND parcel arrived opened with half of it missing.",
    "BRAND leaked my personal data and told nobody.",
    "BRAND outage across the whole street since yesterday.",
    "Torn between BRAND and another one, what do you think?",
    "The lady at the BRAND counter spoke to me like dirt.",
    "With BRAND for fifteen years and I am leaving, you have lost me.",
    "Going to the papers about BRAND first thing tomorrow.",
    "BRAND fixed my bike for free, hats off to them.",
];

/// Made up, so that no lexicon can know them.
const UNKNOWN: &[&str] = &["Zorblaxy", "Kvintorp", "Wubbelio"];

/// Names that stand in the hand-written cues for what they are: a device that broke, a box that is
/// down, a place where others read, those one turns to.
const NAMED_THINGS: &[&str] = &[
    "android",
    "bbox",
    "freebox",
    "ipad",
    "iphone",
    "livebox",
    "macbook",
    "npci",
    "rmc",
    "tripadvisor",
    "whatsapp",
];

/// The names that are no ordinary words, as the fitting masks them.
fn brands() -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/lexicons/fit/brands.txt");
    let Ok(list) = std::fs::read_to_string(path) else {
        println!("no list of brands here (it is no part of the package): three made-up ones only");
        return Vec::new();
    };
    let first = list.split("\n# ordinary words").next().unwrap_or_default();
    first.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(str::to_owned).collect()
}

fn capitalised(brand: &str) -> String {
    let mut letters = brand.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Every head's value, to the bit.
fn scores(analyzer: &Analyzer, post: &str) -> Vec<(String, u64)> {
    let why = analyzer.explain(post);
    why.heads().iter().map(|h| (h.head().to_string(), h.raw().to_bits())).collect()
}

fn check(posts: &[&str], swap: impl Fn(&str) -> String, brands: &[String]) {
    let analyzer = Analyzer::new();
    let mut wrong: Vec<String> = Vec::new();
    let (mut tried, mut swaps) = (0, 0);
    for brand in brands {
        tried += 1;
        let mut heads = 0;
        let mut example = None;
        for post in posts {
            swaps += 1;
            let before = scores(&analyzer, &post.replace("BRAND", &swap(UNKNOWN[0])));
            let after = scores(&analyzer, &post.replace("BRAND", &swap(brand)));
            let differing = before.iter().zip(&after).filter(|(a, b)| a != b).count();
            if differing > 0 || before.len() != after.len() {
                heads += differing;
                example.get_or_insert(post);
            }
        }
        if let Some(post) = example {
            wrong.push(format!("{brand}: {heads} scores, such as of: {post}"));
        }
    }
    println!(
        "{tried} brands in {} posts, {swaps} swaps: {} brands differ",
        posts.len(),
        wrong.len()
    );
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Names written as a word: a name of digits or joined words is more than one.
fn words() -> Vec<String> {
    let listed = brands().into_iter().filter(|b| {
        let is_word = b.len() > 3 && b.bytes().all(|c| c.is_ascii_lowercase());
        is_word && !drawn_out(b) && !NAMED_THINGS.contains(&b.as_str())
    });
    listed.chain(UNKNOWN.iter().map(|b| (*b).to_owned())).collect()
}

/// A letter three times is how people shout.
fn drawn_out(brand: &str) -> bool {
    brand.as_bytes().windows(3).any(|w| w[0] == w[1] && w[1] == w[2])
}

/// One of eight, so that the run stays short; `DOLEANCE_CASES=all` takes them all.
fn some(brands: Vec<String>) -> Vec<String> {
    let all = std::env::var("DOLEANCE_CASES").is_ok_and(|cases| cases == "all");
    brands.into_iter().step_by(if all { 1 } else { 8 }).collect()
}

#[test]
fn a_french_post_says_the_same_of_any_brand() {
    check(FRENCH, capitalised, &some(words()));
}

#[test]
fn an_english_post_says_the_same_of_any_brand() {
    check(ENGLISH, capitalised, &some(words()));
}

#[test]
fn an_account_is_as_good_as_another() {
    let posts: Vec<String> = FRENCH
        .iter()
        .chain(ENGLISH)
        .map(|p| format!("@BRAND {}", p.replace("BRAND", "vous")))
        .collect();
    let posts: Vec<&str> = posts.iter().map(String::as_str).collect();
    let accounts = brands().into_iter().filter(|b| {
        b.bytes().all(|c| c.is_ascii_alphanumeric()) && !NAMED_THINGS.contains(&b.as_str())
    });
    let accounts: Vec<String> = accounts.collect();
    check(&posts[..], str::to_owned, &some(accounts));
}

#[test]
fn thirty_posts_a_language() {
    for posts in [FRENCH, ENGLISH] {
        assert_eq!(posts.len(), 30);
        assert!(posts.iter().all(|post| post.contains("BRAND")));
    }
}

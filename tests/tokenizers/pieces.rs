//! Text made of what trips tokenizers.

use proptest::prelude::*;

/// What trips tokenizers, and some plain text to trip over.
pub(crate) const NASTY: &[&str] = &[
    "a", "B", "é", "Œ", "9", "0", "_", " ", "  ", "'", "’", "ʼ", ".", "..", ",", ";", ":", "·",
    "-", "‑", "\"", "!", "?", "…", "\r", "\n", "\t", "\r\n", "\u{A0}", "\u{202F}", "\u{200B}",
    "\u{200D}", "\u{FE0F}", "\u{301}", "\u{308}", "\u{20E3}", "🇫", "😡", "👍🏽", "❤️", "×", "א",
    "ア", "中", "@", "#", "&", "€", "$", "/", "://", ")", "(", "\u{AD}", "\0", "ß", "İ",
];

pub(crate) const PHRASES: &[&str] = &[
    "l'",
    "qu’",
    "jusqu'",
    "aujourd'hui",
    "-t-il",
    "-moi",
    "-là",
    "rendez-vous",
    "don't",
    "http://",
    "www.",
    "exemple.fr",
    "aide@exemple.fr",
    "@marque",
    "#Fail",
    "12,50 €",
    "3 semaines",
    "48h",
    "2h30",
    "12/03/2024",
    "12 mars",
    "1 234",
    "Rs 500",
    ":-(",
    "xD",
    "<3",
    "T_T",
    "^^",
    "!!!",
    "...",
    "😡",
    "👩🏽‍💻",
    "1️⃣",
    "nul",
    "Déçu",
    "été",
    "NOOON",
    "M.",
    "e.g.",
    "S.A.V.",
    "&amp;",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::sample::select(NASTY).prop_map(str::to_owned),
        4 => proptest::sample::select(PHRASES).prop_map(str::to_owned),
        2 => Just(" ".to_owned()),
        1 => "[a-zA-Zàâçéèêëîïôùûœ]{1,8}",
        1 => any::<char>().prop_map(String::from),
    ]
}

pub(crate) fn nasty() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..16).prop_map(|pieces| pieces.concat())
}

pub(crate) fn cases(release: u32) -> ProptestConfig {
    let cases = if cfg!(debug_assertions) { release / 20 } else { release };
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

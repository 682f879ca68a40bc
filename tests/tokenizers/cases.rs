//! Text and the tokens it is to have, a line a case.

use doleance::text::{TokenKind, hashtag_parts, sentences, social};

/// The tokens of `text` as `text/k`, where `k` is the kind's letter; a plain word has none.
fn show(text: &str) -> String {
    let tokens = social(text).map(|t| {
        let kind = match t.kind() {
            TokenKind::Word => "",
            TokenKind::Clitic => "/c",
            TokenKind::Number => "/n",
            TokenKind::Amount => "/a",
            TokenKind::Duration => "/d",
            TokenKind::Date => "/D",
            TokenKind::Handle => "/h",
            TokenKind::Hashtag => "/t",
            TokenKind::Url => "/u",
            TokenKind::Email => "/m",
            TokenKind::Emoji => "/e",
            TokenKind::Emoticon => "/E",
            TokenKind::Punctuation => "/p",
            TokenKind::Symbol => "/s",
            _ => "/?",
        };
        format!("{}{kind}", t.of(text))
    });
    tokens.collect::<Vec<_>>().join("|")
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| show(text) != *expected)
        .map(|(text, expected)| format!("{text}\n  is       {}\n  expected {expected}", show(text)))
        .collect();
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn elisions_and_clitics() {
    check(&[
        ("l'accueil", "l'/c|accueil"),
        ("l’accueil", "l’/c|accueil"),
        ("lʼaccueil l´accueil l`accueil", "lʼ/c|accueil|l´/c|accueil|l`/c|accueil"),
        ("qu'il", "qu'/c|il"),
        ("jusqu'ici", "jusqu'/c|ici"),
        ("JUSQU'ICI", "JUSQU'/c|ICI"),
        ("puisqu'on lorsqu’elle quoiqu'il", "puisqu'/c|on|lorsqu’/c|elle|quoiqu'/c|il"),
        ("dites-moi", "dites|-moi/c"),
        ("a-t-il", "a|-t-il/c"),
        ("a‑t‑il", "a|‑t‑il/c"),
        ("dites-le-moi allez-vous-en", "dites|-le/c|-moi/c|allez|-vous/c|-en/c"),
        ("qu'est-ce", "qu'/c|est|-ce/c"),
        ("n'y a-t-on", "n'/c|y|a|-t-on/c"),
        ("va-t'en donnez-m'en", "va|-t'en/c|donnez|-m'en/c"),
        ("ce jour-là celui-là", "ce|jour|-là/c|celui-là"),
        ("j'veux c'pas t'façon", "j'/c|veux|c'/c|pas|t'/c|façon"),
        ("J'AI C'EST L'EAU", "J'/c|AI|C'/c|EST|L'/c|EAU"),
        ("L'Oréal d’Artagnan", "L'/c|Oréal|d’/c|Artagnan"),
        ("l'arc-en-ciel", "l'/c|arc-en-ciel"),
        ("qu'aujourd'hui d’aujourd’hui", "qu'/c|aujourd'hui|d’/c|aujourd’hui"),
        ("l' accueil qu' il", "l'/c|accueil|qu'/c|il"),
        ("l'« offre »", "l'/c|«/p|offre|»/p"),
        ("l'@equipe d'#EDF", "l'/c|@equipe/h|d'/c|#EDF/t"),
        ("d'1 heure", "d'/c|1 heure/d"),
        ("Ç'a été ç'aurait", "Ç'/c|a|été|ç'/c|aurait"),
        ("s'il te plaît", "s'/c|il|te|plaît"),
        ("c'est-à-dire qu'en-dira-t-on", "c'est-à-dire|qu'en-dira-t-on"),
        ("aujourd'hui Aujourd’hui AUJOURD'HUI", "aujourd'hui|Aujourd’hui|AUJOURD'HUI"),
        ("prud'hommes prud’homme", "prud'hommes|prud’homme"),
        ("rendez-vous RENDEZ-VOUS", "rendez-vous|RENDEZ-VOUS"),
        ("quelqu'un presqu'île", "quelqu'un|presqu'île"),
        ("peut-être vis-à-vis là-bas", "peut-être|vis-à-vis|là-bas"),
        ("y'a y’en entr'aide", "y'a|y’en|entr'aide"),
    ]);
}

#[test]
fn english_words() {
    check(&[
        ("don't can’t won't", "don't|can’t|won't"),
        ("I'm i’ve it's we're", "I'm|i’ve|it's|we're"),
        ("customer's customers' staff", "customer's|customers|'/p|staff"),
        ("y'all y’all's ain't", "y'all|y’all's|ain't"),
        ("plan C's price", "plan|C's|price"),
        ("'quoted' \"words\"", "'/p|quoted|'/p|\"/p|words|\"/p"),
        ("the letter 'l'", "the|letter|'/p|l|'/p"),
        ("rip-off money-grabbing add-on", "rip-off|money-grabbing|add-on"),
        ("O'Brien o'clock rock'n'roll", "O'Brien|o'clock|rock'n'roll"),
        ("gr8 b4 4g 2nite l8r", "gr8|b4|4g|2nite|l8r"),
        ("covid-19 wi-fi e-mail", "covid-19|wi-fi|e-mail"),
        ("5-star 1st 3rd 90's", "5-star|1st|3rd|90's"),
        ("AT&T H&M R&D you & me", "AT&T|H&M|R&D|you|&/s|me"),
        ("U.S. S.A.V. e.g. this", "U.S.|S.A.V.|e.g.|this"),
        ("snake_case _bold_", "snake_case|_/s|bold|_/s"),
        ("and/or either...or", "and|//p|or|either|.../p|or"),
    ]);
}

#[test]
fn handles_tags_and_addresses() {
    check(&[
        ("@marque_fr bonjour", "@marque_fr/h|bonjour"),
        ("@jean.dupont, @a.", "@jean.dupont/h|,/p|@a/h|./p"),
        ("merci @marque.Je", "merci|@marque/h|./p|Je"),
        ("@ 5pm", "@/s|5pm"),
        ("#MarqueX #fail #PlusJamais2024", "#MarqueX/t|#fail/t|#PlusJamais2024/t"),
        ("#déçu #1 #", "#déçu/t|#/s|1/n|#/s"),
        ("https://t.co/wQoEEFycvo", "https://t.co/wQoEEFycvo/u"),
        ("(http://a.fr/b_(c)).", "(/p|http://a.fr/b_(c)/u|)/p|./p"),
        ("voir www.exemple.fr, merci", "voir|www.exemple.fr/u|,/p|merci"),
        ("exemple.fr/aide?x=1&y=2 !", "exemple.fr/aide?x=1&y=2/u|!/p"),
        ("sur exemple.com.", "sur|exemple.com/u|./p"),
        ("exemple.co.uk?", "exemple.co.uk/u|?/p"),
        ("service-client.exemple.fr", "service-client.exemple.fr/u"),
        ("bonjour.ca va", "bonjour|./p|ca|va"),
        ("youtu.be/abc", "youtu.be/abc/u"),
        ("réponse.Je pars", "réponse|./p|Je|pars"),
        ("HTTPS://EXEMPLE.FR", "HTTPS://EXEMPLE.FR/u"),
        ("https://t.co/abc…", "https://t.co/abc/u|…/p"),
        ("http:// rien", "http|:/p|///p|rien"),
        ("jean.dupont+x@exemple.fr", "jean.dupont+x@exemple.fr/m"),
        ("Écrivez à aide@exemple.fr.", "Écrivez|à|aide@exemple.fr/m|./p"),
        ("2fast@exemple.com", "2fast@exemple.com/m"),
        ("a@b", "a|@b/h"),
        ("l'e-mail aide@exemple.fr", "l'/c|e-mail|aide@exemple.fr/m"),
    ]);
}

#[test]
fn numbers_money_time() {
    check(&[
        ("1 234,56", "1 234,56/n"),
        ("1,234.56 1.234.567", "1,234.56/n|1.234.567/n"),
        ("1\u{202F}234 1'000", "1\u{202F}234/n|1'000/n"),
        ("06 12 34 56 78", "06/n|12/n|34/n|56/n|78/n"),
        ("12.5%", "12.5/n|%/s"),
        ("20 %", "20/n|%/s"),
        ("24/7 10/10 1/9", "24/7/n|10/10/n|1/9/n"),
        ("à 14:30", "à|14:30/n"),
        ("12,50 €", "12,50 €/a"),
        ("12,50\u{A0}€", "12,50\u{A0}€/a"),
        ("€12 £30 $5.99 £ 30", "€12/a|£30/a|$5.99/a|£ 30/a"),
        ("100 euros 20EUR 5 balles", "100 euros/a|20EUR/a|5 balles/a"),
        ("Rs 500 rs.500 Rs500 EUR 12", "Rs 500/a|rs.500/a|Rs500/a|EUR 12/a"),
        ("12€50 3k€ 5€par mois", "12€50/a|3k€/a|5€/a|par|mois"),
        ("US$5 5 $CAD 10 $", "US$5/a|5 $CAD/a|10 $/a"),
        ("$5k 12 000 €", "$5k/a|12 000 €/a"),
        ("€ rien", "€/s|rien"),
        ("3 semaines 48h 2h30 10 mins", "3 semaines/d|48h/d|2h30/d|10 mins/d"),
        // A letter with a mark of its own is as long as one composed.
        ("5àn12 5a\u{300}n12", "5àn12/d|5a\u{300}n12/d"),
        ("2 weeks, 5 jours", "2 weeks/d|,/p|5 jours/d"),
        ("1h30min 24-hour", "1h30min/d|24-hour/d"),
        ("24h/24 7j/7", "24h/d|//p|24/n|7j/d|//p|7/n"),
        ("3-4 semaines", "3/n|-/p|4 semaines/d"),
        ("3 s'il vous plaît", "3/n|s'/c|il|vous|plaît"),
        ("depuis 3 ANNÉES", "depuis|3 ANNÉES/d"),
        ("12/03/2024 2024-03-12 12.03.24", "12/03/2024/D|2024-03-12/D|12.03.24/D"),
        ("01.02.03.04.05", "01.02.03.04.05/n"),
        ("45/03/2024", "45/03/2024/n"),
        ("le 12 mars 2024 et le 1er août", "le|12 mars 2024/D|et|le|1er août/D"),
        ("3rd June, 12 may 2024, the 2 may be", "3rd June/D|,/p|12 may 2024/D|,/p|the|2/n|may|be"),
        ("3e fois 2ème 1er", "3e|fois|2ème|1er"),
        ("12.5kg 4G 1080p", "12.5/n|kg|4G|1080p"),
        ("fr3 FR 3, US$5 M6", "fr3|FR|3/n|,/p|US$5/a|M6"),
        ("cad 3 fois", "cad|3/n|fois"),
        ("-5 +33", "-/p|5/n|+/s|33/n"),
    ]);
}

#[test]
fn emoji_emoticons_punctuation() {
    check(&[
        ("😡😡 👍🏽", "😡/e|😡/e|👍🏽/e"),
        ("👨‍👩‍👧❤️🇫🇷🇬🇧", "👨‍👩‍👧/e|❤️/e|🇫🇷/e|🇬🇧/e"),
        ("1️⃣#️⃣*️⃣", "1️⃣/e|#️⃣/e|*️⃣/e"),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿 👩🏽‍💻!", "🏴󠁧󠁢󠁥󠁮󠁧󠁿/e|👩🏽‍💻/e|!/p"),
        ("nul😡merci", "nul|😡/e|merci"),
        ("© ©️ ™", "©/s|©️/e|™/s"),
        (":-( :) ;-) xD XD :'(", ":-(/E|:)/E|;-)/E|xD/E|XD/E|:'(/E"),
        ("merci:) merci :)))))) <333", "merci|:)/E|merci|:))))))/E|<333/E"),
        ("^^ \\o/ -_- T_T o_O u_u", "^^/E|\\o//E|-_-/E|T_T/E|o_O/E|u_u/E"),
        ("¯\\_(ツ)_/¯ ಠ_ಠ", "¯\\_(ツ)_/¯/E|ಠ_ಠ/E"),
        ("on ou Oo", "on|ou|Oo/E"),
        (
            "(voir ici): (18) 8)",
            "(/p|voir|ici|)/p|:/p|(/p|18|)/p|8|)/p"
                .replace("18", "18/n")
                .replace("|8|", "|8/n|")
                .leak(),
        ),
        ("facture(s) ami(y)", "facture|(/p|s|)/p|ami|(/p|y|)/p"),
        ("10:30 :p", "10:30/n|:p/E"),
        ("nul!!! ?!? ... … .", "nul|!!!/p|?!?/p|.../p|…/p|./p"),
        (", ; ( \" « »", ",/p|;/p|(/p|\"/p|«/p|»/p"),
        (",, ((", ",/p|,/p|(/p|(/p"),
        ("---- ***", "----/p|***/s"),
        ("a - b – c", "a|-/p|b|–/p|c"),
        ("&amp; &lt;3", "&amp;/s|&lt;/s|3/n"),
        (r"fin.\nJ'ai C:\a", r"fin|./p|\n/s|J'/c|ai|C|:/p|\/s|a"),
        ("2 × 3 ÷", "2/n|×/s|3/n|÷/s"),
        ("\u{FEFF}bonjour\u{200B} \u{AD}", "bonjour"),
        ("a\u{200D}b c\u{FE0F}", "a\u{200D}b|c"),
        ("", ""),
        (" \t\r\n\u{A0}", ""),
    ]);
}

#[test]
fn flags() {
    let flags = |text: &str| format!("{:?}", social(text).last().expect("a token").flags());
    for (text, expected) in [
        ("x VOLEURS", r#"{"capitals"}"#),
        ("x Bonjour", r#"{"title"}"#),
        ("x I", r#"{"title"}"#),
        ("x iPhone", "{}"),
        ("x noooon", r#"{"elongated"}"#),
        ("x NOOOON", r#"{"capitals", "elongated"}"#),
        ("x NoOoN", r#"{"elongated"}"#),
        ("x déçuuu", r#"{"elongated", "non_ascii"}"#),
        ("x créée", r#"{"non_ascii"}"#),
        ("x cre\u{301}e\u{301}e", r#"{"non_ascii"}"#),
        ("x ÉTÉ", r#"{"capitals", "non_ascii"}"#),
        ("x E\u{301}TE\u{301}", r#"{"capitals", "non_ascii"}"#),
        ("x Été", r#"{"non_ascii", "title"}"#),
        ("x ééé", r#"{"elongated", "non_ascii"}"#),
        ("x ŒUVRE", r#"{"capitals", "non_ascii"}"#),
        ("bon", r#"{"at_start"}"#),
        ("GR8", r#"{"capitals", "at_start"}"#),
    ] {
        assert_eq!(flags(text), expected, "{text}");
    }
    assert!(!social("a b").last().expect("b").flags().is_at_start());
}

#[test]
fn hashtags_in_parts() {
    for (tag, parts) in [
        ("#PlusJamaisSFR", "Plus|Jamais|SFR"),
        ("#SNCFConnect", "SNCF|Connect"),
        ("customer_service", "customer|service"),
        ("#Fail2024", "Fail|2024"),
        ("#ÉtatDurgence", "État|Durgence"),
        ("#E\u{301}tatDurgence", "E\u{301}tat|Durgence"),
        ("#fail", "fail"),
        ("#SAVs", "SAVs"),
        ("#_", ""),
        ("", ""),
    ] {
        let found: Vec<&str> = hashtag_parts(tag).map(|s| s.of(tag)).collect();
        assert_eq!(found.join("|"), parts, "{tag}");
    }
}

#[test]
fn sentences_of_posts() {
    for text in [
        "Bonjour.| J'attends.| Rien !",
        "M. Martin est venu.| Mme. Durand aussi.",
        "Le Dr. No, approx. 3 jours, etc. mais rien.| Fin",
        "Prix: 3.50 € !!!| Merci",
        "bon... je vais voir.| Ok",
        "Voilà...| Je pars",
        "Vraiment ?| Non",
        "Il a dit « non ! »| Puis rien.",
        "He said \"no.\"| Then left.",
        "ligne une\n|ligne deux\r\n|trois",
        "C'est nul 😡 😡 |Je pars",
        "C'est nul !!! 😡| Je pars",
        "merci 👍 et bonne journée",
        "https://t.co/a?b=c et www.exemple.fr. |Voilà",
        "See e.g. this one, i.e. that.| J. Smith said.",
        "1. Un point",
        "réponse.|Je pars",
        "etc.| Je pars",
        "",
    ] {
        let whole = text.replace('|', "");
        let found: Vec<&str> = sentences(&whole).map(|s| s.of(&whole).trim()).collect();
        let expected: Vec<&str> =
            text.split('|').map(str::trim).filter(|s| !s.is_empty()).collect();
        assert_eq!(found, expected);
    }
}

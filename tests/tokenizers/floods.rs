//! Time is linear in the length of the text, whatever it repeats.

use std::time::{Duration, Instant};

use doleance::text::{fold, sentences, social, words};

#[test]
fn time_is_linear() {
    let floods = [
        "!",
        "a",
        "é",
        "😡",
        "👩🏽‍💻",
        "a.",
        "ab.",
        "l'",
        "a'",
        "a-",
        "-moi",
        "a-t-il-",
        "@",
        "@a",
        "#",
        "#a",
        "a@",
        "a.b@",
        "1",
        "1 ",
        "1 000 ",
        "1,",
        "1/",
        "$",
        "€1",
        "12/03/2024/",
        "http://",
        "http://a)",
        "www.",
        "a.fr/",
        "a.fr!",
        ":(",
        ":",
        "(",
        ")",
        "^",
        "-_-",
        "-",
        "_",
        "a_",
        "'",
        "’",
        "l’ ",
        "\u{301}",
        "a\u{301}",
        "\u{200B}",
        "a\u{200B}",
        "\u{200D}",
        "\u{FE0F}",
        "🇫",
        "... ",
        ". ",
        "« ! » ",
        "M. ",
        "A.",
        "&a",
        "&amp;",
        "0",
        "x",
        "Oo",
        "\n",
        "\u{2028}",
        "...a",
        "1.a ",
        "a\u{AD}",
        "_'",
        "a'\u{301}",
        "中",
        "\u{1D400}",
        "1-",
        "1h",
        "h1",
        "😡 ",
        "a😡 ",
    ];
    for flood in floods {
        let text = flood.repeat(1_000_000 / flood.len());
        let start = Instant::now();
        let counts = (social(&text).count(), words(&text).count(), sentences(&text).count());
        let _ = fold(&text);
        let took = start.elapsed();
        // Quadratic time would be minutes.
        assert!(took < Duration::from_secs(6), "{flood:?} took {took:?} for {counts:?}");
        if std::env::var_os("DOLEANCE_TIMES").is_some() {
            println!("{flood:?} {took:?} {counts:?}");
        }
    }
}

//! What people wrote stays in the post: no result holds it, no `Debug` prints it.

use doleance::{Analyzer, Post, Scratch, Turn, Values, Voice};

/// Words of no lexicon, so that only the text can be where they are found.
const SECRET: &str = "Zyxwvutine";

fn hidden(what: &str, printed: &str) {
    assert!(!printed.contains(SECRET), "{what} prints the text: {printed}");
    assert!(!printed.contains(&SECRET.to_lowercase()), "{what} prints the text: {printed}");
}

#[test]
fn text_is_not_printed() {
    let text =
        format!("Je suis {SECRET}, toujours rien reçu, c'est une honte ! Je saisis le médiateur.");
    let post =
        Post::from(&text).brand(SECRET).topic(SECRET).author_id(SECRET).turn(Turn::customer(&text));
    hidden("Post", &format!("{post:?}"));
    hidden("Turn", &format!("{:?}", Turn::brand(&text)));

    let analyzer = Analyzer::new();
    let mut scratch = Scratch::new();
    let said = analyzer.analyze_with(&mut scratch, &post);
    hidden("Scratch", &format!("{scratch:?}"));
    hidden("Assessment", &format!("{said:?}"));
    hidden("Explanation", &format!("{:?}", analyzer.explain(&post)));

    let voice = Voice::new();
    hidden("Finding", &format!("{:?}", analyzer.review(&text, &post, &said, &voice)));
    hidden("Suggestion", &format!("{:?}", analyzer.suggest(&post, &said, &voice).first()));
    hidden("Values", &format!("{:?}", Values::new().set("customer.first_name", SECRET)));
}

/// Who derives `Debug` for what holds an analyzer gets a line, not the tables.
#[test]
fn analyzers_print_what_tells_them_apart() {
    let builder =
        Analyzer::builder().lexicon("ours.tsv", format!("term\tvalence\n{}\t1\n", "zinzolin"));
    assert!(format!("{builder:?}").contains("ours.tsv"));
    assert!(!format!("{builder:?}").contains("zinzolin"));
    let ours = builder.build().expect("a lexicon");
    assert_ne!(format!("{ours:?}"), format!("{:?}", Analyzer::new()));
    assert!(format!("{ours:?}").len() < 200, "{ours:?}");
}

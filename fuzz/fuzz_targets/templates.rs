//! Any text is a catalogue of replies or an error; what is suggested from it can be rendered.

#![no_main]

use doleance::{Analyzer, Escape, Post, Values, Voice};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Analyzer::builder().replies("fuzz.toml", text).build() {
        Err(error) => assert!(error.is_template(), "{error:?}"),
        Ok(analyzer) => {
            let post = Post::from("Toujours rien reçu, 3e relance, je résilie !");
            let said = analyzer.analyze(&post);
            let values = Values::new().set("customer.first_name", "{{case.id}}").set("case.id", text);
            for reply in analyzer.suggest(&post, &said, &Voice::new().brand("MarqueX")) {
                for escape in [Escape::None, Escape::Html] {
                    let _ = reply.render(&values, escape).text();
                }
            }
        }
    }
});

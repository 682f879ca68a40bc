//! A user's own file: what is wrong is named with its place.

use doleance::Post;
use doleance::reply::{Catalogue, Voice, review};

use crate::common::Case;

const HEAD: &str = "language = \"en\"\n";
const GOOD: &str = r#"
[[template]]
id = "mine"
register = "neutral"
channels = ["email"]
length = "short"
moves = ["thanks"]
intent = ["praise"]
source = "our house"
body = "Thank you, {{customer.first_name|friend}} {{custom.badge}}."
"#;

fn fault(text: &str) -> (Option<usize>, Option<usize>, String) {
    let mut catalogue = Catalogue::builtin();
    let before = catalogue.len();
    let error = catalogue.add("mine.toml", text).unwrap_err();
    assert!(error.is_template(), "{error}");
    assert_eq!(error.source_name(), "mine.toml");
    assert_eq!(catalogue.len(), before);
    (error.line(), error.column(), error.message().to_owned())
}

#[test]
fn templates_are_added_overridden_and_removed() {
    let mut catalogue = Catalogue::builtin();
    let before = catalogue.len();
    catalogue.add("mine.toml", &format!("{HEAD}{GOOD}")).unwrap();
    assert_eq!(catalogue.len(), before + 1);
    let other = GOOD.replace("Thank you", "Cheers").replace("\"mine\"", "\"en.praise\"");
    catalogue.add("mine.toml", &format!("{HEAD}{other}")).unwrap();
    assert_eq!(catalogue.len(), before + 1);
    assert!(catalogue.get("en.praise").unwrap().body().starts_with("Cheers"));
    catalogue
        .add("mine.toml", "language = \"en\"\n[[template]]\nid = \"mine\"\nremove = true\n")
        .unwrap();
    assert_eq!(catalogue.len(), before);
    assert!(Catalogue::builtin().get("en.praise").unwrap().body().starts_with("Hi"));
}

#[test]
fn faults_name_line_and_column() {
    let with = |from: &str, to: &str| format!("{HEAD}{}", GOOD.replace(from, to));
    let line_of =
        |text: &str, what: &str| text.lines().position(|l| l.contains(what)).map(|i| i + 1);
    for (from, to, at, says) in [
        ("customer.first_name", "customer.shoe", "shoe", "unknown placeholder `customer.shoe`"),
        ("friend}}", "friend", "body", "never closed"),
        ("Thank you", "Thank }} you", "body", "closes nothing"),
        ("\"email\"", "\"pigeon\"", "pigeon", "unknown channels `pigeon`"),
        ("\"praise\"", "\"prase\"", "prase", "unknown intent `prase`"),
        ("intent", "intend", "intend", "unknown key `intend`"),
        ("moves = [\"thanks\"]\n", "", "[[template]]", "`moves` of template `mine` is missing"),
        ("register = \"neutral\"", "register = \"tu\"", "register", "register neutral"),
        ("length = \"short\"", "length = 3", "length", "expected a string"),
        ("[\"thanks\"]", "\"thanks\"", "moves", "expected a list"),
        ("\"email\"]", "\"email\"", "length", "expected"),
    ] {
        let text = with(from, to);
        let (line, column, message) = fault(&text);
        assert!(message.contains(says) || says == "expected", "{message}");
        assert!(column.is_some());
        if says != "expected" {
            assert_eq!(line, line_of(&text, at), "{message}\n{text}");
        }
    }
    let text = with("Thank you, {{customer.first_name", "Thank you, {{shoe");
    assert_eq!(fault(&text).1, Some(20));
    let twice = format!("{HEAD}{GOOD}{GOOD}");
    let (line, _, message) = fault(&twice);
    assert_eq!(line, Some(14));
    assert!(message.contains("already used on line 3"), "{message}");
    let redress = with("\"thanks\"", "\"redress\"").replace("\"email\"", "\"review\"");
    assert!(fault(&redress).2.contains("never offered in public"));
    let named = with("{{customer.first_name", "{{redress}} {{customer.first_name");
    let named = named.replace("\"email\"", "\"review\"");
    assert!(fault(&named).2.contains("take the public channels or `{{redress}}` away"));
    assert!(fault("language = \"de\"\n").2.contains("unknown language `de`"));
    assert!(fault("x = 1\n").2.contains("`language` is missing"));
    let gone = "language = \"en\"\n\n[[template]]\nid = \"nobody\"\nremove = true\n";
    assert_eq!(fault(gone).0, Some(3));
    let lines = "language = \"fr\"\n[[template]]\nid = \"a\"\nregister = \"tu\"\nchannels = [\"chat\"]\n\
                 length = \"short\"\nmoves = [\"thanks\"]\nsource = \"x\"\nbody = \"\"\"\nun\ndeux {{trois}}\n\"\"\"\n";
    assert_eq!((fault(lines).0, fault(lines).1), (Some(11), Some(6)));
}

#[test]
fn review_rules_are_added_overridden_and_removed() {
    let head = "term\tkind\tlanguage\tseverity\twhy\tfix\n";
    let case = Case::complaint("en").assessment();
    let post = Post::default();
    let kinds = |catalogue: &Catalogue| -> Vec<String> {
        review(catalogue, "We will fix this pronto, dear sir.", &post, &case, &Voice::new())
            .iter()
            .map(|f| f.kind().to_string())
            .collect()
    };
    let mut catalogue = Catalogue::builtin();
    assert!(kinds(&catalogue).is_empty());
    let row = "dear sir\tformula\ten\tmedium\tstiff\tuse the name\n";
    catalogue.add_review_rules("mine.tsv", &format!("{head}{row}")).unwrap();
    assert_eq!(kinds(&catalogue), ["formula"]);
    let off = "dear sir\tformula\ten\toff\t-\t-\n";
    catalogue.add_review_rules("mine.tsv", &format!("{head}{off}")).unwrap();
    assert!(kinds(&catalogue).is_empty());
    for (text, line, column) in [
        ("term\tkind\n", 1, 1),
        (&format!("{head}a\tformula\ten\tlow\tw\n"), 2, 5),
        (&format!("{head}a\tnonsense\ten\tlow\tw\tf\n"), 2, 2),
        (&format!("{head}# x\na\tformula\txx\tlow\tw\tf\n"), 3, 3),
        (&format!("{head}a\tformula\ten\tsevere\tw\tf\n"), 2, 4),
        (&format!("{head}a …\tformula\ten\tlow\tw\tf\n"), 2, 1),
    ] {
        let error = catalogue.add_review_rules("mine.tsv", text).unwrap_err();
        assert!(error.is_template());
        assert_eq!((error.line(), error.column()), (Some(line), Some(column)), "{error}");
    }
}

//! The build step of lexicons/virality.tsv names file, line and column of a fault.

use std::fs;

#[allow(unreachable_pub, reason = "the build script's own file")]
#[path = "../lexicons/build/virality.rs"]
mod virality;

#[test]
fn faults_are_named_where_they_are() {
    let folder = std::env::temp_dir().join(format!("doleance-virality-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let head = "# note\nname\tvalue\tnote\n";
    let cases = [
        (format!("{head}a\t1.5\tjudgement\nb_2\t-3\tfitted\n"), None),
        (format!("{head}a\t1.5\tjudgement\nB\t-3\tfitted\n"), Some("4:1: `B`")),
        (format!("{head}b\t1\tx\na\t1\tx\n"), Some("4:1: `a` stands after `b`")),
        (format!("{head}a\t1\tx\na\t1\tx\n"), Some("4:1: `a` stands after `a`")),
        (format!("{head}a\tone\tx\n"), Some("3:2: `one` is no finite number")),
        (format!("{head}a\tinf\tx\n"), Some("3:2: `inf` is no finite number")),
        (format!("{head}a\t1\t \n"), Some("3:3: a number without a source")),
        (format!("{head}a\t1\n"), Some("3:2: expected 3 cells, found 2")),
        ("name\tvalue\n".to_owned(), Some("1:1: expected the header")),
        (String::new(), Some("1:1: the file is empty")),
    ];
    for (text, fault) in cases {
        fs::write(folder.join("virality.tsv"), &text).unwrap();
        let found = virality::generate(&folder, &folder);
        match fault {
            None => {
                found.unwrap();
                let code = fs::read_to_string(folder.join("virality.rs")).unwrap();
                assert!(code.contains("const B_2: f64 = -3.0;"), "{code}");
            }
            Some(fault) => {
                let said = found.unwrap_err();
                assert!(said.starts_with(&format!("lexicons/virality.tsv:{fault}")), "{said}");
            }
        }
    }
    fs::remove_dir_all(&folder).unwrap();
}

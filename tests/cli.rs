//! The example programs as a user meets them: what goes wrong, and what is said of it.

#![cfg(feature = "serde")]

#[path = "support/program.rs"]
mod program;

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use program::program;
use serde_json::Value;

/// A folder of its own for a test, with these files in it.
fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder to write to");
    for (file, bytes) in files {
        std::fs::write(folder.join(file), bytes).expect("a file to write to");
    }
    folder
}

fn run(name: &str, folder: &Path, arguments: &[&str]) -> Output {
    program(name).args(arguments).current_dir(folder).stdin(Stdio::null()).output().expect("runs")
}

fn run_on(name: &str, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = program(name);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("runs");
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.to_vec();
    // Beside, for the program may write before it has read all, or never read it.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("ends");
    let _ = writer.join().expect("does not panic");
    output
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("ends by itself")
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect()
}

fn numbers(output: &Output) -> Vec<u64> {
    lines(output).iter().map(|line| line["line"].as_u64().expect("a line number")).collect()
}

#[test]
fn bad_lines_are_named_and_the_others_read() {
    let bad = b"{\"id\": \"a\", \"text\": \"Toujours rien\"}\n{\"text\": 5}\n\xff\xfe\n[1]\n\
        {\"text\": \"x\", \"author\": {\"followers\": \"many\"}}\n{\"text\": \"x\"\n{}\n\n\
        {\"text\": \"x\", \"attachments\": [\"photo\", \"smell\"]}\n\
        {\"text\": \"x\", \"waiting_hours\": \"3\"}\n{\"text\": \"\", \"else\": 1}\n";
    let folder = folder("bad_lines", &[("bad.jsonl", bad)]);
    let output = run("triage", &folder, &["--format", "jsonl", "bad.jsonl"]);
    assert_eq!(code(&output), 1);
    assert_eq!(numbers(&output), [1, 11]);
    assert_eq!(lines(&output)[0]["id"], "a");
    assert_eq!(lines(&output)[1]["id"], Value::Null);
    let expected = [
        "bad.jsonl:2: field `text`: invalid type: integer `5`, expected a string",
        "bad.jsonl:3: invalid UTF-8 at byte 1; expected UTF-8 text",
        "bad.jsonl:4: found a list; expected a JSON object",
        "bad.jsonl:5: field `author.followers`: invalid type: string \"many\", expected a whole number",
        "bad.jsonl:6: not JSON: ",
        "bad.jsonl:7: field `text` is missing; expected a string",
        "bad.jsonl:9: field `attachments[1]`: ",
        "bad.jsonl:10: field `waiting_hours`: invalid type: string \"3\", expected a number",
    ];
    let said = said(&output);
    for (said, expected) in said.lines().zip(expected) {
        assert!(said.starts_with(&format!("triage: {expected}")), "{said}\nis not\n{expected}");
    }
    assert_eq!(said.lines().count(), expected.len(), "{said}");
}

#[test]
fn a_file_that_is_not_there_costs_the_others_nothing() {
    let folder = folder("missing", &[("one.txt", "Merci !\n\n  \nEncore en panne\n".as_bytes())]);
    let output = run("triage", &folder, &["--format", "jsonl", "none.txt", "one.txt"]);
    assert_eq!(code(&output), 1);
    assert_eq!(numbers(&output), [1, 4]);
    assert_eq!(lines(&output)[0]["file"], "one.txt");
    assert!(said(&output).starts_with("triage: none.txt: cannot be read"), "{}", said(&output));

    let output = run("triage", &folder, &["none.txt"]);
    assert_eq!((code(&output), output.stdout.len()), (2, 0));
    let output = run("evaluate", &folder, &["--task", "complaint", "none.txt"]);
    assert_eq!((code(&output), output.stdout.len()), (2, 0));
    assert!(said(&output).starts_with("evaluate: none.txt: cannot be read"), "{}", said(&output));
}

#[test]
fn an_empty_file_holds_nothing_usable() {
    let files: [(&str, &[u8]); 3] = [("a.jsonl", b""), ("a.csv", b""), ("a.txt", b" \n\n")];
    let folder = folder("empty", &files);
    for (file, _) in files {
        let output = run("triage", &folder, &["--format", "jsonl", file]);
        assert_eq!((code(&output), output.stdout.len()), (2, 0), "{file}: {}", said(&output));
        assert!(said(&output).contains("nothing usable"), "{file}: {}", said(&output));
    }
    let output = run("evaluate", &folder, &["--task", "stars", "a.jsonl"]);
    assert_eq!(code(&output), 2);
    assert_eq!(
        (&lines(&output)[0]["n"], &lines(&output)[0]["ns_per_post"]),
        (&0.into(), &Value::Null)
    );
}

#[test]
fn csv_has_quotes_line_breaks_and_its_own_faults() {
    let csv =
        b"id;text;followers;verified\r\n1;\"Dit \"\"non\"\"\r\nencore; rien\";12;oui\r\n2;x\r\n\
        3;bad\xff;;\r\n4;x;many;\r\n5;Bien;3;non\r\n6;;;\r\n";
    let folder = folder("csv", &[("a.csv", csv), ("b.csv", b"name,words\na,b\n")]);
    let output = run("triage", &folder, &["--format", "jsonl", "a.csv"]);
    assert_eq!(code(&output), 1);
    assert_eq!(numbers(&output), [2, 7, 8]);
    let said = self::said(&output);
    assert!(said.contains("a.csv:4: 2 cells; expected 4 as in the header\n"), "{said}");
    assert!(said.contains("a.csv:5: column `text`: invalid UTF-8 at byte 4"), "{said}");
    assert!(said.contains("a.csv:6: field `author.followers`: invalid type"), "{said}");

    let output = run("triage", &folder, &["b.csv"]);
    assert_eq!(code(&output), 2);
    let wrong = "b.csv:1: found name, words; expected a header with a column `text`";
    assert!(self::said(&output).contains(wrong), "{}", self::said(&output));

    // Line feeds alone, commas, a byte order mark.
    let output = run_on(
        "triage",
        &["--input", "csv", "--format", "jsonl"],
        "\u{feff}text,id\n\"a\n,b\",1\nc,2\n".as_bytes(),
    );
    assert_eq!((code(&output), numbers(&output)), (0, vec![2, 4]));
}

/// A quote that is never closed takes in all that follows: it is told, and where it begins.
#[test]
fn csv_tells_a_quote_that_is_never_closed() {
    let open = b"text,id\nun colis perdu,1\n\"toujours rien,2\nwhere is it,3\nnulle part,4\n";
    let closed = b"text,id\n\"toujours\nrien\",1\n5\" screen,2\n";
    let folder =
        folder("quote", &[("open.csv", open), ("closed.csv", closed), ("a.csv", b"text,TEXT\n")]);
    let output = run("triage", &folder, &["--format", "jsonl", "open.csv"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("open.csv:3: a quote is opened and never closed"), "{said}");
    assert!(!output.status.success());
    assert_eq!(output.stdout.iter().filter(|&&b| b == b'\n').count(), 1);
    let output = run("triage", &folder, &["--format", "jsonl", "closed.csv"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output = run("triage", &folder, &["a.csv"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("column `text` stands twice"), "{said}");
}

#[test]
fn csv_out_has_a_header_and_as_many_cells_on_every_row() {
    let input = "{\"id\": \"a,\\\"b\", \"text\": \"Colis perdu\"}\n{\"text\": \"Merci\"}\n";
    let output = run_on("triage", &["--format", "csv", "--suggest"], input.as_bytes());
    assert_eq!(code(&output), 0);
    let mut reader = csv::Reader::from_reader(output.stdout.as_slice());
    assert_eq!(reader.headers().expect("a header").iter().next(), Some("line"));
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("even")).collect();
    assert_eq!((rows.len(), &rows[0][1], &rows[1][1]), (2, "a,\"b", ""));
}

#[test]
fn order_is_that_of_the_input_on_any_number_of_threads() {
    let input: String =
        (0..2000).map(|i| format!("{{\"text\": \"post {i}, pas normal\"}}\n")).collect();
    let one = run_on("triage", &["--format", "jsonl"], input.as_bytes());
    let three = run_on("triage", &["--format", "jsonl", "--threads", "3"], input.as_bytes());
    assert_eq!((code(&one), code(&three)), (0, 0));
    assert_eq!(numbers(&one), (1..=2000).collect::<Vec<_>>());
    assert!(one.stdout == three.stdout);
    let few = run_on("triage", &["--format", "jsonl", "--limit", "3"], input.as_bytes());
    assert_eq!(numbers(&few), [1, 2, 3]);
}

#[test]
fn a_huge_line_is_a_post_like_any_other() {
    let huge = "nul ! ".repeat(300_000);
    let output = run_on("triage", &["--format", "jsonl"], format!("{huge}\nMerci\n").as_bytes());
    assert_eq!((code(&output), numbers(&output)), (0, vec![1, 2]));
    let output = run_on("triage", &[], format!("{huge}\nMerci\n").as_bytes());
    assert_eq!(code(&output), 0);
    assert!(output.stdout.len() < 2000);
}

#[test]
fn a_reader_that_goes_away_ends_the_work_quietly() {
    let mut command = program("triage");
    command
        .args(["--format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("runs");
    let mut input = child.stdin.take().expect("piped");
    let mut reader = BufReader::new(child.stdout.take().expect("piped"));
    input.write_all(b"Toujours rien\n").expect("reads");
    let mut line = String::new();
    // What is typed is answered at once, without waiting for the end of the input.
    reader.read_line(&mut line).expect("writes");
    assert!(line.starts_with("{\"line\":1,"), "{line}");
    drop(reader);
    for _ in 0..1000 {
        if input.write_all(b"Toujours rien\n").is_err() {
            break;
        }
    }
    drop(input);
    let output = child.wait_with_output().expect("ends");
    assert_eq!((code(&output), said(&output)), (0, String::new()));
}

#[test]
fn usage_errors_are_told_with_what_there_is() {
    let output = run_on("evaluate", &["--task", "mood", "x.jsonl"], b"");
    assert_eq!(code(&output), 2);
    let said = self::said(&output);
    assert!(
        said.contains("mood") && said.contains("sentiment") && said.contains("virality"),
        "{said}"
    );
    let output = run_on("explain", &["--head", "mood", "x"], b"");
    assert_eq!(code(&output), 2);
    assert!(self::said(&output).contains("reason.delivery"), "{}", self::said(&output));
    assert_eq!(code(&run_on("triage", &["--format", "xml"], b"")), 2);
    assert_eq!(code(&run_on("throughput", &[], b"")), 2);
}

#[test]
fn a_bad_lexicon_row_is_named() {
    let rows = b"term\tvalence\nlent\tvery\n";
    let folder = folder("lexicon", &[("mine.tsv", rows), ("a.txt", b"lent\n")]);
    let output = run("triage", &folder, &["--lexicon", "mine.tsv", "a.txt"]);
    assert_eq!((code(&output), output.stdout.len()), (2, 0));
    assert!(said(&output).starts_with("triage: mine.tsv:2:"), "{}", said(&output));
    let output = run("triage", &folder, &["--lexicon", "none.tsv", "a.txt"]);
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("none.tsv: cannot be read"), "{}", said(&output));
}

#[test]
fn the_report_shows_text_as_text() {
    let post = "<script>alert(1)</script> & \"rien\" depuis 3 semaines, c'est une honte\n";
    let folder = folder("report", &[("a.txt", post.as_bytes())]);
    let output = run("triage", &folder, &["--html", "a.html", "--suggest", "a.txt"]);
    assert_eq!((code(&output), output.stdout.len()), (0, 0), "{}", said(&output));
    let page = std::fs::read_to_string(folder.join("a.html")).expect("written");
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">"));
    // Any word may be marked, `script` too.
    let plain = page.replace("<mark class=\"bad\">", "").replace("<mark class=\"good\">", "");
    let plain = plain.replace("</mark>", "");
    assert!(!page.contains("<script") && plain.contains("&lt;script&gt;"));
    let queue = page.split_once("<ol class=\"queue\">").expect("a queue").1;
    assert!(queue.contains("<mark class=\"bad\">"), "words that speak for a complaint: {queue}");
    assert!(!page.contains("http://") && !page.contains("https://"), "nothing is fetched");
    let output = run("triage", &folder, &["--html", "none/a.html", "a.txt"]);
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("none/a.html: cannot be written"), "{}", said(&output));
}

#[test]
fn evaluate_measures_and_says_how_many_rows_had_no_gold() {
    let rows = b"{\"text\": \"C'est une honte, toujours rien\", \"label\": \"complaint\", \"kind\": \"x\"}\n\
        {\"text\": \"Bonne journ\xc3\xa9e\", \"label\": \"other\", \"kind\": \"y\", \"thread\": \"https://x\"}\n\
        {\"text\": \"Rien\", \"label\": null}\n{\"text\": \"Rien\"}\n{\"text\": 1, \"label\": \"other\"}\n";
    let folder = folder("evaluate", &[("rows.jsonl", rows)]);
    let output = run("evaluate", &folder, &["--task", "complaint", "--by", "kind", "rows.jsonl"]);
    assert_eq!(code(&output), 1);
    assert!(said(&output).starts_with("evaluate: rows.jsonl:5: field `text`"), "{}", said(&output));
    let reports = lines(&output);
    let report = &reports[0];
    assert_eq!((&report["task"], &report["file"]), (&"complaint".into(), &"rows.jsonl".into()));
    assert_eq!((&report["n"], &report["skipped"]), (&2.into(), &3.into()));
    for key in
        ["accuracy", "macro_f1", "macro_recall", "f1", "auc", "average_precision", "brier", "ece"]
    {
        assert!(report[key].is_number(), "{key} in {report}");
        assert!(report["ci"][key].is_array() || key == "auc", "{key} in {report}");
    }
    assert_eq!((&report["by"]["x"]["n"], &report["by"]["y"]["n"]), (&1.into(), &1.into()));
    assert_eq!(report["classes"]["complaint"]["gold"], 1);
    let again = run("evaluate", &folder, &["--task", "complaint", "--no-ci", "rows.jsonl"]);
    assert_eq!(lines(&again)[0]["ci"], Value::Null);
}

#[test]
fn explain_points_at_words_and_adds_up() {
    let output = run_on("explain", &["Toujours pas de réponse, c'est une honte"], b"");
    assert_eq!(code(&output), 0);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(!text.contains('\x1b'), "no colours off a terminal");
    let mut shown = text.lines();
    assert_eq!(shown.next(), Some("  Toujours pas de réponse, c'est une honte"));
    assert!(shown.next().is_some_and(|carets| carets.trim().starts_with('^')), "{text}");

    let post = "{\"text\": \"Toujours pas de réponse\", \"previous_contacts\": 2}";
    let output = run_on("explain", &["--json"], post.as_bytes());
    assert_eq!(code(&output), 0);
    let whole = lines(&output).remove(0);
    for score in whole["heads"].as_array().expect("scores") {
        let evidence = whole["evidence"].as_array().expect("evidence").iter();
        let sum: f64 = evidence
            .filter(|e| e["head"] == score["head"])
            .filter_map(|e| e["weight"].as_f64())
            .sum();
        let raw = score["raw"].as_f64().expect("a number");
        assert!((sum - raw).abs() < 1e-9, "{score} is not {sum}");
    }
    assert_eq!(code(&run_on("explain", &[], b"{\"text\": 1}")), 2);
    assert_eq!(code(&run_on("explain", &[], b"\xff")), 2);
}

#[test]
fn throughput_is_one_line_of_figures() {
    let folder = folder("throughput", &[("a.txt", b"Toujours rien\nStill waiting\n")]);
    let output = run("throughput", &folder, &["a.txt", "--threads", "2"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let report = lines(&output).remove(0);
    for key in [
        "ns_per_post",
        "unicode_words_ns_per_post",
        "ratio",
        "posts_per_second",
        "allocations_per_post",
        "first_assessment_us",
    ] {
        assert!(report[key].is_number(), "{key} in {report}");
    }
    assert_eq!((&report["posts"], &report["threads"]), (&2.into(), &2.into()));
    assert!(report.get("resident_bytes_added").is_some());
}

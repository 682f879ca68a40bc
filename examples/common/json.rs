//! A post from one JSON object, with errors that name the field.

use doleance::Post;
use serde::Deserialize;
use serde_json::{Map, Value};

/// The post among the fields of `row`, or what was found in it and what was expected.
pub(crate) fn post(row: Map<String, Value>) -> Result<Post<'static>, String> {
    if !row.contains_key("text") {
        return Err("field `text` is missing; expected a string".to_owned());
    }
    let row = Value::Object(row);
    Post::deserialize(&row).map(Post::into_owned).map_err(|e| match &row {
        Value::Object(fields) => blame(fields).unwrap_or_else(|| e.to_string()),
        _ => e.to_string(),
    })
}

/// The object of one line of JSON.
pub(crate) fn object(line: &str) -> Result<Map<String, Value>, String> {
    is_object(line)?;
    serde_json::from_str(line).map_err(|e| not_json(&e))
}

fn is_object(line: &str) -> Result<(), String> {
    let found = match line.trim_start().bytes().next() {
        Some(b'{') => return Ok(()),
        Some(b'[') => "a list",
        Some(b'"') => "a string",
        Some(b'0'..=b'9' | b'-') => "a number",
        Some(_) => "no JSON",
        None => "nothing",
    };
    Err(format!("found {found}; expected a JSON object such as {{\"text\": \"...\"}}"))
}

/// The first field that is wrong by itself, with what is wrong about it.
fn blame(row: &Map<String, Value>) -> Option<String> {
    row.iter().find_map(|(name, value)| {
        let wrong = wrong(name, value.clone())?;
        // One step further in, where that tells more.
        let inner = match value {
            Value::Object(parts) => parts.iter().find_map(|(part, value)| {
                let only = Map::from_iter([(part.clone(), value.clone())]);
                self::wrong(name, Value::Object(only)).map(|w| (format!("{name}.{part}"), w))
            }),
            Value::Array(items) => items.iter().enumerate().find_map(|(i, item)| {
                self::wrong(name, Value::Array(vec![item.clone()]))
                    .map(|w| (format!("{name}[{i}]"), w))
            }),
            _ => None,
        };
        let (field, wrong) = inner.unwrap_or_else(|| (name.clone(), wrong));
        Some(format!("field `{field}`: {wrong}"))
    })
}

fn wrong(name: &str, value: Value) -> Option<String> {
    // A post needs its text, whatever else is wrong.
    let text = ("text".to_owned(), Value::from(""));
    let only = Map::from_iter([text, (name.to_owned(), value)]);
    let wrong = Post::deserialize(&Value::Object(only)).err()?.to_string();
    let plain = [("u64", "a whole number"), ("u32", "a whole number"), ("f64", "a number")];
    let plainer = plain.iter().find_map(|(theirs, ours)| Some((wrong.strip_suffix(theirs)?, ours)));
    Some(plainer.map(|(start, ours)| format!("{start}{ours}")).unwrap_or(wrong))
}

/// The message, with the column alone of the position that `from_str` adds.
fn not_json(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let end = message.rfind(" at line ").unwrap_or(message.len());
    let (message, column) = (&message[..end], error.column());
    format!("not JSON: {message} at column {column}; expected one object a line")
}

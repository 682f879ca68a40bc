//! Shapes: what is noticed of a text as a whole, the form it has, and which of them go together.
//!
//! Shared with the build script.

/// Features of the whole text, each a row `shape:name` of the learned lexicon. The first [`FORM`]
/// tell the form of a post.
pub(crate) const SHAPES: &[&str] = &[
    "tokens<4",
    "tokens<9",
    "tokens<17",
    "tokens<33",
    "tokens<65",
    "tokens>=129",
    "handle",
    "handle_first",
    "handles_many",
    "hashtag",
    "url",
    "url_last",
    "number",
    "quote",
    "retweet",
    "sentences_many",
    "tokens>=65",
    "capitals",
    "capitals_many",
    "elongated",
    "exclamation",
    "exclamation_run",
    "question",
    "question_run",
    "question_last",
    "ellipsis",
    "amount",
    "duration",
    "emoji",
    "emoticon",
    "first_person",
    "second_person",
    "no_first_person",
    "negated",
    "valence_any_negative",
    "valence_any_positive",
    "valence_both",
    "valence_none",
    "valence_strong_negative",
    "valence_strong_positive",
    "valence_last_negative",
    "valence_last_positive",
    "negative_question",
    "threat_acts",
    "valence_only_negative",
    "valence_only_positive",
    "short_negative",
    "short_positive",
    "duration_hours",
    "duration_days",
    "duration_months",
    "duration_years",
    "news_of_others",
];

/// How many shapes tell the form of a post: its length, whom it names, what it links to. Alone each
/// of them tells little but where a post was collected; two at once (a short text with a link and
/// no handle) tell a headline or an advertisement from somebody who writes to a firm. Any two have a
/// row of their own, `shapes:a&b`.
pub(crate) const FORM: usize = 16;
pub(crate) const FORM_PAIRS: usize = FORM * (FORM - 1) / 2;

/// What stands between the names of two shapes.
const AND: char = '&';

/// The number of a pair of shapes of the form.
fn form_pair(first: usize, second: usize) -> Option<u8> {
    let (low, high) = (first.min(second), first.max(second));
    (low < high && high < FORM).then(|| (high * (high - 1) / 2 + low) as u8)
}

/// The pairs among the shapes of a text, which are bits.
pub(crate) fn form_pairs(shapes: u64) -> impl Iterator<Item = u8> {
    let has = move |at: &usize| shapes >> at & 1 == 1;
    (1..FORM).filter(has).flat_map(move |second| {
        (0..second).filter(has).filter_map(move |first| form_pair(first, second))
    })
}

/// `a&b`.
pub(crate) fn form_pair_name(pair: u8) -> String {
    let second = (1..FORM).rev().find(|at| at * (at - 1) / 2 <= usize::from(pair)).unwrap_or(1);
    let first = usize::from(pair).saturating_sub(second * (second - 1) / 2);
    format!("{}{AND}{}", SHAPES[first % SHAPES.len()], SHAPES[second])
}

/// The pair that `a&b` names, or what was expected. There is one way to write it, so that a row of a
/// user goes over the one that ships.
pub(crate) fn form_pair_named(name: &str) -> Result<u8, String> {
    let place = |name| SHAPES[..FORM].iter().position(|shape| *shape == name);
    let pair = name
        .split_once(AND)
        .and_then(|(first, second)| form_pair(place(first)?, place(second)?))
        .ok_or_else(|| {
            let shapes = SHAPES[..FORM].join(", ");
            format!("`{name}` is no pair of shapes; expected `a{AND}b`, two of {shapes}")
        })?;
    match form_pair_name(pair) {
        written if written == name => Ok(pair),
        written => Err(format!("`{name}`; expected `{written}`, in this order")),
    }
}

/// A post has many shapes. Each table holds, for every set of some of them, the sum of the rows that
/// all shapes of the set bring, so that few rows are added up: first tables of the form, with its
/// pairs, then of the others.
pub(crate) const FORM_TABLES: usize = FORM_PARTS.len();
pub(crate) const TABLES: usize = (SHAPES.len() - FORM).div_ceil(TOGETHER);
/// The rows of a table of the form, and of another.
pub(crate) const FORM_SETS: usize = 1 << (2 * PART);
pub(crate) const SETS: usize = 1 << TOGETHER;

/// The shapes of the form lie in parts of so many bits.
const PART: usize = 4;
/// How many of the other shapes a table is of.
const TOGETHER: usize = 8;
/// Where the two parts of a table begin. Each two parts meet once.
const FORM_PARTS: [[usize; 2]; 6] = [[0, 4], [8, 12], [0, 8], [0, 12], [4, 8], [4, 12]];
/// How many tables hold the shapes of their parts themselves, and the pairs inside a part.
const WHOLE_TABLES: usize = 2;

/// Where the set of these shapes has its row in the tables of the form.
#[inline]
pub(crate) fn form_sets(shapes: u64) -> impl Iterator<Item = usize> {
    let part = move |from: usize| (shapes >> from) as usize % (1 << PART);
    FORM_PARTS.iter().map(move |&[first, second]| part(first) | part(second) << PART)
}

/// Where the set of these shapes has its row in the other tables.
#[inline]
pub(crate) fn sets(shapes: u64) -> impl Iterator<Item = usize> {
    (FORM..).step_by(TOGETHER).map(move |from| (shapes >> (from % 64)) as usize % SETS)
}

/// What the row of a set in a table of the form is the sum of: shapes, and pairs.
pub(crate) fn form_row(table: usize, set: usize) -> (Vec<u8>, Vec<u8>) {
    let [first, second] = FORM_PARTS[table];
    let mask =
        |part: usize, from: usize| ((set >> (part * PART) & ((1 << PART) - 1)) << from) as u64;
    let (first, second) = (mask(0, first), mask(1, second));
    if table < WHOLE_TABLES {
        let shapes = first | second;
        return (
            (0..FORM as u8).filter(|at| shapes >> at & 1 == 1).collect(),
            form_pairs(shapes).collect(),
        );
    }
    let inside: Vec<u8> = form_pairs(first).chain(form_pairs(second)).collect();
    (Vec::new(), form_pairs(first | second).filter(|pair| !inside.contains(pair)).collect())
}

/// The shapes of a set in one of the other tables.
pub(crate) fn row(table: usize, set: usize) -> impl Iterator<Item = u8> {
    let from = FORM + table * TOGETHER;
    (from..(from + TOGETHER).min(SHAPES.len()))
        .filter(move |at| set >> (at - from) & 1 == 1)
        .map(|at| at as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_has_a_name_and_a_number() {
        for pair in 0..FORM_PAIRS as u8 {
            assert_eq!(form_pair_named(&form_pair_name(pair)), Ok(pair));
        }
        for name in ["url", "url&", "url&url", "url&handle", "url&round", "url&question", "a&b&c"] {
            assert!(form_pair_named(name).is_err(), "{name}");
        }
    }

    /// Each shape and pair of a text is in just one of its rows.
    #[test]
    fn the_rows_of_a_text_hold_its_shapes_and_pairs_once() {
        for shapes in [
            0,
            1,
            0b11,
            0x8001,
            0xffff,
            0b1010_0110_0101_1001,
            (1 << SHAPES.len()) - 1,
            0x5a5a_5a5a_5a5a,
        ] {
            let mut found = (Vec::new(), Vec::new());
            for (table, set) in form_sets(shapes).enumerate() {
                let (singles, pairs) = form_row(table, set);
                found.0.extend(singles);
                found.1.extend(pairs);
            }
            for (table, set) in sets(shapes).take(TABLES).enumerate() {
                found.0.extend(row(table, set));
            }
            found.0.sort_unstable();
            found.1.sort_unstable();
            let all: Vec<u8> = (0..SHAPES.len() as u8).filter(|at| shapes >> at & 1 == 1).collect();
            let mut pairs: Vec<u8> = form_pairs(shapes).collect();
            pairs.sort_unstable();
            assert_eq!(found, (all, pairs), "{shapes:b}");
        }
    }
}

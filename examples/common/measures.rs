//! From judged rows to the figures of one JSON object, with their bootstrap intervals.

use std::collections::BTreeMap;

use serde::Serialize;

use super::metrics::{
    Confusion, Draws, Labels, Pairs, Scored, Tally, interval, micro, one_label, share_of,
};

/// What one row says, for whichever kinds of figures it can serve.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Judged {
    /// Gold class and the class said.
    pub(crate) class: Option<(usize, usize)>,
    /// A score and whether the row is true.
    pub(crate) score: Option<(f64, bool)>,
    /// A number said and the gold number, to compare in rank.
    pub(crate) rank: Option<(f64, f64)>,
    /// The same on one scale, to compare in value.
    pub(crate) value: Option<(f64, f64)>,
    /// Sets of labels.
    pub(crate) labels: Option<Labels>,
    /// Whether the interval said holds the gold number.
    pub(crate) covered: Option<bool>,
}

/// How the rows of a task are to be counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scheme {
    /// The classes, or the labels of a list.
    pub(crate) names: Vec<&'static str>,
    /// How many of the classes, from the first, count in means.
    pub(crate) counted: usize,
    /// The class whose F1 is asked for.
    pub(crate) positive: Option<usize>,
    /// Whether scores are probabilities, to be held against what came true.
    pub(crate) probability: bool,
}

/// The figures; those that do not apply are left out.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Measures {
    pub(crate) n: usize,
    #[serde(flatten)]
    figures: Figures<Option<f64>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    classes: BTreeMap<&'static str, Class>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    confusion: BTreeMap<&'static str, BTreeMap<&'static str, u64>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    calibration: Vec<Tenth>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ci: Option<Intervals>,
}

/// The rows of a tenth of probability: what was said of them on average, and how many were so.
#[derive(Debug, Serialize)]
struct Tenth {
    from: f64,
    n: u32,
    said: f64,
    came_true: f64,
}

#[derive(Debug, Default, Serialize)]
struct Figures<T: Absent> {
    #[serde(skip_serializing_if = "T::is_absent")]
    accuracy: T,
    #[serde(skip_serializing_if = "T::is_absent")]
    macro_f1: T,
    #[serde(skip_serializing_if = "T::is_absent")]
    macro_recall: T,
    #[serde(skip_serializing_if = "T::is_absent")]
    f1: T,
    #[serde(skip_serializing_if = "T::is_absent")]
    micro_f1: T,
    #[serde(skip_serializing_if = "T::is_absent")]
    auc: T,
    #[serde(skip_serializing_if = "T::is_absent")]
    average_precision: T,
    #[serde(skip_serializing_if = "T::is_absent")]
    brier: T,
    #[serde(skip_serializing_if = "T::is_absent")]
    ece: T,
    #[serde(skip_serializing_if = "T::is_absent")]
    spearman: T,
    #[serde(skip_serializing_if = "T::is_absent")]
    mae: T,
    #[serde(skip_serializing_if = "T::is_absent")]
    coverage: T,
}

trait Absent {
    fn is_absent(&self) -> bool;
}

impl<T> Absent for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Absent> Figures<T> {
    fn map<U: Absent>(self, mut f: impl FnMut(T) -> U) -> Figures<U> {
        Figures {
            accuracy: f(self.accuracy),
            macro_f1: f(self.macro_f1),
            macro_recall: f(self.macro_recall),
            f1: f(self.f1),
            micro_f1: f(self.micro_f1),
            auc: f(self.auc),
            average_precision: f(self.average_precision),
            brier: f(self.brier),
            ece: f(self.ece),
            spearman: f(self.spearman),
            mae: f(self.mae),
            coverage: f(self.coverage),
        }
    }
}

#[derive(Debug, Serialize)]
struct Class {
    precision: f64,
    recall: f64,
    f1: f64,
    gold: u64,
}

impl Class {
    fn of(tally: Tally) -> Self {
        Self {
            precision: rounded(tally.precision()),
            recall: rounded(tally.recall()),
            f1: rounded(tally.f1()),
            gold: tally.hit + tally.missed,
        }
    }
}

/// The middle 95 % of the figures over rows drawn anew.
#[derive(Debug, Serialize)]
struct Intervals {
    resamples: usize,
    #[serde(flatten)]
    figures: Figures<Option<[f64; 2]>>,
}

/// The rows in columns, each with the numbers of the rows it is made of.
struct Columns<'s> {
    scheme: &'s Scheme,
    n: usize,
    class: Column<Vec<(usize, usize)>>,
    score: Column<Scored>,
    rank: Column<Pairs>,
    value: Column<Pairs>,
    labels: Column<Vec<Labels>>,
    covered: Column<Vec<bool>>,
}

struct Column<T> {
    rows: Vec<usize>,
    values: T,
}

impl<T> Column<T> {
    fn new<V>(
        rows: &[Judged],
        take: impl Fn(&Judged) -> Option<V>,
        make: impl Fn(Vec<V>) -> T,
    ) -> Self {
        let taken = rows.iter().enumerate().filter_map(|(i, row)| Some((i, take(row)?)));
        let (rows, values) = taken.unzip();
        Self { rows, values: make(values) }
    }

    /// The weights of its rows, out of those of all rows; nothing if it has no row.
    fn weights(&self, all: &[u32]) -> Option<Vec<u32>> {
        (!self.rows.is_empty()).then(|| self.rows.iter().map(|&row| all[row]).collect())
    }
}

impl<'s> Columns<'s> {
    fn new(rows: &[Judged], scheme: &'s Scheme) -> Self {
        let pairs = |both: Vec<(f64, f64)>| {
            let (said, gold) = both.into_iter().unzip();
            Pairs::new(said, gold)
        };
        Self {
            scheme,
            n: rows.len(),
            class: Column::new(rows, |r| r.class, |v| v),
            score: Column::new(
                rows,
                |r| r.score,
                |both| {
                    let (score, truth) = both.into_iter().unzip();
                    Scored::new(score, truth)
                },
            ),
            rank: Column::new(rows, |r| r.rank, pairs),
            value: Column::new(rows, |r| r.value, pairs),
            labels: Column::new(rows, |r| r.labels, |v| v),
            covered: Column::new(rows, |r| r.covered, |v| v),
        }
    }

    fn figures(&self, weights: &[u32]) -> Figures<Option<f64>> {
        let mut f = Figures::default();
        if let Some(w) = self.class.weights(weights) {
            let confusion = Confusion::new(&self.class.values, &w, self.scheme.names.len());
            let counted: Vec<usize> = (0..self.scheme.counted).collect();
            f.accuracy = Some(confusion.accuracy());
            f.macro_f1 = Some(confusion.macro_f1(&counted));
            f.macro_recall = Some(confusion.macro_recall(&counted));
            f.f1 = self.scheme.positive.map(|class| confusion.tally(class).f1());
        }
        if let Some(w) = self.labels.weights(weights) {
            let labels = &self.labels.values;
            let right: Vec<bool> = labels.iter().map(Labels::is_right).collect();
            let some = labels.iter().map(|l| (usize::from(l.gold != 0), usize::from(l.said != 0)));
            f.accuracy = Some(share_of(&right, &w));
            f.micro_f1 = Some(micro(labels, &w).f1());
            f.f1 = Some(Confusion::new(&some.collect::<Vec<_>>(), &w, 2).tally(1).f1());
        }
        if let Some(w) = self.score.weights(weights) {
            let scored = &self.score.values;
            f.auc = Some(scored.auc(&w));
            f.average_precision = Some(scored.average_precision(&w));
            f.brier = self.scheme.probability.then(|| scored.brier(&w));
            f.ece = self.scheme.probability.then(|| scored.ece(&w));
        }
        f.spearman = self.rank.weights(weights).map(|w| self.rank.values.spearman(&w));
        f.mae = self.value.weights(weights).map(|w| self.value.values.mean_absolute_error(&w));
        f.coverage = self.covered.weights(weights).map(|w| share_of(&self.covered.values, &w));
        f
    }

    /// A thousand resamples, fewer of a big file: its intervals are narrow anyway.
    fn intervals(&self) -> Intervals {
        let resamples = (60_000_000 / self.n.max(1)).clamp(100, 1000);
        let (mut draws, mut weights) = (Draws::new(), vec![0; self.n]);
        let mut drawn: Vec<Figures<Option<f64>>> = Vec::with_capacity(resamples);
        for _ in 0..resamples {
            draws.draw(&mut weights);
            drawn.push(self.figures(&weights));
        }
        let mut all = Figures::<Option<Vec<f64>>>::default();
        for figures in drawn {
            all = all.with(figures);
        }
        let figures = all.map(|v| v.and_then(interval).map(|i| i.map(rounded)));
        Intervals { resamples, figures }
    }
}

impl Figures<Option<Vec<f64>>> {
    fn with(mut self, other: Figures<Option<f64>>) -> Self {
        let mut values = Vec::with_capacity(12);
        other.map(|v| {
            values.push(v);
            None::<f64>
        });
        let mut values = values.into_iter();
        self = self.map(|all| match values.next().flatten() {
            Some(value) => {
                let mut all = all.unwrap_or_default();
                all.push(value);
                Some(all)
            }
            None => all,
        });
        self
    }
}

/// The figures of `rows`; with `ci`, their intervals.
pub(crate) fn measure(rows: &[Judged], scheme: &Scheme, ci: bool) -> Measures {
    let columns = Columns::new(rows, scheme);
    let ones = vec![1; rows.len()];
    let figures = columns.figures(&ones).map(|v| v.filter(|v| v.is_finite()).map(rounded));
    let mut measures = Measures { n: rows.len(), figures, ..Measures::default() };
    if let Some(w) = columns.class.weights(&ones) {
        let confusion = Confusion::new(&columns.class.values, &w, scheme.names.len());
        for (gold, &name) in scheme.names.iter().enumerate() {
            let row = scheme.names.iter().enumerate();
            let row: BTreeMap<_, _> = row
                .map(|(said, &name)| (name, confusion.cell(gold, said)))
                .filter(|cell| cell.1 > 0)
                .collect();
            if confusion.gold(gold) + confusion.predicted(gold) > 0 {
                measures.classes.insert(name, Class::of(confusion.tally(gold)));
            }
            if !row.is_empty() {
                measures.confusion.insert(name, row);
            }
        }
    }
    for (bit, &name) in scheme.names.iter().enumerate() {
        let tally = one_label(&columns.labels.values, bit);
        if tally.hit + tally.extra + tally.missed > 0 {
            measures.classes.insert(name, Class::of(tally));
        }
    }
    if let Some(w) = columns.score.weights(&ones).filter(|_| scheme.probability) {
        let bins = columns.score.values.bins(&w).into_iter().enumerate();
        measures.calibration = bins
            .filter(|(_, bin)| bin.rows > 0)
            .map(|(tenth, bin)| Tenth {
                from: rounded(tenth as f64 / 10.0),
                n: bin.rows,
                said: rounded(bin.said / f64::from(bin.rows)),
                came_true: rounded(bin.came_true / f64::from(bin.rows)),
            })
            .collect();
    }
    measures.ci = (ci && !rows.is_empty()).then(|| columns.intervals());
    measures
}

/// To five places: enough to compare, few enough to read.
pub(crate) fn rounded(value: f64) -> f64 {
    (value * 1e5).round() / 1e5
}

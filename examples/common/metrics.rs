//! Measures of right and wrong, each over weighted rows: a weight says how often a row was drawn,
//! so that the same code gives the figure (all weights 1) and its bootstrap.

use std::cmp::Ordering;

/// How often each class was taken for each other.
pub(crate) struct Confusion {
    cells: Vec<u64>,
    classes: usize,
}

impl Confusion {
    /// Of pairs (gold, predicted), both below `classes`.
    pub(crate) fn new(pairs: &[(usize, usize)], weights: &[u32], classes: usize) -> Self {
        let mut cells = vec![0; classes * classes];
        for (&(gold, predicted), &weight) in pairs.iter().zip(weights) {
            cells[gold * classes + predicted] += u64::from(weight);
        }
        Self { cells, classes }
    }

    pub(crate) fn cell(&self, gold: usize, predicted: usize) -> u64 {
        self.cells[gold * self.classes + predicted]
    }

    /// How many rows have that gold class.
    pub(crate) fn gold(&self, class: usize) -> u64 {
        (0..self.classes).map(|predicted| self.cell(class, predicted)).sum()
    }

    /// How many rows were said to be of that class.
    pub(crate) fn predicted(&self, class: usize) -> u64 {
        (0..self.classes).map(|gold| self.cell(gold, class)).sum()
    }

    pub(crate) fn accuracy(&self) -> f64 {
        let right: u64 = (0..self.classes).map(|c| self.cell(c, c)).sum();
        share(right, self.cells.iter().sum())
    }

    pub(crate) fn tally(&self, class: usize) -> Tally {
        let hit = self.cell(class, class);
        Tally { hit, extra: self.predicted(class) - hit, missed: self.gold(class) - hit }
    }

    /// Mean F1 of `classes`, those left out that neither occur nor are predicted.
    pub(crate) fn macro_f1(&self, classes: &[usize]) -> f64 {
        let tallies = classes.iter().map(|&c| self.tally(c));
        mean(tallies.filter(|t| t.hit + t.extra + t.missed > 0).map(|t| t.f1()))
    }

    /// Mean recall of `classes`, those left out that do not occur.
    pub(crate) fn macro_recall(&self, classes: &[usize]) -> f64 {
        let tallies = classes.iter().map(|&c| self.tally(c));
        mean(tallies.filter(|t| t.hit + t.missed > 0).map(|t| t.recall()))
    }
}

/// Hits, false alarms and misses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) hit: u64,
    pub(crate) extra: u64,
    pub(crate) missed: u64,
}

impl Tally {
    pub(crate) fn precision(&self) -> f64 {
        share(self.hit, self.hit + self.extra)
    }

    pub(crate) fn recall(&self) -> f64 {
        share(self.hit, self.hit + self.missed)
    }

    pub(crate) fn f1(&self) -> f64 {
        share(2 * self.hit, 2 * self.hit + self.extra + self.missed)
    }

    fn add(&mut self, other: Self) {
        self.hit += other.hit;
        self.extra += other.extra;
        self.missed += other.missed;
    }
}

/// Sets of labels, as bits: the right one, the one said, and whether any label of it will do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Labels {
    pub(crate) gold: u32,
    pub(crate) said: u32,
    pub(crate) any: bool,
}

impl Labels {
    /// Whether it is right: the very set, or one label of it where any will do.
    pub(crate) fn is_right(&self) -> bool {
        if self.any && self.gold != 0 { self.gold & self.said != 0 } else { self.gold == self.said }
    }

    /// Label by label. Where any will do, a hit is one hit and nothing else; no hit is one miss,
    /// and one false alarm if anything was said.
    pub(crate) fn tally(&self) -> Tally {
        let count = |bits: u32| u64::from(bits.count_ones());
        match self.any && self.gold != 0 {
            true if self.is_right() => Tally { hit: 1, extra: 0, missed: 0 },
            true => Tally { hit: 0, extra: u64::from(self.said != 0), missed: 1 },
            false => Tally {
                hit: count(self.gold & self.said),
                extra: count(self.said & !self.gold),
                missed: count(self.gold & !self.said),
            },
        }
    }
}

/// All labels of all rows together; its F1 is the micro F1.
pub(crate) fn micro(labels: &[Labels], weights: &[u32]) -> Tally {
    let mut sum = Tally::default();
    for (row, &weight) in labels.iter().zip(weights) {
        let Tally { hit, extra, missed } = row.tally();
        let weight = u64::from(weight);
        sum.add(Tally { hit: hit * weight, extra: extra * weight, missed: missed * weight });
    }
    sum
}

/// One label of all rows. Where any will do, a label that was not said is missed only if none of
/// the row's was.
pub(crate) fn one_label(labels: &[Labels], bit: usize) -> Tally {
    let mut tally = Tally::default();
    for row in labels {
        let (gold, said) = (row.gold >> bit & 1 == 1, row.said >> bit & 1 == 1);
        let excused = row.any && row.is_right();
        tally.hit += u64::from(gold && said);
        tally.extra += u64::from(!gold && said && !excused);
        tally.missed += u64::from(gold && !said && !excused);
    }
    tally
}

/// Scores of rows that are true or false, kept in falling order.
pub(crate) struct Scored {
    score: Vec<f64>,
    truth: Vec<bool>,
    order: Vec<usize>,
}

impl Scored {
    pub(crate) fn new(score: Vec<f64>, truth: Vec<bool>) -> Self {
        let mut order: Vec<usize> = (0..score.len()).collect();
        order.sort_by(|&a, &b| falling(score[a], score[b]));
        Self { score, truth, order }
    }

    /// Runs of equal score, highest first: how many true, how many false.
    fn runs(&self, weights: &[u32]) -> impl Iterator<Item = (f64, f64)> {
        self.order.chunk_by(|&a, &b| self.score[a] == self.score[b]).map(move |run| {
            let mut counts = (0.0, 0.0);
            for &row in run {
                let side = if self.truth[row] { &mut counts.0 } else { &mut counts.1 };
                *side += f64::from(weights[row]);
            }
            counts
        })
    }

    /// The probability that a true row scores higher than a false one, ties counting half; not a
    /// number when there is only one kind.
    pub(crate) fn auc(&self, weights: &[u32]) -> f64 {
        let (mut trues, mut falses, mut won) = (0.0, 0.0, 0.0);
        for (t, f) in self.runs(weights) {
            won += f * (trues + t / 2.0);
            trues += t;
            falses += f;
        }
        won / (trues * falses)
    }

    /// The mean of the precision at each true row, equal scores being one step.
    pub(crate) fn average_precision(&self, weights: &[u32]) -> f64 {
        let (mut trues, mut seen, mut sum) = (0.0, 0.0, 0.0);
        for (t, f) in self.runs(weights) {
            trues += t;
            seen += t + f;
            if t > 0.0 {
                sum += t * trues / seen;
            }
        }
        sum / trues
    }

    /// The mean square of probability less truth.
    pub(crate) fn brier(&self, weights: &[u32]) -> f64 {
        let mut sum = 0.0;
        for ((score, &truth), &weight) in self.score.iter().zip(&self.truth).zip(weights) {
            sum += f64::from(weight) * (score - f64::from(u8::from(truth))).powi(2);
        }
        sum / total(weights)
    }

    /// Expected calibration error over ten bins of equal width: how far the mean probability of a
    /// bin is from its share of true rows, in the mean of rows.
    pub(crate) fn ece(&self, weights: &[u32]) -> f64 {
        let off = self.bins(weights).map(|bin| f64::abs(bin.said - bin.came_true));
        off.iter().sum::<f64>() / total(weights)
    }

    /// The rows by tenth of probability.
    pub(crate) fn bins(&self, weights: &[u32]) -> [Bin; 10] {
        let mut bins = [Bin::default(); 10];
        for ((score, &truth), &weight) in self.score.iter().zip(&self.truth).zip(weights) {
            let bin = &mut bins[((score * 10.0) as usize).min(9)];
            bin.rows += weight;
            bin.said += f64::from(weight) * score;
            bin.came_true += f64::from(weight) * f64::from(u8::from(truth));
        }
        bins
    }
}

/// Rows of like probability: how many there are, the sum of their probabilities, how many are true.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bin {
    pub(crate) rows: u32,
    pub(crate) said: f64,
    pub(crate) came_true: f64,
}

/// Two numbers a row, one said and one right.
pub(crate) struct Pairs {
    said: Vec<f64>,
    gold: Vec<f64>,
    by_said: Vec<usize>,
    by_gold: Vec<usize>,
}

impl Pairs {
    pub(crate) fn new(said: Vec<f64>, gold: Vec<f64>) -> Self {
        let order = |values: &[f64]| {
            let mut order: Vec<usize> = (0..values.len()).collect();
            order.sort_by(|&a, &b| falling(values[b], values[a]));
            order
        };
        Self { by_said: order(&said), by_gold: order(&gold), said, gold }
    }

    /// Spearman's rank correlation, equal values sharing their mean rank; not a number when one
    /// side is all the same.
    pub(crate) fn spearman(&self, weights: &[u32]) -> f64 {
        let x = ranks(&self.said, &self.by_said, weights);
        let y = ranks(&self.gold, &self.by_gold, weights);
        let n = total(weights);
        let middle = (n + 1.0) / 2.0;
        let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
        for ((x, y), &weight) in x.iter().zip(&y).zip(weights) {
            let (x, y, weight) = (x - middle, y - middle, f64::from(weight));
            xy += weight * x * y;
            xx += weight * x * x;
            yy += weight * y * y;
        }
        xy / (xx * yy).sqrt()
    }

    /// The mean distance.
    pub(crate) fn mean_absolute_error(&self, weights: &[u32]) -> f64 {
        let distances = self.said.iter().zip(&self.gold).map(|(s, g)| (s - g).abs());
        distances.zip(weights).map(|(d, &w)| d * f64::from(w)).sum::<f64>() / total(weights)
    }
}

fn ranks(values: &[f64], order: &[usize], weights: &[u32]) -> Vec<f64> {
    let mut ranks = vec![0.0; values.len()];
    let mut below = 0.0;
    for run in order.chunk_by(|&a, &b| values[a] == values[b]) {
        let here: f64 = run.iter().map(|&row| f64::from(weights[row])).sum();
        for &row in run {
            ranks[row] = below + (here + 1.0) / 2.0;
        }
        below += here;
    }
    ranks
}

/// The share of rows for which it holds.
pub(crate) fn share_of(holds: &[bool], weights: &[u32]) -> f64 {
    let sum: f64 = holds.iter().zip(weights).filter(|(h, _)| **h).map(|(_, &w)| f64::from(w)).sum();
    sum / total(weights)
}

/// Draws rows with replacement, the same ones on every run.
pub(crate) struct Draws {
    state: u64,
}

impl Draws {
    pub(crate) fn new() -> Self {
        Self { state: 20_261_121 }
    }

    /// How often each of as many rows as there are weights is drawn in as many draws.
    pub(crate) fn draw(&mut self, weights: &mut [u32]) {
        weights.fill(0);
        for _ in 0..weights.len() {
            let at = (u128::from(self.next()) * weights.len() as u128) >> 64;
            weights[at as usize] += 1;
        }
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// What lies between the lowest and the highest 2.5 % of the figures, those that are numbers.
pub(crate) fn interval(mut figures: Vec<f64>) -> Option<[f64; 2]> {
    figures.retain(|f| f.is_finite());
    figures.sort_by(f64::total_cmp);
    let last = figures.len().checked_sub(1)?;
    let at = |share: f64| {
        let place = share * last as f64;
        let (low, part) = (place.floor(), place.fract());
        let (a, b) = (figures[low as usize], figures[place.ceil() as usize]);
        a + (b - a) * part
    };
    Some([at(0.025), at(0.975)])
}

fn falling(a: f64, b: f64) -> Ordering {
    b.partial_cmp(&a).unwrap_or_else(|| b.total_cmp(&a))
}

fn total(weights: &[u32]) -> f64 {
    weights.iter().map(|&w| u64::from(w)).sum::<u64>() as f64
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (count, sum) = values.fold((0.0, 0.0), |(count, sum), v| (count + 1.0, sum + v));
    if count > 0.0 { sum / count } else { 0.0 }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

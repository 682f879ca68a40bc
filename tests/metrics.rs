//! The measures of `evaluate` against values computed by hand.

#[path = "../examples/common/metrics.rs"]
mod metrics;

use metrics::{
    Confusion, Draws, Labels, Pairs, Scored, Tally, interval, micro, one_label, share_of,
};

fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-12, "{a} is not {b}");
}

#[test]
fn confusion_of_six_rows() {
    // Gold 0 0 0 1 1 2, said 0 0 1 1 2 2.
    let pairs = [(0, 0), (0, 0), (0, 1), (1, 1), (1, 2), (2, 2)];
    let c = Confusion::new(&pairs, &[1; 6], 3);
    close(c.accuracy(), 4.0 / 6.0);
    assert_eq!(c.tally(0), Tally { hit: 2, extra: 0, missed: 1 });
    assert_eq!(c.tally(1), Tally { hit: 1, extra: 1, missed: 1 });
    assert_eq!(c.tally(2), Tally { hit: 1, extra: 1, missed: 0 });
    // F1: 4/5, 1/2, 2/3.
    close(c.macro_f1(&[0, 1, 2]), (0.8 + 0.5 + 2.0 / 3.0) / 3.0);
    // Recall: 2/3, 1/2, 1.
    close(c.macro_recall(&[0, 1, 2]), (2.0 / 3.0 + 0.5 + 1.0) / 3.0);
    close(c.tally(1).precision(), 0.5);
    assert_eq!((c.gold(0), c.predicted(0), c.cell(1, 2)), (3, 2, 1));
}

#[test]
fn absent_classes_are_left_out_of_means() {
    let c = Confusion::new(&[(0, 0), (1, 0)], &[1; 2], 3);
    // Class 2 neither occurs nor is said; class 1 occurs and is never found.
    close(c.macro_f1(&[0, 1, 2]), (2.0 / 3.0 + 0.0) / 2.0);
    close(c.macro_recall(&[0, 1, 2]), 0.5);
    close(Confusion::new(&[], &[], 2).macro_f1(&[0, 1]), 0.0);
}

#[test]
fn a_weight_is_so_many_rows() {
    let c = Confusion::new(&[(0, 0), (1, 0), (1, 1)], &[3, 2, 0], 2);
    close(c.accuracy(), 0.6);
    let twice = Scored::new(vec![0.9, 0.9, 0.4, 0.2], vec![true, true, false, true]);
    let once = Scored::new(vec![0.9, 0.4, 0.2], vec![true, false, true]);
    close(once.auc(&[2, 1, 1]), twice.auc(&[1; 4]));
    close(once.average_precision(&[2, 1, 1]), twice.average_precision(&[1; 4]));
    close(once.brier(&[2, 1, 1]), twice.brier(&[1; 4]));
    close(once.ece(&[2, 1, 1]), twice.ece(&[1; 4]));
    let twice = Pairs::new(vec![1.0, 1.0, 3.0, 2.0], vec![5.0, 5.0, 1.0, 7.0]);
    let once = Pairs::new(vec![1.0, 3.0, 2.0], vec![5.0, 1.0, 7.0]);
    close(once.spearman(&[2, 1, 1]), twice.spearman(&[1; 4]));
    close(once.mean_absolute_error(&[2, 1, 1]), twice.mean_absolute_error(&[1; 4]));
}

#[test]
fn auc_counts_ties_half() {
    // True .8 .5, false .5 .3 .6: of six pairs .8 wins three, .5 loses to .6, ties .5, beats .3.
    let s = Scored::new(vec![0.8, 0.5, 0.5, 0.3, 0.6], vec![true, true, false, false, false]);
    close(s.auc(&[1; 5]), (3.0 + 0.5 + 1.0) / 6.0);
    let same = Scored::new(vec![0.5; 4], vec![true, false, true, false]);
    close(same.auc(&[1; 4]), 0.5);
    assert!(Scored::new(vec![0.1, 0.2], vec![true, true]).auc(&[1; 2]).is_nan());
}

#[test]
fn average_precision_steps_at_equal_scores() {
    // Ranks of the true rows: 1 and 3: (1/1 + 2/3) / 2.
    let s = Scored::new(vec![0.9, 0.8, 0.7, 0.1], vec![true, false, true, false]);
    close(s.average_precision(&[1; 4]), (1.0 + 2.0 / 3.0) / 2.0);
    // .9 is a tie of one true and one false: precision 1/2 there, 2/3 at the second.
    let s = Scored::new(vec![0.9, 0.9, 0.7], vec![true, false, true]);
    close(s.average_precision(&[1; 3]), (0.5 + 2.0 / 3.0) / 2.0);
}

#[test]
fn brier_and_calibration() {
    let s = Scored::new(vec![0.9, 0.8, 0.3, 1.0], vec![true, false, false, true]);
    close(s.brier(&[1; 4]), (0.01 + 0.64 + 0.09 + 0.0) / 4.0);
    // Bins: [.8,.9): .8 against 0; [.9,1]: .9 and 1.0, mean .95 against 1; [.3,.4): .3 against 0.
    close(s.ece(&[1; 4]), (0.8 + 0.1 + 0.3) / 4.0);
    close(
        Scored::new(vec![0.25, 0.25, 0.29, 0.21], vec![true, false, false, false]).ece(&[1; 4]),
        0.0,
    );
}

#[test]
fn spearman_with_mean_ranks() {
    let w = [1; 4];
    close(Pairs::new(vec![1.0, 2.0, 3.0, 4.0], vec![10.0, 20.0, 30.0, 40.0]).spearman(&w), 1.0);
    close(Pairs::new(vec![1.0, 2.0, 3.0, 4.0], vec![4.0, 3.0, 2.0, 1.0]).spearman(&w), -1.0);
    // Ranks 1 2.5 2.5 4 against 1 2 3 4: covariance 4.5, squares 4.5 and 5.
    let p = Pairs::new(vec![1.0, 2.0, 2.0, 9.0], vec![1.0, 2.0, 3.0, 4.0]);
    close(p.spearman(&w), 4.5 / (4.5_f64 * 5.0).sqrt());
    close(p.mean_absolute_error(&w), (0.0 + 0.0 + 1.0 + 5.0) / 4.0);
    assert!(Pairs::new(vec![1.0, 1.0], vec![1.0, 2.0]).spearman(&[1; 2]).is_nan());
}

#[test]
fn lists_label_by_label() {
    let rows = [
        Labels { gold: 0b011, said: 0b110, any: false }, // 1 hit, 1 extra, 1 missed
        Labels { gold: 0b000, said: 0b000, any: false }, // nothing
        Labels { gold: 0b000, said: 0b001, any: false }, // 1 extra
        Labels { gold: 0b101, said: 0b111, any: true },  // 1 hit
        Labels { gold: 0b101, said: 0b010, any: true },  // 1 extra, 1 missed
        Labels { gold: 0b101, said: 0b000, any: true },  // 1 missed
    ];
    let tally = micro(&rows, &[1; 6]);
    assert_eq!(tally, Tally { hit: 2, extra: 3, missed: 3 });
    close(tally.f1(), 4.0 / 10.0);
    let right: Vec<bool> = rows.iter().map(Labels::is_right).collect();
    assert_eq!(right, [false, true, false, true, false, false]);
    close(share_of(&right, &[1; 6]), 2.0 / 6.0);
    assert_eq!(one_label(&rows, 0), Tally { hit: 1, extra: 1, missed: 3 });
    assert_eq!(one_label(&rows, 1), Tally { hit: 1, extra: 1, missed: 0 });
}

#[test]
fn the_bootstrap_draws_as_many_rows_and_the_same_each_time() {
    let (mut a, mut b) = (vec![0; 1000], vec![0; 1000]);
    Draws::new().draw(&mut a);
    Draws::new().draw(&mut b);
    assert_eq!(a, b);
    assert_eq!(a.iter().sum::<u32>(), 1000);
    // About 1/e of the rows are not drawn.
    let none = a.iter().filter(|&&n| n == 0).count();
    assert!((330..410).contains(&none), "{none}");
    // Of 0..=1000 the middle 95 % is 25 to 975; what is no number is left out.
    let figures = (0..=1000).map(f64::from).chain([f64::NAN]).collect();
    assert_eq!(interval(figures), Some([25.0, 975.0]));
    assert_eq!(interval(vec![f64::NAN]), None);
}

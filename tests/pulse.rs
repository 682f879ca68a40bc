//! The pulse on simulated years: false surges, and how soon a storm is seen.
#![cfg(feature = "serde")]

use doleance::{Analyzer, Assessment, Observation, Pulse, PulseLevel};

const START: i64 = 1_793_577_600; // a Monday, 00:00 UTC
const DAY: i64 = 86_400;

/// splitmix64: seeded, the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn unit(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }
}

/// How busy a moment of the week is, 1 on average and 2.6 at most.
type Rhythm = fn(f64) -> f64;

/// Hour by hour with steps: nights a tenth of the afternoon, week-ends less.
fn stepped(at: f64) -> f64 {
    let (day, hour) = ((at / DAY as f64).floor() as i64 % 7, at % DAY as f64 / 3600.0);
    let daily = [
        0.35, 0.2, 0.15, 0.12, 0.12, 0.2, 0.4, 0.8, 1.2, 1.5, 1.6, 1.5, 1.4, 1.4, 1.5, 1.5, 1.5,
        1.6, 1.6, 1.5, 1.4, 1.2, 0.9, 0.6,
    ];
    let weekly = [1.15, 1.1, 1.1, 1.1, 1.1, 0.75, 0.7];
    let usual: f64 = daily.iter().sum::<f64>() / 24.0;
    daily[hour as usize] / usual * weekly[day as usize]
}

/// A wave a day, a tenth of the mean at night, and half as much on Sundays.
fn waving(at: f64) -> f64 {
    let (day, part) = ((at / DAY as f64).floor() as i64 % 7, at % DAY as f64 / DAY as f64);
    let weekly = if day == 6 { 0.5 } else { 13.0 / 12.0 };
    (1.0 - 0.9 * (std::f64::consts::TAU * part).cos()) * weekly
}

fn flat(_: f64) -> f64 {
    1.0
}

/// Poisson arrivals from `at` on, in seconds after START, at `per_day` posts times `rise`.
struct Arrivals<'r> {
    random: &'r mut Random,
    at: f64,
    per_day: f64,
    rise: f64,
    rhythm: Rhythm,
}

impl Iterator for Arrivals<'_> {
    type Item = f64;
    fn next(&mut self) -> Option<f64> {
        let most = self.per_day * self.rise * 2.6 / DAY as f64;
        loop {
            self.at -= self.random.unit().ln() / most;
            if self.random.unit() * 2.6 < (self.rhythm)(self.at) {
                return Some(self.at);
            }
        }
    }
}

/// An assessment with what the pulse looks at set by hand: the pulse is what is tested here.
fn assessment(critical: bool, me_too: bool) -> Assessment {
    let mut json = serde_json::to_value(Analyzer::new().analyze("x")).unwrap();
    json["complaint"]["is_complaint"] = critical.into();
    json["me_too"] = me_too.into();
    json["intent"]["main"] = if critical { "complaint" } else { "praise" }.into();
    json["priority"]["level"] = if critical { "normal" } else { "low" }.into();
    json["virality"]["reach"] = 40.0.into();
    serde_json::from_value(json).unwrap()
}

fn complaint() -> Assessment {
    assessment(true, false)
}

/// The surges of a stretch of ordinary days, looked for after every post; and the posts.
fn surges(seed: u64, per_day: f64, days: i64, rhythm: Rhythm, said: &Assessment) -> (u32, u32) {
    let mut random = Random(seed);
    let mut pulse = Pulse::new();
    let (mut surges, mut posts, mut up) = (0, 0, false);
    let end = (days * DAY) as f64;
    let arrivals = Arrivals { random: &mut random, at: 0.0, per_day, rise: 1.0, rhythm };
    for (n, at) in arrivals.take_while(|at| *at < end).enumerate() {
        let now = START + at as i64;
        pulse.observe(&Observation::new(now, said).author(&n.to_string()));
        let high = pulse.state("", now).level() >= PulseLevel::Surge;
        surges += u32::from(high && !up);
        up = high;
        posts += 1;
    }
    (surges, posts)
}

/// Six weeks of ordinary days.
fn history(seed: u64, per_day: f64, rhythm: Rhythm, said: &Assessment) -> Pulse {
    let mut random = Random(seed);
    let mut pulse = Pulse::new();
    let quiet = Arrivals { random: &mut random, at: 0.0, per_day, rise: 1.0, rhythm };
    for (n, at) in quiet.take_while(|at| *at < (42 * DAY) as f64).enumerate() {
        pulse.observe(&Observation::new(START + at as i64, said).author(&n.to_string()));
    }
    pulse
}

/// How many posts after its onset a storm is seen, 999 if not within a hundred. The onset is at any
/// moment of the week after `history`.
fn delay(
    seed: u64,
    (per_day, rise): (f64, f64),
    rhythm: Rhythm,
    mut pulse: Pulse,
    said: &Assessment,
) -> u32 {
    let mut random = Random(seed);
    let from = (42 * DAY) as f64;
    let onset = from + 7.0 * random.unit() * DAY as f64;
    let mut n = 1_000_000;
    let quiet = Arrivals { random: &mut random, at: from, per_day, rise: 1.0, rhythm };
    for at in quiet.take_while(|at| *at < onset) {
        n += 1;
        pulse.observe(&Observation::new(START + at as i64, said).author(&n.to_string()));
    }
    let storm = Arrivals { random: &mut random, at: onset, per_day, rise, rhythm };
    for (late, at) in storm.take(100).enumerate() {
        n += 1;
        let now = START + at as i64;
        pulse.observe(&Observation::new(now, said).author(&n.to_string()));
        if pulse.state("", now).level() >= PulseLevel::Surge {
            return late as u32 + 1;
        }
    }
    999
}

fn delays(
    rate: (f64, f64),
    histories: u64,
    storms: u64,
    rhythm: Rhythm,
    said: &Assessment,
) -> Vec<u32> {
    let mut delays = Vec::new();
    for seed in 0..histories {
        let pulse = history(seed, rate.0, rhythm, said);
        for storm in 0..storms {
            delays.push(delay(1_000 * (seed + 1) + storm, rate, rhythm, pulse.clone(), said));
        }
    }
    delays.sort_unstable();
    delays
}

const SLOW: bool = cfg!(debug_assertions);

#[test]
fn ordinary_days_are_calm() {
    let said = complaint();
    let (seeds, days) = if SLOW { (2, 120) } else { (8, 365) };
    let (mut all, mut months) = (0, 0.0);
    for seed in 0..seeds {
        let rhythm = if seed % 2 == 0 { stepped } else { waving };
        all += surges(seed, 20.0, days, rhythm, &said).0;
        months += days as f64 / 30.4;
    }
    assert!(f64::from(all) <= months, "{all} false surges in {months} months at 20 posts a day");
    let days = if SLOW { 8 } else { 60 };
    let (all, _) = surges(9, 2_000.0, days, stepped, &said);
    assert!(all <= 1 + (days / 31) as u32, "{all} in {days} days at 2,000 posts a day");
}

#[test]
fn a_tenfold_storm_is_seen_at_once() {
    let said = complaint();
    let sizes = if SLOW { [(3, 20), (1, 20)] } else { [(20, 10), (4, 25)] };
    for ((per_day, within), (histories, storms)) in
        [(20.0, 10), (2_000.0, 14)].into_iter().zip(sizes)
    {
        let delays = delays((per_day, 10.0), histories, storms, stepped, &said);
        let seen = delays.iter().filter(|&&d| d <= within).count();
        // 95 % of many seeds (see `measure`); of these few, less three standard errors
        let n = delays.len() as f64;
        let floor = 0.95 - 3.0 * (0.95 * 0.05 / n).sqrt();
        assert!(
            seen as f64 / n >= floor,
            "{per_day} a day: {seen} of {n} within {within}: {delays:?}"
        );
    }
}

/// The figures of the README: a minute or two in a release build.
#[test]
#[ignore = "a measurement"]
fn measure() {
    let said = complaint();
    for (name, rhythm) in [("stepped", stepped as Rhythm), ("waving", waving), ("flat", flat)] {
        for (per_day, seeds, days) in [(20.0, 20, 365), (2_000.0, 2, 365)] {
            let (mut all, mut worst) = (0, 0);
            for seed in 0..seeds {
                let (found, _) = surges(seed, per_day, days, rhythm, &said);
                all += found;
                worst = worst.max(found);
            }
            let months = seeds as f64 * days as f64 / 30.4;
            let rate = f64::from(all) / months;
            eprintln!("{name}, {per_day} a day: {rate:.2} surges a month, at most {worst} a year");
        }
        for (per_day, within) in [(20.0, 10), (2_000.0, 14)] {
            for rise in [10.0, 6.0, 4.0, 3.0] {
                let delays = delays((per_day, rise), 10, 30, rhythm, &said);
                let seen = delays.iter().filter(|&&d| d <= within).count() as f64 / 300.0;
                let (half, most) = (delays[150], delays[285]);
                eprintln!(
                    "{name}, {per_day} a day x {rise}: median {half}, 95 % {most}, within {within}: {seen:.3}"
                );
            }
        }
    }
}

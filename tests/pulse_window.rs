//! What a pulse says of a storm is of the storm's own window, however long it is.
#![cfg(feature = "serde")]

use doleance::{Analyzer, Assessment, Observation, Pulse, PulseLevel, PulseReason, PulseState};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
/// A Monday at 14:00 UTC, four weeks after what is usual begins.
const NOW: i64 = 1_793_577_600 + 28 * DAY + 14 * HOUR;

fn complaint() -> Assessment {
    let mut json = serde_json::to_value(Analyzer::new().analyze("x")).unwrap();
    json["complaint"]["is_complaint"] = true.into();
    json["priority"]["level"] = "normal".into();
    json["virality"]["reach"] = 0.0.into();
    serde_json::from_value(json).unwrap()
}

/// Twenty posts an hour for four weeks and up to `end`, by so many regulars in turn.
fn usual(end: i64, regulars: i64, said: &Assessment) -> Pulse {
    let mut pulse = Pulse::new();
    for i in 0..(28 * 24 + 14) * 20 + (end - NOW) / (HOUR / 20) {
        let at = NOW - 28 * DAY - 14 * HOUR + i * HOUR / 20;
        pulse.observe(&Observation::new(at, said).author(&format!("u{}", i % regulars)));
    }
    pulse
}

/// Nine usual rates more, for so many hours up to `end`, by so many people in turn.
fn rise(mut pulse: Pulse, end: i64, hours: i64, authors: i64, said: &Assessment) -> PulseState {
    for i in 0..hours * 180 {
        let at = end - hours * HOUR + i * HOUR / 180;
        pulse.observe(&Observation::new(at, said).author(&format!("s{}", i % authors)));
    }
    pulse.state("", end)
}

#[test]
fn a_tenfold_rise_of_many_is_a_crisis_for_days() {
    let said = complaint();
    for (end, regulars) in [(NOW, i64::MAX), (NOW + 1_234, i64::MAX), (NOW + 1_234, 700)] {
        let base = usual(end, regulars, &said);
        for hours in [6, 12, 24, 25, 30, 34, 36, 40, 48] {
            let state = rise(base.clone(), end, hours, i64::MAX, &said);
            let found = (state.level(), state.reason());
            assert_eq!(
                found,
                (PulseLevel::Crisis, PulseReason::ManyAuthors),
                "{hours} h: {state:?}"
            );
            // Of the window that is told: each post has an author of its own, the regulars' apart.
            let share = state.authors() / state.posts() as f64;
            let least = if regulars == i64::MAX { 0.8 } else { 0.7 };
            assert!((least..1.25).contains(&share), "{hours} h: {state:?}");
        }
    }
}

#[test]
fn a_tenfold_rise_of_few_is_none() {
    let said = complaint();
    let end = NOW + 1_234;
    for regulars in [i64::MAX, 700] {
        let base = usual(end, regulars, &said);
        let hours = [6, 12, 24, 36, 48].into_iter();
        for (hours, authors) in hours.flat_map(|h| [1, 12, 40, 60].map(|a| (h, a))) {
            let state = rise(base.clone(), end, hours, authors, &said);
            let found = (state.level(), state.reason());
            let expected = (PulseLevel::Watch, PulseReason::FewAuthors);
            assert_eq!(found, expected, "{hours} h, {authors}: {state:?}");
        }
    }
}

/// The hour before the window is none of it.
#[test]
fn what_was_before_the_window_does_not_count() {
    let said = complaint();
    let seen = |hours: i64, reach_at: i64| {
        let mut pulse = Pulse::builder().crisis_authors(1_000).build().unwrap();
        for hour in 0..28 * 24 {
            let at = NOW - 28 * DAY + hour * HOUR + 900;
            let reach = if at == reach_at { 400_000 } else { 1 };
            pulse.observe(&Observation::new(at, &said).author(&format!("u{hour}")).reach(reach));
        }
        for i in 0..hours * 4 {
            let at = NOW - hours * HOUR + i * HOUR / 4;
            pulse.observe(&Observation::new(at, &said).author(&format!("s{}", i % 62)));
        }
        let state = pulse.state("", NOW);
        assert_eq!(state.window_seconds(), (hours * HOUR + 1) as u64, "{state:?}");
        state
    };
    for hours in [30, 40] {
        let before = seen(hours, NOW - (hours + 1) * HOUR + 900);
        assert!(before.open_reach() < 1_000, "{before:?}");
        assert_eq!(
            (before.level(), before.reason()),
            (PulseLevel::Surge, PulseReason::LastingRise)
        );
        let within = seen(hours, NOW - hours * HOUR + 900);
        assert!(within.open_reach() >= 400_000, "{within:?}");
        assert_eq!((within.level(), within.reason()), (PulseLevel::Crisis, PulseReason::WideReach));
    }
}

//! Any JSON is the state of a pulse or an error. One that is read takes posts of any time, merges with
//! others in either order to the same, and is written and read again as the same.

use doleance::{Analyzer, Assessment, Observation, Pulse};

use super::text;

thread_local! {
    static SAID: Assessment = Analyzer::new().analyze("Pareil pour moi, toujours rien reçu !");
}

/// The first and last seconds there are, some around the epoch, and days of our time.
const TIMES: &[i64] =
    &[i64::MIN, -1, 0, 59, 1_780_000_000, 1_780_000_060, 1_780_086_400, 4_294_967_295, i64::MAX];

fn is_told(pulse: &Pulse, at: i64) {
    for topic in pulse.topics().chain(["delivery", ""]) {
        let state = pulse.state(topic, at);
        let numbers = [state.expected(), state.authors(), state.score(), state.usual_per_day()];
        assert!(numbers.iter().all(|n| n.is_finite() && *n >= 0.0), "{topic}: {state:?}");
        for share in [state.complaint_share(), state.me_too_share(), state.defender_share()] {
            assert!((0.0..=1.0).contains(&share), "{topic}: {state:?}");
        }
    }
    let _ = pulse.pooled(at);
}

pub(crate) fn check(bytes: &[u8]) {
    let Ok(read) = serde_json::from_str::<Pulse>(text(bytes)) else { return };
    let mut other = Pulse::new();
    let mut more = read.clone();
    for (n, &at) in TIMES.iter().enumerate() {
        is_told(&more, at);
        let author = format!("a{n}");
        let topic = if n % 2 == 0 { "delivery" } else { "" };
        SAID.with(|said| {
            let seen = Observation::new(at, said).topic(topic).author(&author).reach(u64::MAX);
            more.observe(&seen);
            other.observe(&seen.open(true));
        });
        more.answered(topic, at, u64::MAX);
        is_told(&more, at);
    }
    for pulse in [&read, &more] {
        let json = serde_json::to_string(pulse).expect("JSON");
        assert!(serde_json::from_str::<Pulse>(&json).expect("what was written") == *pulse);
        let (mut one, mut two) = (pulse.clone(), other.clone());
        match (one.merge(&other), two.merge(pulse)) {
            (Ok(()), Ok(())) => assert!(one == two, "the order of merging tells"),
            (Err(_), Err(_)) => assert!(one == *pulse && two == other, "half a merge"),
            (ours, theirs) => panic!("{ours:?} one way, {theirs:?} the other"),
        }
    }
}

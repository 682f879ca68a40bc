//! What the pulse holds and says: merging, caps, odd times, and what makes a storm one.
#![cfg(feature = "serde")]

use doleance::{Analyzer, Assessment, Observation, Pulse, PulseLevel, PulseReason};
use proptest::prelude::*;

const MONDAY: i64 = 1_793_577_600;
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

fn assessment(critical: bool, me_too: bool) -> Assessment {
    let mut json = serde_json::to_value(Analyzer::new().analyze("x")).unwrap();
    json["complaint"]["is_complaint"] = critical.into();
    json["sentiment"]["label"] = if critical { "negative" } else { "positive" }.into();
    json["me_too"] = me_too.into();
    json["intent"]["main"] = if critical { "complaint" } else { "praise" }.into();
    json["priority"]["level"] = if critical { "normal" } else { "none" }.into();
    json["virality"]["reach"] = 40.0.into();
    serde_json::from_value(json).unwrap()
}

/// Four weeks with a post an hour, each by somebody else.
fn usual(mut pulse: Pulse, topic: &str) -> Pulse {
    let said = assessment(true, false);
    for hour in 0..28 * 24 + 14 {
        let seen = Observation::new(MONDAY + hour * HOUR + 900, &said).topic(topic);
        pulse.observe(&seen.author(&format!("u{hour}")));
    }
    pulse
}

const NOW: i64 = MONDAY + 28 * DAY + 14 * HOUR;

/// `n` posts in the half hour before NOW; `each` sets what is special of them.
fn storm<'t>(
    pulse: &mut Pulse,
    n: i64,
    said: &Assessment,
    each: impl Fn(Observation<'t>, i64) -> Observation<'t>,
) {
    for i in 0..n {
        let at = NOW - 1_800 + i * 1_800 / n;
        pulse.observe(&each(Observation::new(at, said).author(&format!("s{i}")), i));
    }
}

fn stands(pulse: &Pulse) -> (PulseLevel, PulseReason) {
    let state = pulse.state("", NOW);
    (state.level(), state.reason())
}

#[test]
fn a_storm_is_told_from_noise_and_from_a_loud_voice() {
    use PulseLevel as L;
    use PulseReason as R;
    let (angry, pleased, joins) =
        (assessment(true, false), assessment(false, false), assessment(true, true));
    let base = usual(Pulse::new(), "");
    assert_eq!(stands(&base), (L::Calm, R::Usual));
    assert_eq!(stands(&Pulse::new()), (L::Calm, R::Unknown));

    let after = |n, said: &Assessment, each: fn(Observation<'_>, i64) -> Observation<'_>| {
        let mut pulse = base.clone();
        storm(&mut pulse, n, said, each);
        pulse
    };
    assert_eq!(stands(&after(2, &angry, |o, _| o)), (L::Calm, R::Usual));
    assert_eq!(stands(&after(5, &angry, |o, _| o)), (L::Watch, R::Rising));
    let surge = after(20, &angry, |o, _| o);
    assert_eq!(stands(&surge), (L::Surge, R::SuddenRise));
    assert_eq!(stands(&after(30, &angry, |o, _| o.author("one"))), (L::Watch, R::FewAuthors));
    assert_eq!(stands(&after(30, &pleased, |o, _| o)), (L::Watch, R::FewComplaints));
    assert_eq!(stands(&after(30, &joins, |o, _| o)), (L::Crisis, R::PileOn));
    assert_eq!(stands(&after(90, &angry, |o, _| o)), (L::Crisis, R::ManyAuthors));
    let mut wide = after(20, &angry, |o, i| if i == 3 { o.reach(400_000) } else { o });
    assert_eq!(stands(&wide), (L::Crisis, R::WideReach));
    assert!(wide.state("", NOW).open_reach() >= 400_000);
    wide.answered("", NOW - 1_800 + 3 * 90, 400_000);
    assert_eq!(stands(&wide), (L::Surge, R::SuddenRise));

    let state = after(20, &angry, |o, i| o.rival(i % 2 == 0).defends(i % 4 == 1)).state("", NOW);
    assert!((0.4..=0.5).contains(&state.rival_share()));
    assert!((0.2..=0.25).contains(&state.defender_share()));
    assert!(state.complaint_share() == 1.0 && state.me_too_share() == 0.0);
    assert!((17.0..24.0).contains(&state.authors()), "{}", state.authors());
    assert!(state.score() > state.threshold() && state.posts() >= 20 && state.expected() < 3.0);
    assert!((20.0..28.0).contains(&state.usual_per_day()));

    // hours later the same storm is over
    let later = surge.state("", NOW + 6 * HOUR);
    assert!(later.level() <= L::Watch, "{later:?}");
}

#[test]
fn a_slow_rise_over_a_day_is_seen_too() {
    let said = assessment(true, false);
    let after = |authors: i64| {
        let mut pulse = usual(Pulse::new(), "");
        for i in 0..4 * 30 {
            let seen = Observation::new(NOW - 30 * HOUR + i * HOUR / 4, &said);
            pulse.observe(&seen.author(&format!("r{}", i % authors)));
        }
        stands(&pulse)
    };
    // All of the window counts: 120 people once, or 62 about twice.
    assert_eq!(after(120), (PulseLevel::Crisis, PulseReason::ManyAuthors));
    assert_eq!(after(62), (PulseLevel::Surge, PulseReason::LastingRise));
}

#[test]
fn nothing_is_usual_in_the_first_days() {
    let (mut pulse, said) = (Pulse::new(), assessment(true, false));
    for i in 0..500 {
        pulse.observe(&Observation::new(MONDAY + i * 60, &said));
    }
    let state = pulse.state("", MONDAY + 500 * 60);
    assert_eq!((state.level(), state.reason()), (PulseLevel::Calm, PulseReason::Learning));
    assert!(state.posts() > 0 && state.authors() >= 100.0);
}

#[test]
fn odd_times_are_survived() {
    let said = assessment(true, false);
    let base = usual(Pulse::new(), "");
    let mut odd = base.clone();
    for at in [i64::MIN, -1, 0, 1, NOW + 400 * DAY, 1 << 40, i64::MAX] {
        odd.observe(&Observation::new(at, &said).author("x"));
        odd.answered("", at, u64::MAX);
    }
    for now in [i64::MIN, -1, 0, 5, MONDAY, NOW, NOW + 400 * DAY, 1 << 40, i64::MAX] {
        let state = odd.state("", now);
        for value in [
            state.expected(),
            state.score(),
            state.threshold(),
            state.authors(),
            state.usual_per_day(),
            state.me_too_share(),
        ] {
            assert!(value.is_finite() && value >= 0.0, "{state:?}");
        }
    }
    // the history is still there: a storm is seen as before
    assert_eq!(stands(&odd), (PulseLevel::Calm, PulseReason::Usual));
    storm(&mut odd, 20, &said, |o, _| o);
    assert_eq!(stands(&odd).0, PulseLevel::Surge);
    // and looking back sees what was then, not what came later
    assert_eq!(odd.state("", NOW - 2 * HOUR).level(), PulseLevel::Calm);
    // posts that come late, in any order, count where they belong
    let mut late = base.clone();
    for i in (0..20).rev() {
        let seen = Observation::new(NOW - 1_800 + i * 90, &said);
        late.observe(&seen.author(&format!("s{i}")));
    }
    assert_eq!(stands(&late).0, PulseLevel::Surge);
}

#[test]
fn the_cap_holds_and_the_rest_is_pooled() {
    let said = assessment(true, false);
    let mut pulse = Pulse::builder().topics(8).build().unwrap();
    for i in 0..1_000 {
        let topic = format!("topic {i} {}", "é".repeat(i % 90));
        pulse.observe(&Observation::new(NOW, &said).topic(&topic));
    }
    assert_eq!(pulse.topics().count(), 8);
    assert!(pulse.topics().all(|name| name.len() <= 64));
    assert_eq!(pulse.pooled(NOW).map(|state| state.posts()), Some(992));
    assert!(serde_json::to_string(&pulse).unwrap().len() < 64 * 1024);
    let known = pulse.topics().next().unwrap().to_owned();
    assert!(known.len() > 50 || pulse.state(&known, NOW).posts() == 1);
    assert_eq!(pulse.state("never seen", NOW).posts(), 992, "as the pool stands");
}

#[test]
fn settings_have_ranges_and_must_agree() {
    for faulty in [
        Pulse::builder().topics(0),
        Pulse::builder().topics(70_000),
        Pulse::builder().caution(1_001),
    ] {
        assert!(faulty.build().unwrap_err().is_setting());
    }
    let mut wary = Pulse::builder().caution(400).crisis_authors(9).crisis_reach(5).build().unwrap();
    let before = wary.clone();
    assert!(wary.merge(&usual(Pulse::new(), "x")).unwrap_err().is_setting());
    assert_eq!(wary, before);
    let mut calm = usual(wary, "");
    storm(&mut calm, 5, &assessment(true, false), |o, _| o);
    assert_eq!(calm.state("", NOW).level(), PulseLevel::Calm);
}

#[test]
fn what_is_written_is_read_and_nonsense_is_refused() {
    let mut pulse = usual(Pulse::builder().topics(3).build().unwrap(), "livraison");
    let long = "long ".repeat(40);
    for topic in ["a", "b", "c", &long] {
        storm(&mut pulse, 9, &assessment(true, true), |o, _| o.topic(topic));
    }
    let text = serde_json::to_string(&pulse).unwrap();
    let back: Pulse = serde_json::from_str(&text).unwrap();
    assert_eq!(back, pulse);
    assert_eq!(serde_json::to_string(&back).unwrap(), text);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["version"], 1);
    let broken: [fn(&mut serde_json::Value); 6] = [
        |j| j["version"] = 2.into(),
        |j| j["topics_cap"] = 0.into(),
        |j| j["topics_cap"] = 1.into(),
        |j| j["topics"][0]["hash"] = 7.into(),
        |j| j["topics"][1] = j["topics"][0].clone(),
        |j| j["pooled"]["details"][0]["authors"] = "zz".into(),
    ];
    for (at, breaks) in broken.into_iter().enumerate() {
        let mut json = json.clone();
        breaks(&mut json);
        assert!(serde_json::from_value::<Pulse>(json).is_err(), "{at}");
    }
}

#[derive(Clone, Debug)]
struct Post {
    at: i64,
    topic: u8,
    author: Option<u8>,
    flags: u8,
    reach: u64,
}

fn posts() -> impl Strategy<Value = Vec<Post>> {
    let at = prop_oneof![
        8 => NOW - 3 * HOUR..NOW,
        4 => NOW - 100 * DAY..NOW + 100 * DAY,
        1 => any::<i64>(),
    ];
    let reach = prop_oneof![9 => 0..500u64, 1 => any::<u64>()];
    let post = (at, 0..6u8, any::<Option<u8>>(), any::<u8>(), reach)
        .prop_map(|(at, topic, author, flags, reach)| Post { at, topic, author, flags, reach });
    prop::collection::vec(post, 0..120)
}

fn seen<'p>(posts: impl IntoIterator<Item = &'p Post>, said: &[Assessment; 4]) -> Pulse {
    let mut pulse = Pulse::builder().topics(3).build().unwrap();
    for post in posts {
        let topic = format!("t{}", post.topic);
        let flag = |bit: u8| post.flags >> bit & 1 == 1;
        if post.flags >> 5 == 0 {
            pulse.answered(&topic, post.at, post.reach);
            continue;
        }
        let assessment = &said[usize::from(post.flags & 3)];
        let mut seen = Observation::new(post.at, assessment).topic(&topic).reach(post.reach);
        seen = seen.rival(flag(2)).defends(flag(3)).open(flag(4));
        if let Some(author) = post.author {
            seen = seen.author(&author.to_string());
        }
        pulse.observe(&seen);
    }
    pulse
}

fn bytes(pulse: &Pulse) -> String {
    serde_json::to_string(pulse).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn merging_in_any_order_gives_the_same_bytes(
        a in posts(), b in posts(), c in posts(), turn in 0..360usize,
    ) {
        let said = [(false, false), (true, false), (true, true), (false, true)]
            .map(|(critical, me_too)| assessment(critical, me_too));
        let mut all: Vec<&Post> = a.iter().chain(&b).chain(&c).collect();
        let whole = bytes(&seen(all.iter().copied(), &said));
        all.reverse();
        if !all.is_empty() {
            let turn = turn % all.len();
            all.rotate_left(turn);
        }
        prop_assert_eq!(&bytes(&seen(all, &said)), &whole, "posts in another order");
        let [a, b, c] = [&a, &b, &c].map(|posts| seen(posts, &said));
        let join = |one: &Pulse, two: &Pulse| {
            let mut both = one.clone();
            both.merge(two).unwrap();
            both
        };
        for merged in [
            join(&join(&a, &b), &c),
            join(&a, &join(&b, &c)),
            join(&join(&c, &a), &b),
            join(&c, &join(&b, &a)),
        ] {
            prop_assert_eq!(&bytes(&merged), &whole);
        }
        let back: Pulse = serde_json::from_str(&whole).unwrap();
        prop_assert_eq!(bytes(&back), whole);
    }
}

use super::*;

fn minutes(channel: Channel, level: PriorityLevel) -> Option<u32> {
    Some(match (channel, level) {
        (Channel::PublicSocial, PriorityLevel::Urgent) => 15,
        (Channel::PublicSocial, PriorityLevel::High) => 30,
        (Channel::PublicSocial, PriorityLevel::Normal) => 60,
        (Channel::PublicSocial, PriorityLevel::Low) => 240,
        (Channel::Email, PriorityLevel::Urgent) => 60,
        (Channel::Email, PriorityLevel::Normal) => 360,
        _ => return None,
    })
}

fn said(facts: Facts) -> (PriorityLevel, PriorityRule) {
    let priority = decide(&facts, &minutes);
    (priority.level, priority.rule)
}

fn complaint() -> Facts {
    Facts {
        complaint_probability: 0.9,
        is_complaint: true,
        severity: Severity::Disapproval,
        intent: IntentKind::Complaint,
        ..Facts::default()
    }
}

fn set<T: crate::names::Named>(item: T) -> Set<T> {
    [item].into_iter().collect()
}

#[test]
fn each_rule_fires_alone() {
    use PriorityLevel as L;
    use PriorityRule as R;
    let other = Facts::default();
    let flag = |f| Facts { flags: set(f), ..other };
    let threat = |t| Facts { threats: set(t), ..complaint() };
    let cases = [
        (flag(Flag::Safety), L::Urgent, R::Safety),
        (flag(Flag::Vulnerable), L::High, R::Vulnerable),
        (Facts { repeat_contact: true, ..flag(Flag::Vulnerable) }, L::Urgent, R::Vulnerable),
        (flag(Flag::Abuse), L::High, R::Abuse),
        (threat(ThreatKind::Regulator), L::Urgent, R::RegulatorClock),
        (threat(ThreatKind::Mediator), L::Urgent, R::RegulatorClock),
        (threat(ThreatKind::Legal), L::Urgent, R::RegulatorClock),
        (threat(ThreatKind::FormalNotice), L::Urgent, R::RegulatorClock),
        (threat(ThreatKind::Press), L::High, R::Threat),
        (threat(ThreatKind::ConsumerOrg), L::High, R::Threat),
        (threat(ThreatKind::Chargeback), L::High, R::Threat),
        (threat(ThreatKind::Public), L::High, R::Threat),
        (threat(ThreatKind::Churn), L::High, R::Threat),
        (Facts { threats: set(ThreatKind::Churn), ..other }, L::Normal, R::Threat),
        (Facts { threats: set(ThreatKind::Press), ..other }, L::Low, R::Threat),
        (
            Facts { threats: set(ThreatKind::Press), complaint_probability: 0.3, ..other },
            L::High,
            R::Threat,
        ),
        (Facts { threats: set(ThreatKind::ConsumerOrg), ..other }, L::High, R::Threat),
        (
            Facts { repeat_contact: true, severity: Severity::Accusation, ..complaint() },
            L::High,
            R::DoubleDeviation,
        ),
        (Facts { risk: RiskBand::High, ..complaint() }, L::High, R::EscalationRisk),
        (Facts { virality: ViralityBand::High, ..complaint() }, L::High, R::Spreading),
        (Facts { virality: ViralityBand::VeryHigh, ..complaint() }, L::Urgent, R::Spreading),
        (Facts { backlash: true, ..complaint() }, L::Urgent, R::Spreading),
        (Facts { severity: Severity::Blame, ..complaint() }, L::High, R::SevereComplaint),
        (Facts { repeat_contact: true, ..complaint() }, L::High, R::RepeatContact),
        (Facts { unanswered_turns: 1, ..complaint() }, L::High, R::RepeatContact),
        (complaint(), L::Normal, R::Complaint),
        (Facts { complaint_probability: 0.3, ..other }, L::Low, R::Doubtful),
        (Facts { intent: IntentKind::Question, ..other }, L::Low, R::Question),
        (Facts { asks: true, ..other }, L::Low, R::Question),
        (Facts { intent: IntentKind::Praise, ..other }, L::Low, R::Courtesy),
        (Facts { intent: IntentKind::Suggestion, ..other }, L::Low, R::Courtesy),
        (other, L::None, R::NothingDue),
    ];
    for (facts, level, rule) in cases {
        assert_eq!(said(facts), (level, rule), "{facts:?}");
    }
}

#[test]
fn the_first_rule_of_the_highest_level_is_named() {
    let mut facts = Facts {
        flags: [Flag::Safety, Flag::Vulnerable, Flag::Abuse].into_iter().collect(),
        threats: [ThreatKind::Regulator, ThreatKind::Press].into_iter().collect(),
        severity: Severity::Blame,
        repeat_contact: true,
        risk: RiskBand::VeryHigh,
        virality: ViralityBand::VeryHigh,
        ..complaint()
    };
    let mut seen = vec![decide(&facts, &minutes).rule];
    let undo: [fn(&mut Facts); 10] = [
        |f| f.flags = [Flag::Vulnerable, Flag::Abuse].into_iter().collect(),
        |f| f.flags = set(Flag::Abuse),
        |f| f.threats = set(ThreatKind::Press),
        |f| f.virality = ViralityBand::High,
        |f| f.threats = Set::new(),
        |f| f.repeat_contact = false,
        |f| f.risk = RiskBand::Low,
        |f| f.virality = ViralityBand::Low,
        |f| f.flags = Set::new(),
        |f| f.severity = Severity::Disapproval,
    ];
    for step in undo {
        step(&mut facts);
        seen.push(decide(&facts, &minutes).rule);
    }
    use PriorityRule as R;
    let order = [
        R::Safety,
        R::Vulnerable,
        R::RegulatorClock,
        R::Spreading, // very high: urgent, above the threat to go to the press
        R::Threat,
        R::DoubleDeviation,
        R::EscalationRisk,
        R::Spreading,
        R::Abuse,
        R::SevereComplaint,
        R::Complaint,
    ];
    assert_eq!(seen, order);
}

#[test]
fn fame_never_pushes_a_formal_threat_down() {
    let ordinary = Facts { threats: set(ThreatKind::Mediator), ..complaint() };
    let famous = Facts { virality: ViralityBand::VeryHigh, ..complaint() };
    assert!(said(ordinary).0 >= said(famous).0);
    let both = Facts { virality: ViralityBand::VeryHigh, ..ordinary };
    assert_eq!(said(both), (PriorityLevel::Urgent, PriorityRule::RegulatorClock));
    // nor is a viral threat to leave less pressing than a viral complaint
    let leaving = Facts { threats: set(ThreatKind::Churn), ..famous };
    assert_eq!(said(leaving).0, said(famous).0);
}

#[test]
fn nothing_is_due_to_what_is_not_for_us() {
    let aside: [fn(&mut Facts); 4] = [
        |f| f.is_promo = true,
        |f| (f.is_retweet, f.is_news) = (true, true),
        |f| f.among_others = true,
        |f| f.is_news = true,
    ];
    for mark in aside {
        for intent in IntentKind::ALL.iter().copied() {
            let facts = Facts { intent, asks: true, ..Facts::default() };
            let mut facts = Facts { virality: ViralityBand::VeryHigh, ..facts };
            mark(&mut facts);
            assert_eq!(said(facts), (PriorityLevel::None, PriorityRule::NothingDue));
            assert_eq!(decide(&facts, &minutes).answer_within_minutes, None);
        }
        let mut own = complaint();
        mark(&mut own);
        assert_eq!(said(own), (PriorityLevel::Normal, PriorityRule::Complaint));
        let mut danger = Facts { flags: set(Flag::Safety), ..Facts::default() };
        mark(&mut danger);
        assert_eq!(said(danger), (PriorityLevel::Urgent, PriorityRule::Safety));
    }
}

#[test]
fn a_reply_given_leaves_what_must_be_seen_through() {
    let replied = |facts: Facts| said(Facts { brand_replied: true, ..facts });
    use PriorityLevel as L;
    use PriorityRule as R;
    assert_eq!(replied(complaint()), (L::None, R::AlreadyAnswered));
    assert_eq!(replied(Facts::default()), (L::None, R::NothingDue));
    let formal = Facts { threats: set(ThreatKind::Regulator), ..complaint() };
    assert_eq!(replied(formal), (L::High, R::RegulatorClock));
    let danger = Facts { flags: set(Flag::Safety), ..complaint() };
    assert_eq!(replied(danger), (L::High, R::Safety));
    let leaving = Facts { threats: set(ThreatKind::Churn), ..complaint() };
    assert_eq!(replied(leaving), (L::Normal, R::Threat));
}

#[test]
fn minutes_are_those_of_the_channel() {
    let within = |channel| decide(&Facts { channel, ..complaint() }, &minutes);
    assert_eq!(within(None).answer_within_minutes, Some(60));
    assert_eq!(within(Some(Channel::PublicSocial)).answer_within_minutes, Some(60));
    assert_eq!(within(Some(Channel::Email)).answer_within_minutes, Some(360));
    assert_eq!(within(Some(Channel::Chat)).answer_within_minutes, None);
}

#[test]
fn the_rules_are_asked_in_their_order() {
    let asked = asked(&Facts::default()).map(rule_of);
    assert_eq!(asked, PriorityRule::ALL[..asked.len()]);
    assert_eq!(
        PriorityRule::ALL[asked.len()..],
        [PriorityRule::AlreadyAnswered, PriorityRule::NothingDue]
    );
}

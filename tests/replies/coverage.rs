//! That there is something to say, whatever comes; and that it stands up to the second reader.

use std::collections::BTreeSet;

use doleance::reply::{
    Catalogue, Escape, FindingKind, FindingSeverity, Move, Region, Register, Special, Stage,
    Template, Values, Voice, review, suggest,
};
use doleance::{
    Amplifier, Analyzer, Channel, Flag, IntentKind, Language, Post, Reason, Request, Situation,
    ThreatKind, Turn,
};
use serde_json::json;

use crate::common::Case;
use crate::templates::full;

fn voice(register: Register) -> Voice {
    let voice = Voice::new().mediator("Médiateur X", "https://med.example").agent("Sam");
    if register == Register::Neutral { voice } else { voice.register(register) }
}

/// The caller has everything but the issue, which the assessment knows.
fn all_but_issue(template: &Template) -> Values {
    let values = full(template.language());
    let names = template.placeholders().into_iter().filter(|name| *name != "issue");
    names.filter_map(|name| Some((name, values.get(name)?.to_owned()))).collect()
}

/// Whether a post of that situation has reasons at all.
fn case(language: &str, reason: Reason, situation: Situation) -> Case {
    let case = Case::complaint(language).reason(reason.as_str()).situation(situation.as_str());
    match situation {
        Situation::RecoveryPraise => case
            .with("/complaint/is_complaint", json!(false))
            .with("/intent/main", json!("praise"))
            .with("/priority/level", json!("low")),
        _ => case,
    }
}

#[test]
fn no_reachable_cell_is_empty() {
    let registers = [("fr", Register::Vous), ("fr", Register::Tu), ("en", Register::Neutral)];
    for (language, register) in registers {
        println!(
            "\n{language}, {register}: channels with a suggestion in place (different ones on top)"
        );
        print!("{:18}", "");
        for situation in Situation::ALL {
            print!("{:>22}", situation.as_str());
        }
        println!();
        for reason in Reason::ALL {
            print!("{:18}", reason.as_str());
            for situation in Situation::ALL {
                let mut covered = 0;
                let mut tops = BTreeSet::new();
                for channel in Channel::ALL {
                    for arousal in [0.2, 0.8] {
                        let assessment =
                            case(language, *reason, *situation).arousal(arousal).assessment();
                        let post = Post::from("x").channel(*channel);
                        let found =
                            suggest(Catalogue::shared(), &post, &assessment, &voice(register));
                        let cell = format!("{language} {register} {reason} {situation} {channel}");
                        let top = found.first().unwrap_or_else(|| panic!("empty: {cell}"));
                        assert_eq!(top.channel(), *channel, "{cell}: {}", top.template_id());
                        assert_eq!(top.template().register(), register, "{cell}");
                        let fits = top.template().reasons();
                        assert!(fits.is_empty() || fits.contains(*reason), "{cell}");
                        tops.insert(top.template_id().to_owned());
                        covered += 1;
                    }
                }
                print!(
                    "{:>22}",
                    format!("{}/{} ({})", covered / 2, Channel::ALL.len(), tops.len())
                );
            }
            println!();
        }
    }
}

#[test]
fn flags_threats_and_other_intents_are_covered_in_every_channel_and_register() {
    let registers = [("fr", Register::Vous), ("fr", Register::Tu), ("en", Register::Neutral)];
    for (language, register) in registers {
        for channel in Channel::ALL {
            let mut cases: Vec<(String, Case)> = Vec::new();
            for flag in Flag::ALL {
                cases.push((flag.to_string(), Case::complaint(language).flag(flag.as_str())));
            }
            for threat in ThreatKind::ALL {
                cases.push((threat.to_string(), Case::complaint(language).threat(threat.as_str())));
                let both = Case::complaint(language)
                    .threat(threat.as_str())
                    .flag("vulnerable")
                    .situation("revenge");
                cases.push((format!("vulnerable {threat}"), both));
            }
            for intent in ["question", "praise", "suggestion", "other"] {
                cases.push((intent.to_owned(), Case::intent(language, intent)));
            }
            for request in Request::ALL {
                cases.push((
                    request.to_string(),
                    Case::complaint(language).request(request.as_str()).repeat(),
                ));
            }
            for (name, case) in cases {
                let post = Post::from("@brand x").channel(*channel);
                let found =
                    suggest(Catalogue::shared(), &post, &case.assessment(), &voice(register));
                let top = found
                    .first()
                    .unwrap_or_else(|| panic!("empty: {language} {register} {channel} {name}"));
                assert_eq!(top.channel(), *channel, "{name}: {}", top.template_id());
                assert!(!top.why().is_empty());
            }
        }
    }
}

/// A post, its assessment and a voice for which the template is made.
fn made_for<'t>(template: &Template, channel: Channel) -> (Case, Post<'t>, Voice) {
    let language = template.language().as_str();
    let intent = template.intents().iter().next().unwrap_or(IntentKind::Complaint);
    let mut case = match intent {
        IntentKind::Complaint => Case::complaint(language),
        other => Case::intent(language, other.as_str()),
    };
    let text = match template.register() {
        Register::Tu => "@MarqueX Tu te moques de moi, là",
        Register::Vous => "@MarqueX Bonjour, cela ne va pas du tout",
        _ => "@MarqueX Hello, this is not right at all",
    };
    let mut voice = voice(template.register());
    let reason = template.reasons().iter().next().unwrap_or(match channel {
        Channel::Email => Reason::Contract,
        _ => Reason::Other,
    });
    if intent == IntentKind::Complaint {
        case = case.reason(reason.as_str());
    }
    // Some reasons are only believed, and none is named, when the post has words for them.
    let about = match (reason, language) {
        (Reason::TravelDisruption, "fr") => "mon train est annulé",
        (Reason::TravelDisruption, _) => "my flight",
        (Reason::Delivery, "fr") => "mon colis",
        (Reason::Delivery, _) => "my parcel",
        (Reason::Staff, "fr") => "la vendeuse",
        (Reason::Staff, _) => "your staff",
        _ => "",
    };
    let mut post = Post::from(format!("{text}, {about}")).channel(channel);
    if let Some(request) = template.requests().iter().next() {
        case = case.request(request.as_str());
    }
    if let Some(situation) = template.situations().iter().next() {
        case = case.situation(situation.as_str());
    }
    if let (Some(least), _) = template.severities() {
        case = case.with("/complaint/severity", json!(least.as_str()));
    }
    if let Some(threat) = template.threats().iter().next() {
        case = case.threat(threat.as_str());
    }
    if let Some(flag) = template.flags().iter().next() {
        case = case.flag(flag.as_str());
    }
    if template.arousal().is_some_and(|a| a.as_str() == "high") {
        case = case.arousal(0.9);
    }
    if template.stages().contains(Stage::Repeat) && !template.stages().contains(Stage::First) {
        case = case.repeat();
    }
    if template.stages().contains(Stage::AfterRepair) {
        case = case.situation("recovery_praise");
    }
    if template.moves().contains(Move::Holding) {
        voice = voice.crisis(true);
    }
    for special in template.specials().iter() {
        match special {
            Special::Spreading => post = post.amplifier(Amplifier::Press),
            Special::MeToo => case = case.with("/me_too", json!(true)),
            Special::Defender => post = post.is_reply(true),
            Special::Misunderstanding => case = case.reason("communication"),
            Special::Ongoing => post = post.turn(Turn::brand("Bonjour, hello.")),
            Special::DataLeak => post = Post::from("Mes données / my data").channel(channel),
            Special::SelfHarm => post = Post::from("en finir, want to die").channel(channel),
            Special::Bereavement => post = Post::from("un décès, passed away").channel(channel),
            Special::Overdue => {
                post = Post::from("où est mon colis, where is my parcel").channel(channel)
            }
            Special::Unsaid => {
                post = Post::from(text).channel(channel);
                case = case.with("/complaint/reasons", json!([]));
            }
            other => panic!("{other}: how does a post become that?"),
        }
    }
    if let Some(region) = template.region() {
        voice = voice.region(region);
    }
    (case, post, voice)
}

#[test]
fn every_template_is_suggested_where_it_belongs_and_passes_review() {
    let mut low = 0;
    let mut bad = Vec::new();
    for template in Catalogue::shared().iter() {
        for channel in template.channels().iter() {
            let (case, post, voice) = made_for(template, channel);
            let assessment = case.assessment();
            let all = voice.clone().max_suggestions(1000);
            let found = suggest(Catalogue::shared(), &post, &assessment, &all);
            let Some(suggestion) = found.iter().find(|s| s.template_id() == template.id()) else {
                let ids: Vec<_> = found.iter().map(|s| (s.template_id(), s.score())).collect();
                bad.push(format!("{} in {channel} is never suggested: {ids:?}", template.id()));
                continue;
            };
            let out = suggestion.render(&all_but_issue(template), Escape::None);
            assert!(out.is_complete() && out.fits(), "{}: {:?}", template.id(), out);
            for finding in review(Catalogue::shared(), out.text(), &post, &assessment, &voice) {
                low += 1;
                if finding.severity() > FindingSeverity::Low {
                    bad.push(format!(
                        "{} in {channel}: {} [{}]\n    {}",
                        template.id(),
                        finding.kind(),
                        finding.span().map_or("", |s| s.of(out.text())),
                        out.text()
                    ));
                }
            }
        }
    }
    println!("{low} findings");
    assert!(bad.is_empty(), "{} faults\n{}", bad.len(), bad.join("\n"));
    assert!(low < 10, "{low} low findings");
}

/// The second reader has nothing to say against what is suggested for real posts. Which problem is
/// to be named hangs on the scores, so that a few of those may come and go with them.
#[test]
fn suggestions_for_the_shipped_posts_pass_review() {
    let analyzer = Analyzer::new();
    let voice = Voice::new().mediator("Médiateur X", "https://med.example").agent("Sam");
    let posts = include_str!("../fixtures/posts.jsonl");
    let (mut read, mut unnamed, mut bad) = (0, 0, Vec::new());
    for line in posts.lines() {
        let post: Post<'_> = serde_json::from_str(line).expect("a post");
        let said = analyzer.analyze(&post);
        for suggestion in analyzer.suggest(&post, &said, &voice) {
            let out = suggestion.render(&all_but_issue(suggestion.template()), Escape::None);
            let there = post.clone().channel(suggestion.channel());
            read += 1;
            for finding in analyzer.review(out.text(), &there, &said, &voice) {
                unnamed += usize::from(finding.kind() == FindingKind::IssueNotNamed);
                if finding.severity() > FindingSeverity::Low
                    && finding.kind() != FindingKind::IssueNotNamed
                {
                    bad.push(format!(
                        "{} {}: {} [{}]\n    {}",
                        line.chars().take(60).collect::<String>(),
                        suggestion.template_id(),
                        finding.kind(),
                        finding.span().map_or("", |s| s.of(out.text())),
                        out.text()
                    ));
                }
            }
        }
    }
    assert!(read > 100 && unnamed <= 3, "{read} read, {unnamed} do not name the problem");
    assert!(bad.is_empty(), "{} faults\n{}", bad.len(), bad.join("\n"));
}

#[test]
fn regions_change_wording_and_typography() {
    let case = Case::complaint("fr").reason("delivery");
    let post = Post::from("x").channel(Channel::PublicSocial);
    let voice = voice(Register::Vous).region(Region::Quebec);
    let found = suggest(Catalogue::shared(), &post, &case.assessment(), &voice);
    assert!(found.iter().any(|s| s.template().region() == Some(Region::Quebec)), "{found:?}");
    for suggestion in &found {
        let text = suggestion.render(&full(Language::French), Escape::None).into_text();
        assert!(!text.contains("\u{202f}!") && !text.contains("\u{202f};"), "{text}");
    }
    assert_eq!(Region::Quebec.language(), Language::French);
}

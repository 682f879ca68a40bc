//! Every template, alone: it renders with anything, keeps its limits, is unlike the others.

use doleance::Language;
use doleance::reply::{Catalogue, Escape, Platform, Template, Values, Voice};

/// Values such as a care team has.
pub(crate) fn full(language: Language) -> Values {
    let french = full_french();
    if language == Language::French {
        return french;
    }
    [
        ("case.subject", "your order"),
        ("product", "this toaster"),
        ("issue", "the trouble with your delivery"),
        ("request", "a refund"),
        ("explanation", "an incident at the depot"),
        ("action", "I am sending the repair team again"),
        ("answer", "Yes, the shop opens at 9."),
        ("redress", "a replacement"),
        ("deadline", "tomorrow at 6 pm"),
        ("next_update", "at 6 pm"),
        ("channel.private", "by direct message"),
    ]
    .into_iter()
    .fold(french, |values, (name, value)| values.set(name, value))
}

fn full_french() -> Values {
    [
        ("customer.first_name", "Léa"),
        ("customer.last_name", "Martin"),
        ("customer.full_name", "Léa Martin"),
        ("agent.name", "Sam"),
        ("agent.first_name", "Sam"),
        ("brand.name", "Marque"),
        ("case.id", "AB-1234"),
        ("case.opened", "3/11"),
        ("case.subject", "la commande AB"),
        ("product", "ce grille-pain"),
        ("order.id", "778"),
        ("issue", "le problème de livraison de votre commande"),
        ("request", "un remboursement"),
        ("explanation", "un incident au dépôt"),
        ("action", "je relance l'atelier"),
        ("answer", "Oui, le magasin ouvre à 9 h."),
        ("redress", "un remplacement"),
        ("deadline", "demain à 18 h"),
        ("next_update", "à 18 h"),
        ("owner.name", "Noa Petit"),
        ("owner.contact", "01 00 00 00 00"),
        ("channel.private", "en message privé"),
        ("mediator.name", "Médiateur X"),
        ("mediator.url", "https://med.example"),
        ("status.url", "etat.example"),
        ("location", "Lyon"),
        ("emergency", "112"),
        ("helpline", "3114"),
        ("signature", "Sam"),
    ]
    .into_iter()
    .collect()
}

fn names(template: &Template) -> Vec<String> {
    template.placeholders().into_iter().map(str::to_owned).collect()
}

#[test]
fn full_values_complete_every_template_within_its_limits() {
    let voice = Voice::new();
    for template in Catalogue::shared().iter() {
        let out = template.render(&full(template.language()), Escape::None, None);
        assert!(out.is_complete(), "{}: {:?}", template.id(), out.missing());
        assert!(!out.text().contains("{{") && !out.text().contains('['), "{}", template.id());
        assert!(!out.text().contains("  "), "{}: {}", template.id(), out.text());
        assert!(!out.text().contains(" ,") && !out.text().contains(" ."), "{}", template.id());
        for channel in template.channels().iter() {
            let limit = voice.limit_of(channel).unwrap_or(usize::MAX);
            assert!(out.chars() <= limit, "{} in {channel}: {}", template.id(), out.chars());
        }
    }
}

#[test]
fn empty_values_are_listed_and_leave_no_brace() {
    for template in Catalogue::shared().iter() {
        let out = template.render(&Values::new(), Escape::None, None);
        assert!(!out.text().contains("{{") && !out.text().contains("}}"), "{}", template.id());
        assert!(!out.text().contains(" ,") && !out.text().contains("  "), "{}", out.text());
        assert_eq!(out.is_complete(), out.missing().is_empty());
        for name in out.missing() {
            assert!(template.placeholders().contains(&name.as_str()));
        }
        assert!(out.text().matches('[').count() >= out.missing().len());
    }
}

#[test]
fn hostile_values_stay_values() {
    let hostile = [
        "{{case.id}} }} {{".to_owned(),
        "a\r\n\n\tb\u{0}\u{7}".to_owned(),
        "\u{202e}evil\u{2066} שלום العربية".to_owned(),
        "x".repeat(10_000),
        "<script>alert('&')</script>".to_owned(),
        "👩‍👩‍👧‍👦\u{fe0f}".to_owned(),
        "  \u{200f} ".to_owned(),
    ];
    for template in Catalogue::shared().iter() {
        for value in &hostile {
            let values: Values =
                names(template).into_iter().map(|name| (name, value.clone())).collect();
            for escape in [Escape::None, Escape::Html] {
                let out = template.render(&values, escape, None);
                assert!(!out.text().contains('\u{202e}') && !out.text().contains('\u{0}'));
                assert!(!out.text().contains("AB-1234"));
                if escape == Escape::Html {
                    assert!(!out.text().contains("<script"), "{}", out.text());
                }
                let isolates = out.text().matches('\u{2068}').count();
                assert_eq!(isolates, out.text().matches('\u{2069}').count());
                if value.len() == 10_000 && !names(template).is_empty() {
                    assert!(out.chars() >= 10_000, "{}: something was cut", template.id());
                }
            }
        }
    }
}

#[test]
fn no_two_templates_are_more_than_seventy_per_cent_alike() {
    let all: Vec<&Template> = Catalogue::shared().iter().collect();
    let mut worst = (0.0, "", "");
    for (i, a) in all.iter().enumerate() {
        for b in &all[i + 1..] {
            let like = a.likeness(b);
            if like > worst.0 {
                worst = (like, a.id(), b.id());
            }
        }
    }
    println!("{} templates; most alike: {worst:?}", all.len());
    assert!(worst.0 <= 0.7, "{worst:?}");
}

#[test]
fn every_template_names_a_known_source_and_known_cautions() {
    let catalogue = Catalogue::shared();
    for template in catalogue.iter() {
        for key in template.source() {
            assert_ne!(catalogue.source(template.language(), key), key, "{}", template.id());
        }
        for key in template.cautions() {
            assert_ne!(catalogue.caution(template.language(), key), key, "{}", template.id());
        }
    }
}

#[test]
fn exports_to_help_desks() {
    let template = Catalogue::shared().get("en.email.formal").unwrap();
    let zendesk = template.export(Platform::Zendesk);
    assert!(zendesk.text.contains("Dear {{ticket.requester.name}},"));
    assert!(zendesk.lost_fallbacks.contains(&"customer.full_name".to_owned()));
    assert!(zendesk.unmapped.contains(&"mediator.name".to_owned()));
    assert!(zendesk.text.contains("[competent mediator]"));
    let chatwoot = template.export(Platform::Chatwoot);
    assert!(chatwoot.text.contains("{{ contact.name || 'customer' }}"), "{}", chatwoot.text);
    let zammad = template.export(Platform::Zammad);
    assert!(zammad.text.contains("#{ticket.customer.fullname}"));
    let freescout = template.export(Platform::FreeScout);
    assert!(freescout.text.contains("{%customer.fullName,fallback=customer%}"));
    for platform in Platform::ALL {
        for template in Catalogue::shared().iter() {
            let out = template.export(*platform);
            assert!(!out.text.contains("|}}") && !out.text.contains("{{customer."));
        }
    }
}

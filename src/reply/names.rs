//! The names catalogue files and suggestions are written in.

use crate::names::named_enum;
use crate::post::Language;

named_enum! {
    /// How a text addresses its reader.
    pub enum Register {
        /// French *vous*.
        Vous = "vous",
        /// French *tu*.
        Tu = "tu",
        /// English, which makes no such difference.
        Neutral = "neutral",
    }
}

named_enum! {
    /// Where usage differs within a language.
    pub enum Region {
        /// France.
        France = "fr-FR",
        /// Belgium, in French.
        Belgium = "fr-BE",
        /// Québec and French Canada.
        Quebec = "fr-CA",
        /// Switzerland, in French.
        Switzerland = "fr-CH",
        /// The United Kingdom.
        UnitedKingdom = "en-GB",
        /// The United States.
        UnitedStates = "en-US",
    }
}

impl Region {
    /// The language spoken there, as far as this crate is concerned.
    #[must_use]
    pub fn language(self) -> Language {
        match self {
            Self::France | Self::Belgium | Self::Quebec | Self::Switzerland => Language::French,
            Self::UnitedKingdom | Self::UnitedStates => Language::English,
        }
    }

    /// The ISO 3166-1 code of the country.
    pub(crate) fn country(self) -> &'static str {
        &self.as_str()[3..]
    }
}

named_enum! {
    /// How long a template is.
    pub enum LengthClass {
        /// Fits a public post of 280 characters.
        Short = "short",
        /// A paragraph.
        Medium = "medium",
        /// A letter.
        Long = "long",
    }
}

named_enum! {
    /// What a reply does. The dimensions of a good answer to a complaint are those of Davidow
    /// (2003): attentiveness, apology, credibility, redress, facilitation, timeliness.
    pub enum Move {
        /// Names the problem, so that the writer sees it was read.
        Acknowledge = "acknowledge",
        /// Says sorry, once and without "if".
        Apology = "apology",
        /// Says what it must have been like.
        Empathy = "empathy",
        /// Says why it happened.
        Explanation = "explanation",
        /// Says who does what by when.
        NextStep = "next_step",
        /// Goes on in private, saying what for.
        MovePrivate = "move_private",
        /// Offers something; never in public.
        Redress = "redress",
        /// Names the mediator or ombudsman.
        MediatorContact = "mediator_contact",
        /// Thanks for something definite.
        Thanks = "thanks",
        /// Closes: says it is solved, or takes leave.
        Closure = "closure",
        /// Tells many at once that work is under way.
        Holding = "holding",
    }
}

named_enum! {
    /// How stirred the writer is, as far as a reply goes.
    pub enum Arousal {
        /// Sad, disappointed: empathy and one apology.
        Low = "low",
        /// Angry, afraid: explanation and empathy (Herhausen et al. 2019, 2022).
        High = "high",
    }
}

named_enum! {
    /// How far the affair has come.
    pub enum Stage {
        /// The first contact about it.
        First = "first",
        /// The writer has asked before.
        Repeat = "repeat",
        /// It has been put right.
        AfterRepair = "after_repair",
    }
}

named_enum! {
    /// What else a template may be for.
    pub enum Special {
        /// The post spreads, or a large account has joined: a statement to many.
        Spreading = "spreading",
        /// The writer joins somebody else's complaint.
        MeToo = "me_too",
        /// The writer defends the brand against others.
        Defender = "defender",
        /// The facts may be other than the writer believes.
        Misunderstanding = "misunderstanding",
        /// The brand has already answered in this thread.
        Ongoing = "ongoing",
        /// Personal data where they should not be.
        DataLeak = "data_leak",
        /// The writer may harm themselves.
        SelfHarm = "self_harm",
        /// Somebody has died.
        Bereavement = "bereavement",
        /// Who asks waits for something that should have come.
        Overdue = "overdue",
        /// Displeased, in so few words that nobody can know why.
        Unsaid = "unsaid",
    }
}

named_enum! {
    /// Help desks whose canned replies a template can be written for.
    pub enum Platform {
        /// Zendesk macros.
        Zendesk = "zendesk",
        /// Chatwoot canned responses.
        Chatwoot = "chatwoot",
        /// Zammad text modules.
        Zammad = "zammad",
        /// FreeScout saved replies.
        FreeScout = "freescout",
    }
}

named_enum! {
    /// What the firm does, where complaints have clocks of their own.
    pub enum Sector {
        /// No trade in particular.
        Any = "any",
        /// Banking.
        Bank = "bank",
        /// Payment services.
        Payment = "payment",
        /// Insurance.
        Insurance = "insurance",
        /// Electricity and gas.
        Energy = "energy",
        /// Telephone and internet.
        Telecom = "telecom",
        /// Transport and travel.
        Travel = "travel",
    }
}

named_enum! {
    /// How grave a finding is.
    pub enum FindingSeverity {
        /// Worth a look.
        Low = "low",
        /// Better changed.
        Medium = "medium",
        /// Do not send it so: it can do harm.
        High = "high",
    }
}

named_enum! {
    /// What a review finds in a draft.
    pub enum FindingKind {
        /// Another language than the post's.
        WrongLanguage = "wrong_language",
        /// *Tu* to who says *vous*, or *vous* where the voice says *tu*, or both in one draft.
        RegisterMismatch = "register_mismatch",
        /// The problem is not named.
        IssueNotNamed = "issue_not_named",
        /// Nothing is said of what happens now.
        NoNextStep = "no_next_step",
        /// Something is promised, with no time.
        PromiseWithoutDate = "promise_without_date",
        /// "If you were upset": puts the trouble in doubt.
        ConditionalApology = "conditional_apology",
        /// More than one apology.
        RepeatedApology = "repeated_apology",
        /// Defends the firm instead of answering.
        Defensive = "defensive",
        /// Puts the fault on the writer.
        Blaming = "blaming",
        /// Speaks like a lawyer, or threatens with one.
        Legalistic = "legalistic",
        /// Hides behind the terms.
        HidingBehindTerms = "hiding_behind_terms",
        /// Punishes who complains.
        Retaliation = "retaliation",
        /// Says again what was already said in the thread.
        CopyPaste = "copy_paste",
        /// Asks for personal data in public.
        AsksPersonalData = "asks_personal_data",
        /// Shows personal data in public.
        ExposesPersonalData = "exposes_personal_data",
        /// Offers something for the trouble in public.
        CompensationInPublic = "compensation_in_public",
        /// Sends the writer to private messages and says nothing else.
        BareRedirect = "bare_redirect",
        /// Longer than the channel takes.
        TooLong = "too_long",
        /// A joke or emoji for who is angry.
        JokeAtAnger = "joke_at_anger",
        /// A formal threat answered by nobody in particular.
        ThreatWithoutOwner = "threat_without_owner",
        /// Admits fault to who threatens with law.
        Admission = "admission",
        /// A placeholder or gap left in the text.
        Unfilled = "unfilled",
        /// A formula that reads as forced or scripted.
        Formula = "formula",
        /// An emoji or smiley where the voice allows none.
        Emoji = "emoji",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Named;
    use crate::reply::reader;

    fn same<T: Named>(names: &[&str]) {
        let ours: Vec<_> = T::ALL.iter().map(|v| v.as_str()).collect();
        assert_eq!(ours, names);
    }

    #[test]
    fn the_reader_knows_the_same_names() {
        use crate::{Channel, Flag, IntentKind, Reason, Request, Severity, Situation, ThreatKind};
        for (key, _, _, names) in reader::KEYS {
            match *key {
                "register" => same::<Register>(names),
                "region" => same::<Region>(names),
                "channels" => same::<Channel>(names),
                "length" => same::<LengthClass>(names),
                "moves" => same::<Move>(names),
                "intent" => same::<IntentKind>(names),
                "reasons" => same::<Reason>(names),
                "requests" => same::<Request>(names),
                "situations" => same::<Situation>(names),
                "min_severity" | "max_severity" => same::<Severity>(names),
                "threats" => same::<ThreatKind>(names),
                "flags" => same::<Flag>(names),
                "arousal" => same::<Arousal>(names),
                "stage" => same::<Stage>(names),
                "special" => same::<Special>(names),
                other => assert!(names.is_empty(), "{other}"),
            }
        }
        same::<Sector>(reader::SECTORS);
    }
}

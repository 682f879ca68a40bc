//! Who answers, and how they speak.

use super::names::{Region, Register, Sector};
use super::render::Values;
use crate::post::{Channel, Language};

/// The brand's voice: what every reply of a house has in common.
///
/// ```
/// use doleance::reply::{Register, Voice};
/// use doleance::Channel;
///
/// let voice = Voice::new()
///     .brand("Marque")
///     .signature("Léa, Service clients")
///     .mediator("Médiateur de la consommation", "https://mediateur.example")
///     .register(Register::Vous)
///     .limit(Channel::PublicSocial, 500);
/// assert_eq!(voice.limit_of(Channel::PublicSocial), Some(500));
/// ```
#[derive(Clone, Debug)]
pub struct Voice {
    pub(super) values: Values,
    pub(super) register: Option<Register>,
    pub(super) language: Option<Language>,
    pub(super) region: Option<Region>,
    pub(super) sector: Sector,
    pub(super) emoji: bool,
    pub(super) crisis: bool,
    pub(super) limits: [Option<usize>; Channel::ALL.len()],
    pub(super) max_suggestions: usize,
}

impl Default for Voice {
    fn default() -> Self {
        Self::new()
    }
}

impl Voice {
    /// A voice with nothing of its own: mirrors the writer's *vous* or *tu*, no emoji, at most
    /// three suggestions, 280 characters on public social networks, 500 in a chat, 1,000 in
    /// private messages and reviews, 2,000 on page walls and forums, no limit in e-mails.
    #[must_use]
    pub fn new() -> Self {
        let mut limits = [None; Channel::ALL.len()];
        for (channel, limit) in [
            (Channel::PublicSocial, 280),
            (Channel::PageWall, 2000),
            (Channel::Review, 1000),
            (Channel::Forum, 2000),
            (Channel::DirectMessage, 1000),
            (Channel::Chat, 500),
        ] {
            limits[channel as usize] = Some(limit);
        }
        Self {
            values: Values::new(),
            register: None,
            language: None,
            region: None,
            sector: Sector::Any,
            emoji: false,
            crisis: false,
            limits,
            max_suggestions: 3,
        }
    }

    /// Sets the brand's name, `brand.name`.
    #[must_use]
    pub fn brand(self, name: impl Into<String>) -> Self {
        self.value("brand.name", name)
    }

    /// Sets the signature, `signature`.
    #[must_use]
    pub fn signature(self, signature: impl Into<String>) -> Self {
        self.value("signature", signature)
    }

    /// Sets the agent's name, `agent.name`; it signs where no signature is set.
    #[must_use]
    pub fn agent(self, name: impl Into<String>) -> Self {
        self.value("agent.name", name)
    }

    /// Sets the name of the channel for private messages, `channel.private`; without it templates
    /// say "en message privé", "by direct message".
    #[must_use]
    pub fn private_channel(self, name: impl Into<String>) -> Self {
        self.value("channel.private", name)
    }

    /// Sets the mediator or ombudsman competent for the brand and its address, `mediator.name`
    /// and `mediator.url`. In France a firm must name its own (Code de la consommation, L616-1).
    #[must_use]
    pub fn mediator(self, name: impl Into<String>, url: impl Into<String>) -> Self {
        self.value("mediator.name", name).value("mediator.url", url)
    }

    /// Sets the value of any placeholder for all replies; what is given to
    /// [`Suggestion::render`](super::Suggestion::render) goes before it.
    #[must_use]
    pub fn value(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.values.insert(name.into(), value.into());
        self
    }

    /// Always says *vous* or *tu*. Without it a reply says *tu* to who says *tu* to the brand, and
    /// *vous* to all others.
    #[must_use]
    pub fn register(mut self, register: Register) -> Self {
        self.register = Some(register);
        self
    }

    /// Sets the language to answer in when the post's is undetermined or mixed. Without it such a
    /// post gets no suggestion when undetermined.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }

    /// Sets the region: its wording is preferred and its typography used.
    #[must_use]
    pub fn region(mut self, region: Region) -> Self {
        self.region = Some(region);
        self
    }

    /// Sets the trade, which decides the clocks a formal complaint runs on.
    #[must_use]
    pub fn sector(mut self, sector: Sector) -> Self {
        self.sector = sector;
        self
    }

    /// Sets whether emoji are allowed at all; the default is that they are not. [`review`] then
    /// finds them in drafts, and [`suggest`] gives no template whose text has one; what the brand's
    /// own [`value`](Self::value)s hold is left as it is.
    ///
    /// [`review`]: super::review()
    /// [`suggest`]: super::suggest()
    #[must_use]
    pub fn emoji(mut self, allowed: bool) -> Self {
        self.emoji = allowed;
        self
    }

    /// Sets whether a crisis is on (see [`Pulse`](crate::Pulse)): holding statements go first.
    #[must_use]
    pub fn crisis(mut self, on: bool) -> Self {
        self.crisis = on;
        self
    }

    /// Sets the greatest number of characters of a reply in `channel`.
    #[must_use]
    pub fn limit(mut self, channel: Channel, chars: usize) -> Self {
        self.limits[channel as usize] = Some(chars);
        self
    }

    /// Sets how many suggestions are made at most.
    #[must_use]
    pub fn max_suggestions(mut self, count: usize) -> Self {
        self.max_suggestions = count;
        self
    }

    /// The greatest number of characters of a reply in `channel`, if there is one.
    #[must_use]
    pub fn limit_of(&self, channel: Channel) -> Option<usize> {
        self.limits[channel as usize]
    }
}

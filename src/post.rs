//! A post and what is known around it.

use std::borrow::Cow;
use std::fmt;

use crate::names::named_enum;

named_enum! {
    /// Where a post was written.
    ///
    /// It sets the answer time, the length of the reply and what may be said in it.
    pub enum Channel {
        /// A public social network post or mention.
        PublicSocial = "public_social",
        /// A post or comment on the brand's own page.
        PageWall = "page_wall",
        /// A review on a rating site or shop.
        Review = "review",
        /// A forum or community thread.
        Forum = "forum",
        /// A private message on a social network.
        DirectMessage = "direct_message",
        /// An e-mail or contact form.
        Email = "email",
        /// A live chat.
        Chat = "chat",
    }
}

impl Channel {
    /// Whether others can read what is written there.
    #[must_use]
    pub fn is_public(self) -> bool {
        matches!(self, Self::PublicSocial | Self::PageWall | Self::Review | Self::Forum)
    }
}

named_enum! {
    /// What is attached to a post.
    pub enum Attachment {
        /// A photograph.
        Photo = "photo",
        /// A video.
        Video = "video",
        /// A screenshot, often of an earlier exchange.
        Screenshot = "screenshot",
        /// A song or other piece of music: rare, and it travels.
        Song = "song",
    }
}

named_enum! {
    /// A large account that has joined the conversation.
    pub enum Amplifier {
        /// A newspaper, radio, television or journalist's account.
        Press = "press",
        /// An account with a large audience of its own.
        Influencer = "influencer",
        /// A consumer association.
        ConsumerOrg = "consumer_org",
        /// A politician or public authority.
        Authority = "authority",
    }
}

named_enum! {
    /// Who wrote a turn of a thread.
    pub enum Speaker {
        /// The customer.
        Customer = "customer",
        /// The brand's care team.
        Brand = "brand",
    }
}

named_enum! {
    /// The languages the crate reads.
    pub enum Language {
        /// French, of France, Belgium, Québec, Switzerland and elsewhere.
        French = "fr",
        /// English, of the United Kingdom, the United States and elsewhere.
        English = "en",
    }
}

/// Who wrote the post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
#[non_exhaustive]
pub struct Author<'a> {
    /// An identifier of the caller's, used by [`Pulse`](crate::Pulse) to count different authors.
    #[cfg_attr(feature = "serde", serde(borrow, skip_serializing_if = "Option::is_none"))]
    pub id: Option<Cow<'a, str>>,
    /// How many accounts follow the author.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub followers: Option<u64>,
    /// Whether the network has verified the account.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub verified: Option<bool>,
}

/// What a post has gathered so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
#[non_exhaustive]
pub struct Engagement {
    /// Shares, retweets, reposts.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub reposts: Option<u64>,
    /// Likes and other reactions.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub likes: Option<u64>,
    /// Replies and comments.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub replies: Option<u64>,
}

impl Engagement {
    /// Engagement with these numbers of reposts, likes and replies.
    #[must_use]
    pub fn new(reposts: u64, likes: u64, replies: u64) -> Self {
        Self { reposts: Some(reposts), likes: Some(likes), replies: Some(replies) }
    }
}

/// One earlier message of the same conversation. `Debug` does not print its text, as for [`Post`].
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Turn<'a> {
    /// Who wrote it.
    pub by: Speaker,
    /// What was written.
    #[cfg_attr(feature = "serde", serde(borrow))]
    pub text: Cow<'a, str>,
    /// When, in seconds since 1970-01-01T00:00:00Z (RFC 3339 in JSON).
    #[cfg_attr(
        feature = "serde",
        serde(default, with = "crate::times", skip_serializing_if = "Option::is_none")
    )]
    pub created_at: Option<i64>,
}

impl<'a> Turn<'a> {
    /// A turn of the customer's.
    #[must_use]
    pub fn customer(text: impl Into<Cow<'a, str>>) -> Self {
        Self { by: Speaker::Customer, text: text.into(), created_at: None }
    }

    /// A turn of the brand's.
    #[must_use]
    pub fn brand(text: impl Into<Cow<'a, str>>) -> Self {
        Self { by: Speaker::Brand, text: text.into(), created_at: None }
    }
}

/// A post to assess: its text, and whatever is known around it.
///
/// Every part but the text is optional. A `Post` borrows its text; setters take and return it by
/// value. With the `serde` feature it reads and writes one JSON object, of which only `text` must be
/// there; unknown fields are ignored.
///
/// `Debug` does not print what people wrote, only how long it is, so that a log of posts is no
/// leak; use [`Post::text`] where the text is wanted.
///
/// ```
/// use doleance::{Channel, Post};
///
/// let post = Post::from("3e relance, toujours rien…")
///     .channel(Channel::PublicSocial)
///     .followers(120)
///     .previous_contacts(2);
/// assert_eq!(post.text(), "3e relance, toujours rien…");
/// assert_eq!(format!("{post:?}"), "Post { text: 28 bytes, channel: Some(PublicSocial), .. }");
/// ```
#[derive(Clone, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Post<'a> {
    #[cfg_attr(feature = "serde", serde(default, borrow, skip_serializing_if = "Option::is_none"))]
    pub(crate) id: Option<Cow<'a, str>>,
    #[cfg_attr(feature = "serde", serde(borrow))]
    pub(crate) text: Cow<'a, str>,
    #[cfg_attr(
        feature = "serde",
        serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "language_hint"
        )
    )]
    pub(crate) language: Option<Language>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub(crate) channel: Option<Channel>,
    #[cfg_attr(feature = "serde", serde(default, borrow, skip_serializing_if = "Option::is_none"))]
    pub(crate) brand: Option<Cow<'a, str>>,
    #[cfg_attr(feature = "serde", serde(default, borrow, skip_serializing_if = "Option::is_none"))]
    pub(crate) topic: Option<Cow<'a, str>>,
    #[cfg_attr(
        feature = "serde",
        serde(default, with = "crate::times", skip_serializing_if = "Option::is_none")
    )]
    pub(crate) created_at: Option<i64>,
    #[cfg_attr(feature = "serde", serde(default, borrow, deserialize_with = "or_null"))]
    pub(crate) author: Author<'a>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub(crate) audience: Option<u64>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub(crate) is_reply: Option<bool>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub(crate) age_minutes: Option<f64>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub(crate) engagement: Option<Engagement>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub(crate) previous_contacts: Option<u32>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub(crate) waiting_hours: Option<f64>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub(crate) brand_replied: Option<bool>,
    #[cfg_attr(
        feature = "serde",
        serde(
            default,
            borrow,
            skip_serializing_if = "Vec::is_empty",
            deserialize_with = "or_null"
        )
    )]
    pub(crate) thread: Vec<Turn<'a>>,
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "or_null")
    )]
    pub(crate) attachments: Vec<Attachment>,
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "or_null")
    )]
    pub(crate) amplifiers: Vec<Amplifier>,
}

/// What is null is not there: so other languages write it.
#[cfg(feature = "serde")]
fn or_null<'de, D, T>(d: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::Deserialize<'de> + Default,
{
    Ok(<Option<T> as serde::Deserialize>::deserialize(d)?.unwrap_or_default())
}

/// A hint of a language the crate does not read is no hint.
#[cfg(feature = "serde")]
fn language_hint<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Option<Language>, D::Error> {
    use serde::Deserialize;
    let code = Option::<Cow<'de, str>>::deserialize(d)?;
    Ok(code.and_then(|code| {
        let primary = code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        crate::names::Named::from_name(&primary)
    }))
}

impl fmt::Debug for Turn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Turn")
            .field("by", &self.by)
            .field("text", &format_args!("{} bytes", self.text.len()))
            .field("created_at", &self.created_at)
            .finish()
    }
}

impl fmt::Debug for Post<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Post")
            .field("text", &format_args!("{} bytes", self.text.len()))
            .field("channel", &self.channel)
            .finish_non_exhaustive()
    }
}

impl<'a> From<&'a str> for Post<'a> {
    fn from(text: &'a str) -> Self {
        Self { text: Cow::Borrowed(text), ..Self::default() }
    }
}

impl<'a> From<&'a String> for Post<'a> {
    fn from(text: &'a String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for Post<'_> {
    fn from(text: String) -> Self {
        Self { text: Cow::Owned(text), ..Self::default() }
    }
}

/// So that what takes `impl Into<Post>` takes `&Post` too; the text is borrowed, not copied.
impl<'a> From<&'a Post<'_>> for Post<'a> {
    fn from(post: &'a Post<'_>) -> Self {
        Self {
            id: post.id.as_deref().map(Cow::Borrowed),
            text: Cow::Borrowed(&post.text),
            language: post.language,
            channel: post.channel,
            brand: post.brand.as_deref().map(Cow::Borrowed),
            topic: post.topic.as_deref().map(Cow::Borrowed),
            created_at: post.created_at,
            author: Author {
                id: post.author.id.as_deref().map(Cow::Borrowed),
                followers: post.author.followers,
                verified: post.author.verified,
            },
            audience: post.audience,
            is_reply: post.is_reply,
            age_minutes: post.age_minutes,
            engagement: post.engagement,
            previous_contacts: post.previous_contacts,
            waiting_hours: post.waiting_hours,
            brand_replied: post.brand_replied,
            thread: post
                .thread
                .iter()
                .map(|t| Turn { by: t.by, text: Cow::Borrowed(&t.text), created_at: t.created_at })
                .collect(),
            attachments: post.attachments.clone(),
            amplifiers: post.amplifiers.clone(),
        }
    }
}

macro_rules! text_setters {
    ($($(#[$meta:meta])* $name:ident;)+) => {
        $($(#[$meta])*
        #[must_use]
        pub fn $name(mut self, $name: impl Into<Cow<'a, str>>) -> Self {
            self.$name = Some($name.into());
            self
        })+
    };
}

macro_rules! value_setters {
    ($($(#[$meta:meta])* $name:ident: $ty:ty;)+) => {
        $($(#[$meta])*
        #[must_use]
        pub fn $name(mut self, $name: $ty) -> Self {
            self.$name = Some($name);
            self
        })+
    };
}

impl<'a> Post<'a> {
    /// A post with that text and nothing else known.
    #[must_use]
    pub fn new(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// What was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The identifier, if one was given.
    #[must_use]
    pub fn get_id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The channel, if known.
    #[must_use]
    pub fn get_channel(&self) -> Option<Channel> {
        self.channel
    }

    /// The brand, if given.
    #[must_use]
    pub fn get_brand(&self) -> Option<&str> {
        self.brand.as_deref()
    }

    /// The topic, if given.
    #[must_use]
    pub fn get_topic(&self) -> Option<&str> {
        self.topic.as_deref()
    }

    /// When it was written, in seconds since 1970-01-01T00:00:00Z, if known.
    #[must_use]
    pub fn get_created_at(&self) -> Option<i64> {
        self.created_at
    }

    /// Who wrote it, as far as is known.
    #[must_use]
    pub fn get_author(&self) -> &Author<'a> {
        &self.author
    }

    /// The earlier messages of the conversation, oldest first.
    #[must_use]
    pub fn get_thread(&self) -> &[Turn<'a>] {
        &self.thread
    }

    text_setters! {
        /// Sets the caller's identifier.
        id;
        /// Sets the brand the post is about or addressed to.
        brand;
        /// Sets the topic, by which [`Pulse`](crate::Pulse) groups posts.
        topic;
    }

    value_setters! {
        /// Sets the language, when the caller knows it; without it the text tells.
        language: Language;
        /// Sets the channel.
        channel: Channel;
        /// Sets when it was written, in seconds since 1970-01-01T00:00:00Z (no milliseconds: a time
        /// after the year 9999 cannot be written as JSON).
        created_at: i64;
        /// Sets how many people see the page it stands on (a page's fans), beside the author's
        /// followers.
        audience: u64;
        /// Sets whether it answers another post.
        is_reply: bool;
        /// Sets how old it is, in minutes. Not a number or below 0 counts as unknown.
        age_minutes: f64;
        /// Sets what it has gathered so far.
        engagement: Engagement;
        /// Sets how often the customer contacted the brand about this before. 0 says no more than
        /// that nothing is on file: the text may tell otherwise.
        previous_contacts: u32;
        /// Sets how long the customer has been waiting, in hours. Not a number or below 0 counts
        /// as unknown.
        waiting_hours: f64;
        /// Sets whether the brand has already replied to this post.
        brand_replied: bool;
    }

    /// Sets the author's identifier.
    #[must_use]
    pub fn author_id(mut self, id: impl Into<Cow<'a, str>>) -> Self {
        self.author.id = Some(id.into());
        self
    }

    /// Sets how many accounts follow the author.
    #[must_use]
    pub fn followers(mut self, followers: u64) -> Self {
        self.author.followers = Some(followers);
        self
    }

    /// Sets whether the author's account is verified.
    #[must_use]
    pub fn verified(mut self, verified: bool) -> Self {
        self.author.verified = Some(verified);
        self
    }

    /// Adds an earlier message of the conversation; call it oldest first.
    #[must_use]
    pub fn turn(mut self, turn: Turn<'a>) -> Self {
        self.thread.push(turn);
        self
    }

    /// Adds an attachment.
    #[must_use]
    pub fn attachment(mut self, attachment: Attachment) -> Self {
        self.attachments.push(attachment);
        self
    }

    /// Adds a large account that has joined.
    #[must_use]
    pub fn amplifier(mut self, amplifier: Amplifier) -> Self {
        self.amplifiers.push(amplifier);
        self
    }

    /// The same post with every text owned.
    #[must_use]
    pub fn into_owned(self) -> Post<'static> {
        fn own(text: Cow<'_, str>) -> Cow<'static, str> {
            Cow::Owned(text.into_owned())
        }
        Post {
            id: self.id.map(own),
            text: own(self.text),
            language: self.language,
            channel: self.channel,
            brand: self.brand.map(own),
            topic: self.topic.map(own),
            created_at: self.created_at,
            author: Author {
                id: self.author.id.map(own),
                followers: self.author.followers,
                verified: self.author.verified,
            },
            audience: self.audience,
            is_reply: self.is_reply,
            age_minutes: self.age_minutes,
            engagement: self.engagement,
            previous_contacts: self.previous_contacts,
            waiting_hours: self.waiting_hours,
            brand_replied: self.brand_replied,
            thread: self
                .thread
                .into_iter()
                .map(|t| Turn { by: t.by, text: own(t.text), created_at: t.created_at })
                .collect(),
            attachments: self.attachments,
            amplifiers: self.amplifiers,
        }
    }
}

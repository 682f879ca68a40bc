//! The kinds of cues in `review.tsv`.
#![allow(unreachable_pub, reason = "the macro that declares names makes public ones")]

use crate::names::named_enum;

named_enum! {
    /// What the checks are made of: the kinds of cues in `review.tsv`.
    pub enum CueKind {
        /// A word that tells the language.
        Language = "language",
        /// Says tu, or vous.
        Register = "register",
        /// Says sorry.
        Apology = "apology",
        /// Goes on in private.
        Private = "private",
        /// Says what happens now.
        NextStep = "next_step",
        /// Promises.
        Promise = "promise",
        /// A time.
        Time = "time",
        /// Names a problem.
        Issue = "issue",
        /// Leaves no doubt, in a post, what it is about.
        Told = "told",
        /// Leaves no doubt, in a post, what is asked for.
        Asked = "asked",
        /// Asks whether something is so, whatever the tone.
        Asks = "asks",
        /// Tells others to stop complaining.
        Scolds = "scolds",
        /// Thanks.
        Thanks = "thanks",
        /// Explains.
        Explanation = "explanation",
        /// Names who is in charge.
        Owner = "owner",
        /// Names the mediator.
        Mediator = "mediator",
        /// A word for personal data.
        Personal = "personal",
        /// Asks for something to be given.
        Ask = "ask",
        /// Says that it is solved.
        Solved = "solved",
        /// The brand writes in private itself, or has.
        Answered = "answered",
        /// The customer has written there already, or anywhere.
        BeenThere = "been_there",
        /// Says tu to the brand itself, not to everybody.
        Direct = "direct",
        /// Tells a special case.
        Special = "special",
        /// Says no.
        Negation = "negation",
        /// A joke.
        Joke = "joke",
    }
}

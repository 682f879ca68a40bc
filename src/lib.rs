//! doleance (being built)
mod assessment;
mod error;
mod names;
mod post;
pub mod reply;
pub mod text;
#[cfg(feature = "serde")]
mod times;

pub use assessment::*;
pub use error::Error;
pub use names::{Named, Set};
pub use post::{Amplifier, Attachment, Author, Channel, Engagement, Language, Post, Speaker, Turn};

//! The reply room: catalogue, suggestions, rendering, review.
#![allow(missing_docs)]
#![cfg(feature = "serde")]

mod borderline;
mod careful;
mod common;
mod coverage;
mod errors;
mod reviewing;
mod suggesting;
mod templates;

//! The reply room: catalogue, suggestions, rendering.
#![allow(missing_docs)]

mod common;
mod suggesting;
mod templates;

//! From a reading to what we say of it: heads, then what follows from several heads.

mod chances;
mod complaint;
mod escalation;
mod explain;
mod fitting;
mod flags;
mod heads;
mod outlook;
mod priority;
mod sentiment;
mod virality;

use crate::assessment::Source;

pub(crate) use chances::Chances;
pub(crate) use complaint::{complaint, me_too};
pub(crate) use escalation::{Answers, additions, escalation, threat_kinds, threats};
pub(crate) use explain::explain;
pub(crate) use fitting::fitting_features;
pub(crate) use flags::flags;
pub(crate) use heads::Heads;
pub(crate) use outlook::{Said, mentions, priority, virality};
pub(crate) use sentiment::{intent, sentiment};

/// Who is told of each part of a sum, if evidence is asked for.
pub(crate) type Note<'n> = Option<&'n mut dyn FnMut(Source, &'static str, f64)>;

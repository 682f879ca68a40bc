//! RFC 3339 in JSON, seconds since the epoch in Rust.

use serde::{Deserialize, Deserializer, Serializer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

#[allow(clippy::ref_option, reason = "the signature serde's `with` asks for")]
pub(crate) fn serialize<S: Serializer>(at: &Option<i64>, serializer: S) -> Result<S::Ok, S::Error> {
    let Some(at) = at else { return serializer.serialize_none() };
    let text = OffsetDateTime::from_unix_timestamp(*at)
        .map_err(serde::ser::Error::custom)?
        .format(&Rfc3339)
        .map_err(serde::ser::Error::custom)?;
    serializer.serialize_str(&text)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<i64>, D::Error> {
    let Some(text) = Option::<std::borrow::Cow<'de, str>>::deserialize(d)? else {
        return Ok(None);
    };
    OffsetDateTime::parse(&text, &Rfc3339).map(|at| Some(at.unix_timestamp())).map_err(|_| {
        serde::de::Error::custom("expected a time such as 2026-11-21T10:00:00Z (RFC 3339)")
    })
}

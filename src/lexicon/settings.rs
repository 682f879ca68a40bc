//! Rows that set numbers where a lexicon has its words: how scores are read, and how fast to answer.
//!
//! Shared with the build script.

use super::compile::{Compiled, languages};
use super::entry::{CHANNELS, HEADS, LEVELS, head_index};
use super::tsv::{Cells, Fault, Scope};

impl Compiled {
    /// What a row leaves empty stays as it was.
    pub(super) fn calibrate(&mut self, cells: &Cells<'_, '_>, scope: Scope) -> Result<(), Fault> {
        cells.cannot_remove()?;
        let name = cells.get("head").unwrap_or("");
        let head = head_index(name).ok_or_else(|| {
            let known = HEADS.join(", ");
            cells.fault("head", format!("`{name}` is no head; expected one of {known}"))
        })?;
        if ["slope", "offset", "threshold"].iter().all(|column| cells.get(column).is_none()) {
            return Err(cells.fault("head", "expected a `slope`, an `offset` or a `threshold`"));
        }
        for &language in languages(cells.scope(scope)?) {
            let (slope, offset, threshold) = &mut self.tongues[language].calibration[head];
            for (number, name, low, high) in [
                (slope, "slope", 0.0, 100.0),
                (offset, "offset", -100.0, 100.0),
                (threshold, "threshold", 0.0, 1.0),
            ] {
                *number = cells.number(name, low, high)?.unwrap_or(*number);
            }
        }
        Ok(())
    }

    pub(super) fn prioritise(&mut self, cells: &Cells<'_, '_>) -> Result<(), Fault> {
        cells.cannot_remove()?;
        if let Some(language) = cells.get("language") {
            let why = format!("`{language}`; answer times are of both languages, expected nothing");
            return Err(cells.fault("language", why));
        }
        let channel = cells.named("channel", CHANNELS)?.to_owned();
        let level = cells.named("level", LEVELS)?.to_owned();
        let minutes = cells.number("minutes", 1.0, 1e6)?;
        let minutes =
            minutes.ok_or_else(|| cells.fault("minutes", "expected a number of minutes"))?;
        self.priorities.insert((channel, level), minutes as u32);
        Ok(())
    }
}

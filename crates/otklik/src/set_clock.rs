//! `OTKLIK_CLOCK`: civil time begins at that moment and runs on, so that a demonstration or a test can be tried on a
//! Sunday. A centre that serves people has the machine's clock.

use anyhow::{Context, bail};
use otklik_model::UtcMs;

/// Name of the variable.
const CLOCK: &str = "OTKLIK_CLOCK";

/// The moment that the environment asks for.
pub(crate) fn of_environment(demo: bool) -> anyhow::Result<Option<UtcMs>> {
    let Some(text) = std::env::var_os(CLOCK) else { return Ok(None) };
    moment(&text.to_string_lossy(), demo).map(Some)
}

fn moment(text: &str, demo: bool) -> anyhow::Result<UtcMs> {
    if !demo {
        bail!("{CLOCK} is for the demonstration only: unset it, or give --demo");
    }
    let at: jiff::Timestamp =
        text.parse().with_context(|| format!("{CLOCK} is a moment such as 2026-11-29T12:00:00+03:00, not {text:?}"))?;
    Ok(UtcMs(at.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn a_moment_is_read_in_a_demonstration_and_refused_outside() {
        let sunday = moment("2026-11-29T12:00:00+03:00", true).expect("a moment");
        assert_eq!(sunday.rfc3339(), "2026-11-29T09:00:00.000Z");
        for (text, demo, said) in
            [("2026-11-29T12:00:00+03:00", false, "--demo"), ("Sunday", true, "2026-11-29T12:00:00+03:00")]
        {
            let error = moment(text, demo).expect_err(text);
            assert!(format!("{error:#}").contains(said), "{error:#}");
        }
    }
}

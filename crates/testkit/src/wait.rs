//! Waiting for a condition with a limit.

use std::time::Duration;

use anyhow::{Context, Result};

/// How often a condition is asked that nobody tells of.
const ASK_EVERY: Duration = Duration::from_millis(20);

/// Waits for work to end.
///
/// # Errors
/// What the work said, or that the limit ran out, with what was waited for.
pub async fn within<T>(limit: Duration, what: &str, work: impl Future<Output = Result<T>>) -> Result<T> {
    let ended = tokio::time::timeout(limit, work).await;
    ended.with_context(|| format!("not within {limit:?}: {what}"))?.with_context(|| what.to_owned())
}

/// Asks again and again until there is something to return.
///
/// # Errors
/// What the question said, or that the limit ran out, with what was waited for.
pub async fn until<T, F>(limit: Duration, what: &str, mut ask: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<Option<T>>>,
{
    let mut pace = tokio::time::interval(ASK_EVERY);
    within(limit, what, async {
        loop {
            pace.tick().await;
            if let Some(found) = ask().await? {
                return Ok(found);
            }
        }
    })
    .await
}

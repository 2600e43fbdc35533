//! The page for the press on a centre with a past: what it publishes comes from the rollups, and no small cell is told.

use anyhow::{Context, Result, ensure};
use jiff::tz::TimeZone;
use otklik_model::{
    AbandonStage, AgentId, CallEnded, CallId, CallJoined, Envelope, Fact, HangupSide, LineId, Outcome, QueueEntry,
    UtcMs,
};
use otklik_store::{Batch, Location, OpenMode, Store};
use otklik_testkit::{Centre, DataFolder, Setup, request};

use crate::program;

/// 2026-01-15, noon in Moscow.
const JANUARY: i64 = 1_768_467_600_000;
const MONTH_MS: i64 = 31 * 24 * 3_600_000;

/// Calls of one month: so many answered at once, so many that gave up after a minute.
fn month(month: i64, answered: u64, abandoned: u64, facts: &mut Vec<(i64, Fact)>) -> Result<()> {
    for n in 0..answered + abandoned {
        let at = JANUARY + month * MONTH_MS + i64::try_from(n).unwrap_or_default() * 100_000;
        let call: CallId = serde_json::from_str(&format!("\"01936b5c-0000-7000-8000-{at:012x}\""))?;
        let line = LineId::new("main");
        facts.push((at, Fact::CallAccepted { call, line: line.clone(), subject: None }));
        facts.push((at, Fact::CallQueued { call, entry: QueueEntry::First }));
        let is_answered = n < answered;
        if is_answered {
            facts.push((at, Fact::CallJoined(CallJoined { call, agent: AgentId::new("vera"), recording: None })));
        }
        let outcome = if is_answered { Outcome::Answered } else { Outcome::Abandoned(AbandonStage::Queue) };
        let ended = CallEnded {
            call,
            line,
            outcome,
            side: HangupSide::Caller,
            started_at: UtcMs(at),
            queued_at: Some(UtcMs(at)),
            answered_at: is_answered.then_some(UtcMs(at)),
            agent: is_answered.then(|| AgentId::new("vera")),
        };
        facts.push((at + 60_000, Fact::CallEnded(ended)));
    }
    Ok(())
}

async fn remember(data: &DataFolder, facts: Vec<(i64, Fact)>) -> Result<()> {
    let zone = TimeZone::get("Europe/Moscow")?;
    let store = Store::open(Location::parse(data.path(), None)?, zone, OpenMode::Lead).await?;
    let epoch = store.begin_epoch().await?;
    let envelope = |(seq, (at, fact))| Envelope { partition: 0, seq, epoch, at: UtcMs(at), fact };
    let envelopes = (1..).zip(facts).map(envelope).collect();
    store.append(&Batch { envelopes, ..Batch::default() }).await?;
    store.close().await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_press_reads_totals_and_no_cell_under_five() -> Result<()> {
    let data = DataFolder::new()?;
    let mut facts = Vec::new();
    // 40, 3 and 9 calls: the 3 are hidden, and the 9 too, for 52 - 40 - 9 would tell them.
    for (n, answered, abandoned) in [(0, 30, 10), (1, 3, 0), (2, 9, 0)] {
        month(n, answered, abandoned, &mut facts)?;
    }
    remember(&data, facts).await?;
    let centre = Centre::start_with(&program(), data, Setup::default()).await?;
    let (http, _) = centre.addresses()?;

    let data = request(http, "GET", "/api/press", None).await?.json()?;
    ensure!(data["frozen"] == true && data["calls"] == 52 && data["answered_in_time_percent"] == 81, "{data}");
    let months = data["months"].as_array().context("months")?;
    let calls: Vec<_> = months.iter().map(|month| month["calls"].as_i64()).collect();
    ensure!(calls == [Some(40), None, None], "{data}");

    let page = request(http, "GET", "/press", None).await?.body;
    ensure!(page.contains(">52<") && page.contains("81\u{a0}%") && page.contains("15 января 2026 года"), "{page}");
    ensure!(page.contains("не публикуем") && !page.contains("<script"), "{page}");
    ensure!(!page.contains("<td>3<") && !page.contains("<td>9<"), "{page}");
    let english = request(http, "GET", "/press?lang=en", None).await?.body;
    ensure!(english.contains("lang=\"en\"") && english.contains("not published"), "{english}");
    centre.verify().await
}

//! The centre's settings as they are kept, and how a saved change comes to hold: first on disk, then in the engine and on
//! the pages. Where nobody has changed anything they are those of the centre's file.

use std::sync::Arc;

use otklik_centre::CentreConfig;
use otklik_centre::calendar::ProductionCalendar;
use otklik_centre::settings::{LineSettings, OwnDay, SettingsFault};
use otklik_model::{LineId, UtcMs};
use otklik_store::{Setting, Store, StoreError};

use crate::problem::Problem;
use crate::prompts::PromptBox;
use crate::setup::days::ClosedDay;
use crate::state::{App, LineInfo};

/// The kind of documents that are lines.
pub(crate) const LINES: &str = "line";
/// The kind of the document that names the centre's closed days, and its one id.
pub(crate) const CLOSED_DAYS: &str = "closed_days";
pub(crate) const CLOSED_DAYS_ID: &str = "centre";

/// What setting up needs to know.
#[derive(Debug, Clone)]
pub struct SetupStart {
    /// What the engine was started with; lines are put in their place.
    pub base: CentreConfig,
    /// The production calendar.
    pub calendar: ProductionCalendar,
    /// The sounds of the prompts.
    pub prompts: Arc<dyn PromptBox>,
}

/// A line as it is kept.
pub(crate) struct KeptLine {
    pub(crate) setting: Setting,
    pub(crate) settings: LineSettings,
}

/// Why kept settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A kept document is not as this program writes it.
    #[error("the {kind} {id:?} that is kept cannot be used ({fault})")]
    Unusable {
        /// Its kind.
        kind: &'static str,
        /// Its id.
        id: String,
        /// What is wrong.
        fault: String,
    },
}

/// Keeps the lines of the centre's file where none of that id is kept yet. A line that was kept before lines said how
/// long recordings stay is given what held for it: the file's days, or for ever where the file has no such line. `now` is
/// when.
///
/// # Errors
/// What the store said.
pub async fn seed_lines(store: &Store, lines: &[(LineId, LineSettings)], now: UtcMs) -> Result<(), StoreError> {
    for (id, settings) in lines {
        if store.setting(LINES, id.as_str()).await?.is_none() {
            let body = serde_json::to_string(settings).map_err(|_| StoreError::Corrupt { what: LINES.to_owned() })?;
            store.save_setting(LINES, id.as_str(), &body, 0, "centre", now).await?;
        }
    }
    for setting in store.settings(LINES).await? {
        let corrupt = |_| StoreError::Corrupt { what: LINES.to_owned() };
        let mut body: serde_json::Value = serde_json::from_str(&setting.body).map_err(corrupt)?;
        let Some(fields) = body.as_object_mut().filter(|fields| !fields.contains_key("keep_days")) else { continue };
        let of_file = lines.iter().find(|(id, _)| id.as_str() == setting.id);
        fields.insert("keep_days".to_owned(), of_file.map_or(0, |(_, settings)| settings.keep_days).into());
        store.save_setting(LINES, &setting.id, &body.to_string(), setting.version, "centre", now).await?;
    }
    Ok(())
}

/// The centre as it is kept: `base` with the lines and days of the store.
///
/// # Errors
/// [`SettingsError`].
pub async fn kept_centre(
    store: &Store,
    start: &SetupStart,
    zone: &jiff::tz::TimeZone,
) -> Result<CentreConfig, SettingsError> {
    let unusable = |kind, id: &str, fault: String| SettingsError::Unusable { kind, id: id.to_owned(), fault };
    let closed =
        store.setting(CLOSED_DAYS, CLOSED_DAYS_ID).await?.map_or_else(|| "[]".to_owned(), |setting| setting.body);
    let closed: Vec<ClosedDay> =
        serde_json::from_str(&closed).map_err(|error| unusable(CLOSED_DAYS, CLOSED_DAYS_ID, error.to_string()))?;
    let closed = own_days(&closed);
    let mut config = start.base.clone();
    config.lines.clear();
    for line in kept_lines(store).await? {
        let id = LineId::new(line.setting.id.as_str());
        let made = line.settings.line(id.clone(), &start.calendar, zone, &closed);
        let mut made =
            made.map_err(|fault: SettingsFault| unusable(LINES, &line.setting.id, fault.name().to_owned()))?;
        // The demonstration opens the lines of its file; what somebody turned is known elsewhere.
        if let Some(base) = start.base.lines.iter().find(|base| base.id == id) {
            made.mode = base.mode;
        }
        config.lines.push(made);
    }
    Ok(config)
}

/// The lines as they are kept: those of the centre's file in its order, then those that were added, by id.
pub(crate) async fn kept_lines(store: &Store) -> Result<Vec<KeptLine>, SettingsError> {
    let mut lines = Vec::new();
    for setting in store.settings(LINES).await? {
        let read = serde_json::from_str::<LineSettings>(&setting.body);
        let settings = read.map_err(|error| SettingsError::Unusable {
            kind: LINES,
            id: setting.id.clone(),
            fault: error.to_string(),
        })?;
        lines.push(KeptLine { setting, settings });
    }
    lines.sort_by_key(|line| line.settings.place);
    Ok(lines)
}

/// Lets what is on disk hold: the engine's next event and the pages' next look find it. To be called under `saving`.
pub(crate) async fn hold(app: &App) -> Result<(), Problem> {
    let config = kept_centre(&app.0.store, &app.0.start.setup, &app.0.start.zone).await?;
    let lines = config.lines.iter().map(LineInfo::of).collect();
    if !app.0.engine.configure(config).await {
        tracing::error!("the engine took no settings: what was saved holds from the next start");
        return Err(Problem::unavailable());
    }
    app.set_lines(lines);
    Ok(())
}

pub(crate) fn own_days(days: &[ClosedDay]) -> Vec<OwnDay> {
    days.iter().map(Into::into).collect()
}

pub(crate) fn unreadable(kind: &'static str) -> Problem {
    tracing::error!(kind, "a kept document cannot be read");
    Problem::unavailable()
}

impl From<SettingsError> for Problem {
    fn from(error: SettingsError) -> Self {
        tracing::error!(error = &error as &dyn std::error::Error, "the kept settings cannot be used");
        Self::unavailable()
    }
}

impl LineInfo {
    /// What pages know of a line.
    pub fn of(line: &otklik_centre::Line) -> Self {
        Self {
            id: line.id.clone(),
            name: line.name.clone(),
            number: line.number.clone(),
            hours: line.hours.clone(),
            recorded: line.recorded,
            keep_days: line.keep_days,
        }
    }
}

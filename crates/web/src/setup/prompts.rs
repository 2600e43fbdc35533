//! Prompts: what the line says, heard and replaced. A new sound is played from the next playlist on; old ones stay.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use otklik_store::{Setting, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::extract::{Json, Path, Query, SoundFile};
use crate::kept;
use crate::problem::Problem;
use crate::prompts::{KeptPrompt, PROMPTS, PromptText};
use crate::recordings::Sound;
use crate::rights::{May, SetUp};
use crate::setup;
use crate::state::App;

/// Largest uploaded file, bytes: a minute at 44.1 kHz in one channel, 16 bit, has 5.3 million.
pub(crate) const LARGEST_SOUND: usize = 5_500_000;

/// A sound that a prompt had.
#[derive(Serialize, ToSchema)]
pub(crate) struct PromptVersion {
    version: u64,
    /// True where it was set back to the sound that comes with the program.
    built_in: bool,
    /// The file's name as it was uploaded.
    file: String,
    changed_at: i64,
    changed_by: String,
}

/// A prompt.
#[derive(Serialize, ToSchema)]
pub(crate) struct SetupPrompt {
    id: String,
    /// What the built-in sound says.
    text_ru: String,
    text_en: String,
    /// 0 = the sound that comes with the program, never replaced.
    version: u64,
    built_in: bool,
    /// Newest first.
    versions: Vec<PromptVersion>,
}

/// All prompts.
#[derive(Serialize, ToSchema)]
pub(crate) struct SetupPrompts {
    prompts: Vec<SetupPrompt>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Heard {
    /// Which version; 0 = the built-in sound; the one that is played now where it is not given.
    #[param(maximum = 9_007_199_254_740_991_u64)]
    version: Option<u64>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Replaced {
    /// The version that was read.
    #[param(maximum = 9_007_199_254_740_991_u64)]
    version: u64,
    /// The file's name.
    #[serde(default)]
    file: String,
}

/// An earlier sound to be played again, on the version that was read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Restored {
    version: u64,
    /// The version to go back to; 0 = the built-in sound.
    to: u64,
}

/// What the line says.
#[utoipa::path(get, operation_id = "listPrompts", path = "/api/setup/prompts", responses((status = 200, body = SetupPrompts), (status = 401, body = Problem)))]
pub(crate) async fn list(State(app): State<App>, _: May<SetUp>) -> Result<Json<SetupPrompts>, Problem> {
    let mut prompts = Vec::new();
    for text in app.0.start.setup.prompts.texts() {
        prompts.push(shown(&app, text).await?);
    }
    Ok(Json(SetupPrompts { prompts }))
}

/// A prompt's sound.
#[utoipa::path(get, operation_id = "playPrompt", path = "/api/setup/prompts/{id}/sound", params(("id" = String, Path), Heard),
    responses((status = 200, content_type = "audio/wav", body = Sound), (status = 404, body = Problem)))]
pub(crate) async fn play(
    State(app): State<App>,
    _: May<SetUp>,
    Path(id): Path<String>,
    Query(heard): Query<Heard>,
) -> Result<impl IntoResponse, Problem> {
    let prompts = &app.0.start.setup.prompts;
    let text = text(&app, &id)?;
    let version = match heard.version {
        Some(version) => version,
        None => app.0.store.setting(PROMPTS, &id).await?.map_or(0, |setting| setting.version),
    };
    let alaw = sound(&app, &text.id, version).await?;
    Ok(([(header::CONTENT_TYPE, "audio/wav")], prompts.as_wav(&alaw)))
}

/// Puts another sound in a prompt's place: a WAV file, 16-bit PCM from 8 to 48 kHz or A-law, at most a minute.
#[utoipa::path(put, operation_id = "replacePrompt", path = "/api/setup/prompts/{id}/sound", params(("id" = String, Path), Replaced),
    request_body(content = Sound, content_type = "audio/wav"),
    responses((status = 200, body = SetupPrompt), (status = 400, body = Problem), (status = 404, body = Problem),
              (status = 409, body = Problem)))]
pub(crate) async fn replace(
    State(app): State<App>,
    may: May<SetUp>,
    Path(id): Path<String>,
    Query(replaced): Query<Replaced>,
    SoundFile(wav): SoundFile,
) -> Result<Json<SetupPrompt>, Problem> {
    let text = text(&app, &id)?.clone();
    let prompts = app.0.start.setup.prompts.clone();
    let made = tokio::task::spawn_blocking(move || prompts.of_upload(&wav)).await;
    let alaw = made.map_err(|_| Problem::unavailable())?.map_err(Problem::bad_request)?;
    let name = app.0.store.keep_sound(&alaw).await.map_err(setup::refused)?;
    let file: String = replaced.file.chars().filter(|letter| !letter.is_control()).take(120).collect();
    save(&app, &may, &text, replaced.version, KeptPrompt { sound: Some(name), file }, alaw).await
}

/// Plays an earlier sound of a prompt again.
#[utoipa::path(post, operation_id = "restorePrompt", path = "/api/setup/prompts/{id}/restored", request_body = Restored, params(("id" = String, Path)),
    responses((status = 200, body = SetupPrompt), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn restore(
    State(app): State<App>,
    may: May<SetUp>,
    Path(id): Path<String>,
    Json(restored): Json<Restored>,
) -> Result<Json<SetupPrompt>, Problem> {
    let text = text(&app, &id)?.clone();
    let alaw = sound(&app, &id, restored.to).await?;
    let kept = match version(&app, &id, restored.to).await? {
        Some(setting) => read(&setting)?,
        None => KeptPrompt { sound: None, file: String::new() },
    };
    save(&app, &may, &text, restored.version, kept, alaw).await
}

async fn save(
    app: &App,
    may: &May<SetUp>,
    text: &PromptText,
    version: u64,
    kept: KeptPrompt,
    alaw: Vec<u8>,
) -> Result<Json<SetupPrompt>, Problem> {
    let body = serde_json::to_string(&kept).map_err(|_| Problem::unavailable())?;
    let _alone = app.0.saving.lock().await;
    let by = may.person.id.as_str();
    match app.0.store.save_setting(PROMPTS, &text.id, &body, version, by, app.now()).await {
        Ok(_) => {
            app.0.start.setup.prompts.put(&text.id, alaw);
            Ok(Json(shown(app, text).await?))
        }
        Err(StoreError::Stale { .. }) => Err(setup::stale(&shown(app, text).await?)),
        Err(error) => Err(setup::refused(error)),
    }
}

fn text<'a>(app: &'a App, id: &str) -> Result<&'a PromptText, Problem> {
    let found = app.0.start.setup.prompts.texts().iter().find(|text| text.id == id);
    found.ok_or_else(|| Problem::not_found("no_such_prompt"))
}

/// The sound of a version; the built-in one for 0.
async fn sound(app: &App, id: &str, of: u64) -> Result<Vec<u8>, Problem> {
    let missing = || Problem::not_found("no_such_version");
    let kept = match version(app, id, of).await? {
        Some(setting) => read(&setting)?.sound,
        None if of == 0 => None,
        None => return Err(missing()),
    };
    match kept {
        Some(name) => app.0.store.sound(&name).await?.ok_or_else(missing),
        None => app.0.start.setup.prompts.built_in(id).ok_or_else(missing),
    }
}

async fn version(app: &App, id: &str, of: u64) -> Result<Option<Setting>, Problem> {
    let versions = app.0.store.setting_versions(PROMPTS, id).await?;
    Ok(versions.into_iter().find(|setting| setting.version == of))
}

fn read(setting: &Setting) -> Result<KeptPrompt, Problem> {
    serde_json::from_str(&setting.body).map_err(|_| kept::unreadable(PROMPTS))
}

async fn shown(app: &App, text: &PromptText) -> Result<SetupPrompt, Problem> {
    let mut versions = Vec::new();
    for setting in app.0.store.setting_versions(PROMPTS, &text.id).await? {
        let kept = read(&setting)?;
        versions.push(PromptVersion {
            version: setting.version,
            built_in: kept.sound.is_none(),
            file: kept.file,
            changed_at: setting.changed_at.0,
            changed_by: setting.changed_by,
        });
    }
    Ok(SetupPrompt {
        id: text.id.clone(),
        text_ru: text.ru.clone(),
        text_en: text.en.clone(),
        version: versions.first().map_or(0, |newest| newest.version),
        built_in: versions.first().is_none_or(|newest| newest.built_in),
        versions,
    })
}

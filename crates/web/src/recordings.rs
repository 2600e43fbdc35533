//! Recordings, to be played. Paths come from the journal and never from a request.

use std::path::{Component, Path as FilePath, PathBuf};

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use otklik_store::CallRow;
use tower_http::services::ServeFile;
use utoipa::ToSchema;

use crate::calls;
use crate::extract::Path;
use crate::problem::Problem;
use crate::rights::{HearRecordings, May};
use crate::state::App;

/// Bytes, for the API document.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "describes the body of an answer")]
pub(crate) struct Sound(Vec<u8>);

/// A call's recording: WAV, A-law, left the caller, right the specialist. Ranges are served.
#[utoipa::path(get, operation_id = "playRecording", path = "/api/calls/{id}/recording", params(("id" = String, Path, format = Uuid)),
    responses((status = 200, content_type = "audio/wav", body = Sound), (status = 206, content_type = "audio/wav"),
              (status = 401, body = Problem), (status = 404, body = Problem), (status = 410, body = Problem)))]
pub(crate) async fn play(
    State(app): State<App>,
    _: May<HearRecordings>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let missing = || Problem::not_found("no_recording");
    let call = calls::find(&app, &id).await?;
    if call.recording_deleted_at.is_some() {
        return Err(Problem::new(StatusCode::GONE, "recording_deleted"));
    }
    let path = path_of(&app, &call)?;
    let mut response = ServeFile::new(path).try_call(request).await.map_err(|_| missing())?.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("audio/wav"));
    Ok(response)
}

/// The file of a call's recording, which is complete and there.
pub(crate) fn path_of(app: &App, call: &CallRow) -> Result<PathBuf, Problem> {
    let missing = || Problem::not_found("no_recording");
    let recording = call.recording_closed.as_ref().ok_or_else(missing)?;
    let file = FilePath::new(&recording.file);
    if !file.components().all(|part| matches!(part, Component::Normal(_))) {
        tracing::error!("a stored recording has a path that leads out of its folder");
        return Err(missing());
    }
    let path = app.0.start.recordings.join(file);
    if !path.is_file() {
        tracing::error!("a recording's file is missing");
        return Err(missing());
    }
    Ok(path)
}

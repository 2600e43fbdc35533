//! The desk's sound: the browser offers, we answer at once.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_engine::MediaError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::extract::Json;
use crate::problem::Problem;
use crate::rights::{May, TakeCalls};
use crate::state::App;

/// A session description (RFC 8866).
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sdp {
    #[schema(max_length = 32768)]
    sdp: String,
}

/// Negotiates the desk's sound.
#[utoipa::path(post, operation_id = "openDeskSound", path = "/api/desk/media", request_body = Sdp,
    responses((status = 200, body = Sdp), (status = 401, body = Problem), (status = 409, body = Problem),
              (status = 422, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn open(
    State(app): State<App>,
    may: May<TakeCalls>,
    Json(offer): Json<Sdp>,
) -> Result<Json<Sdp>, Problem> {
    match app.0.engine.open_media(may.person.id.clone(), offer.sdp).await {
        Ok(sdp) => Ok(Json(Sdp { sdp })),
        Err(MediaError::DeskClosed | MediaError::Over) => Err(Problem::new(StatusCode::CONFLICT, "desk_not_open")),
        Err(MediaError::BadOffer) => Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_sdp")),
        Err(MediaError::Full | MediaError::Unreached) => {
            Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "media_full"))
        }
    }
}

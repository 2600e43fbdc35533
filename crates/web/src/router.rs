//! All addresses, in one place.

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::{Router, middleware};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::Problem;
use crate::state::App;
use crate::{
    assets, calls, desk, events, figures, health, lines, my_sessions, openapi, promises, recordings, safety, session,
    setup, start, welcome,
};

/// Largest body that a request may have, bytes; an SDP offer of a browser has about 5,000.
const LARGEST_BODY: usize = 64 * 1024;

/// The whole application. Serve it with connect info (the peer's address).
pub fn router(app: App) -> Router {
    let (api, _) = api().split_for_parts();
    api.route("/api/openapi.json", axum::routing::get(openapi::serve))
        .route("/health", axum::routing::get(health::health))
        .route("/metrics", axum::routing::get(health::metrics))
        .method_not_allowed_fallback(no_such_method)
        .fallback(assets::serve)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn(safety::guard))
        .with_state(app)
}

/// The documented part.
pub(crate) fn api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(session::sign_in, session::who, session::sign_out))
        .routes(routes!(desk::follow))
        .routes(routes!(desk::media::open))
        .routes(routes!(calls::list))
        .routes(routes!(calls::one))
        .routes(routes!(recordings::play))
        .routes(routes!(figures::day))
        .routes(routes!(promises::list))
        .routes(routes!(lines::list))
        .routes(routes!(lines::set_mode))
        .routes(routes!(events::list))
        .routes(routes!(start::page))
        .routes(routes!(start::set_mode))
        .routes(routes!(my_sessions::list))
        .routes(routes!(my_sessions::end))
        .routes(routes!(welcome::open, welcome::accept))
        .routes(routes!(setup::people::list, setup::people::add))
        .routes(routes!(setup::people::change))
        .routes(routes!(setup::people::make_link))
        .routes(routes!(setup::people::end_sessions))
        .routes(routes!(setup::devices::list))
        .routes(routes!(setup::devices::set))
        .routes(routes!(setup::lines::list))
        .routes(routes!(setup::lines::set))
        .routes(routes!(setup::days::year, setup::days::set))
        .routes(routes!(setup::prompts::list))
        .routes(routes!(setup::prompts::restore))
        .merge(sounds())
}

/// Addresses that take whole sound files.
fn sounds() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(setup::prompts::play, setup::prompts::replace))
        .layer(DefaultBodyLimit::max(setup::prompts::LARGEST_SOUND))
}

/// An address that is there, and a method that is not.
async fn no_such_method() -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed")
}

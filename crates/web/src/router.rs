//! All addresses, in one place.

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::{Router, middleware};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::Problem;
use crate::state::App;
use crate::{
    appeals, assets, caller, calls, centre, desk, events, figures, health, keeping, lines, my_sessions, openapi, peaks,
    persons, press, promises, recordings, safety, session, setup, start, welcome,
};

/// Largest body that a request may have, bytes; an SDP offer of a browser has about 5,000.
const LARGEST_BODY: usize = 64 * 1024;

/// The whole application. Serve it with connect info (the peer's address).
pub fn router(app: App) -> Router {
    let (api, _) = api().split_for_parts();
    api.route("/api/openapi.json", axum::routing::get(openapi::serve))
        .route("/health", axum::routing::get(health::health))
        .route("/metrics", axum::routing::get(health::metrics))
        .route("/press", axum::routing::get(press::page))
        .route("/press.css", axum::routing::get(press::style))
        .method_not_allowed_fallback(no_such_method)
        .fallback(assets::serve)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn(safety::in_time))
        .layer(middleware::from_fn_with_state(app.clone(), safety::guard))
        .with_state(app)
}

/// The documented part.
pub(crate) fn api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(session::sign_in, session::who, session::sign_out))
        .routes(routes!(desk::follow))
        .routes(routes!(desk::media::open))
        .routes(routes!(calls::list))
        .routes(routes!(calls::count))
        .routes(routes!(calls::one))
        .routes(routes!(recordings::play))
        .routes(routes!(peaks::show))
        .routes(routes!(keeping::now))
        .routes(routes!(keeping::hold))
        .routes(routes!(figures::day))
        .routes(routes!(figures::detail::day))
        .routes(routes!(centre::follow))
        .routes(routes!(centre::agents::set_state))
        .routes(routes!(centre::agents::sign_out))
        .routes(routes!(centre::alarms::list))
        .routes(routes!(centre::alarms::see))
        .routes(routes!(press::data))
        .routes(routes!(promises::list))
        .routes(routes!(promises::count))
        .routes(routes!(promises::one))
        .routes(routes!(promises::take, promises::release))
        .routes(routes!(promises::attempt))
        .routes(routes!(promises::close))
        .routes(routes!(lines::list))
        .routes(routes!(lines::set_mode))
        .routes(routes!(events::list))
        .routes(routes!(start::page))
        .routes(routes!(start::set_mode))
        .merge(appeals::routes())
        .merge(persons::routes())
        .routes(routes!(caller::page, caller::call))
        .routes(routes!(caller::renew))
        .routes(routes!(caller::follow))
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
        .routes(routes!(setup::topics::list))
        .routes(routes!(setup::topics::set))
        .routes(routes!(setup::topics::set_group))
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

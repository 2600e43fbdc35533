//! Is the centre ready to answer a call, and what has it counted? Neither asks the database.

use std::sync::OnceLock;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use serde_json::json;
use subtle::ConstantTimeEq;

use crate::client::ClientIp;
use crate::extract::Json;
use crate::problem::Problem;
use crate::site;
use crate::state::App;

static METRICS: OnceLock<PrometheusHandle> = OnceLock::new();

/// Begins to count. To be called once, before anything counts; a second call changes nothing.
pub fn install_metrics() {
    METRICS.get_or_init(|| {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        // Refused only where something else counts already; then that is read elsewhere.
        drop(metrics::set_global_recorder(recorder));
        handle
    });
}

/// Are SIP and sound alive?
pub(crate) struct Voice(Box<dyn Fn() -> bool + Send + Sync>);

impl Voice {
    pub(crate) fn new(alive: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self(Box::new(alive))
    }
}

/// 200 only when a call would be answered now.
pub(crate) async fn health(State(app): State<App>) -> Response {
    let ready = (app.0.voice.0)() && app.0.engine.is_alive().await;
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(json!({ "ready": ready }))).into_response()
}

/// Counters in Prometheus' text form, for loopback or whoever has the token.
pub(crate) async fn metrics(State(app): State<App>, ClientIp(from): ClientIp, headers: HeaderMap) -> Response {
    let token = app.0.start.metrics_token.as_deref();
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let has_token = token.zip(given).is_some_and(|(token, given)| token.as_bytes().ct_eq(given.as_bytes()).into());
    // Through a proxy that does not say for whom it asks everybody would seem to be this machine: then the name gives it
    // away.
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let is_local = from.is_loopback() && host.is_some_and(site::is_local);
    if !is_local && !has_token {
        return Problem::forbidden().into_response();
    }
    let text = METRICS.get().map(PrometheusHandle::render).unwrap_or_default();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}

//! Errors as the pages get them: RFC 9457 problems whose `code` the message catalogue turns into words.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use otklik_centre::appeals::filing::Flaw;
use otklik_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

use crate::extract::Json;

/// A problem (RFC 9457).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Always `about:blank`: `code` is what tells problems apart.
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    /// The status in words.
    pub(crate) title: &'static str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    pub(crate) status: u16,
    /// What went wrong; a key of the message catalogue.
    pub(crate) code: &'static str,
    /// Seconds after which it is worth another try.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 3600)]
    pub(crate) retry_after_s: Option<u32>,
    /// What stands there now, where a change was made on an older version.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub(crate) stored: Option<serde_json::Value>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &'static str) -> Self {
        let title = status.canonical_reason().unwrap_or("Error");
        Self { kind: "about:blank", title, status: status.as_u16(), code, retry_after_s: None, stored: None }
    }

    pub(crate) fn not_signed_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "not_signed_in")
    }

    pub(crate) fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden")
    }

    pub(crate) fn bad_request(code: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code)
    }

    pub(crate) fn not_found(code: &'static str) -> Self {
        Self::new(StatusCode::NOT_FOUND, code)
    }

    pub(crate) fn unavailable() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable")
    }

    pub(crate) fn after(mut self, seconds: u32) -> Self {
        self.retry_after_s = Some(seconds.max(1));
        self
    }
}

impl Problem {
    /// The answer with a body that says more: this problem's own fields and others beside them.
    pub(crate) fn with_body<T: Serialize>(&self, body: &T) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = self.retry_after_s;
        let mut response = (status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.with_body(&self)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(error = &error as &dyn std::error::Error, "the store did not answer a page");
        Self::unavailable()
    }
}

/// Code, field and limit of what people wrote and does not fit.
pub(crate) fn of_flaw(flaw: Flaw) -> (&'static str, &'static str, Option<u32>) {
    match flaw {
        Flaw::TooLong { field, limit } => ("too_long", field, u32::try_from(limit).ok()),
        Flaw::TooManyTopics => ("too_many_topics", "topics", None),
        Flaw::NoRelation => ("no_relation", "for_whom", None),
        Flaw::NoName => ("no_name", "given_name", None),
        Flaw::BadBirthYear => ("bad_birth_year", "birth_year", None),
    }
}

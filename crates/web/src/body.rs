//! What a request asks: its query, and its JSON body. Both are refused with a code. The body is read so that whatever is sent gets an answer: what is too large is read to its end (up
//! to a limit) before it is refused, for a connection that breaks off under a sender's hands tells them nothing.

use std::future::poll_fn;
use std::pin::Pin;

use axum::body::{Body, HttpBody};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// Largest document, bytes: an appeal with 100,000 pasted letters comes in, and is told which field is too long.
const LARGEST: usize = 1024 * 1024;

/// What is read of a larger one before it is refused, bytes.
const READ_TO_THE_END: usize = 16 * 1024 * 1024;

/// A document that a page sends.
#[derive(Debug)]
pub(crate) struct Document<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for Document<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("application/json") {
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_json"));
        }
        let bytes = read(request.into_body()).await?;
        serde_json::from_slice(&bytes).map(Self).map_err(|_| Problem::bad_request("bad_body"))
    }
}

/// What stands behind the question mark of an address.
#[derive(Debug)]
pub(crate) struct Asked<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = crate::extract::Query::from_request_parts(parts, &()).await;
        query.map(|crate::extract::Query(asked)| Self(asked)).map_err(|_| Problem::bad_request("bad_filter"))
    }
}

async fn read(mut body: Body) -> Result<Vec<u8>, Problem> {
    let (mut kept, mut seen) = (Vec::new(), 0_usize);
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let frame = frame.map_err(|_| Problem::bad_request("bad_body"))?;
        let Ok(data) = frame.into_data() else { continue };
        seen = seen.saturating_add(data.len());
        if seen <= LARGEST {
            kept.extend_from_slice(&data);
        } else if seen > READ_TO_THE_END {
            break;
        }
    }
    if seen <= LARGEST { Ok(kept) } else { Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large")) }
}

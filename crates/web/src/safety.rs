//! What holds for every request: no other site changes anything through a visitor's browser, and pages load nothing
//! from elsewhere.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;
use crate::site::Site;
use crate::state::App;

/// Scripts and styles come from our own files only.
const POLICY: &str = "default-src 'self'; style-src 'self'; img-src 'self' data:; \
                      font-src 'self'; media-src 'self' blob:; connect-src 'self'; object-src 'none'; \
                      base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Within what time a request must be there whole and decided on; an answer may flow for longer, and so may a WebSocket.
const WITHIN: Duration = Duration::from_secs(15);
/// The same for a sound file.
const UPLOAD_WITHIN: Duration = Duration::from_mins(1);

/// Lets go of whoever sends a body too slowly: a thousand of them would hold every connection.
pub(crate) async fn in_time(request: Request, next: Next) -> Response {
    let limit = if request.uri().path().ends_with("/sound") { UPLOAD_WITHIN } else { WITHIN };
    within(limit, next.run(request)).await
}

async fn within(limit: Duration, answer: impl Future<Output = Response>) -> Response {
    tokio::time::timeout(limit, answer).await.unwrap_or_else(|_| {
        let mut response = Problem::new(StatusCode::REQUEST_TIMEOUT, "too_slow").into_response();
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        response
    })
}

/// Refuses what another site sends (cross-site request forgery), and puts the safety headers on every answer.
pub(crate) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let site = &app.0.start.site;
    let api = request.uri().path().starts_with("/api/");
    let mut response = match refusal(site, &request) {
        Some(code) => Problem::new(StatusCode::FORBIDDEN, code).into_response(),
        None => next.run(request).await,
    };
    let kept = response.headers().contains_key(header::CACHE_CONTROL);
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(self)");
    if site.tls {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    if api && !kept {
        set(header::CACHE_CONTROL, "no-store");
    }
    response
}

/// Why a request that may change something, or opens a WebSocket, is refused.
fn refusal(site: &Site, request: &Request) -> Option<&'static str> {
    let upgrade = request.headers().contains_key(header::UPGRADE);
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) && !upgrade {
        return None;
    }
    if !is_named_ours(site, request.headers()) {
        return Some("other_host");
    }
    (!is_own_site(site, request.headers())).then_some("other_site")
}

/// Does the request name us by a name that is ours? Every browser says `Host`; a program of HTTP/1.0 may not.
fn is_named_ours(site: &Site, headers: &HeaderMap) -> bool {
    headers.get(header::HOST).is_none_or(|host| host.to_str().is_ok_and(|host| site.is_our_host(host)))
}

/// Browsers say by themselves from which site a request comes; a program that is no browser says nothing.
fn is_own_site(site: &Site, headers: &HeaderMap) -> bool {
    if headers.get("sec-fetch-site").is_some_and(|from| from != "same-origin" && from != "none") {
        return false;
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    origin.to_str().is_ok_and(|origin| site.is_our_origin(origin, host))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::http::HeaderMap;
    use axum::response::Response;

    use super::{is_named_ours, is_own_site, within};
    use crate::site::Site;

    #[tokio::test]
    async fn whoever_sends_too_slowly_is_let_go() {
        let never = within(Duration::from_millis(1), std::future::pending::<Response>()).await;
        assert_eq!((never.status().as_u16(), never.headers()["connection"].to_str().ok()), (408, Some("close")));
        let soon = within(Duration::from_mins(1), std::future::ready(Response::default())).await;
        assert_eq!(soon.status().as_u16(), 200);
    }

    #[test]
    fn other_sites_are_refused() {
        let table = [
            (&[("sec-fetch-site", "same-origin")][..], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")], true),
            (&[("origin", "http://127.0.0.1:9090"), ("host", "127.0.0.1:8080")], false),
            (&[("origin", "null"), ("host", "127.0.0.1:8080")], false),
            (&[("host", "127.0.0.1:8080")], true),
            (&[("host", "evil.example"), ("origin", "http://evil.example"), ("sec-fetch-site", "same-origin")], false),
        ];
        for (given, own) in table {
            let mut headers = HeaderMap::new();
            for (name, value) in given {
                headers.insert(*name, value.parse().expect("a header value"));
            }
            let site = Site::default();
            assert_eq!(is_named_ours(&site, &headers) && is_own_site(&site, &headers), own, "{given:?}");
        }
    }
}

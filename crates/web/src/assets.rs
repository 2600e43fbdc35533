//! The built pages, which stand in the binary; without them, how to build them.

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::problem::Problem;

#[derive(RustEmbed)]
#[folder = "../../web/desk/dist"]
#[allow_missing = true]
struct Pages;

/// Shown where the binary was built without pages; it needs no catalogue, which stands in the pages.
const NO_PAGES: &str = "<!doctype html><html lang=\"ru\"><meta charset=\"utf-8\"><title>Отклик</title>\
    <body style=\"font:18px/1.5 sans-serif;max-width:40em;margin:3em auto\">\
    <h1>Отклик</h1><p>Звонки принимаются, но страницы не собраны. Соберите их: <code>./run</code> в папке проекта, \
    или <code>npm ci &amp;&amp; npm run build</code> в <code>web/desk</code>, и снова \
    <code>cargo build --bin otklik</code>.</p>\
    <p lang=\"en\">Calls are taken, but the pages are not built. Build them: <code>./run</code> in the project's folder, \
    or <code>npm ci &amp;&amp; npm run build</code> in <code>web/desk</code>, then <code>cargo build --bin otklik</code> \
    again.</p>";

/// Serves a file of the pages; every other address of a page is the page itself, which finds its way by the address.
pub(crate) async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if !matches!(method, Method::GET | Method::HEAD) {
        return Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed").into_response();
    }
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") {
        return Problem::not_found("no_such_address").into_response();
    }
    if Pages::get(path).is_some() && !is_packed(path) {
        // Names of built files hold a hash of their content.
        let keep = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
        return answer(path, &headers, keep);
    }
    if path.contains('.') {
        return Problem::not_found("no_such_address").into_response();
    }
    // The page of callers stands alone: residents do not load the desk.
    let page = if path == "call" { "call.html" } else { "index.html" };
    match Pages::get(page) {
        Some(_) => answer(page, &headers, "no-cache"),
        None => Html(NO_PAGES).into_response(),
    }
}

/// Packed forms of a file, the smallest first: the end of its name and the coding's name (RFC 9110 section 8.4.1).
const PACKED: [(&str, &str); 2] = [(".br", "br"), (".gz", "gzip")];

fn is_packed(path: &str) -> bool {
    PACKED.iter().any(|(end, _)| path.ends_with(end))
}

/// The smallest form of a file that the browser takes. A coding that is given a weight of zero is refused by it, which
/// browsers do not do: whoever does gets the plain file.
fn smallest(path: &str, headers: &HeaderMap) -> Option<(Vec<u8>, Option<&'static str>)> {
    let taken = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let suits = |coding: &str| taken.split(',').any(|word| word.trim() == coding);
    let packed = PACKED.iter().filter(|(_, coding)| suits(coding)).find_map(|(end, coding)| {
        let file = Pages::get(&format!("{path}{end}"))?;
        Some((file.data.into_owned(), Some(*coding)))
    });
    packed.or_else(|| Pages::get(path).map(|file| (file.data.into_owned(), None)))
}

fn answer(path: &str, asked: &HeaderMap, keep: &'static str) -> Response {
    let Some((body, coding)) = smallest(path, asked) else {
        return Problem::not_found("no_such_address").into_response();
    };
    let kind = match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "wav" => "audio/wav",
        "json" | "webmanifest" => "application/json",
        _ => "application/octet-stream",
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    let mut response = (headers, body).into_response();
    if let Some(coding) = coding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

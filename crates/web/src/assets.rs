//! The built pages, which stand in the binary; without them, how to build them.

use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
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
pub(crate) async fn serve(method: Method, uri: Uri) -> Response {
    if !matches!(method, Method::GET | Method::HEAD) {
        return Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed").into_response();
    }
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") {
        return Problem::not_found("no_such_address").into_response();
    }
    if let Some(file) = Pages::get(path) {
        // Names of built files hold a hash of their content.
        let keep = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
        return answer(path, file.data.into_owned(), keep);
    }
    if path.contains('.') {
        return Problem::not_found("no_such_address").into_response();
    }
    // The page of callers stands alone: residents do not load the desk.
    let page = if path == "call" { "call.html" } else { "index.html" };
    match Pages::get(page) {
        Some(page) => answer("index.html", page.data.into_owned(), "no-cache"),
        None => Html(NO_PAGES).into_response(),
    }
}

fn answer(path: &str, body: Vec<u8>, keep: &'static str) -> Response {
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
    ];
    (headers, body).into_response()
}
